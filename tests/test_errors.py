"""Every error is one of the family; no text that leaves the library, by whatever way, steers what shows it."""

import json
import pickle
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from importlib import import_module
from io import StringIO
from pkgutil import iter_modules
from unicodedata import category

import pytest
from attrs import evolve, fields
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from small_office import CLOCK, at, reported, trace

from docflow import Closure, Letter, OfficeCalendar, Registry, Transition, Workflow, WorkTime, errors, reached
from docflow.bangkok import PLAN_2563, year_end
from docflow.bangkok.files import YearRecords
from docflow.bangkok.report import LetterReport, year_report
from docflow.errors import LetterError
from docflow.files import Fault, RegisterFile
from docflow.kpi import Duration, Event, Proportion, Record, differences, each_month, holding, since
from docflow.letters import Actor, Entry, Refusal, Right
from docflow.registry import Book, pages
from docflow.report import ENGLISH, THAI, page
from docflow.report.markdown import markdown
from docflow.report.script import as_json
from docflow.report.terminal import terminal
from docflow.safe import visible
from docflow.text import Text

ONE, OTHER = datetime(2020, 1, 2, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC)
EXAMPLES = [
    errors.NaiveDatetimeError(datetime(2020, 1, 1)),
    errors.ReversedSpanError(ONE, OTHER),
    errors.ReversedWindowError(ONE.date(), OTHER.date()),
    errors.AmountError(-1, "is negative; give 1 or more"),
    errors.NegativeAmountError(-1, "is negative; a promise lies ahead"),
    errors.CalendarError(ONE, "is no day; give date(2020, 4, 13)"),
    errors.ClosingBeforeOpeningError(time(16, 30), time(8, 30)),
    errors.OverlappingBreaksError("08:00–17:00", (time(12), time(13)), (time(12, 30), time(14))),
    errors.NaiveSeriesError("datetime64[us]"),
    errors.LetterError(" ", "is no number; number the letter"),
    errors.HorizonError(ONE, "did not close", 10),
    errors.NotAMomentError(None, "is no moment; give an aware datetime"),
    errors.HoursError("16:30–08:30", "the office closes before it opens; swap the two times"),
    errors.ZoneError("Mars/Olympus"),
    errors.OutsideCalendarError("ThaiGovernment()", 2017, 2018, 2027),
    errors.OutsideCalendarError("ThaiGovernment()", 2028, 2018, 2027, "ask inside them, or add the year"),
    errors.NoWorkingDayError("a calendar", 2020),
    errors.UnknownAreaError("phukett", ["phuket"]),
    errors.UnknownAreaError("atlantis", []),
    errors.UnknownReadingError("days", ["hours"]),
    errors.DateTextError("31/02/2563", "ก.พ. 2563 has no day 31"),
    errors.WorkflowError("loan", "'go' leads from 'a' twice; keep one"),
    errors.RefusedError("1/2563", "submit", ("it is registered; from here: hand_over",)),
    errors.RegisterError("receipt register of GA", "gap", "9/2563 would leave a gap; the next is 7/2563"),
    errors.MigrationError("loan", 2, ("1/2563 (lend: it is lent; from here: return)",)),
    errors.WorkPlanError("1.2", "the weights of its steps make 90; correct them to make 100"),
    errors.MeetingError(ONE.date(), "is ordered about twice; keep the order that holds"),
    errors.FileError("register.csv", "is empty; it needs a row of headings"),
    errors.TableError("at", "holds moments without a zone; say in which zone they were written"),
    errors.FormError("columns.Received", "holds 'recieved', which is no field of a letter"),
    errors.MomentError("attended", "nth=0 never comes; give 1 or more"),
    errors.NameOfStateError(("a", "b"), 'a name is one text; give one, such as "submitted"'),
    errors.RecordError("1/2563", "its history is not in order of time; sort it by the moment"),
    errors.StoreError("a record", "unreadable", "it has no field 'wy'; take the record from a copy of the store"),
    errors.PlanError("our plan", "has two indicators numbered 1; number them apart"),
]


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_every_error_is_one_of_the_family_says_itself_in_one_line_and_can_be_sent(error):
    assert isinstance(error, errors.DocflowError)
    assert str(error)
    assert "\n" not in str(error)
    twin = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert (type(twin), str(twin)) == (type(error), str(error))


def test_every_error_has_an_example_above():
    assert {type(error).__name__ for error in EXAMPLES} == set(errors.__all__) - {"DocflowError"}


def test_every_error_is_imported_from_one_place_and_says_so():
    modules = [import_module(f"docflow.errors.{module.name}") for module in iter_modules(errors.__path__)]
    made = {
        name
        for module in modules
        for name, kind in vars(module).items()
        if isinstance(kind, type) and issubclass(kind, errors.DocflowError)
    }
    assert made - {"SentenceError"} == set(errors.__all__)
    assert {getattr(errors, name).__module__ for name in errors.__all__} == {"docflow.errors"}


EVIL = "[red]a\x1b[2J\x07\x9b\x85\r\n\u202eb\u2066\u2069\u200e\u200f\u061c\u2028\u2029\u2060\ufeffก\u200bข\ud800"
KEPT = "\u00ad\u200b\u200c\u200d\u2060"


def steering(text, *, lines=False):
    """The marks of a text that it should not have; a text of several lines has line ends."""
    kinds = ("Cc", "Cf", "Cs", "Zl", "Zp")
    return {mark for mark in text if category(mark) in kinds and mark not in KEPT and not (lines and mark == "\n")}


def test_what_steers_is_spelt_out_and_thai_stays_as_it_is():
    assert visible("ก\u200bข ๑\u00a0a") == "ก\u200bข ๑\u00a0a"
    assert visible(EVIL) == (
        r"[red]a\x1b[2J\x07\x9b\x85\r\n\u202eb\u2066\u2069\u200e\u200f\u061c\u2028\u2029"
        "\u2060"
        r"\ufeffก"
        "\u200bข"
        r"\ud800"
    )


@given(st.text())
def test_what_is_visible_is_so_for_good(text):
    assert not steering(visible(text))
    assert visible(visible(text)) == visible(text)


def spoilt(error):
    """An error with evil text in each of its fields that hold any."""
    given = {one.name: getattr(error, one.name) for one in fields(type(error))}
    for name, value in given.items():
        if isinstance(value, str):
            yield type(error)(**given | {name: EVIL})
        elif isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
            yield type(error)(**given | {name: (EVIL,)})


@pytest.mark.parametrize(
    "error", [one for one in EXAMPLES if "Break" not in type(one).__name__], ids=lambda error: type(error).__name__
)
def test_no_error_steers_what_shows_it(error):
    for one in spoilt(error) if not hasattr(error, "opens") else ():
        assert not steering(str(one)), one
        assert not steering(repr(one)), one


def test_an_error_of_ones_own_is_no_way_round():
    class OurError(type(EXAMPLES[0]).__mro__[1]):
        def __str__(self):
            return EVIL

    assert str(OurError()) == visible(EVIL)


def test_no_letter_steers_what_shows_it():
    flow = Workflow(EVIL, initial=EVIL, transitions=[Transition("go", EVIL, EVIL + "b")])
    case = flow.open(Letter(number="[red]1", subject=EVIL), at=at("01-06 09:00"), by="[red]Somchai", note=EVIL)
    for one in (flow, case, case.letter, case.history[0], Refusal("guard", EVIL)):
        assert not steering(str(one)), one
        assert not steering(repr(one)), one
    assert not steering(repr(case.log))
    assert not steering(repr(Entry(EVIL, at("01-06 09:00"), note=EVIL)))
    for named in (lambda: Letter(number=EVIL), lambda: Actor(EVIL), lambda: Right(EVIL), lambda: Book(EVIL)):
        with pytest.raises(LetterError) as refused:  # a name holds nothing that nobody sees
            named()
        assert not steering(str(refused.value))


def test_no_definition_and_no_page_of_a_register_steers_what_shows_it():
    state = reached(EVIL)
    definitions = (state, since(EVIL), holding(EVIL, EVIL), each_month(EVIL, after=EVIL, until=EVIL))
    measures = (Duration(EVIL, start=state, stop=state), Proportion(EVIL, start=state, stop=state))
    for one in (*definitions, *measures, Duration(EVIL, start=state, stop=state).capped(WorkTime(minutes=1))):
        assert not steering(str(one)), one
    letter = Letter(number="", subject=EVIL, sender=EVIL, reference=EVIL, remark=EVIL)
    registry, _ = Registry().receive(letter, unit="GA", at=at("01-06 09:00"))
    for each in pages(registry.volume(Book("GA"), 2563)):
        assert not steering("".join(cell for cells in each.rows for cell in cells))


def test_no_explanation_steers_what_shows_it():
    day = Closure(date(2020, 1, 7), reason=EVIL, source=EVIL)
    closed = evolve(CLOCK, calendar=OfficeCalendar(CLOCK.calendar, days=[day]))
    said = str(closed.explain(at("01-06 09:00"), at("01-08 12:00")))
    assert r"\x1b[2J" in said
    assert not steering(said, lines=True)


def evil_plan():
    """The office's plan with evil words wherever it has any."""
    words = Text(EVIL, EVIL)

    def spoil(one):
        named = tuple((name, words) for name, _ in one.words)
        more = {"title": words, "definition": words, "formula": words, "owner": EVIL, "source": EVIL}
        return evolve(one, words=named, parts=tuple(map(spoil, one.parts)), **more)

    return evolve(PLAN_2563, title=words, indicators=tuple(map(spoil, PLAN_2563.indicators)))


def evil_report(plan):
    fault = Fault(2, EVIL, "unreadable", EVIL, EVIL)
    nine, ten = at("01-06 09:00"), at("01-06 10:00")
    case = Record(EVIL, (Event("registered", nine, EVIL), Event("taken_over", ten, EVIL)))
    value = reported("2.1", "01-06 09:00", Fraction(1), EVIL, unit=EVIL)
    year = YearRecords(
        records={"reported values": (value,), "complaints": (trace(EVIL, ("registered", "01-06 09:00")),)},
        progress=(),
        meeting_exceptions=(),
        files={EVIL: RegisterFile((), (fault,), (fault,), 1)},
        missing=(EVIL,),
    )
    records = {"letters": (case,), **year.records}
    result, months = plan.evaluate(records, as_of=year_end(plan.clock)), plan.months(records, as_of=at("01-31 12:00"))
    letters = LetterReport.of(EVIL, RegisterFile((), (fault,), (fault,), 1), result)
    return year_report(result, year, letters=letters, months=months), letters


def test_no_report_steers_what_shows_it():
    found, _ = evil_report(evil_plan())
    printed = []
    for voice in (THAI, ENGLISH):
        console = Console(file=StringIO(), width=200)
        console.print(terminal(found, voice, whole=True))
        printed.append(console.file.getvalue())
        assert r"\x1b[2J" in printed[-1]
        assert "[red]a" in printed[-1], "and no text is taken for markup"
    for text in (*printed, page(found), markdown(found, THAI, whole=True)):
        assert not steering(text, lines=True)
    for outcome in found.result.all():
        for language in ("th", "en"):
            assert not steering(outcome.explain(language), lines=True)


def test_json_keeps_evil_text_as_data_and_escapes_it():
    found, letters = evil_report(evil_plan())
    figures = {**letters.figures(), **found.figures(), "\U000e0041": EVIL}
    text = as_json(figures)
    assert not steering(text, lines=True)
    assert json.loads(text) == json.loads(json.dumps(figures))
    assert "ก\u200bข" in text


def test_no_difference_steers_what_shows_it():
    measure = PLAN_2563["1.5"].measure
    case = trace(EVIL, ("registered", "01-06 09:00"), ("taken_over", "01-06 10:00"))
    later = evolve(case, history=[case.history[0], evolve(case.history[1], at=case.history[1].at + timedelta(hours=1))])
    said = str(differences(measure.read([case], CLOCK), measure.read([later], CLOCK)))
    assert r"\x1b[2J" in said
    assert not steering(said, lines=True)
