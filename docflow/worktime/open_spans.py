"""Hours of a day as instants: they may be those of another zone, so no local times can say them."""

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
    """The hours of a single day as instants in order, such as those of an office in another zone.

    >>> from datetime import date, time
    >>> from docflow import OfficeHours, WorkClock, WorkingWeek
    >>> day = OfficeHours(opens=time(9), closes=time(17))
    >>> bangkok, london = (WorkClock(day, WorkingWeek(), zone=zone) for zone in ("Asia/Bangkok", "Europe/London"))
    >>> print((bangkok | london).calendar.hours_on(date(2023, 12, 1)))
    09:00–24:00

    `JointCalendar.hours_on` gives them, and a calendar of your own may (`Calendar`).
    """

    overnight: ClassVar[bool] = False

    spans: tuple[Interval, ...]
    """From when to when it is open, in microseconds since 1970 in UTC."""
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
