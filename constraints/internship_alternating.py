from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import ClassVar

from pydantic import Field

from calendars.clock import dates_of, monday_of, week_dates
from calendars.faults import with_nearest
from calendars.naming import name_of, when_of
from calendars.programme import Activity, Block, Internship, Part, Programme
from calendars.programme_file import WEEKDAYS, Weekday
from calendars.timetable import Timetable
from calendars.wording import Message, say
from constraints.complete import needed
from constraints.rule import Breach, Forbids, Model, Rule, Variable
from constraints.whole_week import takes_whole_week


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
    """

    name: ClassVar[str] = "internship_alternating"

    internship: str | None = Field(None, description="key of the internship; every one where it is left out")
    host_hours_per_week: float = Field(35, gt=0, le=48, multiple_of=0.25, description="most hours with the host")
    weekdays: tuple[Weekday, ...] | None = Field(None, min_length=1, description="the only weekdays with the host")
    weekdays_while_taught: int | None = Field(
        None, ge=1, le=7, description="most weekdays with the host in weeks with a live session, chosen once for all"
    )
    most_hours: int = Field(924, ge=1, description="most hours of presence with the host in all")

    def faults(self, programme: Programme) -> Iterator[Message]:
        """An unknown internship, or more hours than one host may have."""
        if self.internship is not None and self.internship not in programme.internships:
            fault = say("there is no internship {name}", name=self.internship)
            yield with_nearest(fault, self.internship, tuple(programme.internships))
        for internship in self._internships(programme):
            minutes = needed(internship) * internship.minutes_per_day
            if minutes > self.most_hours * 60:
                yield say(
                    "{name} takes {days} host days, {planned} in all; at most {most} are allowed with one host",
                    name=name_of(programme, internship),
                    days=needed(internship),
                    planned=timedelta(minutes=minutes),
                    most=timedelta(hours=self.most_hours),
                )

    def forbids(self, programme: Programme, activity: Activity) -> Forbids | None:
        """Strikes the days on which nobody is with the host."""
        if not isinstance(activity, Internship) or activity not in self._internships(programme):
            return None
        return lambda span: self._why_away(programme, activity, span.day) is not None

    def post(self, programme: Programme, model: Model) -> None:
        """Sets host days against blocks and live sessions, then bounds each week and the weekdays."""
        for internship in self._internships(programme):
            hosts = {span.day: variable for span, variable in model.choices(internship.key).items()}
            for block in _whole_weeks(programme, internship):
                for span, variable in model.choices(block.key).items():
                    for day in dates_of(span).days():
                        if day in hosts:
                            model.at_most(1, [(1, hosts[day]), (1, variable)])
            opened = _open_days(programme, model, internship)
            for day, host in hosts.items():
                if day in opened:
                    model.at_most(1, [(1, host), (1, opened[day])])
            for monday in sorted({monday_of(day) for day in hosts}):
                terms = [(internship.minutes_per_day, hosts[day]) for day in week_dates(monday).days() if day in hosts]
                if len(terms) * internship.minutes_per_day > self._most_minutes:
                    model.at_most(self._most_minutes, terms)
            if self.weekdays_while_taught is not None:
                weekdays = _weekdays_while_taught(model, internship, hosts, opened)
                model.at_most(self.weekdays_while_taught, [(1, weekday) for weekday in weekdays])

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Goes through the host days one by one, then through their weeks, then through their weekdays."""
        for internship in self._internships(programme):
            name = name_of(programme, internship)
            hosts = [day for placement in timetable.of(internship.key) for day in dates_of(placement.span).days()]
            lessons = _lessons(programme, internship, timetable)
            for day in hosts:
                away = self._why_away(programme, internship, day)
                taken = _blocks_on(programme, internship, timetable, day)
                for why in filter(None, (away, *taken, lessons.get(day))):
                    yield Breach(self.name, say("{name} has a host day on {day}: {why}", name=name, day=day, why=why))
            for monday, days in Counter(monday_of(day) for day in hosts).items():
                yield from self._long_week(name, monday, days * internship.minutes_per_day)
            taught = {monday_of(day) for day in lessons}
            yield from self._many_weekdays(name, [day for day in hosts if monday_of(day) in taught])

    @property
    def _most_minutes(self) -> int:
        return round(self.host_hours_per_week * 60)

    def _internships(self, programme: Programme) -> list[Internship]:
        return [one for one in programme.internships.values() if self.internship in (None, one.key)]

    def _why_away(self, programme: Programme, internship: Internship, day: date) -> Message | None:
        holiday = next((off.name for off in programme.days_off.on(day, ()) if off.kind == "public"), None)
        if holiday is not None:
            return say("a public holiday, {holiday}", holiday=holiday)
        if day.weekday() not in programme.working_week:
            return say("not a day of the working week")
        if any(day in closure for closure in internship.closures):
            return say("the host is closed")
        if self.weekdays is not None and WEEKDAYS[day.weekday()] not in self.weekdays:
            return say("not a weekday with the host")
        return None

    def _long_week(self, name: Message, monday: date, planned: int) -> Iterator[Breach]:
        if planned > self._most_minutes:
            message = say(
                "{name} takes {planned} in the week of {monday}; at most {most} are allowed",
                name=name,
                planned=timedelta(minutes=planned),
                monday=monday,
                most=timedelta(minutes=self._most_minutes),
            )
            yield Breach(self.name, message, planned - self._most_minutes)

    def _many_weekdays(self, name: Message, hosts: list[date]) -> Iterator[Breach]:
        first = {day.weekday(): day for day in reversed(hosts)}
        if self.weekdays_while_taught is not None and len(first) > self.weekdays_while_taught:
            message = say(
                "in weeks with a live session {name} falls on {found} different weekdays, first on {days}; "
                "at most {most} may be taken",
                name=name,
                found=len(first),
                days=sorted(first.values()),
                most=self.weekdays_while_taught,
            )
            yield Breach(self.name, message, len(first) - self.weekdays_while_taught)


def _whole_weeks(programme: Programme, internship: Internship) -> list[Block]:
    blocks = [block for block in programme.blocks.values() if takes_whole_week(block)]
    return [block for block in blocks if programme.share_a_person(internship.group, block.group)]


def _shared_parts(programme: Programme, internship: Internship) -> list[Part]:
    return [part for part in programme.parts.values() if programme.share_a_person(internship.group, part.group)]


def _open_days(programme: Programme, model: Model, internship: Internship) -> dict[date, Variable]:
    """The open-day literals of the days on which a live session could stand."""
    days = {span.day for part in _shared_parts(programme, internship) for span in model.choices(part.key)}
    return {day: model.open_day(internship.group, day) for day in sorted(days)}


def _weekdays_while_taught(
    model: Model, internship: Internship, hosts: Mapping[date, Variable], opened: Mapping[date, Variable]
) -> list[Variable]:
    """For each weekday a literal that is 1 if a host day falls on it in a week with a live session."""
    used = {
        weekday: model.literal(f"{internship.key} on {WEEKDAYS[weekday]} while taught")
        for weekday in sorted({day.weekday() for day in hosts})
    }
    for day, host in hosts.items():
        for other in week_dates(monday_of(day)).days():
            if other in opened:
                model.links(1, [(1, host), (1, opened[other]), (-1, used[day.weekday()])])
    return list(used.values())


def _blocks_on(programme: Programme, internship: Internship, timetable: Timetable, day: date) -> list[Message]:
    return [
        say("the day belongs to {block}", block=name_of(programme, block))
        for block in _whole_weeks(programme, internship)
        for placement in timetable.of(block.key)
        if day in dates_of(placement.span)
    ]


def _lessons(programme: Programme, internship: Internship, timetable: Timetable) -> dict[date, Message]:
    """Each day with a live session of the group, and one of them in words."""
    lessons: dict[date, Message] = {}
    for part in _shared_parts(programme, internship):
        for placement in timetable.of(part.key):
            lesson = say("{name} stands {when}", name=name_of(programme, part), when=when_of(part, placement.span))
            for day in dates_of(placement.span).days():
                lessons.setdefault(day, lesson)
    return lessons
