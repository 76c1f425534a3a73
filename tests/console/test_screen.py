"""Sentences and tables on a terminal and in a pipe."""

from collections.abc import Callable
from datetime import date
from io import StringIO

import pytest
from rich.console import Console

from calendars.wording import render, say
from console.screen import Screen

Told = Callable[..., list[str]]

LONG = say("{words}", words="word " * 30 + "end")
"""30 times five characters and three: two lines of 80."""


@pytest.mark.parametrize("terminal", [False, True])
def test_a_line_folds_at_the_width(told: Told, terminal: bool) -> None:
    assert told(lambda screen: screen.line(LONG), terminal=terminal) == [
        " ".join(["word"] * 16),
        " ".join(["word"] * 14 + ["end"]),
    ]


def test_an_item_of_a_list_hangs(told: Told) -> None:
    assert told(lambda screen: screen.item(LONG)) == [
        "- " + " ".join(["word"] * 15),
        "  " + " ".join(["word"] * 15 + ["end"]),
    ]


def test_a_finding_stays_whole_in_a_pipe(told: Told) -> None:
    assert told(lambda screen: screen.finding(LONG)) == [render(LONG, "en")]
    assert len(told(lambda screen: screen.finding(LONG), terminal=True)) == 2


def test_neither_paths_nor_no_break_spaces_are_broken(told: Told) -> None:
    path = "/" + "deep-folder/" * 10
    assert told(lambda screen: screen.line(say("to {path}", path=path))) == ["to", path]
    words = "mot " * 19 + "«\N{NO-BREAK SPACE}fin\N{NO-BREAK SPACE}»"
    assert told(lambda screen: screen.line(say("{words}", words=words)))[1] == "« fin »"


def test_what_looks_like_markup_is_shown_as_it_is(told: Told) -> None:
    assert told(lambda screen: screen.line(say("[bold]{title}[/]", title="[red]A[/red] :smile:"))) == [
        "[bold][red]A[/red] :smile:[/]"
    ]


def rows(screen: Screen) -> None:
    """A table with a number, a day, nothing, and a last cell longer than its room."""
    headers = (say("Level"), say("First day"), say("What"))
    screen.table("><<", headers, [(1, date(2026, 11, 10), "word " * 20 + "end"), (12, None, ("a", "b"))])


def test_a_table_in_a_pipe_is_aligned_text_without_spaces_at_the_ends(told: Told) -> None:
    # 5 and 15 columns and what parts them leave the last one 54 of 80
    assert told(rows) == [
        "Level  First day        What",
        "    1  Tue 10 Nov 2026  word word word word word word word word word word word",
        "                        word word word word word word word word word end",
        "   12  –                a and b",
    ]


def test_a_table_on_a_terminal_has_a_rule(told: Told) -> None:
    assert told(rows, "fr", terminal=True) == [
        "Niveau   Premier jour        Intitulé",
        "─" * 78,
        "     1   mar. 10 nov. 2026   word word word word word word word word word word",
        "                             word word word word word word word word word word",
        "                             end",
        "    12   –                   a et b",
    ]


@pytest.mark.parametrize(
    ("environment", "written"),
    [({}, "\x1b[1;32mLevel\x1b[0m\n"), ({"NO_COLOR": "1"}, "\x1b[1mLevel\x1b[0m\n")],
)
def test_a_terminal_has_colours_unless_its_reader_wants_none(environment: dict[str, str], written: str) -> None:
    file = StringIO()
    console = Console(file=file, force_terminal=True, color_system="standard", _environ=environment)
    Screen(console, "en").line(say("Level"), "bold green")
    assert file.getvalue() == written


def test_a_pipe_has_no_colours(told: Told) -> None:
    assert told(lambda screen: screen.line(say("Level"), "bold green")) == ["Level"]


def test_a_pipe_has_80_columns_whatever_the_window_has() -> None:
    assert Screen(Console(file=StringIO(), _environ={"COLUMNS": "200"}), "en").console.width == 80
