"""A register as columns: the cases that `read_register` would find, without an object for each cell of them."""

from __future__ import annotations

from array import array
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

from docflow.kpi import frames

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from docflow.files.faults import Fault
    from docflow.files.register import RegisterForm

__all__ = ["Passage", "RegisterColumns"]

BATCH: Final = 65_536
"""Of how many letters the events are made at once."""
ZONE: Final = "UTC"


@frozen
class Passage:
    """The steps that some letters have in common: which stamps were filled, and to which states they led."""

    columns: tuple[str, ...]
    states: tuple[str, ...]


@frozen(eq=False, repr=False)
class RegisterColumns:
    """What a register holds, in columns: numbers, passages, instants, units, and fields of letters that were asked for.

    >>> from docflow.bangkok import INCOMING_EXTERNAL_LETTER
    >>> from docflow.bangkok.files import RECEIPT_REGISTER
    >>> from docflow.files import read_register_columns
    >>> read = read_register_columns("examples/data/register-2563.csv", RECEIPT_REGISTER, INCOMING_EXTERNAL_LETTER)
    >>> read
    <RegisterColumns: 2978 cases of 3000 rows, 22 faults, 0 notes>
    >>> read.numbers[2], read.states[2], read.at("วันเวลารับ (ฝ่ายบริหารงานทั่วไป)")[2]
    ('8703/2562', 'taken_over', 1569901140000000)

    It is a stream of Arrow: the events of the cases, a row an event, with the columns `case`, `activity` (the state to
    which the step led), `trigger`, `at` (microseconds, UTC), `unit`, and `letter_subject` for the field "subject" of
    its letter, if that was asked for. So polars, DuckDB and pandas read it. Instants are integers of microseconds since
    1970 in UTC.
    """

    form: RegisterForm
    """The form by which it was read."""
    numbers: Sequence[str]
    """The number of each case; all sequences below are in the same order."""
    passages: Sequence[Passage]
    """The passages that there are."""
    passage_of: Sequence[int]
    """The place of each case's passage among them."""
    instants: array[int]
    """Of each case its steps, one after the other."""
    units: Mapping[str, array[int]]
    """By the column that names units, the place of the name among `unit_names`."""
    unit_names: Sequence[str | None]
    """The names of the units; None is a cell that names none."""
    letters: Mapping[str, Sequence[Any]]
    """The fields that were asked for, by name; equal values are one object."""
    faults: tuple[Fault, ...]
    """What keeps a row out of every figure."""
    notes: tuple[Fault, ...]
    """As in a `RegisterFile`."""
    rows: int
    """How many rows the files have below their headings, blank ones aside."""
    _steps: Sequence[int] = field(init=False)
    """How many steps each passage has."""

    @_steps.default
    def _lengths(self) -> Sequence[int]:
        return [len(one.columns) for one in self.passages]

    @property
    def cases(self) -> int:
        """How many cases there are."""
        return len(self.numbers)

    @property
    def states(self) -> list[str]:
        """The state to which each case has come."""
        last = [one.states[-1] for one in self.passages]
        return [last[place] for place in self.passage_of]

    def at(self, column: str) -> list[int | None]:
        """The instant of a step of each case, by its column in the register; None where it did not happen."""
        places = [one.columns.index(column) if column in one.columns else None for one in self.passages]
        found: list[int | None] = []
        begin = 0
        for passage in self.passage_of:
            place = places[passage]
            found.append(None if place is None else self.instants[begin + place])
            begin += self._steps[passage]
        return found

    def events(self) -> Any:  # noqa: ANN401 - a pyarrow.RecordBatchReader
        """The events in batches of Arrow, each made when it is read. Raises `ModuleNotFoundError` without pyarrow."""
        pa = frames.pyarrow()
        schema = pa.schema(
            [
                ("case", pa.string()),
                ("activity", pa.string()),
                ("trigger", pa.string()),
                ("at", pa.timestamp("us", ZONE)),
                ("unit", pa.string()),
                *((f"letter_{name}", _kind(pa, name)) for name in self.letters),
            ]
        )
        return pa.RecordBatchReader.from_batches(schema, self._batches(pa, schema))

    def to_arrow(self) -> Any:  # noqa: ANN401 - a pyarrow.Table
        """The events as a table of Arrow."""
        return self.events().read_all()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.events().__arrow_c_stream__(requested_schema)

    def wide(self) -> Any:  # noqa: ANN401 - a pyarrow.Table
        """A table of Arrow with a row a case: `number`, `state`, the fields asked for, and each step by its column."""
        pa = frames.pyarrow()
        columns = {"number": pa.array(self.numbers, pa.string()), "state": pa.array(self.states, pa.string())}
        columns |= {f"letter_{name}": _array(pa, name, values) for name, values in self.letters.items()}
        moments = pa.timestamp("us", ZONE)
        columns |= {name: pa.array(self.at(name), pa.int64()).cast(moments) for name in self.form.stamps}
        return pa.table(columns)

    def _batches(self, pa: Any, schema: Any) -> Iterator[Any]:  # noqa: ANN401 - pyarrow ships no types
        """Texts are taken by their places from those that there are; the instants are not copied."""
        stamps = self.form.stamps
        states, triggers, names = _Places(), _Places(), _Places(self.unit_names)
        shapes = [
            (
                array("i", (states.of(state) for state in one.states)),
                array("i", (triggers.of(stamps[column].trigger) for column in one.columns)),
                [
                    self.units[stamps[column].unit_in] if stamps[column].unit_in else names.of(stamps[column].unit)
                    for column in one.columns
                ],
            )
            for one in self.passages
        ]
        texts = [pa.array(known.texts, pa.string()) for known in (states, triggers, names)]
        stop = 0
        for first in range(0, self.cases, BATCH):
            begin, cases = stop, range(first, min(first + BATCH, self.cases))
            case, state, trigger, unit = (array("i") for _ in range(4))
            for n in cases:
                to, by, within = shapes[self.passage_of[n]]
                case.extend([n - first] * len(to))
                state.extend(to)
                trigger.extend(by)
                unit.extend([each if isinstance(each, int) else each[n] for each in within])
            stop += len(state)
            here = slice(cases.start, cases.stop)
            rows = _integers(pa, case)
            at = [None, pa.py_buffer(self.instants)]
            yield pa.record_batch(
                [
                    pa.array(self.numbers[here], pa.string()).take(rows),
                    texts[0].take(_integers(pa, state)),
                    texts[1].take(_integers(pa, trigger)),
                    pa.Array.from_buffers(pa.timestamp("us", ZONE), stop - begin, at, offset=begin),
                    texts[2].take(_integers(pa, unit)),
                    *(_array(pa, name, values[here]).take(rows) for name, values in self.letters.items()),
                ],
                schema=schema,
            )

    def __repr__(self) -> str:
        faults, notes = (f"{len(found)} {what}{'s' * (len(found) != 1)}" for what, found in self._told())
        return f"<RegisterColumns: {self.cases} cases of {self.rows} rows, {faults}, {notes}>"

    def _told(self) -> tuple[tuple[str, Sequence[Fault]], ...]:
        return ("fault", self.faults), ("note", self.notes)


class _Places:
    """Distinct texts, each with its place."""

    def __init__(self, texts: Sequence[str | None] = ()) -> None:
        self.texts = list(texts)
        self.places = {text: place for place, text in enumerate(self.texts)}

    def of(self, text: str | None) -> int:
        """The place of a text, which may be new."""
        place = self.places.setdefault(text, len(self.texts))
        if place == len(self.texts):
            self.texts.append(text)
        return place


def _integers(pa: Any, values: array[int]) -> Any:  # noqa: ANN401 - pyarrow ships no types
    return pa.Array.from_buffers(pa.int32(), len(values), [None, pa.py_buffer(values)])


def _kind(pa: Any, name: str) -> Any:  # noqa: ANN401 - pyarrow ships no types
    """The kind of a letter's field; grades are told by their values."""
    return {"wanted_by": pa.timestamp("us", ZONE), "dated": pa.date32()}.get(name, pa.string())


def _array(pa: Any, name: str, values: Sequence[Any]) -> Any:  # noqa: ANN401 - pyarrow ships no types
    return pa.array([value.value if isinstance(value, Enum) else value for value in values], _kind(pa, name))
