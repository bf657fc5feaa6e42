"""Working time the slow way, sharing nothing with the clock: no tables, no zone arithmetic but astimezone.

`by_minute` looks at every minute and asks what the clock on the wall shows; it is the definition, and `door` reads
what a clock was made of the way a visitor reads the notices on its door. `by_day` walks days in Thai time, for
spans too long to look at every minute.
"""

from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
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


ABOUT = {"ChangedHours": "hours", "Shortened": "end"}


def is_meant(rule, day):
    """Whether a decision's day or rule means a day, on a calendar below that has no holidays."""
    if isinstance(rule, date):
        return day == rule
    return MEANT[type(rule).__name__](rule, day)


def is_yearly(rule, day):
    first, last = ("{:02}-{:02}".format(*each) for each in (rule.first, rule.last or rule.first))
    shown = day.strftime("%m-%d")
    return first <= shown <= last if first <= last else not last < shown < first


MEANT = {
    "Yearly": is_yearly,
    "DateRange": lambda rule, day: rule.first <= day and (rule.last is None or day <= rule.last),
    "EveryOther": lambda rule, day: (abs((day - rule.day).days) / 7 / rule.weeks).is_integer(),
    "Eves": lambda rule, day: is_meant(rule.days, day + timedelta(days=1)) and not is_meant(rule.days, day),
    "Joined": lambda rule, day: is_meant(rule.one, day) and not is_meant(rule.other, day),  # only `-` is drawn
    "Holidays": lambda *_: False,
}


def is_within(shown, pause):
    """Whether a time of the wall lies in a break, which may run over midnight."""
    before = pause.start <= shown
    return before and shown < pause.stop if pause.start < pause.stop else before or shown < pause.stop


def decided(calendar, day):
    """What holds of a day, by what it is about: the last one announced, and of these a date before a rule."""
    holding = {}
    ordered = sorted(calendar.days, key=lambda each: (each.announced or date.min, isinstance(each.day, date)))
    for decision in ordered:
        if is_meant(decision.day, day):
            kind = type(decision).__name__
            about = (kind, decision.start, decision.stop) if kind == "Break" else ABOUT.get(kind, "work")
            holding[about] = decision
    return holding


def left(decisions, at):
    """The same turns without what breaks and a shorter day take off, minute by minute."""
    breaks = [each for each in decisions.values() if type(each).__name__ == "Break"]
    if not breaks and "end" not in decisions:
        return at
    worked = []
    for opens, closes in zip(at[::2], at[1::2], strict=True):
        span = [opens + n * MINUTE for n in range((closes - opens) // MINUTE)]
        worked += [each for each in span if not any(is_within(each.time(), pause) for pause in breaks)]
    if "end" in decisions:
        worked = worked[: max(0, len(worked) - decisions["end"].by.microseconds // 60_000_000)]
    known = set(worked)
    opened = [each for each in worked if each - MINUTE not in known]
    closed = [each + MINUTE for each in worked if each + MINUTE not in known]
    return [turn for span in zip(opened, closed, strict=True) for turn in span]


def door(clock):
    """Whether an office is open when its wall clock shows so much, and at which local times it opens or closes."""

    def hours_of(day):
        holding = decided(clock.calendar, day)
        special, changed = holding.get("work"), holding.get("hours")
        if type(special).__name__ == "Closure" or (
            special is None and day.weekday() not in clock.calendar.base.weekdays
        ):
            return None
        usual = changed.hours if changed else clock.hours
        named = getattr(usual, day.strftime("%A").lower(), None)
        return getattr(special, "hours", None) or named or getattr(usual, "usual", usual)

    @cache
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
        return left(decided(clock.calendar, day), [*sorted(inner), midnight + last])

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
