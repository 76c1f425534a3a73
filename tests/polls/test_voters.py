"""The table of voters, as it was typed."""

from pathlib import Path

import pytest

from calendars.faults import FaultyInput
from polling import ANN, BOB, CLEO, write_voters
from polls.voters import read_voters


def refused(folder: Path, text: str) -> list[str]:
    with pytest.raises(FaultyInput) as found:
        read_voters(write_voters(folder, text))
    return [fault.words("en").removeprefix(f"{folder}/") for fault in found.value.faults]


@pytest.mark.parametrize(
    "text",
    [
        'voter,required\n"Trainer, design",yes\nDélégué,no\nStudent 1,\n',
        "\ufeffVOTANT;Obligatoire\r\nTrainer, design;X\r\nDélégué;Non\r\nStudent  1;0\r\n;\r\n",
        "address;Obligatoire;voter\nsomewhere;Oui;Trainer, design\n;n;Délégué\n;;Student 1\n",
        "required\tvotant\n1\tTrainer, design\n\tDélégué\n\tStudent 1\n",
    ],
    ids=["English", "French", "another column", "tabs"],
)
def test_the_voters_in_the_order_of_the_table(tmp_path: Path, text: str) -> None:
    assert read_voters(write_voters(tmp_path, text)) == (ANN, BOB, CLEO)


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    text = "voter,required\nDélégué,perhaps\n,yes\nDELEGUE,\nStudent 1,no\nStudent 1,nein\n"
    assert refused(tmp_path, text) == [
        "voters.csv:2: “perhaps” says neither yes nor no; write yes, or leave the cell empty",
        "voters.csv:3: the row has no voter; write a role or a pseudonym, or remove the row",
        "voters.csv:4: DELEGUE stands on line 2 too; keep one of the two rows",
        "voters.csv:6: Student 1 stands on line 5 too; keep one of the two rows",
        "voters.csv:6: “nein” says neither yes nor no; write yes, or leave the cell empty",
    ]


def test_columns_and_rows_have_to_be_there(tmp_path: Path) -> None:
    assert refused(tmp_path, "\nname,must\nDélégué,yes\n") == [
        "voters.csv:2: there is no column “voter”; write this heading, or “votant”",
        "voters.csv:2: there is no column “required”; write this heading, or “obligatoire”",
    ]
    for heading, name, other in (("voter", "required", "obligatoire"), ("required", "voter", "votant")):
        assert refused(tmp_path, f"{heading},remarks\nA,yes\n") == [
            f"voters.csv:1: there is no column “{name}”; write this heading, or “{other}”"
        ]
    assert refused(tmp_path, "voter,required\n") == ["voters.csv: there is no voter; write a row for each"]
