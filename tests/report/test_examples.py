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


def test_a_second_office_is_written_in_120_lines():
    """Its hours, workflow, form and plan, and the script around them: what an office of one's own costs."""
    assert len((ROOT / "examples" / "request_desk.py").read_text(encoding="utf-8").splitlines()) <= 120
