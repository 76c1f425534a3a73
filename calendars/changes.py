"""What became of a calendar: the sessions and days that moved, are new, or are called off."""

from dataclasses import dataclass
from datetime import datetime, time

from calendars.calendar_file import Calendar, PlacedDays, PlacedSession

Placed = PlacedSession | PlacedDays


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


def changes(calendar: Calendar, previous: Calendar) -> tuple[Change, ...]:
    """Everything of another time, place or trainer than in the previous calendar, in order of time.

    Entries are the same where they bear the same UID.
    """
    before, after = _live(previous), _live(calendar)
    pairs = (Change(before.get(uid), after.get(uid)) for uid in dict.fromkeys((*before, *after)))
    return tuple(sorted((change for change in pairs if _differs(change)), key=_when))


def _live(calendar: Calendar) -> dict[str, Placed]:
    every: tuple[Placed, ...] = (*calendar.sessions, *calendar.days)
    return {entry.uid: entry for entry in every if entry.state != "cancelled"}


def _differs(change: Change) -> bool:
    return _told(change.before) != _told(change.after)


def _told(entry: Placed | None) -> tuple[object, ...]:
    match entry:
        case PlacedSession():
            return entry.start, entry.end, entry.place, frozenset(entry.trainers)
        case PlacedDays():
            return entry.first, entry.last, entry.place
        case None:
            return ()


def _when(change: Change) -> tuple[datetime, str]:
    entry = change.entry
    start = entry.start if isinstance(entry, PlacedSession) else datetime.combine(entry.first, time())
    return start, entry.uid
