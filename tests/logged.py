"""Records as a log may hold them, drawn at random: hostile texts, several kinds of attributes, events of one minute."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from docflow.files.csv_records import plain
from docflow.kpi import Event, Record
from docflow.safe import cell, visible

OFFSETS = (UTC, timezone(timedelta(hours=7)), timezone(-timedelta(hours=3, minutes=30)))
ZONES = (*OFFSETS, ZoneInfo("Europe/Amsterdam"))
MARKS = "]]><&;#\"'=+-@,;\t\n\r\u00a0\u200b\u2028\u202e\ufeff๙ก\U0001f600"
HALVES = ("Cs",)
anything = st.text(st.one_of(st.sampled_from(MARKS), st.characters(exclude_categories=HALVES)), max_size=8)
"""Every text that a file can hold."""
in_xml = anything.map(lambda text: "".join(mark for mark in text if mark in "\t\n\r" or mark >= " ")).map(
    lambda text: text.replace("\ufffe", "").replace("\uffff", "")
)
"""Every text that XML can hold."""
in_a_table = anything.map(lambda text: cell(" ".join(plain(visible(plain(text))).split())) or "x")
"""Texts that stay as they are in a cell of a CSV file."""

moments = st.builds(
    lambda minutes, micros, zone: (
        datetime(2020, 3, 28, tzinfo=UTC).astimezone(zone) + timedelta(minutes=minutes, microseconds=micros)
    ),
    st.integers(0, 3),
    st.sampled_from([0, 0, 1, 123_456]),
    st.sampled_from(ZONES),
)
"""Few, so that several events come at one moment."""
IN_XES = {
    str: None,
    bool: st.booleans(),
    int: st.integers(-(2**63), 2**63 - 1),
    float: st.floats(allow_nan=False, allow_infinity=False),
    datetime: st.datetimes(datetime(1000, 1, 1), datetime(9000, 1, 1), timezones=st.sampled_from(OFFSETS)),
}

"""The kinds that files declare themselves. To Python a time that clocks skip or repeat equals none of another zone."""
KINDS = IN_XES | {
    int: st.integers(),
    date: st.dates(),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False),
    Fraction: st.fractions(),
}


@st.composite
def logs(draw, texts=anything, kinds=None, *, empty=True):
    """Records of different numbers, and the kinds of their attributes by name."""
    kinds = KINDS if kinds is None else kinds
    names = texts.filter(str.strip)
    reserved = {"concept:name", "docflow:wanted_by", "ocel_id", "ocel_time", "ocel_changed_field"}
    called = draw(st.lists(names, max_size=3, unique_by=lambda name: name.strip().lower()))
    declared = {name: draw(st.sampled_from(list(kinds))) for name in called if name.strip().lower() not in reserved}
    values = {name: texts if kind is str else kinds[kind] for name, kind in declared.items()}
    who = st.none() | names
    states = draw(st.lists(names, min_size=1, max_size=4))
    events = st.builds(
        Event,
        st.sampled_from([*states, *(f"{state}+start" for state in states)]),
        moments,
        who,
        trigger=st.sampled_from(states),
        by=who,
        recorded=st.none() | moments,
    )
    records = st.builds(
        Record,
        names,
        st.lists(events, min_size=0 if empty else 1, max_size=4),
        wanted_by=st.none() | moments,
        attributes=st.fixed_dictionaries({}, optional=values),
    )
    return draw(st.lists(records, max_size=4, unique_by=lambda record: record.number)), declared
