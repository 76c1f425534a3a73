"""Large neighbourhoods: they reach the optimum, prove it where they see the whole, and give the same each time."""

from collections.abc import Sequence
from functools import partial
from random import Random

import pytest
from ortools.sat.python import cp_model

from constraints.complete import Complete
from constraints.near_date import NearDate
from constraints.one_at_a_time import OneAtATime
from constraints.regular_slot import RegularSlot
from constraints.within import Within
from constraints.working_hours import WorkingHours
from scheduler.candidates import candidates_of
from scheduler.climbing import costly_kinds
from scheduler.improving import Improving, Standing
from scheduler.model import SearchModel, index_of, weighted_sum
from scheduler.neighbourhoods import Neighbourhoods
from scheduler.problem import Problem
from scheduler.result import Limits
from scheduler.running import run
from scheduler.verdict import price
from small import classes, module, small

LAWS = (Complete(), Within(), WorkingHours(), OneAtATime(buffer_minutes=0))


class Planned:
    """Six parts of three sessions that want one weekly slot each, with a lawful timetable to begin with."""

    def __init__(self) -> None:
        parts = [classes(3, id=f"p{number}") for number in range(6)]
        programme = small(modules={"m": module(*parts, trainer="ann")}, trainers={"ann": {"title": "Ann"}})
        self.problem = Problem(programme, (*LAWS, RegularSlot(), NearDate()))
        self.model = SearchModel(programme, candidates_of(programme, self.problem.rules), self.problem.rules)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        self.first = list(run(solver, self.model.cp, lambda: False).solution)
        self.goal = self.model.cost(1)
        self.model.cp.minimize(self.goal)

    def cost(self, values: Sequence[int]) -> int:
        return price(self.problem, self.model.timetable(values), 1)

    def improved(self, seed: int = 0, bound: int = 0, work: float = 20.0) -> tuple[Standing, list[int]]:
        """What comes of the first timetable, and what was told on the way."""
        near = Neighbourhoods(self.model, self.problem)
        kinds = partial(costly_kinds, self.problem, self.model, near, 1)
        standing, told = Standing(self.first, self.cost(self.first)), list[int]()
        improving = Improving(self.model.cp, self.goal, near.every, kinds, Limits(seed=seed))
        improving.run(standing, bound, work, lambda: False, lambda values: told.append(self.cost(values)))
        return standing, told


def test_it_improves_step_by_step_and_ends_at_the_bound() -> None:
    """Six weekly slots of one trainer are lawful, so that no slot beyond the first of each part is needed."""
    planned = Planned()
    standing, told = planned.improved()
    assert planned.cost(planned.first) > 0
    assert told == sorted(told, reverse=True)
    assert (standing.value, planned.cost(standing.values)) == (told[-1], told[-1])
    least = min(told)
    assert planned.improved(bound=least)[0].value == least


def test_where_a_neighbourhood_is_the_whole_its_best_is_proved() -> None:
    standing, _ = Planned().improved()
    assert standing.proved


def test_the_same_seed_gives_the_same_timetable() -> None:
    once, again = Planned().improved(seed=7), Planned().improved(seed=7)
    assert (once[0], once[1]) == (again[0], again[1])


def test_without_work_nothing_changes() -> None:
    planned = Planned()
    standing, told = planned.improved(work=-1.0)
    assert (standing.values, told) == (planned.first, [])


def test_what_is_not_accepted_is_not_taken() -> None:
    planned = Planned()
    near = Neighbourhoods(planned.model, planned.problem)
    kinds = partial(costly_kinds, planned.problem, planned.model, near, 1)
    standing = Standing(planned.first, planned.cost(planned.first))
    improving = Improving(planned.model.cp, planned.goal, near.every, kinds, Limits())
    improving.run(standing, 0, 1.0, lambda: False, lambda values: None, lambda values: False)
    assert (standing.values, standing.proved) == (planned.first, False)


@pytest.mark.parametrize("kind", ["related", "person", "days", "moments", "costly", "places"])
def test_the_cells_of_a_kind_are_all_that_there_is(kind: str) -> None:
    """Taken to the end, each kind frees every unknown, but for places, which frees those of places alone."""
    rooms = {"a": {"title": "A"}, "b": {"title": "B"}}
    part = classes(3, place=["a", "b"])
    programme = small(modules={"m": module(part, trainer="ann")}, trainers={"ann": {"title": "Ann"}}, places=rooms)
    problem = Problem(programme, (*LAWS, RegularSlot()))
    model = SearchModel(programme, candidates_of(programme, problem.rules), problem.rules)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    apart = [variable for span, variable in model.choices("m.virtual-class").items() if span.day.day in (2, 3, 4)]
    model.cp.add(weighted_sum([(1, variable) for variable in apart]) == 3)
    values = list(run(solver, model.cp, lambda: False).solution)
    near = Neighbourhoods(model, problem)
    cells = [*costly_kinds(problem, model, near, 1, values)[kind](Random(1))]
    freed = sorted(index for cell in cells for index in cell.unknowns)
    in_places = {index_of(each) for place in "ab" for each in model.in_place("m.virtual-class", place).values()}
    assert freed == sorted(in_places if kind == "places" else near.every)
    assert sum(cell.sessions for cell in cells) == 3
