"""Why nothing is possible: what is told of small programmes; `test_explanations.py` draws many more."""

from datetime import date
from threading import Event
from typing import Any

from constraints.complete import Complete
from constraints.days_off import DaysOff
from constraints.held import Held
from constraints.one_at_a_time import OneAtATime
from constraints.open_days import OpenDays
from constraints.order import Order
from constraints.rule import Rule
from constraints.small_groups import SmallGroups
from constraints.weekly_load import WeeklyLoad
from constraints.whole_week import WholeWeek
from constraints.within import Within
from constraints.working_hours import WorkingHours
from programmes import plain
from scheduler.conflict import Conflict, Explanation, explain
from scheduler.patience import Patience
from scheduler.problem import Problem
from scheduler.result import Outcome
from small import at, classes, module, small, work

LAWS = (Complete(), Within(), DaysOff(), WorkingHours())
MONDAY, TUESDAY, ARMISTICE = date(2026, 11, 9), date(2026, 11, 10), date(2026, 11, 11)
NINE: dict[str, Any] = {"opening_hours": dict.fromkeys(("monday", "tuesday"), "09:00-10:00")}
MISSING = "“Module” (virtual class) has 0 sessions; the programme announces 1"


def on(*days: date) -> dict[str, Any]:
    """A session on each of some days, as parts of one module."""
    return {"m": module(*(classes(1, id=f"p{n}", dates=[day, day]) for n, day in enumerate(days)))}


def problem(*laws: Rule, **tables: Any) -> Problem:
    return Problem(small(**tables), (*LAWS, *laws))


def told(explanation: Explanation) -> list[list[tuple[str, str]]]:
    """Each demand of each conflict: its law, and the first of its breaches."""
    return [
        [(demand.law.name, plain(str(demand.breaches[0].message))) for demand in conflict.demands]
        for conflict in explanation.conflicts
    ]


def about(explanation: Explanation) -> list[list[tuple[str, list[str], date | None]]]:
    """Each demand of each conflict: its law, the activities, and each week."""
    return [
        [
            (demand.law.name, sorted(demand.activities), monday)
            for demand in conflict.demands
            for monday in demand.mondays
        ]
        for conflict in explanation.conflicts
    ]


def test_a_possible_problem_has_nothing_to_explain() -> None:
    assert explain(problem(OneAtATime(), modules=on(MONDAY, TUESDAY))) == Explanation(Outcome.LAWFUL)


def test_two_parts_in_the_wrong_order() -> None:
    """Both have to be there; with either left out, or with the order broken, all is well."""
    found = explain(problem(Order(first=("m.p0",), then=("m.p1",)), modules=on(TUESDAY, MONDAY), **NINE))
    assert found.outcome == Outcome.IMPOSSIBLE
    assert [conflict.minimal for conflict in found.conflicts] == [True]
    assert about(found) == [
        [("complete", ["m.p0"], MONDAY), ("complete", ["m.p1"], MONDAY), ("order", ["m.p0", "m.p1"], MONDAY)]
    ]
    assert told(found) == [
        [
            ("complete", MISSING),
            ("complete", MISSING),
            (
                "order",
                "“Module” (virtual class) on Monday 9 November 2026 09:00 begins too early: it comes after “Module” "
                "(virtual class) on Tuesday 10 November 2026 09:00",
            ),
        ]
    ]


def test_an_order_is_about_what_it_puts_in_order() -> None:
    """So it is told although another law has asked for something else since."""
    rules = (Order(first=("m.p0",), then=("m.p1",)), OneAtATime())
    found = explain(problem(*rules, modules={**on(TUESDAY, MONDAY), "n": module(work(1))}, **NINE))
    assert about(found)[0][-1] == ("order", ["m.p0", "m.p1"], MONDAY)


def test_what_a_law_strikes_is_a_piece_of_it() -> None:
    found = explain(problem(modules=on(ARMISTICE)))
    assert about(found) == [[("complete", ["m.p0"], MONDAY), ("days_off", ["m.p0"], None)]]
    assert told(found) == [
        [
            ("complete", MISSING),
            ("days_off", "“Module” (virtual class) stands on Wednesday 11 November 2026 16:00: Armistice Day"),
        ]
    ]


def test_a_week_in_which_nothing_counts() -> None:
    """No activity is asked for anything; the law cannot be kept by itself. The 9th to the 13th are open."""
    tables: dict[str, Any] = {"dates": [MONDAY, date(2026, 11, 13)], "modules": on(MONDAY)}
    found = explain(problem(WeeklyLoad(group="all", counts="personal", at_least_hours=1), **tables))
    assert about(found) == [[("weekly_load", [], None)]]
    assert [conflict.minimal for conflict in found.conflicts] == [True]


def test_a_week_of_work_returns_though_its_weekend_is_outside_its_dates() -> None:
    week = [MONDAY, date(2026, 11, 13)]
    tables: dict[str, Any] = {"days_off": {"closures": [{"title": "Closed", "dates": week}]}}
    found = explain(problem(modules={"m": module(work(1, dates=week))}, **tables))
    assert about(found) == [[("complete", ["m.distance-work"], MONDAY), ("days_off", ["m.distance-work"], None)]]


def test_what_the_past_breaks_by_itself_is_no_conflict() -> None:
    """Two sessions were held at the same time."""
    held = Held(before=TUESDAY, placements=tuple(at("2026-11-09 09:00", part=f"m.p{part}") for part in (0, 1)))
    assert explain(problem(held, OneAtATime(), modules=on(MONDAY, MONDAY), **NINE)) == Explanation(Outcome.LAWFUL)


def test_a_session_is_asked_for_in_every_week() -> None:
    """Two weeks, and one session: either week can have it."""
    tables: dict[str, Any] = {
        "groups": {"all": {"title": "All", "size": 2}, "team": {"title": "Team", "part_of": "all", "of": 2}},
        "modules": {"m": module(classes(1), group="team")},
    }
    found = explain(problem(SmallGroups(group="team", every_weeks=1), **tables))
    none = "group “Team 1” has no session of its own in 1 teaching week, from that of {0} to that of {0}; {1}"
    assert told(found) == [[("small_groups", none.format("Monday 2 November 2026", "one is needed every 1 week"))]]


def test_a_week_in_which_nothing_that_counts_can_stand() -> None:
    """The only session is on a closed day; that it is announced is conflict enough."""
    tables: dict[str, Any] = {"modules": on(TUESDAY), "opening_hours": {"monday": "09:00-10:00"}}
    found = explain(problem(WeeklyLoad(group="all", counts="all", at_least_hours=1), dates=[MONDAY, TUESDAY], **tables))
    assert about(found) == [[("complete", ["m.p0"], MONDAY), ("working_hours", ["m.p0"], None)]]
    assert [conflict.minimal for conflict in found.conflicts] == [True]


def test_many_starts_in_a_day() -> None:
    """Seven on each of the two days; both sessions must be there, but one day may be open."""
    found = explain(problem(OpenDays(group="all", days_per_week=1), modules=on(MONDAY, TUESDAY)))
    assert about(found) == [
        [("complete", ["m.p0"], MONDAY), ("complete", ["m.p1"], MONDAY), ("open_days", ["m.p0", "m.p1"], MONDAY)]
    ]


def test_what_was_held_counts() -> None:
    """It stood on Monday, and what was to come before it can stand on Tuesday only."""
    held = Held(before=TUESDAY, placements=(at("2026-11-09 09:00", part="m.p0"),))
    found = explain(problem(held, Order(first=("m.p1",), then=("m.p0",)), modules=on(MONDAY, TUESDAY), **NINE))
    assert about(found) == [[("complete", ["m.p1"], MONDAY), ("order", ["m.p0", "m.p1"], MONDAY)]]


def test_independent_conflicts_are_told_one_after_the_other() -> None:
    """A session on a day off, and two sessions at one hour."""
    tables: dict[str, Any] = {
        "modules": on(ARMISTICE) | {"n": on(MONDAY, MONDAY)["m"]},
        "opening_hours": {"monday": "09:00-10:00", "wednesday": "09:00-10:00"},
    }
    alone = [("complete", ["m.p0"], MONDAY), ("days_off", ["m.p0"], None)]
    together = [
        ("complete", ["n.p0"], MONDAY),
        ("complete", ["n.p1"], MONDAY),
        ("one_at_a_time", ["n.p0", "n.p1"], MONDAY),
    ]
    reported: list[Conflict] = []
    found = explain(problem(OneAtATime(), **tables), report=reported.append)
    assert about(found) == [alone, together]
    assert tuple(reported) == found.conflicts
    assert about(explain(problem(OneAtATime(), **tables), most=1)) == [alone]


def test_of_the_laws_that_strike_a_start_one_is_enough() -> None:
    """A Sunday is no working day, and not open either; two conflicts would share that the session is announced."""
    found = explain(problem(modules=on(date(2026, 11, 8))))
    assert about(found) == [[("complete", ["m.p0"], date(2026, 11, 2)), ("days_off", ["m.p0"], None)]]


def test_a_block_that_is_struck_where_its_session_must_lie() -> None:
    """On its last day, Thursday; the two days of the block cannot have Armistice Day, the day before."""
    dates = [MONDAY, date(2026, 11, 12)]
    seminar = {"title": "Seminar", "kind": "seminar", "days": 2, "group": "all", "dates": dates}
    session = classes(1, id="p0", blocks=["b"], dates=[dates[1], dates[1]])
    found = explain(problem(blocks={"b": seminar}, modules={"m": module(session)}))
    assert about(found) == [
        [("complete", ["m.p0"], MONDAY), ("within", ["b", "m.p0"], MONDAY), ("days_off", ["b"], None)]
    ]
    assert [conflict.minimal for conflict in found.conflicts] == [True]


def test_a_week_that_belongs_to_a_block() -> None:
    """It is struck on all days but Monday, on which it is told of the session too."""
    week = [date(2026, 11, 16), date(2026, 11, 22)]
    seminar = {"title": "Seminar", "kind": "seminar", "days": 5, "group": "all", "dates": week}
    session = classes(1, id="p0", dates=[date(2026, 11, 17), date(2026, 11, 17)])
    found = explain(problem(WholeWeek(), dates=week, blocks={"b": seminar}, modules={"m": module(session)}))
    assert about(found) == [
        [
            ("complete", ["b"], week[0]),
            ("complete", ["m.p0"], week[0]),
            ("whole_week", ["b", "m.p0"], week[0]),
        ]
    ]


def test_without_a_step_nothing_is_made_smaller() -> None:
    """What is impossible is told all the same, and not called minimal."""
    found = explain(problem(modules=on(ARMISTICE)), patience=Patience(pieces=0))
    assert found.outcome is Outcome.IMPOSSIBLE
    assert [(conflict.minimal, [demand.breaches for demand in conflict.demands]) for conflict in found.conflicts] == [
        (False, [(), (), ()])
    ]


def test_who_stops_it_at_once_knows_nothing() -> None:
    stop = Event()
    stop.set()
    assert explain(problem(modules=on(ARMISTICE)), patience=Patience(stop=stop)) == Explanation(Outcome.UNKNOWN)
