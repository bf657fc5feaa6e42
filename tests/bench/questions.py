"""What the questions of a clock cost beside `elapsed`, one at a time and in columns: python tests/bench/questions.py.

Needs docflow-registry[arrays]. Each figure is the best of several rounds of one run; quote the ratios. The aims are
those the project set itself: a question at most 3 × `elapsed`; columns of due moments at most 40 ns a row and 100 ×
faster than one at a time; `explain` over 60 days at most 0.5 ms. numpy's own `busday_offset` is the peer: it knows
days only.
"""

from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter
from timeit import repeat

import numpy as np

from docflow import Hours, OfficeTime, WorkingDays, WorkTime
from docflow.bangkok import office_clock
from docflow.worktime import Before, NextOpening, Period, SameTime

CLOCK = office_clock()
DAYS = CLOCK.days
FIRST = datetime(2019, 10, 1, tzinfo=UTC)
STARTS = [FIRST + timedelta(minutes=7 * 521 * n % (365 * 1440)) for n in range(1000)]
STOPS = [start + timedelta(days=3) for start in STARTS]
DATES = [start.date() for start in STARTS]
ROWS = 1_000_000
PROMISE = WorkingDays(2) | Hours(48)
LIMITS = (
    PROMISE,
    WorkingDays(2, cut_off=time(15)),
    WorkingDays(1, by="opening"),
    Period(months=1),
    SameTime(2),
    NextOpening(),
    Before(datetime(2020, 6, 1, 3, tzinfo=UTC), 3),
    Hours(48),
    OfficeTime(minutes=15),
)


def rounds(call, columns):
    """Microseconds of a call over a thousand different moments, once."""
    begin = perf_counter()
    for row in zip(*columns, strict=True):
        call(*row)
    return (perf_counter() - begin) / len(columns[0]) * 1e6


def per_call(call, columns):
    """The best of several rounds."""
    return min(rounds(call, columns) for _ in range(7))


def questions():
    """Every scalar question: its name, the call, and what it is asked about."""
    yield "is_open", CLOCK.is_open, (STARTS,)
    for name in ("next_open", "next_opening", "next_close", "previous_open", "previous_close", "open_span"):
        yield name, getattr(CLOCK, name), (STARTS,)
    yield "difference", CLOCK.difference, (STARTS, STOPS)
    hours = WorkTime(hours=16)
    yield "due", lambda start: CLOCK.due(start, hours), (STARTS,)
    yield "latest_start", lambda start: CLOCK.latest_start(start, hours), (STARTS,)
    for name in ("is_worked", "why_not", "roll", "hours", "length"):
        yield f"days.{name}", getattr(DAYS, name), (DATES,)
    yield "days.add", lambda day: DAYS.add(day, 5), (DATES,)
    yield "days.count", lambda day: DAYS.count(day, date(2020, 12, 1)), (DATES,)
    yield "days.nth", lambda day: DAYS.nth(day.year, day.month, 3), (DATES,)
    for limit in LIMITS:
        yield (
            f"due: {limit}",
            lambda start, limit=limit: limit.due(start, CLOCK),
            (STARTS,),
        )
    yield "next_spans: three, so six moments", lambda start: CLOCK.next_spans(start, 3), (STARTS,)
    yield "closed_spans: three or four", CLOCK.closed_spans, (STARTS, STOPS)
    yield "days.between", lambda day: DAYS.between(day, day + timedelta(days=7)), (DATES,)
    yield "deadline: due", lambda start: CLOCK.deadline(PROMISE, start).due, (STARTS,)
    yield "verdict", lambda start, stop: PROMISE.verdict(start, stop, stop, CLOCK), (STARTS, STOPS)


def one_at_a_time():
    print(f"{'one at a time':66}{'µs':>9}{'× elapsed':>12}   aim ≤ 3 ×")
    for name, call, columns in questions():
        # In turns, for a machine may be slower a moment later.
        turns = [(rounds(call, columns), rounds(CLOCK.elapsed, (STARTS, STOPS))) for _ in range(9)]
        took, elapsed = map(min, zip(*turns, strict=True))
        print(f"{name:66}{took:9.2f}{took / elapsed:12.2f}{'' if took <= 3 * elapsed else '   above'}")


def seconds(call):
    """The best of five calls, each of which takes long."""
    found = []
    for _ in range(5):
        begin = perf_counter()
        call()
        found.append(perf_counter() - begin)
    return min(found)


def in_columns():
    drawn = np.random.default_rng(1).integers(0, 365 * 86_400_000_000, ROWS)
    starts = np.datetime64("2019-10-01", "us") + drawn.astype("timedelta64[us]")
    some = [datetime.fromtimestamp(int(at) / 1e6, UTC) for at in starts[:2000].astype(np.int64)]
    print(f"\n{'columns of a million':66}{'ns a row':>9}{'× faster':>12}   aim ≤ 40 ns, ≥ 100 ×")
    for limit in LIMITS:
        row = seconds(lambda: CLOCK.due_array(starts, limit)) / ROWS * 1e9
        one = per_call(lambda start: limit.due(start, CLOCK), (some,)) * 1e3
        print(f"{f'due: {limit}':66}{row:9.1f}{one / row:12.0f}")
    stops = starts + np.timedelta64(3, "D")
    dates, later = starts.astype("datetime64[D]"), stops.astype("datetime64[D]")
    for name, whole, single in (
        ("elapsed", lambda: CLOCK.elapsed_array(starts, stops), lambda at: CLOCK.elapsed(at, at + timedelta(days=3))),
        ("is_open", lambda: CLOCK.is_open_array(starts), CLOCK.is_open),
        (
            "verdict",
            lambda: CLOCK.verdict_array(PROMISE, starts, stops, at=np.datetime64("2021-01-01")),
            lambda at: PROMISE.verdict(at, None, at + timedelta(days=400), CLOCK),
        ),
        (
            "days.count",
            lambda: DAYS.count_array(dates, later),
            lambda at: DAYS.count(at.date(), at.date() + timedelta(days=3)),
        ),
    ):
        row = seconds(whole) / ROWS * 1e9
        print(f"{name:66}{row:9.1f}{per_call(single, (some,)) * 1e3 / row:12.0f}")
    days = (date(2019, 1, 1) + timedelta(days=n) for n in range(3 * 365))
    holidays = [day for day in days if not DAYS.is_worked(day)]
    peer = seconds(lambda: np.busday_offset(dates, 2, roll="forward", holidays=holidays)) / ROWS * 1e9
    ours = seconds(lambda: CLOCK.due_array(starts, WorkingDays(2))) / ROWS * 1e9
    print(f"{'the peer, days only: numpy.busday_offset':66}{peer:9.1f}{peer / ours:12.2f} of what the moment takes")


def explanations():
    print(f"\n{'explanations':66}{'ms':>9}   aim ≤ 0.5 ms over 60 days")
    start = datetime(2020, 1, 6, 3, tzinfo=UTC)
    for limit in (WorkingDays(41), OfficeTime(days=41), Hours(60 * 24)):
        days = len(CLOCK.deadline(limit, start).explain().days)
        took = min(repeat(lambda limit=limit: str(CLOCK.deadline(limit, start).explain()), number=100, repeat=5)) * 10
        print(f"{f'{limit}, {days} days':66}{took:9.2f}")


if __name__ == "__main__":
    one_at_a_time()
    in_columns()
    explanations()
