"""From tables to a programme: every default filled in, every name known to stand for something."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from calendars.days_off import DaysOff
from calendars.days_off import resolve as resolve_days_off
from calendars.enrolments import Elective, Group
from calendars.faults import Fault, FaultyInput
from calendars.opening_hours import OpeningHours
from calendars.programme import Block, Internship, Module, Part, Place, Programme, Trainer, Work
from calendars.programme_file import (
    WEEKDAYS,
    GroupTable,
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
from calendars.site import joined, site_of

F = TypeVar("F", bound=ProgrammeFile)
P = TypeVar("P", Part, Work)


def load(path: Path, model: type[F], site_model: type[SiteFile] = SiteFile) -> tuple[F, Programme]:
    """A programme file as its tables and as a programme, whose key is the file's name; all faults with their lines."""
    text = read_text(path)
    file = read_tables(text, path, model)
    site = None if file.site is None else site_of(path, file.site, site_model)
    try:
        programme = resolve(file if site is None else joined(file, site.file), path.stem)
    except FaultyInput as error:
        raise FaultyInput(located(error.faults, text, path)) from error
    if site is None:
        return file, programme
    trainers, places = frozenset(site.file.trainers), frozenset(site.file.places)
    return file, replace(programme, site=str(site.path), shared_trainers=trainers, shared_places=places)


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
    live = [_part(file, name, module, part) for name, module, part in parts if isinstance(part, SessionsTable)]
    alone = [_work(file, name, module, part) for name, module, part in parts if isinstance(part, WorkTable)]
    return Programme(
        key=key,
        title=file.title,
        language=file.language,
        time_zone=file.time_zone,
        dates=file.dates,
        starts_every=file.starts_every_minutes,
        working_week=frozenset(WEEKDAYS.index(day) for day in file.working_week),
        opening=OpeningHours(opening_of(file.opening_hours), file.opening_hours.lunch),
        days_off=days_off,
        trainers={name: Trainer(name, one.title, one.cannot, one.prefers) for name, one in file.trainers.items()},
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


def _part(file: ProgrammeFile, key: str, module: ModuleTable, part: SessionsTable) -> Part:
    staffed = part if part.trainer else module
    return Part(
        key=part_key(key, part),
        module=key,
        title=part.title or "",
        kind=part.kind,
        group=part.group or module.group,
        trainers=staffed.trainer or (),
        together=staffed.together if staffed.trainer else 0,
        places=part.place or module.place or (),
        count=part.sessions,
        minutes=part.minutes,
        dates=part_dates(file, module, part),
        blocks=part.blocks or module.blocks,
        near=part.near,
    )


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
