"""An answer for one trainer is searched, whole, for what the others keep to themselves."""

from dataclasses import replace
from pathlib import Path

import pytest

from calendars.timetable import Timetable
from calendars.wording import say
from constraints.regular_slot import RegularSlot
from constraints.rule import Breach
from constraints.trainer_preference import TrainerPreference
from door import semainier_here
from programmes import write
from scheduler.asked import Asked
from scheduler.costs import Answer, LevelCosts, NextBetter
from scheduler.discretion import better_for, offers_for
from scheduler.offers import Offer, Offers
from scheduler.problem import Problem
from scheduler.repairs import Lowering, Repair
from scheduler.slot import Price
from small import at, classes, module, small

TWO = """\
title = "Two trainers"
language = "en"
dates = [2026-11-09, 2026-11-13]
starts_every_minutes = 60

[opening_hours]
monday = "09:00-11:00"
friday = "09:00-11:00"

[groups.all]
title = "Everybody"

[trainers.ann]
title = "Ann"
cannot = [{{ weekday = "monday", hours = "09:00-10:00" }}]
prefers = [{{ weekday = "friday" }}]

[trainers.bob]
title = "Bob"
cannot = [{{ weekday = "friday" }}]
prefers = [{{ hours = "09:00-10:00" }}]

[modules.design]
title = "Design"
group = "all"
trainer = "ann"

[[modules.design.parts]]
kind = "course"
sessions = 1
minutes = 60

[modules.ethics]
title = "Ethics"
group = "all"
trainer = "bob"

[[modules.ethics.parts]]
kind = "course"
sessions = {ethics}
minutes = 60

[laws.working_hours]
[laws.availability]
[laws.one_at_a_time]
buffer_minutes = 0

[laws.trainer_load]
hours_per_week = 2

[preferences.trainer_preference]
"""
"""Bob has the Monday alone, so that three sessions of his are too many, in a day and in a week."""

TOLD = ("available", "availability", "trainer_load", "trainer_preference", "prefer", "the most is")
"""What laws about one person are called, and what they say."""

QUESTIONS = {
    "why it is impossible": (3, ()),
    "why it cannot stand there": (
        1,
        ("CALENDAR", "ethics.course", "--at", "2026-11-13T09:00", "--as-of", "2026-11-01"),
    ),
    "what else would move": (2, ("CALENDAR", "design.course", "--at", "2026-11-09T10:00", "--as-of", "2026-11-01")),
    "where the cost comes from": (2, ("CALENDAR",)),
}
"""How many sessions Bob gives, and what is asked."""


def asked(folder: Path, question: str, *words: str) -> str:
    """All that is printed."""
    sessions, more = QUESTIONS[question]
    path = write(folder, TWO.format(ethics=sessions))
    if more:
        assert semainier_here("solve", path, "-o", folder, "--as-of", "2026-11-01").code == 0
    given = [str(folder / "calendar.json") if word == "CALENDAR" else word for word in more]
    ended = semainier_here("why", path, *given, *words, "--as-of", "2026-11-01")
    assert ended.code in (0, 1)
    return ended.out + ended.err


@pytest.mark.parametrize("question", QUESTIONS)
def test_somebody_who_asks_for_all_is_told_of_bob(question: str, tmp_path: Path) -> None:
    answer = asked(tmp_path, question, "--json")
    assert any(word in answer for word in TOLD)


@pytest.mark.parametrize("form", ["--json", "--lang=en", "--lang=fr"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_ann_is_told_nothing_of_what_bob_keeps_to_himself(question: str, form: str, tmp_path: Path) -> None:
    answer = asked(tmp_path, question, form, "--for", "ann")
    assert [word for word in (*TOLD, "disponible", "préfér", "le maximum est") if word in answer] == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_bob_is_told_as_much_as_anybody_of_himself(question: str, tmp_path: Path) -> None:
    ann = asked(tmp_path, question, "--json", "--for", "ann")
    assert asked(tmp_path, question, "--json", "--for", "bob") != ann


def test_ann_is_not_told_which_law_would_give_way_for_what_bob_prefers(tmp_path: Path) -> None:
    """His second session could stand at his hour on Tuesday, if that were open."""
    closed = "“Ethics” (course) stands on Tuesday 10 November 2026 09:00: closed on that day"
    question = "where the cost comes from"
    assert closed in asked(tmp_path, question, "--json", "--for", "bob")
    assert "Tuesday" not in asked(tmp_path, question, "--json", "--for", "ann")


def test_of_what_others_keep_to_themselves_ann_is_told_that_it_would_give_way() -> None:
    """At a level where all points may be read, and at one where some may not; a trainer may read of themselves."""
    closed = Breach("working_hours", say("{what}", what="closed"))
    ann, bob, eve = (
        Breach("availability", say("{who} cannot", who=who), trainers=(who,)) for who in ("ann", "bob", "eve")
    )
    repair = Repair((ann, bob, closed, eve), Timetable(()), 420, 420)
    found = (
        NextBetter(1, 1, Answer.BEST, lowering=Lowering(repair)),
        NextBetter(2, 1, Answer.BEST, lowering=Lowering(repair)),
        NextBetter(3, 1, Answer.BEST, lowering=Lowering(None, True)),
        NextBetter(4, 1, Answer.OPEN),
    )
    levels = [LevelCosts(rank, 1, (), (), (), (), (), untold) for rank, untold in enumerate((0, 1, 0, 0), start=1)]
    untold = Breach("private", say("somebody else's constraint is not kept"))
    assert better_for(found, levels, "ann") == (
        replace(found[0], lowering=Lowering(replace(repair, breaches=(ann, untold, closed)))),
        replace(found[1], lowering=None),
        *found[2:],
    )


def test_a_trainer_nobody_knows(tmp_path: Path) -> None:
    ended = semainier_here("why", write(tmp_path, TWO.format(ethics=1)), "--for", "bo")
    assert (ended.code, ended.err) == (2, "there is no trainer bo; did you mean bob?\n")


def test_a_level_on_which_somebody_s_wishes_are_paid_has_no_price_in_an_offer() -> None:
    """Also where a preference about no person shares the level: the sum would tell."""
    rules = (TrainerPreference(level=1), RegularSlot(level=1), RegularSlot(level=2))
    problem = Problem(small(modules={"m": module(classes(1))}), rules)
    placement, prices = at("2026-11-10 09:00"), (Price(1, 0, 1), Price(2, 3, 4))
    offer = Offer(placement, 0, (), prices, ("all",), ("ann",), Timetable((placement,)))
    offers = Offers(Asked(placement.activity, placement.span), (offer,), (placement.span,), complete=True, searched=0)
    assert offers_for(offers, problem) == replace(offers, offers=(replace(offer, prices=prices[1:]),))
