"""Several programmes of one site by the commands that people give: solved, judged and made again together."""

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

import cli
from programmes import Run, changed, files_of, plain, semainier, write

CAMPUS = """\
title = "Campus"

[trainers.ann]
title = "Trainer, design"
prefers = [{ weekday = "tuesday" }]

[places.hall]
title = "Hall"

[[closures]]
title = "Works"
dates = [2026-11-11, 2026-11-11]

[laws.one_at_a_time]
buffer_minutes = 0

[preferences.trainer_preference]
level = 2
"""

DESIGN = """\
title = "Design"
language = "en"
site = "site.toml"
dates = [2026-11-09, 2026-11-13]
starts_every_minutes = 60

[opening_hours]
monday = "09:00-11:00"
tuesday = "09:00-11:00"
wednesday = "09:00-11:00"

[groups.all]
title = "Everybody"
students = ["p01"]

[modules.m]
title = "Studio"
group = "all"
trainer = "ann"
place = "hall"

[[modules.m.parts]]
kind = "course"
sessions = 2
minutes = 60

[laws.days_off]
[laws.working_hours]
[laws.one_at_a_time]
buffer_minutes = 0
"""
"""Monday or Tuesday at 9 or 10; the 11th is shut."""

LAW = changed('"Design"', '"Law"', changed('"Studio"', '"Contracts"', DESIGN))

HOURS = ["09T09", "09T10", "10T09", "10T10"]
"""The four hours of Ann, which two years take."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Run]:
    """A folder with the files of both years, and how solving them together ended."""
    folder = tmp_path_factory.mktemp("several")
    return folder, semainier("solve", *files(folder), "-o", folder / "out", "--as-of", "2026-09-01")


def files(folder: Path, campus: str = CAMPUS, **changed_years: str) -> list[Path]:
    """The site file, and the files of both years."""
    write(folder, campus, "site.toml")
    return [
        write(folder, text, f"{key}.toml") for key, text in ({"design": DESIGN, "law": LAW} | changed_years).items()
    ]


def hours(folder: Path, year: str) -> list[str]:
    """When the sessions of a year stand: day and hour."""
    calendar = json.loads((folder / year / "calendar.json").read_bytes())
    return sorted(session["start"][8:13] for session in calendar["sessions"] if session["state"] != "cancelled")


class Door:
    """The command in this process, given bad input in both languages."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.capsys = capsys
        self.monkeypatch = monkeypatch
        monkeypatch.setenv("LANGUAGE", "")
        monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def refused(self, *words: object) -> list[str]:
        """What is said in English, having written nothing; French says as much in other words."""
        before = files_of(self.folder)
        english, french = (self._errors(*words, "--lang", language) for language in ("en", "fr"))
        assert files_of(self.folder) == before
        assert len(english) == len(french)
        assert set(english) & set(french) == set()
        return [line.replace(f"{self.folder}/", "") for line in english]

    def solving(self, *paths: Path) -> list[str]:
        """What is refused in these programmes."""
        return self.refused("solve", *paths, "-o", self.folder / "out")

    def _errors(self, *words: object) -> list[str]:
        self.monkeypatch.setattr(sys, "argv", ["semainier", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = self.capsys.readouterr()
        assert (ended.value.code, said.out) == (2, "")
        return plain(said.err).splitlines()


@pytest.fixture
def door(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Door:
    """The door to a folder."""
    return Door(tmp_path, capsys, monkeypatch)


class TestSolving:
    def test_each_year_has_its_files_in_a_folder_of_its_name(self, made: tuple[Path, Run]) -> None:
        folder, run = made
        assert run.code == 0
        own = ["calendar.html", "calendar.json", "feeds/groups/all.ics", "feeds/people/p01.ics"]
        own += ["feeds/places/hall.ics", "feeds/programme.ics", "feeds/trainers/ann.ics", "report.txt"]
        shared = ["feeds/places/hall.ics", "feeds/trainers/ann.ics", "report.txt"]
        years = [f"{key}/{path}" for key in ("design", "law") for path in own]
        assert list(files_of(folder / "out")) == sorted([*years, *shared])

    def test_one_trainer_and_one_hall_give_what_they_can(self, made: tuple[Path, Run]) -> None:
        folder, _ = made
        assert sorted(hours(folder / "out", "design") + hours(folder / "out", "law")) == HOURS

    def test_each_year_is_told_then_what_they_have_in_common(self, made: tuple[Path, Run]) -> None:
        folder, run = made
        facts = {}
        for key in ("design", "law"):
            first, last = (
                f"{'Mon' if hour[:2] == '09' else 'Tue'} {int(hour[:2])} Nov 2026"
                for hour in hours(folder / "out", key)
            )
            facts[key] = f"Lawful year: 2 sessions in 1 week, from {first} to {last}."
        assert run.lines[:11] == [
            "“Design”",
            facts["design"],
            "A student has 2 h on site; 2 h in all.",
            "",
            "“Law”",
            facts["law"],
            "A student has 2 h on site; 2 h in all.",
            "",
            "Level  Value  Bound  Quality         Preferences",
            "    2      2      2  proved optimal  times that trainers prefer",
            "",
        ]
        ending = "".join(run.lines[11:]).replace(" ", "")  # a long path is broken into lines
        assert re.fullmatch(rf"Foundin[\d.]+sandwrittento{re.escape(str(folder / 'out'))}\.", ending)

    def test_the_same_bytes_come_again(self, made: tuple[Path, Run], tmp_path: Path) -> None:
        semainier("solve", *files(tmp_path), "-o", tmp_path / "again", "--as-of", "2026-09-01")
        assert files_of(tmp_path / "again") == files_of(made[0] / "out")

    def test_in_french(self, tmp_path: Path) -> None:
        run = semainier("solve", *files(tmp_path), "-o", tmp_path / "out", "--lang", "fr")
        assert run.code == 0
        told = [line for line in run.lines if line.startswith(("«", "Année", "Niveau"))]
        assert [line.partition(",")[0] for line in told] == [
            "« Design »",
            "Année conforme : 2 séances en 1 semaine",
            "« Law »",
            "Année conforme : 2 séances en 1 semaine",
            "Niveau  Valeur  Borne  Qualité         Préférences",
        ]

    def test_for_machines(self, tmp_path: Path) -> None:
        run = semainier("solve", *files(tmp_path), "-o", tmp_path / "out", "--json")
        record: dict[str, Any] = json.loads(run.out)
        programmes = record.pop("programmes")
        level = {"rank": 2, "rules": ["trainer_preference"], "value": 2, "bound": 2, "proved": True, "gap": 0.0}
        del record["seconds"], record["seconds_to_lawful"]
        assert (run.code, record) == (
            0,
            {
                "outcome": "lawful",
                "year": None,
                "levels": [level],
                "reproducible": True,
                "changes": None,
                "past": [],
                "shortages": [],
                "unkeepable": [],
                "output": str(tmp_path / "out"),
            },
        )
        assert list(programmes) == ["design", "law"]
        for key, programme in programmes.items():
            assert list(programme) == ["year", "changes", "past", "output"]
            assert (programme["changes"], programme["past"]) == (None, [])
            assert programme["output"] == str(tmp_path / "out" / key)
            assert programme["year"]["sessions"] == 2
            days = [hour[:2] for hour in hours(tmp_path / "out", key)]
            assert [programme["year"]["first"], programme["year"]["last"]] == [f"2026-11-{day}" for day in days]

    def test_a_year_that_cannot_be_is_told_and_nothing_is_written(self, tmp_path: Path) -> None:
        paths = files(tmp_path, law=changed("sessions = 2", "sessions = 7", LAW))
        run = semainier("solve", *paths, "-o", tmp_path / "out")
        first, second = run.lines[0], " ".join(run.lines[1:])
        assert (run.code, first) == (1, "Impossible, seen before any search:")
        assert second == (
            "“Contracts” (course) needs 7 sessions; its dates hold 10 starts, of which the laws leave 4, with room for "
            "4 sessions; the others are taken by working_hours (4) and days_off (2)"
        )
        assert files_of(tmp_path / "out") == {}
        run = semainier("solve", *paths, "-o", tmp_path / "out", "--json")
        record = json.loads(run.out)
        assert (run.code, record["outcome"], record["shortages"]) == (1, "impossible", [second])
        assert (record["output"], record["programmes"]) == (None, {})

    def test_alone_a_year_is_bound_by_its_own_laws_only(self, tmp_path: Path) -> None:
        """The site's preference has no say, its trainers and closures do."""
        path, _ = files(tmp_path)
        run = semainier("solve", path, "-o", tmp_path / "out")
        assert run.code == 0
        assert "No preference is declared, so no lawful calendar is better than this one." in run.lines
        assert set(files_of(tmp_path / "out")) >= {"calendar.json", "feeds/trainers/ann.ics"}


class TestAgain:
    def test_what_people_know_stays_and_what_has_begun_is_held(self, made: tuple[Path, Run], tmp_path: Path) -> None:
        """The law school gives up one session; the hours of all others stay."""
        folder, _ = made
        known = {key: hours(folder / "out", key) for key in ("design", "law")}
        paths = files(tmp_path, law=changed("sessions = 2", "sessions = 1", LAW))
        words = ("--previous", folder / "out", "--as-of", "2026-11-06", "-o", tmp_path / "out")
        run = semainier("solve", *paths, *words, "--json")
        record = json.loads(run.out)
        assert run.code == 0
        assert record["levels"][0] == {
            "rank": 0,
            "rules": ["few_changes"],
            "value": 10,
            "bound": 10,
            "proved": True,
            "gap": 0.0,
        }
        assert hours(tmp_path / "out", "design") == known["design"]
        assert set(hours(tmp_path / "out", "law")) < set(known["law"])
        changes = {key: programme["changes"] for key, programme in record["programmes"].items()}
        assert changes["design"] == []
        (gone,) = changes["law"]
        assert (gone["activity"], gone["after"]) == ("m.course", None)

    def test_a_previous_calendar_is_missed(self, made: tuple[Path, Run], door: Door, tmp_path: Path) -> None:
        paths = [*files(tmp_path), write(tmp_path, changed('"Law"', '"Arts"', LAW), "arts.toml")]
        words = ("solve", *paths, "-o", tmp_path / "out", "--previous", made[0] / "out")
        assert door.refused(*words) == [
            f"{made[0]}/out/arts/calendar.json: there is no such file; look at the spelling of its name and folder"
        ]


class TestChecking:
    def test_what_was_made_together_is_lawful(self, made: tuple[Path, Run]) -> None:
        folder, _ = made
        run = semainier("check", folder / "design.toml", folder / "law.toml", folder / "out")
        assert (run.code, run.lines) == (0, ["No breach: every law is kept."])

    def test_a_clash_across_the_two_is_found_in_both_languages_and_for_machines(self, tmp_path: Path) -> None:
        """Each is made alone, on the Monday that is the same for both."""
        monday = changed("2026-11-13]", "2026-11-09]", DESIGN)
        paths = files(tmp_path, design=monday, law=changed('"Studio"', '"Contracts"', monday))
        for path in paths:
            assert semainier("solve", path, "-o", tmp_path / "out" / path.stem).code == 0
        run = semainier("check", *paths, tmp_path / "out")
        found = [
            f"“Studio” (course) on Monday 9 November 2026 {hour}:00 and “Contracts” (course) on Monday 9 November 2026 "
            f"{hour}:00 overlap for {what}"
            for hour in ("09", "10")
            for what in ("trainer “Trainer, design”", "place “Hall”")
        ]
        assert (run.code, " ".join(run.lines)) == (
            1,
            " ".join(["4 breaches:", *(f"one_at_a_time: {each}" for each in found)]),
        )
        french = semainier("check", *paths, tmp_path / "out", "--lang", "fr")
        assert (french.code, french.lines[0]) == (1, "4 infractions :")
        run = semainier("check", *paths, tmp_path / "out", "--json")
        record = json.loads(run.out)
        breaches = [{"law": "one_at_a_time", "message": each, "excess": 1} for each in found]
        assert (run.code, record) == (1, {"lawful": False, "breaches": breaches, "notes": []})


class TestBadInput:
    def test_no_site(self, door: Door, tmp_path: Path) -> None:
        alone = (
            changed('site = "site.toml"\n', "", LAW)
            + '\n[trainers.ann]\ntitle = "Ann"\n[places.hall]\ntitle = "Hall"\n'
        )
        assert door.solving(*files(tmp_path, law=alone)) == [
            "law.toml, site: programmes that are solved together name one site; write the same site = in each file"
        ]

    def test_another_site(self, door: Door, tmp_path: Path) -> None:
        write(tmp_path, CAMPUS, "south.toml")
        paths = files(tmp_path, law=changed("site.toml", "south.toml", LAW))
        why = "programmes that are solved together name one site; write the same site = in each file"
        assert door.solving(*paths) == [f"law.toml, site: {why}"]
        assert door.refused("check", *paths, tmp_path) == [f"law.toml, site: {why}"]

    def test_two_files_of_one_name(self, door: Door, tmp_path: Path) -> None:
        (tmp_path / "south").mkdir()
        first, _ = files(tmp_path)
        second = write(tmp_path / "south", changed("site.toml", "../site.toml", LAW), "design.toml")
        why = "two files have this name; rename one of them"
        assert door.solving(first, second) == [f"design.toml: {why}", f"south/design.toml: {why}"]

    def test_another_time_zone(self, door: Door, tmp_path: Path) -> None:
        paths = files(tmp_path, law=changed("dates = ", 'time_zone = "Indian/Reunion"\ndates = ', LAW))
        why = "programmes that are solved together have one time zone, here Europe/Paris"
        assert door.solving(*paths) == [f"law.toml, time_zone: {why}"]

    def test_an_id_of_site_and_programme(self, door: Door, tmp_path: Path) -> None:
        paths = files(tmp_path, law=LAW + '\n[trainers.ann]\ntitle = "Another Ann"\n')
        why = "law.toml:32, trainers.ann: the site has ann too; remove one of the two, or give it another id"
        assert door.solving(*paths) == [why]
        assert door.solving(paths[1]) == [why]

    def test_an_unknown_law_in_the_site_file_is_told_once(self, door: Door, tmp_path: Path) -> None:
        paths = files(tmp_path, changed("[laws.one_at_a_time]", "[laws.one_at_once]", CAMPUS))
        why = "site.toml:14, laws.one_at_once: no law has that name yet; did you mean one_at_a_time?"
        assert door.solving(*paths) == [why]
        assert door.solving(paths[0]) == [why]

    def test_a_law_of_the_site_that_names_what_nobody_has(self, door: Door, tmp_path: Path) -> None:
        """Alone a programme does not ask the site's laws."""
        paths = files(tmp_path, CAMPUS + '\n[laws.trainer_load]\ntrainers = ["anne"]\nsessions_per_day = 1\n')
        assert door.solving(*paths) == ["site.toml:20, laws.trainer_load: there is no trainer anne; did you mean ann?"]
        assert semainier("solve", paths[0], "-o", tmp_path / "out").code == 0

    def test_a_site_file_that_is_missing(self, door: Door, tmp_path: Path) -> None:
        paths = files(tmp_path)
        (tmp_path / "site.toml").unlink()
        why = "site.toml: there is no such file; look at the spelling of its name and folder"
        assert door.solving(*paths) == [why]

    def test_faults_of_several_files_are_told_at_once(self, door: Door, tmp_path: Path) -> None:
        paths = files(tmp_path, law=changed("sessions = 2\n", "", LAW), design=changed("language", "langue", DESIGN))
        assert door.solving(*paths) == [
            "design.toml:2, langue: langue is not known here; did you mean language?",
            "law.toml:22, modules.m.parts[0]: how many sessions is not said; add sessions, or list defences",
        ]
