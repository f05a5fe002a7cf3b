"""The locks hold everything that the project declares, by hash."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).parents[2]
LINE = re.compile(
    r"^([A-Za-z0-9._-]+)==([^ ;\\]+)(.*?)((?: \\\n    --hash=sha256:[0-9a-f]{64})+)$", re.MULTILINE
)


def locked(name: str) -> dict[str, str]:
    """Project to version."""
    text = (PROJECT / "requirements" / name).read_text("utf-8")
    pins = {canonicalize_name(match[1]): match[2] for match in LINE.finditer(text)}
    assert len(LINE.findall(text)) == len(re.findall(r"^[a-z]", text, re.MULTILINE | re.IGNORECASE))
    return pins


def declared(name: str) -> list[Requirement]:
    pyproject = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    texts = list(pyproject["project"]["dependencies"])
    if name == "run.txt":
        build = (PROJECT / "requirements" / "build.in").read_text("utf-8").split("\n")
        texts += [line for line in build if line and not line.startswith("#")]
    else:
        texts += pyproject["dependency-groups"][name.removesuffix(".txt")]
    return [Requirement(text) for text in texts]


@pytest.mark.parametrize("name", ["run.txt", "test.txt", "lint.txt"])
def test_a_lock_pins_every_declared_dependency_to_a_version_that_fits(name: str) -> None:
    pins = locked(name)
    for requirement in declared(name):
        version = pins.get(canonicalize_name(requirement.name))
        assert version is not None, f"run 'make lock': {name} lacks {requirement}"
        assert requirement.specifier.contains(version, prereleases=True), f"run 'make lock': {requirement}"


def test_what_the_tests_and_linters_install_does_not_change_what_runs() -> None:
    for name in ("test.txt", "lint.txt"):
        both = locked(name).items() & locked("run.txt").items()
        assert {key for key, _ in both} == locked(name).keys() & locked("run.txt").keys()


def test_no_lock_names_a_registry() -> None:
    for path in (PROJECT / "requirements").glob("*.txt"):
        assert "://" not in path.read_text("utf-8")
