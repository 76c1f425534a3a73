"""How long people are on their way from one place to another, as rules on travel are told."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from calendars.clashes import Key, in_order
from calendars.clock import Span
from calendars.faults import with_nearest
from calendars.programme import Programme
from calendars.wording import Message, say


class Trip(BaseModel):
    """The way between two places, the same in both directions."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    between: tuple[str, str] = Field(description="two places")
    minutes: Annotated[int, Field(ge=1, le=720)] = Field(description="how long the way takes")


Trips = Annotated[tuple[Trip, ...], Field(description="ways that take time; none between other places")]


class Near(NamedTuple):
    """Places from each of which each of the others cannot be reached in time."""

    places: frozenset[str]
    far: frozenset[str]


class Travel:
    """The minutes between each two places; none where no trip says so, and none within a place."""

    def __init__(self, trips: Iterable[Trip]) -> None:
        self._minutes: dict[tuple[str, str], int] = {}
        for trip in trips:
            one, other = trip.between
            self._minutes[one, other] = self._minutes[other, one] = trip.minutes
        self._lengths = sorted({*self._minutes.values()})
        self._within: dict[int | None, Sequence[Near]] = {}

    def minutes(self, one: str | None, other: str | None) -> int:
        """The minutes on the way; none for sessions without a place."""
        return 0 if one is None or other is None or one == other else self._minutes.get((one, other), 0)

    @property
    def longest(self) -> int:
        """The minutes of the longest way."""
        return self._lengths[-1] if self._lengths else 0

    def out_of_reach(self, gap: int) -> Sequence[Near]:
        """The places that are further from each other than some minutes, places alike together."""
        least = next((minutes for minutes in self._lengths if minutes > gap), None)
        if least not in self._within:
            far = {pair for pair, minutes in self._minutes.items() if least is not None and minutes >= least}
            self._within[least] = _alike(far)
        return self._within[least]


def unknown_places(programme: Programme, trips: Iterable[Trip]) -> Iterator[Message]:
    """A fault for each place that the programme does not know."""
    for place in dict.fromkeys(place for trip in trips for place in trip.between):
        if place not in programme.places:
            yield with_nearest(say("there is no place {name}", name=place), place, programme.places)


def meetings(sessions: Iterable[tuple[Key, Span]], most: int) -> Iterator[tuple[list[tuple[Key, Span]], ...]]:
    """Sessions that end together, and sessions that start together less than `most` minutes later."""
    ending: dict[int, list[tuple[Key, Span]]] = {}
    starting: dict[int, list[tuple[Key, Span]]] = {}
    for one in in_order(sessions):
        ending.setdefault(one[1].end, []).append(one)
        starting.setdefault(one[1].start, []).append(one)
    for end, some in ending.items():
        for start in (start for start in starting if end <= start < end + most):
            yield some, starting[start]


def _alike(pairs: Iterable[tuple[str, str]]) -> Sequence[Near]:
    far: dict[str, set[str]] = {}
    for one, other in sorted(pairs):
        far.setdefault(one, set()).add(other)
    found: dict[frozenset[str], set[str]] = {}
    for place, others in far.items():
        found.setdefault(frozenset(others), set()).add(place)
    return [Near(frozenset(places), others) for others, places in found.items()]
