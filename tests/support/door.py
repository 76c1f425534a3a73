"""The command in this process, for tests that give it often."""

import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO

import pytest

import cli
from programmes import Run


def semainier_here(*words: object) -> Run:
    """Gives the command and waits for its end."""
    out, err = StringIO(), StringIO()
    with pytest.MonkeyPatch.context() as here, redirect_stdout(out), redirect_stderr(err):
        here.setenv("LANGUAGE", "")
        here.setenv("LC_ALL", "C.UTF-8")
        here.setattr(sys, "argv", ["semainier", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
    assert isinstance(ended.value.code, int)
    return Run(ended.value.code, out.getvalue(), err.getvalue())
