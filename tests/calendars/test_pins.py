"""What is pinned: one pin for each session or block, and why, in words."""

from datetime import date
from typing import Any

import pytest

from calendars.calendar_file import Calendar, CertificateRecord, Pin
from calendars.pins import pin_of, pinned, pins_of, reason_of, unpinned
from calendars.saving import calendar_of
from calendars.wording import render
from programmes import plain
from small import at, classes, module, on, small, timetable

DATES = [date(2026, 11, 2), date(2026, 11, 13)]


def year() -> Calendar:
    """Two sessions and a block."""
    block = {"title": "Seminar", "kind": "seminar", "days": 2, "group": "all", "dates": DATES}
    programme = small(modules={"m": module(classes(2))}, blocks={"b": block})
    placed = timetable(at("2026-11-03 09:00"), at("2026-11-10 09:00"), on("2026-11-05", "2026-11-06"))
    return calendar_of(programme, placed, CertificateRecord(levels=(), reproducible=True), DATES[0], 0)


YEAR = year()
FIRST, SECOND = YEAR.sessions
(BLOCK,) = YEAR.days


def pin(uid: str, **keys: Any) -> Pin:
    return Pin(uid=uid, day=date(2026, 9, 1), **keys)


def test_pins_stand_in_the_order_in_which_they_were_set() -> None:
    calendar = pinned(pinned(YEAR, pin(SECOND.uid)), pin(BLOCK.uid, by="Head"))
    assert calendar == YEAR.model_copy(update={"pins": (pin(SECOND.uid), pin(BLOCK.uid, by="Head"))})
    assert pins_of(calendar) == ((pin(SECOND.uid), SECOND), (pin(BLOCK.uid, by="Head"), BLOCK))


def test_a_new_pin_replaces_the_old_one() -> None:
    calendar = pinned(pinned(pinned(YEAR, pin(FIRST.uid, machine=True)), pin(SECOND.uid)), pin(FIRST.uid, by="Head"))
    assert calendar.pins == (pin(SECOND.uid), pin(FIRST.uid, by="Head"))


def test_a_pin_is_taken_off_and_the_others_stay() -> None:
    calendar = pinned(pinned(YEAR, pin(FIRST.uid)), pin(SECOND.uid))
    assert unpinned(calendar, FIRST.uid) == pinned(YEAR, pin(SECOND.uid))
    assert unpinned(YEAR, FIRST.uid) == YEAR
    assert [pin_of(calendar, uid) for uid in (FIRST.uid, BLOCK.uid)] == [pin(FIRST.uid), None]


def test_what_was_called_off_is_not_told() -> None:
    calendar = pinned(pinned(YEAR, pin(FIRST.uid)), pin(BLOCK.uid))
    gone = {
        "sessions": tuple(each.model_copy(update={"state": "cancelled"}) for each in YEAR.sessions),
    }
    assert pins_of(calendar.model_copy(update=gone)) == ((pin(BLOCK.uid), BLOCK),)


@pytest.mark.parametrize(
    ("keys", "english", "french"),
    [
        ({}, "pinned since Tuesday 1 September 2026", "épinglé depuis le mardi 1er septembre 2026"),
        (
            {"by": "Head", "why": "hall booked"},
            "pinned since Tuesday 1 September 2026 by Head: hall booked",
            "épinglé depuis le mardi 1er septembre 2026 par Head : hall booked",
        ),
        (
            {"machine": True, "why": "poll"},
            "pinned since Tuesday 1 September 2026 by a command: poll",
            "épinglé depuis le mardi 1er septembre 2026 par une commande : poll",
        ),
        (
            {"machine": True, "by": "Head"},
            "pinned since Tuesday 1 September 2026 by a command of Head",
            "épinglé depuis le mardi 1er septembre 2026 par une commande de Head",
        ),
    ],
)
def test_who_pinned_it_since_when_and_why(keys: dict[str, Any], english: str, french: str) -> None:
    reason = reason_of(pin(FIRST.uid, **keys))
    assert (str(reason), plain(render(reason, "fr"))) == (english, french)
