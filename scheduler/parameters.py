"""The ways in which CP-SAT is run. Each gives the same answer for the same model, seed and work.

Plain parallel workers race and do not; `interleave_search` takes them in turns, one at a time: in batches of two the
local searches among them were seen to race as well. Probing, symmetry and further rounds of presolve cost more than
half of the time on these models and found nothing.
"""

from collections.abc import Callable

from ortools.sat.python.cp_model_helper import SatParameters

Parameters = Callable[[SatParameters], None]
"""Sets what one way of running needs."""

_TREE_SEARCHES = (
    "default_lp",
    "max_lp",
    "no_lp",
    "quick_restart",
    "quick_restart_no_lp",
    "fs_random",
    "fs_random_no_lp",
    "fs_random_quick_restart",
    "fs_random_quick_restart_no_lp",
)
_TURNS_A_WORKER = 4


def alone() -> Parameters:
    """One worker, for a timetable that is nearly given."""
    return _light


def first() -> Parameters:
    """One worker that looks for any timetable of a piece of a plan, or for the proof that there is none.

    Without a relaxation, and as in `best`: a third of the time of `alone`.
    """

    def set_to(parameters: SatParameters) -> None:
        best()(parameters)
        parameters.linearization_level = 0
        parameters.search_branching = SatParameters.PORTFOLIO_WITH_QUICK_RESTART_SEARCH

    return set_to


def best() -> Parameters:
    """One worker that looks for the best timetable of a piece of a plan.

    It does not look for larger sets of which one may be chosen: the laws post the largest, and it took half the time.
    """

    def set_to(parameters: SatParameters) -> None:
        _light(parameters)
        parameters.merge_at_most_one_work_limit = 0
        parameters.merge_no_overlap_work_limit = 0

    return set_to


def relaxed() -> Parameters:
    """One worker with the strongest linear relaxation, for bounds and for the proof that there is no timetable."""

    def set_to(parameters: SatParameters) -> None:
        _light(parameters)
        parameters.linearization_level = 2

    return set_to


def around() -> Parameters:
    """One worker for a neighbourhood, in which all that is hinted stands: the relaxation, and bounds tried from below.

    Measured on neighbourhoods of a week of courses: the strongest relaxation closes three times as many of them as the
    usual one, and asking for the bound first a fifth more.
    """

    def set_to(parameters: SatParameters) -> None:
        relaxed()(parameters)
        parameters.fix_variables_to_their_hinted_value = True
        parameters.use_objective_lb_search = True

    return set_to


def fixed() -> Parameters:
    """One worker for what follows from the hint, in which all that is hinted stands."""

    def set_to(parameters: SatParameters) -> None:
        first()(parameters)
        parameters.fix_variables_to_their_hinted_value = True

    return set_to


def propagated() -> Parameters:
    """One worker that goes from the hint by plain propagation: soonest where little is left to choose, else lost."""

    def set_to(parameters: SatParameters) -> None:
        _light(parameters)
        parameters.cp_model_presolve = False
        parameters.linearization_level = 0
        parameters.search_branching = SatParameters.HINT_SEARCH

    return set_to


def jump(workers: int) -> Parameters:
    """Local search on violated constraints and nothing else: finds, never proves."""

    def set_to(parameters: SatParameters) -> None:
        _in_turns(parameters, workers)
        parameters.ignore_subsolvers.extend(_TREE_SEARCHES)

    return set_to


def portfolio(workers: int) -> Parameters:
    """All of CP-SAT's workers, more of them than threads so that each kind has its turn."""

    def set_to(parameters: SatParameters) -> None:
        _in_turns(parameters, _TURNS_A_WORKER * workers)

    return set_to


def _light(parameters: SatParameters) -> None:
    parameters.num_workers = 1
    parameters.cp_model_probing_level = 0
    parameters.symmetry_level = 0
    parameters.max_presolve_iterations = 1
    parameters.cp_model_use_sat_presolve = False
    parameters.catch_sigint_signal = False


def _in_turns(parameters: SatParameters, workers: int) -> None:
    _light(parameters)
    parameters.num_workers = workers
    parameters.interleave_search = True
    parameters.interleave_batch_size = 1
