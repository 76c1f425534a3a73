"""The verdict on a calendar in words: a table by law on a terminal, a line for each breach in a pipe."""

from collections.abc import Sequence

from calendars.wording import say, say_count
from console.screen import Screen
from constraints.rule import Breach
from scheduler.judging import Verdict


def tell_verdict(screen: Screen, verdict: Verdict) -> None:
    """Tells the notes, then every breach, law by law."""
    for note in verdict.notes:
        screen.finding(note)
    tell_breaches(screen, verdict.breaches)


def tell_breaches(screen: Screen, found: Sequence[Breach]) -> None:
    """Tells every breach, law by law, or that there is none."""
    if not found:
        screen.line(say("No breach: every law is kept."), "bold green")
        return
    screen.line(say_count("{count} breach:", "{count} breaches:", len(found)), "bold red")
    if screen.console.is_terminal:
        _tell_table(screen, found)
        return
    for breach in found:
        screen.finding(say("{law}: {what}", law=breach.rule, what=breach.message))


def _tell_table(screen: Screen, found: Sequence[Breach]) -> None:
    """The name of a law stands beside its first breach only."""
    named = ["", *(breach.rule for breach in found)]
    rows = [
        ("" if breach.rule == before else breach.rule, breach.message)
        for before, breach in zip(named, found, strict=False)
    ]
    screen.table("<<", (say("Law"), say("Breach")), rows)
