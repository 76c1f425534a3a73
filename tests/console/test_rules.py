"""The law book on a console, word for word."""

from collections.abc import Callable

from console.rules import tell_rule, tell_rules
from constraints.law_book import law_book, page_named

Told = Callable[..., list[str]]


def test_the_page_of_a_law(told: Told) -> None:
    assert told(lambda screen: tell_rule(screen, page_named("open_days"))) == [
        "open_days: law",
        "",
        "A group has live sessions on at most so many days a week, but in the weeks of",
        "its intensive weeks and seminars.",
        "",
        "Live sessions and blocks of every group that shares a person with it count like",
        "its own.",
        "",
        "Formula: for each week, Σ open(day) <= days + (7 - days) · Σ Y, over the blocks",
        "Y with a day in that week.",
        "",
        "Unit: days.",
        "",
        "Boundary: exactly that many days are allowed.",
        "",
        "Source: master IFUNO (Le Mans), 2 to 3 days a week.",
        "",
        "Parameters:",
        "- group (text, required): key of the group",
        "- days_per_week (whole number, 1 to 7, required): most days with live sessions",
        "  in a week",
        "- weight (whole number, 1 to 1000): cost of each unit above or below; without it",
        "  none is allowed",
        "- level (whole number, 1 to 9, 1 by default): level at which it is paid; 1 is",
        "  looked at first",
        "",
        "Example:",
        "[laws.open_days]",
        'group = "promotion"',
        "days_per_week = 3",
    ]


def test_what_is_not_translated_stays_english(told: Told) -> None:
    """Formula, boundary and source are for those who read the code."""
    assert told(lambda screen: tell_rule(screen, page_named("near_date")), "fr") == [
        "near_date : préférence",
        "",
        "Un bloc, un jalon ou une séance qui vise une date commence à aussi peu de jours",
        "d’elle que possible.",
        "",
        "Formule : Σ |first day - near| · x over the candidates x of all activities with",
        "`near`; each session of a part pays.",
        "",
        "Unité : days.",
        "",
        "Limite : the day itself costs nothing, a day before costs as much as a day",
        "after.",
        "",
        "Source : custom.",
        "",
        "Paramètres :",
        "- weight (nombre entier, 1 à 1000, 1 par défaut) : coût de chaque unité",
        "- level (nombre entier, 1 à 9, 1 par défaut) : niveau auquel le coût compte ; le",
        "  niveau 1 passe d’abord",
        "",
        "Exemple :",
        "[preferences.near_date]",
        "level = 1",
        "weight = 2",
    ]


def test_a_law_that_no_file_declares_has_no_parameters_and_no_example(told: Told) -> None:
    lines = told(lambda screen: tell_rule(screen, page_named("complete")))
    assert lines[-2:] == ["", "It holds in every programme; no file declares it."]


def test_the_list_has_every_rule_once(told: Told) -> None:
    pages = law_book()
    lines = told(lambda screen: tell_rules(screen, pages))
    assert [line.split()[0] for line in lines[1:] if not line.startswith(" ")] == [page.name for page in pages]


def test_the_list_in_both_languages(told: Told) -> None:
    pages = (page_named("complete"), page_named("regular_slot"))
    assert told(lambda screen: tell_rules(screen, pages)) == [
        "Name          Kind        What it says",
        "complete      law         The calendar holds all that the programme announces,",
        "                          no more and no less.",
        "regular_slot  preference  The live sessions of a part keep their weekday and",
        "                          hour.",
    ]
    assert told(lambda screen: tell_rules(screen, pages), "fr") == [
        "Nom           Nature      Ce qu’elle dit",
        "complete      loi         Le calendrier contient tout ce que le programme",
        "                          annonce, ni plus ni moins.",
        "regular_slot  préférence  Les séances en direct d’une activité gardent leur",
        "                          jour et leur heure.",
    ]
