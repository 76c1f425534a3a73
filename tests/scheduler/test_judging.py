"""The verdict on a file: a calendar.json, or a feed with or without the calendar that it was made from."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from calendars.calendar_file import Calendar, CertificateRecord
from calendars.faults import FaultyInput
from calendars.feeds import feeds_of
from calendars.saving import calendar_bytes, calendar_of
from constraints.complete import Complete
from constraints.days_off import DaysOff
from constraints.near_date import NearDate
from constraints.spread import Spread
from scheduler.judging import Verdict, judge
from scheduler.problem import Problem
from small import at, classes, module, on, small, timetable, week_of, work

GROUPS = {"all": {"title": "All"}, "few": {"title": "Few", "part_of": "all"}}
MODULES = {
    "m": module(classes(2, place="room", near=date(2026, 11, 2)), work(1), title="Design"),
    "n": module(classes(1, place="room"), group="few", title="Law"),
}
DUE = {"title": "Thesis due", "group": "few", "dates": [date(2026, 11, 6), date(2026, 11, 6)]}
PROGRAMME = small(places={"room": {"title": "Room"}}, groups=GROUPS, modules=MODULES, milestones={"due": DUE})
PROBLEM = Problem(PROGRAMME, (Complete(), DaysOff(), Spread(days_apart=2, modules=("m",)), NearDate()))
LAWLESS = replace(
    PROBLEM, programme=small(places={"room": {"title": "Room"}}, groups=GROUPS, modules={"m": MODULES["m"]})
)
LAW = "n.virtual-class"
FEEDS = ("programme.ics", "groups/few.ics")


def made(second: int = 10) -> Calendar:
    """Two sessions, the second of them on this day of November, an hour of work, and two things of the few."""
    placed = timetable(
        at("2026-11-05 09:00", place="room"),
        at(f"2026-11-{second:02} 09:00", place="room"),
        at("2026-11-06 09:00", part=LAW, place="room"),
        on("2026-11-06", activity="due"),
        week_of("2026-11-09", 60),
    )
    certificate = CertificateRecord(levels=(), reproducible=True)
    return calendar_of(PROGRAMME, placed, certificate, date(2026, 9, 1), seed=0)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder with the calendar and its feeds, as it is written."""
    folder = tmp_path / "out"
    (folder / "feeds" / "groups").mkdir(parents=True)
    put(folder, made())
    for name in FEEDS:
        (folder / "feeds" / name).write_bytes(feeds_of(made())[name])
    return folder


def put(folder: Path, calendar: Calendar) -> Path:
    """The calendar as a file."""
    path = folder / "calendar.json"
    path.write_bytes(calendar_bytes(calendar))
    return path


def edited(feed: Path, changes: Mapping[bytes, bytes]) -> Path:
    """The feed with one thing after another said otherwise."""
    data = feed.read_bytes()
    for old, new in changes.items():
        assert data.count(old) == 1, f"{old!r} stands {data.count(old)} times"
        data = data.replace(old, new)
    feed.write_bytes(data)
    return feed


def told(verdict: Verdict) -> tuple[list[str], list[str]]:
    """Breaches and notes in words."""
    return (
        [f"{breach.rule}: {breach.message}" for breach in verdict.breaches],
        [str(note) for note in verdict.notes],
    )


def refused(path: Path, problem: Problem = PROBLEM) -> list[str]:
    """The faults, with paths below the folder."""
    with pytest.raises(FaultyInput) as error:
        judge(problem, path)
    return [fault.words("en").replace(f"{path.parent}/", "") for fault in error.value.faults]


ARMISTICE = "days_off: “Design” (virtual class) stands on Wednesday 11 November 2026 09:00: Armistice Day"
NEAR = (
    "spread: “Design” (virtual class) on Friday 6 November 2026 09:00 is too near to “Design” (virtual class) on "
    "Thursday 5 November 2026 09:00: days apart 1, at least 2"
)
TO_THE_11TH = {
    b"DTSTART;TZID=Europe/Paris:20261110": b"DTSTART;TZID=Europe/Paris:20261111",
    b"DTEND;TZID=Europe/Paris:20261110": b"DTEND;TZID=Europe/Paris:20261111",
}


class TestACalendar:
    def test_in_which_every_law_is_kept(self, out: Path) -> None:
        """What a preference costs is no breach."""
        assert judge(PROBLEM, out / "calendar.json") == Verdict((), ())

    def test_with_a_breach(self, out: Path) -> None:
        assert told(judge(PROBLEM, put(out, made(second=11)))) == ([ARMISTICE], [])

    def test_with_a_strange_group(self, out: Path) -> None:
        first, *others = made().sessions
        strange = first.model_copy(update={"groups": ("few",)})
        path = put(out, made().model_copy(update={"sessions": (strange, *others)}))
        assert told(judge(PROBLEM, path)) == (
            [
                "programme: “Design” (virtual class) on Thursday 5 November 2026 09:00 has another group than the "
                "programme: change it there"
            ],
            [],
        )

    def test_with_what_the_programme_has_no_more(self, out: Path) -> None:
        """Before the day of the calendar it was held, and nobody can mend it; from that day on it must go."""
        gone = [f"complete: the programme has nothing called {name}" for name in ("due", "n.virtual-class")]
        for day, found in ((7, []), (6, gone)):
            path = put(out, made().model_copy(update={"as_of": date(2026, 11, day)}))
            assert told(judge(LAWLESS, path)) == (found, [])

    def test_that_cannot_be_read(self, out: Path) -> None:
        assert refused(out / "none.json") == [
            "none.json: there is no such file; look at the spelling of its name and folder"
        ]

    @pytest.mark.parametrize("name", ["calendar.txt", "calendar"])
    def test_by_any_name(self, out: Path, name: str) -> None:
        assert judge(PROBLEM, (out / "calendar.json").rename(out / name)) == Verdict(())


class TestAFeedBesideItsCalendar:
    def test_as_it_was_written(self, out: Path) -> None:
        beside = f"Read with {out}/calendar.json, by the UIDs of its events."
        for name in FEEDS:
            assert told(judge(PROBLEM, out / "feeds" / name)) == ([], [beside])

    def test_whose_event_was_moved(self, out: Path) -> None:
        feed = edited(out / "feeds" / "programme.ics", TO_THE_11TH)
        breaches, notes = told(judge(PROBLEM, feed))
        assert (breaches, len(notes)) == ([ARMISTICE], 1)
        assert (out / "calendar.json").read_bytes() == calendar_bytes(made())

    def test_is_judged_by_laws_on_several_sessions_too(self, out: Path) -> None:
        to_the_6th = {old: new.replace(b"20261111", b"20261106") for old, new in TO_THE_11TH.items()}
        feed = edited(out / "feeds" / "programme.ics", to_the_6th)
        assert told(judge(PROBLEM, feed))[0] == [NEAR]

    def test_by_whatever_letters_its_name_ends(self, out: Path) -> None:
        feed = (out / "feeds" / "programme.ics").rename(out / "EXPORT.ICS")
        assert judge(PROBLEM, feed).breaches == ()

    def test_that_has_events_less_counts_them_as_deleted(self, out: Path) -> None:
        """At its own place, the whole feed is known to have shown more than what the few have."""
        few = (out / "feeds" / "groups" / "few.ics").read_bytes()
        beside = f"Read with {out}/calendar.json, by the UIDs of its events."
        (out / "feeds" / "programme.ics").write_bytes(few)
        (out / "programme.ics").write_bytes(few)
        assert told(judge(PROBLEM, out / "feeds" / "programme.ics")) == (
            [
                "complete: “Design” (virtual class) has 0 sessions; the programme announces 2",
                "complete: “Design” (self-paced work) has 0 min planned; the programme announces 1 h",
            ],
            [
                beside,
                "3 events are missing from the feed and count as deleted: “Design · virtual class (1)” on Thursday 5 "
                "November 2026 09:00, “Self-paced work: 1 h” on Monday 9 November 2026 and “Design · virtual class "
                "(2)” on Tuesday 10 November 2026 09:00",
            ],
        )
        assert told(judge(PROBLEM, out / "programme.ics")) == ([], [beside])

    def test_behind_a_link_is_the_feed_that_the_link_names(self, out: Path, tmp_path: Path) -> None:
        """The way to the folder does not matter: that is the whole feed, although it has only what the few have."""
        (tmp_path / "link").symlink_to(out / "feeds")
        (out / "feeds" / "programme.ics").write_bytes((out / "feeds" / "groups" / "few.ics").read_bytes())
        verdict = judge(PROBLEM, tmp_path / "link" / "programme.ics")
        assert verdict == judge(PROBLEM, out / "feeds" / "programme.ics")
        assert len(verdict.notes) == 2

    def test_of_a_calendar_with_a_strange_group_or_with_what_the_programme_has_no_more(self, out: Path) -> None:
        """What the calendar is judged for, its feed is judged for as well."""
        first, *others = made().sessions
        strange = first.model_copy(update={"groups": ("few",)})
        path = put(out, made().model_copy(update={"sessions": (strange, *others)}))
        assert judge(PROBLEM, out / "feeds" / "programme.ics").breaches == judge(PROBLEM, path).breaches != ()
        put(out, made().model_copy(update={"as_of": date(2026, 11, 7)}))
        assert judge(LAWLESS, out / "feeds" / "programme.ics").breaches == ()

    def test_with_an_event_that_nobody_knows(self, out: Path) -> None:
        feed = out / "feeds" / "programme.ics"
        stranger = b"BEGIN:VEVENT\r\nUID:mine\r\nSUMMARY:Dentist\r\nDTSTART;VALUE=DATE:20261104\r\nEND:VEVENT\r\n"
        edited(feed, {b"END:VCALENDAR": stranger + b"END:VCALENDAR"})
        assert told(judge(PROBLEM, feed)) == (
            [],
            [
                f"Read with {out}/calendar.json, by the UIDs of its events.",
                "“Dentist” on Wednesday 4 November 2026 is nowhere in the programme and is not judged",
            ],
        )

    def test_whose_calendar_is_damaged(self, out: Path) -> None:
        (out / "calendar.json").write_text("{", "utf-8")
        assert refused(out / "feeds" / "programme.ics") == [
            f"{out}/calendar.json: is not whole: it breaks off or is damaged; make it again with solve"
        ]

    def test_whose_calendar_is_that_of_another_programme(self, out: Path) -> None:
        put(out, made().model_copy(update={"programme": "other"}))
        assert refused(out / "feeds" / "programme.ics") == [
            f"{out}/calendar.json, programme: is the calendar of other, not of small; give the two that belong together"
        ]

    def test_that_belongs_to_another_calendar(self, out: Path) -> None:
        feed = out / "feeds" / "programme.ics"
        feed.write_bytes(feed.read_bytes().replace(b"@semainier", b"@elsewhere"))
        assert refused(feed) == [
            "programme.ics: has no event of the calendar.json beside it; give a feed of that calendar"
        ]

    def test_with_faults_all_of_which_are_told(self, out: Path) -> None:
        feed = edited(
            out / "feeds" / "programme.ics",
            {
                b"DTEND;TZID=Europe/Paris:20261105T10": b"DTEND;TZID=Europe/Paris:20261105T09",
                b"DTSTART;TZID=Europe/Paris:20261106T090000": b"DTSTART;VALUE=DATE:20261106",
                b"DTEND;TZID=Europe/Paris:20261106T100000": b"DTEND;VALUE=DATE:20261107",
            },
        )
        assert refused(feed) == [
            "programme.ics: “Design · virtual class (1)” lasts no time; correct its end",
            "programme.ics: “Law · virtual class (1)” is a session, but an all-day event in the feed; "
            "give it its hours",
        ]


@pytest.fixture
def alone(out: Path) -> Path:
    """A feed without its calendar."""
    (out / "calendar.json").unlink()
    return out / "feeds" / "programme.ics"


class TestAFeedAlone:
    NOTES = (
        "4 events are known in the programme",
        "1 week of self-paced work is not judged: an event does not tell the minutes of each part",
        "only laws on one session alone are judged: without a calendar.json beside it, a feed does not tell the rest",
    )

    def test_as_it_was_written(self, alone: Path) -> None:
        assert told(judge(PROBLEM, alone)) == ([], [*self.NOTES])

    def test_is_judged_by_laws_on_one_session_alone(self, alone: Path) -> None:
        """Neither that sessions are near each other nor that some are missing is seen, but a day off is."""
        assert told(judge(PROBLEM, edited(alone, TO_THE_11TH))) == ([ARMISTICE], [*self.NOTES])
        back = {new: old.replace(b"20261110", b"20261106") for old, new in TO_THE_11TH.items()}
        assert told(judge(PROBLEM, edited(alone, back))) == ([], [*self.NOTES])

    def test_of_another_programme(self, alone: Path) -> None:
        other = Problem(replace(PROGRAMME, key="other"), PROBLEM.rules)
        assert refused(alone, other) == ["programme.ics: has no event of the programme other; give a feed of it"]

    def test_that_cannot_be_read(self, alone: Path) -> None:
        alone.write_text("hello", "utf-8")
        assert refused(alone) == [
            "programme.ics: is no iCalendar file; give a feed such as programme.ics, or what a calendar program wrote "
            "as .ics"
        ]
        assert refused(alone.with_name("none.ics")) == [
            "none.ics: there is no such file; look at the spelling of its name and folder"
        ]
