from datetime import date, time
from typing import Any

import pytest
from pydantic import ValidationError

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.order import Order
from constraints.within import Within
from defended import defended, viva, vivas
from small import at, classes, module, on, small, timetable, week_of, work
from solving import allowed, model_of

M, N = "m.virtual-class", "n.virtual-class"
ONE_A_DAY: dict[str, Any] = {"opening_hours": {"monday": "09:00-10:00"}}


def found(programme: Programme, *placements: Placement, first: str = "m", then: str = "n", **keys: Any) -> list[str]:
    law = Order(first=first, then=then, **keys)
    return [str(breach.message) for breach in law.check(programme, timetable(*placements))]


def of(*first: dict[str, Any], then: dict[str, Any] | None = None, **tables: Any) -> Programme:
    """A module "m" of these parts and a module "n" with one part, one class where nothing else is said."""
    modules = {"m": module(*first), "n": module(then or classes(1), title="Next")}
    return small(modules=modules, **tables)


BLOCK = {
    "title": "Block",
    "kind": "seminar",
    "group": "all",
    "dates": [date(2026, 11, 2), date(2026, 11, 13)],
    "days": 2,
}


def test_what_follows_may_begin_at_the_very_end() -> None:
    programme = of(classes(2))
    placed = at("2026-11-02 14:00"), at("2026-11-03 09:00")
    assert found(programme, *placed, at("2026-11-03 10:00", part=N)) == []


def test_every_session_that_begins_before_the_last_end_is_named() -> None:
    programme = of(classes(2), then=classes(3))
    placed = at("2026-11-02 14:00"), at("2026-11-03 09:00", 120)
    late = at("2026-11-03 11:00", part=N)
    assert found(programme, *placed, at("2026-11-02 16:00", part=N), at("2026-11-03 10:00", part=N), late) == [
        "“Next” (virtual class) on Monday 2 November 2026 16:00 begins too early: "
        "it comes after “Module” (virtual class) on Tuesday 3 November 2026 09:00",
        "“Next” (virtual class) on Tuesday 3 November 2026 10:00 begins too early: "
        "it comes after “Module” (virtual class) on Tuesday 3 November 2026 09:00",
    ]


def test_the_least_gap_may_be_met_exactly() -> None:
    """Tuesday 16:00 to Thursday 09:00 are two days of the calendar."""
    programme = of(classes(1))
    placed = at("2026-11-03 16:00"), at("2026-11-05 09:00", part=N)
    assert found(programme, *placed, least_days=2) == []
    assert found(programme, *placed, least_days=3) == [
        "“Next” (virtual class) on Thursday 5 November 2026 09:00 begins too soon after "
        "“Module” (virtual class) on Tuesday 3 November 2026 16:00: days from end to start 2, at least 3"
    ]


def test_the_greatest_gap_may_be_met_exactly_and_is_that_of_the_first_session() -> None:
    programme = of(classes(2), then=classes(2))
    placed = (
        at("2026-11-02 09:00"),
        at("2026-11-03 16:00"),
        at("2026-11-05 09:00", part=N),
        at("2026-11-12 09:00", part=N),
    )
    assert found(programme, *placed, greatest_days=2) == []
    assert found(programme, *placed, greatest_days=1) == [
        "“Next” (virtual class) on Thursday 5 November 2026 09:00 begins too late after "
        "“Module” (virtual class) on Tuesday 3 November 2026 16:00: days from end to start 2, at most 1"
    ]


def test_a_breach_names_both_and_the_week_of_the_earlier_one() -> None:
    """What comes too late stands in the later week, what comes too early in the earlier one."""
    law, programme = Order(first="n", then="m", greatest_days=1), of(classes(1))
    early, late = "2026-11-05 09:00", "2026-11-10 09:00"
    for first, then in ((early, late), (late, early)):
        (breach,) = law.check(programme, timetable(at(first, part=N), at(then)))
        assert (breach.activities, breach.monday) == ((M, N), date(2026, 11, 2))


def test_a_block_ends_with_its_last_day() -> None:
    programme = of(classes(1), blocks={"b": BLOCK})
    block = on("2026-11-03", "2026-11-04")
    assert found(programme, block, at("2026-11-05 09:00"), first="b", then="m", least_days=1, greatest_days=1) == []
    assert found(programme, block, at("2026-11-04 16:00"), first="b", then="m") == [
        "“Module” (virtual class) on Wednesday 4 November 2026 16:00 begins too early: "
        "it comes after “Block” from Tuesday 3 November 2026 to Wednesday 4 November 2026"
    ]
    assert found(programme, at("2026-11-02 16:00"), block, first=M, then="b") == []


def test_the_host_days_of_an_internship_are_ordered_too() -> None:
    internship = {"title": "Host", "group": "all", "dates": [date(2026, 11, 2), date(2026, 11, 13)], "hours": 14}
    programme = of(classes(1), internships={"i": internship})
    days = on("2026-11-05", activity="i"), on("2026-11-06", activity="i")
    assert found(programme, at("2026-11-04 16:00"), *days, then="i") == []
    assert len(found(programme, at("2026-11-05 16:00"), *days, then="i")) == 1


def test_self_paced_work_comes_before_the_week_of_what_follows() -> None:
    programme = of(work(2))
    planned = week_of("2026-11-02", 120)
    assert found(programme, planned, at("2026-11-09 09:00", part=N), least_days=1) == []
    assert found(programme, planned, at("2026-11-06 16:00", part=N)) == [
        "“Next” (virtual class) on Friday 6 November 2026 16:00 begins too early: "
        "it comes after “Module” (self-paced work) in the week of Monday 2 November 2026"
    ]


def test_self_paced_work_comes_after_the_week_in_which_what_it_follows_ends() -> None:
    programme = of(classes(1), then=work(2))
    planned = week_of("2026-11-09", 120, "n.distance-work")
    assert found(programme, at("2026-11-08 16:00"), planned) == []
    assert found(programme, at("2026-11-09 09:00"), planned) == [
        "“Next” (self-paced work) in the week of Monday 9 November 2026 begins too early: "
        "it comes after “Module” (virtual class) on Monday 9 November 2026 09:00"
    ]


def test_the_parts_of_a_module_are_one_collection() -> None:
    """The class is over on Tuesday, but the work goes on until Sunday."""
    programme = of(classes(1), work(1))
    placed = at("2026-11-03 09:00"), week_of("2026-11-02", 60)
    assert len(found(programme, *placed, at("2026-11-04 09:00", part=N))) == 1
    assert found(programme, *placed, at("2026-11-04 09:00", part=N), first=M) == []
    assert found(programme, *placed, at("2026-11-09 09:00", part=N)) == []


def test_each_pairs_sessions_in_order_of_time() -> None:
    programme = of(classes(2), then=classes(2))
    first, second = at("2026-11-02 09:00"), at("2026-11-04 09:00")
    begun = at("2026-11-02 10:00", part=N)
    assert found(programme, first, second, begun, at("2026-11-04 10:00", part=N), each=True) == []
    assert found(programme, first, second, begun, at("2026-11-03 10:00", part=N), each=True) == [
        "“Next” (virtual class) on Tuesday 3 November 2026 10:00 begins too early: "
        "it comes after “Module” (virtual class) on Wednesday 4 November 2026 09:00"
    ]


def test_with_each_the_gaps_are_those_of_every_pair() -> None:
    programme = of(classes(2), then=classes(2))
    placed = (
        at("2026-11-02 09:00"),
        at("2026-11-04 09:00"),
        at("2026-11-03 09:00", part=N),
        at("2026-11-06 09:00", part=N),
    )
    assert found(programme, *placed, each=True, least_days=1, greatest_days=2) == []
    assert len(found(programme, *placed, each=True, greatest_days=1)) == 1
    assert len(found(programme, *placed, each=True, least_days=2)) == 1


def test_with_each_the_share_of_the_work_is_planned_in_the_weeks_before() -> None:
    """Two sessions after 3 h: exactly half, 90 min, before the first, all before the second."""
    programme = of(work(3), then=classes(2), dates=[date(2026, 11, 2), date(2026, 11, 20)])
    sessions = at("2026-11-09 09:00", part=N), at("2026-11-16 09:00", part=N)
    exactly = week_of("2026-11-02", 90), week_of("2026-11-09", 90)
    assert found(programme, *exactly, *sessions, each=True) == []
    less = week_of("2026-11-02", 60), week_of("2026-11-09", 120)
    assert found(programme, *less, *sessions, each=True) == [
        "“Next” (virtual class) on Monday 9 November 2026 09:00 begins too early: "
        "it comes after 1 h 30 of “Module” (self-paced work), reached in the week of Monday 9 November 2026"
    ]


def test_a_timetable_that_lacks_things_or_has_too_many_is_judged_by_what_stands() -> None:
    programme = of(classes(2), then=classes(2))
    third = at("2026-11-06 09:00")
    placed = at("2026-11-02 09:00"), at("2026-11-03 09:00"), third, at("2026-11-04 09:00", part=N)
    assert found(programme) == []
    assert found(programme, *placed, each=True) == []
    assert len(found(programme, *placed)) == 1
    assert found(of(work(2)), week_of("2026-11-02", 0), at("2026-11-02 09:00", part=N)) == []
    more = at("2026-11-04 14:00", part=N), at("2026-11-05 09:00", part=N)
    assert found(programme, *placed, *more, each=True) == []


def agree(programme: Programme, law: Order, lawful: int) -> None:
    """The model allows what the check finds clean, and that is so many timetables."""
    clean = {one for one in allowed(programme, [Complete()]) if not list(law.check(programme, one))}
    assert allowed(programme, [Complete(), law]) == clean
    assert len(clean) == lawful


@pytest.mark.parametrize(
    ("keys", "lawful"),
    [
        ({}, 5),  # the first two and the last two of any four days
        ({"least_days": 2}, 1),  # 12 then 45
        ({"greatest_days": 1}, 4),  # 12 34, 12 35, 13 45, 23 45
        ({"least_days": 1, "greatest_days": 2}, 5),  # these and 12 45
        ({"each": True}, 20),  # 12 with 6, 13 with 5, 14 with 3, 23 with 3, 24 with 2, 34 with 45 only
        ({"each": True, "least_days": 2}, 6),  # 12 34, 12 35, 12 45, 13 35, 13 45, 23 45
        ({"each": True, "greatest_days": 1}, 6),  # any two of the first four days, and the days after them
    ],
)
def test_model_and_check_agree_on_two_sessions_after_two(keys: dict[str, Any], lawful: int) -> None:
    """Five days with one start each."""
    days = [date(2026, 11, 6), date(2026, 11, 10)]
    agree(of(classes(2), then=classes(2), dates=days, **ONE_A_DAY), Order(first="m", then="n", **keys), lawful)


@pytest.mark.parametrize("each", [False, True])
def test_what_may_only_stand_later_is_not_too_late(each: bool) -> None:
    """The one on Friday or Saturday, the other from Sunday to Tuesday: 2 days after Friday, 1 or 2 after Saturday."""
    friday, saturday, sunday, tuesday = (date(2026, 11, day) for day in (6, 7, 8, 10))
    modules = {
        "m": module(classes(1), dates=[friday, saturday]),
        "n": module(classes(1), dates=[sunday, tuesday]),
    }
    programme = small(modules=modules, dates=[friday, tuesday], **ONE_A_DAY)
    law = Order(first="m", then="n", greatest_days=2, each=each)
    found = allowed(programme, [Complete(), Within(), law])
    days = {tuple(placement.span.day.day for placement in one.placements) for one in found}
    assert days == {(6, 8), (7, 8), (7, 9)}


@pytest.mark.parametrize(
    ("keys", "lawful"),
    [
        ({}, 2),  # the long one at 9, the short one at 9 or 10, then 11 and 12
        # Long at 9, short at 9, 10, 11: 3, 1 and 1 ways; long at 10, short at 9, 10: 2 and 1.
        ({"each": True}, 8),
    ],
)
def test_model_and_check_agree_on_parts_of_different_lengths(keys: dict[str, Any], lawful: int) -> None:
    """One day from 9 to 13: an hour and two hours, then two single hours."""
    day = date(2026, 11, 6)
    programme = of(
        classes(1),
        classes(1, 120, id="long"),
        then=classes(2),
        dates=[day, day],
        opening_hours={"monday": "09:00-13:00"},
    )
    agree(programme, Order(first="m", then="n", **keys), lawful)


@pytest.mark.parametrize(
    ("first", "then", "keys", "lawful"),
    [
        ("m", "b", {}, 165),  # two days, then the block on any two in a row: C(11, 3)
        ("b", "m", {}, 165),
        ("m", "b", {"least_days": 3}, 84),  # two days fewer: C(9, 3)
        ("b", "m", {"least_days": 3}, 84),
        # The first session 1 to 3 days after the block: C(11, 3) less C(8, 3) where it is further.
        ("b", "m", {"greatest_days": 3}, 165 - 56),
    ],
)
def test_model_and_check_agree_on_blocks(first: str, then: str, keys: dict[str, Any], lawful: int) -> None:
    """Twelve days with one start each, two sessions, and a block of two days."""
    programme = small(modules={"m": module(classes(2))}, blocks={"b": BLOCK}, **ONE_A_DAY)
    agree(programme, Order(first=first, then=then, **keys), lawful)


@pytest.mark.parametrize(
    ("first", "then", "keys", "lawful"),
    [
        # All work in the first week and a session in the second, (21 + 7 × 2); or sessions on the last days, 4 ways.
        ("m", "n", {}, 35 + 4),
        # The first after 45 min, so 60, the second after 90: both in the second week 21, one 7 × 2 × 2, none 4.
        ("m", "n", {"each": True}, 21 + 28 + 4),
        # The last session in the first week, 6, then 4 ways; in the second, 21 + 4 × 7, then all in the third.
        ("n", "m", {}, 24 + 49),
    ],
)
def test_model_and_check_agree_on_self_paced_work(first: str, then: str, keys: dict[str, Any], lawful: int) -> None:
    """Three steps of work, two sessions; the weeks have 4, 7 and 2 days with one start each."""
    days = [date(2026, 11, 5), date(2026, 11, 17)]
    agree(of(work(1.5), then=classes(2), dates=days, **ONE_A_DAY), Order(first=first, then=then, **keys), lawful)


def test_model_and_check_agree_on_a_module_with_sessions_and_work() -> None:
    """All over in the first week, 4, then 3 ways; else in the second, 11 × 3 - 4, then all in the third."""
    days = [date(2026, 11, 5), date(2026, 11, 17)]
    programme = of(classes(1), work(1), then=work(1), dates=days, **ONE_A_DAY)
    agree(programme, Order(first="m", then="n"), 4 * 3 + 29)


def test_each_candidate_stands_in_few_ties() -> None:
    """Twelve times as many starts take about twelve times as many terms, not 144 times."""
    sizes = []
    for closes in ("10:00", "21:00"):
        programme = of(classes(3), then=classes(3), opening_hours={"monday": f"09:00-{closes}"})
        for each in (True, False):
            model = model_of(programme, [Order(first="m", then="n", each=each, greatest_days=3)])
            sizes.append(sum(len(constraint.linear.vars) for constraint in model.cp.proto.constraints))
    assert sizes[2] < 15 * sizes[0]
    assert sizes[3] < 15 * sizes[1]


def test_unknown_names_are_told_with_the_nearest() -> None:
    assert faults(of(classes(1)), first="mm", then="n.virtual-clas") == [
        "there is no module, part, block or internship mm; did you mean m?",
        "there is no module, part, block or internship n.virtual-clas; did you mean n.virtual-class?",
    ]
    assert faults(of(classes(1), blocks={"b": BLOCK}), first="b", then="n.virtual-class") == []


def test_nothing_comes_after_itself() -> None:
    programme = of(classes(1))
    assert faults(programme, first="m", then="m") == ["m and m overlap; name two different things"]
    assert faults(programme, first="m", then=M) == ["m and m.virtual-class overlap; name two different things"]


def test_each_needs_pairs() -> None:
    mixed = "each puts sessions after sessions, or after self-paced work alone; name parts, or remove each"
    assert faults(of(classes(1), work(1)), first="m", then="n", each=True) == [mixed]
    assert faults(of(classes(1), then=work(1)), first="m", then="n", each=True) == [mixed]
    assert faults(of(work(1), then=classes(3)), first="m", then="n", each=True) == []
    assert faults(of(classes(2), then=classes(2)), first="m", then="n", each=True) == []
    assert faults(of(classes(2), then=classes(3)), first="m", then="n") == []
    assert faults(of(classes(2), then=classes(3)), first="m", then="n", each=True) == [
        "each needs as many of both, but m has 2 and n has 3; change one or remove each"
    ]
    assert faults(of(classes(2)), first="mm", then="n", each=True) == [
        "there is no module, part, block or internship mm; did you mean m?"
    ]


def faults(programme: Programme, **keys: Any) -> list[str]:
    return [str(fault) for fault in Order(**keys).faults(programme)]


def test_a_greatest_gap_below_the_least_is_refused() -> None:
    with pytest.raises(ValidationError):
        Order(first="m", then="n", least_days=3, greatest_days=2)


def test_a_series_of_defences_is_named_as_a_whole_or_one_by_one() -> None:
    programme = defended(vivas("eve", "joe", jury=[]), classes(1))
    both = viva("eve", "2026-11-03 09:00"), viva("joe", "2026-11-04 09:00")
    late, between = at("2026-11-04 10:00"), at("2026-11-03 10:00")
    every = Order(first="m.viva", then="m.virtual-class")
    hers = Order(first="m.viva.eve", then="m.virtual-class")
    assert [list(law.faults(programme)) for law in (every, hers)] == [[], []]
    assert [len(list(law.check(programme, timetable(*both, late)))) for law in (every, hers)] == [0, 0]
    assert [len(list(law.check(programme, timetable(*both, between)))) for law in (every, hers)] == [1, 0]


def test_a_defence_does_not_come_after_its_own_series() -> None:
    [fault] = Order(first="m.viva", then="m.viva.eve").faults(defended(vivas("eve", "joe")))
    assert str(fault) == "m.viva and m.viva.eve overlap; name two different things"


def test_only_the_sessions_until_a_number_come_before() -> None:
    """The second of three ends at the very start of what follows, the third comes after it."""
    placed = [at(f"2026-11-0{day} 09:00") for day in (2, 3, 5)]
    assert found(of(classes(3)), *placed, at("2026-11-03 10:00", part=N), until_session=2) == []
    assert found(of(classes(3)), *placed, at("2026-11-03 10:00", part=N), until_session=3) == [
        "“Next” (virtual class) on Tuesday 3 November 2026 10:00 begins too early: "
        "it comes after “Module” (virtual class) on Thursday 5 November 2026 09:00"
    ]


def test_only_the_sessions_from_a_number_on_come_after() -> None:
    placed = at("2026-11-03 09:00"), *(at(f"2026-11-0{day} 09:00", part=N) for day in (2, 4))
    assert found(of(classes(1), then=classes(2)), *placed, from_session=2) == []
    assert found(of(classes(1), then=classes(2)), *placed, from_session=1) == [
        "“Next” (virtual class) on Monday 2 November 2026 09:00 begins too early: "
        "it comes after “Module” (virtual class) on Tuesday 3 November 2026 09:00"
    ]


def test_sessions_are_counted_in_each_part_by_itself() -> None:
    """The first of the course is on Wednesday, though two classes have ended before."""
    programme = of(classes(2), classes(2) | {"kind": "course"})
    placed = [
        at("2026-11-02 09:00"),
        at("2026-11-03 09:00"),
        *(at(f"2026-11-0{d} 09:00", part="m.course") for d in (4, 5)),
    ]
    assert found(programme, *placed, at("2026-11-04 10:00", part=N), until_session=1) == []
    assert len(found(programme, *placed, at("2026-11-03 10:00", part=N), until_session=1)) == 1


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"until_session": 3}, ["until_session is 3, but m.virtual-class has 2 sessions"]),
        ({"from_session": 2}, ["from_session is 2, but n.virtual-class has 1 sessions"]),
        ({"until_session": 2}, ["until_session counts live sessions, and m.distance-work has none; name parts"]),
    ],
)
def test_a_number_that_no_session_has_is_refused(keys: dict[str, int], told: list[str]) -> None:
    parts = [classes(2), *([work(1)] if "counts" in told[0] else [])]
    assert [str(fault) for fault in Order(first="m", then="n", **keys).faults(of(*parts))] == told


def test_each_takes_all_sessions() -> None:
    with pytest.raises(ValidationError, match="refused"):
        Order(first="m", then="n", each=True, until_session=1)


@pytest.mark.parametrize("keys", [{"until_session": 1}, {"from_session": 2}, {"until_session": 1, "from_session": 2}])
@pytest.mark.parametrize("gap", [{}, {"least_days": 1}, {"greatest_days": 2}])
def test_the_model_counts_as_the_check_does(keys: dict[str, int], gap: dict[str, int]) -> None:
    programme = of(classes(2), then=classes(2), dates=[date(2026, 11, 2), date(2026, 11, 5)], **_MORNINGS)
    every, law = allowed(programme, [Complete()]), Order(first="m", then="n", **keys, **gap)
    lawful = {one for one in every if not list(law.check(programme, one))}
    assert 0 < len(lawful) < len(every)
    assert allowed(programme, [Complete(), law]) == lawful


_MORNINGS: dict[str, Any] = {
    "opening_hours": dict.fromkeys(("monday", "tuesday", "wednesday", "thursday"), "09:00-10:00")
}


def test_sessions_of_a_part_that_meets_regularly_are_not_counted() -> None:
    tuesdays = {"kind": "course", "minutes": 60, "meets": [{"weekdays": ["tuesday"], "at": time(9)}]}
    programme = small(modules={"m": module(classes(3)), "n": module(tuesdays)})
    assert [str(fault) for fault in Order(first="m", then="n", from_session=1, until_session=2).faults(programme)] == [
        "a part that meets regularly has no fixed number; remove until_session and from_session"
    ]
