from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import ClassVar

from pydantic import Field

from calendars.clock import monday_of
from calendars.programme import Activity, Block, Part, Programme
from calendars.timetable import Timetable
from calendars.wording import Message, say
from constraints.rule import Breach, Forbids, Model, Rule, Variable

_ONE_DAY = timedelta(days=1)


class NoStartBeforeRest(Rule):
    """No course, block or module starts on the eve of a rest day.

    An eve is a working day of the group whose next calendar day is a rest day of the group; weekends, public holidays,
    school holidays and closures make one rest together. A module starts on the day of its first live sessions, whether
    or not they stand inside a block, and that day is no eve for the group of any of them. A milestone is a day to hit,
    and may fall on an eve.

    Formula: for each session x of a module on an eve of its group, x ≤ begun(module, before that day).
    Boundary: the last working day but one before a rest is lawful; so is an eve on which the module has begun already.
    Source: m@gistère, rules of the platform (a course never starts on the eve of a weekend or a holiday).

    Example:
        [laws.no_start_before_rest]
        modules = false
    """

    name: ClassVar[str] = "no_start_before_rest"

    blocks: bool = Field(default=True, description="whether courses, seminars and intensive weeks obey")
    modules: bool = Field(default=True, description="whether modules obey")

    def forbids(self, programme: Programme, activity: Activity) -> Forbids | None:
        """Strikes the first days of blocks that are eves."""
        if not self.blocks or not _is_bound(activity):
            return None
        return lambda span: _is_eve(programme, activity.group, span.day)

    def post(self, programme: Programme, model: Model) -> None:
        """Lets sessions stand on an eve only where their module has begun before that day."""
        if self.modules:
            for module, parts in _by_module(programme).items():
                _post_module(programme, model, module, parts)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Looks at the first day of each block and of each module."""
        if self.blocks:
            for block in filter(_is_bound, programme.blocks.values()):
                for placement in timetable.of(block.key):
                    if _is_eve(programme, block.group, placement.span.day):
                        yield self._breach(programme, block, block.title, placement.span.day)
        if self.modules:
            for module, parts in _by_module(programme).items():
                starts = [(placement.span.day, part) for part in parts for placement in timetable.of(part.key)]
                first = min((day for day, _ in starts), default=None)
                for day, part in starts:
                    if day == first and _is_eve(programme, part.group, day):
                        yield self._breach(programme, part, programme.module_titles[module], day)
                        break

    def _breach(self, programme: Programme, activity: Block | Part, title: str, day: date) -> Breach:
        zones = programme.groups[activity.group].school_zones
        names = tuple(sorted({off.name for off in programme.days_off.on(day + _ONE_DAY, zones)}))
        why: Message | tuple[str, ...] = names or say("not a day of the working week")
        message = say("“{title}” starts on {day}, the eve of a rest day: {why}", title=title, day=day, why=why)
        return Breach(self.name, message, activities=(activity.key,), monday=monday_of(day))


def _is_bound(activity: Activity) -> bool:
    return isinstance(activity, Block) and activity.kind != "milestone"


def _is_eve(programme: Programme, group: str, day: date) -> bool:
    return not programme.is_rest(group, day) and programme.is_rest(group, day + _ONE_DAY)


def _by_module(programme: Programme) -> dict[str, list[Part]]:
    modules: dict[str, list[Part]] = defaultdict(list)
    for part in programme.parts.values():
        modules[part.module].append(part)
    return modules


def _post_module(programme: Programme, model: Model, module: str, parts: Iterable[Part]) -> None:
    """Sessions on an eve need a literal that only an earlier session of the module lets be 1."""
    by_day: dict[date, list[tuple[str, Variable]]] = defaultdict(list)
    for part in parts:
        for span, session in model.choices(part.key).items():
            by_day[span.day].append((part.group, session))
    earlier: list[Variable] = []
    for day in sorted(by_day):
        on_eve = [session for group, session in by_day[day] if _is_eve(programme, group, day)]
        if on_eve:
            begun = model.literal(f"{module} has begun before {day}")
            model.links(0, [(1, begun), *((-1, session) for session in earlier)])
            model.at_most(0, [*((1, session) for session in on_eve), (-len(on_eve), begun)])
            earlier = [begun]
        earlier += [session for _, session in by_day[day]]
