import pickle
import subprocess
import sys
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

import docflow
from docflow import errors

ROOT = Path(docflow.__file__).parent


def test_the_face_is_sorted_and_every_name_on_it_exists():
    assert docflow.__all__ == sorted(docflow.__all__)
    assert dir(docflow) == docflow.__all__
    for name in docflow.__all__:
        assert getattr(docflow, name) is not None
    with pytest.raises(AttributeError, match="has no attribute 'timer'"):
        docflow.timer  # noqa: B018 - asked for on purpose


def test_the_import_loads_nothing_before_it_is_used():
    code = (
        "import sys, docflow\n"
        "loaded = set(sys.modules)\n"
        "assert not loaded & {'attrs', 'pendulum', 'transitions', 'workalendar', 'rich', 'numpy', 'hypothesis'}\n"
        "docflow.bangkok.office_clock()\n"
        "assert not set(sys.modules) & {'rich', 'numpy', 'pandas', 'polars', 'hypothesis'}\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT.parent)  # noqa: S603 - our own code


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
    errors.MomentError("attended", "nth=0 never comes; give 1 or more"),
    errors.NameOfStateError(("a", "b"), 'a name is one text; give one, such as "submitted"'),
    errors.RecordError("1/2563", "its history is not in order of time; sort it by the moment"),
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
    assert {type(error).__name__ for error in EXAMPLES} == set(errors.__all__) - {"DocflowError", "visible"}
