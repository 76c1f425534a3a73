"""A changes file from disk: every kind of change, and each fault with its line and its cure."""

from datetime import date, datetime
from pathlib import Path

import pytest

from calendars.changes_file import (
    AddTable,
    AwayTable,
    CancelTable,
    ChangesFile,
    ClosedTable,
    MissedTable,
    MoveTable,
    read_changes,
)
from calendars.clock import Dates
from calendars.faults import FaultyInput
from calendars.programme_file import Closure, SchoolPeriod
from programmes import plain

EVERYTHING = """\
why = "Flu, and a strike"

[[away]]
trainer = "ann"
dates = [2026-11-10, 2026-11-12]

[[closed]]
place = "room"
dates = [2026-11-10, 2026-11-10]

[[struck]]
title = "Transport strike"
dates = [2026-11-13, 2026-11-13]

[[school_holidays]]
zone = "B"
title = "All Saints"
dates = [2026-10-17, 2026-11-01]
source = "Arrêté"

[[move]]
session = "design.virtual-class#1"

[[move]]
session = "design.virtual-class#2"
to = 2026-11-17T10:00:00

[[move]]
session = "week"
to = 2026-11-16

[[missed]]
session = "ethics.virtual-class"

[[cancel]]
session = "f04264@semainier"

[[add]]
part = "design.virtual-class"

[[add]]
part = "ethics.virtual-class"
sessions = 2
at = 2026-11-17T10:00:00
"""
WEEK = Dates(date(2026, 11, 10), date(2026, 11, 12))


def written(folder: Path, text: str) -> Path:
    path = folder / "changes.toml"
    path.write_text(text, "utf-8")
    return path


def refused(folder: Path, text: str, language: str = "en") -> list[str]:
    """The faults of a file, without the folder that it lies in."""
    with pytest.raises(FaultyInput) as caught:
        read_changes(written(folder, text))
    return [plain(fault.words(language)).removeprefix(f"{folder}/") for fault in caught.value.faults]


def test_every_kind_of_change(tmp_path: Path) -> None:
    day = Dates(date(2026, 11, 10), date(2026, 11, 10))
    strike = Dates(date(2026, 11, 13), date(2026, 11, 13))
    autumn = Dates(date(2026, 10, 17), date(2026, 11, 1))
    assert read_changes(written(tmp_path, EVERYTHING)) == (
        ChangesFile(
            why="Flu, and a strike",
            away=(AwayTable(trainer="ann", dates=WEEK),),
            closed=(ClosedTable(place="room", dates=day),),
            struck=(Closure(title="Transport strike", dates=strike),),
            school_holidays=(SchoolPeriod(zone="B", title="All Saints", dates=autumn, source="Arrêté"),),
            move=(
                MoveTable(session="design.virtual-class#1"),
                MoveTable(session="design.virtual-class#2", to=datetime(2026, 11, 17, 10)),
                MoveTable(session="week", to=datetime(2026, 11, 16)),
            ),
            missed=(MissedTable(session="ethics.virtual-class"),),
            cancel=(CancelTable(session="f04264@semainier"),),
            add=(
                AddTable(part="design.virtual-class"),
                AddTable(part="ethics.virtual-class", sessions=2, at=datetime(2026, 11, 17, 10)),
            ),
        ),
        EVERYTHING,
    )


def test_what_is_not_said(tmp_path: Path) -> None:
    move, add = MoveTable(session="a"), AddTable(part="a")
    assert (move.to, add.sessions, add.at) == (None, 1, None)
    assert read_changes(written(tmp_path, "")) == (ChangesFile(), "")


FAULTY = """\
wy = "flu"

[[away]]
trainer = "Ann"
dates = [2026-11-12, 2026-11-10]

[[closed]]
dates = [2026-11-10]

[[move]]
session = ""
to = "2026-11-17"

[[move]]
session = "a"
to = 2026-11-17T10:00:00+01:00

[[missed]]
session = "a"
to = 2026-11-17T10:00:00

[[add]]
part = "a"
sessions = 0
at = 10:00:00

[[cancelled]]
session = "a"
"""


def test_every_fault_is_told_with_its_line_and_its_cure(tmp_path: Path) -> None:
    assert refused(tmp_path, FAULTY) == [
        "changes.toml:1, wy: wy is not known here; did you mean why?",
        'changes.toml:4, away[0].trainer: an id has small letters, digits and hyphens; write "ann"',
        "changes.toml:5, away[0].dates: the dates end on Tuesday 10 November 2026 but start on Thursday 12 November "
        "2026; put the earlier one first",
        "changes.toml:7, closed[0].place: place is missing; it takes text in quotes",
        "changes.toml:8, closed[0].dates: dates is a list; it takes two dates without quotes such as [2026-09-14, "
        "2026-12-18]",
        'changes.toml:11, move[0].session: session is ""; it takes text in quotes',
        "changes.toml:12, move[0].to: write a moment as 2026-11-10T14:00:00, without quotes, or 2026-11-10 for a block",
        "changes.toml:16, move[1].to: write a moment as 2026-11-10T14:00:00, without quotes, or 2026-11-10 for a block",
        "changes.toml:20, missed[0].to: to is not known here; choose from session",
        "changes.toml:24, add[0].sessions: sessions is 0; the least is 1",
        "changes.toml:25, add[0].at: write a moment as 2026-11-10T14:00:00, without quotes, or 2026-11-10 for a block",
        "changes.toml:27, cancelled: cancelled is not known here; did you mean cancel?",
    ]


def test_in_french(tmp_path: Path) -> None:
    assert refused(tmp_path, FAULTY, "fr") == [
        "changes.toml:1, wy : wy n’est pas connu ici ; vouliez-vous dire why ?",
        "changes.toml:4, away[0].trainer : un identifiant n’a que des minuscules sans accent, des chiffres et des "
        'traits d’union ; écrivez "ann"',
        "changes.toml:5, away[0].dates : les dates finissent le mardi 10 novembre 2026 mais commencent le jeudi 12 "
        "novembre 2026 ; mettez la plus ancienne en premier",
        "changes.toml:7, closed[0].place : place manque ; il faut un texte entre guillemets",
        "changes.toml:8, closed[0].dates : dates vaut une liste ; il faut deux dates sans guillemets comme "
        "[2026-09-14, 2026-12-18]",
        'changes.toml:11, move[0].session : session vaut "" ; il faut un texte entre guillemets',
        "changes.toml:12, move[0].to : écrivez un moment comme 2026-11-10T14:00:00, sans guillemets, ou 2026-11-10 "
        "pour un bloc",
        "changes.toml:16, move[1].to : écrivez un moment comme 2026-11-10T14:00:00, sans guillemets, ou 2026-11-10 "
        "pour un bloc",
        "changes.toml:20, missed[0].to : to n’est pas connu ici ; choisissez parmi session",
        "changes.toml:24, add[0].sessions : sessions vaut 0 ; le minimum est 1",
        "changes.toml:25, add[0].at : écrivez un moment comme 2026-11-10T14:00:00, sans guillemets, ou 2026-11-10 "
        "pour un bloc",
        "changes.toml:27, cancelled : cancelled n’est pas connu ici ; vouliez-vous dire cancel ?",
    ]


def test_what_is_no_toml(tmp_path: Path) -> None:
    assert refused(tmp_path, "[[away]\n") == [
        "changes.toml:1: the table's name is not closed; end it with ] or ]], as it begins"
    ]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FaultyInput) as caught:
        read_changes(tmp_path / "changes.toml")
    assert [fault.words("en") for fault in caught.value.faults] == [
        f"{tmp_path}/changes.toml: there is no such file; look at the spelling of its name and folder"
    ]
