"""Cases by the first numbers of their letters: a mapping that never changes, and to which one more costs little."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from docflow.letters import Case
from docflow.registry.numbers import RegisterNumber

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Cases"]

FEW: Final = 256
"""How many cases at most are copied with each one that is put; when there are more, they join the large dict."""


class Cases(Mapping[RegisterNumber, Case]):
    """Cases in order of receipt; to put one gives another mapping.

    >>> from datetime import datetime
    >>> from docflow import Letter
    >>> from docflow.bangkok import INCOMING_EXTERNAL_LETTER
    >>> from docflow.registry import Book
    >>> number = RegisterNumber(Book("Administration"), 2563, 1)
    >>> nine = datetime.fromisoformat("2020-01-02T09:00+07:00")
    >>> none = Cases({})
    >>> one = none.putting(number, INCOMING_EXTERNAL_LETTER.open(Letter(number="1/2563"), at=nine))
    >>> one, none
    (Cases({1/2563: registered}), Cases({}))

    What lies below may be a dict, or a mapping that fetches a case when somebody looks at it.
    """

    __slots__ = ("_below", "_last", "_put")

    def __init__(self, below: Mapping[RegisterNumber, Case]) -> None:
        self._below = below
        self._put: Mapping[RegisterNumber, Case] = {}
        self._last: Mapping[RegisterNumber, Case] = {}

    def putting(self, number: RegisterNumber, case: Case) -> Cases:
        """The same with a case under a number, in the place of the one that was there."""
        made = Cases(self._below)
        made._put, made._last = self._put, {**self._last, number: case}
        if len(made._last) > FEW:
            made._put, made._last = {**made._put, **made._last}, {}
        return made

    def __getitem__(self, number: RegisterNumber) -> Case:
        for some in (self._last, self._put):
            if number in some:
                return some[number]
        return self._below[number]

    def __iter__(self) -> Iterator[RegisterNumber]:
        yield from self._below
        yield from (number for number in {**self._put, **self._last} if number not in self._below)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        return f"Cases({{{', '.join(f'{number}: {case.state}' for number, case in self.items())}}})"
