"""The records of a day in a file, checked without the store; every hash is also computed here by a second hand."""

import hashlib
import json
import stat
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from offices import Watch

from docflow import Letter
from docflow.bangkok import INCOMING_EXTERNAL_LETTER
from docflow.errors import FileError
from docflow.letters import Retention, Secrecy
from docflow.store import Store, check_export

GA = "General Administration"
MONDAY, TUESDAY, WEDNESDAY = (date(2020, 1, n) for n in (6, 7, 8))
ENVELOPE = ("place", "writing", "written", "writer", "kind", "unit", "direction", "year", "n")


def receive(office, **said):
    with office.write(by="Somchai") as desk:
        letter = Letter(number="", subject="ขอเชิญเปิดตลาด\u2028'นัด'\n", **said)
        number = desk.receive(letter, unit=GA, workflow=INCOMING_EXTERNAL_LETTER).number
    with office.write(by='Som"ying') as desk:
        desk.apply(number, "hand_over")


def fill(office, watch, **said):
    """Three days: the last microsecond of one, and the first one of another, among them."""
    receive(office, **said)
    watch.at = datetime(2020, 1, 6, 16, 59, 59, 999999, tzinfo=UTC) - timedelta(minutes=1)
    with office.write(by="Somchai") as desk:
        desk.send(Letter(number="", **said), unit=GA)
    watch.at = datetime(2020, 1, 6, 17, tzinfo=UTC) - timedelta(minutes=1)
    receive(office, **said)
    watch.at = datetime(2020, 1, 8, 2, tzinfo=UTC)
    receive(office, **said)


@pytest.fixture
def office(place, watch):
    with Store.create(place, now=watch) as store:
        fill(store, watch)
        yield store


def lines(path):
    return [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1]]


def by_hand(said):
    """The hash of a record, from its line in the file."""
    digest = hashlib.sha256(f"{said['salt']}\n{said['content']}".encode()).hexdigest()
    assert digest == said["digest"]
    shown = [json.dumps(said[one], ensure_ascii=False) for one in ENVELOPE]
    return hashlib.sha256("\n".join([*shown, digest, said["before"], said["before_in_book"]]).encode()).hexdigest()


def test_the_days_of_a_store_are_its_records_each_once(office, tmp_path):
    found = []
    for day in (MONDAY, TUESDAY, WEDNESDAY):
        head = office.export(day, tmp_path / f"{day}.jsonl")
        heading, *records = lines(tmp_path / f"{day}.jsonl")
        assert heading["day"] == day.isoformat()
        assert heading["head"] == head._asdict()
        if found:
            assert heading["above"] == {**found[-1], "salt": None, "content": None}, "words of another day are left out"
        for record in records:
            assert datetime.fromtimestamp(record["written"] / 1e6 + 7 * 3600, UTC).date() == day
            assert record["hash"] == by_hand(record)
            assert record["before"] == (found[-1]["hash"] if found else "0" * 64)
            found.append(record)
        assert office.verify(printed=head.hash).holds
        proof = check_export(tmp_path / f"{day}.jsonl", printed=head.hash)
        assert proof.holds
        assert proof.head == head
    assert [one["place"] for one in found] == list(range(1, office.head.place + 1))
    assert head == office.head


def test_a_day_without_records_ends_as_the_day_before(office, tmp_path):
    for day, records in ((date(2020, 1, 5), 0), (date(2020, 1, 9), office.head.place)):
        head = office.export(day, tmp_path / f"{day}.jsonl")
        assert head.place == records
        assert len(lines(tmp_path / f"{day}.jsonl")) == 1
        assert check_export(tmp_path / f"{day}.jsonl", printed=head.hash).holds


def test_an_export_is_whole_and_replaces_nothing_unasked(office, tmp_path, monkeypatch):
    path = tmp_path / "day.jsonl"
    path.write_text("a diary")
    with pytest.raises(FileError, match="it is there already"):
        office.export(MONDAY, path)
    assert path.read_text() == "a diary"
    office.export(MONDAY, path, replace=True)
    assert check_export(path).holds
    before = path.read_bytes()

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(FileError, match="no space left"):
        office.export(TUESDAY, path, replace=True)
    monkeypatch.undo()
    assert path.read_bytes() == before
    assert not [file for file in tmp_path.iterdir() if file.name.startswith(".docflow")]


def test_the_export_of_a_secret_store_is_its_owners_alone(place, watch, tmp_path):
    with Store.create(place, secret=True, now=watch) as office:
        fill(office, watch, secrecy=Secrecy.SECRET)
        office.export(MONDAY, tmp_path / "day.jsonl")
    assert stat.S_IMODE((tmp_path / "day.jsonl").stat().st_mode) == 0o600


def test_what_was_disposed_of_is_null_and_the_file_holds(office, watch, tmp_path):
    with office.write(by="Somchai") as desk:
        number = desk.send(Letter(number="", subject="words", retention=Retention.ORDINARY), unit=GA).number
    watch.at += timedelta(days=400)
    with office.write(by="Somchai") as desk:
        desk.dispose(number, why="decision 12/2564")
    head = office.export(WEDNESDAY, tmp_path / "day.jsonl")
    gone = [one for one in lines(tmp_path / "day.jsonl")[1:] if one["content"] is None]
    assert [one["n"] for one in gone] == [number.n]
    assert gone[0]["salt"] is None
    proof = check_export(tmp_path / "day.jsonl", printed=head.hash)
    assert proof.holds
    assert proof.disposed == 1
    assert "words" not in (tmp_path / "day.jsonl").read_text(encoding="utf-8")


def test_a_printed_hash_of_another_day_is_told_apart(office, tmp_path):
    head = office.export(MONDAY, tmp_path / "day.jsonl")
    other = office.export(TUESDAY, tmp_path / "other.jsonl")
    assert check_export(tmp_path / "day.jsonl", printed=head.hash).holds
    proof = check_export(tmp_path / "day.jsonl", printed=other.hash)
    assert not proof.holds
    assert f"{other.hash} was printed" in str(proof)


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    folder, watch = tmp_path_factory.mktemp("day"), Watch()
    with Store.create(folder / "office.db", now=watch) as office:
        fill(office, watch)
        head = office.export(TUESDAY, folder / "day.jsonl")
    return folder, head, (folder / "day.jsonl").read_bytes()


def outcome(folder, data, printed=None):
    """The place of the first record that is broken; 0 when the file is no export, None when it holds."""
    (folder / "altered.jsonl").write_bytes(data)
    try:
        proof = check_export(folder / "altered.jsonl", printed=printed)
    except FileError:
        return 0
    return proof.broken and proof.broken.place


def as_lines(said):
    return b"".join(json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in said)


def test_every_field_altered_and_every_line_moved_is_found(exported):
    folder, head, data = exported
    heading, *records = map(json.loads, data.splitlines())
    assert outcome(folder, as_lines([heading, *records])) is None, "blanks in a line say nothing"
    for n, record in enumerate(records):
        for field, value in record.items():
            for other in (
                None,
                0,
                True,
                "x",
                [],
                {},
                f"{value}x",
                2**70,
                "\ud800",
                *([value + 1] if type(value) is int else []),
            ):
                if type(other) is type(value) and other == value:
                    continue
                altered = [heading, *records[:n], {**record, field: other}, *records[n + 1 :]]
                lines = [json.dumps(one).encode() + b"\n" for one in altered]
                assert outcome(folder, b"".join(lines)) == record["place"], (field, other)
            less = {key: one for key, one in record.items() if key != field}
            assert outcome(folder, as_lines([heading, *records[:n], less, *records[n + 1 :]])) == record["place"]
        assert outcome(folder, as_lines([heading, *records[:n], *records[n + 1 :]])) in {
            record["place"],
            head.place - 1,
        }
        assert outcome(folder, as_lines([heading, *records[: n + 1], record, *records[n + 1 :]])) == record["place"] + 1
        if n:
            swapped = [heading, *records[: n - 1], record, records[n - 1], *records[n + 1 :]]
            assert outcome(folder, as_lines(swapped)) == record["place"] - 1


def test_a_record_of_an_export_names_the_letter_that_it_says_it_is_about(exported):
    folder, _, data = exported
    heading, *records = map(json.loads, data.splitlines())
    path = folder / "one.jsonl"

    def told(heading, **changed):
        n = next(n for n, record in enumerate(records) if record["kind"] == "line")
        path.write_bytes(as_lines([heading, *records[:n], records[n] | changed]))
        return records[n], check_export(path).broken

    record, broken = told(heading, writer="nobody")
    assert str(broken).endswith(
        f"it is about {record['n']}/{record['year']} of the receipt register of {record['unit']}"
    )
    assert told(heading, n="x")[1].number is None
    secret = told(heading | {"secret": True}, writer="nobody")[1].number
    assert secret.book.secret
    older = {key: value for key, value in heading.items() if key != "secret"}
    assert told(older, writer="nobody")[1].number is None, "of which grade its books are is not told"


def test_a_day_cut_short_at_either_end_is_found(exported):
    """Also when the heading is written anew to fit: the one above must be of an earlier day, and the head printed."""
    folder, head, data = exported
    heading, *records = map(json.loads, data.splitlines())
    assert len(records) == 4
    for n in range(1, len(records)):
        above = {**records[n - 1], "salt": None, "content": None}
        assert outcome(folder, as_lines([{**heading, "above": above}, *records[n:]]), head.hash) == 0
        earlier = {**above, "written": above["written"] - 86_400_000_000}
        assert outcome(folder, as_lines([{**heading, "above": earlier}, *records[n:]]), head.hash) == 0
        end = {one: records[n - 1][one] for one in head._fields}
        cut = as_lines([{**heading, "head": end}, *records[:n]])
        assert outcome(folder, cut) is None, "nobody can know that more came, without the paper"
        assert outcome(folder, cut, head.hash) == records[n - 1]["place"]
    assert outcome(folder, as_lines([{**heading, "above": None}, *records]), head.hash) == 1
    assert outcome(folder, as_lines([{**heading, "day": "2020-01-06"}, *records]), head.hash) == 0
    assert outcome(folder, as_lines([{**heading, "day": "2020-01-08"}, *records]), head.hash) == records[0]["place"]


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_file_holds_it_is_refused_in_a_sentence_or_told(exported, data):
    folder, head, whole = exported
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    found = outcome(folder, bytes(damaged), head.hash)
    if found is None:
        kept, was = ([json.loads(line) for line in text.splitlines()] for text in (bytes(damaged), whole))
        assert kept[1:] == was[1:]


@pytest.mark.parametrize(
    "text", [b"", b"\n", b"{}", b"[]", b"null", b'"records"', b"[" * 100_000, b"\xff\xfe", b"1" * 9999]
)
def test_what_is_no_export_is_refused(tmp_path, text):
    (tmp_path / "day.jsonl").write_bytes(text)
    with pytest.raises(FileError, match="is no export of a day; name one that"):
        check_export(tmp_path / "day.jsonl")
    with pytest.raises(FileError, match="cannot be read"):
        check_export(tmp_path / "nowhere.jsonl")
