"""Guards: the database itself refuses to change records, and a proof says when it does not any more."""

import re

import pytest
from offices import Watch
from sqlalchemy import insert, literal, select
from sqlalchemy.exc import DBAPIError

from docflow import Letter
from docflow.bangkok import INCOMING_EXTERNAL_LETTER
from docflow.errors import StoreError
from docflow.safe import visible
from docflow.store import Store
from docflow.store.tables import RECORD

ROWS_GROW = "rows only grow"
REFUSES = f"BEGIN SELECT RAISE(ABORT, '{ROWS_GROW}'); END"
FORGET = "UPDATE docflow.record SET content = NULL, salt = NULL WHERE place = 3"
DISPOSED = "CREATE TEMP TABLE record AS SELECT 'disposed' AS kind, unit, direction, year, n FROM docflow.record"
ATTACKS = {
    "sqlite": (
        "UPDATE record SET writer = 'nobody' WHERE place = 2",
        "UPDATE record SET content = NULL, salt = NULL WHERE place = 2",
        "UPDATE record SET content = 'x' WHERE place = 3",
        "DELETE FROM record WHERE place = 3",
        "DELETE FROM record",
        "INSERT OR REPLACE INTO record SELECT * FROM record WHERE place = 2",
    ),
    "postgresql": (
        "UPDATE record SET writer = 'nobody' WHERE place = 2",
        "UPDATE record SET content = NULL, salt = NULL WHERE place = 2",
        "UPDATE record SET content = 'x' WHERE place = 3",
        "DELETE FROM record WHERE place = 3",
        "DELETE FROM record",
        "TRUNCATE record",
        "SET LOCAL session_replication_role = replica; DELETE FROM record WHERE place = 3",
        "SET LOCAL session_replication_role = replica; TRUNCATE record",
        f"{DISPOSED}; {FORGET}",
    ),
}
"""What somebody who may write the tables might do to records, each of which the database refuses."""
STAYS = "CREATE TRIGGER record_stays BEFORE"
KEPT = "CREATE TRIGGER record_is_kept BEFORE"
EACH = "FOR EACH ROW EXECUTE FUNCTION record_stays()"
NEVER = EACH.replace("ROW", "ROW WHEN (false)")
STAYS_AT = "ALTER FUNCTION record_stays() SET search_path"
LETS = "CREATE OR REPLACE FUNCTION record_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
WEAKER = {
    "sqlite": (
        ("DROP TRIGGER record_stays",),
        ("DROP TRIGGER record_is_kept",),
        ("DROP TRIGGER record_is_new",),
        ("DROP TRIGGER record_stays", "DROP TRIGGER record_is_kept", "DROP TRIGGER record_is_new"),
        ("DROP TRIGGER record_stays", f"{STAYS} UPDATE ON record BEGIN SELECT 1; END"),
        ("DROP TRIGGER record_stays", f"{STAYS} UPDATE OF hash ON record {REFUSES}"),
        ("DROP TRIGGER record_is_kept", f"{KEPT} DELETE ON record WHEN 0 {REFUSES}"),
        ("DROP TRIGGER record_is_kept", f"{KEPT} DELETE ON link {REFUSES}"),
    ),
    "postgresql": (
        ("DROP TRIGGER record_stays ON record",),
        ("DROP TRIGGER record_is_kept ON record",),
        ("DROP FUNCTION record_stays CASCADE",),
        ("ALTER TABLE record DISABLE TRIGGER record_stays",),
        ("ALTER TABLE record DISABLE TRIGGER USER",),
        ("ALTER TABLE record ENABLE REPLICA TRIGGER record_is_kept",),
        ("ALTER TABLE record ENABLE TRIGGER record_is_kept",),
        ("ALTER FUNCTION record_stays() RESET search_path",),
        ("CREATE SCHEMA evil", DISPOSED.replace("TEMP TABLE ", "TABLE evil."), f"{STAYS_AT} = evil"),
        ("DROP TRIGGER record_stays ON record", f"{STAYS} UPDATE OR DELETE ON record {NEVER}"),
        ("DROP TRIGGER record_stays ON record", f"{STAYS} UPDATE ON record {EACH}"),
        ("DROP TRIGGER record_stays ON record", f"{STAYS} DELETE OR UPDATE OF hash ON record {EACH}"),
        (f"{LETS} IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$",),
    ),
}  # fmt: skip
"""What somebody who may alter the tables might do to the guards."""


@pytest.fixture
def office(place):
    with Store.create(place, now=Watch()) as store:
        with store.write(by="Somchai") as desk:
            desk.receive(Letter(number=""), unit="GA", workflow=INCOMING_EXTERNAL_LETTER)
        yield store


def engine_of(office):
    return office._database.engine.dialect.name


def run(office, *statements):
    with office._database.connected() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def refused(office):
    """Whether each attack is refused; none of them stays."""
    answers = []
    for attack in ATTACKS[engine_of(office)]:
        with office._database.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            try:
                connection.exec_driver_sql(attack)
            except DBAPIError as error:
                answers.append(ROWS_GROW in str(error))
            else:
                answers.append(False)
            connection.exec_driver_sql("ROLLBACK")
    return answers


@pytest.mark.parametrize(
    ("place", "ways"),
    [
        pytest.param({"sqlite": "sqlite", "postgresql": "postgres"}[kind], ways, id=f"{kind}-{n}")
        for kind in WEAKER
        for n, ways in enumerate(WEAKER[kind])
    ],
    indirect=["place"],
)
def test_whenever_the_database_lets_a_change_pass_a_proof_says_so_and_an_upgrade_mends_it(office, place, ways):
    assert all(refused(office))
    assert office.verify().holds
    run(office, *ways)
    assert not all(refused(office)), "else it is no way to weaken a guard"
    proof = office.verify(printed=office.head.hash)
    assert not proof.holds
    assert proof.broken is None, "every record is as it was written"
    for name in proof.unguarded:
        assert name in str(proof)
    assert "all as they were written, but the database does not refuse every change any more" in str(proof)
    Store.upgrade(place)
    assert all(refused(office))
    assert office.verify() == type(proof)(office.head, 0, None)


MINE = "CREATE TRIGGER mine BEFORE {} ON record FOR EACH ROW EXECUTE FUNCTION mine()"
SKIPS = "ON record BEGIN SELECT RAISE(IGNORE); END"
OTHERS = {
    "sqlite": (
        ("index mine", "CREATE UNIQUE INDEX mine ON record (hash)"),
        ("index mine", "CREATE UNIQUE INDEX mine ON record (hash || '')"),
        ("index mine", "CREATE UNIQUE INDEX mine ON record (hash) WHERE place = 3"),
        ("trigger mine", f"CREATE TRIGGER mine BEFORE INSERT {SKIPS}"),
        ("trigger mine", f"CREATE TRIGGER mine /* x AFTER */ INSERT {SKIPS}"),
        ("trigger a AFTER ", f'CREATE TRIGGER "a AFTER " UPDATE {SKIPS}'),
        ("trigger \x1b[2J", f'CREATE TRIGGER "\x1b[2J" DELETE {SKIPS}'),
    ),
    "postgresql": (
        ("trigger mine", MINE.format("INSERT")),
        ("trigger mine", MINE.format("UPDATE")),
        ("rule mine", "CREATE RULE mine AS ON UPDATE TO record DO INSTEAD NOTHING"),
        ("rule mine", "CREATE RULE mine AS ON INSERT TO record DO INSTEAD NOTHING"),
        ("table mine", "CREATE TABLE mine () INHERITS (record)"),
    ),
}
"""What is not docflow's and may alter or swallow records, by its name."""


@pytest.mark.parametrize(
    ("place", "name", "way"),
    [
        pytest.param({"sqlite": "sqlite", "postgresql": "postgres"}[kind], *one, id=f"{kind}-{n}")
        for kind in OTHERS
        for n, one in enumerate(OTHERS[kind])
    ],
    indirect=["place"],
)
def test_what_others_made_and_may_alter_or_swallow_records_is_named_and_left_to_them(office, place, name, way):
    on = ""
    if engine_of(office) == "postgresql":
        run(office, "CREATE FUNCTION mine() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$")
        on = "" if name == "table mine" else " ON record"
    run(office, way)
    proof = office.verify()
    assert (proof.broken, proof.unguarded, proof.holds) == (None, (visible(name),), False)
    assert visible(name) in str(proof)
    run(office, WEAKER[engine_of(office)][0][0])
    with pytest.raises(StoreError, match=f"{re.escape(visible(name))} .* is not docflow's.*drop it") as error:
        Store.upgrade(place)
    assert error.value.kind == "append only"
    assert office.verify().unguarded == ("record_stays", visible(name)), "nothing was done"
    kind, called = name.split(" ", 1)
    run(office, f'DROP {kind} "{called}"{on}')
    Store.upgrade(place)
    assert office.verify().holds


def test_by_a_unique_index_sqlite_takes_a_record_away_and_no_trigger_fires(tmp_path):
    """Therefore such an index is named."""
    with Store.create(tmp_path / "office.db", now=Watch()) as office:
        run(office, "CREATE UNIQUE INDEX mine ON record (hash)")
        with office._database.connected() as connection:
            columns = [literal(99) if column.name == "place" else column for column in RECORD.c]
            connection.execute(insert(RECORD).prefix_with("OR REPLACE").from_select(list(RECORD.c), select(*columns)))
            assert connection.execute(select(RECORD.c.place)).all() == [(99,)]


def test_a_trigger_of_the_offices_own_is_no_matter(office):
    """Such as one that tells another program that a letter came."""
    if engine_of(office) == "sqlite":
        run(office, "CREATE TRIGGER ours AFTER INSERT ON record BEGIN SELECT 1; END")
        run(office, 'CREATE TRIGGER IF NOT EXISTS "our ""own" after UPDATE ON record BEGIN SELECT 1; END')
        run(office, "CREATE INDEX mine ON record (writer)")
    else:
        run(
            office,
            "CREATE FUNCTION ours() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
            "CREATE TRIGGER ours AFTER INSERT ON record FOR EACH ROW EXECUTE FUNCTION ours()",
        )
    assert office.verify().holds


def test_what_is_altered_is_named_also_where_nothing_guards_it_and_no_upgrade_hides_it(office, place):
    run(office, WEAKER[engine_of(office)][0][0], "UPDATE record SET writer = 'nobody' WHERE place = 3")
    proof = office.verify()
    assert (proof.broken.place, proof.unguarded) == (3, ("record_stays",))
    assert "record 3: it was altered; " in str(proof)
    assert "; the database does not refuse every change" in str(proof)
    Store.upgrade(place)
    assert office.verify() == type(proof)(office.head, 0, proof.broken)


def test_a_store_without_guards_is_backed_up_all_the_same_and_guarded_where_it_is_restored(office, tmp_path):
    run(office, WEAKER[engine_of(office)][0][0])
    office.backup(tmp_path / "kept.db")
    with Store.restore(tmp_path / "kept.db", tmp_path / "again.db") as again:
        assert all(refused(again))
        assert again.verify().holds
    Store.upgrade(tmp_path / "kept.db")
    with Store.open(tmp_path / "kept.db") as kept:
        assert kept.verify().holds
