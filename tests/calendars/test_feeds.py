"""Feeds: exact octets, read alike by three libraries, refused where the lint finds a fault."""

from datetime import UTC, date, datetime
from typing import Any

import icalendar
import ics
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from calendars.calendar_file import FORMAT, Calendar, CertificateRecord, PlacedDays, PlacedSession, PlannedWork
from calendars.faults import FaultyInput
from calendars.feed_lint import faults_of_feed
from calendars.feeds import COLOURS, events, feed, feeds_of
from calendars.naming import KINDS
from calendars.wording import Message

CHANGED = datetime(2026, 9, 1, 8, tzinfo=UTC)
TITLES = {
    "groups": {"m2": "M2", "diu": "DIU"},
    "trainers": {"ped": "Instructional designer"},
    "places": {"room": "Room 12, first floor"},
}


def calendar(**parts: Any) -> Calendar:
    """A calendar of the programme "Small" with these entries."""
    plain: dict[str, Any] = {
        "format": FORMAT,
        "programme": "small",
        "title": "Small; but complete",
        "language": "en",
        "time_zone": "Europe/Paris",
        "as_of": date(2026, 9, 1),
        "seed": 0,
        "sessions": (),
        "days": (),
        "work": (),
        "titles": TITLES,
        "days_off": (),
        "certificate": CertificateRecord(levels=(), reproducible=True),
    }
    return Calendar.model_validate(plain | parts)


def programme_feed(of: Calendar) -> bytes:
    """The feed of the whole programme."""
    return feeds_of(of)["programme.ics"]


def session(start: str, end: str, uid: str = "s1", **keys: Any) -> PlacedSession:
    """A virtual class between two wall times."""
    plain: dict[str, Any] = {
        "uid": uid,
        "last_modified": CHANGED,
        "part": "scenario.virtual-class",
        "number": 1,
        "start": datetime.fromisoformat(start),
        "end": datetime.fromisoformat(end),
        "kind": "virtual-class",
        "title": "Storyboard",
        "module": "scenario",
        "module_title": "Scenario",
        "groups": ("m2", "diu"),
        "trainers": ("ped",),
    }
    return PlacedSession.model_validate(plain | keys)


def days(first: str, last: str, uid: str = "d1", **keys: Any) -> PlacedDays:
    """A seminar of whole days."""
    plain: dict[str, Any] = {
        "uid": uid,
        "last_modified": CHANGED,
        "source": "seminar-1",
        "first": date.fromisoformat(first),
        "last": date.fromisoformat(last),
        "kind": "seminar",
        "title": "First seminar",
        "groups": ("m2",),
        "place": "room",
    }
    return PlacedDays.model_validate(plain | keys)


def work(monday: str, minutes: int, uid: str = "w1", **keys: Any) -> PlannedWork:
    """Self-paced work in a week."""
    plain: dict[str, Any] = {
        "uid": uid,
        "last_modified": CHANGED,
        "part": "scenario.distance-work",
        "monday": date.fromisoformat(monday),
        "minutes": minutes,
        "title": "",
        "module": "scenario",
        "module_title": "Scenario",
        "groups": ("m2",),
    }
    return PlannedWork.model_validate(plain | keys)


WINTER_AND_SUMMER = calendar(
    sessions=(
        session("2026-11-10T14:00", "2026-11-10T15:30"),
        session("2027-03-26T14:00", "2027-03-26T15:30", "s2", number=2),
        session("2027-03-29T14:00", "2027-03-29T15:30", "s3", number=3),
        session("2027-07-06T09:00", "2027-07-06T12:00", "s4", kind="defence", title="Defence", place="room"),
    )
)
INSTANTS = [  # 14:00 in Paris is 13:00 UTC until Sunday 28 March 2027, and 12:00 UTC from then on
    (datetime(2026, 11, 10, 13, 0, tzinfo=UTC), datetime(2026, 11, 10, 14, 30, tzinfo=UTC)),
    (datetime(2027, 3, 26, 13, 0, tzinfo=UTC), datetime(2027, 3, 26, 14, 30, tzinfo=UTC)),
    (datetime(2027, 3, 29, 12, 0, tzinfo=UTC), datetime(2027, 3, 29, 13, 30, tzinfo=UTC)),
    (datetime(2027, 7, 6, 7, 0, tzinfo=UTC), datetime(2027, 7, 6, 10, 0, tzinfo=UTC)),
]

SMALL = calendar(
    sessions=(
        session("2026-11-10T14:00", "2026-11-10T15:30"),
        session("2026-11-12T09:00", "2026-11-12T12:00", "s2", state="cancelled", sequence=1, kind="exam", title="Exam"),
    ),
    days=(days("2026-11-16", "2026-11-18"),),
    work=(
        work("2026-11-09", 90),
        work("2026-11-09", 120, "w2", module="web", module_title="Web", title="Reading", sequence=2),
    ),
)
HEAD = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Semainier//Semainier//EN
NAME:Small\\; but complete
X-WR-CALNAME:Small\\; but complete
X-WR-TIMEZONE:Europe/Paris
REFRESH-INTERVAL;VALUE=DURATION:PT6H
X-PUBLISHED-TTL:PT6H
"""
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
EVENTS = """\
BEGIN:VEVENT
UID:66608ce929e9635058f0654f8be16ef1
DTSTAMP:20260901T080000Z
LAST-MODIFIED:20260901T080000Z
SEQUENCE:2
STATUS:CONFIRMED
DTSTART;VALUE=DATE:20261109
DTEND;VALUE=DATE:20261114
TRANSP:TRANSPARENT
SUMMARY:Self-paced work: 3 h 30
DESCRIPTION:Scenario: 1 h 30\\nWeb · Reading: 2 h\\nAudience: M2
CATEGORIES:Small\\; but complete,distance-work
COLOR:slategray
END:VEVENT
BEGIN:VEVENT
UID:s1
DTSTAMP:20260901T080000Z
LAST-MODIFIED:20260901T080000Z
SEQUENCE:0
STATUS:CONFIRMED
DTSTART;TZID=Europe/Paris:20261110T140000
DTEND;TZID=Europe/Paris:20261110T153000
SUMMARY:Scenario · Storyboard (1)
DESCRIPTION:Audience: M2 and DIU\\nLed by: Instructional designer
CATEGORIES:Small\\; but complete,virtual-class
COLOR:steelblue
END:VEVENT
BEGIN:VEVENT
UID:s2
DTSTAMP:20260901T080000Z
LAST-MODIFIED:20260901T080000Z
SEQUENCE:1
STATUS:CANCELLED
DTSTART;TZID=Europe/Paris:20261112T090000
DTEND;TZID=Europe/Paris:20261112T120000
SUMMARY:CANCELLED: Scenario · Exam
DESCRIPTION:Audience: M2 and DIU\\nLed by: Instructional designer
CATEGORIES:Small\\; but complete,exam
COLOR:crimson
END:VEVENT
BEGIN:VEVENT
UID:d1
DTSTAMP:20260901T080000Z
LAST-MODIFIED:20260901T080000Z
SEQUENCE:0
STATUS:CONFIRMED
DTSTART;VALUE=DATE:20261116
DTEND;VALUE=DATE:20261119
TRANSP:TRANSPARENT
SUMMARY:First seminar
LOCATION:Room 12\\, first floor
DESCRIPTION:Audience: M2
CATEGORIES:Small\\; but complete,seminar
COLOR:mediumpurple
END:VEVENT
"""
END = "END:VCALENDAR\n"


def octets(text: str) -> bytes:
    """A text as a feed has it."""
    return text.replace("\n", "\r\n").encode()


def read(data: bytes) -> list[icalendar.Event]:
    """The events of a feed as `icalendar` reads them, none of its lines being strange to it."""
    found = [event for event in icalendar.Calendar.from_ical(data).walk("VEVENT") if isinstance(event, icalendar.Event)]
    assert [event.errors for event in found if event.errors] == []
    return found


def test_the_feed_of_a_small_programme_to_the_octet() -> None:
    assert programme_feed(SMALL) == octets(HEAD + PARIS + EVENTS + END)


def test_the_same_calendar_gives_the_same_octets() -> None:
    saved = SMALL.model_dump_json()
    assert programme_feed(Calendar.model_validate_json(saved)) == programme_feed(SMALL)


def test_the_feed_of_an_empty_calendar_is_a_frame_without_a_zone() -> None:
    assert programme_feed(calendar()) == octets(HEAD + END)
    assert read(programme_feed(calendar())) == []


def test_whole_days_need_no_zone() -> None:
    assert b"VTIMEZONE" not in programme_feed(calendar(days=(days("2026-11-16", "2026-11-18"),)))


def test_a_feed_is_joined_from_the_events_that_concern_its_reader() -> None:
    seminar = [event for event in events(SMALL) if event.place == "room"]
    assert [event.uid for event in seminar] == ["d1"]
    named = HEAD.replace("Small\\; but complete", "Room 12\\, first floor")
    assert feed(SMALL, "Room 12, first floor", seminar) == octets(named) + seminar[0].text + octets(END)


def test_events_say_whom_they_concern() -> None:
    assert [(event.timed, event.groups, event.trainers, event.place) for event in events(SMALL)] == [
        (False, ("m2",), (), None),
        (True, ("m2", "diu"), ("ped",), None),
        (True, ("m2", "diu"), ("ped",), None),
        (False, ("m2",), (), "room"),
    ]


def test_icalendar_reads_the_instants() -> None:
    found = read(programme_feed(WINTER_AND_SUMMER))
    assert [(event.start, event.end) for event in found] == INSTANTS


def test_vobject_reads_the_instants() -> None:
    found = vobject.readOne(programme_feed(WINTER_AND_SUMMER).decode()).vevent_list
    assert [(event.dtstart.value, event.dtend.value) for event in found] == INSTANTS


def test_ics_reads_the_instants() -> None:
    found = ics.Calendar(programme_feed(WINTER_AND_SUMMER).decode()).events
    assert sorted((event.begin.datetime, event.end.datetime) for event in found) == INSTANTS


def test_three_libraries_read_whole_days() -> None:
    data = programme_feed(calendar(days=(days("2026-11-16", "2026-11-18"),)))
    [by_icalendar], by_vobject = read(data), vobject.readOne(data.decode()).vevent
    [by_ics] = ics.Calendar(data.decode()).events
    first, after_last = date(2026, 11, 16), date(2026, 11, 19)
    assert (by_icalendar.start, by_icalendar.end) == (first, after_last)
    assert (by_vobject.dtstart.value, by_vobject.dtend.value) == (first, after_last)
    assert (by_ics.all_day, by_ics.begin.date(), by_ics.end.date()) == (True, first, after_last)


def test_categories_are_separate_values() -> None:
    [event] = read(programme_feed(calendar(sessions=SMALL.sessions[:1])))
    assert event.categories == ["Small; but complete", "virtual-class"]


def test_every_kind_has_a_colour() -> None:
    assert set(COLOURS) == set(KINDS)


def test_the_kind_stands_for_a_title_that_is_missing() -> None:
    [event] = read(programme_feed(calendar(sessions=(session("2026-11-10T14:00", "2026-11-10T15:30", title=""),))))
    assert event["SUMMARY"] == "Scenario · virtual class (1)"


def test_a_part_called_like_its_module_is_named_once() -> None:
    alike = session("2026-11-10T14:00", "2026-11-10T15:30", title="Scenario", number=3)
    [event] = read(programme_feed(calendar(sessions=(alike,))))
    assert event["SUMMARY"] == "Scenario (3)"


def test_a_key_without_a_title_is_shown_as_it_is() -> None:
    [event] = read(programme_feed(calendar(sessions=SMALL.sessions[:1], titles={})))
    assert event["DESCRIPTION"] == "Audience: m2 and diu\nLed by: ped"


def test_a_cancelled_event_stays_and_says_so() -> None:
    cancelled = session("2026-11-10T14:00", "2026-11-10T15:30", state="cancelled", sequence=4)
    [event] = read(programme_feed(calendar(sessions=(cancelled,))))
    assert (event["STATUS"], event["SEQUENCE"], event["UID"]) == ("CANCELLED", 4, "s1")
    assert event["SUMMARY"] == "CANCELLED: Scenario · Storyboard (1)"


def test_the_work_of_a_week_keeps_its_uid_whatever_it_holds() -> None:
    one = events(calendar(work=(work("2026-11-09", 90),)))
    other = events(calendar(work=(work("2026-11-09", 60, "w7"), work("2026-11-09", 30, "w8", module_title="Web"))))
    assert [event.uid for event in one] == [event.uid for event in other]


def test_each_week_and_audience_has_work_of_its_own() -> None:
    found = events(
        calendar(
            work=(
                work("2026-11-09", 90),
                work("2026-11-16", 90, "w2"),
                work("2026-11-16", 90, "w3", groups=("diu",)),
            )
        )
    )
    assert [(event.start.day, event.groups) for event in found if event.groups == ("m2",)] == [
        (9, ("m2",)),
        (16, ("m2",)),
    ]
    assert len({event.uid for event in found}) == 3


def test_work_has_the_last_change_of_all_and_leaves_out_what_is_cancelled() -> None:
    later = datetime(2026, 10, 1, 8, tzinfo=UTC)
    items = (
        work("2026-11-09", 90, sequence=1),
        work("2026-11-09", 60, "w2", sequence=2, state="cancelled", last_modified=later),
    )
    [event] = read(programme_feed(calendar(work=items)))
    assert event["SUMMARY"] == "Self-paced work: 1 h 30"
    assert (event.last_modified, event["SEQUENCE"], event["STATUS"]) == (later, 3, "CONFIRMED")


def test_work_is_cancelled_when_all_of_it_is() -> None:
    [event] = read(programme_feed(calendar(work=(work("2026-11-09", 90, state="cancelled"),))))
    assert (event["STATUS"], event["SUMMARY"]) == ("CANCELLED", "CANCELLED: Self-paced work: 1 h 30")


def test_time_stamps_are_utc_whatever_zone_they_were_stored_in() -> None:
    stored = ["2026-09-01T08:00:00Z", "2026-09-01T10:00:00+02:00"]
    texts = [programme_feed(calendar(days=(days("2026-11-16", "2026-11-18", last_modified=at),))) for at in stored]
    assert texts == [texts[0]] * 2
    assert b"LAST-MODIFIED:20260901T080000Z\r\n" in texts[0]


def test_french_words() -> None:
    cancelled = session("2026-11-10T14:00", "2026-11-10T15:30", state="cancelled", title="")
    found = read(programme_feed(calendar(language="fr", sessions=(cancelled,), work=(work("2026-11-09", 90),))))
    assert [(event["SUMMARY"], event["DESCRIPTION"]) for event in found] == [
        ("Travail en autonomie\u00a0: 1 h 30", "Scenario\u00a0: 1 h 30\nPublic\u00a0: M2"),
        (
            "ANNULÉ\u00a0: Scenario · classe virtuelle (1)",
            "Public\u00a0: M2 et DIU\nAnimation\u00a0: Instructional designer",
        ),
    ]


def rows_of(title: str) -> list[bytes]:
    """The rows that the summary of a seminar takes."""
    data = programme_feed(calendar(days=(days("2026-11-16", "2026-11-18", title=title),)))
    rows = data.split(b"\r\n")
    first = next(n for n, row in enumerate(rows) if row.startswith(b"SUMMARY"))
    last = next(n for n in range(first + 1, len(rows)) if not rows[n].startswith(b" "))
    return rows[first:last]


def test_seventy_five_octets_fit_and_one_more_does_not() -> None:
    room = 75 - len("SUMMARY:")
    assert rows_of("x" * room) == [b"SUMMARY:" + b"x" * room]
    assert rows_of("x" * (room + 1)) == [b"SUMMARY:" + b"x" * room, b" x"]


def test_a_fold_cuts_no_character() -> None:
    # 8 + 33 × 2 = 74 octets: another é would make 76; the next row has its space and 37 × 2
    assert rows_of("é" * 71) == ["SUMMARY:{}".format("é" * 33).encode(), " {}".format("é" * 37).encode(), " é".encode()]


@pytest.mark.parametrize("character", [",", ";", "\\", "\n"])
def test_a_fold_cuts_no_escape(character: str) -> None:
    letter = "n" if character == "\n" else character
    assert rows_of("x" * 66 + character) == [b"SUMMARY:" + b"x" * 66, f" \\{letter}".encode()]


@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n\t,;\\"))
    | st.text("aé€🎓\n,;\\", min_size=60, max_size=250)
)
def test_any_title_is_read_as_it_was_written(title: str) -> None:
    data = programme_feed(calendar(days=(days("2026-11-16", "2026-11-18", title=title),)))
    assert [event["SUMMARY"] for event in read(data)] == [title]


def test_a_calendar_whose_feed_would_be_faulty_is_refused() -> None:
    twins = (days("2026-11-16", "2026-11-18"), days("2026-11-23", "2026-11-25"))
    with pytest.raises(FaultyInput) as refused:
        programme_feed(calendar(days=twins))
    assert [fault.words("en") for fault in refused.value.faults] == [
        "several events have the UID d1; each needs its own"
    ]


def test_the_lint_finds_no_fault_in_a_sound_feed() -> None:
    no_faults: list[Message] = []
    assert faults_of_feed(programme_feed(SMALL)) == no_faults
    assert faults_of_feed(programme_feed(WINTER_AND_SUMMER)) == no_faults


def test_groups_trainers_and_places_have_feeds_of_their_own() -> None:
    at_m2 = session("2026-11-10T14:00", "2026-11-10T15:00", uid="s1", groups=("m2",), trainers=("ped",), place="room")
    at_diu = session("2026-11-12T14:00", "2026-11-12T15:00", uid="s2", groups=("diu",), trainers=())
    both = session("2026-11-13T14:00", "2026-11-13T15:00", uid="s3", trainers=())
    found = feeds_of(calendar(sessions=(at_m2, at_diu, both)))
    told = {name: [str(event["UID"]) for event in read(data)] for name, data in found.items()}
    assert told == {
        "programme.ics": ["s1", "s2", "s3"],
        **{f"groups/{key}.ics": {"m2": ["s1", "s3"], "diu": ["s2", "s3"]}.get(key, []) for key in TITLES["groups"]},
        **{f"trainers/{key}.ics": {"ped": ["s1"]}.get(key, []) for key in TITLES["trainers"]},
        **{f"places/{key}.ics": {"room": ["s1"]}.get(key, []) for key in TITLES["places"]},
    }


def test_an_event_has_the_same_octets_in_every_feed() -> None:
    one = calendar(sessions=(session("2026-11-10T14:00", "2026-11-10T15:00"),))
    (event,) = events(one)
    assert [event.text in data for data in (feeds_of(one)["programme.ics"], feeds_of(one)["groups/m2.ics"])] == [
        True
    ] * 2
