from collections.abc import Iterable, Iterator
from typing import ClassVar

from pydantic import Field

from calendars.clashes import clash_in_words, clashes, cliques, cliques_between, parts_of_people, placed, widest
from calendars.clock import Span
from calendars.enrolments import enrolments
from calendars.naming import name_of_groups, name_of_trainer
from calendars.programme import Part, Programme
from calendars.timetable import Timetable
from calendars.wording import Message, say
from constraints.rule import Breach, Model, Rule


class OneAtATime(Rule):
    """No trainer, no group and no place is in two live sessions at once, and people have a while between two of them.

    Groups of which one is part of the other, or that list the same student, are one person. What students may choose is
    left to `electives`. A place holds one session at a time, without a buffer; a virtual one holds several.

    Formula: for two sessions x, y of one person, start(y) >= end(x) + buffer, and + the longer buffer where one is on
    site and the other virtual; for two sessions in one place, start(y) >= end(x).
    Boundary: exactly the buffer is allowed. Source: m@gistère, advice on virtual classes (15 to 30 min free before and
    after); the way between the site and a screen is custom.
    """

    name: ClassVar[str] = "one_at_a_time"

    buffer_minutes: int = Field(15, ge=0, le=720, description="least minutes between two sessions of one person")
    between_site_and_virtual_minutes: int = Field(
        60, ge=0, le=720, description="least minutes between a session on site and a virtual one of one person"
    )

    def post(self, programme: Programme, model: Model) -> None:
        """At most one of each set of candidates that clash, each set once."""
        distinct = {frozenset(clique): clique for clique in self._cliques(programme, model)}
        for clique in distinct.values():
            model.at_most(1, [(1, model.choices(part)[span]) for part, span in clique])

    def _cliques(self, programme: Programme, model: Model) -> Iterator[tuple[tuple[str, Span], ...]]:
        people = widest(parts_of_people(programme, enrolments(programme.groups, {})))
        for parts in people:
            on_site = _candidates(model, [part for part in parts if not programme.is_virtual(part)])
            virtual = _candidates(model, [part for part in parts if programme.is_virtual(part)])
            yield from cliques([*on_site, *virtual], self.buffer_minutes)
            for earlier, later in ((on_site, virtual), (virtual, on_site)):
                longer = self.between_site_and_virtual_minutes
                yield from cliques_between(earlier, later, self.buffer_minutes, longer)
        for place in programme.places.values():
            there = [part for part in programme.parts.values() if part.place == place.key]
            if not place.virtual and not any(set(there) <= set(parts) for parts in people):
                yield from cliques(_candidates(model, there), 0)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Looks at each two sessions that are near each other, and for each thing that both need."""
        certain = enrolments(programme.groups, {})
        widest_gap = max(self.buffer_minutes, self.between_site_and_virtual_minutes)
        for (one, span), (other, then) in clashes(placed(programme.parts.values(), timetable), widest_gap):
            for concerned, least in self._needed_by_both(programme, certain, one, other):
                if then.start - span.end < least:
                    words = clash_in_words(programme, [(one, span), (other, then)], least, concerned)
                    yield Breach(self.name, words)

    def _needed_by_both(
        self, programme: Programme, certain: tuple[frozenset[str], ...], one: Part, other: Part
    ) -> Iterator[tuple[Message, int]]:
        """Who and what two parts share, with the least minutes between their sessions."""
        least = self.buffer_minutes
        if programme.is_virtual(one) != programme.is_virtual(other):
            least = max(least, self.between_site_and_virtual_minutes)
        if one.trainer is not None and one.trainer == other.trainer:
            yield name_of_trainer(programme, one.trainer), least
        groups = {one.group, other.group}
        if any(groups <= enrolment for enrolment in certain):
            yield name_of_groups(programme, groups), least
        if one.place is not None and one.place == other.place and not programme.places[one.place].virtual:
            yield say("place “{title}”", title=programme.places[one.place].title), 0


def _candidates(model: Model, parts: Iterable[Part]) -> list[tuple[str, Span]]:
    return [(part.key, span) for part in parts for span in model.choices(part.key)]
