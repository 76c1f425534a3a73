"""Neighbourhoods of a timetable: unknowns that are set free together while all others stay as they are.

Each *kind* lists cells in a random order, and a neighbourhood is as many of the first cells as hold so many sessions:

- *related*: an activity, and from one to the next others of its module for the same people, or of the same rule;
- *person*: all that one trainer or student has to be at, then all of another one;
- *days*: the days that follow a day;
- *moments*: moments within a week, whatever stands there;
- *costly*: what the breaches of the level are about, the activities beside it with it;
- *places*: the places alone of what stands in a few of them, whose times stay.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache, cached_property
from random import Random
from typing import NamedTuple

from calendars.clock import Span
from calendars.timetable import Timetable
from scheduler.model import SearchModel, index_of
from scheduler.problem import Problem

_RUN = timedelta(days=7)
_STEPS_ASIDE = 0.2
"""How often a walk goes on from anywhere."""


class Cell(NamedTuple):
    """Unknowns that are set free together, by index, and how many sessions stand there, of regular parts one of all."""

    unknowns: Sequence[int]
    sessions: int


Cells = Callable[[Random], Iterator[Cell]]


class Neighbourhoods:
    """The neighbourhoods of a timetable in its model."""

    def __init__(self, model: SearchModel, problem: Problem) -> None:
        self._programme = programme = problem.programme
        self._of_activity: defaultdict[str, list[int]] = defaultdict(list)
        self._of_moment: defaultdict[Span, list[int]] = defaultdict(list)
        self._of_place: defaultdict[str, list[int]] = defaultdict(list)
        for key, option, span, variable in model.unknowns():
            self._of_activity[key].append(index_of(variable))
            self._of_moment[span].append(index_of(variable))
            if option is not None and option in programme.places:
                self._of_place[option].append(index_of(variable))
        self.every = [*dict.fromkeys(index for some in self._of_activity.values() for index in some)]
        self._regular = [key for key, part in programme.parts.items() if part.ways]
        self._named = [keys for rule in problem.rules if (keys := rule.related(programme))]
        self._near: dict[str, list[str]] = {}

    def kinds(self, timetable: Timetable, costly: Callable[[], Sequence[str]]) -> Mapping[str, Cells]:
        """Those that a timetable has, by name; each lists cells in a random order.

        `costly` tells the activities that cost something, and is asked once at most.
        """
        sessions = self.sessions(timetable)
        found: dict[str, Cells] = {
            "related": lambda random: self._related(random, sessions, ()),
            "person": lambda random: self._persons(random, sessions),
            "days": lambda random: self._days(random, timetable),
            "moments": lambda random: self._moments(random, timetable),
        }
        costly = cache(costly)
        found["costly"] = lambda random: self._related(random, sessions, costly())
        if len(self._of_place) > 1:
            found["places"] = lambda random: self._places(random, timetable)
        return found

    def sessions(self, timetable: Timetable) -> Mapping[str, int]:
        """How many sessions each activity has; one that meets regularly counts as one."""
        sessions = Counter(placement.activity for placement in timetable.placements)
        sessions.update({key: 1 - sessions[key] for key in self._regular if sessions[key]})
        return sessions

    def walk(self, random: Random, first: Sequence[str]) -> Iterator[str]:
        """All activities: one of the first, if there are any, then others that they or those before have to do with."""
        keys, first = [*self._of_activity], [key for key in first if key in self._of_activity]
        done = [random.choice(first or keys)]
        yield done[0]
        while len(done) < len(keys):
            aside = random.random() < _STEPS_ASIDE
            around = first if aside else self._around(random.choice(done))
            key = random.choice(around or keys)
            key = key if key not in done else random.choice(keys)
            if key not in done:
                done.append(key)
                yield key

    def _related(self, random: Random, sessions: Mapping[str, int], first: Sequence[str]) -> Iterator[Cell]:
        for key in self.walk(random, first):
            yield Cell(self._of_activity[key], sessions[key])

    def _persons(self, random: Random, sessions: Mapping[str, int]) -> Iterator[Cell]:
        done: set[str] = set()
        for keys in random.sample(self._people, len(self._people)):
            for key in keys:
                if key not in done:
                    done.add(key)
                    yield Cell(self._of_activity[key], sessions[key])

    def _days(self, random: Random, timetable: Timetable) -> Iterator[Cell]:
        days = self._moments_by_day
        first = random.randrange(len(days))
        standing = Counter(placement.span.day for placement in timetable.placements)
        every = [*days]
        for day in every[first:] + every[:first]:
            yield Cell([index for span in days[day] for index in self._of_moment[span]], standing[day])

    def _moments(self, random: Random, timetable: Timetable) -> Iterator[Cell]:
        """Moments of a week from any day on, then of all others."""
        standing = Counter(placement.span for placement in timetable.placements)
        days = [*self._moments_by_day]
        first = random.choice(days)
        spans = [*self._of_moment]
        near = [span for span in spans if first <= span.day < first + _RUN]
        far = [span for span in spans if not first <= span.day < first + _RUN]
        for span in (*random.sample(near, len(near)), *random.sample(far, len(far))):
            yield Cell(self._of_moment[span], standing[span])

    def _places(self, random: Random, timetable: Timetable) -> Iterator[Cell]:
        standing = Counter(placement.place for placement in timetable.placements)
        for place in random.sample([*self._of_place], len(self._of_place)):
            yield Cell(self._of_place[place], standing[place])

    @cached_property
    def _moments_by_day(self) -> Mapping[date, list[Span]]:
        found: defaultdict[date, list[Span]] = defaultdict(list)
        for span in sorted(self._of_moment):
            found[span.day].append(span)
        return found

    @cached_property
    def _people(self) -> list[tuple[str, ...]]:
        """What each trainer gives and each person attends."""
        programme, found = self._programme, []
        for trainer in programme.trainers:
            found.append([part for part in programme.parts.values() if trainer in part.trainers])
        found += [[*programme.live_parts(groups)] for groups in programme.enrolments]
        return [tuple(part.key for part in parts if part.key in self._of_activity) for parts in found]

    def _around(self, key: str) -> list[str]:
        """The activities of a module that have people in common with one of it, and those that a rule names with it."""
        if key not in self._near:
            parts = self._programme.parts
            found = {other for keys in self._people if key in keys for other in keys}
            beside = {other for other in found if parts[other].module == parts[key].module}
            named = {other for keys in self._named if key in keys for other in keys}
            self._near[key] = sorted((beside | named) - {key})
        return self._near[key]
