"""Forking: a child never uses, nor closes, a connection that its parent has opened.

The locks of SQLite are those of a process, and a child would believe that it has its parent's; a server cannot tell who
of two sends. So the connections that nobody uses are closed before a fork, and those in use stay with the parent.
Source: https://sqlite.org/howtocorrupt.html, section 2.6.
"""

from __future__ import annotations

import ctypes
import os
from typing import TYPE_CHECKING
from weakref import WeakSet

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

__all__ = ["IN_USE", "is_left", "leave", "part_at_forks"]

IN_USE: set[Connection] = set()
"""The connections that somebody uses now."""
_ENGINES: WeakSet[Engine] = WeakSet()
_LEFT: WeakSet[Engine] = WeakSet()


def part_at_forks(engine: Engine) -> None:
    """Let an engine part from its connections whenever this process forks; it opens others later."""
    _ENGINES.add(engine)


def is_left(engine: Engine) -> bool:
    """Whether a child cannot use an engine, for its parent used it at the fork, and SQLite cannot begin anew."""
    return engine in _LEFT


def leave(inherited: object) -> None:
    """Leave a connection, or what holds some, as it is: in a child it is never closed, not even at the child's end."""
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(inherited))


def _close_idle() -> None:
    for engine in tuple(_ENGINES):
        engine.pool.dispose()


def _leave_others() -> None:
    for engine in tuple(_ENGINES):
        if engine.dialect.name == "sqlite" and any(connection.engine is engine for connection in IN_USE):
            _LEFT.add(engine)
        leave(engine.pool)
        engine.dispose(close=False)


if hasattr(os, "register_at_fork"):  # where processes fork
    os.register_at_fork(before=_close_idle, after_in_child=_leave_others)
