"""The year on a sheet: months side by side, a cell for each day."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from calendars.clock import Dates, last_of_months
from calendars.days_off import school_year_of
from calendars.page.entries import Entries, Entry
from calendars.page.rest import Off

_MONTHS_ABREAST = 14
"""Months that a sheet of paper shows side by side; a longer calendar has several sheets."""


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
    """A day of the planner; `works` are those of the week, which its Saturday shows, or the day nearest to it."""

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

    @property
    def years(self) -> str:
        """The years that the sheet has months of: "2026-2027"."""
        return "-".join(str(year) for year in sorted({self.months[0].year, self.months[-1].year}))


def planners(entries: Entries, off: Mapping[date, Off]) -> Iterator[Planner]:
    """The planner on a sheet, or on several."""
    months = _months(entries.dates)
    cells = _cells(entries, off, months)
    for sheet in _sheets(months):
        rows = (tuple(cells.get((month, number)) for month in sheet) for number in range(1, 32))
        yield Planner(sheet, tuple(rows))


def _sheets(months: Iterable[date]) -> Iterator[tuple[date, ...]]:
    """The months of each sheet: whole academic years, as many as fit."""
    sheet: tuple[date, ...] = ()
    for _, year in groupby(months, school_year_of):
        some = tuple(year)
        if len(sheet) + len(some) > _MONTHS_ABREAST:
            yield sheet
            sheet = ()
        sheet += some
    if sheet:
        yield sheet


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
    shown = [day for month in months for day in Dates(month, last_of_months(month, 1)).days()]
    for entry in entries.works:
        saturday = entry.monday + timedelta(days=5)
        works[min(max(saturday, shown[0]), shown[-1])].append(entry)
    return {
        (day.replace(day=1), day.day): Cell(day, tuple(chips[day]), tuple(bands[day]), off.get(day), tuple(works[day]))
        for day in shown
    }


def _day_with_room(dates: Dates, taken: Container[date]) -> date | None:
    """Where the name of a run of three days or more can stand."""
    if (dates.last - dates.first).days < 2:
        return None
    return next((day for day in dates.days() if day not in taken), None)


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
