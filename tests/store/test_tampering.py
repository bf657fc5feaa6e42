"""Whoever has the file can alter it, and `verify` sees what was altered, and names the first record that is broken.

First a plain hand alters, takes away, exchanges and adds records, one thing after the other. Then a cleverer hand makes
the whole chain anew after that, by the description of the hashes and no code of docflow's: only a hash on paper sees it
always, and what can never have been is seen without one.
"""

import hashlib
import json
import sqlite3
from datetime import UTC, date, datetime, timedelta
from itertools import chain

import pytest
from offices import Watch
from sqlalchemy import NullPool, bindparam, create_engine, delete, insert, make_url, select, text, update
from sqlalchemy.types import NullType

from docflow import Actor, Closure, Entry, Letter, Transition, Workflow
from docflow.errors import StoreError
from docflow.letters import needs_a_note
from docflow.registry import Book
from docflow.store import Head, Store
from docflow.store.lines import make_lines
from docflow.store.reading import LAST
from docflow.store.tables import HEAD, LINK, RECORD
from docflow.thai.table import Holiday

pytestmark = pytest.mark.laws  # it searches, for what can be altered unseen

GA = "General Administration"
NINE = datetime(2020, 1, 6, 2, tzinfo=UTC)
WAYS = [
    Transition("take", "in", "taken"),
    Transition("send back", "taken", "in"),
    Transition("answer", "taken", "answered"),
    Transition("cancel", "in", "cancelled"),
]
ERRAND = Workflow("errand", initial="in", transitions=WAYS, final=["answered"], cancelled=["cancelled"])
NEWER = Workflow(
    "errand", version=2, initial="in", transitions=[*WAYS, Transition("ask", "in", "in")], final=["answered"],
    cancelled=["cancelled"],
)  # fmt: skip
GUARDED = Workflow("signing", initial="out", transitions=[Transition("sign", "out", "signed", guards=[needs_a_note])])
EACH = {  # which columns of a record may be empty, and which are numbers
    "empty": {"unit", "direction", "year", "n", "salt", "content"},
    "numbers": {"place", "writing", "written", "year", "n"},
}


def letter(subject):
    return Letter(number="", subject=subject, sender="กระทรวงมหาดไทย")


def write_every_kind(office):
    """Two weeks in short: a record of each kind, and several of most."""
    with office.write(by=Actor("Somchai", "registrar", GA)) as desk:
        desk.starting_at(Book("East", "sending"), 2563, 120)
        desk.announce(Closure(date(2020, 3, 20), reason="flood", source="order 15/2563"))
        desk.announce(Holiday(date(2020, 7, 27), "a substitute", source="cabinet", announced=date(2020, 7, 7)))
    with office.write(by="Somchai") as desk:
        one = desk.receive(letter("A market"), unit=GA, workflow=ERRAND, remark="by hand").number
        there = desk.forward(one, unit="East").number
        desk.apply(there, "take", by="Somying")
    with office.write(by="Somchai") as desk:
        two = desk.receive(letter("A wall"), unit=GA, workflow=ERRAND, related=one).number
    with office.write(by="Somying") as desk:
        desk.apply(two, "take", at=desk.at - timedelta(seconds=30))
        desk.correct(one, why="misspelt", subject="Two markets", remark="")
    with office.write(by="Somying") as desk:
        kept = desk.reserve(unit=GA, why="its parcel is on its way", direction="receipt").number
        out = desk.send(letter("An answer"), unit="East", replies_to=one, recipients=["North", "South"]).number
    with office.write(by="Somchai") as desk:
        desk.note_status(out, "North", "delivered")
        desk.note_status(out, "South", "refused", why="it is not theirs")
        desk.fill(kept, letter("A parcel"), workflow=ERRAND)
    with office.write(by="Somchai") as desk:
        desk.correct_case(two, {1: Entry("take", desk.at - timedelta(seconds=50))}, missed=[], why="read wrongly")
        desk.link(kept, replies_to=out, why="found later")
        desk.void(kept, why="it came twice", trigger="cancel")
    with office.write(by="Somchai") as desk:
        desk.restore(kept, why="it did not")
        desk.migrate([one, two, kept], NEWER)
        desk.apply(kept, "ask")
    with office.write(by="Somsri") as desk:
        desk.receive(letter("A form"), unit="East", workflow=GUARDED)
        desk.apply(one, "answer", note="as agreed")
    with office.write(by="Somsri") as desk:
        desk.receive(letter("A well"), unit=GA, workflow=NEWER)
        desk.void(desk.send(letter("An answer"), unit="East").number, why="sent twice")


class Hand:
    """Whoever may write the database, past docflow: puts other rows in the place of those that are there."""

    def __init__(self, office, place):
        self.office = office
        url = make_url(place) if isinstance(place, str) else make_url(f"sqlite:///{place}")
        self.engine = create_engine(url, poolclass=NullPool)
        at_once = "PRAGMA synchronous=OFF" if url.get_backend_name() == "sqlite" else "SET search_path TO docflow"
        self.connection = self.engine.connect()
        self.run(at_once)
        on = "" if url.get_backend_name() == "sqlite" else " ON record"
        for trigger in ("record_stays", "record_is_kept"):
            self.run(f"DROP TRIGGER {trigger}{on}")
        if on:
            self.run("ALTER TABLE head DROP CONSTRAINT one_head")
        else:
            self.run("PRAGMA ignore_check_constraints=ON")
        self.was = {table: self.rows(table) for table in (RECORD, HEAD, LINK)}
        self.there = dict(self.was)

    def run(self, words, **values):
        self.connection.execute(text(words), values)
        self.connection.commit()

    def set_in(self, column, place, value):
        self.there[RECORD] = None  # nobody knows
        self.connection.execute(update(RECORD).where(RECORD.c.place == place).values({column: value}))
        self.connection.commit()

    def rows(self, table):
        columns = table.primary_key.columns or table.columns
        return [dict(row._mapping) for row in self.connection.execute(select(table).order_by(*columns))]

    def put(self, table, rows):
        """Let a table have these rows; those that are there already are not written again."""
        if table is RECORD and self.there[table] is not None:
            there, new = ({row["place"]: row for row in some} for some in (self.there[table], rows))
            gone = [place for place, row in there.items() if new.get(place) != row]
            self.connection.execute(delete(table).where(table.c.place.in_(gone)))
            more = [row for place, row in new.items() if there.get(place) != row]
        else:
            self.connection.execute(delete(table))
            more = rows
        if more:
            self.connection.execute(insert(table), more)
        self.connection.commit()
        self.there[table] = rows

    def proof_with(self, records=None, *, head=None, links=None, printed=None):
        """What `verify` finds with these rows, where some are given, and else with those that were written."""
        for table, rows in ((RECORD, records), (HEAD, head), (LINK, links)):
            wanted = self.was[table] if rows is None else rows
            if wanted is not self.there[table]:
                self.put(table, wanted)
        return self.office.verify(printed=printed)

    @property
    def records(self):
        return [dict(row) for row in self.was[RECORD]]

    @property
    def head(self):
        return dict(self.was[HEAD][0])

    @property
    def links(self):
        return [dict(row) for row in self.was[LINK]]


@pytest.fixture
def hand(place):
    with Store.create(place, now=Watch(), workflows=[GUARDED]) as office:
        write_every_kind(office)
        hand = Hand(office, place)
        yield hand
        assert hand.proof_with().broken is None, "with what was written"
        hand.connection.close()


@pytest.fixture
def every(place):
    """All on SQLite, a sample on a server, where a row takes longer."""
    return 1 if not isinstance(place, str) else 17


def with_record(records, place, /, **changed):
    return [row | changed if row["place"] == place else row for row in records]


def others(row, column):
    """Other values that might stand there."""
    value = row[column]
    if column in EACH["empty"]:
        yield None if value is not None else 2563 if column in EACH["numbers"] else "receipt"
    if column in EACH["numbers"]:
        yield from [] if value is None else [value + 1, value - 1]
    elif value:
        yield f"{value[:-1]}{chr(ord(value[-1]) ^ 1)}"
        yield value[1:]
        yield f"{value} "


def contents(records, row):
    """Other contents: that of another record, also of another kind, and what is no content."""
    alike = [one["content"] for one in records if one["kind"] == row["kind"] and one["content"] != row["content"]]
    unlike = next(one["content"] for one in records if one["kind"] not in {row["kind"], "store"})
    return [
        *alike[:2],
        unlike,
        "",
        "{}",
        "null",
        "[1]",
        '{"at":1}',
        "[" * 100_000,
        '{"at":"9999-12-31T23:59:59-23:59"}',
    ]


def alterations(records):
    """Every column of every record in turn: its place, and all records with another value in it."""
    for row in records:
        for column in row:
            if column == "place":
                continue
            new = [*others(row, column), *(contents(records, row) if column == "content" else ())]
            for value in new:
                if value != row[column]:
                    yield row["place"], column, with_record(records, row["place"], **{column: value})
    for row in records:
        gone = {"content": None, "salt": None}
        yield row["place"], "content and salt", with_record(records, row["place"], **gone)


def moved(records):
    """Records taken away, exchanged, copied: what was done, the first place that is another, and all records."""
    size = len(records)
    for place in range(1, size + 1):
        kept = [row for row in records if row["place"] != place]
        yield "taken away", place, kept
        yield "taken away, the gap closed", place, [row | {"place": n} for n, row in enumerate(kept, 1)]
        if place < size:
            swap = {place: place + 1, place + 1: place}
            yield "exchanged", place, [row | {"place": swap.get(row["place"], row["place"])} for row in records]
        copy = dict(records[place - 1])
        yield "copied to the end", size + 1, [*records, copy | {"place": size + 1}]
        for into in (place, min(place + 3, size), 1):
            between = [*records[: into - 1], copy, *records[into - 1 :]]
            first = into + (into == place)  # a copy above itself is the record that is meant, and that is the second
            yield "copied between", first, [row | {"place": n} for n, row in enumerate(between, 1)]
        yield "moved behind the end", place, with_record(records, place, place=size + 5)
        yield "moved above the first", 1, with_record(records, place, place=0)


def test_every_kind_of_record_is_in_it(hand):
    kinds = {row["kind"] for row in hand.records}
    assert kinds == {
        "store", "begins", "decision", "holiday", "workflow", "follows", "line", "void", "restored", "corrected",
        "linked", "filled", "tracked", "entry", "correction", "amendment",
    }  # fmt: skip
    assert len(hand.records) > 40
    assert len(hand.links) == 4


def test_every_column_of_every_record_that_is_altered_is_seen(hand, every):
    for place, column, records in [*alterations(hand.records)][::every]:
        broken = hand.proof_with(records).broken
        assert broken is not None, (place, column, records[place - 1])
        assert broken.place == place, (place, column, records[place - 1], broken)


def test_every_record_that_is_taken_away_or_moved_is_seen(hand, every):
    for done, place, records in [*moved(hand.records)][::every]:
        broken = hand.proof_with(records).broken
        assert broken is not None, (done, place)
        assert broken.place == place, (done, place, broken)


def test_a_store_without_its_first_record_is_not_opened(hand, place):
    hand.put(RECORD, hand.records[1:])
    with pytest.raises(StoreError, match="first record is not that of a store"):
        Store.open(place)
    hand.put(RECORD, hand.records)


def test_a_head_that_is_altered_or_gone_is_seen(hand):
    last = len(hand.records)
    for column, value in hand.head.items():
        for other in (value + 1, value - 1) if isinstance(value, int) else (value[:-1], value[::-1]):
            broken = hand.proof_with(head=[hand.head | {column: other}]).broken
            assert broken is not None, (column, other)
            assert broken.place == last + (column == "place" and other > value), (column, other, broken)
    gone = hand.proof_with(head=[])
    assert gone.broken.place == last
    assert gone.head == Head(last, *(hand.head[one] for one in ("writing", "written", "hash")))
    assert hand.proof_with(head=[hand.head, hand.head | {"one": 2}]).broken.place == last
    hand.put(HEAD, [])
    for doing in (lambda: hand.office.head, lambda: hand.office.write(by="S").__enter__()):
        with pytest.raises(StoreError, match="does not say which record is its last") as error:
            doing()
        assert error.value.kind == "damaged"
    hand.put(HEAD, [hand.head])


def test_what_names_which_line_is_kept_as_the_records_tell_it(hand):
    links = hand.links
    for n, row in enumerate(links):
        rest = [*links[:n], *links[n + 1 :]]
        assert hand.proof_with(links=rest).broken.place == row["place"]
        assert hand.proof_with(links=[*links, row]).broken.place == row["place"]
        for column, value in row.items():
            new = [value + 1, value - 1] if isinstance(value, int) else [f"{value}x", ""]
            for other in [*new, *([None] if column != "place" else [])]:
                broken = hand.proof_with(links=[*rest, row | {column: other}]).broken
                assert broken is not None, (row, column, other)
                assert broken.place == row["place"], (row, column, other, broken)
    assert hand.proof_with(links=[]).broken.place == min(row["place"] for row in links)


def test_a_store_of_another_format_is_not_opened(hand, place):
    there = hand.connection.scalar(text("SELECT version_num FROM alembic_version"))
    for other in ("0000", "9999", "x"):
        hand.run("UPDATE alembic_version SET version_num = :other", other=other)
        with pytest.raises(StoreError, match="format"):
            Store.open(place)
    hand.run("DELETE FROM alembic_version")
    with pytest.raises(StoreError, match="no store of docflow"):
        Store.open(place)
    hand.run("INSERT INTO alembic_version VALUES (:there)", there=there)


# What only SQLite takes: a value of any kind in any column, and bytes that are no text.


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_a_value_of_another_kind_is_seen(hand):
    for row in [*hand.records[:4], *hand.records[4::5]]:
        for column in RECORD.columns:
            for other in (b"\xff\xfe", b"", 1.5, "null", "12x", -1):
                hand.set_in(column, row["place"], bindparam("other", other, type_=NullType()))
                broken = hand.office.verify().broken
                assert broken is not None, (row["place"], column, other)
                if column.name != "place":
                    assert broken.place == row["place"], (column, other, broken)
                hand.put(RECORD, hand.records)


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_bytes_that_are_no_text_are_seen(hand):
    last = len(hand.records)
    for row in hand.records[::5]:
        for column in (one for one in RECORD.columns if one.name not in EACH["numbers"]):
            hand.set_in(column, row["place"], text("CAST(x'41ff' AS TEXT)"))
            assert hand.office.verify().broken.place == row["place"], column
            hand.put(RECORD, hand.records)
    hand.run("UPDATE head SET hash = CAST(x'41ff' AS TEXT)")
    assert hand.office.verify().broken.place == last
    hand.put(HEAD, [hand.head])
    hand.run("UPDATE link SET unit = CAST(x'41ff' AS TEXT)")
    assert hand.office.verify().broken
    hand.put(LINK, hand.links)


# A cleverer hand: it makes the chain anew.


def rechained(records, **kept):
    """The records with every hash made again, by the description of the chain and `hashlib` alone; and their head.

    What is kept of a record, such as `place=7, before="..."`, is not made again.
    """
    said = json.JSONEncoder(ensure_ascii=False).encode
    made, before, in_book = [], "0" * 64, {}
    for row in sorted(records, key=lambda row: row["place"]):
        book = None if row["unit"] is None or row["direction"] is None else (row["unit"], row["direction"])
        digest = row["digest"]
        if row["content"] is not None:
            digest = hashlib.sha256(f"{row['salt']}\n{row['content']}".encode()).hexdigest()
        above = {"digest": digest, "before": before, "before_in_book": in_book.get(book, "0" * 64)}
        above |= kept if row["place"] == kept.get("place") else {}
        columns = ("place", "writing", "written", "writer", "kind", "unit", "direction", "year", "n")
        lines = [*(said(row[one]) for one in columns), *(above[one] for one in ("digest", "before", "before_in_book"))]
        before = in_book[book] = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        made.append(row | above | {"hash": before})
    return made, {one: made[-1][one] for one in ("place", "writing", "written", "hash")} | {"one": 1}


def anew(hand, records, *, printed=None):
    records, head = rechained(records)
    salts = {row["place"]: row["salt"] for row in hand.records}
    places = {row["salt"]: row["place"] for row in reversed(records)}
    links = [row | {"place": places.get(salts[row["place"]], row["place"])} for row in hand.links]
    return hand.proof_with(records, head=[head], links=links, printed=printed)


def test_a_chain_that_is_made_anew_of_the_same_is_the_same(hand):
    assert rechained(hand.records) == (hand.records, hand.head)
    assert anew(hand, hand.records, printed=hand.head["hash"]).broken is None


def test_a_hash_on_paper_sees_whatever_was_altered(hand, every):
    printed = hand.head["hash"]
    by_nothing_else = 0
    altered = [*alterations(hand.records), *moved(hand.records)][:: every * 2]
    for *done, records in altered:
        if done[1] in {"hash", "before", "before_in_book", "digest"}:
            continue  # those are made anew
        numbered = [row | {"place": n} for n, row in enumerate(sorted(records, key=lambda row: row["place"]), 1)]
        proof = anew(hand, numbered, printed=printed)
        assert proof.broken, done
        by_nothing_else += "printed" in proof.broken.problem
    assert by_nothing_else


def find(hand, kind, nth=0, **wanted):
    rows = [row for row in hand.records if row["kind"] == kind and all(row[one] == wanted[one] for one in wanted)]
    return rows[nth]


def retold(row, **changed):
    """The content of a record with other fields, None for one that is left out."""
    said = json.loads(row["content"]) | changed
    return json.dumps({key: value for key, value in said.items() if value is not None}, ensure_ascii=False)


def renumbered(rows):
    return [row | {"place": n} for n, row in enumerate(rows, 1)]


def after(records, place, *new):
    return renumbered([*records[:place], *new, *records[place:]])


def without(records, *places):
    return renumbered([row for row in records if row["place"] not in places])


WHEN = ("writing", "written", "writer")
LATER = "2020-01-06T09:59:00+07:00[Asia/Bangkok]"


def told(hand, row, what, words, **changed):
    """A record whose content says something else."""
    return other(hand, row, what, words, content=retold(row, **changed))


def other(hand, row, what, words, **changed):
    """A record with other columns."""
    return what, row["place"], words, with_record(hand.records, row["place"], **changed)


def what_says_another_moment(hand):
    second = find(hand, "line", unit=GA, n=2)
    yield other(hand, second, "before the unit of work above it", "does not follow", written=second["written"] - 10**11)
    both = find(hand, "follows")  # the second record of its line, amid a unit of work
    yield other(hand, both, "another writer than that of the unit of work", "does not follow", writer="Somsak")
    yield other(
        hand, both, "another moment than that of the unit of work", "does not follow", written=both["written"] + 1
    )
    for kind in ("line", "void", "restored", "corrected", "linked", "filled", "tracked", "entry"):
        yield told(hand, find(hand, kind), f"a {kind} at another moment", "another moment", at=LATER)
    for kind in ("correction", "amendment"):
        yield told(hand, find(hand, kind), f"a {kind} recorded at another moment", "another moment", recorded=LATER)
    late = next(row for row in hand.records if row["kind"] == "entry" and "recorded" in row["content"])
    yield told(hand, late, "an entry recorded at once that was not", "another moment", recorded=None)


def what_cannot_be_read(hand):
    for row in hand.records[1:]:
        words = "has no line" if row["kind"] in {"begins", "line"} else "kind"
        yield other(hand, row, "an unknown kind", words, kind="memo")
        yield other(hand, row, "an unreadable content", "", content="{")
        yield other(hand, row, "a content without fields", "", content="{}")
        if row["kind"] not in {"follows", "begins"}:
            words = "" if row["kind"] == "workflow" else "no field"  # of one with guards, these are looked at first
            yield told(hand, row, "a content with a field too many", words, more=1)
    line, decision = find(hand, "line", unit=GA, n=1), find(hand, "decision")
    yield other(hand, decision, "a decision about a book", "names one", year=2563)
    nowhere = dict.fromkeys(("unit", "direction", "year", "n"))
    yield other(hand, line, "a line of no book", "is of no book", **nowhere)
    yield other(hand, line, "a direction that no book has", "direction", direction="astray")
    yield other(hand, line, "a unit that nobody is called", "no unit", unit=f"{GA} ")
    yield other(hand, line, "a year that no register has", "no year", year=2020)


def what_no_register_holds(hand):
    records = hand.records
    line, second, kept = (find(hand, "line", unit=GA, n=n) for n in (1, 2, 3))
    place = line["place"]
    yield "two receipts", place + 1, "has a line already", after(records, place, line)
    yield "a note before its line", place, "has no line", without(records, place)
    gap = [row | {"n": 9} if (row["unit"], row["n"]) == (GA, 4) else row for row in records]
    yield "a number left out", find(hand, "line", unit=GA, n=4)["place"], "stands in the place of 4", gap
    for secret, n in ((False, 99), (True, 1)):
        related = [[GA, "receipt", secret, 2563, n]]
        yield told(hand, second, "a link to what was not given", "never given", related=related)
    void, back = find(hand, "void", -1), find(hand, "restored")
    yield "void twice", void["place"] + 1, "void already", after(records, void["place"], void)
    yield "restored and not void", back["place"] + 1, "is not void", after(records, back["place"], back)
    yield told(hand, find(hand, "tracked"), "a recipient whom it was not sent to", "not sent to", recipient="West")
    begins = find(hand, "begins")
    inside = begins | {one: line[one] for one in ("unit", "direction", "writing", "written", "writer")}
    yield "a volume that begins after its first line", place + 1, "before its first", after(records, place, inside)
    yield told(hand, begins, "a volume that begins at no number", "cannot begin", first=0)
    elsewhere = with_record(records, begins["place"], content=retold(begins, first=121))
    first = find(hand, "line", unit="East", direction="sending")["place"]
    yield "a volume that begins elsewhere", first, "120/2563 of", elsewhere
    yield "a second store", 2, "no other one does", after(records, 1, records[0])
    secret = retold(records[0], secret=True)
    yield other(hand, records[0], "a store of secret letters", "what store it is", content=secret)
    follows = find(hand, "follows")
    opened = follows | {one: kept[one] for one in ("writing", "written", "writer", "n")}
    yield "a case without a letter", kept["place"] + 1, "no letter opened", after(records, kept["place"], opened)


def what_no_case_holds(hand):
    records = hand.records
    step = find(hand, "entry", -1, writer="Somsri", n=1, unit=GA)
    yield told(hand, step, "a step that the workflow does not know", "no step of that name", trigger="fly")
    yield told(hand, step, "a step that is not allowed then", "cannot cancel", trigger="cancel")
    yield told(hand, find(hand, "correction"), "a correction of no step", "is not in it", corrects=7)
    amended, note = find(hand, "amendment"), find(hand, "corrected")
    yield "a letter that its line does not tell", note["place"], "another letter", without(records, amended["place"])
    three = json.loads(amended["content"])["after"] | {"subject": "Three markets"}
    there = with_record(records, amended["place"], content=retold(amended, after=three))
    yield "a case that its line does not tell", note["place"], "another letter", there  # from the note on they differ
    yield told(
        hand, note, "a line that its other number does not tell", "not the first number", values={"subject": "?"}
    )
    follows, workflow = find(hand, "follows"), find(hand, "workflow")
    place, untold = workflow["place"], "no record above it tells"
    yield "a case that nothing opened", follows["place"], "has no case", without(records, follows["place"])
    yield told(hand, follows, "a workflow that is not stored", untold, workflow="errands")
    yield told(hand, find(hand, "follows", -2, unit=GA), "a version that is not stored", untold, version=3)
    newer = find(hand, "workflow", 1)
    asked = next(row for row in records if row["kind"] == "entry" and '"ask"' in row["content"])
    ways = [way for way in json.loads(newer["content"])["transitions"] if way["trigger"] != "ask"]
    shorter = with_record(records, newer["place"], content=retold(newer, transitions=ways))
    yield "a workflow without a step that was done", asked["place"], "no step of that name", shorter
    late = [row for row in records if row["place"] != place] + [workflow | {one: records[-1][one] for one in WHEN}]
    yield "a workflow that is stored later", follows["place"] - 1, untold, renumbered(late)
    yield "a workflow twice", place + 1, "stands above it already", after(records, place, workflow)


def test_what_can_never_have_been_is_named_also_in_a_chain_that_was_made_anew(hand):
    every = what_says_another_moment, what_cannot_be_read, what_no_register_holds, what_no_case_holds
    for what, place, words, records in chain.from_iterable(illegal(hand) for illegal in every):
        broken = anew(hand, records).broken
        assert broken is not None, what
        assert broken.place == place, (what, place, broken)
        assert words in broken.problem, (what, words, broken)


def test_a_record_that_follows_another_one_than_that_above_it_is_seen(hand):
    """Also when its own hash and all below it are made for that."""
    for column in ("digest", "before", "before_in_book"):
        for row in hand.records[3::9]:
            records, head = rechained(hand.records, **{"place": row["place"], column: hand.records[0]["hash"]})
            assert records[-1]["hash"] != hand.head["hash"]
            assert hand.proof_with(records, head=[head]).broken.place == row["place"], column


def lines_anew(hand):
    """Let what letters are looked up by say what the records tell now."""
    with hand.office._database.writing() as connection:
        make_lines(hand.office._reader(connection, LAST))


def test_a_place_that_is_left_out_is_seen_and_what_was_added_behind_the_end(hand):
    size = len(hand.records)
    gap = [row | {"place": row["place"] + (row["place"] > 9)} for row in hand.records]
    assert anew(hand, gap).broken.place == 10
    more = [row | {"place": row["place"] + 3, "writing": row["writing"] + 1} for row in hand.records[-3:]]
    records, _ = rechained([*hand.records, *more])
    assert hand.proof_with(records).broken.place == size + 1


def test_what_was_disposed_of_is_gone_by_a_decision_below_it(hand):
    out = find(hand, "void", -1)
    mine = [row["place"] for row in hand.records if (row["unit"], row["n"]) == (out["unit"], out["n"])]
    last = hand.records[-1]
    said = {
        "place": last["place"] + 1,
        "writing": last["writing"] + 1,
        "kind": "disposed",
        "content": '{"why":"12/2573"}',
    }
    disposed = out | said
    gone = [
        row | {"content": None, "salt": None} if row["place"] in mine and row["kind"] in {"line", "void"} else row
        for row in hand.records
    ]
    anew(hand, [*gone, disposed])
    lines_anew(hand)
    proof = hand.office.verify()
    assert proof.broken is None, proof
    assert (proof.disposed, "2 of them disposed of" in str(proof)) == (2, True)
    assert anew(hand, gone).broken.place == mine[0]
    more = with_record(gone, hand.records[5]["place"], content=None, salt=None)
    assert anew(hand, [*more, disposed]).broken.place == hand.records[5]["place"]
    assert anew(hand, [*gone, disposed | {"content": None, "salt": None}]).broken.place == mine[0]
    again = disposed | {"place": disposed["place"] + 1, "content": None, "salt": None}
    assert anew(hand, [*gone, disposed, again]).broken.place == again["place"]
    hand.proof_with()
    lines_anew(hand)


def test_whatever_a_clever_hand_writes_a_proof_is_given(hand, every):
    """Also for what is legal then: a proof says something, and never ends in an error."""
    for *_, records in [*alterations(hand.records), *moved(hand.records)][:: every * 2 + 1]:
        proof = anew(hand, renumbered(sorted(records, key=lambda row: row["place"])))
        assert str(proof)


# Which letter it is about.


def said(number):
    """A number as a record's columns tell it."""
    return None if number is None else (number.book.unit, number.book.direction.value, number.year, number.n)


def columns_of(row):
    unit, *rest = (row[one] for one in ("unit", "direction", "year", "n"))
    return (unit.strip(), *rest) if None not in {unit, *rest} else None  # a blank at its end is no other unit


def test_a_record_that_is_altered_names_the_letter_that_it_says_it_is_about(hand):
    for place, column, records in [*alterations(hand.records)][::7]:
        row, was = records[place - 1], hand.records[place - 1]
        if column == "direction":
            continue  # such as no direction at all
        broken = hand.proof_with(records).broken
        assert said(broken.number) == columns_of(row), (place, column)
        assert said(broken.indexed) == (columns_of(was) if was["kind"] == "line" else None), (place, column)


def test_a_number_that_is_forged_is_told_beside_that_of_the_index(hand):
    line = find(hand, "line", unit=GA, n=2)
    broken = hand.proof_with(with_record(hand.records, line["place"], n=99)).broken
    assert (broken.number.n, broken.indexed.n) == (99, 2)
    assert str(broken) == (
        f"record {line['place']}: it was altered; the record says it is about 99/2563 of the receipt register of {GA}; "
        f"the index of letters has 2/2563 of the receipt register of {GA} there"
    )


def test_a_line_that_is_taken_away_is_named_by_the_index(hand):
    line = find(hand, "line", unit=GA, n=2)
    broken = hand.proof_with([row for row in hand.records if row is not line and row["place"] != line["place"]]).broken
    assert (broken.number, broken.indexed.n) == (None, 2)
    assert str(broken).endswith(f"; the index of letters has 2/2563 of the receipt register of {GA} there")


def test_what_is_wrong_with_the_whole_names_no_letter(hand):
    assert hand.records[-1]["n"] is not None, "the last record is about one"
    wrong = [
        hand.proof_with(head=[]),
        hand.proof_with(head=[hand.head | {"hash": "0" * 64}]),
        hand.proof_with(printed="0" * 64),
    ]
    assert [(one.broken.number, one.broken.indexed) for one in wrong] == [(None, None)] * 3


def test_a_record_that_names_no_letter_names_none(hand):
    begins, line = find(hand, "begins"), find(hand, "line", unit=GA, n=1)
    for place, changed in (
        (1, {"writer": "nobody"}),
        (begins["place"], {"writer": "nobody"}),
        (line["place"], {"direction": "astray"}),
        (line["place"], {"unit": ""}),
    ):
        broken = hand.proof_with(with_record(hand.records, place, **changed)).broken
        assert broken.place == place
        assert broken.number is None
        assert "says it is about" not in str(broken)


def test_the_letter_of_a_store_of_secret_letters_is_of_a_secret_book(place):
    with Store.create(place, now=Watch(), secret=True) as office:
        with office.write(by="Somchai") as desk:
            desk.receive(Letter(number="", subject="A plan", secrecy="secret"), unit=GA, workflow=ERRAND)
        hand = Hand(office, place)
        line = find(hand, "line")
        broken = hand.proof_with(with_record(hand.records, line["place"], writer="nobody")).broken
        assert str(broken).endswith(f"the record says it is about 1/2563 of the secret receipt register of {GA}")
        hand.connection.close()


def test_a_proof_is_given_also_without_the_index(hand):
    line = find(hand, "line", unit=GA, n=2)
    hand.put(RECORD, with_record(hand.records, line["place"], writer="nobody"))
    hand.run("ALTER TABLE line RENAME TO astray")
    broken = hand.office.verify().broken
    hand.run("ALTER TABLE astray RENAME TO line")
    assert (broken.place, broken.number.n, broken.indexed) == (line["place"], 2, None)


def test_a_damaged_index_of_words_is_told_and_a_copy_is_whole(tmp_path):
    with Store.create(tmp_path / "office.db", now=Watch()) as office, office.write(by="Somchai") as desk:
        desk.receive(letter("ขอเชิญประชุม"), unit=GA, workflow=ERRAND)
    with sqlite3.connect(tmp_path / "office.db") as connection:
        connection.execute("UPDATE line_words_config SET v = 99 WHERE k = 'version'")
    connection.close()
    with Store.open(tmp_path / "office.db") as office:
        broken = office.verify().broken
        assert "the index of words is damaged (invalid fts5 file format" in str(broken)
        assert str(broken).endswith("no record is: copy() the store to another place")
        head = office.copy(tmp_path / "again.db")
    with Store.open(tmp_path / "again.db") as again, again.read() as books:
        assert (again.verify().holds, again.head, books.find("ประชุม").total) == (True, head, 1)


def test_reading_what_can_never_have_been_says_so_and_who_names_the_record(hand):
    entry = find(hand, "entry", 1)
    early = retold(entry, at="2019-01-01T09:00:00+07:00")
    hand.put(RECORD, with_record(hand.records, entry["place"], content=early))
    number = hand.office.verify().broken.number
    with hand.office.read() as books:
        for read in (lambda: books[number], lambda: books.register):
            with pytest.raises(StoreError, match=r"can never have been \(.*\); verify\(\) names the record") as caught:
                read()
            assert caught.value.kind == "damaged"
