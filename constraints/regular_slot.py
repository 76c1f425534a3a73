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
                slots[_slot(span)].append(variable)
            if not slots:
                continue
            used = [(_literal(model, part, slot, variables), len(variables)) for slot, variables in slots.items()]
            model.links(-part.count, [(-min(part.count, size), literal) for literal, size in used])
            model.charge([(1, literal) for literal, _ in used], -1)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Counts the weekly slots of each part."""
        for part in _parts(programme):
            first: dict[Slot, Span] = {}
            for placement in timetable.of(part.key):
                first.setdefault(_slot(placement.span), placement.span)
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


def _slot(span: Span) -> Slot:
    return span.day.weekday(), span.start % DAY


def _literal(model: Model, part: Part, slot: Slot, variables: list[Variable]) -> Variable:
    """1 if a session of the part starts in the slot, else 0."""
    weekday, minute = slot
    return model.any_of(f"{part.key} in slot {WEEKDAYS[weekday]} {at(minute):%H:%M}", variables)
