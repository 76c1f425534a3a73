"""The search: lawful first, then level by level, each with a proven bound.

A level is the sum of what the rules of one rank charge. Once it is searched its value becomes a law for the levels
below, so that a bound reads "given the levels above at the value found".
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from math import ceil
from threading import Event, Thread

from ortools.sat.python import cp_model

from calendars.timetable import Timetable
from scheduler.candidates import Candidates, candidates_of
from scheduler.model import SearchModel
from scheduler.problem import Problem
from scheduler.shortages import Shortage, shortages
from scheduler.verdict import price


class Outcome(Enum):
    """What a search can end with."""

    LAWFUL = "lawful"
    IMPOSSIBLE = "impossible"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Level:
    """The value found for a level and the bound proved for it, both in points of the rules named."""

    rank: int
    rules: tuple[str, ...]
    value: int
    bound: int

    @property
    def proved(self) -> bool:
        """Whether no better value exists, given the levels above."""
        return self.value == self.bound

    @property
    def gap(self) -> float:
        """How far the value may be from the best possible, as a share of it."""
        return gap(self.value, self.bound)


@dataclass(frozen=True)
class Progress:
    """A moment of a search; `rank` is 0 while no lawful timetable is known, `value` and `bound` are then None."""

    rank: int
    value: int | None
    bound: int | None
    seconds: float

    @property
    def gap(self) -> float | None:
        """As `Level.gap`, where value and bound are known."""
        return None if self.value is None or self.bound is None else gap(self.value, self.bound)


def gap(value: int, bound: int) -> float:
    """(value - bound) / max(1, |value|)."""
    return (value - bound) / max(1, abs(value))


@dataclass(frozen=True)
class Limits:
    """What ends a search early.

    `work` bounds each step in CP-SAT's deterministic time, the same on every machine; `seconds` bounds the whole
    search by the clock, and `stop`, once set, ends it at once with the best so far: neither gives the same bytes twice.
    """

    work: float = 60.0
    seconds: float | None = None
    workers: int = 2
    seed: int = 0
    stop: Event = field(default_factory=Event)


@dataclass(frozen=True)
class Result:
    """How a search ended. `reproducible` is false where the clock or a person ended it."""

    outcome: Outcome
    timetable: Timetable | None = None
    levels: tuple[Level, ...] = ()
    shortages: tuple[Shortage, ...] = ()
    reproducible: bool = True
    seconds_to_lawful: float = 0.0
    seconds: float = 0.0


def search(problem: Problem, limits: Limits, report: Callable[[Progress], None] = lambda progress: None) -> Result:
    """The best timetable of a problem within the limits.

    Args:
        problem: what to place and under which rules.
        limits: what ends the search early.
        report: called at each better value or bound, from any thread.
    """
    candidates = candidates_of(problem.programme, problem.rules)
    short = shortages(candidates)
    if short:
        return Result(Outcome.IMPOSSIBLE, shortages=short)
    return _Search(problem, candidates, limits, report).run()


@dataclass(frozen=True)
class _Step:
    status: cp_model.CpSolverStatus
    values: Sequence[int] | None
    bound: int


class _Search:
    """One search: the model, the solution so far, and what ended it."""

    def __init__(
        self,
        problem: Problem,
        candidates: Mapping[str, Candidates],
        limits: Limits,
        report: Callable[[Progress], None],
    ) -> None:
        self.started = time.monotonic()
        self.problem = problem
        self.limits = limits
        self.report = report
        self.cut_short = False
        self.model = SearchModel(problem.programme, candidates, problem.rules)

    def run(self) -> Result:
        """Lawful first, then every level in turn."""
        lawful = self._solve(0)
        if lawful.status == cp_model.INFEASIBLE:
            return Result(Outcome.IMPOSSIBLE, seconds=self._elapsed())
        if lawful.values is None:
            return Result(Outcome.UNKNOWN, reproducible=not self.cut_short, seconds=self._elapsed())
        lawful_after, values, levels = self._elapsed(), lawful.values, []
        for rank in sorted({rule.rank for rule in self.problem.rules if rule.price is not None}):
            values, level = self._improve(rank, values)
            levels.append(level)
        return Result(
            Outcome.LAWFUL,
            self.model.timetable(values),
            tuple(levels),
            reproducible=not self.cut_short,
            seconds_to_lawful=lawful_after,
            seconds=self._elapsed(),
        )

    def _improve(self, rank: int, values: Sequence[int]) -> tuple[Sequence[int], Level]:
        """Lowers the cost of a rank from a known solution, then holds the value reached."""
        cost = self.model.cost(rank)
        self.model.cp.minimize(cost)
        self._hint(values)
        step = self._solve(rank)
        values = step.values or values
        value = price(self.problem, self.model.timetable(values), rank)
        rules = tuple(rule.name for rule in self.problem.rules if rule.price is not None and rule.rank == rank)
        level = Level(rank, tuple(dict.fromkeys(rules)), value, min(value, max(0, step.bound)))
        self.model.cp.clear_objective()
        self.model.cp.add(cost <= value)
        return values, level

    def _hint(self, values: Sequence[int]) -> None:
        self.model.cp.clear_hints()
        for index, value in enumerate(values):
            self.model.cp.add_hint(self.model.cp.get_int_var_from_proto_index(index), value)

    def _solve(self, rank: int) -> _Step:
        """Runs CP-SAT beside the main thread, which stays free to hear a Ctrl-C."""
        solver = self._solver(rank)
        watcher = _Watcher(rank, self.started, self.report)
        solver.best_bound_callback = watcher.on_bound
        thread = Thread(target=solver.solve, args=(self.model.cp, watcher), daemon=True)
        thread.start()
        while thread.is_alive():
            thread.join(0.05)
            if self._is_over():
                self.cut_short = True
                solver.stop_search()
        status = solver.response_proto.status
        solution = list(solver.response_proto.solution)
        return _Step(status, solution or None, ceil(solver.best_objective_bound - 1e-6))

    def _solver(self, rank: int) -> cp_model.CpSolver:
        solver = cp_model.CpSolver()
        parameters = solver.parameters
        parameters.num_workers = self.limits.workers
        parameters.interleave_search = self.limits.workers > 1
        parameters.random_seed = self.limits.seed
        parameters.max_deterministic_time = self.limits.work
        parameters.catch_sigint_signal = False
        return solver

    def _is_over(self) -> bool:
        seconds = self.limits.seconds
        return self.limits.stop.is_set() or (seconds is not None and self._elapsed() > seconds)

    def _elapsed(self) -> float:
        return time.monotonic() - self.started


class _Watcher(cp_model.CpSolverSolutionCallback):
    """Passes every better value or bound of a level on."""

    def __init__(self, rank: int, started: float, report: Callable[[Progress], None]) -> None:
        super().__init__()
        self.rank = rank
        self.started = started
        self.report = report
        self.best: int | None = None
        self.bound: int | None = None

    def on_solution_callback(self) -> None:
        """A better solution."""
        if self.rank:
            self.best = round(self.objective_value)
        self._tell()

    def on_bound(self, bound: float) -> None:
        """A better bound."""
        if self.rank:
            self.bound = ceil(bound - 1e-6)
        self._tell()

    def _tell(self) -> None:
        self.report(Progress(self.rank, self.best, self.bound, time.monotonic() - self.started))
