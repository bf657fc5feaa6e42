"""OfficeHours: the notice on the office door."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from docflow.errors import HoursError
from docflow.worktime.amount import DAY, HOUR, MINUTE, SECOND, WorkTime

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["OfficeHours"]

MIDNIGHT: Final = time(0)


def _pairs(breaks: Iterable[Iterable[time]]) -> tuple[tuple[time, ...], ...]:
    return tuple(tuple(pause) for pause in breaks)


@frozen(kw_only=True)
class OfficeHours:
    """When the office is open on a working day, in local time, half-open: at `closes` it is closed.

    >>> hours = OfficeHours(opens=time(8, 30), closes=time(16, 30), breaks=((time(12), time(13)),))
    >>> print(hours, hours.day_length, sep=" = ")
    08:30–12:00, 13:00–16:30 = 7 h

    Closing at midnight means the end of the day, so `OfficeHours(opens=time(0), closes=time(0))` never closes.
    Raises `HoursError` when the office would close before it opens, when a break is empty, leaves the hours or
    overlaps another, and when a time carries a zone (the clock has the zone). The plan's hours are Mon–Fri
    08:30–16:30 with no lunch mentioned (plan of B.E. 2563, line 486); which days are worked is the calendar's part.
    """

    opens: time
    closes: time
    breaks: tuple[tuple[time, time], ...] = field(default=(), converter=_pairs)

    spans: tuple[tuple[int, int], ...] = field(init=False, eq=False, repr=False)
    """The open spans of a working day, in microseconds since its midnight."""

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "spans", self._checked_spans())

    @property
    def day_length(self) -> WorkTime:
        """How much working time one whole working day holds."""
        return WorkTime.of(sum(stop - start for start, stop in self.spans))

    def __str__(self) -> str:
        return ", ".join(f"{_on_the_door(start)}–{_on_the_door(stop)}" for start, stop in self.spans)

    def _checked_spans(self) -> tuple[tuple[int, int], ...]:
        name = f"{self.opens}–{self.closes}"
        edges = (self.opens, self.closes, *(edge for pause in self.breaks for edge in pause))
        if not all(isinstance(edge, time) for edge in edges):
            raise HoursError(name, "its times are written time(8, 30)")
        if any(edge.tzinfo for edge in edges):
            raise HoursError(name, "a time on the door has no zone; take the tzinfo off, the clock has its own")
        opens, closes = _since_midnight(self.opens), _until_midnight(self.closes)
        if closes <= opens:
            raise HoursError(name, "the office closes before it opens; swap the two times")
        spans, free = [], opens
        for start, stop in sorted((_since_midnight(start), _until_midnight(stop)) for start, stop in self.breaks):
            if stop <= start:
                raise HoursError(name, "a break ends before it begins; swap its two times")
            if start < free:
                raise HoursError(name, "a break begins before opening or inside another break; let them not overlap")
            if stop > closes:
                raise HoursError(name, "a break ends after closing; close earlier instead")
            spans.append((free, start))
            free = stop
        spans.append((free, closes))
        kept = tuple((start, stop) for start, stop in spans if start < stop)
        if not kept:
            raise HoursError(name, "breaks take up the whole day; leave some time to work in")
        return kept


def _since_midnight(at: time) -> int:
    return at.hour * HOUR + at.minute * MINUTE + at.second * SECOND + at.microsecond


def _until_midnight(at: time) -> int:
    return DAY if at == MIDNIGHT else _since_midnight(at)


def _on_the_door(since_midnight: int) -> str:
    hours, rest = divmod(since_midnight, HOUR)
    minutes, rest = divmod(rest, MINUTE)
    return f"{hours:02}:{minutes:02}" + (f":{rest / SECOND:09.6f}".rstrip("0").rstrip(".") if rest else "")
