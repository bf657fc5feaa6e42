"""What the report on a whole plan is made of: its outcomes, the work plans, and all of it as plain data."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from attrs import frozen

from docflow.bangkok import meetings, work_plans
from docflow.kpi import Bin, Entered, Scores
from docflow.report.letters import fault_figures, fraction_figures, reasons
from docflow.thai import fiscal_year

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from fractions import Fraction

    from docflow.bangkok import Meeting
    from docflow.exchange import Fault, YearRecords
    from docflow.kpi import (
        Evaluation,
        Outcome,
        Placed,
        Plan,
        Progress,
        Result,
        StepProgress,
        Target,
        Text,
        Traced,
        WorkPlan,
    )
    from docflow.worktime import WorkClock

__all__ = ["PlanReport", "outcome_figures"]


@frozen
class PlanReport:
    """A plan's outcomes as of one moment, with the work plans and the meetings of its year."""

    evaluation: Evaluation
    work: tuple[tuple[WorkPlan, Progress], ...]
    """Each work plan and how far it has come; none when nobody entered any progress."""
    done: Mapping[str, Mapping[str, Fraction]]
    """How much of each work plan was done by the end of each month, as far as it is over or has come."""
    meetings: tuple[Meeting, ...]
    year: YearRecords

    @classmethod
    def of(
        cls,
        plan: Plan,
        letters: Mapping[str, tuple[Traced, ...]],
        year: YearRecords,
        *,
        as_of: datetime,
        clock: WorkClock | None = None,
    ) -> PlanReport:
        """Evaluate a plan over letters and a year's other records."""
        evaluation = plan.evaluate({**letters, **year.records}, as_of=as_of, clock=clock)
        buddhist = fiscal_year(plan.year.first)
        used, done = evaluation.clock, {}
        plans = () if "work-progress.csv" in year.missing else work_plans(buddhist)
        work = [(one, one.progress(_of(one, year, plan, used), as_of=as_of, clock=used)) for one in plans]
        for one in plans:
            entries = _of(one, year, plan, used)
            ends = {month: plan.end_of(month, as_of, used) for month in one.months}
            done[one.number] = {
                month: one.progress(entries, as_of=end, clock=used).actual for month, end in ends.items() if end
            }
        orders = [order for order in year.meeting_exceptions if order.usual in plan.year]
        held = meetings(buddhist, orders, calendar=evaluation.clock.calendar)
        return cls(evaluation, tuple(work), done, held, year)

    @property
    def provisional(self) -> tuple[int, ...]:
        """The years whose holidays are reckoned and not all announced: what falls into them may change."""
        return self.evaluation.provisional

    @property
    def faults(self) -> dict[str, tuple[Fault, ...]]:
        """The faults of every file of records."""
        return dict(self.year.faults)

    def figures(self) -> dict[str, Any]:
        """Every figure as plain data for JSON: exact fractions beside floats, record numbers, ISO dates."""
        return {
            "plan": {
                "title": _text(self.evaluation.plan.title),
                "window": _days(self.evaluation.plan.year.first, self.evaluation.plan.year.last),
                "as_of": self.evaluation.as_of.isoformat(),
                "provisional": list(self.provisional),
            },
            "indicators": {one.indicator.number: outcome_figures(one) for one in self.evaluation},
            "work_plans": {
                plan.number: {
                    **_work(plan, progress),
                    "actual_by_month": {month: float(done) for month, done in self.done[plan.number].items()},
                }
                for plan, progress in self.work
            },
            "meetings": [
                {
                    "usual": one.usual.isoformat(),
                    "held": None if one.held is None else one.held.isoformat(),
                    "reason": one.reason,
                    "closed": one.closed,
                }
                for one in self.meetings
            ],
            "record_rows": dict(self.year.rows),
            "record_faults": {file: [fault_figures(one) for one in some] for file, some in self.year.faults.items()},
            "record_notes": {file: [fault_figures(one) for one in some] for file, some in self.year.notes.items()},
            "missing_files": list(self.year.missing),
        }


def outcome_figures(outcome: Outcome, *, whole: bool = True) -> dict[str, Any]:
    """An indicator's outcome as plain data; a month's, which is not the `whole`, is its figures alone."""
    found: dict[str, Any] = {
        "numerator": fraction_figures(outcome.numerator),
        "denominator": outcome.denominator,
        "value": fraction_figures(outcome.value),
        "met": outcome.met,
        "bins": {each.value: len(places) for each, places in outcome.bins.items()},
    }
    if not whole:
        return found
    indicator = outcome.indicator
    found = {
        "number": indicator.number,
        "title": _text(indicator.title),
        "definition": _text(indicator.definition),
        "formula": _text(indicator.formula),
        "window": _days(outcome.window.first, outcome.window.last),
        "as_of": outcome.as_of.isoformat(),
        "unit": indicator.unit,
        "source": indicator.source,
        "counted_in": outcome.counted_in,
        "target": _target(outcome.target),
        **found,
    }
    if outcome.result is not None:
        found |= _evidence(outcome.result)
    if outcome.readings is not None:
        found["readings"] = {
            "official": outcome.readings.official,
            "values": {name: _reading(result) for name, result in outcome.readings.results.items()},
            "changed": {
                one.case.number: {name: each.value for name, each in one.verdicts.items()}
                for one in outcome.readings.changed()
            },
        }
    found["by_month"] = {month: outcome_figures(part, whole=False) for month, part in outcome.by_month().items()}
    found["parts"] = {part.indicator.number: outcome_figures(part) for part in outcome.parts}
    found["explanation"] = {"th": outcome.explain("th"), "en": outcome.explain("en")}
    return found


def _evidence(result: Result) -> dict[str, Any]:
    """Which records did not count and why, how many of those excluded for each reason, and where a value is from."""
    found: dict[str, Any] = {
        each.value: [place.case.number for place in result.bins[each]]
        for each in (Bin.LATE, Bin.RUNNING, Bin.UNFINISHED)
    }
    found["missed"] = reasons(result.missed)
    found["excluded"] = dict(Counter(place.reason for place in result.excluded))
    if isinstance(result, Scores):
        found["items"] = {
            item: {"score": fraction_figures(score), "answers": {str(k): n for k, n in sorted(counts.items())}}
            for (item, score), counts in zip(result.items.items(), result.frequencies.values(), strict=True)
        }
    if isinstance(result, Entered):
        reported: Placed | None = result.reported
        day = None if reported is None or reported.day is None else reported.day.isoformat()
        found |= {"reported_by": result.source, "reported_on": day}
    return found


def _reading(result: Result) -> dict[str, Any]:
    return {
        "value": fraction_figures(result.value),
        "bins": {each.value: len(places) for each, places in result.bins.items()},
    }


def _work(plan: WorkPlan, progress: Progress) -> dict[str, Any]:
    return {
        "title": {"th": plan.title_th, "en": plan.title_en},
        "unit": plan.unit,
        "source": plan.source,
        "planned": {month: float(points) for month, points in plan.planned().items()},
        "month": progress.month,
        "planned_by_now": fraction_figures(progress.planned),
        "actual": fraction_figures(progress.actual),
        "difference": fraction_figures(progress.difference),
        "standing": progress.standing,
        "steps": {
            one.step.number: {
                "title": {"th": one.step.title_th, "en": one.step.title_en},
                "weight": float(one.step.weight),
                "planned": None if one.planned is None else float(one.planned),
                "done": float(one.done),
            }
            for one in progress.steps
        },
    }


def _of(work: WorkPlan, year: YearRecords, plan: Plan, clock: WorkClock) -> list[StepProgress]:
    """The entries of a work plan in the plan's year: another year's progress is another's."""
    return [one for one in year.progress if one.plan == work.number and clock.day_of(one.at) in plan.year]


def _target(target: Target | None) -> dict[str, Any] | None:
    return None if target is None else {"direction": target.direction.value, "value": float(target.value)}


def _text(text: Text) -> dict[str, str]:
    return {"th": text.th, "en": text.en}


def _days(*days: date) -> list[str]:
    return [day.isoformat() for day in days]
