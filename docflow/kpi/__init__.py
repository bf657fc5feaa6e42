"""Indicators: definitions that read as sentences, results that keep every case in a bin."""

from docflow.kpi.measures import Count, External, Measure, Promise, Proportion, Score, Stopwatch
from docflow.kpi.moments import WANTED, Moment, Traced, Window, done, each_month, reached, standing
from docflow.kpi.places import Bin, Placed
from docflow.kpi.results import (
    Disputed,
    Durations,
    Entered,
    Rate,
    Readings,
    Result,
    Scores,
    Share,
    Tally,
    merged,
)
from docflow.kpi.traces import Event, Reported, Response, Trace

__all__ = [
    "WANTED",
    "Bin",
    "Count",
    "Disputed",
    "Durations",
    "Entered",
    "Event",
    "External",
    "Measure",
    "Moment",
    "Placed",
    "Promise",
    "Proportion",
    "Rate",
    "Readings",
    "Reported",
    "Response",
    "Result",
    "Score",
    "Scores",
    "Share",
    "Stopwatch",
    "Tally",
    "Trace",
    "Traced",
    "Window",
    "done",
    "each_month",
    "merged",
    "reached",
    "standing",
]
