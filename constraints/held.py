from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Literal

from calendars.clock import Span, start_of
from calendars.naming import name_of, when_of
from calendars.programme import Activity, Programme
from calendars.timetable import Placement, Timetable
from calendars.wording import say
from constraints.rule import Breach, Rule


class Held(Rule):
    """What has begun before the as-of date stands where it stood, and nothing is placed before that date any more.

    What is held counts in every law. It cannot be struck, and where it breaks a bound by itself, the bound asks of what
    is still to come only that it makes nothing worse.

    Formula: x = 1 for each held candidate, x = 0 for each other one that begins before the date. Boundary: what begins
    on the as-of date is free; a week of self-paced work begins on its Monday. Source: custom.
    """

    name: ClassVar[str] = "held"
    bend: ClassVar[int | None] = None
    origin: ClassVar[Literal["file", "always", "previous"]] = "previous"

    before: date
    placements: tuple[Placement, ...]

    def holds(self, activity: Activity) -> Iterator[Placement]:
        """What has begun."""
        return (placement for placement in self.placements if placement.activity == activity.key)

    def closes(self, span: Span) -> bool:
        """Closes what begins before the date."""
        return span.start < start_of(self.before)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Compares what begins before the date with what is held."""
        for activity in programme.activities.values():
            placed = [each for each in timetable.of(activity.key) if self.closes(each.span)]
            held = list(self.holds(activity))
            for placement in held:
                if placement not in placed:
                    told = {"name": name_of(programme, activity), "when": when_of(activity, placement.span)}
                    message = say("{name} was held {when} and cannot be moved any more", **told)
                    yield Breach(self.name, message, activities=(activity.key,), monday=placement.span.week)
            for placement in placed:
                if placement not in held:
                    told = {"name": name_of(programme, activity), "when": when_of(activity, placement.span)}
                    message = say("{name} {when} lies in the past and was not held", **told)
                    yield Breach(self.name, message, activities=(activity.key,), monday=placement.span.week)
