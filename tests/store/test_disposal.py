"""Disposal by decision: the words are gone, number and stamp and the decision stay, and the chain holds."""

import sqlite3
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from docflow import Entry, Letter
from docflow.bangkok import INCOMING_EXTERNAL_LETTER
from docflow.errors import RegisterError, StoreError
from docflow.letters import Retention, Secrecy
from docflow.registry import Book, RegisterNumber, disposal_date
from docflow.store import Store, Stub

GA, SECRETARIES = "General Administration", "Secretary Group"
LATER = datetime(2030, 1, 7, 2, tzinfo=UTC)
WHY = "decision 12/2573 of the committee"
WORDS = ("ตลาดนัดจตุจักร", "กระทรวงมหาดไทย", "มท 0505/9289", "misspelt-market", "carried-by-hand", "why-it-was-wrong")


@pytest.fixture
def office(place, watch):
    with Store.create(place, now=watch) as store:
        yield store


def wordy(**said):
    return Letter(
        number="", subject="misspelt-market", sender="กระทรวงมหาดไทย", reference="มท 0505/9289",
        attributes={}, **said,
    )  # fmt: skip


def passed(office, **said):
    """A letter with words in every kind of record, in two units, whose case is over."""
    with office.write(by="Somchai") as desk:
        first = desk.receive(wordy(**said), unit=GA, workflow=INCOMING_EXTERNAL_LETTER, remark="carried-by-hand").number
        second = desk.forward(first, unit=SECRETARIES, remark="carried-by-hand").number
    with office.write(by="Somying") as desk:
        desk.apply(first, "hand_over", by="Somying", note="carried-by-hand")
        stamp = desk.at
    with office.write(by="Somchai") as desk:
        desk.correct(first, why="why-it-was-wrong", subject="ตลาดนัดจตุจักร", action="carried-by-hand")
        desk.correct_case(first, {1: Entry("hand_over", stamp - timedelta(seconds=20))}, why="why-it-was-wrong")
        desk.apply(first, "cancel", note="carried-by-hand")
    return first, second


def other(office, **said):
    with office.write(by="Somchai") as desk:
        return desk.receive(
            Letter(number="", subject="A canal"), unit=GA, workflow=INCOMING_EXTERNAL_LETTER, **said
        ).number


def dispose(office, *numbers, why=WHY):
    with office.write(by="Somsri") as desk:
        desk.dispose(numbers, why=why)
    return desk.at


def test_a_disposal_that_takes_no_words_away_is_none(postgres, watch):
    with Store.create(postgres, now=watch) as office:
        first, _ = passed(office)
        with office._database.writing() as connection:
            connection.exec_driver_sql("CREATE RULE stays AS ON UPDATE TO record DO INSTEAD NOTHING")
        watch.at = LATER
        with pytest.raises(StoreError, match="does not take the words away") as error:
            dispose(office, first)
        assert error.value.kind == "damaged"
        with office.read() as books:
            assert books.registration(first).letter.subject == "ตลาดนัดจตุจักร"


def test_the_words_go_and_number_stamp_and_decision_stay(office, watch):
    first, second = passed(office)
    kept = other(office, replies_to=first)
    with office.read() as books:
        stamp, before = books.registration(first).at, books[kept]
    printed = office.head
    watch.at = LATER
    at = dispose(office, second)
    with office.read() as books:
        for number in (first, second):
            line = books.registration(number)
            assert isinstance(line.written, Stub)
            assert (line.line.void.why, line.line.void.by, line.line.void.at) == (WHY, "Somsri", at)
            assert line.letter == Letter(number=str(number))
            assert line.line.remark == ""
            assert number in books
        assert books.registration(first).at == stamp
        assert books.registration(first).line.by == "Somchai"
        assert books[kept] == before
        assert books.registration(kept).line.replies_to == (first,)
        assert [one.number for one in books.registry.replies(first)] == [kept]
        assert list(books.register.cases) == list(books._fetched.cases) == [kept]
        for number in (first, second):
            with pytest.raises(StoreError, match="was disposed of") as error:
                books[number]
            assert error.value.kind == "disposed of"
    proof = office.verify(printed=printed.hash)
    assert proof.holds, proof
    assert proof.disposed == 10
    assert "10 of them disposed of" in str(proof)


def test_what_was_known_before_the_disposal_is_not_told_any_more(office, watch):
    first, second = passed(office)
    with office.read() as books:
        then = books.registration(second).at
    watch.at = LATER
    dispose(office, first)
    with office.read(as_recorded=then) as books:
        line = books.registration(second)
        assert line.letter == Letter(number=str(second))
        assert line.line.void is None, "it was not void then"
        assert not books.register.cases
        assert books.disposable(date(2050, 1, 1)) == ()
    with office.read() as books:
        assert books.register.as_recorded(then).registry[second].line.void is None


def test_no_byte_of_the_words_is_left_on_the_disk(tmp_path, watch):
    place = tmp_path / "office.db"

    def said():
        return [word for word in WORDS for file in tmp_path.iterdir() if word.encode() in file.read_bytes()]

    with Store.create(place, now=watch) as office:
        numbers = [passed(office)[0] for _ in range(40)]
        other(office)
        assert set(said()) == set(WORDS)
        watch.at = LATER
        dispose(office, *numbers)
        assert said() == []
        assert office.verify().holds
    assert said() == []


def test_no_byte_is_left_when_the_letters_stood_among_others(tmp_path, watch):
    """Those that stay are many, long and short, so pages of the file hold some of both."""
    place = tmp_path / "office.db"
    with Store.create(place, now=watch) as office:
        gone = []
        for n in range(60):
            gone += passed(office)[:1]
            with office.write(by="Somchai") as desk:
                letter = Letter(number="", subject="A canal " * (n * 7 % 90))
                desk.receive(letter, unit=GA, workflow=INCOMING_EXTERNAL_LETTER)
        watch.at = LATER
        dispose(office, *gone[::2])
        dispose(office, *gone[1::2])
        assert [word for word in WORDS for file in tmp_path.iterdir() if word.encode() in file.read_bytes()] == []
        with office.read() as books:
            assert len(books.register.cases) == 60
        assert office.verify().holds


def test_what_lies_in_the_free_pages_of_the_file_goes_too(tmp_path, watch):
    """Such as what another program left there, or what an older SQLite moved when it split a page."""
    place = tmp_path / "office.db"
    with Store.create(place, now=watch) as office:
        first, _ = passed(office)
        other = sqlite3.connect(place, isolation_level=None)
        other.execute("PRAGMA secure_delete=OFF")
        for statement in ("CREATE TABLE copies AS SELECT one.content FROM record AS one, record", "DROP TABLE copies"):
            other.execute(statement)
        other.close()
        watch.at = LATER
        dispose(office, first)
        assert not any(word.encode() in file.read_bytes() for word in WORDS for file in tmp_path.iterdir())


def test_who_reads_meanwhile_keeps_the_words_on_the_disk_and_that_is_said(tmp_path, watch):
    place = tmp_path / "office.db"
    with Store.create(place, now=watch, patience=0.1) as office, Store.open(place, patience=0.1) as reader:
        first, _ = passed(office)
        watch.at = LATER
        with reader.read() as books:
            assert books[first].is_final
            with pytest.raises(
                StoreError, match=r"words are still on the disk .*; call sweep\(\) when nobody"
            ) as error:
                dispose(office, first)
        assert error.value.kind == "words left"
        with office.read() as books:
            assert isinstance(books.registration(first).written, Stub), "it was disposed of all the same"
        office.sweep()
        assert not any(word.encode() in file.read_bytes() for word in WORDS for file in tmp_path.iterdir())


@pytest.mark.parametrize("secrecy", [Secrecy.CONFIDENTIAL, Secrecy.TOP_SECRET])
def test_secret_letters_are_disposed_of_too(place, watch, secrecy):
    with Store.create(place, secret=True, now=watch) as office:
        first, _ = passed(office, secrecy=secrecy)
        watch.at = LATER
        dispose(office, first)
        with office.read() as books:
            assert isinstance(books.registration(first).written, Stub)
            assert len(books.register.registry) == 2
        assert office.verify().holds


def test_what_is_kept_is_refused_with_the_way_out(office, watch):
    first, second = passed(office)
    with office.write(by="Somchai") as desk:
        running = desk.receive(Letter(number=""), unit=GA, workflow=INCOMING_EXTERNAL_LETTER).number
        ever = desk.send(Letter(number="", retention=Retention.PERMANENT), unit=GA).number
        waiting = desk.reserve(unit=GA, why="a parcel").number
    before = office.head
    for at, numbers, problem in (
        (datetime(2030, 1, 5, 16, 50, tzinfo=UTC), [second], "it is to be kept; dispose of it from 2030-01-06 on"),
        (LATER, [running], "its case goes on \\(registered\\); end it first"),
        (LATER, [ever], "for ever, and goes to the National Archives on 2040-01-06"),
        (LATER, [waiting], "it has no letter"),
        (LATER, [first, running], "its case goes on"),
    ):
        watch.at = at
        with pytest.raises(StoreError, match=problem) as error:
            dispose(office, *numbers)
        assert error.value.kind == "kept"
        assert office.head == before, "and none of the others was disposed of"
    for why in ("", " "):
        with pytest.raises(RegisterError, match="a reason is wanted"):
            dispose(office, first, why=why)
    with pytest.raises(RegisterError, match="never given"):
        dispose(office, RegisterNumber(Book(GA), 2563, 99))
    with pytest.raises(TypeError, match="could be in any book"):
        dispose(office, "1/2563")
    dispose(office, first)
    with pytest.raises(StoreError, match="disposed of already"):
        dispose(office, second)


def test_the_time_of_keeping_runs_from_the_end_of_the_case(office, watch):
    with office.write(by="Somchai") as desk:
        number = desk.receive(
            Letter(number="", retention=Retention.ORDINARY), unit=GA, workflow=INCOMING_EXTERNAL_LETTER
        ).number
    watch.at = datetime(2021, 3, 2, 17, tzinfo=UTC)  # midnight in Bangkok: 3 March
    with office.write(by="Somchai") as desk:
        desk.apply(number, "cancel", note="withdrawn")
    with office.read() as books:
        assert books.disposable(date(2022, 3, 2)) == ()
        assert books.disposable(date(2022, 3, 3)) == (number,)
    watch.at = datetime(2022, 3, 2, 16, 50, tzinfo=UTC)
    with pytest.raises(StoreError, match="from 2022-03-03 on"):
        dispose(office, number)
    watch.at = datetime(2022, 3, 2, 17, tzinfo=UTC)
    dispose(office, number)


def test_the_list_for_the_decision_is_what_may_be_disposed_of(office, watch):
    first, _ = passed(office)
    with office.write(by="Somchai") as desk:
        sent = desk.send(Letter(number="", retention=Retention.ORDINARY), unit=GA).number
        desk.receive(Letter(number=""), unit=GA, workflow=INCOMING_EXTERNAL_LETTER)
        desk.send(Letter(number="", retention=Retention.PERMANENT), unit=GA)
        desk.reserve(unit=GA, why="a parcel")
    with office.read() as books:
        for day in (date(2020, 1, 6) + timedelta(days=n) for n in range(0, 4000, 7)):
            by_hand = [
                number
                for number, done in ((first, date(2020, 1, 6)), (sent, date(2020, 1, 6)))
                if day >= disposal_date(books.registration(number).letter, done)
            ]
            assert list(books.disposable(day)) == by_hand
    watch.at = LATER
    with office.read() as books:
        listed = books.disposable(LATER.date())
    dispose(office, *listed)
    with office.read() as books:
        assert books.disposable(date(2060, 1, 1)) == (), "what is gone is not listed again"
    assert office.verify().holds


def test_nothing_is_written_below_a_line_that_was_disposed_of(office, watch):
    first, second = passed(office)
    with office.write(by="Somchai") as desk:
        sent = desk.send(Letter(number="", retention=Retention.ORDINARY), unit=GA, recipients=["Somkid"]).number
    watch.at = LATER
    dispose(office, first, sent)
    kept = other(office)
    before = office.head
    for word in (
        lambda desk: desk.restore(second, why="it was found again"),
        lambda desk: desk.restore(sent, why="it was found again"),
        lambda desk: desk.correct(first, why="a slip", subject="A market"),
        lambda desk: desk.correct(sent, why="a slip", subject="A market"),
        lambda desk: desk.link(first, related=kept),
        lambda desk: desk.link(sent, related=kept),
        lambda desk: desk.apply(first, "hand_over"),
        lambda desk: desk.forward(first, unit="Canals"),
        lambda desk: desk.void(first, why="twice"),
        lambda desk: desk.note_status(sent, "Somkid", "delivered"),
        lambda desk: desk.fill(first, Letter(number="")),
        lambda desk: desk.migrate([first], INCOMING_EXTERNAL_LETTER),
        lambda desk: desk.dispose([sent], why=WHY),
    ):
        with pytest.raises((StoreError, RegisterError)), office.write(by="Somchai") as desk:
            word(desk)
        assert office.head == before
    with office.write(by="Somchai") as desk:
        desk.link(kept, related=first)
        assert desk.registration(first).line.void.why == WHY
    assert str(other(office)) == "2/2573"
    assert office.verify().holds


def test_a_unit_of_work_writes_nothing_more_of_what_it_disposes_of(office, watch):
    first, second = passed(office)
    watch.at = LATER
    for word in (
        lambda desk: desk.correct(first, why="a slip", subject="A market"),
        lambda desk: desk.correct(second, why="a slip", remark="A market"),
        lambda desk: desk.dispose(first, why=WHY),
    ):
        with pytest.raises(StoreError, match="was disposed of"), office.write(by="Somchai") as desk:  # noqa: PT012 - the second word is refused
            desk.dispose(second, why=WHY)
            word(desk)
    with office.read() as books:
        assert books[first].is_final
    with office.write(by="Somchai") as desk:
        desk.dispose(second, why=WHY)
        last = desk.receive(Letter(number=""), unit=GA, workflow=INCOMING_EXTERNAL_LETTER, related=first).number
    with office.read() as books:
        assert isinstance(books.registration(first).written, Stub)
        assert books.registration(last).line.related == (first,)
    assert office.verify().holds


def test_another_who_has_the_store_open_sees_the_stub(office, place, watch):
    first, _ = passed(office)
    with Store.open(place, now=watch) as second:
        number = other(second)
        watch.at = LATER
        dispose(office, first)
        with second.write(by="Somying") as desk:
            assert isinstance(desk.registration(first).written, Stub)
            desk.link(number, related=first)
        with second.read() as books:
            assert isinstance(books.registration(first).written, Stub)
        assert second.verify().holds


def test_a_disposal_that_leaves_some_words_is_seen(office, place, watch):
    first, _ = passed(office)
    watch.at = LATER
    with office._database.connected() as connection:
        guard = "ALTER TABLE record DISABLE TRIGGER USER" if "://" in str(place) else "DROP TRIGGER record_stays"
        connection.execute(text(guard))
        kept = connection.execute(text("SELECT place, salt, content FROM record WHERE kind = 'corrected'")).first()
    dispose(office, first)
    assert office.verify().broken is None
    with office._database.connected() as connection:
        connection.execute(
            text("UPDATE record SET salt = :salt, content = :content WHERE place = :place"), kept._asdict()
        )
    assert "some of it is still there" in str(office.verify())


def test_words_that_were_taken_away_without_a_decision_are_missed(office):
    passed(office)
    emptied = text("UPDATE record SET salt = NULL, content = NULL WHERE kind = 'corrected'")
    with pytest.raises(StoreError, match="rows only grow"), office._database.connected() as connection:
        connection.execute(emptied)
    with office._database.connected() as connection:  # whoever may take the trigger away may do so
        on = " ON record" if connection.dialect.name == "postgresql" else ""
        connection.execute(text(f"DROP TRIGGER record_stays{on}"))
        connection.execute(emptied)
    assert "no decision below it says so" in str(office.verify())


def test_a_backup_goes_on_holding_what_was_disposed_of_later_and_none_of_what_was_before(office, watch, tmp_path):
    first, _ = passed(office)
    office.backup(tmp_path / "before.bak")
    watch.at = LATER
    dispose(office, first)
    office.backup(tmp_path / "after.bak")
    with Store.open(tmp_path / "before.bak") as before, before.read() as books:
        assert books[first].is_final
    assert not any(word.encode() in (tmp_path / "after.bak").read_bytes() for word in WORDS)
    with Store.open(tmp_path / "after.bak") as after, after.read() as books:
        assert isinstance(books.registration(first).written, Stub)
        assert after.verify().disposed
