"""Plain text in columns: headings, tables and sentences in the reader's language, without colours or rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from textwrap import wrap
from unicodedata import combining, east_asian_width

from calendars.wording import Message, render, short_day, show

WIDTH = 100
"""Columns that a line should not pass."""

_FOLD = 24
"""Columns at which a long cell folds; in the first column there may be room for more."""

_HEADER = 8
"""Columns at which a header folds."""

_GAP = "  "


@dataclass(frozen=True)
class Table:
    """Rows in aligned columns; `alignment` has "<" or ">" for each column.

    A cell holds whatever a message may hold, None for nothing (a dash), or a tuple with a value for each line.
    """

    alignment: str
    headers: Sequence[Message]
    rows: Sequence[Sequence[object]]

    def lines(self, language: str) -> list[str]:
        """The headers and the rows; nothing where there are no rows."""
        if not self.rows:
            return []
        headers = [render(header, language) for header in self.headers]
        rows = [[_cell(value, language) for value in row] for row in self.rows]
        columns = list(zip(*rows, strict=True))
        widths = [_column_width(*column, _FOLD) for column in zip(headers[1:], columns[1:], strict=True)]
        room = WIDTH - sum(len(_GAP) + width for width in widths)
        widths.insert(0, _column_width(headers[0], columns[0], max(room, _FOLD)))
        return [line for row in (headers, *rows) for line in self._lines_of(row, widths)]

    def _lines_of(self, row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
        folded = [_folded(cell, width) for cell, width in zip(row, widths, strict=True)]
        for cells in zip_longest(*folded, fillvalue=""):
            yield _GAP.join(map(_aligned, cells, self.alignment, widths)).rstrip()


@dataclass(frozen=True)
class Section:
    """A heading, and beneath it sentences, tables and notes."""

    heading: Message
    tables: Sequence[Table]
    sentences: Sequence[Message] = ()
    notes: Sequence[Message] = ()

    def lines(self, language: str) -> list[str]:
        """Paragraphs after an empty line each; nothing where there is neither a sentence nor a row."""
        paragraphs = [
            sentences(self.sentences, language),
            *(table.lines(language) for table in self.tables),
            sentences(self.notes, language),
        ]
        written = [lines for lines in paragraphs if lines]
        if not written:
            return []
        written[0] = [*underlined(render(self.heading, language), "-"), *written[0]]
        return [line for lines in written for line in ("", *lines)]


def sentences(messages: Sequence[Message], language: str) -> list[str]:
    """Each message on lines of its own."""
    return [line for message in messages for line in _folded(render(message, language), WIDTH)]


def underlined(text: str, mark: str) -> list[str]:
    """A text, and below it a line of marks of the same length."""
    return [text, mark * _display_width(text)]


def _cell(value: object, language: str) -> str:
    match value:
        case None:
            return "–"
        case date():
            return short_day(value, language)
        case tuple():
            return "\n".join(show(line, language) for line in value)
        case _:
            return show(value, language)


def _column_width(header: str, cells: Sequence[str], most: int) -> int:
    """Enough for each line of the cells, these up to `most`, and for the header on two or three lines."""
    longest = max(_display_width(line) for cell in cells for line in cell.split("\n"))
    words = [min(_display_width(header), _HEADER), *map(_display_width, header.split(" "))]
    return max(min(longest, most), *words)


def _folded(text: str, width: int) -> list[str]:
    return [line for given in text.split("\n") for line in wrap(given, width, break_on_hyphens=False)]


def _aligned(text: str, side: str, width: int) -> str:
    space = " " * (width - _display_width(text))
    return text + space if side == "<" else space + text


def _display_width(text: str) -> int:
    """Columns on a terminal: two for wide characters, none for combining ones."""
    return sum(0 if combining(each) else 1 + (east_asian_width(each) in "WF") for each in text)
