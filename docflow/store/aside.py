"""Aside: work that another thread does meanwhile; drivers let others run while their database works."""

from __future__ import annotations

from concurrent.futures import Future
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["aside"]

T = TypeVar("T")


@contextmanager
def aside(work: Callable[[], T], stop: Callable[[], None]) -> Iterator[Callable[[], T]]:
    """Let another thread do some work; what this gives waits for its end, and gives or raises what it did.

    >>> with aside(lambda: 6 * 7, stop=lambda: None) as answer:
    ...     answer()
    42

    When the block ends, `stop` is called, and the thread is over. Where no thread can be had, this one does the work.
    """
    done: Future[T] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        except BaseException as error:
            done.set_exception(error)  # whoever asks for the answer is told
            if not isinstance(error, Exception):
                raise

    thread = Thread(target=run)
    try:
        thread.start()
    except RuntimeError:
        run()
    try:
        yield done.result
    finally:
        while thread.is_alive():
            stop()
            thread.join(0.1)  # what has not begun yet is not stopped
