"""Random operations that consist of conditions, and of what conditions let one do.

The world has unions told apart by constants, booleans and nulls, enumerations, and nullable everything.
Statements are thought up without regard to types, and kept where the checker accepts them: so what it accepts
is dense with narrowing, and TypeScript's compiler can be asked whether it agrees.
"""

from __future__ import annotations

from functools import cache
from random import Random

from fcbench_action.diagnostics import errors
from fcbench_action.language.database.nodes import Application
from fcbench_action.language.interface import nodes as i
from fcbench_action.language.interface.payload import named
from fcbench_action.language.program import expressions as e
from fcbench_action.language.program import statements as s
from fcbench_action.language.program.check import check_operation
from fcbench_action.language.program.environment import Environment, environment
from tests.interface_trees import closed, document, nullable, operation

PROPERTIES = ("a", "b", "c", "d", "e", "o", "p", "u", "kind", "v", "w", "flag", "n", "f", "t")
ARRAYS = ("l", "us")
LITERALS: tuple[e.Expression, ...] = (
    *(
        e.StringLiteral(value=word)
        for word in ("a", "b", "d", "x", "y", "z", "p", "q", "r", "forever", "other")
    ),
    e.IntegerLiteral(value=1),
    *(e.BooleanLiteral(value=True), e.BooleanLiteral(value=False), e.NullLiteral()) * 2,
)


def one_of(*values: str | bool | int) -> i.OneOf:
    return i.OneOf(one_of=tuple(i.Constant(const=value) for value in values))


@cache
def world(answers: bool = False) -> Environment:
    """One operation, whose body is full of alternatives; so is what it answers, where it does."""
    text = i.String()
    types: dict[str, i.Schema] = {
        "A": closed(
            kind=i.Constant(const="a"), v=nullable(text), t=text, flag=i.Constant(const=True), n=i.Null()
        ),
        "B": closed(
            kind=i.Constant(const="b"),
            v=i.Integer(),
            w=one_of("p", "q"),
            flag=i.Constant(const=False),
            n=text,
        ),
        "D": closed(
            kind=i.Constant(const="d"), v=i.Null(), w=one_of("q", "r"), flag=i.Boolean(), n=nullable(text)
        ),
        "U": i.OneOf(one_of=(named("A"), named("B"), named("D"))),
        "T": closed(
            a=one_of("x", "y", "z"),
            b=nullable(text),
            c=nullable(named("U")),
            d=i.Boolean(),
            e=i.OneOf(one_of=(i.Integer(), i.Constant(const="forever"))),
            f=nullable(i.Boolean()),
            l=i.Array(items=nullable(one_of("x", "y"))),
            o=nullable(closed(p=nullable(text), u=named("U"))),
            us=i.Array(items=named("U")),
        ),
    }
    body = i.Body(description="What comes.", type_name="T")
    answer = i.Body(description="What goes.", type_name="U") if answers else None
    created = operation("post", "/t", "create", request_body=body, response_body=answer)
    return environment(Application(files=()), document(created, **types))


class Thinker:
    """Thinks up statements about the body and what was declared before."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.names, self.flags, self.count = ["body"], [], 0  # type: list[str], list[str], int

    def name(self, stem: str) -> str:
        self.count += 1
        return f"{stem}{self.count}"

    def reference(self) -> e.Expression:
        node: e.Expression = e.Identifier(name=self.random.choice(self.names))
        for _ in range(self.random.choice((0, 1, 1, 2, 2, 3))):
            node = e.PropertyAccess(object=node, name=self.random.choice(PROPERTIES))
        return node

    def operand(self) -> e.Expression:
        kind = self.random.random()
        if kind < 0.55:
            return self.random.choice(LITERALS)
        if kind < 0.9:
            return self.reference()
        return e.Logical(operator="??", left=self.reference(), right=self.random.choice(LITERALS))

    def condition(self, levels: int = 3) -> e.Expression:
        kind = self.random.random()
        if levels and kind < 0.3:
            operator = self.random.choice(("&&", "||"))
            left, right = self.condition(levels - 1), self.condition(levels - 1)
            return e.Logical(operator=operator, left=left, right=right)
        if levels and kind < 0.42:
            return e.Not(operand=self.condition(levels - 1))
        if kind < 0.55:
            return self.reference()
        if kind < 0.65 and self.flags:
            return e.Identifier(name=self.random.choice(self.flags))
        if levels and kind < 0.69:
            return self.random.choice((e.Some, e.Every))(array=self.array(), arrow=self.arrow(levels - 1))
        sides = [self.reference(), self.operand()]
        if self.random.random() < 0.15:
            sides.reverse()
        return e.Compare(operator=self.random.choice(("===", "!==")), left=sides[0], right=sides[1])

    def array(self) -> e.Expression:
        return e.PropertyAccess(object=e.Identifier(name="body"), name=self.random.choice(ARRAYS))

    def arrow(self, levels: int) -> e.Arrow:
        name = self.name("x")
        self.names.append(name)
        body = self.condition(levels)
        self.names.remove(name)
        return e.Arrow(parameter=name, body=body)

    def statement(self, levels: int = 2) -> s.Statement:
        kind = self.random.random()
        if kind < 0.5:
            return s.Declare(name=self.name("v"), value=self.declared(kind * 2))
        out = (s.Reject(status=400, message=e.StringLiteral(value="no")),)
        if not levels or kind > 0.75:
            return s.If(condition=self.condition(), then=out)
        then = tuple(self.statement(levels - 1) for _ in range(self.random.randint(0, 2)))
        other = tuple(self.statement(levels - 1) for _ in range(self.random.randint(0, 2)))
        ending = self.random.random()
        then, other = then + out * (ending < 0.25), other + out * (0.25 < ending < 0.5)
        return s.If(condition=self.condition(), then=then, otherwise=other)

    def declared(self, kind: float) -> e.Expression:
        if kind < 0.4:
            return self.reference()
        if kind < 0.7:
            return self.condition(2)
        if kind < 0.85:
            return e.Conditional(
                condition=self.condition(2), when_true=self.reference(), when_false=self.operand()
            )
        kept = e.Filter(array=self.array(), arrow=self.arrow(2))
        return e.Element(array=kept, index=e.IntegerLiteral(value=0))


def narrowing_program(random: Random, tries: int) -> s.OperationProgram:
    """What the checker accepts of so many statements."""
    thinker = Thinker(random)
    kept: list[s.Statement] = []
    for _ in range(tries):
        statement = thinker.statement()
        if not errors(check_operation(_program([*kept, statement]), world())):
            kept.append(statement)
            if isinstance(statement, s.Declare):
                said = isinstance(statement.value, e.Compare | e.Not | e.Logical)
                (thinker.flags if said else thinker.names).append(statement.name)
    return _program(kept)


def _program(statements: list[s.Statement]) -> s.OperationProgram:
    key = s.OperationKey(method="post", path="/t")
    return s.OperationProgram(operation=key, statements=(*statements, s.Return()))
