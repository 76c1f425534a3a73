"""What can be seen before any search: activities that need more than the laws on one candidate leave them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from calendars.clock import Span
from calendars.naming import name_of
from calendars.programme import Activity, Part, Programme, Work
from calendars.wording import Message, say
from constraints.complete import needed
from scheduler.candidates import Candidates


@dataclass(frozen=True)
class Shortage:
    """An activity, how many it needs and how many can stand at most, and how many candidates each law took."""

    activity: Activity
    needed: int
    room: int
    starts: int
    struck_by: Mapping[str, int]

    def words(self, programme: Programme) -> Message:
        """The shortage in a sentence, with the laws that took the most."""
        return say(
            "{name} needs {needed}; of {all} possible starts the laws leave {starts}, with room for {room}. "
            "Taken by: {laws}",
            name=name_of(programme, self.activity),
            needed=self.needed,
            all=self.starts + sum(self.struck_by.values()),
            starts=self.starts,
            room=self.room,
            laws=tuple(f"{law} {count}" for law, count in self.struck_by.items()),
        )


def shortages(candidates: Mapping[str, Candidates]) -> tuple[Shortage, ...]:
    """Every activity whose lawful candidates cannot hold all that it needs, in the order of the programme."""
    return tuple(_shortages(candidates))


def _shortages(candidates: Mapping[str, Candidates]) -> Iterator[Shortage]:
    for found in candidates.values():
        room = _room(found)
        if room < needed(found.activity):
            yield Shortage(found.activity, needed(found.activity), room, len(found.lawful), found.struck_by())


def _room(found: Candidates) -> int:
    """The most that the lawful candidates of an activity alone can hold."""
    match found.activity:
        case Part():
            return len(_apart(found.lawful))
        case Work():
            return found.activity.minutes if found.lawful else 0
        case _:
            return len(found.lawful)


def _apart(spans: Sequence[Span]) -> list[Span]:
    """As many spans as can stand without overlap: always the one that ends first."""
    taken: list[Span] = []
    for span in sorted(spans, key=lambda span: span.end):
        if not taken or taken[-1].end <= span.start:
            taken.append(span)
    return taken
