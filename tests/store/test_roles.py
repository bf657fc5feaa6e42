"""Who may read a store, write in it, or dispose of letters: with real roles on the PostgreSQL server."""

from datetime import timedelta
from uuid import uuid4

import pytest
from offices import NINE, Watch
from sqlalchemy import NullPool, create_engine, make_url, text

from docflow import Letter
from docflow.bangkok import INCOMING_EXTERNAL_LETTER
from docflow.errors import StoreError
from docflow.letters import Retention, Secrecy
from docflow.store import Store
from docflow.store.roles import RIGHTS

GA = "General Administration"


def run(url, *statements):
    with create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool).connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement.replace("%", "%%"))


def quoted(role):
    return '"' + role.replace('"', '""') + '"'


@pytest.fixture
def role(postgres):
    """A role that nobody else has, with a name that must be quoted; roles belong to the server, not to a database."""
    name = f"""So"m'%s ชาย {uuid4().hex[:12]}"""
    run(postgres, f"CREATE ROLE {quoted(name)} LOGIN")
    yield name
    run(postgres, f"DROP OWNED BY {quoted(name)}", f"DROP ROLE {quoted(name)}")


@pytest.fixture
def theirs(postgres, role):
    """The database as that role reaches it."""
    return make_url(postgres).set(username=role).render_as_string(hide_password=False)


@pytest.fixture
def office(postgres):
    with Store.create(postgres, now=Watch()) as store:
        receive(store)
        yield store


def receive(office, **said):
    with office.write(by="Somchai") as desk:
        return desk.receive(Letter(number="", **said), unit=GA, workflow=INCOMING_EXTERNAL_LETTER).number


def asked(url, statement):
    """What the server says to a statement of hand's own."""
    try:
        run(url, f"SET search_path TO docflow; {statement}")
    except Exception as error:  # noqa: BLE001 - whatever it is
        return str(error)
    return "done"


@pytest.mark.parametrize("secret", [False, True])
def test_a_stranger_cannot_read_a_store(postgres, theirs, secret):
    with Store.create(postgres, secret=secret) as office:
        receive(office, secrecy=Secrecy.SECRET if secret else Secrecy.OPEN)
    with pytest.raises(StoreError, match="who connects may not read it; ask its owner for the right") as error:
        Store.open(theirs)
    assert error.value.kind == "not allowed"
    for table in ("record", "head", "link", "alembic_version"):
        assert "permission denied for schema docflow" in asked(theirs, f"TABLE docflow.{table}")


def test_what_everybody_was_given_is_taken_away_when_somebody_is_allowed(office, postgres, theirs, role):
    run(postgres, "GRANT USAGE ON SCHEMA docflow TO PUBLIC", "GRANT ALL ON ALL TABLES IN SCHEMA docflow TO PUBLIC")
    with Store.open(theirs):
        pass
    office.allow(role, "nothing")
    with pytest.raises(StoreError, match="may not read"):
        Store.open(theirs)


def test_a_reader_reads_and_cannot_write(office, theirs, role):
    office.allow(role, "read")
    with Store.open(theirs) as mine:
        assert mine.head == office.head
        assert mine.verify().holds
        with mine.read() as books, office.read() as all_of_it:
            assert books.register == all_of_it.register
        with pytest.raises(StoreError, match="who connects may not do this; ask whoever keeps it") as error:
            receive(mine)
        assert error.value.kind == "read-only"
        for statement in (
            "INSERT INTO record SELECT * FROM record", "DELETE FROM record", "TRUNCATE record", "DROP TABLE link",
            "UPDATE record SET content = NULL, salt = NULL", "UPDATE head SET place = 9", "DELETE FROM link",
            "ALTER TABLE record DISABLE TRIGGER USER", "CREATE TABLE docflow.mine (one int)",
        ):  # fmt: skip
            assert asked(theirs, statement).count("permission denied") or "must be owner" in asked(theirs, statement)
    assert office.verify().holds


def test_a_reader_can_back_up(office, theirs, role, tmp_path):
    office.allow(role, "read")
    with Store.open(theirs) as mine:
        assert mine.backup(tmp_path / "kept.db") == office.head


def test_a_writer_receives_and_can_neither_change_nor_take_away(office, theirs, role):
    office.allow(role, "write")
    with Store.open(theirs, now=Watch()) as mine:
        number = receive(mine)
        with mine.write(by="Somying") as desk:
            desk.apply(number, "hand_over")
            desk.send(Letter(number="", retention=Retention.ORDINARY), unit=GA, replies_to=number)
        for statement in (
            "UPDATE record SET content = NULL, salt = NULL", "UPDATE record SET writer = 'nobody'",
            "DELETE FROM record", "TRUNCATE record", "DELETE FROM link", "UPDATE link SET n = 9", "DELETE FROM head",
            "DROP TABLE record",
            "INSERT INTO head SELECT * FROM head", "ALTER TABLE record DISABLE TRIGGER USER",
            "UPDATE alembic_version SET version_num = '0000'",
        ):  # fmt: skip
            said = asked(theirs, statement)
            assert "permission denied" in said or "must be owner" in said, statement
    assert office.verify().holds
    with office.read() as books:
        assert books[number].state == "taken_over"


def test_disposal_is_a_right_of_its_own(office, theirs, role):
    with office.write(by="Somchai") as desk:
        old = desk.send(Letter(number="", retention=Retention.ORDINARY), unit=GA).number
    later = Watch(NINE + timedelta(days=400))
    for right in ("write", "dispose"):
        office.allow(role, right)
        with Store.open(theirs, now=later) as mine:
            if right == "write":
                with pytest.raises(StoreError, match="may not do this"), mine.write(by="Somying") as desk:
                    desk.dispose(old, why="decision 12/2564")
                continue
            with mine.write(by="Somying") as desk:
                desk.dispose(old, why="decision 12/2564")
            assert "rows only grow" in asked(theirs, "UPDATE record SET content = 'x', salt = 'y'")
            assert "permission denied" in asked(theirs, "UPDATE record SET writer = 'nobody'")
            assert "permission denied" in asked(theirs, "DELETE FROM record")
    assert office.verify().disposed == 1


def test_who_may_dispose_takes_no_words_away_without_a_decision_in_the_records(office, theirs, role):
    """Not by records of their own either, in a temporary table of the same name."""
    office.allow(role, "dispose")
    forget = "UPDATE docflow.record SET content = NULL, salt = NULL WHERE place = 4"
    decided = "CREATE TEMP TABLE record AS SELECT 'disposed' AS kind, unit, direction, year, n FROM docflow.record"
    for attack in (forget, f"{decided}; {forget}", f"{decided}; SET search_path = pg_temp; {forget}"):
        assert "rows only grow" in asked(theirs, attack)
    assert office.verify().holds


def test_a_right_takes_the_place_of_the_one_before(office, theirs, role):
    for right, may in (("dispose", True), ("read", False), ("write", True), ("nothing", None)):
        office.allow(role, right)
        said = asked(theirs, "UPDATE head SET one = one")
        assert (said == "done") is (may is True), right
        assert (asked(theirs, "TABLE record") == "done") is (may is not None)


def test_who_may_do_nothing_any_more_is_told_that_also_where_it_was_open(office, theirs, role):
    office.allow(role, "write")
    with Store.open(theirs) as mine:
        receive(mine)
        office.allow(role, "nothing")
        for work in (mine.verify, lambda: mine.head, lambda: receive(mine), mine.reindex, lambda: Store.open(theirs)):
            with pytest.raises(StoreError, match="who connects may not .*; ask .* for the right") as error:
                work()
            assert error.value.kind in {"not allowed", "read-only"}
            assert "relation" not in str(error.value)
        office.allow(role, "read")
        assert mine.head == office.head


def test_only_the_owner_says_who_may_what(office, theirs, role, postgres):
    office.allow(role, "dispose")
    with Store.open(theirs) as mine, pytest.raises(StoreError, match="only its owner says who may what") as error:
        mine.allow(role, "dispose")
    assert error.value.kind == "not allowed"
    owner = make_url(postgres).username or "postgres"
    with pytest.raises(StoreError, match="owns it and may do everything"):
        office.allow(owner, "read")


@pytest.mark.parametrize("name", ["public", "PUBLIC", "none", "nobody has this name", "", "a\0b", "x" * 70, 7, None])
def test_who_is_no_role_gets_no_right(office, postgres, name):
    with pytest.raises((StoreError, TypeError)) as error:
        office.allow(name, "dispose")
    assert isinstance(error.value, TypeError) or error.value.kind in {"no such role", "unreachable"}
    with create_engine(postgres, poolclass=NullPool).connect() as connection:
        granted = connection.scalar(
            text(
                "SELECT count(*) FROM pg_namespace, aclexplode(nspacl) "
                "WHERE nspname = 'docflow' AND grantee <> nspowner"
            )
        )
    assert not granted


def test_a_name_that_is_too_long_is_not_cut_into_anothers(office, postgres):
    name = f"a{uuid4().hex}{uuid4().hex}"[:63]
    run(postgres, f"CREATE ROLE {name}")
    try:
        with pytest.raises(StoreError, match="the server knows no role"):
            office.allow(f"{name}er", "read")
        office.allow(name, "read")
    finally:
        run(postgres, f"DROP OWNED BY {name}", f"DROP ROLE {name}")


def test_a_right_that_is_none_is_refused(office, role):
    for right in ("Read", "all", "SELECT", "", None):
        with pytest.raises(StoreError, match="is no right; choose nothing, read, write, dispose") as error:
            office.allow(role, right)
        assert error.value.kind == "no such right"


def test_a_schema_whose_name_must_be_quoted_is_allowed_too(postgres, theirs, role):
    with Store.create(postgres, schema="""สำนัก 'ก' "%s" """) as office:
        office.allow(role, "read")
        with Store.open(theirs, schema="""สำนัก 'ก' "%s" """) as mine:
            assert mine.head == office.head


def of_format_0001(postgres, owner):
    """A store of the first format, which has no table of lines yet; its owner is no administrator."""
    run(postgres, f"GRANT CREATE ON DATABASE {make_url(postgres).database} TO {quoted(owner)}")
    url = make_url(postgres).set(username=owner).render_as_string(hide_password=False)
    office = Store.create(url, now=Watch())
    receive(office)
    with office._database.connected() as connection:
        connection.execute(text("DROP TABLE line"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    return url, office


@pytest.fixture
def owner(postgres):
    name = f"owner_{uuid4().hex[:12]}"
    run(postgres, f"CREATE ROLE {name} LOGIN")
    yield name
    run(postgres, f"DROP OWNED BY {name} CASCADE", f"DROP ROLE {name}")


@pytest.mark.parametrize("right", ["nothing", "read", "write", "dispose"])
@pytest.mark.parametrize("who", ["the owner", "an administrator"])
def test_what_a_role_might_do_before_an_upgrade_it_may_do_after_it_and_no_more(
    postgres, theirs, role, owner, right, who
):
    url, office = of_format_0001(postgres, owner)
    run(url, "CREATE TABLE docflow.line ()")  # so that docflow of today can say rights of a store of then
    office.allow(role, right)
    run(url, "DROP TABLE docflow.line")
    Store.upgrade(url if who == "the owner" else postgres)
    if right == "nothing":
        with pytest.raises(StoreError, match="may not read it"):
            Store.open(theirs)
    else:
        with Store.open(theirs, now=office._now) as mine:
            with mine.read() as books:
                assert books.find(state="registered").total == 1
            if right == "read":
                with pytest.raises(StoreError, match="who connects may not do this"):
                    receive(mine)
            else:
                assert receive(mine).n == 2
            assert mine.verify().holds
    for statement, least in (
        ("DELETE FROM line", None),
        ("UPDATE alembic_version SET version_num = version_num", None),
        ("UPDATE record SET content = NULL, salt = NULL WHERE false", "dispose"),
        ("UPDATE line SET n = 9 WHERE false", "write"),
        ("TABLE line", "read"),
    ):
        may = least is not None and list(RIGHTS).index(right) >= list(RIGHTS).index(least)
        assert (asked(theirs, statement) == "done") is may, statement
    with office, office.read() as books:  # also when an administrator made the new table
        assert books.find(state="registered").total
        receive(office)
        office.allow(role, "nothing")
    assert "permission denied" in asked(theirs, "TABLE docflow.line")


@pytest.mark.parametrize(
    "by_hand",
    [
        ["GRANT SELECT, INSERT ON docflow.record TO {role}"],  # and not the schema
        ["GRANT USAGE ON SCHEMA docflow TO {role}", "GRANT SELECT (content) ON docflow.record TO {role}"],
        ["GRANT USAGE ON SCHEMA docflow TO {role}", "GRANT SELECT, INSERT, UPDATE ON docflow.record TO {role}"],
        ["GRANT USAGE ON SCHEMA docflow TO PUBLIC", "GRANT SELECT ON ALL TABLES IN SCHEMA docflow TO PUBLIC"],
        ["{read}", "REVOKE SELECT ON docflow.link FROM {role}"],
        ["{read}", "REVOKE USAGE ON SCHEMA docflow FROM {role}"],
        ["{read}", "GRANT DELETE ON docflow.head TO {role}"],
        ["{read}", "GRANT CREATE ON SCHEMA docflow TO {role}"],
        ["{read}", "GRANT SELECT ON docflow.head TO {role} WITH GRANT OPTION"],
    ],
)
def test_an_upgrade_carries_over_nothing_that_was_granted_or_revoked_by_hand(postgres, role, owner, by_hand):
    url, office = of_format_0001(postgres, owner)
    with office:
        for statement in by_hand:
            if statement == "{read}":
                run(url, "CREATE TABLE docflow.line ()")
                office.allow(role, "read")
                run(url, "DROP TABLE docflow.line")
            else:
                run(url, statement.format(role=quoted(role)))
        before = given(postgres)
        Store.upgrade(url)
        assert given(postgres) == {**before, "line": None}


def given(postgres):
    """What the server says of whom anything of each table, each column, and the schema was given to."""
    asked = """
        SELECT relname, relacl::text FROM pg_class WHERE relnamespace = 'docflow'::regnamespace AND relkind = 'r'
        UNION ALL SELECT relname || '.' || attname, attacl::text FROM pg_attribute JOIN pg_class ON oid = attrelid
        WHERE relnamespace = 'docflow'::regnamespace AND attacl IS NOT NULL
        UNION ALL SELECT '', nspacl::text FROM pg_namespace WHERE nspname = 'docflow'
    """
    with create_engine(postgres, poolclass=NullPool).connect() as connection:
        return dict(connection.execute(text(asked.replace("::", "\\:\\:"))).all())


def test_an_upgrade_that_only_mends_guards_gives_nothing_to_anybody(postgres, theirs, role, owner):
    run(postgres, f"GRANT CREATE ON DATABASE {make_url(postgres).database} TO {quoted(owner)}")
    url = make_url(postgres).set(username=owner).render_as_string(hide_password=False)
    with Store.create(url) as office:
        office.allow(role, "write")
        run(url, "DROP TRIGGER record_stays ON docflow.record", f"REVOKE ALL ON docflow.line FROM {quoted(role)}")
        before = given(postgres)
        Store.upgrade(postgres)
        assert given(postgres) == before
        assert office.verify().holds
        assert "permission denied for table line" in asked(theirs, "TABLE docflow.line")


def test_who_may_read_does_not_read_tables_of_the_offices_own(office, postgres, theirs, role):
    run(postgres, "CREATE TABLE docflow.ours (one int)")
    office.allow(role, "read")
    assert "permission denied for table ours" in asked(theirs, "TABLE docflow.ours")


def test_who_is_not_the_owner_does_not_upgrade(postgres, theirs, role, owner):
    url, office = of_format_0001(postgres, owner)
    with office:
        everything = f"GRANT ALL ON ALL TABLES IN SCHEMA docflow TO {quoted(role)}"
        run(url, f"GRANT USAGE ON SCHEMA docflow TO {quoted(role)}", everything)
        for _ in range(2):
            with pytest.raises(StoreError, match="who connects may not do this; ask whoever keeps it"):
                Store.upgrade(theirs)
            Store.upgrade(url)
            run(url, everything)
            Store.upgrade(theirs)  # nothing is left to do
            run(url, "DROP TRIGGER record_stays ON docflow.record")
            with Store.open(theirs) as mine:
                assert mine.verify().unguarded == ("record_stays",)


def test_a_file_has_no_roles(tmp_path):
    with (
        Store.create(tmp_path / "office.db") as office,
        pytest.raises(StoreError, match="a file has no roles; .*chmod") as error,
    ):
        office.allow("Somchai", "read")
    assert error.value.kind == "no roles"
