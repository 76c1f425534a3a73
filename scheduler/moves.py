"""What stands otherwise in one timetable than in another, as pairs of what stood and what stands."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from calendars.clock import Span
from calendars.programme import Block, Part, Programme
from calendars.timetable import Placement, Timetable

Asked = tuple[str, Span | None, Span]
"""Somebody asks for an activity to stand at a span: its key, where it stands now, if that is known, and the span."""


class Move(NamedTuple):
    """What stands otherwise than in the calendar in hand; None where nothing stood, or stands no more."""

    activity: str
    before: Placement | None
    after: Placement | None


def moves(programme: Programme, before: Timetable, after: Timetable, asked: Asked | None = None) -> tuple[Move, ...]:
    """What stands otherwise: what is asked for first, then in order of time.

    Of an activity what is gone is paired with what is new: at the same time; where it was asked; in order of time.
    What the programme no longer has is left out.
    """
    found = [move for key in programme.activities for move in _moves_of(key, before.of(key), after.of(key), asked)]
    return tuple(sorted(found, key=lambda move: (not _is_asked(move, asked), _begins(move), move.activity)))


def counts_as_move(programme: Programme, activity: str) -> bool:
    """Whether it is a move where something of an activity stands otherwise: of sessions and blocks it is."""
    return isinstance(programme.activities.get(activity), Part | Block)


def touched(programme: Programme, changes: Sequence[Move]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The groups and the trainers whom changes concern, in the order of the programme."""
    groups = {programme.activities[move.activity].group for move in changes}
    staff = {key for move in changes for each in move[1:] if each is not None for key in each.trainers}
    return tuple(key for key in programme.groups if key in groups), tuple(
        key for key in programme.trainers if key in staff
    )


def _is_asked(move: Move, asked: Asked | None) -> bool:
    return asked is not None and move.after is not None and (move.activity, move.after.span) == (asked[0], asked[2])


def _moves_of(
    activity: str, before: Sequence[Placement], after: Sequence[Placement], asked: Asked | None
) -> Iterator[Move]:
    gone = [each for each in before if each not in after]
    new = [each for each in after if each not in before]
    for belong in (_at_one_time, lambda one, other: (activity, one.span, other.span) == asked, lambda one, other: True):
        for one in tuple(gone):
            other = next((each for each in new if belong(one, each)), None)
            if other is not None:
                gone.remove(one)
                new.remove(other)
                yield Move(activity, one, other)
    yield from (Move(activity, one, None) for one in gone)
    yield from (Move(activity, None, other) for other in new)


def _at_one_time(one: Placement, other: Placement) -> bool:
    return one.span == other.span


def _begins(move: Move) -> Span:
    """The first span of a move in order of time."""
    return min(each.span for each in (move.before, move.after) if each is not None)
