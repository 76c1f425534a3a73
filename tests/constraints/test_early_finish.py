from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.early_finish import EarlyFinish
from constraints.within import Within
from constraints.working_hours import WorkingHours
from small import at, classes, module, small, timetable, work
from solving import allowed, cheapest, model_of

GROUPS = {"all": {"title": "All"}, "half": {"title": "Half", "part_of": "all"}, "guests": {"title": "Guests"}}
FIVE_WEEKS = [date(2026, 11, 4), date(2026, 12, 4)]
"""From a Wednesday, so that the first week begins on Monday 2 November."""


def plain(**tables: Any) -> Programme:
    modules = {
        "m": module(classes(2)),
        "half": module(classes(1), group="half"),
        "guests": module(classes(1), group="guests"),
    }
    return small(**{"dates": FIVE_WEEKS, "groups": GROUPS, "modules": modules} | tables)


def breaches(programme: Programme, *placements: Placement, **parameters: Any) -> list[tuple[str, int]]:
    rule = EarlyFinish(**{"group": "all"} | parameters)
    return [(str(one.message), one.excess) for one in rule.check(programme, timetable(*placements))]


def test_the_first_week_costs_nothing() -> None:
    assert breaches(plain(), at("2026-11-04 09:00"), at("2026-11-06 16:00")) == []


def test_the_last_session_costs_its_weeks_after_the_first_week() -> None:
    assert breaches(plain(), at("2026-11-04 09:00"), at("2026-11-09 09:00")) == [
        ("the live sessions of All and Half end 1 week after the first one, in the week of Monday 9 November 2026", 1)
    ]
    assert breaches(plain(), at("2026-11-10 09:00"), at("2026-12-04 09:00")) == [
        ("the live sessions of All and Half end 4 weeks after the first one, in the week of Monday 30 November 2026", 4)
    ]


def test_sessions_of_whatever_the_people_attend_count_and_others_do_not() -> None:
    half = at("2026-11-18 09:00", part="half.virtual-class")
    guests = at("2026-11-25 09:00", part="guests.virtual-class")
    assert [excess for _, excess in breaches(plain(), at("2026-11-09 09:00"), half, guests)] == [2]
    assert [excess for _, excess in breaches(plain(), half, guests, group="guests")] == [3]


def test_six_weeks_after_the_first_are_six() -> None:
    """Monday 14 December is 42 days after Monday 2 November."""
    programme = plain(dates=[date(2026, 11, 4), date(2026, 12, 18)])
    assert [excess for _, excess in breaches(programme, at("2026-12-18 09:00"))] == [6]


def test_a_group_that_has_its_sessions_from_another_is_named_too() -> None:
    programme = plain(modules={"m": module(classes(1))})
    assert breaches(programme, at("2026-11-09 09:00"), group="half") == [
        ("the live sessions of All and Half end 1 week after the first one, in the week of Monday 9 November 2026", 1)
    ]


def test_enrolments_are_counted_one_by_one_and_equal_ones_once() -> None:
    """Of three sub-groups only "a" has a session of its own."""
    groups = {"all": {"title": "All"}} | {key: {"title": key.upper(), "part_of": "all"} for key in "abc"}
    programme = plain(groups=groups, modules={"m": module(classes(1), classes(1, id="a", group="a"))})
    assert breaches(programme, at("2026-11-09 09:00"), at("2026-11-16 09:00", part="m.a")) == [
        ("the live sessions of All and A end 2 weeks after the first one, in the week of Monday 16 November 2026", 2),
        ("the live sessions of All end 1 week after the first one, in the week of Monday 9 November 2026", 1),
    ]


def test_modules_may_be_left_out() -> None:
    late = at("2026-11-18 09:00", part="half.virtual-class")
    assert breaches(plain(), late, modules_left_out=("half",)) == []


def test_self_paced_work_and_sessions_outside_the_programme_are_passed_over() -> None:
    programme = plain(modules={"m": module(classes(1), work(2))})
    assert breaches(programme, at("2026-10-06 09:00")) == []
    assert breaches(programme) == []


def test_unknown_groups_and_modules_are_faults_that_name_the_nearest() -> None:
    rule = EarlyFinish(group="hal", modules_left_out=("guest",))
    assert [str(fault) for fault in rule.faults(plain())] == [
        "there is no group hal; did you mean half?",
        "there is no module guest; did you mean guests?",
    ]


def test_a_group_is_needed() -> None:
    with pytest.raises(ValidationError):
        EarlyFinish.model_validate({})


def test_the_model_pays_for_each_week_up_to_the_last_session() -> None:
    """One hour a week, on Monday, from 9 November to 30 November: three sessions take the first three, 3 weeks late."""
    hours = {"monday": "09:00-10:00"}
    programme = plain(opening_hours=hours, modules={"m": module(classes(3))})
    rule = EarlyFinish(group="all", weight=2)
    every = allowed(programme, [Complete(), WorkingHours()])
    # the last on 23 November, or on 30 November beside two of the three before
    assert sorted(breach.excess for one in every for breach in rule.check(programme, one)) == [3, 4, 4, 4]
    assert cheapest(programme, [Complete(), WorkingHours(), rule]) == 2 * 3


@pytest.mark.parametrize("last", [date(2026, 11, 20), date(2026, 11, 13)])
def test_fewer_starts_than_sessions_are_left_to_complete(last: date) -> None:
    """From Tuesday 10 November one Monday for two sessions, or none."""
    part = classes(2, dates=[date(2026, 11, 10), last])
    programme = plain(opening_hours={"monday": "09:00-10:00"}, modules={"m": module(part)})
    assert allowed(programme, [Complete(), Within(), WorkingHours(), EarlyFinish(group="all")]) == set()


def test_the_model_knows_the_weeks_that_cannot_be_spared_without_a_search() -> None:
    """The second start in the dates of the part is that of 24 November; weeks without a start are paid for too."""
    part = classes(2, dates=[date(2026, 11, 17), date(2026, 12, 4)])
    programme = plain(opening_hours={"tuesday": "09:00-10:00"}, modules={"m": module(part)})
    model = model_of(programme, [Complete(), Within(), WorkingHours(), EarlyFinish(group="all")])
    (tie,) = [
        each.linear
        for each in model.cp.proto.constraints
        if each.has_linear() and list(each.linear.coeffs) == [-1] and list(each.linear.domain)[1] == -1
    ]
    assert model.cp.proto.variables[tie.vars[0]].name == "all in week 3 or later"
    assert cheapest(programme, [Complete(), Within(), WorkingHours(), EarlyFinish(group="all")]) == 3
