"""Time inside Semainier: whole minutes of local wall time, half-open spans, weeks named by their Monday.

Minutes are those of the wall clock of the programme's own time zone, 1,440 for each day of the Gregorian calendar
(0001-01-01 is day 1), so that a session keeps its hour across a clock change. Zones appear at the edges only.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

DAY = 1440
"""Minutes in a day on the wall clock."""


class Span(NamedTuple):
    """The minutes from `start` up to, and without, `end`."""

    start: int
    end: int

    @property
    def minutes(self) -> int:
        """Length in minutes."""
        return self.end - self.start

    @property
    def day(self) -> date:
        """The day on which the span starts."""
        return day_of(self.start)

    @property
    def week(self) -> date:
        """The Monday of the week in which the span starts."""
        return monday_of(self.day)

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one minute."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """Whether every minute of the other lies in this one."""
        return self.start <= other.start and other.end <= self.end


class Dates(NamedTuple):
    """The days from `first` to `last`, both included."""

    first: date
    last: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    def days(self) -> Iterator[date]:
        """Every day, in order."""
        return (self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))

    def weeks(self) -> Iterator[date]:
        """The Monday of every week that has a day in these dates, in order."""
        monday = monday_of(self.first)
        while monday <= self.last:
            yield monday
            monday += timedelta(days=7)

    def meet(self, other: "Dates") -> "Dates":
        """The days in both; `first` lies after `last` where there are none."""
        return Dates(max(self.first, other.first), min(self.last, other.last))


def minute_at(day: date, at: time) -> int:
    """The minute of a wall time on a day."""
    return start_of(day) + at.hour * 60 + at.minute


def minute_of(moment: datetime) -> int:
    """The minute of a wall time; seconds are dropped, a zone is not looked at."""
    return minute_at(moment.date(), moment.time())


def moment_of(minute: int) -> datetime:
    """The wall time of a minute, without a zone."""
    return datetime.combine(day_of(minute), time()) + timedelta(minutes=minute % DAY)


def start_of(day: date) -> int:
    """The first minute of a day."""
    return day.toordinal() * DAY


def day_of(minute: int) -> date:
    """The day that a minute lies in."""
    return _day(minute // DAY)


@lru_cache(maxsize=10_000)
def _day(ordinal: int) -> date:
    return date.fromordinal(ordinal)


@lru_cache(maxsize=10_000)
def monday_of(day: date) -> date:
    """The Monday of the ISO week (ISO 8601) that a day lies in; it names that week everywhere."""
    return day - timedelta(days=day.weekday())


def week_dates(monday: date) -> Dates:
    """Monday to Sunday of a week."""
    return Dates(monday, monday + timedelta(days=6))


def last_of_months(first: date, months: int) -> date:
    """The last of so many months from a day: 30 April of three from 1 February.

    It is the day before that of the same number; in a month that has no such day, its last one.
    """
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    days_of_month = monthrange(year, month + 1)[1]
    return date(year, month + 1, 1) + timedelta(days=min(first.day - 1, days_of_month) - 1)


def days_span(dates: Dates) -> Span:
    """All minutes of the days, both included."""
    return Span(start_of(dates.first), start_of(dates.last) + DAY)


def merged(spans: Iterable[Span]) -> list[Span]:
    """The stretches that some spans cover, in order of time; spans that only touch stay apart."""
    stretches: list[Span] = []
    for span in sorted(spans):
        if stretches and span.start < stretches[-1].end:
            stretches[-1] = Span(stretches[-1].start, max(stretches[-1].end, span.end))
        else:
            stretches.append(span)
    return stretches


def dates_of(span: Span) -> Dates:
    """The days that a span has a minute of."""
    return _days(span.start // DAY, (span.end - 1) // DAY)


@lru_cache(maxsize=10_000)
def _days(first: int, last: int) -> Dates:
    return Dates(_day(first), _day(last))
