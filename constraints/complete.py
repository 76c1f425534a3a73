from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar, Literal

from calendars.clock import Dates, Span, days_span, week_dates
from calendars.juries import holders
from calendars.naming import name_of, name_of_trainer, when_of
from calendars.programme import Activity, Block, Internship, Part, Programme, Work
from calendars.timetable import Placement, Timetable
from calendars.wording import Message, say, say_count
from constraints.rule import Breach, Model, Rule


class Complete(Rule):
    """The calendar holds all that the programme announces, no more and no less.

    Each part has its number of sessions, each of its length, given by as many of its trainers as it needs, in one of
    its places; a jury has somebody for each role, who holds no other one. Each block stands once; self-paced work adds
    up to its hours; an internship has the least number of whole host days that reaches its hours.

    Formula: for each activity a, Σ amount(a, candidate) = needed(a), in sessions, blocks, minutes or host days. That a
    session has its trainers and its place is no bound but the form of the model: a candidate stands with all it needs.
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
            step = activity.step if isinstance(activity, Work) else 1
            terms = [(step, variable) for variable in model.choices(activity.key).values()]
            model.at_most(needed(activity), terms)
            if not self._may_lack(activity):
                model.at_least(needed(activity), terms)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Counts and measures what each activity has, asks who gives it where, and names what belongs to none."""
        for activity in programme.activities.values():
            placements = timetable.of(activity.key)
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

    def _may_lack(self, activity: Activity) -> bool:
        return self.may_lack_sessions and isinstance(activity, Part)


def needed(activity: Activity) -> int:
    """What an activity needs in all: sessions, one block, minutes of self-paced work, or host days."""
    match activity:
        case Part():
            return activity.count
        case Block():
            return 1
        case Work():
            return activity.minutes
        case Internship():
            return -(-activity.minutes // activity.minutes_per_day)


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
