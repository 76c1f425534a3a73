"""How much it disturbs people that something in their calendar changes: the nearer, and the more they are, the more."""

from datetime import date

from calendars.calendar_file import Entry, PlacedSession
from calendars.programme import Programme
from calendars.timetable import Placement

_NEAR = (7, 14, 28)
"""Days from the as-of date; what begins within them counts once more for each."""

_MANY = (15, 50)
"""People; an audience of more than these counts once more for each."""


def weight_of(programme: Programme, entry: Entry, placement: Placement, as_of: date) -> int:
    """How often the points of a change are counted (`constraints.few_changes`): 1 for what nobody knows of yet.

    Args:
        programme: whose groups the entry is for.
        entry: what a calendar has.
        placement: the entry as it stands, or one host day of it.
        as_of: the day on which it is changed.
    """
    if entry.state != "published":
        return 1
    days, people = (placement.span.day - as_of).days, _audience(programme, entry)
    return 2 + sum(days < near for near in _NEAR) + sum(people > many for many in _MANY)


def _audience(programme: Programme, entry: Entry) -> int:
    if isinstance(entry, PlacedSession) and entry.student is not None:
        return 1
    return sum(_size(programme, group) for group in entry.groups)


def _size(programme: Programme, key: str) -> int:
    group = programme.groups.get(key)
    return 0 if group is None else group.size or len(group.students)
