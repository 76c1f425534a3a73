"""The tables of a programme file: what they take on their limits, and what they mean where they are silent."""

from datetime import date, time
from math import inf
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from calendars.clock import Dates
from calendars.programme_file import (
    WEEKDAYS,
    AnnouncedHours,
    Credits,
    DaysOffTable,
    Hours,
    HoursPerCredit,
    Minutes,
    Names,
    OpeningHoursTable,
    ProgrammeFile,
    TwoDates,
    WorkHours,
    at,
    opening_of,
)


def read(form: Any, value: object) -> object:
    """A value of a key, as its table holds it."""
    return TypeAdapter(form).validate_python(value)


@pytest.mark.parametrize(
    ("form", "written", "held"),
    [
        (Minutes, 15, 15),
        (Minutes, 600, 600),
        (WorkHours, 0.25, 0.25),
        (WorkHours, 6, 6.0),
        (Hours, "09:00-12:30", (540, 750)),
        (Hours, "9:00-12:30", (540, 750)),
        (Hours, "00:00-24:00", (0, 1440)),
        (Hours, "23:59-24:00", (1439, 1440)),
        (TwoDates, [date(2026, 11, 2), date(2026, 11, 2)], Dates(date(2026, 11, 2), date(2026, 11, 2))),
        (HoursPerCredit, [25, 25], (25.0, 25.0)),
        (HoursPerCredit, [0.5, 30.5], (0.5, 30.5)),
        (AnnouncedHours, 0, 0.0),
        (Credits, 0.1, 0.1),
        (Names, "scenario", ("scenario",)),
        (Names, ["scenario", "web"], ("scenario", "web")),
    ],
)
def test_what_stands_on_the_limit_is_taken(form: Any, written: object, held: object) -> None:
    assert read(form, written) == held


@pytest.mark.parametrize(
    ("form", "written", "refusal"),
    [
        (Hours, "24:00-24:00", "hours_form"),
        (Hours, "09:00-09:00", "hours_reversed"),
        (Hours, "23:00-24:15", "hours_reversed"),
        (TwoDates, [date(2026, 11, 2)], "dates_form"),
        (TwoDates, ["2026-11-02", "2026-11-03"], "dates_form"),
        (TwoDates, [date(2026, 11, 3), date(2026, 11, 2)], "dates_reversed"),
        (HoursPerCredit, [30, 25], "semainier"),
        (HoursPerCredit, [0, 25], "semainier"),
        (HoursPerCredit, [25, inf], "semainier"),
        (HoursPerCredit, [25], "semainier"),
        (HoursPerCredit, ["25", "30"], "semainier"),
        (HoursPerCredit, 25, "semainier"),
        (AnnouncedHours, -0.25, "greater_than_equal"),
        (AnnouncedHours, 0.3, "multiple_of"),
        (Credits, 0, "greater_than"),
        (Credits, inf, "finite_number"),
        (Names, [], "too_short"),
        (Minutes, True, "int_type"),
        (Minutes, 60.0, "int_type"),
    ],
)
def test_what_lies_beyond_it_is_not(form: Any, written: object, refusal: str) -> None:
    with pytest.raises(ValidationError) as refused:
        read(form, written)
    assert [error["type"] for error in refused.value.errors()] == [refusal]


def test_what_a_programme_means_where_it_is_silent() -> None:
    file = ProgrammeFile.model_validate(
        {
            "title": "Year",
            "dates": [date(2026, 9, 1), date(2027, 6, 30)],
            "opening_hours": {"monday": "09:00-17:00"},
            "groups": {"all": {"title": "Everybody"}},
        }
    )
    assert (file.language, file.time_zone, file.starts_every_minutes) == ("fr", "Europe/Paris", 30)
    assert file.working_week == ("monday", "tuesday", "wednesday", "thursday", "friday")
    assert file.days_off == DaysOffTable(country="FR")
    assert file.groups["all"].school_zones is file.groups["all"].time_zones is None


def test_weekdays_stand_in_the_order_of_dates() -> None:
    monday_to_sunday = [date(2026, 11, day) for day in range(9, 16)]
    assert [f"{day:%A}".lower() for day in monday_to_sunday] == list(WEEKDAYS)
    assert [day.weekday() for day in monday_to_sunday] == list(range(7))


def test_opening_hours_by_weekday_number() -> None:
    hours = {"tuesday": "10:00-12:00", "sunday": "00:00-24:00", "lunch": "12:00-13:00"}
    assert opening_of(OpeningHoursTable.model_validate(hours)) == {1: (600, 720), 6: (0, 1440)}


@pytest.mark.parametrize(
    ("minute", "clock"), [(0, time(0)), (545, time(9, 5)), (1439, time(23, 59)), (1440, time(23, 59))]
)
def test_a_minute_of_the_day_as_a_clock_shows_it(minute: int, clock: time) -> None:
    assert at(minute) == clock


def test_no_table_of_the_schema_takes_an_unknown_key() -> None:
    schema = ProgrammeFile.model_json_schema()
    tables = {"ProgrammeFile": schema} | schema["$defs"]
    assert [name for name, table in tables.items() if table["additionalProperties"] is not False] == []


def test_the_schema_tells_dates_hours_names_and_ids_as_they_are_written() -> None:
    schema = ProgrammeFile.model_json_schema()
    assert schema["properties"]["dates"] == {
        "type": "array",
        "items": {"type": "string", "format": "date"},
        "minItems": 2,
        "maxItems": 2,
        "description": "first and last day, both included",
    }
    assert schema["$defs"]["OpeningHoursTable"]["properties"]["monday"]["anyOf"] == [
        {"type": "string", "pattern": r"^([01]?\d|2[0-3]):([0-5]\d)-([01]?\d|2[0-4]):([0-5]\d)$"},
        {"type": "null"},
    ]
    assert TypeAdapter(Names).json_schema() == {
        "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]
    }
    assert list(schema["properties"]["groups"]["patternProperties"]) == [r"^[a-z0-9][a-z0-9-]*$"]
