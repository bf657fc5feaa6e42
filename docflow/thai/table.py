"""The table of the government's holidays, as data: `holidays.csv` beside this file, or a file of the same columns.

Each row is a day and a reason: where it holds, when it was announced (empty for a standing holiday, which was always
known), who decided it, where that was checked, and when and by whom it was taken back. Labour Day is not in the table,
because it is no holiday for officials.
"""

from __future__ import annotations

import csv
from datetime import date, datetime
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from attrs import field, fields, frozen

from docflow.errors import CalendarError, FileError, UnknownAreaError
from docflow.text_file import read_lines

if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import PathLike

__all__ = ["KINDS", "PROVISIONAL", "Holiday", "area_named", "holiday_table", "places_of"]

REGIONS = {
    "central": "ภาคกลาง",
    "east": "ภาคตะวันออก",
    "north": "ภาคเหนือ",
    "north-east": "ภาคตะวันออกเฉียงเหนือ",
    "south": "ภาคใต้",
}


@cache
def _provinces() -> dict[str, tuple[str, str]]:
    with files("docflow.thai").joinpath("provinces.csv").open(encoding="utf-8") as lines:
        return {row["province"]: (row["thai"], row["region"]) for row in csv.DictReader(lines)}


@cache
def _names() -> dict[str, str]:
    thai = {name: province for province, (name, _) in _provinces().items()}
    return {
        **{name: name for name in (*_provinces(), *REGIONS)},
        **thai,
        **{name: key for key, name in REGIONS.items()},
    }


def area_named(name: str) -> str:
    """The English name of a province or region, from its English or its Thai name.

    >>> area_named("กรุงเทพมหานคร"), area_named("north-east")
    ('bangkok', 'north-east')

    Raises `UnknownAreaError` for any other text, with the names that are nearest to it.
    """
    if not isinstance(name, str) or name not in _names():
        near = get_close_matches(str(name).strip().casefold(), _names(), n=3, cutoff=0.7)
        raise UnknownAreaError(name, list(dict.fromkeys(_names()[each] for each in near)))
    return _names()[name]


def places_of(area: str | None) -> frozenset[str]:
    """The places whose holidays an office has: its province and the region of that; for a region, only the region.

    >>> sorted(places_of("nonthaburi")), sorted(places_of("south")), sorted(places_of(None))
    (['central', 'nonthaburi'], ['south'], [])

    Source: the provinces that had the regional holidays of 2021, 17 in the North, 20 in the North-East, 18 in the
    Centre, 8 in the East and 14 in the South.
    """
    if area is None:
        return frozenset()
    return frozenset({area, _provinces()[area][1]} if area in _provinces() else {area})


KINDS = ("fixed", "lunar", "substitute", "special", "ploughing")
PROVISIONAL = "P"
SURENESS = ("H", "M", "L", PROVISIONAL)
BUDDHIST = 2400
"""A year from here on must be a Buddhist one, which a table does not have."""
SHOWN = 10
"""So many faults of a file are listed in an error."""


def _places(area: str | Iterable[str] | None) -> tuple[str, ...]:
    names = area.split(";") if isinstance(area, str) else area or ()
    return tuple(area_named(name.strip()) for name in names if name.strip())


@frozen
class Holiday:
    """A decision that offices are closed on a day, for one reason.

    >>> from datetime import date
    >>> Holiday(date(2027, 3, 5), "Founding day", source="order 7/2570", announced=date(2027, 1, 4)).kind
    'special'

    Raises `CalendarError` for what contradicts itself, and `UnknownAreaError` for an area that is none.
    """

    day: date
    english: str
    thai: str = field(default="", kw_only=True)
    kind: str = field(default="special", kw_only=True)
    """fixed, lunar, substitute, special or ploughing."""
    area: tuple[str, ...] = field(default=(), converter=_places, kw_only=True)
    """The provinces and regions where it holds, also given as "bangkok; nonthaburi"; none means the whole country."""
    announced: date | None = field(default=None, kw_only=True)
    """When it was decided; None means a standing holiday, which was always known."""
    source: str = field(kw_only=True)
    """Who decided it, and where that is written."""
    evidence: str = field(default="", kw_only=True)
    """Where it was checked: press, circulars, other tables."""
    withdrawn: date | None = field(default=None, kw_only=True)
    """When it was taken back or moved; None means that it stands."""
    withdrawal: str = field(default="", kw_only=True)
    """Who took it back, and where that is written; empty when it stands."""
    sureness: str = field(default="M", kw_only=True)
    """H: three sources or more; M: one good source; L: inferred; P: provisional, reckoned by rule."""

    def __attrs_post_init__(self) -> None:
        for name in ("day", "announced", "withdrawn"):
            value = getattr(self, name)
            if not (_is_day(value) or (value is None and name != "day")):
                raise CalendarError(value, f"is no day, and {name} has to be one; give date(2027, 3, 5)")
        for name in ("english", "source"):
            if not getattr(self, name):
                raise CalendarError(self.day, f"a holiday needs its {name}; say why it is one, and who decided it")
        for name, known in (("kind", KINDS), ("sureness", SURENESS)):
            if getattr(self, name) not in known:
                raise CalendarError(self.day, f"{name} {getattr(self, name)!r} is none; choose {', '.join(known)}")
        if (self.withdrawn is None) != (not self.withdrawal):
            raise CalendarError(self.day, "withdrawn and withdrawal go together; say when and who, or neither")
        if self.withdrawn is not None and self.withdrawn < (self.announced or date.min):
            raise CalendarError(self.day, f"was withdrawn on {self.withdrawn}, before it was announced; swap the two")

    def known(self, on: date | None) -> bool:
        """Whether it was expected to be a holiday, as things were known at the end of a day; None means today."""
        if on is None:
            return self.withdrawn is None
        return (self.announced is None or self.announced <= on) and (self.withdrawn is None or on < self.withdrawn)


COLUMNS = tuple("date" if column.name == "day" else column.name for column in fields(Holiday))


def holiday_table(path: str | PathLike[str] | None = None) -> tuple[Holiday, ...]:
    """Every row of a table, withdrawn ones included, in order of day: docflow's own, or a CSV file of the same columns.

    >>> from datetime import date
    >>> [row.day.isoformat() for row in holiday_table() if row.withdrawn == date(2020, 3, 17)]
    ['2020-04-13', '2020-04-14', '2020-04-15']

    The columns, in any order, are `date`, `english`, `source`, and those of the other fields of `Holiday` that are
    needed; dates are written 2027-03-05. Raises `FileError` for a file that cannot be read or has any wrong row, with
    the numbers of these rows in a spreadsheet, where the heading is row 1.
    """
    return _built_in() if path is None else _rows(read_lines(path), str(path))


@cache
def _built_in() -> tuple[Holiday, ...]:
    text = files("docflow.thai").joinpath("holidays.csv").read_text(encoding="utf-8")
    return _rows(text.splitlines(keepends=True), "holidays.csv")


def _rows(lines: Iterable[str], name: str) -> tuple[Holiday, ...]:
    try:
        heading, *rest = csv.reader(lines, strict=True)
    except csv.Error as error:
        raise FileError(name, f"is no CSV file ({error}); look for a quotation mark that is not closed") from None
    lacking = [column for column in ("date", "english", "source") if column not in heading]
    strange = [column for column in heading if column not in COLUMNS]
    if lacking or strange or len(set(heading)) < len(heading):
        said = f"lacks {', '.join(lacking)}" if lacking else f"has {', '.join(strange) or 'one column twice'}"
        raise FileError(name, f"{said}; its columns are {', '.join(COLUMNS)}")
    rows: list[Holiday] = []
    faults: list[str] = []
    for number, cells in enumerate(rest, 2):
        if not any(cells):
            continue
        try:
            rows.append(_row(heading, cells))
        except (CalendarError, UnknownAreaError, ValueError) as error:
            faults.append(f"row {number}: {error}")
    if faults:
        more = [f"and {len(faults) - SHOWN} more"] if len(faults) > SHOWN else []
        raise FileError(name, f"has {len(faults)} rows to correct: {'; '.join([*faults[:SHOWN], *more])}")
    return tuple(sorted(rows, key=lambda row: row.day))


def _row(heading: list[str], cells: list[str]) -> Holiday:
    if len(cells) != len(heading):
        raise ValueError(f"{len(cells)} cells under {len(heading)} headings; look for a comma without quotation marks")
    if any("\n" in cell or "\r" in cell for cell in cells):
        raise ValueError("a cell of several lines; look for a quotation mark that is not closed")
    given = {name: cell.strip() for name, cell in zip(heading, cells, strict=True) if cell.strip()}
    days = {name: _day(given.pop(name, ""), name) for name in ("date", "announced", "withdrawn")}
    if days["date"] is None:
        raise ValueError("date is empty; write it like 2027-03-05")
    texts = {"english": "", "source": "", **given}
    return Holiday(days["date"], announced=days["announced"], withdrawn=days["withdrawn"], **texts)


def _day(text: str, column: str) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{column} {text!r} is no day; write it like 2027-03-05") from None
    if day.year >= BUDDHIST:
        raise ValueError(f"{column} {text!r} is of the Buddhist era; write {day.year - 543}{text[4:]}")
    return day


def _is_day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)
