"""The table of a family: a row for each instance with what its runs found and took, and a last one with their sums."""

from collections.abc import Iterable, Sequence
from statistics import median
from typing import NamedTuple

from benchmarks.families import Instance
from benchmarks.rows import dated_row
from benchmarks.runs import Run

COLUMNS = (
    *("date", "commit", "machine", "budget", "instance", "scores", "median", "bound", "best known", "ratio", "peers"),
    *("lawful s", "CPU s", "wall s", "MiB", "outcome"),
)
NOTHING = "–"


class Line(NamedTuple):
    """An instance, its runs seed by seed, and the middle one of them."""

    instance: Instance
    runs: Sequence[Run]
    middle: Run

    @property
    def compared(self) -> tuple[int, int] | None:
        """The median and the best value known, where there are both."""
        values, best = self.middle.values, self.instance.others.best
        return None if values is None or best is None else (sum(values), best)


def line(instance: Instance, runs: Sequence[Run]) -> Line:
    """A line, whose middle run is the worse one of two where runs are even; none lawful is worst."""
    sign = -1 if instance.is_most_best else 1
    ranked = sorted(runs, key=lambda run: (run.values is None, [sign * value for value in run.values or ()]))
    return Line(instance, runs, ranked[len(runs) // 2])


def head_of(family: str, peers: Sequence[str]) -> str:
    """The heading of a family, whose the figures of peers are, and the names of the columns."""
    told = f"Peers: {' / '.join(peers)}.\n\n" if peers else ""
    return f"## make bench: {family}\n\n{told}| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}"


def row(found: Line, budget: str) -> str:
    """The row of an instance."""
    instance, runs, middle = found
    others = instance.others
    return dated_row(
        budget,
        instance.name,
        ", ".join(_numbers(run.values) for run in runs),
        _numbers(middle.values),
        _numbers(middle.bounds),
        NOTHING if others.best is None else others.best,
        _ratio([found]),
        " / ".join(others.figures) or NOTHING,
        _seconds((run.lawful_seconds for run in runs if run.lawful_seconds is not None), digits=2),
        _seconds(run.used.cpu_seconds for run in runs),
        _seconds(run.used.wall_seconds for run in runs),
        f"{max(run.used.mebibytes for run in runs):.0f}",
        ", ".join(dict.fromkeys(map(_outcome, runs))),
    )


def sums(lines: Sequence[Line], budget: str) -> str:
    """The row of a whole family: medians against the best values known, where there are both, and all that it took."""
    pairs = [each.compared for each in lines if each.compared is not None]
    known = sum(each.instance.others.best is not None for each in lines)
    runs = [run for each in lines for run in each.runs]
    used = [run.used for run in runs]
    return dated_row(
        budget,
        f"**all {len(lines)}**",
        f"{len(pairs)} of {known} compared" if known else NOTHING,
        sum(ours for ours, _ in pairs) if pairs else NOTHING,
        NOTHING,
        sum(best for _, best in pairs) if pairs else NOTHING,
        _ratio(lines),
        NOTHING,
        NOTHING,
        f"{sum(each.cpu_seconds for each in used):.1f}",
        f"{sum(each.wall_seconds for each in used):.1f}",
        f"{max(each.mebibytes for each in used):.0f}",
        f"{sum(run.proved for run in runs)} of {len(runs)} runs proved, {sum(run.wrong for run in runs)} wrong",
    )


def _outcome(run: Run) -> str:
    return f"**{run.outcome}**" if run.wrong else f"{run.outcome}, proved" if run.proved else run.outcome


def _numbers(found: Sequence[int] | None) -> str:
    return " ".join(map(str, found or ())) or NOTHING


def _ratio(lines: Iterable[Line]) -> str:
    pairs = [each.compared for each in lines if each.compared is not None]
    best = sum(best for _, best in pairs)
    return f"{sum(ours for ours, _ in pairs) / best:.2f}" if best else NOTHING


def _seconds(taken: Iterable[float], digits: int = 1) -> str:
    some = list(taken)
    return f"{median(some):.{digits}f}" if some else NOTHING
