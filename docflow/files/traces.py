"""Traces: records as logs tell them, each a case with its attributes and its events under the keys of the standard."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from attrs import fields, frozen

from docflow.errors import RecordError
from docflow.files.log_columns import COMPLETE, LIFECYCLE, RECORDED, STATE, WANTED, XES
from docflow.files.log_figures import figures
from docflow.files.log_values import A_ZONE, plain_value
from docflow.files.opened import LONGEST
from docflow.kpi.records import checked
from docflow.letters import Case, Letter
from docflow.safe import brief
from docflow.text import expect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from docflow.files.log_figures import Results
    from docflow.files.log_values import Plain
    from docflow.instants import Zone
    from docflow.kpi.records import CaseOrRecord

__all__ = ["Trace", "traces"]

NAME: Final = "concept:name"
TOLD: Final = ("number", "wanted_by", "attributes")
"""Fields of a letter that are told otherwise."""
HALVES: Final = range(0xD800, 0xE000)


@frozen
class Trace:
    """A case of a log: its number, what is said of it, and its events, each under the keys of the standard."""

    number: str
    attributes: dict[str, Plain]
    events: list[dict[str, Plain]]


def traces(records: Iterable[CaseOrRecord], results: Results, zone: Zone | None) -> list[Trace]:
    """The traces of records, with docflow's own figures among their attributes, and times in a zone if one is given.

    Raises `RecordError` for what no log can tell: two records of one number, or none; a value that is no text, number,
    yes or no, day or moment; half a character; more than 2²¹ characters. Raises `TypeError` for what is no zone, and
    as `figures` does.
    """
    if zone is not None:
        expect(zone, *A_ZONE)
    given = checked(records)
    numbers: set[str] = set()
    for record in given:
        if not record.number.strip():
            raise RecordError(repr(record.number), "has no number, by which a log tells cases apart; give it one")
        if record.number in numbers:
            raise RecordError(record.number, "is the number of two records, which a log would make one; rename one")
        numbers.add(record.number)
    measured = figures(given, results)
    return [_trace(record, measured.get(record.number, {}), zone) for record in given]


def _trace(record: CaseOrRecord, measured: Mapping[str, Plain], zone: Zone | None) -> Trace:
    said = {**_said_of(record), **measured}
    if record.wanted_by is not None:
        said[WANTED] = record.wanted_by
    trace = Trace(record.number, {}, [])
    for name, value in said.items():
        if value is not None:
            trace.attributes[name] = _value(record, name, value, zone)
    for event in _events(record):
        trace.events.append(
            {key: _value(record, key, value, zone) for key, value in event.items() if value is not None}
        )
    _text(record, NAME, record.number)
    return trace


def _said_of(record: CaseOrRecord) -> dict[str, Any]:
    """What is said of a record; of a case, what its letter says."""
    if not isinstance(record, Case):
        said = dict(record.attributes)
    else:
        named = (one.name for one in fields(Letter) if one.name not in TOLD)
        letter = {name: getattr(record.letter, name) for name in named}
        said = {name: value for name, value in letter.items() if value not in (None, "")}
        said |= record.letter.attributes
    for name in said:
        if not name.strip() or name in (NAME, WANTED):
            problem = f"its attribute {name!r} is called as no attribute of a log can be; rename it"
            raise RecordError(record.number, problem)
    return said


def _events(record: CaseOrRecord) -> Iterator[dict[str, Any]]:
    state = record.workflow.nowhere if isinstance(record, Case) else ""
    for event in record.history:
        began, _, transition = event.state.partition("+")
        lifecycle = transition if transition and began == event.trigger else COMPLETE
        if isinstance(record, Case):
            lifecycle = record.workflow.lifecycle(state, event.trigger, event.state)
            state = event.state
        yield {
            XES.activity: event.trigger,
            XES.time: event.at,
            LIFECYCLE: lifecycle,
            XES.unit: event.unit,
            XES.person: event.by,
            STATE: None if event.state == event.trigger else event.state,
            RECORDED: event.recorded,
        }


def _value(record: CaseOrRecord, name: str, given: object, zone: Zone | None) -> Plain:
    value = plain_value(given.value if isinstance(given, Enum) else given)
    if value is None:
        kinds = "give a text, a number, yes or no, a day, or a moment with a zone"
        raise RecordError(record.number, f"its {name} is {brief(given)}, which no log can hold; {kinds}")
    _text(record, name, name)
    if isinstance(value, str):
        _text(record, name, value)
    return value.astimezone(zone) if isinstance(value, datetime) and zone is not None else value


def _text(record: CaseOrRecord, name: str, text: str) -> None:
    if len(text) > LONGEST:
        raise RecordError(
            record.number, f"its {brief(name)} is longer than the {LONGEST:,} characters that logs hold; shorten it"
        )
    if not text.isascii() and any(ord(mark) in HALVES for mark in text):
        raise RecordError(record.number, f"its {name} holds half a character, which no file can hold; correct it")
