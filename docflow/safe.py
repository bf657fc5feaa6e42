"""Text that is safe to show: no character can steer a terminal, and nothing fills a screen."""

from __future__ import annotations

from typing import Final
from unicodedata import category

__all__ = ["brief", "cell", "visible"]

_COMPUTED: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
LONG: Final = 60  # characters of what was given that an error repeats
_CONTROLS: Final = ("Cc", "Cf", "Cs", "Zl", "Zp")  # Unicode's names: control, format, half of a pair, line, paragraph
_HARMLESS: Final = "\u00ad\u200b\u200c\u200d\u2060"  # Thai words are separated and joined by marks without width


def visible(text: str) -> str:
    r"""The text with every control character written out, so that a terminal or page shows it and does not obey it.

    >>> print(visible("1/2563 \x1b[2J\u202e"))
    1/2563 \x1b[2J\u202e

    Control characters are line ends, the commands of a terminal, and marks that change the direction of writing or
    cannot be seen. To keep the line ends of a text, split it into lines first. Thai text stays as it is, with the marks
    without width that it needs.
    """
    if text.isprintable():
        return text
    return "".join(
        mark.encode("unicode_escape").decode() if category(mark) in _CONTROLS and mark not in _HARMLESS else mark
        for mark in text
    )


def cell(text: str) -> str:
    """A text as a cell of a table file: what a spreadsheet would compute is made text by an apostrophe before it.

    >>> cell("=1+1"), cell("8395/2562")
    ("'=1+1", '8395/2562')

    Spreadsheets compute what begins with `=`, `+`, `-` or `@`, and such a formula can send data away.
    """
    shown = visible(text)
    return f"'{shown}" if shown.lstrip().startswith(_COMPUTED) else shown


def brief(given: object) -> str:
    """What was given, as an error repeats it: by its kind where it would fill more than a line.

    >>> brief(12), brief(list(range(100)))
    ('12', 'this list')
    """
    shown = repr(given)
    return shown if len(shown) <= LONG else f"this {type(given).__name__}"
