"""The edge of a script: text goes out as UTF-8, and a file at fault is one sentence and exit status 2, no traceback."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING

from docflow.errors import DocflowError, FileError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["run", "write"]


def run(name: str, job: Callable[[], None]) -> int:
    """Do a script's job and give the status to exit with: 0, or 2 when docflow refused something.

    What was refused is said on standard error, after the script's name. Output that nobody reads to its end
    (`| head`) is no fault.
    """
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # Thai, whatever the terminal was set to
    try:
        job()
        if sys.stdout is not None:
            sys.stdout.flush()
    except DocflowError as error:
        print(f"{name}: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        _give_up_output()
    except OSError as error:
        print(f"{name}: what it found cannot be printed ({(error.strerror or str(error)).lower()})", file=sys.stderr)
        _give_up_output()
        return 2
    return 0


def write(path: Path, text: str, *, source: Path) -> None:
    """Write a script's result, never over the file it was read from. Raises `FileError`."""
    try:
        if path.exists() and source.exists() and path.samefile(source):
            raise FileError(str(path), "is the file that was read; write to another one")
        path.write_text(text, encoding="utf-8", errors="replace")
    except OSError as error:
        raise FileError(str(path), f"cannot be written ({(error.strerror or str(error)).lower()})") from None


def _give_up_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or the interpreter would try once more when it exits
