from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations
from typing import ClassVar

from pydantic import Field

from calendars.clashes import clashes, cliques, placed
from calendars.clock import Span
from calendars.faults import with_nearest
from calendars.programme import Part, Programme
from calendars.programme_file import Names
from calendars.timetable import Timetable
from calendars.wording import Message, say
from constraints.duties import Duty, Lots
from constraints.pairs import in_words, once
from constraints.rule import Breach, Model, Preference, Term, Variable
from constraints.trips import Travel, Trips, meetings, unknown_places

_Candidate = tuple[Duty, Span]
_Pair = tuple[str, str]


class FewOverlaps(Preference):
    """Few of some parts have sessions at the same time, so that people could attend any two of them.

    With `trips` two parts also count where a session of one follows a session of the other sooner than the way takes.

    Formula: Σ v over each two of the parts, where v is 1 if a session of one overlaps a session of the other, or is
    too near. Unit: pairs of parts, each once. Boundary: a session that starts when another one ends overlaps nothing.
    Source: custom; NotOverlap and SameAttendees in the International Timetabling Competition 2019.

    Example:
        [preferences.few_overlaps]
        parts = ["scenario.accueil", "memoire.permanence"]
    """

    name: ClassVar[str] = "few_overlaps"

    parts: Names = Field(description="parts with live sessions: module.part")
    trips: Trips = ()

    def faults(self, programme: Programme) -> Iterator[Message]:
        """Unknown parts and places."""
        for key in self.parts:
            if key not in programme.parts:
                yield with_nearest(say("there is no part {name} with live sessions", name=key), key, programme.parts)
        yield from unknown_places(programme, self.trips)

    def related(self, programme: Programme) -> tuple[str, ...]:
        """All of its parts."""
        return tuple(self._parts(programme))

    def post(self, programme: Programme, model: Model) -> None:
        """Charges a literal for each two parts that can be too near."""
        pairs = _Pairs(model)
        travel = Travel(self.trips)
        parts = self._parts(programme)
        for lot in Lots(parts, model, travel.longest).of([Duty(key) for key in parts]):
            for clique in cliques(lot, 0):
                pairs.apart(_taken(programme, model, clique))
            for ending, starting in meetings(lot, travel.longest):
                for near in travel.out_of_reach(starting[0][1].start - ending[0][1].end):
                    here = _taken(programme, model, ending, near.places)
                    pairs.apart_from(here, _taken(programme, model, starting, near.far))
        model.charge((1, literal) for literal in pairs.literals.values())

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Looks at each two sessions that are near each other, and tells of each two parts once."""
        travel, told = Travel(self.trips), set[frozenset[str]]()
        sessions = placed(self._parts(programme).values(), timetable)
        for (one, span), (other, then) in clashes(sessions, travel.longest):
            pair = frozenset((one.part.key, other.part.key))
            near = then.start < span.end + travel.minutes(one.place, other.place)
            if len(pair) == 2 and pair not in told and near:
                told.add(pair)
                message = say(
                    "{first} {when} overlaps {second} {then}, or is too near",
                    **in_words(programme, (one.part, other.part), (span, then)),
                )
                keys = tuple(key for key in programme.activities if key in pair)
                yield Breach(self.name, message, activities=keys, monday=span.week)

    def _parts(self, programme: Programme) -> dict[str, Part]:
        return {key: part for key, part in programme.parts.items() if key in self.parts}


class _Pairs:
    """For each two parts a literal that is 1 where they are too near."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self.literals: dict[_Pair, Variable] = {}

    def apart(self, by_part: Mapping[str, list[Term]]) -> None:
        """Each two of these parts, or they are too near."""
        for one, other in combinations(by_part, 2):
            self._tie(one, other, [*by_part[one], *by_part[other]])

    def apart_from(self, here: Mapping[str, list[Term]], there: Mapping[str, list[Term]]) -> None:
        """Each of some parts and each of some others."""
        for one in here:
            for other in there:
                if one != other:
                    self._tie(one, other, [*here[one], *there[other]])

    def _tie(self, one: str, other: str, terms: list[Term]) -> None:
        pair = min(one, other), max(one, other)
        if pair not in self.literals:
            self.literals[pair] = self._model.literal(f"{one} near {other}")
        self._model.links(1, [*terms, (-1, self.literals[pair])])


def _taken(
    programme: Programme, model: Model, candidates: Iterable[_Candidate], places: Collection[str] | None = None
) -> dict[str, list[Term]]:
    """By part, terms that are 1 where one of some candidates is taken, in one of some places where any are given."""
    found: dict[str, list[Variable]] = defaultdict(list)
    for duty, span in candidates:
        if places is None:
            found[duty.part].append(model.choices(duty.part)[span])
        else:
            there = (place for place in programme.parts[duty.part].places if place in places)
            found[duty.part] += [model.in_place(duty.part, place)[span] for place in there]
    return {key: once(model, programme.parts[key], choices) for key, choices in found.items() if choices}
