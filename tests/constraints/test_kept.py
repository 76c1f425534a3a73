from datetime import date
from typing import Any

import pytest

from calendars.calendar_file import Pin
from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.availability import Availability
from constraints.complete import Complete
from constraints.days_off import DaysOff
from constraints.held import Held
from constraints.kept import Kept, Stay
from constraints.rule import Breach
from constraints.within import Within
from small import at, classes, module, on, small, timetable, week_of
from solving import allowed

TWO_DAYS = [date(2026, 11, 10), date(2026, 11, 11)]
"""A Tuesday, and a Wednesday that is off."""
MORNING: dict[str, Any] = {"opening_hours": dict.fromkeys(("tuesday", "wednesday"), "09:00-11:00")}
"""Two starts a day, at 9:00 and at 10:00."""
NINE, TEN, OFF = at("2026-11-10 09:00"), at("2026-11-10 10:00"), at("2026-11-11 09:00")
OFF_AT_TEN = at("2026-11-11 10:00")
STAFF: dict[str, Any] = {
    "trainers": {key: {"title": key.title()} for key in ("ann", "bob", "eve", "zoe")},
    "places": {key: {"title": key.title()} for key in ("room", "hall", "gym")},
}
EITHER: dict[str, Any] = {"trainer": ["ann", "bob", "eve"], "together": 2, "place": ["room", "hall"]}
TEAM = at("2026-11-10 09:00", trainers=("ann", "bob"), place="room")


def pin(**keys: Any) -> Pin:
    return Pin(uid="s1", day=date(2026, 9, 1), **keys)


def year(sessions: int = 1, **keys: Any) -> Programme:
    return small(dates=TWO_DAYS, **MORNING, **STAFF, modules={"m": module(classes(sessions, **keys))})


def staying(*placements: Placement) -> Kept:
    """These stay, since they are pinned."""
    return Kept(kept=tuple(Stay(placement, pin()) for placement in placements))


def found(law: Kept, programme: Programme, *placements: Placement) -> list[Breach]:
    return list(law.check(programme, timetable(*placements)))


def told(law: Kept, programme: Programme, *placements: Placement) -> list[str]:
    return [str(breach.message) for breach in found(law, programme, *placements)]


class TestCheck:
    def test_what_stands_where_it_stood_is_no_breach(self) -> None:
        assert told(staying(NINE), year(), NINE) == []
        assert told(staying(NINE), year(2), NINE, TEN) == []

    @pytest.mark.parametrize(
        ("of", "reason"),
        [
            (None, "published"),
            (pin(), "pinned since Tuesday 1 September 2026"),
            (pin(by="Head"), "pinned since Tuesday 1 September 2026 by Head"),
            (pin(by="Head", why="hall booked"), "pinned since Tuesday 1 September 2026 by Head: hall booked"),
            (pin(machine=True), "pinned since Tuesday 1 September 2026 by a command"),
            (
                pin(machine=True, by="Head", why="poll"),
                "pinned since Tuesday 1 September 2026 by a command of Head: poll",
            ),
        ],
    )
    def test_what_stands_elsewhere_or_not_at_all_is_told_with_the_reason(self, of: Pin | None, reason: str) -> None:
        law = Kept(kept=(Stay(NINE, of),))
        for placements in ((), (TEN,), (OFF, TEN)):
            assert told(law, year(), *placements) == [
                f"“Module” (virtual class) does not stand on Tuesday 10 November 2026 09:00, where it is {reason}"
            ]

    def test_each_is_one_breach_of_one_which_what_is_to_come_may_mend(self) -> None:
        monday = date(2026, 11, 9)
        words = [
            Breach("kept", breach.message, 1, lacks=True, activities=("m.virtual-class",), monday=monday)
            for breach in found(staying(NINE, OFF), year(2), TEN)
        ]
        assert found(staying(NINE, OFF), year(2), TEN) == words
        assert len(words) == 2

    def test_another_length_or_another_part_at_that_time_does_not_count(self) -> None:
        longer, stranger = at("2026-11-10 09:00", minutes=90), at("2026-11-10 09:00", part="n.virtual-class")
        assert [len(told(staying(NINE), year(), one)) for one in (longer, stranger)] == [1, 1]

    def test_a_block_is_named_by_its_days(self) -> None:
        dates = [date(2026, 11, 9), date(2026, 11, 13)]
        blocks = {"b": {"title": "Seminar", "kind": "seminar", "days": 2, "group": "all", "dates": dates}}
        programme, law = small(blocks=blocks), staying(on("2026-11-10", "2026-11-11"))
        assert told(law, programme, on("2026-11-10", "2026-11-11")) == []
        assert told(law, programme, on("2026-11-09", "2026-11-10")) == [
            "“Seminar” does not stand from Tuesday 10 November 2026 to Wednesday 11 November 2026, where it is pinned "
            "since Tuesday 1 September 2026"
        ]

    @pytest.mark.parametrize(
        ("edit", "excess", "missed"),
        [
            ({"trainers": ("bob", "ann")}, 0, ()),
            ({"trainers": ("ann", "eve")}, 1, ("bob",)),
            ({"trainers": ("eve",)}, 2, ("ann", "bob")),
            ({"place": "hall"}, 1, ()),
            ({"trainers": ("bob", "eve"), "place": "hall"}, 2, ("ann",)),
        ],
    )
    def test_its_trainers_and_its_place_stay_as_well(
        self, edit: dict[str, Any], excess: int, missed: tuple[str, ...]
    ) -> None:
        breaches = found(staying(TEAM), year(**EITHER), TEAM._replace(**edit))
        words = (
            "“Module” (virtual class) on Tuesday 10 November 2026 09:00 has not the trainers or the place with which "
            "it is pinned since Tuesday 1 September 2026"
        )
        of = {"activities": ("m.virtual-class",), "monday": date(2026, 11, 9), "lacks": True}
        assert [(str(one.message), one.excess, one.trainers) for one in breaches] == (
            [(words, excess, missed)] if excess else []
        )
        assert [{key: getattr(one, key) for key in of} for one in breaches] == ([of] if excess else [])

    def test_a_trainer_or_place_that_the_programme_alone_decides_is_not_looked_at(self) -> None:
        """The programme has given the session to another trainer, in another room."""
        before = NINE._replace(trainers=("zoe",), place="gym")
        after = NINE._replace(trainers=("ann",), place="room")
        assert told(staying(before), year(trainer="ann", place="room"), after) == []

    def test_what_the_programme_no_longer_has_need_not_stand(self) -> None:
        assert told(staying(at("2026-11-10 09:00", part="m.gone"), on("2026-11-10", activity="gone")), year()) == []


class TestPost:
    def test_it_stands_there_and_the_others_where_they_like(self) -> None:
        assert allowed(year(), [Complete(), Within(), staying(TEN)]) == {timetable(TEN)}
        others = (NINE, OFF, OFF_AT_TEN)
        assert allowed(year(2), [Complete(), Within(), staying(TEN)]) == {timetable(TEN, other) for other in others}

    def test_all_of_them_stay(self) -> None:
        assert allowed(year(2), [Complete(), staying(TEN, OFF)]) == {timetable(TEN, OFF)}
        assert allowed(year(), [Complete(), staying(TEN, OFF)]) == set()

    def test_a_law_that_forbids_that_it_stays_makes_it_impossible(self) -> None:
        assert allowed(year(), [Complete(), DaysOff(), staying(OFF)]) == set()
        away = STAFF | {"trainers": {"ann": {"title": "Ann", "cannot": [{"hours": "09:00-10:00"}]}}}
        programme = small(dates=TWO_DAYS, **MORNING, **away, modules={"m": module(classes(1, trainer="ann"))})
        by_ann = NINE._replace(trainers=("ann",))
        assert allowed(programme, [Complete(), staying(by_ann)]) != set()
        assert allowed(programme, [Complete(), Availability(), staying(by_ann)]) == set()

    def test_what_is_no_candidate_any_more_cannot_be_kept(self) -> None:
        assert allowed(year(), [Complete(), staying(at("2026-11-10 09:30"))]) == set()

    def test_the_search_chooses_the_trainers_and_the_place_that_it_had(self) -> None:
        assert allowed(year(**EITHER), [Complete(), staying(TEAM)]) == {timetable(TEAM)}
        free = [TEN._replace(trainers=team, place="room") for team in (("ann", "bob"), ("ann", "eve"), ("bob", "eve"))]
        one_place = year(trainer=["ann", "bob", "eve"], together=2, place="room")
        assert allowed(one_place, [Complete(), staying(TEAM._replace(place="gym"))]) == {timetable(TEAM)}
        assert allowed(one_place, [Complete(), staying(TEN)]) == {timetable(one) for one in free}

    @pytest.mark.parametrize("edit", [{"trainers": ("ann", "zoe")}, {"place": "gym"}])
    def test_those_whom_the_programme_does_not_name_any_more_cannot_be_had(self, edit: dict[str, Any]) -> None:
        assert allowed(year(**EITHER), [Complete(), staying(TEAM._replace(**edit))]) == set()

    def test_the_past_does_not_change_for_what_stays(self) -> None:
        """On Wednesday 11 November the session of the 10th has been held, or nothing was."""
        held = Held(before=date(2026, 11, 11), placements=(NINE,))
        nothing = Held(before=date(2026, 11, 11), placements=())
        assert allowed(year(), [held, Complete(), staying(NINE)]) == {timetable(NINE)}
        assert allowed(year(), [nothing, Complete(), staying(NINE)]) == set()
        assert allowed(year(2), [held, Complete(), staying(TEN)]) == set()

    def test_what_the_programme_no_longer_has_is_in_nobodys_way(self) -> None:
        gone = staying(at("2026-11-10 09:00", part="m.gone"), week_of("2026-11-09", 60, activity="gone"))
        assert allowed(year(), [Complete(), gone]) == {timetable(one) for one in (NINE, TEN, OFF, OFF_AT_TEN)}
