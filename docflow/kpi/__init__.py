"""Indicators: definitions that read as sentences, results that keep every case in a bin."""

from docflow.kpi.answers import External, Score
from docflow.kpi.carriers import Carrier, carriers
from docflow.kpi.conditions import WANTED, WINDOW_CLOSE, Condition, each_month, holding, standing
from docflow.kpi.differences import Change, Difference, differences
from docflow.kpi.figures import Durations, Entered, Rate, Scores, Tally
from docflow.kpi.indicators import Composite, Indicator
from docflow.kpi.measures import Measure
from docflow.kpi.moments import Moment, done, reached
from docflow.kpi.outcomes import Outcome
from docflow.kpi.places import Bin, Kind, Placed, Why
from docflow.kpi.plans import Evaluation, Plan
from docflow.kpi.progress import Progress, StepProgress, StepStanding, WorkPlan
from docflow.kpi.promises import Promise
from docflow.kpi.proportions import Count, Proportion
from docflow.kpi.readings import Disputed, Readings
from docflow.kpi.records import Event, Happening, Reported, Response, Trace, Traced
from docflow.kpi.results import Result, Share, merged
from docflow.kpi.stages import Staged, Stages, Stay, stages
from docflow.kpi.stopwatches import Capped, Stopwatch
from docflow.kpi.targets import Direction, Target, Text, at_least, at_most
from docflow.kpi.windows import Window
from docflow.kpi.work_steps import WorkStep, in_month, spread, together

__all__ = [
    "WANTED",
    "WINDOW_CLOSE",
    "Bin",
    "Capped",
    "Carrier",
    "Change",
    "Composite",
    "Condition",
    "Count",
    "Difference",
    "Direction",
    "Disputed",
    "Durations",
    "Entered",
    "Evaluation",
    "Event",
    "External",
    "Happening",
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
    "holding",
    "in_month",
    "merged",
    "reached",
    "spread",
    "stages",
    "standing",
    "together",
]
