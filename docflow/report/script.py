"""The edge of a script: text goes out as UTF-8, and a file at fault is one sentence and exit status 2, no traceback."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from pathlib import Path
from signal import SIGINT
from typing import TYPE_CHECKING

from docflow.errors import DocflowError, FileError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

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
        return _refused(name, str(error))
    except (BrokenPipeError, SystemExit):  # rich turns the first into the second
        _give_up_output()
    except OSError as error:
        _give_up_output()
        return _refused(name, f"what it found cannot be printed ({_reason(error)})")
    except KeyboardInterrupt:
        return 128 + SIGINT
    return 0


def write(path: Path, text: str, *, source: Path | Iterable[Path]) -> None:
    """Write a script's result, whole or not at all, and never over a file it was read from. Raises `FileError`."""
    sources = [source] if isinstance(source, Path) else list(source)
    try:
        if path.exists() and any(each.exists() and path.samefile(each) for each in sources):
            raise FileError(str(path), "is the file that was read; write to another one")
        if path.exists() and not path.is_file():  # a terminal, a pipe, or a directory, which will say so
            path.write_text(text, encoding="utf-8", errors="replace")
            return
        part = path.resolve().with_name(f".{path.name}.part")
        try:
            part.write_text(text, encoding="utf-8", errors="replace")
            part.replace(path.resolve())
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise FileError(str(path), f"cannot be written ({_reason(error)})") from None


def _refused(name: str, sentence: str) -> int:
    print(f"{name}: {sentence}", file=sys.stderr)  # noqa: T201 - this is where scripts speak
    return 2


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _give_up_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or the interpreter would try once more when it exits
