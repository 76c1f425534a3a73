from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import ClassVar

from pydantic import Field

from calendars.enrolments import Group
from calendars.faults import with_nearest
from calendars.loads import teaching_weeks
from calendars.naming import name_of_groups
from calendars.programme import Programme
from calendars.timetable import Timetable
from calendars.wording import Message, say, say_count
from constraints.rule import BendingLaw, Breach, Model, Variable


class SmallGroups(BendingLaw):
    """Each of the small groups into which a group is divided has a live session of its own every so many weeks.

    The groups are those that `[groups.team]` with `of` makes; that none has more than so many members, and that each
    has its own sessions, is the form of the programme. A teaching week of a small group has a working day on which one
    of its own live parts may lie; other weeks do not count, neither for a session nor as weeks between two.

    Formula: for each small group and each run of `every_weeks` teaching weeks, Σ met(week) ≥ 1. Unit: weeks too many,
    between two sessions, before the first or after the last. Boundary: a session in one week and the next one exactly
    `every_weeks` later are allowed. Source: IPM at a distance, groups of 3 with their tutor.

    Example:
        [laws.small_groups]
        group = "equipe"
        every_weeks = 3
    """

    name: ClassVar[str] = "small_groups"

    group: str = Field(description="key of the small groups, those of the table with `of`")
    every_weeks: int = Field(ge=1, le=60, description="a session in each run of so many teaching weeks")

    def faults(self, programme: Programme) -> Iterator[Message]:
        """A key of no small groups."""
        known = dict.fromkeys(group.division for group in programme.groups.values() if group.division is not None)
        if self.group not in known:
            fault = say("no small groups are called {name}", name=self.group)
            yield with_nearest(fault, self.group, tuple(known))

    def post(self, programme: Programme, model: Model) -> None:
        """One bound for each run of weeks."""
        for group in self._groups(programme):
            sessions: dict[date, list[Variable]] = defaultdict(list)
            for part in programme.live_parts({group.key}):
                for span, variable in model.choices(part.key).items():
                    sessions[span.week].append(variable)
            weeks = teaching_weeks(programme, {group.key})
            met = {
                monday: model.any_of(f"{group.key} meets in the week of {monday}", sessions[monday])
                for monday in weeks
                if monday in sessions
            }
            for n in range(len(weeks) - self.every_weeks + 1):
                model.at_least(1, [(1, met[monday]) for monday in weeks[n : n + self.every_weeks] if monday in met])

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Walks along the teaching weeks of each small group."""
        for group in self._groups(programme):
            parts = programme.live_parts({group.key})
            met = {each.span.week for part in parts for each in timetable.of(part.key)}
            for is_met, stretch in groupby(teaching_weeks(programme, {group.key}), met.__contains__):
                weeks = list(stretch)
                if not is_met and len(weeks) >= self.every_weeks:
                    yield Breach(
                        self.name,
                        self._too_long(programme, group, weeks),
                        len(weeks) - self.every_weeks + 1,
                        activities=tuple(part.key for part in parts),
                        monday=weeks[0],
                    )

    def _groups(self, programme: Programme) -> list[Group]:
        return [group for group in programme.groups.values() if group.division == self.group]

    def _too_long(self, programme: Programme, group: Group, weeks: Sequence[date]) -> Message:
        return say_count(
            "{concerned} has no session of its own in {count} teaching week, from that of {first} to that of {last}; "
            "one is needed every {every}",
            "{concerned} has no session of its own in {count} teaching weeks, from that of {first} to that of {last}; "
            "one is needed every {every}",
            len(weeks),
            concerned=name_of_groups(programme, {group.key}),
            first=weeks[0],
            last=weeks[-1],
            every=say_count("{count} week", "{count} weeks", self.every_weeks),
        )
