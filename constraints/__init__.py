"""The laws: one file for each law or preference. `RULES` is the only list of them; they strike in its order."""

from constraints.alike import Alike
from constraints.apart import Apart
from constraints.as_many import AsMany
from constraints.availability import Availability
from constraints.barred import Barred
from constraints.begin_in_order import BeginInOrder
from constraints.capacity import Capacity
from constraints.common_zone_hours import CommonZoneHours
from constraints.compact_days import CompactDays
from constraints.complete import Complete
from constraints.daily_blocks import DailyBlocks
from constraints.daily_hours import DailyHours
from constraints.daily_load import DailyLoad
from constraints.daily_spacing import DailySpacing
from constraints.days_off import DaysOff
from constraints.deadline import Deadline
from constraints.distance_cap import DistanceCap
from constraints.due_dates import DueDates
from constraints.early_finish import EarlyFinish
from constraints.electives import Electives
from constraints.enough_seats import EnoughSeats
from constraints.even_load import EvenLoad
from constraints.even_shares import EvenShares
from constraints.fair_shares import FairShares
from constraints.few_changes import FewChanges
from constraints.few_overlaps import FewOverlaps
from constraints.few_weekdays import FewWeekdays
from constraints.frozen import Frozen
from constraints.handover import Handover
from constraints.held import Held
from constraints.internship_alternating import InternshipAlternating
from constraints.internship_full_time import InternshipFullTime
from constraints.jury import Jury
from constraints.jury_days import JuryDays
from constraints.kept import Kept
from constraints.liked_places import LikedPlaces
from constraints.liked_ways import LikedWays
from constraints.lone_sessions import LoneSessions
from constraints.near_date import NearDate
from constraints.no_start_before_rest import NoStartBeforeRest
from constraints.on_hold import OnHold
from constraints.one_at_a_time import OneAtATime
from constraints.open_days import OpenDays
from constraints.order import Order
from constraints.pinned import Pinned
from constraints.recurring import Recurring
from constraints.regular_slot import RegularSlot
from constraints.rule import Rule
from constraints.side_by_side import SideBySide
from constraints.small_groups import SmallGroups
from constraints.spread import Spread
from constraints.steady import Steady
from constraints.teaching_days import TeachingDays
from constraints.trainer_load import TrainerLoad
from constraints.trainer_preference import TrainerPreference
from constraints.travel import Travel
from constraints.weekly import Weekly
from constraints.weekly_load import WeeklyLoad
from constraints.whole_week import WholeWeek
from constraints.within import Within
from constraints.working_hours import WorkingHours

RULES: tuple[type[Rule], ...] = (
    Held,
    Kept,
    Frozen,
    Barred,
    OnHold,
    Pinned,
    Complete,
    Within,
    DaysOff,
    WorkingHours,
    NoStartBeforeRest,
    WholeWeek,
    Availability,
    Capacity,
    InternshipAlternating,
    InternshipFullTime,
    OneAtATime,
    Travel,
    Electives,
    DistanceCap,
    WeeklyLoad,
    DailyLoad,
    TrainerLoad,
    Jury,
    OpenDays,
    Spread,
    SmallGroups,
    Order,
    Deadline,
    DueDates,
    Recurring,
    Weekly,
    Alike,
    BeginInOrder,
    DailySpacing,
    DailyHours,
    DailyBlocks,
    FewWeekdays,
    Apart,
    SideBySide,
    Handover,
    AsMany,
    FewChanges,
    TrainerPreference,
    NearDate,
    LikedWays,
    LikedPlaces,
    FewOverlaps,
    RegularSlot,
    Steady,
    EnoughSeats,
    TeachingDays,
    EvenLoad,
    CompactDays,
    LoneSessions,
    JuryDays,
    FairShares,
    EvenShares,
    EarlyFinish,
    CommonZoneHours,
)
