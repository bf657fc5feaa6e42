"""What `transitions` cannot do or gets wrong: each class is a limit, the comments say where it was reported.

First comes what the bare library does, then what docflow makes of it. At the end stands the other side: a machine of a
table for one's own model does what the library's does. Tests marked as expected to fail are limits still passed on.
"""

import ast
import asyncio
import copy
import gc
import inspect
import pickle
import threading
import tomllib
import tracemalloc
import weakref
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import partial
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

import attrs
import pytest
import transitions
from packaging.requirements import Requirement
from scripts import ROOT
from transitions import Machine, MachineError
from transitions.extensions import (
    AsyncGraphMachine,
    AsyncMachine,
    GraphMachine,
    HierarchicalAsyncMachine,
    HierarchicalMachine,
    LockedGraphMachine,
    LockedHierarchicalMachine,
    LockedMachine,
)
from transitions.extensions.nesting import NestedState
from transitions.extensions.states import Timeout, add_state_features

import docflow
from docflow import Letter, Transition, Workflow
from docflow.bangkok import INCOMING_EXTERNAL_LETTER
from docflow.errors import MigrationError, NaiveDatetimeError, RefusedError, WorkflowError
from docflow.letters import Actor, Case, Entry, Refusal, Right, Step, engine, events, migrate, replay_events

pytestmark = pytest.mark.peers

NINE = datetime(2019, 10, 1, 9, tzinfo=UTC)
LETTER = Letter(number="8395/2562")
WAY = ("hand_over", "ask_sender", "sender_answers", "screen", "summarize", "submit")
CLERK, GUEST = Actor("Somying", role="clerk"), Actor("Somchai", role="guest")


def to_whom(_, act):
    return None if act.note else "say to whom"


# Only a clerk lends, and says to whom; anybody gives back.
LOAN = Workflow(
    "loan",
    initial="shelved",
    transitions=(
        Transition("lend", "shelved", "lent", may=[Right("clerk")], guards=[to_whom]),
        Transition("give_back", "lent", "shelved"),
        Transition("discard", "shelved", "gone"),
    ),
)
LENDING = {"by": CLERK, "at": NINE, "note": "to the library"}


class Desk:
    pass


class Book:
    def __init__(self, title="a book"):
        self.title = title


def later(hours):
    return NINE + timedelta(hours=hours)


def opened(number="8395/2562", workflow=INCOMING_EXTERNAL_LETTER):
    return workflow.open(Letter(number=number), at=NINE, by="Somchai")


def walked(*triggers, workflow=INCOMING_EXTERNAL_LETTER):
    case = opened(workflow=workflow)
    for n, trigger in enumerate(triggers, 1):
        case = case.apply(trigger, at=later(n))
    return case


def chain(name, *states, **more):
    """A table whose one way leads through all states by the trigger `go`."""
    lines = [Transition("go", source, destination) for source, destination in pairwise(states)]
    return Workflow(name, initial=states[0], transitions=lines, **more)


def bare(model=None, workflow=INCOMING_EXTERNAL_LETTER, **options):
    """The library's own machine of the same table, as its README builds one."""
    lines = [[line.trigger, line.source, line.destination] for line in workflow.transitions]
    return Machine(
        model, **({"states": list(workflow.states), "initial": workflow.initial, "transitions": lines} | options)
    )


def machines():
    return [each for each in gc.get_objects() if isinstance(each, Machine)]


def cost_of_each(make, count=100):
    """Bytes that stay allocated for each of many things made at once."""
    make(1)
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        kept = make(count)
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(kept) == count
    return (after - before) / count


@pytest.fixture
def no_collector():
    """Without the search for cycles: what goes now, goes because nothing refers to it."""
    gc.collect()
    gc.disable()
    yield
    gc.set_debug(0)
    gc.garbage.clear()
    gc.enable()


class TestTheCostOfABoundModel:
    # transitions #434, #379, #146, #280, #648
    def test_is_paid_by_every_model_of_the_bare_library(self):
        desk = Desk()
        bare(desk)
        written = vars(desk)
        assert sum(isinstance(each, partial) for each in written.values()) == len(written) - 1 > 40  # all but the state

    def test_is_paid_by_no_case(self):
        cases = cost_of_each(lambda count: [walked(*WAY[:1]) for _ in range(count)])
        models = cost_of_each(lambda count: bare([Desk() for _ in range(count)]).models)
        machines_each = cost_of_each(lambda count: [bare(Desk()) for _ in range(count)])
        assert cases < 2_000
        assert models > 5 * cases
        assert machines_each > 20 * cases

    def test_buys_a_hundred_cases_no_machine_of_their_own(self):
        walked(*WAY)  # the workflow's machine is there from now on
        before = machines()
        cases = [opened(str(n)).apply("hand_over", at=later(1)) for n in range(100)]
        assert [each for each in machines() if not any(each is known for known in before)] == []
        assert {case.state for case in cases} == {"taken_over"}

    def test_is_the_machine_of_a_workflow_however_many_there_are_of_it(self):
        twin = pickle.loads(pickle.dumps(INCOMING_EXTERNAL_LETTER))  # noqa: S301 - our own
        assert twin is not INCOMING_EXTERNAL_LETTER
        assert engine._of(twin) is engine._of(INCOMING_EXTERNAL_LETTER)

    def test_leaves_the_shared_machine_without_a_model(self):
        walked(*WAY)
        assert engine._of(INCOMING_EXTERNAL_LETTER).models == []


class TestReferenceCycles:
    # transitions #642, #690, #260, #475, #310
    def test_keep_a_model_of_the_bare_library_until_they_are_searched_for(self, no_collector):  # noqa: ARG002 - it acts
        desk = Desk()
        gone = [weakref.ref(each) for each in (desk, bare(desk))]
        del desk
        assert [ref() is None for ref in gone] == [False, False]
        gc.collect()
        assert [ref() is None for ref in gone] == [True, True]

    def test_keep_a_model_alive_as_long_as_its_shared_machine(self):
        machine, desk = bare(), Desk()
        machine.add_model(desk)
        gone = weakref.ref(desk)
        del desk
        gc.collect()
        assert gone() is not None

    def test_are_not_made_by_cases_neither_moved_nor_refused_nor_corrected(self, no_collector):  # noqa: ARG002 - it acts
        cases = [walked(*WAY) for _ in range(20)]
        for case in list(cases):
            with suppress(RefusedError):
                case.apply("hand_over", at=later(9))
            with suppress(RefusedError):
                case.correct({7: None}, by="Somying", why="no such step", recorded=later(9))
            cases.append(case.correct({6: None}, by="Somying", why="not yet", recorded=later(9)))
        gone = [weakref.ref(case) for case in cases]
        del case, cases
        assert [ref for ref in gone if ref() is not None] == []
        gc.set_debug(gc.DEBUG_SAVEALL)
        gc.collect()
        assert [each for each in gc.garbage if isinstance(each, Case | Step | Letter | RefusedError | Machine)] == []

    def test_do_not_keep_what_a_case_was_about(self, no_collector):  # noqa: ARG002 - it acts
        letter = Letter(number="1/2563")
        case = LOAN.open(letter, at=NINE).apply("lend", **LENDING)
        gone = weakref.ref(letter)
        del letter, case
        assert gone() is None


@add_state_features(Timeout)
class TimedMachine(Machine):
    pass


class TestPicklesAndCopies:
    # transitions #32, #59, #97, #119, #292, #203, #518
    def test_of_one_bare_model_carry_all_the_others(self):
        alone, among = Desk(), Desk()
        bare(alone)
        bare([among, *(Desk() for _ in range(50))])
        assert len(pickle.dumps(among)) > 10 * len(pickle.dumps(alone))

    def test_of_one_case_carry_no_other_and_no_machine(self):
        cases = [opened(str(n)).apply("hand_over", at=later(1)) for n in range(50)]
        pickled = pickle.dumps(cases[7])
        assert len(pickled) < 4_000
        assert b"transitions.core" not in pickled
        assert b"transitions.core" in pickle.dumps(bare())
        assert len(pickle.dumps(cases)) < 50 * 1_000  # what cases share is written once

    def test_of_a_bare_model_move_the_original(self):
        desk = Desk()
        bare(desk)
        twin = copy.copy(desk)
        twin.hand_over()
        assert (desk.state, twin.state) == ("taken_over", "registered")

    @pytest.mark.parametrize(
        "copied",
        [copy.copy, copy.deepcopy, lambda case: pickle.loads(pickle.dumps(case))],  # noqa: S301 - our own
        ids=["copy", "deepcopy", "pickle"],
    )
    def test_of_a_case_go_their_own_way(self, copied):
        case = walked("hand_over")
        twin = copied(case)
        assert twin == case
        moved = twin.apply("screen", at=later(2))
        assert (case.state, twin.state, moved.state) == ("taken_over", "taken_over", "screened")

    def test_of_a_bare_machine_with_state_features_cannot_be_made(self):  # transitions' README
        timed = TimedMachine(None, states=[{"name": "a", "timeout": 1, "on_timeout": "remind"}], initial="a")
        with pytest.raises(AttributeError, match="local object"):
            pickle.dumps(timed)

    def test_of_a_machine_for_a_model_of_ones_own_can_be_made(self):
        desk = Desk()
        twin = pickle.loads(pickle.dumps(INCOMING_EXTERNAL_LETTER.machine(desk))).model  # noqa: S301 - our own
        assert twin.hand_over()
        assert (desk.state, twin.state) == ("registered", "taken_over")

    def test_of_a_machine_with_rights_can_be_made_and_keep_them(self):
        twin = pickle.loads(pickle.dumps(LOAN.machine(Book()))).model  # noqa: S301 - our own
        assert not twin.lend(**LENDING | {"by": GUEST})
        assert twin.lend(**LENDING)

    def test_of_a_machine_with_rights_keep_them_when_it_is_copied(self):
        book = Book()
        twin = copy.deepcopy(LOAN.machine(book)).model
        assert not twin.lend(**LENDING | {"by": GUEST})
        assert twin.lend(**LENDING)
        assert (book.state, twin.state) == ("shelved", "lent")


class TestPersistenceAndHistory:
    # transitions #279, #313, #16
    def test_of_a_bare_model_are_where_it_is_now_and_nothing_else(self):
        desk = Desk()
        bare(desk)
        desk.hand_over(by="Somchai")
        desk.ask_sender(by="Somying")
        assert {name: kept for name, kept in vars(desk).items() if not callable(kept)} == {"state": "awaiting_sender"}

    def test_of_a_case_are_every_step_with_its_time_and_who_did_it(self):
        case = opened().apply("hand_over", at=later(1), by=CLERK, recorded=later(2), note="by hand")
        assert case.history == (
            Step("receive", NINE, "Somchai", state="registered"),
            Step("hand_over", later(1), "Somying", None, later(2), "clerk", "by hand", state="taken_over"),
        )

    def test_of_a_case_are_read_back_from_plain_rows(self):
        case = walked(*WAY)
        rows = [(step.trigger, step.at, step.by) for step in case.log]
        assert INCOMING_EXTERNAL_LETTER.replay(LETTER, [Entry(*row) for row in rows]) == case
        (again,) = replay_events(INCOMING_EXTERNAL_LETTER, [tuple(row) for row in events([case])]).cases
        assert (again.state, again.history) == (case.state, case.history)

    def test_of_a_case_that_could_not_have_happened_are_not_restored(self):
        desk = Desk()
        bare(desk).set_state("acted_on", desk)  # how a state is restored there
        assert desk.state == "acted_on"
        with pytest.raises(RefusedError, match="it is registered; from here: hand_over, cancel"):
            INCOMING_EXTERNAL_LETTER.replay(LETTER, [Entry("receive", NINE), Entry("act", NINE)])

    def test_of_a_model_of_ones_own_take_up_where_a_case_stands(self):
        case, desk = walked(*WAY[:2]), Desk()
        INCOMING_EXTERNAL_LETTER.machine(desk, initial=case.state)
        assert (desk.state, desk.sender_answers(), desk.state) == ("awaiting_sender", True, "taken_over")


class TestAnExceptionOnTheWay:
    # transitions #202, #485, #626, #730
    @staticmethod
    def fails(*_, **__):
        raise OSError("the disk is full")

    @pytest.mark.parametrize("when", ["after_state_change", "on_enter_taken_over"])
    def test_leaves_a_bare_model_in_the_new_state(self, when):
        desk = Desk()
        options = {when: self.fails} if when == "after_state_change" else {}
        machine = bare(desk, **options)
        if not options:
            machine.on_enter_taken_over(self.fails)
        with pytest.raises(OSError, match="the disk is full"):
            desk.hand_over()
        assert desk.state == "taken_over"  # and whoever called was told that it failed

    def test_leaves_a_case_as_it_was(self):
        failing = [True]

        def sometimes(_, __):
            return self.fails() if failing else None

        case = opened(workflow=chain("fragile", "a", "b", "c"))
        guarded = attrs.evolve(
            case.workflow, transitions=[Transition("go", "a", "b", guards=[sometimes]), Transition("go", "b", "c")]
        )
        case = opened(workflow=guarded)
        before = pickle.dumps((case.log, case.history))
        with pytest.raises(OSError, match="the disk is full"):
            case.apply("go", at=later(1))
        assert case.state == "a"
        assert pickle.dumps((case.log, case.history)) == before
        failing.clear()
        assert case.apply("go", at=later(1)).apply("go", at=later(2)).state == "c"  # nothing is stuck in the machine

    def test_leaves_a_case_as_it_was_when_the_moment_has_no_zone(self):
        case = opened()
        with pytest.raises(NaiveDatetimeError):
            case.apply("hand_over", at=datetime(2019, 10, 1, 10))
        assert case == opened()

    def test_leaves_a_case_as_it_was_when_a_correction_is_refused(self):
        case = walked("hand_over", "screen")
        with pytest.raises(RefusedError, match="then screen, at .*, after receive at .*, would be refused"):
            case.correct({1: None}, by="Somying", why="not handed over", recorded=later(3))
        assert case == walked("hand_over", "screen")

    def test_leaves_every_case_where_it_was_when_one_cannot_move(self):
        old, new = chain("twice", "a", "b", "c"), chain("twice", "a", "b", version=2)
        cases = [walked("go", workflow=old), walked("go", "go", workflow=old)]
        with pytest.raises(MigrationError):
            migrate(cases, new)
        assert [(case.workflow.version, case.state) for case in cases] == [(1, "b"), (1, "c")]

    def test_in_a_guard_leaves_a_model_of_ones_own_where_it_was(self):
        workflow = Workflow("w", initial="a", transitions=[Transition("go", "a", "b", guards=[self.fails])])
        desk = Desk()
        workflow.machine(desk)
        with pytest.raises(OSError, match="the disk is full"):
            desk.go(at=NINE)
        assert desk.state == "a"


class TestTheQueue:
    # transitions #401, #224, #639
    def test_of_the_bare_library_says_yes_to_what_then_does_not_happen(self):
        desk = Desk()
        bare(desk, chain("queue", "a", "b"), queued=True).get_transitions("go")[0].conditions.append(
            transitions.core.Condition(lambda: False)
        )
        assert (desk.go(), desk.state) == (True, "a")

    def test_of_the_bare_library_forgets_the_rest_after_an_error(self):
        desk = Desk()
        machine = bare(desk, chain("queue", "a", "b", "c"), queued=True)

        def more():
            desk.go()
            raise OSError("the disk is full")

        machine.on_enter_b(more)
        with pytest.raises(OSError, match="the disk is full"):
            desk.go()
        assert desk.state == "b"  # the second step was taken in, and is gone

    def test_is_none_that_a_step_waits_in_the_answer_is_what_happened(self):
        case = LOAN.open(LETTER, at=NINE)
        with pytest.raises(RefusedError):
            case.apply("lend", **LENDING | {"by": GUEST})
        assert case.apply("lend", **LENDING).state == "lent"
        assert not engine._of(LOAN).has_queue

    def test_is_not_needed_for_a_step_within_a_step(self):
        others = []

        def moves_another(case, act):
            if case.number == "1":
                others.append(opened("2", case.workflow).apply("go", at=act.at).apply("go", at=act.at))

        lines = [Transition("go", "a", "b", guards=[moves_another]), Transition("go", "b", "c")]
        workflow = Workflow("nested steps", initial="a", transitions=lines)
        case = opened("1", workflow).apply("go", at=later(1))
        assert (case.state, [other.state for other in others]) == ("b", ["c"])

    def test_of_a_model_of_ones_own_keeps_the_rights_though_it_says_yes(self):
        book = Book()
        LOAN.machine(book, queued=True)
        assert (book.lend(**LENDING | {"by": GUEST}), book.state) == (True, "shelved")
        assert (book.lend(**LENDING), book.state) == (True, "lent")


class TestThreads:
    # transitions #67, #167, #225, #388
    @staticmethod
    def at_once(*works):
        """What works gave that were under way together, each in a thread of its own."""
        given = [None] * len(works)

        def run(n, work):
            given[n] = work()

        threads = [threading.Thread(target=run, args=(n, work)) for n, work in enumerate(works)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        return given

    def test_both_take_one_step_of_a_bare_model(self):
        inside, desk = threading.Barrier(2, timeout=30), Desk()
        bare(desk, chain("thread", "a", "b"), before_state_change=inside.wait)
        assert self.at_once(desk.go, desk.go) == [True, True]  # from b nothing leads on, and both were told yes

    def test_that_meet_within_one_step_get_a_case_each_and_leave_theirs(self):
        inside = threading.Barrier(4, timeout=30)

        def meet(_, __):
            inside.wait()

        lines = [Transition("go", "a", "b", guards=[meet]), Transition("turn", "a", "c", guards=[meet])]
        case = opened(workflow=Workflow("meeting", initial="a", transitions=lines))
        steps = [("go", "A"), ("turn", "B"), ("go", "C"), ("turn", "D")]
        done = self.at_once(*(partial(case.apply, trigger, at=later(1), by=who) for trigger, who in steps))
        assert [(each.history[-1].trigger, each.history[-1].by, each.state) for each in done] == [
            ("go", "A", "b"),
            ("turn", "B", "c"),
            ("go", "C", "b"),
            ("turn", "D", "c"),
        ]
        assert case == opened(workflow=case.workflow)

    def test_that_meet_on_one_case_do_not_both_enter_the_record(self):
        case = opened()
        one, other = (case.apply("hand_over", at=later(1), by=who) for who in ("A", "B"))
        with pytest.raises(RefusedError, match="it is taken_over"):
            INCOMING_EXTERNAL_LETTER.replay(LETTER, [*one.log, other.log[-1]])

    def test_are_kept_apart_by_the_librarys_own_lock_on_a_model_of_ones_own(self):
        entered = []

        class Lock:
            def __enter__(self):
                entered.append("in")

            def __exit__(self, *_):
                entered.append("out")

        book = Book()
        LOAN.machine(book, cls=LockedMachine, machine_context=[Lock()])
        entered.clear()
        assert book.lend(**LENDING)
        assert entered == ["in", "out"]


class TestTimers:
    # transitions #198, #262, #459, #489
    def test_of_the_bare_library_are_threads_with_a_value_of_their_own(self):
        lines = [["go", "a", "b"], ["go", "b", "a"]]
        states = ["a", {"name": "b", "timeout": 3600, "on_timeout": "remind"}]
        desk, before = Desk(), set(threading.enumerate())
        timed = TimedMachine(desk, states=states, initial="a", transitions=lines, auto_transitions=False)
        desk.go()
        (timer,) = set(threading.enumerate()) - before
        timed.states["b"].timeout = 60
        assert (timer.daemon, timer.interval) == (True, 3600)
        desk.go()
        timer.join(timeout=30)

    def test_are_none_while_a_letter_waits(self):
        before = set(threading.enumerate())
        case = walked(*WAY[:2])
        assert case.state in case.workflow.waiting
        assert set(threading.enumerate()) == before

    def test_are_not_needed_to_know_how_long_it_has_waited_even_after_a_restart(self):
        case = pickle.loads(pickle.dumps(walked(*WAY[:2])))  # noqa: S301 - our own
        assert case.pauses(later(50)) == ((later(2), later(50)),)
        assert case.pauses(later(500)) == ((later(2), later(500)),)
        assert case.apply("sender_answers", at=later(60)).pauses(later(500)) == ((later(2), later(60)),)

    def test_are_there_for_a_model_of_ones_own_that_wants_them(self):
        states = [{"name": name} for name in LOAN.states]
        states[1] |= {"timeout": 3600, "on_timeout": "remind"}
        book, before = Book(), set(threading.enumerate())
        LOAN.machine(book, cls=TimedMachine, states=states)
        assert not book.lend(**LENDING | {"by": GUEST})
        assert set(threading.enumerate()) == before
        assert book.lend(**LENDING)
        (timer,) = set(threading.enumerate()) - before
        assert book.give_back()
        timer.join(timeout=30)


class TestTheReasonOfARefusal:
    # transitions #64, #272, #39, #346, #256, #573, #594, #626
    def test_is_a_mere_no_in_the_bare_library(self):
        desk = Desk()
        machine = bare(desk, chain("no", "a", "b"))
        machine.get_transitions("go")[0].conditions.append(transitions.core.Condition(lambda: False))
        assert (desk.go(), desk.may_go()) == (False, False)
        with pytest.raises(MachineError, match="Can't trigger event go from state b!"):
            desk.to_b() and desk.go()

    def test_is_data_and_words_each_of_them(self):
        case = LOAN.open(LETTER, at=NINE)
        refused = case.refusals("lend", by=GUEST, at=later(-1))
        assert refused == (
            Refusal("wrong role", "Somchai (guest) may not; it takes clerk"),
            Refusal("guard", "say to whom"),
            Refusal(
                "time runs backwards",
                f"{later(-1)} is before its last step, receive at {NINE}; correct() puts in what was missed",
            ),
        )
        with pytest.raises(RefusedError) as caught:
            case.apply("lend", by=GUEST, at=later(-1))
        assert caught.value.refusals == refused

    def test_tells_a_step_that_is_unknown_from_one_that_is_early(self):  # to may_ both are False
        desk = Desk()
        bare(desk)
        assert desk.may_trigger("submit") is desk.may_trigger("shred") is False
        kinds = [refusal.kind for name in ("submit", "shred") for refusal in opened().refusals(name)]
        assert kinds == ["wrong state", "unknown trigger"]

    def test_is_asked_for_without_doing_anything(self):
        done, desk = [], Desk()
        bare(desk, chain("asked", "a", "b"), prepare_event=lambda: done.append("prepared"))
        desk.may_go()
        assert done == ["prepared"]  # may_ runs the callbacks that prepare the step
        case = LOAN.open(LETTER, at=NINE)
        before = pickle.dumps((case.log, case.history))
        assert case.refusals("lend", **LENDING) == ()
        assert pickle.dumps((case.log, case.history)) == before

    @pytest.mark.parametrize("who", [CLERK, GUEST, None])
    @pytest.mark.parametrize("trigger", ["lend", "give_back", "discard", "receive", "shred"])
    @pytest.mark.parametrize("note", ["", "to the library"])
    def test_is_there_exactly_when_the_step_is_refused(self, who, trigger, note):
        case = LOAN.open(LETTER, at=NINE)
        refused = case.refusals(trigger, by=who, at=later(1), note=note)
        if not refused:
            assert case.apply(trigger, by=who, at=later(1), note=note).history[-1].trigger == trigger
            return
        with pytest.raises(RefusedError) as caught:
            case.apply(trigger, by=who, at=later(1), note=note)
        assert caught.value.refusals == refused

    def test_leaves_what_may_be_done_by_whom(self):
        case = attrs.evolve(LOAN, transitions=[attrs.evolve(line, guards=()) for line in LOAN.transitions]).open(
            LETTER, at=NINE
        )
        assert case.allowed() == case.allowed(by=CLERK) == ("lend", "discard")
        assert case.allowed(by=GUEST) == ("discard",)

    def test_of_a_step_that_stays_where_it_is_is_none(self):  # #594: may_ was False for what stays
        lines = [Transition("remind", "out", "out"), Transition("end", "out", "back")]
        case = opened(workflow=Workflow("reminders", initial="out", transitions=lines))
        assert case.refusals("remind") == ()
        assert case.apply("remind", at=later(1)).apply("remind", at=later(2)).state == "out"

    @pytest.mark.parametrize("nameless", ["", None])
    def test_of_a_step_without_a_name_is_that_it_is_unknown(self, nameless):
        assert [refusal.kind for refusal in opened().refusals(nameless)] == ["unknown trigger"]


class TestTheTypesOfMethods:
    # transitions #383, #426, #431, #505, #574, #658, #674, PR #677
    def test_are_unknown_in_the_bare_library_for_there_are_no_methods_in_the_class(self):
        desk = Desk()
        bare(desk)
        assert callable(desk.hand_over)
        assert not hasattr(Desk, "hand_over")

    def test_are_said_of_every_public_method(self):
        assert (Path(docflow.__file__).parent / "py.typed").exists()
        for kind in (Case, Workflow):
            for name, method in inspect.getmembers(kind, inspect.isfunction):
                signature = inspect.signature(method)
                if name.startswith("_"):
                    continue
                said = [each.annotation for each in list(signature.parameters.values())[1:]]
                assert inspect.Signature.empty not in (*said, signature.return_annotation), name

    def test_are_those_of_the_class_and_nothing_is_put_on_a_case(self):
        assert {"apply", "correct", "refusals", "allowed"} <= set(vars(Case))
        before = opened()
        after = before.apply("hand_over", at=later(1))
        assert dir(before) == dir(after) == dir(walked(*WAY))
        assert not hasattr(after, "__dict__")
        assert not any(hasattr(after, trigger) for trigger in INCOMING_EXTERNAL_LETTER.triggers)


@attrs.frozen
class FrozenBook:
    title: str = "a book"


@attrs.frozen(slots=False)
class FrozenBookWithoutSlots:
    title: str = "a book"


@attrs.define
class SlottedBook:
    title: str = "a book"
    state: str = ""


@dataclass(frozen=True)
class FrozenDataBook:
    title: str = "a book"


@dataclass(slots=True)
class SlottedDataBook:
    title: str = "a book"
    state: str = ""


class StrictBook:
    """As a model of pydantic answers what it has no field for."""

    def __setattr__(self, name, value):
        raise ValueError(f'"StrictBook" object has no field "{name}"')


@attrs.define(slots=False)
class ValueBook:
    title: str = "a book"


CLOSED = [FrozenBook, FrozenBookWithoutSlots, SlottedBook, FrozenDataBook, SlottedDataBook]


class TestValueClasses:
    # transitions #635
    @pytest.mark.parametrize("kind", CLOSED)
    def test_cannot_be_models_of_the_bare_library(self, kind):
        with pytest.raises(AttributeError):
            bare(kind())

    @pytest.mark.parametrize("kind", CLOSED)
    def test_are_refused_as_models_in_words(self, kind):
        model = kind()
        with pytest.raises(WorkflowError, match=f"a {kind.__name__} takes no new attributes; define it without slots"):
            LOAN.machine(model)
        assert model == kind()

    def test_are_what_docflow_itself_is_made_of(self):
        case = opened()
        for value in (case, case.letter, case.history[0], case.workflow):
            with pytest.raises(attrs.exceptions.FrozenInstanceError):
                value.state = "acted_on"
            with pytest.raises(WorkflowError, match="takes no new attributes|of its own"):
                LOAN.machine(value)
        assert case.apply("hand_over", at=later(1)).state == "taken_over"

    def test_are_not_decorated_when_they_move(self):
        letter = Letter(number="1/2563")
        names = dir(letter)
        INCOMING_EXTERNAL_LETTER.open(letter, at=NINE).apply("hand_over", at=later(1))
        assert dir(letter) == names

    def test_that_answer_with_a_value_error_are_refused_in_words_too(self):
        with pytest.raises(WorkflowError):
            LOAN.machine(StrictBook())

    def test_that_are_equal_count_as_one_model_in_the_bare_library(self):
        one, other = ValueBook(), ValueBook()
        assert bare([one, other]).models == [one]
        assert not hasattr(other, "state")

    def test_that_are_equal_are_two_models_or_refused(self):
        one, other = ValueBook(), ValueBook()
        with suppress(WorkflowError):
            LOAN.machine([one, other])
            assert hasattr(other, "lend")


class Where(StrEnum):
    DESK = "on the desk"
    SHELF = "on the shelf"
    CELLAR = "in the cellar"


class TestSharpEdges:
    # transitions #697, #696, #689, #318 and the sharp edges beside them
    def test_of_the_bare_library_are_an_empty_destination_that_stays(self):  # #697; mended after 0.9.3
        desk = Desk()
        Machine(desk, states=["a", "b"], initial="a", transitions=[["go", "a", ""]])
        assert (desk.go(), desk.state) == (True, "a") or version("transitions") != "0.9.3"

    def test_of_the_bare_library_are_states_nobody_can_come_to_and_destinations_that_are_none(self):
        desk = Desk()
        Machine(desk, states=["a", "b", "orphan"], initial="a", transitions=[["go", "a", "nowhere"]])
        with pytest.raises(ValueError, match="State 'nowhere' is not a registered state"):
            desk.go()  # not when it was defined

    def test_of_the_bare_library_are_names_that_mean_every_state(self):
        desk = Desk()
        lines = [["reset", "*", "a"], ["stay", "b", "="]]
        machine = Machine(desk, states=["a", "b"], initial="a", transitions=lines, auto_transitions=False)
        assert [(each.source, each.dest) for each in machine.get_transitions("reset")] == [("a", "a"), ("b", "a")]
        assert [(each.source, each.dest) for each in machine.get_transitions("stay")] == [("b", "b")]

    @pytest.mark.parametrize(
        ("line", "problem"),
        [
            (("go", "a", ""), "a name in it is empty"),
            (("go", "", "a"), "a name in it is empty"),
            (("", "a", "b"), "a name in it is empty"),
            (("go", "*", "a"), "no state can be called *; "),
            (("go", "a", "*"), "no state can be called *; "),
            (("go", "a", "="), "no state can be called =; "),
            (("go", "elsewhere", "a"), "no way leads from 'a' to 'elsewhere'"),
        ],
    )
    def test_are_refused_when_the_table_is_defined(self, line, problem):
        with pytest.raises(WorkflowError) as caught:
            Workflow("sharp", initial="a", transitions=[Transition(*line)])
        assert problem in str(caught.value)

    def test_of_two_lines_for_one_step_are_refused(self):
        desk = Desk()
        Machine(desk, states=["a", "b", "c"], initial="a", transitions=[["go", "a", "b"], ["go", "a", "c"]])
        assert (desk.go(), desk.state) == (True, "b")  # the second line is dead
        with pytest.raises(WorkflowError, match="'go' leads from 'a' to 'b' and to 'c', and no guards tell which"):
            Workflow("two", initial="a", transitions=[Transition("go", "a", "b"), Transition("go", "a", "c")])

    def test_of_the_bare_library_are_states_known_by_their_names_and_not_by_their_text(self):  # #696
        desk = Desk()
        Machine(desk, states=Where, initial=Where.DESK, transitions=[["go", Where.DESK, Where.SHELF]])
        assert desk.state == "on the desk"
        assert hasattr(desk, "is_DESK")
        assert not hasattr(desk, "is_on the desk")

    def test_are_not_in_triggers_that_are_members_of_an_enumeration(self):
        class Do(StrEnum):
            GO = "go"

        lines = [Transition(Do.GO, "a", "b"), Transition(Do.GO, "b", "c")]
        case = opened(workflow=Workflow("enumerated steps", initial="a", transitions=lines))
        assert case.apply("go", at=later(1)).apply(Do.GO, at=later(2)).state == "c"

    def test_are_not_in_states_that_are_members_of_an_enumeration_when_they_are_read(self):
        workflow = chain("read members", *Where)
        steps = [Entry("receive", NINE), Entry("go", later(1)), Entry("go", later(2))]
        assert workflow.replay(LETTER, steps).state == "in the cellar"

    def test_are_not_in_states_that_are_members_of_an_enumeration_when_they_are_driven(self):
        assert walked("go", "go", workflow=chain("driven members", *Where)).state == "in the cellar"

    def test_of_one_table_do_not_cut_another_that_is_written_in_plain_text(self):
        walked("go", workflow=chain("shared members", *Where))
        assert walked("go", workflow=chain("shared members", *map(str, Where))).state == "on the shelf"

    def test_are_not_in_what_triggers_and_states_may_be_called(self):  # #689: any text, in any language
        names = ("ทะเบียนรับ", "ก ข", "to_b", "1/2563", "on_enter_a")
        workflow = Workflow("names", initial="a", transitions=[Transition(f"{n} ", "a", n) for n in names])
        for name in names:
            assert opened(workflow=workflow).apply(f"{name} ", at=NINE).state == name

    def test_of_guards_that_cannot_be_hashed_are_none_when_they_are_read(self):
        guard = attrs.make_class("Guard", ["limit"], class_body={"__call__": lambda *_: None})
        line = Transition("go", "a", "b", guards=[guard(1)])
        workflow = Workflow("unhashable", initial="a", transitions=[line])
        assert workflow.replay(LETTER, [Entry("receive", NINE), Entry("go", NINE)]).state == "b"

    def test_of_guards_that_cannot_be_hashed_are_none_when_they_are_driven(self):
        guard = attrs.make_class("Guard", ["limit"], class_body={"__call__": lambda *_: None})
        line = Transition("go", "a", "b", guards=[guard(1)])
        assert walked("go", workflow=Workflow("unhashable", initial="a", transitions=[line])).state == "b"


class TestANameThatIsTaken:
    # transitions #689, #658
    class Folder:
        def close(self):
            return "the folder's own"

    CLOSING = Workflow(
        "closing", initial="a", transitions=[Transition("close", "a", "b"), Transition("open", "b", "a")]
    )

    def test_leaves_the_bare_model_unmoved_without_a_word(self):
        folder = self.Folder()
        bare(folder, self.CLOSING)
        assert (folder.close(), folder.state) == ("the folder's own", "a")

    def test_is_named_before_anything_is_installed(self):
        folder = self.Folder()
        with pytest.raises(WorkflowError, match="a Folder has close of its own, which would stay; rename it"):
            self.CLOSING.machine(folder)
        assert vars(folder) == {}

    @pytest.mark.parametrize("name", ["open", "may_open", "trigger", "may_trigger", "is_a"])
    @pytest.mark.parametrize("where", ["class", "object"])
    def test_is_any_that_would_be_installed_wherever_it_stands(self, name, where):
        folder = type("Other", (), {name: "own"} if where == "class" else {})()
        if where == "object":
            setattr(folder, name, "own")
        with pytest.raises(WorkflowError, match=f"a Other has {name} of its own"):
            self.CLOSING.machine(folder)

    def test_is_found_on_any_of_several_models_before_the_first_is_bound(self):
        desk, folder = Desk(), self.Folder()
        with pytest.raises(WorkflowError, match="a Folder has close of its own"):
            self.CLOSING.machine([desk, folder])
        assert vars(desk) == {}

    def test_may_be_meant(self):
        folder = self.Folder()
        self.CLOSING.machine(folder, model_override=True)
        assert (folder.close(), folder.state) == (True, "b")

    def test_on_the_machine_itself_stays_the_machines_in_the_bare_library(self):
        machine = Machine(states=["a", "b"], initial="a", transitions=[["dispatch", "a", "b"]])
        with pytest.raises(TypeError):
            machine.dispatch()

    def test_on_the_machine_itself_is_named(self):
        for trigger in ("dispatch", "callbacks", "models", "events", "on_enter_a"):
            workflow = Workflow("own model", initial="a", transitions=[Transition(trigger, "a", "b")])
            with pytest.raises(WorkflowError, match=trigger):
                workflow.machine(Machine.self_literal)

    def test_is_named_when_it_is_a_method_called_like_the_state(self):
        class Asked:
            def state(self):
                return "the model's own"

        with pytest.raises(WorkflowError, match="state"):
            self.CLOSING.machine(Asked())

    def test_does_not_matter_to_a_case(self):
        assert not hasattr(Case, "submit")
        workflow = Workflow("names of a case", initial="a", transitions=[Transition("apply", "a", "b")])
        assert walked("apply", workflow=workflow).state == "b"


class TestMovesFromAnyStateToAnyOther:
    # transitions #318
    def test_pass_every_condition_by_in_the_bare_library(self):
        desk = Desk()
        bare(desk).get_transitions("hand_over")[0].conditions.append(transitions.core.Condition(lambda: False))
        assert (desk.hand_over(), desk.to_acted_on(), desk.state) == (False, True, "acted_on")

    def test_are_unknown_to_a_case(self):
        for trigger in ("to_acted_on", "to__acted_on"):  # the second is how the engine's own machine would call it
            assert [refusal.kind for refusal in opened().refusals(trigger)] == ["unknown trigger"]
            with pytest.raises(RefusedError):
                opened().apply(trigger, at=later(1))

    def test_are_not_on_a_model_of_ones_own(self):
        book = Book()
        machine = LOAN.machine(book)
        assert [name for name in dir(book) if name.startswith("to_")] == []
        assert sorted(machine.events) == ["discard", "give_back", "lend"]
        with pytest.raises(AttributeError, match="Do not know event named 'to_gone'"):
            book.trigger("to_gone")

    @pytest.mark.parametrize("cls", [HierarchicalMachine, LockedHierarchicalMachine])
    def test_are_not_on_a_model_of_a_hierarchical_machine_either(self, cls):
        book = Book()
        LOAN.machine(book, cls=cls)
        with suppress(AttributeError):
            book.to("lent")
        assert book.state == "shelved"


class TestTheFirstState:
    # transitions #71, #9
    def test_of_a_bare_model_is_entered_without_its_callback(self):
        class Told:
            def __init__(self):
                self.entered = []

            def on_enter_a(self):
                self.entered.append("a")

        told = Told()
        bare(told, chain("told", "a", "b"))
        assert (told.state, told.entered) == ("a", [])

    def test_of_a_case_is_come_to_by_a_step_like_any_other(self):
        (receipt,) = opened().history
        assert receipt == Step("receive", NINE, "Somchai", state="registered")
        (event,) = events([opened()])
        assert (event.activity, event.happened, event.actor) == ("receive", NINE, "Somchai")

    def test_of_a_case_takes_a_right_to_come_to(self):
        workflow = chain("counter", "a", "b", may_open=[Right("clerk")])
        with pytest.raises(RefusedError, match="cannot receive 8395/2562: Somchai"):
            workflow.open(LETTER, at=NINE, by=GUEST)
        assert workflow.open(LETTER, at=NINE, by=CLERK).state == "a"

    def test_is_not_before_the_receipt(self):
        with pytest.raises(RefusedError, match="it is not received; from here: receive"):
            INCOMING_EXTERNAL_LETTER.replay(LETTER, [Entry("hand_over", NINE)])
        assert opened().as_of(later(-1)) is None


class Slashed(NestedState):
    separator = "/"


class SlashedMachine(HierarchicalMachine):
    state_cls = Slashed


class TestDefinitionsWithinDefinitions:
    # transitions #248, #509, PR #511
    def test_share_their_callbacks_in_the_bare_library(self):
        child = HierarchicalMachine(None, states=["one", "two"], initial="one", transitions=[["go", "one", "two"]])
        parent = HierarchicalMachine(None, states=["idle", {"name": "busy", "children": child}], initial="idle")
        parent.get_state("busy_one").add_callback("enter", "told")
        assert child.get_state("one").on_enter == ["told"]

    def test_share_nothing_that_can_change(self):
        line = LOAN.transitions[1]
        twin = Workflow("twin", initial="lent", transitions=[line, Transition("lend", "shelved", "lent")])
        strict = LOAN.permitting({"give_back": [Right("clerk")]})
        assert (line.may, twin.transitions[0].may, LOAN.transitions[1].may) == ((), (), ())
        assert strict.transitions[1].may == (Right("clerk"),)
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            line.may = (Right("guest"),)
        case = LOAN.open(LETTER, at=NINE).apply("lend", **LENDING)
        assert case.allowed(by=GUEST) == ("give_back",)
        assert migrate([case], strict)[0].allowed(by=GUEST) == ()
        assert case.allowed(by=GUEST) == ("give_back",)

    def test_of_machines_for_two_models_of_ones_own_share_no_callback_and_no_state(self):
        one, other, told = Book(), Book(), []
        machine, _ = LOAN.machine(one), LOAN.machine(other)
        machine.before_discard(lambda: told.append("one"))
        assert other.discard()
        assert (told, one.state) == ([], "shelved")
        assert one.discard()
        assert told == ["one"]

    def test_do_not_reach_the_machine_of_the_cases(self):
        book = Book()
        machine = LOAN.machine(book)
        machine.add_transition("steal", "*", "gone")
        machine.remove_transition("discard")
        case = LOAN.open(LETTER, at=NINE)
        assert case.allowed() == ("lend", "discard")
        assert [refusal.kind for refusal in case.refusals("steal")] == ["unknown trigger"]
        assert case.apply("discard", at=later(1)).state == "gone"

    def test_are_seen_in_every_underscore_by_the_bare_library(self):
        nested = HierarchicalMachine(None, states=["taken_over"], initial=None, auto_transitions=False)
        assert list(nested.states) == ["taken"]
        with pytest.raises(KeyError):  # as docflow gives them
            HierarchicalMachine(None, states=[{"name": "taken_over"}], initial=None, auto_transitions=False)

    def test_are_not_seen_when_names_have_no_separator_in_them(self):
        desk = Desk()
        INCOMING_EXTERNAL_LETTER.machine(desk, cls=SlashedMachine)
        assert (desk.hand_over(), desk.state, desk.is_taken_over()) == (True, "taken_over", True)

    @pytest.mark.parametrize("second", ["b_c", "a_b"])
    def test_that_names_would_make_by_mistake_are_refused_in_words(self, second):
        desk = Desk()
        with pytest.raises(WorkflowError):
            chain("nested by mistake", "a", second).machine(desk, cls=HierarchicalMachine).get_state(second)


class TestThePaceOfReleases:
    # transitions #651; mended but not released: #688, #696, #697, #704, #715, #716
    def test_is_no_matter_for_the_version_at_hand(self):
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        (declared,) = (each for each in map(Requirement, project["dependencies"]) if each.name == "transitions")
        assert declared.specifier.contains(version("transitions"))

    def test_is_met_by_one_room_that_uses_what_is_public(self):
        tree = ast.parse(inspect.getsource(engine))
        stubs = Path(transitions.__file__).parent
        imported = [
            (each.module, alias.name)
            for each in ast.walk(tree)
            if isinstance(each, ast.ImportFrom) and each.module.split(".")[0] == "transitions"
            for alias in each.names
        ]
        assert ("transitions", "Machine") in imported
        for module, name in imported:
            where = {"transitions": "__init__.pyi", "transitions.core": "core.pyi"}[module]
            assert name in (stubs / where).read_text(encoding="utf-8")
        reached = {each.attr for each in ast.walk(tree) if isinstance(each, ast.Attribute)}
        assert {name for name in reached if name.startswith("_") and not name.endswith("__")} == set()

    def test_is_met_in_no_other_room(self):
        rooms = Path(docflow.__file__).parent.rglob("*.py")
        knowing = [room.name for room in rooms if "\nfrom transitions" in room.read_text(encoding="utf-8")]
        assert knowing == ["engine.py"]


class TestAMachineForAModelOfOnesOwn:
    SYNCHRONOUS = (
        (Machine, {}),
        (LockedMachine, {}),
        (GraphMachine, {"graph_engine": "mermaid"}),
        (LockedGraphMachine, {"graph_engine": "mermaid"}),
        (HierarchicalMachine, {}),
        (LockedHierarchicalMachine, {}),
        (SlashedMachine, {}),
        (TimedMachine, {}),
    )
    ASYNCHRONOUS = (
        (AsyncMachine, {}),
        (AsyncGraphMachine, {"graph_engine": "mermaid"}),
        (HierarchicalAsyncMachine, {}),
    )
    REFUSED = (
        {"by": GUEST, "at": NINE, "note": "to the library"},
        {"by": "Somying", "at": NINE, "note": "to the library"},  # a mere name has no role
        {"at": NINE, "note": "to the library"},
        {"by": CLERK, "at": NINE},
    )

    @pytest.mark.parametrize("refused", REFUSED)
    @pytest.mark.parametrize("options", [{}, {"send_event": True}, {"model_attribute": "place"}])
    @pytest.mark.parametrize(("kind", "more"), SYNCHRONOUS)
    def test_keeps_rights_and_guards(self, kind, more, options, refused):
        book = Book()
        machine = LOAN.machine(book, cls=kind, **options, **more)
        place = partial(getattr, book, options.get("model_attribute", "state"))
        assert type(machine) is kind
        assert (book.may_lend(**refused), book.lend(**refused), book.trigger("lend", **refused), place()) == (
            False,
            False,
            False,
            "shelved",
        )
        assert (book.may_lend(**LENDING), book.lend(**LENDING), place()) == (True, True, "lent")
        assert (book.may_give_back(), book.give_back(), place()) == (True, True, "shelved")

    @pytest.mark.parametrize("refused", REFUSED)
    @pytest.mark.parametrize("options", [{}, {"send_event": True}, {"queued": True}, {"queued": "model"}])
    @pytest.mark.parametrize(("kind", "more"), ASYNCHRONOUS)
    def test_keeps_rights_and_guards_when_it_is_awaited(self, kind, more, options, refused):
        async def lent():
            book = Book()
            LOAN.machine(book, cls=kind, **options, **more)
            asked = await book.may_lend(**refused), await book.may_lend(**LENDING)
            await book.lend(**refused)
            refused_in = book.state
            await book.lend(**LENDING)
            return asked, refused_in, book.state

        assert asyncio.run(lent()) == ((False, True), "shelved", "lent")

    @pytest.mark.parametrize(("kind", "more"), SYNCHRONOUS)
    def test_raises_for_a_move_that_the_table_does_not_have_and_ignores_it_when_told(self, kind, more):
        book, easy = Book(), Book()
        LOAN.machine(book, cls=kind, **more)
        LOAN.machine(easy, cls=kind, ignore_invalid_triggers=True, **more)
        with pytest.raises(MachineError):
            book.give_back()
        assert not easy.give_back()
        assert (book.state, easy.state) == ("shelved", "shelved")

    def test_says_that_a_guarded_step_has_a_moment(self):
        book = Book()
        LOAN.machine(book)
        with pytest.raises(TypeError, match="lend is guarded; call it with at="):
            book.lend(by=CLERK, note="to the library")
        with pytest.raises(NaiveDatetimeError):
            book.lend(by=CLERK, note="to the library", at=datetime(2019, 10, 1, 9))
        assert book.state == "shelved"

    def test_gives_guards_the_model_and_what_was_said(self):
        seen = []

        def sees(model, act):
            seen.append((model.title, act.trigger, act.at, act.by, act.role, act.unit, act.note))

        book = Book("Four Reigns")
        Workflow("seen", initial="a", transitions=[Transition("go", "a", "b", guards=[sees])]).machine(book)
        assert book.go(by=CLERK, at=NINE, unit="Reading Room", note="two weeks")
        assert seen == [("Four Reigns", "go", NINE, "Somying", "clerk", "Reading Room", "two weeks")]

    def test_asks_for_the_unit_of_a_right(self):
        book = Book()
        LOAN.permitting({"discard": [Right("clerk", "Cellar")]}).machine(book)
        assert not book.discard(by=CLERK, unit="Reading Room")
        assert book.discard(by=CLERK, unit="Cellar")

    def test_calls_back_in_the_librarys_order_and_not_for_what_is_refused(self):
        told, book = [], Book()
        moments = ("prepare_event", "before_state_change", "after_state_change", "on_final", "finalize_event")
        machine = LOAN.machine(book, **{name: (lambda *_, name=name, **__: told.append(name)) for name in moments})
        machine.before_lend(lambda **_: told.append("before"))
        machine.after_lend(lambda **_: told.append("after"))
        machine.on_exit_shelved(lambda **_: told.append("exit"))
        machine.on_enter_lent(lambda **_: told.append("enter"))
        book.lend(**LENDING | {"by": GUEST})
        assert told == ["prepare_event", "finalize_event"]
        told.clear()
        book.lend(**LENDING)
        assert told == [
            "prepare_event",
            "before_state_change",
            "before",
            "exit",
            "enter",
            "after",
            "after_state_change",
            "finalize_event",
        ]

    def test_calls_back_at_the_final_states_of_the_table(self):
        told, book = [], Book()
        LOAN.machine(book, on_final=lambda: told.append(book.state))
        book.discard()
        assert told == ["gone"]

    def test_calls_back_the_models_own_methods(self):
        class Telling(Book):
            told = ()

            def on_enter_lent(self, **said):
                self.told = (*self.told, said["note"])

        book = Telling()
        LOAN.machine(book)
        book.lend(**LENDING)
        assert book.told == ("to the library",)

    def test_sends_events(self):
        sent, book = [], Book()
        machine = LOAN.machine(book, send_event=True, after_state_change=sent.append)
        book.lend(**LENDING)
        (event,) = sent
        assert (event.model, event.machine, event.event.name, event.kwargs) == (book, machine, "lend", LENDING)
        assert (event.transition.source, event.transition.dest) == ("shelved", "lent")

    def test_queues_steps_within_steps(self):
        states, book = [], Book()
        machine = LOAN.machine(book, queued=True)
        machine.on_enter_lent(lambda **_: (book.give_back(), book.discard(), states.append(book.state)))
        book.lend(**LENDING)
        assert (states, book.state) == (["lent"], "gone")

    def test_hands_exceptions_on_when_told(self):
        caught, book = [], Book()
        LOAN.machine(book, send_event=True, on_exception=lambda event: caught.append(type(event.error)))
        book.lend(by=CLERK)
        book.give_back()
        assert caught == [TypeError, MachineError]
        assert book.state == "shelved"

    @pytest.mark.parametrize("several", [list, tuple, set])
    def test_moves_several_models_each_by_itself_and_all_at_once(self, several):
        one, other = Book("one"), Book("other")
        machine = LOAN.machine(several((one, other)))
        one.discard()
        assert (one.state, other.state) == ("gone", "shelved")
        assert sorted(book.title for book in machine.models) == ["one", "other"]
        one, other = Book("one"), Book("other")
        machine = LOAN.machine(several((one, other)))
        assert not machine.dispatch("lend", **LENDING | {"by": GUEST})
        assert machine.dispatch("lend", **LENDING)
        assert (one.state, other.state) == ("lent", "lent")

    def test_takes_models_in_and_lets_them_go_later(self):
        machine, book = LOAN.machine(), Book()
        assert machine.models == []
        machine.add_model(book, initial="lent")
        assert (book.give_back(), book.lend(**LENDING | {"by": GUEST}), book.lend(**LENDING)) == (True, False, True)
        machine.remove_model(book)
        assert machine.models == []

    def test_is_its_own_model_when_told(self):
        machine = LOAN.machine(Machine.self_literal)
        assert (machine.lend(**LENDING | {"by": GUEST}), machine.lend(**LENDING), machine.state) == (
            False,
            True,
            "lent",
        )

    def test_keeps_the_state_under_another_name(self):
        book = Book()
        LOAN.machine(book, model_attribute="place")
        assert (book.lend(**LENDING), book.place, book.is_place_lent()) == (True, "lent", True)
        assert not hasattr(book, "state")

    def test_of_the_bare_library_may_share_a_model_with_another(self):
        book = Book()
        bare(book, chain("one", "a", "b"), model_attribute="one", auto_transitions=False)
        bare(book, LOAN, model_attribute="other", auto_transitions=False)
        assert (book.go(), book.discard(), book.one, book.other) == (True, True, "b", "gone")

    def test_may_share_a_model_with_another(self):
        book = Book()
        chain("one", "a", "b").machine(book, model_attribute="one")
        LOAN.machine(book, model_attribute="other")
        assert (book.go(), book.discard(), book.one, book.other) == (True, True, "b", "gone")

    def test_draws_itself_where_it_stands(self):
        book = Book()
        LOAN.machine(book, cls=GraphMachine, graph_engine="mermaid")
        book.lend(**LENDING)
        drawn = book.get_graph().draw(None)
        assert "shelved --> lent: lend" in drawn
        assert "Class lent s_active" in drawn

    def test_takes_more_conditions_beside_the_tables(self):
        book, open_today = Book(), []
        machine = LOAN.machine(book)
        for line in machine.get_transitions("lend"):
            line.conditions.append(transitions.core.Condition(lambda **_: bool(open_today)))
        assert not book.lend(**LENDING)
        open_today.append("yes")
        assert not book.lend(**LENDING | {"by": GUEST})
        assert book.lend(**LENDING)

    def test_awaits_its_callbacks(self):
        async def told():
            heard, book = [], Book()

            async def hear(**said):
                await asyncio.sleep(0)
                heard.append(said["note"])

            LOAN.machine(book, cls=AsyncMachine, after_state_change=hear)
            await book.lend(**LENDING | {"by": GUEST})
            await book.lend(**LENDING)
            return heard, book.state

        assert asyncio.run(told()) == (["to the library"], "lent")

    @pytest.mark.parametrize("workflow", docflow.bangkok.WORKFLOWS, ids=lambda workflow: workflow.name)
    def test_accepts_what_a_case_accepts(self, workflow):
        for line in workflow.transitions:
            desk = Desk()
            workflow.machine(desk, initial=line.source)
            assert {t for t in workflow.triggers[1:] if desk.may_trigger(t)} == set(workflow.allowed(line.source))
            assert (desk.trigger(line.trigger), desk.state) == (True, line.destination)
