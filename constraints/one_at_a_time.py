from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from itertools import chain
from typing import ClassVar

from pydantic import Field

from calendars.clashes import Session, clash_in_words, clashes, cliques, cliques_between, placed, widest
from calendars.clock import Span
from calendars.enrolments import enrolments
from calendars.naming import name_of_groups, name_of_place, name_of_trainer
from calendars.programme import Part, Programme
from calendars.timetable import Timetable
from calendars.wording import Message
from constraints.duties import Duty, Lots, duties_of_people, duties_of_place
from constraints.room import Room, Starts, by_week, of_place, people
from constraints.rule import Breach, Model, Rule, keys_in_order

_Together = Mapping[str, Collection[str]]


class OneAtATime(Rule):
    """No trainer, no group and no place is in two live sessions at once, and people have a while between two of them.

    Groups of which one is part of the other, or that list the same student, are one person. What students may choose is
    left to `electives`. A place holds one session at a time, without a buffer; one that holds several, as virtual ones
    do, is left to `capacity`.

    Formula: for two sessions x, y of one person, start(y) >= end(x) + buffer, and + the longer buffer where one is on
    site and the other virtual; for two sessions in one place, start(y) >= end(x).
    Boundary: exactly the buffer is allowed. Source: m@gistère, advice on virtual classes (15 to 30 min free before and
    after); the way between the site and a screen is custom.

    Example:
        [laws.one_at_a_time]
        buffer_minutes = 30
    """

    name: ClassVar[str] = "one_at_a_time"
    bend: ClassVar[int | None] = None
    asks: ClassVar[bool] = False

    buffer_minutes: int = Field(15, ge=0, le=720, description="least minutes between two sessions of one person")
    between_site_and_virtual_minutes: int = Field(
        60, ge=0, le=720, description="least minutes between a session on site and a virtual one of one person"
    )

    def rooms(self, programme: Programme, starts: Starts) -> Iterator[Room]:
        """One session at a time for each person and each place that is a session's only one."""
        for concerned, keys in people(programme, enrolments(programme.groups, {})):
            yield Room(concerned, keys, by_week(starts.minutes(keys)))
        for place in _single_places(programme):
            yield of_place(programme, starts, place)

    def post(self, programme: Programme, model: Model) -> None:
        """At most one of each set of candidates that clash, each set once."""
        choices = cache(lambda duty: duty.choices(model))
        cliques = ([choices(duty)[span] for duty, span in clique] for clique in self._cliques(programme, model))
        distinct = {frozenset(map(id, clique)): clique for clique in cliques}
        for clique in distinct.values():
            model.at_most(1, [(1, variable) for variable in clique])

    def _cliques(self, programme: Programme, model: Model) -> Iterator[tuple[tuple[Duty, Span], ...]]:
        people = widest(duties_of_people(programme, enrolments(programme.groups, {})))
        virtual = {key for key, part in programme.parts.items() if programme.is_virtual(part)}
        longer = self.between_site_and_virtual_minutes
        lots = Lots(programme.parts, model, max(self.buffer_minutes, longer))
        for lot in chain.from_iterable(map(lots.of, people)):
            there = [one for one in lot if one[0].part not in virtual]
            online = [one for one in lot if one[0].part in virtual]
            yield from cliques([*there, *online], self.buffer_minutes)
            for earlier, later in ((there, online), (online, there)):
                yield from cliques_between(earlier, later, self.buffer_minutes, longer)
        attended, lots = [set(duties) for duties in people], Lots(programme.parts, model, 0)
        for place in _single_places(programme):
            duties = duties_of_place(programme, place)
            if not any(attended_by.issuperset(duties) for attended_by in attended):
                yield from chain.from_iterable(cliques(lot, 0) for lot in lots.of(duties))

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Looks at each two sessions that are near each other, and for each thing that both need."""
        together, single = _groups_together(programme), frozenset(_single_places(programme))
        widest_gap = max(self.buffer_minutes, self.between_site_and_virtual_minutes)
        for (one, span), (other, then) in clashes(placed(programme.parts.values(), timetable), widest_gap):
            activities = keys_in_order(programme, (one.part.key, other.part.key))
            for concerned, least, trainers in self._needed_by_both(programme, together, single, one, other):
                if then.start - span.end < least:
                    words = clash_in_words(programme, [(one, span), (other, then)], least, concerned)
                    yield Breach(self.name, words, activities=activities, monday=span.week, trainers=trainers)

    def _needed_by_both(
        self, programme: Programme, together: _Together, single: Collection[str], one: Session, other: Session
    ) -> Iterator[tuple[Message, int, tuple[str, ...]]]:
        """Who and what two sessions share, with the least minutes between them, and the key of a trainer."""
        least = self.buffer_minutes
        if programme.is_virtual(one.part) != programme.is_virtual(other.part):
            least = max(least, self.between_site_and_virtual_minutes)
        for trainer in dict.fromkeys(one.trainers):
            if trainer in other.trainers and trainer in programme.trainers:
                yield name_of_trainer(programme, trainer), least, (trainer,)
        if _are_of_one_person(programme, together, one.part, other.part):
            yield name_of_groups(programme, {one.part.group, other.part.group}), least, ()
        if one.place is not None and one.place == other.place and one.place in single:
            yield name_of_place(programme, one.place), 0, ()


def _groups_together(programme: Programme) -> _Together:
    """For each group those in which somebody of it certainly is as well."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for enrolment in (*enrolments(programme.groups, {}), *programme.students.values()):
        for group in enrolment:
            found[group].update(enrolment)
    return found


def _are_of_one_person(programme: Programme, together: _Together, one: Part, other: Part) -> bool:
    """Whether somebody has to be in both; who attends a session alone is in all of their groups."""
    if one.student and other.student:
        return one.student == other.student
    if student := one.student or other.student:
        return (other if one.student else one).group in programme.students[student]
    return other.group in together.get(one.group, ())


def _single_places(programme: Programme) -> list[str]:
    """The places that hold one session at a time."""
    return [key for key, place in programme.places.items() if place.sessions_at_once == 1]
