"""What becomes of a slot, word for word."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from calendars.wording import say
from console.slot import slot_record, tell_slot
from constraints.order import Order
from constraints.pinned import Pinned
from constraints.rule import Breach
from scheduler.conflict import Conflict, Demand
from scheduler.moves import Move
from scheduler.problem import Problem
from scheduler.slot import Answer, Price, Slot
from small import at, classes, module, on, small, week_of, work

Told = Callable[..., list[str]]

DATES = [date(2026, 11, 2), date(2026, 11, 13)]
PROBLEM = Problem(
    small(
        trainers={key: {"title": key.title()} for key in ("ann", "bob")},
        places={"room": {"title": "Room"}, "hall": {"title": "Hall"}},
        modules={"m": module(classes(2, trainer=["ann", "bob"], place=["room", "hall"]), work(2), title="Design")},
        blocks={"b": {"title": "Seminar", "kind": "seminar", "days": 2, "group": "all", "dates": DATES}},
    ),
    (),
)
CLASS, WORK = "m.virtual-class", "m.distance-work"
BEFORE = at("2026-11-03 09:00", trainers=("ann",), place="room")
AFTER = at("2026-11-10 14:00", trainers=("ann",), place="room")
PIN, ORDER, MONDAY = Pinned(activity=CLASS, span=AFTER.span), Order(first=("b",), then=(CLASS,)), date(2026, 11, 9)
ANSWER = Answer(Slot.FREE, CLASS, AFTER.span)
CLASH = Breach("spread", say("{what}", what="two in a week"))
OFF = Breach("days_off", say("{what}", what="Armistice Day"), 2)
CONFLICT = Conflict(
    (
        Demand(PIN, frozenset([CLASS]), (None,), False, (Breach("pinned", say("it is not there")),)),
        Demand(ORDER, frozenset([CLASS]), (MONDAY,), False, (Breach("order", say("it comes first")),)),
    ),
    True,
)
MOVES = (
    Move(CLASS, BEFORE, AFTER),
    Move("b", on("2026-11-05", "2026-11-06"), on("2026-11-12", "2026-11-13")),
    Move(CLASS, AFTER, AFTER._replace(trainers=("bob",), place="hall")),
    Move(CLASS, BEFORE, AFTER._replace(trainers=("bob",))),
    Move(WORK, week_of("2026-11-02", 120), week_of("2026-11-02", 90)),
    Move(WORK, None, week_of("2026-11-09", 30)),
    Move(WORK, week_of("2026-11-09", 30), None),
)


def telling(told: Told, answer: Answer, language: str = "en") -> list[str]:
    return told(lambda screen: tell_slot(screen, PROBLEM, answer), language)


@pytest.mark.parametrize(
    ("slot", "english", "french"),
    [
        (
            Slot.STANDS,
            "“Design” (virtual class) stands on Tuesday 10 November 2026 14:00 already.",
            "« Design » (classe virtuelle) se tient déjà le mardi 10 novembre 2026 à 14 h.",
        ),
        (
            Slot.FREE,
            "The slot is free: “Design” (virtual class) can stand on Tuesday 10 November 2026 14:00, and nothing else "
            "has to move.",
            "Le créneau est libre : « Design » (classe virtuelle) peut se tenir le mardi 10 novembre 2026 à 14 h, sans "
            "que rien d’autre ne bouge.",
        ),
        (
            Slot.STRUCK,
            "“Design” (virtual class) cannot stand on Tuesday 10 November 2026 14:00: by itself this breaks",
            "« Design » (classe virtuelle) ne peut pas se tenir le mardi 10 novembre 2026 à 14 h : à lui seul, ce "
            "créneau enfreint",
        ),
        (
            Slot.POSSIBLE,
            "“Design” (virtual class) can stand on Tuesday 10 November 2026 14:00: a lawful calendar has it there.",
            "« Design » (classe virtuelle) peut se tenir le mardi 10 novembre 2026 à 14 h : un calendrier conforme le "
            "permet.",
        ),
        (
            Slot.FORBIDDEN,
            "“Design” (virtual class) cannot stand on Tuesday 10 November 2026 14:00: no lawful calendar has it there, "
            "which is proved.",
            "« Design » (classe virtuelle) ne peut pas se tenir le mardi 10 novembre 2026 à 14 h : aucun calendrier "
            "conforme ne le permet, c’est prouvé.",
        ),
        (
            Slot.UNKNOWN,
            "It is not known whether “Design” (virtual class) can stand on Tuesday 10 November 2026 14:00: the time "
            "was too short.",
            "On ne sait pas si « Design » (classe virtuelle) peut se tenir le mardi 10 novembre 2026 à 14 h : le temps "
            "était trop court.",
        ),
    ],
    ids=[slot.value for slot in Slot],
)
def test_the_answer_comes_first(told: Told, slot: Slot, english: str, french: str) -> None:
    answer = replace(ANSWER, slot=slot)
    assert telling(told, answer) == [english]
    assert telling(told, answer, "fr") == [french]


def test_a_block_stands_on_its_days(told: Told) -> None:
    answer = Answer(Slot.STANDS, "b", on("2026-11-05", "2026-11-06").span)
    assert telling(told, answer) == [
        "“Seminar” stands from Thursday 5 November 2026 to Friday 6 November 2026 already."
    ]


def test_every_law_that_the_slot_breaks_by_itself(told: Told) -> None:
    answer = replace(ANSWER, slot=Slot.STRUCK, by_itself=(CLASH, OFF))
    assert telling(told, answer)[1:] == ["spread: two in a week", "days_off: Armistice Day"]
    assert telling(told, answer, "fr")[1:] == ["spread : two in a week", "days_off : Armistice Day"]


def test_what_is_in_its_way_and_what_moves(told: Told) -> None:
    prices = (Price(1, 7, 8), Price(2, 3, 3), Price(3, 60, 0))
    answer = replace(ANSWER, slot=Slot.POSSIBLE, in_its_way=(CLASH,), moves=MOVES, least=True, prices=prices)
    assert telling(told, answer)[1:] == [
        "In its way:",
        "spread: two in a week",
        "It takes 7 changes:",
        "- “Design” (virtual class) on Tuesday 3 November 2026 09:00: now on Tuesday 10",
        "  November 2026 14:00",
        "- “Seminar” from Thursday 5 November 2026 to Friday 6 November 2026: now from",
        "  Thursday 12 November 2026 to Friday 13 November 2026",
        "- “Design” (virtual class) on Tuesday 10 November 2026 14:00: now on Tuesday 10",
        "  November 2026 14:00 with trainer “Bob” and place “Hall”",
        "- “Design” (virtual class) on Tuesday 3 November 2026 09:00: now on Tuesday 10",
        "  November 2026 14:00 with trainer “Bob” and place “Room”",
        "- “Design” (self-paced work) in the week of Monday 2 November 2026 (2 h): now in",
        "  the week of Monday 2 November 2026 (1 h 30)",
        "- “Design” (self-paced work): now also in the week of Monday 9 November 2026 (30",
        "  min)",
        "- “Design” (self-paced work) in the week of Monday 9 November 2026 (30 min): no",
        "  longer",
        "No lawful calendar changes less, which is proved.",
        "Level 1 goes from 7 to 8.",
        "Level 3 goes from 60 to 0.",
    ]
    assert telling(told, answer, "fr")[1:] == [
        "Ce qui s’y oppose :",
        "spread : two in a week",
        "Il y faut 7 changements :",
        "- « Design » (classe virtuelle) le mardi 3 novembre 2026 à 9 h : désormais le",
        "  mardi 10 novembre 2026 à 14 h",
        "- « Seminar » du jeudi 5 novembre 2026 au vendredi 6 novembre 2026 : désormais",
        "  du jeudi 12 novembre 2026 au vendredi 13 novembre 2026",
        "- « Design » (classe virtuelle) le mardi 10 novembre 2026 à 14 h : désormais le",
        "  mardi 10 novembre 2026 à 14 h avec l’intervenant « Bob » et le lieu « Hall »",
        "- « Design » (classe virtuelle) le mardi 3 novembre 2026 à 9 h : désormais le",
        "  mardi 10 novembre 2026 à 14 h avec l’intervenant « Bob » et le lieu « Room »",
        "- « Design » (travail en autonomie) la semaine du lundi 2 novembre 2026 (2 h) :",
        "  désormais la semaine du lundi 2 novembre 2026 (1 h 30)",
        "- « Design » (travail en autonomie) : désormais aussi la semaine du lundi 9",
        "  novembre 2026 (30 min)",
        "- « Design » (travail en autonomie) la semaine du lundi 9 novembre 2026 (30",
        "  min) : n’y est plus",
        "Aucun calendrier conforme ne change moins, c’est prouvé.",
        "Le niveau 1 passe de 7 à 8.",
        "Le niveau 3 passe de 60 à 0.",
    ]


def test_one_change_not_proved_to_be_the_least(told: Told) -> None:
    answer = replace(ANSWER, slot=Slot.POSSIBLE, moves=MOVES[:1])
    assert telling(told, answer)[1:] == [
        "It takes 1 change:",
        "- “Design” (virtual class) on Tuesday 3 November 2026 09:00: now on Tuesday 10",
        "  November 2026 14:00",
        "Perhaps another calendar changes less: the time was too short.",
    ]
    assert telling(told, answer, "fr")[1:] == [
        "Il y faut 1 changement :",
        "- « Design » (classe virtuelle) le mardi 3 novembre 2026 à 9 h : désormais le",
        "  mardi 10 novembre 2026 à 14 h",
        "Un autre calendrier change peut-être moins : le temps était trop court.",
    ]


def test_a_free_slot_has_its_price_and_no_list_of_one(told: Told) -> None:
    answer = replace(ANSWER, moves=MOVES[:1], prices=(Price(1, 0, 2),))
    assert telling(told, answer)[1:] == ["Level 1 goes from 0 to 2."]
    assert telling(told, answer, "fr")[1:] == ["Le niveau 1 passe de 0 à 2."]


def test_what_cannot_be_kept_with_it(told: Told) -> None:
    answer = replace(ANSWER, slot=Slot.FORBIDDEN, conflicts=(CONFLICT,))
    assert telling(told, answer)[1:] == [
        "These two cannot both be kept, either of them can; both is proved:",
        "pinned; otherwise it is not there",
        "order; otherwise it comes first",
    ]
    assert telling(told, answer, "fr")[1:] == [
        "Ces deux exigences ne peuvent être respectées ensemble, l’une ou l’autre peut l’être ; les deux sont "
        "prouvés :",
        "pinned ; sinon it is not there",
        "order ; sinon it comes first",
    ]


def test_for_machines() -> None:
    answer = Answer(
        Slot.POSSIBLE,
        CLASS,
        AFTER.span,
        by_itself=(OFF,),
        in_its_way=(CLASH,),
        moves=(MOVES[0], MOVES[5]),
        least=True,
        prices=(Price(1, 7, 8),),
        conflicts=(CONFLICT,),
    )
    here: dict[str, Any] = {"trainers": ("ann",), "place": "room", "amount": 1}
    week = {"start": "2026-11-09T00:00:00", "end": "2026-11-16T00:00:00"}
    assert slot_record(answer, "en") == {
        "slot": "possible",
        "activity": CLASS,
        "start": "2026-11-10T14:00:00",
        "end": "2026-11-10T15:00:00",
        "by_itself": [{"law": "days_off", "message": "Armistice Day", "excess": 2}],
        "in_its_way": [{"law": "spread", "message": "two in a week", "excess": 1}],
        "moves": [
            {
                "activity": CLASS,
                "before": {"start": "2026-11-03T09:00:00", "end": "2026-11-03T10:00:00", **here},
                "after": {"start": "2026-11-10T14:00:00", "end": "2026-11-10T15:00:00", **here},
            },
            {"activity": WORK, "before": None, "after": {**week, "amount": 30, "trainers": (), "place": None}},
        ],
        "least": True,
        "prices": [{"rank": 1, "before": 7, "after": 8}],
        "conflicts": [
            {
                "minimal": True,
                "demands": [
                    {"law": "pinned", "activities": [CLASS], "mondays": [], "otherwise": ["it is not there"]},
                    {
                        "law": "order",
                        "activities": [CLASS],
                        "mondays": ["2026-11-09"],
                        "otherwise": ["it comes first"],
                    },
                ],
            }
        ],
    }
