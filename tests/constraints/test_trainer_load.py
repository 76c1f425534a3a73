from datetime import date
from typing import Any, ClassVar

import pytest
from pydantic import ValidationError

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.rule import Breach
from constraints.trainer_load import TrainerLoad
from constraints.working_hours import WorkingHours
from small import at, classes, module, small, staffed, timetable
from solving import allowed, cheapest, model_of

TRAINERS = {key: {"title": key.title()} for key in ("ann", "bob")}


def given(sessions: int = 9, minutes: int = 60, **tables: Any) -> Programme:
    """Sessions "m.ann" of Ann, "m.bob" of Bob, "m.either" of one of them and "m.both" of both together."""
    staff: dict[str, dict[str, Any]] = {
        "ann": {"trainer": "ann"},
        "bob": {"trainer": "bob"},
        "either": {"trainer": ["ann", "bob"]},
        "both": {"trainer": ["ann", "bob"], "together": 2},
    }
    parts = [classes(sessions, minutes, id=key, **keys) for key, keys in staff.items()]
    return small(**({"trainers": TRAINERS, "modules": {"m": module(*parts)}} | tables))


def session(day: int, hour: int, part: str = "ann", minutes: int = 60, **keys: Any) -> Placement:
    """A session of "m.<part>" on a day of November."""
    return at(f"2026-11-{day:02} {hour:02}:00", minutes, f"m.{part}", **keys)


def breaches(*placements: Placement, **limits: Any) -> list[Breach]:
    programme = given()
    return list(TrainerLoad(**limits).check(programme, staffed(programme, *placements)))


def words(*placements: Placement, **limits: Any) -> list[tuple[str, int]]:
    return [(str(breach.message), breach.excess) for breach in breaches(*placements, **limits)]


class TestEachLimit:
    """Monday 2 November 09:00, 10:00 and 14:00, 90 minutes each; Sunday 8 November; Monday 9 November."""

    PLACED = (
        session(2, 9, minutes=90),
        session(2, 11, minutes=90),
        session(2, 14, minutes=90),
        session(8, 9),
        session(9, 9),
    )

    @pytest.mark.parametrize(
        "exactly",
        [
            {"sessions_per_day": 3},
            {"hours_per_day": 4.5},
            {"sessions_per_week": 4},
            {"hours_per_week": 5.5},
            {"sessions_in_all": 5},
            {"hours_in_all": 6.5},
        ],
    )
    def test_exactly_the_limit_is_allowed(self, exactly: dict[str, Any]) -> None:
        assert words(*self.PLACED, **exactly) == []

    @pytest.mark.parametrize(
        ("limit", "told", "excess"),
        [
            ({"sessions_per_day": 2}, "3 sessions on Monday 2 November 2026; the most is 2 sessions", 1),
            ({"hours_per_day": 4.25}, "4 h 30 on Monday 2 November 2026; the most is 4 h 15", 15),
            ({"sessions_per_week": 3}, "4 sessions in the week of Monday 2 November 2026; the most is 3 sessions", 1),
            ({"hours_per_week": 5}, "5 h 30 in the week of Monday 2 November 2026; the most is 5 h", 30),
            ({"hours_in_all": 5}, "6 h 30 in all; the most is 5 h", 90),
        ],
    )
    def test_what_is_above_is_told_with_its_excess(self, limit: dict[str, Any], told: str, excess: int) -> None:
        assert words(*self.PLACED, **limit) == [(f"trainer “Ann” gives {told}", excess)]

    def test_all_limits_hold_each_by_itself_and_each_stretch_is_told(self) -> None:
        assert words(*self.PLACED, sessions_per_day=2, hours_per_day=3, sessions_per_week=1) == [
            ("trainer “Ann” gives 3 sessions on Monday 2 November 2026; the most is 2 sessions", 1),
            ("trainer “Ann” gives 4 h 30 on Monday 2 November 2026; the most is 3 h", 90),
            ("trainer “Ann” gives 4 sessions in the week of Monday 2 November 2026; the most is 1 session", 3),
        ]

    def test_a_session_counts_on_the_day_and_in_the_week_in_which_it_starts(self) -> None:
        """From Sunday 8 November 23:00 to Monday 01:00."""
        over_midnight = session(8, 23, minutes=120)
        assert words(over_midnight, session(9, 9), hours_per_day=2, hours_per_week=2) == []


class TestWhoGives:
    def test_trainers_count_each_for_themselves_over_all_parts(self) -> None:
        placed = [session(2, hour, part) for hour, part in ((9, "ann"), (10, "bob"), (11, "both"))]
        assert words(*placed, sessions_per_day=2) == []
        assert words(*placed, sessions_per_day=1) == [
            (f"trainer “{name}” gives 2 sessions on Monday 2 November 2026; the most is 1 session", 1)
            for name in ("Ann", "Bob")
        ]

    def test_a_session_that_several_could_give_counts_for_those_who_give_it(self) -> None:
        placed = session(2, 9), session(2, 10, "either", trainers=("bob",)), session(2, 11, "bob")
        assert words(*placed, hours_per_day=1) == [
            ("trainer “Bob” gives 2 h on Monday 2 November 2026; the most is 1 h", 60)
        ]

    def test_only_the_named_trainers_are_asked(self) -> None:
        placed = [session(2, hour, part) for hour, part in ((9, "ann"), (10, "ann"), (11, "bob"), (14, "bob"))]
        assert words(*placed, sessions_per_day=1, trainers=("bob", "bob")) == [
            ("trainer “Bob” gives 2 sessions on Monday 2 November 2026; the most is 1 session", 1)
        ]

    def test_substitutes_and_people_whom_nobody_knows_are_not_asked(self) -> None:
        placed = (
            session(2, 9),
            session(2, 10, trainers=("bob",)),
            session(2, 11, trainers=("zoe",)),
            session(2, 14, "bob"),
        )
        unknown = at("2026-11-02 09:00", part="m.gone", trainers=("ann",))
        law = TrainerLoad(sessions_per_day=1)
        programme = given()
        assert list(law.check(programme, staffed(programme, *placed, unknown))) == []
        assert list(law.check(programme, timetable(session(2, 9), session(2, 10)))) == []


class TestParameters:
    def told(self, **keys: Any) -> list[str]:
        with pytest.raises(ValidationError) as refused:
            TrainerLoad(**keys)
        return [str(error["ctx"]["message"]) for error in refused.value.errors()]

    def test_some_limit_is_needed(self) -> None:
        none = ["no limit is given; add sessions_per_day, hours_per_week or another one"]
        assert self.told() == self.told(trainers=["ann"], weight=2) == none

    def test_a_weight_goes_with_one_limit(self) -> None:
        assert TrainerLoad(sessions_per_day=2, weight=3).price == 3
        assert TrainerLoad(sessions_per_day=2, hours_per_day=6).price is None
        assert self.told(sessions_per_day=2, hours_per_day=6, weight=3) == [
            "a weight goes with one limit alone; give each limit a table of its own"
        ]

    def test_an_unknown_trainer_is_a_fault_that_names_the_nearest(self) -> None:
        faults = TrainerLoad(trainers=("ann", "bobb"), sessions_per_day=1).faults(given())
        assert [str(fault) for fault in faults] == ["there is no trainer bobb; did you mean bob?"]


class TestTheModel:
    """Four starts on each of Monday 9 and Tuesday 10 November."""

    TWO_DAYS: ClassVar = {"dates": [date(2026, 11, 9), date(2026, 11, 10)], "opening_hours": {"monday": "09:00-13:00"}}

    def two_days(self, *parts: dict[str, Any], **tables: Any) -> Programme:
        return small(**(self.TWO_DAYS | tables), trainers=TRAINERS, modules={"m": module(*parts)})

    def agree(self, programme: Programme, lawful: int, **limits: Any) -> None:
        law = TrainerLoad(**limits)
        every = allowed(programme, [Complete()])
        clean = {one for one in every if not list(law.check(programme, one))}
        found = allowed(programme, [Complete(), law])
        assert (len(found), len(clean)) == (lawful, lawful)
        assert found == clean

    def test_a_day_holds_so_many_sessions_or_hours(self) -> None:
        """Three of eight starts: all but the 2 · 4 ways on one day; each day of the first two has room for two."""
        programme = self.two_days(classes(3, trainer="ann"))
        self.agree(programme, 56 - 8, sessions_per_day=2)
        self.agree(programme, 56 - 8, hours_per_day=2.75)
        self.agree(programme, 56, sessions_per_day=3, hours_per_day=3, hours_per_week=3, hours_in_all=3)

    def test_a_week_and_the_whole_programme_hold_so_many(self) -> None:
        """Sunday and Monday are of two weeks: not both sessions on one day leaves 4 · 4 ways."""
        sunday = {"dates": [date(2026, 11, 8), date(2026, 11, 9)]}
        self.agree(self.two_days(classes(2, trainer="ann"), **sunday), 16, sessions_per_week=1)
        self.agree(self.two_days(classes(2, trainer="ann"), **sunday), 16, hours_per_week=1)
        self.agree(self.two_days(classes(2, trainer="ann")), 0, sessions_per_week=1)
        self.agree(self.two_days(classes(2, trainer="ann")), 0, hours_in_all=1.75)

    def test_the_search_shares_what_is_too_much_for_one(self) -> None:
        """Ann has a session of her own; of two others, one at most is hers: both are Bob's, or either is."""
        alone = classes(1, trainer="ann", id="alone")
        either = classes(2, trainer=["ann", "bob"])
        self.agree(self.two_days(alone, either), 8 * 28 * 3, hours_in_all=2)

    def test_a_price_is_paid_for_each_session_or_minute_above(self) -> None:
        """Ann has six sessions of her own, three a day where the limit is in minutes; Bob can take the two others."""
        programme = self.two_days(classes(6, trainer="ann"), classes(2, trainer=["ann", "bob"], id="either"))
        assert cheapest(programme, [Complete(), TrainerLoad(sessions_per_day=2, weight=5)]) == 5 * 2
        assert cheapest(programme, [Complete(), TrainerLoad(hours_per_day=2.5, weight=1)]) == 30 + 30
        assert cheapest(programme, [Complete(), TrainerLoad(trainers=("bob",), hours_in_all=0.25, weight=1)]) == 0

    def test_nothing_is_posted_that_cannot_be_reached(self) -> None:
        programme = self.two_days(classes(2, trainer="ann"), classes(1, 120, trainer="ann", id="long"))
        limits = {
            "sessions_per_day": 3,
            "hours_per_day": 4,
            "sessions_per_week": 3,
            "hours_per_week": 4,
            "hours_in_all": 4,
        }
        plain, bounded = (
            str(model_of(programme, rules).cp) for rules in ([Complete()], [Complete(), TrainerLoad(**limits)])
        )
        assert bounded == plain

    def test_nothing_is_posted_where_starts_are_as_few_as_sessions_may_be(self) -> None:
        programme = self.two_days(classes(2, 240, trainer="ann"))
        rules = [Complete(), WorkingHours(), TrainerLoad(sessions_per_day=1)]
        plain, bounded = (str(model_of(programme, some).cp) for some in (rules[:2], rules))
        assert bounded == plain


def test_only_the_sessions_of_the_parts_named_count() -> None:
    placed = session(2, 9), session(3, 9, "both"), session(4, 9, "either", trainers=("ann",))
    assert words(*placed, trainers=["ann"], sessions_in_all=2) == [
        ("trainer “Ann” gives 3 sessions in all; the most is 2 sessions", 1)
    ]
    assert words(*placed, trainers=["ann"], sessions_in_all=2, parts=["m.both", "m.either"]) == []
    assert words(*placed, trainers=["ann"], sessions_in_all=1, parts=["m.both", "m.either"]) == [
        ("trainer “Ann” gives 2 sessions in all; the most is 1 session", 1)
    ]


def test_unknown_parts_are_refused() -> None:
    faults = TrainerLoad(parts=["m.any", "m.ann"], sessions_in_all=1).faults(given())
    assert [str(fault).partition(";")[0] for fault in faults] == ["there are no live sessions m.any"]
