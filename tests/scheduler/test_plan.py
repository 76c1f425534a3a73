"""Several programmes of one site as one problem: each keeps its own laws, and the site's bind them all."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest

from calendars.calendar_file import Calendar
from calendars.clock import moment_of
from calendars.faults import FaultyInput
from calendars.joint import Joint
from calendars.programme import Programme
from calendars.saving import timetable_of
from calendars.timetable import Timetable
from constraints.availability import Availability
from constraints.complete import Complete
from constraints.near_date import NearDate
from constraints.on_hold import OnHold
from constraints.one_at_a_time import OneAtATime
from constraints.regular_slot import RegularSlot
from constraints.trainer_preference import TrainerPreference
from constraints.within import Within
from drawing import FEW_STARTS, LONG, Shape, draw
from programmes import changed, write
from scheduler.bottlenecks import Bottleneck
from scheduler.candidates import candidates_of
from scheduler.following import following
from scheduler.plan import Plan, plan_of, read_problems
from scheduler.problem import Problem
from scheduler.result import Level, Limits, Outcome, Result
from scheduler.search import search
from scheduler.verdict import breaches, price
from scheduler.year import RefusedYear, Year, years_of
from small import at, timetable

SITE = """\
title = "Campus"

[trainers.ann]
title = "Ann"
prefers = [{ weekday = "tuesday" }]

[places.hall]
title = "Hall"

[laws.one_at_a_time]
buffer_minutes = 0
"""

YEAR = """\
title = "Year"
language = "en"
site = "site.toml"
dates = [2026-11-09, 2026-11-10]
starts_every_minutes = 60

[opening_hours]
monday = "09:00-11:00"
tuesday = "09:00-11:00"

[groups.all]
title = "Everybody"

[modules.m]
title = "Design"
group = "all"
trainer = "ann"
place = "hall"
parts = [{ kind = "course", sessions = 2, minutes = 60 }]

[laws.days_off]
[laws.working_hours]
[laws.one_at_a_time]
buffer_minutes = 0

[preferences.trainer_preference]
"""
"""Two sessions on Monday or Tuesday at 9 or 10, best on Tuesday. Two such years take all four hours of Ann."""

PART = "m.course"
SESSIONS = [
    at(f"2026-11-{day} {hour}:00", part=PART, trainers=("ann",), place="hall")
    for day in ("09", "10")
    for hour in ("09", "10")
]
MONDAY, TUESDAY = SESSIONS[:2], SESSIONS[2:]
LIMITS = Limits(work=0.5, workers=1)
AS_OF = date(2026, 9, 1)


def files(folder: Path, site: str = SITE, **years: str) -> list[Path]:
    """A site file, and programme files in the order given."""
    write(folder, site, "site.toml")
    return [write(folder, text, f"{key}.toml") for key, text in years.items()]


def plan_for(paths: list[Path]) -> Plan:
    return plan_of(read_problems(paths), paths)


def solved(plan: Plan) -> tuple[Result, tuple[Timetable, ...]]:
    """The best of all, and the part of each, which is lawful."""
    result = search(plan.whole, LIMITS)
    assert result.timetable is not None
    parts = plan.parts(result.timetable)
    assert breaches(plan.whole, result.timetable) == ()
    assert [breaches(problem, part) for problem, part in zip(plan.problems, parts, strict=True)] == [()] * len(parts)
    return result, parts


def refused(folder: Path, paths: list[Path]) -> list[str]:
    """What is wrong, with paths from the folder."""
    with pytest.raises(FaultyInput) as error:
        plan_for(paths)
    return [fault.words("en").replace(f"{folder}/", "") for fault in error.value.faults]


class TestThePlan:
    def test_one_programme_is_its_own_plan_and_its_site_has_no_say(self, tmp_path: Path) -> None:
        paths = files(tmp_path, a=YEAR)
        (problem,) = read_problems(paths)
        plan = plan_of([problem], paths)
        assert plan == Plan((problem,), problem, tuple(paths))
        assert plan.parts(timetable(*MONDAY)) == (timetable(*MONDAY),)
        assert sum(isinstance(rule, OneAtATime) for rule in plan.whole.rules) == 1

    def test_each_has_its_own_rules_then_come_those_of_the_site(self, tmp_path: Path) -> None:
        plan = plan_for(files(tmp_path, a=YEAR, b=YEAR))
        own = ["complete", "within", "days_off", "working_hours", "one_at_a_time", "trainer_preference"]
        assert [rule.name for rule in plan.whole.rules] == [*own, *own, "one_at_a_time"]
        assert plan.whole.rules[-1] == OneAtATime(buffer_minutes=0)
        assert plan.whole.previous is None
        assert plan.whole.programme.key == "a+b"

    def test_each_gets_a_part_of_what_one_trainer_can_give(self, tmp_path: Path) -> None:
        """Alone each takes the Tuesday and costs nothing; one of them has to take the Monday."""
        paths = files(tmp_path, a=YEAR, b=YEAR)
        for path in paths:
            result, parts = solved(plan_for([path]))
            assert (parts, result.levels) == ((timetable(*TUESDAY),), (Level(1, ("trainer_preference",), 0, 0),))
        result, (one, other) = solved(plan_for(paths))
        assert sorted((*one.placements, *other.placements)) == SESSIONS
        assert result.levels == (Level(1, ("trainer_preference",), 2, 2),)

    def test_a_slot_on_hold_in_one_is_left_free_by_all(self, tmp_path: Path) -> None:
        """The hour of Ann that is on hold for the one year can only be given to that year."""
        paths = files(tmp_path, a=YEAR, b=YEAR)
        for number in (0, 1):
            problems = list(read_problems(paths))
            law = OnHold(slots=(MONDAY[0],))
            problems[number] = replace(problems[number], rules=(law, *problems[number].rules))
            plan = plan_of(problems, paths)
            slot = MONDAY[0]._replace(activity=f"{'ab'[number]}:{PART}")
            assert [rule for rule in plan.whole.rules if rule.name == "on_hold"] == [OnHold(slots=(slot,))]
            _, parts = solved(plan)
            assert [MONDAY[0] in part.placements for part in parts] == [number == 0, number == 1]

    def test_three_are_too_many(self, tmp_path: Path) -> None:
        """Six hours for Ann and for the hall, who have four."""
        result = search(plan_for(files(tmp_path, a=YEAR, b=YEAR, c=YEAR)).whole, LIMITS)
        counts = [(type(short), short.needed, short.room) for short in result.shortages]
        assert (result.outcome, counts) == (Outcome.IMPOSSIBLE, [(Bottleneck, 360, 240)] * 2)

    def test_a_preference_of_the_site_is_paid_by_all_together(self, tmp_path: Path) -> None:
        without = YEAR.replace("[preferences.trainer_preference]\n", "")
        paths = files(
            tmp_path, SITE + "\n[preferences.trainer_preference]\nweight = 5\nlevel = 3\n", a=without, b=without
        )
        result, _ = solved(plan_for(paths))
        assert result.levels == (Level(3, ("trainer_preference",), 10, 10),)

    def test_a_law_of_the_site_may_name_things_of_each_by_their_joint_ids(self, tmp_path: Path) -> None:
        """All of the second year comes before the first one."""
        ordered = SITE + f'\n[laws.order]\nfirst = "b:m"\nthen = ["a:{PART}"]\n'
        _, parts = solved(plan_for(files(tmp_path, ordered, a=YEAR, b=YEAR)))
        assert parts == (timetable(*TUESDAY), timetable(*MONDAY))

    def test_hours_and_days_off_of_each_are_its_own_under_laws_of_the_site(self, tmp_path: Path) -> None:
        """The second year opens on the two days after those of the first one, of which the 11th is off, at 14:00."""
        site = SITE + "\n[laws.working_hours]\n[laws.days_off]\n"
        bare = YEAR.replace("[laws.working_hours]\n", "").replace("[laws.days_off]\n", "")
        later = changed("2026-11-10]", "2026-11-12]", bare).replace('"09:00-11:00"', '"14:00-16:00"')
        later = later.replace("monday", "wednesday").replace("tuesday", "thursday")
        plan = plan_for(files(tmp_path, site, a=bare, b=later))
        found = candidates_of(plan.whole.programme, plan.whole.rules)
        assert {
            key: ([str(moment_of(span.start)) for span in each.lawful], each.struck_by()) for key, each in found.items()
        } == {
            f"a:{PART}": (
                ["2026-11-09 09:00:00", "2026-11-09 10:00:00", "2026-11-10 09:00:00", "2026-11-10 10:00:00"],
                {},
            ),
            f"b:{PART}": (
                ["2026-11-12 14:00:00", "2026-11-12 15:00:00"],
                {"working_hours": 4, "days_off": 2},
            ),
        }


class TestFaults:
    def test_programmes_without_a_site_are_refused(self, tmp_path: Path) -> None:
        alone = changed('site = "site.toml"\n', "", YEAR)
        alone += '\n[trainers.ann]\ntitle = "Ann"\n\n[places.hall]\ntitle = "Hall"\n'
        cure = "programmes that are solved together name one site; write the same site = in each file"
        told = {key: f"{key}.toml, site: {cure}" for key in "abc"}
        assert refused(tmp_path, files(tmp_path, a=alone, b=alone)) == [told["a"], told["b"]]
        assert refused(tmp_path, files(tmp_path, a=YEAR, b=alone, c=YEAR)) == [told["b"]]
        assert refused(tmp_path, files(tmp_path, a=alone, b=YEAR)) == [told["a"], told["b"]]

    def test_another_site_another_zone_and_the_same_name_are_refused_at_once(self, tmp_path: Path) -> None:
        (tmp_path / "other").mkdir()
        write(tmp_path / "other", SITE, "site.toml")
        (first,) = files(tmp_path, a=YEAR)
        second = write(tmp_path / "other", changed("dates", 'time_zone = "Europe/London"\ndates', YEAR), "a.toml")
        assert refused(tmp_path, [first, second]) == [
            "a.toml: two files have this name; rename one of them",
            "other/a.toml, site: programmes that are solved together name one site; write the same site = in each file",
            "other/a.toml: two files have this name; rename one of them",
            "other/a.toml, time_zone: programmes that are solved together have one time zone, here Europe/Paris",
        ]

    def test_every_fault_of_every_file_is_told_once(self, tmp_path: Path) -> None:
        paths = files(tmp_path, a=changed("sessions = 2", "sessions = 0", YEAR), b=changed("language", "langue", YEAR))
        assert refused(tmp_path, paths) == [
            "a.toml:19, modules.m.parts[0].sessions: sessions is 0; the least is 1",
            "b.toml:2, langue: langue is not known here; did you mean language?",
        ]
        paths = files(tmp_path, SITE + "[laws.one_at_time]\n", a=YEAR, b=YEAR)
        assert refused(tmp_path, paths) == [
            "site.toml:12, laws.one_at_time: no law has that name yet; did you mean one_at_a_time?"
        ]

    def test_what_a_law_of_the_site_names_has_to_exist_in_one_of_them(self, tmp_path: Path) -> None:
        paths = files(tmp_path, SITE + '\n[laws.order]\nfirst = "a:m"\nthen = "m"\n', a=YEAR, b=YEAR)
        assert refused(tmp_path, paths) == [
            "site.toml:13, laws.order: there is no module, part, block or internship m; "
            f"choose from a:m, b:m, a:{PART} and b:{PART}"
        ]


class TestWithoutLawsOfTheSite:
    """The same laws, bounds and values as alone: what is solved together costs what each costs alone."""

    RULES = (
        Complete(),
        Within(),
        Availability(),
        OneAtATime(),
        TrainerPreference(),
        RegularSlot(level=2),
        NearDate(level=2),
    )

    @pytest.mark.parametrize("seed", range(6))
    def test_each_is_as_good_as_alone(self, seed: int, tmp_path: Path) -> None:
        path, random = write(tmp_path, 'title = "Campus"\n', "site.toml"), Random(seed)
        problems = [Problem(self.programme(random, key, path), self.RULES) for key in "ab"]
        plan = plan_of(problems, [tmp_path / "a.toml", tmp_path / "b.toml"])
        alone = [search(problem, LIMITS) for problem in problems]
        result, parts = solved(plan)
        assert all(level.proved for each in (*alone, result) for level in each.levels)
        for problem, part, each in zip(problems, parts, alone, strict=True):
            assert [price(problem, part, level.rank) for level in each.levels] == [level.value for level in each.levels]
        levels = zip(*(each.levels for each in alone), strict=True)
        assert result.levels == tuple(
            replace(one, value=one.value + other.value, bound=one.bound + other.bound) for one, other in levels
        )

    def programme(self, random: Random, key: str, site: Path) -> Programme:
        """With a lawful year, and trainers and places of the site."""
        while True:
            _, programme, every = draw(
                random, Shape(("sessions", "trainers", "prefers", "near", "places"), LONG, FEW_STARTS)
            )
            problem = Problem(programme, self.RULES)
            if any(not breaches(problem, each) for each in every):
                trainers, places = frozenset(programme.trainers), frozenset(programme.places)
                return replace(programme, key=key, site=str(site), shared_trainers=trainers, shared_places=places)


def years(plan: Plan, previous: Mapping[str, Calendar] | None = None) -> tuple[Result, tuple[Year, ...]]:
    """The search and the years that come of it, as the command makes them."""
    result = search(plan.whole, LIMITS)
    known = previous or {}
    before = [known.get(problem.programme.key) for problem in plan.problems]
    return result, years_of(plan, result, AS_OF, 0, "en", before)


class TestAgain:
    """The first year had the Tuesday, the second one the Monday; both are made again as of a later day."""

    def follow(self, folder: Path, as_of: date, site: str = SITE, **texts: str) -> tuple[Plan, dict[str, Calendar]]:
        before = {"a": timetable(*TUESDAY), "b": timetable(*MONDAY)}
        plan = plan_for(files(folder, site=SITE, a=YEAR, b=YEAR))
        whole = Result(Outcome.LAWFUL, together_of(plan, before))
        made = years_of(plan, whole, AS_OF, 0, "en", [None, None])
        saved = {key: year.calendar for key, year in zip("ab", made, strict=True)}
        paths = files(folder, site, **{"a": YEAR, "b": YEAR} | texts)
        problems = read_problems(paths)
        followed = [following(each, saved[each.programme.key], as_of, paths[0]) for each in problems]
        return plan_of(followed, paths), saved

    def test_nothing_moves_where_nothing_has_to(self, tmp_path: Path) -> None:
        plan, saved = self.follow(tmp_path, AS_OF)
        result, parts = solved(plan)
        assert parts == (timetable(*TUESDAY), timetable(*MONDAY))
        assert plan.whole.previous == together_of(plan, dict(zip("ab", parts, strict=True)))
        assert result.levels[0] == Level(0, ("few_changes",), 0, 0)
        _, made = years(plan, saved)
        assert [year.calendar.sessions for year in made] == [calendar.sessions for calendar in saved.values()]

    def test_both_are_paid_for_at_level_0(self, tmp_path: Path) -> None:
        """The first year cannot any more on Tuesday at 9, nor has the second one two of the four hours."""
        shut = changed('tuesday = "09:00-11:00"', 'tuesday = "10:00-11:00"\nwednesday = "09:00-11:00"', YEAR)
        plan, _ = self.follow(
            tmp_path, AS_OF, a=changed("2026-11-10]", "2026-11-12]", shut).replace("wednesday", "thursday")
        )
        result, parts = solved(plan)
        assert result.levels[0] == Level(0, ("few_changes",), 10, 10)
        assert parts[1] == timetable(*MONDAY)
        assert parts[0].placements[0] == TUESDAY[1]

    def test_what_was_held_stays_and_no_other_may_join_it_in_the_past(self, tmp_path: Path) -> None:
        """As of Tuesday the Monday is held, and each year has one session of it to give on Tuesday."""
        fewer, more = (changed("sessions = 2", f"sessions = {number}", YEAR) for number in (1, 3))
        plan, _ = self.follow(tmp_path, date(2026, 11, 10), a=fewer, b=more)
        result, (one, other) = solved(plan)
        assert sorted((*one.placements, *other.placements)) == SESSIONS
        assert other.placements[:2] == tuple(MONDAY)
        assert result.levels[0] == Level(0, ("few_changes",), 10, 10)  # a session of the first year is gone

    def test_breaches_of_a_law_of_the_site_in_the_past_alone_do_not_refuse_the_years(self, tmp_path: Path) -> None:
        """Ann may give one session a day now, and gave two on the Monday that is held."""
        less = SITE + "\n[laws.trainer_load]\nsessions_per_day = 1\n"
        fewer = changed("sessions = 2", "sessions = 1", YEAR)
        plan, saved = self.follow(tmp_path, date(2026, 11, 10), less, a=fewer)
        result, made = years(plan, saved)
        assert [str(breach.message) for breach in breaches(plan.whole, result.timetable or Timetable())] == [
            "trainer “Ann” gives 2 sessions on Monday 9 November 2026; the most is 1 session"
        ]
        one, other = (timetable_of(year.calendar) for year in made)
        assert (one.placements[0] in TUESDAY, other) == (True, timetable(*MONDAY))


def together_of(plan: Plan, own: Mapping[str, Timetable]) -> Timetable:
    """The joint timetable."""
    assert isinstance(plan.whole.programme, Joint)
    return Timetable(
        tuple(
            scope.placement(each)
            for scope in plan.whole.programme.scopes
            for each in own[scope.programme.key].placements
        )
    )


class TestYears:
    def test_each_has_its_files_as_if_it_were_alone_but_for_the_certificate(self, tmp_path: Path) -> None:
        plan = plan_for(files(tmp_path, a=YEAR, b=YEAR))
        result, made = years(plan)
        assert [year.calendar.programme for year in made] == ["a", "b"]
        assert result.timetable is not None
        assert tuple(timetable_of(year.calendar) for year in made) == plan.parts(result.timetable)
        assert [level.value for year in made for level in year.calendar.certificate.levels] == [2, 2]
        trainers = [year.calendar.titles["trainers"] for year in made]
        assert trainers == [{"ann": "Ann"}] * 2
        assert made[0].calendar.sessions[0].uid != made[1].calendar.sessions[0].uid

    def test_no_year_comes_of_a_search_in_vain(self, tmp_path: Path) -> None:
        plan = plan_for(files(tmp_path, a=YEAR, b=YEAR, c=YEAR))
        assert years(plan)[1] == ()

    def test_a_breach_of_a_law_of_the_site_refuses_all_years(self, tmp_path: Path) -> None:
        plan = plan_for(files(tmp_path, a=YEAR, b=YEAR))
        clash = together_of(plan, {"a": timetable(*MONDAY), "b": timetable(MONDAY[0], TUESDAY[1])})
        with pytest.raises(RefusedYear, match="trainer “Ann”") as error:
            years_of(plan, Result(Outcome.LAWFUL, clash), AS_OF, 0, "en", [None, None])
        both = "“Design” (course) on Monday 9 November 2026 09:00"
        assert (
            str(error.value)
            == f"{both} and {both} overlap for trainer “Ann”; {both} and {both} overlap for place “Hall”"
        )
