"""Sessions of a day in runs, which a break parts."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from calendars.clashes import Session, in_order
from calendars.clock import Span

Sessions = tuple[tuple[Session, Span], ...]
"""Sessions of one day, in order of time."""


def by_day(sessions: Iterable[tuple[Session, Span]]) -> Iterator[Sessions]:
    """The sessions of each day on which some start, the first day first."""
    return (tuple(that_day) for _, that_day in groupby(in_order(sessions), key=lambda session: session[1].day))


def runs(sessions: Sessions, pause: int) -> Iterator[Sessions]:
    """The runs of some sessions: between two of them nothing stands for `pause` minutes or more."""
    run: Sessions = ()
    for session in sessions:
        if run and session[1].start - whole(run).end >= pause:
            yield run
            run = ()
        run = (*run, session)
    yield run


def whole(run: Sessions) -> Span:
    """From the first start to the last end."""
    return Span(run[0][1].start, max(span.end for _, span in run))
