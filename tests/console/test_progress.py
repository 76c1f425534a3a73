"""How far a search has come, as a person sees it."""

from io import StringIO

from rich.console import Console

from console.progress import showing_progress
from programmes import plain
from scheduler.result import Progress

STEPS = (
    Progress(1, 9, 0, 0.12),
    Progress(1, 8, 0, 0.95),
    Progress(1, 8, 2, 1.0),
    Progress(2, 1240, 1200, 1.26),
    Progress(2, 1240, 1240, 1.9),
)
"""Two of level 1 in the first second, one in the next, in which level 2 has two."""


def shown(language: str, terminal: bool) -> str:
    """What a console of 80 columns is sent while the steps go by."""
    file = StringIO()
    console = Console(file=file, force_terminal=terminal, width=80, color_system=None, _environ={"TERM": "xterm"})
    with showing_progress(console, language) as show:
        for step in STEPS:
            show(step)
    return plain(file.getvalue())


def test_in_a_pipe_a_line_for_each_second_and_level() -> None:
    assert shown("en", terminal=False).splitlines() == [
        "Looking for a lawful year…",
        "0.1 s: level 1, best 9, bound 0, gap 100 %",
        "1 s: level 1, best 8, bound 2, gap 75 %",
        "1.3 s: level 2, best 1240, bound 1200, gap 3.2 %",
    ]
    assert shown("fr", terminal=False).splitlines() == [
        "Recherche d’une année conforme…",
        "0,1 s : niveau 1, meilleur 9, borne 0, écart 100 %",
        "1 s : niveau 1, meilleur 8, borne 2, écart 75 %",
        "1,3 s : niveau 2, meilleur 1240, borne 1200, écart 3,2 %",
    ]


def test_on_a_terminal_one_live_line_with_the_last_step() -> None:
    """The line is erased at the end: nothing of it stays above the outcome."""
    sent = shown("en", terminal=True)
    assert "1.9 s: level 2, best 1240, bound 1240, gap 0 %" in sent
    assert sent.endswith("\x1b[2K")
    assert sent.count("\n") == 1
