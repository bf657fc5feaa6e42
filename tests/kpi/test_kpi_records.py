"""Records and the names of their states and units."""

from datetime import datetime
from fractions import Fraction
from itertools import permutations
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from attrs import asdict, field, frozen
from small_office import CLOCK, JANUARY, at, response, trace

from docflow import (
    Duration,
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
    Proportion,
    Record,
    Reported,
    Score,
    Value,
    done,
    each_month,
    holding,
    reached,
    since,
    time_spent,
)
from docflow.letters import Letter, Step

WATCH = Duration("handing over", start=reached("came"), stop=reached("went"))
WENT = Proportion("went", start=reached("came"), stop=reached("went"))
NOON = at("01-31 12:00")


def read(measure, *cases, window=JANUARY, as_of=NOON):
    return measure.read(cases, CLOCK, window=window, as_of=as_of)


class TestRecords:
    """What is measured is a case or a record, and tells what happened to it in order of time."""

    steps = (("went", "01-06 10:00"), ("came", "01-06 09:00"), ("moved", "01-06 09:00"))

    def test_a_record_is_in_order_of_time_whatever_order_its_events_are_given_in(self):
        for given in permutations(self.steps):
            assert WATCH.read([trace("1", *given)], CLOCK).mean == 60

    def test_events_of_one_moment_stay_in_the_order_given(self):
        for moved in ("b", "c", "a"), ("a", "b", "c"):
            given = [(state, "01-06 09:00") for state in moved]
            found = trace("1", ("last", "01-06 09:01"), *given).history
            assert [event.state for event in found] == [*moved, "last"]

    def test_the_hour_that_comes_twice_does_not_disorder_a_record(self):
        rome = ZoneInfo("Europe/Rome")
        first, again = (datetime(2020, 10, 25, 2, 45 - 30 * fold, tzinfo=rome, fold=fold) for fold in (0, 1))
        found = Record("1", [Event("later", again), Event("first", first)]).history
        assert [event.state for event in found] == ["first", "later"]

    def test_lists_given_to_a_record_are_not_kept(self):
        events, items, ends = list(trace("1", *self.steps).history), [("a", 5)], ["went"]
        one = Record("1", events, scores=items, ends=ends)
        for given in (events, items, ends):
            given.clear()
        assert (len(one.history), one.scores, one.ends) == (3, (("a", 5),), ("went",))
        hash(one)

    def test_pairs_that_are_lists_are_not_kept_by_a_record(self):
        pair = ["a", 5]
        one = Record("1", [], scores=[pair])
        pair.clear()
        assert one.scores == (("a", 5),)
        hash(one)

    def test_what_is_neither_a_case_nor_a_record_is_refused(self):
        known = trace("1", ("came", "01-06 09:00"))
        little = SimpleNamespace(number="1", history=known.history)
        much = SimpleNamespace(**asdict(known, recurse=False))
        problem = r"this SimpleNamespace: it is neither a case nor a record; give a Case, or make a Record\("
        for stranger in (little, much):
            with pytest.raises(RecordError, match=problem):
                read(WENT, known, stranger)
            with pytest.raises(RecordError, match=problem):
                time_spent([known, stranger], CLOCK)

    def test_a_class_of_ones_own_is_a_record_with_more_to_say(self):
        @frozen
        class Visit(Record):
            project: str = field(kw_only=True)

        history = trace("1", *self.steps).history
        for given in (history, history[::-1]):
            (seen,) = read(WENT, Visit("1", given, project="a bridge")).counted
            assert seen.record.project == "a bridge"

    def test_answers_are_read_of_records_that_have_them(self):
        case = INCOMING_EXTERNAL_LETTER.open(Letter(number="1"), at=at("01-06 09:00"))
        with pytest.raises(RecordError, match="record 1: a case has no scores"):
            read(Score("s", at=reached("registered")), case)
        for one in (case, trace("1", ("registered", "01-06 09:00"))):
            with pytest.raises(RecordError, match="record 1: has no value"):
                read(Reported("1", at=reached("registered")), one)

    def test_answers_are_asked_of_what_never_came_to_them_too(self):
        case = INCOMING_EXTERNAL_LETTER.open(Letter(number="1"), at=at("01-06 09:00"))
        with pytest.raises(RecordError, match="record 1: a case has no scores"):
            read(Score("s", at=reached("answered")), case)

    def test_values_are_asked_of_what_never_came_to_them_too(self):
        with pytest.raises(RecordError, match="record 1: has no value"):
            read(Reported("1", at=reached("reported")), trace("1", ("came", "01-06 09:00")))

    def test_a_value_says_its_source_and_is_exact(self):
        with pytest.raises(TypeError, match="Value"):
            Record("1", [], value=Fraction(3))
        with pytest.raises(TypeError):
            Value(Fraction(3))
        with pytest.raises(TypeError):
            Value(87.5, source="the treasury")

    def test_what_is_no_event_or_no_score_is_refused(self):
        with pytest.raises(TypeError, match="is no event; give one, such as Event"):
            Record("1", [("came", at("01-06 09:00"))])
        step = SimpleNamespace(state="came", trigger="come", at=at("01-06 09:00"), unit=None)
        with pytest.raises(TypeError, match="is no event; give one, such as Event"):
            Record("1", [step])
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
        since,
        lambda name: each_month(name, after="a", until="b"),
        lambda name: each_month("a", after=name, until="b"),
        lambda name: each_month("a", after="a", until=name),
        lambda name: Event(name, at("01-06 09:00")),
        lambda name: Duration("x", start=reached("a"), stop=reached("b"), pausing=[name]),
        lambda name: Proportion("x", start=reached("a"), stop=reached("b"), withdrawn_in=[name]),
        lambda name: Duration(name, start=reached("a"), stop=reached("b")),
        lambda name: Proportion(name, start=reached("a"), stop=reached("b")),
        lambda name: Score(name, at=reached("a")),
        lambda name: Reported(name, at=reached("a")),
    ],
)
def test_what_is_no_name_matches_nothing_and_is_refused(make, wrong):
    with pytest.raises(NameOfStateError, match="give one, such as") as refused:
        make(wrong)
    assert isinstance(refused.value, MomentError)
    assert isinstance(refused.value, TypeError)


@pytest.mark.parametrize("wrong", [("a", "b"), 5, ""])
def test_what_is_no_name_of_a_unit_is_refused(wrong):
    for make in (reached, done, since, lambda state, unit: Event(state, at("01-06 09:00"), unit)):
        with pytest.raises(NameOfStateError):
            make("came", unit=wrong)


def test_names_are_compared_as_cases_have_them():
    """A space too many is no other state and no other unit."""
    case = INCOMING_EXTERNAL_LETTER.open(Letter(number="1/2563"), at=at("01-06 09:00"), unit="A  B ")
    case = case.apply("hand_over", at=at("01-06 10:00"), unit=" A B")
    event = Record(
        "1", [Event(" registered", at("01-06 09:00"), "A B"), Event("taken_over ", at("01-06 10:00"), " A  B")]
    )
    for start, stop in (
        (reached(" registered ", unit="A  B"), reached("taken_over ", unit=" A B ")),
        (since("registered\u00a0", unit="A  B"), holding(" taken_over", "screened ")),
    ):
        watch = Duration("x", start=start, stop=stop, pausing=[" awaiting_sender "])
        assert watch.pausing == ("awaiting_sender",)
        for one in (case, event):
            assert watch.read([one], CLOCK, as_of=at("01-06 12:00")).in_scope == 1
            assert [seen.bin for seen in watch.read([one], CLOCK, as_of=at("01-06 12:00")).observations] == [
                Bin.COUNTED
            ]
    assert done(" hand_over ") == done("hand_over")


@pytest.mark.parametrize("wrong", [("received ", "GA"), ("received", "General  Administration")])
def test_no_step_in_a_record_has_a_name_that_no_milestone_could_have(wrong):
    state, unit = wrong
    record = Record("1", [Step("receive", at("01-06 09:00"), unit=unit, state=state)])
    watch = Duration("x", start=reached(state, unit=unit), stop=reached("answered"))
    assert watch.read([record], CLOCK).in_scope == 1


def test_events_share_the_text_of_their_unit():
    unit = str(b"General Administration", "ascii")  # a text of its own
    assert Event("x", at("01-06 09:00"), unit).unit is unit
