"""Letters that know where they are, and a clock that knows when the office is open.

Every name below is loaded when it is first used, so `import docflow` costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docflow import bangkok, errors, exchange, kpi, letters, registry, report, testing, thai, worktime
    from docflow.errors import DocflowError
    from docflow.kpi import Indicator, Plan, Proportion, Stopwatch, Text, Window, at_least, at_most, reached
    from docflow.letters import (
        Actor,
        Case,
        Entry,
        Letter,
        Origin,
        Right,
        Secrecy,
        Step,
        Transition,
        Urgency,
        Workflow,
        migrate,
    )
    from docflow.registry import Registry
    from docflow.thai import ThaiGovernment
    from docflow.worktime import (
        Closure,
        Hours,
        MakeUpDay,
        OfficeCalendar,
        OfficeHours,
        OfficeTime,
        OneOffHours,
        Verdict,
        WeeklyHours,
        WorkClock,
        WorkingDayHours,
        WorkingDays,
        WorkingWeek,
        WorkTime,
    )

__all__ = [
    "Actor",
    "Case",
    "Closure",
    "DocflowError",
    "Entry",
    "Hours",
    "Indicator",
    "Letter",
    "MakeUpDay",
    "OfficeCalendar",
    "OfficeHours",
    "OfficeTime",
    "OneOffHours",
    "Origin",
    "Plan",
    "Proportion",
    "Registry",
    "Right",
    "Secrecy",
    "Step",
    "Stopwatch",
    "Text",
    "ThaiGovernment",
    "Transition",
    "Urgency",
    "Verdict",
    "WeeklyHours",
    "Window",
    "WorkClock",
    "WorkTime",
    "Workflow",
    "WorkingDayHours",
    "WorkingDays",
    "WorkingWeek",
    "at_least",
    "at_most",
    "bangkok",
    "errors",
    "exchange",
    "kpi",
    "letters",
    "migrate",
    "reached",
    "registry",
    "report",
    "testing",
    "thai",
    "worktime",
]

_ROOMS = {
    "errors": ["DocflowError"],
    "kpi": ["Indicator", "Plan", "Proportion", "Stopwatch", "Text", "Window", "at_least", "at_most", "reached"],
    "letters": [
        "Actor",
        "Case",
        "Entry",
        "Letter",
        "Origin",
        "Right",
        "Secrecy",
        "Step",
        "Transition",
        "Urgency",
        "Workflow",
        "migrate",
    ],
    "registry": ["Registry"],
    "thai": ["ThaiGovernment"],
    "worktime": [
        "Closure",
        "Hours",
        "MakeUpDay",
        "OfficeCalendar",
        "OfficeHours",
        "OfficeTime",
        "OneOffHours",
        "Verdict",
        "WeeklyHours",
        "WorkClock",
        "WorkingDayHours",
        "WorkingDays",
        "WorkingWeek",
        "WorkTime",
    ],
    "bangkok": [],
    "exchange": [],
    "report": [],
    "testing": [],
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> object:
    if name in _ROOMS:
        return import_module(f"docflow.{name}")
    if name in _ROOM_OF:
        value = getattr(import_module(f"docflow.{_ROOM_OF[name]}"), name)
        globals()[name] = value
        return value
    message = f"module 'docflow' has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    return __all__
