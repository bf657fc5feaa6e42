"""The script that damages files finds what it is for."""

import fuzz
import pytest

from docflow.files import csv_records
from docflow.files import table as table_file
from docflow.thai import table

pytestmark = pytest.mark.meta


def test_files_that_are_read_as_they_should_be_have_no_findings(capsys):
    assert fuzz.main(["--files", "200"]) == 0
    assert "200 files from seed 1 on, 0 findings" in capsys.readouterr().out


def test_a_reader_that_believes_every_cell_is_found(monkeypatch, capsys):
    monkeypatch.setattr(csv_records, "_judged", lambda *_: ("", ""))
    assert fuzz.main(["--files", "1500"]) == 1
    assert "a row is lost unsaid" in capsys.readouterr().out


def test_a_reader_that_alters_what_nobody_touched_is_found(monkeypatch, capsys):
    monkeypatch.setattr(table_file, "plain", lambda cell: csv_records.plain(cell).partition("\n")[0])
    assert fuzz.main(["--files", "200"]) == 1
    assert "an untouched row is lost or altered" in capsys.readouterr().out


def test_an_error_of_pythons_own_is_found(monkeypatch, capsys):
    monkeypatch.setattr(table_file, "_unread", None)
    assert fuzz.main(["--files", "200"]) == 1
    assert "TypeError comes out" in capsys.readouterr().out


def test_a_table_of_holidays_whose_cells_are_believed_is_found(monkeypatch, capsys):
    def believing(heading, cells, sound=table._row):
        cells = (cells + [""] * len(heading))[: len(heading)]
        return sound(heading, [" ".join(cell.split()) for cell in cells])

    monkeypatch.setattr(table, "_row", believing)
    monkeypatch.setattr(fuzz, "NAMES", [fuzz.HOLIDAYS])
    assert fuzz.main(["--files", "1500"]) == 1
    assert "a holiday is lost" in capsys.readouterr().out
