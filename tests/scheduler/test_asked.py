"""What people type: sessions and blocks by name, moments."""

from datetime import date, datetime

import pytest

from calendars.calendar_file import Calendar, CertificateRecord
from calendars.clock import minute_of
from calendars.faults import FaultyInput
from calendars.programme import Programme
from calendars.saving import calendar_of
from constraints.complete import Complete
from scheduler.asked import Asked, entry_named, moment_named, number_of, session_named
from scheduler.problem import Problem
from small import at, classes, module, on, small, timetable, week_of, work

DATES = [date(2026, 11, 2), date(2026, 11, 13)]
TWICE = (at("2026-11-03 09:00"), at("2026-11-10 09:00"))
ONCE, SEMINAR, DUE = (
    at("2026-11-04 14:00", part="m.exam"),
    on("2026-11-05", "2026-11-06"),
    on("2026-11-13", activity="due"),
)


def year() -> Programme:
    """A part of two sessions, one of a single one, and one of each other thing."""
    return small(
        modules={"m": module(classes(2), {"kind": "exam", "sessions": 1, "minutes": 60}, work(1))},
        blocks={"b": {"title": "Seminar", "kind": "seminar", "days": 2, "group": "all", "dates": DATES}},
        milestones={"due": {"title": "Thesis due", "group": "all", "dates": DATES}},
        internships={"host": {"title": "Internship", "hours": 7, "group": "all", "dates": DATES}},
    )


PROBLEM = Problem(year(), (Complete(),))
EVERYTHING = timetable(*TWICE, ONCE, SEMINAR, DUE, week_of("2026-11-02", 60), on("2026-11-12", activity="host"))
CALENDAR = calendar_of(PROBLEM.programme, EVERYTHING, CertificateRecord(levels=(), reproducible=True), DATES[0], 0)


def fault(text: str, calendar: Calendar | None = CALENDAR) -> str:
    with pytest.raises(FaultyInput) as caught:
        session_named(PROBLEM, calendar, text)
    (found,) = caught.value.faults
    return found.words("en")


class TestSession:
    @pytest.mark.parametrize(
        ("text", "asked"),
        [
            ("m.virtual-class#1", Asked("m.virtual-class", TWICE[0].span)),
            ("m.virtual-class#2", Asked("m.virtual-class", TWICE[1].span)),
            ("m.exam", Asked("m.exam", ONCE.span)),
            ("m.exam#1", Asked("m.exam", ONCE.span)),
            ("b", Asked("b", SEMINAR.span)),
            ("due", Asked("due", DUE.span)),
            (CALENDAR.sessions[1].uid, Asked("m.virtual-class", TWICE[1].span)),
            (CALENDAR.days[0].uid, Asked("b", SEMINAR.span)),
        ],
        ids=["number", "other number", "part", "its number", "block", "milestone", "UID", "UID of a block"],
    )
    def test_by_each_of_its_names(self, text: str, asked: Asked) -> None:
        assert session_named(PROBLEM, CALENDAR, text) == asked

    @pytest.mark.parametrize("text", ["m.virtual-class", "m.exam", "b", "due"])
    def test_without_a_calendar_nothing_stands_yet(self, text: str) -> None:
        assert session_named(PROBLEM, None, text) == Asked(text, None)

    def test_what_was_called_off_stands_nowhere(self) -> None:
        first, *others = CALENDAR.sessions
        gone = first.model_copy(update={"state": "cancelled"})
        calendar = CALENDAR.model_copy(update={"sessions": (gone, *others)})
        assert session_named(PROBLEM, calendar, "m.virtual-class") == Asked("m.virtual-class", TWICE[1].span)
        none = CALENDAR.model_copy(update={"sessions": (gone,)})
        assert session_named(PROBLEM, none, "m.exam") == Asked("m.exam", None)
        assert fault("m.virtual-class#1", none) == (
            "the calendar has no session m.virtual-class#1; did you mean m.virtual-class?"
        )

    def test_one_of_several_needs_its_number(self) -> None:
        assert fault("m.virtual-class") == (
            "m.virtual-class has 2 sessions: choose m.virtual-class#1 to m.virtual-class#2"
        )

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("m.virtual-clas", "no session or block is called m.virtual-clas; did you mean m.virtual-class?"),
            ("m.exams#1", "no session or block is called m.exams#1; did you mean m.exam?"),
            ("zzz", "no session or block is called zzz; choose from m.virtual-class, m.exam, b and due"),
            ("host", "no session or block is called host; choose from m.virtual-class, m.exam, b and due"),
            ("m.exam#2", "the calendar has no session m.exam#2; did you mean m.exam#1?"),
            ("m.exam#", "the calendar has no session m.exam#; did you mean m.exam#1?"),
            ("b#1", "the calendar has no session b#1; choose from b"),
        ],
        ids=["part", "part with number", "nothing near", "internship", "number", "no number", "number of a block"],
    )
    def test_every_other_text_is_told_the_nearest_name(self, text: str, told: str) -> None:
        assert fault(text) == told

    def test_numbers_are_those_of_a_calendar(self) -> None:
        assert fault("m.exam#1", None) == "the calendar has no session m.exam#1; did you mean m.exam?"


class TestEntryOfACalendarAlone:
    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("m.virtual-class#2", 1),
            ("m.exam", 2),
            ("m.exam#1", 2),
            (CALENDAR.sessions[1].uid, 1),
        ],
    )
    def test_a_session_by_each_of_its_names(self, text: str, number: int) -> None:
        assert entry_named(CALENDAR, text) == CALENDAR.sessions[number]

    def test_a_block_and_a_milestone(self) -> None:
        assert [entry_named(CALENDAR, text) for text in ("b", "due", CALENDAR.days[0].uid)] == [
            CALENDAR.days[0],
            CALENDAR.days[1],
            CALENDAR.days[0],
        ]

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("m.virtual-class", "m.virtual-class has 2 sessions: choose m.virtual-class#1 to m.virtual-class#2"),
            ("host", "no session or block is called host; choose from m.virtual-class, m.exam, b and due"),
            ("m.exam#2", "the calendar has no session m.exam#2; did you mean m.exam#1?"),
        ],
    )
    def test_every_other_text_is_told_the_nearest_name(self, text: str, told: str) -> None:
        with pytest.raises(FaultyInput) as caught:
            entry_named(CALENDAR, text)
        assert [fault.words("en") for fault in caught.value.faults] == [told]

    def test_what_was_called_off_has_no_name(self) -> None:
        gone = CALENDAR.sessions[2].model_copy(update={"state": "cancelled"})
        calendar = CALENDAR.model_copy(update={"sessions": (*CALENDAR.sessions[:2], gone)})
        with pytest.raises(FaultyInput):
            entry_named(calendar, "m.exam")

    def test_what_is_named_tells_its_name(self) -> None:
        assert [number_of(session) for session in CALENDAR.sessions] == [
            "m.virtual-class#1",
            "m.virtual-class#2",
            "m.exam#1",
        ]
        assert [number_of(run) for run in CALENDAR.days] == ["b", "due", "host"]


class TestMoment:
    @pytest.mark.parametrize(
        ("text", "moment"),
        [
            ("2026-11-10T14:00", datetime(2026, 11, 10, 14)),
            ("2026-11-10 14:30", datetime(2026, 11, 10, 14, 30)),
            ("2026-11-10", datetime(2026, 11, 10)),
        ],
    )
    def test_a_day_with_or_without_an_hour(self, text: str, moment: datetime) -> None:
        assert moment_named(text) == minute_of(moment)

    @pytest.mark.parametrize(
        "text", ["", "tomorrow", "2026-11-31", "2026-11-10T24:00", "2026-11-10T14:00+01:00", "14:00"]
    )
    def test_anything_else_is_no_moment(self, text: str) -> None:
        with pytest.raises(FaultyInput) as caught:
            moment_named(text)
        assert [each.words("en") for each in caught.value.faults] == [
            f"{text} is no moment: write it as 2026-11-10T14:00, or as 2026-11-10 for a block"
        ]
