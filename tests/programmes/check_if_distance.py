"""The master of Lille at a distance, recomputed from `calendar.json` alone: each test is a fact of the offer."""

import json
import subprocess
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from datetime import date, datetime, timedelta
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
import vobject

ROOT = Path(__file__).parents[2]

Calendar = dict[str, Any]
Session = dict[str, Any]
Solved = Callable[[str, int], Path]
Checked = Callable[[str, Calendar], subprocess.CompletedProcess[str]]

TEAMS = ("equipe-1", "equipe-2", "equipe-3", "equipe-4")
STUDENTS = [f"if-{number:02}" for number in range(1, 21)]
WITH_TEAMS = {"besoins", "pedagogie", "numerique", "projet"}
WITH_EXAM = {"politiques", "evaluation"}
CREDITS = dict.fromkeys(WITH_TEAMS | WITH_EXAM, 3) | {"methodes": 2, "pre-memoire": 4, "memoire": 6, "soutenance": 2}
DELIVERABLES = {f"rendu-{unit}": unit for unit in WITH_TEAMS | {"methodes", "pre-memoire"}} | {"depot": "memoire"}


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
HOST_CLOSED = set(days("2026-12-24", "2027-01-01"))
WEEKS = [date(2026, 9, 7) + timedelta(weeks=n) for n in range(42)]
"""The Mondays from the first week to that of the last defence."""


def is_off(day: date) -> bool:
    return day.weekday() > 4 or day in PUBLIC_HOLIDAYS | ZONE_B


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


@pytest.fixture(scope="module")
def folder(solved: Solved) -> Path:
    return solved("if-distance", 1)


@pytest.fixture(scope="module")
def year(folder: Path) -> Calendar:
    calendar: Calendar = json.loads((folder / "calendar.json").read_text("utf-8"))
    return calendar


def start_of(session: Session) -> datetime:
    return datetime.fromisoformat(session["start"])


def end_of(session: Session) -> datetime:
    return datetime.fromisoformat(session["end"])


def day_of(session: Session) -> date:
    return start_of(session).date()


def minutes_of(placed: dict[str, Any]) -> int:
    """Of a session, or of the self-paced work of a week."""
    return placed["minutes"] if "minutes" in placed else (end_of(placed) - start_of(placed)) // timedelta(minutes=1)


def minutes(placed: Iterable[dict[str, Any]]) -> int:
    return sum(map(minutes_of, placed))


def week_of(placed: dict[str, Any]) -> date:
    return date.fromisoformat(placed["monday"]) if "monday" in placed else monday_of(day_of(placed))


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


def attended(year: Calendar, team: str) -> list[Session]:
    """What a student of a team attends, without the defences: of those each student has one."""
    mine = [each for each in year["sessions"] if {"promotion", team} & set(each["groups"])]
    return [each for each in mine if each["kind"] != "defence"]


def programme_file() -> dict[str, Any]:
    return tomllib.loads((ROOT / "programmes" / "if-distance.toml").read_text("utf-8"))


def defences(year: Calendar) -> list[Session]:
    return [each for each in year["sessions"] if each["kind"] == "defence"]


def of_team(year: Calendar, team: str) -> list[Session]:
    return sorted((each for each in year["sessions"] if each["groups"] == [team]), key=start_of)


def of_part(year: Calendar, part: str) -> list[Session]:
    """The sessions of a part, or of the teams' parts of this name, by date."""
    found = [each for each in year["sessions"] if each["part"] == part or each["part"].startswith(f"{part}.")]
    return sorted(found, key=start_of)


def personal(item: dict[str, Any]) -> bool:
    return item["part"].partition(".")[2] in {"personnel", "redaction", "preparation"}


def milestone(year: Calendar, key: str) -> date:
    [found] = [each for each in year["days"] if each["source"] == key]
    return date.fromisoformat(found["first"])


def host_days(year: Calendar) -> list[date]:
    runs = [each for each in year["days"] if each["kind"] == "internship"]
    return sorted(day for each in runs for day in days(each["first"], each["last"]))


def last_day(year: Calendar, module: str) -> date:
    """The last day of a module's sessions and self-paced work, exams and defences left out."""
    sessions = [each for each in year["sessions"] if each["module"] == module]
    taught = [day_of(each) for each in sessions if each["kind"] not in ("exam", "defence")]
    work = [week_of(item) + timedelta(days=6) for item in year["work"] if item["module"] == module]
    return max(taught + work)


# Ten months at a distance.


def test_the_year_takes_the_ten_months_from_september_to_june(year: Calendar) -> None:
    """The jury comes at the turn to July, before the summer."""
    months = {(day_of(session).year, day_of(session).month) for session in year["sessions"]}
    months |= {(day.year, day.month) for day in host_days(year)}
    assert sorted(months) == [(2026, n) for n in range(9, 13)] + [(2027, n) for n in range(1, 7)]
    assert min(map(day_of, year["sessions"])) == date(2026, 9, 7)
    assert date(2027, 6, 28) <= milestone(year, "jury") <= date(2027, 7, 2)


def test_all_of_it_is_at_a_distance(year: Calendar) -> None:
    assert {session["place"] for session in year["sessions"]} == {"visio"}


def test_at_most_20_students_each_of_whom_has_a_defence(year: Calendar) -> None:
    assert programme_file()["groups"]["promotion"]["size"] == 20
    assert sorted(session["student"] for session in defences(year)) == STUDENTS


# Hours.


@pytest.mark.parametrize("team", TEAMS)
def test_1500_hours_in_all_teaching_and_internship(year: Calendar, team: str) -> None:
    """800 h in the units, 700 h with the host."""
    assert minutes([*attended(year, team), *year["work"]]) == 800 * 60
    assert len(host_days(year)) * 7 == 700


@pytest.mark.parametrize("team", TEAMS)
def test_a_unit_has_25_hours_for_each_of_its_credits(year: Calendar, team: str) -> None:
    assert by_module([*attended(year, team), *year["work"]]) == {unit: n * 25 * 60 for unit, n in CREDITS.items()}


@pytest.mark.parametrize("team", TEAMS)
def test_344_hours_of_teaching_and_456_hours_of_personal_work(year: Calendar, team: str) -> None:
    taught = [*attended(year, team), *(item for item in year["work"] if not personal(item))]
    assert minutes(taught) == 344 * 60
    assert minutes(filter(personal, year["work"])) == 456 * 60


@pytest.mark.parametrize("team", TEAMS)
def test_at_least_15_hours_in_each_of_42_weeks_holidays_included(year: Calendar, team: str) -> None:
    """From the first day to the last defence, the internship and the defences not counted."""
    weeks = by_week([*attended(year, team), *year["work"]])
    assert sorted(weeks) == WEEKS
    assert min(weeks.values()) >= 15 * 60


@pytest.mark.parametrize("team", TEAMS)
def test_about_19_hours_a_week_until_the_last_three(year: Calendar, team: str) -> None:
    """748 h in 39 weeks, an hour and a half more or less in each; 50 h and an exam are left."""
    weeks = by_week([*attended(year, team), *year["work"]])
    usual = [weeks[monday] for monday in WEEKS[:39]]
    assert sum(usual) == 748 * 60
    assert 17.75 * 60 <= min(usual) <= max(usual) <= 20.75 * 60


@pytest.mark.parametrize("team", TEAMS)
def test_at_most_42_hours_a_week_with_the_internship(year: Calendar, team: str) -> None:
    weeks = by_week([*attended(year, team), *year["work"]])
    for day in host_days(year):
        weeks[monday_of(day)] += 7 * 60
    assert max(weeks.values()) <= 42 * 60


def test_school_holidays_have_personal_work_and_no_teaching(year: Calendar) -> None:
    """Two weeks at All Saints, two at Christmas, two in winter, two in spring."""
    holidays = [monday for monday in WEEKS if all(is_off(monday + timedelta(days=n)) for n in range(7))]
    assert len(holidays) == 8
    there = [item for item in (*year["sessions"], *year["work"]) if week_of(item) in holidays]
    assert [item["title"] for item in there if not personal(item)] == []


@pytest.mark.parametrize("is_personal", [True, False], ids=["personal work", "teaching"])
@pytest.mark.parametrize("team", TEAMS)
def test_no_unit_takes_more_than_6_hours_of_a_sort_in_a_week(year: Calendar, team: str, is_personal: bool) -> None:
    """But for the thesis and the defence."""
    taken: Counter[tuple[str, date]] = Counter()
    for item in (*attended(year, team), *year["work"]):
        if personal(item) == is_personal and item["module"] not in ("memoire", "soutenance"):
            taken[item["module"], week_of(item)] += minutes_of(item)
    assert max(taken.values()) <= 6 * 60


# The internship.


def test_at_least_100_days_of_internship(year: Calendar) -> None:
    assert len(host_days(year)) == 100


def test_the_internship_starts_in_october_and_is_spread_over_all_months_to_june(year: Calendar) -> None:
    months = Counter((day.year, day.month) for day in host_days(year))
    assert sorted(months) == [(2026, n) for n in (10, 11, 12)] + [(2027, n) for n in range(1, 7)]
    whole_months = [count for month, count in months.items() if month != (2027, 6)]
    assert min(whole_months) >= 8
    assert host_days(year)[-1] < min(map(day_of, defences(year)))


def test_the_internship_takes_at_most_three_days_a_week_always_the_same_in_weeks_with_teaching(year: Calendar) -> None:
    assert max(Counter(map(monday_of, host_days(year))).values()) == 3
    taught = set(map(week_of, year["sessions"]))
    assert {day.weekday() for day in host_days(year) if monday_of(day) in taught} == {0, 1, 2}


def test_host_days_are_weekdays_on_which_the_host_works(year: Calendar) -> None:
    off = [day for day in host_days(year) if day.weekday() > 4 or day in PUBLIC_HOLIDAYS | HOST_CLOSED]
    assert off == []


def test_the_internship_alternates_with_the_teaching(year: Calendar) -> None:
    open_days = set(map(day_of, year["sessions"]))
    assert [day for day in host_days(year) if day in open_days] == []


def test_the_mission_letter_is_validated_in_the_pre_thesis_unit_before_the_internship(year: Calendar) -> None:
    """After it was discussed with all, then in each team; before the seminar of the unit."""
    classes, teams = of_part(year, "pre-memoire.mission"), of_part(year, "pre-memoire.lettre")
    assert [len(classes), sorted(team["groups"] for team in teams)] == [2, [[team] for team in TEAMS]]
    seminar = of_part(year, "pre-memoire.seminaire")
    assert end_of(classes[-1]) <= start_of(teams[0]) < end_of(teams[-1]) <= start_of(seminar[0])
    assert day_of(teams[-1]) < milestone(year, "lettre-de-mission") < host_days(year)[0]
    assert milestone(year, "lettre-de-mission") <= last_day(year, "pre-memoire")


# Small and large groups.


def test_small_groups_and_the_whole_group_work_together(year: Calendar) -> None:
    """A fifth of the live hours in teams or more."""
    assert {tuple(session["groups"]) for session in year["sessions"]} == {("promotion",), *((team,) for team in TEAMS)}
    for team in TEAMS:
        assert minutes(of_team(year, team)) >= minutes(attended(year, team)) / 5


@pytest.mark.parametrize("team", TEAMS)
def test_each_team_meets_at_least_every_third_week_of_teaching(year: Calendar, team: str) -> None:
    """Teams are taught until 4 June."""
    teaching = [monday for monday in WEEKS[:39] if not all(is_off(monday + timedelta(days=n)) for n in range(5))]
    met = set(map(week_of, of_team(year, team)))
    runs = [teaching[n : n + 3] for n in range(len(teaching) - 2)]
    assert [run for run in runs if met.isdisjoint(run)] == []


def test_each_team_keeps_its_trainers_in_a_series_of_meetings(year: Calendar) -> None:
    series = {session["part"]: set[str]() for session in year["sessions"] if session["groups"] != ["promotion"]}
    for session in year["sessions"]:
        if session["part"] in series:
            series[session["part"]].update(session["trainers"])
    assert {part: trainers for part, trainers in series.items() if len(trainers) != 1} == {}


# Thesis and defence.


def test_two_units_support_the_thesis_with_all_and_in_teams(year: Calendar) -> None:
    """Minutes for a student: 10 h and 3 h before, 10 h and 6 h while the thesis is written."""
    for unit, whole, team in (("pre-memoire", 10, 3), ("memoire", 10, 6)):
        live = [session for session in attended(year, "equipe-1") if session["module"] == unit]
        assert minutes(session for session in live if session["groups"] == ["promotion"]) == whole * 60
        assert minutes(session for session in live if session["groups"] == ["equipe-1"]) == team * 60
    assert last_day(year, "pre-memoire") < day_of(of_part(year, "memoire.seminaire")[0])


def test_the_thesis_is_defended_at_the_end_of_the_year_after_it_is_handed_in(year: Calendar) -> None:
    dates = sorted(map(day_of, defences(year)))
    assert milestone(year, "depot") < date(2027, 6, 14) <= dates[0] <= dates[-1] <= date(2027, 6, 25)


def test_the_defence_is_before_the_director_of_studies_and_the_company_tutor_of_the_student(year: Calendar) -> None:
    juries = {session["student"]: session["trainers"] for session in defences(year)}
    assert juries == {f"if-{number:02}": ["direction", f"tuteur-{number:02}"] for number in range(1, 21)}
    titles = year["titles"]["trainers"]
    assert (titles["direction"], titles["tuteur-01"]) == ("Directeur des études", "Tuteur en entreprise 1")
    roles = [[role["title"] for role in year["juries"][session["part"]]] for session in defences(year)]
    assert roles == [["Présidence", "Tutorat en entreprise"]] * 20


def holds(time: dict[str, Any], session: Session) -> bool:
    """Whether a session lies, from beginning to end, in a time that the programme file gives."""
    first, last = time.get("hours", "00:00-24:00").split("-")
    is_that_day = time["dates"][0] <= day_of(session) <= time["dates"][1]
    return bool(is_that_day and first <= f"{start_of(session):%H:%M}" and f"{end_of(session):%H:%M}" <= last)


def test_each_company_tutor_has_the_time_that_suits_them_best(year: Calendar) -> None:
    """Since level 1 costs nothing; a time without a liking is liked 5 of 5."""
    tutors = programme_file()["trainers"]
    times = {
        each["student"]: [time for time in tutors[each["trainers"][1]]["can"] if holds(time, each)]
        for each in defences(year)
    }
    likings = {student: max(time.get("liking", 5) for time in held) for student, held in times.items()}
    assert likings == dict.fromkeys(STUDENTS, 5)


def test_the_director_of_studies_sits_on_juries_on_five_days_at_most_and_on_no_wednesday(year: Calendar) -> None:
    days_of_juries = {day_of(session) for session in defences(year)}
    assert len(days_of_juries) <= 5
    assert [day for day in days_of_juries if day.weekday() == 2] == []


@pytest.mark.parametrize("student", STUDENTS)
def test_the_feed_of_a_student_has_their_own_defence_and_what_the_whole_group_has(
    folder: Path, year: Calendar, student: str
) -> None:
    events = vobject.readOne((folder / "feeds" / "people" / f"{student}.ics").read_bytes().decode()).vevent_list
    timed = [event.uid.value for event in events if isinstance(event.dtstart.value, datetime)]
    mine = [
        each["uid"]
        for each in year["sessions"]
        if each["groups"] == ["promotion"] and each["student"] in (None, student)
    ]
    assert sorted(timed) == sorted(mine)


# No compensation.


def test_every_unit_has_its_own_assessment_after_all_of_its_teaching_and_work(year: Calendar) -> None:
    """An exam, a deliverable, or the defence; the preparation of the defence runs beside the defences."""
    passed = {unit: milestone(year, key) for key, unit in DELIVERABLES.items()}
    passed |= {session["module"]: day_of(session) for session in year["sessions"] if session["kind"] == "exam"}
    assert sorted([*passed, *{session["module"] for session in defences(year)}]) == sorted(CREDITS)
    assert {unit: day for unit, day in passed.items() if day <= last_day(year, unit)} == {}


def test_at_most_one_deliverable_is_due_in_a_week(year: Calendar) -> None:
    due = [milestone(year, key) for key in DELIVERABLES]
    assert [day for day in due if is_off(day)] == []
    assert len(set(map(monday_of, due))) == len(due)


def test_exams_are_announced_between_15_and_30_days_before(year: Calendar) -> None:
    [first] = of_part(year, "politiques.exam")
    [second] = of_part(year, "evaluation.exam")
    assert 15 <= (day_of(first) - milestone(year, "convocations-1")).days <= 30
    assert 15 <= (day_of(second) - milestone(year, "convocations-2")).days <= 30


def test_the_jury_judges_unit_by_unit_after_results_and_defences(year: Calendar) -> None:
    last = max(milestone(year, "rendu-numerique"), milestone(year, "rendu-projet"))
    last = max(last, day_of(of_part(year, "evaluation.exam")[0]))
    assert last + timedelta(days=7) <= milestone(year, "resultats") < milestone(year, "jury")
    assert max(map(day_of, defences(year))) < milestone(year, "jury")


# Live sessions.


def test_the_year_begins_with_two_days_for_all(year: Calendar) -> None:
    [block] = [each for each in year["days"] if each["kind"] == "course"]
    first, last = date.fromisoformat(block["first"]), date.fromisoformat(block["last"])
    assert (first, last) == (date(2026, 9, 7), date(2026, 9, 8))
    opening = [session for session in year["sessions"] if day_of(session) <= last]
    assert {session["part"] for session in opening} == {"methodes.accueil", "methodes.prise-en-main"}


def test_a_unit_has_ten_classes_at_most_one_a_week(year: Calendar) -> None:
    for unit in WITH_TEAMS | WITH_EXAM:
        classes = of_part(year, f"{unit}.virtual-class")
        assert [len(classes), len(set(map(week_of, classes)))] == [10, 10]


def test_every_series_of_sessions_keeps_its_weekly_slot(year: Calendar) -> None:
    slots: dict[str, set[str]] = {}
    for session in year["sessions"]:
        if session["kind"] != "defence":
            slots.setdefault(session["part"], set()).add(f"{start_of(session):%A %H:%M}")
    assert {part: found for part, found in slots.items() if len(found) > 1} == {}


def test_no_session_on_a_weekend_a_public_holiday_or_a_school_holiday_of_zone_b(year: Calendar) -> None:
    assert [session["start"] for session in year["sessions"] if is_off(day_of(session))] == []


def test_no_session_outside_opening_hours_or_over_lunch(year: Calendar) -> None:
    hours = [(f"{start_of(each):%H:%M}", f"{end_of(each):%H:%M}") for each in year["sessions"]]
    assert [(start, end) for start, end in hours if start < "09:00" or end > "18:00" or end <= start] == []
    assert [(start, end) for start, end in hours if start < "13:30" and end > "12:30"] == []


def test_neither_a_unit_nor_the_opening_starts_on_an_eve(year: Calendar) -> None:
    first: dict[str, date] = {}
    for session in sorted(year["sessions"], key=start_of):
        first.setdefault(session["module"], day_of(session))
    assert {module: day for module, day in first.items() if is_off(day + timedelta(days=1))} == {}


def test_at_most_three_open_days_a_week_and_two_beside_the_internship(year: Calendar) -> None:
    weeks = Counter(monday_of(day) for day in set(map(day_of, year["sessions"])))
    assert max(weeks.values()) <= 3
    assert max(weeks[monday_of(day)] for day in host_days(year)) == 2


@pytest.mark.parametrize("team", TEAMS)
def test_a_student_has_at_most_seven_hours_a_day_and_a_quarter_of_an_hour_in_between(year: Calendar, team: str) -> None:
    hours: Counter[date] = Counter()
    sessions = sorted(attended(year, team), key=start_of)
    for session in sessions:
        hours[day_of(session)] += minutes_of(session)
    assert max(hours.values()) <= 7 * 60
    assert min(start_of(then) - end_of(one) for one, then in pairwise(sessions)) >= timedelta(minutes=15)


def test_no_trainer_is_in_two_sessions_at_once(year: Calendar) -> None:
    clashes = [
        (one["start"], other["start"])
        for one, other in combinations(year["sessions"], 2)
        if set(one["trainers"]) & set(other["trainers"])
        and start_of(one) < end_of(other)
        and start_of(other) < end_of(one)
    ]
    assert clashes == []


def test_the_virtual_room_holds_three_sessions_at_once(year: Calendar) -> None:
    sessions = year["sessions"]
    at_once = [sum(start_of(other) <= start_of(session) < end_of(other) for other in sessions) for session in sessions]
    assert max(at_once) <= 3


# The certificate and the verdict.


def test_every_level_is_proved_optimal(year: Calendar) -> None:
    levels = year["certificate"]["levels"]
    assert [(level["rank"], level["rules"]) for level in levels] == [
        (1, ["trainer_preference", "near_date"]),
        (2, ["regular_slot", "steady"]),
        (3, ["even_load"]),
    ]
    assert [(level["value"], level["bound"], level["proved"]) for level in levels] == [(0, 0, True)] * 3


def test_the_certificate_says_that_another_run_gives_the_same_calendar(year: Calendar) -> None:
    assert year["certificate"]["reproducible"] is True


def test_the_report_remarks_only_that_there_are_no_hours_on_site(folder: Path) -> None:
    """The offer is at a distance, and does not say who granted an exemption."""
    remarks = (folder / "report.txt").read_text("utf-8").split("Remarques sur le plan\n")[1].split("\n\n")[0]
    assert " ".join(remarks.split()) == (
        "--------------------- teaching_volume : à côté d’un stage, une année compte au moins 50 h d’enseignement "
        "sur place (Code de l’éducation, D124-2) ; l’année 1 en compte 0 min"
    )


def test_check_finds_no_breach(year: Calendar, checked: Checked) -> None:
    run = checked("if-distance", year)
    assert (run.returncode, run.stdout, run.stderr) == (0, "No breach: every law is kept.\n", "")


def test_a_class_moved_onto_ascension_day_is_refused_by_law_day_and_session(year: Calendar, checked: Checked) -> None:
    edited = deepcopy(year)
    moved = next(
        each
        for each in edited["sessions"]
        if day_of(each) == date(2027, 5, 13) and each["part"].endswith(".virtual-class")
    )
    for edge in ("start", "end"):
        moved[edge] = moved[edge].replace("2027-05-13", "2027-05-06")
    run = checked("if-distance", edited)
    session = f"“{moved['module_title']}” (virtual class)"
    assert run.returncode == 1
    assert (
        f"days_off: {session} stands on Thursday 6 May 2027 {start_of(moved):%H:%M}: Ascension"
        in run.stdout.splitlines()
    )


def test_a_letter_validated_once_the_internship_has_begun_is_refused(year: Calendar, checked: Checked) -> None:
    edited = deepcopy(year)
    [letter] = [each for each in edited["days"] if each["source"] == "lettre-de-mission"]
    letter["first"] = letter["last"] = "2026-10-15"
    run = checked("if-distance", edited)
    assert run.returncode == 1
    first = host_days(year)[0]
    assert (
        f"deadline: “Stage, mission en entreprise” on {first:%A} {first.day} {first:%B %Y} begins too early: "
        "it comes after “Validation de la lettre de mission” on Thursday 15 October 2026"
    ) in run.stdout.splitlines()
