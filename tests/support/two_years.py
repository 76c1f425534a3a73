"""Two small calendars of one programme, the later one with a change of every sort."""

from datetime import date, datetime

from calendars.calendar_file import Calendar, CertificateRecord, LevelRecord, Revision
from calendars.saving import calendar_of
from small import at, classes, module, on, small, timetable, week_of, work

PROGRAMME = small(
    title="Small year",
    groups={"all": {"title": "Everybody"}, "option": {"title": "Option", "part_of": "all", "students": ["s1"]}},
    trainers={"ann": {"title": "Trainer, design"}, "bob": {"title": "Trainer, law"}, "eve": {"title": "Examiner"}},
    places={"room": {"title": "Room 12"}, "hall": {"title": "Hall"}},
    modules={
        "m": module(classes(4), work(4), title="Design"),
        "n": module({"kind": "exam", "sessions": 1, "minutes": 120}, title="Law", group="option"),
    },
    blocks={
        "b": {
            "title": "Opening days",
            "kind": "seminar",
            "days": 2,
            "group": "all",
            "dates": [date(2026, 11, 2), date(2026, 11, 13)],
            "place": "hall",
        }
    },
)
LEVELS = (
    LevelRecord(rank=0, rules=("few_changes",), value=4, bound=4, proved=True),
    LevelRecord(rank=1, rules=("near_date", "trainer_preference"), value=7, bound=7, proved=True),
    LevelRecord(rank=2, rules=("even_load",), value=120, bound=100, proved=False),
)
BEFORE = calendar_of(
    PROGRAMME,
    timetable(
        on("2026-11-02", "2026-11-03"),
        at("2026-11-04 09:00", trainers=("ann",), place="room"),
        at("2026-11-05 09:00", trainers=("ann",), place="room"),
        at("2026-11-06 09:00", trainers=("ann",), place="room"),
        at("2026-11-09 14:00", 120, part="n.exam", trainers=("eve",)),
        week_of("2026-11-02", 120),
        week_of("2026-11-09", 120),
    ),
    CertificateRecord(levels=LEVELS[1:], reproducible=True),
    date(2026, 9, 1),
    seed=0,
)


def _after() -> Calendar:
    first, second, third, exam = BEFORE.sessions
    early, late = BEFORE.work
    sessions = (
        first.model_copy(update={"trainers": ("bob",)}),
        second.model_copy(update={"start": datetime(2026, 11, 10, 17), "end": datetime(2026, 11, 10, 18, 30)}),
        third.model_copy(update={"state": "cancelled"}),
        exam.model_copy(update={"start": datetime(2026, 11, 6, 14), "end": datetime(2026, 11, 6, 16)}),
        first.model_copy(
            update={
                "uid": "new@semainier",
                "number": 4,
                "start": datetime(2026, 11, 12, 9),
                "end": datetime(2026, 11, 12, 10),
            }
        ),
    )
    work = (early.model_copy(update={"minutes": 60}), late.model_copy(update={"minutes": 180}))
    levels = (LEVELS[0], LEVELS[1].model_copy(update={"value": 5, "bound": 5}), LEVELS[2])
    history = (Revision(day=date(2026, 10, 2), why="the trainer of design is away"),)
    changed = {"sessions": sessions, "work": work, "history": history, "as_of": date(2026, 10, 2)}
    certificate = CertificateRecord(levels=levels, reproducible=True)
    return BEFORE.model_copy(update={**changed, "certificate": certificate})


AFTER = _after()
"""Bob has the first session, the second is later and longer, the third called off, a fourth new; the exam is earlier.

An hour of self-paced work is put back by a week. The block stays. Level 0 is new, level 1 costs two points less.
"""
