"""How far a diagnosis goes."""

from dataclasses import dataclass, field
from threading import Event


@dataclass(frozen=True)
class Patience:
    """`work` is the most for each step in CP-SAT's deterministic time; `stop`, once set, ends all at once."""

    work: float = 10.0
    stop: Event = field(default_factory=Event)
