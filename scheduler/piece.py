"""A piece of a plan: a few of its programmes, free, in the midst of what stands of the others and concerns the same."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from calendars.clock import Dates, days_span
from calendars.enrolments import Group, with_ancestors
from calendars.joint import Joint
from calendars.programme import Activity, Block, Internship, Part, Programme, Work
from calendars.timetable import Placement, programme_of
from scheduler.candidates import Candidates

Standing = Mapping[str, Sequence[Placement]]
"""What stands, by the key of its activity."""


class Piece(NamedTuple):
    """Some members of a plan; the programme that they are with what stands around them, and the candidates of that."""

    members: frozenset[str]
    programme: Programme
    around: Mapping[str, Candidates]


class Neighbourhoods:
    """Who has to do with whom in a joint programme; a *member* is one of its programmes, by key."""

    def __init__(self, joint: Joint) -> None:
        self.joint = joint
        self.members = tuple(scope.programme.key for scope in joint.scopes)
        self.own: Mapping[str, list[Activity]] = {key: [] for key in self.members}
        self._near: dict[str, Counter[str]] = {}
        self._of_people: defaultdict[str, list[Activity]] = defaultdict(list)
        self._of_staff: defaultdict[str, list[Activity]] = defaultdict(list)
        for activity in joint.activities.values():
            self.own[programme_of(activity.key)].append(activity)
            for person in self._attending(activity):
                self._of_people[person].append(activity)
            for key in self._staff(activity):
                self._of_staff[key].append(activity)

    def near(self, member: str) -> Counter[str]:
        """The members that share people, trainers or places with one, by the number of these."""
        if member not in self._near:
            found: Counter[str] = Counter()
            for activities in self._at(self._people([member]), [member]):
                found.update({programme_of(activity.key) for activity in activities})
            del found[member]
            self._near[member] = found
        return self._near[member]

    def piece(self, members: Collection[str], standing: Standing) -> Piece:
        """Some members in the midst of what stands of the others, as far as it concerns the same in their dates."""
        people = self._people(members)
        own = [activity for key in self.members if key in members for activity in self.own[key]]
        dates = days_span(Dates(min(each.dates.first for each in own), max(each.dates.last for each in own)))
        around: dict[str, Candidates] = {}
        others: list[Activity] = []
        for activity in self._concerned(members, people):
            placed = {each.span: each for each in standing.get(activity.key, ()) if each.span.overlaps(dates)}
            if placed:
                around[activity.key] = Candidates(activity, tuple(placed), {}, placed, frozenset())
                others.append(activity)
        return Piece(frozenset(members), self._programme(own, others, people), around)

    def _programme(self, own: Sequence[Activity], others: Sequence[Activity], people: frozenset[str]) -> Programme:
        """The joint programme with some activities only, and of the others' groups with the people who matter."""
        every, members = [*own, *others], {programme_of(activity.key) for activity in own}
        places = {key for activity in every if isinstance(activity, Part) for key in activity.places}
        staff = {key for activity in every for key in self._staff(activity)}
        attending = {key for each in others for key in with_ancestors(each.group, self.joint.groups)}
        groups = {
            key: self._seen(group, members, people)
            for key, group in self.joint.groups.items()
            if key in attending or programme_of(key) in members
        }
        return replace(
            self.joint,
            parts={each.key: each for each in every if isinstance(each, Part)},
            works={each.key: each for each in every if isinstance(each, Work)},
            blocks={each.key: each for each in every if isinstance(each, Block)},
            internships={each.key: each for each in every if isinstance(each, Internship)},
            trainers={key: each for key, each in self.joint.trainers.items() if key in staff},
            places={key: each for key, each in self.joint.places.items() if key in places},
            groups=groups,
            electives={key: each for key, each in self.joint.electives.items() if programme_of(key) in members},
        )

    def _seen(self, group: Group, members: Collection[str], people: frozenset[str]) -> Group:
        return group if programme_of(group.key) in members else replace(group, students=group.students & people)

    def _concerned(self, members: Collection[str], people: Collection[str]) -> Iterator[Activity]:
        """The activities of other members that some members have to keep clear of, each once."""
        every = {activity.key: activity for some in self._at(people, members) for activity in some}
        return (activity for key, activity in every.items() if programme_of(key) not in members)

    def _at(self, people: Collection[str], members: Collection[str]) -> Iterator[Sequence[Activity]]:
        """The activities of each of these people, and of each trainer and place of some members."""
        staff = {key for member in members for activity in self.own[member] for key in self._staff(activity)}
        yield from (self._of_people[person] for person in sorted(people))
        yield from (self._of_staff[key] for key in sorted(staff))

    def _people(self, members: Collection[str]) -> frozenset[str]:
        attending = (self._attending(activity) for member in members for activity in self.own[member])
        return frozenset(person for some in attending for person in some)

    def _attending(self, activity: Activity) -> Collection[str]:
        return self.joint.groups[activity.group].students

    def _staff(self, activity: Activity) -> Iterator[str]:
        """The trainers that a session takes, or may take, and the places that hold so many sessions at once."""
        if isinstance(activity, Part):
            yield from activity.trainers
            yield from (key for key in activity.places if self.joint.places[key].sessions_at_once is not None)
