"""What the clock costs against plain ways of counting, side by side in one run: python tests/bench/clock.py.

Needs docflow-registry[arrays]. Each figure is the best of several rounds; quote the ratios, not the microseconds. The
aims are those the project set itself.
"""

import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from timeit import repeat

import numpy as np
import pendulum

from docflow import Hours, WorkingDays, WorkTime
from docflow.bangkok import office_clock

sys.path.insert(0, str(Path(__file__).parent.parent))
from oracle import HOLIDAYS_2563, by_day, works_2563

CLOCK = office_clock()
START = datetime(2019, 10, 1, 3, 7, tzinfo=UTC)
PAIRS = 10_000_000


def cost(call):
    """Microseconds a call."""
    number = max(1, int(0.05 / max(repeat(call, number=1, repeat=3))))
    return min(repeat(call, number=number, repeat=7)) / number * 1e6


def once(call):
    """Seconds of the best of four calls, each of which takes long."""
    seconds = []
    for _ in range(4):
        begin = perf_counter()
        call()
        seconds.append(perf_counter() - begin)
    return min(seconds)


def line(name, ours, aim="", against=None):
    ratio = f"{against / ours:,.0f} × faster" if against else ""
    print(f"{name:52}{ours:9.2f} µs  {ratio:>18}  {aim}")


def scalars():
    print(f"{'one at a time':52}{'a call':>12}  {'than a day walk':>18}  aim")
    for name, span in (
        ("1 hour", timedelta(hours=1)),
        ("1 day", timedelta(days=1)),
        ("60 days", timedelta(days=60)),
        ("1 year", timedelta(days=365)),
        ("5 years", timedelta(days=1826)),
    ):
        stop = START + span
        walk = cost(lambda: by_day(START, stop))
        aim = "≤ 2 µs" + ", ≥ 10 ×" * (name == "60 days")
        line(f"elapsed over {name}", cost(lambda: CLOCK.elapsed(START, stop)), aim, walk)
    there = pendulum.instance(START), pendulum.instance(START + timedelta(days=60))
    line(
        "elapsed over 60 days, pendulum moments",
        cost(lambda: CLOCK.elapsed(*there)),
        "≤ 3 µs",
        cost(lambda: by_day(*there)),
    )
    amount = WorkTime(hours=16)
    plain = cost(lambda: CLOCK.datetime_of(CLOCK.reached(1_569_899_220_000_000, amount.microseconds)))
    line("due after 16 h, to a standard datetime", plain, "≤ 5 µs")
    line("due after 16 h, as a pendulum moment", cost(lambda: CLOCK.due(START, amount)))
    pauses = [(START + timedelta(days=1), START + timedelta(days=2))]
    line("due after 16 h, with a pause", cost(lambda: CLOCK.due(START, amount, pauses=pauses)))
    line("due under the official reading", cost(lambda: (WorkingDays(2) | Hours(48)).due(START, CLOCK)))
    line("latest start", cost(lambda: CLOCK.latest_start(START, amount)))
    line("explain over 60 days", cost(lambda: CLOCK.explain(*there)))
    print()
    line("building the office's clock", cost(office_clock), "≤ 5 ms")
    for years in (1, 2, 4, 8):
        stop = datetime(2018 + years, 12, 1, tzinfo=UTC)
        first = datetime(2019, 1, 5, tzinfo=UTC)
        line(
            f"building it, and {years} of its years",
            cost(lambda: office_clock().elapsed(first, stop)),
            "≤ 5 ms" * (years == 1),
        )
    print()


def busday_recipe(starts, stops, holidays):
    """Working time the way numpy's manual leads to: whole days by busday_count, the ends by hand."""
    opens, closes = np.timedelta64(8 * 60 + 30, "m"), np.timedelta64(16 * 60 + 30, "m")
    local = [at + np.timedelta64(7, "h") for at in (starts, stops)]
    days = [at.astype("datetime64[D]") for at in local]
    into = [np.clip(at - day, opens, closes) - opens for at, day in zip(local, days, strict=True)]
    ends = [np.where(np.is_busday(day, holidays=holidays), part, 0) for day, part in zip(days, into, strict=True)]
    return np.busday_count(*days, holidays=holidays) * (closes - opens) + ends[1] - ends[0]


def arrays():
    rng = np.random.default_rng(2563)
    year = np.datetime64("2019-10-01T00:00", "us"), 360 * 86_400_000_000
    starts = year[0] + rng.integers(0, year[1] - 20 * 86_400_000_000, PAIRS).astype("timedelta64[us]")
    stops = starts + rng.integers(0, 20 * 86_400_000_000, PAIRS).astype("timedelta64[us]")
    holidays = np.array(sorted(HOLIDAYS_2563), "datetime64[D]")
    assert (
        busday_recipe(starts[:1000], stops[:1000], holidays) == CLOCK.elapsed_array(starts[:1000], stops[:1000])
    ).all()
    assert works_2563(date(2020, 4, 13))
    ours, minus, recipe = once(lambda: CLOCK.elapsed_array(starts, stops)), once(lambda: stops - starts), 0
    recipe = once(lambda: busday_recipe(starts, stops, holidays))
    print(f"{PAIRS:,} pairs at once: {ours / PAIRS * 1e9:.1f} ns a pair")
    print(f"    {ours / minus:6.1f} × a plain subtraction ({minus / PAIRS * 1e9:.1f} ns)      aim ≤ 10 ×")
    print(f"    {recipe / ours:6.1f} × faster than the busday_count recipe ({recipe / PAIRS * 1e9:.0f} ns)  aim ≥ 15 ×")
    one = cost(lambda: CLOCK.elapsed(START, START + timedelta(days=60)))
    print(f"    {one * PAIRS / 1e6 / ours:6.1f} × faster than one at a time")
    due = once(lambda: CLOCK.due_array(starts[: PAIRS // 10], WorkTime(hours=16)))
    print(f"due_array: {due / (PAIRS // 10) * 1e9:.0f} ns a start")
    print(f"memory of elapsed_array above input and output: {_peak(starts, stops) / 1e6:.1f} MB  aim ≤ 64 MB")


def _peak(starts, stops):
    import tracemalloc  # noqa: PLC0415 - it slows down what it watches, so it is loaded last

    tracemalloc.start()
    result = CLOCK.elapsed_array(starts, stops)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak - result.nbytes


def main():
    scalars()
    arrays()


if __name__ == "__main__":
    main()
