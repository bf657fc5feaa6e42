"""Registers that are fetched line by line as somebody looks at them, so that to write one letter costs one letter.

The rules are those of `docflow.registry`: what is here only knows where lines, notes and cases come from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, Protocol, TypeVar, overload

from attrs import evolve

from docflow.leaves import Leaves
from docflow.letters import Case
from docflow.registry import CaseRegister, Registration, Registry, Volume
from docflow.registry.numbers import RegisterNumber
from docflow.thai.dates import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from collections.abc import Callable

    from docflow.registry import Book

__all__ = ["Source", "fetched"]

T = TypeVar("T")
LATER: Final = 2**62
"""Behind every place."""


class Source(Protocol):
    """Where lines and cases come from."""

    def extent(self, book: Book, year: int) -> tuple[int, int]:
        """The first number of a volume, and the next one."""

    def last_year(self, book: Book, year: int) -> int | None:
        """The last year in which a book has lines, asked for while one of its years is looked at."""

    def begun(self, book: Book, year: int) -> int | None:
        """The place of the record that began a volume; None when none has."""

    def registration(self, number: RegisterNumber) -> Registration:
        """A line that is there, with its notes."""

    def naming(self, number: RegisterNumber) -> Sequence[RegisterNumber]:
        """The lines that name a line."""

    def case(self, number: RegisterNumber) -> Case | None:
        """The case of a letter by its first number."""

    def numbers_of_cases(self) -> Iterable[RegisterNumber]:
        """The numbers of all cases, in order of receipt."""


class Fetched(Leaves[T]):
    """A sequence whose items are fetched when they are looked at; what is added or amended is kept beside them."""

    __slots__ = ("_added", "_amended", "_fetch", "_there")

    def __init__(self, there: int, fetch: Callable[[int], T]) -> None:
        self._there, self._fetch = there, fetch
        self._added: Leaves[T] = Leaves()
        self._amended: Mapping[int, T] = {}

    def _like(self, added: Leaves[T], amended: Mapping[int, T]) -> Fetched[T]:
        made: Fetched[T] = object.__new__(Fetched)
        made._there, made._fetch, made._added, made._amended = self._there, self._fetch, added, amended
        return made

    def adding(self, item: T) -> Fetched[T]:
        return self._like(self._added.adding(item), self._amended)

    def amending(self, place: int, item: T) -> Fetched[T]:
        if place >= self._there:
            return self._like(self._added.amending(place - self._there, item), self._amended)
        return self._like(self._added, {**self._amended, place: item})

    def __len__(self) -> int:
        return self._there + len(self._added)

    def __iter__(self) -> Iterator[T]:
        return (self[place] for place in range(len(self)))

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...
    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        if isinstance(place, slice):
            return tuple(self[one] for one in range(*place.indices(len(self))))
        at = place + len(self) if place < 0 else place
        if at >= self._there:
            return self._added[at - self._there]
        if at in self._amended:
            return self._amended[at]
        return self._fetch(at)

    __hash__ = Leaves.__hash__

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Leaves) else super().__eq__(other)


class FetchedRegistry(Registry):
    """A registry of a source, and what was written to it since."""

    _source: Source
    _seen: dict[tuple[Book, int], Volume]
    _opened: Mapping[tuple[Book, int], Volume]
    _since: Mapping[RegisterNumber, tuple[RegisterNumber, ...]]

    def __init__(self, source: Source, seen: object = None, opened: object = None, since: object = None) -> None:
        # The volumes seen and those written to, and for each line those that have named it since.
        hold = object.__setattr__
        hold(self, "_source", source)
        hold(self, "_seen", {} if seen is None else seen)
        hold(self, "_opened", opened or {})
        hold(self, "_since", since or {})

    def volume(self, book: Book, year: int) -> Volume:
        """A volume, whose lines are fetched when they are looked at."""
        opened = self._opened.get((book, year)) or self._seen.get((book, year))
        if opened is None:
            opened = self._seen[book, year] = self._fetched(book, year)
        return opened

    def _fetched(self, book: Book, year: int) -> Volume:
        volume = Volume(book, year)  # refuses what is no year, before anybody is asked for it
        first, following = self._source.extent(book, year)

        def there(place: int) -> Registration:
            return self._source.registration(RegisterNumber(book, year, first + place))

        size = following - first
        written = Fetched(size, lambda place: there(place).written)
        notes = Fetched(size, lambda place: there(place).notes)
        lines = Fetched(size, lambda place: there(place).line)
        return evolve(volume, first=first).holding(written, notes, lines)

    def _begun(self, book: Book, year: int) -> int | None:
        here = [other for (one, other), volume in self._opened.items() if one == book and volume.lines]
        return max(filter(None, (self._source.last_year(book, year), *here)), default=None)

    def _get(self, number: RegisterNumber) -> Registration | None:
        there = FIRST_YEAR <= number.year <= LAST_YEAR
        return self.volume(number.book, number.year).under(number) if there else None

    def _naming(self, numbers: Iterable[RegisterNumber]) -> list[Registration]:
        found = {
            naming for number in numbers for naming in (*self._source.naming(number), *self._since.get(number, ()))
        }
        return [self[number] for number in (sorted(found, key=self._standing) if len(found) > 1 else found)]

    def _standing(self, number: RegisterNumber) -> tuple[int, int]:
        begun = self._source.begun(number.book, number.year)
        if begun is None:  # its volume was begun since, and those stand in their order
            begun = LATER + list(self._opened).index((number.book, number.year))
        return begun, number.n

    def _with(self, volume: Volume, names: Mapping[RegisterNumber, RegisterNumber] | None = None) -> FetchedRegistry:
        since = self._since
        for link, naming in (names or {}).items():
            since = {**since, link: (*since.get(link, ()), naming)}
        opened = {**self._opened, (volume.book, volume.year): volume}
        return FetchedRegistry(self._source, self._seen, opened, since)

    def __repr__(self) -> str:
        return f"<FetchedRegistry: volumes looked at {len(self._opened)}>"


class FetchedCases(Mapping[RegisterNumber, Case]):
    """The cases of a source."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def __getitem__(self, number: RegisterNumber) -> Case:
        case = self._source.case(number)
        if case is None:
            raise KeyError(number)
        return case

    def __iter__(self) -> Iterator[RegisterNumber]:
        return iter(self._source.numbers_of_cases())

    def __len__(self) -> int:
        return sum(1 for _ in self)


def fetched(source: Source) -> CaseRegister:
    """The registers and cases of a source, each of which is fetched when it is looked at."""
    return CaseRegister.judged(FetchedRegistry(source), FetchedCases(source))
