"""`semainier offer` and `semainier accept` as people give them, from a question to a calendar."""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from commands.offer import OfferAsked, offer
from door import semainier_here
from programmes import Run, changed, files_of, plain
from scheduler.problem import read_problem
from weekly import SOLVED, WEEK, week

DESIGN, ETHICS = "design.virtual-class", "ethics.virtual-class"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return week(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = week(tmp_path_factory.mktemp("published"))
    words = (folder / "small.toml", folder / "out" / "calendar.json", "--name", "Autumn", "--as-of", SOLVED)
    assert semainier_here("publish", *words, "-o", folder / "out2").code == 0
    shutil.move(folder / "out2" / "calendar.json", folder / "out" / "calendar.json")
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """The programme and its calendar, for one test alone."""
    return Path(shutil.copytree(made, tmp_path / "week"))


@pytest.fixture
def offered(folder: Path) -> Path:
    """The same, with the slots of both sessions in `both`, and those of design in `offer`, on hold."""
    assert offering(folder, DESIGN, "--holds", "-o", folder / "offer").code == 0
    assert offering(folder, DESIGN, ETHICS, "-o", folder / "both").code == 0
    return folder


def offering(folder: Path, *words: object, day: str = SOLVED) -> Run:
    return semainier_here("offer", folder / "small.toml", folder / "out" / "calendar.json", *words, "--as-of", day)


def accepting(folder: Path, of: str, *numbers: object, day: str = SOLVED, calendar: str = "out") -> Run:
    words = (folder / calendar / "calendar.json", folder / of, *numbers)
    return semainier_here("accept", *words, "--as-of", day, "-o", folder / "new")


def saved(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_bytes())
    return found


def saved_sessions(folder: Path, name: str) -> list[dict[str, Any]]:
    """The sessions of a calendar."""
    found: list[dict[str, Any]] = saved(folder / name / "calendar.json")["sessions"]
    return found


def standing(path: Path) -> dict[str, str]:
    """When each session of a calendar begins."""
    return {each["part"]: each["start"] for each in saved(path)["sessions"]}


def refused(run: Run, folder: Path) -> list[str]:
    """Why a command is refused; it says nothing else."""
    assert (run.code, run.out) == (2, "")
    return [line.replace(f"{folder}/", "") for line in run.errors]


def certificates(folder: Path) -> Iterator[Path]:
    """Every calendar that an offer keeps, by what `offer.json` says."""
    offer = saved(folder / "offer.json")
    slots = [slot for session in offer["sessions"] for slot in session["slots"]]
    yield from (folder / each["certificate"] for each in (*slots, *offer["together"]))


def test_what_is_told_of_the_slots_of_a_session(made: Path) -> None:
    """Ethics stands on Thursday at nine, so that three slots are free beside it, and the fourth where it moves."""
    run = offering(made, DESIGN)
    assert (run.code, run.errors) == (0, [])
    assert run.lines == [
        "“Design” (virtual class), session 1, now on Tuesday 10 November 2026 09:00:",
        "Slot  Date              Time  Others that move  Preferences",
        "   1  Tue 10 Nov 2026  09:00  –                 –",
        "   2  Thu 12 Nov 2026  10:00  –                 level 1: 0 → 1",
        "   3  Tue 10 Nov 2026  10:00  –                 –",
        "These are all that hold where no other session moves, which is proved.",
    ]


def test_what_is_told_in_french_where_others_may_move(made: Path) -> None:
    run = offering(made, DESIGN, "--moves", "any", "--lang", "fr")
    assert (run.code, run.errors) == (0, [])
    assert run.lines == [
        "« Design » (classe virtuelle), séance 1, actuellement le mardi 10 novembre 2026 à 9 h :",
        "Créneau  Date               Heure  Autres déplacés  Préférences",
        "      1  mar. 10 nov. 2026    9 h  –                –",
        "      2  mar. 10 nov. 2026   10 h  –                –",
        "      3  jeu. 12 nov. 2026   10 h  –                niveau 1 : 0 → 1",
        "      4  jeu. 12 nov. 2026    9 h  1                niveau 1 : 0 → 2",
        "Avec le créneau 4 bouge aussi :",
        "- « Ethics » (classe virtuelle) le jeudi 12 novembre 2026 à 9 h : désormais le",
        "  mardi 10 novembre 2026 à 10 h",
        "Cela concerne le groupe « All », l’intervenant « Trainer, design » et l’intervenant « Trainer, ethics ».",
        "Ce sont tous, c’est prouvé.",
    ]


def test_what_is_told_of_two_sessions_together(folder: Path) -> None:
    run = offering(folder, DESIGN, ETHICS, "-o", folder / "both")
    assert (run.code, run.errors) == (0, [])
    told = " ".join(run.lines).replace(f"{folder}/", "").partition("  7 ")[2]
    assert told == (
        "combinations hold, each in a calendar of its own. "
        "Not together: 2 and 3. With so few others moved no lawful calendar has them, which is proved. "
        "Not together: 3 and 1. With so few others moved no lawful calendar has them, which is proved. "
        " Kept in both, each slot with its calendar."
    )
    run = offering(folder, DESIGN, ETHICS, "--count", "2")
    assert run.lines[-1] == "All 4 combinations hold with all else in one place, whichever slots are chosen."


def test_fewer_slots_than_hold_are_told_with_how_many_are_left(made: Path) -> None:
    run = offering(made, DESIGN, "--count", "2", "--all")
    assert run.lines[-3:] == [
        "   2  Thu 12 Nov 2026  10:00  –                 level 1: 0 → 1",
        "1 more slot holds; ask with --count.",
        "These are all that hold where no other session moves, which is proved.",
    ]


def test_the_record_for_machines(made: Path) -> None:
    run = offering(made, DESIGN, ETHICS, "--json")
    assert (run.code, run.errors) == (0, [])
    record = json.loads(run.out)
    design = record["sessions"][0]
    assert [slot["start"] for slot in design["slots"]] == [
        "2026-11-10T09:00:00",
        "2026-11-12T10:00:00",
        "2026-11-10T10:00:00",
    ]
    placed = {"amount": 1, "trainers": ["ann"], "place": None}
    assert design["slots"][1] == {
        "number": 2,
        "start": "2026-11-12T10:00:00",
        "end": "2026-11-12T11:00:00",
        "trainers": ["ann"],
        "place": None,
        "moved": 0,
        "moves": [
            {
                "activity": DESIGN,
                "before": {"start": "2026-11-10T09:00:00", "end": "2026-11-10T10:00:00", **placed},
                "after": {"start": "2026-11-12T10:00:00", "end": "2026-11-12T11:00:00", **placed},
            }
        ],
        "prices": [{"rank": 1, "before": 0, "after": 1}, {"rank": 2, "before": 0, "after": 0}],
        "groups": ["all"],
        "touched_trainers": ["ann"],
    }
    assert (design["part"], design["number"], design["complete"], design["searched"]) == (DESIGN, 1, True, 0)
    assert design["certified"] == ["2026-11-10T09:00:00", "2026-11-10T10:00:00", "2026-11-12T10:00:00"]
    assert record["together"] == {
        "certified": [[1, 1], [1, 2], [1, 3], [2, 1], [2, 2], [3, 2], [3, 3]],
        "one_remainder": False,
        "failing": [[2, 3], [3, 1]],
        "unknown": [],
    }
    assert record["output"] is None


def test_a_trainer_does_not_learn_what_others_prefer(made: Path) -> None:
    """Level 1 has the trainers' wishes; level 2, in which there is nothing to pay, stays."""
    run = offering(made, DESIGN, "--for", "ann")
    assert run.lines[2:5] == [
        "   1  Tue 10 Nov 2026  09:00  –                 –",
        "   2  Thu 12 Nov 2026  10:00  –                 –",
        "   3  Tue 10 Nov 2026  10:00  –                 –",
    ]
    record = json.loads(offering(made, DESIGN, "--for", "ann", "--json").out)
    assert {len(slot["prices"]) for slot in record["sessions"][0]["slots"]} == {1}


def test_every_calendar_that_is_kept_is_lawful_and_has_its_slots(offered: Path) -> None:
    kept = [path for of in ("offer", "both") for path in certificates(offered / of)]
    # three slots of design, which are its combinations too; three of each session, and seven combinations
    assert len(kept) == 3 + 3 + 3 + 3 + 7
    runs = {path: semainier_here("check", offered / "small.toml", path) for path in kept}
    assert {run.lines[-1] for run in runs.values()} == {"No breach: every law is kept."}
    both = saved(offered / "both" / "offer.json")
    holding = [[1, 1], [1, 2], [1, 3], [2, 1], [2, 2], [3, 2], [3, 3]]
    assert ([one["numbers"] for one in both["together"]], both["failing"]) == (holding, [[2, 3], [3, 1]])
    assert (both["one_remainder"], saved(offered / "offer" / "offer.json")["one_remainder"]) == (False, True)
    for one in both["together"]:
        found = standing(offered / "both" / one["certificate"])
        chosen = zip(both["sessions"], one["numbers"], strict=True)
        assert found == {each["part"]: each["slots"][number - 1]["start"] for each, number in chosen}


def test_whatever_the_clock_allows_is_lawful(folder: Path) -> None:
    run = offering(folder, DESIGN, ETHICS, "--moves", "any", "--time-limit", "0.001", "-o", folder / "offer")
    assert run.code in (0, 3)
    for path in certificates(folder / "offer"):
        assert semainier_here("check", folder / "small.toml", path).code == 0


def test_what_ends_before_anything_is_known_is_no_proof(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stop, (file, calendar) = Event(), (made / "small.toml", made / "out" / "calendar.json")
    asked = OfferAsked(
        file, calendar, (DESIGN,), 10, most=0, every=False, published=False, holds=False, reader=None, folder=None
    )
    problem = read_problem(file)
    assert offer(problem, asked, date.fromisoformat(SOLVED), stop, None, as_json=False) is True
    capsys.readouterr()
    stop.set()
    assert offer(problem, asked, date.fromisoformat(SOLVED), stop, None, as_json=False) is None
    assert plain(capsys.readouterr().out).splitlines()[2:] == [
        "   1  Tue 10 Nov 2026  09:00  –                 –",
        "There may be more: not all slots were looked at. See --all.",
    ]


def test_a_session_without_another_slot_ends_with_1(folder: Path) -> None:
    """After both have been held nothing can move."""
    run = offering(folder, DESIGN, "--moves", "any", day="2026-11-13")
    assert (run.code, run.lines[-1]) == (1, "These are all, which is proved.")


def plain_of(run: Run, name: str) -> str:
    """What was said, without the name of the folder."""
    return run.out.replace(f"/{name}", "")


def test_the_same_question_gives_the_same_bytes(folder: Path) -> None:
    said = [offering(folder, DESIGN, ETHICS, "--moves", "1", "--holds", "-o", folder / name) for name in ("a", "b")]
    first, second = (files_of(folder / name) for name in ("a", "b"))
    # only the name of an offer, by which its slots on hold are known, differs
    held = {path for path in first if path.startswith("held/")}
    assert {path for path in first if first[path] != second[path]} <= held
    assert (set(first), plain_of(said[0], "a")) == (set(second), plain_of(said[1], "b"))
    again = offering(folder, DESIGN, ETHICS, "--moves", "1", "--holds", "-o", folder / "a")
    assert (again.out, files_of(folder / "a")) == (said[0].out, first)


def test_what_is_accepted_is_the_calendar_that_certifies_it(offered: Path) -> None:
    run = accepting(offered, "offer", 2)
    assert (run.code, run.errors) == (0, [])
    assert [line.replace(f"{offered}/", "") for line in run.lines] == [
        "The calendar with the chosen slots is in new.",
        "It is a draft: publish it, and the feeds follow.",
    ]
    certificate = offered / "offer" / f"{DESIGN}-1" / "2.json"
    assert (offered / "new" / "calendar.json").read_bytes() == certificate.read_bytes()
    assert semainier_here("check", offered / "small.toml", offered / "new" / "calendar.json").code == 0
    run = accepting(offered, "both", 2, 1, day="2026-10-05")
    assert (run.code, run.errors) == (0, [])
    assert standing(offered / "new" / "calendar.json") == {
        DESIGN: "2026-11-12T10:00:00",
        ETHICS: "2026-11-10T10:00:00",
    }
    moved = {each["part"]: (each["sequence"], each["last_modified"]) for each in saved_sessions(offered, "new")}
    assert set(moved.values()) == {(1, "2026-10-05T00:00:00Z")}
    uids = [[each["uid"] for each in saved_sessions(offered, name)] for name in ("out", "new")]
    assert sorted(uids[0]) == sorted(uids[1])


def test_the_record_of_what_is_accepted(offered: Path) -> None:
    words = (offered / "out" / "calendar.json", offered / "offer", 3, "--as-of", SOLVED, "--json")
    run = semainier_here("accept", *words, "-o", offered / "new")
    assert (run.code, json.loads(run.out)) == (
        0,
        {"output": str(offered / "new"), "files": sorted(files_of(offered / "new"))},
    )


def test_slots_on_hold_are_shown_and_an_accepted_one_releases_them(offered: Path) -> None:
    held = offered / "offer" / "held"
    holds = saved(held / "calendar.json")["holds"]
    assert [(hold["start"], hold["offer"]) for hold in holds] == [
        ("2026-11-12T10:00:00", "offer"),
        ("2026-11-10T10:00:00", "offer"),
    ]
    # the two slots, and the session that is to be confirmed
    assert (held / "feeds" / "programme.ics").read_text("utf-8").count("STATUS:TENTATIVE") == 3
    assert semainier_here("check", offered / "small.toml", held / "calendar.json").code == 0
    shutil.copytree(held, offered / "on hold")
    assert accepting(offered, "offer", 2, calendar="on hold").code == 0
    assert saved(offered / "new" / "calendar.json")["holds"] == []
    assert (offered / "new" / "feeds" / "programme.ics").read_text("utf-8").count("STATUS:TENTATIVE") == 0
    assert standing(offered / "new" / "calendar.json")[DESIGN] == "2026-11-12T10:00:00"


def test_another_session_is_not_offered_what_is_on_hold(offered: Path) -> None:
    """Ethics could stand on Tuesday at ten and on Thursday at ten; both are on hold for design."""
    shutil.copytree(offered / "offer" / "held", offered / "out", dirs_exist_ok=True)
    run = offering(offered, ETHICS)
    assert (run.code, run.lines[2:]) == (
        1,
        [
            "   1  Thu 12 Nov 2026  09:00  –                 –",
            "These are all that hold where no other session moves, which is proved.",
        ],
    )


def test_wrong_numbers_and_a_stale_offer_are_told_at_once(offered: Path) -> None:
    """Another calendar than that of the offer, another programme file than that, and no such slot."""
    before = files_of(offered)
    assert refused(accepting(offered, "both", 4, 1), offered) == [
        "both: there is no such slot; the offer has slots from 1 to 3 and 3"
    ]
    assert refused(accepting(offered, "both", 1), offered) == ["both: give one slot for each session of the offer: 2"]
    assert refused(accepting(offered, "both", 2, 3), offered) == [
        "both: no lawful calendar with so few others moved has these slots together, which is proved; choose others"
    ]
    assert files_of(offered) == before
    assert accepting(offered, "offer", 2).code == 0
    shutil.copytree(offered / "new", offered / "out", dirs_exist_ok=True)
    (offered / "small.toml").write_text(changed("Small week", "Week", WEEK), "utf-8")
    assert refused(accepting(offered, "both", 1), offered) == [
        "both: give one slot for each session of the offer: 2",
        "both/../small.toml: has changed since the offer was made on Thursday 1 October 2026; make a new offer",
        "out/calendar.json: the calendar has changed since the offer was made on Thursday 1 October 2026; "
        "make a new offer",
    ]
    (offered / "small.toml").unlink()
    assert refused(accepting(offered, "offer", 2, calendar="offer/held"), offered) == [
        "offer: the programme file of the offer is not at offer/../small.toml any more; make a new offer"
    ]


def test_an_offer_holds_no_more_once_its_session_or_its_slot_is_past(offered: Path) -> None:
    gone = "out/calendar.json: the offer holds no more, make a new one: "
    assert refused(accepting(offered, "offer", 2, day="2026-11-11"), offered) == [
        f"{gone}“Design” (virtual class) was held on Tuesday 10 November 2026 09:00 and cannot be moved any more"
    ]
    assert offering(offered, ETHICS, "-o", offered / "ethics").code == 0
    assert refused(accepting(offered, "ethics", 1, day="2026-11-11"), offered) == [
        f"{gone}“Ethics” (virtual class) on Tuesday 10 November 2026 10:00 lies in the past and was not held"
    ]


def test_a_session_pinned_meanwhile_stays(offered: Path) -> None:
    words = (offered / "out" / "calendar.json", DESIGN, "--by", "Programme office", "--why", "Room booked")
    assert semainier_here("pin", *words, "--as-of", "2026-10-02").code == 0
    reason = "pinned since Friday 2 October 2026 by Programme office: Room booked"
    assert refused(accepting(offered, "offer", 2), offered) == [
        "out/calendar.json: the offer holds no more, make a new one: “Design” (virtual class) does not stand on "
        f"Tuesday 10 November 2026 09:00, where it is {reason}"
    ]
    assert refused(offering(offered, DESIGN), offered) == [f"{DESIGN} is {reason}; take the pin off with pin --remove"]
    # the other one may have what is free beside it, and where the pinned one stands never, whatever may move
    lines = offering(offered, ETHICS, "--moves", "any").lines
    assert [line[6:28] for line in lines[2:5]] == [
        "Tue 10 Nov 2026  10:00",
        "Thu 12 Nov 2026  09:00",
        "Thu 12 Nov 2026  10:00",
    ]
    assert lines[5:] == ["These are all, which is proved."]


def test_published_sessions_move_for_others_only_if_asked(published: Path) -> None:
    """The session itself may move in any case; on Thursday at nine stands ethics, which is published too."""
    rows = {}
    for words in ((), ("--published",)):
        record = json.loads(offering(published, DESIGN, "--moves", "1", *words, "--json").out)
        rows[words] = sorted(slot["start"] for slot in record["sessions"][0]["slots"])
    free = ["2026-11-10T09:00:00", "2026-11-10T10:00:00", "2026-11-12T10:00:00"]
    assert rows == {(): free, ("--published",): sorted([*free, "2026-11-12T09:00:00"])}


def test_slots_on_hold_make_a_draft_of_what_is_published(published: Path) -> None:
    assert offering(published, DESIGN, "--holds", "-o", published / "offer").code == 0
    drafts = [saved(published / name / "calendar.json")["draft"] for name in ("out", "offer/held")]
    assert drafts == [False, True]


def test_faults_of_what_is_asked_for_are_told_at_once_in_the_language_of_the_programme(folder: Path) -> None:
    run = offering(folder, f"{DESIGN}#9", "desing.virtual-class", ETHICS, f"{ETHICS}#1", "--for", "bobb")
    assert refused(run, folder) == [
        "there is no trainer bobb; did you mean bob?",
        f"the calendar has no session {DESIGN}#9; did you mean {DESIGN}#1?",
        f"no session or block is called desing.virtual-class; did you mean {DESIGN}?",
        "a session is named twice; name each once",
    ]
    (folder / "small.toml").write_text(changed('language = "en"', 'language = "fr"', WEEK), "utf-8")
    assert refused(offering(folder, "--for", "ann", "x"), folder) == [
        "aucune séance ni aucun bloc ne s’appelle x ; choisissez parmi design.virtual-class et ethics.virtual-class"
    ]


def test_a_calendar_of_another_programme_is_refused(offered: Path) -> None:
    path = offered / "out" / "calendar.json"
    path.write_text(path.read_text("utf-8").replace('"programme": "small"', '"programme": "other"'), "utf-8")
    asked, taken = offering(offered, DESIGN), accepting(offered, "offer", 1)
    why = "out/calendar.json, programme: is the calendar of other, not of small; give the two that belong together"
    assert (refused(asked, offered), refused(taken, offered)) == ([why], [why])


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("p.toml",), "name the calendar, then the sessions, such as PART#NUMBER or a UID"),
        (("p.toml", "c.json"), "name the calendar, then the sessions, such as PART#NUMBER or a UID"),
        (
            ("p.toml", "q.toml", "c.json", "s"),
            "slots are offered with the file of one programme alone; give one .toml file",
        ),
        (("p.toml", "c.json", "s", "--holds"), "--holds writes a calendar: name a folder with -o"),
    ],
)
def test_what_is_asked_for_in_part_is_told_with_the_cure(words: tuple[str, ...], why: str) -> None:
    run = semainier_here("offer", *words)
    assert (run.code, run.out, run.errors) == (2, "", [why])


def test_moves_are_a_number_or_any(made: Path) -> None:
    run = offering(made, DESIGN, "--moves", "many")
    assert (run.code, run.errors[-1]) == (2, "Error: Invalid value for '--moves': write a number such as 2, or any")
