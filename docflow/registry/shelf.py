"""The volumes of all books, and what is looked up in them: registrations, and what links to what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from attrs import evolve, field, frozen

from docflow.errors import RegisterError
from docflow.instants import instant
from docflow.leaves import Leaves
from docflow.registry.notes import Corrected
from docflow.registry.numbers import Book, RegisterNumber
from docflow.registry.volume import Volume
from docflow.safe import brief

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from typing import Self

    from docflow.registry.lines import Line, Registration
    from docflow.registry.notes import Note

__all__ = ["Shelf"]

NOBODY: Final[Leaves[RegisterNumber]] = Leaves()
"""Who names a line that nobody names."""


@frozen(init=False, repr=False)
class Shelf:
    """Volumes in the order in which they were begun, and what can be looked up in them; a `Registry` also writes."""

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
        naming: dict[tuple[Book, int], dict[int, list[RegisterNumber]]] = {}
        for place, volume in enumerate(volumes):
            places[volume.book] = (*places.get(volume.book, ()), place)
            for n, line in enumerate(volume.lines, volume.first):
                for link in line.links:
                    naming.setdefault((link.book, link.year), {}).setdefault(link.n, []).append(volume.number(n))
        by_line = (_named(volume, naming.get((volume.book, volume.year), {})) for volume in volumes)
        self.__attrs_init__(volumes, places, tuple(by_line))
        for volume in volumes:
            for line, notes in zip(volume.written, volume.notes, strict=True):
                if notes or line.links:  # most lines name nothing, and have no notes
                    self._judge(line, notes, volume.book)
                for note in notes:
                    self._judge_links(note.links, note.at, volume.book)

    def volume(self, book: Book, year: int) -> Volume:
        """The volume of a book and a Buddhist calendar year; an empty one when nothing was registered.

        Raises `RegisterError` for what is no year of the Buddhist era, and `TypeError` for what is no `Book`.
        """
        place = self._place(book, year)
        return Volume(book, year) if place is None else self.volumes[place]

    def passage(self, number: RegisterNumber) -> tuple[Registration, ...]:
        """Every registration of a letter, by any of its numbers: one in each unit that it came to, in order of time.

        Raises `RegisterError` for a number that was never given; so do `replies` and `related`.
        """
        first = self[number].line.first or number
        found = [self[first], *(one for one in self._naming([first]) if one.line.first == first)]
        return tuple(sorted(found, key=lambda one: (instant(one.at), one.number != first)))

    def replies(self, number: RegisterNumber) -> tuple[Registration, ...]:
        """The registrations of letters that reply to a letter, by any of its numbers."""
        names = {one.number for one in self.passage(number)}
        return tuple(one for one in self._naming(names) if names & set(one.line.replies_to))

    def related(self, number: RegisterNumber) -> tuple[Registration, ...]:
        """The registrations to which a letter is related, whichever of the two says so."""
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
        for place in self._shelf.get(book, ()):
            if self.volumes[place].year == year:
                return place
        return None

    def _begun(self, book: Book, year: int) -> int | None:  # noqa: ARG002 - who fetches lines asks once for both
        """The last year in which a book has lines, when a line of a year is to be written."""
        return max((self.volumes[n].year for n in self._shelf.get(book, ()) if self.volumes[n].lines), default=None)

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
        return None if place is None else self.volumes[place].under(number)

    def __iter__(self) -> Iterator[Registration]:
        return (registration for volume in self.volumes for registration in volume)

    def __len__(self) -> int:
        return sum(len(volume.lines) for volume in self.volumes)

    @property
    def reserved(self) -> tuple[Registration, ...]:
        """The registrations that are reserved and still wait for their letter; void ones wait for none."""
        waiting = ((volume, n) for volume in self.volumes for n, line in enumerate(volume.lines, volume.first)
                   if line.letter is None and line.void is None)  # fmt: skip
        return tuple(self[volume.number(n)] for volume, n in waiting)

    def as_recorded(self, moment: datetime) -> Self:
        """The registers as they were known at a moment: the lines and the notes that had been written by then.

        A book that begins amid a year is there from the first, for nobody dated that.
        """
        known = (volume.as_recorded(moment) for volume in self.volumes)
        return type(self)(volume for volume in known if volume.lines or volume.first > 1)

    def _judge(self, line: Line, notes: Sequence[Note], book: Book) -> None:
        """See that a line names only what was given before it, and that all lines of a letter tell one letter."""
        self._judge_links(line.links, line.at, book)
        if line.first is not None:
            refused = self._judge_letter(self[line.first], line, _of_letter(notes))
            if refused is not None:
                raise RegisterError(str(book), *refused)

    def _judge_links(self, links: Iterable[RegisterNumber], at: datetime, book: Book) -> None:
        for link in links:
            since = self[link].line.since
            if since is None:
                problem = f"{link} is reserved and has no letter yet; fill it first"
                raise RegisterError(str(book), "reserved number", problem)
            if instant(at) < instant(since):
                problem = f"{at} is before {link} was given, at {since}; nothing links to what is to come"
                raise RegisterError(str(book), "time runs backwards", problem)

    def _judge_letter(self, first: Registration, line: Line, later: Sequence[Corrected]) -> tuple[str, str] | None:
        """Why a line does not tell the letter of its first one: as that was then, and corrected alike ever since."""
        letter = first.written.letter if first.line.filled is None else first.line.filled.letter
        corrected = _of_letter(first.notes)
        before = corrected[: len(corrected) - len(later)]
        for note in before:
            letter = letter and evolve(letter, **note.of_letter)
        if first.line.first is not None or line.letter != letter or [*before, *later] != corrected:
            problem = f"{first.number} is not the first number of this letter; forward it by one of its own numbers"
            return "no such number", problem
        if before and instant(line.at) < instant(before[-1].at):
            problem = f"{line.at} is before {first.number} was corrected, at {before[-1].at}; register it now"
            return "time runs backwards", problem
        return None

    def _with(self, volume: Volume, names: Mapping[RegisterNumber, RegisterNumber] | None = None) -> Self:
        """The same with a volume that was judged; `names` maps what one of its lines names anew to that line."""
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
        for link, naming in (names or {}).items():
            there = cast("int", self._place(link.book, link.year))
            n = link.n - volumes[there].first
            named[there] = named[there].amending(n, Leaves.of(named[there][n]).adding(naming))
        made = type(self).__new__(type(self))
        made.__attrs_init__(tuple(volumes), shelf, tuple(named))
        return made

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: volumes {len(self.volumes)}, lines {len(self)}>"

    def __reduce__(self) -> tuple[type[Self], tuple[tuple[Volume, ...]]]:
        """A pickle of the volumes; it is judged again when it is read."""
        return type(self), (self.volumes,)


def _named(volume: Volume, naming: Mapping[int, Sequence[RegisterNumber]]) -> Leaves[Sequence[RegisterNumber]]:
    """For each line of a volume, the numbers of the lines that name it."""
    return Leaves(Leaves(naming[n]) if n in naming else NOBODY for n in range(volume.first, volume.next_n))


def _of_letter(notes: Iterable[Note]) -> list[Corrected]:
    """The corrections of a letter among some notes, without what they say of one line."""
    found = (note.for_other_lines() for note in notes if isinstance(note, Corrected))
    return [note for note in found if note is not None]
