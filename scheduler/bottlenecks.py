"""What counting shows before any search: weeks into which more has to go than one law leaves open."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, combinations_with_replacement
from typing import NamedTuple

from calendars.clock import Dates, week_dates
from calendars.naming import few, name_of
from calendars.programme import Activity, Internship, Part, Programme
from calendars.wording import Message, say
from constraints.complete import needed
from constraints.room import Room, Starts
from constraints.rule import Rule
from scheduler.candidates import Candidates


@dataclass(frozen=True)
class Bottleneck:
    """Activities that need `needed` minutes in the weeks of some dates, of which a law leaves `room` open.

    With `least` the law asks for `room` minutes, and the activities that may lie there have no more than `needed`.
    """

    law: str
    concerned: Message
    activities: tuple[Activity, ...]
    dates: Dates
    needed: int
    room: int
    least: bool = False

    def words(self, programme: Programme) -> Message:
        """The bottleneck in a sentence."""
        told = {
            "law": self.law,
            "concerned": self.concerned,
            "names": few([name_of(programme, activity) for activity in self.activities]),
            "needed": timedelta(minutes=self.needed),
            "room": timedelta(minutes=self.room),
            "first": self.dates.first,
            "last": self.dates.last,
        }
        if self.least:
            return say(
                "{law}: from {first} to {last} at least {room} are asked for {concerned}, "
                "but there are {needed} in all: {names}",
                **told,
            )
        return say(
            "{law}: from {first} to {last} only {room} are open for {concerned}, but {needed} are needed: {names}",
            **told,
        )


def bottlenecks(
    programme: Programme, rules: Iterable[Rule], candidates: Mapping[str, Candidates]
) -> tuple[Bottleneck, ...]:
    """For each law that is kept, and each person or place, the shortest run of weeks that holds too much or too little.

    What was held is out of the count, on both sides; where some was, nothing is said of weeks that hold too little.
    """
    demands = {key: _Demand.of(found) for key, found in candidates.items()}
    starts = Starts({key: found.free for key, found in candidates.items()})
    found = (
        (rule, room, _tightest(room, [demands[key] for key in room.activities]))
        for rule in rules
        if rule.price is None
        for room in rule.rooms(programme, starts)
        if not (room.least and any(candidates[key].held or candidates[key].closed for key in room.activities))
    )
    return tuple(
        dict.fromkeys(
            Bottleneck(rule.name, room.concerned, run.activities, run.dates, run.needed, run.room, room.least)
            for rule, room, run in found
            if run is not None
        )
    )


class _Demand(NamedTuple):
    """The minutes that an activity still needs, and may have, and the first and the last week in which they may lie."""

    activity: Activity
    minutes: int
    most: int
    first: date
    last: date

    @classmethod
    def of(cls, found: Candidates) -> "_Demand | None":
        """None where nothing is left to place."""
        held = sum(placement.amount for placement in found.held.values())
        most = max(0, needed(found.activity) - held) * _size(found.activity)
        minutes = most
        if isinstance(found.activity, Part) and found.activity.ways:
            minutes = max(0, found.activity.fewest_minutes - held * found.activity.minutes)
        weeks = [span.week for span in found.free]
        return cls(found.activity, minutes, most, weeks[0], weeks[-1]) if most and weeks else None


class _Run(NamedTuple):
    """Weeks in a row with the activities that have to lie in them, or may."""

    dates: Dates
    activities: tuple[Activity, ...]
    needed: int
    room: int


def _size(activity: Activity) -> int:
    """The minutes of one of the units in which `needed` counts."""
    match activity:
        case Part():
            return activity.minutes
        case Internship():
            return activity.minutes_per_day
        case _:
            return 1


def _tightest(room: Room, demands: Iterable[_Demand | None]) -> _Run | None:
    """The shortest run that does not fit, the first of several."""
    given = [demand for demand in demands if demand is not None]
    runs = _too_empty(room, given) if room.least else _too_full(room, given)
    return min(runs, key=lambda run: run.dates.last - run.dates.first, default=None)


def _too_full(room: Room, demands: Sequence[_Demand]) -> Iterator[_Run]:
    """From the first week of some activity to the last week of another: all that lies between has to fit."""
    open_weeks = _Weeks(room.weeks)
    for first in sorted({demand.first for demand in demands}):
        for last in sorted({demand.last for demand in demands if demand.last >= first}):
            inside = [demand for demand in demands if first <= demand.first and demand.last <= last]
            minutes, left = sum(demand.minutes for demand in inside), open_weeks.between(first, last)
            if minutes > left:
                yield _run(first, last, inside, minutes, left)


def _too_empty(room: Room, demands: Sequence[_Demand]) -> Iterator[_Run]:
    """From one week that asks for something to another: all that may lie between has to be enough."""
    asking = _Weeks(room.weeks)
    for first, last in combinations_with_replacement(asking.mondays, 2):
        around = [demand for demand in demands if demand.first <= last and first <= demand.last]
        minutes, asked = sum(demand.most for demand in around), asking.between(first, last)
        if minutes < asked:
            yield _run(first, last, around, minutes, asked)


class _Weeks:
    """Minutes by week, ready to be added up between any two of them."""

    def __init__(self, weeks: Mapping[date, int]) -> None:
        self.mondays = sorted(weeks)
        self._sums = [0, *accumulate(weeks[monday] for monday in self.mondays)]

    def between(self, first: date, last: date) -> int:
        """The minutes from one week to another, both included."""
        return self._sums[bisect_right(self.mondays, last)] - self._sums[bisect_left(self.mondays, first)]


def _run(first: date, last: date, demands: Iterable[_Demand], needed: int, room: int) -> _Run:
    activities = tuple(demand.activity for demand in demands)
    return _Run(Dates(first, week_dates(last).last), activities, needed, room)
