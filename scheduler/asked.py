"""What a person types of a slot: which session or block of a calendar, which moment, and whether it begins then."""

from bisect import bisect
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from calendars.calendar_file import Calendar, PlacedDays, PlacedSession
from calendars.clock import Dates, Span, day_of, days_span, minute_of
from calendars.faults import Fault, FaultyInput, with_nearest
from calendars.naming import name_of, when_of
from calendars.programme import Activity, Part, Programme
from calendars.wording import Message, say
from scheduler.problem import Problem

_FORMS = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d")

Standing = PlacedSession | PlacedDays


class Asked(NamedTuple):
    """A part, a block or a milestone by its key, and where what is asked about stands; None where it stands nowhere."""

    activity: str
    now_at: Span | None


def moment_named(text: str) -> int:
    """The minute of `2026-11-10T14:00`, `2026-11-10 14:00`, or `2026-11-10`, which is its first one.

    Raises:
        FaultyInput: where the text is no such moment.
    """
    for form in _FORMS:
        with suppress(ValueError):
            return minute_of(datetime.strptime(text, form))
    raise _fault(say("{text} is no moment: write it as 2026-11-10T14:00, or as 2026-11-10 for a block", text=text))


def session_named(problem: Problem, calendar: Calendar | None, text: str) -> Asked:
    """What a person names: the UID of an entry of the calendar, `PART#NUMBER`, `PART`, or a block or milestone.

    Args:
        problem: the programme, whose keys are named.
        calendar: gives UIDs, numbers and where things stand; without one any session of a part is meant.
        text: what was typed.

    Raises:
        FaultyInput: where nothing has that name, or several sessions have; the cure is the nearest name.
    """
    known = {**problem.programme.parts, **problem.programme.blocks}
    found = _named([entry for entry in _live(calendar) if entry.activity in known], known, text)
    return _asked(found[0]) if found else Asked(text, None)


def entry_named(calendar: Calendar, text: str) -> Standing:
    """The live session, block or milestone of a calendar that a person names, as for `session_named`.

    Raises:
        FaultyInput: where nothing has that name, or several sessions have; the cure is the nearest name.
    """
    standing = [entry for entry in _live(calendar) if entry.kind != "internship"]
    known = dict.fromkeys(entry.activity for entry in standing)
    [found] = _named(standing, known, text)
    return found


def number_of(entry: Standing) -> str:
    """What a person types for an entry: `PART#NUMBER`, or the key of a block or milestone."""
    return f"{entry.activity}#{entry.number}" if isinstance(entry, PlacedSession) else entry.activity


def candidate_at(programme: Programme, activity: Activity, start: int) -> Span:
    """The candidate of an activity that begins at a minute, lawful or not.

    Raises:
        FaultyInput: where there is none: the cure is the nearest start on either side.
    """
    spans = {span.start: span for span in programme.candidates(activity)}
    if start not in spans:
        raise FaultyInput([Fault(_no_candidate(programme, activity, start, list(spans)), (activity.key,))])
    return spans[start]


def _no_candidate(programme: Programme, activity: Activity, start: int, starts: Sequence[int]) -> Message:
    told: dict[str, object] = {"name": name_of(programme, activity), "when": _begins(activity, start)}
    first, last = programme.dates
    if day_of(start) not in programme.dates:
        return say("{name} cannot begin {when}: choose a day from {first} to {last}", first=first, last=last, **told)
    if not starts:
        return say("{name} cannot begin {when}, nor at any other time: it is too long", **told)
    after = bisect(starts, start)
    told["nearest"] = tuple(_begins(activity, each) for each in (*starts[:after][-1:], *starts[after:][:1]))
    if isinstance(activity, Part) and not activity.starts and not activity.ways:
        every = programme.starts_every
        return say("{name} cannot begin {when}, but every {every} minutes: {nearest}", every=every, **told)
    return say("{name} cannot begin {when}, but {nearest}", **told)


def _begins(activity: Activity, start: int) -> Message:
    """A start in words: a day, or the moment of a session."""
    return when_of(activity, Span(start, start + 1))


def _live(calendar: Calendar | None) -> list[Standing]:
    every: tuple[Standing, ...] = () if calendar is None else (*calendar.sessions, *calendar.days)
    return [entry for entry in every if entry.state != "cancelled"]


def _named(standing: Sequence[Standing], known: Collection[str], text: str) -> Sequence[Standing]:
    """The one entry that a text names; none for the key of a known activity that stands nowhere."""
    for entry in standing:
        if text in (entry.uid, number_of(entry)):
            return [entry]
    key, numbered, _ = text.partition("#")
    if key not in known:
        raise _fault(with_nearest(say("no session or block is called {name}", name=text), key, known))
    own = [entry for entry in standing if entry.activity == key]
    if numbered:
        raise _fault(_no_such_number(text, key, own))
    if len(own) > 1:
        raise _fault(say("{name} has {count} sessions: choose {names}", name=key, count=len(own), names=_few_of(own)))
    return own


def _asked(entry: Standing) -> Asked:
    if isinstance(entry, PlacedSession):
        return Asked(entry.activity, Span(minute_of(entry.start), minute_of(entry.end)))
    return Asked(entry.activity, days_span(Dates(entry.first, entry.last)))


def _no_such_number(text: str, key: str, own: Sequence[Standing]) -> Message:
    why = say("the calendar has no session {name}", name=text)
    return with_nearest(why, text, [number_of(entry) for entry in own] or [key])


def _few_of(own: Sequence[Standing]) -> Message:
    return say("{first} to {last}", first=number_of(own[0]), last=number_of(own[-1]))


def _fault(message: Message) -> FaultyInput:
    return FaultyInput([Fault(message)])
