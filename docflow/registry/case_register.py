"""The registers and the cases of their letters as one value, so that the two cannot drift apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Unpack

from attrs import field, fields, frozen

from docflow.errors import RefusedError, RegisterError
from docflow.instants import instant
from docflow.letters import Case, Deputy, Entry, Letter, Workflow, successor
from docflow.letters.deputies import unappointed
from docflow.letters.letter import maybe_name
from docflow.letters.rights import within
from docflow.registry.agreement import see_passage, see_together
from docflow.registry.cases import Cases
from docflow.registry.notes import Void
from docflow.registry.registry import Registry
from docflow.text import expect

if TYPE_CHECKING:
    from datetime import datetime

    from docflow.letters import Actor
    from docflow.registry.keywords import Content, Correctable, Said
    from docflow.registry.lines import Registration
    from docflow.registry.numbers import RegisterNumber

__all__ = ["CaseRegister", "signed_by"]


@frozen(init=False, repr=False)
class CaseRegister:
    """A registry, and the case of each letter that was received through it.

    >>> from datetime import datetime
    >>> from docflow import Letter
    >>> from docflow.bangkok import INCOMING_EXTERNAL_LETTER
    >>> nine, ten = (datetime.fromisoformat(f"2020-01-02T{hour}:00+07:00") for hour in ("09", "10"))
    >>> register, first = CaseRegister().receive(
    ...     Letter(number="", subject="A maket"), unit="Administration", at=nine, workflow=INCOMING_EXTERNAL_LETTER
    ... )
    >>> register = register.apply(first.number, "hand_over", at=ten)
    >>> register = register.correct(first.number, subject="A market", by="Somying", why="a slip", at=ten)
    >>> case, line = register[first.number], register.registry[first.number]
    >>> case.state, case.letter.subject, line.letter.subject
    ('taken_over', 'A market', 'A market')

    It never changes; each method gives a new one. Registry and cases agree: a case has the letter of its line as that
    was corrected, it was received when the line's letter came, and it is over when all numbers of the letter are void.
    Raises `RegisterError` of the kind "drifted apart" where that is not so, and `TypeError` for what is no registry and
    no case. A letter may have a line without a case, but no case is without a line.
    """

    registry: Registry
    """The lines. What has no case, such as what goes out, is written there alone; see `with_registry`."""
    cases: Cases = field(hash=False)
    """The cases by the first numbers of their letters, in order of receipt."""

    def __init__(
        self,
        registry: Registry | None = None,
        cases: Mapping[RegisterNumber, Case] | Iterable[tuple[RegisterNumber, Case]] = (),
    ) -> None:
        registry = Registry() if registry is None else registry
        expect(registry, Registry, "registry", "such as Registry()")
        expect(cases, Iterable, "dict of cases", "one from first numbers to cases")
        pairs = tuple(cases.items()) if isinstance(cases, Mapping) else tuple(cases)
        for pair in pairs:
            expect(pair, tuple, "pair of a number and a case", "such as (line.number, case)")
        found = dict(pairs)
        for number, case in found.items():
            expect(case, Case, "case", "such as workflow.open(letter, at=moment)")
            see_together(registry, number, case)
        self.__attrs_init__(registry, Cases(found))

    def receive(
        self,
        letter: Letter,
        *,
        unit: str,
        at: datetime,
        workflow: Workflow,
        by: str | Actor | None = None,
        n: int | None = None,
        **said: Unpack[Content],
    ) -> tuple[CaseRegister, Registration]:
        """Register a letter and open its case, both at the moment `at`.

        Takes and raises what `Registry.receive` and `Workflow.open` do.
        """
        expect(workflow, Workflow, "workflow", 'such as Workflow("loan", initial="out", transitions=[...])')
        more: Said = {**said, "by": signed_by(by, at)}
        registry, line = self.registry.receive(letter, unit=unit, at=at, n=n, **more)
        case = workflow.open(line.letter, at=at, by=by, unit=within(unit, by))
        return self.after(registry, line.number, case), line

    def fill(
        self,
        number: RegisterNumber,
        letter: Letter,
        *,
        at: datetime,
        by: str | Actor,
        workflow: Workflow,
        why: str = "",
        **said: Unpack[Content],
    ) -> CaseRegister:
        """Say which letter a reserved receipt number is for, and open its case then.

        >>> from datetime import datetime
        >>> from docflow import Letter, Registry
        >>> from docflow.bangkok import INCOMING_EXTERNAL_LETTER
        >>> nine, ten = (datetime.fromisoformat(f"2020-01-02T{hour}:00+07:00") for hour in ("09", "10"))
        >>> registry, held = Registry().reserve(unit="GA", at=nine, by="Somchai", why="by fax", direction="receipt")
        >>> register = CaseRegister(registry).fill(
        ...     held.number, Letter(number=""), at=ten, by="Somchai", workflow=INCOMING_EXTERNAL_LETTER
        ... )
        >>> register[held.number]
        <Case 1/2563 'registered', 1 step>

        A letter that goes out has no case: fill its number in the registry. Raises as `Registry.fill` and `receive`.
        """
        registry = self.registry.fill(number, letter, at=at, by=signed_by(by, at) or "", why=why, **said)
        case = workflow.open(registry[number].letter, at=at, by=by, unit=within(number.book.unit, by))
        see_together(registry, number, case)
        return self.after(registry, number, case)

    def forward(
        self,
        number: RegisterNumber,
        *,
        unit: str,
        at: datetime,
        by: str | Actor | None = None,
        n: int | None = None,
        **said: Unpack[Content],
    ) -> tuple[CaseRegister, Registration]:
        """Register a letter in another unit; its case stays one. Raises as `Registry.forward`."""
        registry, line = self.registry.forward(number, unit=unit, at=at, n=n, by=signed_by(by, at), **said)
        return self.after(registry), line

    def apply(self, number: RegisterNumber, trigger: str, *, at: datetime, **said: Any) -> CaseRegister:  # noqa: ANN401 - those of `Case.apply`
        """Take a step with a letter, by any of its numbers. Takes and raises what `Case.apply` does."""
        first, case = self._first(number), self[number].apply(trigger, at=at, **said)
        see_together(self.registry, first, case)
        return self.after(self.registry, first, case)

    def correct(
        self, number: RegisterNumber, /, *, by: str | Actor, why: str, at: datetime, **right: Unpack[Correctable]
    ) -> CaseRegister:
        """Say what is right where a line is wrong, in the register and in the case at once.

        Raises as `Registry.correct` and `Case.amend`; then neither was corrected.
        """
        registry = self.registry.correct(number, by=signed_by(by, at) or "", why=why, at=at, **right)
        first = self._first(number)
        case = self.cases.get(first)
        if case is None:
            return self.after(registry)
        return self.after(registry, first, _amended(case, registry[first].letter, by, why, at))

    def void(
        self,
        number: RegisterNumber,
        *,
        why: str,
        at: datetime,
        by: str | Actor | None = None,
        trigger: str | None = None,
    ) -> CaseRegister:
        """Declare a number void; `trigger` is the step that ends the case of a letter whose last number it was.

        >>> from datetime import datetime
        >>> from docflow import Letter
        >>> from docflow.bangkok import INCOMING_EXTERNAL_LETTER
        >>> nine, ten = (datetime.fromisoformat(f"2020-01-02T{hour}:00+07:00") for hour in ("09", "10"))
        >>> register, first = CaseRegister().receive(
        ...     Letter(number=""), unit="Administration", at=nine, workflow=INCOMING_EXTERNAL_LETTER
        ... )
        >>> register.void(first.number, why="written twice", at=ten, trigger="cancel")[first.number].state
        'cancelled'

        Raises as `Registry.void` and `Case.apply`, and `RegisterError` when the case would go on without a number.
        """
        registry, first = self.registry.void(number, why=why, at=at, by=signed_by(by, at)), self._first(number)
        case = self.cases.get(first)
        if case is None:
            return self.after(registry)
        if (
            trigger is not None
            and not case.is_final
            and all(one.line.void is not None for one in registry.passage(first))
        ):
            case = case.apply(trigger, at=at, recorded=at, by=by, note=why)
        see_together(registry, first, case.as_recorded(at) or case)  # as it was known then, too
        return self.after(registry, first, case)

    def restore(self, number: RegisterNumber, *, by: str | Actor, why: str, at: datetime) -> CaseRegister:
        """Take back that a number is void; where that had ended the case, its last step is taken back and it goes on.

        Raises as `Registry.restore` and `Case.correct`.
        """
        registry, first = self.registry.restore(number, by=signed_by(by, at) or "", why=why, at=at), self._first(number)
        case = self.cases.get(first)
        if case is None:
            return self.after(registry)
        last, passage = case.history[-1], registry.passage(first)
        voids = {(instant(note.at), note.why) for one in passage for note in one.notes if isinstance(note, Void)}
        if case.is_final and (instant(last.at), last.note) in voids:
            places = [place for place, record in enumerate(case.log) if record == last]
            case = case.correct({places[-1]: None}, by=by, why=why, recorded=at) if places else case
        return self.after(registry, first, case)

    def with_case(self, number: RegisterNumber, case: Case) -> CaseRegister:
        """The register with a case that goes on from the one that is there: what `Case.correct` made, for example.

        Raises `RefusedError` for one that does not go on from there, as `successor` does, and `RegisterError` for one
        that says something else than its line.
        """
        first, before = self._first(number), self[number]
        see_together(self.registry, first, case)
        after, passage = successor(before, case), self.registry.passage(first)
        for at in (record.recorded for record in after.log[len(before.log) :] if record.recorded is not None):
            then = after.as_recorded(at)
            if then is not None:  # as it was known whenever something was written, too
                see_passage([line for one in passage if (line := one.as_recorded(at)) is not None], then)
        return self.after(self.registry, first, after)

    def with_registry(self, registry: Registry) -> CaseRegister:
        """The same cases with another registry, such as `register.registry.send(...)` gives; all are judged again.

        Raises `RegisterError` when a case does not agree with it.
        """
        return CaseRegister(registry, self.cases)

    def as_recorded(self, moment: datetime) -> CaseRegister:
        """Registers and cases as they were known at a moment, by what had been written by then."""
        known = ((number, case.as_recorded(moment)) for number, case in self.cases.items())
        return CaseRegister(
            self.registry.as_recorded(moment), [(number, case) for number, case in known if case is not None]
        )

    def __getitem__(self, number: RegisterNumber) -> Case:
        """The case of a letter, by any of its numbers. Raises `RegisterError` for one that has no case."""
        first = self._first(number)
        if first not in self.cases:
            problem = f"{number} has no case; it was registered without one"
            raise RegisterError(str(number.book), "no such number", problem)
        return self.cases[first]

    def _first(self, number: RegisterNumber) -> RegisterNumber:
        return self.registry[number].line.first or number

    def after(self, registry: Registry, number: RegisterNumber | None = None, case: Case | None = None) -> CaseRegister:
        """The register with what was judged a moment ago, and is not judged again; for the store."""
        cases = self.cases if number is None or case is None else self.cases.putting(number, case)
        return CaseRegister.judged(registry, cases)

    @staticmethod
    def judged(registry: Registry, cases: Mapping[RegisterNumber, Case]) -> CaseRegister:
        """A register of what was judged before, and is not judged again; for the store."""
        made = CaseRegister.__new__(CaseRegister)
        made.__attrs_init__(registry, cases if isinstance(cases, Cases) else Cases(cases))
        return made

    def __repr__(self) -> str:
        return f"<CaseRegister: lines {len(self.registry)}, cases {len(self.cases)}>"

    def __reduce__(self) -> tuple[type[CaseRegister], tuple[Registry, tuple[tuple[RegisterNumber, Case], ...]]]:
        """A pickle of both; they are judged again when it is read."""
        return CaseRegister, (self.registry, tuple(self.cases.items()))


def _amended(case: Case, letter: Letter, by: str | Actor, why: str, at: datetime) -> Case:
    """The case with the letter as its line has it now."""
    if case.letter == letter:
        return case
    changes = {
        one.name: getattr(letter, one.name)
        for one in fields(Letter)
        if getattr(letter, one.name) != getattr(case.letter, one.name)
    }
    if "attributes" in changes:  # for `amend` None says that there is none
        changes["attributes"] = {**dict.fromkeys(case.letter.attributes), **letter.attributes}
    return case.amend(by=by, why=why, recorded=at, **changes)


def signed_by(by: str | Actor | None, at: datetime) -> str | None:
    """Who signs the line; a deputy with both names. Raises `RefusedError` for one who was none then."""
    if by is None or isinstance(by, str):
        return maybe_name(by)
    against = tuple(unappointed(by, at))
    if against:
        raise RefusedError("the register", "sign", against)
    if isinstance(by, Deputy):
        return f"{by.name} for {by.acting_for}"
    return Entry.made_by(by, "sign", at).by
