"""What is said of a replanned year, word for word."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from calendars.calendar_file import CertificateRecord, Revision
from calendars.saving import calendar_of
from calendars.wording import say
from console.replan import Alternative, tell_alternatives, tell_replanned
from console.screen import Screen
from constraints.rule import Breach
from scheduler.happening import Happened
from scheduler.moves import Move
from scheduler.problem import Problem
from scheduler.replanning import Fewest, Replanned, Wider
from scheduler.result import Level, Outcome, Result
from scheduler.year import Year
from small import at, classes, module, on, small, timetable, week_of, work

Told = Callable[..., list[str]]

DATES = [date(2026, 11, 2), date(2026, 11, 20)]
PROBLEM = Problem(
    small(
        dates=DATES,
        trainers={"ann": {"title": "Ann"}, "bob": {"title": "Bob"}},
        modules={"m": module(classes(3, trainer=["ann", "bob"]), work(2))},
        blocks={"b": {"title": "Seminar", "kind": "seminar", "days": 2, "group": "all", "dates": DATES}},
        internships={"host": {"title": "Internship", "hours": 7, "group": "all", "dates": DATES}},
    ),
    (),
)
CLASS, WORK = "m.virtual-class", "m.distance-work"
PLACED = timetable(at("2026-11-09 09:00", trainers=("ann",)), at("2026-11-10 09:00", trainers=("ann",)))
CALENDAR = calendar_of(
    PROBLEM.programme, PLACED, CertificateRecord(levels=(), reproducible=True), date(2026, 9, 1), seed=0
)
DAY = date(2026, 11, 2)

LATER = Move(CLASS, at("2026-11-09 09:00", trainers=("ann",)), at("2026-11-16 09:00", trainers=("ann",)))
SECOND = Move(CLASS, at("2026-11-10 09:00", trainers=("ann",)), at("2026-11-17 09:00", trainers=("bob",)))
HANDED_OVER = Move(CLASS, at("2026-11-10 09:00", trainers=("ann",)), at("2026-11-10 09:00", trainers=("bob",)))
NEW = Move(CLASS, None, at("2026-11-18 09:00", trainers=("bob",)))
BLOCK = Move("b", on("2026-11-05", "2026-11-06"), on("2026-11-12", "2026-11-13"))
WEEK = Move(WORK, week_of("2026-11-09", 60), week_of("2026-11-09", 30))
HOST = Move("host", on("2026-11-19", activity="host"), on("2026-11-20", activity="host"))


def replanned(*changes: Move, points: tuple[int, int] = (10, 10), off: int = 0, **keys: Any) -> Replanned:
    """What was found, with the value and the bound of its disturbance; so many sessions are called off."""
    result = Result(Outcome.LAWFUL, timetable(), (Level(0, ("few_changes",), *points),), seconds=0.25)
    revision = Revision(day=DAY, called_off=tuple(each.uid for each in CALENDAR.sessions[:off]))
    keys = {"fewest": Fewest(1, 1)} | keys
    return Replanned(PROBLEM, CALENDAR, Happened(revision), result, changes, **keys)


def none_found(outcome: Outcome, **keys: Any) -> Replanned:
    return Replanned(PROBLEM, CALENDAR, Happened(Revision(day=DAY)), Result(outcome), **keys)


def telling(found: Replanned) -> Callable[[Screen], None]:
    year = None if found.result.timetable is None else Year(CALENDAR, {})
    return lambda screen: tell_replanned(screen, Alternative(Path("changes.toml"), found), year, Path("out"))


def before_the_levels(lines: list[str]) -> list[str]:
    return lines[: lines.index("")]


PROVED = "It is proved that no lawful calendar disturbs people less (10 points)."
ALL_AND_ANN = "This touches group “All” and trainer “Ann”."
FIRST_LINE = "- “Module” (virtual class) on Monday 9 November 2026 09:00: now on Monday 16"


def test_everything_that_stands_otherwise(told: Told) -> None:
    found = replanned(LATER, BLOCK, HANDED_OVER, NEW, WEEK, HOST, off=2, fewest=Fewest(2, 2))
    assert told(telling(found)) == [
        "2 sessions must move: 1 is proved impossible.",
        FIRST_LINE,
        "  November 2026 09:00",
        "- “Seminar” from Thursday 5 November 2026 to Friday 6 November 2026: now from",
        "  Thursday 12 November 2026 to Friday 13 November 2026",
        "1 session stays, with others or elsewhere:",
        "- “Module” (virtual class) on Tuesday 10 November 2026 09:00: now on Tuesday 10",
        "  November 2026 09:00 with trainer “Bob”",
        "1 session is new:",
        "- “Module” (virtual class): now also on Wednesday 18 November 2026 09:00",
        "2 sessions are called off.",
        "2 weeks of self-paced work or host days change:",
        "- “Module” (self-paced work) in the week of Monday 9 November 2026 (1 h): now in",
        "  the week of Monday 9 November 2026 (30 min)",
        "- “Internship” on Thursday 19 November 2026: now on Friday 20 November 2026",
        PROVED,
        "This touches group “All”, trainer “Ann” and trainer “Bob”.",
        "",
        "Level  Value  Bound  Quality         Preferences",
        "    0     10     10  proved optimal  few changes",
        "",
        "Found in 0.2 s and written to out.",
        "It is a draft: publish it, and the feeds follow.",
    ]


def test_nothing_that_stands_otherwise(told: Told) -> None:
    found = replanned(points=(0, 0), fewest=Fewest(0, 0))
    nothing = ["No session has to move.", "It is proved that no lawful calendar disturbs people less (0 points)."]
    assert before_the_levels(told(telling(found))) == nothing


@pytest.mark.parametrize(
    ("changes", "fewest", "english", "french"),
    [
        (
            (LATER,),
            Fewest(1, 1),
            "1 session must move: that none does is proved impossible.",
            "1 séance doit bouger : s’en tenir à 0 est prouvé impossible.",
        ),
        (
            (LATER, SECOND),
            Fewest(2, 2),
            "2 sessions must move: 1 is proved impossible.",
            "2 séances doivent bouger : s’en tenir à 1 est prouvé impossible.",
        ),
        (
            (LATER, SECOND),
            Fewest(1, 1),
            "2 sessions move; 1 would do, but would not disturb people less.",
            "2 séances bougent ; on pourrait s’en tenir à 1, mais sans déranger moins.",
        ),
        (
            (LATER, SECOND),
            Fewest(0, 1),
            "2 sessions move; 1 would do, but would not disturb people less.",
            "2 séances bougent ; on pourrait s’en tenir à 1, mais sans déranger moins.",
        ),
        (
            (LATER, SECOND),
            Fewest(1, 2),
            "2 sessions move; fewer than 1 is proved impossible.",
            "2 séances bougent ; moins de 1 est prouvé impossible.",
        ),
        (
            (LATER,),
            Fewest(0, 1),
            "1 session moves; whether none would do is not known.",
            "1 séance bouge ; on ne sait pas si l’on peut s’en passer.",
        ),
        (
            (LATER, SECOND),
            Fewest(0, 2),
            "2 sessions move; whether fewer would do is not known.",
            "2 séances bougent ; on ne sait pas si moins suffiraient.",
        ),
    ],
)
def test_how_few_could_move(told: Told, changes: tuple[Move, ...], fewest: Fewest, english: str, french: str) -> None:
    found = replanned(*changes, fewest=fewest)
    assert (told(telling(found))[0], told(telling(found), "fr")[0]) == (english, french)


def test_that_fewer_would_disturb_more_is_told_of_the_least_disturbance_alone(told: Told) -> None:
    found = replanned(LATER, SECOND, points=(20, 10), fewest=Fewest(1, 1))
    assert [told(telling(found), language)[0] for language in ("en", "fr")] == [
        "2 sessions move; 1 would do.",
        "2 séances bougent ; on pourrait s’en tenir à 1.",
    ]


def test_that_it_was_ended_early(told: Told) -> None:
    found = replanned(LATER, points=(10, 0), fewest=Fewest(0, 1))
    lines = told(telling(replace(found, result=replace(found.result, reproducible=False))))
    assert lines[-4:] == [
        "The clock or a person ended the search, so another run may give another",
        "calendar.",
        "Found in 0.2 s and written to out.",
        "It is a draft: publish it, and the feeds follow.",
    ]


@pytest.mark.parametrize(
    ("points", "english", "french"),
    [
        ((10, 10), PROVED, "Il est prouvé qu’aucun calendrier conforme ne dérange moins (10 points)."),
        (
            (10, 4),
            "It disturbs people by 10 points; less than 4 is proved impossible.",
            "Le dérangement est de 10 points ; moins de 4 est prouvé impossible.",
        ),
        (
            (10, 0),
            "It disturbs people by 10 points; whether less would do is not known.",
            "Le dérangement est de 10 points ; on ne sait pas si moins suffirait.",
        ),
    ],
)
def test_whether_less_would_disturb(told: Told, points: tuple[int, int], english: str, french: str) -> None:
    found = replanned(LATER, points=points)
    lines = [before_the_levels(told(telling(found), language)) for language in ("en", "fr")]
    assert [each[3] for each in lines] == [english, french]


@pytest.mark.parametrize(
    ("wider", "words"),
    [
        ((4, 4), "Without --only 2 sessions would move, at 4 points instead of 10."),
        ((4, 0), "Without --only 2 sessions would move, at 4 points instead of 10."),
        ((10, 10), "Without --only no calendar would disturb people less, which is proved."),
        ((12, 10), "Without --only no calendar would disturb people less, which is proved."),
        ((10, 9), "Without --only none was found that disturbs people less."),
        ((12, 9), "Without --only none was found that disturbs people less."),
    ],
)
def test_what_a_wider_scope_would_gain(told: Told, wider: tuple[int, int], words: str) -> None:
    found = replanned(LATER, wider=Wider(Level(0, ("few_changes",), *wider), 2))
    assert before_the_levels(told(telling(found)))[2:] == ["  November 2026 09:00", PROVED, words, ALL_AND_ANN]


def test_what_is_impossible_or_not_known(told: Told) -> None:
    wider = Wider(Level(0, ("few_changes",), 10, 10), 1)
    assert told(telling(none_found(Outcome.IMPOSSIBLE, wider=wider))) == [
        "Impossible: it is proved that no calendar keeps all these laws together.",
        "Without --only a lawful calendar exists: 1 session would move.",
    ]
    assert told(telling(none_found(Outcome.UNKNOWN))) == [
        "No lawful year was found, and nothing is proved: try another --seed."
    ]


@pytest.mark.parametrize(
    ("outcome", "counts", "words"),
    [
        (Outcome.IMPOSSIBLE, (1,), "Impossible: 1 session cannot be held any more, which is proved."),
        (
            Outcome.IMPOSSIBLE,
            (1, 2),
            "Impossible: 3 sessions cannot be held any more; that all can is proved impossible.",
        ),
        (Outcome.UNKNOWN, (1,), "No calendar was found that holds 1 session; nothing is proved."),
        (Outcome.UNKNOWN, (1, 2), "No calendar was found that holds 3 sessions; nothing is proved."),
    ],
)
def test_sessions_that_cannot_be_held(told: Told, outcome: Outcome, counts: tuple[int, ...], words: str) -> None:
    lacking = tuple(Breach("as_many", say("{count} lacking", count=count), count) for count in counts)
    assert " ".join(told(telling(none_found(outcome, lacking=lacking)))) == " ".join(
        [
            words,
            *(f"- {count} lacking" for count in counts),
            "Call them off with [[cancel]], let others give them, or let more change.",
        ]
    )


def test_alternatives_in_a_table(told: Told) -> None:
    several = [
        Alternative(Path("folder/one.toml"), replanned(LATER, HANDED_OVER, NEW, WEEK, off=1)),
        Alternative(Path("two.toml"), replanned(LATER, points=(10, 4))),
        Alternative(Path("three.toml"), none_found(Outcome.IMPOSSIBLE)),
        Alternative(Path("four.toml"), none_found(Outcome.UNKNOWN)),
    ]

    def tell(screen: Screen) -> None:
        tell_alternatives(screen, several)

    assert told(tell) == [
        "Changes     Move  Handed over  New  Called off  Points  Levels  Proof",
        "one.toml       1            1    1           1      10  –       proved",
        "two.toml       1            0    0           0      10  –       not proved",
        "three.toml     –            –    –           –       –  –       impossible",
        "four.toml      –            –    –           –       –  –       not known",
        "",
        "three.toml:",
        "Impossible: it is proved that no calendar keeps all these laws together.",
        "",
        "four.toml:",
        "No lawful year was found, and nothing is proved: try another --seed.",
    ]
    assert told(tell, "fr")[:5] == [
        "Changements  Bougent  Confiées  Ajouts  Annulées  Points  Niveaux  Preuve",
        "one.toml           1         1       1         1      10  –        prouvé",
        "two.toml           1         0       0         0      10  –        sans preuve",
        "three.toml         –         –       –         –       –  –        impossible",
        "four.toml          –         –       –         –       –  –        inconnu",
    ]
