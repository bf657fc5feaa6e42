"""Asking: what somebody looks for among the lines of a store, judged before anything is looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from attrs import field, frozen

from docflow.errors import RegisterError, StoreError
from docflow.instants import instant, moment
from docflow.kpi import Measure, due_by
from docflow.registry import Book, Direction, RegisterNumber
from docflow.text import expect
from docflow.thai.dates import THAI_TIME
from docflow.worktime import WorkClock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from docflow.letters import Case

__all__ = ["Asked"]

LONGEST: Final = 1000
"""Characters of a text that is looked for; what is longer is no question of a person."""
LARGEST: Final = 1000
"""Lines of a page."""
LAST: Final = 2**31 - 1
"""What no page comes to."""
Numbered: TypeAlias = "tuple[int, int | None, str | None]"
"""A running number, and its year and its direction where they are said."""
EXAMPLES: Final = {
    "sender": "Ministry",
    "subject": "market",
    "unit": "General Administration",
    "responsible": "Secretary Group",
    "state": "registered",
}
ANY_YEAR: Final = ("", "/2563", "/๒๕๖๓")
"""What is written behind a number to read it: nothing, or a year where it names none, in either kind of digits."""


@frozen(kw_only=True)
class Asked:
    """What is looked for. All that is given must hold; what is None or empty is not asked."""

    store: str
    words: str = ""
    number: str | None = None
    sender: str | None = None
    subject: str | None = None
    unit: str | None = None
    responsible: str | None = None
    state: str | None = None
    over: bool | None = None
    due_by: datetime | None = None
    promise: Measure | None = None
    clock: WorkClock | None = None
    page: int = 1
    size: int = 50
    numbered: Numbered | None = field(init=False)
    """What `number` says."""

    def __attrs_post_init__(self) -> None:
        self._see_text("words", self.words, "market")
        for called, example in EXAMPLES.items():
            if (given := getattr(self, called)) is not None:
                self._see_text(called, given, example)
        if self.over is not None and not isinstance(self.over, bool):
            raise TypeError(f"over={self.over!r}; say True for letters whose case is over, False for open ones")
        self._see_due()
        self._see_whole("page", self.page)
        self._see_whole("size", self.size, LARGEST)
        object.__setattr__(self, "numbered", None if self.number is None else self._read(self.number))

    def _see_text(self, called: str, given: object, example: str) -> None:
        expect(given, str, f"text for {called}=", f'such as "{example}"')
        if len(str(given)) > LONGEST:
            problem = f"{called}= has {len(str(given)):,} characters; a few words of it will do, {LONGEST:,} at most"
            raise StoreError(self.store, "too long", problem)

    def _see_whole(self, called: str, given: object, most: int = LAST) -> None:
        if not isinstance(given, int) or isinstance(given, bool):
            raise TypeError(f"{called}={given!r} is no whole number; give such as {called}=1")
        if not 1 <= given <= most:
            to = "" if most == LAST else f" and end at {most:,}"
            raise StoreError(self.store, "no such page", f"there is no {called} {given}; they begin at 1{to}")

    def _see_due(self) -> None:
        if self.due_by is not None:
            instant(self.due_by)
            if self.over:
                raise TypeError("over=True and due_by= find nothing: only what is open is due; leave out one of them")
        if (self.promise is None) is not (self.clock is None):
            raise TypeError("promise= is read with clock=, the office's WorkClock; give both or none")
        if self.promise is None:
            return
        if self.due_by is None:
            raise TypeError("promise= says when letters are due; give due_by= too, the moment by which")
        expect(self.promise, Measure, "promise", 'such as Duration("answering", ...).within(WorkingDays(2))')
        expect(self.clock, WorkClock, "clock", "the office's WorkClock")

    def _read(self, written: str) -> Numbered:
        """What a number says. A running number alone is of every year, and any is of both directions without a word."""
        expect(written, str, "number", 'such as "12/2563" or "12"')
        problem = ""
        for year in ANY_YEAR:
            read = []
            for direction in Direction:
                try:
                    read.append(RegisterNumber.parse(f"{written}{year}", Book("any", direction)))
                except RegisterError as error:
                    problem = problem or error.problem
            if read:
                one = read[0]
                return one.n, None if year else one.year, None if len(read) > 1 else one.book.direction.value
        raise StoreError(self.store, "unreadable number", problem)

    def due(self, cases: Iterable[Case], seen: int) -> Iterator[int]:
        """The identities of those cases that the promise makes due by the moment, the soonest first, each once.

        One that waits is due as if it went on at once, at the moment seen: no earlier.
        """
        if self.promise is not None and self.clock is not None and self.due_by is not None:
            found = due_by(self.promise.read(cases, self.clock, as_of=moment(seen, THAI_TIME)), self.due_by)
            yield from dict.fromkeys(id(one.record) for one in found)
