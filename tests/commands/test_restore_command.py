"""`semainier restore` as people give it: what there is, a version brought back and published, and what is refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from door import semainier_here
from programmes import Run, changed, files_of, write
from weekly import SOLVED, WEEK, week

DESIGN = "design.virtual-class"
LATER = "2026-10-05"
MISSING = "{path}: there is no such file; look at the spelling of its name and folder"


def saved(folder: Path) -> dict[str, Any]:
    """A calendar as its file has it."""
    found: dict[str, Any] = json.loads((folder / "calendar.json").read_bytes())
    return found


def design(folder: Path) -> tuple[str, int]:
    """When the session of design begins in a calendar, and its SEQUENCE."""
    (session,) = [each for each in saved(folder)["sessions"] if each["part"] == DESIGN]
    return session["start"], session["sequence"]


def publishing(folder: Path, of: str, name: str, day: str) -> Run:
    words = (folder / "small.toml", folder / of / "calendar.json", "--name", name)
    return semainier_here("publish", *words, "-o", folder / "published", "--as-of", day)


def restoring(folder: Path, *words: object) -> Run:
    at = (folder / "small.toml", folder / "published")
    return semainier_here("restore", *at, *words, "--as-of", LATER, "-o", folder / "back")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two versions: in the second one, design is on Tuesday at ten instead of nine."""
    week(tmp_path)
    assert publishing(tmp_path, "out", "Rentrée", SOLVED).code == 0
    path = tmp_path / "published" / "calendar.json"
    edited = path.read_text("utf-8").replace("2026-11-10T10", "2026-11-10T11").replace("2026-11-10T09", "2026-11-10T10")
    (tmp_path / "out" / "calendar.json").write_text(edited, "utf-8")
    assert publishing(tmp_path, "out", "Second", "2026-10-02").code == 0
    return tmp_path


def test_a_version_is_brought_back_and_published(folder: Path) -> None:
    assert design(folder / "published") == ("2026-11-10T10:00:00", 1)
    before = files_of(folder / "published")
    run = restoring(folder, "Rentrée")
    assert (run.code, run.errors) == (0, [])
    assert run.lines == [
        f"Version 1, “Rentrée”, is brought back in {folder / 'back'}.",
        "Against the previous calendar: 1 moved.",
        "Before                 Now                    What",
        "Tue 10 Nov 2026 10:00  Tue 10 Nov 2026 09:00  Design · virtual class (1)",
        "It is a draft: publish it, and the feeds follow.",
    ]
    assert files_of(folder / "published") == before
    assert design(folder / "back") == ("2026-11-10T09:00:00", 2)
    assert saved(folder / "back")["draft"]
    assert publishing(folder, "back", "Third", LATER).code == 0
    assert design(folder / "published") == ("2026-11-10T09:00:00", 2)


def test_by_number_and_in_french(folder: Path) -> None:
    run = restoring(folder, 1, "--lang", "fr")
    assert (run.code, run.errors) == (0, [])
    assert run.lines == [
        f"La version 1, « Rentrée », est rétablie dans {folder / 'back'}.",
        "Par rapport au calendrier précédent : 1 déplacement.",
        "Avant                     Maintenant               Intitulé",
        "mar. 10 nov. 2026 à 10 h  mar. 10 nov. 2026 à 9 h  Design · virtual class (1)",
        "C’est un brouillon : publiez-le, et les flux suivront.",
    ]


def test_for_machines(folder: Path) -> None:
    run = restoring(folder, 1, "--json")
    assert run.code == 0
    (session,) = [each for each in saved(folder / "back")["sessions"] if each["part"] == DESIGN]
    there = {"trainers": ["ann"], "place": None}
    assert json.loads(run.out) == {
        "version": {"number": 1, "name": "Rentrée", "day": SOLVED},
        "changes": [
            {
                "uid": session["uid"],
                "activity": DESIGN,
                "before": {"start": "2026-11-10T10:00:00", "end": "2026-11-10T11:00:00", **there},
                "after": {"start": "2026-11-10T09:00:00", "end": "2026-11-10T10:00:00", **there},
            }
        ],
        "breaches": [],
        "output": str(folder / "back"),
    }


@pytest.mark.parametrize("words", [(), ("--json",)])
def test_what_is_unlawful_by_now_is_not_written(words: tuple[str, ...], folder: Path) -> None:
    closed = changed('tuesday = "09:00-11:00"', 'tuesday = "10:00-11:00"', WEEK)
    write(folder, closed)
    run = restoring(folder, "Rentrée", *words)
    assert (run.code, run.errors, (folder / "back").exists()) == (1, [], False)
    if words:
        told = json.loads(run.out)
        assert (told["output"], [each["law"] for each in told["breaches"]]) == (None, ["working_hours"])
    else:
        assert run.lines == [
            "Version 1, “Rentrée”, is not brought back: it would be in breach of laws.",
            "1 breach:",
            "working_hours: “Design” (virtual class) stands on Tuesday 10 November 2026 09:00: before opening (open "
            "from 10:00 to 11:00)",
        ]


def test_without_a_version_those_that_there_are_are_told(folder: Path) -> None:
    assert restoring(folder).lines == [
        "Version  Published on    Name",
        "      1  Thu 1 Oct 2026  Rentrée",
        "      2  Fri 2 Oct 2026  Second",
    ]
    assert restoring(folder, "--lang", "fr").lines == [
        "Version  Publiée le          Nom",
        "      1  jeu. 1er oct. 2026  Rentrée",
        "      2  ven. 2 oct. 2026    Second",
    ]
    assert json.loads(restoring(folder, "--json").out) == {
        "versions": [
            {"number": 1, "name": "Rentrée", "day": "2026-10-01"},
            {"number": 2, "name": "Second", "day": "2026-10-02"},
        ],
        "history": [],
    }
    assert not (folder / "back").exists()


def test_what_is_not_there_is_told_with_what_is(folder: Path) -> None:
    published = folder / "published"
    run = restoring(folder, "Third")
    assert (run.code, run.out) == (2, "")
    assert run.errors == [f"{published}: has no version Third; there are 1 “Rentrée” and 2 “Second”"]
    nowhere = semainier_here("restore", folder / "small.toml", folder / "back", 1)
    assert (nowhere.code, nowhere.errors) == (2, [MISSING.format(path=folder / "back" / "calendar.json")])
    kept = published / "versions" / "01-rentree.json"
    kept.unlink()
    lost = restoring(folder, 1)
    assert (lost.code, lost.errors) == (2, [MISSING.format(path=kept)])


def test_a_draft_is_not_what_is_published(folder: Path) -> None:
    assert restoring(folder, 1).code == 0
    run = semainier_here("restore", folder / "small.toml", folder / "back")
    assert (run.code, run.errors) == (
        2,
        [f"{folder / 'back' / 'calendar.json'}: is a draft, not what is published; give the folder that publish wrote"],
    )
