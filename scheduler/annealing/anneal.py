"""Simulated annealing of a timetable: worse moves are taken too, at first many, then fewer and fewer.

How hot it is at first follows what moves cost: some are tried, and none that costs more is taken.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import cast

import numpy as np
from ortools.sat.python import cp_model

from scheduler.annealing.layout import Slot, layout_of
from scheduler.annealing.network import network_of
from scheduler.annealing.rows import Unreadable, said_by
from scheduler.annealing.walk import COSTS, Walk, settle, wander

_ENTRIES = 25_000_000
"""Entries gone through in a unit of work: about a second."""

_TRYING = 0.02
"""Of the work, how much tries what moves cost."""

_HOT, _AGAIN, _COLD = 0.2, 0.05, 0.0025
"""The first temperature, that after a frost, and the last one, for what a refused move costs on average."""

_STEPS, _FROZEN = 1000, 30
"""Temperatures between them if there is no hurry, and so many of them at one cost are a frost."""

_STARTS, _ENOUGH = 5, 300
"""It cools down so often at most, if there is work for so many moves of each option every time.

Runs differ more from each other than twice the work for one of them gains.
"""

_THRESHOLDS = np.array([-math.log((number + 0.5) / 4096) for number in range(4096)])
"""A rise is taken with the probability exp(-rise / temperature): as often as it is below the product of this."""

_ROOM = 100_000
"""Changes that a move may bring about."""

_START = 88172645463325252
"""A state of the generator, as its author gives it."""


class _NoRoom(Exception):
    """A move brings about more than there is room for."""


class Annealing:
    """A model with its objective, and the options that a lawful timetable takes.

    Args:
        cp: the model.
        values: of all its options; what else there is may be left at 0.
        slots: where options stand, by index.
        seed: of the choices.

    Raises:
        Unreadable: where the model is not one of sums, or the values break one of its laws.
    """

    def __init__(self, cp: cp_model.CpModel, values: Sequence[int], slots: Mapping[int, Slot], seed: int) -> None:
        self._layout = layout = layout_of(network_of(said_by(cp)), len(values), slots)
        known = np.array(values, np.int32)
        taken = layout.by_time[known[layout.by_time] > 0]
        self._walk = Walk(
            known,
            np.zeros(len(COSTS), np.int64),
            taken,
            taken.copy(),
            np.full(len(layout.rows), -1, np.int32),
            _THRESHOLDS,
            np.array([_START + seed], np.uint64),
            np.zeros(_ROOM, np.int32),
            np.zeros((_ROOM, 2), np.int32),
        )
        for session, option in enumerate(taken):
            self._walk.holders[layout.guards[slice(*layout.guarded[option])]] = session
        self._settle()
        if self._walk.costs[COSTS.broken] or not len(taken):
            raise Unreadable

    def run(self, enough: int, work: float, pace: Callable[[float], float]) -> Sequence[int]:
        """Cools down until all of the work is done, or the cost is low enough.

        Args:
            enough: the cost that is.
            work: in units of about a second.
            pace: how far it is, from 0 to 1, given the share of the work that is done: further where it has to hurry.

        Returns:
            the values of all unknowns at the least cost found.
        """
        costs, entries = self._walk.costs, work * _ENTRIES
        costs[COSTS.least] = costs[COSTS.now]

        def far() -> float:
            return 1.0 if costs[COSTS.least] <= enough else pace(costs[COSTS.work] / entries)

        with suppress(_NoRoom):
            if far() < 1:
                self._wander(round(_TRYING * entries), 0.0)
            if costs[COSTS.refusals]:
                self._start_often(costs[COSTS.refused] / costs[COSTS.refusals], entries, far)
        self._walk.values[self._layout.by_time] = 0
        self._walk.values[self._walk.best] = 1
        self._settle()
        return cast("list[int]", self._walk.values.tolist())

    def _start_often(self, rise: float, entries: float, far: Callable[[], float]) -> None:
        """Cools down as often as the work is enough for, each time from where it is hot."""
        costs, options = self._walk.costs, len(self._layout.by_time)
        moves = entries * costs[COSTS.refusals] / costs[COSTS.work]
        starts = max(1, min(_STARTS, int(moves / (_ENOUGH * options))))
        for number in range(starts):
            hot, end = _HOT, (number + 1) / starts
            while self._cool(rise * hot, rise * _COLD, round(entries / starts / _STEPS), far, end):
                hot = _AGAIN

    def _cool(self, hot: float, cold: float, entries: int, far: Callable[[], float], end: float) -> bool:
        """Cools down from here to an end; whether it was frozen before."""
        costs, begin, frozen, cost = self._walk.costs, far(), 0, -1
        while frozen < _FROZEN and (now := far()) < end:
            self._wander(entries, hot * (cold / hot) ** ((now - begin) / (end - begin)))
            frozen, cost = frozen + 1 if costs[COSTS.now] == cost else 0, costs[COSTS.now]
        return frozen == _FROZEN

    def _wander(self, entries: int, temperature: float) -> None:
        if not wander(self._layout, self._walk, entries, temperature):
            raise _NoRoom

    def _settle(self) -> None:
        """The sums of what is taken and of what stays as it is, and all that follows."""
        layout, values = self._layout, self._walk.values
        values[layout.follows] = 0
        layout.rows[:, 0] = 0
        for index in np.flatnonzero(values):
            for row, factor in layout.entries[slice(*layout.unknowns[index, :2])]:
                layout.rows[row, 0] += factor * values[index]
        settle(layout, self._walk)
