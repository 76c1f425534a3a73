"""Days off against the official texts, two independent witnesses, and what a user may type."""

import subprocess
import sys
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import holidays
import pytest
from pydantic import TypeAdapter
from vacances_scolaires_france import SchoolHolidayDates

from calendars.clock import Dates
from calendars.days_off import DayOff, DaysOff, Waived, official_table, resolve
from calendars.programme_file import Closure, DaysOffTable, SchoolPeriod, Waiver
from calendars.wording import render
from programmes import plain

YEAR_2026 = Dates(date(2026, 9, 1), date(2027, 7, 10))
NOTHING = DaysOffTable()
PACKAGE = "holidays 0.109"


def resolved(table: DaysOffTable, zones: Sequence[str], dates: Dates, language: str = "en") -> DaysOff:
    days, faults = resolve(table, zones, dates, language)
    assert faults == []
    return days


def words(table: DaysOffTable, zones: Sequence[str], dates: Dates, language: str = "en") -> list[str]:
    _, faults = resolve(table, zones, dates, language)
    return [fault.words(language) for fault in faults]


def unknown_en(zone: str, years: str) -> str:
    return (
        f"days_off.school_zones: The holidays of the school zone {zone} are not known for the school {years}: type "
        "them in [[days_off.school_periods]] with their source, or waive them in [[days_off.waived]] with a reason."
    )


def school_year(begins: int) -> Dates:
    return Dates(date(begins, 9, 1), date(begins + 1, 8, 31))


def runs(days: Iterable[DayOff]) -> list[tuple[str, str, date, date]]:
    """School days as (name, state, first, last) of each run."""
    found: list[tuple[str, str, date, date]] = []
    for off in days:
        if off.kind != "school":
            continue
        if found and found[-1][:2] == (off.name, off.state) and found[-1][3] + timedelta(days=1) == off.day:
            found[-1] = (*found[-1][:3], off.day)
        else:
            found.append((off.name, off.state, off.day, off.day))
    return found


def rest(days_off: DaysOff, zones: Sequence[str], day: date) -> bool:
    return day.weekday() >= 5 or bool(days_off.on(day, zones))


# The embedded table against two witnesses, on Mondays to Fridays. Saturdays and Sundays differ by custom: both
# witnesses call the Saturday of the departure off, whereas the texts still hold classes on it.

NEWER_WITNESS_LACKS = {  # `holidays` calls the Thursday of Ascension a school holiday too; here it is a public one
    2024: {date(2025, 5, 29)},
    2025: {date(2026, 5, 14)},
    2026: {date(2027, 5, 6)},
    2027: {date(2028, 5, 25)},
}
OLDER_WITNESS_LACKS = {  # days that `vacances_scolaires_france` calls days of class
    2024: {date(2025, 5, 30)},  # the Ascension bridge, which the arrêté of 7 December 2022 gives
    2025: {date(2026, 5, 15)},  # the same
    2026: set(),
    2027: {date(2027, 9, 1)},  # classes resume on Thursday 2 September 2027
}
OLDER_WITNESS_ADDS = {
    2024: set(),
    2025: set(),
    2026: {date(2027, 5, 6)},  # Ascension itself, a public holiday
    2027: {date(2028, 7, 4)},  # summer starts on that Tuesday after class
}


@pytest.fixture(scope="module")
def older_witness() -> SchoolHolidayDates:
    return SchoolHolidayDates()


def own_weekdays(zone: str, begins: int) -> set[date]:
    days = resolved(NOTHING, [zone], school_year(begins))
    return {
        off.day
        for off in days.days
        if off.kind == "school" and off.day.weekday() < 5 and off.day in school_year(begins)
    }


@pytest.mark.parametrize("zone", ["A", "B", "C"])
@pytest.mark.parametrize("begins", [2024, 2025, 2026, 2027])
def test_official_table_agrees_with_vacances_scolaires_france(
    zone: str, begins: int, older_witness: SchoolHolidayDates
) -> None:
    theirs = {
        day for day in school_year(begins).days() if day.weekday() < 5 and older_witness.is_holiday_for_zone(day, zone)
    }
    ours = own_weekdays(zone, begins)
    assert (ours - theirs, theirs - ours) == (OLDER_WITNESS_LACKS[begins], OLDER_WITNESS_ADDS[begins])


@pytest.mark.parametrize("zone", ["A", "B", "C"])
@pytest.mark.parametrize("begins", [2024, 2025, 2026, 2027])
def test_official_table_agrees_with_holidays(zone: str, begins: int) -> None:
    witness = holidays.country_holidays(
        "FR", subdiv=f"Zone {zone}", categories=("school",), years=range(begins, begins + 2), language="fr"
    )
    theirs = {day for day in dict(witness) if day.weekday() < 5 and day in school_year(begins)}
    ours = own_weekdays(zone, begins)
    assert (ours - theirs, theirs - ours) == (set(), NEWER_WITNESS_LACKS[begins])


def test_official_table_has_every_break_of_every_year_once() -> None:
    all_six = ["autumn", "christmas", "winter", "spring", "ascension", "summer"]
    without_bridge = [name for name in all_six if name != "ascension"]
    listed = {
        (zone, year.begins): [part.name for part in year.breaks if zone in part.zones]
        for year in official_table().years
        for zone in sorted({zone for part in year.breaks for zone in part.zones})
    }
    assert listed == {
        **{(zone, begins): all_six for begins in (2024, 2025, 2026, 2027) for zone in ("A", "B", "C")},
        ("Corse", 2026): without_bridge,
    }
    assert list(official_table().names) == all_six


# A school year in figures: 1 September 2026 to 10 July 2027, Monday to Friday.


@pytest.mark.parametrize(
    ("zones", "working_days", "not_eves"),
    [(["A"], 174, 137), (["B"], 174, 137), (["C"], 174, 137), (["A", "B", "C"], 154, 121)],
)
def test_working_days_of_2026(zones: list[str], working_days: int, not_eves: int) -> None:
    days_off = resolved(NOTHING, zones, YEAR_2026)
    working = [day for day in YEAR_2026.days() if not rest(days_off, zones, day)]
    eves = [day for day in working if rest(days_off, zones, day + timedelta(days=1))]
    assert (len(working), len(working) - len(eves)) == (working_days, not_eves)


def test_eves_that_are_no_fridays_in_zone_b() -> None:
    days_off = resolved(NOTHING, ["B"], YEAR_2026)
    eves = [
        day
        for day in YEAR_2026.days()
        if not rest(days_off, ["B"], day) and rest(days_off, ["B"], day + timedelta(days=1)) and day.weekday() != 4
    ]
    assert eves == [date(2026, 11, 10), date(2027, 5, 5)]


# Single days.


def test_a_break_lies_between_the_departure_and_the_resumption() -> None:
    days_off = resolved(NOTHING, ["B"], YEAR_2026, "fr")
    school = DayOff(date(2026, 10, 18), "school", "Vacances de la Toussaint", "B", "JORFTEXT000052416058", "official")
    assert days_off.on(date(2026, 10, 17), ["B"]) == ()
    assert days_off.on(date(2026, 10, 18), ["B"]) == (school,)
    assert days_off.on(date(2026, 10, 30), ["B"]) == (
        DayOff(date(2026, 10, 30), "school", school.name, "B", school.source, "official"),
    )
    assert days_off.on(date(2026, 11, 1), ["B"]) == (
        DayOff(date(2026, 11, 1), "public", "Toussaint", None, PACKAGE, "official"),
        DayOff(date(2026, 11, 1), "school", school.name, "B", school.source, "official"),
    )
    assert days_off.on(date(2026, 11, 2), ["B"]) == ()


def test_11_november_binds_everybody() -> None:
    days_off = resolved(NOTHING, ["B"], YEAR_2026, "fr")
    armistice = DayOff(date(2026, 11, 11), "public", "Armistice", None, PACKAGE, "official")
    assert days_off.on(date(2026, 11, 11), ["B"]) == (armistice,)
    assert days_off.on(date(2026, 11, 11), []) == (armistice,)
    assert days_off.on(date(2026, 11, 10), ["B"]) == ()
    assert days_off.on(date(2026, 11, 12), ["B"]) == ()


def test_ascension_thursday_is_public_and_the_bridge_is_school() -> None:
    days_off = resolved(NOTHING, ["A"], YEAR_2026)
    around = [date(2027, 5, day) for day in range(5, 11)]
    assert [[(off.kind, off.name) for off in days_off.on(day, ["A"])] for day in around] == [
        [],
        [("public", "Ascension Day")],
        [("school", "Ascension bridge")],
        [("public", "Victory Day"), ("school", "Ascension bridge")],
        [("school", "Ascension bridge")],
        [],
    ]


def test_school_days_bind_their_own_zone() -> None:
    days_off = resolved(NOTHING, ["A", "B", "C"], YEAR_2026)
    assert [off.zone for off in days_off.on(date(2027, 2, 15), ["A", "B", "C"])] == ["A", "C"]
    assert [off.zone for off in days_off.on(date(2027, 2, 15), ["A"])] == ["A"]
    assert days_off.on(date(2027, 2, 15), ["B"]) == ()


def test_a_zone_named_twice_counts_once() -> None:
    assert resolved(NOTHING, ["A", "A"], YEAR_2026) == resolved(NOTHING, ["A"], YEAR_2026)


def test_school_year_of_zone_b() -> None:
    days_off = resolved(NOTHING, ["B"], school_year(2026))
    assert runs(days_off.days) == [
        ("Summer holidays", "official", date(2026, 8, 25), date(2026, 8, 31)),
        ("Autumn holidays", "official", date(2026, 10, 18), date(2026, 11, 1)),
        ("Christmas holidays", "official", date(2026, 12, 20), date(2027, 1, 3)),
        ("Winter holidays", "official", date(2027, 2, 21), date(2027, 3, 7)),
        ("Spring holidays", "official", date(2027, 4, 18), date(2027, 5, 2)),
        ("Ascension bridge", "official", date(2027, 5, 7), date(2027, 5, 9)),
        ("Summer holidays", "official", date(2027, 7, 4), date(2027, 9, 1)),
    ]


def test_summer_without_a_known_resumption_is_projected_to_the_end_of_august() -> None:
    zone_b = resolved(NOTHING, ["B"], Dates(date(2028, 6, 1), date(2028, 8, 31)))
    assert [(off.name, off.source, off.state) for off in zone_b.on(date(2028, 8, 31), ["B"])] == [
        ("Summer holidays", "JORFTEXT000054457294", "projected")
    ]
    # The formula of `holidays` lets classes resume on Monday 4 September 2028.
    assert runs(zone_b.days) == [
        ("Ascension bridge", "official", date(2028, 5, 26), date(2028, 5, 28)),
        ("Summer holidays", "projected", date(2028, 7, 5), date(2028, 9, 3)),
    ]


def test_corsica_in_its_official_year() -> None:
    days_off = resolved(NOTHING, ["Corse"], YEAR_2026)
    assert runs(days_off.days) == [
        ("Autumn holidays", "official", date(2026, 10, 18), date(2026, 11, 1)),
        ("Christmas holidays", "official", date(2026, 12, 20), date(2027, 1, 3)),
        ("Winter holidays", "official", date(2027, 2, 14), date(2027, 2, 28)),
        ("Spring holidays", "official", date(2027, 4, 11), date(2027, 4, 25)),
        ("Summer holidays", "projected", date(2027, 7, 4), date(2027, 7, 24)),
    ]


# Projection.

AUTUMN_2028 = Dates(date(2028, 10, 1), date(2028, 11, 30))


def test_years_without_a_text_are_projected_and_say_so() -> None:
    days_off = resolved(NOTHING, ["B"], AUTUMN_2028)
    assert runs(days_off.days) == [("Autumn holidays", "projected", date(2028, 10, 22), date(2028, 11, 5))]
    assert days_off.on(date(2028, 10, 23), ["B"]) == (
        DayOff(date(2028, 10, 23), "school", "Autumn holidays", "B", PACKAGE, "projected"),
    )


def test_two_projected_breaks_on_one_day_keep_both_names() -> None:
    days_off = resolved(NOTHING, ["C"], Dates(date(2035, 5, 1), date(2035, 5, 31)))
    assert [off.name for off in days_off.on(date(2035, 5, 3), ["C"])] == [
        "Ascension Day",
        "Ascension bridge; Spring holidays",
    ]


@pytest.mark.parametrize(("begins", "known"), [(2017, False), (2018, True), (2099, True)])
def test_projection_covers_the_school_years_from_2018_to_2100(begins: int, known: bool) -> None:
    dates = Dates(date(begins, 10, 1), date(begins + 1, 6, 30))
    expected = [] if known else [unknown_en("A", f"year {begins}-{begins + 1}")]
    assert words(NOTHING, ["A"], dates) == expected


# What the user types.


def period(zone: str, first: date, last: date) -> SchoolPeriod:
    return SchoolPeriod(zone=zone, title="Break", dates=Dates(first, last), source="the rectorat's letter")


def test_a_typed_period_replaces_the_projected_break_that_it_overlaps() -> None:
    table = DaysOffTable(school_periods=(period("B", date(2028, 10, 28), date(2028, 11, 12)),))
    days_off = resolved(table, ["B"], Dates(date(2028, 10, 1), date(2028, 12, 31)))
    assert days_off.on(date(2028, 10, 30), ["B"]) == (
        DayOff(date(2028, 10, 30), "school", "Break", "B", "the rectorat's letter", "typed"),
    )
    assert runs(days_off.days) == [
        ("Break", "typed", date(2028, 10, 28), date(2028, 11, 12)),
        ("Christmas holidays", "projected", date(2028, 12, 24), date(2029, 1, 7)),
    ]


def test_a_typed_period_beside_a_projected_break_leaves_it() -> None:
    table = DaysOffTable(school_periods=(period("B", date(2028, 11, 6), date(2028, 11, 7)),))
    assert runs(resolved(table, ["B"], AUTUMN_2028).days) == [
        ("Autumn holidays", "projected", date(2028, 10, 22), date(2028, 11, 5)),
        ("Break", "typed", date(2028, 11, 6), date(2028, 11, 7)),
    ]


def test_a_typed_period_wins_day_by_day_over_an_official_one() -> None:
    table = DaysOffTable(school_periods=(period("B", date(2026, 10, 31), date(2026, 11, 2)),))
    days_off = resolved(table, ["B"], Dates(date(2026, 10, 1), date(2026, 11, 30)))
    assert runs(days_off.days) == [
        ("Autumn holidays", "official", date(2026, 10, 18), date(2026, 10, 30)),
        ("Break", "typed", date(2026, 10, 31), date(2026, 11, 2)),
    ]


def test_a_typed_period_makes_the_school_year_of_its_first_day_known() -> None:
    table = DaysOffTable(school_periods=(period("Réunion", date(2026, 12, 19), date(2027, 1, 25)),))
    days_off = resolved(table, ["Réunion"], YEAR_2026)
    assert runs(days_off.days) == [("Break", "typed", date(2026, 12, 19), date(2027, 1, 25))]


def test_a_summer_that_runs_over_leaves_the_next_year_unknown() -> None:
    table = DaysOffTable(school_periods=(period("Corse", date(2027, 7, 4), date(2027, 9, 2)),))
    assert words(table, ["Corse"], school_year(2027)) == [unknown_en("Corse", "year 2027-2028")]


def test_closures_bind_everybody() -> None:
    closure = Closure(title="Campus shut", dates=Dates(date(2027, 7, 9), date(2027, 7, 12)))
    days_off = resolved(DaysOffTable(closures=(closure,)), [], YEAR_2026)
    assert [off for off in days_off.days if off.kind == "closure"] == [
        DayOff(date(2027, 7, day), "closure", "Campus shut", None, "", "typed") for day in (9, 10, 11, 12)
    ]
    assert days_off.on(date(2027, 7, 9), ["B"])[0].name == "Campus shut"


def test_days_reach_7_days_before_and_14_days_after() -> None:
    everything = Closure(title="Shut", dates=Dates(date(2026, 1, 1), date(2026, 12, 31)))
    days_off = resolved(DaysOffTable(closures=(everything,)), [], Dates(date(2026, 3, 10), date(2026, 3, 11)))
    assert (days_off.days[0].day, days_off.days[-1].day) == (date(2026, 3, 3), date(2026, 3, 25))


# Unknown school years.


def test_corsica_beyond_its_official_year_is_unknown() -> None:
    assert words(NOTHING, ["Corse"], school_year(2027)) == [unknown_en("Corse", "year 2027-2028")]
    assert words(NOTHING, ["Corse"], school_year(2027), "fr") == [
        "days_off.school_zones\u00a0: Les vacances de la zone scolaire Corse ne sont pas connues pour l’année scolaire "
        "2027-2028\u00a0: saisissez-les dans [[days_off.school_periods]] avec leur source, ou passez-vous-en dans "
        "[[days_off.waived]] avec une raison."
    ]


def test_every_unknown_year_of_a_zone_stands_in_one_fault() -> None:
    dates = Dates(date(2026, 8, 31), date(2028, 9, 1))
    assert words(NOTHING, ["B", "Corse"], dates) == [
        unknown_en("Corse", "years 2025-2026, 2027-2028 and 2028-2029"),
    ]


def test_last_day_of_august_belongs_to_the_year_that_ends() -> None:
    assert words(NOTHING, ["Corse"], Dates(date(2027, 6, 1), date(2027, 8, 31))) == []
    assert words(NOTHING, ["Corse"], Dates(date(2027, 6, 1), date(2027, 9, 1))) == [
        unknown_en("Corse", "year 2027-2028")
    ]


def test_a_waiver_lets_the_days_that_it_covers_pass() -> None:
    dates = Dates(date(2027, 9, 1), date(2028, 6, 30))

    def waived(*spans: Dates) -> DaysOffTable:
        return DaysOffTable(waived=tuple(Waiver(zone="Corse", dates=span, why="the dean's word") for span in spans))

    assert words(waived(dates), ["Corse"], dates) == []
    halves = (Dates(date(2027, 8, 1), date(2027, 12, 31)), Dates(date(2028, 1, 1), date(2028, 7, 31)))
    assert words(waived(*halves), ["Corse"], dates) == []
    one_day_short = Dates(date(2027, 9, 1), date(2028, 6, 29))
    assert words(waived(one_day_short), ["Corse"], dates) == [unknown_en("Corse", "year 2027-2028")]


WAIVER = Waiver(zone="Corse", dates=Dates(date(2027, 9, 1), date(2028, 8, 31)), why="the dean's word")


def test_a_zone_that_nobody_speaks_of() -> None:
    assert words(NOTHING, ["Zone B"], YEAR_2026) == [
        "days_off.school_zones: The school zone Zone B is not known; the known ones are A, B, C and Corse. Correct the "
        "name, type the holidays of the zone in [[days_off.school_periods]] with their source, or waive them in "
        "[[days_off.waived]] with a reason."
    ]
    assert [plain(each) for each in words(NOTHING, ["Zone B"], YEAR_2026, "fr")] == [
        "days_off.school_zones : La zone scolaire Zone B n’est pas connue ; les zones connues sont A, B, C et Corse. "
        "Corrigez le nom, saisissez les vacances de la zone dans [[days_off.school_periods]] avec leur source, ou "
        "passez-vous-en dans [[days_off.waived]] avec une raison."
    ]


def test_a_zone_that_nobody_speaks_of_may_be_waived() -> None:
    waiver = Waiver(zone="Martinique", dates=YEAR_2026, why="the dean's word")
    assert words(DaysOffTable(waived=(waiver,)), ["Martinique"], YEAR_2026) == []


def test_what_is_waived_is_recorded() -> None:
    waived = resolved(DaysOffTable(waived=(WAIVER,)), ["Corse"], school_year(2027)).waived
    assert waived == (Waived("Corse", Dates(date(2027, 9, 1), date(2028, 8, 31)), "the dean's word"),)
    assert [plain(render(each.words, language)) for each in waived for language in ("en", "fr")] == [
        "School zone Corse is planned without school holidays from Wednesday 1 September 2027 to Thursday 31 August "
        "2028 (the dean's word).",
        "La zone scolaire Corse est planifiée sans vacances scolaires du mercredi 1er septembre 2027 au jeudi 31 août "
        "2028 (the dean's word).",
    ]


@pytest.mark.parametrize(
    ("table", "zones", "dates"),
    [
        (DaysOffTable(waived=(WAIVER,)), ["A"], school_year(2027)),
        (DaysOffTable(waived=(WAIVER,)), ["Corse"], YEAR_2026),
        (DaysOffTable(waived=(WAIVER.model_copy(update={"zone": "B"}),)), ["B"], school_year(2027)),
        (
            DaysOffTable(waived=(WAIVER,), school_periods=(period("Corse", date(2027, 10, 23), date(2027, 11, 7)),)),
            ["Corse"],
            school_year(2027),
        ),
    ],
    ids=["of no audience", "of another year", "of an official year", "of a typed year"],
)
def test_a_waiver_that_changes_nothing_is_not_recorded(table: DaysOffTable, zones: list[str], dates: Dates) -> None:
    assert resolved(table, zones, dates).waived == ()


def test_a_waiver_of_other_months_is_not_recorded() -> None:
    winter, autumn = Dates(date(2028, 1, 3), date(2028, 3, 31)), Dates(date(2027, 9, 1), date(2027, 12, 31))
    waivers = (WAIVER.model_copy(update={"dates": dates}) for dates in (autumn, winter))
    days_off = resolved(DaysOffTable(waived=tuple(waivers)), ["Corse"], winter)
    assert days_off.waived == (Waived("Corse", winter, "the dean's word"),)


def test_a_waiver_over_a_known_and_an_unknown_year_is_recorded() -> None:
    both = Waiver(zone="Corse", dates=Dates(date(2026, 9, 1), date(2028, 8, 31)), why="the dean's word")
    days_off = resolved(DaysOffTable(waived=(both,)), ["Corse"], both.dates)
    assert days_off.waived == (Waived("Corse", both.dates, "the dean's word"),)


def test_a_typed_period_for_a_zone_without_audience() -> None:
    table = DaysOffTable(school_periods=(period("b", date(2026, 10, 17), date(2026, 11, 1)),))
    assert words(table, ["B"], YEAR_2026) == [
        "days_off.school_periods[0]: No audience is in the school zone b, so this period would be lost: correct the "
        "name of the zone, or add it to school_zones."
    ]


# Countries and their subdivisions.


def test_a_subdivision_adds_its_own_days() -> None:
    days_off = resolved(DaysOffTable(subdivision="Alsace"), [], Dates(date(2027, 3, 20), date(2027, 3, 31)), "fr")
    assert [(off.day, off.name) for off in days_off.days] == [
        (date(2027, 3, 26), "Vendredi saint"),
        (date(2027, 3, 29), "Lundi de Pâques"),
    ]


@pytest.mark.parametrize(("country", "nearest"), [("fr", "FR"), ("France", "FRA"), ("???", "FR")])
def test_an_unknown_country(country: str, nearest: str) -> None:
    assert words(DaysOffTable(country=country), [], YEAR_2026) == [
        f"days_off.country: There are no public holidays for the country {country}: write its two-letter ISO 3166-1 "
        f"code, for example {nearest}."
    ]


@pytest.mark.parametrize(
    ("subdivision", "known"),
    [
        ("Guadelupe", "Guadeloupe"),
        ("Zone B", "57, 6AE, 971, 972, 973, 974, 976, BL, MF, NC, PF, PM, TF and WF"),
    ],
)
def test_an_unknown_subdivision(subdivision: str, known: str) -> None:
    assert words(DaysOffTable(subdivision=subdivision), [], YEAR_2026) == [
        f"days_off.subdivision: The country FR has no subdivision {subdivision}; known: {known}. Correct this key or "
        "leave it out; school zones go into school_zones."
    ]


def test_a_country_without_subdivisions() -> None:
    assert words(DaysOffTable(country="MC", subdivision="X"), [], YEAR_2026) == [
        "days_off.subdivision: The country MC has no subdivisions: leave this key out."
    ]


def test_years_for_which_nobody_knows_the_public_holidays() -> None:
    assert words(NOTHING, [], Dates(date(2206, 9, 1), date(2207, 7, 10))) == [
        "days_off.country: The public holidays of the country FR are known from 1803 to 2100 only: check the dates of "
        "the programme."
    ]


@pytest.mark.parametrize("machine", ["uk_UA.UTF-8", "fr_FR.UTF-8", "C"])
def test_names_do_not_follow_the_language_of_the_machine(machine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(variable, machine)
    may = Dates(date(2027, 5, 8), date(2027, 5, 10))  # with its margins, from 1 to 24 May

    def names(country: str, language: str) -> list[str]:
        return [off.name for off in resolved(DaysOffTable(country=country), [], may, language).days]

    assert names("FR", "fr") == ["Fête du Travail", "Ascension", "Fête de la Victoire", "Lundi de Pentecôte"]
    assert names("FR", "en") == ["Labor Day", "Ascension Day", "Victory Day", "Pentecost Monday"]
    # Germany has no French names in the package: English stands in.
    assert names("DE", "fr") == ["Labor Day", "Ascension Day", "Pentecost Monday"]


# What is kept.


def test_days_are_kept_in_order_and_survive_json() -> None:
    later = DayOff(date(2026, 11, 11), "public", "Armistice", None, PACKAGE, "official")
    sooner = DayOff(date(2026, 10, 19), "school", "Autumn holidays", "B", "JORFTEXT000052416058", "official")
    days = DaysOff(iter([later, sooner])).days
    assert days == (sooner, later)
    adapter = TypeAdapter(tuple[DayOff, ...])
    assert adapter.validate_json(adapter.dump_json(days)) == days


def test_importing_days_off_does_not_load_holidays() -> None:
    code = "import sys, calendars.days_off; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
