"""The yearly action plan of the office: the indicators that other agencies compute, PLAN_2563, and other years."""

from __future__ import annotations

from typing import Final

from docflow.bangkok.office import GENERAL_ADMINISTRATION, office_clock
from docflow.bangkok.routine import ROUTINE
from docflow.bangkok.strategic import STRATEGIC
from docflow.bangkok.titles import WORDS
from docflow.errors import PlanError
from docflow.kpi import Indicator, Plan, Reported, Window, reached
from docflow.text import Text
from docflow.thai import fiscal_year_span
from docflow.thai.dates import FIRST_YEAR, LAST_YEAR

__all__ = ["OUTSIDE", "PLAN_2563", "outside", "plan_of"]

# Indicators 2.1 to 4.2, which other agencies define, set and compute (plan, lines 655–672):
# number, title, title in English, set by, unit responsible, line
_ROWS: Final = (
    (
        "2.1",
        "ร้อยละความสำเร็จของการเบิกจ่ายงบประมาณในภาพรวม",
        "Budget disbursed",
        "สงม.",
        GENERAL_ADMINISTRATION,
        655,
    ),
    (
        "2.2.1",
        "การจัดทำงบการเงินประจำปีงบประมาณ พ.ศ. {before}",
        "Financial statements of the year before",
        "สนค.",
        GENERAL_ADMINISTRATION,
        657,
    ),
    (
        "2.2.2",
        "คะแนนของความสำเร็จของการจัดทำรายงานสรุปยอดทรัพย์สินประจำปี (งบทรัพย์สิน) ประจำปีงบประมาณ พ.ศ. {before}",
        "Yearly report on assets of the year before",
        "สนค.",
        GENERAL_ADMINISTRATION,
        658,
    ),
    (
        "3.1(a)",
        "ระดับความสำเร็จในการจัดการเรื่องที่ได้รับแจ้งจากประชาชน/ผู้รับบริการ",
        "Matters reported by the public, handled",
        "สำนักงานเลขานุการปลัดกรุงเทพมหานคร",
        "",
        663,
    ),
    (
        "3.1(b)",
        "การเพิ่มประสิทธิภาพในการปฏิบัติงานของหน่วยงาน",
        "Efficiency of the office's work raised",
        "สกก.",
        "",
        664,
    ),
    (
        "3.2",
        "ร้อยละความสำเร็จของการดำเนินโครงการให้บริการที่ดีที่สุด (Best Service)",
        "Best Service project",
        "สกก.",
        "",
        665,
    ),
    ("3.3", "ระดับความพึงพอใจของผู้รับบริการ", "Satisfaction of those served", "คณะผู้ตรวจราชการฯ และ กต.", "", 666),
    ("4.1", "ร้อยละความสำเร็จของการพัฒนาฐานข้อมูล", "Database developed", "สยป.", GENERAL_ADMINISTRATION, 671),
    (
        "4.2",
        "ระดับความสำเร็จของการดำเนินการด้านความปลอดภัย อาชีวอนามัย และสภาพแวดล้อมในการทำงานของหน่วยงาน",
        "Occupational safety, health and working environment",
        "สนอ.",
        GENERAL_ADMINISTRATION,
        672,
    ),
)


def outside(year: int) -> tuple[Indicator, ...]:
    """The indicators of a fiscal year in the Buddhist era; two of them are about the year before.

    >>> print(outside(2563)[1].title.th)
    การจัดทำงบการเงินประจำปีงบประมาณ พ.ศ. 2562
    """
    return tuple(
        Indicator(
            number=number,
            title=Text(thai.format(before=year - 1), english),
            of="reported values",
            measure=Reported(number, at=reached("reported")),
            definition=Text(f"ตามที่ {agency} กำหนด", f"as set by {agency}"),
            formula=Text(f"ค่าที่ {agency} แจ้ง", f"the value that {agency} reports"),
            owner=unit,
            source=str(line),
            words=WORDS,
        )
        for number, thai, english, agency, unit, line in _ROWS
    )


OUTSIDE: Final = outside(2563)
"""The indicators 2.1 to 4.2 of B.E. 2563; their values and targets are entered, with source and date."""


def plan_of(year: int) -> Plan:
    """The plan of a fiscal year in the Buddhist era, with the definitions of B.E. 2563.

    >>> print(plan_of(2564).year)
    2020-10-01 – 2021-09-30

    The clock's calendar holds the calendar years 2018 to 2027; a case of another year whose working time or due moment
    is asked for is excluded with that reason. Raises `PlanError` for what is no year of the Buddhist era from 2484 on,
    such as 2020. Source: plan of B.E. 2563; each indicator names its lines.
    """
    if not isinstance(year, int) or not FIRST_YEAR <= year <= LAST_YEAR:
        known = f"B.E. {FIRST_YEAR} to {LAST_YEAR}"
        problem = f"is no fiscal year from {known}; give the Buddhist era, such as 2563 for 2020"
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
read as the 3 next working days: – % ★ official
read as 3 working days, the first counted: – %
read as 3 days of office time (3 × 8 h): – %
records whose bin depends on the reading: 0
"""
