"""The door to the search: what is seen to be impossible beforehand, and in which way the rest is searched."""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from types import MappingProxyType

from scheduler.bottlenecks import Bottleneck, bottlenecks
from scheduler.candidates import Candidates, candidates_of
from scheduler.climbing import Search
from scheduler.problem import Problem
from scheduler.result import Limits, Outcome, Progress, Result
from scheduler.shortages import Shortage, shortages
from scheduler.times_first import NoPlaces, TimesFirst, has_many_places


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
    if not (most or enough) and has_many_places(problem, candidates):
        times = TimesFirst(problem, candidates, limits, report, started)
        with suppress(NoPlaces):
            return times.run()
        limits = times.limits_left()
    return Search(problem, candidates, limits, report, started, most, enough).run()


def _counted(problem: Problem, candidates: Mapping[str, Candidates]) -> tuple[Shortage | Bottleneck, ...]:
    """What is seen to be impossible before any search."""
    return shortages(candidates) or bottlenecks(problem.programme, problem.rules, candidates)
