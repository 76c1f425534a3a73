"""A replanned year in words and for machines: what has to move, whether less would do, whom it touches."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from calendars.naming import name_of_groups, name_of_trainer
from calendars.programme import Internship, Work
from calendars.wording import Message, say, say_count
from console.moves import move_words
from console.records import breach_records, level_record, move_record
from console.screen import Screen
from console.summary import ENDED_EARLY, tell_levels, tell_no_year, tell_past
from console.why import conflict_record, tell_conflict
from scheduler.conflict import Explanation
from scheduler.moves import Move
from scheduler.replanning import Replanned
from scheduler.result import Outcome
from scheduler.year import Year


@dataclass(frozen=True)
class Alternative:
    """A changes file and what became of it; `why` is looked for where no lawful calendar exists."""

    path: Path
    found: Replanned
    why: Explanation | None = None


def tell_replanned(screen: Screen, told: Alternative, year: Year | None, output: Path) -> None:
    """Tells what moves and whether less would do, where the calendar is; or why there is none."""
    if year is None:
        _tell_why_not(screen, told)
        return
    found = told.found
    _tell_moves(screen, found)
    for message in (*_proofs(found), *_wider(found)):
        screen.finding(message)
    if people := _people(found):
        screen.finding(say("This touches {people}.", people=people))
    screen.gap()
    tell_levels(screen, found.result)
    screen.gap()
    tell_past(screen, year)
    if not found.result.reproducible:
        screen.line(ENDED_EARLY)
    seconds = round(found.result.seconds, 1)
    screen.line(say("Found in {seconds} s and written to {folder}.", seconds=seconds, folder=str(output)))
    screen.line(say("It is a draft: publish it, and the feeds follow."))


def tell_alternatives(screen: Screen, several: Sequence[Alternative]) -> None:
    """A table of what each changes file would come to; nothing is written."""
    headers = (
        say("Changes"),
        say("Move"),
        say("Handed over"),
        say("New"),
        say("Called off"),
        say("Points"),
        say("Levels"),
        say("Proof"),
    )
    screen.table("<>>>>><<", headers, [_row(each) for each in several])
    for each in several:
        if each.found.result.timetable is None:
            screen.gap()
            screen.line(say("{path}:", path=each.path.name), "bold")
            _tell_why_not(screen, each)


def replanned_record(told: Alternative, output: Path | None, language: str) -> dict[str, Any]:
    """What was found as plain JSON values; moments are wall times of the programme, texts in `language`."""
    found = told.found
    groups, trainers = found.touched
    return {
        "changes": str(told.path),
        "outcome": found.result.outcome.value,
        "moved": [move_record(each) for each in found.moved],
        "handed_over": [move_record(each) for each in found.handed_over],
        "new": [move_record(each) for each in found.new],
        "called_off": list(found.what.revision.called_off),
        "others": [move_record(each) for each in _others(found)],
        "lacking": breach_records(found.lacking, language),
        "fewest": found.fewest and {"least": found.fewest.least, "most": found.fewest.most},
        "wider": found.wider and {"moved": found.wider.moved, "level": level_record(found.wider.level)},
        "groups": groups,
        "trainers": trainers,
        "levels": [level_record(level) for level in found.result.levels],
        "conflicts": [conflict_record(each, language) for each in told.why.conflicts] if told.why else [],
        "reproducible": found.result.reproducible,
        "seconds": round(found.result.seconds, 3),
        "output": None if output is None else str(output),
    }


def _tell_why_not(screen: Screen, told: Alternative) -> None:
    """That there is none, then the conflict; it says more of laws that cannot be kept beside what others strike."""
    conflicts, result = told.why.conflicts if told.why else (), told.found.result
    if told.found.lacking:
        _tell_lacking(screen, told.found)
    else:
        tell_no_year(screen, told.found.problem.programme, replace(result, unkeepable=()) if conflicts else result)
    for conflict in conflicts:
        screen.gap()
        tell_conflict(screen, conflict)
    for message in _wider(told.found):
        screen.finding(message)


def _tell_lacking(screen: Screen, found: Replanned) -> None:
    count, proved = sum(breach.excess for breach in found.lacking), found.result.outcome is Outcome.IMPOSSIBLE
    if proved:
        header = say_count(
            "Impossible: {count} session cannot be held any more, which is proved.",
            "Impossible: {count} sessions cannot be held any more; that all can is proved impossible.",
            count,
        )
    else:
        header = say_count(
            "No calendar was found that holds {count} session; nothing is proved.",
            "No calendar was found that holds {count} sessions; nothing is proved.",
            count,
        )
    screen.finding(header, "bold red")
    for breach in found.lacking:
        screen.item(breach.message)
    screen.finding(say("Call them off with [[cancel]], let others give them, or let more change."))


def _tell_moves(screen: Screen, found: Replanned) -> None:
    programme = found.problem.programme
    screen.finding(_headline(found), "bold green")
    for each in found.moved:
        screen.item(move_words(programme, each))
    for header, changes in _sections(found):
        screen.finding(header, "bold")
        for each in changes:
            screen.item(move_words(programme, each))


def _headline(found: Replanned) -> Message:
    count = len(found.moved)
    if not count or found.fewest is None:
        return say("No session has to move.")
    if found.fewest.least == count:
        return say_count(
            "{count} session must move: that none does is proved impossible.",
            "{count} sessions must move: {fewer} is proved impossible.",
            count,
            fewer=count - 1,
        )
    if found.fewest.most < count:
        return _headline_of_more(found, count, found.fewest.most)
    if found.fewest.least == 0:
        return say_count(
            "{count} session moves; whether none would do is not known.",
            "{count} sessions move; whether fewer would do is not known.",
            count,
        )
    return say_count(
        "{count} session moves; fewer than {least} is proved impossible.",
        "{count} sessions move; fewer than {least} is proved impossible.",
        count,
        least=found.fewest.least,
    )


def _headline_of_more(found: Replanned, count: int, fewer: int) -> Message:
    """Where fewer would do; that they would not disturb people less is known of the least disturbance alone."""
    if found.disturbance is not None and found.disturbance.proved:
        return say_count(
            "{count} session moves; {fewer} would do, but would not disturb people less.",
            "{count} sessions move; {fewer} would do, but would not disturb people less.",
            count,
            fewer=fewer,
        )
    return say_count(
        "{count} session moves; {fewer} would do.", "{count} sessions move; {fewer} would do.", count, fewer=fewer
    )


def _sections(found: Replanned) -> Iterator[tuple[Message, Sequence[Move]]]:
    """What else stands otherwise, each kind under its header."""
    over, new, others = len(found.handed_over), len(found.new), len(_others(found))
    off = len(found.what.revision.called_off)
    if over:
        yield (
            say_count(
                "{count} session stays, with others or elsewhere:",
                "{count} sessions stay, with others or elsewhere:",
                over,
            ),
            found.handed_over,
        )
    if new:
        yield say_count("{count} session is new:", "{count} sessions are new:", new), found.new
    if off:
        yield say_count("{count} session is called off.", "{count} sessions are called off.", off), ()
    if others:
        yield (
            say_count(
                "{count} week of self-paced work or host day changes:",
                "{count} weeks of self-paced work or host days change:",
                others,
            ),
            _others(found),
        )


def _others(found: Replanned) -> tuple[Move, ...]:
    """Self-paced work and host days that stand otherwise."""
    activities = found.problem.programme.activities
    return tuple(each for each in found.changes if isinstance(activities[each.activity], Work | Internship))


def _proofs(found: Replanned) -> Iterator[Message]:
    """Whether less would disturb."""
    level = found.disturbance
    if level is None:
        return
    if level.proved:
        yield say("It is proved that no lawful calendar disturbs people less ({points} points).", points=level.value)
    elif level.bound == 0:
        yield say("It disturbs people by {points} points; whether less would do is not known.", points=level.value)
    else:
        told = {"points": level.value, "bound": level.bound}
        yield say("It disturbs people by {points} points; less than {bound} is proved impossible.", **told)


def _wider(found: Replanned) -> Iterator[Message]:
    """What a wider scope would gain."""
    if found.wider is None:
        return
    level, moved = found.disturbance, found.wider.moved
    wider = say_count("{count} session would move", "{count} sessions would move", moved)
    if level is None:
        yield say("Without --only a lawful calendar exists: {wider}.", wider=wider)
    elif found.wider.level.value < level.value:
        told = {"wider": wider, "points": found.wider.level.value, "instead": level.value}
        yield say("Without --only {wider}, at {points} points instead of {instead}.", **told)
    elif level.value <= found.wider.level.bound:
        yield say("Without --only no calendar would disturb people less, which is proved.")
    else:
        yield say("Without --only none was found that disturbs people less.")


def _people(found: Replanned) -> tuple[Message, ...]:
    programme = found.problem.programme
    groups, trainers = found.touched
    named = (name_of_groups(programme, groups),) if groups else ()
    return (*named, *(name_of_trainer(programme, key) for key in trainers))


def _row(told: Alternative) -> tuple[object, ...]:
    found = told.found
    if found.result.timetable is None:
        return told.path.name, None, None, None, None, None, None, _outcome(found.result.outcome)
    level = found.disturbance
    levels = " · ".join(str(each.value) for each in found.result.levels if each.rank > 0)
    counts = (len(found.moved), len(found.handed_over), len(found.new), len(found.what.revision.called_off))
    proof = say("proved") if level is not None and level.proved else say("not proved")
    return told.path.name, *counts, level.value if level else 0, levels or None, proof


def _outcome(outcome: Outcome) -> Message:
    return say("impossible") if outcome is Outcome.IMPOSSIBLE else say("not known")
