"""What people asked other libraries for and did not get: somebody who acts for another, for a time."""

import copy
import pickle
from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve

from docflow import Actor, Letter, Right, Transition, Workflow
from docflow.errors import LetterError, NaiveDatetimeError, RefusedError
from docflow.letters import Case, Deputy, Entry, EventRow, Step, events, migrate, replay_events

MONDAY = datetime(2020, 1, 6, 2, tzinfo=UTC)  # nine o'clock in Thailand
DAY = timedelta(days=1)
DIRECTOR = Actor("Somchai", role="director", unit="Secretary Group")
DEPUTY = Deputy("Somying", acts_for=DIRECTOR, since=MONDAY, until=MONDAY + 5 * DAY, order="order 12/2563")
LETTER = Letter(number="12/2563")
SIGNED = Workflow(
    "signed by the director",
    initial="registered",
    transitions=[
        Transition("sign", "registered", "signed", may=[Right("director", "Secretary Group")]),
        Transition("send", "signed", "sent"),
    ],
    may_correct=[Right("director")],
)


def opened():
    return SIGNED.open(LETTER, at=MONDAY - DAY, by="Somsak")


def kinds_of(refusals):
    return [refusal.kind for refusal in refusals]


class TestWhoActsForSomebodyForAPeriod:
    """viewflow #373."""

    def test_signs_with_both_names_kept_in_log_events_and_pickle(self):
        case = opened().apply("sign", at=MONDAY + DAY, by=DEPUTY)
        step = case.history[-1]
        assert (step.by, step.acting_for, step.role, step.unit) == ("Somying", "Somchai", "director", "Secretary Group")
        assert case.log[-1] == step
        for log in (True, False):
            rows = list(events([case], log=log))
            assert [(row.actor, row.acting_for) for row in rows] == [("Somsak", None), ("Somying", "Somchai")]
            assert replay_events(SIGNED, rows, [LETTER], log=log).cases == (case,)
            assert replay_events(SIGNED, [tuple(row) for row in rows], [LETTER], log=log).cases == (case,)
        twin = pickle.loads(pickle.dumps(case))  # noqa: S301 - our own
        assert twin == case == copy.deepcopy(case) == Case(SIGNED, LETTER, case.log)
        assert twin.history[-1].acting_for == "Somchai"
        assert migrate([case], evolve(SIGNED, version=2))[0].log == case.log
        assert case.as_of(MONDAY + DAY).history[-1].acting_for == "Somchai"

    @pytest.mark.parametrize(
        ("at", "acts"),
        [
            (MONDAY - timedelta(microseconds=1), False),
            (MONDAY, True),
            (MONDAY + 5 * DAY - timedelta(microseconds=1), True),
            (MONDAY + 5 * DAY, False),
        ],
    )
    def test_is_refused_outside_the_period_whose_end_is_not_in_it(self, at, acts):
        case = opened()
        assert kinds_of(case.refusals("sign", at=at, by=DEPUTY)) == ([] if acts else ["no deputy then"])
        assert case.allowed(by=DEPUTY, at=at) == (("sign",) if acts else ())
        assert DEPUTY.acts_at(at) == acts
        if acts:
            assert case.apply("sign", at=at, by=DEPUTY).state == "signed"
        else:
            with pytest.raises(RefusedError) as caught:
                case.apply("sign", at=at, by=DEPUTY)
            assert str(caught.value) == (
                "cannot sign 12/2563: Somying acts for Somchai from 2020-01-06 02:00:00+00:00 until 2020-01-11 "
                f"02:00:00+00:00 (order 12/2563), and not at {at}; name who acts then"
            )
        assert case == opened()

    def test_acts_when_it_happens_however_late_it_is_written(self):
        late = MONDAY + 7 * DAY
        assert opened().apply("sign", at=MONDAY, by=DEPUTY, recorded=late).history[-1].acting_for == "Somchai"
        assert kinds_of(opened().refusals("sign", at=late, by=DEPUTY, recorded=late)) == ["no deputy then"]

    def test_acts_until_further_notice_when_no_end_is_named(self):
        standing = evolve(DEPUTY, until=None, order="")
        assert opened().apply("sign", at=MONDAY + 900 * DAY, by=standing).state == "signed"
        (refusal,) = opened().refusals("sign", at=MONDAY - DAY, by=standing)
        assert "from 2020-01-06 02:00:00+00:00 until further notice, and not at" in refusal.reason

    def test_may_what_the_other_may_and_nothing_else(self):
        clerk = evolve(DEPUTY, acts_for=Actor("Somsak", role="clerk", unit="Secretary Group"))
        (refusal,) = opened().refusals("sign", at=MONDAY, by=clerk)
        assert refusal.kind == "wrong role"
        assert str(refusal).startswith("Somying for Somsak (clerk of Secretary Group) may not")

    def test_is_told_every_reason_at_once(self):
        clerk = evolve(DEPUTY, acts_for=Actor("Somsak", role="clerk"))
        refusals = opened().refusals("sign", at=MONDAY - 2 * DAY, by=clerk)
        assert kinds_of(refusals) == ["no deputy then", "wrong role", "time runs backwards"]

    def test_receives_letters_in_the_period_alone(self):
        table = evolve(SIGNED, may_open=[Right("director")])
        assert table.open(LETTER, at=MONDAY, by=DEPUTY).history[0].acting_for == "Somchai"
        with pytest.raises(RefusedError, match="cannot receive 12/2563: Somying acts for Somchai") as caught:
            table.open(LETTER, at=MONDAY - DAY, by=DEPUTY)
        assert kinds_of(caught.value.refusals) == ["no deputy then"]
        assert caught.value.record.by == "Somying"

    def test_corrects_and_amends_with_both_names(self):
        case = opened().correct({0: Entry("receive", MONDAY - 2 * DAY)}, by=DEPUTY, why="misread", recorded=MONDAY)
        case = case.amend(by=DEPUTY, why="misread", recorded=MONDAY, subject="A stall")
        assert [(record.by, record.acting_for, record.role) for record in case.log[1:]] == [
            ("Somying", "Somchai", "director")
        ] * 2
        assert str(case.log[-1]) == (
            "subject: '' → 'A stall', by Somying for Somchai (director of Secretary Group), because misread"
        )
        rows = list(events([case], log=True))
        assert [(row.activity, row.acting_for) for row in rows] == [
            ("receive", None),
            ("correct", "Somchai"),
            ("amend", "Somchai"),
        ]
        assert replay_events(SIGNED, rows, log=True).cases == (case,)
        late = MONDAY + 5 * DAY
        for refused in (
            lambda: case.correct({1: None}, by=DEPUTY, why="", recorded=late),
            lambda: case.amend(by=DEPUTY, why="", recorded=late, subject="Another"),
        ):
            with pytest.raises(RefusedError) as caught:
                refused()
            assert {"no deputy then", "no reason given"} <= set(kinds_of(caught.value.refusals))

    def test_stays_when_only_the_time_is_corrected_and_goes_with_the_name(self):
        case = opened().apply("sign", at=MONDAY + DAY, by=DEPUTY)
        said = {"by": DIRECTOR, "why": "a slip", "recorded": MONDAY + 2 * DAY}
        assert case.correct({1: Entry("sign", MONDAY)}, **said).history[1].acting_for == "Somchai"
        other = case.correct({1: Entry("sign", MONDAY, "Somsri")}, **said).history[1]
        assert (other.by, other.acting_for, other.role) == ("Somsri", None, "director")
        named = case.correct({1: Entry("sign", MONDAY, acting_for="Somsri")}, **said).history[1]
        assert (named.by, named.acting_for) == ("Somying", "Somsri")

    def test_is_believed_when_a_log_is_read_as_a_role_is(self):
        entry = Entry("sign", MONDAY + 900 * DAY, "Somying", "Secretary Group", None, "director", "", " Som  chai ")
        case = SIGNED.replay(LETTER, [Entry("receive", MONDAY), entry])
        assert case.history[-1].acting_for == "Som chai"
        rows = [EventRow("12/2563", "receive", MONDAY), EventRow("12/2563", "send", MONDAY, acting_for=5)]
        assert kinds_of(replay_events(SIGNED, rows).refused[0].refusals) == ["unreadable"]

    def test_passes_a_machine_of_the_table_in_the_period_alone(self):
        class Desk:
            pass

        desk = Desk()
        SIGNED.machine(desk)
        assert not desk.may_sign(at=MONDAY - DAY, by=DEPUTY)
        with pytest.raises(TypeError, match="asks for a right, and a deputy has it for a time; call it with at="):
            desk.sign(by=DEPUTY)
        assert desk.sign(at=MONDAY, by=DEPUTY)


class TestADeputy:
    def test_is_printed_with_both_names(self):
        assert str(DEPUTY) == "Somying for Somchai (director of Secretary Group)"
        assert (DEPUTY.role, DEPUTY.unit, DEPUTY.acting_for) == ("director", "Secretary Group", "Somchai")
        assert (DIRECTOR.acting_for, str(DIRECTOR)) == (None, "Somchai (director of Secretary Group)")

    def test_is_a_value(self):
        twin = pickle.loads(pickle.dumps(DEPUTY))  # noqa: S301 - our own
        assert twin == DEPUTY == copy.copy(DEPUTY)
        assert hash(twin) == hash(DEPUTY)
        assert evolve(DEPUTY, acts_for=Actor("Somsri")).role is None

    @pytest.mark.parametrize("more", [{"unit": "Permits"}, {"role": "head"}])
    def test_has_the_role_and_unit_of_the_other_and_is_named_by_words(self, more):
        with pytest.raises(TypeError):
            Deputy("Somying", acts_for=DIRECTOR, since=MONDAY, **more)
        with pytest.raises(TypeError):
            Deputy("Somying", DIRECTOR, since=MONDAY)
        with pytest.raises(TypeError):
            Deputy("Somying", MONDAY, acts_for=DIRECTOR)

    @pytest.mark.parametrize(
        ("wrong", "error", "says"),
        [
            ({"acts_for": "Somchai"}, TypeError, "is no person to act for"),
            ({"acts_for": DEPUTY}, TypeError, "is a deputy too; name the person whom both act for"),
            ({"acts_for": Actor(" ")}, LetterError, "is nobody's name"),
            ({"name": ""}, LetterError, "is nobody's name"),
            ({"until": MONDAY}, LetterError, "is no end of a period that begins at 2020-01-06"),
            ({"until": MONDAY - DAY}, LetterError, "give a later one"),
            ({"since": datetime(2020, 1, 6)}, NaiveDatetimeError, "no time zone"),
            ({"since": datetime(2020, 1, 6), "until": None}, NaiveDatetimeError, "no time zone"),
            ({"until": datetime(2020, 1, 16)}, NaiveDatetimeError, "no time zone"),
        ],
    )
    def test_is_refused_when_it_cannot_be_meant(self, wrong, error, says):
        with pytest.raises(error, match=says):
            evolve(DEPUTY, **wrong)

    def test_leaves_no_mark_in_a_step_of_somebody_who_acts_for_himself(self):
        step = opened().apply("sign", at=MONDAY, by=DIRECTOR).history[-1]
        assert step == Step("sign", MONDAY, "Somchai", "Secretary Group", None, "director", "", state="signed")
