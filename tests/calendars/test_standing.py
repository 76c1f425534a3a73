"""What a calendar is told to be: a draft, or a published version."""

from datetime import date

import pytest

from calendars.calendar_file import Calendar, CertificateRecord, Pin, Version
from calendars.clock import moment_of
from calendars.holding import SlotToHold, held_slots
from calendars.pins import pinned
from calendars.saving import calendar_of
from calendars.standing import digest_of, standing_of
from calendars.timetable import Placement
from small import at, classes, module, small, timetable, week_of, work

PROGRAMME = small(modules={"m": module(classes(1))})
CERTIFICATE = CertificateRecord(levels=(), reproducible=True)
FIRST = Version(name="Autumn", day=date(2026, 9, 1))
SECOND = Version(name="Winter", day=date(2026, 12, 1))


@pytest.mark.parametrize(
    ("draft", "versions", "told"),
    [
        (True, (), "Draft"),
        (True, (FIRST,), "Draft, follows version “Autumn” of Tuesday 1 September 2026"),
        (True, (FIRST, SECOND), "Draft, follows version “Winter” of Tuesday 1 December 2026"),
        (False, (FIRST,), "Version “Autumn”, published on Tuesday 1 September 2026"),
        (False, (FIRST, SECOND), "Version “Winter”, published on Tuesday 1 December 2026"),
    ],
)
def test_what_readers_are_told_first(draft: bool, versions: tuple[Version, ...], told: str) -> None:
    fresh = calendar_of(PROGRAMME, timetable(), CERTIFICATE, date(2026, 9, 1), seed=0)
    assert str(standing_of(fresh.model_copy(update={"draft": draft, "versions": versions}))) == told


TAUGHT = small(
    trainers={key: {"title": key.title()} for key in ("ann", "bob")},
    places={key: {"title": key.title()} for key in ("room", "hall")},
    modules={"m": module(classes(2, trainer=["ann", "bob"], place=["room", "hall"]), work(2))},
)
MONDAY, TUESDAY = "2026-11-02 09:00", "2026-11-03 09:00"
FREE = at("2026-11-10 09:00").span


def at_work(first: Placement, minutes: int = 120, seed: int = 0) -> Calendar:
    """Two classes, of which the second stands on Tuesday, and self-paced work."""
    placed = timetable(first, at(TUESDAY, trainers=("bob",), place="hall"), week_of("2026-11-02", minutes))
    return calendar_of(TAUGHT, placed, CERTIFICATE, date(2026, 9, 1), seed)


def test_the_digest_tells_what_stands_where_and_nothing_else() -> None:
    calendar = at_work(at(MONDAY, trainers=("ann",), place="room"))
    first, second = calendar.sessions
    others = (
        at_work(at(MONDAY, trainers=("bob",), place="room")),
        at_work(at(MONDAY, trainers=("ann",), place="hall")),
        at_work(at("2026-11-02 10:00", trainers=("ann",), place="room")),
        at_work(at(MONDAY, trainers=("ann",), place="room"), minutes=60),
        calendar.model_copy(update={"sessions": (first.model_copy(update={"state": "cancelled"}), second)}),
    )
    held = SlotToHold(moment_of(FREE.start), moment_of(FREE.end), ("ann",), "room")
    same = (
        at_work(at(MONDAY, trainers=("ann",), place="room"), seed=1),
        calendar.model_copy(update={"versions": (FIRST,), "draft": False}),
        calendar.model_copy(update={"sessions": (second, first.model_copy(update={"state": "published"}))}),
        pinned(calendar, Pin(uid=first.uid, by="Programme office", why="Room booked", day=date(2026, 9, 2))),
        held_slots(calendar, first.uid, [held], "offer", date(2026, 9, 2)),
    )
    assert {digest_of(each) for each in same} == {digest_of(calendar)}
    assert len({digest_of(each) for each in (calendar, *others)}) == 1 + len(others)
