"""Running: plan, trials, scheduling, budgets, resume, progress."""
