"""Charts as SVG files: the same lines give the same bytes.

A chart has one axis along and a panel for each axis up, one below the other. It has its own background, light or dark
as the reader has set it, and letters that can still be read where a phone shows it at three quarters of its width.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil, log
from textwrap import shorten
from typing import NamedTuple
from xml.sax.saxutils import escape

Point = tuple[float, float]

_ROUND = tuple(digit * 10**power for power in range(10) for digit in (1, 2, 5))
_FRACTIONS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
_MOST_STEPS = 5
_LONGEST = 60
"""Letters of a title."""

_WIDTH, _LEFT, _RIGHT = 480, 74, 456
"""The picture, and the left and right ends of its panels, in pixels."""

_LEGEND, _TITLE, _PLOT, _GAP, _FOOT = 34, 36, 160, 12, 50
"""The heights of what stands below each other: the legend; for each panel a title, a plot and a gap; the axis along."""

_STYLE = """\
  <style>
    text { font: 15px system-ui, sans-serif; fill: #1f2328; }
    .paper { fill: #ffffff; }
    .grid { stroke: #d8dee4; }
    .up { text-anchor: end; }
    .along { text-anchor: middle; }
    polyline { fill: none; stroke-width: 2.5; }
    .line-1 { stroke: #bc4c00; }
    .line-2 { stroke: #0969da; stroke-dasharray: 6 4; }
    circle.line-1 { fill: #bc4c00; }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3; }
      .paper { fill: #0d1117; }
      .grid { stroke: #30363d; }
      .line-1 { stroke: #f0883e; }
      .line-2 { stroke: #58a6ff; }
      circle.line-1 { fill: #f0883e; }
    }
  </style>
"""


class Axis(NamedTuple):
    """A title and the values that are written along the axis, at least two; above 0 where it is logarithmic."""

    title: str
    ticks: Sequence[float]
    is_log: bool = False

    def share(self, value: float) -> float:
        """Where a value stands between the first tick, 0, and the last, 1."""
        first, last, here = (log(each) if self.is_log else each for each in (self.ticks[0], self.ticks[-1], value))
        return (here - first) / (last - first)


class Line(NamedTuple):
    """A line through points, which may be marked by dots; lines of one name look alike in all panels."""

    name: str
    points: Sequence[Point]
    is_marked: bool = False


class Panel(NamedTuple):
    """Some lines and their axis up."""

    up: Axis
    lines: Sequence[Line]


def ticks(most: float) -> Sequence[int]:
    """Multiples of a round number from 0 to the first that is not below `most`: one step to five."""
    step = next(step for step in _ROUND if step * _MOST_STEPS >= most)
    return range(0, max(1, ceil(most / step)) * step + 1, step)


def log_ticks(least: float, most: float) -> Sequence[float]:
    """1, 2, 5, 10… from the last that is not above `least`, which is at least 0.01, to the first not below `most`."""
    numbers = _FRACTIONS + _ROUND
    first = bisect_right(numbers, least) - 1
    last = max(first + 1, bisect_left(numbers, most))
    return numbers[first : last + 1]


def steps(points: Sequence[Point]) -> Sequence[Point]:
    """The corners of a line whose height holds until the next point."""
    corners = [corner for (x, y), (then, _) in pairwise(points) for corner in ((x, y), (then, y))]
    return [*corners, points[-1]]


def chart(title: str, along: Axis, panels: Sequence[Panel]) -> str:
    """The picture; its title is read aloud and not seen. It tells two names of lines apart."""
    names = list(dict.fromkeys(line.name for panel in panels for line in panel.lines))
    bottom = _LEGEND + len(panels) * (_TITLE + _PLOT + _GAP) - _GAP
    height = bottom + _FOOT
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}"'
            f' viewBox="0 0 {_WIDTH} {height}" role="img">\n',
            f"  <title>{escape(title)}</title>\n",
            _STYLE,
            f'  <rect class="paper" width="{_WIDTH}" height="{height}"/>\n',
            *_legend(names),
            *(part for number, panel in enumerate(panels) for part in _panel(number, panel, along, names)),
            *(_text("along", _x(along, tick), bottom + 20, f"{tick:,}") for tick in along.ticks),
            _text("along", (_LEFT + _RIGHT) / 2, bottom + 41, along.title),
            "</svg>\n",
        )
    )


def _legend(names: Sequence[str]) -> Iterator[str]:
    for number, name in enumerate(names, 1):
        x = _LEFT + (number - 1) * (_RIGHT - _LEFT) / 2
        yield _polyline(number, [(x, 19), (x + 30, 19)])
        yield _text("name", x + 38, 24, name)


def _panel(number: int, panel: Panel, along: Axis, names: Sequence[str]) -> Iterator[str]:
    top = _LEGEND + number * (_TITLE + _PLOT + _GAP) + _TITLE
    yield _text("name", 8, top - 16, shorten(panel.up.title, _LONGEST, placeholder=" …"))
    for tick in panel.up.ticks:
        y = _y(panel.up, tick, top)
        yield _grid((_LEFT, y), (_RIGHT, y))
        yield _text("up", _LEFT - 8, y + 5, f"{tick:,}")
    for tick in along.ticks:
        yield _grid((_x(along, tick), top), (_x(along, tick), top + _PLOT))
    for line in panel.lines:
        look = names.index(line.name) + 1
        points = [(_x(along, x), _y(panel.up, y, top)) for x, y in line.points]
        yield _polyline(look, points)
        if line.is_marked:
            yield from (f'  <circle class="line-{look}" cx="{x:.1f}" cy="{y:.1f}" r="4"/>\n' for x, y in points)


def _x(along: Axis, value: float) -> float:
    return _LEFT + along.share(value) * (_RIGHT - _LEFT)


def _y(up: Axis, value: float, top: float) -> float:
    return top + (1 - up.share(value)) * _PLOT


def _text(look: str, x: float, y: float, text: str) -> str:
    return f'  <text class="{look}" x="{x:.1f}" y="{y:.1f}">{escape(text)}</text>\n'


def _grid(start: Point, end: Point) -> str:
    (x1, y1), (x2, y2) = start, end
    return f'  <line class="grid" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>\n'


def _polyline(look: int, points: Sequence[Point]) -> str:
    corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'  <polyline class="line-{look}" points="{corners}"/>\n'
