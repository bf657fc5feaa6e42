"""The pictures of a report as files for slides: SVG with the font inside, and PNG that looks the same everywhere."""

from __future__ import annotations

import re
from functools import partial
from html import escape
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, Literal, TypeAlias

from docflow.report.blocks import Fold, Picture
from docflow.report.canvas import Canvas, shortened, wide
from docflow.report.page import font_faces, style_of_pictures
from docflow.report.palette import LIGHT, painted
from docflow.report.svg import drawn
from docflow.report.words import Voice
from docflow.text import of_kind
from docflow.whole_file import replace, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from docflow.report.blocks import Block, Section
    from docflow.report.plan import Report
    from docflow.report.words import Digits
    from docflow.text import Language

__all__ = ["write_pictures"]

Kind: TypeAlias = Literal["svg", "png"]
KINDS: Final[tuple[Kind, ...]] = ("svg", "png")
SCALE: Final = 3
"""How many pixels of a PNG a unit of a drawing is: sharp on a wall."""
MARGIN: Final = 12
MOST_LINES: Final = 3
FAMILY: Final = "Report Sarabun"


def write_pictures(
    report: Report,
    folder: str | Path,
    *,
    language: Language = "th",
    digits: Digits = "arabic",
    kinds: Sequence[Kind] = KINDS,
) -> list[Path]:
    """Write every picture of a report to a folder as SVG and PNG, and give the paths of the files.

    >>> from tempfile import TemporaryDirectory
    >>> from docflow.bangkok import PLAN_2563, office_clock, year_end
    >>> from docflow.report import Report, write_pictures
    >>> report = Report(result=PLAN_2563.evaluate({}, as_of=year_end(office_clock())))
    >>> with TemporaryDirectory() as folder:
    ...     write_pictures(report, folder)  # without records there is nothing to draw
    []

    A file is called by its indicator and by what it shows, such as "1.5-months.png"; a PNG has three pixels for each
    unit of the SVG. PNG needs resvg, which shapes Thai as browsers do. The folder is made when it is not there;
    other files in it stay. Raises `FileError`, `ModuleNotFoundError` without resvg, and `TypeError` for what is no
    report or kind.
    """
    from docflow.report.plan import Report  # noqa: PLC0415 - reports do not need their files

    of_kind(Report, "report", "one, such as Report(result=plan.evaluate(...))")(None, None, report)
    if isinstance(kinds, str) or not set(kinds) <= set(KINDS):
        raise TypeError(f'{kinds!r} are no kinds of files; give ("svg", "png"), or one of them such as ("svg",)')
    voice, written = Voice(language, digits=digits), []
    folder = Path(folder)
    with told(folder):
        folder.mkdir(parents=True, exist_ok=True)
    for section, picture in _pictures(report):
        svg = _whole(section, picture, voice)
        for kind in dict.fromkeys(kinds):
            path = folder / f"{_file_name(picture.name)}.{kind}"
            data = _with_font(svg).encode() if kind == "svg" else _png(svg)
            replace(path, partial(_put, data))
            written.append(path)
    return written


def _put(data: bytes, file: BinaryIO) -> None:
    file.write(data)


def _pictures(report: Report) -> Iterator[tuple[Section, Picture]]:
    for section in report.sections():
        yield from ((section, picture) for picture in _inside(section.blocks))


def _inside(blocks: Iterable[Block]) -> Iterator[Picture]:
    for block in blocks:
        if isinstance(block, Picture):
            yield block
        elif isinstance(block, Fold):
            yield from _inside(block.blocks)


def _file_name(name: str) -> str:
    """A name that every system can keep, whatever an office calls its indicators.

    >>> _file_name("1.5 (15 min)-months"), _file_name("../ตัวชี้วัด")
    ('1.5-15-min-months', 'ตัวชี้วัด')
    """
    return re.sub(r"[^\w.ก-๛]+", "-", name).strip("-.")[:80] or "picture"


def _whole(section: Section, picture: Picture, voice: Voice) -> str:
    """A drawing that stands by itself: on white, with its colours, and above it what it is about and what it shows."""
    drawing = drawn(picture.drawing, voice)
    size = re.match(r'<svg viewBox="0 0 ([\d.]+) ([\d.]+)"[^>]*>', drawing)
    assert size is not None  # noqa: S101 - as canvases begin
    inside = float(size[1])
    head = _head(section, picture, voice, inside)
    top = head.height
    width, height = inside + 2 * MARGIN, float(size[2]) + 2 * MARGIN + top
    box = f"{-MARGIN} {-MARGIN - top:g} {width:g} {height:g}"
    begin = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{width:g}" height="{height:g}"'
    style = f"text{{font-family:'{FAMILY}','Sarabun',sans-serif}}{painted(style_of_pictures(), LIGHT)}"
    style += "svg .finding{font-size:15px;font-weight:700}"
    ground = (
        f'<rect x="{-MARGIN}" y="{-MARGIN - top:g}" width="{width:g}" height="{height:g}" fill="{LIGHT["ground"]}"/>'
    )
    title = f"<title>{escape(voice.say(picture.title))}</title>"
    words = head.svg().partition(">")[2].removesuffix("</svg>")
    above = f'<g transform="translate(0 {-top:g})">{words}</g>'
    return f'{begin} font-family="{FAMILY}">{title}<style>{style}</style>{ground}{above}{drawing[size.end() :]}'


def _head(section: Section, picture: Picture, voice: Voice, room: float) -> Canvas:
    """What the picture is about, what it shows and in what, line by line."""
    about = " ".join(filter(None, (voice.say(section.kicker), voice.say(section.title))))
    what = " · ".join(filter(None, (voice.say(picture.what), voice.say(picture.key))))
    said = [(line, "soft small", 12) for line in _wrapped(about, room, 12)]
    said += [(line, "finding", 15) for line in _wrapped(voice.say(picture.title), room, 15)]
    said += [(line, "soft", 13) for line in _wrapped(what, room, 13)]
    canvas, y = Canvas(room, 0, voice), 0.0
    for line, kind, font in said:
        y += font * 1.4
        canvas.text(0, y, line, kind)
    canvas.height = y + 14
    return canvas


def _wrapped(words: str, room: float, size: float) -> list[str]:
    """Words in lines that fit, broken between words; a word that is wider than a line is cut short.

    >>> _wrapped("Not met in 7 of 10 months", 100, 13)
    ['Not met in 7', 'of 10 months']
    """
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and wide(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(shortened(word, room, size))
    return lines[:MOST_LINES]


def _with_font(svg: str) -> str:
    """The font as a part of the file, so that it looks the same where nobody installed it."""
    return svg.replace("<style>", f"<style>{font_faces(FAMILY)}", 1) + "\n"


def _png(svg: str) -> bytes:
    try:
        import resvg_py  # noqa: PLC0415 - asked for PNG alone
    except ModuleNotFoundError as missing:
        message = "pictures as PNG need resvg; install it with: pip install 'docflow-registry[report]'"
        raise ModuleNotFoundError(message) from missing
    fonts = files("docflow.report") / "fonts"
    with as_file(fonts / "Sarabun-Regular.ttf") as regular, as_file(fonts / "Sarabun-Bold.ttf") as bold:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=svg.replace(FAMILY, "Sarabun"),
                skip_system_fonts=True,
                font_files=[str(regular), str(bold)],
                font_family="Sarabun",
                zoom=SCALE,
            )
        )
