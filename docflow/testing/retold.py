"""A record told otherwise: only up to a moment, or with its moments written in another zone."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, cast

from attrs import frozen

from docflow.worktime import instant

if TYPE_CHECKING:
    from datetime import tzinfo

    from docflow.kpi import Traced
    from docflow.kpi.moments import Happening

__all__ = ["in_zone", "up_to"]


@frozen
class _Step:
    """A step whose moment is written otherwise; everything else is the step's own."""

    step: Happening
    at: datetime

    def __getattr__(self, name: str) -> object:
        return getattr(self.step, name)


@frozen
class _Retold:
    """A record with another history; everything else is the record's own, its moments in the zone if there is one."""

    case: Traced
    history: tuple[Happening, ...]
    zone: tzinfo | None = None

    def __getattr__(self, name: str) -> object:
        value = getattr(self.case, name)
        return value.astimezone(self.zone) if self.zone and isinstance(value, datetime) else value


def up_to(case: Traced, moment: datetime) -> Traced:
    """A record as it was told at a moment: without what happened later."""
    seen = tuple(step for step in case.history if instant(step.at) <= instant(moment))
    return cast("Traced", _Retold(case, seen))


def in_zone(case: Traced, zone: tzinfo) -> Traced:
    """The same record by another clock on the wall."""
    steps = (_Step(step, step.at.astimezone(zone)) for step in case.history)
    return cast("Traced", _Retold(case, tuple(cast("Happening", step) for step in steps), zone))
