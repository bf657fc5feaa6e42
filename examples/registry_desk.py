"""Two weeks at a registry whose letters are kept in a file: each working day is a run of the program of its own.

    python examples/registry_desk.py [PLACE]

PLACE is the store, a file or such as "postgresql://user@host/office": it is made when it is not there, and each run
plays the next working day of January 2563, from what the days before left in it. Without a PLACE, all ten days are
played one after the other in a folder that is thrown away, and the store is closed and opened again between them.
"""

from __future__ import annotations

import sys
from datetime import date, datetime, timedelta
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

try:
    from docflow import Actor, Entry, Hours, Letter, WorkingDays
    from docflow.bangkok import GENERAL_ADMINISTRATION as ADMINISTRATION
    from docflow.bangkok import INCOMING_EXTERNAL_LETTER, OFFICER, REGISTRAR, SECRETARY_GROUP, office_clock
    from docflow.errors import RefusedError, StoreError
    from docflow.kpi import Duration, due_by, reached
    from docflow.letters import Urgency
    from docflow.registry import Book, RegisterNumber, pages
    from docflow.report.script import Arguments, run
    from docflow.store import Store
    from docflow.thai import format_date, in_thailand
    from docflow.worktime import Closure
except ModuleNotFoundError as missing:
    sys.exit(f"registry_desk: {missing.name or missing} is not installed; run: pip install '.[store]'")

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

BANGKOK = ZoneInfo("Asia/Bangkok")
SOMCHAI = Actor("สมชาย", REGISTRAR, ADMINISTRATION)
SOMYING = Actor("สมหญิง", REGISTRAR, SECRETARY_GROUP)
SOMSAK = Actor("สมศักดิ์", OFFICER, SECRETARY_GROUP)
BOOK = Book(ADMINISTRATION)
MARKET = Letter(number="", reference="มท 0505/9289", sender="กระทรวงมหาดไทย", subject="ขอเชิญเป็นประธานเปิดตลาด")
CANAL = Letter(number="", reference="กษ 0301/77", sender="กรมชลประทาน", subject="ขอความร่วมมือขุดลอกคลอง")
FLOOD = Letter(
    number="", reference="มท 0602/15", sender="กรมป้องกันฯ", subject="แจ้งเตือนน้ำท่วม", urgency=Urgency.MOST_URGENT
)
HEALTH = Letter(number="", reference="สธ 0401/8", sender="กระทรวงสาธารณสุข", subject="ขอใช้สถานที่")
SUBMITTING = Duration(
    "submitted within 2 working days or 48 hours",
    start=reached("registered"),
    stop=reached("submitted"),
).within(WorkingDays(2) | Hours(48))


class Day:
    """A working day: the store, and the time that the office's clock shows."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.shown = self.at(8, 30)

    def at(self, hour: int, minute: int) -> datetime:
        """A moment of the day."""
        return datetime(self.day.year, self.day.month, self.day.day, hour, minute, tzinfo=BANGKOK)

    def __call__(self) -> datetime:
        """What the clock shows, as a store asks for it."""
        return self.shown


def number(n: int) -> RegisterNumber:
    """A receipt number of General Administration of the year 2563."""
    return RegisterNumber(BOOK, 2563, n)


def two_letters(office: Store, day: Day) -> None:
    """Two letters come in, one is handed over, and the page of the day is printed."""
    day.shown = day.at(9, 12)
    with office.write(by=SOMCHAI) as desk:
        for letter in (MARKET, CANAL):
            desk.receive(letter, unit=ADMINISTRATION, workflow=INCOMING_EXTERNAL_LETTER)
    day.shown = day.at(9, 24)
    with office.write(by=SOMYING) as desk:
        desk.forward(number(1), unit=SECRETARY_GROUP)
        desk.apply(number(1), "hand_over")
    with office.read() as books:
        (page,) = pages(books.registry.volume(BOOK, 2563), digits="thai")
    print(page.text(width=100))


def written_twice(office: Store, day: Day) -> None:
    """A letter is received twice. The second number is void, keeps its place and is never used again."""
    day.shown = day.at(10, 10)
    with office.write(by=SOMCHAI) as desk:
        first = desk.receive(FLOOD, unit=ADMINISTRATION, workflow=INCOMING_EXTERNAL_LETTER)
        second = desk.receive(FLOOD, unit=ADMINISTRATION, workflow=INCOMING_EXTERNAL_LETTER)
    day.shown = day.at(10, 12)
    with office.write(by=SOMCHAI) as desk:
        void = desk.void(second.number, why="ลงทะเบียนซ้ำ", trigger="cancel").line.void
    print(f"received {first.number.thai}; {second.number.thai} is void: {void.why if void else ''}")
    day.shown = day.at(14, 0)
    with office.write(by=SOMSAK) as desk:
        for trigger, minute in (("screen", 0), ("summarize", 30), ("submit", 45)):
            case = desk.apply(number(1), trigger, at=day.at(13, minute))
    print(case)


def due_tomorrow(office: Store, day: Day) -> None:
    """A step that was done at 09.24 is typed as 09.42. Then: which letters are due by the end of tomorrow?"""
    day.shown = day.at(10, 0)
    with office.write(by=SOMYING) as desk:
        desk.forward(number(2), unit=SECRETARY_GROUP)
        desk.apply(number(2), "hand_over", at=day.at(9, 42))
    tomorrow = day.at(16, 30) + timedelta(days=1)
    with office.read() as books:
        result = SUBMITTING.read(books.register.cases.values(), office_clock(), as_of=day())
    for seen in due_by(result, tomorrow):
        print(f"{seen.record.number} is {seen.bin}, and due on {seen.due:%d %b at %H:%M}")


def corrected(office: Store, day: Day) -> None:
    """The time is corrected. What was known before can still be asked for."""
    day.shown = day.at(9, 5)
    yesterday = day.at(9, 24) - timedelta(days=1)
    with office.write(by=SOMYING) as desk:
        desk.correct_case(number(2), {1: Entry("hand_over", yesterday)}, why="09.42 คือ 09.24")
    for known in (day.at(9, 0), day.at(9, 5)):
        with office.read(as_recorded=known) as books:
            print(f"known on {known:%d %b at %H:%M}: handed over at {books[number(2)].history[1].at:%H:%M}")
    day.shown = day.at(11, 0)
    with office.write(by=SOMSAK) as desk:
        desk.apply(number(3), "hand_over", by=SOMYING)
        for trigger in ("screen", "summarize", "submit"):
            desk.apply(number(3), trigger)


def refused(office: Store, day: Day) -> None:
    """What may not be done is refused, and nothing of that unit of work is written."""
    day.shown = day.at(14, 0)
    try:
        with office.write(by=SOMSAK) as desk:
            desk.apply(number(2), "screen")
            desk.apply(number(2), "submit")
    except RefusedError as error:
        print(error)
    with office.read() as books:
        print(f"{number(2)} is still {books[number(2)].state}")
    with office.write(by=SOMSAK) as desk:
        for trigger in ("screen", "summarize", "submit"):
            desk.apply(number(2), trigger)


def reserved(office: Store, day: Day) -> None:
    """A number is kept for a letter that is still on its way."""
    day.shown = day.at(9, 0)
    with office.write(by=SOMCHAI) as desk:
        kept = desk.reserve(unit=ADMINISTRATION, why="รอหนังสือตัวจริง", direction="receipt")
    print(f"{kept.number.thai} is kept: {kept.line.reserved}")


def answered(office: Store, day: Day) -> None:
    """A letter is answered; the answer leads back to it. The letter that was on its way is there."""
    day.shown = day.at(15, 0)
    with office.write(by=SOMYING) as desk:
        answer = Letter(number="", subject="ตอบรับการขุดลอกคลอง")
        line = desk.send(answer, unit=SECRETARY_GROUP, replies_to=number(2), recipients=("กรมชลประทาน",))
        desk.fill(number(5), HEALTH, workflow=INCOMING_EXTERNAL_LETTER)
    with office.read() as books:
        replies = ", ".join(str(one.number) for one in books.registry.replies(number(2)))
    print(f"{number(2)} is answered by {replies} of the {line.number.book}")


def at_once(office: Store, day: Day) -> None:
    """Two work on one letter; the second is told what the first wrote."""
    day.shown = day.at(9, 30)
    with office.read() as books:
        seen = books[number(5)]
    with office.write(by=SOMYING) as desk:
        desk.apply(number(5), "hand_over")
    try:
        with office.write(by=SOMCHAI) as desk:
            desk.with_case(number(5), seen.apply("cancel", at=desk.at, by=SOMCHAI, note="withdrawn by its sender"))
    except RefusedError as error:
        print(error)


def proven(office: Store, day: Day) -> None:
    """A closing day is announced; and nothing was altered since the hash of the day before was printed."""
    printed = office.head.hash
    day.shown = day.at(16, 0)
    training = Closure(date(2020, 1, 24), reason="อบรมบุคลากร", source="คำสั่งที่ 4/2563", announced=day.day)
    with office.write(by=SOMCHAI) as desk:
        desk.announce(training)
    print(f"all as they were written: {office.verify(printed=printed).holds}")


def two_weeks(office: Store, day: Day) -> None:
    """The promise of the office over the two weeks."""
    day.shown = day.at(16, 20)
    with office.write(by=SOMSAK) as desk:
        for trigger in ("screen", "summarize", "submit"):
            desk.apply(number(5), trigger)
    with office.read() as books:
        result = SUBMITTING.read(books.register.cases.values(), office_clock(), as_of=day())
    print(f"{result.name}: {result.share}")
    for lies, seen in result.bins.items():
        print(f"  {lies}: {', '.join(one.record.number for one in seen) or '–'}")


DAYS: dict[date, Callable[[Store, Day], None]] = {
    date(2020, 1, 6): two_letters,
    date(2020, 1, 7): written_twice,
    date(2020, 1, 8): due_tomorrow,
    date(2020, 1, 9): corrected,
    date(2020, 1, 10): refused,
    date(2020, 1, 13): reserved,
    date(2020, 1, 14): answered,
    date(2020, 1, 15): at_once,
    date(2020, 1, 16): proven,
    date(2020, 1, 17): two_weeks,
}


def last_day(place: str) -> date:
    """The day of the last record of a store, which is made when there is none yet."""
    try:
        store = Store.create(place, now=Day(date(2020, 1, 3)))
    except StoreError as error:
        if error.kind != "there already":
            raise
        store = Store.open(place)
    with store:
        return in_thailand(store.head.at).date()


def play(place: str) -> bool:
    """Play the day that follows the last one in a store; False when all were played."""
    last = last_day(place)
    following = next((day for day in DAYS if day > last), None)
    if following is None:
        return False
    day = Day(following)
    with Store.open(place, now=day) as office:
        print(f"\n{format_date(following, 'long')}")
        DAYS[following](office, day)
        print(f"({office.head})")
    return True


def tell(arguments: Sequence[str] | None) -> None:
    """Play one day of a store that is kept, or all days of one that is not."""
    parser = Arguments(description="Play two weeks at a registry, a day at each run.")
    parser.add_argument("place", nargs="?", metavar="PLACE", help="the store; without it, all days are played")
    place = parser.parse_args(arguments).place
    if place is not None:
        if not play(place):
            print("all days were played; take the store away to begin anew")
        return
    with TemporaryDirectory() as folder:
        while play(f"{folder}/office.db"):
            pass


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it as a script."""
    return run("registry_desk", lambda: tell(arguments))


if __name__ == "__main__":
    sys.exit(main())
