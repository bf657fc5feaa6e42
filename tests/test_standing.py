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
