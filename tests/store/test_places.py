"""Places: a store is where its path or URL says and nowhere else, and what is no place is told in a sentence."""

import sqlite3
from contextlib import closing

import pytest
from scripts import ROOT, run
from sqlalchemy import NullPool, create_engine, make_url, text

from docflow import Letter
from docflow.bangkok import INCOMING_EXTERNAL_LETTER
from docflow.errors import StoreError
from docflow.store import Store
from docflow.store.tables import RECORD


def receive(office):
    with office.write(by="Somchai") as desk:
        return desk.receive(Letter(number="", subject="A market"), unit="GA", workflow=INCOMING_EXTERNAL_LETTER).number


def asked(url, *statements):
    """What a server answers to the last of some statements."""
    with create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool).connect() as connection:
        results = [connection.execute(text(statement)) for statement in statements]
        return results[-1].all() if results[-1].returns_rows else None


def kind_of(work, *given, **said):
    with pytest.raises(StoreError) as error:
        work(*given, **said)
    return error.value.kind


# The schema.

NAMES = ("alembic_version", "record", "head", "link", "line")


def test_a_trap_in_public_is_not_stepped_into(postgres):
    with Store.create(postgres, schema="real") as real:
        receive(real)
    asked(postgres, *(f"CREATE TABLE public.{name} AS TABLE real.{name}" for name in NAMES))
    assert kind_of(Store.open, postgres, schema="docflow") == "not a store"
    with Store.create(postgres, secret=True) as office:
        assert office.head.place == 1
        assert office.verify().holds
    assert asked(postgres, "SELECT count(*) FROM public.record") == asked(postgres, "SELECT count(*) FROM real.record")
    asked(postgres, "DROP TABLE docflow.record")
    assert kind_of(Store.open, postgres) == "not allowed"


def test_an_applications_own_table_of_alembic_is_left_alone(postgres):
    of_the_application = "SELECT version_num FROM public.alembic_version"
    asked(
        postgres,
        "CREATE TABLE public.alembic_version (version_num text)",
        "INSERT INTO public.alembic_version VALUES ('ae1027a6acf')",
    )
    with Store.create(postgres) as office:
        receive(office)
    Store.upgrade(postgres)
    with Store.open(postgres) as office:
        assert office.verify().holds
    assert asked(postgres, of_the_application) == [("ae1027a6acf",)]


@pytest.mark.parametrize("schema", ["$user", "pg_temp", "pg_catalog", "", "x" * 64, "ก" * 22, "a\0b", "\ud800"])
def test_a_schema_that_would_be_another_is_refused_before_anything_is_made(postgres, schema):
    for work in (Store.create, Store.open, Store.upgrade):
        with pytest.raises(StoreError, match='name another, such as "docflow"') as error:
            work(postgres, schema=schema)
        assert error.value.kind == "unreachable"
    assert asked(postgres, "SELECT relname FROM pg_class WHERE relname = 'record'") == []


@pytest.mark.parametrize("schema", [None, 7, b"docflow"])
def test_a_schema_that_is_no_text_is_refused(postgres, schema):
    with pytest.raises(TypeError, match='such as "docflow"'):
        Store.create(postgres, schema=schema)


@pytest.mark.parametrize("schema", ["User", "a.b", 'a"b', "a, public", "ก" * 21])
def test_any_other_name_is_that_of_one_schema(postgres, schema):
    with Store.create(postgres, schema=schema) as office:
        receive(office)
        assert office.verify().holds
    found = "SELECT nspname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace WHERE relname = 'record'"
    assert asked(postgres, found) == [(schema,)]


# The URL.


def test_a_password_is_shown_nowhere(postgres):
    own = make_url(postgres)
    within = {"password": "geheim", "sslpassword": "geheim"}
    for url in (own.set(password="geheim"), own.update_query_dict(within)):  # noqa: S106 - it is no password
        with Store.create(url.render_as_string(hide_password=False), schema=f"in_{len(url.query)}") as office:
            assert "geheim" not in office.name + repr(office)
            assert own.database in office.name


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://user:geheim@host:port/office",
        "postgresql://user@host:port/office?password=geheim",
        "postgresql://user:ge?x@geheim@host:port/office",
        "postgresql://user@host/office?password=geheim%00",
        "postgresql://user@host/\ud800?password=geheim",
        "mysql://user@host/office?password=geheim",
        "no+such+thing://user:geheim@host/office",
        "postgresql://user@/office?host=/nowhere&password=geheim",
        "postgresql://user@/office?host=/nowhere&passwort=geheim",
    ],
)
def test_what_is_said_of_a_url_shows_no_password(url):
    with pytest.raises(StoreError) as error:
        Store.open(url)
    assert error.value.kind == "unreachable"
    assert "geheim" not in str(error.value) + repr(error.value)


# The file.


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_link_leads_to_the_store_beside_which_its_newest_records_are(folder):
    (folder / "kept").mkdir()
    (folder / "link.db").symlink_to("kept/office.db")
    assert kind_of(Store.create, folder / "link.db") == "there already", "others may have made the link"
    Store.create(folder / "kept" / "office.db").close()
    with Store.open("link.db") as office:
        receive(office)
        assert sorted(one.name for one in folder.glob("*/*")) == ["office.db", "office.db-shm", "office.db-wal"]
        (folder / "kept" / "office.db-wal").unlink()
        assert kind_of(receive, office) == "replaced"


def test_a_store_stays_where_it_is_when_the_process_goes_elsewhere(folder, monkeypatch):
    (folder / "elsewhere").mkdir()
    with Store.create("office.db") as office:
        monkeypatch.chdir(folder / "elsewhere")
        office.close()
        receive(office)
        assert office.verify().holds
        assert office.name == "office.db"
    assert not list((folder / "elsewhere").iterdir())


@pytest.mark.parametrize("path", ["a\0b", "\ud800.db", "x" * 300, "no folder/office.db"])
def test_a_path_that_no_file_can_have_is_told(folder, path):
    for work in (Store.create, Store.open, Store.upgrade):
        assert kind_of(work, path) == "unreachable"
    assert list(folder.iterdir()) == []


def test_where_no_file_is_says_how_to_make_one(folder):
    (folder / "folder.db").mkdir()
    for name in ("office.db", "folder.db"):
        with pytest.raises(StoreError, match="there is no file of this name; .*Store.create") as error:
            Store.open(name)
        assert error.value.kind == "unreachable"


def test_a_folder_that_is_gone_is_told(folder, monkeypatch):
    (folder / "gone").mkdir()
    monkeypatch.chdir(folder / "gone")
    (folder / "gone").rmdir()
    assert kind_of(Store.create, "office.db") == "unreachable"


class Named:
    """A path whose name is bytes, as Python lets it be."""

    def __fspath__(self):
        return b"office.db"


@pytest.mark.parametrize("place", [b"postgresql://u:geheim@h/o", 7, None, Named()])
def test_what_is_no_place_is_refused(folder, place):
    with pytest.raises(TypeError, match="is no place of a store; (name a file|give it as text)") as error:
        Store.create(place)
    assert "geheim" not in str(error.value)
    assert list(folder.iterdir()) == []


# The rights of a file.


@pytest.mark.parametrize("mode", [0o640, 0o620, 0o604, 0o602, 0o610])
def test_a_secret_store_that_others_may_read_or_write_is_not_opened(folder, mode):
    with Store.create("office.db", secret=True) as office:
        before = office.head
    with Store.create("open.db"):
        pass
    for name in ("office.db", "open.db"):
        (folder / name).chmod(mode)
    for work in (Store.open, lambda path: Store.restore(path, folder / "restored.db")):
        with pytest.raises(StoreError, match=r"letters are secret.*\(chmod 600 office.db\)") as error:
            work("office.db")
        assert error.value.kind == "not secret"
    with Store.open("open.db"):
        pass
    (folder / "office.db").chmod(0o600)
    with Store.open("office.db") as office:
        assert office.head == before


def test_the_newest_records_of_a_secret_store_are_secret_too(folder):
    with Store.create("office.db", secret=True) as office:
        assert office.head.place == 1
        (folder / "office.db-wal").chmod(0o644)
        with pytest.raises(StoreError, match=r"\(chmod 600 office.db-wal\)") as error:
            Store.open("office.db")
        assert error.value.kind == "not secret"


# What is given with the place.


@pytest.mark.parametrize("secret", [1, 0, None, "no", "True"])
def test_whether_a_store_is_secret_is_said_by_true_or_false(place, secret):
    with pytest.raises(TypeError, match="give secret=True or secret=False"):
        Store.create(place, secret=secret)
    Store.create(place).close()  # nothing was made


@pytest.mark.parametrize("patience", [-1, -0.001, float("nan"), float("inf"), 10**400, 3_000_000, "10", None, True, 1j])
def test_a_patience_that_is_no_time_is_refused(place, patience):
    for work in (Store.create, Store.open, Store.upgrade):
        with pytest.raises(TypeError, match="is no patience; give seconds from 0 to 2000000, such as 10"):
            work(place, patience=patience)
    for longest in (0, 2_000_000):
        with Store.create(place, patience=longest) as office:
            receive(office)
            office._database.unmake()


def test_a_role_that_no_server_can_have_is_told(postgres):
    with Store.create(postgres) as office:
        assert kind_of(office.allow, "\ud800", "read") == "no such role"
        assert kind_of(office.allow, "a\0b", "read") == "no such role"
        with pytest.raises(TypeError, match='such as "registrars"'):
            office.allow(7, "read")


# Rows only grow.

NAMED = ", ".join(RECORD.c.keys())
ROW = (
    "SELECT {}, writing, written, 'nobody', kind, unit, direction, year, n, salt, content, digest, before, 'x', hash "
    "FROM record WHERE place = 3"
)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT OR REPLACE INTO record " + ROW.format("2"),
        "REPLACE INTO record " + ROW.format("2"),
        "REPLACE INTO record (rowid, " + NAMED + ") " + ROW.format("2, 999"),
        "INSERT INTO record " + ROW.format("2") + " ON CONFLICT DO UPDATE SET writer = 'nobody'",
        "UPDATE OR REPLACE record SET place = 2, content = NULL, salt = NULL WHERE place = 3",
        "UPDATE OR REPLACE record SET rowid = 2, content = NULL, salt = NULL WHERE place = 3",
        "DELETE FROM record WHERE place = 2",
    ],
)
def test_no_row_of_a_file_takes_the_place_of_another(tmp_path, statement):
    with Store.create(tmp_path / "office.db") as office:
        receive(office)
    with closing(sqlite3.connect(tmp_path / "office.db")) as raw:
        before = raw.execute("SELECT rowid, * FROM record").fetchall()
        with pytest.raises(sqlite3.IntegrityError, match="rows only grow"):
            raw.execute(statement)
        raw.commit()
        assert raw.execute("SELECT rowid, * FROM record").fetchall() == before


def test_a_head_that_was_set_back_is_told_as_damage(place):
    with Store.create(place) as office:
        receive(office)
        with office._database.writing() as connection:
            connection.exec_driver_sql("UPDATE head SET place = 1")
        office._page = None
        assert kind_of(receive, office) == "damaged"


@pytest.mark.scripts
def test_the_example_of_a_registry_goes_on_from_day_to_day_also_on_a_server(postgres):
    script = ROOT / "examples" / "registry_desk.py"
    first, second = (run(script, postgres) for _ in range(2))
    assert (first.stderr, second.stderr) == ("", "")
    assert "6 มกราคม 2563" in first.stdout
    assert "7 มกราคม 2563" in second.stdout
