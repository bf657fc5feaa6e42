"""A record told otherwise: only up to a moment, or with its moments written in another zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from docflow.instants import instant
from docflow.kpi import Event, Record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, tzinfo

    from docflow.kpi.records import CaseOrRecord
    from docflow.letters import Step

__all__ = ["in_zone", "up_to"]


def up_to(case: CaseOrRecord, moment: datetime) -> CaseOrRecord:
    """A record as it was told at a moment: without what happened later."""
    return _retold(case, (step for step in case.history if instant(step.at) <= instant(moment)), case.wanted_by)


def in_zone(case: CaseOrRecord, zone: tzinfo) -> CaseOrRecord:
    """The same record by another clock on the wall."""
    steps = (Event(one.state, one.at.astimezone(zone), one.unit, trigger=one.trigger) for one in case.history)
    return _retold(case, steps, None if case.wanted_by is None else case.wanted_by.astimezone(zone))


def _retold(case: CaseOrRecord, steps: Iterable[Event | Step], wanted_by: datetime | None) -> Record:
    """A plain record that says what the record does, with other steps."""
    history = tuple(Event(one.state, one.at, one.unit, trigger=one.trigger) for one in steps)
    if isinstance(case, Record):
        return evolve(case, history=history, wanted_by=wanted_by)
    return Record(case.number, history, wanted_by=wanted_by, ends=tuple(case.ends))
