from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Annotated, ClassVar, NamedTuple, Self

from pydantic import Field, model_validator

from calendars.clock import DAY, Span, dates_of, start_of
from calendars.faults import fault_error, with_nearest
from calendars.naming import name_of, when_of
from calendars.programme import Activity, Part, Programme, Work
from calendars.programme_file import Names
from calendars.timetable import Timetable
from calendars.wording import Message, say
from constraints.complete import needed
from constraints.prefixes import Choice, any_before, choices_of, sum_before, times
from constraints.rule import Breach, Model, Rule, keys_in_order

Places = Mapping[int, int]
"""By a number of choices of `then` in order of their starts, a number of choices of `first` in order of their ends."""


class Order(Rule):
    """All of `first` ends before any of `then` begins; with `each`, the i-th of `first` before the i-th of `then`.

    Self-paced work takes its weeks whole, Monday to Sunday: what comes after it begins in a later week, and what it
    comes after ends in an earlier one. With `each` and self-paced work first, i/n of its minutes are planned in the
    weeks before that of the i-th of n sessions.

    Formula: for the last of `first` and the first of `then`, or for each pair in order of time, end ≤ start and
    `least_days` ≤ day of start - last day before the end ≤ `greatest_days`.
    Boundary: a start in the very minute of the end, and exactly so many days, are allowed.
    Source: IPM, phases in order, teaching before the internship; m@gistère, self-paced work before its class.

    Example:
        [[laws.order]]
        first = "scenario"
        then = "memoire.soutenances"
        least_days = 7
    """

    name: ClassVar[str] = "order"
    bend: ClassVar[int | None] = 2

    first: Annotated[Names, Field(description="module, part (module.part), block, milestone or internship, or several")]
    then: Annotated[Names, Field(description="what follows: all of it comes after all of first")]
    least_days: Annotated[int, Field(ge=0, le=3660, description="least days from the end to the start")] = 0
    greatest_days: Annotated[int | None, Field(ge=0, le=3660, description="most days from the end to the start")] = None
    each: Annotated[bool, Field(description="one after one in order of time, instead of all after all")] = False

    @model_validator(mode="after")
    def _gap(self) -> Self:
        if self.greatest_days is not None and self.greatest_days < self.least_days:
            raise fault_error(say("greatest_days is below least_days; raise it"))
        return self

    def faults(self, programme: Programme) -> Iterator[Message]:
        """Unknown names, a thing before itself, or pairs that cannot be made."""
        known = programme.names
        unknown = [name for name in (*self.first, *self.then) if name not in known]
        for name in unknown:
            yield with_nearest(say("there is no module, part, block or internship {name}", name=name), name, known)
        first, then = _activities(programme, self.first), _activities(programme, self.then)
        if set(first) & set(then):
            yield say("{first} and {then} overlap; name two different things", first=self.first, then=self.then)
        elif self.each and not unknown:
            yield from self._unpaired(first, then)

    def _unpaired(self, first: Sequence[Activity], then: Sequence[Activity]) -> Iterator[Message]:
        works = [activity for activity in first if isinstance(activity, Work)]
        if any(isinstance(activity, Work) for activity in then) or 0 < len(works) < len(first):
            yield say("each puts sessions after sessions, or after self-paced work alone; name parts, or remove each")
        elif not works and _amount(first) != _amount(then):
            yield say(
                "each needs as many of both, but {first} has {count} and {then} has {other}; change one or remove each",
                first=self.first,
                count=_amount(first),
                then=self.then,
                other=_amount(then),
            )

    def post(self, programme: Programme, model: Model) -> None:
        """Compares what has ended with what has begun, wherever an end parts the starts of `then`."""
        first, then = _activities(programme, self.first), _activities(programme, self.then)
        ends = sorted(
            (choice for one in first for choice in choices_of(model, one)), key=lambda choice: choice.span.end
        )
        starts = sorted((choice for one in then for choice in choices_of(model, one)), key=lambda choice: choice.span)
        if self.each:
            self._post_each(model, ends, starts, _amount(first), _amount(then))
        else:
            self._post_all(model, ends, starts)

    def _post_all(self, model: Model, ends: Sequence[Choice], starts: Sequence[Choice]) -> None:
        early, late = self._too_early(ends, starts), self._in_time(ends, starts)
        to_come = [len(ends) - ended for ended in (*early.values(), *late.values())]
        left = any_before(model, f"{self.first[0]} from the last", ends[::-1], to_come)
        begun = any_before(model, self.then[0], starts, [*early, *late])
        for place, ended in early.items():
            model.at_most(1, [*left[len(ends) - ended], *begun[place]])
        for place, ended in late.items():
            model.at_least(1, [*left[len(ends) - ended], *begun[place]])

    def _post_each(
        self, model: Model, ends: Sequence[Choice], starts: Sequence[Choice], amount: int, number: int
    ) -> None:
        """Compares shares: begun / number ≤ ended / amount, and the i-th has begun where i / number has ended."""
        early, late = self._too_early(ends, starts), self._in_time(ends, starts)
        ended = sum_before(model, self.first[0], ends, [*early.values(), *late.values()], amount)
        begun = sum_before(model, self.then[0], starts, [*early, *late], number)
        for place, end in early.items():
            model.at_most(0, [*times(amount, begun[place]), *times(-number, ended[end])])
        for place, end in late.items():
            model.at_most(amount - 1, [*times(number, ended[end]), *times(-amount, begun[place])])

    def _too_early(self, ends: Sequence[Choice], starts: Sequence[Choice]) -> Places:
        """How much of `then` may begin only when more has ended than so much of `first`."""
        places: dict[int, int] = {}
        for ended, choice in enumerate(ends):
            earliest = max(choice.span.end, _last_midnight(choice.span) + self.least_days * DAY)
            places.setdefault(bisect_left(starts, earliest, key=lambda start: start.span.start), ended)
        return {begun: ended for begun, ended in places.items() if begun}

    def _in_time(self, ends: Sequence[Choice], starts: Sequence[Choice]) -> Places:
        """How much of `then` there is for beginning in time after so much of `first`."""
        if self.greatest_days is None:
            return {}
        places: dict[int, int] = {}
        for ended, choice in enumerate(ends, start=1):
            latest = _last_midnight(choice.span) + (self.greatest_days + 1) * DAY
            places[bisect_left(starts, latest, key=lambda start: start.span.start)] = ended
        return places

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Compares starts with the ends that they follow."""
        first, then = _activities(programme, self.first), _activities(programme, self.then)
        ends = sorted(_placed(timetable, first), key=lambda placed: placed.span.end)
        starts = sorted(_placed(timetable, then), key=lambda placed: placed.span)
        if self.each:
            pairs = list(zip(_shares(ends, _amount(first), _amount(then)), starts, strict=False))
        else:
            pairs = [(end, start) for end in ends[-1:] for start in starts]
        for number, (end, start) in enumerate(pairs):
            days = (start.span.day - dates_of(end.span).last).days
            message = None
            words = {"first": _words(programme, end), "then": _words(programme, start)}
            if start.span.start < end.span.end:
                message = say("{then} begins too early: it comes after {first}", **words)
            elif days < self.least_days:
                gap = say("days from end to start {days}, at least {least}", days=days, least=self.least_days)
                message = say("{then} begins too soon after {first}: {gap}", **words, gap=gap)
            elif self.greatest_days is not None and days > self.greatest_days and (self.each or number == 0):
                gap = say("days from end to start {days}, at most {most}", days=days, most=self.greatest_days)
                message = say("{then} begins too late after {first}: {gap}", **words, gap=gap)
            if message is not None:
                activities = keys_in_order(programme, (end.activity.key, start.activity.key))
                monday = min(end.span.week, start.span.week)
                yield Breach(self.name, message, activities=activities, monday=monday)


class _Placed(NamedTuple):
    activity: Activity
    span: Span
    amount: int
    share: float = 0
    """Minutes that are reached here, where the pairs of `each` have self-paced work first."""


def _activities(programme: Programme, names: Names) -> tuple[Activity, ...]:
    """What names mean: every part of a module, one activity, or all that a part of the file stands for."""
    return tuple(
        activity
        for key, activity in programme.activities.items()
        if key in names
        or (isinstance(activity, Part | Work) and not {activity.module, activity.series}.isdisjoint(names))
    )


def _amount(activities: Sequence[Activity]) -> int:
    return sum(needed(activity) for activity in activities)


def _last_midnight(span: Span) -> int:
    return start_of(dates_of(span).last)


def _placed(timetable: Timetable, activities: Sequence[Activity]) -> Iterator[_Placed]:
    for activity in activities:
        for placement in timetable.of(activity.key):
            if placement.amount > 0:
                yield _Placed(activity, placement.span, placement.amount)


def _shares(ends: Sequence[_Placed], amount: int, number: int) -> Iterator[_Placed]:
    """Where each of `number` equal shares of the amount is reached."""
    done = 0
    share = 1
    for placed in ends:
        done += placed.amount
        while share <= number and done * number >= share * amount:
            yield placed._replace(share=share * amount / number)
            share += 1


def _words(programme: Programme, placed: _Placed) -> Message:
    name, when = name_of(programme, placed.activity), when_of(placed.activity, placed.span)
    if placed.share and isinstance(placed.activity, Work):
        return say("{share} of {name}, reached {when}", share=timedelta(minutes=placed.share), name=name, when=when)
    return say("{name} {when}", name=name, when=when)
