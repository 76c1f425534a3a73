"""The model of a diagnosis: whatever a law strikes or posts may be broken, piece by piece.

Nothing is said to CP-SAT yet: `scheduler/excerpt.py` makes a model of some pieces, in which what the others ask for
does not even stand.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import ClassVar, NamedTuple

from calendars.clock import Span, days_span
from calendars.programme import Activity, Part, Programme, Work
from calendars.timetable import Placement, Timetable
from constraints.complete import Complete
from constraints.rule import Rule, Term, Variable
from scheduler.candidates import Candidates
from scheduler.model import SearchModel, index_of


class Row(NamedTuple):
    """Unknowns by their indices, each with a factor, add up to `limit` at most."""

    limit: int
    terms: tuple[tuple[int, int], ...]

    @property
    def is_count(self) -> bool:
        """Whether it counts things: too many of them, or too few."""
        return {factor for factor, _ in self.terms} in ({1}, {-1})


@dataclass(frozen=True, eq=False)
class Piece:
    """What a law asks of some activities, from some week on: each of its rows holds.

    `strikes` where it says of single candidates that they are not taken.
    """

    law: Rule
    activities: frozenset[str]
    monday: date | None
    strikes: bool
    rows: list[Row]

    @property
    def key(self) -> Hashable:
        """What names it in every model of the same laws."""
        return id(self.law), self.activities, self.monday, self.strikes


class Ceiling(Rule):
    """No more is charged at a level than so much."""

    name: ClassVar[str] = "ceiling"
    bend: ClassVar[int | None] = None


class _About(NamedTuple):
    """The activities that an unknown is about, the first week, and the minutes that one of its units takes."""

    activities: frozenset[str]
    monday: date | None
    minutes: int = 0


_NOTHING = _About(frozenset(), None)


class GuardedModel(SearchModel):
    """As the model of a search, but each piece of each law may be broken; where none is, it allows the same.

    An activity may then have less than `complete` asks for, and never more. Priced rules break nothing: what they
    charge, if any are posted, counts for a `ceiling` alone.

    Args:
        programme: what is placed.
        candidates: of each activity; those that a law strikes are among them only where they are `returned`.
        laws: whose strikes are pieces.
        posting: those of the laws whose bounds are pieces too; all of them by default.
    """

    def __init__(
        self,
        programme: Programme,
        candidates: Mapping[str, Candidates],
        laws: Iterable[Rule],
        posting: Collection[Rule] | None = None,
    ) -> None:
        self.unions: dict[int, Sequence[int]] = {}
        self.ties: dict[int, list[Row]] = defaultdict(list)
        self.owners: dict[int, int] = {}
        self._most_rows: dict[str, Row] = {}
        self._pieces: dict[Hashable, Piece] = {}
        self._about: dict[int, _About] = {}
        self._posted = posting
        self._asked = frozenset[str]()
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
            self._asked = frozenset()
            if self._posted is None or rule in self._posted:
                super().post([rule])

    def choices(self, activity: str) -> Mapping[Span, Variable]:
        """As in a search; a bound without unknowns is about the activity that its law asked for last, if any."""
        self._asked = frozenset([activity])
        return super().choices(activity)

    def by_week(self, activity: str) -> Mapping[date, Sequence[Term]]:
        """As in a search, and as for choices."""
        self._asked = frozenset([activity])
        return super().by_week(activity)

    def is_choice(self, index: int) -> bool:
        """Whether an unknown is a choice of a candidate of an activity."""
        return index in self._chosen_from

    def strikes(self, row: Row) -> bool:
        """Whether a row says that a candidate is not taken, or not by one trainer or in one place."""
        index = row.terms[0][1] if row.terms else None
        chosen = index in self._chosen_from or index in self.owners
        return chosen and row.limit == 0 and len(row.terms) == 1 and row.terms[0][0] > 0

    @property
    def held(self) -> Collection[int]:
        """The choices that stand in any case."""
        return frozenset(index for index, value in self._fixed.items() if value and self.is_choice(index))

    def domain(self, index: int) -> tuple[int, int]:
        """The least and the most that an unknown can be."""
        value = self._fixed.get(index)
        return (0, self._most.get(index, 1)) if value is None else (value, value)

    def most_above(self, row: Row) -> int:
        """By how much a row could be exceeded."""
        return sum(factor * self.domain(index)[factor > 0] for factor, index in row.terms) - row.limit

    def most_rows(self, indices: Iterable[int]) -> Iterator[Row]:
        """That no activity has more than it needs, as far as some unknowns are its choices."""
        there = dict.fromkeys(indices)
        for key in dict.fromkeys(self._chosen_from[index] for index in there if self.is_choice(index)):
            limit, terms = self._most_rows[key]
            yield Row(limit, tuple(term for term in terms if term[1] in there))

    def is_in_minutes(self, row: Row) -> bool:
        """Whether a row adds up the minutes of what is placed."""
        each = (abs(factor) == self._about.get(index, _NOTHING).minutes for factor, index in row.terms)
        return bool(row.terms) and all(each)

    def timetable_of(self, values: Mapping[int, int]) -> Timetable:
        """The timetable of a solution, given the values that are not 0 by index.

        Where it says nothing of who gives a session or where, the first of those possible do.
        """
        every = [0] * len(self.cp.proto.variables)
        for index, value in values.items():
            every[index] = value
        return Timetable(tuple(map(self._staffed, self.timetable(every).placements)))

    def _staffed(self, placement: Placement) -> Placement:
        part = self.programme.activities[placement.activity]
        if not isinstance(part, Part):
            return placement
        told = not part.certain_trainers.issuperset(placement.trainers)
        trainers = placement.trainers if told else part.staff()
        place = placement.place or next(iter(part.places), None)
        return placement._replace(trainers=trainers, place=place)

    def _tell_choices(self) -> None:
        """What each unknown of a candidate is about; of one that several spans share, the first of them."""
        found: dict[int, _About] = {}
        for key, activity in self.programme.activities.items():
            alone = frozenset([key])
            for choices in (self._choices[key], *self._chosen_for(key)):
                for span, variable in choices.items():
                    minutes = activity.step if isinstance(activity, Work) else span.minutes
                    found.setdefault(index_of(variable), _About(alone, span.week, minutes))
            for number, variable in self.ways(key).items():
                first = self.programme.parts[key].ways[number].spans[0]
                found.setdefault(index_of(variable), _About(alone, first.week, first.minutes))
        self._about |= found

    def _chosen_for(self, key: str) -> Iterator[Mapping[Span, Variable]]:
        yield from self._trainers.get(key, {}).values()
        yield from self._places.get(key, {}).values()

    def _strike(self, rule: Rule, activity: Activity) -> None:
        forbids = rule.forbids(self.programme, activity)
        if forbids is None:
            return
        alone = frozenset([activity.key])
        for spans, variable in self._candidates_of(activity):
            if self.is_free(variable) and any(map(forbids, spans)):
                self._piece(rule, alone, None, True).rows.append(_row(0, [(self._size(activity.key), variable)]))

    def _candidates_of(self, activity: Activity) -> Iterator[tuple[Sequence[Span], Variable]]:
        """What is placed as one, with its unknown: the spans of a way, or one span."""
        if isinstance(activity, Part) and activity.ways:
            return ((activity.ways[number].spans, each) for number, each in self.ways(activity.key).items())
        return (((span,), each) for span, each in self.choices(activity.key).items())

    def ceiling(self, rank: int, most: int) -> Piece:
        """That the priced rules posted so far charge no more than so much at a rank."""
        charged = [cost for cost in self.costs if cost.rank == rank]
        terms = [(cost.weight * factor, variable) for cost in charged for factor, variable in cost.terms]
        limit = most - sum(cost.weight * cost.constant for cost in charged)
        return Piece(Ceiling(), frozenset(), None, False, [_row(limit, terms)])

    def _bound(self, limit: int, terms: list[Term]) -> None:
        if self._posting.price is not None:
            super()._bound(limit, terms)
            return
        limit = self._beside_the_past(limit, terms)
        row, about = _row(limit, terms), self._together(index_of(variable) for _, variable in terms)
        activities = about.activities or self._asked
        if self._posting.name == Complete.name and limit >= 0:
            self._most_rows.update(dict.fromkeys(activities, row))
        elif self.most_above(row) > 0:
            self._piece(self._posting, activities, about.monday, False).rows.append(row)

    def _piece(self, rule: Rule, activities: frozenset[str], monday: date | None, strikes: bool) -> Piece:
        piece = Piece(rule, activities, monday, strikes, [])
        return self._pieces.setdefault(piece.key, piece)

    def _together(self, indices: Iterable[int]) -> _About:
        """Of what several unknowns are about, the activities together and the first week; some are about nothing."""
        about = {self._about.get(index, _NOTHING) for index in indices}
        activities = frozenset[str]().union(*{one.activities for one in about})
        return _About(activities, min((one.monday for one in about if one.monday), default=None))

    def _unite(self, found: Variable, choices: Sequence[Variable]) -> None:
        index, indices = index_of(found), [index_of(choice) for choice in choices]
        self.unions[index], self._about[index] = indices, self._together(indices)

    def _equate(self, terms: list[Term]) -> None:
        *options, (_, owner) = terms
        self.owners.update((index_of(option), index_of(owner)) for _, option in options)
        self._at_most(0, terms)
        self._at_most(0, [(-factor, variable) for factor, variable in terms])

    def _at_most(self, limit: int, terms: list[Term]) -> None:
        row = _row(limit, terms)
        for _, index in row.terms:
            if index not in self._chosen_from:
                self.ties[index].append(row)
                self._about[index] = self._together(other for _, other in row.terms)

    @cached_property
    def _chosen_from(self) -> Mapping[int, str]:
        """The activity of each choice, by its index."""
        unknowns = (
            (key, each) for key in self._choices for each in (*self._choices[key].values(), *self.ways(key).values())
        )
        return {index_of(variable): key for key, variable in unknowns}


def _row(limit: int, terms: Iterable[Term]) -> Row:
    return Row(limit, tuple((factor, index_of(variable)) for factor, variable in terms))


def returned(candidates: Mapping[str, Candidates]) -> dict[str, Candidates]:
    """The candidates with those that a law struck, as far as they lie in the dates of their activity."""
    return {key: _returned(found) for key, found in candidates.items()}


def _returned(found: Candidates) -> Candidates:
    dates = days_span(found.activity.dates)
    back = [span for span in found.struck if lies_in(found.activity, dates, span)]
    return replace(found, lawful=tuple(sorted([*found.lawful, *back])), struck={})


def lies_in(activity: Activity, dates: Span, span: Span) -> bool:
    """Whether a candidate lies in some dates; of the week of self-paced work a day is enough."""
    return dates.overlaps(span) if isinstance(activity, Work) else dates.contains(span)
