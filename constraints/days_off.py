from functools import cache
from typing import ClassVar

from calendars.clock import Dates, Span, dates_of
from calendars.naming import name_of, on_clock_of, when_of
from calendars.programme import Activity, Block, Internship, Part, Programme, Work
from calendars.wording import Message, say
from constraints.rule import Forbids, StrikingLaw

_WEEKEND = say("not a day of the working week")


class DaysOff(StrikingLaw):
    """No live session stands on a weekend, a public holiday, a school holiday of its audience's zones, or a closure.

    A block or a milestone starts on a working day, and self-paced work that rests in holidays takes only weeks with at
    least one working day. A session is read on the local dates of every time zone of its group.

    Formula: every local date of the candidate is a working day. Boundary: the day before and the day after a rest day
    are lawful. Source: m@gistère, rules of the platform; Code du travail L3133-1 for public holidays.

    Example:
        [laws.days_off]
    """

    name: ClassVar[str] = "days_off"
    bend: ClassVar[int | None] = None
    asks: ClassVar[bool] = False

    def forbids(self, programme: Programme, activity: Activity) -> Forbids | None:
        """Strikes by the rest days of the activity's group."""
        match activity:
            case Part():

                @cache
                def has_rest(dates: Dates) -> bool:
                    return any(programme.is_rest(activity.group, day) for day in dates.days())

                return lambda span: any(map(has_rest, map(dates_of, programme.local_spans(activity.group, span))))
            case Block():
                return lambda span: programme.is_rest(activity.group, span.day)
            case Work():
                if activity.in_holidays:
                    return None
                return lambda span: not programme.working_days(activity.group, span.week)
            case Internship():
                return None

    def reason(self, programme: Programme, activity: Activity, span: Span) -> Message:
        """Names the days off that the candidate takes, or the weekend, each in the first time zone that has it."""
        return say(
            "{name} stands {when}: {why}",
            name=name_of(programme, activity),
            when=when_of(activity, span),
            why=_causes(programme, activity, span),
        )


def _causes(programme: Programme, activity: Activity, span: Span) -> tuple[object, ...]:
    """Why each day off is off."""
    match activity:
        case Part():
            return tuple(_causes_on_each_clock(programme, activity, span).values())
        case Block():
            return _names(programme, activity.group, Dates(span.day, span.day))
        case _:
            return _names(programme, activity.group, dates_of(span))


def _causes_on_each_clock(programme: Programme, part: Part, span: Span) -> dict[object, object]:
    causes: dict[object, object] = {}
    local_spans = programme.local_spans(part.group, span)
    for zone, local in zip(programme.groups[part.group].time_zones, local_spans, strict=True):
        for cause in _names(programme, part.group, dates_of(local)):
            causes.setdefault(cause, on_clock_of(zone, programme, local, cause))
    return causes


def _names(programme: Programme, group: str, dates: Dates) -> tuple[object, ...]:
    """What the rest days of a group among these are called: days off by name, else the weekend."""
    zones = programme.groups[group].school_zones
    names = {off.name for day in dates.days() for off in programme.days_off.on(day, zones)}
    if names:
        return tuple(sorted(names))
    return (_WEEKEND,) if any(programme.is_rest(group, day) for day in dates.days()) else ()
