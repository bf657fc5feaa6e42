"""Files opened for reading: the one place where what the system says about a path becomes docflow's own error."""

from __future__ import annotations

import errno
import os
import re
from io import StringIO
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Final

from docflow.errors import FileError

__all__ = ["check_folder", "is_there", "read_lines", "reason"]

MOST_BYTES: Final = 2**28
"""What is read of a pipe or a device, whose end nobody can see beforehand; a file on a disk is read whole."""
_END: Final = re.compile(rb"[\r\n]")
UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
"""What files begin with that spreadsheets save as "Unicode text"."""
WAYS_OUT: Final = {
    errno.EACCES: "ask for the right to read it",
    errno.EISDIR: "name a file in it",
    errno.ELOOP: "name the file itself, for its links lead in a circle",
    errno.ENAMETOOLONG: "shorten its name",
    errno.ENOENT: "check its name, and where it lies",
    errno.ENOTDIR: "check its path; a part of it is a file",
}


def read_lines(path: str | os.PathLike[str]) -> list[str]:
    r"""The lines of a UTF-8 file with their ends (`\n`, `\r\n` or `\r`), without a byte-order mark.

    Raises `FileError` for a path that cannot be opened, for a file that is empty or not UTF-8, and for a pipe or a
    device that does not end within 256 MiB.
    """
    try:
        with Path(path).open("rb") as file:
            ends = S_ISREG(os.fstat(file.fileno()).st_mode)
            data = file.read() if ends else file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise _cannot_be_read(path, error) from None
    if not ends and len(data) > MOST_BYTES:
        raise FileError(str(path), f"does not end within {MOST_BYTES >> 20} MiB; save it as a file, and read that")
    first, *_ = _END.split(data, maxsplit=1)
    if data.startswith(UTF_16) or b"\0" in first:
        raise FileError(str(path), "is not UTF-8 text but UTF-16, or no text at all; save it as CSV UTF-8")
    try:
        text = data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FileError(str(path), f"is not UTF-8 text (line {line}); save it as CSV UTF-8") from None
    if not text.strip():
        raise FileError(str(path), "is empty; it needs a row of headings, and rows below it")
    return list(StringIO(text, newline=""))


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
