"""The collector of cycles at rest, while a million values are made that have none."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["collector_at_rest"]


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Without the search for cycles: there are none among steps and places, and looking for them costs a quarter more.

    >>> with collector_at_rest():
    ...     gc.isenabled()
    False

    Afterwards it is as it was, whatever happened inside.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
