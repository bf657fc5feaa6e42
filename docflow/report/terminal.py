"""The report in a terminal, Thai and English side by side, drawn with rich (the extra `report`)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from rich import box
from rich.console import Console, Group
from rich.progress import track
from rich.table import Table
from rich.text import Text

from docflow.bangkok import CAP, FISCAL_YEAR, HANDING_OVER_WINDOW, MEAN_TARGET
from docflow.report.words import READING_NAMES, decimal, excerpt, exclusions, month_name, span_name, strangers
from docflow.thai import format_datetime

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rich.console import RenderableType

    from docflow.exchange import Fault
    from docflow.kpi import Durations, Readings
    from docflow.report.letters import LetterReport

__all__ = ["fault_table", "letter_report", "reading_table", "report_console", "tracker"]

NARROWEST = 80  # a narrower terminal wraps the lines; fewer columns would drop figures
MOST_FAULTS = 25
LONG_FILE = 4_000_000  # bytes, about 9,000 letters: a second of reading
T = TypeVar("T")


def report_console() -> Console:
    """A console on standard output that is wide enough for every figure.

    >>> report_console().width >= 80
    True
    """
    console = Console()
    return console if console.width >= NARROWEST else Console(width=NARROWEST)


def letter_report(report: LetterReport) -> RenderableType:
    """The whole report, to be printed on a rich console."""
    register, screening = report.register, report.indicators.screening
    excluded = len({fault.row for fault in register.faults})
    parts: list[RenderableType] = [
        Text("รายงานหนังสือภายนอก สำนักงานเลขานุการผู้ว่าราชการกรุงเทพมหานคร ปีงบประมาณ พ.ศ. 2563", style="bold"),
        Text("Incoming external letters, Office of the Secretary to the Governor of Bangkok, fiscal year B.E. 2563"),
        Text(
            f"{excerpt(report.source)}: {register.rows} แถว rows, {len(register.cases)} เรื่อง letters, "
            f"{excluded} แถวไม่นับ rows left out · ณ as of {format_datetime(report.as_of)}"
        ),
        Text(),
        handing_over_table(report),
        *(Text(line, style="dim") for line in exclusions(report.indicators.handing_over.excluded)),
        Text(),
        reading_table(
            screening,
            "ตัวชี้วัดที่ 1.1 ก กลั่นกรองเสนอหัวหน้าสำนักงาน\nIndicator 1.1 A, submitted within 2 working days or 48 hours",
        ),
        Text(
            f"{span_name(FISCAL_YEAR)} · {len(screening.changed())} เรื่องที่ผลต่างกันตามวิธีนับ "
            "letters whose verdict depends on the reading",
            style="dim",
        ),
    ]
    parts += [Text(line, style="dim") for line in exclusions(screening.result.excluded)]
    parts += [Text(f"! {line}", style="yellow") for line in strangers(report)]
    for title, faults in (
        ("แถวที่ไม่นับ\nRows left out of every figure", register.faults),
        ("ช่องที่อ่านไม่ได้ แต่ยังนับ\nCells not understood, their letters counted all the same", register.notes),
    ):
        if faults:
            parts += [Text(), fault_table(title, faults)]
    return Group(*parts)


def handing_over_table(report: LetterReport) -> Table:
    """Indicator 1.5 by month and over its window."""
    target, cap = decimal(MEAN_TARGET.minutes), decimal(CAP.minutes)
    table = Table(
        title="ตัวชี้วัดที่ 1.5 เวลาเฉลี่ยในการเสนอส่วนราชการที่รับผิดชอบ\nIndicator 1.5, mean time to hand a letter over",
        caption=f"T = (T₁ + … + Tₙ) / N · {span_name(HANDING_OVER_WINDOW)}",
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
        f"≤ {target} นาที\nmean kept",
        f"≤ {cap} นาที\nletters",
    ):
        table.add_column(heading, justify="right")
    for month, part in report.months().items():
        table.add_row(month_name(month), *_durations(part))
    table.add_section()
    table.add_row("รวม all", *_durations(report.indicators.handing_over), style="bold")
    return table


def _durations(part: Durations | None) -> list[str]:
    if part is None:
        return ["0", "0", "0", "–", "–", "–"]
    mean = part.mean_minutes
    kept = "–" if mean is None else "[green]✓[/]" if mean <= MEAN_TARGET.minutes else "[red]✗[/]"
    return [
        str(part.letters),
        str(len(part.measured)),
        str(len(part.unfinished)),
        "–" if mean is None else decimal(mean, apart=MEAN_TARGET.minutes),
        kept,
        str(part.share_within(CAP)),
    ]


def reading_table(readings: Readings, title: str) -> Table:
    """A promise under every reading, the official one marked."""
    table = Table(
        title=title,
        caption="★ วิธีนับที่ใช้ตัดสิน the reading that decides",
        title_justify="left",
        box=box.SIMPLE_HEAD,
        caption_justify="left",
    )
    table.add_column("วิธีนับ\nreading")
    for heading in ("ทันเวลา\nwithin", "ล่าช้า\nlate", "ยังไม่ครบกำหนด\nrunning", "ร้อยละ\npercent"):
        table.add_column(heading, justify="right")
    for name, rate in readings.results.items():
        official = name == readings.official
        thai, english = READING_NAMES[name]
        table.add_row(
            f"{'★' if official else ' '} {thai}\n  {english}",
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
        title=title,
        caption=f"… และอีก {more} รายการ and {more} more (--json lists all)" if more > 0 else None,
        title_justify="left",
        box=box.SIMPLE_HEAD,
        caption_justify="left",
    )
    table.add_column("แถว\nrow", justify="right")
    table.add_column("สดมภ์ ข้อความ\ncolumn, cell")
    table.add_column("เหตุ\nwhy", ratio=1)
    for fault in faults[:MOST_FAULTS]:
        table.add_row(str(fault.row), Text(f"{fault.column}\n{excerpt(fault.text)}"), Text(fault.reason))
    return table


def tracker(path: str | Path) -> Callable[[Iterable[T]], Iterable[T]]:
    """A progress bar over the rows of a file on standard error, when the file is long and somebody is looking."""
    file, console = Path(path), Console(stderr=True)
    try:
        if not (console.is_terminal and file.is_file() and file.stat().st_size > LONG_FILE):
            return lambda rows: rows
        with file.open("rb") as lines:
            total = sum(1 for _ in lines) - 1
    except OSError:  # the reader will say it better
        return lambda rows: rows
    return lambda rows: track(rows, description="อ่านทะเบียน reading", total=total, console=console)
