from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import combinations
from typing import ClassVar

from pydantic import Field

from calendars.clashes import clash_in_words, clashes, cliques, placed
from calendars.clock import Span, moment_of
from calendars.enrolments import enrolments
from calendars.naming import name_of_groups
from calendars.programme import Part, Programme
from calendars.timetable import Timetable
from constraints.rule import Breach, Model, Rule, Variable, keys_in_order

Candidate = tuple[str, Span]
"""A part and where a session of it may stand."""

Meeting = tuple[Candidate, ...]
"""Candidates of one group at about one time."""


class Electives(Rule):
    """No student has a clash between groups that they have chosen, or may yet choose together.

    Of 2 of 4, each two groups are kept clash-free; groups of 1 of 4 may meet at the same time; two electives with
    1 of 2 each are clash-free across. Groups that somebody is in for certain belong to `one_at_a_time`.

    Formula: for two sessions x, y of groups that one student may choose together, start(y) >= end(x) + buffer; posted
    as Σ meets(group) <= 1 over such groups, where meets(group) >= x for each of its candidates that clash.
    Boundary: exactly the buffer is allowed. Source: master IFUNO (Le Mans), 2 of 4 units.

    Example:
        [laws.electives]
        buffer_minutes = 30
    """

    name: ClassVar[str] = "electives"
    bend: ClassVar[int | None] = None
    asks: ClassVar[bool] = False

    buffer_minutes: int = Field(15, ge=0, le=720, description="least minutes between two sessions of one student")

    def post(self, programme: Programme, model: Model) -> None:
        """At most one group of those that may be chosen together meets at a time, each such set once."""
        met: dict[Meeting, Variable] = {}
        for meetings in dict.fromkeys(self._meetings(programme, model)):
            for meeting in meetings:
                if meeting not in met:
                    part, span = meeting[-1]
                    name = f"{programme.parts[part].group} meets {moment_of(span.start)}"
                    met[meeting] = model.any_of(name, [model.choices(key)[at] for key, at in meeting])
            model.at_most(1, [(1, met[meeting]) for meeting in meetings])

    def _meetings(self, programme: Programme, model: Model) -> Iterator[tuple[Meeting, ...]]:
        """Candidates by group that clash wherever their groups differ."""
        for groups in _chosen_together(programme):
            for parts in _of_one_person(programme, groups):
                candidates = [(part.key, span) for part in parts for span in model.choices(part.key)]
                for clique in cliques(candidates, self.buffer_minutes):
                    by_group: dict[str, list[Candidate]] = defaultdict(list)
                    for part, span in clique:
                        by_group[programme.parts[part].group].append((part, span))
                    if len(by_group) > 1:
                        yield tuple(tuple(by_group[group]) for group in sorted(by_group))

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Looks at each two sessions that are near each other, whose groups one student may be in, but need not be."""
        certain = enrolments(programme.groups, {})
        for pair in clashes(placed(programme.parts.values(), timetable), self.buffer_minutes):
            (one, span), (other, _) = pair
            groups = {one.part.group, other.part.group}
            if one.part.student and other.part.student not in (None, one.part.student):
                continue
            if any(groups <= one for one in programme.enrolments) and not any(groups <= one for one in certain):
                concerned = name_of_groups(programme, groups)
                words = clash_in_words(programme, pair, self.buffer_minutes, concerned)
                activities = keys_in_order(programme, (one.part.key, other.part.key))
                yield Breach(self.name, words, activities=activities, monday=span.week)


def _of_one_person(programme: Programme, groups: Collection[str]) -> Iterator[tuple[Part, ...]]:
    """The parts of some groups, and the same with what each of their students attends alone."""
    together = programme.live_parts(groups)
    alone: dict[str, list[Part]] = defaultdict(list)
    for part in programme.parts.values():
        if part.student is not None and part.group in groups:
            alone[part.student].append(part)
    yield together
    yield from ((*together, *own) for own in alone.values())


def _chosen_together(programme: Programme) -> list[frozenset[str]]:
    """Sets of groups each two of which are concerned; each concerned pair is in one of them."""
    pairs = _pairs(programme.enrolments) - _pairs(enrolments(programme.groups, {}))
    found: list[frozenset[str]] = []
    for pair in sorted(pairs, key=sorted):
        if any(pair <= groups for groups in found):
            continue
        groups = pair
        for another in programme.groups:
            if all(frozenset({another, group}) in pairs for group in groups):
                groups |= {another}
        found.append(groups)
    return found


def _pairs(sets: tuple[frozenset[str], ...]) -> set[frozenset[str]]:
    return {frozenset(pair) for groups in sets for pair in combinations(groups, 2)}
