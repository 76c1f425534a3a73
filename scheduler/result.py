"""What a search is told, and what it tells: its limits, its progress and its result."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from threading import Event

from calendars.timetable import Timetable
from scheduler.bottlenecks import Bottleneck
from scheduler.shortages import Shortage
from scheduler.unkeepable import Unkeepable


class Outcome(Enum):
    """What a search can end with."""

    LAWFUL = "lawful"
    IMPOSSIBLE = "impossible"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Level:
    """The value found for a level and the bound proved for it, both in points of the rules named."""

    rank: int
    rules: tuple[str, ...]
    value: int
    bound: int

    @property
    def proved(self) -> bool:
        """Whether no better value exists, given the levels above."""
        return self.value == self.bound

    @property
    def gap(self) -> float:
        """How far the value may be from the best possible, as a share of it."""
        return gap(self.value, self.bound)


@dataclass(frozen=True)
class Progress:
    """A moment of a level: its value and its bound so far, and the seconds since the search began."""

    rank: int
    value: int
    bound: int
    seconds: float

    @property
    def gap(self) -> float:
        """As `Level.gap`."""
        return gap(self.value, self.bound)


def gap(value: int, bound: int) -> float:
    """(value - bound) / max(1, |value|)."""
    return (value - bound) / max(1, abs(value))


@dataclass(frozen=True)
class Limits:
    """What ends a search early.

    `work` bounds each step in CP-SAT's deterministic time, the same on every machine; `seconds` bounds the whole
    search by a clock, and `stop`, once set, ends it at once with the best so far: neither gives the same bytes twice.
    """

    work: float = 60.0
    seconds: float | None = None
    workers: int = 2
    seed: int = 0
    stop: Event = field(default_factory=Event)
    clock: Callable[[], float] = time.monotonic


@dataclass(frozen=True)
class Result:
    """How a search ended. `reproducible` is false where the clock or a person ended it.

    Why there is none: `shortages` were seen before the search, `unkeepable` laws were looked for after it.
    """

    outcome: Outcome
    timetable: Timetable | None = None
    levels: tuple[Level, ...] = ()
    shortages: tuple[Shortage | Bottleneck, ...] = ()
    unkeepable: tuple[Unkeepable, ...] = ()
    reproducible: bool = True
    seconds_to_lawful: float = 0.0
    seconds: float = 0.0
