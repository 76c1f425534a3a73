"""Making a calendar again: what was held stays, what people count on moves as little as can be."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from calendars.calendar_file import Calendar, PlacedDays, PlacedSession
from calendars.clock import start_of
from calendars.faults import Fault, FaultyInput
from calendars.holding import live_holds
from calendars.naming import name_of, when_of
from calendars.saving import placement_of, placements_of, standing, timetable_of
from calendars.timetable import Placement
from calendars.wording import Message, say
from constraints.few_changes import FewChanges
from constraints.held import Held
from constraints.kept import Kept, Stay
from constraints.on_hold import OnHold
from constraints.rule import Rule
from scheduler.disturbance import weight_of
from scheduler.problem import Problem


def holding(problem: Problem, known: Calendar, as_of: date, path: Path) -> Problem:
    """The problem with what a known calendar has before a day held, its pins kept and its slots on hold left free.

    Args:
        problem: as the programme file has it.
        known: the calendar that people know.
        as_of: what begins before this day is held.
        path: where the calendar was read, for what is said of it.

    Raises:
        FaultyInput: where what was held cannot be counted, as a session that stands twice.
    """
    held = tuple(each for each in timetable_of(known).placements if each.span.start < start_of(as_of))
    faults = [Fault(message, (), str(path)) for message in _faults(problem, held)]
    if faults:
        raise FaultyInput(faults)
    rules = Held(before=as_of, placements=held), *_binding(known, as_of), *problem.rules
    return replace(problem, rules=rules)


def following(problem: Problem, previous: Calendar, as_of: date, path: Path) -> Problem:
    """The problem of a calendar that follows another one: what is past is held, all else stays where it can.

    Args and faults are those of `holding`.
    """
    begun = start_of(as_of)
    known = ((entry, each) for entry in standing(previous) for each in placements_of(entry))
    to_come = sorted(
        ((each, weight_of(problem.programme, entry, each, as_of)) for entry, each in known if each.span.start >= begun),
        key=lambda one: one[0].rank,
    )
    held = holding(problem, previous, as_of, path)
    changes = FewChanges(placements=tuple(each for each, _ in to_come), weights=tuple(weight for _, weight in to_come))
    return replace(held, rules=(*held.rules, changes), previous=timetable_of(previous))


def keeping(
    problem: Problem, known: Calendar, as_of: date, path: Path, published: bool, but: Collection[str] = ()
) -> Problem:
    """The problem as `holding` makes it, in which what is pinned stays too, and if asked what is published.

    Args and faults are those of `holding` and `kept_of`.
    """
    held = holding(problem, known, as_of, path)
    return replace(held, rules=(kept_of(known, published, but), *held.rules))


def kept_of(calendar: Calendar, published: bool, but: Collection[str] = ()) -> Kept:
    """The law that the sessions and blocks of a calendar that are pinned stay, and if asked the published ones too.

    Args:
        calendar: the calendar that people know.
        published: whether what is published stays as well.
        but: the UIDs of those that need not stay.
    """
    pins = {pin.uid: pin for pin in calendar.pins}
    entries: tuple[PlacedSession | PlacedDays, ...] = (
        *calendar.sessions,
        *(run for run in calendar.days if run.kind != "internship"),
    )
    return Kept(
        kept=tuple(
            Stay(placement_of(entry), pins.get(entry.uid))
            for entry in entries
            if entry.uid not in but
            and entry.state != "cancelled"
            and (entry.uid in pins or (published and entry.state == "published"))
        )
    )


def _binding(known: Calendar, as_of: date) -> Iterator[Rule]:
    """What the pins and the slots on hold of a calendar ask for from a day on; nothing where it has none."""
    begun = start_of(as_of)
    kept = [stay for stay in kept_of(known, published=False).kept if stay.placement.span.start >= begun]
    if kept:
        yield Kept(kept=tuple(kept))
    held = (placement_of(hold.as_session(session)) for hold, session in live_holds(known))
    slots = tuple(slot for slot in held if slot.span.start >= begun)
    if slots:
        yield OnHold(slots=slots)


def _faults(problem: Problem, held: tuple[Placement, ...]) -> Iterator[Message]:
    programme = problem.programme
    for (span, key), count in Counter((placement.span, placement.activity) for placement in held).items():
        if count > 1 and key in programme.activities:
            activity = programme.activities[key]
            told = {"name": name_of(programme, activity), "when": when_of(activity, span)}
            yield say("{name} stands twice {when}; remove one of the two", **told)
    for placement in held:
        work = programme.works.get(placement.activity)
        if work is not None and placement.amount % work.step:
            told = {"name": name_of(programme, work), "when": when_of(work, placement.span)}
            yield say(
                "{name} had {minutes} minutes {when}, which steps of {step} do not make; lower its step_minutes",
                minutes=placement.amount,
                step=work.step,
                **told,
            )
