"""The lines as they are now, so that letters are found; whoever upgrades fills them from the records afterwards."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table, its indexes, and the index of its words."""
    place = sa.BigInteger().with_variant(sa.Integer, "sqlite")  # there, an integer key is the row itself
    op.create_table(
        "line",
        sa.Column("place", place, primary_key=True, autoincrement=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("direction", sa.Text, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("first", sa.BigInteger),
        sa.Column("void", sa.Boolean, nullable=False),
        sa.Column("reserved", sa.Boolean, nullable=False),
        sa.Column("dated", sa.Text),
        sa.Column("urgency", sa.Text),
        sa.Column("wanted_by", sa.BigInteger),
        sa.Column("retention", sa.Text),
        sa.Column("responsible", sa.Text),
        sa.Column("sender", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("workflow", sa.Text),
        sa.Column("state", sa.Text),
        sa.Column("over", sa.Boolean),
    )
    op.create_index("line_by_number", "line", ["n", "year", "unit", "direction"], unique=True)
    op.create_index("line_by_state", "line", ["unit", "state", "place"])
    op.create_index("line_by_end", "line", ["over", "place"])
    for name, columns, where in (
        ("line_by_first", ["first"], "first IS NOT NULL"),
        ("line_by_wish", ["wanted_by", "place"], "wanted_by IS NOT NULL"),
        ("line_by_responsible", ["responsible", "place"], "responsible IS NOT NULL"),
    ):
        some = sa.text(where)
        op.create_index(name, "line", columns, sqlite_where=some, postgresql_where=some)
    {"sqlite": _words_sqlite, "postgresql": _words_postgresql}[op.get_bind().dialect.name]()


def _words_sqlite() -> None:
    # The words are compared as they stand, and each is looked up in its line at last: no columns, no positions.
    op.execute(
        "CREATE VIRTUAL TABLE line_words USING fts5"
        "(words, content='', detail=none, tokenize='trigram case_sensitive 1')"
    )


def _words_postgresql() -> None:
    """Make the index of words, where the database has `pg_trgm` or lets it be added; else all lines are looked at."""
    for column in ("sender", "subject", "words"):  # its statistics would keep words of what was disposed of
        op.execute(f"ALTER TABLE line ALTER COLUMN {column} SET STATISTICS 0")
    bind = op.get_bind()
    bind.exec_driver_sql("SAVEPOINT extension")
    try:
        bind.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public")
    except sa.exc.DBAPIError:
        bind.exec_driver_sql("ROLLBACK TO SAVEPOINT extension")
    found = bind.exec_driver_sql(
        "SELECT quote_ident(nspname) FROM pg_opclass JOIN pg_namespace ON pg_namespace.oid = opcnamespace "
        "WHERE opcname = 'gin_trgm_ops' AND has_schema_privilege(opcnamespace, 'USAGE')"
    ).scalar()
    if found is not None:
        op.execute(f"CREATE INDEX line_words ON line USING gin (words {found}.gin_trgm_ops)")
