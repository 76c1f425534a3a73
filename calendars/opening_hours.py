"""Opening hours on the audience's own clocks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from calendars.clock import DAY, Span, minute_of, moment_of


@dataclass(frozen=True)
class OpeningHours:
    """Opening hours by weekday number (Monday 0) and the lunch break, in minutes of the day."""

    by_weekday: Mapping[int, tuple[int, int]]
    lunch: tuple[int, int] | None = None

    @cached_property
    def hull(self) -> tuple[int, int]:
        """From the earliest opening to the latest closing of the week."""
        return min(first for first, _ in self.by_weekday.values()), max(last for _, last in self.by_weekday.values())

    def is_open(self, span: Span) -> bool:
        """Whether a span of local time lies wholly within its weekday's opening hours; lunch is not looked at."""
        opened = self.by_weekday.get(span.day.weekday())
        midnight = span.start // DAY * DAY
        return opened is not None and midnight + opened[0] <= span.start and span.end <= midnight + opened[1]

    def is_at_lunch(self, span: Span) -> bool:
        """Whether a span of local time takes any minute of the lunch break."""
        midnight = span.start // DAY * DAY
        return self.lunch is not None and span.start < midnight + self.lunch[1] and midnight + self.lunch[0] < span.end


def local_span(span: Span, from_zone: str, to_zone: str) -> Span:
    """A span of wall time in one IANA zone as wall time in another; its length in minutes is kept.

    A start that a clock change skips is read as if the clock had not changed yet; of an hour that comes twice, the
    first is meant.
    """
    if from_zone == to_zone:
        return span
    start = _local_minute(span.start, from_zone, to_zone)
    return Span(start, start + span.minutes)


@lru_cache(maxsize=100_000)
def _local_minute(minute: int, from_zone: str, to_zone: str) -> int:
    moment: datetime = moment_of(minute).replace(tzinfo=ZoneInfo(from_zone))
    return minute_of(moment.astimezone(ZoneInfo(to_zone)))
