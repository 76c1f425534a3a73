"""From a draft to a version: what it bears, what it follows, and what refuses it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from calendars.calendar_file import Calendar, CertificateRecord, LevelRecord, Version
from calendars.faults import FaultyInput
from calendars.inheritance import follow
from calendars.programme import Programme
from calendars.saving import calendar_bytes, calendar_of
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.days_off import DaysOff
from constraints.near_date import NearDate
from constraints.regular_slot import RegularSlot
from scheduler.following import following
from scheduler.problem import Problem
from scheduler.publishing import Publication, publish
from scheduler.year import files_of
from small import at, classes, module, on, small, timetable, week_of, work

FOLDER = Path("published")
MADE, LATER = date(2026, 9, 1), date(2026, 11, 9)
START, SAINTS = Version(name="Rentrée", day=date(2026, 9, 3)), Version(name="All Saints", day=LATER)
LAWS = (Complete(), DaysOff())
DATES = [date(2026, 11, 2), date(2026, 11, 13)]
BLOCKS = {"b": {"title": "Opening", "kind": "seminar", "group": "all", "days": 2, "dates": DATES}}


def programme(**modules: object) -> Programme:
    """Two classes, an hour of work and a seminar, and more modules."""
    return small(modules={"m": module(classes(2), work(1), title="Design"), **modules}, blocks=BLOCKS)


PROBLEM = Problem(programme(), LAWS)
SEMINAR, WEEK = on("2026-11-02", "2026-11-03"), week_of("2026-11-09", 60)


def made(*sessions: Placement, of: Problem = PROBLEM) -> Calendar:
    """A calendar as the search leaves it: these sessions, the seminar and the work."""
    certificate = CertificateRecord(levels=(), reproducible=True)
    return calendar_of(of.programme, timetable(*sessions, SEMINAR, WEEK), certificate, MADE, seed=0)


DRAFT = made(at("2026-11-05 09:00"), at("2026-11-10 09:00"))
FIRST = publish(PROBLEM, DRAFT, None, START, "en", FOLDER).calendar


def edited(calendar: Calendar, number: int, **values: object) -> Calendar:
    """The calendar with a session changed by hand."""
    sessions = tuple(each.model_copy(update=values) if each.number == number else each for each in calendar.sessions)
    return calendar.model_copy(update={"sessions": sessions})


def moved(calendar: Calendar, number: int, day: int) -> Calendar:
    """The calendar with a session moved by hand to 9:00 of a day of November."""
    return edited(calendar, number, start=datetime(2026, 11, day, 9), end=datetime(2026, 11, day, 10))


def stamps(calendar: Calendar) -> list[tuple[int, str, int, datetime]]:
    """Day, state, sequence and last change of every session."""
    return [(each.start.day, each.state, each.sequence, each.last_modified) for each in calendar.sessions]


def midnight(day: date) -> datetime:
    """Midnight UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def refused(
    problem: Problem, draft: Calendar, published: Calendar, version: Version, language: str = "en"
) -> list[str]:
    """What is said of a calendar that cannot follow what is published."""
    with pytest.raises(FaultyInput) as error:
        publish(problem, draft, published, version, "en", FOLDER)
    return [fault.words(language) for fault in error.value.faults]


def renamed(version: Version) -> Version:
    """A version of another name."""
    return version.model_copy(update={"name": "Another"})


class TestAFirstVersion:
    def test_is_the_draft_by_name_and_day_with_all_that_lives_in_it_published(self) -> None:
        published = DRAFT.model_copy(
            update={
                "sessions": tuple(each.model_copy(update={"state": "published"}) for each in DRAFT.sessions),
                "days": tuple(each.model_copy(update={"state": "published"}) for each in DRAFT.days),
                "work": tuple(each.model_copy(update={"state": "published"}) for each in DRAFT.work),
                "versions": (START,),
                "draft": False,
            }
        )
        assert publish(PROBLEM, DRAFT, None, START, "en", FOLDER).calendar == published

    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_has_the_files_of_a_year_and_is_kept_beside_them(self, language: str) -> None:
        assert publish(PROBLEM, DRAFT, None, START, language, FOLDER) == Publication(
            FIRST,
            (),
            {**files_of(PROBLEM, FIRST, language, ()), "versions/01-rentree.json": calendar_bytes(FIRST)},
        )

    def test_tells_in_its_feeds_what_the_draft_told(self) -> None:
        drafted = files_of(PROBLEM, DRAFT, "en", ())
        files = publish(PROBLEM, DRAFT, None, START, "en", FOLDER).files
        assert {name for name in drafted if files[name] != drafted[name]} == {
            "calendar.html",
            "calendar.json",
            "report.txt",
        }

    def test_leaves_cancelled_what_is_cancelled(self) -> None:
        draft = made(*(at(f"2026-11-{day} 09:00") for day in ("05", "06", "10")))
        cancelled = edited(draft, 2, state="cancelled")
        assert [each.state for each in publish(PROBLEM, cancelled, None, START, "en", FOLDER).calendar.sessions] == [
            "published",
            "cancelled",
            "published",
        ]


class TestABreach:
    def test_refuses_the_version(self) -> None:
        holiday = moved(DRAFT, 2, 11)
        assert publish(PROBLEM, holiday, None, START, "en", FOLDER) == Publication(
            holiday,
            tuple(DaysOff().check(PROBLEM.programme, timetable(at("2026-11-11 09:00")))),
        )

    def test_is_a_strange_group_too(self) -> None:
        strange = edited(DRAFT, 2, groups=("few",))
        refusal = publish(PROBLEM, strange, None, START, "en", FOLDER)
        assert (refusal.calendar, [str(each.message) for each in refusal.breaches], refusal.files) == (
            strange,
            [
                "“Design” (virtual class) on Tuesday 10 November 2026 09:00 has another group than the programme: "
                "change it there"
            ],
            {},
        )

    def test_is_told_by_every_law_that_is_broken(self) -> None:
        both = edited(moved(DRAFT, 2, 11), 1, end=datetime(2026, 11, 5, 11))
        assert [each.rule for each in publish(PROBLEM, both, None, START, "en", FOLDER).breaches] == [
            "complete",
            "days_off",
        ]


class TestAVersionAfterAnother:
    def test_counts_an_edit_by_hand_as_a_change(self) -> None:
        draft = moved(FIRST, 2, 12)
        second = publish(PROBLEM, draft, FIRST, SAINTS, "en", FOLDER)
        assert stamps(second.calendar) == [
            (5, "published", 0, midnight(MADE)),
            (12, "published", 1, midnight(LATER)),
        ]
        followed = follow(draft, FIRST, LATER)
        assert second.calendar == followed.model_copy(update={"versions": (START, SAINTS), "draft": False})
        problem = following(PROBLEM, FIRST, LATER, FOLDER / "calendar.json")
        assert second == Publication(
            second.calendar,
            (),
            {
                **files_of(problem, second.calendar, "en", ()),
                "versions/02-all-saints.json": calendar_bytes(second.calendar),
            },
        )

    def test_keeps_as_cancelled_what_is_gone(self) -> None:
        three = Problem(small(modules={"m": module(classes(3), work(1), title="Design")}, blocks=BLOCKS), LAWS)
        days = ("05", "10", "12")
        first = publish(three, made(*(at(f"2026-11-{day} 09:00") for day in days)), None, START, "en", FOLDER).calendar
        draft = first.model_copy(update={"sessions": first.sessions[:2]})
        assert stamps(publish(PROBLEM, draft, first, SAINTS, "en", FOLDER).calendar) == [
            (5, "published", 0, midnight(MADE)),
            (10, "published", 0, midnight(MADE)),
            (12, "cancelled", 1, midnight(LATER)),
        ]

    def test_may_be_the_published_one_under_another_name(self) -> None:
        again = publish(PROBLEM, FIRST, FIRST, SAINTS, "en", FOLDER).calendar
        assert again == FIRST.model_copy(update={"versions": (START, SAINTS), "as_of": LATER})

    def test_cannot_move_what_was_held(self) -> None:
        """On Monday 9 November the session of the 5th has been held; that of the 9th begins with the day."""
        first = publish(PROBLEM, moved(DRAFT, 2, 9), None, START, "en", FOLDER).calendar
        assert publish(PROBLEM, moved(first, 2, 12), first, SAINTS, "en", FOLDER).breaches == ()
        early = moved(first, 1, 6)
        refusal = publish(PROBLEM, early, first, SAINTS, "en", FOLDER)
        assert [(each.rule, str(each.message)) for each in refusal.breaches] == [
            (
                "held",
                "“Design” (virtual class) was held on Thursday 5 November 2026 09:00 and cannot be moved any more",
            ),
            ("held", "“Design” (virtual class) on Friday 6 November 2026 09:00 lies in the past and was not held"),
        ]
        assert (refusal.calendar, refusal.files) == (follow(early, first, LATER), {})

    def test_is_not_refused_for_what_was_held_in_breach_but_its_report_tells_it(self) -> None:
        """A law that comes after the session that breaks it; what is still to come keeps every law all the same."""
        free = replace(PROBLEM, rules=(Complete(),))
        day = Version(name="All Saints", day=date(2026, 11, 12))
        first = publish(free, made(at("2026-11-11 09:00"), at("2026-11-12 09:00")), None, START, "en", FOLDER).calendar
        second = publish(PROBLEM, first, first, day, "en", FOLDER)
        held = tuple(DaysOff().check(PROBLEM.programme, timetable(at("2026-11-11 09:00"))))
        assert second.breaches == ()
        assert second.files == {
            **files_of(following(PROBLEM, first, day.day, FOLDER), second.calendar, "en", held),
            "versions/02-all-saints.json": calendar_bytes(second.calendar),
        }
        longer = edited(second.calendar, 2, end=datetime(2026, 11, 12, 11))
        refusal = publish(PROBLEM, longer, second.calendar, renamed(day), "en", FOLDER)
        assert [each.rule for each in refusal.breaches] == ["complete"]

    def test_cannot_leave_out_what_is_still_to_come(self) -> None:
        """One of two sessions was held. What the held one alone lacks is no matter of the past."""
        for gone in ({"sessions": FIRST.sessions[:1]}, {"work": ()}):
            refusal = publish(PROBLEM, FIRST.model_copy(update=gone), FIRST, SAINTS, "en", FOLDER)
            assert [each.rule for each in refusal.breaches] == ["complete"]
            assert refusal.files == {}

    def test_may_have_held_what_the_programme_has_no_more(self) -> None:
        """On Monday 9 November the session of Law on the 5th has been held; that of the 10th would still have to go."""
        both = Problem(programme(n=module(classes(2), title="Law")), LAWS)
        law = (at(f"2026-11-{day} 14:00", part="n.virtual-class") for day in ("05", "10"))
        draft = made(at("2026-11-05 09:00"), at("2026-11-10 09:00"), *law, of=both)
        first = publish(both, draft, None, START, "en", FOLDER).calendar
        refusal = publish(PROBLEM, first, first, SAINTS, "en", FOLDER)
        assert [str(each.message) for each in refusal.breaches] == ["the programme has nothing called n.virtual-class"]
        followed = first.model_copy(update={"sessions": first.sessions[:-1]})
        assert stamps(publish(PROBLEM, followed, first, SAINTS, "en", FOLDER).calendar) == [
            (5, "published", 0, midnight(MADE)),
            (10, "published", 0, midnight(MADE)),
            (5, "published", 0, midnight(MADE)),
            (10, "cancelled", 1, midnight(LATER)),
        ]

    def test_needs_the_calendar_that_is_published_as_its_own_past(self) -> None:
        sentence = (
            "published: version “Rentrée” is published there, and the calendar does not follow it, so that feeds would "
            "contradict themselves: make it with solve --previous published/calendar.json, or name another folder "
            "with -o"
        )
        assert refused(PROBLEM, DRAFT, FIRST, SAINTS) == [sentence]
        assert refused(PROBLEM, DRAFT, FIRST, SAINTS, "fr") == [
            "published\N{NO-BREAK SPACE}: la version «\N{NO-BREAK SPACE}Rentrée\N{NO-BREAK SPACE}» y est publiée et le "
            "calendrier n’en est pas la suite, si bien que les flux se contrediraient\N{NO-BREAK SPACE}: faites-le "
            "avec solve --previous published/calendar.json, ou indiquez un autre dossier avec -o"
        ]
        second = publish(PROBLEM, FIRST, FIRST, SAINTS, "en", FOLDER).calendar
        assert refused(PROBLEM, FIRST, second, renamed(SAINTS)) == [sentence.replace("Rentrée", "All Saints")]
        assert refused(PROBLEM, second, FIRST, renamed(SAINTS)) == [sentence]

    @pytest.mark.parametrize("name", ["Rentrée", "All Saints"])
    def test_needs_a_name_of_its_own(self, name: str) -> None:
        second = publish(PROBLEM, FIRST, FIRST, SAINTS, "en", FOLDER).calendar
        taken = Version(name=name, day=date(2026, 11, 10))
        assert refused(PROBLEM, second, second, taken) == [
            f"published: a version “{name}” is published already; choose another name"
        ]

    def test_cannot_count_what_was_held_twice_at_one_time(self) -> None:
        twice = FIRST.model_copy(update={"sessions": (FIRST.sessions[0], *FIRST.sessions)})
        assert refused(PROBLEM, FIRST, twice, SAINTS) == [
            "published/calendar.json: “Design” (virtual class) stands twice on Thursday 5 November 2026 09:00; "
            "remove one of the two"
        ]


class TestACertificate:
    """Level 1 is near the 5th and the 10th, level 2 wants one slot; level 3 is told by nobody but the calendar."""

    PROBLEM = Problem(
        small(modules={"m": module(classes(2, near=date(2026, 11, 5)), title="Design")}),
        (*LAWS, NearDate(level=1), RegularSlot(level=2)),
    )
    LEVELS = (
        LevelRecord(rank=0, rules=("few_changes",), value=10, bound=10, proved=True),
        LevelRecord(rank=1, rules=("near_date",), value=1, bound=1, proved=True),
        LevelRecord(rank=2, rules=("regular_slot",), value=1, bound=1, proved=True),
    )

    def levels(self, *placements: Placement, together: tuple[str, ...] = ()) -> list[tuple[int, int, int, bool]]:
        """The levels that a version tells of a draft that claims the ones above."""
        certificate = CertificateRecord(levels=self.LEVELS, reproducible=True, together=together)
        draft = calendar_of(self.PROBLEM.programme, timetable(*placements), certificate, MADE, seed=0)
        levels = publish(self.PROBLEM, draft, None, START, "en", FOLDER).calendar.certificate.levels
        return [(level.rank, level.value, level.bound, level.proved) for level in levels]

    def test_of_an_unchanged_draft_stands(self) -> None:
        kept = [(0, 10, 10, True), (1, 1, 1, True), (2, 1, 1, True)]
        assert self.levels(at("2026-11-05 09:00"), at("2026-11-06 09:00")) == kept

    def test_proves_nothing_from_the_level_on_that_an_edit_changed(self) -> None:
        moved = [(0, 10, 10, True), (1, 4, 0, False), (2, 1, 0, False)]
        assert self.levels(at("2026-11-05 09:00"), at("2026-11-09 09:00")) == moved

    def test_of_a_cost_of_nothing_is_proved_whatever_was_edited(self) -> None:
        """Two Thursdays at nine are one slot; no cost is below 0."""
        regular = [(0, 10, 10, True), (1, 7, 0, False), (2, 0, 0, True)]
        assert self.levels(at("2026-11-05 09:00"), at("2026-11-12 09:00")) == regular

    def test_of_several_programmes_is_not_taken_apart(self) -> None:
        kept = [(0, 10, 10, True), (1, 1, 1, True), (2, 1, 1, True)]
        assert self.levels(at("2026-11-05 09:00"), at("2026-11-09 09:00"), together=("A", "B")) == kept


def test_a_draft_in_the_folder_is_not_taken_for_a_version() -> None:
    assert refused(PROBLEM, DRAFT, DRAFT, START) == [
        "published: has a draft; publish into a folder of its own, named with -o"
    ]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Rentrée", "01-rentree"),
        ("  Après la Toussaint, n° 2 !", "01-apres-la-toussaint-n-2"),
        ("Œuvre/../../etc", "01-uvre-etc"),
        ("2026_11", "01-2026-11"),
        ("日本", "01"),
        ("very " * 60, "01-" + "very-" * 11 + "very"),
    ],
)
def test_a_version_is_kept_under_its_number_and_name_in_plain_letters(name: str, kept: str) -> None:
    files = publish(PROBLEM, DRAFT, None, Version(name=name, day=MADE), "en", FOLDER).files
    assert [path for path in files if path.startswith("versions")] == [f"versions/{kept}.json"]


def test_versions_are_numbered_in_two_digits_at_least() -> None:
    for before, number in ((8, "09"), (9, "10"), (99, "100")):
        versions = tuple(Version(name=f"{each}", day=MADE) for each in range(1000, 1000 + before))
        draft = DRAFT.model_copy(update={"versions": versions})
        files = publish(PROBLEM, draft, None, START, "en", FOLDER).files
        assert [path for path in files if path.startswith("versions")] == [f"versions/{number}-rentree.json"]
