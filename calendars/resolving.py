"""From tables to a programme: every default filled in, every name known to stand for something."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from typing import Any, TypeVar

from calendars.clock import Dates, minute_of
from calendars.days_off import DaysOff
from calendars.days_off import resolve as resolve_days_off
from calendars.enrolment_file import EnrolmentFile, enrolled, overfull
from calendars.enrolments import Elective, Group
from calendars.faults import Fault, FaultyInput
from calendars.faults import Path as FaultPath
from calendars.juries import Role, trainers_of
from calendars.naming import KINDS
from calendars.opening_hours import OpeningHours
from calendars.programme import Block, Internship, Module, Part, Place, Programme, Trainer, Work
from calendars.programme_file import (
    WEEKDAYS,
    DefenceTable,
    GroupTable,
    MeetTable,
    ModuleTable,
    PlaceTable,
    ProgrammeFile,
    SessionsTable,
    SiteFile,
    WorkTable,
    opening_of,
)
from calendars.reading import located, read_tables, read_text
from calendars.references import part_dates, part_key, reference_faults
from calendars.regular import meeting
from calendars.site import Sites, joined
from calendars.wording import render

F = TypeVar("F", bound=ProgrammeFile)
P = TypeVar("P", Part, Work)


def load(path: Path, model: type[F], sites: Sites | None = None) -> tuple[F, Programme]:
    """A programme file as its tables and as a programme, whose key is the file's name; all faults with their lines.

    `sites` are the site files known so far, where several programmes are read.
    """
    text = read_text(path)
    file = read_tables(text, path, model)
    site = None if file.site is None else (sites or Sites(SiteFile, [path.parent])).of(path, file.site)
    try:
        programme = resolve(file if site is None else joined(file, site.file), path.stem)
    except FaultyInput as error:
        raise FaultyInput(located(error.faults, text, path)) from error
    if site is None:
        return file, programme
    programme = replace(
        programme,
        site=str(site.path),
        shared_trainers=frozenset(site.file.trainers),
        shared_places=frozenset(site.file.places),
    )
    return file, programme if site.enrolments is None else _enrolled(programme, site.enrolments, text, path)


def _enrolled(programme: Programme, table: EnrolmentFile, text: str, path: Path) -> Programme:
    """A programme, of the text of a file, with those who are enrolled in it."""
    groups, faults = enrolled(programme.groups, programme.key, table)
    faults += located(overfull(groups), text, path)
    if faults:
        raise FaultyInput(faults)
    return replace(programme, groups=groups, shared_people=table.people)


def resolve(file: ProgrammeFile, key: str) -> Programme:
    """The programme that the tables describe; what they do wrong together, and unknown days off, in `FaultyInput`.

    A part that is silent on its group, trainer, place, blocks, phase or dates has its module's, each for itself. What
    is for small groups is made once for each of them.
    """
    days_off, faults = _days_off(file)
    faults = reference_faults(file) + faults
    if faults:
        raise FaultyInput(faults)
    groups = {group.key: group for name, table in file.groups.items() for group in _groups(file, name, table)}
    parts = [(name, module, part) for name, module in file.modules.items() for part in module.parts]
    live = [
        each
        for name, module, part in parts
        if isinstance(part, SessionsTable)
        for each in _live(file, name, module, part)
    ]
    alone = [_work(file, name, module, part) for name, module, part in parts if isinstance(part, WorkTable)]
    programme = Programme(
        key=key,
        title=file.title,
        language=file.language,
        time_zone=file.time_zone,
        dates=file.dates,
        starts_every=file.starts_every_minutes,
        working_week=frozenset(WEEKDAYS.index(day) for day in file.working_week),
        opening=OpeningHours(opening_of(file.opening_hours), file.opening_hours.lunch),
        days_off=days_off,
        trainers={
            name: Trainer(name, one.title, one.cannot, one.prefers, one.can) for name, one in file.trainers.items()
        },
        groups=groups,
        electives={name: Elective(name, one.title, one.choose, one.groups) for name, one in file.electives.items()},
        places={name: _place(name, one) for name, one in file.places.items()},
        parts={each.key: each for part in live for each in _for_each(part, groups)},
        works={each.key: each for work in alone for each in _for_each(work, groups)},
        blocks=_blocks(file),
        internships=_internships(file),
        modules={name: Module(name, one.title, one.credits, one.year) for name, one in file.modules.items()},
        announced=file.announced,
        findings=file.findings,
    )
    return meeting(programme, _meets(file))


def _meets(file: ProgrammeFile) -> dict[str, tuple[FaultPath, Sequence[MeetTable]]]:
    """How parts meet regularly, with their places in the file, by series."""
    return {
        part_key(name, part): (("modules", name, "parts", number), part.meets)
        for name, module in file.modules.items()
        for number, part in enumerate(module.parts)
        if isinstance(part, SessionsTable) and part.meets
    }


def _days_off(file: ProgrammeFile) -> tuple[DaysOff, list[Fault]]:
    zones = [*file.days_off.school_zones]
    for group in file.groups.values():
        zones += group.school_zones or ()
    return resolve_days_off(file.days_off, tuple(dict.fromkeys(zones)), file.dates, file.language)


def _group(file: ProgrammeFile, key: str, group: GroupTable) -> Group:
    return Group(
        key=key,
        title=group.title,
        size=group.size,
        part_of=group.part_of,
        students=frozenset(group.students),
        school_zones=file.days_off.school_zones if group.school_zones is None else group.school_zones,
        time_zones=group.time_zones or (file.time_zone,),
        cannot=group.cannot,
    )


def _groups(file: ProgrammeFile, key: str, table: GroupTable) -> list[Group]:
    """The group of a table, or the small groups that it stands for: as alike as they can be, the larger ones first."""
    group, divided = _group(file, key, table), file.groups.get(table.part_of or "")
    if table.of is None or divided is None or divided.size is None:
        return [group]
    number = -(-divided.size // table.of)
    least, larger = divmod(divided.size, number)
    return [
        replace(group, key=f"{key}-{n}", title=f"{table.title} {n}", size=least + (n <= larger), division=key)
        for n in range(1, number + 1)
    ]


def _for_each(part: P, groups: Mapping[str, Group]) -> list[P]:
    """The part, or where it is for small groups one for each of them, which has its number and its title."""
    if part.group in groups:
        return [part]
    small = [group for group in groups.values() if group.division == part.group]
    return [
        replace(part, key=f"{part.key}.{n}", title=", ".join(filter(None, (part.title, one.title))), group=one.key)
        for n, one in enumerate(small, 1)
    ]


def _place(key: str, place: PlaceTable) -> Place:
    at_once = place.sessions_at_once or (None if place.virtual else 1)
    return Place(key, place.title, place.virtual, place.seats, at_once, place.cannot)


def _live(file: ProgrammeFile, key: str, module: ModuleTable, part: SessionsTable) -> list[Part]:
    """The part of a table, or where it lists defences one for each student."""
    alike = _part(file, key, module, part)
    return [_defence(file, alike, part, defence) for defence in part.defences] or [alike]


def _defence(file: ProgrammeFile, alike: Part, part: SessionsTable, defence: DefenceTable) -> Part:
    kind = alike.title or render(KINDS[alike.kind], file.language)
    return replace(
        alike,
        key=f"{alike.key}.{defence.student}",
        title=defence.title or f"{kind}, {defence.student}",
        count=1,
        student=defence.student,
        **_staff(_roles(file, part.jury, defence.jury)),
    )


def _roles(file: ProgrammeFile, jury: Sequence[str], named: Mapping[str, Sequence[str]]) -> tuple[Role, ...]:
    """The roles of a jury: held by those whom a defence names, else by any of those who may."""
    tables = {key: file.roles[key] for key in jury}
    return tuple(
        Role(key, table.title, tuple(named.get(key) or table.trainers or ()), table.number)
        for key, table in tables.items()
    )


def _staff(roles: tuple[Role, ...]) -> dict[str, Any]:
    """What a part has of its roles; it keeps its own trainers where there are none."""
    if not roles:
        return {}
    return {"roles": roles, "trainers": trainers_of(roles), "together": sum(role.number for role in roles)}


def _starts(part: SessionsTable, dates: Dates) -> tuple[int, ...]:
    """The minutes at which a session may start: the moments listed, and the times listed on each day."""
    times = [start for start in part.starts if isinstance(start, time)]
    daily = (datetime.combine(day, each) for day in dates.days() for each in times)
    moments = (start for start in part.starts if isinstance(start, datetime))
    return tuple(sorted({minute_of(moment) for moment in (*moments, *daily)}))


def _part(file: ProgrammeFile, key: str, module: ModuleTable, part: SessionsTable) -> Part:
    staffed, dates = part if part.trainer else module, part_dates(file, module, part)
    alike = Part(
        key=part_key(key, part),
        module=key,
        title=part.title or "",
        kind=part.kind,
        group=part.group or module.group,
        trainers=staffed.trainer or (),
        together=staffed.together if staffed.trainer else 0,
        places=part.place or module.place or (),
        count=part.sessions or 1,
        minutes=part.minutes,
        dates=dates,
        blocks=part.blocks or module.blocks,
        near=part.near,
        series=part_key(key, part),
        starts=_starts(part, dates),
    )
    return alike if part.defences else replace(alike, **_staff(_roles(file, part.jury, {})))


def _work(file: ProgrammeFile, key: str, module: ModuleTable, part: WorkTable) -> Work:
    return Work(
        key=part_key(key, part),
        module=key,
        title=part.title or "",
        group=part.group or module.group,
        minutes=round(part.hours * 60),
        step=part.step_minutes,
        personal=part.personal,
        in_holidays=part.in_holidays,
        dates=part_dates(file, module, part),
        blocks=part.blocks or module.blocks,
        series=part_key(key, part),
    )


def _blocks(file: ProgrammeFile) -> dict[str, Block]:
    blocks = {
        key: Block(key, one.title, one.kind, one.group, one.dates, one.days, one.working_weeks, one.near, one.place)
        for key, one in file.blocks.items()
    }
    milestones = {
        key: Block(key, one.title, "milestone", one.group, one.dates, days=1, near=one.near)
        for key, one in file.milestones.items()
    }
    return blocks | milestones


def _internships(file: ProgrammeFile) -> dict[str, Internship]:
    return {
        key: Internship(
            key=key,
            title=one.title,
            group=one.group,
            dates=one.dates,
            minutes=one.hours * 60,
            minutes_per_day=one.minutes_per_day,
            closures=tuple(closure.dates for closure in one.closures),
            credits=one.credits,
        )
        for key, one in file.internships.items()
    }
