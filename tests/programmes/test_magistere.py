"""The in-service course for the zones A, B and C, recomputed from `calendar.json` alone."""

import json
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

Calendar = dict[str, Any]
Solved = Callable[[str, int], Path]
Checked = Callable[[str, Calendar], subprocess.CompletedProcess[str]]


def days(first: str, last: str) -> Iterator[date]:
    """From the first to the last day, both included."""
    start = date.fromisoformat(first)
    return (start + timedelta(days=n) for n in range((date.fromisoformat(last) - start).days + 1))


# School holidays of the zones A, B and C (arrêté of 22 October 2025), then public holidays, in the time of the course.
OFF = {
    *days("2026-12-20", "2027-01-03"),
    *days("2027-02-14", "2027-02-28"),
    *days("2027-02-21", "2027-03-07"),
    *days("2027-02-07", "2027-02-21"),
    *days("2027-04-11", "2027-04-25"),
    *days("2027-04-18", "2027-05-02"),
    *days("2027-04-04", "2027-04-18"),
    *days("2027-05-07", "2027-05-09"),
    *map(date.fromisoformat, ("2027-01-01", "2027-03-29", "2027-05-06", "2027-05-17")),
}


def is_off(day: date) -> bool:
    return day.weekday() > 4 or day in OFF


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


@pytest.fixture(scope="module")
def year(solved: Solved) -> Calendar:
    calendar: Calendar = json.loads((solved("magistere", 1) / "calendar.json").read_text("utf-8"))
    return calendar


def starts(year: Calendar) -> dict[str, datetime]:
    """The start of each virtual class by its part."""
    return {session["part"]: datetime.fromisoformat(session["start"]) for session in year["sessions"]}


def weeks_of(year: Calendar, part: str) -> list[date]:
    """The Mondays of the weeks with some work of a part."""
    return sorted(date.fromisoformat(item["monday"]) for item in year["work"] if item["part"] == part)


def distance_minutes(year: Calendar) -> Counter[date]:
    """Minutes of virtual classes and self-paced work by week."""
    minutes: Counter[date] = Counter()
    for session in year["sessions"]:
        start, end = (datetime.fromisoformat(session[key]) for key in ("start", "end"))
        minutes[monday_of(start.date())] += (end - start) // timedelta(minutes=1)
    for item in year["work"]:
        minutes[date.fromisoformat(item["monday"])] += item["minutes"]
    return minutes


def course(year: Calendar) -> tuple[date, date]:
    [block] = year["days"]
    return date.fromisoformat(block["first"]), date.fromisoformat(block["last"])


def test_the_course_starts_on_a_working_day_of_all_three_zones(year: Calendar) -> None:
    first, _ = course(year)
    assert not is_off(first)


def test_the_course_does_not_start_on_the_eve_of_a_rest(year: Calendar) -> None:
    first, _ = course(year)
    assert not is_off(first + timedelta(days=1))


def test_the_first_virtual_class_is_not_on_the_eve_of_a_rest(year: Calendar) -> None:
    assert not is_off(min(starts(year).values()).date() + timedelta(days=1))


def test_the_course_takes_eight_working_weeks(year: Calendar) -> None:
    first, last = course(year)
    working = {monday_of(day) for day in days(str(first), str(last)) if not is_off(day)}
    assert len(working) == 8


def test_the_course_pauses_in_the_weeks_in_which_a_zone_is_on_holiday(year: Calendar) -> None:
    first, last = course(year)
    resting = {monday_of(day) for day in days(str(first), str(last))} - set(distance_minutes(year))
    assert sorted(resting) == [
        monday for monday in sorted(resting) if all(is_off(monday + timedelta(n)) for n in range(7))
    ]
    assert resting != set()


def test_everything_lies_inside_the_course(year: Calendar) -> None:
    first, last = course(year)
    assert [start for start in starts(year).values() if not first <= start.date() <= last] == []
    assert [monday for monday in distance_minutes(year) if not monday_of(first) <= monday <= last] == []


def test_no_virtual_class_on_a_weekend_or_a_holiday_of_any_zone(year: Calendar) -> None:
    assert [start for start in starts(year).values() if is_off(start.date())] == []


def test_virtual_classes_lie_in_working_hours_and_outside_lunch(year: Calendar) -> None:
    outside = []
    for session in year["sessions"]:
        start, end = (datetime.fromisoformat(session[key]) for key in ("start", "end"))
        closing = "12:00" if start.weekday() == 2 else "17:30"
        hours = [f"{start:%H:%M}", f"{end:%H:%M}"]
        if not ("09:00" <= hours[0] < hours[1] <= closing and (hours[1] <= "12:00" or hours[0] >= "13:30")):
            outside.append(hours)
    assert outside == []


def test_three_virtual_classes_of_an_hour_and_thirteen_hours_of_self_paced_work(year: Calendar) -> None:
    assert sorted(starts(year)) == ["evaluer.classe-1", "evaluer.classe-2", "evaluer.classe-3"]
    assert sum(item["minutes"] for item in year["work"]) == 13 * 60
    assert distance_minutes(year).total() == 16 * 60


def test_distance_work_never_exceeds_two_hours_a_week(year: Calendar) -> None:
    assert max(distance_minutes(year).values()) <= 120


def test_exactly_two_hours_are_used_in_each_working_week(year: Calendar) -> None:
    assert list(distance_minutes(year).values()) == [120] * 8


def test_exactly_two_hours_a_week_are_accepted(year: Calendar, checked: Checked) -> None:
    run = checked("magistere", year)
    assert (run.returncode, run.stdout) == (0, "No breach: every law is kept.\n")


@pytest.mark.parametrize(("minutes", "planned"), [(1, "2 h 01"), (30, "2 h 30")])
def test_more_than_two_hours_a_week_are_refused(year: Calendar, checked: Checked, minutes: int, planned: str) -> None:
    """Moved by hand from the first week of a step to its second: the step keeps its hours, the week does not."""
    edited = deepcopy(year)
    earlier, later = [item for item in edited["work"] if item["part"] == "evaluer.decouvrir"]
    earlier["minutes"] -= minutes
    later["minutes"] += minutes
    monday = date.fromisoformat(later["monday"])
    run = checked("magistere", edited)
    assert run.returncode == 1
    assert run.stdout.splitlines() == [
        "1 breach:",
        f"distance_cap: {planned} of distance work in the week of {monday:%A} {monday.day} {monday:%B %Y} for "
        "group “Participants des zones A, B et C”; at most 2 h are allowed",
    ]


def test_no_self_paced_work_in_a_week_without_a_working_day(year: Calendar) -> None:
    mondays = {date.fromisoformat(item["monday"]) for item in year["work"]}
    assert [monday for monday in mondays if all(is_off(monday + timedelta(n)) for n in range(7))] == []


def test_self_paced_work_moved_into_a_week_of_holidays_is_refused(year: Calendar, checked: Checked) -> None:
    edited = deepcopy(year)
    edited["work"][0]["monday"] = "2027-02-15"
    run = checked("magistere", edited)
    assert run.returncode == 1
    assert any(line.startswith("days_off: ") for line in run.stdout.splitlines())


@pytest.mark.parametrize(
    ("step", "virtual_class"),
    [("decouvrir", "classe-1"), ("concevoir", "classe-2"), ("experimenter", "classe-3")],
)
def test_each_step_is_done_before_the_week_of_its_virtual_class(year: Calendar, step: str, virtual_class: str) -> None:
    last = weeks_of(year, f"evaluer.{step}")[-1]
    assert last < monday_of(starts(year)[f"evaluer.{virtual_class}"].date())


@pytest.mark.parametrize(
    ("step", "next_step"), [("decouvrir", "concevoir"), ("concevoir", "experimenter"), ("experimenter", "bilan")]
)
def test_the_steps_follow_each_other(year: Calendar, step: str, next_step: str) -> None:
    assert weeks_of(year, f"evaluer.{step}")[-1] < weeks_of(year, f"evaluer.{next_step}")[0]


def test_the_virtual_classes_follow_each_other_at_least_a_week_apart(year: Calendar) -> None:
    first, second, third = (starts(year)[f"evaluer.classe-{n}"].date() for n in (1, 2, 3))
    assert (second - first).days >= 7
    assert (third - second).days >= 7


def test_every_level_is_proved_optimal(year: Calendar) -> None:
    levels = year["certificate"]["levels"]
    assert [(level["rank"], level["proved"], level["value"] == level["bound"]) for level in levels] == [
        (1, True, True),
        (2, True, True),
    ]
    assert year["certificate"]["reproducible"] is True


def test_a_second_run_gives_the_same_bytes(solved: Solved) -> None:
    first, second = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (solved("magistere", 1), solved("magistere", 2))
    )
    assert sorted(map(str, first)) == [
        "calendar.html",
        "calendar.json",
        "feeds/groups/participants.ics",
        "feeds/programme.ics",
        "feeds/trainers/evaluation.ics",
        "feeds/trainers/numerique.ics",
        "report.txt",
    ]
    assert first == second
