"""Letters that know where they are, and a clock that knows when the office is open.

Every name below is loaded when it is first used, so `import docflow` costs next to nothing. The rooms of the house
(`docflow.kpi`, `docflow.letters`, `docflow.worktime` and so on) hold the rest.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docflow.errors import DocflowError
    from docflow.kpi import (
        Duration,
        Event,
        Indicator,
        Plan,
        Proportion,
        Record,
        Window,
        at_least,
        at_most,
        reached,
    )
    from docflow.letters import Actor, Case, Entry, Letter, Right, Transition, Workflow
    from docflow.registry import Registry
    from docflow.thai import ThaiGovernment
    from docflow.worktime import (
        Closure,
        Hours,
        OfficeCalendar,
        OfficeHours,
        OfficeTime,
        WorkClock,
        WorkingDays,
        WorkingWeek,
        WorkTime,
    )

_ROOMS = {
    "errors": ("DocflowError",),
    "kpi": (
        "Duration",
        "Event",
        "Indicator",
        "Plan",
        "Proportion",
        "Record",
        "Window",
        "at_least",
        "at_most",
        "reached",
    ),
    "letters": ("Actor", "Case", "Entry", "Letter", "Right", "Transition", "Workflow"),
    "registry": ("Registry",),
    "thai": ("ThaiGovernment",),
    "worktime": (
        "Closure",
        "Hours",
        "OfficeCalendar",
        "OfficeHours",
        "OfficeTime",
        "WorkClock",
        "WorkTime",
        "WorkingDays",
        "WorkingWeek",
    ),
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = [
    "Actor",
    "Case",
    "Closure",
    "DocflowError",
    "Duration",
    "Entry",
    "Event",
    "Hours",
    "Indicator",
    "Letter",
    "OfficeCalendar",
    "OfficeHours",
    "OfficeTime",
    "Plan",
    "Proportion",
    "Record",
    "Registry",
    "Right",
    "ThaiGovernment",
    "Transition",
    "Window",
    "WorkClock",
    "WorkTime",
    "Workflow",
    "WorkingDays",
    "WorkingWeek",
    "at_least",
    "at_most",
    "reached",
]


def __getattr__(name: str) -> object:
    if name in _ROOM_OF:
        value = getattr(import_module(f"docflow.{_ROOM_OF[name]}"), name)
        globals()[name] = value
        return value
    if not name.startswith("_"):
        try:
            return import_module(f"docflow.{name}")
        except ModuleNotFoundError as error:
            if error.name != f"docflow.{name}":
                raise
    message = f"module 'docflow' has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    return list(__all__)
