"""The verdict on a timetable: every rule's own check, no solver inside."""

from collections import Counter
from collections.abc import Mapping

from calendars.timetable import Timetable
from constraints.rule import Breach
from scheduler.problem import Problem


def breaches(problem: Problem, timetable: Timetable) -> tuple[Breach, ...]:
    """Every breach of a law that must be kept, law by law."""
    return tuple(breach for law in problem.laws for breach in law.check(problem.programme, timetable))


def prices(problem: Problem, timetable: Timetable) -> Mapping[tuple[int, str], int]:
    """What each priced rule costs, by rank and name: its weight times the excess that its own check finds."""
    found: Counter[tuple[int, str]] = Counter()
    for rule in problem.priced:
        excess = sum(breach.excess for breach in rule.check(problem.programme, timetable))
        found[rule.rank, rule.name] += (rule.price or 0) * excess
    return found


def price(problem: Problem, timetable: Timetable, rank: int) -> int:
    """What the rules of one rank cost together."""
    return sum(cost for (level, _), cost in prices(problem, timetable).items() if level == rank)
