"""Two parts with which a law finds fault, once for the two, however often they give cause."""

from collections.abc import Sequence

from calendars.programme import Part
from constraints.rule import Model, Rule, Term, Variable


class Pairs:
    """For each two parts a literal that is 1 where a law finds fault with them, which is the bound that it posts."""

    def __init__(self, model: Model, law: Rule) -> None:
        self._model = model
        self._law = law
        self._at_fault: dict[tuple[str, str], Variable] = {}

    def at_most_one(self, one: Part, other: Part, terms: Sequence[Term]) -> None:
        """The sum is at most 1, or the two are at fault; where all of it is held, a law that is kept asks nothing."""
        if self._law.price is None and not any(self._model.is_free(variable) for _, variable in terms):
            return
        if (one.key, other.key) not in self._at_fault:
            self._at_fault[one.key, other.key] = self._model.literal(f"{self._law.name}: {one.key} and {other.key}")
            self._model.at_most(0, [(1, self._at_fault[one.key, other.key])])
        self._model.links(1, [*terms, (-1, self._at_fault[one.key, other.key])])


def once(model: Model, part: Part, choices: Sequence[Variable]) -> list[Term]:
    """Terms that are 1 where any of the choices is taken: of a part with one session or one way, only one is.

    They are of one day, on which a way has one session at most.
    """
    if part.count == 1 or part.ways:
        return [(1, choice) for choice in choices]
    return [(1, model.any_of(f"any of {len(choices)} sessions of {part.key}", choices))]
