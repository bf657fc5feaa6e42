"""What each part of the command is asked for, with examples."""

from __future__ import annotations

from argparse import Action, ArgumentTypeError, RawDescriptionHelpFormatter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docflow.report.script import Arguments

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

__all__ = ["PROGRAM", "parser"]

PROGRAM: Final = "docflow"
"""The name of the installed script; it is the same command."""
COMMAND: Final = "python -m docflow"
VERIFY: Final = "whether a store is as it was written and refuses every change: 0 when so, 1 when not, 2 if unknown"
NARROWEST: Final = 60
"""Letters, in which the columns of the regulation's forms still hold words."""
PLACE: Final = 'its file, or such as "postgresql://user@host/office"'
DIGITS: Final = 6
"""Of a width; more of them would only take memory."""
SHELLS: Final = ("bash", "zsh")
MOMENT: Final = '"30/09/2563 16:30" or "2020-09-30T16:30+07:00"'
EXAMPLES: Final = {
    "": ("report --data examples/data", 'deadline --received "1/11/2562 16:20"', "report --help"),
    "report": (
        "report --data examples/data --language en",
        "report --data examples/data --monthly --all",
        "report --data examples/data --as-of '31/01/2563 16:30' --markdown january.md",
        "report --data examples/data --html report.html --json figures.json --pictures slides",
        "report --store office.db --data examples/data --language en",
    ),
    "deadline": (
        "deadline --received '1/11/2562 16:20'",
        "deadline --received '9/4/2563 10:00' --submitted '15/4/2563 11:00' --language en",
        "deadline --received '9/4/2563 10:00' --waiting '10/4/2563 09:00' '10/4/2563 11:00' --known-on 16/3/2563",
    ),
    "explain": (
        "explain 8739/2562 --data examples/data",
        "explain ๘๗๓๙/๒๕๖๒ --register examples/data/register-2563.csv --language en",
        "explain 1/2563 --store office.db",
    ),
    "verify": ("verify office.db",),
    "page": ("page office.db", "page office.db --day 6/1/2563 --digits thai --width 100"),
}


def parser() -> Arguments:
    """The parser of the whole command.

    >>> parser().parse_args(["verify", "office.db"]).store
    'office.db'
    """
    made = Arguments(
        prog=COMMAND,
        description="Reports, deadlines, letters, stores and pages of registers.",
        epilog=_examples(""),
        formatter_class=RawDescriptionHelpFormatter,
    )
    made.add_argument(
        "--print-completion", choices=SHELLS, action=_Completion, help=f"print what completes {PROGRAM} in a shell"
    )
    parts = made.add_subparsers(dest="part", metavar="PART", required=True, parser_class=Arguments)
    _report(_part(parts, "report", "the yearly report on the office's plan, from a folder of records"))
    _deadline(_part(parts, "deadline", "when a letter is due under every reading of the promise, and why"))
    _explain(_part(parts, "explain", "where one letter lies in each indicator, and day by day why"))
    _verify(_part(parts, "verify", VERIFY))
    _page(_part(parts, "page", "the page of a day of a register, as the regulation's form draws it"))
    return made


def _part(parts: Any, name: str, words: str) -> Arguments:  # noqa: ANN401 - argparse names no such type
    made: Arguments = parts.add_parser(
        name,
        help=words,
        description=f"{words[0].upper()}{words[1:]}.",
        epilog=_examples(name),
        formatter_class=RawDescriptionHelpFormatter,
    )
    return made


def _examples(part: str) -> str:
    return "\n".join(("examples:", *(f"  {COMMAND} {each}" for each in EXAMPLES[part])))


def _voice(to: ArgumentParser) -> None:
    to.add_argument("--language", choices=("th", "en"), default="th", help="Thai unless it is given")
    _digits(to)


def _digits(to: ArgumentParser) -> None:
    to.add_argument("--digits", choices=("arabic", "thai"), default="arabic", help="of Thai texts")


def _records(to: Arguments) -> None:
    to.add_argument("--year", metavar="YEAR", type=int, default=2563, help="the fiscal year, Buddhist era (2563)")
    to.add_file("--data", metavar="DIR", default=Path(), help="the folder of records (CSV, UTF-8); else this one")
    to.add_file("--register", metavar="FILE", help="the register, if it is not DIR/register-YEAR.csv")
    to.add_argument("--store", metavar="STORE", help=f"read the letters of a store instead: {PLACE}; it is only read")
    _schema(to)
    to.add_argument("--unit", metavar="UNIT", help="whose receipt register; needed when the store has several")
    to.add_argument("--as-of", metavar="DATETIME", help=f"how things stood then, as {MOMENT}")


def _report(to: Arguments) -> None:
    _records(to)
    to.add_argument("--monthly", action="store_true", help="also as things stood at the end of each month")
    _voice(to)
    to.add_argument("--sample", action="store_true", help="say that the records are made up")
    to.add_argument("--all", action="store_true", help="everything, not the summary alone")
    to.add_output("--json", help="write every figure there")
    to.add_output("--html", help="write the report there as a page, in both languages")
    to.add_output("--workbook", help="write it there as a workbook (xlsx)")
    to.add_output("--markdown", help="write it there as Markdown, for a mail")
    to.add_output("--pictures", metavar="FOLDER", help="write its pictures there")


def _deadline(to: Arguments) -> None:
    to.add_argument("--received", metavar="DATETIME", required=True, help=f"when it came, as {MOMENT}")
    to.add_argument("--submitted", metavar="DATETIME", help="left out while it has not been submitted")
    to.add_argument("--as-of", metavar="DATETIME", help="how things stood then; else when it was submitted, or came")
    to.add_argument(
        "--waiting",
        metavar=("FROM", "TO"),
        nargs=2,
        action="append",
        default=[],
        help="when the sender had to act, and the clock stood still; may be given several times",
    )
    to.add_argument("--known-on", metavar="DATE", help="with the holidays as they were known on that day")
    _voice(to)


def _explain(to: Arguments) -> None:
    to.add_argument("number", metavar="NUMBER", help="the letter's number in the register, as 8739/2562")
    _records(to)
    _voice(to)


def _store(to: Arguments) -> None:
    to.add_argument("store", metavar="STORE", help=PLACE)
    _schema(to)


def _schema(to: ArgumentParser) -> None:
    to.add_argument("--schema", metavar="NAME", help="its schema in PostgreSQL, if it is not docflow")


def _verify(to: Arguments) -> None:
    _store(to)
    to.add_argument("--printed", metavar="HASH", help="a hash from the page of a day, which must be in the store")


def _page(to: Arguments) -> None:
    _store(to)
    to.add_argument("--unit", metavar="UNIT", help="whose register; needed when the store has several")
    to.add_argument("--direction", choices=("receipt", "sending"), default="receipt", help="of what came, or was sent")
    to.add_argument("--day", metavar="DATE", help="as 6/1/2563 or 2020-01-06; else the last one that has lines")
    _digits(to)
    to.add_argument(
        "--width", metavar="N", type=_width, help=f"how many letters wide, {NARROWEST} or more; else as the terminal"
    )
    to.add_output("--html", help="write its table there, for a page of your own")


def _width(given: str) -> int:
    """How wide a page is to be; in a narrower one the words of the form's columns fall into letters."""
    width = int(given) if given.isdecimal() and len(given) <= DIGITS else 0
    if width < NARROWEST:
        raise ArgumentTypeError(f"a page cannot be read in that width; give a whole number from {NARROWEST} on")
    return width


class _Completion(Action):
    """Print what completes the command in a shell, and leave."""

    def __call__(self, parser: ArgumentParser, _space: Namespace, shell: Any, _option: str | None = None) -> None:  # noqa: ANN401 - argparse's signature
        try:
            import shtab  # noqa: PLC0415 - only here, and only when it is installed
        except ModuleNotFoundError:
            parser.error("--print-completion needs shtab, which is not installed; run: pip install '.[completion]'")
        parser.prog = PROGRAM  # a shell completes the name of a script, and `python` is not ours
        print(shtab.complete(parser, shell))  # noqa: T201 - this is where it speaks
        parser.exit()
