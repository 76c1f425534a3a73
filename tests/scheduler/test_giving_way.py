"""Giving way: as few of the others as can be, each with all that it has there; never who meets regularly."""

from dataclasses import replace

from ortools.sat.python import cp_model

from calendars.programme import Programme, Way
from calendars.timetable import Placement
from constraints.one_at_a_time import OneAtATime
from scheduler.candidates import Candidates
from scheduler.giving_way import loosened, may_give_way, stays
from scheduler.model import SearchModel, literal_of
from scheduler.piece import Piece
from small import at, classes, module, small

OWN, TWO, ONE = "x:own.virtual-class", "y:two.virtual-class", "z:one.virtual-class"


def at_hour(hour: int, part: str, trainer: str) -> Placement:
    """A class of an hour on a Tuesday."""
    return at(f"2026-11-03 {hour:02}:00", part=part, trainers=(trainer,))


def programme() -> Programme:
    """A class of Ann's, two of hers for others, and one for others still that she or Bob gives."""
    found = small(
        groups={key: {"title": key} for key in ("all", "b", "c")},
        trainers={"ann": {"title": "Ann"}, "bob": {"title": "Bob"}},
        modules={
            "own": module(classes(1, trainer="ann")),
            "two": module(classes(2, trainer="ann"), group="b"),
            "one": module(classes(1, trainer=["ann", "bob"]), group="c"),
        },
    )
    keys = {"own.virtual-class": OWN, "two.virtual-class": TWO, "one.virtual-class": ONE}
    return replace(found, parts={keys[key]: replace(part, key=keys[key]) for key, part in found.parts.items()})


def piece(*standing: Placement) -> Piece:
    """The class of x in the midst of what stands of y and z."""
    around = {}
    for key in (TWO, ONE):
        spans = {each.span: each for each in standing if each.activity == key}
        if spans:
            around[key] = Candidates(programme().parts[key], tuple(spans), {}, spans, frozenset())
    parts = {key: part for key, part in programme().parts.items() if key in (OWN, *around)}
    return Piece(frozenset({"x"}), replace(programme(), parts=parts), around)


def leaving(of: Piece, *hours: int, staying: tuple[str, ...] = ()) -> list[str] | None:
    """Who gives way where the class of x stands at one of these hours; None where it has no room at all."""
    standing = may_give_way(of, staying)
    spans = tuple(at_hour(hour, OWN, "ann").span for hour in hours)
    own = Candidates(of.programme.parts[OWN], spans, {}, {}, frozenset())
    around = loosened(of, standing).around
    model = SearchModel(of.programme, {OWN: own, **around}, [OneAtATime(buffer_minutes=0)])
    model.cp.add(sum(map(literal_of, model.choices(OWN).values())) == 1)
    stay = stays(model, standing)
    model.cp.maximize(sum(map(literal_of, stay.values())))
    solver = cp_model.CpSolver()
    if solver.solve(model.cp) != cp_model.OPTIMAL:
        return None
    return [member for member, unknown in stay.items() if not solver.value(literal_of(unknown))]


def test_nobody_gives_way_where_there_is_room() -> None:
    assert leaving(piece(at_hour(9, TWO, "ann")), 9, 10) == []


def test_who_is_in_the_way_gives_way() -> None:
    assert leaving(piece(at_hour(9, TWO, "ann")), 9) == ["y"]


def test_what_stands_keeps_the_trainer_that_it_has() -> None:
    """Ann and Bob could change places, but only Ann is in the way."""
    assert leaving(piece(at_hour(9, ONE, "ann")), 9) == ["z"]
    assert leaving(piece(at_hour(9, ONE, "bob")), 9) == []


def test_a_member_gives_way_with_all_that_it_has() -> None:
    """It has two classes around, both in the way of what stands there; that costs no more than one of them."""
    found = piece(at_hour(9, TWO, "ann"), at_hour(10, TWO, "ann"), at_hour(11, ONE, "bob"))
    both = (at_hour(9, TWO, "ann"), at_hour(10, TWO, "ann"))
    assert {key: each.placements for key, each in may_give_way(found, ()).items()} == {
        "y": both,
        "z": (at_hour(11, ONE, "bob"),),
    }
    assert leaving(found, 9, 10) == ["y"]


def test_who_stays_in_any_case_leaves_no_room() -> None:
    assert leaving(piece(at_hour(9, TWO, "ann"), at_hour(10, ONE, "ann")), 9, 10, staying=("y",)) == ["z"]
    assert leaving(piece(at_hour(9, TWO, "ann")), 9, staying=("y",)) is None


def test_who_meets_regularly_stays() -> None:
    found = piece(at_hour(9, TWO, "ann"))
    part = replace(found.programme.parts[TWO], ways=(Way((at_hour(9, TWO, "ann").span,)),))
    around = {TWO: replace(found.around[TWO], activity=part)}
    assert may_give_way(found._replace(around=around), ()) == {}
