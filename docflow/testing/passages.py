"""Passages: a state machine of hypothesis that leads a letter through the engine, the table and plain dicts at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeAlias

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from docflow.errors import RefusedError
from docflow.letters import Case, Step, engine
from docflow.letters.case import case_of
from docflow.letters.entries import UNSAID
from docflow.testing.laws import shown, trial
from docflow.testing.letter_data_strategies import LETTER, fitted
from docflow.testing.letter_strategies import (
    OPENED,
    STRANGER,
    TAKEN,
    Model,
    attempts,
    corrections,
    entitled,
    words_of,
    workflows,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from hypothesis.strategies import SearchStrategy

    from docflow.letters import Act, Letter, Right, Transition, Workflow

__all__ = ["Passages", "passages_of"]

Deed: TypeAlias = "dict[str, Any]"
NOTHING: Final[Deed] = {"by": None, "role": None, "unit": None, "note": "", "acting_for": None}


class Passages(RuleBasedStateMachine):
    """A state machine that tries steps, late entries, corrections and amendments of one case in any order.

    >>> from docflow.bangkok import INTERNAL_LETTER
    >>> from docflow.testing import Passages
    >>> class OurPassages(Passages):
    ...     workflow = INTERNAL_LETTER
    >>> TestOurPassages = OurPassages.TestCase  # what pytest runs; `passages_of` makes it in one line

    After each of them the case, its log replayed and plain dicts must tell the same history. The dicts are made of the
    workflow's lines alone: they accept what a guard refuses, and ask guards themselves only where these say which of
    several lines is meant. `workflow` and `letter` may be strategies; without them, any workflows and one letter.
    """

    workflow: ClassVar[Workflow | SearchStrategy[Workflow]] = workflows()
    letter: ClassVar[Letter | SearchStrategy[Letter]] = LETTER

    @initialize(data=st.data())
    def receive(self, data: st.DataObject) -> None:
        """A letter comes in."""
        given = self.workflow
        workflow = data.draw(given) if isinstance(given, st.SearchStrategy) else given
        letter = data.draw(self.letter) if isinstance(self.letter, st.SearchStrategy) else self.letter
        letter = data.draw(fitted(workflow, letter))
        self.case: Case = workflow.open(letter, at=OPENED, by=entitled(workflow.may_open))
        self.lines = {
            (one.source, one.trigger): [line for line in workflow.transitions if _leads_alike(line, one)]
            for one in workflow.transitions
        }
        self.deeds: dict[int, Deed] = {0: _deed(self.case.history[0], 0)}
        self.places = 1
        self.written = OPENED

    @rule(data=st.data())
    def step(self, data: st.DataObject) -> None:
        """Somebody does something, or tries to."""
        entry = data.draw(attempts(self.case))
        recorded = entry.recorded or max(entry.at, self.written)
        told = self.story(self.deeds.values()) or [(OPENED, "", {})]
        last = told[-1][0]
        legal = self.leads(told, _deed(entry, 0)) is not None and last <= entry.at <= recorded >= self.written
        try:
            self.case = self.case.apply(entry.trigger, **words_of(entry))
        except RefusedError as error:
            assert not legal or "guard" in {refusal.kind for refusal in error.refusals}
            shown(TAKEN, not self.case.workflow.transitions or len(self.case.history) > 1)
        else:
            shown(TAKEN, met=True)
            assert legal
            self.write([(None, entry)], recorded)

    @rule(data=st.data())
    def correct(self, data: st.DataObject) -> None:
        """Somebody corrects the log, or tries to."""
        changes, missed, recorded = data.draw(corrections(self.case))
        new: list[tuple[int | None, Act | None]] = [*changes.items(), *((None, entry) for entry in missed)]
        deeds = {place: deed for place, deed in self.deeds.items() if place not in changes}
        deeds |= self.placed(new)
        legal = (
            bool(new)
            and set(changes) <= set(self.deeds)
            and recorded >= self.written
            and all(entry is None or entry.at <= recorded for _, entry in new)
            and self.story(deeds.values()) is not None
        )
        who = data.draw(st.sampled_from((entitled(self.case.workflow.may_correct), STRANGER)))
        may = self.case.workflow.may_correct
        legal = legal and (
            not may or any(right.role in (None, who.role) and right.unit in (None, who.unit) for right in may)
        )
        try:
            self.case = self.case.correct(changes, missed=missed, by=who, why="a slip of the pen", recorded=recorded)
        except RefusedError as error:
            assert not legal or "guard" in {refusal.kind for refusal in error.refusals}
        else:
            assert legal
            self.write(new, recorded)

    @rule(data=st.data())
    def amend(self, data: st.DataObject) -> None:
        """Somebody amends the letter's own data, or tries to; no step is another then."""
        *_, recorded = data.draw(corrections(self.case))
        remark = data.draw(st.sampled_from(("by hand", "")))
        legal = recorded >= self.written and remark != self.case.letter.remark
        who = entitled(self.case.workflow.may_correct)
        try:
            self.case = self.case.amend(remark=remark, by=who, why="a slip of the pen", recorded=recorded)
        except RefusedError:
            assert not legal
        else:
            assert legal
            assert self.case.letter.remark == remark
            self.places += 1
            self.written = recorded

    @invariant()
    def all_tell_the_same_story(self) -> None:
        """The history, the table's replay of the log, and the dicts."""
        if not hasattr(self, "case"):
            return
        story = self.story(self.deeds.values()) or []
        assert [(step.at, step.state) for step in self.case.history] == [(at, state) for at, state, _ in story]
        for step, (_, _, deed) in zip(self.case.history, story, strict=True):
            assert {said: getattr(step, said) for said in NOTHING} == {said: deed[said] for said in NOTHING}
        assert Case(self.case.workflow, self.case.letter, self.case.log).history == self.case.history
        assert len(self.case.log) == self.places

    def teardown(self) -> None:
        """A `transitions` machine goes the whole way once more."""
        if not hasattr(self, "case"):
            return
        model = Model()
        engine.machine(self.case.workflow, model)
        for place, step in enumerate(self.case.history[1:], 1):
            model.stands(self.case, place)
            assert model.trigger(step.trigger, **words_of(step))
        assert model.state == self.case.state

    def placed(self, new: Sequence[tuple[int | None, Act | None]]) -> dict[int, Deed]:
        """New records by their places; what corrects another stands, among equal stamps, where that stood."""
        roots = [self.places + n if place is None else self.root(place) for n, (place, _) in enumerate(new)]
        return {
            self.places + n: _deed(entry, root, self.deeds.get(-1 if place is None else place))
            for n, ((place, entry), root) in enumerate(zip(new, roots, strict=True))
            if entry is not None
        }

    def root(self, place: int) -> int:
        """The place for which a record stands."""
        return int(self.deeds[place]["root"]) if place in self.deeds else place

    def write(self, new: Sequence[tuple[int | None, Act | None]], recorded: datetime) -> None:
        """Write records into the dicts."""
        placed = self.placed(new)
        self.deeds = {place: deed for place, deed in self.deeds.items() if place not in dict(new)} | placed
        self.places += len(new)
        self.written = max(self.written, recorded)

    def story(self, deeds: Iterable[Deed]) -> list[tuple[datetime, str, Deed]] | None:
        """When the letter came to which state, and by which deed; None when these deeds are not legal."""
        left = sorted(deeds, key=lambda deed: (deed["at"], deed["root"]))
        told: list[tuple[datetime, str, Deed]] = []
        state = "not received"
        while left:
            stamped = [deed for deed in left if deed["at"] == left[0]["at"]]
            known = [deed for deed in stamped if self.known(state, deed["trigger"])]
            deed = (known or stamped)[0]
            onward = self.leads(told, deed)
            if onward is None:
                return None
            left.remove(deed)
            told.append((deed["at"], onward, deed))
            state = onward
        return told or None

    def known(self, state: str, trigger: str) -> bool:
        """Whether there is such a line, or the receipt is meant."""
        opening = state == "not received" and trigger == self.case.workflow.opening
        return opening or (state, trigger) in self.lines

    def leads(self, told: Sequence[tuple[datetime, str, Deed]], deed: Deed) -> str | None:
        """Where a deed leads after others; None when there is no such line, or not one alone, or not for its actor."""
        state = told[-1][1] if told else "not received"
        if not self.known(state, deed["trigger"]):
            return None
        if not told:
            return self.case.workflow.initial if _fits(self.case.workflow.may_open, deed) else None
        lines = self.lines[state, deed["trigger"]]
        open_ways = [line.destination for line in lines if _fits(line.may, deed)]
        if len(lines) > 1:  # only guards tell where it leads
            seen = case_of(self.case.workflow, self.case.letter, tuple(_step(*one) for one in told))
            doing = [(line, _step(deed["at"], line.destination, deed)) for line in lines if _fits(line.may, deed)]
            open_ways = [line.destination for line, step in doing if not any(g(seen, step) for g in line.guards)]
        return open_ways[0] if len(open_ways) == 1 else None


def _leads_alike(line: Transition, other: Transition) -> bool:
    return (line.source, line.trigger) == (other.source, other.trigger)


def _fits(may: Sequence[Right], deed: Deed) -> bool:
    fits = [right.role in (None, deed["role"]) and right.unit in (None, deed["unit"]) for right in may]
    return not may or bool(deed["by"] and any(fits))


def _step(at: datetime, state: str, deed: Deed) -> Step:
    return Step(deed["trigger"], at, state=state, **{said: deed[said] for said in NOTHING})


def _deed(entry: Act, root: int, before: Deed | None = None) -> Deed:
    """What an entry says was done, and where it leaves something unsaid, what was known before."""
    given = {said: getattr(entry, said) for said in NOTHING}
    said = {each: (before or NOTHING)[each] if one is UNSAID else one for each, one in given.items()}
    return {"trigger": entry.trigger, "at": entry.at, "root": root, **said}


def passages_of(
    workflow: Workflow | SearchStrategy[Workflow], *, letter: Letter | SearchStrategy[Letter] = LETTER
) -> type:
    """A test class that leads letters through a workflow of your own, as `Passages` does.

    >>> from docflow.bangkok import INTERNAL_LETTER
    >>> from docflow.testing import passages_of
    >>> TestOurPassages = passages_of(INTERNAL_LETTER)

    It fails too when no step was ever taken: then name the `letter` that your guards let pass. Both may be strategies.
    """
    machine: Any = type("PassagesOfOurs", (Passages,), {"workflow": workflow, "letter": letter})

    class TestCase(machine.TestCase):  # type: ignore[misc]  # hypothesis makes the class when it is asked for
        def runTest(self) -> None:  # noqa: N802 - the name that unittest asks for
            with trial(f"the law: {Passages.all_tell_the_same_story.__doc__}"):
                super().runTest()

    return TestCase
