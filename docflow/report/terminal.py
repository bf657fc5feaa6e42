"""The report in a terminal, in one language, with rich's colours (the extra `report`): the summary, or all of it."""

from __future__ import annotations

from shutil import get_terminal_size
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.text import Text as RichText

from docflow.report import plain
from docflow.report.blocks import Grid, Verdict
from docflow.report.typeset import indented, screen_width, table
from docflow.report.words import Voice
from docflow.safe import visible
from docflow.text import NO_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import ConsoleOptions, RenderableType

    from docflow.report.blocks import Line, Section
    from docflow.report.plan import Report
    from docflow.text import Language

__all__ = ["report_console", "said", "shown", "terminal"]

VERDICTS: Final = {True: "green", False: "red", None: "dim"}
LINES: Final = {"warning": "yellow", "soft": "dim", "fact": "", "": ""}
ROWS: Final = {"whole": "", "total": "bold", "group": "bold", "part": "", "": "", "head": "bold", "rule": "dim"}
HEADING: Final = "underline"
FACT: Final = "• "


def said(text: str = "", style: str = "") -> RichText:
    """A text for the terminal, line by line as it may be shown, in which nothing is taken for rich's markup."""
    return RichText("\n".join(map(visible, text.split("\n"))), style=style)


def report_console(*, stderr: bool = False) -> Console:
    """A console on standard output that is wide enough for every figure.

    >>> report_console().width >= 80
    True
    """
    # Asked here: rich takes COLUMNS=² for a number and falls, and would fill a million columns with spaces.
    return _Console(width=screen_width(), height=get_terminal_size().lines, stderr=stderr)


class _Console(Console):
    """A console that lets its script say what happens when nobody reads on."""

    def on_broken_pipe(self) -> None:
        raise  # noqa: PLE0704 - the BrokenPipeError that it is called for


def terminal(report: Report, voice: Voice | Language, *, whole: bool = False) -> RenderableType:
    """The report in one language, to be printed on a rich console: its summary, or the `whole` of it.

    >>> from docflow.bangkok import PLAN_2563, office_clock, year_end
    >>> from docflow.report import Report
    >>> report = Report(result=PLAN_2563.evaluate({}, as_of=year_end(office_clock())))
    >>> report_console().print(terminal(report, "en"))  # doctest: +ELLIPSIS
    Yearly action plan B.E. 2563 of the Office of the Secretary to the Governor of...

    The voice may be given by its language alone. Raises `TypeError` for what is neither.
    """
    return _Shown(tuple(plain.shown(report, whole=whole)), Voice.of(voice))


def shown(sections: Iterable[Section], voice: Voice) -> RenderableType:
    """Some sections, to be printed on a rich console."""
    return _Shown(tuple(map(plain.plain, sections)), voice)


class _Shown:
    """Sections that are set when the console tells its width."""

    def __init__(self, sections: tuple[plain.Passage, ...], voice: Voice) -> None:
        self.sections, self.voice = sections, voice

    def __rich_console__(self, _: Console, options: ConsoleOptions) -> Iterator[RichText]:
        for n, section in enumerate(self.sections):
            if n:
                yield said()
            yield from self._section(section, options.max_width)

    def _section(self, section: plain.Passage, width: int) -> Iterator[RichText]:
        for words, style in ((section.kicker, "dim"), (section.title, "bold")):
            if words != NO_WORDS:
                yield _lines(self.voice.say(words), style, width)
        after_table = False
        for block in section.blocks:
            if isinstance(block, Grid):
                yield said()
                yield from _grid(block, self.voice, width)
            elif isinstance(block, plain.Heading):
                yield said()
                yield _lines(self.voice.say(block.words), HEADING, width)
            else:
                if after_table:
                    yield said()
                mark = FACT if block.role == "fact" else ""
                yield _led(block, self.voice, width, mark)
            after_table = isinstance(block, Grid)  # its note belongs to it


def _lines(text: str, style: str, width: int, first: str = "") -> RichText:
    return said("\n".join(indented(text, width, first)), style)


def _led(line: Line, voice: Voice, width: int, mark: str) -> RichText:
    """A line with what it is about, which stands out."""
    lead, words = voice.say(line.lead), voice.say(line.words)
    found = _lines(f"{lead} {words}" if lead else words, LINES[line.role], width, mark)
    if found.plain.startswith(f"{mark}{lead}"):
        found.stylize("bold", len(mark), len(mark) + len(lead))
    return found


def _grid(grid: Grid, voice: Voice, width: int) -> Iterator[RichText]:
    if grid.title != NO_WORDS:
        yield _lines(voice.say(grid.title), "bold", width)
    for pieces in table(grid, voice, width):
        line = said()
        for text, cell, role in pieces:
            line.append_text(said(text, VERDICTS[cell.met] if isinstance(cell, Verdict) else ROWS[role]))
        line.rstrip()
        yield line
    if grid.note != NO_WORDS:
        yield _lines(voice.say(grid.note), "dim", width)
