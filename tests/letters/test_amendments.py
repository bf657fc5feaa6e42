"""What is corrected of a letter's own data: who, why and when, and what was known before."""

import copy
import pickle
from datetime import UTC, date, datetime, timedelta

import pytest
from attrs import evolve

from docflow import Actor, Letter, Right, Transition, Workflow
from docflow.errors import LetterError, MigrationError, NaiveDatetimeError, RefusedError
from docflow.letters import Amendment, Attribute, Case, Entry, Urgency, events, migrate, replay_events

NINE = datetime(2020, 1, 6, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)
HEAD = Actor("Somsri", "head", "Permits")
LETTER = Letter(number="12/2563", subject="A stal", attributes={"pages": 3, "channel": "counter"})


def not_secret(case, _entry):
    return "a secret letter goes by hand" if case.letter.secrecy.value == "secret" else None


def table(**more):
    return Workflow(
        "permit",
        **{
            "initial": "registered",
            "transitions": [Transition("check", "registered", "checked"), Transition("sign", "checked", "signed")],
            "may_correct": [Right("head")],
            "attributes": [
                Attribute("pages", int, required=True),
                Attribute("channel", str, choices=("counter", "e-mail")),
            ],
        }
        | more,
    )


PERMIT = table()
GUARDED = table(
    transitions=[
        Transition("check", "registered", "checked", guards=[not_secret]),
        Transition("sign", "checked", "signed", guards=[not_secret]),
    ]
)


def opened(workflow=PERMIT):
    return workflow.open(LETTER, at=NINE, by="Somchai").apply("check", at=NINE + HOUR, by="Somsak")


def amended(case=None, hours=2, **changes):
    changes = changes or {"subject": "A stall"}
    case = opened() if case is None else case
    return case.amend(by=HEAD, why="a slip of the pen", recorded=NINE + hours * HOUR, **changes)


def refusals(amend):
    with pytest.raises(RefusedError) as caught:
        amend()
    return [refusal.kind for refusal in caught.value.refusals]


class TestAnAmendment:
    def test_tells_the_letter_as_it_is_known_now_and_as_it_was_known(self):
        case = amended()
        assert (case.letter.subject, case.received) == ("A stall", LETTER)
        assert case.as_recorded(NINE + 2 * HOUR).letter.subject == "A stall"
        before = case.as_recorded(NINE + 2 * HOUR - timedelta(microseconds=1))
        assert (before, before.letter) == (opened(), LETTER)

    def test_changes_no_step(self):
        case = amended()
        assert case.history == opened().history
        assert case.log == (*opened().log, case.log[-1])
        assert case.apply("sign", at=NINE + 3 * HOUR).state == "signed"

    def test_says_old_and_new_by_whom_and_why(self):
        day, noon = date(2020, 1, 5), NINE + 3 * HOUR
        case = amended(None, 2, subject="A stall", urgency="urgent", wanted_by=noon, dated=day, sender="\x1b[2J")
        assert str(case.log[-1]) == (
            "dated: nothing → 2020-01-05, sender: '' → '\\x1b[2J', subject: 'A stal' → 'A stall', "
            "urgency: 'ordinary' → 'urgent', wanted_by: nothing → 2020-01-06 05:00:00+00:00, "
            "by Somsri (head of Permits), because a slip of the pen"
        )
        assert case.log[-1].changes["urgency"] == (Urgency.ORDINARY, Urgency.URGENT)
        assert case.wanted_by == noon

    def test_changes_the_attributes_that_are_named_and_no_others(self):
        case = amended(None, 2, attributes={"pages": 4})
        assert case.letter.attributes == {"pages": 4, "channel": "counter"}
        assert case.log[-1].changes == {"pages": (3, 4)}
        case = amended(case, 3, attributes={"channel": None})
        assert case.letter.attributes == {"pages": 4}
        assert str(case.log[-1]).startswith("channel: 'counter' → nothing, by")

    def test_is_amended_again(self):
        case = amended(amended(), 3, subject="A stal", urgency="urgent")
        case = amended(case, 4, urgency="ordinary")
        assert case.letter == LETTER == case.received
        subjects = [case.as_recorded(NINE + n * HOUR).letter.subject for n in range(5)]
        assert subjects == ["A stal", "A stal", "A stall", "A stal", "A stal"]
        assert [case.as_recorded(NINE + n * HOUR).letter.urgency.value for n in (2, 3, 4)] == [
            "ordinary",
            "urgent",
            "ordinary",
        ]

    def test_is_no_step_that_can_be_corrected(self):
        case = amended()
        with pytest.raises(RefusedError, match="record 2 of its log amends the letter, as another amendment may"):
            case.correct({2: None}, by=HEAD, why="no", recorded=NINE + 3 * HOUR)

    def test_and_corrections_go_side_by_side(self):
        case = amended().correct({1: Entry("check", NINE)}, by=HEAD, why="misread", recorded=NINE + 3 * HOUR)
        case = amended(case.apply("sign", at=NINE + 4 * HOUR), 5, sender="A ministry")
        assert [step.at for step in case.history] == [NINE, NINE, NINE + 4 * HOUR]
        assert (case.letter.subject, case.letter.sender) == ("A stall", "A ministry")
        assert case == Case(PERMIT, LETTER, case.log)
        assert Case(PERMIT, LETTER, case.log).history == case.history
        again = case.correct({4: Entry("sign", NINE + HOUR)}, by=HEAD, why="so", recorded=NINE + 6 * HOUR)
        assert again.history[-1].at == NINE + HOUR


class TestARefusedAmendment:
    @pytest.mark.parametrize(
        ("said", "kinds"),
        [
            ({"why": " "}, ["no reason given"]),
            ({"why": None}, ["no reason given"]),
            ({"by": ""}, ["nobody named", "wrong role"]),
            ({"by": "Somchai"}, ["wrong role"]),
            ({"by": Actor("Somchai", "clerk", "Permits")}, ["wrong role"]),
            ({"subject": "A stal"}, ["nothing changed"]),
            ({"recorded": NINE}, ["time runs backwards"]),
            ({"attributes": {"pages": None}}, ["missing attribute"]),
            ({"attributes": {"pages": True}}, ["wrong attribute"]),
            ({"attributes": {"channel": "fax", "page": 4}}, ["wrong attribute", "unknown attribute"]),
            (
                {"subject": "A stal", "why": "", "by": "Somchai", "recorded": NINE},
                ["nothing changed", "no reason given", "wrong role", "time runs backwards"],
            ),
        ],
    )
    def test_says_every_reason_and_changes_nothing(self, said, kinds):
        case = opened()
        usual = {"by": HEAD, "why": "a slip", "recorded": NINE + 2 * HOUR, "subject": "A stall"}
        assert refusals(lambda: case.amend(**usual | said)) == kinds
        assert case == opened()
        assert amended(case) == amended()

    def test_names_what_was_refused(self):
        with pytest.raises(
            RefusedError, match="cannot amend 12/2563: an amendment says why; name the reason"
        ) as caught:
            opened().amend(by=HEAD, why="", recorded=NINE + HOUR, subject="A stall")
        assert caught.value.record.after.subject == "A stall"

    def test_without_anything_to_amend(self):
        assert refusals(lambda: opened().amend(by=HEAD, why="so", recorded=NINE + HOUR)) == ["nothing changed"]

    @pytest.mark.parametrize(
        ("changes", "error", "says"),
        [
            ({"number": "13/2563"}, LetterError, "would be another letter than 12/2563; keep its number"),
            (
                {"priority": "P1"},
                TypeError,
                r"no 'priority'; an attribute is changed by attributes={'priority': ...}; it has",
            ),
            (
                {"subjekt": "A stall"},
                TypeError,
                r"a letter has no 'subjekt'; did you mean 'subject'\? it has number, reference",
            ),
            ({"urgency": "now"}, LetterError, "is no urgency"),
            ({"wanted_by": datetime(2020, 1, 6)}, NaiveDatetimeError, "no time zone"),
            ({"attributes": 5}, TypeError, "5 is no dict of attributes"),
        ],
    )
    def test_by_the_letter_itself(self, changes, error, says):
        case = opened()
        with pytest.raises(error, match=says):
            amended(case, 2, **changes)
        assert case == opened()

    def test_when_somebody_else_amended_the_letter_meanwhile(self):
        one, other = amended(None, 2, subject="A stall"), amended(None, 2, sender="A ministry")
        with pytest.raises(RefusedError, match=r"known otherwise \(subject\); amend what is known now") as caught:
            PERMIT.replay(LETTER, [*one.log, other.log[-1]])
        assert [refusal.kind for refusal in caught.value.refusals] == ["not as known"]
        assert caught.value.record == other.log[-1]

    def test_before_a_receipt_was_entered(self):
        record = amended().log[-1]
        assert refusals(lambda: PERMIT.replay(LETTER, [record])) == ["wrong state"]
        with pytest.raises(RefusedError, match="cannot amend 12/2563: no receipt was entered of the letter"):
            PERMIT.replay(LETTER, [record, Entry("receive", NINE + 5 * HOUR)])

    def test_of_another_letter(self):
        log = amended().log
        other = Letter(number="13/2563", attributes={"pages": 1})
        assert refusals(lambda: PERMIT.replay(other, log)) == ["not as known"]

    def test_as_a_record(self):
        record = amended().log[-1]
        with pytest.raises(TypeError, match="is no letter"):
            evolve(record, before="12/2563")
        with pytest.raises(TypeError, match="is no letter"):
            evolve(record, after=None)
        with pytest.raises(NaiveDatetimeError):
            evolve(record, recorded=datetime(2020, 1, 6))
        nobody = Amendment(before=LETTER, after=LETTER, by=None, why=None, recorded=NINE)
        assert str(nobody) == "nothing, by nobody named, because "


class TestAnAmendedCase:
    case = amended(amended(), 3, urgency="urgent", attributes={"channel": None})

    def test_is_made_of_its_log_with_the_letter_as_received_or_as_known_now(self):
        for letter in (LETTER, self.case.letter):
            made = PERMIT.replay(letter, self.case.log)
            assert (made, made.letter, made.received) == (self.case, self.case.letter, LETTER)
            assert made.history == self.case.history

    def test_is_a_value(self):
        for twin in (copy.deepcopy(self.case), pickle.loads(pickle.dumps(self.case)), evolve(self.case)):  # noqa: S301 - our own
            assert twin == self.case
            assert hash(twin) == hash(self.case)
            assert (twin.history, twin.log) == (self.case.history, self.case.log)
            assert twin.as_recorded(NINE).letter == LETTER
            assert amended(twin, 4, subject="Stalls") == amended(self.case, 4, subject="Stalls")
        assert self.case != opened()

    def test_goes_on_as_one_that_was_replayed(self):
        late = self.case.apply("sign", at=NINE + HOUR, recorded=NINE + 5 * HOUR)
        assert Case(PERMIT, LETTER, late.log) == late
        assert refusals(lambda: self.case.apply("sign", at=NINE + HOUR, recorded=NINE + 2 * HOUR)) == [
            "time runs backwards"
        ]

    @pytest.mark.parametrize("letters", [[], [LETTER], [case.letter]])
    def test_comes_back_from_the_events_of_its_log(self, letters):
        rows = list(events([self.case], log=True))
        assert [row.activity for row in rows] == ["receive", "check", "amend", "amend"]
        assert (rows[2].actor, rows[2].role, rows[2].note) == ("Somsri", "head", "a slip of the pen")
        assert (rows[2].happened, rows[2].recorded) == (NINE + 2 * HOUR, NINE + 2 * HOUR)
        told = replay_events(PERMIT, rows, letters, log=True)
        assert (told.cases, told.refused) == ((self.case,), ())

    def test_shows_its_letter_as_known_now_in_the_events_of_what_happened(self):
        rows = list(events([self.case]))
        assert [row.activity for row in rows] == ["receive", "check"]
        (read,) = replay_events(PERMIT, rows, [self.case.letter]).cases
        assert (read.letter, read.history) == (self.case.letter, self.case.history)
        known = self.case.as_of(NINE)
        assert (known.letter, known.state, len(known.log)) == (self.case.letter, "registered", 1)

    def test_moves_to_another_version_with_what_was_amended(self):
        (moved,) = migrate([self.case], table(version=2))
        assert (moved.log, moved.letter, moved.received) == (self.case.log, self.case.letter, LETTER)

    def test_is_stuck_where_an_amendment_is_not_allowed(self):
        case = amended(None, 2, attributes={"channel": "e-mail"})
        new = table(version=2, attributes=[Attribute("pages", int), Attribute("channel", str, choices=["counter"])])
        with pytest.raises(MigrationError) as caught:
            migrate([amended(), case], new)
        (stuck,) = caught.value.stuck
        assert stuck.step == case.log[-1]
        assert str(stuck) == ("12/2563 (amend at 2020-01-06 04:00:00+00:00: channel is 'e-mail'; choose 'counter')")


class TestAGuardThatLooksAtTheLetter:
    def test_judged_by_what_was_known_when_the_step_was_written(self):
        case = amended(opened(GUARDED), 2, secrecy="secret")
        assert case.state == "checked"
        assert refusals(lambda: case.apply("sign", at=NINE + 3 * HOUR)) == ["guard"]
        assert Case(GUARDED, LETTER, case.log) == case
        assert pickle.loads(pickle.dumps(case)) == case  # noqa: S301 - our own
        assert migrate([case], evolve(GUARDED, version=2))[0].log == case.log
        assert case.as_of(NINE + 2 * HOUR).state == "checked"

    def test_judges_what_a_later_correction_moves_by_what_is_known_then(self):
        case = amended(opened(GUARDED), 2, secrecy="secret")
        with pytest.raises(RefusedError, match="then check would be refused: a secret letter goes by hand"):
            case.correct({1: Entry("check", NINE)}, by=HEAD, why="misread", recorded=NINE + 3 * HOUR)
        case = amended(case, 3, secrecy="open")
        assert (
            case.correct({1: Entry("check", NINE)}, by=HEAD, why="misread", recorded=NINE + 3 * HOUR).history[1].at
            == NINE
        )
