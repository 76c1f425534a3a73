"""When a place is not available: any of some spans, to the minute."""

from calendars.clock import Span
from calendars.closed import Closed

CLOSED = Closed([Span(100, 200), Span(150, 260), Span(400, 500)])


def test_a_minute_is_enough() -> None:
    assert CLOSED.meets_any((Span(0, 50), Span(259, 300)))
    assert CLOSED.meets_any((Span(90, 101),))
    assert CLOSED.meets_any((Span(0, 1000),))


def test_what_only_touches_meets_nothing() -> None:
    spans = (Span(0, 100), Span(260, 400), Span(500, 600))
    assert not CLOSED.meets_any(spans)
    assert not CLOSED.meets_any(spans)


def test_no_times_and_no_spans_meet_nothing() -> None:
    assert not Closed([]).meets_any((Span(0, 1000),))
    assert not CLOSED.meets_any(())
