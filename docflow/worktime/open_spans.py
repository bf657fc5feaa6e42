"""Hours of a day that no wall clock can tell."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, ClassVar

from attrs import field, frozen

from docflow.errors import CalendarError
from docflow.instants import local

if TYPE_CHECKING:
    from datetime import date

    from docflow.instants import Interval, Zone

__all__ = ["OpenSpans"]


@frozen
class OpenSpans:
    """The hours of a single day that no wall clock can tell, such as those of another zone: instants in order.

    >>> from zoneinfo import ZoneInfo
    >>> print(OpenSpans(((0, 7_200_000_000),), zone=ZoneInfo("Asia/Bangkok")))
    07:00–09:00
    """

    overnight: ClassVar[bool] = False

    spans: tuple[Interval, ...]
    zone: Zone = field(kw_only=True)
    """The zone in whose day they lie."""

    def spans_on(self, day: date, zone: Zone) -> list[Interval]:
        """The instants themselves. Raises `CalendarError` for the day of another zone."""
        if zone != self.zone:
            raise CalendarError(day, f"its hours are those of a day in {self.zone}; give the clock that zone")
        return list(self.spans)

    def __str__(self) -> str:
        edges = [f"{local(edge, self.zone):%H:%M}" for edge in chain.from_iterable(self.spans)]
        closes = ("24:00" if edge == "00:00" else edge for edge in edges[1::2])
        return ", ".join(f"{opens}–{closed}" for opens, closed in zip(edges[::2], closes, strict=True))
