"""The sessions that a rule names, and who gives them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from calendars.clashes import Session, in_order, placed
from calendars.clock import Span
from calendars.faults import with_nearest
from calendars.programme import Part, Programme
from calendars.programme_file import Names
from calendars.timetable import Timetable
from calendars.wording import Message, say
from constraints.duties import Duty, duties_of_trainer


def defences(programme: Programme) -> list[Part]:
    """The parts that are defences."""
    return [part for part in programme.parts.values() if part.kind == "defence"]


def named(parts: Iterable[Part], names: Names | None) -> list[Part]:
    """Those of some parts that are named by module, part or list of defences; all of them where nothing is named."""
    return [part for part in parts if names is None or any(name in names for name in _names_of(part))]


def unknown(parts: Iterable[Part], names: Names | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each name that none of some parts bears, with those that they do."""
    known = dict.fromkeys(name for part in parts for name in _names_of(part))
    yield from ((name, tuple(known)) for name in names or () if name not in known)


def unknown_sessions(programme: Programme, names: Names) -> Iterator[Message]:
    """That there are no live sessions of a name, for each that no part bears."""
    for name, known in unknown(programme.parts.values(), names):
        yield with_nearest(say("there are no live sessions {name}", name=name), name, known)


def members(programme: Programme, parts: Collection[Part]) -> Mapping[str, Sequence[Duty]]:
    """By trainer, the sessions of some parts that they give, or may give; who has none is left out."""
    keys = {part.key for part in parts}
    every = {key: duties_of_trainer(programme, key) for key in programme.trainers}
    found = {key: [duty for duty in duties if duty.part in keys] for key, duties in every.items()}
    return {key: duties for key, duties in found.items() if duties}


def given(parts: Iterable[Part], timetable: Timetable, trainer: str) -> list[tuple[Session, Span]]:
    """The sessions of some parts that a trainer gives who is named for them, in order of time."""
    every = in_order(placed(parts, timetable))
    return [each for each in every if trainer in each[0].trainers and trainer in each[0].part.trainers]


def _names_of(part: Part) -> tuple[str, ...]:
    return part.module, part.series, part.key
