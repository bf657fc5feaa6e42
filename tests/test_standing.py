"""Who has stood somewhere since before the window counts from its beginning on, and not before it has begun."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from docflow.bangkok import SECRETARY_GROUP, plan_of
from docflow.kpi import Bin, Event, Kind, Trace

BANGKOK = ZoneInfo("Asia/Bangkok")


@pytest.mark.parametrize(
    ("as_of", "bin_", "kind"),
    [
        (datetime(2020, 9, 30, 23, 59, 59, 999_999, tzinfo=BANGKOK), Bin.EXCLUDED, Kind.NOT_REACHED),
        (datetime(2020, 10, 1, tzinfo=BANGKOK), Bin.RUNNING, None),
    ],
)
def test_nobody_has_missed_the_trainings_of_a_year_that_has_not_begun(as_of, bin_, kind):
    member = Trace("1", (Event("on_staff", datetime(2017, 1, 1, tzinfo=BANGKOK), SECRETARY_GROUP),))
    trained = plan_of(2564).evaluate({"staff": [member]}, as_of=as_of)["1.1 B"].result
    (place,) = trained.places
    assert (place.bin, place.why and place.why.kind) == (bin_, kind)


@pytest.mark.parametrize(
    ("steps", "bin_"),
    [
        ([("on_staff", 2015, SECRETARY_GROUP)], Bin.RUNNING),
        ([("on_staff", 2015, SECRETARY_GROUP), ("left", 2018, SECRETARY_GROUP)], Bin.EXCLUDED),
        ([("on_staff", 2015, SECRETARY_GROUP), ("left", 2018, None), ("on_staff", 2019, SECRETARY_GROUP)], Bin.RUNNING),
        ([("on_staff", 2015, SECRETARY_GROUP), ("on_staff", 2018, "elsewhere")], Bin.EXCLUDED),
        ([("on_staff", 2015, "elsewhere"), ("on_staff", 2018, SECRETARY_GROUP)], Bin.RUNNING),
        ([("on_staff", 2015, SECRETARY_GROUP), ("left", 2020, SECRETARY_GROUP)], Bin.EXCLUDED),
        ([("on_staff", 2020, SECRETARY_GROUP)], Bin.RUNNING),
    ],
)
def test_who_stands_there_when_the_year_begins_or_comes_in_it_is_asked(steps, bin_):
    history = tuple(Event(state, datetime(year, 2, 1, tzinfo=BANGKOK), unit) for state, year, unit in steps)
    member = Trace("1", history)
    trained = plan_of(2563).evaluate({"staff": [member]}, as_of=datetime(2020, 3, 1, tzinfo=BANGKOK))["1.1 B"].result
    assert [place.bin for place in trained.places] == [bin_]
