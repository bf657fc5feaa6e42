"""Letters led through the incoming workflow at given moments, for indicators that time them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from docflow import (
    Letter,
)
from docflow.bangkok import (
    INCOMING_EXTERNAL_LETTER,
    SECRETARY_GROUP,
    office_clock,
)
from docflow.letters import Entry

CLOCK = office_clock()
BANGKOK = ZoneInfo("Asia/Bangkok")
STEPS = ("receive", "hand_over", "screen", "summarize", "submit")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


def case(number, *moments, unit=SECRETARY_GROUP):
    entries = [Entry(step, moment, unit=unit) for step, moment in zip(STEPS, moments, strict=False)]
    return INCOMING_EXTERNAL_LETTER.replay(Letter(number=number), entries)


def stamped(number, *texts, unit=SECRETARY_GROUP):
    return case(number, *map(at, texts), unit=unit)


@st.composite
def registers(draw):
    """A few letters of the fiscal year, each as far as it has come."""
    starts = st.datetimes(datetime(2019, 10, 1), datetime(2020, 9, 1), timezones=st.just(UTC))
    cases = []
    for number in range(draw(st.integers(0, 8))):
        moments = [draw(starts)]
        for gap in draw(st.lists(st.integers(0, 5_000), max_size=4)):
            moments.append(moments[-1] + timedelta(minutes=gap))
        cases.append(case(str(number), *moments, unit=draw(st.sampled_from([SECRETARY_GROUP, "elsewhere"]))))
    return cases


as_ofs = st.datetimes(datetime(2019, 10, 1), datetime(2020, 9, 20), timezones=st.just(UTC))
