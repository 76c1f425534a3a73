"""What happened in a year, as the list of versions tells it."""

from collections.abc import Callable
from datetime import date, datetime

from calendars.calendar_file import (
    Away,
    BarredSlot,
    Calendar,
    CertificateRecord,
    Closed,
    Revision,
    SchoolHoliday,
    Struck,
    Version,
)
from calendars.clock import Dates
from calendars.saving import calendar_of
from console.restoring import tell_versions, versions_record
from small import at, classes, module, small, timetable

Told = Callable[..., list[str]]

DAYS, DAY = Dates(date(2026, 11, 5), date(2026, 11, 6)), Dates(date(2026, 11, 9), date(2026, 11, 9))
PART = "m.virtual-class"
HISTORY = (
    Revision(day=date(2026, 10, 1), why="ill", away=(Away(trainer="ann", dates=DAYS),)),
    Revision(
        day=date(2026, 10, 2),
        closed=(Closed(place="hall", dates=DAY),),
        struck=(Struck(title="Open day", dates=DAY),),
        withdrawn=date(2026, 10, 4),
    ),
    Revision(
        day=date(2026, 10, 3),
        why="news",
        school_holidays=(SchoolHoliday(zone="A", title="Spring", dates=DAYS, source="text"),),
        barred=(BarredSlot(activity=PART, start=datetime(2026, 11, 9, 9), end=datetime(2026, 11, 9, 12)),),
    ),
    Revision(day=date(2026, 10, 4), sessions={PART: 2, "n.exam": -1}, missed=("uid",)),
    Revision(day=date(2026, 10, 5), why="version “V1” brought back"),
)


def published() -> Calendar:
    programme = small(
        modules={"m": module(classes(1), title="Design")},
        trainers={"ann": {"title": "Trainer, design"}},
        places={"hall": {"title": "Hall"}},
    )
    certificate = CertificateRecord(levels=(), reproducible=True)
    calendar = calendar_of(programme, timetable(at("2026-11-10 09:00")), certificate, date(2026, 9, 1), seed=0)
    versions = (Version(name="V1", day=date(2026, 9, 3)),)
    return calendar.model_copy(update={"versions": versions, "draft": False, "history": HISTORY})


def test_each_revision_has_a_line(told: Told) -> None:
    assert told(lambda screen: tell_versions(screen, published())) == [
        "Version  Published on     Name",
        "      1  Thu 3 Sept 2026  V1",
        "What happened:",
        "- Thursday 1 October 2026: ill (Trainer, design away: 5–6 Nov 2026)",
        "- Friday 2 October 2026: Hall closed: Mon 9 Nov 2026 and Open day: Mon 9 Nov",
        "  2026; withdrawn on Sunday 4 October 2026",
        "- Saturday 3 October 2026: news (Spring of zone A: 5–6 Nov 2026 and “Design”",
        "  (virtual class) not from Monday 9 November 2026 09:00 to Monday 9 November",
        "  2026 12:00)",
        "- Sunday 4 October 2026: 2 more sessions of “Design” (virtual class), 1 fewer",
        "  session of n.exam and 1 session did not take place",
        "- Monday 5 October 2026: version “V1” brought back",
    ]


def test_and_so_it_has_in_french(told: Told) -> None:
    assert told(lambda screen: tell_versions(screen, published()), "fr")[2:] == [
        "Ce qui s’est passé :",
        "- jeudi 1er octobre 2026 : ill (absence : Trainer, design, 5–6 nov. 2026)",
        "- vendredi 2 octobre 2026 : fermeture : Hall, lun. 9 nov. 2026 et Open day :",
        "  lun. 9 nov. 2026 ; retiré le dimanche 4 octobre 2026",
        "- samedi 3 octobre 2026 : news (Spring de la zone A : 5–6 nov. 2026 et",
        "  « Design » (virtual class) : pas du lundi 9 novembre 2026 à 9 h au lundi 9",
        "  novembre 2026 à 12 h)",
        "- dimanche 4 octobre 2026 : 2 séances de plus pour « Design » (virtual class), 1",
        "  séance de moins pour n.exam et 1 séance n’a pas eu lieu",
        "- lundi 5 octobre 2026 : version “V1” brought back",
    ]


def test_machines_get_every_field() -> None:
    assert versions_record(published()) == {
        "versions": [{"number": 1, "name": "V1", "day": "2026-09-03"}],
        "history": [revision.model_dump(mode="json") for revision in HISTORY],
    }
