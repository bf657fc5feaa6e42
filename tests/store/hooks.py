"""Seeing each statement of a store: those that SQLAlchemy says, and those that are handed to the driver itself."""

from contextlib import contextmanager

from sqlalchemy import event

from docflow.store import statements


def nothing(*_):
    """What is done where nobody wants to see."""


@contextmanager
def hooked(office, *, before=nothing, after=nothing, failed=nothing):
    """Let functions see a cursor and the words of each statement, before it and after it, or that it was refused."""
    engine, real = office._database.engine, statements.hand_over
    heard = {
        "before_cursor_execute": lambda _, cursor, words, *__: before(cursor, words),
        "after_cursor_execute": lambda _, cursor, words, *__: after(cursor, words),
        "handle_error": lambda _: failed(),
    }

    def handed(cursor, words, values=None):
        try:
            before(cursor, words)
            real(cursor, words, values)
            after(cursor, words)
        except Exception:
            failed()
            raise

    statements.hand_over = handed
    for name, hear in heard.items():
        event.listen(engine, name, hear)
    try:
        yield
    finally:
        statements.hand_over = real
        for name, hear in heard.items():
            event.remove(engine, name, hear)


def statements_of(office, work):
    """The statements of a unit of work, from BEGIN to COMMIT; once in a while one more follows, when it has doubled."""
    units = []
    for _ in range(2):
        said = []
        with hooked(office, before=lambda _, words, said=said: said.append(words)):
            work(office)
        units.append(said)
    return min(units, key=len)
