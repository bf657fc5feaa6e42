"""The records, which only grow, and the head."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

UNCHANGED = (
    "place", "writing", "written", "writer", "kind", "unit", "direction", "year", "n",
    "digest", "before", "before_in_book", "hash",
)  # fmt: skip
DECIDED = (
    "EXISTS (SELECT 1 FROM record AS one WHERE one.kind = 'disposed' AND one.unit = OLD.unit "
    "AND one.direction = OLD.direction AND one.year = OLD.year AND one.n = OLD.n)"
)
"""A content is taken away where a record says that its letter was disposed of."""


def upgrade() -> None:
    """Make the tables, and let the database refuse what is no new row: only a content may be disposed of."""
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
    {"sqlite": _guard_sqlite, "postgresql": _guard_postgresql}[op.get_bind().dialect.name]()


def _guard_sqlite() -> None:
    same = " AND ".join(f"NEW.{one} IS OLD.{one}" for one in UNCHANGED)
    op.execute(
        "CREATE TRIGGER record_stays BEFORE UPDATE ON record "
        f"WHEN NOT (NEW.content IS NULL AND NEW.salt IS NULL AND NEW.rowid IS OLD.rowid AND {same} AND {DECIDED}) "
        "BEGIN SELECT RAISE(ABORT, 'rows only grow'); END"
    )
    op.execute("CREATE TRIGGER record_is_kept BEFORE DELETE ON record BEGIN SELECT RAISE(ABORT, 'rows only grow'); END")
    # `INSERT OR REPLACE` takes away the row that has the place, or SQLite's own rowid, and fires no trigger for it.
    op.execute(
        "CREATE TRIGGER record_is_new BEFORE INSERT ON record "
        "WHEN EXISTS (SELECT 1 FROM record WHERE place = NEW.place OR rowid = NEW.rowid) "
        "BEGIN SELECT RAISE(ABORT, 'rows only grow: this place is taken'); END"
    )


def _guard_postgresql() -> None:
    same = " AND ".join(f"NEW.{one} IS NOT DISTINCT FROM OLD.{one}" for one in UNCHANGED)
    op.execute(
        "CREATE FUNCTION record_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'UPDATE' AND NEW.content IS NULL AND NEW.salt IS NULL "
        f"AND {same} AND {DECIDED} THEN RETURN NEW; END IF; "
        "RAISE EXCEPTION 'rows only grow'; END $$"
    )
    op.execute(
        "CREATE TRIGGER record_stays BEFORE UPDATE OR DELETE ON record FOR EACH ROW EXECUTE FUNCTION record_stays()"
    )
    op.execute(
        "CREATE TRIGGER record_is_kept BEFORE TRUNCATE ON record FOR EACH STATEMENT EXECUTE FUNCTION record_stays()"
    )
    for column in ("content", "salt"):  # its statistics would keep words of what was disposed of
        op.execute(f"ALTER TABLE record ALTER COLUMN {column} SET STATISTICS 0")
