"""The Office of the Secretary to the Governor of Bangkok, ready made: clock, workflows and the plan of B.E. 2563."""

from docflow.bangkok.indicators import (
    CAP,
    FISCAL_YEAR,
    HANDING_OVER,
    HANDING_OVER_WINDOW,
    MEAN_TARGET,
    OFFICIAL_READING,
    READINGS,
    SCREENING,
    SCREENING_IN_TIME,
    year_end,
)
from docflow.bangkok.meetings import Meeting, MeetingOrder, meetings
from docflow.bangkok.office import (
    COMPLAINTS,
    DEPUTY_GOVERNORS_GROUP,
    GENERAL_ADMINISTRATION,
    POLICY_COORDINATION,
    SECRETARY_GROUP,
    UNITS,
    office_clock,
)
from docflow.bangkok.outside import OUTSIDE
from docflow.bangkok.plan import PLAN_2563, plan_of
from docflow.bangkok.rights import (
    AGENCY,
    CORRECTORS,
    GOVERNOR,
    HEAD_OF_OFFICE,
    OFFICER,
    REGISTRAR,
    RIGHTS,
    with_rights,
)
from docflow.bangkok.routine import ROUTINE
from docflow.bangkok.strategic import SESSIONS_WANTED, STRATEGIC
from docflow.bangkok.titles import READING_TITLES, TITLES, WORDS, title
from docflow.bangkok.work_plans import WORK_PLANS, work_plans
from docflow.bangkok.workflows import (
    COMPLAINT,
    COUNCIL_DOCUMENTS,
    FIELD_VISIT,
    INCOMING_EXTERNAL_LETTER,
    INTERNAL_LETTER,
    SALARY_CERTIFICATE,
    WORKFLOWS,
)

__all__ = [
    "AGENCY",
    "CAP",
    "COMPLAINT",
    "COMPLAINTS",
    "CORRECTORS",
    "COUNCIL_DOCUMENTS",
    "DEPUTY_GOVERNORS_GROUP",
    "FIELD_VISIT",
    "FISCAL_YEAR",
    "GENERAL_ADMINISTRATION",
    "GOVERNOR",
    "HANDING_OVER",
    "HANDING_OVER_WINDOW",
    "HEAD_OF_OFFICE",
    "INCOMING_EXTERNAL_LETTER",
    "INTERNAL_LETTER",
    "MEAN_TARGET",
    "OFFICER",
    "OFFICIAL_READING",
    "OUTSIDE",
    "PLAN_2563",
    "POLICY_COORDINATION",
    "READINGS",
    "READING_TITLES",
    "REGISTRAR",
    "RIGHTS",
    "ROUTINE",
    "SALARY_CERTIFICATE",
    "SCREENING",
    "SCREENING_IN_TIME",
    "SECRETARY_GROUP",
    "SESSIONS_WANTED",
    "STRATEGIC",
    "TITLES",
    "UNITS",
    "WORDS",
    "WORKFLOWS",
    "WORK_PLANS",
    "Meeting",
    "MeetingOrder",
    "meetings",
    "office_clock",
    "plan_of",
    "title",
    "with_rights",
    "work_plans",
    "year_end",
]
