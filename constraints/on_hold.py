from collections.abc import Collection, Iterator, Mapping
from typing import ClassVar

from calendars.clock import Span
from calendars.naming import name_of, name_of_groups, name_of_place, name_of_trainer, when_of
from calendars.programme import Activity, Block, Part, Programme
from calendars.timetable import Placement, Timetable
from calendars.wording import Message, say
from constraints.rule import Breach, Forbids, Model, Origin, Rule, Variable
from constraints.whole_week import takes_whole_week


class OnHold(Rule):
    """A slot on hold stays free for the session that may go there, until people have chosen.

    No live session of another part overlaps the slot if somebody is, or may be, in the groups of both, if they share a
    trainer, or a place that holds one session at a time; where the search chooses among trainers or places, it chooses
    others. Neither does an intensive week or a seminar of these people, unless the part belongs inside it.

    Formula: x = 0 for a candidate x that overlaps the slot and needs somebody or some place of it, g = 0 for its choice
    g. Boundary: what ends exactly where the slot begins, or begins exactly where it ends, is lawful; no buffer is kept
    beside it. Source: custom.
    """

    name: ClassVar[str] = "on_hold"
    origin: ClassVar[Origin] = "previous"
    bend: ClassVar[int | None] = None
    asks: ClassVar[bool] = False

    slots: tuple[Placement, ...]

    def forbids(self, programme: Programme, activity: Activity) -> Forbids | None:
        """Strikes where too few of those who could give or hold the session are left, or its group has to be there."""
        slots = self._of_others(programme, activity)
        if not slots:
            return None
        return lambda span: _is_taken(programme, activity, [slot for slot in slots if slot.span.overlaps(span)])

    def post(self, programme: Programme, model: Model) -> None:
        """Nobody and nothing is chosen that a slot needs."""
        for part in programme.parts.values():
            slots = self._of_others(programme, part)
            for trainer in part.trainers_to_choose:
                needing = [slot.span for slot in slots if trainer in slot.trainers]
                _keep_free(model, needing, model.given_by(part.key, trainer))
            if part.chooses_place:
                for place in part.places:
                    needing = [slot.span for slot in slots if place == _single_place(programme, slot)]
                    _keep_free(model, needing, model.in_place(part.key, place))

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Looks at whatever overlaps a slot, and for each thing that both need."""
        for activity in programme.activities.values():
            for placement in timetable.of(activity.key):
                for slot in self._of_others(programme, activity):
                    if slot.span.overlaps(placement.span):
                        yield from self._clashes(programme, activity, placement, slot)

    def _of_others(self, programme: Programme, activity: Activity) -> list[Placement]:
        """The slots on hold for other parts that an activity could be in the way of."""
        known = [slot for slot in self.slots if slot.activity in programme.parts]
        match activity:
            case Part():
                return [slot for slot in known if slot.activity != activity.key]
            case Block() if takes_whole_week(activity):
                return [slot for slot in known if activity.key not in programme.parts[slot.activity].blocks]
            case _:
                return []

    def _clashes(
        self, programme: Programme, activity: Activity, placement: Placement, slot: Placement
    ) -> Iterator[Breach]:
        for concerned, trainers in _needed_by_both(programme, activity, placement, slot):
            session = programme.parts[slot.activity]
            message = say(
                "{name} {when} overlaps the slot on hold for {session} {then}, for {concerned}",
                name=name_of(programme, activity),
                when=when_of(activity, placement.span),
                session=name_of(programme, session),
                then=when_of(session, slot.span),
                concerned=concerned,
            )
            monday = placement.span.week
            yield Breach(self.name, message, activities=(activity.key,), monday=monday, trainers=trainers)


def _is_taken(programme: Programme, activity: Activity, slots: Collection[Placement]) -> bool:
    """Whether the slots that overlap a candidate need its people, or leave too few trainers or no place for it."""
    if any(_share_a_person(programme, activity, slot) for slot in slots):
        return True
    if not isinstance(activity, Part):
        return False
    trainers = {trainer for slot in slots for trainer in slot.trainers}
    places = {_single_place(programme, slot) for slot in slots}
    too_few = any(len(set(need.trainers) - trainers) < need.number for need in activity.needs)
    return too_few or (bool(activity.places) and set(activity.places) <= places)


def _needed_by_both(
    programme: Programme, activity: Activity, placement: Placement, slot: Placement
) -> Iterator[tuple[Message, tuple[str, ...]]]:
    """Who and what a placement and a slot share, with the key of a trainer."""
    if _share_a_person(programme, activity, slot):
        groups = {activity.group, programme.parts[slot.activity].group}
        yield name_of_groups(programme, groups), ()
    for trainer in programme.trainers:
        if trainer in placement.trainers and trainer in slot.trainers:
            yield name_of_trainer(programme, trainer), (trainer,)
    place = _single_place(programme, slot)
    if place is not None and place == placement.place:
        yield name_of_place(programme, place), ()


def _share_a_person(programme: Programme, activity: Activity, slot: Placement) -> bool:
    session = programme.parts[slot.activity]
    if isinstance(activity, Part):
        return programme.meets_somebody_of(activity, session)
    return programme.share_a_person(activity.group, session.group)


def _single_place(programme: Programme, slot: Placement) -> str | None:
    """The place of a slot, if it holds one session at a time."""
    single = [key for key, place in programme.places.items() if place.sessions_at_once == 1]
    return slot.place if slot.place in single else None


def _keep_free(model: Model, slots: Collection[Span], choices: Mapping[Span, Variable]) -> None:
    for span, variable in choices.items():
        if any(span.overlaps(slot) for slot in slots):
            model.at_most(0, [(1, variable)])
