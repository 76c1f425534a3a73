"""Feeds: exact octets, read alike by three libraries, refused where the lint finds a fault."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import ics
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from calendars.calendar_file import (
    FORMAT,
    Calendar,
    CertificateRecord,
    Hold,
    PlacedDays,
    PlacedSession,
    PlannedWork,
    RoleRecord,
)
from calendars.clock import Dates
from calendars.faults import FaultyInput
from calendars.feed_lint import faults_of_feed
from calendars.feeds import COLOURS, Event, events, feed, feed_events, feeds_of
from calendars.naming import KINDS
from calendars.time_zones import vtimezone
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
        "dates": Dates(date(2026, 9, 1), date(2027, 7, 31)),
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
UID:66608ce929e9635058f0654f8be16ef1@semainier
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


def test_the_zone_is_defined_by_the_first_year_whatever_is_kept_from_before() -> None:
    """Clocks in Almaty went back for good in March 2024: no yearly rule holds from that year on, one does from 2025."""
    course = session("2025-02-04T14:00", "2025-02-04T15:30")
    older = session("2024-02-06T14:00", "2024-02-06T15:30", "s0", state="cancelled")
    zones = [
        programme_feed(
            calendar(sessions=sessions, time_zone="Asia/Almaty", dates=Dates(date(2025, 1, 6), date(2025, 6, 27)))
        ).count(vtimezone("Asia/Almaty", 2025))
        for sessions in ((course,), (older, course))
    ]
    assert zones == [1, 1]


def test_events_say_which_entries_they_stand_for() -> None:
    uids = ["66608ce929e9635058f0654f8be16ef1@semainier", "s1", "s2", "d1"]
    assert [(event.uid, event.entries) for event in events(SMALL)] == [
        (uids[0], ("w1", "w2")),
        *((uid, (uid,)) for uid in uids[1:]),
    ]


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


def hold(start: str, end: str, uid: str = "h1", **keys: Any) -> Hold:
    """A slot on hold for the session s1."""
    times = {"start": datetime.fromisoformat(start), "end": datetime.fromisoformat(end)}
    return Hold.model_validate({"uid": uid, "last_modified": LATER, "session": "s1", "offer": "poll"} | times | keys)


LATER = datetime(2026, 9, 20, tzinfo=UTC)
POLL = calendar(
    sessions=(
        session("2026-11-10T14:00", "2026-11-10T15:30", sequence=1, last_modified=LATER),
        session("2026-11-11T14:00", "2026-11-11T15:30", "s2", number=2),
    ),
    holds=(
        hold("2026-11-12T09:00", "2026-11-12T10:30", trainers=("law",), place="room", sequence=3),
        hold("2026-11-09T09:00", "2026-11-09T10:30", "h2", trainers=("ped",)),
    ),
)


def shown(feed_of: bytes) -> list[tuple[object, ...]]:
    """UID, status, sequence, summary and start of each event, as icalendar reads them."""
    return [
        (event.uid, str(event["STATUS"]), event.sequence, str(event["SUMMARY"]), event.DTSTART)
        for event in icalendar.Calendar.from_ical(feed_of).events
    ]


def test_a_session_with_slots_on_hold_and_the_slots_are_to_be_confirmed() -> None:
    paris = ZoneInfo("Europe/Paris")
    in_question = "[To be confirmed] Scenario · Storyboard (1)"
    assert shown(programme_feed(POLL)) == [
        ("h2", "TENTATIVE", 0, in_question, datetime(2026, 11, 9, 9, tzinfo=paris)),
        ("s1", "TENTATIVE", 1, in_question, datetime(2026, 11, 10, 14, tzinfo=paris)),
        ("s2", "CONFIRMED", 0, "Scenario · Storyboard (2)", datetime(2026, 11, 11, 14, tzinfo=paris)),
        ("h1", "TENTATIVE", 3, in_question, datetime(2026, 11, 12, 9, tzinfo=paris)),
    ]
    assert faults_of_feed(programme_feed(POLL)) == []


def test_a_slot_on_hold_to_the_octet() -> None:
    (event,) = [each for each in events(POLL) if each.uid == "h1"]
    assert event.text.decode().splitlines() == [
        "BEGIN:VEVENT",
        "UID:h1",
        "DTSTAMP:20260920T000000Z",
        "LAST-MODIFIED:20260920T000000Z",
        "SEQUENCE:3",
        "STATUS:TENTATIVE",
        "DTSTART;TZID=Europe/Paris:20261112T090000",
        "DTEND;TZID=Europe/Paris:20261112T103000",
        "SUMMARY:[To be confirmed] Scenario · Storyboard (1)",
        "LOCATION:Room 12\\, first floor",
        "DESCRIPTION:Audience: M2 and DIU\\nLed by: law",
        "CATEGORIES:Small\\; but complete,virtual-class",
        "COLOR:steelblue",
        "END:VEVENT",
    ]


def test_a_slot_on_hold_is_in_the_feeds_of_all_whom_it_would_concern() -> None:
    feeds = feed_events(POLL.model_copy(update={"titles": TITLES | {"trainers": {"ped": "Designer", "law": "Law"}}}))
    assert {path: [event.uid for event in found] for path, found in feeds.items()} == {
        "programme.ics": ["h2", "s1", "s2", "h1"],
        "groups/m2.ics": ["h2", "s1", "s2", "h1"],
        "groups/diu.ics": ["h2", "s1", "s2", "h1"],
        "trainers/ped.ics": ["h2", "s1", "s2"],
        "trainers/law.ics": ["h1"],
        "places/room.ics": ["h1"],
    }


def test_it_says_so_in_french() -> None:
    summaries = [summary for _, _, _, summary, _ in shown(programme_feed(POLL.model_copy(update={"language": "fr"})))]
    assert summaries == [
        "[À confirmer] Scenario · Storyboard (1)",
        "[À confirmer] Scenario · Storyboard (1)",
        "Scenario · Storyboard (2)",
        "[À confirmer] Scenario · Storyboard (1)",
    ]


def test_without_slots_on_hold_the_session_is_confirmed() -> None:
    found = shown(programme_feed(POLL.model_copy(update={"holds": ()})))
    assert [(uid, status) for uid, status, *_ in found] == [("s1", "CONFIRMED"), ("s2", "CONFIRMED")]


def test_a_cancelled_session_has_no_slots_on_hold() -> None:
    cancelled = POLL.sessions[0].model_copy(update={"state": "cancelled"})
    found = shown(programme_feed(POLL.model_copy(update={"sessions": (cancelled,)})))
    assert [(uid, status) for uid, status, *_ in found] == [("s1", "CANCELLED")]


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
    assert [event.entries for event in events(calendar(work=items))] == [("w1", "w2")]
    assert event["SUMMARY"] == "Self-paced work: 1 h 30"
    assert (event.last_modified, event["SEQUENCE"], event["STATUS"]) == (later, 3, "CONFIRMED")


def test_work_is_cancelled_when_all_of_it_is() -> None:
    items = (
        work("2026-11-09", 90, state="cancelled", sequence=1),
        work("2026-11-09", 60, "w2", state="cancelled", sequence=3),
    )
    [event] = read(programme_feed(calendar(work=items)))
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 4)
    assert event["SUMMARY"] == "CANCELLED: Self-paced work: 2 h 30"


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


TWO_TRAINERS = calendar(
    sessions=(session("2026-11-10T14:00", "2026-11-10T15:30", trainers=("ped", "web")),),
    titles=TITLES | {"trainers": {"ped": "Instructional designer", "web": "Web developer", "law": "Lawyer"}},
)


def test_a_session_of_two_trainers_is_in_the_feed_of_each() -> None:
    found = {path: [event.uid for event in chosen] for path, chosen in feed_events(TWO_TRAINERS).items()}
    assert {path: uids for path, uids in found.items() if path.startswith("trainers/")} == {
        "trainers/ped.ics": ["s1"],
        "trainers/web.ics": ["s1"],
        "trainers/law.ics": [],
    }


@pytest.mark.parametrize(
    ("language", "description"),
    [
        ("en", "Audience: M2 and DIU\nLed by: Instructional designer and Web developer"),
        ("fr", "Public\u00a0: M2 et DIU\nAnimation\u00a0: Instructional designer et Web developer"),
    ],
)
def test_a_session_of_two_trainers_names_both(language: str, description: str) -> None:
    [event] = read(programme_feed(TWO_TRAINERS.model_copy(update={"language": language})))
    assert event["DESCRIPTION"] == description


COHORT = calendar(
    title="Hybrid master",
    sessions=(
        session("2026-11-10T14:00", "2026-11-10T15:30", groups=("m2",)),
        session("2026-11-12T14:00", "2026-11-12T15:30", "s2", groups=("web",)),
        session("2026-11-13T14:00", "2026-11-13T15:30", "s3", groups=("sound",), place="room"),
        session("2026-11-13T16:00", "2026-11-13T17:30", "s4", groups=("m2", "web"), state="cancelled"),
    ),
    days=(days("2026-11-16", "2026-11-18"),),
    work=(work("2026-11-23", 90), work("2026-11-30", 60, "w2", groups=("sound",))),
    titles=TITLES | {"groups": {"m2": "M2", "web": "Web", "sound": "Sound", "guests": "Guests"}},
    people={
        "p01-ochre": ("m2", "web"),
        "p02-azure": ("m2", "sound"),
        "p03-umber": ("m2", "web", "sound"),
        "p04-mauve": ("guests",),
    },
)
"""A cohort with two electives, and guests for whom nothing is planned."""

PERSON_FEEDS = [f"people/{student}.ics" for student in COHORT.people]


def name_of(data: bytes) -> str:
    """What a calendar program calls a feed."""
    frame = icalendar.Calendar.from_ical(data)
    assert frame["NAME"] == frame["X-WR-CALNAME"]
    return str(frame["NAME"])


def test_each_listed_student_has_a_feed_and_nobody_else() -> None:
    assert [path for path in feeds_of(COHORT) if path.startswith("people/")] == PERSON_FEEDS
    assert [path for path in feeds_of(SMALL) if path.startswith("people/")] == []


def test_the_feed_of_a_student_is_the_union_of_their_groups() -> None:
    """Each feed is its frame and the very events of the groups' feeds, each once, in order of time."""
    chosen = feed_events(COHORT)
    for student, groups in COHORT.people.items():
        of_groups: set[Event] = set().union(*(chosen[f"groups/{group}.ics"] for group in groups))
        in_order = sorted(of_groups, key=lambda event: event.start)
        own = feeds_of(COHORT)[f"people/{student}.ics"]
        assert own == feed(COHORT, name_of(own), in_order)


def test_the_events_of_each_student() -> None:
    chosen = feed_events(COHORT)
    assert [[entry for event in chosen[path] for entry in event.entries] for path in PERSON_FEEDS] == [
        ["s1", "s2", "s4", "d1", "w1"],
        ["s1", "s3", "s4", "d1", "w1", "w2"],
        ["s1", "s2", "s3", "s4", "d1", "w1", "w2"],
        [],
    ]


def test_the_feed_of_a_student_is_named_after_their_groups() -> None:
    found = feeds_of(COHORT)
    assert [name_of(found[path]) for path in PERSON_FEEDS] == [
        "Hybrid master · M2 · Web",
        "Hybrid master · M2 · Sound",
        "Hybrid master · M2 · Web · Sound",
        "Hybrid master · Guests",
    ]


def test_a_pseudonym_stands_in_the_path_of_a_feed_alone() -> None:
    words = [word for student in COHORT.people for word in student.split("-")]
    whole = b"".join(feeds_of(COHORT).values()).replace(b"\r\n ", b"").decode()
    assert [word for word in words if word in whole] == []


def test_a_student_without_events_has_a_sound_feed() -> None:
    head = HEAD.replace("Small\\; but complete", "Hybrid master · Guests")
    assert feeds_of(COHORT)["people/p04-mauve.ics"] == octets(head + END)


def test_feeds_hold_the_events_that_are_told_of_them_in_the_same_octets() -> None:
    chosen, found = feed_events(COHORT), feeds_of(COHORT)
    assert {path: [str(event["UID"]) for event in read(data)] for path, data in found.items()} == {
        path: [event.uid for event in shown] for path, shown in chosen.items()
    }
    written = {event.uid: event.text for event in events(COHORT)}
    assert [
        (path, event.uid)
        for path, shown in chosen.items()
        for event in shown
        if event.text != written[event.uid] or found[path].count(event.text) != 1
    ] == []


def test_the_lint_finds_no_fault_in_the_whole_feed_of_any_reader() -> None:
    no_faults: dict[str, list[Message]] = {}
    found = {path: faults_of_feed(data) for path, data in feeds_of(COHORT).items()}
    assert {path: faults for path, faults in found.items() if faults} == no_faults


def test_a_reader_whose_title_would_spoil_the_feed_is_refused() -> None:
    """Nothing is planned in the annex, so that its title stands in the name of its own feed alone."""
    spoilt = calendar(titles=TITLES | {"places": {"annex": "Annex\x07"}})
    with pytest.raises(FaultyInput) as refused:
        feeds_of(spoilt)
    assert [fault.words("en") for fault in refused.value.faults] == [
        "line 4 has the control character U+0007; take it out",
        "line 5 has the control character U+0007; take it out",
    ]


JURIES = calendar(
    sessions=(
        session("2026-11-10T14:00", "2026-11-10T15:00", groups=("m2",)),
        session(
            "2026-11-12T14:00",
            "2026-11-12T15:00",
            "s2",
            part="thesis.defence.e01",
            kind="defence",
            title="Defence, e01",
            groups=("m2",),
            trainers=("web", "ped", "law"),
            student="e01",
        ),
        session(
            "2026-11-12T16:00",
            "2026-11-12T17:00",
            "s3",
            part="thesis.defence.e02",
            kind="defence",
            title="Defence, e02",
            groups=("m2",),
            trainers=("web", "law"),
            student="e02",
        ),
    ),
    titles=TITLES | {"trainers": {"ped": "Instructional designer", "web": "Web developer", "law": "Lawyer"}},
    people={"e01": ("m2",), "e02": ("m2",), "e03": ("m2",)},
    juries=dict.fromkeys(
        ("thesis.defence.e01", "thesis.defence.e02"),
        (
            RoleRecord(title="President", trainers=("ped", "law")),
            RoleRecord(title="Examiners", trainers=("ped", "web", "law"), number=2),
        ),
    ),
)
"""Two students who each defend before a jury, one of which is not whole, and a third one."""


def test_a_defence_is_in_the_feeds_of_its_student_its_jury_and_its_group() -> None:
    """The programme has all of it; of the students each has what all attend and their own."""
    found = {
        path: [entry for event in chosen for entry in event.entries] for path, chosen in feed_events(JURIES).items()
    }
    assert found == {
        "programme.ics": ["s1", "s2", "s3"],
        "groups/m2.ics": ["s1", "s2", "s3"],
        "groups/diu.ics": [],
        "trainers/ped.ics": ["s1", "s2"],
        "trainers/web.ics": ["s2", "s3"],
        "trainers/law.ics": ["s2", "s3"],
        "places/room.ics": [],
        "people/e01.ics": ["s1", "s2"],
        "people/e02.ics": ["s1", "s3"],
        "people/e03.ics": ["s1"],
    }


@pytest.mark.parametrize(
    ("language", "description"),
    [
        ("en", "Audience: M2\nPresident: Instructional designer\nExaminers: Web developer and Lawyer"),
        ("fr", "Public\u00a0: M2\nPresident\u00a0: Instructional designer\nExaminers\u00a0: Web developer et Lawyer"),
    ],
)
def test_a_jury_is_told_by_its_roles(language: str, description: str) -> None:
    _, whole, _ = read(programme_feed(JURIES.model_copy(update={"language": language})))
    assert whole["DESCRIPTION"] == description


def test_of_a_jury_that_is_not_whole_its_members_are_told() -> None:
    *_, part = read(programme_feed(JURIES))
    assert part["DESCRIPTION"] == "Audience: M2\nLed by: Web developer and Lawyer"


def test_a_slot_on_hold_of_a_defence_is_its_students_alone() -> None:
    hold = Hold(
        uid="h1",
        last_modified=CHANGED,
        session="s2",
        start=datetime(2026, 11, 13, 9),
        end=datetime(2026, 11, 13, 10),
        trainers=("ped", "web", "law"),
        offer="poll",
    )
    chosen = feed_events(JURIES.model_copy(update={"holds": (hold,)}))
    assert [path for path, shown in chosen.items() if "h1" in [event.uid for event in shown]] == [
        "programme.ics",
        "groups/m2.ics",
        "trainers/ped.ics",
        "trainers/web.ics",
        "trainers/law.ics",
        "people/e01.ics",
    ]
