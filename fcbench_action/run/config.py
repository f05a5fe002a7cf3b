"""Options from a YAML file: the keys are the options of ``fcbench run`` without their dashes in front.

``config.schema.json`` beside this module is the schema of such a file; editors read it too.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import yaml

from fcbench_action.endpoint.secret import hide_lookalikes
from fcbench_action.errors import BadInput
from fcbench_action.sinks import one_line

MAX_BYTES = 1 << 20
"""The largest config that is read."""

_DEEPEST = 8

SCHEMA_FILE = "config.schema.json"


class _Loader(yaml.SafeLoader):
    """Reads days as the text that stands there."""


def _as_text(loader: _Loader, node: yaml.ScalarNode) -> Any:
    return loader.construct_scalar(node)


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _as_text)


def config_schema() -> dict[str, Any]:
    """The JSON Schema of a config file."""
    text = resources.files(__package__).joinpath(SCHEMA_FILE).read_bytes()
    return msgspec.json.decode(text, type=dict[str, Any])


def read_config(path: Path) -> dict[str, Any]:
    """The options that a config file sets, by name as the file spells it.

    Raises ``BadInput`` naming file, line and key for anything that is not as the schema says.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise BadInput(f"{path} is larger than {MAX_BYTES} bytes, which no config is")
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise BadInput(f"cannot read the config {path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{path} is not UTF-8 text, from byte {error.start} on: save it as UTF-8") from error
    return _checked(path, text)


def _checked(path: Path, text: str) -> dict[str, Any]:
    try:
        _refuse_knots(path, text)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        if node is None:
            return {}
        _refuse_repeats(path, node)
        content = yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = one_line(hide_lookalikes(str(getattr(error, "problem", None) or error)))
        raise BadInput(f"{_where(path, mark)}: not YAML: {problem}") from error
    except ValueError as error:
        raise BadInput(
            f"{path}: not a config: a number or date in it has no value that can be used"
        ) from error
    if not isinstance(content, dict):
        raise BadInput(
            f"{_where(path, node.start_mark)}: a config is a mapping of options, such as 'trials: 2'"
        )
    _check_schema(path, node, content)
    return content


def _check_schema(path: Path, node: yaml.Node, content: dict[Any, Any]) -> None:
    schema = config_schema()
    for key in content:
        if key not in schema["properties"]:
            near = difflib.get_close_matches(str(key), schema["properties"], 1)
            hint = f"did you mean {near[0]}?" if near else "see 'fcbench run --help' for the options"
            raise BadInput(f"{_where(path, _mark(node, [key]))}: there is no option {_named(key)!r}; {hint}")
        if isinstance(content[key], float) and not math.isfinite(content[key]):
            raise BadInput(f"{_where(path, _mark(node, [key]))}: {key}: {content[key]} is no usable number")
    validator = jsonschema.Draft202012Validator(schema)
    errors = sorted(validator.iter_errors(content), key=lambda e: [str(part) for part in e.absolute_path])
    if errors:
        place = list(errors[0].absolute_path)
        key = place[0] if place else "config"
        raise BadInput(f"{_where(path, _mark(node, place))}: {key}: {_explain(errors[0])}")


def _explain(error: jsonschema.ValidationError) -> str:
    expected = error.schema.get("description", "") if isinstance(error.schema, dict) else ""
    return one_line(hide_lookalikes(error.message) + (f" ({expected})" if expected else ""))


def _named(key: Any) -> str:
    """A key of the file for a message: somebody may have written a secret there."""
    return one_line(hide_lookalikes(str(key)))


def _refuse_knots(path: Path, text: str) -> None:
    """Aliases, with which a value may hold itself, and nesting: no option needs them."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise BadInput(f"{_where(path, event.start_mark)}: a config has no aliases: write the value out")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise BadInput(
                f"{_where(path, event.start_mark)}: nested too deeply: an option is a value or a list"
            )


def _refuse_repeats(path: Path, node: yaml.Node) -> None:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, _ in node.value:
            if str(key.value) in seen:
                raise BadInput(f"{_where(path, key.start_mark)}: {_named(key.value)} is set twice")
            seen.add(str(key.value))


def _mark(node: yaml.Node, place: Iterable[Any]) -> yaml.Mark:
    """Where in the text the value at ``place`` begins, or the innermost thing around it."""
    mark = node.start_mark
    for part in place:
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if str(k.value) == str(part)), None)
            if found is None:
                break
            mark, node = found[0].start_mark, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            node = node.value[part]
            mark = node.start_mark
    return mark


def _where(path: Path, mark: Any) -> str:
    return str(path) if mark is None else f"{path}, line {mark.line + 1}"
