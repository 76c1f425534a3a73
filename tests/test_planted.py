"""One planted breach of each law: a year that declares every law, and one edit by hand after which the command names
exactly that law.

The year is `every-law.toml`. It costs nothing where each session stands at the hour that its trainer prefers, and the
edits speak of that calendar: teaching on Tuesdays and Thursdays from 13 October to 3 December 2026, but in the holidays
of zone B, and Fridays with the host.
"""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from constraints import RULES
from constraints.rule import Preference
from door import semainier_here
from programmes import ROOT
from scheduler.problem import read_problem

EVERY_LAW = ROOT / "tests" / "every-law.toml"
LAWS = [rule.name for rule in RULES if not issubclass(rule, Preference) and rule.origin != "asked"]
"""But those that come with a question, which no calendar answers by being judged."""
BROUGHT = [rule.name for rule in RULES if rule.name in LAWS and rule.origin == "previous"]
"""Those that come with the calendar that people know."""

Entry = dict[str, Any]


class Year:
    """A calendar, for somebody who edits it by hand."""

    def __init__(self, calendar: dict[str, Any]) -> None:
        self.calendar = calendar

    def session(self, part: str, day: str) -> Entry:
        """The session of a part on a day."""
        return _only(one for one in self.calendar["sessions"] if one["part"] == part and one["start"][:10] == day)

    def run(self, source: str, first: str) -> Entry:
        """The days of a block or an internship in a row from a day on."""
        return _only(one for one in self.calendar["days"] if one["source"] == source and one["first"] == first)

    def work(self, part: str, monday: str) -> Entry:
        """The self-paced work of a part in a week."""
        return _only(one for one in self.calendar["work"] if one["part"] == part and one["monday"] == monday)

    def move(self, part: str, day: str, to: str) -> None:
        """Moves the session of a part on a day to another time; it keeps its length."""
        session = self.session(part, day)
        start, end, then = map(datetime.fromisoformat, (session["start"], session["end"], to))
        session.update(start=then.isoformat(), end=(then + (end - start)).isoformat())


def _only(found: Iterable[Entry]) -> Entry:
    [entry] = found
    return entry


Edit = Callable[[Year], None]

PLANTED: dict[str, Edit] = {}
"""For each law the edit that breaks it and no other."""


def planted(edit: Edit) -> Edit:
    """Names an edit as the one that breaks the law of its name."""
    PLANTED[edit.__name__] = edit
    return edit


@planted
def held(year: Year) -> None:
    """Office hours that were held in the morning are said to have been in the afternoon."""
    year.move("office.hours", "2026-10-13", "2026-10-13T14:00")


@planted
def kept(year: Year) -> None:
    """Office hours that are pinned in the morning go to the afternoon."""
    year.move("office.hours", "2026-10-13", "2026-10-13T14:00")


@planted
def barred(year: Year) -> None:
    """Office hours stand at a time that they had to leave, as the calendar's own history tells."""
    slot = {
        "activity": "office.hours",
        **{key: year.session("office.hours", "2026-10-13")[key] for key in ("start", "end")},
    }
    year.calendar["history"] = [{"day": "2026-09-02", "barred": [slot]}]


@planted
def on_hold(year: Year) -> None:
    """Office hours go to a slot that is on hold for a class."""
    year.move("office.hours", "2026-10-13", "2026-10-13T14:00")


@planted
def complete(year: Year) -> None:
    """One of two sessions is gone."""
    year.calendar["sessions"].remove(year.session("studio.course", "2026-11-26"))


@planted
def within(year: Year) -> None:
    """The exam leaves the week of exams."""
    year.move("rights.exam", "2026-12-07", "2026-12-14T09:00")


@planted
def days_off(year: Year) -> None:
    """A class goes from the Tuesday to Armistice Day."""
    year.move("design.class", "2026-11-10", "2026-11-11T09:00")


@planted
def working_hours(year: Year) -> None:
    """A class begins an hour before opening."""
    year.move("film.class", "2026-11-12", "2026-11-12T08:00")


@planted
def no_start_before_rest(year: Year) -> None:
    """The only session of a module goes to the eve of Armistice Day."""
    year.move("lecture.course", "2026-11-25", "2026-11-10T14:00")


@planted
def whole_week(year: Year) -> None:
    """A lecture goes into the welcome week, to which it does not belong."""
    year.move("lecture.course", "2026-11-25", "2026-10-06T14:30")


@planted
def availability(year: Year) -> None:
    """A lecture goes to a Monday, on which its guest cannot come."""
    year.move("lecture.course", "2026-11-25", "2026-11-09T14:30")


@planted
def capacity(year: Year) -> None:
    """A group of six goes to the den, which the programme names for it too, and which seats four."""
    for day in ("2026-11-19", "2026-11-26"):
        year.session("studio.course", day)["place"] = "den"


@planted
def internship_alternating(year: Year) -> None:
    """A host day goes from the Friday to the Wednesday, on which nobody is taught either."""
    year.run("shadowing", "2026-11-20").update(first="2026-11-18", last="2026-11-18")


@planted
def internship_full_time(year: Year) -> None:
    """The second week with the host becomes the third."""
    year.run("placement", "2027-01-11").update(first="2027-01-18", last="2027-01-22")


@planted
def one_at_a_time(year: Year) -> None:
    """Office hours begin in the very minute in which a class ends."""
    year.move("office.hours", "2026-10-13", "2026-10-13T10:00")


@planted
def travel(year: Year) -> None:
    """Office hours begin a quarter of an hour after a lecture in another place."""
    year.move("office.hours", "2026-11-24", "2026-11-25T15:45")


@planted
def electives(year: Year) -> None:
    """Two options of which a student may choose both meet at once."""
    year.move("sound.class", "2026-11-12", "2026-11-12T09:00")


@planted
def distance_cap(year: Year) -> None:
    """The self-paced work of the last week is done in the week before, which is full."""
    year.work("design.work", "2026-11-30")["monday"] = "2026-11-23"


@planted
def weekly_load(year: Year) -> None:
    """A course of two hours goes into a week that has two hours of courses."""
    year.move("rights.course", "2026-12-03", "2026-11-17T13:00")


@planted
def daily_load(year: Year) -> None:
    """Office hours go to the Thursday of the same week, which has four hours."""
    year.move("office.hours", "2026-11-17", "2026-11-19T14:30")


@planted
def trainer_load(year: Year) -> None:
    """A meeting is given by the other trainer whom the programme names, who has a class in that week."""
    year.session("tutoring.meeting.1", "2026-11-03")["trainers"] = ["design"]


@planted
def jury(year: Year) -> None:
    """A defence goes to the day after the other one."""
    year.move("thesis.defence.two", "2026-12-09", "2026-12-10T13:00")


@planted
def open_days(year: Year) -> None:
    """A meeting goes to the Monday of a week that has three open days."""
    year.move("tutoring.meeting.1", "2026-11-24", "2026-11-23T13:00")


@planted
def spread(year: Year) -> None:
    """A class goes to the Thursday, five days before the next one."""
    year.move("design.class", "2026-11-03", "2026-11-05T14:30")


@planted
def small_groups(year: Year) -> None:
    """A meeting of a team is held three weeks early, so that three teaching weeks go by without one."""
    year.move("tutoring.meeting.1", "2026-11-03", "2026-10-13T13:00")


@planted
def order(year: Year) -> None:
    """A course comes a week after its exam."""
    year.move("rights.course", "2026-12-03", "2026-12-14T09:00")


@planted
def deadline(year: Year) -> None:
    """The timetable of exams comes out a fortnight before the exam, a day too late."""
    year.run("timetable", "2026-11-20").update(first="2026-11-23", last="2026-11-23")


@planted
def due_dates(year: Year) -> None:
    """The essay is due in the week of the portfolio."""
    year.run("essay", "2026-12-15").update(first="2026-12-10", last="2026-12-10")


@planted
def recurring(year: Year) -> None:
    """The office hours of the last week are in the week before."""
    year.move("office.hours", "2026-12-01", "2026-11-24T16:30")


@planted
def weekly(year: Year) -> None:
    """A class of game begins an hour later."""
    year.move("game.class", "2026-11-12", "2026-11-12T14:00")


@planted
def alike(year: Year) -> None:
    """One of two sessions goes to another place, which has seats enough."""
    session = year.session("studio.course", "2026-11-26")
    session["place"] = {"hall": "room", "room": "hall"}[session["place"]]


@planted
def begin_in_order(year: Year) -> None:
    """Office hours begin on the eve of the first class, which they follow."""
    year.move("office.hours", "2026-10-13", "2026-10-12T10:30")


@planted
def daily_spacing(year: Year) -> None:
    """Office hours begin at five on a day on which a class began at nine."""
    year.move("office.hours", "2026-10-13", "2026-10-13T17:00")


@planted
def daily_hours(year: Year) -> None:
    """A lecture goes to a Thursday, on which there is an hour of film."""
    year.move("lecture.course", "2026-11-25", "2026-11-12T14:30")


@planted
def daily_blocks(year: Year) -> None:
    """A class of film goes to the afternoon, three hours after that of sound."""
    year.move("film.class", "2026-11-19", "2026-11-19T14:30")


@planted
def few_weekdays(year: Year) -> None:
    """A class of sound goes from a Thursday to the Tuesday before."""
    year.move("sound.class", "2026-11-19", "2026-11-17T14:30")


@planted
def apart(year: Year) -> None:
    """A class of film is at the hour of game, on another day."""
    year.move("film.class", "2026-10-15", "2026-10-13T13:00")


@planted
def side_by_side(year: Year) -> None:
    """The rehearsal of a team goes from one hour to the other, by itself."""
    hour = year.session("rehearsal.class.1", "2026-12-01")["start"][11:13]
    year.move("rehearsal.class.1", "2026-12-01", {"13": "2026-12-01T15:00", "15": "2026-12-01T13:00"}[hour])


@planted
def handover(year: Year) -> None:
    """Defences are presented on the day of the last of them, which is in the welcome week as well."""
    year.move("opening.defences", "2026-10-07", "2026-10-05T10:00")


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The calendar of the year."""
    folder = tmp_path_factory.mktemp("every-law")
    assert semainier_here("solve", EVERY_LAW, "-o", folder, "--as-of", "2026-09-01").code == 0
    return folder / "calendar.json"


def named(*words: object) -> tuple[int, list[str]]:
    """How a command ends, and the laws that it names, each once."""
    run = semainier_here(*words, "--json")
    return run.code, list(dict.fromkeys(breach["law"] for breach in json.loads(run.out)["breaches"]))


def edited(saved: Path, edit: Edit, folder: Path) -> Path:
    """The calendar after an edit."""
    calendar = json.loads(saved.read_bytes())
    edit(Year(calendar))
    path = folder / "edited.json"
    path.write_text(json.dumps(calendar), "utf-8")
    return path


def test_every_law_has_its_breach() -> None:
    assert list(PLANTED) == LAWS


def test_the_year_declares_every_law() -> None:
    """But those that a calendar brings, of which a file says nothing."""
    declared = [rule.name for rule in read_problem(EVERY_LAW).laws]
    assert list(dict.fromkeys([*BROUGHT, *declared])) == LAWS


def test_the_year_is_the_one_that_costs_nothing(solved: Path) -> None:
    levels = json.loads(solved.read_bytes())["certificate"]["levels"]
    assert [(level["value"], level["proved"]) for level in levels] == [(0, True)]


def test_before_any_edit_no_law_is_broken(solved: Path) -> None:
    assert named("check", EVERY_LAW, solved) == (0, [])


@pytest.mark.parametrize("law", [law for law in LAWS if law not in BROUGHT or law == "barred"])
def test_an_edit_breaks_exactly(law: str, solved: Path, tmp_path: Path) -> None:
    assert named("check", EVERY_LAW, edited(solved, PLANTED[law], tmp_path)) == (1, [law])


def nothing(year: Year) -> None:
    """What begins before the day of a version is held without a word."""


def a_pin(year: Year) -> None:
    pin = {"uid": year.session("office.hours", "2026-10-13")["uid"], "day": "2026-09-01"}
    year.calendar["pins"] = [pin]


def a_slot_on_hold(year: Year) -> None:
    session = year.session("design.class", "2026-10-13")
    year.calendar["holds"] = [
        {
            "uid": "slot@semainier",
            "last_modified": "2026-09-01T00:00:00Z",
            "session": session["uid"],
            "start": "2026-10-13T14:00:00",
            "end": "2026-10-13T15:00:00",
            "trainers": session["trainers"],
            "offer": "poll",
        }
    ]


@pytest.mark.parametrize(
    ("law", "known", "day"),
    [("held", nothing, "2026-11-01"), ("kept", a_pin, "2026-09-02"), ("on_hold", a_slot_on_hold, "2026-09-02")],
)
def test_an_edit_breaks_exactly_what_a_version_brings(
    law: str, known: Edit, day: str, solved: Path, tmp_path: Path
) -> None:
    """It is known from the version that is published, so that `publish` names it and `check` cannot."""
    published = tmp_path / "published"
    words = ("--name", "Start", "-o", published, "--as-of", "2026-09-01")
    assert named("publish", EVERY_LAW, solved, *words) == (0, [])
    edited(published / "calendar.json", known, tmp_path).replace(published / "calendar.json")
    draft = edited(published / "calendar.json", PLANTED[law], tmp_path)
    assert named("check", EVERY_LAW, draft) == (0, [])
    words = ("--name", "All Saints", "-o", published, "--as-of", day)
    assert named("publish", EVERY_LAW, draft, *words) == (1, [law])


def test_every_law_that_a_version_brings_is_planted() -> None:
    assert BROUGHT == ["held", "kept", "barred", "on_hold"]
