"""The clock and the indicators over tables of pandas, polars, pyarrow, DuckDB and Spark, with the same figures."""

from docflow.tables.events import EventTable
from docflow.tables.results import TableResult, merged
from docflow.worktime.sheets import Audit, Sheet

__all__ = ["Audit", "EventTable", "Sheet", "TableResult", "merged"]
