"""A region's plan of eight drawn courses, made by the command and recomputed from its feeds alone."""

import csv
import json
import re
from collections import Counter, defaultdict
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from icalendar import Calendar

from benchmarks.region.files import files_of
from benchmarks.region.planting import planted
from door import semainier_here
from programmes import Run

CAP = 120
BUFFER, JOURNEY = timedelta(minutes=15), timedelta(minutes=60)
"""Between two sessions of one person; where one of them is on site and the other at a distance."""

WORK = re.compile(r"Travail en autonomie\s:\s(?:(\d+)\sh)?\s?(\d+)?(?:\smin)?")


class Region(NamedTuple):
    """The files of a region, what was made of them, and what was printed."""

    files: Path
    made: Path
    told: Any


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Region:
    files, made = tmp_path_factory.mktemp("region"), tmp_path_factory.mktemp("plan")
    for name, text in files_of(planted(8, 1)).items():
        (files / name).write_text(text, encoding="utf-8")
    run = semainier_here("solve", files, "-o", made, "--as-of", "2026-09-01", "--json")
    assert run.code == 0, run.err
    return Region(files, made, json.loads(run.out))


def people(region: Region) -> dict[str, set[str]]:
    """The courses of each teacher, by the table of enrolments."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    with (region.files / "inscriptions.csv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table, delimiter=";"):
            found[row["personne"]].add(row["parcours"])
    return dict(found)


def events(region: Region, path: str) -> list[Any]:
    return Calendar.from_ical((region.made / "feeds" / path).read_bytes()).walk("VEVENT")


def kind(event: Any) -> str:
    return str(event["CATEGORIES"].cats[1])


def sessions(found: list[Any]) -> list[tuple[datetime, datetime, str]]:
    """Live sessions in order of time, with their kinds."""
    timed = [each for each in found if isinstance(each["DTSTART"].dt, datetime)]
    return sorted((each["DTSTART"].dt, each["DTEND"].dt, kind(each)) for each in timed)


def minutes_at_a_distance(found: list[Any]) -> Counter[date]:
    """Virtual classes and self-paced work by week, named by its Monday."""
    weeks: Counter[date] = Counter()
    for start, end, sort in sessions(found):
        if sort == "virtual-class":
            weeks[monday_of(start.date())] += round((end - start).total_seconds() / 60)
    for event in found:
        if kind(event) == "distance-work":
            told = WORK.fullmatch(event["SUMMARY"])
            assert told, event["SUMMARY"]
            hours, minutes = (int(number or 0) for number in told.groups())
            weeks[monday_of(event["DTSTART"].dt)] += 60 * hours + minutes
    return weeks


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def test_it_is_proved_to_be_the_best(region: Region) -> None:
    assert region.told["outcome"] == "lawful"
    assert [level["value"] == level["bound"] for level in region.told["levels"]] == [True, True, True]


def test_it_passes_the_laws_own_check(region: Region) -> None:
    run: Run = semainier_here("check", region.files, region.made)
    assert (run.code, run.lines) == (0, ["Aucune infraction : toutes les lois sont respectées."])


def test_every_teacher_has_a_feed_of_all_their_courses(region: Region) -> None:
    enrolled = people(region)
    assert {path.stem for path in (region.made / "feeds" / "people").iterdir()} == {*enrolled}
    for person, courses in enrolled.items():
        of_courses = Counter(
            str(event["UID"])
            for course in courses
            for event in Calendar.from_ical((region.made / course / "feeds" / "programme.ics").read_bytes()).walk(
                "VEVENT"
            )
        )
        assert Counter(str(event["UID"]) for event in events(region, f"people/{person}.ics")) == of_courses


def test_nobody_has_more_than_two_hours_at_a_distance_in_a_week(region: Region) -> None:
    most = {
        person: max(minutes_at_a_distance(events(region, f"people/{person}.ics")).values()) for person in people(region)
    }
    assert max(most.values()) == CAP
    in_several = [person for person, courses in people(region).items() if len(courses) > 1]
    assert len(in_several) > 15


def test_nobody_is_in_two_sessions_at_once_and_trainers_neither(region: Region) -> None:
    readers = [f"people/{person}.ics" for person in people(region)]
    readers += [f"trainers/{path.name}" for path in (region.made / "feeds" / "trainers").iterdir()]
    for reader in readers:
        for (_, end, sort), (start, _, following) in pairwise(sessions(events(region, reader))):
            assert start - end >= (BUFFER if sort == following else JOURNEY), reader


def test_sessions_lie_in_working_hours_on_working_days(region: Region) -> None:
    for course in sorted({course for courses in people(region).values() for course in courses}):
        off = json.loads((region.made / course / "calendar.json").read_text("utf-8"))["days_off"]
        assert off
        found = Calendar.from_ical((region.made / course / "feeds" / "programme.ics").read_bytes()).walk("VEVENT")
        for start, end, _ in sessions(found):
            assert start.weekday() < 5
            assert time(9) <= start.time() < end.time() <= (time(12) if start.weekday() == 2 else time(17, 30))
            assert end.time() <= time(12) or start.time() >= time(13, 30)
