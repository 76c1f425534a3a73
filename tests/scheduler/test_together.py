"""Several sessions at once: each kind of answer by an example, and all of them against lists of lawful timetables."""

from collections.abc import Sequence
from datetime import date
from threading import Event
from typing import Any

import pytest

from calendars.faults import FaultyInput
from calendars.programme import Programme
from calendars.timetable import Placement, Timetable
from combining import KINDS, told_and_true
from constraints.complete import Complete
from constraints.kept import Kept, Stay
from constraints.one_at_a_time import OneAtATime
from constraints.order import Order
from constraints.rule import Rule
from constraints.weekly_load import WeeklyLoad
from constraints.within import Within
from constraints.working_hours import WorkingHours
from counted import programmes
from programmes import plain
from scheduler.asked import Asked
from scheduler.offers import Offer, Offers
from scheduler.problem import Problem
from scheduler.together import Together, together
from small import at, classes, module, small, timetable

A, B, C = "m.a", "m.b", "m.c"
NINE, TEN, ELEVEN = "2026-11-10 09:00", "2026-11-10 10:00", "2026-11-10 11:00"
TUESDAY: dict[str, Any] = {
    "dates": [date(2026, 11, 10), date(2026, 11, 10)],
    "opening_hours": {"tuesday": "09:00-12:00"},
}
"""A Tuesday with three starts."""
LAWS = (Complete(), Within(), WorkingHours())
ONE = OneAtATime(buffer_minutes=0)


def parts(*numbered: tuple[str, int]) -> Programme:
    """Parts of one group, with so many sessions."""
    return small(**TUESDAY, modules={"m": module(*(classes(count, id=key) for key, count in numbered))})


def slots(now: Placement, *others: Placement) -> Offers:
    """What is offered to a session: where it stands, and other slots."""
    found = tuple(Offer(each, 0, (), (), (), (), Timetable()) for each in (now, *others))
    return Offers(Asked(now.activity, now.span), found, tuple(offer.span for offer in found), complete=True, searched=0)


def asked(
    programme: Programme, rules: Sequence[Rule], calendar: Timetable, *several: Offers, most: int | None = 0
) -> Together:
    return together(Problem(programme, (*LAWS, *rules)), calendar, several, most)


def test_where_nothing_is_in_the_way_the_calendar_in_hand_serves_all() -> None:
    calendar = timetable(at(NINE, part=A), at(ELEVEN, part=B), at(TEN, part=C))
    first, second = slots(at(NINE, part=A), at(TEN, part=A)), slots(at(ELEVEN, part=B), at(TEN, part=B))
    assert asked(parts(("a", 1), ("b", 1), ("c", 1)), (), calendar, first, second) == Together(
        {
            (0, 0): calendar,
            (0, 1): timetable(at(NINE, part=A), at(TEN, part=B), at(TEN, part=C)),
            (1, 0): timetable(at(TEN, part=A), at(ELEVEN, part=B), at(TEN, part=C)),
            (1, 1): timetable(at(TEN, part=A), at(TEN, part=B), at(TEN, part=C)),
        },
        remainder=timetable(at(TEN, part=C)),
    )


def test_what_two_cannot_have_at_once_fails_with_proof() -> None:
    """Each slot is free by itself; but the two sessions of one group cannot both be at ten."""
    calendar = timetable(at(NINE, part=A), at(ELEVEN, part=B))
    first, second = slots(at(NINE, part=A), at(TEN, part=A)), slots(at(ELEVEN, part=B), at(TEN, part=B))
    found = asked(parts(("a", 1), ("b", 1)), (ONE,), calendar, first, second, most=None)
    assert (sorted(found.calendars), found.remainder) == ([(0, 0), (0, 1), (1, 0)], None)
    assert (found.failing, found.unknown) == (((1, 1),), ())


def test_a_law_that_binds_more_than_two_is_judged_with_all() -> None:
    """Any two of three sessions may leave the first week; not all three, since an hour is due there."""
    dates = [date(2026, 11, 9), date(2026, 11, 20)]
    programme = small(dates=dates, modules={"m": module(*(classes(1, id=key) for key in "abcd"))})
    stay = [at(f"2026-11-10 {hour}:00", part=key) for hour, key in (("09", A), ("10", B), ("11", C))]
    leave = [at(f"2026-11-17 {hour}:00", part=key) for hour, key in (("09", A), ("10", B), ("11", C))]
    calendar = timetable(*stay, at("2026-11-19 09:00", part="m.d"))
    least = WeeklyLoad(group="all", counts="teaching", at_least_hours=1)
    several = [slots(now, then) for now, then in zip(stay, leave, strict=True)]
    found = asked(programme, (least,), calendar, *several)
    assert (found.failing, len(found.calendars), found.remainder) == (((1, 1, 1),), 7, None)


def test_one_remainder_that_is_not_the_calendar_in_hand() -> None:
    """C stands at ten, where A or B may be; at eleven it is in nobody's way, if one other may move."""
    programme = parts(("a", 1), ("b", 1), ("c", 1))
    calendar = timetable(at(NINE, part=A), at(NINE, part=B), at(TEN, part=C))
    first, second = slots(at(NINE, part=A), at(TEN, part=A)), slots(at(NINE, part=B), at(TEN, part=B))
    order = Order(first=(A, B), then=(C,))
    assert asked(programme, (order,), calendar, first, second).failing == ((0, 1), (1, 0), (1, 1))
    assert asked(programme, (order,), calendar, first, second, most=1) == Together(
        {
            (0, 0): timetable(at(NINE, part=A), at(NINE, part=B), at(ELEVEN, part=C)),
            (0, 1): timetable(at(NINE, part=A), at(TEN, part=B), at(ELEVEN, part=C)),
            (1, 0): timetable(at(TEN, part=A), at(NINE, part=B), at(ELEVEN, part=C)),
            (1, 1): timetable(at(TEN, part=A), at(TEN, part=B), at(ELEVEN, part=C)),
        },
        remainder=timetable(at(ELEVEN, part=C)),
    )


def test_no_more_others_move_than_are_allowed_in_one_remainder_either() -> None:
    """Two come after A and B; both have to leave ten. The places that sessions choose go with their slots."""
    rooms = {"room": {"title": "Room"}, "hall": {"title": "Hall"}}
    choosing = [classes(1, id=key, place=["room", "hall"]) for key in ("a", "b")]
    programme = small(**TUESDAY, places=rooms, modules={"m": module(*choosing, classes(1, id="c"), classes(1, id="d"))})
    first = slots(at(NINE, part=A, place="room"), at(TEN, part=A, place="hall"))
    second = slots(at(NINE, part=B, place="hall"), at(TEN, part=B, place="room"))
    calendar = timetable(first.offers[0].placement, second.offers[0].placement, at(TEN, part=C), at(TEN, part="m.d"))
    order = Order(first=(A, B), then=(C, "m.d"))
    assert asked(programme, (order,), calendar, first, second, most=1).failing == ((0, 1), (1, 0), (1, 1))
    found = asked(programme, (order,), calendar, first, second, most=2)
    assert (len(found.calendars), found.remainder) == (4, timetable(at(ELEVEN, part=C), at(ELEVEN, part="m.d")))


def test_what_the_calendar_in_hand_breaks_already_is_in_nobodys_way() -> None:
    """An hour is due in each of two weeks, and the second one has none."""
    programme = small(modules={"m": module(classes(1, id="a"), classes(1, id="b"))})
    least = WeeklyLoad(group="all", counts="teaching", at_least_hours=1)
    first, second = (slots(at(NINE, part=key), at(TEN, part=key)) for key in (A, B))
    found = asked(programme, (least,), timetable(at(NINE, part=A), at(NINE, part=B)), first, second)
    assert (len(found.calendars), found.remainder) == (4, timetable())


def test_without_one_remainder_each_combination_has_a_calendar_of_its_own() -> None:
    """Three sessions in three slots: C takes the one that is left."""
    programme = parts(("a", 1), ("b", 1), ("c", 1))
    calendar = timetable(at(NINE, part=A), at(TEN, part=B), at(ELEVEN, part=C))
    first, second = slots(at(NINE, part=A)), slots(at(TEN, part=B), at(ELEVEN, part=B))
    assert asked(programme, (ONE,), calendar, first, second, most=1) == Together(
        {(0, 0): calendar, (0, 1): timetable(at(NINE, part=A), at(ELEVEN, part=B), at(TEN, part=C))}, remainder=None
    )
    kept = Kept(kept=(Stay(at(ELEVEN, part=C)),))
    assert asked(programme, (ONE, kept), calendar, first, second, most=None).failing == ((0, 1),)


def test_two_sessions_of_one_part_cannot_have_one_slot_even_where_no_law_forbids_two_at_a_time() -> None:
    """Nor does it count as both of them that one is there, and the other somewhere else."""
    calendar = timetable(at(NINE, part=A), at(TEN, part=A))
    first, second = slots(at(NINE, part=A), at(ELEVEN, part=A)), slots(at(TEN, part=A), at(ELEVEN, part=A))
    for most in (0, None):
        found = asked(parts(("a", 2)), (), calendar, first, second, most=most)
        assert found == Together(
            {
                (0, 0): calendar,
                (0, 1): timetable(at(NINE, part=A), at(ELEVEN, part=A)),
                (1, 0): timetable(at(ELEVEN, part=A), at(TEN, part=A)),
            },
            remainder=None,
            failing=((1, 1),),
        )


def test_what_is_stopped_knows_what_the_calendar_in_hand_serves() -> None:
    calendar = timetable(at(NINE, part=A), at(TEN, part=B), at(ELEVEN, part=C))
    first, second = slots(at(NINE, part=A)), slots(at(TEN, part=B), at(ELEVEN, part=B))
    stop = Event()
    stop.set()
    problem = Problem(parts(("a", 1), ("b", 1), ("c", 1)), (*LAWS, ONE))
    assert together(problem, calendar, (first, second), None, stop) == Together(
        {(0, 0): calendar}, remainder=None, unknown=((0, 1),)
    )


def test_too_many_combinations_are_a_fault_with_the_cure() -> None:
    """Two sessions with sixteen slots each make 256, the most that are judged; one more has 272."""
    days = [f"2026-11-{day:02} {hour:02}:00" for day in (2, 3, 4) for hour in (9, 10, 11, 13, 14, 15)][:17]
    programme = small(modules={"m": module(classes(1, id="a"), classes(1, id="b"))})
    calendar = timetable(at(days[0], part=A), at(days[0], part=B))
    first, *more = (slots(*(at(day, part=key) for day in days[:count])) for key, count in ((A, 16), (B, 16), (B, 17)))
    assert len(asked(programme, (), calendar, first, more[0]).calendars) == 256
    with pytest.raises(FaultyInput) as faulty:
        asked(programme, (), calendar, first, more[1])
    assert [plain(fault.words("en")) for fault in faulty.value.faults] == [
        "272 combinations are more than 256: offer fewer slots with --count"
    ]


@pytest.mark.parametrize("seed", programmes(few=4))
def test_combinations_are_right_by_enumeration(seed: int) -> None:
    told, true = told_and_true(seed)
    assert told == true
    assert told.kind == KINDS[seed % len(KINDS)]
