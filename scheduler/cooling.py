"""Simulated annealing of a timetable: the door from a search to `scheduler/annealing`."""

from collections.abc import Callable, Iterator, Mapping

from calendars.clock import Span
from calendars.programme import Part
from calendars.timetable import Timetable
from scheduler.annealing.layout import Slot
from scheduler.annealing.rows import Unreadable
from scheduler.model import SearchModel, index_of


def cooled(
    model: SearchModel,
    timetable: Timetable,
    rank: int,
    enough: int,
    seed: int,
    work: float,
    pace: Callable[[float], float],
) -> Timetable | None:
    """The best that annealing comes by from a timetable, or None where the model says something else than sums.

    Args:
        model: with what the ranks above may cost; it has another objective for the time being.
        timetable: a lawful one.
        rank: what is to cost less.
        enough: a cost that ends it.
        seed: of the choices.
        work: about seconds.
        pace: how far it is, given the share of the work that is done.
    """
    from scheduler.annealing.anneal import Annealing  # its compiler takes half a second to import

    model.cp.minimize(model.cost(rank))
    try:
        annealing = Annealing(model.cp, model.values(timetable), _slots(model), seed)
    except Unreadable:
        return None
    finally:
        model.cp.clear_objective()
    return model.timetable(annealing.run(enough, work, pace))


def _slots(model: SearchModel) -> Mapping[int, Slot]:
    """Where each option of a part stands: sessions at the same spans in one place have the same slot."""
    times: dict[tuple[Span, ...], int] = {}
    places = {key: number for number, key in enumerate(model.programme.places)}
    return {
        index: Slot(times.setdefault(spans, len(times)), places[place])
        for part in model.programme.parts.values()
        for place in part.places
        for spans, index in _options(model, part, place)
    }


def _options(model: SearchModel, part: Part, place: str) -> Iterator[tuple[tuple[Span, ...], int]]:
    """The times of a part in a place, each with the index of its option."""
    if part.ways:
        for number, variable in model.ways_in(part.key, place).items():
            yield part.ways[number].spans, index_of(variable)
    else:
        for span, variable in model.in_place(part.key, place).items():
            yield (span,), index_of(variable)
