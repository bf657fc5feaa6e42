"""Intervals of whole numbers, half-open: each holds its start and not its stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Interval", "clip", "complement", "disjoint", "merge"]

Interval = tuple[int, int]


def disjoint(intervals: Iterable[Interval]) -> list[Interval]:
    """The same time in order, in intervals that do not overlap; those that touch stay apart.

    >>> disjoint([(13, 17), (8, 12), (11, 14)])
    [(8, 12), (12, 14), (14, 17)]
    """
    found: list[Interval] = []
    taken = None
    for start, stop in sorted(intervals):
        free = start if taken is None or taken < start else taken
        if free < stop:
            found.append((free, stop))
            taken = stop
    return found


def merge(intervals: Iterable[Interval]) -> list[Interval]:
    """The same time in order, in as few intervals as possible.

    >>> merge([(13, 17), (8, 12), (12, 12), (12, 13), (20, 21)])
    [(8, 17), (20, 21)]
    """
    found: list[Interval] = []
    for start, stop in sorted(intervals):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], stop)
        elif start < stop:
            found.append((start, stop))
    return found


def clip(intervals: Iterable[Interval], start: int, stop: int) -> list[Interval]:
    """The parts of intervals that lie between a start and a stop.

    >>> clip([(8, 12), (13, 17)], 10, 13)
    [(10, 12)]
    """
    if start >= stop:
        return []
    return [(max(since, start), min(until, stop)) for since, until in intervals if since < stop and start < until]


def complement(intervals: Iterable[Interval], start: int, stop: int) -> list[Interval]:
    """What lies between a start and a stop and in none of the intervals, which are in order and do not overlap.

    >>> complement([(12, 13)], 8, 17)
    [(8, 12), (13, 17)]
    """
    edges = [start, *(edge for interval in clip(intervals, start, stop) for edge in interval), stop]
    return [(since, until) for since, until in zip(edges[::2], edges[1::2], strict=True) if since < until]
