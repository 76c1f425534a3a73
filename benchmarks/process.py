"""A command that runs to its end, with what it takes as the system counts it."""

import os
import subprocess
from collections.abc import Sequence
from tempfile import TemporaryFile
from time import perf_counter
from typing import IO, NamedTuple


class Ended(NamedTuple):
    """How a command ended: exit code, what it printed, CPU and wall seconds, and peak memory in MiB.

    The system counts the memory of whoever starts a command with it, so that this one has to be small.
    """

    code: int
    printed: str
    errors: str
    cpu_seconds: float
    wall_seconds: float
    mebibytes: float


def ended(command: Sequence[str]) -> Ended:
    """Runs a command."""
    began = perf_counter()
    with TemporaryFile() as printed, TemporaryFile() as errors:
        process = subprocess.Popen(command, stdout=printed, stderr=errors)
        _, status, used = os.wait4(process.pid, 0)
        wall = perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        cpu, mebibytes = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
        return Ended(process.returncode, _text(printed), _text(errors), cpu, wall, mebibytes)


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode(errors="replace")
