"""Bad input, each with the message that a person gets: in English to the letter, in French without any English."""

import json
import re
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
def year(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of the year of the small programme."""
    folder = tmp_path_factory.mktemp("year")
    assert semainier("solve", write(folder), "-o", folder / "out", "--as-of", "2026-09-01").code == 0
    return files_of(folder / "out")


@pytest.fixture(scope="module")
def sound(year: dict[str, bytes]) -> bytes:
    """The calendar.json of the small programme."""
    return year["calendar.json"]


def lay(folder: Path, files: dict[str, bytes]) -> None:
    """Writes files below a folder."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


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


class TestTheFeed:
    """What is judged is an .ics, in the folder of a year that was published."""

    @pytest.fixture
    def feed(self, door: Door, year: dict[str, bytes]) -> Path:
        lay(door.folder / "out", year)
        return door.folder / "out" / "feeds" / "programme.ics"

    def checking(self, door: Door, feed: Path) -> Run:
        """What is said of the feed in English; in French it is as many lines, and none the same."""
        english, french = (door.run("check", write(door.folder), feed, "--lang", each) for each in ("en", "fr"))
        assert (english.code, english.err, len(english.lines)) == (french.code, french.err, len(french.lines))
        assert [line for line in french.lines if line in english.lines or english_left(line)] == []
        return english._replace(out=english.out.replace(f"{door.folder}/", ""))

    def test_is_fine(self, door: Door, feed: Path) -> None:
        assert self.checking(door, feed) == Run(
            0,
            "Read with out/calendar.json, by the UIDs of its events.\nNo breach: every law is kept.\n",
            "",
        )

    def test_has_a_session_that_was_moved_onto_a_day_off(self, door: Door, feed: Path) -> None:
        first = b"20261110T%02d0000" % hour_of(feed)
        assert feed.read_bytes().count(b":" + first) == 1
        feed.write_bytes(feed.read_bytes().replace(b":" + first, b":" + first.replace(b"20261110", b"20261111")))
        until = b"DTEND;TZID=Europe/Paris:20261110T%02d0000" % (hour_of(feed, b"20261111") + 1)
        feed.write_bytes(feed.read_bytes().replace(until, until.replace(b"20261110", b"20261111")))
        run = self.checking(door, feed)
        assert (run.code, run.lines) == (
            1,
            [
                "Read with out/calendar.json, by the UIDs of its events.",
                "1 breach:",
                f"days_off: “Design” (virtual class) stands on Wednesday 11 November 2026 "
                f"{hour_of(feed, b'20261111'):02}:00: Armistice Day",
            ],
        )

    def test_has_an_event_that_nobody_knows(self, door: Door, feed: Path) -> None:
        stranger = b"BEGIN:VEVENT\r\nUID:mine\r\nSUMMARY:D\r\nDTSTART;VALUE=DATE:20261111\r\nEND:VEVENT\r\n"
        feed.write_bytes(feed.read_bytes().replace(b"END:VCALENDAR", stranger + b"END:VCALENDAR"))
        run = self.checking(door, feed)
        assert (run.code, run.lines) == (
            0,
            [
                "Read with out/calendar.json, by the UIDs of its events.",
                "“D” on Wednesday 11 November 2026 is nowhere in the programme and is not judged",
                "No breach: every law is kept.",
            ],
        )

    def test_has_no_calendar_beside_it(self, door: Door, feed: Path) -> None:
        (door.folder / "out" / "calendar.json").unlink()
        run = self.checking(door, feed)
        assert (run.code, run.lines) == (
            0,
            [
                "3 events are known in the programme",
                "only laws on one session alone are judged: without a calendar.json beside it, a feed does not tell "
                "the rest",
                "No breach: every law is kept.",
            ],
        )

    def test_is_not_there(self, door: Door) -> None:
        assert door.refused("check", write(door.folder), door.folder / "programme.ics") == [
            "programme.ics: there is no such file; look at the spelling of its name and folder"
        ]

    def test_is_cut_off(self, door: Door, feed: Path) -> None:
        feed.write_bytes(feed.read_bytes()[:-40])
        assert door.refused("check", write(door.folder), feed) == [
            "out/feeds/programme.ics: is not whole: it breaks off or is damaged; "
            "write it again with the calendar program"
        ]

    @pytest.mark.parametrize("content", [b"", b"BEGIN:VCARD\r\nEND:VCARD\r\n", b"{}"])
    def test_is_none(self, door: Door, feed: Path, content: bytes) -> None:
        feed.write_bytes(content)
        assert door.refused("check", write(door.folder), feed) == [
            "out/feeds/programme.ics: is no iCalendar file; give a feed such as programme.ics, "
            "or what a calendar program wrote as .ics"
        ]

    def test_has_several_faults_all_of_which_are_told(self, door: Door, feed: Path) -> None:
        text = feed.read_text("utf-8").replace("DTSTART;TZID=Europe/Paris:", "DTSTART:")
        feed.write_text(text, "utf-8", newline="")
        assert door.refused("check", write(door.folder), feed) == [
            f"out/feeds/programme.ics: “Design · virtual class ({number})” has a time without a time zone; "
            "choose one in the calendar program, such as Europe/Paris"
            for number in (1, 2, 3)
        ]

    def test_is_that_of_another_programme(self, door: Door, feed: Path) -> None:
        feed.write_bytes(feed.read_bytes().replace(b"@semainier", b"@elsewhere"))
        assert door.refused("check", write(door.folder), feed) == [
            "out/feeds/programme.ics: has no event of the calendar.json beside it; give a feed of that calendar"
        ]
        (door.folder / "out" / "calendar.json").unlink()
        assert door.refused("check", write(door.folder), feed) == [
            "out/feeds/programme.ics: has no event of the programme small; give a feed of it"
        ]

    def test_lies_beside_the_calendar_of_another_programme(self, door: Door, feed: Path) -> None:
        assert door.refused("check", write(door.folder, SMALL, "other.toml"), feed) == [
            "out/calendar.json, programme: is the calendar of small, not of other; give the two that belong together"
        ]

    def test_lies_beside_a_damaged_calendar(self, door: Door, feed: Path) -> None:
        (door.folder / "out" / "calendar.json").write_text("{", "utf-8")
        assert door.refused("check", write(door.folder), feed) == [
            "out/calendar.json: is not whole: it breaks off or is damaged; make it again with solve"
        ]


def hour_of(feed: Path, day: bytes = b"20261110") -> int:
    """The hour of the first session of a day in a feed."""
    found = re.search(rb"DTSTART;TZID=Europe/Paris:%sT(\d\d)" % day, feed.read_bytes())
    assert found
    return int(found[1])


class TestThePreviousCalendar:
    def solving(self, door: Door, content: bytes, *words: object, name: str = "small.toml") -> list[str]:
        """What is said before a search that should follow a calendar with this content."""
        previous = door.folder / "previous.json"
        previous.write_bytes(content)
        file = write(door.folder, SMALL, name)
        return door.refused("solve", file, "-o", door.folder / "out", "--previous", previous, *words)

    def test_is_not_there(self, door: Door) -> None:
        words = ("-o", door.folder / "out", "--previous", door.folder / "previous.json")
        assert door.refused("solve", write(door.folder), *words) == [
            "previous.json: there is no such file; look at the spelling of its name and folder"
        ]

    def test_is_damaged(self, door: Door, sound: bytes) -> None:
        assert self.solving(door, sound[:-40]) == [
            "previous.json: is not whole: it breaks off or is damaged; make it again with solve"
        ]

    def test_is_foreign(self, door: Door) -> None:
        assert self.solving(door, b"{}") == [
            "previous.json: is no calendar of this program (semainier-calendar/1); "
            "give the calendar.json that solve wrote"
        ]

    def test_is_that_of_another_programme(self, door: Door, sound: bytes) -> None:
        assert self.solving(door, sound, name="other.toml") == [
            "previous.json, programme: is the calendar of small, not of other; give the two that belong together"
        ]

    def test_has_held_sessions_that_stand_twice(self, door: Door, sound: bytes) -> None:
        """Two of three on the 12th, which are held from the 13th on; on the 12th itself they may still move."""
        calendar = json.loads(sound)
        moments = [("2026-11-12T09:00:00", "2026-11-12T10:00:00")] * 2 + [
            ("2026-11-13T09:00:00", "2026-11-13T10:00:00")
        ]
        for session, (start, end) in zip(calendar["sessions"], moments, strict=True):
            session |= {"start": start, "end": end}
        content = json.dumps(calendar).encode()
        assert self.solving(door, content, "--as-of", "2026-11-13") == [
            "previous.json: “Design” (virtual class) stands twice on Thursday 12 November 2026 09:00; remove one of "
            "the two"
        ]
        words = ("--previous", door.folder / "previous.json", "--as-of", "2026-11-12", "--lang", "en")
        assert door.run("solve", door.folder / "small.toml", "-o", door.folder / "out", *words).code == 0


class TestPublishing:
    """The year is published in `published` as version Start."""

    @pytest.fixture
    def published(self, door: Door, year: dict[str, bytes]) -> Path:
        lay(door.folder / "out", year)
        run = door.run("publish", *self.words(door, "Start"))
        assert (run.code, run.err) == (0, "")
        return door.folder / "published"

    def words(self, door: Door, name: str, calendar: str = "out/calendar.json") -> tuple[object, ...]:
        """The words after `publish`."""
        folder = door.folder
        return (write(folder), folder / calendar, "--name", name, "-o", folder / "published", "--as-of", "2026-09-03")

    def misused(self, door: Door, *words: object) -> tuple[str, str]:
        """The last line of what is said in English and in French of words that make no command; nothing is written."""
        before = files_of(door.folder)
        english, french = (door.run("publish", *words, "--lang", language) for language in ("en", "fr"))
        assert (english.code, french.code, files_of(door.folder)) == (2, 2, before)
        return english.errors[-1], french.errors[-1]

    def test_without_a_name(self, door: Door, year: dict[str, bytes]) -> None:
        lay(door.folder / "out", year)
        words = (write(door.folder), door.folder / "out" / "calendar.json", "-o", door.folder / "published")
        assert self.misused(door, *words) == (
            "Error: Missing option '--name'.",
            "Erreur : Il manque l’option '--name'.",
        )

    @pytest.mark.parametrize("name", ["", "  "])
    def test_under_an_empty_name(self, door: Door, year: dict[str, bytes], name: str) -> None:
        lay(door.folder / "out", year)
        assert self.misused(door, *self.words(door, name)) == (
            "Error: Invalid value for '--name': give the version a name",
            "Erreur : Valeur incorrecte pour '--name' : donnez un nom à la version",
        )

    def test_what_is_not_there(self, door: Door) -> None:
        assert door.refused("publish", *self.words(door, "Start")) == [
            "out/calendar.json: there is no such file; look at the spelling of its name and folder"
        ]

    @pytest.mark.usefixtures("published")
    @pytest.mark.parametrize("name", ["Start", " Start "])
    def test_twice_under_one_name(self, door: Door, name: str) -> None:
        assert door.refused("publish", *self.words(door, name, "published/calendar.json")) == [
            "published: a version “Start” is published already; choose another name"
        ]

    @pytest.mark.usefixtures("published")
    def test_a_calendar_that_does_not_follow_the_one_that_is_published(self, door: Door) -> None:
        assert door.refused("publish", *self.words(door, "Next")) == [
            "published: version “Start” is published there, and the calendar does not follow it, so that feeds would "
            "contradict themselves: make it with solve --previous published/calendar.json, or name another folder "
            "with -o"
        ]

    def test_over_a_calendar_that_cannot_be_read(self, door: Door, published: Path) -> None:
        (published / "calendar.json").write_text("{", "utf-8")
        assert door.refused("publish", *self.words(door, "Next")) == [
            "published/calendar.json: is not whole: it breaks off or is damaged; make it again with solve"
        ]

    @pytest.mark.parametrize("obstacle", ["published", "published/feeds", "published/versions"])
    def test_where_a_file_is_in_the_way(self, door: Door, year: dict[str, bytes], obstacle: str) -> None:
        lay(door.folder, {f"out/{name}": data for name, data in year.items()} | {obstacle: b"as it was"})
        named = "published" if obstacle == "published/versions" else obstacle
        assert door.refused("publish", *self.words(door, "Start")) == [
            f"{named}: cannot be written to ({obstacle} is in the way): name another folder with -o"
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

    @pytest.mark.parametrize("name", ["groups", "trainers", "places", "people"])
    def test_has_a_file_in_the_way_of_some_feeds_which_is_seen_before_the_search(self, door: Door, name: str) -> None:
        """No search could find a year of 28 sessions, and nothing is said of it."""
        lay(door.folder / "out" / "feeds", {name: b"as it was"})
        file = write(door.folder, changed("sessions = 3", "sessions = 28"))
        assert door.refused("solve", file, "-o", door.folder / "out") == [
            f"out/feeds/{name}: cannot be written to (out/feeds/{name} is in the way): name another folder with -o"
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
