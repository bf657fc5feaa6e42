"""Files written whole or not at all: what stood there before stays until all of the new is on the disk."""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager, suppress
from errno import ELOOP
from pathlib import Path
from stat import S_IMODE, S_IRWXG, S_IRWXO, S_ISGID
from typing import TYPE_CHECKING, BinaryIO

from docflow.errors import DocflowError, FileError
from docflow.text_file import reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["replace", "told"]


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
    with told(path):
        _replace(Path(os.path.realpath(path)), fill)


def _replace(target: Path, fill: Callable[[BinaryIO], object]) -> None:
    if target.is_symlink():
        raise OSError(ELOOP, os.strerror(ELOOP))
    before = target.stat() if target.exists() else None
    if before is not None and not os.access(target, os.W_OK):
        raise PermissionError(None, "it is read-only")  # though its folder would let another file take its place
    part = target.with_name(f".docflow-{secrets.token_hex(8)}.part")
    with part.open("xb") as file:  # opens nothing that is there, follows no link
        try:
            if before is not None:
                part.chmod(_rights(file.fileno(), before))  # before anything is in it that others may not read
            fill(file)
            file.flush()
            os.fsync(file.fileno())
            file.close()
            part.replace(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    with suppress(OSError):  # where folders cannot be synced, their system does it
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


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
def told(path: str | Path) -> Iterator[None]:
    """What the system says of a path that is written, as a `FileError`."""
    try:
        yield
    except (OSError, ValueError) as error:
        if isinstance(error, DocflowError):
            raise
        raise FileError(str(path), f"cannot be written ({reason(error)}); name another file") from None
