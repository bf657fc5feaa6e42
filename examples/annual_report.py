"""The yearly report on the office's plan: every indicator from a folder of records, and the letters in detail.

    python examples/annual_report.py [OPTION ...]

It is `python -m docflow report`, of the sample year beside this script unless `--data` names another folder; `--help`
tells all options.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from docflow.command import main as command

if TYPE_CHECKING:
    from collections.abc import Sequence

SAMPLE = ("--sample", "--data", str(Path(__file__).parent / "data"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Report on the sample year, or on what is asked for; 2 when something could not be read or written."""
    asked = list(sys.argv[1:] if arguments is None else arguments)
    if not any(each.startswith("--data") for each in asked):
        asked = [*SAMPLE, *asked]
    return command(["report", *asked], name="annual_report")


if __name__ == "__main__":
    sys.exit(main())
