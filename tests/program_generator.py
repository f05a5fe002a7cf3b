"""Random programs that are well typed by construction, and ways to make them ill-typed.

``test_program`` and ``operation_program`` build a program against an environment, led by the type that each
place needs; all randomness comes from the ``Random`` that they are given. A value is *exact* where its type
is known precisely and not merely to be assignable: only those are compared, or stand as conditions.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from hypothesis import strategies as st

from fcbench_action.language.program import expressions as e
from fcbench_action.language.program import statements as s
from fcbench_action.language.program.environment import Environment, Operation, Table
from fcbench_action.language.program.types import (
    BOOLEAN,
    INTEGER,
    NULL,
    NUMBER,
    STRING,
    Array,
    Named,
    Type,
    nullable,
)
from tests.program_knowledge import Known, roots_of
from tests.program_values import Values


class Writer(Values):
    """Writes statements."""

    def block(
        self, count: int, levels: int, ending: Callable[[], s.Statement] | None = None
    ) -> list[s.Statement]:
        known, narrowed, barred = dict(self.known), list(self.narrowed), self.barred
        made: list[s.Statement] = []
        for _ in range(count):
            made += self.statement(levels)
        if ending is not None:
            made.append(self.branching(ending, levels) if levels and self.chance(0.3) else ending())
        self.known, self.narrowed, self.barred = known, narrowed, barred
        return made

    def branching(self, ending: Callable[[], s.Statement], levels: int) -> s.Statement:
        condition, roots = self.condition()
        then, other = (self.guarded(roots, lambda: self.block(1, levels - 1, ending)) for _ in range(2))
        return s.If(condition=condition, then=tuple(then), otherwise=tuple(other))

    def statement(self, levels: int) -> list[s.Statement]:
        options: list[Callable[[int], list[s.Statement]]] = [self.declared, self.declared]
        if levels:
            options += [self.if_, self.for_each]
        options += (
            [self.called, self.called, self.asserted, self.asserted, self.rejected, self.authenticated]
            if self.operation is None
            else [self.guard, self.guard, self.written, self.written]
        )
        return self.pick(options)(levels)

    def declared(self, _: int) -> list[s.Statement]:
        made, type, exact = self.pick(
            (self.a_source, self.a_choice, self.a_value, self.a_row_or_null, self.a_test)
        )()
        name = self.name()
        self.known[name] = Known(e.Identifier(name=name), type, exact)
        if type == BOOLEAN:
            self.aliases[name] = roots_of(made, self.aliases)
        return [s.Declare(name=name, value=made)]

    def a_source(self) -> tuple[e.Expression, Type, bool]:
        made, element = self.source()
        return made, Array(element), not isinstance(made, e.ArrayLiteral) or element in (STRING, INTEGER)

    def a_choice(self) -> tuple[e.Expression, Type, bool]:
        """Some of an array, which may be of a smaller type, or one of it."""
        array, element = self.source()
        if self.chance(0.3):
            return e.Element(array=array, index=self.value(INTEGER)), nullable(element), True
        arrow = self.arrow(element, self.boolean)
        if self.chance(0.5):
            return e.Filter(array=array, arrow=arrow), Array(element), False
        return e.Find(array=array, arrow=arrow), nullable(element), True

    def a_value(self) -> tuple[e.Expression, Type, bool]:
        type = self.pick((STRING, INTEGER, NUMBER, BOOLEAN, nullable(STRING), Array(STRING), Array(INTEGER)))
        return self.value(type, inward=False), type, False

    def a_row_or_null(self) -> tuple[e.Expression, Type, bool]:
        if self.operation is None or not self.env.tables:
            return e.NullLiteral(), NULL, True
        table = self.pick(self.env.tables.values())
        return self.find_one(table), nullable(table.row), True

    def a_test(self) -> tuple[e.Expression, Type, bool]:
        return self.boolean(), BOOLEAN, True

    def if_(self, levels: int) -> list[s.Statement]:
        condition, roots = self.condition()
        mark = len(self.guards)
        then = self.guarded(roots, lambda: self.block(self.random.randint(0, 2), levels - 1))
        other = self.guarded(roots, lambda: self.block(self.random.randint(0, 2), levels - 1))
        self.barred = self.barred.union(*self.guards[mark:])  # what both blocks found out is known now
        return [s.If(condition=condition, then=tuple(then), otherwise=tuple(other))]

    def for_each(self, levels: int) -> list[s.Statement]:
        array, element = self.source()
        item = self.name("item")
        self.known[item] = Known(e.Identifier(name=item), element)
        body = self.block(self.random.randint(1, 2), levels - 1)
        del self.known[item]
        return [s.ForEach(array=array, item=item, body=tuple(body))]

    def guard(self, _: int) -> list[s.Statement]:
        """Leaves early where something is not there, or some condition holds."""
        found = self.find(lambda one: self.is_nullable(one) and one.exact)
        if found is not None and self.chance(0.8):
            self.guards.append(roots_of(found.node, self.aliases))
            condition, positive = self.null_test(found)
            out = (self.guarded(roots_of(found.node, self.aliases), self.end),)
            self.narrow(found)
            if positive:
                return [s.If(condition=condition, then=(), otherwise=out)]
            return [s.If(condition=condition, then=out, otherwise=())]
        condition, roots = self.condition()
        self.guards.append(roots)
        out = (self.guarded(roots, self.end),)
        self.barred = self.barred | roots
        return [s.If(condition=condition, then=out, otherwise=())]

    def end(self) -> s.Statement:
        """Rejects, or answers."""
        operation = self.operation
        assert operation is not None
        if self.chance(0.5):
            return s.Reject(status=self.random.randint(400, 499), message=self.value(STRING))
        if operation.response is None:
            return s.Return()
        return s.Return(value=self.value(Named(operation.response, "write")))

    def written(self, _: int) -> list[s.Statement]:
        if not self.env.tables:
            return []
        table = self.pick(self.env.tables.values())
        bind = self.name() if self.chance(0.6) else None
        kind = self.pick(("insert", "update", "remove"))
        if kind == "remove":
            return [s.Remove(table=table.name, where=self.where(table))]
        if kind == "insert":
            values = self.columns(table, least=0)
            if bind:
                self.known[bind] = Known(e.Identifier(name=bind), table.row)
            return [s.Insert(table=table.name, values=values, bind=bind)]
        update = s.Update(
            table=table.name, where=self.where(table), values=self.columns(table, least=1), bind=bind
        )
        if bind:
            self.known[bind] = Known(e.Identifier(name=bind), Array(table.row))
        return [update]

    def columns(self, table: Table, least: int) -> tuple[e.Property, ...]:
        """Values for a new row, or, where ``least`` says so, for one that is there."""
        if least:
            count = min(len(table.columns), self.random.randint(least, 3))
            names = self.random.sample(list(table.columns), count)
        else:
            names = [
                one.name
                for one in table.columns.values()
                if (not one.nullable and one.name != table.key) or self.chance(0.3)
            ]
        return tuple(e.Property(name=n, value=self.value(table.columns[n].type)) for n in names)

    def request(self, session: str | None = None, *, any_actor: bool = False) -> s.Request | None:
        session = session or self.pick(self.sessions)
        actor = self.sessions[session]
        options = [one for one in self.env.operations.values() if any_actor or one.role in (None, actor)]
        if not options:
            return None
        return self.request_of(session, self.pick(options))

    def request_of(self, session: str, operation: Operation) -> s.Request:
        return s.Request(
            session=session,
            operation=s.OperationKey(method=operation.method, path=operation.path),
            path_parameters=tuple(
                e.Property(name=name, value=self.value(type)) for name, type in operation.parameters.items()
            ),
            body=None if operation.body is None else self.value(Named(operation.body, "write")),
        )

    def called(self, _: int) -> list[s.Statement]:
        request = self.request()
        if request is None:
            return []
        operation = self.env.operations[request.operation.method, request.operation.path]
        bind = self.name() if operation.response is not None and self.chance(0.8) else None
        if bind and operation.response:
            self.known[bind] = Known(e.Identifier(name=bind), Named(operation.response, "read"))
        return [s.Call(request=request, bind=bind)]

    def authenticated(self, _: int) -> list[s.Statement]:
        return [s.Authenticate(session=self.pick(self.sessions), token=self.value(STRING))]

    def asserted(self, _: int) -> list[s.Statement]:
        if self.chance(0.3):
            condition, roots = self.condition()
            self.barred = self.barred | roots
            return [s.AssertThat(title="it holds", condition=condition)]
        found = self.find(lambda one: one.exact)
        node = self.pick((s.AssertEqual, s.AssertNotEqual))
        if found is None:
            actual = e.Invoke(function="trim", arguments=(self.value(STRING),))
            return [node(title="texts", actual=actual, expected=self.value(STRING, False))]
        structured = self.is_structured(found.type)
        expected = found.node if structured or self.chance(0.3) else self.value(found.type, inward=False)
        return [node(title="it's equal", actual=found.node, expected=expected)]

    def rejected(self, _: int) -> list[s.Statement]:
        request = self.request(any_actor=True)
        assert request is not None
        return [s.AssertRejected(title="no way", request=request, status=self.random.randint(400, 499))]


def operation_program(random: Random, env: Environment, budget: int = 150) -> s.OperationProgram:
    """A well-typed program for one of the environment's operations."""
    operation = random.choice(list(env.operations.values()))
    writer = Writer(random, env, operation, budget)
    for name, type in operation.predeclared.items():
        writer.known[name] = Known(e.Identifier(name=name), type)
    statements = writer.block(random.randint(0, 6), 2, writer.end)
    return s.OperationProgram(
        operation=s.OperationKey(method=operation.method, path=operation.path), statements=tuple(statements)
    )


def test_program(random: Random, env: Environment, budget: int = 150) -> s.TestProgram:
    """A well-typed test, in which each session makes a request."""
    writer = Writer(random, env, None, budget)
    for _ in range(random.randint(1, 3)):
        writer.sessions[writer.name("session")] = random.choice([None, *env.actors])
    statements: list[s.Statement] = []
    for name in writer.sessions:
        request = writer.request(name, any_actor=True)
        assert request is not None
        statements.append(s.AssertRejected(title="at first", request=request, status=404))
    statements += writer.block(random.randint(1, 6), 2)
    sessions = tuple(s.Session(name=name, actor=actor) for name, actor in writer.sessions.items())
    return s.TestProgram(scenario="Something happens.", sessions=sessions, statements=tuple(statements))


def programs(env: Environment, budget: int = 150) -> st.SearchStrategy[s.TestProgram | s.OperationProgram]:
    """Programs of both dialects."""
    seeds = st.integers(0, 2**32 - 1)
    return st.one_of(
        seeds.map(lambda seed: test_program(Random(seed), env, budget)),
        seeds.map(lambda seed: operation_program(Random(seed), env, budget)),
    )


test_program.__test__ = False  # type: ignore[attr-defined]
