"""How far a diagnosis goes."""

from dataclasses import dataclass, field
from sys import maxsize
from threading import Event


@dataclass(frozen=True)
class Patience:
    """`work` is the most for each step in CP-SAT's deterministic time; `stop`, once set, ends all at once.

    `pieces` is how many of them are looked at, step by step, to make a conflict smaller; where more would have to be,
    it is not proved minimal.
    """

    work: float = 10.0
    stop: Event = field(default_factory=Event)
    pieces: int = maxsize
