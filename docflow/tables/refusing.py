"""Refusing: what tables cannot say yet is refused by name, with the way that can."""

from __future__ import annotations

from docflow.errors import PlanError

__all__ = ["refused"]


def refused(what: object, why: str) -> PlanError:
    """The error for a part of a measure that tables of events cannot compute."""
    return PlanError(
        str(what), f"cannot be read from a table: {why}; read it from records, with measure.read(records, clock)"
    )
