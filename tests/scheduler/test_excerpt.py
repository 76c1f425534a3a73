"""What CP-SAT makes of some pieces of a model in which every law may be broken."""

from datetime import date
from random import Random
from typing import Any

import pytest

from calendars.timetable import Timetable
from constraints.complete import Complete
from constraints.daily_load import DailyLoad
from constraints.days_off import DaysOff
from constraints.distance_cap import DistanceCap
from constraints.held import Held
from constraints.on_hold import OnHold
from constraints.one_at_a_time import OneAtATime
from constraints.open_days import OpenDays
from constraints.order import Order
from constraints.rule import Rule
from constraints.spread import Spread
from constraints.within import Within
from constraints.working_hours import WorkingHours
from defended import defended, vivas
from drawing import MANY_STARTS, ONE_DAY, ONE_START, SHORT, TWO_DAYS, Shape, draw, free_ways
from reckoning import Reckoner
from scheduler.candidates import candidates_of
from scheduler.excerpt import Excerpt, Found
from scheduler.guarded import GuardedModel, returned
from scheduler.model import index_of
from scheduler.patience import Patience
from small import at, classes, module, small, timetable, week_of, work
from solving import Exactly, allowed

PATIENCE = Patience()
MONDAY, TUESDAY, ARMISTICE = date(2026, 11, 9), date(2026, 11, 10), date(2026, 11, 11)
PROGRAMMES = 20
TRIED = 20
"""Timetables of a programme that are tried one by one."""


def guarded(*laws: Rule, days: tuple[date, ...], hours: str = "09:00-10:00", **tables: Any) -> GuardedModel:
    """A session on each of some days, parts of one module, at one hour a day."""
    parts = [classes(1, id=f"p{n}", dates=[day, day]) for n, day in enumerate(days)]
    opening = {"opening_hours": dict.fromkeys(("monday", "tuesday", "wednesday"), hours)}
    programme = small(**{"modules": {"m": module(*parts)}, **opening, **tables})
    every = (Complete(), Within(), *laws)
    return GuardedModel(programme, returned(candidates_of(programme, every)), every)


def nine(day: int, part: int) -> Any:
    return at(f"2026-11-{day:02} 09:00", part=f"m.p{part}")


def solved(excerpt: Excerpt) -> tuple[bool, Timetable | None]:
    found = excerpt.solved(PATIENCE)
    return found.impossible, found.timetable


def cheapest(excerpt: Excerpt) -> tuple[bool, Timetable | None, int, int]:
    found = excerpt.cheapest(PATIENCE, sum(excerpt.excesses))
    return found.impossible, found.timetable, found.cost, found.bound


def test_without_any_piece_nothing_is_placed() -> None:
    assert solved(Excerpt(guarded(days=(MONDAY, TUESDAY)), [])) == (False, Timetable())


def test_what_no_piece_asks_for_is_not_placed() -> None:
    model = guarded(OneAtATime(), days=(MONDAY, MONDAY))
    of_first, of_second, clash = model.pieces
    assert solved(Excerpt(model, [of_first])) == (False, timetable(nine(9, 0)))
    assert solved(Excerpt(model, [of_second, clash])) == (False, timetable(nine(9, 1)))


def test_pieces_that_are_kept_hold() -> None:
    """Two sessions at the only hour; with the clash left out both stand there."""
    model = guarded(OneAtATime(), days=(MONDAY, MONDAY))
    assert solved(Excerpt(model, model.pieces)) == (True, None)
    assert Excerpt(model, model.pieces).solved(PATIENCE) == Found(impossible=True)
    assert solved(Excerpt(model, model.pieces[:2])) == (False, timetable(nine(9, 0), nine(9, 1)))


def test_a_struck_start_is_had_where_its_piece_is_not_kept() -> None:
    model = guarded(DaysOff(), days=(ARMISTICE,))
    complete, struck = model.pieces
    assert (struck.law.name, struck.strikes, complete.strikes) == ("days_off", True, False)
    assert solved(Excerpt(model, [complete])) == (False, timetable(nine(11, 0)))
    assert solved(Excerpt(model, [complete, struck])) == (True, None)


def test_a_row_bends_by_as_little_as_can_be() -> None:
    model = guarded(DaysOff(), days=(ARMISTICE, TUESDAY))
    *complete, struck = model.pieces
    assert cheapest(Excerpt(model, complete, struck.rows)) == (False, timetable(nine(11, 0), nine(10, 1)), 1, 1)
    missing = [row for piece in complete for row in piece.rows]
    assert cheapest(Excerpt(model, [struck], missing)) == (False, timetable(nine(10, 1)), 1, 1)


def test_minutes_bend_by_the_minute() -> None:
    """Three hours of work in steps of an hour, of which the day may have two: one hour too much, or one too little."""
    model = guarded(
        DistanceCap(minutes_per_week=120),
        days=(),
        modules={"m": module(work(3, step_minutes=60, dates=[MONDAY, TUESDAY]))},
    )
    complete, cap = model.pieces
    assert cheapest(Excerpt(model, [complete], cap.rows)) == (False, timetable(week_of("2026-11-09", 180)), 60, 60)
    assert cheapest(Excerpt(model, [cap], complete.rows)) == (False, timetable(week_of("2026-11-09", 120)), 60, 60)


def test_what_was_held_stands_though_nothing_asks_for_it() -> None:
    """And what asks for an order looks at it."""
    held = Held(before=TUESDAY, placements=(nine(9, 0),))
    model = guarded(held, Order(first=("m.p1",), then=("m.p0",)), days=(MONDAY, TUESDAY))
    complete = [piece for piece in model.pieces if piece.law.name == "complete"]
    order = [piece for piece in model.pieces if piece.law.name == "order"]
    assert solved(Excerpt(model, [])) == (False, timetable(nine(9, 0)))
    assert solved(Excerpt(model, complete)) == (False, timetable(nine(9, 0), nine(10, 1)))
    assert solved(Excerpt(model, [*complete, *order])) == (True, None)


def test_whoever_is_struck_does_not_give_the_session() -> None:
    """Bob alone is left, and his unknown is in no piece; with nobody left the session cannot stand."""
    part = classes(1, trainer=["ann", "bob"], dates=[MONDAY, MONDAY])
    programme = small(
        modules={"m": module(part, classes(2, id="other", dates=[MONDAY, MONDAY]))},
        trainers={"ann": {"title": "Ann"}, "bob": {"title": "Bob"}},
        opening_hours={"monday": "09:00-10:00"},
    )
    announced, within = Complete(), Within()
    for gone, stands in (("ann",), at("2026-11-09 09:00", trainers=("bob",))), (("ann", "bob"), None):
        on_hold = OnHold(slots=(at("2026-11-09 09:00", part="m.other", trainers=gone),))
        every = (announced, within, on_hold)
        model = GuardedModel(programme, returned(candidates_of(programme, every)), every)
        pieces = [piece for piece in model.pieces if piece.activities == {"m.virtual-class"} and not piece.strikes]
        expected = (True, None) if stands is None else (False, timetable(stands))
        assert [piece.law.name for piece in pieces] == ["complete", "on_hold"]
        assert solved(Excerpt(model, pieces)) == expected


def test_no_activity_has_more_than_it_needs() -> None:
    """Two sessions are wanted, one is announced: one is too few in any case."""
    model = guarded(days=(MONDAY,), hours="09:00-12:00")
    (complete,) = model.pieces
    (row,) = complete.rows
    excerpt = Excerpt(model, [], [row._replace(limit=-2)])
    found = excerpt.cheapest(PATIENCE, sum(excerpt.excesses))
    assert found.timetable is not None
    assert ([each.activity for each in found.timetable.placements], found.cost, found.bound) == (["m.p0"], 1, 1)


def some_laws(random: Random) -> tuple[Rule, ...]:
    """A few laws, most of them hard to keep."""
    some = [
        OneAtATime(buffer_minutes=60),
        Spread(days_apart=2),
        DailyLoad(hours_per_day=1),
        OpenDays(group="all", days_per_week=1),
        DaysOff(),
        WorkingHours(),
    ]
    return (Complete(), Within(), *random.sample(some, 3))


SHAPES = (
    Shape(("sessions", "work"), SHORT, ONE_START),
    Shape(("sessions", "trainers", "places", "choices", "juries", "students"), TWO_DAYS, ONE_START),
    Shape(("sessions", "several parts"), ONE_DAY, MANY_STARTS),
)


@pytest.mark.parametrize("seed", range(PROGRAMMES))
def test_with_nothing_broken_the_model_is_that_of_a_search(seed: int) -> None:
    """Struck candidates are in it. What is broken is reckoned without a solver."""
    random = Random(f"same {seed}")
    _, programme, every = draw(random, SHAPES[seed % len(SHAPES)], free_ways)
    laws = some_laws(random)
    reckoner = Reckoner(GuardedModel(programme, returned(candidates_of(programme, laws)), laws))
    assert {one for one in every if reckoner.excesses(one) == {}} == allowed(programme, laws)


@pytest.mark.parametrize("seed", range(PROGRAMMES))
def test_an_excerpt_of_all_pieces_allows_what_a_search_does(seed: int) -> None:
    random = Random(f"all {seed}")
    _, programme, every = draw(random, SHAPES[seed % len(SHAPES)], free_ways)
    laws = some_laws(random)
    candidates, lawful = returned(candidates_of(programme, laws)), allowed(programme, laws)
    for one in {*random.sample(every, min(TRIED, len(every))), *sorted(lawful, key=str)[:TRIED]}:
        if all(each.span in candidates[each.activity].lawful for each in one.placements):
            model = GuardedModel(programme, candidates, [*laws, Exactly(placements=one.placements)])
            assert solved(Excerpt(model, model.pieces)) == ((False, one) if one in lawful else (True, None))


@pytest.mark.parametrize("chosen", [(), ("cy",)])
def test_a_jury_of_which_nothing_more_is_said_is_whole(chosen: tuple[str, ...]) -> None:
    """Ann alone presides; Bob is the first member, unless it is said that Cy is one."""
    roles = {"chair": {"title": "Chair", "trainers": "ann"}, "member": {"title": "Member", "trainers": ["bob", "cy"]}}
    days = [MONDAY, MONDAY]
    programme = defended(vivas("eve"), roles=roles, dates=days, opening_hours={"monday": "09:00-10:00"})
    model = GuardedModel(programme, candidates_of(programme, [Complete()]), [Complete()])
    taken = {name: index_of(variable) for _, name, _, variable in model.unknowns()}
    found = model.timetable_of({taken[name]: 1 for name in (None, *chosen)})
    assert [placement.trainers for placement in found.placements] == [("ann", *(chosen or ("bob",)))]
