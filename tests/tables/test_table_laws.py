"""The laws of tables that docflow ships, on the clock of the office and on any clocks, limits and measures."""

import pytest
from hypothesis import strategies as st

from docflow.bangkok import FISCAL_YEAR, office_clock
from docflow.testing import TableLaws, clocks, joint_clocks, limits
from docflow.testing.table_laws import READABLE

pytestmark = pytest.mark.laws


class TestTheOfficesTables(TableLaws):
    clock = office_clock()
    window = FISCAL_YEAR


class TestAnyTables(TableLaws):
    clock = clocks()
    window = st.sampled_from((None, FISCAL_YEAR, FISCAL_YEAR.between(11, 8)))


def in_hours(said):
    """Offices together have no usual hours, so nobody knows how long a day of theirs is."""
    return "OfficeTime(days" not in repr(said)


class TestTablesOfOfficesTogether(TableLaws):
    clock = joint_clocks()
    limit = limits().filter(in_hours)
    measure = READABLE.filter(in_hours)
