"""Working time the slow way, sharing nothing with the clock: no tables, no zone arithmetic but astimezone.

`by_minute` looks at every minute and asks what the clock on the wall shows; it is the definition, and `door` reads
what a clock was made of the way a visitor reads the notices on its door. `by_day` walks days in Thai time, for
spans too long to look at every minute.
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
        (2019, 12, 5, 10, 30, 31),
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


def by_minute(start: datetime, stop: datetime, zone: str, is_open) -> int:
    """Working minutes between two moments that lie on whole minutes; `is_open` is asked what a wall clock shows."""
    tz, at, minutes = ZoneInfo(zone), start.astimezone(UTC), 0
    while at < stop:
        minutes += is_open(at.astimezone(tz).replace(tzinfo=None))
        at += MINUTE
    return minutes


def door(clock):
    """Whether an office is open when its wall clock shows so much, and at which local times it opens or closes."""

    def hours_of(day):
        calendar, special = clock.calendar, None
        for decision in sorted(calendar.days, key=lambda each: each.announced or date.min):
            special = decision if decision.day == day else special
        if type(special).__name__ == "Closure" or (special is None and day.weekday() not in calendar.base.weekdays):
            return None
        named = getattr(clock.hours, day.strftime("%A").lower(), None)
        return getattr(special, "hours", None) or named or getattr(clock.hours, "usual", clock.hours)

    def turns(day):
        """Opening, the edges of breaks, and closing, as local datetimes without a zone."""
        hours, midnight = hours_of(day), datetime.combine(day, time())
        if hours is None:
            return []
        walls = [hours.opens, *(edge for pause in sorted(hours.breaks) for edge in pause)]
        if hours.overnight:
            inner = [midnight + timedelta(days=at < hours.opens, hours=at.hour, minutes=at.minute) for at in walls]
            last = timedelta(days=1, hours=hours.closes.hour, minutes=hours.closes.minute)
        else:
            inner = [midnight + timedelta(hours=at.hour, minutes=at.minute) for at in walls]
            last = timedelta(days=hours.closes == time(), hours=hours.closes.hour, minutes=hours.closes.minute)
        return [*sorted(inner), midnight + last]

    def is_open(wall):
        for day in (wall.date(), wall.date() - timedelta(days=1)):
            at = turns(day)
            if any(opens <= wall < closes for opens, closes in zip(at[::2], at[1::2], strict=True)):
                return True
        return False

    return is_open, turns


def day_of(turns, wall: datetime) -> date:
    """The day to which a moment on the wall belongs: the shift's that goes on, the one that began before first."""
    for day in (wall.date() - timedelta(days=1), wall.date()):
        at = turns(day)
        if at and at[0] <= wall < at[-1]:
            return day
    return wall.date()


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
