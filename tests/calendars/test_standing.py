"""What a calendar is told to be: a draft, or a published version."""

from datetime import date

import pytest

from calendars.calendar_file import CertificateRecord, Version
from calendars.saving import calendar_of
from calendars.standing import standing_of
from small import classes, module, small, timetable

PROGRAMME = small(modules={"m": module(classes(1))})
FIRST = Version(name="Autumn", day=date(2026, 9, 1))
SECOND = Version(name="Winter", day=date(2026, 12, 1))


@pytest.mark.parametrize(
    ("draft", "versions", "told"),
    [
        (True, (), "Draft"),
        (True, (FIRST,), "Draft, follows version “Autumn” of Tuesday 1 September 2026"),
        (True, (FIRST, SECOND), "Draft, follows version “Winter” of Tuesday 1 December 2026"),
        (False, (FIRST,), "Version “Autumn”, published on Tuesday 1 September 2026"),
        (False, (FIRST, SECOND), "Version “Winter”, published on Tuesday 1 December 2026"),
    ],
)
def test_what_readers_are_told_first(draft: bool, versions: tuple[Version, ...], told: str) -> None:
    certificate = CertificateRecord(levels=(), reproducible=True)
    fresh = calendar_of(PROGRAMME, timetable(), certificate, date(2026, 9, 1), seed=0)
    assert str(standing_of(fresh.model_copy(update={"draft": draft, "versions": versions}))) == told
