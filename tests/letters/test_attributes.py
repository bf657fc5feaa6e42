"""Free attributes of a letter: typed, and declared by its workflow."""

import copy
import pickle
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum
from fractions import Fraction

import pytest
from attrs import evolve

from docflow import Letter, Transition, Workflow
from docflow.errors import LetterError, MigrationError, NaiveDatetimeError, RefusedError, WorkflowError
from docflow.letters import Attribute, Attributes, Entry, migrate, replay_events

NINE = datetime(2020, 1, 6, 2, tzinfo=UTC)
DAY = date(2020, 1, 6)
CHANNEL = Attribute("channel", str, choices=("e-mail", "counter"))
PAGES = Attribute("pages", int, required=True)
VALUES = {
    str: "e-mail",
    int: 3,
    bool: True,
    date: DAY,
    datetime: NINE,
    Fraction: Fraction(1, 3),
    Decimal: Decimal("1.50"),
}


def table(*attributes, **more):
    return Workflow("permit", initial="a", transitions=[Transition("go", "a", "b")], attributes=attributes, **more)


def letter(**attributes):
    return Letter(number="12/2563", attributes=attributes)


def refused(workflow, one):
    with pytest.raises(RefusedError) as caught:
        workflow.open(one, at=NINE)
    return [(refusal.kind, str(refusal)) for refusal in caught.value.refusals]


class TestTheAttributesOfALetter:
    def test_are_a_value_in_any_order(self):
        one, other = letter(channel="e-mail", pages=3), letter(pages=3, channel="e-mail")
        assert (one, hash(one)) == (other, hash(other))
        assert one != letter(pages=3)
        assert one.attributes == {"channel": "e-mail", "pages": 3}
        assert repr(one).endswith("attributes={'channel': 'e-mail', 'pages': 3})")
        for twin in (copy.deepcopy(one), pickle.loads(pickle.dumps(one)), evolve(one, subject="")):  # noqa: S301 - our own
            assert (twin, hash(twin)) == (one, hash(one))
        assert evolve(one, attributes={}) == Letter(number="12/2563")

    def test_are_read_like_a_dict_and_never_change(self):
        given = {"pages": 3, " sent  to ": "Permits", "floor": None}
        attributes = Attributes(given)
        given["pages"] = 4
        assert dict(attributes) == {"pages": 3, "sent to": "Permits"}
        assert (attributes["pages"], attributes.get("floor"), len(attributes)) == (3, None, 2)
        with pytest.raises(KeyError):
            attributes["floor"]
        with pytest.raises(TypeError):
            attributes["pages"] = 4
        with pytest.raises(AttributeError):
            attributes.pairs = ()

    @pytest.mark.parametrize("value", VALUES.values())
    def test_keep_each_kind_of_value(self, value):
        kept = pickle.loads(pickle.dumps(letter(it=value))).attributes["it"]  # noqa: S301 - our own
        assert (kept, type(kept)) == (value, type(value))

    def test_are_plain_text_and_plain_numbers(self):
        text, number = StrEnum("Text", {"A": "a"}), IntEnum("Number", {"ONE": 1})
        attributes = letter(text=text.A, a_number=number.ONE).attributes
        assert [type(value) for value in attributes.values()] == [int, str]

    @pytest.mark.parametrize("value", [1.5, [3], b"3", Decimal("NaN"), Decimal("Infinity"), Enum("One", "A").A, object])
    def test_refuse_what_is_no_value(self, value):
        with pytest.raises(LetterError, match="is no value of the attribute 'it'; give one of Decimal, Fraction, bool"):
            letter(it=value)

    @pytest.mark.parametrize(
        ("given", "error", "says"),
        [
            ({"": 1}, LetterError, "is the name of no attribute"),
            ({" ": 1}, LetterError, "is the name of no attribute"),
            ({"a": 1, "a ": 2}, LetterError, "is the name of two attributes"),
            ({"a\x1b": 1}, LetterError, "has a character that nobody sees"),
            ({"subject": "x"}, LetterError, r"is a field of every letter; give it as Letter\(subject=\.\.\.\)"),
            ({1: 1}, TypeError, "1 is no text"),
            ([("a", 1)], TypeError, "this list is no dict|is no dict of attributes"),
            ({"since": datetime(2020, 1, 6)}, NaiveDatetimeError, "no time zone"),
        ],
    )
    def test_refuse_what_cannot_be_meant(self, given, error, says):
        with pytest.raises(error, match=says):
            Letter(number="1", attributes=given)


class TestAWorkflowThatDeclaresAttributes:
    workflow = table(CHANNEL, PAGES)

    def test_opens_letters_that_have_them(self):
        for one in (letter(pages=3), letter(pages=0, channel="counter")):
            case = self.workflow.open(one, at=NINE)
            assert case.letter == one
            assert pickle.loads(pickle.dumps(case)) == case  # noqa: S301 - our own

    @pytest.mark.parametrize(
        ("one", "faults"),
        [
            (letter(), [("missing attribute", "it has no pages; give it one (pages: int, required)")]),
            (
                letter(pages=True),
                [("wrong attribute", "pages is True, which is no int; give a value of that kind")],
            ),
            (
                letter(pages=3, channel="fax"),
                [("wrong attribute", "channel is 'fax'; choose 'e-mail', 'counter'")],
            ),
            (
                letter(pages=3, chanel="e-mail"),
                [
                    (
                        "unknown attribute",
                        "no attribute is called 'chanel'; did you mean 'channel'? declared are channel, pages",
                    )
                ],
            ),
            (
                letter(channel=3, zebra=1),
                [
                    ("wrong attribute", "channel is 3, which is no str; give a value of that kind"),
                    ("unknown attribute", "no attribute is called 'zebra'; declared are channel, pages"),
                    ("missing attribute", "it has no pages; give it one (pages: int, required)"),
                ],
            ),
        ],
    )
    def test_refuses_every_fault_of_a_letter_at_once(self, one, faults):
        assert refused(self.workflow, one) == faults
        entries = [Entry("receive", NINE), Entry("go", NINE)]
        with pytest.raises(RefusedError, match="cannot receive 12/2563"):
            self.workflow.replay(one, entries)
        told = replay_events(self.workflow, [("12/2563", "receive", NINE), ("13/2563", "receive", NINE)], [one])
        assert [(error.number, error.trigger) for error in told.refused] == [
            ("12/2563", "receive"),
            ("13/2563", "receive"),  # nothing is known of it, so its pages are missing
        ]
        assert [(refusal.kind, str(refusal)) for refusal in told.refused[0].refusals] == faults

    def test_refuses_a_letter_and_who_brings_it_at_once(self):
        workflow = evolve(self.workflow, opening="log in")
        with pytest.raises(RefusedError) as caught:
            workflow.replay(letter(), [Entry("receive", NINE)])
        assert [refusal.kind for refusal in caught.value.refusals] == ["missing attribute", "unknown trigger"]

    @pytest.mark.parametrize("kind", VALUES)
    def test_takes_a_value_of_its_kind_and_none_of_another(self, kind):
        workflow = table(Attribute("it", kind))
        for other, value in VALUES.items():
            if other is kind:
                assert workflow.open(letter(it=value), at=NINE).letter.attributes["it"] == value
            else:
                assert [fault for fault, _ in refused(workflow, letter(it=value))] == ["wrong attribute"]

    def test_keeps_them_in_every_copy(self):
        may = self.workflow.permitting({"go": []})
        for twin in (may, pickle.loads(pickle.dumps(self.workflow)), evolve(self.workflow, version=2)):  # noqa: S301 - our own
            assert twin.attributes == (CHANNEL, PAGES)
        assert hash(self.workflow) == hash(table(CHANNEL, PAGES))
        assert self.workflow != table(PAGES)

    def test_goes_on_with_a_letter_that_was_judged(self):
        case = self.workflow.open(letter(pages=3), at=NINE).apply("go", at=NINE)
        assert case.as_of(NINE).letter == case.letter


class TestAWorkflowThatDeclaresNone:
    def test_takes_letters_without_attributes_and_no_others(self):
        assert table().open(Letter(number="12/2563"), at=NINE).letter.attributes == {}
        assert refused(table(), letter(pages=3)) == [
            (
                "unknown attribute",
                "no attribute is called 'pages'; its workflow declares none; declare it, or leave it out",
            )
        ]


class TestAnotherVersion:
    def test_takes_the_letters_that_it_could_have_received_and_lists_the_others(self):
        old = table(PAGES, CHANNEL)
        cases = [
            old.open(evolve(letter(**said), number=number), at=NINE)
            for number, said in (("1", {"pages": 1}), ("2", {"pages": 1, "channel": "e-mail"}), ("3", {"pages": 2}))
        ]
        assert [case.letter for case in migrate(cases, table(PAGES, CHANNEL, Attribute("floor", int)))] == [
            case.letter for case in cases
        ]
        with pytest.raises(MigrationError, match="no attribute is called 'channel'") as caught:
            migrate(cases, table(PAGES, version=2))
        assert [stuck.number for stuck in caught.value.stuck] == ["2"]
        with pytest.raises(MigrationError) as caught:
            migrate(cases, table(PAGES, evolve(CHANNEL, required=True), version=3))
        assert [stuck.number for stuck in caught.value.stuck] == ["1", "3"]
        assert [refusal.kind for refusal in caught.value.stuck[0].refusals] == ["missing attribute"]


class TestADeclaration:
    def test_is_printed(self):
        assert str(PAGES) == "pages: int, required"
        assert str(CHANNEL) == "channel: str, one of 'e-mail', 'counter'"

    @pytest.mark.parametrize(
        ("said", "error", "says"),
        [
            (lambda: Attribute(" ", str), LetterError, "is the name of no attribute; name the attribute otherwise"),
            (
                lambda: Attribute("subject", str),
                LetterError,
                "is a field of every letter; name the attribute otherwise",
            ),
            (lambda: Attribute("weight", float), TypeError, "is no kind of attribute; choose bool, int, str, datetime"),
            (lambda: Attribute("weight", 5), TypeError, "5 is no kind of attribute"),
            (
                lambda: Attribute("channel", str, choices="abc"),
                TypeError,
                r"'abc' is not several choices; .*\('abc',\)",
            ),
            (lambda: Attribute("channel", str, choices=5), TypeError, "5 is not several choices"),
            (
                lambda: Attribute("pages", int, choices=(1, True)),
                LetterError,
                "True is no int, as each choice of 'pages'",
            ),
            (lambda: table(PAGES, Attribute("pages ", str)), WorkflowError, "declares the attribute 'pages' twice"),
            (lambda: Workflow("w", initial="a", transitions=(), attributes=PAGES), TypeError, "is not several"),
            (lambda: table("pages"), TypeError, "'pages' is no Attribute"),
        ],
    )
    def test_that_cannot_be_meant_is_refused(self, said, error, says):
        with pytest.raises(error, match=says):
            said()
