import pickle
from datetime import datetime, time, timedelta
from functools import reduce
from operator import and_, or_
from zoneinfo import ZoneInfo

import pytest

from docflow import Hours, OfficeTime, WorkingDays, WorkTime
from docflow.bangkok import OFFICIAL_READING, READINGS, office_clock
from docflow.errors import AmountError, NegativeAmountError, ReversedSpanError
from docflow.worktime import Deadline, LaterOf, Limit, Verdict, WorkingDayHours, instant
from docflow.worktime.ticks import NO_PAUSES

BANGKOK = ZoneInfo("Asia/Bangkok")
CLOCK = office_clock()
MICROSECOND = timedelta(microseconds=1)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


# A Friday at 10:00 before a weekend and two special holidays; worked out by hand for each reading.
@pytest.mark.parametrize(
    ("reading", "due"),
    [
        ("working_days", "2019-11-07 16:30"),  # Wednesday, Thursday
        ("working_days_counting_first", "2019-11-06 16:30"),  # Friday, Wednesday
        ("hours", "2019-11-03 10:00"),
        ("working_day_hours", "2019-11-07 10:00"),  # 14 h of Friday, all of Wednesday, 10 h of Thursday
        ("office_time", "2019-11-07 10:00"),  # 6.5 h of Friday, 8 h of Wednesday, 1.5 h of Thursday
        ("working_days_or_hours", "2019-11-07 16:30"),
    ],
)
def test_a_friday_letter_is_due_at_five_different_moments(reading, due):
    assert READINGS[reading].due(at("2019-11-01 10:00"), CLOCK) == at(due)


# The same for a Saturday night: what counts the first day does not count a day of rest.
@pytest.mark.parametrize(
    ("reading", "due"),
    [
        ("working_days", "2020-01-14 16:30"),
        ("working_days_counting_first", "2020-01-14 16:30"),
        ("hours", "2020-01-13 22:00"),
        ("working_day_hours", "2020-01-15 00:00"),
        ("office_time", "2020-01-14 16:30"),
        ("working_days_or_hours", "2020-01-14 16:30"),
    ],
)
def test_a_saturday_letter_waits_for_monday(reading, due):
    assert READINGS[reading].due(at("2020-01-11 22:00"), CLOCK) == at(due)


def test_the_official_reading_is_the_later_of_two_working_days_and_48_hours():
    assert READINGS[OFFICIAL_READING] == WorkingDays(2) | Hours(48)


def test_or_joins_readings_into_one_flat_list():
    assert (WorkingDays(2) | Hours(48) | OfficeTime(days=2)).limits == (WorkingDays(2), Hours(48), OfficeTime(days=2))
    assert (WorkingDays(2) | (Hours(48) | OfficeTime(days=2))) == (WorkingDays(2) | Hours(48) | OfficeTime(days=2))


def test_a_chain_of_thousands_is_one_limit():
    limits = [Hours(n % 500 + 1) for n in range(5_000)]
    chain = reduce(or_, limits)
    assert chain.limits == tuple(limits)
    assert chain.due(at("2020-01-06 10:00"), CLOCK) == at("2020-01-06 10:00") + timedelta(hours=500)
    assert chain == LaterOf(limits)
    assert hash(chain) == hash(LaterOf(limits))
    assert repr(chain) == repr(LaterOf(limits))
    assert pickle.loads(pickle.dumps(chain)) == chain  # noqa: S301 - our own
    assert chain != reduce(and_, limits)
    assert LaterOf([LaterOf(limits[:3]), *limits[3:]]) == chain
    assert chain != limits


def test_limits_take_turns_inside_each_other_only_so_deep():
    def turns(n):
        limit = Hours(1)
        for depth in range(n):
            limit = limit | Hours(depth + 2) if depth % 2 else limit & Hours(depth + 2)
        return limit

    deep = turns(100)
    assert deep.due(at("2020-01-06 10:00"), CLOCK) == at("2020-01-10 15:00")
    assert deep.remaining(at("2020-01-06 10:00"), at("2020-01-06 10:00"), CLOCK) == WorkTime(hours=101)
    assert str(deep).endswith(" or 101 hours")
    with pytest.raises(AmountError, match="at most 100"):
        turns(101)
    with pytest.raises(AmountError, match="at most 100"):
        turns(5_000)


def test_or_joins_limits_only():
    with pytest.raises(TypeError):
        WorkingDays(2) | 48


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        (WorkingDays(1), "1 working day"),
        (Hours(1), "1 hour"),
        (WorkingDayHours(1), "1 hour of working days"),
        (WorkingDayHours(48), "48 hours of working days"),
        (OfficeTime(days=1, hours=1), "1 day and 1 h of office time"),
        (OfficeTime(minutes=15), "15 min of office time"),
        (WorkingDays(2) | Hours(48), "2 working days or 48 hours"),
    ],
)
def test_a_limit_says_what_it_means(limit, said):
    assert str(limit) == said


@pytest.mark.parametrize(
    "make",
    [
        lambda: Hours(0),
        lambda: Hours(-48),
        lambda: WorkingDayHours(0),
        lambda: WorkingDays("2"),
        OfficeTime,
        lambda: OfficeTime(days=-1),
        lambda: OfficeTime(days=1.5),
        lambda: OfficeTime(days=True),
        lambda: OfficeTime(hours=True),
        lambda: WorkingDays(days=True),
        lambda: WorkingDays(2.0),
        lambda: WorkingDays(2, counting_first="no"),
        lambda: Hours(hours=True),
        lambda: WorkingDayHours(48.0),
        lambda: OfficeTime(minutes=-15),
        lambda: OfficeTime(minutes=0.0000001),
    ],
)
def test_no_time_is_no_promise(make):
    with pytest.raises(AmountError):
        make()


def test_days_of_office_time_are_as_long_as_the_office_is_open():
    assert OfficeTime(days=1).due(at("2020-01-06 10:00"), CLOCK) == at("2020-01-07 10:00")
    assert OfficeTime(days=1, minutes=30).due(at("2020-01-06 10:00"), CLOCK) == at("2020-01-07 10:30")


def test_and_is_the_earlier_and_keeps_its_brackets():
    both = WorkingDays(3) & Hours(48)
    assert both.due(at("2019-11-01 10:00"), CLOCK) == at("2019-11-03 10:00")
    assert both.due(at("2020-01-06 10:00"), CLOCK) == at("2020-01-08 10:00")
    assert (both & OfficeTime(days=2)).limits == (WorkingDays(3), Hours(48), OfficeTime(days=2))
    assert str(both | OfficeTime(days=2)) == "(3 working days and 48 hours) or 2 days of office time"
    assert str(both & (Hours(1) | Hours(2))) == "3 working days and 48 hours and (1 hour or 2 hours)"
    assert (both | Hours(1)).limits == (both, Hours(1))
    for joined in (lambda: WorkingDays(2) & 48, lambda: 48 & WorkingDays(2), lambda: 48 | WorkingDays(2)):
        with pytest.raises(TypeError):
            joined()


def test_a_promise_is_running_until_it_is_kept_or_due():
    start, stop, due = at("2020-01-06 10:00"), at("2020-01-07 10:00"), at("2020-01-08 16:30")
    for stopped, asked, verdict in (
        (None, start, "running"),
        (None, due - MICROSECOND, "running"),
        (None, due, "late"),
        (stop, stop - MICROSECOND, "running"),  # what has not happened yet is not seen
        (stop, stop, "within"),
        (stop, at("2020-06-01 00:00"), "within"),
        (due, due, "within"),
        (due + MICROSECOND, due, "late"),
        (due + MICROSECOND, due + MICROSECOND, "late"),
    ):
        assert WorkingDays(2).verdict(start, stopped, asked, CLOCK) == verdict
    assert isinstance(WorkingDays(2).verdict(start, None, start, CLOCK), Verdict)


def test_a_pause_keeps_a_promise_running():
    start, paused = at("2020-01-06 10:00"), [(at("2020-01-07 08:30"), at("2020-01-07 16:30"))]
    asked = at("2020-01-09 10:00")
    assert WorkingDays(2).verdict(start, None, asked, CLOCK) == "late"
    assert WorkingDays(2).verdict(start, None, asked, CLOCK, pauses=paused) == "running"
    assert WorkingDays(2).verdict(start, asked, asked, CLOCK, pauses=paused) == "within"


def test_what_remains_is_time_of_the_limits_own_clock_until_the_due_moment():
    friday = at("2019-11-01 10:00")
    for limit, asked, remaining in (
        (WorkingDays(2), friday, WorkTime(hours=22, minutes=30)),
        (WorkingDays(2), at("2019-11-05 12:00"), WorkTime(hours=16)),
        (WorkingDays(2), at("2019-11-07 16:29"), WorkTime(minutes=1)),
        (WorkingDays(2), at("2019-11-07 16:30"), WorkTime()),
        (WorkingDays(2), at("2019-12-01 00:00"), WorkTime()),
        (Hours(48), at("2019-11-02 16:00"), WorkTime(hours=18)),  # due on Sunday at 10:00
        (WorkingDayHours(48), at("2019-11-02 16:00"), WorkTime(hours=34)),
        (WorkingDays(2) | Hours(48), at("2019-11-02 16:00"), WorkTime(hours=16)),
        (WorkingDays(2) & Hours(48), at("2019-11-02 16:00"), WorkTime(hours=18)),
        (Hours(1) | (WorkingDays(2) & Hours(48)), at("2019-11-02 16:00"), WorkTime(hours=18)),
        (Hours(500) & (WorkingDays(2) | Hours(48)), at("2019-11-02 16:00"), WorkTime(hours=16)),
        (OfficeTime(days=2), at("2019-11-06 10:00"), WorkTime(hours=8)),
    ):
        assert limit.remaining(friday, asked, CLOCK) == remaining


def test_of_limits_due_at_one_moment_the_least_remains_in_either_order():
    closing, one, other = at("2020-01-06 16:30"), WorkingDays(1), Hours(24)
    for joined in (one | other, other | one, one & other, other & one):
        assert joined.due(closing, CLOCK) == at("2020-01-07 16:30")
        assert joined.remaining(closing, closing, CLOCK) == WorkTime(hours=8)


def test_a_negative_number_of_days_or_hours_is_named_as_such():
    for negative in (lambda: WorkingDays(-1), lambda: Hours(-48), lambda: WorkingDayHours(-1)):
        with pytest.raises(NegativeAmountError, match="is negative; give 1 or more"):
            negative()


def test_joining_nothing_or_no_limits_is_refused():
    for wrong in ((), (48,)):
        with pytest.raises(TypeError, match="are no limits; give some"):
            LaterOf(wrong)
    assert LaterOf([WorkingDays(2), Hours(48)]) == WorkingDays(2) | Hours(48)


@pytest.mark.parametrize(
    ("limit", "due"),
    [
        (WorkingDays(2), "2020-01-09 10:30"),  # two hours after the close of the 8th
        (WorkingDays(2, counting_first=True), "2020-01-08 10:30"),
        (Hours(48), "2020-01-08 17:00"),  # all seven hours of the pause
        (WorkingDayHours(48), "2020-01-08 17:00"),
        (OfficeTime(days=2), "2020-01-08 12:00"),
        (WorkingDays(2) | Hours(48), "2020-01-09 10:30"),
        (WorkingDays(2) & Hours(48), "2020-01-08 17:00"),
    ],
)
def test_a_pause_gives_back_what_it_took_from_the_limits_own_clock(limit, due):
    start, pause = at("2020-01-06 10:00"), (at("2020-01-06 14:30"), at("2020-01-06 21:30"))
    assert limit.due(start, CLOCK, pauses=[pause]) == at(due)


def test_a_day_that_was_over_before_an_evening_start_stays_over():
    evening = at("2020-01-06 20:00")
    today = WorkingDays(1, counting_first=True)
    for pauses in ([], [(evening, at("2020-01-08 00:00"))]):
        assert today.due(evening, CLOCK, pauses=pauses) == at("2020-01-06 16:30")
    assert today.remaining(evening, evening, CLOCK) == WorkTime()
    assert today.warning(evening, WorkTime(hours=1), CLOCK) is None
    assert today.verdict(evening, None, evening, CLOCK) == "late"


def test_a_warning_comes_in_office_hours():
    friday = at("2019-11-01 10:00")
    for limit, hours, warning in (
        (WorkingDays(2), 1, "2019-11-07 15:30"),
        (WorkingDays(2), 8, "2019-11-07 08:30"),  # not Wednesday at closing
        (WorkingDays(2), 10, "2019-11-06 14:30"),
        (Hours(48), 1, "2019-11-01 15:30"),  # due on a Sunday
        (Hours(72 + 24), 1, "2019-11-01 15:30"),  # due on Tuesday of the summit
        (WorkingDays(2), 22.5, "2019-11-01 10:00"),
        (WorkingDays(2), 100, "2019-11-01 10:00"),  # there is less than that
    ):
        assert limit.warning(friday, WorkTime(hours=hours), CLOCK) == at(warning)
    saturday = at("2020-01-04 10:00")
    assert WorkingDays(1).warning(saturday, WorkTime(hours=100), CLOCK) == at("2020-01-06 08:30")
    assert Hours(2).warning(saturday, WorkTime(hours=1), CLOCK) is None  # nobody is there before it is due


def test_a_warning_waits_for_no_pause():
    start, noon, two = at("2020-01-06 10:00"), at("2020-01-08 12:00"), at("2020-01-08 14:00")
    paused = [(noon, two)]  # due on the 9th at 10:30
    assert WorkingDays(2).warning(start, WorkTime(hours=4, minutes=30), CLOCK, pauses=paused) == two
    assert WorkingDays(2).warning(start, WorkTime(hours=5), CLOCK, pauses=paused) == at("2020-01-08 11:30")
    assert WorkingDays(2).warning(start, WorkTime(hours=1), CLOCK, pauses=paused) == at("2020-01-09 09:30")
    from_the_start = [(start, noon)]
    assert OfficeTime(hours=1).warning(start, WorkTime(hours=2), CLOCK, pauses=from_the_start) == noon


def test_questions_that_make_no_sense_are_refused():
    start, before = at("2020-01-06 10:00"), at("2020-01-06 09:59")
    for question in (
        lambda: WorkingDays(2).remaining(start, before, CLOCK),
        lambda: WorkingDays(2).verdict(start, None, before, CLOCK),
        lambda: WorkingDays(2).verdict(start, before, start, CLOCK),
    ):
        with pytest.raises(ReversedSpanError) as caught:
            question()
        assert (caught.value.start, caught.value.stop) == (start, before)
    with pytest.raises(AmountError, match="no warning; give some working time"):
        WorkingDays(2).warning(start, WorkTime(), CLOCK)
    for negative in (lambda: OfficeTime(days=-1), lambda: OfficeTime(minutes=-15), lambda: WorkTime(hours=-1)):
        with pytest.raises(NegativeAmountError):
            negative()
    for length in (timedelta(hours=1), 60):
        with pytest.raises(TypeError, match="give a WorkTime"):
            WorkingDays(2).warning(start, length, CLOCK)


def test_a_limit_of_ones_own_needs_only_its_due_instant():
    class ByFriday(Limit):
        def due_instant(self, start, clock, pauses=NO_PAUSES):  # noqa: ARG002 - a fixed day waits for nobody
            day = clock.datetime_of(start).date()
            return instant(datetime.combine(day + timedelta(days=4 - day.weekday()), time(16, 30), tzinfo=BANGKOK))

    assert ByFriday().due(at("2020-01-06 10:00"), CLOCK) == at("2020-01-10 16:30")
    assert (ByFriday() & WorkingDays(2)).due(at("2020-01-06 10:00"), CLOCK) == at("2020-01-08 16:30")
    assert ByFriday().verdict(at("2020-01-06 10:00"), None, at("2020-01-10 16:29"), CLOCK) == "running"


def test_what_remains_leaves_pauses_out_and_knows_what_they_gave_back():
    start, paused = at("2020-01-06 10:00"), [(at("2020-01-07 08:30"), at("2020-01-07 16:30"))]
    # Due on the 9th at 16:30: 6.5 h of the 6th, 8 h of the 8th and of the 9th.
    assert WorkingDays(2).remaining(start, start, CLOCK, pauses=paused) == WorkTime(hours=22, minutes=30)
    assert WorkingDays(2).remaining(start, at("2020-01-09 15:30"), CLOCK, pauses=paused) == WorkTime(hours=1)
    assert Hours(48).remaining(start, start, CLOCK, pauses=paused) == WorkTime(hours=48)


def test_a_warning_with_no_time_says_what_it_was_given():
    wanted = "before the due moment is no warning; give some working time"
    with pytest.raises(AmountError, match=f" {wanted}$") as caught:
        WorkingDays(2).warning(at("2020-01-06 10:00"), WorkTime(), CLOCK)
    assert (caught.value.amount, caught.value.problem) == (WorkTime(), wanted)


def test_a_start_at_the_very_close_of_its_only_day_is_due_then():
    close, today = at("2020-01-06 16:30"), WorkingDays(1, counting_first=True)
    assert today.due(close, CLOCK, pauses=[(close, at("2020-01-07 10:00"))]) == close
    assert today.warning(close, WorkTime(hours=1), CLOCK) is None


def test_of_what_was_due_before_it_began_no_warning_comes():
    class ByNoon(Limit):
        def due_instant(self, start, clock, pauses=NO_PAUSES):  # noqa: ARG002 - noon waits for nobody
            return instant(datetime.combine(clock.datetime_of(start).date(), time(12), tzinfo=BANGKOK))

    assert ByNoon().warning(at("2020-01-06 14:00"), WorkTime(hours=1), CLOCK) is None
    assert ByNoon().warning(at("2020-01-06 12:00"), WorkTime(hours=1), CLOCK) is None
    assert ByNoon().remaining(at("2020-01-06 14:00"), at("2020-01-06 15:00"), CLOCK) == WorkTime()
    assert ByNoon().warning(at("2020-01-06 10:00"), WorkTime(hours=1), CLOCK) == at("2020-01-06 11:00")


@pytest.mark.parametrize(("pausable", "left"), [(False, WorkTime(hours=2)), (True, WorkTime(hours=1))])
def test_what_no_pause_moves_has_all_the_time_left_until_then(pausable, left):
    class ByNoon(Limit):
        def due_instant(self, start, clock, pauses=NO_PAUSES):  # noqa: ARG002 - noon waits for nobody
            return instant(at("2020-01-06 12:00"))

    ByNoon.pausable = pausable
    ten, eleven = at("2020-01-06 10:00"), at("2020-01-06 11:00")
    assert ByNoon().remaining(ten, ten, CLOCK, pauses=[(ten, eleven)]) == left
    assert ByNoon().due(ten, CLOCK, pauses=[(ten, eleven)]) == at("2020-01-06 12:00")


@pytest.mark.parametrize("kind", [WorkingDays, Hours, WorkingDayHours])
def test_a_number_that_is_no_promise_is_named_with_its_limit(kind):
    counted = "days" if kind is WorkingDays else "hours"
    for wrong, problem in ((0, "no promise"), (-1, "negative"), ("2", "no promise")):
        said = f"^{wrong!r} {counted} of {kind.__name__} is {problem}; give 1 or more$"
        with pytest.raises(AmountError, match=said) as caught:
            kind(wrong)
        assert caught.value.amount == wrong
    assert kind(1) != kind(2)


def test_office_time_that_is_no_promise_is_shown():
    with pytest.raises(NegativeAmountError) as negative:
        OfficeTime(days=1, minutes=-15)
    assert str(negative.value) == "-15 is negative; a promise lies ahead"
    with pytest.raises(AmountError) as nothing:
        OfficeTime(minutes=0)
    assert str(nothing.value) == ("OfficeTime() is no promise; give whole days, hours or minutes above nothing")


@pytest.mark.parametrize("limit", [WorkingDays(2), Hours(48), OfficeTime(days=1), WorkingDays(2) & Hours(48)])
@pytest.mark.parametrize("clock", [at("2020-01-07 10:00"), None, type(CLOCK), CLOCK.calendar])
def test_what_is_no_clock_is_refused_by_every_question(limit, clock):
    start, stop = at("2020-01-06 10:00"), at("2020-01-07 10:00")
    for ask in (
        lambda: limit.due(start, clock),
        lambda: limit.remaining(start, stop, clock),
        lambda: limit.verdict(start, stop, stop, clock),
        lambda: limit.warning(start, WorkTime(hours=1), clock),
        lambda: Deadline(limit, start, clock=clock),
    ):
        with pytest.raises(TypeError, match="is no clock; give one such as office_clock"):
            ask()
    with pytest.raises(TypeError, match="this datetime is no clock; give one such as .*, after the moments"):
        limit.due(CLOCK, start)
