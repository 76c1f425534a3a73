"""What the rules on internships share: on which days somebody may be with the host, and what keeps them away."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from calendars.clock import dates_of, monday_of
from calendars.faults import with_nearest
from calendars.naming import name_of, when_of
from calendars.programme import Block, Internship, Part, Programme
from calendars.timetable import Timetable
from calendars.wording import Message, say
from constraints.complete import needed
from constraints.rule import Breach, Model, Variable, keys_in_order
from constraints.whole_week import takes_whole_week


def internships_of(programme: Programme, key: str | None) -> list[Internship]:
    """The internship of this key, or every one where it is None; none where it is unknown."""
    return [one for one in programme.internships.values() if key in (None, one.key)]


def faults_of(programme: Programme, key: str | None, most_hours: int) -> Iterator[Message]:
    """An unknown internship, or more hours in whole host days than one host may have."""
    if key is not None and key not in programme.internships:
        yield with_nearest(say("there is no internship {name}", name=key), key, tuple(programme.internships))
    for internship in internships_of(programme, key):
        minutes = needed(internship) * internship.minutes_per_day
        if minutes > most_hours * 60:
            yield say(
                "{name} takes {days} host days, {planned} in all; at most {most} are allowed with one host",
                name=name_of(programme, internship),
                days=needed(internship),
                planned=timedelta(minutes=minutes),
                most=timedelta(hours=most_hours),
            )


def why_away(programme: Programme, internship: Internship, day: date) -> Message | None:
    """Why nobody is with the host on a day; None for a host day, which a day of the school holidays is too."""
    holiday = next((off.name for off in programme.days_off.on(day, ()) if off.kind == "public"), None)
    if holiday is not None:
        return say("a public holiday, {holiday}", holiday=holiday)
    if day.weekday() not in programme.working_week:
        return say("not a day of the working week")
    if any(day in closure for closure in internship.closures):
        return say("the host is closed")
    return None


def parts_beside(programme: Programme, internship: Internship) -> list[Part]:
    """The live parts of the internship's group and of groups that share a person with it."""
    return [part for part in programme.parts.values() if programme.share_a_person(internship.group, part.group)]


def whole_weeks_beside(programme: Programme, internship: Internship) -> list[Block]:
    """The seminars and intensive weeks of the internship's group and of groups that share a person with it."""
    blocks = [block for block in programme.blocks.values() if takes_whole_week(block)]
    return [block for block in blocks if programme.share_a_person(internship.group, block.group)]


def host_days(model: Model, internship: Internship) -> dict[date, Variable]:
    """The unknowns of the host days, in order."""
    return {span.day: variable for span, variable in model.choices(internship.key).items()}


def days_with_lessons(programme: Programme, model: Model, internship: Internship) -> dict[date, Variable]:
    """The open-day literals of the days on which a live session beside the internship could stand, in order."""
    days = {span.day for part in parts_beside(programme, internship) for span in model.choices(part.key)}
    return {day: model.open_day(internship.group, day) for day in sorted(days)}


def keep_apart(programme: Programme, model: Model, internship: Internship) -> None:
    """Posts that no host day lies in a seminar or an intensive week, or on a day with a live session."""
    hosts = host_days(model, internship)
    for block in whole_weeks_beside(programme, internship):
        for span, variable in model.choices(block.key).items():
            for day in dates_of(span).days():
                if day in hosts:
                    model.at_most(1, [(1, hosts[day]), (1, variable)])
    lessons = days_with_lessons(programme, model, internship)
    for day, host in hosts.items():
        if day in lessons:
            model.at_most(1, [(1, host), (1, lessons[day])])


class Lesson(NamedTuple):
    """A live session beside an internship: its part, and the session in words."""

    part: str
    words: Message


def misplaced(
    rule: str,
    programme: Programme,
    internship: Internship,
    timetable: Timetable,
    away: Callable[[date], Message | None],
) -> Iterator[Breach]:
    """Breaches of a rule: host days on which `away` keeps somebody from the host, or a block or a live session does."""
    name = name_of(programme, internship)
    lessons = lessons_by_day(programme, internship, timetable)
    for day in placed_host_days(internship, timetable):
        taken: list[tuple[Message | None, str]] = [
            (away(day), internship.key),
            *_blocks_on(programme, internship, timetable, day),
            *([(lessons[day].words, lessons[day].part)] if day in lessons else []),
        ]
        for why, key in taken:
            if why is not None:
                message = say("{name} has a host day on {day}: {why}", name=name, day=day, why=why)
                activities = keys_in_order(programme, (key, internship.key))
                yield Breach(rule, message, activities=activities, monday=monday_of(day))


def placed_host_days(internship: Internship, timetable: Timetable) -> list[date]:
    """The host days of a timetable, in order."""
    return [day for placement in timetable.of(internship.key) for day in dates_of(placement.span).days()]


def lessons_by_day(programme: Programme, internship: Internship, timetable: Timetable) -> dict[date, Lesson]:
    """Each day with a live session beside the internship, and one of them."""
    lessons: dict[date, Lesson] = {}
    for part in parts_beside(programme, internship):
        for placement in timetable.of(part.key):
            words = say("{name} stands {when}", name=name_of(programme, part), when=when_of(part, placement.span))
            for day in dates_of(placement.span).days():
                lessons.setdefault(day, Lesson(part.key, words))
    return lessons


def _blocks_on(
    programme: Programme, internship: Internship, timetable: Timetable, day: date
) -> list[tuple[Message, str]]:
    return [
        (say("the day belongs to {block}", block=name_of(programme, block)), block.key)
        for block in whole_weeks_beside(programme, internship)
        for placement in timetable.of(block.key)
        if day in dates_of(placement.span)
    ]
