"""How the command speaks: lines of words and tables on standard output, in one language; and what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docflow.errors import DocflowError
from docflow.report.typeset import indented, screen_width, table
from docflow.report.words import Voice

if TYPE_CHECKING:
    from argparse import Namespace

    from docflow.report.blocks import Grid
    from docflow.text import Text

__all__ = ["OptionError", "say", "show", "voice_of"]


class OptionError(DocflowError):
    """Raised for options that do not go together, each of which can be read."""


def voice_of(options: Namespace) -> Voice:
    """The language and the digits that were asked for."""
    return Voice(options.language, digits=options.digits)


def say(words: Text | str, voice: Voice) -> None:
    r"""Print lines of words.

    >>> from docflow.report.words import ENGLISH
    >>> say("due\n  on Monday", ENGLISH)
    due
      on Monday
    """
    for line in indented(voice.say(words), screen_width(), hang="  "):
        print(line)  # noqa: T201 - this is where the command speaks


def show(grid: Grid, voice: Voice) -> None:
    """Print a table."""
    for pieces in table(grid, voice, screen_width()):
        print("".join(text for text, *_ in pieces).rstrip(" "))  # noqa: T201 - the same
