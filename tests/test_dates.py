from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docflow.errors import DateTextError, NaiveDatetimeError
from docflow.thai import (
    buddhist_year,
    fiscal_year,
    fiscal_year_span,
    format_date,
    format_datetime,
    parse_date,
    parse_datetime,
    thai_digits,
)

BANGKOK = timezone(timedelta(hours=7))
days = st.dates(min_value=date(1941, 1, 1), max_value=date(2400, 12, 31))
minutes = st.datetimes(min_value=datetime(1941, 1, 2), max_value=datetime(2400, 1, 1)).map(
    lambda at: at.replace(second=0, microsecond=0, tzinfo=UTC)
)
styles = st.sampled_from(["slashes", "short", "long"])
digits = st.sampled_from(["arabic", "thai"])


@pytest.mark.parametrize(
    "text",
    [
        "01/10/2562 08:35",
        "1/10/2562 8:35",
        "๐๑/๑๐/๒๕๖๒ ๐๘:๓๕",
        "1 ต.ค. 2562 08.35 น.",
        "๑ ตุลาคม ๒๕๖๒ ๐๘.๓๕ น.",
        "1 ตุลาคม พ.ศ. 2562 เวลา 08.35 น.",
        "01/10/2562 08.35 น.",
        "  01/10/2562\u00a008:35\u200b ",
        "2019-10-01T08:35:00+07:00",
        "2019-10-01T01:35:00Z",
        "2019-10-01 01:35+00:00",
    ],
)
def test_every_spelling_of_a_moment_is_read(text):
    at = parse_datetime(text)
    assert at == datetime(2019, 10, 1, 8, 35, tzinfo=BANGKOK)
    assert at.timezone_name == "Asia/Bangkok"


@pytest.mark.parametrize(
    "text",
    ["01/10/2562", "1/10/2562", "๑/๑๐/๒๕๖๒", "1 ต.ค. 2562", "๑ ตุลาคม ๒๕๖๒", "1 ตุลาคม พ.ศ. 2562", "2019-10-01"],
)
def test_every_spelling_of_a_day_is_read(text):
    assert parse_date(text) == date(2019, 10, 1)


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_is_known_by_both_its_names(month):
    day = date(2020, month, 3)
    assert parse_date(format_date(day, "short")) == parse_date(format_date(day, "long")) == day


def test_the_leap_day_belongs_to_the_common_era_year():
    assert parse_date("29/02/2563") == date(2020, 2, 29)
    with pytest.raises(DateTextError, match=r"'29/02/2562': ก\.พ\. 2562 has no day 29"):
        parse_date("29/02/2562")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("31/02/2563 10:00", "ก.พ. 2563 has no day 31"),
        ("06/01/2563 24:61", "its time does not exist"),
        ("06/01/2563 23:60", "its time does not exist"),
        ("2019-10-01", "has no time of day"),
        ("2484-01-01T00:00:00+07:00", "counts the common era"),
        ("06/01/2563 24:00", "its time does not exist"),
        ("06/01/2563 23:59:60", "its time does not exist"),
        ("12/13/2562 10:00", "there is no month 13"),
        ("00/01/2563 10:00", "has no day 0"),
        ("1 มค. 2562 08.35 น.", "no month is called 'มค.'"),
        ("เช้า", "is not a date and time"),
        ("", "is not a date and time"),
        ("01/10/62 08:35", "is not a date and time"),
        ("01-10-2562 08:35", "is not a date and time"),
        ("٠١/١٠/٢٥٦٢ ٠٨:٣٥", "is not a date and time"),  # digits, but neither Thai nor Arabic as the West writes them
        ("01/10/2562", "has no time of day"),
        ("01/10/2019 08:35", "is before B.E. 2484, where Thai dates begin here; did you mean 2562"),
        ("01/10/2483 08:35", "before B.E. 2484"),
        ("2019-10-01T08:42:00", "without an offset"),
        ("2562-10-01T08:42:00+07:00", "counts the common era"),
        ("2019-02-30T08:42:00+07:00", "that does not exist"),
        ("2019-02-03T25:42:00+07:00", "that does not exist"),
        ("0001-01-01T00:00:00+07:00", "before 1941"),
        ("1940-12-31T23:59:00+07:00", "before 1941"),
        ("1941-01-01T00:00:00+14:00", "its year 1940 in Thailand is before 1941"),
        ("2456-12-31T23:00:00Z", "its year 2457 in Thailand is before 1941 or after 2456"),
        ("01/10/3000 08:35", "after B.E. 2999"),
        ("01/10/0062 08:35", "before B.E. 2484, where Thai dates begin here; correct it"),
        ("๐1/10/2562 08:35", "mixes Thai and Arabic digits"),
        ("01/10/๒๕๖๒ 08:35", "mixes Thai and Arabic digits"),
        ("1ต.ค.2562 08.35 น.", "is not a date and time"),
        ("01/10/2562,08:35", "is not a date and time"),
        ("01/10/2562 08.35:30", "is not a date and time"),
        ("1\n/10/2562 08:35", "is not a date and time"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_text(text, problem):
    with pytest.raises(DateTextError) as caught:
        parse_datetime(text)
    assert caught.value.text == text
    assert problem in str(caught.value)
    assert repr(text) in str(caught.value)


def test_a_day_with_a_time_is_not_a_day():
    with pytest.raises(DateTextError, match="leave the time out"):
        parse_date("01/10/2562 08:35")


def test_seconds_and_fractions_are_read_where_they_are_written():
    assert parse_datetime("01/10/2562 08:35:59").second == 59
    assert parse_datetime("2019-10-01T08:35:00.644+07:00").microsecond == 644_000


def test_years_outside_the_thai_calendar_have_no_buddhist_or_fiscal_year():
    for day in (date(1940, 12, 31), date(2457, 1, 1)):
        for year_of in (buddhist_year, fiscal_year, format_date):
            with pytest.raises(DateTextError, match="before B.E. 2484 or after B.E. 2999"):
                year_of(day)
    assert buddhist_year(date(2456, 12, 31)) == 2999


def test_the_first_day_of_the_modern_era_is_the_first_that_can_be_written_and_read():
    assert parse_date(format_date(date(1941, 1, 1))) == date(1941, 1, 1)
    with pytest.raises(DateTextError, match="before B.E. 2484"):
        format_date(date(1940, 12, 31))


@pytest.mark.parametrize(
    ("style", "arabic", "thai"),
    [
        ("slashes", "01/10/2562 08:35", "๐๑/๑๐/๒๕๖๒ ๐๘:๓๕"),
        ("short", "1 ต.ค. 2562 08.35 น.", "๑ ต.ค. ๒๕๖๒ ๐๘.๓๕ น."),
        ("long", "1 ตุลาคม 2562 08.35 น.", "๑ ตุลาคม ๒๕๖๒ ๐๘.๓๕ น."),
    ],
)
def test_moments_are_written_as_registers_stamp_them(style, arabic, thai):
    at = datetime(2019, 10, 1, 1, 35, 59, tzinfo=UTC)
    assert (format_datetime(at, style), format_datetime(at, style, digits="thai")) == (arabic, thai)
    assert format_date(date(2019, 10, 1), style) == arabic.rsplit(" ", 1 if style == "slashes" else 2)[0]


@given(day=days, style=styles, digits=digits)
def test_a_day_written_is_read_back(day, style, digits):
    assert parse_date(format_date(day, style, digits=digits)) == day


@given(at=minutes, style=styles, digits=digits)
def test_a_moment_written_is_read_back(at, style, digits):
    assert parse_datetime(format_datetime(at, style, digits=digits)) == at


@given(text=st.text(alphabet="0123456789๐๑๒๓/:. -Tกตคนพศ+Z", max_size=25) | st.text(max_size=30))
def test_any_other_text_is_refused_as_a_date_not_with_some_other_error(text):
    for read in (parse_date, parse_datetime):
        try:
            read(text)
        except DateTextError as error:
            assert error.text == text  # noqa: PT017 - most texts are refused, a few are dates


def test_a_moment_without_a_zone_is_not_written():
    with pytest.raises(NaiveDatetimeError, match="has no time zone"):
        format_datetime(datetime(2019, 10, 1, 8, 35))


def test_thai_digits_are_the_ten_from_u0e50():
    assert thai_digits("0123456789") == "".join(chr(0x0E50 + n) for n in range(10))


@given(day=days)
def test_every_day_lies_in_the_fiscal_year_it_belongs_to(day):
    first, last = fiscal_year_span(fiscal_year(day))
    assert first <= day <= last
    assert (first.month, first.day, last.month, last.day) == (10, 1, 9, 30)


def test_fiscal_year_2563_runs_from_october_2019_to_september_2020():
    assert fiscal_year_span(2563) == (date(2019, 10, 1), date(2020, 9, 30))
    assert fiscal_year(date(2020, 9, 30)) == 2563
