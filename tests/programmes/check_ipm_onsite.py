"""The master 2 of Lille on site, recomputed from `calendar.json` alone: each test is a fact of the offer."""

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

PATHS = ("professionnel", "recherche")
UNITS = {
    "acteurs": 9,
    "politiques": 9,
    "communication": 3,
    "conception": 6,
    "contenus": 6,
    "langages": 6,
    "ubiquite": 3,
}
"""The units of semester 3, by the first word of their modules, with their credits."""
COURSES = {
    "acteurs": 3,
    "politiques": 3,
    "communication": 2,
    "conception": 3,
    "contenus": 2,
    "langages": 2,
    "ubiquite": 1,
}
"""The modules of each unit, the team projects left out."""
PROJECTS = "communication-projets"


def days(first: str, last: str) -> Iterator[date]:
    """From the first to the last day, both included."""
    start = date.fromisoformat(first)
    return (start + timedelta(days=n) for n in range((date.fromisoformat(last) - start).days + 1))


PUBLIC_HOLIDAYS = {
    *map(date.fromisoformat, ("2026-11-01", "2026-11-11", "2026-12-25", "2027-01-01", "2027-03-29", "2027-05-01")),
    *map(date.fromisoformat, ("2027-05-06", "2027-05-08", "2027-05-17", "2027-07-14", "2027-08-15")),
}
# School holidays of zone B (arrêté of 22 October 2025), between departure and return.
ZONE_B = {
    *days("2026-10-18", "2026-11-01"),
    *days("2026-12-20", "2027-01-03"),
    *days("2027-02-21", "2027-03-07"),
    *days("2027-04-18", "2027-05-02"),
    *days("2027-05-07", "2027-05-09"),
    *days("2027-07-04", "2027-09-01"),
}


def is_off(day: date) -> bool:
    return day.weekday() > 4 or day in PUBLIC_HOLIDAYS | ZONE_B


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


@pytest.fixture(scope="module")
def folder(solved: Solved) -> Path:
    return solved("ipm-onsite", 1)


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


def attended(year: Calendar, path: str) -> list[Session]:
    """What a student of an orientation attends, by date, without the last defences: of those each student has one."""
    groups = {"promotion", path}
    mine = [each for each in year["sessions"] if groups & set(each["groups"])]
    return sorted((each for each in mine if each["start"] < "2027-09"), key=start_of)


def courses(year: Calendar) -> list[Session]:
    """The courses of the ordinary weeks: those of the units, the team projects left out."""
    return [
        each for each in year["sessions"] if each["module"].partition("-")[0] in UNITS and each["module"] != PROJECTS
    ]


def personal(year: Calendar) -> list[dict[str, Any]]:
    """Personal work that goes with the units."""
    return [each for each in year["work"] if each["module"].partition("-")[0] in UNITS]


def block(year: Calendar, key: str) -> list[date]:
    [found] = [each for each in year["days"] if each["source"] == key]
    return list(days(found["first"], found["last"]))


def intensive(year: Calendar) -> list[list[date]]:
    return [block(year, f"intensive-{n}") for n in (1, 2, 3)]


def milestone(year: Calendar, key: str) -> date:
    [day] = block(year, key)
    return day


def host_days(year: Calendar) -> list[date]:
    found = [each for each in year["days"] if each["kind"] == "internship"]
    return sorted(day for each in found for day in days(each["first"], each["last"]))


def ordinary_weeks(year: Calendar) -> list[date]:
    """From 7 September to 26 March less holidays, integration and intensive weeks, by Monday."""
    every = [date(2026, 9, 7) + timedelta(weeks=n) for n in range(29)]
    blocks = {monday_of(run[0]) for run in [block(year, "integration"), *intensive(year)]}
    open_weeks = [monday for monday in every if not all(is_off(monday + timedelta(days=n)) for n in range(5))]
    return [monday for monday in open_weeks if monday not in blocks]


# Three phases.


def test_an_integration_week_in_september_from_monday_to_friday(year: Calendar) -> None:
    week = block(year, "integration")
    assert [day.weekday() for day in week] == [0, 1, 2, 3, 4]
    assert date(2026, 9, 1) <= week[0] <= week[-1] <= date(2026, 9, 18)
    first = min(start_of(session).date() for session in courses(year))
    assert first > week[-1]


def test_three_intensive_weeks_end_the_phases_in_november_january_and_march(year: Calendar) -> None:
    weeks = intensive(year)
    assert [[day.weekday() for day in week] for week in weeks] == [[0, 1, 2, 3, 4]] * 3
    assert [(week[0].year, week[0].month) for week in weeks] == [(2026, 11), (2027, 1), (2027, 3)]
    assert [day for week in [block(year, "integration"), *weeks] for day in week if is_off(day)] == []


def test_phases_follow_each_other(year: Calendar) -> None:
    """Each course ends before the intensive week of its phase, or begins after that of the phase before."""
    ends = [week[-1] for week in intensive(year)]
    phases: dict[str, set[int]] = defaultdict(set)
    for session in courses(year):
        phases[session["part"]].add(sum(end < start_of(session).date() for end in ends))
    assert {part: sorted(found) for part, found in phases.items() if len(found) > 1} == {}
    assert set().union(*phases.values()) == {0, 1, 2}


def test_an_intensive_week_is_for_one_team_project_defended_on_its_friday(year: Calendar) -> None:
    for number, week in enumerate(intensive(year), 1):
        there = [each for each in year["sessions"] if week[0] <= start_of(each).date() <= week[-1]]
        assert {each["part"] for each in there} == {
            f"{PROJECTS}.{step}-{number}" for step in ("lancement", "atelier", "soutenance")
        }
        defended = {start_of(each).date() for each in there if each["kind"] == "defence"}
        assert defended == {week[-1]}
        others = [start_of(each) for each in there if each["kind"] != "defence"]
        assert max(others).date() < week[-1]


def test_the_projects_have_their_subjects(year: Calendar) -> None:
    titles = [each["title"] for each in year["days"] if each["source"].startswith("intensive-")]
    assert sorted(titles) == [
        "Semaine intensive 1 : méthodes et normes universitaires",
        "Semaine intensive 2 : un objet innovant autonome",
        "Semaine intensive 3 : conception d'un dispositif e-learning",
    ]


# Hours.


def test_19_ordinary_weeks_under_zone_b(year: Calendar) -> None:
    assert len(ordinary_weeks(year)) == 19


def test_475_hours_of_courses_in_250_sessions_in_the_ordinary_weeks(year: Calendar) -> None:
    assert Counter(map(minutes_of, courses(year))) == {120: 225, 60: 25}
    assert minutes(courses(year)) == 475 * 60
    assert {week_of(session) for session in courses(year)} == set(ordinary_weeks(year))


def test_25_hours_of_courses_a_week_on_average_and_never_more_than_30(year: Calendar) -> None:
    weeks = by_week(courses(year))
    assert sum(weeks.values()) == 25 * 60 * len(ordinary_weeks(year))
    assert max(weeks.values()) <= 30 * 60


def test_25_hours_of_personal_work_a_week_on_average_and_never_more_than_30(year: Calendar) -> None:
    """550 h in the 22 weeks of the phases, intensive ones included."""
    weeks = by_week(personal(year))
    assert sum(weeks.values()) == 550 * 60 == 25 * 60 * (len(ordinary_weeks(year)) + 3)
    assert max(weeks.values()) <= 30 * 60


def test_the_units_have_the_courses_of_the_offer(year: Calendar) -> None:
    modules = {session["module"] for session in courses(year)}
    assert Counter(module.partition("-")[0] for module in modules) == COURSES


def test_units_weigh_25_hours_for_a_credit(year: Calendar) -> None:
    """41 credits of the courses: the 42nd is the team projects' share in the unit of communication."""
    hours: Counter[str] = Counter()
    for item in [*courses(year), *personal(year)]:
        hours[item["module"].partition("-")[0]] += minutes_of(item)
    credits = UNITS | {"communication": 2}
    assert {unit: minutes / 60 / 25 for unit, minutes in hours.items()} == credits


def test_the_report_remarks_that_credits_add_up_to_63(folder: Path) -> None:
    report = " ".join((folder / "report.txt").read_text("utf-8").split())
    assert "les crédits d’un étudiant font 63 ECTS" in report


def test_about_18_trainers_one_to_three_for_a_course(year: Calendar) -> None:
    given: dict[str, set[str]] = defaultdict(set)
    for session in courses(year):
        given[session["module"]] |= set(session["trainers"])
    assert {len(trainers) for trainers in given.values()} <= {1, 2, 3}
    assert 15 <= len(set().union(*given.values())) <= 20


# Internship and research.


def test_the_search_for_an_internship_opens_in_phase_2_and_is_intensive_in_phase_3(year: Calendar) -> None:
    first, second, third = intensive(year)
    search = [start_of(each).date() for each in year["sessions"] if each["module"] == "recherche-de-stage"]
    assert first[-1] < min(search) < second[0]
    in_phase_2 = [day for day in search if day < second[0]]
    in_phase_3 = [day for day in search if second[-1] < day < third[0]]
    assert (len(in_phase_2), len(in_phase_3)) == (1, 6)


def test_agreements_are_signed_before_the_internship(year: Calendar) -> None:
    assert milestone(year, "conventions") < host_days(year)[0]


def test_the_internship_starts_after_all_teaching_and_intensive_weeks(year: Calendar) -> None:
    taught = [start_of(each).date() for each in attended(year, "professionnel")]
    assert max([*taught, intensive(year)[-1][-1]]) < host_days(year)[0] <= date(2027, 4, 10)


def test_at_least_455_hours_in_one_run_of_3_to_5_months(year: Calendar) -> None:
    hosts = host_days(year)
    run = [day for day in days(str(hosts[0]), str(hosts[-1])) if day.weekday() < 5 and day not in PUBLIC_HOLIDAYS]
    assert hosts == run
    assert len(hosts) * 7 >= 455
    first, last = hosts[0], hosts[-1]
    three, five = (first.replace(month=first.month + n) - timedelta(days=1) for n in (3, 5))
    assert three - timedelta(days=3) <= last <= five


def test_thesis_due_at_the_end_of_august_then_permission_then_defence_in_september(year: Calendar) -> None:
    defences = [start_of(each).date() for each in year["sessions"] if each["part"].startswith("memoire.soutenance")]
    due, permitted = milestone(year, "depot"), milestone(year, "autorisation")
    assert (due.year, due.month) == (2027, 8)
    assert host_days(year)[-1] < due < permitted < min(defences)
    assert {(day.year, day.month) for day in defences} == {(2027, 9)}
    assert not is_off(permitted)


def test_each_defence_is_before_supervisor_company_tutor_and_president(year: Calendar) -> None:
    juries = [each["trainers"] for each in year["sessions"] if each["part"].startswith("memoire.soutenance")]
    assert len(juries) == 20
    assert [jury for jury in juries if len(jury) != 3 or not {"tuteur", "direction"} < set(jury)] == []


def test_the_research_orientation_is_wholly_at_a_distance(year: Calendar) -> None:
    mine = [each for each in year["sessions"] if each["groups"] == ["recherche"]]
    assert {each["place"] for each in mine} == {"visio"}
    assert {each["module"] for each in mine} == {"recherche"}
    assert [each for each in year["days"] if each["kind"] == "internship" and each["groups"] != ["professionnel"]] == []


def test_the_final_choice_of_research_is_at_the_end_of_october(year: Calendar) -> None:
    assert date(2026, 10, 26) <= milestone(year, "choix-recherche") <= date(2026, 10, 31)


# Live sessions.


def test_no_session_on_a_weekend_a_public_holiday_or_a_school_holiday_of_zone_b(year: Calendar) -> None:
    mine = [each for each in year["sessions"] if each["groups"] == ["promotion"]]
    assert [session["start"] for session in mine if is_off(start_of(session).date())] == []
    every = [start_of(session).date() for session in year["sessions"]]
    assert [day for day in every if day.weekday() > 4 or day in PUBLIC_HOLIDAYS] == []


def test_no_session_outside_opening_hours_or_over_lunch(year: Calendar) -> None:
    hours = [(f"{start_of(each):%H:%M}", f"{end_of(each):%H:%M}") for each in year["sessions"]]
    assert [(start, end) for start, end in hours if start < "08:00" or end > "18:15" or end <= start] == []
    assert [(start, end) for start, end in hours if start < "13:30" and end > "12:45"] == []


@pytest.mark.parametrize("path", PATHS)
def test_a_student_has_a_quarter_of_an_hour_between_two_sessions(year: Calendar, path: str) -> None:
    gaps = [start_of(then) - end_of(one) for one, then in pairwise(attended(year, path))]
    assert min(gaps) >= timedelta(minutes=15)


@pytest.mark.parametrize("needed", ["trainers", "place"])
def test_no_trainer_and_no_room_is_in_two_sessions_at_once(year: Calendar, needed: str) -> None:
    def uses(session: Session) -> set[str]:
        return set(session["trainers"]) if needed == "trainers" else {session["place"]} - {"visio"}

    clashes = [
        (one["start"], other["start"])
        for one, other in combinations(year["sessions"], 2)
        if uses(one) & uses(other) and start_of(one) < end_of(other) and start_of(other) < end_of(one)
    ]
    assert clashes == []


# The certificate and the verdict.


def test_check_finds_no_breach(year: Calendar, checked: Checked) -> None:
    run = checked("ipm-onsite", year)
    assert (run.returncode, run.stdout, run.stderr) == (0, "No breach: every law is kept.\n", "")


def test_a_course_moved_onto_11_november_is_refused_by_law_day_and_session(year: Calendar, checked: Checked) -> None:
    edited = deepcopy(year)
    moved = next(each for each in edited["sessions"] if week_of(each) == date(2026, 11, 9))
    start = start_of(moved).replace(day=11)
    moved["start"], moved["end"] = start.isoformat(), (start + timedelta(minutes=minutes_of(moved))).isoformat()
    run = checked("ipm-onsite", edited)
    assert run.returncode == 1
    [told] = [line for line in run.stdout.splitlines() if line.startswith("days_off")]
    assert told.startswith(f"days_off: “{moved['module_title']}” (")
    assert told.endswith(f"stands on Wednesday 11 November 2026 {start:%H:%M}: Armistice")
