"""RegisterLaws: what must hold of any registry, however it came about."""

from __future__ import annotations

import copy
import pickle
from typing import TYPE_CHECKING, ClassVar, cast

from hypothesis import strategies as st

from docflow.errors import RegisterError
from docflow.letters import Letter, Secrecy
from docflow.letters.steps import since
from docflow.registry import Registry, pages
from docflow.testing.laws import drawn, law
from docflow.testing.letter_strategies import OPENED, registered, registries

if TYPE_CHECKING:
    from datetime import datetime

    from hypothesis.strategies import DataObject, SearchStrategy

__all__ = ["RegisterLaws"]


class RegisterLaws:
    """Subclass it to try registers, drawn or your own: pytest then searches for a number that breaks a law.

    >>> class TestOurRegisters(RegisterLaws):
    ...     registry = Registry()
    >>> TestOurRegisters().test_numbers_have_no_gaps_and_none_comes_twice()

    `registry` may be a value or a strategy; what it holds already is looked at, and more is written to it.
    """

    registry: ClassVar[Registry | SearchStrategy[Registry]] = registries()

    @law
    def test_numbers_have_no_gaps_and_none_comes_twice(self, data: DataObject) -> None:
        """In each book and year they run from the first on, one by one."""
        registry = self._registry(data)
        numbers = [one.number for one in registry]
        assert len(set(numbers)) == len(numbers) == len(registry)
        for volume in registry.volumes:
            mine = [number.n for number in numbers if (number.book, number.year) == (volume.book, volume.year)]
            assert mine == list(range(volume.first, volume.first + len(mine)))

    @law
    def test_lines_stand_in_order_of_arrival(self, data: DataObject) -> None:
        """And years follow one another: no line of a year is before one of an earlier year."""
        registry = self._registry(data)
        for book in {volume.book for volume in registry.volumes}:
            years = sorted((one for one in registry.volumes if one.book == book), key=lambda one: one.year)
            stamps = [since(line.at) for volume in years for line in volume.lines]
            assert stamps == sorted(stamps)

    @law
    def test_what_was_written_stays(self, data: DataObject) -> None:
        """Whatever is tried next: a number keeps its letter and its stamp, and at most becomes void."""
        registry = self._registry(data)
        before = copy.deepcopy(registry)
        after, _ = registered(data.draw, registry, _end(registry))
        assert registry == before
        assert len(registry) <= len(after) <= len(registry) + 1
        for one in registry:
            assert (after[one.number].letter, after[one.number].at) == (one.letter, one.at)
            assert after[one.number].line.void in (one.line.void, after[one.number].line.void)
            assert one.line.void is None or after[one.number].line.void == one.line.void

    @law
    def test_a_void_number_is_never_used_again(self, data: DataObject) -> None:
        """Nor is any other; refused, the registry is as it was."""
        registry = self._registry(data)
        at = _end(registry)
        registry, one = registry.receive(Letter(number=""), unit="North", at=at)
        void = registry.void(one.number, why="written twice", at=at)
        assert void.volume(one.number.book, one.number.year).next_n == one.number.n + 1
        for n in (one.number.n, one.number.n + 2, 0):
            try:
                void.receive(Letter(number=""), unit="North", at=at, n=n)
            except RegisterError as error:
                assert error.kind in ("void number", "gap")
            else:
                raise AssertionError(f"the number {n} was given after {one.number}")
        assert void[one.number].line.void is not None

    @law
    def test_a_letter_keeps_its_first_number_wherever_it_goes(self, data: DataObject) -> None:
        """Each unit gives it one of its own, and every one of them leads to all."""
        registry = self._registry(data)
        for one in registry:
            passage = registry.passage(one.number)
            assert one in passage
            assert {each.letter for each in passage} == {one.letter}
            first = one.line.first or one.number
            assert first in [each.number for each in passage]
            assert all(registry.passage(each.number) == passage for each in passage)

    @law
    def test_secret_letters_are_in_books_of_their_own(self, data: DataObject) -> None:
        """And no others are."""
        for one in self._registry(data):
            assert one.number.book.secret == (one.letter.secrecy is not Secrecy.OPEN)

    @law
    def test_pages_hold_every_line_once_and_in_order(self, data: DataObject) -> None:
        """A page a day; a cell for each heading."""
        for volume in self._registry(data).volumes:
            days = pages(volume)
            assert [row[0] for page in days for row in page.rows] == [str(one.number.n) for one in volume]
            assert len({page.day for page in days}) == len(days)
            assert all(len(row) == len(page.headings) for page in days for row in page.rows)

    @law
    def test_a_registry_is_a_value(self, data: DataObject) -> None:
        """Copies and pickles are equal to it and have its hash."""
        registry = self._registry(data)
        for twin in (copy.copy(registry), copy.deepcopy(registry), pickle.loads(pickle.dumps(registry))):  # noqa: S301
            assert twin == registry
            assert hash(twin) == hash(registry)

    def _registry(self, data: DataObject) -> Registry:
        registry = cast("Registry", drawn(data, self, "registry"))
        at = _end(registry)
        for _ in range(data.draw(st.integers(0, 4))):
            registry, at = registered(data.draw, registry, at)
        return registry


def _end(registry: Registry) -> datetime:
    return max((one.at for one in registry), key=since, default=OPENED)
