"""Where the letters are read from: a register's file, or a store, which tells them as a file without faults does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from docflow.bangkok import INCOMING_EXTERNAL_LETTER
from docflow.bangkok.files import read_register
from docflow.command.speaking import OptionError
from docflow.errors import StoreError
from docflow.files import RegisterFile
from docflow.registry import Direction

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterable

    from docflow.registry import Registry

__all__ = ["letters_of", "source_of", "unit_of"]

T = TypeVar("T")


def source_of(options: Namespace) -> Path | str:
    """Where the letters are: the store, or the file that was named, or the year's in the folder.

    Raises `OptionError` for what is asked of a store where none is named, and for a store beside a file.
    """
    if options.store is None:
        for option in ("unit", "schema"):
            if getattr(options, option) is not None:
                raise OptionError(
                    f"--{option} is for letters of a store; name it with --store, or leave --{option} out"
                )
        file: Path = options.register or options.data / f"register-{options.year}.csv"
        return file
    if options.register is not None:
        raise OptionError("--store and --register both say where the letters are; leave one out")
    place: str = options.store
    return place


def letters_of(
    options: Namespace, track: Callable[[Iterable[T]], Iterable[T]] = lambda rows: rows
) -> tuple[str, RegisterFile]:
    """The name of where the letters are, and what it holds; `track` is given the rows of a file.

    Of a store these are the letters from outside in the receipt register of one unit, as they stand now; it is only
    read. Raises `FileError`, `StoreError` and `OptionError`.
    """
    source = source_of(options)
    if not isinstance(source, str):
        return source.name, read_register(source, track=track)  # type: ignore[arg-type]  # whatever the rows are
    from docflow.command.proofs import opened  # noqa: PLC0415 - who reads files need not have what a store needs

    with opened(options) as store, store.read() as books:
        register = books.register
        unit = unit_of(register.registry, store.name, Direction.RECEIPT.value, options.unit)
    cases = tuple(
        case
        for number, case in register.cases.items()
        if (number.book.unit, number.book.direction) == (unit, Direction.RECEIPT)
        and case.workflow.name == INCOMING_EXTERNAL_LETTER.name
    )
    name = store.name if "://" in source else Path(source).name  # as of a file: where it is concerns no reader
    return name, RegisterFile(cases, faults=(), notes=(), rows=len(cases))


def unit_of(registry: Registry, store: str, direction: str, unit: str | None) -> str:
    """Whose register is meant: the only one of this direction, or the one that was named. Raises `StoreError`."""
    volumes = [one for one in registry.volumes if len(one.lines)]
    units = list(dict.fromkeys(one.book.unit for one in volumes if one.book.direction.value == direction))
    unit = unit or (units[0] if len(units) == 1 else None)
    if unit in units:
        return unit
    if units:
        what = f"no {direction} register of {unit}" if unit else f"several {direction} registers"
        way = f"name one with --unit: {', '.join(units)}"
    else:
        there = dict.fromkeys(f"{one.book.direction.value} of {one.book.unit}" for one in registry.volumes)
        what, way = f"no {direction} register", f"its registers: {', '.join(there) or 'none yet'}"
    raise StoreError(store, "no such page", f"it has {what}; {way}")
