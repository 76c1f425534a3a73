"""Random small programmes, most of them impossible, each with what is told of it and with all its timetables."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from random import Random
from typing import NamedTuple

from calendars.timetable import Timetable
from constraints.complete import Complete
from constraints.rule import Breach, Preference, Rule
from constraints.within import Within
from drawing import ONE_START, SHORT, TWO_DAYS, Shape, draw, free_ways
from recipes import RECIPES
from reckoning import Excesses, Reckoner
from scheduler.candidates import Candidates, candidates_of
from scheduler.conflict import Conflict, Explanation, explain
from scheduler.guarded import GuardedModel, returned
from scheduler.problem import Problem
from scheduler.repairs import Repair, repairs

ALWAYS = (Complete(), Within())
LAWS = [kind for kind in RECIPES if not issubclass(kind, (Preference, *map(type, ALWAYS)))]


class Explained(NamedTuple):
    """A problem with all its timetables, why it is impossible, and its repairs in the order in which they were found.

    In `every` each candidate is taken or not, however much the programme announces.
    """

    problem: Problem
    every: list[Timetable]
    explanation: Explanation
    found: list[Repair]


class Priced(NamedTuple):
    """A timetable that breaks nothing but what bends, with its cost, the laws that bend and the places."""

    timetable: Timetable
    cost: int
    laws: frozenset[int]
    places: frozenset[int]


@cache
def explained(seed: int) -> Explained:
    """The programme of a seed, with one to three laws beside those that always hold."""
    problem, every = drawn(Random(f"explained {seed}"))
    found: list[Repair] = []
    explanation = explain(problem)
    if explanation.conflicts:
        repairs(problem, explanation, report=found.append)
    return Explained(problem, every, explanation, found)


def drawn(random: Random) -> tuple[Problem, list[Timetable]]:
    """A problem and all its timetables, drawn until the parameters of its laws fit."""
    kinds = random.sample(LAWS, random.randint(1, 3))
    wanted = tuple(thing for kind in kinds for thing in random.choice(RECIPES[kind].shapes).wanted)
    while True:
        _, programme, every = draw(random, Shape(wanted, (*SHORT, *TWO_DAYS), ONE_START), free_ways)
        laws = tuple(kind(**RECIPES[kind].parameters(random, programme)) for kind in kinds)
        if not any(fault for law in laws for fault in law.faults(programme)):
            problem = Problem(programme, (*ALWAYS, *laws))
            return replace(problem, bends=_bends(random, problem)), every


def _bends(random: Random, problem: Problem) -> Mapping[str, int | None]:
    """What a file says of some law, in half of the files."""
    return {random.choice(problem.laws).name: random.choice((None, 1, 4))} if random.random() < 0.5 else {}


def breaches_to_mend(problem: Problem, timetable: Timetable) -> list[Breach]:
    """What the checks find, but for what lies in the past alone and is too much there."""
    held = Timetable(
        tuple(each for law in problem.laws for one in problem.programme.activities.values() for each in law.holds(one))
    )
    past = [breach for breach in _breaches(problem, held) if not breach.lacks] if held.placements else []
    return [breach for breach in _breaches(problem, timetable) if breach not in past]


def _breaches(problem: Problem, timetable: Timetable) -> Iterator[Breach]:
    return (breach for law in problem.laws for breach in law.check(problem.programme, timetable))


def broken_in(case: Explained, conflict: Conflict) -> tuple[int, set[frozenset[int]]]:
    """How many pieces a conflict has, and which of them each timetable breaks, by their numbers."""
    reckoner = Reckoner(_model_of(case.problem, conflict))
    named = {(id(one.law), one.activities, one.monday, one.strikes): one for one in reckoner.model.pieces}
    pieces = [
        named[id(demand.law), demand.activities, monday, demand.strikes]
        for demand in conflict.demands
        for monday in demand.mondays
    ]
    broken = {
        frozenset(reckoner.rows[place][0] for place in excesses)
        for timetable in _timetables(case, reckoner.model)
        if (excesses := reckoner.excesses(timetable)) is not None
    }
    return len(pieces), {frozenset(n for n, piece in enumerate(pieces) if piece in some) for some in broken}


def _model_of(problem: Problem, conflict: Conflict) -> GuardedModel:
    """All that its laws may place; where they ask for nothing, of other activities only what was held."""
    about = frozenset[str]().union(*(demand.activities for demand in conflict.demands))
    candidates = returned(candidates_of(problem.programme, problem.laws))
    if not any(_asks(demand.law) for demand in conflict.demands):
        candidates = {key: found if key in about else _held(found) for key, found in candidates.items()}
    return GuardedModel(problem.programme, candidates, problem.laws)


def _asks(law: Rule) -> bool:
    return law.asks and not isinstance(law, Complete)


def _held(found: Candidates) -> Candidates:
    return replace(found, lawful=tuple(found.held), struck={}, closed=frozenset())


def _timetables(case: Explained, model: GuardedModel) -> set[Timetable]:
    """Every timetable, as far as a model has what is in it."""
    return {
        Timetable(tuple(each for each in timetable.placements if each.span in model.choices(each.activity)))
        for timetable in case.every
    }


def priced(case: Explained) -> list[Priced]:
    """Every timetable that keeps what never bends. No drawn programme lasts longer than a week."""
    problem = case.problem
    stiff = [law for law in problem.laws if problem.bend(law) is None or not law.bends_strikes]
    reckoner = Reckoner(GuardedModel(problem.programme, candidates_of(problem.programme, stiff), problem.laws))
    return [
        one
        for timetable in case.every
        if (excesses := reckoner.excesses(timetable)) is not None
        and (one := _priced(problem, reckoner, timetable, excesses)) is not None
    ]


def _priced(problem: Problem, reckoner: Reckoner, timetable: Timetable, excesses: Excesses) -> Priced | None:
    laws = {place: reckoner.rows[place][0].law for place in excesses}
    cost = 0
    for place, excess in excesses.items():
        price = problem.bend(laws[place])
        if price is None:
            return None
        cost += price * reckoner.points(place, excess)
    return Priced(timetable, cost, frozenset(map(id, laws.values())), frozenset(excesses))
