"""The programme as it is in the course of the year: what its file says, and what happened since."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from calendars.calendar_file import Calendar, PlacedSession, Revision
from calendars.days_off import corrected
from calendars.programme import Part, Place, Programme, Trainer
from calendars.programme_file import Closure, SchoolPeriod, When
from calendars.regular import on_working_days
from calendars.saving import stamp_after

W = TypeVar("W", Trainer, Place)


def in_force(calendar: Calendar) -> tuple[Revision, ...]:
    """The revisions of a calendar that nobody has withdrawn."""
    return tuple(revision for revision in calendar.history if revision.withdrawn is None)


def amended(programme: Programme, revisions: Sequence[Revision]) -> Programme:
    """The programme with absences, closed places, days and school holidays, and sessions more or fewer, of revisions.

    What it no longer has, such as a trainer taken out of the file, is passed over.
    """
    away = [(one.trainer, When(dates=one.dates)) for revision in revisions for one in revision.away]
    closed = [(one.place, When(dates=one.dates)) for revision in revisions for one in revision.closed]
    struck = [Closure(**dict(one)) for revision in revisions for one in revision.struck]
    periods = [SchoolPeriod(**dict(one)) for revision in revisions for one in revision.school_holidays]
    more = Counter[str]()
    for revision in revisions:
        more.update(revision.sessions)
    found = replace(
        programme,
        trainers=_barring(programme.trainers, away),
        places=_barring(programme.places, closed),
        days_off=corrected(programme.days_off, struck, periods),
        parts={key: _with_more(part, more[key]) for key, part in programme.parts.items()},
    )
    return on_working_days(found) if struck or periods else found


def _barring(everybody: Mapping[str, W], absences: Iterable[tuple[str, When]]) -> dict[str, W]:
    found = dict[str, W](everybody)
    for key, when in absences:
        if key in found:
            found[key] = _barred(found[key], when)
    return found


def _barred(who: W, when: When) -> W:
    return replace(who, cannot=(*who.cannot, when))


def _with_more(part: Part, sessions: int) -> Part:
    return replace(part, count=max(0, part.count + sessions)) if sessions and not part.ways else part


def recorded(calendar: Calendar, revisions: Iterable[Revision]) -> Calendar:
    """The calendar with revisions in its history: what they call off is cancelled, what has to move is not pinned."""
    for revision in revisions:
        unpinned = {*revision.called_off, *revision.missed, *revision.moved}
        calendar = called_off(calendar, revision.called_off, revision.day)
        calendar = calendar.model_copy(
            update={
                "pins": tuple(pin for pin in calendar.pins if pin.uid not in unpinned),
                "history": (*calendar.history, revision),
            }
        )
    return calendar


def without_missed(calendar: Calendar, revisions: Iterable[Revision]) -> Calendar:
    """The calendar without the sessions that did not take place, as revisions tell that are new to it."""
    missed = _missed(revisions)
    return calendar.model_copy(update={"sessions": tuple(each for each in calendar.sessions if each.uid not in missed)})


def called_off(calendar: Calendar, uids: Collection[str], day: date) -> Calendar:
    """The calendar with sessions cancelled, as feeds tell it; the time stamps of what changes bear the day."""
    sessions = tuple(_cancelled(each, day) if each.uid in uids else each for each in calendar.sessions)
    return calendar.model_copy(update={"sessions": sessions})


def never_made_up(calendar: Calendar, revisions: Iterable[Revision], day: date) -> tuple[str, ...]:
    """The UIDs of sessions that did not take place before a day and that nothing has made up for."""
    missed = _missed(revisions)
    return tuple(each.uid for each in calendar.sessions if each.uid in missed and each.start.date() < day)


def _missed(revisions: Iterable[Revision]) -> frozenset[str]:
    return frozenset(uid for revision in revisions for uid in revision.missed)


def _cancelled(session: PlacedSession, day: date) -> PlacedSession:
    if session.state == "cancelled":
        return session
    stamp = stamp_after(session.last_modified, day)
    return session.model_copy(update={"state": "cancelled", "sequence": session.sequence + 1, "last_modified": stamp})
