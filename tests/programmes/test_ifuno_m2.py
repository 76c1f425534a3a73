"""The Le Mans year, recomputed from `calendar.json` and its feed alone: each test is a fact of the offer."""

import json
import subprocess
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import ics
import pytest
import vobject

ROOT = Path(__file__).parents[2]
ELECTIVES = ("opt-analyse-du-travail", "opt-apprentissage-mediatise", "opt-intelligence-collective", "opt-qualite")
PAIRS = list(combinations(ELECTIVES, 2))
STUDENTS = [f"m2-{number:02}" for number in range(1, 25)]
PRESIDENTS = ["collectif", "direction", "environnements", "projet"]
SUPERVISORS = ["evaluation", "mediatisation", "qualite", "recherche", "travail", "tutorat"]

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
OFF = PUBLIC_HOLIDAYS | ZONE_B


def is_off(day: date) -> bool:
    return day.weekday() > 4 or day in OFF


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


@pytest.fixture(scope="module")
def folder(solved: Solved) -> Path:
    return solved("ifuno-m2", 1)


@pytest.fixture(scope="module")
def year(folder: Path) -> Calendar:
    calendar: Calendar = json.loads((folder / "calendar.json").read_text("utf-8"))
    return calendar


def start_of(session: Session) -> datetime:
    return datetime.fromisoformat(session["start"])


def end_of(session: Session) -> datetime:
    return datetime.fromisoformat(session["end"])


def minutes_of(session: Session) -> int:
    return (end_of(session) - start_of(session)) // timedelta(minutes=1)


def attended(year: Calendar, pair: Iterable[str]) -> list[Session]:
    """What a student of two electives attends, without the defences: of those each student has one."""
    groups = {"promotion", *pair}
    return [each for each in year["sessions"] if groups & set(each["groups"]) and each["kind"] != "defence"]


def work_of(year: Calendar, pair: Iterable[str], *parts: str) -> list[dict[str, Any]]:
    """The self-paced work of a student of two electives, by the names of its parts."""
    groups = {"promotion", *pair}
    mine = [item for item in year["work"] if groups & set(item["groups"])]
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


def runs(year: Calendar, kind: str) -> list[list[date]]:
    """The days of each entry of a kind, in order."""
    return sorted(list(days(each["first"], each["last"])) for each in year["days"] if each["kind"] == kind)


def host_days(year: Calendar) -> list[date]:
    return [day for run in runs(year, "internship") for day in run]


def live_by_module(year: Calendar) -> dict[str, list[Session]]:
    """The virtual classes of each module."""
    found: dict[str, list[Session]] = defaultdict(list)
    for session in year["sessions"]:
        if session["kind"] == "virtual-class":
            found[session["module"]].append(session)
    return found


# Seminars.


def test_four_whole_seminar_weeks_from_monday_to_friday_on_site(year: Calendar) -> None:
    seminars = [each for each in year["days"] if each["kind"] == "seminar"]
    assert [each["place"] for each in seminars] == ["le-mans"] * 4
    weekdays = [[day.weekday() for day in run] for run in runs(year, "seminar")]
    assert weekdays == [[0, 1, 2, 3, 4]] * 4


def test_the_seminars_stand_in_september_november_february_and_april(year: Calendar) -> None:
    """Early September, early to mid November, early February, April."""
    opening, autumn, winter, spring = runs(year, "seminar")
    assert date(2026, 9, 1) <= opening[0] <= opening[-1] <= date(2026, 9, 18)
    assert date(2026, 11, 1) <= autumn[0] <= autumn[-1] <= date(2026, 11, 20)
    assert date(2027, 2, 1) <= winter[0] <= winter[-1] <= date(2027, 2, 12)
    assert date(2027, 4, 1) <= spring[0] <= spring[-1] <= date(2027, 4, 30)


def test_no_day_of_a_seminar_is_off(year: Calendar) -> None:
    assert [day for run in runs(year, "seminar") for day in run if is_off(day)] == []


def test_a_seminar_has_its_week_for_itself(year: Calendar) -> None:
    weeks = {run[0] for run in runs(year, "seminar")}
    there = [session for session in year["sessions"] if monday_of(start_of(session).date()) in weeks]
    assert [session["title"] for session in there if session["place"] != "le-mans"] == []
    taught = [item for item in year["work"] if item["part"].endswith(".activites")]
    assert [item["title"] for item in taught if date.fromisoformat(item["monday"]) in weeks] == []


# Hours.


@pytest.mark.parametrize("pair", PAIRS, ids=" + ".join)
def test_250_hours_presence_equivalent_for_every_choice_of_electives(year: Calendar, pair: tuple[str, str]) -> None:
    assert minutes([*attended(year, pair), *work_of(year, pair, "activites")]) == 250 * 60


@pytest.mark.parametrize("pair", PAIRS, ids=" + ".join)
def test_a_quarter_is_on_site_in_the_seminar_weeks(year: Calendar, pair: tuple[str, str]) -> None:
    seminar_days = {day for run in runs(year, "seminar") for day in run}
    on_site = [session for session in attended(year, pair) if session["place"] == "le-mans"]
    assert minutes(on_site) == 62.5 * 60
    assert [session["title"] for session in on_site if start_of(session).date() not in seminar_days] == []


@pytest.mark.parametrize("pair", PAIRS, ids=" + ".join)
def test_500_hours_of_personal_work_and_100_hours_for_the_thesis(year: Calendar, pair: tuple[str, str]) -> None:
    assert minutes(work_of(year, pair, "personnel")) == 500 * 60
    assert minutes(work_of(year, pair, "redaction")) == 100 * 60


@pytest.mark.parametrize("pair", PAIRS, ids=" + ".join)
def test_about_20_hours_of_work_a_week_on_average(year: Calendar, pair: tuple[str, str]) -> None:
    """750 h over the 38 weeks from 7 September: 19.7 h a week, without the writing of the thesis."""
    weeks = by_week([*attended(year, pair), *work_of(year, pair, "activites", "personnel")])
    assert weeks.total() == 750 * 60
    teaching = [weeks[date(2026, 9, 7) + timedelta(weeks=n)] for n in range(38)]
    assert 19 * 60 <= sum(teaching) / 38 <= 20 * 60
    assert 18 * 60 <= min(teaching) <= max(teaching) <= 22 * 60


@pytest.mark.parametrize("pair", PAIRS, ids=" + ".join)
def test_at_most_25_hours_in_any_week(year: Calendar, pair: tuple[str, str]) -> None:
    weeks = by_week([*attended(year, pair), *work_of(year, pair, "activites", "personnel", "redaction")])
    assert max(weeks.values()) <= 25 * 60


# Live sessions.


def test_at_least_150_sessions(year: Calendar) -> None:
    assert len(year["sessions"]) >= 150


def test_the_programme_file_pins_no_date() -> None:
    """No window of the file is a single day, and none is as short as the block that it is for."""
    file = tomllib.loads((ROOT / "programmes" / "ifuno-m2.toml").read_text("utf-8"))
    tables = [
        each for kind in ("phases", "blocks", "modules", "milestones", "internships") for each in file[kind].values()
    ]
    parts = [part for module in file["modules"].values() for part in module["parts"]]
    windows = [(each["dates"], each.get("days", 1)) for each in (*tables, *parts) if "dates" in each]
    assert [dates for (*dates,), length in windows if (dates[1] - dates[0]).days < length] == []


def test_every_module_has_live_sessions_of_about_an_hour(year: Calendar) -> None:
    lengths = {module: {minutes_of(session) for session in live} for module, live in live_by_module(year).items()}
    assert lengths.pop("memoire") == {90}
    assert lengths == {module: {60} for module in lengths}
    assert len(lengths) == 12


def test_live_sessions_of_a_module_are_at_most_one_a_week(year: Calendar) -> None:
    for live in live_by_module(year).values():
        weeks = [monday_of(start_of(session).date()) for session in live]
        assert len(set(weeks)) == len(weeks)


def test_live_sessions_of_a_module_take_ten_weeks_or_more(year: Calendar) -> None:
    counts = {module: len(live) for module, live in live_by_module(year).items()}
    assert counts.pop("memoire") == 5
    assert sorted(counts.values()) == [10] * 7 + [12] * 5


def test_semester_1_ends_in_january_and_semester_2_in_may(year: Calendar) -> None:
    ends = {module: end_of(live[-1]).date() for module, live in live_by_module(year).items()}
    first = [end for module, end in ends.items() if len(live_by_module(year)[module]) == 12]
    assert max(first) <= date(2027, 1, 31)
    assert max(ends.values()) <= date(2027, 5, 31)


def test_no_live_session_on_a_weekend_a_public_holiday_or_a_school_holiday_of_zone_b(year: Calendar) -> None:
    assert [session["start"] for session in year["sessions"] if is_off(start_of(session).date())] == []


def test_no_live_session_outside_opening_hours_or_over_lunch(year: Calendar) -> None:
    hours = [(f"{start_of(each):%H:%M}", f"{end_of(each):%H:%M}") for each in year["sessions"]]
    assert [(start, end) for start, end in hours if start < "09:00" or end > "18:00" or end <= start] == []
    assert [(start, end) for start, end in hours if start < "13:30" and end > "12:30"] == []


def test_no_module_starts_on_an_eve(year: Calendar) -> None:
    first: dict[str, date] = {}
    for session in sorted(year["sessions"], key=start_of):
        first.setdefault(session["module"], start_of(session).date())
    assert {module: day for module, day in first.items() if is_off(day + timedelta(days=1))} == {}


def test_no_seminar_starts_on_an_eve(year: Calendar) -> None:
    assert [run[0] for run in runs(year, "seminar") if is_off(run[0] + timedelta(days=1))] == []


def test_at_most_three_open_days_a_week_outside_the_seminars(year: Calendar) -> None:
    open_days = {start_of(session).date() for session in year["sessions"]}
    weeks = Counter(monday_of(day) for day in open_days)
    for run in runs(year, "seminar"):
        del weeks[run[0]]
    assert max(weeks.values()) <= 3


@pytest.mark.parametrize("pair", PAIRS, ids=" + ".join)
def test_a_student_of_any_two_electives_has_no_clash(year: Calendar, pair: tuple[str, str]) -> None:
    sessions = sorted(attended(year, pair), key=start_of)
    clashes = [
        (earlier["title"], later["title"], later["start"])
        for earlier, later in pairwise(sessions)
        if start_of(later) < end_of(earlier)
    ]
    assert clashes == []


def test_no_trainer_is_in_two_sessions_at_once(year: Calendar) -> None:
    clashes = [
        (trainer, one["start"], other["start"])
        for trainer in year["titles"]["trainers"]
        for one, other in combinations([each for each in year["sessions"] if trainer in each["trainers"]], 2)
        if start_of(one) < end_of(other) and start_of(other) < end_of(one)
    ]
    assert clashes == []


# Defences.


def defences(year: Calendar) -> dict[str, Session]:
    """The defence of each student."""
    found = [session for session in year["sessions"] if session["kind"] == "defence"]
    assert sorted(session["student"] for session in found) == STUDENTS
    return {session["student"]: session for session in found}


def of_month(year: Calendar, month: int) -> list[Session]:
    return [each for each in defences(year).values() if start_of(each).month == month]


def test_each_student_has_one_defence_half_of_them_in_june_and_half_in_september(year: Calendar) -> None:
    months = {student: start_of(session).month for student, session in defences(year).items()}
    assert months == dict.fromkeys(STUDENTS[:12], 6) | dict.fromkeys(STUDENTS[12:], 9)


def test_a_jury_is_a_president_the_supervisor_and_the_tutor_of_the_host_organisation(year: Calendar) -> None:
    """Each of whom the file says that they may, and nobody in two roles."""
    for session in defences(year).values():
        president, supervisor, tutor = year["juries"][session["part"]]
        assert sorted(president["trainers"]) == PRESIDENTS
        assert (len(supervisor["trainers"]), len(tutor["trainers"])) == (1, 1)
        [chosen] = set(session["trainers"]) - {*supervisor["trainers"], *tutor["trainers"]}
        assert chosen in PRESIDENTS
        assert session["trainers"] == [chosen, *supervisor["trainers"], *tutor["trainers"]]


def test_the_juries_are_shared_out(year: Calendar) -> None:
    """24 defences: six for each of the four presidents, four for each supervisor, two for each tutor who comes."""
    tutors = [f"organisme-{number:02}" for number in range(1, 13)]
    sits = Counter(trainer for session in defences(year).values() for trainer in session["trainers"])
    assert sits == dict.fromkeys(PRESIDENTS, 6) | dict.fromkeys(SUPERVISORS, 4) | dict.fromkeys(tutors, 2)


def times(patterns: list[dict[str, Any]], day: date) -> list[list[str]]:
    """The hours of a day that patterns of the programme file take, each the first and the last."""
    weekday = ("monday", "tuesday", "wednesday", "thursday", "friday")[day.weekday()]
    return [
        each.get("hours", "00:00-24:00").split("-")
        for each in patterns
        if each.get("weekday", weekday) == weekday
        if "dates" not in each or each["dates"][0] <= day <= each["dates"][1]
    ]


def test_everybody_of_a_jury_is_free(year: Calendar) -> None:
    """The tutors in one of the times that they give, the others outside those that they exclude."""
    trainers = {
        key: table
        for name in ("ifuno-m2", "sites/le-mans")
        for key, table in tomllib.loads((ROOT / "programmes" / f"{name}.toml").read_text("utf-8"))["trainers"].items()
    }
    for session in defences(year).values():
        day, start, end = start_of(session).date(), f"{start_of(session):%H:%M}", f"{end_of(session):%H:%M}"
        for trainer in map(trainers.__getitem__, session["trainers"]):
            can, cannot = (times(trainer.get(key, []), day) for key in ("can", "cannot"))
            assert ("can" in trainer) == any(first <= start and end <= last for first, last in can)
            assert [(first, last) for first, last in cannot if start < last and first < end] == []


def test_one_defence_at_a_time_on_the_campus_and_four_at_a_distance(year: Calendar) -> None:
    there = sorted((each for each in defences(year).values() if each["place"] == "le-mans"), key=start_of)
    assert min(start_of(then) - end_of(one) for one, then in pairwise(there)) >= timedelta(minutes=15)
    online = [student for student, session in defences(year).items() if session["place"] == "visio"]
    assert online == ["m2-11", "m2-12", "m2-23", "m2-24"]


@pytest.mark.parametrize("month", [6, 9])
def test_a_session_has_three_days_of_defences_at_most_and_nobody_comes_on_more_than_two(
    year: Calendar, month: int
) -> None:
    assert len({start_of(session).date() for session in of_month(year, month)}) <= 3
    days_of: dict[str, set[date]] = defaultdict(set)
    for session in of_month(year, month):
        for trainer in session["trainers"]:
            days_of[trainer].add(start_of(session).date())
    assert max(map(len, days_of.values())) <= 2


@pytest.mark.parametrize("student", STUDENTS)
def test_the_feed_of_a_student_has_their_own_defence_and_what_the_whole_promotion_has(
    folder: Path, year: Calendar, student: str
) -> None:
    shared = [each["uid"] for each in year["sessions"] if each["groups"] == ["promotion"] and each["student"] is None]
    feed = (folder / "feeds" / "people" / f"{student}.ics").read_bytes().decode()
    assert sorted(read_by_vobject(feed)) == sorted([*shared, defences(year)[student]["uid"]])


# Internship.


def test_450_hours_of_internship(year: Calendar) -> None:
    """On days of 7 h: 64 make 448 h, 65 make 455 h."""
    assert len(host_days(year)) == 65


def test_the_internship_lies_between_january_and_june(year: Calendar) -> None:
    assert {(day.year, day.month) for day in host_days(year)} == {(2027, month) for month in range(1, 7)}


def test_host_days_are_weekdays_and_no_public_holidays(year: Calendar) -> None:
    assert [day for day in host_days(year) if day.weekday() > 4 or day in PUBLIC_HOLIDAYS] == []


def test_no_host_day_on_an_open_day_or_in_a_seminar(year: Calendar) -> None:
    open_days = {start_of(session).date() for session in year["sessions"]}
    seminar_days = {day for run in runs(year, "seminar") for day in run}
    assert [day for day in host_days(year) if day in open_days | seminar_days] == []


# The certificate and the verdict.


def test_every_level_is_proved_optimal(year: Calendar) -> None:
    levels = year["certificate"]["levels"]
    assert [(level["rank"], level["rules"]) for level in levels] == [
        (1, ["trainer_preference", "near_date"]),
        (2, ["regular_slot"]),
        (3, ["even_load", "even_shares"]),
    ]
    assert [(level["proved"], level["value"] - level["bound"]) for level in levels] == [(True, 0)] * 3


def test_the_certificate_says_that_another_run_gives_the_same_calendar(year: Calendar) -> None:
    assert year["certificate"]["reproducible"] is True


def test_check_finds_no_breach(year: Calendar, checked: Checked) -> None:
    run = checked("ifuno-m2", year)
    assert (run.returncode, run.stdout, run.stderr) == (0, "No breach: every law is kept.\n", "")


def test_a_session_moved_onto_11_november_is_refused_by_law_day_and_session(year: Calendar, checked: Checked) -> None:
    edited = deepcopy(year)
    moved = next(
        session
        for session in edited["sessions"]
        if session["module"] != "memoire" and monday_of(start_of(session).date()) == date(2026, 11, 9)
    )
    start = start_of(moved).replace(day=11)
    end = start + timedelta(minutes=minutes_of(moved))
    moved["start"], moved["end"] = start.isoformat(), end.isoformat()
    run = checked("ifuno-m2", edited)
    session = f"“{moved['module_title']}” (virtual class)"
    assert run.returncode == 1
    told = f"days_off: {session} stands on Wednesday 11 November 2026 {start:%H:%M}: Armistice"
    assert told in run.stdout.splitlines()


# The feed.


def instants_of(year: Calendar) -> dict[str, datetime]:
    """The start of each session in UTC, by uid."""
    zone = ZoneInfo(year["time_zone"])
    return {each["uid"]: start_of(each).replace(tzinfo=zone).astimezone(UTC) for each in year["sessions"]}


def read_by_vobject(feed: str) -> dict[str, datetime]:
    found = {event.uid.value: event.dtstart.value for event in vobject.readOne(feed).vevent_list}
    return {uid: start.astimezone(UTC) for uid, start in found.items() if isinstance(start, datetime)}


def read_by_ics(feed: str) -> dict[str, datetime]:
    timed = [event for event in ics.Calendar(feed).events if not event.all_day]
    return {event.uid: event.begin.datetime.astimezone(UTC) for event in timed}


READERS = [pytest.param(read_by_vobject, id="vobject"), pytest.param(read_by_ics, id="ics")]
Reader = Callable[[str], dict[str, datetime]]


@pytest.mark.parametrize("reader", READERS)
def test_the_feed_tells_the_same_instants_as_the_calendar(folder: Path, year: Calendar, reader: Reader) -> None:
    feed = (folder / "feeds" / "programme.ics").read_bytes().decode()
    assert reader(feed) == instants_of(year)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(("month", "offset"), [("2027-01", 1), ("2027-06", 2)], ids=["winter", "summer"])
def test_a_session_in_winter_and_one_in_summer_are_read_right(
    folder: Path, year: Calendar, reader: Reader, month: str, offset: int
) -> None:
    feed = (folder / "feeds" / "programme.ics").read_bytes().decode()
    session = next(each for each in year["sessions"] if each["start"].startswith(month))
    assert reader(feed)[session["uid"]] == (start_of(session) - timedelta(hours=offset)).replace(tzinfo=UTC)


def test_the_feed_has_the_seminars_as_whole_days(folder: Path, year: Calendar) -> None:
    feed = (folder / "feeds" / "programme.ics").read_bytes().decode()
    events = vobject.readOne(feed).vevent_list
    bands = {event.uid.value: (event.dtstart.value, event.dtend.value) for event in events}
    for each in year["days"]:
        last = date.fromisoformat(each["last"])
        assert bands[each["uid"]] == (date.fromisoformat(each["first"]), last + timedelta(days=1))
