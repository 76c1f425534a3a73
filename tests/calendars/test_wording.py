"""Sentences and values as a reader of each language writes them."""

from datetime import date, datetime, time, timedelta

import pytest

from calendars.wording import Message, render, say, say_count, short_day, short_days, show, weekday_of

WIDE, NARROW = "\u00a0", "\u202f"
"""The two no-break spaces of French."""


def both(value: object) -> tuple[str, str]:
    """A value in English and in French."""
    return show(value, "en"), show(value, "fr")


class TestValues:
    @pytest.mark.parametrize(
        ("value", "english", "french"),
        [
            (date(2026, 11, 10), "Tuesday 10 November 2026", "mardi 10 novembre 2026"),
            (datetime(2026, 11, 10, 14, 30), "Tuesday 10 November 2026 14:30", "mardi 10 novembre 2026 à 14 h 30"),
            (time(9), "09:00", "9 h"),
            (time(9, 5), "09:05", "9 h 05"),
            (time(0, 5), "00:05", "0 h 05"),
            (timedelta(0), "0 min", "0 min"),
            (timedelta(minutes=59), "59 min", "59 min"),
            (timedelta(minutes=60), "1 h", "1 h"),
            (timedelta(minutes=65), "1 h 05", "1 h 05"),
            (timedelta(hours=450), "450 h", "450 h"),
            (0.25, "0.25", "0,25"),
            (23.0, "23", "23"),
            (1234.5, "1,234.5", f"1{NARROW}234,5"),
            (1234, "1234", "1234"),
            ("Paris : la Défense", "Paris : la Défense", "Paris : la Défense"),
            (("A",), "A", "A"),
            (("A", "B", "C"), "A, B and C", "A, B et C"),
            ([date(2026, 11, 10), time(9)], "Tuesday 10 November 2026 and 09:00", "mardi 10 novembre 2026 et 9 h"),
            ((), "", ""),
            (say("virtual class"), "virtual class", "classe virtuelle"),
        ],
    )
    def test_in_both_languages(self, value: object, english: str, french: str) -> None:
        assert both(value) == (english, french)

    def test_french_counts_the_first_of_a_month_and_no_other_day(self) -> None:
        assert both(date(2026, 9, 1)) == ("Tuesday 1 September 2026", "mardi 1er septembre 2026")
        assert both(datetime(2026, 9, 1, 14)) == ("Tuesday 1 September 2026 14:00", "mardi 1er septembre 2026 à 14 h")
        days = [show(date(2026, 12, day), "fr") for day in (2, 11, 21, 31)]
        assert days == [
            "mercredi 2 décembre 2026",
            "vendredi 11 décembre 2026",
            "lundi 21 décembre 2026",
            "jeudi 31 décembre 2026",
        ]

    def test_short_days_for_tables(self) -> None:
        days = [date(2026, 9, 1), date(2026, 11, 10)]
        assert [short_day(day, "en") for day in days] == ["Tue 1 Sept 2026", "Tue 10 Nov 2026"]
        assert [short_day(day, "fr") for day in days] == ["mar. 1er sept. 2026", "mar. 10 nov. 2026"]

    @pytest.mark.parametrize(
        ("first", "last", "english", "french"),
        [
            (date(2026, 9, 1), date(2026, 9, 1), "Tue 1 Sept 2026", "mar. 1er sept. 2026"),
            (date(2026, 9, 1), date(2026, 9, 7), "1–7 Sept 2026", "1er–7 sept. 2026"),
            (date(2026, 9, 8), date(2026, 9, 11), "8–11 Sept 2026", "8–11 sept. 2026"),
            (date(2027, 4, 26), date(2027, 5, 1), "26 Apr – 1 May 2027", "26 avr. – 1er mai 2027"),
            (date(2026, 12, 28), date(2027, 1, 3), "28 Dec 2026 – 3 Jan 2027", "28 déc. 2026 – 3 janv. 2027"),
        ],
    )
    def test_days_in_a_row_in_short(self, first: date, last: date, english: str, french: str) -> None:
        shown = [short_days(first, last, language).replace("\u2009", " ") for language in ("en", "fr")]
        assert shown == [english, french]

    def test_a_day_within_its_week(self) -> None:
        days = [date(2026, 9, 1), date(2026, 11, 10)]
        assert [weekday_of(day, "en") for day in days] == ["Tuesday 1", "Tuesday 10"]
        assert [weekday_of(day, "fr") for day in days] == ["mardi 1er", "mardi 10"]


class TestMessages:
    def test_a_message_is_data(self) -> None:
        assert say("on {day}", day=date(2026, 11, 10)) == Message("on {day}", (("day", date(2026, 11, 10)),))
        assert say("course") != say("exam")

    def test_read_as_text_it_is_english(self) -> None:
        assert str(say("on {day}", day=date(2026, 11, 10))) == "on Tuesday 10 November 2026"

    def test_messages_lie_in_messages(self) -> None:
        message = say("{fault}; {cure}", fault=say("no law has that name yet"), cure=say("remove it"))
        assert render(message, "en") == "no law has that name yet; remove it"
        assert render(message, "fr") == f"aucune règle ne porte encore ce nom{NARROW}; supprimez-le"

    @pytest.mark.parametrize(
        ("count", "english", "french"),
        [
            (0, "0 breaches:", f"0 infraction{WIDE}:"),
            (1, "1 breach:", f"1 infraction{WIDE}:"),
            (2, "2 breaches:", f"2 infractions{WIDE}:"),
        ],
    )
    def test_nothing_is_plural_in_english_and_singular_in_french(self, count: int, english: str, french: str) -> None:
        message = say_count("{count} breach:", "{count} breaches:", count)
        assert (render(message, "en"), render(message, "fr")) == (english, french)

    def test_a_sentence_that_the_catalogue_does_not_know_stays_english(self) -> None:
        assert render(say("no such sentence {name}", name="A"), "fr") == "no such sentence A"


class TestNoBreakSpaces:
    @pytest.mark.parametrize(
        ("written", "shown"),
        [
            ("Niveau : 1", f"Niveau{WIDE}: 1"),
            ("« Design »", f"«{WIDE}Design{WIDE}»"),
            ("écart 25 %", f"écart 25{WIDE}%"),
            ("a ; b", f"a{NARROW}; b"),
            ("quoi ?", f"quoi{NARROW}?"),
            ("halte !", f"halte{NARROW}!"),
            ('à 24:00, soit monday = "09:00-17:00"', 'à 24:00, soit monday = "09:00-17:00"'),
        ],
    )
    def test_stand_where_french_puts_them(self, written: str, shown: str) -> None:
        assert render(say(written), "fr") == shown
        assert render(say(written), "en") == written

    def test_values_stay_as_they_were_written(self) -> None:
        message = say("{title}: {length}", title="Projet : suite ?", length=timedelta(minutes=90))
        assert render(message, "fr") == f"Projet : suite ?{WIDE}: 1 h 30"
