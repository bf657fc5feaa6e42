"""Columns of days: working days between pairs, as `count` and numpy count them, in the kind that was given."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from small_clocks import CLOCK, at, closed, office

from docflow import WorkClock, WorkingWeek
from docflow.bangkok import office_clock
from docflow.errors import NotAMomentError
from docflow.worktime import OfficeCalendar, RowsWarning

FIRST, LAST = [date(2020, 1, 6), None, date(2020, 1, 10)], date(2020, 1, 17)
WANTED = [9, None, 5]  # after the 6th: four days of that week and five of the next
BOTH = [(one, other) for one in (False, True) for other in (False, True)]
KINDS = {
    "a list": (list, np.ndarray, "int64"),
    "numpy": (lambda days: np.array(days, "datetime64[D]"), np.ndarray, "int64"),
    "numpy, nanoseconds": (lambda days: np.array(days, "datetime64[ns]"), np.ndarray, "int64"),
    "numpy, objects": (lambda days: np.array(days, object), np.ndarray, "int64"),
    "numpy, masked": (
        lambda days: np.ma.array(
            np.array([day or "2020-01-01" for day in days], "datetime64[D]"), mask=[day is None for day in days]
        ),
        np.ndarray,
        "int64",
    ),
    "pandas, objects": (lambda days: pd.Series(days, dtype=object), pd.Series, "Int64"),
    "pandas, midnights": (lambda days: pd.to_datetime(pd.Series(days)), pd.Series, "Int64"),
    "pandas, an index": (pd.DatetimeIndex, pd.Index, "Int64"),
    "pandas over Arrow": (
        lambda days: pd.Series(days).astype(pd.ArrowDtype(pa.date32())),
        pd.Series,
        "int64[pyarrow]",
    ),
    "pandas over Arrow, midnights": (
        lambda days: pd.to_datetime(pd.Series(days)).astype(pd.ArrowDtype(pa.timestamp("us"))),
        pd.Series,
        "int64[pyarrow]",
    ),
    "polars": (lambda days: pl.Series(days, dtype=pl.Date), pl.Series, "Int64"),
    "polars, midnights": (lambda days: pl.Series(days, dtype=pl.Date).cast(pl.Datetime("us")), pl.Series, "Int64"),
    "pyarrow": (lambda days: pa.array(days, pa.date32()), pa.Array, "int64"),
    "pyarrow, milliseconds": (lambda days: pa.array(days, pa.date64()), pa.Array, "int64"),
    "pyarrow, chunked": (lambda days: pa.chunked_array([pa.array(days, pa.date32())]), pa.ChunkedArray, "int64"),
}


def plain(found):
    values = (
        found.to_pylist()
        if hasattr(found, "to_pylist")
        else found.tolist()
        if isinstance(found, np.ndarray)
        else list(found)
    )
    return [None if value is None or value is pd.NA else int(value) for value in values]


class TestKinds:
    @pytest.mark.parametrize(("column", "kind", "held"), KINDS.values(), ids=list(KINDS))
    @pytest.mark.parametrize("days", [FIRST, [], [None, None]], ids=["days", "empty", "nulls alone"])
    def test_a_column_of_numbers_comes_back_as_the_days_were_given(self, column, kind, held, days):
        found = CLOCK.days.count_array(column(days), LAST)
        assert plain(found) == (WANTED if days is FIRST else days)
        assert isinstance(found, kind)
        assert str(getattr(found, "dtype", None) or found.type) == held

    @pytest.mark.parametrize(("column", "kind", "held"), KINDS.values(), ids=list(KINDS))
    def test_the_second_column_may_be_the_one_that_is(self, column, kind, held):
        found = CLOCK.days.count_array(date(2020, 1, 3), column(FIRST))
        assert plain(found) == [1, None, 5]
        assert (isinstance(found, kind), str(getattr(found, "dtype", None) or found.type)) == (True, held)

    def test_index_and_name_are_kept(self):
        days = pd.Series(FIRST, index=[7, 5, 3], name="received")
        found = CLOCK.days.count_array(days, LAST)
        assert (list(found.index), found.name) == ([7, 5, 3], "received")
        assert CLOCK.days.count_array(pl.Series("received", FIRST), LAST).name == "received"

    def test_whatever_means_nothing_is_null(self):
        for nothing in (None, pd.NaT, pd.NA, np.datetime64("NaT", "us"), float("nan")):
            assert plain(CLOCK.days.count_array([FIRST[0], nothing], LAST)) == [9, None]
            assert plain(CLOCK.days.count_array(pd.Series([FIRST[0], nothing], dtype=object), LAST)) == [9, None]

    def test_days_of_every_class_serve_in_a_list(self):
        days = [np.datetime64("2020-01-06"), np.datetime64("2020-01-06T23:00"), pd.Timestamp("2020-01-06")]
        days += [datetime(2020, 1, 6, 23)]
        assert plain(CLOCK.days.count_array(days, LAST)) == [9] * 4
        with pytest.raises(TypeError, match="is a moment, not a day; give its date there"):
            CLOCK.days.count_array([at("2020-01-06 23:00")], LAST)
        assert CLOCK.days.count_array(pa.array(FIRST)[0], LAST).tolist() == 9

    def test_shapes_are_those_of_numpy(self):
        column, row = (
            np.array([["2020-01-06"], ["2020-01-10"]], "M8[D]"),
            np.array(["2020-01-13", "2020-01-17"], "M8[D]"),
        )
        assert CLOCK.days.count_array(column, row).tolist() == [[5, 9], [1, 5]]
        assert CLOCK.days.count_array(FIRST[0], LAST).tolist() == 9
        with pytest.raises(ValueError, match="shape"):
            CLOCK.days.count_array([FIRST[0]] * 2, [LAST] * 3)


class TestEachRowIsTheScalarQuestion:
    @pytest.mark.parametrize("ends", BOTH)
    @pytest.mark.parametrize(
        "clock",
        [CLOCK, office("22:00", "06:00", overnight=True), CLOCK | office("09:00", "17:00", zone="America/New_York")],
        ids=["Bangkok", "a night shift", "offices together"],
    )
    def test_for_pairs_in_either_order(self, clock, ends):
        random = np.random.default_rng(1)
        first, last = date(2018, 1, 3).toordinal(), date(2027, 12, 30).toordinal()
        pairs = [[date.fromordinal(int(random.integers(first, last + 1))) for _ in range(2)] for _ in range(700)]
        pairs += [(one, one + timedelta(days=n)) for one, _ in pairs[:100] for n in (-2, -1, 0, 1, 2)]
        one, other = ends
        found = clock.days.count_array(*zip(*pairs, strict=True), counting_first=one, counting_last=other)
        wanted = [clock.days.count(*pair, counting_first=one, counting_last=other) for pair in pairs]
        assert found.tolist() == wanted

    @pytest.mark.parametrize("back", [False, True])
    def test_numpy_counts_the_same_business_days(self, back):
        holidays = ["2020-01-01", "2020-04-13", "2020-12-25", "2021-01-01"]
        days = office("09:00", "17:00", OfficeCalendar(WorkingWeek(), [closed(day) for day in holidays])).days
        random = np.random.default_rng(2)
        some = np.array(["2020-01-01"], "M8[D]") + np.array([random.integers(600) for _ in range(2000)])
        first, last = np.sort(some.reshape(2, -1), axis=0)[:: -1 if back else 1]
        # numpy counts from the first day up to the last one, and back from it; the other way round in Monday's weeks.
        low, high = np.minimum(first, last), np.maximum(first, last)
        worked = np.busday_count(low, high, holidays=holidays)
        sign = np.where(first <= last, 1, -1)
        found = days.count_array(first, last, counting_first=not back, counting_last=back)
        assert found.tolist() == (sign * worked).tolist()

    def test_millions_of_rows_ask_each_year_once(self):
        asked = []

        class Noted:
            def is_working_day(self, day):
                asked.append(day)
                return day.weekday() < 5

        days = office("09:00", "17:00", Noted()).days
        first = np.repeat(np.array(["2020-01-06", "2021-03-01"], "M8[D]"), 500_000)
        found = days.count_array(first, date(2021, 3, 2))
        assert (found[0], found[-1]) == (np.busday_count("2020-01-07", "2021-03-03"), 1)
        assert len(asked) < 4 * 366


class TestBadRows:
    def test_a_sentinel_is_null_and_named_with_both_its_days(self):
        rows = [date(9999, 12, 31), FIRST[0], None, date(1900, 1, 1)]
        named = (
            "^2 of 4 rows have no answer and are null: row 0: 9999-12-31 to 2020-01-17: outside the calendar; "
            "row 3: 1900-01-01 to 2020-01-17: outside the calendar$"
        )
        with pytest.warns(RowsWarning, match=named):
            assert plain(CLOCK.days.count_array(rows, LAST)) == [None, 9, None, None]

    def test_a_day_that_no_date_holds_is_named_as_numpy_writes_it(self):
        far = np.array(["300000-01-01", "-0044-03-15", "2020-01-06"], "M8[D]")
        with pytest.warns(RowsWarning, match="row 0: 300000-01-01 to 2020-01-17: .*; row 1: -[0-9]*44-03-15 to"):
            assert plain(CLOCK.days.count_array(far, LAST)) == [None, None, 9]

    def test_a_day_of_which_offices_together_do_not_know_every_hour_is_null(self):
        both = office_clock() | office("09:00", "17:00", zone="America/New_York")
        with pytest.warns(RowsWarning, match="^1 of 2 rows .*: row 0: 2019-01-07 to 2028-01-03"):
            found = both.days.count_array([date(2019, 1, 7)] * 2, [date(2028, 1, 3), date(2019, 1, 8)])
        assert found.tolist() == [None, 1]

    @pytest.mark.parametrize(
        "moments",
        [
            pd.Series([at("2020-01-06 10:00")]),
            pd.Series([at("2020-01-06 10:00")]).astype(pd.ArrowDtype(pa.timestamp("us", "UTC"))),
            pl.Series([at("2020-01-06 10:00")]),
            pa.array([datetime(2020, 1, 6, tzinfo=UTC)]),
        ],
        ids=["pandas", "pandas over Arrow", "polars", "pyarrow"],
    )
    def test_moments_with_a_zone_are_no_days_and_the_way_out_is_said(self, moments):
        for ask in (lambda: CLOCK.days.count_array(moments, LAST), lambda: CLOCK.days.count_array(LAST, moments)):
            with pytest.raises(TypeError, match="holds moments, not days; give the dates, such as column.dt.date"):
                ask()

    @pytest.mark.parametrize("wrong", ["2020-01-06", ["2020-01-06"], [1], 5, pd.Series([1.5])])
    def test_what_is_no_day_is_refused(self, wrong):
        with pytest.raises(NotAMomentError, match="is no day; give a date"):
            CLOCK.days.count_array(wrong, LAST)


def test_a_date_that_fills_a_gap_makes_nobody_read_all_the_years():
    class Asked:
        def is_working_day(self, day):
            years.add(day.year)
            return day.weekday() < 5

    years = set()
    clock = WorkClock(CLOCK.hours, Asked(), zone="UTC")
    with pytest.warns(RowsWarning, match="^1 of 2 rows"):
        found = clock.days.count_array([date(2020, 1, 6)] * 2, [date(9999, 12, 31), date(2020, 1, 10)])
    assert found.tolist() == [None, 4]
    assert years == {2020}
