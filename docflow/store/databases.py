"""Databases: where a store is kept, by a path or by a URL."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from docflow.errors import StoreError
from docflow.safe import brief
from docflow.store.connecting import Database
from docflow.store.postgresql import SCHEMA, PostgreSQL, shown
from docflow.store.sqlite import SQLite

__all__ = ["SCHEMA", "Database", "database_of"]

LONGEST: Final = 2_000_000
"""Seconds, about 3 weeks: the databases count milliseconds in 31 bits."""
WAY: Final = 'name a file, such as "office.db", or "postgresql://user@host/office"'


def database_of(where: str | os.PathLike[str], *, patience: float, schema: str = SCHEMA) -> Database:
    """The database that a path or a URL names. Raises `StoreError` for one that is neither SQLite nor PostgreSQL."""
    if not isinstance(where, str | os.PathLike):
        raise TypeError(f"{type(where).__name__} is no place of a store; {WAY}")  # a password may stand in it
    text = os.fspath(where)
    if not isinstance(text, str):
        raise TypeError(f"a path of {type(text).__name__} is no place of a store; give it as text")
    if isinstance(patience, bool) or not isinstance(patience, int | float) or not 0 <= patience <= LONGEST:
        raise TypeError(f"{brief(patience)} is no patience; give seconds from 0 to {LONGEST}, such as 10")
    if not isinstance(where, str) or "://" not in text:
        return SQLite(Path(text), patience)
    plain = unquote(text)
    try:
        plain.encode()  # half of a pair is no text that a server can be sent
        url = None if "\0" in plain else make_url(text)
    except (ArgumentError, ValueError):
        url = None
    if url is None:  # which part of it is a password, nobody can tell
        raise StoreError("the store", "unreachable", f"what was given is no URL of a database; {WAY}")
    if url.get_backend_name() == "sqlite" and url.database:
        return SQLite(Path(url.database), patience)
    if url.get_backend_name() != "postgresql":
        raise StoreError(shown(url), "unreachable", f"a store is not kept there; {WAY}")
    return PostgreSQL(url, patience, schema)
