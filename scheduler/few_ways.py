"""Few of the ways in which a part may meet: enough for nearly every timetable, in a model a fraction of the size."""

from collections.abc import Mapping
from dataclasses import replace
from random import Random

from calendars.clock import Span
from calendars.programme import Part
from calendars.timetable import Timetable
from scheduler.candidates import Candidates


def most_ways(candidates: Mapping[str, Candidates]) -> int:
    """The most ways that a part may choose from."""
    return max((len(found.ways) for found in candidates.values()), default=0)


def few_ways(
    candidates: Mapping[str, Candidates], number: int, wished: Timetable, random: Random
) -> dict[str, Candidates]:
    """The candidates of so many ways of each part that meets regularly: half of them those liked best, others any.

    What is wished is among them, and all that is in nobody's choice.
    """
    return {
        key: _few(found, found.activity, number, {each.span for each in wished.of(key)}, random)
        if isinstance(found.activity, Part) and len(found.ways) > number
        else found
        for key, found in candidates.items()
    }


def _few(found: Candidates, part: Part, number: int, wished: set[Span], random: Random) -> Candidates:
    ways = sorted(random.sample(found.ways, len(found.ways)), key=lambda way: part.ways[way].points)
    chosen = [*ways[: number // 2], *random.sample(ways[number // 2 :], number - number // 2)]
    spans = {span for way in chosen for span in part.ways[way].spans}
    return replace(found, lawful=tuple(sorted(spans | wished.intersection(found.lawful) | found.held.keys())))
