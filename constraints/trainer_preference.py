from collections.abc import Iterator
from typing import ClassVar

from calendars.clashes import placed
from calendars.clock import Span
from calendars.naming import name_of, when_of
from calendars.programme import Part, Programme, Trainer, lies_in
from calendars.timetable import Timetable
from calendars.wording import Message, say
from constraints.rule import Breach, Model, Preference

_BEST = 5
"""The liking of the times that a trainer likes best."""


class TrainerPreference(Preference):
    """Sessions lie in the times that their trainer prefers, and of those that a trainer can in the ones liked best.

    A trainer who says no preference has none. Hours are read on the programme's own clock. Whoever gives a session
    that the programme does not name them for, as a substitute, is not asked.

    Formula: for each trainer, Σ points · x over the candidates x that they give: 1 point if a minute lies outside each
    pattern that they prefer, and 5 less the liking of the `can` in which it lies, the best of several. Unit: points.
    Boundary: a session that ends with the preferred hours lies in them; a time liked 5 costs nothing.
    Source: custom; the defences of an engineering school, whose juries like their times from 1 to 5.

    Example:
        [preferences.trainer_preference]
        level = 1
    """

    name: ClassVar[str] = "trainer_preference"
    private: ClassVar[bool] = True

    def post(self, programme: Programme, model: Model) -> None:
        """Charges every candidate for whoever gives it."""
        for trainer in _with_preferences(programme):
            for part in programme.parts.values():
                if trainer.key in part.trainers:
                    given = model.given_by(part.key, trainer.key).items()
                    points = ((_outside(trainer, span) + _dislike(trainer, span), variable) for span, variable in given)
                    model.charge((each, variable) for each, variable in points if each)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Finds the sessions outside the preferred times, and those at a time that is liked less than best."""
        for trainer in _with_preferences(programme):
            for session, span in placed(programme.parts.values(), timetable):
                if trainer.key in session.trainers and trainer.key in session.part.trainers:
                    for message, points in _disliked(programme, trainer, session.part, span):
                        activities, trainers = (session.part.key,), (trainer.key,)
                        yield Breach(self.name, message, points, False, activities, span.week, trainers)


def _disliked(programme: Programme, trainer: Trainer, part: Part, span: Span) -> Iterator[tuple[Message, int]]:
    """Why a trainer would rather have a session elsewhere, and the points of it."""
    told = {"name": name_of(programme, part), "when": when_of(part, span), "trainer": trainer.title}
    if _outside(trainer, span):
        yield say("{name} stands {when}, outside the times that “{trainer}” prefers", **told), 1
    if points := _dislike(trainer, span):
        liking = _BEST - points
        yield say("{name} stands {when}, a time that “{trainer}” likes {liking} of 5", liking=liking, **told), points


def _with_preferences(programme: Programme) -> list[Trainer]:
    return [trainer for trainer in programme.trainers.values() if trainer.prefers or trainer.can]


def _outside(trainer: Trainer, span: Span) -> int:
    """1 outside the times that a trainer prefers, if there are any."""
    return int(bool(trainer.prefers) and not any(lies_in(when, span) for when in trainer.prefers))


def _dislike(trainer: Trainer, span: Span) -> int:
    """By how much a trainer likes a time less than best; one in which they cannot is not liked at all."""
    return _BEST - (trainer.liking(span) or 0) if trainer.can else 0
