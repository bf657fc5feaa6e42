"""A report as one page that needs nothing else: no script, and no font, style or picture from elsewhere."""

from __future__ import annotations

from base64 import b64encode
from functools import cache, partial
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from docflow.kpi.words import BINS
from docflow.report.blocks import Bins, Grid, Line, Picture, Verdict
from docflow.report.canvas import Canvas
from docflow.report.drawings import Days, Distance, Spark
from docflow.report.palette import DARK, LIGHT, colours
from docflow.report.svg import drawn
from docflow.report.words import Voice
from docflow.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from jinja2 import Environment

    from docflow.report.blocks import Block, Cell, Row, Section
    from docflow.report.plan import Report
    from docflow.report.words import Digits
    from docflow.text import Language

__all__ = ["font_faces", "page", "style_of_pictures"]

MISSING: Final = "pages need Jinja; install it with: pip install 'docflow-registry[report]'"
CALLED: Final = {"th": "ไทย", "en": "English"}
SKIP: Final = {"th": "ข้ามไปเนื้อหา", "en": "Skip to content"}
CONTENTS: Final = Text("สารบัญ", "Contents")
NUMBERS: Final = Text("ตัวเลขของภาพนี้", "The numbers in this picture")
FOOTER: Final = Text(
    "ตัวเลขทุกตัวมาจากทะเบียนและรายงานที่ระบุไว้ในหน้านี้ แฟ้มนี้ไม่ส่งและไม่ดึงข้อมูลใด ๆ",
    "Every figure comes from the registers and reports named here; this file sends and fetches nothing.",
)


def page(report: Report, languages: Sequence[Language] = ("th", "en"), *, digits: Digits = "arabic") -> str:
    """The whole report as one HTML page, in one language or two; of two it shows the first until a reader switches.

    >>> from docflow.bangkok import PLAN_2563, office_clock, year_end
    >>> from docflow.report import Report, page
    >>> report = Report(result=PLAN_2563.evaluate({}, as_of=year_end(office_clock())))
    >>> page(report, ["en"]).splitlines()[:2]
    ['<!doctype html>', '<html lang="en">']

    `digits` are "arabic", or "thai" for the Thai text. Raises `TypeError` for what is no language, and
    `ModuleNotFoundError` without Jinja.
    """
    if isinstance(languages, str) or not languages:
        raise TypeError(f'{languages!r} are no languages; give ("th", "en"), or one of them such as ("th",)')
    voices = [Voice(each, digits=digits) for each in dict.fromkeys(languages)]
    heading, *sections = report.sections()
    editions = [
        {
            "language": voice.language,
            "called": CALLED[voice.language],
            "skip": SKIP[voice.language],
            "body": _edition(voice, heading, sections),
        }
        for voice in voices
    ]
    title = voices[0].say(heading.title)
    whole = _templates().get_template("page.html.j2")
    return whole.render(editions=editions, title=title, style=_style(voices, heading)) + "\n"


def _edition(voice: Voice, heading: Section, sections: Sequence[Section]) -> str:
    """The report in one language."""
    templates = _templates().overlay()
    templates.filters = _templates().filters | {
        "say": voice.say,
        "draw": partial(drawn, voice=voice),
        "bar": partial(_bar, voice=voice),
    }
    edition = templates.get_template("edition.html.j2")
    return edition.render(heading=heading, sections=sections, language=voice.language)


@cache
def _templates() -> Environment:
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - who shows no page need not have it
    except ModuleNotFoundError as missing:
        raise ModuleNotFoundError(MISSING) from missing
    templates = Environment(
        loader=PackageLoader("docflow.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    nothing: Any = str
    templates.filters |= {
        "kind": lambda one: type(one).__name__,
        "role": lambda one: one.role if isinstance(one, Line) else "",
        "grouped": _grouped,
        "cells": _cells,
        "say": nothing,
        "draw": nothing,
        "bar": nothing,
    }
    templates.tests |= {
        "verdict": lambda one: isinstance(one, Verdict),
        "small": lambda one: isinstance(one, Spark | Distance),
        "broad": lambda one: isinstance(one, Picture) and isinstance(one.drawing, Days),
    }
    templates.globals |= {"bins": BINS, "numbers": NUMBERS, "contents": CONTENTS, "footer": FOOTER, "label": _label}
    return templates


def _grouped(blocks: Iterable[Block]) -> list[list[Block]]:
    """Pictures that follow each other stand side by side, and so do facts."""

    def which(one: Block) -> object:
        if isinstance(one, Picture):
            return "picture"
        return "fact" if isinstance(one, Line) and one.role == "fact" else id(one)

    return [list(some) for _, some in groupby(blocks, which)]


def _cells(row: Row, grid: Grid) -> list[tuple[Cell, bool]]:
    """The cells of a row that a page shows, each with whether it holds words."""
    return [(one, column.words) for one, column in zip(row.cells, grid.columns, strict=True) if column.on != "text"]


def _label(grid: Grid) -> Text:
    """What a table that can be moved sideways is called: by its title, or its headings."""
    if grid.title.en:
        return grid.title
    labels = [column.label for column in grid.columns]
    return Text(" · ".join(one.th for one in labels), " · ".join(one.en for one in labels))


def _bar(bins: Bins, voice: Voice) -> str:
    """The bins of an indicator as parts of one bar."""
    canvas, total, left = Canvas(1000, 14, voice), sum(n for _, n in bins.counts), 0.0
    for lies, n in bins.counts:
        width = 1000 * n / total
        canvas.rect(left, 0, max(width - 1.5, 1), 14, f"b-{lies.value}")
        left += width
    return canvas.svg().replace("<svg", '<svg preserveAspectRatio="none"', 1)


@cache
def style_of_pictures() -> str:
    """The style sheet of pictures, with the names of colours."""
    return (files("docflow.report") / "templates" / "picture.css").read_text(encoding="utf-8")


def _style(voices: Sequence[Voice], heading: Section) -> str:
    first, *others = (voice.language for voice in voices)
    shown = "".join(
        f"body:has(#language-{language}:checked) [lang={other}]:is(.edition,.skip){{display:none}}"
        for language in (first, *others)
        for other in (first, *others)
        if other != language
    )
    feet = "".join(
        f".edition[lang={voice.language}]{{page:{voice.language}}}"
        f'@page {voice.language}{{@bottom-left{{content:"{_quoted(voice.say(heading.title))}";'
        f'font:9pt "Report Sarabun",sans-serif;color:#4d5a67}}}}'
        for voice in voices
    )
    dark = f"@media screen and (prefers-color-scheme:dark){{:root{{{colours(DARK)}}}}}"
    own = (files("docflow.report") / "templates" / "page.css").read_text(encoding="utf-8")
    light = f":root{{color-scheme:light dark;{colours(LIGHT)}}}"
    return "".join((light, dark, font_faces("Report Sarabun"), own, style_of_pictures(), shown, feet))


def _quoted(words: str) -> str:
    """Words as they may stand in quotes in a style sheet: every mark that is no letter or digit by its number."""
    return "".join(mark if mark.isalnum() else f"\\{ord(mark):x} " for mark in words[:120])


@cache
def font_faces(family: str) -> str:
    """The font, Thai and Latin in one, as a part of a style sheet."""
    faces = []
    for weight, name in ((400, "Regular"), (700, "Bold")):
        font = (files("docflow.report") / "fonts" / f"Sarabun-{name}.woff2").read_bytes()
        source = f"url(data:font/woff2;base64,{b64encode(font).decode()})"
        faces.append(f'@font-face{{font-family:"{family}";font-weight:{weight};src:{source}}}')
    return "".join(faces)
