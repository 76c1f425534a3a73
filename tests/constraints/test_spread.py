from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from calendars.programme import Programme
from calendars.timetable import Placement
from calendars.wording import render
from constraints.complete import Complete
from constraints.spread import Spread
from programmes import plain
from small import at, classes, module, small, timetable
from solving import allowed, model_of

ONE_A_DAY = {"monday": "09:00-10:00"}


def found(programme: Programme, *placements: Placement, **keys: Any) -> list[str]:
    return [str(breach.message) for breach in Spread(**keys).check(programme, timetable(*placements))]


def of(sessions: int, **keys: Any) -> Programme:
    return small(modules={"m": module(classes(sessions), **keys)})


def test_so_many_sessions_a_week_are_allowed_and_no_more() -> None:
    """Sunday 8 November still belongs to the first week."""
    programme = of(3)
    placed = at("2026-11-02 09:00"), at("2026-11-08 09:00"), at("2026-11-09 09:00")
    assert found(programme, *placed, sessions_per_week=2) == []
    assert found(programme, *placed, sessions_per_week=1) == [
        "“Module” has 2 sessions in the week of Monday 2 November 2026; at most 1 is allowed"
    ]


def test_one_day_apart_is_not_on_one_day() -> None:
    programme = of(2)
    assert found(programme, at("2026-11-02 16:00"), at("2026-11-03 09:00"), days_apart=1) == []
    assert found(programme, at("2026-11-02 09:00"), at("2026-11-02 16:00"), days_apart=1) == [
        "“Module” (virtual class) on Monday 2 November 2026 16:00 is too near to "
        "“Module” (virtual class) on Monday 2 November 2026 09:00: days apart 0, at least 1"
    ]


def test_a_breach_lies_in_the_week_of_the_first_session() -> None:
    """Sunday and Monday."""
    placed = timetable(at("2026-11-08 09:00"), at("2026-11-09 09:00"))
    (breach,) = Spread(days_apart=2).check(of(2), placed)
    assert (breach.activities, breach.monday) == (("m.virtual-class",), date(2026, 11, 2))


def test_two_days_apart_is_not_on_days_in_a_row_and_weekends_count() -> None:
    """Friday and Sunday are two days apart; Tuesday and Wednesday are one."""
    programme = of(4)
    placed = at("2026-11-06 16:00"), at("2026-11-08 09:00"), at("2026-11-10 09:00"), at("2026-11-11 16:00")
    assert found(programme, *placed, days_apart=2) == [
        "“Module” (virtual class) on Wednesday 11 November 2026 16:00 is too near to "
        "“Module” (virtual class) on Tuesday 10 November 2026 09:00: days apart 1, at least 2"
    ]


def test_a_run_of_days_holds_so_many_sessions_and_no_more() -> None:
    """At most 3 in any 5 days: Monday to Friday are 5 days, Monday to Saturday 6."""
    programme = of(4)
    three = at("2026-11-02 09:00"), at("2026-11-03 09:00"), at("2026-11-04 09:00")
    assert found(programme, *three, at("2026-11-07 09:00"), at_most=3, in_days=5) == []
    assert found(programme, *three, at("2026-11-06 09:00"), at_most=3, in_days=5) == [
        "“Module” has 4 sessions from Monday 2 November 2026 to Friday 6 November 2026; at most 3 are allowed in 5 days"
    ]


THREE = at("2026-11-02 09:00"), at("2026-11-03 09:00"), at("2026-11-04 09:00")
"""Three sessions in a week, on three days in a row."""


@pytest.mark.parametrize(
    ("limit", "english", "french"),
    [
        (
            {"sessions_per_week": 1},
            "“Module” has 3 sessions in the week of Monday 2 November 2026; at most 1 is allowed",
            "« Module » : séances 3 dans la semaine du lundi 2 novembre 2026 ; 1 au plus",
        ),
        (
            {"sessions_per_week": 2},
            "“Module” has 3 sessions in the week of Monday 2 November 2026; at most 2 are allowed",
            "« Module » : séances 3 dans la semaine du lundi 2 novembre 2026 ; 2 au plus",
        ),
        (
            {"at_most": 2, "in_days": 3},
            "“Module” has 3 sessions from Monday 2 November 2026 to Wednesday 4 November 2026; "
            "at most 2 are allowed in 3 days",
            "« Module » : 3 séances du lundi 2 novembre 2026 au mercredi 4 novembre 2026 ; 2 au plus en 3 jours",
        ),
    ],
)
def test_limits_in_the_singular_and_the_plural_of_both_languages(
    limit: dict[str, int], english: str, french: str
) -> None:
    (breach,) = Spread.model_validate(limit).check(of(3), timetable(*THREE))
    assert [plain(render(breach.message, language)) for language in ("en", "fr")] == [english, french]


def test_a_run_of_one_day_is_singular() -> None:
    assert found(of(2), at("2026-11-02 09:00"), at("2026-11-02 14:00"), at_most=1, in_days=1) == [
        "“Module” has 2 sessions from Monday 2 November 2026 to Monday 2 November 2026; at most 1 is allowed in 1 day"
    ]


def test_a_crowd_is_told_once_and_again_only_where_it_goes_on() -> None:
    """Monday to Friday: the runs of 4 days from Wednesday on hold nothing more than the one from Tuesday."""
    programme = of(5)
    placed = [at(f"2026-11-0{day} 09:00") for day in range(2, 7)]
    assert found(programme, *placed, at_most=1, in_days=4) == [
        f"“Module” has 4 sessions from {run}; at most 1 is allowed in 4 days"
        for run in (
            "Monday 2 November 2026 to Thursday 5 November 2026",
            "Tuesday 3 November 2026 to Friday 6 November 2026",
        )
    ]
    assert len(found(programme, *placed, at_most=1, in_days=14)) == 1


def test_only_the_named_modules_and_kinds_are_looked_at_each_module_by_itself() -> None:
    exam = {"kind": "exam", "sessions": 1, "minutes": 60}
    programme = small(modules={"m": module(classes(1), exam), "n": module(classes(1), exam)})
    day = [
        at("2026-11-02 09:00"),
        at("2026-11-02 10:00", part="m.exam"),
        at("2026-11-02 11:00", part="n.virtual-class"),
        at("2026-11-02 14:00", part="n.exam"),
    ]
    assert len(found(programme, *day, days_apart=1)) == 2
    assert len(found(programme, *day, days_apart=1, modules=["n"])) == 1
    assert found(programme, *day, days_apart=1, kinds=["exam"]) == []
    assert len(found(programme, *day, days_apart=1, kinds=["exam", "virtual-class"])) == 2


def test_sessions_inside_blocks_are_left_out() -> None:
    block = {"title": "Block", "kind": "seminar", "group": "all", "dates": [date(2026, 11, 2), date(2026, 11, 6)]}
    programme = small(blocks={"b": block | {"days": 5}}, modules={"m": module(classes(2), blocks=["b"])})
    assert found(programme, at("2026-11-02 09:00"), at("2026-11-02 16:00"), days_apart=1) == []


def test_sessions_that_nobody_has_together_do_not_meet() -> None:
    """A lecture for all on Tuesday, an exercise for each half on Monday: each half has two sessions in the week."""
    groups = {"all": {"title": "All"}, "a": {"title": "A", "part_of": "all"}, "b": {"title": "B", "part_of": "all"}}
    exercises = [classes(1, id=key, group=key) for key in ("a", "b")]
    programme = small(groups=groups, modules={"m": module(classes(1), *exercises)})
    placed = at("2026-11-02 09:00", part="m.a"), at("2026-11-02 10:00", part="m.b"), at("2026-11-03 09:00")
    assert found(programme, *placed, sessions_per_week=2, days_apart=1) == []
    assert found(programme, *placed, sessions_per_week=1) == [
        "“Module” has 2 sessions in the week of Monday 2 November 2026; at most 1 is allowed"
    ]


@pytest.mark.parametrize(
    ("limits", "lawful"),
    [
        # Three sessions on 7 days, Friday to Thursday: C(7, 3) = 35 ways.
        ({"sessions_per_week": 2}, 35 - 1 - 4),  # not Friday to Sunday, and no three of Monday to Thursday
        ({"days_apart": 2}, 10),  # C(5, 3)
        ({"days_apart": 3}, 1),  # Friday, Monday, Thursday
        ({"at_most": 2, "in_days": 3}, 35 - 5),  # five runs of three days
        ({"at_most": 2, "in_days": 4}, 35 - 13),  # first and last 2 days apart in 5 ways, 3 days in 4 × 2
        ({"at_most": 3, "in_days": 7}, 35),
        ({"days_apart": 2, "sessions_per_week": 1}, 0),
    ],
)
def test_the_model_allows_exactly_what_the_check_finds_clean(limits: dict[str, int], lawful: int) -> None:
    programme = small(
        dates=[date(2026, 11, 6), date(2026, 11, 12)], opening_hours=ONE_A_DAY, modules={"m": module(classes(3))}
    )
    law = Spread(**limits)
    clean = {one for one in allowed(programme, [Complete()]) if not list(law.check(programme, one))}
    assert allowed(programme, [Complete(), law]) == clean
    assert len(clean) == lawful


def test_two_parts_of_a_module_are_spread_together() -> None:
    """Two parts with a session each on 4 days, two starts a day: 64 ways, of which 4 × 4 on one day."""
    programme = small(
        dates=[date(2026, 11, 2), date(2026, 11, 5)],
        opening_hours={"monday": "09:00-11:00"},
        modules={"m": module(classes(1), classes(1, id="other"))},
    )
    law = Spread(days_apart=1)
    clean = {one for one in allowed(programme, [Complete()]) if not list(law.check(programme, one))}
    assert allowed(programme, [Complete(), law]) == clean
    assert len(clean) == 64 - 16


def test_a_run_is_posted_from_days_with_candidates_once() -> None:
    """Twelve days, runs of 7: those from the first six days; from the seventh on they lie in the sixth."""
    programme = small(opening_hours=ONE_A_DAY, modules={"m": module(classes(3))})
    plain, spread = (
        len(model_of(programme, rules).cp.proto.constraints)
        for rules in ([Complete()], [Complete(), Spread(at_most=2, in_days=7)])
    )
    assert spread - plain == 6


def test_nothing_is_posted_where_there_are_too_few_sessions() -> None:
    programme = of(2)
    plain, spread = (
        str(model_of(programme, rules).cp) for rules in ([Complete()], [Complete(), Spread(at_most=2, in_days=5)])
    )
    assert spread == plain


@pytest.mark.parametrize("keys", [{}, {"at_most": 3}, {"in_days": 5}, {"days_apart": 2, "in_days": 5}])
def test_limits_that_say_nothing_or_half_are_refused(keys: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        Spread(**keys)


def test_an_unknown_module_is_told_with_the_nearest() -> None:
    assert [str(fault) for fault in Spread(modules=("mm", "m"), days_apart=1).faults(of(1))] == [
        "there is no module mm; did you mean m?"
    ]
