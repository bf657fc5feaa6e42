"""A moment or a day that is missing, as tables have it, is refused with what to do wherever it is given."""

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from docflow import (
    Event,
    Letter,
    OfficeCalendar,
    Record,
    Registry,
    ThaiGovernment,
    Transition,
    Workflow,
    WorkingWeek,
)
from docflow.bangkok import PLAN_2563, office_clock
from docflow.errors import DateTextError, NotAMomentError, OutsideCalendarError, RefusedError
from docflow.instants import moment
from docflow.iso import parse_iso
from docflow.letters import Entry, Retention, replay_events
from docflow.letters import EventRow as Row
from docflow.registry import archive_date, disposal_date
from docflow.thai import (
    buddhist_year,
    fiscal_year,
    fiscal_year_span,
    format_date,
    format_datetime,
    parse_date,
    parse_datetime,
)
from docflow.workplans import StepProgress
from docflow.worktime import ByClosingDay, HolidayList, NoWeek

MISSING = [pd.NaT, pd.NA, np.datetime64("NaT", "us")]
NINE = datetime(2020, 1, 6, 9, tzinfo=ZoneInfo("Asia/Bangkok"))
LETTER = Letter(number="1/2563")
LOAN = Workflow("loan", initial="out", transitions=[Transition("bring_back", "out", "back")])
CASE = LOAN.open(LETTER, at=NINE)
REGISTRY, FIRST = Registry().receive(LETTER, unit="GA", at=NINE)

MOMENTS = {
    "Workflow.open": lambda at: LOAN.open(LETTER, at=at),
    "Workflow.open, recorded": lambda at: LOAN.open(LETTER, at=NINE, recorded=at),
    "Entry": lambda at: Entry("bring_back", at),
    "Case.apply": lambda at: CASE.apply("bring_back", at=at),
    "Case.apply, recorded": lambda at: CASE.apply("bring_back", at=NINE, recorded=at),
    "Case.refusals": lambda at: CASE.refusals("bring_back", at=at),
    "Case.allowed": lambda at: CASE.allowed(at=at),
    "Case.correct": lambda at: CASE.correct({0: None}, by="A", why="no", recorded=at),
    "Case.as_of": CASE.as_of,
    "Case.as_recorded": CASE.as_recorded,
    "Letter.wanted_by": lambda at: Letter(number="1/2563", wanted_by=at),
    "replay_events": lambda at: replay_events(LOAN, [Row("1/2563", "receive", at)]),
    "replay_events, recorded": lambda at: replay_events(LOAN, [Row("1/2563", "receive", NINE, at)]),
    "Registry.receive": lambda at: Registry().receive(LETTER, unit="GA", at=at),
    "Registry.void": lambda at: REGISTRY.void(FIRST.number, by="A", why="no", at=at),
    "Registry.correct": lambda at: REGISTRY.correct(FIRST.number, remark="B", by="A", why="no", at=at),
    "Registry.reserve": lambda at: REGISTRY.reserve(unit="GA", by="A", why="no", at=at),
    "Registry.as_recorded": REGISTRY.as_recorded,
    "Record": lambda at: Record("1", [Event("came", at)]),
    "Record.wanted_by": lambda at: Record("1", [Event("came", NINE)], wanted_by=at),
    "StepProgress": lambda at: StepProgress("1", "1", at, 50),
    "Plan.evaluate": lambda at: PLAN_2563.evaluate({}, as_of=at),
    "format_datetime": format_datetime,
}
DAYS = {
    "ThaiGovernment.is_working_day": ThaiGovernment().is_working_day,
    "ThaiGovernment.notes": ThaiGovernment().notes,
    "WorkingWeek.is_working_day": WorkingWeek().is_working_day,
    "WorkingWeek.notes": WorkingWeek().notes,
    "OfficeCalendar.is_working_day": OfficeCalendar(WorkingWeek()).is_working_day,
    "OfficeCalendar.hours_on": OfficeCalendar(WorkingWeek()).hours_on,
    "OfficeCalendar.is_holiday": OfficeCalendar(WorkingWeek()).is_holiday,
    "OfficeCalendar.kind_of": OfficeCalendar(WorkingWeek()).kind_of,
    "OfficeCalendar.notes": OfficeCalendar(WorkingWeek()).notes,
    "HolidayList.is_working_day": HolidayList([], years=(2020, 2020)).is_working_day,
    "HolidayList.notes": HolidayList([], years=(2020, 2020)).notes,
    "NoWeek.is_working_day": NoWeek().is_working_day,
    "ByClosingDay.is_working_day": ByClosingDay(WorkingWeek()).is_working_day,
    "format_date": format_date,
    "archive_date": lambda day: archive_date(Letter(number="1/2563", retention="permanent"), day),
    "disposal_date": lambda day: disposal_date(LETTER, day),
    "buddhist_year": buddhist_year,
    "fiscal_year": fiscal_year,
}


@pytest.mark.parametrize("given", MISSING, ids=repr)
@pytest.mark.parametrize("door", MOMENTS)
def test_a_missing_moment_is_refused(door, given):
    with pytest.raises(NotAMomentError, match="is no moment; give an aware datetime, or leave out what has none"):
        MOMENTS[door](given)


@pytest.mark.parametrize("given", [*MISSING, None], ids=repr)
@pytest.mark.parametrize("door", DAYS)
def test_a_missing_day_is_refused(door, given):
    with pytest.raises(NotAMomentError, match="is no day; (leave out what has none|give a date)"):
        DAYS[door](given)


@pytest.mark.parametrize("given", [*MISSING, None, NINE], ids=repr)
@pytest.mark.parametrize("read", [parse_date, parse_datetime, parse_iso])
def test_what_is_no_text_of_a_date_is_refused(read, given):
    with pytest.raises(DateTextError, match="is no text; leave out what has none"):
        read(given)


# At the first and the last year that Python keeps, what cannot be answered is docflow's own error.

EARLIEST = datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14)))
LATEST = datetime(9999, 12, 31, 23, tzinfo=UTC)


@pytest.mark.parametrize("at", [EARLIEST, LATEST], ids=str)
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
    case = loan.open(LETTER, at=now, recorded=LATEST)
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


def test_a_moment_is_in_any_zone_whichever_was_asked_before():
    for zone in (timezone(timedelta(hours=7)), timezone(timedelta(hours=7)), timezone(timedelta(hours=7), "ICT")):
        assert moment(0, zone).isoformat() == "1970-01-01T07:00:00+07:00"
    assert moment(0, Unhashable()).isoformat() == "1970-01-01T01:00:00+01:00"


class Unhashable(tzinfo):
    """A zone of one's own, without a hash as those of dateutil."""

    __hash__ = None

    def utcoffset(self, _):
        return timedelta(hours=1)

    def dst(self, _):
        return timedelta()
