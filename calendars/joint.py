"""Several programmes as one: what belongs to their site is one thing for all of them, all else keeps to its own.

In the joint programme the id of whatever is not shared begins with its programme's: `ifuno-m1:methods.virtual-class`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from calendars.clock import Dates, Span
from calendars.enrolments import Elective, Group
from calendars.programme import Activity, Block, Internship, Module, Part, Programme, Work
from calendars.timetable import Placement, Timetable

T = TypeVar("T", Group, Elective, Module, Part, Work, Block, Internship)


@dataclass(frozen=True)
class Scope:
    """What a programme calls its things, and what the joint programme calls them."""

    programme: Programme

    def outside(self, key: str) -> str:
        """The joint id of whatever no other programme has."""
        return f"{self.programme.key}:{key}"

    def trainer(self, key: str) -> str:
        """The joint id of a trainer, which is the same where the site has the trainer."""
        return key if key in self.programme.shared_trainers else self.outside(key)

    def place(self, key: str) -> str:
        """The joint id of a place, which is the same where the site has the place."""
        return key if key in self.programme.shared_places else self.outside(key)

    def person(self, key: str) -> str:
        """The joint id of a student, which is the same where the site's enrolments have the student."""
        return key if key in self.programme.shared_people else self.outside(key)

    def inside(self, key: str) -> str | None:
        """The programme's id of a joint thing of its own; None of any other."""
        own = self.outside("")
        return key.removeprefix(own) if key.startswith(own) else None

    def timetable(self, joint: Timetable) -> Timetable:
        """What the joint timetable holds of the programme, in its own ids."""
        return Timetable(tuple(map(self._inside, joint.of_programme(self.programme.key))))

    def placement(self, own: Placement) -> Placement:
        """A placement of the programme as the joint timetable has it."""
        return own._replace(
            activity=self.outside(own.activity),
            trainers=tuple(map(self.trainer, own.trainers)),
            place=None if own.place is None else self.place(own.place),
        )

    def _inside(self, placement: Placement) -> Placement:
        return placement._replace(
            activity=placement.activity.removeprefix(self.outside("")),
            trainers=tuple(self.inside(key) or key for key in placement.trainers),
            place=None if placement.place is None else self.inside(placement.place) or placement.place,
        )


def together(scopes: Iterable[Scope], own: Iterable[Timetable]) -> Timetable:
    """The joint timetable of those of each programme."""
    pairs = zip(scopes, own, strict=True)
    return Timetable(tuple(scope.placement(each) for scope, timetable in pairs for each in timetable.placements))


@dataclass(frozen=True, eq=False)
class Joint(Programme):
    """A programme whose activities are those of others, each with its own candidates."""

    scopes: tuple[Scope, ...] = ()

    def candidates(self, activity: Activity) -> Iterator[Span]:
        """The candidates that the activity has in its own programme."""
        programme, key = self._own(activity.key)
        return programme.candidates(programme.activities[key])

    def is_rest(self, group: str, day: date) -> bool:
        """Whether a day is no working day for a group in its own programme."""
        programme, key = self._own(group)
        return programme.is_rest(key, day)

    def _own(self, key: str) -> tuple[Programme, str]:
        """The programme that something belongs to, and its id there."""
        programme, _, own = key.rpartition(":")
        return self._programmes[programme], own

    @cached_property
    def _programmes(self) -> dict[str, Programme]:
        return {scope.programme.key: scope.programme for scope in self.scopes}


def join(programmes: Sequence[Programme]) -> Joint:
    """The joint programme; of opening hours and the like, which no two need share, it has the first one's."""
    scopes = tuple(map(Scope, programmes))
    first = programmes[0]
    return Joint(
        key="+".join(programme.key for programme in programmes),
        title=" + ".join(programme.title for programme in programmes),
        language=first.language,
        time_zone=first.time_zone,
        dates=Dates(min(each.dates.first for each in programmes), max(each.dates.last for each in programmes)),
        starts_every=first.starts_every,
        working_week=first.working_week,
        opening=first.opening,
        days_off=first.days_off,
        trainers={
            scope.trainer(key): replace(trainer, key=scope.trainer(key))
            for scope in scopes
            for key, trainer in scope.programme.trainers.items()
        },
        places={
            scope.place(key): replace(place, key=scope.place(key))
            for scope in scopes
            for key, place in scope.programme.places.items()
        },
        groups=_all(scopes, lambda programme: programme.groups),
        electives=_all(scopes, lambda programme: programme.electives),
        parts=_all(scopes, lambda programme: programme.parts),
        works=_all(scopes, lambda programme: programme.works),
        blocks=_all(scopes, lambda programme: programme.blocks),
        internships=_all(scopes, lambda programme: programme.internships),
        modules=_all(scopes, lambda programme: programme.modules),
        announced=first.announced,
        findings=first.findings,
        site=first.site,
        scopes=scopes,
    )


def _all(scopes: Sequence[Scope], things: Callable[[Programme], Mapping[str, T]]) -> dict[str, T]:
    """The things of one kind of every programme under their joint ids."""
    return {
        scope.outside(key): _renamed(scope, thing) for scope in scopes for key, thing in things(scope.programme).items()
    }


def _renamed(scope: Scope, thing: T) -> T:
    """The thing with the joint id of itself and of everything that it names."""
    own = ("key", "module", "group", "part_of", "division", "groups", "blocks", "series")
    people = dict.fromkeys(("students", "student"), scope.person)
    shared = {**people, "trainers": scope.trainer, "places": scope.place, "place": scope.place}
    ways = {**dict.fromkeys(own, scope.outside), **shared}
    names: dict[str, Any] = {
        name: _renamed_in(getattr(thing, name), way) for name, way in ways.items() if hasattr(thing, name)
    }
    if isinstance(thing, Part):
        names["roles"] = tuple(role._replace(trainers=tuple(map(scope.trainer, role.trainers))) for role in thing.roles)
    return replace(thing, **names)


def _renamed_in(named: object, way: Callable[[str], str]) -> object:
    match named:
        case str():
            return way(named)
        case tuple():
            return tuple(map(way, named))
        case frozenset():
            return frozenset(map(way, named))
        case _:
            return named
