import gc
import pickle
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve, fields

from docflow import Actor, Letter, Transition, Workflow
from docflow.bangkok import COMPLAINT, GENERAL_ADMINISTRATION, INCOMING_EXTERNAL_LETTER
from docflow.errors import LetterError, NaiveDatetimeError
from docflow.letters import Amendment, Correction, Entry, Step, events, replay_events
from docflow.letters import EventRow as Event

NINE = datetime(2019, 10, 1, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
LETTER = Letter(number="1/2563")


def passage(number, *triggers):
    entries = [Entry(trigger, NINE + n * HOUR) for n, trigger in enumerate(("receive", *triggers))]
    return INCOMING_EXTERNAL_LETTER.replay(Letter(number=number), entries)


class TestTheStream:
    def test_has_a_row_a_step_with_who_when_and_where(self):
        case = INCOMING_EXTERNAL_LETTER.open(
            Letter(number="8395/2562"), at=NINE, by=Actor("Somchai", "registrar", GENERAL_ADMINISTRATION)
        ).apply("hand_over", at=NINE + HOUR, recorded=NINE + 3 * HOUR)
        assert list(events([case])) == [
            Event("8395/2562", "receive", NINE, NINE, "complete", "Somchai", "registrar", GENERAL_ADMINISTRATION),
            Event("8395/2562", "hand_over", NINE + HOUR, NINE + 3 * HOUR, "assign", None, None, None),
        ]

    def test_names_the_lifecycle_as_process_mining_does(self):
        case = passage("1/2563", "hand_over", "ask_sender", "sender_answers", "cancel")
        assert [event.lifecycle for event in events([case])] == ["complete", "assign", "suspend", "resume", "pi_abort"]

    def test_goes_case_by_case(self):
        rows = events([passage("1/2563", "hand_over"), passage("2/2563")])
        assert [(row.case, row.activity) for row in rows] == [
            ("1/2563", "receive"),
            ("1/2563", "hand_over"),
            ("2/2563", "receive"),
        ]

    def test_says_that_what_was_corrected_was_written_then(self):
        case = passage("1/2563", "hand_over")
        change, missed = {1: Entry("hand_over", NINE)}, [Entry("screen", NINE + 2 * HOUR)]
        case = case.correct(change, missed=missed, by="A", why="an hour early", recorded=NINE + 5 * HOUR)
        assert [event.recorded for event in events([case])] == [NINE, NINE + 5 * HOUR, NINE + 5 * HOUR]

    def test_says_of_what_stands_below_a_late_record_that_it_was_written_with_it(self):
        case = passage("1/2563").apply("hand_over", at=NINE + HOUR, recorded=NINE + 9 * HOUR)
        case = case.apply("screen", at=NINE + 2 * HOUR)
        assert [event.recorded for event in events([case])] == [NINE, NINE + 9 * HOUR, NINE + 9 * HOUR]
        assert case.as_recorded(NINE + 8 * HOUR).state == "registered"

    def test_says_so_although_a_correction_leads_it_to_another_state(self):
        two = Workflow(
            "two ways",
            initial="a",
            transitions=[Transition(way, "a", way.upper()) for way in ("b", "c")]
            + [Transition("on", "B", "B on"), Transition("on", "C", "C on")],
        )
        case = two.open(Letter(number="1/2563"), at=NINE).apply("b", at=NINE, recorded=NINE + 3 * HOUR)
        case = case.apply("on", at=NINE + HOUR)
        case = case.correct({1: Entry("c", NINE)}, by="A", why="the other way", recorded=NINE + 5 * HOUR)
        assert [(event.activity, event.recorded - NINE) for event in events([case])] == [
            ("receive", 0 * HOUR),
            ("c", 5 * HOUR),
            ("on", 3 * HOUR),
        ]

    def test_tells_equal_steps_apart_by_their_place(self):
        ping = Workflow("ping", initial="a", transitions=[Transition(name, "a", "a") for name in ("ping", "x")])
        case = ping.open(Letter(number="1/2563"), at=NINE).apply("ping", at=NINE + HOUR)
        case = case.apply("x", at=NINE + HOUR, recorded=NINE + 3 * HOUR).apply("ping", at=NINE + HOUR)
        assert [(event.recorded - NINE) // HOUR for event in events([case])] == [0, 1, 3, 3]
        berlin = datetime(2019, 10, 27, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"))
        case = ping.open(Letter(number="1/2563"), at=berlin.replace(minute=0), recorded=berlin.replace(minute=45))
        case = case.apply("ping", at=berlin).apply("ping", at=berlin.replace(fold=1))
        told = [(event.happened.astimezone(UTC), event.recorded.astimezone(UTC)) for event in events([case])]
        assert all(happened <= recorded for happened, recorded in told)

    def test_tells_what_was_corrected_as_it_is_known_now(self):
        case = passage("1/2563", "hand_over").correct({1: None}, by="A", why="another's", recorded=NINE + 5 * HOUR)
        assert [event.activity for event in events([case])] == ["receive"]


def wants_a_note(_case, entry):
    return None if entry.note else "say what is missing"


class TestEverythingThatACaseHolds:
    noted = Workflow(
        "noted",
        initial="a",
        transitions=[Transition("ask", "a", "b", guards=[wants_a_note]), Transition("go", "b", "a")],
    )
    letter = Letter(number="1/2563", subject="A market", unit="North", wanted_by=NINE, secrecy="secret", dated=None)

    def case(self):
        clerk = Actor("Somying", "clerk", "North")
        case = self.noted.open(self.letter, at=NINE, by="Somchai", unit="GA", recorded=NINE + HOUR, note="by hand")
        case = case.apply("ask", at=NINE + HOUR, by=clerk, note="no date is named", recorded=NINE + HOUR)
        return case.apply("go", at=NINE + 2 * HOUR, recorded=NINE + 3 * HOUR)

    def test_comes_back_with_its_notes(self):
        case = self.case()
        told = replay_events(self.noted, events([case]), [self.letter])
        assert told.refused == ()
        assert [event.note for event in events([case])] == ["by hand", "no date is named", ""]
        assert [evolve(step, recorded=None) for step in told.cases[0].history] == [
            evolve(step, recorded=None) for step in case.history
        ]

    def test_comes_back_with_what_was_corrected_by_whom_and_why(self):
        case = self.case()
        change, missed = {1: Entry("ask", NINE + HOUR, by=None)}, [Entry("ask", NINE + 4 * HOUR, note="again")]
        head = Actor("Somsri", "head", "GA")
        case = case.correct(change, missed=missed, by=head, why="nobody knows", recorded=NINE + 5 * HOUR)
        case = case.apply("go", at=NINE + 6 * HOUR).correct({5: None}, by=head, why="no", recorded=NINE + 7 * HOUR)
        told = replay_events(self.noted, events([case], log=True), [self.letter], log=True)
        assert told.cases == (case,)
        assert told.cases[0].history == case.history
        assert list(events(told.cases)) == list(events([case]))

    def test_leaves_no_field_behind(self):
        """Every field of what a case is made of, so that one that is added later is not forgotten."""
        names = {kind: [one.name for one in fields(kind)] for kind in (Step, Entry, Correction, Amendment)}
        assert (
            names[Step]
            == [*names[Entry], "state"]
            == ["trigger", "at", "by", "unit", "recorded", "role", "note", "acting_for", "state"]
        )
        signed = ["by", "role", "unit", "why", "recorded", "acting_for"]
        assert names[Correction] == ["corrects", "instead", *signed]
        assert names[Amendment] == ["before", "after", *signed]
        assert set(Event._fields) == {
            "case", "activity", "happened", "recorded", "lifecycle", "actor", "role", "unit", "note", "correction",
            "acting_for",
        }  # fmt: skip

    def test_is_read_from_rows_that_leave_off_what_they_do_not_know(self):
        case = INCOMING_EXTERNAL_LETTER.open(LETTER, at=NINE).apply("hand_over", at=NINE + HOUR)
        rows = [tuple(event) for event in events([case])]
        for known in range(3, len(Event._fields) + 1):
            (read,) = replay_events(INCOMING_EXTERNAL_LETTER, [row[:known] for row in rows], [LETTER]).cases
            assert read == case

    def test_is_read_with_its_names_as_names_are_compared(self):
        rows = [(" 1/2563 ", "receive ", NINE, None, "", " Som  chai ", " clerk", "General  Administration ", None)]
        (read,) = replay_events(INCOMING_EXTERNAL_LETTER, [*rows, ("1/2563", "hand_over", NINE + HOUR)]).cases
        case = INCOMING_EXTERNAL_LETTER.open(
            LETTER, at=NINE, by=Actor("Som chai", "clerk"), unit="General Administration"
        ).apply("hand_over", at=NINE + HOUR)
        assert read == case
        assert pickle.loads(pickle.dumps(read)) == case  # noqa: S301 - our own

    @pytest.mark.parametrize("place", [1, 5, 6, 7, 8])
    def test_refuses_the_case_of_what_is_no_name_or_no_text_and_reads_the_others(self, place):
        row = ["1/2563", "receive", NINE, None, "", "Somchai", "clerk", "GA", "a note"]
        for wrong in (5, float("nan"), "Som\x1b[2J"):
            row[place] = wrong
            told = replay_events(INCOMING_EXTERNAL_LETTER, [tuple(row), *events([passage("2/2563")])])
            assert [case.number for case in told.cases][-1:] == ["2/2563"]
            if not isinstance(wrong, str) or place in {5, 6, 7}:
                assert [(one.number, one.refusals[0].kind) for one in told.refused] == [("1/2563", "unreadable")]

    @pytest.mark.parametrize("number", [None, "", "  "])
    def test_refuses_rows_of_no_case(self, number):
        with pytest.raises(LetterError, match="is the number of no case"):
            replay_events(INCOMING_EXTERNAL_LETTER, [(number, "receive", NINE)])

    @pytest.mark.parametrize("row", [(), ("1/2563", "receive"), (*range(12),), "1/2563", 5, None])
    def test_refuses_what_is_no_row(self, row):
        with pytest.raises(LetterError, match="is no event"):
            replay_events(INCOMING_EXTERNAL_LETTER, [row])

    def test_is_refused_where_its_log_is_not_legal(self):
        rows = list(events([self.case(), passage("2/2563")], log=True))
        told = replay_events(self.noted, rows[1:], log=True)
        assert [error.number for error in told.refused] == ["1/2563"]
        assert [case.number for case in told.cases] == ["2/2563"]


class TestReadingIt:
    def test_gives_the_cases_back_however_their_rows_are_mixed(self):
        cases = [passage("1/2563", "hand_over", "screen"), passage("2/2563", "hand_over"), passage("3/2563", "cancel")]
        rows = sorted(events(cases), key=lambda event: (event.happened, -int(event.case[0])))
        told = replay_events(INCOMING_EXTERNAL_LETTER, rows)
        assert sorted(told.cases, key=lambda case: case.number) == cases
        assert told.refused == ()

    def test_takes_plain_tuples_and_the_letters_that_are_known(self):
        letter = Letter(number="1/2563", subject="A market")
        rows = [tuple(event) for event in events([passage("1/2563"), passage("2/2563")])]
        told = replay_events(INCOMING_EXTERNAL_LETTER, rows, [letter])
        assert [case.letter for case in told.cases] == [letter, Letter(number="2/2563")]

    @pytest.mark.parametrize(
        ("letters", "words"),
        [
            ({"1/2563": Letter(number="1/2563")}, "'1/2563' is no letter; give the letters themselves"),
            ([Letter(number="1/2563"), Letter(number="1/2563", subject="A market")], "the number of two letters"),
        ],
    )
    def test_refuses_what_are_no_letters(self, letters, words):
        with pytest.raises(LetterError, match=words):
            replay_events(INCOMING_EXTERNAL_LETTER, events([passage("1/2563")]), letters)

    def test_refuses_a_case_that_is_not_legal_and_reads_the_others(self):
        rows = [*events([passage("1/2563", "hand_over")]), Event("2/2563", "submit", NINE, NINE, "", None, None, None)]
        rows.append(Event("1/2563", "screen", NINE, NINE, "complete", None, None, None))
        rows += events([passage("3/2563")])
        told = replay_events(INCOMING_EXTERNAL_LETTER, rows)
        assert [case.number for case in told.cases] == ["3/2563"]
        assert [(error.number, error.trigger, error.refusals[0].kind) for error in told.refused] == [
            ("1/2563", "screen", "time runs backwards"),
            ("2/2563", "submit", "wrong state"),
        ]

    def test_refuses_what_was_recorded_before_it_happened(self):
        rows = [Event("1/2563", "receive", NINE, NINE - HOUR, "complete", None, None, None)]
        (error,) = replay_events(INCOMING_EXTERNAL_LETTER, rows).refused
        assert "it cannot have been written down" in str(error)

    def test_refuses_it_wherever_it_stands(self):
        rows = [
            Event("1/2563", "receive", NINE, NINE + 2 * HOUR, "complete", None, None, None),
            Event("1/2563", "hand_over", NINE + 2 * HOUR, NINE + HOUR, "assign", None, None, None),
        ]
        (error,) = replay_events(INCOMING_EXTERNAL_LETTER, rows).refused
        assert "it cannot have been written down" in str(error)

    def test_knows_the_hour_that_comes_twice(self):
        first = datetime(2019, 11, 3, 1, 30, tzinfo=ZoneInfo("America/New_York"))
        rows = [Event("1/2563", "receive", first, first.replace(fold=1), "complete", None, None, None)]
        (case,) = replay_events(INCOMING_EXTERNAL_LETTER, rows).cases
        assert case.history[0].recorded == first.replace(fold=1)
        assert case.as_recorded(first) is None
        naive = Event("1/2563", "receive", NINE, datetime(2019, 10, 1, 9), "complete", None, None, None)
        with pytest.raises(NaiveDatetimeError):
            replay_events(INCOMING_EXTERNAL_LETTER, [naive])

    def test_of_a_corrected_case_gives_the_history_and_a_log_that_can_be_replayed(self):
        case = passage("1/2563").apply("hand_over", at=NINE + 2 * HOUR, recorded=NINE + 3 * HOUR)
        case = case.apply("screen", at=NINE + 4 * HOUR, recorded=NINE + 5 * HOUR)
        change = {1: Entry("hand_over", NINE + HOUR, recorded=NINE + 9 * HOUR)}
        case = case.correct(change, by="A", why="an hour late", recorded=NINE + 9 * HOUR)
        (read,) = replay_events(INCOMING_EXTERNAL_LETTER, events([case])).cases
        assert [(step.at, step.state) for step in read.history] == [(step.at, step.state) for step in case.history]
        assert INCOMING_EXTERNAL_LETTER.replay(read.letter, read.log) == read

    def test_asks_for_moments_with_a_zone_and_leaves_the_collector_as_it_was(self):
        naive = Event("1/2563", "receive", datetime(2020, 1, 2), datetime(2020, 1, 2), "complete", None, None, None)
        for on in (True, False):
            (gc.enable if on else gc.disable)()
            try:
                with pytest.raises(NaiveDatetimeError):
                    replay_events(INCOMING_EXTERNAL_LETTER, [naive])
                assert gc.isenabled() == on
            finally:
                gc.enable()

    def test_of_another_process_is_refused(self):
        told = replay_events(COMPLAINT, events([passage("1/2563", "hand_over")]))
        assert [error.refusals[0].kind for error in told.refused] == ["unknown trigger"]
