"""Where the cost of a calendar comes from, in words and for machines: level by level, and what less would take."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from calendars.naming import AIMS, few, name_of, name_of_groups, name_of_trainer, when_of
from calendars.programme import Activity, Programme, Work
from calendars.timetable import Placement
from calendars.wording import Message, render, say, say_count
from console.records import breach_records, move_record
from console.screen import Screen
from console.why import tell_giving_way
from scheduler.costs import Answer, Charge, LevelCosts, Loss, NextBetter, People
from scheduler.moves import Move
from scheduler.repairs import Lowering

_MOST_ROWS = 5
_MOST_MOVES = 12
_MOST_MODULES = 2

Row = tuple[object, object, object]


def tell_costs(screen: Screen, programme: Programme, costs: Sequence[LevelCosts], better: Sequence[NextBetter]) -> None:
    """Tells where each level comes from, then what less would take, as far as it was asked."""
    if not costs:
        screen.line(say("No preference is declared, so no lawful calendar is better than this one."))
    asked = {each.rank: each for each in better}
    for number, level in enumerate(costs):
        if number:
            screen.gap()
        screen.line(_title(level), "bold")
        if level.charges:
            headers = (say("Points"), say("By"), say("What"))
            screen.table("><<", headers, list(_rows(programme, level)))
        if level.untold:
            screen.line(say("{points} of these points are about what others keep to themselves.", points=level.untold))
        if level.value and level.rank in asked:
            _tell_better(screen, programme, asked[level.rank])


def _title(level: LevelCosts) -> Message:
    points = say_count("{count} point", "{count} points", level.value)
    return say("Level {level}: {points}, {quality}.", level=level.rank, points=points, quality=_quality(level))


def _quality(level: LevelCosts) -> Message:
    if level.bound is None:
        return say("no bound is known")
    if level.proved:
        return say("proved optimal")
    return say("at least {bound} are proved to be needed", bound=level.bound)


def _rows(programme: Programme, level: LevelCosts) -> Iterator[Row]:
    yield from _section(say("preference"), [(share.points, AIMS[share.about]) for share in level.rules])
    yield from _section(say("module"), _by_module(programme, level))
    yield from _section(say("week"), [(share.points, _week(share.about)) for share in level.weeks])
    yield from _section(say("person"), [(share.points, _people(programme, share.about)) for share in level.people])
    yield from _section(say("breach"), [(charge.points, charge.breach.message) for charge in level.charges])


def _section(by: Message, rows: Sequence[tuple[int, object]]) -> Iterator[Row]:
    """The first rows of a sort, named beside the first one, and what the others add up to."""
    told = rows if len(rows) <= _MOST_ROWS else rows[: _MOST_ROWS - 1]
    for number, (points, what) in enumerate(told):
        yield points, "" if number else by, what
    if others := rows[len(told) :]:
        yield sum(points for points, _ in others), "", say("{count} others", count=len(others))


def _by_module(programme: Programme, level: LevelCosts) -> list[tuple[int, object]]:
    """Sets of many modules as one, since they would read alike."""
    points: Counter[object] = Counter()
    for share in level.modules:
        points[_modules(programme, share.about)] += share.points
    return [(most, words) for words, most in points.most_common()]


def _modules(programme: Programme, keys: Sequence[str]) -> Message | tuple[Message, ...]:
    if len(keys) > _MOST_MODULES:
        return say("many modules together")
    return tuple(_module(programme, key) for key in keys) or say("no module in particular")


def _module(programme: Programme, key: str) -> Message:
    if key in programme.module_titles:
        return say("“{title}”", title=programme.module_titles[key])
    return name_of(programme, programme.activities[key])


def _week(monday: date | None) -> Message:
    return say("no week in particular") if monday is None else say("week of {monday}", monday=monday)


def _people(programme: Programme, people: People) -> Message | tuple[Message, ...]:
    if people.kind == "trainers":
        return few([name_of_trainer(programme, key) for key in people.keys])
    return name_of_groups(programme, people.keys) if people.keys else say("nobody in particular")


def _tell_better(screen: Screen, programme: Programme, better: NextBetter) -> None:
    screen.finding(_answer(better))
    if better.lowering is not None:
        _tell_lowering(screen, better.rank, better.lowering)
    for loss in better.losses:
        if loss.points:
            screen.item(_loss(loss))
    if better.moves:
        screen.line(say("In a calendar with these values:"))
    for move in better.moves[:_MOST_MOVES]:
        screen.item(_move(programme, move))
    if (others := len(better.moves) - _MOST_MOVES) > 0:
        screen.line(say_count("… and {count} other change.", "… and {count} other changes.", others))


def _answer(better: NextBetter) -> Message:
    match better.answer:
        case Answer.BEST:
            return say("No lawful calendar has less at level {level}, which is proved.", level=better.rank)
        case Answer.OPEN:
            return say("Whether level {level} can be lower is not known: its bound does not say.", level=better.rank)
        case Answer.UNKNOWN:
            return say("What less at level {level} would take was not found in this time.", level=better.rank)
        case Answer.POSSIBLE:
            told = {"level": better.rank, "then": better.then, "now": better.now}
            return say("Level {level} could go from {now} to {then}, at the price of a level above:", **told)


def _tell_lowering(screen: Screen, rank: int, lowering: Lowering) -> None:
    screen.finding(_of_the_laws(rank, lowering))
    if lowering.repair is not None:
        tell_giving_way(screen, lowering.repair)


def _of_the_laws(rank: int, lowering: Lowering) -> Message:
    if lowering.hopeless:
        return say("As long as nothing is left out, no law that may give way would help, which is proved.")
    if lowering.repair is None:
        return say("Which laws would have to give way for less was not found.")
    if lowering.repair.proved:
        return say(
            "Less at level {level}, without a loss above it, would take that laws give way; the least is proved:",
            level=rank,
        )
    return say(
        "Less at level {level}, without a loss above it, would take that laws give way; while all else stays at its "
        "time, the least is:",
        level=rank,
    )


def _loss(loss: Loss) -> Message:
    told = {"level": loss.rank, "now": loss.now, "then": loss.then}
    if loss.proved:
        return say("level {level} would go from {now} to {then}; less is not enough, which is proved", **told)
    return say("level {level} would go from {now} to {then}; whether less is enough is not known", **told)


def _move(programme: Programme, move: Move) -> Message:
    activity = programme.activities[move.activity]
    name, before, after = name_of(programme, activity), _when(activity, move.before), _when(activity, move.after)
    if before is None:
        return say("{name}: also {after}", name=name, after=after)
    if after is None:
        return say("{name}: no longer {before}", name=name, before=before)
    if before == after:
        return say("{name}: {when}, with another trainer or place", name=name, when=after)
    return say("{name}: {before} → {after}", name=name, before=before, after=after)


def _when(activity: Activity, placement: Placement | None) -> Message | None:
    if placement is None:
        return None
    when = when_of(activity, placement.span)
    if isinstance(activity, Work):
        return say("{length} {when}", length=timedelta(minutes=placement.amount), when=when)
    return when


def costs_record(costs: Sequence[LevelCosts], better: Sequence[NextBetter], language: str) -> dict[str, Any]:
    """Each level with its shares and its breaches, and what less would take; texts are in `language`."""
    asked = {each.rank: _better(each, language) for each in better}
    return {
        "levels": [
            {
                "rank": level.rank,
                "value": level.value,
                "bound": level.bound,
                "proved": level.proved,
                "by_rule": [{"rule": share.about, "points": share.points} for share in level.rules],
                "by_module": [{"modules": share.about, "points": share.points} for share in level.modules],
                "by_week": [
                    {"monday": share.about and share.about.isoformat(), "points": share.points} for share in level.weeks
                ],
                "by_person": [{share.about.kind: share.about.keys, "points": share.points} for share in level.people],
                "breaches": [_charge(charge, language) for charge in level.charges],
                "next_better": asked.get(level.rank),
            }
            for level in costs
        ]
    }


def _charge(charge: Charge, language: str) -> dict[str, Any]:
    breach = charge.breach
    return {
        "rule": breach.rule,
        "points": charge.points,
        "excess": breach.excess,
        "message": render(breach.message, language),
        "activities": breach.activities,
        "monday": breach.monday and breach.monday.isoformat(),
        "trainers": breach.trainers,
    }


def _better(better: NextBetter, language: str) -> dict[str, Any]:
    return {
        "answer": better.answer.value,
        "proved": better.proved,
        "value": better.then,
        "losses": [
            {"rank": loss.rank, "value": loss.now, "then": loss.then, "proved": loss.proved} for loss in better.losses
        ],
        "moves": [move_record(move) for move in better.moves],
        "laws": better.lowering and _laws(better.lowering, language),
    }


def _laws(lowering: Lowering, language: str) -> dict[str, Any]:
    """Which laws would have to give way; `breaches` is null where no repair was found, which may be proved."""
    repair = lowering.repair
    return {
        "breaches": repair and breach_records(repair.breaches, language),
        "proved": lowering.hopeless or (repair is not None and repair.proved),
    }
