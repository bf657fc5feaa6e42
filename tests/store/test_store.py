"""A store: what was written in one run is there in the next, all of a unit of work or nothing of it."""

import gc
import secrets
from datetime import UTC, date, datetime, timedelta

import pytest
from attrs import evolve
from offices import NINE, Watch
from sqlalchemy import func, select

from docflow import (
    Actor,
    Case,
    Closure,
    Entry,
    Letter,
    OfficeCalendar,
    Registry,
    ThaiGovernment,
    Transition,
    Workflow,
)
from docflow.bangkok import INCOMING_EXTERNAL_LETTER
from docflow.errors import RefusedError, RegisterError, StoreError
from docflow.instants import instant
from docflow.letters import Secrecy, needs_a_note
from docflow.registry import Book, CaseRegister, RegisterNumber
from docflow.store import Store
from docflow.store.tables import RECORD
from docflow.thai.table import Holiday

GA = "General Administration"


@pytest.fixture
def office(place, watch):
    with Store.create(place, now=watch) as store:
        yield store


def market(**said):
    return Letter(number="", subject="A market", sender="กระทรวงมหาดไทย", **said)


def received(office, **said):
    with office.write(by="Somchai") as desk:
        return desk.receive(market(**said), unit=GA, workflow=INCOMING_EXTERNAL_LETTER).number


def test_what_was_written_in_one_run_is_there_in_the_next(office, place, watch):
    with office.write(by=Actor("Somchai", "registrar", GA)) as desk:
        number = desk.receive(market(), unit=GA, workflow=INCOMING_EXTERNAL_LETTER).number
        second = desk.forward(number, unit="Secretary Group").number
        desk.apply(second, "hand_over", by="Somying")
    office.close()
    with Store.open(place, now=watch) as again, again.read() as books:
        assert books[second].state == "taken_over"
        assert books[number].history[1].by == "Somying"
        assert [one.number for one in books.passage(number)] == [number, second]
        assert books.register.cases[number] == books[number]


def test_the_values_are_those_that_the_pure_registers_make(office):
    """Store and values side by side: the same words with the same stamps make the same register."""
    with office.write(by="Somchai") as desk:
        line = desk.receive(market(), unit=GA, workflow=INCOMING_EXTERNAL_LETTER, action="to the head")
        desk.apply(line.number, "hand_over", by="Somying")
        one = desk.at
    with office.write(by="Somying") as desk:
        desk.correct(line.number, why="misspelt", subject="A market hall")
        desk.void(line.number, why="written twice", trigger="cancel")
        two = desk.at
    pure, first = CaseRegister().receive(
        market(), unit=GA, at=one, workflow=INCOMING_EXTERNAL_LETTER, by="Somchai", action="to the head"
    )
    pure = pure.apply(first.number, "hand_over", at=one, by="Somying")
    pure = pure.correct(first.number, by="Somying", why="misspelt", at=two, subject="A market hall")
    pure = pure.void(first.number, by="Somying", why="written twice", at=two, trigger="cancel")
    with office.read() as books:
        assert books.register == pure
        assert books[first.number] == pure[first.number]
        assert books.registration(first.number) == pure.registry[first.number]


def test_a_unit_of_work_is_written_whole_or_not_at_all(office):
    before = office.head
    with pytest.raises(RefusedError, match="cannot submit"), office.write(by="Somchai") as desk:  # noqa: PT012 - the second word is refused
        number = desk.receive(market(), unit=GA, workflow=INCOMING_EXTERNAL_LETTER).number
        desk.apply(number, "submit")
    assert office.head == before
    with office.read() as books:
        assert number not in books
        assert books.registry == Registry()


def test_a_refusal_that_is_caught_leaves_the_desk_as_it_was(office):
    with office.write(by="Somchai") as desk:
        number = desk.receive(market(), unit=GA, workflow=INCOMING_EXTERNAL_LETTER).number
        with pytest.raises(RegisterError):
            desk.void(number, why="")
        with pytest.raises(RefusedError):
            desk.apply(number, "submit")
        desk.apply(number, "hand_over")
    with office.read() as books:
        assert books[number].state == "taken_over"
        assert books.registration(number).notes == ()


def test_a_unit_of_work_that_says_nothing_writes_nothing(office):
    before = office.head
    with office.write(by="Somchai"):
        pass
    assert office.head == before


def test_numbers_run_on_over_runs_and_begin_again_each_year(office, watch):
    assert [str(received(office)), str(received(office))] == ["1/2563", "2/2563"]
    watch.at = datetime(2020, 12, 31, 17, tzinfo=UTC)  # midnight in Bangkok
    assert str(received(office)) == "1/2564"


def test_a_book_may_begin_in_the_midst_of_a_year(office):
    with office.write(by="Somchai") as desk:
        desk.starting_at(Book(GA), 2563, 8395)
    assert str(received(office)) == "8395/2563"
    with office.read() as books:
        assert books.registry.volume(Book(GA), 2563).first == 8395


def test_a_reply_leads_to_what_it_replies_to(office):
    number = received(office)
    with office.write(by="Somchai") as desk:
        reply = desk.send(market(), unit=GA, replies_to=number, recipients=["Department of Health"])
        desk.note_status(reply.number, "Department of Health", "delivered")
        later = desk.receive(market(), unit=GA, workflow=INCOMING_EXTERNAL_LETTER)
        desk.link(later.number, related=number)
        with pytest.raises(RegisterError, match="never given"):
            desk.link(number, related=RegisterNumber(Book(GA), 2563, 99))
    with office.read() as books:
        assert [one.number for one in books.registry.replies(number)] == [reply.number]
        assert [one.number for one in books.registry.related(number)] == [later.number]


def test_a_reserved_number_waits_for_its_letter(office):
    with office.write(by="Somchai") as desk:
        kept = desk.reserve(unit=GA, why="the parcel is on its way", direction="receipt").number
    with office.write(by="Somchai") as desk:
        desk.fill(kept, market(), workflow=INCOMING_EXTERNAL_LETTER)
        desk.apply(kept, "hand_over")
    with office.read() as books:
        assert books[kept].state == "taken_over"
        assert books.registry.reserved == ()
        assert books.register.cases[kept].letter == books.registration(kept).letter


def test_a_corrected_time_stays_readable_as_it_was_known(office):
    number = received(office)
    with office.write(by="Somying") as desk:
        desk.apply(number, "hand_over")
        wrong = desk.at
    right = wrong - timedelta(minutes=1)
    with office.write(by="Somchai") as desk:
        desk.correct_case(number, {1: Entry("hand_over", right)}, why="09.42 was 09.41")
    with office.read() as books:
        assert books[number].history[1].at == right
        assert books.register.as_recorded(wrong)[number].history[1].at == wrong
        now = books.register
    with office.read(as_recorded=wrong) as books:
        assert books[number].history[1].at == wrong
        assert books.register == now.as_recorded(wrong)
    with office.read(as_recorded=NINE - timedelta(days=1)) as books:
        assert books.head is None
        assert len(books.registry) == 0


def test_a_step_done_earlier_is_recorded_when_it_is_written(office):
    number = received(office)
    with office.read() as books:
        stamp = books.registration(number).at
    with office.write(by="Somchai") as desk:
        desk.apply(number, "hand_over", at=stamp, by="Somying")
    with office.read() as books:
        step = books[number].history[1]
        assert (step.at, step.recorded, step.by) == (stamp, desk.at, "Somying")


def test_who_goes_on_from_what_another_wrote_over_is_told(office):
    number = received(office)
    with office.read() as books:
        mine = books[number]
    with office.write(by="Somying") as desk:
        desk.apply(number, "hand_over")
    with pytest.raises(RefusedError, match="meanwhile Somying wrote hand_over"), office.write(by="Somchai") as desk:
        desk.with_case(number, mine.apply("cancel", at=desk.at, by="Somchai", note="withdrawn"))


def test_a_workflow_is_stored_by_its_version(office, place, watch):
    number = received(office)
    office.close()
    other = Workflow(
        INCOMING_EXTERNAL_LETTER.name,
        initial="registered",
        transitions=[Transition("hand_over", "registered", "taken_over")],
    )
    with Store.open(place, now=watch) as again:
        with (
            pytest.raises(StoreError, match="is stored otherwise; give yours a new version"),
            again.write(by="S") as desk,
        ):
            desk.receive(market(), unit=GA, workflow=other)
        with again.read() as books:
            assert books[number].workflow == INCOMING_EXTERNAL_LETTER


def test_cases_move_to_a_new_version_or_none_does(office):
    old = Workflow("loan", initial="out", transitions=[Transition("return", "out", "back")])
    new = Workflow(
        "loan",
        version=2,
        initial="out",
        transitions=[Transition("remind", "out", "out"), Transition("return", "out", "back")],
    )
    with office.write(by="Somchai") as desk:
        number = desk.receive(market(), unit=GA, workflow=old).number
    with office.write(by="Somchai") as desk:
        desk.migrate([number], new)
        desk.apply(number, "remind")
        before = desk.at - timedelta(minutes=1)
    with office.read() as books:
        assert books[number].workflow == new
        assert books.register.cases[number].history[-1].trigger == "remind"
    with office.read(as_recorded=before) as books:
        assert books[number].workflow == old


def test_guards_are_code_and_are_given_when_the_store_is_opened(office, place, watch):
    guarded = Workflow("loan", initial="out", transitions=[Transition("return", "out", "back", guards=[needs_a_note])])
    with office.write(by="Somchai") as desk:
        number = desk.receive(market(), unit=GA, workflow=guarded).number
    office.close()
    with Store.open(place, now=watch) as again, again.read() as books, pytest.raises(StoreError, match="guards"):
        books[number]
    again = Store.open(place, now=watch, workflows=[guarded])
    with again, pytest.raises(RefusedError, match="written reason"), again.write(by="Somchai") as desk:
        desk.apply(number, "return")


def test_secret_letters_have_a_store_of_their_own(tmp_path, watch):
    with (
        Store.create(tmp_path / "office.db", now=watch) as office,
        Store.create(tmp_path / "secret.db", secret=True, now=watch) as secret,
    ):
        with pytest.raises(StoreError, match="secret"), office.write(by="Somchai") as desk:
            desk.receive(market(secrecy=Secrecy.SECRET), unit=GA, workflow=INCOMING_EXTERNAL_LETTER)
        with pytest.raises(StoreError, match="open"), secret.write(by="Somchai") as desk:
            desk.receive(market(), unit=GA, workflow=INCOMING_EXTERNAL_LETTER)
        number = received(secret, secrecy=Secrecy.SECRET)
        with secret.read() as books:
            assert books.register.cases[number].letter.secrecy is Secrecy.SECRET
    assert (tmp_path / "secret.db").stat().st_mode & 0o077 == 0
    with Store.open(tmp_path / "secret.db") as again:
        assert again.secret


def test_the_time_of_writing_never_runs_backwards(office, watch):
    first = received(office)
    watch.at -= timedelta(seconds=90)
    second = received(office)
    with office.read() as books:
        assert books.registration(second).at - books.registration(first).at == timedelta(microseconds=1)
    watch.at -= timedelta(hours=1)
    with pytest.raises(StoreError, match="set it right") as error, office.write(by="Somchai"):
        pass
    assert error.value.kind == "clock set back"


def test_what_is_over_says_so(office):
    number = received(office)
    with office.read() as books:
        pass
    with pytest.raises(StoreError, match="this reading is over"):
        books[number]
    with office.write(by="Somchai") as desk:
        pass
    with pytest.raises(StoreError, match="this unit of work is over"):
        desk.apply(number, "hand_over")


def test_who_writes_has_a_name(office):
    for nobody in ("", " ", None, 12):
        with pytest.raises(TypeError, match="say who writes"), office.write(by=nobody):
            pass


def test_a_store_is_made_once_and_only_where_nothing_is(office, place):
    with pytest.raises(StoreError, match="there already"):
        Store.create(place)
    assert office.verify().holds


def test_a_decision_about_a_day_is_known_from_when_it_was_written(office):
    flood = Closure(date(2020, 1, 20), reason="flood", source="order 3", announced=date(2020, 1, 6))
    founding = Holiday(date(2020, 3, 5), "Founding day", source="order 7", announced=date(2020, 1, 6))
    with office.write(by="Somchai") as desk:
        desk.announce(flood)
        desk.announce(founding)
        known = desk.at
    with office.write(by="Somchai") as desk:
        desk.announce(evolve(flood, withdrawn=date(2020, 1, 7)))
    with office.read() as books:
        assert books.decisions == (evolve(flood, withdrawn=date(2020, 1, 7)),)
        assert books.holidays == (founding,)
        assert not ThaiGovernment(rows=books.holidays).is_working_day(founding.day)
    with office.read(as_recorded=known) as books:
        assert books.decisions == (flood,)
        assert not OfficeCalendar(ThaiGovernment(), books.decisions).is_working_day(flood.day)
    with office.read(as_recorded=known - timedelta(microseconds=1)) as books:
        assert books.decisions == books.holidays == ()


def test_a_unit_of_work_ends_on_the_day_on_which_it_began(place, monkeypatch):
    """The page of that day may be printed already, and its records exported."""
    with Store.create(place) as office:
        late = [
            datetime(2030, 1, 6, 16, 59, 59, tzinfo=UTC),
            datetime(2030, 1, 6, 17, tzinfo=UTC),
        ]  # midnight in Bangkok
        monkeypatch.setattr(office._database, "now", lambda _: instant(late.pop(0)))
        with pytest.raises(StoreError, match="2030-01-06 ended while") as error:
            received(office)
        assert error.value.kind == "busy"
        with office.read() as books:
            assert len(books.registry) == 0


def test_each_unit_of_work_has_a_moment_of_its_own(office, watch):
    watch.__class__ = type("Still", (Watch,), {"__call__": lambda self: self.at})
    moments = [office.head.at for _ in range(3) if received(office)]
    assert moments[0] < moments[1] < moments[2]
    with office.read(as_recorded=moments[1]) as books:
        assert len(books.registry) == 2


def test_what_was_disposed_of_is_not_written_on_in_the_same_unit_of_work(office, watch):
    number = received(office)
    with office.write(by="Somchai") as desk:
        desk.apply(number, "cancel")
    watch.at += timedelta(days=20 * 366)
    for go_on in (
        lambda desk: desk.forward(number, unit="B"),
        lambda desk: desk.migrate([number], INCOMING_EXTERNAL_LETTER),
        lambda desk: desk[number],
        lambda desk: desk.registration(number),
    ):
        with pytest.raises(StoreError, match="was disposed of"), office.write(by="Somchai") as desk:  # noqa: PT012 - the second word
            desk.dispose(number, why="decision 12/2583")
            go_on(desk)
    assert office.verify().holds
    with office.read() as books:
        assert books.registration(number).letter.subject == "A market"


def test_what_is_no_word_of_a_desk_is_told(office):
    number = received(office)
    with office.write(by="Somchai") as desk:
        for wrong in (
            lambda: desk.announce(INCOMING_EXTERNAL_LETTER),
            lambda: desk.announce(Entry("hand_over", NINE)),
            lambda: desk.with_case(number, None),
            lambda: desk.migrate([number], None),
            lambda: desk.migrate("1/2563", INCOMING_EXTERNAL_LETTER),
            lambda: desk.starting_at([], 2563, 1),
            lambda: desk.fill(number, market(), workflow=0),
        ):
            with pytest.raises(TypeError, match="; give"):
                wrong()
    for work, tries in ((None, 5), (print, 0), (print, 1.5), (print, True)):
        with pytest.raises(TypeError, match="takes a function of a desk"):
            office.again(work, by="Somchai", tries=tries)
    assert office.verify().holds


def test_a_hash_is_read_as_it_stands_on_the_page(office):
    received(office)
    head = office.head
    for printed in (head, str(head), f" {head.hash.upper()} "):
        assert office.verify(printed=printed).holds
    assert "that was printed" in office.verify(printed="0" * 64).broken.problem
    for nothing in ("", "12/2563", 5, head.hash[:-1]):
        with pytest.raises(TypeError, match="give the 64 digits"):
            office.verify(printed=nothing)


def test_what_is_acknowledged_is_on_the_disk(place):
    """Whatever a database is set to: no kill of a process can show it, so the settings are asked for."""
    with Store.create(place) as office, office._database.connected() as connection:
        if isinstance(place, str):
            name = connection.exec_driver_sql("SELECT current_database()").scalar_one()
            connection.exec_driver_sql(f'ALTER DATABASE "{name}" SET synchronous_commit = off')
        else:
            full, log = (
                connection.exec_driver_sql(f"PRAGMA {one}").scalar_one() for one in ("synchronous", "journal_mode")
            )
            assert (full, log) == (2, "wal")
    with Store.open(place) as office, office._database.connected() as connection:
        if isinstance(place, str):
            assert connection.exec_driver_sql("SHOW synchronous_commit").scalar_one() == "on"
        else:
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2  # FULL


def test_a_number_of_more_digits_than_are_read_is_not_given(office):
    with office.write(by="Somchai") as desk:
        desk.starting_at(Book(GA), 2563, 999_999_999)
        desk.receive(market(), unit=GA, workflow=INCOMING_EXTERNAL_LETTER)
        with pytest.raises(StoreError, match="more than nine digits") as error:
            desk.receive(market(), unit=GA, workflow=INCOMING_EXTERNAL_LETTER)
        assert error.value.kind == "unwritable"
    with office.read() as books:
        assert books.find(number="999999999").total == 1


def test_names_that_not_every_engine_can_look_up_are_refused_on_each(office):
    longest = secrets.token_hex(500)  # of chance, for PostgreSQL packs what repeats itself
    workflow = Workflow("loan", initial=longest, transitions=[Transition("return", longest, "back")])
    with office.write(by="Somchai") as desk:
        desk.receive(Letter(number="", unit=longest), unit=longest, workflow=workflow)
    longer = f"{longest}0"
    state = Workflow("loan of a name", initial=longer, transitions=[Transition("return", longer, "back")])
    for letter, unit, follows in (
        (Letter(number=""), longer, workflow),
        (Letter(number="", unit=longer), "GA", workflow),
        (Letter(number=""), "GA", state),
    ):
        with (
            pytest.raises(StoreError, match="has more than 1,000 bytes; shorten it") as error,
            office.write(by="Somchai") as desk,
        ):
            desk.receive(letter, unit=unit, workflow=follows)
        assert error.value.kind == "unwritable"
    assert office.verify().holds


def test_a_database_is_asked_how_large_it_is_whenever_its_records_have_doubled(office, monkeypatch):
    asked, real = [], office._database.gauge

    def gauge(connection):
        asked.append(connection.scalar(select(func.count()).select_from(RECORD)))
        real(connection)

    monkeypatch.setattr(office._database, "gauge", gauge)
    last = office.head.place
    for size in (1, 1, 2, 1, 1, 3, 1, 1, 1, 9, 1, 1, 1, 1, 1):
        before = len(asked)
        with office.write(by="Somchai") as desk:
            for _ in range(size):
                desk.receive(market(), unit=GA, workflow=INCOMING_EXTERNAL_LETTER)
        if len(asked) > before:
            last = asked[-1]
            assert last == office.head.place, "when they are written"
        assert office.head.place < 2 * last
    assert len(asked) == len(set(asked)) <= office.head.place.bit_length()


def test_a_server_knows_how_large_a_new_store_is_before_it_looks_itself(postgres, watch):
    """It looks when some fifty rows are new; until then it would take every table for one of a few pages."""
    with Store.create(postgres, now=watch) as office:
        received(office)
        with office._database.reading() as connection:
            known = connection.exec_driver_sql("SELECT reltuples FROM pg_class WHERE oid = 'record'::regclass").scalar()
        assert known == office.head.place


def alive():
    """How many cases are in memory."""
    gc.collect()
    return sum(type(one) is Case for one in gc.get_objects())


def test_after_some_units_of_work_all_is_fetched_anew_so_that_memory_stays_small(office, monkeypatch):
    monkeypatch.setattr("docflow.store.store.PAGE", 5)
    before, there, numbers = alive(), [], []
    for n in range(36):
        numbers.append(received(office))
        with office.write(by="Somying") as desk:
            desk.apply(numbers[n // 2], "hand_over" if n % 2 == 0 else "screen")
        if n % 12 == 11:  # each time as many units of work after all was fetched anew
            there.append(alive() - before)
    assert there[0] > 1
    assert there == [there[0]] * 3, "as many as a few units of work have, however many letters there are"
    assert [one.n for one in numbers] == list(range(1, 37))
    assert office.verify().holds


def test_a_unit_of_work_goes_on_from_the_last_one_until_then(office, monkeypatch):
    """What is fetched anew is fetched once for so many units of work, and not for each."""
    monkeypatch.setattr("docflow.store.store.PAGE", 5)
    fetched = []
    monkeypatch.setattr(office, "_reader", lambda *given, real=office._reader: fetched.append(0) or real(*given))
    for _ in range(24):
        received(office)
    assert len(fetched) == 4
