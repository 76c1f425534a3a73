"""`semainier replan` as people give it, from a changes file to a calendar that other commands go on with."""

import json
import shutil
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from calendars.calendar_file import CertificateRecord
from calendars.saving import calendar_bytes, calendar_of
from calendars.timetable import Placement
from commands.replan import ReplanAsked, replan_year
from door import semainier_here
from programmes import Run, changed, files_of, write
from scheduler.problem import read_problem
from scheduler.result import Limits, Outcome
from small import at, timetable

TWO_WEEKS = """\
title = "Two weeks"
language = "en"
dates = [2026-11-09, 2026-11-20]
starts_every_minutes = 60

[opening_hours]
tuesday = "09:00-11:00"
thursday = "09:00-10:00"

[groups.all]
title = "All"

[groups.half]
title = "Half"
part_of = "all"

[trainers.ann]
title = "Trainer, design"

[trainers.bob]
title = "Trainer, ethics"

[trainers.eve]
title = "Trainer, deputy"

[modules.design]
title = "Design"
group = "all"
trainer = "ann"
parts = [{ kind = "virtual-class", sessions = 2, minutes = 60, near = 2026-11-19 }]

[modules.ethics]
title = "Ethics"
group = "half"
trainer = ["bob", "eve"]
parts = [{ kind = "virtual-class", sessions = 1, minutes = 60, near = 2026-11-12 }]

[laws.working_hours]
[laws.days_off]
[laws.availability]
[laws.one_at_a_time]
buffer_minutes = 0

[preferences.near_date]
"""
"""Six slots: on Tuesdays at 9:00 and 10:00, on Thursdays at 9:00. What moves goes as near to its date as it can."""

DESIGN, ETHICS = "design.virtual-class", "ethics.virtual-class"
KNOWN = (
    at("2026-11-10 09:00", part=DESIGN, trainers=("ann",)),
    at("2026-11-12 09:00", part=DESIGN, trainers=("ann",)),
    at("2026-11-10 10:00", part=ETHICS, trainers=("bob",)),
)
BEFORE, BETWEEN = "2026-11-01", "2026-11-11"
"""The days of a change: before everything, and after the Tuesday of the first week."""

ANN_AWAY = """\
[[away]]
trainer = "ann"
dates = [2026-11-12, 2026-11-12]
"""
BOB_AWAY = """\
why = "Training course"

[[away]]
trainer = "bob"
dates = [2026-11-09, 2026-11-13]
"""
ANN_GONE = """\
[[away]]
trainer = "ann"
dates = [2026-11-09, 2026-11-20]
"""

NO_NINE = f"""
[[add]]
part = "{ETHICS}"
at = 2026-11-17T09:00:00
"""
"""Takes the other hour of the second Tuesday."""


def known(folder: Path, text: str, *placements: Placement) -> None:
    """Writes the programme `small.toml`, and its calendar of these placements into `out`."""
    problem = read_problem(write(folder, text))
    certificate = CertificateRecord(levels=(), reproducible=True)
    calendar = calendar_of(problem.programme, timetable(*placements), certificate, date(2026, 10, 1), seed=0)
    (folder / "out").mkdir()
    (folder / "out" / "calendar.json").write_bytes(calendar_bytes(calendar))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The two weeks, with what is known of them."""
    known(tmp_path, TWO_WEEKS, *KNOWN)
    return tmp_path


@pytest.fixture
def published(folder: Path) -> Path:
    """The same, published."""
    publishing(folder, "out", "Start")
    shutil.copy(folder / "published" / "calendar.json", folder / "out" / "calendar.json")
    return folder


def publishing(folder: Path, of: str, name: str) -> list[str]:
    words = (folder / "small.toml", folder / of / "calendar.json", "--name", name, "--as-of", BEFORE)
    run = semainier_here("publish", *words, "-o", folder / "published")
    assert (run.code, run.errors) == (0, [])
    return joined([line.replace(f"{folder}/", "") for line in run.lines])


def replanning(folder: Path, *texts: str, day: str = BEFORE, words: tuple[object, ...] = ()) -> Run:
    """The command, with the files `changes1.toml` and so on, into `new`."""
    files = [write(folder, text, f"changes{number}.toml") for number, text in enumerate(texts, start=1)]
    calendar = folder / "out" / "calendar.json"
    return semainier_here(
        "replan", folder / "small.toml", calendar, *files, "-o", folder / "new", "--as-of", day, *words
    )


def told(run: Run) -> list[str]:
    """What is said before the levels of a calendar that was found; lines that are broken are joined."""
    assert run.code == 0, run.err
    return joined(run.lines[: run.lines.index("")])


def joined(lines: list[str]) -> list[str]:
    found: list[str] = []
    for line in lines:
        if line.startswith("  "):
            found[-1] += f" {line.strip()}"
        else:
            found.append(line)
    return found


def saved(folder: Path, name: str = "new") -> dict[str, Any]:
    calendar: dict[str, Any] = json.loads((folder / name / "calendar.json").read_bytes())
    return calendar


def standing(folder: Path, name: str = "new") -> list[tuple[str, str, str]]:
    """What stands in a calendar, in order of time: the part, the day and hour, the trainers."""
    live = [each for each in saved(folder, name)["sessions"] if each["state"] != "cancelled"]
    every = [(each["part"], each["start"][5:16], " ".join(each["trainers"])) for each in live]
    return sorted(every, key=lambda one: one[1])


def cancelled(folder: Path, name: str = "new") -> list[tuple[str, str]]:
    every = saved(folder, name)["sessions"]
    return [(each["part"], each["start"][5:16]) for each in every if each["state"] == "cancelled"]


def checked(folder: Path, name: str = "new") -> None:
    run = semainier_here("check", folder / "small.toml", folder / name / "calendar.json")
    assert (run.code, run.lines[-1]) == (0, "No breach: every law is kept.")


def solved_again(folder: Path, day: str) -> Run:
    """A calendar after the new one, in `again`."""
    words = ("--previous", folder / "new" / "calendar.json", "-o", folder / "again", "--as-of", day)
    run = semainier_here("solve", folder / "small.toml", *words)
    assert run.code == 0
    checked(folder, "again")
    return run


class TestATrainerWhoIsAway:
    def test_with_a_substitute_nobody_moves(self, folder: Path) -> None:
        assert told(replanning(folder, BOB_AWAY)) == [
            "No session has to move.",
            "1 session stays, with others or elsewhere:",
            "- “Ethics” (virtual class) on Tuesday 10 November 2026 10:00: now on Tuesday 10 November 2026 10:00 with "
            "trainer “Trainer, deputy”",
            "It is proved that no lawful calendar disturbs people less (3 points).",
            "This touches group “Half”, trainer “Trainer, ethics” and trainer “Trainer, deputy”.",
        ]
        assert standing(folder) == [
            (DESIGN, "11-10T09:00", "ann"),
            (ETHICS, "11-10T10:00", "eve"),
            (DESIGN, "11-12T09:00", "ann"),
        ]
        checked(folder)

    def test_without_one_a_session_moves_and_that_none_does_is_impossible(self, folder: Path) -> None:
        run = replanning(folder, ANN_AWAY)
        assert told(run) == [
            "1 session must move: that none does is proved impossible.",
            "- “Design” (virtual class) on Thursday 12 November 2026 09:00: now on Thursday 19 November 2026 09:00",
            "It is proved that no lawful calendar disturbs people less (10 points).",
            "This touches group “All” and trainer “Trainer, design”.",
        ]
        assert run.lines[-1] == "It is a draft: publish it, and the feeds follow."
        assert standing(folder) == [
            (DESIGN, "11-10T09:00", "ann"),
            (ETHICS, "11-10T10:00", "bob"),
            (DESIGN, "11-19T09:00", "ann"),
        ]
        checked(folder)

    def test_in_french(self, folder: Path) -> None:
        run = replanning(folder, ANN_AWAY, words=("--lang", "fr"))
        assert told(run) == [
            "1 séance doit bouger : s’en tenir à 0 est prouvé impossible.",
            "- « Design » (classe virtuelle) le jeudi 12 novembre 2026 à 9 h : désormais le jeudi 19 novembre 2026 à "
            "9 h",
            "Il est prouvé qu’aucun calendrier conforme ne dérange moins (10 points).",
            "Cela concerne le groupe « All » et l’intervenant « Trainer, design ».",
        ]

    def test_what_is_published_and_near_counts_more(self, published: Path) -> None:
        """A published session in eleven days: 2, and 1 each for four weeks and for two."""
        assert told(replanning(published, ANN_AWAY))[2] == (
            "It is proved that no lawful calendar disturbs people less (40 points)."
        )

    def test_the_absence_is_kept_in_mind(self, published: Path) -> None:
        """By what follows, by offers, and by what is published."""
        replanning(published, ANN_AWAY)
        assert [(one["day"], one["away"]) for one in saved(published)["history"]] == [
            (BEFORE, [{"trainer": "ann", "dates": ["2026-11-12", "2026-11-12"]}])
        ]
        assert "Nothing moves: every session and block stands as in the previous calendar." in (
            solved_again(published, BEFORE).lines
        )
        assert standing(published, "again") == standing(published)
        assert saved(published, "again")["history"] == saved(published)["history"]
        calendar = published / "new" / "calendar.json"
        words = ("offer", published / "small.toml", calendar, f"{DESIGN}#2", "--published", "--json")
        offered = json.loads(semainier_here(*words, "--as-of", BEFORE).out)
        starts = [slot["start"] for slot in offered["sessions"][0]["slots"]]
        assert sorted(starts) == ["2026-11-17T09:00:00", "2026-11-17T10:00:00", "2026-11-19T09:00:00"]
        assert "Against the previous calendar: 1 moved." in publishing(published, "new", "Absence")
        assert saved(published, "published")["history"] == saved(published)["history"]

    def test_a_second_change_comes_on_top_of_the_first(self, folder: Path) -> None:
        replanning(folder, ANN_AWAY)
        shutil.copy(folder / "new" / "calendar.json", folder / "out" / "calendar.json")
        again = ANN_AWAY.replace("11-12", "11-19") + NO_NINE
        assert told(replanning(folder, again))[0] == "1 session must move: that none does is proved impossible."
        assert [start for part, start, _ in standing(folder) if part == DESIGN] == ["11-10T09:00", "11-17T10:00"]
        assert len(saved(folder)["history"]) == 2
        checked(folder)


class TestSessions:
    def test_a_missed_one_is_made_up_for(self, folder: Path) -> None:
        assert told(replanning(folder, f'[[missed]]\nsession = "{DESIGN}#1"\n', day=BETWEEN)) == [
            "No session has to move.",
            "1 session is new:",
            "- “Design” (virtual class): now also on Thursday 19 November 2026 09:00",
            "It is proved that no lawful calendar disturbs people less (0 points).",
            "This touches group “All” and trainer “Trainer, design”.",
        ]
        stands = [(ETHICS, "11-10T10:00", "bob"), (DESIGN, "11-12T09:00", "ann"), (DESIGN, "11-19T09:00", "ann")]
        assert (standing(folder), cancelled(folder)) == (stands, [])
        checked(folder)
        solved_again(folder, BETWEEN)
        assert (standing(folder, "again"), cancelled(folder, "again")) == (stands, [])

    def test_a_missed_one_that_is_announced_no_more_is_called_off(self, published: Path) -> None:
        """The programme file has a session less by then, so that nothing makes up for it."""
        write(published, TWO_WEEKS.replace("sessions = 2", "sessions = 1"))
        assert told(replanning(published, f'[[missed]]\nsession = "{DESIGN}#1"\n', day=BETWEEN))[:1] == [
            "No session has to move."
        ]
        stands, off = [(ETHICS, "11-10T10:00", "bob"), (DESIGN, "11-12T09:00", "ann")], [(DESIGN, "11-10T09:00")]
        assert (standing(published), cancelled(published)) == (stands, off)
        checked(published)
        words = ("--name", "Missed", "--as-of", BETWEEN, "-o", published / "published")
        run = semainier_here("publish", published / "small.toml", published / "new" / "calendar.json", *words)
        assert (run.code, run.errors) == (0, [])
        assert (standing(published, "published"), cancelled(published, "published")) == (stands, off)

    @pytest.mark.parametrize(("number", "gone", "left"), [(1, "11-10", "11-12"), (2, "11-12", "11-10")])
    def test_one_called_off_before_or_after_the_day_does_not_come_back(
        self, folder: Path, number: int, gone: str, left: str
    ) -> None:
        run = replanning(folder, f'[[cancel]]\nsession = "{DESIGN}#{number}"\n', day=BETWEEN)
        assert told(run) == [
            "No session has to move.",
            "1 session is called off.",
            "It is proved that no lawful calendar disturbs people less (0 points).",
            "This touches group “All” and trainer “Trainer, design”.",
        ]
        stands = sorted([(ETHICS, "11-10T10:00", "bob"), (DESIGN, f"{left}T09:00", "ann")], key=lambda one: one[1])
        off = [(DESIGN, f"{gone}T09:00")]
        assert (standing(folder), cancelled(folder)) == (stands, off)
        checked(folder)
        solved_again(folder, BETWEEN)
        assert (standing(folder, "again"), cancelled(folder, "again")) == (stands, off)

    def test_more_of_them_are_added_where_they_are_asked_for(self, folder: Path) -> None:
        """Each table of the same part adds its own."""
        add = f'[[add]]\npart = "{DESIGN}"\nat = 2026-11-17T'
        assert told(replanning(folder, f"{add}10:00:00\n{add}09:00:00\n"))[:4] == [
            "No session has to move.",
            "2 sessions are new:",
            "- “Design” (virtual class): now also on Tuesday 17 November 2026 09:00",
            "- “Design” (virtual class): now also on Tuesday 17 November 2026 10:00",
        ]
        uids = {each["start"]: each["uid"] for each in saved(folder)["sessions"]}
        assert {(each["uid"], each["why"], each["machine"]) for each in saved(folder)["pins"]} == {
            (uids[f"2026-11-17T{hour}:00:00"], "asked for in a change", True) for hour in ("09", "10")
        }
        checked(folder)
        solved_again(folder, BEFORE)
        assert standing(folder, "again") == standing(folder)

    def test_one_that_is_moved_to_a_time_is_pinned_there(self, folder: Path) -> None:
        """Its old pin goes."""
        words = (folder / "out" / "calendar.json", f"{DESIGN}#1", "--by", "Head", "--as-of", BEFORE)
        assert semainier_here("pin", *words).code == 0
        asked = f'why = "Visit"\n[[move]]\nsession = "{DESIGN}#1"\nto = 2026-11-17T10:00:00\n'
        assert told(replanning(folder, asked))[:2] == [
            "1 session must move: that none does is proved impossible.",
            "- “Design” (virtual class) on Tuesday 10 November 2026 09:00: now on Tuesday 17 November 2026 10:00",
        ]
        (pin,) = saved(folder)["pins"]
        (uid,) = [each["uid"] for each in saved(folder)["sessions"] if each["start"] == "2026-11-17T10:00:00"]
        assert pin == {"uid": uid, "by": "", "why": "Visit", "day": BEFORE, "machine": True}
        checked(folder)

    def test_a_pinned_one_that_has_to_move_is_pinned_no_more(self, folder: Path) -> None:
        words = (folder / "out" / "calendar.json", f"{DESIGN}#1", "--as-of", BEFORE)
        assert semainier_here("pin", *words).code == 0
        replanning(folder, f'[[move]]\nsession = "{DESIGN}#1"\n')
        assert standing(folder) == [
            (ETHICS, "11-10T10:00", "bob"),
            (DESIGN, "11-12T09:00", "ann"),
            (DESIGN, "11-19T09:00", "ann"),
        ]
        assert saved(folder)["pins"] == []
        solved_again(folder, BEFORE)
        assert standing(folder, "again") == standing(folder)

    def test_a_pinned_one_stays_where_nobody_asks_it_to_move(self, folder: Path) -> None:
        words = (folder / "out" / "calendar.json", f"{DESIGN}#2", "--as-of", BEFORE)
        assert semainier_here("pin", *words).code == 0
        run = replanning(folder, ANN_AWAY)
        assert run.code == 1
        assert joined(run.lines) == [
            "Impossible: it is proved that no calendar keeps all these laws together.",
            "",
            "These two cannot both be kept, either of them can; both is proved:",
            "kept; otherwise “Design” (virtual class) does not stand on Thursday 12 November 2026 09:00, where it is "
            "pinned since Sunday 1 November 2026",
            "availability; otherwise “Design” (virtual class) stands on Thursday 12 November 2026 09:00: trainer "
            "“Trainer, design” is not available",
        ]


class TestScope:
    def test_what_a_wider_one_would_gain_is_told(self, folder: Path) -> None:
        """In the first week design has to change places with ethics; in the second there is room."""
        run = replanning(folder, ANN_AWAY, words=("--only", "2026-W46"))
        assert told(run) == [
            "2 sessions must move: 1 is proved impossible.",
            "- “Design” (virtual class) on Thursday 12 November 2026 09:00: now on Tuesday 10 November 2026 10:00",
            "- “Ethics” (virtual class) on Tuesday 10 November 2026 10:00: now on Thursday 12 November 2026 09:00",
            "It is proved that no lawful calendar disturbs people less (23 points).",
            "Without --only 1 session would move, at 10 points instead of 23.",
            "This touches groups “All” and “Half”, trainer “Trainer, design” and trainer “Trainer, ethics”.",
        ]
        checked(folder)

    @pytest.mark.parametrize("scope", ["design", "all", "small", "2026-11-12/2026-11-19"])
    def test_that_it_gains_nothing_is_told_too(self, folder: Path, scope: str) -> None:
        run = replanning(folder, ANN_AWAY, words=("--only", scope))
        assert told(run)[0] == "1 session must move: that none does is proved impossible."
        assert told(run)[-2] == "Without --only no calendar would disturb people less, which is proved."

    @pytest.mark.parametrize("scope", ["ethics", "half", "2026-W47", "2026-11-17"])
    def test_that_a_wider_one_would_do_is_told_where_this_one_is_impossible(self, folder: Path, scope: str) -> None:
        run = replanning(folder, ANN_AWAY, words=("--only", scope))
        assert run.code == 1
        assert joined(run.lines)[-3:] == [
            "frozen; otherwise “Design” (virtual class) no longer stands on Thursday 12 November 2026 09:00, outside "
            "what may change",
            "availability; otherwise “Design” (virtual class) stands on Thursday 12 November 2026 09:00: trainer "
            "“Trainer, design” is not available",
            "Without --only a lawful calendar exists: 1 session would move.",
        ]
        assert files_of(folder / "new") == {}

    def test_faults_of_scope_and_changes_are_told_at_once(self, folder: Path) -> None:
        no_scope = "is no module, group, week (2026-W46) or dates (2026-11-02/2026-11-13)"
        run = replanning(folder, ANN_AWAY.replace("ann", "anne"), words=("--only", "desing", "--only", "2026-W60"))
        assert (run.code, run.out) == (2, "")
        assert [line.replace(f"{folder}/", "") for line in run.errors] == [
            f"--only: desing {no_scope}; did you mean design?",
            f"--only: 2026-W60 {no_scope}; choose from small, design, ethics, all and half",
            "changes1.toml:2, away[0].trainer: the programme has no anne; did you mean ann?",
        ]


def test_what_cannot_be_held_any_more_is_told_and_nothing_is_written(folder: Path) -> None:
    run = replanning(folder, ANN_GONE)
    assert run.code == 1
    assert joined(run.lines) == [
        "Impossible: 2 sessions cannot be held any more; that all can is proved impossible.",
        "- “Design” (virtual class) lacks 2 sessions",
        "Call them off with [[cancel]], let others give them, or let more change.",
    ]
    assert files_of(folder / "new") == {}


class TestAlternatives:
    def test_are_compared_and_nothing_is_written(self, folder: Path) -> None:
        before = files_of(folder)
        run = replanning(folder, ANN_AWAY, BOB_AWAY, words=("--dry-run",))
        assert (run.code, run.lines) == (
            0,
            [
                "Changes        Move  Handed over  New  Called off  Points  Levels  Proof",
                "changes1.toml     1            0    0           0      10  11      proved",
                "changes2.toml     0            1    0           0       3  18      proved",
            ],
        )
        changes = {"changes1.toml": ANN_AWAY.encode(), "changes2.toml": BOB_AWAY.encode()}
        assert files_of(folder) == before | changes
        assert not (folder / "new").exists()

    def test_an_impossible_one_is_told_below_the_table(self, folder: Path) -> None:
        run = replanning(folder, ANN_GONE, BOB_AWAY, words=("--dry-run", "--lang", "fr"))
        assert run.code == 1
        assert run.lines[:6] == [
            "Changements    Bougent  Confiées  Ajouts  Annulées  Points  Niveaux  Preuve",
            "changes1.toml        –         –       –         –       –  –        impossible",
            "changes2.toml        0         1       0         0       3  18       prouvé",
            "",
            "changes1.toml :",
            "Impossible : 2 séances ne peuvent plus avoir lieu ; qu’elles aient toutes lieu est prouvé impossible.",
        ]

    def test_are_not_written(self, folder: Path) -> None:
        run = replanning(folder, ANN_AWAY, BOB_AWAY)
        assert (run.code, run.out) == (2, "")
        assert run.errors == ["several files of changes are alternatives: compare them with --dry-run"]
        assert not (folder / "new").exists()

    def test_one_file_may_be_tried_too(self, folder: Path) -> None:
        run = replanning(folder, ANN_AWAY, words=("--dry-run", "--json"))
        (record,) = json.loads(run.out)["alternatives"]
        assert (run.code, record["output"], len(record["moved"])) == (0, None, 1)
        assert not (folder / "new").exists()


def test_the_record_for_machines(folder: Path) -> None:
    run = replanning(folder, ANN_AWAY, words=("--json", "--only", "2026-W46"))
    record = json.loads(run.out)
    assert (run.code, record.pop("seconds") >= 0) == (0, True)
    placed = {"amount": 1, "place": None}
    tuesday = {"start": "2026-11-10T10:00:00", "end": "2026-11-10T11:00:00", **placed}
    thursday = {"start": "2026-11-12T09:00:00", "end": "2026-11-12T10:00:00", **placed}
    ann, ethics = {"trainers": ["ann"]}, record["moved"][1]["after"]["trainers"]
    proved = {"gap": 0.0, "proved": True}
    rank_0 = {"rank": 0, "rules": ["few_changes"], **proved}
    assert ethics in (["bob"], ["eve"])
    assert record == {
        "changes": str(folder / "changes1.toml"),
        "outcome": "lawful",
        "moved": [
            {"activity": DESIGN, "before": thursday | ann, "after": tuesday | ann},
            {
                "activity": ETHICS,
                "before": tuesday | {"trainers": ["bob"]},
                "after": thursday | {"trainers": ethics},
            },
        ],
        "handed_over": [],
        "new": [],
        "called_off": [],
        "others": [],
        "lacking": [],
        "fewest": {"least": 2, "most": 2},
        "wider": {"moved": 1, "level": {"value": 10, "bound": 10, **rank_0}},
        "groups": ["all", "half"],
        "trainers": ["ann", *sorted({"bob", *ethics})],
        "levels": [
            {"value": 23, "bound": 23, **rank_0},
            {"rank": 1, "rules": ["near_date"], "value": 18, "bound": 18, **proved},
        ],
        "conflicts": [],
        "reproducible": True,
        "output": str(folder / "new"),
    }


def test_the_record_of_what_is_impossible(folder: Path) -> None:
    """That two sessions of design cannot be held, or the conflict where it is about a scope."""
    run = replanning(folder, ANN_GONE, words=("--json",))
    record = json.loads(run.out)
    assert (run.code, record["outcome"], record["output"], record["fewest"]) == (1, "impossible", None, None)
    assert record["lacking"] == [
        {"law": "as_many", "message": "“Design” (virtual class) lacks 2 sessions", "excess": 2}
    ]
    assert record["conflicts"] == []
    run = replanning(folder, ANN_AWAY, words=("--json", "--only", "ethics"))
    record = json.loads(run.out)
    assert (run.code, record["outcome"], record["lacking"]) == (1, "impossible", [])
    assert [len(conflict["demands"]) for conflict in record["conflicts"]] == [2]


def test_whatever_a_search_that_is_stopped_finds_is_lawful(folder: Path) -> None:
    """It may find something in the moment that it takes to hear of it."""
    stop = Event()
    stop.set()
    changes = write(folder, BOB_AWAY, "changes1.toml")
    asked = ReplanAsked(folder / "out" / "calendar.json", (changes,), (), folder / "new", dry_run=False)
    problem = read_problem(folder / "small.toml")
    if replan_year(problem, asked, date(2026, 11, 1), Limits(stop=stop), None, as_json=False) is Outcome.LAWFUL:
        checked(folder)
    else:
        assert files_of(folder / "new") == {}


ROOMS = '[places.room]\ntitle = "Room"\n\n[places.hall]\ntitle = "Hall"\n\n[modules.design]'
EITHER = 'trainer = "ann"\nplace = ["room", "hall"]\n'
NO_BUFFER = "buffer_minutes = 0\nbetween_site_and_virtual_minutes = 0"
ON_SITE = changed("[modules.design]", ROOMS, TWO_WEEKS)
ON_SITE = changed('trainer = "ann"\n', EITHER, ON_SITE)
ON_SITE = changed("buffer_minutes = 0", NO_BUFFER, ON_SITE)
"""The same with two rooms to choose from for design."""


class TestDaysAndPlaces:
    def test_a_day_that_is_struck_is_left(self, folder: Path) -> None:
        struck = '[[struck]]\ntitle = "Strike"\ndates = [2026-11-10, 2026-11-10]\n'
        assert told(replanning(folder, struck))[0] == "2 sessions must move: 1 is proved impossible."
        days = [(part, start[:5]) for part, start, _ in standing(folder)]
        assert days == [(DESIGN, "11-12"), (ETHICS, "11-17"), (DESIGN, "11-19")]
        checked(folder)
        assert [off["name"] for off in saved(folder)["days_off"] if off["day"] == "2026-11-10"] == ["Strike"]

    def test_a_place_that_is_closed_is_left_for_another(self, tmp_path: Path) -> None:
        known(tmp_path, ON_SITE, *(each._replace(place="room") if each.activity == DESIGN else each for each in KNOWN))
        closed = '[[closed]]\nplace = "room"\ndates = [2026-11-10, 2026-11-10]\n'
        assert told(replanning(tmp_path, closed)) == [
            "No session has to move.",
            "1 session stays, with others or elsewhere:",
            "- “Design” (virtual class) on Tuesday 10 November 2026 09:00: now on Tuesday 10 November 2026 09:00 with "
            "trainer “Trainer, design” and place “Hall”",
            "It is proved that no lawful calendar disturbs people less (3 points).",
            "This touches group “All” and trainer “Trainer, design”.",
        ]
        checked(tmp_path)
