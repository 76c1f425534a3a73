"""The voices of every rule agree: what it strikes, posts and charges is what its own check finds.

For each rule seeded programmes are drawn, and all their timetables listed before any filtering. The timetables that
CP-SAT allows must be those that `check` finds clean; the least cost of a timetable must be the price that `check` puts
on it. What a breach says that it is about is held against timetables in which just that is missing, or just that is
left. A new rule needs a recipe in `tests/support/recipes.py`.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from pprint import pformat
from random import Random
from typing import Any, NamedTuple

import pytest
from ortools.sat.python import cp_model

from calendars.clock import dates_of
from calendars.naming import name_of, when_of
from calendars.programme import Programme
from calendars.timetable import Timetable
from constraints import RULES
from constraints.alike import Alike
from constraints.apart import Apart
from constraints.as_many import AsMany
from constraints.compact_days import CompactDays
from constraints.complete import Complete
from constraints.even_load import EvenLoad
from constraints.even_shares import EvenShares
from constraints.fair_shares import FairShares
from constraints.few_changes import FewChanges
from constraints.few_weekdays import FewWeekdays
from constraints.frozen import Frozen
from constraints.held import Held
from constraints.internship_alternating import InternshipAlternating
from constraints.jury import Jury
from constraints.jury_days import JuryDays
from constraints.kept import Kept
from constraints.order import Order
from constraints.pinned import Pinned
from constraints.recurring import Recurring
from constraints.regular_slot import RegularSlot
from constraints.rule import BendingLaw, Breach, Rule
from constraints.side_by_side import SideBySide
from constraints.small_groups import SmallGroups
from constraints.steady import Steady
from constraints.teaching_days import TeachingDays
from constraints.trainer_load import TrainerLoad
from constraints.weekly_load import WeeklyLoad
from drawing import Shape, Tables, complete_ways, draw, free_ways
from recipes import RECIPES
from scheduler.bottlenecks import bottlenecks
from scheduler.candidates import candidates_of
from solving import Exactly, allowed, model_of

PROGRAMMES = 12
"""Drawn for each rule and shape; with those for several rules together more than 500."""

SEVERAL = 60
"""Programmes drawn for two or three rules together."""

PRICED = 8
"""Timetables of a programme that are priced one by one, beside the cheapest and the dearest."""

TOLD = 20
"""Timetables of a programme of which each breach is looked at."""

NOT_ASKING = [rule for rule in RULES if not rule.asks]

WITHOUT_WEEK: dict[type[Rule], str] = {
    AsMany: "",
    Alike: "",
    Apart: "",
    SideBySide: "",
    Complete: "",
    RegularSlot: "",
    Steady: "",
    TeachingDays: "",
    FairShares: "",
    FewWeekdays: "",
    EvenShares: "",
    Jury: "",
    JuryDays: "days with defences for",
    CompactDays: "days on site for",
    TrainerLoad: "in all",
    InternshipAlternating: "different weekdays",
}
"""Words of the breaches that lie in no week: all those of some rules."""


class Case(NamedTuple):
    """A drawn programme with rules that fit it, and all its timetables."""

    seed: str
    tables: Tables
    programme: Programme
    rules: tuple[Rule, ...]
    every: list[Timetable]

    def sorry(self, told: str, timetable: Timetable) -> str:
        """All that is needed to see why the voices differ about a timetable."""
        activities = self.programme.activities
        placed = [
            f"{name_of(self.programme, activities[each.activity])} [{each.activity}] "
            f"{when_of(activities[each.activity], each.span)}, amount {each.amount}, {each.trainers} in {each.place}"
            for each in timetable.placements
        ]
        found = [
            f"{breach.message} (excess {breach.excess})"
            for rule in self.rules
            for breach in rule.check(self.programme, timetable)
        ]
        rules = [repr(rule) for rule in self.rules]
        titles = {"rules": rules, "timetable": placed, "what check finds in it": found or ["nothing"]}
        lists = [f"{title}:\n" + "\n".join(f"    {line}" for line in lines) for title, lines in titles.items()]
        tables = pformat({key: table for key, table in self.tables.items() if table}, width=110, sort_dicts=False)
        return "\n".join([f"{told} (seed {self.seed!r})", *lists, f"tables for small():\n{tables}"])


def case_of(seed: str, kinds: Sequence[type[Rule]], shapes: Sequence[Shape]) -> Case:
    """A programme and rules of these kinds, drawn until the parameters fit; the first shape gives days and hours.

    Where the rules find nothing in any timetable, or something in each, three in four are drawn again.
    """
    random = Random(seed)
    shape = shapes[0]._replace(wanted=tuple(thing for one in shapes for thing in one.wanted))
    while True:
        tables, programme, every = draw(random, shape, free_ways if {Complete, AsMany} & {*kinds} else complete_ways)
        rules = tuple(kind(**RECIPES[kind].parameters(random, programme)) for kind in kinds)
        if any(fault for rule in rules for fault in rule.faults(programme)):
            continue
        case = Case(seed, tables, programme, rules, every)
        if 0 < len(clean(case, rules)) < len(every) or random.random() < 1 / 4:
            return case


def with_price(rule: Rule, random: Random) -> Rule:
    """The rule at some weight."""
    return rule.model_copy(update={"weight": random.randint(1, 5)})


def clean(case: Case, rules: Iterable[Rule]) -> list[Timetable]:
    """The timetables in which no check finds a breach."""
    rules = tuple(rules)
    return [
        one for one in case.every if not any(breach for rule in rules for breach in rule.check(case.programme, one))
    ]


def price(case: Case, rules: Iterable[Rule], timetable: Timetable) -> int:
    """What a timetable costs by the checks of weighted rules."""
    return sum(
        rule.price * breach.excess
        for rule in rules
        if rule.price is not None
        for breach in rule.check(case.programme, timetable)
    )


def least_cost(case: Case, rules: Sequence[Rule]) -> int | None:
    """The least cost in the model; None where it has no solution."""
    model = model_of(case.programme, rules)
    model.cp.minimize(sum(model.cost(rank) for rank in sorted({cost.rank for cost in model.costs})))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(model.cp)
    return round(solver.objective_value) if status == cp_model.OPTIMAL else None


def ranks(timetable: Timetable) -> list[Any]:
    """What puts timetables in order."""
    return [placement.rank for placement in timetable.placements]


def assert_same_timetables(case: Case, rules: Sequence[Rule], lawful: Collection[Timetable]) -> None:
    found, lawful = allowed(case.programme, rules), set(lawful)
    for timetable in sorted(found - lawful, key=ranks)[:1]:
        pytest.fail(case.sorry("the model allows a timetable in which check finds a breach", timetable))
    for timetable in sorted(lawful - found, key=ranks)[:1]:
        pytest.fail(case.sorry("the model forbids a timetable that check finds clean", timetable))
    counted = bottlenecks(case.programme, rules, candidates_of(case.programme, rules))
    for timetable in sorted(lawful, key=ranks)[: len(counted)]:
        pytest.fail(case.sorry(f"check finds this clean, but {counted[0].words(case.programme)}", timetable))


def assert_same_prices(case: Case, laws: Sequence[Rule], priced: Sequence[Rule], lawful: Sequence[Timetable]) -> None:
    """Compares the optimum, then the cheapest, the dearest and some other timetables one by one."""
    by_price = sorted(lawful, key=lambda one: (price(case, priced, one), ranks(one)))
    least = least_cost(case, [*laws, *priced])
    if not by_price:
        assert least is None, case.sorry("the model finds a timetable where none is lawful", Timetable())
        return
    cheapest = price(case, priced, by_price[0])
    assert least == cheapest, case.sorry(f"the model’s optimum is {least}, this one costs {cheapest}", by_price[0])
    sample = Random(case.seed).sample(by_price, min(PRICED, len(by_price)))
    for timetable in (by_price[0], by_price[-1], *sample):
        cost = least_cost(case, [*laws, *priced, Exactly(placements=timetable.placements)])
        asked = price(case, priced, timetable)
        assert cost == asked, case.sorry(f"this costs {cost} in the model, {asked} by check", timetable)


def assert_subjects(case: Case, rule: Rule) -> None:
    for timetable in Random(case.seed).sample(case.every, min(TOLD, len(case.every))):
        for breach in rule.check(case.programme, timetable):
            for told in (
                *misnamed_activities(case.programme, rule, timetable, breach),
                *misnamed_week(rule, timetable, breach),
                *misnamed_trainers(case.programme, rule, timetable, breach),
            ):
                pytest.fail(case.sorry(f"{breach} {told}", timetable))


def misnamed_activities(programme: Programme, rule: Rule, timetable: Timetable, breach: Breach) -> Iterator[str]:
    """A breach is gone without what it names, and there without all else, or tells what an empty year lacks as well."""
    found = set(breach.activities)
    if breach.activities != tuple(key for key in programme.activities if key in found):
        yield "names its activities in another order"
    if isinstance(rule, EvenLoad | WeeklyLoad) and not breach.activities:
        return  # nothing counts in any week
    if not breach.activities:
        yield "names no activity"
    rest, alone = (
        Timetable(tuple(each for each in timetable.placements if (each.activity in found) is kept))
        for kept in (False, True)
    )
    if breach in rule.check(programme, rest) and breach not in rule.check(programme, Timetable()):
        yield "is there without the activities that it names"
    depends = (isinstance(rule, Order) and rule.each) or "weeks with a live session" in str(breach.message)
    if not depends and breach not in rule.check(programme, alone):
        yield "is about other activities too"


def misnamed_week(rule: Rule, timetable: Timetable, breach: Breach) -> Iterator[str]:
    """The week is one of those in which a named activity stands, unless something is missing there."""
    words = WITHOUT_WEEK.get(type(rule))
    if (breach.monday is None) != (words is not None and words in str(breach.message)):
        yield "names a week where it lies in none, or none"
    if breach.monday is None or isinstance(rule, FewChanges | Frozen | Held | Kept | Pinned | Recurring):
        return
    spans = [each.span for each in timetable.placements if each.activity in breach.activities]
    weeks = {monday for span in spans for monday in dates_of(span).weeks()}
    lacks = isinstance(rule, EvenLoad | WeeklyLoad | SmallGroups) or "leaves out" in str(breach.message)
    if not lacks and breach.monday not in weeks:
        yield "names a week in which nothing of it stands"
    if breach.monday.weekday() != 0:
        yield "names a week by another day than Monday"


def misnamed_trainers(programme: Programme, rule: Rule, timetable: Timetable, breach: Breach) -> Iterator[str]:
    """A breach that would not be there if nobody gave a session names those whom it needs for being there."""
    if isinstance(rule, FewChanges | Frozen | Kept):
        return  # it is about trainers who are not there
    if not set(breach.trainers) <= set(programme.trainers):
        yield "names unknown trainers"
    if (breach in rule.check(programme, given_by(timetable, ()))) == bool(breach.trainers):
        yield "names trainers whom it does not need, or none whom it needs"
    if breach not in rule.check(programme, given_by(timetable, breach.trainers)):
        yield "needs other trainers too"
    for trainer in breach.trainers:
        if breach in rule.check(programme, given_by(timetable, set(breach.trainers) - {trainer})):
            yield f"does not need {trainer}"


def given_by(timetable: Timetable, trainers: Collection[str]) -> Timetable:
    """A timetable in which nobody else gives a session."""
    return Timetable(
        tuple(
            each._replace(trainers=tuple(key for key in each.trainers if key in trainers))
            for each in timetable.placements
        )
    )


def excess(case: Case, timetable: Timetable) -> int:
    """How much the checks find, in the units of the rules."""
    return sum(breach.excess for rule in case.rules for breach in rule.check(case.programme, timetable))


def ever_less(case: Case, timetable: Timetable) -> Iterator[Timetable]:
    """Always one thing less, in some order: a session, a block, a host day, a step of self-paced work."""
    random, placements = Random(case.seed), [*timetable.placements]
    while placements:
        placement = placements.pop(random.randrange(len(placements)))
        amount = placement.amount - getattr(case.programme.activities[placement.activity], "step", 1)
        placements += [placement._replace(amount=amount)] if amount > 0 else []
        yield Timetable(tuple(placements))


def test_each_rule_has_a_recipe() -> None:
    assert [rule.name for rule in RULES if rule not in RECIPES] == []


def test_what_a_person_keeps_to_themselves_is_marked() -> None:
    assert [rule.name for rule in RULES if rule.private] == ["availability", "trainer_load", "trainer_preference"]


@pytest.mark.parametrize("kind", RULES, ids=[rule.name for rule in RULES])
def test_the_voices_of_a_rule_agree(kind: type[Rule]) -> None:
    """Alone beside `complete`; a law that bends is looked at kept and priced, and breaches say what they are about.

    What stands in for `complete` of live sessions is looked at beside what is left of it.
    """
    both = 0
    shapes = RECIPES[kind].shapes * PROGRAMMES
    for number, shape in enumerate(shapes):
        case = case_of(f"{kind.name} {number}", [kind], [shape])
        (rule,) = case.rules
        laws = [] if kind is Complete else [Complete(may_lack_sessions=kind is AsMany)]
        case = case._replace(every=clean(case, laws))
        lawful = clean(case, [rule])
        assert_subjects(case, rule)
        both += 0 < len(lawful) < len(case.every)
        if rule.price is None:
            assert_same_timetables(case, [*laws, rule], lawful)
        if rule.price is not None or isinstance(rule, BendingLaw):
            priced = with_price(rule, Random(case.seed))
            assert_same_prices(case._replace(rules=(priced,)), laws, [priced], case.every)
    assert both >= len(shapes) / 4, f"only {both} programmes have timetables with and without a breach"


@pytest.mark.parametrize("kind", NOT_ASKING, ids=[rule.name for rule in NOT_ASKING])
def test_a_law_that_asks_for_nothing_is_kept_as_well_with_less(kind: type[Rule]) -> None:
    """Whatever is taken out of a timetable, its check finds no more than before."""
    for number, shape in enumerate(RECIPES[kind].shapes * PROGRAMMES):
        case = case_of(f"{kind.name} {number}", [kind], [shape])
        for timetable in Random(case.seed).sample(case.every, min(TOLD, len(case.every))):
            before = excess(case, timetable)
            for less in ever_less(case, timetable):
                found = excess(case, less)
                assert found <= before, case.sorry(f"with one thing less the excess is {found}, not {before}", less)
                before = found


@pytest.mark.parametrize("number", range(SEVERAL))
def test_the_voices_of_several_rules_agree(number: int) -> None:
    """What one law strikes, the next one does not see when it posts."""
    random = Random(number)
    kinds = random.sample([rule for rule in RULES if rule not in (AsMany, Complete)], random.choice((2, 2, 3)))
    case = case_of(f"several {number}", kinds, [random.choice(RECIPES[kind].shapes) for kind in kinds])
    rules = tuple(
        with_price(rule, random) if isinstance(rule, BendingLaw) and random.random() < 0.5 else rule
        for rule in case.rules
    )
    case = case._replace(rules=rules)
    laws = [Complete(), *(rule for rule in rules if rule.price is None)]
    priced = [rule for rule in rules if rule.price is not None]
    lawful = clean(case, laws)
    assert_same_timetables(case, laws, lawful)
    assert_same_prices(case, laws, priced, lawful)
