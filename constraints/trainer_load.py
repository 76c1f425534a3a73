from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import ClassVar, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from calendars.clashes import Session, in_order, placed
from calendars.clock import Span, monday_of
from calendars.faults import fault_error, with_nearest
from calendars.naming import name_of_trainer
from calendars.programme import Part, Programme
from calendars.programme_file import Names
from calendars.timetable import Timetable
from calendars.wording import Message, say, say_count
from constraints.members import named, unknown
from constraints.room import Room, Starts, of_trainers
from constraints.rule import BendingLaw, Breach, Model, Term, keys_in_order

Unit = Literal["sessions", "minutes"]
Stretch = Literal["day", "week", "all"]


class TrainerLoad(BendingLaw):
    """A trainer gives at most so many sessions or hours in a day, in a week, or in all.

    Each limit holds by itself. With `parts` only the sessions of these modules or parts count. None holds where it is
    not given, so that the ten hours a day of the law, which `daily_load` keeps for everybody, are not repeated here.
    Whoever gives a session that the programme does not name them for, as a substitute, is not asked. A weight goes with
    one limit alone, because a session and a minute have no common price; several tables may each have a limit and a
    weight.

    Formula: for each trainer and each day, each week, or the whole programme, Σ x or Σ minutes · x over the sessions x
    that they give is at most the limit.
    Unit: sessions or minutes above, as the limit counts them. Boundary: exactly the limit is allowed; a session counts
    on the day and in the week, Monday to Sunday, in which it starts. Source: custom; décret 2000-815 art. 3 has 10 h a
    day.

    Example:
        [laws.trainer_load]
        trainers = ["direction"]
        sessions_per_day = 3
        hours_per_week = 12
    """

    name: ClassVar[str] = "trainer_load"
    bend: ClassVar[int | None] = 2
    private: ClassVar[bool] = True
    asks: ClassVar[bool] = False

    trainers: tuple[str, ...] | None = Field(None, min_length=1, description="keys of the trainers; each if left out")
    sessions_per_day: int | None = Field(None, ge=1, description="most sessions in a day")
    hours_per_day: float | None = Field(None, gt=0, le=24, multiple_of=0.25, description="most hours in a day")
    sessions_per_week: int | None = Field(None, ge=1, description="most sessions in a week")
    hours_per_week: float | None = Field(None, gt=0, le=168, multiple_of=0.25, description="most hours in a week")
    sessions_in_all: int | None = Field(None, ge=1, description="most sessions in the whole programme")
    hours_in_all: float | None = Field(None, gt=0, multiple_of=0.25, description="most hours in the whole programme")
    parts: Names | None = Field(None, description="modules or parts whose sessions count; all if left out")

    @model_validator(mode="after")
    def _some_limit(self) -> Self:
        if not self._limits:
            raise fault_error(say("no limit is given; add sessions_per_day, hours_per_week or another one"))
        if self.weight is not None and len(self._limits) > 1:
            raise fault_error(say("a weight goes with one limit alone; give each limit a table of its own"))
        return self

    def faults(self, programme: Programme) -> Iterator[Message]:
        """Unknown trainers, modules or parts."""
        for trainer in self.trainers or ():
            if trainer not in programme.trainers:
                yield with_nearest(say("there is no trainer {name}", name=trainer), trainer, programme.trainers)
        for name, known in unknown(programme.parts.values(), self.parts):
            yield with_nearest(say("there are no live sessions {name}", name=name), name, known)

    def rooms(self, programme: Programme, starts: Starts) -> Iterator[Room]:
        """The hours of each day or week for each trainer; what is counted in sessions or in all is left out."""
        counted = {part.key for part in self._parts(programme)}
        for trainer, every in of_trainers(programme):
            keys = tuple(key for key in every if key in counted)
            if trainer in self._trainers(programme):
                for limit in self._limits:
                    if weeks := limit.weeks(starts, keys):
                        yield Room(name_of_trainer(programme, trainer), keys, weeks)

    def post(self, programme: Programme, model: Model) -> None:
        """One sum for each trainer, limit and stretch of time that could hold too much."""
        for trainer in self._trainers(programme):
            parts = [part for part in self._parts(programme) if trainer in part.trainers]
            for limit in self._limits:
                terms: dict[date | None, list[Term]] = defaultdict(list)
                reach: Counter[date | None] = Counter()
                for part in parts:
                    choices = model.given_by(part.key, trainer)
                    reach += limit.reach(part, choices)
                    for span, variable in choices.items():
                        terms[limit.stretch(span)].append((limit.amount(span), variable))
                for stretch, given in terms.items():
                    if reach[stretch] > limit.most:
                        model.at_most(limit.most, given)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Adds up what each trainer gives, limit by limit."""
        every = placed(self._parts(programme), timetable)
        for trainer in self._trainers(programme):
            theirs = [each for each in every if trainer in each[0].trainers and trainer in each[0].part.trainers]
            for limit in self._limits:
                given: dict[date | None, list[tuple[Session, Span]]] = defaultdict(list)
                for session, span in in_order(theirs):
                    given[limit.stretch(span)].append((session, span))
                for stretch, sessions in given.items():
                    amount = sum(limit.amount(span) for _, span in sessions)
                    if amount > limit.most:
                        message = say(
                            "{trainer} gives {given} {stretch}; the most is {most}",
                            trainer=name_of_trainer(programme, trainer),
                            given=limit.in_words(amount),
                            stretch=limit.stretch_in_words(stretch),
                            most=limit.in_words(limit.most),
                        )
                        yield Breach(
                            self.name,
                            message,
                            amount - limit.most,
                            activities=keys_in_order(programme, [session.part.key for session, _ in sessions]),
                            monday=None if stretch is None else monday_of(stretch),
                            trainers=(trainer,),
                        )

    @property
    def _limits(self) -> list["_Limit"]:
        given: list[tuple[float | None, Unit, Stretch]] = [
            (self.sessions_per_day, "sessions", "day"),
            (self.hours_per_day, "minutes", "day"),
            (self.sessions_per_week, "sessions", "week"),
            (self.hours_per_week, "minutes", "week"),
            (self.sessions_in_all, "sessions", "all"),
            (self.hours_in_all, "minutes", "all"),
        ]
        return [
            _Limit(round(most * 60 if unit == "minutes" else most), unit, stretch)
            for most, unit, stretch in given
            if most is not None
        ]

    def _trainers(self, programme: Programme) -> list[str]:
        return [key for key in programme.trainers if self.trainers is None or key in self.trainers]

    def _parts(self, programme: Programme) -> list[Part]:
        return named(programme.parts.values(), self.parts)


class _Limit(NamedTuple):
    """The most of a unit in each stretch of time; the whole programme is the stretch None."""

    most: int
    unit: Unit
    each: Stretch

    def amount(self, span: Span) -> int:
        return span.minutes if self.unit == "minutes" else 1

    def stretch(self, span: Span) -> date | None:
        return {"day": span.day, "week": span.week, "all": None}[self.each]

    def weeks(self, starts: Starts, parts: Iterable[str]) -> Mapping[date, int]:
        """The minutes of each week that it leaves; none where it is no limit of minutes by day or week."""
        if self.unit == "sessions" or self.each == "all":
            return {}
        return starts.days(parts, self.most) if self.each == "day" else starts.weeks(parts, self.most)

    def reach(self, part: Part, candidates: Iterable[Span]) -> Counter[date | None]:
        """The most that the sessions of a part could come to in each stretch."""
        sessions = Counter(self.stretch(span) for span in candidates)
        of_each = part.minutes if self.unit == "minutes" else 1
        return Counter({stretch: of_each * min(part.count, count) for stretch, count in sessions.items()})

    def in_words(self, amount: int) -> Message | timedelta:
        if self.unit == "minutes":
            return timedelta(minutes=amount)
        return say_count("{count} session", "{count} sessions", amount)

    def stretch_in_words(self, stretch: date | None) -> Message:
        if stretch is None:
            return say("in all")
        return say("on {day}", day=stretch) if self.each == "day" else say("in the week of {monday}", monday=stretch)
