from datetime import date
from itertools import combinations
from typing import Any

import pytest

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.rule import Breach
from defended import defended, viva, vivas
from small import at, classes, module, on, small, staffed, timetable, week_of, work
from solving import allowed

TWO_WEEKS = [date(2026, 11, 2), date(2026, 11, 13)]
THREE_DAYS = [date(2026, 11, 2), date(2026, 11, 4)]
COURSE = {"title": "Course", "kind": "course", "group": "all", "dates": TWO_WEEKS}
STAY = {"title": "Internship", "group": "all", "dates": TWO_WEEKS, "minutes_per_day": 420}


def breaches(programme: Programme, *placements: Placement) -> list[Breach]:
    return list(Complete().check(programme, staffed(programme, *placements)))


def words(programme: Programme, *placements: Placement) -> list[str]:
    return [str(breach.message) for breach in breaches(programme, *placements)]


def internship(hours: int) -> Programme:
    return small(internships={"i": STAY | {"hours": hours}})


def host_days(*days: str) -> list[Placement]:
    return [on(day, activity="i") for day in days]


def test_the_announced_number_of_sessions_of_the_announced_length_is_lawful() -> None:
    programme = small(modules={"m": module(classes(2))})
    assert words(programme, at("2026-11-03 09:00"), at("2026-11-10 09:00")) == []


def test_too_few_and_too_many_sessions_are_counted() -> None:
    programme = small(modules={"m": module(classes(2))})
    three = at("2026-11-03 09:00"), at("2026-11-04 09:00"), at("2026-11-05 09:00")
    assert words(programme, *three[:1]) == ["“Module” (virtual class) has 1 sessions; the programme announces 2"]
    assert words(programme, *three) == ["“Module” (virtual class) has 3 sessions; the programme announces 2"]


def test_the_excess_is_how_many_are_missing_or_over() -> None:
    programme = small(modules={"m": module(classes(3), work(2))})
    assert [breach.excess for breach in breaches(programme, week_of("2026-11-02", 150))] == [3, 30]


def test_what_is_missing_is_told_apart_from_what_is_too_much() -> None:
    programme = small(modules={"m": module(classes(2))})
    three = at("2026-11-03 09:00"), at("2026-11-04 09:00"), at("2026-11-05 09:00")
    assert [(breach.excess, breach.lacks) for breach in breaches(programme, *three[:1])] == [(1, True)]
    assert [(breach.excess, breach.lacks) for breach in breaches(programme, *three)] == [(1, False)]


def test_parts_are_counted_one_by_one() -> None:
    programme = small(modules={"m": module(classes(1), classes(1, id="other"))})
    assert words(programme, at("2026-11-03 09:00"), at("2026-11-04 09:00")) == [
        "“Module” (virtual class) has 2 sessions; the programme announces 1",
        "“Module” (virtual class) has 0 sessions; the programme announces 1",
    ]


def test_a_session_of_another_length_is_named() -> None:
    programme = small(modules={"m": module(classes(1))})
    assert words(programme, at("2026-11-03 09:00", 75)) == [
        "“Module” (virtual class) on Tuesday 3 November 2026 09:00 lasts 1 h 15, which is not the length that the "
        "programme announces"
    ]


def test_a_breach_names_its_activity_and_for_one_placement_the_week() -> None:
    programme = small(modules={"m": module(classes(1), work(1))})
    found = breaches(programme, at("2026-11-10 09:00", 75), week_of("2026-11-02", 30))
    assert [(breach.activities, breach.monday) for breach in found] == [
        (("m.virtual-class",), date(2026, 11, 9)),
        (("m.distance-work",), None),
    ]


def test_a_block_stands_once_for_all_its_days() -> None:
    programme = small(blocks={"b": COURSE | {"days": 3}})
    assert words(programme, on("2026-11-03", "2026-11-05")) == []
    assert words(programme) == ["“Course” stands 0 times; it must stand once"]
    assert words(programme, on("2026-11-02", "2026-11-04"), on("2026-11-09", "2026-11-11")) == [
        "“Course” stands 2 times; it must stand once"
    ]
    assert words(programme, on("2026-11-03", "2026-11-04")) == [
        "“Course” from Tuesday 3 November 2026 to Wednesday 4 November 2026 lasts 48 h, which is not the length that "
        "the programme announces"
    ]


def test_a_block_of_working_weeks_ends_on_the_last_working_day() -> None:
    programme = small(blocks={"b": COURSE | {"working_weeks": 2}})
    assert words(programme, on("2026-11-03", "2026-11-13")) == []
    assert len(words(programme, on("2026-11-03", "2026-11-12"))) == 1


def test_a_block_may_not_end_after_the_programme() -> None:
    programme = small(blocks={"b": COURSE | {"days": 3}})
    assert words(programme, on("2026-11-11", "2026-11-13")) == []
    assert len(words(programme, on("2026-11-12", "2026-11-14"))) == 1


def test_self_paced_work_adds_up_over_the_weeks() -> None:
    programme = small(modules={"m": module(work(2.5))})
    assert words(programme, week_of("2026-11-02", 30), week_of("2026-11-09", 120)) == []
    assert words(programme, week_of("2026-11-02", 120)) == [
        "“Module” (self-paced work) has 2 h planned; the programme announces 2 h 30"
    ]
    assert words(programme, week_of("2026-11-02", 180)) == [
        "“Module” (self-paced work) has 3 h planned; the programme announces 2 h 30"
    ]


def test_self_paced_work_takes_whole_weeks() -> None:
    programme = small(modules={"m": module(work(1))})
    assert words(programme, on("2026-11-02", "2026-11-06", "m.distance-work")._replace(amount=60)) == [
        "“Module” (self-paced work) in the week of Monday 2 November 2026 lasts 120 h, which is not the length that "
        "the programme announces"
    ]


def test_an_internship_has_the_least_number_of_host_days_that_reaches_its_hours() -> None:
    """14 h are exactly 2 days of 7 h; 15 h take a third."""
    two, three = host_days("2026-11-02", "2026-11-03"), host_days("2026-11-02", "2026-11-03", "2026-11-04")
    assert words(internship(14), *two) == []
    assert words(internship(15), *three) == []
    assert words(internship(14), *three) == ["“Internship” has 3 host days; 14 h take 2"]
    assert words(internship(15), *two) == ["“Internship” has 2 host days; 15 h take 3"]


def test_a_host_day_is_one_whole_day() -> None:
    assert len(words(internship(7), on("2026-11-02", "2026-11-03", "i"))) == 1


def test_what_the_programme_does_not_know_is_named_once() -> None:
    programme = small(modules={"m": module(classes(1))})
    placed = timetable(
        at("2026-11-02 09:00"), at("2026-11-03 09:00", part="n.exam"), at("2026-11-04 09:00", part="n.exam")
    )
    assert [str(breach.message) for breach in Complete().check(programme, placed)] == [
        "the programme has nothing called n.exam"
    ]


def test_the_model_places_all_sessions() -> None:
    """Two sessions on three days with one start each."""
    hours = {"monday": "09:00-10:00"}
    programme = small(dates=THREE_DAYS, opening_hours=hours, modules={"m": module(classes(2))})
    monday, tuesday, wednesday = (at(f"2026-11-0{day} 09:00") for day in (2, 3, 4))
    assert allowed(programme, [Complete()]) == {
        timetable(monday, tuesday),
        timetable(monday, wednesday),
        timetable(tuesday, wednesday),
    }


def test_the_model_places_all_minutes_of_self_paced_work() -> None:
    """One hour in two halves over two weeks."""
    programme = small(modules={"m": module(work(1))})
    first, second = "2026-11-02", "2026-11-09"
    assert allowed(programme, [Complete()]) == {
        timetable(week_of(first, 60)),
        timetable(week_of(first, 30), week_of(second, 30)),
        timetable(week_of(second, 60)),
    }


def test_the_model_places_a_block_once() -> None:
    """Two days of three."""
    programme = small(dates=THREE_DAYS, blocks={"b": COURSE | {"dates": THREE_DAYS, "days": 2}})
    assert allowed(programme, [Complete()]) == {
        timetable(on("2026-11-02", "2026-11-03")),
        timetable(on("2026-11-03", "2026-11-04")),
    }


def test_the_model_places_all_host_days() -> None:
    """Eight hours take two days of three."""
    programme = small(dates=THREE_DAYS, internships={"i": STAY | {"dates": THREE_DAYS, "hours": 8}})
    assert allowed(programme, [Complete()]) == {
        timetable(*host_days("2026-11-02", "2026-11-03")),
        timetable(*host_days("2026-11-02", "2026-11-04")),
        timetable(*host_days("2026-11-03", "2026-11-04")),
    }


def test_the_model_finds_nothing_where_the_sessions_have_no_room() -> None:
    hours = {"monday": "09:00-10:00"}
    programme = small(dates=THREE_DAYS, opening_hours=hours, modules={"m": module(classes(4))})
    assert allowed(programme, [Complete()]) == set()


def taught(**keys: Any) -> Programme:
    """One session, on a Monday with one start."""
    people = {key: {"title": title} for key, title in (("ann", "Tutor"), ("bob", "Speaker"), ("eve", "Examiner"))}
    places = {key: {"title": key.title()} for key in ("room", "hall", "gym")}
    monday = {"dates": [date(2026, 11, 2)] * 2, "opening_hours": {"monday": "09:00-10:00"}}
    return small(**monday, trainers=people, places=places, modules={"m": module(classes(1, **keys))})


def given(programme: Programme, *trainers: str, place: str | None = None) -> list[str]:
    """What is said of a session with these trainers in this place, just as a calendar says it."""
    placed = timetable(at("2026-11-02 09:00", trainers=trainers, place=place))
    return [str(breach.message) for breach in Complete().check(programme, placed)]


SESSION = "“Module” (virtual class) on Monday 2 November 2026 09:00"


def test_a_session_is_given_by_as_many_of_its_trainers_as_it_needs() -> None:
    one, two, all_three = (taught(trainer=["ann", "bob", "eve"], together=number) for number in (1, 2, 3))
    assert [given(one, key) for key in ("ann", "bob", "eve")] == [[], [], []]
    assert given(two, "ann", "eve") == given(two, "eve", "ann") == []
    assert given(all_three, "ann", "bob", "eve") == []
    assert given(taught()) == []


def test_too_few_or_too_many_trainers_are_counted() -> None:
    two = taught(trainer=["ann", "bob", "eve"], together=2)
    assert given(two) == [f"{SESSION} is given by 0 trainers; the programme asks for 2"]
    assert given(two, "bob") == [f"{SESSION} is given by 1 trainer; the programme asks for 2"]
    assert given(two, "ann", "bob", "eve") == [f"{SESSION} is given by 3 trainers; the programme asks for 2"]
    assert given(taught(trainer="ann")) == [f"{SESSION} is given by 0 trainers; the programme asks for 1"]


def test_a_trainer_who_is_named_twice_is_one() -> None:
    two = taught(trainer=["ann", "bob", "eve"], together=2)
    assert given(two, "ann", "ann") == [f"{SESSION} is given by 1 trainer; the programme asks for 2"]


def test_trainers_whom_the_programme_does_not_name_for_it_are_told_by_role_or_by_what_the_calendar_has() -> None:
    """Their number is not told beside: to put the right ones in sets it right."""
    programme = taught(trainer="ann")
    assert given(programme, "bob") == [
        f"{SESSION} is given by trainer “Speaker”, whom the programme does not name for it"
    ]
    assert given(programme, "ann", "bob", "zoe") == [
        f"{SESSION} is given by trainer “Speaker” and zoe, whom the programme does not name for it"
    ]
    assert given(taught(), "ann") == [f"{SESSION} is given by trainer “Tutor”, whom the programme does not name for it"]


def test_a_session_is_in_one_of_its_places_or_in_none_where_it_has_none() -> None:
    elsewhere = [f"{SESSION} is not in a place that the programme names for it"]
    either = taught(place=["room", "hall"])
    assert [given(either, place=place) for place in ("room", "hall")] == [[], []]
    assert [given(either, place=place) for place in ("gym", "unknown", None)] == [elsewhere] * 3
    assert [given(taught(), place=place) for place in (None, "room")] == [[], elsewhere]


def test_wrong_trainers_and_a_wrong_place_are_told_each() -> None:
    assert given(taught(trainer="ann", place="room"), "bob", place="hall") == [
        f"{SESSION} is given by trainer “Speaker”, whom the programme does not name for it",
        f"{SESSION} is not in a place that the programme names for it",
    ]


def test_the_model_gives_each_session_its_trainers_and_a_place() -> None:
    """Any two of three trainers, in the order of the file, in either of two places."""
    programme = taught(trainer=["eve", "ann", "bob"], together=2, place=["room", "hall"])
    teams = ("eve", "ann"), ("eve", "bob"), ("ann", "bob")
    assert allowed(programme, [Complete()]) == {
        timetable(at("2026-11-02 09:00", trainers=team, place=place)) for team in teams for place in ("room", "hall")
    }
    fixed = taught(trainer=["ann", "bob"], together=2, place="gym")
    assert allowed(fixed, [Complete()]) == {timetable(at("2026-11-02 09:00", trainers=("ann", "bob"), place="gym"))}


def test_a_jury_has_somebody_for_each_role_and_nobody_holds_two() -> None:
    """Of Ann and Bob one presides; the other one is a member only if it is Bob."""
    programme = defended(vivas("eve"), dates=[date(2026, 11, 2)] * 2, opening_hours={"monday": "09:00-10:00"})
    every = [viva("eve", "2026-11-02 09:00", *pair) for pair in combinations(("ann", "bob", "cy", "dan"), 2)]
    told = {each.trainers: [str(breach.message) for breach in breaches(programme, each)] for each in every}
    assert {pair: found for pair, found in told.items() if found} == {
        ("cy", "dan"): [
            "“Module” (defence, eve) on Monday 2 November 2026 09:00: "
            "these trainers cannot hold all the roles of the jury, Chair and Member"
        ]
    }
    assert allowed(programme, [Complete()]) == {timetable(each) for each in every if not told[each.trainers]}


@pytest.mark.parametrize(
    ("trainers", "told"),
    [
        (("ann",), "is given by 1 trainer; the programme asks for 2"),
        (("ann", "bob", "cy"), "is given by 3 trainers; the programme asks for 2"),
        (("ann", "zoe"), "is given by zoe, whom the programme does not name for it"),
    ],
)
def test_a_jury_of_too_few_too_many_or_others_is_told_as_that_alone(trainers: tuple[str, ...], told: str) -> None:
    found = words(defended(vivas("eve")), viva("eve", "2026-11-02 09:00", *trainers))
    assert found == [f"“Module” (defence, eve) on Monday 2 November 2026 09:00 {told}"]


def test_where_sessions_may_be_lacking_nothing_else_may_and_none_is_too_many() -> None:
    """Two sessions on three mornings, and an hour of work in the one week."""
    programme = small(dates=THREE_DAYS, opening_hours=MORNINGS, modules={"m": module(classes(2), work(1))})
    law, one, whole = Complete(may_lack_sessions=True), at("2026-11-02 09:00"), week_of("2026-11-02", 60)
    three = (one, at("2026-11-03 09:00"), at("2026-11-04 09:00"))
    placed = ((one, whole), (whole,), (one,), (*three, whole))
    assert [[breach.excess for breach in law.check(programme, timetable(*some))] for some in placed] == [
        [],
        [],
        [60],
        [1],
    ]
    lawful = [some for count in range(3) for some in combinations(three, count)]
    assert allowed(programme, [law]) == {timetable(*some, whole) for some in lawful}


MORNINGS = dict.fromkeys(("monday", "tuesday", "wednesday"), "09:00-10:00")
