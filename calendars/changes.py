"""What became of a calendar: the sessions and days that moved, are new, or are called off."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from calendars.calendar_file import Calendar, PlacedDays, PlacedSession

Placed = PlacedSession | PlacedDays


class Kind(StrEnum):
    """What became of an entry: MOVED begins at another time, CHANGED stands where it stood, but not as it was.

    GAINED and LOST are said of a reader: the entry stood and stands, and concerns them only now, or no longer.
    """

    MOVED = "moved"
    CHANGED = "changed"
    NEW = "new"
    CALLED_OFF = "called_off"
    GAINED = "gained"
    LOST = "lost"


@dataclass(frozen=True)
class Change:
    """A session or a run of days before and after; None where it did not stand, or stands no more."""

    before: Placed | None
    after: Placed | None

    @property
    def entry(self) -> Placed:
        """As it stands now, or as it stood last."""
        entry = self.after or self.before
        if entry is None:
            raise ValueError("a change of nothing")
        return entry

    @property
    def kind(self) -> Kind:
        """What became of the entry."""
        if self.before is None:
            return Kind.NEW
        if self.after is None:
            return Kind.CALLED_OFF
        return Kind.CHANGED if begin_of(self.before) == begin_of(self.after) else Kind.MOVED

    @property
    def when(self) -> datetime:
        """Its place in an order of time: when the entry begins now, or began last."""
        return moment_of(self.entry)


def begin_of(entry: Placed) -> date:
    """The moment at which a session begins, or the first of some days."""
    return entry.start if isinstance(entry, PlacedSession) else entry.first


def moment_of(entry: Placed) -> datetime:
    """The place of an entry in an order of time; days stand before their hours."""
    return entry.start if isinstance(entry, PlacedSession) else datetime.combine(entry.first, time())


def changes(calendar: Calendar, previous: Calendar) -> tuple[Change, ...]:
    """Everything of another time, place, trainer or group than in the previous calendar, in order of time.

    Entries are the same where they bear the same UID.
    """
    before, after = live(previous), live(calendar)
    pairs = (Change(before.get(uid), after.get(uid)) for uid in dict.fromkeys((*before, *after)))
    found = (change for change in pairs if _told(change.before) != _told(change.after))
    return tuple(sorted(found, key=lambda change: (change.when, change.entry.uid)))


def live(calendar: Calendar) -> dict[str, Placed]:
    """What stands in a calendar, by UID."""
    every: tuple[Placed, ...] = (*calendar.sessions, *calendar.days)
    return {entry.uid: entry for entry in every if entry.state != "cancelled"}


def _told(entry: Placed | None) -> tuple[object, ...]:
    match entry:
        case PlacedSession():
            return entry.start, entry.end, entry.place, frozenset(entry.trainers), frozenset(entry.groups)
        case PlacedDays():
            return entry.first, entry.last, entry.place, frozenset(entry.groups)
        case None:
            return ()
