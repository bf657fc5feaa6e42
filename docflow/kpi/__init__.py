"""Indicators: definitions that read as sentences, results that keep every letter in a bin."""

from docflow.kpi.carriers import Carrier, carriers
from docflow.kpi.measures import Promise, Stopwatch, Within
from docflow.kpi.moments import Moment, Traced, Window, reached
from docflow.kpi.progress import Progress, StepProgress, StepStanding, WorkPlan
from docflow.kpi.results import Disputed, Durations, Excluded, Judged, Rate, Readings, Share, Timed, Unfinished
from docflow.kpi.stages import Passage, Stages, Stay, stages
from docflow.kpi.traces import Event, Reported, Response, Trace
from docflow.kpi.work_steps import WorkStep, at, spread, together

__all__ = [
    "Carrier",
    "Disputed",
    "Durations",
    "Event",
    "Excluded",
    "Judged",
    "Moment",
    "Passage",
    "Progress",
    "Promise",
    "Rate",
    "Readings",
    "Reported",
    "Response",
    "Share",
    "Stages",
    "Stay",
    "StepProgress",
    "StepStanding",
    "Stopwatch",
    "Timed",
    "Trace",
    "Traced",
    "Unfinished",
    "Window",
    "Within",
    "WorkPlan",
    "WorkStep",
    "at",
    "carriers",
    "reached",
    "spread",
    "stages",
    "together",
]
