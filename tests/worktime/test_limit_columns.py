"""Columns of due moments, verdicts and openings: the same as one by one, in the kind of column that was given."""

import warnings
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from small_clocks import CLOCK, at, door, office
from small_columns import COLUMNS, kind, plain, utc

from docflow import Closure, Hours, OfficeTime, WorkClock, WorkingDays, WorkingWeek, WorkTime
from docflow.bangkok import office_clock
from docflow.errors import HorizonError, NaiveDatetimeError, NaiveSeriesError, OutsideCalendarError
from docflow.instants import instant, moment
from docflow.worktime import (
    Before,
    Extended,
    Extension,
    Limit,
    MakeUpDay,
    NextOpening,
    NoWeek,
    OfficeCalendar,
    Period,
    RowsWarning,
    SameTime,
    Shortened,
    WorkingDayHours,
    Yearly,
    columns,
    tables,
)
from docflow.worktime.day_limits import DayLimit
from docflow.worktime.limits import EarlierOf, LaterOf
from docflow.worktime.ticks import NO_PAUSES

STARTS = [at("2020-01-06 10:00"), at("2020-01-10 20:00"), None]
DUES = [at("2020-01-08 16:30"), at("2020-01-14 16:30"), None]  # of 2 working days


class Own(Limit):
    """Seven minutes and 5 microseconds on the wall, in a limit of one's own."""

    def due_instant(self, start, clock, pauses=NO_PAUSES):  # noqa: ARG002 - the wall waits for nobody
        return start + 420_000_005

    def __str__(self):
        return "a limit of one's own"


MEETING = at("2024-03-01 10:00")
LIMITS = [
    WorkingDays(2),
    WorkingDays(1, counting_first=True),
    WorkingDays(1, by="opening"),
    WorkingDays(2, by=time(2, 30)),
    WorkingDays(3, cut_off=time(15)),
    WorkingDays(3, cut_off=time(2, 30)),
    WorkingDays(1, counting_first=True, by="opening", cut_off="close"),
    Period(days=19),
    Period(months=1, roll="preceding"),
    Period(months=2, days=3, roll=None),
    Period(weeks=2, roll="modified following"),
    Period(days=1, counting_first=True, roll="modified preceding"),
    SameTime(1),
    SameTime(3),
    NextOpening(),
    Before(MEETING),
    Before(MEETING, 3),
    Hours(48),
    Hours(minutes=30),
    WorkingDayHours(48),
    OfficeTime(hours=20),
    Extended(WorkingDays(20), Extension(WorkingDays(30), reason="r", source="s", announced=date(2020, 1, 7))),
    WorkingDays(2) | Hours(48),
    WorkingDays(2) & (Hours(48) | Period(days=3)),
    Own(),
]
RULES = OfficeCalendar(
    WorkingWeek(),
    [
        Closure(Yearly((12, 25)), reason="Christmas", source="the law"),
        Shortened(Yearly((12, 24)), by=WorkTime(hours=1), reason="its eve", source="the law"),
    ],
)
CLOCKS = {
    "Bangkok": office_clock(),
    "New York, with a break": office("09:00", "17:00", zone="America/New_York", breaks=[(time(12), time(13))]),
    "a night shift": office("22:00", "06:00", overnight=True, zone="Europe/Amsterdam"),
    "round the clock": office("00:00", "00:00", zone="Asia/Bangkok"),
    "an hour that clocks jump over": office("01:30", "04:00", WorkingWeek(range(7)), zone="Europe/Amsterdam"),
    "clocks change at midnight": office("00:00", "04:00", WorkingWeek(range(7)), zone="America/Havana"),
    "offices together": office("09:00", "17:00") | office("09:00", "17:00", zone="America/New_York"),
    "rules": office("09:00", "17:00", RULES, zone="Europe/London"),
}
CHANGES = [("2020-03-29", "Europe/Amsterdam"), ("2020-10-25", "Europe/Amsterdam")]
CHANGES += [("2020-03-08", "America/New_York"), ("2020-11-01", "America/New_York")]
CHANGES += [("2020-03-08", "America/Havana"), ("2020-11-01", "America/Havana")]


def some_starts(n):
    """Moments of 2018 to 2027 at random, half of them at half an hour, all half hours round six changes of clocks."""
    random = np.random.default_rng(2561)
    first, last = (instant(datetime(year, 1, 1, tzinfo=UTC)) // 1_000_000 for year in (2018, 2028))
    seconds = [int(random.integers(first, last)) for _ in range(n)]
    seconds[::2] = [each // 1800 * 1800 for each in seconds[::2]]
    for day, zone in CHANGES:
        midnight = instant(at(day, zone)) // 1_000_000
        seconds += [midnight + 1800 * n for n in range(-12, 60)]
    return np.array(seconds, "datetime64[s]").astype("datetime64[us]")


def afresh(limit, start, clock):
    """When a limit is due, without what a clock keeps of the days that it was asked about."""
    if isinstance(limit, LaterOf | EarlierOf):
        return (max if limit.latest else min)(afresh(one, start, clock) for one in limit.limits)
    if isinstance(limit, Extended):
        return afresh(limit.now, start, clock)
    return limit.ends(start, clock) if isinstance(limit, DayLimit) else limit.due_instant(start, clock)


def one_by_one(limit, clock, starts):
    """What the limit says of each start; None where it raises."""
    found = []
    for start in starts.astype(np.int64).tolist():
        try:
            due = afresh(limit, start, clock)
            moment(due, clock.tz)
        except (HorizonError, OutsideCalendarError):
            due = None
        found.append(due)
    return found


class TestEachRowIsTheScalarQuestion:
    @pytest.mark.parametrize("clock", CLOCKS.values(), ids=list(CLOCKS))
    @pytest.mark.parametrize("limit", LIMITS, ids=str)
    def test_of_due_moments(self, limit, clock):
        starts = some_starts(200)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RowsWarning)  # the last days of the calendar
            found = clock.due_array(starts, limit)
        wanted = one_by_one(limit, clock, starts)
        assert [None if np.isnat(each) else int(each.astype(int)) for each in found] == wanted
        assert sum(each is not None for each in wanted) > 450, "most of them have an answer"
        some = [(start, due) for start, due in zip(starts.astype(np.int64).tolist(), wanted, strict=True) if due]
        for start, due in [*some[::-3], *some[:60]]:  # the first comes of itself, the second was kept
            assert limit.due_instant(start, clock) == due

    @pytest.mark.parametrize("clock", [CLOCKS["Bangkok"], CLOCKS["a night shift"]], ids=["Bangkok", "a night shift"])
    @pytest.mark.parametrize(
        "limit", [WorkingDays(2), WorkingDays(2) | Hours(48), SameTime(1), Before(MEETING)], ids=str
    )
    def test_of_verdicts(self, limit, clock):
        starts = some_starts(300)
        starts = starts[starts < np.datetime64("2027-11-01")]
        random = np.random.default_rng(7)
        hours = np.array([random.integers(-20, 200) for _ in starts])
        stops = np.where(hours < 0, np.datetime64("NaT", "us"), starts + hours * np.timedelta64(1, "h"))
        now = starts + np.array([random.integers(200) for _ in starts]) * np.timedelta64(1, "h")
        found = clock.verdict_array(limit, starts, stops, at=now).tolist()
        aware = [[each and each.replace(tzinfo=UTC) for each in column.tolist()] for column in (starts, stops, now)]
        assert found == [str(limit.verdict(*row, clock)) for row in zip(*aware, strict=True)]
        assert set(found) == ({"within", "late", "running"})

    @pytest.mark.parametrize("clock", CLOCKS.values(), ids=list(CLOCKS))
    def test_of_openings(self, clock):
        moments = some_starts(300)[1:]
        moments = moments[(moments > np.datetime64("2018-01-03")) & (moments < np.datetime64("2027-12-30"))]
        edges = clock.days.hours(date(2020, 3, 10))[0]
        moments = np.append(moments, utc(list(edges)))
        found = clock.is_open_array(moments).tolist()
        assert found == [clock.is_open(each.replace(tzinfo=UTC)) for each in moments.tolist()]
        assert found[-2] is True, "at the opening"

    def test_where_chunks_meet(self):
        n = 2 * columns.CHUNK + 5
        starts = np.datetime64("2019-01-02T00:00:00", "s") + np.arange(n) * np.timedelta64(1801, "s")
        starts[[columns.CHUNK, -1]] = "NaT"
        stops = starts + np.timedelta64(2, "D")
        due = CLOCK.due_array(starts, WorkingDays(2) | Hours(48))
        said = CLOCK.verdict_array(WorkingDays(2), starts, stops, at=np.datetime64("2022-01-01"))
        opened = CLOCK.is_open_array(starts)
        assert np.flatnonzero(np.isnat(due)).tolist() == [columns.CHUNK, n - 1]
        assert np.flatnonzero(said.mask).tolist() == np.flatnonzero(opened.mask).tolist() == [columns.CHUNK, n - 1]
        for row in (0, 1, columns.CHUNK - 1, columns.CHUNK + 1, 2 * columns.CHUNK - 1, 2 * columns.CHUNK, n - 2):
            start = starts[row].item().replace(tzinfo=UTC)
            assert due[row].astype(int) == instant((WorkingDays(2) | Hours(48)).due(start, CLOCK))
            assert opened[row] == CLOCK.is_open(start)
            stop, end = start + timedelta(days=2), at("2022-01-01 07:00")
            assert said[row] == WorkingDays(2).verdict(start, stop, end, CLOCK)

    def test_where_steps_lie_too_close_for_a_lookup(self, monkeypatch):
        starts = some_starts(50)
        starts = starts[starts < np.datetime64("2027-11-01")]
        wanted = CLOCK.due_array(starts, WorkingDays(2, cut_off=time(15))).tolist()
        monkeypatch.setattr(tables, "MOST_BUCKETS", 1)
        assert CLOCK.due_array(starts, WorkingDays(2, cut_off=time(15))).tolist() == wanted


class TestKinds:
    @pytest.mark.parametrize("column", COLUMNS.values(), ids=list(COLUMNS))
    def test_a_column_comes_back_as_it_was_given(self, column):
        starts, stops = column(STARTS), column([at("2020-01-08 16:30"), None, STARTS[0]])
        due = CLOCK.due_array(starts, WorkingDays(2))
        said = CLOCK.verdict_array(WorkingDays(2), starts, stops, at=at("2020-01-14 16:29"))
        opened = CLOCK.is_open_array(starts)
        assert plain(due) == plain(utc(DUES))
        assert plain(said if kind(starts) is not np.ndarray else said.tolist()) == ["within", "running", None]
        assert plain(opened if kind(starts) is not np.ndarray else opened.tolist()) == [True, False, None]
        assert kind(starts) is kind(due) is kind(said) is kind(opened)

    @pytest.mark.parametrize("column", COLUMNS.values(), ids=list(COLUMNS))
    @pytest.mark.parametrize("moments", [[], [None, None]], ids=["empty", "nulls alone"])
    def test_an_empty_column_and_one_of_nulls_ask_nothing_and_keep_their_types(self, column, moments):
        some = column([*STARTS, None])
        starts = some[4 - len(moments) :]
        for limit in (WorkingDays(2), SameTime(1), Hours(48), WorkingDays(2) | Hours(48), Own()):
            due = CLOCK.due_array(starts, limit)
            assert plain(due) == moments
            assert columns.dtype_of(due) == columns.dtype_of(CLOCK.due_array(some, limit))
        for ask in (
            CLOCK.is_open_array,
            lambda each: CLOCK.verdict_array(WorkingDays(2), each, None, at=at("2020-01-14 16:29")),
        ):
            found = ask(starts)
            assert plain(found if kind(starts) is not np.ndarray else found.tolist()) == moments
            assert columns.dtype_of(found) == columns.dtype_of(ask(some))

    def test_a_limit_answers_in_the_zone_of_the_column_else_in_the_clocks(self):
        new_york = [each and each.astimezone(ZoneInfo("America/New_York")) for each in STARTS]
        due = CLOCK.due_array(pd.Series(new_york), WorkingDays(2))
        assert str(due.dtype) == "datetime64[us, America/New_York]"
        arrow = pd.Series(new_york).astype(pd.ArrowDtype(pa.timestamp("ns", "America/New_York")))
        assert str(CLOCK.due_array(arrow, WorkingDays(2)).dtype) == "timestamp[us, tz=America/New_York][pyarrow]"
        assert str(CLOCK.is_open_array(arrow).dtype) == "bool[pyarrow]"
        said = CLOCK.verdict_array(WorkingDays(2), arrow, None, at=STARTS[1])
        assert said.dtype == pd.ArrowDtype(pa.large_string())
        due = CLOCK.due_array(pl.Series(new_york, dtype=pl.Datetime("ms", "America/New_York")), WorkingDays(2))
        assert due.dtype == pl.Datetime("us", "America/New_York")
        assert CLOCK.due_array(pa.array(new_york), WorkingDays(2)).type == pa.timestamp("us", "America/New_York")
        objects = CLOCK.due_array(pd.Series(new_york, dtype=object), WorkingDays(2))
        assert str(objects.dtype) == "datetime64[us, Asia/Bangkok]", "every row may have a zone of its own"

    def test_index_and_name_are_kept(self):
        starts = pd.Series(STARTS, index=[7, 5, 3], name="received")
        for found in (
            CLOCK.due_array(starts, WorkingDays(2)),
            CLOCK.verdict_array(WorkingDays(2), starts, None, at=STARTS[1]),
            CLOCK.is_open_array(starts),
        ):
            assert (list(found.index), found.name) == ([7, 5, 3], "received")
        assert CLOCK.due_array(pd.DatetimeIndex(STARTS, name="received"), WorkingDays(2)).name == "received"
        assert CLOCK.due_array(pl.Series("received", STARTS), WorkingDays(2)).name == "received"

    def test_shapes_are_those_of_numpy(self):
        starts = utc(STARTS)
        assert CLOCK.due_array(starts.reshape(3, 1), WorkingDays(2)).tolist() == [[each] for each in utc(DUES).tolist()]
        assert CLOCK.is_open_array(starts.reshape(1, 3)).tolist() == [[True, False, None]]
        table = CLOCK.verdict_array(WorkingDays(2), starts[:2].reshape(2, 1), None, at=utc([STARTS[1], DUES[1]]))
        assert table.tolist() == [["late", "late"], ["running", "late"]]

    def test_one_moment_is_a_column_of_no_dimension(self):
        assert CLOCK.due_array(STARTS[0], WorkingDays(2)).tolist() == utc(DUES)[0].item()
        assert CLOCK.is_open_array(STARTS[0]).tolist() is True
        assert CLOCK.verdict_array(WorkingDays(2), STARTS[0], STARTS[0], at=STARTS[1]).tolist() == "within"
        assert np.isnat(CLOCK.due_array(None, WorkingDays(2)))

    def test_whatever_means_nothing_is_null_in_columns_of_objects_too(self):
        for nothing in (None, pd.NaT, pd.NA, np.datetime64("NaT", "us"), float("nan")):
            for starts in ([STARTS[0], nothing], pd.Series([STARTS[0], nothing], dtype=object)):
                assert plain(CLOCK.due_array(starts, WorkingDays(2))) == plain(utc([DUES[0], None]))
                assert plain(CLOCK.is_open_array(starts).tolist()) == [True, None]
                said = CLOCK.verdict_array(WorkingDays(2), starts, [nothing, nothing], at=STARTS[1])
                assert plain(said.tolist()) == ["late", None]
                assert CLOCK.verdict_array(WorkingDays(2), [STARTS[0]], [None], at=nothing).tolist() == [None]


class TestVerdicts:
    def test_a_row_that_is_open_is_running_until_it_is_due_and_late_from_then_on(self):
        due = DUES[0]
        nows = [STARTS[0], due - timedelta(microseconds=1), due, due + timedelta(days=9)]
        assert CLOCK.verdict_array(WorkingDays(2), STARTS[0], [None] * 4, at=nows).tolist() == [
            "running",
            "running",
            "late",
            "late",
        ]

    def test_a_stop_to_come_does_not_count_yet(self):
        stops = [DUES[0], DUES[0] + timedelta(minutes=1)]
        ask = lambda now: CLOCK.verdict_array(WorkingDays(2), [STARTS[0]] * 2, stops, at=now).tolist()  # noqa: E731
        assert ask(at("2020-01-08 16:00")) == ["running", "running"]
        assert ask(at("2020-01-09 16:00")) == ["within", "late"]

    def test_a_row_that_runs_backwards_is_null_and_named(self):
        early = STARTS[0] - timedelta(hours=1)
        with pytest.warns(
            RowsWarning, match="^2 of 3 rows .* null: row 0: its stop, or the moment .*; row 1: its stop"
        ):
            found = CLOCK.verdict_array(
                WorkingDays(2), [STARTS[0]] * 3, [early, None, STARTS[0]], at=[STARTS[0], early, STARTS[0]]
            )
        assert found.tolist() == [None, None, "within"]

    def test_a_row_with_two_faults_is_counted_once(self):
        sentinel = datetime(9999, 12, 31, tzinfo=UTC)
        with pytest.warns(RowsWarning, match="^1 of 1 rows has no answer and is null: row 0: "):
            found = CLOCK.verdict_array(WorkingDays(2), [sentinel], [STARTS[0]], at=STARTS[0])
        assert found.tolist() == [None]

    def test_where_no_moment_is_asked_about_the_start_is_not_judged(self):
        sentinel = datetime(9999, 12, 31, tzinfo=UTC)
        assert CLOCK.verdict_array(WorkingDays(2), [sentinel], None, at=[None]).tolist() == [None]

    def test_before_an_event_that_is_over_a_row_is_late_at_once(self):
        found = CLOCK.verdict_array(Before(STARTS[0]), [STARTS[0], STARTS[1]], None, at=STARTS[1])
        assert found.tolist() == ["late", "late"]

    def test_what_is_no_limit_is_refused(self):
        for wrong in (WorkTime(hours=2), STARTS, None, WorkingDays):
            with pytest.raises(
                TypeError, match="is no limit; give one, such as WorkingDays\\(2\\), before the columns"
            ):
                CLOCK.verdict_array(wrong, STARTS, STARTS, at=STARTS[1])


class TestBadRows:
    @pytest.mark.parametrize("limit", LIMITS, ids=str)
    def test_a_sentinel_is_null_and_named_and_the_others_keep_their_answers(self, limit):
        sentinels = [datetime(9999, 12, 31, tzinfo=UTC), datetime(1900, 1, 1, tzinfo=UTC)]
        starts = [STARTS[0], sentinels[0], None, sentinels[1]]
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            found = CLOCK.due_array(starts, limit).tolist()
        wanted = one_by_one(limit, CLOCK, np.array([utc([each])[0] for each in starts if each]))
        null = [row for row, due in zip((0, 1, 3), wanted, strict=True) if due is None]
        assert [row for row in (0, 1, 3) if found[row] is None] == null
        assert found[0] is not None
        assert found[2] is None
        if null:
            (message,) = [str(each.message) for each in told]
            assert message.startswith(f"{len(null)} of 4 rows {'has' if len(null) == 1 else 'have'} no answer")
            assert [f"row {row}: " in message for row in (0, 1, 2, 3)] == [row in null for row in (0, 1, 2, 3)]
        on_the_wall = isinstance(limit, Before | Own) or limit == Hours(minutes=30)
        assert bool(null) is not on_the_wall, "the wall and an event need no calendar"

    def test_the_warning_points_at_the_line_that_asked(self):
        bad = [datetime(9999, 12, 31, tzinfo=UTC)]
        for ask in (
            lambda: CLOCK.due_array(bad, WorkingDays(2)),
            lambda: CLOCK.due_array(bad, WorkTime(hours=1)),
            lambda: CLOCK.elapsed_array(bad, bad),
            lambda: CLOCK.is_open_array(bad),
            lambda: CLOCK.verdict_array(WorkingDays(2), bad, None, at=bad),
            lambda: CLOCK.days.count_array([date(9999, 12, 31)], date(2020, 1, 6)),
        ):
            with pytest.warns(RowsWarning, match="^1 of 1 rows") as told:
                ask()
            assert [each.filename for each in told] == [__file__]

    def test_three_are_named_and_the_rest_are_counted(self):
        bad = [datetime(1900, 1, day, tzinfo=UTC) for day in range(1, 6)]
        named = "^5 of 5 rows have no answer and are null: row 0: .*; row 1: .*; row 2: .*; and 2 more$"
        with pytest.warns(RowsWarning, match=named):
            CLOCK.due_array(bad, WorkingDays(2))

    def test_far_limits_are_null_and_no_crash(self):
        for limit in (
            WorkingDays(10**9),
            Period(years=10**12),
            Hours(10**30),
            SameTime(10**9),
            OfficeTime(hours=10**9),
        ):
            with pytest.warns(RowsWarning, match="^1 of 1 rows has no answer and is null: row 0: .* holds the years "):
                assert CLOCK.due_array([STARTS[0]], limit).tolist() == [None]

    @pytest.mark.parametrize(
        ("start", "limit"),
        [
            ("0002-01-01 12:00", NextOpening()),
            ("0002-01-02 03:00", WorkingDays(1)),
            ("9998-12-30 20:00", WorkingDays(1)),
            ("9999-01-01 03:00", WorkingDays(1, counting_first=True)),
        ],
    )
    def test_at_the_ends_of_the_clock_a_row_is_the_scalar_answer_or_null(self, start, limit):
        clock, start = office("09:00", "17:00", WorkingWeek(range(7))), at(start)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RowsWarning)
            (found,) = clock.due_array([start], limit).astype(np.int64).tolist()
        (wanted,) = one_by_one(limit, clock, np.array([instant(start)], "datetime64[us]"))
        assert found == (wanted if wanted is not None else np.iinfo(np.int64).min)

    def test_where_no_day_opened_for_ten_years_the_others_keep_their_answers(self):
        fair = MakeUpDay(date(2026, 5, 9), reason="fair", source="order 9")
        nights = office("22:00", "06:00", OfficeCalendar(NoWeek(), [fair]), overnight=True)
        found = nights.due_array([at("2026-05-07 10:00")], NextOpening()).astype(np.int64).tolist()
        assert found == [instant(at("2026-05-09 22:00"))]

    def test_of_two_limits_one_without_an_answer_has_none(self):
        beyond = WorkingDays(10**9)
        for joined in (beyond | Hours(1), Hours(1) | beyond, beyond & Hours(1), Hours(1) & beyond):
            with pytest.warns(RowsWarning, match="^1 of 1 rows"):
                assert CLOCK.due_array([STARTS[0]], joined).tolist() == [None]
            with pytest.raises(OutsideCalendarError):
                joined.due(STARTS[0], CLOCK)

    def test_a_column_without_a_zone_is_refused_with_the_way_out(self):
        naive = [datetime(2020, 1, 6, 9)]
        for column in (pd.Series(naive), pl.Series(naive), pa.array(naive)):
            for ask in (
                lambda: CLOCK.due_array(column, WorkingDays(2)),  # noqa: B023 - asked at once
                lambda: CLOCK.is_open_array(column),  # noqa: B023 - asked at once
                lambda: CLOCK.verdict_array(WorkingDays(2), column, None, at=STARTS[0]),  # noqa: B023 - asked at once
            ):
                with pytest.raises(NaiveSeriesError, match=r"dt.tz_localize\(clock.zone\) in pandas"):
                    ask()

    def test_what_a_calendar_of_ones_own_raises_is_not_swallowed(self):
        class Until2026:
            def is_working_day(self, day):
                if day.year > 2026:
                    raise ValueError(day)
                return day.weekday() < 5

        clock = WorkClock(door("09:00", "17:00"), Until2026(), zone="UTC")
        with pytest.raises(ValueError, match="2027-01-01"):
            clock.due_array([at("2026-12-31 12:00")], WorkingDays(1))


def test_a_limit_of_ones_own_is_asked_row_by_row_with_the_clock():
    asked = []

    class Noted(Limit):
        def due_instant(self, start, clock, pauses=NO_PAUSES):
            asked.append((start, clock, pauses))
            return clock.close_after(start)

    found = CLOCK.due_array(STARTS, Noted())
    assert plain(found) == plain(utc([at("2020-01-06 16:30"), at("2020-01-13 16:30"), None]))
    assert asked == [(instant(each), CLOCK, NO_PAUSES) for each in STARTS[:2]]


def test_offices_whose_holidays_differ_are_groups_of_one_column():  # polars #25942
    bangkok, london = CLOCK, office("09:00", "17:00", zone="Europe/London")
    letters = pl.DataFrame({"office": ["bangkok", "london", "bangkok"], "received": [at("2019-11-01 10:00")] * 3})
    clocks = {"bangkok": bangkok, "london": london}
    due = letters.group_by("office", maintain_order=True).map_groups(
        lambda group: group.with_columns(due=clocks[group["office"][0]].due_array(group["received"], WorkingDays(2)))
    )
    wanted = {"bangkok": at("2019-11-07 16:30"), "london": at("2019-11-05 17:00", "Europe/London")}
    assert due["due"].to_list() == [wanted[each] for each in due["office"]]
    frame = pd.DataFrame({"office": ["bangkok", "london", "bangkok"], "received": [at("2019-11-01 10:00")] * 3})
    frame["due"] = frame.groupby("office")["received"].transform(
        lambda rows: clocks[rows.name].due_array(rows, WorkingDays(2))
    )
    assert frame["due"].tolist() == [wanted[each] for each in frame["office"]]


def test_a_limit_that_inherits_from_another_is_asked_row_by_row():
    class Until(Hours):
        def due_instant(self, start, clock, pauses=NO_PAUSES):  # noqa: ARG002 - closes for nobody
            return clock.opening_after(start)

    assert plain(CLOCK.due_array([STARTS[0]], Until(5))) == plain(utc([Until(5).due(STARTS[0], CLOCK)]))


def test_a_start_outside_of_time_has_no_due_moment_on_the_wall():
    far = np.array([2**63 - 1, -(2**62), 0], "datetime64[us]")
    with pytest.warns(RowsWarning, match="^2 of 3 rows"):
        assert np.isnat(CLOCK.due_array(far, Hours(3))).tolist() == [True, True, False]


def test_stops_that_are_all_null_need_no_zone():
    starts = pd.Series([STARTS[0], STARTS[0]])
    found = CLOCK.verdict_array(WorkingDays(2), starts, pd.Series([pd.NaT, pd.NaT]), at=STARTS[0])
    assert found.tolist() == ["running", "running"]


def test_an_error_names_the_row_of_a_list():
    with pytest.raises(NaiveDatetimeError) as caught:
        CLOCK.due_array([STARTS[0], datetime(2020, 1, 6)], WorkingDays(2))
    assert caught.value.__notes__ == ["in row 1"]
