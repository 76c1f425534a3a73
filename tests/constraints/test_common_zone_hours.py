from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.common_zone_hours import CommonZoneHours
from constraints.complete import Complete
from small import at, classes, module, small, timetable
from solving import cheapest

NEAR, FAR = "Europe/Paris", "America/Martinique"


def taught(*zones: str, **tables: Any) -> Programme:
    """Classes of a group in these time zones; in November, Martinique is 5 h behind Paris."""
    groups = {"all": {"title": "All", "time_zones": list(zones)}}
    return small(**{"groups": groups, "modules": {"m": module(classes(1))}} | tables)


def breaches(programme: Programme, *placements: Placement, hours: str = "09:00-18:00") -> list[tuple[str, int]]:
    rule = CommonZoneHours.model_validate({"hours": hours})
    return [(str(one.message), one.excess) for one in rule.check(programme, timetable(*placements))]


def test_a_session_that_fills_the_hours_of_each_zone_costs_nothing() -> None:
    """9:00 in Martinique is 14:00 in Paris, and 13:00 there is 18:00."""
    assert breaches(taught(NEAR, FAR), at("2026-11-02 14:00", 240)) == []


def test_a_session_outside_the_hours_of_a_zone_costs_one_and_names_the_zone() -> None:
    assert breaches(taught(NEAR, FAR), at("2026-11-02 13:45")) == [
        (
            "“Module” (virtual class) stands on Monday 2 November 2026 13:45, outside the hours from 09:00 to 18:00 "
            "in America/Martinique",
            1,
        )
    ]
    assert [excess for _, excess in breaches(taught(NEAR, FAR), at("2026-11-02 17:15"))] == [1]


def test_each_zone_costs_one() -> None:
    assert breaches(taught(NEAR, FAR), at("2026-11-02 08:00")) == [
        (
            "“Module” (virtual class) stands on Monday 2 November 2026 08:00, outside the hours from 09:00 to 18:00 "
            "in Europe/Paris and America/Martinique",
            2,
        )
    ]


def test_the_zones_are_those_of_the_group_alone() -> None:
    assert breaches(taught(NEAR), at("2026-11-02 09:00")) == []
    assert len(breaches(taught(FAR), at("2026-11-02 09:00"))) == 1


def test_the_clock_of_the_day_counts() -> None:
    """Paris leaves summer time on 25 October 2026: 9:00 in Martinique is 15:00 before, 14:00 after."""
    programme = taught(FAR, dates=[date(2026, 10, 19), date(2026, 10, 30)])
    assert len(breaches(programme, at("2026-10-23 14:00"))) == 1
    assert breaches(programme, at("2026-10-26 14:00")) == []


def test_a_session_over_two_local_days_lies_outside() -> None:
    """22:30 in Paris is 8:30 of the next day in Nouméa, 14:00 is midnight there."""
    programme = taught("Pacific/Noumea")
    assert breaches(programme, at("2026-11-02 14:00"), hours="00:00-24:00") == []
    assert len(breaches(programme, at("2026-11-02 13:30"), hours="00:00-24:00")) == 1


def test_hours_are_needed() -> None:
    with pytest.raises(ValidationError):
        CommonZoneHours.model_validate({})


def test_the_model_pays_for_each_session_and_zone_that_it_cannot_suit() -> None:
    """Open 13:00 to 16:00, three sessions of 1 h: at 13:00 Martinique has 8:00, and none suits Nouméa (23:00 on)."""
    afternoon = {"dates": [date(2026, 11, 2)] * 2, "opening_hours": {"monday": "13:00-16:00"}}
    for zones, least in (((NEAR,), 0), ((NEAR, FAR), 1), ((NEAR, FAR, "Pacific/Noumea"), 1 + 3)):
        programme = taught(*zones, **afternoon, modules={"m": module(classes(3))})
        rule = CommonZoneHours.model_validate({"hours": "09:00-18:00", "weight": 5})
        assert cheapest(programme, [Complete(), rule]) == 5 * least
