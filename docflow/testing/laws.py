"""How a law is run: as a hypothesis test on a class that other classes inherit from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docflow.worktime.instants import instant, local

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["TICK", "drawn", "in_utc", "law", "wide_law"]

TICK: Final = timedelta(microseconds=1)
CHECKS: Final = (HealthCheck.differing_executors, HealthCheck.too_slow, HealthCheck.data_too_large)


def law(test: Callable[..., None]) -> Callable[..., None]:
    """A test method that hypothesis calls with `data` to draw from, under the number of examples in force.

    A calendar writes its years when it is first asked, so no example has a deadline; and one inherited method is meant
    to run for many classes.
    """
    return settings(deadline=None, suppress_health_check=CHECKS)(given(data=st.data())(test))


def wide_law(test: Callable[..., None]) -> Callable[..., None]:
    """The same with a quarter of the examples, where each asks about many things at once, such as a whole plan."""
    few = max(1, settings().max_examples // 4)
    return settings(max_examples=few, deadline=None, suppress_health_check=CHECKS)(given(data=st.data())(test))


def drawn(data: st.DataObject, owner: object, name: str) -> object:
    """An attribute of a class of laws: a value, or a strategy to draw it from."""
    value = getattr(owner, name, None)
    if value is None:
        raise TypeError(f"{type(owner).__name__} has no {name}; give it one: {name} = ..., a value or a strategy")
    return data.draw(value, label=name) if isinstance(value, st.SearchStrategy) else value


def in_utc(at: datetime) -> datetime:
    """A moment as a standard-library datetime in UTC, where arithmetic and comparison speak of instants."""
    return local(instant(at), UTC)
