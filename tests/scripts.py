"""The scripts in examples/ as people run them: another process, another folder."""

import json
import subprocess
import sys
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory

from registers import as_csv

ROOT = Path(__file__).parent.parent
DATA = ROOT / "examples" / "data"
SAMPLE = DATA / "register-2563.csv"
ANNUAL = ROOT / "examples" / "annual_report.py"
MUNICIPAL = ROOT / "examples" / "municipal_receipt.py"
DESK = ROOT / "examples" / "request_desk.py"
DEADLINE = ROOT / "examples" / "explain_deadline.py"
SCRIPTS = sorted((ROOT / "examples").glob("*.py"))


def run(script, *arguments, cwd=None, **environment):
    return subprocess.run(  # noqa: S603 - our own scripts
        [sys.executable, script, *map(str, arguments)],
        capture_output=True,
        check=False,
        cwd=cwd,
        encoding="utf-8",
        env={"PATH": "", "PYTHONPATH": str(ROOT), **environment},
    )


@cache
def sample_year():
    """The figures, the text and the page of the sample year, by month too: made once for all that only look at them."""
    with TemporaryDirectory() as scratch:
        figures, page = Path(scratch) / "figures.json", Path(scratch) / "page.html"
        done = run(ANNUAL, "--all", "--monthly", "--json", figures, "--html", page)
        assert (done.returncode, done.stderr) == (0, "")
        return json.loads(figures.read_text(encoding="utf-8")), done.stdout, page.read_text(encoding="utf-8")


def year_of(folder, year, *rows):
    """A folder of records that holds a register and nothing else."""
    (folder / "year").mkdir()
    (folder / "year" / f"register-{year}.csv").write_text(as_csv(rows), encoding="utf-8")
    return folder / "year"


def refused(done, *words):
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1, "one sentence, on one line"
    for word in words:
        assert word in done.stderr
    return True


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.text = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text.append(data)
