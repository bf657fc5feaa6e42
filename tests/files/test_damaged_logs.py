"""Whatever bytes a file has, it is read or refused in a sentence; no other error comes out of a reader."""

import json
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docflow.errors import FileError
from docflow.files import read_event_log, read_object_log, write_event_log, write_object_log
from docflow.kpi import Event, Record

pytestmark = pytest.mark.laws
NINE = datetime(2020, 1, 6, 9, tzinfo=UTC)
SOUND = [
    Record(
        str(n), [Event("asked", NINE, "registry", by="Somchai")], attributes={"kind": "letter", "fee": n, "on": NINE}
    )
    for n in range(3)
]
PIECES = (b"", b"\0", b"<", b'"', b"</trace>", b"&x;", b"[", b"null", b"-1", b"1e999", b"\xff\xfe", b"<event>", b"{}")
NOT_NAMES = (None, 1, 1.5, True, "", [], {}, [[]], "2020-01-06", "\x1b[2J")
damages = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.sampled_from(PIECES)), min_size=1, max_size=3)


def attempt(path):
    """Read what is there; any error but a FileError ends the test."""
    try:
        log = read_object_log(path, "letter") if path.suffix in (".json", ".sqlite") else read_event_log(path)
    except FileError as refused:
        assert str(refused).isprintable()  # noqa: PT017 - one of two outcomes
    else:
        assert all(fault.reason.isprintable() and fault.column.isprintable() for fault in (*log.faults, *log.notes))


def sound(path):
    write = write_object_log if path.suffix in (".json", ".sqlite") else write_event_log
    write(path, SOUND, **({"of": "letter"} if path.suffix in (".json", ".sqlite") else {}))
    return path.read_bytes()


@pytest.mark.parametrize("name", ["log.xes", "log.xes.gz", "log.csv", "log.json", "log.sqlite"])
@given(damages)
def test_damaged_bytes_are_read_or_refused(name, damages):
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        data = sound(path)
        for where, length, piece in damages:
            at = int(where * len(data))
            data = data[:at] + piece + data[at + length :]
        path.write_bytes(data)
        attempt(path)


@given(st.data())
def test_json_of_any_shape_is_read_or_refused(data):
    with TemporaryDirectory() as folder:
        path = Path(folder, "log.json")
        sound(path)
        whole = json.loads(path.read_text(encoding="utf-8"))
        holder = whole
        while True:
            keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
            key = data.draw(st.sampled_from(keys))
            deeper = isinstance(holder[key], dict | list) and holder[key]
            if not deeper or data.draw(st.booleans()):
                break
            holder = holder[key]
        if isinstance(holder, dict) and data.draw(st.booleans()):
            del holder[key]
        else:
            holder[key] = data.draw(st.sampled_from(NOT_NAMES))
        path.write_text(json.dumps(whole), encoding="utf-8")
        attempt(path)
