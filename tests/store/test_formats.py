"""Formats: a store of an earlier docflow is brought up to date, all of it or nothing, and tells the same as before."""

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from offices import Watch, every_kind
from sqlalchemy import create_engine, event, select, text

from docflow import Letter, Transition, Workflow
from docflow.errors import StoreError
from docflow.letters import needs_a_note
from docflow.store import Store, kept
from docflow.store.data import SHAPES
from docflow.store.databases import SCHEMA, SQLite, database_of
from docflow.store.formats import format_of, upgrade
from docflow.store.tables import FORMAT, HEAD, LINK, METADATA, RECORD

OLD = sorted(Path(__file__).with_name("formats").glob("*.sql"))
KINDS = {*SHAPES, "store", "begins", "follows"}


def placed(dump, place):
    """A store of an earlier format at a place: in SQLite as it was, in PostgreSQL with the same rows."""
    of_file = sqlite3.connect(place if isinstance(place, Path) else ":memory:")
    of_file.executescript(dump.read_text(encoding="utf-8"))
    if not isinstance(place, Path):
        database = database_of(place, patience=10)
        database.make(secret=False)
        with database.writing(fresh=True) as connection:
            upgrade(connection, dump.stem)
            for table in (RECORD, HEAD, LINK):
                names = [column.name for column in table.c]
                for row in of_file.execute(f"SELECT {', '.join(names)} FROM {table.name}"):  # noqa: S608 - of our own
                    connection.execute(table.insert(), dict(zip(names, row, strict=True)))
        database.close()
    of_file.close()
    return place


def format_at(place):
    database = database_of(place, patience=10)
    with database.reading() as connection:
        found = format_of(connection)
        lines = connection.dialect.has_table(connection, "line")
    database.close()
    return found, lines


@pytest.fixture(params=OLD, ids=lambda dump: dump.stem)
def old(request, place):
    return placed(request.param, place)


def test_a_store_of_an_earlier_format_tells_the_same_and_its_letters_are_found(old, tmp_path):
    with pytest.raises(StoreError, match="back it up, then Store.upgrade") as error:
        Store.open(old)
    assert error.value.kind == "old format"
    Store.upgrade(old)
    with Store.create(tmp_path / "new.db", now=Watch()) as new, Store.open(old) as office:
        numbers = every_kind(new)
        proof = office.verify()
        assert proof.holds, proof
        with new.read() as expected, office.read() as books:
            assert {record.kind for record in books._reader.every_record()} == KINDS
            assert books.register == expected.register
            assert [line.number for line in books.find().lines] == numbers[::-1]
            for asked in (
                {"words": "ตลาดน้ำ"},
                {"words": "๒๐๑"},
                {"number": "๔๑"},
                {"state": "taken_over"},
                {"over": True},
            ):
                assert books.find(**asked) == expected.find(**asked)
                assert books.find(**asked).total
        with office.write(by="Somchai") as desk:
            desk.send(Letter(number="", subject="afterwards"), unit="GA")
        assert office.verify().holds


def test_upgrading_alters_no_record_and_nothing_at_all_the_second_time(old):
    def rows():
        database = database_of(old, patience=10)
        with database.reading() as connection:
            found = [connection.execute(select(table)).all() for table in (RECORD, HEAD, LINK)]
        database.close()
        return found

    before = rows()
    Store.upgrade(old)
    assert rows() == before
    assert format_at(old) == (FORMAT, True)
    Store.upgrade(old)
    assert rows() == before


def test_an_upgrade_makes_guards_that_were_lost_before_it(old):
    database = database_of(old, patience=10)
    with database.writing() as connection:
        on = " ON record" if connection.dialect.name == "postgresql" else ""
        connection.exec_driver_sql(f"DROP TRIGGER record_is_kept{on}")
    database.close()
    Store.upgrade(old)
    with Store.open(old) as office:
        assert office.verify().holds


def test_a_backup_is_upgraded_too_for_it_could_not_be_read_otherwise_and_stays_a_backup(tmp_path):
    kept, again = placed(OLD[0], tmp_path / "kept.db"), tmp_path / "again.db"
    by_hand = sqlite3.connect(kept)
    by_hand.execute("PRAGMA user_version=1")
    by_hand.close()
    with pytest.raises(StoreError, match="Store.upgrade"):
        Store.restore(kept, again)
    Store.upgrade(kept)
    with Store.open(kept) as backup, pytest.raises(StoreError, match="it is a backup"), backup.write(by="Somchai"):
        pass
    with Store.restore(kept, again) as office, office.write(by="Somchai") as desk:
        desk.send(Letter(number=""), unit="GA")


def test_an_upgrade_is_done_whole_or_not_at_all(old, monkeypatch):
    before = format_at(old)

    def break_off(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(kept, "make_lines", break_off)
        with pytest.raises(KeyboardInterrupt):
            Store.upgrade(old)
    assert format_at(old) == before == (OLD[0].stem, False)
    Store.upgrade(old)
    assert format_at(old) == (FORMAT, True)


def test_a_store_that_cannot_be_read_is_not_upgraded(old):
    database = database_of(old, patience=10)
    with database.writing() as connection:
        on_postgresql = connection.dialect.name == "postgresql"
        connection.exec_driver_sql(f"DROP TRIGGER record_stays{' ON record' if on_postgresql else ''}")
        connection.execute(RECORD.update().where(RECORD.c.kind == "line").values(content="{}"))
    database.close()
    with pytest.raises(StoreError, match="copy of the store"):
        Store.upgrade(old)
    assert format_at(old) == (OLD[0].stem, False)


def test_what_is_no_store_or_a_newer_one_is_left_alone(place, tmp_path):
    with pytest.raises(StoreError):
        Store.upgrade(tmp_path / "nothing.db")
    assert not (tmp_path / "nothing.db").exists()
    database = database_of(place, patience=10)
    database.make(secret=False)
    with pytest.raises(StoreError, match="no store of docflow") as error:
        Store.upgrade(place)
    assert error.value.kind == "not a store"
    database.unmake()
    Store.create(place).close()
    database = database_of(place, patience=10)
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="install a newer one") as error:
        Store.upgrade(place)
    assert error.value.kind == "new format"
    database.close()


def test_workflows_with_guards_are_given_for_the_upgrade(place):
    guarded = Workflow("loan", initial="out", transitions=[Transition("return", "out", "back", guards=[needs_a_note])])
    with Store.create(place) as office, office.write(by="Somchai") as desk:
        number = desk.receive(Letter(number=""), unit="GA", workflow=guarded).number
    database = database_of(place, patience=10)
    with database.writing() as connection:
        connection.execute(text("DROP TABLE line"))
        if isinstance(database, SQLite):
            connection.execute(text("DROP TABLE line_words"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    database.close()
    with pytest.raises(StoreError, match="guards"):
        Store.upgrade(place)
    Store.upgrade(place, workflows=[guarded])
    with Store.open(place, workflows=[guarded]) as office, office.read() as books:
        assert books.find(state="out").lines[0].number == number


def test_the_steps_make_the_tables_that_docflow_names(place):
    """What Alembic would still change is nothing; the index of words is each engine's own."""
    with Store.create(place) as office, office._database.reading() as connection:

        def ours(_, name, kind, *__):
            return not (kind in {"table", "index"} and name.startswith("line_words"))

        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
        assert compare_metadata(context, METADATA) == []


def words_of_postgresql(postgres, schema=SCHEMA):
    engine = create_engine(postgres)
    with engine.connect() as connection:
        asked = text("SELECT indexdef FROM pg_indexes WHERE indexname = 'line_words' AND schemaname = :schema")
        found = connection.scalar(asked, {"schema": schema})
    engine.dispose()
    return found


def finds(office):
    with office.write(by="Somchai") as desk:
        number = desk.receive(Letter(number="", subject="ตลาดน้ำ 50%"), unit="GA", workflow=LOAN).number
    with office.read() as books:
        assert books.find("ดน้ำ 50%").lines[0].number == number
        assert books.find("ดน้ำ 50_").total == 0
    return office.verify().holds


LOAN = Workflow("loan", initial="out", transitions=[Transition("return", "out", "back")])


def test_two_stores_of_one_database_each_have_an_index_of_words(postgres):
    with Store.create(postgres) as one, Store.create(postgres, schema="other") as other:
        assert finds(one)
        assert finds(other)
    assert "gin_trgm_ops" in words_of_postgresql(postgres)
    assert "gin_trgm_ops" in words_of_postgresql(postgres, "other")
    engine = create_engine(postgres)
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {SCHEMA} CASCADE"))  # the extension is not in it
    engine.dispose()
    with Store.open(postgres, schema="other") as other:
        assert finds(other)


def test_the_extension_may_stand_in_a_schema_of_its_own(postgres):
    engine = create_engine(postgres)
    with engine.begin() as connection:
        connection.execute(text("CREATE SCHEMA extensions"))
        connection.execute(text("CREATE EXTENSION pg_trgm SCHEMA extensions"))
    engine.dispose()
    with Store.create(postgres) as office:
        assert finds(office)
    assert "extensions.gin_trgm_ops" in words_of_postgresql(postgres)


def test_without_the_extension_words_are_found_all_the_same(postgres, monkeypatch):
    """A server that does not have it refuses as for this name, which no server has."""
    made = Store.create.__func__

    def without(*seen):
        return seen[2].replace("pg_trgm", "docflow_has_none"), seen[3]

    real = kept.database_of

    def database_without(*args, **said):
        database = real(*args, **said)
        event.listen(database.engine, "before_cursor_execute", without, retval=True)
        return database

    monkeypatch.setattr(kept, "database_of", database_without)
    with made(Store, postgres) as office:
        assert words_of_postgresql(postgres) is None
        assert finds(office)
