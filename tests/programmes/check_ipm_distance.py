"""The master IPM at a distance, recomputed from `calendar.json` alone: each test is a fact of the offer."""

import json
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from datetime import date, datetime, timedelta
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject

Calendar = dict[str, Any]
Session = dict[str, Any]
Solved = Callable[[str, int], Path]
Checked = Callable[[str, Calendar], subprocess.CompletedProcess[str]]

PARIS = ZoneInfo("Europe/Paris")
WORLD = [PARIS, ZoneInfo("America/Martinique"), ZoneInfo("Indian/Reunion")]
ZONES = {"a": [PARIS], "b": [PARIS], "c": [PARIS], "d": [PARIS], "e": [WORLD[1]], "f": [WORLD[2]]}
"""Where the people of each tutor live."""

TEAMS = [f"equipe-{tutor}-{number}" for tutor in "abcdef" for number in (1, 2, 3, 4)]
PATHS = {"initiale": 24, "continue": 40, "recherche": 6}
STUDENTS = [f"ipm-{number:02}" for number in range(1, 71)]
PRESIDENTS = ["direction", *(f"tutorat-{tutor}" for tutor in "abcdef")]
PHASES = {
    1: {"acteurs", "politiques", "communication"},
    2: {"conception", "contenus", "projet", "methode"},
    3: {"langages", "ubiquite", "realisation", "examens"},
}


def days(first: str, last: str) -> Iterator[date]:
    """From the first to the last day, both included."""
    start = date.fromisoformat(first)
    return (start + timedelta(days=n) for n in range((date.fromisoformat(last) - start).days + 1))


PUBLIC_HOLIDAYS = {
    *map(date.fromisoformat, ("2026-11-01", "2026-11-11", "2026-12-25", "2027-01-01", "2027-03-29", "2027-05-01")),
    *map(date.fromisoformat, ("2027-05-06", "2027-05-08", "2027-05-17", "2027-07-14", "2027-08-15", "2027-11-01")),
    *map(date.fromisoformat, ("2027-11-11", "2027-12-25", "2028-01-01", "2028-04-17", "2028-05-01", "2028-05-08")),
    *map(date.fromisoformat, ("2028-05-25", "2028-06-05", "2028-07-14", "2028-08-15")),
}
# School holidays of zone B (arrêtés of 22 October 2025 and of 21 July 2026), between departure and return.
ZONE_B = {
    *days("2026-10-18", "2026-11-01"),
    *days("2026-12-20", "2027-01-03"),
    *days("2027-02-21", "2027-03-07"),
    *days("2027-04-18", "2027-05-02"),
    *days("2027-05-07", "2027-05-09"),
    *days("2027-07-04", "2027-09-01"),
    *days("2027-10-24", "2027-11-07"),
    *days("2027-12-19", "2028-01-02"),
    *days("2028-02-06", "2028-02-20"),
    *days("2028-04-09", "2028-04-23"),
    *days("2028-05-26", "2028-05-28"),
    *days("2028-07-05", "2028-08-31"),
}
WEEKS = [date(2026, 9, 21) + timedelta(weeks=n) for n in range(57)]
"""The Mondays from the start to the juries of semester 3."""
FREE = {date(2026, 12, 21), date(2026, 12, 28), *(date(2027, 7, 19) + timedelta(weeks=n) for n in range(5))}
"""The weeks of the two closures."""


def is_off(day: date) -> bool:
    return day.weekday() > 4 or day in PUBLIC_HOLIDAYS | ZONE_B


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def has_working_day(monday: date) -> bool:
    return not all(is_off(monday + timedelta(days=n)) for n in range(7))


@pytest.fixture(scope="module")
def folder(solved: Solved) -> Path:
    return solved("ipm-distance", 1)


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


def week_of(placed: dict[str, Any]) -> date:
    return date.fromisoformat(placed["monday"]) if "monday" in placed else monday_of(day_of(placed))


def by_week(placed: Iterable[dict[str, Any]]) -> Counter[date]:
    """Minutes of sessions and self-paced work by week."""
    weeks: Counter[date] = Counter()
    for item in placed:
        weeks[week_of(item)] += minutes_of(item)
    return weeks


def groups_of(team: str, path: str) -> set[str]:
    return {"promotion", f"tutorat-{team[7]}", team, path}


def life_of(year: Calendar, team: str, path: str) -> list[dict[str, Any]]:
    """All that a student of a team and a path does, but for defences: each has one of them."""
    mine = [each for each in [*year["sessions"], *year["work"]] if set(each["groups"]) <= groups_of(team, path)]
    return [each for each in mine if each.get("kind") != "defence"]


def sessions_of(year: Calendar, *parts: str) -> list[Session]:
    """The sessions of some modules or parts, by date; a part of small groups is followed by their number."""
    chosen = [each for each in year["sessions"] if each["part"].startswith(parts)]
    return sorted(chosen, key=start_of)


def day_by_source(year: Calendar) -> dict[str, date]:
    """The first day of each block, milestone and internship."""
    found: dict[str, date] = {}
    for each in sorted(year["days"], key=lambda each: each["first"]):
        found.setdefault(each["source"], date.fromisoformat(each["first"]))
    return found


def integration(year: Calendar) -> list[date]:
    [block] = [each for each in year["days"] if each["kind"] == "course"]
    return list(days(block["first"], block["last"]))


def host_days(year: Calendar, internship: str) -> list[date]:
    runs = [each for each in year["days"] if each["source"] == internship]
    return sorted(day for each in runs for day in days(each["first"], each["last"]))


def one_to_ones(year: Calendar, team: str) -> list[Session]:
    return [each for each in sessions_of(year, "entretiens-") if each["groups"] == [team]]


def office_hours(year: Calendar) -> list[Session]:
    return sessions_of(year, "scolarite.permanence")


# The start, and the cohort before.


def test_the_year_starts_in_the_last_week_of_september_with_15_days_of_integration(year: Calendar) -> None:
    run = integration(year)
    assert (run[0], len(run)) == (date(2026, 9, 21), 15)


def test_the_course_opens_with_the_defences_of_the_cohort_that_has_just_finished(year: Calendar) -> None:
    """Two of September are watched live, then all of them are presented; nothing else stands that day."""
    first_day = [each["part"] for each in sorted(year["sessions"], key=start_of) if day_of(each) == date(2026, 9, 21)]
    assert first_day == ["accueil.soutenances", "accueil.soutenances", "accueil.presentation"]


def test_students_nest_in_teams_during_the_integration(year: Calendar) -> None:
    [nesting] = sessions_of(year, "accueil.equipes")
    assert day_of(nesting) in integration(year)
    assert min(map(start_of, sessions_of(year, "entretiens-"))) > end_of(nesting)


def test_all_of_the_integration_lies_in_its_15_days(year: Calendar) -> None:
    run = integration(year)
    assert [each["title"] for each in sessions_of(year, "accueil.") if day_of(each) not in run] == []
    weeks = {week_of(item) for item in year["work"] if item["module"] == "accueil"}
    assert weeks <= {date(2026, 9, 21), date(2026, 9, 28), date(2026, 10, 5)}


# Phases.


@pytest.mark.parametrize(
    ("phase", "first", "last"),
    [
        pytest.param(1, date(2026, 10, 6), date(2027, 1, 24), id="1 after the integration"),
        pytest.param(2, date(2027, 1, 25), date(2027, 6, 13), id="2 from late January"),
        pytest.param(3, date(2027, 6, 14), date(2027, 10, 24), id="3 from mid-June"),
    ],
)
def test_the_units_of_a_phase_lie_in_it(year: Calendar, phase: int, first: date, last: date) -> None:
    """It begins in its first week, be it with self-paced work, and ends in its last one."""
    sessions = [each for each in year["sessions"] if each["module"] in PHASES[phase]]
    works = [each for each in year["work"] if each["module"] in PHASES[phase]]
    assert first <= min(map(day_of, sessions)) <= max(map(day_of, sessions)) <= last
    weeks = {week_of(each) for each in [*sessions, *works]}
    assert (min(weeks), max(weeks)) == (monday_of(first), monday_of(last))


# Hours.


def test_1000_hours_in_all_for_every_student(year: Calendar) -> None:
    """Office hours are in nobody's hours, since nobody has to come."""
    hours = {sum(map(minutes_of, life_of(year, team, path))) for team in TEAMS for path in PATHS}
    assert hours == {1000 * 60}


def test_about_20_hours_of_work_in_each_of_50_weeks(year: Calendar) -> None:
    """19 to 20 h for the cohort, the defences that it watches among them; team's and tutor's meetings on top."""
    working = [monday for monday in WEEKS if monday not in FREE]
    assert len(working) == 50
    for team in TEAMS:
        weeks = by_week([*life_of(year, team, "recherche"), *sessions_of(year, "accueil.soutenances")])
        assert [monday for monday in working if not 19 * 60 <= weeks[monday] <= 22.25 * 60] == []


def test_live_sessions_lie_in_the_41_of_57_weeks_outside_school_holidays(year: Calendar) -> None:
    live = {week_of(each) for each in year["sessions"]} & set(WEEKS)
    assert len(live) == 41
    assert live == set(filter(has_working_day, WEEKS))


def test_self_paced_work_runs_through_nine_weeks_of_school_holidays_and_seven_are_free(year: Calendar) -> None:
    weeks = by_week(year["work"])
    in_holidays = [monday for monday in WEEKS if not has_working_day(monday)]
    assert {monday for monday in in_holidays if weeks[monday] == 0} == FREE
    assert sum(weeks[monday] >= 19 * 60 for monday in in_holidays) == 9


def test_presence_equivalent_work_rests_in_school_holidays(year: Calendar) -> None:
    works = [item for item in year["work"] if item["part"].endswith(".activites")]
    assert sum(map(minutes_of, works)) == 272.5 * 60
    assert [item["title"] for item in works if not has_working_day(week_of(item))] == []


@pytest.mark.parametrize(("part", "hours"), [("activites", 5), ("personnel", 8)])
def test_no_unit_crowds_a_week(year: Calendar, part: str, hours: int) -> None:
    """At most 5 h of teaching, live sessions included, and 8 h of personal work."""
    units = set().union(*PHASES.values()) - {"examens"}
    placed = [item for item in year["work"] if item["part"].endswith(f".{part}")]
    if part == "activites":
        placed += year["sessions"]
    for unit in units:
        assert max(by_week(each for each in placed if each["module"] == unit).values()) <= hours * 60


# Nobody travels, and students live anywhere.


def test_no_travel_is_ever_imposed(year: Calendar) -> None:
    assert {session["place"] for session in year["sessions"]} == {"amphi", "salles", "jury"}
    assert {each["place"] for each in year["days"]} == {None}
    titles = year["titles"]["places"]
    assert [title for title in titles.values() if "virtuel" not in title] == []


def zones_of(session: Session) -> list[ZoneInfo]:
    [group] = session["groups"]
    return ZONES[group.split("-")[1]] if "-" in group else WORLD


def test_every_session_lies_in_opening_hours_outside_lunch_wherever_its_people_live(year: Calendar) -> None:
    for session in year["sessions"]:
        for zone in zones_of(session):
            start, end = (at.replace(tzinfo=PARIS).astimezone(zone) for at in (start_of(session), end_of(session)))
            first, last = f"{start:%H:%M}", f"{end:%H:%M}"
            assert "08:00" <= first < last <= "20:00", (session["title"], first, last, zone)
            assert first >= "13:00" or last <= "12:00", (session["title"], first, last, zone)


def test_classes_are_neither_early_in_martinique_nor_late_in_reunion(year: Calendar) -> None:
    """From 14 to 16 in Paris, as all teachers prefer."""
    classes = [each for each in year["sessions"] if each["kind"] == "virtual-class" and each["module"] != "accueil"]
    assert {f"{start_of(each):%H:%M}" for each in classes} <= {"14:00", "15:00"}


# Meetings.


def test_24_teams_of_three_for_up_to_70_students(year: Calendar) -> None:
    """Their one-to-one meetings are those of every team, and of nobody else."""
    assert [group for group in year["titles"]["groups"] if group.startswith("equipe-")] == TEAMS
    assert sorted({each["groups"][0] for each in sessions_of(year, "entretiens-")}) == TEAMS


@pytest.mark.parametrize("team", TEAMS)
def test_a_team_meets_its_tutor_one_to_one_every_four_teaching_weeks(year: Calendar, team: str) -> None:
    """Twelve times, in a quarter of an hour for each of the three, two weeks apart at least."""
    meetings = one_to_ones(year, team)
    assert [minutes_of(each) for each in meetings] == [3 * 15] * 12
    gaps = [day_of(then) - day_of(one) for one, then in pairwise(meetings)]
    assert min(gaps) >= timedelta(days=14)
    taught = [
        monday for monday in WEEKS if date(2026, 10, 5) <= monday <= date(2027, 9, 27) and has_working_day(monday)
    ]
    met = [taught.index(week_of(each)) for each in meetings]
    assert max(then - one for one, then in pairwise([-1, *met, len(taught)])) <= 4


@pytest.mark.parametrize("tutor", "abcdef")
def test_a_tutor_follows_four_teams_and_fewer_than_24_trainees(year: Calendar, tutor: str) -> None:
    sessions = [
        each for each in year["sessions"] if each["part"].startswith((f"entretiens-{tutor}", f"avancement-{tutor}"))
    ]
    assert {each["trainers"][0] for each in sessions} == {f"tutorat-{tutor}"}
    followed = {each["groups"][0] for each in year["sessions"] if each["trainers"] == [f"tutorat-{tutor}"]}
    assert {group for group in followed if group in TEAMS} == {f"equipe-{tutor}-{n}" for n in (1, 2, 3, 4)}


@pytest.mark.parametrize("tutor", "abcdef")
def test_group_meetings_on_work_in_progress_go_through_all_phases(year: Calendar, tutor: str) -> None:
    meetings = sessions_of(year, f"avancement-{tutor}")
    assert [each["part"].split("phase-")[1] for each in meetings] == list("111222233")
    assert min(day_of(then) - day_of(one) for one, then in pairwise(meetings)) >= timedelta(days=21)


@pytest.mark.parametrize("team", TEAMS)
def test_a_team_keeps_its_weekday_and_hour(year: Calendar, team: str) -> None:
    assert len({f"{start_of(each):%A %H:%M}" for each in one_to_ones(year, team)}) == 1


def test_half_a_day_of_live_office_hours_every_week_until_the_final_jury(year: Calendar) -> None:
    """In each week with a working day, the 41 of them until the juries of semester 3 and 24 more."""
    weeks = [date(2026, 9, 21) + timedelta(weeks=n) for n in range(89)]
    sessions = office_hours(year)
    assert [week_of(each) for each in sessions] == [monday for monday in weeks if has_working_day(monday)]
    assert len([each for each in sessions if week_of(each) in WEEKS]) == 41
    assert {minutes_of(each) for each in sessions} == {3 * 60}


def test_office_hours_are_on_thursdays_from_14_to_17_but_where_thursday_is_off(year: Calendar) -> None:
    assert {f"{start_of(each):%H:%M}" for each in office_hours(year)} == {"14:00"}
    elsewhere = [each for each in office_hours(year) if day_of(each).weekday() != 3]
    assert [week_of(each) for each in elsewhere] == [
        week_of(each) for each in office_hours(year) if is_off(week_of(each) + timedelta(days=3))
    ]


def test_office_hours_clash_with_no_session_of_the_whole_cohort(year: Calendar) -> None:
    hall = sorted((each for each in year["sessions"] if each["place"] == "amphi"), key=start_of)
    assert [(one["start"], then["start"]) for one, then in pairwise(hall) if start_of(then) < end_of(one)] == []


# Exams, and the research orientation.


def test_exams_and_jury_of_semester_3_are_over_by_22_october(year: Calendar) -> None:
    exams = [each for each in year["sessions"] if each["kind"] == "exam"]
    assert len(exams) == 6
    jury = day_by_source(year)["jury-semestre-3"]
    assert date(2027, 10, 1) < min(map(day_of, exams)) < max(map(day_of, exams)) + timedelta(days=5) <= jury
    assert jury == date(2027, 10, 22)


def test_exams_lie_apart_and_their_timetable_is_posted_15_days_before(year: Calendar) -> None:
    exams = sorted(day_of(each) for each in year["sessions"] if each["kind"] == "exam")
    assert min(then - one for one, then in pairwise(exams)) >= timedelta(days=2)
    assert max(sum(one <= day < one + timedelta(days=5) for day in exams) for one in exams) <= 3
    assert exams[0] - day_by_source(year)["convocations"] >= timedelta(days=15)


def test_research_candidates_apply_from_april_to_june_and_choose_at_the_start_of_year_2(year: Calendar) -> None:
    day = day_by_source(year)
    opening, closing, choice = (day[key] for key in ("candidatures-recherche", "cloture-recherche", "choix-recherche"))
    assert [(each.year, each.month) for each in (opening, closing, choice)] == [(2027, 4), (2027, 6), (2027, 9)]


def test_what_is_handed_in_is_due_after_the_classes_and_once_a_week_at_most(year: Calendar) -> None:
    day = day_by_source(year)
    units = {"dossier-acteurs": "acteurs", "dossier-politiques": "politiques", "dossier-conception": "conception"}
    units |= {"dossier-contenus": "contenus", "cahier-des-charges": "projet", "rapport-de-projet": "realisation"}
    for milestone, unit in units.items():
        assert day[milestone] > day_of(sessions_of(year, f"{unit}.")[-1])
    assert len({monday_of(day[milestone]) for milestone in units}) == 6
    assert [milestone for milestone in units if is_off(day[milestone])] == []


# Internships.


@pytest.mark.parametrize(("internship", "months", "hours"), [("stage-initiale", 5, 770), ("stage-continue", 3, 462)])
def test_the_internship_lasts_at_least_5_or_3_consecutive_months_and_6_at_most(
    year: Calendar, internship: str, months: int, hours: int
) -> None:
    """Full time, 7 h a day, from November; 22 days make a month of 154 h."""
    hosts = host_days(year, internship)
    assert len(hosts) * 7 == hours == months * 154
    first, last = hosts[0], hosts[-1]
    assert (first.year, first.month) == (2027, 11)
    assert last <= date(2028, 5, 31)
    month = first.month - 1 + months
    assert last >= date(first.year + month // 12, month % 12 + 1, first.day) - timedelta(days=1)
    assert last < date(2028, 5, first.day)


@pytest.mark.parametrize("internship", ["stage-initiale", "stage-continue"])
def test_the_internship_is_unbroken(year: Calendar, internship: str) -> None:
    hosts = host_days(year, internship)
    every = days(hosts[0].isoformat(), hosts[-1].isoformat())
    assert hosts == [day for day in every if day.weekday() < 5 and day not in PUBLIC_HOLIDAYS]


@pytest.mark.parametrize("path", ["initiale", "continue"])
def test_the_internship_comes_after_all_teaching_and_no_session_lies_in_it(year: Calendar, path: str) -> None:
    hosts = host_days(year, f"stage-{path}")
    teaching = [day_of(each) for each in year["sessions"] if each["kind"] in ("virtual-class", "exam")]
    assert max(teaching) < hosts[0]
    beside = [each for team in TEAMS for each in life_of(year, team, path) if "start" in each]
    beside += sessions_of(year, f"memoire.soutenances-{path}")
    assert [each["title"] for each in beside if hosts[0] <= day_of(each) <= hosts[-1]] == []


def test_agreements_are_signed_before_and_the_internship_follows_the_jury_in_a_fortnight(year: Calendar) -> None:
    day = day_by_source(year)
    for internship in ("stage-initiale", "stage-continue"):
        assert day["conventions"] < day[internship]
        assert timedelta() < day[internship] - day["jury-semestre-3"] <= timedelta(days=14)


# Defences.


def test_each_of_the_70_students_defends_once_in_their_own_path(year: Calendar) -> None:
    defences = sessions_of(year, "memoire.soutenances-")
    assert sorted(each["student"] for each in defences) == STUDENTS
    assert Counter(each["groups"][0] for each in defences) == PATHS
    paths = [each["groups"][0] for each in defences]
    assert paths == [year["people"][each["student"]][2] for each in defences]


def test_defences_are_held_from_march_to_may_and_in_september_for_the_research_orientation(year: Calendar) -> None:
    months = {
        path: {f"{day_of(each):%Y-%m}" for each in sessions_of(year, f"memoire.soutenances-{path}")} for path in PATHS
    }
    assert months == {"continue": {"2028-03"}, "initiale": {"2028-05"}, "recherche": {"2028-09"}}


@pytest.mark.parametrize("path", PATHS)
def test_the_thesis_is_due_ten_days_before_the_first_defence(year: Calendar, path: str) -> None:
    due = day_by_source(year)[f"depot-{path}"]
    defences = sessions_of(year, f"memoire.soutenances-{path}")
    assert day_of(defences[0]) - due >= timedelta(days=10)
    if path != "recherche":
        assert due > host_days(year, f"stage-{path}")[-1]


def test_the_final_jury_meets_in_may_after_the_defences_and_in_september(year: Calendar) -> None:
    day = day_by_source(year)
    assert (day["jury-final"], day["jury-recherche"]) == (date(2028, 5, 31), date(2028, 9, 15))
    main = sessions_of(year, "memoire.soutenances-initiale", "memoire.soutenances-continue")
    assert day_of(main[-1]) < day["jury-final"]
    assert day_of(sessions_of(year, "memoire.soutenances-recherche")[-1]) < day["jury-recherche"]


def test_the_tutor_of_the_student_and_another_who_presides_sit_on_each_jury(year: Calendar) -> None:
    for each in sessions_of(year, "memoire.soutenances-"):
        _, tutor, _ = year["people"][each["student"]]
        supervisor, president = each["trainers"]
        assert supervisor == tutor
        assert president in {*PRESIDENTS} - {tutor}


def test_seven_preside_ten_juries_each(year: Calendar) -> None:
    presidents = Counter(each["trainers"][1] for each in sessions_of(year, "memoire.soutenances-"))
    assert presidents == dict.fromkeys(PRESIDENTS, 10)


@pytest.mark.parametrize(("path", "most", "most_of_one"), [("continue", 4, 4), ("initiale", 3, 2), ("recherche", 2, 2)])
def test_the_juries_of_a_path_are_grouped_on_few_days(year: Calendar, path: str, most: int, most_of_one: int) -> None:
    sat = {
        (trainer, day_of(each))
        for each in sessions_of(year, f"memoire.soutenances-{path}")
        for trainer in each["trainers"]
    }
    assert len({day for _, day in sat}) <= most
    assert max(Counter(trainer for trainer, _ in sat).values()) <= most_of_one


def test_four_juries_sit_at_once_at_most_and_nobody_on_more_than_four_in_a_day(year: Calendar) -> None:
    defences = sessions_of(year, "memoire.soutenances-")
    assert {each["place"] for each in defences} == {"jury"}
    assert max(Counter(each["start"] for each in defences).values()) <= 4
    assert max(Counter((trainer, day_of(each)) for each in defences for trainer in each["trainers"]).values()) <= 4


@pytest.mark.parametrize("student", STUDENTS)
def test_the_feed_of_a_student_has_their_own_defence_and_what_their_groups_have(
    folder: Path, year: Calendar, student: str
) -> None:
    groups = {*year["people"][student]}
    mine = [
        each["uid"] for each in year["sessions"] if groups & {*each["groups"]} and each["student"] in (None, student)
    ]
    events = vobject.readOne((folder / "feeds" / "people" / f"{student}.ics").read_bytes().decode()).vevent_list
    timed = [event.uid.value for event in events if isinstance(event.dtstart.value, datetime)]
    assert sorted(timed) == sorted(mine)


# What any year keeps.


def test_no_session_on_a_weekend_a_public_holiday_or_a_school_holiday_of_zone_b(year: Calendar) -> None:
    assert [session["start"] for session in year["sessions"] if is_off(day_of(session))] == []


def test_neither_a_module_nor_the_integration_starts_on_an_eve(year: Calendar) -> None:
    first: dict[str, date] = {"integration": integration(year)[0]}
    for session in sorted(year["sessions"], key=start_of):
        first.setdefault(session["module"], day_of(session))
    assert {module: day for module, day in first.items() if is_off(day + timedelta(days=1))} == {}


@pytest.mark.parametrize("student", STUDENTS)
def test_a_student_has_a_quarter_of_an_hour_between_two_sessions_and_4_hours_a_day_at_most(
    year: Calendar, student: str
) -> None:
    """In whichever team of their tutor they are."""
    _, tutor, path = year["people"][student]
    own = [each for each in year["sessions"] if each["student"] in (None, student)]
    for team in TEAMS:
        if team[7] == tutor[-1]:
            mine = [each for each in own if set(each["groups"]) <= groups_of(team, path)]
            mine.sort(key=start_of)
            assert min(start_of(then) - end_of(one) for one, then in pairwise(mine)) >= timedelta(minutes=15)
            hours: Counter[date] = Counter()
            for each in mine:
                hours[day_of(each)] += minutes_of(each)
            assert max(hours.values()) <= 4 * 60


def test_no_trainer_is_in_two_sessions_at_once(year: Calendar) -> None:
    clashes = [
        (one["start"], other["start"])
        for one, other in combinations(sorted(year["sessions"], key=start_of), 2)
        if start_of(other) < end_of(one) and set(one["trainers"]) & set(other["trainers"])
    ]
    assert clashes == []


def test_a_unit_has_one_class_a_week_at_most(year: Calendar) -> None:
    units = set().union(*PHASES.values()) - {"examens"}
    weeks = Counter((each["module"], week_of(each)) for each in year["sessions"] if each["module"] in units)
    assert max(weeks.values()) == 1


# The certificate and the verdict.


def test_every_level_is_proved_optimal(year: Calendar) -> None:
    levels = year["certificate"]["levels"]
    assert [(level["rank"], level["rules"]) for level in levels] == [
        (1, ["trainer_preference", "near_date"]),
        (2, ["regular_slot"]),
        (3, ["even_load", "even_shares"]),
    ]
    assert [level for level in levels if not level["proved"]] == []
    assert [level["value"] for level in levels] == [level["bound"] for level in levels]


def test_the_certificate_says_that_another_run_gives_the_same_calendar(year: Calendar) -> None:
    assert year["certificate"]["reproducible"] is True


def test_the_report_remarks_only_that_nothing_is_on_site(folder: Path) -> None:
    """The offer is wholly at a distance, and does not say who granted an exemption."""
    remarks = (folder / "report.txt").read_text("utf-8").split("Remarques sur le plan\n")[1].split("\n\n")[0]
    assert " ".join(remarks.split()) == (
        "--------------------- teaching_volume : à côté d’un stage, une année compte au moins 50 h d’enseignement "
        "sur place (Code de l’éducation, D124-2) ; l’année 1 en compte 0 min"
    )


def test_check_finds_no_breach(year: Calendar, checked: Checked) -> None:
    run = checked("ipm-distance", year)
    assert (run.returncode, run.stdout, run.stderr) == (0, "No breach: every law is kept.\n", "")


def test_a_session_moved_onto_11_november_is_refused_by_law_day_and_session(year: Calendar, checked: Checked) -> None:
    edited = deepcopy(year)
    moved = next(each for each in sessions_of(edited, "communication.") if week_of(each) >= date(2026, 11, 9))
    start, end = (at.replace(month=11, day=11) for at in (start_of(moved), end_of(moved)))
    moved["start"], moved["end"] = start.isoformat(), end.isoformat()
    run = checked("ipm-distance", edited)
    session = f"“{moved['module_title']}” (virtual class)"
    assert run.returncode == 1
    assert (
        f"days_off: {session} stands on Wednesday 11 November 2026 {start:%H:%M}: Armistice" in run.stdout.splitlines()
    )


def test_a_presentation_moved_out_of_the_integration_is_refused(year: Calendar, checked: Checked) -> None:
    edited = deepcopy(year)
    [moved] = sessions_of(edited, "accueil.presentation")
    moved["start"], moved["end"] = "2026-10-08T15:00:00", "2026-10-08T16:45:00"
    run = checked("ipm-distance", edited)
    assert run.returncode == 1
    assert [line.partition(":")[0] for line in run.stdout.splitlines()].count("handover") == 1
