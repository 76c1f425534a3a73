from datetime import date, time
from typing import Any

import pytest
from pydantic import ValidationError

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.lone_sessions import LoneSessions
from constraints.one_at_a_time import OneAtATime
from constraints.rule import Breach
from constraints.within import Within
from small import at, classes, module, small, timetable
from solving import cheapest, model_of

MONDAY, TUESDAY = "2026-11-02", "2026-11-03"


def plain(count: int = 4, **tables: Any) -> Programme:
    return small(**{"modules": {"m": module(classes(count))}} | tables)


def sessions(*moments: str, day: str = MONDAY, part: str = "m.virtual-class", minutes: int = 60) -> list[Placement]:
    return [at(f"{day} {moment}", minutes, part=part) for moment in moments]


def breaches(programme: Programme, *placements: Placement, **parameters: Any) -> list[Breach]:
    rule = LoneSessions(**{"group": "all", "gap_minutes": 15} | parameters)
    return list(rule.check(programme, timetable(*placements)))


def hours(*placements: Placement, **parameters: Any) -> list[str]:
    """When sessions of one group stand alone."""
    found = breaches(plain(), *placements, **parameters)
    return [str(breach.message).partition(" has no ")[0].split()[-1] for breach in found]


def test_a_session_with_none_beside_it_is_a_point() -> None:
    (breach,) = breaches(plain(), *sessions("09:00", "10:00", "14:00"))
    assert (str(breach.message), breach.excess, breach.activities, breach.monday) == (
        "“Module” (virtual class) on Monday 2 November 2026 14:00 has no session right before or after it for All",
        1,
        ("m.virtual-class",),
        date(2026, 11, 2),
    )


def test_the_session_before_or_the_one_after_is_enough() -> None:
    assert hours(*sessions("09:00", "10:00")) == []
    assert hours(*sessions("09:00", "10:00", "11:00")) == []


def test_a_gap_of_exactly_the_minutes_joins_two_sessions() -> None:
    assert hours(*sessions("09:00", "10:15"), gap_minutes=15) == []
    assert hours(*sessions("09:00", "10:15"), gap_minutes=14) == ["09:00", "10:15"]
    assert hours(*sessions("09:00", "10:00"), gap_minutes=0) == []
    assert hours(*sessions("09:00", "10:01"), gap_minutes=0) == ["09:00", "10:01"]


def test_a_session_during_another_one_is_not_beside_it() -> None:
    """Such a timetable was edited by hand; `one_at_a_time` tells of it."""
    assert hours(*sessions("09:00"), *sessions("09:00", minutes=90)) == ["09:00", "09:00"]
    assert hours(*sessions("09:00"), *sessions("09:59")) == ["09:00", "09:59"]


def test_days_are_looked_at_one_by_one() -> None:
    """Nor does a night join what ends at midnight to what begins then."""
    assert hours(*sessions("09:00"), *sessions("10:00", day=TUESDAY)) == ["09:00", "10:00"]
    assert hours(*sessions("23:00"), *sessions("00:00", day=TUESDAY)) == ["23:00", "00:00"]


GROUPS: dict[str, dict[str, Any]] = {
    "all": {"title": "All"},
    "a": {"title": "A", "part_of": "all"},
    "b": {"title": "B", "part_of": "all"},
    "guests": {"title": "Guests"},
}
PARTS = [classes(2, id=key, group=key) for key in GROUPS]


def grouped(**students: list[str]) -> Programme:
    groups = {key: group | {"students": students.get(key, [])} for key, group in GROUPS.items()}
    return small(groups=groups, modules={"m": module(*PARTS)})


BESIDE_A = [*sessions("09:00", part="m.all"), *sessions("10:00", part="m.a")]
"""Alone for whoever is in "b"."""


def words(programme: Programme, *placements: Placement, **parameters: Any) -> list[tuple[str, int]]:
    """For whom a session is alone, with the excess."""
    found = breaches(programme, *placements, **parameters)
    return [(str(breach.message).partition(" for ")[2], breach.excess) for breach in found]


def test_each_enrolment_with_the_group_is_looked_at_as_a_whole() -> None:
    assert words(grouped(), *BESIDE_A) == [("All and B", 1)]
    assert words(grouped(), *BESIDE_A, group="b") == [("All and B", 1)]
    assert words(grouped(), *BESIDE_A, group="a") == []
    assert words(grouped(), *sessions("09:00", part="m.guests")) == []
    assert words(grouped(), *sessions("09:00", part="m.guests"), group="guests") == [("Guests", 1)]


def test_the_group_is_named_where_it_has_no_session_of_its_own() -> None:
    programme = small(groups=GROUPS, modules={"m": module(classes(1, id="a", group="a"))})
    assert words(programme, *sessions("09:00", part="m.a")) == [("All and A", 1)]


def test_listed_students_count_one_by_one_and_the_enrolment_of_all_their_sessions_not_beside_them() -> None:
    """Two are listed in "b"; one is in "all" alone, one in both, so that nothing is alone for them."""
    assert words(grouped(b=["eve", "joe"]), *BESIDE_A) == [("All and B", 2)]
    assert words(grouped(b=["eve"], all=["sam"]), *BESIDE_A) == [("All and B", 1), ("All", 1)]
    assert words(grouped(a=["zoe"], b=["zoe"]), *BESIDE_A) == []


def test_students_of_other_groups_are_not_looked_at() -> None:
    listed = grouped(b=["eve"], guests=["eve", "kim"])
    placements = sessions("09:00", part="m.guests")
    assert words(listed, *placements) == [("All, B and Guests", 1)]
    assert words(listed, *placements, group="guests") == [("All, B and Guests", 1), ("Guests", 1)]


def test_a_student_has_their_own_defence_beside_the_sessions_of_their_groups() -> None:
    """Eve defends after the course of all; for Joe, who defends in the afternoon, both are alone, as it is for all."""
    defences = {"kind": "defence", "minutes": 60, "defences": [{"student": "eve"}, {"student": "joe"}]}
    programme = small(modules={"m": module(classes(1, id="all"), defences)})
    eve, joe = (key for key in programme.parts if "defence" in key)
    placements = [*BESIDE_A[:1], *sessions("10:00", part=eve), *sessions("14:00", part=joe)]
    found = breaches(programme, *placements)
    assert [breach.activities for breach in found] == [("m.all",), (joe,), ("m.all",)]
    assert [breach.excess for breach in found] == [1, 1, 1]


def test_an_unknown_group_is_a_fault_with_its_cure() -> None:
    assert [str(fault) for fault in LoneSessions(group="guest").faults(grouped())] == [
        "there is no group guest; did you mean guests?"
    ]


@pytest.mark.parametrize("minutes", [-1, 721])
def test_the_gap_has_bounds(minutes: int) -> None:
    with pytest.raises(ValidationError):
        LoneSessions(group="all", gap_minutes=minutes)


def cheapest_of(count: int, gap: int, students: int = 0) -> int:
    """The least cost of sessions of 1 h, one at a time, on a Monday at 9:00, 10:00, 13:00 or 14:00."""
    groups = {"all": {"title": "All", "students": [f"s{number}" for number in range(students)]}}
    dates = [date(2026, 11, 2)] * 2
    starts = {"starts": [time(9), time(10), time(13), time(14)]}
    programme = small(groups=groups, dates=dates, modules={"m": module(classes(count) | starts)})
    rule = LoneSessions(group="all", gap_minutes=gap, weight=2)
    return cheapest(programme, [Complete(), Within(), OneAtATime(buffer_minutes=0), rule])


def test_the_model_puts_sessions_side_by_side_and_pays_for_the_one_that_is_left() -> None:
    """Of three sessions one is alone, unless a gap of two hours joins those at 10:00 and at 13:00."""
    assert cheapest_of(1, 0) == 2
    assert cheapest_of(2, 0) == 0
    assert cheapest_of(3, 119) == 2
    assert cheapest_of(3, 120) == 0
    assert cheapest_of(4, 0) == 0


def test_the_model_pays_for_each_student() -> None:
    assert cheapest_of(3, 0, students=5) == 2 * 5


def test_sessions_that_no_law_sets_against_each_other_are_looked_at_one_by_one() -> None:
    """Two at once are two alone; where one of them may stand, they share a literal for each start."""
    parts = [classes(1, id=key, starts=[time(9)]) for key in "ab"]
    programme = small(dates=[date(2026, 11, 2)] * 2, modules={"m": module(*parts)})
    rule = LoneSessions(group="all")
    assert cheapest(programme, [Complete(), Within(), rule]) == 2
    costs = [len(model_of(programme, [*laws, rule]).costs) for laws in ([], [OneAtATime()])]
    assert costs == [2, 1]
