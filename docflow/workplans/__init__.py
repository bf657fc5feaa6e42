"""Work plans: a year's work in steps with weights, how much is planned, how much is earned, and the variance."""

from docflow.workplans.progress import Progress, StepEarned, StepProgress, WorkPlan
from docflow.workplans.steps import WorkStep, in_month, spread, together

__all__ = ["Progress", "StepEarned", "StepProgress", "WorkPlan", "WorkStep", "in_month", "spread", "together"]
