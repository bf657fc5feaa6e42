"""What is Thai and nothing else: dates of the Buddhist era, and the government's holidays."""

from docflow.thai.dates import (
    LONG_MONTHS,
    SHORT_MONTHS,
    arabic_digits,
    buddhist_year,
    fiscal_year,
    fiscal_year_span,
    format_date,
    format_datetime,
    parse_date,
    parse_datetime,
    parse_iso,
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
    "holiday_table",
    "parse_date",
    "parse_datetime",
    "parse_iso",
    "thai_digits",
]
