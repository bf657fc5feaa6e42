from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docflow.errors import DateTextError, NaiveDatetimeError
from docflow.iso import parse_iso
from docflow.thai import (
    arabic_digits,
    buddhist_year,
    fiscal_year,
    fiscal_year_span,
    format_date,
    format_datetime,
    format_month,
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


MOMENTS = [
    "01/10/2562 08:35",
    "1/10/2562 8:35",
    "๐๑/๑๐/๒๕๖๒ ๐๘:๓๕",
    "1 ต.ค. 2562 08.35 น.",
    "1 ต.ค. 2562 08.35น.",
    "๑ ตุลาคม ๒๕๖๒ ๐๘.๓๕ น.",
    "1 ตุลาคม พ.ศ. 2562 เวลา 08.35 น.",
    "01/10/2562 08.35 น.",
    "01/10/2562 08:35:00 น.",
    "  01/10/2562\u00a008:35\u200b ",
    "01/10/2562 \t\u00a0 08:35",
    "01/10/2562\t08:35",
    "2019-10-01T08:35:00+07:00",
    "2019-10-01T08:35:00.0+07:00",
    "2019-10-01T01:35:00Z",
    "2019-10-01 01:35+00:00",
    "2019-09-30T20:35-05:00",
    "2019-10-01 01:35:00.000000+00",
    "2019-10-01 01:35:00 UTC",
    "2019-10-01 01:35:00.0000000Z",
    "2019-10-01T08:35:00+0700",
    "๒๐๑๙-๑๐-๐๑ ๐๘:๓๕:๐๐ +๐๗:๐๐",
]
DAYS = ["01/10/2562", "1/10/2562", "๑/๑๐/๒๕๖๒", "1 ต.ค. 2562", "๑ ตุลาคม ๒๕๖๒", "1 ตุลาคม พ.ศ. 2562", "2019-10-01"]


@pytest.mark.parametrize("text", MOMENTS)
def test_every_spelling_of_a_moment_is_read(text):
    at = parse_datetime(text)
    assert at == datetime(2019, 10, 1, 8, 35, tzinfo=BANGKOK)
    assert at.timezone_name == "Asia/Bangkok"


def test_an_iso_time_keeps_its_offset_and_its_microseconds():
    at = parse_iso("2021-09-03 12:51:09.453003+00")
    assert (at, at.utcoffset()) == (datetime(2021, 9, 3, 12, 51, 9, 453003, tzinfo=UTC), timedelta(0))
    assert parse_iso("2021-09-03T12:51:09-0330").utcoffset() == -timedelta(hours=3, minutes=30)


@pytest.mark.parametrize("text", DAYS)
def test_every_spelling_of_a_day_is_read(text):
    assert parse_date(text) == date(2019, 10, 1)


def test_every_hour_minute_and_second_is_read_in_every_form():
    for n in range(60):
        hour, second = n % 24, 59 - n
        at = datetime(2019, 10, 1, hour, n, second, tzinfo=BANGKOK)
        minute = at.replace(second=0)
        assert parse_datetime(f"01/10/2562 {hour:02}:{n:02}:{second:02}") == at
        assert parse_datetime(f"01/10/2562 {hour}:{n:02}") == minute
        assert parse_datetime(f"01/10/2562 {hour:02}.{n:02} น.") == minute
        for offset in (timedelta(hours=hour, minutes=n), -timedelta(hours=hour, minutes=second)):
            there = timezone(offset)
            assert parse_datetime(at.astimezone(there).isoformat()) == at
            assert parse_datetime(minute.astimezone(there).isoformat(" ", "minutes")) == minute


def test_days_of_every_year_are_read_in_iso_8601():
    for year in range(1941, 2457):
        day = date(year, year % 12 + 1, year % 28 + 1)
        assert parse_date(day.isoformat()) == day
        assert parse_datetime(f"{day}T12:00+07:00").date() == day


@pytest.mark.parametrize("text", [*MOMENTS, *DAYS])
def test_one_digit_of_another_script_is_no_digit(text):
    for n, digit in enumerate(text):
        if digit.isdecimal():
            strange = text[:n] + "٠١٢٣٤٥٦٧٨٩"[int(digit)] + text[n + 1 :]
            for read in (parse_date, parse_datetime):
                with pytest.raises(DateTextError, match="is not a date"):
                    read(strange)


@pytest.mark.parametrize("digit", "0123456789")
def test_one_arabic_digit_among_thai_ones_is_a_mix(digit):
    for read, text in ((parse_date, f"๑{digit}/๑๐/๒๕๖๒"), (parse_datetime, f"๑/๑๐/๒๕๖๒ ๐๘:๓{digit}")):
        with pytest.raises(DateTextError, match="mixes Thai and Arabic digits"):
            read(text)


@pytest.mark.parametrize(
    "text",
    [
        "001/10/2562",
        "01/010/2562",
        "0110/2562",
        "01.10/2562",
        "01/10.2562",
        "01/10/256",
        "01/10/25620",
        "01/10/2562 x",
        "x 01/10/2562",
        "1 Oct 2562",
        "1 ตุลาคม พ.ศ. พ.ศ. 2562",
        "1 ตุลาคม พxศ. 2562",
        "1 ตุลาคม พ.ศx 2562",
        "01/10/2562 008:35",
        "01/10/2562 8:5",
        "01/10/2562 08:355",
        "01/10/2562 08:35:5",
        "01/10/2562 08:35:599",
        "01/10/2562 08:35:59:59",
        "01/10/2562 08.5",
        "01/10/2562 08.355",
        "01/10/2562 08-35",
        "01/10/2562 08.35 นx",
        "01/10/2562 08.35 น. น.",
        "01/10/2562 เวลา เวลา 08.35 น.",
        "01/10/2562\n08:35",
        "01/10/2562 08:35\n",
        "01/10/2562 08:35 x",
        "x 01/10/2562 08:35",
        "X01/10/2562 08:35X",
        "201-10-01",
        "20190-10-01",
        "2019-1-01",
        "2019-010-01",
        "2019-10-1",
        "2019-10-011",
        "x2019-10-01",
        "2019-10-01x",
        "201-10-01T08:35+07:00",
        "20190-10-01T08:35+07:00",
        "2019-1-01T08:35+07:00",
        "2019-010-01T08:35+07:00",
        "2019-10-1T08:35+07:00",
        "2019-10-011T08:35+07:00",
        "2019-10-01T8:35+07:00",
        "2019-10-01T008:35+07:00",
        "2019-10-01T08:5+07:00",
        "2019-10-01T08:355+07:00",
        "2019-10-01T08:35:5+07:00",
        "2019-10-01T08:35:599+07:00",
        "2019-10-01T08:35:59:59+07:00",
        "2019-10-01T08:35:59,644+07:00",
        "2019-10-01T08:35:59.6.4+07:00",
        "2019-10-01T08:35+7:00",
        "2019-10-01T08:35+007:00",
        "2019-10-01T08:35+07:0",
        "2019-10-01T08:35+07:000",
        "2019-10-01T08:35+07:00+07:00",
        "2019-10-01T08:35+07:00x",
        "x2019-10-01T08:35+07:00",
    ],
)
def test_a_spelling_a_little_off_is_refused_and_not_guessed(text):
    for read, problem in ((parse_date, "is not a date;"), (parse_datetime, "is not a date and time;")):
        with pytest.raises(DateTextError) as caught:
            read(text)
        assert caught.value.problem.startswith(problem)


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_is_known_by_both_its_names_and_its_number(month):
    day = date(2020, month, 3)
    assert parse_date(format_date(day, "short")) == parse_date(format_date(day, "long")) == day
    assert parse_date(f"3/{month}/2563") == parse_date(f"03/{month:02}/2563") == day


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


OF_NO_DAY = "has a day, a time or an offset that does not exist; correct it"
ERA_IN_ISO = "counts the Buddhist era in an ISO date, which counts the common era: subtract 543"
MIXED = "mixes Thai and Arabic digits; write it in one of them"


@pytest.mark.parametrize(
    ("read", "text", "problem"),
    [
        (parse_date, "01/10/2562 08:35", "holds a time of day where only a date is wanted; leave the time out"),
        (parse_date, "2019-10-01T08:35Z", "holds a time of day where only a date is wanted; leave the time out"),
        (parse_date, "เช้า", "is not a date; write it like 01/10/2562, 1 ต.ค. 2562 or 2019-10-01"),
        (parse_date, "2562-10-01", ERA_IN_ISO),
        (parse_date, "2484-01-01", ERA_IN_ISO),
        (parse_date, "2483-12-31", "its year 2483 is before 1941 or after 2456; correct it"),
        (parse_date, "2457-01-01", "its year 2457 is before 1941 or after 2456; correct it"),
        (parse_date, "1940-12-31", "its year 1940 is before 1941 or after 2456; correct it"),
        (parse_date, "2019-02-29", OF_NO_DAY),
        (parse_date, "29/02/2562", "ก.พ. 2562 has no day 29; correct it"),
        (parse_date, "01/13/2562", "there is no month 13; dates are written day, month, year"),
        (parse_date, "01/00/2562", "there is no month 0; dates are written day, month, year"),
        (parse_date, "1 มค. 2562", "no month is called 'มค.'; dates are written day, month, year"),
        (parse_date, "01/10/3000", "its year 3000 is after B.E. 2999; correct it"),
        (parse_date, "๐1/10/2562", MIXED),
        (parse_datetime, "01/10/๒๕๖๒ 08:35", MIXED),
        (parse_datetime, "01/10/2562 24:00", "its time does not exist; hours go to 23, minutes and seconds to 59"),
        (
            parse_datetime,
            "2019-10-01T08:42:00",
            "is an ISO time without an offset; append that of its place, such as +07:00 or Z",
        ),
        (
            parse_datetime,
            "1941-01-01T00:00:00+14:00",
            "its year 1940 in Thailand is before 1941 or after 2456; correct it",
        ),
        (parse_datetime, "2019-10-01T25:42:00+07:00", OF_NO_DAY),
        (parse_datetime, "2562-10-01T08:42:00+07:00", ERA_IN_ISO),
        (
            parse_datetime,
            "2019-10-01T08:42:00.1234567+07:00",
            "is finer than a microsecond; leave the digits after the sixth of its second out",
        ),
        (
            parse_datetime,
            "2019-10-01T08:42:00+7",
            "is not a date and time; write it like 2019-10-01T08:42:00+07:00",
        ),
        (parse_iso, "1/10/2562 08:42", "is not a time with an offset; write it like 2011-10-11 13:45:40+02:00"),
        (
            parse_iso,
            "2019-10-01T08:42:00",
            "is an ISO time without an offset; append that of its place, such as +07:00 or Z",
        ),
        (parse_datetime, "01/10/2562", "has no time of day; write it like 01/10/2562 09:12"),
        (
            parse_datetime,
            "เช้า",
            "is not a date and time; write it like 01/10/2562 09:12 or 1 ต.ค. 2562 09.12 น.",
        ),
    ],
)
def test_a_refusal_says_what_is_wrong_and_the_way_out_in_these_words(read, text, problem):
    with pytest.raises(DateTextError) as caught:
        read(text)
    assert (caught.value.text, caught.value.problem) == (text, problem)


@pytest.mark.parametrize(
    ("year", "hint"),
    [
        (1940, "correct it"),
        (1941, "did you mean 2484"),
        (2199, "did you mean 2742"),
        (2200, "correct it"),
        (2457, "correct it"),
        (2483, "correct it"),
    ],
)
def test_a_common_era_year_is_only_suggested_as_a_buddhist_one_that_can_be_read(year, hint):
    with pytest.raises(DateTextError) as caught:
        parse_date(f"01/10/{year}")
    assert caught.value.problem == f"its year {year} is before B.E. 2484, where Thai dates begin here; {hint}"


def test_the_last_day_of_the_era_and_the_last_second_of_a_day_are_read():
    assert parse_date("31/12/2999") == parse_date("2456-12-31") == date(2456, 12, 31)
    assert parse_datetime("31/12/2999 23:59:59") == datetime(2456, 12, 31, 23, 59, 59, tzinfo=BANGKOK)
    assert parse_datetime("31/12/2999 23.59 น.") == datetime(2456, 12, 31, 23, 59, tzinfo=BANGKOK)


def test_seconds_and_fractions_are_read_where_they_are_written():
    assert parse_datetime("01/10/2562 08:35:59").second == 59
    assert parse_datetime("2019-10-01T08:35:00.644+07:00").microsecond == 644_000
    assert parse_datetime("2019-10-01T08:35:00.012345+07:00").microsecond == 12_345
    assert parse_datetime("2019-10-01T08:35:00.987650+07:00").microsecond == 987_650


def test_years_outside_the_thai_calendar_have_no_buddhist_or_fiscal_year():
    for day in (date(1940, 12, 31), date(2457, 1, 1)):
        for year_of in (buddhist_year, fiscal_year, format_date):
            with pytest.raises(DateTextError) as caught:
                year_of(day)
            problem = "is before B.E. 2484 or after B.E. 2999; correct it"
            assert (caught.value.text, caught.value.problem) == (day.isoformat(), problem)
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
    clock = 1 if style == "slashes" else 2  # words of the time
    assert format_date(date(2019, 10, 1), style) == arabic.rsplit(" ", clock)[0]
    assert format_date(date(2019, 10, 1), style, digits="thai") == thai.rsplit(" ", clock)[0]


def test_short_months_and_arabic_digits_are_written_when_nothing_else_is_asked():
    assert format_date(date(2019, 10, 1)) == "1 ต.ค. 2562"
    assert format_datetime(datetime(2019, 10, 1, 1, 35, tzinfo=UTC)) == "1 ต.ค. 2562 08.35 น."


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
    ten = "".join(chr(0x0E50 + n) for n in range(10))
    assert thai_digits("0123456789") == ten
    assert arabic_digits(ten) == "0123456789"


@given(day=days)
def test_every_day_lies_in_the_fiscal_year_it_belongs_to(day):
    first, last = fiscal_year_span(fiscal_year(day))
    assert first <= day <= last
    assert (first.month, first.day, last.month, last.day) == (10, 1, 9, 30)


def test_fiscal_year_2563_runs_from_october_2019_to_september_2020():
    assert fiscal_year_span(2563) == (date(2019, 10, 1), date(2020, 9, 30))
    assert fiscal_year(date(2020, 9, 30)) == 2563


@pytest.mark.parametrize("style", ["medium", "", None])
def test_a_style_or_digits_that_are_none_are_refused(style):
    day, moment = date(2020, 1, 6), datetime(2020, 1, 6, tzinfo=UTC)
    for write, when in ((format_date, day), (format_month, day), (format_datetime, moment)):
        with pytest.raises(ValueError, match="is no way to write a date; choose short or long"):
            write(when, style)
    for ask in (lambda: format_date(day, digits=style), lambda: format_month(day, digits=style)):
        with pytest.raises(ValueError, match="is no way to write a date; choose arabic or thai"):
            ask()


@pytest.mark.parametrize("write", [thai_digits, arabic_digits])
def test_digits_are_those_of_a_text(write):
    with pytest.raises(TypeError, match="2563 is no text; give such as"):
        write(2563)
