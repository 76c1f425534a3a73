"""The verdict: breaches and prices that a person can work out, without a solver."""

from datetime import date

import pytest

from calendars.calendar_file import Calendar, CertificateRecord
from calendars.programme import Programme
from calendars.saving import calendar_of, timetable_of
from constraints.availability import Availability
from constraints.capacity import Capacity
from constraints.complete import Complete
from constraints.daily_load import DailyLoad
from constraints.days_off import DaysOff
from constraints.near_date import NearDate
from constraints.one_at_a_time import OneAtATime
from constraints.open_days import OpenDays
from constraints.steady import Steady
from constraints.trainer_preference import TrainerPreference
from constraints.within import Within
from constraints.working_hours import WorkingHours
from scheduler.problem import Problem
from scheduler.verdict import breaches, estranged, price, prices
from small import at, classes, module, small, timetable

ANN = ("ann",)
LAWS = (Complete(), Within(), DaysOff(), WorkingHours())


def programme() -> Programme:
    """Two sessions near Thursday 12 November; Ann prefers Tuesdays."""
    return small(
        trainers={"ann": {"title": "Ann", "prefers": [{"weekday": "tuesday"}]}},
        modules={"m": module(classes(2, near=date(2026, 11, 12)), trainer="ann")},
    )


SOUND = timetable(at("2026-11-03 09:00", trainers=ANN), at("2026-11-12 14:00", trainers=ANN))
"""9 days from the 12th, on a Tuesday; 0 days, outside Tuesday."""


def test_a_lawful_timetable_has_no_breach() -> None:
    assert breaches(Problem(programme(), LAWS), SOUND) == ()


def test_every_breach_law_by_law() -> None:
    """Three sessions instead of two: one on the day off, one in the lunch hour, one sound."""
    found = breaches(
        Problem(programme(), LAWS),
        timetable(
            at("2026-11-11 09:00", trainers=ANN),
            at("2026-11-12 12:00", trainers=ANN),
            at("2026-11-12 14:00", trainers=ANN),
        ),
    )
    assert [(breach.rule, str(breach.message)) for breach in found] == [
        ("complete", "“Module” (virtual class) has 3 sessions; the programme announces 2"),
        ("days_off", "“Module” (virtual class) stands on Wednesday 11 November 2026 09:00: Armistice Day"),
        (
            "working_hours",
            "“Module” (virtual class) stands on Thursday 12 November 2026 12:00: during lunch (from 12:00 to 13:00)",
        ),
    ]


def test_a_priced_rule_makes_no_breach() -> None:
    priced = (NearDate(), OpenDays(group="all", days_per_week=1, weight=5))
    both = timetable(at("2026-11-09 09:00", trainers=ANN), at("2026-11-12 14:00", trainers=ANN))
    assert breaches(Problem(programme(), (*LAWS, *priced)), both) == ()
    assert len(breaches(Problem(programme(), (*LAWS, OpenDays(group="all", days_per_week=1))), both)) == 1


def test_prices_are_the_weight_times_the_excess_by_level_and_rule() -> None:
    rules = (NearDate(weight=2), TrainerPreference(weight=7, level=2))
    problem = Problem(programme(), (*LAWS, *rules))
    # near_date: 2 · (9 + 0) days; trainer_preference: 7 · 1 session
    assert prices(problem, SOUND) == {(1, "near_date"): 18, (2, "trainer_preference"): 7}
    assert [price(problem, SOUND, rank) for rank in (1, 2, 3)] == [18, 7, 0]


def test_rules_of_one_level_are_added_up() -> None:
    problem = Problem(programme(), (*LAWS, NearDate(), TrainerPreference(weight=4)))
    # 9 days + 4 · 1 session
    assert price(problem, SOUND, 1) == 13


def test_the_same_rule_twice_is_one_price() -> None:
    """Two open days in a week, one of them above: 3 points and 1 point."""
    rules = (
        OpenDays(group="all", days_per_week=1, weight=3),
        OpenDays(group="all", days_per_week=1, weight=1),
    )
    both = timetable(at("2026-11-09 09:00", trainers=ANN), at("2026-11-12 14:00", trainers=ANN))
    assert prices(Problem(programme(), (*LAWS, *rules)), both) == {(1, "open_days"): 3 + 1}


def test_a_rule_that_costs_nothing_is_told_too() -> None:
    problem = Problem(programme(), (*LAWS, TrainerPreference()))
    tuesdays = timetable(at("2026-11-03 09:00", trainers=ANN), at("2026-11-10 09:00", trainers=ANN))
    assert prices(problem, tuesdays) == {(1, "trainer_preference"): 0}


def saved(**edit: object) -> Calendar:
    """The sound timetable as a calendar, the second session edited by hand."""
    certificate = CertificateRecord(levels=(), reproducible=True)
    calendar = calendar_of(programme(), SOUND, certificate, date(2026, 9, 1), seed=0)
    first, second = calendar.sessions
    return calendar.model_copy(update={"sessions": (first, second.model_copy(update=edit))})


def test_a_calendar_as_it_was_written_is_not_estranged() -> None:
    assert estranged(Problem(programme(), LAWS), saved()) == ()


@pytest.mark.parametrize("groups", [("half",), ("all", "half"), ()])
def test_a_group_that_is_not_the_one_of_the_programme_is_told(groups: tuple[str, ...]) -> None:
    found = estranged(Problem(programme(), LAWS), saved(groups=groups))
    assert [(breach.rule, str(breach.message)) for breach in found] == [
        (
            "programme",
            "“Module” (virtual class) on Thursday 12 November 2026 14:00 has another group than the programme: "
            "change it there",
        )
    ]


def test_cancelled_sessions_and_unknown_parts_are_not_estranged() -> None:
    problem = Problem(programme(), LAWS)
    assert estranged(problem, saved(groups=("half",), state="cancelled")) == ()
    assert estranged(problem, saved(groups=("half",), part="m.other")) == ()


@pytest.mark.parametrize("edit", [{"trainers": ("zoe",)}, {"trainers": ()}, {"place": "campus"}])
def test_trainers_and_places_are_judged_by_the_laws(edit: dict[str, object]) -> None:
    """One breach, of `complete`, and no word beside it of what those whom nobody knows can or prefer."""
    every_law = (*LAWS, Availability(), Capacity(), OneAtATime(), DailyLoad())
    problem = Problem(programme(), (*every_law, TrainerPreference(), Steady()))
    edited = saved(**edit)
    assert estranged(problem, edited) == ()
    assert [breach.rule for breach in breaches(problem, timetable_of(edited))] == ["complete"]
    # who is not Ann has no preference
    assert prices(problem, timetable_of(edited))[1, "trainer_preference"] == (0 if "trainers" in edit else 1)
