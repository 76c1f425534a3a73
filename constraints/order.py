from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import accumulate, product
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
from constraints.prefixes import Choice, any_before, choices_of, enough_before, sum_before, times
from constraints.rule import Breach, Model, Rule, Term, keys_in_order

Places = Mapping[int, int]
"""By a number of choices of `then` in order of their starts, a number of choices of `first` in order of their ends."""


class Order(Rule):
    """All of `first` ends before any of `then` begins; with `each`, the i-th of `first` before the i-th of `then`.

    Self-paced work takes its weeks whole, Monday to Sunday: what comes after it begins in a later week, and what it
    comes after ends in an earlier one. With `each` and self-paced work first, i/n of its minutes are planned in the
    weeks before that of the i-th of n sessions. With `until_session` only so many sessions of each part of `first` come
    before, its earliest; with `from_session` only what is left of each part of `then` from that session on comes after.

    Formula: for the last of `first` and the first of `then`, as far as they count, or for each pair in order of time,
    end ≤ start and `least_days` ≤ day of start - last day before the end ≤ `greatest_days`.
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
    until_session: Annotated[int | None, Field(ge=1, description="earliest sessions of first, of each part")] = None
    from_session: Annotated[int, Field(ge=1, description="number of the session of then, of each part")] = 1

    @model_validator(mode="after")
    def _gap(self) -> Self:
        if self.greatest_days is not None and self.greatest_days < self.least_days:
            raise fault_error(say("greatest_days is below least_days; raise it"))
        if self.each and self._counts_sessions:
            raise fault_error(say("each takes all sessions; remove it, or until_session and from_session"))
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
        elif self.each and any(isinstance(one, Part) and one.ways for one in (*first, *then)):
            yield say("each pairs sessions by number, but a part that meets regularly has no fixed number; remove each")
        elif self.each and not unknown:
            yield from self._unpaired(first, then)
        elif self._counts_sessions and any(isinstance(one, Part) and one.ways for one in (*first, *then)):
            yield say("a part that meets regularly has no fixed number; remove until_session and from_session")
        elif self._counts_sessions:
            yield from _too_few("until_session", self.until_session or 1, first)
            yield from _too_few("from_session", self.from_session, then)

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
        elif self._counts_sessions:
            self._post_counted(model, ends, starts, _parts(first), _parts(then))
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

    def _post_counted(
        self,
        model: Model,
        ends: Sequence[Choice],
        starts: Sequence[Choice],
        first: Sequence[Part],
        then: Sequence[Part],
    ) -> None:
        """Where the session that counts has begun in one part of `then`, enough has ended in each part of `first`.

        What begins all of `then`, or ends all of `first`, is looked at one by one, which spares running sums.
        """
        earliest = [self._earliest(choice.span) for choice in ends]
        if self.greatest_days is None and self.from_session == 1:
            done = [bisect_right(earliest, choice.span.start) for choice in starts]
            ended = [_enough(model, part, ends, done, self.until_session or part.count) for part in first]
            for choice, place in zip(starts, done, strict=True):
                for one in ended if place < len(ends) else ():
                    model.at_most(0, [(1, choice.variable), *times(-1, one[place])])
        elif self.greatest_days is None and self.until_session is None:
            open_to = [bisect_left(starts, moment, key=lambda start: start.span.start) for moment in earliest]
            begun = [_enough(model, part, starts, open_to, self.from_session) for part in then]
            for choice, place in zip(ends, open_to, strict=True):
                for other in begun if place > 0 else ():
                    model.at_most(1, [(1, choice.variable), *other[place]])
        else:
            self._post_reached(model, ends, starts, first, then)

    def _post_reached(
        self,
        model: Model,
        ends: Sequence[Choice],
        starts: Sequence[Choice],
        first: Sequence[Part],
        then: Sequence[Part],
    ) -> None:
        """Compares what has ended with what has begun, both counted."""
        early, late = self._too_early(ends, starts), self._in_time(ends, starts)
        done, open_to = [*early.values(), *late.values()], [*early, *late]
        ended = [_enough(model, part, ends, done, self.until_session or part.count) for part in first]
        begun = [_enough(model, part, starts, open_to, self.from_session) for part in then]
        for place, end in early.items():
            for one, other in product(ended, begun):
                model.at_most(0, [*other[place], *times(-1, one[end])])
        for place, end in late.items():
            reached = [term for one in ended for term in one[end]]
            model.at_least(1 - len(ended), [*times(-1, reached), *(term for other in begun for term in other[place])])

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

    def _earliest(self, span: Span) -> int:
        """When `then` may begin after something that ends so."""
        return max(span.end, _last_midnight(span) + self.least_days * DAY)

    def _too_early(self, ends: Sequence[Choice], starts: Sequence[Choice]) -> Places:
        """How much of `then` may begin only when more has ended than so much of `first`."""
        places: dict[int, int] = {}
        for ended, choice in enumerate(ends):
            earliest = self._earliest(choice.span)
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
        after = self.from_session - 1
        ends = [placed for one in first for placed in _placed(timetable, one)[: self.until_session]]
        starts = [placed for one in then for placed in _placed(timetable, one)[after:]]
        ends.sort(key=lambda placed: placed.span.end)
        starts.sort(key=lambda placed: placed.span)
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

    @property
    def _counts_sessions(self) -> bool:
        return self.until_session is not None or self.from_session > 1


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


def _parts(activities: Sequence[Activity]) -> list[Part]:
    return [activity for activity in activities if isinstance(activity, Part)]


def _too_few(field: str, number: int, activities: Sequence[Activity]) -> Iterator[Message]:
    """What has no session of this number."""
    for activity in activities:
        if not isinstance(activity, Part):
            yield say("{field} counts live sessions, and {name} has none; name parts", field=field, name=activity.key)
        elif activity.count < number:
            told = {"field": field, "number": number, "name": activity.key}
            yield say("{field} is {number}, but {name} has {count} sessions", count=activity.count, **told)


def _enough(
    model: Model, part: Part, choices: Sequence[Choice], places: Sequence[int], number: int
) -> Mapping[int, list[Term]]:
    """For each place among choices of several parts, whether so many sessions of one stand before it."""
    own = [choice for choice in choices if choice.key == part.key]
    before = [0, *accumulate(choice.key == part.key for choice in choices)]
    found = enough_before(model, part.key, own, [before[place] for place in places], number, part.count)
    return {place: found[before[place]] for place in places}


def _placed(timetable: Timetable, activity: Activity) -> list[_Placed]:
    """What stands of an activity in order of time."""
    every = timetable.of(activity.key)
    return [_Placed(activity, placement.span, placement.amount) for placement in every if placement.amount > 0]


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
