"""Verdict: how a promise stands at a moment: within, late or running."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Verdict", "judged"]


class Verdict(StrEnum):
    """How a promise stands.

    >>> print(*Verdict)
    within late running
    """

    WITHIN = "within"
    """It was kept."""
    LATE = "late"
    """It was not kept: it stopped after its due moment, or it is still open then."""
    RUNNING = "running"
    """It has not stopped and is not yet due."""


def judged(due: int, stop: int | None, at: int) -> Verdict:
    """The verdict at an instant on a promise that was due at another and has stopped, or has not (None).

    >>> print(judged(10, stop=8, at=20), judged(10, stop=None, at=20))
    within late
    """
    if stop is None or stop > at:
        return Verdict.RUNNING if at < due else Verdict.LATE
    return Verdict.WITHIN if stop <= due else Verdict.LATE
