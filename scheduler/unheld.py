"""Defences that cannot be held: as few as can be, and whose availability would free them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from calendars.programme import Programme
from calendars.timetable import Placement, Timetable
from constraints.as_many import AsMany
from scheduler.lacking import without_some
from scheduler.problem import Problem
from scheduler.result import Limits
from scheduler.search import search

_MOST_ASKED = 12
"""Members of juries of whom it is asked what their availability would free."""


@dataclass(frozen=True)
class Freed:
    """The defences that could be held if a trainer were free at any time, for instance where they stand here."""

    trainer: str
    defences: tuple[Placement, ...]


@dataclass(frozen=True)
class Unheld:
    """The defences that one timetable lacks, which are as few as can be, and what would free any of them."""

    parts: tuple[str, ...]
    freed: tuple[Freed, ...]


def unheld(problem: Problem, limits: Limits) -> Unheld | None:
    """Which defences of an impossible problem cannot be held, where all else can.

    None where no student has a defence, where other sessions are lacking too, or where it is not known in time how few
    they are.

    Args:
        problem: one that is impossible.
        limits: what ends the search early.
    """
    if all(part.student is None for part in problem.programme.parts.values()):
        return None
    lacking = without_some(problem)
    found = search(lacking, limits)
    if found.timetable is None or not found.levels[0].proved:
        return None
    parts = _lacking(problem.programme, found.timetable)
    if not parts or any(problem.programme.parts[key].student is None for key in parts):
        return None
    freed = (_freed(lacking, trainer, parts, limits) for trainer in _limited(problem.programme, parts))
    return Unheld(parts, tuple(sorted((each for each in freed if each.defences), key=lambda one: -len(one.defences))))


def _lacking(programme: Programme, timetable: Timetable) -> tuple[str, ...]:
    return tuple(key for breach in AsMany().check(programme, timetable) for key in breach.activities)


def _limited(programme: Programme, parts: Sequence[str]) -> Sequence[str]:
    """Those in the juries of some defences who are not free at any time."""
    members = dict.fromkeys(trainer for key in parts for trainer in programme.parts[key].trainers)
    limited = (programme.trainers[key] for key in members)
    return [trainer.key for trainer in limited if trainer.cannot or trainer.can][:_MOST_ASKED]


def _freed(lacking: Problem, trainer: str, parts: Sequence[str], limits: Limits) -> Freed:
    """What could be held of some defences if a trainer were free at any time, and no fewer defences in all."""
    programme = lacking.programme
    free = replace(programme.trainers[trainer], cannot=(), can=())
    problem = replace(lacking, programme=replace(programme, trainers={**programme.trainers, trainer: free}))
    found = search(problem, limits)
    if found.timetable is None or len(_lacking(programme, found.timetable)) >= len(parts):
        return Freed(trainer, ())
    return Freed(trainer, tuple(_held(found.timetable, parts)))


def _held(timetable: Timetable, parts: Sequence[str]) -> Iterator[Placement]:
    return (placement for key in parts for placement in timetable.of(key))
