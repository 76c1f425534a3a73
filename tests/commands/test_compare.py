"""`semainier compare` as people give it: words, records, files and exit codes."""

import json
from datetime import date
from pathlib import Path

import pytest

from calendars.calendar_file import Calendar, CertificateRecord, Revision
from calendars.saving import calendar_bytes
from door import semainier_here
from programmes import Run, files_of, plain
from two_years import AFTER, BEFORE, LEVELS

FIRST, SECOND, THIRD, EXAM = BEFORE.sessions
MESSAGES = [
    "messages/groups/all.txt",
    "messages/groups/option.txt",
    "messages/people/s1.txt",
    "messages/places/room.txt",
    "messages/trainers/ann.txt",
    "messages/trainers/bob.txt",
    "messages/trainers/eve.txt",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with both calendars."""
    save(tmp_path / "before.json", BEFORE)
    save(tmp_path / "after.json", AFTER)
    return tmp_path


def save(path: Path, calendar: Calendar) -> Path:
    path.write_bytes(calendar_bytes(calendar))
    return path


def comparing(folder: Path, *words: object) -> Run:
    return semainier_here("compare", folder / "before.json", folder / "after.json", *words)


def refused(run: Run, folder: Path) -> list[str]:
    """Why the command is refused; it says nothing else."""
    assert (run.code, run.out) == (2, "")
    return [line.replace(f"{folder}/", "") for line in run.errors]


def test_what_is_told(folder: Path) -> None:
    run = comparing(folder)
    assert (run.code, run.errors) == (1, [])
    assert run.lines == [
        "Before: Draft, made as of Tuesday 1 September 2026.",
        "Now: Draft, made as of Friday 2 October 2026.",
        "Since then, on Friday 2 October 2026: the trainer of design is away",
        "What differs: 2 moved, 1 changed, 1 new, 1 called off and self-paced work in 2",
        "weeks.",
        "",
        "Before                Now                    What",
        "Wed 4 Nov 2026 09:00  Wed 4 Nov 2026 09:00   Design · virtual class (1):",
        "                                             “Trainer, law” instead of",
        "                                             “Trainer, design”",
        "Fri 6 Nov 2026 09:00  –                      Design · virtual class (3)",
        "Mon 9 Nov 2026 14:00  Fri 6 Nov 2026 14:00   Law · exam (1)",
        "Thu 5 Nov 2026 09:00  Tue 10 Nov 2026 17:00  Design · virtual class (2): 1 h",
        "                                             30 instead of 1 h",
        "–                     Thu 12 Nov 2026 09:00  Design · virtual class (4)",
        "",
        "Week of         Before  Now  Self-paced work",
        "Mon 2 Nov 2026     2 h  1 h  Design · Everybody",
        "Mon 9 Nov 2026     2 h  3 h  Design · Everybody",
        "",
        "Level  Before  Now  Difference  Quality         Preferences",
        "    1       7    5          -2  proved optimal  dates aimed at and times",
        "                                                that trainers prefer",
        "    2     120  120           =  –               even weeks",
        "",
        "Changes  Whom to tell",
        "      7  student s1: 2 moved, 1 changed, 1 new, 1 called off and self-paced",
        "         work in 2 weeks",
        "      6  group “Everybody”: 1 moved, 1 changed, 1 new, 1 called off and",
        "         self-paced work in 2 weeks",
        "      4  trainer “Trainer, design”: 1 moved, 1 new, 1 called off and 1 fewer",
        "      4  place “Room 12”: 1 moved, 1 changed, 1 new and 1 called off",
        "      1  group “Option”: 1 moved",
        "      1  trainer “Trainer, law”: 1 more",
        "      1  trainer “Examiner”: 1 moved",
    ]


def test_what_is_told_in_french(folder: Path) -> None:
    run = comparing(folder, "--lang", "fr")
    assert (run.code, run.errors) == (1, [])
    assert run.lines == [
        "Avant : Brouillon ; date d’établissement : mardi 1er septembre 2026.",
        "Maintenant : Brouillon ; date d’établissement : vendredi 2 octobre 2026.",
        "Depuis, le vendredi 2 octobre 2026 : the trainer of design is away",
        "Ce qui change : 2 déplacements, 1 modifiée, 1 ajout, 1 annulation et travail en",
        "autonomie de 2 semaines.",
        "",
        "Avant                    Maintenant                Intitulé",
        "mer. 4 nov. 2026 à 9 h   mer. 4 nov. 2026 à 9 h    Design · virtual class",
        "                                                   (1) : « Trainer, law » au",
        "                                                   lieu de « Trainer, design »",
        "ven. 6 nov. 2026 à 9 h   –                         Design · virtual class (3)",
        "lun. 9 nov. 2026 à 14 h  ven. 6 nov. 2026 à 14 h   Law · exam (1)",
        "jeu. 5 nov. 2026 à 9 h   mar. 10 nov. 2026 à 17 h  Design · virtual class",
        "                                                   (2) : 1 h 30 au lieu de 1 h",
        "–                        jeu. 12 nov. 2026 à 9 h   Design · virtual class (4)",
        "",
        "Semaine du        Avant  Maintenant  Travail en autonomie",
        "lun. 2 nov. 2026    2 h         1 h  Design · Everybody",
        "lun. 9 nov. 2026    2 h         3 h  Design · Everybody",
        "",
        "Niveau  Avant  Maintenant  Différence  Qualité         Préférences",
        "     1      7           5          -2  optimum prouvé  dates visées et",
        "                                                       créneaux préférés",
        "                                                       des intervenants",
        "     2    120         120           =  –               semaines équilibrées",
        "",
        "Changements  Qui prévenir",
        "          7  l’étudiant s1 : 2 déplacements, 1 modifiée, 1 ajout, 1 annulation",
        "             et travail en autonomie de 2 semaines",
        "          6  le groupe « Everybody » : 1 déplacement, 1 modifiée, 1 ajout, 1",
        "             annulation et travail en autonomie de 2 semaines",
        "          4  l’intervenant « Trainer, design » : 1 déplacement, 1 ajout, 1",
        "             annulation et 1 de moins",
        "          4  le lieu « Room 12 » : 1 déplacement, 1 modifiée, 1 ajout et 1",
        "             annulation",
        "          1  le groupe « Option » : 1 déplacement",
        "          1  l’intervenant « Trainer, law » : 1 de plus",
        "          1  l’intervenant « Examiner » : 1 déplacement",
    ]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Nothing differs: sessions, blocks and self-paced work stand as they stood."),
        ("fr", "Aucune différence : séances, blocs et travail en autonomie restent inchangés."),
    ],
)
def test_nothing_differs(folder: Path, language: str, told: str) -> None:
    run = semainier_here("compare", folder / "before.json", folder / "before.json", "--lang", language)
    assert (run.code, run.lines, run.errors) == (0, [told], [])


def notes(folder: Path, before: CertificateRecord, after: CertificateRecord) -> list[str]:
    """What is said of the levels of two certificates."""
    save(folder / "before.json", BEFORE.model_copy(update={"certificate": before}))
    save(folder / "after.json", AFTER.model_copy(update={"certificate": after, "work": BEFORE.work}))
    lines = comparing(folder).lines
    return lines[
        lines.index("–                     Thu 12 Nov 2026 09:00  Design · virtual class (4)") + 2 : lines.index(
            "Changes  Whom to tell"
        )
        - 1
    ]


def certificate(*levels: int, together: tuple[str, ...] = ()) -> CertificateRecord:
    return CertificateRecord(levels=tuple(LEVELS[rank] for rank in levels), reproducible=True, together=together)


def test_calendars_without_preferences(folder: Path) -> None:
    assert notes(folder, certificate(), certificate(0)) == ["Neither calendar has a level of preferences."]


def test_a_calendar_that_costs_more(folder: Path) -> None:
    dearer = CertificateRecord(levels=(LEVELS[2].model_copy(update={"value": 180}),), reproducible=True)
    assert notes(folder, certificate(2), dearer)[1:] == ["    2     120  180         +60  –        even weeks"]


def test_what_was_withdrawn_and_what_nobody_gave_a_reason_for(folder: Path) -> None:
    known = AFTER.history[0]
    withdrawn = known.model_copy(update={"withdrawn": date(2026, 10, 9)})
    unsaid = Revision(day=date(2026, 10, 5))
    save(folder / "before.json", BEFORE.model_copy(update={"history": (known,)}))
    save(folder / "after.json", AFTER.model_copy(update={"history": (withdrawn, unsaid)}))
    assert comparing(folder).lines[2:5] == [
        "Since then, on Friday 2 October 2026: the trainer of design is away (withdrawn",
        "on Friday 9 October 2026)",
        "Since then, on Monday 5 October 2026: (no reason given)",
    ]


def test_calendars_of_other_preferences(folder: Path) -> None:
    assert notes(folder, certificate(1), certificate(0, 2)) == [
        "Level  Before  Now  Difference  Quality  Preferences",
        "    1       7    –           –  –        dates aimed at and times that",
        "                                         trainers prefer",
        "    2       –  120           –  –        even weeks",
        "The two were made with different preferences: a level of one alone has nothing",
        "to be compared with.",
    ]


def test_calendars_that_were_solved_with_other_programmes(folder: Path) -> None:
    row = "    2     120  120           =  –        even weeks"
    one, two = certificate(2, together=("One", "Small year")), certificate(2, together=("Small year", "Two"))
    assert notes(folder, one, one)[1:] == [
        row,
        "These values are of all the programmes that were solved together.",
    ]
    assert notes(folder, one, two)[1:] == [
        row,
        "The two were not solved with the same other programmes, whose costs count in",
        "these values.",
    ]


def test_for_machines(folder: Path) -> None:
    run = comparing(folder, "--json", "-o", folder / "out")
    assert (run.code, run.errors) == (1, [])
    record = json.loads(run.out)
    people = record.pop("people")
    first, second, third, exam = (
        {
            "start": each.start.isoformat(),
            "end": each.end.isoformat(),
            "trainers": list(each.trainers),
            "place": each.place,
        }
        for each in BEFORE.sessions
    )
    assert record == {
        "same": False,
        "counts": {"moved": 2, "changed": 1, "new": 1, "called_off": 1, "work": 2},
        "since": [AFTER.history[0].model_dump(mode="json")],
        "changes": [
            {
                "uid": FIRST.uid,
                "activity": "m.virtual-class",
                "number": 1,
                "kind": "changed",
                "before": first,
                "after": first | {"trainers": ["bob"]},
            },
            {
                "uid": THIRD.uid,
                "activity": "m.virtual-class",
                "number": 3,
                "kind": "called_off",
                "before": third,
                "after": None,
            },
            {
                "uid": EXAM.uid,
                "activity": "n.exam",
                "number": 1,
                "kind": "moved",
                "before": exam,
                "after": exam | {"start": "2026-11-06T14:00:00", "end": "2026-11-06T16:00:00"},
            },
            {
                "uid": SECOND.uid,
                "activity": "m.virtual-class",
                "number": 2,
                "kind": "moved",
                "before": second,
                "after": second | {"start": "2026-11-10T17:00:00", "end": "2026-11-10T18:30:00"},
            },
            {
                "uid": "new@semainier",
                "activity": "m.virtual-class",
                "number": 4,
                "kind": "new",
                "before": None,
                "after": first | {"start": "2026-11-12T09:00:00", "end": "2026-11-12T10:00:00"},
            },
        ],
        "work": [
            {"module": "m", "groups": ["all"], "monday": day, "uids": [work.uid], "before": 120, "after": after}
            for work, day, after in zip(BEFORE.work, ("2026-11-02", "2026-11-09"), (60, 180), strict=True)
        ],
        "levels": [
            {
                "rank": 1,
                "rules": ["near_date", "trainer_preference"],
                "before": 7,
                "after": 5,
                "difference": -2,
                "proved": True,
            },
            {"rank": 2, "rules": ["even_load"], "before": 120, "after": 120, "difference": 0, "proved": False},
        ],
        "output": str(folder / "out"),
    }
    none = {"moved": 0, "changed": 0, "new": 0, "called_off": 0, "gained": 0, "lost": 0, "work": 0}
    texts = {
        path: (folder / "out" / "messages" / path).read_text("utf-8")
        for path in ("trainers/ann.txt", "trainers/bob.txt")
    }
    assert [each for each in people if each["key"] in ("ann", "bob")] == [
        {"folder": "trainers", "key": "ann"}
        | none
        | {"moved": 1, "new": 1, "called_off": 1, "lost": 1, "text": texts["trainers/ann.txt"]},
        {"folder": "trainers", "key": "bob"} | none | {"gained": 1, "text": texts["trainers/bob.txt"]},
    ]
    assert [each["key"] for each in people] == ["s1", "all", "ann", "room", "option", "bob", "eve"]


def test_for_machines_where_nothing_differs(folder: Path) -> None:
    run = semainier_here("compare", folder / "before.json", folder / "before.json", "--json")
    record = json.loads(run.out)
    levels = record.pop("levels")
    assert run.code == 0
    assert [level["difference"] for level in levels] == [0, 0]
    assert record == {
        "same": True,
        "counts": {"moved": 0, "changed": 0, "new": 0, "called_off": 0, "work": 0},
        "since": [],
        "changes": [],
        "work": [],
        "people": [],
        "output": None,
    }


def test_what_is_written(folder: Path) -> None:
    told = " ".join(comparing(folder, "-o", folder / "out").lines)
    assert told.endswith(f" 1 moved  Written to {folder / 'out'}: compare.html and 7 messages.")
    told = " ".join(comparing(folder, "-o", folder / "out", "--lang", "fr").lines)
    assert told.endswith(f" 1 déplacement  Écrits dans {folder / 'out'} : compare.html et 7 messages.")
    comparing(folder, "-o", folder / "out")
    written = files_of(folder / "out")
    assert list(written) == ["compare.html", *MESSAGES]
    assert plain(written["messages/trainers/bob.txt"].decode()).splitlines() == [
        "Hello,",
        "",
        "The calendar of “Small year” changes for the trainer “Trainer, law”:",
        "",
        "- Session 1 of “Design” (virtual class) on Wednesday 4 November 2026 09:00 is now yours.",
        "",
        "Subscribed calendars update by themselves: there is nothing to do.",
    ]
    comparing(folder, "-o", folder / "again")
    assert files_of(folder / "again") == written


def test_no_message_of_an_earlier_comparison_stays(folder: Path) -> None:
    """Whatever else is in the folder does."""
    comparing(folder, "-o", folder / "out")
    for name in ("notes.txt", "messages/read.txt", "messages/groups/read.md"):
        (folder / "out" / name).write_text("mine", "utf-8")
    (folder / "out" / "messages" / "places" / "old.txt").mkdir()
    save(folder / "after.json", BEFORE.model_copy(update={"sessions": (FIRST, SECOND, THIRD)}))
    comparing(folder, "-o", folder / "out")
    others = ["messages/groups/read.md", "messages/read.txt", "notes.txt"]
    kept = ["messages/groups/option.txt", "messages/people/s1.txt", "messages/trainers/eve.txt"]
    assert sorted(files_of(folder / "out")) == sorted(["compare.html", *kept, *others])
    save(folder / "after.json", BEFORE)
    run = comparing(folder, "-o", folder / "out")
    assert (run.code, " ".join(run.lines[1:])) == (0, f" Written to {folder / 'out'}: compare.html and 0 messages.")
    assert sorted(files_of(folder / "out")) == sorted(["compare.html", *others])


def test_calendars_of_different_programmes_are_refused(folder: Path) -> None:
    save(folder / "after.json", AFTER.model_copy(update={"programme": "other"}))
    assert refused(comparing(folder, "-o", folder / "out"), folder) == [
        "after.json, programme: is the calendar of other, not of small; give the two that belong together"
    ]
    assert not (folder / "out").exists()


def test_every_fault_is_told_with_its_file(folder: Path) -> None:
    (folder / "before.json").unlink()
    (folder / "after.json").write_text("{", "utf-8")
    assert refused(comparing(folder), folder) == [
        "before.json: there is no such file; look at the spelling of its name and folder",
        "after.json: is not whole: it breaks off or is damaged; make it again with solve",
    ]


@pytest.mark.parametrize("name", ["out", "out/messages/places"])
def test_a_folder_that_cannot_be_written_is_refused(folder: Path, name: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("mine", "utf-8")
    before = files_of(folder)
    words = (folder / "before.json", folder / "before.json", "-o", folder / "out")
    assert refused(semainier_here("compare", *words), folder) == [
        f"{name}: cannot be written to ({name} is in the way): name another folder with -o"
    ]
    assert files_of(folder) == before
