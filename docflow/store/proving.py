"""Proving: every link of the chain is checked, and all that the records tell is judged anew."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from contextlib import closing
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from docflow.errors import StoreError
from docflow.instants import instant
from docflow.letters.writing import written
from docflow.safe import visible
from docflow.store.collecting import many_stay
from docflow.store.data import AMISS, from_text, same_workflow
from docflow.store.folding import LOG, NAMED, Fold
from docflow.store.guards import unguarded
from docflow.store.heads import head_in
from docflow.store.json_text import parsed
from docflow.store.lines import first_wrong
from docflow.store.linking import BrokenError, Links, NoRecordError
from docflow.store.naming import said_of
from docflow.store.tables import LINK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docflow.letters import Workflow
    from docflow.registry import CaseRegister, RegisterNumber
    from docflow.store.chain import Head, Record
    from docflow.store.reading import Reader

__all__ = ["Broken", "Proof", "prove"]

MANY: Final = 100
"""So many records of one unit of work are tried one by one, to find which of them is against the rules."""
OF_NO_BOOK: Final = frozenset({"workflow", "decision", "holiday"})


@frozen
class Broken:
    """The first record that is not as it was written, and what is wrong with it.

    >>> from docflow.store import Head, Proof
    >>> proof = Proof(Head(30, 12, 0, "9f86d081884c7d65"), 0, Broken(12, "its content was altered"))
    >>> print(proof.broken)
    record 12: its content was altered

    A record names a letter by its book and its number, and whoever altered it may have altered that too. So a proof
    tells what the record says, and beside it what the index of letters says, which stands in a table of its own.
    """

    place: int
    """Where it stands, or stood; the first record is 1."""
    problem: str
    """What is wrong with it, in English."""
    number: RegisterNumber | None = None
    """Of the letter that the record says it is about; None when it is gone, names none, or cannot be read."""
    indexed: RegisterNumber | None = None
    """Of the line that the index of letters has at this place; None when it has none, and in an export."""

    def __str__(self) -> str:
        said = ""
        if self.number is not None:
            said = f"; the record says it is about {self.number} of the {self.number.book}"
        if self.indexed is not None and self.indexed != self.number:
            said += f"; the index of letters has {self.indexed} of the {self.indexed.book} there"
        return visible(f"record {self.place}: {self.problem}{said}")


@frozen
class Proof:
    """What `Store.verify` found: whether all is as it was written, and which record is not.

    >>> from tempfile import TemporaryDirectory
    >>> from docflow.store import Store
    >>> with TemporaryDirectory() as folder, Store.create(f"{folder}/office.db") as office:
    ...     proof = office.verify()
    >>> proof.holds, proof.broken, str(proof).partition(": ")[2]
    (True, None, 'all as they were written')
    """

    head: Head
    """The last record that the store has."""
    disposed: int
    """How many records have no content any more, because it was disposed of by decision."""
    broken: Broken | None
    """The first record that is not as it was written; None when all are."""
    unguarded: tuple[str, ...] = ()
    """The triggers that let the database refuse changes, and do so no more; `Store.upgrade` makes them anew.

    Then what others added and may alter or swallow records, by its kind, such as "rule mine"; they have to drop it.
    """

    @property
    def holds(self) -> bool:
        """Whether all is as it was written, and the database lets nothing else be done than to write below it."""
        return self.broken is None and not self.unguarded

    def __str__(self) -> str:
        gone = f", {self.disposed} of them disposed of" if self.disposed else ""
        found = "all as they were written" if self.broken is None else f"not as they were written; {self.broken}"
        if self.unguarded:
            names = ", ".join(self.unguarded)
            found += ", but" if self.broken is None else ";"
            found += f" the database does not refuse every change any more ({names}): "
            found += "Store.upgrade(...) mends that, or says who has to"
        return f"{self.head}{gone}: {found}"


def prove(reader: Reader, printed: str | None = None) -> Proof:
    """Check every link, then judge all; `printed` is a hash from the page of a day, which must be in the chain."""
    with many_stay():
        try:
            return _proof(reader, printed, page=1000)
        except DBAPIError as error:
            if not _illegible(error):
                raise
            return _proof(reader, printed, page=1)  # the driver gives no row of a page in which one cannot be read


def _proof(reader: Reader, printed: str | None, page: int) -> Proof:
    head, broken, of_one = _head(reader), None, False
    links, fold = Links(head, printed), Fold(reader.store, secret=reader.secret)
    try:
        _see_each(reader, links, fold, page)
        links.end()
        register = _judge(reader, fold)
        _look_up(reader, fold, register, links.place)
    except BrokenError as error:  # not kept: what it holds would keep the driver reading
        broken, of_one = Broken(*error.args), not isinstance(error, NoRecordError)
    unseen = unguarded(reader.connection)
    if broken is not None and of_one:
        broken = Broken(broken.place, broken.problem, *said_of(reader, broken.place))
    return Proof(head or links.head, links.disposed, broken, unseen)


def _illegible(error: DBAPIError) -> bool:
    """Whether a text of an SQLite file is no text any more; the driver has no other sign of it than its words."""
    return "decode to UTF-8" in str(error.orig)


def _head(reader: Reader) -> Head | None:
    try:
        return head_in(reader.connection)
    except DBAPIError as error:
        if _illegible(error):
            return None
        raise


def _see_each(reader: Reader, links: Links, fold: Fold, page: int) -> None:
    """See each record by itself: that it follows those above it, can be read, and was written when it says."""
    alone = _OfNoBook(reader)
    try:
        with closing(reader.every_record(page)) as records:
            for record in records:
                links.check(record)
                problem = _against_told(record, fold, alone)
                if problem:
                    raise BrokenError(record.place, problem)
    except DBAPIError as error:
        if page > 1 or not _illegible(error):
            raise
        raise BrokenError(links.place + 1, "its text cannot be read") from None


def _against_told(record: Record, fold: Fold, alone: _OfNoBook) -> str:
    """Why what a record tells cannot be so, as far as those above it say; empty when it can."""
    if (record.kind == "store") is not (record.place == 1):
        return "the first record says what store it is, and no other one does"
    try:
        told: Any = fold.take(record)
        if told is None:
            return alone.against(record, fold) if record.content is not None else ""
    except StoreError as error:
        return error.problem.removeprefix(f"record {record.place}: ")
    same = record.written == (written(told) if record.kind in LOG else instant(told.at))
    return "" if same else "it says of another moment that it was written then"


class _OfNoBook:
    """What is known of the records that belong to no book, and which workflows cases may follow."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._workflows: set[tuple[Any, Any]] = set()

    def against(self, record: Record, fold: Fold) -> str:
        """Why a record cannot stand where it is, empty when it can. Raises `StoreError` for what cannot be read."""
        kind, content = record.kind, record.content or ""
        if record.unit is not None:
            known = kind != "follows" or fold.told[record.number].follows in self._workflows
            return "" if known else "no record above it tells the workflow that it follows"
        if record.direction is not None or record.year is not None or record.n is not None:
            return "it is of no book, and yet it names one"
        if kind == "store":
            return self._against_first(content)
        if kind not in OF_NO_BOOK:
            return f"nothing of the kind {kind!r} is of no book"
        if kind == "workflow":
            return self._against_workflow(content)
        from_text(kind, content)
        return ""

    def _against_first(self, content: str) -> str:
        try:
            said = parsed(content)
        except AMISS:
            said = None
        same = isinstance(said, dict) and said.get("secret") is self._reader.secret
        return "" if same else "it does not say what store it is"

    def _against_workflow(self, content: str) -> str:
        given = next((one for one in self._reader.given.values() if same_workflow(one, content)), None)
        workflow: Workflow = given or from_text("workflow", content)
        called = workflow.name, workflow.version
        if called in self._workflows:
            return f"the workflow {called[0]!r}, version {called[1]}, stands above it already"
        self._workflows.add(called)
        return ""


def _judge(reader: Reader, fold: Fold) -> CaseRegister:
    """Judge all that is told; when it can never have been, find the record that makes it so."""
    try:
        return fold.register(reader.workflow)
    except AMISS as error:
        problem = (getattr(error, "problem", None) or str(error)).removesuffix(NAMED)
        raise BrokenError(_first_against(reader), problem) from None


def _first_against(reader: Reader) -> int:
    """The first record with which what is told can never have been.

    It is found by halving, one unit of work after the other, for within one not all is told yet; then within that one,
    as the record below the last one with which all could have been.
    """
    records = list(reader.every_record())
    ends = [n for n, (one, below) in enumerate(pairwise(records), 1) if one.writing != below.writing] + [len(records)]

    def against(size: int) -> bool:
        return _is_against(reader, records[:size])

    unit = min(bisect_left(ends, True, key=against), len(ends) - 1)  # noqa: FBT003 - what is looked for
    begin, end = ends[unit - 1] if unit else 0, ends[unit]
    tried = range(end - 1, begin, -1) if end - begin <= MANY else ()
    return records[next((size for size in tried if not against(size)), begin)].place


def _is_against(reader: Reader, records: Iterable[Record]) -> bool:
    fold = Fold(reader.store, secret=reader.secret)
    for record in records:
        fold.take(record)
    try:
        fold.register(reader.workflow)
    except AMISS:
        return True
    return False


def _look_up(reader: Reader, fold: Fold, register: CaseRegister, last: int) -> None:
    """See that what is looked up is kept as the records tell it: which line names which, and each line as it is now."""
    told = Counter(
        (*fold.key(link), *key, place) for key, one in fold.told.items() for link, place in one.named.items()
    )
    try:
        kept = Counter(map(tuple, reader.connection.execute(select(LINK))))
        wrong_line = first_wrong(reader.connection, fold, register)
    except DBAPIError as error:
        if _illegible(error) or "no such table" in str(error.orig):
            raise NoRecordError(last, "what letters are looked up by cannot be read; reindex() makes it anew") from None
        if "fts5" in str(error.orig):  # SQLite can neither mend nor drop such an index; a copy makes its own
            problem = f"the index of words is damaged ({error.orig}); no record is: copy() the store to another place"
            raise NoRecordError(last, problem) from None
        raise
    lost, added = told - kept, kept - told
    if lost:
        wrong: Any = min(lost, key=lambda row: row[-1])
        raise BrokenError(wrong[-1], f"that it names {wrong[3]}/{wrong[2]} of {wrong[0]} is not found any more")
    if added:
        wrong = min((row[-1] for row in added if row[-1] in range(1, last)), default=last)
        raise BrokenError(wrong, "it is kept as naming what it does not name")
    if wrong_line is not None:
        raise BrokenError(wrong_line, "letters are found by something else than it says now; reindex() makes that anew")
