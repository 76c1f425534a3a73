"""The master 1 of Le Mans at a distance, recomputed from `calendar.json` alone: each test is a fact of the offer."""

import json
import subprocess
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from datetime import date, datetime, timedelta
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest

Calendar = dict[str, Any]
Session = dict[str, Any]
Solved = Callable[[str, int], Path]
Checked = Callable[[str, Calendar], subprocess.CompletedProcess[str]]

SEMESTER_1 = {"ingenierie", "apprentissage", "environnements", "ressources", "anglais"}
SEMESTER_2 = {"politiques", "medias", "droit", "enquete", "collaboration"}
MODULES = SEMESTER_1 | SEMESTER_2


def days(first: str, last: str) -> Iterator[date]:
    """From the first to the last day, both included."""
    start = date.fromisoformat(first)
    return (start + timedelta(days=n) for n in range((date.fromisoformat(last) - start).days + 1))


PUBLIC_HOLIDAYS = {
    *map(date.fromisoformat, ("2026-11-01", "2026-11-11", "2026-12-25", "2027-01-01", "2027-03-29", "2027-05-01")),
    *map(date.fromisoformat, ("2027-05-06", "2027-05-08", "2027-05-17")),
}
# School holidays of zone B (arrêté of 22 October 2025), between departure and return.
ZONE_B = {
    *days("2026-10-18", "2026-11-01"),
    *days("2026-12-20", "2027-01-03"),
    *days("2027-02-21", "2027-03-07"),
    *days("2027-04-18", "2027-05-02"),
    *days("2027-05-07", "2027-05-09"),
}
WEEKS = [date(2026, 9, 14) + timedelta(weeks=n) for n in range(40)]
"""The Mondays from mid-September to mid-June."""


def is_off(day: date) -> bool:
    return day.weekday() > 4 or day in PUBLIC_HOLIDAYS | ZONE_B


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


@pytest.fixture(scope="module")
def folder(solved: Solved) -> Path:
    return solved("ifuno-m1", 1)


@pytest.fixture(scope="module")
def year(folder: Path) -> Calendar:
    calendar: Calendar = json.loads((folder / "calendar.json").read_text("utf-8"))
    return calendar


def start_of(session: Session) -> datetime:
    return datetime.fromisoformat(session["start"])


def end_of(session: Session) -> datetime:
    return datetime.fromisoformat(session["end"])


def minutes_of(placed: dict[str, Any]) -> int:
    """Of a session, or of the self-paced work of a week."""
    return placed["minutes"] if "minutes" in placed else (end_of(placed) - start_of(placed)) // timedelta(minutes=1)


def minutes(placed: Iterable[dict[str, Any]]) -> int:
    return sum(map(minutes_of, placed))


def week_of(placed: dict[str, Any]) -> date:
    return date.fromisoformat(placed["monday"]) if "monday" in placed else monday_of(start_of(placed).date())


def by_week(placed: Iterable[dict[str, Any]]) -> Counter[date]:
    """Minutes of sessions and self-paced work by week."""
    weeks: Counter[date] = Counter()
    for item in placed:
        weeks[week_of(item)] += minutes_of(item)
    return weeks


def by_module(placed: Iterable[dict[str, Any]]) -> dict[str, int]:
    """Minutes of each module."""
    modules: Counter[str] = Counter()
    for item in placed:
        modules[item["module"]] += minutes_of(item)
    return dict(modules)


def live(year: Calendar) -> dict[str, list[Session]]:
    """The virtual classes of each module, by date."""
    found: dict[str, list[Session]] = defaultdict(list)
    for session in sorted(year["sessions"], key=start_of):
        if session["kind"] == "virtual-class":
            found[session["module"]].append(session)
    return found


def on_site(year: Calendar) -> list[Session]:
    return [session for session in year["sessions"] if session["place"] == "le-mans"]


def work_of(year: Calendar, part: str) -> list[dict[str, Any]]:
    """The self-paced work of all modules, by the name of its part."""
    return [item for item in year["work"] if item["part"].endswith(f".{part}")]


def welcome_days(year: Calendar) -> list[date]:
    [block] = [each for each in year["days"] if each["kind"] == "course"]
    return list(days(block["first"], block["last"]))


def host_days(year: Calendar) -> list[date]:
    runs = [each for each in year["days"] if each["kind"] == "internship"]
    return sorted(day for each in runs for day in days(each["first"], each["last"]))


# A year at a distance that begins on the campus.


def test_the_year_begins_with_two_working_days_on_the_campus_in_mid_september(year: Calendar) -> None:
    first, second = welcome_days(year)
    assert date(2026, 9, 14) <= first < second == first + timedelta(days=1) <= date(2026, 9, 25)
    assert [day for day in (first, second) if is_off(day)] == []
    assert {each["place"] for each in year["days"] if each["kind"] == "course"} == {"le-mans"}


def test_all_else_is_at_a_distance(year: Calendar) -> None:
    """6 h on the campus, in those two days."""
    there = on_site(year)
    assert minutes(there) == 6 * 60
    assert [session["title"] for session in there if start_of(session).date() not in welcome_days(year)] == []
    elsewhere = [session for session in year["sessions"] if session not in there]
    assert {(session["kind"], session["place"]) for session in elsewhere} == {("virtual-class", "visio")}


def test_live_sessions_come_after_the_welcome(year: Calendar) -> None:
    firsts = [start_of(sessions[0]).date() for sessions in live(year).values()]
    assert min(firsts) > welcome_days(year)[-1]


# Hours.


def test_ten_modules_of_24_hours_half_live_and_half_self_paced(year: Calendar) -> None:
    classes = [session for session in year["sessions"] if session["kind"] == "virtual-class"]
    hours = by_module(classes)
    assert hours.pop("rentree") == 4 * 60
    assert hours == dict.fromkeys(MODULES, 12 * 60)
    assert by_module(work_of(year, "activites")) == dict.fromkeys(MODULES, 12 * 60)


def test_250_hours_presence_equivalent(year: Calendar) -> None:
    assert minutes([*year["sessions"], *work_of(year, "activites")]) == 250 * 60


def test_500_hours_of_personal_work_50_for_each_module(year: Calendar) -> None:
    assert by_module(work_of(year, "personnel")) == dict.fromkeys(MODULES, 50 * 60)


def test_all_self_paced_work_is_teaching_or_personal(year: Calendar) -> None:
    assert minutes(year["work"]) == (120 + 500) * 60


def test_personal_work_runs_through_school_holidays_and_teaching_rests(year: Calendar) -> None:
    """Two weeks at All Saints, two at Christmas, two in winter, two in spring."""
    holidays = [monday for monday in WEEKS if all(is_off(monday + timedelta(days=n)) for n in range(7))]
    assert len(holidays) == 8
    personal, teaching = by_week(work_of(year, "personnel")), by_week([*year["sessions"], *work_of(year, "activites")])
    assert [monday for monday in holidays if personal[monday] == 0] == []
    assert [monday for monday in holidays if teaching[monday] > 0] == []


def test_about_19_hours_of_work_in_each_of_40_weeks(year: Calendar) -> None:
    """750 h: 18.75 h a week, an hour more or less."""
    weeks = by_week([*year["sessions"], *year["work"]])
    assert (weeks.total(), sorted(weeks)) == (750 * 60, WEEKS)
    assert 17.75 * 60 <= min(weeks.values()) <= max(weeks.values()) <= 19.75 * 60


def test_no_module_takes_more_than_5_hours_of_personal_work_in_a_week(year: Calendar) -> None:
    taken: Counter[tuple[str, str]] = Counter()
    for item in work_of(year, "personnel"):
        taken[item["module"], item["monday"]] += item["minutes"]
    assert max(taken.values()) <= 5 * 60


# Live sessions.


def test_live_sessions_last_an_hour_and_a_module_has_at_most_one_a_week(year: Calendar) -> None:
    assert {minutes_of(session) for sessions in live(year).values() for session in sessions} == {60}
    for sessions in live(year).values():
        weeks = [week_of(session) for session in sessions]
        assert len(set(weeks)) == len(weeks)


def test_semester_1_ends_in_january(year: Calendar) -> None:
    sessions = [session for module in SEMESTER_1 for session in live(year)[module]]
    assert max(end_of(session).date() for session in sessions) <= date(2027, 1, 31)
    last_weeks = [week_of(item) for item in year["work"] if item["module"] in SEMESTER_1]
    assert max(last_weeks) <= date(2027, 1, 25)


def test_semester_2_begins_in_early_february_and_ends_in_mid_june(year: Calendar) -> None:
    dates = [start_of(session).date() for module in SEMESTER_2 for session in live(year)[module]]
    assert date(2027, 2, 1) <= min(dates) <= date(2027, 2, 12)
    assert date(2027, 6, 7) <= max(dates) <= date(2027, 6, 18)
    weeks = [week_of(item) for item in year["work"] if item["module"] in SEMESTER_2]
    assert (min(weeks), max(weeks)) == (date(2027, 2, 1), date(2027, 6, 14))


def test_no_session_on_a_weekend_a_public_holiday_or_a_school_holiday_of_zone_b(year: Calendar) -> None:
    assert [session["start"] for session in year["sessions"] if is_off(start_of(session).date())] == []


def test_no_session_outside_opening_hours_or_over_lunch(year: Calendar) -> None:
    hours = [(f"{start_of(each):%H:%M}", f"{end_of(each):%H:%M}") for each in year["sessions"]]
    assert [(start, end) for start, end in hours if start < "09:00" or end > "18:00" or end <= start] == []
    assert [(start, end) for start, end in hours if start < "13:30" and end > "12:30"] == []


def test_neither_a_module_nor_the_welcome_starts_on_an_eve(year: Calendar) -> None:
    first: dict[str, date] = {"welcome": welcome_days(year)[0]}
    for session in sorted(year["sessions"], key=start_of):
        first.setdefault(session["module"], start_of(session).date())
    assert {module: day for module, day in first.items() if is_off(day + timedelta(days=1))} == {}


def test_at_most_three_open_days_a_week(year: Calendar) -> None:
    weeks = Counter(monday_of(day) for day in {start_of(session).date() for session in year["sessions"]})
    assert max(weeks.values()) <= 3


def test_at_most_seven_hours_of_sessions_a_day(year: Calendar) -> None:
    hours: Counter[date] = Counter()
    for session in year["sessions"]:
        hours[start_of(session).date()] += minutes_of(session)
    assert max(hours.values()) <= 7 * 60


def test_a_student_has_a_quarter_of_an_hour_between_two_sessions(year: Calendar) -> None:
    gaps = [start_of(then) - end_of(one) for one, then in pairwise(sorted(year["sessions"], key=start_of))]
    assert min(gaps) >= timedelta(minutes=15)


def test_no_trainer_is_in_two_sessions_at_once(year: Calendar) -> None:
    clashes = [
        (one["start"], other["start"])
        for one, other in combinations(year["sessions"], 2)
        if set(one["trainers"]) & set(other["trainers"])
        and start_of(one) < end_of(other)
        and start_of(other) < end_of(one)
    ]
    assert clashes == []


# The observation internship.


def test_100_hours_of_observation_internship_in_semester_2(year: Calendar) -> None:
    """Twenty days of 5 h."""
    assert len(host_days(year)) == 20
    assert date(2027, 2, 1) <= host_days(year)[0] <= host_days(year)[-1] <= date(2027, 6, 18)


def test_observation_alternates_with_the_teaching(year: Calendar) -> None:
    """At most two days a week, on no day with a live session."""
    open_days = {start_of(session).date() for session in year["sessions"]}
    assert [day for day in host_days(year) if day in open_days] == []
    assert max(Counter(map(monday_of, host_days(year))).values()) <= 2


def test_observation_days_are_weekdays_and_no_public_holidays(year: Calendar) -> None:
    assert [day for day in host_days(year) if day.weekday() > 4 or day in PUBLIC_HOLIDAYS] == []


# The certificate and the verdict.


def test_every_level_is_proved_optimal(year: Calendar) -> None:
    levels = year["certificate"]["levels"]
    assert [(level["rank"], level["rules"]) for level in levels] == [
        (1, ["trainer_preference", "near_date"]),
        (2, ["regular_slot"]),
        (3, ["even_load"]),
    ]
    assert [level for level in levels if not level["proved"]] == []
    assert [level["value"] for level in levels] == [level["bound"] for level in levels]


def test_each_module_keeps_its_weekly_slot(year: Calendar) -> None:
    slots = [{f"{start_of(session):%A %H:%M}" for session in sessions} for sessions in live(year).values()]
    assert [len(each) for each in slots] == [1] * 11


def test_the_certificate_says_that_another_run_gives_the_same_calendar(year: Calendar) -> None:
    assert year["certificate"]["reproducible"] is True


def test_the_report_remarks_only_that_the_hours_on_site_are_few(folder: Path) -> None:
    """The offer is wholly at a distance, and does not say who granted an exemption."""
    remarks = (folder / "report.txt").read_text("utf-8").split("Remarques sur le plan\n")[1].split("\n\n")[0]
    assert " ".join(remarks.split()) == (
        "--------------------- teaching_volume : à côté d’un stage, une année compte au moins 50 h d’enseignement "
        "sur place (Code de l’éducation, D124-2) ; l’année 1 en compte 6 h"
    )


def test_check_finds_no_breach(year: Calendar, checked: Checked) -> None:
    run = checked("ifuno-m1", year)
    assert (run.returncode, run.stdout, run.stderr) == (0, "No breach: every law is kept.\n", "")


def test_a_session_moved_onto_easter_monday_is_refused_by_law_day_and_session(year: Calendar, checked: Checked) -> None:
    edited = deepcopy(year)
    moved = next(each for each in edited["sessions"] if week_of(each) == date(2027, 3, 29))
    start = start_of(moved).replace(month=3, day=29)
    moved["start"], moved["end"] = start.isoformat(), (start + timedelta(hours=1)).isoformat()
    run = checked("ifuno-m1", edited)
    session = f"“{moved['module_title']}” (virtual class)"
    assert run.returncode == 1
    told = f"days_off: {session} stands on Monday 29 March 2027 {start:%H:%M}: Lundi de Pâques"
    assert told in run.stdout.splitlines()
