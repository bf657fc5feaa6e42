"""Words: what bins, reasons, units, milestones and moments are called, in Thai and in English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docflow.kpi.bins import Bin, Cause, Reason
from docflow.kpi.contexts import Window
from docflow.kpi.lasting import EachMonth, Holding, Since
from docflow.kpi.milestones import ENDED, FIRST_EVENT, LAST_EVENT, Reached
from docflow.text import Text, text
from docflow.thai import format_date

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from docflow.instants import Zone
    from docflow.text import Language

__all__ = ["BINS", "CAUSES", "UNITS", "Words", "unit_name"]

UNITS: Final = {
    "min": Text("นาที", "min"),
    "times": Text("ครั้ง", "times"),
    "points": Text("คะแนน", "points"),
    "level": Text("ระดับ", "level"),
}
BINS: Final = {
    Bin.COUNTED: Text("นับ", "counted"),
    Bin.LATE: Text("ล่าช้า", "late"),
    Bin.MISSED: Text("ไม่ผ่าน", "missed"),
    Bin.RUNNING: Text("ยังไม่ครบกำหนด", "running"),
    Bin.UNFINISHED: Text("ยังไม่แล้วเสร็จ", "unfinished"),
    Bin.EXCLUDED: Text("ไม่นับในตัวชี้วัดนี้", "excluded"),
}
CAUSES: Final = {
    Cause.NOT_REACHED: "ยังไม่ถึง {}",
    Cause.OUTSIDE: "เริ่มนับนอกช่วง {}",
    Cause.STOPPED_OUTSIDE: "สิ้นสุดนอกช่วง {}",
    Cause.BACKWARDS: "{} ก่อน {}",
    Cause.WITHDRAWN: "{} ก่อน {}",
    Cause.NO_CALENDAR: "อยู่นอกปฏิทิน ({})",
    Cause.NOT_WANTED: "ไม่ได้ระบุกำหนด",
    Cause.OTHER_YEAR: "เป็นค่าของปีอื่น",
    Cause.NO_SCORE: "ไม่มีคะแนน",
    Cause.ANOTHER: "เป็นค่าของตัวชี้วัดอื่น",
    Cause.REPLACED: "มีค่าที่รายงานภายหลัง",
    Cause.FAILED: "เคยถึง {}",
}
"""The causes in Thai; in English they say themselves."""
# The pieces that words for milestones are made of.
LAST: Final = Text("{}ครั้งสุดท้าย", "last {}")
NTH: Final = Text("{0} {1} ครั้ง", "{1} × {0}")
BY: Final = Text(" โดย{}", " by {}")
AGAIN: Final = Text(" หลังเริ่มนับ", " after the start")
INSIDE: Final = Text(" ภายในช่วงเวลา", " inside the window")
SINCE: Final = Text("{} ในหรือก่อนช่วงเวลา", "{} in or before the window")
OR: Final = Text(" หรือ ", " or ")
EDGES: Final = {
    str(FIRST_EVENT): Text("เหตุการณ์แรก", "its first event"),
    str(LAST_EVENT): Text("เหตุการณ์ล่าสุด", "its last event"),
    str(ENDED): Text("การสิ้นสุดเรื่อง", "its end"),
}
HOLDING: Final = Text("{}และยังคงอยู่", "{} and still so")
EACH_MONTH: Final = Text("{} แล้ว{}ทุกเดือนจน{}", "{}, then {} every month until {}")


def unit_name(unit: str) -> Text:
    """What a unit of values is called; one without a name here is its own."""
    return UNITS.get(unit) or text(unit)


class Words:
    """The words in one language for what observations say; `known` are those of an indicator for its states."""

    def __init__(self, language: Language, zone: Zone, known: Iterable[tuple[str, Text]] = ()) -> None:
        self.language, self.zone, self.known = language, zone, EDGES | dict(known)

    def __call__(self, form: Text, *particulars: object) -> str:
        """A piece of a line with what it speaks of."""
        return form.said(self.language).format(*particulars)

    def called(self, name: str) -> str:
        """A state, a unit or a reading."""
        return self.known[name].said(self.language) if name in self.known else name

    def day(self, day: date | None) -> str:
        """A day as it is written in the language."""
        if day is None:
            return "–"
        return format_date(day) if self.language == "th" else day.isoformat()

    def days(self, window: Window | None) -> str:
        """The days of a window."""
        return "–" if window is None else f"{self.day(window.first)} – {self.day(window.last)}"

    def moment(self, at: datetime | None) -> str:
        """A moment as the office's clock shows it."""
        if at is None:
            return "–"
        there = at.astimezone(self.zone)  # the office's clock on the wall, in either language
        return f"{self.day(there.date())} {f'{there:%H.%M} น.' if self.language == 'th' else f'{there:%H:%M}'}"

    def reason(self, why: Reason) -> str:
        """Why a record is excluded or has missed."""
        form = CAUSES[why.cause] if self.language == "th" else why.cause
        return form.format(*map(self.particular, why.particulars))

    def particular(self, each: object) -> str:
        """A window, a milestone, a state, or what a calendar says."""
        match each:
            case Window():
                return self.days(each)
            case Reached():
                name = self(OR).join(map(self.called, each.names))
                name = self(LAST, name) if each.last else self(NTH, name, each.nth) if each.nth > 1 else name
                again = self(AGAIN) if each.after_start else ""
                return f"{name}{self.by(each.unit)}{again}{self(INSIDE) if each.inside else ''}"
            case Since():
                return self(SINCE, f"{self.called(each.state)}{self.by(each.unit)}")
            case Holding():
                return self(HOLDING, self(OR).join(map(self.called, each.states)))
            case EachMonth():
                until = self.particular(each.until)
                return self(EACH_MONTH, self.particular(each.after), self.called(each.state), until)
        return self.called(str(each))

    def by(self, unit: str | None) -> str:
        """Whose step it has to be, when it is one unit's."""
        return "" if unit is None else self(BY, self.called(unit))
