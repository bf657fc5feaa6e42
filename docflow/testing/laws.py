"""How a law is run: as a hypothesis test on a class that other classes inherit from.

A law that fails quotes its sentence. A law fails too when no example had what it is about, such as a case that is
late, because it has proved nothing. A fault of the class that the user wrote, such as a clock that was forgotten, is
told by the first law that meets it; the others are skipped, and name that one.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from functools import wraps
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final
from unittest import SkipTest
from weakref import WeakKeyDictionary

from attrs import define, field, fields, has
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from docflow.instants import instant, local

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["TICK", "applies", "drawn", "in_utc", "law", "numpy_or_skip", "shown", "trial", "wide_law"]

TICK: Final = timedelta(microseconds=1)
CHECKS: Final = (HealthCheck.differing_executors, HealthCheck.too_slow, HealthCheck.data_too_large)
ENOUGH: Final = 50
"""Examples of which one at least should have what a law is about; what every tenth has, 50 lack once in 200 times."""


def law(test: Callable[..., None]) -> Callable[..., None]:
    """A test method that hypothesis calls with `data` to draw from, as often as its profile says.

    An example has no deadline, because a calendar computes a year when it is first asked about it. One inherited method
    is meant to run for many classes.
    """
    return _told(settings(deadline=None, suppress_health_check=CHECKS)(given(data=st.data())(test)))


def wide_law(test: Callable[..., None]) -> Callable[..., None]:
    """A `law` with a quarter of the examples, where each asks about much at once, such as a whole plan."""
    few = max(1, settings().max_examples // 4)
    wide = settings(max_examples=few, deadline=None, suppress_health_check=CHECKS)(given(data=st.data())(test))
    return _told(wide, enough=ENOUGH // 4)


def _told(test: Callable[..., None], *, enough: int = ENOUGH) -> Callable[..., None]:
    """The test, which quotes its sentence when it fails, and tells a fault of its class once."""

    @wraps(test)
    def run(self: object) -> None:
        sentence = f"the law: {' '.join(test.__name__.removeprefix('test_').split('_'))}\n{test.__doc__}"
        with _once(type(self), test.__name__), trial(sentence, enough=enough):
            test(self)

    return run


@define
class _Trial:
    """What the examples of a law had, as it says by `shown` and `applies`."""

    met: dict[str, bool] = field(factory=dict)
    asked: dict[str, int] = field(factory=dict)
    enough: int = ENOUGH
    applied: dict[str, bool] = field(factory=dict)


_TRIAL: Final[ContextVar[_Trial | None]] = ContextVar("trial", default=None)


def shown(what: str, met: object) -> None:
    """Say whether an example has what the law is about; when none has, the law fails, because it has proved nothing."""
    under = _TRIAL.get()
    if under is not None:
        under.met[what] = under.met.get(what, False) or bool(met)
        under.asked[what] = under.asked.get(what, 0) + 1


def applies(what: str, met: object) -> bool:
    """Say whether a law is about an example at all, and give it back; when it is about none, it is skipped."""
    under = _TRIAL.get()
    if under is not None:
        under.applied[what] = under.applied.get(what, False) or bool(met)
    return bool(met)


def _see_that_something_was_proved(under: _Trial) -> None:
    missed = next((what for what, met in under.met.items() if not met and under.asked[what] >= under.enough), None)
    if missed is not None:
        raise AssertionError(
            f"this law has proved nothing: in {under.asked[missed]} examples there never was {missed}; see that what "
            f"you name (a letter, guards, records, years) lets one come about"
        )


@contextmanager
def trial(sentence: str, *, enough: int = ENOUGH) -> Iterator[None]:
    """Run a law: what fails in it quotes its sentence.

    Raises `AssertionError` when no example had what it is about, and `SkipTest` when it is about none of them.
    """
    under = _Trial(enough=enough)
    token = _TRIAL.set(under)
    try:
        yield
        _see_that_something_was_proved(under)
    except SkipTest:
        raise
    except Exception as error:
        error.add_note(sentence)
        raise
    finally:
        _TRIAL.reset(token)
    beside = [what for what, met in under.applied.items() if not met]
    if beside:
        raise SkipTest(f"it speaks of {beside[0]}, and there is none here")


_TOLD: Final[WeakKeyDictionary[type, dict[tuple[type, str], str]]] = WeakKeyDictionary()


@contextmanager
def _once(owner: type, name: str) -> Iterator[None]:
    """Run a law of a class: a fault of the class itself is raised by the first law alone, the others are skipped."""
    told = _TOLD.setdefault(owner, {})
    try:
        yield
    except (AssertionError, SkipTest, ExceptionGroup):
        raise
    except Exception as error:
        first = told.setdefault((type(error), str(error)), name)
        if first != name:
            raise SkipTest(f"{owner.__name__} has a fault that {first} tells") from None
        raise


def drawn(data: st.DataObject, owner: object, name: str, kind: type | tuple[type, ...] = object) -> Any:  # noqa: ANN401 - of the kind
    """The value of an attribute of a class of laws, or one drawn from it where it is a strategy.

    Raises `TypeError` when there is none, or one of another kind.
    """
    value = getattr(owner, name, None)
    if value is None:
        raise TypeError(f"{type(owner).__name__} has no {name}; give it one: {name} = ..., a value or a strategy")
    one = data.draw(value, label=name) if isinstance(value, st.SearchStrategy) else value
    if not isinstance(one, kind):
        of = " or ".join(each.__name__ for each in (kind if isinstance(kind, tuple) else (kind,)))
        raise TypeError(f"{type(owner).__name__} has {one!r} for its {name}; give it a {of}, or a strategy of them")
    made = type(one)
    if one is not value and has(made):  # its own repr may be too short to make it again
        said = (f"{each.alias}={getattr(one, each.name)!r}" for each in fields(made) if each.init)
        note(f"{name} in full: {made.__name__}({', '.join(said)})")
    return one


def in_utc(at: datetime) -> datetime:
    """A moment as a standard-library datetime in UTC, where arithmetic and comparison are those of instants."""
    return local(instant(at), UTC)


def numpy_or_skip() -> Any:  # noqa: ANN401 - a module
    """The module numpy; without it, the law is skipped with the way to get it."""
    try:
        return import_module("numpy")
    except ModuleNotFoundError:
        raise SkipTest("numpy is not installed; docflow-registry[arrays] brings it") from None
