"""Which slots suit an audience best, each reason by itself; slots are those of one weekday and hour, or of few."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from calendars.clock import Span
from calendars.programme import Programme
from calendars.timetable import Placement, Timetable
from scheduler.ranking import ranked
from small import at, classes, module, small, timetable, week_of, work

A, B = "m.a", "n.b"
NOVEMBER: dict[str, Any] = {"dates": [date(2026, 11, 2), date(2026, 11, 27)], "starts_every_minutes": 30}
"""Four weeks, the Mondays of which are the 2nd, the 9th, the 16th and the 23rd."""


def moments(
    programme: Programme, slots: Sequence[str], now_at: str, *standing: Placement, minutes: int = 60
) -> list[str]:
    """The starts of some slots for a session of `m.a`, the best first."""
    spans = {at(slot, minutes).span: slot for slot in slots}
    found = ranked(programme, Timetable(standing), programme.parts[A], spans, at(now_at, minutes).span)
    return [spans[span] for span in found]


def one_part(**groups: Any) -> Programme:
    """A session for the group "all", and a session and work for "others", whoever they are."""
    modules = {"m": module(classes(1, id="a")), "n": module(classes(1, id="b"), work(2), group="others")}
    return small(**NOVEMBER, groups={"all": {"title": "All"}, "others": {"title": "Others"}} | groups, modules=modules)


class TestPeoplesDay:
    """On one Tuesday, asked from Tuesday: nothing but the hour counts."""

    def test_less_of_it_before_nine_or_after_six_is_better(self) -> None:
        """An hour from 7:30, 8:00 or 19:00 lies outside, half of it from 8:30 or 17:30, nothing from 9:00 to 17:00."""
        hours = ("07:30", "08:00", "08:30", "09:00", "17:00", "17:30", "19:00")
        found = moments(one_part(), [f"2026-11-10 {hour}" for hour in hours], "2026-11-10 09:00")
        best = ("09:00", "17:00", "08:30", "17:30", "07:30", "08:00", "19:00")
        # The seven stand on one day, so that each has its turn after the one before it
        assert found == [f"2026-11-10 {hour}" for hour in best]

    def test_on_the_clock_of_each_zone_of_the_group(self) -> None:
        """Five hours earlier in Martinique: 9:00 is 4:00 there, 13:30 is 8:30, 14:00 is 9:00; 18:00 is 13:00."""
        far = one_part(all={"title": "All", "time_zones": ["Europe/Paris", "America/Martinique"]})
        hours = ("09:00", "13:30", "14:00", "17:30", "18:00")
        found = moments(far, [f"2026-11-10 {hour}" for hour in hours], "2026-11-10 09:00")
        assert found == [f"2026-11-10 {hour}" for hour in ("14:00", "13:30", "17:30", "09:00", "18:00")]

    def test_on_no_other_clock(self) -> None:
        """On Réunion, three hours later, 14:30 is 17:30 and 9:00 is noon; the programme's own clock is nobody's."""
        far = one_part(all={"title": "All", "time_zones": ["Indian/Reunion"]})
        found = moments(
            far, [f"2026-11-10 {hour}" for hour in ("06:00", "09:00", "14:30", "15:00")], "2026-11-10 09:00"
        )
        assert found == [f"2026-11-10 {hour}" for hour in ("06:00", "09:00", "14:30", "15:00")]

    def test_a_day_longer_than_people_s_has_its_rest_outside(self) -> None:
        """Ten hours have one outside from 9:00, two from 7:00, and eight from 16:00."""
        hours = ("07:00", "09:00", "16:00")
        found = moments(one_part(), [f"2026-11-10 {hour}" for hour in hours], "2026-11-10 09:00", minutes=600)
        assert found == [f"2026-11-10 {hour}" for hour in ("09:00", "07:00", "16:00")]


class TestWeeks:
    def test_fewer_weeks_away_is_better(self) -> None:
        """From the third week; of two as far away the earlier one."""
        days = ("2026-11-03 09:00", "2026-11-11 10:00", "2026-11-19 11:00", "2026-11-27 13:00")
        found = moments(one_part(), days, "2026-11-16 09:00")
        assert found == [days[2], days[1], days[3], days[0]]

    def test_the_day_of_the_week_is_no_distance(self) -> None:
        """From a Friday the Monday before is nearer than the Monday after, which is in another week."""
        found = moments(one_part(), ["2026-11-16 10:00", "2026-11-09 09:00"], "2026-11-13 09:00")
        assert found == ["2026-11-09 09:00", "2026-11-16 10:00"]

    def test_the_day_of_people_counts_more(self) -> None:
        assert moments(one_part(), ["2026-11-10 18:00", "2026-11-24 09:00"], "2026-11-10 09:00") == [
            "2026-11-24 09:00",
            "2026-11-10 18:00",
        ]


class TestLoad:
    """From the second week to the first or to the third one: the first, where both are alike."""

    BOTH = ("2026-11-03 09:00", "2026-11-17 10:00")

    def found(self, programme: Programme, *standing: Placement) -> list[str]:
        return moments(programme, self.BOTH, "2026-11-10 09:00", *standing)

    def test_a_lighter_week_is_better(self) -> None:
        first = at("2026-11-05 14:00", 60, part=A)
        assert self.found(one_part()) == [*self.BOTH]
        assert self.found(one_part(), first) == [*reversed(self.BOTH)]

    def test_work_counts_like_sessions(self) -> None:
        """Half an hour more of it than of sessions."""
        programme = small(**NOVEMBER, modules={"m": module(classes(1, id="a"), work(2))})
        first, third = week_of("2026-11-02", 90), at("2026-11-19 14:00", part=A)
        assert self.found(programme, first, third) == [*reversed(self.BOTH)]
        assert self.found(programme, week_of("2026-11-02", 30), third) == [*self.BOTH]

    def test_that_of_a_group_that_shares_a_person(self) -> None:
        """A session and half an hour of work in the first week."""
        standing = at("2026-11-05 14:00", part=B), week_of("2026-11-02", 30, "n.distance-work")
        shared = one_part(others={"title": "Others", "part_of": "all"})
        for each in standing:
            assert self.found(shared, each) == [*reversed(self.BOTH)]
            assert self.found(one_part(), each) == [*self.BOTH]

    def test_of_one_student_that_of_their_own_groups(self) -> None:
        """Nobody says that Eve is in the option, whose session is in the first week."""
        option = {"title": "Option", "part_of": "all"}
        standing = at("2026-11-05 14:00", part=B)
        found = {}
        for listed in ([], ["eve"]):
            programme = small(
                **NOVEMBER,
                groups={"all": {"title": "All"}, "others": option | {"students": listed}},
                modules={
                    "m": module({"id": "a", "kind": "defence", "minutes": 60, "defences": [{"student": "eve"}]}),
                    "n": module(classes(1, id="b"), group="others"),
                },
            )
            slots = {at(slot).span: slot for slot in self.BOTH}
            part, now_at = programme.parts["m.a.eve"], at("2026-11-10 09:00").span
            found[len(listed)] = [
                slots[each] for each in ranked(programme, Timetable((standing,)), part, slots, now_at)
            ]
        assert found == {0: [*self.BOTH], 1: [*reversed(self.BOTH)]}

    def test_weeks_away_count_more(self) -> None:
        second = at("2026-11-12 14:00", 180, part=A)
        found = moments(one_part(), ["2026-11-10 09:00", "2026-11-17 10:00"], "2026-11-10 09:00", second)
        assert found == ["2026-11-10 09:00", "2026-11-17 10:00"]


class TestTurns:
    def test_days_and_hours_of_a_weekday_take_turns(self) -> None:
        """In order of time there are two on Monday, two on Tuesday, and two a week later, one of them at a known hour.

        On Monday 9:00 is the first; 10:00 has one before it on its day. Tuesday alike. A week later 9:00 has one before
        it at its hour, 11:00 none.
        """
        slots = (
            "2026-11-09 09:00",
            "2026-11-09 10:00",
            "2026-11-10 09:00",
            "2026-11-10 10:00",
            "2026-11-16 09:00",
            "2026-11-17 11:00",
        )
        found = moments(one_part(), slots, "2026-11-09 09:00")
        assert found == [slots[each] for each in (0, 2, 5, 1, 3, 4)]

    def test_a_day_and_an_hour_are_both_counted(self) -> None:
        """A week later 9:00 comes third on its day and second at its hour; 11:00 comes first."""
        slots = ("2026-11-09 09:00", "2026-11-16 08:30", "2026-11-16 09:00", "2026-11-16 11:00")
        found = moments(one_part(), slots, "2026-11-16 09:00")
        # 16th 9:00 (turn 0), 16th 11:00 (1), 9th 9:00 (1, its hour was there), 16th 8:30 (2)
        assert found == [slots[each] for each in (2, 3, 0, 1)]


STARTS = st.integers(min_value=0, max_value=4 * 7 * 48 - 1)
"""Half hours of four weeks."""


@given(st.lists(STARTS, unique=True), STARTS)
def test_whatever_is_ranked_comes_out_once(halves: list[int], now: int) -> None:
    first = at("2026-11-02 00:00").span.start
    slots = [Span(first + 30 * half, first + 30 * half + 60) for half in halves]
    programme = one_part()
    found = ranked(programme, timetable(), programme.parts[A], slots, Span(first + 30 * now, first + 30 * now + 60))
    assert sorted(found) == sorted(slots)
