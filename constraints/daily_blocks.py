from collections.abc import Hashable, Iterator, Sequence
from datetime import timedelta
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from calendars.clashes import placed
from calendars.clock import DAY, moment_of
from calendars.faults import fault_error
from calendars.naming import name_of
from calendars.programme import Programme
from calendars.programme_file import Names
from calendars.runs import Sessions, by_day, runs, whole
from calendars.timetable import Timetable
from calendars.wording import Message, say, say_count
from constraints.blocks import Blocks, Choice
from constraints.duties import Duty
from constraints.full_days import by_day as choices_by_day
from constraints.members import unknown_sessions
from constraints.of_parts import LawOfParts
from constraints.rule import Breach, Model, Variable, keys_in_order


class DailyBlocks(LawOfParts):
    """The sessions of some parts make few blocks on each day, or none that lasts too long without a break.

    A block lasts from its first start to its last end; two sessions with less than the break between them are in one
    block. A session by itself never lasts too long. A session counts on the day on which it starts.

    Formula: for each day, Σ begins ≤ `blocks_per_day`, where a block begins with a session before which no session of
    that day has ended, or only `break_minutes` before it or earlier; for each block of two or more sessions,
    last end - first start ≤ `hours_per_block`. Unit: blocks above, and blocks that last too long, on each day anew.
    Boundary: exactly the break parts two blocks; exactly the blocks, and exactly the hours, are allowed.
    Source: MaxBreaks and MaxBlock in the timetabling competition ITC 2019.

    Example:
        [[laws.daily_blocks]]
        parts = ["scenario", "memoire"]
        break_minutes = 60
        blocks_per_day = 1
    """

    name: ClassVar[str] = "daily_blocks"

    parts: Annotated[Names, Field(description="modules or parts with live sessions, looked at together")]
    break_minutes: Annotated[int, Field(ge=1, le=720, description="least minutes that make a break")] = 20
    blocks_per_day: Annotated[int | None, Field(ge=1, description="most blocks in a day")] = None
    hours_per_block: Annotated[
        float | None, Field(gt=0, le=24, multiple_of=0.25, description="most hours of a block of two sessions or more")
    ] = None

    @model_validator(mode="after")
    def _some_limit(self) -> Self:
        if self.blocks_per_day is None and self.hours_per_block is None:
            raise fault_error(say("no limit is given; add blocks_per_day or hours_per_block"))
        return self

    def faults(self, programme: Programme) -> Iterator[Message]:
        """Unknown names."""
        yield from unknown_sessions(programme, self.parts)

    def post(self, programme: Programme, model: Model) -> None:
        """A sum for each day, and a bound for each start of a block; days that are alike share their literals."""
        known: dict[Hashable, tuple[list[Variable], list[Variable]]] = {}
        for that_day in choices_by_day(model, [Duty(part.key) for part in self._parts(programme)]):
            choices = [(span, duty.choices(model)[span]) for duty, span in that_day]
            if self.price is not None or any(model.is_free(variable) for _, variable in choices):
                alike = tuple((span.start % DAY, span.minutes, id(variable)) for span, variable in choices)
                if alike not in known:
                    known[alike] = self._blocks(model, choices)
                begins, too_long = known[alike]
                if self.blocks_per_day is not None:
                    model.at_most(self.blocks_per_day, [(1, literal) for literal in begins])
                for literal in too_long:
                    model.at_most(0, [(1, literal)])

    def _blocks(self, model: Model, choices: Sequence[Choice]) -> tuple[list[Variable], list[Variable]]:
        """Literals for the blocks of a day, and for those that last too long."""
        blocks = Blocks(model, choices, self.break_minutes)
        return [*blocks.begins.values()], [] if self._longest is None else [*blocks.longer_than(self._longest)]

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Parts the sessions of each day into blocks."""
        for that_day in by_day(placed(self._parts(programme), timetable)):
            blocks = [*runs(that_day, self.break_minutes)]
            if self.blocks_per_day is not None and len(blocks) > self.blocks_per_day:
                yield self._many(programme, that_day, len(blocks), self.blocks_per_day)
            for block in blocks:
                if self._longest is not None and len(block) > 1 and whole(block).minutes > self._longest:
                    yield self._long(programme, block, self._longest)

    @property
    def _longest(self) -> int | None:
        return None if self.hours_per_block is None else round(self.hours_per_block * 60)

    def _many(self, programme: Programme, that_day: Sessions, number: int, most: int) -> Breach:
        message = say_count(
            "the sessions on {day} make {planned} blocks, with {pause} or more between them, "
            "at most {count} is allowed: {names}",
            "the sessions on {day} make {planned} blocks, with {pause} or more between them, "
            "at most {count} are allowed: {names}",
            most,
            day=whole(that_day).day,
            planned=number,
            pause=timedelta(minutes=self.break_minutes),
            names=_names(programme, that_day),
        )
        return _breach(programme, message, number - most, that_day)

    def _long(self, programme: Programme, block: Sessions, most: int) -> Breach:
        span = whole(block)
        message = say(
            "the block from {first} lasts {length} without a break of {pause}, at most {most} are allowed: {names}",
            first=moment_of(span.start),
            length=timedelta(minutes=span.minutes),
            pause=timedelta(minutes=self.break_minutes),
            most=timedelta(minutes=most),
            names=_names(programme, block),
        )
        return _breach(programme, message, 1, block)


def _breach(programme: Programme, message: Message, excess: int, sessions: Sessions) -> Breach:
    keys = keys_in_order(programme, [session.part.key for session, _ in sessions])
    return Breach(DailyBlocks.name, message, excess, activities=keys, monday=whole(sessions).week)


def _names(programme: Programme, sessions: Sessions) -> tuple[Message, ...]:
    return tuple(dict.fromkeys(name_of(programme, session.part) for session, _ in sessions))
