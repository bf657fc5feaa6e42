"""Words: texts as they are compared when somebody searches, so that what looks alike to a reader is alike."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from unicodedata import normalize

from docflow.text import expect

__all__ = ["SHORT", "folded", "is_long", "storable", "words_of"]

LONGEST: Final = 1000
"""Bytes of a name that every database can look up."""
SHORT: Final = 3
"""Words of fewer characters are looked for in every line: both engines keep parts of three characters."""
_ALIKE: Final = dict(zip(map(ord, "๐๑๒๓๔๕๖๗๘๙"), "0123456789", strict=True)) | dict.fromkeys(
    map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff")
)
"""Thai digits are Arabic ones; marks without width, which separate and join words, are nothing."""
_OTHERWISE: Final = re.compile(f"[{''.join(map(chr, _ALIKE))}]")
_RING_FIRST: Final = re.compile("\u0e4d([\u0e48-\u0e4b]+)")
"""The ring of a sara am typed before the tone mark that stands on it."""


@lru_cache(4096)  # the same few senders, units and remarks stand in many lines
def folded(text: str) -> str:
    """A text as it is compared: capitals, digits and the ways in which one sign can be typed make no difference.

    >>> folded("ที่ ๑๒/๒๕๖๓ Bangkok") == folded("ที่ 12/2563 BANGKOK")
    True
    >>> folded("น\u0e49\u0e33") == folded("น\u0e4d\u0e49\u0e32")  # water: one sign for sara am, or a ring and sara aa
    True

    Compatibility forms are one with the plain ones (Unicode's NFKC), as a wide slash and ligatures; so are sara ae and
    two sara e. Accents and tone marks stay: they make other words.
    """
    if text.isascii():
        return text.lower()
    # To look for what is to be exchanged takes a tenth of the time of exchanging it; most texts have none of it.
    plain = normalize("NFKC", text.translate(_ALIKE) if _OTHERWISE.search(text) else text)
    small = plain.casefold()
    if small != plain:
        small = normalize("NFKC", small)
    ordered = _RING_FIRST.sub("\\1\u0e4d", small) if "\u0e4d" in small else small
    return ordered.replace("เเ", "แ")


def words_of(text: str) -> tuple[str, ...]:
    """The words that somebody looks for: what stands between blanks, each once, as it is compared.

    >>> words_of(" Market  ๑๒ market")
    ('market', '12')

    Thai has no blanks between words; there, what is typed in one piece is looked for in one piece. Raises `TypeError`
    for what is no text.
    """
    expect(text, str, "text to look for", 'such as "market"')
    return tuple(dict.fromkeys(folded(text).split()))


def storable(text: str) -> bool:
    r"""Whether a store can hold a text; one that it cannot hold stands in no line.

    >>> storable("A market"), storable("A\x00market"), storable("\ud800")
    (True, False, False)
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def is_long(name: str) -> bool:
    """Whether a name is too long to be looked up in every database: it has more than 1,000 bytes.

    >>> is_long("General Administration"), is_long("กอง" * 200)
    (False, True)

    Source: PostgreSQL keeps at most 2,704 bytes of a row in an index, and two names stand in one.
    """
    return len(name) * 4 > LONGEST and len(name.encode(errors="replace")) > LONGEST
