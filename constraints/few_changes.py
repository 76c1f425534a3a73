from collections.abc import Iterator
from itertools import repeat
from typing import ClassVar, Literal, Self

from pydantic import PositiveInt, model_validator

from calendars.naming import name_of, when_of
from calendars.programme import Activity, Block, Part, Programme, Work
from calendars.timetable import Placement, Timetable
from calendars.wording import Message, say
from constraints.rule import Breach, Model, Preference, Variable
from constraints.stays import assigned, lost

MOVED, REASSIGNED, SHIFTED = 10, 3, 1
"""Points: a session or block at another time; a trainer or place changed; a host day or work of a week moved."""


class FewChanges(Preference):
    """What stood in the previous calendar stands there again.

    A session or block that no longer begins and ends as before costs 10 points; a trainer or a place that it had, and
    that the search chooses, 3 each; a host day that is no longer one, and a week with less self-paced work of a part
    than before, 1 each. What people were told already costs more: all points of a placement are taken as often as its
    weight says, 1 where nobody knows of it yet; 2 where it is published, and 1 more each where it begins within four
    weeks, within two, within one, where it is for more than 15 people, and for more than 50.

    Formula: Σ 10 w (1 - x) + 3 w Σ (1 - g) over previous sessions x of weight w and their choices g, + Σ w (1 - h) over
    host days h, + Σ w c over weeks of work, where minutes + before · c >= before. Unit: points. Boundary: the same
    calendar costs nothing. Source: custom; the minimal perturbation problem of timetabling (Barták, Müller, Rudová
    2003).
    """

    name: ClassVar[str] = "few_changes"
    origin: ClassVar[Literal["file", "always", "previous"]] = "previous"

    placements: tuple[Placement, ...]
    weights: tuple[PositiveInt, ...] = ()
    """One for each placement; without any all are 1."""

    @model_validator(mode="after")
    def _one_for_each(self) -> Self:
        if self.weights and len(self.weights) != len(self.placements):
            raise ValueError("so many weights as placements, or none")
        return self

    @property
    def rank(self) -> int:
        """Before every level that a file can name."""
        return 0

    def post(self, programme: Programme, model: Model) -> None:
        """Charges each previous placement for what is lost of it."""
        for activity, placement, weight in self._previous(programme):
            if isinstance(activity, Work):
                model.charge([(weight, _less_work(model, activity, placement))])
                continue
            staffed = ((weight * REASSIGNED, unknowns) for unknowns in assigned(model, activity, placement))
            kept = [(weight * _worth(activity), model.choices(activity.key)), *staffed]
            terms = [(-points, choices[placement.span]) for points, choices in kept if placement.span in choices]
            model.charge(terms, sum(points for points, _ in kept))

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Looks for each previous placement."""
        for activity, before, weight in self._previous(programme):
            there = [placement for placement in timetable.of(activity.key) if placement.span == before.span]
            if sum(placement.amount for placement in there) < before.amount:
                message = _moved(programme, activity, before)
                points = weight * _worth(activity)
                yield Breach(self.name, message, points, activities=(activity.key,), monday=before.span.week)
            if isinstance(activity, Part):
                gone = lost(activity, before, there)
                if gone:
                    yield Breach(
                        self.name,
                        _reassigned(programme, activity, before),
                        weight * REASSIGNED * len(gone),
                        activities=(activity.key,),
                        monday=before.span.week,
                        trainers=tuple(key for key in before.trainers if key in gone),
                    )

    def _previous(self, programme: Programme) -> Iterator[tuple[Activity, Placement, int]]:
        """What stood of each activity that the programme still has, with its weight."""
        for placement, weight in zip(self.placements, self.weights or repeat(1), strict=False):
            if placement.activity in programme.activities:
                yield programme.activities[placement.activity], placement, weight


def _worth(activity: Activity) -> int:
    return MOVED if isinstance(activity, Part | Block) else SHIFTED


def _less_work(model: Model, work: Work, before: Placement) -> Variable:
    """1 where a week has less work than before."""
    less = model.literal(f"less of {work.key} in the week of {before.span.day}")
    planned = [(-work.step, model.choices(work.key)[before.span])] if before.span in model.choices(work.key) else []
    model.links(-before.amount, [*planned, (-before.amount, less)])
    return less


def _moved(programme: Programme, activity: Activity, before: Placement) -> Message:
    told = {"name": name_of(programme, activity), "when": when_of(activity, before.span)}
    if isinstance(activity, Work):
        return say("{name} has less planned {when} than before", **told)
    return say("{name} no longer stands {when}", **told)


def _reassigned(programme: Programme, activity: Activity, before: Placement) -> Message:
    told = {"name": name_of(programme, activity), "when": when_of(activity, before.span)}
    return say("{name} {when} no longer has the trainers or the place that it had", **told)
