"""Faults: each is told in a sentence, nothing written is lost, and the store goes on when the fault is mended."""

import os
import resource
import shutil
import sqlite3
import tempfile
import threading
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from forked import end, in_a_child, start
from hooks import hooked, statements_of
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import NullPool, create_engine, event, make_url, text

from docflow import Closure, Letter
from docflow.bangkok import INCOMING_EXTERNAL_LETTER
from docflow.errors import DocflowError, StoreError
from docflow.registry import Book, RegisterNumber
from docflow.store import Store, kept
from docflow.store.sqlite import SQLite

NOBODY = 65534
LONG_AGO = datetime(2020, 1, 6, 2, tzinfo=UTC)


@pytest.fixture
def office(place):
    with Store.create(place, patience=0.05) as store:
        receive(store)
        yield store


@pytest.fixture
def file(tmp_path):
    """An office in a file, closed."""
    with Store.create(tmp_path / "office.db") as store:
        receive(store, 3)
    return tmp_path / "office.db"


def receive(office, many=1, unit="GA"):
    """Write a unit of work of so many letters."""
    with office.write(by="Somchai") as desk:
        for _ in range(many):
            line = desk.receive(Letter(number="", subject="A market"), unit=unit, workflow=INCOMING_EXTERNAL_LETTER)
    return line.number.n


def refused(work, *given):
    """The kind of what a store says to some work."""
    with pytest.raises(StoreError) as error:
        work(*given)
    assert str(error.value).startswith(error.value.store + ": ")
    return error.value.kind


def see_all(office, many):
    """See that so many letters are there, proven, and that writing goes on."""
    assert office.verify().holds
    with office.read() as books:
        assert len(books.register.cases) == many
    receive(office)
    assert office.verify().holds


@contextmanager
def connecting(office, see):
    """Let a function see each new connection of the driver."""
    event.listen(office._database.engine, "connect", see)
    try:
        yield
    finally:
        event.remove(office._database.engine, "connect", see)


# The disk.


def full(office):
    """What the driver raises when the disk is full, as it would."""
    if office._database.engine.dialect.name == "postgresql":
        return psycopg.errors.DiskFull("could not extend file: No space left on device")
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorname = "SQLITE_FULL"
    return error


def test_a_full_disk_at_any_statement_loses_nothing(office):
    """The fault is simulated, for no test may fill the disk of a server."""
    letters = 3
    for kth, statement in enumerate(statements_of(office, receive)):
        left = [kth]

        def fail(*_, left=left):
            left[0] -= 1
            if left[0] < 0:
                raise full(office)

        before = office.head
        with hooked(office, before=fail):
            assert refused(receive, office) == "disk full", statement
        assert office.head == before
        receive(office)
        letters += 1
    see_all(office, letters)


def test_a_file_that_may_not_grow_takes_nothing_more_until_it_may(file):
    with Store.open(file) as office:

        def limit(raw, _):
            (pages,) = raw.execute("PRAGMA page_count").fetchone()
            raw.execute(f"PRAGMA max_page_count={pages + 8}")

        letters = 3
        with connecting(office, limit):
            office.close()
            with pytest.raises(StoreError, match="disk is full; nothing was written, make room") as error:  # noqa: PT012 - it is full in its midst
                while letters < 1_000:
                    receive(office, 10)
                    letters += 10
        assert error.value.kind == "disk full"
        office.close()
        see_all(office, letters)


def test_a_disk_that_takes_no_more_bytes_loses_nothing(file):
    def write_until_it_is_full():
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))  # Python ignores the signal, and writing fails
        written = 0
        with Store.open(file) as office:
            while written < 10_000:
                try:
                    receive(office, 10)
                except StoreError as error:
                    return written, error.kind, office.verify().holds
                written += 10
        return written, "never full", True

    written, *said = in_a_child(write_until_it_is_full)
    assert said == ["disk full", True]
    with Store.open(file) as office:
        see_all(office, 3 + written)


# Who may only read.


def test_what_may_only_be_read_says_so():
    def ask(path, *, folder, mode):
        path.parent.chmod(folder)
        path.chmod(mode)
        if not os.getuid():  # root may write anywhere
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        said = []
        for work in (lambda office: office.verify().holds, receive):
            try:
                with Store.open(path) as office:
                    said.append(work(office))
            except StoreError as error:
                said.append(error.kind if "may not be read" not in error.problem else "not to be read")
        return said

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "office.db"
        with Store.create(path) as office:
            receive(office)
        assert in_a_child(lambda: ask(path, folder=0o777, mode=0o444)) == [True, "read-only"]
        for left in Path(folder).glob("office.db-*"):
            left.unlink()
        assert in_a_child(lambda: ask(path, folder=0o555, mode=0o666)) == ["read-only", "read-only"]
        assert in_a_child(lambda: ask(path, folder=0o777, mode=0o000)) == ["not to be read", "not to be read"]
        path.chmod(0o600)
        with Store.open(path) as office:
            see_all(office, 1)


def test_a_connection_that_may_only_read_says_so(file):
    with Store.open(file) as office:
        office.close()
        with connecting(office, lambda raw, _: raw.execute("PRAGMA query_only=ON")):
            assert refused(receive, office) == "read-only"
            assert office.verify().holds
        office.close()
        see_all(office, 3)


def administer(postgres, *orders):
    engine = create_engine(postgres, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        for order in orders:
            connection.execute(text(order))


def test_a_database_that_may_only_be_read_says_so(postgres):
    name = make_url(postgres).database
    with Store.create(postgres) as office:
        receive(office)
        administer(postgres, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        office.close()
        assert refused(receive, office) == "read-only"
        assert office.verify().holds
        administer(
            make_url(postgres).set(database="postgres"), f"ALTER DATABASE {name} RESET default_transaction_read_only"
        )
        office.close()
        see_all(office, 1)


def test_who_has_no_right_to_write_may_read(postgres):
    name = f"reader_{make_url(postgres).database}"
    with Store.create(postgres) as office:
        receive(office)
        administer(
            postgres,
            f"CREATE ROLE {name} LOGIN",
            f"GRANT USAGE ON SCHEMA docflow TO {name}",
            f"GRANT SELECT ON ALL TABLES IN SCHEMA docflow TO {name}",
        )
        try:
            with Store.open(make_url(postgres).set(username=name).render_as_string(hide_password=False)) as reader:
                assert reader.verify().holds
                assert refused(receive, reader) == "read-only"
        finally:
            administer(postgres, f"DROP OWNED BY {name}", f"DROP ROLE {name}")
        see_all(office, 1)


# Others, and oneself.


def test_who_waits_longer_than_the_patience_is_told(office, place):
    with Store.open(place, patience=0.05) as other:
        with other.write(by="Somying"):
            assert refused(receive, office) == "busy"
            with office.read() as books:
                assert len(books.register.cases) == 1
        see_all(office, 1)


def test_a_unit_of_work_within_another_is_refused_at_once(office, place):
    with Store.open(place) as patient:
        begun = datetime.now(UTC)
        with patient.write(by="Somchai") as desk:
            desk.receive(Letter(number=""), unit="GA", workflow=INCOMING_EXTERNAL_LETTER)
            assert refused(receive, patient) == "nested"
            with patient.read() as books:  # what was written before
                assert len(books.register.cases) == 1
            assert patient.verify().holds
            desk.receive(Letter(number=""), unit="GA", workflow=INCOMING_EXTERNAL_LETTER)
        assert datetime.now(UTC) - begun < timedelta(seconds=8)  # it would wait for itself for 10
    see_all(office, 3)


def test_threads_share_one_store(place):
    with Store.create(place) as office:
        failed = []

        def write(unit):
            try:
                for _ in range(10):
                    receive(office, unit=unit)
                    with office.read() as books:
                        assert books.head
            except BaseException as error:  # noqa: BLE001 - the test says it
                failed.append(error)

        threads = [threading.Thread(target=write, args=(unit,)) for unit in ("GA", "GA", "Treasury", "Works") * 2]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failed == []
        see_all(office, 80)


@pytest.mark.parametrize(
    "left_by", [KeyboardInterrupt, SystemExit, GeneratorExit, ValueError, sqlite3.OperationalError]
)
def test_whatever_leaves_a_unit_of_work_early_leaves_nothing(office, left_by):
    before = office.head
    with pytest.raises(left_by), office.write(by="Somchai") as desk:  # noqa: PT012 - it is left in its midst
        desk.receive(Letter(number=""), unit="GA", workflow=INCOMING_EXTERNAL_LETTER)
        raise left_by
    assert office.head == before
    see_all(office, 1)


def test_a_generator_that_is_closed_in_its_midst_writes_nothing(office):
    def working():
        with office.write(by="Somchai") as desk:
            desk.receive(Letter(number=""), unit="GA", workflow=INCOMING_EXTERNAL_LETTER)
            yield

    work = working()
    next(work)
    work.close()
    see_all(office, 1)


def test_who_interrupts_the_last_statement_leaves_nothing_begun(office, place):
    def interrupt(_cursor, statement, *_):
        if statement == "COMMIT":
            raise KeyboardInterrupt

    with hooked(office, before=interrupt), pytest.raises(KeyboardInterrupt):
        receive(office)
    with Store.open(place, patience=0) as other:
        see_all(other, 1)


def test_a_workflow_is_stored_once(office):
    receive(office)
    receive(office)
    with office.read() as books:
        assert len(books._reader.of_no_book("workflow")) == 1


def test_what_a_unit_of_work_has_learnt_is_forgotten_when_it_is_left(place):
    with Store.create(place) as office:
        with office.write(by="Somchai") as desk:
            desk.reserve(unit="GA", why="the parcel is on its way")

        def fail(_cursor, statement, *_):
            if statement == "COMMIT":
                raise full(office)

        with hooked(office, before=fail):
            assert refused(receive, office) == "disk full"
        assert receive(office) == 1
        with office.read() as books:
            assert len(books._reader.of_no_book("workflow")) == 1
        see_all(office, 1)


# The clock.


def test_a_clock_set_forward_is_believed_and_one_set_back_is_not(place):
    at = [LONG_AGO]
    with Store.create(place, now=lambda: at[0]) as office:
        receive(office)
        at[0] += timedelta(days=400)
        receive(office)
        at[0] -= timedelta(days=400)
        assert refused(receive, office) == "clock set back"
        assert office.verify().holds
        at[0] += timedelta(days=400)
        see_all(office, 2)


# What the database does of its own.


SWALLOWS = {
    "sqlite": (
        "CREATE TRIGGER swallows BEFORE INSERT ON record WHEN new.kind = 'entry' BEGIN SELECT RAISE(IGNORE); END",
    ),
    "postgresql": (
        "CREATE FUNCTION swallows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
        "CREATE TRIGGER swallows BEFORE INSERT ON record FOR EACH ROW EXECUTE FUNCTION swallows()",
    ),
}


def do(office, *statements):
    with office._database.writing() as connection:
        for one in statements:
            connection.exec_driver_sql(one)


def test_what_the_database_swallows_is_not_acknowledged(office):
    do(office, *SWALLOWS[office._database.engine.dialect.name])
    before = office.head
    assert refused(receive, office) == "damaged"
    assert refused(receive, office, 2) == "damaged"
    assert office.head == before
    on_table = " ON record" if office._database.engine.dialect.name == "postgresql" else ""
    do(office, f"DROP TRIGGER swallows{on_table}")
    receive(office)
    see_all(office, 2)


# The look at the file while it is proven.


def test_a_damaged_file_is_seen_also_where_nothing_guards_its_records(file):
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("DROP TRIGGER record_is_new")
        raw.execute("PRAGMA writable_schema=ON")
        other = "SELECT rootpage FROM sqlite_master WHERE name = 'link_by_number'"
        raw.execute(f"UPDATE sqlite_master SET rootpage = ({other}) WHERE name = 'record_by_book'")  # noqa: S608
    with Store.open(file) as office:
        assert refused(office.verify) == "damaged"


def test_a_proof_is_given_where_no_thread_can_be_had(office, monkeypatch):
    def none(_):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", none)
    assert office.verify().holds


def test_who_interrupts_a_proof_does_not_wait_until_the_file_was_looked_at(file, monkeypatch):
    looks = threading.Event()
    for_ever = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"

    def look(_, connection):
        connection.connection.dbapi_connection.set_progress_handler(looks.set, 1000)
        connection.exec_driver_sql(for_ever)

    def interrupt(*_):
        assert looks.wait(60)
        raise KeyboardInterrupt

    monkeypatch.setattr(SQLite, "see_sound", look)
    monkeypatch.setattr(kept, "prove", interrupt)
    with Store.open(file) as office, pytest.raises(KeyboardInterrupt):
        office.verify()


# The server.


def kill_backend(postgres, raw):
    pid = raw.info.backend_pid
    administer(postgres, f"SELECT pg_terminate_backend({pid}, 5000)")  # and wait until it is gone


@pytest.mark.parametrize("name", ["before", "after"])
def test_a_server_that_is_gone_at_any_statement_leaves_all_or_nothing(postgres, name):
    with Store.create(postgres) as office:
        receive(office)
        letters = 1 + 2
        for kth in range(len(statements_of(office, receive))):
            left, met = [kth], []

            def see(cursor, statement, left=left, met=met):
                left[0] -= 1
                if left[0] == -1:
                    met.append(statement)
                    kill_backend(postgres, cursor.connection)

            before = office.head.place
            said = None
            with hooked(office, **{name: see}):
                try:
                    receive(office)
                except StoreError as error:
                    said = error.kind
            written = office.head.place - before
            if not met or (met == ["COMMIT"] and name == "after"):
                assert (said, written) == (None, 3)  # it was told that all is written, and so it is
            else:
                # Killed after the last statement before COMMIT, it is at COMMIT that the end of the server is seen.
                assert said in ({"unknown"} if met == ["COMMIT"] else {"unreachable", "unknown"}), met
                assert written == 0
            letters += written // 3
            receive(office)
            letters += 1
        see_all(office, letters)


LOOKS = {
    "a case": lambda desk, _: desk[RegisterNumber(Book("GA"), 2563, 1)],
    "every line": lambda _, books: books.register,
    "some lines": lambda _, books: books.find("market"),
}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_a_connection_that_breaks_within_a_block_is_told_within_it(postgres, watch, look):
    def go_on_regardless():
        with office.write(by="Somchai") as desk, office.read() as books:
            desk.announce(Closure(date(2020, 3, 20), reason="flood", source="office order 15/2563"))
            for reader in (desk._saying._reader, books._reader):
                kill_backend(postgres, reader.connection.connection.dbapi_connection)
            assert refused(look, desk, books) == "unreachable"

    with Store.create(postgres, now=watch) as office:
        receive(office)
        office._page = None  # what the last unit of work left in memory would be asked before the server
        assert refused(go_on_regardless) == "unreachable"
        with office.read() as books:
            assert books.decisions == ()
        see_all(office, 1)


def test_a_server_that_was_away_between_two_units_of_work_is_no_fault(postgres):
    with Store.create(postgres) as office:
        receive(office)
        name = make_url(postgres).database
        server = make_url(postgres).set(database="postgres")
        administer(server, f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{name}'")  # noqa: S608
        assert receive(office) == 2
        see_all(office, 2)


def test_a_server_that_is_not_there_says_so(tmp_path):
    url = f"postgresql://nobody@/office?host={tmp_path}"
    for work in (Store.open, Store.create, Store.upgrade):
        with pytest.raises(StoreError, match="the server does not answer .*; look whether it runs") as error:
            work(url)
        assert error.value.kind == "unreachable"
        assert "written" not in str(error.value)


def test_a_server_that_lets_nobody_in_says_so(postgres):
    for wrong in ({"database": "no_such_database"}, {"username": "no_such_user"}):
        url = make_url(postgres).set(**wrong).render_as_string(hide_password=False)
        with pytest.raises(StoreError, match="the server refuses who connects .*; correct the name") as error:
            Store.open(url)
        assert error.value.kind == "unreachable"


# The file.


def test_a_file_that_was_taken_away_is_noticed_and_goes_on_when_it_is_back(file):
    with Store.open(file) as office:
        receive(office)
        file.rename(file.with_name("away.db"))
        assert refused(receive, office) == "replaced"
        assert refused(office.verify) == "replaced"
        file.with_name("away.db").rename(file)
        see_all(office, 4)


def test_a_file_that_is_taken_away_within_a_unit_of_work_is_noticed(file):
    with Store.open(file) as office:
        with pytest.raises(StoreError, match="taken away") as error, office.write(by="Somchai") as desk:  # noqa: PT012 - the file goes in its midst
            desk.receive(Letter(number=""), unit="GA", workflow=INCOMING_EXTERNAL_LETTER)
            file.rename(file.with_name("away.db"))
        assert error.value.kind == "replaced"
        file.with_name("away.db").rename(file)
        see_all(office, 3)


def test_a_file_that_was_replaced_by_another_is_left_alone(file, tmp_path):
    with Store.create(tmp_path / "other.db") as other:
        receive(other, 7)
    with Store.open(file) as office:
        receive(office)
        shutil.copy(tmp_path / "other.db", tmp_path / "copy.db")
        (tmp_path / "copy.db").replace(file)
        assert refused(receive, office) == "replaced"
        assert refused(receive, office) == "replaced"
    with Store.open(tmp_path / "other.db") as other:
        see_all(other, 7)


def test_newest_records_that_were_taken_away_are_noticed(file):
    with Store.open(file) as office:
        receive(office)
        file.with_name("office.db-wal").unlink()
        assert refused(receive, office) == "replaced"
    with Store.open(file) as office:  # closing it has brought the newest records into the file
        see_all(office, 4)


def test_an_index_that_leads_elsewhere_is_noticed(file):
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("PRAGMA writable_schema=ON")
        roots = dict(raw.execute("SELECT name, rootpage FROM sqlite_schema WHERE name LIKE 'record_by%'"))
        for name, root in zip(roots, reversed(roots.values()), strict=True):
            raw.execute("UPDATE sqlite_schema SET rootpage = ? WHERE name = ?", (root, name))
    with Store.open(file) as office:
        assert refused(office.verify) == "damaged"


def what_it_is_after(file, damaged):
    """What is told of a damaged file: an error of docflow's, or the hash of the head that is proven and all cases."""
    file.write_bytes(damaged)
    for ending in ("-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
    try:
        with Store.open(file) as office:
            proof = office.verify()
            if not proof.holds:
                return "told"
            with office.read() as books:
                cases = {number: books[number] for number in books.register.cases}
                told = proof.head, books.registry, cases
            receive(office)
    except DocflowError:
        return "told"
    return told


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """An office in a file, where a test may damage it; its bytes, and what it tells."""
    file = tmp_path_factory.mktemp("damaged") / "office.db"
    with Store.create(file) as office:
        for unit in ("GA", "Treasury", "GA"):
            with office.write(by="Somchai") as desk:
                number = desk.receive(Letter(number=""), unit=unit, workflow=INCOMING_EXTERNAL_LETTER).number
                desk.apply(number, "hand_over")
                desk.correct(number, why="misspelt", subject="ตลาด")
    whole = file.read_bytes()
    told = what_it_is_after(file, whole)
    assert told != "told"
    return Sound(file, whole, told)


class Sound:
    """What a file is and tells, which is too long to be shown."""

    def __init__(self, file, whole, told):
        self.file, self.whole, self.told = file, whole, told

    def when(self, damaged):
        after = what_it_is_after(self.file, damaged)
        return after if after in ("told", self.told) else "amiss"


@given(st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 255)), min_size=1, max_size=20))
def test_whatever_bytes_are_altered_it_is_told_or_nothing_is_amiss(sound, changes):
    damaged = bytearray(sound.whole)
    for where, change in changes:
        damaged[int(where * len(damaged))] ^= change
    assert sound.when(damaged) != "amiss"


@given(st.floats(0, 1, exclude_max=True))
def test_however_short_a_file_is_cut_it_is_told(sound, part):
    assert sound.when(sound.whole[: int(part * len(sound.whole))]) == "told"


# A fork.


def test_a_child_that_uses_a_store_of_its_parent_has_connections_of_its_own(place):
    def write_some(office):
        for _ in range(10):
            receive(office)

    with Store.create(place) as office:
        receive(office)
        children = [start(write_some, office) for _ in range(2)]
        write_some(office)
        for child in children:
            end(child)
        see_all(office, 31)


@pytest.mark.parametrize("letters", [0, 1])
def test_a_unit_of_work_that_is_open_at_a_fork_stays_with_the_parent(office, place, letters):
    def go_on(work, desk):
        said = []
        letter = Letter(number="")
        for act in (
            lambda: desk.receive(letter, unit="Other", workflow=INCOMING_EXTERNAL_LETTER),
            work.close,
            lambda: office.verify().holds,
        ):
            try:
                said.append(act())
            except StoreError as error:
                said.append(error.kind)
        return said

    work = ExitStack()
    with work:
        desk = work.enter_context(office.write(by="Somchai"))
        for _ in range(letters):
            desk.receive(Letter(number=""), unit="GA", workflow=INCOMING_EXTERNAL_LETTER)
        # SQLite knows by process who has locked a file, so the child cannot begin anew there; on a server it can.
        may_read = True if isinstance(place, str) else "over"
        assert in_a_child(go_on, work, desk) == ["over", "over", may_read]
        desk.receive(Letter(number=""), unit="GA", workflow=INCOMING_EXTERNAL_LETTER)
    see_all(office, 2 + letters)
