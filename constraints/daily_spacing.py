from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations, islice, product
from operator import itemgetter
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from calendars.clashes import cliques
from calendars.clock import Span
from calendars.faults import fault_error
from calendars.programme import Part, Programme
from calendars.timetable import Timetable
from calendars.wording import Message, say
from constraints.duties import Duty, Lots
from constraints.members import unknown_sessions
from constraints.of_parts import LawOfParts
from constraints.pairs import in_words, once, one_at_most
from constraints.rule import Breach, Model, Term, keys_in_order

_Days = Mapping[date, Sequence[Span]]
"""Spans by the day on which they start."""

_Rivals = tuple[Sequence[Span], Sequence[Span]]
"""Spans of two parts, of which none of the one may stand beside any of the other."""


class DailySpacing(LawOfParts):
    """Each two of some parts, on a day on which both meet, keep so many minutes apart, or stay within so many hours.

    Sessions of one part are not compared with each other. A session is looked at on the day on which it starts.

    Formula: for each two sessions of different parts that start on one day, later start - earlier end ≥ `gap_minutes`,
    and last end - first start ≤ `within_hours`. Unit: pairs of parts, each once, however often they are at fault.
    Boundary: exactly the gap, and exactly the hours, are allowed. Source: MinGap and WorkDay in the timetabling
    competition ITC 2019.

    Example:
        [[laws.daily_spacing]]
        parts = ["scenario", "memoire"]
        within_hours = 6
    """

    name: ClassVar[str] = "daily_spacing"
    asks: ClassVar[bool] = False

    gap_minutes: Annotated[int | None, Field(ge=1, le=720, description="least minutes between two on a day")] = None
    within_hours: Annotated[
        float | None, Field(gt=0, le=24, multiple_of=0.25, description="most hours from first start to last end")
    ] = None

    @model_validator(mode="after")
    def _some_limit(self) -> Self:
        if self.gap_minutes is None and self.within_hours is None:
            raise fault_error(say("no limit is given; add gap_minutes or within_hours"))
        return self

    def faults(self, programme: Programme) -> Iterator[Message]:
        """Unknown names, or one part alone."""
        yield from unknown_sessions(programme, self.parts)
        if len(self._parts(programme)) == 1:
            yield say("{name} is one part; name two or more", name=self.parts)

    def post(self, programme: Programme, model: Model) -> None:
        """For each two parts what they cannot have on one day; days that are alike are looked at once."""
        lots = Lots(programme.parts, model, 0)
        for pair in combinations(self._parts(programme), 2):
            one, other = pair
            days = ([_by_day(lot, part) for part in pair] for lot in lots.of([Duty(one.key), Duty(other.key)]))
            rivals = (each for here, there in days for each in self._rivals(here, there))
            one_at_most(model, [[*_taken(model, one, some), *_taken(model, other, more)] for some, more in rivals])

    def _rivals(self, here: _Days, there: _Days) -> Iterator[_Rivals]:
        """Spans of two parts, of which none of the one may stand beside any of the other."""
        for day in [day for day in here if day in there]:
            if self.gap_minutes is not None:
                yield from _too_near(here[day], there[day], self.gap_minutes)
            if self._most is not None:
                yield from _too_far(here[day], there[day], self._most)
                yield from (rivals[::-1] for rivals in _too_far(there[day], here[day], self._most))

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Compares the sessions of each two parts, and tells of each two parts once."""
        for pair in combinations(self._parts(programme), 2):
            placed = [[(part, placement.span) for placement in timetable.of(part.key)] for part in pair]
            together = ((one, other) for one, other in product(*placed) if one[1].day == other[1].day)
            faults = (self._fault(programme, sorted(two, key=itemgetter(1))) for two in together)
            yield from islice((breach for breach in faults if breach is not None), 1)

    def _fault(self, programme: Programme, sessions: Sequence[tuple[Part, Span]]) -> Breach | None:
        """What is wrong with two sessions of one day, in order of time."""
        (one, span), (other, then) = sessions
        words = in_words(programme, (one, other), (span, then))
        keys = keys_in_order(programme, (one.key, other.key))
        if self.gap_minutes is not None and then.start < span.end + self.gap_minutes:
            least = timedelta(minutes=self.gap_minutes)
            message = say("less than {least} lie between {first} {when} and {second} {then}", least=least, **words)
            return Breach(self.name, message, activities=keys, monday=span.week)
        if self._most is not None and max(span.end, then.end) > span.start + self._most:
            most = timedelta(minutes=self._most)
            message = say("{first} {when} and {second} {then} do not lie within {most}", most=most, **words)
            return Breach(self.name, message, activities=keys, monday=span.week)
        return None

    @property
    def _most(self) -> int | None:
        return None if self.within_hours is None else round(self.within_hours * 60)


def _by_day(lot: Iterable[tuple[Duty, Span]], part: Part) -> _Days:
    found: dict[date, list[Span]] = defaultdict(list)
    for duty, span in lot:
        if duty.part == part.key:
            found[span.day].append(span)
    return dict(found)


def _too_near(here: Sequence[Span], there: Sequence[Span], gap: int) -> Iterator[_Rivals]:
    """Of which each two clash with a gap between them."""
    for clique in cliques([*((0, span) for span in here), *((1, span) for span in there)], gap):
        some, others = ([span for side, span in clique if side == number] for number in (0, 1))
        if some and others:
            yield some, others


def _too_far(here: Sequence[Span], there: Sequence[Span], most: int) -> Iterator[_Rivals]:
    """Of which the one starts too early for the end of the other, or takes too long by itself."""
    found: dict[int, _Rivals] = {}
    for start in sorted({span.start for span in here}):
        late = [span for span in there if span.end > start + most]
        found[len(late)] = [span for span in here if span.start <= start], late
    yield from (rivals for rivals in found.values() if rivals[1])
    if long := [span for span in here if span.minutes > most]:
        yield long, there


def _taken(model: Model, part: Part, spans: Sequence[Span]) -> list[Term]:
    choices = model.choices(part.key)
    return once(model, part, [choices[span] for span in spans])
