"""Attributes: what else is known of a record, by name, such as its sender and its kind; they never change."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

from docflow.safe import brief
from docflow.text import expect

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["NO_ATTRIBUTES", "Attributes", "attributes"]


def _held(given: Mapping[str, Hashable]) -> dict[str, Hashable]:
    expect(given, Mapping, "mapping of attributes", 'some by name, such as {"kind": "complaint"}')
    for called, value in given.items():
        expect(called, str, "name of an attribute", 'one text, such as "kind"')
        try:
            hash(value)
        except TypeError:
            kind = "text, a number, a day or a tuple"
            raise TypeError(f"the attribute {called!r} is {brief(value)}, which may change; give a {kind}") from None
    return dict(given)


@frozen(eq=False, repr=False)
class Attributes(Mapping[str, Any]):
    """A mapping that never changes, and has a hash: equal to any mapping of the same names and values.

    >>> Attributes({"sender": "BMA"}) == {"sender": "BMA"}, Attributes({"sender": "BMA"})
    (True, {'sender': 'BMA'})

    Raises `TypeError` for what is no mapping, for a name that is no text, and for a value that may change.
    """

    _held: dict[str, Hashable] = field(converter=_held)

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - whatever was given
        return self._held[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def __hash__(self) -> int:
        return hash(frozenset(self._held.items()))

    def __repr__(self) -> str:
        return repr(self._held)


NO_ATTRIBUTES: Final = Attributes({})
"""Nothing else is known: what most records share."""


def attributes(given: Mapping[str, Hashable]) -> Attributes:
    """Attributes as a record keeps them. Raises `TypeError` as `Attributes` does."""
    return given if isinstance(given, Attributes) else Attributes(given)
