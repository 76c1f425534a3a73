from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from calendars.clashes import widest
from calendars.programme import Activity, Programme
from calendars.programme_file import Names
from calendars.timetable import Placement, Timetable
from calendars.wording import Message, say
from constraints.deadline import Deadline
from constraints.rule import Breach, Forbids, Model, Rule, Term, keys_in_order


class DueDates(Rule):
    """What students hand in is due on a working day after what it assesses, and little of it in one week.

    A deliverable is a milestone of those who hand it in. No student has more than `per_week` of those named here in a
    week, Monday to Sunday, whatever groups they are, or may be, in.

    The law is kept or broken: a weight would put a price on work that is due before it is taught as well.

    Formula: `deadline` after what it assesses for each deliverable; for each enrolment and ISO week,
    Σ deliverables ≤ `per_week`.
    Boundary: the day after the last session, or the Monday after the last week of self-paced work, is allowed; so is
    exactly `per_week`. Source: charter of the master IPM (Lille); master IFUNO (Le Mans), assessed by contributions,
    without sat exams.

    Example:
        [laws.due_dates]
        assesses = { devoir = "scenario" }
        per_week = 2
    """

    name: ClassVar[str] = "due_dates"
    asks: ClassVar[bool] = False

    assesses: Annotated[
        dict[str, Names],
        Field(min_length=1, description="for each milestone, the modules or parts that it assesses"),
    ]
    per_week: Annotated[int, Field(ge=1, description="most of these milestones in a week for one student")]

    def faults(self, programme: Programme) -> Iterator[Message]:
        """Unknown names, and what is no milestone."""
        yield from dict.fromkeys(fault for one in self._deadlines() for fault in one.faults(programme))

    def forbids(self, programme: Programme, activity: Activity) -> Forbids | None:
        """Strikes the rest days of those who hand in."""
        found = (one.forbids(programme, activity) for one in self._deadlines())
        return next((forbids for forbids in found if forbids is not None), None)

    def post(self, programme: Programme, model: Model) -> None:
        """Posts what `deadline` posts, then one sum for each week in which a student could have too many."""
        for deadline in self._deadlines():
            deadline.post(programme, model)
        for deliverables in self._of_one_student(programme):
            weeks: dict[date, list[Term]] = defaultdict(list)
            reach: Counter[date] = Counter()
            for key in deliverables:
                choices = model.choices(key)
                reach.update({span.week for span in choices})
                for span, variable in choices.items():
                    weeks[span.week].append((1, variable))
            for monday, terms in weeks.items():
                if reach[monday] > self.per_week:
                    model.at_most(self.per_week, terms)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Asks `deadline`, then counts the weeks of each student; what several have in common is told once."""
        for deadline in self._deadlines():
            for breach in deadline.check(programme, timetable):
                yield replace(breach, rule=self.name)
        found: dict[Message, Breach] = {}
        for deliverables in self._of_one_student(programme):
            weeks: dict[date, list[Placement]] = defaultdict(list)
            for placement in timetable.placements:
                if placement.activity in deliverables:
                    weeks[placement.span.week].append(placement)
            for monday, due in weeks.items():
                if len(due) > self.per_week:
                    message = self._too_many(programme, monday, due)
                    activities = keys_in_order(programme, [each.activity for each in due])
                    found.setdefault(message, Breach(self.name, message, activities=activities, monday=monday))
        yield from found.values()

    def _deadlines(self) -> Iterator[Deadline]:
        return (Deadline(milestone=milestone, after=assessed) for milestone, assessed in self.assesses.items())

    def _of_one_student(self, programme: Programme) -> list[tuple[str, ...]]:
        """Each largest set of deliverables that one student has, or may have."""
        return widest(
            tuple(key for key in self.assesses if programme.blocks[key].group in enrolment)
            for enrolment in programme.enrolments
        )

    def _too_many(self, programme: Programme, monday: date, due: list[Placement]) -> Message:
        return say(
            "{planned} deliverables of one student are due in the week of {monday}: {titles}; "
            "at most {most} are allowed",
            planned=len(due),
            monday=monday,
            titles=tuple(say("“{title}”", title=programme.blocks[each.activity].title) for each in due),
            most=self.per_week,
        )
