"""Disposal: which letters may be disposed of on a day, and how their words are taken out of the records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, delete, func, select, update

from docflow.errors import RegisterError, StoreError
from docflow.registry.grades import archive_date, disposal_date
from docflow.registry.notes import numbers, wanting
from docflow.store.folding import Stub
from docflow.store.tables import KEY, LINK, RECORD
from docflow.thai.dates import in_thailand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from sqlalchemy import Connection

    from docflow.letters import Case
    from docflow.registry import CaseRegister, RegisterNumber, Registration
    from docflow.registry.notes import Numbers
    from docflow.store.chain import Record

__all__ = ["disposable", "forget", "to_dispose"]

_WORDS: Final = (*(RECORD.c[one] == bindparam(f"of_{one}") for one in KEY), RECORD.c.kind != "disposed")
_FORGET: Final = update(RECORD).where(*_WORDS).values(content=None, salt=None)
_LEFT: Final = select(func.count()).select_from(RECORD).where(*_WORDS, RECORD.c.content.is_not(None))
_FORGET_LINKS: Final = delete(LINK).where(*(LINK.c[one] == bindparam(f"of_{one}") for one in KEY))
"""Whom a line named was part of its words; that others name it stays."""


def forget(connection: Connection, records: Iterable[Record], store: str) -> None:
    """Take the words of those lines out of the records which records of the kind "disposed" name."""
    named = [
        {f"of_{column}": value for column, value in zip(KEY, one.number, strict=True)}
        for one in records
        if one.kind == "disposed"
    ]
    if named:
        connection.execute(_FORGET, named)
        connection.execute(_FORGET_LINKS, named)
        if any(connection.execute(_LEFT, one).scalar_one() for one in named):
            problem = "the database does not take the words away; verify() says why, and nothing was written"
            raise StoreError(store, "damaged", problem)


def to_dispose(register: CaseRegister, given: Numbers, why: str, today: date, store: str) -> list[RegisterNumber]:
    """Every number of some letters, which are named by any of their numbers, when they may be disposed of today.

    Raises `RegisterError` without a reason, and `StoreError` for a letter that has to be kept.
    """
    found: dict[RegisterNumber, None] = {}
    for number in numbers(given):
        passage = register.registry.passage(number)
        first = passage[0].line.first or passage[0].number
        lacking = wanting(number, "disposed of", ("why",), by=None, why=why)
        if lacking is not None:
            raise RegisterError(str(number.book), *lacking)
        problem = _against(passage, None if _is_gone(passage) else register.cases.get(first), today)
        if problem:
            raise StoreError(store, "kept", f"{number} cannot be disposed of: {problem}")
        found.update(dict.fromkeys(one.number for one in passage))
    return list(found)


def disposable(register: CaseRegister, on: date) -> Iterator[RegisterNumber]:
    """The first number of each letter that may be disposed of on a day, in the order of the registers."""
    for one in register.registry:
        if one.line.first is None and not _is_gone([one]):
            case = register.cases.get(one.number)
            if not _against([one], case, on) and not _against(register.registry.passage(one.number), case, on):
                yield one.number


def _is_gone(passage: Sequence[Registration]) -> bool:
    return isinstance(passage[0].written, Stub)


def _against(passage: Sequence[Registration], case: Case | None, today: date) -> str:
    """Why a letter may not be disposed of; empty when it may.

    Its time of keeping runs from the end of its case, and never from before its last registration.
    """
    letter = passage[0].line.letter
    if _is_gone(passage):
        return "it was disposed of already; leave it out"
    if letter is None:
        return "it has no letter, and its number is the register's; leave it out"
    if case is not None and not case.is_final:
        return f"its case goes on ({case.state}); end it first"
    ends = [line.since or line.at for line in (one.line for one in passage)]
    if case is not None:
        ends.append(case.history[-1].at)
    done = max(in_thailand(at).date() for at in ends)
    until, archives = disposal_date(letter, done), archive_date(letter, done)
    if until is None:
        return f"it is kept for ever, and goes to the National Archives on {archives}; leave it out"
    return f"it is to be kept; dispose of it from {until} on" if today < until else ""
