"""Trials of made-up models whose true rates are known, by the thousand, as arrays.

Modules differ in difficulty, in all their phases alike and in each on its own; cases differ within modules.
Axes are run, phase, module, case, trial.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Shape:
    """Phases x modules x cases x trials."""

    phases: int
    modules: int
    cases: int = 4
    trials: int = 2


REAL = Shape(5, 20)
"""Of the ranked tier: 400 cases, two trials each."""


@dataclass(frozen=True)
class Effects:
    """Standard deviations on the logit scale of what makes modules and cases easier or harder.

    ``taste`` is by how much one model finds a module easier than others do.
    """

    module: float = 0.6
    module_in_phase: float = 0.5
    case: float = 1.0
    taste: float = 0.0
    taste_in_phase: float = 0.0


def chances(
    rng: np.random.Generator, runs: int, shape: Shape, rate: float, effects: Effects, models: int = 1
) -> list[Floats]:
    """For each model, each case's chance of a valid first call; models share what is not their taste."""
    phases, modules, cases = shape.phases, shape.modules, shape.cases
    common = rng.normal(0, effects.module, (runs, 1, modules, 1, 1))
    common = common + rng.normal(0, effects.module_in_phase, (runs, phases, modules, 1, 1))
    common = common + rng.normal(0, effects.case, (runs, phases, modules, cases, 1))
    found = []
    for _ in range(models):
        own = rng.normal(0, effects.taste, (runs, 1, modules, 1, 1))
        own = own + rng.normal(0, effects.taste_in_phase, (runs, phases, modules, 1, 1))
        found.append(1 / (1 + np.exp(-(np.log(rate / (1 - rate)) + common + own))))
    return found


def first_calls(rng: np.random.Generator, chance: Floats, trials: int) -> Floats:
    """Which first calls are valid."""
    return (rng.random((*chance.shape[:-1], trials)) < chance).astype(float)


@dataclass(frozen=True)
class Trials:
    """Whether trials were valid at first and in the end, and the tokens that they took."""

    first: Floats
    final: Floats
    tokens: Floats


def trials(rng: np.random.Generator, chance: Floats, shape: Shape, rounds: int = 4) -> Trials:
    """Whole trials: each round mends with half the chance's cube root; wordy cases and modules take more."""
    first = first_calls(rng, chance, shape.trials)
    valid, calls = first.copy(), np.ones_like(first)
    for _ in range(rounds):
        calls += 1 - valid
        valid = np.maximum(valid, first_calls(rng, 0.5 * np.cbrt(chance), shape.trials))
    runs, phases, modules, cases, _ = chance.shape
    words = 3000 + rng.gamma(2, 2000, (runs, phases, modules, cases, 1))
    return Trials(first, valid, calls * words * np.exp(rng.normal(0, 0.3, (runs, 1, modules, 1, 1))))
