"""The command `python -m docflow`: reports, deadlines, letters, stores and pages, without writing a program.

What each part of it is asked for stands in `options`, and what it does in a module of its own, which is loaded when it
is asked, with the packages it needs.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None, *, name: str = "docflow") -> int:
    """Run the command and give the status to exit with: 0, or 2 when something was refused.

    >>> from docflow.command import main
    >>> main(["deadline", "--received", "31/2/2563 10:00"])  # on standard error: what is wrong, and how to write it
    2

    `arguments` are those of the process unless they are given; `name` begins each error message. `verify` gives 1 when
    something was altered.
    """
    try:
        from docflow.command.commands import ask  # noqa: PLC0415 - what is missing is told in a sentence
    except ModuleNotFoundError as missing:
        print(f"{name}: {missing.name} is not installed; run: pip install '.[report]'", file=sys.stderr)  # noqa: T201 - it speaks
        return 2
    return ask(arguments, name=name)
