"""Backups, copies and restored stores: the same rows to the last column, and nothing where something went wrong."""

import os
import random
import resource
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from offices import NINE, Watch
from sqlalchemy import NullPool, create_engine, text

from docflow import Closure, Entry, Letter
from docflow.bangkok import INCOMING_EXTERNAL_LETTER
from docflow.errors import FileError, StoreError
from docflow.letters import Secrecy
from docflow.store import Store
from docflow.store.databases import PostgreSQL

GA = "General Administration"


def market(**said):
    return Letter(number="", subject="ขอเชิญเปิดตลาด", sender="กระทรวงมหาดไทย", **said)


def receive(office, times=1, **said):
    with office.write(by="Somchai") as desk:
        lines = [desk.receive(market(**said), unit=GA, workflow=INCOMING_EXTERNAL_LETTER) for _ in range(times)]
    return [line.number for line in lines]


def fill(office):
    """Letters with notes, a case that was corrected, links, a decision: rows of every table."""
    one, two = receive(office, 2)
    with office.write(by="Somying") as desk:
        desk.forward(one, unit="Secretary Group")
        desk.apply(one, "hand_over")
        desk.send(market(), unit=GA, replies_to=one, recipients=["Department of Health"])
        desk.correct(one, why="misspelt", subject="ตลาด 'นัด' \"100%\"")
        desk.void(two, why="written twice", trigger="cancel")
        desk.announce(Closure(NINE.date(), reason="flood", source="office order 15/2563"))
        stamp = desk.at
    with office.write(by="Somchai") as desk:
        desk.correct_case(one, {1: Entry("hand_over", stamp - timedelta(seconds=30))}, why="09.03 was 09.02")
    return one


@pytest.fixture
def office(place):
    with Store.create(place, now=Watch()) as store:
        fill(store)
        yield store


@pytest.fixture(params=["sqlite", "postgres"])
def elsewhere(request, tmp_path):
    """Where a copy is made: a file, or a schema of a database."""
    return tmp_path / "copy.db" if request.param == "sqlite" else request.getfixturevalue("postgres")


def rows(where, schema="docflow"):
    """Every column of every row of every table, by hand."""
    if "://" in str(where):
        engine = create_engine(where, poolclass=NullPool)
        with engine.connect() as connection:
            connection.execute(text(f'SET search_path TO "{schema}"'))
            return {
                table: sorted(map(repr, map(tuple, connection.execute(text(f"SELECT * FROM {table}")))))  # noqa: S608
                for table in ("record", "link", "head", "alembic_version")
            }
    connection = sqlite3.connect(where)
    try:
        return {
            table: sorted(map(repr, connection.execute(f"SELECT * FROM {table}")))  # noqa: S608
            for table in ("record", "link", "head", "alembic_version")
        }
    finally:
        connection.close()


def names(folder):
    return sorted(file.name for file in folder.iterdir())


def test_a_backup_is_a_whole_store_in_one_file(office, place, tmp_path):
    (tmp_path / "kept").mkdir()
    head = office.backup(tmp_path / "kept" / "monday.db")
    assert head == office.head
    assert rows(tmp_path / "kept" / "monday.db") == rows(place)
    with Store.open(tmp_path / "kept" / "monday.db") as kept, kept.read() as books, office.read() as now:
        assert kept.head == head
        assert kept.verify(printed=head.hash).holds
        assert books.register == now.register
    assert names(tmp_path / "kept") == ["monday.db"], "no log and no part is left beside it"


def test_a_backup_is_read_and_never_written_to_so_that_one_history_goes_on(office, tmp_path):
    """Nor is it by hand of ours: not one of its bytes changes, whatever is asked of it."""
    office.backup(tmp_path / "kept.db")
    before = (tmp_path / "kept.db").read_bytes()
    with Store.open(tmp_path / "kept.db") as kept:
        with kept.read() as books, office.read() as now:
            assert books.find("ตลาด") == now.find("ตลาด")
        assert kept.verify(printed=office.head.hash).holds
        for work in (
            lambda: receive(kept),
            lambda: kept.again(lambda desk: desk.send(market(), unit=GA), by="Somchai"),
            kept.reindex,
            kept.sweep,
        ):
            with pytest.raises(StoreError, match=r"it is a backup, .* of it: Store.restore\(...\)$") as error:
                work()
            assert error.value.kind == "a backup"
        kept.backup(tmp_path / "again.db")
    Store.upgrade(tmp_path / "kept.db")
    assert (tmp_path / "kept.db").read_bytes() == before
    with Store.open(tmp_path / "again.db") as again, pytest.raises(StoreError, match="it is a backup"):
        receive(again)
    assert receive(office)[0].n == 3


def test_a_copy_of_a_backup_is_a_store_to_work_on(office, elsewhere, tmp_path):
    office.backup(tmp_path / "kept.db")
    with Store.open(tmp_path / "kept.db") as kept:
        kept.copy(elsewhere, schema="copy")
    with Store.open(elsewhere, schema="copy", now=Watch(NINE + timedelta(days=1))) as copied:
        assert receive(copied)[0].n == 3
        copied.reindex()
        copied.sweep()
        assert copied.verify().holds


def test_a_backup_can_be_read_where_nobody_may_write(office, tmp_path):
    office.backup(tmp_path / "monday.db")
    version = (tmp_path / "monday.db").read_bytes()[18:20]
    assert version == b"\1\1", "with a write-ahead log it would be 2, and files would have to be made beside it"


def test_a_backup_is_made_while_others_write_and_has_whole_units_of_work(office, place, tmp_path):
    over = threading.Event()
    trouble = []

    def write():
        try:
            with Store.open(place) as mine:
                while not over.is_set():
                    receive(mine, 5)
        except StoreError as error:
            trouble.append(error)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        heads = [office.backup(tmp_path / f"{n}.db") for n in range(5)]
    finally:
        over.set()
        writer.join()
    assert not trouble
    assert [one.place for one in heads] == sorted(one.place for one in heads)
    for n, head in enumerate(heads):
        with Store.open(tmp_path / f"{n}.db") as kept, kept.read() as books:
            assert kept.head == head
            assert len(books.registry.volumes[0].lines) % 5 == 2, "two, and then five at a time"
        assert office.verify(printed=head.hash).holds


def test_what_is_there_stays_unless_it_is_to_be_replaced(office, tmp_path):
    kept = tmp_path / "kept.db"
    kept.write_text("a diary")
    with pytest.raises(StoreError, match="something is there already; name another file") as error:
        office.backup(kept)
    assert error.value.kind == "there already"
    assert kept.read_text() == "a diary"
    assert office.backup(kept, replace=True) == office.head
    receive(office)
    assert office.backup(kept, replace=True) == office.head


def test_a_backup_never_replaces_a_store_that_is_in_use(office, place, tmp_path):
    if "://" not in str(place):
        for same in (place, tmp_path / "." / "x" / ".." / "office.db"):
            with pytest.raises(StoreError, match="it is the store itself|in use"):
                office.backup(same, replace=True)
    with Store.create(tmp_path / "other.db") as other:
        receive(other)
        with pytest.raises(StoreError, match="a store of this name is in use"):
            office.backup(tmp_path / "other.db", replace=True)
    with pytest.raises(StoreError, match="no backup, and it would be lost") as error:
        office.backup(tmp_path / "other.db", replace=True)  # also when it is closed
    assert error.value.kind == "there already"
    with Store.open(tmp_path / "other.db") as other:
        receive(other)
        assert other.verify().holds
    assert office.verify().holds


@pytest.mark.parametrize("ending", ["-wal", "-journal"])
def test_what_is_left_of_a_killed_store_never_gets_into_another_one(office, tmp_path, ending):
    """SQLite takes a log that lies beside a file of its name for the newest records of that file."""
    office.backup(tmp_path / "monday.db")
    left = tmp_path / f"fresh.db{ending}"
    left.write_bytes(b"the newest records of a store that was killed")
    for make in (
        lambda: Store.create(tmp_path / "fresh.db"),
        lambda: Store.restore(tmp_path / "monday.db", tmp_path / "fresh.db"),
        lambda: office.copy(tmp_path / "fresh.db"),
        lambda: office.backup(tmp_path / "fresh.db"),
        lambda: office.backup(tmp_path / "fresh.db", replace=True),
    ):
        with pytest.raises(
            StoreError, match=f"fresh.db{ending} is there: .* was killed .*move both away together"
        ) as error:
            make()
        assert error.value.kind == "there already"
        assert not (tmp_path / "fresh.db").exists()
    left.unlink()
    with Store.restore(tmp_path / "monday.db", tmp_path / "fresh.db") as again:
        assert again.head == office.head


def test_a_backup_is_made_in_a_folder_that_may_not_be_looked_into(office, tmp_path, monkeypatch):
    def hidden(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(tmp_path), "iterdir", hidden)
    assert office.backup(tmp_path / "monday.db") == office.head


def test_two_who_back_up_to_one_file_do_not_overwrite_each_other(office, tmp_path, monkeypatch):
    target, link = tmp_path / "kept.db", os.link

    def meanwhile(*paths):
        target.write_text("the other's")
        link(*paths)

    monkeypatch.setattr(os, "link", meanwhile)
    with pytest.raises(FileError, match="there already"):
        office.backup(target)
    assert target.read_text() == "the other's"
    assert not [name for name in names(tmp_path) if name.startswith(".docflow")]


def test_on_a_disk_without_links_a_backup_is_made_too(office, tmp_path, monkeypatch):
    def no_links(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    assert office.backup(tmp_path / "kept.db") == office.head
    with Store.open(tmp_path / "kept.db") as kept:
        assert kept.verify().holds


def test_a_backup_of_a_secret_store_is_its_owners_alone_from_the_first_byte(place, tmp_path, monkeypatch):
    seen = []
    sync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda fd: (seen.append(stat.S_IMODE(os.fstat(fd).st_mode)), sync(fd)))
    with Store.create(place, secret=True, now=Watch()) as secret:
        receive(secret, secrecy=Secrecy.SECRET)
        (tmp_path / "kept.db").write_text("")
        (tmp_path / "kept.db").chmod(0o666)
        secret.backup(tmp_path / "kept.db", replace=True)
        with Store.restore(tmp_path / "kept.db", tmp_path / "again.db") as again:
            assert again.secret
    for name in ("kept.db", "again.db"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    files = [mode for mode in seen if mode != stat.S_IMODE(tmp_path.stat().st_mode)]
    assert set(files) == {0o600}


def test_a_store_goes_to_the_other_engine_and_back_with_equal_rows(office, place, elsewhere, tmp_path):
    before = rows(place)
    assert office.copy(elsewhere, schema="copy") == office.head
    assert rows(elsewhere, "copy") == before
    with Store.open(elsewhere, schema="copy") as copied, copied.read() as books, office.read() as now:
        assert books.register == now.register
        assert copied.verify(printed=office.head.hash).holds
        back = copied.copy(tmp_path / "back.db")
    assert back == office.head
    assert rows(tmp_path / "back.db") == before


def test_a_copy_is_written_on_as_the_store_was(office, elsewhere):
    office.copy(elsewhere, schema="copy")
    with Store.open(elsewhere, schema="copy", now=Watch(NINE + timedelta(days=1))) as copied:
        assert receive(copied)[0].n == 3
        assert copied.verify().holds
        with pytest.raises(StoreError, match="rows only grow"), copied._database.writing() as connection:
            connection.execute(text("UPDATE record SET writer = 'nobody'"))


def test_a_restored_store_is_the_one_that_was_kept(office, elsewhere, tmp_path):
    head = office.backup(tmp_path / "kept.db")
    receive(office, 3)
    when = Watch(NINE + timedelta(days=1))
    with Store.restore(tmp_path / "kept.db", elsewhere, now=when, schema="again") as again:
        assert again.head == head
        assert rows(elsewhere, "again") == rows(tmp_path / "kept.db")
        assert receive(again)[0].n == 3
        assert again.verify().holds
    if "://" not in str(elsewhere):
        journal = sqlite3.connect(elsewhere)
        assert journal.execute("PRAGMA journal_mode").fetchone() == ("wal",), "others read while somebody writes"
        journal.close()


def test_nothing_is_restored_over_what_is_there(office, elsewhere, tmp_path):
    office.backup(tmp_path / "kept.db")
    with Store.create(elsewhere, schema="again") as there:
        receive(there)
        before = rows(elsewhere, "again")
        with pytest.raises(StoreError, match="there already"):
            Store.restore(tmp_path / "kept.db", elsewhere, schema="again")
        with pytest.raises(StoreError, match="there already"):
            office.copy(elsewhere, schema="again")
        assert rows(elsewhere, "again") == before


def there_is_nothing(where, schema="docflow"):
    if "://" not in str(where):
        return not [name for name in names(where.parent) if name.startswith((where.name, ".docflow"))]
    with create_engine(where, poolclass=NullPool).connect() as connection:
        return connection.scalar(text("SELECT count(*) FROM pg_namespace WHERE nspname = :one"), {"one": schema}) == 0


def test_what_is_no_backup_is_refused_and_nothing_is_made(elsewhere, tmp_path):
    (tmp_path / "text.db").write_text("a letter, and no backup" * 100)
    sqlite3.connect(tmp_path / "empty.db").close()
    for given in ("text.db", "empty.db", "nowhere.db", ""):
        with pytest.raises(StoreError) as error:
            Store.restore(tmp_path / given, elsewhere)
        assert error.value.kind in {"not a store", "unreachable"}
        assert there_is_nothing(elsewhere)


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_a_damaged_backup_is_refused_before_anything_is_made(office, elsewhere, tmp_path):
    """Bytes flipped anywhere: either what is restored is what was kept, or nothing is restored."""
    office.backup(tmp_path / "kept.db")
    whole, good = (tmp_path / "kept.db").read_bytes(), rows(tmp_path / "kept.db")
    draw = random.Random(2563)  # noqa: S311 - bytes are damaged at random, nothing is kept secret
    damaged, times = tmp_path / "damaged.db", 150 if "://" not in str(elsewhere) else 30
    refused = 0
    for n in range(times):
        some = bytearray(whole)
        if n % 10 == 9:
            del some[draw.randrange(len(some)) :]
        for _ in range(draw.choice((1, 1, 3, 200))):
            if some:
                some[draw.randrange(len(some))] ^= 1 << draw.randrange(8)
        damaged.write_bytes(some)
        try:
            Store.restore(damaged, elsewhere).close()
        except StoreError:
            refused += 1
        else:
            assert rows(elsewhere) == good
            remove(elsewhere)
        assert there_is_nothing(elsewhere)
    assert times / 4 < refused < times


def remove(where):
    if "://" not in str(where):
        where.unlink()
        return
    with create_engine(where, poolclass=NullPool).begin() as connection:
        connection.execute(text("DROP SCHEMA docflow CASCADE"))


def test_a_store_that_was_altered_is_neither_backed_up_nor_copied(office, place, elsewhere, tmp_path, monkeypatch):
    monkeypatch.setattr(PostgreSQL, "make", lambda *_, **__: pytest.fail("nothing may be made of it"))
    with office._database.connected() as connection:
        if "://" in str(place):
            connection.execute(text("ALTER TABLE record DISABLE TRIGGER USER"))
        else:
            connection.execute(text("DROP TRIGGER record_stays"))
        connection.execute(text("UPDATE record SET writer = 'nobody' WHERE place = 3"))
    for make in (lambda: office.backup(tmp_path / "kept.db"), lambda: office.copy(elsewhere, schema="docflow2")):
        with pytest.raises(StoreError, match="record 3: it was altered") as error:
            make()
        assert error.value.kind == "damaged"
    assert not [name for name in names(tmp_path) if name.startswith(("kept", "copy", ".docflow"))]


@pytest.mark.parametrize("interrupted", ["upgrade", "insert"])
def test_a_copy_that_is_interrupted_leaves_nothing(office, elsewhere, monkeypatch, interrupted):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(f"docflow.store.copying.{interrupted}", stop)
    with pytest.raises(KeyboardInterrupt):
        office.copy(elsewhere, schema="copy")
    monkeypatch.undo()
    assert there_is_nothing(elsewhere, "copy")
    assert office.copy(elsewhere, schema="copy") == office.head


KILLED = """
import os, signal, sys
from docflow.store import Store
os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)
Store.open(sys.argv[1]).backup(sys.argv[2])
"""


def test_what_a_killed_backup_left_is_taken_away_by_one_that_is_made_a_day_later(office, place, tmp_path):
    folder = tmp_path / "kept"
    folder.mkdir()
    backup = [sys.executable, "-c", KILLED, str(place), str(folder / "monday.db")]
    done = subprocess.run(backup, check=False)  # noqa: S603 - our own script
    assert done.returncode == -signal.SIGKILL
    (left,) = folder.iterdir()
    assert left.stat().st_size > 4096, "nearly all of a store"
    beside = [left.with_name(left.name + ending) for ending in ("-journal", "-wal", "-shm")]
    others = [folder / name for name in (".docflow-notes.part", f"{left.name}.db", f"my{left.name}", left.name[1:])]
    for file in (*beside, *others):
        file.write_text("")
    office.backup(folder / "tuesday.db")
    assert {left, *beside, *others, folder / "tuesday.db"} == set(folder.iterdir()), "somebody may be at work on it"
    for file in folder.iterdir():
        os.utime(file, (0, file.stat().st_mtime - 24 * 60 * 60 - 60))
    (folder / f".docflow-{'0' * 16}.part").mkdir()
    os.utime(folder / f".docflow-{'0' * 16}.part", (0, 0))
    office.backup(folder / "wednesday.db")
    names_left = {"tuesday.db", "wednesday.db", f".docflow-{'0' * 16}.part", *(file.name for file in others)}
    assert names_left == set(names(folder))


@pytest.mark.parametrize("call", ["fsync", "link"])
def test_what_fails_on_the_way_leaves_nothing(office, tmp_path, monkeypatch, call):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, full)
    monkeypatch.setattr("pathlib.Path.rename", full)
    with pytest.raises(FileError, match="no space left on device"):
        office.backup(tmp_path / "kept.db")
    monkeypatch.undo()
    assert not [name for name in names(tmp_path) if name.startswith(("kept", ".docflow"))]
    assert office.verify().holds


def test_a_full_disk_is_told_in_a_sentence_and_nothing_is_left(office, tmp_path):
    receive(office, 100)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, hard))  # no file grows further; Python ignores the signal
    try:
        with pytest.raises(StoreError, match="its disk") as error:
            office.backup(tmp_path / "kept.db")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert error.value.kind == "disk full"
    assert "kept.db" in str(error.value)
    assert not [name for name in names(tmp_path) if name.startswith(("kept", ".docflow"))]
    assert office.backup(tmp_path / "kept.db") == office.head


def test_where_nothing_can_be_written_a_sentence_says_so(office, tmp_path):
    (tmp_path / "file").write_text("")
    for where in (tmp_path / "nowhere" / "kept.db", tmp_path / "file" / "kept.db", f"{tmp_path}/a\0b"):
        with pytest.raises((FileError, StoreError), match="name another file|check its path|correct it"):
            office.backup(where)
    with pytest.raises((FileError, StoreError), match="cannot be written"):
        office.backup(tmp_path, replace=True)


def test_many_records_are_copied_some_at_a_time(office, place, elsewhere, monkeypatch):
    monkeypatch.setattr("docflow.store.copying.ROWS", 7)
    receive(office, 40)
    assert office.copy(elsewhere, schema="copy") == office.head
    assert rows(elsewhere, "copy") == rows(place)
