"""The master 2 of Le Mans over two years, recomputed from `calendar.json` alone: each test is a fact of the offer."""

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

ELECTIVES = ("opt-analyse-du-travail", "opt-apprentissage-mediatise", "opt-intelligence-collective", "opt-qualite")
PAIRS = list(combinations(ELECTIVES, 2))
YEAR_1 = {"ingenierie", "scenarisation", "apprentissage", "environnements", "tutorat"}
YEAR_2 = {"evaluation", "projet", "recherche"}
OPTIONS = {"analyse-du-travail", "apprentissage-mediatise", "intelligence-collective", "qualite"}

Calendar = dict[str, Any]
Session = dict[str, Any]
Solved = Callable[[str, int], Path]
Checked = Callable[[str, Calendar], subprocess.CompletedProcess[str]]


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


def is_off(day: date) -> bool:
    return day.weekday() > 4 or day in PUBLIC_HOLIDAYS | ZONE_B


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


@pytest.fixture(scope="module")
def folder(solved: Solved) -> Path:
    return solved("ifuno-m2-two-years", 1)


@pytest.fixture(scope="module")
def years(folder: Path) -> Calendar:
    calendar: Calendar = json.loads((folder / "calendar.json").read_text("utf-8"))
    return calendar


def start_of(session: Session) -> datetime:
    return datetime.fromisoformat(session["start"])


def end_of(session: Session) -> datetime:
    return datetime.fromisoformat(session["end"])


def minutes_of(session: Session) -> int:
    return (end_of(session) - start_of(session)) // timedelta(minutes=1)


def attended(years: Calendar, pair: Iterable[str]) -> list[Session]:
    """What a student of two electives attends, without the defences: of those each student has one."""
    groups = {"promotion", *pair}
    return [each for each in years["sessions"] if groups & set(each["groups"]) and each["kind"] != "defence"]


def work_of(years: Calendar, pair: Iterable[str], *parts: str) -> list[dict[str, Any]]:
    """The self-paced work of a student of two electives, by the names of its parts."""
    groups = {"promotion", *pair}
    mine = [item for item in years["work"] if groups & set(item["groups"])]
    return [item for item in mine if item["part"].partition(".")[2] in parts]


def minutes(placed: Iterable[dict[str, Any]]) -> int:
    return sum(item["minutes"] if "minutes" in item else minutes_of(item) for item in placed)


def by_week(placed: Iterable[dict[str, Any]]) -> Counter[date]:
    """Minutes of sessions and self-paced work by week."""
    weeks: Counter[date] = Counter()
    for item in placed:
        monday = date.fromisoformat(item["monday"]) if "monday" in item else monday_of(start_of(item).date())
        weeks[monday] += minutes([item])
    return weeks


def runs(years: Calendar, kind: str) -> list[list[date]]:
    """The days of each entry of a kind, in order."""
    return sorted(list(days(each["first"], each["last"])) for each in years["days"] if each["kind"] == kind)


def host_days(years: Calendar) -> list[date]:
    return [day for run in runs(years, "internship") for day in run]


def live_by_module(years: Calendar) -> dict[str, list[Session]]:
    """The virtual classes of each module, by date."""
    found: dict[str, list[Session]] = defaultdict(list)
    for session in sorted(years["sessions"], key=start_of):
        if session["kind"] == "virtual-class":
            found[session["module"]].append(session)
    return found


def dates_of(years: Calendar, modules: Iterable[str]) -> list[date]:
    """The days of all sessions, and the Mondays of all self-paced work, of some modules."""
    sessions = [start_of(each).date() for each in years["sessions"] if each["module"] in modules]
    return sorted(
        [*sessions, *(date.fromisoformat(each["monday"]) for each in years["work"] if each["module"] in modules)]
    )


# Two consecutive years.


def test_units_of_year_1_lie_in_the_first_academic_year_and_are_not_taken_again(years: Calendar) -> None:
    taken = dates_of(years, YEAR_1)
    assert date(2026, 9, 7) <= taken[0] <= taken[-1] <= date(2027, 5, 31)


def test_units_of_year_2_lie_in_the_second_academic_year(years: Calendar) -> None:
    taken = dates_of(years, YEAR_2 | OPTIONS)
    assert date(2027, 9, 6) <= taken[0] <= taken[-1] <= date(2028, 5, 31)


def test_no_title_of_a_unit_comes_twice(years: Calendar, folder: Path) -> None:
    titles = {session["module"]: session["module_title"] for session in years["sessions"]}
    assert len(set(titles.values())) == len(titles) == 15
    assert "roll_over" not in (folder / "report.txt").read_text("utf-8")


def test_five_units_a_year_for_every_student(years: Calendar) -> None:
    assert set(live_by_module(years)) == YEAR_1 | YEAR_2 | OPTIONS | {"memoire"}
    groups = {session["module"]: session["groups"] for session in years["sessions"]}
    assert {module for module in OPTIONS if groups[module] == ["promotion"]} == set()
    assert (len(YEAR_1), len(YEAR_2) + 2) == (5, 5)


def test_the_internship_and_the_thesis_come_in_year_2(years: Calendar) -> None:
    assert {(day.year, day.month) for day in host_days(years)} == {(2028, month) for month in range(1, 7)}
    thesis = dates_of(years, {"memoire"})
    assert thesis[0] >= date(2027, 11, 1)


# Seminars.


def test_four_whole_residential_weeks_two_in_each_year(years: Calendar) -> None:
    seminars = [each for each in years["days"] if each["kind"] == "seminar"]
    assert [each["place"] for each in seminars] == ["le-mans"] * 4
    found = runs(years, "seminar")
    assert [[day.weekday() for day in run] for run in found] == [[0, 1, 2, 3, 4]] * 4
    assert [day for run in found for day in run if is_off(day)] == []
    opening, winter, autumn, spring = found
    assert date(2026, 9, 1) <= opening[0] <= opening[-1] <= date(2026, 9, 18)
    assert date(2027, 2, 1) <= winter[0] <= winter[-1] <= date(2027, 2, 12)
    assert date(2027, 11, 1) <= autumn[0] <= autumn[-1] <= date(2027, 11, 26)
    assert date(2028, 4, 1) <= spring[0] <= spring[-1] <= date(2028, 4, 30)


def test_a_seminar_has_its_week_for_itself(years: Calendar) -> None:
    weeks = {run[0] for run in runs(years, "seminar")}
    there = [session for session in years["sessions"] if monday_of(start_of(session).date()) in weeks]
    assert [session["title"] for session in there if session["place"] != "le-mans"] == []


# Hours.


@pytest.mark.parametrize("pair", PAIRS, ids=" + ".join)
def test_250_hours_presence_equivalent_a_quarter_of_them_on_site(years: Calendar, pair: tuple[str, str]) -> None:
    assert minutes([*attended(years, pair), *work_of(years, pair, "activites")]) == 250 * 60
    seminar_days = {day for run in runs(years, "seminar") for day in run}
    on_site = [session for session in attended(years, pair) if session["place"] == "le-mans"]
    assert minutes(on_site) == 62.5 * 60
    assert [session["title"] for session in on_site if start_of(session).date() not in seminar_days] == []


@pytest.mark.parametrize("pair", PAIRS, ids=" + ".join)
def test_500_hours_of_personal_work_and_100_hours_for_the_thesis(years: Calendar, pair: tuple[str, str]) -> None:
    assert minutes(work_of(years, pair, "personnel")) == 500 * 60
    assert minutes(work_of(years, pair, "redaction")) == 100 * 60


@pytest.mark.parametrize("first", [date(2026, 9, 7), date(2027, 9, 6)], ids=["year 1", "year 2"])
@pytest.mark.parametrize("pair", PAIRS, ids=" + ".join)
def test_about_10_hours_a_week_in_each_year_without_the_thesis(
    years: Calendar, pair: tuple[str, str], first: date
) -> None:
    """Half of 20 h; a residential week alone has more."""
    weeks = by_week([*attended(years, pair), *work_of(years, pair, "activites", "personnel")])
    taught = [first + timedelta(weeks=n) for n in range(38)]
    assert 9 * 60 <= sum(weeks[monday] for monday in taught) / 38 <= 10 * 60
    ordinary = [weeks[monday] for monday in taught if monday not in {run[0] for run in runs(years, "seminar")}]
    assert max(ordinary) <= 12 * 60


@pytest.mark.parametrize("pair", PAIRS, ids=" + ".join)
def test_at_most_18_hours_in_any_week(years: Calendar, pair: tuple[str, str]) -> None:
    weeks = by_week([*attended(years, pair), *work_of(years, pair, "activites", "personnel", "redaction")])
    assert max(weeks.values()) <= 18 * 60


# Live sessions.


def test_every_unit_has_weekly_live_sessions_of_an_hour(years: Calendar) -> None:
    live = live_by_module(years)
    assert {minutes_of(session) for session in live.pop("memoire")} == {90}
    assert {module: len(sessions) for module, sessions in live.items()} == {
        **dict.fromkeys(YEAR_1, 12),
        **dict.fromkeys(YEAR_2 | OPTIONS, 10),
    }
    assert {minutes_of(session) for sessions in live.values() for session in sessions} == {60}
    for sessions in live.values():
        weeks = [monday_of(start_of(session).date()) for session in sessions]
        assert len(set(weeks)) == len(weeks)


def test_no_live_session_on_a_weekend_a_public_holiday_or_a_school_holiday_of_zone_b(years: Calendar) -> None:
    assert [session["start"] for session in years["sessions"] if is_off(start_of(session).date())] == []


def test_no_live_session_outside_opening_hours_or_over_lunch(years: Calendar) -> None:
    hours = [(f"{start_of(each):%H:%M}", f"{end_of(each):%H:%M}") for each in years["sessions"]]
    assert [(start, end) for start, end in hours if start < "09:00" or end > "18:00" or end <= start] == []
    assert [(start, end) for start, end in hours if start < "13:30" and end > "12:30"] == []


def test_no_unit_and_no_seminar_starts_on_an_eve(years: Calendar) -> None:
    first: dict[str, date] = {}
    for session in sorted(years["sessions"], key=start_of):
        first.setdefault(session["module"], start_of(session).date())
    starts = [*first.values(), *(run[0] for run in runs(years, "seminar"))]
    assert [day for day in starts if is_off(day + timedelta(days=1))] == []


def test_at_most_two_open_days_a_week_outside_the_seminars(years: Calendar) -> None:
    open_days = {start_of(session).date() for session in years["sessions"]}
    weeks = Counter(monday_of(day) for day in open_days)
    for run in runs(years, "seminar"):
        del weeks[run[0]]
    assert max(weeks.values()) <= 2


@pytest.mark.parametrize("pair", PAIRS, ids=" + ".join)
def test_a_student_of_any_two_electives_has_a_quarter_of_an_hour_between_sessions(
    years: Calendar, pair: tuple[str, str]
) -> None:
    sessions = sorted(attended(years, pair), key=start_of)
    assert min(start_of(later) - end_of(earlier) for earlier, later in pairwise(sessions)) >= timedelta(minutes=15)


def test_no_trainer_is_in_two_sessions_at_once(years: Calendar) -> None:
    clashes = [
        (one["start"], other["start"])
        for one, other in combinations(years["sessions"], 2)
        if set(one["trainers"]) & set(other["trainers"])
        and start_of(one) < end_of(other)
        and start_of(other) < end_of(one)
    ]
    assert clashes == []


def test_a_defence_for_each_of_24_students_in_june_or_september_of_year_2(years: Calendar) -> None:
    defences = [start_of(session) for session in years["sessions"] if session["kind"] == "defence"]
    assert Counter((day.year, day.month) for day in defences) == {(2028, 6): 12, (2028, 9): 12}


def test_the_thesis_is_handed_in_before_the_defences(years: Calendar) -> None:
    [[deposit]] = runs(years, "milestone")
    defences = [start_of(session).date() for session in years["sessions"] if session["kind"] == "defence"]
    assert not is_off(deposit)
    assert deposit < min(defences)


# Internship.


def test_450_hours_of_internship_on_weekdays_that_are_no_public_holidays(years: Calendar) -> None:
    """On days of 7 h: 64 make 448 h, 65 make 455 h."""
    assert len(host_days(years)) == 65
    assert [day for day in host_days(years) if day.weekday() > 4 or day in PUBLIC_HOLIDAYS] == []


def test_no_host_day_on_an_open_day_or_in_a_seminar(years: Calendar) -> None:
    open_days = {start_of(session).date() for session in years["sessions"]}
    seminar_days = {day for run in runs(years, "seminar") for day in run}
    assert [day for day in host_days(years) if day in open_days | seminar_days] == []


# The certificate and the verdict.


def test_every_level_is_proved_optimal(years: Calendar) -> None:
    levels = years["certificate"]["levels"]
    assert [(level["rank"], level["rules"]) for level in levels] == [
        (1, ["trainer_preference", "near_date"]),
        (2, ["regular_slot"]),
        (3, ["even_load"]),
    ]
    assert [(level["proved"], level["value"] - level["bound"]) for level in levels] == [(True, 0)] * 3


def test_check_finds_no_breach(years: Calendar, checked: Checked) -> None:
    run = checked("ifuno-m2-two-years", years)
    assert (run.returncode, run.stdout, run.stderr) == (0, "No breach: every law is kept.\n", "")


def test_a_session_moved_onto_11_november_of_year_2_is_refused(years: Calendar, checked: Checked) -> None:
    edited = deepcopy(years)
    moved = next(each for each in edited["sessions"] if monday_of(start_of(each).date()) == date(2027, 11, 8))
    start = start_of(moved).replace(day=11)
    moved["start"], moved["end"] = start.isoformat(), (start + timedelta(minutes=minutes_of(moved))).isoformat()
    run = checked("ifuno-m2-two-years", edited)
    session = f"“{moved['module_title']}” (virtual class)"
    assert run.returncode == 1
    assert (
        f"days_off: {session} stands on Thursday 11 November 2027 {start:%H:%M}: Armistice" in run.stdout.splitlines()
    )
