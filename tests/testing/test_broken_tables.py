"""The shipped laws of tables bite: for every one of them something is broken that it catches."""

import pytest
from attrs import evolve
from searching import laws_of, search

from docflow.bangkok import office_clock
from docflow.engines import nw
from docflow.kpi import Bin
from docflow.tables import judging, reading
from docflow.testing import TableLaws
from docflow.worktime import due_lookups, sheets
from docflow.worktime.lookups import Line
from docflow.worktime.sheets import Sheet

pytestmark = pytest.mark.meta


class Laws(TableLaws):
    clock = office_clock()


def a_microsecond_more(monkeypatch):
    """The line is a microsecond too high while the office is open."""
    look_up = Line.look_up

    def more(self, frame, columns, *, since, until):
        found = look_up(self, frame, columns, since=since, until=until)
        return found.with_columns(**{into: nw.col(into) + nw.col(of) % 2 for into, of in columns.items()})

    monkeypatch.setattr(Line, "look_up", more)


def years_without_an_end(monkeypatch):
    """Frames in memory are answered outside the years too."""
    monkeypatch.setattr(Sheet, "_holds", lambda self, at: (at >= self.lower) & (at <= self.upper))


def reversed_is_counted(monkeypatch):
    """An audit takes what is reversed for what has an answer."""
    audit = Sheet.audit

    def told(self, *given):
        found = audit(self, *given)
        return evolve(found, counted=found.counted + found.reversed, reversed=0)

    monkeypatch.setattr(Sheet, "audit", told)


def the_first_of_two(monkeypatch):
    """Of two limits in a lazy table the earlier always decides."""
    monkeypatch.setattr(due_lookups.nw, "max_horizontal", nw.min_horizontal)


def a_close_too_late(monkeypatch):
    """In memory, what ends at a close ends a microsecond later."""
    column = sheets.limit_columns.due_column

    def later(limit, clock, since):
        found, refused = column(limit, clock, since)
        return found + (found > 0), refused

    monkeypatch.setattr(sheets.limit_columns, "due_column", later)


def nothing_is_late(monkeypatch):
    """What stops after its due moment is in time."""
    found = judging._found

    def lenient(measure, context):
        for rule, lies, cause in found(measure, context):
            yield nw.lit(value=False) if lies is Bin.LATE else rule, lies, cause

    monkeypatch.setattr(judging, "_found", lenient)


def the_month_of_the_stop(monkeypatch):
    """Every case lies in the month of its stop."""
    monkeypatch.setattr(reading, "BEGIN", reading.END)


def one_half_of_the_sum(monkeypatch):
    """Long times lose what does not fit into the lower half."""
    monkeypatch.setattr(reading, "HALF", 0)
    monkeypatch.setattr(reading, "MOST", 1)


BROKEN = {
    "test_every_engine_measures_the_same_time": (a_microsecond_more, years_without_an_end, reversed_is_counted),
    "test_every_engine_finds_the_same_due_moments": (the_first_of_two, a_close_too_late),
    "test_a_measure_reads_of_a_table_what_it_reads_of_records": (
        a_microsecond_more,
        nothing_is_late,
        the_month_of_the_stop,
        one_half_of_the_sum,
    ),
}


@pytest.mark.parametrize(("name", "breaking"), [(name, one) for name, some in BROKEN.items() for one in some])
def test_the_law_finds_what_is_broken(name, breaking, monkeypatch):
    breaking(monkeypatch)
    with pytest.raises(AssertionError):
        search(Laws(), name)


def test_every_law_has_something_that_it_catches():
    assert laws_of(TableLaws) == set(BROKEN)
