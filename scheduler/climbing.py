"""The search: lawful first, then level by level, each with a proven bound.

A level is the sum of what the rules of one rank charge. It is worked in three ways, until value and bound meet:

1. *bound*: one worker with the strongest linear relaxation lowers the value and, above all, raises the bound;
2. *jump*: local search on violated laws alone looks for a timetable that costs no more than the bound; where it finds
   none it aims half way between bound and value;
3. *neighbourhoods*: a part of the timetable is placed anew in the midst of the rest (`scheduler/improving.py`);
4. *portfolio*: all of CP-SAT's workers, in turn, on what is left.

Then the value becomes a law for the levels below, so that their bounds read "given the levels above at these values".
Each way runs a fixed amount of work on a fixed schedule, which makes the same timetable every time.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import inf
from types import MappingProxyType

from ortools.sat.python import cp_model

from calendars.timetable import Timetable
from scheduler import parameters
from scheduler.candidates import Candidates
from scheduler.improving import Improving, Standing
from scheduler.model import SearchModel, hint_all, weighted_sum
from scheduler.neighbourhoods import Cells, Neighbourhoods
from scheduler.parameters import Parameters
from scheduler.patience import Patience
from scheduler.problem import Problem
from scheduler.result import Level, Limits, Outcome, Progress, Result
from scheduler.running import bound_of, run
from scheduler.unkeepable import unkeepable
from scheduler.verdict import price

_SHORT_WORK = 0.5
BOUND_WORK = 1.0
JUMP_WORK = 4.0
FIRST_WORK = 10.0
PROOF_WORK = 20.0
"""Shares of work, in CP-SAT's deterministic time: about a second on a quiet machine for a unit and a worker."""

_LOOKING_SHARE = 0.6
"""Of the work for a step, and of the time left for a level, how much neighbourhoods may take."""

_MOST_MISSES = 3

_HASTE = 0.05
"""How much further than the work the time may be before a step hurries."""


@dataclass(frozen=True)
class Step:
    """What one run of CP-SAT gave: the values of all variables where it found any, and a bound on the cost."""

    status: cp_model.CpSolverStatus
    values: Sequence[int] | None
    bound: int


CUT_SHORT = Step(cp_model.UNKNOWN, None, 0)


class Search:
    """One search: the model, the limits, and whether anything but the work allowed ended it."""

    def __init__(
        self,
        problem: Problem,
        candidates: Mapping[str, Candidates],
        limits: Limits,
        report: Callable[[Progress], None],
        started: float,
        most: Mapping[int, int] = MappingProxyType({}),
        enough: Mapping[int, int] = MappingProxyType({}),
    ) -> None:
        self.started = started
        self.most = most
        self.enough = enough
        self.problem = problem
        self.candidates = candidates
        self.limits = limits
        self.report = report
        self.cut_short = self.hurried = False
        self._clock_started = limits.clock()
        self._levels_to_come = len({rule.rank for rule in problem.priced if rule.rank not in most})
        self.model = SearchModel(problem.programme, candidates, problem.laws)
        self.model.post(rule for rule in problem.priced if rule.rank in most)
        for rank, limit in most.items():
            self.model.cp.add(self.model.cost(rank) <= limit)

    def run(self) -> Result:
        """Lawful first, then every level in turn."""
        lawful = self.lawful()
        if lawful.status == cp_model.INFEASIBLE:
            patience = Patience(JUMP_WORK, self.limits.stop)
            found = () if self.most else unkeepable(self.problem, self.candidates, patience)
            return Result(Outcome.IMPOSSIBLE, unkeepable=found, seconds=self.elapsed())
        if lawful.values is None:
            return Result(Outcome.UNKNOWN, reproducible=self.is_reproducible, seconds=self.elapsed())
        lawful_after, values, levels = self.elapsed(), lawful.values, []
        worked = [rule for rule in self.problem.priced if rule.rank not in self.most]
        self.model.post(worked)
        for rank in sorted({rule.rank for rule in worked}):
            values, level = self.improve(rank, values)
            levels.append(level)
            self._levels_to_come -= 1
        return Result(
            Outcome.LAWFUL,
            self.timetable(values),
            tuple(levels),
            reproducible=self.is_reproducible,
            seconds_to_lawful=lawful_after,
            seconds=self.elapsed(),
        )

    @property
    def is_reproducible(self) -> bool:
        """Whether neither a person nor the clock ended the search or a step of it."""
        return not (self.cut_short or self.hurried)

    def timetable(self, values: Sequence[int]) -> Timetable:
        """What is told of the last values."""
        return self.model.timetable(values)

    def lawful(self) -> Step:
        """A first timetable, or the proof that there is none."""
        step = self._keep_all()
        for way, work in self.ways():
            if step.status == cp_model.UNKNOWN and not self.is_over():
                step = self.solve(self.model.cp, way, min(work, self.limits.work))
        return step

    def ways(self) -> Sequence[tuple[Parameters, float]]:
        """What is tried for it, each with its work.

        A jump finds a year where there is room for one, a relaxation proves that there is none, propagation finds what
        is tied; at last all workers are tried.
        """
        jump, relaxed = parameters.jump(self.limits.workers), parameters.relaxed()
        return (
            (jump, _SHORT_WORK),
            (relaxed, _SHORT_WORK),
            (jump, JUMP_WORK),
            (parameters.first(), FIRST_WORK),
            (relaxed, PROOF_WORK),
            (parameters.portfolio(self.limits.workers), self.limits.work),
        )

    def _keep_all(self) -> Step:
        """A year in which all that the previous one has, and that is still possible, stands as it did."""
        previous = self.problem.previous
        if previous is None:
            return CUT_SHORT
        cp = self.model.cp.clone()
        for value, variable in self.model.kept(previous):
            cp.add(weighted_sum([(1, variable)]) >= value)
        step = self.solve(cp, parameters.alone(), min(JUMP_WORK, self.limits.work))
        return CUT_SHORT if step.values is None else step

    def improve(self, rank: int, values: Sequence[int]) -> tuple[Sequence[int], Level]:
        """Brings the value of a rank and its bound together as far as the limits allow, then holds the value."""
        level = _Climb(self, rank, values)
        level.raise_bound()
        level.jump()
        self.look_around(level)
        level.search_on()
        self.model.cp.add(level.goal <= level.value)
        return level.values, Level(rank, self.names(rank), level.value, level.bound)

    def names(self, rank: int) -> tuple[str, ...]:
        """The rules of a rank."""
        return tuple(dict.fromkeys(rule.name for rule in self.problem.priced if rule.rank == rank))

    def look_around(self, level: "_Climb") -> None:
        """Improves a level in large neighbourhoods."""
        if level.value == level.bound:
            return
        cp = self.model.cp.clone()
        cp.minimize(level.goal)
        near = Neighbourhoods(self.model, self.problem)
        improving = Improving(
            cp, level.goal, near.every, partial(costly_kinds, self.problem, self.model, near, level.rank), self.limits
        )
        standing = Standing(level.values, level.value)
        work, is_over = _LOOKING_SHARE * self.limits.work, self.ending(_LOOKING_SHARE)
        improving.run(standing, level.bound, work, is_over, lambda values: level.take(values, level.bound))
        level.take(standing.values, standing.value if standing.proved else level.bound)

    def ending(self, share: float) -> Callable[[], bool]:
        """Whether the search is over, or so much of the time that is left for the level at hand has gone by."""
        now, seconds = self.spent(), self.limits.seconds
        if seconds is None:
            return self.is_over
        end = now + share * (seconds - now) / max(1, self._levels_to_come)

        def is_over() -> bool:
            over = self.is_over() or self.spent() > end
            self.hurried |= over
            return over

        return is_over

    def pace(self, share: float) -> Callable[[float], float]:
        """How far a step is that may take such a share of the time left for the level, by the work done or the time."""
        now, seconds = self.spent(), self.limits.seconds
        most = share * (seconds - now) / max(1, self._levels_to_come) if seconds is not None else inf

        def far(done: float) -> float:
            gone = (self.spent() - now) / most - _HASTE if self.spent() < now + most else 1.0
            self.hurried |= gone > done
            return 1.0 if self.is_over() else max(done, gone)

        return far

    def goal(self, rank: int, value: int) -> cp_model.LinearExprT:
        """What is minimised at a rank where `value` is known: its cost, or what is enough if that is more."""
        cost = self.model.cost(rank)
        if rank not in self.enough:
            return cost
        goal = self.model.cp.new_int_var(self.enough[rank], value, f"goal of level {rank}")
        self.model.cp.add(goal >= cost)
        return goal

    def run_level(self, level: "_Climb", with_parameters: Parameters, work: float) -> Step:
        """Minimises the goal of a level from the values that it has."""
        if self.is_over():
            return CUT_SHORT
        cp = self._from(level.values)
        cp.minimize(level.goal)
        cp.add(level.goal >= level.bound)
        return self.solve(cp, with_parameters, work, _Watcher(level.rank, self, (level.value, level.bound)))

    def run_target(self, level: "_Climb", target: int) -> Step:
        """Looks for a timetable that costs no more than `target` at a level."""
        if self.is_over():
            return CUT_SHORT
        cp = self._from(level.values)
        cp.add(level.goal <= target)
        return self.solve(cp, parameters.jump(self.limits.workers), min(JUMP_WORK, self.limits.work))

    def _from(self, values: Sequence[int]) -> cp_model.CpModel:
        """The model with a hint for each of its variables."""
        cp = self.model.cp.clone()
        hint_all(cp, values)
        return cp

    def solve(
        self, cp: cp_model.CpModel, with_parameters: Parameters, work: float, watcher: "_Watcher | None" = None
    ) -> Step:
        """Runs CP-SAT for so much work, or until the search is over."""
        solver = cp_model.CpSolver()
        with_parameters(solver.parameters)
        solver.parameters.random_seed = self.limits.seed
        solver.parameters.max_deterministic_time = work
        if watcher is not None:
            solver.best_bound_callback = watcher.on_bound
        response = run(solver, cp, self.is_over, watcher)
        found = response.status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        values = list(response.solution) if found else None
        return Step(response.status, values, bound_of(solver.best_objective_bound))

    def is_over(self) -> bool:
        """Whether a person or the clock has ended the search; it is not reproducible then."""
        seconds = self.limits.seconds
        self.cut_short |= self.limits.stop.is_set() or (seconds is not None and self.spent() > seconds)
        return self.cut_short

    def spent(self) -> float:
        """Seconds since the search began, as the limits count them."""
        return self.limits.clock() - self._clock_started

    def limits_left(self) -> Limits:
        """The limits of whoever goes on from here."""
        seconds = self.limits.seconds
        return self.limits if seconds is None else replace(self.limits, seconds=seconds - self.spent())

    def elapsed(self) -> float:
        """Seconds since the search began."""
        return time.monotonic() - self.started


class _Climb:
    """One level on its way: the best values known, what they cost, and the bound."""

    def __init__(self, search: Search, rank: int, values: Sequence[int]) -> None:
        self.search = search
        self.rank = rank
        self.enough = search.enough.get(rank, 0)
        self.values, self.value, self.bound = values, self._cost(values), self.enough
        self.goal = search.goal(rank, self.value)
        self._tell()

    def raise_bound(self) -> None:
        """The linear relaxation; a value of 0, or of what is enough, needs none."""
        if self.value > self.bound:
            self._run(parameters.relaxed(), BOUND_WORK)

    def jump(self) -> None:
        """Aims at the bound; after a miss half way between the lowest value not missed yet and the one known."""
        target = lowest = self.bound
        misses = 0
        while lowest < self.value and misses < _MOST_MISSES:
            step = self.search.run_target(self, target)
            if step.values is None:
                misses, lowest = misses + 1, target + 1
            self.take(step.values, lowest if step.status == cp_model.INFEASIBLE else self.bound)
            target = (lowest + self.value) // 2

    def search_on(self) -> None:
        """All workers, for the work that is allowed."""
        if self.value > self.bound:
            limits = self.search.limits
            self._run(parameters.portfolio(limits.workers), limits.work)

    def _run(self, with_parameters: Parameters, work: float) -> None:
        step = self.search.run_level(self, with_parameters, work)
        self.take(step.values, step.bound)

    def take(self, values: Sequence[int] | None, bound: int) -> None:
        """Takes values that cost less, and a higher bound."""
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

    def __init__(self, rank: int, search: Search, known: tuple[int, int]) -> None:
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


def costly_kinds(
    problem: Problem, model: SearchModel, near: Neighbourhoods, rank: int, values: Sequence[int]
) -> Mapping[str, Cells]:
    """The neighbourhoods of some values, and among them those of what costs most at a rank."""
    timetable = model.timetable(values)
    return near.kinds(timetable, partial(costly, problem, timetable, rank))


def costly(problem: Problem, timetable: Timetable, rank: int) -> Sequence[str]:
    """What the breaches of a rank are about, once for each of them."""
    priced = (rule for rule in problem.priced if rule.rank == rank)
    breaches = (breach for rule in priced for breach in rule.check(problem.programme, timetable))
    return [key for breach in breaches for key in breach.activities]
