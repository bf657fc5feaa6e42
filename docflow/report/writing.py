"""Writing a result: whole or not at all, over nothing that was read, and through links to where they lead."""

from __future__ import annotations

import json
import os
import secrets
import sys
from contextlib import contextmanager, suppress
from errno import ELOOP
from pathlib import Path
from stat import S_IMODE, S_IRWXG, S_IRWXO, S_ISGID
from typing import TYPE_CHECKING, Any

from docflow.errors import FileError
from docflow.safe import visible
from docflow.text_file import reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["as_json", "same_file", "write"]


def as_json(figures: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    r"""Figures as JSON text; Thai stays readable, marks that would steer a terminal are escaped and stay data.

    >>> print(as_json({"subject": "ขอเชิญ \u202e"}), end="")
    {
     "subject": "ขอเชิญ \u202e"
    }
    """
    text = json.dumps(figures, ensure_ascii=False, indent=1)
    return "\n".join(map(_escaped, text.split("\n"))) + "\n"  # JSON has escaped line breaks inside texts already


def _escaped(line: str) -> str:
    if line.isprintable():
        return line
    return "".join(mark if visible(mark) == mark else json.dumps(mark)[1:-1] for mark in line)


def write(path: str | Path, text: str, *, source: str | Path | Iterable[str | Path] = ()) -> None:
    """Write a result to a file: whole or not at all, and never over a file it was read from.

    Until all of it is on the disk it stands in a new file of its own in the same folder; then that takes the place of
    what was there, with its permissions. A link stays a link, and the file it leads to is written. A terminal, a pipe
    or another device is written to straight away. Raises `FileError`; then what was there is as it was.
    """
    path, sources = Path(path), [source] if isinstance(source, str | Path) else list(source)
    if any(same_file(path, each) for each in sources):
        raise FileError(str(path), "is the file that was read; write to another one")
    if _is_output(path):
        sys.stdout.write(text)
        return
    with _told(path):
        if path.exists() and not path.is_file():  # a terminal, a pipe, or a directory, which will say so
            path.write_text(text, encoding="utf-8", errors="replace")
        else:
            _replace(Path(os.path.realpath(path)), text)


def same_file(one: str | Path, other: str | Path) -> bool:
    """Whether two paths name one file, by whatever spelling or link, also when it is not there yet."""
    one, other = Path(one), Path(other)
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        with suppress(OSError, ValueError):
            return os.path.realpath(one) == os.path.realpath(other)
    return one == other


def _replace(target: Path, text: str) -> None:
    if target.is_symlink():
        raise OSError(ELOOP, os.strerror(ELOOP))
    before = target.stat() if target.exists() else None
    if before is not None and not os.access(target, os.W_OK):
        raise PermissionError(None, "it is read-only")  # though its folder would let another file take its place
    part = target.with_name(f".docflow-{secrets.token_hex(8)}.part")
    with part.open("x", encoding="utf-8", errors="replace") as file:  # opens nothing that is there, follows no link
        try:
            if before is not None:
                part.chmod(_rights(file.fileno(), before))  # before anything is in it that others may not read
            file.write(text)
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


def _is_output(path: Path) -> bool:
    """Whether a path names what the script prints to: opened once more, the two would overwrite each other."""
    try:
        return os.path.samestat(path.stat(), os.fstat(sys.stdout.fileno()))
    except (AttributeError, OSError, ValueError):  # there is no such file, or no output
        return False


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        if isinstance(error, FileError):
            raise
        raise FileError(str(path), f"cannot be written ({reason(error)}); name another file") from None
