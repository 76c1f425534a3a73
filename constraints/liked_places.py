from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from calendars.faults import with_nearest
from calendars.naming import name_of, name_of_place
from calendars.programme import Part, Place, Programme
from calendars.timetable import Timetable
from calendars.wording import Message, say, say_count
from constraints.rule import Breach, Model, Preference, Term, Toll

_Points = Annotated[int, Field(ge=0, le=1_000)]


class LikedPlaces(Preference):
    """Parts meet in the places that are liked best for them.

    Formula: Σ points(part, place) · u, where u is 1 if a session of the part is in that place. Unit: points. Boundary:
    a place without points costs nothing, a second session in the same place no more than the first. Source: custom;
    the penalties of rooms in the International Timetabling Competition 2019.

    Example:
        [preferences.liked_places]
        points = { "scenario.accueil" = { campus = 0, hospital = 5 } }
    """

    name: ClassVar[str] = "liked_places"

    points: Mapping[str, Mapping[str, _Points]] = Field(description="points by part, then by place")

    def faults(self, programme: Programme) -> Iterator[Message]:
        """Unknown parts, and places that a part may not have."""
        for key, by_place in self.points.items():
            if key not in programme.parts:
                yield with_nearest(say("there is no part {name} with live sessions", name=key), key, programme.parts)
                continue
            for place in by_place:
                if place not in programme.parts[key].places:
                    message = say("{part} may not be in {place}", part=key, place=place)
                    yield with_nearest(message, place, programme.parts[key].places)

    def toll(self, programme: Programme, part: Part, place: Place) -> Toll | None:
        """What the place costs a part of one session; several sessions in it cost no more."""
        points = self.points.get(part.key, {}).get(place.key, 0) if part.count == 1 else 0
        return (lambda span: points) if points else None

    def post(self, programme: Programme, model: Model) -> None:
        """Charges each place that has points; a search of times alone has none of them."""
        for key, by_place in self.points.items():
            for place, points in by_place.items():
                if points and place in programme.parts[key].places:
                    model.charge([(points * times, used) for times, used in _used(model, programme.parts[key], place)])

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Looks up the places of each part."""
        for key, by_place in self.points.items():
            for place in dict.fromkeys(placement.place for placement in timetable.of(key)):
                points = by_place.get(place, 0) if place is not None else 0
                if place is not None and points:
                    yield self._breach(programme, timetable, programme.parts[key], place, points)

    def _breach(self, programme: Programme, timetable: Timetable, part: Part, place: str, points: int) -> Breach:
        message = say_count(
            "{name} is in {place}, which costs {count} point",
            "{name} is in {place}, which costs {count} points",
            points,
            name=name_of(programme, part),
            place=name_of_place(programme, place),
        )
        monday = next(each.span.week for each in timetable.of(part.key) if each.place == place)
        return Breach(self.name, message, points, activities=(part.key,), monday=monday)


def _used(model: Model, part: Part, place: str) -> list[Term]:
    """Terms that add up to 1 where a part has a session in a place."""
    if part.ways:
        return [(1, variable) for variable in model.ways_in(part.key, place).values()]
    sessions = list(model.in_place(part.key, place).values())
    return [(1, model.any_of(f"{part.key} is in {place}", sessions))] if sessions else []
