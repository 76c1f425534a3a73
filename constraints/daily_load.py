from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import ClassVar

from pydantic import Field

from calendars.clashes import Session, placed, widest
from calendars.clock import Span, moment_of
from calendars.naming import name_of, name_of_groups, name_of_trainer
from calendars.programme import Programme
from calendars.runs import Sessions, by_day, runs, whole
from calendars.timetable import Timetable
from calendars.wording import Message, say
from constraints.duties import Duty, duties_of_people
from constraints.room import Room, Starts, people
from constraints.rule import Breach, Model, Rule, Variable, keys_in_order

Candidate = tuple[Duty, Span]


class DailyLoad(Rule):
    """A day holds at most so many hours of live sessions, and so many in a run without a break, for any one person.

    People are the trainers, whoever may be in several groups, and each student who attends a defence alone. Sessions
    parted by less than the break are one run, which lasts from its first start to its last end. A session counts on the
    day on which it starts.

    Formula: for each person and day, Σ minutes · x <= most; for each candidate x of the day, x <= Σ (1 - t(u)) over
    the ends u of candidates from end(x) to start(x) + most in a run, where t(u) >= y for each y in [u, u + break).
    Boundary: exactly the hours, and exactly the break, are allowed. Source: décret 2000-815 art. 3 (10 h a day, 20 min
    within 6 h).

    Example:
        [laws.daily_load]
        hours_per_day = 7
    """

    name: ClassVar[str] = "daily_load"
    asks: ClassVar[bool] = False

    hours_per_day: float = Field(10, gt=0, le=24, multiple_of=0.25, description="most hours of live sessions in a day")
    hours_without_break: float = Field(6, gt=0, le=24, multiple_of=0.25, description="most hours without a break")
    break_minutes: int = Field(20, ge=1, le=720, description="least minutes that make a break")

    def rooms(self, programme: Programme, starts: Starts) -> Iterator[Room]:
        """The hours of each day for each person."""
        for concerned, keys in people(programme, programme.enrolments):
            yield Room(concerned, keys, starts.days(keys, self._most))

    def post(self, programme: Programme, model: Model) -> None:
        """Bounds each day of each person, but not where all that the person may have that day is another's too."""
        people = duties_of_people(programme, programme.enrolments)
        for that_day in _candidates_by_day(model, people).values():
            for duties in widest(tuple(duty for duty in person if duty in that_day) for person in people):
                candidates = [(duty, span) for duty in duties for span in that_day[duty]]
                minutes = [(span.minutes, duty.choices(model)[span]) for duty, span in candidates]
                if sum(length for length, _ in minutes) > self._most:
                    model.at_most(self._most, minutes)
                self._post_breaks(model, candidates)

    def _post_breaks(self, model: Model, candidates: Sequence[Candidate]) -> None:
        starting: dict[int, list[Candidate]] = defaultdict(list)
        for candidate in candidates:
            starting[candidate[1].start].append(candidate)
        in_the_way = {
            end: [(duty, span) for duty, span in candidates if span.start < end + self.break_minutes and end < span.end]
            for end in {span.end for _, span in candidates}
        }
        taken: dict[int, Variable] = {}
        for start, together in starting.items():
            ends = [end for end in in_the_way if start < end <= start + self._longest]
            if all(in_the_way[end] for end in ends):
                for end in ends:
                    if end not in taken:
                        taken[end] = _any_of(model, f"no break from {moment_of(end)}", in_the_way[end])
                begun = _any_of(model, f"start at {moment_of(start)}", together)
                model.at_most(len(ends), [(1, begun), *((1, taken[end]) for end in ends)])

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Adds up the days of each person and measures their runs; what several enrolments have alike is told once."""
        days = dict.fromkeys(
            (trainer, that_day) for trainer, sessions in _people(programme, timetable) for that_day in by_day(sessions)
        )
        for trainer, sessions in days:
            minutes = sum(span.minutes for _, span in sessions)
            if minutes > self._most:
                message = self._long_day(programme, trainer, sessions)
                yield _breach(programme, message, minutes - self._most, trainer, sessions)
        parted = ((trainer, run) for trainer, sessions in days for run in runs(sessions, self.break_minutes))
        for trainer, run in dict.fromkeys(parted):
            minutes = whole(run).minutes
            if minutes > self._longest:
                message = self._long_run(programme, trainer, run)
                yield _breach(programme, message, minutes - self._longest, trainer, run)

    @property
    def _most(self) -> int:
        return round(self.hours_per_day * 60)

    @property
    def _longest(self) -> int:
        return round(self.hours_without_break * 60)

    def _long_day(self, programme: Programme, trainer: str | None, sessions: Sessions) -> Message:
        return say(
            "live sessions on {day} add up to {planned} for {concerned}, at most {most} are allowed: {names}",
            day=sessions[0][1].day,
            planned=timedelta(minutes=sum(span.minutes for _, span in sessions)),
            concerned=_concerned(programme, trainer, sessions),
            most=timedelta(minutes=self._most),
            names=_names(programme, sessions),
        )

    def _long_run(self, programme: Programme, trainer: str | None, run: Sessions) -> Message:
        span = whole(run)
        return say(
            "live sessions from {first} last {length} without a break of {pause} for {concerned}, "
            "at most {most} are allowed: {names}",
            first=moment_of(span.start),
            length=timedelta(minutes=span.minutes),
            pause=timedelta(minutes=self.break_minutes),
            concerned=_concerned(programme, trainer, run),
            most=timedelta(minutes=self._longest),
            names=_names(programme, run),
        )


def _breach(programme: Programme, message: Message, excess: int, trainer: str | None, sessions: Sessions) -> Breach:
    return Breach(
        DailyLoad.name,
        message,
        excess,
        activities=keys_in_order(programme, [session.part.key for session, _ in sessions]),
        monday=whole(sessions).week,
        trainers=() if trainer is None else (trainer,),
    )


def _candidates_by_day(model: Model, people: Iterable[Iterable[Duty]]) -> dict[date, dict[Duty, list[Span]]]:
    found: dict[date, dict[Duty, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for duty in dict.fromkeys(duty for duties in people for duty in duties):
        for span in duty.choices(model):
            found[span.day][duty].append(span)
    return found


def _people(programme: Programme, timetable: Timetable) -> Iterator[tuple[str | None, list[tuple[Session, Span]]]]:
    """The sessions of each trainer, and of each enrolment and student, who have no name of their own."""
    every = placed(programme.parts.values(), timetable)
    for key in programme.trainers:
        yield key, [(session, span) for session, span in every if key in session.trainers]
    for groups in programme.enrolments:
        yield None, placed(programme.live_parts(groups), timetable)
    for parts in programme.parts_of_students.values():
        yield None, placed(parts, timetable)


def _concerned(programme: Programme, trainer: str | None, sessions: Sessions) -> Message:
    if trainer is not None:
        return name_of_trainer(programme, trainer)
    return name_of_groups(programme, {session.part.group for session, _ in sessions})


def _names(programme: Programme, sessions: Sessions) -> tuple[Message, ...]:
    return tuple(dict.fromkeys(name_of(programme, session.part) for session, _ in sessions))


def _any_of(model: Model, name: str, candidates: Sequence[Candidate]) -> Variable:
    return model.any_of(name, [duty.choices(model)[span] for duty, span in candidates])
