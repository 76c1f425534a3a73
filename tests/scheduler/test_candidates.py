"""Candidates: each struck one keeps the first law that took it."""

from datetime import date

from calendars.clock import Span
from calendars.programme import Programme
from constraints.availability import Availability
from constraints.days_off import DaysOff
from constraints.held import Held
from constraints.rule import Rule
from constraints.within import Within
from constraints.working_hours import WorkingHours
from scheduler.candidates import Candidates, candidates_of
from small import at, classes, module, on, small, week_of, work

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday")


def three_days() -> Programme:
    """Tuesday 10 to Thursday 12 November, open 9:00 to 12:00 but for lunch at 10:00; the 11th is off."""
    return small(
        dates=[date(2026, 11, 10), date(2026, 11, 12)],
        opening_hours={**dict.fromkeys(WEEK, "09:00-12:00"), "lunch": "10:00-11:00"},
        trainers={"ann": {"title": "Ann", "cannot": [{"weekday": "thursday"}]}},
        modules={"m": module(classes(1), trainer="ann")},
    )


def found(*rules: Rule, programme: Programme | None = None) -> Candidates:
    """The candidates of the one part."""
    return candidates_of(programme or three_days(), rules)["m.virtual-class"]


def moments(*texts: str) -> tuple[Span, ...]:
    return tuple(at(f"2026-11-{text}").span for text in texts)


def struck(*pairs: tuple[str, str]) -> dict[object, str]:
    return {at(f"2026-11-{text}").span: law for text, law in pairs}


def test_without_a_law_every_start_is_lawful() -> None:
    assert found().lawful == moments(*(f"{day} {hour}:00" for day in (10, 11, 12) for hour in ("09", 10, 11)))
    assert found().struck == {}


def test_a_struck_start_keeps_the_first_law_that_took_it() -> None:
    assert found(DaysOff(), WorkingHours(), Availability()).lawful == moments("10 09:00", "10 11:00")
    assert found(DaysOff(), WorkingHours(), Availability()).struck == struck(
        ("10 10:00", "working_hours"),
        ("11 09:00", "days_off"),
        ("11 10:00", "days_off"),
        ("11 11:00", "days_off"),
        ("12 09:00", "availability"),
        ("12 10:00", "working_hours"),
        ("12 11:00", "availability"),
    )


def test_in_another_order_other_laws_take_them_and_the_same_starts_are_left() -> None:
    assert found(Availability(), WorkingHours(), DaysOff()).lawful == moments("10 09:00", "10 11:00")
    assert found(Availability(), WorkingHours(), DaysOff()).struck == struck(
        ("10 10:00", "working_hours"),
        ("11 09:00", "days_off"),
        ("11 10:00", "working_hours"),
        ("11 11:00", "days_off"),
        ("12 09:00", "availability"),
        ("12 10:00", "availability"),
        ("12 11:00", "availability"),
    )


def test_the_laws_are_counted_most_first() -> None:
    counted = found(DaysOff(), WorkingHours(), Availability()).struck_by()
    # 3 starts on the 11th, 2 of lunch, 2 of Thursday
    assert list(counted.items()) == [("days_off", 3), ("working_hours", 2), ("availability", 2)]


def test_every_activity_has_its_candidates_in_order_of_time() -> None:
    programme = small(
        dates=[date(2026, 11, 2), date(2026, 11, 13)],
        modules={"m": module(classes(1, dates=[date(2026, 11, 10)] * 2), work(2))},
    )
    by_key = candidates_of(programme, [Within()])
    assert list(by_key) == ["m.virtual-class", "m.distance-work"]
    assert [span.day for span in by_key["m.distance-work"].lawful] == [date(2026, 11, 2), date(2026, 11, 9)]
    # 9:00 to 17:00 on the 10th, one hour: 8 starts; the 11 other days are not even looked at
    assert by_key["m.virtual-class"].lawful == moments(*(f"10 {hour:02}:00" for hour in range(9, 17)))
    assert by_key["m.virtual-class"].struck_by() == {}
    every = candidates_of(programme, [])["m.virtual-class"]
    assert len(every.lawful) == 8 * 12


HELD_ELSEWHERE = at("2026-11-10 09:40", 80)
HELD_ON_A_DAY_OFF = at("2026-11-11 10:00")


def test_what_was_held_is_lawful_wherever_it_stood_and_what_began_before_is_closed() -> None:
    """Before the 12th, of which Ann cannot have anything; the 11th is off."""
    held = Held(before=date(2026, 11, 12), placements=(HELD_ELSEWHERE, HELD_ON_A_DAY_OFF))
    programme = small(
        dates=[date(2026, 11, 10), date(2026, 11, 13)],
        opening_hours={**dict.fromkeys(WEEK, "09:00-12:00"), "lunch": "10:00-11:00"},
        modules={"m": module(classes(3))},
    )
    it = found(held, DaysOff(), WorkingHours(), programme=programme)
    to_come = moments("12 09:00", "12 11:00", "13 09:00", "13 11:00")
    assert it.held == {HELD_ELSEWHERE.span: HELD_ELSEWHERE, HELD_ON_A_DAY_OFF.span: HELD_ON_A_DAY_OFF}
    assert it.closed == {*moments("10 09:00", "10 11:00")}
    assert it.lawful == tuple(sorted({*it.held, *it.closed, *to_come}))
    assert it.free == to_come
    assert it.struck == struck(
        ("10 10:00", "working_hours"),
        ("11 09:00", "days_off"),
        ("11 11:00", "days_off"),
        ("12 10:00", "working_hours"),
        ("13 10:00", "working_hours"),
    )
    # three starts a day: two on the 10th are closed, three are lunch, the day off has two but for what was held
    assert it.struck_by() == {"working_hours": 3, "held": 2, "days_off": 2}


def test_without_anything_held_the_past_is_closed_all_the_same() -> None:
    it = found(Held(before=date(2026, 11, 11), placements=()))
    assert it.held == {}
    assert it.closed == {*moments("10 09:00", "10 10:00", "10 11:00")}
    assert it.free == moments(*(f"{day} {hour}:00" for day in (11, 12) for hour in ("09", 10, 11)))


def test_work_and_blocks_that_have_begun_are_held_whole() -> None:
    """On Wednesday the 11th the week of the 9th and the block of Tuesday have begun."""
    programme = small(
        modules={"m": module(work(2))},
        blocks={
            "b": {
                "title": "Course",
                "kind": "course",
                "days": 3,
                "group": "all",
                "dates": [date(2026, 11, 9), date(2026, 11, 13)],
            }
        },
    )
    held = Held(before=date(2026, 11, 11), placements=(week_of("2026-11-09", 90), on("2026-11-10", "2026-11-12")))
    by_key = candidates_of(programme, [held, Within()])
    assert by_key["m.distance-work"].held == {week_of("2026-11-09", 90).span: week_of("2026-11-09", 90)}
    assert by_key["m.distance-work"].closed == {week_of("2026-11-02", 0).span}
    assert by_key["m.distance-work"].free == ()
    assert by_key["b"].closed == {on("2026-11-09", "2026-11-11").span}
    assert by_key["b"].free == (on("2026-11-11", "2026-11-13").span,)
