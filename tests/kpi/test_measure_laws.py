"""The laws of measures and plans that docflow ships, on the plan of the office and on any measures and plans."""

import pytest
from hypothesis import strategies as st

from docflow.bangkok import FISCAL_YEAR, PLAN_2563, office_clock
from docflow.testing import MeasureLaws, PlanLaws, clocks, measures, plans

pytestmark = pytest.mark.laws


class TestAnyMeasure(MeasureLaws):
    measure = measures()
    clock = clocks()
    window = st.sampled_from((None, FISCAL_YEAR, FISCAL_YEAR.between(11, 8)))


class TestThePlansMeasures(MeasureLaws):
    measure = st.sampled_from([one.measures() for one in PLAN_2563 if one.measure is not None])
    clock = office_clock()
    window = FISCAL_YEAR


class TestThePlan(PlanLaws):
    plan = PLAN_2563


class TestAnyPlan(PlanLaws):
    plan = plans()
