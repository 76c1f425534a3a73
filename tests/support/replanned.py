"""What a replan tells of small programmes in whose year something happened, and what is true of that by lists."""

from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from calendars.calendar_file import Calendar, Entry, PlannedWork, Revision, Version
from calendars.clock import Span, start_of
from calendars.programme import Block, Part
from calendars.saving import placements_of, read_calendar, timetable_of
from calendars.timetable import Placement, Timetable
from calendars.writing import write_whole
from constraints.rule import Breach
from happened import KINDS, Case, first_case, lies_open, next_case
from scheduler.amending import amended
from scheduler.happening import happened
from scheduler.judging import judge
from scheduler.publishing import publish
from scheduler.replanning import Replanned, replan, year_after
from scheduler.result import Limits, Outcome

PATH = Path("calendar.json")


class Facts(NamedTuple):
    """Of a replan: `levels` are ranks, values and bounds, `fewest` how many sessions and blocks have to move.

    `counts` are those that moved, were handed over, and are new. `wider` is what is told of all that lies outside the
    scope: value and bound of the disturbance, and whether so many move in a timetable that disturbs so much.
    """

    outcome: Outcome
    is_among: bool
    levels: tuple[tuple[int, int, int], ...]
    fewest: tuple[int, int] | None
    gone: frozenset[Placement]
    new: frozenset[Placement]
    counts: tuple[int, int, int]
    wider: tuple[int, int, bool] | None


class Made(NamedTuple):
    """Of the calendar that is made: what stands, what is wrong with it, and what people see who follow it.

    `stayed` are UIDs of sessions, blocks and work at their time, each with its SEQUENCE, `called_off` of what is
    cancelled. `moved` are UIDs of sessions and blocks that have left their time or place, `is_told` that the SEQUENCE
    of each has grown.
    """

    placements: tuple[Placement, ...]
    breaches: tuple[Breach, ...]
    history: tuple[Revision, ...]
    stayed: frozenset[tuple[str, int]]
    called_off: frozenset[tuple[str, int]]
    moved: frozenset[str]
    is_told: bool
    pinned: frozenset[tuple[str, Span]]
    refused: tuple[Breach, ...]


@cache
def replanned(seed: int) -> tuple[tuple[Case, Replanned], ...]:
    """A replan of the programme of a seed; then, where it gave a calendar, one of something else that happens to it."""
    random = Random(f"replan {seed}")
    case = first_case(random, KINDS[seed % len(KINDS)])
    found = _replanned(case)
    if found.result.timetable is None:
        return ((case, found),)
    calendar, day = year_after(found, case.day, 0, "en").calendar, case.day + timedelta(days=random.choice((0, 1)))
    if random.random() < 0.5:
        calendar = publish(case.problem, calendar, case.calendar, _version(case), "en", PATH.parent).calendar
    kinds = random.sample(KINDS, len(KINDS))
    thens = (next_case(random, case.problem, case.told, calendar, day, kind) for kind in kinds)
    then = next((each for each in thens if each is not None), None)
    return ((case, found),) if then is None else ((case, found), (then, _replanned(then)))


def _replanned(case: Case) -> Replanned:
    what = happened(case.file, amended(case.problem, case.calendar), case.calendar, case.day)
    return replan(case.problem, case.calendar, what, case.scope, case.day, PATH, Limits(workers=1))


def _version(case: Case) -> Version:
    return Version(name=str(len(case.calendar.versions) + 1), day=case.day)


# The search


def told_of(case: Case, found: Replanned) -> Facts:
    """What a replan tells."""
    wider = found.wider
    return Facts(
        found.result.outcome,
        found.result.timetable is None or found.result.timetable in _within(case),
        tuple((level.rank, level.value, level.bound) for level in found.result.levels),
        None if found.fewest is None else (found.fewest.least, found.fewest.most),
        frozenset(each.before for each in found.changes if each.before is not None),
        frozenset(each.after for each in found.changes if each.after is not None),
        (len(found.moved), len(found.handed_over), len(found.new)),
        None if wider is None else (wider.level.value, wider.level.bound, wider.moved in _least_moved(case)),
    )


def true_of(case: Case, timetable: Timetable | None) -> Facts:
    """The same by the list of all timetables; what the one that was found changes is counted."""
    every = _within(case)
    widest = min((disturbance(case, one) for one in case.every), default=0)
    wider = (widest, widest, True) if case.scope and case.every else None
    if not every or timetable is None:
        return Facts(Outcome.IMPOSSIBLE if not every else Outcome.LAWFUL, True, (), None, *_NOTHING, wider)
    least = min(moved(case, one) for one in every)
    before, after = ({*some} for some in ((placement for placement, _ in case.stood), timetable.placements))
    return Facts(
        Outcome.LAWFUL,
        True,
        tuple((rank, value, value) for rank, value in _best(case, every)),
        (least, least),
        frozenset(before - after),
        frozenset(after - before),
        _counts(case, timetable),
        wider,
    )


_NOTHING = (frozenset[Placement](), frozenset[Placement](), (0, 0, 0))


def _within(case: Case) -> list[Timetable]:
    """Those in which nothing is different outside the scope."""
    stood = _outside(case, (placement for placement, _ in case.stood))
    return [one for one in case.every if _outside(case, one.placements) == stood]


def _outside(case: Case, placements: Iterable[Placement]) -> set[Placement]:
    known = case.problem.programme.activities
    return {
        each for each in placements if each.activity in known and not lies_open(case.scope, each.activity, each.span)
    }


def disturbance(case: Case, timetable: Timetable) -> int:
    """Ten points for a session or block that leaves its time, three for a trainer or place, one for all else."""
    programme, points = case.problem.programme, 0
    for before, weight in case.stood:
        if before.span.start < start_of(case.day):
            continue
        there = [each for each in timetable.of(before.activity) if each.span == before.span]
        activity = programme.activities[before.activity]
        if sum(each.amount for each in there) < before.amount:
            points += weight * (10 if isinstance(activity, Part | Block) else 1)
        if isinstance(activity, Part):
            team = {key for each in there for key in each.trainers}
            if len(activity.trainers) > activity.together:
                points += 3 * weight * len({*before.trainers} - team)
            if len(activity.places) > 1:
                points += 3 * weight * (before.place not in [each.place for each in there])
    return points


def moved(case: Case, timetable: Timetable) -> int:
    """How many sessions and blocks that were to come are no longer at their time."""
    return sum(
        before.span not in [each.span for each in timetable.of(before.activity)]
        for before, _ in case.stood
        if before.span.start >= start_of(case.day) and _has_an_hour(case, before)
    )


def _counts(case: Case, timetable: Timetable) -> tuple[int, int, int]:
    """How many sessions and blocks moved, stay at their time with another trainer or elsewhere, and are new."""
    stood = [before for before, _ in case.stood if _has_an_hour(case, before)]
    after = [each for each in timetable.placements if _has_an_hour(case, each)]
    kept = sum(each in after for each in stood)
    at_their_time = sum((each.activity, each.span) in [(one.activity, one.span) for one in after] for each in stood)
    return len(stood) - at_their_time, at_their_time - kept, len(after) - len(stood)


def _has_an_hour(case: Case, placement: Placement) -> bool:
    return isinstance(case.problem.programme.activities[placement.activity], Part | Block)


def _least_moved(case: Case) -> set[int]:
    """How many move in the timetables that disturb least where all may change."""
    least = min((disturbance(case, one) for one in case.every), default=0)
    return {moved(case, one) for one in case.every if disturbance(case, one) == least}


def _best(case: Case, every: list[Timetable]) -> list[tuple[int, int]]:
    """Level by level the least value of those timetables that are the best of all levels before."""
    least = min(disturbance(case, one) for one in every)
    found, best = [(0, least)], [one for one in every if disturbance(case, one) == least]
    for rank in sorted({rule.rank for rule in case.problem.priced}):
        costs = [_cost(case, rank, one) for one in best]
        found.append((rank, min(costs)))
        best = [one for one, cost in zip(best, costs, strict=True) if cost == min(costs)]
    return found


def _cost(case: Case, rank: int, timetable: Timetable) -> int:
    programme = case.told.programme()
    rules = [rule for rule in case.problem.priced if rule.rank == rank]
    return sum((rule.price or 0) * each.excess for rule in rules for each in rule.check(programme, timetable))


# The calendar


def told_by_calendar(case: Case, found: Replanned, folder: Path) -> Made:
    """What the calendar tells that is written."""
    write_whole(folder, year_after(found, case.day, 0, "en").files)
    calendar = read_calendar(folder / PATH)
    before = {entry.uid: entry for entry in _live(case.calendar)}
    after = {entry.uid: entry for entry in _live(calendar)}
    same = {uid for uid in before.keys() & after.keys() if _where(before[uid]) == _where(after[uid])}
    others = {uid for uid in before.keys() & after.keys() - same if not isinstance(before[uid], PlannedWork)}
    gone = [entry for entry in _every(calendar) if entry.state == "cancelled" and entry.uid in before]
    return Made(
        timetable_of(calendar).placements,
        judge(case.problem, folder / PATH).breaches,
        calendar.history,
        frozenset((uid, after[uid].sequence) for uid in same),
        frozenset((entry.uid, entry.sequence) for entry in gone),
        frozenset(others),
        all(after[uid].sequence > before[uid].sequence for uid in others),
        frozenset(_where(after[pin.uid])[:2] for pin in calendar.pins),
        publish(case.problem, calendar, case.calendar, _version(case), "en", folder).breaches,
    )


def true_of_calendar(case: Case, found: Replanned) -> Made:
    """The same by the timetable that was found, and by what happened."""
    timetable, programme = found.result.timetable or Timetable(), case.told.programme()
    off, missed = case.about("cancel", "cancel what was missed"), case.about("missed")
    live = {entry.uid: entry for entry in _live(case.calendar)}
    there = {(each.activity, each.span, each.place) for each in timetable.placements}
    same = {uid for uid, entry in live.items() if uid not in (*off, *missed) and _where(entry) in there}
    work = {uid for uid, entry in live.items() if isinstance(entry, PlannedWork)} - same
    pinned = {pin.uid for pin in case.calendar.pins} - {*off, *missed, *case.about("move", "move to")}
    return Made(
        timetable.placements,
        tuple(breach for law in case.problem.laws for breach in law.check(programme, timetable)),
        (*case.calendar.history, found.what.revision),
        frozenset((uid, live[uid].sequence) for uid in same),
        frozenset((uid, live[uid].sequence + 1) for uid in (*off, *work)),
        frozenset(live.keys() - same - work - {*off}),
        True,
        frozenset(_where(live[uid])[:2] for uid in pinned).union(case.asked),
        (),
    )


def _every(calendar: Calendar) -> list[Entry]:
    """All but the runs of host days, which have no identity that a day would tell."""
    runs = [run for run in calendar.days if run.kind != "internship"]
    return [*calendar.sessions, *runs, *calendar.work]


def _live(calendar: Calendar) -> list[Entry]:
    return [entry for entry in _every(calendar) if entry.state != "cancelled"]


def needs_moves(seed: int) -> bool:
    """Whether some replan of the programme of a seed has to move something."""
    return any(found.fewest is not None and found.fewest.least > 0 for _, found in replanned(seed))


def kinds(seed: int) -> set[str]:
    """What happens in the programme of a seed."""
    return {change.kind for case, _ in replanned(seed) for change in case.changes}


def _where(entry: Entry) -> tuple[str, Span, str | None]:
    [placement] = placements_of(entry)
    return placement.activity, placement.span, placement.place
