"""Programs as TypeScript: what is written is read back as it was, and nothing else is read as a program."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fcbench_action.judge.decode import decode
from fcbench_action.judge.limits import MAX_DEPTH
from fcbench_action.language.program import expressions as e
from fcbench_action.language.program.expressions import Identifier, IntegerLiteral
from fcbench_action.language.program.statements import OperationKey, OperationProgram, Return, TestProgram
from fcbench_action.language.program.typescript import (
    emit_operation,
    emit_test,
    parse_operation,
    parse_test,
)
from fcbench_action.language.program.typescript.reading import MAX_NESTING
from fcbench_action.language.program.typescript.tokens import tokens
from tests.program_trees import NAMES, ODD, encoded, programs

DIALECTS: list[Any] = [
    pytest.param(TestProgram, emit_test, parse_test, id="test"),
    pytest.param(OperationProgram, emit_operation, parse_operation, id="operation"),
]
slowly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
HEAD = """type Key = "GET /x";
export function operation({ path, body, actor, db, now }: Scope<Key>): Answer<Key> {"""
X = Identifier(name="x")
ONE = IntegerLiteral(value=1)


def returning(value: Any) -> OperationProgram:
    return OperationProgram(
        operation=OperationKey(method="get", path="/x"), statements=(Return(value=value),)
    )


@pytest.mark.parametrize(("program", "emit", "parse"), DIALECTS)
@slowly
@given(data=st.data())
def test_every_tree_is_read_back_from_its_text(program: type, emit: Any, parse: Any, data: Any) -> None:
    tree = data.draw(programs(program))
    text = emit(tree)
    reading = parse(text)
    assert reading.diagnostics == ()
    assert reading.program == tree
    assert emit(reading.program) == text


@pytest.mark.parametrize(("program", "emit", "parse"), DIALECTS)
@slowly
@given(data=st.data())
def test_layout_and_comments_say_nothing(program: type, emit: Any, parse: Any, data: Any) -> None:
    tree = data.draw(programs(program))
    spaces = data.draw(
        st.lists(st.sampled_from(["", " ", "\r\n\t", ' /* } ` " */ ', " // it's ${\n"]), min_size=1)
    )
    found = [str(token.value) for token in tokens(emit(tree))]
    text = "".join(f" {piece}{spaces[n % len(spaces)]}" for n, piece in enumerate(found))
    assert parse(text).program == tree


WRAPPERS: dict[str, Any] = {
    "not": lambda inner: e.Not(operand=inner),
    "negate": lambda inner: e.Negate(operand=inner),
    "property": lambda inner: e.PropertyAccess(object=inner, name="a"),
    "optional": lambda inner: e.OptionalProperty(object=inner, name="a"),
    "mixed chain": lambda inner: e.PropertyAccess(
        object=e.OptionalProperty(object=inner, name="a"), name="b"
    ),
    "array": lambda inner: e.ArrayLiteral(elements=(inner,)),
    "object": lambda inner: e.ObjectLiteral(properties=(e.Property(name="a", value=inner),)),
    "merge": lambda inner: e.Merge(base=inner, properties=(e.Property(name="a", value=ONE),)),
    "template": lambda inner: e.Template(parts=(inner,)),
    "left": lambda inner: e.Arithmetic(operator="+", left=inner, right=X),
    "right": lambda inner: e.Arithmetic(operator="-", left=X, right=inner),
    "compared": lambda inner: e.Compare(operator="<", left=inner, right=inner and X),
    "compared right": lambda inner: e.Compare(operator=">", left=X, right=inner),
    "both kinds": lambda inner: e.Logical(
        operator="||", left=X, right=e.Logical(operator="&&", left=inner, right=X)
    ),
    "default": lambda inner: e.Logical(operator="??", left=X, right=inner),
    "condition": lambda inner: e.Conditional(condition=inner, when_true=X, when_false=X),
    "otherwise": lambda inner: e.Conditional(condition=X, when_true=X, when_false=inner),
    "arrow": lambda inner: e.Map(array=X, arrow=e.Arrow(parameter="y", body=inner)),
    "receiver": lambda inner: e.Slice(array=inner, start=ONE),
    "library": lambda inner: e.Distinct(array=inner),
    "argument": lambda inner: e.Invoke(function="lower", arguments=(X, inner)),
    "where": lambda inner: e.Count(
        table="t", where=e.All(of=(e.FieldCondition(name="a", operator="equals", value=inner),))
    ),
}


@pytest.mark.parametrize("wrap", WRAPPERS.values(), ids=WRAPPERS)
def test_trees_as_deep_as_arguments_may_be_are_read_back(wrap: Any) -> None:
    value, program = X, returning(X)
    while decode(encoded(returning(wrap(value))), OperationProgram).argument:
        value = wrap(value)
        program = returning(value)
    assert parse_operation(emit_operation(program)).program == program
    too_deep = parse_operation(emit_operation(returning(wrap(value))))
    assert too_deep.program is None
    assert [d.code for d in too_deep.diagnostics] == ["typescript-limit"]


def test_conditions_on_rows_as_deep_as_arguments_may_be_are_read_back() -> None:
    for wrap in (
        lambda inner: e.Negation(of=inner),
        lambda inner: e.All(of=(inner,)),
        lambda inner: e.Related(relation="author", quantifier="some", where=inner),
        lambda inner: e.All(of=(e.IsNull(name="x"), e.Related(relation="y", quantifier="none", where=inner))),
    ):
        where, program = e.All(of=()), returning(X)
        while decode(encoded(returning(e.Count(table="t", where=wrap(where)))), OperationProgram).argument:
            where = wrap(where)
            program = returning(e.Count(table="t", where=where))
        assert parse_operation(emit_operation(program)).program == program


def test_texts_nest_as_deep_as_arguments_do() -> None:
    assert MAX_NESTING == MAX_DEPTH


@pytest.mark.parametrize("name", [*NAMES, *ODD])
def test_odd_names_are_read_back_wherever_they_stand(name: str) -> None:
    value = e.Template(
        parts=(
            e.StringLiteral(value=name),
            e.StringLiteral(value=name),
            Identifier(name=name),
            e.OptionalProperty(object=e.PropertyAccess(object=Identifier(name=name), name=name), name=name),
            e.ObjectLiteral(properties=(e.Property(name=name, value=e.StringLiteral(value=name)),) * 2),
            e.Map(array=X, arrow=e.Arrow(parameter=name, body=Identifier(name=name))),
            e.FindMany(
                table=name,
                where=e.All(
                    of=(
                        e.FieldCondition(name=name, operator="equals", value=X),
                        e.IsNull(name=name + "2"),
                        e.Negation(of=e.FieldCondition(name=name, operator="in", value=X)),
                        e.Related(relation=name, quantifier="every", where=e.IsNull(name=name)),
                    )
                ),
                order_by=(e.OrderBy(name=name, direction="asc"),),
            ),
        )
    )
    program = returning(value)
    assert parse_operation(emit_operation(program)).program == program


@slowly
@given(
    st.text(max_size=300)
    | st.lists(
        st.sampled_from(
            [
                "export",
                "const",
                "x",
                "(",
                ")",
                "{",
                "}",
                "`",
                "${",
                '"',
                "=>",
                "?.",
                "??",
                ";",
                "if",
                "1",
                "-",
                "/*",
                ".",
            ]
        )
    ).map(" ".join)
)
def test_no_text_at_all_is_more_than_a_diagnostic(text: str) -> None:
    for body in (text, f"{HEAD} {text} }}"):
        reading = parse_operation(body)
        assert (reading.program is None) == bool(reading.diagnostics)
        assert reading.position[0] >= 1 <= reading.position[1]


@slowly
@given(st.data())
def test_a_damaged_program_is_another_program_or_a_diagnostic(data: Any) -> None:
    text = emit_test(data.draw(programs(TestProgram, 5)))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        end = at + data.draw(st.integers(0, 12))
        text = (
            text[:at]
            + data.draw(st.sampled_from(["", "(", "}", '"', "`", "0", "; x", "{", "=> "]))
            + text[end:]
        )
    reading = parse_test(text)
    if reading.program is None:
        (diagnostic,) = reading.diagnostics
        assert diagnostic.message.startswith("Line ")
    else:
        again = emit_test(reading.program)
        assert parse_test(again).program == reading.program


@pytest.mark.parametrize("count", [120, 200, 290, 310])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("List.distinct(", ")"),
        ("(", ")"),
        ("[", "]"),
        ("x.filter((x) => ", ")"),
        ("{ a: ", "}"),
        ("!", ""),
        ("", "?.a"),
        ("x ?? (", ")"),
        ("`${", "}`"),
        ("db.a.count({ where: { x: { equals: ", "} } })"),
        ("List.concat(db.a.count({ where: { x: { some: { x: { in: ", "} } } } }))"),
    ],
)
def test_no_nesting_is_too_much(before: str, after: str, count: int) -> None:
    for value in (f"{before * count}x{after * count}", f"{before * count}{{ NOT: [] }}{after * count}"):
        reading = parse_operation(f"{HEAD} return {value}; }}")
        assert (reading.program is None) == bool(reading.diagnostics)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 200_000,
        "!" * 200_000,
        "x" + ".a" * 100_000,
        "{" * 100_000,
        "x?x:" * 100_000,
        "`${" * 100_000,
        "-(" * 50_000 + ")" * 50_000,
        "/*" * 300_000,
        '"' * 100_000,
        "1" * 100_000,
        "x + " * 100_000 + "x",
        "(x) =>" * 50_000,
        "\\u{" * 100_000,
        "f(" * 50_000,
        "[" * 50_000 + "]" * 50_000,
    ],
    ids=lambda text: text[:8],
)
def test_hostile_texts_end_in_one_diagnostic(text: str) -> None:
    for body in (text, f"{HEAD} return {text}; }}"):
        assert len(parse_operation(body).diagnostics) == 1
