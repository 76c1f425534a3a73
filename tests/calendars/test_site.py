"""A site file beside programme files: what they share, and what is refused of either, each in its own name."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from calendars.faults import FaultyInput
from calendars.programme import Place, Trainer
from calendars.programme_file import Closure, PlaceTable, ProgrammeFile, SiteFile, TrainerTable, When
from calendars.resolving import load
from calendars.site import Site, Sites
from programmes import SMALL, changed, write

CAMPUS = """\
title = "Campus"

[trainers.carl]
title = "Carl"
cannot = [{ weekday = "monday" }]

[places.hall]
title = "Hall"
seats = 30

[[closures]]
title = "Works"
dates = [2026-11-16, 2026-11-17]
"""
"""What the site has."""

TABLES = SMALL.partition("[laws")[0]
"""The small year without its laws, which `scheduler.problem` adds to the form of the file."""

SHARING = changed(
    'trainer = "ann"\n',
    'trainer = ["ann", "carl"]\nplace = "hall"\n',
    changed("dates", 'site = "site.toml"\ndates', TABLES),
)
"""The small year, whose sessions one of two trainers gives in the hall of the site."""


def refused(path: Path) -> list[str]:
    """What is wrong, with paths from the folder of the programme."""
    with pytest.raises(FaultyInput) as error:
        load(path, ProgrammeFile)
    return [fault.words("en").replace(f"{path.parent}/", "") for fault in error.value.faults]


def test_a_site_is_read_by_a_path_from_the_folder_of_the_programme(tmp_path: Path) -> None:
    (tmp_path / "year").mkdir()
    path = write(tmp_path, CAMPUS, "site.toml")
    expected = SiteFile(
        title="Campus",
        trainers={"carl": TrainerTable(title="Carl", cannot=(When(weekday="monday"),))},
        places={"hall": PlaceTable(title="Hall", seats=30)},
        closures=(Closure(title="Works", dates=[date(2026, 11, 16), date(2026, 11, 17)]),),
    )
    sites = Sites(SiteFile, [tmp_path / "year"])
    assert sites.of(tmp_path / "year" / "small.toml", "../site.toml") == Site(path, expected)


def test_a_programme_has_the_trainers_places_and_closures_of_its_site_beside_its_own(tmp_path: Path) -> None:
    write(tmp_path, CAMPUS, "site.toml")
    own = '\n[places.room]\ntitle = "Room"\n\n[[days_off.closures]]\ntitle = "Fair"\ndates = [2026-11-20, 2026-11-20]\n'
    file, programme = load(write(tmp_path, SHARING + own), ProgrammeFile)
    assert list(file.trainers) == ["ann"]  # the tables are those of the file alone
    assert programme.trainers == {
        "carl": Trainer("carl", "Carl", cannot=(When(weekday="monday"),)),
        "ann": Trainer("ann", "Ann", prefers=(When(weekday="tuesday"),)),
    }
    assert programme.places == {"hall": Place("hall", "Hall", seats=30), "room": Place("room", "Room")}
    assert [(off.day.day, off.name) for off in programme.days_off.days if off.kind == "closure"] == [
        (16, "Works"),
        (17, "Works"),
        (20, "Fair"),
    ]
    part = programme.parts["design.virtual-class"]
    assert (part.trainers, part.places) == (("ann", "carl"), ("hall",))
    assert programme.site == str((tmp_path / "site.toml").resolve())
    assert (programme.shared_trainers, programme.shared_places) == (frozenset({"carl"}), frozenset({"hall"}))


def test_an_empty_site_changes_nothing_but_its_name(tmp_path: Path) -> None:
    write(tmp_path, 'title = "Campus"\n', "site.toml")
    _, alone = load(write(tmp_path, TABLES), ProgrammeFile)
    _, programme = load(write(tmp_path, changed("dates", 'site = "site.toml"\ndates', TABLES)), ProgrammeFile)
    told = replace(programme, site=None)
    assert vars(told) == vars(alone)


def test_two_ways_to_one_site_are_one_site(tmp_path: Path) -> None:
    for folder in ("first", "second"):
        (tmp_path / folder).mkdir()
    write(tmp_path / "first", CAMPUS, "site.toml")
    _, one = load(write(tmp_path / "first", SHARING), ProgrammeFile)
    _, other = load(write(tmp_path / "second", changed('"site.toml"', '"../first/site.toml"', SHARING)), ProgrammeFile)
    assert one.site == other.site


def test_an_id_of_site_and_programme_is_refused_for_each_of_them(tmp_path: Path) -> None:
    shared = '\n[trainers.carl]\ntitle = "Another Carl"\n\n[places.hall]\ntitle = "Another hall"\n'
    write(tmp_path, CAMPUS, "site.toml")
    cure = "remove one of the two, or give it another id"
    assert refused(write(tmp_path, SHARING + shared)) == [
        f"small.toml:33, trainers.carl: the site has carl too; {cure}",
        f"small.toml:36, places.hall: the site has hall too; {cure}",
    ]


def test_a_place_may_have_the_id_of_a_trainer_of_the_site(tmp_path: Path) -> None:
    write(tmp_path, CAMPUS, "site.toml")
    _, programme = load(write(tmp_path, SHARING + '\n[places.carl]\ntitle = "Room of Carl"\n'), ProgrammeFile)
    assert programme.places["carl"] == Place("carl", "Room of Carl")
    assert (programme.shared_trainers, programme.shared_places) == (frozenset({"carl"}), frozenset({"hall"}))


def test_a_trainer_that_neither_has_is_refused_with_the_nearest_of_both(tmp_path: Path) -> None:
    write(tmp_path, CAMPUS, "site.toml")
    assert refused(write(tmp_path, changed('["ann", "carl"]', '["ann", "karl"]', SHARING))) == [
        "small.toml:24, modules.design.trainer: there is no [trainers.karl] in this file; did you mean carl?"
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("seats = 30", "seat = 30", "site.toml:9, places.hall.seat: seat is not known here; did you mean seats?"),
        (
            '[places.hall]\ntitle = "Hall"',
            "[places.hall]",
            "site.toml:7, places.hall.title: title is missing; it takes text in quotes",
        ),
        (
            "[places.hall]",
            "[groups.all]",
            "site.toml:7, groups: groups is not known here; "
            "choose from title, trainers, places, closures and enrolments",
        ),
    ],
    ids=["unknown key", "missing title", "groups"],
)
def test_a_fault_of_the_site_bears_its_own_name_and_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    write(tmp_path, changed(old, new, CAMPUS), "site.toml")
    assert refused(write(tmp_path, SHARING)) == [told]


def test_a_site_that_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    look = "look at the spelling of its name and folder"
    assert refused(write(tmp_path, SHARING)) == [f"site.toml: there is no such file; {look}"]
    path = write(tmp_path, changed('"site.toml"', '"folder"', SHARING))
    assert refused(path) == ["folder: this is a folder; name a .toml file in it"]
