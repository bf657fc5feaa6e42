"""The sample year is made by its script, byte for byte, and holds faults of every kind."""

import csv
import subprocess
import sys

import pytest
from scripts import ROOT
from year_files import KIND, line, write_year

from docflow.bangkok.files import RECORD_FILES, read_records

pytestmark = pytest.mark.scripts


@pytest.fixture
def year(tmp_path):
    """Read a folder in which one file holds the good row with some changes, once for each of them."""

    def read(file=None, *changes, **others):
        rows = {file: [line(file, change) for change in changes]} if file else {}
        return read_records(write_year(tmp_path, rows | others.get("rows", {})))

    return read


def counted(read):
    """How many rows of each file stand in the records."""
    events = [event.state for trace in read.records["staff"] for event in trace.history]
    counts = {file: len(read.records[kind]) for file, kind in KIND.items()}
    counts["attendance.csv"] = sum(state.startswith("attended") for state in events)
    counts["tests.csv"] = sum(state.endswith("ed_qr") and not state.startswith("attended") for state in events)
    counts["field-visit-updates.csv"] = sum(
        step.trigger == "follow_up" for visit in read.records["visits"] for step in visit.history
    )
    counts["work-progress.csv"] = len(read.progress)
    counts["meeting-exceptions.csv"] = len(read.meeting_exceptions)
    return counts


class TestTheSampleYear:
    SAMPLE = ROOT / "examples" / "data"

    def make(self, *arguments):
        script = ROOT / "examples" / "sample_year.py"
        return subprocess.run(  # noqa: S603 - our own script
            [sys.executable, script, *map(str, arguments)],
            capture_output=True,
            check=False,
            encoding="utf-8",
            env={"PATH": "", "PYTHONPATH": str(ROOT), "TZ": "America/St_Johns"},
        )

    def test_is_made_again_byte_for_byte(self, tmp_path):
        done = self.make("--to", tmp_path / "year")
        assert (done.returncode, done.stderr) == (0, "")
        assert {file.name for file in (tmp_path / "year").iterdir()} == set(RECORD_FILES)
        for file in RECORD_FILES:
            assert (tmp_path / "year" / file).read_bytes() == (self.SAMPLE / file).read_bytes(), file
            assert f"{file}: " in done.stdout

    def test_is_another_from_another_seed(self, tmp_path):
        assert self.make("--to", tmp_path, "--seed", "1").returncode == 0
        assert (tmp_path / "complaints.csv").read_bytes() != (self.SAMPLE / "complaints.csv").read_bytes()
        assert read_records(tmp_path).missing == ()

    def test_that_cannot_be_written_says_so_in_a_sentence(self, tmp_path):
        (tmp_path / "file").touch()
        done = self.make("--to", tmp_path / "file")
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
        assert "cannot be made (file exists)" in done.stderr

    def test_has_every_kind_of_fault_and_enough_that_is_sound(self):
        read = read_records(self.SAMPLE)
        faults = [fault for found in read.faults.values() for fault in found]
        assert {fault.kind for fault in faults} == {"unreadable", "reversed", "duplicate", "unknown"}
        assert len(faults) == 36
        assert read.notes
        for file, number in counted(read).items():
            assert number + len({fault.row for fault in read.faults.get(file, ())}) == read.rows[file], file

    def test_is_comma_separated_with_a_mark_and_as_many_cells_as_headings(self):
        for file in RECORD_FILES:
            text = (self.SAMPLE / file).read_bytes().decode("utf-8")
            assert text.startswith("\ufeff")
            assert "\r" not in text
            assert len({len(cells) for cells in csv.reader(text.splitlines())}) == 1
