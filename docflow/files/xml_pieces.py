"""XML read piece by piece: what is held until its end is read has an end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

from docflow.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["feed"]

LONGEST: Final = 2**24
"""The bytes of one element's beginning, with its attributes, or of what else moves no handler."""


class Moving(Protocol):
    """A handler that notes when something began or ended."""

    moved: bool


def feed(path: str, parser: Any, handler: Moving, pieces: Iterable[bytes]) -> None:  # noqa: ANN401 - a parser of SAX
    """Give a parser all pieces of a file. Raises `FileError` for one tag or comment of more than 16 MiB."""
    waiting = 0
    for piece in pieces:
        handler.moved = False
        parser.feed(piece)
        waiting = 0 if handler.moved else waiting + len(piece)
        if waiting > LONGEST:
            what = f"holds a piece of XML of more than {LONGEST >> 20} MiB"
            raise FileError(path, f"{what}, which nobody writes; shorten its attributes")
    parser.close()
