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
from constraints.as_many import AsMany
from scheduler import parameters
from scheduler.candidates import Candidates
from scheduler.climbing import JUMP_WORK, Step, costly, costly_kinds
from scheduler.cooling import cooled
from scheduler.few_ways import few_ways, most_ways
from scheduler.improving import Improving, Records, Standing
from scheduler.lacking import lacking, with_gaps, without_some
from scheduler.model import SearchModel, hint, hint_all
from scheduler.neighbourhoods import Neighbourhoods
from scheduler.problem import Problem
from scheduler.result import Limits
from scheduler.verdict import price

_PLACING_WORK = 4.0
"""Deterministic time for any places at some times."""

_AS_MANY_WORK = 2.0
"""Deterministic time for as many places as can be."""

_FEW_WAYS = 16
"""Ways of each part among which times with places are looked for at first, and of the parts of a turn."""

_FEW_GAPS, _FILLING_WORK = 10, 20.0
"""Parts without a place up to which each is placed anew with what is near it, and the deterministic time for all.

To place forty took longer than to let local search mend the whole.
"""

_MOST_PAIRS = 200_000
"""Pairs of a time and a place up to which all are cooled down at once."""

_FEW_PAIRS, _BOUND_WORK = 20_000, 1.0
"""Pairs up to which the relaxation is asked about all of them, and the deterministic time for it."""

_TURN = 2.0
"""Deterministic time for the neighbourhoods of a few parts."""

_LEAST_SIZE, _GROWTH = 40.0, 1.25
"""Sessions of the parts that may have other times in a turn, and how many more where the last one was proved.

A part that meets regularly counts as one.
"""

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
        self._size = _LEAST_SIZE

    def find(self, wished: Timetable, is_over: Callable[[], bool]) -> bool:
        """Whether lawful places were found, at some times or at others near them; they stand then."""
        found = self._at(wished) or self._nearby(wished, self._as_many(wished), is_over)
        if found is not None:
            self.stands = found
        return found is not None

    def improve(self, rank: int, wished: Timetable, work: float, is_over: Callable[[], bool]) -> bool:
        """Looks for good places at some times or near them, and takes them where they cost less than what stands.

        Tells whether all but a few could keep these times.
        """
        placed = self._at(wished) or self._filled(rank, self._as_many(wished), is_over)
        keeps = not lacking(self._problem, placed)
        found = placed if keeps else self._nearby(wished, placed, is_over)
        if found is not None:
            self._improve(rank, found, (), {}, work, is_over)
        return keeps

    def bound(self, rank: int) -> int:
        """What the relaxation says of all times and places, where these are few."""
        if self._pairs(most_ways(self._candidates)) > _FEW_PAIRS:
            return 0
        model = self._model(self._problem, self._candidates)
        model.cp.minimize(model.cost(rank))
        return self._solve(model.cp, parameters.relaxed(), _BOUND_WORK).bound

    def anneal(self, rank: int, bound: int, work: float, pace: Callable[[float], float]) -> None:
        """Cools what stands down, times and places at once, among as many ways as a model holds."""
        number = most_ways(self._candidates)
        while number > 2 and self._pairs(number) > _MOST_PAIRS:
            number //= 2
        if self._pairs(number) > _MOST_PAIRS:
            return
        random = Random(f"{self._limits.seed} {number}")
        rules = [rule for rule in self._problem.rules if rule.price is None or rule.rank <= rank]
        candidates = few_ways(self._candidates, number, self.stands, random)
        model = self._model(replace(self._problem, rules=tuple(rules)), candidates)
        found = cooled(model, self.stands, rank, bound, self._limits.seed, work, pace)
        if found is not None:
            self._take(rank, found)

    def _pairs(self, number: int) -> int:
        """The pairs of a time and a place, among so many ways of each part."""
        parts = self._problem.programme.parts
        return sum(
            (min(number, len(found.ways)) if parts[key].ways else len(found.lawful)) * len(parts[key].places)
            for key, found in self._candidates.items()
            if key in parts
        )

    def improve_together(self, rank: int, bound: int, work: float, is_over: Callable[[], bool]) -> None:
        """Times of a few parts and all places, turn by turn, until what stands costs no more than the bound."""
        for _ in range(round(work / _TURN)):
            if is_over() or price(self._problem, self.stands, rank) <= bound:
                break
            closed = self._improve(rank, self.stands, self._few(rank), self._records, _TURN, is_over)
            self._size = max(_LEAST_SIZE, self._size * (_GROWTH if closed else 1 / _GROWTH))

    def _at(self, wished: Timetable) -> Timetable | None:
        """Some times with places, those wished as far as can be."""
        model = self._fixed(self._problem, wished)
        values = self._values(model, wished)
        return None if values is None else model.timetable(values)

    def _filled(self, rank: int, placed: Timetable, is_over: Callable[[], bool]) -> Timetable:
        """A few parts that have no place, each placed anew with what is near it; as it was where there are many."""
        if len(lacking(self._problem, placed)) > _FEW_GAPS:
            return placed
        problem = with_gaps(self._problem, rank, 1 + price(self._problem, placed, rank))
        filling = _Filling(problem, self._candidates, self._near, self._limits, self._solve)
        filling.held, filling.stands = self.held, placed
        return filling.filled(rank, is_over)

    def _nearby(self, wished: Timetable, placed: Timetable, is_over: Callable[[], bool]) -> Timetable | None:
        """Near some times others that have places, among more and more ways of those who meet regularly.

        Local search goes on from what is placed and mends what breaks a law.
        """
        number = _FEW_WAYS
        while not is_over():
            random = Random(f"{self._limits.seed} {number}")
            model = self._model(self._problem, few_ways(self._candidates, number, wished, random))
            cp = model.cp.clone()
            hint_all(cp, model.values(placed))
            values = self._solve(cp, parameters.jump(self._limits.workers), JUMP_WORK).values
            if values is not None:
                return model.timetable(values)
            if number >= most_ways(self._candidates):
                break
            number *= 2
        return None

    def _as_many(self, times: Timetable) -> Timetable:
        """Some times with places, but for what finds none there."""
        model = self._fixed(without_some(self._problem), times)
        model.cp.minimize(model.cost(AsMany().rank))
        values = self._solve(model.cp, parameters.best(), _AS_MANY_WORK).values
        return Timetable() if values is None else model.timetable(values)

    def _improve(
        self,
        rank: int,
        wished: Timetable,
        free: Collection[str],
        records: Records,
        work: float,
        is_over: Callable[[], bool],
    ) -> bool:
        """Takes what costs no more; whether nothing could cost less."""
        model = self._fixed(self._problem, wished, free)
        values = self._values(model, wished)
        if values is None:
            return False
        goal = model.cost(rank)
        model.cp.minimize(goal)
        near = Neighbourhoods(model, self._problem)
        standing = Standing(values, price(self._problem, model.timetable(values), rank))
        kinds = partial(costly_kinds, self._problem, model, near, rank)
        improving = Improving(model.cp, goal, near.every, kinds, self._limits, records)
        improving.run(standing, 0, work, is_over, lambda values: None)
        self._take(rank, model.timetable(standing.values))
        return standing.proved

    def _take(self, rank: int, found: Timetable) -> None:
        """Takes what costs no more."""
        if price(self._problem, found, rank) <= price(self._problem, self.stands, rank):
            self.stands = found

    def _few(self, rank: int) -> set[str]:
        """A few parts around some of what costs anything."""
        self._turns += 1
        walk = self._near.walk(Random(f"{self._limits.seed} {self._turns}"), self._dear(rank))
        few, sessions, number = set[str](), self._near.sessions(self.stands), 0
        while number < self._size and (key := next(walk, None)) is not None:
            few.add(key)
            number += sessions[key]
        return few

    def _dear(self, rank: int) -> Sequence[str]:
        """What costs anything at a rank."""
        return costly(self._problem, self.stands, rank)

    def _values(self, model: SearchModel, wished: Timetable) -> Sequence[int] | None:
        """The values of a lawful timetable, as far as can be the one that is wished; None where there is none."""
        cp = model.cp.clone()
        hint(cp, model.kept(wished))
        step = self._solve(cp, parameters.fixed(), _PLACING_WORK)
        if step.values is None:
            step = self._solve(cp, parameters.first(), _PLACING_WORK)
        return step.values

    def _fixed(self, problem: Problem, times: Timetable, free: Collection[str] = ()) -> SearchModel:
        """The model of all places at some times, but of other times as well of free parts."""
        standing = {
            key: replace(found, lawful=tuple(sorted({each.span for each in times.of(key)})))
            for key, found in self._candidates.items()
            if key not in free
        }
        others = {key: found for key, found in self._candidates.items() if key in free}
        random = Random(f"{self._limits.seed} {self._turns}")
        return self._model(problem, standing | few_ways(others, _FEW_WAYS, times, random))

    def _model(self, problem: Problem, candidates: Mapping[str, Candidates]) -> SearchModel:
        """The model of some candidates in all their places, with what the levels may cost."""
        model = SearchModel(problem.programme, candidates, problem.laws)
        model.post(problem.priced)
        for rank, value in self.held.items():
            model.cp.add(model.cost(rank) <= value)
        return model


class _Filling(PlaceSearch):
    """A search in which sessions may be lacking, which is dear: it looks around these."""

    def filled(self, rank: int, is_over: Callable[[], bool]) -> Timetable:
        """What stands once nothing is lacking, or the search is over."""
        self.improve_together(rank, 0, _FILLING_WORK, lambda: is_over() or not self._dear(rank))
        return self.stands

    def _dear(self, rank: int) -> Sequence[str]:
        return lacking(self._problem, self.stands)
