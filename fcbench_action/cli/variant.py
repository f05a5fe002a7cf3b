"""The option that chooses a variant of the suite, where single cases are looked at or played."""

from __future__ import annotations

import click

from fcbench_action.run.plan import SEEDS

SEED = click.IntRange(0, SEEDS - 1)
"""What a variant is named by."""

variant_option = click.option(
    "--variant",
    type=SEED,
    metavar="SEED",
    help="The variant of the suite that this seed chooses the words of.",
)
