"""Small pictures that stand in a table: the course of a year, and the distance to a target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docflow.report.canvas import Canvas, Scale

if TYPE_CHECKING:
    from docflow.report.drawings import Distance, Spark
    from docflow.report.words import Voice

__all__ = ["distance", "spark"]


def spark(drawing: Spark, voice: Voice) -> str:
    """A course as small as a word."""
    canvas = Canvas(132, 28, voice)
    known = [value for value in drawing.values if value is not None]
    goal = None if drawing.target is None else float(drawing.target.value)
    low, high = float(min(known)), float(max(known))
    if goal is not None and low - (high - low) <= goal <= high + (high - low):
        low, high = min(low, goal), max(high, goal)
    across, up = Scale(0, max(len(drawing.values) - 1, 1), 5, 127), Scale(low, high, 23, 5)
    if low == high:
        up = Scale(low - 1, high + 1, 23, 5)
    if goal is not None and low <= goal <= high:
        canvas.line((2, up(goal)), (130, up(goal)), "goal dash")
    points = [(across(n), up(value), value) for n, value in enumerate(drawing.values) if value is not None]
    canvas.curve([(x, y) for x, y, _ in points], "curve thin")
    for n, (x, y, value) in enumerate(points):  # the months that missed the target, and the last
        met = None if drawing.target is None else drawing.target.met(value)
        if met is False or n == len(points) - 1:
            canvas.mark(x, y, met=met, size=2.2)
    return canvas.svg("spark")


def distance(drawing: Distance, voice: Voice) -> str:
    """How far a value is from its target."""
    canvas = Canvas(132, 22, voice)
    scale = Scale(drawing.least, drawing.most, 6, 126)
    canvas.line((6, 11), (126, 11), "track")
    if drawing.target is not None:
        goal = scale(float(drawing.target.value))
        least = drawing.target.direction.value == "≥"
        start, stop = (goal, 128) if least else (4, goal)
        canvas.rect(start, 6, max(stop - start, 2), 10, "zone")
        if drawing.value is not None:
            canvas.line((scale(drawing.value), 11), (goal, 11), "gap")
        canvas.line((goal, 2), (goal, 20), "goal")
    if drawing.value is not None:
        met = None if drawing.target is None else drawing.target.met(drawing.value)
        canvas.mark(scale(drawing.value), 11, met=met)
    return canvas.svg("distance")
