"""The saved calendar is a documented form: these very bytes, and no key that the form does not know."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from calendars.calendar_file import (
    FORMAT,
    Away,
    BarredSlot,
    Calendar,
    CertificateRecord,
    Closed,
    Hold,
    LevelRecord,
    Pin,
    PlacedDays,
    PlacedSession,
    PlannedWork,
    Revision,
    RoleRecord,
    SchoolHoliday,
    Struck,
    Version,
)
from calendars.clock import Dates
from calendars.days_off import DayOff, Waived
from calendars.saving import calendar_bytes

STAMP = datetime(2026, 9, 1, tzinfo=UTC)
CALENDAR = Calendar(
    format=FORMAT,
    programme="m2",
    title="Année du M2",
    language="fr",
    time_zone="Europe/Paris",
    dates=Dates(date(2026, 9, 1), date(2027, 6, 30)),
    as_of=date(2026, 9, 1),
    seed=0,
    sessions=(
        PlacedSession(
            uid="s1@semainier",
            last_modified=STAMP,
            part="design.virtual-class",
            number=1,
            start=datetime(2026, 11, 10, 14),
            end=datetime(2026, 11, 10, 15, 30),
            kind="virtual-class",
            title="classe virtuelle",
            module="design",
            module_title="Design",
            groups=("all",),
            trainers=("ped",),
            student="e01",
        ),
    ),
    days=(
        PlacedDays(
            uid="d1@semainier",
            sequence=2,
            last_modified=STAMP,
            state="published",
            source="opening",
            first=date(2026, 9, 14),
            last=date(2026, 9, 18),
            kind="seminar",
            title="Ouverture",
            groups=("all",),
            place="campus",
        ),
    ),
    work=(
        PlannedWork(
            uid="w1@semainier",
            last_modified=STAMP,
            part="design.distance-work",
            monday=date(2026, 11, 9),
            minutes=90,
            title="travail en autonomie",
            module="design",
            module_title="Design",
            groups=("all",),
        ),
    ),
    titles={"groups": {"all": "Tous"}, "trainers": {"ped": "Intervenant"}, "places": {"campus": "Campus"}},
    people={"e01": ("all",)},
    juries={"design.virtual-class": (RoleRecord(title="Présidence", trainers=("ped",)),)},
    births={"opening": 3, "design.virtual-class": 1, "design.distance-work": 2},
    versions=(Version(name="v1", day=date(2026, 9, 1)),),
    draft=False,
    pins=(Pin(uid="s1@semainier", by="Responsable", why="salle retenue", day=date(2026, 9, 2), machine=True),),
    holds=(
        Hold(
            uid="h1@semainier",
            sequence=1,
            last_modified=STAMP,
            session="s1@semainier",
            start=datetime(2026, 11, 12, 14),
            end=datetime(2026, 11, 12, 15, 30),
            trainers=("ped",),
            place="campus",
            offer="sondage",
        ),
    ),
    history=(
        Revision(
            day=date(2026, 9, 1),
            why="Sick leave",
            away=(Away(trainer="ann", dates=Dates(date(2026, 9, 7), date(2026, 9, 11))),),
            closed=(Closed(place="room", dates=Dates(date(2026, 9, 7), date(2026, 9, 7))),),
            struck=(Struck(title="Strike", dates=Dates(date(2026, 9, 8), date(2026, 9, 8))),),
            school_holidays=(
                SchoolHoliday(
                    zone="B",
                    title="Hiver",
                    dates=Dates(date(2027, 2, 6), date(2027, 2, 22)),
                    source="the official text",
                ),
            ),
            barred=(BarredSlot(activity="m.course", start=datetime(2026, 9, 9, 9), end=datetime(2026, 9, 9, 10)),),
            sessions={"m.course": -1},
            missed=("s1@semainier",),
            called_off=("s2@semainier",),
            moved=("s3@semainier",),
            withdrawn=date(2026, 9, 2),
        ),
    ),
    days_off=(DayOff(date(2026, 11, 11), "public", "Armistice", None, "holidays 0.109", "official"),),
    waived=(Waived("Corse", Dates(date(2026, 9, 1), date(2027, 8, 31)), "not published yet"),),
    certificate=CertificateRecord(
        levels=(LevelRecord(rank=1, rules=("near_date",), value=3, bound=2, proved=False),), reproducible=True
    ),
)
BYTES = """\
{
 "format": "semainier-calendar/1",
 "programme": "m2",
 "title": "Année du M2",
 "language": "fr",
 "time_zone": "Europe/Paris",
 "dates": [
  "2026-09-01",
  "2027-06-30"
 ],
 "as_of": "2026-09-01",
 "seed": 0,
 "sessions": [
  {
   "uid": "s1@semainier",
   "sequence": 0,
   "last_modified": "2026-09-01T00:00:00Z",
   "state": "planned",
   "part": "design.virtual-class",
   "number": 1,
   "start": "2026-11-10T14:00:00",
   "end": "2026-11-10T15:30:00",
   "kind": "virtual-class",
   "title": "classe virtuelle",
   "module": "design",
   "module_title": "Design",
   "groups": [
    "all"
   ],
   "trainers": [
    "ped"
   ],
   "place": null,
   "student": "e01"
  }
 ],
 "days": [
  {
   "uid": "d1@semainier",
   "sequence": 2,
   "last_modified": "2026-09-01T00:00:00Z",
   "state": "published",
   "source": "opening",
   "first": "2026-09-14",
   "last": "2026-09-18",
   "kind": "seminar",
   "title": "Ouverture",
   "groups": [
    "all"
   ],
   "place": "campus"
  }
 ],
 "work": [
  {
   "uid": "w1@semainier",
   "sequence": 0,
   "last_modified": "2026-09-01T00:00:00Z",
   "state": "planned",
   "part": "design.distance-work",
   "monday": "2026-11-09",
   "minutes": 90,
   "title": "travail en autonomie",
   "module": "design",
   "module_title": "Design",
   "groups": [
    "all"
   ]
  }
 ],
 "titles": {
  "groups": {
   "all": "Tous"
  },
  "trainers": {
   "ped": "Intervenant"
  },
  "places": {
   "campus": "Campus"
  }
 },
 "people": {
  "e01": [
   "all"
  ]
 },
 "juries": {
  "design.virtual-class": [
   {
    "title": "Présidence",
    "trainers": [
     "ped"
    ],
    "number": 1
   }
  ]
 },
 "births": {
  "opening": 3,
  "design.virtual-class": 1,
  "design.distance-work": 2
 },
 "versions": [
  {
   "name": "v1",
   "day": "2026-09-01"
  }
 ],
 "draft": false,
 "pins": [
  {
   "uid": "s1@semainier",
   "by": "Responsable",
   "why": "salle retenue",
   "day": "2026-09-02",
   "machine": true
  }
 ],
 "holds": [
  {
   "uid": "h1@semainier",
   "sequence": 1,
   "last_modified": "2026-09-01T00:00:00Z",
   "session": "s1@semainier",
   "start": "2026-11-12T14:00:00",
   "end": "2026-11-12T15:30:00",
   "trainers": [
    "ped"
   ],
   "place": "campus",
   "offer": "sondage"
  }
 ],
 "history": [
  {
   "day": "2026-09-01",
   "why": "Sick leave",
   "away": [
    {
     "trainer": "ann",
     "dates": [
      "2026-09-07",
      "2026-09-11"
     ]
    }
   ],
   "closed": [
    {
     "place": "room",
     "dates": [
      "2026-09-07",
      "2026-09-07"
     ]
    }
   ],
   "struck": [
    {
     "title": "Strike",
     "dates": [
      "2026-09-08",
      "2026-09-08"
     ]
    }
   ],
   "school_holidays": [
    {
     "zone": "B",
     "title": "Hiver",
     "dates": [
      "2027-02-06",
      "2027-02-22"
     ],
     "source": "the official text"
    }
   ],
   "barred": [
    {
     "activity": "m.course",
     "start": "2026-09-09T09:00:00",
     "end": "2026-09-09T10:00:00"
    }
   ],
   "sessions": {
    "m.course": -1
   },
   "missed": [
    "s1@semainier"
   ],
   "called_off": [
    "s2@semainier"
   ],
   "moved": [
    "s3@semainier"
   ],
   "withdrawn": "2026-09-02"
  }
 ],
 "days_off": [
  {
   "day": "2026-11-11",
   "kind": "public",
   "name": "Armistice",
   "zone": null,
   "source": "holidays 0.109",
   "state": "official"
  }
 ],
 "waived": [
  {
   "zone": "Corse",
   "dates": [
    "2026-09-01",
    "2027-08-31"
   ],
   "why": "not published yet"
  }
 ],
 "certificate": {
  "levels": [
   {
    "rank": 1,
    "rules": [
     "near_date"
    ],
    "value": 3,
    "bound": 2,
    "proved": false
   }
  ],
  "reproducible": true,
  "together": []
 }
}
"""


def test_a_calendar_to_the_byte() -> None:
    assert calendar_bytes(CALENDAR).decode() == BYTES


def test_the_bytes_make_the_calendar() -> None:
    assert Calendar.model_validate_json(BYTES) == CALENDAR


def tables_of(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The whole and every table in it, by name."""
    yield "Calendar", schema
    yield from ((name, table) for name, table in schema["$defs"].items() if table["type"] == "object")


def test_no_table_of_the_schema_takes_an_unknown_key() -> None:
    closed = {name: table["additionalProperties"] for name, table in tables_of(Calendar.model_json_schema())}
    assert closed == dict.fromkeys(
        (
            "Away",
            "BarredSlot",
            "Calendar",
            "CertificateRecord",
            "Closed",
            "DayOff",
            "Hold",
            "LevelRecord",
            "Pin",
            "PlacedDays",
            "PlacedSession",
            "PlannedWork",
            "Revision",
            "RoleRecord",
            "SchoolHoliday",
            "Struck",
            "Version",
            "Waived",
        ),
        False,
    )


@pytest.mark.parametrize(
    "place",
    [
        (),
        ("sessions", 0),
        ("days", 0),
        ("work", 0),
        ("versions", 0),
        ("pins", 0),
        ("holds", 0),
        ("juries", "design.virtual-class", 0),
        ("history", 0),
        ("history", 0, "away", 0),
        ("history", 0, "closed", 0),
        ("history", 0, "struck", 0),
        ("history", 0, "school_holidays", 0),
        ("history", 0, "barred", 0),
        ("days_off", 0),
        ("waived", 0),
        ("certificate",),
        ("certificate", "levels", 0),
    ],
)
def test_an_unknown_key_is_refused_everywhere(place: tuple[str | int, ...]) -> None:
    written = CALENDAR.model_dump(mode="json")
    table: Any = written
    for step in place:
        table = table[step]
    table["colour"] = "red"
    with pytest.raises(ValidationError) as refused:
        Calendar.model_validate(written)
    kind = "unexpected_keyword_argument" if place[:1] in (("days_off",), ("waived",)) else "extra_forbidden"
    assert [(error["type"], error["loc"]) for error in refused.value.errors()] == [(kind, (*place, "colour"))]


def test_the_format_is_said_and_known() -> None:
    assert Calendar.model_json_schema()["properties"]["format"]["const"] == "semainier-calendar/1"
    assert "format" in Calendar.model_json_schema()["required"]


@pytest.mark.parametrize(
    ("place", "value", "refusal"),
    [
        (("sessions", 0, "start"), "2026-11-10T14:00:00+01:00", "timezone_naive"),
        (("sessions", 0, "last_modified"), "2026-09-01T00:00:00", "timezone_aware"),
        (("days", 0, "state"), "moved", "literal_error"),
    ],
)
def test_wall_times_have_no_offset_and_stamps_have_one(place: tuple[str, int, str], value: str, refusal: str) -> None:
    written = CALENDAR.model_dump(mode="json")
    written[place[0]][place[1]][place[2]] = value
    with pytest.raises(ValidationError) as refused:
        Calendar.model_validate(written)
    assert [(error["type"], error["loc"]) for error in refused.value.errors()] == [(refusal, place)]


def test_a_calendar_that_tells_no_history_is_a_first_draft() -> None:
    written = CALENDAR.model_dump(mode="json", exclude={"people", "juries", "births", "versions", "draft"})
    calendar = Calendar.model_validate(written)
    assert (calendar.people, calendar.juries, calendar.births) == ({}, {}, {})
    assert (calendar.versions, calendar.draft) == ((), True)


def test_every_entry_names_its_activity() -> None:
    (session,), (days,), (work,) = CALENDAR.sessions, CALENDAR.days, CALENDAR.work
    found = session.activity, days.activity, work.activity
    assert found == ("design.virtual-class", "opening", "design.distance-work")


def test_a_calendar_does_not_change() -> None:
    with pytest.raises(ValidationError):
        CALENDAR.seed = 1  # type: ignore[misc]
