"""Who gives way to some members of a plan: of each of the others all that stands around them stays, or none of it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace

from calendars.programme import Part
from calendars.timetable import Placement, Timetable, programme_of
from constraints.rule import Variable
from scheduler.candidates import Candidates
from scheduler.model import SearchModel, literal_of
from scheduler.piece import Piece

Standing = Mapping[str, Timetable]
"""What stands around a piece and may give way, by member."""


def may_give_way(piece: Piece, staying: Collection[str]) -> Standing:
    """What may give way to a piece: not what some members have, nor what those have who meet regularly there."""
    regular = {programme_of(key) for key, found in piece.around.items() if _is_regular(found)}
    standing: defaultdict[str, list[Placement]] = defaultdict(list)
    for key, found in piece.around.items():
        if programme_of(key) not in regular.union(staying):
            standing[programme_of(key)] += found.held.values()
    return {member: Timetable(tuple(placements)) for member, placements in standing.items()}


def loosened(piece: Piece, standing: Standing) -> Piece:
    """The piece in which that may give way."""
    around = {
        key: replace(found, held={}) if programme_of(key) in standing else found for key, found in piece.around.items()
    }
    return piece._replace(around=around)


def stays(model: SearchModel, standing: Standing) -> dict[str, Variable]:
    """For each member an unknown of the model of a loosened piece: 1 where it stays, with all it has there."""
    found = {member: model.literal(f"{member} stays") for member in standing}
    for member, timetable in standing.items():
        for value, unknown in model.kept(timetable):
            model.cp.add(literal_of(unknown) == value * literal_of(found[member]))
    return found


def _is_regular(found: Candidates) -> bool:
    return isinstance(found.activity, Part) and bool(found.activity.ways)
