"""Judges a dated university timetable by its file alone; shares no code with the solver.

    python -m benchmarks.angers_check INSTANCE.xml SOLUTION.xml

Prints every fault, and ends with exit code 1 where there is one. Looked at are: number, order, slots, rooms and
teachers of sessions; seats; how many sessions of a part each teacher gives; that nobody, no room and no teacher is in
two places at once; and each rule of the instance, whatever its sets of sessions are.
"""

import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from itertools import combinations, pairwise, product


def spread_out(text: str) -> list[int]:
    """The numbers of a list such as "1,3-5"."""
    found: list[int] = []
    for piece in text.split(","):
        ends = [int(end) for end in piece.split("-")]
        found.extend(range(ends[0], ends[-1] + 1))
    return found


class Session:
    """A session of the solution, with the part of its class."""

    def __init__(self, element: ET.Element, part: ET.Element, course: ET.Element) -> None:
        self.group = element.get("class", "")
        self.rank = int(element.get("rank", "0"))
        self.start = int(element.get("slot", "-1"))
        self.rooms = [room for room in element.get("rooms", "").split(",") if room]
        self.teachers = [teacher for teacher in element.get("teachers", "").split(",") if teacher]
        self.part, self.course = part, course
        self.slots = part.find("allowedSlots")
        assert self.slots is not None
        self.end = self.start + int(self.slots.get("sessionLength", "0"))

    def __str__(self) -> str:
        return f"{self.group} {self.rank}"


class Judge:
    """An instance and the sessions that a solution gives it."""

    def __init__(self, instance: ET.Element, solution: ET.Element) -> None:
        self.instance = instance
        self.day = int(instance.get("nrSlotsPerDay", "0"))
        self.week = self.day * int(instance.get("nrDaysPerWeek", "0"))
        owners = {
            one.get("id", ""): (part, course)
            for course in instance.iter("course")
            for part in course.iter("part")
            for one in part.iter("class")
        }
        self.sessions = [Session(each, *owners[each.get("class", "")]) for each in solution.iter("session")]
        self.sessions.sort(key=lambda session: (session.group, session.rank))
        self.classes = list(owners)
        self.parts = [part for course in instance.iter("course") for part in course.iter("part")]
        self.students = self.sectioning()

    def sectioning(self) -> dict[str, set[str]]:
        """The students of each class, by the groups of the instance."""
        members = {
            group.get("id"): {student.get("refId", "") for student in group.iter("student")}
            for group in self.instance.iterfind("solution/groups/group")
        }
        found: dict[str, set[str]] = {key: set() for key in self.classes}
        for group in self.instance.iterfind("solution/groups/group"):
            for one in group.iterfind("classes/class"):
                found[one.get("refId", "")] |= members[group.get("id")]
        for one in self.instance.iterfind("solution/classes/class"):
            for reference in one.iterfind("groups/group"):
                found[one.get("refId", "")] |= members[reference.get("refId")]
        return found

    def faults(self) -> Iterator[str]:
        """Everything that is wrong."""
        yield from self.miscounted()
        for session in self.sessions:
            yield from self.misplaced(session)
        yield from self.unshared()
        yield from self.clashes()
        for number, rule in enumerate(self.instance.iterfind("rules/rule"), start=1):
            yield from (f"rule {number}: {fault}" for fault in self.broken(rule))

    def miscounted(self) -> Iterator[str]:
        """Each class has each of its ranks once, in order of time."""
        for part in self.parts:
            for one in part.iter("class"):
                mine = [session for session in self.sessions if session.group == one.get("id")]
                if [session.rank for session in mine] != list(range(1, int(part.get("nrSessions", "0")) + 1)):
                    yield f"{one.get('id')} has the sessions {[session.rank for session in mine]}"
                for earlier, later in pairwise(mine):
                    if later.start < earlier.end:
                        yield f"{later} begins before the end of {earlier}"

    def misplaced(self, session: Session) -> Iterator[str]:
        """Slots, rooms, seats and teachers of one session are allowed."""
        slots = session.slots
        assert slots is not None
        week, minute = session.start // self.week + 1, session.start % self.day
        day = session.start % self.week // self.day + 1
        for value, name in ((minute, "dailySlots"), (day, "days"), (week, "weeks")):
            if value not in spread_out(slots.findtext(name, "")):
                yield f"{session}: {value} is none of {name}"
        rooms = {room.get("refId") for room in session.part.iterfind("allowedRooms/room")}
        kind = session.part.find("allowedRooms")
        many = kind is not None and kind.get("sessionRooms") == "multiple"
        if not session.rooms or not rooms.issuperset(session.rooms) or (len(session.rooms) > 1 and not many):
            yield f"{session} is in {session.rooms}"
        seats = {room.get("id"): int(room.get("capacity", "0")) for room in self.instance.iterfind("rooms/room")}
        given = [seats.get(room, 0) for room in session.rooms]
        if min(given, default=0) >= 0 and sum(given) < len(self.students[session.group]):
            yield f"{session} has {len(self.students[session.group])} students in {sum(given)} seats"
        staff = session.part.find("allowedTeachers")
        assert staff is not None
        known = {teacher.get("refId") for teacher in staff}
        needed = int(staff.get("sessionTeachers", "0"))
        if len(set(session.teachers)) != needed or not known.issuperset(session.teachers):
            yield f"{session} is given by {session.teachers}"

    def unshared(self) -> Iterator[str]:
        """Each teacher gives so many sessions of a part."""
        for part in self.parts:
            given = Counter(teacher for each in self.sessions if each.part is part for teacher in each.teachers)
            for teacher in part.iterfind("allowedTeachers/teacher"):
                name = teacher.get("refId", "")
                if given[name] != int(teacher.get("nrSessions", "0")):
                    yield f"{name} gives {given[name]} sessions of {part.get('id')}"

    def clashes(self) -> Iterator[str]:
        """No two sessions at once share a student, a room or a teacher."""
        for one, other in combinations(sorted(self.sessions, key=lambda session: session.start), 2):
            if other.start < one.end:
                shared = {
                    "students": self.students[one.group] & self.students[other.group],
                    "rooms": set(one.rooms) & set(other.rooms),
                    "teachers": set(one.teachers) & set(other.teachers),
                }
                yield from (f"{one} and {other} share {name} {who}" for name, who in shared.items() if who)

    def broken(self, rule: ET.Element) -> Iterator[str]:
        """What is wrong with one rule, for each choice of one set from each of its selections."""
        [name] = [constraint.get("name") for constraint in rule.iterfind("constraint")]
        selections = [self.sets(selection) for selection in rule.iterfind("sessions")]
        for chosen in product(*selections):
            row = [session for some in chosen for session in some]
            told = f"{name} is broken for {[str(session) for session in row]}"
            if name == "sequenced":
                kept = all(
                    max(each.end for each in first) <= min(each.start for each in then)
                    for first, then in pairwise(chosen)
                )
            elif name == "weekly":
                kept = all(later.start - earlier.start == self.week for earlier, later in pairwise(row))
            elif name == "sameWeek":
                kept = len({session.start // self.week for session in row}) == 1
            elif name == "sameSlots":
                kept = len({session.start for session in row}) == 1
            elif name == "sameRooms":
                kept = len({frozenset(session.rooms) for session in row}) == 1
            elif name == "sameTeachers":
                kept = len({frozenset(session.teachers) for session in row}) == 1
            else:
                kept, told = False, f"{name} is no rule that is known here"
            if not kept:
                yield told

    def sets(self, selection: ET.Element) -> list[list[Session]]:
        """The sets of sessions of a selection, each in the order of the file and of ranks."""
        mask, by = selection.get("sessionsMask"), selection.get("groupBy")
        found: dict[str, list[Session]] = {}
        order = {key: number for number, key in enumerate(self.classes)}
        for session in sorted(self.sessions, key=lambda each: (order[each.group], each.rank)):
            if mask is not None and session.rank not in spread_out(mask):
                continue
            if all(self.passes(session, condition) for condition in selection.iterfind("filter")):
                owner = {
                    "course": session.course.get("id", ""),
                    "part": session.part.get("id", ""),
                    "class": session.group,
                    "session": str(session),
                }[by or ""]
                found.setdefault(owner, []).append(session)
        return list(found.values())

    def passes(self, session: Session, condition: ET.Element) -> bool:
        """Whether a filter lets a session through."""
        element = {"course": session.course, "part": session.part}[condition.get("type", "")]
        has = set(element.get(condition.get("attributeName", ""), "").split(","))
        wanted, unwanted = condition.get("in"), condition.get("notIn")
        return (wanted is None or bool(has & set(wanted.split(",")))) and not has & set((unwanted or "").split(","))


def main(instance: str, solution: str) -> int:
    """Prints the faults, and how many sessions were looked at."""
    judge = Judge(ET.parse(instance).getroot(), ET.parse(solution).getroot())
    faults = list(judge.faults())
    print("\n".join([*faults, f"{len(judge.sessions)} sessions, {len(faults)} faults"]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
