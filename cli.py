"""The door: the `semainier` command. Whatever prints, reads the clock or hears a signal is here."""

import gettext
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import click

from calendars.faults import FaultyInput
from calendars.wording import LANGUAGES, TRANSLATIONS, Message, render, say, say_count

if TYPE_CHECKING:
    from constraints.rule import Breach
    from scheduler.problem import Problem
    from scheduler.search import Level, Limits, Progress, Result

LAWFUL, UNLAWFUL, BAD_INPUT, NO_ANSWER = 0, 1, 2, 3
"""Exit codes: a lawful calendar; none exists, or the one judged is in breach; bad input; no answer in time."""


def main() -> None:
    """Runs the command, with its help and messages in the reader's language."""
    words = sys.argv[1:]
    language = _language_asked(words) or _language_of_the_machine()
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("click", str(TRANSLATIONS))
    gettext.textdomain("click")
    _command(language)(words, prog_name="semainier")


def _language_asked(words: Sequence[str]) -> str | None:
    """The language after `--lang`, looked up before click reads the line, because the help is worded in it."""
    pairs = pairwise([*words, ""])
    asked = [following if word == "--lang" else word.removeprefix("--lang=") for word, following in pairs]
    return next((language for language in asked if language in LANGUAGES), None)


def _language_of_the_machine() -> str:
    settings = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "fr" if next(filter(None, settings), "").startswith("fr") else "en"


def _command(language: str) -> click.Group:
    """The command and its parts, worded in `language` until a programme tells its own."""

    def words(text: str) -> str:
        return render(Message(text), language)

    def day(_context: click.Context, _option: click.Parameter, text: str | None) -> date:
        try:
            return date.fromisoformat(text) if text is not None else _today()
        except ValueError:
            raise click.BadParameter(render(_DAY, language)) from None

    programme = click.argument("file", type=click.Path(path_type=Path))
    as_json = click.option("--json", "as_json", is_flag=True, help=words(_JSON))
    lang = click.option("--lang", type=click.Choice(LANGUAGES), help=words(_LANG))

    @click.group(help=words(_SEMAINIER))
    @click.version_option(package_name="semainier", message="%(prog)s %(version)s", help=words(_VERSION))
    @lang
    def semainier(lang: str | None) -> None:
        pass

    @semainier.command(help=words(_SOLVE))
    @programme
    @click.option(
        "-o", "--output", type=click.Path(path_type=Path), default=Path("out"), metavar="DIR", help=words(_OUT)
    )
    @click.option("--time-limit", type=click.FloatRange(0, min_open=True), metavar="S", help=words(_TIME_LIMIT))
    @click.option(
        "--workers", type=click.IntRange(1, 64), default=2, show_default=True, metavar="N", help=words(_WORKERS)
    )
    @click.option(
        "--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True, metavar="N", help=words(_SEED)
    )
    @click.option("--as-of", callback=day, metavar="DATE", help=words(_AS_OF))
    @as_json
    @lang
    def solve(
        file: Path,
        output: Path,
        time_limit: float | None,
        workers: int,
        seed: int,
        as_of: date,
        as_json: bool,
        lang: str | None,
    ) -> None:
        def work() -> int:
            from scheduler.search import Limits

            limits = Limits(seconds=time_limit, workers=workers, seed=seed)
            return _solve(file, output, limits, as_of, lang, as_json)

        _leave(language, work)

    @semainier.command(help=words(_CHECK))
    @programme
    @click.argument("calendar", type=click.Path(path_type=Path))
    @as_json
    @lang
    def check(file: Path, calendar: Path, as_json: bool, lang: str | None) -> None:
        _leave(language, lambda: _check(file, calendar, lang, as_json))

    @semainier.command(help=words(_SCHEMA))
    @lang
    def schema(lang: str | None) -> None:
        from scheduler.problem import schema

        click.echo(json.dumps(schema(), indent=2, ensure_ascii=False))

    return semainier


_SEMAINIER = say(
    "Places the sessions of a programme on real dates, every law kept, and says how good the year is."
).text
_SOLVE = say("Makes the year of the programme FILE and writes it into a folder.").text
_CHECK = say("Judges a CALENDAR, also an edited one, by the laws of the programme FILE.").text
_SCHEMA = say("Prints the JSON Schema of programme files.").text
_LANG = say("Language of what is said; the programme's own by default.").text
_JSON = say("Prints the outcome for machines.").text
_VERSION = say("Prints the version.").text
_OUT = say("Folder for calendar.json, report.txt and the feeds; out by default.").text
_TIME_LIMIT = say("Stops after S seconds with the best year so far.").text
_WORKERS = say("Workers of the search.").text
_SEED = say("Starts the search another way.").text
_DAY = say("write a day such as 2026-09-14")
_AS_OF = say("The day that time stamps bear; today by default.").text


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


def _leave(language: str, work: Callable[[], int]) -> None:
    """Ends with the exit code of the work."""
    try:
        from calendars.time_zones import use_packaged_zones

        use_packaged_zones()
        with _telling_faults(language):
            sys.exit(work())
    except KeyboardInterrupt:
        click.echo(render(say("Interrupted."), language), err=True)
        sys.exit(NO_ANSWER)


@contextmanager
def _telling_faults(language: str) -> Iterator[None]:
    """Bad input ends the command: every fault is printed on a line of its own."""
    try:
        yield
    except FaultyInput as found:
        for fault in found.faults:
            click.echo(fault.words(language), err=True)
        sys.exit(BAD_INPUT)


def _solve(file: Path, output: Path, limits: "Limits", as_of: date, lang: str | None, as_json: bool) -> int:
    from calendars.saving import ensure_writable, write_whole
    from scheduler.problem import read_problem
    from scheduler.search import Outcome, search
    from scheduler.year import year_of

    problem = read_problem(file)
    language = lang or problem.programme.language
    with _telling_faults(language):
        for folder in (output, output / "feeds"):
            ensure_writable(folder)
        with _signals_stop(limits.stop):
            with _progress(language) as show:
                result = search(problem, limits, show)
            if result.timetable is not None:
                year = year_of(problem, result.timetable, result, as_of, limits.seed, language)
                write_whole(output, year.files)
    record = _outcome_record(problem, result, output, language)
    _tell(_outcome(problem, result, output), record, language, as_json)
    return {Outcome.LAWFUL: LAWFUL, Outcome.IMPOSSIBLE: UNLAWFUL, Outcome.UNKNOWN: NO_ANSWER}[result.outcome]


def _check(file: Path, saved: Path, lang: str | None, as_json: bool) -> int:
    from calendars.saving import read_calendar, timetable_of
    from scheduler.problem import read_problem
    from scheduler.verdict import breaches, estranged

    problem = read_problem(file)
    language = lang or problem.programme.language
    with _telling_faults(language):
        calendar = read_calendar(saved, problem.programme.key)
    found = breaches(problem, timetable_of(calendar)) + estranged(problem, calendar)
    _tell(_verdict(found), _verdict_record(found, language), language, as_json)
    return UNLAWFUL if found else LAWFUL


def _tell(lines: Sequence[Message], record: dict[str, Any], language: str, as_json: bool) -> None:
    """Prints an outcome for people, or as JSON for machines."""
    if as_json:
        click.echo(json.dumps(record, indent=1, ensure_ascii=False))
        return
    for line in lines:
        click.echo(render(line, language))


def _verdict(found: Sequence["Breach"]) -> list[Message]:
    if not found:
        return [say("No breach: every law is kept.")]
    count = say_count("{count} breach:", "{count} breaches:", len(found))
    return [count, *(say("{law}: {what}", law=breach.rule, what=breach.message) for breach in found)]


def _verdict_record(found: Sequence["Breach"], language: str) -> dict[str, Any]:
    rows = [{"law": each.rule, "message": render(each.message, language), "excess": each.excess} for each in found]
    return {"lawful": not found, "breaches": rows}


def _outcome(problem: "Problem", result: "Result", output: Path) -> list[Message]:
    from scheduler.search import Outcome

    match result.outcome:
        case Outcome.LAWFUL:
            sessions = sum(part.count for part in problem.programme.parts.values())
            done = say_count(
                "Lawful year: {count} session placed in {seconds} s.",
                "Lawful year: {count} sessions placed in {seconds} s.",
                sessions,
                seconds=round(result.seconds, 1),
            )
            return [
                done,
                *(_level_line(level) for level in result.levels),
                *([] if result.reproducible else [_CUT_SHORT]),
                say("Written to {folder}.", folder=str(output)),
            ]
        case Outcome.IMPOSSIBLE if result.shortages:
            short = [shortage.words(problem.programme) for shortage in result.shortages]
            return [say("Impossible, seen before any search:"), *short]
        case Outcome.IMPOSSIBLE:
            return [say("Impossible: it is proved that no calendar keeps all these laws together.")]
        case Outcome.UNKNOWN if result.reproducible:
            return [say("No lawful year was found, and nothing is proved: try another --seed.")]
        case Outcome.UNKNOWN:
            return [say("The search ended before a lawful year was found, and nothing is proved: give it more time.")]


_CUT_SHORT = say("The clock or a person ended the search, so another run may give another calendar.")


def _level_line(level: "Level") -> Message:
    rules = tuple(level.rules)
    if level.proved:
        return say("Level {rank} ({rules}): {value}, proved optimal.", rank=level.rank, rules=rules, value=level.value)
    return say(
        "Level {rank} ({rules}): {value}, at best {bound} (gap {gap} %).",
        rank=level.rank,
        rules=rules,
        value=level.value,
        bound=level.bound,
        gap=100 * level.gap,
    )


def _outcome_record(problem: "Problem", result: "Result", output: Path, language: str) -> dict[str, Any]:
    return {
        "outcome": result.outcome.value,
        "levels": [
            {"rank": level.rank, "rules": level.rules, "value": level.value, "bound": level.bound}
            for level in result.levels
        ],
        "shortages": [render(shortage.words(problem.programme), language) for shortage in result.shortages],
        "seconds_to_lawful": round(result.seconds_to_lawful, 3),
        "seconds": round(result.seconds, 3),
        "output": str(output) if result.timetable is not None else None,
    }


@contextmanager
def _signals_stop(stop: Event) -> Iterator[None]:
    """Ctrl-C and SIGTERM end the search, and what it found is still written; then they mean what they meant before."""
    before = {each: signal.signal(each, lambda *_: stop.set()) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


@contextmanager
def _progress(language: str) -> Iterator[Callable[["Progress"], None]]:
    """A live line on a terminal; elsewhere a plain line, at most one a second and level."""
    from rich.console import Console

    looking = render(say("Looking for a lawful year…"), language)
    console = Console(stderr=True, highlight=False)
    if not console.is_terminal:
        click.echo(looking, err=True)
        yield _plain_lines(language)
        return
    with console.status(looking) as status:
        yield lambda progress: status.update(render(_progress_line(progress), language))


def _plain_lines(language: str) -> Callable[["Progress"], None]:
    last = {"rank": -1, "second": -1}

    def show(progress: "Progress") -> None:
        now = {"rank": progress.rank, "second": int(progress.seconds)}
        if now != last:
            last.update(now)
            click.echo(render(_progress_line(progress), language), err=True)

    return show


def _progress_line(progress: "Progress") -> Message:
    return say(
        "{seconds} s: level {rank}, best {best}, bound {bound}, gap {gap} %",
        seconds=round(progress.seconds, 1),
        rank=progress.rank,
        best=progress.value,
        bound=progress.bound,
        gap=round(100 * progress.gap, 1),
    )


if __name__ == "__main__":
    main()
