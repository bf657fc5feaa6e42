"""Sections as rich prints them, with colours and as wide as the console; `terminal` loads this when it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.text import Text as RichText

from docflow.report import plain
from docflow.report.blocks import Grid, Verdict
from docflow.report.typeset import indented, table
from docflow.safe import visible
from docflow.text import NO_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import ConsoleOptions

    from docflow.report.blocks import Line
    from docflow.report.words import Voice

__all__ = ["ReportConsole", "Sections"]

VERDICTS: Final = {True: "green", False: "red", None: "dim"}
LINES: Final = {"warning": "yellow", "soft": "dim", "fact": "", "": ""}
ROWS: Final = {"whole": "", "total": "bold", "group": "bold", "part": "", "": "", "head": "bold", "rule": "dim"}
HEADING: Final = "underline"
FACT: Final = "• "


class ReportConsole(Console):
    """A console that lets its script say what happens when nobody reads on (`| head`)."""

    def on_broken_pipe(self) -> None:
        """Raise the error that rich has caught."""
        raise  # noqa: PLE0704 - the BrokenPipeError that it is called for


class Sections:
    """Sections that rich prints as wide as the console is when they are printed."""

    def __init__(self, sections: tuple[plain.Passage, ...], voice: Voice) -> None:
        self.sections, self.voice = sections, voice

    def __rich_console__(self, _: Console, options: ConsoleOptions) -> Iterator[RichText]:
        for n, section in enumerate(self.sections):
            if n:
                yield _said()
            yield from self._section(section, options.max_width)

    def _section(self, section: plain.Passage, width: int) -> Iterator[RichText]:
        for words, style in ((section.kicker, "dim"), (section.title, "bold")):
            if words != NO_WORDS:
                yield _lines(self.voice.say(words), style, width)
        after_table = False
        for block in section.blocks:
            if isinstance(block, Grid):
                yield _said()
                yield from _grid(block, self.voice, width)
            elif isinstance(block, plain.Heading):
                yield _said()
                yield _lines(self.voice.say(block.words), HEADING, width)
            else:
                if after_table:
                    yield _said()
                mark = FACT if block.role == "fact" else ""
                yield _led(block, self.voice, width, mark)
            after_table = isinstance(block, Grid)  # its note belongs to it


def _said(text: str = "", style: str = "") -> RichText:
    """A text line by line as it may be shown, in which nothing is taken for rich's markup."""
    return RichText("\n".join(map(visible, text.split("\n"))), style=style)


def _lines(text: str, style: str, width: int, first: str = "") -> RichText:
    return _said("\n".join(indented(text, width, first)), style)


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
        line = _said()
        for text, cell, role in pieces:
            line.append_text(_said(text, VERDICTS[cell.met] if isinstance(cell, Verdict) else ROWS[role]))
        line.rstrip()
        yield line
    if grid.note != NO_WORDS:
        yield _lines(voice.say(grid.note), "dim", width)
