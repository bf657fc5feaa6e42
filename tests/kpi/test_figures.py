"""Who reports a value says what it is counted in, and may say what no measure of ours is counted in."""

from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from docflow.bangkok import PLAN_2563
from docflow.kpi import Event, Record, Value


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_value_in_a_unit_of_its_own_is_explained_in_that_unit(language):
    at = datetime(2020, 1, 6, 9, tzinfo=ZoneInfo("Asia/Bangkok"))
    spent = Record("2.1", [Event("reported", at)], value=Value(Fraction(3), source="สงม.", unit="ล้านบาท"))
    outcome = PLAN_2563.evaluate({"reported values": [spent]}, as_of=at)["2.1"]
    assert outcome.explain(language).splitlines()[2] == "3 ล้านบาท"
