"""What is said of a version, word for word."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from calendars.calendar_file import Calendar, CertificateRecord, Version
from calendars.holding import held_slots
from calendars.saving import calendar_of
from calendars.timetable import Timetable
from calendars.wording import say
from console.publication import tell_publication
from console.screen import Screen
from constraints.rule import Breach
from scheduler.publishing import Publication
from small import at, classes, module, small, timetable

Told = Callable[..., list[str]]

START, SAINTS = Version(name="Start", day=date(2026, 9, 1)), Version(name="All Saints", day=date(2026, 11, 1))
FILES = {"calendar.json": b"{}"}


def version(placed: Timetable, *versions: Version) -> Calendar:
    """A calendar of these versions."""
    programme = small(modules={"m": module(classes(1))})
    certificate = CertificateRecord(levels=(), reproducible=True)
    calendar = calendar_of(programme, placed, certificate, date(2026, 9, 1), seed=0)
    return calendar.model_copy(update={"versions": versions, "draft": False})


FIRST = version(timetable(at("2026-11-10 09:00")), START)
SECOND = version(timetable(at("2026-11-12 09:00")), START, SAINTS)


def telling(publication: Publication, published: Calendar | None) -> Callable[[Screen], None]:
    """Tells a publication to the folder "published"."""
    return lambda screen: tell_publication(screen, publication, published, Path("published"))


def test_a_first_version(told: Told) -> None:
    first = telling(Publication(FIRST, (), FILES), None)
    assert told(first) == ["Version 1, “Start”, is published in published."]
    assert told(first, "fr") == ["La version 1, « Start », est publiée dans published."]


def test_slots_on_hold(told: Told) -> None:
    slots = [(datetime(2026, 11, day, 9), datetime(2026, 11, day, 10), ("ann",), None) for day in (12, 13)]
    held = held_slots(FIRST, FIRST.sessions[0].uid, slots, "offer", SAINTS.day)
    second = telling(Publication(held.model_copy(update={"versions": SECOND.versions}), (), FILES), FIRST)
    assert told(second) == [
        "Version 2, “All Saints”, is published in published.",
        "Nothing moves: every session and block stands as in the previous calendar.",
        "2 slots are on hold: feeds show them as to be confirmed.",
    ]
    assert told(second, "fr")[-1:] == ["2 créneaux sont en option : les flux les montrent à confirmer."]


def test_a_version_after_another_one_and_what_it_changes(told: Told) -> None:
    second = telling(Publication(SECOND, (), FILES), FIRST)
    assert told(second) == [
        "Version 2, “All Saints”, is published in published.",
        "Against the previous calendar: 1 moved.",
        "Before                 Now                    What",
        "Tue 10 Nov 2026 09:00  Thu 12 Nov 2026 09:00  Module · virtual class (1)",
    ]
    assert told(second, "fr") == [
        "La version 2, « All Saints », est publiée dans published.",
        "Par rapport au calendrier précédent : 1 déplacement.",
        "Avant                    Maintenant               Intitulé",
        "mar. 10 nov. 2026 à 9 h  jeu. 12 nov. 2026 à 9 h  Module · virtual class (1)",
    ]


def test_a_calendar_in_breach_and_every_breach_but_no_change(told: Told) -> None:
    found = (Breach("spread", say("A and B are near")), Breach("days_off", say("C stands on a day off")))
    refused = telling(Publication(SECOND, found), FIRST)
    assert told(refused) == [
        "Not published: the calendar is in breach of laws.",
        "2 breaches:",
        "spread: A and B are near",
        "days_off: C stands on a day off",
    ]
    assert told(refused, "fr")[:2] == ["Non publié : le calendrier enfreint des lois.", "2 infractions :"]
