"""Explanations: an outcome in words, in one language: the formula filled in, the target, every bin, every reading."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Final

from docflow.kpi.bins import Bin
from docflow.kpi.indicators import Figure
from docflow.kpi.measures import Duration, Proportion
from docflow.kpi.others import Count, Reported, Score
from docflow.kpi.results import disputed
from docflow.kpi.words import BINS, Words, unit_name
from docflow.safe import visible
from docflow.text import Text, figure, number
from docflow.thai import buddhist_year

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction

    from docflow.kpi.contexts import Context
    from docflow.kpi.indicators import Indicator
    from docflow.kpi.results import Result
    from docflow.text import Language

__all__ = ["explained", "unsure"]

MOST_ITEMS: Final = 12
# The pieces that lines are made of.
MET: Final = {True: Text("บรรลุ", "met"), False: Text("ไม่บรรลุ", "not met"), None: Text("ยังไม่มีค่า", "no value yet")}
REPORTED: Final = Text("ที่มา {} วันที่ {}", "source {}, reported {}")
TARGET: Final = Text("เป้าหมาย {}: {}", "target {}: {}")
WINDOW: Final = Text("{} ณ {}", "{}, as of {}")
BY_STOP: Final = Text("{} นับตามวันที่สิ้นสุด", "{}, by the day of the stop")
KNOWN: Final = Text(" ตามที่บันทึกไว้ ณ {}", ", as recorded by {}")
NOTHING: Final = Text("ไม่มีรายการ", "no records")
READING: Final = Text("วิธีนับ {}: {}", "read as {}: {}")
OFFICIAL: Final = Text(" ★ ใช้ตัดสิน", " ★ official")
DISPUTED: Final = Text("{:,} รายการที่ผลต่างกันตามวิธีนับ", "records whose bin depends on the reading: {:,}")


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
    said, parts = Words(language, context.clock.tz, indicator.words), tuple(parts)
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
    days = said.days(context.window)
    if official is not None and official.measure.span.dated_by == "stop":
        days = said(BY_STOP, days)
    known = "" if context.known_at is None else said(KNOWN, said.moment(context.known_at))
    lines.append(f"{said(WINDOW, days, said.moment(context.as_of))}{known}")
    lines += [f"! {unsure(year).said(language)}" for year in provisional]
    if official is not None:
        lines += _binned(official, said)
    if indicator.alternatives:
        lines += _alternatives(indicator, results, said)
    for _, part in parts:
        lines += [f"  {line}" for line in part.splitlines()]
    return "\n".join(visible(line) for line in lines if line)


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


def _binned(result: Result, said: Words) -> Iterable[str]:
    """How many records lie in each bin, and for each reason how many are excluded or have missed."""
    counts = [f"{BINS[each].said(said.language)} {len(some):,}" for each, some in result.bins.items() if some]
    yield " · ".join(counts) or said(NOTHING)
    for each in (Bin.MISSED, Bin.EXCLUDED):
        for why, n in Counter(one.reason for one in result.bins[each] if one.reason is not None).items():
            yield f"  {BINS[each].said(said.language)} {n:,}: {said.reason(why)}"


def _alternatives(indicator: Indicator, results: Mapping[str, Result], said: Words) -> Iterable[str]:
    """What every reading would say, and on how many records they disagree."""
    for name, result in results.items():
        mark = said(OFFICIAL) if name == indicator.official else ""
        shown = Figure(result.value, result.unit, indicator.target)
        value = f"{shown} {unit_name(result.unit).said(said.language)}".rstrip()
        yield f"{said(READING, said.called(name), value)}{mark}"
    yield said(DISPUTED, len(disputed(results)))
