"""How far a search has come: a live line on a terminal; elsewhere a plain line, at most one a second and level."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from calendars.wording import Message, render, say

if TYPE_CHECKING:
    from scheduler.result import Progress


@contextmanager
def showing_progress(console: Console, language: str) -> Iterator[Callable[["Progress"], None]]:
    """Gives what shows each step of a search on a console, in `language`, "fr" or "en"."""
    looking = render(say("Looking for a lawful year…"), language)
    if console.is_terminal:
        with console.status(Text(looking)) as status:
            yield lambda progress: status.update(Text(render(_line(progress), language)))
    else:
        _print(console, looking)
        yield _plain_lines(console, language)


def _plain_lines(console: Console, language: str) -> Callable[["Progress"], None]:
    last = {"rank": -1, "second": -1}

    def show(progress: "Progress") -> None:
        now = {"rank": progress.rank, "second": int(progress.seconds)}
        if now != last:
            last.update(now)
            _print(console, render(_line(progress), language))

    return show


def _print(console: Console, text: str) -> None:
    console.print(Text(text), soft_wrap=True)


def _line(progress: "Progress") -> Message:
    return say(
        "{seconds} s: level {rank}, best {best}, bound {bound}, gap {gap} %",
        seconds=round(progress.seconds, 1),
        rank=progress.rank,
        best=progress.value,
        bound=progress.bound,
        gap=round(100 * progress.gap, 1),
    )
