from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated, ClassVar

from pydantic import Field

from calendars.clashes import placed
from calendars.naming import name_of
from calendars.programme import Programme
from calendars.programme_file import Names
from calendars.runs import by_day, whole
from calendars.timetable import Timetable
from calendars.wording import Message, say
from constraints.duties import Duty
from constraints.full_days import by_day as choices_by_day
from constraints.members import unknown_sessions
from constraints.of_parts import LawOfParts
from constraints.room import Room, Starts
from constraints.rule import Breach, Model, keys_in_order


class DailyHours(LawOfParts):
    """Some parts together have at most so many hours of live sessions on each day.

    Whoever attends them is not looked at. A session counts on the day on which it starts.

    Formula: for each day, Σ minutes · x ≤ `hours_per_day` over the sessions of all the parts. Unit: minutes above, on
    each day anew. Boundary: exactly the hours are allowed. Source: MaxDayLoad in the timetabling competition ITC 2019.

    Example:
        [[laws.daily_hours]]
        parts = ["scenario", "memoire"]
        hours_per_day = 4
    """

    name: ClassVar[str] = "daily_hours"
    asks: ClassVar[bool] = False

    parts: Annotated[Names, Field(description="modules or parts with live sessions, counted together")]
    hours_per_day: Annotated[float, Field(gt=0, le=24, multiple_of=0.25, description="most hours of these in a day")]

    def faults(self, programme: Programme) -> Iterator[Message]:
        """Unknown names."""
        yield from unknown_sessions(programme, self.parts)

    def rooms(self, programme: Programme, starts: Starts) -> Iterator[Room]:
        """The hours of each day for all the parts."""
        keys = tuple(part.key for part in self._parts(programme))
        yield Room(say("these parts"), keys, starts.days(keys, self._most))

    def post(self, programme: Programme, model: Model) -> None:
        """A sum for each day."""
        for day in choices_by_day(model, [Duty(part.key) for part in self._parts(programme)]):
            model.at_most(self._most, [(span.minutes, duty.choices(model)[span]) for duty, span in day])

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Adds up the minutes of each day."""
        for day in by_day(placed(self._parts(programme), timetable)):
            minutes = sum(span.minutes for _, span in day)
            if minutes > self._most:
                message = say(
                    "{names} add up to {planned} on {day}, at most {most} are allowed",
                    names=tuple(dict.fromkeys(name_of(programme, session.part) for session, _ in day)),
                    planned=timedelta(minutes=minutes),
                    day=whole(day).day,
                    most=timedelta(minutes=self._most),
                )
                keys = keys_in_order(programme, [session.part.key for session, _ in day])
                yield Breach(self.name, message, minutes - self._most, activities=keys, monday=whole(day).week)

    @property
    def _most(self) -> int:
        return round(self.hours_per_day * 60)
