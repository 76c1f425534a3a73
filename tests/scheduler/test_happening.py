"""What changes mean for a calendar, and which of them cannot be."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from calendars.calendar_file import (
    Away,
    BarredSlot,
    Calendar,
    CertificateRecord,
    Closed,
    Revision,
    SchoolHoliday,
    Struck,
)
from calendars.changes_file import ChangesFile, read_changes
from calendars.clock import Dates
from calendars.faults import FaultyInput
from calendars.reading import located
from calendars.saving import calendar_of
from constraints.availability import Availability
from constraints.complete import Complete
from constraints.days_off import DaysOff
from constraints.pinned import Pinned
from constraints.rule import Rule
from programmes import plain
from scheduler.happening import Happened, happened
from scheduler.problem import Problem
from small import at, classes, module, on, small, timetable, week_of, work

THREE_WEEKS = [date(2026, 11, 2), date(2026, 11, 20)]
TODAY = date(2026, 11, 11)
"""The first week has begun, and so have a session and the course of the second."""

PROGRAMME = small(
    dates=THREE_WEEKS,
    trainers={key: {"title": key.title()} for key in ("ann", "bob")},
    places={"room": {"title": "Room"}},
    groups={"all": {"title": "All", "school_zones": ["B"]}},
    modules={"m": module(classes(4), classes(1, minutes=120, id="lab"), work(1))},
    blocks={
        key: {"title": key.title(), "kind": "course", "days": 3, "group": "all", "dates": THREE_WEEKS}
        for key in ("begun", "course")
    },
    internships={"host": {"title": "Internship", "hours": 7, "group": "all", "dates": THREE_WEEKS}},
)
LAWS: tuple[Rule, ...] = (Complete(), DaysOff(), Availability())
PROBLEM = Problem(PROGRAMME, LAWS)
PLACED = timetable(
    at("2026-11-03 09:00"),
    at("2026-11-10 09:00"),
    at("2026-11-12 09:00"),
    at("2026-11-17 09:00"),
    at("2026-11-19 13:00", 120, part="m.lab"),
    on("2026-11-09", "2026-11-11", activity="begun"),
    on("2026-11-16", "2026-11-18", activity="course"),
    week_of("2026-11-16", 60),
    on("2026-11-13", activity="host"),
)


def calendar_with(**edits: Any) -> Calendar:
    certificate = CertificateRecord(levels=(), reproducible=True)
    return calendar_of(PROGRAMME, PLACED, certificate, THREE_WEEKS[0], seed=0).model_copy(update=edits)


CALENDAR = calendar_with()
FIRST, SECOND, THIRD, FOURTH, LAB = CALENDAR.sessions
BEGUN, COURSE, _ = CALENDAR.days
CLASS = "m.virtual-class"


def meant(**tables: Any) -> Happened:
    return happened(ChangesFile.model_validate(tables), PROBLEM, CALENDAR, TODAY)


def barred(activity: str, start: str, end: str) -> BarredSlot:
    return BarredSlot(activity=activity, start=datetime.fromisoformat(start), end=datetime.fromisoformat(end))


class TestWhatItMeans:
    def test_what_is_to_be_told_only_is_told(self) -> None:
        days = [date(2026, 11, 12), date(2026, 11, 13)]
        dates = Dates(*days)
        assert meant(
            why="flu",
            away=[{"trainer": "ann", "dates": days}],
            closed=[{"place": "room", "dates": days}],
            struck=[{"title": "Strike", "dates": days}],
            school_holidays=[{"zone": "B", "title": "Bridge", "dates": days, "source": "Arrêté"}],
        ) == Happened(
            Revision(
                day=TODAY,
                why="flu",
                away=(Away(trainer="ann", dates=dates),),
                closed=(Closed(place="room", dates=dates),),
                struck=(Struck(title="Strike", dates=dates),),
                school_holidays=(SchoolHoliday(zone="B", title="Bridge", dates=dates, source="Arrêté"),),
            )
        )

    @pytest.mark.parametrize("name", [f"{CLASS}#3", THIRD.uid])
    def test_what_has_to_move_may_not_come_back(self, name: str) -> None:
        slot = barred(CLASS, "2026-11-12T09:00", "2026-11-12T10:00")
        assert meant(move=[{"session": name}]) == Happened(Revision(day=TODAY, barred=(slot,), moved=(THIRD.uid,)))

    def test_what_moves_to_a_time_is_asked_for_there(self) -> None:
        slot = barred(CLASS, "2026-11-12T09:00", "2026-11-12T10:00")
        asked = Pinned(activity=CLASS, span=at("2026-11-13 09:00").span)
        assert meant(move=[{"session": f"{CLASS}#3", "to": datetime(2026, 11, 13, 9)}]) == Happened(
            Revision(day=TODAY, barred=(slot,), moved=(THIRD.uid,)), (asked,)
        )

    @pytest.mark.parametrize(
        ("hour", "start", "end"),
        [(14, 13, 14), (12, 14, 15), (11, 13, 15), (15, 13, 15)],
    )
    def test_the_time_that_it_left_is_barred_but_for_what_it_takes_anew(self, hour: int, start: int, end: int) -> None:
        """Two hours from 13:00, which move by an hour or more."""
        found = meant(move=[{"session": "m.lab", "to": datetime(2026, 11, 19, hour)}])
        assert found.revision.barred == (barred("m.lab", f"2026-11-19T{start}:00", f"2026-11-19T{end}:00"),)

    def test_a_block_moves_by_days(self) -> None:
        """From Monday to Wednesday, a day later: Monday is barred."""
        found = meant(move=[{"session": "course", "to": date(2026, 11, 17)}])
        assert found == Happened(
            Revision(
                day=TODAY,
                barred=(barred("course", "2026-11-16T00:00", "2026-11-17T00:00"),),
                moved=(COURSE.uid,),
            ),
            (Pinned(activity="course", span=on("2026-11-17", "2026-11-19", activity="course").span),),
        )

    def test_what_was_missed_has_begun(self) -> None:
        found = meant(missed=[{"session": f"{CLASS}#1"}, {"session": f"{CLASS}#2"}])
        assert found == Happened(Revision(day=TODAY, missed=(FIRST.uid, SECOND.uid)))

    def test_what_is_called_off_is_one_less_and_does_not_come_back_where_it_was_to_be(self) -> None:
        slot = barred(CLASS, "2026-11-12T09:00", "2026-11-12T10:00")
        off = [{"session": f"{CLASS}#1"}, {"session": f"{CLASS}#3"}]
        assert meant(cancel=off) == Happened(
            Revision(day=TODAY, barred=(slot,), sessions={CLASS: -2}, called_off=(FIRST.uid, THIRD.uid))
        )

    def test_sessions_are_added_and_asked_for_where_a_time_is_given(self) -> None:
        at_ten = {"part": CLASS, "at": datetime(2026, 11, 13, 10)}
        asked = Pinned(activity=CLASS, span=at("2026-11-13 10:00").span)
        assert meant(add=[{"part": CLASS, "sessions": 2}, at_ten, {"part": "m.lab"}]) == Happened(
            Revision(day=TODAY, sessions={CLASS: 3, "m.lab": 1}), (asked,)
        )

    def test_another_part_or_one_that_is_cancelled_may_stand_there(self) -> None:
        off = FOURTH.model_copy(update={"state": "cancelled"})
        changes = ChangesFile.model_validate({"add": [{"part": CLASS, "at": datetime(2026, 11, 17, 9)}]})
        found = happened(changes, PROBLEM, calendar_with(sessions=(FIRST, SECOND, THIRD, off, LAB)), TODAY)
        assert found.asked == (Pinned(activity=CLASS, span=at("2026-11-17 09:00").span),)
        other = meant(add=[{"part": CLASS, "at": datetime(2026, 11, 19, 13)}])
        assert other.asked == (Pinned(activity=CLASS, span=at("2026-11-19 13:00").span),)

    def test_one_more_and_one_less_leave_the_number(self) -> None:
        found = meant(add=[{"part": CLASS}], cancel=[{"session": f"{CLASS}#1"}])
        assert (found.revision.sessions, found.revision.called_off) == ({}, (FIRST.uid,))

    def test_what_begins_on_the_day_itself_is_still_to_come(self) -> None:
        found = happened(
            ChangesFile.model_validate({"move": [{"session": f"{CLASS}#3", "to": datetime(2026, 11, 12, 10)}]}),
            PROBLEM,
            CALENDAR,
            date(2026, 11, 12),
        )
        assert found.asked == (Pinned(activity=CLASS, span=at("2026-11-12 10:00").span),)


FAULTY = """\
[[away]]
trainer = "anne"
dates = [2026-11-12, 2026-11-12]

[[closed]]
place = "gym"
dates = [2026-11-12, 2026-11-12]

[[school_holidays]]
zone = "C"
title = "Bridge"
dates = [2026-11-12, 2026-11-12]
source = "Arrêté"

[[move]]
session = "m.virtual-class#9"

[[move]]
session = "m.virtual-class#2"

[[move]]
session = "begun"

[[move]]
session = "m.virtual-class#3"
to = 2026-11-12T09:00:00

[[move]]
session = "m.virtual-class#4"
to = 2026-11-10T09:00:00

[[move]]
session = "m.lab"
to = 2026-11-12T09:30:00

[[missed]]
session = "m.virtual-class#3"

[[missed]]
session = "begun"

[[missed]]
session = "course"

[[cancel]]
session = "course"

[[cancel]]
session = "m.virtual-class#1"

[[cancel]]
session = "m.virtual-class#1"

[[add]]
part = "m.distance-work"

[[add]]
part = "m.lab"
at = 2026-11-21T09:00:00
"""


def refused(
    folder: Path, text: str, problem: Problem = PROBLEM, calendar: Calendar = CALENDAR, language: str = "en"
) -> list[str]:
    path = folder / "changes.toml"
    path.write_text(text, "utf-8")
    changes, read = read_changes(path)
    with pytest.raises(FaultyInput) as caught:
        happened(changes, problem, calendar, TODAY)
    faults = located(caught.value.faults, read, path)
    return [plain(fault.words(language)).removeprefix(f"{folder}/") for fault in faults]


class TestFaults:
    def test_all_are_told_at_once_with_line_and_cure(self, tmp_path: Path) -> None:
        assert refused(tmp_path, FAULTY) == [
            "changes.toml:2, away[0].trainer: the programme has no anne; did you mean ann?",
            "changes.toml:6, closed[0].place: the programme has no gym; choose from room",
            "changes.toml:10, school_holidays[0].zone: the programme has no C; choose from B",
            "changes.toml:16, move[0].session: the calendar has no session m.virtual-class#9; did you mean "
            "m.virtual-class#4?",
            "changes.toml:19, move[1].session: “Module” (virtual class) on Tuesday 10 November 2026 09:00: it has "
            "begun, and does not move any more; if it was missed, say [[missed]]",
            "changes.toml:22, move[2].session: “Begun” from Monday 9 November 2026 to Wednesday 11 November 2026: it "
            "has begun, and does not move any more; if it was missed, say [[missed]]",
            "changes.toml:26, move[3].to: “Module” (virtual class) on Thursday 12 November 2026 09:00: it stands "
            "there already",
            "changes.toml:30, move[4].to: Tuesday 10 November 2026 09:00 lies before Wednesday 11 November 2026, the "
            "day of the change",
            "changes.toml:34, move[5].to: “Module” (virtual class) cannot begin on Thursday 12 November 2026 09:30, "
            "but every 60 minutes: on Thursday 12 November 2026 09:00 and on Thursday 12 November 2026 10:00",
            "changes.toml:37, missed[0].session: “Module” (virtual class) on Thursday 12 November 2026 09:00: it is "
            "still to come; say [[move]] or [[cancel]]",
            "changes.toml:40, missed[1].session: “Begun” from Monday 9 November 2026 to Wednesday 11 November 2026: "
            "it is no session",
            "changes.toml:43, missed[2].session: “Course” from Monday 16 November 2026 to Wednesday 18 November 2026: "
            "it is no session",
            "changes.toml:46, cancel[0].session: “Course” from Monday 16 November 2026 to Wednesday 18 November 2026: "
            "it is no session",
            "changes.toml:52, cancel[2].session: “Module” (virtual class) on Tuesday 3 November 2026 09:00: it is "
            "named twice; keep one of the two",
            "changes.toml:55, add[0].part: the programme has no m.distance-work; choose from m.virtual-class and m.lab",
            "changes.toml:59, add[1].at: “Module” (virtual class) cannot begin on Saturday 21 November 2026 09:00: "
            "choose a day from Monday 2 November 2026 to Friday 20 November 2026",
        ]

    def test_in_french(self, tmp_path: Path) -> None:
        assert refused(tmp_path, FAULTY, language="fr") == [
            "changes.toml:2, away[0].trainer : la formation ne connaît pas anne ; vouliez-vous dire ann ?",
            "changes.toml:6, closed[0].place : la formation ne connaît pas gym ; choisissez parmi room",
            "changes.toml:10, school_holidays[0].zone : la formation ne connaît pas C ; choisissez parmi B",
            "changes.toml:16, move[0].session : le calendrier n’a pas de séance m.virtual-class#9 ; vouliez-vous dire "
            "m.virtual-class#4 ?",
            "changes.toml:19, move[1].session : « Module » (classe virtuelle) le mardi 10 novembre 2026 à 9 h : c’est "
            "commencé et ne bouge plus ; si la séance n’a pas eu lieu, écrivez [[missed]]",
            "changes.toml:22, move[2].session : « Begun » du lundi 9 novembre 2026 au mercredi 11 novembre 2026 : "
            "c’est commencé et ne bouge plus ; si la séance n’a pas eu lieu, écrivez [[missed]]",
            "changes.toml:26, move[3].to : « Module » (classe virtuelle) le jeudi 12 novembre 2026 à 9 h : c’est déjà "
            "sa place",
            "changes.toml:30, move[4].to : mardi 10 novembre 2026 à 9 h : c’est avant le mercredi 11 novembre 2026, "
            "jour du changement",
            "changes.toml:34, move[5].to : « Module » (classe virtuelle) ne peut pas commencer le jeudi 12 novembre "
            "2026 à 9 h 30, mais toutes les 60 minutes : le jeudi 12 novembre 2026 à 9 h et le jeudi 12 novembre 2026 "
            "à 10 h",
            "changes.toml:37, missed[0].session : « Module » (classe virtuelle) le jeudi 12 novembre 2026 à 9 h : "
            "c’est encore à venir ; écrivez [[move]] ou [[cancel]]",
            "changes.toml:40, missed[1].session : « Begun » du lundi 9 novembre 2026 au mercredi 11 novembre 2026 : "
            "ce n’est pas une séance",
            "changes.toml:43, missed[2].session : « Course » du lundi 16 novembre 2026 au mercredi 18 novembre 2026 : "
            "ce n’est pas une séance",
            "changes.toml:46, cancel[0].session : « Course » du lundi 16 novembre 2026 au mercredi 18 novembre 2026 : "
            "ce n’est pas une séance",
            "changes.toml:52, cancel[2].session : « Module » (classe virtuelle) le mardi 3 novembre 2026 à 9 h : "
            "figure deux fois ; n’en gardez qu’une",
            "changes.toml:55, add[0].part : la formation ne connaît pas m.distance-work ; choisissez parmi "
            "m.virtual-class et m.lab",
            "changes.toml:59, add[1].at : « Module » (classe virtuelle) ne peut pas commencer le samedi 21 novembre "
            "2026 à 9 h : choisissez un jour du lundi 2 novembre 2026 au vendredi 20 novembre 2026",
        ]

    @pytest.mark.parametrize(
        ("table", "law"),
        [
            ('[[away]]\ntrainer = "ann"', "availability"),
            ('[[closed]]\nplace = "room"', "availability"),
            ('[[struck]]\ntitle = "Strike"', "days_off"),
            ('[[school_holidays]]\ntitle = "Bridge"\nzone = "B"\nsource = "Arrêté"', "days_off"),
        ],
    )
    def test_a_law_that_would_look_at_it_is_not_declared(self, tmp_path: Path, table: str, law: str) -> None:
        name = table.partition("]")[0].removeprefix("[[")
        problem = Problem(PROGRAMME, tuple(rule for rule in LAWS if rule.name != law))
        text = f"{table}\ndates = [2026-11-12, 2026-11-12]\n"
        assert refused(tmp_path, text, problem) == [
            f"changes.toml:1, {name}[0]: the programme does not declare [laws.{law}], which looks at this; declare it"
        ]

    def test_what_is_named_in_two_tables(self, tmp_path: Path) -> None:
        text = f'[[cancel]]\nsession = "{CLASS}#3"\n[[move]]\nsession = "{THIRD.uid}"\n'
        assert refused(tmp_path, text) == [
            "changes.toml:2, cancel[0].session: “Module” (virtual class) on Thursday 12 November 2026 09:00: it is "
            "named twice; keep one of the two"
        ]

    def test_a_session_of_the_part_stands_there_already(self, tmp_path: Path) -> None:
        """It would be taken for the one that is asked for."""
        there = "“Module” (virtual class) on Tuesday 17 November 2026 09:00: it stands there already"
        text = f'[[move]]\nsession = "{CLASS}#3"\nto = 2026-11-17T09:00:00\n'
        assert refused(tmp_path, text) == [f"changes.toml:3, move[0].to: {there}"]
        text = f'[[add]]\npart = "{CLASS}"\nat = 2026-11-17T09:00:00\n'
        assert refused(tmp_path, text) == [f"changes.toml:3, add[0].at: {there}"]

    def test_a_time_is_asked_for_twice(self, tmp_path: Path) -> None:
        text = f'[[move]]\nsession = "{CLASS}#3"\nto = 2026-11-18T09:00:00\n'
        add = f'[[add]]\npart = "{CLASS}"\nat = 2026-11-18T09:00:00\n'
        assert refused(tmp_path, text + add) == [
            "changes.toml:6, add[0].at: Wednesday 18 November 2026 09:00 is asked for twice; keep one of the two"
        ]

    @pytest.mark.parametrize("text", ["", 'why = "flu"\n'])
    def test_nothing_happened(self, tmp_path: Path, text: str) -> None:
        assert refused(tmp_path, text) == [
            "changes.toml: tells of no change: write one as [[away]], [[struck]], [[move]] or the like"
        ]

    def test_what_the_file_no_longer_has(self, tmp_path: Path) -> None:
        """The course and the lab were taken out of the file after the calendar was made."""
        less = small(dates=THREE_WEEKS, modules={"m": module(classes(4))})
        text = '[[move]]\nsession = "course"\n[[cancel]]\nsession = "m.lab"\n'
        assert refused(tmp_path, text, Problem(less, LAWS)) == [
            "changes.toml:2, move[0].session: Course: the programme file has it no more",
            "changes.toml:4, cancel[0].session: virtual class: the programme file has it no more",
        ]

    def test_what_is_cancelled_already_cannot_be_named(self, tmp_path: Path) -> None:
        off = THIRD.model_copy(update={"state": "cancelled"})
        calendar = calendar_with(sessions=(FIRST, SECOND, off, FOURTH, LAB))
        assert refused(tmp_path, f'[[move]]\nsession = "{CLASS}#3"\n', calendar=calendar) == [
            "changes.toml:2, move[0].session: the calendar has no session m.virtual-class#3; did you mean "
            "m.virtual-class#4?"
        ]
