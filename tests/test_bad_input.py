"""Bad input, each with the message that a person gets: in English to the letter, in French without any English."""

import json
import sys
from pathlib import Path

import pytest

import cli
from calendars.wording import LANGUAGES
from programmes import SMALL, Run, changed, files_of, plain, semainier, write


class Door:
    """The command in this process, in a folder with a sound calendar that must stay as it is."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.capsys = capsys
        self.monkeypatch = monkeypatch
        monkeypatch.setenv("LANGUAGE", "")
        monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def run(self, *words: object) -> Run:
        """Runs the command to its end."""
        self.monkeypatch.setattr(sys, "argv", ["semainier", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = self.capsys.readouterr()
        return Run(int(ended.value.code or 0), said.out, said.err)

    def refused(self, *words: object) -> list[str]:
        """What the command says in English of bad input, having written nothing; in French it says as much."""
        before = files_of(self.folder)
        english, french = (self.run(*words, "--lang", language) for language in ("en", "fr"))
        assert (english.code, english.out) == (french.code, french.out) == (2, "")
        assert files_of(self.folder) == before
        ours = [line.replace(f"{self.folder}/", "") for line in english.errors]
        theirs = [line.replace(f"{self.folder}/", "") for line in french.errors]
        assert len(ours) == len(theirs)
        assert [line for line in theirs if line in ours] == []
        assert [line for line in theirs if english_left(line)] == []
        return ours

    def solving(self, text: str) -> list[str]:
        """What is refused in a programme, with an earlier year in the folder that it would write to."""
        (self.folder / "out").mkdir()
        (self.folder / "out" / "calendar.json").write_text("as it was", "utf-8")
        return self.refused("solve", write(self.folder, text), "-o", self.folder / "out")


ENGLISH = {"and", "are", "be", "but", "cannot", "file", "from", "has", "is", "it", "its", "needs", "no", "not", "of"}
ENGLISH |= {"or", "should", "such", "the", "there", "this", "to", "with", "write"}
"""Words that English messages are full of and French ones never have."""


def english_left(line: str) -> set[str]:
    """The English words of a French line."""
    return {word.strip(".,;:«»()'\"’“”") for word in line.lower().split()} & ENGLISH


@pytest.fixture
def door(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Door:
    return Door(tmp_path, capsys, monkeypatch)


def line_of(text: str, sentence: str) -> int:
    """The line on which something stands."""
    return text[: text.index(sentence)].count("\n") + 1


class TestTheProgrammeFile:
    def test_is_not_there(self, door: Door) -> None:
        assert door.refused("solve", door.folder / "smal.toml") == [
            "smal.toml: there is no such file; look at the spelling of its name and folder"
        ]

    def test_is_malformed(self, door: Door) -> None:
        text = changed('title = "Ann"', "title = Ann")
        line = line_of(text, "title = Ann")
        assert door.solving(text) == [
            f"small.toml:{line}: the value cannot be read; put text and hours in quotes, and write dates as 2026-09-14"
        ]

    def test_is_cut_off(self, door: Door) -> None:
        text = SMALL[: SMALL.index(' weekday = "tuesday"')]
        line = line_of(text, "prefers")
        assert door.solving(text) == [
            f"small.toml:{line}: braces hold keys on one line, with no comma at the end; join it"
        ]

    def test_has_an_unknown_key(self, door: Door) -> None:
        text = changed("sessions = 3", "sesions = 3")
        assert door.solving(text) == [
            f"small.toml:{line_of(text, '[[modules.design.parts]]')}, modules.design.parts[0].sessions: "
            "sessions is missing; it takes a whole number without quotes",
            f"small.toml:{line_of(text, 'sesions')}, modules.design.parts[0].sesions: "
            "sesions is not known here; did you mean sessions?",
        ]

    def test_has_hours_where_minutes_are_meant(self, door: Door) -> None:
        text = changed("\nminutes = 60", "\nminutes = 1")
        assert door.solving(text) == [
            f"small.toml:{line_of(text, 'minutes = 1')}, modules.design.parts[0].minutes: "
            "minutes is 1; lengths come in steps of 15: if 1 hour is meant, write 60"
        ]

    def test_has_a_unit_in_words(self, door: Door) -> None:
        text = changed("\nminutes = 60", '\nminutes = "1 h"')
        assert door.solving(text) == [
            f"small.toml:{line_of(text, 'sessions =') + 1}, modules.design.parts[0].minutes: "
            'minutes is "1 h"; it takes whole minutes without quotes: one hour is 60'
        ]

    def test_ends_before_it_starts(self, door: Door) -> None:
        assert door.solving(changed("[2026-11-09, 2026-11-20]", "[2026-11-20, 2026-11-09]")) == [
            "small.toml:3, dates: the dates end on Monday 9 November 2026 but start on Friday 20 November 2026; "
            "put the earlier one first"
        ]

    def test_has_hours_that_end_before_they_start(self, door: Door) -> None:
        assert door.solving(changed('monday = "09:00-12:00"', 'monday = "12:00-09:00"')) == [
            'small.toml:7, opening_hours.monday: monday is "12:00-09:00"; hours end after they start, '
            "at 24:00 at the latest"
        ]

    def test_has_two_trainers_with_one_id(self, door: Door) -> None:
        text = changed("[modules.design]", '[trainers.ann]\ntitle = "Another Ann"\n\n[modules.design]')
        second = line_of(text, '[trainers.ann]\ntitle = "Another')
        assert door.solving(text) == [
            f"small.toml:{second}, trainers.ann: two trainers have the id ann; give each its own"
        ]

    def test_has_a_session_longer_than_any_opening(self, door: Door) -> None:
        text = changed("\nminutes = 60", "\nminutes = 240")
        assert door.solving(text) == [
            f"small.toml:{line_of(text, 'minutes = 240')}, modules.design.parts[0].minutes: "
            "a session lasts 4 h, but the longest opening without a break is 3 h; shorten the sessions, or open longer"
        ]

    def test_falls_into_a_year_without_school_data(self, door: Door) -> None:
        text = changed("[groups.all]", '[days_off]\nschool_zones = ["Corse"]\n\n[groups.all]')
        later = changed("[2026-11-09, 2026-11-20]", "[2031-11-10, 2031-11-21]", text)
        assert door.solving(later) == [
            f"small.toml:{line_of(text, 'school_zones')}, days_off.school_zones: The holidays of the school zone Corse "
            "are not known for the school year 2031-2032: type them in [[days_off.school_periods]] with their source, "
            "or waive them in [[days_off.waived]] with a reason."
        ]

    def test_names_a_law_that_does_not_exist(self, door: Door) -> None:
        assert door.solving(changed("[laws.days_off]", "[laws.day_off]")) == [
            f"small.toml:{line_of(SMALL, '[laws.days_off]')}, laws.day_off: "
            "no law has that name yet; did you mean days_off?"
        ]

    def test_names_a_group_that_a_law_does_not_know(self, door: Door) -> None:
        text = SMALL + '\n[laws.open_days]\ngroup = "everybody"\ndays_per_week = 2\n'
        assert door.solving(text) == [
            f"small.toml:{line_of(text, '[laws.open_days]')}, laws.open_days: "
            "the programme has no group everybody; choose from all"
        ]

    def test_has_several_faults_which_are_all_told_in_order_of_line(self, door: Door) -> None:
        text = changed("sessions = 3", 'sessions = "three"')
        text = changed("\nminutes = 60", "\nminutes = 50", text)
        text = changed("starts_every_minutes = 60", "starts_every_minutes = 20", text)
        text = changed("[preferences.regular_slot]", "[preferences.regular]", text)
        assert door.solving(text) == [
            "small.toml:4, starts_every_minutes: starts_every_minutes is 20; lengths come in steps of 15: use 15 or 30",
            f"small.toml:{line_of(text, 'sessions =')}, modules.design.parts[0].sessions: "
            'sessions is "three"; it takes a whole number without quotes',
            f"small.toml:{line_of(text, 'minutes = 50')}, modules.design.parts[0].minutes: "
            "minutes is 50; lengths come in steps of 15: use 45 or 60",
            f"small.toml:{line_of(text, '[preferences.regular]')}, preferences.regular: "
            "no preference has that name yet; did you mean regular_slot?",
        ]

    def test_names_several_things_that_are_not_there(self, door: Door) -> None:
        text = changed('group = "all"\ntrainer = "ann"', 'group = "al"\ntrainer = "anne"')
        assert door.solving(text) == [
            f"small.toml:{line_of(text, 'group =')}, modules.design.group: "
            "there is no [groups.al] in this file; did you mean all?",
            f"small.toml:{line_of(text, 'trainer =')}, modules.design.trainer: "
            "there is no [trainers.anne] in this file; did you mean ann?",
        ]


def test_a_module_that_needs_more_sessions_than_its_window_has_starts(door: Door) -> None:
    """The 11th and the 12th: 6 starts, 3 of them on the day off. No bad input, but an answer: 1."""
    file = write(door.folder, changed("sessions = 3", "sessions = 4\ndates = [2026-11-11, 2026-11-12]"))
    english, french = (door.run("solve", file, "-o", door.folder / "out", "--lang", each) for each in ("en", "fr"))
    assert (english.code, english.lines) == (
        1,
        [
            "Impossible, seen before any search:",
            "“Design” (virtual class) needs 4 sessions; its dates hold 6 starts, of which the laws leave 3, "
            "with room for 3 sessions; the others are taken by days_off (3)",
        ],
    )
    assert (french.code, french.lines) == (
        1,
        [
            "Impossible, on le voit avant toute recherche :",
            "« Design » (classe virtuelle) demande 4 séances ; ses dates offrent 6 débuts, dont les lois laissent 3, "
            "de quoi placer 3 séances ; le reste est pris par days_off (3)",
        ],
    )
    assert list(files_of(door.folder)) == ["small.toml"]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The calendar.json of the small programme."""
    folder = tmp_path_factory.mktemp("sound")
    assert semainier("solve", write(folder), "-o", folder).code == 0
    return (folder / "calendar.json").read_bytes()


class TestTheCalendar:
    def checking(self, door: Door, content: bytes) -> list[str]:
        """What is said of a calendar with this content."""
        path = door.folder / "calendar.json"
        path.write_bytes(content)
        return door.refused("check", write(door.folder), path)

    def test_is_not_there(self, door: Door) -> None:
        assert door.refused("check", write(door.folder), door.folder / "calendar.json") == [
            "calendar.json: there is no such file; look at the spelling of its name and folder"
        ]

    def test_is_a_folder(self, door: Door) -> None:
        (door.folder / "out").mkdir()
        assert door.refused("check", write(door.folder), door.folder / "out") == [
            "out: this is a folder; name a .json file in it"
        ]

    @pytest.mark.parametrize("share", [0.0, 0.3, 0.999])
    def test_is_half_written(self, door: Door, sound: bytes, share: float) -> None:
        assert self.checking(door, sound[: int(share * len(sound))]) == [
            "calendar.json: is not whole: it breaks off or is damaged; make it again with solve"
        ]

    def test_is_no_text(self, door: Door) -> None:
        assert self.checking(door, b"\x89PNG\r\n\x1a\n\x00\xff") == [
            "calendar.json: is not whole: it breaks off or is damaged; make it again with solve"
        ]

    @pytest.mark.parametrize("content", [b"{}", b"[]", b"3", b'{"format": "other/1", "events": []}'])
    def test_is_foreign(self, door: Door, content: bytes) -> None:
        assert self.checking(door, content) == [
            "calendar.json: is no calendar of this program (semainier-calendar/1); "
            "give the calendar.json that solve wrote"
        ]

    def test_is_that_of_another_programme(self, door: Door, sound: bytes) -> None:
        assert self.checking(door, sound.replace(b'"programme": "small"', b'"programme": "le-mans"')) == [
            "calendar.json, programme: is the calendar of le-mans, not of small; give the two that belong together"
        ]

    def test_has_an_edit_that_is_no_time(self, door: Door, sound: bytes) -> None:
        calendar = json.loads(sound)
        calendar["sessions"][1]["start"] = "2026-11-31T10:00:00"
        assert self.checking(door, json.dumps(calendar).encode()) == [
            'calendar.json, sessions[1].start: cannot be read here (start is "2026-11-31T10:00:00", '
            "which cannot stand here); undo the edit, or make the calendar again with solve"
        ]

    def test_has_an_edit_that_takes_something_away(self, door: Door, sound: bytes) -> None:
        calendar = json.loads(sound)
        del calendar["sessions"][1]["end"]
        assert self.checking(door, json.dumps(calendar).encode()) == [
            "calendar.json, sessions[1].end: cannot be read here (end is missing); "
            "undo the edit, or make the calendar again with solve"
        ]


class TestTheOutputFolder:
    def test_is_a_file(self, door: Door) -> None:
        (door.folder / "out").write_text("as it was", "utf-8")
        assert door.refused("solve", write(door.folder), "-o", door.folder / "out") == [
            "out: cannot be written to (out is in the way): name another folder with -o"
        ]

    def test_lies_in_a_file(self, door: Door) -> None:
        (door.folder / "out").write_text("as it was", "utf-8")
        assert door.refused("solve", write(door.folder), "-o", door.folder / "out" / "year") == [
            "out/year: cannot be written to (out is in the way): name another folder with -o"
        ]

    def test_has_a_file_in_the_way_of_the_feeds_which_is_seen_before_the_search(self, door: Door) -> None:
        (door.folder / "out").mkdir()
        (door.folder / "out" / "feeds").write_text("as it was", "utf-8")
        assert door.refused("solve", write(door.folder), "-o", door.folder / "out") == [
            "out/feeds: cannot be written to (out/feeds is in the way): name another folder with -o"
        ]


def test_a_fault_of_the_calendar_is_told_in_the_language_of_the_programme(door: Door) -> None:
    file = write(door.folder, changed('language = "en"', 'language = "fr"'))
    run = door.run("check", file, door.folder / "none.json")
    assert (run.code, run.errors) == (
        2,
        [f"{door.folder / 'none.json'} : ce fichier n’existe pas ; vérifiez son nom et son dossier"],
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_command_itself_says_it_without_a_traceback(language: str, tmp_path: Path) -> None:
    """Once more from outside, where a traceback would be seen."""
    file = write(tmp_path, changed("\nminutes = 60", "\nminutes = 50"))
    run = semainier("solve", file, "-o", tmp_path / "out", "--lang", language)
    cure = {"en": "use 45 or 60", "fr": "mettez 45 ou 60"}[language]
    assert (run.code, run.out, len(run.errors)) == (2, "", 1)
    assert plain(run.err).endswith(f"{cure}\n")
    assert list(files_of(tmp_path)) == ["small.toml"]
