"""The reference of `calendar.json`: every key of a calendar, and of what happened in its year, stands there."""

import re

from calendars.calendar_file import Calendar, Revision
from programmes import ROOT

PAGE = (ROOT / "docs" / "calendar-json.md").read_text("utf-8")


def keys_below(heading: str) -> list[str]:
    """The keys in the table of a section."""
    section = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)


def test_every_key_of_a_calendar() -> None:
    assert keys_below("Top level") == [*Calendar.model_fields]


def test_every_key_of_a_revision() -> None:
    assert keys_below("Every entry of `history`") == [*Revision.model_fields]
