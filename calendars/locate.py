"""Lines of a TOML text: where a key path stands, so that a fault can point at it."""

import re
from collections.abc import Iterator

from calendars.faults import Path

_KEY = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
_KEYS = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
_HEADER = re.compile(rf"\s*(?P<brackets>\[\[?)\s*(?P<keys>{_KEYS})\s*\]")
_ASSIGNMENT = re.compile(rf"\s*(?P<keys>{_KEYS})\s*=")
_TEXT_OR_COMMENT = re.compile(
    r'''"""(?:\\.|[^\\])*?""""*|\'\'\'.*?\'\'\'\'*|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|#[^\n]*''',
    re.DOTALL,
)
_SIGNS = str.maketrans("[]{}=", "     ")


def line_of(text: str, path: Path) -> int | None:
    """The line, from 1, on which a key path first stands, or the nearest thing around it that has a line."""
    lines: dict[Path, int] = {}
    for line, place in _places(text):
        for length in range(1, len(place) + 1):
            lines.setdefault(place[:length], line)
    around = (path[:length] for length in range(len(path), 0, -1))
    return next((lines[place] for place in around if place in lines), None)


def place_at(text: str, line: int) -> tuple[int, Path]:
    """The last table or key that begins on a line or above it, after the line on which it begins."""
    places = [(begun, place) for begun, place in _places(text) if begun <= line]
    return places[-1] if places else (line, ())


def _places(text: str) -> Iterator[tuple[int, Path]]:
    """Every table header and every key outside inline values, in order, with its line."""
    table: Path = ()
    last_of_array: dict[Path, int] = {}
    depth = 0
    for line, content in enumerate(_TEXT_OR_COMMENT.sub(_without_signs, text).split("\n"), start=1):
        if depth == 0 and (header := _HEADER.match(content)):
            table = _table(_keys(header["keys"]), header["brackets"] == "[[", last_of_array)
            yield line, table
            continue
        if depth == 0 and (assignment := _ASSIGNMENT.match(content)):
            yield line, table + _keys(assignment["keys"])
        depth += sum(content.count(sign) for sign in "[{") - sum(content.count(sign) for sign in "]}")


def _without_signs(found: re.Match[str]) -> str:
    """A text without the signs that structure a file; nothing of a comment."""
    return "" if found[0].startswith("#") else found[0].translate(_SIGNS)


def _keys(dotted_keys: str) -> tuple[str, ...]:
    return tuple(key.strip("\"'") for key in re.findall(_KEY, dotted_keys))


def _table(keys: tuple[str, ...], starts_element: bool, last_of_array: dict[Path, int]) -> Path:
    """The path of a header: each array of tables on the way stands for its last element so far."""
    path: Path = ()
    for n, key in enumerate(keys, start=1):
        path = (*path, key)
        if starts_element and n == len(keys):
            last_of_array[path] = last_of_array.get(path, -1) + 1
        if path in last_of_array:
            path = (*path, last_of_array[path])
    return path
