"""Outcomes and verdicts for machines, whole."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from calendars.calendar_file import Calendar, CertificateRecord, Version
from calendars.inheritance import inherit
from calendars.saving import calendar_of, identity, timetable_of
from calendars.timetable import Placement
from calendars.wording import say
from console.records import outcome_record, publication_record, verdict_record
from constraints.rule import Breach
from scheduler.judging import Verdict
from scheduler.problem import Problem
from scheduler.publishing import Publication
from scheduler.result import Level, Outcome, Result
from scheduler.shortages import Shortage
from scheduler.year import Year
from small import at, classes, module, on, small, timetable, work

OUT = Path("out")
NONE = {"least": 0, "most": 0}


def test_a_year() -> None:
    """The holidays of 2030-2031 are projected, those of zone A from 24 February to 7 March 2031."""
    days = [date(2031, 1, 6), date(2031, 3, 28)]
    programme = small(
        dates=days,
        groups={"all": {"title": "All", "school_zones": ["A"]}},
        modules={"m": module(classes(2))},
        milestones={"d": {"title": "Thesis", "group": "all", "dates": days}},
        announced={"teaching_hours": 3},
    )
    placed = timetable(at("2031-02-18 09:00"), at("2031-01-14 09:00"), on("2031-03-20", activity="d"))
    result = Result(
        Outcome.LAWFUL,
        placed,
        (Level(1, ("near_date", "steady"), 3, 2),),
        reproducible=False,
        seconds_to_lawful=0.12345,
        seconds=1.5,
    )
    record = outcome_record(Problem(programme, ()), result, OUT, "en", year=None, previous=None)
    assert json.loads(json.dumps(record)) == {
        "outcome": "lawful",
        "year": {
            "sessions": 2,
            "weeks": 2,
            "first": "2031-01-14",
            "last": "2031-02-18",
            "stretches": [
                {"kind": "milestone", "title": "Thesis", "count": 1, "first": "2031-03-20", "last": "2031-03-20"}
            ],
            "student_minutes": {
                "live_online": {"least": 120, "most": 120},
                "on_site": NONE,
                "self_paced": NONE,
                "personal": NONE,
                "all": {"least": 120, "most": 120},
            },
            "projected_holidays": [{"school_year": "2030-2031", "sessions_within_a_week": 1}],
            "without_trainer": [{"part": "m.virtual-class", "sessions": 2}],
            "findings": [
                {
                    "about": "announced_hours",
                    "message": "teaching, 3 h announced and 2 h planned for a student",
                }
            ],
        },
        "levels": [
            {"rank": 1, "rules": ["near_date", "steady"], "value": 3, "bound": 2, "proved": False, "gap": 0.3333}
        ],
        "reproducible": False,
        "changes": None,
        "past": [],
        "shortages": [],
        "unkeepable": [],
        "seconds_to_lawful": 0.123,
        "seconds": 1.5,
        "output": "out",
    }


def test_a_year_without_live_sessions_has_no_first_and_no_last() -> None:
    result = Result(Outcome.LAWFUL, timetable())
    record = outcome_record(
        Problem(small(modules={"m": module(work(1))}), ()), result, OUT, "en", year=None, previous=None
    )
    assert {key: record["year"][key] for key in ("sessions", "weeks", "first", "last")} == {
        "sessions": 0,
        "weeks": 0,
        "first": None,
        "last": None,
    }


def test_no_year() -> None:
    programme = small(modules={"m": module(classes(3))})
    (part,) = programme.parts.values()
    result = Result(Outcome.IMPOSSIBLE, shortages=(Shortage(part, 3, 0, 0, {}),), seconds=0.25)
    assert outcome_record(Problem(programme, ()), result, OUT, "en", year=None, previous=None) == {
        "outcome": "impossible",
        "year": None,
        "levels": [],
        "reproducible": True,
        "changes": None,
        "past": [],
        "shortages": ["“Module” (virtual class) needs 3 sessions, but its dates are too short for it; widen them"],
        "unkeepable": [],
        "seconds_to_lawful": 0.0,
        "seconds": 0.25,
        "output": None,
    }


DATES = [date(2026, 11, 2), date(2026, 11, 13)]
FOLLOWED = small(
    trainers={"ann": {"title": "Ann"}, "bob": {"title": "Bob"}},
    places={"room": {"title": "Room"}},
    modules={"m": module(classes(2)), "n": module(classes(1))},
    blocks={"b": {"title": "Opening", "kind": "seminar", "days": 2, "group": "all", "dates": DATES, "place": "room"}},
)
OTHER = "n.virtual-class"


def made(*placements: Placement) -> Calendar:
    """The calendar of these placements as it comes from the search."""
    certificate = CertificateRecord(levels=(), reproducible=True)
    return calendar_of(FOLLOWED, timetable(*placements), certificate, date(2026, 9, 1), seed=0)


BEFORE = made(
    at("2026-11-02 09:00", trainers=("ann",), place="room"),
    at("2026-11-03 09:00", trainers=("ann",)),
    on("2026-11-12", "2026-11-13"),
    at("2026-11-06 09:00", part=OTHER),
)
AFTER = inherit(
    made(
        at("2026-11-02 09:00", trainers=("bob", "ann")),
        at("2026-11-03 09:00", trainers=("ann",)),
        at("2026-11-10 14:00"),
        on("2026-11-09", "2026-11-10"),
    ),
    BEFORE,
    date(2026, 9, 2),
)
"""Another trainer and no place, a session more, the block moved, and one called off."""


def uid(activity: str, birth: int) -> str:
    """An identity of the followed programme."""
    return identity("small", date(2026, 11, 2), activity, birth)


def hours(start: str, end: str, *trainers: str, place: str | None = None) -> dict[str, Any]:
    """Where a session stands in time, with whom and where."""
    return {"start": f"2026-11-{start}", "end": f"2026-11-{end}", "trainers": list(trainers), "place": place}


CHANGES = [
    {
        "uid": uid("m.virtual-class", 1),
        "activity": "m.virtual-class",
        "before": hours("02T09:00:00", "02T10:00:00", "ann", place="room"),
        "after": hours("02T09:00:00", "02T10:00:00", "bob", "ann"),
    },
    {
        "uid": uid(OTHER, 1),
        "activity": OTHER,
        "before": hours("06T09:00:00", "06T10:00:00"),
        "after": None,
    },
    {
        "uid": uid("b", 1),
        "activity": "b",
        "before": {"first": "2026-11-12", "last": "2026-11-13", "place": "room"},
        "after": {"first": "2026-11-09", "last": "2026-11-10", "place": "room"},
    },
    {
        "uid": uid("m.virtual-class", 3),
        "activity": "m.virtual-class",
        "before": None,
        "after": hours("10T14:00:00", "10T15:00:00"),
    },
]
NEAR = Breach("spread", say("{day}", day=date(2026, 11, 1)), 3)
NEAR_RECORD = {"law": "spread", "message": "dimanche 1er novembre 2026", "excess": 3}


def test_a_year_that_follows_another_one_tells_its_changes_and_the_breaches_of_what_was_held() -> None:
    problem, result = Problem(FOLLOWED, ()), Result(Outcome.LAWFUL, timetable_of(AFTER))
    record = outcome_record(problem, result, OUT, "fr", Year(AFTER, {}, (NEAR,)), BEFORE)
    assert json.loads(json.dumps(record["changes"])) == CHANGES
    assert record["past"] == [NEAR_RECORD]
    unmoved = outcome_record(problem, result, OUT, "fr", Year(AFTER, {}), AFTER)
    assert (unmoved["changes"], unmoved["past"]) == ([], [])
    alone = outcome_record(problem, result, OUT, "fr", Year(AFTER, {}), None)
    assert (alone["changes"], alone["past"]) == (None, [])


def test_no_year_changes_nothing_of_a_previous_calendar() -> None:
    problem, result = Problem(FOLLOWED, ()), Result(Outcome.IMPOSSIBLE)
    record = outcome_record(problem, result, OUT, "en", year=None, previous=BEFORE)
    assert (record["year"], record["changes"], record["past"]) == (None, None, [])


def test_verdicts() -> None:
    assert verdict_record(Verdict(()), "en") == {"lawful": True, "breaches": [], "notes": []}
    assert verdict_record(Verdict((NEAR,), (say("Draft"), say("Now"))), "fr") == {
        "lawful": False,
        "breaches": [NEAR_RECORD],
        "notes": ["Brouillon", "Maintenant"],
    }


START, SAINTS = Version(name="Start", day=date(2026, 9, 1)), Version(name="All Saints", day=date(2026, 11, 1))


def test_versions() -> None:
    first = BEFORE.model_copy(update={"versions": (START,), "draft": False})
    second = AFTER.model_copy(update={"versions": (START, SAINTS), "draft": False})
    assert publication_record(Publication(first, (), {"calendar.json": b""}), None, OUT, "en") == {
        "version": {"number": 1, "name": "Start", "day": "2026-09-01"},
        "changes": None,
        "breaches": [],
        "output": "out",
    }
    record = publication_record(Publication(second, (), {"calendar.json": b""}), first, OUT, "en")
    assert json.loads(json.dumps(record)) == {
        "version": {"number": 2, "name": "All Saints", "day": "2026-11-01"},
        "changes": CHANGES,
        "breaches": [],
        "output": "out",
    }


def test_a_calendar_in_breach_is_no_version() -> None:
    assert publication_record(Publication(BEFORE, (NEAR,)), None, OUT, "fr") == {
        "version": None,
        "changes": None,
        "breaches": [NEAR_RECORD],
        "output": None,
    }
    record = publication_record(Publication(AFTER, (NEAR,)), BEFORE, OUT, "fr")
    assert json.loads(json.dumps(record["changes"])) == CHANGES
