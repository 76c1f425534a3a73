from datetime import date, time

import pytest

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.few_weekdays import FewWeekdays
from constraints.rule import Breach
from constraints.within import Within
from small import at, classes, module, small, timetable
from solving import allowed, cheapest

A, B = "a.virtual-class", "b.virtual-class"


def of(*counts: int) -> Programme:
    """Modules a, b, c with so many sessions each."""
    return small(
        modules={key: module(classes(count), title=key.upper()) for key, count in zip("abc", counts, strict=False)}
    )


def breaches(weekdays: int, *placements: Placement, parts: tuple[str, ...] = ("a", "b")) -> list[Breach]:
    law = FewWeekdays(parts=parts, weekdays=weekdays)
    return list(law.check(of(2, 2, 1), timetable(*placements)))


MONDAYS = at("2026-11-02 09:00", part=A), at("2026-11-09 14:00", part=B)
TUESDAY = at("2026-11-03 09:00", part=B)
FRIDAY = at("2026-11-13 09:00", part=A)


def test_weekdays_are_counted_over_all_weeks_and_parts() -> None:
    assert breaches(1, *MONDAYS) == []
    assert breaches(2, *MONDAYS, TUESDAY) == []


def test_each_weekday_above_is_told_with_whatever_stands() -> None:
    (breach,) = breaches(1, *MONDAYS, TUESDAY, FRIDAY)
    assert (breach.excess, breach.activities, breach.monday) == (2, (A, B), None)
    assert str(breach.message) == (
        "“A” (virtual class) and “B” (virtual class) meet on 3 different weekdays, at most 1 is allowed"
    )
    (breach,) = breaches(2, *MONDAYS, TUESDAY, FRIDAY)
    assert str(breach.message).endswith("meet on 3 different weekdays, at most 2 are allowed")


def test_what_does_not_stand_is_not_told() -> None:
    (breach,) = breaches(1, MONDAYS[0], FRIDAY)
    assert breach.activities == (A,)


def test_other_parts_do_not_count() -> None:
    assert breaches(1, *MONDAYS, at("2026-11-03 09:00", part="c.virtual-class")) == []


def test_a_session_past_midnight_counts_where_it_starts() -> None:
    assert breaches(1, MONDAYS[0], at("2026-11-09 23:30", part=A)) == []


def test_unknown_names_are_refused() -> None:
    assert [str(fault) for fault in FewWeekdays(parts=["a", "d"], weekdays=1).faults(of(1))] == [
        "there are no live sessions d; choose from a and a.virtual-class"
    ]


@pytest.mark.parametrize(("weekdays", "found"), [(1, 3), (2, 9)])
def test_the_model_allows_few_weekdays(weekdays: int, found: int) -> None:
    """One start on each of three mornings for each of two parts: three ways on one weekday, nine in all."""
    hours = dict.fromkeys(("monday", "tuesday", "wednesday"), "09:00-10:00")
    modules = {key: module(classes(1), title=key) for key in "ab"}
    programme = small(opening_hours=hours, dates=[date(2026, 11, 2), date(2026, 11, 4)], modules=modules)
    assert len(allowed(programme, [Complete(), FewWeekdays(parts=["a", "b"], weekdays=weekdays)])) == found


def test_a_weight_prices_each_weekday_above() -> None:
    """A part that meets on three weekdays, and one on a fourth."""
    meets = [{"weekdays": ["monday", "tuesday", "thursday"], "at": time(9)}]
    modules = {
        "a": module({"kind": "course", "minutes": 60, "meets": meets}),
        "b": module(classes(1, dates=[date(2026, 11, 6)] * 2)),
    }
    rules = [Complete(), Within(), FewWeekdays(parts=["a", "b"], weekdays=1, weight=5)]
    assert cheapest(small(modules=modules), rules) == 15
