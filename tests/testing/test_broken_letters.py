"""The shipped laws of workflows and registers bite: for every one of them something is broken that it catches."""

from itertools import pairwise
from unittest import SkipTest

import pytest
from attrs import evolve
from hypothesis import settings
from searching import WITH_ENOUGH_EXAMPLES, found_first, kinds, laws_of, search

from docflow import Registry, Transition, Workflow
from docflow.errors import RefusedError
from docflow.leaves import Leaves
from docflow.letters import Amendment, Case, Correction, HeldIn, engine, entries, events, history, replay_events
from docflow.letters import case as cases_module
from docflow.letters import log as log_module
from docflow.letters import workflow as workflow_module
from docflow.letters.entries import UNSAID
from docflow.registry import (
    Corrected,
    Filled,
    Line,
    Linked,
    RegisterNumber,
    Registration,
    Restored,
    Tracked,
    Void,
    Volume,
    case_register,
    pages,
)
from docflow.testing import (
    RegisterLaws,
    WorkflowLaws,
    cases,
    note_laws,
    passages_of,
    register_laws,
    registries,
    route_laws,
    workflow_laws,
    workflows,
)
from docflow.testing.route_strategies import PAIRS

pytestmark = pytest.mark.meta


def unsound():
    return Workflow("unsound", initial="a", transitions=[Transition("go", "b", "c"), Transition("stay", "a", "a")])


def with_history(case, history):
    """A case that nobody has judged."""
    return cases_module.case_of(case.workflow, case.letter, case.log, case._told._replace(history=history))


def the_first_line_that_passes(lines, taken, case):
    """What most state machines do: the order of the lines decides."""
    for line in lines:
        step = entries.step_of(*entries.said(taken), line.destination)
        if not tuple(history.restrictions(line, step, case)):
            return step, []
    return taken, [entries.Refusal("guard", "no line lets it pass")]


def where_it_was_held_first(guard, case, _act):
    """A place that is remembered once."""
    held = next((before.state for before, step in pairwise(case.history) if step.trigger == guard.by), None)
    return None if held == guard.state else "it was held elsewhere"


def its_own(_true):
    def identity(value):
        return id(value)

    return identity


# Each law, what is replaced, and by what of the true one.
BROKEN_WORKFLOWS = {
    "test_machine_and_table_accept_the_same_steps_and_come_to_the_same_states": (
        engine,
        "fire",
        lambda true: lambda workflow, *move: true(workflow, *move) and workflow.initial,
    ),
    "test_every_state_is_reached_and_every_letter_can_come_to_an_end": (
        workflow_module,
        "check",
        lambda _: lambda workflow: workflow.final,
    ),
    "test_the_log_replayed_is_the_case": (
        Case,
        "correct",
        lambda true: lambda case, *said, **more: with_history(true(case, *said, **more), case.history),
    ),
    "test_a_history_goes_by_the_table_and_forward_in_time": (history, "instant", lambda _: lambda _at: 0),
    "test_a_step_is_taken_or_refused_with_reasons": (
        Case,
        "refusals",
        lambda _: lambda *_, **__: (),
    ),
    "test_what_is_allowed_is_what_is_not_refused": (
        Case,
        "allowed",
        lambda _: lambda case, **__: case.workflow.allowed(case.state),
    ),
    "test_a_correction_stands_below_what_it_corrects": (
        cases_module,
        "Correction",
        lambda true: lambda **said: true(**said | {"role": "somebody else"}),
    ),
    "test_the_past_never_sees_what_came_later": (cases_module, "known", lambda _: lambda log, _moment: log),
    "test_a_case_is_a_value": (Case, "__hash__", its_own),
    "test_nobody_opens_a_case_without_the_right": (history, "infringement", lambda _: lambda *_: None),
    "test_events_tell_the_history": (events.__globals__["events"].__globals__, "_late", lambda _: lambda _case: {}),
    "test_events_of_the_log_tell_everything": (
        replay_events.__globals__,
        "_record",
        lambda true: lambda row: true(row._replace(note="")),
    ),
    "test_a_new_version_of_the_same_table_moves_every_case": (
        workflow_laws,
        "migrate",
        lambda _: lambda cases, _new: tuple(cases),
    ),
    "test_of_many_cases_all_move_to_another_table_or_none": (
        workflow_laws,
        "migrate",
        lambda _: lambda cases, new: tuple(evolve(case, workflow=new) for case in cases),
    ),
    "test_a_bound_machine_walks_the_same_way": (engine._Judge, "__call__", lambda _: lambda *_: True),
    "test_both_names_of_a_deputy_are_kept": (
        replay_events.__globals__,
        "_record",
        lambda true: lambda row: true(row._replace(acting_for=None)),
    ),
    "test_what_was_known_of_a_letter_never_changes": (
        cases_module,
        "known",
        lambda true: lambda log, moment: true(log, moment) and log,
    ),
    "test_an_amendment_is_made_or_refused_with_reasons": (log_module, "as_written", lambda _: lambda *_: ()),
    "test_attributes_are_what_was_declared": (log_module, "faults", lambda _: lambda *_: ()),
    "test_pauses_lie_apart_and_in_waiting_states": (cases_module, "time_in", lambda _: lambda *_: ()),
    "test_no_step_has_two_destinations": (history, "chosen", lambda _: the_first_line_that_passes),
    "test_a_letter_that_is_held_goes_on_where_it_was": (
        HeldIn,
        "__call__",
        lambda _: where_it_was_held_first,
    ),
    "test_of_two_who_write_at_once_the_second_is_refused": (
        route_laws,
        "successor",
        lambda _: lambda _stored, written: written,
    ),
}


def appended(_true):
    def write(volume, line, n=None):  # noqa: ARG001 - forgets it
        written = (*volume.written, line)
        return volume.holding(written, (*volume.notes, ()), (*volume.lines, line))

    return write


def instead_of_the_others(note):
    """Volumes in which a note takes the place of those before it."""

    def noted(volume, n, one):
        made = note(volume, n, one)
        return made.holding(made.written, made.notes.amending(n - made.first, (one,)), made.lines)

    return noted


def overwritten(note):
    """Volumes in which whoever writes a note signs the line, too."""

    def noted(volume, n, one):
        made = note(volume, n, one)
        signed = [
            lines.amending(n - made.first, evolve(lines[n - made.first], by="Somebody"))
            for lines in (Leaves.of(made.written), made.lines)
        ]
        return made.holding(signed[0], made.notes, signed[1])

    return noted


def without(*kinds):
    """Lines on which some notes have no effect."""
    return Line, "noted", lambda noted: lambda line, note: line if isinstance(note, kinds) else noted(line, note)


def on_one_line(_true):
    def correct(registry, number, /, *, by, why, at, **right):
        return registry._note(number, Corrected(by=by, why=why, at=at, values=right))

    return correct


def numbered(**otherwise):
    """Registers that call a letter by another book or year than it is in."""

    def number(volume, n):
        said = {name: change(volume) for name, change in otherwise.items()}
        return RegisterNumber(**{"book": volume.book, "year": volume.year, "n": n} | said)

    return Volume, "number", lambda _: number


BROKEN_REGISTERS = {
    "test_numbers_have_no_gaps_and_none_comes_twice": (
        Volume,
        "__iter__",
        lambda _: lambda volume: (Registration(volume.number(volume.first), line) for line in volume.written),
    ),
    "test_lines_stand_in_order_of_arrival": (Volume, "write", appended),
    "test_what_was_written_stays": (
        Volume,
        "note",
        overwritten,
    ),
    "test_a_void_number_is_never_used_again": (Volume, "write", appended),
    "test_a_letter_keeps_its_first_number_wherever_it_goes": (
        Registry,
        "passage",
        lambda _: lambda registry, number: (registry[number],),
    ),
    "test_replies_and_relations_are_found_from_every_number": (
        Registry,
        "replies",
        lambda _: lambda registry, number: tuple(one for one in registry if number in one.line.replies_to),
    ),
    "test_years_are_those_of_thai_time": numbered(year=lambda volume: volume.year + 1),
    "test_secret_letters_are_in_books_of_their_own": numbered(book=lambda volume: evolve(volume.book, secret=False)),
    "test_pages_hold_every_line_once_and_in_order": (
        register_laws,
        "pages",
        lambda _: lambda volume: pages(volume)[:1],
    ),
    "test_a_registry_is_a_value": (Registry, "__hash__", its_own),
    "test_notes_only_grow": (Volume, "note", instead_of_the_others),
    "test_a_line_says_what_its_notes_make_of_it": without(Tracked),
    "test_a_correction_keeps_the_old_value": (Registry, "correct", on_one_line),
    "test_a_number_that_is_reserved_and_filled_leaves_no_gap": (Registry, "reserved", lambda _: ()),
    "test_links_made_later_are_found_from_every_number": (
        Registry,
        "_with",
        lambda with_: lambda registry, volume, names=None: with_(registry, volume, {} if names else None),
    ),
    "test_a_void_number_may_be_restored_and_be_void_again": without(Restored),
    "test_each_recipient_has_the_status_noted_last": (
        Line,
        "outstanding",
        lambda _: lambda line, until=None: line.recipients,  # noqa: ARG005 - forgets it
    ),
    "test_the_past_never_sees_what_was_written_later": (
        Volume,
        "as_recorded",
        lambda _: lambda volume, _moment: volume,
    ),
    "test_a_register_and_its_cases_tell_one_letter": (case_register, "_amended", lambda _: lambda case, *_: case),
    "test_pages_tell_every_note": (note_laws, "pages", lambda _: lambda volume: pages(evolve(volume, notes=()))),
    "test_numbers_are_read_as_they_are_written": (
        RegisterNumber,
        "parse",
        lambda _: lambda text, book: RegisterNumber(book, 2563, int(text.split("/")[0])),
    ),
}


def test_every_law_has_something_that_breaks_it():
    assert laws_of(WorkflowLaws) == set(BROKEN_WORKFLOWS)
    assert laws_of(RegisterLaws) == set(BROKEN_REGISTERS)


def broken(monkeypatch, place, name, replace):
    if isinstance(place, dict):
        monkeypatch.setitem(place, name, replace(place[name]))
    else:
        monkeypatch.setattr(place, name, replace(getattr(place, name)))


@pytest.mark.parametrize("law", BROKEN_WORKFLOWS)
def test_a_broken_workflow_is_caught(law, monkeypatch):
    broken(monkeypatch, *BROKEN_WORKFLOWS[law])
    table = unsound() if "every_state" in law else workflows()
    with pytest.raises((AssertionError, RefusedError)):  # a case that cannot be replayed fails its law by a refusal
        search(type("Laws", (WorkflowLaws,), {"workflow": table})(), law)


def test_a_law_that_fails_tells_in_full_what_it_was_tried_with(monkeypatch):
    broken(monkeypatch, Case, "allowed", lambda _: lambda *_, **__: ("shred",))
    with pytest.raises(AssertionError) as caught:
        search(
            type("Laws", (WorkflowLaws,), {"workflow": workflows()})(), "test_what_is_allowed_is_what_is_not_refused"
        )
    told = "\n".join(caught.value.__notes__)
    assert "workflow in full: Workflow(name='drawn', initial='new', transitions=(" in told
    assert "the log of <Case 8395/2562 'new', 1 step>: [Step(trigger=" in told


@pytest.mark.parametrize("law", BROKEN_REGISTERS)
def test_a_broken_register_is_caught(law, monkeypatch):
    broken(monkeypatch, *BROKEN_REGISTERS[law])
    with pytest.raises(AssertionError):
        search(RegisterLaws(), law)


def refuses_all(_case, _entry):
    return "never"


def answers_wrongly(_case, _entry):
    return 1


GUARDED = {guard: Workflow("guarded", initial="a", transitions=[Transition("go", "a", "b", guards=[guard])])
           for guard in (refuses_all, answers_wrongly)}  # fmt: skip


@WITH_ENOUGH_EXAMPLES
@pytest.mark.parametrize(
    "law",
    [
        "test_a_history_goes_by_the_table_and_forward_in_time",
        "test_a_step_is_taken_or_refused_with_reasons",
        "test_a_bound_machine_walks_the_same_way",
        "test_events_tell_the_history",
    ],
)
def test_a_law_that_never_met_what_it_speaks_of_fails_and_says_so(law):
    laws = type("Laws", (WorkflowLaws,), {"workflow": GUARDED[refuses_all]})()
    with pytest.raises(AssertionError, match="there never was a step that is taken after the receipt") as caught:
        getattr(laws, law)()
    assert getattr(WorkflowLaws, law).__doc__ in caught.value.__notes__[-1]


def test_passages_that_never_went_on_fail_and_say_so():
    passages = passages_of(GUARDED[refuses_all])
    passages.settings = settings(passages.settings, max_examples=20)  # of up to 50 steps each
    with pytest.raises(AssertionError, match="there never was a step that is taken after the receipt"):
        passages().runTest()


def test_a_table_without_transitions_has_no_steps_to_take():
    laws = type("Laws", (WorkflowLaws,), {"workflow": Workflow("archive", initial="kept", transitions=())})()
    laws.test_a_history_goes_by_the_table_and_forward_in_time()


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({}, "Laws has no workflow; give it one"),
        ({"workflow": "loan"}, "Laws has 'loan' for its workflow; give it a Workflow"),
        ({"workflow": GUARDED[refuses_all], "letter": "1/2563"}, "Laws has '1/2563' for its letter; give it a Letter"),
        ({"workflow": GUARDED[answers_wrongly]}, "the guard answers_wrongly gave 1"),
    ],
)
def test_a_fault_of_the_class_is_told_once_and_not_in_every_law(said, fault, monkeypatch):
    found_first(monkeypatch, WorkflowLaws)
    laws, told, skipped = type("Laws", (WorkflowLaws,), said)(), [], []
    for law in sorted(laws_of(WorkflowLaws)) * 2:
        try:
            getattr(laws, law)()
        except TypeError as error:
            told.append((law, str(error)))
        except SkipTest as reason:
            skipped.append(str(reason))
    assert len(told) == 2, "the law that tells it tells it whenever it is run"
    assert told[0] == told[1]
    assert told[0][1].startswith(fault)
    assert set(skipped) == {f"Laws has a fault that {told[0][0]} tells"}


def test_a_law_that_fails_quotes_its_sentence(monkeypatch):
    law = "test_nobody_opens_a_case_without_the_right"
    broken(monkeypatch, *BROKEN_WORKFLOWS[law])
    laws = type("Laws", (WorkflowLaws,), {"workflow": workflows()})()
    with pytest.raises(AssertionError) as caught:
        getattr(laws, law)()
    assert caught.value.__notes__[-1] == (
        "the law: nobody opens a case without the right\nA stranger and nobody may open one exactly when anybody may."
    )


def test_laws_without_a_workflow_say_what_is_missing():
    with pytest.raises(TypeError, match="Laws has no workflow; give it one"):
        search(type("Laws", (WorkflowLaws,), {})(), min(laws_of(WorkflowLaws)))


def a_guard_that_asks_the_case(case, entry):
    long = case.is_final or case.pauses(entry.at) or case.as_of(entry.at) is None or len(case.allowed()) > 5
    return "not any more" if long else None


def test_laws_hold_of_a_workflow_whose_guards_ask_the_case():
    guarded = Workflow(
        "asking",
        initial="a",
        transitions=[
            Transition("go", "a", "b", guards=[a_guard_that_asks_the_case]),
            Transition("wait", "b", "a", guards=[a_guard_that_asks_the_case]),
            Transition("end", "b", "c"),
        ],
        waiting=["b"],
    )
    laws = type("Laws", (WorkflowLaws,), {"workflow": guarded})()
    for law in laws_of(WorkflowLaws):
        search(laws, law, examples=20)


def guards_of(lines):
    return frozenset(guard for line in lines for guard in line.guards)


def test_workflows_of_every_kind_are_drawn():
    def kind_of(workflow):
        yield f"opened by {workflow.opening}"
        marks = {
            name: getattr(workflow, name) for name in ("waiting", "cancelled", "may_open", "may_correct", "attributes")
        }
        yield from (name for name, marked in marks.items() if marked)
        yield from ("rights" for line in workflow.transitions if line.may)
        yield from (f"{len(line.guards)} guards" for line in workflow.transitions if line.guards)
        if len(workflow.ends) > 1:
            yield "several ends"
        yield from (pair for lines in workflow.table.values() if len(lines) > 1 for pair in [guards_of(lines)])

    wanted = {"opened by receive", "opened by log in", "waiting", "cancelled", "may_open", "may_correct", "rights"}
    wanted |= {"attributes"}
    wanted |= {"1 guards", "2 guards", "several ends", *map(frozenset, PAIRS)}
    assert kinds(workflows(), kind_of, wanted) == wanted


def test_cases_of_every_kind_are_drawn():
    def kind_of(case):
        yield "in the midst" if len(case.history) > 1 else "received"
        if case.log != case.history:
            yield "corrected"
        if len(case.log) > len(case.history) + 1:
            yield "corrected by striking"
        if any(step.recorded and step.recorded > step.at for step in case.history):
            yield "written late"
        if case.is_final:
            yield "final"
        yield from ("amended" for record in case.log if isinstance(record, Amendment))
        yield from (
            said for said in ("note", "unit", "role", "acting_for") for step in case.history[1:] if getattr(step, said)
        )
        instead = [record.instead for record in case.log if isinstance(record, Correction) and record.instead]
        yield from ("corrected in part" for entry in instead if entry.by is UNSAID and entry.note is not UNSAID)

    wanted = {"in the midst", "received", "corrected", "corrected by striking", "written late", "final"}
    wanted |= {"note", "unit", "role", "acting_for", "corrected in part", "amended"}
    assert kinds(cases(), kind_of, wanted) == wanted


def test_registries_of_every_kind_are_drawn():
    def kind_of(registry):
        for one in registry:
            yield one.number.year
            yield one.number.book.direction.value
            yield from (name for name in ("first", "replies_to", "related", "void") if getattr(one.line, name))
            yield from (type(note) for note in one.notes)
            if one in registry.reserved:
                yield "reserved"
            if one.line.first and one.changes and one.changes[-1].what == "subject":
                yield "corrected in several units"
            if one.number.book.secret:
                yield "secret"

    wanted = {2562, 2563, "receipt", "sending", "first", "replies_to", "related", "void", "secret"}
    wanted |= {Void, Restored, Corrected, Linked, Filled, Tracked}
    wanted |= {"reserved", "corrected in several units"}
    assert kinds(registries(), kind_of, wanted) == wanted
