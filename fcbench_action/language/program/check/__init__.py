"""The type checker: what is wrong with a program, before it runs.

What it accepts, ``tsc --strict`` accepts in the program's TypeScript, and the interpreter runs without ever
meeting a value of a type that it did not expect. It is stricter than TypeScript where text and meaning would
part: objects are not compared by ``===``, strings and numbers are no conditions, a default stands where null
can be, no name hides another.
"""

from __future__ import annotations

from fcbench_action.diagnostics import Diagnostic, sort
from fcbench_action.diagnostics import program as codes
from fcbench_action.language.near import quoted
from fcbench_action.language.program import expressions as e
from fcbench_action.language.program.check import arrays, operators, randoms, reads, values
from fcbench_action.language.program.check.checker import Checker, Rule
from fcbench_action.language.program.check.names import can_declare
from fcbench_action.language.program.check.requests import operation_of
from fcbench_action.language.program.check.scope import Binding, Scope
from fcbench_action.language.program.check.statements import block, way_through
from fcbench_action.language.program.environment import Environment, Operation
from fcbench_action.language.program.statements import (
    AssertEqual,
    AssertNotEqual,
    AssertRejected,
    AssertThat,
    Call,
    ForEach,
    If,
    OperationProgram,
    Session,
    Statement,
    TestProgram,
)
from fcbench_action.language.program.types import ERROR, Assignability, Type

RULES: dict[type, Rule] = {
    e.BooleanLiteral: values.simple,
    e.IntegerLiteral: values.simple,
    e.NumberLiteral: values.number,
    e.StringLiteral: values.simple,
    e.NullLiteral: values.null,
    e.ArrayLiteral: values.array,
    e.ObjectLiteral: values.object_literal,
    e.Template: values.template,
    e.Identifier: values.identifier,
    e.PropertyAccess: values.property_access,
    e.OptionalProperty: values.optional_property,
    e.Given: values.given,
    e.Merge: values.merge,
    e.Not: operators.negation,
    e.Negate: operators.negate,
    e.Arithmetic: operators.arithmetic,
    e.Compare: operators.compare,
    e.Logical: operators.logical,
    e.Conditional: operators.conditional,
    e.Element: arrays.element,
    e.Map: arrays.mapped,
    e.Filter: arrays.filtered,
    e.Find: arrays.found,
    e.Some: arrays.some,
    e.Every: arrays.every,
    e.Sort: arrays.sort,
    e.Sum: arrays.total,
    e.GroupCount: arrays.group_count,
    e.Length: arrays.length,
    e.Includes: arrays.includes,
    e.Slice: arrays.sliced,
    e.Concat: arrays.concat,
    e.Distinct: arrays.distinct,
    e.Repeat: arrays.repeat,
    e.Invoke: arrays.invoke,
    e.RandomBoolean: randoms.boolean,
    e.RandomInteger: randoms.integer,
    e.RandomNumber: randoms.number,
    e.RandomString: randoms.string,
    e.RandomFormat: randoms.formatted,
    e.RandomKeyword: randoms.keyword,
    e.RandomPick: randoms.pick,
    e.RandomSample: randoms.sample,
    e.FindOne: reads.find_one,
    e.FindMany: reads.find_many,
    e.Count: reads.count,
    e.Exists: reads.exists,
    e.Aggregate: reads.aggregate,
}


def check_test(program: TestProgram, environment: Environment) -> list[Diagnostic]:
    """What is wrong with a test, sorted; stage compile. Paths start at the program.

    Takes time in proportion to the program's size. The program is of its dialect and within the bounds of its
    nodes, as whatever was decoded or parsed is.
    """
    checker = _checker(environment, program, None)
    for index, session in enumerate(program.sessions):
        _session(checker, session, index)
    block(checker, program.statements, ("statements",))
    for binding in checker.scope.names.values():
        if not binding.used:
            checker.report(
                codes.UNUSED_SESSION,
                binding.path,
                f"Session {quoted(binding.name)} makes no request.",
                expected="a request of this session, or no such session",
                actual=quoted(binding.name),
            )
    _does_something(checker, program)
    return sort(checker.found)


def check_operation(program: OperationProgram, environment: Environment) -> list[Diagnostic]:
    """As :func:`check_test`, for what the backend does."""
    checker = _checker(environment, program, None)
    operation = checker.operation = operation_of(checker, program.operation, ("operation",))
    for name, type in _predeclared(operation).items():
        checker.scope.names[name] = Binding(name, (), type, must_be_used=False)
    if not block(checker, program.statements, ("statements",)):
        checker.report(
            codes.MISSING_RETURN,
            way_through(checker, program.statements, ("statements",)),
            "A way through the program ends here without an answer.",
            expected="return or reject at its end",
        )
    return sort(checker.found)


def _predeclared(operation: Operation | None) -> dict[str, Type]:
    if operation is None:
        return dict.fromkeys(("path", "body", "actor", "now"), ERROR)
    return operation.predeclared


def _checker(
    environment: Environment, program: TestProgram | OperationProgram, operation: Operation | None
) -> Checker:
    return Checker(
        env=environment,
        rules=RULES,
        in_operation=isinstance(program, OperationProgram),
        operation=operation,
        scope=Scope(environment),
        assigns=Assignability(environment),
    )


def _session(checker: Checker, session: Session, index: int) -> None:
    path = ("sessions", index)
    if session.actor is not None and session.actor not in checker.env.actors:
        checker.report(
            codes.UNKNOWN_SESSION_ACTOR,
            (*path, "actor"),
            f"There is no actor {quoted(session.actor)}.{checker.near(session.actor, checker.env.actors)}",
            expected="null or one of " + ", ".join(checker.env.actors),
            actual=quoted(session.actor),
        )
    binding = Binding(session.name, (*path, "name"), None, must_be_used=False, actor=session.actor)
    if can_declare(checker, binding):
        checker.scope.names[session.name] = binding


def _does_something(checker: Checker, program: TestProgram) -> None:
    """A test asks for something, and asserts something."""
    calls = asserts = False
    rest: list[Statement] = list(program.statements)
    while rest:
        one = rest.pop()
        calls = calls or isinstance(one, Call | AssertRejected)
        asserts = asserts or isinstance(one, AssertEqual | AssertNotEqual | AssertThat | AssertRejected)
        if isinstance(one, If):
            rest += (*one.then, *one.otherwise)
        elif isinstance(one, ForEach):
            rest += one.body
    if not calls:
        checker.report(
            codes.TEST_WITHOUT_REQUEST, ("statements",), "The test makes no request.", expected="a request"
        )
    if not asserts:
        checker.report(
            codes.TEST_WITHOUT_ASSERTION,
            ("statements",),
            "The test asserts nothing.",
            expected="an assertion",
        )


__all__ = ["RULES", "check_operation", "check_test"]
