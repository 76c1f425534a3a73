"""Few of some parts at the same time."""

from calendars.programme import Programme
from calendars.timetable import Timetable
from constraints.complete import Complete
from constraints.few_overlaps import FewOverlaps
from small import at, classes, module, small, timetable
from solving import cheapest

PARTS = ("m.one", "m.two", "m.three")
LAW = FewOverlaps(parts=PARTS)
WITH_WAY = FewOverlaps(parts=PARTS, trips=[{"between": ("campus", "hospital"), "minutes": 30}])


def three(**dates: object) -> Programme:
    """Three parts of one session, the first on the campus, the others in the hospital."""
    places = {key: {"title": key.title()} for key in ("campus", "hospital")}
    where = {"one": "campus", "two": "hospital", "three": "hospital"}
    parts = [classes(1, kind="course", id=key, place=place) for key, place in where.items()]
    return small(places=places, modules={"m": module(*parts)}, **dates)


def on_monday(*starts: str) -> Timetable:
    where = ("campus", "hospital", "hospital")
    return timetable(
        *(
            at(f"2026-11-02 {start}", part=part, place=place)
            for start, part, place in zip(starts, PARTS, where, strict=True)
        )
    )


def pairs(law: FewOverlaps, *starts: str) -> list[tuple[str, ...]]:
    return [breach.activities for breach in law.check(three(), on_monday(*starts))]


def test_each_two_parts_that_overlap_count_once() -> None:
    assert pairs(LAW, "09:00", "09:00", "09:00") == [("m.one", "m.two"), ("m.one", "m.three"), ("m.two", "m.three")]
    assert pairs(LAW, "09:00", "09:59", "14:00") == [("m.one", "m.two")]


def test_one_that_starts_when_another_one_ends_overlaps_nothing() -> None:
    assert pairs(LAW, "09:00", "10:00", "11:00") == []


def test_with_trips_the_way_counts_too() -> None:
    assert pairs(WITH_WAY, "09:00", "10:29", "14:00") == [("m.one", "m.two")]
    assert pairs(WITH_WAY, "09:00", "10:30", "11:30") == []


def test_the_breach_in_words() -> None:
    [breach] = LAW.check(three(), on_monday("09:00", "09:30", "14:00"))
    assert str(breach.message) == (
        "“Module” (course) on Monday 2 November 2026 09:00 overlaps “Module” (course) on Monday 2 November 2026 09:30, "
        "or is too near"
    )


def test_the_model_pays_for_what_must_overlap() -> None:
    """One day with one start leaves all three at once: three pairs at 2 points."""
    monday = three().dates.first
    one_start = three(dates=[monday, monday], opening_hours={"monday": "09:00-10:00"})
    assert cheapest(one_start, [Complete(), FewOverlaps(parts=PARTS, weight=2)]) == 6
    assert cheapest(three(), [Complete(), LAW]) == 0


def test_unknown_parts_are_faults() -> None:
    assert [str(fault) for fault in FewOverlaps(parts=("m.tow",)).faults(three())] == [
        "there is no part m.tow with live sessions; did you mean m.two?"
    ]
