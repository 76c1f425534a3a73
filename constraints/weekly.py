from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Annotated, ClassVar

from pydantic import Field

from calendars.clock import Span, moment_of
from calendars.faults import with_nearest
from calendars.naming import name_of, when_of
from calendars.programme import Part, Programme
from calendars.programme_file import Names
from calendars.timetable import Placement, Timetable
from calendars.wording import Message, say, say_count
from constraints.members import named, unknown
from constraints.prefixes import times
from constraints.regular_slot import Slot, name_in_slot, slot_of
from constraints.rule import Breach, Model, Rule, Variable, keys_in_order


class Weekly(Rule):
    """The sessions of some parts stand once a week at the same weekday and hour, week after week.

    All sessions of the parts named are one row, as where lectures and the labs after them share a slot; parts that
    each have a slot of their own take a table each. A week in which that weekday is a rest day for a group of theirs
    is passed over. A session on a rest day stands for the next working day of its weekday.

    Formula: Σ u(slot) ≤ 1, where u(slot) is 1 if a session starts in that weekly slot; on each weekday, no two sessions
    for one working day, and from the first to the last no more working days than there are sessions in all.
    Boundary: as many working days as sessions are allowed, which leaves none out. Source: bachelor of computer science
    (Angers), lectures and labs that keep their slot.

    Example:
        [[laws.weekly]]
        parts = "scenario.virtual-class"
    """

    name: ClassVar[str] = "weekly"
    asks: ClassVar[bool] = False

    parts: Annotated[Names, Field(description="modules or parts with live sessions, all in one row")]

    def faults(self, programme: Programme) -> Iterator[Message]:
        """Unknown names."""
        for name, known in unknown(programme.parts.values(), self.parts):
            yield with_nearest(say("there are no live sessions {name}", name=name), name, known)
        for part in self._parts(programme):
            if part.ways:
                yield say("{part} meets regularly as it is: remove it from here, or its meets", part=part.key)

    def post(self, programme: Programme, model: Model) -> None:
        """Chooses a run of working days in one slot; beside a past that may be in breach, adds nothing to it."""
        slots: dict[Slot, dict[int, list[Variable]]] = defaultdict(lambda: defaultdict(list))
        place_of = _Places(programme, self._parts(programme))
        for part in self._parts(programme):
            for span, variable in model.choices(part.key).items():
                slots[slot_of(span)][place_of(span)].append(variable)
        every = {slot: [variable for some in row.values() for variable in some] for slot, row in slots.items()}
        if all(model.is_free(variable) for some in every.values() for variable in some):
            self._post_runs(model, slots, self._most(programme))
            return
        used = [model.any_of(name_in_slot(self.parts[0], slot), some) for slot, some in every.items()]
        model.at_most(1, [(1, literal) for literal in used])
        for weekday in range(7):
            row: dict[int, list[Variable]] = defaultdict(list)
            for slot, places in slots.items():
                for place, some in places.items() if slot[0] == weekday else ():
                    row[place] += some
            if row:
                self._post_row(model, dict(sorted(row.items())), self._most(programme))

    def _post_runs(self, model: Model, slots: Mapping[Slot, Mapping[int, list[Variable]]], most: int) -> None:
        """Of all runs of so many working days in a slot at most one, and no session outside of it."""
        every = [(1, variable) for row in slots.values() for some in row.values() for variable in some]
        lacking = model.literal(f"{self.parts[0]} lacks sessions")
        model.links(-most, [*times(-1, every), (-most, lacking)])
        model.at_most(most, [*every, (1, lacking)])
        runs: list[Variable] = []
        for slot, row in slots.items():
            firsts = range(min(row), max(min(row), max(row) - most + 1) + 1)
            own = {first: model.literal(f"{name_in_slot(self.parts[0], slot)} from {first}") for first in firsts}
            for place, some in row.items():
                there = [(1, variable) for variable in some]
                covering = [(-1, run) for first, run in own.items() if first <= place < first + most]
                model.at_most(0, [*there, *covering])
                model.at_least(0, [*there, *covering, (1, lacking)])
            runs += own.values()
        model.links(1, [(1, run) for run in runs])

    def _post_row(self, model: Model, row: dict[int, list[Variable]], most: int) -> None:
        """Keeps the sessions of a weekday within so many working days."""
        for some in row.values():
            if len(some) > 1:
                model.at_most(1, [(1, variable) for variable in some])
        early = self._any_until(model, [place for place in row if place + most <= max(row)], row)
        late = self._any_until(model, [place for place in reversed(row) if place - most >= min(row)], row)
        for place, until in early.items():
            after = min(other for other in row if other >= place + most)
            model.at_most(1, [(1, until), (1, late[after])])

    def _any_until(self, model: Model, places: Sequence[int], row: dict[int, list[Variable]]) -> dict[int, Variable]:
        """For each of some places in a row, whether a session stands there or in one before it."""
        found: dict[int, Variable] = {}
        before: list[Variable] = []
        for place in places:
            before = [model.any_of(f"{self.parts[0]} from {places[0]} to {place}", [*before, *row[place]])]
            found[place] = before[0]
        return found

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Counts the weekly slots, then walks along the sessions of each weekday."""
        parts = self._parts(programme)
        sessions = sorted((each for part in parts for each in timetable.of(part.key)), key=lambda each: each.span)
        first = {slot_of(each.span): each.span for each in reversed(sessions)}
        if len(first) > 1:
            message = say(
                "{names}: {slots} weekly slots instead of one, first used on {moments}",
                names=_names(programme, sessions),
                slots=len(first),
                moments=[moment_of(span.start) for span in sorted(first.values())],
            )
            yield self._breach(programme, message, sessions)
        place_of = _Places(programme, parts)
        for weekday in range(7):
            row = [each for each in sessions if each.span.day.weekday() == weekday]
            for one, other in pairwise(row):
                if place_of(one.span) == place_of(other.span):
                    message = say("{earlier} and {later} are in one week", **_both(programme, one, other))
                    yield self._breach(programme, message, (one, other))
            taken = place_of(row[-1].span) - place_of(row[0].span) + 1 if row else 0
            if taken > self._most(programme):
                message = say_count(
                    "{earlier} and {later} are too far apart for {count} session, one in each of {weeks} weeks",
                    "{earlier} and {later} are too far apart for {count} sessions, one in each of {weeks} weeks",
                    self._most(programme),
                    weeks=taken,
                    **_both(programme, row[0], row[-1]),
                )
                yield self._breach(programme, message, (row[0], row[-1]))

    def _breach(self, programme: Programme, message: Message, sessions: Sequence[Placement]) -> Breach:
        keys = keys_in_order(programme, [each.activity for each in sessions])
        return Breach(self.name, message, activities=keys, monday=sessions[0].span.week)

    def _most(self, programme: Programme) -> int:
        return sum(part.count for part in self._parts(programme))

    def _parts(self, programme: Programme) -> list[Part]:
        return named(programme.parts.values(), self.parts)


class _Places:
    """The number of a session's day among the working days of its weekday that all groups of some parts share."""

    def __init__(self, programme: Programme, parts: Sequence[Part]) -> None:
        self._days: dict[int, list[date]] = defaultdict(list)
        groups = {part.group for part in parts}
        for day in programme.dates.days():
            if not any(programme.is_rest(group, day) for group in groups):
                self._days[day.weekday()].append(day)

    def __call__(self, span: Span) -> int:
        return bisect_left(self._days[span.day.weekday()], span.day)


def _names(programme: Programme, sessions: Sequence[Placement]) -> tuple[Message, ...]:
    keys = keys_in_order(programme, [each.activity for each in sessions])
    return tuple(name_of(programme, programme.parts[key]) for key in keys)


def _both(programme: Programme, one: Placement, other: Placement) -> dict[str, Message]:
    return {"earlier": _session(programme, one), "later": _session(programme, other)}


def _session(programme: Programme, session: Placement) -> Message:
    part = programme.parts[session.activity]
    return say("{name} {when}", name=name_of(programme, part), when=when_of(part, session.span))
