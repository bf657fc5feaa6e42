"""The yearly action plan of the office, whole: PLAN_2563, and the same definition for other years."""

from __future__ import annotations

from typing import Final

from docflow.bangkok.office import office_clock
from docflow.bangkok.outside import outside
from docflow.bangkok.routine import ROUTINE
from docflow.bangkok.strategic import STRATEGIC
from docflow.errors import PlanError
from docflow.kpi import Plan, Window
from docflow.text import Text
from docflow.thai import fiscal_year_span

__all__ = ["PLAN_2563", "plan_of"]

FIRST, LAST = 2484, 2999  # as `docflow.thai` reads dates: years began on 1 January from then on


def plan_of(year: int) -> Plan:
    """The plan of a fiscal year in the Buddhist era, with the definitions of B.E. 2563.

    >>> print(plan_of(2564).year)
    2020-10-01 – 2021-09-30

    The clock's calendar holds the calendar years 2018 to 2027; a case of another year whose working time or due moment
    is asked for is excluded with that reason. Raises `PlanError` for what is no year of the Buddhist era from 2484 on,
    such as 2020.
    """
    if not isinstance(year, int) or not FIRST <= year <= LAST:
        problem = f"is no fiscal year from B.E. {FIRST} to {LAST}; give the Buddhist era, such as 2563 for 2020"
        raise PlanError(str(year), problem)
    return Plan(
        title=Text(
            f"แผนปฏิบัติราชการประจำปี พ.ศ. {year} สำนักงานเลขานุการผู้ว่าราชการกรุงเทพมหานคร",
            f"Yearly action plan B.E. {year} of the Office of the Secretary to the Governor of Bangkok",
        ),
        year=Window(*fiscal_year_span(year)),
        clock=office_clock(),
        indicators=(*STRATEGIC, *ROUTINE, *outside(year)),
    )


PLAN_2563: Final = plan_of(2563)
"""The plan of the fiscal year B.E. 2563, 1 October 2019 to 30 September 2020.

>>> from docflow.bangkok import year_end, office_clock
>>> nothing = PLAN_2563.evaluate({}, as_of=year_end(office_clock()))
>>> print(nothing["1.8"].explain())
1.8 Salary certificates submitted within 3 working days
certificates submitted within 3 working days × 100 / all certificates
0 × 100 / 0 = – %
target ≥ 100 %: no value yet
2019-10-01 – 2020-09-30, as of 2020-09-30 16:30
no records
read as the 3 next working days: – ★ official
read as 3 working days, the first counted: –
read as 3 days of office time (3 × 8 h): –
0 records whose bin depends on the reading
"""
