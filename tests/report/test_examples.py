"""The scripts as people run them: another process, another folder, good files and bad ones."""

import pytest
from scripts import ROOT, run

pytestmark = pytest.mark.scripts


@pytest.mark.parametrize("script", sorted((ROOT / "examples").glob("*.py")), ids=lambda script: script.stem)
def test_an_argument_that_would_steer_a_terminal_is_spelt_out(script):
    done = run(script, "log.csv", "--x\x1b[31m\u202e")
    assert (done.returncode, done.stdout) == (2, "")
    assert "\\x1b[31m\\u202e" in done.stderr
    assert "\x1b" not in done.stderr
