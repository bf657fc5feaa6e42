"""Formats: how the tables of a store are made, step by step, and whether a store has the format of this docflow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from docflow.errors import StoreError
from docflow.store.guards import guard
from docflow.store.tables import FORMAT

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["format_of", "is_old", "see_format", "upgrade"]


def upgrade(connection: Connection, to: str = "head") -> None:
    """Bring the tables to a format, and guard the records, within the transaction that is begun."""
    from alembic import command  # noqa: PLC0415 - only who makes or brings up a store needs it
    from alembic.config import Config  # noqa: PLC0415 - the same

    config = Config()
    config.set_main_option("script_location", "docflow.store:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, to)
    guard(connection)


def format_of(connection: Connection) -> str | None:
    """The format of the tables that are there; None when there are none. Those of other schemas are not looked at."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def is_old(connection: Connection, name: str) -> bool:
    """Whether a store has an earlier format. Raises `StoreError` for none at all, and for a later one."""
    there = format_of(connection)
    if there is None:
        raise StoreError(
            name,
            "not a store",
            "there is no store of docflow; name another place, or make one where nothing is: Store.create(...)",
        )
    if there > FORMAT:
        problem = (
            f"it has the format {there}, which is newer than this docflow, which knows {FORMAT}; install a newer one"
        )
        raise StoreError(name, "new format", problem)
    return there < FORMAT


def see_format(connection: Connection, name: str) -> None:
    """See that a store has the format of this docflow. Raises `StoreError` with the way out."""
    if is_old(connection, name):
        problem = f"it has a format before {FORMAT}, which this docflow writes; back it up, then Store.upgrade(...)"
        raise StoreError(name, "old format", problem)
