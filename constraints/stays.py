"""Whom and where a previous session had, as far as the search may choose others now."""

from collections.abc import Iterator, Mapping, Sequence

from calendars.clock import Span
from calendars.programme import Activity, Part
from calendars.timetable import Placement
from constraints.rule import Model, Variable


def assigned(model: Model, activity: Activity, before: Placement) -> Iterator[Mapping[Span, Variable]]:
    """By candidate the unknowns of each trainer and place that a previous session had; none of one that it may not."""
    if isinstance(activity, Part):
        trainers, places = _chosen(activity, before)
        for key in trainers:
            yield model.given_by(activity.key, key) if key in activity.trainers else {}
        for key in places:
            yield model.in_place(activity.key, key) if key in activity.places else {}


def ask_to_stay(model: Model, activity: Activity, before: Placement) -> None:
    """Asks for the unknowns of a previous session, block or host day, which may be missing."""
    staff = list(assigned(model, activity, before))
    there = model.choices(activity.key).get(before.span)
    model.at_least(1, [] if there is None else [(1, there)])
    model.at_least(len(staff), [(1, chosen[before.span]) for chosen in staff if before.span in chosen])


def lost(part: Part, before: Placement, there: Sequence[Placement]) -> list[str]:
    """The trainers and the place that a previous session has no longer, given what stands there now."""
    trainers, places = _chosen(part, before)
    kept = [key for placement in there for key in (*placement.trainers, placement.place)]
    return [key for key in (*trainers, *places) if key not in kept]


def _chosen(part: Part, before: Placement) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The trainers and the place of a previous session, as far as the search may choose others."""
    trainers = before.trainers if part.chooses_trainers else ()
    places = (before.place,) if part.chooses_place and before.place is not None else ()
    return trainers, places
