"""Shapes of small programmes in which each rule has a say, and how its parameters are drawn for one of them."""

from collections.abc import Callable
from random import Random

from calendars.calendar_file import Pin
from calendars.clock import Dates
from calendars.programme import Block, Part, Programme
from calendars.programme_file import WEEKDAYS
from calendars.timetable import Placement
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
from constraints.kept import Kept, Stay
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
from drawing import DAYS, LONG, MANY_STARTS, ONE_DAY, ONE_START, SHORT, TWO_DAYS, Shape, Tables, staffed_ways


class Recipe:
    """Shapes of programmes in which a rule has a say, and how its parameters are drawn for one of them."""

    def __init__(self, *shapes: Shape, parameters: Callable[[Random, Programme], Tables] = lambda *_: {}) -> None:
        self.shapes = shapes
        self.parameters = parameters


def no_start_before_rest(random: Random, programme: Programme) -> Tables:
    return random.choice(({}, {}, {"blocks": False}, {"modules": False}))


def one_at_a_time(random: Random, programme: Programme) -> Tables:
    return {
        "buffer_minutes": random.choice((0, 15, 30, 45, 60)),
        "between_site_and_virtual_minutes": random.choice((0, 15, 60, 75, 120)),
    }


def travel(random: Random, programme: Programme) -> Tables:
    students = random.choice((None, None, tuple(programme.students)))
    return {"trips": trips(random), "students": students}


def trips(random: Random) -> list[Tables]:
    """Ways between two of three places, or between each two."""
    pairs = random.sample((("room", "hall"), ("hall", "screen"), ("screen", "room")), random.choice((1, 2, 3)))
    return [{"between": pair, "minutes": random.choice((15, 30, 60, 90))} for pair in pairs]


def few_overlaps(random: Random, programme: Programme) -> Tables:
    return {
        "parts": tuple(programme.parts),
        "trips": trips(random) if random.random() < 0.5 and programme.places else (),
    }


def liked_places(random: Random, programme: Programme) -> Tables:
    parts = programme.parts.values()
    return {"points": {part.key: {place: random.choice((0, 1, 4)) for place in part.places} for part in parts}}


def electives(random: Random, programme: Programme) -> Tables:
    return {"buffer_minutes": random.choice((0, 15, 30, 60))}


def distance_cap(random: Random, programme: Programme) -> Tables:
    return {"minutes_per_week": random.choice((0, 30, 45, 60, 75, 90, 120))}


def daily_load(random: Random, programme: Programme) -> Tables:
    return {
        "hours_per_day": random.choice((0.75, 1, 1.5, 2, 3)),
        "hours_without_break": random.choice((0.5, 1, 1.25, 1.5, 2)),
        "break_minutes": random.choice((1, 15, 20, 30, 45)),
    }


def open_days(random: Random, programme: Programme) -> Tables:
    return {"group": random.choice(list(programme.groups)), "days_per_week": random.choice((1, 1, 2))}


def loads(random: Random, programme: Programme) -> Tables:
    """What the rules on the hours of a week have in common."""
    return {
        "group": random.choice(list(programme.groups)),
        "counts": random.choice(("teaching", "personal", "all", "all")),
        "modules_left_out": random.sample(list(programme.module_titles), random.choice((0, 0, 0, 1))),
    }


def weekly_load(random: Random, programme: Programme) -> Tables:
    least, most = sorted(random.choices((0.25, 0.5, 0.75, 1, 1.5, 2), k=2))
    limits = {"at_least_hours": least, "at_most_hours": most}
    return loads(random, programme) | {key: limits[key] for key in random.sample(list(limits), random.randint(1, 2))}


def even_load(random: Random, programme: Programme) -> Tables:
    first, last = sorted(random.choices(list(programme.dates.days()), k=2))
    return loads(random, programme) | {
        "dates": random.choice((None, (first, last))),
        "target_hours_per_week": random.choice((0, 0.5, 1, 1.5, 2)),
        "tolerance_hours": random.choice((0, 0.25, 0.5, 1)),
    }


def small_groups(random: Random, programme: Programme) -> Tables:
    return {"group": "team", "every_weeks": random.choice((1, 1, 2))}


def compact_days(random: Random, programme: Programme) -> Tables:
    return {"group": random.choice(list(programme.groups)), "points_per_day": random.choice((1, 2, 5))}


def teaching_days(random: Random, programme: Programme) -> Tables:
    """Of parts with several sessions, where there are any."""
    several = [part for part in programme.parts.values() if part.count > 1]
    names = [name for part in several for name in (part.module, part.key)]
    return {"parts": random.choice(names) if names else None, "days": random.choice((1, 2, 2, 2, 3))}


def lone_sessions(random: Random, programme: Programme) -> Tables:
    return {
        "group": random.choice(list(programme.groups)),
        "gap_minutes": random.choice((0, 0, 15, 30, 60)),
    }


def fair_shares(random: Random, programme: Programme) -> Tables:
    weekday = WEEKDAYS[random.choice(list(programme.dates.days())).weekday()]
    return {
        "of": random.choice(("trainers", "groups", "groups")),
        "unloved": random.choice(([{"weekday": weekday}], [{"hours": "09:30-11:00"}, {"weekday": weekday}])),
        "share": random.choice((0, 0, 1)),
    }


def jury(random: Random, programme: Programme) -> Tables:
    limits = {"days_per_member": random.choice((1, 1, 2)), "days": random.choice((1, 2, 2))}
    return some_defences(random, programme) | {
        key: limits[key] for key in random.sample(list(limits), random.choice((1, 1, 2)))
    }


def jury_days(random: Random, programme: Programme) -> Tables:
    return some_defences(random, programme) | {"points_per_day": random.choice((1, 2, 5))}


def some_defences(random: Random, programme: Programme) -> Tables:
    """All of them, or those of a module or a part."""
    names = [name for part in programme.parts.values() for name in (part.module, part.key) if part.kind == "defence"]
    return {"defences": random.choice((None, random.choice(names)))} if names else {}


def even_shares(random: Random, programme: Programme) -> Tables:
    names = [name for part in programme.parts.values() for name in (part.module, part.key)]
    return {"parts": random.choice((None, None, random.choice(names)))}


def early_finish(random: Random, programme: Programme) -> Tables:
    return {
        "group": random.choice(list(programme.groups)),
        "modules_left_out": random.sample(list(programme.module_titles), random.choice((0, 0, 1))),
    }


def common_zone_hours(random: Random, programme: Programme) -> Tables:
    return {"hours": random.choice(("09:00-18:00", "08:30-11:00", "10:00-15:30", "05:00-24:00"))}


def internship_alternating(random: Random, programme: Programme) -> Tables:
    return {
        "internship": random.choice((None, "host")),
        "host_hours_per_week": random.choice((7, 13.75, 14, 21, 35)),
        "weekdays": random.choice((None, None, None, tuple(random.sample(WEEKDAYS[:5], 4)))),
        "weekdays_while_taught": random.choice((None, 1, 1, 2)),
    }


def internship_full_time(random: Random, programme: Programme) -> Tables:
    """Months are longer than the programmes that are drawn."""
    return {"internship": random.choice((None, "host")), "teaching_before": random.random() < 0.6}


def trainer_load(random: Random, programme: Programme) -> Tables:
    limits: Tables = {
        "sessions_per_day": random.choice((1, 1, 2)),
        "hours_per_day": random.choice((0.75, 1, 1.5, 2)),
        "sessions_per_week": random.choice((1, 1, 2)),
        "hours_per_week": random.choice((0.75, 1, 1.5, 2)),
        "sessions_in_all": random.choice((1, 2, 3)),
        "hours_in_all": random.choice((1, 1.5, 2, 3)),
    }
    some = random.sample(list(limits), random.choice((1, 1, 2)))
    trainers = random.choice((None, None, random.sample(list(programme.trainers), 1)))
    parts = random.choice((None, None, random.sample(list(programme.module_titles), 1)))
    return {"trainers": trainers, "parts": parts} | {key: limits[key] for key in some}


def spread(random: Random, programme: Programme) -> Tables:
    limits = random.sample(
        (
            {"sessions_per_week": random.randint(1, 2)},
            {"days_apart": random.randint(1, 4)},
            {"at_most": random.randint(1, 2), "in_days": random.randint(1, 5)},
        ),
        random.randint(1, 2),
    )
    given: Tables = {
        "modules": random.choice((None, None, tuple(programme.module_titles)[:1])),
        "kinds": random.choice((None, None, ("virtual-class",), ("course", "exam"))),
    }
    return given | {key: value for limit in limits for key, value in limit.items()}


def order(random: Random, programme: Programme) -> Tables:
    names = list(programme.names)
    least = random.choice((0, 0, 1, 2))
    return {
        "first": random.sample(names, random.choice((1, 1, 2)) if len(names) > 2 else 1),
        "then": random.sample(names, 1),
        "least_days": least,
        "greatest_days": random.choice((None, least, least + 1, least + 3)),
    } | random.choice(({"each": True}, {}, counted(random)))


def counted(random: Random) -> Tables:
    """Sessions of parts by their numbers."""
    return {"until_session": random.choice((None, 1, 1, 2)), "from_session": random.choice((1, 2, 2))}


def deadline(random: Random, programme: Programme) -> Tables:
    names = [name for name in programme.names if name != "stone"]
    least = random.choice((1, 1, 2, 3))
    sides = {"before": random.sample(names, 1), "after": random.sample(names, random.choice((1, 1, 2)))}
    return {key: sides[key] for key in random.sample(list(sides), random.choice((1, 1, 2)))} | {
        "milestone": "stone",
        "least_days": least,
        "greatest_days": random.choice((None, least, least + 1, least + 3)),
    }


def due_dates(random: Random, programme: Programme) -> Tables:
    names = [*programme.module_titles, *programme.parts, *programme.works]
    return {
        "assesses": {key: random.sample(names, 1) for key in ("stone", "paper") if key in programme.blocks},
        "per_week": random.choice((1, 1, 2)),
    }


def recurring(random: Random, programme: Programme) -> Tables:
    first, last = sorted(random.choices(list(programme.dates.days()), k=2))
    return {
        "part": random.choice(list(programme.parts)),
        "dates": random.choice((None, None, (first, last))),
        "weight": random.choice((None, None, 1)),
    }


def weekly(random: Random, programme: Programme) -> Tables:
    names = [name for part in programme.parts.values() for name in (part.module, part.key)]
    return {"parts": random.sample(names, random.choice((1, 1, 2)))}


def alike(random: Random, programme: Programme) -> Tables:
    same = ("first-week", "start", "hours", "weekdays", "weeks", "times", "place", "trainers")
    return {"parts": some_parts(random, programme), "same": random.choice(same)}


def apart(random: Random, programme: Programme) -> Tables:
    different = ("hours", "weekdays", "weeks", "place", "trainers")
    return {"parts": some_parts(random, programme), "different": random.choice(different)}


def side_by_side(random: Random, programme: Programme) -> Tables:
    return {"parts": some_parts(random, programme)}


def some_parts(random: Random, programme: Programme) -> list[str]:
    """One or two names of modules and parts."""
    names = [name for part in programme.parts.values() for name in (part.module, part.key)]
    return random.sample(names, random.choice((1, 2)))


def begin_in_order(random: Random, programme: Programme) -> Tables:
    """Some parts, or a module and the parts of the other, in any order."""
    names = random.choice((list(programme.parts), list(programme.module_titles)))
    return {"parts": random.sample(names, min(len(names), random.choice((2, 3))))}


def daily_spacing(random: Random, programme: Programme) -> Tables:
    limits = {"gap_minutes": random.choice((15, 30, 60, 90)), "within_hours": random.choice((0.75, 1, 2, 2.5, 3))}
    return all_or_but_one(random, programme) | {
        key: limits[key] for key in random.sample(list(limits), random.choice((1, 1, 2)))
    }


def daily_hours(random: Random, programme: Programme) -> Tables:
    return all_or_but_one(random, programme) | {"hours_per_day": random.choice((0.5, 0.75, 1, 1.5, 2, 3))}


def daily_blocks(random: Random, programme: Programme) -> Tables:
    limits = {"blocks_per_day": random.choice((1, 1, 2)), "hours_per_block": random.choice((0.5, 1, 1.5, 2, 2.5))}
    return (
        all_or_but_one(random, programme)
        | {key: limits[key] for key in random.sample(list(limits), random.choice((1, 1, 2)))}
        | {"break_minutes": random.choice((1, 15, 16, 30, 60, 90))}
    )


def few_weekdays(random: Random, programme: Programme) -> Tables:
    return all_or_but_one(random, programme) | {"weekdays": random.choice((1, 1, 2, 3))}


def all_or_but_one(random: Random, programme: Programme) -> Tables:
    """All of them, or but one."""
    names = list(programme.parts)
    return {"parts": random.sample(names, max(1, len(names) - random.choice((0, 0, 1))))}


def handover(random: Random, programme: Programme) -> Tables:
    session = random.choice(list(programme.parts))
    own = (session, programme.parts[session].series)
    parts = [part for part in programme.parts.values() if part.kind == "defence"]
    others = [key for key in dict.fromkeys(key for part in parts for key in (part.key, part.series)) if key not in own]
    named: Tables = {"defences": random.choice(list(programme.dates.days()))}
    if others:
        named |= {"after": others[:1], "watched_live": others[-1:]}
    return {"session": session, "block": random.choice(list(programme.blocks))} | {
        key: named[key] for key in random.sample(list(named), random.randint(1, min(2, len(named))))
    }


def held(random: Random, programme: Programme) -> Tables:
    before = random.choice(list(programme.dates.days()))
    placements = [each for each in some_placements(random, programme) if each.span.day < before]
    return {"before": before, "placements": placements}


def kept(random: Random, programme: Programme) -> Tables:
    """One or two sessions or blocks that stay, of which some are pinned."""
    every, stays = lasting(programme), []
    for activity in random.sample(every, min(random.randint(1, 2), len(every))):
        span = random.choice(list(programme.candidates(activity)))
        pin = random.choice((None, Pin(uid=activity.key, day=span.day)))
        stays.append(Stay(random.choice(staffed_ways(activity, Placement(span, activity.key))), pin))
    return {"kept": stays}


def on_hold(random: Random, programme: Programme) -> Tables:
    parts = [activity for activity in lasting(programme) if isinstance(activity, Part)]
    slots = [random.choice(slots_of(programme, part)) for part in parts if random.random() < 0.8]
    return {"slots": slots or [random.choice(slots_of(programme, part)) for part in parts[:1]]}


def slots_of(programme: Programme, part: Part) -> list[Placement]:
    """Whatever slot a session of a part could take."""
    return [one for span in programme.candidates(part) for one in staffed_ways(part, Placement(span, part.key))]


def pinned(random: Random, programme: Programme) -> Tables:
    every = [(key, span) for key, one in programme.activities.items() for span in programme.candidates(one)]
    activity, span = random.choice(every)
    return {"activity": activity, "span": span}


def barred(random: Random, programme: Programme) -> Tables:
    some = [activity for activity in lasting(programme) if random.random() < 0.8]
    return {"slots": [Placement(random.choice(list(programme.candidates(each))), each.key) for each in some]}


def lasting(programme: Programme) -> list[Part | Block]:
    """The parts and blocks that could stand somewhere."""
    every: list[Part | Block] = [*programme.parts.values(), *programme.blocks.values()]
    return [activity for activity in every if any(True for _ in programme.candidates(activity))]


def frozen(random: Random, programme: Programme) -> Tables:
    """All that stood, of which some activities, or what lies in some dates, may change."""
    keys = [key for key in programme.activities if random.random() < 0.4]
    first, last = sorted(random.choices(list(programme.dates.days()), k=2))
    return {
        "stood": some_placements(random, programme),
        "activities": random.choice((frozenset(), frozenset(keys))),
        "dates": random.choice(((), (Dates(first, last),))),
    }


def few_changes(random: Random, programme: Programme) -> Tables:
    found = some_placements(random, programme)
    weights = [random.randint(1, 7) for _ in found]
    return {"placements": found, "weights": random.choice(((), tuple(weights)))}


def some_placements(random: Random, programme: Programme) -> list[Placement]:
    """Of each activity no more than the programme announces, with trainers and places that it names."""
    found = []
    for activity in programme.activities.values():
        number = min(random.randint(0, getattr(activity, "count", 1)), 2)
        for span in random.sample(every := list(programme.candidates(activity)), min(number, len(every))):
            placement = Placement(span, activity.key, getattr(activity, "step", 1))
            found.append(random.choice(staffed_ways(activity, placement)))
    return found


RECIPES: dict[type[Rule], Recipe] = {
    Held: Recipe(
        Shape(("sessions",)),
        Shape(("sessions", "trainers", "juries", "students"), TWO_DAYS),
        Shape(("sessions", "work", "blocks")),
        Shape(("sessions", "several parts", "ways")),
        parameters=held,
    ),
    Kept: Recipe(
        Shape(("sessions", "blocks"), clocks=ONE_START),
        Shape(("sessions", "trainers", "places", "choices", "juries", "students"), (*ONE_DAY, *TWO_DAYS)),
        parameters=kept,
    ),
    Frozen: Recipe(
        Shape(("sessions", "work")),
        Shape(("sessions", "trainers", "places", "choices", "juries", "students"), TWO_DAYS),
        Shape(("internship", "blocks"), clocks=ONE_START),
        parameters=frozen,
    ),
    Barred: Recipe(
        Shape(("sessions", "several parts")), Shape(("sessions", "blocks"), clocks=ONE_START), parameters=barred
    ),
    OnHold: Recipe(
        Shape(("sessions", "several parts", "groups", "trainers", "places", "limits"), TWO_DAYS, MANY_STARTS),
        Shape(("sessions", "several parts", "trainers", "places", "choices"), ONE_DAY, MANY_STARTS),
        Shape(("sessions", "several parts", "groups", "trainers", "juries", "students"), ONE_DAY, MANY_STARTS),
        Shape(("sessions", "blocks"), clocks=ONE_START),
        parameters=on_hold,
    ),
    Pinned: Recipe(Shape(("sessions",)), Shape(("sessions", "work", "blocks"), clocks=ONE_START), parameters=pinned),
    AsMany: Recipe(Shape(("sessions", "several parts")), Shape(("sessions", "ways"), SHORT, ONE_START)),
    FewChanges: Recipe(
        Shape(("sessions", "work")),
        Shape(("sessions", "trainers", "places", "choices", "juries", "students"), TWO_DAYS),
        Shape(("internship", "blocks"), clocks=ONE_START),
        Shape(("sessions", "ways")),
        parameters=few_changes,
    ),
    Complete: Recipe(
        Shape(("sessions", "work"), SHORT, ONE_START),
        Shape(("internship",), SHORT, ONE_START),
        Shape(("sessions", "trainers", "juries", "students"), TWO_DAYS),
        Shape(("sessions", "ways"), SHORT, ONE_START),
        Shape(("sessions", "ways", "trainers", "places", "choices"), SHORT, ONE_START),
    ),
    Within: Recipe(
        Shape(("sessions", "work", "blocks", "dates"), (*DAYS, *LONG)),
        Shape(("sessions", "dates", "students", "starts")),
        Shape(("sessions", "several parts", "ways", "dates", "blocks"), LONG),
    ),
    DaysOff: Recipe(Shape(("days off",)), Shape(("sessions", "several parts", "ways"))),
    WorkingHours: Recipe(
        Shape(("sessions", "uneven hours", "time zones")),
        Shape(("sessions", "several parts", "ways"), clocks=(("09:00-10:00", 30), ("09:30-11:00", 30))),
    ),
    NoStartBeforeRest: Recipe(
        Shape(("sessions", "days off")), Shape(("sessions", "several parts")), parameters=no_start_before_rest
    ),
    WholeWeek: Recipe(Shape(("blocks",), LONG)),
    Availability: Recipe(
        Shape(("sessions", "trainers", "places", "cannot")),
        Shape(("sessions", "trainers", "places", "cannot", "choices"), TWO_DAYS),
        Shape(("sessions", "trainers", "juries", "students", "cannot", "can", "starts"), TWO_DAYS),
        Shape(("sessions", "ways", "trainers", "places", "cannot", "choices")),
    ),
    Capacity: Recipe(
        Shape(("sessions", "several parts", "places", "limits"), (*ONE_DAY, *TWO_DAYS), MANY_STARTS),
        Shape(("sessions", "several parts", "places", "limits", "choices", "students"), ONE_DAY, MANY_STARTS),
        Shape(("sessions", "several parts", "ways", "places", "limits", "choices")),
    ),
    InternshipAlternating: Recipe(
        Shape(("internship", "sessions"), clocks=ONE_START),
        Shape(("internship", "blocks"), clocks=ONE_START),
        parameters=internship_alternating,
    ),
    InternshipFullTime: Recipe(
        Shape(("internship", "sessions"), clocks=ONE_START),
        Shape(("internship", "blocks"), clocks=ONE_START),
        parameters=internship_full_time,
    ),
    OneAtATime: Recipe(
        Shape(("sessions", "several parts", "trainers", "groups", "places"), TWO_DAYS, MANY_STARTS),
        Shape(("sessions", "several parts", "places", "groups"), ONE_DAY, MANY_STARTS),
        Shape(("sessions", "several parts"), ONE_DAY, MANY_STARTS),
        Shape(("sessions", "several parts", "trainers", "places", "choices"), ONE_DAY, MANY_STARTS),
        Shape(("sessions", "several parts", "groups", "trainers", "juries", "students"), ONE_DAY, MANY_STARTS),
        Shape(("sessions", "several parts", "ways", "places", "choices")),
        Shape(("sessions", "several parts", "ways", "trainers", "groups"), LONG),
        parameters=one_at_a_time,
    ),
    Travel: Recipe(
        Shape(("sessions", "several parts", "places", "choices", "groups"), ONE_DAY, MANY_STARTS),
        Shape(("sessions", "several parts", "places", "choices", "trainers"), ONE_DAY, MANY_STARTS),
        Shape(("sessions", "several parts", "ways", "places", "choices")),
        Shape(("sessions", "several parts", "places", "choices", "trainers", "juries", "students"), ONE_DAY),
        parameters=travel,
    ),
    Electives: Recipe(
        Shape(("sessions", "several parts", "electives", "students"), (*ONE_DAY, *TWO_DAYS), MANY_STARTS),
        Shape(("sessions", "several parts", "electives", "ways")),
        parameters=electives,
    ),
    DistanceCap: Recipe(Shape(("sessions", "work")), parameters=distance_cap),
    WeeklyLoad: Recipe(
        Shape(("sessions", "work")),
        Shape(("sessions", "several parts", "students")),
        Shape(("sessions", "several parts", "ways"), LONG),
        parameters=weekly_load,
    ),
    DailyLoad: Recipe(
        Shape(("sessions", "several parts", "trainers"), TWO_DAYS, MANY_STARTS),
        Shape(("sessions", "several parts"), TWO_DAYS),
        Shape(("sessions", "several parts", "trainers", "choices", "juries", "students"), ONE_DAY, MANY_STARTS),
        Shape(("sessions", "several parts", "ways")),
        parameters=daily_load,
    ),
    TrainerLoad: Recipe(
        Shape(("sessions", "several parts", "trainers")),
        Shape(("sessions", "several parts", "trainers", "choices", "juries", "students"), TWO_DAYS),
        Shape(("sessions", "several parts", "ways", "trainers", "choices")),
        parameters=trainer_load,
    ),
    Jury: Recipe(
        Shape(("sessions", "several parts", "defences", "trainers")),
        Shape(("sessions", "several parts", "defences", "trainers", "choices"), TWO_DAYS),
        parameters=jury,
    ),
    OpenDays: Recipe(
        Shape(("sessions", "several parts")),
        Shape(("sessions", "several parts", "groups", "students")),
        Shape(("sessions", "several parts", "blocks"), clocks=ONE_START),
        Shape(("sessions", "several parts", "ways"), LONG),
        parameters=open_days,
    ),
    Spread: Recipe(
        Shape(),
        Shape(("sessions", "several parts", "students")),
        Shape(("sessions", "several parts", "ways"), LONG),
        parameters=spread,
    ),
    SmallGroups: Recipe(Shape(("sessions", "small groups"), LONG, ONE_START), parameters=small_groups),
    Order: Recipe(
        Shape(),
        Shape(("sessions", "several parts", "students")),
        Shape(("sessions", "several parts", "ways")),
        parameters=order,
    ),
    Deadline: Recipe(
        Shape(("milestones", "days off"), clocks=ONE_START),
        Shape(("work", "milestones"), clocks=ONE_START),
        parameters=deadline,
    ),
    DueDates: Recipe(
        Shape(("milestones", "days off"), clocks=ONE_START),
        Shape(("work", "milestones", "groups")),
        parameters=due_dates,
    ),
    Recurring: Recipe(
        Shape(("sessions", "days off"), clocks=ONE_START),
        Shape(days=LONG, clocks=ONE_START),
        Shape(("sessions", "ways"), LONG),
        parameters=recurring,
    ),
    Weekly: Recipe(
        Shape(("sessions",), LONG, ONE_START), Shape(("sessions", "several parts"), LONG, ONE_START), parameters=weekly
    ),
    Alike: Recipe(
        Shape(("sessions", "several parts"), LONG, ONE_START),
        Shape(("sessions", "several parts", "trainers", "places", "choices", "juries", "students"), TWO_DAYS),
        Shape(("sessions", "several parts", "ways"), LONG, MANY_STARTS),
        parameters=alike,
    ),
    BeginInOrder: Recipe(
        Shape(("sessions", "several parts")),
        Shape(("sessions", "several parts", "students"), TWO_DAYS, MANY_STARTS),
        Shape(("sessions", "several parts", "ways")),
        parameters=begin_in_order,
    ),
    DailySpacing: Recipe(
        Shape(("sessions", "several parts"), (*ONE_DAY, *TWO_DAYS), MANY_STARTS),
        Shape(("sessions", "several parts", "ways")),
        Shape(("sessions", "several parts", "ways", "dates"), LONG),
        parameters=daily_spacing,
    ),
    DailyHours: Recipe(
        Shape(("sessions", "several parts"), (*ONE_DAY, *TWO_DAYS), MANY_STARTS),
        Shape(("sessions", "several parts", "ways"), LONG),
        parameters=daily_hours,
    ),
    DailyBlocks: Recipe(
        Shape(("sessions", "several parts"), ONE_DAY, MANY_STARTS),
        Shape(("sessions", "several parts", "students"), (*ONE_DAY, *TWO_DAYS), MANY_STARTS),
        Shape(("sessions", "several parts", "ways"), LONG),
        parameters=daily_blocks,
    ),
    FewWeekdays: Recipe(
        Shape(days=LONG),
        Shape(("sessions", "several parts", "students")),
        Shape(("sessions", "several parts", "ways"), LONG),
        parameters=few_weekdays,
    ),
    Apart: Recipe(
        Shape(("sessions", "several parts"), (*TWO_DAYS, *LONG), MANY_STARTS),
        Shape(("sessions", "several parts", "trainers", "places", "choices", "juries", "students"), TWO_DAYS),
        Shape(("sessions", "several parts", "ways", "places", "choices"), LONG),
        parameters=apart,
    ),
    SideBySide: Recipe(
        Shape(("sessions", "several parts"), (*ONE_DAY, *TWO_DAYS), MANY_STARTS),
        Shape(("sessions", "several parts", "ways")),
        parameters=side_by_side,
    ),
    Handover: Recipe(
        Shape(("sessions", "several parts", "blocks", "defences"), (*DAYS, *SHORT), ONE_START),
        Shape(("sessions", "blocks", "defences", "students"), clocks=ONE_START),
        parameters=handover,
    ),
    TrainerPreference: Recipe(
        Shape(("sessions", "trainers", "prefers")),
        Shape(("sessions", "trainers", "prefers", "choices"), TWO_DAYS),
        Shape(("sessions", "trainers", "juries", "students", "prefers", "can"), TWO_DAYS),
    ),
    LikedPlaces: Recipe(
        Shape(("sessions", "several parts", "places", "choices"), (*ONE_DAY, *TWO_DAYS)),
        Shape(("sessions", "several parts", "ways", "places", "choices")),
        parameters=liked_places,
    ),
    FewOverlaps: Recipe(
        Shape(("sessions", "several parts", "groups"), ONE_DAY, MANY_STARTS),
        Shape(("sessions", "several parts", "places", "choices"), ONE_DAY, MANY_STARTS),
        Shape(("sessions", "several parts", "ways", "places", "choices")),
        parameters=few_overlaps,
    ),
    LikedWays: Recipe(Shape(("sessions", "several parts", "ways"))),
    NearDate: Recipe(Shape(("sessions", "near"))),
    EnoughSeats: Recipe(
        Shape(("sessions", "places", "limits", "choices"), (*ONE_DAY, *TWO_DAYS)),
        Shape(("sessions", "several parts", "places", "limits", "choices", "students"), ONE_DAY, MANY_STARTS),
    ),
    TeachingDays: Recipe(
        Shape(days=TWO_DAYS, clocks=MANY_STARTS),
        Shape(("sessions", "several parts", "students"), TWO_DAYS),
        parameters=teaching_days,
    ),
    RegularSlot: Recipe(Shape(days=LONG), Shape(("sessions", "several parts", "ways"), LONG)),
    Steady: Recipe(
        Shape(("sessions", "trainers", "places", "choices", "juries"), (*ONE_DAY, *TWO_DAYS)),
        Shape(("sessions", "several parts", "ways", "trainers", "places", "choices")),
    ),
    EvenLoad: Recipe(
        Shape(("sessions", "work")), Shape(("sessions", "several parts", "ways"), LONG), parameters=even_load
    ),
    CompactDays: Recipe(
        Shape(("sessions", "several parts"), (*ONE_DAY, *TWO_DAYS), MANY_STARTS),
        Shape(("sessions", "groups", "students")),
        Shape(("sessions", "several parts", "ways", "places")),
        parameters=compact_days,
    ),
    LoneSessions: Recipe(
        Shape(("sessions", "several parts"), ONE_DAY, MANY_STARTS),
        Shape(("sessions", "several parts", "groups", "students"), (*ONE_DAY, *TWO_DAYS), MANY_STARTS),
        parameters=lone_sessions,
    ),
    JuryDays: Recipe(
        Shape(("sessions", "several parts", "defences", "trainers"), (*ONE_DAY, *TWO_DAYS), MANY_STARTS),
        Shape(("sessions", "several parts", "defences", "trainers", "choices"), TWO_DAYS),
        parameters=jury_days,
    ),
    EvenShares: Recipe(
        Shape(("sessions", "several parts", "trainers", "choices"), ONE_DAY),
        Shape(("sessions", "trainers", "choices"), ONE_DAY, MANY_STARTS),
        Shape(("sessions", "several parts", "ways", "trainers", "choices")),
        parameters=even_shares,
    ),
    FairShares: Recipe(
        Shape(("sessions", "several parts", "trainers")),
        Shape(("sessions", "trainers", "choices", "juries", "students"), TWO_DAYS),
        Shape(("sessions", "several parts", "ways", "trainers")),
        parameters=fair_shares,
    ),
    EarlyFinish: Recipe(Shape(days=LONG), Shape(("sessions", "several parts", "ways"), LONG), parameters=early_finish),
    CommonZoneHours: Recipe(Shape(("sessions", "time zones")), parameters=common_zone_hours),
}
