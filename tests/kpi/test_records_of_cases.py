"""Records and the names of their states and units."""

from datetime import datetime
from itertools import permutations
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from small_office import CLOCK, JANUARY, at, bins, response, trace

from docflow import (
    Stopwatch,
)
from docflow.bangkok import INCOMING_EXTERNAL_LETTER
from docflow.errors import (
    MomentError,
    NameOfStateError,
    RecordError,
)
from docflow.kpi import (
    Bin,
    Event,
    External,
    Proportion,
    Response,
    Score,
    Trace,
    done,
    each_month,
    holding,
    reached,
    stages,
    standing,
)
from docflow.letters import Letter

WATCH = Stopwatch("handing over", start=reached("came"), stop=reached("went"))
WENT = Proportion("went", of=reached("came"), hit=reached("went"))
NOON = at("01-31 12:00")


def read(measure, *cases, window=JANUARY, as_of=NOON):
    return measure.read(cases, CLOCK, window=window, as_of=as_of)


class TestRecords:
    """What is measured declares everything that any measure asks of it, and tells it in order of time."""

    steps = (("went", "01-06 10:00"), ("came", "01-06 09:00"), ("moved", "01-06 09:00"))

    def test_a_trace_is_in_order_of_time_whatever_order_its_events_are_given_in(self):
        for given in permutations(self.steps):
            assert WATCH.read([trace("1", *given)], CLOCK).mean_minutes == 60

    def test_events_of_one_moment_stay_in_the_order_given(self):
        for moved in ("b", "c", "a"), ("a", "b", "c"):
            given = [(state, "01-06 09:00") for state in moved]
            found = trace("1", ("last", "01-06 09:01"), *given).history
            assert [event.state for event in found] == [*moved, "last"]

    def test_the_hour_that_comes_twice_does_not_disorder_a_trace(self):
        rome = ZoneInfo("Europe/Rome")
        first, again = (datetime(2020, 10, 25, 2, 45 - 30 * fold, tzinfo=rome, fold=fold) for fold in (0, 1))
        found = Trace("1", [Event("later", again), Event("first", first)]).history
        assert [event.state for event in found] == ["first", "later"]

    def test_lists_given_to_a_record_are_not_kept(self):
        events, items, ends = list(trace("1", *self.steps).history), [("a", 5)], ["went"]
        one = Response("1", events, scores=items, ends=ends)
        for given in (events, items, ends):
            given.clear()
        assert (len(one.history), one.scores, one.ends) == (3, (("a", 5),), ("went",))
        hash(one)

    def test_a_class_of_ones_own_that_declares_too_little_is_refused_and_not_taken_for_unfinished(self):
        record = SimpleNamespace(number="1", history=trace("1", ("came", "01-06 09:00")).history)
        problem = "record 1: a SimpleNamespace has no ends, wanted_by; declare what docflow.kpi.Traced does"
        for reading in (lambda: read(WENT, record), lambda: stages([record], CLOCK)):
            with pytest.raises(RecordError, match=problem):
                reading()

    def test_steps_that_declare_too_little_are_refused(self):
        step = SimpleNamespace(state="came", at=at("01-06 09:00"), unit=None)
        record = SimpleNamespace(number="1", history=[step], ends=(), wanted_by=None)
        with pytest.raises(RecordError, match="a SimpleNamespace has no trigger; declare what"):
            read(Proportion("p", of=reached("came"), hit=done("go")), record)

    def test_a_class_of_ones_own_that_is_out_of_order_is_refused(self):
        history = trace("1", *self.steps).history
        record = SimpleNamespace(number="1", history=history[::-1], ends=(), wanted_by=None)
        with pytest.raises(RecordError, match="record 1: its history is not in order of time; sort it"):
            read(WENT, record)
        record.history = history
        assert bins(read(WENT, record)) == {"counted": ["1"]}

    def test_answers_are_read_of_records_that_declare_them(self):
        for measure, kind in ((Score("s", of=reached("a")), "Response"), (External("1", of=reached("a")), "Reported")):
            with pytest.raises(RecordError, match=f"record 1: a Trace is no {kind}; give those here"):
                read(measure, trace("1", ("came", "01-06 09:00")))

    def test_what_is_no_event_or_no_score_is_refused(self):
        with pytest.raises(TypeError, match="is no event; give Event"):
            Trace("1", [("came", at("01-06 09:00"))])
        with pytest.raises(TypeError, match="4.5 is no score of 'a'"):
            response("1", "01-06 09:00", a=4.5)


@pytest.mark.parametrize("wrong", [("a", "b"), ["a"], {"a"}, None, 5, b"a", "", "  "])
@pytest.mark.parametrize(
    "make",
    [
        reached,
        done,
        holding,
        lambda name: holding("a", name),
        standing,
        lambda name: each_month(name, after="a", until="b"),
        lambda name: each_month("a", after=name, until="b"),
        lambda name: each_month("a", after="a", until=name),
        lambda name: Event(name, at("01-06 09:00")),
        lambda name: Stopwatch("x", start=reached("a"), stop=reached("b"), pausing=[name]),
        lambda name: Proportion("x", of=reached("a"), hit=reached("b"), void=[name]),
        lambda name: Stopwatch(name, start=reached("a"), stop=reached("b")),
        lambda name: Proportion(name, of=reached("a"), hit=reached("b")),
        lambda name: Score(name, of=reached("a")),
        lambda name: External(name, of=reached("a")),
    ],
)
def test_what_is_no_name_matches_nothing_and_is_refused(make, wrong):
    with pytest.raises(NameOfStateError, match="give one, such as") as refused:
        make(wrong)
    assert isinstance(refused.value, MomentError)
    assert isinstance(refused.value, TypeError)


@pytest.mark.parametrize("wrong", [("a", "b"), 5, ""])
def test_what_is_no_name_of_a_unit_is_refused(wrong):
    for make in (reached, done, standing, lambda state, unit: Event(state, at("01-06 09:00"), unit)):
        with pytest.raises(NameOfStateError):
            make("came", unit=wrong)


def test_names_are_compared_as_cases_have_them():
    """A space too many is no other state and no other unit."""
    case = INCOMING_EXTERNAL_LETTER.open(Letter(number="1/2563"), at=at("01-06 09:00"), unit="A  B ")
    case = case.apply("hand_over", at=at("01-06 10:00"), unit=" A B")
    event = Trace(
        "1", [Event(" registered", at("01-06 09:00"), "A B"), Event("taken_over ", at("01-06 10:00"), " A  B")]
    )
    for start, stop in (
        (reached(" registered ", unit="A  B"), reached("taken_over ", unit=" A B ")),
        (standing("registered\u00a0", unit="A  B"), holding(" taken_over", "other ")),
    ):
        watch = Stopwatch("x", start=start, stop=stop, pausing=[" awaiting_sender "])
        assert watch.pausing == ("awaiting_sender",)
        for one in (case, event):
            assert watch.read([one], CLOCK, as_of=at("01-06 12:00")).letters == 1
            assert [place.bin for place in watch.read([one], CLOCK, as_of=at("01-06 12:00")).places] == [Bin.COUNTED]
    assert done(" hand_over ") == done("hand_over")


@pytest.mark.parametrize("wrong", [("received ", "GA"), ("received", "General  Administration")])
def test_a_record_of_ones_own_whose_names_no_milestone_could_have_is_refused(wrong):
    state, unit = wrong
    step = SimpleNamespace(state=state, trigger="receive", at=at("01-06 09:00"), unit=unit)
    record = SimpleNamespace(number="1", history=(step,), ends=(), wanted_by=None)
    watch = Stopwatch("x", start=reached("received"), stop=reached("answered"))
    with pytest.raises(RecordError, match="record 1: the name .* has blanks too many; write '"):
        watch.read([record], CLOCK)


def test_events_share_the_text_of_their_unit():
    unit = str(b"General Administration", "ascii")  # a text of its own
    assert Event("x", at("01-06 09:00"), unit).unit is unit
