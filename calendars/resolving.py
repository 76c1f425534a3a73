"""From tables to a programme: every default filled in, every name known to stand for something."""

from pathlib import Path
from typing import TypeVar

from calendars.days_off import DaysOff
from calendars.days_off import resolve as resolve_days_off
from calendars.enrolments import Elective, Group
from calendars.faults import Fault, FaultyInput
from calendars.opening_hours import OpeningHours
from calendars.programme import Block, Internship, Part, Place, Programme, Trainer, Work
from calendars.programme_file import (
    WEEKDAYS,
    GroupTable,
    ModuleTable,
    ProgrammeFile,
    SessionsTable,
    WorkTable,
    opening_of,
)
from calendars.reading import located, read_tables, read_text
from calendars.references import part_dates, part_key, reference_faults

F = TypeVar("F", bound=ProgrammeFile)


def load(path: Path, model: type[F]) -> tuple[F, Programme]:
    """A programme file as its tables and as a programme, whose key is the file's name; all faults with their lines."""
    text = read_text(path)
    file = read_tables(text, path, model)
    try:
        return file, resolve(file, path.stem)
    except FaultyInput as error:
        raise FaultyInput(located(error.faults, text, path)) from error


def resolve(file: ProgrammeFile, key: str) -> Programme:
    """The programme that the tables describe; what they do wrong together, and unknown days off, in `FaultyInput`.

    A part that is silent on its group, trainer, place, blocks, phase or dates has its module's, each for itself.
    """
    days_off, faults = _days_off(file)
    faults = reference_faults(file) + faults
    if faults:
        raise FaultyInput(faults)
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
        groups={name: _group(file, name, group) for name, group in file.groups.items()},
        electives={name: Elective(name, one.title, one.choose, one.groups) for name, one in file.electives.items()},
        places={name: Place(name, one.title, one.virtual, one.cannot) for name, one in file.places.items()},
        parts={part.key: part for part in live},
        works={work.key: work for work in alone},
        blocks=_blocks(file),
        internships=_internships(file),
        module_titles={name: module.title for name, module in file.modules.items()},
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


def _part(file: ProgrammeFile, key: str, module: ModuleTable, part: SessionsTable) -> Part:
    return Part(
        key=part_key(key, part),
        module=key,
        title=part.title or "",
        kind=part.kind,
        group=part.group or module.group,
        trainer=part.trainer or module.trainer,
        place=part.place or module.place,
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
        )
        for key, one in file.internships.items()
    }
