"""What is told on a console, as lines with plain spaces."""

from collections.abc import Callable
from io import StringIO

import pytest
from rich.console import Console

from console.screen import Screen
from programmes import plain

Told = Callable[..., list[str]]
"""`told(tell, language, terminal)`: the lines that `tell` writes to a screen of 80 columns without colours."""


@pytest.fixture
def told() -> Told:
    """Runs what tells something to a screen, by default in English through a pipe."""

    def tell(speak: Callable[[Screen], None], language: str = "en", terminal: bool = False) -> list[str]:
        written = StringIO()
        speak(
            Screen(Console(file=written, force_terminal=terminal, width=80, color_system=None, _environ={}), language)
        )
        return plain(written.getvalue()).splitlines()

    return tell
