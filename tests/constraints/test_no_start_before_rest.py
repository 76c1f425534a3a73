from datetime import date
from itertools import combinations, product
from typing import Any

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.no_start_before_rest import NoStartBeforeRest
from small import at, classes, module, on, small, timetable, week_of, work
from solving import allowed

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday")
ONE_HOUR = dict.fromkeys(WEEK, "09:00-10:00")
NOVEMBER = [date(2026, 11, 2), date(2026, 11, 13)]
MAY = [date(2027, 5, 3), date(2027, 5, 14)]
ZONE_B = {"school_zones": ["B"]}
SIX_DAYS = [date(2026, 11, 5), date(2026, 11, 10)]


def two_groups(**tables: Any) -> Programme:
    """Group "a" has a school holiday of its own on Thursday 5 and Friday 6 November, group "b" has none."""
    snow = {"zone": "A", "title": "Snow", "dates": [date(2026, 11, 5), date(2026, 11, 6)], "source": "the académie"}
    groups = {"a": {"title": "A", "school_zones": ["A"]}, "b": {"title": "B", "school_zones": []}}
    return small(groups=groups, days_off={"school_periods": [snow]}, **tables)


def words(programme: Programme, *placements: Placement, **parameters: bool) -> list[str]:
    law = NoStartBeforeRest(**parameters)
    return [str(breach.message) for breach in law.check(programme, timetable(*placements))]


def course(dates: list[date], days: int = 2, **keys: Any) -> dict[str, Any]:
    return {"title": "Course", "kind": "course", "group": "all", "dates": dates, "days": days} | keys


def lawful_days(programme: Programme, **parameters: bool) -> list[int]:
    """The days of the month on which the block may start."""
    block = programme.blocks["b"]
    forbids = NoStartBeforeRest(**parameters).forbids(programme, block)
    return [span.day.day for span in programme.candidates(block) if forbids is None or not forbids(span)]


def test_a_block_may_start_on_the_thursday_and_not_on_the_friday() -> None:
    programme = small(blocks={"b": course(NOVEMBER)})
    assert words(programme, on("2026-11-05", "2026-11-06")) == []
    assert words(programme, on("2026-11-06", "2026-11-07")) == [
        "“Course” starts on Friday 6 November 2026, the eve of a rest day: not a day of the working week"
    ]


def test_tuesday_10_november_2026_is_the_eve_of_a_public_holiday() -> None:
    programme = small(blocks={"b": course(NOVEMBER)}, modules={"m": module(classes(1))})
    assert words(programme, on("2026-11-10", "2026-11-11"), at("2026-11-10 09:00")) == [
        "“Course” starts on Tuesday 10 November 2026, the eve of a rest day: Armistice Day",
        "“Module” starts on Tuesday 10 November 2026, the eve of a rest day: Armistice Day",
    ]
    assert words(programme, on("2026-11-09", "2026-11-10"), at("2026-11-09 09:00")) == []
    assert words(programme, on("2026-11-12", "2026-11-13"), at("2026-11-12 09:00")) == []


def test_wednesday_5_may_2027_is_the_eve_of_the_ascension_for_zone_b() -> None:
    """Thursday 6 May is a public holiday, and the school holiday of zone B goes on with Friday 7 May."""
    programme = small(dates=MAY, days_off=ZONE_B, blocks={"b": course(MAY)}, modules={"m": module(classes(1))})
    assert words(programme, on("2027-05-04", "2027-05-05"), at("2027-05-04 09:00")) == []
    assert [line.split(", the eve")[0] for line in words(programme, on("2027-05-05"), at("2027-05-05 09:00"))] == [
        "“Course” starts on Wednesday 5 May 2027",
        "“Module” starts on Wednesday 5 May 2027",
    ]


def test_with_saturday_in_the_working_week_the_eve_moves_to_saturday() -> None:
    programme = small(blocks={"b": course(NOVEMBER)}, working_week=[*WEEK, "saturday"])
    assert words(programme, on("2026-11-06", "2026-11-07")) == []
    assert len(words(programme, on("2026-11-07", "2026-11-08"))) == 1


def test_a_rest_day_is_not_an_eve_itself() -> None:
    """A start on a rest day is the business of another law."""
    programme = small(blocks={"b": course(NOVEMBER)})
    assert words(programme, on("2026-11-07", "2026-11-08"), on("2026-11-11", "2026-11-12")) == []


def test_each_eve_is_struck_for_a_block_and_no_other_day() -> None:
    programme = small(blocks={"b": course(NOVEMBER, days=1)})
    assert lawful_days(programme) == [2, 3, 4, 5, 7, 8, 9, 11, 12]
    assert lawful_days(programme, blocks=False) == list(range(2, 14))


def test_a_milestone_may_fall_on_an_eve() -> None:
    programme = small(milestones={"b": {"title": "Jury", "group": "all", "dates": NOVEMBER}})
    assert lawful_days(programme) == list(range(2, 14))
    assert words(programme, on("2026-11-10")) == []


def test_the_eves_of_a_block_are_those_of_its_group() -> None:
    programme = two_groups(blocks={"b": course(NOVEMBER, group="a"), "c": course(NOVEMBER, group="b", title="Other")})
    assert words(programme, on("2026-11-04", "2026-11-05"), on("2026-11-04", "2026-11-05", "c")) == [
        "“Course” starts on Wednesday 4 November 2026, the eve of a rest day: Snow"
    ]


def test_a_module_may_go_on_and_end_on_an_eve() -> None:
    programme = small(modules={"m": module(classes(3))})
    assert words(programme, at("2026-11-05 16:00"), at("2026-11-06 09:00"), at("2026-11-10 09:00")) == []


def test_a_module_has_one_breach_however_many_sessions_stand_on_its_first_day() -> None:
    parts = classes(2), classes(1, id="other")
    programme = small(modules={"m": module(*parts)})
    first_day = at("2026-11-06 09:00"), at("2026-11-06 11:00"), at("2026-11-06 10:00", part="m.other")
    assert len(words(programme, *first_day, at("2026-11-09 09:00"))) == 1


def test_a_module_starts_with_the_first_of_all_its_parts_but_not_with_self_paced_work() -> None:
    programme = small(modules={"m": module(classes(1), classes(1, id="other"), work(1))})
    on_an_eve = at("2026-11-06 09:00")
    assert words(programme, at("2026-11-05 09:00", part="m.other"), on_an_eve) == []
    assert len(words(programme, at("2026-11-09 09:00", part="m.other"), on_an_eve)) == 1
    assert len(words(programme, week_of("2026-11-02", 60), on_an_eve)) == 1


def test_a_session_inside_a_block_is_the_start_of_its_module_too() -> None:
    seminar = course(NOVEMBER, days=5, kind="seminar")
    programme = small(blocks={"b": seminar}, modules={"m": module(classes(1, blocks=["b"]), classes(1, id="other"))})
    seminar_stands = on("2026-11-02", "2026-11-06")
    assert words(programme, seminar_stands, at("2026-11-03 09:00"), at("2026-11-06 09:00", part="m.other")) == []
    assert len(words(programme, seminar_stands, at("2026-11-06 09:00"), at("2026-11-09 09:00", part="m.other"))) == 1


def test_the_first_day_of_a_module_is_no_eve_for_any_group_that_meets_on_it() -> None:
    """Wednesday 4 November is an eve for "a" alone."""
    programme = two_groups(modules={"m": module(classes(1, id="a"), classes(1, id="b", group="b"), group="a")})
    of_a = at("2026-11-04 14:00", part="m.a")
    assert words(programme, of_a, at("2026-11-03 09:00", part="m.b")) == []
    assert words(programme, at("2026-11-09 09:00", part="m.a"), at("2026-11-04 09:00", part="m.b")) == []
    assert words(programme, of_a, at("2026-11-04 09:00", part="m.b")) == [
        "“Module” starts on Wednesday 4 November 2026, the eve of a rest day: Snow"
    ]


def test_blocks_and_modules_can_be_left_out() -> None:
    programme = small(blocks={"b": course(NOVEMBER)}, modules={"m": module(classes(1))})
    both = on("2026-11-06", "2026-11-07"), at("2026-11-06 09:00")
    assert len(words(programme, *both)) == 2
    assert [line[:8] for line in words(programme, *both, modules=False)] == ["“Course”"]
    assert [line[:8] for line in words(programme, *both, blocks=False)] == ["“Module”"]
    assert words(programme, *both, blocks=False, modules=False) == []


def test_the_model_lets_no_module_start_on_an_eve() -> None:
    """Six days with one start each, Friday 6 and Tuesday 10 November being eves.

    Of the 15 pairs of days, the 4 that start with the 6th are unlawful; none starts with the 10th.
    """
    programme = small(dates=SIX_DAYS, opening_hours=ONE_HOUR, modules={"m": module(classes(2))})
    pairs = [pair for pair in combinations(range(5, 11), 2) if pair[0] != 6]
    assert len(pairs) == 11
    assert allowed(programme, [Complete(), NoStartBeforeRest()]) == {
        timetable(*(at(f"2026-11-{day:02} 09:00") for day in pair)) for pair in pairs
    }
    assert len(allowed(programme, [Complete(), NoStartBeforeRest(modules=False)])) == 15


def test_the_model_allows_exactly_what_the_check_finds_clean() -> None:
    """Two parts of one module for two groups with different eves, and a block."""
    days = [date(2026, 11, 3), date(2026, 11, 7)]
    programme = two_groups(
        dates=days,
        opening_hours=ONE_HOUR,
        blocks={"b": course(days, group="a")},
        modules={"m": module(classes(1, id="a"), classes(1, id="b", group="b"), group="a")},
    )
    keys = ("b", "m.a", "m.b")
    spans = [programme.candidates(programme.activities[key]) for key in keys]
    every = [
        timetable(*(Placement(span, key) for span, key in zip(some, keys, strict=True))) for some in product(*spans)
    ]
    clean = {one for one in every if not list(NoStartBeforeRest().check(programme, one))}
    assert len(every) == 4 * 5 * 5
    assert allowed(programme, [Complete(), NoStartBeforeRest()]) == clean
