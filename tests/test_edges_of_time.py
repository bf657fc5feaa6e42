"""At the first and the last year that Python keeps, what cannot be answered is docflow's own error."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from docflow import Letter, Registry, Transition, Workflow
from docflow.bangkok import office_clock
from docflow.errors import DateTextError, OutsideCalendarError, RefusedError
from docflow.letters import Retention
from docflow.registry import archive_date, disposal_date
from docflow.thai import fiscal_year_span, format_datetime

FIRST = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))
LAST = datetime(9999, 12, 31, 23, tzinfo=UTC)
LETTER = Letter(number="1/2563")


@pytest.mark.parametrize("at", [FIRST, LAST], ids=str)
@pytest.mark.parametrize(
    "ask",
    [lambda at: Registry().receive(LETTER, unit="GA", at=at), format_datetime],
    ids=["Registry.receive", "format_datetime"],
)
def test_a_moment_that_no_year_in_thailand_has_is_refused(ask, at):
    with pytest.raises(OutsideCalendarError, match="time as Python keeps it holds the years 1–9999"):
        ask(at)


def test_a_record_written_then_is_refused_in_words():
    loan = Workflow("loan", initial="out", transitions=[Transition("bring_back", "out", "back")])
    now = datetime(2020, 1, 6, 9, tzinfo=timezone(timedelta(hours=7)))
    case = loan.open(LETTER, at=now, recorded=LAST)
    with pytest.raises(RefusedError, match="before the record above it was written, at 9999-12-31 23:00:00"):
        case.apply("bring_back", at=now, recorded=now)


@pytest.mark.parametrize("day", [date.max, date.min])
def test_a_day_that_no_clock_holds_is_refused(day):
    with pytest.raises(OutsideCalendarError):
        office_clock().closing_by(day)


@pytest.mark.parametrize("ask", [disposal_date, archive_date])
def test_a_letter_kept_for_longer_than_time_is_refused(ask):
    kept = Retention.USUAL if ask is disposal_date else Retention.PERMANENT
    with pytest.raises(OutsideCalendarError, match="the year 100[0-9]{2} is not in it"):
        ask(Letter(number="1/2563", retention=kept), date(9995, 1, 1))


@pytest.mark.parametrize("year", [100, 2483, 3001, 99999, None, "2563"])
def test_a_fiscal_year_that_is_none_of_the_buddhist_era_is_refused(year):
    with pytest.raises(DateTextError, match="give the Buddhist era, such as 2563"):
        fiscal_year_span(year)
