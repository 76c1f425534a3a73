from collections.abc import Iterable
from datetime import date
from typing import Any

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.days_off import DaysOff
from constraints.open_days import OpenDays
from constraints.rule import Breach
from constraints.whole_week import WholeWeek
from constraints.within import Within
from small import at, classes, module, on, small, timetable
from solving import allowed, cheapest, model_of

GROUPS = {"all": {"title": "All"}, "half": {"title": "Half", "part_of": "all"}, "guests": {"title": "Guests"}}
ONE_WEEK = [date(2026, 11, 2), date(2026, 11, 6)]
WEEK = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), "09:00-10:00")


def plain(**tables: Any) -> Programme:
    parts = [classes(4), classes(1, id="half", group="half"), classes(1, id="guests", group="guests")]
    return small(**({"groups": GROUPS, "modules": {"m": module(*parts)}} | tables))


def on_days(*days: int, part: str = "m.virtual-class") -> list[Placement]:
    return [at(f"2026-11-{day:02} 09:00", part=part) for day in days]


def breaches(programme: Programme, *placements: Placement, days: int = 2, group: str = "all") -> list[Breach]:
    law = OpenDays(group=group, days_per_week=days)
    return list(law.check(programme, timetable(*placements)))


def words(found: Iterable[Breach]) -> list[str]:
    return [str(breach.message) for breach in found]


def test_exactly_so_many_days_are_allowed() -> None:
    assert breaches(plain(), *on_days(2, 3)) == []


def test_days_above_are_told_week_by_week_with_their_number() -> None:
    found = breaches(plain(), *on_days(2, 3, 4, 5), *on_days(9, 10, 12))
    assert words(found) == [
        "group “All” has live sessions on 4 days in the week of Monday 2 November 2026; at most 2 are allowed",
        "group “All” has live sessions on 3 days in the week of Monday 9 November 2026; at most 2 are allowed",
    ]
    assert [breach.excess for breach in found] == [2, 1]


def test_a_week_is_named_by_its_monday_and_runs_to_sunday() -> None:
    assert breaches(plain(), *on_days(6, 8, 9, 10)) == []
    assert len(breaches(plain(), *on_days(6, 7, 8))) == 1


def test_several_sessions_of_a_day_are_one_open_day() -> None:
    assert breaches(plain(), *on_days(2, 2, 2, 3)) == []


def test_sessions_of_groups_that_share_a_person_count_and_others_do_not() -> None:
    assert len(breaches(plain(), *on_days(2, 3), *on_days(4, part="m.half"))) == 1
    assert breaches(plain(), *on_days(2, 3), *on_days(4, part="m.guests")) == []
    assert breaches(plain(), *on_days(2, 3), *on_days(4, part="m.guests"), group="guests") == []


def block(kind: str = "seminar", group: str = "all") -> dict[str, Any]:
    return {"b": {"title": "Block", "kind": kind, "group": group, "dates": [date(2026, 11, 2), date(2026, 11, 13)]}}


def test_a_week_of_an_intensive_week_or_a_seminar_is_exempt() -> None:
    programme = plain(blocks={"b": block()["b"] | {"days": 5}})
    full = on_days(2, 3, 4, 5)
    assert breaches(programme, *full, on("2026-11-02", "2026-11-06")) == []
    assert len(breaches(programme, *full, on("2026-11-09", "2026-11-13"))) == 1


def test_a_block_over_two_weeks_exempts_both() -> None:
    programme = plain(blocks={"b": block()["b"] | {"days": 5}})
    assert breaches(programme, *on_days(2, 3, 4, 9, 10, 12), on("2026-11-05", "2026-11-09")) == []


def test_blocks_of_other_kinds_or_of_strangers_exempt_nothing() -> None:
    for blocks in (block(kind="course"), block(group="guests")):
        programme = plain(blocks={"b": blocks["b"] | {"days": 5}})
        assert len(breaches(programme, *on_days(2, 3, 4), on("2026-11-02", "2026-11-06"))) == 1


def test_an_unknown_group_is_a_fault_with_its_cure() -> None:
    law = OpenDays(group="hafl", days_per_week=2)
    assert [str(fault) for fault in law.faults(plain())] == ["the programme has no group hafl; did you mean half?"]
    assert list(OpenDays(group="half", days_per_week=2).faults(plain())) == []


def test_the_model_allows_what_keeps_to_the_days() -> None:
    """One hour a day for five days, three sessions, no two on one day: none on at most 2 days, all 10 on at most 3."""
    programme = small(dates=ONE_WEEK, opening_hours=WEEK, modules={"m": module(classes(3))})
    assert len(allowed(programme, [Complete(), OpenDays(group="all", days_per_week=3)])) == 10
    assert allowed(programme, [Complete(), OpenDays(group="all", days_per_week=2)]) == set()


def test_the_model_exempts_the_week_that_the_block_takes() -> None:
    """The seminar takes 2 to 6 November, for 11 November is off; at most 1 day a week else, one hour a day.

    Three sessions: all in the seminar's five days, 10 ways, or two of them, and one on 9, 10, 12 or 13, 10 · 4 ways.
    """
    parts = module(classes(3, blocks=["b"]))
    programme = small(opening_hours=WEEK, modules={"m": parts}, blocks={"b": block()["b"] | {"days": 5}})
    laws = [Complete(), DaysOff(), WholeWeek(), OpenDays(group="all", days_per_week=1)]
    found = allowed(programme, laws)
    assert len(found) == 10 + 40
    assert {one.of("b")[0].span.day for one in found} == {date(2026, 11, 2)}


def test_the_model_exempts_all_seven_days_of_the_week_that_the_block_takes() -> None:
    """A session a day from Monday to Sunday, beside a seminar from Monday to Friday."""
    hours = WEEK | dict.fromkeys(("saturday", "sunday"), "09:00-10:00")
    seminar = block()["b"] | {"dates": [date(2026, 11, 2), date(2026, 11, 6)], "days": 5}
    programme = small(
        dates=[date(2026, 11, 2), date(2026, 11, 8)],
        working_week=list(hours),
        opening_hours=hours,
        blocks={"b": seminar},
        modules={"m": module(classes(7))},
    )
    assert len(allowed(programme, [Complete(), Within(), OpenDays(group="all", days_per_week=1)])) == 1


def test_nothing_is_posted_where_a_week_has_no_more_days() -> None:
    programme = small(dates=ONE_WEEK, opening_hours=WEEK, modules={"m": module(classes(3))})
    law = OpenDays(group="all", days_per_week=5)
    posted, plain = (str(model_of(programme, rules).cp) for rules in ([Complete(), law], [Complete()]))
    assert posted == plain


def test_a_weight_prices_each_day_above() -> None:
    """Five sessions on five days of one week, at most 2: 3 days above, 10 each."""
    programme = small(dates=ONE_WEEK, opening_hours=WEEK, modules={"m": module(classes(5))})
    law = OpenDays(group="all", days_per_week=2, weight=10)
    assert cheapest(programme, [Complete(), law]) == 30
    assert [breach.excess for breach in law.check(programme, timetable(*on_days(2, 3, 4, 5, 6)))] == [3]
