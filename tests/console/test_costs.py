"""Where the cost of a calendar comes from, word for word."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from calendars.calendar_file import LevelRecord
from calendars.wording import say
from console.costs import costs_record, tell_costs
from constraints.near_date import NearDate
from constraints.regular_slot import RegularSlot
from constraints.rule import Breach
from constraints.trainer_preference import TrainerPreference
from constraints.weekly_load import WeeklyLoad
from scheduler.costs import Answer, LevelCosts, Loss, NextBetter, costs_of
from scheduler.moves import Move
from scheduler.problem import Problem
from scheduler.repairs import Lowering, Repair
from small import at, classes, module, on, small, timetable, week_of, work

Told = Callable[..., list[str]]

DATES = [date(2026, 11, 2), date(2026, 11, 20)]
PROGRAMME = small(
    dates=DATES,
    trainers={"ann": {"title": "Ann", "prefers": [{"weekday": "monday"}]}, "bob": {"title": "Bob"}},
    modules={"m": module(classes(7, trainer="ann"), work(2)), "n": module(classes(1), title="Other")},
    blocks={
        "b": {
            "title": "Course",
            "kind": "course",
            "group": "all",
            "days": 1,
            "dates": DATES,
            "near": date(2026, 11, 10),
        }
    },
)
CLASS, WORK = "m.virtual-class", "m.distance-work"
RULES = (TrainerPreference(weight=2), NearDate(weight=3), RegularSlot(level=2))
TUESDAYS = [at(f"2026-11-03 {hour:02}:00", trainers=("ann",)) for hour in range(9, 16)]
MONDAY = at("2026-11-09 09:00", trainers=("ann",))


def costs(*levels: tuple[int, int, int]) -> tuple[LevelCosts, ...]:
    """Seven sessions on one Tuesday and a course two days late, against levels by rank, value and bound."""
    placed = timetable(*TUESDAYS, on("2026-11-12"))
    records = [
        LevelRecord(rank=rank, rules=(), value=value, bound=bound, proved=value == bound)
        for rank, value, bound in levels
    ]
    return costs_of(Problem(PROGRAMME, RULES), placed, records)


def lines(told: Told, found: Sequence[LevelCosts], *better: NextBetter, language: str = "en") -> list[str]:
    return told(lambda screen: tell_costs(screen, PROGRAMME, found, better), language)


def test_each_level_has_its_shares_the_first_of_each_sort_by_name(told: Told) -> None:
    """7 sessions at 2 points each, and 2 days at 3; the last level has 7 slots instead of one."""
    assert lines(told, costs((1, 20, 20), (2, 6, 4))) == [
        "Level 1: 20 points, proved optimal.",
        "Points  By          What",
        "    14  preference  times that trainers prefer",
        "     6              dates aimed at",
        "    14  module      “Module”",
        "     6              “Course”",
        "    14  week        week of Monday 2 November 2026",
        "     6              week of Monday 9 November 2026",
        "    14  person      trainer “Ann”",
        "     6              group “All”",
        "     6  breach      “Course” stands on Thursday 12 November 2026, 2 days from",
        "                    Tuesday 10 November 2026",
        "     2              “Module” (virtual class) stands on Tuesday 3 November 2026",
        "                    09:00, outside the times that “Ann” prefers",
        "     2              “Module” (virtual class) stands on Tuesday 3 November 2026",
        "                    10:00, outside the times that “Ann” prefers",
        "     2              “Module” (virtual class) stands on Tuesday 3 November 2026",
        "                    11:00, outside the times that “Ann” prefers",
        "     8              4 others",
        "",
        "Level 2: 6 points, at least 4 are proved to be needed.",
        "Points  By          What",
        "     6  preference  regular weekly slots",
        "     6  module      “Module”",
        "     6  week        no week in particular",
        "     6  person      group “All”",
        "     6  breach      “Module” (virtual class) has 7 weekly slots instead of",
        "                    one, first used on Tuesday 3 November 2026 09:00, Tuesday",
        "                    3 November 2026 10:00, Tuesday 3 November 2026 11:00,",
        "                    Tuesday 3 November 2026 12:00, Tuesday 3 November 2026",
        "                    13:00, Tuesday 3 November 2026 14:00 and Tuesday 3",
        "                    November 2026 15:00",
    ]


def test_in_french(told: Told) -> None:
    found = [line for line in lines(told, costs(), language="fr") if not line.startswith("  ")]
    assert found == [
        "Niveau 1 : 20 points, sans borne connue.",
        "Points  Par         Intitulé",
        "",
        "Niveau 2 : 6 points, sans borne connue.",
        "Points  Par         Intitulé",
    ]


def test_a_level_that_costs_nothing_has_no_table(told: Told) -> None:
    found = costs_of(Problem(PROGRAMME, (RegularSlot(),)), timetable(MONDAY), ())
    assert lines(told, found, NextBetter(1, 0, Answer.BEST)) == ["Level 1: 0 points, no bound is known."]


def test_many_modules_are_not_named(told: Told) -> None:
    """Two loads of three modules, and one of two."""
    modules = {
        key: module(classes(1), title=key.upper(), group=group)
        for key, group in zip("klmn", ("all", "all", "a", "b"), strict=True)
    }
    groups = {"all": {"title": "All"}, **{key: {"title": key.upper(), "part_of": "all"} for key in "abc"}}
    programme = small(groups=groups, modules=modules)
    placed = timetable(*(at(f"2026-11-03 {9 + n:02}:00", part=f"{key}.virtual-class") for n, key in enumerate("klmn")))
    rules = (WeeklyLoad(group="all", at_most_hours=1, weight=1),)
    found = costs_of(Problem(programme, rules), placed, ())
    assert told(lambda screen: tell_costs(screen, programme, found, ()))[3:5] == [
        "   240  module      many modules together",
        "    60              “K” and “L”",
    ]


def test_a_breach_of_nothing_names_nobody(told: Told) -> None:
    """A week of an hour is asked for, and nothing counts."""
    programme = small(modules={"m": module(classes(1))})
    rules = (WeeklyLoad(group="all", at_least_hours=1, weight=1, modules_left_out=("m",)),)
    found = costs_of(Problem(programme, rules), timetable(at("2026-11-03 09:00")), ())
    lines = told(lambda screen: tell_costs(screen, programme, found, ()))
    assert (lines[3], lines[6]) == (
        "   120  module      no module in particular",
        "   120  person      nobody in particular",
    )


def test_without_preferences_there_is_nothing_to_tell(told: Told) -> None:
    assert lines(told, ()) == ["No preference is declared, so no lawful calendar is better than this one."]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer.BEST, "No lawful calendar has less at level 2, which is proved."),
        (Answer.OPEN, "Whether level 2 can be lower is not known: its bound does not say."),
        (Answer.UNKNOWN, "What less at level 2 would take was not found in this time."),
    ],
)
def test_what_is_known_of_less(told: Told, answer: Answer, words: str) -> None:
    assert lines(told, costs()[1:], NextBetter(2, 6, answer))[-1] == words


CLOSED = [Breach("working_hours", say("{what}", what=what), 60) for what in ("closed on Monday", "closed on Friday")]
SPREAD = Breach("spread", say("{what}", what="two in a week"))
REPAIR = Repair((*CLOSED, SPREAD), timetable(), 300, 300)


@pytest.mark.parametrize(
    ("lowering", "words"),
    [
        (
            Lowering(REPAIR),
            [
                "Less at level 2, without a loss above it, would take that laws give way; the least is proved:",
                "working_hours gives way in 2 places: closed on Monday and closed on Friday",
                "spread gives way: two in a week",
            ],
        ),
        (
            Lowering(replace(REPAIR, breaches=(SPREAD,), bound=0)),
            [
                "Less at level 2, without a loss above it, would take that laws give way; while all else stays at its "
                "time, the least is:",
                "spread gives way: two in a week",
            ],
        ),
        (
            Lowering(None, True),
            ["As long as nothing is left out, no law that may give way would help, which is proved."],
        ),
        (Lowering(None), ["Which laws would have to give way for less was not found."]),
    ],
    ids=["proved", "in a large programme", "hopeless", "not found"],
)
def test_which_laws_would_have_to_give_way(told: Told, lowering: Lowering, words: list[str]) -> None:
    found = lines(told, costs()[1:], NextBetter(2, 6, Answer.BEST, lowering=lowering))
    best = found.index("No lawful calendar has less at level 2, which is proved.")
    assert found[best + 1 :] == words


def test_which_laws_would_have_to_give_way_in_french(told: Told) -> None:
    ways = (Lowering(REPAIR), Lowering(replace(REPAIR, bound=0)), Lowering(None, True), Lowering(None))
    found = [
        lines(told, costs()[1:], NextBetter(2, 6, Answer.BEST, lowering=lowering), language="fr") for lowering in ways
    ]
    best = "Aucun calendrier conforme aux lois n’a moins au niveau 2, c’est prouvé."
    assert [each[each.index(best) + 1] for each in found] == [
        "Moins au niveau 2, sans perte au-dessus, demanderait que des lois cèdent ; il est prouvé qu’il faut au "
        "moins :",
        "Moins au niveau 2, sans perte au-dessus, demanderait que des lois cèdent ; si tout le reste garde son heure, "
        "il faut au moins :",
        "Tant que rien n’est supprimé, aucune loi qui peut céder n’y aiderait, c’est prouvé.",
        "On n’a pas trouvé quelles lois devraient céder pour avoir moins.",
    ]


POSSIBLE = NextBetter(
    3,
    6,
    Answer.POSSIBLE,
    4,
    (Loss(0, 5, 4, 4), Loss(1, 20, 22, 22), Loss(2, 20, 22, 21)),
    (
        Move(CLASS, TUESDAYS[0], MONDAY),
        Move(CLASS, TUESDAYS[1], TUESDAYS[1]._replace(trainers=("bob",))),
        Move(WORK, week_of("2026-11-02", 120), week_of("2026-11-02", 60)),
        Move(WORK, None, week_of("2026-11-09", 60)),
        Move("b", on("2026-11-12"), None),
    ),
)


def better(told: Told, found: NextBetter, language: str = "en") -> list[str]:
    """What is told after the table."""
    third = costs_of(Problem(PROGRAMME, (RegularSlot(level=3),)), timetable(*TUESDAYS), ())
    return lines(told, third, found, language=language)[len(lines(told, third, language=language)) :]


def test_what_less_would_take(told: Told) -> None:
    """The first level gains, which costs nothing."""
    assert better(told, POSSIBLE) == [
        "Level 3 could go from 6 to 4, at the price of a level above:",
        "- level 1 would go from 20 to 22; less is not enough, which is proved",
        "- level 2 would go from 20 to 22; whether less is enough is not known",
        "In a calendar with these values:",
        "- “Module” (virtual class): on Tuesday 3 November 2026 09:00 → on Monday 9",
        "  November 2026 09:00",
        "- “Module” (virtual class): on Tuesday 3 November 2026 10:00, with another",
        "  trainer or place",
        "- “Module” (self-paced work): 2 h in the week of Monday 2 November 2026 → 1 h in",
        "  the week of Monday 2 November 2026",
        "- “Module” (self-paced work): also 1 h in the week of Monday 9 November 2026",
        "- “Course”: no longer on Thursday 12 November 2026",
    ]


def test_what_less_would_take_in_french(told: Told) -> None:
    assert better(told, POSSIBLE, "fr")[:4] == [
        "Le niveau 3 pourrait passer de 6 à 4, au prix d’un niveau supérieur :",
        "- le niveau 1 passerait de 20 à 22 ; moins ne suffit pas, c’est prouvé",
        "- le niveau 2 passerait de 20 à 22 ; on ne sait pas si moins suffit",
        "Dans un calendrier qui a ces valeurs :",
    ]


def test_the_first_moves_are_told_and_the_others_counted(told: Told) -> None:
    many = NextBetter(3, 6, Answer.POSSIBLE, 4, moves=(Move(CLASS, None, MONDAY),) * 14)
    found = better(told, many)
    assert found[2:] == [
        *["- “Module” (virtual class): also on Monday 9 November 2026 09:00"] * 12,
        "… and 2 other changes.",
    ]


def test_the_record_has_all_of_it() -> None:
    (level, _) = costs_record(costs((1, 20, 18), (2, 6, 6)), (NextBetter(1, 20, Answer.OPEN),), "en")["levels"]
    assert json.loads(json.dumps(level | {"breaches": level["breaches"][:1]})) == {
        "rank": 1,
        "value": 20,
        "bound": 18,
        "proved": False,
        "by_rule": [{"rule": "trainer_preference", "points": 14}, {"rule": "near_date", "points": 6}],
        "by_module": [{"modules": ["m"], "points": 14}, {"modules": ["b"], "points": 6}],
        "by_week": [{"monday": "2026-11-02", "points": 14}, {"monday": "2026-11-09", "points": 6}],
        "by_person": [{"trainers": ["ann"], "points": 14}, {"groups": ["all"], "points": 6}],
        "breaches": [
            {
                "rule": "near_date",
                "points": 6,
                "excess": 2,
                "message": "“Course” stands on Thursday 12 November 2026, 2 days from Tuesday 10 November 2026",
                "activities": ["b"],
                "monday": "2026-11-09",
                "trainers": [],
            }
        ],
        "next_better": {"answer": "open", "proved": False, "value": None, "losses": [], "moves": [], "laws": None},
    }


@pytest.mark.parametrize(
    ("lowering", "laws"),
    [
        (Lowering(None, True), {"breaches": None, "proved": True}),
        (Lowering(None), {"breaches": None, "proved": False}),
        (
            Lowering(replace(REPAIR, breaches=(SPREAD,))),
            {"breaches": [{"law": "spread", "message": "two in a week", "excess": 1}], "proved": True},
        ),
        (
            Lowering(replace(REPAIR, breaches=(SPREAD,), bound=0)),
            {"breaches": [{"law": "spread", "message": "two in a week", "excess": 1}], "proved": False},
        ),
    ],
    ids=["hopeless", "not found", "proved", "in a large programme"],
)
def test_the_record_of_the_laws_that_would_have_to_give_way(lowering: Lowering, laws: dict[str, Any]) -> None:
    best = NextBetter(2, 6, Answer.BEST, lowering=lowering)
    [level] = costs_record(costs()[1:], (best,), "en")["levels"]
    assert level["next_better"]["laws"] == laws


def test_the_record_of_what_less_would_take() -> None:
    third = costs_of(Problem(PROGRAMME, (RegularSlot(level=3),)), timetable(*TUESDAYS), ())
    [level] = costs_record(third, (POSSIBLE,), "en")["levels"]
    found = level["next_better"]
    assert (found["answer"], found["proved"], found["value"]) == ("possible", False, 4)
    assert found["losses"][1:] == [
        {"rank": 1, "value": 20, "then": 22, "proved": True},
        {"rank": 2, "value": 20, "then": 22, "proved": False},
    ]
    assert [found["moves"][0], found["moves"][3]["before"]] == [
        {
            "activity": "m.virtual-class",
            "before": {
                "start": "2026-11-03T09:00:00",
                "end": "2026-11-03T10:00:00",
                "amount": 1,
                "trainers": ("ann",),
                "place": None,
            },
            "after": {
                "start": "2026-11-09T09:00:00",
                "end": "2026-11-09T10:00:00",
                "amount": 1,
                "trainers": ("ann",),
                "place": None,
            },
        },
        None,
    ]
