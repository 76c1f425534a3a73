"""A timetable: what stands where, without a word of how it was found."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from calendars.clock import Span
from calendars.programme import Activity, Work


class Placement(NamedTuple):
    """An activity at a span of time.

    A live session takes its minutes, a block or a host day whole days, self-paced work the week from Monday to
    Sunday. `amount` is 1, for self-paced work its minutes in that week. A session has the trainers who give it and
    the place where it is held, all else has none.
    """

    span: Span
    activity: str
    amount: int = 1
    trainers: tuple[str, ...] = ()
    place: str | None = None

    @property
    def rank(self) -> tuple[Span, str, int, tuple[str, ...], str]:
        """Its place in an order of time, then of activity."""
        return (*self[:4], self.place or "")


@dataclass(frozen=True)
class Timetable:
    """All placements, in order of time, then of activity."""

    placements: tuple[Placement, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "placements", tuple(sorted(self.placements, key=lambda placement: placement.rank)))

    def of(self, activity: str) -> tuple[Placement, ...]:
        """The placements of one activity, in order of time."""
        return self._by_activity.get(activity, ())

    def of_programme(self, key: str) -> tuple[Placement, ...]:
        """In the timetable of several programmes together, the placements of one of them, in order of time."""
        return self._by_programme.get(key, ())

    @cached_property
    def _by_programme(self) -> Mapping[str, tuple[Placement, ...]]:
        found = defaultdict(list)
        for placement in self.placements:
            found[programme_of(placement.activity)].append(placement)
        return {programme: tuple(placements) for programme, placements in found.items()}

    @cached_property
    def _by_activity(self) -> Mapping[str, tuple[Placement, ...]]:
        found = defaultdict(list)
        for placement in self.placements:
            found[placement.activity].append(placement)
        return {activity: tuple(placements) for activity, placements in found.items()}


def programme_of(key: str) -> str:
    """The programme to which an activity or a group belongs, by its id where several programmes are one."""
    return key.rpartition(":")[0]


def in_week(timetable: Timetable, activities: Iterable[Activity], monday: date) -> tuple[str, ...]:
    """The keys of those of some activities that stand in a week, named by its Monday."""
    return tuple(each.key for each in activities if any(one.span.week == monday for one in timetable.of(each.key)))


def weekly_minutes(timetable: Timetable, activities: Iterable[Activity]) -> Counter[date]:
    """Minutes of some sessions and self-paced work together by week, named by its Monday."""
    minutes: Counter[date] = Counter()
    for activity in activities:
        for placement in timetable.of(activity.key):
            minutes[placement.span.week] += placement.amount if isinstance(activity, Work) else placement.span.minutes
    return minutes
