"""A small week with two sessions in four slots, made, for tests that offer and accept."""

from pathlib import Path

from door import semainier_here
from programmes import write

WEEK = """\
title = "Small week"
language = "en"
dates = [2026-11-09, 2026-11-13]
starts_every_minutes = 60

[opening_hours]
tuesday = "09:00-11:00"
thursday = "09:00-11:00"

[groups.all]
title = "All"

[trainers.ann]
title = "Trainer, design"
prefers = [{ weekday = "tuesday" }]

[trainers.bob]
title = "Trainer, ethics"
prefers = [{ weekday = "thursday", hours = "09:00-10:00" }]

[modules.design]
title = "Design"
group = "all"
trainer = "ann"
parts = [{ kind = "virtual-class", sessions = 1, minutes = 60 }]

[modules.ethics]
title = "Ethics"
group = "all"
trainer = "bob"
parts = [{ kind = "virtual-class", sessions = 1, minutes = 60 }]

[laws.working_hours]
[laws.one_at_a_time]
buffer_minutes = 0

[preferences.trainer_preference]

[preferences.near_date]
level = 2
"""
"""On Tuesday and Thursday at 9:00 and at 10:00. Design stands on Tuesday at 10:00, ethics on Thursday at 9:00."""

SOLVED = "2026-10-01"
"""The day on which the calendar is made, and slots of it are offered."""


def week(folder: Path, text: str = WEEK) -> Path:
    """A folder with the programme `small.toml`, and its calendar in `out`."""
    run = semainier_here("solve", write(folder, text), "-o", folder / "out", "--as-of", SOLVED)
    assert (run.code, run.err.count("Traceback")) == (0, 0)
    return folder
