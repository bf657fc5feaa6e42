import copy
import pickle
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from docflow import Letter, Registry
from docflow.errors import DateTextError, LetterError, NaiveDatetimeError, RegisterError
from docflow.letters import Retention, Secrecy, Urgency
from docflow.registry import (
    Book,
    Direction,
    Line,
    RegisterNumber,
    Void,
    Volume,
    archive_date,
    disposal_date,
    format_urgency,
    pages,
    parse_urgency,
    stamp,
)

BANGKOK = ZoneInfo("Asia/Bangkok")
GA, GROUP = "ฝ่ายบริหารงานทั่วไป", "กลุ่มงานเลขานุการผู้ว่าราชการกรุงเทพมหานคร"
NEW = Letter(number="", subject="ขอเชิญประชุม")


def at(hour, minute=0, day=2):
    return datetime(2020, 1, day, hour, minute, tzinfo=BANGKOK)


def received(*units):
    """A registry in which one new letter after the other is received by these units."""
    registry, numbers = Registry(), []
    for n, unit in enumerate(units):
        registry, one = registry.receive(NEW, unit=unit, at=at(9 + n // 60, n % 60))
        numbers.append(one.number)
    return registry, numbers


class TestNumbers:
    def test_run_for_each_unit_direction_and_year(self):
        registry, numbers = received(GA, GROUP, GA)
        registry, sent = registry.send(NEW, unit=GA, at=at(10))
        assert [str(number) for number in (*numbers, sent.number)] == ["1/2563", "1/2563", "2/2563", "1/2563"]
        assert len({*numbers, sent.number}) == 4

    def test_begin_anew_when_the_year_turns_in_thailand(self):
        evening = datetime(2019, 12, 31, 16, 59, tzinfo=UTC)  # 23:59 in Bangkok
        registry, last = Registry().receive(NEW, unit=GA, at=evening)
        registry, first = registry.receive(NEW, unit=GA, at=evening + timedelta(minutes=1))
        assert (str(last.number), str(first.number)) == ("1/2562", "1/2563")

    def test_may_begin_in_the_midst_of_a_year(self):
        registry = Registry().starting_at(Book(GA), 2563, 8395)
        registry, first = registry.receive(NEW, unit=GA, at=at(9))
        assert (str(first.number), first.number.thai, first.letter.number) == ("8395/2563", "๘๓๙๕/๒๕๖๓", "8395/2563")
        with pytest.raises(RegisterError, match="cannot begin at 1: it has 1 lines"):
            registry.starting_at(Book(GA), 2563, 1)
        for first in (0, -1, 1.5):
            with pytest.raises(RegisterError, match=f"cannot begin at {first}: numbers are whole and begin at 1"):
                Registry().starting_at(Book(GA), 2563, first)
        with pytest.raises(RegisterError, match="2020 is no year of the Buddhist era"):
            Registry().starting_at(Book(GA), 2020, 1)
        late = Registry().starting_at(Book(GA), 2563, 10)
        with pytest.raises(RegisterError, match="3/2563 is before the first of its volume; the next is 10/2563"):
            late.receive(NEW, unit=GA, at=at(9), n=3)

    def test_are_unique_however_a_registry_is_made(self):
        registry, _ = received(GA)
        with pytest.raises(RegisterError, match="a book has two volumes of one year"):
            Registry((*registry.volumes, *registry.volumes))
        with pytest.raises(IndexError):
            registry.volumes[0].note(0, Void(by=None, why="twice", at=at(10)))

    def test_are_asked_for_with_their_book(self):
        registry, (number,) = received(GA)
        assert number in registry
        assert RegisterNumber(Book(GA), 2563, 2) not in registry
        with pytest.raises(TypeError, match="'1/2563' could be in any book; give a RegisterNumber"):
            registry["1/2563"]
        for unit in ("", " ", None):
            with pytest.raises(RegisterError, match="is no unit; name whose register it is"):
                registry.receive(NEW, unit=unit, at=at(10))
        assert "1/2563" not in registry
        for n in ("1", 1.0):
            with pytest.raises(TypeError, match="is no running number; give a whole one, such as 2"):
                registry.receive(NEW, unit=GA, at=at(10), n=n)
        with pytest.raises(TypeError, match="0 could be in any book"):
            registry.send(NEW, unit=GA, at=at(10), replies_to=0)
        with pytest.raises(RegisterError, match="a reason is wanted"):
            registry.void(number, why=None, at=at(10))
        with pytest.raises(
            TypeError,
            match="void cannot be said of a registration; replies_to, related, action, remark, recipients, by can",
        ):
            registry.receive(NEW, unit=GA, at=at(10), void=True)

    def test_name_a_letter_that_has_none(self):
        _, one = Registry().receive(NEW, unit=GA, at=at(9))
        assert one.letter.number == "1/2563"
        _, other = Registry().receive(Letter(number="มท 0505/1"), unit=GA, at=at(9))
        assert other.letter.number == "มท 0505/1"

    def test_that_were_given_are_refused(self):
        registry, _ = received(GA, GA)
        with pytest.raises(RegisterError) as caught:
            registry.receive(NEW, unit=GA, at=at(10), n=2)
        assert caught.value.kind == "duplicate number"
        assert "2/2563 was given at 2020-01-02 09:01:00+07:00 already; the next is 3/2563" in str(caught.value)
        assert registry.receive(NEW, unit=GA, at=at(10), n=3)[1].number.n == 3

    def test_that_would_leave_a_gap_are_refused(self):
        with pytest.raises(RegisterError, match="7/2563 would leave a gap; the next is 1/2563") as caught:
            Registry().receive(NEW, unit=GA, at=at(9), n=7)
        assert caught.value.kind == "gap"

    def test_are_not_given_back_in_time(self):
        registry, _ = received(GA, GA)
        with pytest.raises(RegisterError, match="is before its last line, 2/2563") as caught:
            registry.receive(NEW, unit=GA, at=at(8))
        assert caught.value.kind == "time runs backwards"
        with pytest.raises(RegisterError, match="the volume of 2563 has begun"):
            registry.receive(NEW, unit=GA, at=datetime(2019, 12, 31, 9, tzinfo=BANGKOK))
        assert registry.receive(NEW, unit=GROUP, at=at(8))[1].number.n == 1

    def test_want_moments_with_a_zone(self):
        with pytest.raises(NaiveDatetimeError):
            Registry().receive(NEW, unit=GA, at=datetime(2020, 1, 2, 9))

    def test_that_nobody_gave_are_refused(self):
        registry, _ = received(GA)
        for n in (0, 2):
            with pytest.raises(RegisterError, match=f"{n}/2563 was never given; the next is 2/2563") as caught:
                registry[RegisterNumber(Book(GA), 2563, n)]
            assert caught.value.kind == "no such number"


class TestVoid:
    def test_keeps_the_number_in_its_place_and_never_uses_it_again(self):
        registry, (first, second) = received(GA, GA)
        registry = registry.void(second, by="Somchai", why="written twice", at=at(10))
        line = registry[second].line
        assert (line.void.why, line.void.by, line.letter.subject) == ("written twice", "Somchai", "ขอเชิญประชุม")
        assert registry[first].line.void is None
        with pytest.raises(RegisterError, match="2/2563 is void \\(written twice\\) and is never used again") as caught:
            registry.receive(NEW, unit=GA, at=at(11), n=2)
        assert caught.value.kind == "void number"
        assert registry.receive(NEW, unit=GA, at=at(11))[1].number.n == 3

    def test_is_declared_once_with_a_reason_after_the_number_was_given(self):
        registry, (number,) = received(GA)
        for said, problem in (
            ({"why": " ", "at": at(10)}, "a reason is wanted for 1/2563 to be declared void"),
            ({"why": "twice", "at": at(8)}, "cannot have been declared void at 2020-01-02 08:00"),
        ):
            with pytest.raises(RegisterError, match=problem):
                registry.void(number, **said)
        void = registry.void(number, why="twice", at=at(10))
        with pytest.raises(RegisterError, match="1/2563 is void already \\(twice\\)"):
            void.void(number, why="again", at=at(11))
        assert registry[number].line.void is None, "the registry before is as it was"

    def test_is_not_forwarded(self):
        registry, (number,) = received(GA)
        registry = registry.void(number, why="twice", at=at(10))
        with pytest.raises(RegisterError, match="forward the letter by another number"):
            registry.forward(number, unit=GROUP, at=at(11))


class TestALetterOnItsWay:
    def test_has_a_number_in_every_unit_it_comes_to(self):
        registry, (number, *_) = received(GA, GROUP)
        registry, second = registry.forward(number, unit=GROUP, at=at(10))
        registry, third = registry.forward(second.number, unit="ส่วนประสานนโยบาย", at=at(11))
        assert [str(one) for one in (number, second.number, third.number)] == ["1/2563", "2/2563", "1/2563"]
        for one in (number, second.number, third.number):
            assert [each.number for each in registry.passage(one)] == [number, second.number, third.number]
        assert third.line.first == number
        assert second.letter == registry[number].letter

    def test_is_answered_and_related(self):
        registry, (first, other) = received(GA, GA)
        registry, second = registry.forward(first, unit=GROUP, at=at(10))
        registry, reply = registry.send(NEW, unit=GROUP, at=at(11), replies_to=second.number, related=(other,))
        assert registry.replies(first) == registry.replies(second.number) == (reply,)
        assert registry.replies(other) == ()
        assert [one.number for one in registry.related(reply.number)] == [other]
        assert [one.number for one in registry.related(other)] == [reply.number]

    def test_passes_its_units_in_order_of_time_from_the_first_on(self):
        registry, (_, number) = received(GROUP, GA)
        registry, second = registry.forward(number, unit=GROUP, at=registry[number].at)
        assert [one.number for one in registry.passage(number)] == [number, second.number]
        berlin = datetime(2020, 10, 25, 2, 50, tzinfo=ZoneInfo("Europe/Berlin"))
        registry, first = Registry().receive(NEW, unit=GA, at=berlin)
        registry, second = registry.forward(first.number, unit=GROUP, at=berlin.replace(minute=10, fold=1))
        assert [one.number for one in registry.passage(second.number)] == [first.number, second.number]

    def test_comes_nowhere_and_is_answered_by_nothing_before_it_has_come(self):
        registry, (number,) = received(GA)
        for link in (
            lambda: registry.forward(number, unit=GROUP, at=at(8)),
            lambda: registry.send(NEW, unit=GROUP, at=at(8), replies_to=number),
            lambda: registry.send(NEW, unit=GROUP, at=at(8), related=[number]),
        ):
            with pytest.raises(RegisterError, match="is before 1/2563 was given, at 2020-01-02 09:00") as caught:
                link()
            assert caught.value.kind == "time runs backwards"

    def test_is_not_linked_to_what_no_register_has(self):
        registry, (number,) = received(GA)
        nowhere = RegisterNumber(Book(GA, Direction.SENDING), 2563, 1)
        for links in ({"replies_to": nowhere}, {"related": (number, nowhere)}):
            with pytest.raises(RegisterError, match="1/2563 was never given"):
                registry.send(NEW, unit=GA, at=at(10), **links)
        with pytest.raises(RegisterError):
            registry.forward(nowhere, unit=GROUP, at=at(10))

    def test_that_is_secret_is_in_a_book_of_its_own(self):
        registry, open_letter = Registry().receive(NEW, unit=GA, at=at(9))
        for grade in (Secrecy.CONFIDENTIAL, Secrecy.SECRET, Secrecy.TOP_SECRET):
            registry, secret = registry.receive(Letter(number="", secrecy=grade), unit=GA, at=at(10))
        assert (open_letter.number.book, secret.number.book) == (Book(GA), Book(GA, secret=True))
        assert secret.number.n == 3
        assert str(secret.number.book) == f"secret receipt register of {GA}"
        assert pages(registry.volume(secret.number.book, 2563))[0].title == "ทะเบียนหนังสือรับ (ลับ)"


class TestTheForms:
    letter = Letter(
        number="", reference="มท 0505/9289", dated=date(2019, 12, 30), sender="กระทรวงมหาดไทย",
        recipient="ผู้ว่าราชการกรุงเทพมหานคร", subject="ขอเชิญประชุม",
    )  # fmt: skip

    def registry(self):
        registry, one = Registry().receive(self.letter, unit=GA, at=at(9), action="เสนอ", remark="ด่วน")
        registry, two = registry.receive(NEW, unit=GA, at=at(10))
        registry, three = registry.receive(NEW, unit=GA, at=at(9, day=3))
        return registry.void(two.number, why="ลงซ้ำ", at=at(11)), one, three

    def test_are_a_page_a_day(self):
        registry, _, _ = self.registry()
        first, second = pages(registry.volume(Book(GA), 2563))
        assert (first.form, first.title, first.unit, first.date) == (13, "ทะเบียนหนังสือรับ", GA, "2 มกราคม 2563")
        assert first.headings == ("เลขทะเบียนรับ", "ที่", "ลงวันที่", "จาก", "ถึง", "เรื่อง", "การปฏิบัติ", "หมายเหตุ")
        assert first.rows[0] == (
            "1", "มท 0505/9289", "30 ธ.ค. 2562", "กระทรวงมหาดไทย", "ผู้ว่าราชการกรุงเทพมหานคร", "ขอเชิญประชุม", "เสนอ", "ด่วน",
        )  # fmt: skip
        assert first.rows[1][-1] == "ยกเลิก: ลงซ้ำ (2 ม.ค. 2563)"
        assert (second.day, len(second.rows)) == (date(2020, 1, 3), 1)

    def test_may_be_in_thai_digits(self):
        registry, one, _ = self.registry()
        page = pages(registry.volume(Book(GA), 2563), digits="thai")[0]
        assert page.rows[0][:3] == ("๑", "มท ๐๕๐๕/๙๒๘๙", "๓๐ ธ.ค. ๒๕๖๒")
        assert stamp(one, digits="thai") == ("เลขรับ ๑", "วันที่ ๒ ม.ค. ๒๕๖๓", "เวลา ๐๙.๐๐ น.")

    def test_of_what_is_sent_are_form_14(self):
        registry, sent = Registry().send(NEW, unit=GA, at=at(9))
        (page,) = pages(registry.volume(sent.number.book, 2563))
        assert (page.form, page.title, page.headings[0]) == (14, "ทะเบียนหนังสือส่ง", "เลขทะเบียนส่ง")
        assert stamp(sent)[0] == "เลขส่ง 1"

    def test_stamp_the_day_that_it_is_in_thailand(self):
        _, one = Registry().receive(NEW, unit=GA, at=datetime(2020, 1, 1, 23, 5, tzinfo=UTC))
        assert stamp(one)[1:] == ("วันที่ 2 ม.ค. 2563", "เวลา 06.05 น.")


class TestUrgency:
    @pytest.mark.parametrize("text", ["", "ด่วน", "ด่วนมาก", "ด่วนที่สุด", "ด่วนภายใน 6 ม.ค. 2563 10.00 น."])
    def test_is_written_as_it_is_read(self, text):
        urgency, wanted_by = parse_urgency(text)
        assert format_urgency(Letter(number="1/2563", urgency=urgency, wanted_by=wanted_by)) == text

    def test_is_read_with_its_spaces(self):
        assert parse_urgency(" ด่วนมาก ") == (Urgency.VERY_URGENT, None)

    @pytest.mark.parametrize(
        "text", ["ด่วนภายใน ๖/๑/๒๕๖๓ ๑๐:๐๐", "ด่วน ภายใน 6 ม.ค. 2563 10.00 น.", "ด่วนภายใน6/1/2563 10:00"]
    )
    def test_within_a_moment_is_urgent_and_names_it(self, text):
        urgency, wanted_by = parse_urgency(text)
        assert urgency is Urgency.URGENT
        assert wanted_by == datetime(2020, 1, 6, 10, tzinfo=BANGKOK)

    def test_that_is_none_is_refused(self):
        with pytest.raises(DateTextError, match="is no grade of urgency; write ด่วน, ด่วนมาก, ด่วนที่สุด, or leave it empty"):
            parse_urgency("ด่วนสุด ๆ")
        with pytest.raises(DateTextError):
            parse_urgency("ด่วนภายใน พรุ่งนี้")


class TestRetention:
    @pytest.mark.parametrize(
        ("kept", "done", "until"),
        [
            (Retention.ORDINARY, date(2020, 1, 6), date(2021, 1, 6)),
            (Retention.ORDINARY, date(2020, 2, 29), date(2021, 3, 1)),
            (Retention.USUAL, date(2022, 2, 28), date(2032, 2, 28)),
            (Retention.USUAL, date(2020, 1, 6), date(2030, 1, 6)),
            (Retention.PERMANENT, date(2020, 1, 6), None),
        ],
    )
    def test_says_when_a_letter_may_be_disposed_of(self, kept, done, until):
        assert disposal_date(Letter(number="1/2563", retention=kept), done) == until

    def test_hands_what_is_kept_for_ever_to_the_archives_at_twenty_years(self):
        assert archive_date(Letter(number="1/2563", retention=Retention.PERMANENT), date(2020, 1, 6)) == date(
            2040, 1, 6
        )
        assert archive_date(Letter(number="1/2563"), date(2020, 1, 6)) is None


class TestWhatARegisterIsMadeOf:
    """However it is made: by hand, by `attrs.evolve`, copied or pickled."""

    def test_is_called_by_the_unit_as_names_are_compared(self):
        registry, _ = Registry().receive(NEW, unit="GA", at=at(9))
        registry, second = registry.receive(NEW, unit=" GA ", at=at(10))
        assert (second.number.n, len(registry.volumes)) == (2, 1)
        assert Book("GA ") == Book("GA") == Book("GA\u00a0") == evolve(Book("North"), unit="\tGA")
        for unseen in ("GA\u200e", "G\x00A", "\u202eGA"):
            with pytest.raises(LetterError, match="a character that nobody sees"):
                Book(unseen)

    def test_takes_its_direction_as_it_is_written_and_secrecy_as_a_truth(self):
        assert Book("GA", "sending") == Book("GA", Direction.SENDING)
        with pytest.raises(LetterError, match="is no direction; choose 'receipt', 'sending'"):
            Book("GA", "out")
        for wrong in ("no", 1, None, Secrecy.OPEN):
            with pytest.raises(RegisterError, match="says neither that it is for secret letters nor"):
                Book("GA", secret=wrong)

    def test_has_whole_numbers(self):
        for year in (2563.5, 2563.0, "2563", True, None):
            for made in (Volume, lambda book, year: RegisterNumber(book, year, 1), Registry().volume):
                with pytest.raises(RegisterError) as caught:
                    made(Book(GA), year)
                assert caught.value.kind == "no such number"
        for n in (1.0, True, "1", None):
            with pytest.raises(RegisterError, match="is no register number"):
                RegisterNumber(Book(GA), 2563, n)
            with pytest.raises(RegisterError, match="cannot begin at"):
                Volume(Book(GA), 2563, n)
        with pytest.raises(TypeError, match="True is no running number"):
            Registry().receive(NEW, unit=GA, at=at(9), n=True)
        with pytest.raises(TypeError, match="'GA' is no book"):
            RegisterNumber("GA", 2563, 1)
        for asked in (Registry().volume, lambda book, year: Registry().starting_at(book, year, 5)):
            with pytest.raises(TypeError, match="'GA' is no book"):
                asked("GA", 2563)

    def test_has_an_open_letter_in_the_open_book_however_its_grade_is_given(self):
        _, one = Registry().receive(Letter(number="", secrecy="open"), unit=GA, at=at(9))
        _, other = Registry().receive(Letter(number="", secrecy="secret"), unit=GA, at=at(9))
        assert (one.number.book.secret, other.number.book.secret) == (False, True)

    def test_is_kept_from_whoever_gave_it(self):
        registry, numbers = received(GA, GA)
        related, lines, volumes = list(numbers), list(registry.volumes[0].lines), list(registry.volumes)
        line = Line(letter=NEW, at=at(9), related=related)
        volume, other = Volume(Book(GA), 2563, written=lines), Registry(volumes)
        for given in (related, lines, volumes):
            given.clear()
        assert (line.related, len(volume.lines), len(other)) == (tuple(numbers), 2, 2)
        assert (volume, other) == (registry.volumes[0], registry)
        assert (hash(volume), hash(other)) == (hash(registry.volumes[0]), hash(registry))

    def test_is_in_order_and_in_its_own_book_and_year(self):
        registry, _ = received(GA, GA)
        first, second = registry.volumes[0].lines
        secret = evolve(first, letter=evolve(first.letter, secrecy="secret"))
        late = evolve(second, at=datetime(2021, 1, 2, tzinfo=BANGKOK))
        void = evolve(first, void=Void(by=None, why="twice", at=at(10)))
        for lines, problem in (
            ([second, first], "is before its last line, 1/2563"),
            ([first, late], "is not in 2563; register it in the volume of 2564"),
            ([secret], "a letter that is secret has no line in it"),
            ([void], "cannot say at first what only a note says later"),
        ):
            volume = registry.volumes[0]
            made, said = volume.__reduce__()
            for by_hand in (
                lambda lines: Volume(Book(GA), 2563, written=lines),
                lambda lines, volume=volume: evolve(volume, written=lines),
                lambda lines, made=made, said=said: made(*said[:3], tuple(lines)),
            ):
                with pytest.raises(RegisterError, match=problem):
                    by_hand(lines)
        with pytest.raises(RegisterError, match="a letter that is open has no line in it"):
            evolve(registry.volumes[0], book=Book(GA, secret=True))
        with pytest.raises(TypeError, match="is no line of a register"):
            Volume(Book(GA), 2563, written=["1/2563"])

    def test_names_only_what_was_given_before(self):
        registry, (number,) = received(GA)
        registry, second = registry.forward(number, unit=GROUP, at=at(10))
        first, group = registry.volumes
        with pytest.raises(RegisterError, match="1/2563 was never given"):
            evolve(registry, volumes=[group])
        with pytest.raises(RegisterError, match="nothing links to what is to come"):
            Registry([evolve(first, written=[evolve(first.lines[0], at=at(11))]), group])
        other = evolve(second.line, letter=evolve(second.letter, subject="another"))
        with pytest.raises(RegisterError, match="is not the first number of this letter"):
            Registry([first, evolve(group, written=[other])])
        with pytest.raises(TypeError, match="is no volume of a register"):
            Registry([first.lines])

    def test_keeps_what_was_written_and_takes_nothing_but_notes(self):
        registry, (number,) = received(GA)
        (volume,) = registry.volumes
        void = registry.void(number, why="twice", at=at(10))
        assert volume.note(1, Void(by=None, why="twice", at=at(10))) == void.volumes[0]
        assert void.volumes[0].written == volume.written
        with pytest.raises(TypeError, match="'twice' is no note; the registry writes them"):
            volume.note(1, "twice")
        with pytest.raises(RegisterError, match="notes below lines of its volume of 2563 that it does not have"):
            evolve(void.volumes[0], written=())

    def test_is_said_in_words_and_moments(self):
        for said in ({"by": 5}, {"action": 5}, {"remark": None}, {"related": ["1/2563"]}, {"replies_to": "1/2563"}):
            with pytest.raises(TypeError):
                Registry().receive(NEW, unit=GA, at=at(9), **said)
        for wrong in ({"letter": "1/2563"}, {"void": "twice"}, {"at": "today"}):
            with pytest.raises(TypeError):
                Line(**{"letter": NEW, "at": at(9)} | wrong)
        for made in (lambda now: Line(letter=NEW, at=now), lambda now: Void(by=None, why="twice", at=now)):
            with pytest.raises(NaiveDatetimeError):
                made(datetime(2020, 1, 2))

    def test_finds_the_same_however_it_came_about(self):
        registry, numbers = received(*[GA] * 300)
        for n, number in enumerate(numbers[:40]):
            registry, one = registry.forward(number, unit=GROUP, at=at(15, n))
            registry, _ = registry.send(NEW, unit=GROUP, at=at(15, n), replies_to=one.number, related=[numbers[0]])
        registry = registry.void(numbers[299], why="twice", at=at(16))
        elsewhere, _ = registry.forward(numbers[3], unit="North", at=at(17))
        assert len(elsewhere.passage(numbers[3])) == len(registry.passage(numbers[3])) + 1
        made = Registry(registry.volumes)
        sent = pickle.loads(pickle.dumps(registry))  # noqa: S301 - our own
        for twin in (made, sent, copy.deepcopy(registry)):
            assert twin == registry
            for number in numbers[::7]:
                assert twin.passage(number) == registry.passage(number)
                assert twin.replies(number) == registry.replies(number)
                assert twin.related(number) == registry.related(number)
                every = [one for one in registry if number in (one.number, one.line.first)]
                assert sorted(registry.passage(number), key=str) == sorted(every, key=str)


def test_a_registry_says_how_much_it_holds():
    registry, _ = received(GA, GROUP, GA)
    assert repr(registry) == "<Registry: volumes 2, lines 3>"


# What was given instead of what is wanted, and a part of what the refusal says.
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            lambda registry, _: pages(registry),
            "<Registry: volumes 1, lines 1> is no volume of a register; give",
        ),
        (lambda registry, _: Registry(registry), "this Registration is no volume of a register; give such as"),
        (lambda _, number: stamp(number), "is no registration; give such as registry[number]"),
        (lambda registry, number: registry.void(number, why=5, at=at(10)), "5 is no text; write it as text"),
        (lambda *_: disposal_date(date(2020, 1, 1), NEW), "is no letter; give it first, such as Letter(number="),
        (lambda *_: archive_date(date(2020, 1, 1), NEW), "is no letter; give it first, such as Letter(number="),
        (lambda *_: format_urgency("ด่วน"), "is no letter; give it first, such as Letter(number="),
    ],
)
def test_what_stands_in_the_wrong_place_is_refused_with_the_way_out(asked, said):
    registry, (number,) = received(GA)
    with pytest.raises(TypeError) as refused:
        asked(registry, number)
    assert said in str(refused.value)


def test_digits_and_urgencies_that_are_none_are_refused():
    registry, (number,) = received(GA)
    for ask in (lambda: pages(registry.volumes[0], digits="roman"), lambda: stamp(registry[number], digits="roman")):
        with pytest.raises(ValueError, match="'roman' is no way to write a date; choose arabic or thai"):
            ask()
    with pytest.raises(DateTextError, match="'None': is no text; leave out what has none"):
        parse_urgency(None)
