"""What can be seen before any search: activities that need more than the laws on one candidate leave them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from calendars.clock import Span
from calendars.naming import name_of
from calendars.programme import Activity, Block, Internship, Part, Programme, Work
from calendars.wording import Message, say, say_count
from constraints.complete import needed
from constraints.within import Within
from constraints.working_hours import WorkingHours
from scheduler.candidates import Candidates


@dataclass(frozen=True)
class Shortage:
    """An activity, how much it needs and how much has room, of how many starts the laws leave how many.

    Only the starts inside the activity's own dates are counted; `struck_by` tells how many each law took, most first.
    """

    activity: Activity
    needed: int
    room: int
    starts: int
    struck_by: Mapping[str, int]

    def words(self, programme: Programme) -> Message:
        """The shortage in a sentence, with the laws that took the other starts."""
        name = name_of(programme, self.activity)
        needed, room = (_amount(self.activity, amount) for amount in (self.needed, self.room))
        every = self.starts + sum(self.struck_by.values())
        found = _starts(self.activity, every)
        if not every:
            return say(
                "{name} needs {needed}, but its dates are too short for it; widen them", name=name, needed=needed
            )
        if not self.struck_by:
            return say(
                "{name} needs {needed}, but its dates hold {found} only, with room for {room}; widen them",
                name=name,
                needed=needed,
                found=found,
                room=room,
            )
        taken = tuple(f"{law} ({count})" for law, count in self.struck_by.items())
        if not self.starts:
            none_left = say(
                "{name} needs {needed}; its dates hold {found}, and the laws take all of them: {laws}",
                name=name,
                needed=needed,
                found=found,
                laws=taken,
            )
            cure = self._cure_of_zones(programme)
            return none_left if cure is None else say("{fault}; {cure}", fault=none_left, cure=cure)
        return say(
            "{name} needs {needed}; its dates hold {found}, of which the laws leave {left}, with room for {room}; "
            "the others are taken by {laws}",
            name=name,
            needed=needed,
            found=found,
            left=self.starts,
            room=room,
            laws=taken,
        )

    def _cure_of_zones(self, programme: Programme) -> Message | None:
        """What helps a group that lives so far apart that its opening hours never meet."""
        zones = programme.groups[self.activity.group].time_zones
        is_closed = WorkingHours().forbids(programme, self.activity)
        if is_closed is None or len(zones) == 1 or WorkingHours.name not in self.struck_by:
            return None
        if not all(map(is_closed, programme.candidates(self.activity))):
            return None
        return say(
            "no start lies within the opening hours of all of {zones}: split the group, or declare the preference "
            "common_zone_hours instead of the law working_hours",
            zones=zones,
        )


def shortages(candidates: Mapping[str, Candidates]) -> tuple[Shortage, ...]:
    """Every activity whose lawful candidates cannot hold all that it needs, in the order of the programme."""
    return tuple(_shortages(candidates))


def _shortages(candidates: Mapping[str, Candidates]) -> Iterator[Shortage]:
    for found in candidates.values():
        room = _room(found)
        if room < needed(found.activity):
            struck = {law: count for law, count in found.struck_by().items() if law != Within.name}
            starts = len(found.held) + len(found.free)
            yield Shortage(found.activity, needed(found.activity), room, starts, struck)


def _room(found: Candidates) -> int:
    """The most that the lawful candidates of an activity alone can hold, beside what was held."""
    match found.activity:
        case Part() if found.activity.ways:
            return found.activity.count if found.ways else 0
        case Part():
            return len(found.held) + len(_apart(found.free))
        case Work():
            return found.activity.minutes if found.free else sum(each.amount for each in found.held.values())
        case _:
            return len(found.held) + len(found.free)


def _apart(spans: Sequence[Span]) -> list[Span]:
    """As many spans as can stand without overlap: always the one that ends first."""
    taken: list[Span] = []
    for span in sorted(spans, key=lambda span: span.end):
        if not taken or taken[-1].end <= span.start:
            taken.append(span)
    return taken


def _amount(activity: Activity, amount: int) -> Message | timedelta:
    """So much of an activity, in its own unit."""
    match activity:
        case Part():
            return say_count("{count} session", "{count} sessions", amount)
        case Work():
            return timedelta(minutes=amount)
        case Block():
            return say("a first day")
        case Internship():
            return say_count("{count} host day", "{count} host days", amount)


def _starts(activity: Activity, count: int) -> Message:
    """So many candidates of an activity, in words."""
    match activity:
        case Part():
            return say_count("{count} start", "{count} starts", count)
        case Work():
            return say_count("{count} week", "{count} weeks", count)
        case Block():
            return say_count("{count} first day", "{count} first days", count)
        case Internship():
            return say_count("{count} day", "{count} days", count)
