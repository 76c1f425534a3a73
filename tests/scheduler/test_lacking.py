"""Problems in which sessions may be lacking: what each costs, and beside what."""

from datetime import date

from calendars.timetable import Timetable
from constraints.as_many import AsMany
from constraints.complete import Complete
from constraints.liked_places import LikedPlaces
from constraints.one_at_a_time import OneAtATime
from constraints.within import Within
from scheduler.lacking import lacking, with_gaps, without_some
from scheduler.problem import Problem
from scheduler.result import Limits
from scheduler.search import search
from scheduler.verdict import price
from small import classes, module, small

ONE_HOUR = {"monday": "09:00-10:00"}
LIKED = LikedPlaces(points={"m.virtual-class": {"hall": 5}})


def crowded() -> Problem:
    """A class and a lecture of one group in the only hour that there is; the class costs 5 in the hall."""
    programme = small(
        dates=[date(2026, 11, 2), date(2026, 11, 2)],
        opening_hours=ONE_HOUR,
        places={"hall": {"title": "Hall"}},
        modules={"m": module(classes(1, place="hall"), classes(1, id="lecture", place="hall"))},
    )
    return Problem(programme, (Complete(), Within(), OneAtATime(buffer_minutes=0), LIKED))


def test_preferences_are_left_aside_where_it_is_asked_how_few_are_lacking() -> None:
    found = without_some(crowded())
    assert [type(rule) for rule in found.rules] == [Complete, Within, OneAtATime, AsMany]
    assert [(rule.name, rule.rank, rule.price) for rule in found.priced] == [("as_many", -1, 1)]
    assert found.may_lack_sessions


def test_a_gap_costs_beside_all_else() -> None:
    found = with_gaps(crowded(), 1, 6)
    assert [(rule.name, rule.rank, rule.price) for rule in found.priced] == [("liked_places", 1, 1), ("as_many", 1, 6)]
    result = search(found, Limits(work=4.0))
    assert result.timetable is not None
    assert lacking(found, result.timetable) == ["m.virtual-class"]
    assert price(found, result.timetable, 1) == 6


def test_who_lacks_sessions_is_told_in_the_order_of_the_file() -> None:
    assert lacking(crowded(), Timetable()) == ["m.virtual-class", "m.lecture"]
