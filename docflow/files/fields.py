"""The cells of a row as an office writes them: dates, numbers and words; each a value, or a fault that says why not."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime, time, tzinfo
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from attrs import Factory, define, field, frozen
from attrs.validators import is_callable

from docflow.errors import DateTextError, LetterError
from docflow.instants import from_wall, moment
from docflow.iso import latin_digits, parse_iso, parse_iso_date
from docflow.letters.letter import name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from docflow.files.table import Fault, Row
    from docflow.instants import Zone

__all__ = ["MIDNIGHT", "WHOLE", "Dates", "Line", "Parser", "no_earlier"]

T = TypeVar("T")
MIDNIGHT: Final = time()
WHOLE: Final = 100  # percent
ONCE: Final = "was given in row {} already; keep one of the two"
ONCE_A_YEAR: Final = "was given to row {} already; a number is used once a year"
_DECIMAL: Final = re.compile(r"[0-9]{1,12}(\.[0-9]{1,12})?")
RUNNING: Final = re.compile(r"([0-9]{1,9})(?: ?/ ?(2[0-9]{3}))?")
_SLASH: Final = re.compile(r" ?/ ?")


@frozen
class Parser:
    """A parser of the office's own; whatever goes wrong in it is said as what is wrong with the text."""

    read: Callable[[str], Any] = field(validator=is_callable())

    def found(self, written: str) -> Any:  # noqa: ANN401 - whatever it gives
        """What it reads. Raises `DateTextError`, and `LetterError` where the parser does."""
        try:
            return self.read(written)
        except (DateTextError, LetterError):
            raise
        except Exception as error:  # noqa: BLE001 - a parser that stumbles over one text must not end the reading
            said = str(error) if isinstance(error, ValueError) else f"{type(error).__name__}: {error}"
            raise DateTextError(written, said or "the parser cannot read it") from None


class _Moments(Parser):
    def __call__(self, written: str) -> datetime:
        found = self.found(written)
        if not isinstance(found, datetime):
            raise DateTextError(written, f"the parser found {found!r}, which is no datetime")
        if found.utcoffset() is None:
            raise DateTextError(written, "the parser found no zone; let it give moments with one")
        if found.astimezone(UTC).astimezone(found.tzinfo).replace(tzinfo=None) != found.replace(tzinfo=None):
            raise DateTextError(written, f"does not exist in {found.tzinfo}, whose clocks jump over it; correct it")
        return found


class _Days(Parser):
    def __call__(self, written: str) -> date:
        found = self.found(written)
        if isinstance(found, datetime):
            raise DateTextError(written, "the parser found a moment, not a day; let it give moment.date()")
        if not isinstance(found, date):
            raise DateTextError(written, f"the parser found {found!r}, which is no date")
        return found


def _zone(_: Dates, __: object, given: Any) -> None:  # noqa: ANN401 - whatever was given for a zone
    if not isinstance(given, tzinfo):
        way = f"ZoneInfo({given!r})" if isinstance(given, str) else 'ZoneInfo("Europe/Paris")'
        raise TypeError(f"Dates(zone={given!r}): this is no time zone; give {way}, or the zone of a clock, clock.tz")


def _calendar_year(day: date) -> int:
    return day.year


@frozen(kw_only=True)
class Dates:
    """How moments and days are written in a file; ISO 8601 in the office's zone, unless parsers of its own are given.

    >>> from zoneinfo import ZoneInfo
    >>> london = Dates(zone=ZoneInfo("Europe/London"))
    >>> print(london.moment("2026-07-01 09:00"), london.begin("2026-07-01"), sep=", ")
    2026-07-01 09:00:00+01:00, 2026-07-01 00:00:00+01:00

    An office that writes days in front gives a parser; what goes wrong in it is a fault of the row:

    >>> from datetime import datetime
    >>> paris = ZoneInfo("Europe/Paris")
    >>> french = Dates(zone=paris, moment=lambda text: datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=paris))
    >>> print(french.moment("31/07/2026 09:00"))
    2026-07-31 09:00:00+02:00

    Each parser takes a text, and raises an error for what it cannot read: `DateTextError` with the words that a reader
    is to see, or any other. Raises `TypeError` for a zone that is none, and for a parser that cannot be called.
    """

    zone: Zone = field(validator=_zone)
    """Such as `ZoneInfo("Europe/Paris")`, or a clock's own, `clock.tz`."""
    moment: Callable[[str], datetime] = field(
        default=Factory(lambda self: partial(parse_iso, zone=self.zone), takes_self=True),
        converter=_Moments,
    )
    day: Callable[[str], date] = field(default=parse_iso_date, converter=_Days)
    year: Callable[[date], int] = field(default=_calendar_year, validator=is_callable())
    """The year of a day, as it is written behind running numbers."""

    def begin(self, text: str, *, of_a_day: time = MIDNIGHT) -> datetime:
        """Read a moment, or a day alone as one moment of it: its beginning, unless said otherwise.

        Raises `DateTextError`, with what is wrong with the day when no time stands beside it.
        """
        try:
            return self.moment(text)
        except DateTextError as no_moment:
            try:
                day = self.day(text)
            except DateTextError as no_day:
                raise (no_day if "no time of day" in no_moment.problem else no_moment) from None
        micros = (of_a_day.hour * 60 + of_a_day.minute) * 60_000_000
        return moment(from_wall(day.year, day.month, day.day, micros, self.zone), self.zone)


def no_earlier(at: datetime, than: datetime) -> datetime:
    """A day without a time, when it follows a moment of the same day: the moment itself instead of midnight.

    A visit of 4 November at 10.00, recorded on "4 November", was recorded at 10.00 or later, and not at midnight.
    """
    return max(at, than) if at.time() == MIDNIGHT and at.date() == than.date() else at


@define
class Line:
    """A row that is being read; one fault is enough to leave it out.

    >>> from zoneinfo import ZoneInfo
    >>> from docflow.files import Row
    >>> line = Line(Row(2, {"No": "7", "In": "soon"}), Dates(zone=ZoneInfo("Europe/London")), used={})
    >>> line.number("No"), line.moment("In"), line.sound, line.faults[0].column
    ('7', None, False, 'In')
    """

    row: Row
    dates: Dates
    used: dict[tuple[object, ...], int]
    """What only one row of the file may have, and the first row that has it."""
    faults: list[Fault] = field(factory=list)
    notes: list[Fault] = field(factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong with it so far."""
        return not self.faults

    def fault(self, column: str, kind: str, reason: str) -> None:
        """Write a fault of one of its cells down."""
        self.faults.append(self.row.fault_at(column, kind, reason))

    def note(self, column: str, reason: str) -> None:
        """Write down what is amiss with a cell that no figure needs."""
        self.notes.append(self.row.fault_at(column, "unreadable", reason))

    def text(self, column: str) -> str:
        """A cell with digits from 0 to 9 and single spaces, as texts are compared."""
        return " ".join(latin_digits(self.row.cells[column]).split())

    def needed(self, column: str, what: str) -> str:
        """A cell as it stands, which must not be empty; `what` says what to enter."""
        if not self.row.cells[column]:
            self.fault(column, "unreadable", f"is empty; enter {what}")
        return self.row.cells[column]

    def number(self, column: str, begun: datetime | None = None, *, like: str = "") -> str:
        """What the record is called; of two rows with one number the later is at fault.

        Running numbers begin anew every year: "15" is "15/2026" in a row that `begun` in 2026. Where no other number
        will do, they are `like` "8395/2026"; one of which nobody knows the year is then compared with no other.
        """
        text, once = latin_digits(self.row.cells[column]), ONCE_A_YEAR if like else ONCE
        if like and RUNNING.fullmatch(text) is None:
            wrong = "is no running number" if text else "is empty"
            self.fault(column, "unreadable", f"{wrong}; write it like {like}")
            return text
        number = self.of_year(self.name(column), begun)
        if "/" in number or (number and not like):
            self.once(column, column, number, once=once)
        return number

    def name(self, column: str) -> str:
        """A number or code; that it is empty, or holds what nobody sees, is a fault."""
        self.needed(column, "its number")
        try:
            return name(self.called(column))
        except LetterError as error:
            self.fault(column, "unreadable", error.problem)
            return ""

    def called(self, column: str) -> str:
        """A number or code, without judging it."""
        return _SLASH.sub("/", self.text(column))

    def of_year(self, number: str, begun: date | None) -> str:
        """A running number with its year and without zeroes in front; other names stay as they are."""
        match = RUNNING.fullmatch(number)
        if match is None:
            return number
        year = match[2] or (str(self.dates.year(begun)) if begun is not None else "")
        return f"{int(match[1])}/{year}" if year else str(int(match[1]))

    def once(self, column: str, *key: object, once: str = ONCE) -> None:
        """See that no row above has the same key."""
        first = self.used.setdefault(key, self.row.number)
        if first != self.row.number:
            self.fault(column, "duplicate", once.format(first))

    def moment(self, column: str, *, of_a_day: time | None = MIDNIGHT) -> datetime | None:
        """The moment in a cell that must hold one, a day alone meaning its beginning, or no moment at all (None)."""
        read = self.dates.moment if of_a_day is None else partial(self.dates.begin, of_a_day=of_a_day)
        return self._read(column, read) if self.needed(column, "the day, or the day and time") else None

    def day(self, column: str) -> date | None:
        """The day in a cell; None when it is empty."""
        return self._read(column, self.dates.day) if self.row.cells[column] else None

    def begun(self, column: str) -> datetime | None:
        """The moment in a cell, without judging it."""
        with suppress(DateTextError):
            return self.dates.begin(self.row.cells[column])
        return None

    def moments(self, *columns: str, timed: bool = False, complete: bool = False) -> dict[str, datetime]:
        """The moments in those of the cells that hold one; the first must, and they come one after the other.

        Where they are `timed`, a day alone is no moment: two things on one day could not be told apart. Where they are
        `complete`, none is left out before a later one. What is at fault is not among the moments.
        """
        cells, read = self.row.cells, self.dates.moment if timed else self.dates.begin
        stamped = [column for column in columns if cells[column]]
        if not (complete and stamped):  # what is left out before a later one is said below
            self.needed(columns[0], "the day and time; the record begins with it")
        found: dict[str, datetime] = {}
        before, place = "", 0
        for column in stamped:
            if complete and columns[place] != column:
                wrong = f"is empty, though {column} is stamped; enter the missing stamp"
                self.fault(columns[place], "unreadable", wrong)
            place = columns.index(column) + 1
            at = self._read(column, read)
            if at is None:
                continue
            if before:
                at = at if complete else no_earlier(at, found[before])
                if at < found[before]:
                    self.fault(column, "reversed", f"is before {before}, {cells[before]}; correct whichever is wrong")
                    continue
            found[column], before = at, column
        return found

    def _read(self, column: str, read: Callable[[str], T]) -> T | None:
        try:
            return read(self.row.cells[column])
        except DateTextError as error:
            self.fault(column, "unreadable", error.problem)
            return None

    def decimal(self, column: str, what: str = "a number") -> Fraction | None:
        """The number in a cell, exactly; None when it is empty."""
        text = self.text(column)
        if not text:
            return None
        if _DECIMAL.fullmatch(text) is None:
            self.fault(column, "unreadable", f"is not {what}; write it like 87.5")
            return None
        return Fraction(text)

    def percent(self, column: str) -> Fraction | None:
        """The percentage in a cell, from 0 to 100; None when it is empty."""
        percent = self.decimal(column, "a percentage from 0 to 100")
        if percent is not None and percent > WHOLE:
            self.fault(column, "unreadable", "is over 100 percent; correct it")
            return None
        return percent

    def one_of(self, column: str, words: Mapping[str, T], kind: str = "unreadable") -> T | None:
        """What the word in a cell means."""
        found = words.get(self.text(column))
        if self.needed(column, " or ".join(words)) and found is None:
            self.fault(column, kind, f"is none of {', '.join(words)}; write one of them")
        return found
