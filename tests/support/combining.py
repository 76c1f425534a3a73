"""Random small programmes in which several sessions have slots at once; what is told of these, and what is true."""

from collections.abc import Iterator, Sequence
from itertools import product
from random import Random
from typing import NamedTuple

from asking import SHAPES
from calendars.programme import Block, Part, Programme
from calendars.timetable import Placement, Timetable
from constraints.availability import Availability
from constraints.complete import Complete
from constraints.daily_load import DailyLoad
from constraints.days_off import DaysOff
from constraints.one_at_a_time import OneAtATime
from constraints.open_days import OpenDays
from constraints.order import Order
from constraints.rule import Rule
from constraints.spread import Spread
from constraints.weekly_load import WeeklyLoad
from constraints.within import Within
from drawing import FEW_STARTS, LONG, ONE_START, SHORT, TWO_DAYS, Shape, draw
from scheduler.asked import Asked
from scheduler.offers import Offer, Offers
from scheduler.problem import Problem
from scheduler.together import Combination, together

COMBINED = (
    *SHAPES[:3],
    Shape(("sessions", "several parts"), TWO_DAYS, FEW_STARTS),
    Shape(("sessions", "several parts"), LONG[:2], ONE_START),
    Shape(("sessions", "several parts", "trainers", "choices", "places", "juries", "students"), TWO_DAYS, ONE_START),
    Shape(("sessions", "several parts", "work"), SHORT, ONE_START),
)
KINDS = ("in hand", "another remainder", "each its own", "some fail")
"""What may become of combinations; a seed is drawn until its programme is of its kind."""


TRIES = 60
"""Choices of sessions and slots in one programme."""


class Facts(NamedTuple):
    """What becomes of the combinations of slots: of which `kind` it is, by `KINDS`, and which hold and which fail.

    `all_lawful` where each calendar is one of all lawful ones, has its slots, and moves no more others than allowed;
    `rests` is how many different places all else has in them, where one remainder serves all.
    """

    kind: str
    holding: list[Combination]
    failing: list[Combination]
    unknown: list[Combination]
    all_lawful: bool
    rests: int


class Drawn(NamedTuple):
    """A problem, all its lawful timetables, one of them, sessions in it with their slots, and how many others may move.

    `having` are the lawful timetables that have a combination and in which no more others stand otherwise.
    """

    problem: Problem
    lawful: list[Timetable]
    in_hand: Timetable
    sessions: Sequence[Placement]
    several: Sequence[Offers]
    most: int | None

    @property
    def having(self) -> dict[Combination, list[Timetable]]:
        near = [(one, frozenset(one.placements)) for one in self.lawful if self.is_near(one)]
        found = {}
        for combination in product(*(range(len(each.offers)) for each in self.several)):
            slots = self.slots(combination)
            alone = len(set(slots)) == len(slots)
            found[combination] = [one for one, standing in near if alone and standing.issuperset(slots)]
        return found

    def is_near(self, timetable: Timetable) -> bool:
        return self.most is None or _moved(self.problem.programme, self.in_hand, timetable, self.sessions) <= self.most

    def slots(self, combination: Combination) -> list[Placement]:
        return [each.offers[place].placement for each, place in zip(self.several, combination, strict=True)]

    def rest(self, timetable: Timetable, combination: Combination) -> frozenset[Placement]:
        """All that stands but the sessions."""
        return frozenset(timetable.placements) - set(self.slots(combination))


def told_and_true(seed: int) -> tuple[Facts, Facts]:
    """Of the combinations of slots in the programme of a seed, by `together`, and by the list of all timetables."""
    case = drawn(seed)
    return _told(case), _true(case)


def drawn(seed: int) -> Drawn:
    """The programme of a seed, and slots of two of its sessions, or of three."""
    random = Random(f"together {seed}")
    while True:
        for case in _drawn(random):
            if _true(case).kind == KINDS[seed % len(KINDS)]:
                return case


def _told(case: Drawn) -> Facts:
    found = together(case.problem, case.in_hand, case.several, case.most)
    rests = {case.rest(one, combination) for combination, one in found.calendars.items()}
    in_hand = frozenset(case.in_hand.placements) - set(case.sessions)
    kind = "some fail" if found.failing else "each its own"
    if found.remainder is not None:
        kind = "in hand" if frozenset(found.remainder.placements) == in_hand else "another remainder"
    return Facts(
        kind,
        sorted(found.calendars),
        sorted(found.failing),
        sorted(found.unknown),
        all(one in case.having[combination] for combination, one in found.calendars.items()),
        len(rests) if found.remainder is not None else 0,
    )


def _true(case: Drawn) -> Facts:
    having = case.having
    holding = sorted(each for each, some in having.items() if some)
    failing = sorted(each for each, some in having.items() if not some)
    common = frozenset.intersection(
        *(frozenset(case.rest(one, combination) for one in some) for combination, some in having.items())
    )
    in_hand = frozenset(case.in_hand.placements) - set(case.sessions)
    if common:
        kind = "in hand" if in_hand in common else "another remainder"
    else:
        kind = "some fail" if failing else "each its own"
    return Facts(kind, holding, failing, [], True, int(bool(common)))


def _drawn(random: Random) -> Iterator[Drawn]:
    """A programme with some choices of sessions and slots; none where too few sessions have slots."""
    _, programme, every = draw(random, random.choice(COMBINED))
    problem = Problem(programme, _laws_of(random, programme))
    lawful = [one for one in every if _is_lawful(problem, one)]
    sessions = sum(part.count for part in programme.parts.values())
    if len(lawful) < 2 or sessions < 2:
        return
    for _ in range(TRIES):
        in_hand = random.choice(lawful)
        standing = [each for each in in_hand.placements if each.activity in programme.parts]
        some = random.sample(standing, min(sessions, random.choice((2, 2, 3))))
        most, count = random.choice((0, 2, None)), random.choice((2, 3, 4))
        several = [_offers(random, programme, lawful, in_hand, session, most, count) for session in some]
        if all(len(each.offers) > 1 for each in several):
            yield Drawn(problem, lawful, in_hand, some, several, most)


def _is_lawful(problem: Problem, timetable: Timetable) -> bool:
    return not any(True for law in reversed(problem.laws) for _ in law.check(problem.programme, timetable))


def _offers(
    random: Random,
    programme: Programme,
    lawful: Sequence[Timetable],
    in_hand: Timetable,
    session: Placement,
    most: int | None,
    count: int,
) -> Offers:
    """Some slots that lawful timetables have for a session, each with one of these."""
    standing = {each.span for each in in_hand.of(session.activity)}
    found = {session.span: Offer(session, 0, (), (), (), (), in_hand)}
    for one in random.sample(lawful, len(lawful)):
        moved = _moved(programme, in_hand, one, [session])
        for placement in one.of(session.activity):
            if placement.span not in standing and (most is None or moved <= most):
                found.setdefault(placement.span, Offer(placement, moved, (), (), (), (), one))
    slots = random.sample(sorted(found), min(count, len(found)))
    return Offers(
        Asked(session.activity, session.span),
        tuple(found[slot] for slot in slots),
        tuple(sorted(found)),
        complete=True,
        searched=most,
    )


def _moved(programme: Programme, before: Timetable, after: Timetable, sessions: Sequence[Placement]) -> int:
    """How many sessions and blocks stand otherwise, but for some."""
    lost = {*before.placements} - {*after.placements} - {*sessions}
    return sum(isinstance(programme.activities[each.activity], Part | Block) for each in lost)


def _laws_of(random: Random, programme: Programme) -> tuple[Rule, ...]:
    """A few laws, most of them hard to keep; least loads and orders depend on more than two sessions."""
    some: list[Rule] = [
        OneAtATime(buffer_minutes=random.choice((0, 60))),
        Spread(days_apart=2),
        DailyLoad(hours_per_day=random.choice((1, 2))),
        OpenDays(group="all", days_per_week=random.choice((1, 2))),
        DaysOff(),
        Availability(),
        WeeklyLoad(group="all", counts="teaching", at_least_hours=random.choice((0.5, 1, 2))),
        WeeklyLoad(group="all", at_most_hours=random.choice((1, 2, 3))),
    ]
    if len(programme.activities) > 1:
        first, then = random.sample(list(programme.activities), 2)
        some.append(Order(first=(first,), then=(then,)))
    return (Complete(), Within(), *random.sample(some, random.choice((2, 3))))
