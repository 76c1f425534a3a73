"""What a new calendar changes of the previous one, word for word."""

from collections.abc import Callable
from datetime import date

from calendars.calendar_file import Calendar, CertificateRecord
from calendars.inheritance import inherit
from calendars.saving import calendar_of
from calendars.timetable import Placement
from console.changes import tell_changes
from console.screen import Screen
from small import at, classes, module, on, small, timetable

Told = Callable[..., list[str]]

DATES = [date(2026, 11, 2), date(2026, 11, 27)]
PROGRAMME = small(
    dates=DATES,
    modules={"m": module(classes(40), title="Design"), "n": module(classes(2), title="Law")},
    blocks={"b": {"title": "Opening week", "kind": "seminar", "days": 2, "group": "all", "dates": DATES}},
)
LAW = "n.virtual-class"


def made(*placements: Placement) -> Calendar:
    """The calendar of these placements as it comes from the search."""
    certificate = CertificateRecord(levels=(), reproducible=True)
    return calendar_of(PROGRAMME, timetable(*placements), certificate, date(2026, 9, 1), seed=0)


def telling(before: Calendar, after: Calendar) -> Callable[[Screen], None]:
    """Tells what a calendar changes."""
    return lambda screen: tell_changes(screen, inherit(after, before, date(2026, 9, 2)), before)


MIXED = telling(
    made(on("2026-11-02", "2026-11-03"), at("2026-11-05 09:00"), at("2026-11-06 14:30", part=LAW)),
    made(on("2026-11-04", "2026-11-05"), at("2026-11-05 10:30"), at("2026-11-12 09:00")),
)
"""The block and a session of two move, another one is new, and the only one of the other module is called off."""


def test_nothing(told: Told) -> None:
    same = made(at("2026-11-05 09:00"))
    assert told(telling(same, same)) == ["Nothing moves: every session and block stands as in the previous calendar."]
    assert told(telling(same, same), "fr") == [
        "Rien ne bouge : séances et blocs restent comme dans le calendrier précédent."
    ]


def test_what_moves_is_new_or_is_called_off_in_english(told: Told) -> None:
    assert told(MIXED) == [
        "Against the previous calendar: 2 moved, 1 new and 1 called off.",
        "Before                Now                    What",
        "Mon 2 Nov 2026        Wed 4 Nov 2026         Opening week",
        "Thu 5 Nov 2026 09:00  Thu 5 Nov 2026 10:30   Design · virtual class (1)",
        "Fri 6 Nov 2026 14:30  –                      Law · virtual class (1)",
        "–                     Thu 12 Nov 2026 09:00  Design · virtual class (2)",
    ]


def test_what_moves_is_new_or_is_called_off_in_french(told: Told) -> None:
    assert told(MIXED, "fr") == [
        "Par rapport au calendrier précédent : 2 déplacements, 1 ajout et 1 annulation.",
        "Avant                       Maintenant                  Intitulé",
        "lun. 2 nov. 2026            mer. 4 nov. 2026            Opening week",
        "jeu. 5 nov. 2026 à 9 h      jeu. 5 nov. 2026 à 10 h 30  Design · virtual class",
        "                                                        (1)",
        "ven. 6 nov. 2026 à 14 h 30  –                           Law · virtual class",
        "                                                        (1)",
        "–                           jeu. 12 nov. 2026 à 9 h     Design · virtual class",
        "                                                        (2)",
    ]


def test_on_a_terminal(told: Told) -> None:
    before, after = made(at("2026-11-05 09:00")), made(at("2026-11-05 10:00"))
    assert told(telling(before, after), terminal=True) == [
        "Against the previous calendar: 1 moved.",
        "Before                 Now                    What",
        "────────────────────────────────────────────────────────────────────────",
        "Thu 5 Nov 2026 09:00   Thu 5 Nov 2026 10:00   Design · virtual class (1)",
    ]


def many(count: int) -> Callable[[Screen], None]:
    """So many sessions come to stand, one each day."""
    days = [date(2026, 11, 2).replace(day=day) for day in range(2, 2 + count)]
    return telling(made(), made(*(at(f"{day} 09:00") for day in days)))


def test_of_many_changes_twelve_are_told_one_by_one(told: Told) -> None:
    rows = [f"–       {date(2026, 11, day):%a} {day} Nov 2026 09:00" for day in range(2, 14)]
    width = max(map(len, rows))
    first = [f"{row:{width}}  Design · virtual class ({number})" for number, row in enumerate(rows, 1)]
    header = f"{'Before  Now':{width}}  What"
    assert told(many(12)) == ["Against the previous calendar: 12 new.", header, *first]
    assert told(many(13)) == ["Against the previous calendar: 13 new.", header, *first, "… and 1 other change."]
    assert told(many(14)) == ["Against the previous calendar: 14 new.", header, *first, "… and 2 other changes."]
    assert told(many(13), "fr")[-1] == "… et 1 autre changement."
    assert told(many(14), "fr")[-1] == "… et 2 autres changements."


def test_what_changes_without_moving(told: Told) -> None:
    """A session ends half an hour later."""
    change = telling(made(at("2026-11-05 09:00")), made(at("2026-11-05 09:00", 90)))
    assert told(change)[0] == "Against the previous calendar: 1 changed."
    assert told(change)[-2:] == [
        "Thu 5 Nov 2026 09:00  Thu 5 Nov 2026 09:00  Design · virtual class (1): 1 h 30",
        "                                            instead of 1 h",
    ]
