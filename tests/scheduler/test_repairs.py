"""The cheapest ways out of small programmes; `test_explanations.py` draws many more."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from calendars.timetable import Timetable
from constraints.availability import Availability
from constraints.complete import Complete
from constraints.days_off import DaysOff
from constraints.distance_cap import DistanceCap
from constraints.one_at_a_time import OneAtATime
from constraints.rule import Rule
from constraints.spread import Spread
from constraints.weekly_load import WeeklyLoad
from constraints.within import Within
from constraints.working_hours import WorkingHours
from door import semainier_here
from programmes import SMALL, plain, write
from scheduler.conflict import explain
from scheduler.problem import Problem, read_problem
from scheduler.repairs import Repair, repairs
from small import at, classes, module, small, timetable, work

LAWS = (Complete(), Within(), DaysOff(), WorkingHours())
MONDAY, TUESDAY, ARMISTICE, FRIDAY = (date(2026, 11, day) for day in (9, 10, 11, 13))
ONE_WEEK = [MONDAY, FRIDAY]
MISSING = ("complete", "“Module” (virtual class) has 0 sessions; the programme announces 1")
FRIDAY_AT_NINE = "“Module” (virtual class) stands on Friday 13 November 2026 09:00"
FEWER = ("complete", "“Module” (virtual class) has 1 sessions; the programme announces 2")

Told = tuple[int, list[tuple[str, str]]]
"""The cost of a repair, and each breach of it: its law, and its words."""


def problem(*laws: Rule, bends: dict[str, int | None] | None = None, **tables: Any) -> Problem:
    return Problem(small(**tables), (*LAWS, *laws), bends=bends or {})


def ways_out(problem: Problem, most: int = 3) -> list[Told]:
    """All of them are proved to be the cheapest."""
    found = repairs(problem, explain(problem), most)
    assert [repair.bound for repair in found] == [repair.cost for repair in found]
    return [told(repair) for repair in found]


def told(repair: Repair) -> Told:
    return repair.cost, [(breach.rule, plain(str(breach.message))) for breach in repair.breaches]


def costs(ways: list[Told]) -> list[tuple[int, list[str]]]:
    return [(cost, [law for law, _ in breaches]) for cost, breaches in ways]


def session(dates: list[date], count: int = 1, **keys: Any) -> dict[str, Any]:
    return {"m": module(classes(count, dates=dates, **keys))}


def test_a_friday_is_opened_or_the_window_is_longer_or_a_session_is_left_out() -> None:
    """One place at which working_hours gives way costs 60, within twice that, complete five times."""
    hours = {"monday": "09:00-10:00"}
    assert ways_out(problem(modules=session([FRIDAY, FRIDAY]), dates=ONE_WEEK, opening_hours=hours)) == [
        (
            60,
            [("working_hours", "“Module” (virtual class) stands on Friday 13 November 2026 09:00: closed on that day")],
        ),
        (
            120,
            [
                (
                    "within",
                    "“Module” (virtual class) stands on Monday 9 November 2026 09:00, outside its dates: from Friday "
                    "13 November 2026 to Friday 13 November 2026",
                )
            ],
        ),
        (300, [MISSING]),
    ]


def test_an_evening_is_opened() -> None:
    """There is one hour for two sessions, which never stand at the same time."""
    tables: dict[str, Any] = {
        "dates": [MONDAY, MONDAY],
        "opening_hours": {"monday": "09:00-10:00", "friday": "09:00-11:00"},
    }
    late = "“Module” (virtual class) stands on Monday 9 November 2026 10:00: after closing (open from 09:00 to 10:00)"
    impossible = problem(OneAtATime(buffer_minutes=0), modules=session([MONDAY, MONDAY], 2), **tables)
    assert ways_out(impossible) == [(60, [("working_hours", late)]), (300, [FEWER])]
    (first,) = repairs(impossible, explain(impossible), most=1)
    assert first.timetable == timetable(at("2026-11-09 09:00"), at("2026-11-09 10:00"))


def test_one_more_hour_in_a_week() -> None:
    """A place costs 60, and each minute over costs one."""
    cap = WeeklyLoad(group="all", at_most_hours=1)
    assert ways_out(problem(cap, modules=session(ONE_WEEK, 2), dates=ONE_WEEK)) == [
        (
            120,
            [
                (
                    "weekly_load",
                    "2 h of teaching and personal work in the week of Monday 9 November 2026 for group “All”; "
                    "at most 1 h are allowed",
                )
            ],
        ),
        (300, [FEWER]),
    ]


def test_half_an_hour_of_work_more_or_less() -> None:
    """30 minutes over cost 90, twice for distance_cap, five times for complete."""
    assert ways_out(problem(DistanceCap(minutes_per_week=90), modules={"m": module(work(2))}, dates=ONE_WEEK)) == [
        (
            180,
            [
                (
                    "distance_cap",
                    "2 h of distance work in the week of Monday 9 November 2026 for group “All”; "
                    "at most 1 h 30 are allowed",
                )
            ],
        ),
        (450, [("complete", "“Module” (self-paced work) has 1 h 30 planned; the programme announces 2 h")]),
    ]


def test_work_where_none_may_be() -> None:
    """In a week outside its dates, or in one that allows none, it costs a place and its 90 minutes too."""
    tables: dict[str, Any] = {
        "modules": {"m": module(work(1.5, dates=ONE_WEEK))},
        "dates": [MONDAY, date(2026, 11, 20)],
        "days_off": {"closures": [{"title": "Closed", "dates": ONE_WEEK}]},
    }
    assert costs(ways_out(problem(**tables))) == [(300, ["within"]), (750, ["complete"])]
    none = problem(DistanceCap(minutes_per_week=0), modules={"m": module(work(1.5))}, dates=ONE_WEEK)
    assert costs(ways_out(none)) == [(300, ["distance_cap"]), (750, ["complete"])]


def test_a_window_is_a_week_longer() -> None:
    """Two sessions of which one a week is allowed, in the dates of one week."""
    impossible = problem(Spread(sessions_per_week=1), modules=session([date(2026, 11, 2), date(2026, 11, 6)], 2))
    assert costs(ways_out(impossible)) == [(60, ["spread"]), (120, ["within"]), (300, ["complete"])]


@pytest.mark.parametrize(
    ("first", "expected"),
    [(ARMISTICE, [(120, ["within"]), (300, ["complete"])]), (TUESDAY, [(300, ["complete"])])],
    ids=["a week later", "eight days later"],
)
def test_nothing_is_placed_more_than_a_week_beyond_its_dates(first: date, expected: list[Any]) -> None:
    """Open on Wednesdays alone: the 11th is off, the next one is the 18th."""
    tables: dict[str, Any] = {"dates": [MONDAY, date(2026, 11, 27)], "opening_hours": {"wednesday": "09:00-10:00"}}
    impossible = problem(modules=session([first, ARMISTICE][:1] * 2), bends={"working_hours": None}, **tables)
    assert costs(ways_out(impossible)) == expected


def test_a_law_that_never_bends_is_kept() -> None:
    """Days off are, unless the file says otherwise; 11 November is off, all other days are open too."""
    tables: dict[str, Any] = {"dates": [ARMISTICE, ARMISTICE], "modules": session([ARMISTICE, ARMISTICE], minutes=420)}
    hours: dict[str, Any] = {"opening_hours": {"wednesday": "09:00-16:00"}}
    assert ways_out(problem(**tables, **hours)) == [(300, [MISSING])]
    off = ("days_off", "“Module” (virtual class) stands on Wednesday 11 November 2026 09:00: Armistice Day")
    assert ways_out(problem(bends={"days_off": 2}, **tables, **hours)) == [(120, [off]), (300, [MISSING])]
    assert ways_out(problem(bends={"days_off": 2, "complete": None}, **tables, **hours)) == [(120, [off])]
    assert ways_out(problem(bends={"complete": None}, **tables, **hours)) == []


def test_what_nothing_could_help_counts_once() -> None:
    """There is no day but 11 November, so that both sessions are missing in every way out."""
    impossible = problem(dates=[ARMISTICE, ARMISTICE], modules={"m": module(classes(2))})
    assert costs(ways_out(impossible)) == [(300, ["complete"])]


def test_several_laws_give_way_together() -> None:
    """Monday is closed, and who gives the session cannot come."""
    tables: dict[str, Any] = {
        "trainers": {"ann": {"title": "Ann", "cannot": [{"weekday": "monday"}]}},
        "modules": session([MONDAY, MONDAY], trainer="ann"),
        "dates": [MONDAY, MONDAY],
        "opening_hours": {"friday": "09:00-10:00"},
    }
    impossible = problem(Availability(), bends={"complete": None}, **tables)
    assert costs(ways_out(impossible)) == [(180, ["working_hours", "availability"])]


def test_repairs_are_reported_as_they_are_found_and_told_by_their_cost() -> None:
    """First the cheapest, then what keeps another law as a whole, then another place of a law."""
    two_hours = {"opening_hours": {"monday": "09:00-11:00"}}
    impossible = problem(modules=session([FRIDAY, FRIDAY]), dates=ONE_WEEK, bends={"within": None}, **two_hours)
    reported: list[Repair] = []
    found = repairs(impossible, explain(impossible), report=reported.append)
    assert costs([told(repair) for repair in reported]) == [
        (60, ["working_hours"]),
        (300, ["complete"]),
        (60, ["working_hours"]),
    ]
    assert found == (reported[0], reported[2], reported[1])
    assert repairs(impossible, explain(impossible), most=1) == (reported[0],)


LARGE: dict[str, Any] = {
    "dates": [date(2026, 9, 1), date(2027, 7, 31)],
    "starts_every_minutes": 15,
    "opening_hours": {"monday": "08:00-20:00"},
    "trainers": {"ann": {"title": "Ann", "cannot": [{"weekday": "monday"}]}},
}
WHOLE_YEAR = {"n": module(*(classes(1, id=f"p{number}") for number in range(3)))}
"""Three sessions of an hour, for each of which a large programme has 10,000 starts on working days."""


def test_in_a_large_programme_one_law_of_a_conflict_gives_way_alone() -> None:
    """The conflict is about the session of that Friday alone."""
    impossible = problem(modules=session([FRIDAY, FRIDAY]) | WHOLE_YEAR, **LARGE)
    assert costs(ways_out(impossible)) == [(60, ["working_hours"]), (120, ["within"]), (300, ["complete"])]


def test_in_a_large_programme_the_laws_give_way_together_where_none_helps_alone() -> None:
    """One session needs a Friday that is closed, the other one a trainer who cannot come on Mondays."""
    tables: dict[str, Any] = {
        "modules": session([FRIDAY, FRIDAY])
        | {"o": module(classes(1, dates=[MONDAY, MONDAY], trainer="ann"))}
        | WHOLE_YEAR
    }
    impossible = problem(Availability(), bends={"complete": None, "within": None}, **tables, **LARGE)
    assert costs(ways_out(impossible)) == [(180, ["working_hours", "availability"])]


def test_a_repair_is_proved_where_none_can_be_cheaper() -> None:
    assert Repair((), Timetable(), 120, 120).proved
    assert not Repair((), Timetable(), 120, 60).proved


REPAIRS = SMALL + '\n[repairs]\ndays_off = 3\nworking_hours = 1000\ncomplete = "never"\n'


def test_a_file_says_what_it_costs_that_a_law_gives_way(tmp_path: Path) -> None:
    read = read_problem(write(tmp_path, REPAIRS))
    assert read.bends == {"days_off": 3, "working_hours": 1000, "complete": None}
    assert {law.name: read.bend(law) for law in read.laws} == {
        "complete": None,
        "within": 2,
        "days_off": 3,
        "working_hours": 1000,
        "one_at_a_time": None,
    }


@pytest.mark.parametrize(
    ("line", "faults"),
    [
        ("days_of = 3", ["days_of: days_of is not known here; did you mean days_off?"]),
        ("days_off = 0", ["days_off: 0 is no price: write a whole number from 1 to 1000, or never"]),
        ("days_off = 1001", ["days_off: 1001 is no price: write a whole number from 1 to 1000, or never"]),
        ('days_off = "seldom"', ["days_off: seldom is no price: write a whole number from 1 to 1000, or never"]),
        ("days_off = 1.5", ["days_off: 1.5 is no price: write a whole number from 1 to 1000, or never"]),
        ("days_off = true", ["days_off: True is no price: write a whole number from 1 to 1000, or never"]),
    ],
)
def test_what_a_file_cannot_say_of_repairs(tmp_path: Path, line: str, faults: list[str]) -> None:
    file = write(tmp_path, f"{SMALL}\n[repairs]\n{line}\n")
    run = semainier_here("solve", file, "-o", tmp_path / "out")
    number = len(SMALL.splitlines()) + 3
    assert (run.code, run.errors) == (2, [f"{file}:{number}, repairs.{fault}" for fault in faults])
