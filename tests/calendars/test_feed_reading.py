"""An edited feed is read as calendar programs write it, and its edits are taken over by UID."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from calendars.calendar_file import Calendar, CertificateRecord, Stamped
from calendars.clock import Dates
from calendars.faults import FaultyInput
from calendars.feed_reading import Edited, FeedEvent, Hours, edited, find_calendar, read_feed, told
from calendars.feeds import events, feeds_of
from calendars.holding import SlotToHold, held_slots
from calendars.saving import calendar_of, identity
from calendars.timetable import Placement, Timetable
from calendars.wording import Message, render
from small import at, classes, module, on, small, staffed, timetable, week_of, work

PARIS = ZoneInfo("Europe/Paris")
SPRING = [date(2027, 3, 15), date(2027, 4, 9)]  # the clock goes forward on Sunday 28 March

DATED = {"group": "m2", "dates": SPRING}
PROGRAMME = small(
    dates=SPRING,
    trainers={"ped": {"title": "Trainer, pedagogy"}, "law": {"title": "Trainer, law"}},
    places={"room": {"title": "Room 12, first floor"}, "hall": {"title": "Hall é"}, "cellar": {"title": "Cellar"}},
    groups={"m2": {"title": "M2", "students": ["eve", "joe"]}, "diu": {"title": "DIU", "students": ["eve"]}},
    modules={
        "m": module(classes(2, 90), work(6), group="m2", title="Design", trainer="ped", place="room"),
        "n": module(classes(1, kind="exam", title="Final exam"), work(2), group="diu", title="Law", trainer="law"),
        "o": module(classes(1, place=["room", "hall"]), group="m2", title="Talks", trainer=["ped", "law"]),
    },
    blocks={"b": DATED | {"title": "Opening", "kind": "seminar", "days": 5, "place": "hall"}},
    internships={"host": {"title": "Internship", "hours": 21, "group": "diu", "dates": SPRING}},
    milestones={"due": DATED | {"title": "Thesis due"}},
)
TIMETABLE = staffed(
    PROGRAMME,
    at("2027-03-16 14:00", 90),
    at("2027-03-30 09:00", 90),
    at("2027-04-06 09:00", 60, "n.exam"),
    at("2027-04-07 10:00", 60, "o.virtual-class", ("law",), "hall"),
    on("2027-03-22", "2027-03-26", "b"),
    on("2027-04-09", activity="due"),
    *(on(day, activity="host") for day in ("2027-03-18", "2027-03-19", "2027-03-22")),
    week_of("2027-03-15", 240),
    week_of("2027-03-29", 120),
    week_of("2027-03-29", 120, "n.distance-work"),
)


def saved(placed: Timetable = TIMETABLE) -> Calendar:
    """The calendar of the programme with this timetable."""
    return calendar_of(PROGRAMME, placed, CertificateRecord(levels=(), reproducible=True), date(2027, 1, 4), seed=0)


CALENDAR = saved()
FEEDS = feeds_of(CALENDAR)
FEED = FEEDS["programme.ics"].decode()


def uid_of(entry: Stamped) -> str:
    """The UID of the event that shows an entry."""
    [uid] = [event.uid for event in events(CALENDAR) if entry.uid in event.entries]
    return uid


CLASS, CLASS_2, EXAM, TALK = map(uid_of, CALENDAR.sessions)
SEMINAR, DUE, HOST, HOST_2 = map(uid_of, CALENDAR.days)
WEEK, WEEK_2, LAW_WEEK = map(uid_of, CALENDAR.work)

Reading = Callable[[str | bytes], tuple[FeedEvent, ...]]


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """Reads a text as the feed `edited.ics`."""
    path = tmp_path_factory.mktemp("feeds") / "edited.ics"

    def read(text: str | bytes) -> tuple[FeedEvent, ...]:
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return read_feed(path)

    return read


def block(uid: str, text: str = FEED) -> str:
    """The VEVENT of a UID in a feed."""
    [found] = [each for each in re.findall(r"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", text, re.DOTALL) if uid in each]
    return str(found)


def change(uid: str, old: str, new: str, text: str = FEED) -> str:
    """A feed with one thing changed in an event."""
    before = block(uid, text)
    assert before.count(old) == 1
    return text.replace(before, before.replace(old, new))


def without(*uids: str, text: str = FEED) -> str:
    """A feed without some events."""
    for uid in uids:
        text = text.replace(block(uid, text), "")
    return text


def times(uid: str, *lines: str, text: str = FEED) -> str:
    """A feed with other lines for the start and end of an event."""
    before = block(uid, text)
    after = re.sub(r"DTSTART.*\r\nDTEND.*\r\n", "".join(f"{line}\r\n" for line in lines), before)
    return text.replace(before, after)


def event(*lines: str) -> str:
    """A VEVENT of these lines."""
    return "".join(f"{line}\r\n" for line in ("BEGIN:VEVENT", *lines, "END:VEVENT"))


def feed_with(*vevents: str, zones: str = "") -> str:
    """A feed of these events and VTIMEZONEs alone."""
    return "".join(("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", zones, *vevents, "END:VCALENDAR\r\n"))


def with_entry(kind: str, number: int, **update: Any) -> Calendar:
    """The calendar with other values in one entry."""
    entries = list(getattr(CALENDAR, kind))
    entries[number] = entries[number].model_copy(update=update)
    return CALENDAR.model_copy(update={kind: tuple(entries)})


def less(*uids: str) -> Calendar:
    """The calendar without some sessions and days."""
    return CALENDAR.model_copy(
        update={
            "sessions": tuple(each for each in CALENDAR.sessions if each.uid not in uids),
            "days": tuple(each for each in CALENDAR.days if each.uid not in uids),
        }
    )


def words(notes: Iterable[Message]) -> list[str]:
    """Notes as an English reader has them."""
    return [render(note, "en") for note in notes]


def faults(call: Callable[[], object]) -> list[str]:
    """The faults for which a call is refused, without their file."""
    with pytest.raises(FaultyInput) as refused:
        call()
    return [render(fault.message, "en") for fault in refused.value.faults]


ZONELESS = re.sub("BEGIN:VTIMEZONE.*END:VTIMEZONE\r\n", "", FEED, flags=re.DOTALL)
BROKEN = "is not whole: it breaks off or is damaged; write it again with the calendar program"


class TestReading:
    def test_what_events_tell(self, reading: Reading) -> None:
        first_five = [
            FeedEvent(WEEK, "Self-paced work: 4 h", Dates(date(2027, 3, 15), date(2027, 3, 19))),
            FeedEvent(
                CLASS,
                "Design · virtual class (1)",
                Hours(datetime(2027, 3, 16, 14, tzinfo=PARIS), datetime(2027, 3, 16, 15, 30, tzinfo=PARIS)),
                location="Room 12, first floor",
            ),
            FeedEvent(HOST, "Internship", Dates(date(2027, 3, 18), date(2027, 3, 19))),
            FeedEvent(SEMINAR, "Opening", Dates(date(2027, 3, 22), date(2027, 3, 26)), location="Hall é"),
            FeedEvent(HOST_2, "Internship", Dates(date(2027, 3, 22), date(2027, 3, 22)), cancelled=True),
        ]
        assert list(reading(change(HOST_2, "CONFIRMED", "CANCELLED"))[:5]) == first_five

    @pytest.mark.parametrize(
        "rewritten",
        [
            pytest.param(FEED.replace("\r\n", "\n"), id="LF"),
            pytest.param("\ufeff" + FEED, id="byte order mark"),
            pytest.param(FEED.encode().replace("é".encode(), b"\xc3\r\n \xa9"), id="folded inside a character"),
            pytest.param(FEED.replace("VERSION", "METHOD:PUBLISH\r\nX-MOZ:1\r\nVERSION"), id="METHOD and X-"),
            pytest.param(
                change(
                    CLASS, "END:VEVENT", "BEGIN:VALARM\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\nX-MOZ-LASTACK:1\r\nEND:VEVENT"
                ),
                id="VALARM",
            ),
            pytest.param(FEED.replace("TZOFFSETTO:+0200", "TZOFFSETTO:+0900"), id="a VTIMEZONE that is wrong"),
            pytest.param(ZONELESS, id="no VTIMEZONE"),
            pytest.param(
                ZONELESS.replace("TZID=", "TZID=/mozilla.org/"), id="a globally unique TZID without VTIMEZONE"
            ),
            pytest.param(FEED.replace("Europe/Paris", "/mozilla.org/Europe/Paris"), id="a globally unique TZID"),
            pytest.param(FEED.replace("TZID=Europe/Paris", "TZID=Romance Standard Time"), id="a zone of Windows"),
            pytest.param(
                FEED.replace("TZID=Europe/Paris", "TZID=Ours").replace("TZID:Europe/Paris", "TZID:Ours"),
                id="a zone of its own",
            ),
            pytest.param(FEED.replace("VALUE=DATE", "VALUE=DATE;TZID=Europe/Paris"), id="dates with a zone"),
            pytest.param(icalendar.Calendar.from_ical(FEED).to_ical(), id="icalendar"),
            pytest.param(vobject.readOne(FEED).serialize(), id="vobject"),
        ],
    )
    def test_what_calendar_programs_rewrite_reads_the_same(self, rewritten: str | bytes, reading: Reading) -> None:
        assert reading(rewritten) == reading(FEED)

    def test_a_zone_of_its_own_is_forgotten_with_its_feed(self, reading: Reading) -> None:
        zone = FEED[FEED.index("BEGIN:VTIMEZONE") : FEED.index("BEGIN:VEVENT")].replace("Europe/Paris", "Ours")
        timed = event("UID:a", "DTSTART;TZID=Ours:20270330T090000")
        nine = Hours(*[datetime(2027, 3, 30, 7, tzinfo=UTC)] * 2)
        assert reading(feed_with(timed, zones=zone)) == (FeedEvent("a", "a", nine),)
        east = zone.replace("+0100", "+0800").replace("+0200", "+0900")
        far = Hours(*[datetime(2027, 3, 30, 0, tzinfo=UTC)] * 2)
        assert reading(feed_with(timed, zones=east)) == (FeedEvent("a", "a", far),)
        assert faults(lambda: reading(feed_with(timed))) == [
            "“a” is in the time zone Ours, which the feed does not define; choose one such as Europe/Paris"
        ]

    @pytest.mark.parametrize(
        ("lines", "when"),
        [
            (["DTSTART:20270330T090000Z"], Hours(*[datetime(2027, 3, 30, 9, tzinfo=UTC)] * 2)),
            (
                ["DTSTART:20270330T090000Z", "DURATION:PT1H30M"],
                Hours(datetime(2027, 3, 30, 9, tzinfo=UTC), datetime(2027, 3, 30, 10, 30, tzinfo=UTC)),
            ),
            (  # 01:00 and three hours is 05:00 where the clock goes from 02:00 to 03:00
                ["DTSTART;TZID=Europe/Paris:20270328T010000", "DURATION:PT3H"],
                Hours(datetime(2027, 3, 28, 1, tzinfo=PARIS), datetime(2027, 3, 28, 5, tzinfo=PARIS)),
            ),
            (
                ["DTSTART;TZID=Europe/Paris:20270327T120000", "DURATION:P1D"],
                Hours(datetime(2027, 3, 27, 12, tzinfo=PARIS), datetime(2027, 3, 28, 12, tzinfo=PARIS)),
            ),
            (["DTSTART;VALUE=DATE:20270330"], Dates(date(2027, 3, 30), date(2027, 3, 30))),
            (["DTSTART;VALUE=DATE:20270330", "DURATION:P3D"], Dates(date(2027, 3, 30), date(2027, 4, 1))),
            (["DTSTART;VALUE=DATE:20270330", "DTEND;VALUE=DATE:20270402"], Dates(date(2027, 3, 30), date(2027, 4, 1))),
            (["DTSTART;VALUE=DATE:20270330", "DTEND;VALUE=DATE:20270330"], Dates(date(2027, 3, 30), date(2027, 3, 30))),
        ],
    )
    def test_where_events_end(self, lines: list[str], when: Hours | Dates, reading: Reading) -> None:
        assert reading(feed_with(event("UID:a", *lines))) == (FeedEvent("a", "a", when),)

    def test_two_calendars_in_a_file_are_one_feed(self, reading: Reading) -> None:
        one, other = (feed_with(event(f"UID:{uid}", "DTSTART;VALUE=DATE:20270330")) for uid in "ab")
        assert [each.uid for each in reading(one + other)] == ["a", "b"]

    def test_a_feed_may_be_empty(self, reading: Reading) -> None:
        assert reading(feed_with()) == ()


DAY = "DTSTART;VALUE=DATE:20270330"


class TestFaultsOfFeeds:
    @pytest.mark.parametrize("text", ["", "\r\n", "UID:a", "BEGIN:VCARD\r\nEND:VCARD\r\n", "{}", "/etc/hostname"])
    def test_no_icalendar_file(self, text: str, reading: Reading) -> None:
        assert faults(lambda: reading(text)) == [
            "is no iCalendar file; give a feed such as programme.ics, or what a calendar program wrote as .ics"
        ]

    @pytest.mark.parametrize("end", [len("BEGIN:VCALENDAR"), 100, FEED.index("LAST-MODIFIED") + 3, -20, -4])
    def test_a_feed_that_breaks_off(self, end: int, reading: Reading) -> None:
        assert faults(lambda: reading(FEED[:end])) == [BROKEN]

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("VERSION:2.0", "VERSION 2.0"),
            ("END:VEVENT", "END"),
            ("TZOFFSETFROM:+0100", "TZOFFSETFROM:one"),
            ("TZID:Europe/Paris", "TZID:Ours\r\nTZID:Yours"),
            ("END:VTIMEZONE", "END:DAYLIGHT\r\nEND:VTIMEZONE"),
        ],
    )
    def test_a_feed_that_is_damaged(self, old: str, new: str, reading: Reading) -> None:
        assert faults(lambda: reading(FEED.replace(old, new, 1))) == [BROKEN]

    def test_a_second_calendar_that_breaks_off(self, reading: Reading) -> None:
        assert faults(lambda: reading(FEED + FEED[:-20])) == [BROKEN]

    def test_another_encoding(self, reading: Reading) -> None:
        assert faults(lambda: reading(FEED.encode("latin-1", "replace"))) == [
            "the file is not in UTF-8; save it in that encoding"
        ]

    @pytest.mark.parametrize(
        ("lines", "fault"),
        [
            ([DAY, "SUMMARY:Talk"], "“Talk” has no UID; take it out, and add it anew in the calendar program"),
            ([DAY, "UID:"], "“VEVENT” has no UID; take it out, and add it anew in the calendar program"),
            (["UID:a"], "“a” has no start (DTSTART); give it one in the calendar program"),
            (
                ["UID:a", "DTSTART:20270330T090000"],
                "“a” has a time without a time zone; choose one in the calendar program, such as Europe/Paris",
            ),
            (
                ["UID:a", "DTSTART:20270330T090000Z", "DTEND:20270330T100000"],
                "“a” has a time without a time zone; choose one in the calendar program, such as Europe/Paris",
            ),
            (
                ["UID:a", "DTSTART;TZID=Mars/Base:20270330T090000"],
                "“a” is in the time zone Mars/Base, which the feed does not define; choose one such as Europe/Paris",
            ),
            (["UID:a", "DTSTART:30 March"], "DTSTART of “a” cannot be read; set it anew in the calendar program"),
            (["UID:a", DAY, DAY], "DTSTART of “a” cannot be read; set it anew in the calendar program"),
            (["UID:a", DAY, "DTEND:soon"], "DTEND of “a” cannot be read; set it anew in the calendar program"),
            (["UID:a", DAY, "DURATION:1 h"], "DURATION of “a” cannot be read; set it anew in the calendar program"),
            (
                ["UID:a", DAY, "DTEND:20270330T100000Z"],
                "“a” has a time of day at one end only; give it to both ends, or to neither",
            ),
            (["UID:a", DAY, "DTEND;VALUE=DATE:20270329"], "“a” ends before it starts; correct its end"),
            (
                ["UID:a", "DTSTART:20270330T090000Z", "DTEND;TZID=Europe/Paris:20270330T100000"],
                "“a” ends before it starts; correct its end",
            ),
            (["UID:a", DAY, "DURATION:-P1D"], "“a” ends before it starts; correct its end"),
            (
                ["UID:a", "DTSTART;VALUE=DATE:19991231"],
                "“a” lies outside the years 2000 to 2100; correct the year",
            ),
            (["UID:a", DAY, "DURATION:P9999999D"], "“a” lies outside the years 2000 to 2100; correct the year"),
            (["UID:a", DAY, "DURATION:P999999D"], "“a” lies outside the years 2000 to 2100; correct the year"),
            (["UID:a", DAY, "RRULE:FREQ=DAILY"], "“a” repeats; write each date out as an event of its own"),
            (["UID:a", DAY, "RDATE;VALUE=DATE:20270331"], "“a” repeats; write each date out as an event of its own"),
            (
                ["UID:a", DAY, "RECURRENCE-ID;VALUE=DATE:20270331"],
                "“a” repeats; write each date out as an event of its own",
            ),
        ],
    )
    def test_events_that_cannot_be_read(self, lines: list[str], fault: str, reading: Reading) -> None:
        assert faults(lambda: reading(feed_with(event(*lines)))) == [fault]

    def test_a_zone_that_is_damaged_is_told_at_the_event(self, reading: Reading) -> None:
        zone = FEED[FEED.index("BEGIN:VTIMEZONE") : FEED.index("BEGIN:VEVENT")].replace("Europe/Paris", "Ours")
        timed = event("UID:a", "DTSTART;TZID=Ours:20270330T090000")
        damaged = feed_with(timed, zones=zone.replace("BYMONTH=3", "BYMONTH=33"))
        assert faults(lambda: reading(damaged)) == [
            "DTSTART of “a” cannot be read; set it anew in the calendar program"
        ]

    def test_two_events_with_a_uid(self, reading: Reading) -> None:
        twins = feed_with(event("UID:a", "SUMMARY:Talk", DAY), event("UID:a", "SUMMARY:Copy", DAY), event("UID:b", DAY))
        assert faults(lambda: reading(twins)) == ["“Talk” and “Copy” have the same UID, a; keep one of them"]

    def test_all_faults_are_told_at_once_with_the_file(self, tmp_path: Path) -> None:
        path = tmp_path / "x.ics"
        series = (event("UID:a", DAY, "RRULE:FREQ=DAILY"), event("UID:a", DAY, "RECURRENCE-ID;VALUE=DATE:20270331"))
        path.write_text(feed_with(event("SUMMARY:Talk"), *series, event("UID:b", DAY), event("UID:b", DAY)))
        with pytest.raises(FaultyInput) as refused:
            read_feed(path)
        assert [fault.words("en").removeprefix(f"{path}: ") for fault in refused.value.faults] == [
            "“Talk” has no UID; take it out, and add it anew in the calendar program",
            "“Talk” has no start (DTSTART); give it one in the calendar program",
            "“a” repeats; write each date out as an event of its own",
            "“a” repeats; write each date out as an event of its own",
            "“b” and “b” have the same UID, b; keep one of them",
        ]
        assert {fault.file for fault in refused.value.faults} == {str(path)}

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        assert faults(lambda: read_feed(tmp_path / "none.ics")) == [
            "there is no such file; look at the spelling of its name and folder"
        ]
        assert faults(lambda: read_feed(tmp_path)) == ["this is a folder; name a .ics file in it"]


class TestEdits:
    @pytest.mark.parametrize("path", FEEDS)
    def test_a_feed_as_we_write_it_changes_nothing(self, path: str, reading: Reading) -> None:
        assert edited(CALENDAR, reading(FEEDS[path])) == Edited(CALENDAR)

    @pytest.mark.parametrize(
        "lines",
        [
            ("DTSTART;TZID=Europe/Paris:20270331T100000", "DTEND;TZID=Europe/Paris:20270331T120000"),
            ("DTSTART;TZID=Europe/Paris:20270331T100000", "DURATION:PT2H"),
            ("DTSTART:20270331T080000Z", "DTEND:20270331T100000Z"),  # Paris is 2 h ahead of UTC, 6 h of Martinique
            ("DTSTART;TZID=America/Martinique:20270331T040000", "DTEND;TZID=America/Martinique:20270331T060000"),
            ("DTSTART:20270331T080000Z", "DTEND;TZID=Europe/Paris:20270331T120000"),
        ],
    )
    def test_a_session_takes_the_hours_of_its_event(self, lines: tuple[str, ...], reading: Reading) -> None:
        moved = with_entry("sessions", 0, start=datetime(2027, 3, 31, 10), end=datetime(2027, 3, 31, 12))
        assert edited(CALENDAR, reading(times(CLASS, *lines))) == Edited(moved)

    @settings(deadline=None)
    @given(st.integers(0, 3), st.integers(-50_000, 50_000))
    def test_a_session_moved_by_any_minutes_is_that_calendar(self, reading: Reading, number: int, minutes: int) -> None:
        session = CALENDAR.sessions[number]
        start, end = (moment + timedelta(minutes=minutes) for moment in (session.start, session.end))
        lines = [f"{name};TZID=Europe/Paris:{at:%Y%m%dT%H%M%S}" for name, at in (("DTSTART", start), ("DTEND", end))]
        found = edited(CALENDAR, reading(times(session.uid, *lines)))
        assert found == Edited(with_entry("sessions", number, start=start, end=end))

    def test_whole_days_take_the_dates_of_their_event(self, reading: Reading) -> None:
        text = times(SEMINAR, "DTSTART;VALUE=DATE:20270329", "DTEND;VALUE=DATE:20270401")
        moved = with_entry("days", 0, first=date(2027, 3, 29), last=date(2027, 3, 31))
        assert edited(CALENDAR, reading(text)) == Edited(moved)

    def test_work_moves_to_the_week_in_which_its_event_starts(self, reading: Reading) -> None:
        text = times(WEEK, "DTSTART;VALUE=DATE:20270325", "DTEND;VALUE=DATE:20270330")
        assert edited(CALENDAR, reading(text)) == Edited(with_entry("work", 0, monday=date(2027, 3, 22)))

    def test_work_stays_in_its_week_whatever_days_its_event_has(self, reading: Reading) -> None:
        text = times(WEEK, "DTSTART;VALUE=DATE:20270321", "DTEND;VALUE=DATE:20270322")
        assert edited(CALENDAR, reading(text)) == Edited(CALENDAR)

    def test_all_work_of_a_week_moves_and_no_other(self, reading: Reading) -> None:
        two = saved(staffed(PROGRAMME, week_of("2027-03-15", 120), week_of("2027-03-22", 240)))
        first, other = two.work
        both = two.model_copy(update={"work": (first, other.model_copy(update={"monday": first.monday}))})
        [shown] = events(both)
        text = times(shown.uid, "DTSTART;VALUE=DATE:20270405", text=feeds_of(both)["programme.ics"].decode())
        moved = tuple(item.model_copy(update={"monday": date(2027, 4, 5)}) for item in both.work)
        assert edited(both, reading(text)) == Edited(both.model_copy(update={"work": moved}))

    def test_titles_people_and_descriptions_are_not_looked_at(self, reading: Reading) -> None:
        text = re.sub("(SUMMARY|DESCRIPTION):", r"\1:New ", FEED).replace("CATEGORIES", "ORGANIZER:mailto:a@b.c\r\nX-C")
        assert edited(CALENDAR, reading(text)) == Edited(CALENDAR)


class TestCancelling:
    def test_a_cancelled_event_cancels_its_entry(self, reading: Reading) -> None:
        text = change(CLASS, "CONFIRMED", "CANCELLED")
        assert edited(CALENDAR, reading(text)) == Edited(with_entry("sessions", 0, state="cancelled"))
        text = change(SEMINAR, "CONFIRMED", "cancelled")
        assert edited(CALENDAR, reading(text)) == Edited(with_entry("days", 0, state="cancelled"))
        text = change(LAW_WEEK, "CONFIRMED", "CANCELLED")
        assert edited(CALENDAR, reading(text)) == Edited(with_entry("work", 2, state="cancelled"))

    @pytest.mark.parametrize(("kind", "uid"), [("sessions", CLASS), ("days", SEMINAR), ("work", WEEK)])
    def test_a_cancelled_entry_stays_so_until_its_event_is_confirmed(
        self, kind: str, uid: str, reading: Reading
    ) -> None:
        cancelled = with_entry(kind, 0, state="cancelled")
        text = feeds_of(cancelled)["programme.ics"].decode()
        assert edited(cancelled, reading(text)) == Edited(cancelled)
        confirmed = change(uid, "STATUS:CANCELLED", "STATUS:CONFIRMED", text=text)
        assert edited(cancelled, reading(confirmed)) == Edited(with_entry(kind, 0, state="planned"))

    def test_a_published_entry_stays_published(self, reading: Reading) -> None:
        published = with_entry("sessions", 0, state="published")
        assert edited(published, reading(FEED)) == Edited(published)

    def test_work_that_is_cancelled_in_a_week_that_goes_on_stays_cancelled(self, reading: Reading) -> None:
        first, second, law = CALENDAR.work
        beside = second.model_copy(update={"monday": first.monday, "state": "cancelled"})
        partly = CALENDAR.model_copy(update={"work": (first, beside, law)})
        assert edited(partly, reading(feeds_of(partly)["programme.ics"])) == Edited(partly)


class TestPlaces:
    def test_a_session_takes_the_place_that_its_event_names(self, reading: Reading) -> None:
        text = change(TALK, "LOCATION:Hall é", "LOCATION:Room 12\\, first floor")
        assert edited(CALENDAR, reading(text)) == Edited(with_entry("sessions", 3, place="room"))

    def test_white_space_makes_no_other_place(self, reading: Reading) -> None:
        text = change(TALK, "LOCATION:Hall é", "LOCATION: Room 12\\,\\nfirst  floor ")
        assert edited(CALENDAR, reading(text)) == Edited(with_entry("sessions", 3, place="room"))

    @pytest.mark.parametrize("nothing", ["", "LOCATION:\r\n"])
    def test_no_location_is_no_place(self, nothing: str, reading: Reading) -> None:
        text = change(TALK, "LOCATION:Hall é\r\n", nothing)
        assert edited(CALENDAR, reading(text)) == Edited(with_entry("sessions", 3, place=None))

    def test_an_unknown_location_is_noted_and_the_place_kept(self, reading: Reading) -> None:
        found = edited(CALENDAR, reading(change(TALK, "LOCATION:Hall é", "LOCATION:hall é")))
        assert (found.calendar, words(found.notes)) == (
            CALENDAR,
            [
                "“Talks · virtual class (1)” on Wednesday 7 April 2027 10:00: the location “hall é” is no place of the "
                "programme and is not judged"
            ],
        )

    def test_of_two_places_with_a_title_the_saved_one_is_meant(self, reading: Reading) -> None:
        places = {"twin": "Hall é"} | CALENDAR.titles["places"]
        twins = CALENDAR.model_copy(update={"titles": CALENDAR.titles | {"places": places}})
        assert edited(twins, reading(FEED)) == Edited(twins)

    def test_a_place_without_a_title_goes_by_its_id(self, reading: Reading) -> None:
        untitled = CALENDAR.model_copy(update={"titles": {}})
        assert edited(untitled, reading(feeds_of(untitled)["programme.ics"])) == Edited(untitled)


class TestDeletedAndUnknown:
    def test_an_entry_whose_event_is_missing_counts_as_deleted(self, reading: Reading) -> None:
        found = edited(CALENDAR, reading(without(CLASS, HOST)))
        assert (found.calendar, words(found.notes)) == (
            less(CLASS, HOST),
            [
                "2 events are missing from the feed and count as deleted: “Design · virtual class (1)” on Tuesday "
                "16 March 2027 14:00 and “Internship” on Thursday 18 March 2027"
            ],
        )

    def test_a_week_of_work_is_deleted_whole(self, reading: Reading) -> None:
        found = edited(CALENDAR, reading(without(WEEK_2)))
        assert (found.calendar, words(found.notes)) == (
            CALENDAR.model_copy(update={"work": (CALENDAR.work[0], CALENDAR.work[2])}),
            ["1 event is missing from the feed and counts as deleted: “Self-paced work: 2 h” on Monday 29 March 2027"],
        )

    @pytest.mark.parametrize(
        ("path", "uid"),
        [
            ("groups/m2.ics", DUE),
            ("groups/diu.ics", HOST),
            ("trainers/ped.ics", CLASS),
            ("trainers/law.ics", EXAM),
            ("places/room.ics", CLASS_2),
            ("people/eve.ics", DUE),
        ],
    )
    def test_nothing_is_deleted_outside_the_feed(self, path: str, uid: str, reading: Reading) -> None:
        found = edited(CALENDAR, reading(without(uid, text=FEEDS[path].decode())))
        assert found.calendar == less(uid)

    def test_a_feed_is_taken_for_the_smallest_that_has_its_events(self, reading: Reading) -> None:
        ped = reading(FEEDS["trainers/ped.ics"])
        assert edited(CALENDAR, [event for event in reading(FEED) if event in ped]) == Edited(CALENDAR)

    def test_a_feed_known_by_its_path_is_taken_for_itself(self, reading: Reading) -> None:
        """All but one trainer's events are gone from the programme's feed: they count as deleted."""
        ped = reading(FEEDS["trainers/ped.ics"])
        kept = edited(CALENDAR, [event for event in reading(FEED) if event in ped], "programme.ics").calendar
        left = tuple(session for session in CALENDAR.sessions if session.uid in {event.uid for event in ped})
        assert (kept.sessions, kept.days, kept.work) == (left, (), ())

    def test_an_unknown_event_is_noted(self, reading: Reading) -> None:
        strangers = (
            event("UID:a", "SUMMARY:Dentist", "DTSTART:20270316T080000Z", "DTEND:20270316T090000Z"),
            event("UID:b", DAY),
            event("UID:c", "SUMMARY:Leave", DAY, "DURATION:P2D"),
        )
        found = edited(CALENDAR, reading(FEED.replace("END:VCALENDAR", "".join(strangers) + "END:VCALENDAR")))
        assert (found.calendar, words(found.notes)) == (
            CALENDAR,
            [
                "“Dentist” on Tuesday 16 March 2027 09:00 is nowhere in the programme and is not judged",
                "“b” on Tuesday 30 March 2027 is nowhere in the programme and is not judged",
                "“Leave” from Tuesday 30 March 2027 to Wednesday 31 March 2027 is nowhere in the programme and is "
                "not judged",
            ],
        )


class TestFaultsOfEdits:
    def test_sessions_have_hours_and_days_have_none(self, reading: Reading) -> None:
        text = times(CLASS, "DTSTART;VALUE=DATE:20270316", "DTEND;VALUE=DATE:20270317")
        for uid in (SEMINAR, WEEK):
            text = times(uid, "DTSTART:20270316T080000Z", "DTEND:20270316T100000Z", text=text)
        text = times(EXAM, "DTSTART:20270316T080000Z", text=text)
        assert faults(lambda: edited(CALENDAR, reading(text))) == [
            "“Self-paced work: 4 h” takes whole days, but has hours in the feed; make it an all-day event",
            "“Design · virtual class (1)” is a session, but an all-day event in the feed; give it its hours",
            "“Opening” takes whole days, but has hours in the feed; make it an all-day event",
            "“Law · Final exam” lasts no time; correct its end",
        ]

    def test_a_session_that_lasts_no_time_on_the_clock(self, reading: Reading) -> None:
        # 31 October 2027 in Paris: from 02:30, 00:30 UTC, to 02:10 when the clock has gone back, 01:10 UTC
        text = times(EXAM, "DTSTART:20271031T003000Z", "DTEND:20271031T011000Z")
        assert faults(lambda: edited(CALENDAR, reading(text))) == ["“Law · Final exam” lasts no time; correct its end"]

    def test_a_feed_of_another_calendar(self, reading: Reading) -> None:
        other = ["has no event of the calendar.json beside it; give a feed of that calendar"]
        assert faults(lambda: edited(CALENDAR, reading(feed_with(event("UID:a", DAY))))) == other
        no_cellar = {key: title for key, title in CALENDAR.titles["places"].items() if key != "cellar"}
        full = CALENDAR.model_copy(update={"titles": CALENDAR.titles | {"places": no_cellar}})
        assert faults(lambda: edited(full, ())) == other

    def test_a_calendar_in_no_time_zone(self, reading: Reading) -> None:
        lost = CALENDAR.model_copy(update={"time_zone": "Mars/Base"})
        assert faults(lambda: edited(lost, reading(FEED))) == [
            "there is no time zone Mars/Base; write it like Europe/Paris"
        ]


ALONE = "only laws on one session alone are judged: without a calendar.json beside it, a feed does not tell the rest"
WEEKS = "3 weeks of self-paced work are not judged: an event does not tell the minutes of each part"


def placed(*changed: Placement, but: Iterable[str] = ("m.distance-work", "n.distance-work")) -> Timetable:
    """What a feed tells of the timetable without some activities, and with others; of two trainers none is known."""
    kept = [each for each in TIMETABLE.placements if each.activity not in but]
    return timetable(*(each._replace(trainers=()) if each.activity[0] == "o" else each for each in kept), *changed)


class TestWithoutACalendar:
    def test_sessions_and_days_are_told_and_work_is_not(self, reading: Reading) -> None:
        found = told(PROGRAMME, reading(FEED))
        assert (found.timetable, words(found.notes)) == (
            placed(),
            ["8 events are known in the programme", WEEKS, ALONE],
        )

    def test_a_session_moved_in_time_and_place(self, reading: Reading) -> None:
        text = change(TALK, "LOCATION:Hall é", "LOCATION:Cellar")
        text = times(TALK, "DTSTART:20270408T120000Z", "DTEND:20270408T130000Z", text=text)
        moved = at("2027-04-08 14:00", 60, "o.virtual-class", (), "cellar")
        work_too = ("m.distance-work", "n.distance-work", "o.virtual-class")
        assert told(PROGRAMME, reading(text)).timetable == placed(moved, but=work_too)

    def test_the_only_place_of_a_part_stands_for_none(self, reading: Reading) -> None:
        text = re.sub("\r\nLOCATION:.*", "", FEED)
        talk = at("2027-04-07 10:00", 60, "o.virtual-class")
        work_too = ("m.distance-work", "n.distance-work", "o.virtual-class")
        assert told(PROGRAMME, reading(text)).timetable == placed(talk, but=work_too)

    def test_what_is_cancelled_does_not_stand(self, reading: Reading) -> None:
        found = told(PROGRAMME, reading(change(EXAM, "CONFIRMED", "CANCELLED")))
        assert found.timetable == placed(but=("m.distance-work", "n.distance-work", "n.exam"))
        assert words(found.notes[:1]) == ["8 events are known in the programme"]

    def test_what_is_not_known_is_noted(self, reading: Reading) -> None:
        text = change(TALK, "LOCATION:Hall é", "LOCATION:Elsewhere").replace(f"UID:{EXAM}", "UID:a")
        found = told(PROGRAMME, reading(text))
        assert words(found.notes) == [
            "7 events are known in the programme",
            "“Talks · virtual class (1)” on Wednesday 7 April 2027 10:00: the location “Elsewhere” is no place of the "
            "programme and is not judged",
            "“Law · Final exam” on Tuesday 6 April 2027 09:00 is nowhere in the programme and is not judged",
            WEEKS,
            ALONE,
        ]

    @pytest.mark.parametrize(
        ("activity", "last"),
        [("m.virtual-class", 4 * 2 + 50), ("b", 4 + 50), ("host", 4 * 3 + 50)],  # 21 h are three days of 7 h
    )
    def test_as_many_births_are_known(self, activity: str, last: int, reading: Reading) -> None:
        def born(birth: int) -> str:
            day = DAY if activity != "m.virtual-class" else "DTSTART:20270316T080000Z\r\nDURATION:PT1H"
            return feed_with(event(f"UID:{identity('small', SPRING[0], activity, birth)}", day))

        assert [words(told(PROGRAMME, reading(born(birth))).notes) for birth in (1, last)] == [
            ["1 event is known in the programme", ALONE]
        ] * 2
        assert faults(lambda: told(PROGRAMME, reading(born(last + 1)))) == [
            "has no event of the programme small; give a feed of it"
        ]

    def test_an_empty_feed_tells_nothing(self) -> None:
        found = told(PROGRAMME, ())
        assert (found.timetable, words(found.notes)) == (Timetable(), ["0 events are known in the programme", ALONE])

    def test_sessions_have_hours_and_days_have_none(self, reading: Reading) -> None:
        text = times(CLASS, "DTSTART;VALUE=DATE:20270316", "DTEND;VALUE=DATE:20270317")
        text = times(SEMINAR, "DTSTART:20270316T080000Z", "DTEND:20270316T100000Z", text=text)
        assert faults(lambda: told(PROGRAMME, reading(text))) == [
            "“Design · virtual class (1)” is a session, but an all-day event in the feed; give it its hours",
            "“Opening” takes whole days, but has hours in the feed; make it an all-day event",
        ]


class TestFindingTheCalendar:
    @pytest.mark.parametrize("feed", ["x.ics", "feeds/x.ics", "feeds/groups/x.ics", "a/b/c/x.ics"])
    def test_it_stands_beside_the_feed_or_up_to_three_folders_above(self, feed: str, tmp_path: Path) -> None:
        (tmp_path / "calendar.json").touch()
        assert find_calendar(tmp_path / feed) == tmp_path / "calendar.json"

    def test_the_nearest_is_meant(self, tmp_path: Path) -> None:
        (tmp_path / "feeds").mkdir()
        for folder in (tmp_path, tmp_path / "feeds"):
            (folder / "calendar.json").touch()
        assert find_calendar(tmp_path / "feeds" / "groups" / "x.ics") == tmp_path / "feeds" / "calendar.json"

    def test_four_folders_above_is_too_far(self, tmp_path: Path) -> None:
        (tmp_path / "calendar.json").touch()
        assert find_calendar(tmp_path / "a" / "b" / "c" / "d" / "x.ics") is None

    def test_a_feed_in_the_folder_where_one_works(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "calendar.json").touch()
        (tmp_path / "feeds").mkdir()
        monkeypatch.chdir(tmp_path / "feeds")
        assert find_calendar(Path("x.ics")) == tmp_path / "calendar.json"


class TestSlotsOnHold:
    """They are in the feed, and nobody chooses among them in a calendar program."""

    POLL = held_slots(
        CALENDAR,
        CLASS,
        [SlotToHold(datetime(2027, 4, 8, hour), datetime(2027, 4, 8, hour + 1)) for hour in (9, 11)],
        "poll",
        date(2027, 1, 11),
    )
    SLOT, OTHER = (hold.uid for hold in POLL.holds)
    WRITTEN = feeds_of(POLL)["programme.ics"].decode()

    @pytest.mark.parametrize(
        "text",
        [
            WRITTEN,
            change(SLOT, "20270408T09", "20270408T08", WRITTEN),
            change(SLOT, "TENTATIVE", "CANCELLED", WRITTEN),
            without(SLOT, OTHER, text=WRITTEN),
        ],
        ids=["as written", "moved", "cancelled", "deleted"],
    )
    def test_what_is_done_to_them_changes_nothing(self, text: str, reading: Reading) -> None:
        assert edited(self.POLL, reading(text), "programme.ics") == Edited(self.POLL)

    def test_the_session_itself_may_be_moved(self, reading: Reading) -> None:
        text = change(CLASS, "20270316T14", "20270316T13", self.WRITTEN)
        first, *others = self.POLL.sessions
        moved = first.model_copy(update={"start": datetime(2027, 3, 16, 13)})
        expected = self.POLL.model_copy(update={"sessions": (moved, *others)})
        assert edited(self.POLL, reading(text), "programme.ics") == Edited(expected)

    def test_with_slots_alone_a_feed_has_no_event_of_the_calendar(self, reading: Reading) -> None:
        only = without(*(event.uid for event in events(CALENDAR)), text=self.WRITTEN)
        with pytest.raises(FaultyInput):
            edited(self.POLL, reading(only), "programme.ics")
