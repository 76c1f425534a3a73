"""`semainier poll` as people give it, from an offer to a decision."""

import json
from pathlib import Path

import pytest

from door import semainier_here
from polling import DESIGN, EXAM, offer, write_offer, write_voters
from programmes import Run, files_of, plain

VOTERS = "votant;obligatoire\r\nIntervenant conception;oui\r\nDélégué;\r\nÉtudiant 1;\r\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An offer in French for two sessions, whose first slots fail together, and a table of voters."""
    write_offer(tmp_path / "offer", offer(DESIGN, EXAM, language="fr", failing=((1, 1),)))
    write_voters(tmp_path, VOTERS)
    return tmp_path


def opening(folder: Path, *words: object, into: str = "poll", until: str = "2026-10-16") -> Run:
    given = ("--voters", folder / "voters.csv", "--until", until, "--as-of", "2026-10-05", "-o", folder / into, *words)
    return semainier_here("poll", "open", folder / "offer", *given)


def closing(folder: Path, day: str, *words: object) -> Run:
    return semainier_here("poll", "close", *words, "--as-of", day)


def answer(poll: Path, *answers: str) -> None:
    """Fills the cells of the voters in a table that was opened, as in a spreadsheet."""
    heading, *rows = (poll / "votes.csv").read_text("utf-8-sig").splitlines()
    filled = [f"{row.partition(';')[0]};{words}" for row, words in zip(rows, answers, strict=True)]
    (poll / "votes.csv").write_text("\r\n".join([heading, *filled, ""]), "utf-8-sig")


def test_a_poll_from_the_offer_to_the_decision(folder: Path) -> None:
    run = opening(folder, "--session", "s1")
    assert (run.code, run.errors) == (0, [])
    assert " ".join(run.lines[:3]) == (
        f"Le sondage sur « Design » est ouvert dans {folder}/poll. 3 créneaux, 3 votants, quorum de 2."
    )
    poll = folder / "poll"
    assert sorted(files_of(poll)) == ["poll.json", "slots.ics", "votes.csv"]
    assert [closing(folder, day, poll).code for day in ("2026-10-16", "2026-10-17")] == [3, 1]
    answer(poll, "Oui;non;si besoin", "oui;o;o", ";;")
    before = files_of(folder)
    run = closing(folder, "2026-10-16", poll)
    assert (run.code, run.errors) == (3, [])
    assert run.lines[-1] == "« Design » n’est pas encore décidé : on peut répondre jusqu’au vendredi 16 octobre 2026."
    run = closing(folder, "2026-10-17", poll, "--lang", "en")
    assert (run.code, run.errors) == (0, [])
    assert run.lines[-1] == "“Design”: slot 1 is proposed, on Tuesday 10 November 2026 14:00."
    answer(poll, "oui;non;si besoin", "oui;o;o", "n;?;n")
    assert closing(folder, "2026-10-05", poll).code == 0
    answer(poll, "non;non;n", "oui;o;o", "n;?;n")
    assert closing(folder, "2026-10-05", poll).code == 1
    assert {path for path, data in files_of(folder).items() if data != before[path]} == {"poll/votes.csv"}


def test_polls_of_one_offer_keep_apart_what_fails_together(folder: Path) -> None:
    for uid in ("s1", "s2"):
        assert opening(folder, "--session", uid, "--quorum", "1", into=uid).code == 0
    answer(folder / "s1", "o;o;n", "o;o", "")
    answer(folder / "s2", "o;?", "o;?", "")
    run = closing(folder, "2026-10-17", folder / "s1", folder / "s2", "--json")
    assert (run.code, run.errors) == (0, [])
    record = json.loads(run.out)
    assert record["outcome"] == "decided"
    assert [(each["poll"], each["winner"]) for each in record["polls"]] == [
        (str(folder / "s1"), 2),
        (str(folder / "s2"), 1),
    ]


def test_the_same_offer_voters_and_day_give_the_same_bytes(folder: Path) -> None:
    for into in ("first", "second"):
        assert opening(folder, "--session", "s2", into=into).code == 0
    assert files_of(folder / "first") == files_of(folder / "second")


def test_the_record_of_an_opened_poll(folder: Path) -> None:
    run = opening(folder, "--session", "s2", "--json")
    assert json.loads(run.out) == {
        "poll": json.loads((folder / "poll" / "poll.json").read_text("utf-8")),
        "output": str(folder / "poll"),
    }


def test_faults_are_told_at_once_in_the_language_asked_for_and_nothing_is_written(folder: Path) -> None:
    write_voters(folder, "voter,required\nA,maybe\na,\n")
    before = files_of(folder)
    english, french = (
        opening(folder, "--lang", language, "--quorum", "3", until="2026-10-04") for language in ("en", "fr")
    )
    assert (english.code, english.out, french.code, french.out) == (2, "", 2, "")
    assert [line.replace(f"{folder}/", "") for line in english.errors] == [
        "a poll is about one session: name it with --session, as s1 and s2",
        "voters.csv:2: “maybe” says neither yes nor no; write yes, or leave the cell empty",
        "voters.csv:3: a stands on line 2 too; keep one of the two rows",
        "--until Sunday 4 October 2026 is past; choose Monday 5 October 2026 or a later day",
    ]
    assert [line.replace(f"{folder}/", "") for line in french.errors] == [
        "un sondage porte sur une seule séance : désignez-la par --session, comme s1 et s2",
        "voters.csv:2 : « maybe » ne dit ni oui ni non ; écrivez oui, ou laissez la case vide",
        "voters.csv:3 : a figure aussi à la ligne 2 ; gardez une des deux lignes",
        "--until dimanche 4 octobre 2026 est passé ; choisissez le lundi 5 octobre 2026 ou plus tard",
    ]
    assert files_of(folder) == before


def test_an_open_poll_is_not_replaced(folder: Path) -> None:
    assert opening(folder, "--session", "s1").code == 0
    answer(folder / "poll", "oui;;", ";;", ";;")
    before = files_of(folder)
    run = opening(folder, "--session", "s1", "--lang", "en")
    assert (run.code, run.out) == (2, "")
    assert [line.replace(f"{folder}/", "") for line in run.errors] == [
        "poll/poll.json: a poll is open here already; name another folder with -o",
        "poll/votes.csv: a poll is open here already; name another folder with -o",
    ]
    assert files_of(folder) == before


def test_a_poll_cannot_be_closed_on_answers_in_fault(folder: Path) -> None:
    opening(folder, "--session", "s1")
    answer(folder / "poll", "oui;jamais;non", ";;", ";;")
    run = closing(folder, "2026-10-17", folder / "poll", "--lang", "en")
    assert (run.code, run.out) == (2, "")
    assert [plain(line).replace(f"{folder}/", "") for line in run.errors] == [
        "poll/votes.csv:2, 2: mer. 11 nov. 2026 9 h: “jamais” is no answer: write yes, if need be or no, or leave it "
        "empty"
    ]


def test_the_help_of_the_group_in_both_languages() -> None:
    english, french = (semainier_here("poll", "--help", "--lang", language) for language in ("en", "fr"))
    assert (english.code, french.code) == (0, 0)
    assert english.lines[-3:] == [
        "  close    Counts the answers in the folders POLL, and proposes the slots...",
        "  confirm  Makes the calendar with the slots that POLLs decide: they are...",
        "  open     Makes a poll on the slots of one session of the folder OFFER:...",
    ]
    assert french.lines[-3:] == [
        "  close    Compte les réponses dans les dossiers POLL et propose les...",
        "  confirm  Établit le calendrier avec les créneaux que les sondages POLL...",
        "  open     Ouvre un sondage sur les créneaux d’une séance du dossier...",
    ]


def test_what_is_asked_for_cannot_be_left_out(folder: Path) -> None:
    run = semainier_here("poll", "open", folder / "offer", "--until", "2026-10-16", "-o", folder / "poll")
    assert (run.code, run.errors[-1]) == (2, "Error: Missing option '--voters'.")
    run = semainier_here("poll", "close")
    assert (run.code, run.errors[-1]) == (2, "Error: Missing argument 'POLL...'.")


def test_a_day_that_is_none_is_refused(folder: Path) -> None:
    run = opening(folder, "--session", "s1", until="soon")
    assert (run.code, run.errors[-1]) == (2, "Error: Invalid value for '--until': write a day such as 2026-09-14")
