"""The office's processes as tables, from the steps that the plan of B.E. 2563 lists."""

from __future__ import annotations

from docflow.letters import Transition, Workflow

__all__ = ["INCOMING_EXTERNAL_LETTER"]

# Plan, lines 464, 486 and 770–790: General Administration's registry logs the receipt, an officer reads it and presents
# it to the responsible unit, whose registry logs it again; there it is checked, and clarified with the sender when it
# is unclear, summarised with an opinion, and submitted to the Head of Office; the executives order, the agency acts.
INCOMING_EXTERNAL_LETTER = Workflow(
    "incoming external letter",
    initial="registered",
    transitions=(
        Transition("hand_over", "registered", "taken_over"),
        Transition("ask_sender", "taken_over", "awaiting_sender"),
        Transition("sender_answers", "awaiting_sender", "taken_over"),
        Transition("screen", "taken_over", "screened"),
        Transition("summarize", "screened", "summarized"),
        Transition("submit", "summarized", "submitted"),
        Transition("order", "submitted", "ordered"),
        Transition("act", "ordered", "acted_on"),
    ),
)
