from datetime import date
from typing import Any

from calendars.clock import Dates, Span
from calendars.loads import Workload, teaching_weeks, titles_of, weekly_reach, workloads
from calendars.programme import Part, Programme
from small import classes, module, small, work

GROUPS: dict[str, Any] = {
    "all": {"title": "All"},
    "a": {"title": "A", "part_of": "all"},
    "b": {"title": "B", "part_of": "all"},
    "c": {"title": "C", "part_of": "all"},
}
"""Everybody is in "all", and in one of "a", "b" and "c"."""


def of_two(**modules: Any) -> Programme:
    """A module for all, one for "a"; "b" and "c" have nothing of their own."""
    common, own = module(classes(1), work(2)), module(classes(3), group="a")
    return small(groups=GROUPS, modules={"m": common, "n": own} | modules)


def test_each_enrolment_is_loaded_with_the_parts_and_work_of_its_groups() -> None:
    programme = of_two()
    common = programme.parts["m.virtual-class"], programme.works["m.distance-work"]
    lesson, alone = common
    assert workloads(programme, lambda _: True) == (
        Workload(frozenset({"all", "a"}), (lesson, programme.parts["n.virtual-class"], alone)),
        Workload(frozenset({"all", "b", "c"}), common),
    )


def test_enrolments_that_count_the_same_are_one_workload() -> None:
    programme = of_two()
    alone = programme.works["m.distance-work"]
    assert workloads(programme, lambda activity: not isinstance(activity, Part)) == (
        Workload(frozenset({"all", "a", "b", "c"}), (alone,)),
    )


def test_only_the_enrolments_of_a_group_are_asked_for() -> None:
    programme = of_two()
    assert [load.groups for load in workloads(programme, lambda _: True, "a")] == [{"all", "a"}]


def test_a_group_with_nothing_that_counts_has_an_empty_workload() -> None:
    programme = small(modules={"m": module(classes(1))})
    assert workloads(programme, lambda _: False) == (Workload(frozenset({"all"}), ()),)


def test_a_week_is_taught_where_a_part_has_a_working_day_inside_its_dates() -> None:
    """The part begins on Sunday 8 November: the week before it is not taught, its own dates' weeks are."""
    dates = [date(2026, 11, 8), date(2026, 11, 13)]
    programme = small(modules={"m": module(classes(1, dates=dates))})
    assert teaching_weeks(programme, {"all"}) == (date(2026, 11, 9),)


def test_a_week_without_any_working_day_is_not_taught() -> None:
    """Zone B is on holiday from 17 October to 1 November 2026 (arrêté of 22 Oct 2025)."""
    dates = [date(2026, 10, 12), date(2026, 11, 6)]
    programme = small(dates=dates, days_off={"school_zones": ["B"]}, modules={"m": module(classes(1))})
    assert teaching_weeks(programme, {"all"}) == (date(2026, 10, 12), date(2026, 11, 2))


def test_self_paced_work_alone_is_not_taught() -> None:
    programme = small(modules={"m": module(work(1))})
    assert teaching_weeks(programme, {"all"}) == ()


def test_a_week_holds_no_more_sessions_than_there_are_nor_than_have_a_place() -> None:
    """Three sessions of 60 min: two places in the first week, four in the second. 90 min of work go into either."""
    programme = small(modules={"m": module(classes(3), work(1.5))})
    weeks = list(Dates(date(2026, 11, 2), date(2026, 11, 13)).weeks())
    spans = {
        "m.virtual-class": [Span(start, start + 60) for start in places(weeks[0], 2) + places(weeks[1], 4)],
        "m.distance-work": list(programme.candidates(programme.works["m.distance-work"])),
    }
    activities = (programme.parts["m.virtual-class"], programme.works["m.distance-work"])
    assert weekly_reach(activities, lambda key: spans[key]) == {weeks[0]: 120 + 90, weeks[1]: 180 + 90}


def places(day: date, count: int) -> list[int]:
    return [day.toordinal() * 1440 + 60 * hour for hour in range(9, 9 + count)]


def test_titles_stand_in_the_order_of_the_file() -> None:
    assert titles_of(of_two(), {"c", "all"}) == ("All", "C")
