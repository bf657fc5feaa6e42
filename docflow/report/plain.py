"""What a report says where nothing is drawn, in a terminal or a mail: its blocks as lines and tables of words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import evolve, frozen

from docflow.kpi.words import BINS
from docflow.report.blocks import Bins, Fold, Formula, Grid, Line, Picture, Tiles, Verdict
from docflow.report.drawings import Distance, Spark
from docflow.report.seen import RECORDS
from docflow.report.words import MARKS
from docflow.text import NO_WORDS, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docflow.report.blocks import Block, Cell, Section
    from docflow.report.plan import Report
    from docflow.report.words import Voice
    from docflow.text import Language

__all__ = ["Heading", "Passage", "Plain", "is_left", "plain", "said", "shown", "summary"]

MISSING: Final = Text("! ไม่มีแฟ้ม {}", "! no file {}")
LEFT_OUT: Final = Text(
    "! แถวที่ไม่นับ {:,} แถว ช่องที่ควรตรวจ {:,} ช่อง ใน {:,} แฟ้ม", "! rows left out: {:,}, cells to check: {:,}, files: {:,}"
)

WHAT_RECORDS: Final = Text("รายการ: ที่นับ / ที่รู้ผลแล้ว +ที่ยังไม่รู้ผล", "records: counted / of which it is known +still open")
"""What stands in the column of records of the table of all indicators."""


@frozen
class Heading:
    """What the lines and tables below it are about: the finding of a picture, or what a page would fold."""

    words: Text


Plain: TypeAlias = Grid | Heading | Line


@frozen
class Passage:
    """A section of which nothing is drawn."""

    title: Text
    kicker: Text
    blocks: tuple[Plain, ...]


def shown(report: Report, *, whole: bool = False) -> Iterator[Passage]:
    """The passages that are shown: all of them, or without `whole` the summary."""
    return map(plain, report.sections()) if whole else summary(report)


def summary(report: Report) -> Iterator[Passage]:
    """What a report comes to: its title, the answer, the facts, and the table of all indicators."""
    first, *others = map(plain, report.sections())
    top = tuple(block for block in first.blocks if isinstance(block, Line) or _sums_up(block))
    yield evolve(first, blocks=top)
    for section in others:
        blocks = tuple(block for block in section.blocks if _sums_up(block))
        if blocks:
            yield evolve(section, blocks=blocks)
    warnings = tuple(Line(words, "warning") for words in _amiss(report))
    if warnings:
        yield Passage(NO_WORDS, NO_WORDS, warnings)


def _amiss(report: Report) -> Iterator[Text]:
    """Which files are not there, and in how many rows and cells of the others something is wrong."""
    if report.missing:
        files = ", ".join(report.missing)
        yield Text(MISSING.th.format(files), MISSING.en.format(files))
    faulty = [read for read in report.files.values() if read.faults or read.notes]
    if faulty:
        rows = sum(len({fault.row for fault in read.faults}) for read in faulty)
        counts = rows, sum(len(read.notes) for read in faulty), len(faulty)
        yield Text(LEFT_OUT.th.format(*counts), LEFT_OUT.en.format(*counts))


def plain(section: Section) -> Passage:
    """A section of which nothing is drawn: each block as lines and tables.

    >>> from docflow.report.blocks import Fold, Line, Section
    >>> [line.words.en for line in plain(Section("Letters", (Fold("why", (Line("because"),)),))).blocks]
    ['why', 'because']
    """
    blocks = tuple(each for block in section.blocks for each in _plain(block))
    return Passage(section.title, section.kicker, blocks)


def said(cell: Cell, voice: Voice) -> str:
    """A cell of a table as a text; a picture says nothing, its numbers stand beside it.

    >>> from docflow.report.blocks import Verdict
    >>> from docflow.report.words import ENGLISH
    >>> said(Verdict(met=True), ENGLISH)
    '✓ met'
    """
    match cell:
        case Verdict():
            return f"{MARKS[cell.met]} {voice.say(cell.words)}" if cell.wanted else voice.say(cell.words)
        case Distance() | Spark():
            return ""
    return voice.say(cell)


def is_left(grid: Grid, n: int) -> bool:
    """Whether a column stands left: the first, words, and verdicts."""
    return (
        not n or grid.columns[n].words or any(isinstance(row.cells[n], Verdict) for row in grid.rows if row.cells[n:])
    )


def _sums_up(block: Plain) -> bool:
    return (isinstance(block, Line) and block.role == "fact") or (isinstance(block, Grid) and block.wide)


def _plain(block: Block) -> Iterator[Plain]:
    match block:
        case Line():
            yield block
        case Grid():
            counts = block.note == NO_WORDS and any(column.label == RECORDS for column in block.columns)
            yield evolve(_worded(block), note=WHAT_RECORDS) if block.wide and counts else _worded(block)
        case Fold():
            yield Heading(block.summary)
            for one in block.blocks:
                yield from _plain(one)
        case Formula():
            yield Line(block.words)
            yield Line(Text(_filled(block, "th"), _filled(block, "en")))
        case Bins():
            yield Line(Text(_counts(block, "th"), _counts(block, "en")))
        case Picture():
            yield Heading(block.title)
            yield evolve(_worded(block.numbers), title=block.what)
        case Tiles():
            return


def _worded(grid: Grid) -> Grid:
    """A table without its pictures, and without what is for pages alone."""
    rows = [row for row in grid.rows if row.role != "group"]
    places = [
        n
        for n, column in enumerate(grid.columns)
        if column.on != "page" and not (rows and all(isinstance(row.cells[n], Distance | Spark) for row in rows))
    ]
    return evolve(
        grid,
        columns=tuple(grid.columns[n] for n in places),
        rows=tuple(
            row if row.role == "group" else evolve(row, cells=tuple(row.cells[n] for n in places)) for row in grid.rows
        ),
    )


def _counts(block: Bins, language: Language) -> str:
    return " · ".join(f"{BINS[lies].said(language)} {n:,}" for lies, n in block.counts if n) or "–"


def _filled(block: Formula, language: Language) -> str:
    """A formula with its numbers, how its value stands to the target, and the verdict."""
    over, under, value = (words.said(language) for words in (block.over, block.under, block.value))
    if not value or (block.verdict.wanted and block.verdict.met is None):
        return Verdict(met=None).words.said(language)
    over = f"({over})" if " + " in over else over
    found = f"{over} / {under} = {value}" if under else value
    target = f"{found} {block.target}".rstrip()
    return (
        f"{target}: {MARKS[block.verdict.met]} {block.verdict.words.said(language)}" if block.verdict.wanted else found
    )
