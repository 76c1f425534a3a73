"""Counting before any search: exactly what is open is enough, an hour more is a bottleneck of one law."""

from datetime import date
from typing import Any

import pytest

from calendars.wording import render
from constraints.availability import Availability
from constraints.capacity import Capacity
from constraints.daily_load import DailyLoad
from constraints.days_off import DaysOff
from constraints.distance_cap import DistanceCap
from constraints.held import Held
from constraints.internship_alternating import InternshipAlternating
from constraints.one_at_a_time import OneAtATime
from constraints.rule import Rule
from constraints.spread import Spread
from constraints.trainer_load import TrainerLoad
from constraints.weekly_load import WeeklyLoad
from constraints.within import Within
from constraints.working_hours import WorkingHours
from programmes import plain
from scheduler.bottlenecks import bottlenecks
from scheduler.candidates import candidates_of
from small import at, classes, module, small, work

Tables = dict[str, Any]
BASE = (Within(), DaysOff(), WorkingHours(), Availability())
GROUPS: Tables = {"groups": {"all": {"title": "All"}, "one": {"title": "One"}, "two": {"title": "Two"}}}
ANN: Tables = {"trainers": {"ann": {"title": "Ann"}}}


def told(*laws: Rule, language: str = "en", **tables: Any) -> list[str]:
    """The bottlenecks of a programme of 9 days with 7 hours each, in two weeks of 35 and 28 hours."""
    programme = small(**tables)
    found = bottlenecks(programme, laws, candidates_of(programme, (*BASE, *laws)))
    return [plain(render(bottleneck.words(programme), language)) for bottleneck in found]


def two(first: int, second: int, **keys: Any) -> dict[str, Any]:
    """A module with two parts of so many hours."""
    return {"m": module(classes(first, id="a"), classes(second, id="b"), **keys)}


def apart(hours: int, **keys: Any) -> dict[str, Any]:
    """Thirty sessions of one group and some of another, who have nothing in common but what is said."""
    return {
        "one": {"title": "First", "group": "one", "parts": [classes(30)]} | keys,
        "two": {"title": "Second", "group": "two", "parts": [classes(hours)]} | keys,
    }


PAIR = "“Module” (virtual class) and “Module” (virtual class)"
BOTH = "“First” (virtual class) and “Second” (virtual class)"
ALL = "from Monday 2 November 2026 to Sunday 15 November 2026"


def test_a_person_has_one_session_at_a_time() -> None:
    assert told(OneAtATime(), modules=two(40, 23)) == []
    assert told(OneAtATime(), modules=two(40, 24)) == [
        f"one_at_a_time: {ALL} only 63 h are open for group “All”, but 64 h are needed: {PAIR}"
    ]


def test_in_french() -> None:
    assert told(OneAtATime(), language="fr", modules=two(40, 24)) == [
        "one_at_a_time : du lundi 2 novembre 2026 au dimanche 15 novembre 2026, il n’y a que 63 h disponibles pour le "
        "groupe « All », mais il en faut 64 h : « Module » (classe virtuelle) et « Module » (classe virtuelle)"
    ]


def test_a_trainer_has_one_session_at_a_time() -> None:
    away: Tables = {"trainers": {"ann": {"title": "Ann", "cannot": [{"weekday": "monday"}]}}}
    assert told(OneAtATime(), **away, **GROUPS, modules=apart(19, trainer="ann")) == []
    assert told(OneAtATime(), **away, **GROUPS, modules=apart(20, trainer="ann")) == [
        f"one_at_a_time: {ALL} only 49 h are open for trainer “Ann”, but 50 h are needed: {BOTH}"
    ]


def test_who_may_be_replaced_is_not_counted() -> None:
    pair: Tables = {"trainers": {"ann": {"title": "Ann"}, "bob": {"title": "Bob"}}}
    assert told(OneAtATime(), **pair, **GROUPS, modules=apart(40, trainer=["ann", "bob"])) == []
    assert len(told(OneAtATime(), **pair, **GROUPS, modules=apart(40, trainer=["ann", "bob"], together=2))) == 2


def test_a_place_has_one_session_at_a_time() -> None:
    room: Tables = {"places": {"room": {"title": "Room"}, "hall": {"title": "Hall"}}}
    assert told(OneAtATime(), **room, **GROUPS, modules=apart(33, place="room")) == []
    assert told(OneAtATime(), **room, **GROUPS, modules=apart(34, place="room")) == [
        f"one_at_a_time: {ALL} only 63 h are open for place “Room”, but 64 h are needed: {BOTH}"
    ]
    assert told(OneAtATime(), **room, **GROUPS, modules=apart(34, place=["room", "hall"])) == []


def test_a_place_holds_so_many_sessions_at_once() -> None:
    room: Tables = {"places": {"room": {"title": "Room", "sessions_at_once": 2, "cannot": [{"dates": NOT_MONDAY}]}}}
    parts = [classes(7, id=key) for key in ("a", "b")]
    assert told(Capacity(), **room, modules={"m": module(*parts, place="room")}) == []
    assert told(Capacity(), **room, modules={"m": module(*parts, classes(1, id="c"), place="room")}) == [
        "capacity: from Monday 2 November 2026 to Sunday 8 November 2026 only 14 h are open for place “Room”, "
        "but 15 h are needed: “Module” (virtual class), “Module” (virtual class) and “Module” (virtual class)"
    ]


NOT_MONDAY = [date(2026, 11, 3), date(2026, 11, 13)]


def test_a_day_has_so_many_hours() -> None:
    assert told(DailyLoad(hours_per_day=4), modules=two(20, 16)) == []
    assert told(DailyLoad(hours_per_day=4), modules=two(20, 17)) == [
        f"daily_load: {ALL} only 36 h are open for group “All”, but 37 h are needed: {PAIR}"
    ]


def test_a_week_has_so_many_hours() -> None:
    law = WeeklyLoad(group="all", at_most_hours=20)
    assert told(law, modules={"m": module(classes(30), work(10))}) == []
    assert told(law, modules={"m": module(classes(30), work(10.5))}) == [
        f"weekly_load: {ALL} only 40 h are open for group “All”, but 40 h 30 are needed: “Module” (virtual class) and "
        "“Module” (self-paced work)"
    ]


def test_only_what_has_to_lie_in_some_weeks_is_counted_there() -> None:
    law = WeeklyLoad(group="all", at_most_hours=20)
    first_week: Tables = {"dates": [date(2026, 11, 2), date(2026, 11, 8)]}
    assert told(law, modules={"m": module(classes(20, id="a", **first_week), classes(20, id="b"))}) == []
    [bottleneck] = told(law, modules={"m": module(classes(20, id="a", **first_week), work(1, **first_week))})
    assert bottleneck == (
        "weekly_load: from Monday 2 November 2026 to Sunday 8 November 2026 only 20 h are open for group “All”, "
        "but 21 h are needed: “Module” (virtual class) and “Module” (self-paced work)"
    )


def test_a_week_asks_for_so_many_hours() -> None:
    law = WeeklyLoad(group="all", at_least_hours=20)
    assert told(law, modules={"m": module(classes(30), work(10))}) == []
    assert told(law, modules={"m": module(classes(30), work(9.5))}) == [
        f"weekly_load: {ALL} at least 40 h are asked for group “All”, but there are 39 h 30 in all: “Module” (virtual "
        "class) and “Module” (self-paced work)"
    ]


def test_the_shortest_run_of_weeks_is_told() -> None:
    """In the second week alone 20 h are asked for; only the 5 h of the last part may lie there."""
    first_week: Tables = {"dates": [date(2026, 11, 2), date(2026, 11, 8)]}
    parts = module(classes(30, id="a", **first_week), classes(5, id="b"))
    assert told(WeeklyLoad(group="all", at_least_hours=20), modules={"m": parts}) == [
        "weekly_load: from Monday 9 November 2026 to Sunday 15 November 2026 at least 20 h are asked for group “All”, "
        "but there are 5 h in all: “Module” (virtual class)"
    ]


def test_a_cap_on_distance_work() -> None:
    assert told(DistanceCap(), modules={"m": module(classes(2), work(2))}) == []
    assert told(DistanceCap(), modules={"m": module(classes(2), work(2.5))}) == [
        f"distance_cap: {ALL} only 4 h are open for group “All”, but 4 h 30 are needed: “Module” (virtual class) and "
        "“Module” (self-paced work)"
    ]


@pytest.mark.parametrize(
    ("law", "hours"), [(TrainerLoad(hours_per_week=5), 10), (TrainerLoad(hours_per_day=2), 18)], ids=["week", "day"]
)
def test_a_trainer_has_so_many_hours(law: TrainerLoad, hours: int) -> None:
    assert told(law, **ANN, modules=two(5, hours - 5, trainer="ann")) == []
    assert told(law, **ANN, modules=two(5, hours - 4, trainer="ann")) == [
        f"trainer_load: {ALL} only {hours} h are open for trainer “Ann”, but {hours + 1} h are needed: {PAIR}"
    ]


def test_what_a_trainer_gives_in_all_or_in_sessions_is_not_counted() -> None:
    law = TrainerLoad(hours_in_all=5, sessions_per_day=1)
    assert told(law, **ANN, modules=two(5, 9, trainer="ann")) == []


def test_a_week_has_so_many_sessions_of_a_module() -> None:
    law = Spread(sessions_per_week=2)
    assert told(law, modules=two(2, 2)) == []
    assert told(law, modules=two(2, 3)) == [
        f"spread: {ALL} only 4 h are open for group “All”, but 5 h are needed: {PAIR}"
    ]
    assert told(Spread(days_apart=2), modules=two(2, 3)) == []


def test_a_week_has_so_many_hours_with_the_host() -> None:
    stage = {"title": "Stage", "group": "all", "dates": [date(2026, 11, 2), date(2026, 11, 13)], "hours": 28}
    both: Tables = {"modules": {"m": module(classes(1))}}
    law = InternshipAlternating(host_hours_per_week=14)
    assert told(law, **both, internships={"stage": stage}) == []
    assert told(law, **both, internships={"stage": stage | {"hours": 35}}) == [
        f"internship_alternating: {ALL} only 28 h are open for group “All”, but 35 h are needed: “Stage”"
    ]


def test_a_law_with_a_price_is_no_bottleneck() -> None:
    assert told(WeeklyLoad(group="all", at_most_hours=20, weight=1), modules=two(40, 20)) == []


def test_what_was_held_is_out_of_the_count() -> None:
    """Two hours of 41 were held; 39 are left for two weeks of 20."""
    held = Held(before=date(2026, 11, 3), placements=(at("2026-11-02 09:00"), at("2026-11-02 10:00")))
    law = WeeklyLoad(group="all", at_most_hours=20)
    assert told(law, modules={"m": module(classes(41))}) != []
    assert told(law, held, modules={"m": module(classes(41))}) == []


def test_a_week_that_was_held_asks_for_nothing_more() -> None:
    """Seven hours of the first week were held, as many as it asks for; the seven that are left are for the second."""
    monday = [at(f"2026-11-02 {hour:02}:00") for hour in (9, 10, 11, 13, 14, 15, 16)]
    held = Held(before=date(2026, 11, 9), placements=tuple(monday))
    law = WeeklyLoad(group="all", at_least_hours=7)
    assert told(law, held, modules={"m": module(classes(14))}) == []


def test_many_activities_are_counted_rather_than_named() -> None:
    parts = [classes(13, id=key, title=f"Part {key}") for key in "abcde"]
    [bottleneck] = told(OneAtATime(), modules={"m": module(*parts)})
    assert bottleneck.endswith(": “Module” (Part a), “Module” (Part b), “Module” (Part c) and 2 others")
    [bottleneck] = told(OneAtATime(), modules={"m": module(*parts[:3], classes(25, id="d", title="Part d"))})
    assert bottleneck.endswith(": “Module” (Part a), “Module” (Part b), “Module” (Part c) and “Module” (Part d)")
