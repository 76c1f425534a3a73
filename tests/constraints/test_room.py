"""What is open to whom, for counting: minutes that candidates cover, once each, by day and by week."""

from datetime import date

from calendars.clock import DAY, Span, start_of
from constraints.room import Starts, by_week, of_place, people
from small import classes, module, small

TUESDAY = start_of(date(2026, 11, 10))
MONDAY, SUNDAY = date(2026, 11, 9), date(2026, 11, 15)


def span(start: int, end: int, day: int = 0) -> Span:
    """Hours of the Tuesday, or of so many days after it."""
    return Span(TUESDAY + day * DAY + start * 60, TUESDAY + day * DAY + end * 60)


STARTS = Starts(
    {
        "a": [span(9, 11), span(10, 12), span(12, 13), span(9, 10, day=6)],
        "b": [span(8, 10), span(14, 16), span(15, 16)],
        "none": [],
    }
)


def test_a_minute_of_several_candidates_counts_once() -> None:
    assert STARTS.minutes(("a",)) == {date(2026, 11, 10): 4 * 60, date(2026, 11, 16): 60}
    assert STARTS.minutes(("a", "b")) == {date(2026, 11, 10): 7 * 60, date(2026, 11, 16): 60}
    assert STARTS.minutes(("none",)) == {}


def test_so_much_for_each_week_or_day_with_a_candidate() -> None:
    assert STARTS.weeks(("a", "b"), 90) == {MONDAY: 90, date(2026, 11, 16): 90}
    assert STARTS.weeks(("b", "none"), 90) == {MONDAY: 90}
    assert STARTS.days(("a", "b"), 90) == {MONDAY: 90, date(2026, 11, 16): 90}
    two_days = Starts({"a": [span(9, 10), span(9, 10, day=1), span(10, 11, day=1)]})
    assert two_days.days(("a",), 90) == {MONDAY: 180}


def test_days_of_a_week_are_one_sum() -> None:
    assert by_week({MONDAY: 1, SUNDAY: 2, date(2026, 11, 16): 4}) == {MONDAY: 3, date(2026, 11, 16): 4}


def test_what_others_could_take_is_nobody_s() -> None:
    programme = small(
        trainers={"ann": {"title": "Ann"}, "bob": {"title": "Bob"}},
        places={"room": {"title": "Room"}, "hall": {"title": "Hall"}},
        modules={
            "m": module(
                classes(1, id="ann", trainer="ann", place="room"),
                classes(1, id="both", trainer=["ann", "bob"], together=2, place="hall"),
                classes(1, id="either", trainer=["ann", "bob"], place=["room", "hall"]),
            )
        },
    )
    assert [(str(who), keys) for who, keys in people(programme, programme.enrolments)] == [
        ("trainer “Ann”", ("m.ann", "m.both")),
        ("trainer “Bob”", ("m.both",)),
        ("group “All”", ("m.ann", "m.both", "m.either")),
    ]
    starts = Starts({"m.ann": [span(9, 10)], "m.both": [span(9, 10)]})
    room = of_place(programme, starts, "room", at_once=3)
    assert (str(room.concerned), room.activities, room.weeks) == ("place “Room”", ("m.ann",), {MONDAY: 180})
