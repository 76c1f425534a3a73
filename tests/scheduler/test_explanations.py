"""Conflicts and repairs of drawn programmes, compared with all timetables, listed one by one without a solver."""

from collections.abc import Sequence

import pytest

from counted import programmes
from explaining import Priced, breaches_to_mend, broken_in, explained, priced
from scheduler.result import Outcome

PROGRAMMES = programmes(few=10)

RICH = len(PROGRAMMES) // 4
"""At least so many have a conflict between several laws."""

MOST = 3
"""Repairs that are looked for."""

ASKING_FOR_MORE = {"deadline", "internship_full_time", "order"}
"""Some of what these post follows only where nothing is missing; their checks find nothing where it is broken."""

of_each_programme = pytest.mark.parametrize("seed", PROGRAMMES)


@of_each_programme
def test_what_is_impossible_is_told_and_nothing_else(seed: int) -> None:
    problem, every, explanation, _ = explained(seed)
    lawful = any(breaches_to_mend(problem, timetable) == [] for timetable in every)
    assert explanation.outcome == (Outcome.LAWFUL if lawful else Outcome.IMPOSSIBLE)
    assert (explanation.conflicts == ()) == lawful


@of_each_programme
def test_a_conflict_is_impossible_and_minimal(seed: int) -> None:
    """Every timetable breaks a piece of it, and of each piece there is a timetable that breaks it alone."""
    case = explained(seed)
    for conflict in case.explanation.conflicts:
        pieces, broken = broken_in(case, conflict)
        assert frozenset() not in broken
        assert {some for some in broken if len(some) == 1} == {frozenset([number]) for number in range(pieces)}


@of_each_programme
def test_each_demand_is_told_by_the_check_of_its_law(seed: int) -> None:
    for conflict in explained(seed).explanation.conflicts:
        told = [{breach.rule for breach in demand.breaches} for demand in conflict.demands]
        untold = [demand.law for demand in conflict.demands if not demand.breaches]
        assert told == [{demand.law.name} if demand.breaches else set() for demand in conflict.demands]
        assert conflict.minimal == (untold == [])
        assert {law.name for law in untold} <= ASKING_FOR_MORE


@of_each_programme
def test_no_two_conflicts_share_a_demand(seed: int) -> None:
    every = [
        (id(demand.law), demand.activities, demand.strikes, monday)
        for conflict in explained(seed).explanation.conflicts
        for demand in conflict.demands
        for monday in demand.mondays
    ]
    assert [one for number, one in enumerate(every) if one in every[:number]] == []


def test_many_conflicts_are_between_several_laws() -> None:
    conflicts = [[conflict.demands for conflict in explained(seed).explanation.conflicts] for seed in PROGRAMMES]
    rich = [some for some in conflicts if any(len({demand.law.name for demand in one}) > 1 for one in some)]
    assert len(rich) >= RICH


@of_each_programme
def test_repairs_have_the_breaches_of_their_timetables(seed: int) -> None:
    """No law that never bends is among them."""
    problem, _, _, found = explained(seed)
    bending = {law.name for law in problem.laws if problem.bend(law) is not None}
    for repair in found:
        told = tuple(breach for law in problem.laws for breach in law.check(problem.programme, repair.timetable))
        assert repair.breaches == told
        assert {breach.rule for breach in breaches_to_mend(problem, repair.timetable)} <= bending


@of_each_programme
def test_each_repair_is_the_cheapest_of_those_unlike_the_ones_before(seed: int) -> None:
    case = explained(seed)
    every = priced(case) if case.explanation.conflicts else []
    by_timetable = {one.timetable: one for one in every}
    before: list[Priced] = []
    for repair in case.found:
        cheapest = min(one.cost for one in unlike(before, every))
        assert (repair.cost, repair.bound, by_timetable[repair.timetable].cost) == (cheapest, cheapest, cheapest)
        before.append(by_timetable[repair.timetable])
    assert len(before) == MOST or unlike(before, every) == []


def unlike(before: Sequence[Priced], every: Sequence[Priced]) -> list[Priced]:
    """Those that keep a law as a whole which each before bends, or else a place at which each before gives way."""
    in_law = [one for one in every if all(other.laws - one.laws for other in before)]
    return in_law or [one for one in every if all(other.places - one.places for other in before)]
