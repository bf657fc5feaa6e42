"""Indicators: definitions that read as sentences, results that keep every case in a bin."""

from docflow.kpi.carriers import Carrier, carriers
from docflow.kpi.differences import Change, Difference, differences
from docflow.kpi.indicators import (
    Composite,
    Direction,
    Indicator,
    Outcome,
    Target,
    Text,
    at_least,
    at_most,
)
from docflow.kpi.measures import Capped, Count, External, Measure, Promise, Proportion, Score, Stopwatch
from docflow.kpi.moments import WANTED, Moment, Traced, Window, done, each_month, reached, standing
from docflow.kpi.places import Bin, Kind, Placed, Why
from docflow.kpi.plans import Evaluation, Plan
from docflow.kpi.progress import Progress, StepProgress, StepStanding, WorkPlan
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
from docflow.kpi.stages import Staged, Stages, Stay, stages
from docflow.kpi.traces import Event, Reported, Response, Trace
from docflow.kpi.work_steps import WorkStep, in_month, spread, together

__all__ = [
    "WANTED",
    "Bin",
    "Capped",
    "Carrier",
    "Change",
    "Composite",
    "Count",
    "Difference",
    "Direction",
    "Disputed",
    "Durations",
    "Entered",
    "Evaluation",
    "Event",
    "External",
    "Indicator",
    "Kind",
    "Measure",
    "Moment",
    "Outcome",
    "Placed",
    "Plan",
    "Progress",
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
    "Staged",
    "Stages",
    "Stay",
    "StepProgress",
    "StepStanding",
    "Stopwatch",
    "Tally",
    "Target",
    "Text",
    "Trace",
    "Traced",
    "Why",
    "Window",
    "WorkPlan",
    "WorkStep",
    "at_least",
    "at_most",
    "carriers",
    "differences",
    "done",
    "each_month",
    "in_month",
    "merged",
    "reached",
    "spread",
    "stages",
    "standing",
    "together",
]
