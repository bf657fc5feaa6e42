import pickle
from enum import StrEnum

import pytest
from small_tables import EVENING, LETTER, LOAN, NINE, for_its_unit, table

from docflow import Right, Transition, Workflow
from docflow.errors import RefusedError, WorkflowError
from docflow.letters import Step

LIFECYCLE = [
    "schedule", "assign", "withdraw", "reassign", "start", "suspend", "resume", "pi_abort", "ate_abort", "complete",
    "autoskip", "manualskip", "unknown",
]  # fmt: skip


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
            (
                [("go", "a", "b"), ("go", "a", "c")],
                {},
                (
                    "'go' leads from 'a' to 'b' and to 'c', and no guards tell which; keep one line, name the steps "
                    "apart, or give each line guards that refuse what those of the other let pass"
                ),
            ),
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
        assert str(table(("go", "a", "b"), ("end", "b", "c"))) == (
            "loan, version 1: receive → a; go: a → b; end: b → c"
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
