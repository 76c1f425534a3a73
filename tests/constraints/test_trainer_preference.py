from datetime import date
from typing import Any

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.trainer_preference import TrainerPreference
from defended import defended, vivas
from small import at, classes, module, small, staffed
from solving import allowed, cheapest

TUESDAY_AFTERNOONS = {"weekday": "tuesday", "hours": "13:00-17:00"}
FRIDAYS = {"weekday": "friday"}


def taught(sessions: int, *prefers: dict[str, Any], **tables: Any) -> Programme:
    trainers = {
        "design": {"title": "Trainer, scenario design", "prefers": list(prefers)},
        "english": {"title": "Trainer, English"},
    }
    plain = {"trainers": trainers, "modules": {"m": module(classes(sessions), trainer="design")}}
    return small(**plain | tables)


def words(programme: Programme, *placements: Placement) -> list[str]:
    found = list(TrainerPreference().check(programme, staffed(programme, *placements)))
    assert {breach.excess for breach in found} <= {1}
    return [str(breach.message) for breach in found]


def test_a_session_in_one_of_the_preferred_times_costs_nothing() -> None:
    programme = taught(2, TUESDAY_AFTERNOONS, FRIDAYS)
    assert words(programme, at("2026-11-03 14:00"), at("2026-11-06 09:00")) == []


def test_each_session_outside_them_is_named() -> None:
    programme = taught(2, TUESDAY_AFTERNOONS, FRIDAYS)
    assert words(programme, at("2026-11-02 14:00"), at("2026-11-03 09:00"), at("2026-11-03 14:00")) == [
        "“Module” (virtual class) stands on Monday 2 November 2026 14:00, "
        "outside the times that “Trainer, scenario design” prefers",
        "“Module” (virtual class) stands on Tuesday 3 November 2026 09:00, "
        "outside the times that “Trainer, scenario design” prefers",
    ]


def test_a_session_lies_in_preferred_hours_with_every_minute() -> None:
    """From 16:00 to 17:00 is inside, a quarter of an hour more is not; nor is a start before 13:00."""
    programme = taught(1, TUESDAY_AFTERNOONS)
    assert words(programme, at("2026-11-03 16:00"), at("2026-11-03 13:00")) == []
    assert len(words(programme, at("2026-11-03 16:00", minutes=75), at("2026-11-03 12:45"))) == 2


def test_preferred_dates_bind_as_weekdays_do() -> None:
    programme = taught(1, {"dates": [date(2026, 11, 9), date(2026, 11, 13)], "hours": "09:00-12:00"})
    assert words(programme, at("2026-11-09 09:00")) == []
    assert len(words(programme, at("2026-11-06 09:00"), at("2026-11-09 12:00"))) == 2


def test_a_session_over_two_preferred_days_lies_in_them() -> None:
    programme = taught(1, {"dates": [date(2026, 11, 9), date(2026, 11, 10)]})
    assert words(programme, at("2026-11-09 23:00", minutes=120)) == []
    assert len(words(programme, at("2026-11-10 23:00", minutes=120))) == 1


def test_a_trainer_without_preferences_and_a_part_without_trainer_cost_nothing() -> None:
    assert words(taught(1), at("2026-11-02 14:00")) == []
    modules = {"m": module(classes(1), trainer="english"), "n": module(classes(1))}
    programme = taught(1, FRIDAYS, modules=modules)
    assert words(programme, at("2026-11-02 14:00"), at("2026-11-02 15:00", part="n.virtual-class")) == []


def test_the_model_pays_for_the_sessions_that_find_no_preferred_time() -> None:
    """One start a day, two Tuesdays: of three sessions one lies elsewhere, at a weight of 5."""
    programme = taught(3, {"weekday": "tuesday"}, opening_hours={"friday": "09:00-10:00"})
    rule = TrainerPreference(weight=5)
    every = allowed(programme, [Complete()])
    assert allowed(programme, [Complete(), rule]) == every
    assert min(len(list(rule.check(programme, one))) for one in every) == 1
    assert cheapest(programme, [Complete(), rule]) == 5


WEEKDAYS = {"ann": "monday", "bob": "tuesday"}


def shared(sessions: int, **keys: Any) -> Programme:
    """Sessions of Ann, who prefers Mondays, Bob, who prefers Tuesdays, and Eve, who prefers nothing."""
    trainers = {key: {"title": key.title(), "prefers": [{"weekday": day}]} for key, day in WEEKDAYS.items()}
    part = classes(sessions, **({"trainer": ["ann", "bob", "eve"]} | keys))
    days = {"dates": [date(2026, 11, 2), date(2026, 11, 4)]}
    hour = {"opening_hours": dict.fromkeys(("monday", "tuesday", "wednesday"), "09:00-10:00")}
    return small(**days, **hour, trainers=trainers | {"eve": {"title": "Eve"}}, modules={"m": module(part)})


def given(day: int, *trainers: str) -> Placement:
    return at(f"2026-11-{day:02} 09:00", trainers=trainers)


def test_who_gives_a_session_has_preferences_and_not_who_might() -> None:
    """Monday is the 2nd."""
    programme = shared(3)
    assert words(programme, given(2, "ann"), given(3, "bob"), given(4, "eve")) == []
    assert words(programme, given(2, "bob"), given(3, "eve"), given(4, "ann")) == [
        "“Module” (virtual class) stands on Wednesday 4 November 2026 09:00, outside the times that “Ann” prefers",
        "“Module” (virtual class) stands on Monday 2 November 2026 09:00, outside the times that “Bob” prefers",
    ]


def test_each_of_those_who_give_a_session_together_counts() -> None:
    pair = shared(1, trainer=["ann", "bob"], together=2)
    assert len(words(pair, given(2, "ann", "bob"))) == 1
    assert len(words(pair, given(4, "ann", "bob"))) == 2


def test_a_trainer_whom_the_programme_does_not_know_prefers_nothing() -> None:
    assert words(shared(1), given(4, "zoe")) == []


def test_the_preferences_of_a_substitute_are_not_asked() -> None:
    assert words(shared(1, trainer=["bob", "eve"]), given(4, "ann")) == []


def test_the_model_gives_a_session_to_whom_it_suits() -> None:
    """Three sessions on three days: Ann, Bob and, on Wednesday, Eve; without Eve one pays, a pair pays 1 + 1 + 2."""
    rules = [Complete(), TrainerPreference(weight=5)]
    assert cheapest(shared(3), rules) == 0
    assert cheapest(shared(3, trainer=["ann", "bob"]), rules) == 5
    assert cheapest(shared(3, trainer=["ann", "bob"], together=2), rules) == 4 * 5
    assert cheapest(shared(3, together=2), rules) == 1 * 5


def test_a_time_costs_what_it_is_liked_less_than_best() -> None:
    """Ann likes mornings best, afternoons 3 of 5; of two times that hold a session the one liked better counts."""
    can = [{"hours": "09:00-12:00"}, {"hours": "13:00-17:00", "liking": 3}, {"hours": "16:00-17:00", "liking": 1}]
    programme = small(trainers={"ann": {"title": "Ann", "can": can}}, modules={"m": module(classes(2), trainer="ann")})
    assert words(programme, at("2026-11-10 09:00"), at("2026-11-10 11:00")) == []
    [breach] = TrainerPreference().check(programme, staffed(programme, at("2026-11-10 16:00")))
    told = "“Module” (virtual class) stands on Tuesday 10 November 2026 16:00, a time that “Ann” likes 3 of 5"
    assert (str(breach.message), breach.excess, breach.trainers) == (told, 2, ("ann",))
    [never] = TrainerPreference().check(programme, staffed(programme, at("2026-11-10 12:30")))
    assert (str(never.message)[-18:], never.excess) == ("“Ann” likes 0 of 5", 5)


def test_what_is_preferred_and_what_is_liked_add_up() -> None:
    trainers = {
        "ann": {"title": "Ann", "prefers": [{"weekday": "monday"}], "can": [{"weekday": "friday", "liking": 2}]}
    }
    programme = small(trainers=trainers, modules={"m": module(classes(1), trainer="ann")})
    found = TrainerPreference().check(programme, staffed(programme, at("2026-11-06 09:00")))
    assert [breach.excess for breach in found] == [1, 3]
    friday = [date(2026, 11, 6)] * 2
    here = small(trainers=trainers, modules={"m": module(classes(1), trainer="ann")}, dates=friday)
    assert cheapest(here, [Complete(), TrainerPreference(weight=5)]) == (1 + 3) * 5


def test_a_jury_is_made_of_those_who_like_the_time_best() -> None:
    """Bob likes it 4 of 5, Ann 2; Cy 5, Dan 1: Bob and Cy are the dearest to nobody, at 1 + 0 points."""
    likings = {"ann": 2, "bob": 4, "cy": 5, "dan": 1}
    trainers = {key: {"title": key, "can": [{"hours": "09:00-17:00", "liking": best}]} for key, best in likings.items()}
    programme = defended(vivas("eve"), trainers=trainers)
    assert cheapest(programme, [Complete(), TrainerPreference()]) == 1
