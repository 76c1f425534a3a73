"""CP-SAT beside the one that asks."""

import pytest
from ortools.sat.python import cp_model

from scheduler.running import run

HOLES = 14


def pigeons(number: int) -> cp_model.CpModel:
    """So many pigeons in fourteen holes, each hole for one; one too many is hopeless to prove by trying."""
    cp = cp_model.CpModel()
    sits = [[cp.new_bool_var("") for _ in range(HOLES)] for _ in range(number)]
    for holes in sits:
        cp.add_bool_or(holes)
    for hole in range(HOLES):
        for one in range(number):
            for other in range(one):
                cp.add_bool_or([sits[one][hole].negated(), sits[other][hole].negated()])
    return cp


def plain_solver() -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.cp_model_presolve = False
    solver.parameters.symmetry_level = 0
    solver.parameters.linearization_level = 0
    return solver


def test_what_ends_by_itself() -> None:
    assert run(plain_solver(), pigeons(HOLES), lambda: False).status == cp_model.OPTIMAL


def test_what_is_over_ends_without_an_answer() -> None:
    assert run(plain_solver(), pigeons(HOLES + 1), lambda: True).status == cp_model.UNKNOWN


def test_a_model_that_is_none_is_refused() -> None:
    cp = cp_model.CpModel()
    cp.new_bool_var("")
    cp.proto.variables[0].domain[0] = 2
    with pytest.raises(ValueError, match="domain"):
        run(plain_solver(), cp, lambda: False)
