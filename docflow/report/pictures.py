"""The pictures that every indicator may have: its months against the target, and its readings side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docflow.kpi import Bin, DurationResult, Result
from docflow.kpi.indicators import Figure
from docflow.kpi.words import BINS
from docflow.report.blocks import Column, Grid, Line, Picture, Row, Verdict
from docflow.report.drawings import Dots, Months
from docflow.report.seen import apart_in, lowest_and_highest
from docflow.report.words import ENGLISH, aligned, both, month_words, several, valued
from docflow.text import NO_WORDS, Text, number, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from fractions import Fraction

    from docflow.report.seen import Seen

__all__ = ["months_picture", "readings_picture", "same_readings"]

MONTH: Final = Text("เดือน", "month")
MEDIAN: Final = Text("มัธยฐาน", "median")
DECIDES: Final = Text(" (ใช้ตัดสิน)", " (decides)")


def months_picture(seen: Seen) -> Picture | None:
    """A value month by month against its target, with the spread of a mean; None where there are not two months."""
    known = {month: value for month, value in seen.months.items() if value is not None}
    if len(known) < 2:  # noqa: PLR2004 - one month is no course
        return None
    target, months = seen.month_target, tuple(seen.months)
    low, middle, high = seen.spread()
    drawing = Months(months, tuple(seen.months.values()), target, seen.unit, middle, low, high)
    what = Text(f"รายเดือน หน่วย: {seen.named.th}", f"By month, {seen.named.en}")
    if low:
        what = Text("เวลาเฉลี่ยรายเดือน นาที", "Monthly mean in minutes")
    key = Text("แถบคือร้อยละ 10–90 ของรายการ", "the band holds 10–90 % of the records") if low else NO_WORDS
    numbers = _numbers(seen, months, (low, middle, high))
    return Picture(f"{seen.number}-months", _course(seen, known, high), what, drawing, numbers, key)


def _course(seen: Seen, known: Mapping[str, Fraction], high: Sequence[Fraction | None]) -> Text:
    """What the months show, as a sentence."""
    target = seen.month_target
    if target is None:
        said = lowest_and_highest(known)
        return Text(said.th, f"{said.en[0].upper()}{said.en[1:]}")
    missed = sum(not target.met(value) for value in known.values())
    above = sum(
        value is not None and top is not None and value > top
        for value, top in zip(seen.months.values(), high, strict=False)
    )
    few = Text(f" และใน {above} เดือนค่าเฉลี่ยสูงกว่า p90", f"; in {above} the mean lies above p90") if above else NO_WORDS
    return Text(
        f"ไม่บรรลุ {target} ใน {missed} จาก {len(known)} เดือน{few.th}"
        if missed
        else f"บรรลุ {target} ทุกเดือนทั้ง {len(known)} เดือน{few.th}",
        f"Not met ({target}) in {missed} of {len(known)} months{few.en}"
        if missed
        else f"Met ({target}) in each of {len(known)} months{few.en}",
    )


def _numbers(seen: Seen, months: Sequence[str], spread: Sequence[Sequence[Fraction | None]]) -> Grid:
    """The numbers of the months: how many in each bin that holds something, the value, and its spread."""
    bins = [each for each in Bin if each is not Bin.EXCLUDED and seen.bins[each]]
    apart = None if seen.month_target is None else seen.month_target.value
    spreads = [name for name, line in zip((text("p10"), MEDIAN, text("p90")), spread, strict=True) if line]
    columns = (
        Column(MONTH, words=True),
        *(Column(BINS[each]) for each in bins),
        Column(Text(f"ผล ({seen.named.th})", f"value ({seen.named.en})")),
        *(Column(name) for name in spreads),
        *([Column(Text("บรรลุหรือไม่", "met?"), words=True)] if seen.month_target is not None else []),
    )
    result = seen.result
    whole: tuple[Fraction | None, ...] = (seen.outcome.value,)
    if isinstance(result, DurationResult) and spreads:
        whole += (result.percentile(10), result.median, result.percentile(90))
    lines = [tuple(seen.months.values()), *filter(None, spread)]
    values = [aligned([*line, last], apart=apart) for line, last in zip(lines, whole, strict=True)]
    verdicts = [] if seen.month_target is None else [*(_verdict(seen, value) for value in lines[0]), seen.verdict]
    counts = [[f"{n:,}" for n in (*(seen.tally(month, each) for month in months), seen.bins[each])] for each in bins]
    names = [*map(month_words, months), Text("รวม", "all")]
    cells = zip(names, *counts, *values, *([verdicts] if verdicts else []), strict=True)
    rows = tuple(Row(row, "total" if n == len(months) else "") for n, row in enumerate(cells))
    return Grid(columns, rows)


def _verdict(seen: Seen, value: Fraction | None) -> Verdict:
    return Verdict(None if seen.month_target is None else seen.month_target.met(value))


def _valued(result: Result) -> Text:
    return both(lambda voice: valued(_written(result), result.unit, voice))


def _written(result: Result) -> str:
    return str(Figure(result.value, "%", None)) if result.unit == "%" else number(result.value)


def readings_picture(seen: Seen) -> Picture | None:
    """What each way of counting would say, side by side; None where there is one way, or no value."""
    results = seen.outcome.alternatives
    known = [result.value for result in results.values() if result.value is not None]
    units = {result.unit for result in results.values()}
    disputed = len(seen.outcome.disputed)
    if not known or (len(units) == 1 and len(set(known)) == 1 and len(known) == len(results) and not disputed):
        return None
    official = seen.outcome.indicator.official
    rows = tuple(
        (
            seen.called(name),
            result.value if len(units) == 1 else None,
            valued(_written(result), result.unit, ENGLISH) if len(units) > 1 else _written(result),
            name == official,
        )
        for name, result in results.items()
    )
    if len(units) == 1 and min(known) < max(known):
        reach = number(max(known) - min(known))
        title = Text(
            f"{len(results)} วิธีนับให้ผลต่างกันถึง {reach} {apart_in(seen.unit).th}",
            f"The {len(results)} ways to count differ by up to {reach} {apart_in(seen.unit).en}",
        )
    else:
        title = Text(
            f"{len(results)} วิธีนับ ผลของ {disputed:,} รายการขึ้นกับวิธีนับ",
            f"{len(results)} ways to count; the verdict on {several(disputed, 'record')} depends on them",
        )
    what = Text(f"ผลตามวิธีนับ หน่วย: {seen.named.th}", f"Result by reading, {seen.named.en}")
    return Picture(f"{seen.number}-readings", title, what, Dots(rows, seen.target), _readings(seen))


def same_readings(seen: Seen) -> Iterator[Line]:
    """That all ways of counting say the same, where they do."""
    results = seen.outcome.alternatives
    if any(result.value is not None for result in results.values()) and readings_picture(seen) is None:
        names = [seen.called(name) for name in results]
        yield Line(
            Text(
                f"อ่านได้ {len(results)} วิธี ให้ผลเดียวกัน: {', '.join(one.th for one in names)}",
                f"all {len(results)} readings say the same: {', '.join(one.en for one in names)}",
            ),
            "soft",
        )


def _readings(seen: Seen) -> Grid:
    results = seen.outcome.alternatives
    bins = [
        each
        for each in Bin
        if each is not Bin.EXCLUDED and any(one.observations.tally(each) for one in results.values())
    ]
    columns = (
        Column(Text("วิธีนับ", "reading"), words=True),
        *(Column(BINS[each]) for each in bins),
        Column(Text("ผล", "result")),
    )
    rows = []
    for name, result in results.items():
        decides = name == seen.outcome.indicator.official
        called, mark = seen.called(name), DECIDES if decides else NO_WORDS
        counts = (f"{result.observations.tally(each):,}" for each in bins)
        value = _valued(result)
        rows.append(Row((Text(called.th + mark.th, called.en + mark.en), *counts, value), "total" if decides else ""))
    return Grid(columns, tuple(rows))
