from collections.abc import Iterator
from typing import ClassVar

from calendars.naming import name_of
from calendars.programme import Part, Programme
from calendars.timetable import Timetable
from calendars.wording import say_count
from constraints.rule import Breach, Model, Origin, Preference, Term


class AsMany(Preference):
    """Of the sessions that the programme announces, as many as can be are held.

    It stands in for what `complete` asks of live sessions, where no lawful calendar has them all: then it tells how
    few have to be called off.

    Formula: Σ over parts of (count - Σ x); a part that meets regularly has all its sessions or none. Unit: sessions.
    Boundary: all of them cost nothing. Source: custom.
    """

    name: ClassVar[str] = "as_many"
    origin: ClassVar[Origin] = "asked"
    makes_up: ClassVar[bool] = True

    level: int = -1
    """Before whatever else costs, unless another level is asked for."""

    def post(self, programme: Programme, model: Model) -> None:
        """Charges each session that a part lacks."""
        for part in programme.parts.values():
            model.charge(_held(model, part), part.count)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Counts the sessions of each part."""
        for part in programme.parts.values():
            missing = _missing(part, len(timetable.of(part.key)))
            if missing > 0:
                message = say_count(
                    "{name} lacks {count} session",
                    "{name} lacks {count} sessions",
                    missing,
                    name=name_of(programme, part),
                )
                yield Breach(self.name, message, missing, lacks=True, activities=(part.key,))


def _held(model: Model, part: Part) -> list[Term]:
    """What the sessions that are held save."""
    if part.ways:
        return [(-part.count, variable) for variable in model.ways(part.key).values()]
    return [(-1, variable) for variable in model.choices(part.key).values()]


def _missing(part: Part, sessions: int) -> int:
    if part.ways:
        return 0 if sessions else part.count
    return part.count - sessions
