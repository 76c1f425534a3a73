"""Time zones in feeds: the rules are written so that every reader gets them, and say what the zone itself says."""

import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain, pairwise
from zoneinfo import ZoneInfo

import pytest
from icalendar import Timezone

from calendars.faults import Fault, FaultyInput
from calendars.time_zones import use_packaged_zones, vtimezone
from calendars.wording import say

PARIS = """\
BEGIN:VTIMEZONE
TZID:Europe/Paris
X-LIC-LOCATION:Europe/Paris
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""


@pytest.fixture(autouse=True)
def packaged_zones() -> Iterator[None]:
    """The zones of the package, and the machine's again afterwards."""
    use_packaged_zones()
    yield
    zoneinfo.reset_tzpath()
    ZoneInfo.clear_cache()


def lines_of(name: str, start: str) -> list[str]:
    """The lines of a zone's definition that begin in a certain way."""
    return [line for line in vtimezone(name, 2026).decode("ascii").splitlines() if line.startswith(start)]


def refusal(name: str, year: int = 2026) -> tuple[Fault, ...]:
    """Why a zone is refused."""
    with pytest.raises(FaultyInput) as refused:
        vtimezone(name, year)
    return refused.value.faults


def test_zones_come_from_the_package_alone() -> None:
    assert zoneinfo.TZPATH == ()
    assert ZoneInfo("Europe/Paris").utcoffset(datetime(2026, 7, 1)) == timedelta(hours=2)


def test_paris_has_the_constant_form() -> None:
    assert vtimezone("Europe/Paris", 2026) == PARIS.replace("\n", "\r\n").encode("ascii")


def test_the_form_does_not_depend_on_the_year_while_the_rules_last() -> None:
    assert vtimezone("Europe/Paris", 2019) == vtimezone("Europe/Paris", 2043)


def test_nth_weekday_where_winter_is_at_the_turn_of_the_year() -> None:
    assert lines_of("America/New_York", "RRULE") == [
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU",
        "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU",
    ]


def test_summer_at_the_turn_of_the_year() -> None:
    assert lines_of("Australia/Sydney", "DTSTART") == ["DTSTART:19701004T020000", "DTSTART:19700405T030000"]
    assert lines_of("Australia/Sydney", "TZNAME") == ["TZNAME:AEDT", "TZNAME:AEST"]


def test_an_irish_summer_is_daylight_although_law_calls_it_standard() -> None:
    assert lines_of("Europe/Dublin", "TZNAME") == ["TZNAME:IST", "TZNAME:GMT"]
    assert lines_of("Europe/Dublin", "BEGIN:D") == ["BEGIN:DAYLIGHT"]


def test_a_zone_without_clock_changes_has_one_observance() -> None:
    assert vtimezone("Indian/Reunion", 2026).decode("ascii").splitlines() == [
        "BEGIN:VTIMEZONE",
        "TZID:Indian/Reunion",
        "X-LIC-LOCATION:Indian/Reunion",
        "BEGIN:STANDARD",
        "TZOFFSETFROM:+0400",
        "TZOFFSETTO:+0400",
        "TZNAME:+04",
        "DTSTART:19700101T000000",
        "END:STANDARD",
        "END:VTIMEZONE",
    ]


def test_an_offset_of_half_an_hour_west_of_greenwich() -> None:
    assert lines_of("America/St_Johns", "TZOFFSETTO") == ["TZOFFSETTO:-0230", "TZOFFSETTO:-0330"]


@pytest.mark.parametrize(
    "name",
    [
        "Europe/Paris",
        "Europe/Dublin",
        "America/New_York",
        "America/St_Johns",
        "America/Miquelon",
        "America/Guadeloupe",
        "Australia/Lord_Howe",
        "Pacific/Auckland",
        "Pacific/Noumea",
        "Pacific/Marquesas",
    ],
)
def test_readers_change_the_clock_at_the_hour_at_which_the_zone_does(name: str) -> None:
    read = Timezone.from_ical(vtimezone(name, 2026))
    assert isinstance(read, Timezone)
    zone, written = ZoneInfo(name), read.to_tz(lookup_tzid=False)
    hours = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=n) for n in range(3 * 8766)]
    changes = [
        pair for pair in pairwise(hours) if pair[0].astimezone(zone).utcoffset() != pair[1].astimezone(zone).utcoffset()
    ]
    looked_at = [*hours[::500], *chain(*changes)]
    assert [
        hour for hour in looked_at if hour.astimezone(written).utcoffset() != hour.astimezone(zone).utcoffset()
    ] == []


@pytest.mark.parametrize(
    "name",
    [
        "Africa/Casablanca",  # changes with Ramadan
        "Asia/Jerusalem",  # the Friday before the last Sunday
        "America/Santiago",  # the Sunday after the first Saturday
    ],
)
def test_a_zone_without_a_rule_that_programs_read_is_refused(name: str) -> None:
    message = say(
        "from {year} on the clocks of {zone} do not change by a yearly rule like “last Sunday of March”, and "
        "calendar programs read no other; choose another time zone",
        zone=name,
        year=2026,
    )
    assert refusal(name) == (Fault(message, ("time_zone",)),)


def test_a_rule_that_ends_is_no_rule() -> None:
    """Turkey changed its clocks until 2016 and never after."""
    assert len(refusal("Europe/Istanbul", 2014)) == 1
    assert lines_of("Europe/Istanbul", "TZOFFSETTO") == ["TZOFFSETTO:+0300"]


@pytest.mark.parametrize("name", ["Europe/Lemans", "Europe", "../Paris", ""])
def test_an_unknown_zone_is_refused(name: str) -> None:
    message = say("there is no time zone {zone}; write it like Europe/Paris", zone=name)
    assert refusal(name) == (Fault(message, ("time_zone",)),)
