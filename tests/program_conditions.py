"""Conditions of generated programs: on values, and on rows."""

from __future__ import annotations

from collections.abc import Callable

from fcbench_action.language.program import expressions as e
from fcbench_action.language.program.environment import Table
from fcbench_action.language.program.types import (
    BOOLEAN,
    INTEGER,
    NULL,
    NUMBER,
    STRING,
    Array,
    Constant,
    Named,
    Text,
    Type,
    members,
    object_of,
    without_null,
)
from tests.program_knowledge import Knowledge, Known, roots_of


class Conditions(Knowledge):
    """Writes conditions. What they compare is written by a subclass: :class:`tests.program_values.Values`."""

    value: Callable[..., e.Expression]
    plain: Callable[..., e.Expression]
    source: Callable[[], tuple[e.Expression, Type]]

    def null_test(self, found: Known) -> tuple[e.Expression, bool]:
        """A condition, and whether the value is there where it holds."""
        rest = without_null(found.type, self.env)
        if self.chance(0.3) and all(
            object_of(one, self.env) or isinstance(one, Array) for one in members(rest, self.env)
        ):
            negative = self.chance(0.4)
            return (e.Not(operand=found.node) if negative else found.node), not negative
        positive = self.chance(0.5)
        sides = [found.node, e.NullLiteral()]
        if self.chance(0.2):
            sides.reverse()
        return e.Compare(operator="!==" if positive else "===", left=sides[0], right=sides[1]), positive

    def condition(self) -> tuple[e.Expression, set[str]]:
        """A condition, and the names that it says something about."""
        made = self.boolean()
        return made, roots_of(made, self.aliases)

    def boolean(self) -> e.Expression:
        """A boolean that is not known beforehand."""
        self.budget -= 1
        options = [self.compared, self.compared, self.ordered, self.tested_text, self.quantified, self.flag]
        if self.budget > 0:
            options += [self.logical, self.logical, self.negated, self.included]
        if self.operation is None:
            options.append(e.RandomBoolean)
        else:
            options += [self.exists, self.was_given]
        self.random.shuffle(options)
        for option in options:
            if (made := option()) is not None:
                return made
        return self.ordered()

    def flag(self) -> e.Expression | None:
        found = self.find(lambda one: one.type == BOOLEAN and one.exact)
        return found.node if found else None

    def negated(self) -> e.Expression:
        return e.Not(operand=self.boolean())

    def logical(self) -> e.Expression:
        left, roots = self.condition()
        right = self.guarded(roots, self.boolean)
        return e.Logical(operator=self.pick(("&&", "||")), left=left, right=right)

    def compared(self) -> e.Expression | None:
        def fits(one: Known) -> bool:
            return one.exact and all(
                isinstance(part, Text | Constant) or part in (INTEGER, NUMBER, BOOLEAN, NULL)
                for part in members(one.type, self.env)
            )

        found = self.find(lambda one: fits(one) and one.type != NULL and not isinstance(one.type, Constant))
        if found is None:
            return None
        part = self.pick(members(found.type, self.env))
        if isinstance(part, Constant) or part in (NULL, BOOLEAN):
            right: e.Expression = self.plain(part, inward=False)
        else:
            right = self.guarded(roots_of(found.node, self.aliases), lambda: self.value(part, inward=False))
        return e.Compare(operator=self.pick(("===", "!==")), left=found.node, right=right)

    def ordered(self) -> e.Expression:
        kind = self.pick((NUMBER, STRING, INTEGER))
        operator = self.pick(("<", "<=", ">", ">="))
        return e.Compare(operator=operator, left=self.value(kind, False), right=self.value(kind, False))

    def tested_text(self) -> e.Expression:
        function, *takes = self.pick(
            (
                ("startsWith", STRING, STRING),
                ("endsWith", STRING, STRING),
                ("contains", STRING, STRING),
                ("isBefore", Text("date-time"), Text("date-time")),
                ("verifyPassword", STRING, STRING),
            )
        )
        return e.Invoke(function=function, arguments=tuple(self.value(one) for one in takes))

    def quantified(self) -> e.Expression:
        array, element = self.source()
        node = self.pick((e.Some, e.Every))
        return node(array=array, arrow=self.arrow(element, self.boolean))

    def included(self) -> e.Expression:
        def fits(one: Known) -> bool:
            return one.exact and isinstance(one.type, Array) and not self.is_structured(one.type.element)

        found = self.find(fits)
        if found is not None and isinstance(found.type, Array) and self.chance(0.5):
            return e.Includes(array=found.node, value=self.value(found.type.element))
        return e.Includes(array=self.words(), value=self.value(STRING))

    def exists(self) -> e.Expression | None:
        if not self.env.tables:
            return None
        table = self.pick(self.env.tables.values())
        return e.Exists(table=table.name, where=self.where(table))

    def was_given(self) -> e.Expression | None:
        body = self.operation.body if self.operation else None
        meant = object_of(Named(body, "write"), self.env) if body else None
        names = [name for name, one in meant.fields.items() if one.optional] if meant else []
        if not names or "body" in self.barred:
            return None
        return e.Given(object=e.Identifier(name="body"), name=self.pick(names))

    def order(self, table: Table) -> tuple[e.OrderBy, ...]:
        names = self.random.sample(list(table.columns), min(len(table.columns), self.random.randint(0, 2)))
        return tuple(e.OrderBy(name=name, direction=self.pick(("asc", "desc"))) for name in names)

    def where(self, table: Table, levels: int = 3) -> e.Where:
        self.budget -= 1
        if levels and self.budget > 0 and self.chance(0.5):
            return self.wider_where(table, levels - 1)
        column = self.pick(table.columns.values())
        if column.nullable and self.chance(0.3):
            return e.IsNull(name=column.name)
        operators = ["equals", "notEquals", "in"]
        if column.kind not in ("boolean", "uuid"):
            operators += ["less", "lessOrEqual", "greater", "greaterOrEqual"]
        if column.kind in ("string", "uri"):
            operators += ["contains", "startsWith"]
        operator = self.pick(operators)
        wanted: Type = STRING if operator in ("contains", "startsWith") else column.value
        return e.FieldCondition(
            name=column.name,
            operator=operator,
            value=self.value(Array(wanted) if operator == "in" else wanted),
        )

    def wider_where(self, table: Table, levels: int) -> e.Where:
        def some(least: int) -> tuple[e.Where, ...]:
            return tuple(self.where(table, levels) for _ in range(self.random.randint(least, 3)))

        if table.relations and self.chance(0.4):
            relation = self.pick(table.relations.values())
            inner = self.where(self.env.tables[relation.table], levels)
            quantifier = self.pick(("some", "none", "every"))
            return e.Related(relation=relation.name, quantifier=quantifier, where=inner)
        if self.chance(0.3):
            return e.Negation(of=self.where(table, levels))
        return e.All(of=some(0)) if self.chance(0.5) else e.Any(of=some(1))
