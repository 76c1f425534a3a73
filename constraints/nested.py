"""What sessions have of hours, weekdays or weeks: that of each two parts one has nothing that the other has not."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from calendars.programme import Part, Programme
from calendars.timetable import Timetable
from calendars.wording import Message, say
from constraints.aspects import first_with
from constraints.of_spans import OfSpans
from constraints.pairs import by_key, in_words, keep_apart, one_taken
from constraints.rule import Breach, Model, Variable


def nest(model: Model, parts: Sequence[Part], aspect: OfSpans[Any]) -> None:
    """One bound for each two parts."""
    sets = {
        part.key: by_key(model, one_taken(model, part), lambda spans: frozenset(aspect.of(spans))) for part in parts
    }
    choices = {part.key: aspect.choices(model, part) for part in parts} if None in sets.values() else {}
    for one, other in combinations(parts, 2):
        mine, theirs = sets[one.key], sets[other.key]
        if mine is not None and theirs is not None:
            keep_apart(model, mine, theirs, lambda *both: not _is_nested(*both))
        else:
            model.at_most(1, [(1, _beside(model, choices, *pair)) for pair in ((one, other), (other, one))])


def _beside(model: Model, choices: Mapping[str, Mapping[Any, Variable]], one: Part, other: Part) -> Variable:
    """1 where a part has something that another one has not."""
    found = model.literal(f"{one.key} beside {other.key}")
    mine, theirs = choices[one.key], choices[other.key]
    rows = {(id(mine[value]), id(theirs.get(value))): value for value in mine}
    for value in rows.values():
        others = [(-1, theirs[value])] if value in theirs else []
        model.links(0, [(1, mine[value]), *others, (-1, found)])
    return found


def _is_nested(some: frozenset[Any], others: frozenset[Any]) -> bool:
    return some.issubset(others) or others.issubset(some)


def not_nested(
    rule: str, programme: Programme, parts: Sequence[Part], timetable: Timetable, aspect: OfSpans[Any], what: Message
) -> Iterator[Breach]:
    """A breach for each two parts that both have something that the other has not."""
    had = {part.key: frozenset(aspect.had(part, timetable.of(part.key))) for part in parts}
    for pair in combinations(parts, 2):
        mine, theirs = (had[part.key] for part in pair)
        if not _is_nested(mine, theirs):
            alone = [first_with(aspect, part, timetable.of(part.key), mine ^ theirs).span for part in pair]
            message = say(
                "{first} {when} and {second} {then}: each has {what} that the other has not",
                **in_words(programme, pair, alone),
                what=what,
            )
            yield Breach(rule, message, activities=tuple(part.key for part in pair))
