"""Live sessions too near one another in time for somebody, or some place, that all of them need."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import groupby
from typing import NamedTuple, TypeVar

from calendars.clock import Span
from calendars.enrolments import maximal
from calendars.naming import name_of, when_of
from calendars.programme import Part, Programme
from calendars.timetable import Timetable
from calendars.wording import Message, say

Key = TypeVar("Key")
"""Whatever tells sessions apart."""


class Session(NamedTuple):
    """A session of a part, with those who give it and the place where it is held."""

    part: Part
    trainers: tuple[str, ...]
    place: str | None


def cliques(sessions: Iterable[tuple[Key, Span]], buffer: int) -> list[tuple[tuple[Key, Span], ...]]:
    """The largest sets of candidates of which at most one may be chosen, since each two of them clash.

    Two sessions clash where the later one starts before the end and the buffer of the earlier one. Each clashing pair
    is in a set: at the later start both are running, the buffer included.
    """
    found: list[tuple[tuple[Key, Span], ...]] = []
    running: list[tuple[Key, Span]] = []
    for start, starting in groupby(in_order(sessions), key=lambda session: session[1].start):
        still = [session for session in running if start < session[1].end + buffer]
        if len(still) < len(running):
            found.append(tuple(running))
        running = [*still, *starting]
    found.append(tuple(running))
    return [clique for clique in found if len(clique) > 1]


def cliques_between(
    earlier: Iterable[tuple[Key, Span]], later: Iterable[tuple[Key, Span]], buffer: int, longer: int
) -> Iterator[tuple[tuple[Key, Span], ...]]:
    """Sets of which at most one may be chosen, where one kind of session followed by another takes a longer buffer.

    A set has sessions of the one kind with one start, and sessions of the other kind with one start. Together the sets
    hold each pair that keeps the buffer but not the longer one; no pair in them keeps the longer one.
    """
    followers = _by_start(later)
    starts = list(followers)
    for start, together in _by_start(earlier).items():
        reach = max(span.end for _, span in together) + longer
        for then in starts[bisect_left(starts, start) : bisect_left(starts, reach)]:
            near = [session for session in together if then < session[1].end + longer]
            if any(session[1].end + buffer <= then for session in near):
                yield (*near, *followers[then])


def clashes(sessions: Iterable[tuple[Key, Span]], buffer: int) -> Iterator[tuple[tuple[Key, Span], tuple[Key, Span]]]:
    """Every two sessions of which the later one starts before the end and the buffer of the earlier one."""
    running: list[tuple[Key, Span]] = []
    for session in in_order(sessions):
        running = [earlier for earlier in running if session[1].start < earlier[1].end + buffer]
        yield from ((earlier, session) for earlier in running)
        running.append(session)


def in_order(sessions: Iterable[tuple[Key, Span]]) -> list[tuple[Key, Span]]:
    """Sessions by start, then by end; the order of equal ones is kept."""
    return sorted(sessions, key=lambda session: session[1])


def widest(sets: Iterable[tuple[Key, ...]]) -> list[tuple[Key, ...]]:
    """Each set once, without those whose members are all in another one."""
    distinct = {frozenset(members): members for members in sets}
    return [distinct[members] for members in maximal(distinct)]


def placed(parts: Iterable[Part], timetable: Timetable) -> list[tuple[Session, Span]]:
    """The sessions of these parts in a timetable."""
    return [
        (Session(part, placement.trainers, placement.place), placement.span)
        for part in parts
        for placement in timetable.of(part.key)
    ]


def clash_in_words(
    programme: Programme, sessions: Sequence[tuple[Session, Span]], least: int, concerned: Message
) -> Message:
    """How two sessions, in order of time, are too near each other, and for whom."""
    (one, span), (other, then) = sessions
    told = {
        "first": name_of(programme, one.part),
        "when": when_of(one.part, span),
        "second": name_of(programme, other.part),
        "then": when_of(other.part, then),
        "concerned": concerned,
    }
    if then.start < span.end:
        return say("{first} {when} and {second} {then} overlap for {concerned}", **told)
    return say(
        "{first} {when} and {second} {then} are {gap} apart for {concerned}; the least is {least}",
        gap=timedelta(minutes=then.start - span.end),
        least=timedelta(minutes=least),
        **told,
    )


def _by_start(sessions: Iterable[tuple[Key, Span]]) -> dict[int, list[tuple[Key, Span]]]:
    found: dict[int, list[tuple[Key, Span]]] = defaultdict(list)
    for session in in_order(sessions):
        found[session[1].start].append(session)
    return found
