import pickle
from datetime import timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from small_tables import LETTER, NINE, later

from docflow import Actor, Duration, Right, Transition, Workflow, reached
from docflow.bangkok import office_clock
from docflow.errors import RefusedError
from docflow.letters import ANSWER, Attribute, Circulation, Entry, circulate, hold_and_resume, needs_a_note

OPINION = Workflow(
    "opinion",
    initial="asked",
    transitions=[
        Transition("remind", "asked", "asked"),
        Transition("close", "asked", "closed"),
        Transition("reopen", "closed", "asked"),
    ],
    final=["closed"],
)
HEAD = Actor("Somsri", "head", "GA")
UNITS = ("Works", "Parks", "Health")
CASE = OPINION.open(LETTER, at=NINE)
SENT = circulate(CASE, UNITS, closing="close", at=later(1), by="Somchai")


def answered(circulation, *units, at=None):
    for unit in units:
        circulation = circulation.apply("answer", unit=unit, at=at or later(2))
    return circulation


def refusal(doing):
    with pytest.raises(RefusedError) as caught:
        doing()
    return str(caught.value)


class TestSendingALetterRound:
    def test_opens_a_part_for_each_unit_with_a_number_of_its_own(self):
        assert SENT.units == SENT.outstanding == UNITS
        assert [part.number for part in SENT.parts] == ["8395/2562/1", "8395/2562/2", "8395/2562/3"]
        part = SENT.part(" Parks ")
        assert (part.letter.unit, part.letter.subject, part.state) == ("Parks", LETTER.subject, "sent")
        assert (part.history[0].by, part.history[0].unit, part.history[0].at) == ("Somchai", "Parks", later(1))
        assert (SENT.parent, SENT.done, SENT.answers) == (CASE, None, {})

    def test_gives_each_part_the_attributes_that_the_parts_declare(self):
        kinds = (Attribute("channel", str), Attribute("pages", int))
        case = evolve(OPINION, attributes=kinds).open(
            evolve(LETTER, attributes={"channel": "e-mail", "pages": 3}), at=NINE
        )
        opinion = evolve(ANSWER, attributes=kinds[1:])
        sent = circulate(case, UNITS, closing="close", at=later(1), workflow=opinion)
        assert [dict(part.letter.attributes) for part in sent.parts] == [{"pages": 3}] * 3

    def test_keeps_the_last_answer_while_a_guard_keeps_the_letter_open(self):
        lines = [
            evolve(line, guards=[needs_a_note]) if line.trigger == "close" else line for line in OPINION.transitions
        ]
        case = evolve(OPINION, transitions=lines).open(LETTER, at=NINE)
        kept = answered(circulate(case, ["Works"], closing="close", at=NINE), "Works", at=later(2))
        assert (kept.outstanding, kept.parent.is_final) == ((), False)
        assert kept.apply("close", at=later(3), note="seen").parent.is_final

    def test_takes_the_numbers_of_the_units_registers(self):
        some = Circulation(CASE, closing="close").adding(["Works"], at=NINE, numbers=["17/2562"])
        assert some.part("Works").number == "17/2562"
        assert "1 units have 0 numbers" in refusal(lambda: some.adding(["Parks"], at=NINE, numbers=[]))

    def test_needs_somebody_who_must_answer_and_a_letter_that_was_received(self):
        assert "it is sent to nobody" in refusal(lambda: circulate(CASE, [], closing="close", at=NINE))
        before = "it cannot have been sent round at"
        assert before in refusal(lambda: circulate(CASE, UNITS, closing="close", at=later(-1)))

    def test_keeps_the_last_answer_while_the_letter_cannot_be_closed(self):
        lines = hold_and_resume(("asked",))
        patient = evolve(OPINION, transitions=[*OPINION.transitions, *lines]).open(LETTER, at=NINE)
        some = circulate(patient, ["Works"], closing="close", at=NINE).apply("hold", at=later(1))
        kept = answered(some, "Works", at=later(2))
        assert (kept.outstanding, kept.done, kept.parent.state) == ((), later(2), "on hold")
        closed = kept.apply("resume", at=later(3)).apply("close", at=later(3))
        assert closed.parent.is_final

    def test_is_done_by_somebody_in_the_unit_where_they_are(self):
        some = circulate(CASE, ["Works"], closing="close", at=NINE, by=HEAD)
        assert some.part("Works").history[0].unit == "GA"
        assert (
            some.apply("answer", unit="Works", at=NINE, by=Actor("Malee", "clerk")).part("Works").history[1].unit
            == "Works"
        )

    def test_needs_a_letter_that_can_be_closed(self):
        closed = CASE.apply("close", at=NINE)
        assert refusal(lambda: circulate(closed, UNITS, closing="close", at=NINE)) == (
            "cannot circulate 8395/2562: it is closed; from here: reopen"
        )
        assert "did you mean 'close'?" in refusal(lambda: circulate(CASE, UNITS, closing="closed", at=NINE))

    @pytest.mark.parametrize(
        ("sending", "problem"),
        [
            (lambda: SENT.adding(["Works"], at=NINE), "the unit 'Works' is no part's alone; give each part a unit"),
            (lambda: SENT.adding([""], at=NINE), "the unit '' is no part's alone"),
            (
                lambda: SENT.adding(["GA"], at=NINE, numbers=["8395/2562/1"]),
                "the number '8395/2562/1' is no part's alone; give each part a number of its own",
            ),
            (lambda: SENT.adding(["GA"], at=NINE, numbers=["8395/2562"]), "the number '8395/2562' is no part's alone"),
            (lambda: SENT.part("GA"), "it was not sent to GA; it was sent to Works, Parks, Health"),
            (lambda: Circulation(CASE, closing="close").part("GA"), "it was not sent to GA; it was sent to no unit"),
        ],
    )
    def test_gives_each_unit_one_part(self, sending, problem):
        assert f"cannot circulate 8395/2562: {problem}" in refusal(sending)

    def test_takes_cases_for_its_parts(self):
        with pytest.raises(TypeError, match="is not several; give a tuple"):
            Circulation(CASE, CASE, closing="close")
        with pytest.raises(TypeError, match="is no case; give the letter's own"):
            Circulation(LETTER, closing="close")


class TestACirculation:
    def test_tells_whom_it_waits_for(self):
        assert str(SENT) == "8395/2562 to Works, Parks, Health; outstanding: Works, Parks, Health"
        assert str(answered(SENT, *UNITS)) == "8395/2562 to Works, Parks, Health; nobody is outstanding"
        assert str(Circulation(CASE, closing="close")) == "8395/2562 to no unit; nobody is outstanding"
        assert Circulation(CASE, closing="close").done is None

    def test_is_a_value_that_answers_do_not_change(self):
        before = evolve(SENT)
        some = answered(SENT, "Works")
        assert before == SENT != some
        assert some == answered(SENT, "Works")
        assert hash(some) == hash(answered(SENT, "Works"))
        assert pickle.loads(pickle.dumps(some)) == some  # noqa: S301 - our own

    @given(hours=st.permutations([2, 3, 4]), order=st.permutations(UNITS))
    def test_is_done_when_the_last_has_answered_in_whatever_order_that_is_written(self, hours, order):
        times = dict(zip(UNITS, map(later, hours), strict=True))
        some = SENT
        for place, unit in enumerate(order):
            assert (some.done, some.parent) == (None, CASE)
            assert some.outstanding == tuple(one for one in UNITS if one not in order[:place])
            some = some.apply("answer", unit=unit, at=times[unit])
        assert some.answers == times
        assert (some.done, some.parent.state, some.parent.history[-1].at) == (later(4), "closed", later(4))

    def test_is_closed_in_the_name_of_whom_it_says(self):
        strict = OPINION.permitting({"close": [Right("head")]}).open(LETTER, at=NINE)
        some = circulate(strict, ["Works"], closing="close", at=NINE, closed_by=HEAD)
        closing = answered(some, "Works").parent.history[-1]
        assert (closing.by, closing.role, closing.unit) == ("Somsri", "head", "GA")
        nobody = circulate(strict, ["Works"], closing="close", at=NINE)
        assert "cannot close 8395/2562: nobody named may not" in refusal(lambda: answered(nobody, "Works"))

    def test_is_closed_as_late_as_the_last_answer_is_written(self):
        some = circulate(CASE, ["Works", "Parks"], closing="close", at=NINE).apply("answer", unit="Works", at=later(5))
        late = some.apply("answer", unit="Parks", at=later(2), recorded=later(7)).parent.history[-1]
        assert (late.at, late.recorded) == (later(5), later(7))
        soon = some.apply("answer", unit="Parks", at=later(2), recorded=later(3)).parent.history[-1]
        assert (soon.at, soon.recorded) == (later(5), None)

    def test_cannot_be_closed_at_the_moment_at_which_it_is_sent(self):
        assert "Works, Parks, Health had not answered" in refusal(lambda: SENT.apply("close", at=later(1)))

    def test_lets_the_letter_itself_be_worked_on(self):
        some = SENT.apply("remind", at=later(2), by="Somchai", note="by telephone", recorded=later(3))
        step = some.parent.history[-1]
        assert (step.trigger, step.by, step.note, step.recorded) == ("remind", "Somchai", "by telephone", later(3))

    def test_keeps_what_a_unit_says(self):
        some = SENT.apply("answer", unit="Works", at=later(2), by="Malee", note="agreed", recorded=later(3))
        step = some.part("Works").history[-1]
        assert (step.by, step.unit, step.note, step.recorded) == ("Malee", "Works", "agreed", later(3))


class TestAUnit:
    def test_may_be_added_while_the_letter_is_open(self):
        some = answered(SENT, "Works", "Parks").adding(["Legal"], at=later(3))
        assert some.outstanding == ("Health", "Legal")
        assert some.part("Legal").number == "8395/2562/4"
        assert answered(answered(some, "Health", at=later(3)), "Legal", at=later(4)).done == later(4)

    def test_cannot_be_added_once_it_is_closed(self):
        every = answered(SENT, *UNITS)
        assert refusal(lambda: every.adding(["Legal"], at=later(3))) == (
            "cannot circulate 8395/2562: it is closed; from here: reopen"
        )
        again = every.apply("reopen", at=later(3)).adding(["Legal"], at=later(4))
        assert (again.done, again.outstanding) == (None, ("Legal",))
        assert answered(again, "Legal", at=later(5)).parent.history[-1].at == later(5)

    def test_is_released_by_a_signed_decision_and_has_not_answered(self):
        two = answered(SENT, "Works", "Parks")
        for by, note in ((None, "not concerned"), ("Somsri", " ")):
            with pytest.raises(RefusedError):
                two.apply("release", unit="Health", at=later(3), by=by, note=note)
        every = two.apply("release", unit="Health", at=later(3), by=HEAD, note="not concerned")
        assert (every.outstanding, every.done, every.parent.state) == ((), later(3), "closed")
        assert set(every.answers) == {"Works", "Parks"}

    def test_whose_answer_is_struck_is_outstanding_and_the_letter_cannot_have_been_closed(self):
        every = answered(SENT, *UNITS)
        struck = every.part("Works").correct({1: None}, by="Malee", why="of another letter", recorded=later(5))
        parts = (struck, *every.parts[1:])
        assert "cannot close 8395/2562: Works had not answered at" in refusal(lambda: evolve(every, parts=parts))
        opened = every.parent.correct({1: None}, by="Somsri", why="Works has not answered", recorded=later(5))
        assert evolve(every, parts=parts, parent=opened).outstanding == ("Works",)

    def test_that_answered_later_than_was_written_closes_the_letter_later(self):
        every = answered(SENT, *UNITS)
        slip = {1: Entry("answer", later(2) + timedelta(minutes=1))}
        moved = every.part("Parks").correct(slip, by="Malee", why="a slip", recorded=later(5))
        with pytest.raises(RefusedError, match="cannot close 8395/2562: Parks had not answered at"):
            evolve(every, parts=(every.parts[0], moved, every.parts[2]))

    def test_that_goes_on_after_its_answer_answered_when_it_first_did(self):
        survey = evolve(
            ANSWER,
            transitions=[*ANSWER.transitions, Transition("thank", "answered", "thanked")],
            final=("answered", "thanked"),
        )
        some = circulate(CASE, ["Works", "Parks"], closing="close", at=NINE, workflow=survey)
        some = answered(some, "Works").apply("thank", unit="Works", at=later(3))
        assert some.answers == {"Works": later(2)}
        every = answered(some, "Parks", at=later(4)).apply("thank", unit="Parks", at=later(5))
        assert [step.trigger for step in every.parent.history] == ["receive", "close"]


def test_indicators_read_the_parts_as_they_read_any_case():
    morning = later(-7)  # nine o'clock in Bangkok
    case = OPINION.open(LETTER, at=morning)
    some = answered(circulate(case, UNITS, closing="close", at=morning), "Works", at=later(-6))
    some = answered(some, "Parks", at=later(17))
    answering = Duration("answering", start=reached("sent"), stop=reached("answered"))
    result = answering.read(some.parts, office_clock(), as_of=later(18))
    taken = {one.record.letter.unit: str(one.elapsed) for one in result.measured}
    assert taken == {"Works": "1 h", "Parks": "8 h"}
