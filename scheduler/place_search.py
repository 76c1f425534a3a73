"""The search of places: any at some times, better ones, and better times of a few parts together with all places.

Whatever is asked here is asked of a model in which most parts stay at their times, so that it is small. Places alone
cannot mend what the times do to them, as that a course has to change its room; so a few parts at a time, around what
costs most, may have other times as well.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from random import Random

from calendars.timetable import Timetable
from scheduler import parameters
from scheduler.candidates import Candidates
from scheduler.climbing import Step, costly, costly_kinds
from scheduler.improving import Improving, Records, Standing
from scheduler.model import SearchModel, hint
from scheduler.neighbourhoods import Neighbourhoods
from scheduler.problem import Problem
from scheduler.result import Limits
from scheduler.verdict import price

_PLACING_WORK = 4.0
"""Deterministic time for any places at some times."""

_TURN = 2.0
"""Deterministic time for the neighbourhoods of a few parts."""

_FEW = 40
"""Sessions of the parts that may have other times at once; a part that meets regularly counts as one."""

Solve = Callable[..., Step]
"""Runs CP-SAT on a model, in some way, for so much work."""


class PlaceSearch:
    """What stands, with its places, and what the levels so far may cost.

    Args:
        problem: with its places.
        candidates: of the times of each activity.
        near: the neighbourhoods of all times, of which the walk is asked for.
        limits: the seed of the choices, and the workers.
        solve: runs CP-SAT until the search is over.
    """

    def __init__(
        self,
        problem: Problem,
        candidates: Mapping[str, Candidates],
        near: Neighbourhoods,
        limits: Limits,
        solve: Solve,
    ) -> None:
        self.stands = Timetable()
        self.held: dict[int, int] = {}
        self._problem, self._candidates, self._near = problem, candidates, near
        self._limits, self._solve = limits, solve
        self._records: Records = {}
        self._turns = 0

    def find(self, wished: Timetable) -> bool:
        """Whether some times have lawful places, which stand then, those wished as far as can be."""
        model = self._model(wished, ())
        values = self._values(model, wished)
        if values is not None:
            self.stands = model.timetable(values)
        return values is not None

    def improve(self, rank: int, wished: Timetable, work: float, is_over: Callable[[], bool]) -> None:
        """Looks for good places at some times, and takes them where they cost less than what stands."""
        self._improve(rank, wished, (), {}, work, is_over)

    def improve_together(self, rank: int, work: float, is_over: Callable[[], bool]) -> None:
        """Times of a few parts and all places, turn by turn."""
        for _ in range(round(work / _TURN)):
            if is_over() or price(self._problem, self.stands, rank) == 0:
                break
            self._improve(rank, self.stands, self._few(rank), self._records, _TURN, is_over)

    def _improve(
        self,
        rank: int,
        wished: Timetable,
        free: Collection[str],
        records: Records,
        work: float,
        is_over: Callable[[], bool],
    ) -> None:
        model = self._model(wished, free)
        values = self._values(model, wished)
        if values is None:
            return
        goal = model.cost(rank)
        model.cp.minimize(goal)
        near = Neighbourhoods(model, self._problem.programme)
        standing = Standing(values, price(self._problem, model.timetable(values), rank))
        kinds = partial(costly_kinds, self._problem, model, near, rank)
        improving = Improving(model.cp, goal, near.every, kinds, self._limits, records)
        improving.run(standing, 0, work, is_over, lambda values: None)
        found = model.timetable(standing.values)
        if price(self._problem, found, rank) <= price(self._problem, self.stands, rank):
            self.stands = found

    def _few(self, rank: int) -> set[str]:
        """A few parts around some of what costs anything."""
        self._turns += 1
        walk = self._near.walk(Random(f"{self._limits.seed} {self._turns}"), costly(self._problem, self.stands, rank))
        few, sessions, number = set[str](), self._near.sessions(self.stands), 0
        while number < _FEW and (key := next(walk, None)) is not None:
            few.add(key)
            number += sessions[key]
        return few

    def _values(self, model: SearchModel, wished: Timetable) -> Sequence[int] | None:
        """The values of a lawful timetable, as far as can be the one that is wished; None where there is none."""
        cp = model.cp.clone()
        hint(cp, model.kept(wished))
        return self._solve(cp, parameters.first(), _PLACING_WORK).values

    def _model(self, times: Timetable, free: Collection[str]) -> SearchModel:
        """The model of all places at some times, but of all times of free parts, with what the levels may cost."""
        problem = self._problem
        standing = {
            key: found if key in free else replace(found, lawful=tuple(sorted({each.span for each in times.of(key)})))
            for key, found in self._candidates.items()
        }
        model = SearchModel(problem.programme, standing, problem.laws)
        model.post(problem.priced)
        for rank, value in self.held.items():
            model.cp.add(model.cost(rank) <= value)
        return model
