from typing import ClassVar

from calendars.clock import Span
from calendars.naming import name_of, when_of
from calendars.programme import Activity, Programme
from calendars.timetable import Placement
from calendars.wording import Message, say
from constraints.rule import Forbids, Origin, StrikingLaw


class Barred(StrikingLaw):
    """What had to leave its time, or was called off, does not come back to it.

    No session of the same part, and no block of the same name, overlaps a time that was barred for it in the course of
    the year.

    Formula: x = 0 for each candidate x that shares a minute with the time. Boundary: what ends exactly where the time
    begins, or begins exactly where it ends, is lawful. Source: custom.
    """

    name: ClassVar[str] = "barred"
    origin: ClassVar[Origin] = "previous"
    bend: ClassVar[int | None] = None
    asks: ClassVar[bool] = False

    slots: tuple[Placement, ...]

    def forbids(self, programme: Programme, activity: Activity) -> Forbids | None:
        """Strikes what overlaps a time that is barred."""
        barred = [slot.span for slot in self.slots if slot.activity == activity.key]
        return (lambda span: any(span.overlaps(one) for one in barred)) if barred else None

    def reason(self, programme: Programme, activity: Activity, span: Span) -> Message:
        """Names the time."""
        told = {"name": name_of(programme, activity), "when": when_of(activity, span)}
        return say("{name} stands {when}, which it had to leave", **told)
