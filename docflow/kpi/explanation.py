"""Explanations: an outcome in words, in one language: the formula filled in, the target, every bin, every reading."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Final

from docflow.kpi.bins import Bin, Cause, Reason
from docflow.kpi.contexts import Window
from docflow.kpi.indicators import Figure
from docflow.kpi.lasting import EachMonth, Holding, Since
from docflow.kpi.measures import Duration, Proportion
from docflow.kpi.milestones import Reached
from docflow.kpi.others import Count, Reported, Score
from docflow.kpi.results import disputed
from docflow.safe import visible
from docflow.text import Text, figure, number, text
from docflow.thai import buddhist_year, format_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from fractions import Fraction

    from docflow.instants import Zone
    from docflow.kpi.contexts import Context
    from docflow.kpi.indicators import Indicator
    from docflow.kpi.results import Result
    from docflow.text import Language

__all__ = ["BINS", "explained", "unit_name", "unsure"]

MOST_ITEMS: Final = 12
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
MET: Final = {True: Text("บรรลุ", "met"), False: Text("ไม่บรรลุ", "not met"), None: Text("ยังไม่มีค่า", "no value yet")}
CAUSES: Final = {
    Cause.NOT_REACHED: "ยังไม่ถึง {}",
    Cause.OUTSIDE: "เริ่มนับนอกช่วง {}",
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
# The pieces that lines are made of.
LAST: Final = Text("{}ครั้งสุดท้าย", "last {}")
NTH: Final = Text("{0} {1} ครั้ง", "{1} × {0}")
BY: Final = Text(" โดย{}", " by {}")
AGAIN: Final = Text(" หลังเริ่มนับ", " after the start")
INSIDE: Final = Text(" ภายในช่วงเวลา", " inside the window")
SINCE: Final = Text("{} ในหรือก่อนช่วงเวลา", "{} in or before the window")
OR: Final = Text(" หรือ ", " or ")
HOLDING: Final = Text("{}และยังคงอยู่", "{} and still so")
EACH_MONTH: Final = Text("{} แล้ว{}ทุกเดือนจน{}", "{}, then {} every month until {}")
REPORTED: Final = Text("ที่มา {} วันที่ {}", "source {}, reported {}")
TARGET: Final = Text("เป้าหมาย {}: {}", "target {}: {}")
WINDOW: Final = Text("{} ณ {}", "{}, as of {}")
KNOWN: Final = Text(" ตามที่บันทึกไว้ ณ {}", ", as recorded by {}")
NOTHING: Final = Text("ไม่มีรายการ", "no records")
READING: Final = Text("วิธีนับ {}: {}", "read as {}: {}")
OFFICIAL: Final = Text(" ★ ใช้ตัดสิน", " ★ official")
DISPUTED: Final = Text("{:,} รายการที่ผลต่างกันตามวิธีนับ", "records whose bin depends on the reading: {:,}")


def unit_name(unit: str) -> Text:
    """What a unit of values is called; one without a name here is its own."""
    return UNITS.get(unit) or text(unit)


def unsure(year: int) -> Text:
    """What is said of a year whose holidays are not all announced.

    >>> print(unsure(2027).en)
    the holidays of 2027 are not all announced: figures may change
    """
    return Text(
        f"วันหยุดราชการ พ.ศ. {buddhist_year(date(year, 1, 1))} ยังประกาศไม่ครบ ผลอาจเปลี่ยน",
        f"the holidays of {year} are not all announced: figures may change",
    )


def explained(
    indicator: Indicator,
    shown: Figure,
    *,
    context: Context,
    results: Mapping[str, Result],
    parts: Iterable[tuple[Fraction | None, str]],
    provisional: Iterable[int],
    language: Language,
) -> str:
    """An outcome in words, one line a fact; `results` are those of its readings, `parts` what its parts are and say."""
    said, parts = _Words(indicator, language, context.clock.tz), tuple(parts)
    official = results.get(indicator.official or "")
    lines = [f"{indicator.number} {indicator.title.said(language)}", indicator.formula.said(language)]
    unit = unit_name(shown.unit).said(language)
    if official is not None and isinstance(official.measure, Count | Reported) and shown.value is not None:
        apart = None if shown.target is None else shown.target.value
        lines.append(f"{number(shown.value, apart=apart)} {unit}".rstrip())  # nothing is divided
    else:
        filled = _mean_of([value for value, _ in parts]) if official is None else _filled(official)
        lines.append(f"{filled} = {shown} {unit}".rstrip())
    if official is not None and official.reported is not None:
        lines.append(said(REPORTED, official.reported.source, said.day(official.counted[0].day)))
    if shown.target is not None:
        lines.append(said(TARGET, f"{shown.target} {unit}".rstrip(), MET[shown.met].said(language)))
    known = "" if context.known_at is None else said(KNOWN, said.moment(context.known_at))
    lines.append(f"{said(WINDOW, said.days(context.window), said.moment(context.as_of))}{known}")
    lines += [f"! {unsure(year).said(language)}" for year in provisional]
    if official is not None:
        lines += _binned(official, said)
    if indicator.alternatives:
        lines += _alternatives(results, said)
    for _, part in parts:
        lines += [f"  {line}" for line in part.splitlines()]
    return "\n".join(visible(line) for line in lines if line)


class _Words:
    """The words of one indicator in one language."""

    def __init__(self, indicator: Indicator, language: Language, zone: Zone) -> None:
        self.indicator, self.language, self.zone = indicator, language, zone
        self.known = dict(indicator.words)

    def __call__(self, form: Text, *particulars: object) -> str:
        return form.said(self.language).format(*particulars)

    def called(self, name: str) -> str:
        return self.known[name].said(self.language) if name in self.known else name

    def day(self, day: date | None) -> str:
        if day is None:
            return "–"
        return format_date(day) if self.language == "th" else day.isoformat()

    def days(self, window: Window | None) -> str:
        return "–" if window is None else f"{self.day(window.first)} – {self.day(window.last)}"

    def moment(self, at: datetime | None) -> str:
        if at is None:
            return "–"
        there = at.astimezone(self.zone)  # the office's clock on the wall, in either language
        return f"{self.day(there.date())} {f'{there:%H.%M} น.' if self.language == 'th' else f'{there:%H:%M}'}"

    def reason(self, why: Reason) -> str:
        form = CAUSES[why.cause] if self.language == "th" else why.cause
        return form.format(*map(self.particular, why.particulars))

    def particular(self, each: object) -> str:
        """A window, a milestone, a state, or what a calendar says."""
        match each:
            case Window():
                return self.days(each)
            case Reached():
                name = self.called(each.state)
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
        return "" if unit is None else self(BY, self.called(unit))


def _filled(result: Result) -> str:
    """The formula with the numbers in it."""
    match result.measure:
        case Proportion():
            return f"{len(result.counted):,} × 100 / {result.denominator:,}"
        case Duration():
            return f"{number(result.numerator)} / {result.denominator:,}"
        case Score():
            return _mean_of(list(result.items.values()))
    return number(result.numerator)


def _mean_of(values: list[Fraction | None] | list[Fraction]) -> str:
    shown = [figure(value) for value in values[:MOST_ITEMS]] + ["…"] * (len(values) > MOST_ITEMS)
    return f"({' + '.join(shown)}) / {len(values)}"


def _binned(result: Result, said: _Words) -> Iterable[str]:
    """How many records lie in each bin, and for each reason how many are excluded or have missed."""
    counts = [f"{BINS[each].said(said.language)} {len(some):,}" for each, some in result.bins.items() if some]
    yield " · ".join(counts) or said(NOTHING)
    for each in (Bin.MISSED, Bin.EXCLUDED):
        for why, n in Counter(one.reason for one in result.bins[each] if one.reason is not None).items():
            yield f"  {BINS[each].said(said.language)} {n:,}: {said.reason(why)}"


def _alternatives(results: Mapping[str, Result], said: _Words) -> Iterable[str]:
    """What every reading would say, and on how many records they disagree."""
    for name, result in results.items():
        mark = said(OFFICIAL) if name == said.indicator.official else ""
        shown = Figure(result.value, result.unit, said.indicator.target)
        value = f"{shown} {unit_name(result.unit).said(said.language)}".rstrip()
        yield f"{said(READING, said.called(name), value)}{mark}"
    yield said(DISPUTED, len(disputed(results)))
