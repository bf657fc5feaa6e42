"""The report in a terminal, Thai and English side by side, drawn with rich (the extra `report`)."""

from __future__ import annotations

from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, TypeVar

from rich import box
from rich.console import Console, Group
from rich.progress import track
from rich.table import Table
from rich.text import Text

from docflow.errors import visible
from docflow.report.words import (
    decimal,
    excerpt,
    exclusions,
    figured,
    goal,
    month_name,
    reading_name,
    span_name,
    strangers,
)
from docflow.thai import format_datetime

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rich.console import RenderableType

    from docflow.exchange import Fault
    from docflow.kpi import Durations, Outcome
    from docflow.report.letters import LetterReport

__all__ = ["STYLES", "fault_table", "letter_report", "reading_table", "report_console", "said", "tracker"]

NARROWEST = 80  # a narrower terminal wraps the lines; fewer columns would drop figures
MOST_FAULTS = 25
STYLES = {True: "[green]✓[/]", False: "[red]✗[/]", None: "–"}
WIDEST = 400
LONG_FILE = 4_000_000  # bytes, about 9,000 letters: a second of reading
T = TypeVar("T")


def said(text: str = "", style: str = "") -> Text:
    """A text for the terminal, line by line as it may be shown, in which nothing is taken for rich's markup."""
    return Text("\n".join(map(visible, text.split("\n"))), style=style)


def report_console() -> Console:
    """A console on standard output that is wide enough for every figure.

    >>> report_console().width >= 80
    True
    """
    return _console()


def _console(*, stderr: bool = False) -> Console:
    # Asked here: rich takes COLUMNS=² for a number and falls, and would fill a million columns with spaces.
    size = get_terminal_size()
    return _Console(width=min(max(size.columns, NARROWEST), WIDEST), height=size.lines, stderr=stderr)


class _Console(Console):
    """A console that lets its script say what happens when nobody reads on."""

    def on_broken_pipe(self) -> None:
        raise  # noqa: PLE0704 - the BrokenPipeError that it is called for


def letter_report(report: LetterReport) -> RenderableType:
    """The whole report, to be printed on a rich console."""
    register, plan = report.register, report.plan
    excluded = len({fault.row for fault in register.faults})
    parts: list[RenderableType] = [
        said(f"รายงานหนังสือภายนอก {plan.title.th}", style="bold"),
        said(f"Incoming external letters. {plan.title.en}"),
        said(
            f"{excerpt(report.source)}: {register.rows} แถว rows, {len(register.cases)} เรื่อง letters, "
            f"{excluded} แถวไม่นับ rows left out · ณ as of {format_datetime(report.as_of)}"
        ),
        said(),
        handing_over_table(report),
        *(said(line, style="dim") for line in exclusions(report.durations.excluded)),
        said(),
        reading_table(report),
        said(
            f"{span_name(report.screening.window)} · {len(report.readings.changed())} เรื่องที่ผลต่างกันตามวิธีนับ "
            "letters whose verdict depends on the reading",
            style="dim",
        ),
    ]
    parts += [said(line, style="dim") for line in exclusions(report.readings.result.excluded)]
    parts += [said(f"! {line}", style="yellow") for line in strangers(report)]
    for title, faults in (
        ("แถวที่ไม่นับ\nRows left out of every figure", register.faults),
        ("ช่องที่อ่านไม่ได้ แต่ยังนับ\nCells not understood, their letters counted all the same", register.notes),
    ):
        if faults:
            parts += [said(), fault_table(title, faults)]
    return Group(*parts)


def handing_over_table(report: LetterReport) -> Table:
    """Indicator 1.5 by month and over its window."""
    table = Table(
        title=_titled(report.handing_over),
        caption=said(f"{report.handing_over.indicator.formula.en} · {span_name(report.handing_over.window)}"),
        title_justify="left",
        box=box.SIMPLE_HEAD,
        caption_justify="left",
    )
    table.add_column("เดือน\nmonth")
    for heading in (
        "เรื่อง\nletters",
        "วัดแล้ว\nmeasured",
        "ค้าง\nopen",
        "เฉลี่ย (นาที)\nmean (min)",
        f"{goal(report.handing_over.target)} นาที\nmean kept",
        f"≤ {decimal(report.cap.minutes)} นาที\nletters",
    ):
        table.add_column(heading, justify="right")
    for month, part in report.months().items():
        table.add_row(month_name(month), *_durations(report, part))
    table.add_section()
    table.add_row("รวม all", *_durations(report, report.durations), style="bold")
    return table


def _titled(outcome: Outcome) -> Text:
    number, title = outcome.indicator.number, outcome.indicator.title
    return said(f"ตัวชี้วัดที่ {number} {title.th}\nIndicator {number}, {title.en}")


def _durations(report: LetterReport, part: Durations | None) -> list[str]:
    if part is None:
        return ["0", "0", "0", "–", "–", "–"]
    mean, target = part.mean_minutes, report.handing_over.target
    return [
        str(part.letters),
        str(len(part.measured)),
        str(len(part.unfinished)),
        figured(mean, target),
        STYLES[None if target is None else target.met(mean)],
        str(part.share_within(report.cap)),
    ]


def reading_table(report: LetterReport) -> Table:
    """A promise under every reading, the official one marked."""
    table = Table(
        title=_titled(report.screening),
        caption="★ วิธีนับที่ใช้ตัดสิน the reading that decides",
        title_justify="left",
        box=box.SIMPLE_HEAD,
        caption_justify="left",
    )
    table.add_column("วิธีนับ\nreading")
    for heading in ("ทันเวลา\nwithin", "ล่าช้า\nlate", "ยังไม่ครบกำหนด\nrunning", "ร้อยละ\npercent"):
        table.add_column(heading, justify="right")
    for name, rate in report.readings.results.items():
        official = name == report.readings.official
        thai, english = reading_name(report.screening, name)
        table.add_row(
            said(f"{'★' if official else ' '} {thai}\n  {english}"),
            str(len(rate.counted)),
            str(len(rate.late)),
            str(len(rate.running)),
            str(rate.share),
            style="bold" if official else None,
        )
    return table


def fault_table(title: str, faults: Iterable[Fault]) -> Table:
    """Faults by row, the first of them when there are many."""
    faults = tuple(faults)
    more = len(faults) - MOST_FAULTS
    table = Table(
        title=said(title),
        caption=f"… และอีก {more} รายการ and {more} more (--json lists all)" if more > 0 else None,
        title_justify="left",
        box=box.SIMPLE_HEAD,
        caption_justify="left",
    )
    table.add_column("แถว\nrow", justify="right")
    table.add_column("สดมภ์ ข้อความ\ncolumn, cell")
    table.add_column("เหตุ\nwhy", ratio=1)
    for fault in faults[:MOST_FAULTS]:
        table.add_row(
            str(fault.row), said(f"{visible(fault.column)}\n{excerpt(fault.text)}"), said(visible(fault.reason))
        )
    return table


def tracker(path: str | Path) -> Callable[[Iterable[T]], Iterable[T]]:
    """A progress bar over the rows of a file on standard error, when the file is long and somebody is looking."""
    file, console = Path(path), _console(stderr=True)
    try:
        if not (console.is_terminal and file.is_file() and file.stat().st_size > LONG_FILE):
            return lambda rows: rows
        with file.open("rb") as lines:
            total = sum(1 for _ in lines) - 1
    except (OSError, ValueError):  # the reader will say it better
        return lambda rows: rows
    return lambda rows: track(rows, description="อ่านทะเบียน reading", total=total, console=console)
