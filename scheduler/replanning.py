"""The calendar that disturbs least after something happened, and how few sessions have to move for it.

Disturbance is level 0 of the search (`constraints.few_changes`); that no fewer sessions could move is proved apart, in
a model that counts them, since what moves fewest sessions need not disturb people least.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ortools.sat.python import cp_model

from calendars.amending import called_off, never_made_up, recorded, without_missed
from calendars.calendar_file import Calendar
from calendars.clock import Dates, start_of
from calendars.pins import pinned_at
from calendars.programme import Programme
from calendars.saving import placement_of, timetable_of
from calendars.timetable import Placement, Timetable
from calendars.wording import render, say
from constraints.as_many import AsMany
from constraints.frozen import Frozen
from constraints.rule import Breach
from scheduler import parameters
from scheduler.amending import amended
from scheduler.candidates import candidates_of
from scheduler.following import following
from scheduler.happening import Happened
from scheduler.lacking import without_some
from scheduler.model import SearchModel, hint, weighted_sum
from scheduler.moves import Move, counts_as_move, moves, touched
from scheduler.problem import Problem
from scheduler.result import Level, Limits, Outcome, Progress, Result
from scheduler.running import bound_of, run
from scheduler.search import search
from scheduler.year import Year, drafted, files_of

_COUNTING_WORK = 30.0
"""In CP-SAT's deterministic time."""


@dataclass(frozen=True)
class Scope:
    """What may change: these activities, on these dates; an empty one stands for all."""

    activities: frozenset[str] = frozenset()
    dates: tuple[Dates, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.activities or self.dates)


@dataclass(frozen=True)
class Fewest:
    """How few sessions and blocks can move in any lawful calendar: `least` at least, and `most` in one that is known.

    No calendar has been found, or proved impossible, in between.
    """

    least: int
    most: int


@dataclass(frozen=True)
class Wider:
    """What would be had if all might change: the level of disturbance, and how many would move."""

    level: Level
    moved: int


@dataclass(frozen=True)
class Replanned:
    """What a search for the calendar that disturbs least gave.

    `problem` is what was searched, `known` the calendar that people know with what happened in its history. `changes`
    has everything that stands otherwise, self-paced work and host days too. `lacking` tells the sessions that cannot be
    held, as few as can be, where that is why nothing was found. `fewest` is None where nothing was found; `wider` where
    nothing was left out of the scope, or nothing was found without it either.
    """

    problem: Problem
    known: Calendar
    what: Happened
    result: Result
    changes: tuple[Move, ...] = ()
    lacking: tuple[Breach, ...] = ()
    fewest: Fewest | None = None
    wider: Wider | None = None

    @property
    def moved(self) -> tuple[Move, ...]:
        """The sessions and blocks that stand at another time."""
        return tuple(each for each in self._sessions if _keeps_its_time(each) is False)

    @property
    def handed_over(self) -> tuple[Move, ...]:
        """The sessions that stay at their time, with another trainer or in another place."""
        return tuple(each for each in self._sessions if _keeps_its_time(each))

    @property
    def new(self) -> tuple[Move, ...]:
        """The sessions that make up for missed ones, or are added."""
        return tuple(each for each in self._sessions if each.before is None)

    @property
    def disturbance(self) -> Level | None:
        """The level of disturbance, where a calendar was found."""
        return self.result.levels[0] if self.result.levels else None

    @property
    def touched(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The groups and the trainers of what stands otherwise, and of what is called off."""
        off = (each for each in self.known.sessions if each.uid in self.what.revision.called_off)
        gone = (Move(each.activity, placement_of(each), None) for each in off)
        return touched(self.problem.programme, (*self.changes, *gone))

    @property
    def _sessions(self) -> list[Move]:
        return [each for each in self.changes if counts_as_move(self.problem.programme, each.activity)]


def _keeps_its_time(move: Move) -> bool | None:
    """Whether what stood, and still stands, does so at the same time; None where it is new or gone."""
    return None if move.before is None or move.after is None else move.before.span == move.after.span


def replan(
    problem: Problem,
    calendar: Calendar,
    what: Happened,
    scope: Scope,
    day: date,
    path: Path,
    limits: Limits,
    report: Callable[[Progress], None] = lambda progress: None,
) -> Replanned:
    """The lawful calendar that disturbs least after something happened.

    Args:
        problem: as the programme file has it.
        calendar: the one that people know; `path` is where it was read.
        what: what happened.
        scope: what may change.
        day: what begins before it never moves.
        path: for what is said of the calendar.
        limits: what ends each of the searches early.
        report: as for `search`.

    Raises:
        FaultyInput: as `following`.
    """
    known = recorded(calendar, [what.revision])
    took_place = without_missed(known, [what.revision])
    whole = following(amended(problem, known), took_place, day, path)
    whole = replace(whole, rules=(*what.asked, *whole.rules))
    before = timetable_of(took_place)
    bound = _frozen(whole, before, scope)
    result, lacking = _least_disturbing(bound, limits, report)
    to_come = [each for each in before.placements if each.span.start >= start_of(day)]
    found = Replanned(
        bound, known, what, result, lacking=lacking, wider=_wider(whole, to_come, limits) if scope else None
    )
    if result.timetable is None:
        return found
    return replace(
        found,
        changes=moves(bound.programme, before, result.timetable),
        fewest=fewest(bound, to_come, result.timetable, limits),
    )


def _least_disturbing(
    problem: Problem, limits: Limits, report: Callable[[Progress], None]
) -> tuple[Result, tuple[Breach, ...]]:
    """First how few sessions would have to be called off, and the least disturbance; if none, then the preferences.

    The first is much sooner known to be more than none than that no lawful calendar exists.
    """
    first = search(without_some(problem), limits, lambda progress: report(progress) if progress.rank >= 0 else None)
    if first.timetable is None:
        return search(problem, limits, report), ()
    called_off, disturbance = first.levels
    if called_off.value:
        outcome = Outcome.IMPOSSIBLE if called_off.bound else Outcome.UNKNOWN
        lacking = tuple(AsMany().check(problem.programme, first.timetable))
        return replace(first, outcome=outcome, timetable=None, levels=()), lacking
    settled = replace(problem, previous=first.timetable)
    rest = search(settled, limits, report, most={0: disturbance.value})
    return replace(
        first if rest.timetable is None else rest,
        levels=(disturbance, *rest.levels),
        reproducible=first.reproducible and rest.reproducible,
        seconds_to_lawful=first.seconds_to_lawful,
        seconds=first.seconds + rest.seconds,
    ), ()


def year_after(found: Replanned, day: date, seed: int, language: str) -> Year:
    """The calendar of a replanned year as a draft that follows the known one; what was asked for is pinned.

    What was missed and is not made up for, since the programme announces less by now, is called off.

    Raises:
        RefusedYear: as `drafted`.
    """
    assert found.result.timetable is not None
    calendar, past = drafted(found.problem, found.result.timetable, found.result, day, seed, found.known)
    calendar = called_off(calendar, never_made_up(calendar, [found.what.revision], day), day)
    why = found.what.revision.why or render(say("asked for in a change"), calendar.language)
    calendar = pinned_at(calendar, [(one.activity, one.span) for one in found.what.asked], why, day)
    return Year(calendar, files_of(found.problem, calendar, language, past), past)


def fewest(problem: Problem, to_come: Sequence[Placement], found: Timetable, limits: Limits) -> Fewest:
    """How few of the sessions and blocks that are to come leave their times, in any lawful calendar.

    Args:
        problem: what is to be kept.
        to_come: what stood in the calendar before.
        found: a lawful timetable.
        limits: the search is over once `stop` is set.
    """
    most = _moved(problem.programme, to_come, found)
    candidates = candidates_of(problem.programme, problem.laws)
    lawful = {key: frozenset(each.lawful) for key, each in candidates.items()}
    counted = [each for each in to_come if counts_as_move(problem.programme, each.activity)]
    may_stay = [each for each in counted if each.span in lawful[each.activity]]
    least = len(counted) - len(may_stay)
    if least == most:
        return Fewest(least, most)
    model = SearchModel(problem.programme, candidates, problem.laws)
    staying = [(-1, model.choices(each.activity)[each.span]) for each in may_stay]
    hint(model.cp, model.kept(found))
    model.cp.minimize(weighted_sum(staying) + len(staying) + least)
    solver = cp_model.CpSolver()
    parameters.relaxed()(solver.parameters)
    solver.parameters.max_deterministic_time = min(_COUNTING_WORK, limits.work)
    response = run(solver, model.cp, limits.stop.is_set)
    if not response.solution:
        return Fewest(least, most)
    better = _moved(problem.programme, to_come, model.timetable(response.solution))
    return Fewest(max(least, bound_of(solver.best_objective_bound)), min(most, better))


def _wider(whole: Problem, to_come: Sequence[Placement], limits: Limits) -> Wider | None:
    """The least disturbance where everything may change; preferences are left aside."""
    result = search(without_some(whole), limits)
    if result.timetable is None or result.levels[0].value:
        return None
    return Wider(result.levels[1], _moved(whole.programme, to_come, result.timetable))


def _frozen(problem: Problem, before: Timetable, scope: Scope) -> Problem:
    """The problem in which nothing changes outside a scope."""
    if not scope:
        return problem
    frozen = Frozen(stood=before.placements, activities=scope.activities, dates=scope.dates)
    return replace(problem, rules=(frozen, *problem.rules))


def _moved(programme: Programme, before: Sequence[Placement], after: Timetable) -> int:
    """How many sessions and blocks no longer stand at their time."""
    return sum(
        counts_as_move(programme, each.activity) and all(each.span != one.span for one in after.of(each.activity))
        for each in before
    )
