"""Random small programmes, and every timetable of one, listed without a solver.

What is drawn depends on the `Random` alone, so that a seed names a programme.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, datetime, time
from itertools import chain, combinations, islice, product
from math import prod
from random import Random
from typing import Any, NamedTuple

from calendars.clock import Dates
from calendars.faults import FaultyInput
from calendars.juries import holders
from calendars.programme import Activity, Block, Internship, Part, Programme, Work
from calendars.programme_file import WEEKDAYS
from calendars.timetable import Placement, Timetable
from small import small

Tables = dict[str, Any]

Ways = list[list[tuple[Placement, ...]]]
"""Independent decisions, each with all that it could come to; one of each makes a timetable."""

Clock = tuple[str, int]
"""Opening hours, and the minutes between two starts."""


def _dates(first: str, last: str) -> Dates:
    return Dates(date.fromisoformat(first), date.fromisoformat(last))


DAYS = (
    _dates("2026-11-05", "2026-11-11"),  # a weekend, and 11 November on a Wednesday
    _dates("2026-11-10", "2026-11-13"),  # around 11 November
    _dates("2026-11-19", "2026-11-24"),  # a plain weekend
    _dates("2026-10-15", "2026-10-20"),  # all zones leave for the autumn holidays on the 17th
    _dates("2026-10-23", "2026-10-27"),  # the clock goes back on the 25th
    _dates("2026-10-30", "2026-11-04"),  # All Saints, then back to school
    _dates("2026-12-17", "2026-12-22"),  # Christmas holidays begin
    _dates("2026-12-30", "2027-01-05"),  # ISO week 53
    _dates("2027-02-04", "2027-02-09"),  # zone A alone leaves for the winter holidays
    _dates("2027-05-04", "2027-05-10"),  # Ascension and its bridge
)
LONG = (
    _dates("2026-11-13", "2026-11-22"),
    _dates("2026-11-06", "2026-11-16"),
    _dates("2026-10-11", "2026-10-20"),
    _dates("2026-12-13", "2026-12-21"),
)
SHORT = (
    _dates("2026-11-06", "2026-11-09"),
    _dates("2026-11-10", "2026-11-12"),
    _dates("2026-12-31", "2027-01-02"),
)
ONE_DAY = (_dates("2026-11-12", "2026-11-12"),)
TWO_DAYS = (_dates("2026-11-09", "2026-11-10"), _dates("2026-10-25", "2026-10-26"))

ONE_START: tuple[Clock, ...] = (("09:00-11:00", 240),)
FEW_STARTS: tuple[Clock, ...] = (*ONE_START, ("09:00-13:00", 120), ("10:00-16:00", 240), ("09:30-12:00", 75))
MANY_STARTS: tuple[Clock, ...] = (("09:00-13:00", 45), ("09:00-15:00", 60), ("13:00-18:00", 75), ("08:00-11:00", 30))

LIKELY = {
    "sessions": 0.6,
    "several parts": 0.3,
    "work": 0.3,
    "blocks": 0.15,
    "internship": 0.1,
    "groups": 0.4,
    "electives": 0.1,
    "trainers": 0.4,
    "places": 0.3,
    "choices": 0.2,
    "limits": 0.1,
    "cannot": 0.3,
    "prefers": 0.3,
    "days off": 0.5,
    "dates": 0.2,
    "near": 0.2,
    "uneven hours": 0.3,
    "time zones": 0.15,
}
"""How often a programme has each of these that nobody asks for.

Others come on demand only: "milestones", "defences", "small groups", "juries", "students", "can", "starts" and "ways".
"""

FEWEST, MOST = 6, 500
"""How many timetables a drawn programme has."""

PATIENCE = 100
"""After so many draws in vain a programme may have twice as many timetables, then three times, and so on."""


class Shape(NamedTuple):
    """What programmes are to be like: what they have in any case, their days, their hours."""

    wanted: tuple[str, ...] = ("sessions",)
    days: tuple[Dates, ...] = DAYS
    clocks: tuple[Clock, ...] = FEW_STARTS


def complete_ways(programme: Programme) -> Ways:
    """The ways of each activity to have all that the programme announces, on any of its candidates."""
    return [list(islice(_ways(programme, activity), MOST + 1)) for activity in programme.activities.values()]


def free_ways(programme: Programme) -> Ways:
    """The ways of each candidate of each activity, however much the programme announces."""
    found: Ways = []
    for activity in programme.activities.values():
        for span in programme.candidates(activity):
            amounts = range(activity.step, activity.minutes + 1, activity.step) if isinstance(activity, Work) else [1]
            placed = [Placement(span, activity.key, amount) for amount in amounts]
            found.append([(), *((one,) for each in placed for one in staffed_ways(activity, each))])
    return found


def timetables(ways: Ways) -> list[Timetable]:
    """Every timetable that the ways make."""
    return [Timetable(tuple(chain.from_iterable(some))) for some in product(*ways)]


def draw(
    random: Random, shape: Shape, ways: Callable[[Programme], Ways] = complete_ways
) -> tuple[Tables, Programme, list[Timetable]]:
    """A programme with few timetables: its tables, itself, and every timetable; what no file may hold is redrawn."""
    attempts = 0
    while True:
        attempts += 1
        tables = Drawer(random, shape).tables()
        try:
            programme = small(**tables)
        except FaultyInput:
            continue
        found = ways(programme)
        sizes = [len(each) for each in found]
        if max(sizes, default=0) <= MOST and FEWEST <= prod(sizes) <= MOST * (1 + attempts // PATIENCE):
            return tables, programme, timetables(found)


def _ways(programme: Programme, activity: Activity) -> Iterator[tuple[Placement, ...]]:
    spans = list(programme.candidates(activity))
    match activity:
        case Part(ways=ways) if ways:
            for way in ways:
                for one in staffed_ways(activity, Placement(way.spans[0], activity.key)):
                    yield tuple(one._replace(span=span) for span in way.spans)
            return
        case Work(minutes=minutes, step=step):
            for split in _splits(minutes // step, len(spans)):
                planned = zip(spans, split, strict=True)
                yield tuple(Placement(span, activity.key, steps * step) for span, steps in planned if steps)
            return
        case Part(count=count):
            number = count
        case Block():
            number = 1
        case Internship(minutes=minutes, minutes_per_day=a_day):
            number = (minutes + a_day - 1) // a_day
    for some in combinations(spans, number):
        yield from product(*(staffed_ways(activity, Placement(span, activity.key)) for span in some))


def staffed_ways(activity: Activity, placement: Placement) -> list[Placement]:
    """A placement with each choice of trainers and place that its activity leaves."""
    if not isinstance(activity, Part):
        return [placement]
    teams = [team for team in combinations(activity.trainers, activity.together) if _fills(activity, team)]
    return [placement._replace(trainers=team, place=place) for team, place in product(teams, activity.places or [None])]


def _fills(part: Part, team: Collection[str]) -> bool:
    return not part.roles or holders(part.roles, team) is not None


def _splits(steps: int, weeks: int) -> Iterator[tuple[int, ...]]:
    """All ways to split steps over weeks."""
    return (split for split in product(range(steps + 1), repeat=weeks) if sum(split) == steps)


class Drawer:
    """Draws the tables of one programme."""

    def __init__(self, random: Random, shape: Shape) -> None:
        self.random = random
        self.days = random.choice(shape.days)
        self.clock = random.choice(shape.clocks)
        self.has = {thing for thing, share in LIKELY.items() if random.random() < share} | set(shape.wanted)

    def tables(self) -> Tables:
        """All tables; those of the things that modules name come first."""
        self.groups = self._groups()
        self.trainers = {key: self._trainer(key) for key in self._people()} if "trainers" in self.has else {}
        self.roles = {key: self._role(key) for key in ("chair", "member")} if "juries" in self.has else {}
        self.places = self._places() if "places" in self.has else {}
        self.blocks = (
            {key: self._block(key) for key in ("b0", "b1")[: self.random.choice((1, 1, 2))]}
            if "blocks" in self.has
            else {}
        )
        return {
            "dates": list(self.days),
            "starts_every_minutes": self.clock[1],
            "opening_hours": self._opening_hours(),
            "days_off": self._days_off(),
            "trainers": self.trainers,
            "roles": self.roles,
            "groups": self.groups,
            "electives": self._electives(),
            "places": self.places,
            "blocks": self.blocks,
            "milestones": self._milestones(),
            "internships": {"host": self._internship()} if "internship" in self.has else {},
            "modules": self._modules(),
        }

    def _sometimes(self, thing: str, share: float) -> bool:
        return thing in self.has and self.random.random() < share

    def _one_of(self, keys: Collection[str], share: float = 0.7) -> str | None:
        """One of the keys, or none of them."""
        return self.random.choice(list(keys)) if keys and self.random.random() < share else None

    def _some_days(self) -> Dates:
        first, last = sorted(self.random.choices(list(self.days.days()), k=2))
        return Dates(first, last)

    def _given(self, **keys: Any) -> Tables:
        return {key: value for key, value in keys.items() if value is not None}

    def _opening_hours(self) -> Tables:
        """The same hours on every working day but, where they are uneven, one, and perhaps lunch."""
        hours: dict[str, str] = dict.fromkeys(WEEKDAYS[:5], self.clock[0])
        if "uneven hours" in self.has:
            hours[self.random.choice(WEEKDAYS[:5])] = self.random.choice(("10:00-11:00", "09:00-10:30", "14:00-16:00"))
            if self.random.random() < 0.5:
                hours["lunch"] = self.random.choice(("11:30-12:00", "12:00-13:00", "13:30-14:00"))
        return hours

    def _days_off(self) -> Tables:
        if "days off" not in self.has:
            return {}
        closures = [{"title": "Closed", "dates": list(self._some_days())}] if self.random.random() < 0.3 else []
        return {"school_zones": self.random.choice(([], ["A"], ["B"], ["B", "C"])), "closures": closures}

    def _groups(self) -> Tables:
        groups: Tables = {"all": self._group("All")}
        if "electives" in self.has:
            groups |= {key: self._group(key.upper(), part_of="all") for key in "abcd"[: self.random.choice((2, 3, 4))]}
        elif "groups" in self.has:
            groups |= {key: self._group(key.upper(), part_of="all", students=self._students()) for key in "ab"}
            groups["guests"] = self._group("Guests", students=self._students())
        if "small groups" in self.has:
            groups["all"]["size"] = self.random.choice((2, 3, 4))
            groups["team"] = {"title": "Team", "part_of": "all", "of": self.random.choice((1, 2))}
        return groups

    def _students(self) -> list[str]:
        return self.random.choice(([], [], ["eve"], ["joe"], ["eve", "joe"]))

    def _group(self, title: str, **keys: Any) -> Tables:
        if self._sometimes("days off", 0.3):
            keys["school_zones"] = self.random.choice((["A"], ["C"], ["A", "B"]))
        if self._sometimes("time zones", 0.6):
            keys["time_zones"] = self.random.choice((["Indian/Reunion"], ["Europe/Paris", "America/Martinique"]))
        if "limits" in self.has:
            keys["size"] = self.random.choice((10, 20, 30))
        return {"title": title, "cannot": self._patterns("cannot", 0.4)} | keys

    def _patterns(self, thing: str, share: float) -> list[Tables]:
        return [self._pattern() for _ in range(2) if self._sometimes(thing, share)]

    def _pattern(self) -> Tables:
        """A weekday, hours or dates, or two of them together."""
        pattern = {
            "weekday": WEEKDAYS[self.random.choice(list(self.days.days())).weekday()],
            "hours": self.random.choice(("08:00-10:00", "09:30-11:00", "11:00-12:30", "13:00-18:00")),
            "dates": list(self._some_days()),
        }
        return {key: pattern[key] for key in self.random.sample(list(pattern), self.random.randint(1, 2))}

    def _electives(self) -> Tables:
        """One choice among all groups below "all", or a choice in each of two pairs."""
        keys = [key for key, group in self.groups.items() if "part_of" in group and "of" not in group]
        if "electives" not in self.has:
            return {}
        if len(keys) == 4 and self.random.random() < 0.5:
            pairs: Sequence[list[str]] = (keys[:2], keys[2:])
            return {f"e{n}": {"title": f"Choice {n}", "choose": 1, "groups": pair} for n, pair in enumerate(pairs)}
        return {"e": {"title": "Choice", "choose": self.random.choice((1, 2, min(3, len(keys)))), "groups": keys}}

    def _people(self) -> tuple[str, ...]:
        return ("ann", "bob", "cy") if "juries" in self.has else ("ann", "bob")

    def _trainer(self, key: str) -> Tables:
        return {
            "title": key.title(),
            "cannot": self._patterns("cannot", 0.4),
            "prefers": self._patterns("prefers", 0.6),
            "can": [self._pattern() | {"liking": self.random.randint(1, 5)} for _ in self._patterns("can", 0.5)],
        }

    def _role(self, key: str) -> Tables:
        """Some of the trainers may hold it; of the three, two roles may take all."""
        some = self.random.sample(list(self.trainers), self.random.randint(1, 3))
        return {"title": key.title(), "trainers": some, "number": self.random.choice((1, 1, 2))}

    def _places(self) -> Tables:
        return {
            "room": {"title": "Room", "cannot": self._patterns("cannot", 0.4)} | self._limits(),
            "hall": {"title": "Hall", "cannot": self._patterns("cannot", 0.3)} | self._limits(),
            "screen": {"title": "Screen", "virtual": True} | self._limits(),
        }

    def _limits(self) -> Tables:
        """Seats and sessions at once, of a place."""
        if "limits" not in self.has:
            return {}
        limits = {"seats": self.random.choice((10, 20, 30)), "sessions_at_once": self.random.choice((1, 2, 2))}
        return {key: limits[key] for key in self.random.sample(list(limits), self.random.choice((0, 1, 2)))}

    def _dated(self, title: str) -> Tables:
        """What blocks, milestones and internships have."""
        dates = self._some_days() if self._sometimes("dates", 0.7) else self.days
        return {"title": title, "group": self.random.choice(list(self.groups)), "dates": list(dates)}

    def _near(self) -> date | None:
        return self.random.choice(list(self.days.days())) if self._sometimes("near", 0.7) else None

    def _milestones(self) -> Tables:
        if "milestones" in self.has:
            return {key: self._milestone() for key in ("stone", "paper")[: self.random.choice((1, 2))]}
        return {"stone": self._milestone()} if self._sometimes("blocks", 0.2) else {}

    def _milestone(self) -> Tables:
        return self._dated("Milestone") | self._given(near=self._near())

    def _block(self, key: str) -> Tables:
        length = {"working_weeks": 1} if self.random.random() < 0.2 else {"days": self.random.choice((1, 2, 3, 5, 5))}
        kind = self.random.choice(("course", "seminar", "intensive-week"))
        place = self._one_of(self.places, 0.3)
        return self._dated(f"Block {key}") | length | self._given(kind=kind, place=place, near=self._near())

    def _internship(self) -> Tables:
        closed = [{"title": "Shut", "dates": list(self._some_days())}] if self.random.random() < 0.2 else []
        days = self.random.choice((1, 2, 2, 3, 3))
        return self._dated("Internship") | {"hours": 7 * days - self.random.choice((0, 3)), "closures": closed}

    def _modules(self) -> Tables:
        wanted = ["work"] if "work" in self.has else []
        if "sessions" in self.has or not wanted:
            wanted += ["sessions"] * self.random.choice((2, 3) if "several parts" in self.has else (1, 1, 2))
        self.random.shuffle(wanted)
        parts = [self._work(f"p{n}") if thing == "work" else self._sessions(f"p{n}") for n, thing in enumerate(wanted)]
        cut = self.random.randint(0, len(parts))
        halves = {"m": parts[:cut], "n": parts[cut:]}
        return {key: {"title": f"Module {key}", "group": "all", "parts": half} for key, half in halves.items() if half}

    def _part(self, key: str) -> Tables:
        """What sessions and self-paced work both have."""
        dates = self._some_days() if self._sometimes("dates", 0.7) else None
        blocks = self.random.sample(list(self.blocks), self.random.randint(0, len(self.blocks)))
        return self._given(
            id=key,
            group=self.random.choice(list(self.groups)),
            blocks=blocks,
            dates=list(dates) if dates else None,
        )

    def _sessions(self, key: str) -> Tables:
        part = self._part(key)
        sessions = self._given(
            kind=self._kind(),
            sessions=self.random.choice((1, 1, 1, 2, 2, 3)),
            minutes=self.random.choice((30, 45, 60, 60, 90, 120)),
            near=self._near(),
            **self._staff(),
        )
        return self._of_ways(part | self._of_juries(self._of_students(sessions)) | self._starts())

    def _of_ways(self, part: Tables) -> Tables:
        """The sessions, or two or three ways to meet regularly."""
        if "defences" in part or not self._sometimes("ways", 0.6):
            return part
        kept = {key: value for key, value in part.items() if key not in ("sessions", "starts", "near")}
        return kept | {"meets": [self._meeting() for _ in range(self.random.choice((2, 3)))]}

    def _meeting(self) -> Tables:
        return self._given(
            weekdays=self.random.sample(WEEKDAYS[:5], self.random.choice((1, 2, 4))),
            at=self.random.choice((time(9), time(9), time(9, 30), time(10))),
            minutes=self.random.choice((None, None, 30, 60)),
            every_weeks=self.random.choice((1, 1, 2)),
            points=self.random.choice((0, 0, 1, 3)),
        )

    def _of_students(self, sessions: Tables) -> Tables:
        """The sessions, or the defences of one or two students in their stead."""
        if not self._sometimes("students", 0.7):
            return sessions
        students = self.random.sample(("eve", "joe"), self.random.choice((1, 2, 2)))
        kept = {key: value for key, value in sessions.items() if key != "sessions"}
        return kept | {"defences": [{"student": student} for student in students]}

    def _of_juries(self, sessions: Tables) -> Tables:
        """The sessions, or with a jury in the stead of trainers; a defence may name who alone is in its own."""
        if not self._sometimes("juries", 0.8):
            return sessions
        for defence in sessions.get("defences", ()):
            if self.random.random() < 0.5:
                defence["jury"] = {"chair": self.random.choice(self.roles["chair"]["trainers"])}
        kept = {key: value for key, value in sessions.items() if key not in ("trainer", "together")}
        return kept | {"jury": self.random.choice((["chair"], ["chair", "member"], ["chair", "member"]))}

    def _starts(self) -> Tables:
        """Times of the day beside the grid, or a moment."""
        if not self._sometimes("starts", 0.7):
            return {}
        times: list[time | datetime] = [time(9, 10), time(9, 50), time(10, 40), time(14, 20)]
        moment = datetime.combine(
            self.random.choice(list(self.days.days())), self.random.choice((time(9), time(10, 5)))
        )
        return {"starts": self.random.sample([*times, moment], self.random.randint(1, 2))}

    def _kind(self) -> str:
        if "defences" in self.has:
            return self.random.choice(("defence", "defence", "meeting"))
        return self.random.choice(("virtual-class", "virtual-class", "course", "exam"))

    def _staff(self) -> Tables:
        """Trainers and places, fixed or to be chosen."""
        trainer: str | list[str] | None = self._one_of(self.trainers)
        place: str | list[str] | None = self._one_of(("room", "room", "screen") if self.places else ())
        if self._sometimes("choices", 0.6) and trainer:
            trainer = list(self.trainers)
        if self._sometimes("choices", 0.6) and place:
            place = ["room", "hall"]
        return {"trainer": trainer, "place": place, "together": self.random.choice((1, 1, 2)) if trainer else None}

    def _work(self, key: str) -> Tables:
        return self._part(key) | {
            "kind": "distance-work",
            "hours": self.random.choice((0.5, 1, 1, 1.5, 2)),
            "step_minutes": self.random.choice((30, 30, 15)),
            "personal": self.random.random() < 0.4,
            "in_holidays": self.random.random() < 0.4,
        }
