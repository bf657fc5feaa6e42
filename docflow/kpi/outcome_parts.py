"""Outcomes in parts: month by month, period by period, or by what is known of the records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from attrs import evolve

from docflow.errors import PlanError
from docflow.kpi.lasting import Since
from docflow.kpi.others import Count

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from docflow.kpi.contexts import Window
    from docflow.kpi.groups import Key
    from docflow.kpi.indicators import Indicator
    from docflow.kpi.results import Result

__all__ = ["Parted"]


class Parted:
    """What an outcome has for grouping; each part is an outcome again, with every reading and the context of all.

    The parts are those of the official reading; every other reading counts in a part what belongs to it by that
    reading. A year's number of times is no target of a part, so the parts of a `Count` have none.
    """

    __slots__ = ()

    indicator: Indicator
    results: Mapping[str, Result]
    parts: tuple[Self, ...]

    @property
    def dated(self) -> bool:
        """Whether its records belong to months; those of what lasts from the window's beginning on do not."""
        spans = [measure.span for measure in self.indicator.measures().values()]
        return not any(isinstance(span.start, Since) and span.dated_by == "start" for span in spans)

    def by_month(self) -> dict[str, Self]:
        """The outcome month by month ("2019-11"), as far as there are records; a mean of parts needs all its parts.

        What lasts from the window's beginning on, such as being on the staff, has no months.
        """
        if not self.dated:
            return {}
        if self.results:
            return self._parted(lambda result: result.by_month())
        return self._joined([part.by_month() for part in self.parts])

    def by_period(self, periods: Mapping[str, Window]) -> dict[str, Self]:
        """The outcome period by period, such as `outcome.window.quarters()`, empty ones too; a mean of parts as well.

        What lasts from the window's beginning on has no periods, as it has no months. Raises as `Result.by_period`.
        """
        if not self.dated:
            return {}
        if self.results:
            return self._parted(lambda result: result.by_period(periods))
        return self._joined([part.by_period(periods) for part in self.parts])

    def by(self, key: Key) -> dict[Any, Self]:
        """The outcome in parts that add up to it: by an attribute of the records, or by a function of a record.

        >>> from datetime import datetime
        >>> from docflow.bangkok import PLAN_2563
        >>> from docflow.kpi import Event, Record
        >>> nine = datetime.fromisoformat("2019-11-15T09:00+07:00")
        >>> letters = [
        ...     Record(
        ...         f"{n}/2563",
        ...         [Event("registered", nine), Event("taken_over", nine.replace(minute=minutes))],
        ...         attributes={"sender": sender},
        ...     )
        ...     for n, (sender, minutes) in enumerate([("court", 7), ("police", 20), ("court", 9)], 1)
        ... ]
        >>> result = PLAN_2563.evaluate({"letters": letters}, as_of=nine.replace(hour=16))
        >>> {sender: (str(part.value), part.met) for sender, part in result["1.5"].by("sender").items()}
        {'court': ('8', True), 'police': ('20', False)}

        As `Result.by`, and raises what that does. Raises `PlanError` for a mean of parts: it reads no records itself.
        """
        self._see_records("by(...)")
        return self._parted(lambda result: result.by(key))

    def by_unit(self) -> dict[str | None, Self]:
        """The outcome by the unit named last when the clock stopped, as `Result.by_unit`. Raises as `by` does."""
        self._see_records("by_unit()")
        return self._parted(lambda result: result.by_unit())

    def by_person(self) -> dict[str | None, Self]:
        """The outcome by who did the step that stopped the clock, as `Result.by_person`. Raises as `by` does."""
        self._see_records("by_person()")
        return self._parted(lambda result: result.by_person())

    def _parted(self, split: Callable[[Result], Mapping[Any, Result]]) -> dict[Any, Self]:
        found = {name: split(result) for name, result in self.results.items()}
        official = self.indicator.official or ""
        yearly = isinstance(self.results[official].measure, Count)
        indicator = evolve(self.indicator, target=None) if yearly else self.indicator
        empty = {name: result.some(()) for name, result in self.results.items()}
        return {
            key: evolve(
                self,  # type: ignore[misc]  # what has parts is an outcome
                indicator=indicator,
                results={name: some.get(key, empty[name]) for name, some in found.items()},
                parts=(),
            )
            for key in found[official]
        }

    def _joined(self, parts: list[dict[str, Self]]) -> dict[str, Self]:
        """The mean of parts in each month or period that all of them have."""
        shared = (name for name in parts[0] if all(name in part for part in parts))
        return {name: evolve(self, parts=tuple(part[name] for part in parts)) for name in shared}  # type: ignore[misc]  # the same

    def _see_records(self, asked: str) -> None:
        if self.results:
            return
        numbers = [part.indicator.number for part in self.parts]
        problem = f"is a mean of its parts, and reads no records itself; ask a part, such as result[{numbers[0]!r}]"
        raise PlanError(self.indicator.number, f"{problem}.{asked}; it has {', '.join(numbers)}")
