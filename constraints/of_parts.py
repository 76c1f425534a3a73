"""Laws on what some parts, which they name, have to do with each other."""

from typing import Annotated

from pydantic import Field

from calendars.programme import Part, Programme
from calendars.programme_file import Names
from constraints.members import named
from constraints.rule import BendingLaw


class LawOfParts(BendingLaw):
    """A law that names the parts it looks at together."""

    parts: Annotated[Names, Field(description="modules or parts with live sessions")]

    def related(self, programme: Programme) -> tuple[str, ...]:
        """All of its parts."""
        return tuple(part.key for part in self._parts(programme))

    def _parts(self, programme: Programme) -> list[Part]:
        return named(programme.parts.values(), self.parts)
