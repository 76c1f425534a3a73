"""Where words go: a terminal with its width, colours and rules, or a pipe with plain text of 80 columns."""

from collections.abc import Sequence
from textwrap import wrap
from typing import Literal

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from calendars.wording import Message, render, show_cell

PIPED_WIDTH = 80
_GAP = 3
_LEAST_ROOM = 20
_SIDES: dict[str, Literal["left", "right"]] = {"<": "left", ">": "right"}


class Screen:
    """A console and the language of its reader, "fr" or "en". Colours follow `NO_COLOR` and its like, as in rich."""

    def __init__(self, console: Console, language: str) -> None:
        self.console = console
        self.language = language
        if not console.is_terminal:
            console.width = PIPED_WIDTH

    def line(self, message: Message, style: str = "") -> None:
        """A sentence, folded to the width."""
        self._print(self._folded(message, self.console.width), style)

    def item(self, message: Message) -> None:
        """A sentence of a list, folded to the width."""
        self._print(self._folded(message, self.console.width - 2).replace("\n", "\n  "), before="- ")

    def finding(self, message: Message, style: str = "") -> None:
        """A sentence that is searched for: folded on a terminal, on one line in a pipe."""
        if self.console.is_terminal:
            self.line(message, style)
        else:
            self._print(render(message, self.language))

    def verbatim(self, text: str) -> None:
        """A text that keeps its lines, such as a piece of a file."""
        self._print(text)

    def gap(self) -> None:
        """An empty line."""
        self._print("")

    def table(self, alignment: str, headers: Sequence[Message], rows: Sequence[Sequence[object]]) -> None:
        """Rows in columns, the last of which takes the room that is left and folds.

        Args:
            alignment: "<" or ">" for each column.
            headers: one for each column.
            rows: cells of whatever a message may hold; None stands for nothing, a dash.
        """
        cells = [[show_cell(value, self.language) for value in row] for row in (headers, *rows)]
        taken = sum(max(map(cell_len, column)) + _GAP for column in list(zip(*cells, strict=True))[:-1])
        room = max(self.console.width - taken, _LEAST_ROOM)
        ruled = box.SIMPLE_HEAD if self.console.is_terminal else None
        grid = Table(box=ruled, show_edge=False, pad_edge=False, header_style="bold")
        for place, (side, header) in enumerate(zip(alignment, cells[0], strict=True), start=1):
            grid.add_column(Text(header), justify=_SIDES[side], no_wrap=place < len(alignment), overflow="fold")
        for *others, last in cells[1:]:
            grid.add_row(*map(Text, others), Text(_fold(last, room)))
        self._print_drawn(grid)

    def _folded(self, message: Message, width: int) -> str:
        return _fold(render(message, self.language), width)

    def _print(self, text: str, style: str = "", before: str = "") -> None:
        self.console.print(Text(before + text, style), soft_wrap=True)

    def _print_drawn(self, grid: Table) -> None:
        """The grid without the spaces with which rich fills its lines."""
        with self.console.capture() as drawn:
            self.console.print(grid)
        self.console.file.writelines(f"{line.rstrip()}\n" for line in drawn.get().splitlines())


def _fold(text: str, width: int) -> str:
    """A text on lines of a width; no-break spaces hold, and long words such as paths stay whole."""
    return "\n".join(wrap(text, width, break_long_words=False, break_on_hyphens=False))
