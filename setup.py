"""Compiles the translations wherever Semainier is built; all else stands in `pyproject.toml`."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithTranslations(build_py):
    """Writes each compiled catalogue beside its source, whence it is packaged, or read in an editable install."""

    def run(self) -> None:
        """Compile, then build as usual."""
        for source in Path("translations").rglob("*.po"):
            with source.open("rb") as text, source.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(text, locale=source.parts[1], abort_invalid=True))
        super().run()


setup(cmdclass={"build_py": BuildWithTranslations})
