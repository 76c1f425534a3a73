"""Random small programmes with a lawful timetable in hand; what is told of slots in them, and what is true of these."""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from calendars.clock import Span
from calendars.programme import Activity, Programme
from calendars.timetable import Timetable
from constraints.availability import Availability
from constraints.complete import Complete
from constraints.daily_load import DailyLoad
from constraints.days_off import DaysOff
from constraints.few_changes import FewChanges
from constraints.one_at_a_time import OneAtATime
from constraints.open_days import OpenDays
from constraints.rule import Rule
from constraints.spread import Spread
from constraints.within import Within
from drawing import MANY_STARTS, ONE_DAY, ONE_START, SHORT, TWO_DAYS, Shape, draw
from scheduler.problem import Problem
from scheduler.slot import Answer, Slot, Slots
from scheduler.verdict import breaches

QUESTIONS = 8
"""Asked about each programme."""
SHAPES = (
    Shape(("sessions", "several parts"), SHORT, ONE_START),
    Shape(("sessions", "several parts"), (*ONE_DAY, *TWO_DAYS), MANY_STARTS),
    Shape(("sessions", "blocks"), SHORT, ONE_START),
    Shape(("sessions", "trainers", "choices", "cannot", "juries", "students"), TWO_DAYS, ONE_START),
    Shape(("sessions", "work"), SHORT, ONE_START),
)


class Facts(NamedTuple):
    """Of a slot: the laws that strike it, and what it is; POSSIBLE is whatever some lawful timetable has there.

    `pins` counts in each conflict that the slot is asked for. `changes` are the least of a timetable that has it there,
    by the own check of `few_changes`; None where nobody says that it knows.
    """

    activity: str
    span: Span
    struck_by: list[str]
    slot: Slot
    has_witness: bool
    pins: list[int]
    changes: int | None


class Drawn(NamedTuple):
    """A problem, all its lawful timetables, one of them, and the activities and spans that are asked about."""

    problem: Problem
    lawful: list[Timetable]
    in_hand: Timetable
    questions: list[tuple[str, Span]]


def told_and_true(seed: int) -> Iterator[tuple[Facts, Facts]]:
    """Of some slots of the programme of a seed, with the timetable in hand and without one."""
    random = Random(f"slot {seed}")
    case = _drawn(random)
    with_calendar, without = Slots(case.problem, case.in_hand), Slots(case.problem, None)
    for key, span in case.questions:
        now_at = random.choice(case.in_hand.of(key)).span
        for found in (with_calendar.ask(key, span.start, now_at), without.ask(key, span.start)):
            yield _told(case, found), _true(case, key, span, found.least)


def _told(case: Drawn, found: Answer) -> Facts:
    there = found.witness in _having(case, found.activity, found.span)
    return Facts(
        found.activity,
        found.span,
        list(dict.fromkeys(breach.rule for breach in found.by_itself)),
        Slot.POSSIBLE if found.slot is Slot.FREE else found.slot,
        there,
        [[demand.law.name for demand in each.demands].count("pinned") for each in found.conflicts],
        _changed(case, found.witness) if found.least and found.witness is not None else None,
    )


def _true(case: Drawn, key: str, span: Span, least: bool) -> Facts:
    """By the list of all lawful timetables."""
    having, struck_by = _having(case, key, span), _strikers(case.problem, key, span)
    slot = Slot.STRUCK if struck_by else Slot.POSSIBLE if having else Slot.FORBIDDEN
    pins = [1] * (slot is Slot.FORBIDDEN)
    changes = min(_changed(case, one) for one in having) if least else None
    return Facts(key, span, struck_by, slot, bool(having), pins, changes)


def _having(case: Drawn, key: str, span: Span) -> list[Timetable]:
    return [one for one in case.lawful if span in [each.span for each in one.of(key)]]


def _strikers(problem: Problem, key: str, span: Span) -> list[str]:
    """The laws that a span breaks whatever else stands where."""
    activity = problem.programme.activities[key]
    tests = [(law.name, law.forbids(problem.programme, activity)) for law in problem.laws]
    return [name for name, forbids in tests if forbids is not None and forbids(span)]


def _changed(case: Drawn, timetable: Timetable) -> int:
    rule = FewChanges(placements=case.in_hand.placements)
    return sum(breach.excess for breach in rule.check(case.problem.programme, timetable))


def _rules_of(random: Random) -> tuple[Rule, ...]:
    """A few laws, most of them hard to keep."""
    some = [
        OneAtATime(buffer_minutes=60),
        Spread(days_apart=2),
        DailyLoad(hours_per_day=1),
        OpenDays(group="all", days_per_week=1),
        DaysOff(),
        Availability(),
    ]
    return (Complete(), Within(), *random.sample(some, 4))


def _drawn(random: Random) -> Drawn:
    """A programme that has a lawful timetable and something to ask about it."""
    shape = random.choice(SHAPES)
    while True:
        _, programme, every = draw(random, shape)
        problem = Problem(programme, _rules_of(random))
        lawful = [one for one in every if not breaches(problem, one)]
        in_hand = random.choice(lawful) if lawful else Timetable()
        others = _elsewhere(programme, in_hand)
        if lawful and others:
            return Drawn(problem, lawful, in_hand, random.sample(others, min(QUESTIONS, len(others))))


def _elsewhere(programme: Programme, in_hand: Timetable) -> list[tuple[str, Span]]:
    """Sessions and blocks, each with any of its candidates, lawful or not, at which none of it stands."""
    some: list[Activity] = [*programme.parts.values(), *programme.blocks.values()]
    standing = [(placement.activity, placement.span) for placement in in_hand.placements]
    return [(one.key, span) for one in some for span in programme.candidates(one) if (one.key, span) not in standing]
