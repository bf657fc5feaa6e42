"""Work plans: a year's work in steps with weights, how much is planned, how much is earned, and the variance."""

from docflow.workplans.plans import WorkPlan
from docflow.workplans.progress import Progress, StepEarned, StepProgress
from docflow.workplans.steps import Shares, WorkStep, in_month, spread, together

__all__ = ["Progress", "Shares", "StepEarned", "StepProgress", "WorkPlan", "WorkStep", "in_month", "spread", "together"]
