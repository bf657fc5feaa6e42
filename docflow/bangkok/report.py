"""What the office's yearly report shows beside its plan: the letters in detail, and the meetings of agency heads."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from docflow.bangkok.office import UNITS, meetings
from docflow.bangkok.work_plans import work_plans
from docflow.errors import PlanError
from docflow.kpi import Bin, DurationResult
from docflow.report import Report, WorkDone
from docflow.report.blocks import Column, Grid, Row, Section
from docflow.report.figures import (
    day_figures,
    fault_figures,
    fraction_figures,
    percent_figures,
    reading_figures,
    reasons,
)
from docflow.report.seen import cap_of
from docflow.report.words import day_words, excerpt
from docflow.text import NO_WORDS, Text
from docflow.thai import fiscal_year

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docflow.bangkok.files import YearRecords
    from docflow.bangkok.office import Meeting
    from docflow.files import RegisterFile
    from docflow.kpi import Outcome, PlanResult
    from docflow.kpi.shares import Share

__all__ = ["LetterReport", "meeting_figures", "year_report"]

WITHIN: Final = {Bin.COUNTED: "within"}
"""What letters that are in time are called in figures."""
KINDS: Final = ("unreadable", "reversed", "duplicate")
MOST_UNITS: Final = 10
OFFICE: Final = Text("สำนักงานเลขานุการผู้ว่าราชการกรุงเทพมหานคร", "Office of the Secretary to the Governor of Bangkok")


@frozen
class LetterReport:
    """The two letter indicators, 1.5 and 1.1 A, over one register; `of` makes it."""

    source: str
    """The register's file name."""
    register: RegisterFile
    result: PlanResult

    @classmethod
    def of(cls, source: str, register: RegisterFile, result: PlanResult) -> LetterReport:
        """The letters of a plan's result. Raises `PlanError` for a plan without these two indicators."""
        made = cls(source, register, result)
        if not isinstance(made.handing_over.result, DurationResult) or cap_of(made.handing_over) is None:
            raise PlanError(result.plan.title.en, "has no indicator 1.5 with a promise about each letter")
        if not made.screening.alternatives:
            raise PlanError(result.plan.title.en, "has no indicator 1.1 A with several readings")
        return made

    @property
    def handing_over(self) -> Outcome:
        """Indicator 1.5."""
        return self.result["1.5"]

    @property
    def screening(self) -> Outcome:
        """Indicator 1.1 A."""
        return self.result["1.1 A"]

    def strangers(self) -> dict[str, int]:
        """Unit names in the register that are not among the office's, and in how many letters: likely slips."""
        units = (case.letter.unit for case in self.register.cases)
        return dict(Counter(unit for unit in units if unit and unit not in UNITS))

    def figures(self) -> dict[str, Any]:
        """Every figure as plain data for JSON.

        `kpi_1_5`, `kpi_1_1_letters` and `faults` are the figures of the year; the other keys are their evidence.
        """
        handing_over, screening, cap = self.handing_over.result, self.screening, cap_of(self.handing_over)
        assert isinstance(handing_over, DurationResult) and cap is not None and screening.result is not None  # noqa: PT018, S101 - `of` has seen to it
        by_month, within = handing_over.by_month(), f"within_{cap.minutes}_minutes"
        return {
            "register": self.source,
            "rows": self.register.rows,
            "cases": len(self.register.cases),
            "faults": {
                kind: list(dict.fromkeys(fault.row for fault in self.register.faults if fault.kind == kind))
                for kind in KINDS
            },
            "fault_details": [fault_figures(fault) for fault in self.register.faults],
            "notes": [fault_figures(note) for note in self.register.notes],
            "unknown_units": self.strangers(),
            "kpi_1_5": {
                "window": day_figures(self.handing_over.window),
                **_taken(handing_over),
                within: handing_over.share_within(cap).hits,
                "monthly_mean_minutes": {
                    month: float(part.mean) for month, part in by_month.items() if part.mean is not None
                },
            },
            f"kpi_1_5_{within}": _share(handing_over.share_within(cap)),
            "kpi_1_5_by_month": {
                month: {**_taken(part), within: _share(part.share_within(cap))} for month, part in by_month.items()
            },
            "kpi_1_5_excluded": reasons(handing_over.excluded),
            "kpi_1_1_letters": reading_figures(
                screening.alternatives, window=day_figures(screening.window), as_of=screening.as_of
            ),
            "kpi_1_1_official_reading": screening.indicator.official,
            "kpi_1_1_disputed": {
                record.number: {name: WITHIN.get(lies, lies.value) for name, lies in bins.items()}
                for record, bins in screening.disputed
            },
            "kpi_1_1_excluded": reasons(screening.result.excluded),
        }

    def section(self) -> Section | None:
        """The units in the register that the office does not have, which are likely slips; None without any."""
        strangers = list(self.strangers().items())
        if not strangers:
            return None
        columns = (Column(Text("หน่วยงานในทะเบียน", "unit in the register"), words=True), Column(Text("เรื่อง", "letters")))
        rows = tuple(Row((excerpt(unit), f"{n:,}")) for unit, n in strangers[:MOST_UNITS])
        more = len(strangers) - MOST_UNITS
        note = Text(f"… และอีก {more} หน่วยงาน", f"… and {more} more") if more > 0 else NO_WORDS
        title = Text(f"{len(strangers)} หน่วยงานที่ไม่รู้จักในทะเบียน", f"{len(strangers)} unknown units in the register")
        return Section(title, (Grid(columns, rows, note=note),), anchor="units")


def year_report(
    result: PlanResult,
    year: YearRecords,
    *,
    letters: LetterReport | None = None,
    months: Mapping[str, PlanResult] | None = None,
    rest: str = "",
    sample: bool = False,
) -> Report:
    """The report on a year: the plan, the work plans, the letters, and the meetings of agency heads.

    >>> from docflow.bangkok import PLAN_2563, office_clock, year_end
    >>> from docflow.bangkok.files import read_records
    >>> year = read_records("examples/data")
    >>> report = year_report(PLAN_2563.evaluate(year.records, as_of=year_end(office_clock())), year)
    >>> str(report.result["1.7"].value), report.work[0].plan.number
    ('185/2', '1.1 exchange')

    `letters` and `months` are shown where they are given; `rest` and `sample` are those of the `Report`.
    """
    plans = () if "work-progress.csv" in year.missing else work_plans(fiscal_year(result.plan.year.first))
    return Report(
        result=result,
        work=tuple(WorkDone.of(one, year.progress, result) for one in plans),
        files=year.files if letters is None else {letters.source: letters.register, **year.files},
        missing=year.missing,
        months=months or {},
        more=tuple(filter(None, (_meetings(_held(result, year)), None if letters is None else letters.section()))),
        office=OFFICE,
        sample=sample,
        rest=rest,
    )


def meeting_figures(result: PlanResult, year: YearRecords) -> list[dict[str, Any]]:
    """The meetings of a year as plain data."""
    return [
        {
            "usual": one.usual.isoformat(),
            "held": None if one.held is None else one.held.isoformat(),
            "reason": one.reason,
            "closed": one.closed,
        }
        for one in _held(result, year)
    ]


def _held(result: PlanResult, year: YearRecords) -> tuple[Meeting, ...]:
    orders = [order for order in year.meeting_exceptions if order.usual in result.plan.year]
    return meetings(fiscal_year(result.plan.year.first), orders, calendar=result.clock.calendar)


def _meetings(held: Sequence[Meeting]) -> Section:
    columns = (
        Column(Text("วันพฤหัสบดีแรก", "first Thursday"), words=True),
        Column(Text("วันประชุม", "held"), words=True),
        Column(Text("คำสั่ง", "order"), words=True),
        Column(Text("หมายเหตุ", "remark"), words=True),
    )
    rows, moved = [], 0
    for one in held:
        day = Text("งดประชุม", "not held") if one.held is None else day_words(one.held)
        moved += one.held != one.usual
        rows.append(Row((day_words(one.usual), day, one.reason, one.closed)))
    title = Text(
        f"ประชุมหัวหน้าหน่วยงาน {len(held)} ครั้ง เลื่อนหรืองด {moved} ครั้ง",
        f"Meetings of the agency heads: {moved} of {len(held)} moved or not held",
    )
    note = Text(
        "วันพฤหัสบดีแรกของเดือน เว้นแต่ผู้ว่าราชการสั่งเป็นอย่างอื่น", "the first Thursday, unless the Governor orders otherwise"
    )
    return Section(
        title,
        (Grid(columns, tuple(rows), note=note),),
        anchor="meetings",
        short=Text("การประชุม", "Meetings"),
    )


def _taken(part: DurationResult) -> dict[str, Any]:
    return {
        "in_scope": part.in_scope,
        "measured": len(part.measured),
        "unfinished": len(part.unfinished),
        "mean_minutes": fraction_figures(part.mean),
    }


def _share(share: Share) -> dict[str, Any]:
    return {"within": share.hits, "late": share.total - share.hits, "percent": percent_figures(share)}
