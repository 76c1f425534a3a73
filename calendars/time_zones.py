"""Time zones at the edges: where their rules are read, and how a feed defines them.

A feed defines its zone by yearly rules without end, counted from 1970. Calendar programs read this form alike; of a
list of RDATEs several read the first only and show sessions one hour late.
"""

import zoneinfo
from bisect import bisect
from calendar import monthrange
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from calendars.clock import DAY
from calendars.faults import Fault, FaultyInput
from calendars.wording import say

_CYCLE = 28
"""Years after which dates fall on the same weekdays again: a rule that holds so long is a rule."""
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def use_packaged_zones() -> None:
    """Read zones from the `tzdata` package alone, since the machine's own copy may be years old."""
    zoneinfo.reset_tzpath(())
    ZoneInfo.clear_cache()


@cache
def vtimezone(name: str, year: int) -> bytes:
    """The VTIMEZONE (RFC 5545, 3.6.5) of an IANA zone by the rules that it keeps from `year` on.

    DAYLIGHT is the observance that is further ahead of UTC, also where law calls it standard time (Europe/Dublin).
    A zone that is unknown, or whose clocks change otherwise than on the nth or last weekday of a month, is refused.
    """
    observances = _observances(name, _zone(name), year)
    lines = ("BEGIN:VTIMEZONE", f"TZID:{name}", f"X-LIC-LOCATION:{name}", *observances, "END:VTIMEZONE", "")
    return "\r\n".join(lines).encode("ascii")


class _Change(NamedTuple):
    """A clock change as it comes every year: month, weekday and wall time before it, and what it changes to."""

    month: int
    weekday: int
    at: time
    before: timedelta
    after: timedelta
    abbreviation: str


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError) as error:
        unknown = say("there is no time zone {zone}; write it like Europe/Paris", zone=name)
        raise FaultyInput([Fault(unknown, ("time_zone",))]) from error


def _observances(name: str, zone: ZoneInfo, year: int) -> list[str]:
    changes = _changes(zone, year)
    if not changes:
        return _unchanging(datetime(year, 1, 1, tzinfo=zone))
    rules = {change: _nth(days) for change, days in changes.items()}
    if len(rules) != 2 or not all(rules.values()) or any(len(days) != _CYCLE for days in changes.values()):
        irregular = say(
            "from {year} on the clocks of {zone} do not change by a yearly rule like “last Sunday of March”, and "
            "calendar programs read no other; choose another time zone",
            zone=name,
            year=year,
        )
        raise FaultyInput([Fault(irregular, ("time_zone",))])
    daylight, standard = sorted(rules, key=lambda change: change.after, reverse=True)
    return [
        *_changing("DAYLIGHT", daylight, rules[daylight]),
        *_changing("STANDARD", standard, rules[standard]),
    ]


def _changes(zone: ZoneInfo, year: int) -> dict[_Change, list[date]]:
    """Every kind of clock change in the cycle that starts with `year`, with its days."""
    found: dict[_Change, list[date]] = {}
    length = (date(year + _CYCLE, 1, 1) - date(year, 1, 1)).days
    midnights = (datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=n) for n in range(length + 1))
    offsets = ((midnight, _offset(zone, midnight)) for midnight in midnights)
    for (midnight, before), (_, after) in pairwise(offsets):
        if before != after:
            instant = midnight + _until_change(zone, midnight)
            wall = (instant + before).replace(tzinfo=None)
            abbreviation = instant.astimezone(zone).strftime("%Z")
            change = _Change(wall.month, wall.weekday(), wall.time(), before, after, abbreviation)
            found.setdefault(change, []).append(wall.date())
    return found


def _offset(zone: ZoneInfo, instant: datetime) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta()


def _until_change(zone: ZoneInfo, midnight: datetime) -> timedelta:
    """How long after a midnight of UTC the one clock change of the day that follows comes."""
    before = _offset(zone, midnight)
    minutes = range(DAY + 1)
    minute = bisect(minutes, False, key=lambda minute: _offset(zone, midnight + timedelta(minutes=minute)) != before)
    return timedelta(minutes=minute)


def _nth(days: Sequence[date]) -> int:
    """Which of its weekday in its month each of the days is, -1 for the last; 0 where they differ."""
    counts = {(day.day + 6) // 7 for day in days}
    if len(counts) == 1:
        return counts.pop()
    return -1 if all(day.day + 7 > monthrange(day.year, day.month)[1] for day in days) else 0


def _unchanging(moment: datetime) -> list[str]:
    offset = moment.strftime("%z")
    return [
        "BEGIN:STANDARD",
        f"TZOFFSETFROM:{offset}",
        f"TZOFFSETTO:{offset}",
        f"TZNAME:{moment:%Z}",
        "DTSTART:19700101T000000",
        "END:STANDARD",
    ]


def _changing(observance: str, change: _Change, nth: int) -> list[str]:
    days = [date(1970, change.month, day + 1) for day in range(monthrange(1970, change.month)[1])]
    first = [day for day in days if day.weekday() == change.weekday][nth - 1 if nth > 0 else nth]
    return [
        f"BEGIN:{observance}",
        f"TZOFFSETFROM:{_signed(change.before)}",
        f"TZOFFSETTO:{_signed(change.after)}",
        f"TZNAME:{change.abbreviation}",
        f"DTSTART:{datetime.combine(first, change.at):%Y%m%dT%H%M%S}",
        f"RRULE:FREQ=YEARLY;BYMONTH={change.month};BYDAY={nth}{_WEEKDAYS[change.weekday]}",
        f"END:{observance}",
    ]


def _signed(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}{rest:02}"
