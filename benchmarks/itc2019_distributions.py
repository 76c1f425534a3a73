"""The laws that stand for the distributions of the International Timetabling Competition 2019, by kind.

Kinds that ask who attends are not here: they make people, or need the ways between rooms.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from constraints.alike import Alike
from constraints.apart import Apart
from constraints.begin_in_order import BeginInOrder
from constraints.daily_blocks import DailyBlocks
from constraints.daily_hours import DailyHours
from constraints.daily_spacing import DailySpacing
from constraints.few_weekdays import FewWeekdays
from constraints.rule import BendingLaw
from constraints.side_by_side import SideBySide


class Kind(NamedTuple):
    """A law with its parameters, given the minutes of a slot and the numbers of a distribution.

    `by_week` where the competition charges the excess of all days divided by the number of weeks; `in_minutes` where
    the law counts minutes, and the competition slots.
    """

    law: type[BendingLaw]
    limits: Callable[..., Mapping[str, Any]]
    by_week: bool = False
    in_minutes: bool = False


KINDS: Mapping[str, Kind] = {
    "SameStart": Kind(Alike, lambda slot: {"same": "start"}),
    "SameTime": Kind(Alike, lambda slot: {"same": "hours"}),
    "SameDays": Kind(Alike, lambda slot: {"same": "weekdays"}),
    "SameWeeks": Kind(Alike, lambda slot: {"same": "weeks"}),
    "SameRoom": Kind(Alike, lambda slot: {"same": "place"}),
    "DifferentTime": Kind(Apart, lambda slot: {"different": "hours"}),
    "DifferentDays": Kind(Apart, lambda slot: {"different": "weekdays"}),
    "DifferentWeeks": Kind(Apart, lambda slot: {"different": "weeks"}),
    "DifferentRoom": Kind(Apart, lambda slot: {"different": "place"}),
    "Overlap": Kind(SideBySide, lambda slot: {}),
    "Precedence": Kind(BeginInOrder, lambda slot: {}),
    "WorkDay": Kind(DailySpacing, lambda slot, most: {"within_hours": slot * most / 60}),
    "MinGap": Kind(DailySpacing, lambda slot, gap: {"gap_minutes": slot * gap}),
    "MaxDays": Kind(FewWeekdays, lambda slot, days: {"weekdays": days}),
    "MaxDayLoad": Kind(
        DailyHours, lambda slot, most: {"hours_per_day": slot * most / 60}, by_week=True, in_minutes=True
    ),
    "MaxBreaks": Kind(
        DailyBlocks,
        lambda slot, breaks, gap: {"blocks_per_day": breaks + 1, "break_minutes": slot * (gap + 1)},
        by_week=True,
    ),
    "MaxBlock": Kind(
        DailyBlocks,
        lambda slot, most, gap: {"hours_per_block": slot * most / 60, "break_minutes": slot * (gap + 1)},
        by_week=True,
    ),
}
"""A gap of as many slots as given still belongs to a block; one slot more is a break."""
