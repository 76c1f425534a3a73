"""The laws: one file for each law or preference. `RULES` is the only list of them; they strike in its order."""

from constraints.availability import Availability
from constraints.complete import Complete
from constraints.daily_load import DailyLoad
from constraints.days_off import DaysOff
from constraints.distance_cap import DistanceCap
from constraints.electives import Electives
from constraints.even_load import EvenLoad
from constraints.internship_alternating import InternshipAlternating
from constraints.near_date import NearDate
from constraints.no_start_before_rest import NoStartBeforeRest
from constraints.one_at_a_time import OneAtATime
from constraints.open_days import OpenDays
from constraints.order import Order
from constraints.regular_slot import RegularSlot
from constraints.rule import Rule
from constraints.spread import Spread
from constraints.trainer_preference import TrainerPreference
from constraints.weekly_load import WeeklyLoad
from constraints.whole_week import WholeWeek
from constraints.within import Within
from constraints.working_hours import WorkingHours

RULES: tuple[type[Rule], ...] = (
    Complete,
    Within,
    DaysOff,
    WorkingHours,
    NoStartBeforeRest,
    WholeWeek,
    Availability,
    InternshipAlternating,
    OneAtATime,
    Electives,
    DistanceCap,
    WeeklyLoad,
    DailyLoad,
    OpenDays,
    Spread,
    Order,
    TrainerPreference,
    NearDate,
    RegularSlot,
    EvenLoad,
)
