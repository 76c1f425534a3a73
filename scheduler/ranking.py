"""Which slots suit an audience best: in everybody's day, soon, in a light week, and diverse."""

from collections import Counter
from collections.abc import Iterable, Sequence

from calendars.clock import DAY, Span
from calendars.programme import Part, Programme
from calendars.timetable import Timetable, weekly_minutes

_PEOPLES_DAY = Span(9 * 60, 18 * 60)
"""Minutes of the day, on the clock of each zone, that suit people best."""


def ranked(
    programme: Programme, timetable: Timetable, part: Part, slots: Iterable[Span], now_at: Span
) -> tuple[Span, ...]:
    """Slots for a session, the best for its audience first.

    Better is what leaves less of the session outside nine to six on the clock of any zone; then what is fewer weeks
    away; then the week with less live and self-paced work for the group; then the earlier one. Days, and hours of a
    weekday, take turns, so that the first ones are diverse.

    Args:
        programme: gives the zones of the group, and who shares a person with it.
        timetable: the calendar in hand, whose load counts.
        part: that of the session.
        slots: to be ranked.
        now_at: where the session stands.
    """
    groups = _groups(programme, part)
    load = weekly_minutes(timetable, (*programme.live_parts(groups), *programme.works_of(groups)))

    def unease(span: Span) -> tuple[int, int, int, Span]:
        weeks = abs((span.week - now_at.week).days) // 7
        return _minutes_outside(programme, part.group, span), weeks, load[span.week], span

    return _in_turns(sorted(slots, key=unease))


def _groups(programme: Programme, part: Part) -> Sequence[str]:
    """The groups of those who attend a part, or may."""
    if part.student is not None:
        return programme.students[part.student]
    return [key for key in programme.groups if programme.share_a_person(part.group, key)]


def _minutes_outside(programme: Programme, group: str, span: Span) -> int:
    """The minutes of a session outside people's day, in all zones of its group together."""
    return sum(local.minutes - _minutes_inside(local) for local in programme.local_spans(group, span))


def _minutes_inside(local: Span) -> int:
    start = local.start % DAY
    return max(0, min(start + local.minutes, _PEOPLES_DAY.end) - max(start, _PEOPLES_DAY.start))


def _in_turns(spans: Iterable[Span]) -> tuple[Span, ...]:
    """First the best of each day and of each hour of a weekday, then the second ones, and so on."""
    days: Counter[object] = Counter()
    hours: Counter[object] = Counter()
    turns = []
    for place, span in enumerate(spans):
        hour = span.day.weekday(), span.start % DAY
        turns.append((days[span.day] + hours[hour], place, span))
        days[span.day] += 1
        hours[hour] += 1
    return tuple(span for _, _, span in sorted(turns))
