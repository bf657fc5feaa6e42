"""How a register is read into columns: what can be said of many rows at once is said once.

Distinct texts of dates and of other cells are read once, and the workflow judges each passage once: which stamps are
filled, and that they are in order of time, decides what it says, as long as no right, guard or attribute is asked for.
Every other row is read as `read_register` reads it: so faults, notes and cases are the same, word for word.
"""

from __future__ import annotations

from array import array
from os import PathLike
from typing import TYPE_CHECKING, Any, Final

from attrs import define, evolve, field, fields_dict

from docflow.errors import DateTextError, LetterError
from docflow.files.fields import Line, Used
from docflow.files.register import TEXTS
from docflow.files.register_columns import Passage, RegisterColumns
from docflow.instants import instant
from docflow.letters import Letter
from docflow.letters.letter import name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from docflow.files.faults import Fault
    from docflow.files.register import RegisterForm
    from docflow.files.table import Row
    from docflow.letters import Case, Workflow

__all__ = ["read_register_columns"]

BEFORE: Final = -(2**63)
"""Before every instant."""
NO_COLUMNS: Final = {"number": "it is a column already", "attributes": "its values are of many kinds"}
"""The fields of a letter that cannot be asked for, and why."""


def read_register_columns(
    paths: str | Path | Iterable[str | Path],
    form: RegisterForm,
    workflow: Workflow,
    *,
    fields: Iterable[str] = (),
    track: Callable[[Iterable[Row]], Iterable[Row]] = lambda rows: rows,
) -> RegisterColumns:
    """Read a register file, or several as one register, into columns, with the fields of letters that are asked for.

    >>> from docflow.bangkok import INCOMING_EXTERNAL_LETTER
    >>> from docflow.bangkok.files import RECEIPT_REGISTER
    >>> file = "examples/data/register-2563.csv"
    >>> read = read_register_columns(file, RECEIPT_REGISTER, INCOMING_EXTERNAL_LETTER, fields=["unit"])
    >>> read.cases, len(read.letters["unit"]), len(set(read.letters["unit"]))
    (2978, 2978, 6)

    Cases, faults and notes are those of `read_register`. Where there are several files, a number that two of them have
    is a fault of the later one, and each fault and note names its `file`. Raises what `read_register` raises, and
    `LetterError` for a field that letters do not have.
    """
    form.check(workflow)
    files = [paths] if isinstance(paths, str | PathLike) else list(paths)
    kept, used = _Kept(form, _fields(fields)), Used()
    faults: list[Fault] = []
    notes: list[Fault] = []
    rows = 0
    for path in files:
        its_form, table = form.table(path)
        reading = _Reading(its_form, workflow, kept, used, table.notes)
        for row in track(table.rows):
            reading.take(row)
        file = str(path) if len(files) > 1 else ""
        faults += [evolve(fault, file=file) for fault in reading.faults]
        notes += [evolve(note, file=file) for note in reading.notes]
        rows += reading.rows
        used.close(file)
    return RegisterColumns(
        form,
        kept.numbers,
        tuple(kept.passages),
        kept.passage_of,
        kept.instants,
        kept.units,
        tuple(kept.names),
        kept.letters,
        tuple(faults),
        tuple(notes),
        rows,
    )


def _fields(given: Iterable[str]) -> tuple[str, ...]:
    if isinstance(given, str):
        raise TypeError(f"{given!r} is one field; give several, such as [{given!r}]")
    asked = tuple(dict.fromkeys(given))
    known = [each for each in fields_dict(Letter) if each not in NO_COLUMNS]
    for each in asked:
        if each not in known:
            why = NO_COLUMNS.get(each, "letters have no such field")
            raise LetterError(each, f"is no column of a register's letters, for {why}; choose {', '.join(known)}")
    return asked


@define
class _Kept:
    """The columns so far."""

    form: RegisterForm
    asked: tuple[str, ...]
    numbers: list[str] = field(factory=list)
    passages: dict[Passage, int] = field(factory=dict)
    passage_of: array[int] = field(factory=lambda: array("i"))
    instants: array[int] = field(factory=lambda: array("q"))
    units: dict[str, array[int]] = field(init=False)
    names: dict[str | None, int] = field(factory=dict)
    """Of units, each with its place."""
    letters: dict[str, list[Any]] = field(init=False)
    shared: dict[object, Any] = field(factory=dict)
    """Each value of a letter's field once."""

    def __attrs_post_init__(self) -> None:
        self.units = {stamp.unit_in: array("i") for stamp in self.form.stamps.values() if stamp.unit_in}
        self.letters = {each: [] for each in self.asked}

    def passage(self, columns: Iterable[str], states: Iterable[str]) -> int:
        """The place of a passage, which may be new."""
        return self.passages.setdefault(Passage(tuple(columns), tuple(states)), len(self.passages))

    def add(
        self, number: str, passage: int, instants: Iterable[int], units: Iterable[int], said: Mapping[str, Any]
    ) -> None:
        """One more case."""
        self.numbers.append(number)
        self.passage_of.append(passage)
        self.instants.extend(instants)
        for places, place in zip(self.units.values(), units, strict=True):
            places.append(place)
        for each, values in self.letters.items():
            value = said[each]
            values.append(self.shared.setdefault((type(value), value), value))

    def unit(self, cell: str) -> int:
        """The place of a unit as a cell names it; nothing names none."""
        return self.names.setdefault(name(cell) or None, len(self.names))


@define
class _Reading:
    """A file that is read: its rows one after the other, and what was said once of their texts."""

    form: RegisterForm
    workflow: Workflow
    kept: _Kept
    used: Used
    notes: list[Fault]
    faults: list[Fault] = field(factory=list)
    rows: int = 0
    judged: dict[int, int] = field(factory=dict)
    """The passage by the stamps that are filled; below 0 where each row is judged by itself."""
    instants: dict[str, int] = field(factory=dict)
    units: dict[str, int] = field(factory=dict)
    said: dict[tuple[str, str], Mapping[str, Any] | None] = field(factory=dict)
    """What a cell says of a letter, by column and text; None where its row is read by itself."""
    stamps: Sequence[tuple[int, str]] = field(init=False)
    texts: Sequence[tuple[str, Any]] = field(init=False)
    """The columns that are taken as they stand, and the fields that they fill."""
    others: Sequence[str] = field(init=False)
    always: Mapping[str, Any] = field(init=False)

    def __attrs_post_init__(self) -> None:
        columns = self.form.columns
        self.stamps = [(1 << place, column) for place, column in enumerate(self.form.stamps)]
        self.texts = [
            (column, str(holds)) for column, holds in columns.items() if holds in TEXTS and isinstance(holds, str)
        ]
        self.others = [column for column in self.form.readers if columns[column] not in TEXTS]
        letter = Letter(number="1", **self.form.always)
        self.always = {each: getattr(letter, each) for each in {*self.kept.asked, "wanted_by"}}

    def take(self, row: Row) -> None:
        """Read a row, in the short way where nothing is wrong with it."""
        self.rows += 1
        if row.fault is not None:
            self.faults.append(row.fault)
        elif not self._quickly(row):
            line = Line(row, self.form.dates, self.used)
            case = self.form.case(line, self.workflow)
            self.faults += line.faults
            if case is not None:
                self.notes += line.notes
                self._keep(row, case)

    def _quickly(self, row: Row) -> bool:
        """Keep the case of a row of which nothing is to be told; say whether it was such a row."""
        cells, filled, moments, last = row.cells, 0, [], BEFORE
        for bit, column in self.stamps:
            text = cells[column]
            if text:
                at = self.instants.get(text) or self._instant(text)
                if at is None or at < last:
                    return False
                filled, last = filled | bit, at
                moments.append(at)
        passage = self.judged.get(filled)
        if passage is None:
            passage = self.judged[filled] = self._judge(filled)
        said = self._said(cells, moments[0]) if passage >= 0 else None
        if said is None:
            return False
        line = Line(row, self.form.dates, self.used)
        number = line.number(self.form.number, self.form.dates.moment(cells[self.form.begins]), like=self.form.running)
        if line.faults:
            return False
        self.kept.add(number, passage, moments, [self.units[cells[column]] for column in self.kept.units], said)
        return True

    def _instant(self, text: str) -> int | None:
        try:
            found = self.instants[text] = instant(self.form.dates.moment(text))
        except DateTextError:
            return None
        return found

    def _judge(self, filled: int) -> int:
        """The passage of those whose stamps are filled so; below 0 when more than that speaks for or against it."""
        columns = [column for bit, column in self.stamps if filled & bit]
        gap = self.form.complete and len(columns) < filled.bit_length()
        if gap or not filled & 1 or self.workflow.attributes or "attributes" in self.form.always:
            return -1
        states = [self.workflow.nowhere]
        for column in columns:
            lines = self.workflow.table.get((states[-1], self.form.stamps[column].trigger), ())
            if not lines or lines[0].restricted:
                return -1
            states.append(lines[0].destination)
        return self.kept.passage(columns, states[1:])

    def _said(self, cells: Mapping[str, str], receipt: int) -> Mapping[str, Any] | None:
        """What the cells of a row say of its letter; None when something is to be told of one of them."""
        said: dict[str, Any] = dict(self.always)
        if any(not cells[column] for column in self.form.required):
            return None
        for column, which in self.texts:
            if cells[column] and which in said:
                said[which] = cells[column]
        for column in self.others:
            text = cells[column]
            if text:
                found = self._of_text(column, text)
                if found is None:
                    return None
                said |= found
            wanted = said["wanted_by"]
            if wanted is not None and self.form.columns[column] == "wanted_by" and instant(wanted) < receipt:
                return None
        for column in self.kept.units:
            if cells[column] not in self.units and not self._unit(cells[column]):
                return None
        return said

    def _of_text(self, column: str, text: str) -> Mapping[str, Any] | None:
        try:
            return self.said[column, text]
        except KeyError:
            pass
        try:
            found = dict(self.form.readers[column](text))
            letter = Letter(number="1", **found)
            said = {each: getattr(letter, each) for each in found if each in self.always}
        except Exception:  # noqa: BLE001 - whatever it is, it is told of the row where it is
            said = None
        self.said[column, text] = None if said is None or "attributes" in found else said
        return self.said[column, text]

    def _unit(self, cell: str) -> bool:
        try:
            self.units[cell] = self.kept.unit(cell)
        except LetterError:
            return False
        return True

    def _keep(self, row: Row, case: Case) -> None:
        """Keep a case that was read by itself."""
        kept, cells, steps = self.kept, row.cells, case.history
        columns = [column for _, column in self.stamps if cells[column]]
        passage = kept.passage(columns, [step.state for step in steps])
        units = [kept.unit(cells[column] if self._unit(cells[column]) else "") for column in kept.units]
        said = {each: getattr(case.letter, each) for each in kept.asked}
        kept.add(case.number, passage, [instant(step.at) for step in steps], units, said)
