"""Buddhist-era dates and times, as Thai registers write them.

What can be read, in Thai or Arabic digits: 01/10/2562, 1 ต.ค. 2562 and 1 ตุลาคม 2562, each alone or with a time
(09:12 or 09.12 น.), and ISO 8601, the only form with years of the common era.

From 1 January 1941 (B.E. 2484) on, a Buddhist year is the common year and 543. Earlier years began on 1 April, so they
are refused. The year is converted before the day is checked: 29/02/2563 exists, because 2020 is a leap year.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, Literal

import pendulum

from docflow.errors import DateTextError
from docflow.instants import day as given_day
from docflow.instants import instant, local
from docflow.iso import ISO_DATE, ISO_DATETIME, day_of, moment_of, single_spaced
from docflow.text import expect

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "LONG_MONTHS",
    "SHORT_MONTHS",
    "arabic_digits",
    "buddhist_year",
    "fiscal_year",
    "fiscal_year_span",
    "format_date",
    "format_datetime",
    "format_month",
    "in_thailand",
    "parse_date",
    "parse_datetime",
    "thai_digits",
]

Style = Literal["slashes", "short", "long"]
Digits = Literal["arabic", "thai"]

ERA: Final = 543
FIRST_YEAR: Final = 2484  # the first Buddhist-era year that began on 1 January
LAST_YEAR: Final = 2999  # a later one is a slip of the hand
LAST_COMMON: Final = 2199  # up to here, a year before the first may be one of the common era
THAI_TIME: Final = pendulum.timezone("Asia/Bangkok")  # Thailand has one zone, so its written times need not name it

SHORT_MONTHS: Final = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
"""The months from January on, as registers shorten them."""
LONG_MONTHS: Final = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
"""The months from January on, in full."""
_MONTHS: Final = {name: n for names in (SHORT_MONTHS, LONG_MONTHS) for n, name in enumerate(names, 1)}
_STYLES: Final = {"short": SHORT_MONTHS, "long": LONG_MONTHS}
_ARABIC: Final = re.compile("[0-9]")
_TO_THAI: Final = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_TO_ARABIC: Final = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")

_DAY: Final = r"(?P<day>[0-9]{1,2})(?:/(?P<month>[0-9]{1,2})/| (?P<name>[ก-๙.]+)(?: พ\.ศ\.)? )(?P<year>[0-9]{4})"
_TIME: Final = (
    r"(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?|\.(?P<dotted>[0-9]{2}))(?: ?น\.)?"
)
_THAI_DATE: Final = re.compile(_DAY)
_THAI_DATETIME: Final = re.compile(f"{_DAY} (?:เวลา )?{_TIME}")
_ISO_BEGINS: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]")


def parse_date(text: str) -> date:
    """Read a day written in the Buddhist era, or in ISO 8601 in the common era.

    >>> parse_date("๒๙ ก.พ. ๒๕๖๓")
    datetime.date(2020, 2, 29)

    Forms: `1/10/2562`, `1 ต.ค. 2562`, `1 ตุลาคม พ.ศ. 2562`, `2019-10-01`, in Thai or Arabic digits.
    Raises `DateTextError`, with the text and what is wrong.
    """
    plain = _plain(text)
    if match := _THAI_DATE.fullmatch(plain):
        return date(*_year_month_day(text, match))
    if match := ISO_DATE.fullmatch(plain):
        return day_of(text, match)
    if _THAI_DATETIME.fullmatch(plain) or ISO_DATETIME.fullmatch(plain):
        raise DateTextError(text, "holds a time of day where only a date is wanted; leave the time out")
    raise DateTextError(text, "is not a date; write it like 01/10/2562, 1 ต.ค. 2562 or 2019-10-01")


def parse_datetime(text: str) -> pendulum.DateTime:
    """Read a moment written in Thai time in the Buddhist era, or in ISO 8601 with its offset.

    >>> print(parse_datetime("๑ ต.ค. ๒๕๖๒ ๐๘.๓๕ น."))
    2019-10-01 08:35:00+07:00

    Forms: a date as `parse_date` reads it followed by `09:12`, `09:12:30` or `09.12 น.`, and what
    `docflow.iso.parse_iso` reads, such as `2019-10-01T08:42:00+07:00`. The result is in Asia/Bangkok. Raises
    `DateTextError`, with what is wrong.
    """
    plain = _plain(text)
    if match := _THAI_DATETIME.fullmatch(plain):
        year, month, day = _year_month_day(text, match)
        hour, minute, second = int(match["hour"]), int(match["minute"] or match["dotted"]), int(match["second"] or 0)
        if hour > 23 or minute > 59 or second > 59:  # noqa: PLR2004 - the last hour, minute and second of a clock
            raise DateTextError(text, "its time does not exist; hours go to 23, minutes and seconds to 59")
        return pendulum.DateTime(year, month, day, hour, minute, second, tzinfo=THAI_TIME)
    if match := ISO_DATETIME.fullmatch(plain):
        moment = pendulum.instance(moment_of(text, match)).in_timezone(THAI_TIME)
        if not _counted(moment):  # the first or the last day of the era elsewhere is another year in Thailand
            raise DateTextError(text, f"its year {moment.year} in Thailand is before 1941 or after 2456; correct it")
        return moment
    if _THAI_DATE.fullmatch(plain) or ISO_DATE.fullmatch(plain):
        raise DateTextError(text, "has no time of day; write it like 01/10/2562 09:12")
    ways = "2019-10-01T08:42:00+07:00" if _ISO_BEGINS.match(plain) else "01/10/2562 09:12 or 1 ต.ค. 2562 09.12 น."
    raise DateTextError(text, f"is not a date and time; write it like {ways}")


def format_date(day: date, style: Style = "short", *, digits: Digits = "arabic") -> str:
    """Write a day in the Buddhist era; `parse_date` reads it back.

    >>> from datetime import date
    >>> format_date(date(2020, 2, 29)), format_date(date(2020, 2, 29), "long", digits="thai")
    ('29 ก.พ. 2563', '๒๙ กุมภาพันธ์ ๒๕๖๓')

    Raises `DateTextError` for a day before 1 January 1941 or after B.E. 2999, `NotAMomentError` for what is no day, and
    `ValueError` for another style or other digits.
    """
    year = buddhist_year(day)
    text = f"{day:%d/%m}/{year}" if style == "slashes" else f"{day.day} {format_month(day, style)}"
    return in_digits(text, digits)


def format_month(day: date, style: Literal["short", "long"] = "short", *, digits: Digits = "arabic") -> str:
    """Write the month of a day in the Buddhist era.

    >>> from datetime import date
    >>> format_month(date(2019, 11, 1)), format_month(date(2019, 11, 1), "long", digits="thai")
    ('พ.ย. 2562', 'พฤศจิกายน ๒๕๖๒')

    Raises as `format_date` does.
    """
    year, months = buddhist_year(day), _STYLES[_one_of(_STYLES, style)]
    return in_digits(f"{months[day.month - 1]} {year}", digits)


def format_datetime(moment: datetime, style: Style = "short", *, digits: Digits = "arabic") -> str:
    """Write a moment in Thai time in the Buddhist era, to the minute as registers stamp it.

    >>> from datetime import datetime
    >>> format_datetime(datetime.fromisoformat("2019-10-01T01:35Z"))
    '1 ต.ค. 2562 08.35 น.'

    The style "slashes" has a colon (`01/10/2562 08:35`), styles with month names the full stop of Thai times. Seconds
    are left out. Raises `NaiveDatetimeError` for a moment without a zone, and `NotAMomentError` for what is no moment.
    """
    there = in_thailand(moment)
    time = f"{there:%H:%M}" if style == "slashes" else f"{there:%H.%M} น."
    text = f"{format_date(there, style)} {time}"
    return in_digits(text, digits)


def in_thailand(moment: datetime) -> datetime:
    """A moment in Thai time.

    >>> from datetime import datetime
    >>> print(in_thailand(datetime.fromisoformat("2020-01-06T02:30+00:00")))
    2020-01-06 09:30:00+07:00

    Raises `NaiveDatetimeError`, `NotAMomentError`, and `OutsideCalendarError` beyond the year 9999.
    """
    return local(instant(moment), THAI_TIME)


def in_digits(text: str, digits: Digits) -> str:
    """Write a text of Arabic digits with these or with Thai ones. Raises `ValueError` for any others."""
    return thai_digits(text) if _one_of(("arabic", "thai"), digits) == "thai" else text


def thai_digits(text: str) -> str:
    """Write Arabic digits as Thai ones, U+0E50 to U+0E59.

    >>> thai_digits("8395/2562")
    '๘๓๙๕/๒๕๖๒'

    Raises `TypeError` for what is no text.
    """
    expect(text, str, "text", 'such as "8395/2562"')
    return text.translate(_TO_THAI)


def arabic_digits(text: str) -> str:
    """Write Thai digits as Arabic ones.

    >>> arabic_digits("๘๓๙๕/๒๕๖๒")
    '8395/2562'

    Raises `TypeError` for what is no text.
    """
    expect(text, str, "text", 'such as "๘๓๙๕/๒๕๖๒"')
    return text.translate(_TO_ARABIC)


def buddhist_year(day: date) -> int:
    """The Buddhist calendar year of a day; register numbers start again with it.

    >>> from datetime import date
    >>> buddhist_year(date(2020, 1, 1))
    2563

    Raises `DateTextError` for a day before 1 January 1941, when the Thai year did not begin on 1 January.
    """
    if not _counted(given_day(day)):
        raise DateTextError(f"{day:%Y-%m-%d}", "is before B.E. 2484 or after B.E. 2999; correct it")
    return day.year + ERA


def fiscal_year(day: date) -> int:
    """The Buddhist fiscal year of a day: from 1 October to 30 September, called by the year in which it ends.

    >>> from datetime import date
    >>> fiscal_year(date(2019, 9, 30)), fiscal_year(date(2019, 10, 1))
    (2562, 2563)

    Raises `DateTextError` as `buddhist_year` does.
    """
    return buddhist_year(day) + (day.month >= 10)  # noqa: PLR2004 - October


def fiscal_year_span(year: int) -> tuple[date, date]:
    """The first and the last day of a Buddhist fiscal year.

    >>> fiscal_year_span(2563)
    (datetime.date(2019, 10, 1), datetime.date(2020, 9, 30))

    Raises `DateTextError` for a year before B.E. 2484 or after B.E. 2999.
    """
    if not isinstance(year, int) or not FIRST_YEAR <= year <= LAST_YEAR + 1:  # the last of these begins in B.E. 2999
        raise DateTextError(str(year), "is before B.E. 2484 or after B.E. 2999; give the Buddhist era, such as 2563")
    return date(year - ERA - 1, 10, 1), date(year - ERA, 9, 30)


def _one_of(known: Iterable[str], given: str) -> str:
    if given not in known:
        raise ValueError(f"{given!r} is no way to write a date; choose {' or '.join(known)}")
    return given


def _plain(text: str) -> str:
    """The text in Arabic digits and with single spaces."""
    if not isinstance(text, str):
        raise DateTextError(repr(text), "is no text; leave out what has none, and give a date as it is written")
    plain = text.translate(_TO_ARABIC)
    if plain != text and _ARABIC.search(text):
        raise DateTextError(text, "mixes Thai and Arabic digits; write it in one of them")
    return single_spaced(plain)


def _counted(day: date) -> bool:
    return FIRST_YEAR <= day.year + ERA <= LAST_YEAR


def _year_month_day(text: str, match: re.Match[str]) -> tuple[int, int, int]:
    name, year, day = match["name"], int(match["year"]), int(match["day"])
    if year < FIRST_YEAR:
        common = FIRST_YEAR - ERA <= year <= LAST_COMMON
        hint = f"did you mean {year + ERA}" if common else "correct it"
        raise DateTextError(text, f"its year {year} is before B.E. 2484, where Thai dates begin here; {hint}")
    if year > LAST_YEAR:
        raise DateTextError(text, f"its year {year} is after B.E. 2999; correct it")
    month = int(match["month"]) if name is None else _MONTHS.get(name, 0)
    if not 1 <= month <= 12:  # noqa: PLR2004 - the months of a year
        said = f"no month is called {name!r}" if name else f"there is no month {month}"
        raise DateTextError(text, f"{said}; dates are written day, month, year")
    try:
        date(year - ERA, month, day)
    except ValueError:
        raise DateTextError(text, f"{SHORT_MONTHS[month - 1]} {year} has no day {day}; correct it") from None
    return year - ERA, month, day
