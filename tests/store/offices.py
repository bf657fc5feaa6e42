"""Offices for tests: a store in which every kind of record stands, and texts that are hard to search."""

from datetime import UTC, date, datetime, timedelta
from random import Random

from docflow import Actor, Closure, Entry, Letter, Transition, Workflow
from docflow.bangkok import INCOMING_EXTERNAL_LETTER
from docflow.letters import Urgency
from docflow.registry import Book, Delivery
from docflow.thai.table import Holiday

UNITS = ("General Administration", "Secretary Group", "ฝ่ายคลัง")
NINE = datetime(2020, 1, 6, 2, tzinfo=UTC)
PIECES = (
    "น\u0e49\u0e33ท่วม", "น\u0e4d\u0e49\u0e32ท่วม", "น\u0e49\u0e4d\u0e32", "ตลาด", "ตลาดนัด", "แขวง", "เเขวง", "ก",
    "อ\u0e35", "๑๒", "12", "๒๕๖๓", "Market", "MARKET", "\u00c9cole", "E\u0301cole", "é", "Stra\u00dfe", "STRASSE",
    "\ufb01ne", "fine", "50%", "a_b", "a b", '"x"', "O'Brien", "AND", "NOT", "(", "*", "NEAR(", "words:", "-", "^",
    "\\", "{", ";--", "\uff0f", "/", "\u200b", "\u65e5\u672c", "\U0001f600", "\n", "\x1f",
)  # fmt: skip
"""What texts are drawn of: signs of which some look alike, some are operators elsewhere, and some are not seen."""


class Watch:
    """A clock that goes on a minute each time that somebody looks."""

    def __init__(self, at=NINE):
        self.at = at

    def __call__(self):
        self.at += timedelta(minutes=1)
        return self.at


def every_kind(office):
    """Write a record of every kind, about letters of every kind; the numbers in the order of writing."""
    back, again = Transition("return", "out", "back"), Transition("remind", "out", "out")
    loan = Workflow("loan", initial="out", transitions=[back])
    lasting = Workflow("loan", version=2, initial="out", transitions=[again, back])
    clerk = Actor("สมชาย", "registrar", UNITS[0])
    letter = Letter(number="", subject="ขอเชิญเปิดตลาด", sender="กระทรวงมหาดไทย", reference="มท ๐๒๐๑/๑", unit=UNITS[1])
    with office.write(by=clerk) as desk:
        desk.starting_at(Book(UNITS[2]), 2563, 41)
        first = desk.receive(letter, unit=UNITS[0], workflow=INCOMING_EXTERNAL_LETTER, action="to the head").number
        second = desk.forward(first, unit=UNITS[1], remark="by hand").number
        desk.apply(second, "hand_over", by="Somying", at=desk.at)
        desk.announce(Closure(date(2020, 3, 20), reason="flood", source="order 15/2563"))
        desk.announce(Holiday(date(2020, 5, 4), "Coronation day", source="cabinet, 2 April 2562"))
    with office.write(by="Somying") as desk:
        desk.correct(first, why="misspelt", subject="ขอเชิญเปิดตลาดน้ำ", urgency="urgent", dated=date(2020, 1, 3))
        desk.correct_case(first, {1: Entry("hand_over", desk.at - timedelta(minutes=1))}, why="it was earlier")
        third = desk.receive(letter, unit=UNITS[2], workflow=loan).number
        wanted = Letter(number="", subject="Flood", urgency=Urgency.VERY_URGENT, wanted_by=desk.at + timedelta(hours=3))
        fourth = desk.receive(wanted, unit=UNITS[0], workflow=INCOMING_EXTERNAL_LETTER).number
    with office.write(by="Somchai") as desk:
        desk.migrate([third], lasting)
        desk.apply(third, "return")
        reply = desk.send(
            Letter(number="", subject="An answer"), unit=UNITS[0], replies_to=first, recipients=["Department of Health"]
        ).number
        desk.note_status(reply, "Department of Health", Delivery.DELIVERED)
        kept = desk.reserve(unit=UNITS[0], why="a parcel", direction="receipt").number
        waiting = desk.reserve(unit=UNITS[0], why="ของขวัญ").number
        desk.link(fourth, related=first)
    with office.write(by="Somchai") as desk:
        desk.fill(kept, Letter(number="", subject="A parcel"), workflow=INCOMING_EXTERNAL_LETTER)
        desk.void(fourth, why="written twice", trigger="cancel")
        fifth = desk.receive(wanted, unit=UNITS[0], workflow=INCOMING_EXTERNAL_LETTER).number
        desk.void(fifth, why="a slip", trigger="cancel")
        desk.restore(fifth, why="it was none")
        desk.void(waiting, why="no need")
    return [first, second, third, fourth, reply, kept, waiting, fifth]


class Office:
    """Somebody who does whatever a seed says, as far as it can be done; `numbers` are those given, in order."""

    def __init__(self, seed):
        self.draw, self.numbers, self.cased = Random(seed), [], []  # noqa: S311 - nothing is kept secret

    def text(self, most=6):
        return "".join(
            self.draw.choice(PIECES) + self.draw.choice(("", "", " ")) for _ in range(self.draw.randrange(most))
        )

    def letter(self, desk):
        draw = self.draw
        return Letter(
            number=draw.choice(("", "", f"{draw.randrange(30)}/2562")),
            subject=self.text(),
            sender=self.text(4),
            recipient=self.text(2),
            reference=self.text(3),
            remark=self.text(2),
            unit=draw.choice(("", "", *UNITS)),
            wanted_by=draw.choice((None, None, desk.at + timedelta(minutes=draw.randrange(600)))),
            urgency=draw.choice(list(Urgency)),
        )

    def work(self, store, units_of_work):
        words = (self.receive, self.receive, self.send, self.reserve, *(2 * (self.step,)), *(4 * (self.note,)))
        for _ in range(units_of_work):
            with store.write(by="Somchai") as desk:
                for _ in range(self.draw.randrange(1, 5)):
                    self.draw.choice(words)(desk, self.draw.choice(UNITS))
        return self.numbers

    def receive(self, desk, unit):
        remark = self.text(2)
        line = desk.receive(self.letter(desk), unit=unit, workflow=INCOMING_EXTERNAL_LETTER, remark=remark)
        self.numbers.append(line.number)
        self.cased.append(line.number)

    def send(self, desk, unit):
        self.numbers.append(desk.send(self.letter(desk), unit=unit, recipients=["ราชวิถี"]).number)

    def reserve(self, desk, unit):
        self.numbers.append(desk.reserve(unit=unit, why=f"parcel{self.text(2)}").number)

    def step(self, desk, _unit):
        if self.cased:
            number = self.draw.choice(self.cased)
            steps = [one for one in desk[number].allowed() if one != "cancel" or self.draw.random() < 0.3]
            if steps:
                desk.apply(number, self.draw.choice(steps))

    def note(self, desk, unit):
        if not self.numbers:
            return
        number = self.draw.choice(self.numbers)
        line = desk.registration(number).line
        if line.void is not None:
            return
        if line.letter is None:
            desk.fill(number, self.letter(desk))
        elif self.draw.random() < 0.2:
            first = line.first or number
            desk.void(
                number, why="a slip", trigger="cancel" if first in self.cased and not desk[first].is_final else None
            )
        elif self.draw.random() < 0.5:
            desk.correct(number, why="misspelt", subject=f"{line.letter.subject}{self.text()}!")
        elif (line.first or number) in self.cased and unit != number.book.unit:
            self.numbers.append(desk.forward(number, unit=unit).number)


def busy(office, seed, units_of_work):
    """Write letters that are drawn by a seed, and what happens to them; the numbers in the order of writing."""
    return Office(seed).work(office, units_of_work)
