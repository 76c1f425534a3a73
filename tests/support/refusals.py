"""What a refusal says, in both languages."""

from collections.abc import Callable
from pathlib import Path

import pytest

from calendars.faults import FaultyInput


def in_both(work: Callable[[], object], folder: Path) -> tuple[list[str], list[str]]:
    """What a refusal says in English and in French, this with plain spaces, both without the folder's own path."""
    with pytest.raises(FaultyInput) as refused:
        work()
    english, french = ([fault.words(language) for fault in refused.value.faults] for language in ("en", "fr"))
    return (
        [line.replace(f"{folder}/", "") for line in english],
        [line.replace(f"{folder}/", "").replace("\u00a0", " ").replace("\u202f", " ") for line in french],
    )
