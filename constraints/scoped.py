"""A rule of one programme where several are solved together: it sees that programme alone, in its own ids."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from operator import itemgetter
from typing import Any, ClassVar

from pydantic import ConfigDict

from calendars.clock import Span
from calendars.joint import Scope
from calendars.programme import Activity, Programme
from calendars.timetable import Placement, Timetable, programme_of
from constraints.rule import Breach, Forbids, Model, Origin, Rule, Term, Variable

_KINDS: dict[str, Any] = {
    "name": str,
    "origin": Origin,
    "makes_up": bool,
    "private": bool,
    "bend": int | None,
    "bends_strikes": bool,
    "asks": bool,
}
"""What a rule has as a class, with its type."""


def scoped(rule: Rule, scope: Scope) -> Rule:
    """The rule of a programme as a rule of the joint one."""
    return _kind(*(getattr(rule, attribute) for attribute in _KINDS))(rule=rule, scope=scope)


@cache
def _kind(*same: Any) -> "type[_Scoped]":
    """The class of the scoped rules with these attributes: pydantic takes long to make one."""
    typed = {attribute: ClassVar[kind] for attribute, kind in _KINDS.items()}
    body = {"__annotations__": typed, "__module__": __name__, **dict(zip(_KINDS, same, strict=True))}
    kind: type[_Scoped] = type("Scoped", (_Scoped,), body)
    return kind


def concerned(rules: Sequence[Rule]) -> Callable[[str], Sequence[Rule]]:
    """For the key of an activity the rules that may concern it, in their order: not those of other programmes."""
    every: defaultdict[str | None, list[tuple[int, Rule]]] = defaultdict(list)
    for number, rule in enumerate(rules):
        every[rule.scope.programme.key if isinstance(rule, _Scoped) else None].append((number, rule))

    @cache
    def of_programme(key: str) -> Sequence[Rule]:
        return [rule for _, rule in sorted((*every[None], *every.get(key, ())), key=itemgetter(0))]

    return lambda activity: of_programme(programme_of(activity))


class _Scoped(Rule):
    """The rule in the joint programme; what it says is what the rule says."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    rule: Rule
    scope: Scope

    @property
    def price(self) -> int | None:
        return self.rule.price

    @property
    def rank(self) -> int:
        return self.rule.rank

    def forbids(self, programme: Programme, activity: Activity) -> Forbids | None:
        own = self._own(activity)
        return None if own is None else self.rule.forbids(self.scope.programme, own)

    def holds(self, activity: Activity) -> Iterator[Placement]:
        own = self._own(activity)
        return (self.scope.placement(each) for each in (self.rule.holds(own) if own is not None else ()))

    def closes(self, span: Span) -> bool:
        return self.rule.closes(span)

    def post(self, programme: Programme, model: Model) -> None:
        self.rule.post(self.scope.programme, _ScopedModel(model, self.scope))

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        for breach in self.rule.check(self.scope.programme, self.scope.timetable(timetable)):
            activities = tuple(map(self.scope.outside, breach.activities))
            yield replace(breach, activities=activities, trainers=tuple(map(self.scope.trainer, breach.trainers)))

    def _own(self, activity: Activity) -> Activity | None:
        key = self.scope.inside(activity.key)
        return None if key is None else self.scope.programme.activities[key]


class _ScopedModel:
    """The model of several programmes as the rules of one of them know it."""

    def __init__(self, model: Model, scope: Scope) -> None:
        self._model = model
        self._scope = scope
        self.at_most = model.at_most
        self.at_least = model.at_least
        self.charge = model.charge
        self.literal = model.literal
        self.any_of = model.any_of
        self.exclusive = model.exclusive
        self.links = model.links
        self.is_free = model.is_free

    def choices(self, activity: str) -> Mapping[Span, Variable]:
        return self._model.choices(self._scope.outside(activity))

    def given_by(self, part: str, trainer: str) -> Mapping[Span, Variable]:
        return self._model.given_by(self._scope.outside(part), self._scope.trainer(trainer))

    def in_place(self, part: str, place: str) -> Mapping[Span, Variable]:
        return self._model.in_place(self._scope.outside(part), self._scope.place(place))

    def ways(self, part: str) -> Mapping[int, Variable]:
        return self._model.ways(self._scope.outside(part))

    def ways_in(self, part: str, place: str) -> Mapping[int, Variable]:
        return self._model.ways_in(self._scope.outside(part), self._scope.place(place))

    def by_week(self, activity: str) -> Mapping[date, Sequence[Term]]:
        return self._model.by_week(self._scope.outside(activity))

    def open_day(self, group: str, day: date) -> Variable:
        return self._model.open_day(self._scope.outside(group), day)
