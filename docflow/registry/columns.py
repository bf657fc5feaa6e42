"""Columns of text, aligned by what is seen: Thai vowels and tone marks above and below a letter take no place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from unicodedata import category, east_asian_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["aligned", "wide", "wrapped"]

_WITHOUT_WIDTH: Final = ("Mn", "Me", "Cf")  # Unicode's names: marks above, below and around, and what is not seen
_BEFORE: Final = "เแโใไ"
"""Vowels that are written before their consonant."""
_AFTER: Final = "ะาำๅๆฯ:;.,)]}"
"""Vowels and signs that are written after their consonant and stay with it, and marks that close what they follow."""
_CLOSED: Final = "ั็"
"""Vowels that need one more consonant behind them."""
_TONES: Final = "่้๊๋"
_BREAK: Final = "\u200b"
"""The mark without width that Thai word processors put between words."""
GAP: Final = " | "


def wide(text: str) -> int:
    """How many places a text takes on the screen.

    >>> wide("ที่"), len("ที่"), wide("文")
    (1, 3, 2)
    """
    return sum(0 if category(mark) in _WITHOUT_WIDTH else 2 if east_asian_width(mark) in "WF" else 1 for mark in text)


def wrapped(text: str, width: int) -> list[str]:
    """A text in lines of a width: broken where words end, and in a longer word where a Thai cluster ends.

    >>> wrapped("ขอเชิญ ประชุม", 8), wrapped("ที่นี่", 2)
    (['ขอเชิญ', 'ประชุม'], ['ที่นี่'])
    """
    lines, line = [], ""
    for word in _words(text):
        if wide(line + word.rstrip(" ")) > width:
            lines.append(line)
            line = ""
            for cluster in _clusters(word) if wide(word.rstrip(" ")) > width else ():
                if line and wide(line + cluster) > width:
                    lines.append(line)
                    line = ""
                line += cluster
            line = line or word
        else:
            line += word
    return [one.strip(" ") for one in (*lines, line) if one.strip(" ")] or [""]


def aligned(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    r"""Rows in columns, the first being the headings; together they are no wider than asked, when that can be.

    >>> print(*aligned([("ที่", "เรื่อง"), ("๑", "ประชุม")], 80), sep="\n")
    ที่ | เรื่อง
    --+------
    ๑ | ประชุม
    """
    widths = [max(map(wide, column)) for column in zip(*rows, strict=True)]
    least = [
        max(wide(cluster) for cell in column for cluster in ("", *_clusters(cell)))
        for column in zip(*rows, strict=True)
    ]
    while sum(widths) + len(GAP) * (len(widths) - 1) > width:
        widest = max(range(len(widths)), key=lambda n: (widths[n] > least[n], widths[n]))
        if widths[widest] <= least[widest]:
            break
        widths[widest] -= 1
    first, *others = (_row(cells, widths) for cells in rows)
    return [*first, "-+-".join("-" * each for each in widths), *(line for lines in others for line in lines)]


def _row(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    each = [wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
    lines = []
    for n in range(max(map(len, each))):
        parts = [lines[n] if n < len(lines) else "" for lines in each]
        padded = (part + " " * (width - wide(part)) for part, width in zip(parts, widths, strict=True))
        lines.append(GAP.join(padded).rstrip(" "))
    return lines


def _words(text: str) -> Iterator[str]:
    """The words of a text, each with the blank or the mark behind it."""
    word = ""
    for mark in text:
        if word and word[-1] in (" ", _BREAK) and mark != " ":
            yield word
            word = ""
        word += mark
    yield word


def _clusters(text: Iterable[str]) -> Iterator[str]:
    """The parts that must not be torn apart: a letter with its marks, and the vowels written before and after it.

    >>> list(_clusters("อนามัย:")), list(_clusters("เปิด"))
    (['อ', 'นา', 'มัย:'], ['เปิ', 'ด'])
    """
    cluster = ""
    for mark in text:
        joined = category(mark) in _WITHOUT_WIDTH or mark in _AFTER or cluster.rstrip(_TONES)[-1:] in _BEFORE + _CLOSED
        if cluster and not joined:
            yield cluster
            cluster = ""
        cluster += mark
    yield cluster
