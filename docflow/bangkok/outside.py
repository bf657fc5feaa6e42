"""Indicators 2.1 to 4.2, which other agencies define, set and compute (plan, lines 655–672)."""

from __future__ import annotations

from typing import Final

from docflow.bangkok.office import GENERAL_ADMINISTRATION
from docflow.bangkok.titles import WORDS
from docflow.kpi import Indicator, Reported, reached
from docflow.text import Text

__all__ = ["OUTSIDE", "outside"]

EVERY_UNIT: Final = "ทุกส่วนราชการ"

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
        EVERY_UNIT,
        663,
    ),
    (
        "3.1(b)",
        "การเพิ่มประสิทธิภาพในการปฏิบัติงานของหน่วยงาน",
        "Efficiency of the office's work raised",
        "สกก.",
        EVERY_UNIT,
        664,
    ),
    (
        "3.2",
        "ร้อยละความสำเร็จของการดำเนินโครงการให้บริการที่ดีที่สุด (Best Service)",
        "Best Service project",
        "สกก.",
        EVERY_UNIT,
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
"""Their values are entered with their source and date, and their targets with them."""
