"""The office: who works there, and when."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Final

from docflow.thai import ThaiGovernment
from docflow.worktime import OfficeHours, WorkClock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docflow.thai import Holiday

__all__ = [
    "COMPLAINTS",
    "DEPUTY_GOVERNORS_GROUP",
    "GENERAL_ADMINISTRATION",
    "POLICY_COORDINATION",
    "SECRETARY_GROUP",
    "UNITS",
    "office_clock",
]

GENERAL_ADMINISTRATION = "ฝ่ายบริหารงานทั่วไป"
POLICY_COORDINATION = "ส่วนประสานนโยบาย"
COMPLAINTS = "ส่วนเรื่องราวร้องทุกข์"
SECRETARY_GROUP = "กลุ่มงานเลขานุการผู้ว่าราชการกรุงเทพมหานคร"
DEPUTY_GOVERNORS_GROUP = "กลุ่มงานเลขานุการรองผู้ว่าราชการกรุงเทพมหานครและที่ปรึกษาผู้ว่าราชการกรุงเทพมหานคร"

UNITS = {
    GENERAL_ADMINISTRATION: "General Administration",
    POLICY_COORDINATION: "Policy Coordination",
    COMPLAINTS: "Complaints",
    SECRETARY_GROUP: "Governor's Secretary Group",
    DEPUTY_GOVERNORS_GROUP: "Deputy Governors' Group",
}
"""The office's units as its registers write them, and what they are called in English."""

HOURS: Final = OfficeHours(opens=time(8, 30), closes=time(16, 30))
"""The office's hours from Monday to Friday (plan, line 486)."""


def office_clock(
    *, known_on: date | None = None, table: Iterable[Holiday] = (), rows: Iterable[Holiday] = ()
) -> WorkClock:
    """The clock of the Office of the Secretary to the Governor of Bangkok: Mon–Fri 08:30–16:30, holidays out.

    >>> clock = office_clock()
    >>> print(clock.hours, clock.zone)
    08:30–16:30 Asia/Bangkok

    `known_on` gives the clock with the holidays as they were known on that day; `table` and `rows` bring whole years
    and single days that docflow does not have, as `ThaiGovernment` takes them. The calendar holds the years 2018 to
    2027, the last one provisional, as `office_clock().provisional` says, and raises `OutsideCalendarError` beyond.
    Hours: plan of B.E. 2563, line 486; holidays out: lines 475 and 603.
    """
    return WorkClock(
        HOURS,
        ThaiGovernment(area="bangkok", known_on=known_on, table=table, rows=rows),
        zone="Asia/Bangkok",
    )
