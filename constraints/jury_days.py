from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar

from pydantic import Field

from calendars.clashes import Session
from calendars.clock import Span, monday_of
from calendars.faults import with_nearest
from calendars.naming import name_of_trainer
from calendars.programme import Part, Programme
from calendars.programme_file import Names
from calendars.timetable import Timetable
from calendars.wording import Message, say
from constraints.full_days import DayCosts, idle_steps
from constraints.members import defences, given, members, named, unknown
from constraints.rule import Breach, Model, Preference, keys_in_order


class JuryDays(Preference):
    """The members of juries come on few days, and wait little between their defences of such a day.

    Waiting is counted in steps of the grid of starts, which a defence could fill. Whoever sits in a defence that the
    programme does not name them for, as a substitute, is not asked.

    Formula: for each member `points_per_day` · max(0, Σ sits(day) - 1) + Σ idle(step), where a step is idle if a
    defence of that day has ended by its start, another starts at its end or later, and none takes a minute of it, each
    of those that the member is at. Unit: points.
    Boundary: one day costs nothing, nor does what a gap has beside its whole steps, nor a step that touches lunch.
    Source: custom; master IFUNO (Le Mans), tutors of the host organisations who come for the defences.

    Example:
        [preferences.jury_days]
        defences = "memoire"
        points_per_day = 8
    """

    name: ClassVar[str] = "jury_days"

    defences: Names | None = Field(None, description="modules or parts of defences; every one if left out")
    points_per_day: int = Field(8, ge=1, le=100, description="points of a day; a step of waiting is one point")

    def faults(self, programme: Programme) -> Iterator[Message]:
        """Unknown defences."""
        for name, known in unknown(defences(programme), self.defences):
            yield with_nearest(say("there are no defences {name}", name=name), name, known)

    def post(self, programme: Programme, model: Model) -> None:
        """Charges the days and the waiting of each member."""
        costs = DayCosts(programme, model, self.points_per_day)
        for trainer, duties in members(programme, self._parts(programme)).items():
            costs.charge(trainer, duties)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Counts the days of each member, and walks along the steps of each day."""
        parts = self._parts(programme)
        for trainer in members(programme, parts):
            sessions = given(parts, timetable, trainer)
            days: dict[date, list[tuple[Session, Span]]] = defaultdict(list)
            for session, span in sessions:
                days[span.day].append((session, span))
            who = name_of_trainer(programme, trainer)
            if len(days) > 1:
                message = say("{days} days with defences for {trainer}", trainer=who, days=len(days))
                found = keys_in_order(programme, [session.part.key for session, _ in sessions])
                excess = self.points_per_day * (len(days) - 1)
                yield Breach(self.name, message, excess, activities=found, trainers=(trainer,))
            for day, some in days.items():
                if idle := idle_steps(programme, [span for _, span in some]):
                    waiting = timedelta(minutes=idle * programme.starts_every)
                    message = say(
                        "{length} of waiting between defences on {day} for {trainer}, lunch left out",
                        trainer=who,
                        length=waiting,
                        day=day,
                    )
                    found = keys_in_order(programme, [session.part.key for session, _ in some])
                    yield Breach(self.name, message, idle, activities=found, monday=monday_of(day), trainers=(trainer,))

    def _parts(self, programme: Programme) -> list[Part]:
        return named(defences(programme), self.defences)
