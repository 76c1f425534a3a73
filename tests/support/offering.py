"""Random small programmes with a lawful timetable in hand; what is offered in them, and what is true of that."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from random import Random
from typing import NamedTuple

from asking import SHAPES
from calendars.clock import Span
from calendars.programme import Programme
from calendars.timetable import Placement, Timetable
from constraints.availability import Availability
from constraints.complete import Complete
from constraints.daily_load import DailyLoad
from constraints.days_off import DaysOff
from constraints.distance_cap import DistanceCap
from constraints.few_changes import FewChanges
from constraints.held import Held
from constraints.near_date import NearDate
from constraints.one_at_a_time import OneAtATime
from constraints.open_days import OpenDays
from constraints.order import Order
from constraints.pinned import Pinned
from constraints.regular_slot import RegularSlot
from constraints.rule import Rule
from constraints.spread import Spread
from constraints.trainer_preference import TrainerPreference
from constraints.within import Within
from drawing import MANY_STARTS, ONE_DAY, ONE_START, SHORT, Shape, draw
from scheduler.asked import Asked
from scheduler.offers import Offer, Offering, Offers
from scheduler.problem import Problem
from scheduler.slot import Price

QUESTIONS = 2
"""Sessions asked about in each programme."""
FEWEST = 4
"""How many lawful timetables a programme has, before some of it is fixed."""
MOST = (0, 1, 2, None)
PROVED = 3
"""Where any number of others may move, it is proved that fewer than so many are not enough, and no more."""
TWO_WEEKS = (*SHORT[:1], *SHORT[2:])
"""In which self-paced work has a choice."""
OFFERED = (
    *SHAPES,
    Shape(("sessions", "several parts", "work"), TWO_WEEKS, (*ONE_START, *MANY_STARTS)),
    Shape(("sessions", "several parts", "trainers", "places", "choices", "juries", "students"), ONE_DAY, MANY_STARTS),
    Shape(("sessions", "internship"), SHORT, ONE_START),
)
PRICED = (RegularSlot(), TrainerPreference(level=2), NearDate(level=2, weight=3))


class Facts(NamedTuple):
    """Of an offer: what is told of it, or the same by enumeration and by counting.

    `moved` is how many others stand otherwise in the witness, `least` the least number of any lawful timetable with the
    slot; `points` what the witness costs by `few_changes`, or the least of any that has the same sessions and blocks.
    `fixed` is what may not move and stands where it stood; `gone` and `new` are what moves, in so many `pairs`, of
    which the first one has the slot.
    """

    moved: int
    least: int
    points: int
    is_lawful: bool
    fixed: frozenset[tuple[str, Span]]
    gone: frozenset[Placement]
    new: frozenset[Placement]
    pairs: int
    comes_first: bool
    prices: tuple[Price, ...]
    groups: tuple[str, ...]
    trainers: tuple[str, ...]


class Answered(NamedTuple):
    """Of a question: the slots, whether these are all, and what is offered, by slot and in the order of moves."""

    certified: tuple[Span, ...]
    complete: bool
    searched: int | None
    least: tuple[int, ...]
    offers: dict[Span, Facts]


class Early(NamedTuple):
    """Of a question that ends with enough slots: how many are offered, and whether what is said of them is right."""

    offered: int
    all_true: bool
    complete_only_with_all: bool
    none_missed: bool


class Drawn(NamedTuple):
    """A problem, all its lawful timetables, one of them, what of it never moves, and the sessions asked about."""

    problem: Problem
    lawful: tuple[Timetable, ...]
    in_hand: Timetable
    fixed: frozenset[tuple[str, Span]]
    sessions: tuple[Placement, ...]


def told_and_true(seed: int) -> Iterator[tuple[Answered, Answered]]:
    """Of some sessions of the programme of a seed, with all slots looked for."""
    case = drawn(seed)
    offering = Offering(case.problem, case.in_hand)
    for session in case.sessions:
        for most in MOST:
            asked = Asked(session.activity, session.span)
            found = offering.offers(asked, count=1_000, most=most, every=True)
            yield _told(case, found), _true(case, session, found, most)


def ended_early(seed: int) -> Iterator[tuple[Early, Early]]:
    """Of the same sessions, with a few slots wanted: what is told and what is true."""
    case, random = drawn(seed), Random(f"early {seed}")
    offering = Offering(case.problem, case.in_hand)
    for session in case.sessions:
        count, most = random.randint(1, 4), random.choice(MOST)
        found = offering.offers(Asked(session.activity, session.span), count, most)
        true = _allowed(case, session, most)
        searched = PROVED if found.searched is None else found.searched
        yield (
            Early(
                len(found.offers),
                set(found.certified) <= set(true),
                not found.complete or set(found.certified) == set(true),
                {span for span, least in true.items() if least <= searched} <= set(found.certified),
            ),
            Early(min(count, len(true)), True, True, True),
        )


def moving_helps(case: Drawn) -> bool:
    """Whether a slot is to be had with others moved, and not without."""
    return any(any(_least_moved(case, session).values()) for session in case.sessions)


@cache
def drawn(seed: int) -> Drawn:
    """The programme of a seed, which has a few lawful timetables."""
    random = Random(f"offers {seed}")
    while True:
        _, programme, every = draw(random, random.choice(OFFERED))
        problem = Problem(programme, (*_laws_of(random, programme), *PRICED))
        lawful = [one for one in every if _is_lawful(problem, one)]
        if len(lawful) >= FEWEST:
            return _partly_fixed(random, problem, lawful)


def _is_lawful(problem: Problem, timetable: Timetable) -> bool:
    return not any(True for law in problem.laws for _ in law.check(problem.programme, timetable))


def _laws_of(random: Random, programme: Programme) -> tuple[Rule, ...]:
    """Whoever has two sessions has one after the other; then two laws, most of them hard to keep."""
    some: list[Rule] = [
        Spread(days_apart=2),
        DailyLoad(hours_per_day=1),
        OpenDays(group="all", days_per_week=1),
        DaysOff(),
        Availability(),
        DistanceCap(minutes_per_week=random.choice((90, 120))),
    ]
    if len(programme.activities) > 1:
        first, then = random.sample(list(programme.activities), 2)
        some.append(Order(first=(first,), then=(then,)))
    return (Within(), OneAtATime(buffer_minutes=random.choice((0, 60))), *random.sample(some, 2), Complete())


def _partly_fixed(random: Random, problem: Problem, lawful: list[Timetable]) -> Drawn:
    """What has begun before a day is held, or a session or a block is pinned, or nothing is fixed."""
    programme, in_hand = problem.programme, random.choice(lawful)
    fixing: list[Rule] = []
    fixed: list[Placement] = []
    match random.choice(("held", "pinned", "free", "free")):
        case "held":
            day = random.choice(list(programme.dates.days()))
            fixed = [each for each in in_hand.placements if each.span.day < day]
            fixing = [Held(before=day, placements=tuple(fixed))]
        case "pinned":
            fixed = [random.choice([each for each in in_hand.placements if _is_counted(programme, each)])]
            fixing = [Pinned(activity=each.activity, span=each.span) for each in fixed]
    all_laws = replace(problem, rules=(*fixing, *problem.rules))
    sessions = [each for each in in_hand.placements if each.activity in programme.parts]
    return Drawn(
        all_laws,
        tuple(one for one in lawful if _is_lawful(all_laws, one)),
        in_hand,
        _standing(fixed),
        tuple(random.sample(sessions, min(QUESTIONS, len(sessions)))),
    )


def _is_counted(programme: Programme, placement: Placement) -> bool:
    return placement.activity in programme.parts or placement.activity in programme.blocks


def _standing(placements: Iterable[Placement]) -> frozenset[tuple[str, Span]]:
    return frozenset((each.activity, each.span) for each in placements)


def _least_moved(case: Drawn, session: Placement) -> dict[Span, int]:
    """How many others at least stand otherwise, by slot that a lawful timetable has for the part."""
    standing = {each.span for each in case.in_hand.of(session.activity)}
    found = {session.span: 0}
    for one in case.lawful:
        moved = _moved(case, session, one)
        for span in {each.span for each in one.of(session.activity)} - standing:
            found[span] = min(moved, found.get(span, moved))
    return found


def _moved(case: Drawn, session: Placement, timetable: Timetable) -> int:
    """How many others stand otherwise."""
    lost = {*case.in_hand.placements} - {*timetable.placements} - {session}
    return sum(_is_counted(case.problem.programme, each) for each in lost)


def _allowed(case: Drawn, session: Placement, most: int | None) -> dict[Span, int]:
    least = _least_moved(case, session)
    return {span: moved for span, moved in least.items() if most is None or moved <= most}


def _proved(moved: int) -> int:
    return min(moved, PROVED)


def _told(case: Drawn, found: Offers) -> Answered:
    least = tuple(_proved(offer.moved) for offer in found.offers)
    facts = {offer.span: _told_of(case, offer) for offer in found.offers}
    return Answered(found.certified, found.complete, found.searched, least, facts)


def _true(case: Drawn, session: Placement, found: Offers, most: int | None) -> Answered:
    """By the list of all lawful timetables; each witness is counted by itself."""
    least = {span: _proved(moved) for span, moved in _allowed(case, session, most).items()}
    witnesses = {offer.span: offer.witness for offer in found.offers}
    facts = {span: _true_of(case, session, span, least[span], witnesses[span]) for span in witnesses if span in least}
    return Answered(tuple(sorted(least)), True, most, tuple(sorted(least.values())), facts)


def _told_of(case: Drawn, offer: Offer) -> Facts:
    gone = [move.before for move in offer.moves if move.before is not None]
    new = [move.after for move in offer.moves if move.after is not None]
    return Facts(
        offer.moved,
        _proved(offer.moved),
        _points(case, offer.witness),
        offer.witness in case.lawful,
        case.fixed & _standing(offer.witness.placements),
        frozenset(gone),
        frozenset(new),
        len(offer.moves),
        offer.placement in new[:1] or not new,
        offer.prices,
        offer.groups,
        offer.trainers,
    )


def _true_of(case: Drawn, session: Placement, span: Span, least: int, witness: Timetable) -> Facts:
    programme, before, after = case.problem.programme, {*case.in_hand.placements}, {*witness.placements}
    gone, new = before - after, after - before
    sizes = [Counter(each.activity for each in some) for some in (gone, new)]
    touched = {programme.activities[each.activity].group for each in gone | new}
    staff = {key for each in gone | new for key in each.trainers}
    return Facts(
        _moved(case, session, witness),
        least,
        min(_points(case, one) for one in case.lawful if _has_same_sessions(programme, one, witness)),
        span in [each.span for each in witness.of(session.activity)],
        case.fixed,
        frozenset(gone),
        frozenset(new),
        (sizes[0] | sizes[1]).total(),
        True,
        tuple(Price(rank, *(_cost(case, rank, one) for one in (case.in_hand, witness))) for rank in (1, 2)),
        tuple(key for key in programme.groups if key in touched),
        tuple(key for key in programme.trainers if key in staff),
    )


def _has_same_sessions(programme: Programme, one: Timetable, other: Timetable) -> bool:
    some, more = ({each for each in timetable.placements if _is_counted(programme, each)} for timetable in (one, other))
    return some == more


def _points(case: Drawn, timetable: Timetable) -> int:
    rule = FewChanges(placements=case.in_hand.placements)
    return sum(breach.excess for breach in rule.check(case.problem.programme, timetable))


def _cost(case: Drawn, rank: int, timetable: Timetable) -> int:
    rules = [rule for rule in PRICED if rule.level == rank]
    return sum(rule.weight * each.excess for rule in rules for each in rule.check(case.problem.programme, timetable))
