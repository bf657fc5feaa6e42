"""The records, which only grow, and the head; what refuses other changes is made after all steps."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "record",
        sa.Column("place", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("writing", sa.BigInteger, nullable=False),
        sa.Column("written", sa.BigInteger, nullable=False),
        sa.Column("writer", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("unit", sa.Text),
        sa.Column("direction", sa.Text),
        sa.Column("year", sa.Integer),
        sa.Column("n", sa.Integer),
        sa.Column("salt", sa.Text),
        sa.Column("content", sa.Text),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("before_in_book", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
    )
    op.create_index("record_by_number", "record", ["unit", "direction", "year", "n", "place"])
    op.create_index("record_by_book", "record", ["unit", "direction", "place"])
    bookless = sa.text("unit IS NULL")
    op.create_index("record_of_no_book", "record", ["kind", "place"], sqlite_where=bookless, postgresql_where=bookless)
    op.create_table(
        "head",
        sa.Column("one", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("place", sa.BigInteger, nullable=False),
        sa.Column("writing", sa.BigInteger, nullable=False),
        sa.Column("written", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.CheckConstraint("one = 1", name="one_head"),
    )
    columns = ("to_unit", "to_direction", "to_year", "to_n", "unit", "direction", "year", "n")
    numbers = [sa.Column(one, sa.Integer if one.endswith(("year", "_n")) or one == "n" else sa.Text) for one in columns]
    op.create_table("link", *numbers, sa.Column("place", sa.BigInteger, nullable=False))
    op.create_index("link_by_number", "link", ["to_unit", "to_direction", "to_year", "to_n"])
    if op.get_bind().dialect.name == "postgresql":
        for column in ("content", "salt"):  # its statistics would keep words of what was disposed of
            op.execute(f"ALTER TABLE record ALTER COLUMN {column} SET STATISTICS 0")
