"""When a place is not available, for the many ways to meet that may be in it."""

from bisect import bisect_left
from collections.abc import Iterable
from operator import attrgetter

from calendars.clock import Span, merged


class Closed:
    """The times in which a place is not available."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = merged(spans)
        self._known: dict[int, tuple[tuple[Span, ...], bool]] = {}

    def meets_any(self, spans: tuple[Span, ...]) -> bool:
        """Whether a minute of some spans, which parts alike share, lies in one of these times."""
        if id(spans) not in self._known:
            self._known[id(spans)] = spans, any(map(self._meets, spans))
        return self._known[id(spans)][1]

    def _meets(self, span: Span) -> bool:
        after = bisect_left(self._spans, span.end, key=attrgetter("start"))
        return after > 0 and self._spans[after - 1].end > span.start
