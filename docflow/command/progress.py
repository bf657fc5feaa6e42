"""How far long work is: a bar on standard error, where that is a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self, TypeVar

from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from docflow.report import report_console

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from rich.console import Console

    from docflow.report.words import Voice
    from docflow.text import Text

__all__ = ["Steps"]

LONG_FILE: Final = 4_000_000  # bytes, about 9,000 letters: a second of reading
T = TypeVar("T")


class Steps:
    """The steps of long work, one after the other; nothing is shown where there is no terminal, and nothing stays.

    >>> from docflow.report import ENGLISH
    >>> from docflow.text import Text
    >>> with Steps(ENGLISH) as steps:
    ...     steps.begin(Text("คำนวณ", "computing"))
    """

    def __init__(self, voice: Voice, console: Console | None = None) -> None:
        self.voice, self.console = voice, console or report_console(stderr=True)
        columns = TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn()
        self._shown = Progress(*columns, console=self.console, transient=True, disable=not self.console.is_terminal)
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        self._shown.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._shown.stop()

    def begin(self, words: Text) -> None:
        """Begin the next step, whose length is not known."""
        for task in self._shown.task_ids:
            self._shown.remove_task(task)
        self._task = self._shown.add_task(self.voice.say(words), total=None)

    def rows(self, file: Path | str) -> Callable[[Iterable[T]], Iterable[T]]:
        """A function that passes rows through and shows how many of a long file have been read; a store has no file."""
        if isinstance(file, str):
            return lambda rows: rows
        try:
            if self._task is None or not self.console.is_terminal or file.stat().st_size <= LONG_FILE:
                return lambda rows: rows
            with file.open("rb") as lines:
                total = sum(1 for _ in lines) - 1
        except (OSError, ValueError):  # the reader will say it better
            return lambda rows: rows
        task = self._task
        return lambda rows: self._shown.track(rows, total=total, task_id=task)
