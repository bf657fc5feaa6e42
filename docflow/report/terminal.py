"""The report in a terminal, drawn with rich (the extra `report`)."""

from __future__ import annotations

from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, TypeVar

from rich import box
from rich.console import Console, Group
from rich.progress import track
from rich.table import Table
from rich.text import Text as RichText

from docflow.report.blocks import Bar, Details, Grid, Line
from docflow.report.words import ENGLISH, MARKS
from docflow.safe import visible
from docflow.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rich.console import RenderableType

    from docflow.report.blocks import Block, Cell, Section
    from docflow.report.plan import Report
    from docflow.report.words import Voice

__all__ = ["report_console", "said", "shown", "terminal", "tracker"]

NARROWEST = 80  # a narrower terminal wraps the lines; fewer columns would drop figures
STYLES = {True: "green", False: "red", None: ""}
ROLES = {"whole": "bold", "total": "bold", "part": "", "": ""}
WIDEST = 400
LONG_FILE = 4_000_000  # bytes, about 9,000 letters: a second of reading
READING = Text("อ่านแฟ้ม", "reading")
T = TypeVar("T")


def said(text: str = "", style: str = "") -> RichText:
    """A text for the terminal, line by line as it may be shown, in which nothing is taken for rich's markup."""
    return RichText("\n".join(map(visible, text.split("\n"))), style=style)


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


def terminal(report: Report) -> RenderableType:
    """The whole report, to be printed on a rich console.

    >>> from docflow.bangkok import PLAN_2563, office_clock, year_end
    >>> from docflow.report import ENGLISH, Report
    >>> report = Report(result=PLAN_2563.evaluate({}, as_of=year_end(office_clock())), voice=ENGLISH)
    >>> report_console().print(terminal(report))  # doctest: +ELLIPSIS
    Yearly action plan B.E. 2563 of the Office of the Secretary to the Governor of...
    """
    return shown(report.sections(), report.voice)


def shown(sections: Iterable[Section], voice: Voice) -> RenderableType:
    """Some sections, to be printed on a rich console."""
    parts: list[RenderableType] = []
    for section in sections:
        if section.on == "page":
            continue
        if parts:
            parts.append(said())
        parts += [said(line, style="bold" if not n else "") for n, line in enumerate(voice.each(section.title))]
        parts += (each for block in section.blocks for each in _block(block, voice))
    return Group(*parts)


def _block(block: Block, voice: Voice) -> Iterator[RenderableType]:
    match block:
        case Line() if block.on != "page":
            yield said(voice.say(block.words, "\n"), style={"warning": "yellow", "soft": "dim"}.get(block.role, ""))
        case Grid() if block.on != "page":
            yield _grid(block, voice)
        case Line() | Grid() | Details():
            return


def _grid(grid: Grid, voice: Voice) -> Table:
    title, note = voice.say(grid.title, "\n"), voice.say(grid.note)
    table = Table(
        title=said(title) if title else None,
        caption=said(note) if note and grid.note_on != "page" else None,
        title_justify="left",
        caption_justify="left",
        box=box.SIMPLE_HEAD,
    )
    places = [n for n, column in enumerate(grid.columns) if column.on != "page"]
    wordy = any(column.words for column in grid.columns)  # where words can wrap, numbers need not
    for n in places:
        label = said(voice.say(grid.columns[n].label, "\n"))
        if grid.columns[n].words:
            table.add_column(label, ratio=1)
        else:
            table.add_column(label, justify="right" if n else "left", no_wrap=wordy)
    for row in grid.rows:
        if row.role == "total":
            table.add_section()
        table.add_row(*(_cell(row.cells[n], voice) for n in places), style=ROLES[row.role])
    return table


def _cell(cell: Cell, voice: Voice) -> RichText:
    match cell:
        case Text():
            return said(voice.each(cell)[-1])
        case Bar():
            return said()
        case str():
            return said(cell)
    return said(MARKS[cell], style=STYLES[cell])


def tracker(path: str | Path, voice: Voice = ENGLISH) -> Callable[[Iterable[T]], Iterable[T]]:
    """A progress bar over the rows of a file on standard error, when the file is long and somebody is looking.

    >>> list(tracker("examples/data/requests.csv")(["a row", "another"]))  # a short file has no bar
    ['a row', 'another']
    """
    file, console = Path(path), _console(stderr=True)
    try:
        if not (console.is_terminal and file.is_file() and file.stat().st_size > LONG_FILE):
            return lambda rows: rows
        with file.open("rb") as lines:
            total = sum(1 for _ in lines) - 1
    except (OSError, ValueError):  # the reader will say it better
        return lambda rows: rows
    words = READING.said(voice.languages[0])
    return lambda rows: track(rows, description=words, total=total, console=console)
