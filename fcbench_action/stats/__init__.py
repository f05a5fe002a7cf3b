"""Statistics: records in, estimates and scorecards out."""
