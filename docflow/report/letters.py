"""What the yearly report about letters is made of: the register, its indicators, and their figures as plain data."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from attrs import frozen

from docflow.bangkok import CAP, FISCAL_YEAR, HANDING_OVER_WINDOW, UNITS, LetterIndicators, letter_indicators
from docflow.errors import PlanError
from docflow.kpi import Bin, Durations

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from fractions import Fraction

    from docflow.exchange import Fault, RegisterFile
    from docflow.kpi import Evaluation, Placed, Readings, Result, Share, Window
    from docflow.worktime import WorkClock

__all__ = ["KINDS", "LetterReport", "fault_figures", "fraction_figures", "reading_figures", "reasons"]

WORDS = {Bin.COUNTED: "within"}  # what the first version called the letters that were in time
KINDS = ("unreadable", "reversed", "duplicate")


@frozen
class LetterReport:
    """The indicators of one register as of one moment, ready to be shown (`terminal`, `page`) or kept (`figures`)."""

    source: str
    """The register's file name."""
    register: RegisterFile
    as_of: datetime
    indicators: LetterIndicators

    @classmethod
    def of(cls, source: str, register: RegisterFile, clock: WorkClock, *, as_of: datetime) -> LetterReport:
        """Compute the indicators of a register."""
        as_of = as_of.astimezone(clock.tz)
        return cls(source, register, as_of, letter_indicators(register.cases, clock, as_of=as_of))

    @classmethod
    def within(cls, source: str, register: RegisterFile, evaluation: Evaluation) -> LetterReport:
        """The same from the plan's outcomes, which have computed them. Raises `PlanError` for a plan without them."""
        handing_over, screening = evaluation["1.5"].result, evaluation["1.1 A"].readings
        if not isinstance(handing_over, Durations) or screening is None:
            raise PlanError(evaluation.plan.title.en, "has no indicators 1.5 and 1.1 A as the office's has them")
        return cls(source, register, evaluation.as_of, LetterIndicators(handing_over, screening))

    def months(self) -> dict[str, Durations | None]:
        """Indicator 1.5 in every month of its window; None for a month without letters."""
        found = self.indicators.handing_over.by_month()
        return {month: found.get(month) for month in HANDING_OVER_WINDOW.months()}

    def strangers(self) -> dict[str, int]:
        """Unit names in the register that are not among the office's, and in how many letters: likely slips."""
        units = (case.letter.unit for case in self.register.cases)
        return dict(Counter(unit for unit in units if unit and unit not in UNITS))

    def figures(self) -> dict[str, Any]:
        """Every figure as plain data for JSON: exact fractions beside floats, row numbers, ISO dates.

        `kpi_1_5`, `kpi_1_1_letters` and `faults` are the figures of the year; the other keys are their evidence.
        """
        handing_over, screening = self.indicators.handing_over, self.indicators.screening
        by_month = handing_over.by_month()
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
                "window": _window(HANDING_OVER_WINDOW),
                "letters": handing_over.letters,
                "measured": len(handing_over.measured),
                "unfinished": len(handing_over.unfinished),
                "mean_minutes": fraction_figures(handing_over.mean_minutes),
                "within_15_minutes": handing_over.share_within(CAP).hits,
                "monthly_mean_minutes": {
                    month: float(part.mean_minutes) for month, part in by_month.items() if part.mean_minutes is not None
                },
            },
            "kpi_1_5_within_15_minutes": _share(handing_over.share_within(CAP)),
            "kpi_1_5_by_month": {
                month: {
                    "letters": part.letters,
                    "measured": len(part.measured),
                    "unfinished": len(part.unfinished),
                    "mean_minutes": fraction_figures(part.mean_minutes),
                    "within_15_minutes": _share(part.share_within(CAP)),
                }
                for month, part in by_month.items()
            },
            "kpi_1_5_excluded": reasons(handing_over.excluded),
            "kpi_1_1_letters": reading_figures(screening, _window(FISCAL_YEAR), self.as_of),
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
