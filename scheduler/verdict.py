"""The verdict on a timetable: every rule's own check, no solver inside."""

from collections import Counter
from collections.abc import Mapping

from calendars.calendar_file import Calendar
from calendars.clock import start_of
from calendars.naming import name_of
from calendars.saving import timetable_of
from calendars.timetable import Timetable
from calendars.wording import say
from constraints.rule import Breach, Rule
from scheduler.problem import Problem


def breaches(problem: Problem, timetable: Timetable) -> tuple[Breach, ...]:
    """Every breach of a law that must be kept, law by law."""
    return tuple(breach for law in problem.laws for breach in law.check(problem.programme, timetable))


def breaches_of_the_past(problem: Problem) -> tuple[Breach, ...]:
    """The breaches that lie in what was held alone, and that no calendar can mend any more."""
    activities = problem.programme.activities.values()
    held = Timetable(tuple(each for law in problem.laws for activity in activities for each in law.holds(activity)))
    return breaches(problem, held) if held.placements else ()


def judged(problem: Problem, calendar: Calendar) -> Timetable:
    """What the laws look at in a saved calendar: all but what was held of activities that the programme has no more."""
    day, known = start_of(calendar.as_of), problem.programme.activities
    placements = timetable_of(calendar).placements
    return Timetable(tuple(each for each in placements if each.activity in known or each.span.start >= day))


def estranged(problem: Problem, calendar: Calendar) -> tuple[Breach, ...]:
    """Sessions of a saved calendar with another group or student than the programme, which decides it."""
    found = []
    for session in calendar.sessions:
        part = problem.programme.parts.get(session.part)
        if part is None or session.state == "cancelled":
            continue
        if session.groups != (part.group,):
            message = say(
                "{name} on {moment} has another group than the programme: change it there",
                name=name_of(problem.programme, part),
                moment=session.start,
            )
            found.append(Breach("programme", message))
        if session.student != part.student:
            message = say(
                "{name} on {moment} has another student than the programme: change it there",
                name=name_of(problem.programme, part),
                moment=session.start,
            )
            found.append(Breach("programme", message))
    return tuple(found)


def prices(problem: Problem, timetable: Timetable) -> Mapping[tuple[int, str], int]:
    """What each priced rule costs, by rank and name: its weight times the excess that its own check finds."""
    found: Counter[tuple[int, str]] = Counter()
    for rule in problem.priced:
        found[rule.rank, rule.name] += _price(problem, rule, timetable)
    return found


def price(problem: Problem, timetable: Timetable, rank: int) -> int:
    """What the rules of one rank cost together."""
    return sum(_price(problem, rule, timetable) for rule in problem.priced if rule.rank == rank)


def _price(problem: Problem, rule: Rule, timetable: Timetable) -> int:
    return (rule.price or 0) * sum(breach.excess for breach in rule.check(problem.programme, timetable))
