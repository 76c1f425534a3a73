"""The door: the `semainier` command with its options, files, signals, clock and exit codes."""

import sys

try:
    import gettext
    import json
    import os
    import signal
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import contextmanager
    from datetime import UTC, date, datetime
    from itertools import pairwise
    from pathlib import Path
    from threading import Event, Timer
    from typing import TYPE_CHECKING, NoReturn

    import click

    from calendars.faults import Fault, FaultyInput
    from calendars.wording import LANGUAGES, TRANSLATIONS, Message, render, say
    from commands.printing import print_json as _print_json
    from commands.printing import telling_faults as _telling_faults
except KeyboardInterrupt:
    # Ctrl-C so early that neither words nor languages are known
    sys.stderr.write("Interrupted.\n")
    sys.exit(3)

if TYPE_CHECKING:
    from calendars.calendar_file import Calendar, Version
    from commands.replan import ReplanAsked
    from console.question import Question
    from console.screen import Screen
    from scheduler.conflict import Conflict
    from scheduler.patience import Patience
    from scheduler.plan import Plan
    from scheduler.problem import Problem
    from scheduler.result import Limits, Outcome
    from scheduler.unheld import Unheld

LAWFUL, UNLAWFUL, NO_ANSWER = 0, 1, 3
"""Exit codes: a lawful calendar; none exists, or the one judged is in breach; no answer in time."""

SAME, DIFFERENT = 0, 1
"""Exit codes of two calendars."""

_EXIT_CODES = {
    "lawful": LAWFUL,
    "impossible": UNLAWFUL,
    "unknown": NO_ANSWER,
    "decided": LAWFUL,
    "no quorum": UNLAWFUL,
    "waiting": NO_ANSWER,
}
"""By the outcome of a search or of polls."""


def main() -> None:
    """Runs the command, with its help and messages in the reader's language."""
    words = sys.argv[1:]
    language = _language_asked(words) or _language_of_the_machine()
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("click", str(TRANSLATIONS))
    gettext.textdomain("click")
    with _ctrl_c_ends(render(say("Interrupted."), language)):
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

    def moves(_context: click.Context, _option: click.Parameter, text: str) -> int | None:
        if text == "any" or text.isdecimal():
            return None if text == "any" else int(text)
        raise click.BadParameter(render(_NO_MOVES, language))

    def name(_context: click.Context, _option: click.Parameter, text: str) -> str:
        if not text.strip():
            raise click.BadParameter(render(_NO_NAME, language))
        return text.strip()

    programme = click.argument("file", type=click.Path(path_type=Path))
    programmes = click.argument("file", nargs=-1, required=True, type=click.Path(path_type=Path))
    as_of = click.option("--as-of", callback=day, metavar="DATE", help=words(_AS_OF))
    taken_for_today = click.option("--as-of", callback=day, metavar="DATE", help=words(_TAKEN_FOR_TODAY))
    time_limit = click.option(
        "--time-limit", type=click.FloatRange(0, min_open=True), metavar="S", help=words(_TIME_LIMIT)
    )
    workers = click.option(
        "--workers", type=click.IntRange(1, 64), default=2, show_default=True, metavar="N", help=words(_WORKERS)
    )
    seed = click.option(
        "--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True, metavar="N", help=words(_SEED)
    )
    into_out = click.option(
        "-o", "--output", type=click.Path(path_type=Path), default=Path("out"), metavar="DIR", help=words(_OUT)
    )
    as_json = click.option("--json", "as_json", is_flag=True, help=words(_JSON))
    lang = click.option("--lang", type=click.Choice(LANGUAGES), help=words(_LANG))

    @click.group(help=words(_SEMAINIER))
    @click.version_option(package_name="semainier", message="%(prog)s %(version)s", help=words(_VERSION))
    @lang
    def semainier(lang: str | None) -> None:
        pass

    @semainier.command(help=words(_SOLVE))
    @programmes
    @into_out
    @click.option("--previous", type=click.Path(path_type=Path), metavar="CALENDAR", help=words(_PREVIOUS))
    @time_limit
    @workers
    @seed
    @as_of
    @as_json
    @lang
    def solve(
        file: tuple[Path, ...],
        output: Path,
        previous: Path | None,
        time_limit: float | None,
        workers: int,
        seed: int,
        as_of: date,
        as_json: bool,
        lang: str | None,
    ) -> None:
        def work() -> int:
            from scheduler.result import Limits

            limits = Limits(seconds=time_limit, workers=workers, seed=seed)
            return _solve(file, output, previous, limits, as_of, lang, as_json)

        _leave(language, work)

    @semainier.command(help=words(_CHECK))
    @programmes
    @click.argument("calendar", type=click.Path(path_type=Path))
    @as_json
    @lang
    def check(file: tuple[Path, ...], calendar: Path, as_json: bool, lang: str | None) -> None:
        _leave(language, lambda: _check(file, calendar, lang, as_json))

    @semainier.command(help=words(_WHY))
    @click.argument("words_asked", nargs=-1, required=True, metavar="FILE... [CALENDAR] [SESSION]")
    @click.option("--at", metavar="WHEN", help=words(_AT))
    @click.option("--for", "reader", metavar="TRAINER", help=words(_FOR))
    @click.option("-o", "--output", type=click.Path(path_type=Path), metavar="DIR", help=words(_WAYS_OUT))
    @time_limit
    @as_of
    @as_json
    @lang
    def why(
        words_asked: tuple[str, ...],
        at: str | None,
        reader: str | None,
        output: Path | None,
        time_limit: float | None,
        as_of: date,
        as_json: bool,
        lang: str | None,
    ) -> None:
        def work() -> int:
            from console.question import question_of

            return _why(question_of(words_asked, at, reader), output, time_limit, as_of, lang, as_json)

        _leave(language, work)

    @semainier.command(help=words(_OFFER))
    @click.argument("words_asked", nargs=-1, required=True, metavar="FILE CALENDAR SESSION...")
    @click.option("--count", type=click.IntRange(1), default=10, show_default=True, metavar="N", help=words(_COUNT))
    @click.option("--moves", callback=moves, default="0", show_default=True, metavar="K", help=words(_MOVES))
    @click.option("--published", is_flag=True, help=words(_MOVE_PUBLISHED))
    @click.option("--all", "every", is_flag=True, help=words(_ALL))
    @click.option("--holds", is_flag=True, help=words(_HOLDS))
    @click.option("--for", "reader", metavar="TRAINER", help=words(_FOR))
    @click.option("-o", "--output", type=click.Path(path_type=Path), metavar="DIR", help=words(_OFFER_FOLDER))
    @time_limit
    @as_of
    @as_json
    @lang
    def offer(
        words_asked: tuple[str, ...],
        count: int,
        moves: int | None,
        published: bool,
        every: bool,
        holds: bool,
        reader: str | None,
        output: Path | None,
        time_limit: float | None,
        as_of: date,
        as_json: bool,
        lang: str | None,
    ) -> None:
        def work() -> int:
            from commands.offer import OfferAsked, asked_of, offer
            from scheduler.problem import read_problem

            if holds and output is None:
                raise FaultyInput([Fault(_HOLDS_NEED_A_FOLDER)])
            asked = OfferAsked(*asked_of(words_asked), count, moves, every, published, holds, reader, output)
            problem, stop = read_problem(asked.file), Event()
            with (
                _telling_faults(lang or problem.programme.language),
                _signals_stop(stop),
                _clock_stops(stop, time_limit),
            ):
                codes = {True: LAWFUL, False: UNLAWFUL, None: NO_ANSWER}
                return codes[offer(problem, asked, as_of, stop, lang, as_json)]

        _leave(language, work)

    @semainier.command(help=words(_ACCEPT))
    @click.argument("calendar", type=click.Path(path_type=Path))
    @click.argument("offer", type=click.Path(path_type=Path))
    @click.argument("numbers", nargs=-1, required=True, type=click.IntRange(1), metavar="N...")
    @into_out
    @as_of
    @as_json
    @lang
    def accept(
        calendar: Path,
        offer: Path,
        numbers: tuple[int, ...],
        output: Path,
        as_of: date,
        as_json: bool,
        lang: str | None,
    ) -> None:
        def work() -> int:
            from commands.offer import accept_offer
            from polls.saved import read_offer

            saved = read_offer(offer)
            with _telling_faults(lang or saved.language):
                accept_offer(saved, calendar, offer, numbers, output, as_of, lang, as_json)
            return LAWFUL

        _leave(language, work)

    @semainier.command(help=words(_REPLAN))
    @programme
    @click.argument("calendar", type=click.Path(path_type=Path))
    @click.argument("changes", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="CHANGES...")
    @into_out
    @click.option("--only", multiple=True, metavar="SCOPE", help=words(_ONLY))
    @click.option("--dry-run", is_flag=True, help=words(_DRY_RUN))
    @time_limit
    @workers
    @seed
    @as_of
    @as_json
    @lang
    def replan(
        file: Path,
        calendar: Path,
        changes: tuple[Path, ...],
        output: Path,
        only: tuple[str, ...],
        dry_run: bool,
        time_limit: float | None,
        workers: int,
        seed: int,
        as_of: date,
        as_json: bool,
        lang: str | None,
    ) -> None:
        def work() -> int:
            from commands.replan import ReplanAsked
            from scheduler.result import Limits

            asked = ReplanAsked(calendar, changes, only, output, dry_run)
            limits = Limits(workers=workers, seed=seed)
            with _clock_stops(limits.stop, time_limit):
                return _replan(file, asked, limits, as_of, lang, as_json)

        _leave(language, work)

    @semainier.command(help=words(_PIN))
    @click.argument("calendar", type=click.Path(path_type=Path))
    @click.argument("session", required=False)
    @click.option("--by", default="", metavar="WHO", help=words(_BY))
    @click.option("--why", default="", metavar="TEXT", help=words(_BECAUSE))
    @click.option("--remove", is_flag=True, help=words(_REMOVE))
    @click.option("--as-of", callback=day, metavar="DATE", help=words(_PIN_DAY))
    @as_json
    @lang
    def pin(
        calendar: Path,
        session: str | None,
        by: str,
        why: str,
        remove: bool,
        as_of: date,
        as_json: bool,
        lang: str | None,
    ) -> None:
        def work() -> int:
            if session is None:
                return _tell_pins(calendar, bool(by or why or remove), lang, as_json)
            if remove:
                return _unpin(calendar, session, bool(by or why), lang, as_json)
            return _pin(calendar, session, by, why, as_of, lang, as_json)

        _leave(language, work)

    @semainier.command(help=words(_PUBLISH))
    @programme
    @click.argument("calendar", type=click.Path(path_type=Path))
    @click.option("--name", required=True, callback=name, metavar="NAME", help=words(_NAME))
    @click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        default=Path("published"),
        metavar="DIR",
        help=words(_PUBLISHED),
    )
    @as_of
    @as_json
    @lang
    def publish(
        file: Path, calendar: Path, name: str, output: Path, as_of: date, as_json: bool, lang: str | None
    ) -> None:
        from calendars.calendar_file import Version

        _leave(language, lambda: _publish(file, calendar, Version(name=name, day=as_of), output, lang, as_json))

    @semainier.command(help=words(_COMPARE))
    @click.argument("before", type=click.Path(path_type=Path))
    @click.argument("after", type=click.Path(path_type=Path))
    @click.option("-o", "--output", type=click.Path(path_type=Path), metavar="DIR", help=words(_COMPARED))
    @as_json
    @lang
    def compare(before: Path, after: Path, output: Path | None, as_json: bool, lang: str | None) -> None:
        def work() -> int:
            from commands.compare import compare_calendars

            return SAME if compare_calendars(before, after, output, lang, as_json) else DIFFERENT

        _leave(language, work)

    @semainier.command(help=words(_RESTORE))
    @programme
    @click.argument("published", type=click.Path(path_type=Path))
    @click.argument("version", required=False)
    @into_out
    @as_of
    @as_json
    @lang
    def restore(
        file: Path, published: Path, version: str | None, output: Path, as_of: date, as_json: bool, lang: str | None
    ) -> None:
        def work() -> int:
            from commands.restore import list_versions, restore_version
            from scheduler.problem import read_problem

            problem = read_problem(file)
            told_in = lang or problem.programme.language
            with _telling_faults(told_in):
                if version is None:
                    list_versions(problem, published, told_in, as_json)
                    return LAWFUL
                written = restore_version(problem, published, version, output, as_of, told_in, as_json)
                return LAWFUL if written else UNLAWFUL

        _leave(language, work)

    @semainier.group(help=words(_POLL))
    @lang
    def poll(lang: str | None) -> None:
        pass

    @poll.command("open", help=words(_POLL_OPEN))
    @click.argument("offer", type=click.Path(path_type=Path))
    @click.option("--voters", required=True, type=click.Path(path_type=Path), metavar="CSV", help=words(_VOTERS))
    @click.option("--until", required=True, callback=day, metavar="DATE", help=words(_UNTIL))
    @click.option("--session", metavar="SESSION", help=words(_POLLED))
    @click.option("--quorum", type=click.IntRange(1), metavar="N", help=words(_QUORUM))
    @click.option(
        "-o", "--output", required=True, type=click.Path(path_type=Path), metavar="DIR", help=words(_POLL_FOLDER)
    )
    @taken_for_today
    @as_json
    @lang
    def open_poll(
        offer: Path,
        voters: Path,
        until: date,
        session: str | None,
        quorum: int | None,
        output: Path,
        as_of: date,
        as_json: bool,
        lang: str | None,
    ) -> None:
        def work() -> int:
            from commands.poll import open_poll
            from polls.opening import Opening

            open_poll(Opening(offer, voters, until, output, session, quorum), as_of, lang, as_json)
            return LAWFUL

        _leave(language, work)

    @poll.command("close", help=words(_POLL_CLOSE))
    @click.argument("polls", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="POLL...")
    @taken_for_today
    @as_json
    @lang
    def close_polls(polls: tuple[Path, ...], as_of: date, as_json: bool, lang: str | None) -> None:
        def work() -> int:
            from commands.poll import close_polls

            return _EXIT_CODES[close_polls(polls, as_of, lang, as_json).value]

        _leave(language, work)

    @poll.command("confirm", help=words(_POLL_CONFIRM))
    @click.argument("calendar", type=click.Path(path_type=Path))
    @click.argument("polls", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="POLL...")
    @click.option("--slot", "numbers", multiple=True, type=click.IntRange(1), metavar="N", help=words(_POLL_SLOT))
    @into_out
    @as_of
    @as_json
    @lang
    def confirm_polls(
        calendar: Path,
        polls: tuple[Path, ...],
        numbers: tuple[int, ...],
        output: Path,
        as_of: date,
        as_json: bool,
        lang: str | None,
    ) -> None:
        def work() -> int:
            from commands.poll import confirm_polls
            from scheduler.certifying import OutOfWork

            stop = Event()
            with _signals_stop(stop):
                try:
                    outcome = confirm_polls(calendar, polls, numbers, output, as_of, stop, lang, as_json)
                except OutOfWork:
                    click.echo(render(_NOT_CONFIRMED, lang or language), err=True)
                    return NO_ANSWER
            return _EXIT_CODES[outcome.value]

        _leave(language, work)

    @semainier.command(help=words(_RULES))
    @click.argument("name", required=False)
    @lang
    def rules(name: str | None, lang: str | None) -> None:
        with _telling_faults(language):
            _tell_rules(name, language)

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
_PUBLISH = say("Makes a CALENDAR of the programme FILE a named version, in a folder that feeds are served from.").text
_COMPARE = say(
    "Compares two calendars of a programme: what moved from BEFORE to AFTER, what it costs, whom to tell."
).text
_COMPARED = say("Folder for compare.html and a message to each person whom it concerns.").text
_RESTORE = say(
    "Brings a VERSION of the folder PUBLISHED back, as a draft that follows it; without VERSION: which ones there are."
).text
_PIN = say(
    "Pins a SESSION or block of a CALENDAR: no calendar that follows moves it. Without a SESSION: what is pinned."
).text
_REPLAN = say(
    "Makes the CALENDAR that disturbs people least after CHANGES in the year, such as a trainer who is away, and "
    "proves how few sessions have to move."
).text
_ONLY = say(
    "What may change: a module, a group, a week such as 2026-W46, or dates such as 2026-11-02/2026-11-13; repeatable."
).text
_DRY_RUN = say("Writes nothing, and compares what each file of CHANGES would come to.").text
_BY = say("The role of whoever pins it, such as Programme manager.").text
_BECAUSE = say("Why it stays where it stands.").text
_REMOVE = say("Takes the pin off, whoever set it.").text
_PIN_DAY = say("The day since which it is pinned; today by default.").text
_WHY = say(
    "Tells why the programme FILE has no lawful year, and the cheapest ways out. With its CALENDAR: where the cost "
    "comes from. With a SESSION too: why it cannot stand at another moment, or what that would take."
).text
_OFFER = say(
    "Offers slots to SESSIONs of a CALENDAR, each certified by a whole lawful calendar that has it; of several "
    "sessions it says which combinations hold."
).text
_COUNT = say("How many slots are wanted for each session.").text
_MOVES = say("How many other sessions and blocks may move: a number, or any.").text
_NO_MOVES = say("write a number such as 2, or any")
_MOVE_PUBLISHED = say("Published sessions may move too; pinned ones never do.").text
_ALL = say("Looks for all slots that exist, to say whether these are all.").text
_HOLDS = say("Puts the slots on hold, in a calendar beside the offer.").text
_HOLDS_NEED_A_FOLDER = say("--holds writes a calendar: name a folder with -o")
_OFFER_FOLDER = say("Folder for the offer and the calendars that certify its slots.").text
_ACCEPT = say("Makes the calendar that certifies slot N of an OFFER, one N for each of its sessions.").text
_POLL_CONFIRM = say(
    "Makes the calendar with the slots that POLLs decide: they are pinned, and what was on hold for them is let go."
).text
_POLL_SLOT = say("The slot to take, one for each poll, instead of what the answers decide.").text
_NOT_CONFIRMED = say("It is not known whether a lawful calendar has these slots: the work was too much, or stopped.")
_AT = say("The moment that is asked about, such as 2026-11-10T14:00.").text
_FOR = say("The trainer for whom the answer is: nothing shows of what others cannot, prefer or give at most.").text
_WAYS_OUT = say("Folder for the calendars of the ways out.").text
_POLL = say("Lets people vote, in a table, on the slots of an offer.").text
_POLL_OPEN = say(
    "Makes a poll on the slots of one session of the folder OFFER: poll.json, votes.csv and slots.ics."
).text
_POLL_CLOSE = say("Counts the answers in the folders POLL, and proposes the slots that are best together.").text
_VOTERS = say("Table of who votes, with the columns voter and required.").text
_UNTIL = say("The last day to answer.").text
_POLLED = say("The session of the offer, by UID or PART#NUMBER, where it has several.").text
_QUORUM = say("How many voters have to answer; half of them by default, and no fewer than are required.").text
_POLL_FOLDER = say("Folder for the poll.").text
_TAKEN_FOR_TODAY = say("The day that is taken for today.").text
_SCHEMA = say("Prints the JSON Schema of programme files.").text
_RULES = say("Explains the law or preference NAME, or lists them all.").text
_LANG = say("Language of what is said; the programme's own by default.").text
_JSON = say("Prints the outcome for machines.").text
_VERSION = say("Prints the version.").text
_OUT = say("Folder for calendar.json, report.txt and the feeds; out by default.").text
_PREVIOUS = say("The calendar.json that people know: what it has moves as little as can be.").text
_NAME = say("Name of the version, such as Rentrée.").text
_NO_NAME = say("give the version a name")
_PUBLISHED = say("Folder of what is published; published by default.").text
_TIME_LIMIT = say("Stops after S seconds with the best so far.").text
_WORKERS = say("Workers of the search.").text
_SEED = say("Starts the search another way.").text
_DAY = say("write a day such as 2026-09-14")
_AS_OF = say("The day that time stamps bear, and before which all is held; today by default.").text


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


def _leave(language: str, work: Callable[[], int]) -> None:
    """Ends with the exit code of the work."""
    from calendars.time_zones import use_packaged_zones

    use_packaged_zones()
    with _telling_faults(language):
        sys.exit(work())


def _solve(
    files: Sequence[Path],
    output: Path,
    previous: Path | None,
    limits: "Limits",
    as_of: date,
    lang: str | None,
    as_json: bool,
) -> int:
    from rich.console import Console

    from calendars.saving import read_calendar
    from calendars.site import programme_files
    from calendars.writing import write_whole
    from console.progress import showing_progress
    from console.records import outcome_record, plan_record
    from console.screen import Screen
    from console.summary import tell_outcome, tell_plan
    from console.unheld import tell_unheld, unheld_record
    from scheduler.amending import amended
    from scheduler.following import following
    from scheduler.piecewise import search_plan
    from scheduler.plan import plan_of, read_problems
    from scheduler.year import files_together, years_of

    files = programme_files(files)
    problems = read_problems(files)
    language = lang or problems[0].programme.language
    before: list[Calendar | None] = [None] * len(problems)
    with _telling_faults(language):
        if previous is not None:
            keys = [problem.programme.key for problem in problems]
            paths = [previous] if len(keys) == 1 else [previous / key / "calendar.json" for key in keys]
            before = [read_calendar(path, key) for path, key in zip(paths, keys, strict=True)]
            known = zip(problems, before, paths, strict=True)
            problems = tuple(
                following(amended(problem, each), each, as_of, path) for problem, each, path in known if each
            )
        plan = plan_of(problems, files)
        folders = [output] if len(problems) == 1 else [output / problem.programme.key for problem in problems]
        for folder in folders:
            _ensure_writable(folder)
        with _signals_stop(limits.stop), showing_progress(Console(stderr=True), language) as show:
            result = search_plan(plan, limits, show)
            lacking = _unheld(plan, result.outcome, limits)
        years = years_of(plan, result, as_of, limits.seed, language, before)
        if years:
            write_whole(output, files_together(plan, years, language))
    year = years[0] if years else None
    if len(problems) > 1 and as_json:
        _print_json(plan_record(plan, result, output, language, years, before))
    elif len(problems) > 1:
        tell_plan(Screen(Console(), language), plan, result, output, years, before)
    elif as_json:
        record = outcome_record(problems[0], result, output, language, year, before[0])
        _print_json(record | {"unheld": unheld_record(lacking)})
    else:
        screen = Screen(Console(), language)
        tell_outcome(screen, problems[0], result, output, year, before[0])
        if lacking is not None:
            tell_unheld(screen, problems[0].programme, lacking)
    return _EXIT_CODES[result.outcome.value]


def _unheld(plan: "Plan", outcome: "Outcome", limits: "Limits") -> "Unheld | None":
    """The defences that cannot be held in an impossible programme, if that is all that cannot."""
    from scheduler.result import Outcome
    from scheduler.unheld import unheld

    alone = len(plan.problems) == 1 and outcome is Outcome.IMPOSSIBLE
    return unheld(plan.whole, limits) if alone else None


def _replan(file: Path, asked: "ReplanAsked", limits: "Limits", as_of: date, lang: str | None, as_json: bool) -> int:
    from commands.replan import replan_year
    from scheduler.problem import read_problem

    problem = read_problem(file)
    with _telling_faults(lang or problem.programme.language), _signals_stop(limits.stop):
        return _EXIT_CODES[replan_year(problem, asked, as_of, limits, lang, as_json).value]


def _check(files: Sequence[Path], saved: Path, lang: str | None, as_json: bool) -> int:
    from rich.console import Console

    from calendars.site import programme_files
    from console.records import verdict_record
    from console.screen import Screen
    from console.verdict import tell_verdict
    from scheduler.judging import judge, judge_plan
    from scheduler.plan import plan_of, read_problems

    files = programme_files(files)
    problems = read_problems(files)
    language = lang or problems[0].programme.language
    with _telling_faults(language):
        verdict = judge(problems[0], saved) if len(problems) == 1 else judge_plan(plan_of(problems, files), saved)
    if as_json:
        _print_json(verdict_record(verdict, language))
    else:
        tell_verdict(Screen(Console(), language), verdict)
    return UNLAWFUL if verdict.breaches else LAWFUL


def _why(
    question: "Question", output: Path | None, seconds: float | None, as_of: date, lang: str | None, as_json: bool
) -> int:
    from rich.console import Console

    from console.question import ensure_known
    from console.screen import Screen
    from scheduler.patience import Patience
    from scheduler.plan import plan_of, read_problems

    problems = read_problems(question.files)
    language = lang or problems[0].programme.language
    screen = Screen(Console(), language)
    with _telling_faults(language):
        plan = plan_of(problems, question.files)
        ensure_known(question.reader, plan.whole)
        patience = Patience()
        with _signals_stop(patience.stop), _clock_stops(patience.stop, seconds):
            if question.session is not None:
                return _why_not(question, plan.whole, patience, as_of, screen, as_json)
            if question.calendar is not None:
                return _why_so_dear(question, plan.whole, patience, screen, as_json)
            return _why_impossible(question, plan, patience, output, as_of, screen, as_json)


def _why_impossible(
    question: "Question",
    plan: "Plan",
    patience: "Patience",
    output: Path | None,
    as_of: date,
    screen: "Screen",
    as_json: bool,
) -> int:
    from calendars.writing import write_whole
    from console.unheld import tell_unheld, unheld_record
    from console.why import explanation_record, tell_conflict, tell_outcome_of, tell_repairs
    from scheduler.conflict import explain
    from scheduler.discretion import conflict_for, explanation_for, repairs_for
    from scheduler.repairs import repairs
    from scheduler.result import Limits, Outcome
    from scheduler.year import files_together, ways_out

    reader = question.reader
    if output is not None:
        _ensure_writable(output)

    def show(conflict: "Conflict") -> None:
        if not as_json:
            tell_conflict(screen, conflict if reader is None else conflict_for(conflict, reader))
            screen.gap()

    explanation = explain(plan.whole, patience=patience, report=show)
    found = repairs(plan.whole, explanation, patience=patience) if explanation.outcome is Outcome.IMPOSSIBLE else ()
    if reader is not None:
        explanation, found = explanation_for(explanation, reader), repairs_for(found, reader)
    folders = [output / str(number + 1) for number in range(len(found))] if output is not None else []
    for folder, repair in zip(folders, found, strict=False):
        write_whole(folder, files_together(plan, ways_out(plan, repair, as_of, screen.language), screen.language))
    limits = Limits(work=patience.work, stop=patience.stop)
    lacking = _unheld(plan, explanation.outcome, limits) if reader is None else None
    if as_json:
        record = explanation_record(explanation, found, folders, screen.language)
        _print_json(record | {"unheld": unheld_record(lacking)})
    elif explanation.outcome is Outcome.IMPOSSIBLE:
        tell_repairs(screen, found, folders)
        if lacking is not None:
            tell_unheld(screen, plan.whole.programme, lacking)
    else:
        tell_outcome_of(screen, explanation)
    return _EXIT_CODES[explanation.outcome.value]


def _why_so_dear(
    question: "Question", problem: "Problem", patience: "Patience", screen: "Screen", as_json: bool
) -> int:
    from calendars.saving import read_calendar
    from console.costs import costs_record, tell_costs
    from scheduler.amending import amended
    from scheduler.costs import costs_of, next_better
    from scheduler.discretion import better_for, costs_for
    from scheduler.result import Limits
    from scheduler.verdict import judged

    assert question.calendar is not None
    calendar = read_calendar(question.calendar, problem.programme.key)
    problem = amended(problem, calendar)
    timetable, limits = judged(problem, calendar), Limits(work=patience.work, stop=patience.stop)
    costs = costs_of(problem, timetable, calendar.certificate.levels)
    better = tuple(next_better(problem, timetable, costs, level.rank, limits) for level in costs)
    if question.reader is not None:
        costs = costs_for(costs, question.reader)
        better = better_for(better, costs, question.reader)
    if as_json:
        _print_json(costs_record(costs, better, screen.language))
    else:
        tell_costs(screen, problem.programme, costs, better)
    return LAWFUL


def _why_not(
    question: "Question", problem: "Problem", patience: "Patience", as_of: date, screen: "Screen", as_json: bool
) -> int:
    from calendars.saving import read_calendar, timetable_of
    from console.slot import slot_record, tell_slot
    from scheduler.amending import amended
    from scheduler.asked import moment_named, session_named
    from scheduler.discretion import answer_for
    from scheduler.following import holding
    from scheduler.slot import Slot, Slots

    path = question.calendar
    calendar = read_calendar(path, problem.programme.key) if path is not None else None
    if calendar is not None and path is not None:
        problem = holding(amended(problem, calendar), calendar, as_of, path)
    asked = session_named(problem, calendar, question.session or "")
    slots = Slots(problem, timetable_of(calendar) if calendar is not None else None)
    answer = slots.ask(asked.activity, moment_named(question.at or ""), asked.now_at, patience.stop)
    if question.reader is not None:
        answer = answer_for(answer, question.reader)
    if as_json:
        _print_json(slot_record(answer, screen.language))
    else:
        tell_slot(screen, problem, answer)
    return {Slot.STRUCK: UNLAWFUL, Slot.FORBIDDEN: UNLAWFUL, Slot.UNKNOWN: NO_ANSWER}.get(answer.slot, LAWFUL)


def _publish(file: Path, saved: Path, version: "Version", output: Path, lang: str | None, as_json: bool) -> int:
    from rich.console import Console

    from calendars.saving import read_calendar
    from calendars.writing import alone
    from console.publication import tell_publication
    from console.records import publication_record
    from console.screen import Screen
    from scheduler.problem import read_problem
    from scheduler.publishing import publish

    problem = read_problem(file)
    language = lang or problem.programme.language
    with _telling_faults(language), alone(output) as write:
        draft, standing = read_calendar(saved, problem.programme.key), output / "calendar.json"
        published = read_calendar(standing, problem.programme.key) if standing.exists() else None
        publication = publish(problem, draft, published, version, language, output)
        if publication.files:
            _ensure_writable(output)
            write(publication.files)
    if as_json:
        _print_json(publication_record(publication, published, output, language))
    else:
        tell_publication(Screen(Console(), language), publication, published, output)
    return UNLAWFUL if publication.breaches else LAWFUL


def _tell_pins(path: Path, asks_for_more: bool, lang: str | None, as_json: bool) -> int:
    from rich.console import Console

    from calendars.saving import read_calendar
    from console.pins import pins_record, tell_pins
    from console.screen import Screen

    calendar = read_calendar(path)
    language = lang or calendar.language
    with _telling_faults(language):
        if asks_for_more:
            raise FaultyInput([Fault(say("name the session or block: PART#NUMBER, its key or its UID"))])
    if as_json:
        _print_json(pins_record(calendar))
    else:
        tell_pins(Screen(Console(), language), calendar)
    return LAWFUL


def _pin(path: Path, session: str, by: str, why: str, day: date, lang: str | None, as_json: bool) -> int:
    from rich.console import Console

    from calendars.calendar_file import Pin
    from calendars.pins import pin_of, pinned
    from calendars.saving import calendar_bytes, read_calendar
    from calendars.writing import alone
    from console.pins import pins_record, tell_pinned
    from console.screen import Screen
    from scheduler.asked import entry_named

    with alone(path.parent) as write:
        calendar = read_calendar(path)
        language = lang or calendar.language
        with _telling_faults(language):
            entry = entry_named(calendar, session)
            was = pin_of(calendar, entry.uid)
            after = pinned(calendar, Pin(uid=entry.uid, by=by, why=why, day=day))
            write({path.name: calendar_bytes(after)})
    if as_json:
        _print_json(pins_record(after, was))
    else:
        tell_pinned(Screen(Console(), language), entry, was)
    return LAWFUL


def _unpin(path: Path, session: str, has_words: bool, lang: str | None, as_json: bool) -> int:
    from rich.console import Console

    from calendars.pins import pin_of, unpinned
    from calendars.saving import calendar_bytes, read_calendar
    from calendars.writing import alone
    from console.pins import pins_record, tell_unpinned
    from console.screen import Screen
    from scheduler.asked import entry_named

    with alone(path.parent) as write:
        calendar = read_calendar(path)
        language = lang or calendar.language
        with _telling_faults(language):
            if has_words:
                raise FaultyInput([Fault(say("--remove keeps no words: leave out --by and --why"))])
            entry = entry_named(calendar, session)
            was = pin_of(calendar, entry.uid)
            if was is None:
                raise FaultyInput([Fault(say("{name} is not pinned", name=session))])
            after = unpinned(calendar, entry.uid)
            write({path.name: calendar_bytes(after)})
    if as_json:
        _print_json(pins_record(after, was))
    else:
        tell_unpinned(Screen(Console(), language), entry, was)
    return LAWFUL


def _tell_rules(name: str | None, language: str) -> None:
    from rich.console import Console

    from console.rules import tell_rule, tell_rules
    from console.screen import Screen
    from constraints.law_book import law_book, page_named

    if name is None:
        tell_rules(Screen(Console(), language), law_book())
    else:
        tell_rule(Screen(Console(), language), page_named(name))


def _ensure_writable(output: Path) -> None:
    """Tries each folder that files go to, before any work is done."""
    from calendars.readers import FOLDERS
    from calendars.writing import ensure_writable

    feeds = output / "feeds"
    for folder in (output, feeds, *(path for name in FOLDERS if (path := feeds / name).exists())):
        ensure_writable(folder)


@contextmanager
def _clock_stops(stop: Event, seconds: float | None) -> Iterator[None]:
    """The clock ends the work after so many seconds, where there is a limit."""
    timer = Timer(seconds or 0, stop.set)
    if seconds is not None:
        timer.start()
    try:
        yield
    finally:
        timer.cancel()


@contextmanager
def _ctrl_c_ends(word: str) -> Iterator[None]:
    """Ctrl-C ends the command at once, after a word.

    An exception could be lost: libraries make another one of what is raised while they are imported. What is being
    written stays whole, however the command ends (`calendars.writing`).
    """

    def end(*_: object) -> NoReturn:
        os.write(sys.stderr.fileno(), f"{word}\n".encode())
        os._exit(NO_ANSWER)

    before = signal.signal(signal.SIGINT, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _signals_stop(stop: Event) -> Iterator[None]:
    """Ctrl-C and SIGTERM end the search, and what it found is still written; then they mean what they meant before."""
    before = {each: signal.signal(each, lambda *_: stop.set()) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


if __name__ == "__main__":
    main()
