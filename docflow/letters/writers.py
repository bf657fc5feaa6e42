"""Two who write about one letter at the same time: the second is refused, because cases are values that both copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docflow.errors import RefusedError
from docflow.letters.amendments import Amendment
from docflow.letters.case import Case
from docflow.letters.entries import Act, Refusal
from docflow.text import expect

if TYPE_CHECKING:
    from docflow.letters.entries import Written

__all__ = ["successor"]


def successor(stored: Case, written: Case) -> Case:
    """The case that is to be stored, when its log goes on from the one that is stored; ask before you store it.

    >>> from datetime import datetime, timezone
    >>> from docflow import Letter
    >>> from docflow.bangkok import INCOMING_EXTERNAL_LETTER
    >>> nine, ten = (datetime(2019, 10, 1, hour, tzinfo=timezone.utc) for hour in (9, 10))
    >>> case = INCOMING_EXTERNAL_LETTER.open(Letter(number="8395/2562"), at=nine)
    >>> one, other = case.apply("hand_over", at=ten, by="Somying"), case.apply("cancel", at=ten, by="Somchai")
    >>> stored = successor(case, one)
    >>> stored = successor(stored, other)
    Traceback (most recent call last):
        ...
    docflow.errors.RefusedError: cannot write 8395/2562: meanwhile Somying wrote hand_over; look at it as it stands now, and do it again

    It goes on when its log begins with the whole log that is stored. Nobody else may write between asking and storing:
    see to that with a lock, a transaction, or a key of number and place in the log. Raises `RefusedError`, and then
    nothing should be stored; and `TypeError` for what is no case.
    """  # noqa: E501 - an error is one line
    for given in (stored, written):
        expect(given, Case, "case", "what is stored, and then what should be")
    if written.number != stored.number:
        reason = Refusal("written meanwhile", f"{written.number} stands in its place; store it under its own number")
        raise RefusedError(stored.number, "write", (reason,), written.log[0])
    for place, record in enumerate(stored.log):
        if place >= len(written.log) or written.log[place] != record:
            why = f"meanwhile {_said(record)}; look at it as it stands now, and do it again"
            raise RefusedError(stored.number, "write", (Refusal("written meanwhile", why),), record)
    return written


def _said(record: Written) -> str:
    done = (
        record.trigger
        if isinstance(record, Act)
        else "an amendment"
        if isinstance(record, Amendment)
        else "a correction"
    )
    return f"{record.by or 'somebody'} wrote {done}"
