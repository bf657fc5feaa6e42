"""Trying again, after waits that grow and differ, so that two who were in each other's way are not so again."""

from __future__ import annotations

import logging

from stamina import RetryingCaller

__all__ = ["trying"]

# Without this, each try would be printed by a program that has said nothing about its log. Who keeps one has it there.
logging.getLogger("stamina").addHandler(logging.NullHandler())


def trying(tries: int) -> RetryingCaller:
    """What calls something up to so many times.

    >>> from itertools import count
    >>> numbers = count()
    >>> trying(3)(ZeroDivisionError, lambda: 6 // next(numbers))
    6
    """
    return RetryingCaller(attempts=tries, timeout=None, wait_initial=0.01, wait_max=1.0, wait_jitter=0.1)
