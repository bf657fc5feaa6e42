"""Logs opened for reading, and how much a packed file may hold: what is made to fill a memory is refused."""

from __future__ import annotations

import gzip
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from attrs import define

from docflow.errors import FileError
from docflow.text_file import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader
    from pathlib import Path

__all__ = ["CELL", "FREE", "LONGEST", "Measure", "chunks", "opened_log"]

GZIP: Final = b"\x1f\x8b"
CHUNK: Final = 2**18
CELL: Final = 16
"""What a cell takes beside its characters, in bytes."""
FREE: Final = 2**26
"""Bytes that any packed file may hold; one that holds more may hold `TIMES` as much as it takes on the disk."""
TIMES: Final = 250  # event logs repeat themselves, and are packed to a twentieth or a fiftieth
MOST: Final = 2**32
"""Bytes that no packed file may exceed: 4 GiB."""
LONGEST: Final = 2**21
"""The characters of one text in a log, at most; ten long novels have fewer."""


@contextmanager
def opened_log(path: Path) -> Iterator[BufferedReader]:
    """A log to be read. Raises `FileError` for a path that cannot be opened or read, and for an empty file."""
    with opened(path) as file:
        if not file.peek(1):
            raise FileError(str(path), "is empty; name the file that holds the log")
        yield file


def chunks(path: Path) -> Iterator[bytes]:
    """The bytes of a file piece by piece, unpacked where it is packed by gzip, whatever it is called.

    Raises `FileError` as `opened_log` does, for a packed file that is damaged or breaks off, and for one that holds
    more than 4 GiB, or more than 64 MiB and 250 times what it takes on the disk.
    """
    with opened_log(path) as file:
        if not file.peek(2).startswith(GZIP):
            while chunk := file.read(CHUNK):
                yield chunk
            return
        count = 0
        try:
            with gzip.GzipFile(fileobj=file) as unpacked:
                while chunk := unpacked.read(CHUNK):
                    count += len(chunk)
                    if count > MOST or count > max(FREE, TIMES * file.tell()):
                        much = "unpacks to more than a log can hold, as a file does that is made to fill a memory"
                        raise FileError(str(path), f"{much}; unpack it yourself if you trust it")
                    yield chunk
        except EOFError:
            raise FileError(str(path), "breaks off before its end; get it once more") from None
        except (gzip.BadGzipFile, zlib.error) as error:
            raise FileError(str(path), f"is damaged ({str(error).lower()}); get it once more") from None


@define
class Measure:
    """Adds up what is read of a file of cells, and refuses one that holds more than its size on the disk allows."""

    path: str
    most: int
    """What its cells may take together."""
    count: int = 0

    def add(self, characters: int, cells: int) -> None:
        """Count cells, and the characters that are in them."""
        self.count += characters + CELL * cells
        self.see(self.count)

    def see(self, much: int) -> None:
        """Refuse what holds so much."""
        if much > self.most:
            problem = "says so much more than it takes on the disk as only a file does that is made to fill a memory"
            raise FileError(self.path, f"{problem}; save it as CSV UTF-8 if you trust it")
