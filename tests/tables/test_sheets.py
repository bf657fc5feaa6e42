"""Sheets: a clock's answers as columns of tables, whatever engine has them."""

from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from small_clocks import CLOCK, WEEKDAYS, door, office
from small_columns import plain
from small_frames import FRAMES, relation

from docflow import Closure, Hours, OfficeCalendar, OfficeTime, WorkClock, WorkingDays, WorkTime
from docflow.engines import nw
from docflow.errors import AmountError, HoursError, OutsideCalendarError, TableError
from docflow.instants import instant
from docflow.tables import Audit, Sheet
from docflow.worktime import DateRange, Extended, Extension, SameTime, WorkingDayHours
from docflow.worktime.lookups import Line, Stairs
from docflow.worktime.tables import Spans

SHEET = CLOCK.sheet(2019, 2020)
NOON = datetime.fromisoformat("2020-01-06T12:00+07:00")


def pairs(*some, unit="us", zone="Asia/Bangkok"):
    kind = pa.timestamp(unit, zone)
    starts, stops = zip(*some, strict=True)
    return pa.table({"a point . in it": pa.array(starts, kind), "stop": pa.array(stops, kind)})


def column(frame, name):
    if isinstance(frame, pl.LazyFrame):
        frame = frame.collect()
    if not isinstance(frame, pa.Table | pd.DataFrame | pl.DataFrame):
        frame = frame.to_arrow_table()
    return plain(frame[name])


ROWS = pairs((NOON, NOON + timedelta(hours=2)), (NOON, None), (NOON, NOON - timedelta(hours=1)), (NOON, NOON))


@pytest.mark.parametrize("kind", FRAMES)
def test_a_table_comes_back_as_it_was_given_with_one_column_more(kind):
    frame = FRAMES[kind](ROWS)
    found = SHEET.elapsed(frame, "a point . in it", "stop")
    assert type(found) is type(frame)
    names = list(found.collect_schema()) if isinstance(found, pl.LazyFrame) else None
    names = names or list(getattr(found, "column_names", None) or found.columns)
    assert names == ["a point . in it", "stop", "elapsed"]
    assert sorted(column(found, "elapsed"), key=str) == sorted([7_200_000_000, None, None, 0], key=str)


@pytest.mark.parametrize("kind", FRAMES)
def test_audit_tells_what_became_of_each_row(kind):
    far = datetime(2031, 1, 1, tzinfo=UTC)
    rows = pa.concat_tables([ROWS, pairs((NOON, far), (far, NOON), (None, None))])
    told = SHEET.audit(FRAMES[kind](rows), "a point . in it", "stop")
    assert told == Audit(pairs=7, empty=2, outside=2, reversed=1, counted=2)


@pytest.mark.parametrize("kind", FRAMES)
def test_due_moments_are_in_the_zone_of_the_column(kind):
    frame = FRAMES[kind](ROWS.slice(0, 1))
    found = SHEET.due(frame, "a point . in it", WorkingDays(2) | Hours(48), name="promised")
    due = datetime.fromisoformat("2020-01-08T16:30+07:00").astimezone(UTC).replace(tzinfo=None)
    assert column(found, "promised") == [due]
    if isinstance(found, pl.LazyFrame | pl.DataFrame):
        assert found.lazy().collect_schema()["promised"] == pl.Datetime("us", "Asia/Bangkok")


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("kind", FRAMES)
def test_moments_of_any_unit(kind, unit):
    frame = FRAMES[kind](pairs((NOON, NOON + timedelta(days=1)), unit=unit))
    assert column(SHEET.elapsed(frame, "a point . in it", "stop"), "elapsed") == [WorkTime(hours=8).microseconds]


@pytest.mark.parametrize("zone", ["UTC", "Europe/Paris", "Pacific/Apia"])
def test_the_zone_of_a_session_changes_nothing(zone):
    rows = pairs((NOON, NOON + timedelta(days=200)))
    frame = relation(rows, zone)
    assert column(SHEET.elapsed(frame, "a point . in it", "stop"), "elapsed") == [
        CLOCK.worked(instant(NOON), instant(NOON + timedelta(days=200)))
    ]


def test_what_is_finer_than_a_microsecond_is_cut_off_before_1970_too():
    clock = office("09:00", "17:00")
    whole = instant(datetime(1969, 1, 6, 3, tzinfo=UTC)) * 1000
    nanoseconds = pa.array([whole - 1, whole + 1], pa.int64()).cast(pa.timestamp("ns", "UTC"))
    rows = pa.table(
        {"start": nanoseconds, "stop": pa.array([whole + 1000] * 2, pa.int64()).cast(pa.timestamp("ns", "UTC"))}
    )
    for frame in (rows, pl.from_arrow(rows), pl.from_arrow(rows).lazy(), relation(rows)):
        assert column(clock.sheet(1969, 1969).elapsed(frame, "start", "stop"), "elapsed") == [2, 1]


def test_a_pandas_frame_keeps_its_index():
    frame = ROWS.to_pandas().set_index(pd.Index([7, 3, 5, 1]))
    found = SHEET.elapsed(frame, "a point . in it", "stop")["elapsed"]
    assert (found[7], found[1], found[[3, 5]].isna().all()) == (7_200_000_000, 0, True)


@pytest.mark.parametrize("kind", FRAMES)
def test_the_first_and_the_last_microsecond_of_a_day_count(kind):
    tick, opens = timedelta(microseconds=1), datetime.fromisoformat("2020-01-06T08:30+07:00")
    closes = datetime.fromisoformat("2020-01-06T16:30+07:00")
    for start, took in ((opens, 1), (opens - tick, 0), (closes - tick, 1), (closes, 0)):
        frame = FRAMES[kind](pairs((start, start + tick)))
        assert column(SHEET.elapsed(frame, "a point . in it", "stop"), "elapsed") == [took]


class TestManySpans:
    """A bucket may hold several open spans, so breaks do not make the table large."""

    def test_a_lunch_hour_needs_no_smaller_buckets(self):
        lunch = office("08:30", "16:30", breaks=((time(12), time(13)),))
        sheet = lunch.sheet(2018, 2026)
        assert len(sheet._line.first) < 9_000
        assert len(sheet._line.begins) <= 3
        rows = pairs((NOON, NOON + timedelta(minutes=61)))
        assert column(sheet.elapsed(relation(rows), "a point . in it", "stop"), "elapsed") == [60_000_000]

    def test_an_office_that_closes_every_other_minute(self):
        breaks = tuple((time(9, minute), time(9, minute + 1)) for minute in range(1, 59, 2))
        clock = office("09:00", "10:00", breaks=breaks)
        rows = pairs((NOON - timedelta(hours=3), NOON))
        found = clock.sheet(2020, 2020).elapsed(FRAMES["polars, lazy"](rows), "a point . in it", "stop")
        assert column(found, "elapsed") == [31 * 60_000_000]

    def test_an_office_that_closes_too_often_is_refused_in_a_sentence(self):
        opens = np.arange(0, 1_000, 2)
        spans = Spans(0, 1_000, opens, opens + 1, np.arange(1, len(opens) + 1))
        table = Line.of(spans, name="a flickering office")
        assert len(table.begins) <= 64
        far = np.concatenate([opens, [2**45]])
        with pytest.raises(HoursError, match=r"a flickering office: they open and close too often.*fewer years"):
            Line.of(Spans(0, 2**45 + 1, far, far + 1, np.arange(1, len(far) + 1)), name="a flickering office")

    def test_stairs_with_many_steps_at_once(self):
        edges = np.concatenate([np.arange(0, 40), [2**44]])
        stairs = Stairs.of(edges, edges * 3, name="steps")
        frame = nw.from_native(pl.LazyFrame({"x": [0, 1, 39, 40, 2**43, 2**44, 2**44 + 5, -1]}))
        found = stairs.look_up(frame, "x", "y", since=0, until=2**45).collect()
        assert dict(zip(found["x"].to_list(), found["y"].to_list(), strict=True)) == {
            0: 0, 1: 3, 39: 117, 40: 117, 2**43: 117, 2**44: 3 * 2**44, 2**44 + 5: 3 * 2**44, -1: None,
        }  # fmt: skip


class TestDue:
    LIMITS = (
        WorkingDays(2),
        WorkingDays(1, by=time(9), cut_off=time(15)),
        WorkingDays(2) | Hours(48),
        WorkingDays(3) & Hours(70),
        OfficeTime(days=2),
        OfficeTime(minutes=15),
        WorkingDayHours(48),
        Extended(WorkingDays(2), Extension(WorkingDays(9), reason="a", source="b", announced=date(2020, 1, 1))),
        SameTime(1),
    )

    @pytest.mark.parametrize("limit", LIMITS, ids=str)
    def test_each_limit_in_memory_and_in_duckdb(self, limit):
        starts = [NOON + timedelta(minutes=97 * n) for n in range(200)]
        rows = pairs(*((start, start) for start in starts))
        wanted = sorted(limit.due(start, CLOCK).astimezone(UTC).replace(tzinfo=None) for start in starts)
        assert sorted(column(SHEET.due(rows, "stop", limit), "due")) == wanted
        if isinstance(limit, SameTime):
            with pytest.raises(TypeError, match=r"cannot compute when the same time 1 working day later is due"):
                SHEET.due(relation(rows), "stop", limit)
        else:
            assert sorted(column(SHEET.due(relation(rows), "stop", limit), "due")) == wanted

    def test_what_falls_due_after_the_sheet_is_answered_as_far_as_the_calendar_goes(self):
        last = datetime.fromisoformat("2020-12-31T10:00+07:00")
        for limit in (WorkingDays(300), OfficeTime(days=300), OfficeTime(days=3000)):
            try:
                due = limit.due(last, CLOCK).astimezone(UTC).replace(tzinfo=None)
            except OutsideCalendarError:
                due = None
            for frame in (pairs((last, last)), relation(pairs((last, last)))):
                assert column(SHEET.due(frame, "stop", limit), "due") == [due]

    def test_an_office_closed_for_ten_years_is_refused(self):
        weeks = OfficeCalendar(
            WEEKDAYS,
            [Closure(DateRange(date(2001, 1, 1), date(2014, 12, 31)), reason="a", source="b")],
            idle_years=True,
        )
        clock = WorkClock(door("09:00", "17:00"), weeks, zone="UTC")
        rows = relation(pairs((datetime(2000, 1, 3, 10, tzinfo=UTC),) * 2))
        with pytest.raises(HoursError, match="closed for more than ten years"):
            clock.sheet(2000, 2015).due(rows, "stop", OfficeTime(days=200))


class TestRefused:
    def test_a_column_that_is_not_there(self):
        for frame in (ROWS, relation(ROWS)):
            with pytest.raises(TableError, match="'start' is not in the table; it has a point . in it, stop"):
                SHEET.elapsed(frame, "start", "stop")

    @pytest.mark.parametrize("kind", FRAMES)
    def test_moments_without_a_zone(self, kind):
        naive = pa.table({"start": pa.array([NOON.replace(tzinfo=None)], pa.timestamp("us"))})
        for ask in (
            lambda frame: SHEET.elapsed(frame, "start", "start"),
            lambda frame: SHEET.due(frame, "start", Hours(1)),
            lambda frame: SHEET.audit(frame, "start", "start"),
        ):
            with pytest.raises(TableError, match="the column 'start' holds .*zone"):
                ask(FRAMES[kind](naive))

    @pytest.mark.parametrize("kind", FRAMES)
    def test_a_column_of_something_else(self, kind):
        frame = FRAMES[kind](pa.table({"start": ["2020-01-06"]}))
        with pytest.raises(TableError, match="the column 'start' holds .*moment"):
            SHEET.elapsed(frame, "start", "start")

    @pytest.mark.parametrize("kind", FRAMES)
    def test_a_name_that_is_taken(self, kind):
        with pytest.raises(TableError, match="'stop' is in the table already; give the new one another name"):
            SHEET.elapsed(FRAMES[kind](ROWS), "stop", "stop", name="stop")
        with pytest.raises(TableError, match="is no name"):
            SHEET.due(FRAMES[kind](ROWS), "stop", Hours(1), name="")

    @pytest.mark.parametrize("kind", FRAMES)
    def test_a_name_that_differs_in_capitals_alone(self, kind):
        frame = FRAMES[kind](ROWS.rename_columns(["Elapsed", "stop"]))
        with pytest.raises(TableError, match="'elapsed' is in the table already"):
            SHEET.elapsed(frame, "Elapsed", "stop")

    def test_a_name_that_docflow_gives_itself(self):
        with pytest.raises(TableError, match="is a name as docflow gives to columns of its own"):
            SHEET.due(ROWS, "stop", Hours(1), name="docflow:at")

    def test_a_due_moment_beyond_all_years_is_null(self):
        for frame in (ROWS.slice(0, 1), FRAMES["polars, lazy"](ROWS.slice(0, 1)), relation(ROWS.slice(0, 1))):
            assert column(SHEET.due(frame, "stop", Hours(10**8)), "due") == [None]

    def test_what_is_no_table(self):
        with pytest.raises(TypeError, match=r"list is no table that docflow reads; give a frame of pandas"):
            SHEET.elapsed([1], "a", "b")

    def test_what_is_no_limit(self):
        with pytest.raises(TypeError, match="limit"):
            SHEET.due(ROWS, "stop", 2)

    def test_years_that_the_calendar_does_not_hold(self):
        with pytest.raises(OutsideCalendarError):
            CLOCK.sheet(1900, 2020)
        with pytest.raises(AmountError, match="2020 ends a sheet before it begins, in 2021"):
            CLOCK.sheet(2021, 2020)
        with pytest.raises(TypeError, match="year"):
            CLOCK.sheet("2020", 2021)


def test_the_first_day_of_a_year_is_held_when_the_year_before_is():
    night = office("22:00", "06:00", overnight=True)
    start = datetime.fromisoformat("2020-01-01T05:00+07:00")  # in the shift of the last day of 2019
    rows = pairs((start, start + timedelta(hours=3)))
    for frame in (rows, relation(rows)):
        assert column(night.sheet(2020, 2020).elapsed(frame, "a point . in it", "stop"), "elapsed") == [3_600_000_000]


def test_a_sheet_says_what_it_is():
    assert repr(SHEET).startswith("<Sheet 2019–2020 of 08:30–16:30")
    assert isinstance(SHEET, Sheet)
