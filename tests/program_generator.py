"""Random programs that are well typed by construction, and ways to make them ill-typed.

``test_program`` and ``operation_program`` build a program against an environment, led by the type that each
place needs; all randomness comes from the ``Random`` that they are given. A value is *exact* where its type
is known precisely and not merely to be assignable: only those are compared, or stand as conditions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

import msgspec
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
    Assignability,
    Constant,
    Field,
    Named,
    Object,
    Row,
    Scalar,
    Text,
    Type,
    Union,
    base,
    constant,
    members,
    nullable,
    object_of,
    union,
    without_null,
)

WORDS = ("milk", "", "two words", 'q"uote', "ünï", "a\nb", "😀", "`${x}`", "\\", "a" * 30)
SAMPLES = {
    "uuid": "123e4567-e89b-12d3-a456-426614174000",
    "date-time": "2024-02-29T09:30:00.000Z",
    "date": "2024-02-29",
    "email": "ann@example.org",
    "uri": "https://example.org/a",
}
COUNTED = Object({"key": Field(STRING), "count": Field(INTEGER)})


@dataclass(slots=True)
class Known:
    """A name or path that is known, with its type."""

    node: e.Expression
    type: Type
    exact: bool = True


@dataclass
class Writer:
    """Writes one program. ``budget`` is how many more nodes it may spend on anything but the least."""

    random: Random
    env: Environment
    operation: Operation | None
    budget: int = 200
    known: dict[str, Known] = field(default_factory=dict)
    narrowed: list[Known] = field(default_factory=list)
    barred: set[str] = field(default_factory=set)
    aliases: dict[str, set[str]] = field(default_factory=dict)
    sessions: dict[str, str | None] = field(default_factory=dict)
    guards: list[set[str]] = field(default_factory=list)
    count: int = 0

    def __post_init__(self) -> None:
        self.assigns = Assignability(self.env)

    # Choices

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def pick(self, options: Any) -> Any:
        return self.random.choice(list(options))

    def name(self, stem: str = "v") -> str:
        self.count += 1
        return f"{stem}{self.count}"

    # What is known

    def references(self, roots: int = 8, levels: int = 2) -> Iterator[Known]:
        """Names that may be used, and properties of theirs."""
        names = [name for name in self.known if name not in self.barred]
        self.random.shuffle(names)
        pending = [(self.known[name], levels) for name in names[:roots]]
        pending += [(one, 1) for one in self.narrowed if not roots_of(one.node, {}) & self.barred]
        while pending:
            one, level = pending.pop()
            yield one
            meant = object_of(one.type, self.env)
            if meant is not None and level:
                for name, inner in meant.fields.items():
                    access = e.PropertyAccess(object=one.node, name=name)
                    if not inner.optional and not any(each.node == access for each in self.narrowed):
                        pending.append((Known(access, inner.type, one.exact), level - 1))

    def find(self, fits: Callable[[Known], bool]) -> Known | None:
        found = [one for one in self.references() if fits(one)]
        return self.pick(found) if found else None

    def fits(self, one: Known, type: Type) -> bool:
        """Whether a value is of a type; one that is not exact may be of any format."""
        return self.assigns.holds(one.type, type) and (one.exact or not has_format(type))

    def a_reference(self, type: Type) -> e.Expression | None:
        found = self.find(lambda one: self.fits(one, type))
        return found.node if found else None

    # Expressions

    def value(self, type: Type, inward: bool = True) -> e.Expression:
        """An expression of a type; one that has it without help, where the place expects nothing."""
        self.budget -= 1
        if self.chance(0.45) and (found := self.a_reference(type)) is not None:
            return found
        if self.budget > 0 and self.chance(0.5):
            options = self.compound(type, inward)
            self.random.shuffle(options)
            for option in options:
                if (made := option()) is not None:
                    return made
        return self.plain(type, inward)

    def plain(self, type: Type, inward: bool) -> e.Expression:
        """The least expression of a type."""
        parts = members(type, self.env)
        if len(parts) > 1:
            if not inward and any(object_of(one, self.env) or isinstance(one, Array) for one in parts):
                return self.a_reference(type) or self.plain(NULL, inward)
            return self.plain(NULL if self.budget < -40 and NULL in parts else self.pick(parts), inward)
        match parts[0]:
            case Constant(value=value):
                return literal(value)
            case Text(format=text_format):
                return literal(SAMPLES[text_format] if text_format else self.pick(WORDS))
            case Array(element=element):
                count = 0 if inward and (self.budget < -20 or self.chance(0.3)) else self.random.randint(1, 2)
                return e.ArrayLiteral(elements=tuple(self.value(element, inward) for _ in range(count)))
            case Row(table=table):
                return self.a_row(self.env.tables[table])
            case Scalar() as scalar:
                return self.scalar(scalar)
        meant = object_of(parts[0], self.env)
        assert meant is not None, parts
        return self.an_object(meant)

    def scalar(self, type: Scalar) -> e.Expression:
        if type == NULL:
            return e.NullLiteral()
        if type == BOOLEAN:
            return e.BooleanLiteral(value=self.chance(0.5))
        if type == NUMBER and self.chance(0.5):
            return e.NumberLiteral(value=self.pick((0.5, -2.25, 1e21, 1e-7, 3.0)))
        return e.IntegerLiteral(value=self.pick((0, 1, -1, 7, 2**40, -(2**63))))

    def an_object(self, meant: Object) -> e.Expression:
        properties = [
            e.Property(name=name, value=self.value(one.type))
            for name, one in meant.fields.items()
            if not one.optional or (self.budget > 0 and self.chance(0.5))
        ]
        self.random.shuffle(properties)
        return e.ObjectLiteral(properties=tuple(properties))

    def a_row(self, table: Table) -> e.Expression:
        """A row that certainly exists has to be found first: the first of all, or one that is known."""
        found = self.a_reference(table.row)
        assert found is not None, table.name
        return found

    def compound(self, type: Type, inward: bool) -> list[Callable[[], e.Expression | None]]:
        """Ways to compute a value of a type; each may find that it cannot."""
        options: list[Callable[[], e.Expression | None]] = [lambda: self.default(type, inward)]
        if inward or not constants_in(type, self.env):
            options.append(lambda: self.conditional(type, inward))
        parts = members(type, self.env)
        if NULL in parts and len(parts) > 1:
            options += self.nullables(without_null(type, self.env))
        elif len(parts) == 1:
            one = parts[0]
            if one == BOOLEAN:
                options += [self.boolean] * 3
            elif one in (INTEGER, NUMBER):
                options += [lambda: self.number(one)] * 3
            elif isinstance(one, Text):
                options += [lambda: self.text(one)] * 3
            elif isinstance(one, Array):
                options += [lambda: self.array(one, inward)] * 4
            elif inward and (meant := object_of(one, self.env)) and not isinstance(one, Row):
                options.append(lambda: self.merged(one, meant))
        if self.operation is None and not isinstance(parts[0], Row):
            options.append(lambda: self.picked(type))
        return options

    def picked(self, type: Type) -> e.Expression | None:
        found = self.find(
            lambda one: (
                one.exact and isinstance(one.type, Array) and self.assigns.holds(one.type.element, type)
            )
        )
        return e.RandomPick(array=found.node) if found else None

    def default(self, type: Type, inward: bool) -> e.Expression | None:
        def fits(one: Known) -> bool:
            rest = without_null(one.type, self.env)
            return one.exact and rest != one.type and one.type != NULL and self.assigns.holds(rest, type)

        found = self.find(fits)
        if found is None:
            return None
        with_roots = roots_of(found.node, self.aliases)
        right = self.guarded(with_roots, lambda: self.value(type, inward))
        return e.Logical(operator="??", left=found.node, right=right)

    def guarded(self, roots: set[str], make: Callable[[], Any]) -> Any:
        """What is made where a condition on ``roots`` was met: they are left alone there."""
        before = self.barred
        self.barred = before | roots
        made = make()
        self.barred = before
        return made

    def conditional(self, type: Type, inward: bool) -> e.Expression | None:
        null_check = self.find(lambda one: self.is_nullable(one) and one.exact)
        if null_check is not None and self.chance(0.4):
            return self.conditional_on_null(null_check, type, inward)
        condition, roots = self.condition()
        return e.Conditional(
            condition=condition,
            when_true=self.guarded(roots, lambda: self.value(type, inward)),
            when_false=self.guarded(roots, lambda: self.value(type, inward)),
        )

    def is_nullable(self, one: Known) -> bool:
        return one.type != NULL and NULL in members(one.type, self.env)

    def conditional_on_null(self, found: Known, type: Type, inward: bool) -> e.Expression:
        condition, positive = self.null_test(found)
        roots = roots_of(found.node, self.aliases)
        known, narrowed = dict(self.known), list(self.narrowed)
        self.narrow(found)
        some = self.value(type, inward)
        self.known, self.narrowed = known, narrowed
        none = self.guarded(roots, lambda: self.value(type, inward))
        first, second = (some, none) if positive else (none, some)
        return e.Conditional(condition=condition, when_true=first, when_false=second)

    def narrow(self, found: Known) -> None:
        """From here on, a value is not null."""
        rest = without_null(found.type, self.env)
        if isinstance(found.node, e.Identifier):
            self.known[found.node.name] = Known(found.node, rest)
        else:
            self.narrowed = [one for one in self.narrowed if one.node != found.node]
            self.narrowed.append(Known(found.node, rest))

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

    def source(self) -> tuple[e.Expression, Type]:
        """An array, and precisely what it is of."""
        found = self.find(lambda one: isinstance(one.type, Array) and one.exact)
        if found is not None and self.chance(0.7):
            assert isinstance(found.type, Array)
            if self.budget > 0 and self.chance(0.4):
                _, *options = self.selections(found.node, found.type.element)
                return self.pick(options)(), found.type.element
            return found.node, found.type.element
        options: list[tuple[Callable[[], e.Expression], Type]] = [
            (self.words, STRING),
            (self.counted, COUNTED),
            (lambda: e.ArrayLiteral(elements=(literal(self.pick(WORDS)),)), STRING),
            (lambda: e.ArrayLiteral(elements=(self.value(INTEGER, False),)), INTEGER),
        ]
        if self.operation is None:
            options.append((lambda: e.RandomSample(array=self.words(), count=self.value(INTEGER)), STRING))
        elif self.env.tables:
            table = self.pick(self.env.tables.values())
            options += [(lambda: self.find_many(table), table.row)] * 3
        make, element = self.pick(options)
        return make(), element

    def words(self) -> e.Expression:
        return e.Invoke(function="split", arguments=(self.value(STRING), self.value(STRING)))

    def counted(self) -> e.Expression:
        words = e.Invoke(function="split", arguments=(self.value(STRING), literal(" ")))
        return e.GroupCount(array=words, arrow=self.arrow(STRING, lambda: self.value(STRING, False)))

    def arrow(self, element: Type, make: Callable[[], e.Expression]) -> e.Arrow:
        """Inside, what was found out about properties is forgotten; so those stay untouched there."""
        name = self.name("x")
        narrowed, self.narrowed = (
            self.narrowed,
            [one for one in self.narrowed if isinstance(one.node, e.Identifier)],
        )
        barred = self.barred
        self.barred = barred | {
            root
            for one in narrowed
            if not isinstance(one.node, e.Identifier)
            for root in roots_of(one.node, {})
        }
        self.known[name] = Known(e.Identifier(name=name), element)
        body = make()
        del self.known[name]
        self.narrowed, self.barred = narrowed, barred
        return e.Arrow(parameter=name, body=body)

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

    def number(self, type: Type) -> e.Expression | None:
        integer = type == INTEGER
        options: list[Callable[[], e.Expression | None]] = [
            lambda: e.Arithmetic(
                operator=self.pick("+-*%" if integer else "+-*/%"),
                left=self.value(type, False),
                right=self.value(type, False),
            ),
            lambda: e.Negate(operand=self.value(type, False)),
            lambda: e.Length(of=self.source()[0]),
            lambda: e.Length(of=self.value(STRING, False)),
            lambda: e.Invoke(function=self.pick(("floor", "ceil", "round")), arguments=(self.value(NUMBER),)),
            lambda: e.Invoke(
                function=self.pick(("min", "max")), arguments=(self.value(type), self.value(type))
            ),
            lambda: e.Invoke(function="abs", arguments=(self.value(type),)),
            lambda: self.summed(type),
        ]
        if self.operation is None:
            random = e.RandomInteger if integer else e.RandomNumber
            options.append(lambda: random(minimum=self.value(type), maximum=self.value(type)))
        elif self.env.tables:
            table = self.pick(self.env.tables.values())
            options.append(lambda: e.Count(table=table.name, where=self.where(table)))
            options.append(lambda: self.aggregated(table, type))
        return self.pick(options)()

    def summed(self, type: Type) -> e.Expression:
        array, element = self.source()
        return e.Sum(array=array, arrow=self.arrow(element, lambda: self.value(type, False)))

    def aggregated(
        self, table: Table, type: Type, functions: tuple[str, ...] = ("sum",)
    ) -> e.Expression | None:
        kind = "int" if type == INTEGER else "double"
        columns = [one.name for one in table.columns.values() if one.kind == kind]
        if not columns:
            return None
        return e.Aggregate(
            table=table.name, where=self.where(table), function=self.pick(functions), field=self.pick(columns)
        )

    def text(self, type: Text) -> e.Expression | None:
        options: list[Callable[[], e.Expression]] = [
            lambda: e.Template(
                parts=tuple(
                    self.value(self.pick((STRING, INTEGER, NUMBER)), False)
                    for _ in range(self.random.randint(0, 4))
                )
            ),
            lambda: e.Invoke(
                function=self.pick(("lower", "upper", "trim", "hashPassword", "issueToken")),
                arguments=(self.value(STRING),),
            ),
            lambda: e.Invoke(function="join", arguments=(self.value(Array(STRING)), self.value(STRING))),
        ]
        if type.format == "date-time":
            options = [
                lambda: e.Invoke(function="addSeconds", arguments=(self.value(type), self.value(INTEGER)))
            ]
        elif type.format == "uuid":
            options = [lambda: e.Invoke(function="uuid", arguments=())]
        if self.operation is None:
            if type.format is not None:
                return e.RandomFormat(format=type.format)
            options += [
                lambda: e.RandomString(min_length=self.value(INTEGER), max_length=self.value(INTEGER)),
                lambda: e.RandomKeyword(kind=self.pick(("name", "word", "sentence", "paragraph", "title"))),
                lambda: e.RandomFormat(format=self.pick(SAMPLES)),
            ]
        return self.pick(options)()

    def array(self, type: Array, inward: bool) -> e.Expression | None:
        element = type.element
        same = self.find(
            lambda one: one.exact and isinstance(one.type, Array) and self.assigns.holds(one.type, type)
        )
        options: list[Callable[[], e.Expression | None]] = []
        if inward or not self.is_structured(element):
            options += [lambda: self.mapped(element, inward)] * 2
            if self.operation is None:
                options.append(
                    lambda: e.Repeat(
                        count=self.value(INTEGER),
                        arrow=self.arrow(INTEGER, lambda: self.value(element, inward)),
                    )
                )
        if isinstance(element, Row):
            table = self.env.tables[element.table]
            options.append(lambda: self.find_many(table))
        if element == STRING:
            options.append(
                lambda: e.Distinct(
                    array=e.Invoke(function="split", arguments=(self.value(STRING), literal(",")))
                )
            )
        if same is not None:
            assert isinstance(same.type, Array)
            options += self.selections(same.node, same.type.element)
        return self.pick(options)() if options else None

    def selections(self, array: e.Expression, element: Type) -> list[Callable[[], e.Expression]]:
        """What may be made of an array without changing its type; the first may make that smaller."""
        options: list[Callable[[], e.Expression]] = [
            lambda: e.Filter(array=array, arrow=self.arrow(element, self.boolean)),
            lambda: e.Slice(array=array, start=self.value(INTEGER), end=self.value(INTEGER)),
            lambda: e.Slice(array=array, start=self.value(INTEGER)),
            lambda: self.extended(array, element),
            lambda: e.Sort(
                array=array,
                arrow=self.arrow(element, lambda: self.value(self.pick((STRING, NUMBER)), False)),
                direction=self.pick(("asc", "desc")),
            ),
        ]
        if self.operation is None:
            options.append(lambda: e.RandomSample(array=array, count=self.value(INTEGER)))
        return options

    def extended(self, array: e.Expression, element: Type) -> e.Expression:
        """An array with more of the same at one of its ends."""
        if isinstance(element, Row):
            return e.Concat(arrays=(array, array))
        more = e.ArrayLiteral(elements=(self.value(element),))
        return e.Concat(arrays=(array, more) if self.chance(0.5) else (more, array))

    def is_structured(self, type: Type) -> bool:
        return constants_in(type, self.env) or any(
            object_of(one, self.env) or isinstance(one, Array) for one in members(type, self.env)
        )

    def mapped(self, element: Type, inward: bool) -> e.Expression:
        array, of = self.source()
        return e.Map(array=array, arrow=self.arrow(of, lambda: self.value(element, inward)))

    def merged(self, type: Type, meant: Object) -> e.Expression | None:
        found = self.find(lambda one: one.exact and self.assigns.holds(one.type, type))
        names = [n for n, _ in meant.fields.items()]
        if found is None or not names or object_of(found.type, self.env) is None:
            return None
        chosen = self.random.sample(names, self.random.randint(1, min(2, len(names))))
        return e.Merge(
            base=found.node,
            properties=tuple(e.Property(name=n, value=self.value(meant.fields[n].type)) for n in chosen),
        )

    def nullables(self, type: Type) -> list[Callable[[], e.Expression | None]]:
        """What may come to nothing."""

        def from_array(make: Callable[[Known, Type], e.Expression]) -> e.Expression | None:
            found = self.find(
                lambda one: (
                    one.exact and isinstance(one.type, Array) and self.assigns.holds(one.type.element, type)
                )
            )
            if found is None:
                return None
            assert isinstance(found.type, Array)
            return make(found, found.type.element)

        options: list[Callable[[], e.Expression | None]] = [
            lambda: from_array(lambda one, _: e.Element(array=one.node, index=self.value(INTEGER))),
            lambda: from_array(
                lambda one, element: e.Find(array=one.node, arrow=self.arrow(element, self.boolean))
            ),
            lambda: self.optional(type),
        ]
        if self.operation is not None:
            if isinstance(type, Row):
                table = self.env.tables[type.table]
                options.append(lambda: self.find_one(table))
            if type in (INTEGER, NUMBER) and self.env.tables:
                functions = ("minimum", "maximum") if type == INTEGER else ("minimum", "average")
                options.append(lambda: self.aggregated(self.pick(self.env.tables.values()), type, functions))
        return options

    def optional(self, type: Type) -> e.Expression | None:
        """A property of what may be null."""
        choices: list[e.Expression] = []
        for one in self.references():
            rest = without_null(one.type, self.env)
            if one.exact and (meant := object_of(rest, self.env)):
                choices += [
                    e.OptionalProperty(object=one.node, name=name)
                    for name, each in meant.fields.items()
                    if not each.optional and self.assigns.holds(each.type, nullable(type))
                ]
        return self.pick(choices) if choices else None

    # Reads

    def find_one(self, table: Table) -> e.Expression:
        return e.FindOne(table=table.name, where=self.where(table), order_by=self.order(table))

    def find_many(self, table: Table) -> e.Expression:
        return e.FindMany(
            table=table.name,
            where=self.where(table),
            order_by=self.order(table),
            skip=self.value(INTEGER) if self.chance(0.2) else None,
            take=self.value(INTEGER) if self.chance(0.2) else None,
        )

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

    # Statements

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


def literal(value: bool | int | float | str) -> e.Expression:
    """A literal of a value."""
    if isinstance(value, bool):
        return e.BooleanLiteral(value=value)
    if isinstance(value, str):
        return e.StringLiteral(value=value)
    return e.IntegerLiteral(value=value) if isinstance(value, int) else e.NumberLiteral(value=value)


def constants_in(type: Type, env: Environment) -> bool:
    """Whether the type is, or may be, exactly one value: such types are not kept without help."""
    return any(isinstance(one, Constant) for one in members(type, env))


def has_format(type: Type) -> bool:
    """Whether a type is, in part, a string in some format."""
    while isinstance(type, Array):
        type = type.element
    parts = type.members if isinstance(type, Union) else (type,)
    return any(isinstance(one, Text) and one.format for one in parts)


def roots_of(node: Any, aliases: dict[str, set[str]]) -> set[str]:
    """The names that occur in an expression, and those that named conditions in it are about."""
    found: set[str] = set()
    rest = [msgspec.to_builtins(node)]
    while rest:
        one = rest.pop()
        if isinstance(one, dict):
            if one.get("type") == "identifier":
                found |= {one["name"]} | aliases.get(one["name"], set())
            rest += one.values()
        elif isinstance(one, list | tuple):
            rest += one
    return found


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
__all__ = ["Writer", "base", "constant", "operation_program", "programs", "test_program", "union"]
