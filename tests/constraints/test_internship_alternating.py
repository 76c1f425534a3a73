from datetime import date
from typing import Any

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.internship_alternating import InternshipAlternating
from small import at, classes, module, on, small, timetable
from solving import allowed, model_of

GROUPS = {
    "all": {"title": "All"},
    "half": {"title": "Half", "part_of": "all"},
    "others": {"title": "Others"},
}
NOVEMBER = [date(2026, 11, 2), date(2026, 11, 13)]
ONE_START_A_DAY = {"friday": "09:00-10:00"}


def internship(hours: int = 14, **keys: Any) -> dict[str, Any]:
    return {"title": "Internship", "group": "all", "dates": NOVEMBER, "hours": hours} | keys


def with_internship(sessions: int = 1, **tables: Any) -> Programme:
    plain = {"groups": GROUPS, "internships": {"i": internship()}, "modules": {"m": module(classes(sessions))}}
    return small(**plain | tables)


def hosts(*days: str) -> list[Placement]:
    return [on(f"2026-11-{day}", activity="i") for day in days]


def words(programme: Programme, *placements: Placement, **parameters: Any) -> list[str]:
    law = InternshipAlternating(**parameters)
    return [str(breach.message) for breach in law.check(programme, timetable(*placements))]


def lawful_days(programme: Programme, **parameters: Any) -> list[int]:
    host = programme.internships["i"]
    forbids = InternshipAlternating(**parameters).forbids(programme, host)
    assert forbids is not None
    return [span.day.day for span in programme.candidates(host) if not forbids(span)]


def test_host_days_beside_the_sessions_are_lawful() -> None:
    assert words(with_internship(), *hosts("02", "03"), at("2026-11-04 09:00")) == []


def test_a_host_day_on_a_public_holiday_a_weekend_or_a_closure_of_the_host_is_named() -> None:
    closures = [{"title": "Stocktaking", "dates": [date(2026, 11, 5), date(2026, 11, 6)]}]
    programme = with_internship(internships={"i": internship(closures=closures)})
    assert words(programme, *hosts("04", "06", "07", "11")) == [
        "“Internship” has a host day on Friday 6 November 2026: the host is closed",
        "“Internship” has a host day on Saturday 7 November 2026: not a day of the working week",
        "“Internship” has a host day on Wednesday 11 November 2026: a public holiday, Armistice Day",
    ]
    assert lawful_days(programme) == [2, 3, 4, 9, 10, 12, 13]


def test_school_holidays_and_closures_of_the_institution_are_host_days() -> None:
    """Zone B is on holiday from 17 October to 1 November 2026 (arrêté of 22 Oct 2025)."""
    autumn = [date(2026, 10, 26), date(2026, 11, 6)]
    closure = {"title": "University closed", "dates": [date(2026, 11, 2), date(2026, 11, 3)]}
    programme = with_internship(
        dates=autumn,
        days_off={"school_zones": ["B"], "closures": [closure]},
        internships={"i": internship(dates=autumn)},
    )
    assert words(programme, on("2026-10-27", activity="i"), *hosts("02")) == []
    assert lawful_days(programme) == [26, 27, 28, 29, 30, 2, 3, 4, 5, 6]


def test_fixed_weekdays_strike_the_others() -> None:
    programme = with_internship()
    assert lawful_days(programme, weekdays=("monday", "wednesday")) == [2, 4, 9]
    assert words(programme, *hosts("02", "03"), weekdays=("monday",)) == [
        "“Internship” has a host day on Tuesday 3 November 2026: not a weekday with the host"
    ]


def test_a_public_holiday_on_another_weekday_is_named_as_such() -> None:
    assert words(with_internship(), *hosts("11"), weekdays=("monday",)) == [
        "“Internship” has a host day on Wednesday 11 November 2026: a public holiday, Armistice Day"
    ]


def test_only_the_named_internship_is_bound() -> None:
    programme = with_internship(internships={"i": internship(), "j": internship(title="Other")})
    law = InternshipAlternating(internship="j")
    assert law.forbids(programme, programme.internships["i"]) is None
    assert law.forbids(programme, programme.internships["j"]) is not None
    assert law.forbids(programme, programme.parts["m.virtual-class"]) is None
    assert words(programme, *hosts("11"), internship="j") == []


def test_a_host_day_with_a_live_session_of_a_sharing_group_is_named_once() -> None:
    modules = {"m": module(classes(2), group="half"), "n": module(classes(1), group="others")}
    programme = with_internship(modules=modules)
    sessions = at("2026-11-03 09:00"), at("2026-11-03 14:00"), at("2026-11-05 09:00", part="n.virtual-class")
    assert words(programme, *hosts("03", "04", "05"), *sessions) == [
        "“Internship” has a host day on Tuesday 3 November 2026: "
        "“Module” (virtual class) stands on Tuesday 3 November 2026 09:00"
    ]


def test_a_host_day_in_a_seminar_of_a_sharing_group_is_named() -> None:
    plain = {"title": "Seminar", "kind": "seminar", "group": "half", "dates": NOVEMBER, "days": 5}
    blocks = {"b": plain, "c": plain | {"group": "others"}, "d": plain | {"kind": "course"}}
    programme = with_internship(blocks=blocks)
    week = [on("2026-11-02", "2026-11-06", activity=key) for key in "bcd"]
    assert words(programme, *week, *hosts("06", "09")) == [
        "“Internship” has a host day on Friday 6 November 2026: the day belongs to “Seminar”"
    ]


def test_a_week_has_exactly_the_hours_of_the_host_at_most() -> None:
    """Five days of 7 h make 35 h."""
    programme = with_internship()
    week = hosts("02", "03", "04", "05", "06")
    assert words(programme, *week) == []
    breaches = list(InternshipAlternating(host_hours_per_week=28).check(programme, timetable(*week)))
    assert [(str(breach.message), breach.excess) for breach in breaches] == [
        ("“Internship” takes 35 h in the week of Monday 2 November 2026; at most 28 h are allowed", 420)
    ]


def test_weekdays_while_taught_count_over_all_weeks_with_a_live_session() -> None:
    programme = with_internship(sessions=2)
    first, second = at("2026-11-06 09:00"), at("2026-11-13 09:00")
    days = hosts("02", "03", "10", "12")
    assert words(programme, *days, first, second, weekdays_while_taught=3) == []
    assert words(programme, *days, first, second, weekdays_while_taught=2) == [
        "in weeks with a live session “Internship” falls on 3 different weekdays, first on "
        "Monday 2 November 2026, Tuesday 3 November 2026 and Thursday 12 November 2026; at most 2 may be taken"
    ]
    assert words(programme, *days, first, weekdays_while_taught=2) == []


def test_each_weekday_too_many_counts() -> None:
    days = timetable(*hosts("02", "03", "04"), at("2026-11-06 09:00"))
    (breach,) = InternshipAlternating(weekdays_while_taught=1).check(with_internship(), days)
    assert breach.excess == 2


def test_an_unknown_internship_is_a_fault_that_names_the_nearest() -> None:
    programme = with_internship(internships={"placement": internship()})
    faults = InternshipAlternating(internship="placements").faults(programme)
    assert [str(fault) for fault in faults] == ["there is no internship placements; did you mean placement?"]


def test_exactly_924_hours_with_one_host_are_allowed() -> None:
    """132 days of 7 h make 924 h; one hour more takes a 133rd day, 931 h in all."""
    exact, above = (with_internship(internships={"i": internship(hours)}) for hours in (924, 925))
    assert list(InternshipAlternating().faults(exact)) == []
    assert [str(fault) for fault in InternshipAlternating().faults(above)] == [
        "“Internship” takes 133 host days, 931 h in all; at most 924 h are allowed with one host"
    ]


def test_the_model_allows_what_the_check_finds_clean() -> None:
    """Two host days among 2-6, 9, 10, 12 and 13 November; one class on one of the twelve days; one weekday if taught.

    Both in the first week, 10 pairs: the class has the 5 days of the second week. Both in the second, 6 pairs: the 7
    days of the first. One in each, 20 pairs: the 10 days without a host day. 50 + 42 + 200 = 292.
    """
    programme = with_internship(opening_hours=ONE_START_A_DAY)
    law = InternshipAlternating(weekdays_while_taught=1)
    every = allowed(programme, [Complete()])
    clean = {one for one in every if not list(law.check(programme, one))}
    assert (len(every), len(clean)) == (66 * 12, 292)
    assert allowed(programme, [Complete(), law]) == clean


def test_the_model_ties_the_weekdays_over_all_taught_weeks_and_bounds_the_week() -> None:
    """Mondays to Wednesdays, at most 7 h a week: Tuesday 3 or Wednesday 4, then Monday 9 or Tuesday 10 November.

    Both on a Tuesday: any 2 of the 6 other days for the classes, 15 ways. Different weekdays, 3 pairs: both classes in
    the first week, of whose 6 days 5 are free, 10 ways. 15 + 3 · 10 = 45.
    """
    days = [date(2026, 11, 3), date(2026, 11, 10)]
    programme = with_internship(
        sessions=2, dates=days, internships={"i": internship(dates=days)}, opening_hours=ONE_START_A_DAY
    )
    law = InternshipAlternating(
        weekdays=("monday", "tuesday", "wednesday"), weekdays_while_taught=1, host_hours_per_week=7
    )
    found = allowed(programme, [Complete(), law])
    assert len(found) == 45
    assert found == {one for one in allowed(programme, [Complete()]) if not list(law.check(programme, one))}


def test_no_week_is_bounded_that_has_no_more_hours() -> None:
    programme = with_internship(modules={})
    plain, bounded = (
        str(model_of(programme, [Complete(), InternshipAlternating(host_hours_per_week=hours)]).cp)
        for hours in (48, 35)
    )
    assert bounded == plain


def test_the_model_keeps_host_days_out_of_seminars() -> None:
    """The seminar starts on one of 2-9 November; each host day is free of it 7, 6, 5, 4, 3 and 3, 4, 6, 7 times: 45."""
    seminar = {"title": "Seminar", "kind": "seminar", "group": "all", "dates": NOVEMBER, "days": 5}
    programme = with_internship(blocks={"b": seminar}, internships={"i": internship(7)}, modules={})
    found = allowed(programme, [Complete(), InternshipAlternating()])
    assert len(found) == 45
    assert found == {
        one for one in allowed(programme, [Complete()]) if not list(InternshipAlternating().check(programme, one))
    }
