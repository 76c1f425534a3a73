"""What people and places have to be at, in the model: all sessions of a part, or only those that fall to them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from calendars.clock import DAY, Span
from calendars.enrolments import maximal
from calendars.programme import Part, Programme
from constraints.rule import Model, Variable


class Duty(NamedTuple):
    """The sessions of a part; those of one trainer or in one place only, where the search decides who or where."""

    part: str
    trainer: str | None = None
    place: str | None = None

    def choices(self, model: Model) -> Mapping[Span, Variable]:
        """The unknowns of these sessions by candidate."""
        if self.trainer is not None:
            return model.given_by(self.part, self.trainer)
        if self.place is not None:
            return model.in_place(self.part, self.place)
        return model.choices(self.part)


def duties_of_trainer(programme: Programme, trainer: str) -> tuple[Duty, ...]:
    """The sessions that a trainer gives, or may give."""
    parts = (part for part in programme.parts.values() if trainer in part.trainers)
    return tuple(Duty(part.key, None if trainer in part.certain_trainers else trainer) for part in parts)


def duties_of_place(programme: Programme, place: str) -> tuple[Duty, ...]:
    """The sessions that are held in a place, or may be."""
    parts = (part for part in programme.parts.values() if place in part.places)
    return tuple(Duty(part.key, place=place if part.chooses_place else None) for part in parts)


def duties_of_people(programme: Programme, enrolments: Iterable[frozenset[str]]) -> list[tuple[Duty, ...]]:
    """What one person has to be at: the duties of each trainer, and the parts of each of these enrolments.

    Who attends something alone has that beside the parts of all their groups.
    """
    return [
        *(duties_of_trainer(programme, trainer) for trainer in programme.trainers),
        *(_all_of(programme.live_parts(groups)) for groups in enrolments),
        *map(_all_of, programme.parts_of_students.values()),
    ]


def candidates(model: Model, duties: Iterable[Duty]) -> list[tuple[Duty, Span]]:
    """The candidates of some duties."""
    return [(duty, span) for duty in duties for span in duty.choices(model)]


class Lots:
    """Candidates in lots, so that each two that are within `reach` minutes of each other are together in one.

    Where parts meet regularly most days are alike: of these one is looked at, and none that has no more than another.
    All else is one lot. `parts` are all whose duties may be asked for, by key.
    """

    def __init__(self, parts: Mapping[str, Part], model: Model, reach: int) -> None:
        self._parts = parts
        self._model = model
        self._reach = reach
        self._days: dict[str, dict[int, int]] = {}
        self._kinds: dict[frozenset[tuple[int, int, int]], int] = {}
        self._at: dict[tuple[str, int], list[Span]] = {}

    def of(self, duties: Collection[Duty]) -> Iterator[list[tuple[Duty, Span]]]:
        """The lots of some duties."""
        if not any(self._parts[duty.part].ways for duty in duties):
            yield candidates(self._model, duties)
            return
        on_day: dict[int, list[tuple[Duty, int]]] = defaultdict(list)
        for duty in duties:
            kinds = self._days_of(duty.part)
            for day in kinds.keys() & self._distinct_days:
                on_day[day].append((duty, kinds[day]))
        distinct = {frozenset(alike): day for day, alike in sorted(on_day.items())}
        for alike in maximal(distinct):
            day = distinct[alike]
            yield [(duty, span) for duty, _ in on_day[day] for span in self._at[duty.part, day]]

    @cached_property
    def _distinct_days(self) -> Collection[int]:
        """Of days on which all parts could be alike the last."""
        on_day: dict[int, list[tuple[str, int]]] = defaultdict(list)
        for part in self._parts:
            for day, kind in self._days_of(part).items():
                on_day[day].append((part, kind))
        return {frozenset(alike): day for day, alike in on_day.items()}.values()

    def _days_of(self, part: str) -> Mapping[int, int]:
        """By day, as a number, which kind of day it is: days of one kind have the same unknowns at the same hours."""
        if part not in self._days:
            spans: dict[int, list[Span]] = defaultdict(list)
            choices = self._model.choices(part)
            for span in choices:
                for day in range(span.start // DAY, (span.end + self._reach - 1) // DAY + 1):
                    spans[day].append(span)
            self._days[part] = {day: self._kind(choices, day, found) for day, found in spans.items()}
            self._at |= {(part, day): found for day, found in spans.items()}
        return self._days[part]

    def _kind(self, choices: Mapping[Span, Variable], day: int, spans: Iterable[Span]) -> int:
        first = day * DAY
        kind = frozenset((span.start - first, span.end - first, id(choices[span])) for span in spans)
        return self._kinds.setdefault(kind, len(self._kinds))


def _all_of(parts: Iterable[Part]) -> tuple[Duty, ...]:
    return tuple(Duty(part.key) for part in parts)
