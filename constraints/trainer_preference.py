from collections.abc import Iterator
from typing import ClassVar

from calendars.clashes import placed
from calendars.clock import Span
from calendars.naming import name_of, when_of
from calendars.programme import Programme, Trainer, lies_in
from calendars.timetable import Timetable
from calendars.wording import say
from constraints.rule import Breach, Model, Preference


class TrainerPreference(Preference):
    """Sessions lie in the times that their trainer prefers.

    A trainer who says no preference has none. Hours are read on the programme's own clock. Whoever gives a session
    that the programme does not name them for, as a substitute, is not asked.

    Formula: for each trainer, Σ x over the candidates x that they give and of which a minute lies outside each pattern
    that they prefer. Unit: sessions of a trainer. Boundary: a session that ends with the preferred hours lies in them.
    Source: custom.

    Example:
        [preferences.trainer_preference]
        level = 1
    """

    name: ClassVar[str] = "trainer_preference"
    private: ClassVar[bool] = True

    def post(self, programme: Programme, model: Model) -> None:
        """Charges every candidate outside the times that whoever gives it prefers."""
        for trainer in _with_preferences(programme):
            for part in programme.parts.values():
                if trainer.key in part.trainers:
                    given = model.given_by(part.key, trainer.key).items()
                    model.charge((1, variable) for span, variable in given if not _is_preferred(trainer, span))

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Finds the sessions outside the preferred times."""
        for trainer in _with_preferences(programme):
            for session, span in placed(programme.parts.values(), timetable):
                gives = trainer.key in session.trainers and trainer.key in session.part.trainers
                if gives and not _is_preferred(trainer, span):
                    message = say(
                        "{name} stands {when}, outside the times that “{trainer}” prefers",
                        name=name_of(programme, session.part),
                        when=when_of(session.part, span),
                        trainer=trainer.title,
                    )
                    activities, trainers = (session.part.key,), (trainer.key,)
                    yield Breach(self.name, message, activities=activities, monday=span.week, trainers=trainers)


def _with_preferences(programme: Programme) -> list[Trainer]:
    return [trainer for trainer in programme.trainers.values() if trainer.prefers]


def _is_preferred(trainer: Trainer, span: Span) -> bool:
    return any(lies_in(when, span) for when in trainer.prefers)
