"""The answers, as people and spreadsheets leave them."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calendars.faults import FaultyInput
from calendars.sheets import folded
from polling import ANN, BOB, CLEO, poll, voter
from polls.votes import Vote, empty_votes, read_votes

YES, IF_NEED_BE, NO = Vote

WRITTEN = """\
voter,1: Tue 10 Nov 2026 14:00,2: Wed 11 Nov 2026 09:00,3: Thu 12 Nov 2026 09:00
"Trainer, design",yes,if need be,no
Délégué,,yes,
Student 1,,,
"""
ANSWERS = {ANN.key: {1: YES, 2: IF_NEED_BE, 3: NO}, BOB.key: {2: YES}, CLEO.key: {}}


def write(folder: Path, text: str) -> Path:
    path = folder / "votes.csv"
    path.write_text(text, "utf-8")
    return path


def refused(folder: Path, text: str) -> list[str]:
    with pytest.raises(FaultyInput) as found:
        read_votes(write(folder, text), poll())
    return [fault.words("en").removeprefix(f"{folder}/") for fault in found.value.faults]


def test_a_new_table_has_a_row_for_each_voter_and_a_column_for_each_slot() -> None:
    assert empty_votes(poll()).decode() == (
        "\ufeffvoter,1: Tue 10 Nov 2026 14:00,2: Wed 11 Nov 2026 09:00,3: Thu 12 Nov 2026 09:00\r\n"
        '"Trainer, design",,,\r\nDélégué,,,\r\nStudent 1,,,\r\n'
    )
    assert empty_votes(poll(language="fr")).decode() == (
        "\ufeffvotant;1: mar. 10 nov. 2026 14 h;2: mer. 11 nov. 2026 9 h;3: jeu. 12 nov. 2026 9 h\r\n"
        "Trainer, design;;;\r\nDélégué;;;\r\nStudent 1;;;\r\n"
    )


@pytest.mark.parametrize("language", ["en", "fr"])
def test_in_a_new_table_nobody_has_answered(tmp_path: Path, language: str) -> None:
    path = tmp_path / "votes.csv"
    path.write_bytes(empty_votes(poll(language=language)))
    assert read_votes(path, poll(language=language)) == {ANN.key: {}, BOB.key: {}, CLEO.key: {}}


TITLES = st.text(st.characters(codec="utf-8")).map(lambda text: " ".join(text.split()))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    titles=st.lists(TITLES.filter(bool), min_size=1, max_size=4, unique_by=folded),
    language=st.sampled_from(["en", "fr"]),
)
def test_voters_of_any_name_are_found_again(tmp_path: Path, titles: list[str], language: str) -> None:
    of = poll(voters=map(voter, titles), language=language)
    path = tmp_path / "votes.csv"
    path.write_bytes(empty_votes(of))
    assert read_votes(path, of) == {folded(title): {} for title in titles}


@pytest.mark.parametrize(
    "text",
    [
        WRITTEN,
        "\ufeff" + WRITTEN.replace("\n", "\r\n"),
        "Votant;1 : mar. 10 nov. 2026 14 h;2;3\nTrainer, design;Oui;Si  Besoin;NON\nDelegue;;o\nSTUDENT 1\n",
        "3: jeu.;1: mar.;votant;2: mer.;\n;;Student 1;;\n\n;;DÉLÉGUÉ;X;\n n ; 1 ; trainer, design ; ? ;\n;;;;\n",
    ],
    ids=["as typed", "from a spreadsheet", "French, accents lost, rows cut short", "columns and rows moved"],
)
def test_answers_are_the_same_however_they_were_saved(tmp_path: Path, text: str) -> None:
    assert read_votes(write(tmp_path, text), poll()) == ANSWERS


@pytest.mark.parametrize(
    ("word", "vote"),
    [
        *(dict.fromkeys(("yes", "y", "oui", "O", "x", "1"), YES).items()),
        *(dict.fromkeys(("if need be", "SI BESOIN", "?"), IF_NEED_BE).items()),
        *(dict.fromkeys(("no", "N", "non", "0"), NO).items()),
    ],
)
def test_the_words_for_an_answer(tmp_path: Path, word: str, vote: Vote) -> None:
    assert read_votes(write(tmp_path, WRITTEN.replace(",yes,if", f",{word},if")), poll())[ANN.key][1] is vote


def test_every_fault_of_the_rows(tmp_path: Path) -> None:
    text = WRITTEN.replace("need be", "needed").replace("Délégué,,yes,", "Délégues,,yes,,later\nstudent 1,,sí,\n,no,,")
    cure = "is no answer: write yes, if need be or no, or leave it empty"
    assert refused(tmp_path, text) == [
        f"votes.csv:2, 2: Wed 11 Nov 2026 09:00: “if needed” {cure}",
        "votes.csv:3: “later” stands in a column without a heading; remove it",
        "votes.csv:3: “Délégues” is no voter of the poll; did you mean Délégué?",
        f"votes.csv:4, 2: Wed 11 Nov 2026 09:00: “sí” {cure}",
        "votes.csv:5: the row has no voter; write whose answers these are, or remove the row",
        "votes.csv:6: Student 1 stands on line 4 too; keep one of the two rows",
        "votes.csv: “Délégué” is missing; put the row back, empty if there is no answer",
    ]


def test_every_fault_of_the_headings(tmp_path: Path) -> None:
    text = WRITTEN.replace("3: Thu", "1: Thu").replace("2026 14:00", "2026 14:00,4: Fri 13 Nov 2026 09:00,remarks")
    assert refused(tmp_path, text.replace("no\n", "no,no,no\n")) == [
        "votes.csv:1: no slot of the poll is called “4: Fri 13 Nov 2026 09:00”; did you mean 3: Thu 12 Nov 2026 09:00?",
        "votes.csv:1: no slot of the poll is called “remarks”; choose from 1: Tue 10 Nov 2026 14:00, 2: Wed 11 Nov "
        "2026 09:00 and 3: Thu 12 Nov 2026 09:00",
        "votes.csv:1: the column “1: Tue 10 Nov 2026 14:00” stands 2 times; keep one",
        "votes.csv:1: the column “3: Thu 12 Nov 2026 09:00” is missing; put it back",
    ]


def test_a_table_without_voters(tmp_path: Path) -> None:
    assert refused(tmp_path, WRITTEN.replace("voter,", "who,")) == [
        "votes.csv:1: there is no column “voter”; write this heading, or “votant”",
        "votes.csv:1: no slot of the poll is called “who”; choose from 1: Tue 10 Nov 2026 14:00, 2: Wed 11 Nov "
        "2026 09:00 and 3: Thu 12 Nov 2026 09:00",
    ]
