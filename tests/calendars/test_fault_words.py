"""Each fault of the tables of a file alone, in its exact words; then all at once."""

from pathlib import Path
from typing import Annotated

import pytest
from pydantic import BeforeValidator, Field, field_validator, model_validator

from calendars.faults import FaultyInput, fault_error
from calendars.programme_file import Count, Hours, Minutes, ProgrammeFile, Table, TwoDates
from calendars.reading import read_tables
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


def faults_of(text: str) -> list[str]:
    """The faults of the text of a file."""
    with pytest.raises(FaultyInput) as refused:
        read_tables(text, Path("year.toml"), File)
    return [fault.words("en") for fault in refused.value.faults]


def faults_after_small(text: str) -> list[str]:
    """The faults of a few lines after four sound ones: the first of them is line 5."""
    return faults_of(SMALL + text)


def part(keys: str) -> str:
    """A sound module, lines 5 to 7, with one part of these keys from line 9 on."""
    return f'[modules.m]\ntitle = "M"\ngroup = "all"\n[[modules.m.parts]]\n{keys}\n'


def test_sound_tables() -> None:
    file = read_tables(SMALL + "[[laws.weekly_load]]\nmost = 20\n", Path("year.toml"), File)
    assert file.groups["all"].title == "Everybody"
    assert file.laws.weekly_load == (WeeklyLoad(most=20),)


class TestKeys:
    def test_an_unknown_one_with_a_near_name(self) -> None:
        assert faults_after_small('[trainer.a]\ntitle = "A"\n') == [
            "year.toml:5, trainer: trainer is not known here; did you mean trainers?"
        ]

    def test_an_unknown_one_without_a_near_name(self) -> None:
        assert faults_after_small('[places.room]\ntitle = "R"\nbeds = 20\n') == [
            "year.toml:7, places.room.beds: beds is not known here; choose from title, virtual, seats, "
            "sessions_at_once and cannot"
        ]

    def test_an_unknown_one_in_lists_of_tables(self) -> None:
        text = '[trainers.a]\ntitle = "A"\ncannot = [{ weekday = "monday" }, { weekdays = "monday" }]\n'
        assert faults_after_small(text) == [
            "year.toml:7, trainers.a.cannot[1].weekdays: weekdays is not known here; did you mean weekday?"
        ]

    def test_an_unknown_one_in_a_part(self) -> None:
        text = part('kind = "virtual-class"\nsessions = 2\nminutes = 60\nsesions = 3')
        assert faults_after_small(text) == [
            "year.toml:12, modules.m.parts[0].sesions: sesions is not known here; did you mean sessions?"
        ]

    def test_an_unknown_law(self) -> None:
        assert faults_after_small("[laws.distance_caps]\n[laws.zzz]\n") == [
            "year.toml:5, laws.distance_caps: no law has that name yet; did you mean distance_cap?",
            "year.toml:6, laws.zzz: no law has that name yet; choose from distance_cap, weekly_load and breaks",
        ]

    def test_an_unknown_preference(self) -> None:
        assert faults_after_small("preferences.even_loads = 1\npreferences.votes = 1\n") == [
            "year.toml:5, preferences.even_loads: no preference has that name yet; did you mean even_load?",
            "year.toml:6, preferences.votes: no preference has that name yet; choose from even_load and regular_slot",
        ]

    def test_missing_ones(self) -> None:
        assert faults_of("[modules.m]\n[laws.distance_cap]\n[laws.breaks]\n") == [
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

    def test_a_bad_id(self) -> None:
        text = '[groups."Été_1"]\ntitle = "E"\n[groups."&"]\ntitle = "&"\npart_of = "All"\n'
        assert faults_after_small(text) == [
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
    def test_minutes_of_a_session(self, minutes: str, sentence: str) -> None:
        text = part(f'kind = "virtual-class"\nsessions = 1\nminutes = {minutes}')
        assert faults_after_small(text) == [f"year.toml:11, modules.m.parts[0].minutes: {sentence}"]

    @pytest.mark.parametrize(
        ("hours", "sentence"),
        [
            ("0.3", "hours is 0.3; lengths come in steps of 0.25: use 0.25 or 0.5"),
            ("0", "hours is 0; give more than 0"),
            ("nan", "hours is nan; it takes a number without quotes"),
            ('"6"', 'hours is "6"; it takes a number without quotes'),
        ],
    )
    def test_hours_of_work(self, hours: str, sentence: str) -> None:
        text = part(f'kind = "distance-work"\nhours = {hours}')
        assert faults_after_small(text) == [f"year.toml:10, modules.m.parts[0].hours: {sentence}"]

    def test_steps_are_never_taken_for_hours(self) -> None:
        assert faults_after_small("starts_every_minutes = 10\n") == [
            "year.toml:5, starts_every_minutes: starts_every_minutes is 10; lengths come in steps of 15: use 15"
        ]

    def test_a_list_of_lengths(self) -> None:
        assert faults_after_small("[[laws.weekly_load]]\nlengths = [60, 50]\n") == [
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
    def test_is_wrong(self, line: str, key: str, sentence: str) -> None:
        assert faults_after_small(line) == [f"year.toml:5, {key}: {sentence}"]

    def test_in_a_law_that_is_declared_once_or_more(self) -> None:
        once = "[laws.distance_cap]\nminutes_per_week = 50\n"
        assert faults_after_small(once) == [
            "year.toml:6, laws.distance_cap.minutes_per_week: "
            "minutes_per_week is 50; lengths come in steps of 15: use 45 or 60"
        ]
        twice = "[[laws.distance_cap]]\nminutes_per_week = 60\n" + once.replace(
            "[laws.distance_cap]", "[[laws.distance_cap]]"
        )
        assert faults_after_small(twice) == [
            "year.toml:8, laws.distance_cap[1].minutes_per_week: "
            "minutes_per_week is 50; lengths come in steps of 15: use 45 or 60"
        ]

    def test_a_part_of_an_unknown_kind(self) -> None:
        assert faults_after_small(part('kind = "exams"\nsessions = 1')) == [
            'year.toml:9, modules.m.parts[0].kind: kind is "exams"; it takes one of these words: '
            "exam, virtual-class, course, defence, meeting and distance-work"
        ]

    def test_a_part_without_kind(self) -> None:
        assert faults_after_small(part("hours = 3")) == [
            "year.toml:8, modules.m.parts[0].kind: kind is missing; it takes one of these words: "
            "virtual-class, course, exam, defence, meeting and distance-work"
        ]

    def test_a_part_with_a_fault_does_not_make_the_module_empty(self) -> None:
        assert faults_after_small(part('kind = "distance-work"')) == [
            "year.toml:8, modules.m.parts[0].hours: hours is missing; it takes a number without quotes"
        ]

    def test_no_group(self) -> None:
        text = SMALL.replace('groups.all.title = "Everybody"', "[groups]")
        assert faults_of(text) == ["year.toml:4, groups: groups has 0 and needs at least 1; add to it"]


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


def test_ten_faults_at_once_in_the_order_of_the_file() -> None:
    assert faults_of(TEN_FAULTS) == [
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
