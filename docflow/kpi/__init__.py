"""Indicators: definitions that read as sentences, results that keep every record in a bin."""

from docflow.kpi.bins import Bin, Cause, Reason
from docflow.kpi.carriers import Carrier, carriers
from docflow.kpi.case_limits import WANTED, WINDOW_CLOSE, LimitBy
from docflow.kpi.changes import Change, Difference
from docflow.kpi.compare import differences
from docflow.kpi.contexts import Context, Window
from docflow.kpi.durations import DurationResult
from docflow.kpi.indicators import Direction, Figure, Indicator, Target, at_least, at_most
from docflow.kpi.lasting import each_month, holding, since
from docflow.kpi.lateness import Overdue, overdue
from docflow.kpi.measures import Duration, Proportion
from docflow.kpi.milestones import ENDED, FIRST_EVENT, LAST_EVENT, Milestone, done, reached
from docflow.kpi.monthly import Monthly
from docflow.kpi.observation import Observation
from docflow.kpi.observations import Observations
from docflow.kpi.observing import Measure, observe, read
from docflow.kpi.open_records import ageing, due_by
from docflow.kpi.others import Count, Reported, Score
from docflow.kpi.outcomes import Outcome
from docflow.kpi.plans import Plan, PlanResult
from docflow.kpi.records import Event, Record, Value
from docflow.kpi.results import Result
from docflow.kpi.shares import Share
from docflow.kpi.timespent import Stay, TimeSpent, WayThrough, time_spent

__all__ = [
    "ENDED",
    "FIRST_EVENT",
    "LAST_EVENT",
    "WANTED",
    "WINDOW_CLOSE",
    "Bin",
    "Carrier",
    "Cause",
    "Change",
    "Context",
    "Count",
    "Difference",
    "Direction",
    "Duration",
    "DurationResult",
    "Event",
    "Figure",
    "Indicator",
    "LimitBy",
    "Measure",
    "Milestone",
    "Monthly",
    "Observation",
    "Observations",
    "Outcome",
    "Overdue",
    "Plan",
    "PlanResult",
    "Proportion",
    "Reason",
    "Record",
    "Reported",
    "Result",
    "Score",
    "Share",
    "Stay",
    "Target",
    "TimeSpent",
    "Value",
    "WayThrough",
    "Window",
    "ageing",
    "at_least",
    "at_most",
    "carriers",
    "differences",
    "done",
    "due_by",
    "each_month",
    "holding",
    "observe",
    "overdue",
    "reached",
    "read",
    "since",
    "time_spent",
]
