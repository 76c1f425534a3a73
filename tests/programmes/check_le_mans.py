"""The department of Le Mans: both masters made together, recomputed from their two calendars alone."""

import json
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from datetime import date, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
KEYS = ("ifuno-m1", "ifuno-m2")
FILES = [f"programmes/{key}.toml" for key in KEYS]
SHARED = {"ingenierie", "scenarisation", "apprentissage", "environnements"}

Calendar = dict[str, Any]
Session = dict[str, Any]


def semainier(*words: object) -> subprocess.CompletedProcess[str]:
    """The command as it is installed beside this interpreter."""
    command = [str(Path(sys.executable).with_name("semainier")), *map(str, words)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two years, made at once: about half a minute."""
    folder = tmp_path_factory.mktemp("le-mans")
    run = semainier("solve", *FILES, "-o", folder, "--as-of", "2026-11-22")
    assert run.returncode == 0, run.stdout + run.stderr
    return folder


@pytest.fixture(scope="module")
def years(folder: Path) -> dict[str, Calendar]:
    return {key: json.loads((folder / key / "calendar.json").read_text("utf-8")) for key in KEYS}


def start_of(session: Session) -> datetime:
    return datetime.fromisoformat(session["start"])


def end_of(session: Session) -> datetime:
    return datetime.fromisoformat(session["end"])


def every(years: dict[str, Calendar]) -> Iterator[Session]:
    """The sessions of both masters."""
    return (session for year in years.values() for session in year["sessions"])


def given_by(years: dict[str, Calendar], trainer: str) -> list[Session]:
    return [session for session in every(years) if trainer in session["trainers"]]


def least_gap(sessions: list[Session]) -> timedelta:
    """The least time between any two sessions; below zero where two overlap."""
    gaps = (
        max(start_of(one), start_of(other)) - min(end_of(one), end_of(other))
        for one, other in combinations(sessions, 2)
    )
    return min(gaps)


def file_of(name: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / "programmes" / f"{name}.toml").read_text("utf-8"))


def test_both_masters_name_the_site_and_keep_nothing_of_it_to_themselves() -> None:
    site = file_of("sites/le-mans")
    assert (set(site["trainers"]), set(site["places"])) == (SHARED, {"le-mans", "visio"})
    for programme in map(file_of, KEYS):
        assert programme["site"] == "sites/le-mans.toml"
        assert SHARED & set(programme["trainers"]) == set()
        assert "places" not in programme


def test_each_master_has_all_its_sessions(years: dict[str, Calendar]) -> None:
    assert {key: len(year["sessions"]) for key, year in years.items()} == {"ifuno-m1": 127, "ifuno-m2": 187}


@pytest.mark.parametrize("trainer", sorted(SHARED))
def test_a_shared_trainer_teaches_in_both_masters_in_the_autumn(years: dict[str, Calendar], trainer: str) -> None:
    for year in years.values():
        autumn = [each for each in year["sessions"] if trainer in each["trainers"] and each["start"] < "2027-02"]
        assert len([session for session in autumn if session["kind"] == "virtual-class"]) == 12


@pytest.mark.parametrize("trainer", sorted(SHARED))
def test_a_shared_trainer_has_a_quarter_of_an_hour_between_two_sessions(
    years: dict[str, Calendar], trainer: str
) -> None:
    assert least_gap(given_by(years, trainer)) >= timedelta(minutes=15)


@pytest.mark.parametrize("trainer", sorted(SHARED))
def test_a_shared_trainer_gives_at_most_seven_hours_a_day(years: dict[str, Calendar], trainer: str) -> None:
    days: Counter[date] = Counter()
    for session in given_by(years, trainer):
        days[start_of(session).date()] += (end_of(session) - start_of(session)) // timedelta(minutes=1)
    assert max(days.values()) <= 7 * 60


def test_the_campus_holds_one_session_at_a_time(years: dict[str, Calendar]) -> None:
    """3 of the master 1; 24 courses, 4 meetings and 20 of the 24 defences of the master 2."""
    there = [session for session in every(years) if session["place"] == "le-mans"]
    assert len(there) == 51
    assert least_gap(there) >= timedelta(0)


def test_every_level_of_the_two_together_is_proved_optimal(years: dict[str, Calendar]) -> None:
    first, second = (year["certificate"]["levels"] for year in years.values())
    assert first == second
    assert [(level["rank"], level["proved"], level["value"] - level["bound"]) for level in first] == [
        (1, True, 0),
        (2, True, 0),
        (3, True, 0),
    ]


def test_check_finds_no_breach_in_the_two_together(folder: Path) -> None:
    run = semainier("check", "--lang", "en", *FILES, folder)
    assert (run.returncode, run.stdout, run.stderr) == (0, "No breach: every law is kept.\n", "")


@pytest.mark.parametrize("key", KEYS)
def test_check_finds_no_breach_in_either_by_itself(folder: Path, key: str) -> None:
    run = semainier("check", "--lang", "en", f"programmes/{key}.toml", folder / key / "calendar.json")
    assert (run.returncode, run.stdout, run.stderr) == (0, "No breach: every law is kept.\n", "")


def test_a_trainer_moved_into_both_at_once_is_refused_by_the_law_of_the_site(
    years: dict[str, Calendar], tmp_path: Path
) -> None:
    """The master 1 by itself cannot see it."""
    edited = deepcopy(years)
    moved, other = next(
        (one, other)
        for one in edited["ifuno-m1"]["sessions"]
        for other in edited["ifuno-m2"]["sessions"]
        if one["trainers"] == other["trainers"] == ["ingenierie"]
        and one["kind"] == other["kind"] == "virtual-class"
        and abs(start_of(one) - start_of(other)) < timedelta(days=4)
    )
    moved["start"], moved["end"] = other["start"], other["end"]
    for key, year in edited.items():
        (tmp_path / key).mkdir()
        (tmp_path / key / "calendar.json").write_text(json.dumps(year), "utf-8")
    moment = start_of(other)
    one, two = (
        f"“{each['module_title']}” (virtual class) on {moment:%A} {moment.day} {moment:%B %Y %H:%M}"
        for each in (moved, other)
    )
    breach = f"one_at_a_time: {one} and {two} overlap for trainer “Formateur, ingénierie pédagogique”"
    together = semainier("check", "--lang", "en", *FILES, tmp_path)
    alone = semainier("check", "--lang", "en", FILES[0], tmp_path / "ifuno-m1" / "calendar.json")
    assert together.returncode == 1
    assert [breach in run.stdout.splitlines() for run in (together, alone)] == [True, False]
