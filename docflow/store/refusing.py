"""Refusing: a text that is no record, and a value that a record cannot hold; each with what, where and the way out."""

from __future__ import annotations

from docflow.errors import StoreError

__all__ = ["A_COPY", "unreadable", "unwritable"]

A_COPY = "take the record from a copy of the store"
"""The way out of a record that was damaged."""


def unreadable(problem: str) -> StoreError:
    """The error for a text that is no record.

    >>> print(unreadable(f"it is no JSON; {A_COPY}"))
    a record: it is no JSON; take the record from a copy of the store
    """
    return StoreError("a record", "unreadable", problem)


def unwritable(problem: str) -> StoreError:
    """The error for a value that no record can hold.

    >>> unwritable("its guard is a lambda; define it in a module").kind
    'unwritable'
    """
    return StoreError("a record", "unwritable", problem)
