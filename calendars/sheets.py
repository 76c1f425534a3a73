"""Tables as spreadsheets read and write them: CSV with commas, semicolons or tabs."""

import csv
import unicodedata
from collections.abc import Iterable, Sequence
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from calendars.faults import Fault, FaultyInput
from calendars.reading import read_text
from calendars.wording import Message, say

_DELIMITERS = ";,\t"


class Row(NamedTuple):
    """A row with the line of the file on which it ends, from 1; its cells have no blanks around them."""

    line: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        """The cell of a column; empty where the row ends before it."""
        return self.cells[column] if column < len(self.cells) else ""


def read_rows(path: Path, otherwise: str | None = None) -> list[Row]:
    """The rows of a table in which something stands, that of the headings first; there is at least one.

    The file is in UTF-8, or else in the encoding `otherwise`, where one is given.

    Raises:
        FaultyInput: where the file cannot be read, is no table or is empty.
    """
    text = read_text(path, ".csv", otherwise)
    first = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=first.count), strict=True)
    rows = []
    try:
        for cells in reader:
            rows.append(Row(reader.line_num, tuple(" ".join(cell.split()) for cell in cells)))
    except csv.Error:
        why = say("the quotation marks do not match from here on; close them, or take them out")
        raise FaultyInput([Fault(why, (), str(path), (rows[-1].line if rows else 0) + 1)]) from None
    found = [row for row in rows if any(row.cells)]
    if not found:
        raise FaultyInput([Fault(say("the file is empty; its first line has the headings"), (), str(path))])
    return found


def sheet_bytes(rows: Iterable[Sequence[str]], language: str) -> bytes:
    """A table that a spreadsheet in that language opens by itself: a byte order mark, and semicolons in French."""
    written = StringIO(newline="")
    csv.writer(written, delimiter=";" if language == "fr" else ",").writerows(rows)
    return written.getvalue().encode("utf-8-sig")


def column_of(headings: Row, names: Sequence[str]) -> int | None:
    """The first column whose heading is one of these names."""
    return next((column for column, cell in enumerate(headings.cells) if folded(cell) in names), None)


def no_column(names: Sequence[str]) -> Message:
    """That no column has a heading, which is given in English and in French."""
    english, french = names
    return say("there is no column “{name}”; write this heading, or “{other}”", name=english, other=french)


def folded(text: str) -> str:
    """A text without case, accents and needless blanks, by which words are compared."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return " ".join(plain.casefold().split())
