"""The contract of a rule: it declares itself, strikes or posts, checks, and words itself.

A **law** is kept or broken, a **preference** is priced. Both are frozen pydantic models whose fields are the parameters
that a programme file gives, units in their names. A rule speaks to the search through `Model`, never to the solver.

The voices of a rule agree: what `forbids` strikes out and `post` forbids is exactly what `check` finds in breach, and
what a weighted rule costs in the model is its weight times the excess that `check` finds. One bound posted is one
breach possible: a rule calls `at_most` or `at_least` once for each breach that it could find, in the same unit.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Literal, NewType, Protocol

from pydantic import BaseModel, ConfigDict, Field

from calendars.clock import Dates, Span
from calendars.programme import Activity, Part, Place, Programme
from calendars.timetable import Placement, Timetable
from calendars.wording import Message
from constraints.room import Room, Starts

Variable = NewType("Variable", object)
"""An unknown of the model: a 0/1 choice of a candidate, or a number of steps of self-paced work."""

Term = tuple[int, Variable]
"""A variable times a whole number."""


class Model(Protocol):
    """What a rule may say to the search."""

    def choices(self, activity: str) -> Mapping[Span, Variable]:
        """The unknowns of an activity by candidate, in order of time; struck candidates are absent.

        0/1 for sessions, blocks and host days; for self-paced work the number of its steps in that week.
        """

    def given_by(self, part: str, trainer: str) -> Mapping[Span, Variable]:
        """By candidate, 1 where a session of the part stands there and the trainer gives it."""

    def in_place(self, part: str, place: str) -> Mapping[Span, Variable]:
        """By candidate, 1 where a session of the part stands there in this place."""

    def ways(self, part: str) -> Mapping[int, Variable]:
        """By number of a lawful way of a part, 1 where it is taken; nothing of a part that has none to choose among."""

    def ways_in(self, part: str, place: str) -> Mapping[int, Variable]:
        """By number of a lawful way of a part, 1 where it is taken in this place."""

    def by_week(self, activity: str) -> Mapping[date, Sequence[Term]]:
        """The minutes of sessions or self-paced work by week, named by its Monday."""

    def at_most(self, limit: int, terms: Iterable[Term]) -> None:
        """The sum is at most `limit`; a weighted rule pays for each unit above it."""

    def at_least(self, limit: int, terms: Iterable[Term]) -> None:
        """The sum is at least `limit`; a weighted rule pays for each unit below it."""

    def charge(self, terms: Iterable[Term], constant: int = 0) -> None:
        """A preference costs the sum and the constant, which together are never below 0."""

    def literal(self, name: str) -> Variable:
        """A new 0/1 unknown, free until it is linked; `name` is for those who read the model."""

    def any_of(self, name: str, choices: Sequence[Variable]) -> Variable:
        """1 exactly where one of some 0/1 unknowns is 1; a single one stands for itself."""

    def exclusive(self, choices: Sequence[Variable]) -> Sequence[Sequence[Variable]]:
        """Some 0/1 unknowns in few sets, of each of which the laws posted so far let one be 1 at most."""

    def is_free(self, variable: Variable) -> bool:
        """Whether what was held says nothing of an unknown."""

    def links(self, limit: int, terms: Iterable[Term]) -> None:
        """Ties a literal to what it stands for: the sum is at most `limit`, whatever rules hold."""

    def open_day(self, group: str, day: date) -> Variable:
        """1 on a day with a live session for somebody of the group, else 0."""


@dataclass(frozen=True)
class Breach:
    """A rule not kept: in words, and by how much in the rule's own unit.

    `lacks` where something is missing, which what is still to come has to bring. `activities` are the keys of what it
    is about, in the order of the programme; `trainers` those of the trainers whom it concerns. `monday` names the week
    in which it lies, or the first of several; it is None where no week is meant.
    """

    rule: str
    message: Message
    excess: int = 1
    lacks: bool = False
    activities: tuple[str, ...] = ()
    monday: date | None = None
    trainers: tuple[str, ...] = ()


def keys_in_order(programme: Programme, keys: Collection[str]) -> tuple[str, ...]:
    """The activities of these keys in the order of the programme, each once."""
    return tuple(key for key in programme.activities if key in keys)


def weekly_terms(model: Model, activities: Iterable[Activity]) -> dict[date, list[Term]]:
    """What `weekly_minutes` counts on a timetable, as terms of the model: minutes by week, named by its Monday."""
    terms: dict[date, list[Term]] = defaultdict(list)
    for activity in activities:
        for monday, minutes in model.by_week(activity.key).items():
            terms[monday] += minutes
    return terms


Origin = Literal["file", "always", "previous", "asked"]
"""Whence a rule comes: a file declares it, it holds always, or it comes with a previous calendar or with a question."""

Forbids = Callable[[Span], bool]
"""Whether a candidate breaks a law by itself."""

Toll = Callable[[Span], int | None]
"""What a session costs at a span in the unit of the rule, or None where it cannot stand there."""

Weight = Annotated[int, Field(ge=1, le=1_000)]
Level = Annotated[int, Field(ge=1, le=9, description="level at which it is paid; 1 is looked at first")]


class Rule(BaseModel):
    """What laws and preferences share. The docstring of a rule starts with the rule itself, in a sentence."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: ClassVar[str]
    """The key of the rule in programme files, and the name of its file."""

    origin: ClassVar[Origin] = "file"
    """Whence the rule comes; only those from a file have a key there."""

    makes_up: ClassVar[bool] = False
    """Whether what the past lacks has to be made up for."""

    private: ClassVar[bool] = False
    """Whether its breaches tell what a person keeps to themselves, such as when they cannot."""

    bend: ClassVar[int | None] = 1
    """What it costs where a repair lets it give way by one; None where none may, but a file may say otherwise."""

    bends_strikes: ClassVar[bool] = True
    """Whether a repair may, at that price, also place something where the law strikes it out."""

    asks: ClassVar[bool] = True
    """Whether it may ask for something to be placed; where not, no timetable breaks it by having less."""

    @property
    def price(self) -> int | None:
        """What a unit of excess costs; None for a law that is kept or broken."""
        return None

    @property
    def rank(self) -> int:
        """The level at which excess is paid, 1 first."""
        return 1

    def faults(self, programme: Programme) -> Iterator[Message]:
        """What is wrong with the parameters in this programme, such as a name that it does not know."""
        yield from ()

    def related(self, programme: Programme) -> tuple[str, ...]:
        """The parts that it names and looks at together, by key; none where it looks at all."""
        return ()

    def window(self, activity: Activity) -> Dates | None:
        """Dates with no day of which nothing is a candidate for this rule; None where it looks at each."""
        return None

    def forbids(self, programme: Programme, activity: Activity) -> Forbids | None:
        """The test of one candidate of an activity alone; None where the rule strikes nothing of it."""
        return None

    def holds(self, activity: Activity) -> Iterable[Placement]:
        """Placements of an activity that stand whatever any rule says."""
        return ()

    def closes(self, span: Span) -> bool:
        """Whether nothing but what is held may stand at a candidate, which the laws still look at.

        Asked only of rules that come with a previous calendar.
        """
        return False

    def toll(self, programme: Programme, part: Part, place: Place) -> Toll | None:
        """What a session of a part costs in a place, whatever else stands; None where that is nothing anywhere."""
        return None

    def rooms(self, programme: Programme, starts: Starts) -> Iterator[Room]:
        """What the rule leaves open to whom, given the candidates of each activity: to be counted before any search."""
        yield from ()

    def post(self, programme: Programme, model: Model) -> None:
        """Posts what the rule demands of several candidates together."""

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Every breach in a timetable, found with plain loops."""
        raise NotImplementedError


class StrikingLaw(Rule):
    """A law on one candidate alone: it strikes out candidates, and finds the same fault in a placed one."""

    def reason(self, programme: Programme, activity: Activity, span: Span) -> Message:
        """Why the law forbids this candidate, in words."""
        raise NotImplementedError

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """A breach for each placement that the law would have struck out."""
        for activity in programme.activities.values():
            forbids = self.forbids(programme, activity)
            if forbids is None:
                continue
            for placement in timetable.of(activity.key):
                if forbids(placement.span):
                    reason = self.reason(programme, activity, placement.span)
                    yield Breach(self.name, reason, activities=(activity.key,), monday=placement.span.week)


class BendingLaw(Rule):
    """A law whose excess has a unit: with a `weight` it is priced instead of kept."""

    weight: Weight | None = Field(None, description="cost of each unit above or below; without it none is allowed")
    level: Level = 1

    @property
    def price(self) -> int | None:
        """The weight, where one is given."""
        return self.weight

    @property
    def rank(self) -> int:
        """The level at which the excess is paid."""
        return self.level


class Preference(Rule):
    """A cost: `weight` for each unit of excess, paid at `level` (1 is looked at first)."""

    weight: Weight = Field(1, description="cost of each unit")
    level: Level = 1

    @property
    def price(self) -> int | None:
        """The weight of a unit."""
        return self.weight

    @property
    def rank(self) -> int:
        """The level at which the cost is paid."""
        return self.level
