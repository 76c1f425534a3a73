from collections.abc import Iterator
from typing import ClassVar

from calendars.clashes import placed
from calendars.naming import name_of, when_of
from calendars.programme import Part, Place, Programme
from calendars.timetable import Timetable
from calendars.wording import say_count
from constraints.rule import Breach, Model, Preference, Toll


class EnoughSeats(Preference):
    """Everybody in a session has a seat.

    The price of what `capacity` forbids: people may stand where no larger place is free. A group or a place without a
    number of its own is never short of seats, nor is the defence of a named student.

    Formula: Σ max(0, size(group) - seats(place)) over all sessions. Unit: people without a seat, in each session anew.
    Boundary: a group as large as the seats costs nothing. Source: custom; room capacity in the timetabling competitions
    (ITC 2007, track 3).

    Example:
        [preferences.enough_seats]
        level = 2
    """

    name: ClassVar[str] = "enough_seats"

    def toll(self, programme: Programme, part: Part, place: Place) -> Toll | None:
        """Those who have no seat there."""
        lacking = _lacking(programme, part, place)
        return (lambda span: lacking) if lacking else None

    def post(self, programme: Programme, model: Model) -> None:
        """Charges each candidate in a place that is too small."""
        for part in programme.parts.values():
            for key in part.places:
                if lacking := _lacking(programme, part, programme.places[key]):
                    model.charge([(lacking, variable) for variable in model.in_place(part.key, key).values()])

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Counts those without a seat in each session."""
        for session, span in placed(programme.parts.values(), timetable):
            place = programme.places.get(session.place or "")
            if place is not None and (lacking := _lacking(programme, session.part, place)):
                message = say_count(
                    "{name} {when} has {count} seat too few in place “{place}”",
                    "{name} {when} has {count} seats too few in place “{place}”",
                    lacking,
                    name=name_of(programme, session.part),
                    when=when_of(session.part, span),
                    place=place.title,
                )
                yield Breach(self.name, message, lacking, activities=(session.part.key,), monday=span.week)


def _lacking(programme: Programme, part: Part, place: Place) -> int:
    """How many people of a session have no seat in a place."""
    size = programme.groups[part.group].size if part.student is None else None
    return 0 if size is None or place.seats is None else max(0, size - place.seats)
