"""The model: what a bound allows, what an excess costs, what a day is, and what the unknowns are called."""

from collections.abc import Sequence
from datetime import date, time
from itertools import combinations
from typing import Any, ClassVar

import pytest
from ortools.sat.python import cp_model

from calendars.juries import holders
from calendars.programme import Programme
from calendars.timetable import Placement, Timetable
from constraints.complete import Complete
from constraints.held import Held
from constraints.rule import BendingLaw, Model, Rule
from defended import defended, vivas
from scheduler.candidates import candidates_of
from scheduler.model import Cost, SearchModel, index_of
from small import at, classes, module, on, small, timetable, week_of, work
from solving import allowed, cheapest, model_of

MONDAY = [date(2026, 11, 2)] * 2
MORNING = {"monday": "09:00-12:00"}
NINE, TEN, ELEVEN = (at(f"2026-11-02 {hour}:00") for hour in ("09", "10", "11"))


class AtMost(BendingLaw):
    """At most so many of the starts of Monday are taken."""

    name: ClassVar[str] = "at_most"
    most: int

    def post(self, programme: Programme, model: Model) -> None:
        model.at_most(self.most, [(1, variable) for variable in model.choices("m.virtual-class").values()])


class AtLeast(BendingLaw):
    """At least so many of the starts of Monday are taken."""

    name: ClassVar[str] = "at_least"
    least: int

    def post(self, programme: Programme, model: Model) -> None:
        model.at_least(self.least, [(1, variable) for variable in model.choices("m.virtual-class").values()])


class Charging(Rule):
    """A law without a price that charges all the same."""

    name: ClassVar[str] = "charging"

    def post(self, programme: Programme, model: Model) -> None:
        model.charge([(1, variable) for variable in model.choices("m.virtual-class").values()])


def monday() -> Programme:
    """Three starts: 9:00, 10:00 and 11:00."""
    return small(dates=MONDAY, opening_hours=MORNING, modules={"m": module(classes(1))})


def names_of(model: SearchModel) -> list[str]:
    return [model.cp.get_int_var_from_proto_index(index).name for index in range(len(model.cp.proto.variables))]


def test_a_hard_bound_forbids_what_is_above_or_below() -> None:
    none, singles = {timetable()}, {timetable(NINE), timetable(TEN), timetable(ELEVEN)}
    pairs = {timetable(NINE, TEN), timetable(NINE, ELEVEN), timetable(TEN, ELEVEN)}
    every = {timetable(NINE, TEN, ELEVEN)}
    assert allowed(monday(), []) == none | singles | pairs | every
    assert allowed(monday(), [AtMost(most=1)]) == none | singles
    assert allowed(monday(), [AtMost(most=2)]) == none | singles | pairs
    assert allowed(monday(), [AtLeast(least=2)]) == pairs | every
    assert allowed(monday(), [AtLeast(least=2), AtMost(most=2)]) == pairs


def test_a_bound_that_nothing_can_reach_is_impossible() -> None:
    assert allowed(monday(), [AtLeast(least=4)]) == set()


def test_a_weighted_bound_forbids_nothing_and_costs_its_weight_for_each_unit() -> None:
    law = AtMost(most=1, weight=5, level=3)
    assert allowed(monday(), [law]) == allowed(monday(), [])
    assert cheapest(monday(), [law]) == 0
    assert cheapest(monday(), [AtLeast(least=2), law]) == 5
    assert cheapest(monday(), [AtLeast(least=3), law]) == 2 * 5
    assert cheapest(monday(), [AtMost(most=1), AtLeast(least=3, weight=4)]) == 2 * 4


def test_the_excess_of_a_weighted_bound_is_one_unknown() -> None:
    model = model_of(monday(), [AtMost(most=1, weight=5, level=3)])
    (cost,) = model.costs
    ((factor, excess),) = cost.terms
    assert cost == Cost("at_most", 3, 5, ((1, excess),), 0)
    assert factor == 1
    assert names_of(model)[3:] == ["excess of at_most"]
    # three starts, one is free: at most 2 above
    assert list(model.cp.proto.variables[3].domain) == [0, 2]


def test_a_weighted_bound_that_cannot_be_passed_costs_nothing() -> None:
    assert model_of(monday(), [AtMost(most=3, weight=5)]).costs == []


def test_what_is_said_twice_of_parts_that_meet_regularly_is_paid_twice_with_one_unknown() -> None:
    """Sessions of a way share unknowns, so that many weeks say the same."""
    mondays = {"kind": "virtual-class", "minutes": 60, "meets": [{"weekdays": ["monday"], "at": time(9)}]}
    twice = [AtMost(most=1, weight=5), AtMost(most=1, weight=3)]
    for programme, unknowns in ((small(modules={"m": module(mondays)}), 1), (monday(), 2)):
        costs = model_of(programme, twice).costs
        assert [cost.weight for cost in costs] == [5, 3]
        assert len({index_of(excess) for cost in costs for _, excess in cost.terms}) == unknowns


def test_a_law_without_a_price_must_not_charge() -> None:
    with pytest.raises(TypeError) as refused:
        model_of(monday(), [Charging()])
    assert str(refused.value) == "charging is no priced rule: only preferences charge"


def test_the_unknowns_are_called_what_they_are() -> None:
    programme = small(
        dates=MONDAY,
        opening_hours=MORNING,
        modules={"m": module(classes(1), work(2))},
        milestones={"due": {"title": "Due", "group": "all", "dates": MONDAY}},
    )
    model = model_of(programme, [])
    model.open_day("all", MONDAY[0])
    assert names_of(model) == [
        "due 2026-11-02 00:00",
        "m.virtual-class 2026-11-02 09:00",
        "m.virtual-class 2026-11-02 10:00",
        "m.virtual-class 2026-11-02 11:00",
        "m.distance-work 2026-11-02",
        "open all 2026-11-02",
    ]


STAFF: dict[str, Any] = {
    "trainers": {key: {"title": key} for key in ("ann", "bob", "eve")},
    "places": {key: {"title": key} for key in ("room", "hall")},
}


def staffed_monday(**keys: Any) -> Programme:
    """One start, at 9:00, with these trainers and places."""
    nine = {"dates": MONDAY, "opening_hours": {"monday": "09:00-10:00"}}
    return small(**nine, **STAFF, modules={"m": module(classes(1, **keys))})


def test_there_is_an_unknown_for_each_trainer_and_place_that_may_be_chosen() -> None:
    programme = staffed_monday(trainer=["ann", "bob"], place=["room", "hall"])
    model = model_of(programme, [])
    nine = "m.virtual-class 2026-11-02 09:00"
    assert names_of(model) == [nine, f"{nine} ann", f"{nine} bob", f"{nine} room", f"{nine} hall"]
    given = [model.given_by("m.virtual-class", key)[NINE.span] for key in ("ann", "bob")]
    held = [model.in_place("m.virtual-class", key)[NINE.span] for key in ("room", "hall")]
    assert [str(variable) for variable in (*given, *held)] == names_of(model)[1:]


def test_what_leaves_no_choice_has_the_unknowns_of_the_sessions() -> None:
    model = model_of(staffed_monday(trainer=["ann", "bob"], together=2, place="room"), [])
    sessions = model.choices("m.virtual-class")
    assert [model.given_by("m.virtual-class", key) for key in ("ann", "bob")] == [sessions, sessions]
    assert model.in_place("m.virtual-class", "room") == sessions
    assert len(names_of(model)) == 1


def test_nobody_gives_what_is_not_placed_and_what_is_placed_has_all_that_it_needs() -> None:
    """Nothing at all, or a session with two of three trainers in one of two places."""
    programme = staffed_monday(trainer=["eve", "bob", "ann"], together=2, place=["room", "hall"])
    teams = ("eve", "bob"), ("eve", "ann"), ("bob", "ann")
    nine = [NINE._replace(trainers=team, place=place) for team in teams for place in ("room", "hall")]
    assert allowed(programme, []) == {timetable(), *(timetable(one) for one in nine)}
    model = model_of(programme, [])
    solver = cp_model.CpSolver()
    solver.parameters.enumerate_all_solutions = True
    solver.parameters.num_workers = 1
    counter = _Counter()
    solver.solve(model.cp, counter)
    # none of the unknowns of staff is free where there is no session
    assert counter.found == 1 + len(nine)


def test_each_start_has_a_choice_of_its_own() -> None:
    """Three starts, each empty or given by either of two."""
    programme = small(
        dates=MONDAY, opening_hours=MORNING, **STAFF, modules={"m": module(classes(1), trainer=["ann", "bob"])}
    )
    assert len(allowed(programme, [])) == 3**3


class _Counter(cp_model.CpSolverSolutionCallback):
    """Counts the solutions."""

    found = 0

    def on_solution_callback(self) -> None:
        self.found += 1


def test_self_paced_work_counts_in_steps() -> None:
    programme = small(dates=MONDAY, modules={"m": module(work(1))})
    found = {tuple(placement.amount for placement in one.placements) for one in allowed(programme, [])}
    # one hour in steps of 30 minutes, in one week
    assert found == {(), (30,), (60,)}


class _OpenedAndTimetable(cp_model.CpSolverSolutionCallback):
    """Gathers each solution: whether a day is open, and the timetable."""

    def __init__(self, model: SearchModel, index: int) -> None:
        super().__init__()
        self.model = model
        self.index = index
        self.found: set[tuple[int, Timetable]] = set()

    def on_solution_callback(self) -> None:
        values: Sequence[int] = list(self.response_proto.solution)
        self.found.add((values[self.index], self.model.timetable(values)))


@pytest.mark.parametrize("group", ["all", "half", "guests"])
def test_a_day_is_open_exactly_when_somebody_of_the_group_has_a_session(group: str) -> None:
    """Two starts each for everybody and for guests, who share nobody; a half is part of all."""
    programme = small(
        dates=MONDAY,
        opening_hours={"monday": "09:00-11:00"},
        groups={
            "all": {"title": "All"},
            "half": {"title": "Half", "part_of": "all"},
            "guests": {"title": "Guests"},
        },
        modules={"m": module(classes(1), classes(1, id="guests", group="guests"))},
    )
    model = SearchModel(programme, candidates_of(programme, []), [])
    opened = model.open_day(group, MONDAY[0])
    assert model.open_day(group, MONDAY[0]) is opened
    solver = cp_model.CpSolver()
    solver.parameters.enumerate_all_solutions = True
    solver.parameters.num_workers = 1
    gathered = _OpenedAndTimetable(model, names_of(model).index(f"open {group} 2026-11-02"))
    assert solver.solve(model.cp, gathered) == cp_model.OPTIMAL
    part = "m.guests" if group == "guests" else "m.virtual-class"
    assert len(gathered.found) == 2**4
    assert {(value == 1) == bool(one.of(part)) for value, one in gathered.found} == {True}


def test_a_day_without_any_start_is_not_open() -> None:
    model = model_of(monday(), [])
    model.links(-1, [(-1, model.open_day("all", date(2026, 11, 3)))])
    solver = cp_model.CpSolver()
    assert solver.solve(model.cp) == cp_model.INFEASIBLE


def morning(day: int, **keys: Any) -> Placement:
    """A session at 9:00 on a day of November."""
    return at(f"2026-11-{day:02} 09:00")._replace(**keys)


def four_mornings(**keys: Any) -> Programme:
    """From Monday to Thursday one start each, at 9:00."""
    dates = [date(2026, 11, 2), date(2026, 11, 5)]
    return small(
        dates=dates, opening_hours={"monday": "09:00-10:00"}, **STAFF, modules={"m": module(classes(1, **keys))}
    )


def before_wednesday(*held: Placement) -> Held:
    return Held(before=date(2026, 11, 4), placements=held)


def taken(programme: Programme, *rules: Rule) -> set[tuple[int, ...]]:
    """The days of each timetable that the model allows."""
    return {tuple(each.span.day.day for each in one.placements) for one in allowed(programme, rules)}


def test_what_was_held_is_fixed_and_what_was_not_is_closed() -> None:
    assert taken(four_mornings(), before_wednesday()) == {(), (4,), (5,), (4, 5)}
    assert taken(four_mornings(), before_wednesday(morning(2))) == {(2,), (2, 4), (2, 5), (2, 4, 5)}


def test_a_bound_that_the_past_keeps_bounds_the_past_and_the_rest_together() -> None:
    held = before_wednesday(morning(2))
    assert taken(four_mornings(), held, AtMost(most=2)) == {(2,), (2, 4), (2, 5)}
    assert taken(four_mornings(), held, AtMost(most=1)) == {(2,)}
    assert taken(four_mornings(), held, AtLeast(least=3)) == {(2, 4, 5)}


def test_a_bound_that_the_past_breaks_lets_nothing_be_added() -> None:
    held = before_wednesday(morning(2), morning(3))
    assert taken(four_mornings(), held, AtMost(most=1)) == {(2, 3)}
    assert taken(four_mornings(), held, AtMost(most=0)) == {(2, 3)}


class AtLeastBefore(Rule):
    """At least so many of the starts before Wednesday are taken."""

    name: ClassVar[str] = "at_least_before"
    least: int

    def post(self, programme: Programme, model: Model) -> None:
        days = model.choices("m.virtual-class").items()
        model.at_least(self.least, [(1, variable) for span, variable in days if span.day < date(2026, 11, 4)])


class MadeUp(AtLeastBefore):
    """The same, where what the past lacks has to be made up for."""

    makes_up: ClassVar[bool] = True


def test_what_the_past_lacks_is_passed_over_where_nothing_can_make_up_for_it() -> None:
    held = before_wednesday(morning(2))
    assert len(taken(four_mornings(), held, AtLeastBefore(least=2))) == 2**2
    assert taken(four_mornings(), held, AtLeast(least=4)) == set()


def test_a_rule_may_insist_that_it_is_made_up_for() -> None:
    held = before_wednesday(morning(2))
    assert taken(four_mornings(), held, MadeUp(least=2)) == set()
    assert len(taken(four_mornings(), held, MadeUp(least=1))) == 2**2


class NoneOfTwo(Rule):
    """On none of these days, of which a literal tells whether one is taken."""

    name: ClassVar[str] = "none_of_two"
    days: tuple[int, int]

    def post(self, programme: Programme, model: Model) -> None:
        choices = model.choices("m.virtual-class")
        model.at_most(0, [(1, model.any_of("either", [choices[morning(day).span] for day in self.days]))])


def test_a_literal_for_the_past_alone_is_past_too() -> None:
    every = {(2,), (2, 4), (2, 5), (2, 4, 5)}
    held = before_wednesday(morning(2))
    assert taken(four_mornings(), held, NoneOfTwo(days=(2, 3))) == every
    # with one that is held it is 1 whatever comes
    assert taken(four_mornings(), held, NoneOfTwo(days=(2, 4))) == every
    assert taken(four_mornings(), held, NoneOfTwo(days=(3, 4))) == {(2,), (2, 5)}
    assert taken(four_mornings(), held, NoneOfTwo(days=(4, 5))) == {(2,)}


def test_a_weighted_bound_pays_for_the_past_as_well() -> None:
    held = before_wednesday(morning(2), morning(3))
    assert cheapest(four_mornings(), [held, AtMost(most=1, weight=5)]) == 5
    assert cheapest(four_mornings(), [held, AtMost(most=1, weight=5), AtLeast(least=3)]) == 2 * 5


EITHER = {"trainer": ["ann", "bob"], "place": ["room", "hall"]}


@pytest.mark.parametrize("keys", [EITHER, {"trainer": ["ann", "bob"], "together": 2, "place": "room"}])
def test_what_was_held_was_given_by_those_who_gave_it(keys: dict[str, Any]) -> None:
    """Eve stood in for Ann, in the gym; whoever might have given it did not."""
    held = before_wednesday(morning(2, trainers=("bob", "eve"), place="gym"))
    programme = four_mornings(**keys)
    model = SearchModel(programme, candidates_of(programme, [held]), [held])
    solver = cp_model.CpSolver()
    assert solver.solve(model.cp) == cp_model.OPTIMAL
    values = dict(zip(names_of(model), solver.response_proto.solution, strict=True))
    given = [str(model.given_by("m.virtual-class", key)[morning(2).span]) for key in ("ann", "bob")]
    assert [values[name] for name in given] == [0, 1]
    assert values[str(model.in_place("m.virtual-class", "room")[morning(2).span])] == 0
    found = model.timetable(list(solver.response_proto.solution))
    assert found.placements[0] == morning(2, trainers=("bob", "eve"), place="gym")


def test_the_unknowns_of_a_timetable_with_their_values() -> None:
    """Struck and unknown ones are left out: a session on Sunday, work that nobody has, a trainer who is not named."""
    programme = small(
        dates=[date(2026, 11, 2), date(2026, 11, 8)],
        opening_hours={"monday": "09:00-10:00"},
        **STAFF,
        modules={"m": module(classes(2, trainer=["ann", "bob"], place=["room", "hall"]), work(2, step_minutes=30))},
        milestones={"due": {"title": "Due", "group": "all", "dates": MONDAY}},
    )
    model = model_of(programme, [])
    before = timetable(
        morning(2, trainers=("bob",), place="hall"),
        morning(3, trainers=("eve",), place="gym"),
        at("2026-11-04 09:20"),
        week_of("2026-11-02", 90),
        week_of("2026-11-02", 30, "m.gone"),
        on("2026-11-02", activity="due"),
    )
    assert sorted((str(variable), value) for value, variable in model.kept(before)) == [
        ("due 2026-11-02 00:00", 1),
        ("m.distance-work 2026-11-02", 3),
        ("m.virtual-class 2026-11-02 09:00", 1),
        ("m.virtual-class 2026-11-02 09:00 bob", 1),
        ("m.virtual-class 2026-11-02 09:00 hall", 1),
        ("m.virtual-class 2026-11-03 09:00", 1),
    ]


def test_the_values_of_a_timetable_give_it_again() -> None:
    """A course that meets regularly has the way, the trainer and the place that it had; sessions have theirs."""
    meets = [{"weekdays": day, "at": time(9)} for day in ("monday", "tuesday")]
    course = {"kind": "course", "minutes": 60, "meets": meets, "trainer": ["ann", "bob"], "place": ["room", "hall"]}
    programme = small(
        dates=[date(2026, 11, 2), date(2026, 11, 15)],
        **STAFF,
        modules={"m": module(course, classes(1, trainer=["ann", "bob"], place=["room", "hall"]))},
    )
    model = model_of(programme, [])
    taken: dict[str, Any] = {"trainers": ("bob",), "place": "hall"}
    before = timetable(
        at("2026-11-03 09:00", part="m.course", **taken),
        at("2026-11-10 09:00", part="m.course", **taken),
        at("2026-11-02 10:00", **taken),
    )
    assert model.timetable(model.values(before)) == before


HOUR = {"dates": MONDAY, "opening_hours": {"monday": "09:00-10:00"}}
PEOPLE = ("ann", "bob", "cy", "dan")


def role(*trainers: str, number: int = 1) -> dict[str, Any]:
    return {"title": "Role", "trainers": trainers, "number": number}


@pytest.mark.parametrize(
    "roles",
    [
        {"chair": role("ann", "bob"), "member": role("bob", "cy", "dan")},
        {"chair": role("ann", "bob"), "member": role("bob", "cy", "dan", number=2)},
        {"chair": role("ann"), "member": role("ann", "bob", "cy")},
        {"chair": role("ann", "bob"), "member": role("ann", "bob"), "guest": role("cy", "dan")},
        {"chair": role("ann", "bob", "cy"), "member": role("bob", "cy"), "guest": role("cy", "dan")},
        {"chair": role("ann"), "member": role("bob")},
    ],
)
def test_a_jury_is_any_set_of_trainers_who_fill_its_roles(roles: dict[str, Any]) -> None:
    programme = defended(vivas("eve", jury=list(roles)), roles=roles, **HOUR)
    part = programme.parts["m.viva.eve"]
    whole = [team for team in combinations(PEOPLE, part.together) if holders(part.roles, team) is not None]
    found = {one.placements[0].trainers for one in allowed(programme, [Complete()])}
    assert {frozenset(team) for team in found} == {frozenset(team) for team in whole}
    assert len(found) == len(whole)


def test_only_those_without_whom_a_jury_can_do_have_an_unknown() -> None:
    """Ann alone presides, so that Bob or Cy is the member."""
    roles = {"chair": role("ann"), "member": role("ann", "bob", "cy")}
    model = model_of(defended(vivas("eve"), roles=roles, **HOUR), [])
    start = "m.viva.eve 2026-11-02 09:00"
    assert names_of(model) == [start, f"{start} bob", f"{start} cy"]


def test_a_session_that_was_held_keeps_those_who_gave_it_whatever_roles_there_are_now() -> None:
    """Bob gave it alone on Monday; on Tuesday, Ann is certain again."""
    roles = {"chair": role("ann"), "member": role("ann", "bob")}
    part = {"id": "viva", "kind": "defence", "sessions": 2, "minutes": 60, "jury": ["chair", "member"]}
    days = {"dates": [date(2026, 11, 2), date(2026, 11, 3)], "opening_hours": {"monday": "09:00-10:00"}}
    programme = defended(part, roles=roles, **days)
    past = at("2026-11-02 09:00", part="m.viva", trainers=("bob",))
    held = Held(before=date(2026, 11, 3), placements=(past,))
    later = at("2026-11-03 09:00", part="m.viva", trainers=("ann", "bob"))
    assert allowed(programme, [held]) == {timetable(past), timetable(past, later)}


def test_unknowns_that_a_law_sets_against_each_other_are_put_together() -> None:
    """Three starts on Monday, one of them at most; priced, or two at most, each start is for itself."""
    programme = small(dates=MONDAY, opening_hours=MORNING, modules={"m": module(classes(1))})

    def sizes(rule: Rule) -> list[int]:
        model = model_of(programme, [rule])
        return [len(some) for some in model.exclusive(list(model.choices("m.virtual-class").values()))]

    assert sizes(AtMost(most=1)) == [3]
    assert sizes(AtMost(most=2)) == [1, 1, 1]
    assert sizes(AtMost(most=1, weight=1)) == [1, 1, 1]
