"""Moments in a history: when a case reached a state, or when a step was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

from docflow.errors import MomentError, visible
from docflow.kpi.names import a_state, a_unit
from docflow.kpi.windows import View
from docflow.worktime import instant

if TYPE_CHECKING:
    from datetime import datetime

    from docflow.kpi.records import Traced

__all__ = ["Moment", "done", "reached"]


@frozen
class Moment:
    """The moment at which a state was reached, or a step done; `reached` and `done` make it."""

    state: str = field(converter=a_state)
    last: bool = field(default=False, kw_only=True)
    unit: str | None = field(default=None, kw_only=True, converter=a_unit)
    nth: int = field(default=1, kw_only=True)
    inside: bool = field(default=False, kw_only=True)
    after_start: bool = field(default=False, kw_only=True)
    step: bool = field(default=False, kw_only=True)
    _first: bool = field(init=False, eq=False, repr=False)
    """Whether it is the first time of a state, as nearly always: that is found twice as fast."""

    def __attrs_post_init__(self) -> None:
        object.__setattr__(
            self, "_first", not (self.last or self.inside or self.after_start or self.step or self.nth != 1)
        )
        if not isinstance(self.nth, int) or self.nth < 1:
            raise MomentError(self.state, f"nth={self.nth!r} never comes; give 1 or more")
        if self.last and self.nth > 1:
            raise MomentError(self.state, f"nth={self.nth} and last=True contradict each other; say one")

    def find(self, case: Traced, view: View, since: int | None = None) -> tuple[datetime, int] | None:
        """The moment in a history as it is seen from a view."""
        if self._first:
            return self._found_first(case, view.now)
        found, more, now, state, unit, by_step = None, self.nth, view.now, self.state, self.unit, self.step
        for step in case.history:
            if (step.trigger if by_step else step.state) != state or (unit is not None and step.unit != unit):
                continue
            at = step.at
            there = instant(at)  # datetimes of one zone compare by the wall, not by the instant
            if (now is not None and there > now) or (self.after_start and since is not None and there < since):
                continue
            if self.inside and view.window is not None and view.clock.day_of(at) not in view.window:
                continue
            more -= 1
            if more <= 0:
                found = at, there
                if not self.last:
                    break
        return found

    def _found_first(self, case: Traced, now: int | None) -> tuple[datetime, int] | None:
        state, unit = self.state, self.unit
        for step in case.history:
            if step.state == state and (unit is None or step.unit == unit):
                at = step.at
                there = instant(at)
                if now is None or there <= now:
                    return at, there
        return None

    def of(self, case: Traced, as_of: datetime | None) -> datetime | None:
        """When it came in a history as it stood at `as_of`; None when it had not come."""
        now = None if as_of is None else instant(as_of)
        found = self.find(case, View(None, None, now))  # type: ignore[arg-type]  # without a window no clock is asked
        return None if found is None else found[0]

    def __str__(self) -> str:
        order = "last " if self.last else f"{self.nth} × " if self.nth > 1 else ""
        where = f" by {self.unit}" if self.unit else ""
        again = " after the start" if self.after_start else ""
        return visible(f"{order}{self.state}{where}{again}{' inside the window' if self.inside else ''}")


def reached(
    state: str,
    *,
    last: bool = False,
    nth: int = 1,
    unit: str | None = None,
    inside: bool = False,
    after_start: bool = False,
) -> Moment:
    """The moment at which a case first reached a state.

    >>> print(reached("taken_over", unit="Secretary Group"), reached("attended", nth=4), sep="; ")
    taken_over by Secretary Group; 4 × attended

    `last=True` is the last time, `nth` the time by number; `unit` counts one unit's only, `inside` only what happened
    inside the indicator's window, `after_start` only what did not happen before the case's clock started. Raises
    `MomentError` for a time that never comes, and `NameOfStateError` for what is no name of a state or unit.
    """
    return Moment(state, last=last, nth=nth, unit=unit, inside=inside, after_start=after_start)


def done(trigger: str, *, last: bool = False, unit: str | None = None) -> Moment:
    """The moment at which a step was done, where several steps lead to one state.

    >>> print(done("send_back"))
    send_back

    An `Event` without a trigger names what happened after the state it led to, and is asked for that. Raises
    `NameOfStateError`.
    """
    return Moment(trigger, last=last, unit=unit, step=True)
