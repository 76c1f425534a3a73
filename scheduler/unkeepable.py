"""Laws that no timetable of a programme keeps, each looked at by itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from ortools.sat.python import cp_model

from calendars.naming import few
from calendars.programme import Programme
from calendars.timetable import Timetable
from calendars.wording import Message, say
from constraints.complete import Complete
from constraints.rule import Rule
from scheduler.candidates import Candidates
from scheduler.excerpt import Excerpt
from scheduler.guarded import GuardedModel
from scheduler.patience import Patience
from scheduler.problem import Problem


@dataclass(frozen=True)
class Unkeepable:
    """A law that cannot be kept even if no other law is, but those on one candidate alone.

    `breaches` are what its check finds in a timetable that breaks it by as little as can be.
    """

    law: str
    breaches: tuple[Message, ...]

    def words(self, programme: Programme) -> Message:
        """The law, and how it would be broken."""
        return say(
            "{law}: impossible even without the other laws; in the nearest calendar {told}",
            law=self.law,
            told=few(self.breaches),
        )


def unkeepable(problem: Problem, candidates: Mapping[str, Candidates], patience: Patience) -> tuple[Unkeepable, ...]:
    """Every law of an impossible problem that is found to be impossible by itself within the work allowed.

    What `complete` asks for is kept throughout.
    """
    model = GuardedModel(problem.programme, candidates, problem.laws)
    found = ((law, _nearest(model, law, patience)) for law in problem.laws if law.name != Complete.name)
    return tuple(
        Unkeepable(law.name, tuple(breach.message for breach in law.check(problem.programme, timetable)))
        for law, timetable in found
        if timetable is not None
    )


def _nearest(model: GuardedModel, law: Rule, patience: Patience) -> Timetable | None:
    """A timetable that breaks a law that cannot be kept by as little as can be; None for other laws."""
    own = [piece for piece in model.pieces if piece.law is law]
    always = [piece for piece in model.pieces if piece.law.origin == "always" and piece.law is not law]
    if not own or not Excerpt(model, [*own, *always]).solved(patience).impossible:
        return None
    excerpt = Excerpt(model, always, [row for piece in own for row in piece.rows])
    return excerpt.cheapest(patience, cp_model.LinearExpr.sum(excerpt.excesses)).timetable
