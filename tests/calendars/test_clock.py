"""Wall time in whole minutes: spans end before their end, dates hold their last day, Mondays name weeks."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendars.clock import (
    DAY,
    Dates,
    Span,
    dates_of,
    day_of,
    days_span,
    last_of_months,
    minute_at,
    minute_of,
    moment_of,
    monday_of,
    start_of,
    week_dates,
)

TUESDAY = date(2026, 11, 10)
MONDAY = date(2026, 11, 9)


def span(start: str, end: str) -> Span:
    """From one wall time to another."""
    return Span(minute_of(datetime.fromisoformat(start)), minute_of(datetime.fromisoformat(end)))


MORNING = span("2026-11-10 09:00", "2026-11-10 12:00")


class TestMinutes:
    def test_days_are_counted_from_the_first_of_the_gregorian_calendar(self) -> None:
        assert start_of(date(1, 1, 1)) == DAY
        assert start_of(date(1, 1, 2)) == 2 * DAY

    def test_a_wall_time_on_a_day(self) -> None:
        # 14 × 60 + 30 = 870
        assert minute_at(TUESDAY, time(14, 30)) == start_of(TUESDAY) + 870
        assert minute_of(datetime(2026, 11, 10, 14, 30)) == start_of(TUESDAY) + 870

    def test_seconds_are_dropped(self) -> None:
        assert minute_of(datetime(2026, 11, 10, 14, 30, 59)) == start_of(TUESDAY) + 870

    def test_a_day_begins_at_midnight_and_ends_before_the_next(self) -> None:
        first = start_of(TUESDAY)
        assert [day_of(minute).day for minute in (first - 1, first, first + DAY - 1, first + DAY)] == [9, 10, 10, 11]

    @pytest.mark.parametrize("day", [date(2027, 3, 28), date(2026, 10, 25), date(2028, 2, 29)])
    def test_every_day_has_1440_minutes_also_where_the_clock_changes(self, day: date) -> None:
        assert start_of(day + timedelta(days=1)) - start_of(day) == 1440

    @given(st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2100, 1, 1)))
    def test_a_minute_and_its_wall_time_are_one(self, moment: datetime) -> None:
        whole = moment.replace(second=0, microsecond=0)
        assert moment_of(minute_of(moment)) == whole


class TestSpans:
    def test_its_length_day_and_week(self) -> None:
        assert (MORNING.minutes, MORNING.day, MORNING.week) == (180, TUESDAY, MONDAY)

    @pytest.mark.parametrize(
        ("start", "end", "overlaps"),
        [
            ("08:00", "09:00", False),
            ("08:00", "09:01", True),
            ("10:00", "11:00", True),
            ("08:00", "13:00", True),
            ("11:59", "13:00", True),
            ("12:00", "13:00", False),
        ],
    )
    def test_overlap_needs_a_minute_in_common(self, start: str, end: str, overlaps: bool) -> None:
        other = span(f"2026-11-10 {start}", f"2026-11-10 {end}")
        assert (MORNING.overlaps(other), other.overlaps(MORNING)) == (overlaps, overlaps)

    @pytest.mark.parametrize(
        ("start", "end", "contained"),
        [("09:00", "12:00", True), ("10:00", "11:00", True), ("08:59", "11:00", False), ("10:00", "12:01", False)],
    )
    def test_a_span_contains_what_lies_wholly_in_it(self, start: str, end: str, contained: bool) -> None:
        assert MORNING.contains(span(f"2026-11-10 {start}", f"2026-11-10 {end}")) is contained

    def test_over_midnight_it_belongs_to_the_day_and_week_in_which_it_starts(self) -> None:
        sunday_night = span("2026-11-15 23:00", "2026-11-16 01:00")
        assert (sunday_night.minutes, sunday_night.day, sunday_night.week) == (120, date(2026, 11, 15), MONDAY)
        assert dates_of(sunday_night) == Dates(date(2026, 11, 15), date(2026, 11, 16))

    def test_up_to_midnight_it_has_no_minute_of_the_next_day(self) -> None:
        assert dates_of(span("2026-11-10 22:00", "2026-11-11 00:00")) == Dates(TUESDAY, TUESDAY)


class TestDates:
    def test_both_ends_are_included(self) -> None:
        dates = Dates(MONDAY, date(2026, 11, 11))
        assert list(dates.days()) == [date(2026, 11, 9), date(2026, 11, 10), date(2026, 11, 11)]
        around = Dates(date(2026, 11, 8), date(2026, 11, 12)).days()
        assert [day.day for day in around if day in dates] == [9, 10, 11]

    def test_one_day_is_a_run_too(self) -> None:
        assert list(Dates(MONDAY, MONDAY).days()) == [MONDAY]

    def test_what_is_no_date_is_in_no_dates(self) -> None:
        assert "2026-11-09" not in Dates(MONDAY, TUESDAY)

    def test_the_weeks_that_have_a_day_in_them(self) -> None:
        from_sunday_to_monday = Dates(date(2026, 11, 8), date(2026, 11, 16))
        assert list(from_sunday_to_monday.weeks()) == [date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16)]

    def test_the_days_in_both(self) -> None:
        early, late = Dates(date(2026, 11, 2), TUESDAY), Dates(MONDAY, date(2026, 11, 20))
        assert early.meet(late) == late.meet(early) == Dates(MONDAY, TUESDAY)

    def test_dates_apart_meet_on_no_day(self) -> None:
        none = Dates(MONDAY, MONDAY).meet(Dates(TUESDAY, TUESDAY))
        assert none == Dates(TUESDAY, MONDAY)
        assert (list(none.days()), list(none.weeks())) == ([], [MONDAY])

    def test_all_their_minutes(self) -> None:
        assert days_span(Dates(MONDAY, TUESDAY)) == Span(start_of(MONDAY), start_of(MONDAY) + 2 * DAY)

    @given(st.dates(date(1970, 1, 1), date(2100, 1, 1)), st.integers(0, 400))
    def test_the_days_of_their_minutes_are_themselves(self, first: date, more: int) -> None:
        dates = Dates(first, first + timedelta(days=more))
        assert dates_of(days_span(dates)) == dates


class TestWeeks:
    def test_a_week_runs_from_monday_to_sunday(self) -> None:
        assert week_dates(MONDAY) == Dates(MONDAY, date(2026, 11, 15))
        assert {monday_of(day) for day in week_dates(MONDAY).days()} == {MONDAY}

    def test_iso_week_53_is_one_week_over_the_new_year(self) -> None:
        monday = date(2026, 12, 28)
        week = Dates(monday, date(2027, 1, 3))
        assert [day.isocalendar()[:2] for day in week.days()] == [(2026, 53)] * 7
        assert week_dates(monday) == week
        assert list(week.weeks()) == [monday]
        assert monday_of(date(2027, 1, 4)) == date(2027, 1, 4)


class TestMonths:
    @pytest.mark.parametrize(
        ("first", "months", "last"),
        [
            (date(2027, 2, 1), 3, date(2027, 4, 30)),
            (date(2026, 11, 1), 1, date(2026, 11, 30)),
            (date(2026, 11, 10), 1, date(2026, 12, 9)),
            (date(2026, 11, 10), 2, date(2027, 1, 9)),
            (date(2026, 12, 1), 12, date(2027, 11, 30)),
            (date(2027, 3, 31), 1, date(2027, 4, 30)),
        ],
    )
    def test_they_end_on_the_day_before_that_of_the_same_number(self, first: date, months: int, last: date) -> None:
        assert last_of_months(first, months) == last

    def test_they_end_with_a_month_that_has_no_such_day(self) -> None:
        """From the end of January a month ends on the last day of February, which 2028 has one more of."""
        ends = [last_of_months(date(2027, 1, day), 1).day for day in (27, 28, 29, 30, 31)]
        assert ends == [26, 27, 28, 28, 28]
        leap_ends = [last_of_months(date(2028, 1, day), 1).day for day in (28, 29, 30, 31)]
        assert leap_ends == [27, 28, 29, 29]
