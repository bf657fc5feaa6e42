from datetime import UTC, date, datetime

import pytest
from attrs import evolve
from small_tables import NINE, later

from docflow import Letter
from docflow.errors import RegisterError
from docflow.letters import Retention
from docflow.registry import Book, Direction, Line, RegisterNumber, Registry, Void, pages

NEW = Letter(number="")


class TestTheClassesOfRetention:
    def test_are_those_of_the_regulation(self):
        assert [kept.value for kept in Retention] == ["ordinary", "usual", "permanent"]


class TestARegister:
    GA = Book("GA")

    def test_that_refuses_says_which_it_is_and_why(self):
        registry, first = Registry().receive(NEW, unit="GA", at=later(1))
        registry, second = registry.receive(NEW, unit="GA", at=later(2))
        void = registry.void(first.number, why="twice", at=later(3))
        year_before = datetime(2018, 10, 1, 9, tzinfo=UTC)
        ga = "receipt register of GA"
        for refused, kind, problem in (
            (
                lambda: void.forward(first.number, unit="Group", at=later(4)),
                "void number",
                "1/2562 is void (twice); forward the letter by another number",
            ),
            (
                lambda: void.void(first.number, why="again", at=later(4)),
                "void number",
                "1/2562 is void already (twice); there is nothing to do",
            ),
            (
                lambda: registry.void(first.number, why=" ", at=later(4)),
                "no reason given",
                "a reason is wanted for 1/2562 to be declared void; give it in why=",
            ),
            (
                lambda: registry.void(first.number, why="twice", at=NINE),
                "time runs backwards",
                (
                    "1/2562 cannot have been declared void at 2019-10-01 09:00:00+00:00, "
                    "before it was given at 2019-10-01 10:00:00+00:00"
                ),
            ),
            (
                lambda: registry.starting_at(self.GA, 2562, 5),
                "duplicate number",
                "its volume of 2562 cannot begin at 5: it has 2 lines",
            ),
            (
                lambda: registry.starting_at(self.GA, 2563, 0),
                "no such number",
                "its volume of 2563 cannot begin at 0: numbers are whole and begin at 1",
            ),
            (
                lambda: registry[RegisterNumber(self.GA, 2562, 3)],
                "no such number",
                "3/2562 was never given; the next is 3/2562",
            ),
            (
                lambda: registry.receive(NEW, unit="GA", at=year_before),
                "time runs backwards",
                "2018-10-01 09:00:00+00:00 is in 2561, and the volume of 2562 has begun; register it now",
            ),
            (
                lambda: registry.receive(NEW, unit="GA", at=NINE),
                "time runs backwards",
                (
                    "2019-10-01 09:00:00+00:00 is before its last line, 2/2562 at 2019-10-01 11:00:00+00:00; "
                    "register it now"
                ),
            ),
            (
                lambda: void.receive(NEW, unit="GA", at=later(4), n=1),
                "void number",
                "1/2562 is void (twice) and is never used again; the next is 3/2562",
            ),
            (
                lambda: registry.receive(NEW, unit="GA", at=later(4), n=2),
                "duplicate number",
                "2/2562 was given at 2019-10-01 11:00:00+00:00 already; the next is 3/2562",
            ),
            (
                lambda: registry.receive(NEW, unit="GA", at=later(4), n=4),
                "gap",
                "4/2562 would leave a gap; the next is 3/2562",
            ),
        ):
            with pytest.raises(RegisterError) as caught:
                refused()
            assert (caught.value.register, caught.value.kind, caught.value.problem) == (ga, kind, problem)
        assert (second.number.n, len(registry), len(Registry())) == (2, 2, 0)

    def test_keeps_what_is_said_of_a_letter(self):
        registry, first = Registry().receive(NEW, unit="GA", at=NINE, by="Somchai", action="submit", remark="urgent")
        assert (first.line.by, first.line.action, first.line.remark) == ("Somchai", "submit", "urgent")
        assert first.line == Line(letter=first.letter, at=NINE, by="Somchai", action="submit", remark="urgent")
        said = {"by": "Somying", "replies_to": first.number, "related": (first.number,), "action": "a", "remark": "b"}
        registry, second = registry.forward(first.number, unit="Group", at=later(1), **said)
        assert second.line == Line(letter=first.letter, at=later(1), first=first.number, **said)
        registry, sent = registry.send(NEW, unit="Group", at=later(2), **said)
        assert sent.line == Line(letter=sent.letter, at=later(2), **said)
        assert list(registry) == [first, second, sent]

    def test_says_of_a_first_registration_that_there_was_none_before(self):
        _, first = Registry().receive(NEW, unit="GA", at=NINE)
        line = first.line
        assert (line.by, line.first, line.replies_to, line.related) == (None, None, (), ())
        assert (line.action, line.remark, line.void) == ("", "", None)

    def test_takes_a_number_back_at_the_moment_at_which_it_was_given(self):
        registry, first = Registry().receive(NEW, unit="GA", at=NINE)
        registry = registry.void(first.number, by="Somchai", why="twice", at=NINE)
        assert registry[first.number].line.void == Void(by="Somchai", why="twice", at=NINE)

    def test_may_begin_at_one(self):
        _, first = Registry().starting_at(self.GA, 2562, 1).receive(NEW, unit="GA", at=NINE)
        assert first.number.n == 1

    def test_of_what_is_sent_is_called_so(self):
        assert str(Book("GA", Direction.SENDING, secret=True)) == "secret sending register of GA"

    def test_of_one_unit_may_lag_behind_the_year_of_another(self):
        registry, _ = Registry().receive(NEW, unit="GA", at=datetime(2020, 1, 2, 9, tzinfo=UTC))
        registry, late = registry.receive(NEW, unit="Group", at=NINE)
        assert str(late.number) == "1/2562"

    def test_has_every_way_of_registering_say_the_number_that_must_come(self):
        registry, first = Registry().receive(NEW, unit="GA", at=NINE)
        registry, sent = registry.send(NEW, unit="Group", at=NINE, n=1)
        registry, forwarded = registry.forward(first.number, unit="Group", at=NINE, n=1)
        assert sent.number == RegisterNumber(Book("Group", Direction.SENDING), 2562, 1)
        assert forwarded.number == RegisterNumber(Book("Group"), 2562, 1)
        for write in (
            lambda: registry.send(NEW, unit="Group", at=NINE, n=3),
            lambda: registry.forward(first.number, unit="Group", at=NINE, n=3),
        ):
            with pytest.raises(RegisterError, match="3/2562 would leave a gap; the next is 2/2562"):
                write()

    def test_names_the_last_of_its_lines_when_time_runs_backwards(self):
        registry = Registry()
        for hours in range(4):
            registry, _ = registry.receive(NEW, unit="GA", at=later(hours))
        with pytest.raises(RegisterError, match="its last line, 4/2562 at 2019-10-01 12:00:00"):
            registry.receive(NEW, unit="GA", at=NINE)

    def test_begins_a_page_when_the_day_begins_in_thailand(self):
        registry = Registry()
        for minute in (0, 59):
            registry, _ = registry.receive(NEW, unit="GA", at=datetime(2019, 10, 1, 16, minute, tzinfo=UTC))
        registry, _ = registry.receive(NEW, unit="GA", at=datetime(2019, 10, 1, 17, tzinfo=UTC))
        drawn = pages(registry.volume(self.GA, 2562))
        assert [(page.day, len(page.rows)) for page in drawn] == [(date(2019, 10, 1), 2), (date(2019, 10, 2), 1)]

    def test_does_not_print_its_lines(self):
        registry, _ = Registry().receive(NEW, unit="GA", at=NINE)
        assert repr(registry.volume(self.GA, 2562)) == f"Volume(book={self.GA!r}, year=2562, first=1)"

    def test_shows_every_remark_on_its_page(self):
        letter = evolve(NEW, remark="two copies")
        registry, first = Registry().receive(letter, unit="GA", at=NINE, remark="by hand")
        registry = registry.void(first.number, why="twice", at=NINE)
        (page,) = pages(registry.volume(self.GA, 2562))
        assert page.rows[0][-1] == "by hand · two copies · ยกเลิก: twice (1 ต.ค. 2562)"
