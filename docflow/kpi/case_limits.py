"""Limits that differ from record to record: by what is known of a record, by the moment it names, by the window."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from attrs import field, frozen

from docflow.errors import RecordError
from docflow.instants import moment
from docflow.kpi.records import name
from docflow.safe import brief, visible
from docflow.text import expect, of_kind
from docflow.worktime import Before, Limit

if TYPE_CHECKING:
    from docflow.kpi.contexts import Context
    from docflow.kpi.records import CaseOrRecord

__all__ = ["WANTED", "WINDOW_CLOSE", "AnyLimit", "CaseLimit", "LimitBy", "limit"]


class CaseLimit(ABC):
    """A limit that is chosen for each record."""

    __slots__ = ()

    @abstractmethod
    def choose(self, record: CaseOrRecord, context: Context) -> Limit | None:
        """The limit of a record; None when it has none, which leaves it out."""


def _table(given: Mapping[Hashable, Limit] | None) -> dict[Hashable, Limit] | None:
    if given is None:
        return None
    expect(given, Mapping, "table of limits", 'one, such as {"urgent": WorkingDays(1)}')
    for one in given.values():
        expect(one, Limit, "limit", "one, such as WorkingDays(1)")
    return dict(given)


@frozen
class LimitBy(CaseLimit):
    """A limit for each record, by what a function says of it: a limit, or a key of a table of limits.

    >>> from docflow import Hours, WorkingDays
    >>> grades = {"1/2563": "most urgent", "2/2563": "urgent"}
    >>> promise = LimitBy(
    ...     "urgency",
    ...     lambda record: grades.get(record.number),
    ...     {"most urgent": Hours(2), "urgent": WorkingDays(1)},
    ...     otherwise=WorkingDays(3),
    ... )
    >>> print(promise)
    the limit of its urgency (most urgent: 2 hours; urgent: 1 working day; otherwise 3 working days)

    The records under all these limits make one percentage. A pause moves each limit by the time that it took from the
    clock of that limit. An `Extended` limit is read as it was known on the day up to which the records are seen. A
    record of which the function says None is left out, unless there is an `otherwise`. Raises `TypeError` for what is
    no function or limit; reading raises `RecordError` when the function fails, or gives what is no limit and not in the
    table.
    """

    name: str = field(validator=name)
    """What the limit depends on, as people call it."""
    key: Callable[[CaseOrRecord], Any] = field(
        validator=of_kind(Callable, "function", "one from a record to its limit, or to a key of the table")  # type: ignore[arg-type]  # Callable is no type
    )
    limits: dict[Hashable, Limit] | None = field(default=None, converter=_table, hash=False)
    otherwise: Limit | None = field(
        default=None, kw_only=True, validator=of_kind(Limit, "limit", "one, such as WorkingDays(3)", optional=True)
    )

    def choose(self, record: CaseOrRecord, context: Context) -> Limit | None:
        """The limit of a record, as it was known on the context's day."""
        try:
            key = found = self.key(record)
            if self.limits is not None and key is not None and not isinstance(key, Limit):
                found = self.limits.get(key, self.otherwise)
        except Exception as error:  # noqa: BLE001 - a function of somebody else's may stumble over anything
            raise RecordError(
                record.number, f"its {self.name} cannot be told: {error!r}; correct the function"
            ) from None
        if found is None and key is not None and self.limits is not None:
            way = f"give it a limit, or say otherwise=; the table has {', '.join(map(repr, self.limits))}"
            raise RecordError(record.number, f"its {self.name} is {brief(key)}, which the table does not have; {way}")
        found = self.otherwise if found is None else found
        if found is not None and not isinstance(found, Limit):
            way = "give a limit, such as WorkingDays(3), or a table of limits"
            raise RecordError(record.number, f"its {self.name} gives {brief(found)}, which is no limit; {way}")
        return None if found is None else found.as_known_on(context.known_on)

    def __str__(self) -> str:
        table = [f"{key}: {one}" for key, one in (self.limits or {}).items()]
        said = "; ".join(table + [f"otherwise {self.otherwise}"] * (self.otherwise is not None))
        return visible(f"the limit of its {self.name}" + (f" ({said})" if said else ""))


@frozen
class _Wanted(CaseLimit):
    """The moment by which each record itself is wanted."""

    def choose(self, record: CaseOrRecord, context: Context) -> Limit | None:  # noqa: ARG002 - the record decides
        """That moment."""
        return None if record.wanted_by is None else Before(record.wanted_by)

    def __str__(self) -> str:
        return "the moment it is wanted by"


@frozen
class _WindowClose(CaseLimit):
    """The moment at which the office closes for the last time in the window."""

    def choose(self, record: CaseOrRecord, context: Context) -> Limit | None:  # noqa: ARG002 - the window decides
        """That moment."""
        return None if context.close is None else Before(moment(context.close, context.clock.tz))

    def __str__(self) -> str:
        return "the close of the window"


WANTED: Final = _Wanted()
"""The limit that each record brings along: its `wanted_by`, as of a letter "urgent, within <date time>"."""
WINDOW_CLOSE: Final = _WindowClose()
"""The limit of what has a whole year, such as being trained four times: the last closing time in the window."""
AnyLimit: TypeAlias = Limit | CaseLimit


def limit(given: AnyLimit | None) -> AnyLimit | None:
    """What a measure is given as a limit. Raises `TypeError` for what is none, such as an amount of time."""
    if given is not None:
        expect(given, (Limit, CaseLimit), "limit", "one, such as OfficeTime(minutes=15)")
    return given
