import copy
import pickle
from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve

from docflow import Actor, Letter, Transition, Workflow
from docflow.bangkok import INCOMING_EXTERNAL_LETTER
from docflow.errors import NaiveDatetimeError, RefusedError
from docflow.letters import Correction, Entry, Step

LETTER = Letter(number="8395/2562")
EVENING = datetime(2019, 10, 1, 18, tzinfo=UTC)
NEXT_DAY = datetime(2019, 10, 2, 8, tzinfo=UTC)


def at(hour, minute=0):
    return datetime(2019, 10, 1, hour, minute, tzinfo=UTC)


def passage(*steps):
    """A case by its triggers and hours: receive at 9, hand_over at 10, and so on."""
    return INCOMING_EXTERNAL_LETTER.replay(LETTER, [Entry(trigger, at(*when)) for trigger, *when in steps])


CASE = passage(("receive", 9), ("hand_over", 12), ("screen", 13), ("summarize", 14))


def told(case):
    return [(step.trigger, step.at.hour, step.state) for step in case.history]


def refused(case, changes, **said):
    before = copy.deepcopy(case)
    with pytest.raises(RefusedError) as caught:
        case.correct(changes, **{"by": "Somying", "why": "a slip of the pen", "recorded": EVENING} | said)
    assert case == before
    return [refusal.kind for refusal in caught.value.refusals], str(caught.value)


class TestACorrection:
    def test_changes_what_is_known_to_have_happened_and_keeps_what_was_written(self):
        case = CASE.correct({1: Entry("hand_over", at(10))}, by="Somying", why="read 10.00 as 12.00", recorded=EVENING)
        assert told(case)[:2] == [("receive", 9, "registered"), ("hand_over", 10, "taken_over")]
        assert case.log[:4] == CASE.log
        assert case.log[4] == Correction(
            corrects=1, instead=Entry("hand_over", at(10)), by="Somying", why="read 10.00 as 12.00", recorded=EVENING
        )
        assert CASE.history[1].at == at(12)

    def test_says_only_what_changes_and_the_rest_stays(self):
        somying = Actor("Somying", "registrar", "Secretary Group")
        case = INCOMING_EXTERNAL_LETTER.open(LETTER, at=at(9)).apply("hand_over", at=at(12), by=somying, note="by hand")
        change = {"by": "Somchai", "why": "10.00", "recorded": EVENING}
        step = case.correct({1: Entry("hand_over", at(10))}, **change).history[1]
        assert step == evolve(case.history[1], at=at(10), recorded=EVENING)
        step = case.correct({1: Entry("hand_over", at(12), note="by post", unit="GA")}, **change).history[1]
        assert step == evolve(case.history[1], note="by post", unit="GA", recorded=EVENING)
        nobody = case.correct({1: Entry("hand_over", at(12), by=None, role=None, note="")}, **change)
        step = nobody.history[1]
        assert step == evolve(case.history[1], by=None, role=None, note="", recorded=EVENING)
        again = nobody.correct({2: Entry("hand_over", at(11))}, **change)
        assert again.history[1] == evolve(step, at=at(11))
        other = case.correct({1: evolve(case.history[1], at=at(11))}, **change)
        assert other.history[1] == evolve(case.history[1], at=at(11), recorded=EVENING)
        for corrected in (nobody, again, other):
            assert corrected.as_recorded(at(17)) == case
            assert INCOMING_EXTERNAL_LETTER.replay(LETTER, corrected.log).history == corrected.history
        assert case.correct({1: None}, missed=[Entry("hand_over", at(10))], **change).history[1].by is None

    def test_takes_no_place_that_is_none(self):
        for place in (True, 1.0, "1"):
            with pytest.raises(TypeError, match="is no place in a log; give a whole number"):
                CASE.correct({place: None}, by="A", why="x", recorded=EVENING)

    def test_tells_when_it_was_written_and_not_when_it_might_have_been(self):
        case = CASE.correct({1: Entry("hand_over", at(10))}, by="Somying", why="read 10.00 as 12.00", recorded=EVENING)
        assert case.history[1].recorded == EVENING
        assert [step.recorded for step in case.history[2:]] == [None, None]

    def test_may_say_that_something_never_happened(self):
        case = CASE.correct({3: None}, by="Somying", why="that was 8396", recorded=EVENING)
        assert case.state == "screened"
        assert case.apply("summarize", at=NEXT_DAY).state == "summarized"

    def test_may_put_in_what_was_left_out(self):
        missed = [Entry("ask_sender", at(12, 10)), Entry("sender_answers", at(12, 50))]
        case = CASE.correct({}, missed=missed, by="Somying", why="found the note", recorded=EVENING)
        assert [step.state for step in case.history] == [
            "registered",
            "taken_over",
            "awaiting_sender",
            "taken_over",
            "screened",
            "summarized",
        ]
        assert case.pauses(EVENING) == ((at(12, 10), at(12, 50)),)

    def test_may_be_corrected_again_where_it_stands(self):
        once = CASE.correct({1: Entry("hand_over", at(10))}, by="A", why="first", recorded=EVENING)
        again = once.correct({4: Entry("hand_over", at(11))}, by="B", why="second", recorded=NEXT_DAY)
        assert told(again)[1] == ("hand_over", 11, "taken_over")
        assert [record.why for record in again.log if isinstance(record, Correction)] == ["first", "second"]
        kinds, words = refused(once, {1: None})
        assert kinds == ["no such step"]
        assert "record 1 of its log was corrected already; what stands are the records 0, 2, 3, 4" in words

    def test_of_several_steps_is_judged_as_a_whole(self):
        case = passage(("receive", 9), ("hand_over", 10), ("ask_sender", 11), ("sender_answers", 12), ("screen", 13))
        kinds, words = refused(case, {2: None})
        assert kinds == ["wrong state"]
        assert words == (
            "cannot correct 8395/2562: then sender_answers, at 2019-10-01 12:00:00+00:00, "
            "after hand_over at 2019-10-01 10:00:00+00:00, would be refused: "
            "it is taken_over; from here: ask_sender, screen, cancel"
        )
        both = case.correct({2: None, 3: None}, by="Somying", why="another letter's", recorded=EVENING)
        assert [step.state for step in both.history] == ["registered", "taken_over", "screened"]

    def test_that_puts_a_step_before_the_one_it_follows_says_when_each_is(self):
        early = Entry("hand_over", at(8))
        _, words = refused(passage(("receive", 9), ("hand_over", 10)), {1: early})
        assert "then hand_over, at 2019-10-01 08:00:00+00:00, before all else, would be refused" in words

    def test_that_the_table_does_not_allow_is_refused_with_the_step_that_would_follow(self):
        kinds, words = refused(CASE, {2: None})
        assert kinds == ["wrong state"]
        assert words == (
            "cannot correct 8395/2562: then summarize, at 2019-10-01 14:00:00+00:00, "
            "after hand_over at 2019-10-01 12:00:00+00:00, would be refused: "
            "it is taken_over; from here: ask_sender, screen, cancel"
        )

    @pytest.mark.parametrize("place", [4, 99, -1])
    def test_of_a_step_that_does_not_exist_is_refused(self, place):
        kinds, words = refused(CASE, {place: None})
        assert kinds == ["no such step"]
        assert f"record {place} of its log is not in it; what stands are the records 0, 1, 2, 3" in words

    def test_of_a_long_log_names_a_few_records_that_stand(self):
        lines = [Transition("lend", "in", "out"), Transition("back", "out", "in")]
        loan = Workflow("loan", initial="in", transitions=lines)
        steps = [Entry(("lend", "back")[n % 2], at(9) + n * timedelta(minutes=1)) for n in range(1_000)]
        case = loan.replay(LETTER, [Entry("receive", at(9)), *steps])
        _, words = refused(case, {5_000: None}, recorded=at(9) + timedelta(days=9))
        assert "what stands are the records 0, 1, 2, " in words
        assert words.endswith("18, 19, …")

    def test_of_nothing_is_refused(self):
        assert refused(CASE, {})[0] == ["no such step"]

    def test_without_a_reason_is_refused(self):
        for why in ("", "  ", None):
            assert refused(CASE, {3: None}, why=why)[0] == ["no reason given"]
        with pytest.raises(TypeError, match="5 is no text; write it as text"):
            CASE.correct({3: None}, by="A", why=5, recorded=EVENING)

    def test_by_nobody_is_refused(self):
        assert refused(CASE, {3: None}, by=None)[0] == refused(CASE, {3: None}, by="")[0] == ["nobody named"]

    def test_of_what_did_not_happen_is_a_mistake_in_the_call(self):
        with pytest.raises(TypeError, match="'hand_over' is nothing that happened; give an Entry"):
            CASE.correct({1: "hand_over"}, by="A", why="x", recorded=EVENING)
        with pytest.raises(TypeError, match="123 is nobody"):
            CASE.correct({1: None}, by=123, why="x", recorded=EVENING)

    def test_is_no_way_to_begin_a_log_and_a_log_holds_nothing_else(self):
        missed = Correction(corrects=None, instead=Entry("receive", at(9)), by="A", why="x", recorded=EVENING)
        with pytest.raises(RefusedError, match="no receipt was entered that could be corrected"):
            INCOMING_EXTERNAL_LETTER.replay(LETTER, [missed])
        with pytest.raises(TypeError, match="'garbage' is no record of a log"):
            INCOMING_EXTERNAL_LETTER.replay(LETTER, [*CASE.log, "garbage"])

    def test_that_would_leave_nothing_is_refused(self):
        kinds, words = refused(passage(("receive", 9)), {0: None})
        assert kinds == ["wrong state"]
        assert "then nothing would have happened to it; cancel the letter instead" in words

    def test_takes_no_second_receipt_and_none_after_the_fact(self):
        assert refused(CASE, {}, missed=[Entry("receive", at(8))])[0] == ["wrong state"]
        assert refused(CASE, {0: Entry("receive", at(12, 30))})[0] == ["wrong state"]
        moved = CASE.correct({0: Entry("receive", at(8))}, by="Somying", why="an hour early", recorded=EVENING)
        assert moved.history[0].at == at(8)

    def test_is_not_written_before_what_stands_above_it_nor_before_what_it_tells(self):
        kinds, words = refused(CASE, {3: None}, recorded=at(13))
        assert kinds == ["time runs backwards"]
        assert "2019-10-01 13:00:00+00:00 is before the record above it was written, at 2019-10-01 14:00" in words
        kinds, words = refused(CASE, {3: Entry("summarize", NEXT_DAY)})
        assert kinds == ["time runs backwards"]
        assert "cannot have been written down at 2019-10-01 18:00" in words

    def test_wants_moments_with_a_zone(self):
        for changes, recorded in (({3: None}, datetime(2019, 10, 2)), ({3: None}, datetime(2019, 10, 2, 8))):
            with pytest.raises(NaiveDatetimeError):
                CASE.correct(changes, by="A", why="late", recorded=recorded)

    def test_takes_the_place_of_what_it_corrects_among_equal_stamps(self):
        case = passage(("receive", 9), ("hand_over", 9), ("screen", 9), ("summarize", 9))
        case = case.correct({1: Entry("hand_over", at(9), "Somying")}, by="A", why="who it was", recorded=EVENING)
        assert [step.trigger for step in case.history] == ["receive", "hand_over", "screen", "summarize"]
        assert case.history[1].by == "Somying"

    def test_takes_among_equal_stamps_the_first_written_that_the_table_allows(self):
        case = passage(("receive", 9), ("hand_over", 9), ("screen", 9))
        backwards = [Entry("screen", at(10)), Entry("hand_over", at(10))]
        mixed = passage(("receive", 9)).correct({}, missed=backwards, by="A", why="left out", recorded=EVENING)
        assert [step.trigger for step in mixed.history] == ["receive", "hand_over", "screen"]
        missed = [Entry("ask_sender", at(9)), Entry("sender_answers", at(9))]  # screened first, and nobody asks then
        assert refused(case, {}, missed=missed)[0] == ["wrong state"]

    def test_is_replayed_with_the_log(self):
        case = CASE.correct({3: None}, by="Somying", why="that was 8396", recorded=EVENING)
        case = case.apply("summarize", at=NEXT_DAY)
        case = case.correct(
            {},
            missed=[Entry("ask_sender", at(12)), Entry("sender_answers", at(12))],
            by="A",
            why="x",
            recorded=NEXT_DAY,
        )
        case = case.correct({0: Entry("receive", at(8))}, by="A", why="y", recorded=NEXT_DAY)
        sent = pickle.loads(pickle.dumps(case))  # noqa: S301 - our own
        for twin in (INCOMING_EXTERNAL_LETTER.replay(LETTER, case.log), sent):
            assert twin == case
            assert twin.history == case.history

    def test_that_was_corrected_at_the_same_moment_is_replayed_too(self):
        case = CASE.correct({1: Entry("hand_over", at(10))}, by="A", why="first", recorded=EVENING)
        case = case.correct({4: Entry("hand_over", at(11))}, by="B", why="second", recorded=EVENING)
        assert INCOMING_EXTERNAL_LETTER.replay(LETTER, case.log) == case
        kinds, _ = refused(CASE, {1: Entry("hand_over", at(10)), 4: Entry("hand_over", at(11))})
        assert kinds == ["no such step"], "nobody corrects what is not written yet"


class TestLateEntry:
    def test_tells_when_it_happened_and_when_it_was_written(self):
        case = passage(("receive", 9)).apply("hand_over", at=at(10), recorded=NEXT_DAY)
        assert (case.history[-1].at, case.history[-1].recorded) == (at(10), NEXT_DAY)
        assert case.as_of(at(10)).state == "taken_over"
        assert case.as_recorded(EVENING).state == "registered"
        assert case.as_recorded(NEXT_DAY).state == "taken_over"

    def test_cannot_be_written_before_it_happens(self):
        (refusal,) = passage(("receive", 9)).refusals("hand_over", at=at(10), recorded=at(9, 30))
        assert refusal.kind == "time runs backwards"
        assert "it cannot have been written down at 2019-10-01 09:30" in str(refusal)

    def test_cannot_be_written_before_what_stands_above_it(self):
        case = passage(("receive", 9)).apply("hand_over", at=at(10), recorded=NEXT_DAY)
        (refusal,) = case.refusals("screen", at=at(11), recorded=EVENING)
        assert refusal.kind == "time runs backwards"
        assert "is before the record above it was written, at 2019-10-02 08:00:00+00:00" in str(refusal)

    def test_that_says_nothing_of_its_writing_was_written_with_what_stands_above_it(self):
        case = passage(("receive", 9)).apply("hand_over", at=at(10), recorded=NEXT_DAY).apply("screen", at=at(11))
        assert case.as_recorded(EVENING).state == "registered"
        assert case.as_recorded(NEXT_DAY).state == "screened"

    def test_out_of_order_is_refused_as_a_step_and_taken_as_a_correction(self):
        kinds = [refusal.kind for refusal in CASE.refusals("hand_over", at=at(10))]
        assert kinds == ["wrong state", "time runs backwards"]


class TestTheCaseAsItWas:
    corrected = CASE.correct({1: Entry("hand_over", at(10))}, by="Somying", why="10.00", recorded=EVENING)

    def test_at_a_moment_shows_what_had_happened_by_then_as_far_as_is_known_now(self):
        assert self.corrected.as_of(at(8)) is None
        assert told(self.corrected.as_of(at(10))) == [("receive", 9, "registered"), ("hand_over", 10, "taken_over")]
        assert self.corrected.as_of(EVENING).history == self.corrected.history

    def test_as_recorded_shows_what_was_known_at_a_moment(self):
        assert self.corrected.as_recorded(at(8)) is None
        assert self.corrected.as_recorded(at(17)) == CASE
        assert self.corrected.as_recorded(EVENING) == self.corrected
        assert self.corrected.as_recorded(at(17)).as_of(at(11)).state == "registered"
        assert self.corrected.as_of(at(11)).state == "taken_over"

    def test_at_a_moment_can_be_replayed_whatever_was_corrected(self):
        case = passage(("receive", 9)).apply("hand_over", at=at(12), recorded=at(13))
        case = case.apply("screen", at=at(14), recorded=at(15))
        case = case.correct({1: Entry("hand_over", at(10))}, by="A", why="10.00", recorded=EVENING)
        then = case.as_of(at(16))
        assert [step.recorded for step in then.history] == [None, EVENING, None]
        assert INCOMING_EXTERNAL_LETTER.replay(LETTER, then.log) == then

    def test_goes_on_from_there(self):
        earlier = self.corrected.as_of(at(10))
        assert earlier.log == earlier.history
        assert earlier.apply("cancel", at=at(11)).state == "cancelled"

    def test_asks_for_moments_with_a_zone(self):
        for ask in (CASE.as_of, CASE.as_recorded, CASE.pauses):
            with pytest.raises(NaiveDatetimeError):
                ask(datetime(2019, 10, 1, 12))


class TestWaiting:
    case = passage(("receive", 9), ("hand_over", 10), ("ask_sender", 11), ("sender_answers", 13), ("ask_sender", 14))

    def test_pauses_until_it_is_over_or_until_now(self):
        assert self.case.pauses(at(16)) == ((at(11), at(13)), (at(14), at(16)))
        assert self.case.pauses(at(12)) == ((at(11), at(12)),)
        assert self.case.pauses(at(11)) == self.case.pauses(at(8)) == ()

    def test_in_two_waiting_states_one_after_the_other_is_one_pause(self):
        workflow = evolve(INCOMING_EXTERNAL_LETTER, waiting=["taken_over", "awaiting_sender"])
        assert workflow.replay(LETTER, self.case.log).pauses(at(16)) == ((at(10), at(16)),)


class TestReopening:
    def test_leads_on_from_an_end(self):
        steps = ("receive", "hand_over", "screen", "summarize", "submit", "order", "act")
        case = passage(*((trigger, 9 + n) for n, trigger in enumerate(steps)))
        assert case.is_final
        again = case.apply("reopen", at=NEXT_DAY)
        assert (again.state, again.is_final) == ("taken_over", False)

    def test_is_not_for_what_was_cancelled(self):
        case = passage(("receive", 9), ("cancel", 10))
        assert case.allowed() == ()


class TestSayingItself:
    def test_is_short_and_prints_as_the_passage(self):
        case = passage(("receive", 9), ("hand_over", 10))
        assert repr(case) == "<Case 8395/2562 'taken_over', 2 steps>"
        assert repr(passage(("receive", 9))) == "<Case 8395/2562 'registered', 1 step>"
        assert str(case) == (
            "8395/2562, incoming external letter: registered 2019-10-01 09:00, taken_over 2019-10-01 10:00"
        )
        assert str(Step("hand_over", at(10), state="taken_over")) == "taken_over 2019-10-01 10:00"

    def test_and_its_pickle_cost_what_its_data_cost(self):
        case = passage(("receive", 9), *((trigger, 10) for trigger in ("hand_over", "screen", "summarize", "submit")))
        one = len(pickle.dumps(case))
        assert one <= 2_000
        assert (
            len(pickle.dumps([case, *(evolve(case, letter=evolve(LETTER, number=str(n))) for n in range(9))])) < 4 * one
        )
        assert copy.deepcopy(case).workflow == case.workflow


def test_a_correction_prints_what_is_right_and_who_says_why():
    noon = datetime(2020, 1, 6, 12, tzinfo=UTC)
    struck = Correction(corrects=2, instead=None, by=None, why="it was another letter", recorded=noon)
    left_out = Correction(corrects=None, instead=Entry("check", noon), by="Somsri", why="the file", recorded=noon)
    assert str(struck) == "record 2: it had not happened, by nobody named, because it was another letter"
    assert str(left_out) == "left out: check 2020-01-06 12:00, by Somsri, because the file"
