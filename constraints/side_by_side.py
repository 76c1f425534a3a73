from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import ClassVar

from calendars.clashes import clashes
from calendars.clock import Span
from calendars.naming import name_of
from calendars.programme import Part, Programme
from calendars.timetable import Timetable
from calendars.wording import Message, say
from constraints.of_parts import LawOfParts
from constraints.pairs import by_key, faults_of_pairs, keep_apart, one_taken
from constraints.rule import Breach, Model, Term, Variable


class SideBySide(LawOfParts):
    """Each two of some parts are in session at the same time at least once.

    Formula: for each two parts, one session of each with a minute in common. Unit: pairs of parts without.
    Boundary: a session that starts when another one ends is not at the same time. Parts without any session are not
    looked at. Source: Overlap in the timetabling competition ITC 2019.

    Example:
        [[laws.side_by_side]]
        parts = ["scenario.accueil", "memoire.permanence"]
    """

    name: ClassVar[str] = "side_by_side"

    def faults(self, programme: Programme) -> Iterator[Message]:
        """Unknown names, or one part by itself."""
        yield from faults_of_pairs(programme, self.parts)

    def post(self, programme: Programme, model: Model) -> None:
        """One bound for each two parts."""
        parts = self._parts(programme)
        ways = {part.key: by_key(model, one_taken(model, part), tuple) for part in parts}
        for one, other in combinations(parts, 2):
            mine, theirs = ways[one.key], ways[other.key]
            if mine is not None and theirs is not None:
                keep_apart(model, mine, theirs, lambda some, others: not _meet(some, others))
            else:
                _post_sessions(model, one, other)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Looks for sessions of each two parts that overlap."""
        parts = self._parts(programme)
        spans = {part.key: [session.span for session in timetable.of(part.key)] for part in parts}
        for one, other in combinations(parts, 2):
            mine, theirs = spans[one.key], spans[other.key]
            if mine and theirs and not _meet(mine, theirs):
                message = say(
                    "{first} and {second} are never in session at the same time",
                    first=name_of(programme, one),
                    second=name_of(programme, other),
                )
                yield Breach(self.name, message, activities=(one.key, other.key))


def _post_sessions(model: Model, one: Part, other: Part) -> None:
    """A session of one meets a session of the other, or one of them has none."""
    mine, theirs = model.choices(one.key), model.choices(other.key)
    around: dict[Span, list[Variable]] = defaultdict(list)
    every = [*((one.key, span) for span in mine), *((other.key, span) for span in theirs)]
    for (key, span), (other_key, then) in clashes(every, 0):
        if key != other_key:
            here, there = (span, then) if key == one.key else (then, span)
            around[here].append(theirs[there])
    meetings: list[Term] = []
    for span, others in around.items():
        meeting = model.literal(f"{one.key} meets {other.key} {span.day}")
        model.links(0, [(1, meeting), (-1, mine[span])])
        model.links(0, [(1, meeting), *((-1, variable) for variable in others)])
        meetings.append((1, meeting))
    has_any = [model.any_of(f"any of {part.key}", [*model.choices(part.key).values()]) for part in (one, other)]
    model.at_least(-1, [*meetings, *((-1, literal) for literal in has_any)])


def _meet(spans: Sequence[Span], others: Sequence[Span]) -> bool:
    """Whether one of some spans overlaps one of the others; both are in order of time."""
    mine, theirs = iter(spans), iter(others)
    span, other = next(mine, None), next(theirs, None)
    while span is not None and other is not None:
        if span.overlaps(other):
            return True
        if span.end <= other.start:
            span = next(mine, None)
        else:
            other = next(theirs, None)
    return False
