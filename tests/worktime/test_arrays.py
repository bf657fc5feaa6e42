import subprocess
import sys
import tracemalloc
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_columns import COLUMNS, kind, plain, utc

from docflow import Hours, OfficeCalendar, OfficeHours, WorkClock, WorkingDays, WorkingWeek, WorkTime
from docflow.bangkok import office_clock
from docflow.errors import HorizonError, NaiveDatetimeError, NaiveSeriesError, OutsideCalendarError
from docflow.testing import clocks, instants
from docflow.worktime import RowsWarning, arrays, columns, instant, tables

CLOCK = office_clock()
BANGKOK = ZoneInfo("Asia/Bangkok")
STARTS = [datetime(2019, 11, 1, 16, 20, tzinfo=BANGKOK), datetime(2020, 1, 6, 9, tzinfo=BANGKOK), None]
STOPS = [datetime(2019, 11, 6, 8, 32, tzinfo=BANGKOK), datetime(2020, 1, 3, 9, tzinfo=BANGKOK), STARTS[0]]
MINUTES = [12, None, None]


def minutes(found):
    return [None if np.isnat(each) else int(each.astype(int)) / 60_000_000 for each in found]


@pytest.mark.parametrize("column", COLUMNS.values(), ids=list(COLUMNS))
def test_every_kind_of_column_gives_the_same_and_comes_back_as_it_was(column):
    starts, stops = column(STARTS), column(STOPS)
    found = CLOCK.elapsed_array(starts, stops)
    assert plain(found) == [timedelta(minutes=12), None, None]
    due = CLOCK.due_array(starts, WorkTime(minutes=12))
    assert plain(due) == plain(utc([STOPS[0], datetime(2020, 1, 6, 9, 12, tzinfo=BANGKOK), None]))
    backwards = CLOCK.reversed_array(starts, stops)
    assert plain(backwards) == [False, True, False]
    if kind(starts) is np.ndarray:
        assert (found.dtype, found.reversed) == (np.dtype("timedelta64[us]"), 1)
        assert (due.dtype, backwards.dtype) == (np.dtype("datetime64[us]"), np.dtype(bool))
    assert kind(starts) is kind(found) is kind(due) is kind(backwards)


@pytest.mark.parametrize("column", COLUMNS.values(), ids=list(COLUMNS))
def test_what_was_due_is_taken_as_it_was_given_and_so_much_has_elapsed_then(column):
    starts, amounts = (
        column([STARTS[0], STARTS[1], None]),
        [WorkTime(minutes=12), WorkTime(hours=20), WorkTime(hours=1)],
    )
    there = CLOCK.elapsed_array(starts, CLOCK.due_array(starts, amounts))
    assert plain(there) == [timedelta(minutes=12), timedelta(hours=20), None]
    again = CLOCK.due_array(starts, there)
    assert plain(again) == plain(CLOCK.due_array(starts, amounts))
    assert type(again) is type(CLOCK.due_array(starts, amounts))


def test_moments_come_in_the_zone_of_their_column_else_in_the_clocks():
    new_york = [at and at.astimezone(ZoneInfo("America/New_York")) for at in STARTS]
    due = CLOCK.due_array(pd.Series(new_york), WorkTime(minutes=12))
    assert str(due.dtype) == "datetime64[us, America/New_York]"
    assert due[0] == STOPS[0]
    arrow = pd.Series(new_york).astype(pd.ArrowDtype(pa.timestamp("ns", "America/New_York")))
    assert str(CLOCK.due_array(arrow, WorkTime()).dtype) == "timestamp[us, tz=America/New_York][pyarrow]"
    assert str(CLOCK.elapsed_array(arrow, arrow).dtype) == "duration[us][pyarrow]"
    due = CLOCK.due_array(pl.Series(new_york, dtype=pl.Datetime("ms", "America/New_York")), WorkTime())
    assert due.dtype == pl.Datetime("us", "America/New_York")
    assert CLOCK.due_array(pa.array(new_york), WorkTime()).type == pa.timestamp("us", "America/New_York")
    objects = CLOCK.due_array(pd.Series([*new_york, pd.NA], dtype=object), WorkTime())
    assert str(objects.dtype) == "datetime64[us, Asia/Bangkok]", "every row may have a zone of its own"
    amounts = pd.Series([timedelta(minutes=12)], index=["a"], name="promised")
    assert str(CLOCK.due_array(STARTS[0], amounts).dtype) == "datetime64[us, Asia/Bangkok]"


def test_a_pandas_column_keeps_its_index_and_its_name_and_a_polars_column_its_name():
    starts = pd.Series(STARTS, index=[7, 5, 3], name="received")
    for found in (CLOCK.due_array(starts, WorkTime()), CLOCK.elapsed_array(starts, utc(STOPS))):
        assert (list(found.index), found.name) == ([7, 5, 3], "received")
    index = CLOCK.due_array(pd.DatetimeIndex(STARTS, name="received"), WorkTime())
    assert index.name == "received"
    assert CLOCK.elapsed_array(utc(STARTS), pl.Series("sent", STOPS)).name == "sent"
    assert type(CLOCK.due_array(starts.array, WorkTime())) is type(starts.array)
    one = pd.Series(STARTS[:1], index=[7], name="received")  # its index is for one row, and the answer has three
    assert list(CLOCK.elapsed_array(one, STOPS).index) == [0, 1, 2]

    class Ours(pd.Series):
        """A column of somebody who builds on pandas."""

    assert isinstance(CLOCK.elapsed_array(Ours(STARTS), STOPS), pd.Series)


def test_what_is_not_there_is_null_in_every_column():
    for nothing in (None, pd.NaT, pd.NA, np.datetime64("NaT", "us"), float("nan")):
        for column in (
            list,
            lambda moments: pd.Series(moments, dtype=object),
            lambda moments: np.array(moments, object),
        ):
            starts = column([STARTS[0], nothing])
            assert plain(CLOCK.elapsed_array(starts, STOPS[0])) == [timedelta(minutes=12), None]
            assert plain(CLOCK.due_array(starts, WorkTime(minutes=12))) == plain(utc([STOPS[0], None]))
            assert list(CLOCK.reversed_array(starts, STOPS[0])) == [False, False]
        amounts = [WorkTime(minutes=12), nothing]
        assert plain(CLOCK.due_array([STARTS[0]] * 2, amounts)) == plain(utc([STOPS[0], None]))
    assert CLOCK.elapsed_array(pa.nulls(2), pa.nulls(2)).to_pylist() == [None, None]
    assert CLOCK.due_array(pl.Series([None, None]), WorkTime()).to_list() == [None, None]


def test_one_value_of_pyarrow_is_a_moment():
    start = datetime(2020, 1, 6, 9, tzinfo=BANGKOK)
    stop = start + timedelta(hours=1)
    held = [pa.array([each], pa.timestamp(unit, "UTC"))[0] for each, unit in ((start, "s"), (stop, "us"))]
    assert CLOCK.elapsed_array(*held) == CLOCK.elapsed_array(start, stop)
    assert CLOCK.due_array(held[0], WorkTime(hours=1)) == CLOCK.due_array(start, WorkTime(hours=1))
    with pytest.raises(NaiveDatetimeError):
        CLOCK.elapsed_array(pa.array([datetime(2020, 1, 6)])[0], stop)


def test_over_idle_years_alone_nothing_elapses_in_arrays_either():
    class Closed:
        idle_years = True

        def is_working_day(self, day):
            return day.year == 2026

    clock = WorkClock(CLOCK.hours, Closed(), zone="Asia/Bangkok")
    start, stop = (datetime(year, 5, 1, tzinfo=BANGKOK) for year in (2030, 2031))
    assert plain(clock.elapsed_array([start, stop], [stop, start])) == [timedelta(), None]
    before = datetime(2020, 5, 1, tzinfo=BANGKOK)
    for amount in (WorkTime(), WorkTime(hours=1)):
        assert clock.due_array([before], amount).tolist() == [
            clock.due(before, amount).astimezone(UTC).replace(tzinfo=None)
        ]


def test_an_array_comes_to_the_horizon_where_one_moment_does():
    course = OfficeCalendar(WorkingWeek(), [], idle_years=True)

    class Courses:
        idle_years = True

        def is_working_day(self, day):
            return day.year in (2026, 2050) and course.is_working_day(day)

    clock = WorkClock(CLOCK.hours, Courses(), zone="Asia/Bangkok")
    last, far = datetime(2026, 12, 31, 16, tzinfo=BANGKOK), datetime(2045, 1, 1, tzinfo=BANGKOK)
    assert plain(clock.elapsed_array([last], [far])) == [timedelta(minutes=30)]
    assert plain(clock.due_array([last, far], WorkTime(minutes=30)))[0] == datetime(2026, 12, 31, 9, 30)
    with pytest.raises(HorizonError):
        clock.due(last, WorkTime(minutes=31))
    with pytest.warns(RowsWarning, match="^1 of 2 rows has no answer and is null: row 1: .* does not open"):
        assert np.isnat(clock.due_array([far, last], WorkTime(minutes=31))).tolist() == [False, True]


def test_a_column_without_a_zone_is_refused_with_the_way_out():
    naive = [datetime(2020, 1, 6, 9)]
    for column in (pd.Series(naive), pl.Series(naive), pa.array(naive), pd.DatetimeIndex(naive)):
        with pytest.raises(NaiveSeriesError, match=r"dt.tz_localize\(clock.zone\) in pandas") as caught:
            CLOCK.elapsed_array(column, column)
        assert "datetime" in caught.value.kind.lower() or "timestamp" in caught.value.kind
    with pytest.raises(NaiveDatetimeError):
        CLOCK.elapsed_array(naive, naive)


def test_what_is_no_column_of_moments_is_a_type_error():
    for wrong in (np.array([1, 2]), [1, 2], pd.Series([1, 2]), ["2020-01-06"], np.array([1], "timedelta64[s]"), 5):
        with pytest.raises(TypeError):
            CLOCK.elapsed_array(wrong, wrong)


def test_a_nanosecond_is_cut_off_not_rounded():
    starts = np.array(["2020-01-06T02:00:00.000000999"], "datetime64[ns]")
    stops = np.array(["2020-01-06T02:00:00.000001999"], "datetime64[ns]")
    assert CLOCK.elapsed_array(starts, stops).astype(int).tolist() == [1]
    old = WorkClock(CLOCK.hours, OfficeCalendar(WorkingWeek(range(7))), zone="Asia/Bangkok")
    before_1970 = np.array(["1960-01-06T02:00:00.000000999", "1960-01-06T02:00:00.000001999"], "datetime64[ns]")
    assert old.elapsed_array(before_1970[:1], before_1970[1:]).astype(int).tolist() == [1]


def test_shapes_are_those_of_numpy():
    start, stops = np.datetime64("2019-11-01T09:20"), utc(STOPS)
    assert minutes(CLOCK.elapsed_array(start, stops))[0] == 12
    assert CLOCK.elapsed_array(start, stops).shape == (3,)
    assert CLOCK.elapsed_array(stops.reshape(3, 1), stops.reshape(1, 3)).shape == (3, 3)
    table = CLOCK.elapsed_array(utc(STARTS[:2]).reshape(2, 1), utc(STOPS[:2]))
    assert [[bool(np.isnat(each)) for each in row] for row in table] == [[False, False], [True, True]]
    assert table.reversed == 2
    alone = CLOCK.elapsed_array(STARTS[0], STOPS[0])
    assert (alone.shape, int(alone.astype(int))) == ((), 12 * 60_000_000)
    assert CLOCK.elapsed_array([], []).shape == (0,)
    assert CLOCK.due_array([], WorkTime(hours=1)).shape == (0,)
    strided = np.repeat(utc(STARTS), 2)[::2], np.repeat(utc(STOPS), 3)[::3]
    assert minutes(CLOCK.elapsed_array(*strided)) == MINUTES
    with pytest.raises(ValueError, match="shape"):
        CLOCK.elapsed_array(utc(STARTS), utc(STOPS[:2]))


def test_masked_rows_are_nat():
    mask = [False, True]
    starts = np.ma.array(utc([STARTS[0], STARTS[0]]), mask=mask)
    assert minutes(CLOCK.elapsed_array(starts, STOPS[0])) == [12, None]
    assert np.isnat(CLOCK.due_array(starts, WorkTime(hours=1))).tolist() == mask
    amounts = np.ma.array(np.array([1, 1], "timedelta64[h]"), mask=mask)
    assert np.isnat(CLOCK.due_array(utc([STARTS[0]]), amounts)).tolist() == mask


def test_single_values_of_numpy_and_nat_of_pandas_serve_in_a_list():
    starts = [np.datetime64("2019-11-01T09:20"), pd.NaT, pd.Timestamp(STARTS[0]), np.datetime64("NaT", "us")]
    assert minutes(CLOCK.elapsed_array(starts, STOPS[0])) == [12, None, 12, None]
    due = CLOCK.due_array(utc([STARTS[0]]), [np.timedelta64(10, "m"), pd.NaT, WorkTime(minutes=10), None])
    ten = datetime(2019, 11, 1, 9, 30)
    assert due.tolist() == [ten, None, ten, None]
    assert np.isnat(CLOCK.elapsed_array(pd.NaT, STOPS[0]))


def test_byte_order_and_whole_units_are_read_as_they_are():
    starts, stops = (utc(each).astype(">M8[us]") for each in (STARTS, STOPS))
    assert minutes(CLOCK.elapsed_array(starts, stops)) == MINUTES
    seconds = [each.astype(">M8[s]") for each in (starts, stops)]
    assert minutes(CLOCK.elapsed_array(*seconds)) == MINUTES
    quarters = np.array(["2020-01-06T02:15", "2020-01-06T03:00"], "datetime64[15m]")
    assert minutes(CLOCK.elapsed_array(quarters[:1], quarters[1:])) == [45]
    with pytest.warns(RowsWarning, match="^1 of 1 rows .* is not in it"):
        CLOCK.elapsed_array(quarters[:1], np.array([2**62]).view("datetime64[1000us]"))


def test_memory_stays_small_whatever_the_shape():
    column, row = utc([STARTS[1]] * 1500).reshape(1500, 1), utc([STARTS[1]] * 1000)
    CLOCK.elapsed_array(column[:1], row)
    tracemalloc.start()
    found = CLOCK.elapsed_array(column, row)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.shape == (1500, 1000)
    assert peak - found.nbytes < 4_000_000  # a third of one more column


def test_the_question_is_left_as_it_was():
    starts, stops = utc(STARTS), utc(STOPS)
    CLOCK.due_array(starts, CLOCK.elapsed_array(starts, stops))
    assert starts.tolist() == utc(STARTS).tolist()
    assert stops.tolist() == utc(STOPS).tolist()


def test_a_part_of_the_result_knows_nothing_of_reversed_pairs():
    found = CLOCK.elapsed_array(utc(STARTS), utc(STOPS))
    assert (found.reversed, found[1:].reversed, (found + found).reversed) == (1, None, None)


def test_nothing_but_nat_asks_no_calendar():
    nothing = np.array(["NaT", "NaT"], "datetime64[s]")
    far, farther = np.array(["3000-01-01"], "datetime64[s]"), np.array(["3001-01-01"], "datetime64[s]")
    assert np.isnat(CLOCK.elapsed_array(nothing, nothing)).all()
    assert np.isnat(CLOCK.elapsed_array(far, nothing)).all()
    assert np.isnat(CLOCK.due_array(nothing, WorkTime(hours=1))).all()
    assert CLOCK.elapsed_array(farther, far).reversed == 1


def test_a_row_outside_the_calendar_is_null_and_named_and_the_column_is_not_lost():
    inside, outside = np.datetime64("2020-01-06T02:00"), np.array(["2020-01-06", "2031-01-06"], "datetime64[s]")
    with pytest.warns(RowsWarning, match="^1 of 2 rows has no answer and is null: row 1: .*2018–2027"):
        assert np.isnat(CLOCK.elapsed_array(outside[0], outside)).tolist() == [False, True]
    with pytest.warns(RowsWarning, match="row 1: .*2018–2027"):
        found = CLOCK.due_array(outside, WorkTime(hours=1))
    assert found.tolist() == [datetime(2020, 1, 6, 2, 30), None]
    with pytest.warns(RowsWarning, match="^1 of 1 rows"):
        CLOCK.elapsed_array(inside, np.array([1 << 61], "datetime64[us]"))
    for far in ("datetime64[s]", "datetime64[D]", "datetime64[ms]"):  # numpy lets these wrap around in silence
        with pytest.warns(RowsWarning, match="^1 of 2 rows .* row 1: .*the year [0-9]+ is not in it"):
            assert CLOCK.elapsed_array(inside, np.array([18_300, 1 << 58], far)).tolist()[1] is None


def test_the_sentinel_of_open_rows_is_null_and_counted():
    n = 3 * columns.CHUNK
    starts = np.datetime64("2019-01-02T03:00:00", "s") + np.arange(n) * np.timedelta64(60, "s")
    stops = starts + np.timedelta64(1, "D")
    stops[::3] = "9999-12-31"
    with pytest.warns(
        RowsWarning, match=r"^16,384 of 49,152 rows .* null: row 0: .*; row 3: .*; row 6: .*; and 16,381 more$"
    ):
        found = CLOCK.elapsed_array(starts, stops)
    assert np.isnat(found).tolist() == [row % 3 == 0 for row in range(n)]
    kept = np.arange(n) % 3 != 0
    assert found[kept].tolist() == CLOCK.elapsed_array(starts[kept], stops[kept]).tolist()
    assert found.reversed == 0
    starts[::3] = "9999-12-31"
    for wanted in (WorkTime(hours=3), [WorkTime(hours=3)] * n):
        with pytest.warns(RowsWarning, match="^16,384 of 49,152 rows"):
            due = CLOCK.due_array(starts, wanted)
        assert np.isnat(due).tolist() == [row % 3 == 0 for row in range(n)]
        assert due[kept].tolist() == CLOCK.due_array(starts[kept], WorkTime(hours=3)).tolist()


def test_a_null_and_a_reversed_row_are_no_rows_outside():
    rows = np.array(["NaT", "2020-01-07", "9999-12-31", "2020-01-06"], "datetime64[s]")
    with pytest.warns(RowsWarning, match="^1 of 4 rows has"):
        found = CLOCK.elapsed_array(np.datetime64("2020-01-06T12:00", "s"), rows)
    assert (np.isnat(found).tolist(), found.reversed) == ([True, False, True, True], 1)


def test_the_last_day_of_the_calendar_may_end_a_span_and_be_due():
    starts, end = utc([datetime(2027, 12, 30, 16, tzinfo=BANGKOK)]), np.datetime64("2027-12-31T17:00")
    assert minutes(CLOCK.elapsed_array(starts, end)) == [30]
    assert CLOCK.due_array(starts, WorkTime(minutes=30)).tolist() == [datetime(2027, 12, 30, 9, 30)]
    with pytest.warns(RowsWarning, match="2018–2027"):
        assert CLOCK.due_array(starts, WorkTime(minutes=31)).tolist() == [None]


def test_amounts_may_be_one_for_all_or_one_each_in_any_form():
    starts = utc([STARTS[0], STARTS[0]])
    hour = datetime(2019, 11, 6, 2, 20)
    for amounts in (
        [WorkTime(minutes=10), WorkTime(hours=1)],
        np.array([10, 60], "timedelta64[m]"),
        np.array([WorkTime(minutes=10), WorkTime(hours=1)], dtype=object),
        pd.Series([timedelta(minutes=10), timedelta(hours=1)]),
        pl.Series([timedelta(minutes=10), timedelta(hours=1)]),
        pa.array([timedelta(minutes=10), timedelta(hours=1)]),
    ):
        assert plain(CLOCK.due_array(starts, amounts)) == [datetime(2019, 11, 1, 9, 30), hour]
    assert CLOCK.due_array(starts, [None, WorkTime(hours=1)]).tolist() == [None, hour]
    assert CLOCK.due_array(starts, np.timedelta64(1, "h")).tolist() == [hour, hour]
    closed = utc([datetime(2019, 11, 2, 12, tzinfo=BANGKOK), STARTS[0]])
    assert CLOCK.due_array(closed, WorkTime()).tolist() == [datetime(2019, 11, 6, 1, 30), datetime(2019, 11, 1, 9, 20)]


def test_amounts_that_are_none_are_refused_and_negative_ones_named_with_their_row():
    starts = utc([STARTS[0], STARTS[0]])
    for wrong in (timedelta(hours=1), [timedelta(hours=1)], [60], 60, "1 h"):
        with pytest.raises(TypeError, match="is not working time; give a WorkTime"):
            CLOCK.due_array(starts, wrong)
    first = CLOCK.due(STARTS[0], WorkTime(minutes=10)).astimezone(UTC).replace(tzinfo=None)
    with pytest.warns(RowsWarning, match="row 1: -300,000,000 microseconds is negative$"):
        assert CLOCK.due_array(starts, np.array([10, -5], "timedelta64[m]")).tolist() == [first, None]
    with pytest.warns(RowsWarning, match="row 1: time as Python keeps it"):
        CLOCK.due_array(starts, np.array([10, 1 << 60], "timedelta64[us]"))
    endless = WorkClock(CLOCK.hours, OfficeCalendar(WorkingWeek()), zone="Asia/Bangkok")
    for hours in (10**9, 10**30):  # refused at once, not walked to
        for question in (CLOCK.due_array, endless.due_array):
            for amount in (WorkTime(hours=hours), [WorkTime(hours=1), WorkTime(hours=hours)]):
                with pytest.warns(RowsWarning, match="time as Python keeps it"):
                    assert question(starts, amount)[-1:].tolist() == [None]
        with pytest.raises(OutsideCalendarError, match="time as Python keeps it"):
            endless.due(STARTS[0], WorkTime(hours=hours))
    with pytest.warns(RowsWarning, match="^1 of 2 rows .* row 1: time as Python keeps it"):
        assert CLOCK.due_array(starts, np.array([10, 1 << 55], "timedelta64[h]")).tolist()[1] is None


def test_chunks_join_without_a_seam():
    n = 2 * columns.CHUNK + 5
    starts = np.datetime64("2019-01-02T00:00:00", "s") + np.arange(n) * np.timedelta64(1801, "s")
    stops = starts + np.timedelta64(3, "D")
    stops[columns.CHUNK + 1] = starts[0]
    starts[-1] = "NaT"
    found = CLOCK.elapsed_array(starts, stops)
    assert found.reversed == 1
    for row in (0, 1, columns.CHUNK - 1, columns.CHUNK, columns.CHUNK + 2, n - 2):
        one, other = (each[row].astype(datetime).replace(tzinfo=UTC) for each in (starts, stops))
        assert int(found[row].astype(int)) == CLOCK.elapsed(one, other).microseconds
    assert np.flatnonzero(np.isnat(found)).tolist() == [columns.CHUNK + 1, n - 1]
    due = CLOCK.due_array(starts, found)
    assert np.flatnonzero(np.isnat(due)).tolist() == [columns.CHUNK + 1, n - 1]
    for row in (0, columns.CHUNK, n - 2):
        start = starts[row].astype(datetime).replace(tzinfo=UTC)
        wanted = CLOCK.due(start, WorkTime.of(int(found[row].astype(int))))
        assert int(due[row].astype(int)) == instant(wanted)
    amounts = np.zeros(n, "timedelta64[us]")
    amounts[columns.CHUNK + 3] = -1
    with pytest.warns(RowsWarning, match=f"row {columns.CHUNK + 3:,}: "):
        due = CLOCK.due_array(starts, amounts)
    assert np.flatnonzero(np.isnat(due)).tolist() == [columns.CHUNK + 3, n - 1]


@pytest.mark.parametrize("processors", [1, 2, 3, 7, None])
def test_rows_shared_among_processors_are_counted_all_and_once(processors, monkeypatch):
    monkeypatch.setattr(arrays, "WORTH_A_THREAD", 1000)
    monkeypatch.setattr("os.cpu_count", lambda: processors)
    starts = np.datetime64("2019-01-02T00:00:00", "s") + np.arange(6001) * np.timedelta64(1801, "s")
    stops = starts + np.timedelta64(3, "D")
    stops[[5, 5990]] = starts[0]
    starts[3000] = "NaT"
    found = office_clock().elapsed_array(starts, stops)
    wanted = np.concatenate(
        [office_clock().elapsed_array(starts[n : n + 900], stops[n : n + 900]) for n in range(0, 6001, 900)]
    )
    assert found.reversed == 2
    assert found.astype(int).tolist() == wanted.astype(int).tolist()
    stops[6000] = "2031-01-01"
    with pytest.warns(RowsWarning, match="^1 of 6,001 rows .*: row 6,000: .*2018–2027"):
        assert CLOCK.elapsed_array(starts, stops)[:-1].tolist() == found[:-1].tolist()


def test_years_that_come_in_any_order_are_added_to_the_book():
    per_chunk = np.repeat(np.array(["2020-03-05", "2018-03-05", "2026-03-05"], "datetime64[s]"), columns.CHUNK)
    found = office_clock().elapsed_array(per_chunk, per_chunk + np.timedelta64(1, "D"))
    assert np.unique(found.astype(int)).tolist() == [8 * 3_600_000_000]


@given(data=st.data(), clock=clocks())
def test_the_search_and_the_lookup_agree(data, clock):
    edges = data.draw(st.lists(instants(clock), min_size=1, max_size=20))
    at = np.array([instant(edge) for edge in edges])
    book = clock.index(int(at.min()), int(at.max()))
    spans = tables.Spans.of(book)
    buckets = tables.Buckets.of(spans)
    wanted = [book.worked(int(each)) - book.worked(book.lower) for each in at]
    assert (spans.worked(at) - book.worked(book.lower)).tolist() == wanted
    for table in filter(None, (spans, buckets)):  # no buckets when the door closes for a minute a day
        table.elapsed(np.full_like(at, book.lower), at, found := np.empty_like(at))
        assert found.tolist() == wanted


def test_spans_too_close_for_a_lookup_are_searched_for():
    breaks = [(time(12, 0, 0, n), time(12, 0, 0, n + 1)) for n in (1, 3)]
    fine = WorkClock(
        OfficeHours(opens=time(8), closes=time(17), breaks=breaks), OfficeCalendar(WorkingWeek()), zone="UTC"
    )
    first, last = (instant(datetime(2020, 1, day, tzinfo=UTC)) for day in (1, 30))
    assert tables.Buckets.of(tables.Spans.of(fine.index(first, last))) is None
    starts = np.array(["2020-01-06T12:00:00.000000", "2020-01-04T00:00:00"], "datetime64[us]")
    stops = starts + np.array([5, 3 * 86_400_000_000], "timedelta64[us]")
    assert fine.elapsed_array(starts, stops).astype(int).tolist() == [3, 9 * 3_600_000_000 - 2]


def test_without_numpy_the_error_says_what_to_install():
    code = (
        "import sys; sys.modules['numpy'] = None\n"
        "from docflow.bangkok import office_clock\n"
        "try:\n    office_clock().elapsed_array([], [])\n"
        "except ModuleNotFoundError as error:\n    print(error)\n"
    )
    done = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=Path(arrays.__file__).parents[2]
    )
    assert "pip install 'docflow-registry[arrays]'" in done.stdout


def test_pandas_polars_and_pyarrow_are_loaded_by_whoever_has_a_column_of_theirs_and_by_nobody_else():
    code = (
        "import sys, datetime\n"
        "from docflow import WorkTime\n"
        "from docflow.bangkok import office_clock\n"
        "now = datetime.datetime(2020, 1, 6, 3, tzinfo=datetime.UTC)\n"
        "due = office_clock().due_array([now, None], WorkTime(hours=1))\n"
        "office_clock().elapsed_array([now, None], due), office_clock().reversed_array([now, None], due)\n"
        "assert not set(sys.modules) & {'pandas', 'polars', 'pyarrow'}\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(arrays.__file__).parents[2])  # noqa: S603 - our own


def test_decades_of_days_fit_in_one_table():
    weekdays = WorkClock(CLOCK.hours, OfficeCalendar(WorkingWeek()), zone="Asia/Bangkok")
    start, stop = np.datetime64("1950-01-02T00:00"), np.datetime64("2049-12-31T00:00")
    days = sum(
        date.fromordinal(n).weekday() < 5 for n in range(date(1950, 1, 2).toordinal(), date(2049, 12, 31).toordinal())
    )
    # From 07:00 of one day in Bangkok to 07:00 of another.
    assert weekdays.elapsed_array(start, stop).astype(int) == days * 8 * 3_600_000_000


def test_a_pair_of_equal_moments_is_nothing_and_not_reversed():
    starts = utc([STARTS[0], STARTS[1], STOPS[0]])
    found = CLOCK.elapsed_array(starts, starts)
    assert (found.astype(int).tolist(), found.reversed) == ([0, 0, 0], 0)


def test_a_chunk_of_nothing_hides_no_chunk_after_it():
    n = columns.CHUNK + 2
    starts, stops = (np.full(n, "NaT", "datetime64[us]") for _ in range(2))
    starts[-2:], stops[-2:] = utc(STARTS[:2]), utc([STOPS[0], STARTS[1] + timedelta(minutes=5)])
    found = CLOCK.elapsed_array(starts, stops)
    assert minutes(found[-2:]) == [12, 5]
    assert np.isnat(found[:-2]).all()
    due = CLOCK.due_array(starts, WorkTime(minutes=12))
    assert due[-2:].tolist() == utc([STOPS[0], STARTS[1] + timedelta(minutes=12)]).tolist()
    assert np.isnat(due[:-2]).all()


def test_what_is_beside_nat_is_asked_of_no_calendar():
    nat = np.datetime64("NaT", "us")
    starts, stops = np.array([nat, *utc(STARTS[:1])]), np.array([np.datetime64("3000-01-01"), *utc(STOPS[:1])])
    found = CLOCK.elapsed_array(starts, stops)
    assert (minutes(found), found.reversed) == ([None, 12], 0)
    late = np.array([np.datetime64("3000-01-01"), *utc(STARTS[:1])]), np.array([nat, *utc(STOPS[:1])])
    assert minutes(CLOCK.elapsed_array(*late)) == [None, 12]
    amounts = np.array([1 << 62, 12 * 60_000_000], "timedelta64[us]")
    assert CLOCK.due_array(starts, amounts).tolist() == [None, *utc(STOPS[:1]).tolist()]
    amounts[0] = "NaT"
    assert CLOCK.due_array(late[0], amounts).tolist() == [None, *utc(STOPS[:1]).tolist()]


def test_due_moments_have_the_shape_of_starts_and_amounts_together():
    amounts = [WorkTime(minutes=10), WorkTime(minutes=12)]
    closing, wednesday = utc([datetime(2019, 11, 1, 16, 30, tzinfo=BANGKOK), STOPS[0]]).tolist()
    assert CLOCK.due_array(STARTS[0], amounts).tolist() == [closing, wednesday]
    starts = utc([STARTS[0], STARTS[1]]).reshape(2, 1)
    monday = [(STARTS[1] + timedelta(minutes=n)).astimezone(UTC).replace(tzinfo=None) for n in (10, 12)]
    assert CLOCK.due_array(starts, amounts).tolist() == [[closing, wednesday], monday]
    assert CLOCK.due_array(starts, WorkTime(minutes=12)).tolist() == [[wednesday], [monday[1]]]
    alone = CLOCK.due_array(STARTS[0], WorkTime(minutes=12))
    assert (alone.shape, alone.tolist()) == ((), wednesday)


def test_an_amount_that_no_integer_holds_together_with_what_went_before_is_null():
    starts = np.array(["2026-12-01T02:00", "2026-12-01T02:00"], "datetime64[us]")
    for most in (np.iinfo(np.int64).max, 1 << 59):
        with pytest.warns(RowsWarning, match="^1 of 2 .*time as Python keeps it"):
            CLOCK.due_array(starts, np.array([10, most], "timedelta64[us]"))


class EveryDay:
    """Until the end of 2026, but for some days."""

    def __init__(self, *closed):
        self.closed = closed

    def is_working_day(self, day):
        if day.year > 2026:
            raise LookupError(day)
        return day not in self.closed


def always_open(*closed):
    return WorkClock(OfficeHours(opens=time(0), closes=time(0)), EveryDay(*closed), zone="UTC")


def test_the_farthest_due_moment_decides_which_years_are_asked_for():
    starts = utc([STARTS[0], STARTS[0], datetime(2019, 1, 3, 9, tzinfo=BANGKOK)])
    amounts = [WorkTime(minutes=10), WorkTime(hours=400), WorkTime(hours=1000)]
    pairs = zip(starts.tolist(), amounts, strict=True)
    wanted = [office_clock().due(start.replace(tzinfo=UTC), amount) for start, amount in pairs]
    assert [due.year for due in wanted] == [2019, 2020, 2019]
    found = office_clock().due_array(starts, amounts)
    assert found.astype(int).tolist() == [instant(due) for due in wanted]


def test_the_last_microsecond_of_the_calendar_is_no_more_than_that():
    last = np.array(["2026-12-31T23:59:59.999999"], "datetime64[us]")
    assert always_open().due_array(last, WorkTime(microseconds=1)).tolist() == [datetime(2027, 1, 1)]
    assert always_open().due_array(last, WorkTime()).tolist() == last.tolist()
    assert always_open().elapsed_array(last, last + np.timedelta64(1, "us")).astype(int).tolist() == [1]


def test_nothing_is_due_when_the_office_opens_with_the_new_year():
    eve = np.array(["2019-12-31T20:00", "2019-12-30T20:00"], "datetime64[m]")
    found = always_open(date(2019, 12, 31)).due_array(eve, WorkTime())
    assert found.tolist() == [datetime(2020, 1, 1), datetime(2019, 12, 30, 20)]


def test_a_microsecond_of_a_new_year_may_be_the_farthest():
    clock = always_open(date(2021, 1, 1))
    starts = np.array(["2019-12-31T23:00:00", "2020-01-01T00:00:00.000001"], "datetime64[us]")
    found = clock.due_array(starts, [WorkTime(hours=1 + 366 * 24), WorkTime(hours=366 * 24)])
    assert found.tolist() == [datetime(2021, 1, 1), datetime(2021, 1, 2, 0, 0, 0, 1)]


def test_what_is_counted_lies_in_the_room_that_was_given():
    at = np.array([instant(moment) for moment in (STARTS[0], STARTS[1])])
    spans = tables.Spans.of(CLOCK.index(int(at[0]), int(at[1])))
    for table in (spans, tables.Buckets.of(spans)):
        room = np.empty(2, np.int64)
        table.elapsed(at[:1], at[1:], room[1:])
        assert int(room[1]) == CLOCK.elapsed(STARTS[0], STARTS[1]).microseconds


def test_nothing_at_closing_time_is_due_when_the_office_opens_next():
    starts = utc([datetime(2020, 1, 6, 16, 30, tzinfo=BANGKOK), datetime(2027, 12, 30, 8, tzinfo=BANGKOK)])
    opened = [datetime(2020, 1, 7, 1, 30), datetime(2027, 12, 30, 1, 30)]
    assert CLOCK.due_array(starts, WorkTime()).tolist() == opened
    assert [office_clock().due_array(start, WorkTime()).tolist() for start in starts] == opened


def by_hand(lower, upper, *spans):
    opens, closes = (np.array(edges) for edges in zip(*spans, strict=True))
    return tables.Spans(lower, upper, opens, closes, np.cumsum(closes - opens))


def counted(table, at):
    found = np.empty_like(at)
    table.elapsed(np.full_like(at, table.lower), at, found)
    return found.tolist()


def test_buckets_are_as_wide_as_they_can_be_and_as_many_as_are_needed(monkeypatch):
    apart = by_hand(1000, 1064, (1000, 1033), (1036, 1040))  # 1032 and 1036 share a bucket of 8, none of 4
    buckets = tables.Buckets.of(apart)
    assert (buckets.shift, len(buckets.base), len(buckets.opens), len(buckets.length)) == (2, 17, 17, 17)
    at = np.arange(1000, 1065)
    wanted = [min(n, 33) + max(min(n, 40) - 36, 0) for n in range(65)]
    assert counted(buckets, at) == counted(apart, at) == apart.worked(at).tolist() == wanted
    whole = tables.Buckets.of(by_hand(1000, 1064, (1000, 1030), (1030, 1064)))  # they touch
    assert (whole.shift, counted(whole, at)) == (7, list(range(65)))
    monkeypatch.setattr(tables, "MOST_BUCKETS", 17)
    assert tables.Buckets.of(apart) is not None
    monkeypatch.setattr(tables, "MOST_BUCKETS", 16)
    assert tables.Buckets.of(apart) is None


def test_a_row_that_fits_no_microseconds_is_null_and_the_others_are_counted():
    held = "time as Python keeps it holds the years 1–9999 and the year {} is not in it; ask inside them, or extend it$"
    for year, said in ((20_000, 20_000), (300_000, 291_969)):
        far = np.array([f"{year}-07-01", "2019-11-01T09:30"], "datetime64[s]")
        with pytest.warns(RowsWarning, match=f"^1 of 2 rows has no answer and is null: row 0: {held.format(said)}"):
            assert CLOCK.elapsed_array(STARTS[0], far).tolist()[0] is None
    long_ago = np.array(["-300000-01-01"], "datetime64[s]")
    with pytest.warns(RowsWarning, match="^1 of 1 rows has no answer and is null: row 0: time as Python keeps it"):
        CLOCK.elapsed_array(long_ago, STARTS[0])


def test_microseconds_are_read_where_they_lie():
    column = utc(STARTS)
    assert np.shares_memory(columns.integers(column), column)
    assert not np.shares_memory(columns.integers(utc(STARTS, "s")), column)


def test_amounts_of_any_kind_may_have_gaps():
    starts, gaps = utc([STARTS[0], STARTS[0]]), [timedelta(minutes=10), None]
    for amounts in (
        pd.Series(gaps).astype(pd.ArrowDtype(pa.duration("us"))),
        pd.Series(gaps),
        pl.Series(gaps, dtype=pl.Duration("ns")),
        pl.Series(gaps),
        pa.array(gaps, pa.duration("s")),
        pa.chunked_array([pa.array(gaps)]),
    ):
        assert plain(CLOCK.due_array(starts, amounts)) == [datetime(2019, 11, 1, 9, 30), None]


def test_what_is_no_amount_is_shown():
    for wrong, shown in (([WorkTime(hours=1), 60], "60"), ("1 h", "'1 h'")):
        with pytest.raises(TypeError) as caught:
            CLOCK.due_array([STARTS[0], STARTS[0]], wrong)
        assert str(caught.value).startswith(f"{shown} is not working time; give a WorkTime, such as WorkTime(hours=2)")


@pytest.mark.parametrize("unit", ["Y", "M", "W", "D", "h", "m", "s", "ms"])
def test_every_unit_that_holds_more_than_microseconds_is_looked_at(unit):
    far = np.array(["300000-06-15", "NaT"], "datetime64[D]").astype(f"datetime64[{unit}]")
    for ask in (lambda: CLOCK.elapsed_array(STARTS[0], far), lambda: CLOCK.due_array(far, WorkTime(hours=1))):
        with pytest.warns(RowsWarning, match="^1 of 2 rows has no answer and is null: row 0: .* is not in it"):
            assert np.isnat(ask()).all()
    with pytest.warns(RowsWarning, match="^1 of 2 rows"):
        assert CLOCK.due_array(far, WorkingDays(2) | Hours(48)).tolist() == [None, None]
    with pytest.warns(RowsWarning, match="^1 of 2 rows"):
        assert CLOCK.is_open_array(far).tolist() == [None, None]


def test_rows_that_are_missing_or_reversed_are_not_counted_as_outside():
    far, near, nat = (np.datetime64(one, "us") for one in ("15000-01-01", "2020-01-07T03:00", "NaT"))
    with pytest.warns(RowsWarning, match="^1 of 3 rows has no answer and is null: row 0: [^;]*; ask inside them[^;]*$"):
        assert np.isnat(
            CLOCK.elapsed_array(np.array([near] * 3), np.array([far, near - np.timedelta64(5, "us"), nat]))
        ).all()
