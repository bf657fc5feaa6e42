"""Where stores are kept in tests: a new file of SQLite, or a new database on the PostgreSQL server that is named.

The tests of several Pythons, and workers beside each other, share one server: so a database's name is drawn at random.
"""

import os
from uuid import uuid4

import pytest
from offices import Watch
from sqlalchemy import NullPool, create_engine, make_url, text

NO_SERVER = "DOCFLOW_POSTGRES names no server; .ci/postgres start FOLDER starts one"


@pytest.fixture
def postgres():
    """The URL of a new, empty database, dropped when the test ends, also from under whoever is still connected."""
    if not os.environ.get("DOCFLOW_POSTGRES"):
        pytest.skip(NO_SERVER)
    server = make_url(os.environ["DOCFLOW_POSTGRES"])
    name = f"docflow_{uuid4().hex}"
    # No database is made in a transaction, and no connection may be left to be closed.
    engine = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template1"))
    yield server.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(params=["sqlite", "postgres"])
def place(request, tmp_path):
    """A path for a new store in SQLite, then the URL of an empty database of PostgreSQL: a test runs on both."""
    return tmp_path / "office.db" if request.param == "sqlite" else request.getfixturevalue("postgres")


@pytest.fixture
def watch():
    """A clock that goes on a minute each time that a store looks."""
    return Watch()
