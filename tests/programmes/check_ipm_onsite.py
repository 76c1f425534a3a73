"""The master 2 IPM of Lille on site, recomputed from `calendar.json` alone: each test is a fact of the offer."""

import json
import subprocess
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from datetime import date, datetime, timedelta
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest

Calendar = dict[str, Any]
Session = dict[str, Any]
Placed = dict[str, Any]
Solved = Callable[[str, int], Path]
Checked = Callable[[str, Calendar], subprocess.CompletedProcess[str]]

UNITS = {
    "acteurs": (9, 3),
    "politiques": (9, 3),
    "communication": (3, 3),
    "conception": (6, 3),
    "contenus": (6, 2),
    "langages": (6, 2),
    "ubiquite": (3, 1),
}
"""The credits of each unit of semester 3, and its courses; one of communication is the team projects."""
PROJECTS = "communication-projets"
ORIENTATIONS = ("professionnel", "recherche")
PHASES = ("2026-09-14", "2026-11-20"), ("2026-11-23", "2027-01-22"), ("2027-01-25", "2027-03-26")


def days(first: str, last: str) -> Iterator[date]:
    """From the first to the last day, both included."""
    start = date.fromisoformat(first)
    return (start + timedelta(days=n) for n in range((date.fromisoformat(last) - start).days + 1))


PUBLIC_HOLIDAYS = {
    *map(date.fromisoformat, ("2026-11-01", "2026-11-11", "2026-12-25", "2027-01-01", "2027-03-29", "2027-05-01")),
    *map(date.fromisoformat, ("2027-05-06", "2027-05-08", "2027-05-17", "2027-07-14", "2027-08-15")),
}
# School holidays of zone B (arrêtés of 22 October 2025 and of 21 July 2026), between departure and return.
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


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


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


def day_of(session: Session) -> date:
    return start_of(session).date()


def minutes_of(placed: Placed) -> int:
    """Of a session, or of the self-paced work of a week."""
    return placed["minutes"] if "minutes" in placed else (end_of(placed) - start_of(placed)) // timedelta(minutes=1)


def minutes(placed: Iterable[Placed]) -> int:
    return sum(map(minutes_of, placed))


def week_of(placed: Placed) -> date:
    return date.fromisoformat(placed["monday"]) if "monday" in placed else monday_of(day_of(placed))


def by_week(placed: Iterable[Placed]) -> Counter[date]:
    weeks: Counter[date] = Counter()
    for item in placed:
        weeks[week_of(item)] += minutes_of(item)
    return weeks


def unit_of(placed: Placed) -> str:
    return str(placed["module"].partition("-")[0])


def in_units(placed: Iterable[Placed]) -> list[Placed]:
    """What belongs to the courses of semester 3, without the team projects."""
    return [item for item in placed if unit_of(item) in UNITS and item["module"] != PROJECTS]


def courses(year: Calendar) -> list[Session]:
    return sorted(in_units(year["sessions"]), key=start_of)


def personal(year: Calendar) -> list[Placed]:
    return in_units(year["work"])


def project(year: Calendar, number: int, part: str) -> list[Session]:
    return [each for each in year["sessions"] if each["part"] == f"{PROJECTS}.{part}-{number}"]


def span_of(year: Calendar, source: str) -> list[date]:
    """The days of a block or of a milestone."""
    [entry] = [each for each in year["days"] if each["source"] == source]
    return list(days(entry["first"], entry["last"]))


def intensive_weeks(year: Calendar) -> list[list[date]]:
    return [span_of(year, f"intensive-{number}") for number in (1, 2, 3)]


def ordinary_weeks(year: Calendar) -> list[date]:
    """The Mondays from 7 September to 26 March, less the holidays, the integration week and the intensive weeks."""
    taken = {week[0] for week in (span_of(year, "integration"), *intensive_weeks(year))}
    mondays = [day for day in days("2026-09-07", "2027-03-26") if day.weekday() == 0]
    return [monday for monday in mondays if monday not in taken and monday not in ZONE_B]


def host_days(year: Calendar) -> list[date]:
    runs = [each for each in year["days"] if each["kind"] == "internship"]
    return sorted(day for each in runs for day in days(each["first"], each["last"]))


def attended(year: Calendar, orientation: str) -> list[Session]:
    groups = {"promotion", orientation}
    return sorted((each for each in year["sessions"] if groups & set(each["groups"])), key=start_of)


def search(year: Calendar) -> list[Session]:
    return [each for each in year["sessions"] if each["module"] == "recherche-de-stage"]


def thesis_defences(year: Calendar) -> list[Session]:
    return [each for each in year["sessions"] if each["module"] == "memoire"]


# The integration week and the three phases.


def test_the_year_begins_with_an_integration_week_in_september(year: Calendar) -> None:
    """Monday to Friday, with sessions on each day."""
    week = span_of(year, "integration")
    assert [day.weekday() for day in week] == [0, 1, 2, 3, 4]
    assert date(2026, 9, 1) <= week[0] <= week[-1] <= date(2026, 9, 18)
    integration = [session for session in year["sessions"] if session["module"] == "integration"]
    assert sorted({day_of(session) for session in integration}) == week
    assert min(map(day_of, year["sessions"])) == week[0]


def test_nothing_else_stands_in_the_integration_week(year: Calendar) -> None:
    monday = span_of(year, "integration")[0]
    there = {item["module"] for item in (*year["sessions"], *year["work"]) if week_of(item) == monday}
    assert there == {"integration"}


def test_the_phases_go_from_september_to_november_to_january_to_march(year: Calendar) -> None:
    for (first, last), week in zip(PHASES, intensive_weeks(year), strict=True):
        taught = [day_of(session) for session in courses(year) if first <= session["start"][:10] <= last]
        assert monday_of(taught[0]) == date.fromisoformat(first)
        assert taught[-1] < week[0] <= week[-1] == date.fromisoformat(last)
    assert all(any(first <= each["start"][:10] <= last for first, last in PHASES) for each in courses(year))


def test_each_course_has_a_phase_of_its_own_but_english_and_client_side_programming(year: Calendar) -> None:
    ends = [week[-1] for week in intensive_weeks(year)]
    phases: dict[str, set[int]] = {}
    for session in courses(year):
        phases.setdefault(session["module"], set()).add(sum(day_of(session) > end for end in ends))
    assert phases.pop("communication-anglais") == {0, 1, 2}
    assert phases.pop("langages-client") == {1, 2}
    assert [module for module, several in phases.items() if len(several) > 1] == []


def test_three_intensive_weeks_from_monday_to_friday_without_a_day_off(year: Calendar) -> None:
    weeks = intensive_weeks(year)
    assert [[day.weekday() for day in week] for week in weeks] == [[0, 1, 2, 3, 4]] * 3
    assert [day for week in weeks for day in week if is_off(day)] == []


@pytest.mark.parametrize("number", [1, 2, 3])
def test_an_intensive_week_holds_one_team_project_and_nothing_else(year: Calendar, number: int) -> None:
    week = intensive_weeks(year)[number - 1]
    there = [session for session in year["sessions"] if week_of(session) == week[0]]
    parts = Counter(session["part"] for session in there)
    assert parts == {
        f"{PROJECTS}.{part}-{number}": n for part, n in [("lancement", 1), ("atelier", 7), ("soutenance", 3)]
    }
    assert sorted({day_of(session) for session in there}) == week
    assert minutes(there) == 25 * 60
    assert {item["module"] for item in year["work"] if week_of(item) == week[0]} <= {
        item["module"] for item in personal(year)
    }


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_project_is_defended_on_the_friday_of_its_intensive_week(year: Calendar, number: int) -> None:
    friday = intensive_weeks(year)[number - 1][-1]
    assert friday.weekday() == 4
    assert {day_of(session) for session in project(year, number, "soutenance")} == {friday}
    there = [session for session in year["sessions"] if day_of(session) == friday]
    assert {session["kind"] for session in there} == {"defence"}


def test_the_projects_are_methods_then_an_object_then_an_e_learning_device(year: Calendar) -> None:
    titles = {each["source"]: each["title"] for each in year["days"]}
    assert [titles[f"intensive-{number}"] for number in (1, 2, 3)] == [
        "Semaine intensive 1 : méthodes et normes universitaires",
        "Semaine intensive 2 : un objet innovant autonome",
        "Semaine intensive 3 : conception d'un dispositif e-learning",
    ]


# Hours.


def test_19_ordinary_weeks_hold_475_hours_of_courses_25_a_week_on_average(year: Calendar) -> None:
    ordinary = ordinary_weeks(year)
    weeks = by_week(courses(year))
    assert (len(ordinary), sorted(weeks)) == (19, ordinary)
    assert weeks.total() == 475 * 60 == 19 * 25 * 60
    assert 21 * 60 <= min(weeks.values()) <= max(weeks.values()) <= 29 * 60


def test_225_sessions_of_2_hours_and_25_of_1_hour(year: Calendar) -> None:
    assert Counter(map(minutes_of, courses(year))) == {120: 225, 60: 25}


def test_25_hours_of_personal_work_a_week_on_average_over_the_three_phases(year: Calendar) -> None:
    """In each of the 22 weeks an hour more or less, and none in the holidays."""
    weeks = by_week(personal(year))
    assert sorted(weeks) == sorted([*ordinary_weeks(year), *(week[0] for week in intensive_weeks(year))])
    assert weeks.total() == 550 * 60 == 22 * 25 * 60
    assert 24 * 60 <= min(weeks.values()) <= max(weeks.values()) <= 26 * 60


def test_about_25_hours_of_personal_work_in_the_ordinary_weeks(year: Calendar) -> None:
    weeks = by_week(personal(year))
    assert abs(sum(weeks[monday] for monday in ordinary_weeks(year)) - 475 * 60) <= 19 * 60


def test_no_course_takes_more_than_6_hours_of_personal_work_in_a_week(year: Calendar) -> None:
    assert max(item["minutes"] for item in personal(year)) <= 6 * 60


# Units and credits.


def test_the_units_have_three_three_three_three_two_two_and_one_courses(year: Calendar) -> None:
    modules = {each["module"] for each in year["sessions"] if unit_of(each) in UNITS}
    assert Counter(module.partition("-")[0] for module in modules) == {unit: n for unit, (_, n) in UNITS.items()}


def test_a_credit_is_25_hours_of_a_students_work(year: Calendar) -> None:
    """Of the 3 credits of communication, English and law have two; the third is that of the team projects."""
    taken: Counter[str] = Counter()
    for item in (*courses(year), *personal(year)):
        taken[unit_of(item)] += minutes_of(item)
    hours = {unit: credits * 25 for unit, (credits, _) in UNITS.items()}
    assert {unit: sum_ / 60 for unit, sum_ in taken.items()} == hours | {"communication": 50}


def test_the_report_remarks_that_the_published_credits_add_up_to_63(folder: Path) -> None:
    """42 in the units, and 21 for the internship or the research; and that the projects outweigh their credit."""
    remarks = (folder / "report.txt").read_text("utf-8").split("Remarques sur le plan\n")[1].split("\n\n")[0]
    assert sum(credits for credits, _ in UNITS.values()) + 21 == 63
    assert " ".join(remarks.split()).lstrip("- ") == (
        "credits : « Projets en équipe » compte 66 h pour 1 ECTS, soit 66 h par crédit ; un crédit vaut 25 h à 25 h de "
        "travail credits : les crédits d’un étudiant font 63 ECTS ; 60 ECTS sont annoncés"
    )


def test_about_18_teachers_one_to_three_in_each_course(year: Calendar) -> None:
    teachers: dict[str, set[str]] = {}
    for session in courses(year):
        teachers.setdefault(session["module"], set()).update(session["trainers"])
    assert {len(several) for several in teachers.values()} <= {1, 2, 3}
    assert 16 <= len(set().union(*teachers.values())) <= 20


# Courses.


def test_a_course_has_at_most_three_sessions_a_week_on_different_days(year: Calendar) -> None:
    assert max(Counter((each["module"], week_of(each)) for each in courses(year)).values()) <= 3
    assert max(Counter((each["module"], day_of(each)) for each in courses(year)).values()) == 1


def test_no_session_on_a_weekend_a_public_holiday_or_a_school_holiday_of_zone_b(year: Calendar) -> None:
    assert [session["start"] for session in year["sessions"] if is_off(day_of(session))] == []


def test_no_session_outside_opening_hours_or_over_lunch(year: Calendar) -> None:
    hours = [(day_of(each).weekday(), f"{start_of(each):%H:%M}", f"{end_of(each):%H:%M}") for each in year["sessions"]]
    closing = ["18:15"] * 4 + ["15:30"]
    assert [each for each in hours if each[1] < "08:00" or each[2] > closing[each[0]] or each[2] <= each[1]] == []
    assert [each for each in hours if each[1] < "13:30" and each[2] > "12:45"] == []


def test_neither_a_module_nor_an_intensive_week_starts_on_an_eve(year: Calendar) -> None:
    first = {f"intensive-{n}": week[0] for n, week in enumerate(intensive_weeks(year), 1)}
    for session in sorted(year["sessions"], key=start_of):
        first.setdefault(session["module"], day_of(session))
    assert {name: day for name, day in first.items() if is_off(day + timedelta(days=1))} == {}


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_a_student_has_at_most_seven_hours_of_sessions_a_day(year: Calendar, orientation: str) -> None:
    hours: Counter[date] = Counter()
    for session in attended(year, orientation):
        hours[day_of(session)] += minutes_of(session)
    assert max(hours.values()) <= 7 * 60


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_a_student_of_either_orientation_has_a_quarter_of_an_hour_between_two_sessions(
    year: Calendar, orientation: str
) -> None:
    gaps = [start_of(then) - end_of(one) for one, then in pairwise(attended(year, orientation))]
    assert min(gaps) >= timedelta(minutes=15)


def test_no_trainer_and_no_room_is_in_two_sessions_at_once(year: Calendar) -> None:
    clashes = [
        (one["start"], other["start"])
        for one, other in combinations(year["sessions"], 2)
        if start_of(one) < end_of(other) and start_of(other) < end_of(one)
        if set(one["trainers"]) & set(other["trainers"]) or one["place"] == other["place"] != "visio"
    ]
    assert clashes == []


def test_courses_keep_their_weekly_slots(year: Calendar) -> None:
    """A course with n sessions in a phase of seven or six weeks has no more slots than it needs."""
    slots: dict[str, set[str]] = {}
    for session in courses(year):
        slots.setdefault(session["part"], set()).add(f"{start_of(session):%A %H:%M}")
    weeks = {part: len({week_of(each) for each in courses(year) if each["part"] == part}) for part in slots}
    needed = {part: -(-sum(each["part"] == part for each in courses(year)) // weeks[part]) for part in slots}
    assert {part: len(several) for part, several in slots.items()} == needed


# From the search to the internship.


def test_the_search_opens_in_phase_2_and_is_intensive_in_phase_3(year: Calendar) -> None:
    _, second, third = intensive_weeks(year)
    dates = sorted(map(day_of, search(year)))
    assert [day < second[0] for day in dates] == [True] + [False] * 6
    assert date(2026, 11, 23) <= dates[0]
    assert second[-1] < dates[1] <= dates[-1] < third[0]


def test_the_agreements_are_signed_before_the_internship_starts(year: Calendar) -> None:
    [signed] = span_of(year, "conventions")
    assert not is_off(signed)
    assert max(map(day_of, (each for each in search(year) if each["part"].endswith("ateliers")))) < signed
    assert signed < host_days(year)[0]


def test_the_internship_starts_after_all_teaching_and_all_intensive_weeks_at_the_end_of_march(year: Calendar) -> None:
    start = host_days(year)[0]
    taught = [each for each in attended(year, "professionnel") if each["module"] != "memoire"]
    assert max(map(day_of, taught)) == intensive_weeks(year)[-1][-1] == date(2027, 3, 26) < start
    assert start <= date(2027, 4, 9)


def test_455_hours_of_internship_on_days_of_seven_hours(year: Calendar) -> None:
    assert len(host_days(year)) * 7 == 455


def test_the_internship_is_one_run_of_weekdays_without_public_holidays(year: Calendar) -> None:
    hosts = host_days(year)
    run = days(hosts[0].isoformat(), hosts[-1].isoformat())
    assert hosts == [day for day in run if day.weekday() < 5 and day not in PUBLIC_HOLIDAYS]


def test_the_internship_lasts_three_to_five_months(year: Calendar) -> None:
    first, after = host_days(year)[0], host_days(year)[-1] + timedelta(days=1)
    assert months_after(first, 3) <= after <= months_after(first, 5)


def test_the_internship_and_the_thesis_are_525_hours_for_21_credits(year: Calendar) -> None:
    writing = [item for item in year["work"] if item["module"] == "memoire"]
    assert len(host_days(year)) * 7 + minutes(writing) / 60 == 525 == 21 * 25


# Thesis, permission, defence.


@pytest.mark.parametrize("thesis", ["depot", "depot-recherche"])
def test_the_thesis_is_due_at_the_end_of_august(year: Calendar, thesis: str) -> None:
    [due] = span_of(year, thesis)
    assert date(2027, 8, 23) <= due <= date(2027, 8, 31)
    assert due.weekday() < 5
    assert max(week_of(item) for item in year["work"]) + timedelta(days=6) < due
    assert host_days(year)[-1] < due


@pytest.mark.parametrize(
    ("thesis", "permission", "module"),
    [("depot", "autorisation", "memoire"), ("depot-recherche", "autorisation-recherche", "recherche")],
)
def test_the_supervisors_permission_comes_between_thesis_and_defence(
    year: Calendar, thesis: str, permission: str, module: str
) -> None:
    [due], [permitted] = span_of(year, thesis), span_of(year, permission)
    defences = [day_of(each) for each in year["sessions"] if each["module"] == module and each["kind"] == "defence"]
    assert timedelta(days=3) <= permitted - due
    assert timedelta(days=2) <= min(defences) - permitted


def test_20_defences_in_september_before_supervisor_company_tutor_and_president(year: Calendar) -> None:
    """One for each student of the professional orientation, five with each supervisor."""
    defences = thesis_defences(year)
    assert Counter((day_of(each).year, day_of(each).month) for each in defences) == {(2027, 9): 20}
    juries = Counter(frozenset(each["trainers"]) for each in defences)
    supervisors = ("acteurs", "scenarisation", "elearning", "innovation")
    assert juries == {frozenset({supervisor, "tuteur", "direction"}): 5 for supervisor in supervisors}


# The research orientation.


def test_the_final_choice_of_research_is_at_the_end_of_october(year: Calendar) -> None:
    [choice] = span_of(year, "choix-recherche")
    assert date(2026, 10, 26) <= choice <= date(2026, 10, 31)
    assert choice.weekday() < 5


def test_research_replaces_the_internship(year: Calendar) -> None:
    assert {tuple(each["groups"]) for each in year["days"] if each["kind"] == "internship"} == {("professionnel",)}
    research = [item for item in (*year["sessions"], *year["work"]) if item["module"] == "recherche"]
    assert {tuple(item["groups"]) for item in research} == {("recherche",)}
    assert min(map(week_of, research)) > intensive_weeks(year)[-1][-1]


def test_research_is_entirely_at_a_distance(year: Calendar) -> None:
    sessions = [each for each in year["sessions"] if "recherche" in each["groups"]]
    assert Counter((each["kind"], each["place"]) for each in sessions) == {
        ("virtual-class", "visio"): 9,
        ("defence", "visio"): 4,
    }


def test_research_is_525_hours_for_21_credits_about_25_hours_a_week(year: Calendar) -> None:
    research = [item for item in (*year["sessions"], *year["work"]) if item["module"] == "recherche"]
    weeks = by_week(item for item in research if item.get("kind") != "defence")
    assert (len(weeks), weeks.total()) == (21, 525 * 60)
    assert 24 * 60 <= min(weeks.values()) <= max(weeks.values()) <= 26 * 60


# The certificate and the verdict.


def test_every_level_is_proved_optimal_or_one_unit_from_it(year: Calendar) -> None:
    levels = year["certificate"]["levels"]
    assert [(level["rank"], level["rules"]) for level in levels] == [
        (1, ["trainer_preference", "near_date", "steady", "fair_shares"]),
        (2, ["regular_slot"]),
        (3, ["even_load"]),
    ]
    assert [level for level in levels if level["value"] - level["bound"] > max(1, level["value"] / 100)] == []


def test_the_certificate_says_that_another_run_gives_the_same_calendar(year: Calendar) -> None:
    assert year["certificate"]["reproducible"] is True


def test_check_finds_no_breach(year: Calendar, checked: Checked) -> None:
    run = checked("ipm-onsite", year)
    assert (run.returncode, run.stdout, run.stderr) == (0, "No breach: every law is kept.\n", "")


def test_a_session_moved_onto_11_november_is_refused_by_law_day_and_session(year: Calendar, checked: Checked) -> None:
    edited = deepcopy(year)
    part = "acteurs-formation.course"
    moved = next(each for each in edited["sessions"] if each["part"] == part and week_of(each) == date(2026, 11, 9))
    start = start_of(moved).replace(day=11)
    moved["start"], moved["end"] = start.isoformat(), (start + timedelta(hours=2)).isoformat()
    run = checked("ipm-onsite", edited)
    session = f"“{moved['module_title']}” (course)"
    assert run.returncode == 1
    told = f"days_off: {session} stands on Wednesday 11 November 2026 {start:%H:%M}: Armistice"
    assert run.stdout.splitlines() == ["1 breach:", told]


def test_a_defence_moved_to_the_thursday_is_refused(year: Calendar, checked: Checked) -> None:
    """The Friday of an intensive week is a law, not a habit."""
    edited = deepcopy(year)
    moved = min((each for each in edited["sessions"] if each["part"] == f"{PROJECTS}.soutenance-1"), key=start_of)
    start = (start_of(moved) - timedelta(days=1)).replace(hour=16, minute=45)
    moved["start"], moved["end"] = start.isoformat(), (start + timedelta(hours=1)).isoformat()
    run = checked("ipm-onsite", edited)
    assert run.returncode == 1
    assert [line for line in run.stdout.splitlines() if line.startswith("order: ")] == [
        "order: “Projets en équipe” (projet 1, soutenances) on Thursday 19 November 2026 16:45 begins too soon after "
        "“Projets en équipe” (projet 1, atelier) on Thursday 19 November 2026 13:30: days from end to start 0, "
        "at least 1"
    ]
