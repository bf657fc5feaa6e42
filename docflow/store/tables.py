"""The tables of a store: the records, which only grow, and what is looked up in them.

A record is one fact: a line of a register, a note below it, an entry of a case, a workflow, a decision about a day. Its
columns say where it stands, its content says what it is. The tables `link` and `line` hold nothing of their own: they
are made from the records, so that letters are found quickly, and `verify` makes them again and compares.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    column,
    table,
    text,
)

__all__ = ["FORMAT", "HEAD", "KEY", "LINE", "LINE_WORDS", "LINK", "METADATA", "RECORD"]

FORMAT: Final = "0002"
"""The format that this docflow writes: the last step of `docflow/store/migrations`."""
METADATA: Final = MetaData()
KEY: Final = ("unit", "direction", "year", "n")
"""The columns by which a line is found, in each of the tables."""

RECORD: Final = Table(
    "record",
    METADATA,
    Column("place", BigInteger, primary_key=True, autoincrement=False),  # 1, 2, 3 and on, none left out
    Column("writing", BigInteger, nullable=False),  # which unit of work wrote it
    Column("written", BigInteger, nullable=False),  # when: microseconds since 1970, UTC
    Column("writer", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("unit", Text),  # unit and direction name the book; none for what is of no book
    Column("direction", Text),
    Column("year", Integer),  # year and n name the line, or the case by its first line
    Column("n", Integer),
    Column("salt", Text),  # none once the content was disposed of
    Column("content", Text),
    Column("digest", Text, nullable=False),  # of salt and content
    Column("before", Text, nullable=False),  # the hash of the record above it
    Column("before_in_book", Text, nullable=False),  # the hash of the record above it in its book
    Column("hash", Text, nullable=False),
    Index("record_by_number", *KEY, "place"),
    Index("record_by_book", "unit", "direction", "place"),
)
Index(
    "record_of_no_book",
    RECORD.c.kind,
    RECORD.c.place,
    sqlite_where=RECORD.c.unit.is_(None),
    postgresql_where=RECORD.c.unit.is_(None),
)
HEAD: Final = Table(
    "head",
    METADATA,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("place", BigInteger, nullable=False),
    Column("writing", BigInteger, nullable=False),
    Column("written", BigInteger, nullable=False),
    Column("hash", Text, nullable=False),
    CheckConstraint("one = 1", name="one_head"),
)
"""One row: the last record. Whoever writes holds it."""

LINK: Final = Table(
    "link",
    METADATA,
    Column("to_unit", Text),
    Column("to_direction", Text),
    Column("to_year", Integer),
    Column("to_n", Integer),
    Column("unit", Text),
    Column("direction", Text),
    Column("year", Integer),
    Column("n", Integer),
    Column("place", BigInteger, nullable=False),  # of the record that says so
    Index("link_by_number", "to_unit", "to_direction", "to_year", "to_n"),
)
"""Which line names which other one."""

LINE: Final = Table(
    "line",
    METADATA,
    # The record of the line; in SQLite an integer key is the row itself.
    Column("place", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("unit", Text, nullable=False),
    Column("direction", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("n", Integer, nullable=False),
    Column("first", BigInteger),  # the place of the letter's first line, where it was forwarded
    Column("void", Boolean, nullable=False),
    Column("reserved", Boolean, nullable=False),  # whether it still waits for its letter; then the next five are none
    Column("dated", Text),
    Column("urgency", Text),
    Column("wanted_by", BigInteger),  # microseconds since 1970, UTC
    Column("retention", Text),
    Column("responsible", Text),
    Column("sender", Text, nullable=False),  # this and the next two as they are compared, see `words.folded`
    Column("subject", Text, nullable=False),
    Column("words", Text, nullable=False),  # every text of the line, each on a line of its own
    Column("workflow", Text),  # these three are of the letter's case; none where it has no case
    Column("state", Text),
    Column("over", Boolean),
    Index("line_by_number", "n", "year", "unit", "direction", unique=True),
    Index("line_by_state", "unit", "state", "place"),
    Index("line_by_end", "over", "place"),
)
"""The lines of all registers as they are now, one in a row."""


for name, columns, where in (  # most lines say none of these, and to write such a line costs nothing here
    ("line_by_first", [LINE.c.first], text("first IS NOT NULL")),
    ("line_by_wish", [LINE.c.wanted_by, LINE.c.place], text("wanted_by IS NOT NULL")),
    ("line_by_responsible", [LINE.c.responsible, LINE.c.place], text("responsible IS NOT NULL")),
):
    Index(name, *columns, sqlite_where=where, postgresql_where=where)

LINE_WORDS: Final = table("line_words", column("rowid"), column("line_words"))
"""The index of words in SQLite, which a migration makes; in PostgreSQL it is an index of the table `line`."""
