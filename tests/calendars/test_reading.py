"""Each fault of a file alone, in its exact words; then all at once."""

from datetime import date
from pathlib import Path
from typing import Annotated

import pytest
from pydantic import BeforeValidator, Field, field_validator, model_validator

from calendars.clock import Dates
from calendars.faults import FaultyInput, fault_error
from calendars.programme_file import Count, Hours, Minutes, ProgrammeFile, Table, TwoDates
from calendars.reading import read_file
from calendars.wording import say


class DistanceCap(Table):
    minutes_per_week: Minutes
    groups: tuple[str, ...] | None = None

    @field_validator("groups")
    @classmethod
    def _named_once(cls, groups: tuple[str, ...] | None) -> tuple[str, ...] | None:
        if groups and len(set(groups)) < len(groups):
            raise fault_error(say("the groups {groups} stand here; name each once", groups=groups))
        return groups


class WeeklyLoad(Table):
    least: Count = 1
    most: Annotated[int, Field(le=40)] = 40
    share: Annotated[float, Field(lt=1)] = 0.5
    lengths: tuple[Minutes, ...] = ()
    limit: int | tuple[int, ...] = 0

    @model_validator(mode="after")
    def _ordered(self) -> "WeeklyLoad":
        if self.least > self.most:
            raise ValueError("least is above most")
        return self


class Break(Table):
    hours: Hours
    dates: TwoDates


def listed(value: object) -> object:
    return [value] if isinstance(value, dict) else value


class Laws(Table):
    distance_cap: Annotated[tuple[DistanceCap, ...], BeforeValidator(listed)] = ()
    weekly_load: tuple[WeeklyLoad, ...] = ()
    breaks: Break | None = None


class Preferences(Table):
    even_load: Count = 1
    regular_slot: Count = 1


class File(ProgrammeFile):
    laws: Laws = Laws()
    preferences: Preferences = Preferences()


SMALL = """\
title = "Year"
dates = [2026-09-01, 2027-06-30]
opening_hours.monday = "09:00-17:00"
groups.all.title = "Everybody"
"""


def faults_of(tmp_path: Path, text: str | bytes, name: str = "year.toml") -> list[str]:
    """The faults of a file, without the folder that it lies in."""
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(FaultyInput) as refused:
        read_file(path, File)
    return [fault.words("en").removeprefix(f"{tmp_path}/") for fault in refused.value.faults]


def faults_after_small(tmp_path: Path, text: str) -> list[str]:
    """The faults of a few lines after four sound ones: the first of them is line 5."""
    return faults_of(tmp_path, SMALL + text)


def part(keys: str) -> str:
    """A sound module, lines 5 to 7, with one part of these keys from line 9 on."""
    return f'[modules.m]\ntitle = "M"\ngroup = "all"\n[[modules.m.parts]]\n{keys}\n'


def test_a_sound_file(tmp_path: Path) -> None:
    path = tmp_path / "year.toml"
    path.write_text(SMALL + "[[laws.weekly_load]]\nmost = 20\n", "utf-8")
    file = read_file(path, File)
    assert file.dates == Dates(date(2026, 9, 1), date(2027, 6, 30))
    assert file.groups["all"].title == "Everybody"
    assert file.laws.weekly_load == (WeeklyLoad(most=20),)


def test_a_byte_order_mark_and_windows_lines_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "year.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    assert read_file(path, File).title == "Year"


class TestTheFile:
    def test_is_not_there(self, tmp_path: Path) -> None:
        path = tmp_path / "yaer.toml"
        with pytest.raises(FaultyInput) as refused:
            read_file(path, File)
        assert [fault.words("en") for fault in refused.value.faults] == [
            f"{path}: there is no such file; look at the spelling of its name and folder"
        ]

    def test_is_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(FaultyInput) as refused:
            read_file(tmp_path, File)
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
            read_file(Path("year.toml"), File)
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


class TestKeys:
    def test_an_unknown_one_with_a_near_name(self, tmp_path: Path) -> None:
        assert faults_after_small(tmp_path, '[trainer.a]\ntitle = "A"\n') == [
            "year.toml:5, trainer: trainer is not known here; did you mean trainers?"
        ]

    def test_an_unknown_one_without_a_near_name(self, tmp_path: Path) -> None:
        assert faults_after_small(tmp_path, '[places.room]\ntitle = "R"\nseats = 20\n') == [
            "year.toml:7, places.room.seats: seats is not known here; choose from title, virtual and cannot"
        ]

    def test_an_unknown_one_in_lists_of_tables(self, tmp_path: Path) -> None:
        text = '[trainers.a]\ntitle = "A"\ncannot = [{ weekday = "monday" }, { weekdays = "monday" }]\n'
        assert faults_after_small(tmp_path, text) == [
            "year.toml:7, trainers.a.cannot[1].weekdays: weekdays is not known here; did you mean weekday?"
        ]

    def test_an_unknown_one_in_a_part(self, tmp_path: Path) -> None:
        text = part('kind = "virtual-class"\nsessions = 2\nminutes = 60\nsesions = 3')
        assert faults_after_small(tmp_path, text) == [
            "year.toml:12, modules.m.parts[0].sesions: sesions is not known here; did you mean sessions?"
        ]

    def test_an_unknown_law(self, tmp_path: Path) -> None:
        assert faults_after_small(tmp_path, "[laws.distance_caps]\n[laws.zzz]\n") == [
            "year.toml:5, laws.distance_caps: no law has that name yet; did you mean distance_cap?",
            "year.toml:6, laws.zzz: no law has that name yet; choose from distance_cap, weekly_load and breaks",
        ]

    def test_an_unknown_preference(self, tmp_path: Path) -> None:
        assert faults_after_small(tmp_path, "preferences.even_loads = 1\npreferences.votes = 1\n") == [
            "year.toml:5, preferences.even_loads: no preference has that name yet; did you mean even_load?",
            "year.toml:6, preferences.votes: no preference has that name yet; choose from even_load and regular_slot",
        ]

    def test_missing_ones(self, tmp_path: Path) -> None:
        assert faults_of(tmp_path, "[modules.m]\n[laws.distance_cap]\n[laws.breaks]\n") == [
            "year.toml, title: title is missing; it takes text in quotes",
            "year.toml, dates: dates is missing; it takes two dates without quotes such as [2026-09-14, 2026-12-18]",
            "year.toml, opening_hours: opening_hours is missing; it takes a table [opening_hours]",
            "year.toml, groups: groups is missing; it takes tables such as [groups.name]",
            "year.toml:1, modules.m.title: title is missing; it takes text in quotes",
            "year.toml:1, modules.m.group: group is missing; it takes text in quotes",
            "year.toml:1, modules.m.parts: parts is missing; it takes tables such as [[modules.m.parts]]",
            "year.toml:2, laws.distance_cap.minutes_per_week: "
            "minutes_per_week is missing; it takes whole minutes without quotes: one hour is 60",
            'year.toml:3, laws.breaks.hours: hours is missing; it takes hours in quotes such as "09:00-12:30"',
            "year.toml:3, laws.breaks.dates: "
            "dates is missing; it takes two dates without quotes such as [2026-09-14, 2026-12-18]",
        ]

    def test_a_bad_id(self, tmp_path: Path) -> None:
        text = '[groups."Été_1"]\ntitle = "E"\n[groups."&"]\ntitle = "&"\npart_of = "All"\n'
        assert faults_after_small(tmp_path, text) == [
            'year.toml:5, groups.Été_1: an id has small letters, digits and hyphens; write "ete-1"',
            'year.toml:7, groups.&: an id has small letters, digits and hyphens; write "module-1"',
            'year.toml:9, groups.&.part_of: an id has small letters, digits and hyphens; write "all"',
        ]


class TestLengths:
    @pytest.mark.parametrize(
        ("minutes", "sentence"),
        [
            ("50", "minutes is 50; lengths come in steps of 15: use 45 or 60"),
            ("601", "minutes is 601; lengths come in steps of 15: use 600"),
            ("1", "minutes is 1; lengths come in steps of 15: if 1 hour is meant, write 60"),
            ("2", "minutes is 2; lengths come in steps of 15: if 2 hours are meant, write 120"),
            ("10", "minutes is 10; lengths come in steps of 15: if 10 hours are meant, write 600"),
            ("11", "minutes is 11; lengths come in steps of 15: use 15"),
            ("-50", "minutes is -50; lengths come in steps of 15: use 15"),
            ("0", "minutes is 0; the least is 15"),
            ("615", "minutes is 615; the most is 600"),
            ('"1h"', 'minutes is "1h"; it takes whole minutes without quotes: one hour is 60'),
            ("1.5", "minutes is 1.5; it takes whole minutes without quotes: one hour is 60"),
        ],
    )
    def test_minutes_of_a_session(self, minutes: str, sentence: str, tmp_path: Path) -> None:
        text = part(f'kind = "virtual-class"\nsessions = 1\nminutes = {minutes}')
        assert faults_after_small(tmp_path, text) == [f"year.toml:11, modules.m.parts[0].minutes: {sentence}"]

    @pytest.mark.parametrize(
        ("hours", "sentence"),
        [
            ("0.3", "hours is 0.3; lengths come in steps of 0.25: use 0.25 or 0.5"),
            ("0", "hours is 0; give more than 0"),
            ("nan", "hours is refused: Input should be a finite number"),
            ('"6"', 'hours is "6"; it takes a number without quotes'),
        ],
    )
    def test_hours_of_work(self, hours: str, sentence: str, tmp_path: Path) -> None:
        text = part(f'kind = "distance-work"\nhours = {hours}')
        assert faults_after_small(tmp_path, text) == [f"year.toml:10, modules.m.parts[0].hours: {sentence}"]

    def test_steps_are_never_taken_for_hours(self, tmp_path: Path) -> None:
        assert faults_after_small(tmp_path, "starts_every_minutes = 10\n") == [
            "year.toml:5, starts_every_minutes: starts_every_minutes is 10; lengths come in steps of 15: use 15"
        ]

    def test_a_list_of_lengths(self, tmp_path: Path) -> None:
        assert faults_after_small(tmp_path, "[[laws.weekly_load]]\nlengths = [60, 50]\n") == [
            "year.toml:6, laws.weekly_load[0].lengths[1]: lengths[1] is 50; lengths come in steps of 15: use 45 or 60"
        ]


class TestValues:
    @pytest.mark.parametrize(
        ("line", "key", "sentence"),
        [
            ("places = 3", "places", "places is 3; it takes tables such as [places.name]"),
            ("places.r = 3", "places.r", "r is 3; it takes a table [places.r]"),
            ("days_off = []", "days_off", "days_off is a list; it takes a table [days_off]"),
            (
                "laws.weekly_load = {}",
                "laws.weekly_load",
                "weekly_load is a table; it takes tables such as [[laws.weekly_load]]",
            ),
            (
                "days_off.school_zones = 'B'",
                "days_off.school_zones",
                'school_zones is "B"; it takes a list in square brackets',
            ),
            ("days_off.country = true", "days_off.country", "country is true; it takes text in quotes"),
            (
                "groups.b = { title = 'B', size = '20' }",
                "groups.b.size",
                'size is "20"; it takes a whole number without quotes',
            ),
            ("groups.b = { title = 'B', size = 0 }", "groups.b.size", "size is 0; the least is 1"),
            (
                "places.r = { title = 'R', virtual = 'oui' }",
                "places.r.virtual",
                'virtual is "oui"; it takes true or false',
            ),
            (
                "phases.p = { title = 'P', dates = 2026-11-02 }",
                "phases.p.dates",
                "dates is 2026-11-02; it takes two dates without quotes such as [2026-09-14, 2026-12-18]",
            ),
            (
                "phases.p = { title = 'P', dates = [2026-11-03, 2026-11-02] }",
                "phases.p.dates",
                "the dates end on Monday 2 November 2026 but start on Tuesday 3 November 2026; "
                "put the earlier one first",
            ),
            (
                "opening_hours.friday = '9-12'",
                "opening_hours.friday",
                'friday is "9-12"; it takes hours in quotes such as "09:00-12:30"',
            ),
            (
                "opening_hours.friday = '12:00-09:00'",
                "opening_hours.friday",
                'friday is "12:00-09:00"; hours end after they start, at 24:00 at the latest',
            ),
            (
                "opening_hours.friday = '20:00-24:30'",
                "opening_hours.friday",
                'friday is "20:00-24:30"; hours end after they start, at 24:00 at the latest',
            ),
            (
                "time_zone = 'Europe/Pariss'",
                "time_zone",
                'time_zone is "Europe/Pariss", which is no time zone; write a name such as Europe/Paris',
            ),
            (
                "time_zone = '?'",
                "time_zone",
                'time_zone is "?", which is no time zone; write a name such as Europe/Paris',
            ),
            ("language = 'english'", "language", 'language is "english"; it takes one of these words: fr and en'),
            (
                "working_week = ['monday', 'Thursday']",
                "working_week[1]",
                'working_week[1] is "Thursday"; it takes one of these words: thursday, monday, '
                "tuesday, wednesday, friday, saturday and sunday",
            ),
            (
                "electives.e = { title = 'E', choose = 1, groups = ['all'] }",
                "electives.e.groups",
                "groups has 1 and needs at least 2; add to it",
            ),
            (
                "modules.m = { title = 'M', group = 'all', parts = [] }",
                "modules.m.parts",
                "parts has 0 and needs at least 1; add to it",
            ),
            (
                "modules.m = { title = 'M', group = 'all', parts = [3] }",
                "modules.m.parts[0]",
                "parts[0] is 3; it takes a table in braces",
            ),
            (
                "milestones.m = { title = 'M', group = 'all', "
                "near = 2026-11-02T08:00:00, dates = [2026-11-02, 2026-11-03] }",
                "milestones.m.near",
                "near is 2026-11-02T08:00:00; it takes a date without quotes such as 2026-09-14",
            ),
            ("laws.weekly_load = [{ most = 41 }]", "laws.weekly_load[0].most", "most is 41; the most is 40"),
            (
                "laws.weekly_load = [{ share = 1.5 }]",
                "laws.weekly_load[0].share",
                "share is refused: Input should be less than 1",
            ),
            (
                "laws.weekly_load = [{ limit = 'x' }]",
                "laws.weekly_load[0].limit",
                'limit is "x"; it takes another form of value',
            ),
            (
                "laws.weekly_load = [{}, { least = 30, most = 20 }]",
                "laws.weekly_load[1]",
                "weekly_load[1] is refused: least is above most",
            ),
            (
                "laws.distance_cap = { minutes_per_week = 120, groups = ['a', 'a'] }",
                "laws.distance_cap.groups",
                "the groups a and a stand here; name each once",
            ),
        ],
    )
    def test_is_wrong(self, line: str, key: str, sentence: str, tmp_path: Path) -> None:
        assert faults_after_small(tmp_path, line) == [f"year.toml:5, {key}: {sentence}"]

    def test_in_a_law_that_is_declared_once_or_more(self, tmp_path: Path) -> None:
        once = "[laws.distance_cap]\nminutes_per_week = 50\n"
        assert faults_after_small(tmp_path, once) == [
            "year.toml:6, laws.distance_cap.minutes_per_week: "
            "minutes_per_week is 50; lengths come in steps of 15: use 45 or 60"
        ]
        twice = "[[laws.distance_cap]]\nminutes_per_week = 60\n" + once.replace(
            "[laws.distance_cap]", "[[laws.distance_cap]]"
        )
        assert faults_after_small(tmp_path, twice) == [
            "year.toml:8, laws.distance_cap[1].minutes_per_week: "
            "minutes_per_week is 50; lengths come in steps of 15: use 45 or 60"
        ]

    def test_a_part_of_an_unknown_kind(self, tmp_path: Path) -> None:
        assert faults_after_small(tmp_path, part('kind = "exams"\nsessions = 1')) == [
            'year.toml:9, modules.m.parts[0].kind: kind is "exams"; it takes one of these words: '
            "exam, virtual-class, course, defence, meeting and distance-work"
        ]

    def test_a_part_without_kind(self, tmp_path: Path) -> None:
        assert faults_after_small(tmp_path, part("hours = 3")) == [
            "year.toml:8, modules.m.parts[0].kind: kind is missing; it takes one of these words: "
            "virtual-class, course, exam, defence, meeting and distance-work"
        ]

    def test_a_part_with_a_fault_does_not_make_the_module_empty(self, tmp_path: Path) -> None:
        assert faults_after_small(tmp_path, part('kind = "distance-work"')) == [
            "year.toml:8, modules.m.parts[0].hours: hours is missing; it takes a number without quotes"
        ]

    def test_no_group(self, tmp_path: Path) -> None:
        text = SMALL.replace('groups.all.title = "Everybody"', "[groups]")
        assert faults_of(tmp_path, text) == ["year.toml:4, groups: groups has 0 and needs at least 1; add to it"]


TEN_FAULTS = """\
titel = "Year"
dates = [2027-06-30, 2026-09-01]
time_zone = "Europe/Lile"

[opening_hours]
monday = "9h-17h"

[groups.M2]
title = "Master 2"

[modules.scenario]
title = "Scenario design"
group = "m2"

[[modules.scenario.parts]]
kind = "virtual-class"
sessions = 10
minutes = 50

[[modules.scenario.parts]]
kind = "distance-works"
hours = 6

[[modules.scenario.parts]]
kind = "distance-work"
hours = "6"

[laws.distance_capp]
minutes_per_week = 120
"""


def test_ten_faults_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    assert faults_of(tmp_path, TEN_FAULTS) == [
        "year.toml, title: title is missing; it takes text in quotes",
        "year.toml:1, titel: titel is not known here; did you mean title?",
        "year.toml:2, dates: the dates end on Tuesday 1 September 2026 but start on Wednesday 30 June 2027; "
        "put the earlier one first",
        'year.toml:3, time_zone: time_zone is "Europe/Lile", which is no time zone; write a name such as Europe/Paris',
        'year.toml:6, opening_hours.monday: monday is "9h-17h"; it takes hours in quotes such as "09:00-12:30"',
        'year.toml:8, groups.M2: an id has small letters, digits and hyphens; write "m2"',
        "year.toml:18, modules.scenario.parts[0].minutes: minutes is 50; lengths come in steps of 15: use 45 or 60",
        'year.toml:21, modules.scenario.parts[1].kind: kind is "distance-works"; it takes one of these words: '
        "distance-work, virtual-class, course, exam, defence and meeting",
        'year.toml:26, modules.scenario.parts[2].hours: hours is "6"; it takes a number without quotes',
        "year.toml:28, laws.distance_capp: no law has that name yet; did you mean distance_cap?",
    ]
