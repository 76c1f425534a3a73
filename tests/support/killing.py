"""Processes that write version after version of some files until they are killed, and what stands in the folder then.

It is run as a program of its own, since it forks; it prints what it found as JSON.
"""

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from random import Random
from unittest.mock import patch

from calendars.writing import settle, write_whole

NAMES = (
    "calendar.json",
    "calendar.html",
    "report.txt",
    "feeds/programme.ics",
    *(f"feeds/groups/{number}.ics" for number in range(4)),
    *(f"feeds/trainers/{number}.ics" for number in range(3)),
    "versions/01-start.json",
)
TIMES = 50
LONGEST_LIFE = 0.05
"""Seconds, in which a process writes some versions."""


def files(version: int) -> dict[str, bytes]:
    """What a version writes: each file tells it, and its length does too."""
    return {name: f"{name} of version {version}\n".encode() * (1 + version % 7) for name in NAMES}


def standing(folder: Path, versions: range) -> int | None:
    """Which of some versions the folder has, and nothing else; None where it has none of them whole."""
    found = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    hidden = list(folder.rglob(".*"))
    return next((each for each in versions if found == files(each) and not hidden), None)


def killed_at_random(folder: Path) -> list[str]:
    """What stands each time that a process was killed: "whole" is the last version that it had written, or the next."""
    random, found, version = Random(2026), list[str](), 0
    write_whole(folder, files(version))
    for _ in range(TIMES):
        listen, tell = os.pipe()
        process = os.fork()
        if not process:
            for each in count(version + 1):
                write_whole(folder, files(each))
                os.write(tell, b"w")
        time.sleep(random.uniform(0, LONGEST_LIFE))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(tell)
        with os.fdopen(listen, "rb") as written:
            version += len(written.read())
        settle(folder)
        now = standing(folder, range(version, version + 2))
        found.append("mixture" if now is None else "whole")
        version = version if now is None else now
    return found


def killed_at_each_step(folder: Path) -> list[str]:
    """What stands where a process is killed before the first thing that it does to the disk, the second, and so on."""
    found = list[str]()
    for step in count(1):
        _put(folder, 0)
        if not _dies(lambda: write_whole(folder, files(1)), step):
            return found
        settle(folder)
        found.append(_named(folder))
    raise AssertionError


def killed_while_finishing(folder: Path) -> list[str]:
    """The same, where what finishes the moves is killed at each step, and something else finishes them."""
    found = list[str]()
    for step in count(1):
        _put(folder, 0)
        _put(folder / ".semainier-committed", 1)
        if not _dies(lambda: settle(folder), step):
            return found
        settle(folder)
        found.append(_named(folder))
    raise AssertionError


def _put(folder: Path, version: int) -> None:
    """Writes a version without the care that takes time."""
    for name, data in files(version).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def _named(folder: Path) -> str:
    return {0: "old", 1: "new", None: "mixture"}[standing(folder, range(2))]


def _dies(work: Callable[[], object], step: int) -> bool:
    """Whether a process is killed at a step of its work, or has done it in fewer."""
    process = os.fork()
    if not process:
        steps = count(1)

        def kill_at_step(event: str, _: object) -> None:
            if (event == "open" or event.startswith("os.")) and next(steps) == step:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(kill_at_step)
        work()
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(process, 0)[1])


if __name__ == "__main__":
    asked, place = sys.argv[1], Path(sys.argv[2])
    if asked == "random":
        json.dump(killed_at_random(place), sys.stdout)
    else:
        # What a killed process has written stays with the system, so that nobody has to wait for the disk.
        with patch("os.fsync"):
            json.dump({"steps": killed_at_each_step, "finishing": killed_while_finishing}[asked](place), sys.stdout)
