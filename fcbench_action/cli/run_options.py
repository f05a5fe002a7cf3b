"""The options that ``fcbench run`` and ``fcbench plan`` share, and their config file."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from fcbench_action.cli.variant import SEED
from fcbench_action.endpoint.channels import CHANNELS
from fcbench_action.run.config import read_config
from fcbench_action.run.options import MOST_TRIALS, Options

F = TypeVar("F", bound=Callable[..., Any])

ENDPOINTS = "endpoints"
"""The only thing that a config can say and the command line cannot."""

_DEFAULTS = Options()


class FiniteRange(click.FloatRange):
    """A number in a range; ``nan``, which is in every range, and ``inf`` are in none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number. Fails as click's own types do."""
        number = super().convert(value, param, ctx)
        if not math.isfinite(number):
            self.fail(f"{number} is no usable number", param, ctx)
        return number


def _use_config(ctx: click.Context, _parameter: click.Parameter, value: Path | None) -> None:
    """What the file says takes the place of defaults, so that the command line wins."""
    if value is None:
        return
    known = {o.removeprefix("--"): p for p in ctx.command.params for o in p.opts if o.startswith("--")}
    defaults: dict[str, Any] = {}
    for key, content in read_config(value).items():
        if key == ENDPOINTS:
            ctx.meta[ENDPOINTS] = content
            continue
        if key == "facts":
            defaults[key] = [f"{name}={fact}" for name, fact in content.items()]
            continue
        parameter = known[key]
        many = parameter.multiple and not isinstance(content, list)
        defaults[parameter.name or key] = [content] if many else content
    ctx.default_map = {**(ctx.default_map or {}), **defaults}


def _facts(_ctx: click.Context, _parameter: click.Parameter, value: Any) -> dict[str, str]:
    """Facts by name, from the command line or as a mapping from a config."""
    pairs = [str(one).partition("=") for one in value]
    for name, equals, _ in pairs:
        if not name or not equals:
            raise click.BadParameter(f"{name!r} is no NAME=VALUE")
    return {name: content for name, _, content in pairs}


_OPTIONS = (
    click.option(
        "--model",
        multiple=True,
        metavar="PROVIDER/NAME[=WIRE-NAME]",
        help="Model to ask, by the name it is published under, which the endpoint is sent too, or else "
        "WIRE-NAME. Repeatable; commas are part of the name. Models simulated/... need no endpoint.",
    ),
    click.option(
        "--base-url", metavar="URL", help="OpenAI-compatible endpoint, such as http://localhost:8000/v1."
    ),
    click.option(
        "--provider",
        default=_DEFAULTS.provider,
        show_default=True,
        help="Provider of a model named without one.",
    ),
    click.option(
        "--topics",
        multiple=True,
        metavar="TOPIC",
        help="Topics to run, repeatable or comma-separated; all by default.",
    ),
    click.option(
        "--phases",
        multiple=True,
        metavar="PHASE",
        help="Phases to run, such as database; all by default.",
    ),
    click.option(
        "--functions",
        multiple=True,
        metavar="FUNCTION",
        help="Functions to run, such as database.tables; all by default.",
    ),
    click.option(
        "--cases",
        multiple=True,
        metavar="GLOB",
        help="Case ids to run, such as 'todo/*/database.tables/*'; all by default.",
    ),
    click.option(
        "--tier",
        default=_DEFAULTS.tier,
        metavar="[smoke|lite|standard|full]",
        show_default="standard; full with --cases",
        help="How much of the suite to run: smoke, lite, standard (ranked), or full, every case there is.",
    ),
    click.option(
        "--variant",
        type=SEED,
        metavar="SEED",
        help="Tell the same problems in other words, chosen by this seed, to tell memory from work. "
        "Not ranked.",
    ),
    click.option(
        "--trials",
        type=click.IntRange(1, MOST_TRIALS),
        default=_DEFAULTS.trials,
        show_default=True,
        help="Independent repetitions of each case.",
    ),
    click.option(
        "--rounds",
        type=click.IntRange(0, 20),
        default=_DEFAULTS.rounds,
        show_default=True,
        help="Feedback rounds after the first call, at most.",
    ),
    click.option(
        "--concurrency",
        type=click.IntRange(1, 1024),
        default=_DEFAULTS.concurrency,
        show_default=True,
        help="Calls under way at once.",
    ),
    click.option(
        "--results",
        type=click.Path(path_type=Path),
        default=_DEFAULTS.results,
        show_default=True,
        help="Folder of the results tree.",
    ),
    click.option(
        "--api-key-env",
        metavar="NAME",
        help="Environment variable that holds the key; FCBENCH_API_KEY by default, else OPENAI_API_KEY, "
        "which endpoints on this machine are not sent.",
    ),
    click.option(
        "--temperature",
        type=FiniteRange(0, 2),
        help="Sampling temperature; left to the endpoint by default.",
    ),
    click.option(
        "--top-p",
        type=FiniteRange(0, 1, min_open=True),
        help="Nucleus sampling; left to the endpoint by default.",
    ),
    click.option(
        "--max-output-tokens",
        type=click.IntRange(1, 2**31 - 1),
        help="Limit of tokens of one reply; left to the endpoint by default.",
    ),
    click.option(
        "--seed",
        type=click.IntRange(0, 2**31 - 1),
        default=_DEFAULTS.seed,
        show_default=True,
        help="Seed of the first trial; trial n is sent seed + n. A label moves it.",
    ),
    click.option("--no-seed", is_flag=True, help="Send no seed."),
    click.option(
        "--timeout",
        type=FiniteRange(0, min_open=True),
        default=_DEFAULTS.timeout,
        show_default=True,
        help="Seconds for one HTTP exchange, to its last byte.",
    ),
    click.option(
        "--channel",
        type=click.Choice(tuple(CHANNELS)),
        default=_DEFAULTS.channel,
        show_default=True,
        help="How answers are asked for: as a call of a tool, which alone is ranked, as text that the server "
        "decodes under the schema, or as plain text.",
    ),
    click.option(
        "--dialect",
        default=_DEFAULTS.dialect,
        show_default=True,
        metavar="NAME",
        help="What schemas are sent as: auto finds out with a few calls what the endpoint takes; full, or "
        "drops joined by + such as no-recursion+no-const, asks nothing.",
    ),
    click.option(
        "--label",
        default=_DEFAULTS.label,
        help="Any text; another label makes a new run of the same plan, with other seeds.",
    ),
    click.option(
        "--max-calls", type=click.IntRange(1), help="Stop cleanly after this many calls of this invocation."
    ),
    click.option(
        "--max-tokens",
        type=click.IntRange(1),
        help="Stop cleanly after this many tokens of this invocation, prompts and completions; calls under "
        "way finish, so about one call may come on top.",
    ),
    click.option(
        "--max-cost",
        type=FiniteRange(0, min_open=True),
        help="Stop cleanly at this many US dollars of this invocation; needs both prices; calls under way "
        "finish.",
    ),
    click.option(
        "--requests-per-minute",
        type=click.IntRange(1),
        help="Requests to the endpoint within any minute, at most.",
    ),
    click.option(
        "--tokens-per-minute",
        type=click.IntRange(1),
        help="Tokens to and from the endpoint within any minute, at most, as far as they can be foretold.",
    ),
    click.option("--price-input", type=FiniteRange(0), help="US dollars per million prompt tokens."),
    click.option("--price-output", type=FiniteRange(0), help="US dollars per million completion tokens."),
    click.option(
        "--price-date", default="", metavar="DATE", help="The day of these prices, such as 2026-01-31."
    ),
    click.option(
        "--fact",
        "facts",
        multiple=True,
        metavar="NAME=VALUE",
        callback=_facts,
        help="What the endpoint does not tell of itself, such as quantization=fp8 or engine=vLLM-0.11; "
        "published.",
    ),
    click.option(
        "--time-budget",
        metavar="DURATION",
        help="Stop cleanly after this time of this invocation, such as 90s, 45m or 1h30m; calls under "
        "way finish.",
    ),
    click.option(
        "--config",
        type=click.Path(path_type=Path),
        is_eager=True,
        expose_value=False,
        callback=_use_config,
        help="YAML file with any of these options; the command line wins.",
    ),
)


def run_options(command: F) -> F:
    """Give a command the options of a run; it receives them as keywords of ``run.options.Options``."""

    @functools.wraps(command)
    def told(*args: Any, **options: Any) -> Any:
        endpoints = click.get_current_context().meta.get(ENDPOINTS, ())
        return command(*args, endpoints=endpoints, **options)

    for option in reversed(_OPTIONS):
        told = option(told)
    return cast("F", told)


def parsed_options(command: click.Command, arguments: list[str]) -> Options:
    """What a command line of a command with these options says. Raises what click does, and ``BadInput``."""
    with command.make_context(command.name, arguments) as context:
        known = {field.name for field in fields(Options)}
        given = {name: value for name, value in context.params.items() if name in known}
        return Options(**given, endpoints=context.meta.get(ENDPOINTS, ()))
