"""One indicator in detail: how long records took month by month, or what each reading says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docflow.kpi import DurationResult, Proportion
from docflow.report.blocks import Bar, Cell, Column, Grid, Line, Row, Section
from docflow.report.figures import reasons
from docflow.report.words import goal
from docflow.text import NO_WORDS, Text, number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from docflow.kpi import Outcome
    from docflow.report.words import Voice
    from docflow.worktime import WorkTime

__all__ = ["cap_of", "detail"]

DISPUTED: Final = Text("ผลต่างกันตามวิธีนับ", "records whose verdict depends on the reading")
NOT_COUNTED: Final = Text("ไม่นับในตัวชี้วัดนี้", "not counted here")


def cap_of(outcome: Outcome) -> WorkTime | None:
    """The most time that each record may take, if a part of the indicator has such a cap; None otherwise."""
    measures = (part.indicator.measure for part in outcome.parts)
    return next((one.cap for one in measures if isinstance(one, Proportion) and one.cap is not None), None)


def detail(outcome: Outcome, voice: Voice) -> Section:
    """An indicator with its formula and window, its months or its readings, and why records are not counted."""
    indicator, result = outcome.indicator, outcome.result
    blocks: list[Line | Grid] = [Line(voice.days(outcome.window), "soft")]
    if indicator.formula != NO_WORDS:
        blocks.insert(0, Line(indicator.formula, "soft"))
    if isinstance(result, DurationResult):
        blocks.append(_durations(outcome, result, voice))
    if outcome.alternatives:
        said = f"{voice.say(DISPUTED)}: {len(outcome.disputed)}"
        blocks += [_readings(outcome, voice), Line(said, "soft")]
    for reason, numbers in reasons(() if result is None else result.excluded).items():
        blocks.append(Line(f"{voice.say(NOT_COUNTED)}: {len(numbers)} {reason}", "soft"))
    title = Text(f"ตัวชี้วัดที่ {indicator.number} {indicator.title.th}", f"{indicator.number} {indicator.title.en}")
    return Section(title, tuple(blocks))


def _durations(outcome: Outcome, result: DurationResult, voice: Voice) -> Grid:
    months, cap = result.by_month(), cap_of(outcome)
    longest = max((part.mean_minutes or 0 for part in months.values()), default=0)
    columns = [
        Column(Text("เดือน", "month")),
        Column(Text("เรื่อง", "records")),
        Column(Text("วัดแล้ว", "measured")),
        Column(Text("ค้าง", "open")),
        Column(Text("เฉลี่ย (นาที)", "mean (min)")),
        Column("", on="page"),
        Column(Text(f"{goal(outcome.target)} นาที", f"{goal(outcome.target)} min")),
    ]
    if cap is not None:
        most = number(cap.minutes)
        columns.append(Column(Text(f"ภายใน {most} นาที", f"within {most} min")))
    rows = []
    for month in outcome.window.months():
        part = months.get(month)
        cells = _nothing(cap) if part is None else tuple(_row(part, outcome, cap, longest))
        rows.append(Row((voice.month(month), *cells)))
    total = Row((Text("รวม", "all"), *_row(result, outcome, cap, 0)), "total")
    return Grid(tuple(columns), (*rows, total))


def _row(part: DurationResult, outcome: Outcome, cap: WorkTime | None, longest: Fraction | int) -> Iterator[Cell]:
    mean, target = part.mean_minutes, outcome.target
    met = None if target is None else target.met(mean)
    yield from (str(part.in_scope), str(len(part.measured)), str(len(part.unfinished)))
    yield number(mean, apart=None if target is None else target.value)
    yield Bar(float(mean / longest), good=bool(met)) if mean and longest else ""
    yield met
    if cap is not None:
        yield str(part.share_within(cap))


def _nothing(cap: WorkTime | None) -> tuple[Cell, ...]:
    return ("0", "0", "0", "–", "", None, *(("–",) if cap is not None else ()))


def _readings(outcome: Outcome, voice: Voice) -> Grid:
    columns = (
        Column(Text("วิธีนับ", "reading"), words=True),
        Column(Text("ทันเวลา", "within")),
        Column(Text("ล่าช้า", "late")),
        Column(Text("ยังไม่ครบกำหนด", "running")),
        Column(Text("ร้อยละ", "percent")),
    )
    rows = []
    for name, result in outcome.alternatives.items():
        called, official = outcome.indicator.called(name), name == outcome.indicator.official
        mark = "★ " if official else ""
        counts = (str(len(some)) for some in (result.counted, result.late, result.running))
        cells: tuple[Cell, ...] = (Text(f"{mark}{called.th}", f"{mark}{called.en}"), *counts, str(result.share))
        rows.append(Row(cells, "total" if official else ""))
    return Grid(columns, tuple(rows), note=voice.say(Text("★ วิธีนับที่ใช้ตัดสิน", "★ the reading that decides")))
