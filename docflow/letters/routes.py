"""Lines that often belong together, such as hold and resume, and the guards that choose between them.

They are lines of the table like any others, so diagrams, machines and checks need not know them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from docflow.errors import LetterError
from docflow.letters.entries import called
from docflow.letters.process import Transition, from_each, names
from docflow.text import expect

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docflow.letters.entries import Act, Step
    from docflow.letters.rights import Right

__all__ = ["Approval", "HeldIn", "approvals", "hold_and_resume", "needs_a_note"]


def needs_a_note(_case: Any, act: Act) -> str | None:  # noqa: ANN401 - any case, also a model of one's own
    """A guard that refuses a step without a written reason in its `note`.

    >>> from datetime import datetime, timezone
    >>> from docflow import Letter, Transition, Workflow
    >>> nine = datetime(2020, 1, 6, 9, tzinfo=timezone.utc)
    >>> reject = Transition("reject", "submitted", "rejected", guards=[needs_a_note])
    >>> case = Workflow("proposal", initial="submitted", transitions=[reject]).open(Letter(number="1/2563"), at=nine)
    >>> print(*case.refusals("reject"), *case.refusals("reject", note="no budget"))
    it needs a written reason; say it in the note
    """
    return None if act.note.strip() else "it needs a written reason; say it in the note"


@frozen
class HeldIn:
    """A guard that lets a letter go back only into the state in which it was held; `hold_and_resume` uses it.

    >>> from docflow import Transition
    >>> print(*Transition("resume", "on hold", "screened", guards=[HeldIn("screened", by="hold")]).guards)
    held while screened

    The last step `by` that was not undone counts. What is done while the letter is held changes nothing: a reminder, or
    another hold from which it came back. Raises `TypeError` for a model that has no history.
    """

    state: str = field(converter=called)
    by: str = field(converter=called, kw_only=True)

    def __call__(self, case: Any, act: Act) -> str | None:  # noqa: ANN401 - the same
        """Why it does not go on in that state, or None."""
        held = _held(_history(case), self.by, act.trigger)
        if held is None:
            return f"it was not put there by {self.by!r}"
        return None if held == self.state else f"it was held while {held}, not while {self.state}"

    def __str__(self) -> str:
        return f"held while {self.state}"


def _history(case: Any) -> Sequence[Step]:  # noqa: ANN401 - the same
    """What happened to a case; a model of one's own may not know it. Raises `TypeError`."""
    history: Sequence[Step] | None = getattr(case, "history", None)
    if history is None:
        raise TypeError(f"a {type(case).__name__} has no history, by which this step is judged; give it one, or a Case")
    return history


def _held(history: Sequence[Step], by: str, until: str) -> str | None:
    """The state in which a letter was held, by a step that another one has not undone since; None when none was."""
    undone = 0  # as brackets are: each step back undoes the last hold that is not undone yet
    for n in range(len(history) - 1, 0, -1):
        if history[n].trigger == until:
            undone += 1
        elif history[n].trigger == by and undone:
            undone -= 1
        elif history[n].trigger == by:
            return history[n - 1].state
    return None


def hold_and_resume(
    states: Iterable[str], on_hold: str = "on hold", *, hold: str = "hold", resume: str = "resume"
) -> tuple[Transition, ...]:
    """The lines that lead from any of some states into one where the letter rests, and back into the one it was in.

    >>> for line in hold_and_resume(("registered", "screened")):
    ...     print(line.trigger, line.source, line.destination, *line.guards, sep=", ")
    hold, registered, on hold
    hold, screened, on hold
    resume, on hold, registered, held while registered
    resume, on hold, screened, held while screened

    Name the state in the workflow's `waiting`, and clocks stand still in it. Other lines may lead on from there. Raises
    `TypeError` for one state alone.
    """
    held = names(states)
    back = (Transition(resume, on_hold, state, guards=(HeldIn(state, by=hold),)) for state in held)
    return (*from_each(hold, held, on_hold), *back)


@frozen(kw_only=True)
class Approval:
    """A guard that counts how many people have done a step since another one; `approvals` makes a pair of them.

    >>> print(Approval(need=2, since="submit", last=False), Approval(need=2, since="submit", last=True), sep=", ")
    fewer than 2, 2 together

    With `last`, it refuses all but the last person who is needed: its line leads on. Without, it refuses that last
    one: on its line the letter stays where it is. Either refuses who has done the step already, and a step that names
    nobody. Raises `TypeError` for a model that has no history.
    """

    need: int
    since: str = field(converter=called)
    last: bool

    def __call__(self, case: Any, act: Act) -> str | None:  # noqa: ANN401 - the same
        """Why the step is not one more of those that are counted, or not on this line; or None."""
        if not act.by:
            return "an approval says by whom; name who gives it"
        history = _history(case)
        begun = max((n for n, step in enumerate(history) if step.trigger == self.since), default=None)
        if begun is None:
            return f"it counts since the last {self.since!r}, and there was none; do that first"
        given = [step for step in history[begun:] if step.trigger == act.trigger]
        done = {name for step in given for name in _names(step)}
        again = [name for name in _names(act) if name in done]
        if again:
            return f"{again[0]} has done so already; it takes {self.need} people"
        now = len(given) + 1
        return None if (now >= self.need) == self.last else f"that makes {now} of {self.need}"

    def __str__(self) -> str:
        return f"{self.need} together" if self.last else f"fewer than {self.need}"


def _names(act: Act) -> tuple[str, ...]:
    """Who did it, and for whom: a deputy approves neither once more nor for two."""
    return tuple(filter(None, (act.by, act.acting_for)))


def approvals(
    trigger: str, source: str, destination: str, *, need: int, since: str, may: Iterable[Right] = ()
) -> tuple[Transition, ...]:
    """The lines of a step that several people must take, in any order, before the letter moves on.

    >>> for line in approvals("approve", "submitted", "approved", need=2, since="submit"):
    ...     print(line.trigger, line.source, line.destination, *line.guards, sep=", ")
    approve, submitted, submitted, fewer than 2
    approve, submitted, approved, 2 together

    `since` is the step after which they begin, and begin again: what was approved before the last submission counts no
    more. Who has done it once is refused, be it in another's name, and so is a step that names nobody. `may` says who
    has the right.

    Raises `TypeError` for a `need` that is no whole number, and `LetterError` for one below 1.
    """
    expect(need, int, "number", "how many must do it, such as need=2")
    if need < 1:
        raise LetterError(need, "people approve nothing; give 1 or more")
    stays, leads = (Approval(need=need, since=since, last=last) for last in (False, True))
    rights = tuple(may)
    onward = Transition(trigger, source, destination, may=rights, guards=(leads,))
    return (Transition(trigger, source, source, may=rights, guards=(stays,)), onward) if need > 1 else (onward,)
