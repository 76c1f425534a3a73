"""Runs tests against mutants: pytest collects them once, then a fork of the process runs them for each mutant."""

import gc
import os
import resource
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum, auto
from multiprocessing import connection, get_context
from multiprocessing.context import ForkProcess
from pathlib import Path
from time import process_time
from types import FunctionType

import pytest

from tests.mutants.generating import Mutant

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # a process with several threads cannot be forked safely
FORK = get_context("fork")
AT_ONCE = 2
SECONDS = 15
"""What a fork may take of a processor for each law whose tests it runs; the slowest take a third. Then it is ended."""
OCTETS = 4 << 30
"""What a fork may take of the memory."""
QUIET = ("--assert=plain", "--capture=no", *(f"-pno:{name}" for name in ("terminal", "cacheprovider", "xdist")))


class End(Enum):
    """How a trial ends."""

    SURVIVED = auto()
    KILLED_BY_OWN_TEST = auto()
    KILLED_BY_VOICES = auto()
    BROKEN_OFF = auto()


CODES = {0: End.SURVIVED, 10: End.KILLED_BY_OWN_TEST, 11: End.KILLED_BY_VOICES}
"""What the exit code of a fork means; with another one it hung, or Python itself gave up."""


class Trials:
    """A plugin of pytest: it runs the collected tests for the code as it is, then for each mutant till one fails.

    `ends` is how that went, the code as it is first.
    """

    def __init__(self, source: Path, mutants: Sequence[Mutant]) -> None:
        self._source = source
        self._mutants = mutants
        self.ends: list[End] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        functions = _functions_of(self._source)
        own = sorted((item for item in session.items if not _is_voices(item)), key=_seconds)
        session.items[: len(own)] = own
        forks = [FORK.Process(target=_try, args=(session, functions, each)) for each in (None, *self._mutants)]
        self.ends = list(_ends(forks))
        return True


class FirstFailure:
    """A plugin of pytest that ends the process where a test fails: nobody reads why."""

    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> None:
        if call.excinfo is not None:
            os._exit(11 if _is_voices(item) else 10)


def tried(source: Path, mutants: Sequence[Mutant], tests: Sequence[str]) -> list[End]:
    """How tests end for a file as it is, and for each of its mutants."""
    trials = Trials(source, mutants)
    pytest.main([*QUIET, *tests], plugins=[trials])
    return trials.ends


def _functions_of(source: Path) -> Mapping[str, FunctionType]:
    """The functions of a loaded file by their full names."""
    functions = (each for each in gc.get_objects() if type(each) is FunctionType)
    return {each.__code__.co_qualname: each for each in functions if each.__code__.co_filename == str(source)}


def _try(session: pytest.Session, functions: Mapping[str, FunctionType], mutant: Mutant | None) -> None:
    """The life of a fork: it becomes the mutant, and runs the tests."""
    seconds = SECONDS * max(1, sum(map(_is_voices, session.items)))
    for what, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, OCTETS), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (most, most))
    session.config.pluginmanager.register(FirstFailure())
    if mutant is not None:
        functions[mutant.function].__code__ = mutant.code
    for item in session.items:
        _run(item)


def _run(item: pytest.Item) -> None:
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)


def _seconds(item: pytest.Item) -> float:
    """What a test takes; the first to run load, once for all forks, what is loaded late."""
    start = process_time()
    _run(item)
    return process_time() - start


def _is_voices(item: pytest.Item) -> bool:
    return item.path.stem == "test_voices_agree"


def _ends(forks: Sequence[ForkProcess]) -> Iterator[End]:
    """Runs the forks, a few at once."""
    running: list[ForkProcess] = []
    for fork in forks:
        if len(running) == AT_ONCE:
            ended = connection.wait([each.sentinel for each in running])
            for each in [each for each in running if each.sentinel in ended]:
                each.join()
                running.remove(each)
        fork.start()
        running.append(fork)
    for fork in forks:
        fork.join()
        yield CODES.get(fork.exitcode or 0, End.BROKEN_OFF)
