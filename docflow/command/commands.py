"""The command as a whole: which of its parts is asked, what that needs, and the status it ends with."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from docflow.command.options import parser
from docflow.report.script import run

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence

__all__ = ["ask"]

PARTS: Final = {
    "report": ("annual", ".[report]"),
    "deadline": ("deadlines", "."),
    "explain": ("letters", "."),
    "verify": ("proofs", ".[store]"),
    "page": ("book_pages", ".[store]"),
}
"""The module of each part, and what is to be installed for it."""


def ask(arguments: Sequence[str] | None, *, name: str) -> int:
    """Do what was asked for, as `docflow.command.main` says."""

    def job() -> int:
        options = parser().parse_args(arguments)
        return _part(options.part)(options)

    return run(name, job)


def _part(part: str) -> Callable[[Namespace], int]:
    """What does it. Raises `ModuleNotFoundError`, which says what to install."""
    module, needed = PARTS[part]
    try:
        job: Callable[[Namespace], int] = import_module(f"docflow.command.{module}").job
    except ModuleNotFoundError as missing:
        if isinstance(missing.__cause__, ModuleNotFoundError):  # a room of docflow has said it
            raise
        said = f"{missing.name} is not installed; run: pip install '{needed}'"
        raise ModuleNotFoundError(said, name=missing.name) from missing
    return job
