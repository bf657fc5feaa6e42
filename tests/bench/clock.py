"""What a call of the clock costs against the plain ways of counting, in one run: python tests/bench/clock.py.

Figures are the best of five rounds; quote the ratios, not the microseconds.
"""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from timeit import repeat

import pendulum

from docflow import Hours, WorkingDays, WorkTime
from docflow.bangkok import office_clock

sys.path.insert(0, str(Path(__file__).parent.parent))
from oracle import by_day

CLOCK = office_clock()
START = datetime(2019, 10, 1, 3, 7, tzinfo=UTC)


def cost(call):
    """Microseconds a call."""
    number = max(1, int(0.05 / max(repeat(call, number=1, repeat=3))))
    return min(repeat(call, number=number, repeat=5)) / number * 1e6


def line(name, call, against=None):
    ours = cost(call)
    ratio = f"{cost(against) / ours:10.1f} ×" if against else ""
    print(f"{name:48}{ours:10.2f} µs{ratio}")


def main():
    print(f"{'':48}{'a call':>13}{'day walk / ours':>12}")
    for days in (1, 10, 60, 365, 1825):
        stop = START + timedelta(days=days, hours=2)
        line(f"elapsed over {days} days", lambda: CLOCK.elapsed(START, stop), lambda: by_day(START, stop))
    there = pendulum.instance(START), pendulum.instance(START + timedelta(days=60))
    line("elapsed over 60 days, pendulum moments", lambda: CLOCK.elapsed(*there), lambda: by_day(*there))
    line("due after 16 h of office time", lambda: CLOCK.due(START, WorkTime(hours=16)))
    line("due under the official reading", lambda: (WorkingDays(2) | Hours(48)).due(START, CLOCK))
    line("a new clock and its first answer", lambda: office_clock().elapsed(START, START + timedelta(days=60)))


if __name__ == "__main__":
    main()
