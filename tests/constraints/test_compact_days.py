from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.availability import Availability
from constraints.compact_days import CompactDays
from constraints.complete import Complete
from constraints.one_at_a_time import OneAtATime
from constraints.within import Within
from constraints.working_hours import WorkingHours
from small import OPEN, at, classes, module, small, timetable
from solving import cheapest, model_of

GROUPS = {
    "all": {"title": "All"},
    "a": {"title": "A", "part_of": "all"},
    "b": {"title": "B", "part_of": "all"},
    "guests": {"title": "Guests"},
}
PLACES = {"room": {"title": "Room"}, "screen": {"title": "Screen", "virtual": True}}
MONDAY = "2026-11-02"


def course(sessions: int, minutes: int = 60, **keys: Any) -> dict[str, Any]:
    return classes(sessions, minutes) | {"kind": "course"} | keys


def plain(**tables: Any) -> Programme:
    parts = [course(4), course(2, id="a", group="a"), course(1, id="guests", group="guests"), classes(2)]
    return small(**{"groups": GROUPS, "places": PLACES, "modules": {"m": module(*parts)}} | tables)


def on_site(*moments: str, minutes: int = 60, part: str = "m.course") -> list[Placement]:
    return [at(moment, minutes, part=part) for moment in moments]


def breaches(programme: Programme, placements: Iterable[Placement], **parameters: Any) -> list[tuple[str, int]]:
    rule = CompactDays(**{"group": "guests", "points_per_day": 10} | parameters)
    return [(str(one.message), one.excess) for one in rule.check(programme, timetable(*placements))]


def waiting(programme: Programme, *placements: Placement) -> list[int]:
    """The points of a day, of people whose only sessions are these."""
    return [excess for _, excess in breaches(programme, placements, group="all")]


def alone(**tables: Any) -> Programme:
    """Courses of one group, from 9:00 to 17:00 but for lunch from 12:00 to 13:00, starts on every hour."""
    return small(**{"modules": {"m": module(course(4))}} | tables)


def test_one_day_without_a_gap_costs_nothing() -> None:
    assert waiting(alone(), *on_site(f"{MONDAY} 09:00", f"{MONDAY} 10:00", f"{MONDAY} 11:00")) == []


def test_each_day_beyond_the_first_costs_its_points() -> None:
    days = on_site("2026-11-02 09:00", "2026-11-03 09:00", "2026-11-03 10:00", "2026-11-09 09:00")
    assert breaches(alone(), days, group="all") == [("3 days on site for All", 2 * 10)]


def test_each_free_step_between_two_sessions_of_a_day_costs_one() -> None:
    """9:00 to 10:00, then 11:00 to 12:00, then 15:00: idle at 10:00, 13:00 and 14:00, not at lunch."""
    moments = on_site(f"{MONDAY} 09:00", f"{MONDAY} 11:00", f"{MONDAY} 15:00")
    assert breaches(alone(), moments, group="all") == [
        ("3 h of waiting between sessions on site on Monday 2 November 2026 for All, lunch left out", 3)
    ]


def test_lunch_alone_is_no_waiting_and_a_step_that_touches_it_is_free() -> None:
    morning, afternoon = on_site(f"{MONDAY} 11:00", f"{MONDAY} 13:00")
    assert waiting(alone(), morning, afternoon) == []
    late = {"opening_hours": {"monday": OPEN, "lunch": "12:15-13:15"}}
    assert waiting(alone(**late), *on_site(f"{MONDAY} 11:00", f"{MONDAY} 14:00")) == []
    assert waiting(alone(**late), *on_site(f"{MONDAY} 11:00", f"{MONDAY} 15:00")) == [1]


def test_only_whole_steps_of_the_grid_count() -> None:
    """9:30 to 10:30, then 11:45: the step from 10:00 has a session, that from 11:00 ends too late."""
    assert waiting(alone(), *on_site(f"{MONDAY} 09:30", f"{MONDAY} 11:45")) == []
    assert waiting(alone(), *on_site(f"{MONDAY} 09:00", f"{MONDAY} 11:00", minutes=45)) == [1]
    half_past = alone(opening_hours={"monday": "09:30-17:30"})
    assert waiting(half_past, *on_site(f"{MONDAY} 09:30", f"{MONDAY} 11:30")) == [1]
    fine = alone(starts_every_minutes=15)
    assert waiting(fine, *on_site(f"{MONDAY} 09:30", f"{MONDAY} 11:45")) == [5]


def test_the_grid_begins_each_day_at_the_earliest_opening() -> None:
    """Starts every 75 minutes from 9:00: idle from 10:15 to 11:30 on Monday, and on Tuesday."""
    coarse = alone(starts_every_minutes=75)
    for day in (MONDAY, "2026-11-03"):
        assert waiting(coarse, *on_site(f"{day} 09:00", f"{day} 11:30", minutes=75)) == [1]


def test_a_session_within_the_time_of_another_makes_no_gap() -> None:
    edited = [*on_site(f"{MONDAY} 09:00", minutes=180), *on_site(f"{MONDAY} 10:00")]
    assert waiting(alone(), *edited) == []


def test_the_sessions_of_an_enrolment_fill_the_gaps_of_one_another() -> None:
    """Who is in "a" has a session at 10:00; who is in "b" waits."""
    placements = [*on_site(f"{MONDAY} 09:00", f"{MONDAY} 11:00"), *on_site(f"{MONDAY} 10:00", part="m.a")]
    assert breaches(plain(), placements, group="all") == [
        ("1 h of waiting between sessions on site on Monday 2 November 2026 for All, lunch left out", 1)
    ]
    assert breaches(plain(), placements, group="a") == []
    assert breaches(plain(), placements, group="guests") == []


def test_the_group_and_those_whose_sessions_its_people_have_are_named() -> None:
    of_all = on_site(f"{MONDAY} 09:00", "2026-11-03 09:00")
    assert breaches(plain(), of_all, group="b") == [("2 days on site for All and B", 10)]
    assert breaches(plain(), of_all, group="a") == [("2 days on site for All and A", 10)]
    assert breaches(plain(), of_all, group="all") == [
        ("2 days on site for All and A", 10),
        ("2 days on site for All", 10),
    ]


def test_virtual_sessions_make_no_day_and_fill_no_gap() -> None:
    virtual = [at(f"{MONDAY} 10:00", part="m.virtual-class"), at("2026-11-03 09:00", part="m.virtual-class")]
    placements = [*on_site(f"{MONDAY} 09:00", f"{MONDAY} 11:00"), *virtual]
    assert [excess for _, excess in breaches(plain(), placements, group="b")] == [1]
    rooms = plain(modules={"m": module(course(2, place="screen"), classes(2, place="room"))})
    assert breaches(rooms, on_site(MONDAY + " 09:00", "2026-11-03 09:00"), group="all") == []
    taken = on_site(MONDAY + " 09:00", "2026-11-03 09:00", part="m.virtual-class")
    assert breaches(rooms, taken, group="all") == [("2 days on site for All", 10)]


def test_an_unknown_group_is_a_fault_with_its_cure() -> None:
    assert [str(fault) for fault in CompactDays(group="guest").faults(plain())] == [
        "there is no group guest; did you mean guests?"
    ]


def test_a_day_is_worth_a_point_at_least() -> None:
    with pytest.raises(ValidationError):
        CompactDays(group="all", points_per_day=0)


def cheapest_of(sessions: int, points: int, days: int = 2, cannot: str = "20:00-21:00") -> int:
    """The least cost of sessions of 1 h, one at a time, on so many days from Monday, but not at some hours."""
    programme = small(
        dates=[date(2026, 11, 2), date(2026, 11, 1 + days)],
        trainers={"ann": {"title": "Ann", "cannot": [{"hours": cannot}]}},
        modules={"m": module(course(sessions, trainer="ann"))},
    )
    rule = CompactDays(group="all", points_per_day=points, weight=3)
    return cheapest(programme, [Complete(), WorkingHours(), Availability(), OneAtATime(buffer_minutes=0), rule])


def test_the_model_finds_a_full_day_and_pays_for_a_second_one() -> None:
    """Seven hours are open each day."""
    assert cheapest_of(7, points=10) == 0
    assert cheapest_of(8, points=10) == 3 * 10


def test_the_model_weighs_days_against_gaps() -> None:
    """Nothing from 10:00 to 16:00: of one day with 9:00 and 16:00, 2 h and 3 h beside lunch are idle."""
    assert cheapest_of(2, points=10, days=1, cannot="10:00-16:00") == 3 * 5
    assert cheapest_of(2, points=6, cannot="10:00-16:00") == 3 * 5
    assert cheapest_of(2, points=4, cannot="10:00-16:00") == 3 * 4


def test_enrolments_with_the_same_sessions_share_what_is_posted() -> None:
    """The sub-groups have sessions on Mondays only; on other days all have the literals of the group."""
    groups = {"all": {"title": "All"}} | {key: {"title": key.upper(), "part_of": "all"} for key in "ab"}
    parts = [course(2), *(course(1, id=key, group=key, dates=[date(2026, 11, 2)] * 2) for key in "ab")]
    programme = small(groups=groups, dates=[date(2026, 11, 2), date(2026, 11, 3)], modules={"m": module(*parts)})
    model = model_of(programme, [Complete(), Within(), CompactDays(group="all")])
    names = [variable.name for variable in model.cp.proto.variables]
    assert names.count("all on site 2026-11-02") == 2
    assert names.count("all on site 2026-11-03") == 1
