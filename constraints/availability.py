from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import ClassVar, NamedTuple

from calendars.clock import Dates, Span, dates_of, days_span
from calendars.closed import Closed
from calendars.enrolments import with_ancestors
from calendars.naming import name_of, when_of
from calendars.programme import Activity, Block, Part, Place, Programme, lies_in, matches
from calendars.programme_file import Can, When
from calendars.timetable import Placement, Timetable
from calendars.wording import Message, say
from constraints.rule import Breach, Forbids, Model, StrikingLaw, Toll, Variable


class Availability(StrikingLaw):
    """Every trainer, group and place that a live session needs is available, and so are those of a block.

    A session needs its trainers, its place, its group and every group that this one is part of; a block needs its place
    and its groups on each of its days. Where the search chooses among trainers or places, those chosen are available.
    Nobody learns from the law why somebody is not available.

    A trainer with a `can` is available only in sessions that lie in one of these times from beginning to end. Of a jury
    enough are available for each role.

    Formula: no minute of the candidate lies in a `cannot` of those whom it needs, and every minute in one `can` of
    each who has any. A block takes all hours of its days, so that a `cannot` of one hour on one of them forbids it.
    Boundary: a session that ends exactly where a `cannot` starts, or starts exactly where it ends, is lawful; so is one
    that takes exactly a `can`. Source: the `cannot` and `can` of the programme file.

    Example:
        [laws.availability]
    """

    name: ClassVar[str] = "availability"
    bend: ClassVar[int | None] = 2
    private: ClassVar[bool] = True
    asks: ClassVar[bool] = False

    def forbids(self, programme: Programme, activity: Activity) -> Forbids | None:
        """Strikes where too few of those who could give, hold or attend the activity are available."""
        needs = [need for need in _needs(programme, activity) if any(who.is_limited for who in need.options)]
        if not needs:
            return None

        @cache
        def needs_on(days: Dates) -> list[_Need]:
            return [need.on(days) for need in needs]

        return lambda span: any(need.is_unmet(span) for need in needs_on(dates_of(span)))

    def toll(self, programme: Programme, part: Part, place: Place) -> Toll | None:
        """No session stands in a place while it is not available."""
        who = _place(programme, place.key)
        return (lambda span: None if who.is_away(span) else 0) if place.cannot else None

    def post(self, programme: Programme, model: Model) -> None:
        """Nobody is chosen who is not available."""
        for part in programme.parts.values():
            for trainer in part.trainers_to_choose:
                _keep_away(model, _trainer(programme, trainer), model.given_by(part.key, trainer))
            for place in part.places if part.chooses_place and part.ways else ():
                _keep_ways_away(model, part, place, programme.closed[place])
            if part.chooses_place and not part.ways:
                for place in part.places:
                    _keep_away(model, _place(programme, place), model.in_place(part.key, place))

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Asks everybody whom a placement needs."""
        for activity in programme.activities.values():
            for placement in timetable.of(activity.key):
                away = [who for who in _called(programme, activity, placement) if who.is_away(placement.span)]
                if away:
                    yield Breach(
                        self.name,
                        _absence(programme, activity, placement.span, away),
                        activities=(activity.key,),
                        monday=placement.span.week,
                        trainers=tuple(who.trainer for who in away if who.trainer is not None),
                    )


class _Who(NamedTuple):
    """A trainer, a group or a place: the words for their absence, when they cannot, and the key of a trainer."""

    absence: Message
    cannot: tuple[When, ...]
    trainer: str | None = None
    can: tuple[Can, ...] | None = None

    @property
    def is_limited(self) -> bool:
        return bool(self.cannot) or self.can is not None

    def on(self, days: Dates) -> "_Who":
        """The same with what matters on these days only."""
        cannot = tuple(when for when in self.cannot if matches(when, days_span(days)))
        can = None if self.can is None else tuple(when for when in self.can if matches(when, days_span(days)))
        return self._replace(cannot=cannot, can=can)

    def is_away(self, span: Span) -> bool:
        if self.can is not None and not any(lies_in(when, span) for when in self.can):
            return True
        return any(matches(when, span) for when in self.cannot)


class _Need(NamedTuple):
    """So many of these have to be available."""

    options: tuple[_Who, ...]
    number: int = 1

    def on(self, days: Dates) -> "_Need":
        """The need with what matters on these days only."""
        return self._replace(options=tuple(who.on(days) for who in self.options))

    def is_unmet(self, span: Span) -> bool:
        return sum(not who.is_away(span) for who in self.options) < self.number


def _needs(programme: Programme, activity: Activity) -> list[_Need]:
    """What an activity needs, each of its needs with all who could meet it."""
    needs = [_Need((who,)) for who in _audience(programme, activity)]
    if isinstance(activity, Part):
        for need in activity.needs:
            needs.append(_Need(tuple(_trainer(programme, key) for key in need.trainers), need.number))
        if activity.places and not (activity.ways and activity.chooses_place):
            needs.append(_Need(tuple(_place(programme, key) for key in activity.places)))
    return needs


def _called(programme: Programme, activity: Activity, placement: Placement) -> list[_Who]:
    """Whom a placement needs; names that the programme does not know are left to `complete`."""
    called = [_trainer(programme, key) for key in placement.trainers if key in programme.trainers]
    called += [_place(programme, key) for key in programme.places if key == placement.place]
    return [*called, *_audience(programme, activity)]


def _audience(programme: Programme, activity: Activity) -> list[_Who]:
    """The groups of a session or a block, and the place of a block."""
    if not isinstance(activity, Part | Block):
        return []
    groups = [programme.groups[key] for key in with_ancestors(activity.group, programme.groups)]
    place = [activity.place] if isinstance(activity, Block) and activity.place is not None else []
    return [
        *(_place(programme, key) for key in place),
        *(_Who(say("group “{title}” is not available", title=group.title), group.cannot) for group in groups),
    ]


def _trainer(programme: Programme, key: str) -> _Who:
    trainer = programme.trainers[key]
    return _Who(
        say("trainer “{title}” is not available", title=trainer.title), trainer.cannot, key, trainer.can or None
    )


def _place(programme: Programme, key: str) -> _Who:
    place = programme.places[key]
    return _Who(say("place “{title}” is not available", title=place.title), place.cannot)


def _keep_away(model: Model, who: _Who, choices: Mapping[Span, Variable]) -> None:
    for span, variable in choices.items():
        if who.is_away(span):
            model.at_most(0, [(1, variable)])


def _keep_ways_away(model: Model, part: Part, place: str, closed: Closed) -> None:
    for number, variable in model.ways_in(part.key, place).items():
        if closed.meets_any(part.ways[number].spans):
            model.at_most(0, [(1, variable)])


def _absence(programme: Programme, activity: Activity, span: Span, away: Iterable[_Who]) -> Message:
    return say(
        "{name} stands {when}: {why}",
        name=name_of(programme, activity),
        when=when_of(activity, span),
        why=tuple(who.absence for who in away),
    )
