"""Working time the slow way, sharing nothing with the clock: no docflow, no tables, no zone arithmetic but astimezone.

`by_minute` looks at every minute and asks what the clock on the wall shows; it is the definition. `by_day` walks
days in Thai time, for spans too long to look at every minute.
"""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

THAI_TIME = timezone(timedelta(hours=7))
MINUTE = timedelta(minutes=1)

# Copied from the plan's facts by hand, not from the library's table.
HOLIDAYS_2563 = {
    date(year, month, day)
    for year, month, *days in (
        (2019, 10, 14, 23),
        (2019, 11, 4, 5),
        (2019, 12, 5, 10, 31),
        (2020, 1, 1),
        (2020, 2, 10),
        (2020, 4, 6),
        (2020, 5, 4, 6, 11),
        (2020, 6, 3),
        (2020, 7, 6, 7, 27, 28),
        (2020, 8, 12),
        (2020, 9, 4, 7),
    )
    for day in days
}


def works_2563(day: date) -> bool:
    return day.weekday() < 5 and day not in HOLIDAYS_2563


def by_minute(start: datetime, stop: datetime, zone: str, works, spans) -> int:
    """Working minutes between two moments that lie on whole minutes."""
    tz, at, minutes = ZoneInfo(zone), start.astimezone(UTC), 0
    while at < stop:
        wall = at.astimezone(tz)
        minutes += works(wall.date()) and any(opens <= wall.time() < closes for opens, closes in spans)
        at += MINUTE
    return minutes


def by_day(start: datetime, stop: datetime, works=works_2563, opens=time(8, 30), closes=time(16, 30)) -> timedelta:
    """Working time between two moments in Thai time, which knows no daylight saving."""
    start, stop = start.astimezone(THAI_TIME), stop.astimezone(THAI_TIME)
    total, day = timedelta(), start.date()
    while day <= stop.date():
        if works(day):
            begin = max(start, datetime.combine(day, opens, THAI_TIME))
            end = min(stop, datetime.combine(day, closes, THAI_TIME))
            total += max(end - begin, timedelta())
        day += timedelta(days=1)
    return total


def nth_working_close(start: datetime, n: int, *, counting_first: bool = False, works=works_2563) -> datetime:
    day = start.astimezone(THAI_TIME).date()
    n -= counting_first and works(day)
    while n:
        day += timedelta(days=1)
        n -= works(day)
    return datetime.combine(day, time(16, 30), THAI_TIME)
