"""The report in a terminal, in one language, with rich's colours (the extra `report`): the summary, or all of it."""

from __future__ import annotations

from shutil import get_terminal_size
from typing import TYPE_CHECKING, Final

from docflow.report import plain
from docflow.report.typeset import screen_width
from docflow.report.words import Voice

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import ModuleType

    from rich.console import Console, RenderableType

    from docflow.report.blocks import Section
    from docflow.report.plan import Report
    from docflow.text import Language

__all__ = ["report_console", "shown", "terminal"]

MISSING: Final = "reports in a terminal need rich; install it with: pip install 'docflow-registry[report]'"


def report_console(*, stderr: bool = False) -> Console:
    """A console of rich on standard output, or on standard error, that is wide enough for every figure.

    >>> from docflow.report import report_console
    >>> report_console().print("12 letters are late")
    12 letters are late

    It is as wide as the terminal, from 80 to 400 columns. Raises `ModuleNotFoundError` without rich.
    """
    # Asked here: rich takes COLUMNS=² for a number and falls, and would fill a million columns with spaces.
    made: Console = _rich().ReportConsole(width=screen_width(), height=get_terminal_size().lines, stderr=stderr)
    return made


def terminal(report: Report, voice: Voice | Language, *, whole: bool = False) -> RenderableType:
    """The report in one language, to be printed on a console of rich: its summary, or the `whole` of it.

    >>> from docflow.bangkok import PLAN_2563, office_clock, year_end
    >>> from docflow.report import Report, report_console, terminal
    >>> report = Report(result=PLAN_2563.evaluate({}, as_of=year_end(office_clock())))
    >>> report_console().print(terminal(report, "en"))  # doctest: +ELLIPSIS
    Yearly action plan B.E. 2563 of the Office of the Secretary to the Governor of...

    The voice may be given by its language alone. Raises `TypeError` for what is neither, and `ModuleNotFoundError`
    without rich.
    """
    return _printable(plain.shown(report, whole=whole), voice)


def shown(sections: Iterable[Section], voice: Voice | Language) -> RenderableType:
    """Sections of your own, to be printed on a console of rich.

    >>> from docflow.report import Line, Section, report_console, shown
    >>> report_console().print(shown([Section("Due this week", (Line("3/2026 is due on Friday"),))], "en"))
    Due this week
    3/2026 is due on Friday

    The voice may be given by its language alone. Raises `TypeError` for what is neither, and `ModuleNotFoundError`
    without rich.
    """
    return _printable(map(plain.plain, sections), voice)


def _printable(passages: Iterable[plain.Passage], voice: Voice | Language) -> RenderableType:
    made: RenderableType = _rich().Sections(tuple(passages), Voice.of(voice))
    return made


def _rich() -> ModuleType:
    """The module that needs rich. Raises `ModuleNotFoundError`, which says what to install."""
    try:
        from docflow.report import rich_sections  # noqa: PLC0415 - who prints no report need not have rich
    except ModuleNotFoundError as missing:
        raise ModuleNotFoundError(MISSING) from missing
    return rich_sections
