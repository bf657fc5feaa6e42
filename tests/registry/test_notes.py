import copy
import pickle
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from docflow import Letter, Registry
from docflow.errors import LetterError, NaiveDatetimeError, RegisterError
from docflow.letters import Urgency
from docflow.registry import (
    Book,
    Corrected,
    Delivery,
    Direction,
    Filled,
    Line,
    Linked,
    RegisterNumber,
    Restored,
    Tracked,
    Void,
    Volume,
)

BANGKOK = ZoneInfo("Asia/Bangkok")
NEW = Letter(number="", subject="A maket", sender="A ministry")
SIGNED = {"by": "Somchai", "why": "a slip"}


def at(hour, minute=0, day=2):
    return datetime(2020, 1, day, hour, minute, tzinfo=BANGKOK)


def received(*units):
    registry, numbers = Registry(), []
    for n, unit in enumerate(units):
        registry, one = registry.receive(NEW, unit=unit, at=at(9, n))
        numbers.append(one.number)
    return registry, numbers


def reserved(**said):
    return Registry().reserve(**{"unit": "GA", "at": at(9), "by": "Somchai", "why": "to be signed"} | said)


def refusal(of):
    with pytest.raises(RegisterError) as caught:
        of()
    return caught.value.kind, caught.value.problem


class TestACorrection:
    def test_may_be_of_anything_but_the_number_the_stamp_and_the_grade_of_secrecy(self):
        registry, (number,) = received("GA")
        right = {
            "reference": "มท 1", "dated": date(2019, 12, 30), "sender": "B", "recipient": "C", "subject": "D",
            "unit": "E", "origin": "internal", "urgency": "urgent", "wanted_by": at(12), "retention": "ordinary",
            "letter_remark": "F", "action": "G", "remark": "H",
        }  # fmt: skip
        registry = registry.correct(number, **right, **SIGNED, at=at(10))
        line = registry[number].line
        assert line == evolve(
            registry[number].written,
            letter=Letter(number="1/2563", remark="F", **{
                which: value for which, value in right.items() if which not in ("letter_remark", "action", "remark")
            }),
            action="G",
            remark="H",
        )  # fmt: skip
        for which, why in (
            ("number", "it is the letter's name everywhere"),
            ("secrecy", "secret letters have books of their own"),
        ):
            assert refusal(lambda which=which: registry.correct(number, **{which: "x"}, **SIGNED, at=at(11))) == (
                "not correctable",
                f"the {which} of 1/2563 cannot be corrected, for {why}; declare it void and register the letter anew",
            )
        with pytest.raises(TypeError, match="first, stamp cannot be corrected; reference, dated, sender, recipient"):
            registry.correct(number, stamp=at(9), first=number, **SIGNED, at=at(11))
        with pytest.raises(TypeError, match="nothing is corrected; reference, dated"):
            registry.correct(number, **SIGNED, at=at(11))
        with pytest.raises(LetterError, match="is no urgency"):
            registry.correct(number, urgency="at once", **SIGNED, at=at(11))

    def test_takes_values_as_they_are_written(self):
        registry, (number,) = received("GA")
        registry = registry.correct(number, urgency="most urgent", unit=" North  East ", **SIGNED, at=at(10))
        (first, second) = registry[number].changes
        assert (first.new, second.new) == ("North East", Urgency.MOST_URGENT)
        assert registry[number].notes[0] == Corrected(
            values={"urgency": Urgency.MOST_URGENT, "unit": "North East"}, at=at(10), **SIGNED
        )

    def test_says_only_what_it_changes(self):
        registry, (number,) = received("GA")
        registry, second = registry.forward(number, unit="Group", at=at(10))
        registry = registry.correct(number, subject="A maket", remark="by hand", **SIGNED, at=at(11))
        assert registry[number].notes[0].values == (("remark", "by hand"),)
        assert registry[second.number].notes == ()
        assert refusal(lambda: registry.correct(number, remark="by hand", **SIGNED, at=at(12))) == (
            "nothing to do",
            "1/2563 says so already; correct what is wrong, not remark",
        )

    def test_of_a_letter_shows_on_each_of_its_lines_and_of_a_line_on_that_alone(self):
        registry, (number,) = received("GA")
        registry, second = registry.forward(number, unit="Group", at=at(10))
        registry = registry.void(number, why="twice", at=at(10, 30))
        registry = registry.correct(second.number, subject="A market", action="read", **SIGNED, at=at(11))
        assert [one.letter.subject for one in registry.passage(number)] == ["A market", "A market"]
        assert [one.line.action for one in registry.passage(number)] == ["", "read"]
        assert registry[number].line.void is not None
        registry, third = registry.forward(second.number, unit="North", at=at(12))
        registry = registry.correct(number, subject="Two markets", by="Somying", why="there are two", at=at(13))
        assert {one.letter for one in registry.passage(third.number)} == {registry[number].letter}
        assert [len(registry[one].notes) for one in (number, second.number, third.number)] == [3, 2, 1]
        assert [change.old for change in registry[number].changes] == ["A maket", "A market"]
        assert [change.old for change in registry[third.number].changes] == ["A market"]
        for moment, subject in (
            (at(10), "A maket"),
            (at(11), "A market"),
            (at(12), "A market"),
            (at(13), "Two markets"),
        ):
            known = registry.as_recorded(moment)
            assert {one.letter.subject for one in known.passage(number)} == {subject}

    def test_is_made_on_all_lines_or_on_none(self):
        registry, (number,) = received("GA")
        registry, second = registry.forward(number, unit="Group", at=at(12))
        assert refusal(lambda: registry.correct(number, subject="A market", **SIGNED, at=at(11))) == (
            "time runs backwards",
            (
                "1/2563 cannot have been corrected at 2020-01-02 11:00:00+07:00, before it was given "
                "at 2020-01-02 12:00:00+07:00"
            ),
        )
        assert registry[number].notes == registry[second.number].notes == ()

    def test_is_known_to_whom_the_letter_comes_later(self):
        registry, (number,) = received("GA")
        registry = registry.correct(number, subject="A market", **SIGNED, at=at(12))
        assert refusal(lambda: registry.forward(number, unit="Group", at=at(11))) == (
            "time runs backwards",
            "2020-01-02 11:00:00+07:00 is before 1/2563 was corrected, at 2020-01-02 12:00:00+07:00; register it now",
        )
        registry, second = registry.forward(number, unit="Group", at=at(12))
        assert (second.written.letter.subject, second.notes) == ("A market", ())
        assert Registry(registry.volumes) == registry

    def test_on_one_line_alone_is_refused_however_a_registry_is_made(self):
        registry, (number,) = received("GA")
        registry, _ = registry.forward(number, unit="Group", at=at(10))
        right = registry.correct(number, subject="A market", **SIGNED, at=at(11))
        first, group = registry.volumes
        for volumes in ([right.volumes[0], group], [first, right.volumes[1]]):
            assert refusal(lambda volumes=volumes: Registry(volumes)) == (
                "no such number",
                "1/2563 is not the first number of this letter; forward it by one of its own numbers",
            )
        other = registry.correct(number, subject="A market", by="Somying", why="a slip", at=at(11))
        with pytest.raises(RegisterError, match="is not the first number"):
            Registry([right.volumes[0], other.volumes[1]])
        assert Registry(right.volumes) == right


class TestAReservedNumber:
    def test_has_no_letter_and_says_so(self):
        registry, one = reserved()
        assert (one.line.letter, one.line.reserved, one.line.by, one.line.since) == (
            None,
            "to be signed",
            "Somchai",
            None,
        )
        assert (one.number.book, str(one.number)) == (Book("GA", Direction.SENDING), "1/2563")
        assert registry.passage(one.number) == (one,)
        assert (one.line.statuses, one.line.outstanding()) == ({}, ())
        said = "1/2563 is reserved and has no letter yet; fill it first"
        for ask in (
            lambda: one.letter,
            lambda: registry.forward(one.number, unit="Group", at=at(10)),
            lambda: registry.correct(one.number, subject="A", **SIGNED, at=at(10)),
            lambda: registry.note_status(one.number, "A", "sent", by="Somchai", at=at(10)),
            lambda: registry.send(NEW, unit="North", at=at(10), replies_to=one.number),
        ):
            assert refusal(ask) == ("reserved number", said)

    def test_wants_a_name_and_a_reason(self):
        for wrong in ("", " ", None):
            assert refusal(lambda wrong=wrong: reserved(by=wrong))[0] == "no name given"
            assert refusal(lambda wrong=wrong: reserved(why=wrong))[0] == "no reason given"
        assert refusal(lambda: reserved(by="")) == (
            "no name given",
            "a name is wanted for 1/2563 to be reserved; give it in by=",
        )
        with pytest.raises(RegisterError, match="a name is wanted for 1/2563 to be reserved"):
            Volume(Book("GA"), 2563, written=[Line(letter=None, at=at(9), reserved="to be signed")])
        with pytest.raises(TypeError, match="None is no letter"):
            Line(letter=None, at=at(9), by="Somchai")
        with pytest.raises(TypeError, match="None is no letter"):
            Registry().send(None, unit="GA", at=at(9))

    def test_is_the_next_of_its_book_open_or_secret(self):
        registry, one = reserved(direction="receipt", secret=True, n=1)
        assert one.number == RegisterNumber(Book("GA", secret=True), 2563, 1)
        assert refusal(lambda: registry.fill(one.number, NEW, at=at(10), by="Somchai")) == (
            "no such number",
            "a letter that is open has no line in it; registers of secret and of open letters are apart",
        )
        with pytest.raises(RegisterError, match="3/2563 would leave a gap"):
            reserved(n=3)
        filled = registry.fill(one.number, evolve(NEW, secrecy="secret"), at=at(10), by="Somchai")
        assert filled[one.number].letter.subject == "A maket"

    def test_is_filled_once_with_all_that_is_said_of_a_letter(self):
        registry, one = reserved()
        registry, asked = registry.receive(NEW, unit="GA", at=at(10))
        registry = registry.fill(
            one.number, NEW, at=at(11), by="Somying", why="signed", replies_to=asked.number, related=[asked.number],
            action="file", remark="by hand", recipients=["A"],
        )  # fmt: skip
        line = registry[one.number].line
        assert line == Line(
            letter=evolve(NEW, number="1/2563"), at=at(9), by="Somchai", reserved="to be signed",
            replies_to=asked.number, related=(asked.number,), action="file", remark="by hand", recipients=("A",),
            filled=registry[one.number].notes[0],
        )  # fmt: skip
        assert (line.since, line.statuses["A"].at, line.statuses["A"].by) == (at(11), at(11), "Somying")
        assert registry.replies(asked.number) == registry.related(asked.number) == (registry[one.number],)
        assert refusal(lambda: registry.fill(one.number, NEW, at=at(12), by="Somchai")) == (
            "duplicate number",
            "1/2563 has a letter already; reserve a number, or correct this one",
        )
        with pytest.raises(TypeError, match="by_whom cannot be said of a registration; replies_to, related, action"):
            registry.fill(one.number, NEW, at=at(12), by="Somchai", by_whom="x")
        with pytest.raises(TypeError, match="'A market' is no letter; give such as"):
            registry.fill(one.number, "A market", at=at(12), by="Somchai")
        named, two = registry.reserve(unit="GA", at=at(12), by="Somchai", why="to be signed")
        named = named.fill(two.number, Letter(number="GA 2"), at=at(12), by="Somchai")
        assert named[two.number].letter.number == "GA 2"

    def test_is_linked_to_and_corrected_once_it_is_filled_and_not_before(self):
        registry, one = reserved()
        registry = registry.fill(one.number, NEW, at=at(11), by="Somying")
        assert refusal(lambda: registry.receive(NEW, unit="GA", at=at(10), replies_to=one.number)) == (
            "time runs backwards",
            (
                "2020-01-02 10:00:00+07:00 is before 1/2563 was given, at 2020-01-02 11:00:00+07:00; "
                "nothing links to what is to come"
            ),
        )
        registry, second = registry.forward(one.number, unit="Group", at=at(11))
        registry = registry.correct(second.number, subject="A market", **SIGNED, at=at(12))
        registry, _ = registry.forward(one.number, unit="North", at=at(13))
        assert {each.letter.subject for each in registry.passage(one.number)} == {"A market"}
        assert Registry(registry.volumes) == registry

    def test_may_be_void_and_then_waits_for_no_letter(self):
        registry, one = reserved()
        void = registry.void(one.number, why="not needed", at=at(10))
        assert (registry.reserved, void.reserved) == ((one,), ())
        assert refusal(lambda: void.fill(one.number, NEW, at=at(11), by="Somchai")) == (
            "void number",
            "1/2563 is void (not needed); reserve another, or restore it",
        )
        again = void.restore(one.number, by="Somchai", why="needed", at=at(11))
        assert [each.number for each in again.reserved] == [one.number]
        assert again.fill(one.number, NEW, at=at(12), by="Somchai")[one.number].letter.subject == "A maket"

    def test_says_nothing_of_its_letter_before_that_is_there(self):
        for said in ({"remark": "by hand"}, {"letter": evolve(NEW, number="1/2563")}, {"recipients": ["A"]}):
            line = Line(**{"letter": None, "at": at(9), "by": "Somchai", "reserved": "to be signed"} | said)
            assert (
                refusal(lambda line=line: Volume(Book("GA", "sending"), 2563, written=[line]))[0] == "reserved number"
            )


class TestALinkThatIsFoundLater:
    def test_is_found_from_every_number_and_may_be_to_several(self):
        registry, (first, other, third) = received("GA", "GA", "North")
        registry, second = registry.forward(first, unit="Group", at=at(10))
        registry, reply = registry.send(NEW, unit="GA", at=at(10), replies_to=[other])
        registry = registry.link(
            reply.number, replies_to=[other, second.number], related=third, by="Somchai", at=at(11)
        )
        assert registry[reply.number].line.replies_to == (other, second.number)
        assert reply.line.replies_to == registry[reply.number].written.replies_to == (other,)
        for number in (first, second.number, other):
            assert [one.number for one in registry.replies(number)] == [reply.number]
        assert [one.number for one in registry.related(third)] == [reply.number]
        assert [one.number for one in registry.related(reply.number)] == [third]
        assert registry.replies(third) == registry.related(first) == ()
        for twin in (Registry(registry.volumes), pickle.loads(pickle.dumps(registry)), copy.deepcopy(registry)):  # noqa: S301
            assert twin == registry
            for number in (first, second.number, other, third):
                assert (twin.replies(number), twin.related(number)) == (
                    registry.replies(number),
                    registry.related(number),
                )

    def test_is_told_once_in_the_index_however_often_it_is_written(self):
        registry, (first, second) = received("GA", "GA")
        registry = registry.link(second, related=first, by="Somchai", at=at(11))
        registry = registry.link(second, related=first, replies_to=first, by="Somchai", at=at(11))
        assert registry._named[0][0] == (second,)
        assert [len(each) for each in registry._named] == [len(volume.lines) for volume in registry.volumes]
        assert registry.replies(first) == registry.related(first) == (registry[second],)

    def test_is_to_what_was_given_before_the_note_and_not_before_the_line(self):
        registry, (first, later) = received("GA", "GA")
        registry = registry.link(first, related=later, by="Somchai", at=at(9, 1))
        assert [one.number for one in registry.related(later)] == [first]
        registry, third = registry.receive(NEW, unit="North", at=at(12))
        assert refusal(lambda: registry.link(first, related=third.number, by="Somchai", at=at(11))) == (
            "time runs backwards",
            (
                "2020-01-02 11:00:00+07:00 is before 1/2563 was given, at 2020-01-02 12:00:00+07:00; "
                "nothing links to what is to come"
            ),
        )
        linked = registry.link(first, related=third.number, by="Somchai", at=at(12))
        assert refusal(lambda: Registry(linked.volumes[:1])) == (
            "no such number",
            "1/2563 was never given; the next is 1/2563",
        )
        early = evolve(linked.volumes[0], notes=[[evolve(linked[first].notes[1], at=at(11))]])
        assert refusal(lambda: Registry([early, *linked.volumes[1:]]))[0] == "time runs backwards"

    def test_is_told_once_though_it_is_given_twice(self):
        registry, (first, second) = received("GA", "GA")
        registry, reply = registry.send(NEW, unit="GA", at=at(10), replies_to=[first, first], related=(second, second))
        assert (reply.line.replies_to, reply.line.related) == ((first,), (second,))
        with pytest.raises(RegisterError, match="is linked so already"):
            registry.link(reply.number, by="Somchai", at=at(11))

    def test_says_something_new_of_another_letter(self):
        registry, (first, second) = received("GA", "GA")
        registry = registry.link(second, replies_to=first, by="Somchai", at=at(10))
        for links in ({}, {"replies_to": first}, {"replies_to": [], "related": ()}):
            assert refusal(lambda links=links: registry.link(second, **links, by="Somchai", at=at(11))) == (
                "nothing to do",
                "2/2563 is linked so already; name what it is not linked to",
            )
        assert refusal(lambda: registry.link(second, related=second, by="Somchai", at=at(11))) == (
            "no such number",
            "2/2563 cannot be linked to itself; name another",
        )
        nowhere = RegisterNumber(Book("GA"), 2563, 9)
        assert refusal(lambda: registry.link(second, related=nowhere, by="Somchai", at=at(11)))[0] == "no such number"
        for wrong in ("1/2563", 5, ["1/2563"]):
            with pytest.raises(TypeError, match="could be in any book; give a RegisterNumber"):
                registry.link(second, related=wrong, by="Somchai", at=at(11))


class TestRecipients:
    def sent(self):
        return Registry().send(NEW, unit="GA", at=at(9), by="Somchai", recipients=["A", "B", "C"])

    def test_are_of_what_is_sent_and_are_named_once(self):
        assert refusal(lambda: Registry().receive(NEW, unit="GA", at=at(9), recipients=["A", "B"])) == (
            "no such recipient",
            "nothing is sent to A, B by a receipt; send the letter",
        )
        for wrong in ("A", 5, ["A", " A"], ["A", ""]):
            with pytest.raises(TypeError, match="is no list of recipients|names a recipient twice"):
                Registry().send(NEW, unit="GA", at=at(9), recipients=wrong)
        registry, one = reserved(direction="receipt")
        with pytest.raises(RegisterError, match="nothing is sent to A by a receipt"):
            registry.fill(one.number, NEW, at=at(10), by="Somchai", recipients=["A"])

    def test_have_the_status_that_was_noted_last(self):
        registry, one = self.sent()
        assert one.line.statuses["B"] == Tracked(recipient="B", status="sent", at=at(9), by="Somchai")
        registry = registry.note_status(one.number, "B", "returned", at=at(10), by="Somchai", why="moved")
        registry = registry.note_status(one.number, "B", Delivery.SENT, at=at(11), by="Somying")
        registry = registry.note_status(one.number, " A ", "registered", at=at(12), by="Somchai")
        line = registry[one.number].line
        assert list(line.statuses) == ["A", "B", "C"]
        assert line.statuses["B"] == Tracked(recipient="B", status="sent", at=at(11), by="Somying")
        assert len(registry[one.number].notes) == 3

    def test_are_outstanding_until_the_letter_has_come_so_far(self):
        registry, one = self.sent()
        for recipient, status in (("A", "registered"), ("B", "refused"), ("C", "delivered")):
            registry = registry.note_status(one.number, recipient, status, at=at(10), by="Somchai")
        line = registry[one.number].line
        assert [line.outstanding(until) for until in ("sent", "delivered", Delivery.REGISTERED, "answered")] == [
            ("B",), ("B",), ("B", "C"), ("A", "B", "C"),
        ]  # fmt: skip
        for until in ("refused", "returned"):
            with pytest.raises(
                LetterError, match="a letter comes to on its way; choose 'delivered', 'registered', 'ans"
            ):
                line.outstanding(until)
        assert registry.void(one.number, why="withdrawn", at=at(11))[one.number].line.outstanding() == ()

    def test_that_a_letter_does_not_have_have_no_status(self):
        registry, one = self.sent()
        assert refusal(lambda: registry.note_status(one.number, "D", "sent", at=at(10), by="Somchai")) == (
            "no such recipient",
            "1/2563 was not sent to 'D'; choose A, B, C",
        )
        registry, other = registry.send(NEW, unit="GA", at=at(10))
        with pytest.raises(RegisterError, match="2/2563 was not sent to 'A'; it names no recipients"):
            registry.note_status(other.number, "A", "sent", at=at(10), by="Somchai")
        with pytest.raises(LetterError, match="is no delivery; choose 'sent', 'delivered'"):
            registry.note_status(one.number, "A", "lost", at=at(10), by="Somchai")
        assert refusal(lambda: registry.note_status(one.number, "A", "sent", at=at(10), by="Somchai")) == (
            "nothing to do",
            "1/2563 is sent to 'A' since 2020-01-02 09:00:00+07:00; there is nothing new",
        )


class TestAVoidNumber:
    def test_is_restored_by_a_signed_decision_and_may_be_void_again(self):
        registry, (number,) = received("GA")
        void = registry.void(number, why="twice", at=at(10))
        again = void.restore(number, by="Somying", why="it was not", at=at(11))
        assert again[number].line == registry[number].line
        third = again.void(number, by="Somchai", why="it was", at=at(12))
        assert (third[number].line.void.why, third[number].line.void.at) == ("it was", at(12))
        assert [(type(note), note.by, note.why) for note in third[number].notes] == [
            (Void, None, "twice"), (Restored, "Somying", "it was not"), (Void, "Somchai", "it was"),
        ]  # fmt: skip
        assert refusal(lambda: again.restore(number, by="Somying", why="so", at=at(12))) == (
            "nothing to do",
            "1/2563 is not void; there is nothing to take back",
        )
        assert again.forward(number, unit="Group", at=at(12))[1].letter == registry[number].letter


class TestEveryNote:
    """What may be noted of a reserved number that is void, and of a sent one, each signed."""

    SAID = (
        ("restored", lambda registry, number, said: registry.restore(number, **said), True),
        ("corrected", lambda registry, number, said: registry.correct(number, subject="B", **said), True),
        ("linked", lambda registry, number, said: registry.link(number, related=OTHER, **said), False),
        ("followed", lambda registry, number, said: registry.note_status(number, "A", "refused", **said), False),
    )

    def registry(self):
        registry, _ = Registry().receive(NEW, unit="North", at=at(8))
        registry, one = registry.send(NEW, unit="GA", at=at(9), recipients=["A"])
        return registry.void(one.number, by="Somchai", why="twice", at=at(10)), one.number

    @pytest.mark.parametrize(("done", "note", "reasoned"), SAID)
    def test_is_signed_and_reasoned_and_does_not_go_back_in_time(self, done, note, reasoned):
        registry, number = self.registry()
        before = copy.deepcopy(registry)
        good = {"by": "Somchai", "why": "so it is", "at": at(10)}
        assert len(note(registry, number, good)[number].notes) == 2
        for by in ("", None, " "):
            assert refusal(lambda by=by: note(registry, number, good | {"by": by})) == (
                "no name given",
                f"a name is wanted for 1/2563 to be {done}; give it in by=",
            )
        if reasoned:
            for why in ("", None, " "):
                assert refusal(lambda why=why: note(registry, number, good | {"why": why})) == (
                    "no reason given",
                    f"a reason is wanted for 1/2563 to be {done}; give it in why=",
                )
        else:
            assert note(registry, number, good | {"why": ""})[number].notes[1].why == ""
        assert refusal(lambda: note(registry, number, good | {"at": at(9, 59)})) == (
            "time runs backwards",
            (
                f"1/2563 cannot have been {done} at 2020-01-02 09:59:00+07:00, before its last note "
                "at 2020-01-02 10:00:00+07:00"
            ),
        )
        with pytest.raises(NaiveDatetimeError):
            note(registry, number, good | {"at": datetime(2020, 1, 3)})
        nowhere = evolve(number, n=7)
        assert refusal(lambda: note(registry, nowhere, good)) == (
            "no such number",
            "7/2563 was never given; the next is 2/2563",
        )
        assert registry == before

    def test_is_judged_again_however_a_volume_is_made(self):
        registry, number = self.registry()
        volume = registry.volume(number.book, number.year)
        void = volume.notes[0][0]
        assert Volume(number.book, 2563, written=volume.written, notes=volume.notes) == volume
        assert Volume(number.book, 2563, written=volume.written, notes=[[void], [], []]) == volume
        for notes, problem in (
            ([[void, void]], "is void already"),
            (
                [[evolve(void, at=at(8))]],
                "cannot have been declared void at 2020-01-02 08:00:00\\+07:00, before it was given",
            ),
            ([[evolve(void, why="")]], "a reason is wanted"),
            ([[], [void]], "notes below lines of its volume of 2563 that it does not have"),
        ):
            with pytest.raises(RegisterError, match=problem):
                evolve(volume, notes=notes)

    def test_stays_when_more_is_registered(self):
        registry, (number, _) = received("GA", "GA")
        registry = registry.correct(number, remark="by hand", **SIGNED, at=at(10))
        registry, third = registry.receive(NEW, unit="GA", at=at(11))
        registry = registry.correct(third.number, remark="by post", **SIGNED, at=at(12))
        (volume,) = registry.volumes
        assert [line.remark for line in volume.lines] == ["by hand", "", "by post"]
        assert [line.remark for line in volume.written] == ["", "", ""]
        assert [one.line.remark for one in registry] == ["by hand", "", "by post"]
        assert [len(notes) for notes in volume.notes] == [1, 0, 1]

    def test_is_a_value(self):
        number = RegisterNumber(Book("GA"), 2563, 1)
        for note in (
            Filled(by="A", at=at(9), letter=NEW, related=number),
            Linked(by="A", at=at(9), replies_to=number, related=[number]),
            Tracked(by="A", at=at(9), recipient="B", status="sent"),
        ):
            assert {note, copy.deepcopy(note), pickle.loads(pickle.dumps(note))} == {note}  # noqa: S301 - our own
            assert note.links == (() if isinstance(note, Tracked) else (number,))
        for made in (Linked, lambda **said: Filled(letter=NEW, **said), lambda **said: Line(letter=NEW, **said)):
            for wrong in ({"related": ["1/2563"]}, {"replies_to": "1/2563"}):
                with pytest.raises(TypeError, match="'1/2563' could be in any book; give a RegisterNumber"):
                    made(by="A", at=at(9), **wrong)


OTHER = RegisterNumber(Book("North"), 2563, 1)


class TestWhatWasKnown:
    def test_is_what_had_been_written_by_then(self):
        registry, (number, _) = received("GA", "GA")
        first = registry
        registry = registry.void(number, why="twice", at=at(10))
        second = registry
        registry, _ = registry.send(NEW, unit="North", at=at(11))
        assert registry.as_recorded(at(9, 1)) == first
        assert registry.as_recorded(at(10)) == registry.as_recorded(at(10, 59)) == second
        assert registry.as_recorded(at(10) - timedelta(microseconds=1)) == first
        assert registry.as_recorded(at(11).astimezone(UTC)) == registry
        assert registry.as_recorded(at(8)) == Registry()
        assert [len(registry.as_recorded(at(9, minute))) for minute in (0, 1)] == [1, 2]
        with pytest.raises(NaiveDatetimeError):
            registry.as_recorded(datetime(2020, 1, 2))

    def test_holds_a_book_that_begins_amid_a_year(self):
        registry = Registry().starting_at(Book("GA"), 2563, 120)
        registry, one = registry.receive(NEW, unit="GA", at=at(9))
        assert registry.as_recorded(at(8)).volume(Book("GA"), 2563).next_number == one.number

    def test_is_in_order_whatever_the_zone(self):
        registry = Registry()
        berlin = datetime(2020, 10, 25, 2, 50, tzinfo=ZoneInfo("Europe/Berlin"))
        registry, first = registry.receive(NEW, unit="GA", at=berlin)
        registry = registry.void(first.number, why="twice", at=berlin.replace(minute=10, fold=1))
        assert registry.as_recorded(berlin.replace(minute=55))[first.number].notes == ()
