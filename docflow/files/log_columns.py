"""What the columns of an event log are called, in the standard for event logs (XES) and by docflow."""

from __future__ import annotations

from typing import Final

from attrs import field, frozen

from docflow.text import of_kind

__all__ = ["COMPLETE", "LIFECYCLE", "OF_THE_CASE", "RECORDED", "STATE", "WANTED", "XES", "LogColumns"]

LIFECYCLE: Final = "lifecycle:transition"
COMPLETE: Final = "complete"
"""What an event is that is no start and no other part of its activity."""
OF_THE_CASE: Final = "case:"
"""What the columns begin with that say something of the case; its trace in an XES file has them without this."""
STATE: Final = "docflow:state"
"""The state that an event leads to, where it is not called as the activity."""
RECORDED: Final = "docflow:recorded"
"""When an event was written down, where that is known."""
WANTED: Final = "docflow:wanted_by"
"""The moment by which a case has to be done, where it names one."""
A_HEADING: Final = (str, "heading of a column", 'one text, such as "Ticket"')


@frozen(kw_only=True)
class LogColumns:
    """What the columns of a log are called; what is not given, as the standard for event logs (XES) calls it.

    >>> LogColumns(case="Ticket", activity="Task", time="Finished", start="Begun").needed
    ('Ticket', 'Task', 'Finished', 'Begun')

    These are also the keys of an XES file; what begins with "case:" is said of the case, and stands in its trace.

    Where a log tells starts from ends, by a column that says which it is (`lifecycle`), or by one with the time of the
    `start`, they are two states, named after the activity: "review+start" and "review+complete". A start that is left
    empty is none. The activity itself is the trigger of each. Raises `TypeError` for both columns at once, and for a
    heading that is no text.

    Source: XES, the standard for event logs (IEEE 1849).
    """

    case: str = field(default="case:concept:name", validator=of_kind(*A_HEADING))
    """The number of the case."""
    activity: str = field(default="concept:name", validator=of_kind(*A_HEADING))
    """What was done."""
    time: str = field(default="time:timestamp", validator=of_kind(*A_HEADING))
    """When it was done."""
    unit: str = field(default="org:group", validator=of_kind(*A_HEADING))
    """Whose event it is; a log need not have it."""
    person: str = field(default="org:resource", validator=of_kind(*A_HEADING))
    """Who did it; a log need not have it."""
    start: str | None = field(default=None, validator=of_kind(*A_HEADING, optional=True))
    """When the activity of the row began; the time is then when it was complete."""
    lifecycle: str | None = field(default=None, validator=of_kind(*A_HEADING, optional=True))
    """Whether the row is the start of its activity, its completion, or what else the log tells of it."""

    def __attrs_post_init__(self) -> None:
        if self.start is not None and self.lifecycle is not None:
            raise TypeError("a row that holds its start is no start or end itself; name start= or lifecycle=, not both")

    @property
    def filled(self) -> tuple[str, ...]:
        """Those that say something of every event."""
        return (self.case, self.activity, *([] if self.lifecycle is None else [self.lifecycle]))

    @property
    def needed(self) -> tuple[str, ...]:
        """Those that a log must have."""
        return (*self.filled, self.time, *([] if self.start is None else [self.start]))

    def unread(self, column: str) -> str:
        """What it means of a log that a column is not read."""
        if column == LIFECYCLE:
            way = 'keep the rows that should count, or name the column: LogColumns(lifecycle="lifecycle:transition")'
            return f"is not read: starts and ends all count as events; {way}"
        who = f"its unit ({self.unit}) and its person ({self.person})"
        return f"is not read: an event is its case, its activity, its time, {who}"


XES: Final = LogColumns()
