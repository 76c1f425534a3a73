from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from typing import ClassVar, Literal

from calendars.clock import Dates, Span, dates_of, days_span, start_of, week_dates
from calendars.naming import name_of, when_of
from calendars.programme import Activity, Part, Programme, Work
from calendars.timetable import Timetable
from calendars.wording import Message, say
from constraints.rule import Breach, Forbids, Model, Rule, Variable, keys_in_order


class Within(Rule):
    """Everything lies inside its dates, and what names blocks lies inside one of them, wherever it stands.

    A session, a block and a host day lie inside with each of their days. A session begins at one of its starts, where
    the file lists any. Self-paced work takes a week in which its dates have a day of the programme's working week, and
    one of its blocks has a working day of its group; for work that goes on in holidays, any day of the working week
    will do in a block too.

    Formula: days(candidate) ⊆ dates; session ≤ Σ first days of its blocks whose days hold it; minutes in a week ≤
    all its minutes × the same sum. Boundary: the first and the last day of the dates and of a block are inside.
    Source: the programme file itself.
    """

    name: ClassVar[str] = "within"
    bend: ClassVar[int | None] = 2
    origin: ClassVar[Literal["file", "always", "previous"]] = "always"

    def window(self, activity: Activity) -> Dates:
        """Most candidates lie elsewhere in the year."""
        return activity.dates

    def forbids(self, programme: Programme, activity: Activity) -> Forbids | None:
        """Strikes what lies outside its dates, or where none of its blocks can come, since blocks have dates too."""
        windows = [programme.blocks[key].dates for key in _blocks_of(activity)]
        if not isinstance(activity, Work):
            allowed = [days_span(activity.dates.meet(window)) for window in windows or [activity.dates]]
            if len(allowed) == 1:
                return lambda span: not allowed[0].contains(span)
            return lambda span: not any(run.contains(span) for run in allowed)
        dates, runs = days_span(activity.dates), [days_span(window) for window in windows]

        def is_outside(span: Span) -> bool:
            if not _in_dates(programme, activity, span, dates):
                return True
            return bool(runs) and not any(map(_inside(programme, activity, span), runs))

        return is_outside

    def post(self, programme: Programme, model: Model) -> None:
        """Ties sessions and self-paced work to the first days of their blocks."""
        for activity in programme.activities.values():
            if isinstance(activity, Part | Work) and activity.blocks:
                _tie(programme, model, activity)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Compares each placement with its dates, then with the blocks that it names as they stand."""
        for activity in programme.activities.values():
            blocks = _blocks_of(activity)
            dates, starts = days_span(activity.dates), _starts_of(activity)
            runs = [placement.span for key in blocks for placement in timetable.of(key)]
            for placement in timetable.of(activity.key):
                if not _in_dates(programme, activity, placement.span, dates):
                    message, week = _outside_dates(programme, activity, placement.span), placement.span.week
                    yield Breach(self.name, message, activities=(activity.key,), monday=week)
                if _is_no_start(starts, placement.span):
                    message, week = _wrong_start(programme, activity, placement.span), placement.span.week
                    yield Breach(self.name, message, activities=(activity.key,), monday=week)
                if blocks and not any(map(_inside(programme, activity, placement.span), runs)):
                    message, week = _outside_blocks(programme, activity, placement.span), placement.span.week
                    keys = keys_in_order(programme, (*blocks, activity.key))
                    yield Breach(self.name, message, activities=keys, monday=week)


def _blocks_of(activity: Activity) -> tuple[str, ...]:
    return activity.blocks if isinstance(activity, Part | Work) else ()


def _starts_of(activity: Activity) -> Collection[int] | None:
    """The only minutes at which a session may start; None where there is no list of them."""
    return frozenset(activity.starts) if isinstance(activity, Part) and activity.starts else None


def _is_no_start(starts: Collection[int] | None, span: Span) -> bool:
    return starts is not None and span.start not in starts


def _in_dates(programme: Programme, activity: Activity, span: Span, dates: Span) -> bool:
    if not isinstance(activity, Work):
        return dates.contains(span)
    return _has_any(dates, _working_week(programme, span))


def _inside(programme: Programme, activity: Activity, span: Span) -> Callable[[Span], bool]:
    """Whether a run of days has a candidate inside; of self-paced work a working day of its week."""
    if not isinstance(activity, Work):
        return lambda run: run.contains(span)
    working = programme.working_days(activity.group, span.week)
    days = _working_week(programme, span) if activity.in_holidays else working
    return lambda run: _has_any(run, days)


def _has_any(run: Span, days: Iterable[date]) -> bool:
    return any(run.start <= start_of(day) < run.end for day in days)


def _working_week(programme: Programme, span: Span) -> list[date]:
    return [day for day in week_dates(span.week).days() if day.weekday() in programme.working_week]


def _tie(programme: Programme, model: Model, activity: Part | Work) -> None:
    most = activity.minutes // activity.step if isinstance(activity, Work) else 1
    starts = [choice for block in activity.blocks for choice in model.choices(block).items()]
    around: dict[Dates, list[Variable]] = {}
    for span, variable in model.choices(activity.key).items():
        days = dates_of(span)
        if days not in around:
            is_inside = _inside(programme, activity, span)
            found = [start for run, start in starts if is_inside(run)]
            name = f"{' or '.join(activity.blocks)} around {activity.key} {days.first}"
            around[days] = [model.any_of(name, found)] if found else []
        model.at_most(0, [(1, variable), *((-most, block) for block in around[days])])


def _outside_dates(programme: Programme, activity: Activity, span: Span) -> Message:
    return say(
        "{name} stands {when}, outside its dates: from {first} to {last}",
        name=name_of(programme, activity),
        when=when_of(activity, span),
        first=activity.dates.first,
        last=activity.dates.last,
    )


def _wrong_start(programme: Programme, activity: Activity, span: Span) -> Message:
    return say(
        "{name} stands {when}, which is none of the starts that the programme lists for it",
        name=name_of(programme, activity),
        when=when_of(activity, span),
    )


def _outside_blocks(programme: Programme, activity: Activity, span: Span) -> Message:
    return say(
        "{name} stands {when}, outside {blocks}",
        name=name_of(programme, activity),
        when=when_of(activity, span),
        blocks=tuple(name_of(programme, programme.blocks[key]) for key in _blocks_of(activity)),
    )
