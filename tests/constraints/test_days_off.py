from datetime import date

from calendars.clock import moment_of
from calendars.programme import Programme
from calendars.timetable import Placement
from calendars.wording import render
from constraints.days_off import DaysOff
from programmes import plain
from small import at, classes, module, on, small, timetable, week_of, work


def words(programme: Programme, *placements: Placement) -> list[str]:
    return [str(breach.message) for breach in DaysOff().check(programme, timetable(*placements))]


def test_a_session_on_a_working_day_is_lawful() -> None:
    programme = small(modules={"m": module(classes(1))})
    assert words(programme, at("2026-11-10 14:00")) == []


def test_a_session_on_a_public_holiday_is_named_with_the_holiday() -> None:
    programme = small(modules={"m": module(classes(1))})
    assert words(programme, at("2026-11-11 14:00")) == [
        "“Module” (virtual class) stands on Wednesday 11 November 2026 14:00: Armistice Day"
    ]


def test_a_session_at_the_weekend_is_named() -> None:
    programme = small(modules={"m": module(classes(1))})
    assert words(programme, at("2026-11-07 09:00")) == [
        "“Module” (virtual class) stands on Saturday 7 November 2026 09:00: not a day of the working week"
    ]


def test_saturday_is_lawful_where_the_working_week_has_it() -> None:
    week = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]
    programme = small(modules={"m": module(classes(1))}, working_week=week)
    assert words(programme, at("2026-11-07 09:00")) == []


def test_the_days_around_a_rest_are_lawful() -> None:
    programme = small(modules={"m": module(classes(2))})
    assert words(programme, at("2026-11-10 16:00"), at("2026-11-12 09:00")) == []


def test_school_holidays_bind_the_zones_of_the_audience_only() -> None:
    """On 1 March 2027 zone B is on holiday, zone A is back (arrêté of 22 Oct 2025)."""
    dates = [date(2027, 3, 1), date(2027, 3, 12)]
    groups = {"b": {"title": "B", "school_zones": ["B"]}, "a": {"title": "A", "school_zones": ["A"]}}
    modules = {"m": module(classes(1), group="b"), "n": module(classes(1), group="a")}
    programme = small(dates=dates, groups=groups, modules=modules)
    law = DaysOff()
    placed = timetable(at("2027-03-01 09:00"), at("2027-03-01 10:00", part="n.virtual-class"))
    assert len(list(law.check(programme, placed))) == 1


def test_every_start_on_a_rest_day_is_struck_and_no_other() -> None:
    programme = small(modules={"m": module(classes(1))})
    part = programme.parts["m.virtual-class"]
    forbids = DaysOff().forbids(programme, part)
    assert forbids is not None
    lawful = {moment_of(span.start).date().day for span in programme.candidates(part) if not forbids(span)}
    assert lawful == {2, 3, 4, 5, 6, 9, 10, 12, 13}


FAR = {"all": {"title": "All", "time_zones": ["Europe/Paris", "America/Guadeloupe", "Pacific/Noumea"]}}


def both(programme: Programme, *placements: Placement) -> list[str]:
    """The breaches in English, then in French with plain spaces."""
    messages = [breach.message for breach in DaysOff().check(programme, timetable(*placements))]
    return [plain(render(message, language)) for language in ("en", "fr") for message in messages]


def test_a_session_is_read_on_the_local_date_of_its_audience() -> None:
    """Friday 18:00 in Paris is Saturday 04:00 in Nouméa (UTC+11), and 13:00 in Guadeloupe."""
    programme = small(modules={"m": module(classes(1))}, groups=FAR)
    assert words(programme, at("2026-11-06 09:00")) == []
    assert both(programme, at("2026-11-13 18:00")) == [
        "“Module” (virtual class) stands on Friday 13 November 2026 18:00: not a day of the working week in "
        "Pacific/Noumea, where it is Saturday 14 November 2026 04:00",
        "« Module » (classe virtuelle) tombe le vendredi 13 novembre 2026 à 18 h : hors des jours ouvrés de la semaine "
        "dans le fuseau Pacific/Noumea, où l’on est le samedi 14 novembre 2026 à 4 h",
    ]


def test_a_holiday_that_has_begun_elsewhere_only_is_named_with_its_zone() -> None:
    programme = small(modules={"m": module(classes(1))}, groups=FAR)
    assert both(programme, at("2026-11-10 18:00")) == [
        "“Module” (virtual class) stands on Tuesday 10 November 2026 18:00: Armistice Day in Pacific/Noumea, where it "
        "is Wednesday 11 November 2026 04:00",
        "« Module » (classe virtuelle) tombe le mardi 10 novembre 2026 à 18 h : Armistice Day dans le fuseau "
        "Pacific/Noumea, où l’on est le mercredi 11 novembre 2026 à 4 h",
    ]


def test_a_holiday_of_several_zones_is_named_once() -> None:
    programme = small(modules={"m": module(classes(1))}, groups=FAR)
    assert words(programme, at("2026-11-11 09:00")) == [
        "“Module” (virtual class) stands on Wednesday 11 November 2026 09:00: Armistice Day"
    ]


def test_the_other_local_days_of_a_session_have_causes_of_their_own() -> None:
    """In Paris it is Saturday; in Guadeloupe, at 20:00 the day before, still the closed Friday."""
    closed = {"closures": [{"title": "Closed", "dates": [date(2026, 11, 6), date(2026, 11, 6)]}]}
    programme = small(modules={"m": module(classes(1))}, groups=FAR, days_off=closed)
    assert words(programme, at("2026-11-07 01:00")) == [
        "“Module” (virtual class) stands on Saturday 7 November 2026 01:00: not a day of the working week and Closed "
        "in America/Guadeloupe, where it is Friday 6 November 2026 20:00"
    ]


def test_a_block_starts_on_a_working_day_but_may_run_over_rests() -> None:
    block = {"title": "Block", "kind": "course", "group": "all", "dates": [date(2026, 11, 2), date(2026, 11, 13)]}
    programme = small(blocks={"b": block | {"days": 5}})
    assert words(programme, on("2026-11-05", "2026-11-09")) == []
    assert words(programme, on("2026-11-07", "2026-11-11")) == [
        "“Block” stands from Saturday 7 November 2026 to Wednesday 11 November 2026: not a day of the working week"
    ]


def test_self_paced_work_rests_in_a_week_without_a_working_day_unless_it_says_otherwise() -> None:
    """Zone B is on holiday from 17 October to 1 November 2026 (arrêté of 22 Oct 2025)."""
    dates = [date(2026, 10, 12), date(2026, 11, 6)]
    zones = {"school_zones": ["B"]}
    resting = small(dates=dates, days_off=zones, modules={"m": module(work(1))})
    running = small(dates=dates, days_off=zones, modules={"m": module(work(1, in_holidays=True))})
    assert len(words(resting, week_of("2026-10-19", 60))) == 1
    assert words(resting, week_of("2026-11-02", 60)) == []
    assert words(running, week_of("2026-10-19", 60)) == []
