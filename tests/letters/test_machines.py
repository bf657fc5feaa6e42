import logging

import pytest
from small_tables import CLERK, LOAN, table
from transitions import State
from transitions.extensions import HierarchicalMachine

from docflow import Right, Transition, Workflow
from docflow.errors import WorkflowError


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
