"""Figures: outcomes and faults as plain data for JSON; fractions are exact, with a float beside; days are ISO 8601."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from docflow.kpi import Bin, Reported, Score

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from fractions import Fraction

    from docflow.files import Fault
    from docflow.kpi import Observation, Outcome, Result, Target, Window
    from docflow.kpi.shares import Share
    from docflow.text import Language, Text

__all__ = [
    "day_figures",
    "fault_figures",
    "fraction_figures",
    "outcome_figures",
    "percent_figures",
    "reading_figures",
    "reasons",
    "text_figures",
]

BOTH: Final[tuple[Language, ...]] = ("th", "en")
"""Both languages."""


def outcome_figures(outcome: Outcome, *, whole: bool = True, languages: Sequence[Language] = BOTH) -> dict[str, Any]:
    """An indicator's outcome as plain data; without `whole`, its numbers alone.

    >>> from docflow.report.figures import outcome_figures
    >>> from docflow.bangkok import PLAN_2563, office_clock, year_end
    >>> found = PLAN_2563.evaluate({}, as_of=year_end(office_clock()))
    >>> figures = outcome_figures(found["1.7"], languages=["en"])
    >>> figures["title"], figures["unit"], figures["target"], figures["value"]
    ({'en': 'Ceremonies at which the executives were attended'}, '%', {'direction': '≥', 'value': 90.0}, None)

    `unit` is what the value is counted in; moments and days are ISO 8601, `bins` how many records lie in each bin.
    """
    found: dict[str, Any] = {
        "numerator": fraction_figures(outcome.numerator),
        "denominator": outcome.denominator,
        "value": fraction_figures(outcome.value),
        "met": outcome.met,
        "bins": {each.value: len(some) for each, some in outcome.bins.items()},
    }
    if not whole:
        return found
    indicator = outcome.indicator
    found = {
        "number": indicator.number,
        "title": text_figures(indicator.title, languages),
        "definition": text_figures(indicator.definition, languages),
        "formula": text_figures(indicator.formula, languages),
        "window": day_figures(outcome.window),
        "as_of": outcome.as_of.isoformat(),
        "owner": indicator.owner,
        "source": indicator.source,
        "unit": outcome.unit,
        "target": _target(outcome.target),
        **found,
    }
    if outcome.result is not None:
        found |= _evidence(outcome.result)
    if outcome.alternatives:
        found["readings"] = {
            "official": indicator.official,
            "values": {name: _reading(result) for name, result in outcome.alternatives.items()},
            "disputed": [
                {"number": record.number, "bins": {name: each.value for name, each in bins.items()}}
                for record, bins in outcome.disputed
            ],
        }
    found["by_month"] = {month: outcome_figures(part, whole=False) for month, part in outcome.by_month().items()}
    found["parts"] = {part.indicator.number: outcome_figures(part, languages=languages) for part in outcome.parts}
    found["explanation"] = {language: outcome.explain(language) for language in languages}
    return found


def fraction_figures(value: Fraction | None) -> dict[str, Any] | None:
    """An exact fraction and its nearest float; the float is None when the value is too large for one.

    >>> from fractions import Fraction
    >>> from docflow.report.figures import fraction_figures
    >>> fraction_figures(Fraction(185, 2))
    {'numerator': 185, 'denominator': 2, 'float': 92.5}
    """
    if value is None:
        return None
    try:
        nearest: float | None = float(value)
    except OverflowError:
        nearest = None
    return {"numerator": value.numerator, "denominator": value.denominator, "float": nearest}


def fault_figures(fault: Fault) -> dict[str, Any]:
    """A fault of a file as plain data; `number` is None where nothing says which record it is.

    >>> from docflow.files import Fault
    >>> from docflow.report.figures import fault_figures
    >>> fault_figures(Fault(5, "Received", "unreadable", "is not a date", "soon"))["row"]
    5
    """
    return {
        "row": fault.row,
        "number": fault.number,
        "column": fault.column,
        "kind": fault.kind,
        "reason": fault.reason,
        "text": fault.text,
    }


def text_figures(words: Text, languages: Sequence[Language] = BOTH) -> dict[str, str]:
    """Words by language.

    >>> from docflow.report.figures import text_figures
    >>> from docflow.text import Text
    >>> text_figures(Text("คำขอ", "requests"))
    {'th': 'คำขอ', 'en': 'requests'}
    """
    return {language: words.said(language) for language in languages}


def day_figures(window: Window) -> list[str]:
    """The first and the last day of a window.

    >>> from datetime import date
    >>> from docflow import Window
    >>> from docflow.report.figures import day_figures
    >>> day_figures(Window(date(2026, 1, 1), date(2026, 3, 31)))
    ['2026-01-01', '2026-03-31']
    """
    return [window.first.isoformat(), window.last.isoformat()]


def reasons(excluded: Iterable[Observation]) -> dict[str, list[str]]:
    """The numbers of excluded or missed records by the reason for it; "" is for those without one.

    >>> from docflow.bangkok import HANDING_OVER, office_clock
    >>> from docflow.kpi import Record
    >>> from docflow.report.figures import reasons
    >>> reasons(HANDING_OVER.read([Record("8395/2562", [])], office_clock()).excluded)
    {'had not reached registered': ['8395/2562']}
    """
    found: dict[str, list[str]] = {}
    for one in excluded:
        found.setdefault("" if one.reason is None else str(one.reason), []).append(one.record.number)
    return found


def reading_figures(
    results: Mapping[str, Result], *, window: list[str] | None, as_of: datetime | None
) -> dict[str, Any]:
    """The counts and percentages of a proportion under each of its readings.

    >>> from docflow.bangkok import HANDING_OVER, READINGS, office_clock
    >>> from docflow.kpi import read
    >>> from docflow.report.figures import reading_figures
    >>> results = read([], office_clock(), measures=HANDING_OVER.under(READINGS))
    >>> reading_figures(results, window=None, as_of=None)["in_scope"]
    0

    `percent` has four decimals, and is None when no record is decided. `window` are the first and the last day as ISO
    8601.
    """
    first = next(iter(results.values()))
    return {
        "window": window,
        "as_of": None if as_of is None else as_of.isoformat(),
        "in_scope": first.in_scope,
        "readings": {
            name: {
                "within": len(result.counted),
                "late": len(result.late),
                "running": len(result.running),
                "percent": percent_figures(result.share),
            }
            for name, result in results.items()
        },
    }


def percent_figures(share: Share) -> float | None:
    """A share in percent with four decimals; None when it is a share of nothing.

    >>> from docflow.kpi.shares import Share
    >>> from docflow.report.figures import percent_figures
    >>> percent_figures(Share(2, 3)), percent_figures(Share(0, 0))
    (66.6667, None)
    """
    return None if share.percent is None else round(float(share.percent), 4)


def _evidence(result: Result) -> dict[str, Any]:
    """Which records did not count and why, how many are excluded for each reason, and who reported a value."""
    found: dict[str, Any] = {
        each.value: [one.record.number for one in result.bins[each]] for each in (Bin.LATE, Bin.RUNNING, Bin.UNFINISHED)
    }
    found["missed"] = reasons(result.missed)
    found["excluded"] = dict(Counter("" if one.reason is None else str(one.reason) for one in result.excluded))
    if isinstance(result.measure, Score):
        found["items"] = {
            item: {"score": fraction_figures(score), "answers": {str(k): n for k, n in sorted(counts.items())}}
            for (item, score), counts in zip(result.items.items(), result.frequencies.values(), strict=True)
        }
    if isinstance(result.measure, Reported):
        day, said = result.counted[0].day if result.counted else None, result.reported
        found |= {
            "reported_by": None if said is None else said.source,
            "reported_on": None if day is None else day.isoformat(),
        }
    return found


def _reading(result: Result) -> dict[str, Any]:
    return {
        "value": fraction_figures(result.value),
        "bins": {each.value: len(some) for each, some in result.bins.items()},
    }


def _target(target: Target | None) -> dict[str, Any] | None:
    return None if target is None else {"direction": target.direction.value, "value": float(target.value)}
