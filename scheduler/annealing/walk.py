"""The loop over moves, compiled: a move changes the sums of what it touches, and is taken back where it is refused.

A session of a group leaves its option for another one; who alone is in its way goes where it was, or anywhere. A move
is taken if no law is broken and the cost rises by no more than a threshold drawn anew each time (Metropolis et al.,
1953; Kirkpatrick et al., *Optimization by simulated annealing*, Science 220, 1983). Everything is whole numbers but the
threshold, which is a product of the temperature and an entry of a table.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from scheduler.annealing.layout import Layout, Numbers

_SAME_TIME, _SAME_PLACE = 20, 50
"""Of a hundred moves so many stay at their time, and so many more in their place."""

_NOBODY, _SEVERAL = -1, -2

_LEFT = 2
"""A move leaves so many options at most, and takes as many."""

_MOVE = 8
"""The work of a move before anything changes, in entries."""


class Costs(NamedTuple):
    """Where each cost stands in `Walk.costs`."""

    now: int = 0
    broken: int = 1
    least: int = 2
    work: int = 3
    refused: int = 4
    refusals: int = 5


COSTS = Costs()


class Walk(NamedTuple):
    """Where a walk is, in arrays that it changes.

    Attributes:
        values: of all unknowns.
        costs: the cost now, by how much laws are broken, the least cost so far, the entries gone through, and what
            refused moves would have cost in all, with their number.
        taken: the option of each session.
        best: those at the least cost.
        holders: for each guard that lets one session stand, which one does, or -1.
        thresholds: of which one is drawn for each move.
        random: the state of what draws.
        waiting, journal: room for what a move changes.
    """

    values: Numbers
    costs: NDArray[np.int64]
    taken: Numbers
    best: Numbers
    holders: Numbers
    thresholds: NDArray[np.float64]
    random: NDArray[np.uint64]
    waiting: Numbers
    journal: Numbers


@njit(cache=True, nogil=True)
def _draw(walk: Walk, below: int) -> int:
    """A whole number from 0 on, by xorshift (Marsaglia, Journal of Statistical Software 8, 2003)."""
    x = walk.random[0]
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    walk.random[0] = x
    return int(x >> np.uint64(33)) % below


@njit(cache=True, nogil=True)
def _value(net: Layout, index: int) -> int:
    """What an unknown is by the sums of the rows that define it."""
    sense, least, most = net.unknowns[index, 3], net.unknowns[index, 6], net.unknowns[index, 7]
    value = least if sense > 0 else most
    for number in range(net.unknowns[index, 4], net.unknowns[index, 5]):
        size = net.definitions[number, 2]
        over = net.rows[net.definitions[number, 0], 0] - net.definitions[number, 1]
        if sense > 0:
            value = max(value, over if size == 1 else -(-over // size))
        else:
            value = min(value, -over if size == 1 else -over // size)
    return int(min(max(value, least), most))


@njit(cache=True, nogil=True)
def _add(net: Layout, walk: Walk, index: int, by: int, waits: int) -> int:
    """Changes an unknown; what may follow from it waits for its turn. How many wait, or -1 where they have no room."""
    entries, rows, costs = net.entries, net.rows, walk.costs
    begin, end = net.unknowns[index, 0], net.unknowns[index, 1]
    if waits + end - begin > len(walk.waiting):
        return -1
    walk.values[index] += by
    costs[COSTS.now] += np.int64(net.unknowns[index, 2]) * by
    costs[COSTS.work] += end - begin
    for number in range(begin, end):
        row = entries[number, 0]
        before = rows[row, 0]
        after = before + entries[number, 1] * by
        rows[row, 0] = after
        low, high = rows[row, 1], rows[row, 2]
        if (before <= low and after <= low) or (before >= high and after >= high):
            continue
        if rows[row, 3] >= 0:
            walk.waiting[waits] = rows[row, 3]
            waits += 1
        else:
            costs[COSTS.broken] += max(0, after - low) - max(0, before - low)
    return waits


@njit(cache=True, nogil=True)
def _change(net: Layout, walk: Walk, move: NDArray[np.int64]) -> int:
    """Leaves some options, takes others and changes all that follows, what was touched first before the rest.

    So what leaving and taking leave as it was is not changed at all.

    Returns:
        the number of changes in the journal, or -1 where there is no room.
    """
    journal, done, waits, asked = walk.journal, 0, 0, 0
    for place, index in enumerate(move):
        if index >= 0 and waits >= 0:
            journal[done, 0], journal[done, 1] = index, -1 if place < _LEFT else 1
            waits = _add(net, walk, index, journal[done, 1], waits)
            done += 1
    while 0 <= asked < waits:
        index = walk.waiting[asked]
        by = _value(net, index) - walk.values[index]
        if by != 0:
            journal[done, 0], journal[done, 1] = index, by
            waits = _add(net, walk, index, by, waits)
            done += 1
        asked += 1
    return -1 if waits < 0 else done


@njit(cache=True, nogil=True)
def _undo(net: Layout, walk: Walk, done: int) -> None:
    unknowns, entries, rows = net.unknowns, net.entries, net.rows
    values, journal = walk.values, walk.journal
    for number in range(done):
        index, by = journal[number, 0], journal[number, 1]
        values[index] -= by
        for entry in range(unknowns[index, 0], unknowns[index, 1]):
            rows[entries[entry, 0], 0] -= entries[entry, 1] * by


@njit(cache=True, nogil=True)
def _is_guarded(net: Layout, option: int, row: int) -> bool:
    for number in range(net.guarded[option, 0], net.guarded[option, 1]):  # noqa: SIM110 - compiled, this is faster
        if net.guards[number] == row:
            return True
    return False


@njit(cache=True, nogil=True)
def _in_the_way(net: Layout, walk: Walk, option: int, leaving: int, also_leaving: int) -> int:
    """The session that alone keeps an option from being taken once others have left theirs, or nobody, or several."""
    found = _NOBODY
    for number in range(net.guarded[option, 0], net.guarded[option, 1]):
        row = net.guards[number]
        limit = net.rows[row, 1]
        if net.rows[row, 0] < limit or _is_guarded(net, leaving, row):
            continue
        if also_leaving >= 0 and _is_guarded(net, also_leaving, row):
            continue
        holder = walk.holders[row]
        if limit != 1 or holder < 0 or (found >= 0 and found != holder):
            return _SEVERAL
        found = holder
    return int(found)


@njit(cache=True, nogil=True)
def _hold(net: Layout, walk: Walk, option: int, session: int) -> None:
    for number in range(net.guarded[option, 0], net.guarded[option, 1]):
        walk.holders[net.guards[number]] = session


@njit(cache=True, nogil=True)
def _any_option(net: Layout, walk: Walk, group: int) -> int:
    return int(net.by_time[net.groups[group, 0] + _draw(walk, net.groups[group, 1] - net.groups[group, 0])])


@njit(cache=True, nogil=True)
def _other_option(net: Layout, walk: Walk, option: int) -> int:
    """Another option of the same group: often at the same time, or in the same place."""
    kind = _draw(walk, 100)
    like = net.options[option]
    if kind < _SAME_TIME:
        return int(net.by_time[like[2] + _draw(walk, like[3] - like[2])])
    if kind < _SAME_TIME + _SAME_PLACE:
        return int(net.by_place[like[4] + _draw(walk, like[5] - like[4])])
    return _any_option(net, walk, like[0])


@njit(cache=True, nogil=True)
def _at_slot(net: Layout, walk: Walk, group: int, slot: int) -> int:
    """The option of a group at a slot; any where it has none there."""
    low, high = net.groups[group, 0], net.groups[group, 1]
    while low < high:
        middle = (low + high) // 2
        if net.options[net.by_time[middle], 1] < slot:
            low = middle + 1
        else:
            high = middle
    if low < net.groups[group, 1] and net.options[net.by_time[low], 1] == slot:
        return int(net.by_time[low])
    return _any_option(net, walk, group)


@njit(cache=True, nogil=True)
def settle(net: Layout, walk: Walk) -> None:
    """Gives all that follows its value, each after what it follows from; sums are those of what is known."""
    for index in net.follows:
        by = _value(net, index) - walk.values[index]
        walk.values[index] += by
        for number in range(net.unknowns[index, 0], net.unknowns[index, 1]):
            net.rows[net.entries[number, 0], 0] += net.entries[number, 1] * by
    walk.costs[COSTS.now] = walk.costs[COSTS.broken] = 0
    for index in range(len(walk.values)):
        walk.costs[COSTS.now] += np.int64(net.unknowns[index, 2]) * walk.values[index]
    for row in range(len(net.rows)):
        if net.rows[row, 3] < 0:
            walk.costs[COSTS.broken] += max(0, net.rows[row, 0] - net.rows[row, 1])


@njit(cache=True, nogil=True)
def wander(net: Layout, walk: Walk, work: int, temperature: float) -> bool:
    """Moves at one temperature for so much work, in entries gone through.

    False where a move touches more than there is room for: the walk is of no use any more.
    """
    move = np.empty(4, np.int64)
    end = walk.costs[COSTS.work] + work
    while walk.costs[COSTS.work] < end:
        walk.costs[COSTS.work] += _MOVE
        session = _draw(walk, len(walk.taken))
        old = walk.taken[session]
        new = _other_option(net, walk, old)
        if walk.values[new] != 0:
            continue
        other = _in_the_way(net, walk, new, old, -1)
        if other == _SEVERAL:
            continue
        move[0], move[1], move[2], move[3] = old, -1, new, -1
        if other >= 0:
            other_old = walk.taken[other]
            other_new = _at_slot(net, walk, net.options[other_old, 0], net.options[old, 1])
            if (walk.values[other_new] != 0 and other_new != old) or other_new == new:
                continue
            if _in_the_way(net, walk, other_new, other_old, old) != _NOBODY:
                continue
            move[1], move[3] = other_old, other_new
        cost = walk.costs[COSTS.now]
        done = _change(net, walk, move)
        if done < 0:
            return False
        rise = walk.costs[COSTS.now] - cost
        if walk.costs[COSTS.broken] == 0 and rise <= temperature * walk.thresholds[_draw(walk, len(walk.thresholds))]:
            _take(net, walk, session, other, move)
        else:
            if walk.costs[COSTS.broken] == 0:
                walk.costs[COSTS.refused] += rise
                walk.costs[COSTS.refusals] += 1
            _undo(net, walk, done)
            walk.costs[COSTS.now], walk.costs[COSTS.broken] = cost, 0
    return True


@njit(cache=True, nogil=True)
def _take(net: Layout, walk: Walk, session: int, other: int, move: NDArray[np.int64]) -> None:
    """The session is where it moved to, and so is the other one, if there is any."""
    _hold(net, walk, move[0], -1)
    if other >= 0:
        _hold(net, walk, move[1], -1)
        _hold(net, walk, move[3], other)
        walk.taken[other] = move[3]
    _hold(net, walk, move[2], session)
    walk.taken[session] = move[2]
    if walk.costs[COSTS.now] < walk.costs[COSTS.least]:
        walk.costs[COSTS.least] = walk.costs[COSTS.now]
        walk.best[:] = walk.taken
