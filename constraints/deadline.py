from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from calendars.faults import fault_error, with_nearest
from calendars.programme import Activity, Programme
from calendars.programme_file import Names
from calendars.timetable import Timetable
from calendars.wording import Message, say
from constraints.days_off import DaysOff
from constraints.order import Order
from constraints.rule import Breach, Forbids, Model, Rule


class Deadline(Rule):
    """A milestone falls on a working day of its group, so many days before or after another event.

    It lies before all of `before` and after all of `after`; the gaps hold on either side. Where they differ, the law is
    declared once for each side. Self-paced work takes its weeks whole, as in `order`.

    Formula: the milestone's day is no rest day; `order` from `after` to the milestone, and from it to `before`, with
    `least_days` ≤ day of the later - last day of the earlier ≤ `greatest_days`.
    Boundary: exactly so many days are allowed; a milestone takes its whole day, so that 1 is the next day.
    Source: master IPM (Lille), thesis, then permission, then defence; custom of universities, the timetable of exams
    15 days before them, the second session of exams 15 days after the results of the first.

    Example:
        [[laws.deadline]]
        milestone = "depot"
        before = "memoire.soutenances"
        least_days = 15
    """

    name: ClassVar[str] = "deadline"
    bend: ClassVar[int | None] = 2

    milestone: Annotated[str, Field(description="key of the milestone")]
    before: Annotated[Names | None, Field(description="modules, parts, blocks … that come after it")] = None
    after: Annotated[Names | None, Field(description="modules, parts, blocks … that come before it")] = None
    least_days: Annotated[int, Field(ge=1, le=3660, description="least days between them; 1 is the next day")] = 1
    greatest_days: Annotated[int | None, Field(ge=1, le=3660, description="most days between them")] = None

    @model_validator(mode="after")
    def _sides(self) -> Self:
        if self.before is None and self.after is None:
            raise fault_error(say("nothing is said to come before or after the milestone; add before or after"))
        if self.greatest_days is not None and self.greatest_days < self.least_days:
            raise fault_error(say("greatest_days is below least_days; raise it"))
        return self

    def faults(self, programme: Programme) -> Iterator[Message]:
        """Unknown names, what is no milestone, or a milestone before or after itself."""
        yield from dict.fromkeys(fault for order in self._orders() for fault in order.faults(programme))
        milestones = [block.key for block in programme.blocks.values() if block.kind == "milestone"]
        if self.milestone in programme.names and self.milestone not in milestones:
            yield with_nearest(say("{name} is no milestone", name=self.milestone), self.milestone, milestones)

    def forbids(self, programme: Programme, activity: Activity) -> Forbids | None:
        """Strikes the rest days of the milestone's group."""
        return DaysOff().forbids(programme, activity) if activity.key == self.milestone else None

    def post(self, programme: Programme, model: Model) -> None:
        """Posts what `order` posts on either side."""
        for order in self._orders():
            order.post(programme, model)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Looks at the day, then asks `order` on either side."""
        milestone = programme.blocks[self.milestone]
        for placement in timetable.of(self.milestone):
            if programme.is_rest(milestone.group, placement.span.day):
                reason = DaysOff().reason(programme, milestone, placement.span)
                yield Breach(self.name, reason, activities=(self.milestone,), monday=placement.span.week)
        for order in self._orders():
            for breach in order.check(programme, timetable):
                yield replace(breach, rule=self.name)

    def _orders(self) -> Iterator[Order]:
        if self.after is not None:
            yield self._order(self.after, (self.milestone,))
        if self.before is not None:
            yield self._order((self.milestone,), self.before)

    def _order(self, first: Names, then: Names) -> Order:
        return Order(first=first, then=then, least_days=self.least_days, greatest_days=self.greatest_days)
