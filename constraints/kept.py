from collections.abc import Iterator
from typing import ClassVar, NamedTuple

from calendars.calendar_file import Pin
from calendars.naming import name_of, when_of
from calendars.pins import reason_of
from calendars.programme import Activity, Part, Programme
from calendars.timetable import Placement, Timetable
from calendars.wording import Message, say
from constraints.rule import Breach, Model, Origin, Rule
from constraints.stays import ask_to_stay, lost


class Stay(NamedTuple):
    """A session or a block that is to stay where it stands, since it is pinned; without a pin it is published."""

    placement: Placement
    pin: Pin | None = None

    @property
    def reason(self) -> Message:
        """Why it is to stay."""
        return say("published") if self.pin is None else reason_of(self.pin)


class Kept(Rule):
    """What is pinned, or published and asked to stay, stands where it stands.

    A session keeps its time, and the trainers and the place that it has among those whom the search may choose. All
    other laws look at it as before: where they forbid that it stays, nothing is possible until it is set free.

    Formula: x = 1, g = 1 for each of these sessions and blocks x and its choices g. Boundary: one that begins there but
    ends at another time is not there. Source: custom.
    """

    name: ClassVar[str] = "kept"
    origin: ClassVar[Origin] = "previous"
    bend: ClassVar[int | None] = None
    makes_up: ClassVar[bool] = True

    kept: tuple[Stay, ...]

    def post(self, programme: Programme, model: Model) -> None:
        """Asks for the unknowns of each, which may be missing."""
        for activity, stay in self._known(programme):
            ask_to_stay(model, activity, stay.placement)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Looks for each where it stood, then for its trainers and its place."""
        for activity, stay in self._known(programme):
            before = stay.placement
            there = [placement for placement in timetable.of(activity.key) if placement.span == before.span]
            told = {
                "name": name_of(programme, activity),
                "when": when_of(activity, before.span),
                "reason": stay.reason,
            }
            if not there:
                message = say("{name} does not stand {when}, where it is {reason}", **told)
                yield Breach(self.name, message, lacks=True, activities=(activity.key,), monday=before.span.week)
            gone = lost(activity, before, there) if isinstance(activity, Part) else []
            if gone:
                yield Breach(
                    self.name,
                    say("{name} {when} has not the trainers or the place with which it is {reason}", **told),
                    len(gone),
                    lacks=True,
                    activities=(activity.key,),
                    monday=before.span.week,
                    trainers=tuple(key for key in before.trainers if key in gone),
                )

    def _known(self, programme: Programme) -> Iterator[tuple[Activity, Stay]]:
        for stay in self.kept:
            if stay.placement.activity in programme.activities:
                yield programme.activities[stay.placement.activity], stay
