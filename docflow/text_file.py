"""Files opened for reading: the one place where what the system says about a path becomes docflow's own error."""

from __future__ import annotations

import codecs
import errno
import os
import re
from contextlib import contextmanager
from io import BufferedReader, BytesIO, TextIOWrapper
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING, Final

from docflow.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["check_folder", "code_page", "is_there", "opened", "read_lines", "reason"]

MOST_BYTES: Final = 2**28
"""What is read of a pipe or a device, whose end nobody can see beforehand; a file on a disk is read whole."""
PIECE: Final = 2**20
"""How many bytes are judged at once."""
_END: Final = re.compile(rb"[\r\n]")
_LINE_END: Final = re.compile("\r\n|\r|\n")
UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
"""What files begin with that spreadsheets save as "Unicode text"."""
NO_PAGES: Final = frozenset(
    {"idna", "mbcs", "oem", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"}
)
"""What Python calls encodings, and in which no office writes its files."""
_WINDOWS: Final = re.compile(r"(?:x-)?(?:windows|ms|cp)[-_ ]?([0-9]{3,4})")
WAYS_OUT: Final = {
    errno.EACCES: "ask for the right to read it",
    errno.EISDIR: "name a file in it",
    errno.ELOOP: "name the file itself, for its links lead in a circle",
    errno.ENAMETOOLONG: "shorten its name",
    errno.ENOENT: "check its name, and where it lies",
    errno.ENOTDIR: "check its path; a part of it is a file",
}


def code_page(name: str) -> str:
    """The name by which Python knows a code page, whatever an office calls it. Raises `ValueError` for none.

    >>> code_page("windows-874"), code_page("TIS-620"), code_page("UTF-8")
    ('cp874', 'tis-620', 'utf-8')
    """
    windows = _WINDOWS.fullmatch(name.strip().lower()) if isinstance(name, str) else None
    try:
        found = codecs.lookup(f"cp{windows[1]}" if windows else name)
        if found._is_text_encoding and found.name not in NO_PAGES:  # noqa: SLF001 - there is no other way to ask
            return found.name
    except (LookupError, TypeError, ValueError):
        pass
    raise ValueError(f'{name!r} is no encoding of text files; give one such as "utf-8", "windows-874" or "cp1252"')


def read_lines(path: str | os.PathLike[str], encoding: str = "utf-8") -> Iterator[str]:
    r"""The lines of a text file with their ends (`\n`, `\r\n` or `\r`), without a byte-order mark.

    The file is read and judged at once, and decoded as its lines are asked for. Raises `FileError` for a path that
    cannot be opened, for a file that is empty or not in its encoding, and for a pipe or a device that does not end
    within 256 MiB; and `ValueError` for an encoding that is none.
    """
    page = code_page(encoding)
    with opened(path) as file:
        ends = S_ISREG(os.fstat(file.fileno()).st_mode)
        data = file.read() if ends else file.read(MOST_BYTES + 1)
    if not ends and len(data) > MOST_BYTES:
        raise FileError(str(path), f"does not end within {MOST_BYTES >> 20} MiB; save it as a file, and read that")
    if not _see(str(path), data, page):
        raise FileError(str(path), "is empty; it needs a row of headings, and rows below it")
    return _lines(data, page)


def _lines(data: bytes, page: str) -> Iterator[str]:
    lines = TextIOWrapper(BytesIO(data), page, newline="")
    yield next(lines).removeprefix("\ufeff")
    yield from lines


def _see(path: str, data: bytes, page: str) -> bool:
    """Whether a file says anything. Raises `FileError` with the line of what its code page does not have."""
    first, *_ = _END.split(data, maxsplit=1)
    wide = page.startswith(("utf-16", "utf-32"))
    if not wide and (data.startswith(UTF_16) or b"\0" in first):
        raise FileError(path, "is not UTF-8 text but UTF-16, or no text at all; save it as CSV UTF-8")
    if data.startswith(codecs.BOM_UTF8) and not page.startswith("utf-8"):
        raise FileError(path, f"begins with the mark of UTF-8, and is read as {page}; read it as utf-8")
    decoder, said = codecs.getincrementaldecoder(page)(), False
    try:
        for at in range(0, len(data) + 1, PIECE):
            piece = decoder.decode(data[at : at + PIECE], at + PIECE > len(data))
            said = said or bool(piece.removeprefix("\ufeff").strip())
    except UnicodeDecodeError:
        raise FileError(path, _misfit(data, page)) from None
    return said


def _misfit(data: bytes, page: str) -> str:
    """What of a file its code page does not have."""
    try:
        data.decode(page)
    except UnicodeDecodeError as error:
        line = len(_LINE_END.findall(data[: error.start].decode(page, "ignore"))) + 1
        if page == "utf-8":
            return f"is not UTF-8 text (line {line}); save it as CSV UTF-8"
        wrong = f"the byte 0x{data[error.start]:02X} in line {line} is none of {page}"
        return f"{wrong}; correct it, or read the file in the encoding in which it was saved"
    return f"is no text in {page}; save it as CSV UTF-8"


@contextmanager
def opened(path: str | os.PathLike[str]) -> Iterator[BufferedReader]:
    """A file to be read, closed at the end. Raises `FileError` for a path that cannot be opened or read."""
    try:
        with Path(path).open("rb") as file:
            yield file
    except (OSError, ValueError) as error:
        if isinstance(error, FileError):
            raise
        raise _cannot_be_read(path, error) from None


def is_there(path: Path) -> bool:
    """Whether a path names anything, be it a link that leads nowhere. Raises `FileError` when nobody can say."""
    try:
        os.lstat(path)
    except FileNotFoundError:
        return False
    except (OSError, ValueError) as error:
        raise _cannot_be_read(path, error) from None
    return True


def check_folder(path: Path) -> None:
    """Raise `FileError` when a path is no folder."""
    try:
        what = None if S_ISDIR(path.stat().st_mode) else "is a file"
    except FileNotFoundError:
        what = "is not there"
    except (OSError, ValueError) as error:
        raise _cannot_be_read(path, error) from None
    if what is not None:
        raise FileError(str(path), f"{what}; name the folder that holds the records")


def reason(error: OSError | ValueError) -> str:
    """Why the system refused a path, as it says it; each Python has words of its own for a name that none can have."""
    if isinstance(error, OSError):
        return (error.strerror or str(error)).lower()
    return "its name holds a character that no name of a file has"  # NUL, or half a character that no encoding has


def _cannot_be_read(path: str | os.PathLike[str], error: OSError | ValueError) -> FileError:
    code = error.errno or 0 if isinstance(error, OSError) else None
    way_out = "correct it" if code is None else WAYS_OUT.get(code, "try again, or read a copy of it")
    return FileError(str(path), f"cannot be read ({reason(error)}); {way_out}")
