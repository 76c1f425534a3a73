from collections.abc import Iterator, Mapping
from typing import ClassVar

from calendars.clock import Span
from calendars.naming import name_of
from calendars.programme import Part, Programme
from calendars.timetable import Timetable
from calendars.wording import say
from constraints.rule import Breach, Model, Preference, Variable


class Steady(Preference):
    """The sessions of a part keep their trainers and their place, where the search may choose them.

    Formula: for each part, Σ u(trainer) - trainers needed, and Σ u(place) - 1, where u is 1 if a session of the part
    has that trainer or place. Unit: trainers and places beyond the fewest. Boundary: the same ones for all sessions
    cost nothing. Source: custom; room stability in the timetabling competitions (ITC 2007, track 3).

    Example:
        [preferences.steady]
        level = 2
    """

    name: ClassVar[str] = "steady"

    def post(self, programme: Programme, model: Model) -> None:
        """Charges a literal for each trainer and each place that a part uses."""
        for part in programme.parts.values():
            if part.chooses_trainers and part.count > 1:
                _charge(model, part, {key: model.given_by(part.key, key) for key in part.trainers}, part.together)
            if part.chooses_place and part.count > 1:
                _charge(model, part, {key: model.in_place(part.key, key) for key in part.places}, 1)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Counts the trainers and the places of each part."""
        for part in programme.parts.values():
            placements, name = timetable.of(part.key), name_of(programme, part)
            trainers = {key for placement in placements for key in placement.trainers if key in part.trainers}
            if len(trainers) > part.together:
                message = say(
                    "{name} has {count} trainers in turn instead of {fewest}",
                    name=name,
                    count=len(trainers),
                    fewest=part.together,
                )
                in_turn = tuple(key for key in part.trainers if key in trainers)
                excess = len(trainers) - part.together
                yield Breach(self.name, message, excess, activities=(part.key,), trainers=in_turn)
            places = {placement.place for placement in placements if placement.place in part.places}
            if len(places) > 1:
                message = say("{name} stands in {count} places instead of one", name=name, count=len(places))
                yield Breach(self.name, message, len(places) - 1, activities=(part.key,))


def _charge(model: Model, part: Part, chosen: Mapping[str, Mapping[Span, Variable]], fewest: int) -> None:
    """Pays for each option that is used beyond the fewest.

    The tie only makes the bound on their number; it leaves out what was held, which may be more than is announced.
    """
    options = {option: list(choices.values()) for option, choices in chosen.items() if choices}
    used = [model.any_of(f"{part.key} has {option}", choices) for option, choices in options.items()]
    free = [[variable for variable in choices if model.is_free(variable)] for choices in options.values()]
    most = [(-min(part.count, len(some)), literal) for some, literal in zip(free, used, strict=True)]
    model.links(0, [*((1, variable) for some in free for variable in some), *most])
    model.at_most(fewest, [(1, literal) for literal in used])
