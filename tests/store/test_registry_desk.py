"""The example of a kept registry, as people run it: a process for each day, which finds what the days before left."""

import pytest
from scripts import ROOT, run

SCRIPT = ROOT / "examples" / "registry_desk.py"


@pytest.mark.scripts
class TestRegistryDesk:
    def test_plays_two_weeks_where_nothing_is_kept(self):
        done = run(SCRIPT)
        assert (done.returncode, done.stderr) == (0, "")
        for said in (
            "มท ๐๕๐๕/๙๒๘๙",  # on a page of the register
            "๔/๒๕๖๓ is void: ลงทะเบียนซ้ำ",
            "3/2563 is running, and due on 09 Jan at 16:30",
            "known on 09 Jan at 09:00: handed over at 09:42",
            "known on 09 Jan at 09:05: handed over at 09:24",
            "cannot submit 2/2563: it is screened",
            "2/2563 is still taken_over",
            "meanwhile สมหญิง wrote hand_over",
            "all as they were written: True",
            "or 48 hours: 50.00 %",
        ):
            assert said in done.stdout
        assert done.stdout.count("records, head") == 10

    def test_goes_on_the_next_day_from_what_was_kept(self, tmp_path):
        kept = tmp_path / "office.db"
        first, second, third = (run(SCRIPT, kept) for _ in range(3))
        assert "6 มกราคม 2563" in first.stdout
        assert "7 มกราคม 2563" in second.stdout
        assert "8 มกราคม 2563" in third.stdout
        assert {done.stderr for done in (first, second, third)} == {""}
        assert "3/2563 is running" in third.stdout, "a letter of the second day, in a third process"

    def test_tells_in_a_sentence_what_is_no_store(self, tmp_path):
        (tmp_path / "office.db").write_text("a letter to nobody")
        done = run(SCRIPT, tmp_path / "office.db")
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.count("\n") == 1
        assert "it is no store of docflow; name another file" in done.stderr
