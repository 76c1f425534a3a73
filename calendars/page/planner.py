"""The year on a sheet: months side by side, a cell for each day."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from calendars.clock import Dates
from calendars.page.entries import Entries, Entry
from calendars.page.rest import Off

_MONTHS_ABREAST = 14
"""Months that a sheet of paper shows side by side; a longer calendar has several sheets of equal width."""


@dataclass(frozen=True)
class Band:
    """The piece of a run of days that a day shows; bands that meet lie in lanes of their own.

    A run of days is `named` once, on a day that has room for it.
    """

    entry: Entry
    lane: int
    first: bool
    named: bool


@dataclass(frozen=True)
class Cell:
    """A day of the planner; `works` are those of the week, which its Saturday shows."""

    day: date
    chips: tuple[Entry, ...]
    bands: tuple[Band, ...]
    off: Off | None
    works: tuple[Entry, ...]

    @property
    def lanes(self) -> int:
        """Lanes that the day needs for its bands."""
        return 1 + max((band.lane for band in self.bands), default=-1)


@dataclass(frozen=True)
class Planner:
    """Months side by side, and under each the same day of all of them in a row; None where a month has no such day."""

    months: tuple[date, ...]
    rows: tuple[tuple[Cell | None, ...], ...]


def planners(entries: Entries, off: Mapping[date, Off]) -> Iterator[Planner]:
    """The planner on as few sheets as hold its months, each sheet of about as many months."""
    months = _months(entries.dates)
    sheets = -(-len(months) // _MONTHS_ABREAST)
    cells = _cells(entries, off, months)
    for sheet in range(sheets):
        some = months[sheet * len(months) // sheets : (sheet + 1) * len(months) // sheets]
        rows = (tuple(cells.get((month, number)) for month in some) for number in range(1, 32))
        yield Planner(some, tuple(rows))


def _months(dates: Dates | None) -> tuple[date, ...]:
    """The first day of each month that has a day in these dates."""
    if dates is None:
        return ()
    first, last = (day.year * 12 + day.month - 1 for day in dates)
    return tuple(date(number // 12, number % 12 + 1, 1) for number in range(first, last + 1))


def _cells(entries: Entries, off: Mapping[date, Off], months: Sequence[date]) -> dict[tuple[date, int], Cell]:
    """Every day of the months, by month and number."""
    chips, bands, works = defaultdict(list), defaultdict(list), defaultdict(list)
    for entry in (*(run for run in entries.runs if run.kind == "milestone"), *entries.sessions):
        chips[entry.dates.first].append(entry)
    taken = {day for day, why in off.items() if why.heads} | chips.keys()
    lanes = _lanes(entries.runs)
    for entry in entries.runs:
        if entry.anchor in lanes:
            name_day = _day_with_room(entry.dates, taken)
            for day in entry.dates.days():
                bands[day].append(Band(entry, lanes[entry.anchor], day == entry.dates.first, day == name_day))
    for entry in entries.works:
        works[entry.dates.first + timedelta(days=5)].append(entry)
    return {
        (month, day.day): Cell(day, tuple(chips[day]), tuple(bands[day]), off.get(day), tuple(works[day]))
        for month in months
        for day in _days_of(month)
    }


def _day_with_room(dates: Dates, taken: Container[date]) -> date | None:
    """Where the name of a run of three days or more can stand."""
    if (dates.last - dates.first).days < 2:
        return None
    return next((day for day in dates.days() if day not in taken), None)


def _days_of(month: date) -> Iterator[date]:
    day = month
    while day.month == month.month:
        yield day
        day += timedelta(days=1)


def _lanes(runs: Iterable[Entry]) -> dict[str, int]:
    """The first lane that is free for a whole run, by anchor; a milestone is a point and needs none."""
    ends: list[date] = []
    lanes: dict[str, int] = {}
    for run in runs:
        if run.kind != "milestone":
            lane = next((number for number, end in enumerate(ends) if end < run.dates.first), len(ends))
            ends[lane : lane + 1] = [run.dates.last]
            lanes[run.anchor] = lane
    return lanes
