"""The chain by a second hand: every hash is computed again with nothing but `hashlib` and the description of it."""

import hashlib
import json

import pytest

from docflow.registry import Book
from docflow.store.chain import BEGINNING, Record, digest_of, sealed


def test_the_hash_is_that_of_every_column_on_a_line_of_its_own():
    record = sealed(
        7, 3, 1_578_278_520_000_000, 'Som"chai', "line", Book("งานสารบรรณ"), (2563, 12), '{"a":1}', "a" * 64, BEGINNING
    )
    lines = [
        "7", "3", "1578278520000000", '"Som\\"chai"', '"line"', '"งานสารบรรณ"', '"receipt"', "2563", "12",
        hashlib.sha256(f'{record.salt}\n{{"a":1}}'.encode()).hexdigest(), "a" * 64, "0" * 64,
    ]  # fmt: skip
    assert record.hash == hashlib.sha256("\n".join(lines).encode()).hexdigest() == record.proper_hash
    assert json.loads(lines[3]) == record.writer


def test_what_is_of_no_book_says_null():
    record = sealed(1, 1, 0, "docflow", "store", None, (None, None), "{}", BEGINNING, BEGINNING)
    text = f'1\n1\n0\n"docflow"\n"store"\nnull\nnull\nnull\nnull\n{record.digest}\n{BEGINNING}\n{BEGINNING}'
    assert record.hash == hashlib.sha256(text.encode()).hexdigest()


def test_two_records_of_one_content_have_two_digests_for_nobody_can_guess_the_salt():
    one, other = (sealed(1, 1, 0, "S", "line", None, (None, None), "{}", BEGINNING, BEGINNING) for _ in range(2))
    assert one.digest != other.digest
    assert one.digest == digest_of(one.salt, "{}")


def test_no_column_can_be_altered_without_another_hash():
    record = sealed(2, 1, 5, "S", "line", Book("GA"), (2563, 1), "{}", "a" * 64, "b" * 64)
    for column in Record._fields:
        if column in {"salt", "content", "hash"}:
            continue
        value = getattr(record, column)
        other = record._replace(**{column: value + 1 if isinstance(value, int) else f"{value}x"})
        assert other.proper_hash != record.hash, column


@pytest.mark.parametrize(("column", "value"), [("place", "2"), ("year", "2563"), ("n", 1.0), ("writer", b"S")])
def test_what_only_looks_like_what_was_written_is_another_thing(column, value):
    record = sealed(2, 1, 5, "S", "line", Book("GA"), (2563, 1), "{}", "a" * 64, "b" * 64)
    with pytest.raises(TypeError):
        record._replace(**{column: value}).proper_hash  # noqa: B018 - it is computed
