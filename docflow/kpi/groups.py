"""Groups: by what observations are told apart, such as the sender of a letter or who did its last step."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from attrs import fields

from docflow.errors import PlanError, RecordError
from docflow.instants import instant
from docflow.kpi.records import Record
from docflow.letters import Letter
from docflow.text import expect

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from docflow.kpi.milestones import Milestone
    from docflow.kpi.observation import Observation
    from docflow.kpi.observations import Observations
    from docflow.kpi.records import CaseOrRecord

__all__ = ["Doer", "Key", "doer", "grouped", "key_of"]

Key: TypeAlias = "str | Callable[[CaseOrRecord], Hashable]"
"""The name of an attribute, or a function from a record to its group."""
Doer: TypeAlias = Literal["by", "unit"]
"""What an event says of who did it: the person, or the unit."""


def grouped(observations: Observations, group_of: Callable[[Observation], Hashable]) -> dict[Hashable, list[int]]:
    """The places of the observations in each group, in the order in which groups first come; None stands last."""
    found: dict[Hashable, list[int]] = {}
    for place, seen in enumerate(observations):
        found.setdefault(group_of(seen), []).append(place)
    if None in found:
        found[None] = found.pop(None)
    return found


def key_of(key: Key, records: Iterable[CaseOrRecord]) -> Callable[[Observation], Hashable]:
    """The group of an observation by an attribute of its record, or by a function of it.

    Raises `PlanError` for an attribute that none of the records has, and `TypeError` for what is neither; what it gives
    raises `RecordError` for a record of which the function cannot tell the group.
    """
    if isinstance(key, str):
        known = dict.fromkeys(name for record in records for name in _names(record))
        if known and key not in known:
            near = get_close_matches(key, known, n=1)
            meant = f"did you mean {near[0]!r}? They have" if near else "they have"
            raise PlanError(key, f"is no attribute of these records; {meant} {', '.join(known)}")
        return lambda seen: _attribute(seen.record, key)
    expect(key, Callable, "attribute or function", 'one, such as "sender", or lambda record: record.number')  # type: ignore[arg-type]  # Callable is no type

    def asked(seen: Observation) -> Hashable:
        try:
            group = key(seen.record)
            hash(group)
        except Exception as error:  # noqa: BLE001 - a function of somebody else's may stumble over anything
            problem = f"its group cannot be told: {error!r}; give a function to text, a number or None"
            raise RecordError(seen.record.number, problem) from None
        return group

    return asked


def doer(of: Doer, stop: Milestone, now: int | None) -> Callable[[Observation], Hashable]:
    """Who did the step at which an observation's clock stopped, or else the latest step seen; None when nobody says.

    A unit is the latest that was named by then: a letter is in a unit until another one takes it.
    """
    last: tuple[CaseOrRecord | None, list[int]] = None, []  # an observation after the other is often of one record

    def asked(seen: Observation) -> Hashable:
        nonlocal last
        if last[0] is not seen.record:
            last = seen.record, [instant(step.at) for step in seen.record.history]
        place = _last_step(seen, stop, last[1], now)
        steps = seen.record.history
        named = steps[place::-1] if of == "unit" and place >= 0 else steps[place : place + 1]
        return next((who for step in named if (who := getattr(step, of)) is not None), None)

    return asked


def _last_step(seen: Observation, stop: Milestone, instants: Sequence[int], now: int | None) -> int:
    """The place of the step at which a clock stopped, or else of the latest until then; before any step it is -1."""
    until = now if seen.end is None else seen.end
    end = len(instants) if until is None else bisect_right(instants, until)
    if seen.end is not None:  # registers stamp minutes: several steps may have come at once
        unit, steps = getattr(stop, "unit", None), seen.record.history
        there = range(bisect_left(instants, seen.end), end)
        named = [n for n in there if steps[n].state in stop.states or steps[n].trigger in stop.steps]
        found = [n for n in named if unit is None or steps[n].unit == unit]
        itself = [n for n in found if steps[n].at is seen.stop]  # the stop is the moment of its own step
        found = itself or found
        if found:
            return found[-1 if getattr(stop, "last", False) else 0]
    return end - 1


def _names(record: CaseOrRecord) -> Iterable[str]:
    """The names of what is known of a record."""
    if isinstance(record, Record):
        return "number", *record.attributes
    return *(one.name for one in fields(Letter) if one.name != "attributes"), *_more(record.letter)


def _attribute(record: CaseOrRecord, name: str) -> Hashable:
    """An attribute of a record; None when it is missing or empty."""
    if isinstance(record, Record):
        found = record.number if name == "number" else record.attributes.get(name)
    else:
        found = getattr(record.letter, name, None) if name != "attributes" else None
        found = _more(record.letter).get(name) if found is None else found
    return None if found == "" else found


def _more(letter: Letter) -> Mapping[str, Any]:
    """What else a letter says of itself."""
    more: Mapping[str, Any] = getattr(letter, "attributes", None) or {}
    return more
