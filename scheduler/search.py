"""The search: lawful first, then level by level, each with a proven bound.

A level is the sum of what the rules of one rank charge. It is worked in three ways, until value and bound meet:

1. *bound*: one worker with the strongest linear relaxation lowers the value and, above all, raises the bound;
2. *jump*: local search on violated laws alone looks for a timetable that costs no more than the bound; where it finds
   none it aims half way between bound and value;
3. *portfolio*: all of CP-SAT's workers, in turn, on what is left.

Then the value becomes a law for the levels below, so that their bounds read "given the levels above at these values".
Each way runs a fixed amount of work on a fixed schedule, which makes the same timetable every time.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from threading import Event
from types import MappingProxyType

from ortools.sat.python import cp_model

from calendars.timetable import Timetable
from scheduler import parameters
from scheduler.bottlenecks import Bottleneck, bottlenecks
from scheduler.candidates import Candidates, candidates_of
from scheduler.model import SearchModel, weighted_sum
from scheduler.parameters import Parameters
from scheduler.patience import Patience
from scheduler.problem import Problem
from scheduler.running import bound_of, run
from scheduler.shortages import Shortage, shortages
from scheduler.unkeepable import Unkeepable, unkeepable
from scheduler.verdict import price

_SHORT_WORK = 0.5
_BOUND_WORK = 1.0
_JUMP_WORK = 4.0
_PROOF_WORK = 20.0
"""Shares of work, in CP-SAT's deterministic time: about a second on a quiet machine for a unit and a worker."""

_MOST_MISSES = 3


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
    """A moment of a level: its value and its bound so far, and the seconds since the search began."""

    rank: int
    value: int
    bound: int
    seconds: float

    @property
    def gap(self) -> float:
        """As `Level.gap`."""
        return gap(self.value, self.bound)


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
    """How a search ended. `reproducible` is false where the clock or a person ended it.

    Why there is none: `shortages` were seen before the search, `unkeepable` laws were looked for after it.
    """

    outcome: Outcome
    timetable: Timetable | None = None
    levels: tuple[Level, ...] = ()
    shortages: tuple[Shortage | Bottleneck, ...] = ()
    unkeepable: tuple[Unkeepable, ...] = ()
    reproducible: bool = True
    seconds_to_lawful: float = 0.0
    seconds: float = 0.0


def search(
    problem: Problem,
    limits: Limits,
    report: Callable[[Progress], None] = lambda progress: None,
    most: Mapping[int, int] = MappingProxyType({}),
    enough: Mapping[int, int] = MappingProxyType({}),
) -> Result:
    """The best timetable of a problem within the limits.

    Args:
        problem: what to place and under which rules.
        limits: what ends the search early.
        report: called at each better value or bound, from any thread.
        most: by rank, what a level may cost: it is kept like a law, and not worked any further.
        enough: by rank, what a level need not go below: whatever costs less has this value.
    """
    started = time.monotonic()
    candidates = candidates_of(problem.programme, problem.rules)
    short = () if problem.may_lack_sessions else _counted(problem, candidates)
    if short:
        return Result(Outcome.IMPOSSIBLE, shortages=short, seconds=time.monotonic() - started)
    return _Search(problem, candidates, limits, report, started, most, enough).run()


def _counted(problem: Problem, candidates: Mapping[str, Candidates]) -> tuple[Shortage | Bottleneck, ...]:
    """What is seen to be impossible before any search."""
    return shortages(candidates) or bottlenecks(problem.programme, problem.rules, candidates)


@dataclass(frozen=True)
class _Step:
    """What one run of CP-SAT gave: the values of all variables where it found any, and a bound on the cost."""

    status: cp_model.CpSolverStatus
    values: Sequence[int] | None
    bound: int


_CUT_SHORT = _Step(cp_model.UNKNOWN, None, 0)


class _Search:
    """One search: the model, the limits, and whether anything but the work allowed ended it."""

    def __init__(
        self,
        problem: Problem,
        candidates: Mapping[str, Candidates],
        limits: Limits,
        report: Callable[[Progress], None],
        started: float,
        most: Mapping[int, int],
        enough: Mapping[int, int],
    ) -> None:
        self.started = started
        self.most = most
        self.enough = enough
        self.problem = problem
        self.candidates = candidates
        self.limits = limits
        self.report = report
        self.cut_short = False
        self.model = SearchModel(problem.programme, candidates, problem.laws)
        self.model.post(rule for rule in problem.priced if rule.rank in most)
        for rank, limit in most.items():
            self.model.cp.add(self.model.cost(rank) <= limit)

    def run(self) -> Result:
        """Lawful first, then every level in turn."""
        lawful = self._lawful()
        if lawful.status == cp_model.INFEASIBLE:
            patience = Patience(_JUMP_WORK, self.limits.stop)
            found = () if self.most else unkeepable(self.problem, self.candidates, patience)
            return Result(Outcome.IMPOSSIBLE, unkeepable=found, seconds=self.elapsed())
        if lawful.values is None:
            return Result(Outcome.UNKNOWN, reproducible=not self.cut_short, seconds=self.elapsed())
        lawful_after, values, levels = self.elapsed(), lawful.values, []
        worked = [rule for rule in self.problem.priced if rule.rank not in self.most]
        self.model.post(worked)
        for rank in sorted({rule.rank for rule in worked}):
            values, level = self._improve(rank, values)
            levels.append(level)
        return Result(
            Outcome.LAWFUL,
            self.model.timetable(values),
            tuple(levels),
            reproducible=not self.cut_short,
            seconds_to_lawful=lawful_after,
            seconds=self.elapsed(),
        )

    def _lawful(self) -> _Step:
        """A jump finds a year where there is room for one, a relaxation proves that there is none; then all workers."""
        jump, relaxed = parameters.jump(self.limits.workers), parameters.relaxed()
        ways = (
            (jump, _SHORT_WORK),
            (relaxed, _SHORT_WORK),
            (jump, _JUMP_WORK),
            (relaxed, _PROOF_WORK),
            (parameters.portfolio(self.limits.workers), self.limits.work),
        )
        step = self._keep_all()
        for way, work in ways:
            if step.status == cp_model.UNKNOWN and not self._is_over():
                step = self._solve(self.model.cp, way, min(work, self.limits.work))
        return step

    def _keep_all(self) -> _Step:
        """A year in which all that the previous one has, and that is still possible, stands as it did."""
        previous = self.problem.previous
        if previous is None:
            return _CUT_SHORT
        cp = self.model.cp.clone()
        for value, variable in self.model.kept(previous):
            cp.add(weighted_sum([(1, variable)]) >= value)
        step = self._solve(cp, parameters.alone(), min(_JUMP_WORK, self.limits.work))
        return _CUT_SHORT if step.values is None else step

    def _improve(self, rank: int, values: Sequence[int]) -> tuple[Sequence[int], Level]:
        """Brings the value of a rank and its bound together as far as the limits allow, then holds the value."""
        level = _Climb(self, rank, values)
        level.raise_bound()
        level.jump()
        level.search_on()
        self.model.cp.add(level.goal <= level.value)
        rules = dict.fromkeys(rule.name for rule in self.problem.priced if rule.rank == rank)
        return level.values, Level(rank, tuple(rules), level.value, level.bound)

    def goal(self, rank: int, value: int) -> cp_model.LinearExprT:
        """What is minimised at a rank where `value` is known: its cost, or what is enough if that is more."""
        cost = self.model.cost(rank)
        if rank not in self.enough:
            return cost
        goal = self.model.cp.new_int_var(self.enough[rank], value, f"goal of level {rank}")
        self.model.cp.add(goal >= cost)
        return goal

    def run_level(self, level: "_Climb", with_parameters: Parameters, work: float) -> _Step:
        """Minimises the goal of a level from the values that it has."""
        if self._is_over():
            return _CUT_SHORT
        cp = self._from(level.values)
        cp.minimize(level.goal)
        cp.add(level.goal >= level.bound)
        return self._solve(cp, with_parameters, work, _Watcher(level.rank, self, (level.value, level.bound)))

    def run_target(self, level: "_Climb", target: int) -> _Step:
        """Looks for a timetable that costs no more than `target` at a level."""
        if self._is_over():
            return _CUT_SHORT
        cp = self._from(level.values)
        cp.add(level.goal <= target)
        return self._solve(cp, parameters.jump(self.limits.workers), min(_JUMP_WORK, self.limits.work))

    def _from(self, values: Sequence[int]) -> cp_model.CpModel:
        """The model with a hint for each of its variables."""
        cp = self.model.cp.clone()
        cp.proto.solution_hint.vars.extend(range(len(values)))
        cp.proto.solution_hint.values.extend(values)
        return cp

    def _solve(
        self, cp: cp_model.CpModel, with_parameters: Parameters, work: float, watcher: "_Watcher | None" = None
    ) -> _Step:
        """Runs CP-SAT for so much work, or until the search is over."""
        solver = cp_model.CpSolver()
        with_parameters(solver.parameters)
        solver.parameters.random_seed = self.limits.seed
        solver.parameters.max_deterministic_time = work
        if watcher is not None:
            solver.best_bound_callback = watcher.on_bound
        response = run(solver, cp, self._is_over, watcher)
        found = response.status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        values = list(response.solution) if found else None
        return _Step(response.status, values, bound_of(solver.best_objective_bound))

    def _is_over(self) -> bool:
        """Whether a person or the clock has ended the search; it is not reproducible then."""
        seconds = self.limits.seconds
        self.cut_short |= self.limits.stop.is_set() or (seconds is not None and self.elapsed() > seconds)
        return self.cut_short

    def elapsed(self) -> float:
        """Seconds since the search began."""
        return time.monotonic() - self.started


class _Climb:
    """One level on its way: the best values known, what they cost, and the bound."""

    def __init__(self, search: _Search, rank: int, values: Sequence[int]) -> None:
        self.search = search
        self.rank = rank
        self.enough = search.enough.get(rank, 0)
        self.values, self.value, self.bound = values, self._cost(values), self.enough
        self.goal = search.goal(rank, self.value)
        self._tell()

    def raise_bound(self) -> None:
        """The linear relaxation; a value of 0, or of what is enough, needs none."""
        if self.value > self.bound:
            self._run(parameters.relaxed(), _BOUND_WORK)

    def jump(self) -> None:
        """Aims at the bound; after a miss half way between the lowest value not missed yet and the one known."""
        target = lowest = self.bound
        misses = 0
        while lowest < self.value and misses < _MOST_MISSES:
            step = self.search.run_target(self, target)
            if step.values is None:
                misses, lowest = misses + 1, target + 1
            self._take(step.values, lowest if step.status == cp_model.INFEASIBLE else self.bound)
            target = (lowest + self.value) // 2

    def search_on(self) -> None:
        """All workers, for the work that is allowed."""
        if self.value > self.bound:
            limits = self.search.limits
            self._run(parameters.portfolio(limits.workers), limits.work)

    def _run(self, with_parameters: Parameters, work: float) -> None:
        step = self.search.run_level(self, with_parameters, work)
        self._take(step.values, step.bound)

    def _take(self, values: Sequence[int] | None, bound: int) -> None:
        if values is not None and (value := self._cost(values)) < self.value:
            self.values, self.value = values, value
        self.bound = min(self.value, max(self.bound, bound))
        self._tell()

    def _cost(self, values: Sequence[int]) -> int:
        """By the rules' own checks: the model's excess may be loose where nothing presses it down."""
        return max(self.enough, price(self.search.problem, self.search.model.timetable(values), self.rank))

    def _tell(self) -> None:
        self.search.report(Progress(self.rank, self.value, self.bound, self.search.elapsed()))


class _Watcher(cp_model.CpSolverSolutionCallback):
    """Passes every better value or bound of a level on."""

    def __init__(self, rank: int, search: _Search, known: tuple[int, int]) -> None:
        super().__init__()
        self.rank = rank
        self.search = search
        self.best, self.bound = known

    def on_solution_callback(self) -> None:
        """A better solution."""
        self.best = min(self.best, round(self.objective_value))
        self._tell()

    def on_bound(self, bound: float) -> None:
        """A better bound; CP-SAT may begin below what is known."""
        self.bound = max(self.bound, bound_of(bound))
        self._tell()

    def _tell(self) -> None:
        self.search.report(Progress(self.rank, self.best, self.bound, self.search.elapsed()))
