"""What the sessions of parts may have in common: weeks, weekdays, hours, times, a place, trainers.

Each aspect is one class, which says in small functions what a part may have of it, in the model and in a timetable.
What a part has a fixed number of in any case is *counted*: a first week, an hour to start at, times, a place, trainers.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from datetime import date, time
from typing import Protocol, TypeVar

from calendars.clock import DAY, Span, moment_of
from calendars.naming import name_of_place, name_of_trainer
from calendars.programme import Part, Programme
from calendars.programme_file import at
from calendars.timetable import Placement
from calendars.wording import Message, say
from constraints.of_spans import OfSpans
from constraints.rule import Model, Variable

Value = TypeVar("Value", bound=Hashable)


class Aspect(Protocol[Value]):
    """Something that sessions have, such as a place."""

    def choices(self, model: Model, part: Part) -> Mapping[Value, Variable]:
        """What a part may have, each with an unknown that is 1 where it has it."""

    def had(self, part: Part, sessions: Sequence[Placement]) -> Sequence[Value]:
        """What a part has, given its sessions in order of time; each once."""


class Counted(Aspect[Value], Protocol[Value]):
    """An aspect of which a part has a number in any case."""

    def least(self, part: Part) -> int:
        """How many of them a part has in any case."""

    def words(self, programme: Programme, names: tuple[Message, ...], values: Sequence[Value]) -> Message:
        """That some parts have too many of them together."""


NOUNS = {
    "hours": say("an hour of the day"),
    "weekdays": say("a weekday"),
    "weeks": say("a week"),
    "place": say("a place"),
    "trainers": say("a trainer"),
}
"""What parts have one of, or several."""


class Starts(OfSpans[time]):
    """The hour of the day at which sessions start."""

    def __init__(self) -> None:
        super().__init__(lambda span: (at(span.start % DAY),))

    def least(self, part: Part) -> int:
        """One hour."""
        return 1

    def words(self, programme: Programme, names: tuple[Message, ...], values: Sequence[time]) -> Message:
        """The hours."""
        return say("{names}: not all at one hour of the day, but at {hours}", names=names, hours=sorted(values))


class FirstWeek:
    """The week of the first session, named by its Monday."""

    def choices(self, model: Model, part: Part) -> Mapping[date, Variable]:
        """1 in the week in which the part has begun, but not in the weeks before."""
        weeks: dict[date, list[Variable]] = defaultdict(list)
        for span, variable in model.choices(part.key).items():
            weeks[span.week].append(variable)
        found: dict[date, Variable] = {}
        for monday, sessions in weeks.items():
            begins = model.literal(f"{part.key} begins in the week of {monday}")
            earlier = [(1, variable) for variable in found.values()]
            for variable in sessions:
                model.links(0, [(1, variable), *((-1, each) for _, each in earlier), (-1, begins)])
            model.links(0, [(1, begins), *((-1, variable) for variable in sessions)])
            model.links(1, [*earlier, (1, begins)])
            found[monday] = begins
        return found

    def had(self, part: Part, sessions: Sequence[Placement]) -> Sequence[date]:
        """One week, if any."""
        return [session.span.week for session in sessions[:1]]

    def least(self, part: Part) -> int:
        """One week."""
        return 1

    def words(self, programme: Programme, names: tuple[Message, ...], values: Sequence[date]) -> Message:
        """The weeks."""
        return say("{names}: not all from one week on, but from those of {weeks}", names=names, weeks=sorted(values))


class Moments:
    """The times of all sessions."""

    def choices(self, model: Model, part: Part) -> Mapping[Span, Variable]:
        """The candidates themselves."""
        return model.choices(part.key)

    def had(self, part: Part, sessions: Sequence[Placement]) -> Sequence[Span]:
        """Begin and end of each session."""
        return [session.span for session in sessions]

    def least(self, part: Part) -> int:
        """As many as it has sessions."""
        return part.count

    def words(self, programme: Programme, names: tuple[Message, ...], values: Sequence[Span]) -> Message:
        """The moments at which sessions start."""
        moments = [moment_of(span.start) for span in sorted(values)]
        return say("{names}: not all at the same times, but at {moments}", names=names, moments=moments)


class InPlace:
    """The place."""

    def choices(self, model: Model, part: Part) -> Mapping[str, Variable]:
        """1 for a place in which a session stands."""
        return _used(model, part, {key: model.in_place(part.key, key) for key in part.places})

    def had(self, part: Part, sessions: Sequence[Placement]) -> Sequence[str]:
        """The places that the programme names for the part."""
        used = {session.place for session in sessions}
        return [key for key in part.places if key in used]

    def least(self, part: Part) -> int:
        """One place."""
        return 1

    def words(self, programme: Programme, names: tuple[Message, ...], values: Sequence[str]) -> Message:
        """The places in the order of the programme."""
        places = [name_of_place(programme, key) for key in programme.places if key in values]
        return say("{names}: not all in one place, but in {places}", names=names, places=tuple(places))


class Trainers:
    """Those who give the sessions."""

    def choices(self, model: Model, part: Part) -> Mapping[str, Variable]:
        """1 for a trainer who gives a session."""
        return _used(model, part, {key: model.given_by(part.key, key) for key in part.trainers})

    def had(self, part: Part, sessions: Sequence[Placement]) -> Sequence[str]:
        """The trainers whom the programme names for the part."""
        used = {key for session in sessions for key in session.trainers}
        return [key for key in part.trainers if key in used]

    def least(self, part: Part) -> int:
        """As many as give a session together."""
        return part.together

    def words(self, programme: Programme, names: tuple[Message, ...], values: Sequence[str]) -> Message:
        """The trainers in the order of the programme."""
        trainers = [name_of_trainer(programme, key) for key in programme.trainers if key in values]
        return say("{names}: not all by the same trainers, but by {trainers}", names=names, trainers=tuple(trainers))


def _used(model: Model, part: Part, options: Mapping[str, Mapping[Span, Variable]]) -> dict[str, Variable]:
    """1 for each option that some candidate has."""
    return {key: model.any_of(f"{part.key} has {key}", [*some.values()]) for key, some in options.items() if some}


def first_with(
    aspect: Aspect[Value], part: Part, sessions: Sequence[Placement], values: Collection[Value]
) -> Placement:
    """The first of a part's sessions that has one of some values."""
    return next(each for each in sessions if any(value in values for value in aspect.had(part, [each])))
