"""A register's form as plain data: a file of a few lines says what its columns hold; nothing in it is evaluated."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from attrs import evolve, fields_dict

from docflow.errors import FileError, FormError, LetterError, NaiveDatetimeError
from docflow.files.register import RegisterForm
from docflow.files.spellings import ERAS, ISO, spelled
from docflow.files.stamps import Stamp
from docflow.letters import Letter
from docflow.text_file import opened

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable

    from docflow.files.dates import Dates
    from docflow.files.register import Reader

__all__ = ["form_of", "read_form"]

T = TypeVar("T")
NOTHING: Final[Mapping[str, Any]] = {}
KINDS: Final[Mapping[str, type]] = {
    "required": dict,
    "always": dict,
    "running": str,
    "complete": bool,
    "delimiter": str,
    "encoding": str,
    "sheet": str,
}
FORM: Final = ("columns", "dates", *KINDS)
DATES: Final = ("zone", "moments", "days", "era")
STAMP: Final = ("step", "unit", "unit_in")
MOST_BYTES: Final = 2**20
"""What is read of a form; a longer one is none."""


def read_form(
    path: str | os.PathLike[str], *, dates: Mapping[str, Dates] = NOTHING, readers: Mapping[str, Reader] = NOTHING
) -> RegisterForm:
    r"""Read the form of a register from a TOML or a JSON file of up to 1 MiB, which holds what `form_of` takes.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> columns = 'columns = { No = "number", From = "sender", In = { step = "receive" } }'
    >>> dates = 'dates = { zone = "Europe/London", moments = "%d/%m/%Y %H:%M" }'
    >>> with TemporaryDirectory() as folder:
    ...     _ = Path(folder, "register.toml").write_text(f"{columns}\n{dates}")
    ...     form = read_form(f"{folder}/register.toml")
    >>> form.number, form.begins
    ('No', 'In')

    `dates` and `readers` are what the file may name, as in `form_of`. Nothing in the file is evaluated. Raises
    `FileError` for a file that cannot be read or is no form, with the key that is wrong and what to write there.
    """
    with opened(path) as file:
        text = file.read(MOST_BYTES + 1)
    if len(text) > MOST_BYTES:
        raise FileError(str(path), "is no form, for it is over 1 MiB; name the file that describes the register")
    load: Callable[[str], Any] = json.loads if Path(path).suffix.lower() == ".json" else tomllib.loads
    try:
        return form_of(load(text.decode().removeprefix("\ufeff")), dates=dates, readers=readers)
    except FormError as error:
        raise FileError(str(path), str(error)) from None
    except (ValueError, RecursionError) as error:
        kind = "JSON" if load is json.loads else "TOML"
        raise FileError(str(path), f"is no {kind} in UTF-8 ({error}); correct it there") from None


def form_of(
    data: Mapping[str, Any], *, dates: Mapping[str, Dates] = NOTHING, readers: Mapping[str, Reader] = NOTHING
) -> RegisterForm:
    """The form that plain data describes: texts, truth values, and tables of these by their keys.

    >>> form = form_of({
    ...     "columns": {"No": "number", "About": "subject", "In": {"step": "receive", "unit": "Desk"}},
    ...     "dates": {"zone": "Asia/Bangkok", "moments": ["%d/%m/%Y %H:%M"], "era": "buddhist"},
    ...     "encoding": "windows-874",
    ... })
    >>> form.stamps["In"], form.encoding
    (Stamp(trigger='receive', unit='Desk', unit_in=''), 'windows-874')
    >>> print(form.dates.moment("1/10/2562 09:12"))
    2019-10-01 09:12:00+07:00

    A column holds "number", the name of a field of `Letter`, a table with the `step` that it stamps and its `unit` or
    the column that names it (`unit_in`), or a table with the name of one of the `readers` that are given. `dates` is a
    table with the `zone`, and with patterns of `moments` and `days` (`docflow.files.spelled`) where they are not
    written in ISO 8601, or the name of one of those that are given. All else is as in a `RegisterForm`. Nothing is
    evaluated or fetched. Raises `FormError` with the key that is wrong.
    """
    given = _table("", data, FORM)
    columns = given.get("columns")
    if not isinstance(columns, Mapping):
        _refuse("columns", 'is no table; give the columns with what each holds, such as "No" = "number"')
    held = {heading: _holds(f"columns.{heading}", holds, readers) for heading, holds in columns.items()}
    written = _dates(given.get("dates"), dates)
    form = _made("columns", lambda: RegisterForm(held, dates=written))
    for key, kind in KINDS.items():
        if key in given:
            value = _of_kind(key, given[key], kind)
            form = _made(key, lambda: evolve(form, **{key: value}))  # noqa: B023 - it is called at once
    _made("always", lambda: Letter(number="1", **form.always))
    return form


def _made(key: str, make: Callable[[], T]) -> T:
    """What is made; what is wrong with it is wrong with a key."""
    try:
        return make()
    except (LetterError, NaiveDatetimeError, TypeError, ValueError) as error:
        _refuse(key, str(error))


def _of_kind(key: str, given: object, kind: type) -> Any:  # noqa: ANN401 - of that kind
    if kind is dict:
        return _table(key, given, None)
    if not isinstance(given, kind):
        _refuse(key, f"is {given!r}; write {'true or false' if kind is bool else 'a text in quotation marks'}")
    return given


def _refuse(key: str, problem: str) -> NoReturn:
    raise FormError(key, problem)


def _table(key: str, given: object, known: Iterable[str] | None) -> Mapping[str, Any]:
    """A table that has only keys that are known."""
    if not isinstance(given, Mapping):
        _refuse(key or "form", f"is {given!r}, which is no table of keys and values")
    for each in given:
        if not isinstance(each, str):
            _refuse(key or "form", f"has the key {each!r}; write keys as text")
        if known is not None and each not in known:
            near = get_close_matches(each, known, n=1)
            way = f"did you mean {near[0]!r}?" if near else f"choose {', '.join(known)}"
            _refuse(f"{key}.{each}" if key else each, f"is no key here; {way}")
    return given


def _text(key: str, given: object) -> str:
    return str(_of_kind(key, given, str))


def _named(key: str, name: str, given: Mapping[str, Any], what: str) -> Any:  # noqa: ANN401 - what was given
    if name not in given:
        known = f"choose {', '.join(given)}" if given else f"give it when the form is read: {what}={{{name!r}: ...}}"
        _refuse(key, f"names {name!r}, and nothing is given under that name; {known}")
    return given[name]


def _holds(key: str, given: object, readers: Mapping[str, Reader]) -> str | Stamp | Reader:
    """What a column holds."""
    if isinstance(given, str):
        if given not in fields_dict(Letter):
            near = get_close_matches(given, fields_dict(Letter), n=1)
            way = f"did you mean {near[0]!r}?" if near else f"choose {', '.join(fields_dict(Letter))}"
            _refuse(key, f"holds {given!r}, which is no field of a letter; {way}")
        return given
    said = _table(key, given, (*STAMP, "reader"))
    if set(said) == {"reader"}:
        found: Reader = _named(f"{key}.reader", _text(f"{key}.reader", said["reader"]), readers, "readers")
        return found
    if "step" not in said or "reader" in said:
        _refuse(key, 'says neither which step it stamps nor which reader reads it; write { step = "receive" }')
    texts = {each: _text(f"{key}.{each}", value) for each, value in said.items()}
    return _made(key, lambda: Stamp(texts["step"], unit=texts.get("unit"), unit_in=texts.get("unit_in", "")))


def _dates(given: object, named: Mapping[str, Dates]) -> Dates:
    if given is None:
        _refuse("dates", 'is missing; give at least the zone: dates = { zone = "Asia/Bangkok" }')
    if isinstance(given, str):
        found: Dates = _named("dates", given, named, "dates")
        return found
    said = _table("dates", given, DATES)
    if "zone" not in said:
        _refuse("dates.zone", 'is missing; give the zone in which times are written, such as "Asia/Bangkok"')
    called = _text("dates.zone", said["zone"])
    try:
        zone = ZoneInfo(called)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        _refuse("dates.zone", f'is {called!r}, and no zone is called so; use a name such as "Asia/Bangkok"')
    era = _text("dates.era", said.get("era", "common"))
    if era not in ERAS:
        _refuse("dates.era", f"is {era!r}; choose {' or '.join(ERAS)}")
    moments, days = (_spellings(f"dates.{key}", said.get(key, ISO)) for key in ("moments", "days"))
    for key, kind in (("moments", moments), ("days", days)):
        _made(f"dates.{key}", lambda: spelled(zone, **{key: kind}, era=era))  # noqa: B023 - it is called at once
    return spelled(zone, moments, days, era=era)


def _spellings(key: str, given: object) -> list[str]:
    several = [given] if isinstance(given, str) else given
    if not isinstance(several, list) or not several:
        _refuse(key, f'is {given!r}; write a pattern such as "%d/%m/%Y", several in a list, or "{ISO}"')
    return [_text(key, each) for each in several]
