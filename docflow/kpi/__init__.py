"""Indicators: definitions that read as sentences, results that keep every record in a bin."""

from docflow.kpi.bins import Bin, Cause, Reason
from docflow.kpi.carriers import carriers
from docflow.kpi.compare import differences
from docflow.kpi.contexts import Context
from docflow.kpi.due import WANTED, WINDOW_CLOSE
from docflow.kpi.indicators import Indicator
from docflow.kpi.measures import Duration, Measure, Proportion, read
from docflow.kpi.milestones import Milestone, done, each_month, holding, reached, since
from docflow.kpi.observations import Observation
from docflow.kpi.observing import observe
from docflow.kpi.others import Count, Reported, Score
from docflow.kpi.outcomes import Outcome
from docflow.kpi.plans import Plan, PlanResult
from docflow.kpi.records import Event, Record, Value
from docflow.kpi.results import DurationResult, Result, merged
from docflow.kpi.targets import Target, at_least, at_most
from docflow.kpi.timespent import time_spent
from docflow.kpi.windows import Window

__all__ = [
    "WANTED",
    "WINDOW_CLOSE",
    "Bin",
    "Cause",
    "Context",
    "Count",
    "Duration",
    "DurationResult",
    "Event",
    "Indicator",
    "Measure",
    "Milestone",
    "Observation",
    "Outcome",
    "Plan",
    "PlanResult",
    "Proportion",
    "Reason",
    "Record",
    "Reported",
    "Result",
    "Score",
    "Target",
    "Value",
    "Window",
    "at_least",
    "at_most",
    "carriers",
    "differences",
    "done",
    "each_month",
    "holding",
    "merged",
    "observe",
    "reached",
    "read",
    "since",
    "time_spent",
]
