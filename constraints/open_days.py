from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from pydantic import Field

from calendars.clashes import placed
from calendars.clock import dates_of
from calendars.faults import with_nearest
from calendars.naming import name_of_groups
from calendars.programme import Block, Part, Programme
from calendars.timetable import Timetable, in_week
from calendars.wording import Message, say
from constraints.rule import BendingLaw, Breach, Model, Variable
from constraints.whole_week import takes_whole_week


class OpenDays(BendingLaw):
    """A group has live sessions on at most so many days a week, but in the weeks of its intensive weeks and seminars.

    Live sessions and blocks of every group that shares a person with it count like its own.

    Formula: for each week, Σ open(day) <= days + (7 - days) · Σ Y, over the blocks Y with a day in that week.
    Unit: days. Boundary: exactly that many days are allowed. Source: master IFUNO (Le Mans), 2 to 3 days a week.

    Example:
        [laws.open_days]
        group = "promotion"
        days_per_week = 3
    """

    name: ClassVar[str] = "open_days"

    group: str = Field(description="key of the group")
    days_per_week: int = Field(ge=1, le=7, description="most days with live sessions in a week")

    def faults(self, programme: Programme) -> Iterator[Message]:
        """An unknown group."""
        if self.group not in programme.groups:
            fault = say("the programme has no group {name}", name=self.group)
            yield with_nearest(fault, self.group, tuple(programme.groups))

    def post(self, programme: Programme, model: Model) -> None:
        """One bound for each week that has enough days to break it."""
        days: dict[date, set[date]] = defaultdict(set)
        for part in self._parts(programme):
            for span in model.choices(part.key):
                days[span.week].add(span.day)
        blocks: dict[date, list[Variable]] = defaultdict(list)
        for block in self._blocks(programme):
            for span, variable in model.choices(block.key).items():
                for monday in dates_of(span).weeks():
                    blocks[monday].append(variable)
        for monday in sorted(days):
            if len(days[monday]) > self.days_per_week:
                opened = [(1, model.open_day(self.group, day)) for day in sorted(days[monday])]
                taken = [(self.days_per_week - 7, block) for block in blocks[monday]]
                model.at_most(self.days_per_week, [*opened, *taken])

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Counts the days of each week, and passes over the weeks of blocks."""
        taken = {
            monday
            for block in self._blocks(programme)
            for placement in timetable.of(block.key)
            for monday in dates_of(placement.span).weeks()
        }
        opened: dict[date, set[date]] = defaultdict(set)
        for _, span in placed(self._parts(programme), timetable):
            opened[span.week].add(span.day)
        for monday, days in sorted(opened.items()):
            if len(days) > self.days_per_week and monday not in taken:
                words = self._too_many(programme, monday, len(days))
                found = in_week(timetable, self._parts(programme), monday)
                yield Breach(self.name, words, len(days) - self.days_per_week, activities=found, monday=monday)

    def _parts(self, programme: Programme) -> list[Part]:
        return [part for part in programme.parts.values() if programme.share_a_person(self.group, part.group)]

    def _blocks(self, programme: Programme) -> list[Block]:
        return [
            block
            for block in programme.blocks.values()
            if takes_whole_week(block) and programme.share_a_person(self.group, block.group)
        ]

    def _too_many(self, programme: Programme, monday: date, planned: int) -> Message:
        return say(
            "{concerned} has live sessions on {planned} days in the week of {monday}; at most {most} are allowed",
            concerned=name_of_groups(programme, {self.group}),
            planned=planned,
            monday=monday,
            most=self.days_per_week,
        )
