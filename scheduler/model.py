"""The CP-SAT model of a problem: one unknown per lawful candidate, then what each rule posts."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import TypeVar, cast

from ortools.sat.python import cp_model

from calendars.clock import Span, moment_of
from calendars.juries import Need
from calendars.programme import Part, Programme, Work
from calendars.timetable import Placement, Timetable
from constraints.rule import Rule, Term, Variable
from scheduler.candidates import Candidates
from scheduler.regular import AtSpans, Runs, runs_of

K = TypeVar("K", bound=Span | int)
"""What a part takes some of: candidates of its sessions, or its ways by number."""

Chosen = dict[str, Mapping[Span, Variable]]
"""By trainer or place, then by candidate."""

ChosenWays = dict[str, Mapping[int, Variable]]
"""By trainer or place, then by number of a way."""

_Said = tuple[int, bytes]
"""The limit of a sum, and its factors and indices."""


@dataclass(frozen=True)
class Cost:
    """A priced term of the objective: `weight` times what the variables and the constant add up to."""

    rule: str
    rank: int
    weight: int
    terms: tuple[Term, ...]
    constant: int = 0


class SearchModel:
    """The model of a search: struck candidates are absent, every law is posted without a guard.

    What is held is fixed. A bound that it breaks by itself asks of the rest only that it adds nothing.

    `cp` is the CP-SAT model, which several may share; `costs` what the weighted rules charge. Every variable has a
    readable name.
    """

    def __init__(
        self,
        programme: Programme,
        candidates: Mapping[str, Candidates],
        rules: Iterable[Rule],
        cp: cp_model.CpModel | None = None,
    ) -> None:
        self.programme = programme
        self.cp = cp_model.CpModel() if cp is None else cp
        self.costs: list[Cost] = []
        self._most: dict[int, int] = {}
        self._fixed: dict[int, int] = {}
        self._cliques: list[list[Term]] = []
        self._indexed: tuple[int, Mapping[int, Sequence[frozenset[int]]]] = 0, {}
        self._held = {key: found.held for key, found in candidates.items()}
        self._weeks: dict[str, dict[date, list[Term]]] = {}
        self._open_days: dict[tuple[str, date], Variable] = {}
        self._said: set[_Said] = set()
        self._excesses: dict[_Said, Variable] = {}
        self._ways: dict[str, Mapping[int, Variable]] = {}
        self._trainers_of_ways: dict[str, ChosenWays] = {}
        self._places_of_ways: dict[str, ChosenWays] = {}
        self._runs: dict[str, Runs] = {}
        self._choices = {key: self._unknowns(found) for key, found in candidates.items()}
        self._trainers = {key: self._trainers_of(part) for key, part in programme.parts.items()}
        self._places = {key: self._places_of(part) for key, part in programme.parts.items()}
        self.post(rules)

    def post(self, rules: Iterable[Rule]) -> None:
        """Adds what some rules demand."""
        for rule in rules:
            self._posting = rule
            rule.post(self.programme, self)

    def choices(self, activity: str) -> Mapping[Span, Variable]:
        """The unknowns of an activity by lawful candidate."""
        return self._choices[activity]

    def given_by(self, part: str, trainer: str) -> Mapping[Span, Variable]:
        """The unknowns of the sessions that a trainer gives, by candidate."""
        return self._trainers[part][trainer]

    def in_place(self, part: str, place: str) -> Mapping[Span, Variable]:
        """The unknowns of the sessions in a place, by candidate."""
        return self._places[part][place]

    def ways(self, part: str) -> Mapping[int, Variable]:
        """The unknowns of the lawful ways of a part by number."""
        return self._ways.get(part, {})

    def ways_in(self, part: str, place: str) -> Mapping[int, Variable]:
        """The unknowns of the lawful ways of a part in a place, by number."""
        return self._places_of_ways[part][place]

    def by_week(self, activity: str) -> Mapping[date, Sequence[Term]]:
        """The minutes of sessions or self-paced work by week."""
        if activity not in self._weeks:
            planned = self.programme.activities[activity]
            weeks: dict[date, list[Term]] = defaultdict(list)
            for span, variable in self._choices[activity].items():
                weeks[span.week].append((planned.step if isinstance(planned, Work) else span.minutes, variable))
            self._weeks[activity] = weeks
        return self._weeks[activity]

    def at_most(self, limit: int, terms: Iterable[Term]) -> None:
        """The sum is at most `limit`, or the posting rule pays for what lies above."""
        self._bound(limit, list(terms))

    def at_least(self, limit: int, terms: Iterable[Term]) -> None:
        """The sum is at least `limit`, or the posting rule pays for what lies below."""
        self._bound(-limit, [(-factor, variable) for factor, variable in terms])

    def charge(self, terms: Iterable[Term], constant: int = 0) -> None:
        """Adds to the cost of the posting rule."""
        rule = self._posting
        if rule.price is None:
            raise TypeError(f"{rule.name} is no priced rule: only preferences charge")
        self.costs.append(Cost(rule.name, rule.rank, rule.price, tuple(terms), constant))

    def literal(self, name: str) -> Variable:
        """A new 0/1 unknown."""
        return Variable(self.cp.new_bool_var(name))

    def any_of(self, name: str, choices: Sequence[Variable]) -> Variable:
        """1 exactly where one of the choices is 1."""
        if len(choices) > 1:
            choices = list({index_of(choice): choice for choice in choices}.values())
        if len(choices) == 1:
            return choices[0]
        found = self.literal(name)
        self._unite(found, choices)
        values = {self._fixed.get(index_of(choice)) for choice in choices}
        if 1 in values or None not in values:
            self._fixed[index_of(found)] = int(1 in values)
        return found

    def exclusive(self, choices: Sequence[Variable]) -> Sequence[Sequence[Variable]]:
        """Few sets of the choices, of each of which one is 1 at most; what no law sets against others is alone."""
        left = {index_of(choice): choice for choice in choices}
        known = self._known_cliques()
        cliques = dict.fromkeys(clique for index in left for clique in (frozenset([index]), *known.get(index, ())))
        found = []
        while left:
            most = max(cliques, key=lambda clique: len(clique & left.keys()))
            found.append([choice for choice in choices if index_of(choice) in most])
            left = {index: choice for index, choice in left.items() if index not in most}
        return found

    def links(self, limit: int, terms: Iterable[Term]) -> None:
        """A tie that no rule owns: the sum is at most `limit`."""
        tied = list(terms)
        self._at_most(limit, tied)
        if self._fixed:
            self._follow(limit, tied)

    def open_day(self, group: str, day: date) -> Variable:
        """1 on a day with a live session for somebody of the group."""
        if (group, day) not in self._open_days:
            self._open_days[group, day] = self._new_open_day(group, day)
        return self._open_days[group, day]

    def unknowns(self) -> Iterator[tuple[str, str | None, Span, Variable]]:
        """Every unknown of a candidate, with its activity and with the trainer or place that it is a choice of."""
        for key, choices in self._choices.items():
            yield from ((key, None, span, variable) for span, variable in choices.items())
            for options in (self._trainers.get(key, {}), self._places.get(key, {})):
                for name, chosen in options.items():
                    if chosen is not choices:
                        yield from ((key, name, span, variable) for span, variable in chosen.items())

    def is_free(self, variable: Variable) -> bool:
        """Whether what was held says nothing of an unknown."""
        return index_of(variable) not in self._fixed

    def most(self, variable: Variable) -> int:
        """The most that an unknown can be."""
        return self._most.get(index_of(variable), 1)

    def kept(self, timetable: Timetable) -> Iterator[Term]:
        """Each unknown that a timetable takes and that is still to be had, with its value there."""
        for placement in timetable.placements:
            key, span = placement.activity, placement.span
            if span in self._choices.get(key, {}):
                yield placement.amount // self._size(key), self._choices[key][span]
                chosen = self._trainers.get(key, {}), self._places.get(key, {})
                for options, names in zip(chosen, (placement.trainers, [placement.place]), strict=True):
                    yield from ((1, options[name][span]) for name in names if name in options)

    def values(self, timetable: Timetable) -> list[int]:
        """A value for each variable: of the choices that a timetable takes, and 0 for all others."""
        values = [0] * len(self.cp.proto.variables)
        for value, variable in (*self.kept(timetable), *self._ways_of(timetable)):
            values[index_of(variable)] = value
        return values

    def _ways_of(self, timetable: Timetable) -> Iterator[Term]:
        """The ways that a timetable takes, with the trainers and the place of each."""
        for key, ways in self._ways.items():
            placements = timetable.of(key)
            spans = tuple(placement.span for placement in placements)
            for number in (number for number in ways if self.programme.parts[key].ways[number].spans == spans):
                yield 1, ways[number]
                chosen = self._trainers_of_ways[key], self._places_of_ways[key]
                for options, names in zip(chosen, (placements[0].trainers, [placements[0].place]), strict=True):
                    yield from ((1, options[name][number]) for name in names if name in options)

    def cost(self, rank: int) -> cp_model.LinearExprT:
        """What the rules of a rank charge in all; never below 0."""
        costs = [cost for cost in self.costs if cost.rank == rank]
        constant = sum(cost.weight * cost.constant for cost in costs)
        return (
            weighted_sum((cost.weight * factor, variable) for cost in costs for factor, variable in cost.terms)
            + constant
        )

    def most_cost(self, rank: int) -> int:
        """What the rules of a rank charge at most."""
        costs = [cost for cost in self.costs if cost.rank == rank]
        return sum(cost.weight * (cost.constant + self._most_of(cost.terms)) for cost in costs)

    def timetable(self, values: Sequence[int]) -> Timetable:
        """The timetable of a solution, given the value of each variable by its index."""
        return Timetable(
            tuple(
                self._held[key].get(span) or self._placement(key, span, amount, values)
                for key, choices in self._choices.items()
                if key not in self._ways
                for span, variable in choices.items()
                if (amount := values[index_of(variable)] * self._size(key))
            )
            + tuple(each for key in self._ways for each in self._regular(key, values))
        )

    def _regular(self, key: str, values: Sequence[int]) -> Iterator[Placement]:
        """The sessions of the way that a part takes."""
        part = self.programme.parts[key]
        for number, variable in self._ways[key].items():
            if values[index_of(variable)]:
                trainers = _taken(self._trainers_of_ways[key], number, values)
                places = _taken(self._places_of_ways[key], number, values)
                for span in part.ways[number].spans:
                    held = self._held[key].get(span)
                    yield held or Placement(span, key, 1, trainers, places[0] if places else None)

    def _placement(self, key: str, span: Span, amount: int, values: Sequence[int]) -> Placement:
        trainers = _taken(self._trainers.get(key, {}), span, values)
        places = _taken(self._places.get(key, {}), span, values)
        return Placement(span, key, amount, trainers, places[0] if places else None)

    def _trainers_of(self, part: Part) -> Chosen:
        """Who gives each candidate: as many of the part's trainers as it needs."""
        held = {span: each.trainers for span, each in self._held[part.key].items()}
        if part.ways:
            self._trainers_of_ways[part.key] = found = self._staff(part, self._ways[part.key], {})
            return self._at_spans(part, found, held)
        return self._staff(part, self._choices[part.key], held)

    def _staff(
        self, part: Part, taken: Mapping[K, Variable], held: Mapping[K, Collection[str]]
    ) -> dict[str, Mapping[K, Variable]]:
        chosen = self._chosen(part, taken, part.trainers, part.certain_trainers, part.together, held)
        for need in part.needs:
            if len(need.trainers) < len(part.trainers):
                self._fill(need, taken, chosen, held)
        return chosen

    def _fill(
        self, need: Need, taken: Mapping[K, Variable], chosen: Mapping[str, Mapping[K, Variable]], held: Collection[K]
    ) -> None:
        """Ties a need to all that is not held, as far as no certain trainer meets it."""
        options = [chosen[key] for key in need.trainers if chosen[key] is not taken]
        number = need.number - len(need.trainers) + len(options)
        for one in taken if number > 0 else []:
            if one not in held:
                self._at_most(0, [(number, taken[one]), *((-1, option[one]) for option in options)])

    def _places_of(self, part: Part) -> Chosen:
        """Where each candidate is held: in one of the part's places."""
        held = {span: (each.place,) for span, each in self._held[part.key].items()}
        certain = () if part.chooses_place else part.places
        needed = min(1, len(part.places))
        if part.ways:
            found = self._chosen(part, self._ways[part.key], part.places, certain, needed, {})
            self._places_of_ways[part.key] = found
            return self._at_spans(part, found, held)
        return self._chosen(part, self._choices[part.key], part.places, certain, needed, held)

    def _at_spans(self, part: Part, chosen: ChosenWays, held: Mapping[Span, Collection[str | None]]) -> Chosen:
        """What is chosen with ways as it is at their spans; what was held has those that it had."""
        taken, runs = self._choices[part.key], self._runs[part.key]
        found: Chosen = {}
        for option, by_way in chosen.items():
            same = by_way is self._ways[part.key]
            found[option] = taken if same else self._at_runs(f"{part.key} {option}", runs, by_way)
            for span, names in held.items():
                if (option in names) != same:
                    self._fix(found[option][span], int(option in names))
        return found

    def _at_runs(self, name: str, runs: Runs, by_way: Mapping[int, Variable]) -> AtSpans:
        every = [self.any_of(name, [by_way[number] for number in ways]) for ways in runs.ways]
        return AtSpans(runs.numbers, every)

    def _chosen(
        self,
        part: Part,
        taken: Mapping[K, Variable],
        options: Sequence[str],
        certain: Collection[str],
        needed: int,
        held: Mapping[K, Collection[str | None]],
    ) -> dict[str, Mapping[K, Variable]]:
        """Unknowns by option and by what is taken, `needed` of them 1 where it is, or those that it had.

        What is certain is taken in any case, and needs no unknown of its own.
        """
        same = [option for option in options if option in certain and all(option in names for names in held.values())]
        open_to_choice = [option for option in options if option not in same]
        found: dict[str, Mapping[K, Variable]] = dict.fromkeys(options, taken)
        for option in open_to_choice:
            found[option] = {one: self.literal(f"{_name_at(part.key, one)} {option}") for one in taken}
        for one in taken if open_to_choice else []:
            if one in held:
                for option in open_to_choice:
                    self._fix(found[option][one], int(option in held[one]))
            else:
                self._equate([*((1, found[key][one]) for key in open_to_choice), (len(same) - needed, taken[one])])
        return found

    def _unknowns(self, found: Candidates) -> Mapping[Span, Variable]:
        activity = found.activity
        unknowns: Mapping[Span, Variable]
        if isinstance(activity, Part) and activity.ways:
            unknowns = self._at_ways(activity, found)
        elif isinstance(activity, Work):
            steps = max(activity.minutes, *(each.amount for each in found.held.values()), 0) // activity.step
            unknowns = {span: self._number(steps, f"{activity.key} {span.day}") for span in found.lawful}
        else:
            unknowns = {span: self.literal(_name_at(activity.key, span)) for span in found.lawful}
        for span, placement in found.held.items():
            self._fix(unknowns[span], placement.amount // self._size(activity.key))
        for span in found.closed:
            if span in unknowns:
                self._fix(unknowns[span], 0)
        return unknowns

    def _at_ways(self, part: Part, found: Candidates) -> AtSpans:
        """The unknowns of the lawful ways, and at each span that of the ways that have it."""
        ways = self._ways[part.key] = {number: self.literal(_name_at(part.key, number)) for number in found.ways}
        self._runs[part.key] = runs_of(part, ways, found)
        return self._at_runs(part.key, self._runs[part.key], ways)

    def _fix(self, variable: Variable, value: int) -> None:
        self.cp.add(literal_of(variable) == value)
        self._fixed[index_of(variable)] = value

    def _number(self, most: int, name: str) -> Variable:
        variable = self.cp.new_int_var(0, most, name)
        self._most[variable.index] = most
        return Variable(variable)

    def _size(self, key: str) -> int:
        activity = self.programme.activities[key]
        return activity.step if isinstance(activity, Work) else 1

    @cached_property
    def _sessions_by_day(self) -> Mapping[date, Sequence[tuple[str, Variable]]]:
        by_day = defaultdict(list)
        for part in self.programme.parts.values():
            for span, variable in self._choices[part.key].items():
                by_day[span.day].append((part.group, variable))
        return by_day

    def _new_open_day(self, group: str, day: date) -> Variable:
        sessions = [
            variable
            for concerned, variable in self._sessions_by_day.get(day, ())
            if self.programme.share_a_person(group, concerned)
        ]
        return self.any_of(f"open {group} {day}", sessions)

    def _beside_the_past(self, limit: int, terms: Iterable[Term]) -> int:
        """The limit, or what the past alone adds up to where that is above it and nothing can make up for it."""
        if not self._fixed:
            return limit
        past: list[tuple[int, int]] = []
        to_come: list[tuple[int, int]] = []
        for factor, variable in terms:
            value = self._fixed.get(index_of(variable))
            (to_come if value is None else past).append((factor, value or 0))
        lacking = self._posting.makes_up and any(factor < 0 for factor, _ in past)
        if not past or lacking or any(factor < 0 for factor, _ in to_come):
            return limit
        return max(limit, sum(factor * value for factor, value in past))

    def _follow(self, limit: int, terms: list[Term]) -> None:
        """What the past says of the only unknown of a tie that it leaves open."""
        left = [(factor, variable) for factor, variable in terms if self.is_free(variable)]
        if len(left) == 1 and self.most(left[0][1]) == 1:
            [(factor, variable)] = left
            least = sum(each * self._fixed[index_of(other)] for each, other in terms if not self.is_free(other))
            if least > limit or least + factor > limit:
                self._fixed[index_of(variable)] = int(least > limit)

    def _bound(self, limit: int, terms: list[Term]) -> None:
        rule = self._posting
        if rule.price is None:
            limit = self._beside_the_past(limit, terms)
            self._at_most(limit, terms)
            if self._is_clique(limit, terms):
                self._cliques.append(terms)
            return
        most = self._most_of(terms)
        if most > limit:
            excess = self._excess(limit, terms, most - limit)
            self.costs.append(Cost(rule.name, rule.rank, rule.price, ((1, excess),)))

    def _excess(self, limit: int, terms: list[Term], most: int) -> Variable:
        """What a priced sum is above its limit, which weeks that say the same share."""
        said = _said(limit, terms)
        if not self._ways or said not in self._excesses:
            self._excesses[said] = self._number(most, f"excess of {self._posting.name}")
            self._at_most(limit, [*terms, (-1, self._excesses[said])])
        return self._excesses[said]

    def _most_of(self, terms: Iterable[Term]) -> int:
        """The most that some terms could add up to."""
        return sum(factor * self.most(variable) for factor, variable in terms if factor > 0)

    def _unite(self, found: Variable, choices: Sequence[Variable]) -> None:
        for choice in _all(choices):
            self.cp.add_implication(choice, literal_of(found))
        self.cp.add_bool_or([*_all(choices), literal_of(found).negated()])

    def _equate(self, terms: list[Term]) -> None:
        self.cp.add(weighted_sum(terms) == 0)

    def _is_known(self, limit: int, terms: list[Term]) -> bool:
        """Whether the same was posted before: sessions of a way share unknowns, so that weeks may say the same."""
        said = _said(limit, terms)
        known = said in self._said
        self._said.add(said)
        return known

    def _is_clique(self, limit: int, terms: list[Term]) -> bool:
        """Whether a sum lets one of some 0/1 unknowns be 1 at most."""
        if limit != 1 or {factor for factor, _ in terms} - {1}:
            return False
        return not self._most or self._most.keys().isdisjoint([index_of(variable) for _, variable in terms])

    def _known_cliques(self) -> Mapping[int, Sequence[frozenset[int]]]:
        """By index the sets of unknowns that the laws posted so far set against each other."""
        if len(self._cliques) != self._indexed[0]:
            found: defaultdict[int, list[frozenset[int]]] = defaultdict(list)
            for terms in self._cliques:
                clique = frozenset(index_of(variable) for _, variable in terms)
                for index in clique:
                    found[index].append(clique)
            self._indexed = len(self._cliques), found
        return self._indexed[1]

    def _at_most(self, limit: int, terms: list[Term]) -> None:
        if self._ways and self._is_known(limit, terms):
            return
        if self._is_clique(limit, terms):
            self.cp.add_at_most_one(_all([variable for _, variable in terms]))
        else:
            self.cp.add(weighted_sum(terms) <= limit)


def _name_at(key: str, taken: Span | int) -> str:
    return f"{key} way {taken}" if isinstance(taken, int) else f"{key} {moment_of(taken.start):%Y-%m-%d %H:%M}"


def _said(limit: int, terms: Iterable[Term]) -> _Said:
    return limit, array("q", [number for factor, each in terms for number in (factor, index_of(each))]).tobytes()


def _taken(chosen: Mapping[str, Mapping[K, Variable]], taken: K, values: Sequence[int]) -> tuple[str, ...]:
    return tuple(option for option, unknowns in chosen.items() if values[index_of(unknowns[taken])])


def weighted_sum(terms: Iterable[Term]) -> cp_model.LinearExprT:
    """The terms as an expression of CP-SAT."""
    pairs = list(terms)
    return cp_model.LinearExpr.weighted_sum(_all([variable for _, variable in pairs]), [factor for factor, _ in pairs])


def hint(cp: cp_model.CpModel, terms: Iterable[Term]) -> None:
    """What the solver tries first, in the place of what it tried before; a variable may come twice."""
    hints = {literal_of(variable).index: value for value, variable in terms}
    cp.clear_hints()
    cp.proto.solution_hint.vars.extend(list(hints))
    cp.proto.solution_hint.values.extend(list(hints.values()))


def hint_all(cp: cp_model.CpModel, values: Sequence[int]) -> None:
    """A hint for each variable, in the place of what the solver tried before."""
    cp.clear_hints()
    cp.proto.solution_hint.vars.extend(range(len(values)))
    cp.proto.solution_hint.values.extend(values)


def _all(variables: Sequence[Variable]) -> list[cp_model.IntVar]:
    return cast("list[cp_model.IntVar]", variables)


def literal_of(variable: Variable) -> cp_model.IntVar:
    """An unknown as CP-SAT has it."""
    return cast(cp_model.IntVar, variable)


index_of: Callable[[Variable], int] = attrgetter("index")
"""The index of an unknown in the CP-SAT model."""
