"""Results as rows: plain dicts, the text of a CSV file, and frames whose columns have the right kinds."""

import csv
import sys
from datetime import UTC, date, datetime
from io import StringIO

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from attrs import evolve
from small_indicators import BACK, MEAN, NOON, OPEN, QUICK, RATE, SLOW, STRANGE, composite, indicator, outcome, plan
from small_office import BANGKOK, CLOCK, at, reported, response, trace

from docflow import Event, Record, WorkingDays
from docflow.bangkok import office_clock
from docflow.errors import PlanError
from docflow.kpi import (
    Context,
    DurationResult,
    Milestone,
    Observation,
    Proportion,
    Reported,
    Score,
    Window,
    differences,
    reached,
    time_spent,
)
from docflow.report import Report
from docflow.safe import cell
from docflow.worktime import Before

ALL = [QUICK, SLOW, OPEN, STRANGE, BACK]
KINDS = {
    "number": str,
    "occurrence": int,
    "bin": str,
    "reason": str,
    "start": datetime,
    "stop": datetime,
    "due": datetime,
    "elapsed_minutes": float,
    "overdue_minutes": float,
    "unit": str,
    "person": str,
}
ROW = dict.fromkeys(KINDS) | {"occurrence": 1}


def read(*records):
    return RATE.measure.read(records, CLOCK, as_of=NOON)


class TestObservations:
    def test_are_a_row_each_in_their_order(self):
        quick, slow, running, strange, back = read(*ALL).to_rows()
        assert quick == ROW | {
            "number": "quick",
            "bin": "counted",
            "start": at("01-06 09:00"),
            "stop": at("01-06 09:10"),
            "due": at("01-09 17:00"),
            "elapsed_minutes": 10.0,
            "overdue_minutes": 0.0,
        }
        assert slow["overdue_minutes"] == 0.0, "what was done after closing is late by no office time"
        assert (slow["bin"], slow["stop"]) == ("late", at("01-09 17:01"))
        assert (running["bin"], running["stop"], running["due"]) == ("running", None, at("02-04 17:00"))
        assert strange == ROW | {"number": "strange", "bin": "excluded", "reason": "had not reached came"}
        assert (back["bin"], back["reason"], back["start"]) == ("missed", "had reached returned", at("01-07 09:00"))

    def test_are_of_plain_kinds(self):
        for row in (*read(*ALL).to_rows(), *MEAN.measure.read(ALL, CLOCK).to_rows()):
            assert list(row) == list(KINDS)
            assert all(
                type(value) in (kind, type(None)) for value, kind in zip(row.values(), KINDS.values(), strict=True)
            )

    def test_say_minutes_to_the_microsecond(self):
        begins = at("01-06 09:00")
        odd = Record("1", [Event("came", begins), Event("went", begins.replace(hour=16, second=7, microsecond=1))])
        (row,) = MEAN.measure.read([odd], CLOCK).to_rows()
        assert round(row["elapsed_minutes"] * 60_000_000) == 7 * 3600 * 1_000_000 + 7_000_001
        assert [row["elapsed_minutes"] for row in MEAN.measure.read([QUICK, OPEN], CLOCK, as_of=NOON).to_rows()] == [
            10.0,
            30.0 + 3 * 60,
        ]

    def test_say_of_a_promise_how_much_time_was_used_until_it_stopped_or_was_last_seen(self):
        paused = trace("paused", ("came", "01-06 09:00"), ("asked", "01-06 10:00"), ("back", "01-06 12:00"))
        failed = trace("failed", ("came", "01-06 09:00"), ("returned", "01-06 10:00"), ("went", "01-06 11:00"))
        still = evolve(RATE.measure, pausing=("asked",))
        rows = still.read([QUICK, SLOW, OPEN, STRANGE, paused, failed], CLOCK, as_of=at("01-31 12:00")).to_rows()
        assert [(row["number"], row["elapsed_minutes"]) for row in rows] == [
            ("quick", 10.0),
            ("slow", 4 * 8 * 60.0),
            ("open", 30.0 + 3 * 60),
            ("strange", None),
            ("paused", 19 * 8 * 60.0 + 60),  # 6 to 30 January, and three hours on the 31st, less two
            ("failed", 120.0),
        ]
        (early,) = still.read([paused], CLOCK, as_of=at("01-06 11:30")).observations
        assert (str(early.used), early.elapsed) == ("1 h", None)

    def test_say_no_time_used_where_the_calendar_ends_or_nobody_says_up_to_when(self):
        promise = MEAN.measure.within(Before(at("2027-12-30 12:00")))
        open_ = trace("1", ("came", "2027-12-30 09:00"))
        beyond = promise.read([open_], office_clock(), as_of=at("2028-01-04 09:00")).to_rows()
        assert [(row["bin"], row["elapsed_minutes"]) for row in beyond] == [("late", None)]
        always = Proportion("p", start=Milestone.of("always", lambda _: at("01-06 09:00")), stop=reached("went"))
        assert [row["elapsed_minutes"] for row in always.read([trace("1")], CLOCK).to_rows()] == [None]

    def test_say_no_time_used_of_what_starts_and_stops_at_once(self):
        score = Score("s", at=reached("answered"))
        answers = [response("1", "01-06 09:00", first=5)]
        assert [row["elapsed_minutes"] for row in score.read(answers, CLOCK).to_rows()] == [None]

    def test_say_by_how_much_each_is_late_and_which_of_its_occurrences_it_is(self):
        stamps = ("01-06 09:00", "01-10 10:00", "01-13 09:00", "01-14 09:00", "01-15 09:00")
        events = map(Event, ("came", "went", "came", "went", "came"), map(at, stamps))
        every = evolve(RATE.measure, every=True, fails_if=None)
        rows = every.read([Record("1", events)], CLOCK, as_of=at("01-31 10:30")).to_rows()
        assert [(row["occurrence"], row["bin"]) for row in rows] == [(1, "late"), (2, "counted"), (3, "late")]
        assert [row["overdue_minutes"] for row in rows] == [60.0, 0.0, 8 * 8 * 60 + 90.0]

    def test_say_moments_as_on_the_offices_wall(self):
        utc = Record("1", [Event("came", datetime(2020, 1, 6, 2, tzinfo=UTC))])
        (row,) = read(utc).to_rows()
        assert (row["start"].hour, row["start"].utcoffset()) == (9, BANGKOK.utcoffset(NOON))
        assert row["start"] == utc.history[0].at

    def test_say_who_did_the_step_that_counts(self):
        steps = [Event("came", at("01-06 09:00"), "in", by="Ann"), Event("went", at("01-06 10:00"), "out", by="Bob")]
        done, running = read(Record("1", steps), Record("2", steps[:1])).to_rows()
        assert [(row["unit"], row["person"]) for row in (done, running)] == [("out", "Bob"), ("in", "Ann")]

    def test_speak_thai(self):
        rows = read(*ALL).to_rows("th")
        assert list(rows[0]) == [
            "เลขที่",
            "ครั้งที่",
            "ผล",
            "เหตุผล",
            "เริ่มนับ",
            "สิ้นสุด",
            "ครบกำหนด",
            "เวลาที่ใช้ (นาที)",
            "เกินกำหนด (นาที)",
            "ส่วนราชการ",
            "ผู้ปฏิบัติ",
        ]
        assert [row["ผล"] for row in rows] == ["นับ", "ล่าช้า", "ยังไม่ครบกำหนด", "ไม่นับในตัวชี้วัดนี้", "ไม่ผ่าน"]
        assert [row["เหตุผล"] for row in rows[-2:]] == ["ยังไม่ถึง came", "เคยถึง returned"]

    def test_speak_no_other_language(self):
        for ask in (read().to_rows, read().to_csv, read().to_pandas, plan(RATE).evaluate({}, as_of=NOON).to_rows):
            with pytest.raises(PlanError, match="no words are kept in the language 'de'"):
                ask("de")

    def test_of_nothing_are_no_rows(self):
        assert read().to_rows() == []
        assert read().to_csv() == ",".join(KINDS) + "\n"


class TestIndicators:
    ours = plan(
        RATE,
        composite("M", MEAN, indicator("X", Reported("X", at=reached("reported")), of="values", owner="Group A")),
    )
    result = ours.evaluate({"letters": ALL, "values": [reported("X", "01-06 09:00", 87, unit="points")]}, as_of=NOON)

    def test_are_a_row_each_with_their_parts_below(self):
        rows = self.result.to_rows()
        assert [row["number"] for row in rows] == ["A", "M", "T", "X"]
        assert rows[0] == {
            "number": "A",
            "title": "number A",
            "owner": None,
            "value": 100 / 3,
            "unit": "%",
            "direction": "≥",
            "target": 90.0,
            "met": False,
            "first_day": date(2020, 1, 1),
            "last_day": date(2020, 12, 31),
            "as_of": NOON,
            "known_at": None,
            "counted": 1,
            "late": 1,
            "missed": 1,
            "running": 1,
            "unfinished": 0,
            "excluded": 1,
        }
        assert [(row["value"], row["unit"], row["target"], row["met"]) for row in rows[1:]] == [
            ((965 + 87) / 2, None, None, None),
            (965.0, "min", 12.0, False),
            (87.0, "points", None, None),
        ]
        assert [(row["owner"], row["counted"], row["unfinished"]) for row in rows[1:]] == [
            (None, 3, 2),
            (None, 2, 2),
            ("Group A", 1, 0),
        ]

    def test_say_what_they_were_read_from(self):
        late = Record("late", [Event("came", at("01-06 09:00")), Event("went", at("01-06 10:00"), recorded=NOON)])
        printed, today = at("01-20 12:00"), at("01-31 12:00")
        ours = plan(RATE)
        (row,) = ours.evaluate({"letters": [late]}, known_at=printed).to_rows()
        assert (row["as_of"], row["known_at"], row["counted"]) == (printed, printed, 0)
        months = ours.months({"letters": [late]}, as_of=today, known_at=printed)
        assert months["2020-01"].known_at == printed
        assert months["2020-01"].to_rows()[0]["counted"] == 0
        assert list(ours.months({"letters": [late]}, known_at=printed)) == ["2020-01"]
        assert Report(result=months["2020-01"]).figures()["plan"]["known_at"] == printed.isoformat()

    def test_without_a_value_have_none(self):
        (row,) = outcome(RATE, OPEN).to_rows()
        assert (row["value"], row["met"], row["target"], row["running"]) == (None, None, 90.0, 1)

    def test_stand_alone_with_their_parts(self):
        rows = self.result.to_rows()
        assert self.result["M"].to_rows() == rows[1:]
        assert outcome(RATE, *ALL).to_rows() == rows[:1]

    def test_speak_thai(self):
        rows = self.result.to_rows("th")
        assert [(row["ชื่อตัวชี้วัด"], row["หน่วยนับ"]) for row in rows] == [
            ("ที่ A", "%"),
            ("รวม", None),
            ("ที่ T", "นาที"),
            ("ที่ X", "คะแนน"),
        ]
        assert list(rows[0])[-6:] == ["นับ", "ล่าช้า", "ไม่ผ่าน", "ยังไม่ครบกำหนด", "ยังไม่แล้วเสร็จ", "ไม่นับในตัวชี้วัดนี้"]


class TestCsv:
    def test_is_read_back(self):
        rows = list(csv.DictReader(StringIO(MEAN.measure.read(ALL, CLOCK, as_of=NOON).to_csv())))
        assert [row["number"] for row in rows] == [one.number for one in ALL]
        assert rows[0] == dict.fromkeys(KINDS, "") | {
            "number": "quick",
            "occurrence": "1",
            "bin": "counted",
            "start": "2020-01-06 09:00:00+07:00",
            "stop": "2020-01-06 09:10:00+07:00",
            "elapsed_minutes": "10.0",
        }
        assert datetime.fromisoformat(rows[0]["start"]) == at("01-06 09:00")

    def test_of_a_plan_says_days_and_yes_and_no(self):
        (row,) = csv.DictReader(StringIO(outcome(RATE, QUICK).to_csv()))
        assert (row["first_day"], row["as_of"]) == ("2020-01-01", "2020-01-31 12:00:00+07:00")
        assert (row["met"], row["value"], row["counted"], row["late"]) == ("true", "100.0", "1", "0")
        (thai,) = csv.DictReader(StringIO(outcome(RATE, SLOW).to_csv("th")))
        assert (thai["บรรลุ"], thai["ล่าช้า"]) == ("false", "1")

    @pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", " =1", "＝1"])
    def test_holds_nothing_that_a_spreadsheet_computes(self, text):
        (row,) = csv.DictReader(StringIO(read(trace(text)).to_csv()))
        assert row["number"] == f"'{text}"
        assert read(trace(text)).to_rows()[0]["number"] == text, "data stay as they are"
        assert cell("1/2563-=@+") == "1/2563-=@+"

    def test_holds_nothing_that_steers_a_terminal(self):
        assert "\\x1b[2J" in read(trace("1\x1b[2J\r\n2")).to_csv()
        assert len(read(trace("1\x1b[2J\r\n2")).to_csv().splitlines()) == 2

    def test_numbers_below_zero_stay_numbers(self):
        (row,) = csv.DictReader(StringIO(outcome(RATE_OF_OTHERS, reported("X", "01-06 09:00", -3)).to_csv()))
        assert row["value"] == "-3.0"


RATE_OF_OTHERS = indicator("X", Reported("X", at=reached("reported")), of="values")


class TestFrames:
    full, empty = MEAN.measure.read(ALL, CLOCK, as_of=NOON), MEAN.measure.read([], CLOCK)
    plan = TestIndicators.result

    def test_of_arrow_have_the_kinds_of_their_columns(self):
        moments = pa.timestamp("us", tz="Asia/Bangkok")
        kinds = {str: pa.string(), int: pa.int64(), float: pa.float64(), datetime: moments}
        for result in (self.full, self.empty):
            table = result.to_arrow()
            assert table.schema == pa.schema([(name, kinds[kind]) for name, kind in KINDS.items()])
            assert table.to_pylist() == result.to_rows()
        schema = self.plan.to_arrow().schema
        assert [schema.field(name).type for name in ("met", "first_day", "as_of", "counted")] == [
            pa.bool_(),
            pa.date32(),
            moments,
            pa.int64(),
        ]
        assert self.plan.to_arrow().to_pylist() == self.plan.to_rows()
        assert self.plan.to_arrow("th").column_names == list(self.plan.to_rows("th")[0])

    def test_of_polars_have_the_kinds_of_their_columns(self):
        moments = pl.Datetime("us", "Asia/Bangkok")
        kinds = {str: pl.String, int: pl.Int64, float: pl.Float64, datetime: moments}
        for result in (self.full, self.empty):
            frame = result.to_polars()
            assert frame.schema == {name: kinds[kind] for name, kind in KINDS.items()}
            assert frame.to_dicts() == result.to_rows()
        schema = self.plan.to_polars().schema
        assert [schema[name] for name in ("met", "first_day", "as_of", "counted")] == [
            pl.Boolean,
            pl.Date,
            moments,
            pl.Int64,
        ]
        assert self.plan.to_polars().to_dicts() == self.plan.to_rows()
        assert self.full.to_polars("th").columns == list(self.full.to_rows("th")[0])

    def test_of_pandas_have_the_kinds_of_their_columns(self):
        moments = "datetime64[us, Asia/Bangkok]"
        kinds = {str: "string", int: "int64", float: "float64", datetime: moments}
        for result in (self.full, self.empty):
            frame = result.to_pandas()
            assert dict(frame.dtypes.astype(str)) == {name: kinds[kind] for name, kind in KINDS.items()}
            assert as_plain(frame) == result.to_rows()
        dtypes = self.plan.to_pandas().dtypes.astype(str)
        assert [dtypes[name] for name in ("met", "first_day", "as_of", "counted")] == [
            "boolean",
            "datetime64[s]",
            moments,
            "int64",
        ]
        days = [
            row | {"first_day": row["first_day"].date(), "last_day": row["last_day"].date()}
            for row in as_plain(self.plan.to_pandas())
        ]
        assert days == self.plan.to_rows()
        assert list(self.plan.to_pandas("th").columns) == list(self.plan.to_rows("th")[0])

    def test_hold_moments_that_nanoseconds_do_not(self):
        far = Record("far", [Event("came", datetime(2920, 1, 1, tzinfo=BANGKOK))])
        result = MEAN.measure.read([far], CLOCK)
        assert result.to_pandas()["start"][0].to_pydatetime() == far.history[0].at
        assert result.to_polars()["start"][0] == result.to_arrow()["start"][0].as_py() == far.history[0].at

    @pytest.mark.parametrize(
        ("name", "asked"), [("pyarrow", "to_arrow"), ("pandas", "to_pandas"), ("polars", "to_polars")]
    )
    def test_of_what_is_not_installed_say_how_to_install_it(self, monkeypatch, name, asked):
        monkeypatch.setitem(sys.modules, name, None)
        with pytest.raises(ModuleNotFoundError) as refused:
            getattr(self.full, asked)()
        assert str(refused.value) == f"frames of {name} need it; install it with: pip install {name}"
        assert self.full.to_rows()


def as_plain(frame):
    """The rows of a frame of pandas, with None for whatever it has for nothing."""
    return [
        {
            name: None if pd.isna(value) else value.to_pydatetime() if hasattr(value, "to_pydatetime") else value
            for name, value in row.items()
        }
        for row in frame.astype(object).to_dict("records")
    ]


class TestShortNames:
    def test_fit_on_a_line(self):
        late, excluded = read(SLOW, STRANGE).observations
        window = Window(date(2020, 1, 1), date(2020, 1, 31))
        (spent,) = time_spent([QUICK], CLOCK, stop=reached("went")).through
        (waiting,) = time_spent([OPEN], CLOCK, as_of=NOON).open
        found = differences(read(QUICK), read(SLOW))
        assert [repr(one) for one in (late, excluded, window, spent, waiting, found, RATE, QUICK, trace("1"))] == [
            "<Observation slow: late, due 2020-01-09 17:00>",
            "<Observation strange: excluded (had not reached came)>",
            "<Window 2020-01-01 – 2020-01-31>",
            "<WayThrough quick: 10 min, over>",
            "<WayThrough open: 3 h 30 min, open>",
            "<Difference 100 → 0, 2 changes>",
            "<Indicator A number A>",
            "<Record quick 'went', 2 events>",
            "<Record 1, 0 events>",
        ]
        (gone, _) = found.changes
        assert repr(gone) == f"<Change {gone}>"
        assert repr(differences(read(QUICK), read(SLOW, QUICK))) == "<Difference 100 → 50, 1 change>"
        assert repr(Record("1", QUICK.history[:1])) == "<Record 1 'came', 1 event>"

    def test_of_contexts_say_what_is_known_of_them(self):
        window = Window(date(2020, 1, 1), date(2020, 1, 31))
        assert repr(Context(CLOCK)) == "<Context any day>"
        assert repr(Context(CLOCK, window, NOON, known_at=at("02-03 09:00"))) == (
            "<Context 2020-01-01 – 2020-01-31, as of 2020-01-31 12:00, as recorded by 2020-02-03 09:00>"
        )

    def test_of_events_say_who_did_what_and_when(self):
        nine = at("01-06 09:00")
        assert repr(Event("came", nine)) == "<Event came 2020-01-06 09:00>"
        assert repr(Event("came", nine, "registry", by="Ann")) == "<Event came 2020-01-06 09:00 by Ann of registry>"
        assert repr(Event("came", "nine")) == "<Event came 'nine'>"

    def test_steer_nothing(self):
        evil = "a\x1b[2J"
        for one in (Event(evil, NOON, evil, by=evil), Record(evil, []), Observation(Record(evil, []), "excluded")):
            assert "\x1b" not in repr(one)

    def test_of_results_stay_short(self):
        assert repr(MEAN.measure.within(WorkingDays(1)).read(ALL, CLOCK)).count("\n") == 0
        assert isinstance(MEAN.measure.read(ALL, CLOCK), DurationResult)
