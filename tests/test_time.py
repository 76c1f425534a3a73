"""Boundaries of time, each from a programme file to the calendar, the report, the page and the feeds, by the command.

A week of two years, changes of the clock, audiences far apart, school years without a text, two academic years, eves
that are not Fridays, the last day of an internship, a student in two groups, and all three school zones at once. Two
programmes with one trainer are in `test_several.py`.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import icalendar
import pytest

from door import semainier_here
from programmes import Run, changed, files_of, plain, write

Found = list[tuple[str, str]]
"""Breaches: the law, and what is said."""


class Made:
    """What the command makes of a programme."""

    def __init__(self, folder: Path, text: str, *words: str) -> None:
        self.folder = folder
        self.file = write(folder, text, "programme.toml")
        self.out = folder / "out"
        self.run = semainier_here("solve", self.file, "-o", self.out, "--as-of", "2026-09-01", *words)
        assert self.run.code == 0, self.run

    @property
    def calendar(self) -> dict[str, Any]:
        """The saved calendar."""
        saved: dict[str, Any] = json.loads((self.out / "calendar.json").read_bytes())
        return saved

    @property
    def report(self) -> str:
        """The report."""
        return plain((self.out / "report.txt").read_text("utf-8"))

    @property
    def page(self) -> str:
        """The source of the page."""
        return plain((self.out / "calendar.html").read_text("utf-8"))

    def feed(self, path: str = "programme.ics") -> bytes:
        """A feed by its path."""
        return (self.out / "feeds" / path).read_bytes()

    def starts(self, part: str) -> list[str]:
        """When the sessions of a part start."""
        return [session["start"][:16] for session in self.calendar["sessions"] if session["part"] == part]

    def days(self, source: str) -> list[tuple[str, str]]:
        """The first and the last day of each run of a block or an internship."""
        return [(run["first"], run["last"]) for run in self.calendar["days"] if run["source"] == source]

    def section(self, title: str) -> list[str]:
        """The lines of the first table or text of a section of the report; columns are two spaces apart."""
        lines = self.report.partition(f"\n{title}\n{'-' * len(title)}\n")[2].partition("\n\n")[0].splitlines()
        return [re.sub(" {2,}", "  ", line.strip()) for line in lines]

    def moved(self, moves: Mapping[str, str]) -> Found:
        """What `check` finds once what starts at a time, or on a day, starts at another and lasts as long."""
        calendar = self.calendar
        for entry in (*calendar["sessions"], *calendar["days"]):
            first, last = ("start", "end") if "start" in entry else ("first", "last")
            if then := moves.get(entry[first].removesuffix(":00")):
                entry.update(_shifted(entry, first, last, then))
        edited = self.folder / "edited.json"
        edited.write_text(json.dumps(calendar), "utf-8")
        run = semainier_here("check", self.file, edited, "--json")
        return [(breach["law"], breach["message"]) for breach in json.loads(run.out)["breaches"]]


def _shifted(entry: Mapping[str, str], first: str, last: str, then: str) -> dict[str, str]:
    start, end, later = (datetime.fromisoformat(each) for each in (entry[first], entry[last], then))
    length = len(entry[first])
    return {first: later.isoformat()[:length], last: (later + (end - start)).isoformat()[:length]}


Make = Callable[..., Made]


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Makes the calendar of a programme, once for each text."""

    @cache
    def made(text: str, *words: str) -> Made:
        return Made(tmp_path_factory.mktemp("time"), text, *words)

    return made


def refused(folder: Path, text: str, code: int) -> Run:
    """How the command ends on a programme of which it makes nothing."""
    run = semainier_here("solve", write(folder, text), "-o", folder / "out")
    assert (run.code, files_of(folder / "out")) == (code, {})
    return run


def times_of(feed: bytes) -> list[str]:
    """The DTSTART of each event as it is written."""
    return re.findall(r"BEGIN:VEVENT.*?\nDTSTART;(\S+)", feed.decode(), re.DOTALL)


def instants_of(feed: bytes) -> list[str]:
    """When each event starts for somebody whose clock shows UTC."""
    events = icalendar.Calendar.from_ical(feed).walk("VEVENT")
    return [f"{event.decoded('DTSTART').astimezone(UTC):%Y-%m-%dT%H:%M}" for event in events]


YEARS_END = """\
title = "The year's end"
language = "en"
dates = [2026-12-28, 2027-01-09]
starts_every_minutes = 60
working_week = ["tuesday", "saturday"]

[opening_hours]
tuesday = "10:00-11:00"
saturday = "10:00-11:00"

[groups.all]
title = "Everybody"

[trainers.ann]
title = "Trainer"
prefers = [{ dates = [2027-01-02, 2027-01-05] }]

[modules.m]
title = "Seminar"
group = "all"
trainer = "ann"
parts = [{ kind = "virtual-class", sessions = 2, minutes = 60 }, { kind = "distance-work", hours = 2 }]

[laws.working_hours]
[laws.distance_cap]
minutes_per_week = 120

[laws.weekly_load]
group = "all"
at_least_hours = 2
at_most_hours = 2

[laws.spread]
sessions_per_week = 1

[preferences.trainer_preference]
"""


class TestWeek53:
    """Monday 28 December 2026 to Sunday 3 January 2027 is one week for all that is counted by the week."""

    def test_a_class_in_january_is_the_one_of_the_week_that_began_in_december(self, make: Make) -> None:
        """Each week holds one class, and with its work exactly two hours."""
        made = make(YEARS_END)
        assert made.starts("m.virtual-class") == ["2027-01-02T10:00", "2027-01-05T10:00"]
        work = {item["monday"]: item["minutes"] for item in made.calendar["work"]}
        assert work == {"2026-12-28": 60, "2027-01-04": 60}

    def test_it_is_one_week_of_the_report_and_of_the_page(self, make: Make) -> None:
        made = make(YEARS_END)
        assert made.section("Hours by week")[-2:] == [
            "53  28/12/2026  1 h  –  1 h  –  2 h  1  –",
            "1  04/01/2027  1 h  –  1 h  –  2 h  1  –",
        ]
        weeks = re.findall(r"<h3>(Week \d+) <span>([^<]+)</span>", made.page)
        assert weeks == [("Week 53", "28 Dec 2026\N{THIN SPACE}–\N{THIN SPACE}3 Jan 2027"), ("Week 1", "4–10 Jan 2027")]

    def test_its_work_is_one_event(self, make: Make) -> None:
        assert times_of(make(YEARS_END).feed()) == [
            "VALUE=DATE:20261228",
            "TZID=Europe/Paris:20270102T100000",
            "VALUE=DATE:20270104",
            "TZID=Europe/Paris:20270105T100000",
        ]

    def test_a_class_of_each_of_the_two_years_in_it_breaks_every_weekly_law(self, make: Make) -> None:
        week, work = "the week of Monday 28 December 2026", "teaching and personal work"
        assert make(YEARS_END).moved({"2027-01-05T10:00": "2026-12-29T10:00"}) == [
            ("distance_cap", f"3 h of distance work in {week} for group “Everybody”; at most 2 h are allowed"),
            (
                "weekly_load",
                f"1 h of {work} in the week of Monday 4 January 2027 for group “Everybody”; at least 2 h are needed",
            ),
            ("weekly_load", f"3 h of {work} in {week} for group “Everybody”; at most 2 h are allowed"),
            ("spread", f"“Seminar” has 2 sessions in {week}; at most 1 is allowed"),
        ]


CLOCKS = """\
title = "Changes of the clock"
language = "en"
dates = [2026-10-19, 2027-04-02]
starts_every_minutes = 60

[opening_hours]
monday = "08:00-15:00"
tuesday = "08:00-15:00"
friday = "08:00-15:00"

[groups.here]
title = "Here"

[groups.both]
title = "Paris and Guadeloupe"
time_zones = ["Europe/Paris", "America/Guadeloupe"]

[trainers.mornings]
title = "Trainer, mornings"
prefers = [{ hours = "10:00-11:00" }]

[trainers.afternoons]
title = "Trainer, afternoons"
prefers = [{ hours = "13:00-14:00" }]

[modules.here]
title = "Seminar here"
group = "here"
trainer = "mornings"
parts = [
    { kind = "virtual-class", id = "autumn", sessions = 2, minutes = 60, dates = [2026-10-23, 2026-10-26] },
    { kind = "virtual-class", id = "spring", sessions = 2, minutes = 60, dates = [2027-03-26, 2027-03-30] },
]

[modules.both]
title = "Seminar for both"
group = "both"
trainer = "afternoons"
parts = [
    { kind = "virtual-class", id = "autumn", sessions = 2, minutes = 60, dates = [2026-10-23, 2026-10-26] },
    { kind = "virtual-class", id = "spring", sessions = 2, minutes = 60, dates = [2027-03-26, 2027-03-30] },
]

[laws.days_off]
[laws.working_hours]
[laws.spread]
sessions_per_week = 1

[preferences.trainer_preference]
"""


class TestChangesOfTheClock:
    """Paris changes its clocks on Sunday 25 October 2026 and Sunday 28 March 2027, Guadeloupe never does."""

    def test_a_session_keeps_its_hour_on_the_wall(self, make: Make) -> None:
        assert times_of(make(CLOCKS).feed("groups/here.ics")) == [
            "TZID=Europe/Paris:20261023T100000",
            "TZID=Europe/Paris:20261026T100000",
            "TZID=Europe/Paris:20270326T100000",
            "TZID=Europe/Paris:20270330T100000",
        ]

    def test_calendar_programs_show_it_at_its_instant(self, make: Make) -> None:
        assert instants_of(make(CLOCKS).feed("groups/here.ics")) == [
            "2026-10-23T08:00",
            "2026-10-26T09:00",
            "2027-03-26T09:00",
            "2027-03-30T08:00",
        ]

    def test_where_no_clock_changes_instants_stay_as_well(self, make: Make) -> None:
        made = make(changed("dates = [2026-10-19", 'time_zone = "America/Guadeloupe"\ndates = [2026-10-19', CLOCKS))
        feed = made.feed("groups/here.ics")
        days = ["2026-10-23", "2026-10-26", "2027-03-26", "2027-03-30"]
        assert times_of(feed) == [f"TZID=America/Guadeloupe:{day.replace('-', '')}T100000" for day in days]
        assert instants_of(feed) == [f"{day}T14:00" for day in days]

    def test_the_first_hour_that_two_zones_share_moves(self, make: Make) -> None:
        """Guadeloupe opens when it is 13:00 in Paris in winter, 14:00 in summer."""
        made = make(CLOCKS)
        assert made.starts("both.autumn") == ["2026-10-23T14:00", "2026-10-26T13:00"]
        assert made.starts("both.spring") == ["2027-03-26T13:00", "2027-03-30T14:00"]
        assert made.moved({"2027-03-30T14:00": "2027-03-30T13:00"}) == [
            (
                "working_hours",
                "“Seminar for both” (virtual class) stands on Tuesday 30 March 2027 13:00: before opening "
                "(open from 08:00 to 15:00) in America/Guadeloupe, where it is Tuesday 30 March 2027 07:00",
            )
        ]


FAR_APART = """\
title = "Far apart"
language = "en"
dates = [2026-11-09, 2026-11-13]
starts_every_minutes = 60

[opening_hours]
monday = "08:00-20:00"
tuesday = "08:00-20:00"
wednesday = "08:00-20:00"
thursday = "08:00-20:00"
friday = "08:00-20:00"

[groups.all]
title = "Everybody"
time_zones = ["Europe/Paris", "America/Martinique", "Pacific/Noumea"]

[modules.m]
title = "Seminar"
group = "all"
parts = [{ kind = "virtual-class", sessions = 2, minutes = 60 }]

[laws.days_off]
[laws.working_hours]
[laws.one_at_a_time]
buffer_minutes = 0
"""


class TestAudiencesFarApart:
    @pytest.mark.parametrize(("day", "hours"), [("2026-11-10", range(13, 17)), ("2027-06-08", range(14, 18))])
    def test_paris_martinique_and_reunion_share_four_hours(self, day: str, hours: range, make: Make) -> None:
        """Four classes on one day fill them, an hour later in summer."""
        text = changed("2026-11-09, 2026-11-13", f"{day}, {day}", FAR_APART)
        text = changed("Pacific/Noumea", "Indian/Reunion", changed("sessions = 2", "sessions = 4", text))
        assert make(text).starts("m.virtual-class") == [f"{day}T{hour}:00" for hour in hours]

    def test_paris_martinique_and_noumea_share_none(self, tmp_path: Path) -> None:
        assert refused(tmp_path, FAR_APART, 1).lines == [
            "Impossible, seen before any search:",
            "“Seminar” (virtual class) needs 2 sessions; its dates hold 60 starts, and the laws take all of them: "
            "working_hours (36) and days_off (24); no start lies within the opening hours of all of Europe/Paris, "
            "America/Martinique and Pacific/Noumea: split the group, or declare the preference common_zone_hours "
            "instead of the law working_hours",
        ]

    def test_nor_do_paris_and_noumea_in_office_hours(self, tmp_path: Path) -> None:
        text = changed('"America/Martinique", ', "", FAR_APART).replace("08:00-20:00", "09:00-17:00")
        assert refused(tmp_path, text, 1).lines[0] == "Impossible, seen before any search:"

    def test_the_cure_is_to_split_the_group(self, make: Make) -> None:
        """Paris shares two hours of a day with Noumea, from 8 to 10 in winter, and seven with Martinique."""
        east = """
[groups.east]
title = "East"
time_zones = ["Europe/Paris", "Pacific/Noumea"]

[modules.east]
title = "Seminar, east"
group = "east"
parts = [{ kind = "virtual-class", sessions = 2, minutes = 60, dates = [2026-11-12, 2026-11-12] }]
"""
        text = changed(
            ', "Pacific/Noumea"', "", changed("sessions = 2, minutes = 60", "sessions = 1, minutes = 420", FAR_APART)
        )
        made = make(text + east)
        assert made.starts("east.virtual-class") == ["2026-11-12T08:00", "2026-11-12T09:00"]
        assert [start[11:] for start in made.starts("m.virtual-class")] == ["13:00"]

    def test_a_group_that_lives_only_in_noumea_meets_in_its_own_day(self, make: Make) -> None:
        """Twelve hours from 8 to 20: what lies on Thursday in Paris is Thursday from 10 and Friday until 10 there."""
        only_there = changed('"Europe/Paris", "America/Martinique", ', "", FAR_APART)
        text = changed("2026-11-09, 2026-11-13", "2026-11-12, 2026-11-12", only_there)
        made = make(changed("sessions = 2", "sessions = 12", text))
        assert made.starts("m.virtual-class") == [f"2026-11-12T{hour:02}:00" for hour in (*range(10), 22, 23)]

    def test_or_a_cost_instead_of_the_law(self, make: Make) -> None:
        """One of the three zones is outside its hours in each of the two sessions."""
        cost = '[preferences.common_zone_hours]\nhours = "08:00-20:00"\n[laws.one_at_a_time]'
        text = changed("[laws.one_at_a_time]", cost, changed("[laws.working_hours]\n", "", FAR_APART))
        assert make(text).calendar["certificate"]["levels"] == [
            {"rank": 1, "rules": ["common_zone_hours"], "value": 2, "bound": 2, "proved": True}
        ]

    def test_friday_evening_in_paris_is_saturday_in_noumea(self, make: Make) -> None:
        """And Tuesday evening is Armistice Day there: of the evenings of this week two are left."""
        text = FAR_APART.replace("08:00-20:00", "18:00-19:00")
        made = make(changed("[laws.working_hours]\n", "", changed('"America/Martinique", ', "", text)))
        assert made.starts("m.virtual-class") == ["2026-11-09T18:00", "2026-11-12T18:00"]
        found = made.moved({"2026-11-09T18:00": "2026-11-10T18:00", "2026-11-12T18:00": "2026-11-13T18:00"})
        assert [law for law, _ in found] == ["days_off", "days_off"]


OVER_CHRISTMAS = """\
title = "Over Christmas"
language = "en"
dates = [2028-12-11, 2029-01-12]
starts_every_minutes = 60

[opening_hours]
tuesday = "10:00-11:00"

[days_off]
school_zones = ["B"]

[groups.all]
title = "Everybody"

[trainers.ann]
title = "Trainer"

[modules.m]
title = "Seminar"
group = "all"
trainer = "ann"
parts = [{ kind = "virtual-class", sessions = 3, minutes = 60 }]

[laws.days_off]
[laws.working_hours]
"""

WITH_A_TEXT = changed("2028-12-11, 2029-01-12", "2026-12-07, 2027-01-08", OVER_CHRISTMAS)

BESIDE_CHRISTMAS = ["2028-12-12T10:00", "2028-12-19T10:00", "2029-01-09T10:00"]
"""The Tuesdays that holidays from Saturday 23 December to Sunday 7 January leave."""


def shown_as_school_holidays(page: str) -> set[str]:
    """What a page writes on days of the school holidays."""
    return {label for label in re.findall(r'<span class="off[^>]*>([^<]+)</span>', page) if "holidays" in label}


class TestASchoolYearWithoutAText:
    """The formula for the zones A, B and C is kept like any holiday, and is told to be a guess."""

    def test_its_projected_holidays_are_kept(self, make: Make) -> None:
        made = make(OVER_CHRISTMAS)
        assert made.starts("m.virtual-class") == BESIDE_CHRISTMAS
        assert {off["state"] for off in made.calendar["days_off"] if off["kind"] == "school"} == {"projected"}

    def test_the_report_and_the_command_say_so(self, make: Make) -> None:
        made = make(OVER_CHRISTMAS)
        assert made.section("Days off in the working week")[1:] == [
            "Christmas Day  Mon 25 Dec 2028  –  –  official  holidays 0.109",
            "Christmas holidays  Mon 25 Dec 2028  Fri 5 Jan 2029  B  PROJECTED  holidays 0.109",
            "New Year's Day  Mon 1 Jan 2029  –  –  official  holidays 0.109",
        ]
        assert made.report.splitlines()[-1] == (
            "PROJECTED days are guesses until the official text is out: look at them again then."
        )
        still_open = made.run.lines.index("Still open:")
        assert made.run.lines[still_open + 1 : still_open + 3] == [
            "- Some school holidays of 2028-2029 are PROJECTED, with 2 sessions within a week",
            "  of them: look again when the official text is out.",
        ]

    def test_so_does_the_page(self, make: Make) -> None:
        page = make(OVER_CHRISTMAS).page
        assert shown_as_school_holidays(page) == {"Christmas holidays (?)"}
        assert re.findall(r'<i class="swatch projected"></i> ([^<]+)</li>', page) == [
            "projected holidays, to be confirmed (?)"
        ]

    def test_with_a_text_nobody_says_so(self, make: Make) -> None:
        made = make(WITH_A_TEXT)
        assert made.section("Days off in the working week")[1:] == [
            "Christmas holidays  Mon 21 Dec 2026  Fri 1 Jan 2027  B  official  JORFTEXT000052416058",
            "Christmas Day  Fri 25 Dec 2026  –  –  official  holidays 0.109",
            "New Year's Day  Fri 1 Jan 2027  –  –  official  holidays 0.109",
        ]
        assert "Still open:" not in made.run.lines
        assert shown_as_school_holidays(made.page) == {"Christmas holidays"}
        assert re.findall(r'<i class="swatch projected">', made.page) == []


class TestASchoolYearThatNobodyKnows:
    """The formula knows nothing of Corsica and overseas, which does not mean that they have no holidays."""

    @pytest.mark.parametrize(
        ("zone", "why"),
        [
            (
                "Corse",
                "The holidays of the school zone Corse are not known for the school year 2028-2029: type them in "
                "[[days_off.school_periods]] with their source, or waive them in [[days_off.waived]] with a reason.",
            ),
            (
                "Martinique",
                "The school zone Martinique is not known; the known ones are A, B, C and Corse. Correct the name, "
                "type the holidays of the zone in [[days_off.school_periods]] with their source, or waive them in "
                "[[days_off.waived]] with a reason.",
            ),
        ],
    )
    def test_stops_the_command_which_asks(self, zone: str, why: str, tmp_path: Path) -> None:
        run = refused(tmp_path, changed('"B"', f'"{zone}"', OVER_CHRISTMAS), 2)
        assert (run.out, run.errors) == ("", [f"{tmp_path / 'small.toml'}:10, days_off.school_zones: {why}"])

    @pytest.mark.parametrize("zone", ["Corse", "Martinique"])
    def test_is_typed_in(self, zone: str, make: Make) -> None:
        typed = f"""
[[days_off.school_periods]]
zone = "{zone}"
title = "End of the year"
dates = [2028-12-23, 2029-01-07]
source = "Letter of the académie"
"""
        made = make(changed('"B"', f'"{zone}"', OVER_CHRISTMAS) + typed)
        assert made.starts("m.virtual-class") == BESIDE_CHRISTMAS
        assert made.section("Days off in the working week")[1:] == [
            "Christmas Day  Mon 25 Dec 2028  –  –  official  holidays 0.109",
            f"End of the year  Mon 25 Dec 2028  Fri 5 Jan 2029  {zone}  typed in  Letter of the académie",
            "New Year's Day  Mon 1 Jan 2029  –  –  official  holidays 0.109",
        ]

    @pytest.mark.parametrize("zone", ["Corse", "Martinique"])
    def test_is_waived(self, zone: str, make: Make) -> None:
        """All five Tuesdays are left; none of them is a public holiday."""
        waived = f"""
[[days_off.waived]]
zone = "{zone}"
dates = [2028-09-01, 2029-08-31]
why = "not published yet"
"""
        text = changed("sessions = 3", "sessions = 5", changed('"B"', f'"{zone}"', OVER_CHRISTMAS))
        tuesdays = [date(2028, 12, 12) + timedelta(weeks=n) for n in range(5)]
        made = make(text + waived)
        assert made.starts("m.virtual-class") == [f"{day}T10:00" for day in tuesdays]
        told = (
            f"School zone {zone} is planned without school holidays from Friday 1 September 2028 to Friday 31 August "
            "2029 (not published yet)."
        )
        assert made.calendar["waived"] == [
            {"zone": zone, "dates": ["2028-09-01", "2029-08-31"], "why": "not published yet"}
        ]
        assert " ".join(made.report.split()).endswith(f"holidays 0.109 {told}")
        assert re.findall("<li>(School zone .*)</li>", made.page) == [told]
        assert f"Still open: - {told} Found in" in " ".join(map(str.strip, made.run.lines))

    def test_corsica_in_the_year_of_its_text_needs_nobody(self, make: Make) -> None:
        made = make(changed('"B"', '"Corse"', WITH_A_TEXT))
        assert made.section("Days off in the working week")[1:3] == [
            "Christmas holidays  Mon 21 Dec 2026  Fri 1 Jan 2027  Corse  official  Académie de Corse,",
            "calendrier scolaire",
        ]


TWO_YEARS = """\
title = "Two years"
language = "en"
dates = [2026-09-07, 2028-06-30]
starts_every_minutes = 60

[opening_hours]
tuesday = "09:00-10:00"

[days_off]
school_zones = ["B"]

[groups.cohort]
title = "Cohort"

[trainers.ann]
title = "Trainer"

[blocks.opening]
title = "Opening week"
kind = "seminar"
group = "cohort"
dates = [2026-09-07, 2026-09-11]
days = 5

[blocks.return]
title = "Second opening week"
kind = "seminar"
group = "cohort"
dates = [2027-09-06, 2027-09-10]
days = 5

[modules.design]
title = "Design"
group = "cohort"
credits = 1
trainer = "ann"
parts = [
    { kind = "virtual-class", sessions = 4, minutes = 60, dates = [2026-11-09, 2026-12-04] },
    { kind = "distance-work", hours = 12, dates = [2026-11-09, 2026-12-04] },
    { kind = "exam", sessions = 1, minutes = 60, dates = [2027-06-15, 2027-06-15] },
]

[modules.writing]
title = "Writing"
group = "cohort"
year = 2
credits = 1
trainer = "ann"
parts = [
    { kind = "virtual-class", sessions = 4, minutes = 60, dates = [2027-11-15, 2027-12-10] },
    { kind = "distance-work", hours = 12, dates = [2027-11-15, 2027-12-10] },
    { kind = "distance-work", id = "essay", hours = 9, personal = true, dates = [2028-01-03, 2028-01-28] },
]

[modules.again]
title = "Design"
group = "cohort"
year = 2
trainer = "ann"
parts = [{ kind = "course", sessions = 1, minutes = 60, dates = [2028-01-18, 2028-01-18] }]

[internships.placement]
title = "Placement"
group = "cohort"
dates = [2028-03-01, 2028-04-26]
hours = 280

[milestones.thesis]
title = "Thesis due"
group = "cohort"
dates = [2028-06-30, 2028-06-30]

[announced]
teaching_hours = 35

[laws.days_off]
[laws.working_hours]
[laws.whole_week]
[laws.internship_full_time]
[laws.spread]
sessions_per_week = 1

[laws.weekly_load]
group = "cohort"
at_most_hours = 4
"""
"""Weeks 46 to 49 hold four hours each, in both years."""

IN_FRENCH = ("--lang", "fr")


class TestTwoAcademicYears:
    """September 2026 to June 2028."""

    def test_weeks_of_one_number_are_two_weeks(self, make: Make) -> None:
        made = make(TWO_YEARS)
        full = [line for line in made.section("Hours by week") if re.match("4[6-9] ", line)]
        assert full == [
            f"{number}  {monday:%d/%m/%Y}  1 h  –  3 h  –  4 h  1  –"
            for first in (date(2026, 11, 9), date(2027, 11, 15))
            for number, monday in zip(range(46, 50), (first + timedelta(weeks=n) for n in range(4)), strict=True)
        ]
        assert made.moved({"2027-11-16T09:00": "2027-11-23T09:00"}) == [
            (
                "weekly_load",
                "5 h of teaching and personal work in the week of Monday 22 November 2027 for group “Cohort”; "
                "at most 4 h are allowed",
            ),
            ("spread", "“Writing” has 2 sessions in the week of Monday 22 November 2027; at most 1 is allowed"),
        ]

    def test_findings_are_those_of_each_year(self, make: Make) -> None:
        law, code = "teaching_volume: beside an internship a year has at least", "(Code de l'éducation, D124-2)"
        assert " ".join(make(TWO_YEARS).section("Findings")) == " ".join(
            (
                "credits: “Design (year 1)” has 17 h for 1 ECTS, 17 h for each; one means 25 h to 30 h of work",
                f"{law} 200 h of teaching {code}; year 1 has 17 h",
                f"{law} 50 h of teaching on site {code}; year 1 has 1 h",
                f"{law} 200 h of teaching {code}; year 2 has 17 h",
                f"{law} 50 h of teaching on site {code}; year 2 has 1 h",
                "announced_hours: teaching, 35 h announced and 34 h planned for a student",
                "roll_over: “Design” is taken in year 1 and again in year 2; what is covered is not repeated",
            )
        )

    @pytest.mark.parametrize(("title", "words"), [("Hours by week", ()), ("Heures par semaine", IN_FRENCH)])
    def test_the_report_has_every_week_with_its_year(self, title: str, words: tuple[str, ...], make: Make) -> None:
        rows = [line.split()[:2] for line in make(TWO_YEARS, *words).section(title) if re.match(r"\d", line)]
        mondays = [date(2026, 9, 7) + timedelta(weeks=n) for n in range(95)]
        assert rows == [[str(monday.isocalendar().week), f"{monday:%d/%m/%Y}"] for monday in mondays]

    def test_the_report_tells_the_year_of_every_day(self, make: Make) -> None:
        made = make(TWO_YEARS)
        assert made.section("Blocks, milestones and internships")[1:] == [
            "Opening week  residential seminar  Mon 7 Sept 2026  Fri 11 Sept 2026",
            "Second opening week  residential seminar  Mon 6 Sept 2027  Fri 10 Sept 2027",
            "Placement  internship  Wed 1 Mar 2028  Wed 26 Apr 2028",
            "40 host days, 280 h",
            "Thesis due  milestone  Fri 30 Jun 2028  –",
        ]
        assert [line for line in made.section("Days off in the working week") if line.startswith("Armistice")] == [
            "Armistice Day  Wed 11 Nov 2026  –  –  official  holidays 0.109",
            "Armistice Day  Thu 11 Nov 2027  –  –  official  holidays 0.109",
        ]

    @pytest.mark.parametrize(
        ("words", "weeks"),
        [
            ((), [("Week 46", "9–15 Nov 2026"), ("Week 46", "15–21 Nov 2027")]),
            (IN_FRENCH, [("Semaine 46", "9–15 nov. 2026"), ("Semaine 46", "15–21 nov. 2027")]),
        ],
    )
    def test_the_page_tells_the_year_of_every_week_and_month(
        self, words: tuple[str, ...], weeks: list[tuple[str, str]], make: Make
    ) -> None:
        page = make(TWO_YEARS, *words).page
        assert [week for week in re.findall(r"<h3>(\w+ \d+) <span>([^<]+)</span>", page) if "46" in week[0]] == weeks
        years = re.findall(r'<th scope="col">\w+ <span>(\d+)</span></th>', page)
        assert years == ["2026"] * 4 + ["2027"] * 12 + ["2028"] * 6

    def test_the_report_tells_the_hours_of_each_year_and_modules_of_one_title_apart(self, make: Make) -> None:
        made = make(TWO_YEARS)
        assert made.section("Hours by module")[2:] == [
            "Design (year 1)  4 h  1 h  12 h  –  17 h",
            "Writing  4 h  –  12 h  9 h  25 h",
            "Design (year 2)  –  1 h  –  –  1 h",
        ]
        assert made.section("Hours of a student")[3:] == [
            "Every student  34 h  2 h (5.9 %)  32 h  9 h  43 h",
            "of which year 1  17 h  1 h (5.9 %)  16 h  –  17 h",
            "of which year 2  17 h  1 h (5.9 %)  16 h  9 h  26 h",
        ]

    def test_the_page_has_a_sheet_for_each_academic_year_and_tells_modules_of_one_title_apart(self, make: Make) -> None:
        page = make(TWO_YEARS).page
        assert re.findall(r"<h3>(\d{4}-\d{4})</h3>", page) == ["2026-2027", "2027-2028"]
        assert re.findall(r'<input type="checkbox" name="module" value="\w+"> ([^<]+)<', page) == [
            "Design (2026-2027)",
            "Writing",
            "Design (2027-2028)",
        ]

    def test_one_feed_has_both_years_on_one_clock(self, make: Make) -> None:
        feed = make(TWO_YEARS).feed("groups/cohort.ics")
        timed = [time for time in times_of(feed) if time.startswith("TZID")]
        first = ["20261110", "20261117", "20261124", "20261201", "20270615"]
        second = ["20271116", "20271123", "20271130", "20271207", "20280118"]
        assert timed == [f"TZID=Europe/Paris:{day}T090000" for day in (*first, *second)]
        assert (times_of(feed)[0], times_of(feed)[-1]) == ("VALUE=DATE:20260907", "VALUE=DATE:20280630")
        assert feed.count(b"BEGIN:VTIMEZONE") == 1


EVES = """\
title = "Eves that are not Fridays"
language = "en"
dates = [2026-11-02, 2027-05-14]
starts_every_minutes = 60

[opening_hours]
monday = "09:00-10:00"
tuesday = "09:00-10:00"
wednesday = "09:00-10:00"
thursday = "09:00-10:00"
friday = "09:00-10:00"

[days_off]
school_zones = ["B"]

[groups.all]
title = "Everybody"

[trainers.ann]
title = "Trainer"

[blocks.autumn]
title = "Autumn course"
kind = "course"
group = "all"
dates = [2026-11-10, 2026-11-15]
days = 2
near = 2026-11-10

[blocks.spring]
title = "Spring course"
kind = "course"
group = "all"
dates = [2027-05-05, 2027-05-14]
days = 2
near = 2027-05-05

[modules.autumn]
title = "Autumn module"
group = "all"
trainer = "ann"
parts = [{ kind = "virtual-class", sessions = 1, minutes = 60, dates = [2026-11-10, 2026-11-15] }]

[modules.spring]
title = "Spring module"
group = "all"
trainer = "ann"
parts = [{ kind = "virtual-class", sessions = 1, minutes = 60, dates = [2027-05-05, 2027-05-10] }]

[laws.days_off]
[laws.working_hours]
[laws.no_start_before_rest]

[preferences.near_date]
"""


class TestStartsOnAnEve:
    """Tuesday 10 November 2026 is the eve of Armistice Day, Wednesday 5 May 2027 that of Ascension Day."""

    def test_nothing_starts_on_it(self, make: Make) -> None:
        """Nor on Friday 13 November; and from Thursday 6 to Sunday 9 May all is off."""
        made = make(EVES)
        assert (made.days("autumn"), made.starts("autumn.virtual-class")) == (
            [("2026-11-12", "2026-11-13")],
            ["2026-11-12T09:00"],
        )
        assert (made.days("spring"), made.starts("spring.virtual-class")) == (
            [("2027-05-10", "2027-05-11")],
            ["2027-05-10T09:00"],
        )

    def test_what_is_moved_there_is_told_with_what_follows(self, make: Make) -> None:
        moves = {
            "2026-11-12": "2026-11-10",
            "2026-11-12T09:00": "2026-11-10T09:00",
            "2027-05-10": "2027-05-05",
            "2027-05-10T09:00": "2027-05-05T09:00",
        }
        autumn = "starts on Tuesday 10 November 2026, the eve of a rest day: Armistice Day"
        spring = "starts on Wednesday 5 May 2027, the eve of a rest day: Ascension Day"
        assert make(EVES).moved(moves) == [
            ("no_start_before_rest", f"“Autumn course” {autumn}"),
            ("no_start_before_rest", f"“Spring course” {spring}"),
            ("no_start_before_rest", f"“Autumn module” {autumn}"),
            ("no_start_before_rest", f"“Spring module” {spring}"),
        ]

    def test_no_other_day_means_no_year(self, tmp_path: Path) -> None:
        """The course could begin on the 10th and on the 11th."""
        run = refused(tmp_path, changed("2026-11-10, 2026-11-15]\ndays", "2026-11-10, 2026-11-12]\ndays", EVES), 1)
        assert " ".join(run.lines[1:]) == (
            "“Autumn course” needs a first day; its dates hold 2 first days, and the laws take all of them: "
            "no_start_before_rest (1) and days_off (1)"
        )


PLACEMENT = """\
title = "Placement"
language = "en"
dates = [2027-02-01, 2027-08-31]

[opening_hours]
monday = "09:00-10:00"

[groups.all]
title = "Everybody"

[internships.placement]
title = "Placement"
group = "all"
dates = [2027-02-01, 2027-08-09]
hours = 924

[laws.internship_full_time]
"""


class TestAnInternshipThatEndsOnTheLastLawfulDay:
    """Seven hours a day from Monday 1 February 2027, public holidays left out."""

    def test_of_924_hours(self, make: Make) -> None:
        made = make(PLACEMENT)
        assert (made.days("placement")[0][0], made.days("placement")[-1][1]) == ("2027-02-01", "2027-08-09")
        assert made.section("Blocks, milestones and internships")[1:] == [
            "Placement  internship  Mon 1 Feb 2027  Mon 9 Aug 2027",
            "132 host days, 924 h",
        ]
        assert times_of(made.feed())[-1] == "VALUE=DATE:20270809"

    def test_a_day_less_is_too_little(self, tmp_path: Path) -> None:
        run = refused(tmp_path, changed("2027-02-01, 2027-08-09", "2027-02-01, 2027-08-08", PLACEMENT), 1)
        assert " ".join(run.lines) == (
            "Impossible, seen before any search: “Placement” needs 132 host days; its dates hold 189 days, of which "
            "the laws leave 131, with room for 131 host days; the others are taken by internship_full_time (58)"
        )

    def test_an_hour_more_is_against_the_law(self, tmp_path: Path) -> None:
        run = refused(tmp_path, changed("hours = 924", "hours = 925", PLACEMENT), 2)
        assert run.errors == [
            f"{tmp_path / 'small.toml'}:17, laws.internship_full_time: “Placement” takes 133 host days, 931 h in all; "
            "at most 924 h are allowed with one host"
        ]

    def test_of_three_months(self, make: Make) -> None:
        """64 days are the host days of February, March and April; no other three months of these dates have as many."""
        text = changed("hours = 924", "hours = 448", PLACEMENT) + "least_months = 3\nmost_months = 3\n"
        made = make(changed("2027-02-01, 2027-08-09", "2027-02-01, 2027-06-30", text))
        assert (made.days("placement")[0][0], made.days("placement")[-1][1]) == ("2027-02-01", "2027-04-30")
        assert made.moved({"2027-04-26": "2027-04-27"}) == [
            ("internship_full_time", "“Placement” has a host day on Saturday 1 May 2027: a public holiday, Labor Day"),
            ("internship_full_time", "“Placement” leaves out 1 host day on Monday 26 April 2027; it must be unbroken"),
            (
                "internship_full_time",
                "“Placement” begins on Monday 1 February 2027 and goes on after Friday 30 April 2027; it may last "
                "3 months at most",
            ),
        ]


ONE_STUDENT = """\
title = "One student in two groups"
language = "en"
dates = [2026-11-09, 2026-11-20]
starts_every_minutes = 60

[opening_hours]
monday = "09:00-10:00"
friday = "09:00-10:00"

[groups.choir]
title = "Choir"
students = ["p01", "p02"]

[groups.chess]
title = "Chess"
students = ["p02", "p03"]

[trainers.singing]
title = "Trainer, singing"
prefers = [{ weekday = "friday", dates = [2026-11-16, 2026-11-20] }]

[trainers.playing]
title = "Trainer, playing"
prefers = [{ weekday = "friday", dates = [2026-11-09, 2026-11-13] }]

[modules.choir]
title = "Singing"
group = "choir"
trainer = "singing"
parts = [{ kind = "virtual-class", sessions = 1, minutes = 60 }]

[modules.chess]
title = "Playing"
group = "chess"
trainer = "playing"
parts = [{ kind = "virtual-class", sessions = 1, minutes = 60 }]

[laws.working_hours]
[laws.one_at_a_time]
[laws.distance_cap]
minutes_per_week = 60

[preferences.trainer_preference]
"""


class TestAGroupThatSharesOneStudent:
    def test_has_its_week_and_the_student_has_both(self, make: Make) -> None:
        made = make(ONE_STUDENT)
        singing, playing = "TZID=Europe/Paris:20261120T090000", "TZID=Europe/Paris:20261113T090000"
        assert {person: times_of(made.feed(f"people/{person}.ics")) for person in ("p01", "p02", "p03")} == {
            "p01": [singing],
            "p02": [playing, singing],
            "p03": [playing],
        }

    def test_neither_the_week_nor_the_hour_may_be_the_same(self, make: Make) -> None:
        week = "in the week of Monday 16 November 2026"
        assert make(ONE_STUDENT).moved({"2026-11-13T09:00": "2026-11-20T09:00"}) == [
            (
                "one_at_a_time",
                "“Singing” (virtual class) on Friday 20 November 2026 09:00 and “Playing” (virtual class) on Friday "
                "20 November 2026 09:00 overlap for groups “Choir” and “Chess”",
            ),
            ("distance_cap", f"2 h of distance work {week} for groups “Choir” and “Chess”; at most 1 h are allowed"),
        ]

    def test_without_that_student_they_are_strangers(self, make: Make) -> None:
        made = make(changed('students = ["p02", "p03"]', 'students = ["p03"]', ONE_STUDENT))
        assert made.moved({"2026-11-13T09:00": "2026-11-20T09:00"}) == []


THREE_ZONES = """\
title = "Winter in three zones"
language = "en"
dates = [2027-02-01, 2027-03-12]
starts_every_minutes = 60

[opening_hours]
tuesday = "09:00-10:00"

[groups.a]
title = "Zone A"
school_zones = ["A"]

[groups.b]
title = "Zone B"
school_zones = ["B"]

[groups.c]
title = "Zone C"
school_zones = ["C"]

[groups.all]
title = "All zones"
school_zones = ["A", "B", "C"]

[trainers.ann]
title = "Trainer"

[modules.m]
title = "Seminar"
group = "all"
trainer = "ann"
parts = [
    { kind = "virtual-class", id = "a", group = "a", sessions = 4, minutes = 60 },
    { kind = "virtual-class", id = "b", group = "b", sessions = 4, minutes = 60 },
    { kind = "virtual-class", id = "c", group = "c", sessions = 4, minutes = 60 },
    { kind = "virtual-class", id = "all", sessions = 2, minutes = 60 },
]

[laws.days_off]
[laws.working_hours]
"""


class TestZonesABAndCAtOnce:
    """Six Tuesdays, of which winter takes two from each zone, and four from all of them together."""

    def test_each_group_rests_in_its_own_winter(self, make: Make) -> None:
        made = make(THREE_ZONES)
        tuesdays = [f"{date(2027, 2, 2) + timedelta(weeks=n)}T09:00" for n in range(6)]
        assert {
            zone: [tuesdays.index(start) for start in made.starts(f"m.{zone}")] for zone in ("a", "b", "c", "all")
        } == {
            "a": [0, 1, 4, 5],
            "b": [0, 1, 2, 5],
            "c": [0, 3, 4, 5],
            "all": [0, 5],
        }

    def test_the_report_and_the_page_tell_the_zones(self, make: Make) -> None:
        made = make(THREE_ZONES)
        text = "official  JORFTEXT000052416058"
        assert made.section("Days off in the working week")[1:] == [
            f"Winter holidays  Mon 8 Feb 2027  Fri 19 Feb 2027  C  {text}",
            f"Winter holidays  Mon 15 Feb 2027  Fri 26 Feb 2027  A  {text}",
            f"Winter holidays  Mon 22 Feb 2027  Fri 5 Mar 2027  B  {text}",
        ]
        assert shown_as_school_holidays(made.page) == {
            f"Winter holidays ({zones})" for zones in ("C", "A, C", "A, B, C", "A, B", "B")
        }
