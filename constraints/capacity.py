from collections.abc import Iterator, Sequence
from itertools import chain
from typing import ClassVar

from calendars.clashes import cliques, placed
from calendars.clock import Span, day_of, moment_of, monday_of
from calendars.naming import name_of, when_of
from calendars.programme import Activity, Part, Place, Programme
from calendars.timetable import Timetable
from calendars.wording import Message, say
from constraints.duties import Lots, duties_of_place
from constraints.room import Room, Starts, of_place
from constraints.rule import Breach, Forbids, Model, Rule, Toll, keys_in_order


class Capacity(Rule):
    """A place seats the group that meets there, and holds no more sessions at once than it can.

    A group or a place without a number of its own has no limit. A place of one session at a time, which every room is
    that says nothing else, is left to `one_at_a_time`.

    Formula: size(group) <= seats(place) for each session; for each moment t, Σ x over the candidates x in the place
    with start(x) <= t < end(x) is at most sessions_at_once(place). Boundary: a group as large as the seats fits; a
    session may start when another one ends. Source: rooms of the master IFUNO (Le Mans); m@gistère, virtual rooms with
    a number of seats and of simultaneous sessions.

    Example:
        [laws.capacity]
    """

    name: ClassVar[str] = "capacity"
    bend: ClassVar[int | None] = None
    asks: ClassVar[bool] = False

    def forbids(self, programme: Programme, activity: Activity) -> Forbids | None:
        """Strikes all of a part whose group no place of its own can seat."""
        if not isinstance(activity, Part) or not activity.places:
            return None
        if any(_seats(programme, programme.places[key], activity) for key in activity.places):
            return None
        return lambda span: True

    def toll(self, programme: Programme, part: Part, place: Place) -> Toll | None:
        """No session stands in a place that is too small for it."""
        return None if _seats(programme, place, part) else lambda span: None

    def rooms(self, programme: Programme, starts: Starts) -> Iterator[Room]:
        """So many sessions at once in each place that holds several."""
        for place, most in _shared(programme).items():
            yield of_place(programme, starts, place, most)

    def post(self, programme: Programme, model: Model) -> None:
        """Closes places that are too small, and bounds what runs at each start."""
        for part in programme.parts.values():
            if part.chooses_place:
                for key in part.places:
                    if not _seats(programme, programme.places[key], part):
                        for variable in model.in_place(part.key, key).values():
                            model.at_most(0, [(1, variable)])
        lots = Lots(programme.parts, model, 0)
        for place, most in _shared(programme).items():
            for running in chain.from_iterable(cliques(lot, 0) for lot in lots.of(duties_of_place(programme, place))):
                if len(running) > most:
                    model.at_most(most, [(1, duty.choices(model)[span]) for duty, span in running])

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Looks at each session's seats, then counts what runs where a session starts."""
        every = placed(programme.parts.values(), timetable)
        for session, span in every:
            place = programme.places.get(session.place or "")
            if place is not None and not _seats(programme, place, session.part):
                message = _too_small(programme, place, session.part, span)
                yield Breach(self.name, message, activities=(session.part.key,), monday=span.week)
        for key, most in _shared(programme).items():
            there = [(session, span) for session, span in every if session.place == key]
            for start in sorted({span.start for _, span in there}):
                running = [session.part for session, span in there if span.start <= start < span.end]
                if len(running) > most:
                    message = _too_many(programme, programme.places[key], start, running)
                    activities = keys_in_order(programme, [part.key for part in running])
                    yield Breach(self.name, message, activities=activities, monday=monday_of(day_of(start)))


def _seats(programme: Programme, place: Place, part: Part) -> bool:
    size = 1 if part.student is not None else programme.groups[part.group].size
    return size is None or place.seats is None or size <= place.seats


def _shared(programme: Programme) -> dict[str, int]:
    """How many sessions the places hold at once that hold more than one, but not any number."""
    limits = {key: place.sessions_at_once for key, place in programme.places.items()}
    return {key: most for key, most in limits.items() if most is not None and most > 1}


def _too_small(programme: Programme, place: Place, part: Part, span: Span) -> Message:
    return say(
        "{name} {when} is in place “{place}”, which seats {seats}; its group “{group}” has {size}",
        name=name_of(programme, part),
        when=when_of(part, span),
        place=place.title,
        seats=place.seats,
        group=programme.groups[part.group].title,
        size=programme.groups[part.group].size,
    )


def _too_many(programme: Programme, place: Place, start: int, running: Sequence[Part]) -> Message:
    return say(
        "place “{place}” has {count} sessions at once on {moment}, at most {most} are possible: {names}",
        place=place.title,
        count=len(running),
        moment=moment_of(start),
        most=place.sessions_at_once,
        names=tuple(name_of(programme, part) for part in running),
    )
