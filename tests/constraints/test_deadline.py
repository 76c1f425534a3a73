from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.deadline import Deadline
from defended import defended, viva, vivas
from small import at, classes, module, on, small, timetable, week_of, work
from solving import allowed

DATES = [date(2026, 11, 2), date(2026, 11, 13)]
"""The weekends lie on 7 and 8 November, Armistice Day on Wednesday 11."""


def stone(title: str, **keys: Any) -> dict[str, Any]:
    return {"title": title, "group": "all", "dates": DATES} | keys


def of(*parts: dict[str, Any], **tables: Any) -> Programme:
    """A milestone "t", the thesis, a milestone "p", the permission, and a module "m" of these parts, or one defence."""
    milestones = {"t": stone("Thesis"), "p": stone("Permission")}
    one_defence = {"kind": "defence", "sessions": 1, "minutes": 60}
    return small(milestones=milestones, modules={"m": module(*(parts or (one_defence,)))}, **tables)


def found(programme: Programme, *placements: Placement, **keys: Any) -> list[str]:
    return [str(each.message) for each in Deadline(**keys).check(programme, timetable(*placements))]


def thesis(day: str) -> Placement:
    return on(day, activity="t")


def permission(day: str) -> Placement:
    return on(day, activity="p")


def defence(moment: str) -> Placement:
    return at(moment, part="m.defence")


def test_a_breach_bears_the_name_of_the_law() -> None:
    law = Deadline(milestone="p", after="t")
    placed = timetable(permission("2026-11-07"), thesis("2026-11-09"))
    assert [(each.rule, each.excess) for each in law.check(of(), placed)] == [("deadline", 1), ("deadline", 1)]


def test_a_rest_day_is_named_with_its_reason() -> None:
    keys = {"milestone": "p", "after": "t"}
    early = thesis("2026-11-02")
    assert found(of(), early, permission("2026-11-10"), **keys) == []
    assert found(of(), early, permission("2026-11-11"), **keys) == [
        "“Permission” stands on Wednesday 11 November 2026: Armistice Day"
    ]
    assert found(of(), early, permission("2026-11-07"), **keys) == [
        "“Permission” stands on Saturday 7 November 2026: not a day of the working week"
    ]


def test_the_rest_days_are_those_of_the_group_of_the_milestone() -> None:
    """On 1 March 2027 zone B is on holiday, zone A is back (arrêté of 22 Oct 2025)."""
    dates = [date(2027, 3, 1), date(2027, 3, 3)]
    groups = {"a": {"title": "A", "school_zones": ["A"]}, "b": {"title": "B", "school_zones": ["B"]}}
    milestones = {key: stone(key.upper(), group=key, dates=dates) for key in groups}
    programme = small(dates=dates, groups=groups, milestones=milestones)
    on_monday = on("2027-03-01", activity="a"), on("2027-03-01", activity="b")
    assert found(programme, on_monday[0], milestone="a", before="b") == []
    assert found(programme, on_monday[1], milestone="b", before="a") == [
        "“B” stands on Monday 1 March 2027: Winter holidays"
    ]


def test_every_rest_day_of_the_milestone_is_struck_and_nothing_else() -> None:
    programme, law = of(), Deadline(milestone="p", after="t")
    forbids = law.forbids(programme, programme.blocks["p"])
    assert forbids is not None
    left = [span.day.day for span in programme.candidates(programme.blocks["p"]) if not forbids(span)]
    assert left == [2, 3, 4, 5, 6, 9, 10, 12, 13]
    assert law.forbids(programme, programme.blocks["t"]) is None


def test_exactly_so_many_days_after_another_event_are_allowed() -> None:
    keys: dict[str, Any] = {"milestone": "p", "after": "t", "least_days": 3, "greatest_days": 4}
    begun = thesis("2026-11-02")
    assert found(of(), begun, permission("2026-11-05"), **keys) == []
    assert found(of(), begun, permission("2026-11-06"), **keys) == []
    assert found(of(), begun, permission("2026-11-04"), **keys) == [
        "“Permission” on Wednesday 4 November 2026 begins too soon after “Thesis” on Monday 2 November 2026: "
        "days from end to start 2, at least 3"
    ]
    assert found(of(), begun, permission("2026-11-09"), **keys) == [
        "“Permission” on Monday 9 November 2026 begins too late after “Thesis” on Monday 2 November 2026: "
        "days from end to start 7, at most 4"
    ]


def test_exactly_so_many_days_before_another_event_are_allowed() -> None:
    keys: dict[str, Any] = {"milestone": "p", "before": "m", "least_days": 3, "greatest_days": 4}
    end = defence("2026-11-09 09:00")
    assert found(of(), permission("2026-11-05"), end, **keys) == []
    assert found(of(), permission("2026-11-06"), end, **keys) == []
    assert found(of(), permission("2026-11-06"), defence("2026-11-08 09:00"), **keys) == [
        "“Module” (defence) on Sunday 8 November 2026 09:00 begins too soon after “Permission” on Friday 6 November "
        "2026: days from end to start 2, at least 3"
    ]
    assert found(of(), permission("2026-11-04"), end, **keys) == [
        "“Module” (defence) on Monday 9 November 2026 09:00 begins too late after “Permission” on Wednesday 4 November "
        "2026: days from end to start 5, at most 4"
    ]


def test_between_two_events_the_days_hold_on_either_side() -> None:
    """Thesis, then permission, then defence."""
    keys: dict[str, Any] = {"milestone": "p", "before": "m.defence", "after": "t", "least_days": 2}
    placed = thesis("2026-11-02"), permission("2026-11-04")
    assert found(of(), *placed, defence("2026-11-06 09:00"), **keys) == []
    assert found(of(), *placed, defence("2026-11-05 09:00"), **keys) == [
        "“Module” (defence) on Thursday 5 November 2026 09:00 begins too soon after “Permission” on Wednesday 4 "
        "November 2026: days from end to start 1, at least 2"
    ]
    assert len(found(of(), thesis("2026-11-03"), *placed[1:], defence("2026-11-06 09:00"), **keys)) == 1


def test_without_a_number_the_next_day_will_do_and_the_same_day_will_not() -> None:
    keys = {"milestone": "p", "before": "m"}
    assert found(of(), permission("2026-11-05"), defence("2026-11-06 09:00"), **keys) == []
    assert found(of(), permission("2026-11-06"), defence("2026-11-06 16:00"), **keys) == [
        "“Module” (defence) on Friday 6 November 2026 16:00 begins too early: "
        "it comes after “Permission” on Friday 6 November 2026"
    ]


def test_self_paced_work_takes_its_week_whole() -> None:
    programme = of(work(2))
    planned = week_of("2026-11-02", 120)
    assert found(programme, planned, permission("2026-11-09"), milestone="p", after="m") == []
    assert len(found(programme, planned, permission("2026-11-06"), milestone="p", after="m")) == 1


def test_a_timetable_that_lacks_the_milestone_or_has_it_twice_is_judged_by_what_stands() -> None:
    keys = {"milestone": "p", "after": "t"}
    assert found(of(), thesis("2026-11-02"), **keys) == []
    assert found(of(), permission("2026-11-02"), **keys) == []
    assert len(found(of(), permission("2026-11-07"), permission("2026-11-11"), **keys)) == 2
    assert found(of(), on("2026-12-24", activity="p"), **keys) == []


def lawful(programme: Programme, **keys: Any) -> int:
    """How many timetables model and check agree on."""
    law = Deadline(**keys)
    clean = {one for one in allowed(programme, [Complete()]) if not list(law.check(programme, one))}
    assert allowed(programme, [Complete(), law]) == clean
    return len(clean)


def test_model_and_check_agree() -> None:
    """Thursday 5 to Monday 9 November: the permission on the 5th, 6th or 9th, the thesis on any of the five days.

    One day before it leave 0, 1 and 4 days for the thesis; two days 0, 0 and 3; exactly one 0, 1 and 1; one day after
    it 4, 3 and 0.
    """
    dates = [date(2026, 11, 5), date(2026, 11, 9)]
    milestones = {"t": stone("Thesis", dates=dates), "p": stone("Permission", dates=dates)}
    programme = small(dates=dates, milestones=milestones)
    assert lawful(programme, milestone="p", after="t") == 1 + 4
    assert lawful(programme, milestone="p", after="t", least_days=2) == 3
    assert lawful(programme, milestone="p", after="t", greatest_days=1) == 1 + 1
    assert lawful(programme, milestone="p", before="t") == 4 + 3


def test_model_and_check_agree_between_two_events() -> None:
    """Of the same days, the thesis before and one class after, at one of eight starts: on the 6th 1 × 3 × 8 ways."""
    dates = [date(2026, 11, 5), date(2026, 11, 9)]
    milestones = {"t": stone("Thesis", dates=dates), "p": stone("Permission", dates=dates)}
    programme = small(dates=dates, milestones=milestones, modules={"m": module(classes(1))})
    assert lawful(programme, milestone="p", after="t", before="m") == 24


def faults(**keys: Any) -> list[str]:
    return [str(fault) for fault in Deadline(**keys).faults(of(blocks={"b": stone("B", kind="course", days=2)}))]


def test_names_of_every_sort_are_known() -> None:
    assert faults(milestone="t", before=["p", "m", "b"]) == []
    assert faults(milestone="p", before="m.defence", after="t") == []


def test_unknown_names_are_told_together_and_once() -> None:
    assert faults(milestone="tt", before="m.defense", after="pp") == [
        "there is no module, part, block or internship pp; did you mean p?",
        "there is no module, part, block or internship tt; did you mean t?",
        "there is no module, part, block or internship m.defense; did you mean m.defence?",
    ]


def test_what_is_no_milestone_is_refused() -> None:
    assert faults(milestone="b", after="m") == ["b is no milestone; choose from t and p"]
    assert faults(milestone="m.defence", after="t") == ["m.defence is no milestone; choose from t and p"]
    assert faults(milestone="m", after="t") == ["m is no milestone; choose from t and p"]


def test_no_milestone_comes_before_itself() -> None:
    assert faults(milestone="t", before="t") == ["t and t overlap; name two different things"]


def test_one_side_is_needed_and_the_days_fit_each_other() -> None:
    with pytest.raises(ValidationError):
        Deadline(milestone="t")
    with pytest.raises(ValidationError):
        Deadline(milestone="t", after="p", least_days=3, greatest_days=2)
    with pytest.raises(ValidationError):
        Deadline(milestone="t", after="p", least_days=0)
    assert Deadline(milestone="t", after="p", least_days=3, greatest_days=3).greatest_days == 3


def test_a_series_of_defences_comes_before_a_milestone_and_is_none() -> None:
    days = [date(2026, 11, 2), date(2026, 11, 13)]
    programme = defended(vivas("eve", "joe"), milestones={"due": {"title": "Due", "group": "all", "dates": days}})
    law = Deadline(milestone="due", after="m.viva")
    placed = viva("eve", "2026-11-03 09:00"), viva("joe", "2026-11-05 09:00")
    assert list(law.faults(programme)) == []
    late, early = (on(day, activity="due") for day in ("2026-11-06", "2026-11-05"))
    assert [len(list(law.check(programme, timetable(*placed, due)))) for due in (late, early)] == [0, 1]
    [fault] = Deadline(milestone="m.viva", after="due").faults(programme)
    assert str(fault) == "m.viva is no milestone; choose from due"
