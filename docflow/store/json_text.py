"""Canonical JSON: the same data always gives the same text, and a text that could mean two things is refused.

Keys are sorted, there are no blanks, and letters of every script stand as they are. A text holds only what UTF-8 and
every database can store: no half of a surrogate pair, and no NUL.
"""

from __future__ import annotations

import re
from json import JSONDecoder, JSONEncoder
from typing import Any, Final, TypeAlias

from docflow.safe import brief
from docflow.store.refusing import A_COPY, unreadable, unwritable

__all__ = ["Data", "parsed", "written"]

Data: TypeAlias = Any
"""What a JSON text holds: dicts, lists, texts, numbers, True, False and None."""
_UNSTORABLE: Final = re.compile(r"(?<!\\)(?:\\\\)*\\u(?:0000|[dD][89a-fA-F])")
"""NUL or half of a surrogate pair as JSON escapes them; a backslash that is itself escaped begins no escape."""


def written(data: Data) -> str:
    r"""Data as canonical JSON.

    >>> written({"subject": "ตลาด", "by": None, "n": 2**70})
    '{"by":null,"n":1180591620717411303424,"subject":"ตลาด"}'
    >>> written({"subject": "A\x00market"})
    Traceback (most recent call last):
    docflow.errors.StoreError: a record: its text has a NUL character, which databases cannot hold; leave it out

    Raises `StoreError` for a text that cannot be stored, and what `json` raises for what is no data.
    """
    text = _ENCODER.encode(data)
    unstorable = _unstorable(text)
    if unstorable:
        raise unwritable(f"its text has {unstorable}; leave it out")
    return text


def parsed(text: str) -> Data:
    """The data of a JSON text, with nothing before and nothing behind it.

    >>> parsed('{"subject":"A market","subject":"A stall"}')
    Traceback (most recent call last):
    docflow.errors.StoreError: a record: 'subject' stands in it twice; take the record from a copy of the store

    Raises `StoreError` for a key that comes twice, for NaN and the infinities, for a text that cannot be stored and
    for what follows the data; and what `json` raises for what is no JSON.
    """
    data, end = _DECODER.raw_decode(text)
    if end != len(text):
        raise unreadable(f"{brief(text[end:])} follows its end; {A_COPY}")
    unstorable = _unstorable(text)
    if unstorable:
        raise unreadable(f"its text has {unstorable}; {A_COPY}")
    return data


def _unstorable(text: str) -> str:
    """What a JSON text has that cannot be stored; empty when there is nothing."""
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            return "half of a surrogate pair, which UTF-8 cannot hold"
    found = _UNSTORABLE.search(text) if "\\u" in text else None
    if found is None:
        return ""
    nul = found[0].endswith("0000")
    return "a NUL character, which databases cannot hold" if nul else "an escaped surrogate, which no record has"


def _once(pairs: list[tuple[str, Data]]) -> dict[str, Data]:
    data = dict(pairs)
    if len(data) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise unreadable(f"{brief(twice)} stands in it twice; {A_COPY}")
    return data


def _no_number(called: str) -> Data:
    raise unreadable(f"it holds {called}, which is no number; {A_COPY}")


_ENCODER: Final = JSONEncoder(
    ensure_ascii=False, check_circular=False, allow_nan=False, sort_keys=True, separators=(",", ":")
)
_DECODER: Final = JSONDecoder(object_pairs_hook=_once, parse_constant=_no_number)
