from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from calendars.programme import Programme
from calendars.timetable import Placement
from calendars.wording import render
from constraints.complete import Complete
from constraints.weekly_load import WeeklyLoad
from programmes import plain
from small import at, classes, module, small, timetable, week_of, work
from solving import allowed, cheapest, model_of

FIRST, SECOND = "2026-11-02", "2026-11-09"
ONE_A_DAY = {"monday": "09:00-10:00"}


def found(programme: Programme, *placements: Placement, **keys: Any) -> list[tuple[str, int]]:
    breaches = WeeklyLoad(group="all", **keys).check(programme, timetable(*placements))
    return [(str(breach.message), breach.excess) for breach in breaches]


def two_weeks(*parts: dict[str, Any]) -> Programme:
    return small(modules={"m": module(*(parts or (classes(4), work(4))))})


def test_exactly_the_limits_are_allowed() -> None:
    placed = at("2026-11-02 09:00"), week_of(FIRST, 60), week_of(SECOND, 120)
    assert found(two_weeks(), *placed, at_least_hours=2, at_most_hours=2) == []


def test_a_full_week_names_what_stands_in_it_and_an_empty_one_what_could() -> None:
    law = WeeklyLoad(group="all", at_least_hours=2, at_most_hours=2.25)
    found = law.check(two_weeks(), timetable(week_of(FIRST, 150), week_of(SECOND, 105)))
    assert [(breach.activities, breach.monday) for breach in found] == [
        (("m.virtual-class", "m.distance-work"), date(2026, 11, 9)),
        (("m.distance-work",), date(2026, 11, 2)),
    ]


def test_above_and_below_are_told_in_minutes() -> None:
    placed = at("2026-11-02 09:00"), week_of(FIRST, 90), week_of(SECOND, 105)
    assert found(two_weeks(), *placed, at_least_hours=2, at_most_hours=2.25) == [
        (
            "1 h 45 of teaching and personal work in the week of Monday 9 November 2026 for group “All”; "
            "at least 2 h are needed",
            15,
        ),
        (
            "2 h 30 of teaching and personal work in the week of Monday 2 November 2026 for group “All”; "
            "at most 2 h 15 are allowed",
            15,
        ),
    ]


def test_teaching_is_live_sessions_and_work_that_is_not_personal() -> None:
    """60 min live, 30 min self-paced, 15 min personal."""
    programme = two_weeks(classes(1), work(1), work(1, id="own", personal=True))
    placed = at("2026-11-02 09:00"), week_of(FIRST, 30), week_of(FIRST, 15, "m.own")
    above = {
        counts: [excess for _, excess in found(programme, *placed, counts=counts, at_most_hours=0.25)]
        for counts in ("teaching", "personal", "all")
    }
    assert above == {"teaching": [75], "personal": [], "all": [90]}


def test_the_least_binds_in_teaching_weeks_only_and_the_most_in_all() -> None:
    """Sessions may lie in the second week only."""
    programme = two_weeks(classes(1, dates=[date(2026, 11, 9), date(2026, 11, 13)]), work(9))
    assert found(programme, at("2026-11-09 09:00"), at_least_hours=1) == []
    assert [excess for _, excess in found(programme, week_of(FIRST, 90), at_least_hours=1, at_most_hours=1)] == [60, 30]


def test_an_empty_teaching_week_is_too_light() -> None:
    assert [excess for _, excess in found(two_weeks(), at_least_hours=1)] == [60, 60]


def test_modules_left_out_do_not_count() -> None:
    programme = small(modules={"m": module(classes(1)), "n": module(classes(1))})
    placed = at("2026-11-02 09:00"), at("2026-11-02 10:00", part="n.virtual-class")
    assert [excess for _, excess in found(programme, *placed, at_most_hours=1)] == [60]
    assert found(programme, *placed, at_most_hours=1, modules_left_out=["n"]) == []


def test_a_group_is_judged_by_every_enrolment_that_contains_it() -> None:
    """An hour for all, then two hours for "a" and three for "b": one of them is above three hours."""
    groups = {"all": {"title": "All"}, "a": {"title": "A", "part_of": "all"}, "b": {"title": "B", "part_of": "all"}}
    own = {key: module(classes(1, 60 * hours), group=key) for key, hours in (("a", 2), ("b", 3))}
    programme = small(groups=groups, modules={"m": module(classes(1))} | own)
    placed = (
        at("2026-11-02 09:00"),
        at("2026-11-03 09:00", 120, "a.virtual-class"),
        at("2026-11-03 09:00", 180, "b.virtual-class"),
    )
    assert found(programme, *placed, counts="teaching", at_most_hours=3) == [
        ("4 h of teaching in the week of Monday 2 November 2026 for groups “All” and “B”; at most 3 h are allowed", 60)
    ]
    law = WeeklyLoad(group="a", at_most_hours=3)
    assert list(law.check(programme, timetable(*placed))) == []


def test_enrolments_with_the_same_work_breach_once_and_pay_once() -> None:
    """Two enrolments with one module; in the only week 3 h are planned, and 2 h allowed."""
    groups = {"all": {"title": "All"}, "a": {"title": "A", "part_of": "all"}, "b": {"title": "B", "part_of": "all"}}
    programme = small(dates=[date(2026, 11, 2), date(2026, 11, 6)], groups=groups, modules={"m": module(work(3))})
    assert [excess for _, excess in found(programme, week_of(FIRST, 180), at_most_hours=2)] == [60]
    assert cheapest(programme, [Complete(), WeeklyLoad(group="all", at_most_hours=2, weight=1)]) == 60


@pytest.mark.parametrize(
    ("limits", "lawful"),
    [
        # Friday to Sunday, Monday to Wednesday. Sessions in the two weeks 2 + 0, 1 + 1, 0 + 2: 3, 9 and 3 ways. Work
        # 60 + 0, 30 + 30 or 0 + 60 min.
        ({"at_most_hours": 1.5}, 9),  # 1 + 1 with 30 + 30
        ({"at_least_hours": 1}, 33),  # 1 + 1 with any work, 9 × 3; 2 + 0 with 0 + 60, and 0 + 2 with 60 + 0
        ({"at_least_hours": 1, "counts": "personal"}, 0),
        ({"at_most_hours": 1, "counts": "teaching"}, 9 * 3),
    ],
)
def test_the_model_allows_exactly_what_the_check_finds_clean(limits: dict[str, Any], lawful: int) -> None:
    programme = small(
        dates=[date(2026, 11, 6), date(2026, 11, 11)],
        opening_hours=ONE_A_DAY,
        modules={"m": module(classes(2), work(1, personal=True))},
    )
    law = WeeklyLoad(group="all", **limits)
    clean = {one for one in allowed(programme, [Complete()]) if not list(law.check(programme, one))}
    assert allowed(programme, [Complete(), law]) == clean
    assert len(clean) == lawful


def test_the_cost_is_the_excess_that_the_check_finds() -> None:
    """5 h in all. A week with 2 h 30 is 30 min below and 15 above, so that two of them are cheapest."""
    programme = small(
        dates=[date(2026, 11, 6), date(2026, 11, 11)],
        opening_hours=ONE_A_DAY,
        modules={"m": module(classes(3), work(2))},
    )
    laws = WeeklyLoad(group="all", at_least_hours=3, weight=2), WeeklyLoad(group="all", at_most_hours=2.25, weight=2)
    prices = [
        sum(breach.excess for law in laws for breach in law.check(programme, one))
        for one in allowed(programme, [Complete()])
    ]
    assert min(prices) == 2 * (30 + 15)
    assert cheapest(programme, [Complete(), *laws]) == 2 * 2 * (30 + 15)


def test_a_teaching_week_with_nothing_that_counts_is_paid_whole() -> None:
    programme = small(modules={"m": module(classes(1))})
    assert (
        cheapest(programme, [Complete(), WeeklyLoad(group="all", counts="personal", at_least_hours=2, weight=1)]) == 240
    )


@pytest.mark.parametrize("limits", [{}, {"at_least_hours": 3, "at_most_hours": 2}, {"at_most_hours": 0.1}])
def test_limits_that_say_nothing_are_refused(limits: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        WeeklyLoad(group="all", **limits)


def test_unknown_names_are_told_with_the_nearest() -> None:
    law = WeeklyLoad(group="al", at_most_hours=2, modules_left_out=("mm",))
    assert [str(fault) for fault in law.faults(two_weeks())] == [
        "there is no group al; did you mean all?",
        "there is no module mm; did you mean m?",
    ]
    assert list(WeeklyLoad(group="all", at_most_hours=2, modules_left_out=("m",)).faults(two_weeks())) == []


def test_a_group_that_has_its_work_from_another_is_named_too() -> None:
    groups = {"all": {"title": "All"}, "a": {"title": "A", "part_of": "all"}}
    programme = small(groups=groups, modules={"m": module(work(2))})
    breaches = WeeklyLoad(group="a", at_most_hours=1).check(programme, timetable(week_of(FIRST, 120)))
    assert [str(breach.message) for breach in breaches] == [
        "2 h of teaching and personal work in the week of Monday 2 November 2026 for groups “All” and “A”; "
        "at most 1 h are allowed"
    ]


def test_no_most_is_posted_where_no_week_can_reach_above_it() -> None:
    """An hour and an hour of work: 2 h in any week."""
    programme = two_weeks(classes(1), work(1))
    law = WeeklyLoad(group="all", at_most_hours=2)
    plain, bounded = (str(model_of(programme, rules).cp) for rules in ([Complete()], [Complete(), law]))
    assert bounded == plain


def two_modules() -> Programme:
    """2 h of work in each of two modules, in steps of 1 h, over two weeks."""
    hourly = work(2, step_minutes=60)
    return small(modules={"m": module(hourly), "n": module(hourly, title="Other")})


def test_each_module_is_judged_by_itself() -> None:
    placed = week_of(FIRST, 60), week_of(FIRST, 120, "n.distance-work"), week_of(SECOND, 60)
    assert found(two_modules(), *placed, at_most_hours=1, each_module=True) == [
        (
            "2 h of teaching and personal work in “Other” in the week of Monday 2 November 2026 for group “All”; "
            "at most 1 h are allowed",
            60,
        )
    ]


def test_the_model_bounds_each_module_by_itself() -> None:
    """1 h a week for each module: both spread over the two weeks. 1 h for both together: nowhere."""
    each, together = (
        WeeklyLoad(group="all", at_most_hours=1, each_module=True),
        WeeklyLoad(group="all", at_most_hours=1),
    )
    spread_out = timetable(
        *(week_of(monday, 60, f"{key}.distance-work") for monday in (FIRST, SECOND) for key in ("m", "n"))
    )
    assert allowed(two_modules(), [Complete(), each]) == {spread_out}
    assert allowed(two_modules(), [Complete(), together]) == set()


def test_groups_are_named_in_quotes_in_both_languages() -> None:
    groups = {"all": {"title": "All"}, "a": {"title": "A", "part_of": "all"}}
    programme = small(groups=groups, modules={"m": module(work(1)), "n": module(work(1), group="a")})
    placed = timetable(week_of("2026-11-02", 60), week_of("2026-11-02", 60, "n.distance-work"))
    (breach,) = WeeklyLoad(group="all", at_most_hours=1).check(programme, placed)
    assert [plain(render(breach.message, language)) for language in ("en", "fr")] == [
        "2 h of teaching and personal work in the week of Monday 2 November 2026 "
        "for groups “All” and “A”; at most 1 h are allowed",
        "enseignement et travail personnel : 2 h dans la semaine du lundi 2 novembre 2026 "
        "pour les groupes « All » et « A » ; 1 h au plus",
    ]
