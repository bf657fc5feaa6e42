"""The report in Markdown, for a mail or a page of notes: headings, lists and tables, and every text as it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docflow.report import plain
from docflow.report.blocks import Grid
from docflow.report.words import Voice
from docflow.text import NO_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docflow.report.blocks import Line
    from docflow.report.plan import Report
    from docflow.text import Language

__all__ = ["escaped", "markdown"]

MARKED: Final = re.compile(
    r"[\\`*_\[\]<>|~#$]"  # what marks code, emphasis, links, tags, cells and formulas wherever it stands
    r"|&(?=#?\w+;)"  # an entity
    r"|(?<=\w):(?=//)|(?<=\bwww)\.(?=\w)",  # an address, of which a reader would make a link
    re.ASCII | re.IGNORECASE,
)
BEGUN: Final = re.compile(r"(\d{0,9})([-+.)](?=[ ]|$)|[-=](?=[-= ]*$))", re.ASCII)
"""What begins a list, a rule or a heading where a line begins."""
BLANKS: Final = re.compile(r"[ \t]+")


def markdown(report: Report, voice: Voice | Language, *, whole: bool = False) -> str:
    """The report in one language as Markdown with GitHub's tables: its summary, or the `whole` of it.

    >>> from docflow.bangkok import PLAN_2563, office_clock, year_end
    >>> from docflow.report import Report, markdown
    >>> report = Report(result=PLAN_2563.evaluate({}, as_of=year_end(office_clock())))
    >>> markdown(report, "en").splitlines()[0]
    '# Yearly action plan B.E. 2563 of the Office of the Secretary to the Governor of Bangkok'

    No text of the records can be taken for Markdown or HTML, nor becomes a link. The voice may be given by its language
    alone. Raises `TypeError` for what is neither.
    """
    said = Voice.of(voice)
    paragraphs = (
        paragraph
        for n, section in enumerate(plain.shown(report, whole=whole))
        for paragraph in _section(section, said, "## " if n else "# ")
    )
    return "\n\n".join(paragraphs) + "\n"


def escaped(text: str) -> str:
    r"""A line of text that Markdown shows as it stands.

    >>> print(escaped("1. see [this](http://x) | <b> *now*"))
    1\. see \[this\](http\://x) \| \<b\> \*now\*
    """
    return BEGUN.sub(r"\1\\\2", _inside(text), count=1) if BEGUN.match(_inside(text)) else _inside(text)


def _inside(text: str) -> str:
    """A text as it stands in a heading or a cell, where nothing begins a list."""
    return MARKED.sub(r"\\\g<0>", BLANKS.sub(" ", text.replace("\n", " ").strip(" \t")))


def _section(section: plain.Passage, voice: Voice, mark: str) -> Iterator[str]:
    heading = " – ".join(_inside(voice.say(words)) for words in (section.kicker, section.title) if words != NO_WORDS)
    if heading:
        yield f"{mark}{heading}"
    facts: list[str] = []
    for block in section.blocks:
        if isinstance(block, Grid):
            yield from _facts(facts)
            yield from _grid(block, voice)
        elif isinstance(block, plain.Heading):
            yield from _facts(facts)
            yield f"### {_inside(voice.say(block.words))}"
        elif block.role == "fact":
            facts.append(f"- {_led(block, voice)}")
        else:
            yield from _facts(facts)
            yield _line(block, voice)
    yield from _facts(facts)


def _facts(facts: list[str]) -> Iterator[str]:
    """The facts so far as one list."""
    if facts:
        yield "\n".join(facts)
        facts.clear()


def _line(line: Line, voice: Voice) -> str:
    """A paragraph, whose lines end where they ended; a warning stands out as what is quoted does."""
    return f"> {_led(line, voice)}" if line.role == "warning" else _led(line, voice)


def _led(line: Line, voice: Voice) -> str:
    """A line of words with what it is about, which stands out where it can."""
    lead, lines = _inside(voice.say(line.lead)), voice.say(line.words).split("\n")
    words = "\\\n".join(escaped(each) for each in lines if each.strip(" "))
    return f"**{lead}** {words}" if lead else words


def _grid(grid: Grid, voice: Voice) -> Iterator[str]:
    if grid.title != NO_WORDS:
        yield f"#### {_inside(voice.say(grid.title))}"
    sides = ("---" if plain.is_left(grid, n) else "---:" for n in range(len(grid.columns)))
    cells = ([plain.said(cell, voice) for cell in row.cells] for row in grid.rows)
    rows = [[voice.say(column.label) for column in grid.columns], *cells]
    headings, *lines = (" | ".join(map(_inside, [*row, *[""] * (len(rows[0]) - len(row))])) for row in rows)
    yield "\n".join(f"| {line} |" for line in (headings, " | ".join(sides), *lines))
    if grid.note != NO_WORDS:
        yield escaped(voice.say(grid.note))
