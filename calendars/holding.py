"""Slots on hold: those that people choose from for a session, kept free and shown as to be confirmed until then."""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from calendars.calendar_file import Calendar, Hold, PlacedSession
from calendars.saving import identity, stamp_after

Slot = tuple[datetime, datetime, tuple[str, ...], str | None]
"""Start, end, trainers and place: a `SlotToHold`, or as much without names."""


class SlotToHold(NamedTuple):
    """A slot that a session could take, with those who would give it and where."""

    start: datetime
    end: datetime
    trainers: tuple[str, ...] = ()
    place: str | None = None


def held_slots(calendar: Calendar, session: str, slots: Iterable[Slot], offer: str, day: date) -> Calendar:
    """The calendar with slots on hold for a session, which is to be confirmed from now on.

    A slot that the offer holds for it already stays as it is. The session's `sequence` grows where it had no slot on
    hold so far.

    Args:
        calendar: in which the session is live.
        session: its UID.
        slots: some that it could take.
        offer: the name of what people choose from.
        day: on which this happens; time stamps bear it.
    """
    known = {hold.uid for hold in calendar.holds}
    minted = (_hold(calendar, session, SlotToHold(*slot), offer, day) for slot in slots)
    new = tuple({hold.uid: hold for hold in minted if hold.uid not in known}.values())
    return _with_holds(calendar, (*calendar.holds, *new), day)


def released(calendar: Calendar, offer: str, day: date, sessions: Collection[str] | None = None) -> Calendar:
    """The calendar without the slots on hold of an offer, for some sessions by UID, or for all.

    A session for which none is left is confirmed: its `sequence` grows.
    """
    left = (
        hold
        for hold in calendar.holds
        if hold.offer != offer or (sessions is not None and hold.session not in sessions)
    )
    return _with_holds(calendar, tuple(left), day)


def live_holds(calendar: Calendar) -> tuple[tuple[Hold, PlacedSession], ...]:
    """The slots on hold for sessions that are not cancelled, each with its session."""
    live = {session.uid: session for session in calendar.sessions if session.state != "cancelled"}
    return tuple((hold, live[hold.session]) for hold in calendar.holds if hold.session in live)


def _hold(calendar: Calendar, session: str, slot: SlotToHold, offer: str, day: date) -> Hold:
    named = "/".join((session, offer, *map(str, (slot.start, slot.end, slot.trainers, slot.place))))
    return Hold(
        uid=identity(calendar.programme, calendar.dates.first, named, 1),
        last_modified=datetime.combine(day, time(), UTC),
        session=session,
        offer=offer,
        **slot._asdict(),
    )


def _with_holds(calendar: Calendar, holds: tuple[Hold, ...], day: date) -> Calendar:
    """The calendar with other slots on hold; a session that is confirmed by it, or no longer is, has changed."""
    before, after = _in_question(calendar.holds), _in_question(holds)
    sessions = tuple(
        _changed(session, day) if (session.uid in before) != (session.uid in after) else session
        for session in calendar.sessions
    )
    return calendar.model_copy(update={"sessions": sessions, "holds": holds})


def _in_question(holds: Iterable[Hold]) -> Collection[str]:
    return {hold.session for hold in holds}


def _changed(session: PlacedSession, day: date) -> PlacedSession:
    update = {"sequence": session.sequence + 1, "last_modified": stamp_after(session.last_modified, day)}
    return session.model_copy(update=update)
