from datetime import date

from calendars.clock import Span
from constraints.complete import Complete
from constraints.duties import Duty
from constraints.full_days import any_of_day, by_day, idle_steps, tie_days
from constraints.one_at_a_time import OneAtATime
from constraints.within import Within
from small import at, classes, module, small
from solving import model_of

LAWS = [Complete(), Within(), OneAtATime(buffer_minutes=0)]


def spans(*moments: str) -> list[Span]:
    return [at(moment).span for moment in moments]


def test_a_step_is_idle_between_two_sessions_and_outside_lunch() -> None:
    """9:00, 11:00 and 15:00, an hour each: idle at 10:00, 13:00 and 14:00, in whatever order they are given."""
    day = spans("2026-11-02 15:00", "2026-11-02 09:00", "2026-11-02 11:00")
    assert idle_steps(small(modules={"m": module(classes(1))}), day) == 3
    assert idle_steps(small(modules={"m": module(classes(1))}), day[1:2]) == 0


def test_candidates_are_put_together_by_day_in_order_of_time() -> None:
    """Monday and Tuesday, two starts each."""
    hours = {"monday": "09:00-11:00", "tuesday": "09:00-11:00"}
    days = [date(2026, 11, 2), date(2026, 11, 3)]
    programme = small(dates=days, opening_hours=hours, modules={"m": module(classes(1), classes(1, id="late"))})
    model = model_of(programme, LAWS)
    found = by_day(model, [Duty("m.late"), Duty("m.virtual-class")])
    assert [[(duty.part, span.start) for duty, span in day] for day in found] == [
        [(part, span.start) for part in ("m.late", "m.virtual-class") for span in spans(*moments)]
        for moments in (
            ("2026-11-02 09:00", "2026-11-02 10:00"),
            ("2026-11-03 09:00", "2026-11-03 10:00"),
        )
    ]


def test_the_bound_on_days_is_a_tie_of_the_sessions_that_cannot_be_at_once() -> None:
    """Three sessions, one at a time: on an open day one at 9:00, one at 10:00, and two in all, on another none."""
    hours = {"monday": "09:00-11:00", "tuesday": "09:00-11:00"}
    parts = [classes(1, id=key) for key in "abc"]
    programme = small(dates=[date(2026, 11, 2), date(2026, 11, 3)], opening_hours=hours, modules={"m": module(*parts)})
    model = model_of(programme, LAWS)
    days = by_day(model, [Duty(f"m.{key}") for key in "abc"])
    opened = [any_of_day(model, "all", sessions) for sessions in days]
    names = [variable.name for variable in model.cp.proto.variables]
    assert names[-2:] == ["all 2026-11-02", "all 2026-11-03"]
    tied = len(model.cp.proto.constraints)
    tie_days(model, days, opened)
    rows = [dict(zip(row.linear.vars, row.linear.coeffs, strict=True)) for row in model.cp.proto.constraints][tied:]
    assert [list(row.linear.domain)[-1:] for row in model.cp.proto.constraints][tied:] == [[0]] * 5
    told = [{names[number]: factor for number, factor in row.items()} for row in rows]
    on = {
        (day, hour): dict.fromkeys((f"m.{key} 2026-11-0{day} {hour}:00" for key in "abc"), 1)
        for day in (2, 3)
        for hour in ("09", "10")
    }
    assert told == [
        on[2, "09"] | {"all 2026-11-02": -1},
        on[2, "10"] | {"all 2026-11-02": -1},
        on[3, "09"] | {"all 2026-11-03": -1},
        on[3, "10"] | {"all 2026-11-03": -1},
        {**on[2, "09"], **on[2, "10"], "all 2026-11-02": -2, **on[3, "09"], **on[3, "10"], "all 2026-11-03": -2},
    ]
