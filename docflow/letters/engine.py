"""The `transitions` machine behind a workflow: the only room that knows that package.

One machine serves a workflow and all its cases. Letters are never bound to it: each move is made by a token that
holds one state and is thrown away, so nothing is injected into anything, nothing is left half moved, and threads
do not meet.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from transitions import Machine

if TYPE_CHECKING:
    from docflow.letters.workflow import Workflow

__all__ = ["accepts", "fire"]


STATE: Final = ""  # the token's attribute: no trigger may be called like it, and a workflow refuses empty names


class _Token:
    def __init__(self, state: str) -> None:
        setattr(self, STATE, state)


@lru_cache(maxsize=128)
def _machine(workflow: Workflow) -> Machine:
    return Machine(
        model=None,
        states=list(workflow.states),
        initial=workflow.initial,
        transitions=[[line.trigger, line.source, line.destination] for line in workflow.transitions],
        model_attribute=STATE,
        auto_transitions=False,  # any-to-any moves would pass every rule by
    )


def accepts(workflow: Workflow, state: str, trigger: str) -> bool:
    """Whether the machine knows a move by that trigger from that state."""
    return bool(_machine(workflow).get_transitions(trigger, state))


def fire(workflow: Workflow, state: str, trigger: str) -> str:
    """The state the machine comes to; it raises `transitions.MachineError` for a move that it does not accept."""
    token = _Token(state)
    _machine(workflow).events[trigger].trigger(token)
    return str(getattr(token, STATE))
