from collections.abc import Iterator, Sequence
from typing import ClassVar, Self

from pydantic import Field, model_validator

from calendars.clashes import Session, placed
from calendars.clock import Span
from calendars.faults import fault_error, with_nearest
from calendars.naming import name_of_trainer
from calendars.programme import Part, Programme
from calendars.programme_file import Names
from calendars.timetable import Timetable
from calendars.wording import Message, say, say_count
from constraints.duties import Duty
from constraints.full_days import any_of_day, by_day, tie_days
from constraints.members import defences, given, members, named, unknown
from constraints.rule import BendingLaw, Breach, Model, keys_in_order


class Jury(BendingLaw):
    """Defences are held on few days, and each member of their juries has theirs on few of them.

    Each limit holds by itself. Whoever sits in a defence that the programme does not name them for, as a substitute, is
    not asked.

    Formula: for each member Σ sits(day) ≤ days_per_member, and Σ held(day) ≤ days, where a day counts if one of the
    defences named starts on it, for sits(day) one of those that the member is at. Unit: days above. Boundary: exactly
    so many days are allowed. Source: master IFUNO (Le Mans), days of defences in June and in September; custom, the
    members of juries who come from elsewhere.

    Example:
        [laws.jury]
        defences = "memoire"
        days_per_member = 2
        days = 3
    """

    name: ClassVar[str] = "jury"
    bend: ClassVar[int | None] = 2
    asks: ClassVar[bool] = False

    defences: Names | None = Field(None, description="modules or parts of defences; every one if left out")
    days_per_member: int | None = Field(None, ge=1, description="most days with a defence for each member of a jury")
    days: int | None = Field(None, ge=1, description="most days on which defences are held")

    @model_validator(mode="after")
    def _some_limit(self) -> Self:
        if self.days_per_member is None and self.days is None:
            raise fault_error(say("no limit is given; add days_per_member or days"))
        return self

    def faults(self, programme: Programme) -> Iterator[Message]:
        """Unknown defences."""
        for name, known in unknown(defences(programme), self.defences):
            yield with_nearest(say("there are no defences {name}", name=name), name, known)

    def post(self, programme: Programme, model: Model) -> None:
        """A sum for each member who could come on too many days, and one for all defences."""
        parts = self._parts(programme)
        for trainer, duties in members(programme, parts).items():
            _few(model, self.days_per_member, trainer, duties)
        _few(model, self.days, "defences", [Duty(part.key) for part in parts])

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Counts the days of each member, then those of all defences."""
        parts = self._parts(programme)
        for trainer in members(programme, parts):
            who = name_of_trainer(programme, trainer)
            sessions = given(parts, timetable, trainer)
            for days, most in _too_many(sessions, self.days_per_member):
                message = say_count(
                    "{trainer} has defences on {days} days; at most {count} is allowed",
                    "{trainer} has defences on {days} days; at most {count} are allowed",
                    most,
                    trainer=who,
                    days=days,
                )
                yield self._breach(programme, message, days - most, sessions, trainers=(trainer,))
        every = placed(parts, timetable)
        for days, most in _too_many(every, self.days):
            message = say_count(
                "defences are held on {days} days; at most {count} is allowed",
                "defences are held on {days} days; at most {count} are allowed",
                most,
                days=days,
            )
            yield self._breach(programme, message, days - most, every)

    def _parts(self, programme: Programme) -> list[Part]:
        return named(defences(programme), self.defences)

    def _breach(
        self,
        programme: Programme,
        message: Message,
        excess: int,
        sessions: Sequence[tuple[Session, Span]],
        trainers: tuple[str, ...] = (),
    ) -> Breach:
        activities = keys_in_order(programme, [session.part.key for session, _ in sessions])
        return Breach(self.name, message, excess, activities=activities, trainers=trainers)


def _few(model: Model, most: int | None, who: str, duties: Sequence[Duty]) -> None:
    """Posts that somebody comes on so many days at most, if there are more."""
    days = by_day(model, duties)
    if most is not None and len(days) > most:
        literals = [any_of_day(model, who, sessions) for sessions in days]
        model.at_most(most, [(1, literal) for literal in literals])
        tie_days(model, days, literals)


def _too_many(sessions: Sequence[tuple[Session, Span]], most: int | None) -> Iterator[tuple[int, int]]:
    """The number of days of some sessions and the limit, where it is above the limit."""
    days = len({span.day for _, span in sessions})
    if most is not None and days > most:
        yield days, most
