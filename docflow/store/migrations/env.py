"""Alembic's way in: the steps run on the connection that docflow hands on, within its own transaction."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
