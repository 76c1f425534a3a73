from datetime import date

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.barred import Barred
from constraints.complete import Complete
from constraints.rule import Breach
from small import at, classes, module, on, small, timetable
from solving import allowed

DAYS = [date(2026, 11, 9), date(2026, 11, 13)]
TEN = at("2026-11-10 10:00")
BLOCK = on("2026-11-10", "2026-11-11")


def year() -> Programme:
    """A week with two parts, open for four hours on Tuesday, and a block of two days."""
    return small(
        dates=DAYS,
        opening_hours={"tuesday": "09:00-13:00"},
        modules={"m": module(classes(1), classes(1, id="other"))},
        blocks={"b": {"title": "Seminar", "kind": "seminar", "days": 2, "group": "all", "dates": DAYS}},
    )


def found(*placements: Placement, barred: tuple[Placement, ...] = (TEN, BLOCK)) -> list[Breach]:
    return list(Barred(slots=barred).check(year(), timetable(*placements)))


def told(*placements: Placement, barred: tuple[Placement, ...] = (TEN, BLOCK)) -> list[str]:
    return [str(breach.message) for breach in found(*placements, barred=barred)]


def test_a_session_that_comes_back_is_a_breach() -> None:
    assert found(TEN) == [
        Breach(
            "barred",
            found(TEN)[0].message,
            activities=("m.virtual-class",),
            monday=date(2026, 11, 9),
        )
    ]
    assert told(TEN) == ["“Module” (virtual class) stands on Tuesday 10 November 2026 10:00, which it had to leave"]


def test_a_minute_of_the_time_is_too_much() -> None:
    early, late = at("2026-11-10 09:01"), at("2026-11-10 10:59")
    assert [len(found(one)) for one in (early, late)] == [1, 1]


def test_what_ends_where_the_time_begins_or_begins_where_it_ends_is_lawful() -> None:
    assert found(at("2026-11-10 09:00"), at("2026-11-10 11:00")) == []


def test_a_time_is_barred_for_its_own_part_or_block_alone() -> None:
    assert found(at("2026-11-10 10:00", part="m.other")) == []
    assert found(BLOCK, barred=(TEN,)) == []


def test_a_block_that_shares_a_day_with_its_time_is_a_breach() -> None:
    assert told(on("2026-11-11", "2026-11-12")) == [
        "“Seminar” stands from Wednesday 11 November 2026 to Thursday 12 November 2026, which it had to leave"
    ]
    assert found(on("2026-11-12", "2026-11-13")) == []


def test_each_of_several_times_is_barred() -> None:
    twelve = at("2026-11-10 12:00")
    assert len(found(TEN, at("2026-11-10 11:00"), twelve, barred=(TEN, twelve))) == 2


def test_what_the_programme_no_longer_has_is_passed_over() -> None:
    gone = at("2026-11-10 10:00", part="m.gone")
    assert found(TEN, barred=(gone,)) == []


def test_the_model_leaves_the_time_out() -> None:
    programme = small(
        dates=[date(2026, 11, 10), date(2026, 11, 10)],
        opening_hours={"tuesday": "09:00-12:00"},
        modules={"m": module(classes(1))},
    )
    rest = {timetable(at(f"2026-11-10 {hour}:00")) for hour in ("09", "11")}
    assert allowed(programme, [Complete(), Barred(slots=(TEN,))]) == rest
    assert allowed(programme, [Complete(), Barred(slots=(at("2026-11-10 09:30", 120),))]) == set()
