"""Defences before juries through the door: a question, an offer, a replan, and what each reader is sent."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from calendars.calendar_file import Calendar, CertificateRecord
from calendars.saving import calendar_bytes, calendar_of
from door import semainier_here
from scheduler.problem import read_problem
from small import at, timetable

THESES = """\
title = "Theses"
language = "en"
dates = [2026-11-09, 2026-11-20]

[opening_hours]
tuesday = "09:00-12:00"

[groups.m2]
title = "Master 2"

[trainers.ann]
title = "Trainer, design"
can = [{ dates = [2026-11-10, 2026-11-10] }, { dates = [2026-11-17, 2026-11-17], liking = 2 }]

[trainers.bob]
title = "Trainer, ethics"

[trainers.cy]
title = "Trainer, film"

[trainers.dan]
title = "Trainer, sound"

[roles.chair]
title = "President"
trainers = ["ann", "bob"]

[roles.tutor]
title = "Supervisor"

[modules.thesis]
title = "Thesis"
group = "m2"

[[modules.thesis.parts]]
kind = "defence"
id = "viva"
minutes = 45
jury = ["chair", "tutor"]
starts = [09:10:00, 10:10:00]
defences = [
    { student = "e01", title = "On feeds", jury = { tutor = "cy" } },
    { student = "e02", title = "On polls", jury = { tutor = ["cy", "dan"] } },
]

[laws.working_hours]
[laws.availability]
[laws.one_at_a_time]
buffer_minutes = 10

[preferences.trainer_preference]
"""
"""Two Tuesdays with two starts each. Ann would rather preside on the first one."""

KNOWN = (
    at("2026-11-10 09:10", 45, "thesis.viva.e01", ("ann", "cy")),
    at("2026-11-10 10:10", 45, "thesis.viva.e02", ("bob", "dan")),
)
CY_AWAY = """\
[[away]]
trainer = "cy"
dates = [2026-11-10, 2026-11-10]
"""


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """The programme file, and a folder with the calendar that is known."""
    (tmp_path / "theses.toml").write_text(THESES, "utf-8")
    problem = read_problem(tmp_path / "theses.toml")
    certificate = CertificateRecord(levels=(), reproducible=True)
    known = calendar_of(problem.programme, timetable(*KNOWN), certificate, date(2026, 10, 1), 0)
    (tmp_path / "calendar.json").write_bytes(calendar_bytes(known))
    return tmp_path


def here(out: Path, command: str, *words: object) -> tuple[int, str]:
    """Gives a command on the file and its calendar: its exit code and what it says."""
    run = semainier_here(command, out / "theses.toml", *words)
    return run.code, run.out + run.err


def placed(path: Path) -> list[tuple[Any, ...]]:
    calendar = Calendar.model_validate_json(path.read_bytes())
    return [(one.part[-3:], f"{one.start:%d %H:%M}", one.trainers, one.student) for one in calendar.sessions]


def test_a_year_of_defences_is_made_and_judged_lawful(out: Path) -> None:
    assert here(out, "solve", "-o", out / "made", "--as-of", "2026-10-01")[0] == 0
    assert here(out, "check", out / "made" / "calendar.json") == (0, "No breach: every law is kept.\n")
    calendar = json.loads((out / "made" / "calendar.json").read_text("utf-8"))
    assert calendar["people"] == {"e01": ["m2"], "e02": ["m2"]}
    assert calendar["juries"]["thesis.viva.e01"] == [
        {"title": "President", "trainers": ["ann", "bob"], "number": 1},
        {"title": "Supervisor", "trainers": ["cy"], "number": 1},
    ]
    own = sorted(path.name for path in (out / "made" / "feeds" / "people").iterdir())
    assert own == ["e01.ics", "e02.ics"]


def test_of_a_jury_that_is_not_whole_and_another_student_check_tells(out: Path) -> None:
    calendar = json.loads((out / "calendar.json").read_text("utf-8"))
    first, second = calendar["sessions"]
    first["trainers"], second["student"] = ["ann", "bob"], "e01"
    (out / "calendar.json").write_text(json.dumps(calendar), "utf-8")
    code, said = here(out, "check", out / "calendar.json")
    assert (code, said) == (
        1,
        "2 breaches:\n"
        "complete: “Thesis” (On feeds) on Tuesday 10 November 2026 09:10: these trainers cannot hold all the roles "
        "of the jury, President and Supervisor\n"
        "programme: “Thesis” (On polls) on Tuesday 10 November 2026 10:10 has another student than the programme: "
        "change it there\n",
    )


def test_a_time_that_is_no_start_is_told_the_nearest(out: Path) -> None:
    code, said = here(out, "why", out / "calendar.json", "thesis.viva.e01", "--at", "2026-11-17T09:20")
    assert (code, said) == (
        2,
        "thesis.viva.e01: “Thesis” (On feeds) cannot begin on Tuesday 17 November 2026 09:20, but on Tuesday "
        "17 November 2026 09:10 and on Tuesday 17 November 2026 10:10\n",
    )


def test_a_supervisor_who_is_away_takes_the_defence_along_and_nothing_else(out: Path) -> None:
    """The other student's defence stays as it is, and they are told nothing."""
    (out / "away.toml").write_text(CY_AWAY, "utf-8")
    words = out / "calendar.json", out / "away.toml", "--as-of", "2026-11-02", "-o", out / "new"
    assert here(out, "replan", *words)[0] == 0
    first, second = sorted(placed(out / "new" / "calendar.json"))
    assert (first[0], first[1][:2], first[3]) == ("e01", "17", "e01")
    assert second == ("e02", "10 10:10", ("bob", "dan"), "e02")
    compared = semainier_here("compare", out / "calendar.json", out / "new" / "calendar.json", "-o", out / "changes")
    assert compared.code == 1
    messages = sorted(str(path.relative_to(out / "changes" / "messages")) for path in (out / "changes").rglob("*.txt"))
    assert [one for one in messages if one.startswith("people/")] == ["people/e01.txt"]
    assert [one for one in messages if "e02" in one or "dan" in one] == []


def test_an_offer_of_a_defence_has_whole_juries_and_is_accepted(out: Path) -> None:
    words = out / "calendar.json", "thesis.viva.e02", "--as-of", "2026-11-02", "-o", out / "offer"
    code, _ = here(out, "offer", *words)
    offer = json.loads((out / "offer" / "offer.json").read_text("utf-8"))
    starts = [slot["start"] for session in offer["sessions"] for slot in session["slots"]]
    assert (code, sorted(starts)) == (0, [f"2026-11-{day}T{hour}:10:00" for day in (10, 17) for hour in ("09", "10")])
    accepted = semainier_here(
        "accept", out / "calendar.json", out / "offer", 1, "--as-of", "2026-11-02", "-o", out / "new"
    )
    assert accepted.code == 0
    assert here(out, "check", out / "new" / "calendar.json")[0] == 0
