"""Places: a store is where its path or URL says and nowhere else, and what is no place is told in a sentence."""

import pytest
from sqlalchemy import NullPool, create_engine, make_url, text

from docflow import Letter
from docflow.bangkok import INCOMING_EXTERNAL_LETTER
from docflow.errors import StoreError
from docflow.store import Store


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
    for url in (own.set(**{"password": "geheim"}), own.update_query_dict(within)):
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
