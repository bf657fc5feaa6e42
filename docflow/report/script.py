"""What a script needs around its work: arguments, files written whole or not at all, and an error in one sentence.

Text is printed and written as UTF-8. What was refused ends the script with status 2, without a traceback.
"""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser, ArgumentTypeError
from contextlib import suppress
from errno import EACCES, EISDIR, ELOOP, ENOENT, ENOTDIR
from io import TextIOWrapper
from itertools import combinations
from pathlib import Path
from signal import SIGINT
from typing import TYPE_CHECKING, Any, Final, NoReturn

from docflow.errors import DocflowError, FileError
from docflow.safe import visible
from docflow.text_file import reason
from docflow.whole_file import replace, told

if TYPE_CHECKING:
    from argparse import Action
    from collections.abc import Callable, Iterable

__all__ = ["Arguments", "as_json", "run", "same_file", "see_output", "write"]

FILES: Final = {"bash": "_shtab_compgen_files", "zsh": "_files"}
"""The functions with which shells complete names of files, by the shell; shtab asks for them."""
READ: Final = "is the file that was read; write to another one"
LONGEST: Final = 400
"""Characters of a complaint, which repeats what was given."""


class Arguments(ArgumentParser):
    """Python's `ArgumentParser` for scripts that read and write files.

    >>> from docflow.report.script import Arguments
    >>> parser = Arguments(description="Report on requests.")
    >>> parser.add_output("--json", help="write every figure there")
    >>> parser.parse_args(["--json", "figures.json"]).json.name
    'figures.json'

    What it complains of is safe to show in a terminal, and two options that name one file to write to are refused.
    """

    _outputs: tuple[Action, ...] = ()

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and exit with status 2."""
        said = visible(message)
        super().error(said if len(said) <= LONGEST else f"{said[:LONGEST]}…")

    def add_file(self, option: str, **said: Any) -> Action:  # noqa: ANN401 - as argparse takes them
        """Add an option that names a file or a folder to read, as a `Path`; a shell can complete it."""
        action = self.add_argument(option, **{"type": Path} | said)
        action.complete = FILES  # type: ignore[attr-defined]  # where shtab looks
        return action

    def add_output(self, option: str, *, help: str, metavar: str = "FILE") -> None:  # noqa: A002 - as argparse calls it
        """Add an option that names a file or a folder to write to, as a `Path`; "-" is refused."""
        self._outputs = (*self._outputs, self.add_file(option, metavar=metavar, type=_output, help=help))

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # noqa: ANN401 - argparse's signature
        """Parse the arguments, and see that no two outputs are one file; `parse_args` and subcommands end here."""
        found, others = super().parse_known_args(args, namespace)
        for one, other in combinations(self._outputs, 2):
            paths = getattr(found, one.dest), getattr(found, other.dest)
            if None not in paths and same_file(*paths):
                self.error(f"{one.option_strings[0]} and {other.option_strings[0]} name one file; give each its own")
        return found, others


def _output(given: str) -> Path:
    if given == "-":
        raise ArgumentTypeError('"-" is no file, and a result would mix with what is printed; name a file')
    return Path(given)


def run(name: str, job: Callable[[], int | None]) -> int:
    """Do a script's job and give the status to exit with: the job's own, 0 when it gives none, 2 when it was refused.

    >>> from docflow.report.script import run
    >>> run("my_script", lambda: print("done"))
    done
    0

    A `DocflowError`, a file that cannot be used and an optional package that is not installed become one sentence on
    standard error, after the script's name; other exceptions are raised. Let the job parse the arguments too, so that
    help and complaints end in a status. Output that nobody reads to its end (`| head`) gives 0, Ctrl+C 130.
    """
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # Thai, whatever the terminal was set to
    if isinstance(sys.stderr, TextIOWrapper):
        sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        status = job() or 0
        if sys.stdout is not None:
            sys.stdout.flush()
    except (DocflowError, ModuleNotFoundError) as error:
        return _refused(name, _told(error))
    except BrokenPipeError:
        _give_up_output()
        return 0
    except OSError as error:
        _give_up_output()
        what = "what it found" if error.filename is None else os.fsdecode(error.filename)
        return _refused(name, f"{what} cannot be {'printed' if error.filename is None else 'used'} ({reason(error)})")
    except SystemExit as left:  # argparse has said why
        return left.code if isinstance(left.code, int) else 0
    except KeyboardInterrupt:
        return 128 + SIGINT
    return status


def _told(error: DocflowError | ModuleNotFoundError) -> str:
    """What docflow says of an error; a missing package that docflow did not ask for is raised again."""
    if isinstance(error, ModuleNotFoundError) and not isinstance(error.__cause__, ModuleNotFoundError):
        raise error
    return str(error)


def _refused(name: str, sentence: str) -> int:
    if sys.stderr is not None:  # else it would be printed among the figures
        print(f"{name}: {visible(sentence)}", file=sys.stderr)  # noqa: T201 - this is where scripts speak
    return 2


def _give_up_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or the interpreter would try once more when it exits


def as_json(figures: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    r"""Figures as JSON text: Thai stays readable, and characters that would steer a terminal are escaped.

    >>> from docflow.report.script import as_json
    >>> print(as_json({"subject": "ขอเชิญ \u202e"}), end="")
    {
     "subject": "ขอเชิญ \u202e"
    }

    Raises `ValueError` for a number that is not finite, which JSON does not have.
    """
    try:
        text = json.dumps(figures, ensure_ascii=False, indent=1, allow_nan=False)
    except ValueError as error:
        way = "leave out what is not finite"
        raise ValueError(f"these figures cannot be kept as JSON ({str(error).lower()}); {way}") from None
    return "\n".join(map(_escaped, text.split("\n"))) + "\n"  # JSON has escaped line breaks inside texts already


def _escaped(line: str) -> str:
    if line.isprintable():
        return line
    return "".join(mark if visible(mark) == mark else json.dumps(mark)[1:-1] for mark in line)


def write(path: str | Path, text: str, *, source: str | Path | Iterable[str | Path] = ()) -> None:
    """Write a result to a file: whole or not at all, and never over a file it was read from (`source`).

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from docflow.report.script import write
    >>> with TemporaryDirectory() as folder:
    ...     write(f"{folder}/late.txt", "3/2026", source="register.csv")
    ...     Path(folder, "late.txt").read_text()
    '3/2026'

    The text goes to a new file in the same folder, which takes the place of the old one when all of it is on the disk.
    Permissions stay, and a link stays a link. A terminal, a pipe or another device is written to straight away. Raises
    `FileError`; then what was there is as it was.
    """
    path, sources = Path(path), [source] if isinstance(source, str | Path) else list(source)
    if any(same_file(path, each) for each in sources):
        raise FileError(str(path), READ)
    if _is_output(path):
        sys.stdout.write(text)
        return
    with told(path):
        if path.exists() and not path.is_file():  # a terminal, a pipe, or a directory, which will say so
            path.write_text(text, encoding="utf-8", errors="replace")
        else:
            replace(path, lambda file: file.write(text.encode(errors="replace")))


def see_output(
    path: str | Path, *, source: Iterable[str | Path] = (), folder: bool = False, device: bool = True
) -> None:
    """See that a result can be written to a path; ask before long work begins.

    >>> from docflow.report.script import see_output
    >>> see_output("docflow")
    Traceback (most recent call last):
    docflow.errors.FileError: docflow: cannot be written (is a directory); name another file

    `source` are files that are read, which may not be written over. `folder=True` is for a folder, which need not be
    there yet; `device=False` refuses a terminal or a pipe. Raises `FileError`.
    """
    path = Path(path)
    if not folder and any(same_file(path, each) for each in source):
        raise FileError(str(path), READ)
    with told(path, "folder" if folder else "file"):
        target = Path(os.path.realpath(path))
        if target.is_symlink():
            raise _refusal(ELOOP)
        if folder:
            _see_folder(next(one for one in (target, *target.parents) if one.exists()))
        elif target.exists() and not target.is_file() and not target.is_dir():
            if not device:
                raise FileError(str(path), "is no file; name one")
        else:
            _see_file(target)


def _see_file(target: Path) -> None:
    """See that a file can be made or replaced. Raises `OSError`."""
    if target.is_dir():
        raise _refusal(EISDIR)
    if target.exists() and not os.access(target, os.W_OK):
        raise _refusal(EACCES)
    _see_folder(target.parent)


def _see_folder(folder: Path) -> None:
    """See that a file can be made in a folder. Raises `OSError`."""
    if not folder.is_dir():
        raise _refusal(ENOTDIR if folder.exists() else ENOENT)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise _refusal(EACCES)


def _refusal(code: int) -> OSError:
    return OSError(code, os.strerror(code))


def same_file(one: str | Path, other: str | Path) -> bool:
    """Whether two paths name one file, by whatever spelling or link, also when it is not there yet.

    >>> from docflow.report.script import same_file
    >>> same_file("figures.json", "examples/../figures.json")
    True
    """
    one, other = Path(one), Path(other)
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        with suppress(OSError, ValueError):
            return os.path.realpath(one) == os.path.realpath(other)
    return one == other


def _is_output(path: Path) -> bool:
    """Whether a path names what the script prints to: opened once more, the two would overwrite each other."""
    try:
        return os.path.samestat(path.stat(), os.fstat(sys.stdout.fileno()))
    except (AttributeError, OSError, ValueError):  # there is no such file, or no output
        return False
