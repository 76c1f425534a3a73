"""What a feed must not hold: one sound feed, and each fault that a change of its text brings, in its exact words."""

import pytest

from calendars.feed_lint import faults_of_feed

HEAD = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Semainier//Semainier//EN
"""
PARIS = """\
BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""
SESSION = """\
BEGIN:VEVENT
UID:s1
DTSTAMP:20260901T080000Z
STATUS:CANCELLED
DTSTART;TZID=Europe/Paris:20261110T140000
DTEND;TZID=Europe/Paris:20261110T153000
SUMMARY:Storyboard
COLOR:steelblue
END:VEVENT
"""
SEMINAR = """\
BEGIN:VEVENT
UID:d1
DTSTAMP:20260901T080000Z
DTSTART;VALUE=DATE:20261116
DTEND;VALUE=DATE:20261119
SUMMARY:First seminar
END:VEVENT
"""
END = "END:VCALENDAR\n"
SOUND = HEAD + PARIS + SESSION + SEMINAR + END
"""The summary of the seminar is line 33: 3 + 15 + 9 lines before its event, and the sixth of that."""


def octets(text: str) -> bytes:
    """A text as a feed has it."""
    return text.replace("\n", "\r\n").encode()


def faults_of(data: bytes) -> list[str]:
    """What is said of a feed."""
    return [str(fault) for fault in faults_of_feed(data)]


def faults_with(old: str, new: str) -> list[str]:
    """What is said of the sound feed with some text of it changed."""
    assert old in SOUND
    return faults_of(octets(SOUND.replace(old, new)))


def test_a_sound_feed_has_no_fault() -> None:
    assert faults_of(octets(SOUND)) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "STATUS:CANCELLED",
            "STATUS:ANNULÉ",
            "Storyboard: STATUS is ANNULÉ; use one of TENTATIVE, CONFIRMED and CANCELLED",
        ),
        ("COLOR:steelblue", "COLOR:#DC143C", "Storyboard: COLOR is #DC143C; use a CSS3 name"),
        ("First seminar", "First\aseminar", "line 33 has the control character U+0007; take it out"),
        ("First seminar", "First\x00seminar", "line 33 has the control character U+0000; take it out"),
        ("First seminar", "First\x7fseminar", "line 33 has the control character U+007F; take it out"),
        (
            "DTEND;VALUE=DATE:20261119",
            "DTEND;VALUE=DATE:20261116",
            "First seminar: DTEND 20261116 does not come after DTSTART 20261116, written alike",
        ),
        (
            "DTEND;TZID=Europe/Paris:20261110T153000",
            "DTEND;TZID=Europe/Paris:20261110T140000",
            "Storyboard: DTEND 20261110T140000 does not come after DTSTART 20261110T140000, written alike",
        ),
        ("UID:s1", "UID:d1", "several events have the UID d1; each needs its own"),
        ("UID:s1\n", "", "Storyboard: UID is missing"),
        ("VERSION:2.0\n", "VERSION:2.0\nUID:1\n", "the calendar itself has UID; only its events may"),
        ("VERSION:2.0\n", "VERSION:2.0\nMETHOD:PUBLISH\n", "the calendar itself has METHOD; only its events may"),
        (PARIS, "", "the time zone Europe/Paris is used but not defined; add its VTIMEZONE"),
        ("First seminar", "x" * 68, "line 33 has 76 octets; fold it at 75"),
        ("First seminar", "First\\\n  seminar", "line 33 is cut inside a character or an escape; fold it elsewhere"),
        (
            "DTEND;VALUE=DATE:20261119",
            "DTEND;VALUE=DATE:tomorrow",
            "First seminar: DTEND is tomorrow, no date and no time",
        ),
    ],
)
def test_what_a_feed_must_not_hold(old: str, new: str, fault: str) -> None:
    assert faults_with(old, new) == [fault]


@pytest.mark.parametrize(
    ("start", "end", "faults"),
    [
        (
            "DTSTART:20261110T140000",
            "DTEND:20261110T153000",
            [
                "Storyboard: DTSTART floats; name its time zone with TZID",
                "Storyboard: DTEND floats; name its time zone with TZID",
            ],
        ),
        (
            "DTSTART:20261110T140000+0100",
            "DTEND:20261110T153000+0100",
            [
                "Storyboard: DTSTART has a fixed offset; write local time with TZID",
                "Storyboard: DTEND has a fixed offset; write local time with TZID",
            ],
        ),
        (
            "DTSTART:20261110T130000Z",
            "DTEND:20261110T143000Z",
            [
                "Storyboard: DTSTART has a fixed offset; write local time with TZID",
                "Storyboard: DTEND has a fixed offset; write local time with TZID",
            ],
        ),
    ],
)
def test_times_that_lose_their_zone(start: str, end: str, faults: list[str]) -> None:
    # Without the session's TZID nothing uses the zone, so it is left out too.
    session = SESSION.replace("DTSTART;TZID=Europe/Paris:20261110T140000", start)
    session = session.replace("DTEND;TZID=Europe/Paris:20261110T153000", end)
    assert faults_with(PARIS + SESSION, session) == faults


def test_a_zone_that_no_event_uses() -> None:
    assert faults_with(SESSION, "") == ["the time zone Europe/Paris is defined but not used; take it out"]


def test_a_character_that_a_fold_cuts() -> None:
    cut = octets(SOUND.replace("First", "é")).replace("é".encode(), b"\xc3\r\n \xa9")
    assert faults_of(cut) == [
        "line 33 is cut inside a character or an escape; fold it elsewhere",
        "line 34 is cut inside a character or an escape; fold it elsewhere",
    ]


def test_the_last_line_ends_with_crlf() -> None:
    assert faults_of(octets(SOUND)[:-2]) == ["the feed does not end with CRLF"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("END:VEVENT\nBEGIN:VEVENT\nUID:d1", "BEGIN:VEVENT\nUID:d1"),
        ("COLOR:steelblue\n", "COLOR\n"),
        ("BEGIN:VCALENDAR\n", "\ufeffBEGIN:VCALENDAR\n"),
        ("END:VCALENDAR\n", ""),
        ("BEGIN:VCALENDAR\n", ""),
        ("END:VCALENDAR\n", "END:VCALENDAR\nBEGIN:VCALENDAR\nEND:VCALENDAR\n"),
    ],
)
def test_what_is_no_whole_calendar(old: str, new: str) -> None:
    assert faults_with(old, new) == [
        "the feed is no whole iCalendar object: NAME:value on each line, an END for each BEGIN"
    ]
