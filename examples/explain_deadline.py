"""When a letter was due, how it stands, and why: every reading of "2 working days or 48 hours", and the days counted.

    python examples/explain_deadline.py [OPTION ...]

It is `python -m docflow deadline`, of a letter that was received on a Friday before a weekend and two special holidays
unless `--received` tells another moment; `--help` tells all options.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from docflow.command import main as command

if TYPE_CHECKING:
    from collections.abc import Sequence

SAMPLE = ("--received", "1/11/2562 16:20", "--as-of", "6/11/2562 08:32")


def main(arguments: Sequence[str] | None = None) -> int:
    """Explain the sample, or what is asked for; 2 when a moment could not be read."""
    asked = list(sys.argv[1:] if arguments is None else arguments)
    if not any(each.startswith("--received") for each in asked):
        asked = [*SAMPLE, *asked]
    return command(["deadline", *asked], name="explain_deadline")


if __name__ == "__main__":
    sys.exit(main())
