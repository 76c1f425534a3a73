from datetime import date
from typing import Any

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.daily_load import DailyLoad
from constraints.rule import Breach
from constraints.working_hours import WorkingHours
from defended import defended, viva, vivas
from small import at, classes, module, small, staffed, timetable
from solving import allowed, model_of

GROUPS = {
    "all": {"title": "All"},
    "half": {"title": "Half", "part_of": "all"},
    "rest": {"title": "Rest", "part_of": "all"},
    "guests": {"title": "Guests"},
}


def programme_of(**parts: dict[str, Any]) -> Programme:
    """The parts "m.<id>", of the group All where they do not say."""
    tables = [classes(1, id=key, **({"group": "all", "title": key.upper()} | part)) for key, part in parts.items()]
    return small(groups=GROUPS, trainers={"ann": {"title": "Tutor"}}, modules={"m": module(*tables)})


def on_tuesday(*sessions: tuple[str, str, int]) -> list[Placement]:
    """Sessions on 10 November by part, start and minutes."""
    return [at(f"2026-11-10 {start}", minutes, f"m.{part}") for part, start, minutes in sessions]


def breaches(programme: Programme, *placements: Placement, **parameters: float) -> list[Breach]:
    return list(DailyLoad.model_validate(parameters).check(programme, staffed(programme, *placements)))


def words(programme: Programme, *placements: Placement, **parameters: float) -> list[str]:
    return [str(breach.message) for breach in breaches(programme, *placements, **parameters)]


def test_exactly_ten_hours_a_day_are_allowed() -> None:
    """Five hours twice, with a break."""
    day = on_tuesday(("a", "08:00", 300), ("b", "14:00", 300))
    assert breaches(programme_of(a={}, b={}), *day) == []


def test_minutes_above_the_day_are_told_with_their_sessions() -> None:
    found = breaches(programme_of(a={}, b={}), *on_tuesday(("a", "08:00", 300), ("b", "14:00", 315)))
    assert [str(breach.message) for breach in found] == [
        "live sessions on Tuesday 10 November 2026 add up to 10 h 15 for group “All”, at most 10 h are allowed: "
        "“Module” (A) and “Module” (B)"
    ]
    assert [breach.excess for breach in found] == [15]


def test_days_are_apart() -> None:
    programme = programme_of(a={}, b={})
    sessions = [at("2026-11-09 08:00", 360, "m.a"), at("2026-11-10 08:00", 360, "m.b")]
    assert breaches(programme, *sessions) == []


def test_exactly_six_hours_without_a_break_are_allowed() -> None:
    programme = programme_of(a={}, b={})
    assert words(programme, *on_tuesday(("a", "08:00", 180), ("b", "11:00", 180))) == []
    assert words(programme, *on_tuesday(("a", "08:00", 180), ("b", "11:00", 195))) == [
        "live sessions from Tuesday 10 November 2026 08:00 last 6 h 15 without a break of 20 min for group “All”, "
        "at most 6 h are allowed: “Module” (A) and “Module” (B)"
    ]


def test_exactly_the_break_parts_two_runs_and_less_does_not() -> None:
    programme = programme_of(a={}, b={})
    assert words(programme, *on_tuesday(("a", "08:00", 180), ("b", "11:20", 200))) == []
    found = breaches(programme, *on_tuesday(("a", "08:00", 180), ("b", "11:19", 200)))
    assert [breach.excess for breach in found] == [39]


def test_a_run_lasts_to_its_last_end_whichever_session_ends_there() -> None:
    """08:00 to 15:00 holds 09:00 to 10:00."""
    found = breaches(programme_of(a={}, b={}), *on_tuesday(("a", "08:00", 420), ("b", "09:00", 60)))
    assert [breach.excess for breach in found] == [60]


def test_hours_of_a_trainer_count_over_groups() -> None:
    programme = programme_of(a={"trainer": "ann"}, b={"trainer": "ann", "group": "guests"})
    assert words(programme, *on_tuesday(("a", "08:00", 120), ("b", "13:00", 120)), hours_per_day=3) == [
        "live sessions on Tuesday 10 November 2026 add up to 4 h for trainer “Tutor”, at most 3 h are allowed: "
        "“Module” (A) and “Module” (B)"
    ]


def test_sub_groups_count_with_what_they_are_part_of_each_for_itself() -> None:
    programme = programme_of(a={}, b={"group": "half"}, c={"group": "rest"})
    day = on_tuesday(("a", "08:00", 120), ("b", "11:00", 120), ("c", "14:00", 60))
    assert words(programme, *day, hours_per_day=3) == [
        "live sessions on Tuesday 10 November 2026 add up to 4 h for groups “All” and “Half”, at most 3 h are allowed: "
        "“Module” (A) and “Module” (B)"
    ]


def test_what_two_enrolments_have_alike_is_told_once() -> None:
    programme = programme_of(a={}, b={"group": "half"}, c={"group": "rest"})
    day = on_tuesday(("a", "08:00", 120))
    assert len(words(programme, *day, hours_per_day=1)) == 1
    assert len(words(programme, *day, hours_without_break=1)) == 1
    apart = on_tuesday(("b", "11:00", 60), ("c", "14:00", 60))
    assert len(words(programme, *day, *apart, hours_without_break=1)) == 1


def test_a_session_entered_twice_counts_twice() -> None:
    twice = on_tuesday(("a", "08:00", 120)) * 2
    assert [breach.excess for breach in breaches(programme_of(a={}), *twice, hours_per_day=3)] == [60]


def one_day(*minutes: int, **tables: Any) -> Programme:
    """Parts "m.p0", "m.p1", … of one session each, on a Monday open from 09:00 to 14:00 with starts on the hour."""
    parts = [classes(1, length, id=f"p{place}") for place, length in enumerate(minutes)]
    plain = {"dates": [date(2026, 11, 2)] * 2, "opening_hours": {"monday": "09:00-14:00"}}
    return small(**(plain | tables), modules={"m": module(*parts)})


def hours(programme: Programme, **parameters: float) -> set[tuple[int, ...]]:
    """The hours at which the sessions start in each timetable that the model allows."""
    found = allowed(programme, [Complete(), DailyLoad.model_validate(parameters)])
    return {tuple(one.of(part)[0].span.start // 60 % 24 for part in programme.parts) for one in found}


def test_the_model_bounds_the_day() -> None:
    assert len(hours(one_day(60, 60), hours_per_day=2)) == 5 * 5
    assert hours(one_day(60, 60), hours_per_day=1.75) == set()


def test_the_model_wants_a_break_in_time() -> None:
    """Two hours in a run are allowed, three are not.

    Of the 10 sets of three hours of five, 9-10-11, 10-11-12 and 11-12-13 are out: 7 sets, 3! orders each. Sessions at
    one time make no run longer: 5 with all three at one hour, 5 · 4 · 3 with two at one hour and one at another.
    """
    assert len(hours(one_day(60, 60, 60), hours_without_break=2)) == 7 * 6 + 5 + 60


def test_a_session_longer_than_a_run_stands_nowhere() -> None:
    assert hours(one_day(180), hours_without_break=2) == set()
    assert len(hours(one_day(180), hours_without_break=3)) == 3


def test_what_the_model_allows_is_what_the_check_finds_clean() -> None:
    """Sessions of unlike lengths that may overlap, on half hours, with breaks up to and above the grid."""
    programme = one_day(60, 90, 30, opening_hours={"monday": "09:00-12:30"}, starts_every_minutes=30)
    everything = allowed(programme, [Complete()])
    for pause in (30, 31, 60):
        law = DailyLoad(hours_without_break=2.5, break_minutes=pause)
        clean = {one for one in everything if not list(law.check(programme, one))}
        assert 0 < len(clean) < len(everything)
        assert allowed(programme, [Complete(), law]) == clean


def test_nothing_is_posted_where_no_day_can_be_too_long() -> None:
    """Six starts of an hour a day; before and after lunch a run has three hours at most."""
    programme = one_day(60, opening_hours={"monday": "09:00-16:00", "lunch": "12:00-13:00"})
    law = DailyLoad(hours_per_day=6, hours_without_break=3)
    assert len(model_of(programme, [WorkingHours(), law]).cp.proto.constraints) == 0


TRAINERS = {"ann": {"title": "Tutor"}, "bob": {"title": "Speaker"}}
PAIR = {"trainer": ["ann", "bob"], "together": 2}
EITHER = {"trainer": ["ann", "bob"]}


def shared(first: dict[str, Any], second: dict[str, Any], **tables: Any) -> Programme:
    """Two sessions of two hours, of groups that share nobody."""
    parts = [classes(1, 120, id="a", title="A", **first), classes(1, 120, id="b", title="B", group="guests", **second)]
    return small(**tables, groups=GROUPS, trainers=TRAINERS, modules={"m": module(*parts)})


def given(part: str, start: str, *trainers: str) -> Placement:
    return at(f"2026-11-10 {start}", 120, f"m.{part}", trainers=trainers)


def test_a_session_that_two_give_together_counts_for_both() -> None:
    day = on_tuesday(("a", "08:00", 120), ("b", "11:00", 120))
    told = words(shared(PAIR, PAIR), *day, hours_per_day=3)
    assert told == [
        f"live sessions on Tuesday 10 November 2026 add up to 4 h for trainer “{title}”, at most 3 h are allowed: "
        "“Module” (A) and “Module” (B)"
        for title in ("Tutor", "Speaker")
    ]
    assert words(shared(PAIR, PAIR), *day, hours_per_day=4) == []


def test_a_session_counts_for_who_gives_it_and_not_for_who_might() -> None:
    programme = shared(EITHER, EITHER)
    ann, bob = given("a", "08:00", "ann"), given("b", "11:00", "bob")
    assert words(programme, ann, bob, hours_per_day=3) == []
    assert len(words(programme, ann, given("b", "11:00", "ann"), hours_per_day=3)) == 1
    assert words(programme, ann, given("b", "10:00", "bob"), hours_without_break=3) == []
    assert len(words(programme, ann, given("b", "10:00", "ann"), hours_without_break=3)) == 1


def test_a_trainer_whom_the_programme_does_not_know_has_no_day() -> None:
    assert words(shared(EITHER, EITHER), given("a", "08:00", "zoe"), given("b", "11:00", "zoe"), hours_per_day=3) == []


def givers(programme: Programme, **parameters: float) -> set[tuple[tuple[str, ...], ...]]:
    """Who gives the two sessions in each timetable that the model allows."""
    found = allowed(programme, [Complete(), DailyLoad.model_validate(parameters)])
    return {tuple(one.of(part)[0].trainers for part in programme.parts) for one in found}


def test_the_model_shares_what_is_too_much_for_one() -> None:
    monday = {"dates": [date(2026, 11, 2)] * 2, "opening_hours": {"monday": "09:00-13:00"}}
    ann, bob = ("ann",), ("bob",)
    assert givers(shared(EITHER, EITHER, **monday), hours_per_day=3) == {(ann, bob), (bob, ann)}
    assert givers(shared(EITHER, {"trainer": "bob"}, **monday), hours_per_day=3) == {(ann, bob)}
    assert givers(shared(EITHER, EITHER, **monday), hours_per_day=4) == {(x, y) for x in (ann, bob) for y in (ann, bob)}
    assert givers(shared(PAIR, EITHER, **monday), hours_per_day=3) == set()


def test_the_day_of_a_student_has_their_own_defence_and_what_their_groups_attend() -> None:
    """An hour of defence and two of classes are three hours of Eve; nobody else has more than two."""
    programme = defended(vivas("eve", "joe", jury=[]), classes(1, minutes=120))
    day = timetable(at("2026-11-03 09:00", 120), viva("eve", "2026-11-03 13:00"), viva("joe", "2026-11-04 13:00"))
    assert list(DailyLoad(hours_per_day=3).check(programme, day)) == []
    [breach] = DailyLoad(hours_per_day=2.75).check(programme, day)
    assert (breach.excess, breach.activities) == (15, ("m.viva.eve", "m.virtual-class"))
