from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import ClassVar

from pydantic import Field

from calendars.clock import Span, moment_of
from calendars.loads import titles_of, unknown_names
from calendars.naming import name_of, when_of
from calendars.programme import Part, Programme
from calendars.timetable import Timetable
from calendars.wording import Message, say
from constraints.rule import Breach, Model, Preference, Variable

_Taken = Mapping[Span, Sequence[Variable]]
"""What could stand on a day, by span."""

_START, _END = attrgetter("start"), attrgetter("end")


class LoneSessions(Preference):
    """The people of a group have no session by itself, without another one of theirs right before or after it.

    Each listed student of the group is looked at, and each enrolment with the group whose sessions are those of no
    listed student. A session during another one is not beside it.

    Formula: Σ alone(session) over the sessions of each of them, where a session is alone if none of theirs on that day
    ends at its start or up to `gap_minutes` before, and none starts at its end or up to `gap_minutes` after. Unit:
    sessions, once for each student or enrolment. Boundary: a gap of exactly `gap_minutes` joins two sessions.
    Source: custom; compact curricula in the timetabling competitions (ITC 2007, track 3).

    Example:
        [preferences.lone_sessions]
        group = "promotion"
        gap_minutes = 60
    """

    name: ClassVar[str] = "lone_sessions"

    group: str = Field(description="group whose people are looked at, with whatever they also attend")
    gap_minutes: int = Field(
        15, ge=0, le=720, description="most minutes between two sessions that are beside each other"
    )

    def faults(self, programme: Programme) -> Iterator[Message]:
        """An unknown group."""
        yield from unknown_names(programme, self.group, ())

    def post(self, programme: Programme, model: Model) -> None:
        """A literal for each time at which somebody could have a session alone."""
        for parts, number in self._people(programme).items():
            for day in _by_day(model, parts):
                for span, beside in _beside(day, self.gap_minutes):
                    for choices in model.exclusive(day[span]):
                        model.charge([(number, _alone(model, span, choices, beside))])

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Looks at each session beside the others of its day."""
        for parts, number in self._people(programme).items():
            days: dict[date, list[tuple[Part, Span]]] = defaultdict(list)
            for part in parts:
                for placement in timetable.of(part.key):
                    days[placement.span.day].append((part, placement.span))
            groups = titles_of(programme, {self.group, *(part.group for part in parts)})
            for day in days.values():
                for part, span in day:
                    gaps = (max(span.start - other.end, other.start - span.end) for _, other in day)
                    if not any(0 <= gap <= self.gap_minutes for gap in gaps):
                        message = say(
                            "{name} {when} has no session right before or after it for {groups}",
                            name=name_of(programme, part),
                            when=when_of(part, span),
                            groups=groups,
                        )
                        yield Breach(self.name, message, number, activities=(part.key,), monday=span.week)

    def _people(self, programme: Programme) -> Mapping[tuple[Part, ...], int]:
        """What students and enrolments attend, with the number of those who attend just this."""
        own = programme.parts_of_students
        students = {student: groups for student, groups in programme.students.items() if self.group in groups}
        alike = Counter(groups for student, groups in students.items() if student not in own)
        found = Counter(own[student] for student in students if student in own)
        for groups, number in alike.items():
            found[programme.live_parts(groups)] += number
        for enrolment in programme.enrolments:
            if self.group in enrolment:
                found.setdefault(programme.live_parts(enrolment), 1)
        return found


def _by_day(model: Model, parts: Sequence[Part]) -> list[_Taken]:
    """What could stand on each day."""
    days: dict[date, dict[Span, list[Variable]]] = defaultdict(lambda: defaultdict(list))
    for part in parts:
        for span, variable in model.choices(part.key).items():
            days[span.day][span].append(variable)
    return [*days.values()]


def _beside(day: _Taken, gap: int) -> Iterator[tuple[Span, list[Variable]]]:
    """For each span of a day what could stand right before or after it."""
    by_start, by_end = sorted(day, key=_START), sorted(day, key=_END)
    for span in day:
        before = by_end[bisect_left(by_end, span.start - gap, key=_END) : bisect_right(by_end, span.start, key=_END)]
        after = by_start[
            bisect_left(by_start, span.end, key=_START) : bisect_right(by_start, span.end + gap, key=_START)
        ]
        yield span, [variable for other in (*before, *after) for variable in day[other]]


def _alone(model: Model, span: Span, choices: Sequence[Variable], beside: Sequence[Variable]) -> Variable:
    """1 where one of some choices stands, of which one is 1 at most, and nothing beside it; else 0 is the cheaper."""
    alone = model.literal(f"alone {moment_of(span.start):%Y-%m-%d %H:%M}")
    model.links(0, [*((1, variable) for variable in choices), *((-1, variable) for variable in (*beside, alone))])
    return alone
