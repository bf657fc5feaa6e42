"""RegisterLaws: what must hold of any registry, however it came about."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from attrs import evolve

from docflow.instants import instant, local
from docflow.letters import Letter, Secrecy
from docflow.registry import Direction, pages
from docflow.testing.case_register_laws import CaseRegisterLaws
from docflow.testing.laws import law, shown
from docflow.testing.note_laws import refused
from docflow.testing.register_strategies import end, registered

if TYPE_CHECKING:
    from hypothesis.strategies import DataObject

__all__ = ["RegisterLaws"]


class RegisterLaws(CaseRegisterLaws):
    """The laws of registers: subclass it with your registry, and pytest searches for a number that breaks one.

    >>> from docflow import Registry
    >>> from docflow.testing import RegisterLaws
    >>> class TestOurRegisters(RegisterLaws):
    ...     registry = Registry()
    >>> TestOurRegisters().test_numbers_have_no_gaps_and_none_comes_twice()

    `registry` is a registry or a strategy of registries; without it, `registries()`. The laws look at what it holds and
    write more into copies of it.
    """

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
            stamps = [instant(line.at) for volume in years for line in volume.lines]
            assert stamps == sorted(stamps)

    @law
    def test_what_was_written_stays(self, data: DataObject) -> None:
        """Whatever is tried next: a number keeps the line that was first written, and at most gets notes below it."""
        registry = self._registry(data)
        before = copy.deepcopy(registry)
        after, _ = registered(data.draw, registry, end(registry))
        assert registry == before
        assert len(registry) <= len(after) <= len(registry) + 1
        for one in registry:
            assert after[one.number].written == one.written

    @law
    def test_a_void_number_is_never_used_again(self, data: DataObject) -> None:
        """Nor is any other; refused, the registry is as it was."""
        registry = self._registry(data)
        at = end(registry)
        registry, one = registry.receive(Letter(number=""), unit="North", at=at)
        void = registry.void(one.number, why="written twice", at=at)
        assert void.volume(one.number.book, one.number.year).next_n == one.number.n + 1
        for n in (one.number.n, one.number.n + 2, 0):
            with refused("void number" if n == one.number.n else "gap" if n else "no such number"):
                void.receive(Letter(number=""), unit="North", at=at, n=n)
        assert void[one.number].line.void is not None

    @law
    def test_a_letter_keeps_its_first_number_wherever_it_goes(self, data: DataObject) -> None:
        """Each unit gives it one of its own, and every one of them leads to all."""
        registry = self._registry(data)
        for one in self._some(data, registry):
            passage = registry.passage(one.number)
            assert one in passage
            assert [instant(each.at) for each in passage] == sorted(instant(each.at) for each in passage)
            assert {each.line.letter for each in passage} == {one.line.letter}
            first = one.line.first or one.number
            assert passage[0].number == first
            assert all(registry.passage(each.number) == passage for each in passage)
            at, before = end(registry), len(passage)
            if one.line.letter is not None and one.line.void is None:
                further, again = registry.forward(one.number, unit="East", at=at)
                assert again.letter == one.letter
                assert (again.number.book.unit, again in further.passage(one.number)) == ("East", True)
                assert len(further.passage(one.number)) == before + 1
            else:
                with refused("reserved number" if one.line.void is None else "void number"):
                    registry.forward(one.number, unit="East", at=at)

    @law
    def test_replies_and_relations_are_found_from_every_number(self, data: DataObject) -> None:
        """And what no register has cannot be linked to, nor what is to come."""
        registry = self._registry(data)
        at = end(registry)
        for one in self._some(data, registry):
            if one.line.letter is None:
                continue
            answered, reply = registry.send(
                Letter(number=""), unit="East", at=at, replies_to=one.number, related=(one.number,)
            )
            assert reply.number.book.direction is Direction.SENDING
            for each in registry.passage(one.number):
                assert reply in answered.replies(each.number)
                assert reply in answered.related(each.number)
            nowhere = evolve(one.number, n=one.number.n + 10_000)
            with refused("no such number"):
                registry.send(Letter(number=""), unit="East", at=at, replies_to=nowhere)

    @law
    def test_years_are_those_of_thai_time(self, data: DataObject) -> None:
        """By a plain count: seven hours on from UTC, 543 years on from the common era."""
        registry = self._registry(data)
        shown("a letter that is registered", len(registry))
        for one in registry:
            assert one.number.year == (local(instant(one.at), UTC) + timedelta(hours=7)).year + 543

    @law
    def test_secret_letters_are_in_books_of_their_own(self, data: DataObject) -> None:
        """And no others are."""
        registry = self._registry(data)
        shown("a letter that is registered", len(registry))
        for one in registry:
            if one.line.letter is not None:
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
        sent = pickle.loads(pickle.dumps(registry))  # noqa: S301 - our own
        for twin in (copy.copy(registry), copy.deepcopy(registry), sent):
            assert twin == registry
            assert hash(twin) == hash(registry)
