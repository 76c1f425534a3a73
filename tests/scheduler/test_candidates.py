"""Candidates: each struck one keeps the first law that took it."""

from datetime import date

from calendars.programme import Programme
from constraints.availability import Availability
from constraints.days_off import DaysOff
from constraints.rule import Rule
from constraints.within import Within
from constraints.working_hours import WorkingHours
from scheduler.candidates import Candidates, candidates_of
from small import at, classes, module, small, work

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


def moments(*texts: str) -> tuple[object, ...]:
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
    # 9:00 to 17:00 on the 10th, one hour: 8 starts; the 11 other days are outside
    assert by_key["m.virtual-class"].lawful == moments(*(f"10 {hour:02}:00" for hour in range(9, 17)))
    assert by_key["m.virtual-class"].struck_by() == {"within": 8 * 11}
