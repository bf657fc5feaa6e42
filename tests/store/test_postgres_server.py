"""The PostgreSQL server of the tests: each test has an empty database of its own, which knows Thai."""

import pytest
from sqlalchemy import NullPool, create_engine, text

LETTER = "หนังสือขอความอนุเคราะห์ เลขที่ ๘๓๙๕/๒๕๖๒"


@pytest.fixture
def connection(postgres):
    with create_engine(postgres, poolclass=NullPool).connect() as connection:
        yield connection


@pytest.mark.parametrize("time", ["first", "second"])
def test_a_database_is_empty_and_keeps_thai_letter_for_letter(connection, time):
    tables = "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
    assert connection.scalar(text(tables)) == 0, f"the {time} time"
    connection.execute(text("CREATE TABLE letters (subject text)"))  # in a shared database, it is found the second time
    connection.execute(text("INSERT INTO letters VALUES (:subject)"), {"subject": LETTER})
    connection.commit()
    kept = connection.execute(text("SELECT subject, char_length(subject), octet_length(subject) FROM letters")).one()
    assert kept == (LETTER, len(LETTER), len(LETTER.encode()))  # characters, not bytes, are counted: it is UTF-8


def test_words_of_thai_are_found_by_likeness_and_by_part(connection):
    connection.execute(text("CREATE EXTENSION pg_trgm"))

    def ask(words, **values):
        return connection.scalar(text(f"SELECT {words}"), values)

    likeness = "similarity(:one, :other)"
    assert ask(likeness, one=LETTER, other=LETTER) == 1
    assert 0.5 < ask(likeness, one=LETTER, other=LETTER.replace("ขอ", "")) < 1
    assert ask(likeness, one=LETTER, other="ประกาศ") == 0  # in the locale C no Thai letter counts, and all is 0
    assert ask(":all ILIKE :part", all=LETTER, part="%อนุเคราะห์%")
    assert not ask(":all ILIKE :part", all=LETTER, part="%ประกาศ%")
    assert ask(":all ILIKE :part", all="École de Bangkok", part="éCOLE%")  # small and capital, beyond ASCII too
