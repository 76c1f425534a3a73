from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from pydantic import Field

from calendars.faults import with_nearest
from calendars.naming import name_of
from calendars.programme import Part, Programme
from calendars.programme_file import Names
from calendars.timetable import Timetable
from calendars.wording import Message, say, say_count
from constraints.members import named, unknown
from constraints.rule import Breach, Model, Preference, Variable


class TeachingDays(Preference):
    """The sessions of a part are spread over enough days.

    Each part is looked at by itself. Where parts need different numbers, the preference stands several times.

    Formula: for each part max(0, `days` - Σ taught(day)), where taught is 1 on a day on which a session of the part
    starts. Unit: days too few. Boundary: exactly `days` days cost nothing, nor do more; a part of fewer sessions than
    `days` always lacks some. Source: custom; minimum working days in the timetabling competitions (ITC 2007, track 3).

    Example:
        [preferences.teaching_days]
        parts = ["scenario.virtual-class", "memoire.tutorat"]
        days = 3
    """

    name: ClassVar[str] = "teaching_days"

    parts: Names | None = Field(None, description="modules or parts that are spread, each by itself; all if left out")
    days: int = Field(ge=1, le=366, description="least days with a session")

    def faults(self, programme: Programme) -> Iterator[Message]:
        """Names of no sessions."""
        for name, known in unknown(programme.parts.values(), self.parts):
            yield with_nearest(say("there are no sessions {name}", name=name), name, known)

    def post(self, programme: Programme, model: Model) -> None:
        """One bound for each part."""
        for part in named(programme.parts.values(), self.parts):
            model.at_least(self.days, [(1, taught) for taught in _taught(model, part)])

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Counts the days of each part."""
        for part in named(programme.parts.values(), self.parts):
            days = {placement.span.day for placement in timetable.of(part.key)}
            if len(days) < self.days:
                message = say_count(
                    "{name} is taught on {count} day instead of {least}",
                    "{name} is taught on {count} days instead of {least}",
                    len(days),
                    name=name_of(programme, part),
                    least=self.days,
                )
                yield Breach(self.name, message, self.days - len(days), lacks=True, activities=(part.key,))


def _taught(model: Model, part: Part) -> Iterator[Variable]:
    """A literal for each day on which the part could stand, 0 where it does not; where it does, 1 is the cheaper."""
    days: dict[date, list[Variable]] = defaultdict(list)
    for span, variable in model.choices(part.key).items():
        days[span.day].append(variable)
    for day, choices in days.items():
        taught = model.literal(f"{part.key} taught {day}")
        model.links(0, [(1, taught), *((-1, variable) for variable in choices)])
        yield taught
