"""Large neighbourhoods: a timetable becomes better where a part of it is placed anew in the midst of the rest.

Each neighbourhood (`scheduler/neighbourhoods.py`) is a question to CP-SAT with a fixed amount of work: the best that
costs no more than what is known, where everything else stays. What costs as much is taken too, so that the search does
not stay where it is. Of each kind of neighbourhood the size follows what can be answered in the work, and how often it
is asked follows what it gained lately. Several questions are under way at a time; the answers are taken in the order
in which they were asked, so that the same work gives the same timetable.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from random import Random
from threading import Event
from typing import NamedTuple

from ortools.sat.python import cp_model

from scheduler import parameters
from scheduler.neighbourhoods import Cell, Cells
from scheduler.result import Limits
from scheduler.running import run

_WORK, _MOST_WORK = 0.15, 1.2
"""Deterministic time for a neighbourhood at first, and at most."""

_PATIENCE = 6.0
"""Deterministic time that gains nothing before each neighbourhood has twice the work, or the search ends."""

_FIRST_SIZE, _GROWTH = 8.0, 1.1
"""Sessions in the first neighbourhood of a kind, and how much larger or smaller the next one is."""

_AT_ONCE, _LEAP = 0.01, 1.5
"""Deterministic time below which a question was closed at once, and how much larger the next one is then."""

_MEMORY, _EVEN_SHARE = 0.8, 2.0
"""How much of what a kind gained is remembered at its next answer; what each is asked, beside the share of all gains.

Measured on weeks of courses: to ask mostly what paid most lately costs a fifth of the gains: early ones are large.
"""

_UNDER_WAY = 2
"""Questions under way for each worker."""


@dataclass
class Standing:
    """What is improved: the values of all variables, what they cost, and whether nothing can cost less."""

    values: Sequence[int]
    value: int
    proved: bool = False


class _Question(NamedTuple):
    """A neighbourhood: its kind, the model in which the rest is hinted, whether there is no rest, and a seed."""

    kind: str
    cp: cp_model.CpModel
    whole: bool
    seed: int


class _Answer(NamedTuple):
    """What came of a neighbourhood: values that cost no more than before, whether these are its best, and the work."""

    kind: str
    values: Sequence[int] | None
    value: int
    closed: bool
    whole: bool
    work: float


@dataclass
class Record:
    """How a kind has fared: the sessions of its next neighbourhood, and what it gained lately for its work."""

    size: float = _FIRST_SIZE
    gain: float = 0.0
    work: float = 0.0

    @property
    def pay(self) -> float:
        """What it gained for a unit of work."""
        return self.gain / self.work if self.work else 0.0

    def learn(self, answer: _Answer, gained: int) -> None:
        """Remembers an answer and what it gained: what was answered to the end may be larger next time."""
        self.gain = _MEMORY * self.gain + gained
        self.work = _MEMORY * self.work + answer.work
        growth = _LEAP if answer.work < _AT_ONCE else _GROWTH
        self.size = max(2.0, self.size * (growth if answer.closed else 1 / _GROWTH))


Records = dict[str, Record]
"""How kinds of neighbourhoods have fared, by name."""


class Improving:
    """A search in large neighbourhoods of one model, which minimises its objective.

    Args:
        cp: the model with its objective, and without hints.
        every: the unknowns by which all others are known, by index.
        kinds_of: the kinds of neighbourhood around some values.
        limits: the seed of the choices, and the workers.
        records: how the kinds have fared so far, which is learned on.
    """

    def __init__(
        self,
        cp: cp_model.CpModel,
        goal: cp_model.LinearExprT,
        every: Sequence[int],
        kinds_of: Callable[[Sequence[int]], Mapping[str, Cells]],
        limits: Limits,
        records: Records | None = None,
    ) -> None:
        self._cp, self._goal, self._every, self._kinds_of, self._limits = cp, goal, every, kinds_of, limits
        self._records: Records = {} if records is None else records
        self._asked = 0
        self._work = _WORK

    def run(
        self,
        standing: Standing,
        bound: int,
        work: float,
        is_over: Callable[[], bool],
        take: Callable[[Sequence[int]], object],
        accepts: Callable[[Sequence[int]], bool] = lambda values: True,
    ) -> None:
        """Improves what stands for so much work, or until it costs no more than the bound or the search is over.

        It ends sooner where neighbourhoods gain nothing, however much work each has. `accepts` is asked of all values
        that cost no more, and may refuse them; `take` is told those that cost less.
        """
        done = gained = 0.0
        kinds = self._kinds_of(standing.values)
        ended = Event()
        with ThreadPoolExecutor(self._limits.workers) as pool:
            under_way: deque[Future[_Answer]] = deque()
            while standing.value > bound and not standing.proved and not is_over():
                if done - gained > _PATIENCE:
                    self._work, gained = 2 * self._work, done
                if done > work or self._work > _MOST_WORK:
                    break
                while len(under_way) < _UNDER_WAY * self._limits.workers:
                    asking = partial(self._ask, self._question(kinds, standing), self._work)
                    under_way.append(pool.submit(asking, lambda: ended.is_set() or is_over()))
                answer = under_way.popleft().result()
                done += answer.work
                before = standing.value
                if answer.values is not None and answer.value <= before and accepts(answer.values):
                    standing.values, standing.value = answer.values, answer.value
                    kinds = self._kinds_of(standing.values)
                if standing.value < before:
                    gained = done
                    take(standing.values)
                standing.proved = answer.whole and answer.closed and answer.value == standing.value
                self._records[answer.kind].learn(answer, before - standing.value)
            ended.set()

    def _question(self, kinds: Mapping[str, Cells], standing: Standing) -> _Question:
        """The next question about what stands."""
        self._asked += 1
        random = Random(f"{self._limits.seed} {self._asked}")
        records = {kind: self._records.setdefault(kind, Record()) for kind in kinds}
        paid = sum(record.pay for record in records.values())
        shares = [_EVEN_SHARE + (record.pay / paid if paid else 0.0) for record in records.values()]
        [kind] = random.choices([*kinds], shares)
        free = _free(kinds[kind](random), records[kind].size)
        fixed = [index for index in self._every if index not in free]
        cp = self._cp.clone()
        cp.proto.solution_hint.vars.extend(fixed)
        cp.proto.solution_hint.values.extend([standing.values[index] for index in fixed])
        cp.add(self._goal <= standing.value)
        return _Question(kind, cp, not fixed, random.randrange(2**31))

    def _ask(self, question: _Question, work: float, is_over: Callable[[], bool]) -> _Answer:
        solver = cp_model.CpSolver()
        parameters.around()(solver.parameters)
        solver.parameters.random_seed = question.seed
        solver.parameters.max_deterministic_time = work
        response = run(solver, question.cp, is_over)
        found = response.status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        return _Answer(
            question.kind,
            list(response.solution) if found else None,
            round(response.objective_value) if found else 0,
            response.status in (cp_model.OPTIMAL, cp_model.INFEASIBLE),
            question.whole,
            response.deterministic_time,
        )


def _free(cells: Iterable[Cell], size: float) -> set[int]:
    """The unknowns of the first cells that hold so many sessions."""
    free: set[int] = set()
    sessions = 0
    for cell in cells:
        if sessions >= size:
            break
        free.update(cell.unknowns)
        sessions += cell.sessions
    return free
