"""What one table of a programme file cannot see alone: names, dates, lengths and hours held against one another."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain

from calendars.clock import DAY, Dates
from calendars.faults import Fault, Path, with_nearest
from calendars.jury_references import jury_faults
from calendars.programme_file import (
    WEEKDAYS,
    BlockTable,
    GroupTable,
    ModuleTable,
    ProgrammeFile,
    SessionsTable,
    Table,
    WorkTable,
    opening_of,
)
from calendars.wording import say, say_count

_KEYS_THAT_NAME = {"group": "groups", "part_of": "groups", "trainer": "trainers", "place": "places", "phase": "phases"}
_LISTS_THAT_NAME = {"groups": "groups", "blocks": "blocks", "jury": "roles"}

PlacedPart = tuple[Path, ModuleTable, SessionsTable | WorkTable]
"""A part with its path and its module."""


def reference_faults(file: ProgrammeFile) -> list[Fault]:
    """Everything that its tables, each sound alone, do wrong together."""
    checks = (
        _nothing_to_plan,
        _closed_hours,
        _unknown_names,
        _shared_ids,
        _rings_of_groups,
        _small_groups,
        _uneven_electives,
        _blocks_without_length,
        _dates_outside,
        _phases_without_dates,
        _near_outside,
        _blocks_out_of_reach,
        _uneven_teams,
        _mixed_places,
        jury_faults,
        _irregular_meetings,
        _long_sessions,
        _uneven_work,
        _uneven_announcement,
    )
    return [fault for check in checks for fault in check(file)]


def part_key(module: str, part: SessionsTable | WorkTable) -> str:
    """The key of a part in its programme: its module's, then its own id or else its kind."""
    return f"{module}.{part.id or part.kind}"


def part_dates(file: ProgrammeFile, module: ModuleTable, part: SessionsTable | WorkTable) -> Dates:
    """The days of the programme in the phase and in the dates of a part, each its module's where the part is silent."""
    dates, phase = part.dates or module.dates, file.phases.get(part.phase or module.phase or "")
    days = file.dates
    for narrower in (phase.dates if phase else None, dates):
        days = days.meet(narrower) if narrower else days
    return days


def _parts(file: ProgrammeFile) -> Iterator[PlacedPart]:
    for key, module in file.modules.items():
        for place, part in enumerate(module.parts):
            yield ("modules", key, "parts", place), module, part


def _tables(file: ProgrammeFile) -> Iterator[tuple[Path, Table]]:
    """Every table that may name another or have dates."""
    for name in ("groups", "electives", "phases", "blocks", "modules", "internships", "milestones"):
        for key, table in getattr(file, name).items():
            yield (name, key), table
    for path, _, part in _parts(file):
        yield path, part


def _nothing_to_plan(file: ProgrammeFile) -> Iterator[Fault]:
    if not (file.modules or file.blocks or file.internships or file.milestones):
        yield Fault(say("there is nothing to plan; add a module, a block, an internship or a milestone"))


def _closed_hours(file: ProgrammeFile) -> Iterator[Fault]:
    hours = file.opening_hours
    opened = opening_of(hours)
    if not opened:
        yield Fault(say('no day has opening hours; add some, such as monday = "09:00-17:00"'), ("opening_hours",))
    for number, opening in opened.items():
        day = WEEKDAYS[number]
        if day not in file.working_week:
            message = say("{day} is not in working_week; add it there, or remove its opening hours", day=day)
            yield Fault(message, ("opening_hours", day))
        if not _stretches(opening, hours.lunch):
            message = say("lunch takes all the opening hours of {day}; open longer, or shorten lunch", day=day)
            yield Fault(message, ("opening_hours", day))


def _stretches(opening: tuple[int, int], lunch: tuple[int, int] | None) -> list[int]:
    """The minutes of a day's opening hours before and after lunch."""
    first, last = opening
    start, end = lunch or (last, last)
    return [minutes for minutes in (min(last, start) - first, last - max(first, end)) if minutes > 0]


def _unknown_names(file: ProgrammeFile) -> Iterator[Fault]:
    for path, table in _tables(file):
        for place, kind, name in _named_in(table):
            known = [*file.blocks, *file.milestones] if kind == "blocks" else list(getattr(file, kind))
            if name not in known:
                header = f"{kind}.{name}"
                message = with_nearest(say("there is no [{header}] in this file", header=header), name, known)
                yield Fault(message, path + place)


def _named_in(table: Table) -> Iterator[tuple[Path, str, str]]:
    """Each name of another table: the keys that it stands under, the kind of table, and the name."""
    for key, kind in _KEYS_THAT_NAME.items():
        named = getattr(table, key, None) or ()
        for name in (named,) if isinstance(named, str) else named:
            yield (key,), kind, name
    for key, kind in _LISTS_THAT_NAME.items():
        for place, name in enumerate(getattr(table, key, ())):
            yield (key, place), kind, name


def _staffed_tables(file: ProgrammeFile) -> Iterator[tuple[Path, ModuleTable | SessionsTable]]:
    """The modules and parts that may name trainers and places."""
    for key, module in file.modules.items():
        yield ("modules", key), module
    for path, _, part in _parts(file):
        if isinstance(part, SessionsTable):
            yield path, part


def _uneven_teams(file: ProgrammeFile) -> Iterator[Fault]:
    for path, table in _staffed_tables(file):
        trainers = table.trainer or ()
        if len(set(trainers)) < len(trainers):
            yield Fault(say("a trainer stands twice here; name each once"), (*path, "trainer"))
        elif "together" in table.model_fields_set and table.together > len(trainers):
            message = say_count(
                "together is {together}, but {count} trainer is named beside it; name more, or lower it",
                "together is {together}, but {count} trainers are named beside it; name more, or lower it",
                len(trainers),
                together=table.together,
            )
            yield Fault(message, (*path, "together"))


def _mixed_places(file: ProgrammeFile) -> Iterator[Fault]:
    for path, table in _staffed_tables(file):
        places = table.place or ()
        if len(set(places)) < len(places):
            yield Fault(say("a place stands twice here; name each once"), (*path, "place"))
        elif len({file.places[key].virtual for key in places if key in file.places}) > 1:
            message = say("the search chooses among places of one sort; name rooms alone, or virtual places alone")
            yield Fault(message, (*path, "place"))


def _shared_ids(file: ProgrammeFile) -> Iterator[Fault]:
    seen = set(file.blocks)
    for kind, ids in (("milestones", file.milestones), ("internships", file.internships)):
        for key in ids:
            if key in seen:
                message = say(
                    "a block, a milestone or an internship above has the id {id} too; give each its own", id=key
                )
                yield Fault(message, (kind, key))
        seen |= set(ids)
    taken = set()
    for path, _, part in _parts(file):
        key = part_key(str(path[1]), part)
        if key in taken:
            message = say("two parts of this module are called {name}; give each an id", name=part.id or part.kind)
            yield Fault(message, path)
        taken.add(key)


def _rings_of_groups(file: ProgrammeFile) -> Iterator[Fault]:
    told: set[str] = set()
    for key in file.groups:
        ring = _ring(file, key)
        if ring and key not in told:
            told.update(ring)
            if len(ring) == 1:
                message = say("a group is not part of itself; remove part_of")
            else:
                message = say("the groups {groups} are part of one another; remove one part_of", groups=ring)
            yield Fault(message, ("groups", key, "part_of"))


def _ring(file: ProgrammeFile, key: str) -> tuple[str, ...]:
    """The groups, from `key` through what each is part of, that lead back to it; none where they do not."""
    ring = [key]
    while (above := file.groups[ring[-1]].part_of) in file.groups and above not in ring:
        ring.append(str(above))
    return tuple(ring) if above == key else ()


def _small_groups(file: ProgrammeFile) -> Iterator[Fault]:
    for key, group in file.groups.items():
        if group.of is not None:
            yield from _undivided(file, key, group)
            if taken := next((other for other in file.groups if re.fullmatch(rf"{key}-[1-9]\d*", other)), None):
                message = say(
                    "of makes groups {key}-1, {key}-2 and so on; rename [groups.{taken}]", key=key, taken=taken
                )
                yield Fault(message, ("groups", key, "of"))
    for path, name in _groups_named(file):
        if name in file.groups and file.groups[name].of is not None:
            message = say(
                "{name} stands for small groups, which only modules and parts are for; name another", name=name
            )
            yield Fault(message, path)


def _undivided(file: ProgrammeFile, key: str, group: GroupTable) -> Iterator[Fault]:
    """Why the group that small groups are part of cannot be divided, and keys that go with one group alone."""
    divided = file.groups.get(group.part_of or "")
    if group.part_of is None:
        yield Fault(say("of divides a group; add part_of, to name it"), ("groups", key, "of"))
    elif divided is not None and divided.size is None and divided.of is None:
        message = say("of divides {group}, whose size is not given; add it there", group=group.part_of)
        yield Fault(message, ("groups", key, "of"))
    for name in ("size", "students"):
        if name in group.model_fields_set:
            message = say("{key} goes with one group, of with several; remove one of the two", key=name)
            yield Fault(message, ("groups", key, name))


def _groups_named(file: ProgrammeFile) -> Iterator[tuple[Path, str]]:
    """Each name of a group that has to stand for one group, with its place."""
    for path, table in _tables(file):
        if path[0] != "modules":
            yield from ((path + place, name) for place, kind, name in _named_in(table) if kind == "groups")


def _uneven_electives(file: ProgrammeFile) -> Iterator[Fault]:
    for key, elective in file.electives.items():
        groups = dict.fromkeys(elective.groups)
        if len(groups) < len(elective.groups):
            yield Fault(say("a group stands twice here; keep one of the two"), ("electives", key, "groups"))
        if elective.choose > len(groups):
            message = say(
                "choose is {choose}, but there are {count} groups; choose fewer, or add groups",
                choose=elective.choose,
                count=len(groups),
            )
            yield Fault(message, ("electives", key, "choose"))
        parents = {file.groups[group].part_of for group in groups if group in file.groups}
        if len(parents) > 1 or None in parents:
            message = say("the groups to choose from are part of one group; give them all the same part_of")
            yield Fault(message, ("electives", key, "groups"))


def _blocks_without_length(file: ProgrammeFile) -> Iterator[Fault]:
    for key, block in file.blocks.items():
        if block.days is None and block.working_weeks is None:
            yield Fault(say("the block has no length; add days or working_weeks"), ("blocks", key))
        elif block.days is not None and block.working_weeks is not None:
            yield Fault(say("the block has two lengths; remove days or working_weeks"), ("blocks", key))


def _dates_outside(file: ProgrammeFile) -> Iterator[Fault]:
    for path, table in _tables(file):
        dates: Dates | None = getattr(table, "dates", None)
        if dates and dates.meet(file.dates) != dates:
            message = say(
                "the programme runs from {first} to {last}; move these dates inside, or lengthen the programme",
                **file.dates._asdict(),
            )
            yield Fault(message, (*path, "dates"))


def _phases_without_dates(file: ProgrammeFile) -> Iterator[Fault]:
    for key, module in file.modules.items():
        yield from _phase_fault(file, ("modules", key), module, module)
    for path, module, part in _parts(file):
        if part.phase or part.dates:
            yield from _phase_fault(file, path, module, part)


def _phase_fault(
    file: ProgrammeFile, path: Path, module: ModuleTable, table: ModuleTable | SessionsTable | WorkTable
) -> Iterator[Fault]:
    name, dates = table.phase or module.phase, table.dates or module.dates
    phase = file.phases.get(name or "")
    if phase and dates and _is_empty(phase.dates.meet(dates)):
        message = say(
            "the phase {phase} has no day from {first} to {last}; name another phase, or move the dates",
            phase=name,
            **dates._asdict(),
        )
        yield Fault(message, (*path, "dates" if table.dates else "phase"))


def _near_outside(file: ProgrammeFile) -> Iterator[Fault]:
    for key, block in file.blocks.items():
        yield from _near_fault(("blocks", key), block.near, block.dates)
    for key, milestone in file.milestones.items():
        yield from _near_fault(("milestones", key), milestone.near, milestone.dates)
    for path, module, part in _parts(file):
        if isinstance(part, SessionsTable):
            yield from _near_fault(path, part.near, part_dates(file, module, part))


def _near_fault(path: Path, near: date | None, dates: Dates) -> Iterator[Fault]:
    if near is not None and near not in dates and not _is_empty(dates):
        message = say("near is {near}; choose a day from {first} to {last}", near=near, **dates._asdict())
        yield Fault(message, (*path, "near"))


def _blocks_out_of_reach(file: ProgrammeFile) -> Iterator[Fault]:
    windows = {key: _reach(block, file.dates) for key, block in file.blocks.items()}
    windows |= {key: milestone.dates for key, milestone in file.milestones.items()}
    for path, module, part in _parts(file):
        dates = part_dates(file, module, part)
        named = part.blocks or module.blocks
        if named and not _is_empty(dates) and all(_is_empty(windows.get(key, dates).meet(dates)) for key in named):
            message = say(
                "no block named here can lie between {first} and {last}, the days of this part; move one of them",
                **dates._asdict(),
            )
            yield Fault(message, (*path, "blocks"))


def _reach(block: BlockTable, programme: Dates) -> Dates:
    """The days that a block could take; working weeks may pause until the programme ends."""
    first, last = block.dates
    if block.days is None or block.days > (programme.last - last).days:
        return Dates(first, programme.last)
    return Dates(first, last + timedelta(days=block.days - 1))


def longest_session(part: SessionsTable) -> int:
    """The minutes of its longest session."""
    return max((each.minutes or part.minutes for each in part.meets), default=part.minutes)


def _irregular_meetings(file: ProgrammeFile) -> Iterator[Fault]:
    for path, _, part in _parts(file):
        if isinstance(part, SessionsTable) and part.meets:
            given = {"sessions": part.sessions, "starts": part.starts, "defences": part.defences, "near": part.near}
            for key in (key for key, value in given.items() if value):
                message = say("meets says already when the sessions are; remove {key}", key=key)
                yield Fault(message, (*path, key))


def _long_sessions(file: ProgrammeFile) -> Iterator[Fault]:
    opened = opening_of(file.opening_hours).values()
    longest = max(chain.from_iterable(_stretches(opening, file.opening_hours.lunch) for opening in opened), default=DAY)
    for path, _, part in _parts(file):
        if isinstance(part, SessionsTable) and longest_session(part) > longest:
            message = say(
                "a session lasts {length}, but the longest opening without a break is {longest}; "
                "shorten the sessions, or open longer",
                length=timedelta(minutes=longest_session(part)),
                longest=timedelta(minutes=longest),
            )
            yield Fault(message, (*path, "minutes"))


def _uneven_work(file: ProgrammeFile) -> Iterator[Fault]:
    for path, _, part in _parts(file):
        if isinstance(part, WorkTable) and (over := round(part.hours * 60) % part.step_minutes):
            hours = (round(part.hours * 60) - over + part.step_minutes) / 60
            message = say(
                "{given} hours are not a whole number of steps of {step} min; write {hours}, or change step_minutes",
                given=f"{part.hours:g}",
                step=part.step_minutes,
                hours=f"{hours:g}",
            )
            yield Fault(message, (*path, "hours"))


def _uneven_announcement(file: ProgrammeFile) -> Iterator[Fault]:
    on_site, teaching = file.announced.on_site_hours, file.announced.teaching_hours
    if on_site is not None and teaching is not None and on_site > teaching:
        message = say(
            "on_site_hours is {on_site}, more than the {teaching} teaching_hours of which they are part; "
            "lower it, or raise teaching_hours",
            on_site=f"{on_site:g}",
            teaching=f"{teaching:g}",
        )
        yield Fault(message, ("announced", "on_site_hours"))


def _is_empty(dates: Dates) -> bool:
    return dates.last < dates.first
