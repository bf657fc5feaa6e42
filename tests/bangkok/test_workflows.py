"""The plan's processes, step by step as shared by the plan of B.E. 2563 (lines named in docflow.bangkok.workflows)."""

from datetime import UTC, datetime, timedelta

import pytest

from docflow import Letter
from docflow.bangkok import (
    COMPLAINT,
    COUNCIL_DOCUMENTS,
    FIELD_VISIT,
    INCOMING_EXTERNAL_LETTER,
    INTERNAL_LETTER,
    SALARY_CERTIFICATE,
    TITLES,
    WORKFLOWS,
    office_clock,
    title,
)
from docflow.letters import Entry

NINE = datetime(2020, 1, 6, 2, tzinfo=UTC)  # 09:00 in Bangkok, a Monday
PASSAGES = [
    (
        INCOMING_EXTERNAL_LETTER,
        "receive hand_over ask_sender sender_answers screen summarize submit order act",
        "registered taken_over awaiting_sender taken_over screened summarized submitted ordered acted_on",
    ),
    (
        INCOMING_EXTERNAL_LETTER,
        "receive hand_over screen summarize submit send_back summarize submit order act reopen",
        "registered taken_over screened summarized submitted screened summarized submitted ordered acted_on taken_over",
    ),
    (INTERNAL_LETTER, "receive screen submit sign", "registered screened submitted signed"),
    (
        INTERNAL_LETTER,
        "receive screen return_for_correction receive_corrected screen submit send_back submit sign",
        "registered screened awaiting_correction registered screened submitted screened submitted signed",
    ),
    (
        COMPLAINT,
        "receive coordinate inspect submit order forward resolve survey",
        "registered coordinated inspected submitted ordered forwarded resolved surveyed",
    ),
    (
        COMPLAINT,
        "receive coordinate inspect submit send_back submit order forward resolve reopen",
        "registered coordinated inspected submitted inspected submitted ordered forwarded resolved registered",
    ),
    (SALARY_CERTIFICATE, "request prepare submit sign", "requested prepared submitted signed"),
    (SALARY_CERTIFICATE, "request prepare submit send_back cancel", "requested prepared submitted requested cancelled"),
    (COUNCIL_DOCUMENTS, "call_meeting compile deliver", "meeting_called compiled delivered"),
    (
        COUNCIL_DOCUMENTS,
        "call_meeting compile deliver supplement deliver",
        "meeting_called compiled delivered compiled delivered",
    ),
    (
        FIELD_VISIT,
        "visit record follow_up follow_up close reopen follow_up",
        "visited recorded followed_up followed_up closed followed_up followed_up",
    ),
]


@pytest.mark.parametrize(("workflow", "triggers", "states"), PASSAGES, ids=lambda value: getattr(value, "name", ""))
def test_a_process_goes_as_the_plan_says(workflow, triggers, states):
    entries = [Entry(trigger, NINE + timedelta(hours=n)) for n, trigger in enumerate(triggers.split())]
    case = workflow.replay(Letter(number="1/2563"), entries)
    assert [step.state for step in case.history] == states.split()


def test_all_six_are_there_and_each_is_called_by_its_name():
    assert [workflow.name for workflow in WORKFLOWS] == [
        "incoming external letter",
        "internal letter",
        "complaint",
        "salary certificate",
        "council documents",
        "field visit",
    ]


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda workflow: workflow.name)
def test_every_state_and_step_has_a_title_in_english_and_thai(workflow):
    for name in (workflow.name, *workflow.states, *workflow.triggers):
        assert TITLES["en"][name].isascii()
        assert any("\u0e00" <= letter <= "\u0e7f" for letter in TITLES["th"][name])
        assert not any("a" <= letter.lower() <= "z" for letter in TITLES["th"][name])


def test_no_title_is_left_over():
    named = {name for workflow in WORKFLOWS for name in (workflow.name, *workflow.states, *workflow.triggers)}
    assert set(TITLES["en"]) == set(TITLES["th"]) == named
    assert title("no_such_name", "th") == "no such name"


def test_only_coordination_with_the_sender_and_correction_pause_the_clock():
    assert {workflow.name: workflow.waiting for workflow in WORKFLOWS if workflow.waiting} == {
        "incoming external letter": ("awaiting_sender",),
        "internal letter": ("awaiting_correction",),
    }


def test_a_letter_that_waits_for_its_sender_keeps_its_time():
    clock = office_clock()
    entries = [
        Entry(trigger, NINE + timedelta(hours=hours))
        for trigger, hours in (
            ("receive", 0),
            ("hand_over", 1),
            ("ask_sender", 2),
            ("sender_answers", 25),
            ("screen", 26),
        )
    ]
    case = INCOMING_EXTERNAL_LETTER.replay(Letter(number="1/2563"), entries)
    until = case.history[-1].at
    assert str(clock.elapsed(NINE, until)) == "10 h"
    assert str(clock.elapsed(NINE, until, pauses=case.pauses(until))) == "3 h"
