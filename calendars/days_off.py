"""Days off: public holidays, school holidays by zone, and closures, each with its source and how far to trust it.

Public holidays come from the `holidays` package. The school holidays of a zone have three layers, and on each day the
later wins:

1. the formula of `holidays`, for zones A, B and C in school years without an official text: `projected`;
2. the reviewed table `school_holidays.toml`, whole school years from the official texts: `official`;
3. the periods that the user typed in, with their source: `typed`. A projected break that one of them overlaps goes
   away whole, so that a guess does not outlive its correction.

A school year that no layer knows is unknown, and unknown never means "no holiday": it is a fault until somebody types
its periods or waives it. A school year runs from 1 September to 31 August and is named by its September.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from calendars.clock import Dates
from calendars.faults import Fault
from calendars.programme_file import Closure, DaysOffTable, SchoolPeriod, Table
from calendars.wording import Message, say, say_count

State = Literal["official", "projected", "typed"]

DAYS_BEFORE = 7
"""Days looked at before the programme's first day."""
DAYS_AFTER = 14
"""Days looked at after the programme's last day: the eve of a rest day needs what follows."""

PROJECTED_ZONES = ("A", "B", "C")
"""Zones for which `holidays` has a formula; for Corsica it answers with an empty set and no error."""
PROJECTED_YEARS = range(2018, 2100)
"""School years that the formula covers whole: 2017-2018 lacks its Ascension bridge, and nothing follows 2100."""

_OFFICIAL_FILE = Path(__file__).with_name("school_holidays.toml")
_NAMES_JOINED_BY = "; "
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class DayOff:
    """A day that is off, for one reason.

    `zone` is the school zone of a school day and None otherwise. `source` is a text of the Journal officiel, a package
    with its version, or what the user wrote; a closure has none, being the institution's own. `typed` says that the day
    comes from the user.
    """

    day: date
    kind: Literal["public", "school", "closure"]
    name: str
    zone: str | None
    source: str
    state: State


@dataclass(frozen=True)
class Waived:
    """Dates of a school zone that are planned without school holidays on somebody's word, since nobody knows them."""

    zone: str
    dates: Dates
    why: str

    @property
    def words(self) -> Message:
        """What is waived, in a sentence."""
        return say(
            "School zone {zone} is planned without school holidays from {first} to {last} ({why}).",
            zone=self.zone,
            first=self.dates.first,
            last=self.dates.last,
            why=self.why,
        )


@dataclass(frozen=True, init=False)
class DaysOff:
    """The days off of a programme, in order, and the dates whose school holidays are waived."""

    days: tuple[DayOff, ...]
    waived: tuple[Waived, ...]

    def __init__(self, days: Iterable[DayOff], waived: Iterable[Waived] = ()) -> None:
        object.__setattr__(self, "days", tuple(sorted(days)))
        object.__setattr__(self, "waived", tuple(waived))

    def on(self, day: date, zones: Sequence[str]) -> tuple[DayOff, ...]:
        """Why a day is off for an audience in these school zones; empty where it is not.

        Public holidays and closures bind everybody, school holidays the zones that have them.
        """
        return tuple(off for off in self._by_day.get(day, ()) if off.zone is None or off.zone in zones)

    @cached_property
    def _by_day(self) -> dict[date, list[DayOff]]:
        by_day: defaultdict[date, list[DayOff]] = defaultdict(list)
        for off in self.days:
            by_day[off.day].append(off)
        return dict(by_day)


class OfficialBreak(Table):
    """A school holiday of an official text: off from the day after `departure` to the day before `resumption`."""

    name: str
    zones: tuple[str, ...]
    departure: date
    resumption: date | None = None


class OfficialYear(Table):
    """The school holidays of some zones in the school year that begins in September of `begins`."""

    begins: int
    source: str
    breaks: tuple[OfficialBreak, ...]


class OfficialTable(Table):
    """The file `school_holidays.toml`: names by key and language, and the official school years."""

    names: dict[str, dict[str, str]]
    years: tuple[OfficialYear, ...]

    @property
    def zones(self) -> tuple[str, ...]:
        """Every zone that has an official school year."""
        return tuple(sorted({zone for year in self.years for part in year.breaks for zone in part.zones}))

    def years_of(self, zone: str) -> frozenset[int]:
        """The official school years of a zone."""
        return frozenset(year.begins for year in self.years for part in year.breaks if zone in part.zones)


@cache
def official_table() -> OfficialTable:
    """The reviewed table of official school holidays."""
    return OfficialTable.model_validate(tomllib.loads(_OFFICIAL_FILE.read_text(encoding="utf-8")))


def resolve(table: DaysOffTable, zones: Sequence[str], dates: Dates, language: str) -> tuple[DaysOff, list[Fault]]:
    """Everything off around `dates` for audiences in the school `zones`, named in `language`, and what is unknown.

    The days go from 7 days before the first to 14 days after the last; only `dates` themselves have to be known.
    Faults name the key of the programme file.
    """
    around = Dates(dates.first - timedelta(days=DAYS_BEFORE), dates.last + timedelta(days=DAYS_AFTER))
    public, faults = _public_days(table, around, language)
    days = [*public, *_closures(table)]
    for zone in dict.fromkeys(zones):
        days += _school_days(zone, table, around, language)
        faults += _unknown(zone, table, dates)
    faults += _stray_periods(table, zones)
    return DaysOff((off for off in days if off.day in around), _waived(table, zones, dates)), faults


def corrected(days_off: DaysOff, closures: Iterable[Closure], periods: Iterable[SchoolPeriod]) -> DaysOff:
    """The days off with further closures, and with school holidays that replace the projected ones they overlap."""
    days = [*days_off.days, *(off for closure in closures for off in _closed_days(closure))]
    for period in periods:
        own = {off.day: off for off in days if off.zone == period.zone and off.kind == "school"}
        others = [off for off in days if off.zone != period.zone or off.kind != "school"]
        typed = {off.day: off for off in _typed_days(period)}
        days = [*others, *(_without_guesses(own, period.dates) | typed).values()]
    return DaysOff(days, days_off.waived)


def school_year_of(day: date) -> int:
    """The year of the September in which the school year of a day begins."""
    return day.year if day.month >= 9 else day.year - 1


def school_years(dates: Dates) -> range:
    """The school years that have a day in these dates."""
    return range(school_year_of(dates.first), school_year_of(dates.last) + 1)


def _closures(table: DaysOffTable) -> Iterator[DayOff]:
    for closure in table.closures:
        yield from _closed_days(closure)


def _closed_days(closure: Closure) -> Iterator[DayOff]:
    for day in closure.dates.days():
        yield DayOff(day, "closure", closure.title, None, "", "typed")


def _public_days(table: DaysOffTable, dates: Dates, language: str) -> tuple[list[DayOff], list[Fault]]:
    import holidays

    faults = _place_faults(table) or _year_faults(table, dates)
    if faults:
        return [], faults
    found = holidays.country_holidays(
        table.country,
        subdiv=table.subdivision,
        years=range(dates.first.year, dates.last.year + 1),
        language=_language_for(table.country, language),
    )
    return [DayOff(day, "public", name, None, _package(), "official") for day, name in dict(found).items()], []


@cache
def _package() -> str:
    return f"holidays {version('holidays')}"


def _place_faults(table: DaysOffTable) -> list[Fault]:
    import holidays

    countries = holidays.list_supported_countries()
    if table.country not in countries:
        message = say(
            "There are no public holidays for the country {country}: write its two-letter ISO 3166-1 code, "
            "for example {nearest}.",
            country=table.country,
            nearest=(get_close_matches(table.country.upper(), countries, 1) or ["FR"])[0],
        )
        return [Fault(message, ("days_off", "country"))]
    # As a subdivision of its own, a school zone adds nothing to the public holidays and would hide a mistake.
    codes = [code for code in countries[table.country] if not code.startswith("Zone ")]
    known = [*codes, *getattr(holidays, table.country).subdivisions_aliases]
    if table.subdivision is None or table.subdivision in known:
        return []
    if not known:
        message = say("The country {country} has no subdivisions: leave this key out.", country=table.country)
    else:
        message = say(
            "The country {country} has no subdivision {subdivision}; known: {known}. Correct this key or leave it out; "
            "school zones go into school_zones.",
            subdivision=table.subdivision,
            country=table.country,
            known=get_close_matches(table.subdivision, known) or codes,
        )
    return [Fault(message, ("days_off", "subdivision"))]


def _year_faults(table: DaysOffTable, dates: Dates) -> list[Fault]:
    import holidays

    kind = getattr(holidays, table.country)
    if kind.start_year <= dates.first.year and dates.last.year <= kind.end_year:
        return []
    message = say(
        "The public holidays of the country {country} are known from {first} to {last} only: "
        "check the dates of the programme.",
        country=table.country,
        first=kind.start_year,
        last=kind.end_year,
    )
    return [Fault(message, ("days_off", "country"))]


def _language_for(country: str, language: str) -> str:
    # With a language that the country lacks, names would follow the machine's LANG; English never lacks.
    import holidays

    french = [name for name in sorted(getattr(holidays, country).supported_languages) if name.startswith("fr")]
    return french[0] if language == "fr" and french else "en_US"


def _school_days(zone: str, table: DaysOffTable, dates: Dates, language: str) -> Iterable[DayOff]:
    days = _projected_days(zone, school_years(dates), language)
    days.update((off.day, off) for off in _official_days(zone, language))
    for period in table.school_periods:
        if period.zone == zone:
            days = _without_guesses(days, period.dates)
            days.update((off.day, off) for off in _typed_days(period))
    return days.values()


def _projected_days(zone: str, years: range, language: str) -> dict[date, DayOff]:
    guessed = set(years) & set(PROJECTED_YEARS) - official_table().years_of(zone)
    if zone not in PROJECTED_ZONES or not guessed:
        return {}
    import holidays

    found = holidays.country_holidays(
        "FR",
        subdiv=f"Zone {zone}",
        categories=("school",),
        years=range(years.start, years.stop + 1),
        language="fr",
    )
    named = dict(found)
    names = {name["fr"]: name[language] for name in official_table().names.values()}
    return {
        day: DayOff(day, "school", _translated(name, names), zone, _package(), "projected")
        for day, name in named.items()
        if school_year_of(day) in guessed and not _is_departure(day, named)
    }


def _translated(name: str, names: dict[str, str]) -> str:
    return _NAMES_JOINED_BY.join(names[part] for part in name.split(_NAMES_JOINED_BY))


def _is_departure(day: date, named: dict[date, str]) -> bool:
    """Whether a day is the Saturday after whose classes pupils leave, which `holidays` counts as off."""
    return day.weekday() == 5 and day - _ONE_DAY not in named


@cache
def _official_days(zone: str, language: str) -> tuple[DayOff, ...]:
    """The school holidays of a zone in the table; the files of a region ask for the same ones again and again."""
    return tuple(_read_days(zone, language))


def _read_days(zone: str, language: str) -> Iterator[DayOff]:
    table = official_table()
    for year in table.years:
        for part in year.breaks:
            if zone not in part.zones:
                continue
            state: State = "official" if part.resumption else "projected"
            last = part.resumption - _ONE_DAY if part.resumption else date(year.begins + 1, 8, 31)
            for day in Dates(part.departure + _ONE_DAY, last).days():
                yield DayOff(day, "school", table.names[part.name][language], zone, year.source, state)


def _typed_days(period: SchoolPeriod) -> Iterator[DayOff]:
    for day in period.dates.days():
        yield DayOff(day, "school", period.title, period.zone, period.source, "typed")


def _without_guesses(days: dict[date, DayOff], dates: Dates) -> dict[date, DayOff]:
    """The days without each projected break that has a day in `dates`: a typed period corrects the whole break."""
    wrong: set[date] = set()
    for guess in _runs(day for day, off in days.items() if off.state == "projected"):
        if any(day in dates for day in guess):
            wrong.update(guess)
    return {day: off for day, off in days.items() if day not in wrong}


def _runs(days: Iterable[date]) -> list[list[date]]:
    """Days grouped into runs of consecutive ones."""
    runs: list[list[date]] = []
    for day in sorted(days):
        if runs and runs[-1][-1] + _ONE_DAY == day:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _unknown(zone: str, table: DaysOffTable, dates: Dates) -> list[Fault]:
    known = official_table().zones
    spoken_of = {*known, *(period.zone for period in table.school_periods), *(waiver.zone for waiver in table.waived)}
    if zone not in spoken_of:
        message = say(
            "The school zone {zone} is not known; the known ones are {known}. Correct the name, type the holidays of "
            "the zone in [[days_off.school_periods]] with their source, or waive them in [[days_off.waived]] with a "
            "reason.",
            zone=zone,
            known=known,
        )
        return [Fault(message, ("days_off", "school_zones"))]
    years = [f"{year}-{year + 1}" for year in school_years(dates) if not _is_settled(zone, year, table, dates)]
    if not years:
        return []
    message = say_count(
        "The holidays of the school zone {zone} are not known for the school year {years}: type them in "
        "[[days_off.school_periods]] with their source, or waive them in [[days_off.waived]] with a reason.",
        "The holidays of the school zone {zone} are not known for the school years {years}: type them in "
        "[[days_off.school_periods]] with their source, or waive them in [[days_off.waived]] with a reason.",
        len(years),
        zone=zone,
        years=years,
    )
    return [Fault(message, ("days_off", "school_zones"))]


def _is_settled(zone: str, year: int, table: DaysOffTable, dates: Dates) -> bool:
    """Whether a school year is known, or waived on all its days in `dates`."""
    waived = [waiver.dates for waiver in table.waived if waiver.zone == zone]
    asked = Dates(date(year, 9, 1), date(year + 1, 8, 31)).meet(dates)
    return _is_known(zone, year, table) or all(any(day in span for span in waived) for day in asked.days())


def _is_known(zone: str, year: int, table: DaysOffTable) -> bool:
    """Whether a school year is official, projected or typed.

    A typed period settles the school year of its first day, not one into which it runs over: a summer holiday that
    ends on 2 September says nothing about the year that follows.
    """
    if year in official_table().years_of(zone) or (zone in PROJECTED_ZONES and year in PROJECTED_YEARS):
        return True
    return any(period.zone == zone and school_year_of(period.dates.first) == year for period in table.school_periods)


def _waived(table: DaysOffTable, zones: Sequence[str], dates: Dates) -> Iterator[Waived]:
    """The waivers of school years in `dates` that nobody knows; where holidays are known they hold all the same."""
    for waiver in table.waived:
        asked = waiver.dates.meet(dates)
        years = school_years(asked) if asked.first <= asked.last else ()
        if waiver.zone in zones and not all(_is_known(waiver.zone, year, table) for year in years):
            yield Waived(waiver.zone, waiver.dates, waiver.why)


def _stray_periods(table: DaysOffTable, zones: Sequence[str]) -> list[Fault]:
    return [
        Fault(
            say(
                "No audience is in the school zone {zone}, so this period would be lost: correct the name of the zone, "
                "or add it to school_zones.",
                zone=period.zone,
            ),
            ("days_off", "school_periods", place),
        )
        for place, period in enumerate(table.school_periods)
        if period.zone not in zones
    ]
