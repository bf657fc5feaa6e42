"""A letter and the log of its case as data: entries, corrections and amendments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docflow.letters import Act, Amendment, Correction, Entry, Letter, Origin, Retention, Secrecy, Step, Urgency
from docflow.letters.entries import UNSAID, said
from docflow.store.refusing import unwritable
from docflow.store.shapes import DAY, MOMENT, TEXT, WHOLE, Part, Shape, a_choice, nested, or_none
from docflow.store.values import value_data, value_from

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from docflow.letters.letter import Value
    from docflow.store.json_text import Data

__all__ = ["AMENDMENT", "CORRECTION", "ENTRY", "LETTER", "OF_LETTER", "VALUE"]


def _attributes_data(given: Mapping[str, Value]) -> dict[str, Data]:
    return {called: value_data(value) for called, value in given.items()}


def _attributes(data: dict[str, Data]) -> dict[str, Value]:
    return {called: value_from(value) for called, value in data.items()}


def _act_data(act: Act) -> dict[str, Data]:
    shape = {Entry: _INSTEAD, Step: _STEP}.get(type(act))
    if shape is None:
        raise unwritable(f"{act!r} is neither an entry nor a step; give an Entry")
    return shape.write(act)


def _act(data: dict[str, Data]) -> Act:
    shape = _STEP if "state" in data else _INSTEAD
    act: Act = shape.read(data)
    return act


def _entry(  # noqa: PLR0913, PLR0917 - an act's fields
    trigger: str,
    at: datetime,
    by: str | None = None,
    unit: str | None = None,
    recorded: datetime | None = None,
    role: str | None = None,
    note: str = "",
    acting_for: str | None = None,
) -> Entry:
    """An entry with every field said."""
    return Entry(trigger, at, by, unit, recorded, role, note, acting_for)


def _instead(trigger: str, at: datetime, *, acting_for: str | None = UNSAID, **more: str | None) -> Entry:
    """An entry that leaves unsaid what is left out, also for whom it was done."""
    entry: Entry = Entry(trigger, at, acting_for=acting_for, **more)  # type: ignore[arg-type]  # judged one by one before
    return entry


VALUE: Final = Part((str, int, bool, dict), value_data, value_from)
"""A value of a free attribute."""
OF_LETTER: Final = {
    "attributes": Part((dict,), _attributes_data, _attributes),
    "dated": DAY,
    "origin": a_choice(Origin),
    "retention": a_choice(Retention),
    "secrecy": a_choice(Secrecy),
    "urgency": a_choice(Urgency),
    "wanted_by": MOMENT,
}
"""The fields of a letter that are no texts."""
LETTER: Final = Shape(Letter, OF_LETTER)
_NOTHING_MORE: Final = dict.fromkeys(("by", "unit", "recorded", "role", "acting_for")) | {"note": ""}
"""What an act says where nothing is said."""
_WHEN: Final = {"at": MOMENT, "recorded": MOMENT}
ENTRY: Final = Shape(Act, _WHEN, made=_entry, said=said, defaults=_NOTHING_MORE)
"""What was done, without the state that it led to: whoever reads it judges it again."""
_STEP: Final = Shape(Step, _WHEN, defaults=_NOTHING_MORE)
_NAME: Final = or_none(TEXT)
_WHO: Final = {"by": _NAME, "unit": _NAME, "role": _NAME, "acting_for": _NAME}
_INSTEAD: Final = Shape(
    Entry, {"at": MOMENT, "recorded": or_none(MOMENT), **_WHO}, made=_instead, defaults={"acting_for": UNSAID}
)
"""What is right in a correction: null is nobody and nothing there, and what is left out stays as it was."""
_INSTEAD_OR_NONE: Final = or_none(Part((dict,), _act_data, _act))
_SIGNED: Final = {"by": _NAME, "recorded": MOMENT}
CORRECTION: Final = Shape(Correction, {"corrects": or_none(WHOLE), "instead": _INSTEAD_OR_NONE, **_SIGNED})
AMENDMENT: Final = Shape(Amendment, {"before": nested(LETTER), "after": nested(LETTER), **_SIGNED})
