"""Times first, then places: the search where there are many places to choose from.

A model of all times in all places is large, although most of what is hard lies in the times. So the times are searched
in a model without places, which cuts (`scheduler/places.py`) teach what places cost at each moment; whatever it finds
is asked whether it finds places. Then both cool down together (`scheduler/cooling.py`). Better times are searched from
there, and their places in a model of their own, which has what no moment alone tells, as that a course keeps its room.
What the first model cannot go below, the whole cannot.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from ortools.sat.python import cp_model

from calendars.programme import Place, Programme
from calendars.timetable import Timetable
from scheduler import parameters
from scheduler.candidates import Candidates
from scheduler.climbing import BOUND_WORK, CUT_SHORT, FIRST_WORK, JUMP_WORK, PROOF_WORK, Search, Step, costly_kinds
from scheduler.improving import Improving, Standing
from scheduler.model import weighted_sum
from scheduler.neighbourhoods import Neighbourhoods
from scheduler.parameters import Parameters
from scheduler.place_cuts import Moments, PlaceCuts
from scheduler.place_search import PlaceSearch
from scheduler.problem import Problem
from scheduler.result import Level, Limits, Progress
from scheduler.verdict import price

MANY = 10_000
"""Pairs of a candidate, or a way, and a place from which on times are searched first."""

_ANYWHERE = "anywhere"

_MOST_TRIES = 5
"""How many lawful times are asked for that find places."""

_ANNEALING = 0.75
"""Of the work for a step, and of the time left for a level, how much both together may cool down."""

_TURNS = ((0.15, 0.0075), (0.3, 0.0125))
"""The times are searched in turns, each followed by their places: for these shares of the work for a step.

Times end sooner where so much of the time is gone, places where half of it is: they may have to be mended.
"""

_TOGETHER = 0.5
"""The work for both together, as a share of that for a step."""


class NoPlaces(Exception):
    """No lawful times were found that find places."""


def has_many_places(problem: Problem, candidates: Mapping[str, Candidates]) -> bool:
    """Whether times are to be searched before places; a previous calendar has both, and is followed in both."""
    if problem.follows:
        return False
    parts = [part for part in problem.programme.parts.values() if part.chooses_place]
    times = (candidates[part.key].ways if part.ways else candidates[part.key].lawful for part in parts)
    return sum(len(some) * len(part.places) for some, part in zip(times, parts, strict=True)) > MANY


def without_places(programme: Programme) -> Programme:
    """The programme whose sessions stand anywhere where they could choose, as far away or as near as before."""
    kinds = {virtual: Place(f"{_ANYWHERE} {virtual}", _ANYWHERE, virtual, None, None) for virtual in (False, True)}
    parts = {
        key: replace(part, places=(kinds[programme.is_virtual(part)].key,)) if part.chooses_place else part
        for key, part in programme.parts.items()
    }
    return replace(programme, parts=parts, places={**programme.places, **{each.key: each for each in kinds.values()}})


class TimesFirst(Search):
    """A search of which the model has no places; what it tells has them.

    Raises:
        NoPlaces: by `run`, where it finds no places.
    """

    def __init__(
        self,
        problem: Problem,
        candidates: Mapping[str, Candidates],
        limits: Limits,
        report: Callable[[Progress], None],
        started: float,
    ) -> None:
        timely = replace(problem, programme=without_places(problem.programme))
        super().__init__(timely, candidates, limits, report, started)
        self._whole = problem
        self._near = Neighbourhoods(self.model, timely)
        self._places = PlaceSearch(problem, candidates, self._near, limits, self.solve)
        self._moments = Moments(problem.programme, self.model)

    def timetable(self, values: Sequence[int]) -> Timetable:
        """What was found, with its places."""
        return self._places.stands

    def lawful(self) -> Step:
        """Lawful times that find places."""
        cuts = PlaceCuts(self._whole, self.model, self._moments, None)
        for _ in range(_MOST_TRIES):
            step = super().lawful()
            if step.values is None:
                return step
            times = self.model.timetable(step.values)
            if cuts.learn(times) is not None:
                break
        if self._places.find(cuts.placed(times), self.is_over):
            return step
        if self.is_over():
            return CUT_SHORT
        raise NoPlaces

    def ways(self) -> Sequence[tuple[Parameters, float]]:
        """Propagation first: there are many times, and building the model has taken longer than this will."""
        jump, relaxed = parameters.jump(self.limits.workers), parameters.relaxed()
        first, portfolio = parameters.first(), parameters.portfolio(self.limits.workers)
        return (first, FIRST_WORK), (jump, JUMP_WORK), (relaxed, PROOF_WORK), (portfolio, self.limits.work)

    def improve(self, rank: int, values: Sequence[int]) -> tuple[Sequence[int], Level]:
        """Times and places cool down at once; then times in turns, each followed by its places; then a few of both."""
        cuts = PlaceCuts(self._whole, self.model, self._moments, rank)
        paid_for = weighted_sum([(1, paid) for paid in cuts.paid.values()])
        goal = cp_model.LinearExpr.sum([self.model.cost(rank), paid_for])
        cuts.learn(self._places.stands)
        self.model.cp.minimize(goal)
        bound = self._bound(rank)
        if self._tell(rank, bound) > bound:
            self._places.anneal(rank, bound, _ANNEALING * self.limits.work, self.pace(_ANNEALING))
            self._tell(rank, bound)
        self._search_times(rank, cuts, goal, bound)
        self._places.improve_together(rank, bound, _TOGETHER * self.limits.work, self.ending(1.0))
        value = self._tell(rank, bound)
        self.model.cp.clear_objective()
        self.model.cp.add(goal <= value)
        self._places.held[rank] = value
        return self.model.values(self._places.stands), Level(rank, self.names(rank), value, bound)

    def _search_times(self, rank: int, cuts: PlaceCuts, goal: cp_model.LinearExprT, bound: int) -> None:
        """Improves times, turn by turn, and looks for their places, until few could keep any better ones."""
        stands = self._places.stands
        paid = cuts.learn(stands) or 0
        standing = Standing(self.model.values(stands), price(self.problem, stands, rank) + paid)
        kinds = partial(costly_kinds, self.problem, self.model, self._near, rank)
        times = Improving(self.model.cp, goal, self._near.every, kinds, self.limits)
        accepts = partial(self._accepts, cuts)
        for for_times, for_places in _TURNS:
            work, is_over = for_times * self.limits.work, self.ending(for_times)
            times.run(standing, bound, work, is_over, lambda values: None, accepts)
            wished = cuts.placed(self.model.timetable(standing.values))
            work = for_places * self.limits.work
            keep_theirs = self._places.improve(rank, wished, work, self.ending(_TOGETHER))
            self._tell(rank, bound)
            if not keep_theirs:
                break

    def _accepts(self, cuts: PlaceCuts, values: Sequence[int]) -> bool:
        """Whether times find places for what the cuts knew of; if not, they know more now."""
        paid = cuts.learn(self.model.timetable(values))
        return paid is not None and paid <= cuts.paid_in(values)

    def _tell(self, rank: int, bound: int) -> int:
        """Reports what a level has come to, and gives its value."""
        value = price(self._whole, self._places.stands, rank)
        self.report(Progress(rank, value, bound, self.elapsed()))
        return value

    def _bound(self, rank: int) -> int:
        """What the relaxation says of times, with the cuts known so far, and of all places if they are few."""
        return max(0, self.solve(self.model.cp, parameters.relaxed(), BOUND_WORK).bound, self._places.bound(rank))
