from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from calendars.programme import Programme
from calendars.timetable import Timetable
from calendars.wording import Message, say
from constraints.aspects import NOUNS, Aspect, InPlace, Trainers, first_with
from constraints.of_parts import LawOfParts
from constraints.of_spans import HOURS, WEEKDAYS, WEEKS
from constraints.pairs import faults_of_pairs, in_words, one_at_most
from constraints.rule import Breach, Model

ASPECTS: Mapping[str, Aspect[Any]] = {
    "hours": HOURS,
    "weekdays": WEEKDAYS,
    "weeks": WEEKS,
    "place": InPlace(),
    "trainers": Trainers(),
}
"""What sessions may have nothing in common of."""


class Apart(LawOfParts):
    """The sessions of some parts are at other hours of the day, on other weekdays, in other weeks or places.

    Or other trainers give them. A place that holds any number of sessions at once is an address, and is not looked at.

    Formula: V ∩ V' = ∅ for each two parts, where V is what the sessions of a part have. Unit: pairs of parts that have
    something in common. Boundary: hours of the day that begin where others end are other hours. Source: DifferentTime,
    DifferentDays, DifferentWeeks and DifferentRoom in the timetabling competition ITC 2019.

    Example:
        [[laws.apart]]
        parts = ["scenario.virtual-class", "memoire.permanence"]
        different = "weekdays"
    """

    name: ClassVar[str] = "apart"
    asks: ClassVar[bool] = False

    different: Annotated[
        Literal["hours", "weekdays", "weeks", "place", "trainers"], Field(description="what they do not have in common")
    ]

    def faults(self, programme: Programme) -> Iterator[Message]:
        """Unknown names, or one part by itself."""
        yield from faults_of_pairs(programme, self.parts)

    def post(self, programme: Programme, model: Model) -> None:
        """One bound for each two parts."""
        parts = self._parts(programme)
        choices = {part.key: self._aspect.choices(model, part) for part in parts}
        for one, other in combinations(parts, 2):
            mine, theirs = choices[one.key], choices[other.key]
            both = [(mine[value], theirs[value]) for value in self._looked_at(programme, mine) if value in theirs]
            distinct = {(id(here), id(there)): (here, there) for here, there in both}
            one_at_most(model, [[(1, here), (1, there)] for here, there in distinct.values()])

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Looks at what each two parts have in common."""
        parts = self._parts(programme)
        had = {part.key: self._aspect.had(part, timetable.of(part.key)) for part in parts}
        for pair in combinations(parts, 2):
            mine, theirs = (had[part.key] for part in pair)
            shared = [value for value in self._looked_at(programme, mine) if value in theirs]
            if shared:
                first = [first_with(self._aspect, part, timetable.of(part.key), shared).span for part in pair]
                message = say(
                    "{first} {when} and {second} {then} have {what} in common",
                    **in_words(programme, pair, first),
                    what=NOUNS[self.different],
                )
                trainers = tuple(key for key in programme.trainers if key in shared and self.different == "trainers")
                yield Breach(self.name, message, activities=tuple(part.key for part in pair), trainers=trainers)

    @property
    def _aspect(self) -> Aspect[Any]:
        return ASPECTS[self.different]

    def _looked_at(self, programme: Programme, values: Iterable[Any]) -> list[Any]:
        """All but addresses."""
        if self.different != "place":
            return [*values]
        return [key for key in values if programme.places[key].sessions_at_once is not None]
