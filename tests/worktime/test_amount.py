from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docflow import WorkTime
from docflow.errors import AmountError
from docflow.worktime.amount import microseconds

amounts = st.integers(min_value=0, max_value=10**16).map(WorkTime.of)


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (WorkTime(), "0 min"),
        (WorkTime(minutes=90), "1 h 30 min"),
        (WorkTime(hours=48), "48 h"),
        (WorkTime(minutes=12), "12 min"),
        (WorkTime(seconds=61), "1 min 1 s"),
        (WorkTime(hours=1, microseconds=250_000), "1 h 0.25 s"),
        (WorkTime(microseconds=1), "0.000001 s"),
    ],
)
def test_an_amount_says_itself_in_hours_and_minutes_never_days(amount, said):
    assert str(amount) == said


@given(amount=amounts)
def test_its_repr_makes_it_again(amount):
    assert eval(repr(amount)) == amount  # noqa: S307 - our own repr


@given(amount=amounts)
def test_its_seconds_round_back_to_the_microsecond(amount):
    if amount.microseconds < 2**51:  # 71 years: two roundings of 53 bits each
        assert round(amount.total_seconds() * 10**6) == amount.microseconds


@given(a=amounts, b=amounts)
def test_amounts_are_ordered_and_added_like_their_microseconds(a, b):
    assert (a < b) == (a.microseconds < b.microseconds)
    assert (a + b) - b == a
    assert sum([a, b], WorkTime()) == a + b
    assert bool(a) == (a.microseconds > 0)


@given(a=amounts, n=st.integers(0, 1000))
def test_so_many_times_an_amount(a, n):
    assert a * n == n * a == sum([a] * n, WorkTime())


def test_amounts_divide_into_an_exact_fraction():
    assert WorkTime(minutes=1) / WorkTime(hours=1) == Fraction(1, 60)
    assert WorkTime(seconds=20).minutes == Fraction(1, 3)


@pytest.mark.parametrize("hours", [1.5, Fraction(3, 2)])
def test_fractions_of_an_hour_are_welcome_when_they_are_exact(hours):
    assert WorkTime(hours=hours) == WorkTime(minutes=90)


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (lambda: WorkTime(minutes=-1), "is negative"),
        (lambda: WorkTime(hours=0.1), "not a whole number of microseconds"),
        (lambda: WorkTime(minutes=float("nan")), "is not a number that can be counted"),
        (lambda: WorkTime(minutes=float("inf")), "is not a number that can be counted"),
        (lambda: WorkTime(minutes="twelve"), "is not a number that can be counted"),
        (lambda: WorkTime(minutes=True), "is not a number that can be counted"),
        (lambda: WorkTime(microseconds=1.5), "is not a whole number of microseconds"),
        (lambda: WorkTime(minutes=1) - WorkTime(minutes=2), "compare before subtracting"),
        (lambda: WorkTime(minutes=1) * -1, "is negative"),
        (lambda: WorkTime(minutes=1) / -2, "is negative"),
        (lambda: WorkTime(minutes=1) * float("nan"), "is not a number that can be counted"),
        (lambda: WorkTime.from_timedelta(timedelta(minutes=-1)), "is negative"),
    ],
)
def test_amounts_that_are_none_are_refused(make, problem):
    with pytest.raises(AmountError, match=problem):
        make()


def test_an_amount_is_not_a_timedelta():
    assert WorkTime(hours=1) != timedelta(hours=1)
    for mix in (
        lambda: WorkTime(hours=1) + timedelta(hours=1),
        lambda: WorkTime(hours=1) - timedelta(hours=1),
        lambda: WorkTime(hours=1) < timedelta(hours=1),
        lambda: WorkTime(hours=1) * True,
        lambda: WorkTime(hours=1) / "2",
        lambda: WorkTime(hours=1) * WorkTime(hours=1),
        lambda: 1 + WorkTime(hours=1),
        lambda: WorkTime.from_timedelta(WorkTime(hours=1)),
    ):
        with pytest.raises(TypeError):
            mix()


@given(time=st.timedeltas(timedelta(0), timedelta(days=100)))
def test_the_time_of_a_timedelta_is_taken_when_that_is_said(time):
    assert timedelta(microseconds=WorkTime.from_timedelta(time).microseconds) == time


@given(a=amounts, number=st.fractions(0, 100) | st.floats(0, 100) | st.integers(1, 100))
def test_parts_of_an_amount_are_rounded_to_the_microsecond(a, number):
    assert abs((a * number).microseconds - a.microseconds * Fraction(number)) <= Fraction(1, 2)
    if number:
        assert abs((a / number).microseconds - a.microseconds / Fraction(number)) <= Fraction(1, 2)
    assert a * number == number * a


@given(parts=st.lists(amounts))
def test_amounts_are_summed(parts):
    assert sum(parts) == (WorkTime.of(sum(one.microseconds for one in parts)) if parts else 0)


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("", "1 h 7 min 30 s"),
        ("h", "1"),
        (".3h", "1.125"),
        (".2h", "1.12"),
        (".1min", "67.5"),
        ("s", "4050"),
        ("hh:mm", "1:08"),
    ],
)
def test_an_amount_is_written_as_a_number_of_units(spec, said):
    assert format(WorkTime(minutes=67, seconds=30), spec) == said


def test_a_format_that_is_none_is_refused():
    with pytest.raises(ValueError, match="'%H' is no format of working time; give such as .2h"):
        format(WorkTime(hours=1), "%H")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: WorkTime(minutes=-1), "-60000000 microseconds is negative; working time only accumulates"),
        (
            lambda: WorkTime(minutes=1) - WorkTime(minutes=2),
            "'2 min' is more than 1 min; compare before subtracting",
        ),
        (lambda: WorkTime(minutes=1) * -1, "-1 is negative; working time only accumulates"),
        (
            lambda: WorkTime(hours="twelve"),
            "'twelve' is not a number that can be counted; give a whole number or a Fraction",
        ),
        (
            lambda: WorkTime(hours=0.1),
            "0.1 is not a whole number of microseconds; give a smaller unit, or a Fraction",
        ),
    ],
)
def test_an_amount_that_is_none_is_shown_with_the_way_out(make, said):
    with pytest.raises(AmountError) as caught:
        make()
    assert str(caught.value) == said


def test_what_is_no_working_time_is_shown():
    with pytest.raises(TypeError) as caught:
        microseconds(timedelta(hours=2))
    assert str(caught.value) == (
        "datetime.timedelta(seconds=7200) is not working time; give a WorkTime, such as WorkTime(hours=2) "
        "or WorkTime.from_timedelta(...)"
    )
