"""A problem in which sessions may be lacking, to find out how few cannot be held."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from calendars.timetable import Timetable
from constraints.as_many import AsMany
from constraints.complete import Complete
from constraints.rule import Rule
from scheduler.problem import Problem


def without_some(problem: Problem) -> Problem:
    """The problem in which sessions may be called off, but as few as can be; preferences are left aside."""
    kept = (rule for rule in problem.rules if rule.price is None or rule.rank == 0)
    return replace(problem, rules=(*_lenient(kept), AsMany()))


def with_gaps(problem: Problem, rank: int, weight: int) -> Problem:
    """The problem in which sessions may be lacking, each at so much of what a rank costs."""
    return replace(problem, rules=(*_lenient(problem.rules), AsMany.model_construct(level=rank, weight=weight)))


def _lenient(rules: Iterable[Rule]) -> Iterator[Rule]:
    return (Complete(may_lack_sessions=True) if isinstance(rule, Complete) else rule for rule in rules)


def lacking(problem: Problem, timetable: Timetable) -> list[str]:
    """The parts that lack sessions in a timetable."""
    return [key for breach in AsMany().check(problem.programme, timetable) for key in breach.activities]
