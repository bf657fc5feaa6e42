"""NoteLaws: what must hold of the notes below the lines of any registry; `RegisterLaws` are these and more."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar, cast

from attrs import fields
from hypothesis import strategies as st

from docflow.errors import RegisterError
from docflow.instants import instant
from docflow.letters import Letter
from docflow.registry import (
    Corrected,
    Delivery,
    Filled,
    Line,
    Linked,
    RegisterNumber,
    Registry,
    Restored,
    Tracked,
    Void,
    pages,
)
from docflow.testing.laws import TICK, drawn, law, shown
from docflow.testing.letter_strategies import HOUR
from docflow.testing.register_strategies import end, registered, registries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hypothesis.strategies import DataObject, SearchStrategy

    from docflow.registry import Note, Registration

__all__ = ["NoteLaws", "refused"]

WORDS = {Void: "ยกเลิก", Restored: "เพิกถอนการยกเลิก", Corrected: "แก้", Filled: "ลงรายการ"}
"""What the pages call a note."""


class NoteLaws:
    """The laws of notes, which `RegisterLaws` inherits."""

    registry: ClassVar[Registry | SearchStrategy[Registry]] = registries()

    @law
    def test_notes_only_grow(self, data: DataObject) -> None:
        """Whatever is tried next, the notes of a line are the first of its later ones, and never go back in time."""
        registry = self._registry(data)
        after, _ = registered(data.draw, registry, end(registry))
        for one in registry:
            assert after[one.number].notes[: len(one.notes)] == one.notes
            times = [instant(at) for at in (one.at, *(note.at for note in one.notes))]
            assert times == sorted(times)
            assert all(note.by or isinstance(note, Void) for note in one.notes)

    @law
    def test_a_line_says_what_its_notes_make_of_it(self, data: DataObject) -> None:
        """By a dictionary that takes up one note after the other."""
        registry = self._registry(data)
        shown("a note", any(one.notes for one in registry))
        for one in registry:
            assert _plain(one.line) == _told(one.written, one.notes)

    @law
    def test_a_correction_keeps_the_old_value(self, data: DataObject) -> None:
        """It shows on every line of the letter, and what was known before it is as it was."""
        registry = self._registry(data)
        known, at = end(registry), end(registry) + HOUR
        for one in self._some(data, registry):
            if one.line.letter is None:
                continue
            old, new = one.letter.subject, f"{one.letter.subject}, corrected"
            corrected = registry.correct(one.number, subject=new, by="Somchai", why="a slip", at=at)
            for each in corrected.passage(one.number):
                assert each.letter.subject == new
                told = [(last.what, last.old, last.new, last.note.by, last.note.at) for last in each.changes[-1:]]
                assert told == [("subject", old, new, "Somchai", at)]
            assert corrected.as_recorded(known).passage(one.number) == registry.passage(one.number)
            with refused("nothing to do"):
                corrected.correct(one.number, subject=new, by="Somchai", why="a slip", at=at)
            with refused("no reason given"):
                registry.correct(one.number, subject=new, by="Somchai", why=" ", at=at)

    @law
    def test_a_number_that_is_reserved_and_filled_leaves_no_gap(self, data: DataObject) -> None:
        """It waits among the reserved ones until it has its letter, and takes no other."""
        registry = self._registry(data)
        at = end(registry)
        held, one = registry.reserve(unit="North", at=at, by="Somchai", why="to be signed")
        held, next_one = held.send(Letter(number=""), unit="North", at=at)
        assert (next_one.number.n, one in held.reserved) == (one.number.n + 1, True)
        assert all(each.line.letter is None for each in held.reserved)
        with refused("reserved number"):
            held.forward(one.number, unit="East", at=at)
        filled = held.fill(one.number, Letter(number="", subject="A market"), by="Somying", at=at + HOUR)
        assert one.number not in {each.number for each in filled.reserved}
        assert (filled[one.number].letter.subject, filled[one.number].at) == ("A market", at)
        assert [each.number for each in filled] == [each.number for each in held]
        with refused("duplicate number"):
            filled.fill(one.number, Letter(number=""), by="Somying", at=at + HOUR)

    @law
    def test_links_made_later_are_found_from_every_number(self, data: DataObject) -> None:
        """Just as if they had been written with the line, and in a registry read again."""
        registry = self._registry(data)
        at = end(registry)
        registry, reply = registry.send(Letter(number=""), unit="East", at=at)
        for one in self._some(data, registry):
            if one.line.letter is None or one.number == reply.number:
                continue
            linked = registry.link(reply.number, replies_to=one.number, related=one.number, by="Somchai", at=at + HOUR)
            for found in (linked, Registry(linked.volumes)):
                for each in found.passage(one.number):
                    assert reply.number in {other.number for other in found.replies(each.number)}
                    assert reply.number in {other.number for other in found.related(each.number)}
            with refused("time runs backwards"):
                registry.link(reply.number, replies_to=one.number, by="Somchai", at=at - TICK)

    @law
    def test_a_void_number_may_be_restored_and_be_void_again(self, data: DataObject) -> None:
        """Each decision stays readable, with who took it and why."""
        registry = self._registry(data)
        at = end(registry)
        for one in self._some(data, registry):
            void = registry
            if one.line.void is None:
                with refused("nothing to do"):
                    registry.restore(one.number, by="Somying", why="it was not", at=at)
                void = registry.void(one.number, by="Somchai", why="twice", at=at)
            restored = void.restore(one.number, by="Somying", why="it was not", at=at)
            assert restored[one.number].line.void is None
            again = restored.void(one.number, by="Somchai", why="it was", at=at)
            assert again[one.number].line.void == again[one.number].notes[-1]
            assert [note.why for note in again[one.number].notes[-2:]] == ["it was not", "it was"]
            assert isinstance(again[one.number].notes[-3], Void) or one.line.void is not None
            with refused("no name given"):
                void.restore(one.number, by="", why="it was not", at=at)

    @law
    def test_each_recipient_has_the_status_noted_last(self, data: DataObject) -> None:
        """And is outstanding exactly when that is not as far on the way as is asked."""
        registry = self._registry(data)
        registry, one = registry.send(Letter(number=""), unit="North", at=end(registry), recipients=("A", "B"))
        last = dict.fromkeys(("A", "B"), Delivery.SENT)
        for who, status in data.draw(st.lists(st.tuples(st.sampled_from(("A", "B")), st.sampled_from(Delivery)))):
            if last[who] is status:
                with refused("nothing to do"):
                    registry.note_status(one.number, who, status, by="Somchai", at=end(registry))
            else:
                registry = registry.note_status(one.number, who, status, by="Somchai", at=end(registry))
                last[who] = status
        line = registry[one.number].line
        assert {who: noted.status for who, noted in line.statuses.items()} == last
        there = {"delivered", "registered", "answered"}
        assert line.outstanding() == tuple(who for who, status in last.items() if status.value not in there)

    @law
    def test_the_past_never_sees_what_was_written_later(self, data: DataObject) -> None:
        """The registers as known at a moment are the lines and notes from before it, and stay so whatever follows."""
        registry = self._registry(data)
        moments = [moment for one in registry for moment in (one.at, *(note.at for note in one.notes))]
        at = data.draw(st.sampled_from(moments)) if moments else end(registry)
        known = registry.as_recorded(at)
        written = {one.number: one for one in registry if instant(one.at) <= instant(at)}
        assert {one.number for one in known} == set(written)
        for one in known:
            later = written[one.number]
            assert (one.written, one.notes) == (later.written, later.notes[: len(one.notes)])
            assert all(instant(note.at) > instant(at) for note in later.notes[len(one.notes) :])
            assert all(instant(note.at) <= instant(at) for note in one.notes)
        after, now = registered(data.draw, registry, end(registry) + HOUR)
        if instant(now) > instant(end(registry)):
            assert list(after.as_recorded(end(registry))) == list(registry)

    @law
    def test_pages_tell_every_note(self, data: DataObject) -> None:
        """A line has one row however many notes it has, and the remark tells them in their order."""
        registry = self._registry(data)
        for volume in registry.volumes:
            for one, row in zip(volume, (row for page in pages(volume) for row in page.rows), strict=True):
                told = [f"{WORDS[type(note)]}" for note in one.notes if type(note) in WORDS]
                place = 0
                for word in told:
                    place = row[-1].index(word, place) + len(word) if word in row[-1][place:] else -1
                    assert place > 0
                assert "จองเลข" in row[-1] or not one.written.reserved
        for volume in registry.volumes:
            for page in pages(volume):
                assert page.html().count("<tr>") == len(page.rows) + 1

    @law
    def test_numbers_are_read_as_they_are_written(self, data: DataObject) -> None:
        """In Arabic and in Thai digits."""
        registry = self._registry(data)
        shown("a letter that is registered", len(registry))
        for one in registry:
            for text in (str(one.number), one.number.thai):
                assert RegisterNumber.parse(text, one.number.book) == one.number

    @staticmethod
    def _some(data: DataObject, registry: Registry) -> list[Registration]:
        """A few registrations: a book may have thousands."""
        every = list(registry)
        some = data.draw(st.lists(st.sampled_from(every), max_size=4, unique=True)) if every else []
        shown("a letter that is registered", some)
        return some

    def _registry(self, data: DataObject) -> Registry:
        registry = cast("Registry", drawn(data, self, "registry", Registry))
        at = end(registry)
        for _ in range(data.draw(st.integers(0, 4))):
            registry, at = registered(data.draw, registry, at)
        return registry


@contextmanager
def refused(kind: str) -> Iterator[None]:
    """See that something is refused, and as what."""
    try:
        yield
    except RegisterError as error:
        assert error.kind == kind
    else:
        raise AssertionError(f"nothing was refused, though it is a case of {kind!r}")


def _plain(line: Line) -> dict[str, Any]:
    """A line, and the letter in it, as a dictionary."""
    said = {one.name: getattr(line, one.name) for one in fields(Line)}
    letter = said.pop("letter")
    return said | {"letter": letter and {one.name: getattr(letter, one.name) for one in fields(Letter)}}


def _told(written: Line, notes: Sequence[Note]) -> dict[str, Any]:
    """What a line says when its notes are taken up one after the other."""
    said = _plain(written)
    for note in notes:
        if isinstance(note, Void | Restored):
            said["void"] = note if isinstance(note, Void) else None
        elif isinstance(note, Tracked):
            said["tracked"] = (*(one for one in said["tracked"] if one.recipient != note.recipient), note)
        elif isinstance(note, Linked):
            for which in ("replies_to", "related"):
                said[which] += tuple(dict.fromkeys(one for one in getattr(note, which) if one not in said[which]))
        elif isinstance(note, Filled):
            said["letter"] = {one.name: getattr(note.letter, one.name) for one in fields(Letter)}
            said["filled"] = note
            said |= {which: getattr(note, which) for which in ("replies_to", "related", "recipients")}
            said |= {"action": note.action, "remark": note.remark}
        elif isinstance(note, Corrected):
            for which, right in note.values:
                where = said if which in ("action", "remark") else said["letter"]
                where["remark" if which == "letter_remark" else which] = right
    return said
