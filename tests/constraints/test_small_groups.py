from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.days_off import DaysOff
from constraints.small_groups import SmallGroups
from constraints.working_hours import WorkingHours
from small import at, classes, module, small, timetable
from solving import allowed, cheapest

COHORT = {"title": "Cohort", "size": 4}
TEAM = {"title": "Team", "part_of": "cohort", "of": 2}
SIX_WEEKS = [date(2026, 11, 2), date(2026, 12, 11)]


def plain(**tables: Any) -> Programme:
    """A cohort of two teams of two, each with its own classes, and classes of all together."""
    modules = {"m": module(classes(2), group="team"), "n": module(classes(9), group="cohort")}
    return small(**{"dates": SIX_WEEKS, "groups": {"cohort": COHORT, "team": TEAM}, "modules": modules} | tables)


def meetings(team: int, *days: str) -> list[Placement]:
    return [at(f"2026-{day} 09:00", part=f"m.virtual-class.{team}") for day in days]


def breaches(programme: Programme, *placements: Placement, every: int = 2, **keys: Any) -> list[tuple[str, int]]:
    law = SmallGroups(group="team", every_weeks=every, **keys)
    return [(str(one.message), one.excess) for one in law.check(programme, timetable(*placements))]


def excesses(programme: Programme, *placements: Placement, every: int = 2) -> list[int]:
    return [excess for _, excess in breaches(programme, *placements, every=every)]


ALL_WEEKS = meetings(2, "11-02", "11-09", "11-16", "11-23", "11-30", "12-07")
"""What keeps the law for the second team, so that a test may look at the first."""


def test_a_session_exactly_so_many_weeks_after_another_is_allowed() -> None:
    """Monday or Friday: the week counts."""
    assert breaches(plain(), *meetings(1, "11-09", "11-27", "12-07"), *ALL_WEEKS) == []


def test_a_breach_names_the_sessions_of_the_small_group_and_the_first_week_without() -> None:
    law = SmallGroups(group="team", every_weeks=2)
    (breach,) = law.check(plain(), timetable(*meetings(1, "11-02", "12-07"), *ALL_WEEKS))
    assert (breach.activities, breach.monday) == (("m.virtual-class.1",), date(2026, 11, 9))


def test_each_week_too_many_between_two_sessions_is_counted() -> None:
    assert breaches(plain(), *meetings(1, "11-02", "12-07"), *ALL_WEEKS) == [
        (
            "group “Team 1” has no session of its own in 4 teaching weeks, from that of Monday 9 November 2026 to that "
            "of Monday 30 November 2026; one is needed every 2 weeks",
            3,
        )
    ]


def test_weeks_before_the_first_and_after_the_last_session_count_like_those_between() -> None:
    assert excesses(plain(), *meetings(1, "11-16", "11-23"), *ALL_WEEKS) == [1, 1]
    assert excesses(plain(), *meetings(1, "11-09", "11-23", "12-07"), *ALL_WEEKS) == []
    assert excesses(plain(), *ALL_WEEKS) == [5]


def test_each_small_group_has_sessions_of_its_own() -> None:
    """The sessions of the other team, and of all, do not count."""
    together = at("2026-11-23 09:00", part="n.virtual-class")
    assert breaches(plain(), *meetings(1, "11-02", "11-16", "11-30"), *meetings(2, "11-02"), together, every=4) == [
        (
            "group “Team 2” has no session of its own in 5 teaching weeks, from that of Monday 9 November 2026 to that "
            "of Monday 7 December 2026; one is needed every 4 weeks",
            2,
        )
    ]


def test_small_groups_of_another_table_are_left_alone() -> None:
    groups = {"cohort": COHORT, "team": TEAM, "pair": TEAM | {"title": "Pair"}}
    modules = {key: module(classes(2), group=key) for key in ("team", "pair")}
    found = breaches(plain(groups=groups, modules=modules), every=6)
    assert [message.split(" has ")[0] for message, _ in found] == ["group “Team 1”", "group “Team 2”"]


def test_every_week() -> None:
    found = breaches(plain(), *meetings(1, "11-02", "11-09", "11-23", "11-30", "12-07"), *ALL_WEEKS, every=1)
    assert found == [
        (
            "group “Team 1” has no session of its own in 1 teaching week, from that of Monday 16 November 2026 to that "
            "of Monday 16 November 2026; one is needed every 1 week",
            1,
        )
    ]


def test_weeks_without_a_working_day_do_not_count() -> None:
    """Zone B is on holiday from 19 December 2026 to 3 January 2027: the weeks of 14 December and 4 January follow."""
    programme = plain(dates=[date(2026, 12, 7), date(2027, 1, 15)], days_off={"school_zones": ["B"]})
    around = [*meetings(1, "12-07"), at("2027-01-04 09:00", part="m.virtual-class.1")]
    other = [*meetings(2, "12-14"), at("2027-01-11 09:00", part="m.virtual-class.2")]
    assert breaches(programme, *around, *other) == []
    assert excesses(programme, *around, *meetings(2, "12-14")) == [1]
    # a session in the holidays, which somebody moved by hand, does not count either
    assert excesses(programme, *around, *meetings(2, "12-14", "12-21")) == [1]


def test_only_weeks_in_the_dates_of_their_parts_count() -> None:
    part = classes(2, dates=[date(2026, 11, 11), date(2026, 11, 27)])
    programme = plain(modules={"m": module(part, group="team")})
    assert breaches(programme, *meetings(1, "11-16"), *meetings(2, "11-12", "11-27")) == []
    assert excesses(programme, *meetings(1, "11-16"), every=1) == [1, 1, 3]


def test_fewer_weeks_than_the_run_ask_for_nothing() -> None:
    assert breaches(plain(), every=7) == []
    assert excesses(plain(), every=6) == [1, 1]


def test_small_groups_without_sessions_are_left_alone() -> None:
    assert breaches(plain(modules={"n": module(classes(1), group="cohort")})) == []


def test_an_unknown_key_is_a_fault_with_its_cure() -> None:
    def faults(group: str, programme: Programme) -> list[str]:
        return [str(fault) for fault in SmallGroups(group=group, every_weeks=2).faults(programme)]

    assert faults("team", plain()) == []
    assert faults("teams", plain()) == ["no small groups are called teams; did you mean team?"]
    assert faults("cohort", plain()) == ["no small groups are called cohort; choose from team"]
    whole = small(modules={"m": module(classes(1))})
    assert faults("all", whole) == ["no small groups are called all; remove it"]


def test_a_week_is_the_least() -> None:
    with pytest.raises(ValidationError):
        SmallGroups(group="team", every_weeks=0)


MONDAYS = {"opening_hours": {"monday": "09:00-10:00"}}


def test_the_model_allows_what_the_law_allows() -> None:
    """One hour each Monday of four weeks, two sessions of each team.

    Of the 6 pairs of weeks 3 leave no two weeks in a row without a session: 1 and 3, 2 and 3, 2 and 4.
    """
    four_weeks = {"dates": [date(2026, 11, 2), date(2026, 11, 27)]}
    programme = plain(**four_weeks, **MONDAYS, modules={"m": module(classes(2), group="team")})
    laws = [Complete(), WorkingHours()]
    assert len(allowed(programme, laws)) == 6**2
    assert len(allowed(programme, [*laws, SmallGroups(group="team", every_weeks=2)])) == 3**2
    assert len(allowed(programme, [*laws, SmallGroups(group="team", every_weeks=3)])) == 6**2
    assert allowed(programme, [*laws, SmallGroups(group="team", every_weeks=1)]) == set()


def test_a_weight_prices_each_week_too_many() -> None:
    """One session of each team in six weeks, one every 2 weeks: in the third, 1 and 2 weeks too many."""
    programme = plain(modules={"m": module(classes(1), group="team")}, **MONDAYS)
    law = SmallGroups(group="team", every_weeks=2, weight=5)
    assert cheapest(programme, [Complete(), WorkingHours(), law]) == 5 * 2 * (1 + 2)
    assert [breach.excess for breach in law.check(programme, timetable(*meetings(1, "11-16"), *ALL_WEEKS))] == [1, 2]


def test_the_model_asks_for_a_session_even_where_none_can_stand() -> None:
    """11 November 2026 is a Wednesday: the second week has no Wednesday to teach on, though it is a teaching week."""
    programme = plain(
        dates=[date(2026, 11, 2), date(2026, 11, 20)],
        opening_hours={"wednesday": "09:00-10:00"},
        modules={"m": module(classes(1), group="team")},
    )
    laws = [Complete(), DaysOff(), WorkingHours()]
    assert allowed(programme, [*laws, SmallGroups(group="team", every_weeks=1)]) == set()
    assert cheapest(programme, [*laws, SmallGroups(group="team", every_weeks=1, weight=1)]) == 2 * 2
