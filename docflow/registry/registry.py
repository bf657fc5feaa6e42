"""Registry: the registers of all units as one value. Doing something gives a new registry, refusing it leaves none."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict, Unpack, cast

from attrs import evolve, field, frozen

from docflow.errors import RegisterError
from docflow.instants import instant
from docflow.leaves import Leaves
from docflow.letters import Secrecy
from docflow.letters.letter import plain
from docflow.registry.numbers import Book, Direction, RegisterNumber
from docflow.registry.volume import Line, Registration, Void, Volume, year_of
from docflow.safe import brief

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from docflow.letters import Letter

__all__ = ["Registry"]


class Said(TypedDict, total=False):
    """What else may be said of a registration."""

    by: str | None
    replies_to: RegisterNumber | None
    related: tuple[RegisterNumber, ...]
    action: str
    remark: str


@frozen(init=False, repr=False)
class Registry:
    """The receipt and sending registers of the units of an office; numbers start again each Buddhist calendar year.

    >>> from datetime import datetime, timezone
    >>> from docflow import Letter
    >>> nine, ten = (datetime(2020, 1, 2, hour, tzinfo=timezone.utc) for hour in (2, 3))
    >>> registry, first = Registry().receive(Letter(number="", subject="A market"), unit="Administration", at=nine)
    >>> registry, second = registry.forward(first.number, unit="Secretary Group", at=ten)
    >>> registry, reply = registry.send(
    ...     Letter(number="", subject="Re: a market"), unit="Secretary Group", at=ten, replies_to=second.number
    ... )
    >>> [f"{each.number} {each.number.book.unit}" for each in registry.passage(first.number)]
    ['1/2563 Administration', '1/2563 Secretary Group']
    >>> [str(each.number) for each in registry.replies(first.number)]
    ['1/2563']

    The number of a line is its place in the book, so no number is left out or given twice. A letter with an empty
    number takes the first number that it is given. Letters of any grade of secrecy go to the secret book of their unit.
    Stamps are moments, and their year is that of Thai time. Source: correspondence regulation B.E. 2526, forms 12–14.
    """

    volumes: tuple[Volume, ...]
    _shelf: Mapping[Book, tuple[int, ...]] = field(eq=False)
    """The places of the volumes of each book, in the order in which they were begun."""
    _named: tuple[Leaves[Sequence[RegisterNumber]], ...] = field(eq=False)
    """For each line of each volume, the numbers of the lines that link to it."""

    def __init__(
        self,
        volumes: Iterable[Volume] = (),
        shelf: object = None,  # noqa: ARG002 - `attrs.evolve` hands them on, and they are made again of the volumes
        named: object = None,  # noqa: ARG002 - the same
    ) -> None:
        volumes = tuple(volumes)
        wrong = [one for one in volumes if not isinstance(one, Volume)]
        if wrong:
            raise TypeError(f"{brief(wrong[0])} is no volume of a register; give such as registry.volume(book, 2563)")
        if len({(one.book, one.year) for one in volumes}) < len(volumes):
            raise RegisterError("a registry", "duplicate number", "a book has two volumes of one year; make them one")
        places: dict[Book, tuple[int, ...]] = {}
        naming: dict[RegisterNumber, list[RegisterNumber]] = {}
        for place, volume in enumerate(volumes):
            places[volume.book] = (*places.get(volume.book, ()), place)
            for one in volume:
                for link in one.line.links:
                    naming.setdefault(link, []).append(one.number)
        by_line: Iterator[Leaves[Sequence[RegisterNumber]]] = (
            Leaves(Leaves(naming.get(one.number, ())) for one in volume) for volume in volumes
        )
        self.__attrs_init__(volumes, places, tuple(by_line))
        for one in self:
            self._judge(one.line, one.number.book)

    def receive(
        self, letter: Letter, *, unit: str, at: datetime, n: int | None = None, **said: Unpack[Said]
    ) -> tuple[Registry, Registration]:
        """Register a letter that has come in under the unit's next receipt number; `n` may say which that must be.

        Raises `RegisterError` for a number that was given or is void or would leave a gap, for a stamp before the
        book's last one, and for a link to a number that no register has; `NaiveDatetimeError`.
        """
        return self._write(_line(letter, at, said), unit, Direction.RECEIPT, n)

    def send(
        self, letter: Letter, *, unit: str, at: datetime, n: int | None = None, **said: Unpack[Said]
    ) -> tuple[Registry, Registration]:
        """Register a letter that goes out under the unit's next sending number; raises as `receive` does."""
        return self._write(_line(letter, at, said), unit, Direction.SENDING, n)

    def forward(
        self, number: RegisterNumber, *, unit: str, at: datetime, n: int | None = None, **said: Unpack[Said]
    ) -> tuple[Registry, Registration]:
        """Register a letter again in the unit that it has come to, under a number of its own; raises as `receive`."""
        there = self[number]
        if there.line.void is not None:
            problem = f"{number} is void ({there.line.void.why}); forward the letter by another number"
            raise RegisterError(str(number.book), "void number", problem)
        line = evolve(_line(there.letter, at, said), first=there.line.first or number)
        return self._write(line, unit, Direction.RECEIPT, n)

    def void(self, number: RegisterNumber, *, why: str, at: datetime, by: str | None = None) -> Registry:
        """Declare a number void: it keeps its place, with the reason, and is never used again.

        Raises `RegisterError` for a number that no register has or that is void already, and without a reason.
        """
        line = self[number].line
        refused = None
        if line.void is not None:
            refused = "void number", f"{number} is void already ({line.void.why}); there is nothing to do"
        elif not plain(why or "").strip():
            refused = "no reason given", f"a reason is wanted to declare {number} void; give it in why="
        elif instant(at) < instant(line.at):
            problem = f"{number} cannot have been declared void at {at}, before it was given at {line.at}"
            refused = "time runs backwards", problem
        if refused is not None:
            raise RegisterError(str(number.book), *refused)
        volume = self.volume(number.book, number.year)
        return self._with(volume.rewrite(number.n, evolve(line, void=Void(by=by, why=why, at=at))))

    def starting_at(self, book: Book, year: int, n: int) -> Registry:
        """The registry with a book that begins a year at a number, for an office that comes from paper in its midst.

        Raises `RegisterError` when the book has lines of that year.
        """
        volume = self.volume(book, year)
        if volume.lines:
            problem = f"its volume of {year} cannot begin at {n}: it has {len(volume.lines)} lines"
            raise RegisterError(str(book), "duplicate number", problem)
        return self._with(evolve(volume, first=n))

    def volume(self, book: Book, year: int) -> Volume:
        """A book's lines of a year; an empty volume when it has none."""
        place = self._place(book, year)
        return Volume(book, year) if place is None else self.volumes[place]

    def passage(self, number: RegisterNumber) -> tuple[Registration, ...]:
        """Every registration of a letter, in order of time: one in each unit that it came to."""
        first = self[number].line.first or number
        found = [self[first], *(one for one in self._naming([first]) if one.line.first == first)]
        return tuple(sorted(found, key=lambda one: (instant(one.at), one.number != first)))

    def replies(self, number: RegisterNumber) -> tuple[Registration, ...]:
        """What replies to a letter, by whichever of its numbers."""
        names = {one.number for one in self.passage(number)}
        return tuple(one for one in self._naming(names) if one.line.replies_to in names)

    def related(self, number: RegisterNumber) -> tuple[Registration, ...]:
        """What a letter is related to, and what says that it is related to it."""
        passage = self.passage(number)
        names = {one.number for one in passage}
        named = {link for one in passage for link in one.line.related}
        naming = {one.number for one in self._naming(names) if names & set(one.line.related)}
        return tuple(map(self.__getitem__, sorted(named | naming, key=self._standing)))

    def _naming(self, numbers: Iterable[RegisterNumber]) -> list[Registration]:
        """What names one of some numbers, in the order in which it stands on the shelf."""
        naming: set[RegisterNumber] = set()
        for number in numbers:
            place = cast("int", self._place(number.book, number.year))
            naming.update(self._named[place][number.n - self.volumes[place].first])
        return [self[number] for number in sorted(naming, key=self._standing)]

    def _standing(self, number: RegisterNumber) -> tuple[int, int]:
        return cast("int", self._place(number.book, number.year)), number.n

    def _place(self, book: Book, year: int) -> int | None:
        """Which of the volumes is a book's of a year."""
        return next((place for place in self._shelf.get(book, ()) if self.volumes[place].year == year), None)

    def __contains__(self, number: object) -> bool:
        if not isinstance(number, RegisterNumber):
            return False
        return self._get(number) is not None

    def __getitem__(self, number: RegisterNumber) -> Registration:
        if not isinstance(number, RegisterNumber):
            raise TypeError(f"{number!r} could be in any book; give a RegisterNumber, as a registration has it")
        found = self._get(number)
        if found is None:
            problem = f"{number} was never given; the next is {self.volume(number.book, number.year).next_number}"
            raise RegisterError(str(number.book), "no such number", problem)
        return found

    def _get(self, number: RegisterNumber) -> Registration | None:
        place = self._place(number.book, number.year)
        return None if place is None else self.volumes[place].get(number.n)

    def __iter__(self) -> Iterator[Registration]:
        return (registration for volume in self.volumes for registration in volume)

    def __len__(self) -> int:
        return sum(len(volume.lines) for volume in self.volumes)

    def _write(self, line: Line, unit: str, direction: Direction, n: int | None) -> tuple[Registry, Registration]:
        book, year = Book(unit, direction, line.letter.secrecy is not Secrecy.OPEN), year_of(line.at)
        begun = max((self.volumes[n].year for n in self._shelf.get(book, ()) if self.volumes[n].lines), default=year)
        if begun > year:
            problem = f"{line.at} is in {year}, and the volume of {begun} has begun; register it now"
            raise RegisterError(str(book), "time runs backwards", problem)
        self._judge(line, book)
        volume = self.volume(book, year)
        if not line.letter.number:
            line = evolve(line, letter=evolve(line.letter, number=str(volume.next_number)))
        number = volume.next_number
        return self._with(volume.write(line, n=n), line.links), Registration(number, line)

    def _judge(self, line: Line, book: Book) -> None:
        """See that a line names only what was given before it."""
        for link in line.links:
            there = self[link]
            if instant(line.at) < instant(there.at):
                problem = f"{line.at} is before {link} was given, at {there.at}; nothing links to what is to come"
                raise RegisterError(str(book), "time runs backwards", problem)
        if line.first is not None and (self[line.first].line.first or self[line.first].letter != line.letter):
            problem = f"{line.first} is not the first number of this letter; forward it by one of its own numbers"
            raise RegisterError(str(book), "no such number", problem)

    def _with(self, volume: Volume, links: Iterable[RegisterNumber] = ()) -> Registry:
        """The registry with a volume that was judged; what its last line names, when it is new, is told."""
        volumes, shelf, named = list(self.volumes), self._shelf, list(self._named)
        place = self._place(volume.book, volume.year)
        if place is None:
            place = len(volumes)
            volumes.append(volume)
            named.append(Leaves())
            shelf = {**shelf, volume.book: (*shelf.get(volume.book, ()), place)}
        volumes[place] = volume
        if len(volume.lines) > len(named[place]):
            named[place] = named[place].adding(())
        for link in links:
            there = cast("int", self._place(link.book, link.year))
            n = link.n - volumes[there].first
            named[there] = named[there].amending(n, Leaves.of(named[there][n]).adding(volume.number(volume.next_n - 1)))
        registry = Registry.__new__(Registry)
        registry.__attrs_init__(tuple(volumes), shelf, tuple(named))
        return registry

    def __repr__(self) -> str:
        return f"<Registry: volumes {len(self.volumes)}, lines {len(self)}>"

    def __reduce__(self) -> tuple[type[Registry], tuple[tuple[Volume, ...]]]:
        """A pickle of the volumes; it is judged again when it is read."""
        return Registry, (self.volumes,)


def _line(letter: Letter, at: datetime, said: Said) -> Line:
    unknown = sorted(set(said) - set(Said.__annotations__))
    if unknown:
        raise TypeError(f"{', '.join(unknown)} cannot be said of a registration; {', '.join(Said.__annotations__)} can")
    return Line(letter=letter, at=at, **said)
