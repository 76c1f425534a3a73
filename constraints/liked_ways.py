from collections.abc import Iterator
from typing import ClassVar

from calendars.naming import name_of
from calendars.programme import Part, Programme
from calendars.timetable import Timetable
from calendars.wording import say_count
from constraints.rule import Breach, Model, Preference


class LikedWays(Preference):
    """Parts that meet regularly do so at the times that are liked best.

    Each entry of `meets` says in `points` what it costs to take it.

    Formula: Σ points · x over the ways x of all parts. Unit: points. Boundary: a way of 0 points costs nothing.
    Source: custom; the penalties of times in the International Timetabling Competition 2019.

    Example:
        [preferences.liked_ways]
        weight = 2
    """

    name: ClassVar[str] = "liked_ways"

    def post(self, programme: Programme, model: Model) -> None:
        """Charges the points of each way that has any."""
        for part in programme.parts.values():
            ways = model.ways(part.key)
            model.charge([(part.ways[n].points, variable) for n, variable in ways.items() if part.ways[n].points])

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Looks up the way that the sessions of each part make."""
        for part in programme.parts.values():
            points = _points(part, timetable)
            if points:
                message = say_count(
                    "{name} meets at times that cost {count} point",
                    "{name} meets at times that cost {count} points",
                    points,
                    name=name_of(programme, part),
                )
                monday = timetable.of(part.key)[0].span.week
                yield Breach(self.name, message, points, activities=(part.key,), monday=monday)


def _points(part: Part, timetable: Timetable) -> int:
    """What the sessions cost; nothing where they make no way, which `complete` tells."""
    spans = tuple(placement.span for placement in timetable.of(part.key))
    return min((way.points for way in part.ways if way.spans == spans), default=0)
