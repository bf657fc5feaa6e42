"""Small indicators and the records that they read, on the small office."""

from datetime import datetime

from small_office import BANGKOK, CLOCK, YEAR, at, trace

from docflow import Duration, Hours, WorkingDays
from docflow.kpi import Count, Event, Indicator, Plan, Proportion, Reported, Score, at_least, at_most, reached
from docflow.kpi.outcomes import evaluate
from docflow.text import Text

WATCH = Duration("T", start=reached("came"), stop=reached("went"))
NOON = at("01-31 12:00")
QUICK = trace("quick", ("came", "01-06 09:00"), ("went", "01-06 09:10"))
SLOW = trace("slow", ("came", "01-06 09:00"), ("went", "01-09 17:01"))
OPEN = trace("open", ("came", "01-30 16:30"))
STRANGE = trace("strange", ("went", "01-06 09:00"))
BACK = trace("back", ("came", "01-07 09:00"), ("returned", "01-07 10:00"))
OLD = trace("old", ("came", "2019-12-30 09:00"))


def indicator(number, measure, of="letters", **more):
    return Indicator(number=number, title=Text(f"ที่ {number}", f"number {number}"), of=of, measure=measure, **more)


def composite(number, *parts, **more):
    return Indicator(number=number, title=Text("รวม", "together"), parts=parts, **more)


RATE = indicator(
    "A",
    WATCH.within(WorkingDays(3), fails_if=reached("returned")),
    formula=Text("ทันเวลา × 100 / ทั้งหมด", "in time × 100 / all"),
    target=at_least(90),
)
MEAN = indicator("T", WATCH, formula=Text("T = ΣT / N", "T = ΣT / N"), target=at_most(12))
WAYS = WATCH.under({"days": WorkingDays(3), "hours": Hours(24)})
READ_TWICE = indicator("R", WAYS["days"], alternatives=WAYS)
SCORED = indicator("S", Score("S", at=reached("answered")), of="answers", target=at_least(4))
OUTSIDE = indicator("X", Reported("X", at=reached("reported")), of="values")


def outcome(indicator, *records, as_of=NOON, clock=CLOCK, year=YEAR):
    return evaluate({indicator.of: records}, clock, indicators=[indicator], year=year, as_of=as_of)[0]


def plan(*indicators, **more):
    return Plan(title=Text("แผน", "our plan"), year=YEAR, clock=CLOCK, indicators=indicators, **more)


def step(state, text, unit=None):
    return Event(state, datetime.fromisoformat(text).replace(tzinfo=BANGKOK), unit)


TIMES = indicator("N", Count(Proportion("N", start=reached("came"), stop=reached("went"))), target=at_least(12))
