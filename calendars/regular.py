"""Parts that meet regularly: the ways that their tables describe, with the dates of their sessions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from calendars.clock import Span, minute_at, monday_of
from calendars.faults import Fault, FaultyInput, Path
from calendars.programme import Part, Programme, Way
from calendars.programme_file import WEEKDAYS, MeetTable
from calendars.wording import say


def meeting(programme: Programme, tables: Mapping[str, tuple[Path, Sequence[MeetTable]]]) -> Programme:
    """The programme with the ways of its parts, whose tables are given with their place in the file by series.

    Raises:
        FaultyInput: where a way has no working day of the group.
    """
    parts, faults = dict(programme.parts), list[Fault]()
    for key, part in programme.parts.items():
        path, meets = tables.get(part.series, ((), ()))
        ways = tuple(_way(programme, part, table) for table in meets)
        faults += [_dayless(path, number) for number, way in enumerate(ways) if not way.spans]
        parts[key] = _regular(part, ways) if ways and not faults else part
    if faults:
        raise FaultyInput(faults)
    return replace(programme, parts=parts)


def on_working_days(programme: Programme) -> Programme:
    """The programme without sessions of its ways on days that are off by now."""
    return replace(programme, parts={key: _without_rest(programme, part) for key, part in programme.parts.items()})


def _without_rest(programme: Programme, part: Part) -> Part:
    ways = (
        way._replace(spans=tuple(span for span in way.spans if not programme.is_rest(part.group, span.day)))
        for way in part.ways
    )
    return _regular(part, tuple(way for way in ways if way.spans) or part.ways) if part.ways else part


def _regular(part: Part, ways: tuple[Way, ...]) -> Part:
    longest = max(span.minutes for way in ways for span in way.spans)
    return replace(part, ways=ways, count=max(len(way.spans) for way in ways), minutes=longest)


def _way(programme: Programme, part: Part, table: MeetTable) -> Way:
    length = table.minutes or part.minutes
    starts = (minute_at(day, table.at) for day in _days(programme, part, table))
    return Way(tuple(Span(start, start + length) for start in starts), table.points)


def _days(programme: Programme, part: Part, table: MeetTable) -> Iterator[date]:
    """The days of a way: weeks are counted from the first of its dates."""
    dates = table.dates or part.dates
    for day in dates.meet(part.dates).days():
        weeks = (monday_of(day) - monday_of(dates.first)).days // 7
        meets = weeks % table.every_weeks == 0 and WEEKDAYS[day.weekday()] in table.weekdays
        if meets and not programme.is_rest(part.group, day):
            yield day


def _dayless(path: Path, number: int) -> Fault:
    message = say("no working day of the group is one of these weekdays in these dates; widen them")
    return Fault(message, (*path, "meets", number))
