"""What is pinned: a session or a block that stays where it stands, because somebody says so or a command has."""

from collections.abc import Collection
from datetime import date

from calendars.calendar_file import Calendar, Pin, PlacedDays, PlacedSession
from calendars.clock import Span
from calendars.saving import placement_of
from calendars.wording import Message, say


def pinned(calendar: Calendar, pin: Pin) -> Calendar:
    """The calendar with a pin, in the stead of one that its session or block had."""
    return calendar.model_copy(update={"pins": (*unpinned(calendar, pin.uid).pins, pin)})


def pinned_at(calendar: Calendar, slots: Collection[tuple[str, Span]], why: str, day: date) -> Calendar:
    """The calendar with a machine's pin on what stands in each slot, an activity and a span."""
    every: tuple[PlacedSession | PlacedDays, ...] = (*calendar.sessions, *calendar.days)
    for entry in every:
        if entry.state != "cancelled" and (entry.activity, placement_of(entry).span) in slots:
            calendar = pinned(calendar, Pin(uid=entry.uid, why=why, day=day, machine=True))
    return calendar


def unpinned(calendar: Calendar, uid: str) -> Calendar:
    """The calendar without the pin of a session or block, if it has one."""
    return calendar.model_copy(update={"pins": tuple(pin for pin in calendar.pins if pin.uid != uid)})


def pin_of(calendar: Calendar, uid: str) -> Pin | None:
    """The pin of a session or block; None where it has none."""
    return next((pin for pin in calendar.pins if pin.uid == uid), None)


def pins_of(calendar: Calendar) -> tuple[tuple[Pin, PlacedSession | PlacedDays], ...]:
    """The pins of what lives, in the order in which they were set, each with its session or block."""
    every: tuple[PlacedSession | PlacedDays, ...] = (*calendar.sessions, *calendar.days)
    live = {entry.uid: entry for entry in every if entry.state != "cancelled"}
    return tuple((pin, live[pin.uid]) for pin in calendar.pins if pin.uid in live)


def reason_of(pin: Pin) -> Message:
    """Since when, by whom and why something is pinned."""
    told = _since(pin)
    return say("{pinned}: {why}", pinned=told, why=pin.why) if pin.why else told


def _since(pin: Pin) -> Message:
    match pin.machine, bool(pin.by):
        case True, True:
            return say("pinned since {day} by a command of {who}", day=pin.day, who=pin.by)
        case True, False:
            return say("pinned since {day} by a command", day=pin.day)
        case False, True:
            return say("pinned since {day} by {who}", day=pin.day, who=pin.by)
        case _:
            return say("pinned since {day}", day=pin.day)
