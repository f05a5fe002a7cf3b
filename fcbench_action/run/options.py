"""The options of a run as plain data, and what they come to: targets, plans, limits, the key."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from fcbench_action.endpoint import dialects
from fcbench_action.endpoint.address import is_loopback, parse_address
from fcbench_action.endpoint.channels import CHANNELS
from fcbench_action.endpoint.secret import hide_lookalikes, secrets_of
from fcbench_action.endpoint.simulated.profiles import PROFILES
from fcbench_action.errors import BadInput, EnvironmentFailed
from fcbench_action.functions.base import Function
from fcbench_action.judge.channels import TOOL
from fcbench_action.language.schema import export
from fcbench_action.records.types import Sampling, ToolText
from fcbench_action.run.budget import Limits, Prices, parse_duration
from fcbench_action.run.plan import Plan, Settings, Target, make_plan, parse_target
from fcbench_action.sinks import one_line
from fcbench_action.suite.case import Case, Suite
from fcbench_action.suite.files import package
from fcbench_action.suite.select import FULL, RANKED, read_tiers, select

MOST_TRIALS = 1000
"""Repetitions of a case; more would tell nothing, and a slip of the hand should not cost hours."""

KEY_VARIABLE = "FCBENCH_API_KEY"
"""Where a key is looked for first, if no variable is named."""

REMOTE_KEY_VARIABLE = "OPENAI_API_KEY"
"""Where it is looked for next, but not for a server on this machine, which has no business with it."""

_NEAR = 0.9  # of 1.0; all names begin with "simulated/", which alone makes them alike

_SECRET_HEADER = re.compile(r"auth|key|token|secret|cookie|password", re.IGNORECASE)
_VARIABLE_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)

PROBED = "auto"
"""The dialect that is found out by a probe."""

SIMULATED_HOST = "127.0.0.1"
"""The host of the embedded endpoint."""


@dataclass(frozen=True, slots=True)
class Options:
    """What ``fcbench run`` and ``fcbench plan`` are told. Empty sequences choose everything."""

    model: Sequence[str] = ()
    base_url: str | None = None
    provider: str = "local"
    topics: Sequence[str] = ()
    phases: Sequence[str] = ()
    functions: Sequence[str] = ()
    tier: str | None = None
    variant: int | None = None
    cases: Sequence[str] = ()
    trials: int = 1
    rounds: int = 4
    concurrency: int = 8
    results: Path = Path("results")
    api_key_env: str | None = None
    temperature: float | None = None
    top_p: float | None = None
    max_output_tokens: int | None = None
    seed: int = 0
    no_seed: bool = False
    timeout: float = 300.0
    label: str = ""
    max_calls: int | None = None
    max_tokens: int | None = None
    max_cost: float | None = None
    price_input: float | None = None
    price_output: float | None = None
    price_date: str = ""
    time_budget: str | None = None
    name: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    headers_env: Mapping[str, str] = field(default_factory=dict)
    requests_per_minute: int | None = None
    tokens_per_minute: int | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    channel: str = TOOL
    dialect: str = PROBED
    endpoints: Sequence[Mapping[str, Any]] = ()

    def each(self) -> list[Options]:
        """The options of each endpoint: those of ``endpoints`` over the common ones, or these themselves.

        Raises ``BadInput`` where models or endpoints are named in both ways.
        """
        if not self.endpoints:
            return [self]
        if self.model or self.base_url is not None:
            raise BadInput(
                "--model and --base-url cannot be used beside 'endpoints' of a config: add one there"
            )
        return [replace(self, endpoints=(), **_fields(entry)) for entry in self.endpoints]

    @property
    def embedded(self) -> bool:
        """Whether the embedded endpoint answers, because no other is named."""
        return self.base_url is None

    @property
    def probes(self) -> bool:
        """Whether the dialect has to be found out: what the embedded endpoint takes is known."""
        return self.dialect == PROBED and not self.embedded


def _fields(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An endpoint's entry of a config as fields of :class:`Options`."""
    given = {key.replace("-", "_"): value for key, value in entry.items()}
    models = given.get("model", ())
    given["model"] = [models] if isinstance(models, str) else models
    if "facts" in given:
        given["facts"] = {name: str(value) for name, value in given["facts"].items()}
    return given


def read_targets(options: Options) -> list[Target]:
    """The models, each once. Raises ``BadInput``, also for a simulated model that does not exist."""
    targets = [parse_target(_text(text.strip(), "--model"), options.provider) for text in options.model]
    if not targets:
        raise BadInput("no model given: add --model PROVIDER/NAME")
    names = [target.name for target in targets]
    if repeated := next((name for name in names if names.count(name) > 1), None):
        raise BadInput(f"--model {one_line(repeated)} is given twice")
    if options.embedded:
        for target in targets:
            _check_simulated(target)
    return targets


def _check_simulated(target: Target) -> None:
    if not target.simulated or target.wire in PROFILES:
        return
    near = difflib.get_close_matches(target.wire, PROFILES, 1, _NEAR)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(PROFILES)}"
    raise BadInput(f"there is no simulated model {one_line(target.wire)!r}: {hint}")


def check_targets(each: Sequence[Options]) -> None:
    """Raises ``BadInput`` where a real model has no endpoint, or two endpoints have the same model."""
    names: set[str] = set()
    for options in each:
        targets = read_targets(options)
        check_endpoint(options, targets)
        for target in targets:
            if target.name in names:
                raise BadInput(
                    f"{one_line(target.name)} is asked of two endpoints: publish it under two names, such as "
                    "PROVIDER/NAME=WIRE-NAME"
                )
            names.add(target.name)


def check_endpoint(options: Options, targets: Sequence[Target]) -> None:
    """Raises ``BadInput`` where no endpoint is named for a model that is not simulated."""
    real = next((target for target in targets if not target.simulated), None)
    if options.embedded and real is not None:
        raise BadInput(
            f"no endpoint for {one_line(real.name)}: add --base-url, such as --base-url http://localhost:8000/v1"
        )


def _text(text: str, option: str) -> str:
    """``text`` itself. Raises ``BadInput`` for what UTF-8 cannot hold, and so no record."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadInput(f"{option} '{one_line(text)}' is not UTF-8 text: write it in UTF-8") from None
    return text


def read_limits(options: Options) -> Limits:
    """The budgets. Raises ``BadInput``."""
    limits = Limits(
        max_calls=options.max_calls,
        max_tokens=options.max_tokens,
        max_cost=options.max_cost,
        seconds=None if options.time_budget is None else parse_duration(options.time_budget),
    )
    prices = [read_prices(each) for each in options.each()]
    if limits.max_cost is not None and None in prices:
        raise BadInput("--max-cost needs --price-input and --price-output, in US dollars per million tokens")
    return limits


def read_prices(options: Options) -> Prices | None:
    """What the endpoint's tokens cost, if both prices are given. Raises ``BadInput`` for a wrong date."""
    if options.price_date and not _is_day(options.price_date):
        raise BadInput(f"--price-date {one_line(options.price_date)!r} is no day: write such as 2026-01-31")
    if options.price_input is None or options.price_output is None:
        return None
    return Prices(options.price_input, options.price_output, options.price_date)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def read_headers(options: Options, environ: Mapping[str, str]) -> dict[str, str]:
    """The further headers of requests. Raises ``BadInput`` where a variable is not set."""
    secret = {name: _named_key(variable, environ) for name, variable in options.headers_env.items()}
    return {**options.headers, **secret}


def secret_values(options: Options, headers: Mapping[str, str]) -> list[str]:
    """What of the further headers nobody may be told: those from variables, and those whose name says so."""
    return [
        secret
        for name, value in headers.items()
        if name in options.headers_env or _SECRET_HEADER.search(name)
        for secret in secrets_of(value)
    ]


def make_plans(options: Options, suite: Suite) -> list[Plan]:
    """A plan for each model. Raises ``BadInput``."""
    targets = read_targets(options)
    tier = options.tier or (FULL if options.cases else RANKED)
    chosen = select(
        suite,
        topics=split(options.topics),
        phases=split(options.phases),
        functions=split(options.functions),
        cases=split(options.cases),
        tier=tier,
    )
    cases = tuple(chosen.cases.values())
    dialect = dialects.dialect(dialects.FULL if options.dialect == PROBED else options.dialect)
    settings = Settings(
        trials=options.trials,
        max_rounds=options.rounds,
        sampling=Sampling(
            temperature=options.temperature,
            top_p=options.top_p,
            max_tokens=options.max_output_tokens,
            seed=None if options.no_seed else options.seed,
        ),
        tier=tier,
        tier_cases=len(read_tiers(package()).get(tier, ())),
        label=_text(options.label, "--label"),
        facts=dict(sorted({**dialect.facts, **options.facts}.items())),
        channel=_channel(options.channel),
        dialect=dialect.name,
    )
    host = host_of(options.base_url)
    return [make_plan(suite, target, cases, settings, host) for target in targets]


def _channel(name: str) -> str:
    if name not in CHANNELS:
        raise BadInput(f"there is no channel {one_line(name)!r}: use one of {', '.join(CHANNELS)}")
    return name


def make_tools(cases: Sequence[Case]) -> dict[str, ToolText]:
    """The tools of the cases as models are sent them, by function name."""
    return make_function_tools({case.function.name: case.function for case in cases}.values())


def make_function_tools(functions: Iterable[Function]) -> dict[str, ToolText]:
    """The tools of functions, by function name."""
    return {
        function.name: ToolText(function.tool_name, function.description, _as_json(export(function.argument)))
        for function in functions
    }


def _as_json(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema as it is read back from a record; a declared default may be a tuple."""
    return msgspec.json.decode(msgspec.json.encode(schema), type=dict[str, Any])


def host_of(base_url: str | None) -> str:
    """The endpoint's host, without port, as records name it. Raises ``BadInput``."""
    if base_url is None:
        return SIMULATED_HOST
    return urlsplit(parse_address(base_url).base_url).hostname or ""


def find_key(options: Options, environ: Mapping[str, str]) -> str:
    """The key for the endpoint; empty where an endpoint on this machine needs none.

    Raises ``EnvironmentFailed`` naming the variable to set, and ``BadInput`` where ``--api-key-env`` names
    none that is set.
    """
    host = host_of(options.base_url)
    local = is_loopback(host)
    if options.api_key_env is not None:
        return _named_key(options.api_key_env, environ)
    for name in (KEY_VARIABLE,) if local else (KEY_VARIABLE, REMOTE_KEY_VARIABLE):
        if key := environ.get(name, "").strip():
            return key
    if local:
        return ""
    raise EnvironmentFailed(
        f"no key for {one_line(host)}: set the environment variable {KEY_VARIABLE} "
        "(to the word none where the endpoint wants no key)"
    )


def _named_key(name: str, environ: Mapping[str, str]) -> str:
    """The key in the variable of that name, which may by mistake be the key itself, so it is not shown."""
    if _VARIABLE_NAME.fullmatch(name) is None:
        raise BadInput(
            "--api-key-env wants the name of an environment variable, such as FCBENCH_API_KEY, and was given "
            "something else, which is not shown because it may be a key"
        )
    if key := environ.get(name, "").strip():
        return key
    shown = "the variable that --api-key-env names" if hide_lookalikes(name) != name else name
    raise BadInput(f"{shown} is not set, or empty: put the key there, or leave --api-key-env out")


def split(values: Sequence[str]) -> list[str]:
    """Repeated options and comma-separated values, in one list without blanks."""
    return [part.strip() for value in values for part in value.split(",") if part.strip()]
