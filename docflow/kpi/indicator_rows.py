"""Rows of indicators: what a plan says and what came out of it, one indicator a row."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from docflow.instants import instant
from docflow.kpi.words import BINS, unit_name
from docflow.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docflow.kpi.bins import Bin
    from docflow.kpi.contexts import Window
    from docflow.kpi.indicators import Figure, Indicator
    from docflow.kpi.observation import Observation
    from docflow.text import Language

__all__ = ["INDICATOR_COLUMNS", "indicator_row"]

INDICATOR_COLUMNS: Final = {
    Text("ตัวชี้วัด", "number"): str,
    Text("ชื่อตัวชี้วัด", "title"): str,
    Text("ผู้รับผิดชอบ", "owner"): str,
    Text("ค่า", "value"): float,
    Text("หน่วยนับ", "unit"): str,
    Text("เงื่อนไข", "direction"): str,
    Text("เป้าหมาย", "target"): float,
    Text("บรรลุ", "met"): bool,
    Text("ตั้งแต่", "first_day"): date,
    Text("ถึง", "last_day"): date,
    Text("ณ", "as_of"): datetime,
    Text("ตามที่บันทึกไว้ ณ", "known_at"): datetime,
    **dict.fromkeys(BINS.values(), int),
}


def indicator_row(
    indicator: Indicator,
    shown: Figure,
    *,
    window: Window,
    as_of: datetime,
    known_at: datetime | None,
    bins: Mapping[Bin, Sequence[Observation]],
    language: Language,
) -> tuple[Any, ...]:
    """The cells of one indicator: its words, its value beside its target, and how many records lie in each bin."""
    target = shown.target
    return (
        indicator.number,
        indicator.title.said(language),
        indicator.owner or None,
        None if shown.value is None else float(shown.value),
        unit_name(shown.unit).said(language) or None,
        None if target is None else str(target.direction),
        None if target is None else float(target.value),
        shown.met,
        window.first,
        window.last,
        instant(as_of),
        None if known_at is None else instant(known_at),
        *(len(bins[each]) for each in BINS),
    )
