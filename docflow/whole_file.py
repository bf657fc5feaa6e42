"""Files written whole or not at all: what stood there before stays until all of the new is on the disk."""

from __future__ import annotations

import os
import re
import secrets
from contextlib import contextmanager, suppress
from errno import ELOOP
from pathlib import Path
from stat import S_IMODE, S_IRWXG, S_IRWXO, S_ISGID
from typing import TYPE_CHECKING, BinaryIO, Final

from docflow.errors import DocflowError, FileError
from docflow.text_file import reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["new_file", "replace", "told"]

_PART: Final = re.compile(r"\.docflow-[0-9a-f]{16}\.part(-journal|-wal|-shm)?")
"""The name of a file that is not whole yet, and of those that SQLite has beside one."""
DAY: Final = 24 * 60 * 60
"""Seconds. Whoever still fills a file has written to it since."""


def replace(path: str | Path, fill: Callable[[BinaryIO], object]) -> None:
    """Let a function fill a new file, then put it in the place of what was there, with its permissions.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     replace(f"{folder}/log.xes", lambda file: file.write(b"<log/>"))
    ...     print(Path(folder, "log.xes").read_text())
    <log/>

    Until all of it is on the disk it stands in a file of its own in the same folder. A link stays a link, and the file
    it leads to is written. Raises `FileError` when the system refuses, and what `fill` raises; then what was there is
    as it was.
    """
    with (
        told(path),
        _placed(Path(os.path.realpath(path)), private=False, over=True) as part,
        part.open("wb") as file,
    ):
        fill(file)


@contextmanager
def new_file(path: str | os.PathLike[str], *, private: bool = False, over: bool = False) -> Iterator[Path]:
    """A file of its own in the same folder, to be filled by its path; when the block ends it gets the name asked for.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     with new_file(f"{folder}/backup.db", private=True) as part:
    ...         _ = part.write_bytes(b"all of it")
    ...     print(Path(folder, "backup.db").read_text())
    all of it

    A `private` file is its owner's alone from the first. What is there already stays, unless it is written `over`.
    What others who were killed left there more than a day before is taken away: `.docflow-….part`. Raises `FileError`
    when the system refuses or something is there, and what the block raises; then nothing is left.
    """
    with told(path), _placed(Path(os.path.realpath(path)), private=private, over=over) as part:
        _clear(part)
        yield part


def _clear(part: Path) -> None:
    """Take away what was left in the folder of a new file by others who were killed, more than a day before it.

    Both times are those of the folder's own system. What cannot be taken away stays.
    """
    with suppress(OSError):  # a folder may be written in, and not be looked into
        now, others = part.stat().st_mtime, [one for one in part.parent.iterdir() if _PART.fullmatch(one.name)]
        for other in others:
            with suppress(OSError):
                if other.lstat().st_mtime < now - DAY:
                    other.unlink()


@contextmanager
def _placed(target: Path, *, private: bool, over: bool) -> Iterator[Path]:
    if target.is_symlink():
        raise OSError(ELOOP, os.strerror(ELOOP))
    before = target.stat() if target.exists() else None
    if before is not None and not over:
        raise FileExistsError(None, "it is there already")
    if before is not None and not os.access(target, os.W_OK):
        raise PermissionError(None, "it is read-only")  # though its folder would let another file take its place
    part = target.with_name(f".docflow-{secrets.token_hex(8)}.part")
    # Opens nothing that is there, follows no link.
    file = os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600 if private else 0o666)
    try:
        try:
            if before is not None and not private:
                part.chmod(_rights(file, before))  # before anything is in it that others may not read
            yield part
            os.fsync(file)
        finally:
            os.close(file)
        _put(part, target, over=over)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    with suppress(OSError):  # where folders cannot be synced, their system does it
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _put(part: Path, target: Path, *, over: bool) -> None:
    """Give a file its name; where another took the name meanwhile, that one stays unless it is written over."""
    if over:
        part.replace(target)
        return
    try:
        os.link(part, target)
    except FileExistsError:
        raise FileExistsError(None, "it is there already") from None
    except OSError:  # a disk without links, such as a memory stick
        if target.exists():
            raise FileExistsError(None, "it is there already") from None
        part.rename(target)
    else:
        part.unlink()


def _rights(file: int, before: os.stat_result) -> int:
    """The permissions that a file gets which takes another's place, after it got its owner and group if it can.

    Only the administrator may give files away; to a group that the writer belongs to, everybody may. What the old
    group was allowed is not for another one.
    """
    mode = S_IMODE(before.st_mode)
    for owner in (before.st_uid, -1):
        with suppress(OSError):
            os.chown(file, owner, before.st_gid)
            return mode
    return mode & ~(S_IRWXG | S_ISGID) | (mode & S_IRWXO) << 3  # another group may what everybody may


@contextmanager
def told(path: str | os.PathLike[str], what: str = "file") -> Iterator[None]:
    """What the system says of a path that is written, as a `FileError`."""
    try:
        yield
    except (OSError, ValueError) as error:
        if isinstance(error, DocflowError):
            raise
        raise FileError(str(path), f"cannot be written ({reason(error)}); name another {what}") from None
