"""A rule of one programme where several are solved together, held against lists of all timetables of both.

Pairs of small programmes are drawn that share trainers and places. The pairs of timetables that CP-SAT allows in the
joint model must be those in which each rule's own check, on the programme that it belongs to, finds no breach; the
least cost must be the least price.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import product
from math import prod
from random import Random
from typing import Any, NamedTuple

import pytest

from calendars.clock import Dates
from calendars.joint import Joint, join, together
from calendars.programme import Programme
from calendars.programme_file import When
from calendars.timetable import Placement, Timetable
from constraints.availability import Availability
from constraints.capacity import Capacity
from constraints.complete import Complete
from constraints.daily_load import DailyLoad
from constraints.distance_cap import DistanceCap
from constraints.electives import Electives
from constraints.even_load import EvenLoad
from constraints.few_changes import FewChanges
from constraints.held import Held
from constraints.near_date import NearDate
from constraints.one_at_a_time import OneAtATime
from constraints.open_days import OpenDays
from constraints.order import Order
from constraints.pinned import Pinned
from constraints.regular_slot import RegularSlot
from constraints.rule import Breach, Rule
from constraints.scoped import concerned, scoped
from constraints.spread import Spread
from constraints.steady import Steady
from constraints.trainer_load import TrainerLoad
from constraints.trainer_preference import TrainerPreference
from constraints.weekly_load import WeeklyLoad
from constraints.within import Within
from drawing import MANY_STARTS, ONE_START, Clock, Shape, draw, staffed_ways
from small import at, classes, module, small, timetable
from solving import allowed, cheapest

PAIRS = 30
"""Drawn for laws, and as many for prices."""

PROGRAMMES = 16
"""Drawn to make pairs of."""

MOST = 24
"""How many timetables a drawn programme has."""

SHARED = ("sessions", "trainers", "places", "cannot", "prefers")
DAYS = (
    Dates(date(2026, 11, 9), date(2026, 11, 10)),
    Dates(date(2026, 11, 10), date(2026, 11, 10)),
    Dates(date(2026, 11, 10), date(2026, 11, 12)),  # the 11th is off
)
CLOCKS: tuple[Clock, ...] = (*ONE_START, ("09:00-12:00", 60), *MANY_STARTS)


class Pair(NamedTuple):
    """Two programmes of one site, each with its rules and all its timetables; both as one, and rules of the site."""

    programmes: tuple[Programme, ...]
    own: tuple[tuple[Rule, ...], ...]
    every: tuple[list[Timetable], ...]
    joint: Joint
    site: tuple[Rule, ...]

    @property
    def rules(self) -> list[Rule]:
        """All as rules of the joint programme."""
        scopes = zip(self.joint.scopes, self.own, strict=True)
        return [*(scoped(rule, scope) for scope, rules in scopes for rule in rules), *self.site]

    @property
    def alone(self) -> list[list[Timetable]]:
        """The timetables of each in which its own laws find no breach."""
        looked_at = zip(self.programmes, self.own, self.every, strict=True)
        return [[one for one in every if not breaches(rules, each, one)] for each, rules, every in looked_at]

    def lawful(self) -> set[Timetable]:
        """The pairs of them in which no law of the site finds a breach either."""
        pairs = {together(self.joint.scopes, pair) for pair in product(*self.alone)}
        return {whole for whole in pairs if not breaches(self.site, self.joint, whole)}

    def least_price(self) -> int:
        """Of all pairs, whatever is priced in the rules."""
        looked_at = zip(self.programmes, self.own, self.every, strict=True)
        alone = [[(one, price(rules, each, one)) for one in every] for each, rules, every in looked_at]
        return min(
            sum(paid for _, paid in pair)
            + price(self.site, self.joint, together(self.joint.scopes, [one for one, _ in pair]))
            for pair in product(*alone)
        )


def breaches(rules: Sequence[Rule], programme: Programme, placed: Timetable) -> list[Breach]:
    """What the laws among some rules find."""
    return [breach for rule in rules if rule.price is None for breach in rule.check(programme, placed)]


def price(rules: Sequence[Rule], programme: Programme, placed: Timetable) -> int:
    """What the others cost."""
    priced = [(rule, rule.price) for rule in rules if rule.price is not None]
    return sum(paid * breach.excess for rule, paid in priced for breach in rule.check(programme, placed))


def drawn(seed: str, priced: bool) -> Pair:
    """Two programmes with rules that fit them; laws are drawn until those of the site leave some of the pairs."""
    random = Random(seed)
    while True:
        (one, every), (other, others) = (_drawn_programme(random.randrange(PROGRAMMES)) for _ in "ab")
        programmes = _of_one_site(random, one, other)
        held = _held(random, programmes) if random.random() < 0.3 and not priced else ([], [])
        own = tuple(
            (*before, Complete(), *_drawn_rules(random, each, priced))
            for each, before in zip(programmes, held, strict=True)
        )
        pair = Pair(programmes, own, (every, others), join(programmes), _site_rules(random, programmes, priced))
        if _fits(pair) and (priced or (all(pair.alone) and 0 < len(pair.lawful()) < prod(map(len, pair.alone)))):
            return pair


@cache
def _drawn_programme(number: int) -> tuple[Programme, list[Timetable]]:
    random = Random(number)
    wanted = (*SHARED, *random.sample(("several parts", "choices", "limits", "groups", "work"), 2))
    while True:
        shape = Shape(wanted, (random.choice(DAYS),), (random.choice(CLOCKS),))
        _, programme, every = draw(random, shape)
        if len(every) <= MOST:
            return programme, every


def _of_one_site(random: Random, one: Programme, other: Programme) -> tuple[Programme, Programme]:
    """Under two names; what they share is the same in both."""
    trainers = random.choice((["ann"], ["ann", "bob"]))
    places = random.sample(list(one.places), random.choice((1, 2, 3)))
    one = replace(one, key="a", shared_trainers=frozenset(trainers), shared_places=frozenset(places))
    theirs = {**other.trainers, **{key: one.trainers[key] for key in trainers}}
    rooms = {**other.places, **{key: one.places[key] for key in places}}
    return one, replace(
        other,
        key="b",
        trainers=theirs,
        places=rooms,
        shared_trainers=one.shared_trainers,
        shared_places=one.shared_places,
    )


def _drawn_rules(random: Random, programme: Programme, priced: bool) -> list[Rule]:
    """Two rules of one programme, in its own ids."""
    group, names = random.choice(list(programme.groups)), list(programme.activities)
    weight = random.choice((1, 2, 3)) if priced else None
    laws: list[Rule] = [
        OneAtATime(buffer_minutes=random.choice((0, 30))),
        Availability(),
        Within(),
        Capacity(),
        Electives(),
        DailyLoad(hours_per_day=random.choice((1, 1.5, 2))),
        Spread(sessions_per_week=1),
        Order(first=(names[0],), then=(names[-1],)),
    ]
    bending: list[Rule] = [
        DistanceCap(minutes_per_week=random.choice((30, 60, 90)), weight=weight),
        WeeklyLoad(group=group, at_most_hours=random.choice((0.5, 1, 1.5)), weight=weight),
        OpenDays(group=group, days_per_week=1, weight=weight),
        TrainerLoad(sessions_per_day=1, weight=weight),
    ]
    preferences: list[Rule] = [
        TrainerPreference(weight=2),
        NearDate(),
        RegularSlot(),
        Steady(weight=3),
        EvenLoad(group=group, target_hours_per_week=1),
        FewChanges(placements=_some(random, programme)),
    ]
    return random.sample([*bending, *preferences] if priced else [*laws, *bending], random.choice((1, 2)))


def _some(random: Random, programme: Programme) -> tuple[Placement, ...]:
    """One candidate of each activity."""
    return tuple(
        random.choice(staffed_ways(activity, Placement(span, key, getattr(activity, "step", 1))))
        for key, activity in programme.activities.items()
        for span in random.sample(list(programme.candidates(activity)), 1)
    )


def _held(random: Random, programmes: Sequence[Programme]) -> tuple[list[Rule], ...]:
    """What both have held, as of one day."""
    before = random.choice(list(DAYS[-1].days()))
    return tuple(
        [Held(before=before, placements=tuple(each for each in _some(random, programme) if each.span.day < before))]
        for programme in programmes
    )


def _site_rules(random: Random, programmes: Sequence[Programme], priced: bool) -> tuple[Rule, ...]:
    """One or two rules on all of them, in the joint ids."""
    weight = random.choice((1, 2, 3)) if priced else None
    first, then = (f"{each.key}:{random.choice(list(each.activities))}" for each in random.sample(programmes, 2))
    between = {"buffer_minutes": random.choice((0, 15, 30)), "between_site_and_virtual_minutes": 0}
    laws: list[Rule] = [
        OneAtATime(**between),
        OneAtATime(**between),
        DailyLoad(hours_per_day=random.choice((1, 1.5, 2))),
        Capacity(),
        Order(first=(first,), then=(then,)),
    ]
    bending: list[Rule] = [TrainerLoad(trainers=("ann",), hours_per_day=random.choice((1, 1.5, 2)), weight=weight)]
    preferences: list[Rule] = [TrainerPreference(level=2)]
    return tuple(random.sample([*bending, *preferences] if priced else [*laws, *bending], random.choice((1, 2))))


def _fits(pair: Pair) -> bool:
    """Whether no rule is refused."""
    looked_at = zip((*pair.programmes, pair.joint), (*pair.own, pair.site), strict=True)
    return not any(fault for programme, rules in looked_at for rule in rules for fault in rule.faults(programme))


@pytest.mark.parametrize("number", range(PAIRS))
def test_the_joint_model_allows_the_pairs_that_are_lawful(number: int) -> None:
    pair = drawn(f"laws {number}", priced=False)
    assert allowed(pair.joint, pair.rules) == pair.lawful(), (pair.own, pair.site)


@pytest.mark.parametrize("number", range(PAIRS))
def test_the_least_cost_of_the_joint_model_is_the_least_price_of_a_pair(number: int) -> None:
    pair = drawn(f"prices {number}", priced=True)
    assert cheapest(pair.joint, pair.rules) == pair.least_price(), (pair.own, pair.site)


def course(
    key: str, sessions: int = 1, hours: str = "09:00-10:00", people: Collection[str] = (), **keys: Any
) -> Programme:
    """A class of Eve and the others on two days; Ann is of the site, and so are these people, Bob of the programme."""
    programme = small(
        dates=[date(2026, 11, 9), date(2026, 11, 10)],
        opening_hours={"monday": hours, "tuesday": hours},
        trainers={"ann": {"title": "Ann"}, "bob": {"title": "Bob"}},
        places={"hall": {"title": "Hall"}, "room": {"title": "Room"}},
        groups={"all": {"title": "All", "students": ["eve"]}},
        modules={"m": module(classes(sessions, **keys))},
    )
    return replace(
        programme,
        key=key,
        shared_trainers=frozenset({"ann"}),
        shared_places=frozenset({"hall"}),
        shared_people=frozenset(people),
    )


MONDAY, TUESDAY = "2026-11-09 09:00", "2026-11-10 09:00"


def moments(joint: Joint, rules: Sequence[Rule]) -> set[tuple[str, ...]]:
    """When the classes of both may stand."""
    return {
        tuple(
            "mon" if placed.span.day.day == 9 else "tue"
            for scope in joint.scopes
            for placed in scope.timetable(one).placements
        )
        for one in allowed(joint, rules)
    }


EVERY = set(product(("mon", "tue"), repeat=2))
APART = {("mon", "tue"), ("tue", "mon")}


class TestWhoIsWho:
    @pytest.mark.parametrize(
        ("keys", "possible"),
        [
            ({}, EVERY),
            ({"trainer": "ann"}, APART),
            ({"trainer": "bob"}, EVERY),
            ({"trainer": ["ann", "bob"], "together": 2}, APART),
            ({"place": "hall"}, APART),
            ({"place": "room"}, EVERY),
            ({"people": {"eve"}}, APART),
            ({"people": {"zoe"}}, EVERY),
        ],
        ids=[
            "group and student",
            "trainer of the site",
            "own trainer",
            "both",
            "place of the site",
            "own place",
            "student of the site",
            "own student",
        ],
    )
    def test_only_what_the_site_has_can_clash(self, keys: dict[str, Any], possible: set[tuple[str, ...]]) -> None:
        joint = join([course("a", **keys), course("b", **keys)])
        complete = [scoped(Complete(), scope) for scope in joint.scopes]
        assert moments(joint, [*complete, OneAtATime()]) == possible

    def test_the_same_law_of_each_programme_sees_no_clash_between_them(self) -> None:
        joint = join([course("a", trainer="ann"), course("b", trainer="ann")])
        rules = [scoped(rule, scope) for rule in (Complete(), OneAtATime()) for scope in joint.scopes]
        assert moments(joint, rules) == EVERY

    def test_days_are_open_for_those_of_one_programme_alone(self) -> None:
        """Of the six ways to have two of four hours, two are on one day; the second programme may have them all."""
        joint = join([course(key, sessions=2, hours="09:00-11:00") for key in "ab"])
        complete = [scoped(Complete(), scope) for scope in joint.scopes]
        law = scoped(OpenDays(group="all", days_per_week=1), joint.scopes[0])
        found = [
            len({placed.span.day for placed in joint.scopes[0].timetable(each).placements})
            for each in allowed(joint, [*complete, law])
        ]
        assert found == [1] * 2 * 6

    def test_whoever_is_free_gives_the_session_that_clashes(self) -> None:
        """On one day Ann gives one of the two at most, Bob of each programme the other, or both."""
        one, other = (course(key, trainer=["ann", "bob"], dates=[date(2026, 11, 9), date(2026, 11, 9)]) for key in "ab")
        joint = join([one, other])
        rules = [*(scoped(rule, scope) for rule in (Complete(), Within()) for scope in joint.scopes), OneAtATime()]
        found = {tuple(placed.trainers for placed in each.placements) for each in allowed(joint, rules)}
        assert found == {(("ann",), ("b:bob",)), (("a:bob",), ("ann",)), (("a:bob",), ("b:bob",))}


def test_the_rules_that_may_concern_an_activity_are_those_of_its_programme_and_of_all_in_their_order() -> None:
    joint = join([course("a"), course("b")])
    complete_a, complete_b = (scoped(Complete(), scope) for scope in joint.scopes)
    within_a, within_b = (scoped(Within(), scope) for scope in joint.scopes)
    everybody, days = OneAtATime(), OpenDays(group="a:all", days_per_week=1)
    rules_of = concerned([complete_a, everybody, complete_b, within_a, within_b, days])
    assert rules_of("a:m.virtual-class") == [complete_a, everybody, within_a, days]
    assert rules_of("b:m.virtual-class") == [everybody, complete_b, within_b, days]
    assert rules_of("m.virtual-class") == [everybody, days]


class TestTheRuleItself:
    def test_it_strikes_nothing_of_another_programme(self) -> None:
        joint = join([course("a"), course("b")])
        law = scoped(Within(), joint.scopes[0])
        asked = [law.forbids(joint, joint.activities[f"{key}:m.virtual-class"]) is None for key in ("a", "b")]
        assert asked == [False, True]

    JOINT = join([course("a", trainer="bob"), course("b", trainer="bob")])
    CLASS_OF_A, CLASS_OF_B = JOINT.parts.values()

    def test_it_is_told_and_paid_as_the_rule(self) -> None:
        held, changes = Held(before=date(2026, 11, 10), placements=()), FewChanges(placements=())
        asked = Pinned(activity="m.virtual-class", span=at(MONDAY).span)
        for rule in (
            Complete(),
            held,
            asked,
            changes,
            TrainerPreference(weight=3, level=4),
            OneAtATime(),
            RegularSlot(),
        ):
            one = scoped(rule, self.JOINT.scopes[1])
            assert isinstance(one, Rule)
            assert (one.name, one.origin, one.makes_up) == (rule.name, rule.origin, rule.makes_up)
            assert one.private == rule.private
            assert (one.price, one.rank) == (rule.price, rule.rank)

    def test_it_strikes_and_finds_in_its_own_programme_alone(self) -> None:
        """Both Bobs are away on Monday."""
        one, other = (self.without_monday(course(key, trainer="bob")) for key in "ab")
        joint = join([one, other])
        law = scoped(Availability(), joint.scopes[1])
        assert law.forbids(joint, self.CLASS_OF_A) is None
        forbids = law.forbids(joint, self.CLASS_OF_B)
        assert forbids is not None
        assert [forbids(span) for span in joint.candidates(self.CLASS_OF_B)] == [True, False]
        both = timetable(
            at(MONDAY, part="a:m.virtual-class", trainers=("a:bob",)),
            at(MONDAY, part="b:m.virtual-class", trainers=("b:bob",)),
        )
        own = timetable(at(MONDAY, trainers=("bob",)))
        (found,) = law.check(joint, both)
        (alone,) = Availability().check(other, own)
        assert found == replace(alone, activities=("b:m.virtual-class",), trainers=("b:bob",))
        assert (alone.activities, alone.trainers) == (("m.virtual-class",), ("bob",))

    def without_monday(self, programme: Programme) -> Programme:
        bob = replace(programme.trainers["bob"], cannot=(When(weekday="monday"),))
        return replace(programme, trainers={**programme.trainers, "bob": bob})

    def test_it_holds_what_its_own_programme_has_in_joint_ids(self) -> None:
        placed = at(MONDAY, trainers=("ann", "bob"), place="hall")
        law = scoped(Held(before=date(2026, 11, 10), placements=(placed,)), self.JOINT.scopes[1])
        assert list(law.holds(self.CLASS_OF_A)) == []
        joint = at(MONDAY, part="b:m.virtual-class", trainers=("ann", "b:bob"), place="hall")
        assert list(law.holds(self.CLASS_OF_B)) == [joint]
        assert [law.closes(at(moment).span) for moment in (MONDAY, TUESDAY)] == [True, False]
