"""What a model without places learns of them: cuts, each at every moment at which something may start."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from calendars.programme import Part, Programme
from calendars.timetable import Timetable
from constraints.rule import Variable
from scheduler.model import SearchModel, index_of, weighted_sum
from scheduler.places import Cut, Places, Running
from scheduler.problem import Problem

_MOST = 1_000_000
"""More than places cost at a moment."""

_ROUNDS = 4
"""How often all moments are gone through so that parts keep their places."""


class Moments:
    """The moments at which a session may start that needs one of several places.

    Of parts that meet regularly there are none: they keep one place at all their moments, of which each says little.
    """

    def __init__(self, programme: Programme, model: SearchModel) -> None:
        self._parts = {key for key, part in programme.parts.items() if part.chooses_place and not _is_regular(part)}
        choices = {(key, span): variable for key in self._parts for span, variable in model.choices(key).items()}
        self.running: Mapping[int, Mapping[Running, Variable]] = {
            start: {one: choices[one] for one in running} for start, running in _at_starts(sorted(choices)).items()
        }

    def of(self, timetable: Timetable) -> Mapping[int, Sequence[Running]]:
        """What runs of a timetable at each moment at which one of these sessions starts."""
        return _at_starts((each.activity, each.span) for each in timetable.placements if each.activity in self._parts)


def _is_regular(part: Part) -> bool:
    return bool(part.ways) and part.count > 1


def _at_starts(sessions: Iterable[Running]) -> dict[int, list[Running]]:
    days: defaultdict[date, list[Running]] = defaultdict(list)
    for one in sessions:
        days[one[1].day].append(one)
    return {
        start: [one for one in day if one[1].start <= start < one[1].end]
        for day in days.values()
        for start in sorted({span.start for _, span in day})
    }


class PlaceCuts:
    """The cuts of a rank, or of the laws alone, in a model without places; they join it as they become known.

    `paid` has an unknown for each moment: what places cost there at the rank.
    """

    def __init__(self, problem: Problem, model: SearchModel, moments: Moments, rank: int | None) -> None:
        priced = [rule for rule in problem.priced if rule.rank == rank]
        self._places = Places(problem.programme, problem.laws, priced)
        self._model, self._moments = model, moments
        self._known: set[Cut] = set()
        starts = moments.running if priced else ()
        self.paid = {start: Variable(model.cp.new_int_var(0, _MOST, f"places at {start}")) for start in starts}

    def learn(self, times: Timetable) -> int | None:
        """What the places of some sessions cost at least; None where there are none. The cuts that say so join."""
        total, possible = 0, True
        for start, running in self._moments.of(times).items():
            best = self._places.assigned(running, start)
            total += best.cost
            if best.cut is not None:
                possible &= best.cut.soft
                self._add(best.cut)
        return total if possible else None

    def placed(self, times: Timetable) -> Timetable:
        """Some sessions in the places that are best at the moment of their start, kept by their parts if they can."""
        moments, places = self._moments.of(times), dict[Running, str]()
        for start in [*moments] * _ROUNDS:
            had = defaultdict[str, set[str]](set)
            for one, place in places.items():
                if one[1].start != start:
                    had[one[0]].add(place)
            best = self._places.steady(moments[start], start, had)
            places |= {one: place for one, place in best.items() if one[1].start == start}
        found = ((each, places.get((each.activity, each.span), each.place)) for each in times.placements)
        return Timetable(tuple(each._replace(place=place) for each, place in found))

    def paid_in(self, values: Sequence[int]) -> int:
        """What some values say is paid."""
        return sum(values[index_of(paid)] for paid in self.paid.values())

    def _add(self, cut: Cut) -> None:
        if cut in self._known:
            return
        self._known.add(cut)
        for start, running in self._moments.running.items():
            terms = self._places.terms(cut, running, start)
            if self._most(terms) > cut.limit:
                paid = [(-1, self.paid[start])] if cut.soft else []
                every = [*((points, running[one]) for one, points in terms.items()), *paid]
                self._model.cp.add(weighted_sum(every) <= cut.limit)

    def _most(self, terms: Mapping[Running, int]) -> int:
        """What the dearest session of each part adds up to."""
        most: defaultdict[str, int] = defaultdict(int)
        for (key, _), points in terms.items():
            most[key] = max(most[key], points)
        return sum(most.values())
