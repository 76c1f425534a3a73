"""The days that are off, as the page tells them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from calendars.days_off import DayOff


@dataclass(frozen=True)
class Off:
    """Why a day is off; it `heads` the days that are off for the same reason, so there the planner tells it."""

    marks: tuple[str, ...]
    names: str
    heads: bool


def offs(days: Sequence[DayOff]) -> dict[date, Off]:
    """Each day that is off; its label is told again after a gap longer than a weekend, and in a new month."""
    zoned = len({off.zone for off in days if off.zone}) > 1
    told: dict[str, date] = {}
    by_day: dict[date, Off] = {}
    for day, reasons in groupby(sorted(days), key=lambda off: off.day):
        every = list(reasons)
        names = _names_of(every, zoned)
        before = told.get(names)
        heads = before is None or (day - before).days > 3 or before.month != day.month
        told[names] = day
        by_day[day] = Off(tuple(_marks_of(every)), names, heads)
    return by_day


def _names_of(reasons: Sequence[DayOff], zoned: bool) -> str:
    """The name of a public holiday or closure where there is one, else of the school holidays."""
    kinds = {off.kind for off in reasons}
    strongest = next(kind for kind in ("public", "closure", "school") if kind in kinds)
    zones: defaultdict[str, list[str]] = defaultdict(list)
    for off in reasons:
        if off.kind == strongest:
            zones[off.name] += [off.zone] if off.zone and zoned else []
    return ", ".join(f"{name} ({', '.join(found)})" if found else name for name, found in zones.items())


def _marks_of(reasons: Sequence[DayOff]) -> Iterator[str]:
    """The kinds of all reasons, the one that is named first, and whether one of that kind is a guess."""
    kinds = [kind for kind in ("public", "closure", "school") if kind in {off.kind for off in reasons}]
    yield from kinds
    if any(off.state == "projected" for off in reasons if off.kind == kinds[0]):
        yield "projected"
