"""A store beside pure values: whatever is said at its desk, both tell the same and refuse the same in the same words.

The values are made by the public words of `CaseRegister` and `Registry`, with the stamps that the desk shows. What the
store refuses beyond them (secret letters, a workflow under another's name, another moment) is foretold by the test.
"""

import shutil
from contextlib import ExitStack, suppress
from datetime import UTC, date, datetime, timedelta
from itertools import count
from unittest.mock import patch

import pytest
from attrs import evolve
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from docflow import Actor, Closure, Entry, Letter, Transition, Workflow
from docflow.errors import StoreError
from docflow.instants import instant, local
from docflow.letters import ANSWER, Act, Deputy, migrate
from docflow.registry import Book, CaseRegister, Delivery, RegisterNumber
from docflow.registry.case_register import signed_by
from docflow.store import Store
from docflow.testing.letter_data_strategies import acting
from docflow.testing.letter_strategies import attempts, corrections, workflows
from docflow.testing.register_strategies import REASONS, RECIPIENTS, SUBJECTS, corrected, letters
from docflow.thai.table import Holiday

BEGUN = datetime(2019, 12, 31, 15, tzinfo=UTC)  # two hours before the year turns in Thailand
HOUR = timedelta(hours=1)
TICK = timedelta(microseconds=1)
UNITS = ("North", "South")
WAYS = [Transition("remind", "out", "out"), Transition("return", "out", "back"), Transition("stop", "out", "lost")]
LOAN = Workflow("loan", initial="out", transitions=WAYS, final=["back"], cancelled=["lost"])
NEWER = Workflow(
    "loan",
    version=2,
    initial="out",
    transitions=[*WAYS, Transition("call", "out", "out")],
    final=["back"],
    cancelled=["lost"],
)
SHORTER = Workflow("loan", version="three", initial="out", transitions=WAYS[1:], final=["back"], cancelled=["lost"])
OTHERWISE = Workflow("loan", initial="out", transitions=WAYS[:2], final=["back"])
WRITERS = (
    "Somchai",
    Actor("Somying", role="clerk", unit="North"),
    Actor("Somsri", role="head"),
    Deputy("Somsak", acts_for=Actor("Somsri", role="head"), since=BEGUN - HOUR),
)
NOT_YET = Deputy("Sompong", acts_for=Actor("Somsri"), since=BEGUN + 1000 * timedelta(days=365))
DECISIONS = (
    Closure(date(2020, 3, 20), reason="flood", source="order 15/2563"),
    Holiday(date(2020, 7, 27), "substitute for Songkran", announced=date(2020, 7, 7), source="cabinet"),
)
UNKNOWN = (
    RegisterNumber(Book("North"), 2563, 9_999),
    RegisterNumber(Book("Nowhere"), 2563, 1),
    RegisterNumber(Book("North", "receipt", secret=True), 2563, 1),
    RegisterNumber(Book("North"), 5, 1),
    RegisterNumber(Book("North"), 2563, -(10**30)),
    RegisterNumber(Book("North"), 10**30, 1),
    "1/2563",
)


class LeftError(Exception):
    """Something else went wrong in a unit of work."""


def outcome(doing, *given):
    """What somebody is given, or what is refused."""
    try:
        return doing(*given)
    except Exception as error:  # noqa: BLE001 - whatever one side raises, the other has to raise too
        return type(error), str(error)


def known(pure, number):
    return pure.registry[number].line.first or number


class Words:
    """Each word as it is said at the desk, and as the values are told it: both give what becomes of it."""

    def __init__(self, draw, beside, at, by):
        self.draw, self.pure, self.at, self.by = draw, beside.pure, at, by
        self.held, self.own, self.last = beside.held, beside.own, beside.last
        pure = self.pure
        self.numbers = [one.number for one in pure.registry]
        self.cases = [one for one in self.numbers if known(pure, one) in pure.cases]
        self.waiting = [one.number for one in pure.registry.reserved]
        self.void_ones = [one.number for one in pure.registry if one.line.void is not None]
        self.sent = [one.number for one in pure.registry if one.line.recipients]

    def word(self):
        """Mostly one for which there is something to do it to."""
        likely = ["receive", "receive", "receive", "send", "reserve", "starting_at", "announce"]
        likely += ["forward", "forward", "correct", "void", "link"] * bool(self.numbers)
        likely += ["apply", "apply", "apply", "correct_case", "with_case", "migrate"] * bool(self.cases)
        likely += ["fill", "fill"] * bool(self.waiting) + ["restore", "restore"] * bool(self.void_ones)
        likely += ["note_status", "note_status"] * bool(self.sent)
        return self.any(*likely) if self.draw(st.integers(0, 15)) else self.any(*WORDS)

    def any(self, *values):
        return self.draw(st.sampled_from(values))

    def rarely(self):
        return self.draw(st.integers(0, 3)) == 3

    def number(self, some=None):
        """Mostly one that may be meant; now and then any, or one that no register has."""
        likely = (some or self.numbers) if self.draw(st.integers(0, 7)) else self.numbers
        if self.last in likely and self.draw(st.booleans()):
            return self.last
        return self.any(*likely) if likely and self.draw(st.integers(0, 15)) else self.any(*UNKNOWN)

    def links(self):
        if self.draw(st.integers(0, 3)):
            return {}
        several = st.lists(st.builds(self.number), max_size=2)
        return self.draw(st.fixed_dictionaries({}, optional={"replies_to": several, "related": several}))

    def letter(self):
        letter = self.draw(letters())
        return evolve(letter, secrecy="open") if self.draw(st.integers(0, 9)) else letter

    def workflow(self):
        return self.any(LOAN, LOAN, NEWER, SHORTER, ANSWER, self.own, OTHERWISE)

    def name(self):
        return signed_by(self.by, self.at) or ""

    def registry(self, made):
        """The register with what was written in the registry alone."""
        if isinstance(made, tuple):
            return self.pure.with_registry(made[0]), made[1]
        return self.pure.with_registry(made), None

    def receive(self):
        letter, workflow, said = self.letter(), self.workflow(), self.links()
        given = {"unit": self.any(*UNITS), "n": self.any(*[None] * 8, 1, 2), "remark": self.any(*SUBJECTS), **said}
        return (
            lambda desk: desk.receive(letter, workflow=workflow, **given),
            lambda: self.pure.receive(letter, workflow=workflow, at=self.at, by=self.by, **given),
            workflow,
        )

    def send(self):
        letter, said = self.letter(), self.links()
        given = {"unit": self.any(*UNITS), "recipients": self.any((), RECIPIENTS), **said}
        return (
            lambda desk: desk.send(letter, **given),
            lambda: self.registry(self.pure.registry.send(letter, at=self.at, by=self.name(), **given)),
        )

    def reserve(self):
        given = {"unit": self.any(*UNITS), "direction": self.any("receipt", "sending", "astray")}
        given |= {"why": self.any(*REASONS), "secret": self.rarely()}
        return (
            lambda desk: desk.reserve(**given),
            lambda: self.registry(self.pure.registry.reserve(at=self.at, by=self.name(), **given)),
        )

    def fill(self):
        number, letter, said = self.number(self.waiting), self.letter(), self.links()
        workflow, why = self.any(None, self.workflow()), self.any(*REASONS)

        def values():
            if workflow is not None:
                pure = self.pure.fill(number, letter, at=self.at, by=self.by, workflow=workflow, why=why, **said)
            else:
                registry = self.pure.registry.fill(number, letter, at=self.at, by=self.name(), why=why, **said)
                pure, _ = self.registry(registry)
            return pure, pure.registry[number]

        return lambda desk: desk.fill(number, letter, workflow=workflow, why=why, **said), values, workflow

    def forward(self):
        number, given = self.number(self.cases), {"unit": self.any(*UNITS, "East"), "action": self.any(*SUBJECTS)}
        given |= self.links()
        return (
            lambda desk: desk.forward(number, **given),
            lambda: self.pure.forward(number, at=self.at, by=self.by, **given),
        )

    def apply(self):
        number, by, note, at = self.number(self.cases), None, self.any(*REASONS), None
        trigger = self.any("remind", "return", "stop", "answer", "call", "shred")
        allowed = self.pure[number].allowed() if number in self.cases else ()
        if allowed and self.draw(st.booleans()):
            trigger, at = self.any(*allowed), self.any(None, None, self.pure[number].history[-1].at)
        elif allowed:
            entry = self.draw(attempts(self.pure[number]))
            trigger, by, note = entry.trigger, acting(entry) if entry.by else None, entry.note
            at = self.any(None, entry.at, self.at, self.at - HOUR, self.at + TICK)
        unit = self.any(None, None, *UNITS)
        said = {"unit": unit, "note": note}

        def values():
            when, recorded = (self.at, None) if at is None else (at, self.at)
            who = self.by if by is None else by
            pure = self.pure.apply(number, trigger, at=when, by=who, recorded=recorded, **said)
            return pure, pure[number]

        return lambda desk: desk.apply(number, trigger, at=at, by=by, **said), values

    def correct(self):
        number, right, why = self.number(), self.draw(corrected()), self.any(*REASONS)
        if not self.draw(st.integers(0, 9)):
            right |= {"secrecy": "open"}

        def values():
            pure = self.pure.correct(number, by=self.by, why=why, at=self.at, **right)
            return pure, pure.registry[number]

        return lambda desk: desk.correct(number, why=why, **right), values

    def correct_case(self):
        number, why = self.number(self.cases), self.any(*REASONS)
        changes, missed = {1: Entry("remind", self.at)}, []
        if number in self.cases and self.draw(st.booleans()):
            changes, missed, _ = self.draw(corrections(self.pure[number]))
        elif number in self.cases:
            acts = [(place, one) for place, one in enumerate(self.pure[number].log) if isinstance(one, Act)]
            place, act = self.any(*acts)
            changes = {place: self.any(Entry(act.trigger, act.at, note="by hand"), Entry(act.trigger, self.at), None)}

        def values():
            case = self.pure[number].correct(changes, missed=missed, by=self.by, why=why, recorded=self.at)
            return self.pure.with_case(number, case), case

        return lambda desk: desk.correct_case(number, changes, missed=missed, why=why), values

    def with_case(self):
        """What goes on from a case that was read at any time before, and was perhaps not written now."""
        number = self.number(self.cases)
        before = self.any(*(case for _, case in self.held), *(self.pure[one] for one in self.cases[-1:]), None)
        if number in self.cases and (before is None or self.draw(st.booleans())):
            before = self.pure[number]
        if before is None:
            before = LOAN.open(Letter(number="1/2563"), at=self.at)
        at, who = self.any(self.at, self.at, self.at, self.at - HOUR, self.at + HOUR), WRITERS[2]
        case = before
        with suppress(Exception):
            match self.any("apply", "apply late", "amend", "nothing"):
                case "apply":
                    case = before.apply(self.any("remind", "return", "answer"), at=at, by=who, note="by hand")
                case "apply late":
                    case = before.apply("remind", at=before.history[-1].at, recorded=at, by=who)
                case "amend":
                    case = before.amend(subject="Another", recorded=at, by=who, why="a slip")

        def against():
            if case.workflow != self.pure[number].workflow:
                return "another workflow"
            return None

        def late():
            new = case.log[len(self.pure[number].log) :]
            when = (one.recorded if not isinstance(one, Act) or one.recorded is not None else one.at for one in new)
            return "another moment" if any(one != self.at for one in when) else None

        return (
            lambda desk: desk.with_case(number, case),
            lambda: (self.pure.with_case(number, case), case),
            against,
            late,
        )

    def void(self):
        number, why, trigger = self.number(), self.any(*REASONS), self.any("stop", "stop", "release", None, "shred")

        def values():
            pure = self.pure.void(number, why=why, at=self.at, by=self.by, trigger=trigger)
            return pure, pure.registry[number]

        return lambda desk: desk.void(number, why=why, trigger=trigger), values

    def restore(self):
        number, why = self.number(self.void_ones), self.any(*REASONS)

        def values():
            pure = self.pure.restore(number, by=self.by, why=why, at=self.at)
            return pure, pure.registry[number]

        return lambda desk: desk.restore(number, why=why), values

    def link(self):
        number, said = self.number(), {"why": self.any(*REASONS), "related": self.number(), **self.links()}

        def values():
            pure, _ = self.registry(self.pure.registry.link(number, at=self.at, by=self.name(), **said))
            return pure, pure.registry[number]

        return lambda desk: desk.link(number, **said), values

    def note_status(self):
        number, status = self.number(self.sent), self.any(*Delivery, "astray")
        who = self.any(*RECIPIENTS, "Nobody")

        def values():
            registry = self.pure.registry.note_status(number, who, status, at=self.at, by=self.name(), why="so said")
            pure, _ = self.registry(registry)
            return pure, pure.registry[number]

        return lambda desk: desk.note_status(number, who, status, why="so said"), values

    def starting_at(self):
        book = Book(self.any(*UNITS, "East"), self.any("receipt", "sending"), secret=self.rarely())
        year, n = self.any(2562, 2563, 2563, 5), self.any(1, 120, 0, 10**12)

        def late():
            return "another store" if book.secret else "unwritable" if n > 10**9 else None

        return (
            lambda desk: desk.starting_at(book, year, n),
            lambda: self.registry(self.pure.registry.starting_at(book, year, n)),
            lambda: None,
            late,
        )

    def migrate(self):
        some = [self.number(self.cases) for _ in range(self.draw(st.integers(1, 2)))]
        numbers, new = self.any(some, some, self.cases or some), self.workflow()

        def values():
            firsts = list(dict.fromkeys(known(self.pure, one) for one in numbers))
            moved = migrate([self.pure[one] for one in firsts], new)
            return CaseRegister(self.pure.registry, {**self.pure.cases, **dict(zip(firsts, moved, strict=True))}), None

        return lambda desk: desk.migrate(numbers, new), values, new

    def announce(self):
        decision = self.any(*DECISIONS)
        return lambda desk: desk.announce(decision), lambda: (self.pure, None)


WORDS = (
    "receive", "send", "reserve", "fill", "forward", "apply", "correct", "correct_case", "with_case", "void", "restore",
    "link", "note_status", "starting_at", "migrate", "announce",
)  # fmt: skip


class Beside(RuleBasedStateMachine):
    """A store, opened twice, and the values that it should tell."""

    where = None
    """How a new, empty store is made: gives its place, and what `Store.open` is told besides."""

    def __init__(self):
        super().__init__()
        self.open_stores = ExitStack()
        self.pure, self.then, self.held, self.stored = CaseRegister(), [], [], {}
        self.last = None
        self.now = BEGUN

    @initialize(own=workflows())
    def begin(self, own):
        self.own = evolve(own, name="drawn")
        place, more = self.where()
        self.open = lambda: self.open_stores.enter_context(
            Store.open(place, workflows=[ANSWER, self.own], now=lambda: self.now, **more)
        )
        self.offices = [self.open(), self.open()]
        self.head = self.offices[0].head
        self.then.append((instant(BEGUN), self.pure))

    @rule(data=st.data())
    def write(self, data):
        draw = data.draw
        self.now += draw(
            st.sampled_from((HOUR, 0 * HOUR, TICK, HOUR, 30 * HOUR, -30_000_000 * TICK, -HOUR)), "later by"
        )
        office, by = (
            self.offices[draw(st.integers(0, 1), "office")],
            draw(st.sampled_from((*WRITERS * 3, NOT_YET)), "by"),
        )
        at = max(instant(self.now), self.head.written + 1)
        if instant(self.now) < self.head.written - 60_000_000:
            with pytest.raises(StoreError, match="the clock shows"), office.write(by=by):
                pass
            self.now = local(self.head.written, UTC)
            return
        before, stored = self.pure, dict(self.stored)
        left = draw(st.integers(0, 9), "left by an error") == 9
        said = False
        with suppress(LeftError), office.write(by=by) as desk:
            assert instant(desk.at) == at
            for _ in range(draw(st.integers(1, 5), "how many words")):
                said |= self.say(draw, desk, by)
            if left:
                raise LeftError
        if left:
            self.pure, self.stored = before, stored
        elif said:
            self.then.append((at, self.pure))
        self.same(office, grown=said and not left)
        if draw(st.booleans(), "as recorded"):
            self.read_as_recorded(draw)

    def say(self, draw, desk, by):
        """Say one word to both; whether it was taken."""
        words = Words(draw, self, desk.at, by)
        word = words.word()
        said, values, *more = getattr(words, word)()
        workflow = more[0] if len(more) == 1 else None
        early, late = more if len(more) == 2 else (lambda: None, lambda: None)
        got, wanted = outcome(lambda: said(desk)), outcome(values)
        taken = isinstance(wanted[0], CaseRegister)
        own = outcome(early)
        if own is None or isinstance(own, tuple):
            own = self.store_refuses(wanted, workflow) or late() if taken else None
        if own is not None:
            assert got[0] is StoreError, (word, own, got)
            return False
        assert got == (wanted[1] if taken else wanted), word
        if taken:
            if workflow is not None:
                self.stored.setdefault((workflow.name, workflow.version), workflow)
            before, self.pure = self.pure, wanted[0]
            if word in {"receive", "reserve", "send"} or (word == "forward" and draw(st.booleans())):
                self.last = wanted[1].number
        assert outcome(lambda: [desk.registration(one) for one in words.numbers]) == [
            self.pure.registry[one] for one in words.numbers
        ]
        return taken and (self.pure != before or word in {"starting_at", "migrate", "announce"})

    def store_refuses(self, wanted, workflow):
        """What the store alone refuses: secret letters, and a workflow under the name of another."""
        if workflow is not None and self.stored.get((workflow.name, workflow.version), workflow) != workflow:
            return "another workflow"
        secret = [one for one in wanted[0].registry.volumes if one.book.secret and one.lines]
        return "another store" if secret else None

    def read_as_recorded(self, draw):
        stamps = sorted({at for at, _ in self.then})
        at = draw(st.sampled_from(stamps)) + draw(st.sampled_from((0, -1, 1)))
        pure = next((pure for then, pure in reversed(self.then) if then <= at), CaseRegister())
        with self.offices[0].read(as_recorded=local(at, UTC)) as books:
            assert (books.head is None) is (at < stamps[0])
            self.tell_the_same(books, pure)
        moved = any(
            case.workflow != pure.cases[number].workflow
            for number, case in self.pure.cases.items()
            if number in pure.cases
        )
        if not moved:  # the values themselves do not know when a case moved, nor since when a book begins amid a year
            values = self.pure.as_recorded(local(at, UTC))
            assert dict(values.cases) == dict(pure.cases)
            assert [one for one in values.registry.volumes if one.lines] == [
                one for one in pure.registry.volumes if one.lines
            ]

    @rule(which=st.integers(0, 1))
    def open_again(self, which):
        """And keep the last case in hand, while others go on."""
        self.offices[which].close()
        self.offices[which] = self.open()
        for number in list(self.pure.cases)[-1:]:
            with self.offices[which].read() as books:
                self.held.append((number, books[number]))

    @rule(data=st.data())
    def write_more(self, data):
        self.write(data)

    @rule(data=st.data())
    def write_still_more(self, data):
        self.write(data)

    def same(self, office, *, grown):
        with office.read() as books:
            self.tell_the_same(books, self.pure)
            head = books.head
        assert office.head == head
        proof = office.verify()
        assert proof.holds, proof
        assert proof.head == head
        if grown:
            assert (head.place, head.writing) >= (self.head.place + 1, self.head.writing + 1), "it grew"
            assert head.writing == self.head.writing + 1
            assert head.written == self.then[-1][0] >= self.head.written
            assert head.hash != self.head.hash
        else:
            assert head == self.head
        self.head = head

    def tell_the_same(self, books, pure):
        beyond = [
            one for volume in pure.registry.volumes for one in (volume.number(volume.first - 1), volume.next_number)
        ]
        for number in (*(one.number for one in pure.registry), *beyond, *UNKNOWN):
            assert outcome(books.__getitem__, number) == outcome(pure.__getitem__, number)
            assert outcome(books.registration, number) == outcome(pure.registry.__getitem__, number)
            assert outcome(books.passage, number) == outcome(pure.registry.passage, number)
            assert (number in books) == (number in pure.registry)
        assert books.register == pure
        assert list(books.register.cases) == list(pure.cases)
        assert books.registry == pure.registry

    def teardown(self):
        self.open_stores.close()


def run(where, share):
    Machine = type("Beside", (Beside,), {"where": staticmethod(where)})  # noqa: N806 - a class
    usual = settings.default
    with patch("docflow.store.store.PAGE", 3):  # so that what is kept in mind is fetched anew in most runs
        run_state_machine_as_test(
            Machine,
            settings=settings(usual, max_examples=max(3, int(usual.max_examples * share)), stateful_step_count=12),
        )


@pytest.mark.laws
def test_a_store_in_a_file_tells_what_the_values_tell(tmp_path):
    empty, names = tmp_path / "empty.db", count()
    Store.create(empty, now=lambda: BEGUN).close()

    def where():
        place = tmp_path / f"{next(names)}.db"
        shutil.copy(empty, place)  # to make the tables takes a tenth of a second
        return place, {}

    run(where, 1)


@pytest.mark.laws
def test_a_store_on_a_server_tells_what_the_values_tell(postgres):
    names = count()

    def where():
        schema = f"office_{next(names)}"
        Store.create(postgres, now=lambda: BEGUN, schema=schema).close()
        return postgres, {"schema": schema}

    run(where, 0.1)


# What the machine found, or would have found, as examples of their own.


@pytest.fixture
def office(place):
    with Store.create(place, now=lambda: BEGUN) as store:
        yield store


def test_a_workflow_is_stored_once_however_many_letters_follow_it(office):
    for _ in range(3):
        with office.write(by="Somchai") as desk:
            desk.receive(Letter(number=""), unit="North", workflow=LOAN)
    with pytest.raises(StoreError, match="stored otherwise"), office.write(by="Somchai") as desk:
        desk.receive(Letter(number=""), unit="North", workflow=OTHERWISE)
    assert office.head.place == 1 + 1 + 3 * 3  # the store, the workflow; each letter's line, workflow and receipt
    assert office.verify().holds


def test_books_and_cases_stand_in_the_order_in_which_they_were_begun(office):
    with office.write(by="Somchai") as desk:
        kept = desk.reserve(unit="South", why="on its way", direction="receipt").number
        one = desk.receive(Letter(number=""), unit="North", workflow=LOAN).number
        desk.starting_at(Book("East"), 2562, 120)
        desk.fill(kept, Letter(number=""), workflow=LOAN)
        for unit in ("South", "East", "North"):  # all at one moment
            desk.forward(one, unit=unit)
    with office.read() as books:
        assert list(books.register.cases) == [one, kept]
        assert [volume.book.unit for volume in books.registry.volumes] == ["South", "North", "East"]
        assert books.passage(one) == books.registry.passage(one)
        assert [each.number.book.unit for each in books.passage(one)] == ["North", "South", "North", "East"]


def test_what_a_case_has_more_was_written_now(office):
    with office.write(by="Somchai") as desk:
        number = desk.receive(Letter(number=""), unit="North", workflow=LOAN).number
        with pytest.raises(StoreError, match="another moment than now") as error:
            desk.with_case(number, desk[number].apply("remind", at=desk.at, recorded=desk.at + HOUR))
        assert error.value.kind == "another moment"
        desk.with_case(number, desk[number].apply("remind", at=desk.at))


def test_names_that_no_database_holds_and_numbers_too_large_are_refused_in_a_sentence(office):
    for refused in (
        lambda desk: desk.receive(Letter(number=""), unit="\ud800", workflow=LOAN),
        lambda desk: desk.starting_at(Book("North"), 2562, 10**9),
    ):
        with office.write(by="Somchai") as desk:
            with pytest.raises(StoreError) as error:
                refused(desk)
            assert error.value.kind == "unwritable"
    with pytest.raises(StoreError, match="no database can hold"), office.write(by="\ud800"):
        pass
    with office.read() as books:
        for year in (5, 10**30):
            assert RegisterNumber(Book("North"), year, 1) not in books
