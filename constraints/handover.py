from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from calendars.clock import Dates, dates_of
from calendars.faults import fault_error, with_nearest
from calendars.naming import name_of, when_of
from calendars.programme import Activity, Programme
from calendars.programme_file import Names
from calendars.timetable import Timetable
from calendars.wording import Message, say
from constraints.order import Order
from constraints.rule import Breach, Forbids, Model, Rule, Variable


class Handover(Rule):
    """A new cohort's integration has a session that presents the defences of the cohort that finished last.

    The session lies inside the block of the integration, wherever that stands, and on a later day than the last of the
    defences. Defences that the new cohort watches live may lie inside the block as well: the session comes after them,
    be it on the same day.

    Formula: for each start of the session, x ≤ Σ first days of the block whose days hold it; day of the start >
    `defences`; `order` from `after` to the session with 1 day at least, and from `watched_live` with none.
    Boundary: the first and the last day of the block are inside; the day after the last defence is allowed, and so is
    the very end of one that is watched live. Source: master IPM at a distance (Lille).

    Example:
        [laws.handover]
        session = "scenario.accueil"
        block = "integration"
        defences = 2026-09-04
    """

    name: ClassVar[str] = "handover"
    bend: ClassVar[int | None] = 2

    session: Annotated[str, Field(description="part that presents the defences: module.part")]
    block: Annotated[str, Field(description="block of the new cohort's integration")]
    defences: Annotated[date | None, Field(description="day of the last defence, from that cohort's calendar")] = None
    after: Annotated[Names | None, Field(description="parts of defences in this file")] = None
    watched_live: Annotated[Names | None, Field(description="parts of defences that the new cohort watches")] = None

    @model_validator(mode="after")
    def _defences(self) -> Self:
        if self.defences is None and self.after is None and self.watched_live is None:
            raise fault_error(say("no defences are named; add defences, after or watched_live"))
        return self

    def faults(self, programme: Programme) -> Iterator[Message]:
        """Unknown names, and parts that are no defences."""
        if self.session not in programme.parts:
            fault = say("there is no part {name} with live sessions", name=self.session)
            yield with_nearest(fault, self.session, tuple(programme.parts))
        if self.block not in programme.blocks:
            yield with_nearest(say("there is no block {name}", name=self.block), self.block, tuple(programme.blocks))
        defences = self._other_defences(programme)
        for name in dict.fromkeys((*(self.after or ()), *(self.watched_live or ()))):
            if name not in defences:
                yield with_nearest(say("there is no other part {name} of defences", name=name), name, defences)

    def _other_defences(self, programme: Programme) -> list[str]:
        """The parts of defences, and those of the file that stand for several, but the session's own."""
        parts = [part for part in programme.parts.values() if part.kind == "defence"]
        own = {key for part in parts if part.key == self.session for key in (part.key, part.series)}
        names = dict.fromkeys(key for part in parts for key in (part.key, part.series))
        return [key for key in names if key not in own]

    def forbids(self, programme: Programme, activity: Activity) -> Forbids | None:
        """Strikes the session up to the day of the last defence."""
        last = self.defences
        return (lambda span: span.day <= last) if last is not None and activity.key == self.session else None

    def post(self, programme: Programme, model: Model) -> None:
        """Ties the session to the first days of the block, and orders it after the defences."""
        starts = model.choices(self.block)
        around: dict[Dates, list[Variable]] = {}
        for span, variable in model.choices(self.session).items():
            days = dates_of(span)
            if days not in around:
                around[days] = [start for run, start in starts.items() if run.contains(span)]
            model.at_most(0, [(1, variable), *((-1, start) for start in around[days])])
        for order in self._orders():
            order.post(programme, model)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Compares each session with the block as it stands, and with the defences."""
        part, block = programme.parts[self.session], programme.blocks[self.block]
        runs = [placement.span for placement in timetable.of(self.block)]
        for placement in timetable.of(self.session):
            told = {"name": name_of(programme, part), "when": when_of(part, placement.span)}
            week = placement.span.week
            if not any(run.contains(placement.span) for run in runs):
                outside = say("{name} stands {when}, outside {blocks}", blocks=name_of(programme, block), **told)
                yield Breach(self.name, outside, activities=(self.block, self.session), monday=week)
            if self.defences is not None and placement.span.day <= self.defences:
                early = say("{name} stands {when}, but the last defence is on {day}", day=self.defences, **told)
                yield Breach(self.name, early, activities=(self.session,), monday=week)
        for order in self._orders():
            for breach in order.check(programme, timetable):
                yield replace(breach, rule=self.name)

    def _orders(self) -> Iterator[Order]:
        if self.after is not None:
            yield Order(first=self.after, then=(self.session,), least_days=1)
        if self.watched_live is not None:
            yield Order(first=self.watched_live, then=(self.session,))
