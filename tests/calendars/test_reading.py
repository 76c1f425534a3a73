"""A programme file from disk: what cannot be read, and each fault of its TOML, in their exact words."""

from datetime import date
from pathlib import Path

import pytest

from calendars.clock import Dates
from calendars.faults import FaultyInput
from calendars.programme_file import ProgrammeFile
from calendars.reading import read_tables, read_text

SMALL = """\
title = "Year"
dates = [2026-09-01, 2027-06-30]
opening_hours.monday = "09:00-17:00"
groups.all.title = "Everybody"
"""


def read(path: Path) -> ProgrammeFile:
    """The tables of a file."""
    return read_tables(read_text(path), path, ProgrammeFile)


def faults_of(tmp_path: Path, text: str | bytes, name: str = "year.toml") -> list[str]:
    """The faults of a file, without the folder that it lies in."""
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(FaultyInput) as refused:
        read(path)
    return [fault.words("en").removeprefix(f"{tmp_path}/") for fault in refused.value.faults]


def test_a_sound_file(tmp_path: Path) -> None:
    path = tmp_path / "year.toml"
    path.write_text(SMALL, "utf-8")
    file = read(path)
    assert file.dates == Dates(date(2026, 9, 1), date(2027, 6, 30))
    assert file.groups["all"].title == "Everybody"


def test_a_byte_order_mark_and_windows_lines_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "year.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    assert read(path).title == "Year"


class TestTheFile:
    def test_is_not_there(self, tmp_path: Path) -> None:
        path = tmp_path / "yaer.toml"
        with pytest.raises(FaultyInput) as refused:
            read(path)
        assert [fault.words("en") for fault in refused.value.faults] == [
            f"{path}: there is no such file; look at the spelling of its name and folder"
        ]

    def test_is_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(FaultyInput) as refused:
            read(tmp_path)
        assert str(refused.value) == f"{tmp_path}: this is a folder; name a .toml file in it"

    @pytest.mark.parametrize(
        ("error", "sentence"),
        [
            (PermissionError(), "this account may not read the file; ask its owner for the right to read it"),
            (OSError(5, "Input/output error"), "the file cannot be read: Input/output error; try a copy of it"),
        ],
    )
    def test_cannot_be_read(self, error: OSError, sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(_: Path) -> bytes:
            raise error

        monkeypatch.setattr(Path, "read_bytes", refuse)
        with pytest.raises(FaultyInput) as refused:
            read(Path("year.toml"))
        assert str(refused.value) == f"year.toml: {sentence}"

    def test_is_not_utf_8(self, tmp_path: Path) -> None:
        latin = 'title = "A"\n# été\n'.encode("latin-1")
        assert faults_of(tmp_path, latin) == ["year.toml:2: the file is not in UTF-8; save it in that encoding"]


LINE_GOES_ON = "the line goes on after the value; put text and hours in quotes, and write dates as 2026-09-14"
UNREADABLE = "the value cannot be read; put text and hours in quotes, and write dates as 2026-09-14"


class TestSyntax:
    @pytest.mark.parametrize(
        ("text", "fault"),
        [
            ("title =", f":1: {UNREADABLE}"),
            ("\nday = tuesday\n", f":2: {UNREADABLE}"),
            ("hours = 09:00-12:00", f":1: {LINE_GOES_ON}"),
            ("near = 2026-13-01", f":1: {LINE_GOES_ON}"),
            ("near 2026-11-02", ":1: a key is followed by = and its value; put = between them"),
            ("é = 1", ":1: a line is [a table] or key = value; begin it with the name of a key"),
            ("[modules.m\n", ":1: the table's name is not closed; end it with ] or ]], as it begins"),
            ("[[laws.weekly_load]\n", ":1: the table's name is not closed; end it with ] or ]], as it begins"),
            ("a = 1\ndates = [1,\n2\nb = 3\n", ":2: the list is not closed; end it with ]"),
            ("a = { b = 1", ":1: the braces are not closed; close them on the same line"),
            ("a = { b = 1,\n}", ":1: braces hold keys on one line, with no comma at the end; join it"),
            ("a = { b = 1, b = 2 }", ":1: a key stands twice in these braces; keep one of the two"),
            ('a = "b\n', ":1: the text is not closed; end it with a quotation mark on the same line"),
            ("\na = 'b", ":2: the text is not closed; end it with its quotation mark"),
            ('a = "b', ":1: the text is not closed; end it with its quotation mark"),
            ('\n\na = """b\n', ":3: the text is not closed; end it with its quotation mark"),
            ('a = "C:\\qa"', ":1: a backslash in a text is written twice; write \\\\"),
            (
                "a.'b' = '\x01'",
                ":1: this is not TOML (Found invalid character '\\x01'); look at the line and the one above",
            ),
        ],
    )
    def test_is_broken(self, text: str, fault: str, tmp_path: Path) -> None:
        assert faults_of(tmp_path, text) == [f"year.toml{fault}"]

    def test_two_tables_with_one_id(self, tmp_path: Path) -> None:
        text = '[trainers.scenario]\ntitle = "A"\n\n[trainers.scenario]\ntitle = "B"\n'
        assert faults_of(tmp_path, text) == [
            "year.toml:4, trainers.scenario: two trainers have the id scenario; give each its own"
        ]

    def test_a_table_twice(self, tmp_path: Path) -> None:
        text = '[opening_hours]\nmonday = "09:00-17:00"\n[opening_hours]\n'
        assert faults_of(tmp_path, text) == [
            "year.toml:3, opening_hours: opening_hours stands twice, first on line 1; keep one of the two"
        ]

    def test_one_table_and_a_list_of_tables(self, tmp_path: Path) -> None:
        text = "[[laws.weekly_load]]\nmost = 20\n[laws.weekly_load]\nmost = 25\n"
        assert faults_of(tmp_path, text) == [
            "year.toml:3, laws.weekly_load[0]: weekly_load stands twice, first on line 1; keep one of the two"
        ]

    def test_a_key_twice(self, tmp_path: Path) -> None:
        text = 'dates = [\n  2026-09-01,\n  2027-06-30,\n]\ntitle = "A"\ndates = [\n  2026-09-01,\n]\n'
        assert faults_of(tmp_path, text) == [
            "year.toml:6, dates: dates stands twice, first on line 1; keep one of the two"
        ]

    def test_a_table_under_a_value(self, tmp_path: Path) -> None:
        assert faults_of(tmp_path, "modules = {}\n[modules.m]\n") == [
            "year.toml:2, modules.m: two modules have the id m; give each its own"
        ]

    def test_a_key_under_a_value(self, tmp_path: Path) -> None:
        assert faults_of(tmp_path, "a.b = 1\na.b.c = 2\n") == [
            "year.toml:2, a.b.c: what c belongs to already has a value above; keep one of the two"
        ]
