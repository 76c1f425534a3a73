"""What a law leaves open in each week, for those who count before any search."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from calendars.clock import Span, merged, monday_of
from calendars.naming import name_of_groups, name_of_place, name_of_trainer
from calendars.programme import Part, Programme
from calendars.wording import Message


@dataclass(frozen=True)
class Room:
    """The minutes of each week, named by its Monday, that somebody has for some activities; none in other weeks.

    With `least` they are minutes that these activities have to fill.
    """

    concerned: Message
    activities: tuple[str, ...]
    weeks: Mapping[date, int]
    least: bool = False


class Starts:
    """The candidates that are still to be had, by activity."""

    def __init__(self, candidates: Mapping[str, Sequence[Span]]) -> None:
        self._stretches = {key: merged(spans) for key, spans in candidates.items()}
        self._minutes: dict[tuple[str, ...], Counter[date]] = {}

    def minutes(self, activities: tuple[str, ...]) -> Mapping[date, int]:
        """The minutes of each day that lie in a candidate of any of these activities, each within one day."""
        if activities not in self._minutes:
            days = self._minutes[activities] = Counter()
            for stretch in merged(self._of(activities)):
                days[stretch.day] += stretch.minutes
        return self._minutes[activities]

    def weeks(self, activities: Iterable[str], minutes: int) -> dict[date, int]:
        """So many minutes for each week with a candidate of any of these activities."""
        return dict.fromkeys(sorted({stretch.week for stretch in self._of(activities)}), minutes)

    def days(self, activities: Iterable[str], minutes: int) -> Counter[date]:
        """So many minutes for each day with a candidate of any of these activities, by week."""
        return by_week(dict.fromkeys((stretch.day for stretch in self._of(activities)), minutes))

    def _of(self, activities: Iterable[str]) -> Iterator[Span]:
        return (stretch for key in activities for stretch in self._stretches[key])


def by_week(days: Mapping[date, int]) -> Counter[date]:
    """Minutes by day as minutes by week."""
    weeks: Counter[date] = Counter()
    for day, minutes in days.items():
        weeks[monday_of(day)] += minutes
    return weeks


def people(programme: Programme, enrolments: Iterable[frozenset[str]]) -> Iterator[tuple[Message, tuple[str, ...]]]:
    """Each trainer, and each person of these enrolments, with the live parts that nobody else can take."""
    for trainer, keys in of_trainers(programme):
        yield name_of_trainer(programme, trainer), keys
    for groups in enrolments:
        parts = programme.live_parts(groups)
        yield name_of_groups(programme, {part.group for part in parts}), _keys(parts)


def of_place(programme: Programme, starts: Starts, place: str, at_once: int = 1) -> Room:
    """What a place has for the live sessions that can be nowhere else, so many of them at once."""
    keys = _keys(part for part in programme.parts.values() if part.places == (place,))
    weeks = {monday: at_once * minutes for monday, minutes in by_week(starts.minutes(keys)).items()}
    return Room(name_of_place(programme, place), keys, weeks)


def of_trainers(programme: Programme) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each trainer with the parts that nobody else can give."""
    for trainer in programme.trainers:
        parts = (part for part in programme.parts.values() if trainer in part.certain_trainers)
        yield trainer, _keys(parts)


def _keys(parts: Iterable[Part]) -> tuple[str, ...]:
    return tuple(part.key for part in parts)
