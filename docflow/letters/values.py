"""What a value may be made of: plain text, names as they are compared, members of a list.

Values are frozen, and whoever holds one relies on it. So what is given is judged where a value is made, and copies,
pickles and `attrs.evolve` make it in the same way.
"""

from __future__ import annotations

from enum import Enum
from typing import Final, TypeVar
from unicodedata import category

from docflow.errors import LetterError

__all__ = ["BLANKS", "maybe_name", "member", "name", "plain"]

E = TypeVar("E", bound=Enum)
BLANKS: Final = " \t\u00a0"
"""What is left out around the names of states and triggers, which stay otherwise as they are written."""


def plain(text: str) -> str:
    """Text as plain text: a member of a StrEnum is text to Python, and prints otherwise."""
    if type(text) is str:
        return text
    if not isinstance(text, str):
        raise TypeError(f"{text!r} is no text; write it as text")
    return str.__str__(text)


def name(text: str) -> str:
    """A name as names are compared: one space between its words and none around them.

    >>> name(" General  Administration ")
    'General Administration'

    Raises `LetterError` for one with characters that nobody sees: it would differ from the name that it looks like.
    """
    called = " ".join(plain(text).split()) if text else plain(text)
    if called.isprintable():
        return called
    unseen = next((each for each in called if category(each) in {"Cc", "Cf"}), None)
    if unseen is not None:
        raise LetterError(text, f"has a character that nobody sees, U+{ord(unseen):04X}; leave it out of a name")
    return called


def maybe_name(text: str | None) -> str | None:
    """A name, or None when there is none."""
    return None if text is None else name(text)


def member(kind: type[E], given: E | str) -> E:
    """A member of a list, which may be given as it is written, such as "open" for Secrecy.OPEN."""
    if type(given) is kind:
        return given
    try:
        return kind(given)
    except ValueError:
        known = ", ".join(repr(one.value) for one in kind)
        raise LetterError(given, f"is no {kind.__name__.lower()}; choose {known}") from None
