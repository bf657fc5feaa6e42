import copy
import logging
import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum

import pendulum
import pytest
from attrs import evolve
from transitions import State
from transitions.extensions import HierarchicalMachine

from docflow import Actor, Letter, Right, Transition, Workflow
from docflow.bangkok import INCOMING_EXTERNAL_LETTER
from docflow.errors import LetterError, MigrationError, NaiveDatetimeError, RefusedError, RegisterError, WorkflowError
from docflow.letters import Case, Entry, Retention, Step, events, migrate, replay_events
from docflow.letters.steps import since
from docflow.registry import Book, Direction, Line, RegisterNumber, Registry, Void, pages

NINE = datetime(2019, 10, 1, 9, tzinfo=UTC)
EVENING = NINE + timedelta(hours=9)
LETTER = Letter(number="8395/2562", unit="Secretary Group")
LIFECYCLE = [
    "schedule", "assign", "withdraw", "reassign", "start", "suspend", "resume", "pi_abort", "ate_abort", "complete",
    "autoskip", "manualskip", "unknown",
]  # fmt: skip
NEW = Letter(number="")
CLERK = Actor("Somying", role="clerk", unit="GA")


def later(hours):
    return NINE + timedelta(hours=hours)


def opened():
    return INCOMING_EXTERNAL_LETTER.open(LETTER, at=NINE, by="Somchai", unit="GA")


def for_its_unit(case, entry):
    return None if entry.unit == case.letter.unit else f"the letter is for {case.letter.unit}"


def table(*lines, **more):
    return Workflow(
        more.pop("name", "loan"), initial=lines[0][1], transitions=[Transition(*li) for li in lines], **more
    )


GUARDED = Workflow("guarded", initial="here", transitions=[Transition("send", "here", "there", guards=[for_its_unit])])
LOAN = table(("lend", "shelved", "lent"), ("give_back", "lent", "shelved"), ("discard", "shelved", "gone"))


class Paper:
    pass


class EqualPaper:
    def __eq__(self, other):
        return isinstance(other, EqualPaper)

    def __hash__(self):
        return 1

    def __repr__(self):
        return "a paper"


class TestTheOptionsOfAMachine:
    @pytest.mark.parametrize(
        ("options", "problem"),
        [
            ({"transitions": []}, "its table says the transitions of a machine; leave the option out"),
            ({"auto_transitions": True}, "its table says the auto_transitions of a machine; leave the option out"),
            (
                {"ordered_transitions": True},
                "its table says the ordered_transitions of a machine; leave the option out",
            ),
            (
                {"transitions": [], "auto_transitions": True},
                "its table says the transitions, auto_transitions of a machine; leave the option out",
            ),
            (
                {"states": ["shelved", "lent"]},
                "states may be told more of, and stay the table's: ('shelved', 'lent', 'gone')",
            ),
            ({"initial": "burnt"}, "'burnt' is no state to begin in; it has ('shelved', 'lent', 'gone')"),
        ],
    )
    def test_cannot_say_again_what_the_table_says(self, options, problem):
        book = Paper()
        with pytest.raises(WorkflowError) as caught:
            LOAN.machine(book, **options)
        assert str(caught.value) == f"workflow 'loan': {problem}"
        assert vars(book) == {}

    def test_may_tell_more_of_its_states_in_any_order_and_any_form(self):
        heard, book = [], Paper()
        states = [State("gone", on_enter=lambda: heard.append("gone")), {"name": "lent"}, "shelved"]
        LOAN.machine(book, states=states, initial="shelved")
        assert (book.discard(), book.state, heard) == (True, "gone", ["gone"])

    def test_cannot_take_the_names_of_states_apart(self):
        workflow = table(("go", "a_b", "c_d"))
        with pytest.raises(WorkflowError) as caught:
            workflow.machine(Paper(), cls=HierarchicalMachine)
        assert str(caught.value) == (
            "workflow 'loan': a HierarchicalMachine would take a_b, c_d apart at '_'; "
            "give it a state class whose separator is another mark"
        )

    def test_cannot_call_the_state_like_what_is_installed(self):
        workflow = table(("place", "a", "b"), ("is_place_b", "b", "a"))
        with pytest.raises(WorkflowError) as caught:
            workflow.machine(Paper(), model_attribute="place")
        assert str(caught.value) == (
            "workflow 'loan': is_place_b, place would be two things on a model; name the state otherwise"
        )


class TestAModelThatCannotBeBound:
    def test_is_one_of_two_that_are_equal(self):
        with pytest.raises(WorkflowError) as caught:
            LOAN.machine([EqualPaper(), EqualPaper()])
        assert str(caught.value) == (
            "workflow 'loan': two of the models are equal (a paper), and one would be left out"
        )

    def test_has_names_of_its_own_and_all_are_told(self):
        book = Paper()
        book.lend = book.discard = "its own"
        with pytest.raises(WorkflowError) as caught:
            LOAN.machine(book)
        assert str(caught.value) == (
            "workflow 'loan': a Paper has lend, discard of its own, which would stay; rename it, or the trigger"
        )

    def test_has_a_name_that_would_be_installed_for_the_state_under_its_other_name(self):
        book = Paper()
        book.is_place_lent = "its own"
        with pytest.raises(WorkflowError, match="a Paper has is_place_lent of its own"):
            LOAN.machine(book, model_attribute="place")
        free = Paper()
        free.is_lent = free.state = "its own"
        LOAN.machine(free, model_attribute="place")
        assert (free.is_lent, free.state, free.is_place_lent()) == ("its own", "its own", False)

    def test_is_text(self):
        with pytest.raises(WorkflowError) as caught:
            LOAN.machine("a paper")
        assert str(caught.value).startswith("workflow 'loan': a str takes no new attributes")


class TestAMachineOfATable:
    def test_leaves_the_trigger_of_the_machine_that_was_there_first(self):
        book = Paper()
        first = table(("go", "a", "b")).machine(book, model_attribute="one")
        LOAN.machine(book, model_attribute="other")
        assert book.trigger.func.__self__ is first
        assert (book.trigger("go"), book.one, book.other) == (True, "b", "shelved")

    def test_asks_for_a_right_only_on_the_line_that_has_it(self):
        lines = [Transition("go", "a", "b", may=[Right("clerk")]), Transition("go", "b", "a")]
        book = Paper()
        Workflow("w", initial="a", transitions=lines).machine(book)
        assert (book.go(), book.go(by=CLERK), book.state) == (False, True, "b")
        assert (book.go(), book.state) == (True, "a")

    def test_tells_the_log_which_step_was_refused(self, caplog):
        book = Paper()
        LOAN.permitting({"lend": [Right("clerk")]}).machine(book)
        with caplog.at_level(logging.DEBUG, logger="transitions"):
            assert not book.lend()
        assert "Transition condition failed: lend() does not return True" in caplog.text


class TestARefusal:
    def test_names_the_record_that_was_refused(self):
        with pytest.raises(RefusedError) as caught:
            opened().apply("submit", at=later(1), by=CLERK, recorded=later(2), note="by hand")
        assert caught.value.record == Entry("submit", later(1), "Somying", "GA", later(2), "clerk", "by hand")

    def test_of_a_correction_names_it(self):
        case = opened().apply("hand_over", at=later(1)).apply("screen", at=later(2))
        for change, said in (({9: None}, {}), ({2: None}, {"why": " "})):
            with pytest.raises(RefusedError) as caught:
                case.correct(change, **{"by": CLERK, "why": "a slip", "recorded": EVENING} | said)
            assert (caught.value.number, caught.value.trigger) == ("8395/2562", "correct")
            assert (caught.value.record.corrects, caught.value.record.by) == (next(iter(change)), "Somying")
        with pytest.raises(RefusedError) as caught:
            case.correct({1: None}, by=CLERK, why="a slip", recorded=EVENING)
        assert (caught.value.trigger, caught.value.record.trigger) == ("correct", "screen")  # what would not be legal

    def test_of_a_correction_that_would_leave_nothing_says_so(self):
        with pytest.raises(RefusedError) as caught:
            opened().correct({0: None}, by=CLERK, why="a slip", recorded=EVENING)
        assert str(caught.value) == (
            "cannot correct 8395/2562: then nothing would have happened to it; cancel the letter instead"
        )

    def test_has_the_reasons_of_the_table_beside_those_of_the_writing(self):
        kinds = [refusal.kind for refusal in opened().refusals("submit", at=later(2), recorded=later(1))]
        assert kinds == ["wrong state", "time runs backwards"]
        assert [refusal.kind for refusal in opened().refusals("submit", at=later(1), recorded=later(2))] == [
            "wrong state"
        ]

    def test_tells_moments_in_the_zone_of_what_was_to_be_written(self):
        bangkok = timezone(timedelta(hours=7))
        case = opened().apply("hand_over", at=later(1), recorded=EVENING)
        (refusal,) = case.refusals("screen", at=later(2), recorded=later(3).astimezone(bangkok))
        assert str(refusal) == (
            "2019-10-01 19:00:00+07:00 is before the record above it was written, at 2019-10-02 01:00:00+07:00"
        )

    def test_of_a_guard_that_answers_wrongly_names_the_guard(self):
        class Guard:
            def __call__(self, _case, _entry):
                return 1

            def __repr__(self):
                return "the doorkeeper"

        def asks(_case, _entry):
            return 1

        for guard, name in ((Guard(), "the doorkeeper"), (asks, asks.__qualname__)):
            line = Transition("go", "a", "b", guards=[guard])
            case = Workflow("w", initial="a", transitions=[line]).open(LETTER, at=NINE)
            with pytest.raises(TypeError) as caught:
                case.apply("go", at=NINE)
            assert str(caught.value) == (
                f"the guard {name} gave 1; it gives a reason in words to refuse, None to let pass"
            )


class TestWhatIsAllowed:
    def test_is_asked_for_the_unit_and_the_moment_that_are_named(self):
        case = GUARDED.open(LETTER, at=NINE)
        assert case.allowed(unit="Secretary Group") == ("send",)
        assert case.allowed(unit="Complaints") == ()
        assert opened().allowed(at=later(1)) == ("hand_over", "cancel")
        assert opened().allowed(at=later(-1)) == ()


class TestTheLog:
    def test_is_the_history_until_something_is_corrected(self):
        case = opened().apply("hand_over", at=later(1))
        assert case.log is case.history

    def test_is_the_case_and_nobody_puts_a_history_in_by_hand(self):
        case = opened().apply("hand_over", at=later(1))
        other = opened().apply("cancel", at=later(1))
        assert Case(case.workflow, case.letter, list(case.log)) == case == evolve(other, log=case.log)
        assert evolve(other, log=case.log).state == "taken_over"
        with pytest.raises(TypeError, match="history"):
            evolve(case, history=other.history)
        with pytest.raises(TypeError, match="history"):
            Case(case.workflow, case.letter, case.log, history=other.history)

    def test_that_is_not_legal_makes_no_case_however_it_is_tried(self):
        case = opened().apply("hand_over", at=later(1))
        for log in ((), case.log[1:], (*case.log, case.log[0])):
            with pytest.raises(RefusedError):
                Case(case.workflow, case.letter, log)
            with pytest.raises(RefusedError):
                evolve(case, log=log)
        made, said = case.__reduce__()
        with pytest.raises(RefusedError):
            made(*said[:2], case.log[1:])
        with pytest.raises(RefusedError):
            evolve(case, workflow=LOAN)

    def test_is_kept_from_whoever_gave_it(self):
        log = list(opened().log)
        case = Case(INCOMING_EXTERNAL_LETTER, LETTER, log)
        log.clear()
        assert (len(case.log), len(case.history), hash(case)) == (1, 1, hash(opened()))

    def test_keeps_its_corrections_when_the_case_goes_on(self):
        case = opened().apply("hand_over", at=later(1))
        case = case.correct({1: Entry("hand_over", later(2))}, by=CLERK, why="an hour late", recorded=EVENING)
        onward = case.apply("screen", at=EVENING)
        assert onward.log == (*case.log, onward.history[-1])
        assert [step.trigger for step in onward.history] == ["receive", "hand_over", "screen"]

    def test_has_role_and_unit_of_who_corrects(self):
        case = opened().correct({0: Entry("receive", later(-1))}, by=CLERK, why="a slip", recorded=EVENING)
        assert (case.log[-1].by, case.log[-1].role, case.log[-1].unit) == ("Somying", "clerk", "GA")

    @pytest.mark.parametrize("recorded", [later(-1), later(1)])
    def test_that_was_written_before_it_happened_or_before_what_stands_above_is_not_replayed(self, recorded):
        entries = [
            Entry("receive", NINE, recorded=later(3) if recorded > NINE else recorded),
            Entry("hand_over", later(1), recorded=recorded),
        ]
        with pytest.raises(RefusedError) as caught:
            INCOMING_EXTERNAL_LETTER.replay(LETTER, entries)
        assert {refusal.kind for refusal in caught.value.refusals} == {"time runs backwards"}

    def test_begins_with_a_receipt_that_was_not_written_before_it_happened(self):
        with pytest.raises(RefusedError, match="it cannot have been written down"):
            INCOMING_EXTERNAL_LETTER.open(LETTER, at=NINE, recorded=later(-1))

    def test_is_not_replayed_when_a_step_is_written_before_the_correction_above_it(self):
        case = opened().correct({0: Entry("receive", later(-1))}, by=CLERK, why="a slip", recorded=EVENING)
        late = Entry("hand_over", later(1), recorded=later(2))
        with pytest.raises(RefusedError, match="is before the record above it was written"):
            INCOMING_EXTERNAL_LETTER.replay(LETTER, [*case.log, late])

    def test_is_replayed_when_a_step_and_its_correction_were_written_at_one_moment(self):
        case = opened().apply("hand_over", at=later(1), recorded=EVENING)
        case = case.correct({0: Entry("receive", later(-1))}, by=CLERK, why="a slip", recorded=EVENING)
        twin = INCOMING_EXTERNAL_LETTER.replay(LETTER, case.log)
        assert (twin, twin.history) == (case, case.history)

    def test_with_a_correction_that_is_not_legal_is_not_replayed(self):
        case = opened().apply("hand_over", at=later(1)).correct({1: None}, by=CLERK, why="a slip", recorded=EVENING)
        with pytest.raises(RefusedError, match="cannot correct 8395/2562: record 1 of its log is not in it"):
            INCOMING_EXTERNAL_LETTER.replay(LETTER, [case.log[0], case.log[2]])

    def test_shows_guards_the_letter_when_it_is_replayed_and_asked_for_what_was_known(self):
        case = GUARDED.open(LETTER, at=NINE).apply("send", at=later(1), unit="Secretary Group")
        assert GUARDED.replay(LETTER, case.log) == case
        assert case.as_recorded(EVENING) == case
        right = Entry("send", later(2), unit="Secretary Group")
        case = case.correct({1: right}, by=CLERK, why="an hour late", recorded=EVENING)
        assert GUARDED.replay(LETTER, case.log) == case.as_recorded(EVENING) == case

    def test_of_the_past_is_of_the_same_letter(self):
        assert opened().as_of(NINE) == opened()


class TestEventsThatWereWrittenLate:
    def test_at_one_moment_are_told_back_as_they_were(self):
        case = opened().apply("hand_over", at=later(1), recorded=EVENING).apply("screen", at=later(2), recorded=EVENING)
        (read,) = replay_events(INCOMING_EXTERNAL_LETTER, events([case]), [LETTER]).cases
        assert read == case
        assert list(events([read])) == list(events([case]))
        assert [step.note for step in read.history] == ["", "", ""]


class TestATableThatContradictsItself:
    @pytest.mark.parametrize(
        ("lines", "marks", "problem"),
        [
            ([("go", "a", "")], {}, "a name in it is empty; name every state and trigger"),
            (
                [("go", "a", "*"), ("go", "*", "=")],
                {},
                "no state can be called * or =; write a line for each state that is meant",
            ),
            ([("receive", "a", "b")], {}, "'receive' opens a case; name the transition otherwise"),
            ([("go", "a", "b"), ("go", "a", "c")], {}, "'go' leads from 'a' twice; keep one, or name them apart"),
            (
                [("go", "a", "b")],
                {"waiting": ["x", "y"]},
                "'x', 'y' is waiting, but no line leads there; correct the name",
            ),
            (
                [("go", "a", "b"), ("end", "a", "c")],
                {"waiting": ["c", "b"], "final": ["b"], "cancelled": ["c"]},
                "'b', 'c' is waiting and final; a letter that is done waits no more",
            ),
            (
                [("state", "a", "b"), ("is_b", "b", "a")],
                {},
                "'is_b', 'state' would be two things on one model; name a trigger or state otherwise",
            ),
            (
                [("go", "b", "c")],
                {"initial": "a"},
                "no way leads from 'a' to 'b', 'c'; add one or drop it",
            ),
            (
                [("go", "a", "b"), ("end", "a", "c"), ("turn", "a", "d")],
                {"final": ["d"]},
                "nothing leads on from 'b', 'c'; add a line, or name it final",
            ),
            (
                [("go", "a", "b"), ("turn", "b", "c"), ("turn", "c", "b"), ("end", "a", "d")],
                {},
                "no way leads from 'b', 'c' to a final state; add one",
            ),
        ],
    )
    def test_says_what_is_wrong_and_the_way_out(self, lines, marks, problem):
        given = {"initial": "a", "transitions": [Transition(*line) for line in lines]} | marks
        with pytest.raises(WorkflowError) as caught:
            Workflow("wrong", **given)
        assert (caught.value.workflow, caught.value.problem) == ("wrong", problem)


class TestACorrectionThatIsRefused:
    @pytest.mark.parametrize(
        ("changes", "why", "reason"),
        [
            ({}, "a slip", "it names neither a step to correct nor one that was left out"),
            ({0: Entry("receive", NINE)}, " ", "a correction says why; name the reason"),
        ],
    )
    def test_says_what_is_wrong(self, changes, why, reason):
        with pytest.raises(RefusedError) as caught:
            opened().correct(changes, by=CLERK, why=why, recorded=EVENING)
        assert [refusal.reason for refusal in caught.value.refusals] == [reason]

    def test_for_want_of_a_right_names_every_right(self):
        workflow = evolve(LOAN, may_correct=[Right("head"), Right("registrar", "GA")])
        with pytest.raises(RefusedError) as caught:
            workflow.open(LETTER, at=NINE).correct({0: None}, by="Somchai", why="a slip", recorded=EVENING)
        assert caught.value.refusals[0].reason == "Somchai may not; it takes head or registrar of GA"


class TestStepsOfOneStamp:
    def test_are_read_in_the_order_that_is_legal_when_they_were_left_out_in_another(self):
        case = opened().apply("hand_over", at=later(1)).apply("screen", at=later(3))
        missed = [Entry("sender_answers", later(2)), Entry("ask_sender", later(2))]
        case = case.correct({}, missed=missed, by=CLERK, why="left out", recorded=EVENING)
        assert [step.trigger for step in case.history] == [
            "receive",
            "hand_over",
            "ask_sender",
            "sender_answers",
            "screen",
        ]

    def test_stay_in_their_places_when_one_of_them_is_corrected(self):
        workflow = table(("remind", "lent", "lent"), ("return", "lent", "back"))
        case = workflow.open(LETTER, at=NINE)
        for by in ("A", "B", "C"):
            case = case.apply("remind", at=later(1), by=by)
        case = case.correct({2: Entry("remind", later(1), "D")}, by=CLERK, why="who it was", recorded=EVENING)
        assert [step.by for step in case.history] == [None, "A", "D", "C"]


class TestTheClassesOfRetention:
    def test_are_those_of_the_regulation(self):
        assert [kept.value for kept in Retention] == ["ordinary", "usual", "permanent"]


class TestARegister:
    GA = Book("GA")

    def test_that_refuses_says_which_it_is_and_why(self):
        registry, first = Registry().receive(NEW, unit="GA", at=later(1))
        registry, second = registry.receive(NEW, unit="GA", at=later(2))
        void = registry.void(first.number, why="twice", at=later(3))
        year_before = datetime(2018, 10, 1, 9, tzinfo=UTC)
        ga = "receipt register of GA"
        for refused, kind, problem in (
            (
                lambda: void.forward(first.number, unit="Group", at=later(4)),
                "void number",
                "1/2562 is void (twice); forward the letter by another number",
            ),
            (
                lambda: void.void(first.number, why="again", at=later(4)),
                "void number",
                "1/2562 is void already (twice); there is nothing to do",
            ),
            (
                lambda: registry.void(first.number, why=" ", at=later(4)),
                "no reason given",
                "a reason is wanted to declare 1/2562 void; give it in why=",
            ),
            (
                lambda: registry.void(first.number, why="twice", at=NINE),
                "time runs backwards",
                (
                    "1/2562 cannot have been declared void at 2019-10-01 09:00:00+00:00, "
                    "before it was given at 2019-10-01 10:00:00+00:00"
                ),
            ),
            (
                lambda: registry.starting_at(self.GA, 2562, 5),
                "duplicate number",
                "its volume of 2562 cannot begin at 5: it has 2 lines",
            ),
            (
                lambda: registry.starting_at(self.GA, 2563, 0),
                "no such number",
                "its volume of 2563 cannot begin at 0: numbers are whole and begin at 1",
            ),
            (
                lambda: registry[RegisterNumber(self.GA, 2562, 3)],
                "no such number",
                "3/2562 was never given; the next is 3/2562",
            ),
            (
                lambda: registry.receive(NEW, unit="GA", at=year_before),
                "time runs backwards",
                "2018-10-01 09:00:00+00:00 is in 2561, and the volume of 2562 has begun; register it now",
            ),
            (
                lambda: registry.receive(NEW, unit="GA", at=NINE),
                "time runs backwards",
                (
                    "2019-10-01 09:00:00+00:00 is before its last line, 2/2562 at 2019-10-01 11:00:00+00:00; "
                    "register it now"
                ),
            ),
            (
                lambda: void.receive(NEW, unit="GA", at=later(4), n=1),
                "void number",
                "1/2562 is void (twice) and is never used again; the next is 3/2562",
            ),
            (
                lambda: registry.receive(NEW, unit="GA", at=later(4), n=2),
                "duplicate number",
                "2/2562 was given at 2019-10-01 11:00:00+00:00 already; the next is 3/2562",
            ),
            (
                lambda: registry.receive(NEW, unit="GA", at=later(4), n=4),
                "gap",
                "4/2562 would leave a gap; the next is 3/2562",
            ),
        ):
            with pytest.raises(RegisterError) as caught:
                refused()
            assert (caught.value.register, caught.value.kind, caught.value.problem) == (ga, kind, problem)
        assert (second.number.n, len(registry), len(Registry())) == (2, 2, 0)

    def test_keeps_what_is_said_of_a_letter(self):
        registry, first = Registry().receive(NEW, unit="GA", at=NINE, by="Somchai", action="submit", remark="urgent")
        assert (first.line.by, first.line.action, first.line.remark) == ("Somchai", "submit", "urgent")
        assert first.line == Line(letter=first.letter, at=NINE, by="Somchai", action="submit", remark="urgent")
        said = {"by": "Somying", "replies_to": first.number, "related": (first.number,), "action": "a", "remark": "b"}
        registry, second = registry.forward(first.number, unit="Group", at=later(1), **said)
        assert second.line == Line(letter=first.letter, at=later(1), first=first.number, **said)
        registry, sent = registry.send(NEW, unit="Group", at=later(2), **said)
        assert sent.line == Line(letter=sent.letter, at=later(2), **said)
        assert list(registry) == [first, second, sent]

    def test_says_of_a_first_registration_that_there_was_none_before(self):
        _, first = Registry().receive(NEW, unit="GA", at=NINE)
        line = first.line
        assert (line.by, line.first, line.replies_to, line.related) == (None, None, None, ())
        assert (line.action, line.remark, line.void) == ("", "", None)

    def test_takes_a_number_back_at_the_moment_at_which_it_was_given(self):
        registry, first = Registry().receive(NEW, unit="GA", at=NINE)
        registry = registry.void(first.number, by="Somchai", why="twice", at=NINE)
        assert registry[first.number].line.void == Void(by="Somchai", why="twice", at=NINE)

    def test_may_begin_at_one(self):
        _, first = Registry().starting_at(self.GA, 2562, 1).receive(NEW, unit="GA", at=NINE)
        assert first.number.n == 1

    def test_of_what_is_sent_is_called_so(self):
        assert str(Book("GA", Direction.SENDING, secret=True)) == "secret sending register of GA"

    def test_of_one_unit_may_lag_behind_the_year_of_another(self):
        registry, _ = Registry().receive(NEW, unit="GA", at=datetime(2020, 1, 2, 9, tzinfo=UTC))
        registry, late = registry.receive(NEW, unit="Group", at=NINE)
        assert str(late.number) == "1/2562"

    def test_has_every_way_of_registering_say_the_number_that_must_come(self):
        registry, first = Registry().receive(NEW, unit="GA", at=NINE)
        registry, sent = registry.send(NEW, unit="Group", at=NINE, n=1)
        registry, forwarded = registry.forward(first.number, unit="Group", at=NINE, n=1)
        assert sent.number == RegisterNumber(Book("Group", Direction.SENDING), 2562, 1)
        assert forwarded.number == RegisterNumber(Book("Group"), 2562, 1)
        for write in (
            lambda: registry.send(NEW, unit="Group", at=NINE, n=3),
            lambda: registry.forward(first.number, unit="Group", at=NINE, n=3),
        ):
            with pytest.raises(RegisterError, match="3/2562 would leave a gap; the next is 2/2562"):
                write()

    def test_names_the_last_of_its_lines_when_time_runs_backwards(self):
        registry = Registry()
        for hours in range(4):
            registry, _ = registry.receive(NEW, unit="GA", at=later(hours))
        with pytest.raises(RegisterError, match="its last line, 4/2562 at 2019-10-01 12:00:00"):
            registry.receive(NEW, unit="GA", at=NINE)

    def test_begins_a_page_when_the_day_begins_in_thailand(self):
        registry = Registry()
        for minute in (0, 59):
            registry, _ = registry.receive(NEW, unit="GA", at=datetime(2019, 10, 1, 16, minute, tzinfo=UTC))
        registry, _ = registry.receive(NEW, unit="GA", at=datetime(2019, 10, 1, 17, tzinfo=UTC))
        drawn = pages(registry.volume(self.GA, 2562))
        assert [(page.day, len(page.rows)) for page in drawn] == [(date(2019, 10, 1), 2), (date(2019, 10, 2), 1)]

    def test_does_not_print_its_lines(self):
        registry, _ = Registry().receive(NEW, unit="GA", at=NINE)
        assert repr(registry.volume(self.GA, 2562)) == f"Volume(book={self.GA!r}, year=2562, first=1)"

    def test_shows_every_remark_on_its_page(self):
        letter = evolve(NEW, remark="two copies")
        registry, first = Registry().receive(letter, unit="GA", at=NINE, remark="by hand")
        registry = registry.void(first.number, why="twice", at=NINE)
        (page,) = pages(registry.volume(self.GA, 2562))
        assert page.rows[0][-1] == "by hand · two copies · ยกเลิก: twice"


class TestALineOfTheTable:
    @pytest.mark.parametrize("more", [[()], [[Right("clerk")]], ["assign"], [(), ()], [(), (), "assign"]])
    def test_names_its_rights_guards_and_lifecycle(self, more):
        with pytest.raises(TypeError):
            Transition("go", "a", "b", *more)

    def test_takes_rights_and_guards_in_any_form_and_stays_a_value(self):
        line = Transition("go", "a", "b", may=[Right("clerk")], guards=iter([for_its_unit]))
        assert (line.may, line.guards) == ((Right("clerk"),), (for_its_unit,))
        assert hash(line) == hash(Transition("go", "a", "b", may=(Right("clerk"),), guards=(for_its_unit,)))

    def test_with_a_lifecycle_that_is_none_is_told_all_that_are(self):
        with pytest.raises(WorkflowError) as caught:
            Workflow("w", initial="a", transitions=[Transition("go", "a", "b", lifecycle="finished")])
        problem = f"'finished' is no XES lifecycle transition; use one of {', '.join(LIFECYCLE)}"
        assert caught.value.problem == problem

    def test_keeps_rights_guards_and_lifecycle_in_a_pickle(self):
        line = Transition("go", "a", "b", may=[Right("clerk")], guards=[for_its_unit], lifecycle="assign")
        assert pickle.loads(pickle.dumps(line)) == line  # noqa: S301 - our own

    @pytest.mark.parametrize("lifecycle", LIFECYCLE)
    def test_may_have_any_lifecycle_of_the_standard(self, lifecycle):
        line = Transition("go", "a", "b", lifecycle=lifecycle)
        assert Workflow("w", initial="a", transitions=[line]).lifecycle("a", "go") == lifecycle

    def test_calls_everything_by_plain_text(self):
        class Name(StrEnum):
            GO = "go"

        line = Transition(Name.GO, Name.GO, Name.GO)
        assert {type(line.trigger), type(line.source), type(line.destination)} == {str}
        for names in ((1, "a", "b"), ("go", 1, "b"), ("go", "a", 1)):
            with pytest.raises(TypeError) as caught:
                Transition(*names)
            assert str(caught.value) == "1 is no name; states and triggers are called by text"


class TestAStep:
    def test_has_a_state_given_by_name(self):
        with pytest.raises(TypeError):
            Step("go", NINE)
        with pytest.raises(TypeError):
            Step("go", NINE, None, None, None, None, "", "a")

    def test_happened_at_a_moment_of_any_library(self):
        moment = pendulum.datetime(2019, 10, 1, 9)
        assert type(since(moment)) is timedelta
        assert since(moment) == since(NINE)
        assert INCOMING_EXTERNAL_LETTER.open(LETTER, at=moment) == INCOMING_EXTERNAL_LETTER.open(LETTER, at=NINE)

    def test_is_counted_from_1970(self):
        assert since(datetime(1970, 1, 2, 7, tzinfo=timezone(timedelta(hours=7)))) == timedelta(days=1)

    def test_did_not_happen_at_what_is_no_moment(self):
        with pytest.raises(TypeError):
            Entry("receive", "2019-10-01")
        with pytest.raises(NaiveDatetimeError) as caught:
            Entry("receive", NINE.replace(tzinfo=None))
        assert caught.value.moment == NINE.replace(tzinfo=None)

    def test_of_an_actor_without_role_and_unit_says_neither(self):
        actor = Actor("Somchai")
        assert (actor.role, actor.unit) == (None, None)
        assert Entry.made_by(actor, "receive", NINE) == Entry("receive", NINE, "Somchai", None, None, None, "")

    def test_of_a_mere_name_says_that_nothing_more_is_known(self):
        assert Entry.made_by("Somchai", "receive", NINE) == Entry("receive", NINE, "Somchai", None, None, None, "")

    def test_that_leaves_things_unsaid_is_not_one_that_says_there_is_nothing(self):
        unsaid, nothing = Entry("receive", NINE), Entry("receive", NINE, None, None, None, None, "")
        assert unsaid != nothing
        assert (repr(unsaid.by), bool(unsaid.by), nothing.by) == ("UNSAID", False, None)
        for twin in (copy.deepcopy(unsaid), pickle.loads(pickle.dumps(unsaid)), evolve(unsaid)):  # noqa: S301 - our own
            assert twin == unsaid
        first, second = (LOAN.replay(LETTER, [entry]) for entry in (unsaid, nothing))
        assert first == second
        assert first.history[0] == Step("receive", NINE, state="shelved")

    @pytest.mark.parametrize("each", ["by", "unit", "role", "note", "trigger"])
    def test_is_told_in_text(self, each):
        for made in (Entry, Step):
            said = {"trigger": "receive", "at": NINE} | ({"state": "shelved"} if made is Step else {})
            for wrong in (5, b"Somchai", True, ["Somchai"]):
                with pytest.raises(TypeError, match="is no text; write it as text"):
                    made(**said | {each: wrong})
            with pytest.raises(TypeError):
                evolve(made(**said), **{each: 5})
        for wrong in (0, "", "2019-10-01", 1.5):
            with pytest.raises(TypeError, match="is no moment"):
                Entry("receive", NINE, recorded=wrong)

    def test_is_done_by_names_as_names_are_compared(self):
        class Role(StrEnum):
            CLERK = "clerk"

        entry = Entry("receive", NINE, " Somchai  Dee ", "GA ", role=Role.CLERK)
        assert (entry.by, entry.unit, entry.role, type(entry.role)) == ("Somchai Dee", "GA", "clerk", str)
        assert Actor("Somchai ", " clerk", "GA\u00a0") == Actor("Somchai", "clerk", "GA")
        assert Right(" clerk", "GA ").covers(Entry("receive", NINE, "A", "GA", role="clerk"))
        for unseen in ("GA\u200e", "G\x00A", "\u202eGA", "GA\x1b[31m"):
            for made, said in ((Actor, (unseen,)), (Right, (unseen,)), (Entry, ("receive", NINE, unseen))):
                with pytest.raises(LetterError, match="has a character that nobody sees, U\\+"):
                    made(*said)
        with pytest.raises(LetterError, match="say None for any"):
            Right("")
        with pytest.raises(TypeError, match="does not act for 'Secretary'"):
            Entry.made_by(CLERK, "receive", NINE, unit="Secretary")
        assert Entry.made_by(CLERK, "receive", NINE, unit=" GA").unit == "GA"


class TestALetterThatCannotMove:
    def test_for_its_correction_says_when_that_was_written(self):
        case = LOAN.open(LETTER, at=NINE).apply("lend", at=later(1))
        case = case.correct({1: Entry("lend", later(2))}, by="Somchai", why="an hour late", recorded=EVENING)
        strict = evolve(LOAN, may_correct=[Right("head")])
        with pytest.raises(MigrationError) as caught:
            migrate([case], strict)
        assert [str(stuck) for stuck in caught.value.stuck] == [
            "8395/2562 (correct at 2019-10-01 18:00:00+00:00: Somchai may not; it takes head)"
        ]

    def test_says_every_reason(self):
        case = LOAN.open(LETTER, at=NINE).apply("lend", at=later(1))
        lines = [
            Transition("lend", "shelved", "lent", may=[Right("head")], guards=[for_its_unit]),
            *LOAN.transitions[1:],
        ]
        with pytest.raises(MigrationError) as caught:
            migrate([case], evolve(LOAN, transitions=lines))
        assert [str(stuck) for stuck in caught.value.stuck] == [
            (
                "8395/2562 (lend at 2019-10-01 10:00:00+00:00: nobody named may not; it takes head; "
                "the letter is for Secretary Group)"
            )
        ]


class TestADiagram:
    workflow = Workflow(
        "two waits",
        initial="a_b",
        transitions=[Transition("go", "a_b", "wait"), Transition("on", "wait", "hold"), Transition("end", "hold", "z")],
        waiting=["wait", "hold"],
    )

    def test_is_this_text_for_graphviz(self):
        assert self.workflow.dot() == (
            'digraph "two waits" {\n'
            "    rankdir=LR\n"
            "    node [shape=box style=rounded]\n"
            "    start [shape=point]\n"
            '    start -> s0 [label="receive"]\n'
            '    s0 [label="a b"]\n'
            '    s1 [label="wait" style="rounded,dashed"]\n'
            '    s2 [label="hold" style="rounded,dashed"]\n'
            '    s3 [label="z" peripheries=2]\n'
            '    s0 -> s1 [label="go"]\n'
            '    s1 -> s2 [label="on"]\n'
            '    s2 -> s3 [label="end"]\n'
            "}\n"
        )

    def test_shows_every_waiting_state_in_mermaid(self):
        assert self.workflow.mermaid().endswith("    class s1,s2 waiting\n")


class TestATable:
    @pytest.mark.parametrize("second", [1, "x", (), ("a",)])
    def test_is_given_by_name(self, second):
        with pytest.raises(TypeError):
            Workflow("w", second, initial="a", transitions=())

    @pytest.mark.parametrize("name", ["moves", "ends", "table"])
    def test_says_by_itself_what_follows_from_it(self, name):
        with pytest.raises(TypeError):
            Workflow("w", initial="a", transitions=(), **{name: ()})

    def test_takes_names_and_rights_in_any_form_and_stays_a_value(self):
        class Name(StrEnum):
            A = "a"
            B = "b"
            OPEN = "open"

        given = {
            "waiting": [Name.A],
            "final": [Name.B],
            "cancelled": [Name.B],
            "may_open": [Right("clerk")],
            "may_correct": [Right("head")],
        }
        lines = [Transition("go", "a", "b")]
        free = Workflow("w", initial=Name.A, opening=Name.OPEN, transitions=lines, **given)
        plain = Workflow(
            "w", initial="a", opening="open", transitions=(*lines,), **{name: tuple(one) for name, one in given.items()}
        )
        assert (free, hash(free)) == (plain, hash(plain))
        assert {type(name) for name in (free.initial, free.opening, *free.waiting, *free.final, *free.cancelled)} == {
            str
        }
        assert {type(getattr(free, name)) for name in given} == {tuple}

    def test_lets_anybody_do_everything_unless_it_says_otherwise(self):
        workflow = Workflow("w", initial="a", transitions=())
        assert (workflow.version, workflow.opening) == (1, "receive")
        assert (
            workflow.waiting == workflow.final == workflow.cancelled == workflow.may_open == workflow.may_correct == ()
        )

    def test_grants_no_right_to_do_what_it_does_not_have(self):
        with pytest.raises(WorkflowError) as caught:
            LOAN.permitting({"shred": [], "lend": [], "burn": []})
        assert str(caught.value) == "workflow 'loan': it has no trigger 'shred', 'burn'; grant what it has"

    def test_opens_a_case_with_all_that_is_said(self):
        step = LOAN.open(LETTER, at=NINE, by="Somchai", unit="GA", recorded=EVENING, note="by hand").history[0]
        assert step == Step("receive", NINE, "Somchai", "GA", EVENING, None, "by hand", state="shelved")

    def test_says_every_line_of_itself(self):
        assert repr(table(("go", "a", "b"), ("end", "b", "c"))) == (
            "Workflow('loan', version=1: receive → a; go: a → b; end: b → c)"
        )

    def test_is_pickled_as_it_was_defined(self):
        read, values = LOAN.__reduce__()
        twin = read(*values)
        assert (twin, twin.final, twin.ends, twin.table) == (LOAN, LOAN.final, LOAN.ends, LOAN.table)

    def test_opens_no_case_without_a_receipt(self):
        with pytest.raises(RefusedError) as caught:
            LOAN.replay(LETTER, [])
        assert str(caught.value) == "cannot receive 8395/2562: no receipt was entered"

    def test_shows_guards_the_log_when_it_is_replayed(self):
        seen = []

        def look(case, _entry):
            seen.append((case.letter, case.log == case.history, len(case.log)))

        workflow = Workflow("w", initial="a", transitions=[Transition("go", "a", "b", guards=[look])])
        case = workflow.open(LETTER, at=NINE).apply("go", at=NINE)
        workflow.replay(LETTER, case.log)
        assert seen == [(LETTER, True, 1)] * 2

    @pytest.mark.parametrize("trigger", ["to_gone", "to__gone", "to_state_gone"])
    def test_has_no_way_from_any_state_to_any_other(self, trigger):
        case = LOAN.open(LETTER, at=NINE)
        assert [refusal.kind for refusal in case.refusals(trigger)] == ["unknown trigger"]
        with pytest.raises(RefusedError):
            case.apply(trigger, at=NINE)
