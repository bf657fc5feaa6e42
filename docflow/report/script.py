"""The edge of a script: text goes out as UTF-8, what is at fault is one sentence and exit status 2, no traceback."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from io import TextIOWrapper
from signal import SIGINT
from typing import TYPE_CHECKING, NoReturn

from docflow.errors import DocflowError
from docflow.safe import visible
from docflow.text_file import reason

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Arguments", "run"]


class Arguments(ArgumentParser):
    """A parser of arguments whose complaints quote what was given without steering a terminal."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and leave with status 2."""
        super().error(visible(message))


def run(name: str, job: Callable[[], None]) -> int:
    """Do a script's job and give the status to exit with: 0, or 2 when docflow refused something.

    The job reads its arguments too, so that the help is printed like everything else. What was refused is said on
    standard error, after the script's name. Output that nobody reads to its end (`| head`) is no fault.
    """
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # Thai, whatever the terminal was set to
    if isinstance(sys.stderr, TextIOWrapper):
        sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        job()
        if sys.stdout is not None:
            sys.stdout.flush()
    except DocflowError as error:
        return _refused(name, str(error))
    except BrokenPipeError:
        _give_up_output()
    except OSError as error:
        _give_up_output()
        what = "what it found" if error.filename is None else os.fsdecode(error.filename)
        return _refused(name, f"{what} cannot be {'printed' if error.filename is None else 'used'} ({reason(error)})")
    except SystemExit as left:  # argparse has said why
        return left.code if isinstance(left.code, int) else 0
    except KeyboardInterrupt:
        return 128 + SIGINT
    return 0


def _refused(name: str, sentence: str) -> int:
    if sys.stderr is not None:  # else it would be printed among the figures
        print(f"{name}: {visible(sentence)}", file=sys.stderr)  # noqa: T201 - this is where scripts speak
    return 2


def _give_up_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or the interpreter would try once more when it exits
