from collections import defaultdict
from collections.abc import Iterator
from typing import ClassVar

from calendars.clock import DAY, Span, moment_of
from calendars.naming import name_of
from calendars.programme import Part, Programme
from calendars.programme_file import WEEKDAYS, at
from calendars.timetable import Timetable
from calendars.wording import say
from constraints.rule import Breach, Model, Preference, Variable

Slot = tuple[int, int]
"""A weekday, Monday 0, and the minute of the day at which a session starts."""


class RegularSlot(Preference):
    """The live sessions of a part keep their weekday and hour.

    Parts of one session, parts that lie in blocks, exams and defences are left out.

    Formula: for each part, Σ u(slot) - 1, where u(slot) is 1 if a session starts in that weekly slot.
    Unit: slots beyond the first. Boundary: one slot for all sessions costs nothing. Source: custom.

    Example:
        [preferences.regular_slot]
        level = 2
    """

    name: ClassVar[str] = "regular_slot"

    def post(self, programme: Programme, model: Model) -> None:
        """Charges a literal for each weekly slot; the last tie only makes the bound on their number."""
        for part in _parts(programme):
            slots: dict[Slot, list[Variable]] = defaultdict(list)
            for span, variable in model.choices(part.key).items():
                slots[slot_of(span)].append(variable)
            if not slots:
                continue
            used = [(model.any_of(name_in_slot(part.key, slot), some), len(some)) for slot, some in slots.items()]
            model.links(-part.fewest, [(-min(part.count, size), literal) for literal, size in used])
            model.charge([(1, literal) for literal, _ in used], -1)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Counts the weekly slots of each part."""
        for part in _parts(programme):
            first: dict[Slot, Span] = {}
            for placement in timetable.of(part.key):
                first.setdefault(slot_of(placement.span), placement.span)
            if len(first) > 1:
                message = say(
                    "{name} has {slots} weekly slots instead of one, first used on {moments}",
                    name=name_of(programme, part),
                    slots=len(first),
                    moments=[moment_of(span.start) for span in first.values()],
                )
                yield Breach(self.name, message, len(first) - 1, activities=(part.key,))


def _parts(programme: Programme) -> list[Part]:
    return [
        part
        for part in programme.parts.values()
        if part.count > 1 and not part.blocks and part.kind not in ("exam", "defence")
    ]


def slot_of(span: Span) -> Slot:
    """The weekly slot in which a session starts."""
    return span.day.weekday(), span.start % DAY


def name_in_slot(key: str, slot: Slot) -> str:
    """For those who read the model: that something stands in a weekly slot."""
    weekday, minute = slot
    return f"{key} in slot {WEEKDAYS[weekday]} {at(minute):%H:%M}"
