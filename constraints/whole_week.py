from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar

from calendars.clock import Dates, Span, dates_of, days_span, monday_of
from calendars.naming import name_of, when_of
from calendars.programme import Activity, Block, Part, Programme, Work
from calendars.timetable import Timetable
from calendars.wording import Message, say
from constraints.rule import Breach, Forbids, Model, Rule, Variable, keys_in_order


class WholeWeek(Rule):
    """An intensive week or a seminar takes Monday to Friday of one week, and its group has nothing else that week.

    None of its days is off. From Monday to Sunday its group, and every group that shares a person with it, has no live
    session and no self-paced work but those that name the block, and no other such block. Milestones, personal work,
    host days and blocks of other kinds may stand in the week.

    Formula: for each block Y, week w and foreign session x or foreign block Z in w, x + Y(w) <= 1 and Z(w) + Y(w) <= 1;
    for foreign work in w, steps(w) <= most · (1 - Y(w)).
    Boundary: the Sunday before and the Monday after are free. Source: intensive weeks of the master IPM (Lille),
    residential weeks of the master IFUNO (Le Mans).

    Example:
        [laws.whole_week]
    """

    name: ClassVar[str] = "whole_week"
    bend: ClassVar[int | None] = 2
    asks: ClassVar[bool] = False

    def forbids(self, programme: Programme, activity: Activity) -> Forbids | None:
        """Strikes runs that are not Monday to Friday of one week, and runs over a day off."""
        if not (isinstance(activity, Block) and takes_whole_week(activity)):
            return None
        return lambda span: not _is_monday_to_friday(span) or bool(_rests(programme, activity, span))

    def post(self, programme: Programme, model: Model) -> None:
        """Sets each week of a block against each choice that is foreign to it."""
        for block in _whole_weeks(programme):
            taken: dict[date, list[Variable]] = {}
            for span, variable in model.choices(block.key).items():
                taken.setdefault(span.week, []).append(variable)
            for activity in _foreign_to(block, programme):
                most = activity.minutes // activity.step if isinstance(activity, Work) else 1
                for span, variable in model.choices(activity.key).items():
                    if span.week in taken:
                        model.at_most(most, [(1, variable), *((most, each) for each in taken[span.week])])

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Looks at the days of each block, then at each foreign placement that meets its week."""
        for block in _whole_weeks(programme):
            foreign = [(activity, timetable.of(activity.key)) for activity in _foreign_to(block, programme)]
            for placement in timetable.of(block.key):
                if not _is_monday_to_friday(placement.span):
                    message = _misfit(programme, block, placement.span)
                    yield Breach(self.name, message, activities=(block.key,), monday=placement.span.week)
                elif rests := _rests(programme, block, placement.span):
                    message = _over_rests(programme, block, placement.span, rests)
                    yield Breach(self.name, message, activities=(block.key,), monday=placement.span.week)
                days = dates_of(placement.span)
                weeks = days_span(Dates(monday_of(days.first), monday_of(days.last) + timedelta(days=6)))
                for activity, placed in foreign:
                    for other in placed:
                        if other.span.overlaps(weeks):
                            message = _intrusion(programme, activity, other.span, block)
                            keys = keys_in_order(programme, (block.key, activity.key))
                            yield Breach(self.name, message, activities=keys, monday=placement.span.week)


def takes_whole_week(block: Block) -> bool:
    """Whether a block is an intensive week or a seminar, to which its week belongs."""
    return block.kind in ("seminar", "intensive-week")


def _whole_weeks(programme: Programme) -> list[Block]:
    return [block for block in programme.blocks.values() if takes_whole_week(block)]


def _foreign_to(block: Block, programme: Programme) -> list[Part | Work | Block]:
    """What may not stand in the week of a block; of two such blocks, only the later one of the file is foreign."""
    blocks = _whole_weeks(programme)
    teaching: list[Part | Work] = [
        *programme.parts.values(),
        *(work for work in programme.works.values() if not work.personal),
    ]
    foreign = [
        *(activity for activity in teaching if block.key not in activity.blocks),
        *blocks[blocks.index(block) + 1 :],
    ]
    return [activity for activity in foreign if programme.share_a_person(block.group, activity.group)]


def _is_monday_to_friday(span: Span) -> bool:
    monday = span.week
    return dates_of(span) == Dates(monday, monday + timedelta(days=4))


def _rests(programme: Programme, activity: Activity, span: Span) -> list[date]:
    return [day for day in dates_of(span).days() if programme.is_rest(activity.group, day)]


def _misfit(programme: Programme, block: Block, span: Span) -> Message:
    return say(
        "{name} stands {when}; it must take Monday to Friday of one week",
        name=name_of(programme, block),
        when=when_of(block, span),
    )


def _over_rests(programme: Programme, block: Block, span: Span, rests: list[date]) -> Message:
    return say(
        "{name} stands {when}, but it may hold no day off: {rests}",
        name=name_of(programme, block),
        when=when_of(block, span),
        rests=rests,
    )


def _intrusion(programme: Programme, activity: Activity, span: Span, block: Block) -> Message:
    return say(
        "{name} stands {when}, in the week that belongs to {block}",
        name=name_of(programme, activity),
        when=when_of(activity, span),
        block=name_of(programme, block),
    )
