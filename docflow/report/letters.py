"""What the yearly report about letters is made of: the register, its indicators, and their figures as plain data."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from docflow.bangkok import UNITS
from docflow.errors import PlanError
from docflow.kpi import Bin, Capped, Durations

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from fractions import Fraction

    from docflow.exchange import Fault, RegisterFile
    from docflow.kpi import Evaluation, Outcome, Placed, Plan, Readings, Result, Share, Target, Window
    from docflow.worktime import WorkClock, WorkTime

__all__ = ["KINDS", "LetterReport", "fault_figures", "fraction_figures", "reading_figures", "reasons"]

WORDS = {Bin.COUNTED: "within"}  # what the first version called the letters that were in time
KINDS = ("unreadable", "reversed", "duplicate")


@frozen
class LetterReport:
    """A plan's two letter indicators over one register, ready to be shown (`terminal`, `page`) or kept (`figures`).

    Windows, targets, titles and the cap are the plan's.
    """

    source: str
    """The register's file name."""
    register: RegisterFile
    plan: Plan
    handing_over: Outcome
    """Indicator 1.5."""
    durations: Durations
    """What was read for it."""
    cap: WorkTime
    """What it promises about each letter."""
    screening: Outcome
    """Indicator 1.1 A."""
    readings: Readings
    """What was read for it."""
    screening_target: Target | None
    """That of 1.1 A, or of the indicator that it is a part of."""

    @classmethod
    def of(
        cls, source: str, register: RegisterFile, plan: Plan, *, as_of: datetime, clock: WorkClock | None = None
    ) -> LetterReport:
        """Evaluate the letter indicators of a plan, and no other, over a register. Raises `PlanError`; see `within`."""
        letters = evolve(plan, indicators=[plan["1.1"], plan["1.5"]])
        return cls.within(source, register, letters.evaluate({"letters": register.cases}, as_of=as_of, clock=clock))

    @classmethod
    def within(cls, source: str, register: RegisterFile, evaluation: Evaluation) -> LetterReport:
        """The same from a plan's outcomes, which have computed them. Raises `PlanError` for a plan without them."""
        handing_over, screening = evaluation["1.5"], evaluation["1.1 A"]
        durations, readings = handing_over.result, screening.readings
        caps = [part.indicator.measure.cap for part in handing_over.parts if isinstance(part.indicator.measure, Capped)]
        if not isinstance(durations, Durations) or readings is None or not caps:
            raise PlanError(evaluation.plan.title.en, "has no indicators 1.5 and 1.1 A as the office's has them")
        target = screening.target or evaluation["1.1"].target
        return cls(source, register, evaluation.plan, handing_over, durations, caps[0], screening, readings, target)

    @property
    def as_of(self) -> datetime:
        """The moment up to which steps were seen."""
        return self.handing_over.as_of

    def months(self) -> dict[str, Durations | None]:
        """Indicator 1.5 in every month of its window; None for a month without letters."""
        found = self.durations.by_month()
        return {month: found.get(month) for month in self.handing_over.window.months()}

    def strangers(self) -> dict[str, int]:
        """Unit names in the register that are not among the office's, and in how many letters: likely slips."""
        units = (case.letter.unit for case in self.register.cases)
        return dict(Counter(unit for unit in units if unit and unit not in UNITS))

    def figures(self) -> dict[str, Any]:
        """Every figure as plain data for JSON: exact fractions beside floats, row numbers, ISO dates.

        `kpi_1_5`, `kpi_1_1_letters` and `faults` are the figures of the year; the other keys are their evidence.
        """
        handing_over, screening, cap = self.durations, self.readings, self.cap
        by_month, within = handing_over.by_month(), f"within_{cap.minutes}_minutes"
        return {
            "register": self.source,
            "rows": self.register.rows,
            "cases": len(self.register.cases),
            "faults": {
                kind: _unique(fault.row for fault in self.register.faults if fault.kind == kind) for kind in KINDS
            },
            "fault_details": [fault_figures(fault) for fault in self.register.faults],
            "notes": [fault_figures(note) for note in self.register.notes],
            "unknown_units": self.strangers(),
            "kpi_1_5": {
                "window": _window(self.handing_over.window),
                "letters": handing_over.letters,
                "measured": len(handing_over.measured),
                "unfinished": len(handing_over.unfinished),
                "mean_minutes": fraction_figures(handing_over.mean_minutes),
                within: handing_over.share_within(cap).hits,
                "monthly_mean_minutes": {
                    month: float(part.mean_minutes) for month, part in by_month.items() if part.mean_minutes is not None
                },
            },
            f"kpi_1_5_{within}": _share(handing_over.share_within(cap)),
            "kpi_1_5_by_month": {
                month: {
                    "letters": part.letters,
                    "measured": len(part.measured),
                    "unfinished": len(part.unfinished),
                    "mean_minutes": fraction_figures(part.mean_minutes),
                    within: _share(part.share_within(cap)),
                }
                for month, part in by_month.items()
            },
            "kpi_1_5_excluded": reasons(handing_over.excluded),
            "kpi_1_1_letters": reading_figures(screening, _window(self.screening.window), self.as_of),
            "kpi_1_1_official_reading": screening.official,
            "kpi_1_1_changed_verdicts": {
                one.case.number: {name: WORDS.get(bin_, bin_.value) for name, bin_ in one.verdicts.items()}
                for one in screening.changed()
            },
            "kpi_1_1_excluded": reasons(screening.result.excluded),
        }


def reading_figures(readings: Readings, window: list[str] | None, as_of: datetime | None) -> dict[str, Any]:
    """A promise under every reading as plain data; `percent` has four decimals, None when nothing is decided."""
    return {
        "window": window,
        "as_of": None if as_of is None else as_of.isoformat(),
        "letters": readings.result.letters,
        "readings": {name: _rate(rate) for name, rate in readings.results.items()},
    }


def fraction_figures(value: Fraction | None) -> dict[str, Any] | None:
    """An exact fraction and its nearest float."""
    if value is None:
        return None
    return {"numerator": value.numerator, "denominator": value.denominator, "float": float(value)}


def reasons(excluded: Iterable[Placed]) -> dict[str, list[str]]:
    """Why letters are no part of an indicator, and which for each reason."""
    found: dict[str, list[str]] = {}
    for one in excluded:
        found.setdefault(one.reason, []).append(one.case.number)
    return found


def _rate(rate: Result) -> dict[str, Any]:
    return {
        "within": len(rate.counted),
        "late": len(rate.late),
        "running": len(rate.running),
        "percent": _percent(rate.share),
    }


def _share(share: Share) -> dict[str, Any]:
    return {"within": share.hits, "late": share.total - share.hits, "percent": _percent(share)}


def _percent(share: Share) -> float | None:
    return None if share.percent is None else round(float(share.percent), 4)


def _window(window: Window) -> list[str]:
    return [window.first.isoformat(), window.last.isoformat()]


def fault_figures(fault: Fault) -> dict[str, Any]:
    """A fault as plain data."""
    return {
        "row": fault.row,
        "column": fault.column,
        "kind": fault.kind,
        "reason": fault.reason,
        "text": fault.text,
    }


def _unique(rows: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(rows))
