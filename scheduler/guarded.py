"""The model of a diagnosis: what laws post may be broken, bound by bound."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ortools.sat.python import cp_model

from calendars.programme import Programme
from constraints.complete import Complete
from constraints.rule import Rule, Term, Variable
from scheduler.candidates import Candidates
from scheduler.model import SearchModel


class Guard(NamedTuple):
    """A bound of a law, and the literal that is 1 where it may be broken."""

    law: Rule
    broken: cp_model.IntVar


class GuardedModel(SearchModel):
    """As the model of a search, but each bound that a law posts has a guard: 1 where the bound is broken.

    What `complete` asks for has none. Priced rules do not belong here.
    """

    def __init__(self, programme: Programme, candidates: Mapping[str, Candidates], laws: Iterable[Rule]) -> None:
        self.guards: list[Guard] = []
        super().__init__(programme, candidates, laws)

    def _bound(self, limit: int, terms: list[Term]) -> None:
        rule = self._posting
        if isinstance(rule, Complete):
            super()._bound(limit, terms)
            return
        limit = self._beside_the_past(limit, terms)
        excess = self._most_of(terms) - limit
        if excess > 0:
            broken = self.cp.new_bool_var(f"{rule.name} is broken")
            self._at_most(limit, [*terms, (-excess, Variable(broken))])
            self.guards.append(Guard(rule, broken))
