"""Tables as spreadsheets leave them."""

from pathlib import Path

import pytest

from calendars.faults import FaultyInput
from calendars.sheets import Row, folded, read_rows, sheet_bytes


def read(folder: Path, data: bytes) -> list[Row]:
    path = folder / "table.csv"
    path.write_bytes(data)
    return read_rows(path)


def refused(folder: Path, data: bytes) -> list[str]:
    with pytest.raises(FaultyInput) as found:
        read(folder, data)
    return [fault.words("en").removeprefix(f"{folder}/") for fault in found.value.faults]


@pytest.mark.parametrize(
    "data",
    [
        b"a,b\nc,d\n",
        b"\xef\xbb\xbfa;b\r\nc;d\r\n",
        b'a\tb\r\n"c"\t d \r\n',
        b"a,b\rc,d",
        "a;\u00a0b\nc;d;".encode(),
    ],
    ids=["plain", "semicolons", "tabs", "old line ends", "no-break blanks"],
)
def test_a_table_is_the_same_however_it_was_saved(tmp_path: Path, data: bytes) -> None:
    assert [(row.line, row.cell(0), row.cell(1), row.cell(2)) for row in read(tmp_path, data)] == [
        (1, "a", "b", ""),
        (2, "c", "d", ""),
    ]


def test_empty_rows_are_left_out_and_a_row_of_several_lines_counts_them(tmp_path: Path) -> None:
    assert read(tmp_path, b" \na,b\n") == [Row(2, ("a", "b"))]
    assert read(tmp_path, b'\n;;\n"a\nb";c\n;\nd\n') == [Row(4, ("a b", "c")), Row(6, ("d",))]


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, b"") == ["table.csv: the file is empty; its first line has the headings"]
    assert refused(tmp_path, b"\xef\xbb\xbf\r\n;;;\r\n") == [
        "table.csv: the file is empty; its first line has the headings"
    ]
    marks = "the quotation marks do not match from here on; close them, or take them out"
    assert refused(tmp_path, b'a,b\nc,"d\n') == [f"table.csv:2: {marks}"]
    assert refused(tmp_path, b'"a"b\n') == [f"table.csv:1: {marks}"]
    assert refused(tmp_path, "a\nDélégué\n".encode("cp1252")) == [
        "table.csv:2: the file is not in UTF-8; save it in that encoding"
    ]


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    for path, why in (
        (tmp_path / "none.csv", "there is no such file; look at the spelling of its name and folder"),
        (tmp_path, "this is a folder; name a .csv file in it"),
    ):
        with pytest.raises(FaultyInput) as found:
            read_rows(path)
        assert [fault.words("en") for fault in found.value.faults] == [f"{path}: {why}"]


def test_a_table_is_written_as_the_spreadsheet_of_the_language_opens_it() -> None:
    rows = [["votant", "1"], ["Délégué", ""], ["a;b", "c,d"]]
    assert sheet_bytes(rows, "fr") == '\ufeffvotant;1\r\nDélégué;\r\n"a;b";c,d\r\n'.encode()
    assert sheet_bytes(rows, "en") == '\ufeffvotant,1\r\nDélégué,\r\na;b,"c,d"\r\n'.encode()


def test_words_are_compared_without_case_accents_and_needless_blanks() -> None:
    assert folded("  DÉLÉGUÉ \u00a0 de  Groupe ") == folded("Delegue de groupe") == "delegue de groupe"
