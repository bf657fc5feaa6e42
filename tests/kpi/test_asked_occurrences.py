"""What people asked about milestones and loops in public threads, each test named after what goes wrong.

Each figure was counted by hand. The small office is open from nine to five, Monday to Friday; 6 January 2020 was a
Monday.
"""

from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from small_office import CLOCK, JANUARY, at, bins, trace

from docflow import Duration, Hours, WorkTime
from docflow.files import LogColumns, read_event_log
from docflow.kpi import ENDED, FIRST_EVENT, LAST_EVENT, Count, Proportion, Record, Window, done, holding, reached

NOON = at("01-31 12:00")


def minutes(result):
    """The minutes of each measured time, in order."""
    return [int(seen.elapsed.minutes) for seen in result.counted]


class TestATicketThatIsClosedWithoutAReplyNeverEndsItsResponse:
    replied = trace("replied", ("opened", "01-06 09:00"), ("replied", "01-06 09:20"), ("closed", "01-07 09:00"))
    closed = trace("closed", ("opened", "01-06 09:00"), ("closed", "01-06 10:00"))
    waiting = trace("waiting", ("opened", "01-31 11:00"))

    def test_it_waited_for_a_reply_for_ever(self):
        only = Duration("response", start=reached("opened"), stop=reached("replied"))
        assert bins(only.read([self.closed], CLOCK, as_of=NOON)) == {"unfinished": ["closed"]}

    def test_the_first_of_a_reply_and_the_closing_ends_it(self):
        first = Duration("response", start=reached("opened"), stop=reached("replied", "closed"))
        result = first.read([self.replied, self.closed, self.waiting], CLOCK, as_of=NOON)
        assert minutes(result) == [20, 60]
        assert bins(result) == {"counted": ["replied", "closed"], "unfinished": ["waiting"]}
        late = first.capped(WorkTime(minutes=30)).read([self.replied, self.closed], CLOCK, as_of=NOON)
        assert bins(late) == {"counted": ["replied"], "late": ["closed"]}
        assert str(first) == "response: from opened to replied or closed"


class TestTheDurationOfAWholeCaseNeededTheNamesOfItsFirstAndItsLastActivity:
    cases = (
        trace("a", ("asked", "01-06 09:00"), ("paid", "01-06 12:00"), ("filed", "01-07 10:00")),
        trace("b", ("called", "01-06 10:00"), ("paid", "01-06 11:00")),
        trace("c", ("asked", "01-06 09:00")),
        trace("nothing"),
    )

    def test_the_first_event_and_the_last_one_are_milestones_whatever_they_are(self):
        whole = Duration("whole case", start=FIRST_EVENT, stop=LAST_EVENT)
        result = whole.read(self.cases, CLOCK)
        assert minutes(result) == [9 * 60, 60, 0]
        assert bins(result)["excluded"] == ["nothing"]
        assert str(result.excluded[0].reason) == "had not reached its first event"
        assert str(whole) == "whole case: from its first event to its last event"

    def test_the_last_event_is_the_last_that_is_seen(self):
        whole = Duration("whole case", start=FIRST_EVENT, stop=LAST_EVENT)
        assert minutes(whole.read(self.cases[:1], CLOCK, as_of=at("01-06 13:00"))) == [3 * 60]

    def test_a_case_that_may_go_on_is_told_from_one_that_is_over(self):
        over = Record("over", self.cases[0].history, ends=("filed",))
        going_on = Record("going on", self.cases[0].history[:2], ends=("filed",))
        whole = Duration("whole case", start=FIRST_EVENT, stop=ENDED)
        assert bins(whole.read([over, going_on], CLOCK)) == {"counted": ["over"], "unfinished": ["going on"]}


class TestALoopIsMeasuredOnceFromItsFirstPassToItsFirstEnd:
    loop = trace(
        "1",
        ("A", "01-06 09:00"),
        ("B", "01-06 09:10"),
        ("A", "01-06 11:00"),
        ("A", "01-06 11:05"),  # it runs already
        ("B", "01-06 11:30"),
        ("B", "01-06 11:45"),  # it does not run
        ("A", "01-07 16:50"),
        ("B", "01-08 09:20"),
    )
    other = trace("2", ("B", "01-06 09:00"), ("A", "01-06 10:00"))
    each = Duration("A to B", start=reached("A"), stop=reached("B"), every=True)

    def test_every_pass_is_measured(self):
        result = self.each.read([self.loop, self.other], CLOCK, as_of=at("01-06 12:00"))
        assert minutes(result) == [10, 30]
        result = self.each.read([self.loop, self.other], CLOCK)
        assert minutes(result) == [10, 30, 10 + 20]
        assert result.mean == Fraction(70, 3)
        assert [(seen.record.number, seen.nth) for seen in result.observations] == [
            ("1", 1),
            ("1", 2),
            ("1", 3),
            ("2", 1),
        ]
        assert bins(result)["unfinished"] == ["2"], "what stopped before it began is no pass"
        assert str(self.each) == "A to B: each time from A to B"

    def test_without_every_the_first_pass_alone_is_measured(self):
        first = Duration("A to B", start=reached("A"), stop=reached("B"))
        result = first.read([self.loop, self.other], CLOCK)
        assert minutes(result) == [10]
        assert bins(result) == {"counted": ["1"], "excluded": ["2"]}

    def test_a_limit_a_cap_and_a_count_are_of_passes(self):
        in_time = self.each.capped(WorkTime(minutes=15)).read([self.loop], CLOCK)
        assert (in_time.value, bins(in_time)) == (Fraction(100, 3), {"counted": ["1"], "late": ["1", "1"]})
        within = self.each.within(Hours(1)).read([self.loop], CLOCK)
        assert (within.share.hits, within.share.total) == (2, 3)
        times = Count(Proportion("passes", start=reached("A"), stop=reached("B"), every=True))
        assert times.read([self.loop, self.other], CLOCK).value == 3
        ways = self.each.under({"one": Hours(1), "twenty": Hours(20)})
        assert [way.read([self.loop], CLOCK).share.hits for way in ways.values()] == [2, 3]


class TestAReopenedConversationIsAnsweredDaysAfterItFirstCame:
    conversation = trace(
        "1",
        ("opened", "01-06 09:00"),
        ("replied", "01-06 09:30"),
        ("resolved", "01-06 10:00"),
        ("reopened", "01-13 09:00"),
        ("replied", "01-13 09:10"),
        ("resolved", "01-13 12:00"),
        ("reopened", "02-03 09:00"),
    )

    def test_the_response_to_a_reopening_takes_ten_minutes_and_not_five_days(self):
        each = Duration("response", start=reached("opened", "reopened"), stop=reached("replied"), every=True)
        result = each.read([self.conversation], CLOCK, as_of=at("02-03 10:00"))
        assert minutes(result) == [30, 10]
        assert [int(seen.elapsed.minutes) for seen in result.unfinished] == [60]

    def test_the_last_reply_counted_from_the_opening_took_five_days(self):
        last = Duration("response", start=reached("opened"), stop=reached("replied", last=True))
        assert minutes(last.read([self.conversation], CLOCK)) == [5 * 8 * 60 + 10]

    def test_each_response_belongs_to_the_month_of_its_own_start(self):
        each = Duration("response", start=reached("opened", "reopened"), stop=reached("replied"), every=True)
        months = each.read([self.conversation], CLOCK).by_month()
        assert {month: len(part.observations) for month, part in months.items()} == {"2020-01": 2, "2020-02": 1}
        january = each.read([self.conversation], CLOCK, window=JANUARY)
        assert bins(january) == {"counted": ["1", "1"], "excluded": ["1"]}

    def test_an_answer_that_did_not_hold_fails_by_itself(self):
        held = Proportion(
            "answered for good",
            start=reached("opened", "reopened"),
            stop=reached("resolved"),
            fails_if=reached("complained"),
            every=True,
        )
        steps = [("opened", "01-06 09:00"), ("resolved", "01-06 10:00"), ("complained", "01-07 09:00")]
        again = trace("1", *steps, ("reopened", "01-08 09:00"), ("resolved", "01-08 10:00"))
        result = held.read([again], CLOCK)
        assert [(seen.bin, seen.nth) for seen in result.observations] == [("missed", 1), ("counted", 2)]

    def test_one_answer_for_good_is_another_question(self):
        good = Duration("for good", start=reached("opened"), stop=holding("resolved"))
        assert bins(good.read([self.conversation], CLOCK)) == {"unfinished": ["1"]}


class TestStartsAndEndsOfAnActivityAreMixedUpInALog:
    @pytest.fixture
    def log(self, tmp_path):
        def read(text, **asked):
            path = tmp_path / "log.csv"
            path.write_text(text, encoding="utf-8")
            return read_event_log(path, **asked)

        return read

    def service(self, activity):
        """How long an activity is worked on, each time."""
        start, stop = (reached(f"{activity}+{kind}") for kind in ("start", "complete"))
        return Duration(f"working on {activity}", start=start, stop=stop, every=True)

    def test_start_and_complete_rows_are_kept_apart(self, log):
        text = (
            "case:concept:name,concept:name,time:timestamp,lifecycle:transition\n"
            "1,check,2020-01-06 09:00+07:00,start\n1,check,2020-01-06 09:25+07:00,complete\n"
            "1,check,2020-01-06 15:00+07:00,start\n1,check,2020-01-06 15:05+07:00,complete\n"
            "1,pay,2020-01-06 16:00+07:00,complete\n"
        )
        (case,) = log(text, columns=LogColumns(lifecycle="lifecycle:transition")).records
        assert minutes(self.service("check").read([case], CLOCK)) == [25, 5]
        waiting = Duration("waiting to be paid", start=reached("check+complete", last=True), stop=done("pay"))
        assert minutes(waiting.read([case], CLOCK)) == [55]

    def test_a_start_column_gives_the_service_time_and_not_the_time_between_ends(self, log):
        text = (
            "ID,Action,Begun,Finished\n"
            "1,check,2020-01-06 09:00,2020-01-06 09:25\n1,pay,2020-01-06 16:00,2020-01-06 16:10\n"
            "1,check,2020-01-07 16:55,2020-01-08 09:05\n"
        )
        columns = LogColumns(case="ID", activity="Action", time="Finished", start="Begun")
        (case,) = log(text, columns=columns, zone=ZoneInfo("Asia/Bangkok")).records
        assert minutes(self.service("check").read([case], CLOCK)) == [25, 5 + 5]
        assert minutes(self.service("pay").read([case], CLOCK)) == [10]

    def test_a_time_without_a_zone_is_of_the_zone_that_is_given_and_of_no_other(self, log):
        text = "case:concept:name,concept:name,time:timestamp\n1,asked,2020-01-06 16:00\n1,paid,2020-01-06 18:00\n"
        took = Duration("took", start=reached("asked"), stop=reached("paid"))
        assert log(text).events == 0
        for zone, worked in (("Asia/Bangkok", 60), ("Europe/Rome", 0), ("UTC", 0), ("Asia/Tokyo", 120)):
            assert minutes(took.read(log(text, zone=ZoneInfo(zone)).records, CLOCK)) == [worked]


def test_a_window_is_of_each_occurrence_and_so_is_what_is_dated_by_its_stop():
    over_the_month = trace(
        "1",
        ("A", "01-30 09:00"),
        ("B", "01-31 09:00"),
        ("A", "01-31 10:00"),
        ("B", "02-03 09:00"),
        ("A", "02-03 10:00"),
    )
    passes = Duration("A to B", start=reached("A"), stop=reached("B"), every=True, dated_by="stop")
    february = Window(at("02-01 00:00").date(), at("02-28 00:00").date())
    result = passes.read([over_the_month], CLOCK, window=february)
    assert [(seen.bin, seen.nth) for seen in result.observations] == [("excluded", 1), ("counted", 2), ("excluded", 3)]
    assert [str(seen.day) for seen in result.counted] == ["2020-02-03"]
