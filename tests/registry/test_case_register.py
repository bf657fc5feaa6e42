"""The register and the case of a letter cannot drift apart."""

import pickle
from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve

from docflow import Actor, Letter, Right, Transition, Workflow
from docflow.errors import RefusedError, RegisterError
from docflow.letters import Attribute, Deputy
from docflow.registry import Book, CaseRegister, Direction, Registry

NINE = datetime(2020, 1, 2, 2, tzinfo=UTC)
PERMIT = Workflow(
    "permit",
    initial="registered",
    transitions=[
        Transition("check", "registered", "checked"),
        Transition("cancel", "registered", "cancelled"),
        Transition("cancel", "checked", "cancelled"),
        Transition("sign", "checked", "signed"),
    ],
    final=["signed"],
    cancelled=["cancelled"],
    attributes=[Attribute("pages", int), Attribute("channel", str)],
)
WHO = {"by": "Somying", "why": "a slip"}


def later(hours):
    return NINE + timedelta(hours=hours)


def received(**letter):
    return CaseRegister().receive(
        Letter(number="", subject="A maket", **letter), unit="Permits", at=NINE, workflow=PERMIT, by="Somchai"
    )


def kind_of(doing):
    with pytest.raises(RegisterError) as caught:
        doing()
    return caught.value.kind


class TestALetterThatIsReceived:
    register, line = received()

    def test_has_its_case_from_the_stamp_on(self):
        case = self.register[self.line.number]
        assert (case.letter, case.history[0].at, case.history[0].by) == (self.line.letter, NINE, "Somchai")
        assert (case.number, case.history[0].unit, self.line.line.by) == ("1/2563", "Permits", "Somchai")

    def test_is_one_case_in_whichever_unit_it_has_a_number(self):
        register, there = self.register.forward(self.line.number, unit="Works", at=later(1))
        register = register.apply(there.number, "check", at=later(2), unit="Works")
        assert register[there.number] is register[self.line.number]
        assert register[self.line.number].state == "checked"
        assert list(register.cases) == [self.line.number]

    def test_is_no_case_when_it_was_registered_without_one(self):
        registry, line = self.register.registry.receive(Letter(number=""), unit="Permits", at=later(1))
        register = self.register.with_registry(registry)
        assert kind_of(lambda: register[line.number]) == "no such number"
        assert register.correct(line.number, subject="Another", at=later(2), **WHO).cases == register.cases
        assert register.void(line.number, at=later(2), **WHO).restore(line.number, at=later(3), **WHO).cases

    def test_names_the_office_of_an_actor_once(self):
        somchai = Actor("Somchai", role="clerk", unit="Registry")
        register, line = CaseRegister().receive(Letter(number=""), unit="Permits", at=NINE, workflow=PERMIT, by=somchai)
        assert (line.line.by, register[line.number].history[0].unit) == ("Somchai", "Registry")
        clerk = Actor("Somchai", role="clerk")
        register, line = CaseRegister().receive(Letter(number=""), unit="Permits", at=NINE, workflow=PERMIT, by=clerk)
        assert register[line.number].history[0].unit == "Permits"

    def test_is_a_value(self):
        twin = pickle.loads(pickle.dumps(self.register))  # noqa: S301 - our own
        assert twin == self.register
        assert hash(twin) == hash(self.register)
        assert repr(twin) == "<CaseRegister: lines 1, cases 1>"


class TestACorrection:
    register, line = received(attributes={"pages": 2, "channel": "e-mail"})

    def test_is_made_in_the_register_and_in_the_case(self):
        after = self.register.correct(self.line.number, subject="A market", at=later(1), **WHO)
        case = after[self.line.number]
        assert case.letter == after.registry[self.line.number].letter
        assert (case.letter.subject, case.log[-1].by, case.log[-1].why) == ("A market", "Somying", "a slip")

    def test_of_the_line_alone_leaves_the_case_as_it_was(self):
        after = self.register.correct(self.line.number, remark="by hand", at=later(1), **WHO)
        assert after.cases == self.register.cases

    def test_of_one_attribute_leaves_the_others(self):
        after = self.register.correct(self.line.number, attributes={"pages": None}, at=later(1), **WHO)
        for letter in (after[self.line.number].letter, after.registry[self.line.number].letter):
            assert dict(letter.attributes) == {"channel": "e-mail"}
        again = after.correct(self.line.number, attributes={"pages": 3}, at=later(2), **WHO)
        assert dict(again[self.line.number].letter.attributes) == {"channel": "e-mail", "pages": 3}

    def test_tells_the_old_one_to_who_asks_what_was_known(self):
        after = self.register.correct(self.line.number, subject="A market", at=later(1), **WHO)
        before = after.as_recorded(NINE)
        assert before == self.register
        assert after.as_recorded(NINE - timedelta(seconds=1)) == CaseRegister()

    def test_that_the_case_refuses_is_made_in_neither(self):
        strict = evolve(PERMIT, may_correct=[Right("head")])
        register, line = CaseRegister().receive(Letter(number=""), unit="Permits", at=NINE, workflow=strict)
        with pytest.raises(RefusedError, match="it takes head"):
            register.correct(line.number, subject="A market", at=later(1), **WHO)
        head = Actor("Somsri", role="head")
        after = register.correct(line.number, subject="A market", at=later(1), by=head, why="a slip")
        assert after.registry[line.number].notes[0].by == "Somsri"
        gone = Deputy("Anan", acts_for=head, since=later(-5), until=NINE)
        with pytest.raises(RefusedError, match="name who acts then"):
            register.correct(line.number, subject="A market", at=later(1), by=gone, why="a slip")


class TestAVoidNumber:
    register, line = received()

    def test_ends_the_case_by_a_step_that_is_named(self):
        after = self.register.void(self.line.number, at=later(1), trigger="cancel", **WHO)
        step = after[self.line.number].history[-1]
        assert (step.state, step.at, step.by, step.note) == ("cancelled", later(1), "Somying", "a slip")

    def test_is_refused_while_the_case_would_go_on(self):
        assert kind_of(lambda: self.register.void(self.line.number, at=later(1), **WHO)) == "drifted apart"

    def test_leaves_the_case_alone_while_the_letter_has_another(self):
        register, there = self.register.forward(self.line.number, unit="Works", at=later(1))
        one = register.void(self.line.number, at=later(2), trigger="cancel", **WHO)
        assert one[self.line.number].state == "registered"
        assert one.void(there.number, at=later(3), trigger="cancel", **WHO)[there.number].state == "cancelled"

    def test_of_a_letter_that_is_done_needs_no_step(self):
        done = self.register.apply(self.line.number, "check", at=later(1)).apply(self.line.number, "sign", at=later(2))
        assert done.void(self.line.number, at=later(3), trigger="cancel", **WHO).cases == done.cases
        back = done.void(self.line.number, at=later(3), **WHO).restore(self.line.number, at=later(4), **WHO)
        assert back.cases == done.cases

    def test_that_is_restored_lets_the_case_go_on(self):
        after = self.register.apply(self.line.number, "check", at=later(1))
        void = after.void(self.line.number, at=later(2), trigger="cancel", **WHO)
        back = void.restore(self.line.number, at=later(3), by="Somsri", why="it was no slip")
        case = back[self.line.number]
        assert (case.state, case.log[-1].by, case.log[-1].why) == ("checked", "Somsri", "it was no slip")
        assert back.registry[self.line.number].line.void is None
        assert back.as_recorded(later(2)) == void

    def test_stays_void_where_the_case_was_cancelled_for_itself(self):
        over = self.register.apply(self.line.number, "cancel", at=later(1), note="withdrawn")
        back = over.void(self.line.number, at=later(1), **WHO).restore(self.line.number, at=later(2), **WHO)
        assert back[self.line.number].state == "cancelled"

    def test_is_dated_no_earlier_than_what_was_written_about_the_case(self):
        late = self.register.apply(self.line.number, "check", at=later(1), recorded=later(5))
        with pytest.raises(RefusedError, match="before the record above it"):
            late.void(self.line.number, at=later(2), trigger="cancel", **WHO)


class TestAReservedNumber:
    registry, line = Registry().reserve(unit="Permits", at=NINE, direction=Direction.RECEIPT, **WHO)
    letter = Letter(number="", subject="A market")

    def test_has_a_case_from_when_it_is_filled(self):
        register = CaseRegister(self.registry).fill(
            self.line.number, self.letter, at=later(2), by="Somchai", workflow=PERMIT
        )
        case = register[self.line.number]
        assert (case.number, case.history[0].at, case.history[0].unit) == ("1/2563", later(2), "Permits")
        assert CaseRegister(register.registry, register.cases) == register

    def test_has_none_before(self):
        case = PERMIT.open(evolve(self.letter, number="1/2563"), at=NINE)
        assert kind_of(lambda: CaseRegister(self.registry, {self.line.number: case})) == "drifted apart"


class TestWhatDriftsApartIsRefused:
    register, line = received()
    case = register[line.number]

    def put(self, case, number=None, registry=None):
        number = self.line.number if number is None else number
        return lambda: CaseRegister(self.register.registry if registry is None else registry, {number: case})

    def test_when_the_case_tells_another_letter(self):
        other = self.case.amend(recorded=later(1), subject="Another", **WHO)
        assert kind_of(self.put(other)) == kind_of(lambda: self.register.with_case(self.line.number, other))
        assert kind_of(self.put(other)) == "drifted apart"

    def test_when_the_line_was_corrected_alone(self):
        alone = self.register.registry.correct(self.line.number, subject="Another", at=later(1), **WHO)
        assert kind_of(lambda: self.register.with_registry(alone)) == "drifted apart"

    def test_when_the_case_was_received_at_another_moment(self):
        moved = PERMIT.open(self.case.letter, at=later(1))
        assert kind_of(self.put(moved)) == "drifted apart"

    def test_when_it_is_named_by_a_number_that_came_second(self):
        registry, there = self.register.registry.forward(self.line.number, unit="Works", at=later(1))
        assert kind_of(self.put(self.case, there.number, registry)) == "drifted apart"

    def test_when_no_register_has_the_number(self):
        nowhere = evolve(self.line.number, book=Book("Works"))
        assert kind_of(self.put(self.case, nowhere)) == "no such number"

    def test_when_the_case_goes_on_from_another_than_the_one_that_is_there(self):
        ahead = self.register.apply(self.line.number, "check", at=later(1))
        with pytest.raises(RefusedError, match="meanwhile"):
            ahead.with_case(self.line.number, self.case.apply("cancel", at=later(1)))
        on = ahead.with_case(self.line.number, ahead[self.line.number].apply("sign", at=later(2)))
        assert on[self.line.number].state == "signed"

    def test_when_what_is_given_is_none(self):
        for registry, cases in (("shelf", {}), (self.register.registry, {self.line.number: "case"})):
            with pytest.raises(TypeError, match="such as"):
                CaseRegister(registry, cases)


class TestWhatACriticTried:
    register, line = received()

    def test_a_step_that_takes_up_a_void_letter_is_refused(self):
        lines = [*PERMIT.transitions, Transition("reopen", "cancelled", "registered")]
        again = evolve(PERMIT, transitions=lines, final=["signed"])
        register, line = CaseRegister().receive(Letter(number=""), unit="Permits", at=NINE, workflow=again)
        void = register.void(line.number, at=later(1), trigger="cancel", **WHO)
        assert kind_of(lambda: void.apply(line.number, "reopen", at=later(2))) == "drifted apart"

    def test_a_void_number_from_before_the_case_was_over_is_refused(self):
        done = self.register.apply(self.line.number, "check", at=later(1)).apply(self.line.number, "sign", at=later(4))
        assert kind_of(lambda: done.void(self.line.number, at=later(2), **WHO)) == "drifted apart"

    def test_a_letter_that_was_another_one_for_a_while_is_refused(self):
        case = self.register[self.line.number]
        for at, subject in ((later(1), "Another"), (later(2), "A maket")):
            case = case.amend(recorded=at, subject=subject, **WHO)
        assert kind_of(lambda: self.register.with_case(self.line.number, case)) == "drifted apart"

    def test_any_number_that_is_restored_takes_the_case_up(self):
        register, there = self.register.forward(
            self.line.number, unit="Works", at=later(1), by=Actor("Somchai", "clerk")
        )
        assert there.line.by == "Somchai"
        void = register.void(there.number, at=later(2), **WHO)
        void = void.void(self.line.number, at=later(3), by="Somying", why="both", trigger="cancel")
        assert void.restore(there.number, at=later(4), **WHO)[there.number].state == "registered"

    def test_a_deputy_signs_with_both_names_and_only_while_one(self):
        head = Actor("Somsri", role="head")
        suda = Deputy("Suda", acts_for=head, since=NINE, until=later(2))
        after = self.register.correct(self.line.number, subject="A market", by=suda, why="a slip", at=later(1))
        assert after.registry[self.line.number].notes[0].by == "Suda for Somsri"
        assert after[self.line.number].log[-1].acting_for == "Somsri"
        with pytest.raises(RefusedError, match="name who acts then"):
            self.register.correct(self.line.number, remark="by hand", by=suda, why="a slip", at=later(3))

    def test_what_goes_out_has_no_case(self):
        registry, line = Registry().reserve(unit="Permits", at=NINE, **WHO)
        letter = Letter(number="", subject="A reply")
        fill = CaseRegister(registry).fill
        assert kind_of(lambda: fill(line.number, letter, at=later(1), by="S", workflow=PERMIT)) == "drifted apart"

    def test_what_is_no_case_and_no_workflow_is_refused_with_a_way_out(self):
        for doing in (
            lambda: CaseRegister(Registry(), 5),
            lambda: CaseRegister(Registry(), [1]),
            lambda: CaseRegister().receive(Letter(number=""), unit="A", at=NINE, workflow=None),
        ):
            with pytest.raises(TypeError, match="give|such as|one from"):
                doing()
