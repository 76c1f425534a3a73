"""Every feed, read by four parsers that share no code: all of them read the same.

Run by `make verify`: ical.js, the reader of Thunderbird and Nextcloud, needs node. The feeds are those under `out/`
(`make demo` makes them) and those of small calendars in both languages and in several zones, with whatever is hard to
read. An event has the same octets in every feed, so that of the whole programme stands for the others there.
"""

from datetime import date
from pathlib import Path

import pytest

from calendars.calendar_file import Calendar, PlacedSession
from calendars.clock import Dates
from calendars.feeds import feeds_of
from tests.calendars.test_feeds import INSTANTS, WINTER_AND_SUMMER, calendar, days, session, work
from tests.readers.parsers import PARSERS, Row, by_icalendar, told

OUT = Path(__file__).parents[2] / "out"
ZONES = {
    "Europe/Paris": "fr",
    "Europe/Dublin": "en",  # its law calls summer time standard and winter time the exception
    "America/Miquelon": "fr",
    "America/Guadeloupe": "fr",  # never changes its clocks
    "Pacific/Auckland": "en",  # winter in July
}
AROUND_CHANGES = (
    Dates(date(2026, 9, 24), date(2026, 9, 30)),  # Auckland
    Dates(date(2026, 10, 22), date(2026, 11, 4)),  # Europe, then Miquelon
    Dates(date(2027, 3, 11), date(2027, 3, 17)),  # Miquelon
    Dates(date(2027, 3, 25), date(2027, 4, 7)),  # Europe, then Auckland
)
HARD_TEXTS = (
    'Comma, semicolon; colon: "quotes" and «\u00a0guillemets\u00a0»',
    "A backslash \\ and two \\\\, one before a comma \\, and a semicolon \\;",  # `ics` misreads one before an n
    "Évaluation à distance 🎓 👩🏽‍🏫",
    "é" * 200,
    "x, y; " * 40,
    "BEGIN:VEVENT",
)


def daily_sessions() -> tuple[PlacedSession, ...]:
    """A session on each day around the changes of the clocks."""
    found = [day for dates in AROUND_CHANGES for day in dates.days()]
    return tuple(session(f"{day}T09:00", f"{day}T10:30", f"daily {day}") for day in found)


def hard_calendar(zone: str) -> Calendar:
    """A year in a zone with every kind of entry, and with texts that are hard to write and to read."""
    titled = tuple(
        session(f"2027-01-{day}T14:00", f"2027-01-{day}T15:30", f"titled {day}", title=text)
        for day, text in enumerate(HARD_TEXTS, 11)
    )
    others = (
        session("2027-07-06T09:00", "2027-07-06T12:00", "cancelled", state="cancelled", sequence=2, kind="exam"),
        session("2027-07-07T09:00", "2027-07-07T12:00", "two", trainers=("ped", "sound"), place="room", sequence=1),
    )
    return calendar(
        language=ZONES[zone],
        title="Année\u00a0; « pilote », 1/2 🎓",
        time_zone=zone,
        sessions=(*daily_sessions(), *titled, *others),
        days=(days("2026-11-16", "2026-11-18"), days("2027-03-27", "2027-03-29", "d2", kind="internship", place=None)),
        work=(work("2026-11-09", 90), work("2026-11-16", 120, "w2", state="cancelled", sequence=1)),
        titles={
            "groups": {"m2": "M2, first; second", "diu": "DIU"},
            "trainers": {"ped": "Instructional designer", "sound": "Sound; and images"},
            "places": {"room": "Room 12, first floor \\ left"},
        },
    )


MADE = {zone: feeds_of(hard_calendar(zone))["programme.ics"] for zone in ZONES}
FEEDS = [*ZONES, *sorted(str(path.relative_to(OUT)) for path in OUT.rglob("*.ics"))]


def without_sequence(rows: list[Row]) -> list[Row]:
    return [{name: value for name, value in row.items() if name != "sequence"} for row in rows]


@pytest.mark.parametrize("parser", sorted(PARSERS.keys() - {"icalendar"}))
@pytest.mark.parametrize("feed", FEEDS)
def test_parsers_read_alike(feed: str, parser: str) -> None:
    data = MADE.get(feed) or (OUT / feed).read_bytes()
    expected = by_icalendar(data)
    assert PARSERS[parser](data) == (without_sequence(expected) if parser == "ics" else expected)


@pytest.mark.parametrize("parser", PARSERS)
def test_sessions_stand_at_their_instants_in_winter_and_summer(parser: str) -> None:
    found = PARSERS[parser](feeds_of(WINTER_AND_SUMMER)["programme.ics"])
    assert [(row["start"], row["end"]) for row in found] == [(told(start), told(end)) for start, end in INSTANTS]


@pytest.mark.parametrize("parser", PARSERS)
def test_hard_texts_are_read_as_they_were_written(parser: str) -> None:
    found = {row["uid"]: row["summary"] for row in PARSERS[parser](MADE["Europe/Dublin"])}
    titled = [found[f"titled {day}"] for day, _ in enumerate(HARD_TEXTS, 11)]
    assert titled == [f"Scenario · {text} (1)" for text in HARD_TEXTS]
