"""How many programmes are drawn: few in `make test`, two hundred in `make verify`."""

import os


def programmes(few: int) -> range:
    """The seeds of the programmes that a test draws: so few, or as many as SEMAINIER_DRAWN says."""
    return range(int(os.environ.get("SEMAINIER_DRAWN", few)))
