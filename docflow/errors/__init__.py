"""Every error that docflow raises on purpose: what happened, its fields, and what to do."""

from docflow.errors.family import (
    DocflowError,
)
from docflow.errors.figures import (
    MeetingError,
    MomentError,
    NameOfStateError,
    PlanError,
    RecordError,
    UnknownReadingError,
    WorkPlanError,
)
from docflow.errors.files import (
    FileError,
    FormError,
    StoreError,
    TableError,
)
from docflow.errors.letters import (
    LetterError,
    MigrationError,
    RefusedError,
    RegisterError,
    WorkflowError,
)
from docflow.errors.moments import (
    AmountError,
    DateTextError,
    NaiveDatetimeError,
    NaiveSeriesError,
    NegativeAmountError,
    NotAMomentError,
    ReversedSpanError,
    ReversedWindowError,
)
from docflow.errors.offices import (
    CalendarError,
    ClosingBeforeOpeningError,
    HorizonError,
    HoursError,
    NoWorkingDayError,
    OutsideCalendarError,
    OverlappingBreaksError,
    UnknownAreaError,
    ZoneError,
)

__all__ = [
    "AmountError",
    "CalendarError",
    "ClosingBeforeOpeningError",
    "DateTextError",
    "DocflowError",
    "FileError",
    "FormError",
    "HorizonError",
    "HoursError",
    "LetterError",
    "MeetingError",
    "MigrationError",
    "MomentError",
    "NaiveDatetimeError",
    "NaiveSeriesError",
    "NameOfStateError",
    "NegativeAmountError",
    "NoWorkingDayError",
    "NotAMomentError",
    "OutsideCalendarError",
    "OverlappingBreaksError",
    "PlanError",
    "RecordError",
    "RefusedError",
    "RegisterError",
    "ReversedSpanError",
    "ReversedWindowError",
    "StoreError",
    "TableError",
    "UnknownAreaError",
    "UnknownReadingError",
    "WorkPlanError",
    "WorkflowError",
    "ZoneError",
]

for _name in __all__:
    globals()[_name].__module__ = __name__  # a traceback shows the place to import it from
