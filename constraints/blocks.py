"""Sessions of one day in blocks, in the model: where a block begins, and whether it lasts too long."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from calendars.clock import Span, moment_of
from constraints.rule import Model, Variable

Choice = tuple[Span, Variable]
"""What may stand on the day, with its unknown."""


class Blocks:
    """What may stand on a day, in blocks that are parted by `pause` minutes or more.

    `begins` has for each start a literal that is 1 where a block begins then; where none does, 0 is the cheaper.
    """

    def __init__(self, model: Model, choices: Sequence[Choice], pause: int) -> None:
        self._model = model
        self._choices = choices
        self._pause = pause
        starting: dict[int, list[Variable]] = defaultdict(list)
        for span, variable in sorted(choices, key=lambda choice: choice[0]):
            starting[span.start].append(variable)
        self.begins = {start: self._begin(start, variables) for start, variables in starting.items()}

    def _begin(self, start: int, starting: Sequence[Variable]) -> Variable:
        """Something starts that joins nothing before it."""
        started = self._model.any_of(f"start at {moment_of(start)}", starting)
        joined = [variable for span, variable in self._choices if span.start < start < span.end + self._pause]
        if not joined:
            return started
        begins = self._model.literal(f"block from {moment_of(start)}")
        self._model.links(0, [(1, started), *((-1, variable) for variable in joined), (-1, begins)])
        return begins

    def longer_than(self, most: int) -> Iterator[Variable]:
        """Literals that are 1 where a block of two sessions or more lasts longer; where none does, 0 is the cheaper.

        Such a block has no break up to the last minute that it may last to, or else a session that takes longer by
        itself, and another one beside it.
        """
        lasting = {end: self._lasting(end) for end in sorted({span.end for span, _ in self._choices})}
        for start, begins in self.begins.items():
            last = start + most
            without_break = [literal for end, literal in lasting.items() if start < end <= last]
            alone = [choice for choice in self._choices if choice[0].start == start and choice[0].end > last]
            longer = self._model.literal(f"block from {moment_of(start)} too long")
            terms = [*((1, each) for each in (begins, *without_break)), *((-1, variable) for _, variable in alone)]
            self._model.links(len(without_break), [*terms, (-1, longer)])
            for choice in alone:
                self._model.links(2, [(1, begins), (1, choice[1]), (1, self._beside(choice)), (-1, longer)])
            yield longer

    def _lasting(self, end: int) -> Variable:
        """No break begins at a moment."""
        going_on = [variable for span, variable in self._choices if span.start < end + self._pause and end < span.end]
        return self._model.any_of(f"no break from {moment_of(end)}", going_on)

    def _beside(self, choice: Choice) -> Variable:
        """Something is in the block that a session begins."""
        begun = choice[0]
        others = [each for each in self._choices if each is not choice]
        beside = [variable for span, variable in others if begun.start <= span.start < begun.end + self._pause]
        return self._model.any_of(f"beside a session from {moment_of(begun.start)}", beside)
