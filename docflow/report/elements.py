"""The pieces of a page that needs nothing else: no script, no font, no picture from elsewhere.

A page is a tree of elements, written out by the standard library, so every text in it is escaped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, tostring

from docflow.errors import visible
from docflow.report.words import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docflow.exchange import Fault

__all__ = ["CLASSES", "card", "document", "english", "fault_list", "headings", "soft", "tag"]

STYLE: Final = """
:root { color-scheme: light; --ink: #1d2733; --soft: #5b6875; --line: #d9dfe5;
  --good: #1a7f4b; --bad: #b3372b; --bar: #4c7fb8; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2.5rem 1.5rem; max-width: 66rem; color: var(--ink); background: #fff;
  font: 16px/1.6 "Sarabun", "Noto Sans Thai", "Leelawadee UI", "Thonburi", "Tahoma", sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.4; margin: 0; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .25rem; }
[lang=en], .soft { color: var(--soft); }
p { margin: .25rem 0; }
.cards { display: flex; flex-wrap: wrap; gap: 1rem; margin: 1.5rem 0; }
.card { flex: 1 1 16rem; border: 1px solid var(--line); border-radius: .5rem; padding: 1rem 1.25rem; }
.card strong { display: block; font-size: 2rem; line-height: 1.3; }
table { border-collapse: collapse; width: 100%; margin: .75rem 0; font-variant-numeric: tabular-nums; }
th, td { padding: .35rem .6rem; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top; }
th { font-weight: 600; }
th small { display: block; font-weight: 400; color: var(--soft); }
th:first-child, td:first-child, .words td, .words th, td.name { text-align: left; }
td.name small { display: block; color: var(--soft); }
tr.part td:first-child, tr.part td.name { padding-left: 1.6rem; }
tr.whole td { font-weight: 600; } tr.whole small { font-weight: 400; }
.plan { font-size: .9rem; } .plan td.name { min-width: 18rem; } .plan td:nth-child(-n+4) { white-space: nowrap; }
.plan td.name { white-space: normal; }
td:first-child { white-space: nowrap; } .words td:first-child { white-space: normal; }
caption { text-align: left; font-weight: 600; padding: .5rem 0; }
caption small { font-weight: 400; color: var(--soft); }
tr.total td, tr.official td { font-weight: 700; background: #f3f6f9; }
td.bar { width: 28%; }
.bar div { height: .8rem; margin-top: .4rem; background: var(--bar); border-radius: 2px; }
.kept { color: var(--good); } .broken { color: var(--bad); }
.kept-mean .bar div { background: var(--good); }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .5rem; }
details { margin: .35rem 0; } summary { cursor: pointer; }
pre { white-space: pre-wrap; margin: .25rem 0 .75rem; color: var(--soft); font: inherit; font-size: .9rem; }
.late { color: var(--bad); }
.wide { overflow-x: auto; }
@media print { body { padding: 0; font-size: 12px; } tr { break-inside: avoid; } }
"""


CLASSES: Final = {True: "kept", False: "broken", None: "soft"}
"""How it looks that a target is met, or not, or that nobody knows."""


def document(title: str, *body: Element) -> str:
    """A whole page."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        tag("style", STYLE),
    )
    page = tostring(tag("html", head, tag("body", *body), lang="th"), encoding="unicode", method="html")
    return f"<!doctype html>\n{page}\n"


def fault_list(title: str, in_english: str, faults: Iterable[Fault]) -> list[Element]:
    """Faults by row, under a heading; nothing when there are none."""
    faults = tuple(faults)
    if not faults:
        return []
    table = tag(
        "table",
        headings(("แถว", "row"), ("สดมภ์", "column"), ("ข้อความ", "cell"), ("เหตุ", "why")),
        *(
            tag("tr", *(tag("td", text) for text in (str(fault.row), fault.column, excerpt(fault.text), fault.reason)))
            for fault in faults
        ),
        **{"class": "words"},
    )
    return [tag("h2", title), english(in_english), table]


def card(title: str, figure: str, note: str, *, kept: bool | None) -> Element:
    """A figure that stands out."""
    role = {None: "", True: "kept", False: "broken"}[kept]
    return tag(
        "div",
        tag("div", title),
        tag("strong", figure, **{"class": role}),
        tag("div", note, **{"class": "soft"}),
        **{"class": "card"},
    )


def headings(*pairs: tuple[str, str]) -> Element:
    """A row of headings, Thai above English."""
    return tag("tr", *(tag("th", thai, tag("small", english)) for thai, english in pairs))


def soft(text: str) -> Element:
    """A line that steps back."""
    return tag("p", text, **{"class": "soft"})


def english(text: str) -> Element:
    """A line in English."""
    return tag("p", text, lang="en")


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
