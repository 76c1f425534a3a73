from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Literal

from pydantic import Field

from calendars.clashes import Session, placed
from calendars.clock import Span
from calendars.loads import Workload, workloads
from calendars.naming import name_of_groups, name_of_trainer
from calendars.programme import Part, Programme, matches
from calendars.programme_file import When
from calendars.timetable import Timetable
from calendars.wording import Message, say_count
from constraints.rule import Breach, Model, Preference, Variable, keys_in_order


class FairShares(Preference):
    """Times that nobody likes are shared out: a trainer, or an enrolment, has at most a share of the sessions there.

    A session is unloved if any minute of it lies in one of the patterns, on the programme's own clock. Enrolments with
    the same sessions count once. Whoever gives a session that the programme does not name them for, as a substitute,
    is not asked.

    Formula: for each trainer or enrolment, max(0, Σ x - share) over the unloved candidates x that they have.
    Unit: sessions. Boundary: exactly the share costs nothing. Source: custom.

    Example:
        [preferences.fair_shares]
        of = "trainers"
        unloved = [{ hours = "16:00-20:00" }, { weekday = "friday" }]
        share = 3
    """

    name: ClassVar[str] = "fair_shares"

    of: Literal["trainers", "groups"] = Field(description="who shares: each trainer, or each enrolment of the groups")
    unloved: tuple[When, ...] = Field(min_length=1, description="times that nobody likes: weekly or dated patterns")
    share: int = Field(ge=0, description="unloved sessions of a trainer or an enrolment that cost nothing")

    def post(self, programme: Programme, model: Model) -> None:
        """One bound for each trainer or enrolment."""
        for sessions in self._sessions(programme, model):
            unloved = [x for choices in sessions for span, x in choices.items() if self._is_unloved(span)]
            model.at_most(self.share, [(1, variable) for variable in unloved])

    def _sessions(self, programme: Programme, model: Model) -> Iterator[Sequence[Mapping[Span, Variable]]]:
        """What each trainer gives, or each enrolment has, part by part."""
        parts = programme.parts.values()
        if self.of == "trainers":
            for trainer in programme.trainers:
                yield [model.given_by(part.key, trainer) for part in parts if trainer in part.trainers]
        else:
            for load in _loads(programme):
                yield [model.choices(part.key) for part in load.activities]

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Counts the unloved sessions of each trainer or enrolment."""
        every = placed(programme.parts.values(), timetable)
        if self.of == "trainers":
            for trainer in programme.trainers:
                given = [each for each in every if trainer in each[0].trainers and trainer in each[0].part.trainers]
                yield from self._beyond(programme, given, name_of_trainer(programme, trainer), (trainer,))
        else:
            for load in _loads(programme):
                attended = [each for each in every if each[0].part in load.activities]
                groups = {part.group for part in load.activities}
                yield from self._beyond(programme, attended, name_of_groups(programme, groups), ())

    def _is_unloved(self, span: Span) -> bool:
        return any(matches(when, span) for when in self.unloved)

    def _beyond(
        self,
        programme: Programme,
        sessions: Sequence[tuple[Session, Span]],
        concerned: Message,
        trainers: tuple[str, ...],
    ) -> Iterator[Breach]:
        unloved = [session.part.key for session, span in sessions if self._is_unloved(span)]
        if len(unloved) > self.share:
            message = say_count(
                "{count} session at a time that nobody likes for {concerned}; the share is {share}",
                "{count} sessions at times that nobody likes for {concerned}; the share is {share}",
                len(unloved),
                concerned=concerned,
                share=self.share,
            )
            activities, excess = keys_in_order(programme, unloved), len(unloved) - self.share
            yield Breach(self.name, message, excess, activities=activities, trainers=trainers)


def _loads(programme: Programme) -> tuple[Workload, ...]:
    return workloads(programme, lambda activity: isinstance(activity, Part))
