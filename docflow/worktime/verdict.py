"""Verdict: how a promise stands at a moment: within, late or running."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Verdict", "judged"]


class Verdict(StrEnum):
    """How a promise stands at a moment: "within", "late" or "running".

    >>> from docflow import WorkingDays
    >>> from docflow.bangkok import office_clock
    >>> from pendulum import datetime
    >>> start, stop = (datetime(2020, 1, day, 10, tz="Asia/Bangkok") for day in (6, 9))
    >>> verdict = WorkingDays(2).verdict(start, stop, stop, office_clock())
    >>> print(verdict, verdict is Verdict.LATE)
    late True

    Each is a string, and equals it.
    """

    WITHIN = "within"
    """It was kept."""
    LATE = "late"
    """It was not kept: it stopped after its due moment, or it is still open then."""
    RUNNING = "running"
    """It has not stopped and is not yet due."""


def judged(due: int, stop: int | None, at: int) -> Verdict:
    """The verdict at an instant on a promise that was due at another and has stopped, or has not (None).

    >>> from datetime import UTC, datetime
    >>> from docflow.worktime import instant
    >>> due, stop, now = (instant(datetime(2020, 1, day, 9, tzinfo=UTC)) for day in (8, 7, 20))
    >>> print(judged(due, stop=stop, at=now), judged(due, stop=None, at=now))
    within late

    All three are microseconds since 1970 in UTC. A stop after `at` has not come yet.
    """
    if stop is None or stop > at:
        return Verdict.RUNNING if at < due else Verdict.LATE
    return Verdict.WITHIN if stop <= due else Verdict.LATE
