"""Finding: the same question gives the same lines on both engines, and those that plain Python finds in all of them."""

import json
from contextlib import suppress
from datetime import datetime, timedelta
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st
from offices import NINE, PIECES, UNITS, Watch, busy, every_kind
from sqlalchemy import delete, event, insert, select, update

from docflow import Duration, Letter, Transition, Workflow, WorkingDays, reached
from docflow.bangkok import INCOMING_EXTERNAL_LETTER, office_clock
from docflow.errors import LetterError, NaiveDatetimeError, PlanError, StoreError
from docflow.kpi import WANTED, due_by
from docflow.letters import Secrecy
from docflow.registry import Direction
from docflow.store import Store, lines
from docflow.store.databases import SQLite
from docflow.store.tables import LINE, RECORD

pytestmark = pytest.mark.long

GA = UNITS[0]
DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
HANDING_OVER = Duration("handing over", start=reached("registered"), stop=reached("submitted"))
PROMISE = HANDING_OVER.within(WorkingDays(2))


@pytest.fixture
def office(place, monkeypatch):
    monkeypatch.setattr(lines, "BATCH", 64)  # so that some lines are in the index of words, and some are not yet
    with Store.create(place, now=Watch()) as store:
        yield store


def plain(text):
    """A text as it is compared, said by hand for the signs of `PIECES`."""
    unseen = normalize("NFKC", "".join(one for one in text.translate(DIGITS) if one not in "\u200b\u200c\u200d"))
    small = unseen.casefold().replace("เ" * 2, "แ")
    for tone in "\u0e48\u0e49\u0e4a\u0e4b":
        small = small.replace("\u0e4d" + tone, tone + "\u0e4d")
    return small


def texts_of(line):
    letter = line.letter
    of_letter = () if letter is None else (
        letter.number, letter.reference, letter.sender, letter.recipient, letter.subject, letter.unit, letter.remark
    )  # fmt: skip
    return [plain(one) for one in (*of_letter, *line.recipients, line.action, line.remark, line.reserved)]


def stands_in(words, texts):
    """Whether each of some words stands in one of some texts."""
    return all(any(word in one for one in texts) for word in plain(words).split())


def sought(register, numbers, words="", sender="", subject="", **asked):
    """The numbers of the lines of which all holds, newest first; every line is asked."""
    found = []
    for number in reversed(numbers):
        line = register.registry[number].line
        case, letter = register.cases.get(line.first or number), line.letter or Letter(number="")
        values = {
            "unit": number.book.unit,
            "number": str(number.n),
            "responsible": letter.unit or None,
            "state": case and case.state,
            "over": case and case.is_final,
        }
        holds = stands_in(words, texts_of(line))
        holds = holds and stands_in(sender, [plain(letter.sender)]) and stands_in(subject, [plain(letter.subject)])
        if holds and all(asked.get(name, value) == value for name, value in values.items()):
            found.append(number)
    return found


def found(books, words="", **asked):
    return [line.number for line in books.find(words, **asked, size=1000).lines]


TEXTS = st.lists(st.sampled_from((*PIECES, " ", " ")), min_size=1, max_size=4).map("".join)
QUESTIONS = st.fixed_dictionaries(
    {},
    optional={
        "words": TEXTS | st.sampled_from(PIECES),
        "sender": TEXTS,
        "subject": TEXTS,
        "unit": st.sampled_from(UNITS),
        "responsible": st.sampled_from(UNITS),
        "state": st.sampled_from(["registered", "taken_over", "cancelled"]),
        "over": st.booleans(),
        "number": st.integers(1, 30).map(str),
    },
)


def test_what_is_found_is_what_plain_python_finds_in_all_lines(office):
    numbers = [*every_kind(office), *busy(office, 20200106, 150)]
    assert office.verify().holds
    with office.read() as books:
        register = books.register
        assert found(books) == numbers[::-1]

        @given(QUESTIONS)
        def law(asked):
            assert found(books, **asked) == sought(register, numbers, **asked)

        law()
        for word in PIECES:  # each by itself, for most lie in some line
            assert found(books, word) == sought(register, numbers, word), word
            assert found(books, subject=word) == sought(register, numbers, subject=word), word


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_written_the_lines_say_what_the_records_tell(office, seed):
    numbers = busy(office, seed, 60)
    proof = office.verify()
    assert proof.holds, proof
    with office.read() as books:
        for number in numbers:
            assert books.find(number=str(number), unit=number.book.unit).total >= 1


def received(office, **said):
    with office.write(by="Somchai") as desk:
        return desk.receive(Letter(**{"number": ""} | said), unit=GA, workflow=INCOMING_EXTERNAL_LETTER).number


SPELLINGS = ("12/2563", "๑๒/๒๕๖๓", "เลขรับ 12 / 2563", "เลขที่ ๐๐๑๒ / ๒๕๖๓", "12\uff0f2563", "12", "๑๒", "เลขรับ ๑๒")


def test_a_number_is_found_in_any_spelling(office):
    with office.write(by="Somchai") as desk:
        for _ in range(13):
            desk.receive(Letter(number=""), unit=GA, workflow=INCOMING_EXTERNAL_LETTER)
            desk.send(Letter(number=""), unit=UNITS[2])
    with office.read() as books:
        for written in SPELLINGS:
            numbers = found(books, number=written)
            assert {number.n for number in numbers} == {12}, written
            directions = {number.book.direction for number in numbers}
            assert directions == ({Direction.RECEIPT} if "รับ" in written else set(Direction)), written


UNREADABLE = {
    "twelve": "write it like 12/2563",
    "๑2/2563": "in one of them",
    "12/63": "12/2563",
    "12/2020": "12/2563",
    "": "write it like 12/2563",
    "0": "begin at 1",
    "12\0": "write it like 12/2563",
}


def test_a_number_that_cannot_be_read_says_how_to_write_it(office):
    with office.read() as books:
        for written, way in UNREADABLE.items():
            with pytest.raises(StoreError, match=way) as error:
                books.find(number=written)
            assert error.value.kind == "unreadable number"


def test_digits_capitals_and_signs_that_look_alike_are_one(office):
    one = {"subject": "ประชุมน\u0e49\u0e33 ครั้งที่ ๑๒ Bangkok", "reference": "มท 0201/๑๕", "sender": "\u00c9cole"}
    two = {"subject": "ประชุมน\u0e49\u0e4d\u0e32 ครั้งที่ 12 BANGKOK", "reference": "มท ๐๒๐๑/15", "sender": "E\u0301COLE"}
    number, other = received(office, **one), received(office, **two)
    water = ("น\u0e49\u0e33", "น\u0e49\u0e4d\u0e32", "น\u0e4d\u0e49\u0e32", "ประชุมน\u0e49\u0e33", "น\u0e49\u200b\u0e33")
    with office.read() as books:
        for asked in ("๑๒", "12", "bangKOK", "0201/15", "๐๒๐๑/๑๕", "é", *water):
            assert found(books, asked) == [other, number], asked
        assert found(books, "น\u0e33") == []  # a tone mark is part of a word
        assert found(books, "e\u0301cole ๐๒๐๑", sender="\u00e9", subject=water[0]) == [other, number]
        assert found(books, sender="ประชุม") == []


def test_what_people_type_is_plain_text_and_never_an_operator(office):
    signs = (
        "50%",
        "5_0",
        'say "no"',
        "it's",
        "a\\b",
        "x AND y",
        "NEAR(a b)",
        "words:z",
        "^top",
        "-minus",
        "a*",
        "()",
        "{}",
    )
    numbers = [received(office, subject=sign) for sign in signs]
    received(office, subject="50 500 say no its ab x y near top minus a")
    with office.read() as books:
        for sign, number in zip(signs, numbers, strict=True):
            assert found(books, sign) == [number], sign
        for sign in ("%", "_", "%%%", "___", '"', '""', "'", "\\", "*", "AND AND", '" OR "', "') --", "NOT"):
            assert isinstance(found(books, sign), list), sign
        assert found(books, "%%%") == found(books, "___") == found(books, "abc*") == []


def test_what_no_store_can_hold_is_in_no_line(office):
    received(office, subject="A market")
    with office.read() as books:
        for unheld in ("A\0market", "\0", "\ud800", "market\udfff"):
            for name in ("words", "sender", "subject", "state"):
                assert books.find(**{name: unheld}).total == 0
            for name in ("unit", "responsible"):
                with suppress(LetterError):  # a name with NUL is none
                    assert books.find(**{name: unheld}).total == 0


def test_many_long_words_are_looked_for_too(office):
    subject = " ".join(f"w{n}" for n in range(300))
    number = received(office, subject=subject + "ก" * 900)
    with office.read() as books:
        assert found(books, subject[:1000]) == [number]
        assert found(books, "ก" * 900) == [number]
        assert found(books, "ก" * 901) == []
        with pytest.raises(StoreError, match="a few words of it will do") as error:
            books.find("a" * 1001)
    assert error.value.kind == "too long"


def test_a_correction_is_found_and_what_was_wrong_is_not(office):
    number = received(office, subject="ตลาดนัด", sender="a")
    for _ in range(60):  # until the index of words has taken it
        received(office, subject="another")
    with office.read() as books:
        assert found(books, "ตลาดนัด") == [number]
    with office.write(by="Somchai") as desk:
        desk.correct(number, why="misread", subject="ตลาดน้ำ")
    with office.read() as books:
        assert found(books, "ตลาดนัด") == []
        assert found(books, "ตลาดน้ำ") == [number]
    newest = received(office, subject="the last")
    with office.write(by="Somchai") as desk:
        desk.correct(newest, why="misread", subject="the newest")
    with office.read() as books:
        assert (found(books, "the last"), found(books, "the newest")) == ([], [newest])
    assert office.verify().holds


def test_where_a_letter_stands_is_said_of_each_of_its_lines(office):
    number = received(office, subject="A market")
    with office.write(by="Somchai") as desk:
        second = desk.forward(number, unit=UNITS[1]).number
        reply = desk.send(Letter(number=""), unit=GA).number
    with office.read() as books:
        assert found(books, state="registered") == found(books, over=False) == [second, number]
        assert found(books, over=True) == []
    with office.write(by="Somchai") as desk:
        desk.apply(second, "hand_over")
    with office.read() as books:
        assert found(books, state="taken_over", unit=GA) == [number]
        assert found(books, state="taken_over", unit=UNITS[1]) == [second]
        assert books[found(books, unit=UNITS[1])[0]].state == "taken_over"
    with office.write(by="Somchai") as desk:
        desk.apply(number, "cancel", note="withdrawn")
    with office.read() as books:
        assert found(books, over=True) == [second, number]
        assert found(books) == [reply, second, number]  # it went out, and has no case


def test_pages_hold_every_line_once_the_newest_first(office):
    numbers = [received(office, subject="A market") for _ in range(11)]
    with office.read() as books:
        pages = [books.find("market", page=page, size=4) for page in (1, 2, 3, 4)]
        assert [line.number for page in pages for line in page.lines] == numbers[::-1]
        assert {(page.total, page.pages) for page in pages} == {(11, 3)}
        assert [len(page.lines) for page in pages] == [4, 4, 3, 0]
        none = books.find("nowhere")
        assert (none.lines, none.total, none.pages) == ((), 0, 1)
        for wrong in ({"page": 0}, {"page": -1}, {"size": 0}, {"size": 1001}, {"page": 2**40}):
            with pytest.raises(StoreError, match="they begin at 1") as error:
                books.find(**wrong)
            assert error.value.kind == "no such page"


WRONG = [
    ({"words": None}, 'such as "market"'),
    ({"words": 12}, 'such as "market"'),
    ({"sender": 12}, 'such as "Ministry"'),
    ({"subject": b"x"}, 'such as "market"'),
    ({"unit": 12}, 'such as "General Administration"'),
    ({"responsible": 1}, 'such as "Secretary Group"'),
    ({"state": 1}, 'such as "registered"'),
    ({"number": 12}, 'such as "12/2563"'),
    ({"over": "no"}, "False for open ones"),
    ({"page": "1"}, "page=1"),
    ({"size": True}, "size=1"),
    ({"promise": PROMISE}, "give both or none"),
    ({"clock": office_clock()}, "give both or none"),
    ({"promise": PROMISE, "clock": office_clock()}, "give due_by= too"),
    ({"due_by": NINE, "promise": "soon", "clock": office_clock()}, "within"),
    ({"due_by": NINE, "promise": PROMISE, "clock": 8}, "WorkClock"),
    ({"due_by": NINE, "over": True}, "leave out one"),
]


def test_what_cannot_be_asked_says_what_to_give(office):
    with office.read() as books:
        for asked, way in WRONG:
            with pytest.raises(TypeError, match=way):
                books.find(**asked)


def test_what_is_due_is_asked_with_a_zone_and_a_limit(office):
    received(office)
    with office.read() as books:
        with pytest.raises(NaiveDatetimeError):
            books.find(due_by=datetime(2020, 1, 6))
        with pytest.raises(PlanError, match="within"):
            books.find(due_by=NINE, promise=HANDING_OVER, clock=office_clock())


def test_letters_that_name_a_moment_are_due_by_it_the_soonest_first(office):
    numbers = [received(office, wanted_by=NINE + timedelta(hours=hours)) for hours in (5, 3, 9, 3)]
    received(office)
    with office.write(by="Somchai") as desk:
        over = desk.receive(Letter(number="", wanted_by=NINE), unit=GA, workflow=INCOMING_EXTERNAL_LETTER).number
        desk.apply(over, "cancel", note="withdrawn")
        desk.correct(numbers[2], why="sooner", wanted_by=NINE + timedelta(hours=1))
    with office.read() as books:
        five, three, one, also_three = numbers
        assert found(books, due_by=NINE + timedelta(hours=5)) == [one, three, also_three, five]
        assert found(books, due_by=NINE + timedelta(hours=5) - timedelta(microseconds=1)) == [one, three, also_three]
        assert found(books, due_by=NINE + timedelta(hours=5), unit=UNITS[1]) == []


def test_what_a_promise_makes_due_is_what_it_says_of_all_cases(office):
    numbers = [*every_kind(office), *busy(office, 7, 80)]
    clock = office_clock()
    with office.read() as books:
        register, last = books.register, books.head.at
        firsts = [number for number in numbers if number in register.cases]
        first = {number: register.registry[number].line.first or number for number in numbers}
        still_open = {id(case): one for one in firsts if not (case := register.cases[one]).is_final}
        for hours in (0, 7, 20, 31, 32, 50, 200):
            asked = {"due_by": NINE + timedelta(hours=hours), "promise": PROMISE, "clock": clock}
            cases = [register.cases[number] for number in still_open.values()]
            result = PROMISE.read(cases, clock, as_of=last)
            due = [still_open[id(seen.record)] for seen in due_by(result, asked["due_by"])]
            expected = [number for one in due for number in numbers if first[number] == one]
            assert found(books, **asked) == expected
            assert found(books, unit=UNITS[2], **asked) == [one for one in expected if one.book.unit == UNITS[2]]
            pages = [books.find(page=page, size=7, **asked) for page in range(1, 20)]
            assert [line.number for page in pages for line in page.lines] == expected
            assert {page.total for page in pages} == {len(expected)}
        assert len(due) > 10


def test_what_waits_is_due_as_if_it_went_on_at_once(place):
    """It may go on today, so a list of what is due has it; it is due no earlier, and each day of waiting moves it."""
    steps = [("wait", "asked", "with others"), ("go_on", "with others", "asked"), ("answer", "asked", "answered")]
    table = [Transition(*step) for step in steps]
    asking = Workflow("asking", initial="asked", waiting=["with others"], transitions=table)
    promise = Duration("answering", start=reached("asked"), stop=reached("answered"), pausing=asking.waiting)
    watch = Watch()
    office = Store.create(place, now=watch)
    with office.write(by="Somchai") as desk:
        waiting, other = (desk.receive(Letter(number=""), unit=GA, workflow=asking).number for _ in range(2))
        desk.apply(waiting, "wait")
    asked = {"due_by": NINE + timedelta(days=9), "promise": promise.within(WorkingDays(2)), "clock": office_clock()}
    with office.read() as books:
        assert found(books, **asked) == [other, waiting]
        assert found(books, **(asked | {"due_by": NINE + timedelta(hours=1)})) == []
    watch.at = NINE + timedelta(days=8)  # nothing was written since, and it waited all the time
    with office.read() as books:
        assert found(books, **asked) == [other]
    office.close()


def test_a_promise_may_ask_for_the_moment_that_a_letter_names(office):
    wanted = received(office, wanted_by=NINE + timedelta(hours=5))
    received(office)
    with office.read() as books:
        assert found(
            books, due_by=NINE + timedelta(hours=5), promise=HANDING_OVER.within(WANTED), clock=office_clock()
        ) == [wanted]


def test_a_reading_as_recorded_says_that_it_cannot_search(office):
    received(office)
    with office.read(as_recorded=office.head.at) as books, pytest.raises(StoreError, match="books.registry") as error:
        books.find("market")
    assert error.value.kind == "as recorded"
    with office.read() as books:
        pass
    with pytest.raises(StoreError, match="this reading is over"):
        books.find("market")


def test_secret_letters_are_found_in_their_own_store(tmp_path):
    with Store.create(tmp_path / "secret.db", secret=True, now=Watch()) as office:
        number = received(office, subject="ลับมาก", secrecy=Secrecy.SECRET)
        with office.read() as books:
            assert found(books, "ลับ") == [number] == found(books, number="1/2563")
            assert number.book.secret


def otherwise(column, value):
    """Another value of a column."""
    if isinstance(value, bool):
        return not value
    return (value or 0) + 1000 if column.type.python_type is int else f"{value or ''}x"


def test_every_row_and_column_that_letters_are_found_by_is_proven(office):
    every_kind(office)
    busy(office, 3, 10)
    with office.read() as books:
        rows = books._reader.connection.execute(select(LINE).where(LINE.c.state.is_not(None)).order_by(LINE.c.place))
        row = dict(rows.mappings().all()[3])

    def broken_by(*statements):
        with office._database.writing() as connection:
            for statement in statements:
                connection.execute(statement)
        return office.verify().broken

    assert broken_by() is None
    this = LINE.c.place == row["place"]
    for column in LINE.c:
        other = row | {column.name: otherwise(column, row[column.name])}
        there = LINE.c.place == other["place"]
        assert broken_by(update(LINE).where(this).values(other)).place == row["place"], column.name
        assert broken_by(update(LINE).where(there).values(row)) is None
    assert broken_by(delete(LINE).where(this)).place == row["place"]
    more = row | {"place": row["place"] + 1000, "n": 1000}
    assert broken_by(insert(LINE).values(row), insert(LINE).values(more)).place == more["place"]
    assert "reindex() makes that anew" in str(office.verify())
    before = office.head
    office.reindex()
    assert office.verify().holds
    assert office.head == before


def test_the_words_of_what_was_disposed_of_are_gone_also_from_the_index(office):
    number = received(office, subject="ฬฬฬฬ zzqx", reference="kkvw")
    other = received(office, subject="ฬฬฬฬ")
    for _ in range(40):  # until the index of words has taken it
        received(office)
    said = {"unit": GA, "direction": "receipt", "year": number.year, "n": number.n}
    with office.write(by="Somchai") as desk:
        decided = ("disposed", number.book, (number.year, number.n), json.dumps({"why": "decision 1/2573"}))
        desk._saying.keep(desk._open(), [decided])
    with office._database.writing() as connection:
        its_own = (RECORD.c[name] == value for name, value in said.items())
        connection.execute(update(RECORD).where(*its_own, RECORD.c.kind != "disposed").values(content=None, salt=None))
    proof = office.verify()
    assert proof.holds, proof
    assert proof.disposed == 3  # its line, its workflow and its receipt
    with office.read() as books:
        assert found(books, "ฬฬฬ") == [other]
        assert found(books, "zzq") == found(books, "kkvw") == []
        assert found(books, number="1/2563") == [number]
        assert books.find(number="1/2563").lines[0].line.void is not None
    if isinstance(office._database, SQLite):
        with office._database.connected() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        kept = office._database.path.read_bytes()
        assert "ฬฬฬ".encode() in kept
        assert not any(part in kept for part in (b"zzq", b"zqx", b"kkv", b"kvw"))


def test_an_index_of_words_that_was_lost_is_made_anew(office):
    numbers = [*every_kind(office), *busy(office, 5, 60)]
    with office._database.writing() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("INSERT INTO line_words(line_words) VALUES ('delete-all')")
            connection.exec_driver_sql("INSERT INTO line_words(rowid, words) VALUES (1000000, 'nothing')")
        else:
            connection.exec_driver_sql("UPDATE line SET words = ''")
    with office.read() as books:
        assert found(books, "ตลาด") == []
    office.reindex()
    with office.read() as books:
        assert found(books, "ตลาด") == sought(books.register, numbers, "ตลาด") != []
    assert office.verify().holds


PLANS = {
    "number": {"number": "12/2563"},
    "running number": {"number": "12"},
    "unit and state": {"unit": GA, "state": "registered"},
    "unit": {"unit": GA},
    "over": {"over": False},
    "wanted_by": {"due_by": NINE},
    "responsible": {"responsible": GA},
    "words": {"words": "ตลาด"},
    "sender": {"sender": "มหาดไทย"},
    "sender and state": {"sender": "มหาดไทย", "state": "registered"},
}


def test_what_is_asked_is_looked_up_in_an_index(office):
    received(office, subject="ตลาด", sender="กระทรวงมหาดไทย", unit=GA)
    on_postgresql = office._database.engine.dialect.name == "postgresql"
    explain = "EXPLAIN" if on_postgresql else "EXPLAIN QUERY PLAN"
    questions = []
    with office.read() as books:
        connection = books._reader.connection
        if on_postgresql:
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        event.listen(connection, "before_cursor_execute", lambda *seen: questions.append(seen[2:4]))
        for name, asked in PLANS.items():
            questions.clear()
            books.find(**asked)
            of_lines = [one for one in questions if "FROM line" in one[0]]
            assert len(of_lines) == 2  # how many there are, and the lines of the page
            for question, values in of_lines:
                told = connection.exec_driver_sql(f"{explain} {question}", values)
                plan = "\n".join(str(row[-1]) for row in told)
                assert "SCAN line\n" not in f"{plan}\n", (name, plan)
                assert "Seq Scan" not in plan, (name, plan)
                assert "line_" in plan, (name, plan)
