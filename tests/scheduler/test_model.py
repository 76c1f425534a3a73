"""The model: what a bound allows, what an excess costs, what a day is, and what the unknowns are called."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

import pytest
from ortools.sat.python import cp_model

from calendars.programme import Programme
from calendars.timetable import Timetable
from constraints.rule import BendingLaw, Model, Rule
from scheduler.candidates import candidates_of
from scheduler.model import Cost, SearchModel
from small import at, classes, module, small, timetable, work
from solving import allowed, cheapest, model_of

MONDAY = [date(2026, 11, 2)] * 2
MORNING = {"monday": "09:00-12:00"}
NINE, TEN, ELEVEN = (at(f"2026-11-02 {hour}:00") for hour in ("09", "10", "11"))


class AtMost(BendingLaw):
    """At most so many of the starts of Monday are taken."""

    name: ClassVar[str] = "at_most"
    most: int

    def post(self, programme: Programme, model: Model) -> None:
        model.at_most(self.most, [(1, variable) for variable in model.choices("m.virtual-class").values()])


class AtLeast(BendingLaw):
    """At least so many of the starts of Monday are taken."""

    name: ClassVar[str] = "at_least"
    least: int

    def post(self, programme: Programme, model: Model) -> None:
        model.at_least(self.least, [(1, variable) for variable in model.choices("m.virtual-class").values()])


class Charging(Rule):
    """A law without a price that charges all the same."""

    name: ClassVar[str] = "charging"

    def post(self, programme: Programme, model: Model) -> None:
        model.charge([(1, variable) for variable in model.choices("m.virtual-class").values()])


def monday() -> Programme:
    """Three starts: 9:00, 10:00 and 11:00."""
    return small(dates=MONDAY, opening_hours=MORNING, modules={"m": module(classes(1))})


def names_of(model: SearchModel) -> list[str]:
    return [model.cp.get_int_var_from_proto_index(index).name for index in range(len(model.cp.proto.variables))]


def test_a_hard_bound_forbids_what_is_above_or_below() -> None:
    none, singles = {timetable()}, {timetable(NINE), timetable(TEN), timetable(ELEVEN)}
    pairs = {timetable(NINE, TEN), timetable(NINE, ELEVEN), timetable(TEN, ELEVEN)}
    every = {timetable(NINE, TEN, ELEVEN)}
    assert allowed(monday(), []) == none | singles | pairs | every
    assert allowed(monday(), [AtMost(most=1)]) == none | singles
    assert allowed(monday(), [AtMost(most=2)]) == none | singles | pairs
    assert allowed(monday(), [AtLeast(least=2)]) == pairs | every
    assert allowed(monday(), [AtLeast(least=2), AtMost(most=2)]) == pairs


def test_a_bound_that_nothing_can_reach_is_impossible() -> None:
    assert allowed(monday(), [AtLeast(least=4)]) == set()


def test_a_weighted_bound_forbids_nothing_and_costs_its_weight_for_each_unit() -> None:
    law = AtMost(most=1, weight=5, level=3)
    assert allowed(monday(), [law]) == allowed(monday(), [])
    assert cheapest(monday(), [law]) == 0
    assert cheapest(monday(), [AtLeast(least=2), law]) == 5
    assert cheapest(monday(), [AtLeast(least=3), law]) == 2 * 5
    assert cheapest(monday(), [AtMost(most=1), AtLeast(least=3, weight=4)]) == 2 * 4


def test_the_excess_of_a_weighted_bound_is_one_unknown() -> None:
    model = model_of(monday(), [AtMost(most=1, weight=5, level=3)])
    (cost,) = model.costs
    ((factor, excess),) = cost.terms
    assert cost == Cost("at_most", 3, 5, ((1, excess),), 0)
    assert factor == 1
    assert names_of(model)[3:] == ["excess of at_most"]
    # three starts, one is free: at most 2 above
    assert list(model.cp.proto.variables[3].domain) == [0, 2]


def test_a_weighted_bound_that_cannot_be_passed_costs_nothing() -> None:
    assert model_of(monday(), [AtMost(most=3, weight=5)]).costs == []


def test_a_law_without_a_price_must_not_charge() -> None:
    with pytest.raises(TypeError) as refused:
        model_of(monday(), [Charging()])
    assert str(refused.value) == "charging is no priced rule: only preferences charge"


def test_the_unknowns_are_called_what_they_are() -> None:
    programme = small(
        dates=MONDAY,
        opening_hours=MORNING,
        modules={"m": module(classes(1), work(2))},
        milestones={"due": {"title": "Due", "group": "all", "dates": MONDAY}},
    )
    model = model_of(programme, [])
    model.open_day("all", MONDAY[0])
    assert names_of(model) == [
        "due 2026-11-02 00:00",
        "m.virtual-class 2026-11-02 09:00",
        "m.virtual-class 2026-11-02 10:00",
        "m.virtual-class 2026-11-02 11:00",
        "m.distance-work 2026-11-02",
        "open all 2026-11-02",
    ]


def test_self_paced_work_counts_in_steps() -> None:
    programme = small(dates=MONDAY, modules={"m": module(work(1))})
    found = {tuple(placement.amount for placement in one.placements) for one in allowed(programme, [])}
    # one hour in steps of 30 minutes, in one week
    assert found == {(), (30,), (60,)}


class _OpenedAndTimetable(cp_model.CpSolverSolutionCallback):
    """Gathers each solution: whether a day is open, and the timetable."""

    def __init__(self, model: SearchModel, index: int) -> None:
        super().__init__()
        self.model = model
        self.index = index
        self.found: set[tuple[int, Timetable]] = set()

    def on_solution_callback(self) -> None:
        values: Sequence[int] = list(self.response_proto.solution)
        self.found.add((values[self.index], self.model.timetable(values)))


@pytest.mark.parametrize("group", ["all", "half", "guests"])
def test_a_day_is_open_exactly_when_somebody_of_the_group_has_a_session(group: str) -> None:
    """Two starts each for everybody and for guests, who share nobody; a half is part of all."""
    programme = small(
        dates=MONDAY,
        opening_hours={"monday": "09:00-11:00"},
        groups={
            "all": {"title": "All"},
            "half": {"title": "Half", "part_of": "all"},
            "guests": {"title": "Guests"},
        },
        modules={"m": module(classes(1), classes(1, id="guests", group="guests"))},
    )
    model = SearchModel(programme, candidates_of(programme, []), [])
    opened = model.open_day(group, MONDAY[0])
    assert model.open_day(group, MONDAY[0]) is opened
    solver = cp_model.CpSolver()
    solver.parameters.enumerate_all_solutions = True
    solver.parameters.num_workers = 1
    gathered = _OpenedAndTimetable(model, names_of(model).index(f"open {group} 2026-11-02"))
    assert solver.solve(model.cp, gathered) == cp_model.OPTIMAL
    part = "m.guests" if group == "guests" else "m.virtual-class"
    assert len(gathered.found) == 2**4
    assert {(value == 1) == bool(one.of(part)) for value, one in gathered.found} == {True}


def test_a_day_without_any_start_is_not_open() -> None:
    model = model_of(monday(), [])
    model.links(-1, [(-1, model.open_day("all", date(2026, 11, 3)))])
    solver = cp_model.CpSolver()
    assert solver.solve(model.cp) == cp_model.INFEASIBLE
