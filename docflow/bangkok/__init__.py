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
    LetterIndicators,
    letter_indicators,
    year_end,
)
from docflow.bangkok.office import (
    COMPLAINTS,
    DEPUTY_GOVERNORS_GROUP,
    GENERAL_ADMINISTRATION,
    POLICY_COORDINATION,
    SECRETARY_GROUP,
    UNITS,
    office_clock,
)
from docflow.bangkok.workflows import INCOMING_EXTERNAL_LETTER

__all__ = [
    "CAP",
    "COMPLAINTS",
    "DEPUTY_GOVERNORS_GROUP",
    "FISCAL_YEAR",
    "GENERAL_ADMINISTRATION",
    "HANDING_OVER",
    "HANDING_OVER_WINDOW",
    "INCOMING_EXTERNAL_LETTER",
    "MEAN_TARGET",
    "OFFICIAL_READING",
    "POLICY_COORDINATION",
    "READINGS",
    "SCREENING",
    "SCREENING_IN_TIME",
    "SECRETARY_GROUP",
    "UNITS",
    "LetterIndicators",
    "letter_indicators",
    "office_clock",
    "year_end",
]
