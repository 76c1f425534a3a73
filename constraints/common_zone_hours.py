from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from calendars.clock import DAY, Span
from calendars.naming import name_of, when_of
from calendars.programme import Part, Programme
from calendars.programme_file import Hours, at
from calendars.timetable import Timetable
from calendars.wording import say
from constraints.rule import Breach, Model, Preference


class CommonZoneHours(Preference):
    """Live sessions lie at hours that suit people far away, on the clock of each time zone of their group.

    Formula: Σ outside(x) · x over the candidates x of all parts, where outside(x) is the number of time zones of the
    group in which a minute of x lies outside `hours` of the local day on which it starts. Unit: sessions of a zone.
    Boundary: a session that starts or ends with the hours lies in them; one that goes past local midnight is outside.
    Source: IPM at a distance, students all over the world.

    Example:
        [preferences.common_zone_hours]
        hours = "09:00-18:00"
    """

    name: ClassVar[str] = "common_zone_hours"

    hours: Hours = Field(description="hours of the day that suit people, on their own clock")

    def post(self, programme: Programme, model: Model) -> None:
        """Charges each candidate the zones in which it lies outside the hours."""
        for part in programme.parts.values():
            zones = ((len(self._outside(programme, part, span)), x) for span, x in model.choices(part.key).items())
            model.charge((count, variable) for count, variable in zones if count)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Reads each session on the clock of each zone."""
        for part in programme.parts.values():
            for placement in timetable.of(part.key):
                zones = self._outside(programme, part, placement.span)
                if zones:
                    first, last = self.hours
                    message = say(
                        "{name} stands {when}, outside the hours from {first} to {last} in {zones}",
                        name=name_of(programme, part),
                        when=when_of(part, placement.span),
                        first=at(first),
                        last=at(last),
                        zones=zones,
                    )
                    week = placement.span.week
                    yield Breach(self.name, message, len(zones), activities=(part.key,), monday=week)

    def _outside(self, programme: Programme, part: Part, span: Span) -> tuple[str, ...]:
        """The time zones of a part's group in which a span does not lie in the hours."""
        zones, local_spans = programme.groups[part.group].time_zones, programme.local_spans(part.group, span)
        return tuple(zone for zone, local in zip(zones, local_spans, strict=True) if not self._suits(local))

    def _suits(self, local: Span) -> bool:
        first, last = self.hours
        return first <= local.start % DAY and local.start % DAY + local.minutes <= last
