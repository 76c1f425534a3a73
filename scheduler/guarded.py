"""The model of a diagnosis: whatever a law strikes or posts may be broken, piece by piece."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model_helper import CpSolverResponse

from calendars.clock import Span, days_span
from calendars.programme import Activity, Programme
from constraints.complete import Complete
from constraints.rule import Rule, Term, Variable
from scheduler import parameters
from scheduler.candidates import Candidates
from scheduler.model import SearchModel, index_of, literal_of


@dataclass(frozen=True, eq=False)
class Piece:
    """What a law asks of some activities, from some week on.

    `broken` is 1 where it may be broken: by the sum of `excesses`, in the law's own unit where it has one.
    """

    law: Rule
    broken: cp_model.IntVar
    excesses: list[cp_model.IntVar]


class _About(NamedTuple):
    """The activities that an unknown is about, and the first week."""

    activities: frozenset[str]
    week: date | None


class GuardedModel(SearchModel):
    """As the model of a search, but each piece of each law may be broken; where none is, it allows the same.

    An activity may then have less than `complete` asks for, and never more. Priced rules do not belong here.
    """

    def __init__(self, programme: Programme, candidates: Mapping[str, Candidates], laws: Iterable[Rule]) -> None:
        self._pieces: dict[Hashable, Piece] = {}
        self._about: dict[int, _About] = {}
        super().__init__(programme, candidates, laws)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """By law, then in the order in which the law goes through activities and weeks."""
        return tuple(self._pieces.values())

    def post(self, rules: Iterable[Rule]) -> None:
        """Adds what some laws strike and demand."""
        self._tell_choices()
        for rule in rules:
            for activity in self.programme.activities.values():
                self._strike(rule, activity)
            super().post([rule])

    def any_of(self, name: str, choices: Sequence[Variable]) -> Variable:
        """As in a search; the literal is about whatever its choices are about."""
        found = super().any_of(name, choices)
        self._about[index_of(found)] = self._what_they_are_about(choices)
        return found

    def _what_they_are_about(self, unknowns: Iterable[Variable]) -> _About:
        """Of what several unknowns are about, the activities together and the first week; some are about nothing."""
        return _together([self._about[index_of(one)] for one in unknowns if index_of(one) in self._about])

    def _tell_choices(self) -> None:
        for key in self.programme.activities:
            chosen = [*self._trainers.get(key, {}).values(), *self._places.get(key, {}).values()]
            for choices in (self._choices[key], *chosen):
                for span, variable in choices.items():
                    self._about[index_of(variable)] = _About(frozenset([key]), span.week)

    def _strike(self, rule: Rule, activity: Activity) -> None:
        forbids = rule.forbids(self.programme, activity)
        if forbids is None:
            return
        for span, variable in self.choices(activity.key).items():
            if self.is_free(variable) and forbids(span):
                self._may_break(self._piece(rule, activity.key), variable)

    def _bound(self, limit: int, terms: list[Term]) -> None:
        limit = self._beside_the_past(limit, terms)
        most = self._most_of(terms) - limit
        if isinstance(self._posting, Complete) and limit >= 0:
            self._at_most(limit, terms)
        elif most > 0:
            excess = self._number(most, f"excess of {self._posting.name}")
            self._at_most(limit, [*terms, (-1, excess)])
            about = self._what_they_are_about(variable for _, variable in terms)
            self._may_break(self._piece(self._posting, about), excess)

    def _piece(self, rule: Rule, about: Hashable) -> Piece:
        key = id(rule), about
        if key not in self._pieces:
            broken = self.cp.new_bool_var(f"{rule.name} is broken ({len(self._pieces)})")
            self._pieces[key] = Piece(rule, broken, [])
        return self._pieces[key]

    def _may_break(self, piece: Piece, excess: Variable) -> None:
        self._at_most(0, [(1, excess), (-self.most(excess), Variable(piece.broken))])
        piece.excesses.append(literal_of(excess))


def _together(several: Sequence[_About]) -> _About:
    activities = frozenset[str]().union(*(one.activities for one in several))
    return _About(activities, min((one.week for one in several if one.week), default=None))


def returned(candidates: Mapping[str, Candidates]) -> dict[str, Candidates]:
    """The candidates with those that a law struck, as far as they lie in the dates of their activity."""
    return {key: _returned(found) for key, found in candidates.items()}


def _returned(found: Candidates) -> Candidates:
    dates = days_span(found.activity.dates)
    back: list[Span] = [span for span in found.struck if dates.contains(span)]
    return replace(found, lawful=tuple(sorted([*found.lawful, *back])), struck={})


def solved(cp: cp_model.CpModel, work: float) -> CpSolverResponse:
    """What one worker makes of a step of a diagnosis within so much of CP-SAT's deterministic time."""
    solver = cp_model.CpSolver()
    parameters.relaxed()(solver.parameters)
    solver.parameters.max_deterministic_time = work
    solver.solve(cp)
    return solver.response_proto
