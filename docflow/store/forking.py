"""Forking: a child never uses, nor closes, a connection that its parent has opened.

SQLite's locks are those of a process, and a server cannot tell who of two sends: each would take one for the other.
Source: https://sqlite.org/howtocorrupt.html, section 2.6.
"""

from __future__ import annotations

import ctypes
import os
from typing import TYPE_CHECKING
from weakref import WeakSet

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

__all__ = ["close_before_forks", "leave_to_parent"]

_ENGINES: WeakSet[Engine] = WeakSet()


def close_before_forks(engine: Engine) -> None:
    """Let an engine close the connections that nobody uses whenever this process forks; it opens others later."""
    _ENGINES.add(engine)


def leave_to_parent(connection: Connection) -> None:
    """Leave a connection that was in use at the fork as it is: in the child it is never closed, not even at its end."""
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(connection))


def _close() -> None:
    for engine in tuple(_ENGINES):
        engine.dispose()


if hasattr(os, "register_at_fork"):  # where processes fork
    os.register_at_fork(before=_close)
