from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import ClassVar

from pydantic import Field

from calendars.clock import monday_of
from calendars.loads import Workload, titles_of, unknown_names, workloads
from calendars.programme import Part, Programme, Work
from calendars.timetable import Timetable, in_week
from calendars.wording import Message, say_count
from constraints.rule import Breach, Model, Preference, Variable


class EarlyFinish(Preference):
    """The live sessions of a group end early in the programme.

    Each enrolment that contains the group is looked at as a whole; enrolments with the same sessions count once.
    A module that has to stand at the end, such as the defences of June, is best left out, since nothing ends before it.

    Formula: for each enrolment Σ late(week) over the weeks after the programme's first, where late(week) is 1 if a
    session stands in that week or later. Unit: weeks. Boundary: the first week costs nothing, weeks without a session
    cost as much as others; a session counts in the week in which it starts. Source: custom; the makespan of scheduling.

    Example:
        [preferences.early_finish]
        group = "promotion"
    """

    name: ClassVar[str] = "early_finish"

    group: str = Field(description="group whose sessions should end early, in every enrolment that contains it")
    modules_left_out: tuple[str, ...] = Field((), description="modules that do not count")

    def faults(self, programme: Programme) -> Iterator[Message]:
        """An unknown group, or unknown modules."""
        yield from unknown_names(programme, self.group, self.modules_left_out)

    def post(self, programme: Programme, model: Model) -> None:
        """Charges a literal for each week with candidates and the weeks before it without; the tie makes the bound."""
        for load in self._loads(programme):
            weeks, least = _by_week(programme, model, load), _least(programme, model, load)
            later: list[Variable] = []
            for before, week in reversed([*pairwise([0, *sorted(weeks)])]):
                late = model.any_of(f"{self.group} in week {week} or later", [*later, *weeks[week]])
                model.charge([(week - before, late)])
                if week == least:
                    model.links(-1, [(-1, late)])
                later = [late]

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Finds the last session of each enrolment."""
        for load in self._loads(programme):
            last = max((each.span.week for part in load.activities for each in timetable.of(part.key)), default=None)
            if last is not None and _weeks_after_first(programme, last) > 0:
                message = say_count(
                    "the live sessions of {groups} end {count} week after the first one, in the week of {monday}",
                    "the live sessions of {groups} end {count} weeks after the first one, in the week of {monday}",
                    _weeks_after_first(programme, last),
                    groups=titles_of(programme, {self.group, *(part.group for part in load.activities)}),
                    monday=last,
                )
                found = in_week(timetable, load.activities, last)
                weeks = _weeks_after_first(programme, last)
                yield Breach(self.name, message, weeks, activities=found, monday=last)

    def _loads(self, programme: Programme) -> tuple[Workload, ...]:
        return workloads(programme, self._counts, self.group)

    def _counts(self, activity: Part | Work) -> bool:
        return isinstance(activity, Part) and activity.module not in self.modules_left_out


def _weeks_after_first(programme: Programme, monday: date) -> int:
    """How many weeks after the programme's first one a week is."""
    return (monday - monday_of(programme.dates.first)).days // 7


def _by_week(programme: Programme, model: Model, load: Workload) -> dict[int, list[Variable]]:
    found: dict[int, list[Variable]] = defaultdict(list)
    for part in load.activities:
        for span, variable in model.choices(part.key).items():
            week = _weeks_after_first(programme, span.week)
            if week > 0:
                found[week].append(variable)
    return found


def _least(programme: Programme, model: Model, load: Workload) -> int:
    """The week before which the last session cannot stand, since each part takes as many candidates as it needs."""
    parts = [part for part in load.activities if isinstance(part, Part)]
    choices = [(list(model.choices(part.key)), part.fewest) for part in parts]
    spans = [spans[min(count, len(spans)) - 1] for spans, count in choices if spans]
    return max((_weeks_after_first(programme, span.week) for span in spans), default=0)
