"""Faults in what a person wrote: gathered, never thrown one by one, each with its place and its cure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from pydantic_core import PydanticCustomError

from calendars.wording import Message, render, say

Path = tuple[str | int, ...]
"""Keys from the top of a file down: `("modules", "scenario", "parts", 2, "minutes")`."""


@dataclass(frozen=True)
class Fault:
    """What is wrong at a place of a file, and the cure; `line` counts from 1 where it is known."""

    message: Message
    path: Path = ()
    file: str = ""
    line: int | None = None

    def at(self, file: str, line: int | None) -> "Fault":
        """The same fault with its file and line."""
        return replace(self, file=file, line=line)

    def words(self, language: str) -> str:
        """The fault on one line: file, line, key path, then the sentence."""
        line = f":{self.line}" if self.line else ""
        place = f"{self.file}{line}" if self.file else ""
        key = dotted(self.path)
        where = ", ".join(item for item in (place, key) if item)
        whole = say("{place}: {fault}", place=where, fault=self.message) if where else self.message
        return render(whole, language)


class FaultyInput(Exception):
    """Bad input: `faults` has all of them. The cure stands in each fault's words."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(fault.words("en") for fault in faults))
        self.faults = tuple(faults)


def dotted(path: Path) -> str:
    """A path as people write it, places counted from 0: `modules.scenario.parts[2].minutes`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def fault_error(message: Message) -> PydanticCustomError:
    """What a validator of a pydantic table raises to be told in its own words, in the reader's language."""
    return PydanticCustomError("semainier", "refused", {"message": message})


def nearest(name: str, known: Collection[str], likeness: float = 0.6) -> str | None:
    """The known name that was probably meant, if any is alike enough (0 to 1, as `difflib` counts it)."""
    return next(iter(get_close_matches(name, known, 1, likeness)), None)


def with_nearest(fault: Message, name: str, known: Collection[str]) -> Message:
    """A fault about a name, with the cure: the nearest known name, or all of them where none is near."""
    near = nearest(name, known)
    if near is not None:
        cure = say("did you mean {nearest}?", nearest=near)
    elif known:
        cure = say("choose from {names}", names=tuple(known))
    else:
        cure = say("remove it")
    return say("{fault}; {cure}", fault=fault, cure=cure)
