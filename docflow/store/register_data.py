"""A line of a register as data, and the notes below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docflow.registry import (
    Book,
    Corrected,
    Delivery,
    Filled,
    Line,
    Linked,
    RegisterNumber,
    Restored,
    Tracked,
    Void,
)
from docflow.registry.notes import CORRECTABLE
from docflow.safe import brief
from docflow.store.letter_data import LETTER, OF_LETTER
from docflow.store.refusing import A_COPY, unreadable, unwritable
from docflow.store.shapes import (
    MOMENT,
    TEXT,
    Part,
    Shape,
    a_choice,
    as_data,
    exactly,
    from_data,
    nested,
    or_none,
    several,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docflow.store.json_text import Data

__all__ = ["CORRECTED", "FILLED", "LINE", "LINKED", "RESTORED", "TRACKED", "VOID"]

SIZE: Final = 5


def number_data(number: RegisterNumber) -> list[Data]:
    """A register number as its book's unit, direction and secrecy, its year and its running number.

    >>> number_data(RegisterNumber(Book("General Administration"), 2562, 8395))
    ['General Administration', 'receipt', False, 2562, 8395]
    """
    book = exactly(Book, exactly(RegisterNumber, number).book)
    return [book.unit, book.direction.value, book.secret, int(number.year), int(number.n)]


def number_from(data: list[Data]) -> RegisterNumber:
    """The number that such a list tells.

    >>> print(number_from(["General Administration", "receipt", False, 2562, 8395]))
    8395/2562

    Raises `StoreError` for a list of another length, and what a `RegisterNumber` raises.
    """
    if len(data) != SIZE:
        raise unreadable(f"{brief(data)} is no register number, which has {SIZE} parts; {A_COPY}")
    unit, direction, secret, year, n = data
    return RegisterNumber(Book(unit, direction, secret), year, n)


def _later(_: object) -> Data:
    way = "keep the line as it was first written (registration.written), and its notes below it"
    raise unwritable(f"the line says what only a note says later; {way}")


NOTHING: Final = Part(())
"""Where nothing can stand."""
LATER: Final = NOTHING._replace(write=_later)
"""A field of a line that its notes alone fill, so none that is written with it."""
NUMBER: Final = Part((list,), number_data, number_from)
_NUMBERS: Final = several(NUMBER)
_AT: Final = {"at": MOMENT}
_LINKS: Final = {**_AT, "replies_to": _NUMBERS, "related": _NUMBERS}
_SENT: Final = {**_LINKS, "recipients": several(TEXT)}
_LATER_FIELDS: Final = {"void": LATER, "filled": LATER, "tracked": LATER}
LINE: Final = Shape(Line, {**_SENT, "letter": or_none(nested(LETTER)), "first": NUMBER, **_LATER_FIELDS})
_RIGHT: Final = {which: OF_LETTER.get(which, TEXT) for which in CORRECTABLE} | {
    which: or_none(OF_LETTER[which]) for which in ("dated", "wanted_by")
}
"""What may be corrected; a day or a moment also to none."""


def _values_data(values: Iterable[tuple[str, object]]) -> dict[str, Data]:
    return {which: as_data(which, right, _RIGHT[which]) for which, right in values}


def _values(data: dict[str, Data]) -> dict[str, object]:
    return {which: from_data(which, right, _RIGHT.get(which, NOTHING)) for which, right in data.items()}


VOID: Final = Shape(Void, _AT)
RESTORED: Final = Shape(Restored, _AT)
CORRECTED: Final = Shape(Corrected, {**_AT, "values": Part((dict,), _values_data, _values)})
LINKED: Final = Shape(Linked, _LINKS)
FILLED: Final = Shape(Filled, {**_SENT, "letter": nested(LETTER)})
TRACKED: Final = Shape(Tracked, {**_AT, "status": a_choice(Delivery)})
