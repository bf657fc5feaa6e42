"""What twice as much costs the clock: python tests/bench/clock_growth.py. 2 is linear, 4 quadratic; the aim is 2.5.

Every question is asked of a fresh clock, whose calendar has no end.
"""

import sys
from datetime import UTC, datetime, time, timedelta
from functools import reduce
from operator import and_, or_

from doubling import doubling

from docflow import Hours, OfficeHours, WorkClock, WorkingDays, WorkingWeek, WorkTime
from docflow.worktime import WeeklyHours

DAY = OfficeHours(opens=time(8, 30), closes=time(16, 30))
NIGHT = OfficeHours(opens=time(22), closes=time(6), overnight=True)
EARLY_SHIFT = OfficeHours(opens=time(5), closes=time(12))
NIGHTS = WeeklyHours(NIGHT, monday=EARLY_SHIFT, wednesday=EARLY_SHIFT, friday=EARLY_SHIFT)  # that begins in the night
MIDDLE = datetime(2020, 1, 6, 10, tzinfo=UTC)
EARLY = datetime(1000, 1, 6, 10, tzinfo=UTC)
AIM = 2.5


def clock(hours=DAY):
    return WorkClock(hours, WorkingWeek(range(7)), zone="UTC")


def warm():
    """A clock that has written its years, so that pauses are all there is to do."""
    office = clock()
    office.elapsed(MIDDLE, MIDDLE.replace(year=2030))
    return office


def work(years):
    """About so many years of work."""
    return WorkTime(hours=years * 2_900)


def paused(n):
    """So many pauses of an hour."""
    return [(MIDDLE + timedelta(hours=3 * k), MIDDLE + timedelta(hours=3 * k + 1)) for k in range(n)]


def one_by_one(office, years):
    for year in range(1000, 1000 + years):
        office.next_open(EARLY.replace(year=year))


def back_one_by_one(office, years):
    for year in range(1000 + years, 1000, -1):
        office.previous_close(EARLY.replace(year=year))


def farther_and_farther(office, years):
    at = EARLY
    for _ in range(years):
        at = office.due(at, WorkTime(hours=2_500))


YEARS = {
    "due after n years of work": lambda n: clock().due(EARLY, work(n)),
    "due after n years of nights that run into the next day": lambda n: clock(NIGHTS).due(EARLY, work(n)),
    "latest start before n years of work": lambda n: clock().latest_start(MIDDLE, work(n)),
    "the close of the last working day of n years": lambda n: WorkingDays(365 * n).due(EARLY, clock()),
    "elapsed over n years": lambda n: clock().elapsed(EARLY, EARLY.replace(year=1000 + n)),
    "explained over n years": lambda n: clock().explain(EARLY, EARLY.replace(year=1000 + n // 4)),
    "the next opening in each of n years": lambda n: one_by_one(clock(), n),
    "the closing before in each of n years, back": lambda n: back_one_by_one(clock(), n),
    "due from year to year, n times": lambda n: farther_and_farther(clock(), n),
}
OFFICE = warm()
PAUSES = {
    "elapsed with n pauses": lambda pauses: OFFICE.elapsed(MIDDLE, MIDDLE.replace(year=2030), pauses=pauses),
    "due with n pauses": lambda pauses: OFFICE.due(MIDDLE, work(3), pauses=pauses),
    "left with n pauses": lambda pauses: (WorkingDays(2_000) | Hours(40_000)).remaining(
        MIDDLE, MIDDLE, OFFICE, pauses=pauses
    ),
    "a warning with n pauses": lambda pauses: WorkingDays(1_500).warning(MIDDLE, work(2), OFFICE, pauses=pauses),
    "explained with n pauses": lambda pauses: OFFICE.explain(MIDDLE, pauses[-1][1], pauses=pauses),
}
LIMITS = {
    "n limits joined by or, and due": lambda limits: reduce(or_, limits).due(MIDDLE, OFFICE),
    "n limits joined by and, and left": lambda limits: reduce(and_, limits).remaining(MIDDLE, MIDDLE, OFFICE),
}


def limits(n):
    return [Hours(k % 99 + 1) for k in range(n)]


def main():
    jobs = [(name, job, 80, int) for name, job in YEARS.items()]
    jobs += [(name, job, 2_000, paused) for name, job in PAUSES.items()]
    jobs += [(name, job, 20_000, limits) for name, job in LIMITS.items()]
    worst = 0.0
    for name, job, n, given in jobs:
        ratio = doubling(job, n, given=given)
        worst = max(worst, ratio)
        print(f"{name:58}{ratio:6.2f} ×  aim ≤ {AIM} ×", flush=True)
    sys.exit(worst > AIM)


if __name__ == "__main__":
    main()
