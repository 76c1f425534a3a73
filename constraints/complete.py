from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from typing import ClassVar, Literal

from calendars.clock import Dates, Span, days_span, week_dates
from calendars.juries import holders
from calendars.naming import few, name_of, name_of_trainer, when_of
from calendars.programme import Activity, Block, Internship, Part, Programme, Work
from calendars.timetable import Placement, Timetable
from calendars.wording import Message, say, say_count
from constraints.rule import Breach, Model, Rule, Term


class Complete(Rule):
    """The calendar holds all that the programme announces, no more and no less.

    Each part has its number of sessions, each of its length, given by as many of its trainers as it needs, in one of
    its places; a jury has somebody for each role, who holds no other one. A part that meets regularly has the sessions
    of one of its ways, all with the same trainers and in the same place. Each block stands once; self-paced work adds
    up to its hours; an internship has the least number of whole host days that reaches its hours.

    Formula: for each activity a, Σ amount(a, candidate) = needed(a), in sessions, blocks, minutes or host days. That a
    session has its trainers and its place is no bound but the form of the model: a candidate stands with all it needs.
    Of the ways of a part, Σ way = 1.
    Boundary: equality. Source: the programme file itself.
    """

    name: ClassVar[str] = "complete"
    bend: ClassVar[int | None] = 5
    origin: ClassVar[Literal["file", "always", "previous"]] = "always"
    makes_up: ClassVar[bool] = True

    may_lack_sessions: bool = False
    """Whether a part may have fewer sessions than it announces, as where it is asked how few cannot be held."""

    def post(self, programme: Programme, model: Model) -> None:
        """One equality for each activity."""
        for activity in programme.activities.values():
            number, terms = _demand(model, activity)
            model.at_most(number, terms)
            if not self._may_lack(activity):
                model.at_least(number, terms)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Counts and measures what each activity has, asks who gives it where, and names what belongs to none."""
        for activity in programme.activities.values():
            placements = timetable.of(activity.key)
            if isinstance(activity, Part) and activity.ways:
                yield from self._irregular(programme, activity, placements)
                continue
            planned = sum(placement.amount for placement in placements)
            if planned > needed(activity) or (planned < needed(activity) and not self._may_lack(activity)):
                missing = needed(activity) - planned
                message = _miscount(activity, programme, planned)
                yield Breach(self.name, message, abs(missing), lacks=missing > 0, activities=(activity.key,))
            for placement in placements:
                for message in _misfits(programme, activity, placement):
                    yield Breach(self.name, message, activities=(activity.key,), monday=placement.span.week)
        for unknown in sorted({placement.activity for placement in timetable.placements} - set(programme.activities)):
            yield Breach(self.name, say("the programme has nothing called {name}", name=unknown))

    def _irregular(self, programme: Programme, part: Part, placements: Sequence[Placement]) -> Iterator[Breach]:
        """Where a part that meets regularly departs from its ways, and what is wrong with who gives it where."""
        if not placements and self.may_lack_sessions:
            return
        missing, over = _beside_ways(part, [placement.span for placement in placements])
        if missing or over:
            message, excess = _astray(programme, part, missing, over), len(missing) + len(over)
            yield Breach(self.name, message, excess, lacks=not over, activities=(part.key,))
        for placement in placements:
            for message in _misgiven(programme, part, placement):
                yield Breach(self.name, message, activities=(part.key,), monday=placement.span.week)
        in_turn = _in_turn(part, placements)
        if in_turn:
            message = say(
                "{name} has other trainers in some of its sessions than in others", name=name_of(programme, part)
            )
            yield Breach(self.name, message, activities=(part.key,), trainers=in_turn)
        if len({placement.place for placement in placements}) > 1:
            message = say("{name} is in another place in some of its sessions", name=name_of(programme, part))
            yield Breach(self.name, message, activities=(part.key,))

    def _may_lack(self, activity: Activity) -> bool:
        return self.may_lack_sessions and isinstance(activity, Part)


def _demand(model: Model, activity: Activity) -> tuple[int, list[Term]]:
    """How much of which terms an activity takes: one way, or what it needs of its candidates."""
    if isinstance(activity, Part) and activity.ways:
        return 1, [(1, variable) for variable in model.ways(activity.key).values()]
    step = activity.step if isinstance(activity, Work) else 1
    return needed(activity), [(step, variable) for variable in model.choices(activity.key).values()]


def needed(activity: Activity) -> int:
    """What an activity needs in all: sessions, one block, minutes of self-paced work, or host days.

    Of a part that meets regularly they are the most that it may have.
    """
    match activity:
        case Part():
            return activity.count
        case Block():
            return 1
        case Work():
            return activity.minutes
        case Internship():
            return -(-activity.minutes // activity.minutes_per_day)


def _beside_ways(part: Part, spans: Collection[Span]) -> tuple[list[Span], list[Span]]:
    """What some sessions lack of the way that is nearest to them, and what they have beside it."""
    there = Counter(spans)
    differences = (((wanted := Counter(way.spans)) - there, there - wanted) for way in part.ways)
    missing, over = min(differences, key=lambda pair: pair[0].total() + pair[1].total())
    return sorted(missing.elements()), sorted(over.elements())


def _in_turn(part: Part, placements: Sequence[Placement]) -> tuple[str, ...]:
    """The trainers of a part who give some of its sessions and not all."""
    given = [set(placement.trainers) for placement in placements]
    return tuple(key for key in part.trainers if 0 < sum(key in trainers for trainers in given) < len(given))


def _astray(programme: Programme, part: Part, missing: Sequence[Span], over: Sequence[Span]) -> Message:
    name = name_of(programme, part)
    if not over:
        return say(
            "{name} lacks sessions of the nearest way to meet: {spans}", name=name, spans=_moments(part, missing)
        )
    return say("{name} has sessions beside the nearest way to meet: {spans}", name=name, spans=_moments(part, over))


def _moments(part: Part, spans: Sequence[Span]) -> tuple[Message, ...]:
    return few([when_of(part, span) for span in spans])


def _has_its_length(programme: Programme, activity: Activity, span: Span) -> bool:
    match activity:
        case Part():
            return span.minutes == activity.minutes
        case Block():
            run = programme.dates_of_block(activity, span.day)
            return run is not None and span == days_span(run)
        case Work():
            return span == days_span(week_dates(span.week))
        case Internship():
            return span == days_span(Dates(span.day, span.day))


def _misfits(programme: Programme, activity: Activity, placement: Placement) -> Iterator[Message]:
    """What is wrong with the length of a placement, and with what a session has."""
    if not _has_its_length(programme, activity, placement.span):
        yield _mislength(programme, activity, placement.span)
    if isinstance(activity, Part):
        yield from _misgiven(programme, activity, placement)


def _misgiven(programme: Programme, part: Part, placement: Placement) -> Iterator[Message]:
    """What is wrong with the trainers and the place of a session."""
    told = {"name": name_of(programme, part), "when": when_of(part, placement.span)}
    strangers = [key for key in placement.trainers if key not in part.trainers]
    if strangers:
        yield say(
            "{name} {when} is given by {strangers}, whom the programme does not name for it",
            strangers=[_trainer_or_key(programme, key) for key in strangers],
            **told,
        )
    elif len(set(placement.trainers)) != part.together:
        given = len(set(placement.trainers))
        yield say_count(
            "{name} {when} is given by {count} trainer; the programme asks for {needed}",
            "{name} {when} is given by {count} trainers; the programme asks for {needed}",
            given,
            needed=part.together,
            **told,
        )
    elif holders(part.roles, placement.trainers) is None:
        roles = tuple(role.title for role in part.roles)
        yield say("{name} {when}: these trainers cannot hold all the roles of the jury, {roles}", roles=roles, **told)
    if placement.place not in (part.places or (None,)):
        yield say("{name} {when} is not in a place that the programme names for it", **told)


def _trainer_or_key(programme: Programme, key: str) -> Message | str:
    return name_of_trainer(programme, key) if key in programme.trainers else key


def _miscount(activity: Activity, programme: Programme, planned: int) -> Message:
    name = name_of(programme, activity)
    match activity:
        case Part():
            return say(
                "{name} has {planned} sessions; the programme announces {needed}",
                name=name,
                planned=planned,
                needed=activity.count,
            )
        case Work():
            return say(
                "{name} has {planned} planned; the programme announces {needed}",
                name=name,
                planned=timedelta(minutes=planned),
                needed=timedelta(minutes=activity.minutes),
            )
        case Block():
            return say("{name} stands {planned} times; it must stand once", name=name, planned=planned)
        case Internship():
            return say(
                "{name} has {planned} host days; {hours} take {needed}",
                name=name,
                planned=planned,
                hours=timedelta(minutes=activity.minutes),
                needed=needed(activity),
            )


def _mislength(programme: Programme, activity: Activity, span: Span) -> Message:
    return say(
        "{name} {when} lasts {length}, which is not the length that the programme announces",
        name=name_of(programme, activity),
        when=when_of(activity, span),
        length=timedelta(minutes=span.minutes),
    )
