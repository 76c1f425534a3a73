"""Calendars on disk: a timetable becomes a saved calendar and comes back."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from calendars.calendar_file import (
    FORMAT,
    Calendar,
    CertificateRecord,
    Entry,
    PlacedDays,
    PlacedSession,
    PlannedWork,
    RoleRecord,
)
from calendars.clock import Dates, Span, dates_of, days_span, minute_of, moment_of, week_dates
from calendars.fault_words import name_of_key, shown_value
from calendars.faults import Fault, FaultyInput
from calendars.juries import Role
from calendars.naming import KINDS
from calendars.programme import Block, Internship, Part, Programme, Work
from calendars.reading import unreadable
from calendars.timetable import Placement, Timetable
from calendars.wording import render, say
from calendars.writing import read_whole


def calendar_of(
    programme: Programme, timetable: Timetable, certificate: CertificateRecord, as_of: date, seed: int
) -> Calendar:
    """The saved form of a timetable, every entry with an identity of its own and the time stamp of `as_of`."""
    stamp = datetime.combine(as_of, time(), UTC)
    sessions = tuple(_sessions(programme, timetable, stamp))
    days = tuple(_days(programme, timetable, stamp))
    work = tuple(_work(programme, timetable, stamp))
    entries: tuple[Entry, ...] = (*sessions, *days, *work)
    return Calendar(
        format=FORMAT,
        programme=programme.key,
        title=programme.title,
        language="fr" if programme.language == "fr" else "en",
        time_zone=programme.time_zone,
        dates=programme.dates,
        as_of=as_of,
        seed=seed,
        sessions=sessions,
        days=days,
        work=work,
        titles={
            "groups": {key: group.title for key, group in programme.groups.items()},
            "trainers": {key: programme.trainers[key].title for key in programme.needed_trainers},
            "places": {key: programme.places[key].title for key in programme.needed_places},
        },
        people=dict(programme.students),
        juries={key: tuple(map(_role, part.roles)) for key, part in programme.parts.items() if part.roles},
        births=Counter(entry.activity for entry in entries),
        days_off=programme.days_off.days,
        waived=programme.days_off.waived,
        certificate=certificate,
    )


def timetable_of(calendar: Calendar) -> Timetable:
    """The timetable that a saved calendar tells; cancelled entries do not stand in it."""
    return Timetable(tuple(each for entry in standing(calendar) for each in placements_of(entry)))


def standing(calendar: Calendar) -> tuple[Entry, ...]:
    """The entries of a saved calendar that are not cancelled."""
    every: tuple[Entry, ...] = (*calendar.sessions, *calendar.days, *calendar.work)
    return tuple(entry for entry in every if entry.state != "cancelled")


def placements_of(entry: Entry) -> tuple[Placement, ...]:
    """An entry as it stands in a timetable: a run of host days as each of its days."""
    match entry:
        case PlannedWork():
            return (Placement(days_span(week_dates(entry.monday)), entry.part, entry.minutes),)
        case PlacedDays(kind="internship"):
            days = Dates(entry.first, entry.last).days()
            return tuple(Placement(days_span(Dates(day, day)), entry.source) for day in days)
        case _:
            return (placement_of(entry),)


def placement_of(entry: PlacedSession | PlacedDays) -> Placement:
    """A session, or whole days, as they stand in a timetable."""
    if isinstance(entry, PlacedDays):
        return Placement(days_span(Dates(entry.first, entry.last)), entry.source)
    span = Span(minute_of(entry.start), minute_of(entry.end))
    return Placement(span, entry.part, trainers=entry.trainers, place=entry.place)


def stamp_after(last: datetime, day: date) -> datetime:
    """The time stamp of a change: midnight UTC of a day, or a second past the last change.

    Time stamps of feeds have no fractions (RFC 5545, 3.3.5).
    """
    return max(datetime.combine(day, time(), UTC), last + timedelta(seconds=1))


def read_calendar(path: Path, programme: str | None = None) -> Calendar:
    """A saved calendar, of the programme with this key where one is given.

    Raises:
        FaultyInput: where the file cannot be read, is cut short, or is no calendar of this program and programme.
    """
    try:
        calendar = Calendar.model_validate_json(read_whole(path))
    except OSError as error:
        raise FaultyInput([Fault(unreadable(error, ".json"), (), str(path))]) from None
    except ValidationError as error:
        raise FaultyInput([fault.at(str(path), None) for fault in _misfits(error)]) from None
    if programme is not None and calendar.programme != programme:
        other = say(
            "is the calendar of {other}, not of {programme}; give the two that belong together",
            other=calendar.programme,
            programme=programme,
        )
        raise FaultyInput([Fault(other, ("programme",), str(path))])
    return calendar


def calendar_bytes(calendar: Calendar) -> bytes:
    """The bytes of `calendar.json`."""
    return (calendar.model_dump_json(indent=1) + "\n").encode()


def identity(programme: str, first_day: date, activity: str, birth: int) -> str:
    """A UID minted from programme, year, activity and birth number: opaque, and never minted again for a move."""
    return hashlib.sha256(f"{programme}/{first_day}/{activity}/{birth}".encode()).hexdigest()[:32] + "@semainier"


def _sessions(programme: Programme, timetable: Timetable, stamp: datetime) -> Iterator[PlacedSession]:
    for part in programme.parts.values():
        for number, placement in enumerate(timetable.of(part.key), 1):
            yield PlacedSession(
                uid=identity(programme.key, programme.dates.first, part.key, number),
                last_modified=stamp,
                part=part.key,
                number=number,
                start=moment_of(placement.span.start),
                end=moment_of(placement.span.end),
                kind=part.kind,
                title=_title(programme, part, part.kind),
                module=part.module,
                module_title=programme.module_titles[part.module],
                groups=(part.group,),
                trainers=placement.trainers,
                place=placement.place,
                student=part.student,
            )


def _role(role: Role) -> RoleRecord:
    return RoleRecord(title=role.title, trainers=role.trainers, number=role.number)


def _days(programme: Programme, timetable: Timetable, stamp: datetime) -> Iterator[PlacedDays]:
    for activity in programme.activities.values():
        if not isinstance(activity, Block | Internship):
            continue
        for birth, run in enumerate(_runs(activity, timetable), 1):
            yield PlacedDays(
                uid=identity(programme.key, programme.dates.first, activity.key, birth),
                last_modified=stamp,
                source=activity.key,
                first=run.first,
                last=run.last,
                kind=activity.kind if isinstance(activity, Block) else "internship",
                title=activity.title,
                groups=(activity.group,),
                place=activity.place if isinstance(activity, Block) else None,
            )


def _runs(activity: Block | Internship, timetable: Timetable) -> Iterator[Dates]:
    """The days of a block, or the runs of host days."""
    days = [dates_of(placement.span) for placement in timetable.of(activity.key)]
    return iter(days) if isinstance(activity, Block) else host_runs(each.first for each in days)


def host_runs(days: Iterable[date]) -> Iterator[Dates]:
    """Host days, in order, joined where they follow each other within a week."""
    run: Dates | None = None
    for day in days:
        if run is not None and day == run.last + timedelta(days=1) and day.weekday() > 0:
            run = Dates(run.first, day)
        else:
            if run is not None:
                yield run
            run = Dates(day, day)
    if run is not None:
        yield run


def _work(programme: Programme, timetable: Timetable, stamp: datetime) -> Iterator[PlannedWork]:
    for work in programme.works.values():
        for birth, placement in enumerate(timetable.of(work.key), 1):
            yield PlannedWork(
                uid=identity(programme.key, programme.dates.first, work.key, birth),
                last_modified=stamp,
                part=work.key,
                monday=placement.span.day,
                minutes=placement.amount,
                title=_title(programme, work, "distance-work"),
                module=work.module,
                module_title=programme.module_titles[work.module],
                groups=(work.group,),
            )


def _title(programme: Programme, activity: Part | Work, kind: str) -> str:
    return activity.title or render(KINDS[kind], programme.language)


def _misfits(error: ValidationError) -> list[Fault]:
    """What makes a file no saved calendar: that it is something else, or every entry that cannot stand in one."""
    found = error.errors(include_url=False)
    if found[0]["type"] == "json_invalid":
        return [Fault(say("is not whole: it breaks off or is damaged; make it again with solve"))]
    if any(each["loc"] in [(), ("format",)] for each in found):
        other = say("is no calendar of this program ({format}); give the calendar.json that solve wrote", format=FORMAT)
        return [Fault(other)]
    return [_misfit(each) for each in found]


def _misfit(error: ErrorDetails) -> Fault:
    path = error["loc"]
    key = name_of_key(path)
    match error["type"]:
        case "extra_forbidden" | "unexpected_keyword_argument":
            what = say("{key} is not known here", key=key)
        case "missing":
            what = say("{key} is missing", key=key)
        case _:
            what = say("{key} is {value}, which cannot stand here", key=key, value=shown_value(error["input"]))
    return Fault(
        say("cannot be read here ({what}); undo the edit, or make the calendar again with solve", what=what), path
    )
