from collections.abc import Iterator
from typing import ClassVar

from calendars.clock import Span
from calendars.naming import name_of, when_of
from calendars.programme import Programme
from calendars.timetable import Timetable
from calendars.wording import say
from constraints.rule import Breach, Model, Origin, Rule


class Pinned(Rule):
    """A session, a block or a milestone stands at the slot that somebody asks for.

    Of several sessions of a part any one will do, since they differ in nothing but their dates.

    Formula: x = 1 for the candidate asked for. Boundary: what begins there but ends at another time is not there.
    Source: custom; with it a calendar is looked for, or proved impossible, where a slot is asked about.
    """

    name: ClassVar[str] = "pinned"
    origin: ClassVar[Origin] = "asked"
    bend: ClassVar[int | None] = None
    makes_up: ClassVar[bool] = True

    activity: str
    span: Span

    def post(self, programme: Programme, model: Model) -> None:
        """Asks for the one unknown, which may be missing."""
        there = model.choices(self.activity).get(self.span)
        model.at_least(1, [] if there is None else [(1, there)])

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Looks for a placement there."""
        if all(placement.span != self.span for placement in timetable.of(self.activity)):
            activity = programme.activities[self.activity]
            told = {"name": name_of(programme, activity), "when": when_of(activity, self.span)}
            message = say("{name} does not stand {when}, although that is asked for", **told)
            about = (self.activity,)
            yield Breach(self.name, message, lacks=True, activities=about, monday=self.span.week)
