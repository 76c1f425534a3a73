"""Few of the starts that a session may take: enough for nearly every piece of a plan, in a model a quarter the size."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from calendars.clock import Span
from calendars.programme import Part
from calendars.timetable import Timetable
from scheduler.candidates import Candidates
from scheduler.piece import Piece

_CLEAR_MINUTES = 60
"""From a session of the same people that stands: as much as the laws may ask for between two sessions."""


def few_starts(piece: Piece, found: Mapping[str, Candidates], before: Timetable) -> dict[str, Candidates]:
    """The candidates of a piece with one start a day for a part of one session, two for any other.

    Those that what stands around takes are left out first. By the day of the week it is the earliest or the latest of
    the others, so that mornings and afternoons are there, and every week has the same. What is held, or stood there
    before, is kept.
    """
    return {
        key: replace(each, lawful=_few(piece, each, each.activity, before)) if isinstance(each.activity, Part) else each
        for key, each in found.items()
    }


def _few(piece: Piece, found: Candidates, part: Part, before: Timetable) -> tuple[Span, ...]:
    days: defaultdict[date, list[Span]] = defaultdict(list)
    for span in _clear(found.free, _taken(piece, part)):
        days[span.day].append(span)
    chosen = (span for day, spans in days.items() for span in _ends(day, spans, part.count))
    stood = {placement.span for placement in before.of(part.key)}
    return tuple(sorted({*chosen, *found.held, *found.closed, *stood.intersection(found.lawful)}))


def _ends(day: date, spans: Sequence[Span], count: int) -> tuple[Span, ...]:
    if count > 1:
        return spans[0], spans[-1]
    return (spans[-1 if day.weekday() % 2 else 0],)


def _clear(spans: Iterable[Span], taken: Sequence[Span]) -> Iterator[Span]:
    return (span for span in spans if not any(span.overlaps(each) for each in taken))


def _taken(piece: Piece, part: Part) -> list[Span]:
    """When those whom a part concerns are in the sessions that stand around, with what is to lie between two."""
    groups = piece.programme.groups
    people, trainers = groups[part.group].students, {*part.trainers}
    return [
        Span(span.start - _CLEAR_MINUTES, span.end + _CLEAR_MINUTES)
        for other in piece.around.values()
        if isinstance(other.activity, Part)
        and not (
            people.isdisjoint(groups[other.activity.group].students) and trainers.isdisjoint(other.activity.trainers)
        )
        for span in other.held
    ]
