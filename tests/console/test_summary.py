"""The outcome of a search, word for word."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from calendars.calendar_file import Calendar, CertificateRecord
from calendars.inheritance import inherit
from calendars.naming import AIMS
from calendars.programme import Programme
from calendars.saving import calendar_of
from calendars.timetable import Timetable
from calendars.wording import say
from console.screen import Screen
from console.summary import tell_outcome
from constraints import RULES
from constraints.rule import BendingLaw, Breach, Preference
from scheduler.problem import Problem
from scheduler.result import Level, Outcome, Result
from scheduler.shortages import Shortage
from scheduler.year import Year
from small import at, classes, module, on, small, timetable, week_of, work

Told = Callable[..., list[str]]

LAWFUL = Outcome.LAWFUL
LEVELS = (Level(1, ("near_date", "trainer_preference"), 7, 7), Level(2, ("even_load",), 1240, 1200))


def made(programme: Programme, placed: Timetable) -> Calendar:
    """The calendar of a timetable."""
    certificate = CertificateRecord(levels=(), reproducible=True)
    return calendar_of(programme, placed, certificate, date(2026, 9, 1), seed=0)


def telling(programme: Programme, result: Result) -> Callable[[Screen], None]:
    """Tells an outcome whose year would be written to "out", and that nothing goes before."""
    year = None if result.timetable is None else Year(made(programme, result.timetable), {})
    return lambda screen: tell_outcome(screen, Problem(programme, ()), result, Path("out"), year, None)


def full() -> tuple[Programme, Timetable]:
    """A programme with something of everything, in a school year that no official text has, and its year.

    The formula gives zone A 24 February to 7 March 2031.
    """
    elective = {"title": "Elective", "part_of": "all"}
    days = [date(2031, 1, 6), date(2031, 3, 28)]
    programme = small(
        dates=days,
        groups={"all": {"title": "All", "school_zones": ["A"]}, "a": elective, "b": elective},
        electives={"e": {"title": "Choice", "choose": 1, "groups": ["a", "b"]}},
        trainers={"ann": {"title": "Ann"}},
        modules={
            "m": module(
                classes(2), {"kind": "exam", "sessions": 1, "minutes": 90}, work(10, personal=True), title="Design"
            ),
            "a": module(classes(1), group="a", trainer="ann"),
            "b": module(classes(1, 120), group="b", trainer="ann"),
            "t": module({"kind": "defence", "sessions": 2, "minutes": 60}, title="Thesis", trainer="ann"),
        },
        blocks={"b": {"title": "Opening week", "kind": "seminar", "group": "all", "days": 5, "dates": days}},
        internships={"i": {"title": "Host", "group": "all", "dates": days, "hours": 14}},
    )
    return programme, timetable(
        on("2031-01-06", "2031-01-10"),
        at("2031-01-14 09:00"),
        at("2031-02-18 09:00"),
        at("2031-01-16 09:00", part="a.virtual-class"),
        at("2031-01-16 09:00", 120, part="b.virtual-class"),
        at("2031-01-23 09:00", 90, part="m.exam"),
        week_of("2031-01-13", 600),
        on("2031-02-03", activity="i"),
        on("2031-02-04", activity="i"),
        at("2031-03-27 09:00", part="t.defence"),
        at("2031-03-28 09:00", part="t.defence"),
    )


def whole_year(levels: tuple[Level, ...] = LEVELS, reproducible: bool = False) -> Callable[[Screen], None]:
    """Tells the full year."""
    programme, placed = full()
    return telling(programme, Result(LAWFUL, placed, levels, reproducible=reproducible, seconds=1.26))


def test_a_year_in_english_through_a_pipe(told: Told) -> None:
    assert told(whole_year()) == [
        "Lawful year: 7 sessions in 4 weeks, from Tue 14 Jan 2031 to Fri 28 Mar 2031.",
        "A student has 3 h–4 h live online, 1 h 30 on site and 10 h of personal work; 14",
        "h 30–15 h 30 in all, without defences.",
        "",
        "First day        Last day         What",
        "Mon 6 Jan 2031   Fri 10 Jan 2031  Opening week",
        "Thu 23 Jan 2031  –                1 exam",
        "Mon 3 Feb 2031   Tue 4 Feb 2031   Host: 2 host days",
        "Thu 27 Mar 2031  Fri 28 Mar 2031  2 defences",
        "",
        "Level  Value  Bound  Quality         Preferences",
        "    1      7      7  proved optimal  dates aimed at and times that trainers",
        "                                     prefer",
        "    2   1240   1200  gap 3.23 %      even weeks",
        "",
        "Still open:",
        "- Some school holidays of 2030-2031 are PROJECTED, with 1 session within a week",
        "  of them: look again when the official text is out.",
        "- No trainer is named for 3 sessions of “Design”.",
        "- The plan has 2 findings: see report.txt.",
        "- Level 2 is not proved optimal: a better year may exist.",
        "- The clock or a person ended the search, so another run may give another",
        "  calendar.",
        "Found in 1.3 s and written to out.",
    ]


def test_a_year_in_french_through_a_pipe(told: Told) -> None:
    assert told(whole_year(), "fr") == [
        "Année conforme : 7 séances en 4 semaines, du mar. 14 janv. 2031 au ven. 28 mars",
        "2031.",
        "Un étudiant a 3 h–4 h en direct à distance, 1 h 30 sur place et 10 h de travail",
        "personnel ; 14 h 30–15 h 30 en tout, hors soutenances.",
        "",
        "Premier jour        Dernier jour        Intitulé",
        "lun. 6 janv. 2031   ven. 10 janv. 2031  Opening week",
        "jeu. 23 janv. 2031  –                   1 examen",
        "lun. 3 févr. 2031   mar. 4 févr. 2031   Host : 2 jours de stage",
        "jeu. 27 mars 2031   ven. 28 mars 2031   2 soutenances",
        "",
        "Niveau  Valeur  Borne  Qualité         Préférences",
        "     1       7      7  optimum prouvé  dates visées et créneaux préférés des",
        "                                       intervenants",
        "     2    1240   1200  écart 3,23 %    semaines équilibrées",
        "",
        "Reste à voir :",
        "- Des vacances scolaires de 2030-2031 sont À CONFIRMER, avec 1 séance à une",
        "  semaine au plus : à revoir dès la parution du texte officiel.",
        "- Aucun intervenant n’est indiqué pour 3 séances de « Design ».",
        "- Le plan appelle 2 remarques : voir report.txt.",
        "- L’optimum du niveau 2 n’est pas prouvé : il existe peut-être une meilleure",
        "  année.",
        "- La recherche a été interrompue par l’horloge ou par quelqu’un : une autre",
        "  exécution peut donner un autre calendrier.",
        "Trouvée en 1,3 s et écrite dans out.",
    ]


def test_a_year_on_a_terminal(told: Told) -> None:
    assert told(whole_year(), terminal=True) == [
        "Lawful year: 7 sessions in 4 weeks, from Tue 14 Jan 2031 to Fri 28 Mar 2031.",
        "A student has 3 h–4 h live online, 1 h 30 on site and 10 h of personal work; 14",
        "h 30–15 h 30 in all, without defences.",
        "",
        "First day         Last day          What",
        "─────────────────────────────────────────────────────",
        "Mon 6 Jan 2031    Fri 10 Jan 2031   Opening week",
        "Thu 23 Jan 2031   –                 1 exam",
        "Mon 3 Feb 2031    Tue 4 Feb 2031    Host: 2 host days",
        "Thu 27 Mar 2031   Fri 28 Mar 2031   2 defences",
        "",
        "Level   Value   Bound   Quality          Preferences",
        "───────────────────────────────────────────────────────────────────────────────",
        "    1       7       7   proved optimal   dates aimed at and times that trainers",
        "                                         prefer",
        "    2    1240    1200   gap 3.23 %       even weeks",
        "",
        "Still open:",
        "- Some school holidays of 2030-2031 are PROJECTED, with 1 session within a week",
        "  of them: look again when the official text is out.",
        "- No trainer is named for 3 sessions of “Design”.",
        "- The plan has 2 findings: see report.txt.",
        "- Level 2 is not proved optimal: a better year may exist.",
        "- The clock or a person ended the search, so another run may give another",
        "  calendar.",
        "Found in 1.3 s and written to out.",
    ]


def test_a_proved_year_with_nothing_open(told: Told) -> None:
    programme = small(trainers={"ann": {"title": "Ann"}}, modules={"m": module(classes(1, trainer="ann"))})
    result = Result(LAWFUL, timetable(at("2026-11-10 09:00")), (Level(1, ("regular_slot",), 0, 0),), seconds=0.5)
    assert told(telling(programme, result)) == [
        "Lawful year: 1 session in 1 week, from Tue 10 Nov 2026 to Tue 10 Nov 2026.",
        "A student has 1 h live online; 1 h in all.",
        "",
        "Level  Value  Bound  Quality         Preferences",
        "    1      0      0  proved optimal  regular weekly slots",
        "",
        "Found in 0.5 s and written to out.",
    ]
    without = Result(LAWFUL, timetable(at("2026-11-10 09:00")), seconds=0.5)
    assert told(telling(programme, without)) == [
        "Lawful year: 1 session in 1 week, from Tue 10 Nov 2026 to Tue 10 Nov 2026.",
        "A student has 1 h live online; 1 h in all.",
        "",
        "No preference is declared, so no lawful calendar is better than this one.",
        "",
        "Found in 0.5 s and written to out.",
    ]


def test_what_was_waived_is_still_open(told: Told) -> None:
    waiver = {"zone": "Corse", "dates": [date(2031, 9, 1), date(2032, 8, 31)], "why": "not published yet"}
    programme = small(
        dates=[date(2031, 11, 3), date(2031, 11, 14)],
        days_off={"school_zones": ["Corse"], "waived": [waiver]},
        milestones={"due": {"title": "Due", "group": "all", "dates": [date(2031, 11, 4), date(2031, 11, 4)]}},
    )
    result = Result(LAWFUL, timetable(on("2031-11-04", activity="due")))
    english, french = (told(telling(programme, result), language=language) for language in ("en", "fr"))
    assert english[-4:-1] == [
        "Still open:",
        "- School zone Corse is planned without school holidays from Monday 1 September",
        "  2031 to Tuesday 31 August 2032 (not published yet).",
    ]
    assert french[-4:-1] == [
        "Reste à voir :",
        "- La zone scolaire Corse est planifiée sans vacances scolaires du lundi 1er",
        "  septembre 2031 au mardi 31 août 2032 (not published yet).",
    ]


def test_a_year_without_live_sessions(told: Told) -> None:
    programme = small(modules={"m": module(work(1))})
    result = Result(LAWFUL, timetable(week_of("2026-11-09", 60)), seconds=0.5)
    assert told(telling(programme, result)) == [
        "Lawful year, without a live session.",
        "A student has 1 h self-paced; 1 h in all.",
        "",
        "No preference is declared, so no lawful calendar is better than this one.",
        "",
        "Found in 0.5 s and written to out.",
    ]


def test_a_year_that_follows_another_one(told: Told) -> None:
    """One session of two moves, and a law had been broken in what was held."""
    programme = small(trainers={"ann": {"title": "Ann"}}, modules={"m": module(classes(2, trainer="ann"))})
    previous = made(programme, timetable(at("2026-11-03 09:00"), at("2026-11-10 09:00")))
    placed = timetable(at("2026-11-03 09:00"), at("2026-11-12 09:00"))
    result = Result(LAWFUL, placed, (Level(0, ("few_changes",), 10, 10),), seconds=0.5)
    calendar = inherit(made(programme, placed), previous, date(2026, 11, 9))
    past = (Breach("spread", say("A and B are near")), Breach("days_off", say("C stands on a day off")))

    def said(past: tuple[Breach, ...], previous: Calendar | None, language: str = "en") -> list[str]:
        year = Year(calendar, {}, past)
        return told(
            lambda screen: tell_outcome(screen, Problem(programme, ()), result, Path("out"), year, previous), language
        )

    opening = [
        "Lawful year: 2 sessions in 2 weeks, from Tue 3 Nov 2026 to Thu 12 Nov 2026.",
        "A student has 2 h live online; 2 h in all.",
        "",
        "Level  Value  Bound  Quality         Preferences",
        "    0     10     10  proved optimal  few changes",
        "",
    ]
    changes = [
        "Against the previous calendar: 1 moved.",
        "Before                 Now                    What",
        "Tue 10 Nov 2026 09:00  Thu 12 Nov 2026 09:00  Module · virtual class (2)",
        "",
    ]
    held = [
        "In what was held already, and cannot be mended any more:",
        "- spread: A and B are near",
        "- days_off: C stands on a day off",
    ]
    end = ["Found in 0.5 s and written to out."]
    assert said((), previous) == [*opening, *changes, *end]
    assert said(past, previous) == [*opening, *changes, *held, *end]
    assert said(past, None) == [*opening, *held, *end]
    assert said(past, previous, "fr")[-8:] == [
        "Par rapport au calendrier précédent : 1 déplacement.",
        "Avant                    Maintenant               Intitulé",
        "mar. 10 nov. 2026 à 9 h  jeu. 12 nov. 2026 à 9 h  Module · virtual class (2)",
        "",
        "Dans ce qui a déjà eu lieu, et ne peut plus être corrigé :",
        "- spread : A and B are near",
        "- days_off : C stands on a day off",
        "Trouvée en 0,5 s et écrite dans out.",
    ]


@pytest.mark.parametrize(
    ("modules", "sentence"),
    [
        ("a", "- No trainer is named for 2 sessions of “A”."),
        ("abc", "- No trainer is named for 6 sessions of “A”, “B” and “C”."),
        ("abcd", "- No trainer is named for 8 sessions of “A”, “B”, “C” and 1 other."),
        ("abcde", "- No trainer is named for 10 sessions of “A”, “B”, “C” and 2 others."),
    ],
)
def test_of_the_modules_without_a_trainer_three_are_named(told: Told, modules: str, sentence: str) -> None:
    parts = classes(1), classes(1, id="other")
    programme = small(modules={key: module(*parts, title=key.upper()) for key in modules})
    result = Result(LAWFUL, timetable(at("2026-11-10 09:00", part="a.other")))
    assert told(telling(programme, result))[-3:-1] == ["Still open:", sentence]


def test_levels_that_are_not_proved_are_named_together(told: Told) -> None:
    programme = small(trainers={"ann": {"title": "Ann"}}, modules={"m": module(classes(1, trainer="ann"))})
    levels = tuple(Level(rank, ("near_date",), 5, 4) for rank in (1, 2, 5))
    result = Result(LAWFUL, timetable(at("2026-11-10 09:00")), levels)
    assert told(telling(programme, result))[-3:-1] == [
        "Still open:",
        "- Levels 1, 2 and 5 are not proved optimal: a better year may exist.",
    ]


def test_what_cannot_fit(told: Told) -> None:
    """A class in 1 of 2 starts, 3 sessions: the sentence stays whole in a pipe."""
    programme = small(modules={"m": module(classes(3))})
    (part,) = programme.parts.values()
    result = Result(Outcome.IMPOSSIBLE, shortages=(Shortage(part, 3, 1, 1, {"days_off": 1}),))
    assert told(telling(programme, result)) == [
        "Impossible, seen before any search:",
        "“Module” (virtual class) needs 3 sessions; its dates hold 2 starts, of which the laws leave 1, "
        "with room for 1 session; the others are taken by days_off (1)",
    ]
    assert told(telling(programme, result), "fr", terminal=True) == [
        "Impossible, on le voit avant toute recherche :",
        "« Module » (classe virtuelle) demande 3 séances ; ses dates offrent 2 débuts,",
        "dont les lois laissent 1, de quoi placer 1 séance ; le reste est pris par",
        "days_off (1)",
    ]


@pytest.mark.parametrize(
    ("result", "sentence"),
    [
        (Result(Outcome.IMPOSSIBLE), "Impossible: it is proved that no calendar keeps all these laws together."),
        (Result(Outcome.UNKNOWN), "No lawful year was found, and nothing is proved: try another --seed."),
        (
            Result(Outcome.UNKNOWN, reproducible=False),
            "The search ended before a lawful year was found, and nothing is proved: give it more time.",
        ),
    ],
)
def test_other_endings(told: Told, result: Result, sentence: str) -> None:
    assert told(telling(small(modules={"m": module(classes(1))}), result)) == [sentence]


def test_every_rule_that_may_be_priced_has_its_aim_in_words() -> None:
    assert set(AIMS) == {rule.name for rule in RULES if issubclass(rule, BendingLaw | Preference)}
