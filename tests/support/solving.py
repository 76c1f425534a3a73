"""What CP-SAT makes of small programmes, for comparing it with the laws' own checks."""

from collections.abc import Sequence
from typing import ClassVar

from ortools.sat.python import cp_model

from calendars.programme import Programme
from calendars.timetable import Placement, Timetable
from constraints.rule import Model, Rule
from scheduler.candidates import candidates_of
from scheduler.model import SearchModel, weighted_sum


class Exactly(Rule):
    """The timetable is this one."""

    name: ClassVar[str] = "exactly"

    placements: tuple[Placement, ...]

    def post(self, programme: Programme, model: Model) -> None:
        """Fixes every choice."""
        amounts = {(placement.activity, placement.span): placement.amount for placement in self.placements}
        for placement in self.placements:
            for trainer in placement.trainers:
                model.at_least(1, [(1, model.given_by(placement.activity, trainer)[placement.span])])
            if placement.place is not None:
                model.at_least(1, [(1, model.in_place(placement.activity, placement.place)[placement.span])])
        for key, activity in programme.activities.items():
            size = getattr(activity, "step", 1)
            for span, variable in model.choices(key).items():
                amount = amounts.get((key, span), 0)
                model.at_most(amount, [(size, variable)])
                model.at_least(amount, [(size, variable)])


class _Collector(cp_model.CpSolverSolutionCallback):
    def __init__(self, model: SearchModel) -> None:
        super().__init__()
        self.model = model
        self.found: set[Timetable] = set()

    def on_solution_callback(self) -> None:
        self.found.add(self.model.timetable(list(self.response_proto.solution)))


def model_of(programme: Programme, rules: Sequence[Rule]) -> SearchModel:
    """The search model of a programme under these rules."""
    return SearchModel(programme, candidates_of(programme, rules), rules)


def allowed(programme: Programme, rules: Sequence[Rule]) -> set[Timetable]:
    """Every timetable that the model allows."""
    model = model_of(programme, rules)
    solver = cp_model.CpSolver()
    solver.parameters.enumerate_all_solutions = True
    solver.parameters.num_workers = 1
    collector = _Collector(model)
    status = solver.solve(model.cp, collector)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE), solver.status_name(status)
    return collector.found


def cheapest(programme: Programme, rules: Sequence[Rule]) -> int:
    """The least cost of a lawful timetable."""
    model = model_of(programme, rules)
    terms = [(cost.weight * factor, variable) for cost in model.costs for factor, variable in cost.terms]
    model.cp.minimize(weighted_sum(terms))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model.cp) == cp_model.OPTIMAL
    return round(solver.objective_value) + sum(cost.weight * cost.constant for cost in model.costs)
