"""The command, run as people run it: what it says, what it writes, and how it ends."""

import json
import os
import re
import signal
import subprocess
from pathlib import Path

import pytest

from constraints import RULES
from programmes import (
    ROOT,
    SMALL,
    Run,
    changed,
    command,
    environment,
    files_of,
    plain,
    semainier,
    write,
)

FRENCH = "fr_FR.UTF-8"
LE_MANS = ROOT / "programmes" / "ifuno-m2.toml"
PROGRESS = {
    "en": re.compile(r"[\d.]+ s: level \d, best \d+, bound \d+, gap [\d.]+ %"),
    "fr": re.compile(r"[\d,]+ s : niveau \d, meilleur \d+, borne \d+, écart [\d,]+ %"),
}


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small programme, and its year in `out`."""
    folder = tmp_path_factory.mktemp("solved")
    run = semainier("solve", write(folder), "-o", folder / "out", "--as-of", "2026-09-01")
    assert run.code == 0
    (folder / "said.txt").write_text(run.out, "utf-8")
    (folder / "said-beside.txt").write_text(run.err, "utf-8")
    return folder


def timeless(text: str, output: Path) -> list[str]:
    """What was said, without seconds; the folder, which may be long, stays on its line."""
    return re.sub(r"[\d.,]+ s\b", "… s", plain(text)).replace(f"\n{output}", f" {output}").splitlines()


class TestHelp:
    def test_in_english(self) -> None:
        run = semainier("--help")
        assert run.code == 0
        assert run.lines == [
            "Usage: semainier [OPTIONS] COMMAND [ARGS]...",
            "",
            "  Places the sessions of a programme on real dates, every law kept, and says",
            "  how good the year is.",
            "",
            "Options:",
            "  --version       Prints the version.",
            "  --lang [fr|en]  Language of what is said; the programme's own by default.",
            "  --help          Show this message and exit.",
            "",
            "Commands:",
            "  accept   Makes the calendar that certifies slot N of an OFFER, one N...",
            "  check    Judges a CALENDAR, also an edited one, by the laws of the...",
            "  compare  Compares two calendars of a programme: what moved from BEFORE...",
            "  offer    Offers slots to SESSIONs of a CALENDAR, each certified by a...",
            "  pin      Pins a SESSION or block of a CALENDAR: no calendar that...",
            "  poll     Lets people vote, in a table, on the slots of an offer.",
            "  publish  Makes a CALENDAR of the programme FILE a named version, in a...",
            "  replan   Makes the CALENDAR that disturbs people least after CHANGES in...",
            "  restore  Brings a VERSION of the folder PUBLISHED back, as a draft that...",
            "  rules    Explains the law or preference NAME, or lists them all.",
            "  schema   Prints the JSON Schema of programme files.",
            "  solve    Makes the year of the programme FILE and writes it into a folder.",
            "  why      Tells why the programme FILE has no lawful year, and the...",
        ]

    def test_in_french_where_the_machine_speaks_french(self) -> None:
        run = semainier("--help", locale=FRENCH)
        assert run.code == 0
        assert run.lines == [
            "Usage : semainier [OPTIONS] COMMAND [ARGS]...",
            "",
            "  Place les séances d’un programme sur des dates réelles, toutes les lois",
            "  respectées, et dit ce que vaut l’année.",
            "",
            "Options :",
            "  --version       Affiche la version.",
            "  --lang [fr|en]  Langue des messages ; par défaut celle du programme.",
            "  --help          Affiche cette aide.",
            "",
            "Commandes :",
            "  accept   Établit le calendrier qui garantit le créneau N d’une offre...",
            "  check    Juge un calendrier CALENDAR, même retouché, selon les lois du...",
            "  compare  Compare deux calendriers d’un programme : ce qui a bougé de...",
            "  offer    Propose des créneaux aux séances SESSION d’un calendrier...",
            "  pin      Épingle une séance ou un bloc SESSION d’un calendrier CALENDAR...",
            "  poll     Fait voter, dans un tableau, sur les créneaux d’une offre.",
            "  publish  Fait d’un calendrier CALENDAR du fichier de programme FILE une...",
            "  replan   Établit, à partir d’un calendrier CALENDAR, celui qui dérange...",
            "  restore  Rétablit une VERSION du dossier PUBLISHED, dans un brouillon...",
            "  rules    Explique la loi ou la préférence NAME, ou les liste toutes.",
            "  schema   Affiche le schéma JSON des fichiers de programme.",
            "  solve    Fait l’année du fichier de programme FILE et l’écrit dans un...",
            "  why      Dit pourquoi le fichier de programme FILE n’a pas d’année...",
        ]

    def test_of_solve_in_english(self) -> None:
        assert semainier("solve", "--help").lines == [
            "Usage: semainier solve [OPTIONS] FILE...",
            "",
            "  Makes the year of the programme FILE and writes it into a folder.",
            "",
            "Options:",
            "  -o, --output DIR     Folder for calendar.json, report.txt and the feeds; out",
            "                       by default.",
            "  --previous CALENDAR  The calendar.json that people know: what it has moves",
            "                       as little as can be.",
            "  --time-limit S       Stops after S seconds with the best so far.  [x>0]",
            "  --workers N          Workers of the search.  [default: 2; 1<=x<=64]",
            "  --seed N             Starts the search another way.  [default: 0;",
            "                       0<=x<=2147483647]",
            "  --as-of DATE         The day that time stamps bear, and before which all is",
            "                       held; today by default.",
            "  --json               Prints the outcome for machines.",
            "  --lang [fr|en]       Language of what is said; the programme's own by",
            "                       default.",
            "  --help               Show this message and exit.",
        ]

    def test_of_solve_in_french(self) -> None:
        assert semainier("solve", "--help", "--lang", "fr").lines == [
            "Usage : semainier solve [OPTIONS] FILE...",
            "",
            "  Fait l’année du fichier de programme FILE et l’écrit dans un dossier.",
            "",
            "Options :",
            "  -o, --output DIR     Dossier pour calendar.json, report.txt et les flux ;",
            "                       out par défaut.",
            "  --previous CALENDAR  Le calendar.json que chacun connaît : on y touche aussi",
            "                       peu que possible.",
            "  --time-limit S       S’arrête au bout de S secondes avec le meilleur",
            "                       résultat trouvé.  [x>0]",
            "  --workers N          Ouvriers de la recherche.  [par défaut : 2; 1<=x<=64]",
            "  --seed N             Fait partir la recherche autrement.  [par défaut : 0;",
            "                       0<=x<=2147483647]",
            "  --as-of DATE         Le jour que portent les horodatages, et avant lequel",
            "                       tout a eu lieu ; aujourd’hui par défaut.",
            "  --json               Affiche le résultat pour les machines.",
            "  --lang [fr|en]       Langue des messages ; par défaut celle du programme.",
            "  --help               Affiche cette aide.",
        ]

    def test_of_publish_in_english(self) -> None:
        assert semainier("publish", "--help").lines == [
            "Usage: semainier publish [OPTIONS] FILE CALENDAR",
            "",
            "  Makes a CALENDAR of the programme FILE a named version, in a folder that",
            "  feeds are served from.",
            "",
            "Options:",
            "  --name NAME       Name of the version, such as Rentrée.  [required]",
            "  -o, --output DIR  Folder of what is published; published by default.",
            "  --as-of DATE      The day that time stamps bear, and before which all is",
            "                    held; today by default.",
            "  --json            Prints the outcome for machines.",
            "  --lang [fr|en]    Language of what is said; the programme's own by default.",
            "  --help            Show this message and exit.",
        ]

    def test_of_publish_in_french(self) -> None:
        assert semainier("publish", "--help", "--lang", "fr").lines == [
            "Usage : semainier publish [OPTIONS] FILE CALENDAR",
            "",
            "  Fait d’un calendrier CALENDAR du fichier de programme FILE une version",
            "  nommée, dans un dossier d’où l’on sert les flux.",
            "",
            "Options :",
            "  --name NAME       Nom de la version, comme Rentrée.  [obligatoire]",
            "  -o, --output DIR  Dossier de ce qui est publié ; published par défaut.",
            "  --as-of DATE      Le jour que portent les horodatages, et avant lequel tout",
            "                    a eu lieu ; aujourd’hui par défaut.",
            "  --json            Affiche le résultat pour les machines.",
            "  --lang [fr|en]    Langue des messages ; par défaut celle du programme.",
            "  --help            Affiche cette aide.",
        ]

    def test_the_language_asked_for_goes_before_that_of_the_machine(self) -> None:
        french, english = semainier("solve", "--help", locale=FRENCH), semainier("solve", "--help")
        assert french.lines[0] == "Usage : semainier solve [OPTIONS] FILE..."
        assert english.lines[0] == "Usage: semainier solve [OPTIONS] FILE..."
        assert semainier("--lang", "fr", "solve", "--help") == french
        assert semainier("solve", "--lang=en", "--help", locale=FRENCH) == english

    def test_a_command_line_that_cannot_be_read(self) -> None:
        assert semainier("frobnicate").errors[-1] == "Error: No such command 'frobnicate'."
        assert semainier("solve").errors[-1] == "Error: Missing argument 'FILE...'."
        assert semainier("publish", "a", "b").errors[-1] == "Error: Missing option '--name'."
        refused = semainier("solve", LE_MANS, "--as-of", "1/9/2026", locale=FRENCH)
        assert refused.code == 2
        assert refused.errors[-1] == (
            "Erreur : Valeur incorrecte pour '--as-of' : écrivez un jour sous la forme 2026-09-14"
        )

    def test_without_a_word_it_shows_the_help(self) -> None:
        run = semainier()
        assert (run.code, run.out) == (2, "")
        assert run.errors == semainier("--help").lines


class TestRules:
    def test_lists_them_all(self) -> None:
        run = semainier("rules")
        assert (run.code, run.lines[0].split()) == (0, ["Name", "Kind", "What", "it", "says"])
        assert [line.split()[0] for line in run.lines[1:] if line[0] != " "] == [rule.name for rule in RULES]

    def test_explains_one_in_the_language_asked_for(self) -> None:
        english, french = semainier("rules", "days_off"), semainier("rules", "days_off", "--lang", "fr")
        assert (english.code, english.lines[0], english.lines[-1]) == (0, "days_off: law", "[laws.days_off]")
        assert (french.code, french.lines[0], french.lines[-1]) == (0, "days_off : loi", "[laws.days_off]")

    def test_a_name_that_no_rule_has_ends_with_2(self) -> None:
        run = semainier("rules", "days_of")
        assert (run.code, run.out) == (2, "")
        assert run.errors == ["no law or preference is called days_of; did you mean days_off?"]


class TestSolve:
    def test_writes_exactly_these_files(self, solved: Path) -> None:
        assert list(files_of(solved / "out")) == [
            "calendar.html",
            "calendar.json",
            "feeds/groups/all.ics",
            "feeds/programme.ics",
            "feeds/trainers/ann.ics",
            "report.txt",
        ]

    def test_says_how_good_the_year_is(self, solved: Path) -> None:
        assert timeless((solved / "said.txt").read_text("utf-8"), solved / "out") == [
            "Lawful year: 3 sessions in 2 weeks, from Tue 10 Nov 2026 to Tue 17 Nov 2026.",
            "A student has 3 h live online; 3 h in all.",
            "",
            "Level  Value  Bound  Quality         Preferences",
            "    1      0      0  proved optimal  times that trainers prefer",
            "    2      1      1  proved optimal  regular weekly slots",
            "",
            f"Found in … s and written to {solved / 'out'}.",
        ]

    def test_without_a_terminal_progress_is_plain_lines(self, solved: Path) -> None:
        looking, *progress = (solved / "said-beside.txt").read_text("utf-8").splitlines()
        assert looking == "Looking for a lawful year…"
        assert [line for line in progress if not PROGRESS["en"].fullmatch(line)] == []
        assert [line.partition(": ")[2].partition(",")[0] for line in progress] == ["level 1", "level 2"]

    def test_the_calendar_holds_what_the_lines_say(self, solved: Path) -> None:
        calendar = json.loads((solved / "out" / "calendar.json").read_text("utf-8"))
        days = [session["start"][:10] for session in calendar["sessions"]]
        # all on Tuesdays 10 and 17 November, one of which has two sessions
        assert days in (["2026-11-10", "2026-11-10", "2026-11-17"], ["2026-11-10", "2026-11-17", "2026-11-17"])
        assert calendar["certificate"]["levels"] == [
            {"rank": 1, "rules": ["trainer_preference"], "value": 0, "bound": 0, "proved": True},
            {"rank": 2, "rules": ["regular_slot"], "value": 1, "bound": 1, "proved": True},
        ]

    def test_two_runs_write_the_same_bytes(self, solved: Path, tmp_path: Path) -> None:
        semainier("solve", solved / "small.toml", "-o", tmp_path / "again", "--as-of", "2026-09-01")
        assert files_of(tmp_path / "again") == files_of(solved / "out")

    def test_as_of_decides_the_time_stamps(self, solved: Path, tmp_path: Path) -> None:
        semainier("solve", solved / "small.toml", "-o", tmp_path / "later", "--as-of", "2026-10-05")
        first, later = files_of(solved / "out"), files_of(tmp_path / "later")
        assert first["feeds/programme.ics"].count(b"DTSTAMP:20260901T000000Z") == 3
        assert later["feeds/programme.ics"].count(b"DTSTAMP:20261005T000000Z") == 3
        assert "Made as of Monday 5 October 2026." in later["report.txt"].decode()
        assert later["feeds/programme.ics"].replace(b"20261005", b"20260901") == first["feeds/programme.ics"]
        assert later["calendar.json"].replace(b"2026-10-05", b"2026-09-01") == first["calendar.json"]

    def test_the_language_is_the_programmes_own_unless_asked(self, solved: Path, tmp_path: Path) -> None:
        french = write(tmp_path, changed('language = "en"', 'language = "fr"'), "petit.toml")
        run = semainier("solve", french, "-o", tmp_path / "fr")
        assert timeless(run.out, tmp_path / "fr") == [
            "Année conforme : 3 séances en 2 semaines, du mar. 10 nov. 2026 au mar. 17 nov.",
            "2026.",
            "Un étudiant a 3 h en direct à distance ; 3 h en tout.",
            "",
            "Niveau  Valeur  Borne  Qualité         Préférences",
            "     1       0      0  optimum prouvé  créneaux préférés des intervenants",
            "     2       1      1  optimum prouvé  créneaux hebdomadaires réguliers",
            "",
            f"Trouvée en … s et écrite dans {tmp_path / 'fr'}.",
        ]
        assert run.errors[0] == "Recherche d’une année conforme…"
        assert [line for line in run.errors[1:] if not PROGRESS["fr"].fullmatch(line)] == []
        assert "Toutes les lois sont respectées." in (tmp_path / "fr" / "report.txt").read_text("utf-8")
        asked = semainier("solve", french, "-o", tmp_path / "en", "--lang", "en")
        first = timeless((solved / "said.txt").read_text("utf-8"), solved / "out")
        assert timeless(asked.out, tmp_path / "en")[:-1] == first[:-1]
        assert "Every law is kept." in (tmp_path / "en" / "report.txt").read_text("utf-8")

    def test_json_for_machines(self, solved: Path, tmp_path: Path) -> None:
        run = semainier("solve", solved / "small.toml", "-o", tmp_path / "out", "--json")
        told = json.loads(run.out)
        assert run.code == 0
        assert {key: value for key, value in told.items() if not key.startswith("seconds")} == {
            "outcome": "lawful",
            "year": {
                "sessions": 3,
                "weeks": 2,
                "first": "2026-11-10",
                "last": "2026-11-17",
                "stretches": [],
                "student_minutes": {
                    "live_online": {"least": 180, "most": 180},
                    "on_site": {"least": 0, "most": 0},
                    "self_paced": {"least": 0, "most": 0},
                    "personal": {"least": 0, "most": 0},
                    "all": {"least": 180, "most": 180},
                },
                "projected_holidays": [],
                "without_trainer": [],
                "findings": [],
            },
            "levels": [
                {"rank": 1, "rules": ["trainer_preference"], "value": 0, "bound": 0, "proved": True, "gap": 0.0},
                {"rank": 2, "rules": ["regular_slot"], "value": 1, "bound": 1, "proved": True, "gap": 0.0},
            ],
            "reproducible": True,
            "changes": None,
            "past": [],
            "shortages": [],
            "unkeepable": [],
            "unheld": None,
            "output": str(tmp_path / "out"),
        }
        assert 0 < told["seconds_to_lawful"] <= told["seconds"]

    def test_what_cannot_fit_ends_with_1_and_says_why(self, tmp_path: Path) -> None:
        """9 working days but the 11th, 3 starts each: 27 of 30 starts, for 28 sessions."""
        file = write(tmp_path, changed("sessions = 3", "sessions = 28"))
        run = semainier("solve", file, "-o", tmp_path / "out")
        sentence = (
            "“Design” (virtual class) needs 28 sessions; its dates hold 36 starts, of which the laws leave 27, "
            "with room for 27 sessions; the others are taken by days_off (9)"
        )
        assert run.code == 1
        assert run.lines == ["Impossible, seen before any search:", sentence]
        assert files_of(tmp_path / "out") == {}
        told = json.loads(semainier("solve", file, "-o", tmp_path / "out", "--json").out)
        assert (told["outcome"], told["shortages"], told["output"]) == ("impossible", [sentence], None)

    def test_what_counting_shows_to_be_impossible_ends_with_1(self, tmp_path: Path) -> None:
        """The hours of two weeks, less 11 November."""
        run = semainier("solve", file_with(tmp_path, 25), "-o", tmp_path / "out")
        weeks = "one_at_a_time: from Monday 9 November 2026 to Sunday 22 November 2026 only 27 h are open for"
        names = "but 28 h are needed: “Design” (virtual class) and “Design” (course)"
        assert (run.code, run.lines) == (
            1,
            [
                "Impossible, seen before any search:",
                f"{weeks} trainer “Ann”, {names}",
                f"{weeks} group “Everybody”, {names}",
            ],
        )
        assert files_of(tmp_path / "out") == {}

    def test_a_law_that_nothing_keeps_is_named(self, tmp_path: Path) -> None:
        run = semainier("solve", file_with(tmp_path, 1, ORDER.format("virtual-class", "course", 12)))
        assert (run.code, run.lines[0]) == (
            1,
            "Impossible: it is proved that no calendar keeps these laws, each by itself:",
        )
        assert run.lines[1].startswith(
            "order: impossible even without the other laws; in the nearest calendar “Design”"
        )
        told = json.loads(semainier("solve", tmp_path / "small.toml", "--json").out)
        assert (told["outcome"], told["unkeepable"]) == ("impossible", run.lines[1:])

    def test_laws_that_are_impossible_together_end_with_1(self, tmp_path: Path) -> None:
        orders = ORDER.format("virtual-class", "course", 0) + ORDER.format("course", "virtual-class", 0)
        run = semainier("solve", file_with(tmp_path, 1, orders))
        assert (run.code, run.lines) == (
            1,
            ["Impossible: it is proved that no calendar keeps all these laws together."],
        )

    def test_no_answer_in_time_ends_with_3_and_changes_nothing(self, tmp_path: Path) -> None:
        """The year of Le Mans takes longer than a hundredth of a second."""
        (tmp_path / "report.txt").write_text("as it was", "utf-8")
        words = ("solve", LE_MANS, "-o", tmp_path, "--time-limit", "0.01", "--lang", "en")
        run = semainier(*words)
        assert run.code == 3
        assert run.lines == [
            "The search ended before a lawful year was found, and nothing is proved: give it more time."
        ]
        assert files_of(tmp_path) == {"report.txt": b"as it was"}
        told = json.loads(semainier(*words, "--json").out)
        assert (told["outcome"], told["output"]) == ("unknown", None)


ORDER = '\n[[laws.order]]\nfirst = "design.{}"\nthen = "design.{}"\nleast_days = {}\n'


def file_with(folder: Path, courses: int, laws: str = "") -> Path:
    """The small programme with so many courses beside its three classes, and more laws."""
    part = f'\n[[modules.design.parts]]\nkind = "course"\nsessions = {courses}\nminutes = 60\n'
    return write(folder, changed("\n[laws.days_off]\n", f"{part}{laws}\n[laws.days_off]\n"))


class TestWhy:
    def test_a_possible_programme(self, tmp_path: Path) -> None:
        run = semainier("why", file_with(tmp_path, 1))
        assert (run.code, run.lines) == (0, ["A lawful calendar exists: nothing is impossible."])

    def test_two_orders_that_contradict_each_other(self, tmp_path: Path) -> None:
        """Which `solve` can only prove to be impossible."""
        orders = ORDER.format("virtual-class", "course", 0) + ORDER.format("course", "virtual-class", 0)
        run = semainier("why", file_with(tmp_path, 1, orders))
        assert (run.code, run.lines[0]) == (1, "These 3 cannot all be kept, any 2 of them can; both is proved:")
        assert [line.partition(";")[0] for line in run.lines[1:4]] == ["complete, 2 times", "order", "order"]
        told = json.loads(semainier("why", tmp_path / "small.toml", "--json").out)
        assert (told["outcome"], [conflict["minimal"] for conflict in told["conflicts"]]) == ("impossible", [True])
        laws = [demand["law"] for demand in told["conflicts"][0]["demands"]]
        assert laws == ["complete", "complete", "order", "order"]

    def test_each_way_out_has_a_calendar_that_breaks_what_gives_way_and_nothing_else(self, tmp_path: Path) -> None:
        orders = ORDER.format("virtual-class", "course", 0) + ORDER.format("course", "virtual-class", 0)
        path = file_with(tmp_path, 1, orders)
        told = json.loads(semainier("why", path, "--json", "-o", tmp_path / "ways").out)
        assert len(told["repairs"]) == 3
        for way in told["repairs"]:
            judged = json.loads(semainier("check", path, way["calendar"], "--json").out)
            assert [breach["message"] for breach in judged["breaches"]] == [each["text"] for each in way["breaches"]]

    @pytest.mark.parametrize(
        ("words", "faults"),
        [
            (["a#1"], ["say at which moment a#1 is to stand: --at 2026-11-10T14:00"]),
            (
                ["--at", "2026-11-10T14:00"],
                ["name the session that is to stand there, such as PART#NUMBER or a UID of the calendar"],
            ),
            (
                ["a#1", "b#1", "c.json", "d.json", "--at", "2026-11-10T14:00"],
                ["one calendar and one session can be asked about; remove d.json and b#1"],
            ),
            (
                ["other.toml", "c.json"],
                ["a calendar or a session is asked about with the file of its own programme alone"],
            ),
        ],
    )
    def test_a_question_that_is_not_one(self, tmp_path: Path, words: list[str], faults: list[str]) -> None:
        run = semainier("why", tmp_path / "small.toml", *words)
        assert (run.code, run.errors) == (2, faults)


MOVED = "2026-11-11T10:00:00"


@pytest.fixture(scope="module")
def moved(solved: Path) -> Path:
    """The solved calendar, its first session moved by hand onto 11 November at 10:00."""
    calendar = json.loads((solved / "out" / "calendar.json").read_text("utf-8"))
    calendar["sessions"][0] |= {"start": MOVED, "end": "2026-11-11T11:00:00"}
    path = solved / "moved.json"
    path.write_text(json.dumps(calendar), "utf-8")
    return path


class TestCheck:
    def test_finds_the_written_calendar_clean(self, solved: Path) -> None:
        calendar = solved / "out" / "calendar.json"
        assert semainier("check", solved / "small.toml", calendar) == Run(0, "No breach: every law is kept.\n", "")
        assert semainier("check", solved / "small.toml", calendar, "--lang", "fr").lines == [
            "Aucune infraction : toutes les lois sont respectées."
        ]

    def test_names_the_law_the_day_and_the_session_in_breach(self, solved: Path, moved: Path) -> None:
        run = semainier("check", solved / "small.toml", moved)
        assert run.code == 1
        assert run.lines == [
            "1 breach:",
            "days_off: “Design” (virtual class) stands on Wednesday 11 November 2026 10:00: Armistice Day",
        ]

    def test_names_them_in_french(self, solved: Path, moved: Path) -> None:
        run = semainier("check", solved / "small.toml", moved, "--lang", "fr")
        assert run.code == 1
        # the name of the day off is in the language of the programme
        assert run.lines == [
            "1 infraction :",
            "days_off : « Design » (classe virtuelle) tombe le mercredi 11 novembre 2026 à 10 h : Armistice Day",
        ]

    def test_json_for_machines(self, solved: Path, moved: Path) -> None:
        clean = semainier("check", solved / "small.toml", solved / "out" / "calendar.json", "--json")
        assert (clean.code, json.loads(clean.out)) == (0, {"lawful": True, "breaches": [], "notes": []})
        run = semainier("check", solved / "small.toml", moved, "--json")
        message = "“Design” (virtual class) stands on Wednesday 11 November 2026 10:00: Armistice Day"
        assert (run.code, json.loads(run.out)) == (
            1,
            {"lawful": False, "breaches": [{"law": "days_off", "message": message, "excess": 1}], "notes": []},
        )

    def test_needs_the_calendar_of_its_own_programme(self, solved: Path, tmp_path: Path) -> None:
        calendar = solved / "out" / "calendar.json"
        run = semainier("check", write(tmp_path, SMALL, "other.toml"), calendar)
        assert run.code == 2
        assert run.errors == [
            f"{calendar}, programme: is the calendar of small, not of other; give the two that belong together"
        ]


class TestPublish:
    """A season of two versions is played in `test_season.py`."""

    def published(self, solved: Path, folder: Path, *words: object) -> Run:
        """How the first version is published."""
        calendar = solved / "out" / "calendar.json"
        day = ("--as-of", "2026-09-03")
        return semainier("publish", solved / "small.toml", calendar, "--name", "Rentrée", "-o", folder, *day, *words)

    def test_writes_exactly_these_files(self, solved: Path, tmp_path: Path) -> None:
        folder = tmp_path / "published"
        run = self.published(solved, folder)
        assert (run.code, plain(run.out).split(), run.err) == (
            0,
            f"Version 1, “Rentrée”, is published in {folder}.".split(),
            "",
        )
        assert list(files_of(folder)) == [
            "calendar.html",
            "calendar.json",
            "feeds/groups/all.ics",
            "feeds/programme.ics",
            "feeds/trainers/ann.ics",
            "report.txt",
            "versions/01-rentree.json",
        ]
        assert {name: data for name, data in files_of(folder).items() if name.endswith(".ics")} == {
            name: data for name, data in files_of(solved / "out").items() if name.endswith(".ics")
        }

    def test_as_of_is_the_day_of_the_version(self, solved: Path, tmp_path: Path) -> None:
        self.published(solved, tmp_path)
        calendar = json.loads((tmp_path / "calendar.json").read_text("utf-8"))
        assert calendar["versions"] == [{"name": "Rentrée", "day": "2026-09-03"}]
        # time stamps are those of the draft, of which no feed shows a change
        assert calendar["as_of"] == "2026-09-01"
        report = (tmp_path / "report.txt").read_text("utf-8")
        assert "Version “Rentrée”, published on Thursday 3 September 2026" in report.splitlines()

    def test_speaks_the_language_asked_for(self, solved: Path, tmp_path: Path) -> None:
        run = self.published(solved, tmp_path, "--lang", "fr")
        assert plain(run.out).split() == f"La version 1, « Rentrée », est publiée dans {tmp_path}.".split()
        assert "Toutes les lois sont respectées." in (tmp_path / "report.txt").read_text("utf-8")

    def test_json_for_machines(self, solved: Path, tmp_path: Path) -> None:
        run = self.published(solved, tmp_path, "--json")
        assert (run.code, json.loads(run.out)) == (
            0,
            {
                "version": {"number": 1, "name": "Rentrée", "day": "2026-09-03"},
                "changes": None,
                "breaches": [],
                "output": str(tmp_path),
            },
        )

    def test_a_calendar_in_breach_is_not_published(self, solved: Path, moved: Path, tmp_path: Path) -> None:
        folder = tmp_path / "published"
        words = ("publish", solved / "small.toml", moved, "--name", "Rentrée", "-o", folder)
        run = semainier(*words)
        assert (run.code, run.err) == (1, "")
        assert run.lines == [
            "Not published: the calendar is in breach of laws.",
            "1 breach:",
            "days_off: “Design” (virtual class) stands on Wednesday 11 November 2026 10:00: Armistice Day",
        ]
        assert not folder.exists()
        french = semainier(*words, "--lang", "fr")
        assert (french.code, french.lines) == (
            1,
            [
                "Non publié : le calendrier enfreint des lois.",
                "1 infraction :",
                "days_off : « Design » (classe virtuelle) tombe le mercredi 11 novembre 2026 à 10 h : Armistice Day",
            ],
        )
        record = semainier(*words, "--json")
        message = "“Design” (virtual class) stands on Wednesday 11 November 2026 10:00: Armistice Day"
        assert (record.code, json.loads(record.out)) == (
            1,
            {
                "version": None,
                "changes": None,
                "breaches": [{"law": "days_off", "message": message, "excess": 1}],
                "output": None,
            },
        )
        assert not folder.exists()


class TestPin:
    PART = "design.virtual-class"

    @pytest.fixture
    def saved(self, solved: Path, tmp_path: Path) -> Path:
        """The calendar, beside nothing else."""
        path = tmp_path / "calendar.json"
        path.write_bytes((solved / "out" / "calendar.json").read_bytes())
        return path

    def pin(self, saved: Path, *words: object) -> Run:
        return semainier("pin", saved, f"{self.PART}#2", "--as-of", "2026-09-02", *words)

    def test_writes_the_pin_into_the_calendar_and_nothing_else(self, saved: Path) -> None:
        before = json.loads(saved.read_bytes())
        uid = before["sessions"][1]["uid"]
        run = self.pin(saved, "--by", "Head", "--why", "hall booked")
        assert (run.code, run.lines, run.err) == (
            0,
            ["Design · virtual class (2) is pinned where it stands: Tue 17 Nov 2026 09:00."],
            "",
        )
        pin = {"uid": uid, "by": "Head", "why": "hall booked", "day": "2026-09-02", "machine": False}
        assert json.loads(saved.read_bytes()) == before | {"pins": [pin]}
        assert list(files_of(saved.parent)) == ["calendar.json"]
        assert semainier("pin", saved).lines[0].startswith("- Design · virtual class (2)")
        record = {"session": f"{self.PART}#2", "title": "virtual class"} | pin
        assert json.loads(semainier("pin", saved, "--json").out) == {"pins": [record], "was": None}

    def test_takes_it_off_and_the_calendar_is_as_it_was(self, saved: Path) -> None:
        before = saved.read_bytes()
        self.pin(saved, "--by", "Head")
        run = semainier("pin", saved, f"{self.PART}#2", "--remove", "--json")
        assert (run.code, json.loads(run.out)["was"]["by"]) == (0, "Head")
        assert saved.read_bytes() == before
        self.pin(saved)
        run = semainier("pin", saved, f"{self.PART}#2", "--remove", "--lang", "fr")
        assert (run.code, saved.read_bytes()) == (0, before)
        assert run.lines[0].startswith("Design · virtual class (2) peut de nouveau changer de place")

    def test_what_is_pinned_is_not_moved_and_where_it_must_the_pin_is_named(self, saved: Path, after: Path) -> None:
        """Ann is away on 17 November, when two sessions stand; without the pin both move."""
        self.pin(saved, "--by", "Head", "--why", "hall booked")
        words = ("--previous", saved, "--as-of", "2026-11-12", "-o", saved.parent / "out")
        run = semainier("solve", after / "small.toml", *words)
        assert run.code == 1
        assert run.lines[-1] == (
            "kept: impossible even without the other laws; in the nearest calendar “Design” (virtual class) does not "
            "stand on Tuesday 17 November 2026 09:00, where it is pinned since Wednesday 2 September 2026 by Head: "
            "hall booked"
        )
        assert semainier("solve", after.parent / "small.toml", *words).code == 0
        made = json.loads((saved.parent / "out" / "calendar.json").read_bytes())
        assert made["pins"] == json.loads(saved.read_bytes())["pins"]

    @pytest.mark.parametrize(
        ("words", "fault"),
        [
            (["zzz"], "no session or block is called zzz; choose from design.virtual-class"),
            ([f"{PART}#1", "--remove"], f"{PART}#1 is not pinned"),
            ([f"{PART}#1", "--remove", "--why", "x"], "--remove keeps no words: leave out --by and --why"),
            (["--by", "Head"], "name the session or block: PART#NUMBER, its key or its UID"),
            (["--why", "x"], "name the session or block: PART#NUMBER, its key or its UID"),
            (["--remove"], "name the session or block: PART#NUMBER, its key or its UID"),
        ],
    )
    def test_what_makes_no_sense_changes_nothing(self, words: list[str], fault: str, saved: Path) -> None:
        before = saved.read_bytes()
        run = semainier("pin", saved, *words)
        assert (run.code, run.out, run.errors, saved.read_bytes()) == (2, "", [fault], before)

    def test_a_file_that_is_no_calendar(self, solved: Path) -> None:
        run = semainier("pin", solved / "small.toml")
        assert (run.code, len(run.errors)) == (2, 1)


def test_the_schema_is_json() -> None:
    run = semainier("schema")
    assert run.code == 0
    assert json.loads(run.out)["title"] == "Programme"


@pytest.fixture(scope="module")
def after(solved: Path) -> Path:
    """A folder with a programme in which Ann is away on 17 November, and the year made again on the 12th."""
    away = changed('weekday = "tuesday" }]', 'weekday = "tuesday" }]\ncannot = [{ dates = [2026-11-17, 2026-11-17] }]')
    text = changed("[laws.working_hours]", "[laws.working_hours]\n[laws.availability]", away)
    (solved / "later").mkdir()
    words = ("--previous", solved / "out" / "calendar.json", "--as-of", "2026-11-12")
    run = semainier("solve", write(solved / "later", text), "-o", solved / "later" / "out", *words)
    assert run.code == 0
    (solved / "later" / "said.txt").write_text(run.out, "utf-8")
    return solved / "later"


class TestSolveAfterAPreviousCalendar:
    def test_says_what_moves(self, after: Path) -> None:
        """What stood on the 10th was held; what stood on the 17th stands from the 12th on, on other days."""
        said = timeless((after / "said.txt").read_text("utf-8"), after / "out")
        before, now = (sessions(after.parent / "out"), sessions(after / "out"))
        moves = sorted((when, now[uid]) for uid, when in before.items() if now[uid] != when)
        assert [was[:10] for was, _ in moves] == ["2026-11-17"] * len(moves)
        level = said.index("Level  Value  Bound  Quality         Preferences")
        assert said[level + 1] == f"    0     {10 * len(moves)}     {10 * len(moves)}  proved optimal  few changes"
        assert f"Against the previous calendar: {len(moves)} moved." in said

    def test_json_has_the_changes(self, after: Path, tmp_path: Path) -> None:
        words = ("--previous", after.parent / "out" / "calendar.json", "--as-of", "2026-11-12", "--json")
        told = json.loads(semainier("solve", after / "small.toml", "-o", tmp_path / "out", *words).out)
        before, now = (sessions(after.parent / "out"), sessions(after / "out"))
        assert {change["uid"]: (change["before"]["start"], change["after"]["start"]) for change in told["changes"]} == {
            uid: (when, now[uid]) for uid, when in before.items() if now[uid] != when
        }

    def test_two_runs_write_the_same_bytes(self, after: Path, tmp_path: Path) -> None:
        words = ("--previous", after.parent / "out" / "calendar.json", "--as-of", "2026-11-12")
        semainier("solve", after / "small.toml", "-o", tmp_path / "out", *words)
        assert files_of(tmp_path / "out") == files_of(after / "out")

    def test_the_previous_calendar_may_be_the_one_that_is_written_over(self, after: Path, tmp_path: Path) -> None:
        for name, data in files_of(after.parent / "out").items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(data)
        words = ("--previous", tmp_path / "calendar.json", "--as-of", "2026-11-12")
        assert semainier("solve", after / "small.toml", "-o", tmp_path, *words).code == 0
        assert files_of(tmp_path) == files_of(after / "out")


def sessions(folder: Path) -> dict[str, str]:
    """The start of every session of a calendar by its UID."""
    calendar = json.loads((folder / "calendar.json").read_text("utf-8"))
    return {session["uid"]: session["start"] for session in calendar["sessions"]}


def test_a_person_who_interrupts_before_the_search_gets_no_answer(tmp_path: Path) -> None:
    """The programme comes through a pipe that stays silent, so that the command waits for it."""
    pipe = tmp_path / "silent.toml"
    os.mkfifo(pipe)
    words = command("solve", pipe, "-o", tmp_path / "out")
    with (
        subprocess.Popen(
            words, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as running,
        pipe.open("wb"),
    ):  # waits until the command reads
        running.send_signal(signal.SIGINT)
        said, beside = running.communicate(timeout=60)
    assert (running.returncode, said, beside) == (3, "", "Interrupted.\n")
    assert not (tmp_path / "out").exists()


def ended_by(word: signal.Signals, folder: Path) -> Run:
    """A long search that a signal ends once it works on level 1."""
    words = command("solve", LE_MANS, "-o", folder, "--as-of", "2026-09-01")
    with subprocess.Popen(
        words, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stderr is not None
        begun = next(line for line in running.stderr if "niveau 1" in line)
        running.send_signal(word)
        out, err = running.communicate(timeout=60)
        return Run(running.returncode, out, begun + err)


@pytest.mark.parametrize("word", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_search_with_the_best_so_far(word: signal.Signals, tmp_path: Path) -> None:
    run = ended_by(word, tmp_path / "out")
    assert run.code == 0
    assert "Traceback" not in run.err
    assert [line for line in run.errors if not PROGRESS["fr"].fullmatch(line)] == []
    assert run.lines[0].startswith("Année conforme : 187 séances en ")
    assert timeless(run.out, tmp_path / "out")[-1] == f"Trouvée en … s et écrite dans {tmp_path / 'out'}."
    assert [name for name in files_of(tmp_path / "out") if "/" not in name] == [
        "calendar.html",
        "calendar.json",
        "report.txt",
    ]
    report = " ".join(plain((tmp_path / "out" / "report.txt").read_text("utf-8")).split())
    assert (
        "La recherche a été interrompue par l’horloge ou par quelqu’un : une autre exécution peut donner un autre "
        "calendrier."
    ) in report
    check = semainier("check", LE_MANS, tmp_path / "out" / "calendar.json")
    assert (check.code, check.lines) == (0, ["Aucune infraction : toutes les lois sont respectées."])
