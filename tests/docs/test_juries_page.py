"""The page of juries: its programme gives what the page shows, and with its two changes the answer that it shows."""

import re
from pathlib import Path

from door import semainier_here
from programmes import ROOT, changed, write

PAGE = (ROOT / "docs" / "juries.md").read_text("utf-8")
[PROGRAMME] = re.findall(r"```toml\n(.*?)```\n", PAGE, re.DOTALL)
[_, FOUND, IMPOSSIBLE] = re.findall(r"```\n(.*?)```\n", PAGE.replace(f"```toml\n{PROGRAMME}```\n", ""), re.DOTALL)


def test_its_programme_gives_what_it_shows(tmp_path: Path) -> None:
    run = semainier_here("solve", write(tmp_path, PROGRAMME), "-o", tmp_path / "out", "--as-of", "2027-05-03")
    before_the_folder = "\n".join(run.lines).rpartition("\n\n")[0]
    assert (run.code, f"{before_the_folder}\n") == (0, FOUND)


def test_with_its_changes_it_gives_the_answer_that_it_shows(tmp_path: Path) -> None:
    text = changed('trainers = ["direction", "ethics"]', 'trainers = ["direction"]', PROGRAMME)
    text = changed('06-15], hours = "09:00-12:00", liking = 2', '06-15], hours = "14:00-17:00"', text)
    run = semainier_here("solve", write(tmp_path, text), "-o", tmp_path / "out")
    assert (run.code, "".join(f"{line}\n" for line in run.lines)) == (1, IMPOSSIBLE)
