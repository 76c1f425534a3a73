"""What others reach on public instances, from a file like `peers.toml`."""

import tomllib
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

PEERS = Path(__file__).with_name("peers.toml")
_DIGITS = 12


class Others(NamedTuple):
    """The best value known of an instance, and what each peer of its family reaches, in their order."""

    best: int | None = None
    figures: Sequence[str] = ()


def peers_of(file: Path, family: str) -> Sequence[str]:
    """Whose the figures of a family are."""
    peers: list[str] = _families(file).get(family, {}).get("peers", [])
    return peers


def others_on(file: Path, family: str, instance: Path) -> Others:
    """What others reach on the instance of a file, whatever its name."""
    digest = sha256(instance.read_bytes()).hexdigest()[:_DIGITS]
    return Others(**_families(file)[family]["instances"].get(digest, {}))


def _families(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))
