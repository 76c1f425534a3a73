"""Each week in detail."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from calendars.clock import Dates, week_dates
from calendars.page.entries import Entries, Entry
from calendars.page.rest import Off


@dataclass(frozen=True)
class Day:
    """A day in the detail of a week."""

    day: date
    sessions: tuple[Entry, ...]
    off: Off | None


@dataclass(frozen=True)
class Week:
    """A week in detail: runs of days cut to it, its days, and its self-paced work."""

    dates: Dates
    runs: tuple[tuple[Entry, Dates], ...]
    days: tuple[Day, ...]
    works: tuple[Entry, ...]


def weeks(entries: Entries, off: Mapping[date, Off]) -> Iterator[Week]:
    """Every week that holds something."""
    sessions = {day: tuple(some) for day, some in groupby(entries.sessions, key=lambda entry: entry.dates.first)}
    works = {monday: tuple(some) for monday, some in groupby(entries.works, key=lambda entry: entry.monday)}
    for monday in entries.dates.weeks() if entries.dates else ():
        dates = week_dates(monday)
        runs = ((entry, entry.dates.meet(dates)) for entry in entries.runs)
        held = tuple((entry, cut) for entry, cut in runs if cut.first <= cut.last)
        days = [Day(day, sessions.get(day, ()), off.get(day)) for day in dates.days()]
        if held or monday in works or any(day.sessions for day in days):
            last = max([5, *(day.day.weekday() + 1 for day in days if day.sessions or _holds(held, day.day))])
            yield Week(dates, held, tuple(days[:last]), works.get(monday, ()))


def _holds(runs: Iterable[tuple[Entry, Dates]], day: date) -> bool:
    return any(day in cut for _, cut in runs)
