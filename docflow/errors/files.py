"""Errors about what is read and kept: tables, files, forms and stores."""

from __future__ import annotations

from docflow.errors.family import SentenceError


class TableError(SentenceError, ValueError, says="the column {0.column!r} {0.problem}"):
    """Raised for a column of a table that cannot be computed with.

    >>> import polars as pl
    >>> from docflow.tables import EventTable
    >>> events = pl.LazyFrame({"case": ["12/2563"], "activity": ["asked"], "at": ["6 January"]})
    >>> EventTable(events, case="case", activity="activity", at="at")
    Traceback (most recent call last):
    docflow.errors.TableError: the column 'at' holds String, not moments; make moments of it in your engine, or read \
the file with docflow.files
    """

    column: object
    problem: str


class FileError(SentenceError, ValueError, says="{0.path}: {0.problem}"):
    """Raised when a whole file cannot be read or written; a bad row is a fault of that row instead.

    >>> from docflow.thai import holiday_table
    >>> holiday_table("holidays-2031.csv")
    Traceback (most recent call last):
    docflow.errors.FileError: holidays-2031.csv: cannot be read (no such file or directory); check its name, and \
where it lies
    """

    path: str
    problem: str


class FormError(SentenceError, ValueError, says="{0.key}: {0.problem}"):
    """Raised when a form that is written as data says what no form can; `key` is where, such as "columns.Received".

    >>> from docflow.files import form_of
    >>> form_of({"columns": {"Received": "recieved"}})
    Traceback (most recent call last):
    docflow.errors.FormError: columns.Received: holds 'recieved', which is no field of a letter; choose number, ...
    """

    key: str
    problem: str


class StoreError(SentenceError, says="{0.store}: {0.problem}"):
    """Raised for what a store does not write, read or find; what was written before is as it was.

    >>> from docflow.store import Store
    >>> try:
    ...     Store.open("letters.db")
    ... except StoreError as error:
    ...     print(error)
    letters.db: there is no file of this name; name another, or make a store where nothing is: Store.create(...)

    `kind` says what it is about:

    * others at work: "busy", "nested", "over", "unknown";
    * the place: "there already", "not a store", "old format", "new format", "unreachable", "replaced", "damaged",
      "disk full", "read-only", "a backup", "append only", "clock set back", "not secret";
    * what is said: "unwritable", "unreadable", "another moment", "another store", "another workflow", "kept",
      "disposed of", "words left";
    * rights: "not allowed", "no roles", "no such role", "no such right";
    * what is looked for: "as recorded", "unreadable number", "too long", "no such page".
    """

    store: str
    kind: str
    problem: str
