"""The courses of a plan side by side: when each is, how much of it is live, for how many, and how near its wish."""

from dataclasses import dataclass
from datetime import date

from calendars.clock import Dates
from calendars.figures import dates_taken
from calendars.programme import Programme
from calendars.timetable import Timetable


@dataclass(frozen=True)
class Course:
    """A programme of several, placed.

    `dates` are those of its sessions, blocks and internships, of its self-paced work where it has nothing else.
    `people` are the listed students, or else the places in its groups, None where neither is known. `off_wish` are the
    days of blocks and sessions from those aimed at, None where none is.
    """

    key: str
    title: str
    dates: Dates | None
    sessions: int
    people: int | None
    off_wish: int | None


def course_of(programme: Programme, timetable: Timetable) -> Course:
    """A programme as its timetable has it."""
    dated = (key for key in programme.activities if key not in programme.works)
    without_work = Timetable(tuple(placement for key in dated for placement in timetable.of(key)))
    return Course(
        key=programme.key,
        title=programme.title,
        dates=dates_taken(without_work) or dates_taken(timetable),
        sessions=sum(len(timetable.of(key)) for key in programme.parts),
        people=_people(programme),
        off_wish=_off_wish(programme, timetable),
    )


def _people(programme: Programme) -> int | None:
    listed = frozenset[str]().union(*(group.students for group in programme.groups.values()))
    sizes = [group.size for group in programme.groups.values() if group.part_of is None]
    return len(listed) or sum(size or 0 for size in sizes) or None


def _off_wish(programme: Programme, timetable: Timetable) -> int | None:
    near: dict[str, date | None] = {key: each.near for key, each in programme.blocks.items()}
    near |= {key: each.near for key, each in programme.parts.items()}
    days = [
        abs((placement.span.day - day).days)
        for key, day in near.items()
        if day is not None
        for placement in timetable.of(key)
    ]
    return sum(days) if days else None
