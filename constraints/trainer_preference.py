from collections.abc import Iterator
from typing import ClassVar

from calendars.clock import Span
from calendars.naming import name_of, when_of
from calendars.programme import Part, Programme, Trainer, lies_in
from calendars.timetable import Timetable
from calendars.wording import say
from constraints.rule import Breach, Model, Preference


class TrainerPreference(Preference):
    """Sessions lie in the times that their trainer prefers.

    A trainer who says no preference has none. Hours are read on the programme's own clock.

    Formula: Σ x over the candidates x of which a minute lies outside each pattern that the trainer prefers.
    Unit: sessions. Boundary: a session that ends with the preferred hours lies in them. Source: custom.
    """

    name: ClassVar[str] = "trainer_preference"

    def post(self, programme: Programme, model: Model) -> None:
        """Charges every candidate outside the preferred times."""
        for part, trainer in _parts(programme):
            model.charge(
                (1, variable) for span, variable in model.choices(part.key).items() if not _is_preferred(trainer, span)
            )

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Finds the sessions outside the preferred times."""
        for part, trainer in _parts(programme):
            for placement in timetable.of(part.key):
                if not _is_preferred(trainer, placement.span):
                    message = say(
                        "{name} stands {when}, outside the times that “{trainer}” prefers",
                        name=name_of(programme, part),
                        when=when_of(part, placement.span),
                        trainer=trainer.title,
                    )
                    yield Breach(self.name, message)


def _parts(programme: Programme) -> Iterator[tuple[Part, Trainer]]:
    """The parts whose trainer prefers some times, with that trainer."""
    for part in programme.parts.values():
        if part.trainer is not None and programme.trainers[part.trainer].prefers:
            yield part, programme.trainers[part.trainer]


def _is_preferred(trainer: Trainer, span: Span) -> bool:
    return any(lies_in(when, span) for when in trainer.prefers)
