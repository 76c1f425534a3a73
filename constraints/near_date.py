from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from calendars.naming import name_of, when_of
from calendars.programme import Block, Part, Programme
from calendars.timetable import Timetable
from calendars.wording import say_count
from constraints.rule import Breach, Model, Preference


class NearDate(Preference):
    """A block, a milestone or a session that should be near a date starts as few days from it as it can.

    Formula: Σ |first day - near| · x over the candidates x of all activities with `near`; each session of a part pays.
    Unit: days. Boundary: the day itself costs nothing, a day before costs as much as a day after. Source: custom.

    Example:
        [preferences.near_date]
        level = 1
        weight = 2
    """

    name: ClassVar[str] = "near_date"

    def post(self, programme: Programme, model: Model) -> None:
        """Charges each candidate its days from the date."""
        for activity, near in _targets(programme):
            choices = model.choices(activity.key)
            model.charge((_days(span.day, near), variable) for span, variable in choices.items() if span.day != near)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Measures each placement that does not start on its date."""
        for activity, near in _targets(programme):
            for placement in timetable.of(activity.key):
                days = _days(placement.span.day, near)
                if days > 0:
                    message = say_count(
                        "{name} stands {when}, {count} day from {near}",
                        "{name} stands {when}, {count} days from {near}",
                        days,
                        name=name_of(programme, activity),
                        when=when_of(activity, placement.span),
                        near=near,
                    )
                    yield Breach(self.name, message, days, activities=(activity.key,), monday=placement.span.week)


def _targets(programme: Programme) -> Iterator[tuple[Block | Part, date]]:
    """What should be near a date, with that date."""
    for activity in programme.activities.values():
        if isinstance(activity, Block | Part) and activity.near is not None:
            yield activity, activity.near


def _days(day: date, near: date) -> int:
    return abs((day - near).days)
