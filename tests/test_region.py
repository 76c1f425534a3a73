"""A region of small courses by the commands that people give: teachers in several of them, and the feeds of each.

Every sum of a week is counted from the feeds alone, as a calendar program would show them.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from console.question import Question, question_of
from door import semainier_here
from programmes import Run, changed, files_of, write

SITE = """\
title = "Region"
enrolments = "who.csv"

[trainers.coach]
title = "Coach"

[trainers.idle]
title = "Somebody whom no course names"

[places.visio]
title = "Virtual room"
virtual = true

[laws.distance_cap]
minutes_per_week = 120

[laws.one_at_a_time]
buffer_minutes = 0
"""

COURSE = """\
title = "Literacy"
language = "en"
site = "site.toml"
dates = [2026-11-02, 2026-11-15]
starts_every_minutes = 60

[opening_hours]
thursday = "09:00-11:00"

[groups.all]
title = "Teachers"

[modules.m]
title = "Practice"
group = "all"
place = "visio"

[[modules.m.parts]]
kind = "virtual-class"
sessions = 1
minutes = 60
near = 2026-11-05

[[modules.m.parts]]
kind = "distance-work"
hours = 1.25
step_minutes = 15

[laws.days_off]
[laws.working_hours]

[preferences.near_date]
level = 1
"""
"""A class on the 5th or the 12th at 9 or 10, and 75 min of work in these two weeks: 135 min in all."""

NUMERACY = changed('place = "visio"', 'place = "visio"\ntrainer = "coach"', changed("Literacy", "Numeracy", COURSE))
ARTS = changed("Teachers", "Teachers of arts", changed("Literacy", "Arts", COURSE))

WHO = "person;course\np01;arts\np01;literacy\np02;literacy\np02;numeracy\np03;numeracy\n"
"""The first and the second teacher are in two courses each: 2 x 135 min in two weeks of 120 is too much by 30 min."""

COURSES = {"arts": ARTS, "literacy": COURSE, "numeracy": NUMERACY}
BOTH = {"arts": ARTS, "literacy": COURSE}

WEEKS = (date(2026, 11, 2), date(2026, 11, 9))


def region(folder: Path, hours: float = 0.5, who: str = WHO, courses: Mapping[str, str] = COURSES) -> Path:
    """A folder with the site, its table and these courses, each with so many hours of work."""
    write(folder, SITE, "site.toml")
    write(folder, who, "who.csv")
    for key, text in courses.items():
        write(folder, changed("hours = 1.25", f"hours = {hours}", text), f"{key}.toml")
    return folder


def solved(folder: Path, *words: object) -> Run:
    return semainier_here("solve", folder, "-o", folder / "out", "--as-of", "2026-09-01", *words)


def feed(folder: Path, path: str) -> Any:
    return Calendar.from_ical((folder / "out" / "feeds" / path).read_bytes())


def live(calendar: Any) -> list[tuple[datetime, timedelta]]:
    """The sessions of a feed, with their lengths."""
    timed = [event for event in calendar.walk("VEVENT") if isinstance(event["DTSTART"].dt, datetime)]
    return [(event["DTSTART"].dt, event["DTEND"].dt - event["DTSTART"].dt) for event in timed]


def work(calendar: Any) -> list[tuple[date, timedelta]]:
    """The weeks of self-paced work of a feed, by their Mondays, with the length that stands in their titles."""
    found = []
    for event in calendar.walk("VEVENT"):
        if told := re.fullmatch(r"Self-paced work: (?:(\d+) h)? ?(\d+)?(?: min)?", event["SUMMARY"]):
            hours, minutes = (int(number or 0) for number in told.groups())
            found.append((event["DTSTART"].dt, timedelta(hours=hours, minutes=minutes)))
    return found


def weekly(calendar: Any) -> dict[date, int]:
    """Minutes of a feed by week."""
    minutes: Counter[date] = Counter()
    for start, length in (*live(calendar), *work(calendar)):
        day = start.date() if isinstance(start, datetime) else start
        minutes[day - timedelta(days=day.weekday())] += round(length.total_seconds() / 60)
    return dict(minutes)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Run]:
    """A region of three courses, solved."""
    folder = region(tmp_path_factory.mktemp("region"))
    return folder, solved(folder)


class TestAFolder:
    def test_it_stands_for_its_programme_files(self, made: tuple[Path, Run]) -> None:
        folder, run = made
        assert run.code == 0
        assert [line for line in run.lines if line.startswith("“")] == ["“Arts”", "“Literacy”", "“Numeracy”"]
        checked = semainier_here("check", folder, folder / "out")
        assert (checked.code, checked.lines) == (0, ["No breach: every law is kept."])

    def test_it_gives_what_its_files_give(self, made: tuple[Path, Run], tmp_path: Path) -> None:
        folder, _ = made
        files = [folder / f"{key}.toml" for key in ("arts", "literacy", "numeracy")]
        run = semainier_here("solve", *files, "-o", tmp_path, "--as-of", "2026-09-01")
        assert (run.code, files_of(tmp_path)) == (0, files_of(folder / "out"))

    def test_why_takes_it_too(self, tmp_path: Path) -> None:
        region(tmp_path)
        files = tuple(tmp_path / f"{key}.toml" for key in COURSES)
        assert question_of([str(tmp_path)], None, None) == Question(files)
        run = semainier_here("why", tmp_path, tmp_path / "calendar.json")
        alone = "a calendar or a session is asked about with the file of its own programme alone"
        assert (run.code, " ".join(run.err.split())) == (2, alone)

    def test_one_without_programme_files_is_refused(self, tmp_path: Path) -> None:
        write(tmp_path, "", "who.csv")
        why = "there is no programme file in this folder; name one with .toml files, or a file"
        for words in (["solve", tmp_path], ["check", tmp_path, tmp_path], ["why", tmp_path]):
            run = semainier_here(*words)
            assert (run.code, run.err) == (2, f"{tmp_path}: {why}\n")

    def test_a_file_that_is_no_toml_is_told_with_the_others(self, tmp_path: Path) -> None:
        write(region(tmp_path), "title", "broken.toml")
        run = solved(tmp_path)
        why = "a key is followed by = and its value; put = between them"
        assert (run.code, run.err) == (2, f"{tmp_path}/broken.toml:1: {why}\n")


class TestTeachers:
    def test_two_courses_together_may_reach_the_cap(self, tmp_path: Path) -> None:
        """A class of 60 min and 60 min of work in each course are 240 min in two weeks."""
        folder = region(tmp_path, 1, "person,course\np01,arts\np01,literacy\n", BOTH)
        assert solved(folder).code == 0
        assert weekly(feed(folder, "people/p01.ics")) == dict.fromkeys(WEEKS, 120)

    def test_more_than_that_is_impossible(self, tmp_path: Path) -> None:
        """Another quarter of an hour does not fit, though each course by itself does."""
        folder = region(tmp_path, 1.25, "person,course\np01,arts\np01,literacy\n", BOTH)
        assert solved(folder).code == 1
        for key in ("arts", "literacy"):
            assert semainier_here("solve", folder / f"{key}.toml", "-o", folder / "alone").code == 0
        write(folder, "person,course\np01,arts\np02,literacy\n", "who.csv")
        assert solved(folder).code == 0

    def test_a_calendar_of_135_minutes_is_in_breach(self, tmp_path: Path) -> None:
        """By hand 15 min of work go from the one week to the other, which has 120 min already."""
        folder = region(tmp_path, 1, "person,course\np01,arts\np01,literacy\n", BOTH)
        solved(folder)
        saved = folder / "out" / "arts" / "calendar.json"
        calendar = json.loads(saved.read_bytes())
        (item,) = calendar["work"]
        assert item["minutes"] == 60
        other = str(next(monday for monday in WEEKS if str(monday) != item["monday"]))
        calendar["work"] = [item | {"minutes": 45}, item | {"uid": "other", "monday": other, "minutes": 15}]
        saved.write_text(json.dumps(calendar))
        run = semainier_here("check", folder, folder / "out", "--json")
        day = {"2026-11-02": "Monday 2 November 2026", "2026-11-09": "Monday 9 November 2026"}[other]
        groups = "groups “Teachers of arts” and “Teachers”"
        told = f"2 h 15 of distance work in the week of {day} for {groups}; at most 2 h are allowed"
        breach = {"law": "distance_cap", "message": told, "excess": 15}
        assert json.loads(run.out) == {"lawful": False, "breaches": [breach], "notes": []}

    def test_nobody_is_in_two_classes_at_once(self, made: tuple[Path, Run]) -> None:
        """All three courses are aimed at the same day; arts and numeracy have nobody in common."""
        folder, _ = made
        starts = {key: live(feed(folder, f"../{key}/feeds/programme.ics")) for key in ("arts", "literacy", "numeracy")}
        assert {start.date() for ((start, _),) in starts.values()} == {date(2026, 11, 5)}
        assert starts["arts"] == starts["numeracy"] != starts["literacy"]


class TestFeeds:
    def test_shared_people_trainers_and_places_have_one_over_all_courses(self, made: tuple[Path, Run]) -> None:
        folder, _ = made
        feeds = folder / "out" / "feeds"
        assert list(files_of(feeds)) == [
            "people/p01.ics",
            "people/p02.ics",
            "people/p03.ics",
            "places/visio.ics",
            "trainers/coach.ics",
            "trainers/idle.ics",
        ]
        assert {path: str(feed(folder, path)["NAME"]) for path in files_of(feeds)} == {
            "people/p01.ics": "Region",
            "people/p02.ics": "Region",
            "people/p03.ics": "Region",
            "places/visio.ics": "Region · Virtual room",
            "trainers/coach.ics": "Region · Coach",
            "trainers/idle.ics": "Region · Somebody whom no course names",
        }

    @pytest.mark.parametrize(
        ("path", "parts"),
        [
            ("people/p01.ics", ["arts/feeds/people/p01.ics", "literacy/feeds/people/p01.ics"]),
            ("people/p02.ics", ["literacy/feeds/people/p02.ics", "numeracy/feeds/people/p02.ics"]),
            ("people/p03.ics", ["numeracy/feeds/people/p03.ics"]),
            ("places/visio.ics", [f"{key}/feeds/places/visio.ics" for key in ("arts", "literacy", "numeracy")]),
            ("trainers/coach.ics", ["numeracy/feeds/trainers/coach.ics"]),
            ("trainers/idle.ics", []),
        ],
    )
    def test_it_has_the_very_events_of_the_courses(self, made: tuple[Path, Run], path: str, parts: list[str]) -> None:
        folder, _ = made
        events = re.compile(rb"BEGIN:VEVENT.*?END:VEVENT", re.DOTALL)
        apart = [event for part in parts for event in events.findall((folder / "out" / part).read_bytes())]
        whole = events.findall((folder / "out" / "feeds" / path).read_bytes())
        assert sorted(whole) == sorted(apart)
        moments = [str(event["DTSTART"].dt)[:16] for event in feed(folder, path).walk("VEVENT")]
        assert moments == sorted(moments)

    def test_every_week_of_a_teacher_is_within_the_cap(self, made: tuple[Path, Run]) -> None:
        """A class of 60 min and 30 min of work in each course."""
        folder, _ = made
        sums = {person: weekly(feed(folder, f"people/{person}.ics")) for person in ("p01", "p02", "p03")}
        assert {person: sum(weeks.values()) for person, weeks in sums.items()} == {"p01": 180, "p02": 180, "p03": 90}
        assert max(minutes for weeks in sums.values() for minutes in weeks.values()) == 120

    def test_a_trainer_whom_no_session_needs_is_in_no_file_of_a_course(self, made: tuple[Path, Run]) -> None:
        folder, _ = made
        calendar = json.loads((folder / "out" / "numeracy" / "calendar.json").read_bytes())
        assert calendar["titles"]["trainers"] == {"coach": "Coach"}
        assert "Somebody" not in (folder / "out" / "numeracy" / "report.txt").read_text("utf-8")


class TestReport:
    def test_the_courses_then_the_levels(self, made: tuple[Path, Run]) -> None:
        folder, _ = made
        assert (folder / "out" / "report.txt").read_text("utf-8").splitlines() == [
            "Region",
            "======",
            "3 programmes",
            "Made as of Tuesday 1 September 2026.",
            "",
            "Programmes",
            "----------",
            "Programme  First day       Last day            Live  People      Days",
            "                                           sessions              from",
            "                                                                 wish",
            "Arts       Thu 5 Nov 2026  Thu 5 Nov 2026         1       1         0",
            "Literacy   Thu 5 Nov 2026  Thu 5 Nov 2026         1       2         0",
            "Numeracy   Thu 5 Nov 2026  Thu 5 Nov 2026         1       2         0",
            "",
            "Certificate",
            "-----------",
            "Level 1: value 0, bound 0, proved optimal.",
        ]


def test_many_courses_are_told_in_a_table(tmp_path: Path) -> None:
    courses = {f"c{number}": changed("Literacy", f"Course {number}", COURSE) for number in range(4)}
    folder = region(tmp_path, 0.5, "person,course\np01,c0\np02,c0\np03,c3\n", courses)
    run = solved(folder)
    assert run.code == 0
    assert run.lines[:10] == [
        "Lawful year of 4 programmes.",
        "",
        "Days            Live  People  Off wish  Programme",
        "Thu 5 Nov 2026     1       2         0  Course 0",
        "Thu 5 Nov 2026     1       –         0  Course 1",
        "Thu 5 Nov 2026     1       –         0  Course 2",
        "Thu 5 Nov 2026     1       1         0  Course 3",
        "",
        "Level  Value  Bound  Quality         Preferences",
        "    1      0      0  proved optimal  dates aimed at",
    ]
    again = semainier_here(
        "solve", folder, "-o", folder / "again", "--previous", folder / "out", "--as-of", "2026-09-01"
    )
    assert "Against the previous calendars: 0 changes, in 0 programmes." in again.lines
