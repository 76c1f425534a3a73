"""A timetable saved and read again is the same timetable; refusals name the cure."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendars.calendar_file import Calendar, CertificateRecord
from calendars.clock import Dates
from calendars.programme import Part, Programme, Work
from calendars.saving import (
    calendar_bytes,
    calendar_of,
    identity,
    read_calendar,
    timetable_of,
)
from calendars.timetable import Placement, Timetable
from refusals import in_both
from small import at, classes, module, on, small, timetable, week_of, work

AS_OF = date(2026, 9, 1)
YEAR_END = [date(2026, 12, 14), date(2027, 1, 8)]


def year(**tables: Any) -> Programme:
    """Four weeks over the new year with one of everything."""
    dated = {"group": "all", "dates": YEAR_END}
    plain: dict[str, Any] = {
        "dates": YEAR_END,
        "trainers": {"ped": {"title": "Trainer, pedagogy"}},
        "places": {"room": {"title": "Room"}},
        "modules": {
            "m": module(classes(2), work(6), title="Design", trainer="ped"),
            "n": module(classes(1, 180, kind="exam", title="Final exam", place="room"), title="Law"),
        },
        "blocks": {"b": dated | {"title": "Opening", "kind": "seminar", "days": 5, "place": "room"}},
        "internships": {"host": dated | {"title": "Internship", "hours": 35}},
        "milestones": {"due": dated | {"title": "Thesis due"}},
    }
    return small(**plain | tables)


PLACED = (
    on("2026-12-14", "2026-12-18", "b"),
    at("2026-12-14 09:00", trainers=("ped",)),
    at("2027-01-04 16:00", trainers=("ped",)),
    at("2027-01-05 09:00", 180, "n.exam", place="room"),
    week_of("2026-12-14", 240),
    week_of("2026-12-28", 120),
    on("2027-01-08", activity="due"),
)


def saved(programme: Programme, *placements: Placement) -> Calendar:
    """The calendar of these placements."""
    certificate = CertificateRecord(levels=(), reproducible=True)
    return calendar_of(programme, timetable(*placements), certificate, AS_OF, seed=7)


def uids(calendar: Calendar) -> list[str]:
    """The identity of every entry."""
    return [entry.uid for entry in (*calendar.sessions, *calendar.days, *calendar.work)]


class TestCalendars:
    def test_what_is_told_of_sessions(self) -> None:
        found = [
            (session.part, session.number, session.start, session.end, session.kind, session.title)
            for session in saved(year(), *PLACED).sessions
        ]
        assert found == [
            (
                "m.virtual-class",
                1,
                datetime(2026, 12, 14, 9),
                datetime(2026, 12, 14, 10),
                "virtual-class",
                "virtual class",
            ),
            (
                "m.virtual-class",
                2,
                datetime(2027, 1, 4, 16),
                datetime(2027, 1, 4, 17),
                "virtual-class",
                "virtual class",
            ),
            ("n.exam", 1, datetime(2027, 1, 5, 9), datetime(2027, 1, 5, 12), "exam", "Final exam"),
        ]
        assert [
            (session.module_title, session.groups, session.trainers, session.place)
            for session in saved(year(), *PLACED).sessions
        ] == [("Design", ("all",), ("ped",), None)] * 2 + [("Law", ("all",), (), "room")]

    def test_what_is_told_of_days(self) -> None:
        assert [
            (days.source, days.first, days.last, days.kind, days.title, days.place)
            for days in saved(year(), *PLACED).days
        ] == [
            ("b", date(2026, 12, 14), date(2026, 12, 18), "seminar", "Opening", "room"),
            ("due", date(2027, 1, 8), date(2027, 1, 8), "milestone", "Thesis due", None),
        ]

    def test_what_is_told_of_self_paced_work(self) -> None:
        assert [
            (week.part, week.monday, week.minutes, week.title, week.module_title)
            for week in saved(year(), *PLACED).work
        ] == [
            ("m.distance-work", date(2026, 12, 14), 240, "self-paced work", "Design"),
            ("m.distance-work", date(2026, 12, 28), 120, "self-paced work", "Design"),
        ]

    def test_what_is_told_of_the_whole(self) -> None:
        programme = year()
        calendar = saved(programme, *PLACED)
        assert (calendar.programme, calendar.title, calendar.language, calendar.time_zone, calendar.seed) == (
            "small",
            "Small",
            "en",
            "Europe/Paris",
            7,
        )
        assert calendar.titles == {
            "groups": {"all": "All"},
            "trainers": {"ped": "Trainer, pedagogy"},
            "places": {"room": "Room"},
        }
        assert calendar.days_off == programme.days_off.days
        assert calendar.dates == Dates(date(2026, 12, 14), date(2027, 1, 8))

    def test_it_is_a_draft_without_versions(self) -> None:
        calendar = saved(year(), *PLACED)
        assert (calendar.versions, calendar.draft) == ((), True)

    def test_listed_students_have_all_their_groups(self) -> None:
        groups = {"all": {"title": "All"}, "half": {"title": "Half", "part_of": "all", "students": ["eve"]}}
        assert saved(year(groups=groups), *PLACED).people == {"eve": ("all", "half")}
        assert saved(year(), *PLACED).people == {}

    def test_births_count_the_entries_of_each_activity(self) -> None:
        """A block has one entry for all its days, host days one for each run; what stands nowhere has none."""
        hosted = (on(day, activity="host") for day in ("2027-01-05", "2027-01-06", "2027-01-08"))
        assert saved(year(), *PLACED, *hosted).births == {
            "m.virtual-class": 2,
            "n.exam": 1,
            "b": 1,
            "due": 1,
            "host": 2,
            "m.distance-work": 2,
        }
        assert saved(year(), *PLACED[1:2]).births == {"m.virtual-class": 1}

    def test_sessions_have_the_trainers_and_the_place_that_were_chosen_for_each(self) -> None:
        programme = year(
            trainers={key: {"title": key.title()} for key in ("ann", "bob", "eve")},
            places={"room": {"title": "Room"}, "hall": {"title": "Hall"}},
            modules={"m": module(classes(2), trainer=["ann", "bob", "eve"], together=2, place=["room", "hall"])},
            blocks={},
        )
        placed = (
            at("2026-12-14 09:00", trainers=("ann", "eve"), place="hall"),
            at("2026-12-15 09:00", trainers=("ann", "bob"), place="room"),
        )
        calendar = saved(programme, *placed)
        assert [(session.trainers, session.place) for session in calendar.sessions] == [
            (("ann", "eve"), "hall"),
            (("ann", "bob"), "room"),
        ]
        assert timetable_of(calendar) == timetable(*placed)

    def test_a_kind_stands_for_a_missing_title_in_the_language_of_the_programme(self) -> None:
        calendar = saved(year(language="fr"), *PLACED)
        assert [session.title for session in calendar.sessions] == [
            "classe virtuelle",
            "classe virtuelle",
            "Final exam",
        ]
        assert [week.title for week in calendar.work] == ["travail en autonomie"] * 2

    def test_time_stamps_are_the_day_that_the_user_named(self) -> None:
        calendar = saved(year(), *PLACED)
        entries = (*calendar.sessions, *calendar.days, *calendar.work)
        assert {entry.last_modified for entry in entries} == {datetime(2026, 9, 1, tzinfo=UTC)}
        assert {(entry.sequence, entry.state) for entry in entries} == {(0, "planned")}

    def test_host_days_are_joined_into_runs_within_a_week(self) -> None:
        hosted = [f"2026-12-{day}" for day in (14, 15, 17, 18, 19, 20, 21, 22)]
        calendar = saved(year(), *(on(day, activity="host") for day in hosted))
        # The 16th is missing; Monday 21 begins a run of its own.
        assert [(run.first.day, run.last.day) for run in calendar.days] == [(14, 15), (17, 20), (21, 22)]
        assert timetable_of(calendar) == timetable(*(on(day, activity="host") for day in hosted))

    def test_a_session_keeps_its_wall_hour_over_a_clock_change(self) -> None:
        march = [date(2027, 3, 22), date(2027, 4, 2)]
        programme = small(dates=march, modules={"m": module(classes(2))})
        placed = (at("2027-03-26 14:00"), at("2027-03-29 14:00"))
        calendar = saved(programme, *placed)
        assert [f"{session.start:%d %H:%M}" for session in calendar.sessions] == ["26 14:00", "29 14:00"]
        assert timetable_of(calendar) == timetable(*placed)

    def test_cancelled_entries_do_not_stand(self) -> None:
        calendar = saved(year(), *PLACED, on("2027-01-06", activity="host"))
        cancelled = {
            "sessions": (calendar.sessions[0].model_copy(update={"state": "cancelled"}), *calendar.sessions[1:]),
            "days": (*calendar.days[:-1], calendar.days[-1].model_copy(update={"state": "cancelled"})),
            "work": (calendar.work[0], calendar.work[1].model_copy(update={"state": "cancelled"})),
        }
        assert timetable_of(calendar.model_copy(update=cancelled)) == timetable(
            *(PLACED[n] for n in (0, 2, 3, 4, 6)),
        )


class TestIdentities:
    def test_are_opaque_and_each_its_own(self) -> None:
        found = uids(saved(year(), *PLACED, on("2027-01-06", activity="host")))
        assert len(found) == len(set(found)) == 8
        assert [uid for uid in found if not re.fullmatch(r"[0-9a-f]{32}@semainier", uid)] == []

    def test_are_the_same_on_repetition_and_after_a_move(self) -> None:
        moved = (*PLACED[:1], at("2026-12-15 11:00"), *PLACED[2:])
        assert uids(saved(year(), *PLACED)) == uids(saved(year(), *PLACED)) == uids(saved(year(), *moved))

    def test_of_another_programme_are_others(self) -> None:
        small_ones, big_ones = (uids(saved(replace(year(), key=key), *PLACED)) for key in ("small", "big"))
        assert set(small_ones) & set(big_ones) == set()

    def test_of_another_year_of_the_programme_are_others(self) -> None:
        earlier = year(dates=[date(2026, 12, 7), YEAR_END[1]])
        assert set(uids(saved(year(), *PLACED))) & set(uids(saved(earlier, *PLACED))) == set()

    def test_are_minted_from_the_birth_numbers_of_their_activity(self) -> None:
        calendar = saved(year(), *PLACED)
        first = date(2026, 12, 14)
        assert uids(calendar) == [
            identity("small", first, "m.virtual-class", 1),
            identity("small", first, "m.virtual-class", 2),
            identity("small", first, "n.exam", 1),
            identity("small", first, "b", 1),
            identity("small", first, "due", 1),
            identity("small", first, "m.distance-work", 1),
            identity("small", first, "m.distance-work", 2),
        ]

    def test_stay_what_they_are(self) -> None:
        """Whoever holds a published calendar knows this one: another recipe would make every entry a stranger."""
        uid = identity("small", date(2026, 12, 14), "m.virtual-class", 1)
        assert uid == "bb751835e58db77a84fb9114a7020401@semainier"


YEAR = year()


@st.composite
def timetables(draw: st.DrawFn) -> Timetable:
    """Some of the candidates of each activity, lawful or not, the sessions with some trainers and perhaps a place."""
    placements = []
    for activity in YEAR.activities.values():
        spans = list(YEAR.candidates(activity))
        for span in draw(st.lists(st.sampled_from(spans), unique=True, max_size=6)):
            amount = draw(st.sampled_from([30, 60, 360])) if isinstance(activity, Work) else 1
            staff: dict[str, Any] = {}
            if isinstance(activity, Part):
                staff["trainers"] = draw(st.sampled_from([(), ("ped",), ("ped", "law"), ("unknown",)]))
                staff["place"] = draw(st.sampled_from([None, "room", "unknown"]))
            placements.append(Placement(span, activity.key, amount, **staff))
    return Timetable(tuple(placements))


@settings(derandomize=True, deadline=None, max_examples=60)
@given(placed=timetables())
def test_any_timetable_comes_back_from_its_file(placed: Timetable, tmp_path_factory: pytest.TempPathFactory) -> None:
    calendar = saved(YEAR, *placed.placements)
    path = tmp_path_factory.mktemp("year") / "calendar.json"
    path.write_bytes(calendar_bytes(calendar))
    again = read_calendar(path, "small")
    assert timetable_of(again) == placed
    assert (again, calendar_bytes(again)) == (calendar, path.read_bytes())
    assert len(uids(again)) == len(set(uids(again)))


def test_an_empty_timetable_comes_back_too(tmp_path: Path) -> None:
    path = tmp_path / "calendar.json"
    path.write_bytes(calendar_bytes(saved(YEAR)))
    assert timetable_of(read_calendar(path, "small")) == Timetable()


class TestRefusedCalendars:
    def refusal(self, path: Path, programme: str = "small") -> tuple[list[str], list[str]]:
        return in_both(lambda: read_calendar(path, programme), path.parent)

    def refusal_of(self, tmp_path: Path, content: object) -> tuple[list[str], list[str]]:
        """What is said of a file with this content, in bytes or as JSON."""
        path = tmp_path / "calendar.json"
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return self.refusal(path)

    def plain(self) -> Any:
        """A sound calendar as JSON has it."""
        return json.loads(calendar_bytes(saved(YEAR, *PLACED)))

    def test_a_missing_file(self, tmp_path: Path) -> None:
        assert self.refusal(tmp_path / "calender.json") == (
            ["calender.json: there is no such file; look at the spelling of its name and folder"],
            ["calender.json : ce fichier n’existe pas ; vérifiez son nom et son dossier"],
        )

    def test_a_folder(self, tmp_path: Path) -> None:
        (tmp_path / "out").mkdir()
        assert self.refusal(tmp_path / "out") == (
            ["out: this is a folder; name a .json file in it"],
            ["out : c’est un dossier ; indiquez un fichier .json qui s’y trouve"],
        )

    @pytest.mark.parametrize("kept", [0.0, 0.5, 0.999])
    def test_a_file_that_breaks_off(self, kept: float, tmp_path: Path) -> None:
        whole = calendar_bytes(saved(YEAR, *PLACED))
        assert self.refusal_of(tmp_path, whole[: int(len(whole) * kept)]) == (
            ["calendar.json: is not whole: it breaks off or is damaged; make it again with solve"],
            ["calendar.json : n’est pas entier : il s’interrompt ou il est abîmé ; refaites-le avec solve"],
        )

    def test_a_file_that_is_no_text(self, tmp_path: Path) -> None:
        assert self.refusal_of(tmp_path, b"\xff\xfe\x00")[0] == [
            "calendar.json: is not whole: it breaks off or is damaged; make it again with solve"
        ]

    @pytest.mark.parametrize("content", [{}, [], None, 3, "calendar", {"programme": "small"}, {"format": "other/1"}])
    def test_json_of_something_else(self, content: object, tmp_path: Path) -> None:
        assert self.refusal_of(tmp_path, content) == (
            [
                "calendar.json: is no calendar of this program (semainier-calendar/1); "
                "give the calendar.json that solve wrote"
            ],
            [
                "calendar.json : n’est pas un calendrier de ce logiciel (semainier-calendar/1) ; "
                "donnez le calendar.json écrit par solve"
            ],
        )

    def test_another_format_of_an_otherwise_sound_calendar(self, tmp_path: Path) -> None:
        assert self.refusal_of(tmp_path, self.plain() | {"format": "semainier-calendar/2"})[0] == [
            "calendar.json: is no calendar of this program (semainier-calendar/1); "
            "give the calendar.json that solve wrote"
        ]

    def test_an_unknown_key(self, tmp_path: Path) -> None:
        edited = self.plain()
        edited["sessions"][1]["room"] = "12"
        assert self.refusal_of(tmp_path, edited) == (
            [
                "calendar.json, sessions[1].room: cannot be read here (room is not known here); "
                "undo the edit, or make the calendar again with solve"
            ],
            [
                "calendar.json, sessions[1].room : ne peut être lu ici (room n’est pas connu ici) ; "
                "annulez la retouche, ou refaites le calendrier avec solve"
            ],
        )

    def test_every_edit_that_cannot_be_read_is_told(self, tmp_path: Path) -> None:
        edited = self.plain()
        edited["sessions"][0]["start"] = "2026-13-14T09:00:00"
        edited["sessions"][1]["groups"] = [3]
        edited["days"][0]["state"] = "canceled"
        edited["days_off"][0]["colour"] = "red"
        del edited["work"][0]["minutes"]
        english, french = self.refusal_of(tmp_path, edited)
        cure = "undo the edit, or make the calendar again with solve"
        assert english == [
            'calendar.json, sessions[0].start: cannot be read here (start is "2026-13-14T09:00:00", '
            f"which cannot stand here); {cure}",
            "calendar.json, sessions[1].groups[0]: cannot be read here (groups[0] is 3, "
            f"which cannot stand here); {cure}",
            f'calendar.json, days[0].state: cannot be read here (state is "canceled", which cannot stand here); {cure}',
            f"calendar.json, work[0].minutes: cannot be read here (minutes is missing); {cure}",
            f"calendar.json, days_off[0].colour: cannot be read here (colour is not known here); {cure}",
        ]
        cure = "annulez la retouche, ou refaites le calendrier avec solve"
        assert french[2:4] == [
            'calendar.json, days[0].state : ne peut être lu ici (state vaut "canceled", '
            f"ce qui ne convient pas ici) ; {cure}",
            f"calendar.json, work[0].minutes : ne peut être lu ici (minutes manque) ; {cure}",
        ]

    def test_the_calendar_of_another_programme(self, tmp_path: Path) -> None:
        path = tmp_path / "calendar.json"
        path.write_bytes(calendar_bytes(saved(YEAR, *PLACED)))
        assert self.refusal(path, "big") == (
            ["calendar.json, programme: is the calendar of small, not of big; give the two that belong together"],
            [
                "calendar.json, programme : est le calendrier de small, pas celui de big ; "
                "donnez les deux qui vont ensemble"
            ],
        )
