"""XES as text: traces written as the standard for event logs (IEEE 1849) has them, line by line."""

from __future__ import annotations

import re
from datetime import datetime
from gzip import GzipFile
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import quoteattr

from docflow.errors import FileError
from docflow.files.log_columns import LIFECYCLE, XES
from docflow.files.log_values import kind_in_files, written
from docflow.safe import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from docflow.files.log_values import Kind, Plain
    from docflow.files.traces import Trace

__all__ = ["write_xes"]

EXTENSIONS: Final = {"Concept": "concept", "Time": "time", "Lifecycle": "lifecycle", "Organizational": "org"}
GLOBALS: Final[dict[str, dict[str, Plain]]] = {
    "trace": {XES.activity: "UNKNOWN"},
    "event": {
        XES.activity: "UNKNOWN",
        XES.time: datetime.fromisoformat("1970-01-01T00:00:00+00:00"),
        LIFECYCLE: "complete",
    },
}
"""What every trace and every event has. The values mean nothing: the standard asks for some."""
CLASSIFIERS: Final = {
    "Activity": (XES.activity,),
    "Activity and transition": (XES.activity, LIFECYCLE),
}
TAGS: Final[dict[Kind, str]] = {bool: "boolean", int: "int", float: "float", datetime: "date"}
"""The elements of attributes by their kind; what is not among them is written as text, exactly."""
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_xes(path: str, file: BinaryIO, traces: Iterable[Trace]) -> None:
    """Write traces; what ends with `.gz` is packed.

    Raises `FileError` for a character that no XML can hold.
    """
    if not path.lower().endswith(".gz"):
        file.writelines(line.encode() for line in _lines(path, traces))
        return
    with GzipFile(filename="", fileobj=file, mode="wb", mtime=0) as packed:  # the same log gives the same bytes
        packed.writelines(line.encode() for line in _lines(path, traces))


def _lines(path: str, traces: Iterable[Trace]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">\n'
    for name, prefix in EXTENSIONS.items():
        uri = f"http://www.xes-standard.org/{prefix}.xesext"
        yield f'  <extension name="{name}" prefix="{prefix}" uri="{uri}"/>\n'
    for scope, some in GLOBALS.items():
        yield f'  <global scope="{scope}">\n'
        yield from (_attribute(path, "", key, value, "    ") for key, value in some.items())
        yield "  </global>\n"
    for name, keys in CLASSIFIERS.items():
        yield f'  <classifier name="{name}" keys="{" ".join(keys)}"/>\n'
    yield '  <string key="lifecycle:model" value="standard"/>\n'
    for trace in traces:
        yield "  <trace>\n"
        yield _attribute(path, trace.number, XES.activity, trace.number, "    ")
        for key, value in trace.attributes.items():
            yield _attribute(path, trace.number, key, value, "    ")
        for event in trace.events:
            yield "    <event>\n"
            yield from (_attribute(path, trace.number, key, value, "      ") for key, value in event.items())
            yield "    </event>\n"
        yield "  </trace>\n"
    yield "</log>\n"


def _attribute(path: str, number: str, key: str, value: Plain, indent: str) -> str:
    text = written(value)
    wrong = _NOT_XML.search(text) or _NOT_XML.search(key)
    if wrong is not None:
        what = f"{key} of {number} holds the character {visible(wrong[0])!r}, which no XML can hold"
        raise FileError(path, f"cannot be written: {what}; take it out, or write another kind of file")
    tag = TAGS.get(kind_in_files(value), "string")
    return f"{indent}<{tag} key={quoteattr(key)} value={quoteattr(text)}/>\n"
