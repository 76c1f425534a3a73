"""Where costs come from adds up to what the rules charge; what less would take is what a list of all calendars says.

Small programmes are drawn with priced rules at three levels, and all their timetables listed without a solver.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from random import Random
from threading import Event
from typing import Any, ClassVar, NamedTuple

import pytest

from calendars.calendar_file import LevelRecord
from calendars.programme import Programme
from calendars.timetable import Placement, Timetable
from calendars.wording import say
from constraints.complete import Complete
from constraints.few_changes import FewChanges
from constraints.near_date import NearDate
from constraints.one_at_a_time import OneAtATime
from constraints.regular_slot import RegularSlot
from constraints.rule import Breach, Model, Preference, Rule
from constraints.trainer_load import TrainerLoad
from constraints.trainer_preference import TrainerPreference
from constraints.weekly_load import WeeklyLoad
from constraints.within import Within
from drawing import Shape, draw
from scheduler.costs import Answer, LevelCosts, Loss, Move, NextBetter, People, Share, costs_of, next_better
from scheduler.problem import Problem
from scheduler.search import Limits
from scheduler.verdict import breaches, price, prices
from small import at, classes, module, on, small, timetable

DRAWN = 25
LIMITS = Limits(work=5.0)
SHAPE = Shape(("sessions", "several parts", "trainers", "prefers", "near"))


class Case(NamedTuple):
    """A problem with all its lawful timetables."""

    problem: Problem
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
        problem = Problem(programme, (Complete(), Within(), OneAtATime(), *_priced(random)))
        case = Case(problem, [one for one in every if not breaches(problem, one)])
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
                assert (found, found.proved) == (NextBetter(level.rank, level.value, Answer.BEST), True)
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


def test_all_answers_come_up() -> None:
    answers = {
        next_better(case.problem, one, costs, level.rank, LIMITS).answer
        for case in map(drawn, range(8))
        for one in (case.best, case.lawful[0])
        for costs in [costs_of(case.problem, one, case.certificate(one))]
        for level in costs
    }
    assert answers == {Answer.OPEN, Answer.BEST, Answer.POSSIBLE}


NEAR, SLOTS = NearDate(level=1), RegularSlot(level=2)
THREE_DAYS = {"dates": [date(2026, 11, 9), date(2026, 11, 20)], "opening_hours": {"monday": "09:00-10:00"}}
"""One start on each day; the 9th is a Monday."""


def two_sessions() -> Problem:
    """Two sessions aimed at Monday the 9th, which would rather keep one weekday: the second stands on the 10th."""
    part = classes(2, near=date(2026, 11, 9))
    return Problem(small(**THREE_DAYS, modules={"m": module(part)}), (Complete(), NEAR, SLOTS))


MONDAY, TUESDAY, NEXT = at("2026-11-09 09:00"), at("2026-11-10 09:00"), at("2026-11-16 09:00")


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
    assert next_better(problem, placed, costs, 1, LIMITS) == NextBetter(1, 1, Answer.BEST)
    assert next_better(problem, placed, costs, 2, LIMITS) == NextBetter(
        2, 1, Answer.POSSIBLE, 0, (Loss(1, 1, 7, 7),), (Move(TUESDAY, NEXT),)
    )


def test_what_need_not_move_stays() -> None:
    """Five exams elsewhere in the two weeks."""
    exams = tuple(at(f"2026-11-{day} 09:00", part="n.exam") for day in (11, 12, 13, 18, 20))
    part = classes(2, near=date(2026, 11, 9))
    programme = small(**THREE_DAYS, modules={"m": module(part), "n": module(classes(5, kind="exam"))})
    problem, placed = Problem(programme, (Complete(), NEAR, SLOTS)), timetable(MONDAY, TUESDAY, *exams)
    costs = costs_of(problem, placed, certified((1, 1, 1), (2, 1, 1)))
    assert next_better(problem, placed, costs, 2, LIMITS).moves == (Move(TUESDAY, NEXT),)


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


def test_a_level_above_that_may_be_better_is_not_made_better_at_the_price_of_another() -> None:
    """On Wednesday nothing would be lost at the first level either, and five points at the second."""
    dates = {"dates": [date(2026, 11, 9), date(2026, 11, 11)], "opening_hours": {"monday": "09:00-10:00"}}
    programme = small(**dates, modules={"m": module(classes(1))})
    prices = ({9: 1, 10: 1, 11: 0}, {9: 0, 10: 1, 11: 5}, {9: 1, 10: 0, 11: 0})
    rules = [Priced(days=days, level=level) for level, days in enumerate(prices, start=1)]
    problem, placed = Problem(programme, (Complete(), *rules)), timetable(MONDAY)
    costs = costs_of(problem, placed, certified((1, 1, 0), (2, 0, 0), (3, 1, 1)))
    assert next_better(problem, placed, costs, 3, LIMITS) == NextBetter(
        3, 1, Answer.POSSIBLE, 0, (Loss(1, 1, 1, 1), Loss(2, 0, 1, 1)), (Move(MONDAY, TUESDAY),)
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
    assert found == NextBetter(1, 1, Answer.POSSIBLE, 0, (Loss(0, 0, 10, 10),), (Move(TUESDAY, MONDAY),))


def test_what_is_added_or_left_out_is_a_move_too() -> None:
    other = Placement(MONDAY.span, "n.virtual-class")
    assert [move.activity for move in (Move(MONDAY, None), Move(None, other))] == ["m.virtual-class", "n.virtual-class"]
    with pytest.raises(ValueError, match="a move of nothing"):
        assert Move(None, None).activity
