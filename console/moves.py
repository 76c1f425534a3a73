"""What moves from one calendar to another, in words."""

from datetime import timedelta

from calendars.naming import name_of, name_of_place, name_of_trainer, when_of
from calendars.programme import Activity, Programme, Work
from calendars.timetable import Placement
from calendars.wording import Message, say
from scheduler.moves import Move


def move_words(programme: Programme, move: Move) -> Message:
    """What stood where, and where it stands now; with whom and in which place, if that is not as it was."""
    activity, before, after = programme.activities[move.activity], move.before, move.after
    told: dict[str, object] = {
        "name": name_of(programme, activity),
        "before": before and _where(activity, before),
        "after": after and _where(activity, after),
    }
    if before is None:
        return say("{name}: now also {after}", **told)
    if after is None:
        return say("{name} {before}: no longer", **told)
    if staff := _new_staff(programme, before, after):
        told["after"] = say("{when} with {staff}", when=told["after"], staff=staff)
    return say("{name} {before}: now {after}", **told)


def _where(activity: Activity, placement: Placement) -> Message:
    when = when_of(activity, placement.span)
    if isinstance(activity, Work):
        return say("{when} ({length})", when=when, length=timedelta(minutes=placement.amount))
    return when


def _new_staff(programme: Programme, before: Placement, after: Placement) -> tuple[Message, ...]:
    """The trainers and the place of a session, where it had others."""
    if (before.trainers, before.place) == (after.trainers, after.place):
        return ()
    trainers = (name_of_trainer(programme, key) for key in after.trainers)
    places = (name_of_place(programme, key) for key in [after.place] if key is not None)
    return (*trainers, *places)
