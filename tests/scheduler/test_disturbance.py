"""How often the points of a change are counted: the nearer it is, and the more people it is for, the more."""

from datetime import date
from typing import Any

import pytest

from calendars.calendar_file import Calendar, CertificateRecord, Entry
from calendars.programme import Programme
from calendars.saving import calendar_of, placements_of
from defended import defended, viva, vivas
from scheduler.disturbance import weight_of
from small import at, classes, module, on, small, timetable, week_of, work

FIRST = date(2026, 11, 9)
"""The day of everything."""
LONG_BEFORE = date(2026, 9, 1)
EVERY_KIND: dict[str, Any] = {
    "modules": {"m": module(classes(1), work(1))},
    "blocks": {
        "b": {"title": "Seminar", "kind": "seminar", "days": 2, "group": "all", "dates": [FIRST, date(2026, 11, 13)]}
    },
    "internships": {"host": {"title": "Internship", "hours": 14, "group": "all", "dates": [FIRST, date(2026, 11, 13)]}},
}


def year(**group: Any) -> Programme:
    return small(groups={"all": {"title": "All"} | group}, **EVERY_KIND)


def known(programme: Programme, state: str = "published") -> Calendar:
    """A calendar with one of everything, from Monday 9 November on."""
    placed = timetable(
        at("2026-11-09 09:00"),
        week_of("2026-11-09", 60),
        on("2026-11-09", "2026-11-10"),
        on("2026-11-09", activity="host"),
        on("2026-11-10", activity="host"),
    )
    calendar = calendar_of(programme, placed, CertificateRecord(levels=(), reproducible=True), LONG_BEFORE, seed=0)

    def stated(entries: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(entry.model_copy(update={"state": state}) for entry in entries)

    update = {name: stated(getattr(calendar, name)) for name in ("sessions", "days", "work")}
    return calendar.model_copy(update=update)


def weights(programme: Programme, entry: Entry, as_of: date) -> list[int]:
    return [weight_of(programme, entry, each, as_of) for each in placements_of(entry)]


def weight(as_of: date, state: str = "published", **group: Any) -> int:
    """That of the session, which is on 9 November."""
    programme = year(**group)
    (found,) = weights(programme, known(programme, state).sessions[0], as_of)
    return found


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, 5), (6, 5), (7, 4), (8, 4), (13, 4), (14, 3), (15, 3), (27, 3), (28, 2), (29, 2), (60, 2)],
)
def test_it_counts_more_within_a_week_two_and_four(days: int, expected: int) -> None:
    assert weight(date.fromordinal(FIRST.toordinal() - days)) == expected


@pytest.mark.parametrize(("size", "expected"), [(1, 2), (15, 2), (16, 3), (50, 3), (51, 4), (400, 4)])
def test_it_counts_more_for_more_than_15_people_and_than_50(size: int, expected: int) -> None:
    assert weight(LONG_BEFORE, size=size) == expected


@pytest.mark.parametrize(("count", "expected"), [(15, 2), (16, 3), (51, 4)])
def test_students_who_are_listed_are_counted(count: int, expected: int) -> None:
    students = [f"student-{number}" for number in range(count)]
    assert weight(LONG_BEFORE, students=students) == expected
    assert weight(LONG_BEFORE, students=students, size=15) == 2


def test_a_group_of_which_nothing_is_said_counts_as_few() -> None:
    assert weight(LONG_BEFORE) == 2


def test_both_add_up() -> None:
    assert weight(FIRST, size=51) == 2 + 3 + 2


@pytest.mark.parametrize("as_of", [LONG_BEFORE, FIRST])
def test_what_nobody_knows_of_yet_counts_once(as_of: date) -> None:
    assert weight(as_of, state="planned", size=400) == 1


def test_several_groups_are_counted_together() -> None:
    programme = small(groups={key: {"title": key.title(), "size": 8} for key in ("all", "guests")}, **EVERY_KIND)
    session = known(programme).sessions[0]
    for groups, expected in ((("all",), 2), (("all", "guests"), 3), (("all", "gone"), 2)):
        assert weights(programme, session.model_copy(update={"groups": groups}), LONG_BEFORE) == [expected]


def test_blocks_work_and_each_host_day_are_weighed_by_their_first_day() -> None:
    """A week before the 10th: the block of two days and the week of work begin on the 9th, in six days."""
    programme = year()
    calendar = known(programme)
    block, host = calendar.days
    (week,) = calendar.work
    assert (block.source, host.source) == ("b", "host")
    as_of = date(2026, 11, 3)
    assert [weights(programme, each, as_of) for each in (block, week, host)] == [[5], [5], [5, 4]]


def test_a_defence_is_for_one_student() -> None:
    """A class of 60 counts 2 + 2, the defence of one of them 2."""
    programme = defended(vivas("eve"), classes(1), groups={"all": {"title": "All", "size": 60}})
    placed = timetable(viva("eve", "2026-11-09 09:00", "ann", "cy"), at("2026-11-09 11:00"))
    calendar = calendar_of(programme, placed, CertificateRecord(levels=(), reproducible=True), LONG_BEFORE, seed=0)
    sessions = (entry.model_copy(update={"state": "published"}) for entry in calendar.sessions)
    found = {entry.activity: weights(programme, entry, LONG_BEFORE) for entry in sessions}
    assert found == {"m.viva.eve": [2], "m.virtual-class": [4]}
