"""Config files: what they may hold, and how a wrong one is named."""

from __future__ import annotations

from dataclasses import replace

import click
import jsonschema
import pytest
from click.testing import CliRunner

from fcbench_action.cli.run_options import run_options
from fcbench_action.errors import BadInput
from fcbench_action.run.budget import Prices
from fcbench_action.run.config import config_schema, read_config
from fcbench_action.run.options import Options, check_targets, read_prices


@click.command()
@run_options
def shown(**options):
    for name, value in sorted(options.items()):
        click.echo(f"{name}={value!r}")


def test_the_schema_of_a_config_is_a_schema_and_names_every_option():
    schema = config_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    options = {o.removeprefix("--") for p in shown.params for o in p.opts} - {"config", "fact"}
    assert set(schema["properties"]) == {*options, "facts", "endpoints"}


def test_what_a_config_says_replaces_defaults_and_the_command_line_wins(tmp_path):
    path = tmp_path / "fcbench.yml"
    path.write_text("model: [acme/a, acme/b]\ntopics: todo\ntrials: 3\nno-seed: true\ntime-budget: 90\n")
    result = CliRunner().invoke(shown, ["--config", str(path), "--trials", "5"])
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    for line in ("model=('acme/a', 'acme/b')", "topics=('todo',)", "trials=5", "no_seed=True", "rounds=4"):
        assert line in lines
    assert "time_budget='90'" in lines


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "trials: 1\nconcurency: 4\n",
            r"fcbench.yml, line 2: there is no option 'concurency'; did you mean concurrency",
        ),
        ("trials: many\n", r"line 1: trials: 'many' is not of type 'integer'"),
        ("model:\n  - a/b\n  - 7\n", r"line 3: model: "),
        ("trials: 1\ntrials: 2\n", r"line 2: trials is set twice"),
        ("- a\n", r"line 1: a config is a mapping"),
        ("a: [\n", r"line 2: not YAML: "),
        ("a: !!python/object:os.system x\n", r"line 1: "),
        ("temperature: .nan\n", r"line 1: temperature: "),
        ("timeout: .inf\n", r"line 1: timeout: "),
        ("\ntrials: " + "9" * 5000, r"fcbench.yml: not a config: a number "),
        ("model: " + "[" * 3000, r"line 1: nested too deeply"),
        ("\nmodel: &a [*a]\n", r"line 2: a config has no aliases"),
        ("trials: 1001\n", r"line 1: trials: 1001 is greater than the maximum of 1000"),
        ("api-key: secret\n", r"line 1: there is no option 'api-key'; did you mean api-key-env"),
    ],
)
def test_a_wrong_config_is_named_by_file_line_and_key(tmp_path, text, message):
    path = tmp_path / "fcbench.yml"
    path.write_text(text)
    with pytest.raises(BadInput, match=message) as caught:
        read_config(path)
    assert "\n" not in str(caught.value)


def test_an_empty_config_sets_nothing(tmp_path):
    path = tmp_path / "fcbench.yml"
    path.write_text("# nothing\n")
    assert read_config(path) == {}


def test_what_is_no_readable_text_is_refused(tmp_path):
    with pytest.raises(BadInput, match="cannot read the config"):
        read_config(tmp_path / "absent.yml")
    (tmp_path / "a.yml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match="UTF-8"):
        read_config(tmp_path / "a.yml")
    (tmp_path / "b.yml").write_text("[" * 100_000)
    with pytest.raises(BadInput):
        read_config(tmp_path / "b.yml")
    (tmp_path / "c.yml").write_text("#" * (1 << 20) + "x")
    with pytest.raises(BadInput, match="larger"):
        read_config(tmp_path / "c.yml")


ENDPOINTS = """
trials: 2
temperature: 0.5
facts: {engine: vLLM 0.11}
endpoints:
  - name: here
    base-url: http://localhost:8000/v1
    model: [acme/a, acme/b]
    concurrency: 2
    temperature: 0
    headers: {X-Title: fcbench}
    facts: {quantization: fp8, context-length: 32768}
  - base-url: https://example.com/v1
    model: other/c
    api-key-env: THEIR_KEY
    requests-per-minute: 30
    price-input: 0.5
    price-output: 1.5
"""


def test_a_config_names_several_endpoints_each_with_options_of_its_own(tmp_path):
    (tmp_path / "fcbench.yml").write_text(ENDPOINTS)
    found: list[Options] = []

    @click.command()
    @run_options
    def collected(**options):
        found.append(Options(**options))

    result = CliRunner().invoke(collected, ["--config", str(tmp_path / "fcbench.yml")])
    assert result.exit_code == 0, result.output
    here, there = found[0].each()
    assert (here.model, here.concurrency, here.temperature, here.trials) == (["acme/a", "acme/b"], 2, 0, 2)
    assert here.facts == {"quantization": "fp8", "context-length": "32768"} and here.headers["X-Title"]
    assert (there.model, there.temperature, there.facts) == (["other/c"], 0.5, {"engine": "vLLM 0.11"})
    assert read_prices(there) == Prices(0.5, 1.5) and read_prices(here) is None
    check_targets([here, there])
    with pytest.raises(BadInput, match="acme/a is asked of two endpoints"):
        check_targets([here, replace(there, model=["acme/a"])])


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("{base-url: http://localhost/v1}", "'model' is a required property"),
        ("{base-url: http://localhost/v1, model: a/b, trials: 3}", "trials"),
        ("{base-url: http://localhost/v1, model: a/b, concurrency: 0}", "minimum"),
        ("{base-url: 7, model: a/b}", "string"),
    ],
)
def test_a_wrong_endpoint_is_named_with_its_line(tmp_path, entry, told):
    path = tmp_path / "fcbench.yml"
    path.write_text(f"trials: 1\nendpoints:\n  - {entry}\n")
    with pytest.raises(BadInput, match=rf"fcbench.yml, line 3: .*{told}"):
        read_config(path)


def test_endpoints_of_a_config_and_one_on_the_command_line_do_not_go_together(tmp_path):
    entry = {"model": "a/b", "base-url": "http://localhost/v1"}
    with pytest.raises(BadInput, match="--model and --base-url"):
        Options(model=["c/d"], endpoints=[entry]).each()
