from functools import cache
from typing import ClassVar

from calendars.clock import Dates, Span, dates_of, days_span
from calendars.enrolments import with_ancestors
from calendars.naming import name_of, when_of
from calendars.programme import Activity, Block, Part, Programme, matches
from calendars.programme_file import When
from calendars.wording import Message, say
from constraints.rule import Forbids, StrikingLaw


class Availability(StrikingLaw):
    """Every trainer, group and place that a live session needs is available, and so are those of a block.

    A session needs its trainer, its place, its group and every group that this one is part of; a block needs its place
    and its groups on each of its days. Nobody learns from the law why somebody is not available.

    Formula: no minute of the candidate lies in a `cannot` of those whom it needs. A block takes all hours of its days,
    so that a `cannot` of one hour on one of them forbids it. Boundary: a session that ends exactly where a `cannot`
    starts, or starts exactly where it ends, is lawful. Source: the `cannot` of the programme file.
    """

    name: ClassVar[str] = "availability"

    def forbids(self, programme: Programme, activity: Activity) -> Forbids | None:
        """Strikes by every `cannot` of those whom the activity needs."""
        patterns = [when for _, cannot in _needed(programme, activity) for when in cannot]
        if not patterns:
            return None

        @cache
        def patterns_on(days: Dates) -> list[When]:
            return [when for when in patterns if matches(when, days_span(days))]

        return lambda span: any(matches(when, span) for when in patterns_on(dates_of(span)))

    def reason(self, programme: Programme, activity: Activity, span: Span) -> Message:
        """Says who is not available, and never why."""
        missing = tuple(
            who for who, cannot in _needed(programme, activity) if any(matches(when, span) for when in cannot)
        )
        return say(
            "{name} stands {when}: {why}",
            name=name_of(programme, activity),
            when=when_of(activity, span),
            why=missing,
        )


def _needed(programme: Programme, activity: Activity) -> list[tuple[Message, tuple[When, ...]]]:
    """Whom an activity needs: the words for their absence, and when they cannot."""
    if not isinstance(activity, Part | Block):
        return []
    needed = []
    if isinstance(activity, Part) and activity.trainer is not None:
        trainer = programme.trainers[activity.trainer]
        needed.append((say("trainer “{title}” is not available", title=trainer.title), trainer.cannot))
    if activity.place is not None:
        place = programme.places[activity.place]
        needed.append((say("place “{title}” is not available", title=place.title), place.cannot))
    for key in with_ancestors(activity.group, programme.groups):
        group = programme.groups[key]
        needed.append((say("group “{title}” is not available", title=group.title), group.cannot))
    return needed
