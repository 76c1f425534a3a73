"""Arrays of a network: up to where and from where on it makes no difference how great a sum is."""

from hypothesis import given
from hypothesis import strategies as st

from scheduler.annealing.layout import layout_of
from scheduler.annealing.network import Definition, Network
from scheduler.annealing.rows import Row

OPTION, FOLLOWS = 0, 1
LAW, DEFINES = 0, 1
FARTHEST = (1 << 31) - 1


def ends_of(definition: Definition) -> tuple[list[int], list[int]]:
    """Those of the law that an option is at most 1, and of the row that defines what follows from it."""
    network = Network([[OPTION]], {FOLLOWS: definition}, [Row({OPTION: 1}, 1)], {}, {})
    rows = layout_of(network, 2, {}).rows
    return rows[LAW, 1:3].tolist(), rows[DEFINES, 1:3].tolist()


def value(definition: Definition, total: int) -> int:
    """What follows from a sum, tried one by one."""
    [row] = definition.rows
    fitting = [
        each for each in range(definition.least, definition.most + 1) if total + row.terms[FOLLOWS] * each <= row.limit
    ]
    end = definition.most if definition.sense > 0 else definition.least
    return (min(fitting) if definition.sense > 0 else max(fitting)) if fitting else end


@st.composite
def definitions(draw: st.DrawFn) -> Definition:
    sense, size = draw(st.sampled_from((1, -1))), draw(st.integers(1, 4))
    least = draw(st.integers(-3, 3))
    most = draw(st.integers(least + 1, least + 4))
    return Definition(sense, (Row({OPTION: 1, FOLLOWS: -sense * size}, draw(st.integers(-5, 5))),), least, most)


@given(definitions())
def test_a_sum_makes_a_difference_just_between_its_ends(definition: Definition) -> None:
    _, (low, high) = ends_of(definition)
    assert low < high
    for before, makes in ((low - 1, False), (low, True), (high - 1, True), (high, False)):
        assert (value(definition, before) != value(definition, before + 1)) == makes


def test_a_law_is_the_more_broken_the_greater_the_sum_is() -> None:
    law, _ = ends_of(Definition(1, (Row({OPTION: 1, FOLLOWS: -1}, 0),), 0, 1))
    assert law == [1, FARTHEST]


def test_ends_that_32_bits_cannot_hold_are_never_reached() -> None:
    most = 1 << 30
    _, ends = ends_of(Definition(1, (Row({OPTION: 1, FOLLOWS: -4}, 0),), 0, most))
    assert ends == [0, FARTHEST]
    _, ends = ends_of(Definition(-1, (Row({OPTION: 1, FOLLOWS: 4}, 0),), 0, most))
    assert ends == [-FARTHEST, -3]
