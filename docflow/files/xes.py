"""XES, the standard for event logs (IEEE 1849), read piece by piece; nothing that a file declares is resolved."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from xml.sax import SAXException, SAXParseException
from xml.sax.handler import ContentHandler

from attrs import define, evolve, field

from docflow.errors import DocflowError, FileError
from docflow.files.faults import Fault
from docflow.files.histories import PlacedRow, Said
from docflow.files.log_columns import COMPLETE, LIFECYCLE, OF_THE_CASE, RECORDED, STATE
from docflow.files.opened import chunks
from docflow.files.xml_pieces import feed
from docflow.text_file import code_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from docflow.files.histories import Histories
    from docflow.files.log_values import Kind

    Attributes = dict[str, tuple[str, Kind]]

__all__ = ["read_xes"]

TAGS: Final[dict[str, Kind]] = {
    "string": str,
    "id": str,
    "date": datetime,
    "int": int,
    "float": float,
    "boolean": bool,
}
"""The elements that are attributes with a value, and its kind. Lists and containers have none of their own."""
HOLDERS: Final = {("log", "trace"), ("log", "event"), ("trace", "event"), ("log", "global")}
"""The elements that hold the attributes that are read, and in which element each stands."""
HOLDING: Final = {tag for _, tag in HOLDERS}
OTHER: Final = "other"
DEEPEST: Final = 100
"""Attributes may stand in attributes; deeper than this none does that anybody wrote."""
_DECLARED: Final = re.compile(
    rb"""\A((?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["'])((?:windows|ms|cp)-?[0-9]+)(?=["'])"""
)
"""A code page by a name that offices write and that Python does not know: windows-874 is cp874."""
MISSING: Final = "an XES file needs defusedxml to be read safely; install it with: pip install 'docflow-registry[xes]'"


def _encoding(found: re.Match[bytes]) -> bytes:
    return found[1] + code_page(found[2].decode()).encode()


def _decoded(pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield _DECLARED.sub(_encoding, next(pieces), count=1)
    yield from pieces


def read_xes(path: Path, histories: Histories) -> None:
    """Take the traces of an XES file in.

    Attributes that the file declares as global have a value where it is left out, times and names of cases aside:
    nobody wrote these down. Raises `FileError` for what is damaged or no XES and for an element of more than 16 MiB,
    and `ModuleNotFoundError` without defusedxml.
    """
    try:
        from defusedxml.common import DefusedXmlException  # noqa: PLC0415 - who reads no XES need not have it
        from defusedxml.sax import make_parser  # noqa: PLC0415 - the same
    except ModuleNotFoundError as missing:
        raise ModuleNotFoundError(MISSING) from missing
    parser, handler = make_parser(), _Traces(str(path), histories)
    parser.forbid_dtd = True
    parser.setContentHandler(handler)
    try:
        feed(str(path), parser, handler, _decoded(chunks(path)))
    except DocflowError:
        raise
    except DefusedXmlException:
        what = "declares a document type or entities, which no XES has and which can fill a memory or fetch files"
        raise FileError(str(path), f"{what}; take its DOCTYPE out") from None
    except SAXParseException as error:
        where = f"line {error.getLineNumber()}: {error.getMessage()}"
        raise FileError(str(path), f"is no whole XML ({where}); get it once more, or export it again") from None
    except (SAXException, ValueError, LookupError) as error:  # an encoding that nobody knows
        raise FileError(str(path), f"cannot be read as XML ({error}); save it as UTF-8") from None


@define(slots=False, eq=False)
class _Traces(ContentHandler):
    """Puts the elements of a file together into traces, and hands each over when it ends."""

    path: str
    histories: Histories
    inside: list[str] = field(factory=list)
    """The elements that are open."""
    holders: list[Attributes] = field(factory=list)
    """The attributes of what is open: of a global, or of a trace and its event."""
    defaults: dict[str, Attributes] = field(factory=lambda: {"trace": {}, "event": {}})
    waiting: list[Attributes] = field(factory=list)
    """The events of the trace that is open."""
    moved: bool = False
    """Whether an element began or ended, or text was read."""
    traces: int = 0
    events: int = 0
    read: set[str] = field(init=False)
    """The attributes of events that are read, and those of which it is told that they are not."""

    def __attrs_pre_init__(self) -> None:
        super().__init__()

    def __attrs_post_init__(self) -> None:
        columns = self.histories.columns
        self.read = {*columns.needed, columns.unit, columns.person, STATE, RECORDED}

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: ANN401, N802 - sax calls it so
        """Open an element."""
        self.moved = True
        tag, parent = name.rpartition(":")[2], self.inside[-1] if self.inside else ""
        if not parent and tag != "log":
            raise FileError(
                self.path, f"is XML and no XES: it begins with <{name[:40]}> and not with <log>; name a log"
            )
        if len(self.inside) >= DEEPEST:
            raise FileError(self.path, f"has elements more than {DEEPEST} deep, as no log has; export it again")
        if (parent, tag) in HOLDERS:
            scope = attrs.get("scope", "event")
            self.holders.append(self.defaults.setdefault(scope, {}) if tag == "global" else {})
            self.traces += tag == "trace"
        elif parent in HOLDING:
            key, value = attrs.get("key"), attrs.get("value")
            if tag in TAGS and key is not None and value is not None:
                self.holders[-1][key] = value, TAGS[tag]
        self.inside.append(tag if (parent, tag) in HOLDERS or not parent else OTHER)

    def characters(self, content: str) -> None:  # noqa: ARG002 - sax calls it so
        """Pass over text, of which a log has none."""
        self.moved = True

    def endElement(self, name: str) -> None:  # noqa: ARG002, N802 - sax calls it so
        """Close an element."""
        self.moved = True
        tag = self.inside.pop()
        if tag == "event":
            event = self.holders.pop()
            if self.holders:
                self.waiting.append(event)
            else:
                self._event(event, "an event outside any trace", {})
        elif tag == "trace":
            self._trace(self.holders.pop(), self.waiting)
            self.waiting = []
        elif tag == "global":
            self.holders.pop()

    def _trace(self, trace: Attributes, events: list[Attributes]) -> None:
        """Take a trace in: its events, and what is said of its case."""
        columns, key = self.histories.columns, self.histories.columns.case.removeprefix(OF_THE_CASE)
        number, _ = trace.pop(key, ("", str))
        here = PlacedRow(self.events + 1, {columns.case: number}, place=f"trace {self.traces}")
        if not events and not number.strip():
            self.histories.faults.append(here.fault_at(columns.case, "unreadable", "is empty; a case needs a name"))
        if number in self.histories.events:
            reason = (
                "is the name of a trace above too, so their events are told as those of one case; rename one of them"
            )
            self.histories.notes.append(here.fault_at(columns.case, "doubtful", reason))
        for n, event in enumerate(events, 1):
            self._event(event, f"event {n} of trace {self.traces}", {columns.case: number})
        if not number.strip():
            return
        self.histories.open(number)
        for name, (text, kind) in {**self.defaults["trace"], **trace}.items():
            if name != key:
                column = OF_THE_CASE + name
                row = evolve(here, cells={column: text})
                self.histories.describe(row, number, Said(name, text, kind, column))

    def _event(self, event: Attributes, where: str, case: dict[str, str]) -> None:
        """Take an event in, and note what of it is not read."""
        self.events += 1
        columns = self.histories.columns
        default = {
            key: value for key, value in self.defaults["event"].items() if key not in {columns.time, columns.start}
        }
        cells = {key: text for key, (text, _) in {**default, **event}.items()} | case
        row = PlacedRow(self.events, cells, place=where)
        self.histories.take(row)
        for key, text in cells.items():
            if key not in self.read and text:
                if key == LIFECYCLE and (text.lower() == COMPLETE or STATE in cells):
                    continue
                self.read.add(key)
                self.histories.notes.append(Fault(row.number, key, "unread", columns.unread(key)))
