"""Values of generated programs, led by the type that each place needs."""

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
    Field,
    Object,
    Row,
    Scalar,
    Text,
    Type,
    members,
    nullable,
    object_of,
    without_null,
)
from tests.program_conditions import Conditions
from tests.program_knowledge import Known, constants_in, literal, roots_of

WORDS = ("milk", "", "two words", 'q"uote', "ünï", "a\nb", "😀", "`${x}`", "\\", "a" * 30)
SAMPLES = {
    "uuid": "123e4567-e89b-12d3-a456-426614174000",
    "date-time": "2024-02-29T09:30:00.000Z",
    "date": "2024-02-29",
    "email": "ann@example.org",
    "uri": "https://example.org/a",
}
COUNTED = Object({"key": Field(STRING), "count": Field(INTEGER)})


class Values(Conditions):
    """Writes expressions."""

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
