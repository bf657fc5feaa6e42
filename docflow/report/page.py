"""A report as one page that needs nothing else: no script, no font, no picture from elsewhere.

A page is a tree of elements, written out by the standard library, so every text in it is escaped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, tostring

from docflow.report.blocks import Bar, Details, Grid, Line
from docflow.report.words import MARKS
from docflow.safe import visible
from docflow.text import Text

if TYPE_CHECKING:
    from docflow.report.blocks import Block, Cell, Column, Row, Section
    from docflow.report.plan import Report
    from docflow.report.words import Voice

__all__ = ["page"]

STYLE: Final = """
:root { color-scheme: light; --ink: #1d2733; --soft: #5b6875; --line: #d9dfe5;
  --good: #1a7f4b; --bad: #b3372b; --bar: #4c7fb8; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2.5rem 1.5rem; max-width: 72rem; color: var(--ink); background: #fff;
  font: 16px/1.6 "Sarabun", "Noto Sans Thai", "Leelawadee UI", "Thonburi", "Tahoma", sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.4; margin: 0; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .25rem; }
p[lang], .soft { color: var(--soft); }
p { margin: .25rem 0; }
table { border-collapse: collapse; width: 100%; margin: .75rem 0;
  font-size: .9rem; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .5rem; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top; }
th { font-weight: 600; }
td { white-space: nowrap; }
small { display: block; font-weight: 400; color: var(--soft); }
th:first-child, td:first-child, th.name, td.name { text-align: left; }
td.name { white-space: normal; overflow-wrap: anywhere; min-width: 10rem; }
tr.part td:first-child, tr.part td.name { padding-left: 1.6rem; }
tr.whole td { font-weight: 600; }
tr.total td { font-weight: 700; background: #f3f6f9; }
caption { text-align: left; font-weight: 600; padding: .5rem 0; }
td.bar { width: 28%; }
.bar div { height: .8rem; margin-top: .4rem; background: var(--bar); border-radius: 2px; }
.bar div.kept { background: var(--good); }
.kept { color: var(--good); } .broken { color: var(--bad); }
details { margin: .35rem 0; } summary { cursor: pointer; }
pre { white-space: pre-wrap; margin: .25rem 0 .75rem; color: var(--soft); font: inherit; font-size: .9rem; }
.wide { overflow-x: auto; }
@media print { body { padding: 0; font-size: 12px; } tr { break-inside: avoid; } }
"""
CLASSES: Final = {True: "kept", False: "broken", None: "soft"}
"""How it looks that a target is met, or not, or that nobody knows."""


def page(report: Report) -> str:
    """The whole report as a page.

    >>> from docflow.bangkok import PLAN_2563, office_clock, year_end
    >>> from docflow.report import ENGLISH, Report
    >>> report = Report(result=PLAN_2563.evaluate({}, as_of=year_end(office_clock())), voice=ENGLISH)
    >>> page(report).splitlines()[0]
    '<!doctype html>'
    """
    voice, title = report.voice, report.result.plan.title
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title.said(voice.languages[0])),
        tag("style", STYLE),
    )
    body = tag("body")
    for section in report.sections():
        if section.on != "terminal":
            body.extend(_section(section, voice, "h2" if len(body) else "h1"))
    whole = tostring(tag("html", head, body, lang=voice.languages[0]), encoding="unicode", method="html")
    return f"<!doctype html>\n{whole}\n"


def _section(section: Section, voice: Voice, heading: str) -> list[Element]:
    (_, first), *others = voice.pairs(section.title)
    found = [tag(heading, first), *(tag("p", other, lang=language) for language, other in others)]
    for block in section.blocks:
        found += _block(block, voice)
    return found


def _block(block: Block, voice: Voice) -> list[Element]:
    match block:
        case Line():
            role = {"warning": "broken", "soft": "soft"}.get(block.role, "")
            return [] if block.on == "terminal" else [tag("p", *_worded(block.words, voice), **{"class": role})]
        case Grid():
            return [] if block.on == "terminal" else _grid(block, voice)
        case Details():
            lines = (tag("pre", one) for words in block.lines for one in voice.each(words))
            return [tag("details", tag("summary", block.summary), *lines)]


def _grid(grid: Grid, voice: Voice) -> list[Element]:
    shown = [n for n, column in enumerate(grid.columns) if column.on != "terminal"]
    columns = [grid.columns[n] for n in shown]
    table = tag("table")
    if voice.say(grid.title):
        table.append(tag("caption", *_worded(grid.title, voice)))
    table.append(tag("tr", *(tag("th", *_worded(one.label, voice), **_side(one)) for one in columns)))
    for row in grid.rows:
        table.append(_row(row, shown, columns, voice))
    note = voice.say(grid.note) if grid.note_on != "terminal" else ""
    return [tag("div", table, **{"class": "wide"}), *([tag("p", note, **{"class": "soft"})] if note else [])]


def _row(row: Row, shown: list[int], columns: list[Column], voice: Voice) -> Element:
    cells = (_cell(row.cells[n], column, voice) for n, column in zip(shown, columns, strict=True))
    return tag("tr", *cells, **{"class": row.role})


def _cell(cell: Cell, column: Column, voice: Voice) -> Element:
    match cell:
        case Text():
            return tag("td", *_worded(cell, voice), **_side(column))
        case Bar():
            drawn = tag("div", style=f"width: {100 * cell.part:.1f}%", **{"class": "kept" if cell.good else ""})
            return tag("td", drawn, **{"class": "bar"})
        case str():
            return tag("td", cell, **_side(column))
    return tag("td", MARKS[cell], **{"class": CLASSES[cell]})


def _worded(words: Text, voice: Voice) -> list[Element | str]:
    """The words in the first language, and below it smaller in the others."""
    first, *others = voice.each(words)
    return [first, *(tag("small", other) for other in others)]


def _side(column: Column) -> dict[str, str]:
    return {"class": "name"} if column.words else {}


def tag(name: str, /, *children: Element | str, **attributes: str) -> Element:
    """An element with its children, texts among them, and attributes."""
    element = Element(name, attributes)
    for child in children:
        if isinstance(child, Element):
            element.append(child)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + _lines(child)
        else:
            element.text = (element.text or "") + _lines(child)
    return element


def _lines(text: str) -> str:
    """A text as it may be shown, line by line: a page's explanations have several."""
    return "\n".join(map(visible, text.split("\n")))
