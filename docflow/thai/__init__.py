"""Thai dates of the Buddhist era, and the holidays of the Thai government."""

from docflow.thai.dates import (
    LONG_MONTHS,
    SHORT_MONTHS,
    arabic_digits,
    buddhist_year,
    fiscal_year,
    fiscal_year_span,
    format_date,
    format_datetime,
    format_month,
    in_thailand,
    parse_date,
    parse_datetime,
    thai_digits,
)
from docflow.thai.holidays import ThaiGovernment
from docflow.thai.table import Holiday, holiday_table

__all__ = [
    "LONG_MONTHS",
    "SHORT_MONTHS",
    "Holiday",
    "ThaiGovernment",
    "arabic_digits",
    "buddhist_year",
    "fiscal_year",
    "fiscal_year_span",
    "format_date",
    "format_datetime",
    "format_month",
    "holiday_table",
    "in_thailand",
    "parse_date",
    "parse_datetime",
    "thai_digits",
]
