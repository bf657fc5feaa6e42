"""Indicators: definitions that read as sentences, results that keep every letter in a bin."""

from docflow.kpi.measures import Promise, Stopwatch, Within
from docflow.kpi.moments import Moment, Traced, Window, reached
from docflow.kpi.results import Disputed, Durations, Excluded, Judged, Rate, Readings, Share, Timed, Unfinished

__all__ = [
    "Disputed",
    "Durations",
    "Excluded",
    "Judged",
    "Moment",
    "Promise",
    "Rate",
    "Readings",
    "Share",
    "Stopwatch",
    "Timed",
    "Traced",
    "Unfinished",
    "Window",
    "Within",
    "reached",
]
