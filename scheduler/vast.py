"""The search where there is more than a level could be worked at as a whole: a few parts at a time."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from calendars.timetable import Timetable
from scheduler import parameters
from scheduler.candidates import Candidates
from scheduler.climbing import JUMP_WORK, Search, Step
from scheduler.neighbourhoods import Neighbourhoods
from scheduler.parameters import Parameters
from scheduler.place_search import PlaceSearch
from scheduler.problem import Problem
from scheduler.result import Level, Progress
from scheduler.verdict import price

VAST = 200_000
"""Ways in all their places from which on no level is worked at as a whole."""


def is_vast(problem: Problem, candidates: Mapping[str, Candidates]) -> bool:
    """Whether parts that meet regularly have so many ways and places to choose from, and no previous calendar does."""
    if problem.follows:
        return False
    parts = [part for part in problem.programme.parts.values() if part.ways]
    return sum(len(candidates[part.key].ways) * max(1, len(part.places)) for part in parts) >= VAST


class VastSearch(Search):
    """A search whose model serves for a lawful timetable alone; no level has a bound but 0."""

    @cached_property
    def _few(self) -> PlaceSearch:
        near = Neighbourhoods(self.model, self.problem.programme)
        return PlaceSearch(self.problem, self.candidates, near, self.limits, self.solve)

    def ways(self) -> Sequence[tuple[Parameters, float]]:
        """A long jump: on so large a model short ones are over before they have begun."""
        jump, portfolio = parameters.jump(self.limits.workers), parameters.portfolio(self.limits.workers)
        return (jump, JUMP_WORK), (portfolio, self.limits.work)

    def lawful(self) -> Step:
        """A first timetable, which stands."""
        step = super().lawful()
        if step.values is not None:
            self._few.stands = self.model.timetable(step.values)
        return step

    def timetable(self, values: Sequence[int]) -> Timetable:
        """What stands by now."""
        return self._few.stands

    def improve(self, rank: int, values: Sequence[int]) -> tuple[Sequence[int], Level]:
        """Times and places of a few parts in the midst of all others, turn by turn."""
        self._tell(rank)
        self._few.improve_together(rank, self.limits.work, self.ending(1.0))
        self._few.held[rank] = self._tell(rank)
        return values, Level(rank, self.names(rank), self._few.held[rank], 0)

    def _tell(self, rank: int) -> int:
        value = price(self.problem, self._few.stands, rank)
        self.report(Progress(rank, value, 0, self.elapsed()))
        return value
