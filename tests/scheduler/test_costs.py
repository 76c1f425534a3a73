"""Where costs come from adds up to what the rules charge; what less would take is what a list of all calendars says.

Small programmes are drawn with priced rules at three levels, and all their timetables listed without a solver.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from random import Random
from threading import Event
from typing import Any, ClassVar, NamedTuple

import pytest

from calendars.calendar_file import LevelRecord
from calendars.programme import Programme
from calendars.timetable import Timetable
from calendars.wording import say
from constraints.availability import Availability
from constraints.complete import Complete
from constraints.daily_load import DailyLoad
from constraints.days_off import DaysOff
from constraints.few_changes import FewChanges
from constraints.near_date import NearDate
from constraints.one_at_a_time import OneAtATime
from constraints.regular_slot import RegularSlot
from constraints.rule import Breach, Model, Preference, Rule
from constraints.spread import Spread
from constraints.trainer_load import TrainerLoad
from constraints.trainer_preference import TrainerPreference
from constraints.weekly_load import WeeklyLoad
from constraints.within import Within
from constraints.working_hours import WorkingHours
from drawing import Shape, draw
from explaining import Explained, priced
from scheduler.conflict import Explanation
from scheduler.costs import Answer, LevelCosts, Loss, NextBetter, People, Share, costs_of, next_better
from scheduler.moves import Move
from scheduler.problem import Problem
from scheduler.repairs import Lowering, Repair
from scheduler.result import Limits, Outcome
from scheduler.verdict import breaches, price, prices
from small import at, classes, module, on, small, timetable

DRAWN = 25
LIMITS = Limits(work=5.0)
SHAPE = Shape(("sessions", "several parts", "trainers", "prefers", "near"))
LAWS: tuple[Rule, ...] = (
    WorkingHours(),
    DaysOff(),
    Availability(),
    Spread(sessions_per_week=1),
    DailyLoad(hours_per_day=1),
)


class Case(NamedTuple):
    """A problem with all its timetables, and the lawful ones."""

    problem: Problem
    every: list[Timetable]
    lawful: list[Timetable]

    @property
    def ranks(self) -> list[int]:
        return sorted({rule.rank for rule in self.problem.priced})

    def values(self, one: Timetable, below: int = 10) -> tuple[int, ...]:
        """What a timetable costs level by level, down to one level."""
        return tuple(price(self.problem, one, rank) for rank in self.ranks if rank < below)

    @property
    def best(self) -> Timetable:
        return min(self.lawful, key=self.values)

    def certificate(self, one: Timetable) -> list[LevelRecord]:
        """What a perfect search would prove of a timetable."""
        found = []
        for rank, value in zip(self.ranks, self.values(one), strict=True):
            no_worse = [
                each
                for each in self.lawful
                if all(a <= b for a, b in zip(self.values(each, rank), self.values(one, rank), strict=True))
            ]
            bound = min(price(self.problem, each, rank) for each in no_worse)
            found.append(LevelRecord(rank=rank, rules=(), value=value, bound=bound, proved=value == bound))
        return found


@cache
def drawn(number: int) -> Case:
    """Drawn until a law leaves some of its timetables, and priced rules tell them apart."""
    random = Random(f"costs {number}")
    while True:
        _, programme, every = draw(random, SHAPE)
        laws = random.sample(LAWS, random.randint(1, 3))
        bends = {random.choice(laws).name: random.choice((None, 1, 4))}
        problem = Problem(programme, (Complete(), Within(), OneAtATime(), *laws, *_priced(random)), bends=bends)
        case = Case(problem, every, [one for one in every if not breaches(problem, one)])
        if len({case.values(one) for one in case.lawful}) > 3:
            return case


def _priced(random: Random) -> list[Rule]:
    rules: list[Callable[[int, int], Rule]] = [
        lambda weight, level: TrainerPreference(weight=weight, level=level),
        lambda weight, level: NearDate(weight=weight, level=level),
        lambda weight, level: RegularSlot(weight=weight, level=level),
        lambda weight, level: TrainerLoad(sessions_per_day=1, weight=weight, level=level),
        lambda weight, level: WeeklyLoad(group="all", at_most_hours=1, weight=weight, level=level),
    ]
    return [make(random.randint(1, 3), random.choice((1, 2, 3))) for make in random.sample(rules, 4)]


@pytest.mark.parametrize("number", range(DRAWN))
def test_every_table_of_shares_adds_up_to_what_the_rules_charge(number: int) -> None:
    case = drawn(number)
    for one in Random(number).sample(case.lawful, 3):
        costs, asked = costs_of(case.problem, one, ()), prices(case.problem, one)
        assert [level.rank for level in costs] == case.ranks
        assert tuple(level.value for level in costs) == case.values(one)
        for level in costs:
            assert {share.about: share.points for share in level.rules} == {
                name: points for (rank, name), points in asked.items() if rank == level.rank and points
            }
            for shares in (level.rules, level.modules, level.weeks, level.people):
                assert_shares(level, shares)


def assert_shares(level: LevelCosts, shares: Sequence[Share[Any]]) -> None:
    """They add up, hold each charge once, and the dearest comes first."""
    assert sum(share.points for share in shares) == level.value
    held = [charge for share in shares for charge in share.charges]
    assert sorted(map(repr, held)) == sorted(map(repr, level.charges))
    assert len({share.about for share in shares}) == len(shares)
    for points in ([share.points for share in shares], *([one.points for one in share.charges] for share in shares)):
        assert points == sorted(points, reverse=True)


@pytest.mark.parametrize("number", range(DRAWN))
def test_what_less_would_take_is_what_a_list_of_all_calendars_says(number: int) -> None:
    """Of the best calendar, whose levels are all proved, and of another one."""
    case = drawn(number)
    for one in (case.best, Random(number).choice(case.lawful)):
        costs = costs_of(case.problem, one, case.certificate(one))
        for level in costs:
            found = next_better(case.problem, one, costs, level.rank, LIMITS)
            less = [each for each in case.lawful if price(case.problem, each, level.rank) < level.value]
            above = case.values(one, level.rank)
            assert (found.rank, found.now) == (level.rank, level.value)
            if any(all(a <= b for a, b in zip(case.values(each, level.rank), above, strict=True)) for each in less):
                assert found == NextBetter(level.rank, level.value, Answer.OPEN)
            elif not less:
                assert (found.answer, found.proved) == (Answer.BEST, True)
                assert_lowering(case, one, found)
            else:
                least = min(losses(case.values(each, level.rank), above) for each in less)
                assert (found.answer, found.proved) == (Answer.POSSIBLE, True)
                assert tuple((loss.rank, loss.now) for loss in found.losses) == tuple(
                    zip(case.ranks, above, strict=False)
                )
                assert tuple(loss.points for loss in found.losses) == least
                assert_moves(case, one, found)


def losses(then: Sequence[int], now: Sequence[int]) -> tuple[int, ...]:
    """What is given up level by level."""
    return tuple(max(0, value - known) for value, known in zip(then, now, strict=True))


def assert_moves(case: Case, before: Timetable, found: NextBetter) -> None:
    """They lead to a lawful calendar with the values that are told."""
    kept = [each for each in before.placements if each not in [move.before for move in found.moves]]
    after = Timetable((*kept, *(move.after for move in found.moves if move.after is not None)))
    assert after in case.lawful
    assert case.values(after, found.rank) == tuple(loss.then for loss in found.losses)
    assert price(case.problem, after, found.rank) == found.then
    assert found.then is not None
    assert found.then < found.now


def assert_lowering(case: Case, before: Timetable, found: NextBetter) -> None:
    """It is a calendar that has less, and no more above, with all that is announced, and the one that bends least."""
    lowering, problem = found.lowering, replace(case.problem, bends={**case.problem.bends, "complete": None})
    ranks = [rank for rank in case.ranks if rank <= found.rank]
    most = [price(problem, before, rank) - (rank == found.rank) for rank in ranks]
    costs = {
        one.timetable: one.cost
        for one in priced(Explained(problem, case.every, Explanation(Outcome.LAWFUL), []))
        if all(price(problem, one.timetable, rank) <= limit for rank, limit in zip(ranks, most, strict=True))
    }
    if not costs:
        assert lowering == (HOPELESS if found.now else None)
        return
    assert lowering is not None
    assert lowering.repair is not None
    one, least = lowering.repair.timetable, min(costs.values())
    assert lowering == Lowering(Repair(breaches(problem, one), one, least, least))
    assert costs[one] == least


def test_all_answers_come_up() -> None:
    found = [
        next_better(case.problem, one, costs, level.rank, LIMITS)
        for case in map(drawn, range(8))
        for one in (case.best, case.lawful[0])
        for costs in [costs_of(case.problem, one, case.certificate(one))]
        for level in costs
    ]
    assert {each.answer for each in found} == {Answer.OPEN, Answer.BEST, Answer.POSSIBLE}
    assert {each.lowering and each.lowering.hopeless for each in found} == {None, False, True}


NEAR, SLOTS = NearDate(level=1), RegularSlot(level=2)
THREE_DAYS = {"dates": [date(2026, 11, 9), date(2026, 11, 20)], "opening_hours": {"monday": "09:00-10:00"}}
"""One start on each day; the 9th is a Monday."""


def two_sessions() -> Problem:
    """Two sessions aimed at Monday the 9th, which would rather keep one weekday: the second stands on the 10th."""
    part = classes(2, near=date(2026, 11, 9))
    return Problem(small(**THREE_DAYS, modules={"m": module(part)}), (Complete(), NEAR, SLOTS))


CLASS = "m.virtual-class"
MONDAY, TUESDAY, NEXT = at("2026-11-09 09:00"), at("2026-11-10 09:00"), at("2026-11-16 09:00")


HOPELESS = Lowering(None, True)
"""No law that may bend would help."""


def certified(*values: tuple[int, int, int]) -> list[LevelRecord]:
    """Levels of a certificate by rank, value and bound."""
    return [
        LevelRecord(rank=rank, rules=(), value=value, bound=bound, proved=value == bound)
        for rank, value, bound in values
    ]


def test_one_slot_costs_a_week() -> None:
    """The 10th is 1 day from the 9th. One slot for both takes the 9th and the 16th, 7 days away."""
    problem, placed = two_sessions(), timetable(MONDAY, TUESDAY)
    costs = costs_of(problem, placed, certified((1, 1, 1), (2, 1, 1)))
    assert [(level.rank, level.value, level.bound) for level in costs] == [(1, 1, 1), (2, 1, 1)]
    assert next_better(problem, placed, costs, 1, LIMITS) == NextBetter(1, 1, Answer.BEST, lowering=HOPELESS)
    assert next_better(problem, placed, costs, 2, LIMITS) == NextBetter(
        2, 1, Answer.POSSIBLE, 0, (Loss(1, 1, 7, 7),), (Move(CLASS, TUESDAY, NEXT),)
    )


def test_what_need_not_move_stays() -> None:
    """Five exams elsewhere in the two weeks."""
    exams = tuple(at(f"2026-11-{day} 09:00", part="n.exam") for day in (11, 12, 13, 18, 20))
    part = classes(2, near=date(2026, 11, 9))
    programme = small(**THREE_DAYS, modules={"m": module(part), "n": module(classes(5, kind="exam"))})
    problem, placed = Problem(programme, (Complete(), NEAR, SLOTS)), timetable(MONDAY, TUESDAY, *exams)
    costs = costs_of(problem, placed, certified((1, 1, 1), (2, 1, 1)))
    assert next_better(problem, placed, costs, 2, LIMITS).moves == (Move(CLASS, TUESDAY, NEXT),)


class Priced(Preference):
    """Each day has its price."""

    name: ClassVar[str] = "priced"

    days: dict[int, int]

    def post(self, programme: Programme, model: Model) -> None:
        """Charges each candidate."""
        for key in programme.parts:
            model.charge((self.days[span.day.day], variable) for span, variable in model.choices(key).items())

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Finds each session."""
        for placement in timetable.placements:
            yield Breach(self.name, say("dear"), self.days[placement.span.day.day], activities=(placement.activity,))


class Untold(Priced):
    """Its check alone knows what it costs."""

    def post(self, programme: Programme, model: Model) -> None:
        """Says nothing."""


def test_a_level_above_that_may_be_better_is_not_made_better_at_the_price_of_another() -> None:
    """On Wednesday nothing would be lost at the first level either, and five points at the second."""
    dates = {"dates": [date(2026, 11, 9), date(2026, 11, 11)], "opening_hours": {"monday": "09:00-10:00"}}
    programme = small(**dates, modules={"m": module(classes(1))})
    prices = ({9: 1, 10: 1, 11: 0}, {9: 0, 10: 1, 11: 5}, {9: 1, 10: 0, 11: 0})
    rules = [Priced(days=days, level=level) for level, days in enumerate(prices, start=1)]
    problem, placed = Problem(programme, (Complete(), *rules)), timetable(MONDAY)
    costs = costs_of(problem, placed, certified((1, 1, 0), (2, 0, 0), (3, 1, 1)))
    assert next_better(problem, placed, costs, 3, LIMITS) == NextBetter(
        3, 1, Answer.POSSIBLE, 0, (Loss(1, 1, 1, 1), Loss(2, 0, 1, 1)), (Move(CLASS, MONDAY, TUESDAY),)
    )


def test_a_search_that_is_stopped_knows_nothing() -> None:
    problem, placed = two_sessions(), timetable(MONDAY, TUESDAY)
    costs, stop = costs_of(problem, placed, certified((1, 1, 1), (2, 1, 1))), Event()
    stop.set()
    assert next_better(problem, placed, costs, 2, Limits(stop=stop)) == NextBetter(2, 1, Answer.UNKNOWN)


def test_a_loss_that_is_not_proved_is_told_apart() -> None:
    """From 3 to 5, of which 4 is proved to be needed; what was not proved to be the least may be better by then."""
    assert [(loss.points, loss.proved) for loss in (Loss(1, 3, 5, 5), Loss(1, 3, 5, 4), Loss(1, 3, 2, 0))] == [
        (2, True),
        (2, False),
        (0, True),
    ]
    losses = (Loss(1, 3, 5, 5), Loss(2, 3, 5, 4))
    assert not NextBetter(3, 3, Answer.POSSIBLE, 2, losses).proved
    assert NextBetter(3, 3, Answer.POSSIBLE, 2, losses[:1]).proved
    assert not NextBetter(3, 3, Answer.OPEN).proved


class TestTheBound:
    PLACED = timetable(MONDAY, TUESDAY)

    def bounds(self, *values: tuple[int, int, int]) -> list[int | None]:
        return [level.bound for level in costs_of(two_sessions(), self.PLACED, certified(*values))]

    def test_it_is_that_of_the_certificate(self) -> None:
        assert self.bounds((1, 1, 1), (2, 1, 0)) == [1, 0]
        assert self.bounds() == [None, None]

    def test_it_holds_for_a_calendar_that_is_better_at_the_levels_above_and_for_no_worse_one(self) -> None:
        """The calendar, with 1 at the first level, is not the certified one, with 2 or with 0 there."""
        assert self.bounds((1, 2, 0), (2, 1, 1)) == [0, 1]
        assert self.bounds((1, 0, 0), (2, 1, 1)) == [0, None]

    def test_a_level_that_the_problem_does_not_have_takes_those_below_it_away(self) -> None:
        """Such as level 0 of a calendar that follows another one."""
        assert self.bounds((0, 4, 4), (1, 1, 1), (2, 1, 1)) == [None, None]


def test_shares_are_under_all_that_a_breach_is_about() -> None:
    """A week of two modules, three hours where one is allowed, a trainer off their hours, and a block off its day."""
    programme = small(
        trainers={"ann": {"title": "Ann", "prefers": [{"weekday": "monday"}]}},
        groups={"all": {"title": "All"}, "half": {"title": "Half", "part_of": "all"}},
        modules={"m": module(classes(2, trainer="ann")), "n": module(classes(1), group="half")},
        blocks={
            "b": {
                "title": "Block",
                "kind": "course",
                "group": "all",
                "days": 1,
                "dates": [date(2026, 11, 2), date(2026, 11, 13)],
                "near": date(2026, 11, 10),
            }
        },
    )
    rules = (
        WeeklyLoad(group="all", at_most_hours=1, weight=1),
        TrainerPreference(weight=5),
        NearDate(weight=100),
        RegularSlot(weight=2, level=2),
    )
    placed = timetable(
        at("2026-11-09 09:00", trainers=("ann",)),
        at("2026-11-10 09:00", trainers=("ann",)),
        at("2026-11-11 09:00", part="n.virtual-class"),
        on("2026-11-12"),
    )
    level, last = costs_of(Problem(programme, rules), placed, ())
    week = date(2026, 11, 9)
    assert {share.about: share.points for share in level.rules} == {
        "near_date": 200,
        "weekly_load": 120,
        "trainer_preference": 5,
    }
    assert {share.about: share.points for share in level.modules} == {("b",): 200, ("m", "n"): 120, ("m",): 5}
    assert {share.about: share.points for share in level.weeks} == {week: 325}
    assert {share.about: share.points for share in level.people} == {
        People("groups", ("all",)): 200,
        People("groups", ("all", "half")): 120,
        People("trainers", ("ann",)): 5,
    }
    assert [(share.about, share.points) for share in last.weeks] == [(None, 2)]
    assert [share.about for share in last.people] == [People("groups", ("all",))]


def test_what_follows_a_calendar_is_level_0_and_may_be_given_up_too() -> None:
    """One session stood on the 10th and is aimed at the 9th: a day less is worth a move, ten points."""
    part = classes(1, near=date(2026, 11, 9))
    programme = small(**THREE_DAYS, modules={"m": module(part)})
    problem = Problem(programme, (Complete(), FewChanges(placements=(TUESDAY,)), NEAR))
    costs = costs_of(problem, timetable(TUESDAY), certified((0, 0, 0), (1, 1, 1)))
    found = next_better(problem, timetable(TUESDAY), costs, 1, LIMITS)
    assert found == NextBetter(1, 1, Answer.POSSIBLE, 0, (Loss(0, 0, 10, 10),), (Move(CLASS, TUESDAY, MONDAY),))


class TestWhatWouldHaveToGiveWay:
    """Two sessions aimed at Monday the 9th, of which a week may have one; Mondays and Fridays have an hour each.

    The lawful calendars take the 9th and the 16th, 7 days away, or more. What a law costs to bend is reckoned in places
    of 60 points, here with 60 more for the minutes of an hour.
    """

    PART: ClassVar[dict[str, Any]] = classes(2, near=date(2026, 11, 9), dates=[date(2026, 11, 9), date(2026, 11, 20)])
    PROGRAMME = small(
        dates=[date(2026, 11, 2), date(2026, 11, 20)],
        opening_hours=dict.fromkeys(("monday", "friday"), "09:00-10:00"),
        modules={"m": module(PART)},
    )
    LAWS = (Complete(), Within(), DaysOff(), WorkingHours())
    WEEKLY = WeeklyLoad(group="all", at_most_hours=1)
    PLACED = timetable(MONDAY, NEXT)
    BEFORE, FRIDAY = at("2026-11-06 09:00"), at("2026-11-13 09:00")
    LAST, EXAM = at("2026-11-20 09:00"), at("2026-12-02 12:00", part="n.exam")

    def found(self, limits: Limits = LIMITS, **bends: int | None) -> NextBetter:
        """What less than 7 days in all would take, where the file has these `[repairs]`."""
        problem = Problem(self.PROGRAMME, (*self.LAWS, self.WEEKLY, NEAR), bends=bends)
        costs = costs_of(problem, self.PLACED, certified((1, 7, 7)))
        return next_better(problem, self.PLACED, costs, 1, limits)

    def test_an_hour_more_in_the_week(self) -> None:
        """120 points are less than three places outside its dates."""
        after = timetable(MONDAY, self.FRIDAY)
        told = tuple(self.WEEKLY.check(self.PROGRAMME, after))
        assert [(breach.rule, breach.excess) for breach in told] == [("weekly_load", 60)]
        found = self.found(within=3)
        assert found == NextBetter(1, 7, Answer.BEST, lowering=Lowering(Repair(told, after, 120, 120)))
        assert found.proved

    def test_what_never_bends_is_kept(self) -> None:
        """The Friday before its dates is 3 days away; two places."""
        after = timetable(self.BEFORE, MONDAY)
        told = tuple(Within().check(self.PROGRAMME, after))
        assert [breach.rule for breach in told] == ["within"]
        assert self.found(weekly_load=None).lowering == Lowering(Repair(told, after, 120, 120))

    def test_where_nothing_that_may_bend_helps_nothing_is_left_out_either(self) -> None:
        assert self.found(weekly_load=None, within=None).lowering == HOPELESS
        assert self.found(weekly_load=None, within=None, complete=1).lowering == HOPELESS

    def test_where_no_law_has_to_give_way_the_bound_was_not_one_of_these_laws(self) -> None:
        """The 9th and the 20th cost 11, though a certificate says that no lawful calendar has less."""
        problem, placed = Problem(self.PROGRAMME, (*self.LAWS, self.WEEKLY, NEAR)), timetable(MONDAY, self.LAST)
        costs = costs_of(problem, placed, certified((1, 11, 11)))
        assert next_better(problem, placed, costs, 1, LIMITS) == NextBetter(1, 11, Answer.OPEN)

    def test_whoever_stops_it_learns_nothing_of_the_laws(self) -> None:
        stop = Event()
        stop.set()
        assert self.found(Limits(stop=stop)) == NextBetter(1, 7, Answer.BEST, lowering=Lowering(None))

    def test_without_work_nothing_is_found_and_nothing_proved(self) -> None:
        assert self.found(Limits(work=0.0)).lowering == Lowering(None)
        assert self.found(Limits(work=0.0), weekly_load=None, within=None).lowering == Lowering(None)

    def test_what_a_level_costs_is_for_the_checks_to_say(self) -> None:
        """Of this rule the model knows no price."""
        problem = Problem(self.PROGRAMME, (*self.LAWS, self.WEEKLY, Untold(days=dict.fromkeys(range(1, 31), 1))))
        costs = costs_of(problem, self.PLACED, certified((1, 2, 2)))
        assert next_better(problem, self.PLACED, costs, 1, LIMITS).lowering == Lowering(None)

    def test_no_level_above_has_more(self) -> None:
        """Tuesday would cost a place, and a point at the first level; on Thursday Ann cannot come, two places more."""
        days = ({9: 1, 10: 2, 12: 1, 13: 1}, {9: 1, 10: 0, 12: 0, 13: 1})
        programme = small(
            dates=[date(2026, 11, 9), date(2026, 11, 13)],
            opening_hours={"monday": "09:00-10:00"},
            trainers={"ann": {"title": "Ann", "cannot": [{"weekday": "thursday"}]}},
            modules={"m": module(classes(1, trainer="ann"))},
        )
        priced = [Priced(days=each, level=level) for level, each in enumerate(days, start=1)]
        problem = Problem(programme, (*self.LAWS, Availability(), *priced), bends={"within": None})
        placed, there = (timetable(at(f"2026-11-{day} 09:00", trainers=("ann",))) for day in ("09", "12"))
        costs = costs_of(problem, placed, certified((1, 1, 1), (2, 1, 1)))
        found = next_better(problem, placed, costs, 2, LIMITS)
        repair = Repair(breaches(problem, there), there, 180, 180)
        assert found == NextBetter(2, 1, Answer.BEST, lowering=Lowering(repair))

    def test_in_a_large_programme_all_else_stays_at_its_time(self) -> None:
        """Nothing is proved of calendars in which the exam stands elsewhere."""
        found = self.found_in_a_large_one(self.PART)
        assert found.lowering is not None
        assert found.lowering.repair is not None
        repair = found.lowering.repair
        assert [(breach.rule, breach.excess) for breach in repair.breaches] == [("weekly_load", 60)]
        assert (repair.cost, repair.bound, repair.timetable.of("n.exam")) == (120, 0, (self.EXAM,))
        assert found == NextBetter(1, 7, Answer.BEST, lowering=found.lowering)

    def test_where_the_level_is_about_too_much_no_law_is_looked_for(self) -> None:
        found = self.found_in_a_large_one(classes(2, near=date(2026, 11, 9)))
        assert found == NextBetter(1, 7, Answer.BEST, lowering=Lowering(None))

    def test_in_a_large_programme_it_is_not_proved_that_nothing_helps(self) -> None:
        found = self.found_in_a_large_one(self.PART, weekly_load=None)
        assert found == NextBetter(1, 7, Answer.BEST, lowering=Lowering(None))

    def found_in_a_large_one(self, part: dict[str, Any], **bends: int | None) -> NextBetter:
        """There is an exam too, and each of 250 days has some 60 starts."""
        week = ("monday", "tuesday", "wednesday", "thursday", "friday")
        programme = small(
            dates=[date(2026, 11, 2), date(2027, 10, 29)],
            starts_every_minutes=15,
            opening_hours=dict.fromkeys(week, "06:00-22:00"),
            modules={"m": module(part), "n": module(classes(1, kind="exam"))},
        )
        problem = Problem(programme, (*self.LAWS, self.WEEKLY, NEAR), bends={"within": None, **bends})
        placed = timetable(MONDAY, NEXT, self.EXAM)
        return next_better(problem, placed, costs_of(problem, placed, certified((1, 7, 7))), 1, LIMITS)
