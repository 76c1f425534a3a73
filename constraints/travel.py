from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import ClassVar

from pydantic import Field

from calendars.clashes import Session, clashes, placed, widest
from calendars.clock import Span
from calendars.enrolments import enrolments
from calendars.faults import with_nearest
from calendars.naming import name_of_groups, name_of_trainer
from calendars.programme import Part, Programme
from calendars.timetable import Timetable
from calendars.wording import Message, say
from constraints.duties import Duty, Lots, duties_of_trainer
from constraints.pairs import in_words
from constraints.rule import Breach, Model, Rule, Variable, keys_in_order
from constraints.trips import Travel as Ways
from constraints.trips import Trips, meetings, unknown_places

_Candidate = tuple[Duty, Span]


class Travel(Rule):
    """Between two sessions in different places everybody has the time that the way takes.

    It is asked of trainers, of groups that are one person, and of students. Sessions that overlap are left to
    `one_at_a_time`, as are buffers that everybody has; sessions without a place are anywhere.

    Formula: for two sessions x, y of one person with start(y) >= end(x), start(y) >= end(x) + minutes(place(x),
    place(y)). Boundary: exactly the minutes of the way are enough. Source: custom; SameAttendees in the International
    Timetabling Competition 2019.

    Example:
        [laws.travel]
        trips = [{ between = ["campus", "hospital"], minutes = 40 }]
    """

    name: ClassVar[str] = "travel"
    bend: ClassVar[int | None] = None
    asks: ClassVar[bool] = False

    trips: Trips
    students: tuple[str, ...] | None = Field(None, description="students of whom alone it is asked; all if left out")

    def faults(self, programme: Programme) -> Iterator[Message]:
        """Unknown places and students."""
        yield from unknown_places(programme, self.trips)
        for student in self.students or ():
            if student not in programme.students:
                yield with_nearest(say("there is no student {name}", name=student), student, programme.students)

    def post(self, programme: Programme, model: Model) -> None:
        """Of what ends somewhere and what starts too far from there too soon, one thing at most."""
        ways = Ways(self.trips)
        lots = Lots(programme.parts, model, ways.longest)
        for duties in self._people(programme):
            for lot in lots.of(duties):
                present = _Present(programme, model)
                for ending, starting in meetings(lot, ways.longest):
                    gap = starting[0][1].start - ending[0][1].end
                    for near in ways.out_of_reach(gap):
                        there, elsewhere = present.any(ending, near.places), present.any(starting, near.far)
                        if there is not None and elsewhere is not None:
                            model.at_most(1, [(1, there), (1, elsewhere)])

    def _people(self, programme: Programme) -> Sequence[tuple[Duty, ...]]:
        trainers = programme.trainers if self.students is None else ()
        attended = (tuple(Duty(part.key) for part in parts) for parts in self._attended(programme))
        return widest([*(duties_of_trainer(programme, key) for key in trainers), *attended])

    def _attended(self, programme: Programme) -> list[Sequence[Part]]:
        """What each person attends."""
        if self.students is not None:
            return [programme.live_parts(programme.students[key]) for key in self.students]
        every = map(programme.live_parts, enrolments(programme.groups, {}))
        return [*every, *programme.parts_of_students.values()]

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Looks at each two sessions that follow each other soon, for each person who is in both."""
        ways, people = Ways(self.trips), defaultdict[str, set[int]](set)
        for number, parts in enumerate(self._attended(programme)):
            for part in parts:
                people[part.key].add(number)
        for (one, span), (other, then) in clashes(placed(programme.parts.values(), timetable), ways.longest):
            minutes = ways.minutes(one.place, other.place)
            if span.end <= then.start < span.end + minutes:
                for concerned, trainers in self._in_both(programme, people, one, other):
                    message = say(
                        "{first} {when} and {second} {then} are {gap} apart for {concerned}; the way takes {least}",
                        **in_words(programme, (one.part, other.part), (span, then)),
                        gap=timedelta(minutes=then.start - span.end),
                        concerned=concerned,
                        least=timedelta(minutes=minutes),
                    )
                    keys = keys_in_order(programme, (one.part.key, other.part.key))
                    yield Breach(self.name, message, activities=keys, monday=span.week, trainers=trainers)

    def _in_both(
        self, programme: Programme, people: Mapping[str, Collection[int]], one: Session, other: Session
    ) -> Iterator[tuple[Message, tuple[str, ...]]]:
        """Who has to be in both sessions, with the key of a trainer; people are numbered by part."""
        for trainer in dict.fromkeys(one.trainers) if self.students is None else ():
            if trainer in other.trainers and trainer in programme.trainers:
                yield name_of_trainer(programme, trainer), (trainer,)
        if not set(people[one.part.key]).isdisjoint(people[other.part.key]):
            yield name_of_groups(programme, {one.part.group, other.part.group}), ()


class _Present:
    """Unknowns that are 1 where somebody is in a session in one of some places, for lists of one lot."""

    def __init__(self, programme: Programme, model: Model) -> None:
        self._programme = programme
        self._model = model
        self._known: dict[tuple[int, frozenset[str]], Variable | None] = {}

    def any(self, candidates: Sequence[_Candidate], places: frozenset[str]) -> Variable | None:
        """1 where one of some candidates is taken in one of the places; None where none can be."""
        key = id(candidates), places
        if key not in self._known:
            found = [one for duty, span in candidates for one in self._in(duty, span, places)]
            name = f"in {len(places)} places with {len(found)} choices"
            self._known[key] = self._model.any_of(name, found) if found else None
        return self._known[key]

    def _in(self, duty: Duty, span: Span, places: frozenset[str]) -> Iterator[Variable]:
        for place in self._programme.parts[duty.part].places:
            if place in places:
                there = self._model.in_place(duty.part, place)[span]
                yield there if duty.trainer is None else self._both(there, duty.choices(self._model)[span])

    def _both(self, one: Variable, other: Variable) -> Variable:
        """1 where both are 1."""
        both = self._model.literal("a trainer in a place")
        self._model.links(1, [(1, one), (1, other), (-1, both)])
        self._model.links(0, [(2, both), (-1, one), (-1, other)])
        return both
