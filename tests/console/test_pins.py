"""What is said of pins, word for word."""

from collections.abc import Callable
from datetime import date

from calendars.calendar_file import Calendar, CertificateRecord, Pin
from calendars.pins import pinned
from calendars.saving import calendar_of
from console.pins import pins_record, tell_pinned, tell_pins, tell_unpinned
from small import at, classes, module, on, small, timetable

Told = Callable[..., list[str]]

DATES = [date(2026, 11, 2), date(2026, 11, 13)]


def year() -> Calendar:
    """A session and a block."""
    block = {"title": "Seminar", "kind": "seminar", "days": 2, "group": "all", "dates": DATES}
    programme = small(modules={"m": module(classes(1))}, blocks={"b": block})
    placed = timetable(at("2026-11-10 09:00"), on("2026-11-05", "2026-11-06"))
    return calendar_of(programme, placed, CertificateRecord(levels=(), reproducible=True), DATES[0], 0)


YEAR = year()
(SESSION,), (BLOCK,) = YEAR.sessions, YEAR.days
OURS = Pin(uid=BLOCK.uid, by="Head", day=date(2026, 9, 1))
ITS_OWN = Pin(uid=SESSION.uid, why="poll", day=date(2026, 9, 2), machine=True)
PINNED = pinned(pinned(YEAR, OURS), ITS_OWN)


def test_nothing_is_pinned(told: Told) -> None:
    assert told(lambda screen: tell_pins(screen, YEAR)) == ["Nothing is pinned."]
    assert told(lambda screen: tell_pins(screen, YEAR), "fr") == ["Rien n’est épinglé."]


def test_everything_that_is_pinned_by_people_and_commands(told: Told) -> None:
    assert told(lambda screen: tell_pins(screen, PINNED)) == [
        "- Seminar, Thu 5 Nov 2026; pinned since Tuesday 1 September 2026 by Head",
        "- Module · virtual class (1), Tue 10 Nov 2026 09:00; pinned since Wednesday 2",
        "  September 2026 by a command: poll",
    ]
    assert told(lambda screen: tell_pins(screen, PINNED), "fr")[:2] == [
        "- Seminar, jeu. 5 nov. 2026 ; épinglé depuis le mardi 1er septembre 2026 par",
        "  Head",
    ]


def test_a_pin_and_what_it_replaces(told: Told) -> None:
    assert told(lambda screen: tell_pinned(screen, SESSION, None)) == [
        "Module · virtual class (1) is pinned where it stands: Tue 10 Nov 2026 09:00."
    ]
    assert told(lambda screen: tell_pinned(screen, BLOCK, OURS), "fr") == [
        "Épinglé à sa place : Seminar, jeu. 5 nov. 2026.",
        "Jusqu’ici, c’était épinglé depuis le mardi 1er septembre 2026 par Head.",
    ]


def test_a_pin_that_is_taken_off(told: Told) -> None:
    assert told(lambda screen: tell_unpinned(screen, SESSION, ITS_OWN)) == [
        "Module · virtual class (1) may move again; it was pinned since Wednesday 2",
        "September 2026 by a command: poll.",
    ]
    assert told(lambda screen: tell_unpinned(screen, BLOCK, OURS), "fr") == [
        "Seminar peut de nouveau changer de place ; c’était épinglé depuis le mardi 1er",
        "septembre 2026 par Head.",
    ]


def test_for_machines() -> None:
    ours = {"uid": BLOCK.uid, "by": "Head", "why": "", "day": "2026-09-01", "machine": False}
    its_own = {"uid": SESSION.uid, "by": "", "why": "poll", "day": "2026-09-02", "machine": True}
    assert pins_record(PINNED) == {
        "pins": [
            {"session": "b", "title": "Seminar"} | ours,
            {"session": "m.virtual-class#1", "title": "virtual class"} | its_own,
        ],
        "was": None,
    }
    assert pins_record(YEAR, ITS_OWN) == {"pins": [], "was": its_own}
