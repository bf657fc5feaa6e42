"""Collecting: Python looks for circles among objects again and again while many are made that all stay."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["many_stay"]


@contextmanager
def many_stay() -> Iterator[None]:
    """Look for no circles until the block ends: of what is read of records none is one, and it takes a quarter less.

    >>> with many_stay():
    ...     gc.isenabled()
    False
    >>> gc.isenabled()
    True
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
