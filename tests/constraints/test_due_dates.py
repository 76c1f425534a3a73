from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.due_dates import DueDates
from small import at, classes, module, on, small, timetable, week_of, work
from solving import allowed, model_of

DATES = [date(2026, 11, 2), date(2026, 11, 13)]
"""The weekends lie on 7 and 8 November, Armistice Day on Wednesday 11."""
OPTIONS = {
    "groups": {
        "all": {"title": "All"},
        "a": {"title": "A", "part_of": "all"},
        "b": {"title": "B", "part_of": "all"},
        "c": {"title": "C", "part_of": "all"},
    },
    "electives": {"e": {"title": "Option", "choose": 1, "groups": ["b", "c"]}},
}
"""Everybody is in "a", and in "b" or "c"."""


def of(owners: tuple[str, ...] = ("all",), **tables: Any) -> Programme:
    """A deliverable of each of these groups, "d0", "d1" and so on, and a module "m" with one class."""
    milestones = {
        f"d{number}": {"title": f"Essay {number}", "group": group, "dates": DATES}
        for number, group in enumerate(owners)
    }
    return small(**{"milestones": milestones, "modules": {"m": module(classes(1))}} | tables)


def law(number: int = 1, per_week: int = 1, assessed: str = "m") -> DueDates:
    """So many deliverables, each of which assesses the same."""
    return DueDates(assesses={f"d{n}": assessed for n in range(number)}, per_week=per_week)


def found(programme: Programme, law: DueDates, *placements: Placement) -> list[str]:
    breaches = list(law.check(programme, timetable(*placements)))
    assert {(each.rule, each.excess) for each in breaches} <= {("due_dates", 1)}
    return [str(each.message) for each in breaches]


def due(day: str, number: int = 0) -> Placement:
    return on(day, activity=f"d{number}")


def test_a_deliverable_is_due_from_the_day_after_the_last_session() -> None:
    programme = of(modules={"m": module(classes(2))})
    sessions = at("2026-11-02 09:00"), at("2026-11-04 09:00")
    assert found(programme, law(), *sessions, due("2026-11-05")) == []
    assert found(programme, law(), *sessions, due("2026-11-04")) == [
        "“Essay 0” on Wednesday 4 November 2026 begins too early: "
        "it comes after “Module” (virtual class) on Wednesday 4 November 2026 09:00"
    ]


def test_self_paced_work_has_its_week_whole() -> None:
    programme = of(modules={"m": module(work(2))})
    assert found(programme, law(), week_of("2026-11-02", 120), due("2026-11-09")) == []
    assert len(found(programme, law(), week_of("2026-11-02", 120), due("2026-11-06"))) == 1


def test_each_deliverable_follows_what_it_assesses_alone() -> None:
    programme = of(("all", "all"), modules={"m": module(classes(1), classes(1, id="late"))})
    rule = DueDates(assesses={"d0": "m.virtual-class", "d1": "m"}, per_week=2)
    sessions = at("2026-11-02 09:00"), at("2026-11-04 09:00", part="m.late")
    assert found(programme, rule, *sessions, due("2026-11-03"), due("2026-11-05", 1)) == []
    assert len(found(programme, rule, *sessions, due("2026-11-03"), due("2026-11-03", 1))) == 1


def test_a_rest_day_is_named() -> None:
    assert found(of(), law(), due("2026-11-11")) == ["“Essay 0” stands on Wednesday 11 November 2026: Armistice Day"]


def test_the_rest_days_of_each_deliverable_are_struck() -> None:
    programme = of(("all", "all", "all"))
    for key in ("d0", "d1"):
        forbids = law(2).forbids(programme, programme.blocks[key])
        assert forbids is not None
        left = [span.day.day for span in programme.candidates(programme.blocks[key]) if not forbids(span)]
        assert left == [2, 3, 4, 5, 6, 9, 10, 12, 13]
    assert law(2).forbids(programme, programme.blocks["d2"]) is None
    assert law(2).forbids(programme, programme.parts["m.virtual-class"]) is None


def test_exactly_so_many_in_a_week_are_allowed() -> None:
    programme = of(("all",) * 3)
    placed = due("2026-11-02"), due("2026-11-06", 1), due("2026-11-09", 2)
    assert found(programme, law(3, 2), *placed) == []
    assert found(programme, law(3, 1), *placed) == [
        "2 deliverables of one student are due in the week of Monday 2 November 2026: “Essay 0” and “Essay 1”; "
        "at most 1 are allowed"
    ]


def test_each_week_is_told() -> None:
    programme = of(("all",) * 4)
    placed = due("2026-11-02"), due("2026-11-06", 1), due("2026-11-09", 2), due("2026-11-13", 3)
    assert [words[:66] for words in found(programme, law(4), *placed)] == [
        "2 deliverables of one student are due in the week of Monday 2 Nove",
        "2 deliverables of one student are due in the week of Monday 9 Nove",
    ]


def test_only_the_deliverables_of_this_law_are_counted() -> None:
    programme = of(("all", "all"))
    assert found(programme, law(1), due("2026-11-02"), due("2026-11-02", 1)) == []


def test_options_that_nobody_has_together_do_not_add_up() -> None:
    """Who is in "a" and "b" has the first two, who is in "a" and "c" the first and the last."""
    programme = of(("a", "b", "c"), **OPTIONS)
    same_week = due("2026-11-02"), due("2026-11-03", 1), due("2026-11-04", 2)
    assert found(programme, law(3, 2), *same_week) == []
    assert found(programme, law(3, 1), *same_week[1:]) == []
    assert found(programme, law(3, 1), *same_week) == [
        "2 deliverables of one student are due in the week of Monday 2 November 2026: “Essay 0” and “Essay 1”; "
        "at most 1 are allowed",
        "2 deliverables of one student are due in the week of Monday 2 November 2026: “Essay 0” and “Essay 2”; "
        "at most 1 are allowed",
    ]


def test_what_several_students_have_in_common_is_told_once() -> None:
    programme = of(("a", "a", "b", "c"), **OPTIONS)
    assert len(found(programme, law(4, 1), due("2026-11-02"), due("2026-11-03", 1))) == 1


def test_a_timetable_that_lacks_things_is_judged_by_what_stands() -> None:
    assert found(of(("all", "all")), law(2), at("2026-11-02 09:00")) == []
    assert len(found(of(), law(), due("2026-11-05"), due("2026-11-06"))) == 1


def lawful(programme: Programme, rule: DueDates) -> int:
    """How many timetables model and check agree on."""
    clean = {one for one in allowed(programme, [Complete()]) if not list(rule.check(programme, one))}
    assert allowed(programme, [Complete(), rule]) == clean
    return len(clean)


def test_model_and_check_agree() -> None:
    """A class at 9 on any of Thursday 5 to Tuesday 10 November; two deliverables on the 6th, 9th or 10th.

    After a class on the 5th there are 1 and 2 days in the two weeks, from the 6th to the 8th none and 2, on the 9th
    none and 1. So the deliverables have 3², then three times 2², then one way; apart 2 × 1 × 2, then none.
    """
    days = [date(2026, 11, 5), date(2026, 11, 10)]
    milestones = {key: {"title": key, "group": "all", "dates": days} for key in ("d0", "d1")}
    programme = of(dates=days, milestones=milestones, opening_hours={"monday": "09:00-10:00"})
    assert lawful(programme, law(2, 2)) == 9 + 3 * 4 + 1
    assert lawful(programme, law(2, 1)) == 4


def test_model_and_check_agree_on_options() -> None:
    """A class at 9 on Friday 6 November; deliverables on Monday 9 or 16, "b" and "c" both in the week without "a"."""
    dates = [date(2026, 11, 6), date(2026, 11, 16)]
    programme = of(
        ("a", "b", "c"),
        **OPTIONS,
        dates=dates,
        milestones={f"d{n}": {"title": group, "group": group, "dates": dates} for n, group in enumerate("abc")},
        opening_hours={"monday": "09:00-10:00"},
        days_off={"closures": [{"title": "Shut", "dates": [date(2026, 11, 10), date(2026, 11, 15)]}]},
    )
    early = [one for one in allowed(programme, [Complete(), law(3)]) if at("2026-11-06 09:00") in one.placements]
    assert len(early) == 2
    assert all(list(law(3).check(programme, one)) == [] for one in early)


def test_no_sum_is_posted_where_a_week_cannot_have_too_many() -> None:
    """Two weeks, in which somebody in "a" and "b" could have two, but nobody in "b" and "c"."""
    assert sums(("a", "b"), 1) == sums(("a", "b"), 2) + 2
    assert sums(("b", "c"), 1) == sums(("b", "c"), 2)


def sums(owners: tuple[str, str], per_week: int) -> int:
    """How many constraints there are in all."""
    return len(model_of(of(owners, **OPTIONS), [law(2, per_week)]).cp.proto.constraints)


def faults(**assesses: Any) -> list[str]:
    return [str(fault) for fault in DueDates(assesses=assesses, per_week=1).faults(of(("all", "all")))]


def test_unknown_names_are_told_together_and_once() -> None:
    assert faults(d0="m", d1="m.virtual-class") == []
    assert faults(d0="mm", d2="mm") == [
        "there is no module, part, block or internship mm; did you mean m?",
        "there is no module, part, block or internship d2; choose from m, d0, d1 and m.virtual-class",
    ]


def test_what_is_no_milestone_is_refused() -> None:
    assert faults(m="d0") == ["m is no milestone; choose from d0 and d1"]


def test_a_deliverable_and_a_limit_are_needed() -> None:
    with pytest.raises(ValidationError):
        DueDates(assesses={}, per_week=1)
    with pytest.raises(ValidationError):
        DueDates(assesses={"d0": ()}, per_week=1)
    with pytest.raises(ValidationError):
        DueDates(assesses={"d0": "m"}, per_week=0)
