"""What people and places have to be at, in the model: all sessions of a part, or only those that fall to them."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from calendars.clock import Span
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


def _all_of(parts: Iterable[Part]) -> tuple[Duty, ...]:
    return tuple(Duty(part.key) for part in parts)
