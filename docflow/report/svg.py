"""Drawings as SVG: each picture of a report, in one voice; the page and the files for slides have the same ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from docflow.report import draw_bars, draw_days, draw_months, draw_small
from docflow.report.drawings import Days, Distance, Dots, Heat, Histogram, Months, Progress, Spark, Stages

if TYPE_CHECKING:
    from collections.abc import Callable

    from docflow.report.words import Voice

__all__ = ["drawn"]

DRAWN_BY: Final[dict[type, Callable[[Any, Voice], str]]] = {
    Days: draw_days.days,
    Distance: draw_small.distance,
    Dots: draw_bars.dots,
    Heat: draw_days.heat,
    Histogram: draw_bars.histogram,
    Months: draw_months.months,
    Progress: draw_months.progress,
    Spark: draw_small.spark,
    Stages: draw_bars.stages,
}


def drawn(drawing: object, voice: Voice) -> str:
    """A drawing as an SVG element.

    >>> from docflow.report.drawings import Stages
    >>> from docflow.report.words import ENGLISH
    >>> from docflow.text import text
    >>> drawn(Stages(((text("screened"), 30.0),)), ENGLISH).startswith("<svg")
    True

    Raises `TypeError` for what is no drawing.
    """
    draw = DRAWN_BY.get(type(drawing))
    if draw is None:
        raise TypeError(f"{drawing!r} is no drawing; give one of docflow.report.drawings")
    return draw(drawing, voice)
