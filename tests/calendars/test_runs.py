from itertools import pairwise

from calendars.clashes import Session, placed
from calendars.runs import Sessions, by_day, runs, whole
from small import at, classes, module, small, timetable

DAY = "2026-11-02"


def sessions(*moments: str, minutes: int = 60) -> list[Sessions]:
    """Sessions of one part by day."""
    programme = small(modules={"m": module(classes(len(moments), minutes=minutes))})
    return [*by_day(placed(programme.parts.values(), timetable(*(at(moment, minutes) for moment in moments))))]


def starts(run: Sessions) -> list[int]:
    """The hours at which the sessions of a run start."""
    return [span.start % 1440 // 60 for _, span in run]


def test_sessions_are_put_together_by_the_day_on_which_they_start() -> None:
    found = sessions(f"{DAY} 23:30", "2026-11-03 09:00", f"{DAY} 09:00")
    assert [starts(day) for day in found] == [[9, 23], [9]]


def test_exactly_the_pause_parts_two_runs() -> None:
    """From 10:00 to 11:00 nothing stands, and from 12:00 to 14:00."""
    [day] = sessions(f"{DAY} 09:00", f"{DAY} 11:00", f"{DAY} 14:00")
    assert [[starts(run) for run in runs(day, pause)] for pause in (60, 61, 120, 121)] == [
        [[9], [11], [14]],
        [[9, 11], [14]],
        [[9, 11], [14]],
        [[9, 11, 14]],
    ]


def test_a_run_lasts_until_the_last_of_its_ends() -> None:
    """A short session during a long one ends before it: nothing stands from the long one's end, 12:00, to 13:00."""
    programme = small(modules={"m": module(classes(2), classes(1, 180, id="long"))})
    part, long = programme.parts.values()
    day: Sessions = tuple(
        (Session(owner, (), None), placement.span)
        for owner, placement in (
            (long, at(f"{DAY} 09:00", 180)),
            (part, at(f"{DAY} 10:00")),
            (part, at(f"{DAY} 13:00")),
        )
    )
    first, second = runs(day, 60)
    assert [starts(first), starts(second)] == [[9, 10], [13]]
    assert whole(first).minutes == 180
    assert [later.start - earlier.end for earlier, later in pairwise([whole(first), whole(second)])] == [60]
