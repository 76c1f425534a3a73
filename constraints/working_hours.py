from typing import ClassVar

from calendars.clock import DAY, Span
from calendars.naming import name_of, on_clock_of, when_of
from calendars.opening_hours import OpeningHours
from calendars.programme import Activity, Part, Programme
from calendars.programme_file import at
from calendars.wording import Message, say
from constraints.rule import Forbids, StrikingLaw


class WorkingHours(StrikingLaw):
    """A live session lies wholly within the opening hours of its weekday and outside lunch.

    The hours are read on the local clock of every time zone of the session's group, so that an audience spread over
    several zones meets where the windows of all of them intersect.

    Formula: for each zone z, local(session, z) ⊆ opening(its weekday) and local(session, z) ∩ lunch = ∅.
    Boundary: a session that starts exactly at opening or at the end of lunch, or ends exactly at lunch or at closing,
    is lawful. Source: m@gistère, rules of the platform (virtual classes in working hours only).

    Example:
        [laws.working_hours]
    """

    name: ClassVar[str] = "working_hours"
    asks: ClassVar[bool] = False

    def forbids(self, programme: Programme, activity: Activity) -> Forbids | None:
        """Strikes by the opening hours in each zone of the session's group."""
        if not isinstance(activity, Part):
            return None
        opening = programme.opening
        return lambda span: any(
            not opening.is_open(local) or opening.is_at_lunch(local)
            for local in programme.local_spans(activity.group, span)
        )

    def reason(self, programme: Programme, activity: Activity, span: Span) -> Message:
        """Says what is wrong in each zone, and names those that are not the programme's own."""
        zones = programme.groups[activity.group].time_zones
        local_spans = programme.local_spans(activity.group, span)
        faults = [
            on_clock_of(zone, programme, local, why)
            for zone, local in zip(zones, local_spans, strict=True)
            if (why := _fault(programme.opening, local)) is not None
        ]
        return say(
            "{name} stands {when}: {why}",
            name=name_of(programme, activity),
            when=when_of(activity, span),
            why=tuple(faults),
        )


def _fault(opening: OpeningHours, local: Span) -> Message | None:
    hours = opening.by_weekday.get(local.day.weekday())
    if hours is None:
        return say("closed on that day")
    opens, closes = (at(minute) for minute in hours)
    if local.start % DAY < hours[0]:
        return say("before opening (open from {opens} to {closes})", opens=opens, closes=closes)
    if not opening.is_open(local):
        return say("after closing (open from {opens} to {closes})", opens=opens, closes=closes)
    if opening.lunch is not None and opening.is_at_lunch(local):
        first, last = (at(minute) for minute in opening.lunch)
        return say("during lunch (from {first} to {last})", first=first, last=last)
    return None
