"""Why nothing is possible: minimal conflicts, compared with all timetables of small programmes, listed one by one."""

from datetime import date
from random import Random
from typing import Any

import pytest
from ortools.sat.python import cp_model

from calendars.programme import Work
from calendars.timetable import Timetable
from constraints.complete import Complete
from constraints.daily_load import DailyLoad
from constraints.days_off import DaysOff
from constraints.one_at_a_time import OneAtATime
from constraints.open_days import OpenDays
from constraints.order import Order
from constraints.rule import Rule
from constraints.spread import Spread
from constraints.within import Within
from constraints.working_hours import WorkingHours
from drawing import ONE_START, SHORT, Shape, draw, free_ways
from programmes import plain
from scheduler.candidates import candidates_of
from scheduler.conflict import Explanation, explain
from scheduler.guarded import GuardedModel, returned
from scheduler.model import SearchModel, literal_of
from scheduler.problem import Problem
from scheduler.search import Outcome
from small import classes, module, small
from solving import allowed

LAWS = (Complete(), Within(), DaysOff(), WorkingHours())
MONDAY, TUESDAY = date(2026, 11, 9), date(2026, 11, 10)
NINE: dict[str, Any] = {"opening_hours": dict.fromkeys(("monday", "tuesday"), "09:00-10:00")}
PROGRAMMES = 30


def on(*days: date) -> dict[str, Any]:
    """A session on each of some days, as parts of one module."""
    return {"m": module(*(classes(1, id=f"p{n}", dates=[day, day]) for n, day in enumerate(days)))}


def why(*laws: Rule, most: int = 3, **tables: Any) -> Explanation:
    return explain(Problem(small(**tables), (*LAWS, *laws)), most)


def told(explanation: Explanation) -> list[list[tuple[str, str]]]:
    """Each demand of each conflict: its law, and the first of its breaches."""
    return [
        [(demand.law, plain(str(demand.breaches[0]))) for demand in conflict.demands]
        for conflict in explanation.conflicts
    ]


def test_a_possible_problem_has_nothing_to_explain() -> None:
    assert why(OneAtATime(), modules=on(MONDAY, TUESDAY)) == Explanation(Outcome.LAWFUL)


def test_two_parts_in_the_wrong_order() -> None:
    """Both have to be there; with either left out, or with the order broken, all is well."""
    found = why(Order(first=("m.p0",), then=("m.p1",)), modules=on(TUESDAY, MONDAY), **NINE)
    assert [conflict.minimal for conflict in found.conflicts] == [True]
    assert told(found) == [
        [
            ("complete", "“Module” (virtual class) has 0 sessions; the programme announces 1"),
            ("complete", "“Module” (virtual class) has 0 sessions; the programme announces 1"),
            (
                "order",
                "“Module” (virtual class) on Monday 9 November 2026 09:00 begins too early: it comes after “Module” "
                "(virtual class) on Tuesday 10 November 2026 09:00",
            ),
        ]
    ]


def test_what_a_law_strikes_is_a_piece_of_it() -> None:
    found = why(modules=on(date(2026, 11, 11)))
    assert told(found) == [
        [
            ("complete", "“Module” (virtual class) has 0 sessions; the programme announces 1"),
            ("days_off", "“Module” (virtual class) stands on Wednesday 11 November 2026 16:00: Armistice Day"),
        ]
    ]


def test_independent_conflicts_are_told_one_after_the_other() -> None:
    """A session on a day off, and two sessions at one hour."""
    modules = on(date(2026, 11, 11)) | {"n": on(MONDAY, MONDAY)["m"]}
    hours: dict[str, Any] = {"opening_hours": {"monday": "09:00-10:00", "wednesday": "09:00-10:00"}}
    found = why(OneAtATime(), modules=modules, **hours)
    laws = [sorted({law for law, _ in conflict}) for conflict in told(found)]
    assert sorted(laws) == [["complete", "days_off"], ["complete", "one_at_a_time"]]
    assert len(why(OneAtATime(), most=1, modules=modules, **hours).conflicts) == 1


def rules_of(random: Random) -> tuple[Rule, ...]:
    """A few laws, most of them hard to keep."""
    some = [
        OneAtATime(buffer_minutes=60),
        Spread(days_apart=2),
        DailyLoad(hours_per_day=1),
        OpenDays(group="all", days_per_week=1),
        DaysOff(),
        WorkingHours(),
    ]
    return (Complete(), Within(), *random.sample(some, 3))


def broken_in(model: GuardedModel, timetable: Timetable) -> frozenset[int] | None:
    """The pieces that a timetable breaks, by their places; None where it has more than is announced."""
    cp = model.cp.clone()
    amounts = {(placement.activity, placement.span): placement.amount for placement in timetable.placements}
    for key, activity in model.programme.activities.items():
        size = activity.step if isinstance(activity, Work) else 1
        for span, variable in model.choices(key).items():
            cp.add(literal_of(variable) == amounts.pop((key, span), 0) // size)
    if amounts:
        return None
    cp.minimize(cp_model.LinearExpr.sum([piece.broken for piece in model.pieces]))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    if solver.solve(cp) != cp_model.OPTIMAL:
        return None
    return frozenset(n for n, piece in enumerate(model.pieces) if solver.value(piece.broken))


@pytest.mark.parametrize("seed", range(PROGRAMMES))
def test_conflicts_are_impossible_and_minimal_by_enumeration(seed: int) -> None:
    random = Random(f"conflict {seed}")
    _, programme, every = draw(random, Shape(("sessions",), SHORT, ONE_START), free_ways)
    problem = Problem(programme, rules_of(random))
    found = explain(problem)
    model = GuardedModel(programme, returned(candidates_of(programme, problem.laws)), problem.laws)
    broken = [one for timetable in every if (one := broken_in(model, timetable)) is not None]
    assert (found.outcome == Outcome.LAWFUL) == (frozenset() in broken)
    assert (found.conflicts == ()) == (found.outcome == Outcome.LAWFUL)
    for conflict in found.conflicts:
        pieces = frozenset(demand.piece for demand in conflict.demands)
        assert conflict.minimal
        assert [one for one in broken if not one & pieces] == []
        assert {piece for one in broken if len(one & pieces) == 1 for piece in one & pieces} == pieces


@pytest.mark.parametrize("seed", range(PROGRAMMES))
def test_both_models_allow_the_same_timetables(seed: int) -> None:
    """With nothing broken, struck candidates included, the model of a diagnosis is that of a search."""
    random = Random(f"same {seed}")
    _, programme, _ = draw(random, Shape(("sessions", "work"), SHORT, ONE_START))
    laws = rules_of(random)
    model = GuardedModel(programme, returned(candidates_of(programme, laws)), laws)
    for piece in model.pieces:
        model.cp.add(piece.broken == 0)
    assert solutions(model) == allowed(programme, laws)


def solutions(model: SearchModel) -> set[Timetable]:
    found: set[Timetable] = set()

    class Collector(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self) -> None:
            found.add(model.timetable(list(self.response_proto.solution)))

    solver = cp_model.CpSolver()
    solver.parameters.enumerate_all_solutions = True
    solver.parameters.num_workers = 1
    assert solver.solve(model.cp, Collector()) in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    return found
