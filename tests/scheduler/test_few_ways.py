"""Few of the ways in which a part may meet: those liked best, any others, and what is wished or held."""

from dataclasses import replace
from datetime import date, time
from random import Random

from calendars.timetable import Placement, Timetable
from constraints.complete import Complete
from scheduler.candidates import Candidates, candidates_of
from scheduler.few_ways import few_ways, most_ways
from small import classes, module, small

WEEKLY, FREE = "m.course", "m.virtual-class"


def candidates() -> dict[str, Candidates]:
    """A course on Mondays at one of eight hours, the later the less liked, and a class at any hour."""
    meets = [{"weekdays": "monday", "at": time(hour), "points": hour} for hour in range(9, 17)]
    course = {"kind": "course", "minutes": 60, "meets": meets}
    programme = small(
        dates=[date(2026, 11, 2), date(2026, 11, 13)],
        places={"hall": {"title": "Hall"}},
        modules={"m": module({**course, "place": "hall"}, classes(1))},
    )
    return candidates_of(programme, (Complete(),))


def hours(found: Candidates) -> list[int]:
    return sorted({span.start % 1440 // 60 for span in found.lawful})


def test_half_are_liked_best_and_others_are_any() -> None:
    every = candidates()
    for seed in range(5):
        found = few_ways(every, 4, Timetable(), Random(seed))
        assert len(found[WEEKLY].ways) == 4
        assert hours(found[WEEKLY])[:2] == [9, 10]
    assert len({tuple(hours(few_ways(every, 4, Timetable(), Random(seed))[WEEKLY])) for seed in range(9)}) > 1


def test_what_is_wished_or_held_is_among_them() -> None:
    every = candidates()
    last = every[WEEKLY].ways[-1]
    spans = every[WEEKLY].lawful[-8:]
    wished = Timetable(tuple(Placement(span, WEEKLY, 1) for span in every[WEEKLY].activity.ways[last].spans))  # type: ignore[union-attr]
    assert last in few_ways(every, 2, wished, Random(0))[WEEKLY].ways
    held = {spans[-1]: Placement(spans[-1], WEEKLY, 1)}
    found = few_ways({WEEKLY: replace(every[WEEKLY], held=held)}, 2, Timetable(), Random(0))
    assert spans[-1] in found[WEEKLY].lawful


def test_few_ways_and_free_sessions_stay_as_they_are() -> None:
    every = candidates()
    assert most_ways(every) == 8
    assert few_ways(every, 8, Timetable(), Random(0)) == every
    assert few_ways(every, 4, Timetable(), Random(0))[FREE] == every[FREE]
