"""The invariants that ARCHITECTURE.md names, each held here."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import fcbench_action

PACKAGE = Path(fcbench_action.__file__).parent
LAYERS = (
    ("errors", "sinks"),
    ("diagnostics",),
    ("language",),
    ("functions",),
    ("suite",),
    ("judge",),
    ("records",),
    ("endpoint",),
    ("run",),
    ("stats",),
    ("pages",),
    ("publish",),
    ("github",),
    ("cli",),
    ("__main__",),
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
PURE = ("diagnostics", "language", "judge", "stats", "pages")
IMPURE_MODULES = {"socket", "urllib", "httpx", "time", "random", "openai", "git", "subprocess", "os.environ"}
IMPURE_CALLS = {"now", "utcnow", "today", "getenv", "urandom", "uuid4"}
RECORDS_ONLY = {"suite", "run", "endpoint"}
FILES = sorted(p for p in PACKAGE.rglob("*.py") if p != PACKAGE / "__init__.py")


def layer_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_modules(tree: ast.AST) -> list[str]:
    names: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names


def own_layers(path: Path) -> set[str]:
    parts = [n.split(".") for n in imported_modules(ast.parse(path.read_text("utf-8")))]
    return {p[1] for p in parts if p[0] == "fcbench_action" and len(p) > 1 and p[1] in RANK}


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_downward_only(path: Path) -> None:
    rank = RANK[layer_of(path)]
    upward = {name for name in own_layers(path) if RANK[name] > rank}
    assert not upward, f"{path.name} is in a layer below {upward}"


@pytest.mark.parametrize("layer", ["stats", "pages"])
def test_statistics_and_pages_read_records_only(layer: str) -> None:
    for path in FILES:
        if layer_of(path) == layer:
            assert not own_layers(path) & RECORDS_ONLY, path


def test_openai_is_imported_by_the_endpoint_only_and_git_by_publishing_only() -> None:
    users = {"openai": set(), "git": set()}
    for path in FILES:
        for name in imported_modules(ast.parse(path.read_text("utf-8"))):
            if (root := name.split(".")[0]) in users:
                users[root].add(layer_of(path))
    assert users == {"openai": {"endpoint"}, "git": {"publish"}}


@pytest.mark.parametrize("layer", PURE)
def test_pure_layers_have_no_network_clock_environment_or_unseeded_randomness(layer: str) -> None:
    found = [
        f"{path.name}: {name}"
        for path in FILES
        if layer_of(path) == layer
        for name in impurities(ast.parse(path.read_text("utf-8")))
    ]
    assert not found


def impurities(tree: ast.AST) -> list[str]:
    found = [
        name
        for name in imported_modules(tree)
        if {name, name.split(".")[0]} & IMPURE_MODULES
        and name != "random.Random"
        and not name.startswith("urllib.parse.")  # only reads and writes texts
    ]
    attributes = (node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    return found + [name for name in attributes if name in IMPURE_CALLS or name == "environ"]


def test_no_import_hides_inside_a_function() -> None:
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                inner = [n for n in ast.walk(node) if isinstance(n, ast.Import | ast.ImportFrom)]
                assert not inner, f"{path}: {node.name}"
