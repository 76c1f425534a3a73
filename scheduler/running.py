"""CP-SAT in a thread beside the one that asks, which stays free to hear that it is to stop."""

from collections.abc import Callable
from math import ceil
from threading import Thread

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model_helper import CpSolverResponse

_BETWEEN_LOOKS = 0.02
"""Seconds."""
_ROUNDING = 1e-6


def bound_of(proved: float) -> int:
    """The least whole cost that a bound of CP-SAT leaves, which is a float."""
    return ceil(proved - _ROUNDING)


def run(
    solver: cp_model.CpSolver,
    cp: cp_model.CpModel,
    is_over: Callable[[], bool],
    callback: cp_model.CpSolverSolutionCallback | None = None,
) -> CpSolverResponse:
    """What a solver makes of a model until it ends, or soon after somebody says that it is over.

    Raises:
        ValueError: where CP-SAT refuses the model.
    """
    thread = Thread(target=solver.solve, args=(cp, callback), daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(_BETWEEN_LOOKS)
        if thread.is_alive() and is_over():
            solver.stop_search()
    response = solver.response_proto
    if response.status == cp_model.MODEL_INVALID:
        raise ValueError(cp.validate())
    return response
