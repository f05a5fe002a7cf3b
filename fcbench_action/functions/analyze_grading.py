"""Grading of analyses: by what happens to things and what is allowed, and by what is said of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fcbench_action.functions.analyze_tasks import Entities, EntitiesTask, Permissions, PermissionsTask
from fcbench_action.functions.base import Grade, Part, total
from fcbench_action.functions.planning import agreement, overlap
from fcbench_action.language.requirements.accept import accepts
from fcbench_action.language.requirements.evaluate import Around, Budget, View
from fcbench_action.language.requirements.known import Known, together
from fcbench_action.language.requirements.machine import play
from fcbench_action.language.requirements.nodes import Analysis, Attribute, Entity, Relation, ToOne
from fcbench_action.language.requirements.situation import Sequence, Situation, changed

ENTITY_POINTS = {
    "sequences": 45.0,
    "values": 20.0,
    "types": 10.0,
    "nullability": 5.0,
    "relations": 10.0,
    "accounts": 2.0,
    "traces": 8.0,
}
"""What each part of ``analyze.entities`` is worth."""

PERMISSION_POINTS = {"situations": 88.0, "traces": 12.0}
"""What each part of ``analyze.permissions`` is worth."""

MOST_SPENT = 200_000
"""Nodes visited for one grade; what comes after is wrong."""

_MOST_MISSES = 30

Verdict = tuple[str, bool, bool]
"""What was asked, whether acceptance was right, and whether the answer was right."""


def grade_entities(task: EntitiesTask, answer: Entities) -> Grade:
    """How good the entities are. Each entity's sequences weigh the same, and so do each attribute's values:
    the share rightly accepted plus the share rightly refused, minus one."""
    known = Known(together(task.given, Analysis(actors=answer.actors, entities=answer.entities)))
    ours, theirs = _attributes(task.reference), _attributes(answer)
    types = {f"{name} {type(one.holds).__name__}" for name, one in ours.items()}
    return total(
        [
            _discerned("sequences", _sequences(task, known)),
            _discerned("values", _values(task, known)),
            overlap(
                "types",
                ENTITY_POINTS["types"],
                types,
                {f"{name} {type(one.holds).__name__}" for name, one in theirs.items()},
            ),
            agreement(
                "nullability",
                ENTITY_POINTS["nullability"],
                [
                    (name, name in theirs and theirs[name].nullable == one.nullable)
                    for name, one in ours.items()
                ],
            ),
            overlap(
                "relations",
                ENTITY_POINTS["relations"],
                set(_relations(task.reference.entities)),
                set(_relations(answer.entities)),
            ),
            overlap(
                "accounts",
                ENTITY_POINTS["accounts"],
                {f"{one.name}: {one.account}" for one in task.reference.actors},
                {f"{one.name}: {one.account}" for one in answer.actors},
            ),
            _traced(
                ENTITY_POINTS["traces"], task.general, _entity_traces(task.reference), _entity_traces(answer)
            ),
        ]
    )


def grade_permissions(task: PermissionsTask, answer: Permissions) -> Grade:
    """How good the rules are. Each action weighs the same: the share of situations rightly allowed plus the
    share rightly refused, minus one."""
    known = Known(together(task.given, Analysis(predicates=answer.predicates, rules=answer.rules)))
    return total(
        [
            _discerned("situations", _situations(task, known)),
            _traced(
                PERMISSION_POINTS["traces"],
                task.general,
                {rule.action: set(rule.statements) for rule in task.reference.rules},
                {rule.action: set(rule.statements) for rule in answer.rules},
            ),
        ]
    )


def _sequences(task: EntitiesTask, known: Known) -> dict[str, list[Verdict]]:
    """Verdicts by entity."""
    budget = Budget(MOST_SPENT)
    found: dict[str, list[Verdict]] = {}
    for sequence in task.sequences:
        thing = task.worlds[sequence.world].things[sequence.subject]
        found.setdefault(thing.entity, []).extend(_played(task, known, sequence, budget))
    return found


def _played(task: EntitiesTask, known: Known, sequence: Sequence, budget: Budget) -> Iterator[Verdict]:
    outcome = play(known, task.worlds[sequence.world], sequence, budget)
    told = f"{sequence.requirement}, {sequence.name}"
    if outcome.refused_at is not None:
        step = sequence.steps[outcome.refused_at]
        said = f"{step.event} by {step.actor} (step {outcome.refused_at + 1}) is refused in {outcome.state}"
    else:
        said = f"leads to {outcome.state}, not {sequence.ends}"
    reached = outcome.refused_at is None and outcome.state == sequence.ends
    yield f"{told}: {said}", True, reached
    refusals = outcome.refusals or (False,) * len(sequence.refused)
    for step, is_refused in zip(sequence.refused, refusals, strict=True):
        what = "is not refused" if reached else "cannot be tried"
        yield f"{told}: then {step.event} by {step.actor} {what}", False, reached and is_refused


def _values(task: EntitiesTask, known: Known) -> dict[str, list[Verdict]]:
    """Verdicts by attribute."""
    found: dict[str, list[Verdict]] = {}
    for asked in task.values:
        name = f"{asked.entity}.{asked.attribute}"
        attribute = known.entities[asked.entity].attributes[asked.attribute]
        verdicts = found.setdefault(name, [])
        for wanted, values in ((True, asked.accepted), (False, asked.refused)):
            for value in values:
                taken = attribute.nullable if value is None else accepts(attribute.holds, value)
                shown = repr(value)[:60]
                text = f"{asked.requirement}, {name} {'accepts' if taken else 'refuses'} {shown}"
                verdicts.append((text, wanted, taken == wanted))
    return found


def _situations(task: PermissionsTask, known: Known) -> dict[str, list[Verdict]]:
    """Verdicts by action."""
    budget = Budget(MOST_SPENT)
    found: dict[str, list[Verdict]] = {action: [] for action in task.actions}
    for situation in task.situations:
        world = changed(task.worlds[situation.world], situation.changes, situation.at)
        view = View(known, world, situation.actor, situation.account, budget)
        for wanted, actions in ((True, situation.allowed), (False, situation.refused)):
            for action in actions:
                got = _allowed(view, situation, action)
                said = "undecided" if got is None else "allowed" if got else "refused"
                told = f"{situation.requirement}, {situation.name}: {action} is {said}"
                found[action].append((told, wanted, got is wanted))
    return found


def _allowed(view: View, situation: Situation, action: str) -> bool | None:
    rule = view.known.rules.get(action)
    if rule is None:
        return False
    inputs = view.given(action, situation.inputs)
    return view.decide(rule.condition, Around(situation.subject, {}, inputs))


def _discerned(name: str, verdicts: dict[str, list[Verdict]]) -> Part:
    """The mean over groups of the share rightly accepted plus the share rightly refused, minus one."""
    points = ENTITY_POINTS.get(name) or PERMISSION_POINTS[name]
    asked = [group for group in verdicts.values() if group]
    if not asked:
        return Part(name, 0.0, 0.0)
    misses = tuple(text for group in asked for text, _, is_right in group if not is_right)
    share = sum(map(_discernment, asked)) / len(asked)
    return Part(name, round(points * share, 6), points, misses[:_MOST_MISSES])


def _discernment(verdicts: list[Verdict]) -> float:
    """The share rightly accepted plus the share rightly refused, minus one, and not below 0.

    Youden's index: who accepts everything, or refuses everything, earns nothing. Where only one kind is
    asked for, its share.
    """
    shares = []
    for kind in (True, False):
        right = [is_right for _, wanted, is_right in verdicts if wanted is kind]
        if right:
            shares.append(sum(right) / len(right))
    return max(0.0, sum(shares) - len(shares) + 1)


def _attributes(answer: Entities) -> dict[str, Attribute]:
    return {f"{entity.name}.{one.name}": one for entity in answer.entities for one in entity.attributes}


def _relations(entities: Iterable[Entity]) -> Iterator[str]:
    for entity in entities:
        for relation in entity.relations:
            yield f"{entity.name}.{relation.name} {_led(relation)}"


def _led(relation: Relation) -> str:
    if isinstance(relation, ToOne):
        return f"to one {relation.target}{' or none' if relation.optional else ''}"
    return f"to many {relation.target} through {relation.through}"


def _entity_traces(answer: Entities) -> dict[str, set[str]]:
    """Statements by entity, and by event of an entity."""
    found: dict[str, set[str]] = {}
    for entity in answer.entities:
        found[entity.name] = set(entity.statements)
        for transition in entity.transitions:
            found.setdefault(f"{entity.name}: {transition.event}", set()).update(transition.statements)
    return found


def _traced(
    points: float, general: tuple[str, ...], ours: dict[str, set[str]], theirs: dict[str, set[str]]
) -> Part:
    """The mean over declarations of common statements by all that either names, general ones aside."""
    shares, misses = [], []
    for name, statements in ours.items():
        wanted, named = statements - set(general), theirs.get(name, set()) - set(general)
        every = wanted | named
        shares.append(len(wanted & named) / len(every) if every else 1.0)
        misses += [f"{name} lacks {one}" for one in sorted(wanted - named)]
        misses += [f"{name} names {one}" for one in sorted(named - wanted)]
    if not shares:
        return Part("traces", 0.0, 0.0)
    return Part("traces", round(points * sum(shares) / len(shares), 6), points, tuple(misses[:_MOST_MISSES]))
