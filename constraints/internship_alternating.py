from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from typing import ClassVar

from pydantic import Field

from calendars.clock import monday_of, week_dates
from calendars.naming import name_of, name_of_groups
from calendars.programme import Activity, Internship, Programme
from calendars.programme_file import WEEKDAYS, Weekday
from calendars.timetable import Timetable
from calendars.wording import Message, say
from constraints.host_days import (
    days_with_lessons,
    faults_of,
    host_days,
    internships_of,
    keep_apart,
    lessons_by_day,
    misplaced,
    placed_host_days,
    why_away,
)
from constraints.room import Room, Starts
from constraints.rule import Breach, Forbids, Model, Rule, Variable


class InternshipAlternating(Rule):
    """An internship beside the teaching has its host days where its group is not taught.

    A host day is a day of the working week that is neither a public holiday nor a closure of the host; school holidays
    and closures of the institution are host days like others. None lies in an intensive week or a seminar, or on a day
    with a live session, of a group that shares a person with the internship's. A week has at most the host's hours.
    Host days keep to `weekdays` if given, and in weeks with a live session to `weekdays_while_taught` weekdays in all.

    Formula: for each host day h, h + Y <= 1 for each block Y over the day, h + open(day) <= 1; Σ minutes · h <= most in
    a week; h + open(other) <= 1 + u(weekday) for each day of the week of h, Σ u <= weekdays_while_taught.
    Boundary: exactly the hours are allowed. Source: Code de l'éducation L124-5 and D124-6 (924 h with one host),
    L124-14 (presence like the host's employees: Code du travail L3121-27, 35 h a week; L3121-20, never above 48 h).

    Example:
        [laws.internship_alternating]
        internship = "stage"
        weekdays_while_taught = 3
    """

    name: ClassVar[str] = "internship_alternating"
    bend: ClassVar[int | None] = 3
    bends_strikes: ClassVar[bool] = False
    asks: ClassVar[bool] = False

    internship: str | None = Field(None, description="key of the internship; every one where it is left out")
    host_hours_per_week: float = Field(35, gt=0, le=48, multiple_of=0.25, description="most hours with the host")
    weekdays: tuple[Weekday, ...] | None = Field(None, min_length=1, description="the only weekdays with the host")
    weekdays_while_taught: int | None = Field(
        None, ge=1, le=7, description="most weekdays with the host in weeks with a live session, chosen once for all"
    )
    most_hours: int = Field(924, ge=1, description="most hours of presence with the host in all")

    def faults(self, programme: Programme) -> Iterator[Message]:
        """An unknown internship, or more hours than one host may have."""
        yield from faults_of(programme, self.internship, self.most_hours)

    def forbids(self, programme: Programme, activity: Activity) -> Forbids | None:
        """Strikes the days on which nobody is with the host."""
        if not isinstance(activity, Internship) or activity not in self._internships(programme):
            return None
        return lambda span: self._why_away(programme, activity, span.day) is not None

    def rooms(self, programme: Programme, starts: Starts) -> Iterator[Room]:
        """The hours of each week that are left for each internship."""
        for internship in self._internships(programme):
            weeks = starts.weeks([internship.key], self._most_minutes)
            yield Room(name_of_groups(programme, {internship.group}), (internship.key,), weeks)

    def post(self, programme: Programme, model: Model) -> None:
        """Sets host days against blocks and live sessions, then bounds each week and the weekdays."""
        for internship in self._internships(programme):
            hosts = host_days(model, internship)
            keep_apart(programme, model, internship)
            for monday in sorted({monday_of(day) for day in hosts}):
                terms = [(internship.minutes_per_day, hosts[day]) for day in week_dates(monday).days() if day in hosts]
                if len(terms) * internship.minutes_per_day > self._most_minutes:
                    model.at_most(self._most_minutes, terms)
            if self.weekdays_while_taught is not None:
                lessons = days_with_lessons(programme, model, internship)
                weekdays = _weekdays_while_taught(model, internship, hosts, lessons)
                model.at_most(self.weekdays_while_taught, [(1, weekday) for weekday in weekdays])

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Goes through the host days one by one, then through their weeks, then through their weekdays."""
        for internship in self._internships(programme):
            away = partial(self._why_away, programme, internship)
            yield from misplaced(self.name, programme, internship, timetable, away)
            hosts = placed_host_days(internship, timetable)
            for monday, days in Counter(monday_of(day) for day in hosts).items():
                yield from self._long_week(programme, internship, monday, days * internship.minutes_per_day)
            taught = {monday_of(day) for day in lessons_by_day(programme, internship, timetable)}
            yield from self._many_weekdays(programme, internship, [day for day in hosts if monday_of(day) in taught])

    @property
    def _most_minutes(self) -> int:
        return round(self.host_hours_per_week * 60)

    def _internships(self, programme: Programme) -> list[Internship]:
        return internships_of(programme, self.internship)

    def _why_away(self, programme: Programme, internship: Internship, day: date) -> Message | None:
        if self.weekdays is not None and WEEKDAYS[day.weekday()] not in self.weekdays:
            return why_away(programme, internship, day) or say("not a weekday with the host")
        return why_away(programme, internship, day)

    def _long_week(self, programme: Programme, internship: Internship, monday: date, planned: int) -> Iterator[Breach]:
        if planned > self._most_minutes:
            message = say(
                "{name} takes {planned} in the week of {monday}; at most {most} are allowed",
                name=name_of(programme, internship),
                planned=timedelta(minutes=planned),
                monday=monday,
                most=timedelta(minutes=self._most_minutes),
            )
            excess = planned - self._most_minutes
            yield Breach(self.name, message, excess, activities=(internship.key,), monday=monday)

    def _many_weekdays(self, programme: Programme, internship: Internship, hosts: list[date]) -> Iterator[Breach]:
        first = {day.weekday(): day for day in reversed(hosts)}
        if self.weekdays_while_taught is not None and len(first) > self.weekdays_while_taught:
            message = say(
                "in weeks with a live session {name} falls on {found} different weekdays, first on {days}; "
                "at most {most} may be taken",
                name=name_of(programme, internship),
                found=len(first),
                days=sorted(first.values()),
                most=self.weekdays_while_taught,
            )
            yield Breach(self.name, message, len(first) - self.weekdays_while_taught, activities=(internship.key,))


def _weekdays_while_taught(
    model: Model, internship: Internship, hosts: Mapping[date, Variable], lessons: Mapping[date, Variable]
) -> list[Variable]:
    """For each weekday a literal that is 1 if a host day falls on it in a week with a live session."""
    used = {
        weekday: model.literal(f"{internship.key} on {WEEKDAYS[weekday]} while taught")
        for weekday in sorted({day.weekday() for day in hosts})
    }
    for day, host in hosts.items():
        for other in week_dates(monday_of(day)).days():
            if other in lessons:
                model.links(1, [(1, host), (1, lessons[other]), (-1, used[day.weekday()])])
    return list(used.values())
