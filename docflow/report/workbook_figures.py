"""What a workbook shows of a result: its value, its target, the verdict, and how many records lie in each bin."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from docflow.kpi import Bin
from docflow.kpi.indicators import Direction
from docflow.kpi.words import BINS, unit_name
from docflow.report.blocks import Verdict
from docflow.report.workbook_cells import Column
from docflow.report.workbook_values import shown
from docflow.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from docflow.kpi.indicators import Figure, Target
    from docflow.report.workbook_cells import Area, Book, Sheet
    from docflow.report.workbook_values import Cell

__all__ = ["FIGURES", "coloured", "figures", "goal", "margin", "percent", "points", "value"]

WHOLE: Final = Fraction(100)
MOST_DECIMALS: Final = 10
"""Of a target: a third has no end of them."""
FIGURES: Final = (
    Column(Text("ผล", "result"), "number", width=11),
    Column(Text("หน่วยนับ", "unit"), width=9),
    Column(Text("เป้าหมาย", "target"), "number", width=11),
    Column(Text("ผลเทียบเป้าหมาย", "verdict"), width=13),
    *(Column(BINS[each], "count", width=12) for each in Bin),
)
VERDICT, LATE, MISSED = (FIGURES[place] for place in (3, 5, 6))
COLOURS: Final = {True: "#548235", False: "#C00000", None: "#5B9BD5"}


def value(figure: Figure) -> Cell:
    """A value, with so many decimals that it looks neither like its target nor, when it is less, like 100 %."""
    apart = [] if figure.target is None else [figure.target.value]
    whole = figure.value is not None and figure.value.denominator == 1
    least = 0 if figure.unit == "times" and whole else 2
    return shown(figure.value, *apart, *([WHOLE] if figure.unit == "%" else []), least=least)


def goal(target: Target | None) -> Cell:
    """A target with its direction, as a number."""
    if target is None:
        return None
    ends = (n for n in range(MOST_DECIMALS) if (target.value * 10**n).denominator == 1)
    return shown(target.value, before=f"{target.direction} ", least=next(ends, MOST_DECIMALS))


def margin(figure: Figure) -> Cell:
    """By how much a value is better than its target; a negative number is worse."""
    target = figure.target
    if target is None or figure.value is None:
        return None
    more = figure.value - target.value
    return shown(more if target.direction is Direction.AT_LEAST else -more, Fraction())


def percent(figure: Figure) -> Cell:
    """How much of the target is reached: of what should be small, how much of the value is allowed."""
    target = figure.target
    if target is None or figure.value is None or target.value <= 0 or figure.value < 0:
        return None
    if target.direction is Direction.AT_LEAST:
        return shown(100 * figure.value / target.value, WHOLE)
    return shown(100 * target.value / figure.value, WHOLE) if figure.value else None


def figures(book: Book, figure: Figure, bins: Mapping[Bin, Sequence[object]]) -> tuple[Cell, ...]:
    """The cells under `FIGURES`."""
    unit, verdict = book.called(unit_name(figure.unit)), Verdict(figure.met, wanted=figure.target is not None)
    return (
        value(figure),
        unit or None,
        goal(figure.target),
        book.called(verdict.words),
        *(len(bins[each]) for each in Bin),
    )


def coloured(book: Book, sheet: Sheet, area: Area, columns: Sequence[Column]) -> None:
    """Colour what is met and not met, late and missed, wherever those of `FIGURES` stand among the columns."""
    sheet.judged(area, columns.index(VERDICT), *(book.called(Verdict(met=met).words) for met in (True, False)))
    for column in (LATE, MISSED):
        sheet.filled(area, columns.index(column))


def points(met: Iterable[bool | None]) -> list[dict[str, Any]]:
    """The colours of the columns of a chart."""
    return [{"fill": {"color": COLOURS[one]}} for one in met]
